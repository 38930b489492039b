/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_DRAW_H
#define BPR_DRAW_H
/**
 * @file draw.h
 * Flows as a picture: swimlanes in BPMN notation, laid out anew, as SVG that stands alone (no script, nothing from outside).
 */
#include <bpr/read.h>
#include <bpr/report.h>
#include <bpr/soundness.h>
#ifdef __cplusplus
extern "C" {
#endif

struct bpr_draw_options {
	size_t size;             /**< sizeof(struct bpr_draw_options) */
	enum bpr_lang lang;      /**< of the words that the picture adds */
	const struct bpr_sound_step *run; size_t run_count;         /**< nodes in the order of a run: marked and numbered */
	const struct bpr_sound_step *faulty; size_t faulty_count;   /**< nodes at which a fault is: marked otherwise */
};
#define BPR_DRAW_OPTIONS_INIT { sizeof(struct bpr_draw_options), BPR_LANG_EN, NULL, 0, NULL, 0 }

/**
 * Draws @p count flows of @p flows, those at the indices @p chosen (NULL: all, then @p count does not matter): a pool for
 * each, a lane for each unit in the order in which a case first gets there, messages between the pools.
 *
 * Columns are found as Sugiyama, Tagawa and Toda do (IEEE Trans. SMC 11, 1981), rows within the lanes; what is long or leads
 * back goes its own way, so that no line passes a step. Names that do not fit are cut with …; the whole name is the
 * element's title. Steps of citizens and of systems are shaded.
 *
 * @param options  NULL: defaults
 * @param out   filled on success with SVG, release with bpr_output_release(); empty on failure
 * @retval BPR_EINVAL   no flow, an index out of range
 * @retval BPR_ELIMIT   a picture past what can be laid out
 * @retval BPR_ENOMEM
 * O(n log n) but for dense tangles. Same flows, options and version: same bytes. Thread safety: safe after bpr_init().
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_draw(const struct bpr_flows *flows, const size_t *chosen, size_t count,
	const struct bpr_draw_options *options, struct bpr_output *out, struct bpr_error *err);

#ifdef __cplusplus
}
#endif
#endif

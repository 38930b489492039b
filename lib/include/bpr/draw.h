/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_DRAW_H
#define BPR_DRAW_H
/**
 * @file draw.h
 * Flows as a picture: swimlanes in BPMN notation, laid out anew, as SVG that stands alone (no script, nothing from outside), or as an
 * HTML page around it.
 */
#include <bpr/analysis.h>
#include <bpr/comparison.h>
#include <bpr/queueing.h>
#include <bpr/read.h>
#include <bpr/report.h>
#include <bpr/soundness.h>
#ifdef __cplusplus
extern "C" {
#endif

enum bpr_picture {
	BPR_PICTURE_FLOW = 0,
	BPR_PICTURE_FOLLOWS,     /**< which step follows which and how often, gateways left out */
	BPR_PICTURE_MAP          /**< the citizen's way between counters, buildings and floors */
};

struct bpr_draw_options {
	size_t size;             /**< sizeof(struct bpr_draw_options) */
	enum bpr_lang lang;      /**< of the words that the picture adds */
	const struct bpr_sound_step *run; size_t run_count;         /**< nodes in the order of a run: marked and numbered */
	const struct bpr_sound_step *faulty; size_t faulty_count;   /**< nodes at which a fault is: marked otherwise */
	enum bpr_heat heat;      /**< what steps are coloured by, their figure in the box; BPR_HEAT_NONE: nothing */
	const bpr_analysis *const *analyses;   /**< [flows->count], needed of each flow drawn with heat or comparison; else NULL */
	const bpr_queueing *const *queueings;  /**< [flows->count], for waits by formula; or NULL, as each of them may be */
	const bpr_comparison *comparison;      /**< of the two flows drawn, the before first: what differs is marked; or NULL */
	enum bpr_picture picture;              /**< others than FLOW need the analyses too */
	bool page;               /**< an HTML page around the SVG, in which one can zoom and move */
};
#define BPR_DRAW_OPTIONS_INIT \
	{ sizeof(struct bpr_draw_options), BPR_LANG_EN, NULL, 0, NULL, 0, BPR_HEAT_NONE, NULL, NULL, NULL, BPR_PICTURE_FLOW, false }

/**
 * Draws @p count flows of @p flows, those at the indices @p chosen (NULL: all, then @p count does not matter): a pool for
 * each, a lane for each unit in the order in which a case first gets there, messages between the pools.
 *
 * Columns are found as Sugiyama, Tagawa and Toda do (IEEE Trans. SMC 11, 1981), rows within the lanes; what is long or leads
 * back goes its own way, so that no line passes a step. Names that do not fit are cut with …; the whole name is the
 * element's title. Steps of citizens and of systems are shaded.
 *
 * With heat, boxes are coloured in five classes of round limits, the same for all flows of the picture, with a legend. With a
 * comparison, steps that go are crossed out, those that are new have a plus, those that change say what does.
 *
 * @param options  NULL: defaults
 * @param out   filled on success with SVG, release with bpr_output_release(); empty on failure
 * @retval BPR_EINVAL   no flow, an index out of range, an analysis that is missing or of another flow; a comparison of other than two flows
 * @retval BPR_EUNSUPPORTED  a map of a flow with fewer than two counters
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_WORKSHOP_H
#define BPR_WORKSHOP_H
/**
 * @file workshop.h
 * What a training of 90 minutes needs on paper, made from a flow: people play their own town's counters, before and after.
 */
#include <bpr/procedure.h>
#include <bpr/report.h>
#ifdef __cplusplus
extern "C" {
#endif

/** In the order in which they are printed. */
enum bpr_workshop_part {
	BPR_WORKSHOP_TRAINER = 0, /**< 進行役: timetable, materials and copies, room, rules, expected figures; A4 */
	BPR_WORKSHOP_FAMILIES,    /**< 家族カード: who comes and what for; A6 */
	BPR_WORKSHOP_ROLES,       /**< 役割カード: citizen, each counter and office before and after, runner, observer, timekeeper; A6 */
	BPR_WORKSHOP_LOTS,        /**< くじ: 1 to 20, which decide who is sent back; A4 to be cut */
	BPR_WORKSHOP_FORMS,       /**< 様式: each form before and after, to be filled in by hand; A5 */
	BPR_WORKSHOP_SIGNS,       /**< 窓口の札; A4 across */
	BPR_WORKSHOP_ROOM,        /**< 動線図: where the counters stand, for the route to be drawn; A4 across */
	BPR_WORKSHOP_OBSERVER,    /**< 観察シート, as bpr_walk_write_sheet() has it; A4 across */
	BPR_WORKSHOP_DEBRIEF,     /**< ふりかえり: questions and the table of results; A4 */
	BPR_WORKSHOP_CERTIFICATE, /**< 修了証; A4 across */
	BPR_WORKSHOP_PART_COUNT
};
/** "trainer", "families", …; static; NULL for no such part. */
BPR_API const char *bpr_workshop_part_name(enum bpr_workshop_part part);

enum bpr_workshop_format { BPR_WORKSHOP_PDF = 0, BPR_WORKSHOP_HTML };

struct bpr_workshop_options {
	size_t size;             /**< sizeof(struct bpr_workshop_options) */
	const enum bpr_lang *langs; size_t lang_count; /**< one after the other; none: English */
	size_t families;         /**< invented ones, 1 to 24; default 4; not where households are given */
	bpr_household *const *households; size_t household_count; /**< families instead of invented ones, at most 24 */
	const bpr_procedures *procedures; /**< which facts of the households are told, and what each would have to do; or NULL */
	const char *office;      /**< "みほん市", on cards and signs; NULL: none */
	const char *made;        /**< PDF: when it was made, "2026-04-01T09:00:00Z", or NULL: not said */
};
#define BPR_WORKSHOP_OPTIONS_INIT { sizeof(struct bpr_workshop_options), NULL, 0, 4, NULL, 0, NULL, NULL, NULL }

/**
 * The sheets of @p parts (bit i: part i; 0: all of them), as one PDF or one HTML page that prints a sheet a page.
 *
 * What the room should measure is the exact analysis of the flows. Each family's answers at the flow's choices are spread over
 * the families as the shares say; a choice of which a way leads back is drawn by lot at the counter.
 *
 * @param after     the reform; NULL: the room designs it, on blank sheets
 * @param out       release with bpr_output_release(); empty on failure, and where the parts have nothing to show (no lots are drawn)
 * @param problems  findings of the analysis and, for PDF, a warning where no font has a character; may be NULL
 * @retval BPR_EINVAL  options (N001)
 * @retval BPR_EUNSUPPORTED  PDF: librsvg is not there (G020)
 * @return also what bpr_analyse() returns
 * Same arguments and version: same bytes. Thread safety: safe.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_workshop_write(const bpr_flow *before, const bpr_flow *after, unsigned parts,
	enum bpr_workshop_format format, const struct bpr_workshop_options *options, struct bpr_output *out, bpr_problems *problems,
	struct bpr_error *err);

#ifdef __cplusplus
}
#endif
#endif

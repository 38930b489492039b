/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_WALK_H
#define BPR_WALK_H
/**
 * @file walk.h
 * One case of a flow, walked by hand: what happens next, and which way at a choice.
 */
#include <bpr/analysis.h>
#ifdef __cplusplus
extern "C" {
#endif

enum bpr_walk_happening {
	BPR_WALK_STEP = 0,      /**< the case is at a step: `node`, minutes drawn or mean */
	BPR_WALK_MOVE,          /**< the citizen goes to another counter (or comes to the building) */
	BPR_WALK_CHOICE,        /**< one way out must be chosen: bpr_walk_choose() */
	BPR_WALK_END            /**< over: outcome */
};
struct bpr_walk_event {
	enum bpr_walk_happening what;
	size_t node;            /**< of the flow */
	size_t counter;         /**< MOVE: where to; STEP: where the citizen is; or BPR_NONE */
	bool back;              /**< STEP: has been here before (sent back) */
	bool trip;              /**< MOVE: comes to the building (again) */
	bool citizen;           /**< STEP: the citizen sees it: does it, or is at a counter */
	double walk_minutes, wait_minutes, work_minutes;
	double fields;          /**< STEP: items to be written now */
	const size_t *ways; const double *shares; size_t way_count; /**< CHOICE: arcs, and the share of each */
	enum bpr_outcome outcome; /**< END */
};
struct bpr_walk_totals { double counter_visits, trips, forms, fields, names, seals, id_checks, steps, minutes, wait_minutes, walk_minutes, work_minutes; };
typedef struct bpr_walk bpr_walk;
struct bpr_walk_options { size_t size; unsigned long long seed; bool drawn; /**< durations are drawn; else means */ };
#define BPR_WALK_OPTIONS_INIT { sizeof(struct bpr_walk_options), 1, false }
/** A case at its start. @p out the caller's; the flow must outlive it. Parallel branches are walked one after the other, as counter_visits counts them. */
BPR_API BPR_MUST_CHECK bpr_status bpr_walk_new(const bpr_flow *flow, const struct bpr_walk_options *options, bpr_walk **out, struct bpr_error *err);
BPR_API void bpr_walk_free(bpr_walk *walk);
/** The next happening; after CHOICE, bpr_walk_choose() first. BPR_ELIMIT: more steps than any person walks (10,000). */
BPR_API BPR_MUST_CHECK bpr_status bpr_walk_next(bpr_walk *walk, struct bpr_walk_event *out, struct bpr_error *err);
/** Way @p index of the choice; BPR_NONE: drawn by the shares. The one that was taken in *taken. */
BPR_API BPR_MUST_CHECK bpr_status bpr_walk_choose(bpr_walk *walk, size_t index, size_t *taken, struct bpr_error *err);
/** What it came to so far. names: fields of the group 氏名, name. */
BPR_API struct bpr_walk_totals bpr_walk_totals_get(const bpr_walk *walk);

#ifdef __cplusplus
}
#endif
#endif

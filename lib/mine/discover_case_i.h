/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_DISCOVER_CASE_I_H
#define BPR_MINE_DISCOVER_CASE_I_H
/* The cases of a log as they are looked at: activities that are asked for, from the start that is named, and only what is over. */
#include "base/problem_i.h"
#include "mine/mine_i.h"

struct bpr_selected {
	struct bpr_mine_work names;          /* roles of activities, states of results */
	bpr_log_walk *walk;
	struct bpr_log_event *events; size_t capacity;
	struct bpr_log_case current;
	uint64_t unfinished;                 /* left out */
};
/* BPR_EINVAL: an activity that is named is not in the log. Release it in any case. */
bpr_status bpr_i_selected_begin(struct bpr_selected *cases, const bpr_log *log, const struct bpr_mine_options *options, bpr_problems *problems,
			     struct bpr_error *err);
/* From the first one again. */
bpr_status bpr_i_selected_rewind(struct bpr_selected *cases, struct bpr_error *err);
/* *out is NULL behind the last. */
bpr_status bpr_i_selected_next(struct bpr_selected *cases, const struct bpr_log_case **out, struct bpr_error *err);
void bpr_i_selected_release(struct bpr_selected *cases);
#endif

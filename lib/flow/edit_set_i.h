/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_FLOW_EDIT_SET_I_H
#define BPR_FLOW_EDIT_SET_I_H
/* Overrides (--set) on a flow that is being changed: the same words, the same checks, the same messages (set.c). */
#include "base/problem_i.h"
#include "flow/edit_i.h"

struct bpr_edit_set {
	bpr_problems *problems;  /* or NULL: what is wrong with the value */
	struct bpr_place place;  /* of the override, for problems */
	const char *lever;       /* for origins */
	bool fits;               /* out: false: nothing was changed, the reason stands in problems */
};
/*
 * KEY=VALUE. Columns that say what a node is and where it goes but for `next` (kind, split, join, scope, on …) are not taken: levers
 * change shapes. False: out of memory.
 */
bool bpr_i_edit_set(bpr_edit *edit, const char *text, struct bpr_edit_set *set);
/* Hours as in a cell. Kept by the edit's arena. False: out of memory. */
bool bpr_i_edit_hours(bpr_edit *edit, const char *text, struct bpr_schedule *out, struct bpr_edit_set *set);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_SIMULATE_REACH_I_H
#define BPR_SIMULATE_REACH_I_H
/* Parts of the plan that concern the shape of the flow: sub-processes, terminate ends, and who can get where. */
#include "simulate/run_i.h"

/* scope.c: fills plan->scope. */
void bpr_i_scope_plan(struct run_plan *plan);
struct run_cut bpr_i_scope_cut(const struct run_plan *plan, size_t node);
/* Scope `inner` is `outer` or lies in it. */
static inline bool bpr_i_scope_within(const struct run_plan *plan, uint32_t inner, uint32_t outer)
{
	return inner != RUN_NONE && plan->scope[inner].first >= plan->scope[outer].first && plan->scope[inner].first < plan->scope[outer].last;
}

/*
 * reach.c: fills plan->reach; BPR_ENOEXIT where a case can get to a node from which no end can be reached.
 * comes: a token that leaves `from` can get to the OR join in this round of the loops around it, as the exact analysis has it.
 * earlier: a case comes to `a` before it comes to `b`.
 */
bpr_status bpr_i_reach_plan(struct run_plan *plan, struct bpr_error *err);
void bpr_i_reach_plan_free(struct run_plan *plan);
bool bpr_i_reach_comes(const struct run_plan *plan, uint32_t from, uint32_t join);
bool bpr_i_reach_earlier(const struct run_plan *plan, uint32_t a, uint32_t b);
#endif

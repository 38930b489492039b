/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tree of sub-processes as stretches of its preorder, and what terminate ends take with them. */
#include "config.h"
#include "simulate/reach_i.h"

/* first, last: until a scope is placed, 0 and the number of scopes inside it, itself included. */
static void count_inside(struct run_plan *plan)
{
	for (size_t i = 0; i < plan->scope_count; i++) {
		uint32_t at = (uint32_t)i;

		for (size_t depth = 0; at != RUN_NONE && depth <= plan->scope_count; depth++) {
			plan->scope[at].last++;
			at = plan->scope[at].parent;
		}
	}
}

/* Every pass places the scopes whose parent has been placed; `next` of a parent is where its next child begins. */
static void place(struct run_plan *plan)
{
	uint32_t root = 1;

	for (size_t placed = 0, before = SIZE_MAX; placed < plan->scope_count && placed != before;) {
		before = placed;
		for (size_t i = 0; i < plan->scope_count; i++) {
			struct run_scope *s = &plan->scope[i];
			struct run_scope *up = s->parent == RUN_NONE ? NULL : &plan->scope[s->parent];
			uint32_t *next = up ? &up->next : &root;

			if (s->first || (up && !up->first))
				continue;
			s->first = *next;
			*next += s->last;
			s->next = s->first + 1;
			placed++;
		}
	}
	for (size_t i = 0; i < plan->scope_count; i++)
		plan->scope[i].last += plan->scope[i].first;
}

void bpr_i_scope_plan(struct run_plan *plan)
{
	for (size_t i = 0; i < plan->scope_count; i++) {
		const struct bpr_scope *from = bpr_flow_scope(plan->flow, i);
		struct run_scope *to = &plan->scope[i];

		to->parent = from->parent == BPR_NONE ? RUN_NONE : (uint32_t)from->parent;
		to->entry = from->entry == BPR_NONE ? RUN_NONE : (uint32_t)from->entry;
		to->exit = from->exit == BPR_NONE ? RUN_NONE : (uint32_t)from->exit;
		to->repeat = to->entry == RUN_NONE || to->exit == RUN_NONE ? 1 : from->repeat < UINT32_MAX ? (uint32_t)from->repeat : UINT32_MAX;
		to->timed = RUN_NONE;
		to->repeat_parallel = from->repeat_parallel;
	}
	count_inside(plan);
	place(plan);
}

struct run_cut bpr_i_scope_cut(const struct run_plan *plan, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(plan->flow, node);
	struct run_cut cut = { RUN_NONE, RUN_NONE };
	uint32_t where;

	if (n->scope == BPR_NONE)
		return cut;
	cut.scope = (uint32_t)n->scope;
	cut.to = n->out_count ? (uint32_t)bpr_flow_arc(plan->flow, n->first_out)->to : plan->scope[cut.scope].exit;
	if (cut.to == RUN_NONE)
		return cut;
	where = bpr_flow_node(plan->flow, cut.to)->scope == BPR_NONE ? RUN_NONE : (uint32_t)bpr_flow_node(plan->flow, cut.to)->scope;
	if (bpr_i_scope_within(plan, where, cut.scope))
		return cut;
	/* An error thrown to the edge of a scope farther out: everything up to there is left. */
	for (uint32_t up; (up = plan->scope[cut.scope].parent) != RUN_NONE && !bpr_i_scope_within(plan, where, up);)
		cut.scope = up;
	return cut;
}

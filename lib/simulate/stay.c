/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Closing `serve`: who is in the building when the office closes is served first. A case is in the building from entering a step
 * with a counter until it enters one that is away, or ends. It keeps the people there while it is served or waits for the process
 * and that ends before midnight, or stands in a queue in which it can still be served: its door is open, and enough people
 * are there, those who stay included. Who waits for another branch, or for others of a batch, keeps nobody.
 */
#include "config.h"
#include "simulate/staff_i.h"
#include <math.h>

void bpr_i_stay_enter(struct run *run, uint32_t token)
{
	const struct bpr_node *node = bpr_flow_node(run->plan->flow, run->token[token].node);

	run->cases[run->token[token].of_case].inside = !node->away;
}

static bool can_be_served(const struct run *run, uint32_t token)
{
	const struct staff *s = run->staff;
	const struct run_node *node = bpr_i_run_node_of(run, token);
	const struct staff_kind *kind;

	if (node->traits & RUN_FAST)
		return true;
	if (!(node->traits & RUN_ASKS) || s->token[token].gathers)
		return false;
	kind = &s->plan->kind[s->plan->node[run->token[token].node].line];
	if (kind->door != RUN_NONE && !s->open[kind->door])
		return false;
	for (uint32_t i = 0; i < kind->need_count; i++)
		if (s->people[s->plan->need[kind->first_need + i].pool].reach < s->plan->need[kind->first_need + i].count)
			return false;
	return true;
}

static bool keeps(const struct run *run, uint32_t token)
{
	const struct run_token *t = &run->token[token];
	double midnight = (floor(run->now / 1440) + 1) * 1440, held;

	if (t->phase == RUN_FREE || !run->cases[t->of_case].inside)
		return false;
	switch (t->phase) {
	case RUN_QUEUED: return can_be_served(run, token);
	case RUN_SERVED:
		held = run->plan->node[t->node].traits & RUN_BATCH ? t->held : 0; /* until all of its batch are done */
		return t->started + t->work + held < midnight;
	case RUN_WAITING: return t->paused < midnight;
	default: return false;
	}
}

/* Most often it is the same one as last time. */
bool bpr_i_stay_needed(struct run *run)
{
	struct staff *s = run->staff;
	size_t first = s->witness < run->token_count ? s->witness : 0;

	for (size_t i = 0; i < run->token_count; i++) {
		size_t at = first + i < run->token_count ? first + i : first + i - run->token_count;

		if (keeps(run, (uint32_t)at)) {
			s->witness = (uint32_t)at;
			return true;
		}
	}
	return false;
}

void bpr_i_stay_look(struct run *run)
{
	if (!bpr_i_stay_needed(run))
		bpr_i_shift_leave(run);
}

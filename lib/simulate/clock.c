/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Boundary timers of a sub-process: from its entry on, whatever tokens it makes of the one that came in. They stand among the
 * tokens of the case, outside of the sub-process, in the frame of whoever entered.
 */
#include "config.h"
#include "simulate/game_i.h"

static uint32_t host_of(const struct run *run, uint32_t timer)
{
	return (uint32_t)bpr_flow_node(run->plan->flow, run->token[timer].node)->host;
}

static bool is_clock(const struct run *run, uint32_t token, uint32_t host)
{
	const struct run_token *t = &run->token[token];

	return t->phase == RUN_CLOCKED && t->host == RUN_NONE && host_of(run, token) == host;
}

static bool start(struct run *run, uint32_t token, uint32_t host)
{
	const struct run_plan *plan = run->plan;

	for (uint32_t k = plan->host_timer[host]; k < plan->host_first[host + 1]; k++) {
		const struct run_node *event = &plan->node[plan->host_event[k]];
		const struct run_sampler *wait = &plan->sampler[event->wait];
		double minutes = bpr_i_draw(wait, &run->stream[event->stream + RUN_DRAW_WAIT]);
		uint32_t timer = bpr_i_token_copy(run, token);

		if (timer == RUN_NONE)
			return false;
		run->token[timer].node = plan->host_event[k];
		run->token[timer].phase = RUN_CLOCKED;
		minutes = wait->working_days ? bpr_i_hours_working(plan, run->now, minutes) - run->now : minutes;
		if (!bpr_i_run_plan_event(run, run->now + minutes, RUN_STRIKE, timer, run->token[timer].stamp))
			return false;
	}
	return true;
}

/* The oldest clock of this event that started in the frame; the case's list has the newest first. */
static uint32_t oldest(const struct run *run, uint32_t of_case, uint32_t event, uint32_t frame)
{
	uint32_t found = RUN_NONE;

	for (uint32_t at = run->cases[of_case].first_token; at != RUN_NONE; at = run->token[at].sibling)
		if (run->token[at].phase == RUN_CLOCKED && run->token[at].host == RUN_NONE && run->token[at].node == event && run->token[at].frame == frame)
			found = at;
	return found;
}

void bpr_i_clock_stop(struct run *run, uint32_t token, uint32_t scope, bool same)
{
	const struct run_plan *plan = run->plan;
	uint32_t host = plan->scope[scope].timed, of_case = run->token[token].of_case, next;

	if (host == RUN_NONE)
		return;
	for (uint32_t k = plan->host_timer[host]; same && k < plan->host_first[host + 1]; k++) {
		uint32_t timer = oldest(run, of_case, plan->host_event[k], run->token[token].frame);

		if (timer != RUN_NONE)
			bpr_i_token_free(run, timer);
	}
	for (uint32_t at = same ? RUN_NONE : run->cases[of_case].first_token; at != RUN_NONE; at = next) {
		next = run->token[at].sibling;
		if (is_clock(run, at, host))
			bpr_i_token_free(run, at);
	}
}

bool bpr_i_clock_pass(struct run *run, uint32_t token)
{
	const struct run_plan *plan = run->plan;
	uint32_t node = run->token[token].node;

	if (plan->node[node].traits & RUN_CLOCK_ON)
		return start(run, token, plan->scope[plan->node[node].scope].timed);
	for (uint32_t i = 0; i < plan->scope_count; i++)
		if (plan->scope[i].timed == node)
			bpr_i_clock_stop(run, token, i, true);
	return true;
}

/* A token of what the clock is about, from which the record knows where the case stands. */
static uint32_t somebody(const struct run *run, uint32_t timer, uint32_t scope)
{
	for (uint32_t at = run->cases[run->token[timer].of_case].first_token; at != RUN_NONE; at = run->token[at].sibling)
		if (run->token[at].phase != RUN_CLOCKED && bpr_i_scope_within(run->plan, run->plan->node[run->token[at].node].scope, scope) &&
		    bpr_i_round_inside(run, at, bpr_i_round_stage(run, timer)))
			return at;
	return RUN_NONE;
}

bool bpr_i_clock_strike(struct run *run, uint32_t timer)
{
	const struct run_plan *plan = run->plan;
	uint32_t event = run->token[timer].node, host = host_of(run, timer), scope = 0, from;

	while (plan->scope[scope].timed != host)
		scope++;
	from = somebody(run, timer, scope);
	if (from == RUN_NONE) { /* nothing of it is left to be late */
		bpr_i_token_free(run, timer);
		return true;
	}
	bpr_i_record_split(run, from, timer, 1);
	bpr_i_record_split(run, from, from, 2);
	run->token[timer].phase = RUN_MOVING;
	if (bpr_flow_node(plan->flow, event)->interrupting) {
		bpr_i_clock_stop(run, timer, scope, true);
		if (!bpr_i_token_drop_others(run, timer, scope, bpr_i_round_stage(run, timer)))
			return false;
	}
	return bpr_i_go(run, timer, GO_NODE, event);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From node to node: ways out, splits, loops, boundary events by probability. */
#include "config.h"
#include "simulate/game_i.h"

/* What is asked for at a node that is left, beyond its ways out. */
#define LEAVES_LATER (RUN_LOOP | RUN_EXIT | RUN_BOUNDARY | RUN_TERMINATE | RUN_SPLIT_AND | RUN_SPLIT_OR | RUN_END)

static double uniform(struct run *run, const struct run_node *node)
{
	return bpr_i_game_uniform(run, node, RUN_DRAW_ROUTE);
}

static uint32_t choose(struct run *run, const struct run_node *node)
{
	const double *until = &run->plan->arc_until[node->first_out];
	double u = uniform(run, node);
	uint32_t i = 0;

	while (!(u < until[i]))
		i++;
	return node->first_out + i;
}

void bpr_i_go_turn(struct run *run, size_t from)
{
	struct going *going = run->game->going;

	for (size_t a = from, b = run->game->going_count; a + 1 < b; a++) {
		struct going swap = going[a];

		going[a] = going[--b];
		going[b] = swap;
	}
}

/* ---- splits: the token itself is the first branch; the first as written lies on top ---- */

static bool split_and(struct run *run, uint32_t token, const struct run_node *node)
{
	size_t at = run->game->going_count;

	for (uint32_t i = 1; i < node->out_count; i++) {
		uint32_t child = bpr_i_token_copy(run, token);

		if (child == RUN_NONE)
			return false;
		bpr_i_record_split(run, token, child, i);
		if (!bpr_i_go(run, child, GO_ARC, node->first_out + i))
			return false;
	}
	bpr_i_go_turn(run, at);
	return bpr_i_go(run, token, GO_ARC, node->first_out);
}

static bool split_or(struct run *run, uint32_t token, const struct run_node *node)
{
	const struct run_plan *plan = run->plan;
	uint32_t first = RUN_NONE, branch = 0;
	size_t at = run->game->going_count;

	for (uint32_t i = node->first_out; i < node->first_out + node->out_count; i++) {
		uint32_t child;

		if (!(uniform(run, node) < (first == RUN_NONE ? plan->arc_any[i] : plan->arc_until[i])))
			continue;
		if (first == RUN_NONE) {
			first = i;
			continue;
		}
		child = bpr_i_token_copy(run, token);
		if (child == RUN_NONE)
			return false;
		bpr_i_record_split(run, token, child, ++branch);
		if (!bpr_i_go(run, child, GO_ARC, i))
			return false;
	}
	bpr_i_go_turn(run, at);
	return bpr_i_go(run, token, GO_ARC, first);
}

/* ---- leaving ---- */

static bool go_ways(struct run *run, uint32_t token, const struct run_node *node)
{
	if (node->traits & RUN_TERMINATE)
		return bpr_i_round_terminate(run, token);
	if (node->traits & RUN_END) {
		bpr_i_token_free(run, token);
		return true;
	}
	if (node->traits & RUN_SPLIT_AND)
		return split_and(run, token, node);
	if (node->traits & RUN_SPLIT_OR)
		return split_or(run, token, node);
	return bpr_i_go(run, token, GO_ARC, node->traits & RUN_CHOICE ? choose(run, node) : node->first_out);
}

/* Boundary events that start a path of their own are walked before what follows the host. */
static bool spawn(struct run *run, uint32_t token, uint32_t node)
{
	const struct run_plan *plan = run->plan;
	size_t at = run->game->going_count;
	uint32_t branch = 0;

	for (uint32_t k = plan->host_spawn[node]; k < plan->host_timer[node]; k++) {
		uint32_t child;

		if (!(uniform(run, &plan->node[node]) < bpr_flow_node(plan->flow, plan->host_event[k])->prob))
			continue;
		child = bpr_i_token_copy(run, token);
		if (child == RUN_NONE)
			return false;
		bpr_i_record_split(run, token, child, ++branch);
		if (!bpr_i_go(run, child, GO_NODE, plan->host_event[k]))
			return false;
	}
	if (branch)
		bpr_i_record_split(run, token, token, branch + 1);
	bpr_i_go_turn(run, at);
	return true;
}

static bool go_out(struct run *run, uint32_t token, const struct run_node *node)
{
	const struct run_plan *plan = run->plan;
	uint32_t host = run->token[token].node;
	double u;

	if (plan->host_first[host] < plan->host_spawn[host]) {
		u = uniform(run, node);
		for (uint32_t k = plan->host_first[host]; k < plan->host_spawn[host]; k++) {
			double p = bpr_flow_node(plan->flow, plan->host_event[k])->prob;

			if (u < p)
				return bpr_i_go(run, token, GO_NODE, plan->host_event[k]);
			u -= p;
		}
	}
	return go_ways(run, token, node);
}

/* Loops, rounds, boundary events, splits, ends: what lies on the stack afterwards goes on. */
static bool leave(struct run *run, uint32_t token, const struct run_node *node)
{
	uint32_t at = run->token[token].node;
	bool on = true;

	if ((node->traits & RUN_LOOP) && uniform(run, node) < node->loop_prob)
		return bpr_i_go(run, token, GO_AGAIN, at);
	if (node->traits & RUN_EXIT) {
		if (!bpr_i_round_end(run, token, &on))
			return false;
		if (!on)
			return true;
	}
	if (!(node->traits & RUN_BOUNDARY))
		return go_ways(run, token, node);
	return bpr_i_go(run, token, GO_OUT, at) && spawn(run, token, at);
}

/* ---- entering ---- */

/* Without the clock going on, a case that moves for ever would be the last thing that ever happens. */
static bool endless(struct run *run, uint32_t token)
{
	struct game *g = run->game;
	const char *id;

	if (run->now > g->moved_at || run->now < g->moved_at) {
		g->moved_at = run->now;
		g->moves = 0;
	}
	if (++g->moves < MAX_MOVES)
		return false;
	id = bpr_flow_node(run->plan->flow, run->token[token].node)->id;
	(void)bpr_i_run_fail(run, BPR_ENOEXIT, BPR_I_V017, id, id, NULL);
	return true;
}

/* The token stands at its node. True: it is done there at once. */
static inline bool execute(struct run *run, uint32_t token, uint32_t traits)
{
	if (traits & (RUN_COUNTED | RUN_BUILDING)) {
		if (traits & RUN_COUNTED)
			bpr_i_record_enter(run, token);
		if (traits & RUN_BUILDING)
			bpr_i_stay_enter(run, token);
	}
	if (traits & RUN_END)
		bpr_i_record_outcome(run, token);
	return bpr_i_game_execute(run, token);
}

bool bpr_i_game_pass(struct run *run, uint32_t token)
{
	const struct run_plan *plan = run->plan;

	for (;;) {
		struct run_token *t = &run->token[token];
		const struct run_node *node = &plan->node[t->node];
		uint32_t arc;

		if (node->traits & LEAVES_LATER)
			return leave(run, token, node);
		arc = node->traits & RUN_CHOICE ? choose(run, node) : node->first_out;
		node = &plan->node[plan->arc_to[arc]];
		if ((node->traits & RUN_MEETS) || t->frame)
			return bpr_i_go(run, token, GO_ARC, arc);
		t->node = plan->arc_to[arc];
		if (!execute(run, token, node->traits))
			return !run->stop;
		if (endless(run, token))
			return false;
	}
}

static bool perform(struct run *run, uint32_t token)
{
	return execute(run, token, run->plan->node[run->token[token].node].traits) ? bpr_i_game_pass(run, token) : !run->stop;
}

bool bpr_i_game_come_to(struct run *run, uint32_t token, uint32_t node)
{
	run->token[token].node = node;
	if (run->token[token].frame)
		bpr_i_round_escape(run, token, node);
	if ((run->plan->node[node].traits & (RUN_CLOCK_ON | RUN_CLOCK_OFF)) && !bpr_i_clock_pass(run, token))
		return false;
	if ((run->plan->node[node].traits & RUN_ENTRY) && !bpr_i_round_enter(run, token))
		return false;
	return perform(run, token);
}

static bool cross(struct run *run, uint32_t token, uint32_t arc)
{
	uint32_t to = run->plan->arc_to[arc];

	if (!(run->plan->node[to].traits & RUN_JOINS))
		return bpr_i_game_come_to(run, token, to);
	if (run->token[token].frame)
		bpr_i_round_escape(run, token, to);
	return bpr_i_join_arrive(run, token, arc);
}

static bool go(struct run *run, const struct going *next)
{
	uint32_t token = next->token;

	switch (next->kind) {
	case GO_ARC: return cross(run, token, next->where);
	case GO_NODE: return bpr_i_game_come_to(run, token, next->where);
	case GO_AGAIN:
		run->token[token].node = next->where;
		return perform(run, token);
	case GO_BEGIN: return bpr_i_game_begin(run, token);
	case GO_OUT:
	default: return go_out(run, token, &run->plan->node[next->where]);
	}
}

void bpr_i_game_move(struct run *run)
{
	struct game *g = run->game;

	while (g->going_count && !run->stop) {
		struct going next = g->going[--g->going_count];

		if (run->token[next.token].stamp != next.stamp)
			continue;
		if ((next.kind == GO_ARC || next.kind == GO_AGAIN) && endless(run, next.token))
			break;
		(void)go(run, &next);
	}
	if (run->stop)
		g->going_count = 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where tokens of a case meet. They are looked up among the tokens of the case: there are few, and nothing has to be kept for
 * joins that nobody is at. Tokens of different rounds side by side never meet.
 */
#include "config.h"
#include "simulate/game_i.h"

/* As many tokens on one arc mean that they multiply without end. */
#define MAX_ON_ARC 64

bool bpr_i_join_add(struct run *run, size_t count, uint32_t token)
{
	struct game *g = run->game;
	size_t at = count;

	if (!bpr_i_grow(&g->group, &g->group_capacity, count + 1, sizeof(*g->group)))
		return bpr_i_run_nomem(run);
	for (; at && run->token[g->group[at - 1]].rank > run->token[token].rank; at--)
		g->group[at] = g->group[at - 1];
	g->group[at] = token;
	return true;
}

void bpr_i_join_merge(struct run *run, size_t count, uint32_t scope)
{
	struct game *g = run->game;
	uint32_t into = g->group[count - 1];

	if (count > 1)
		bpr_i_record_merge(run, into, g->group, count, scope);
	bpr_i_token_loosen(run, into);
	for (size_t i = 0; i + 1 < count; i++)
		bpr_i_token_drop(run, g->group[i]);
}

static bool meets(const struct run *run, uint32_t token, uint32_t join, uint32_t stage)
{
	const struct run_token *t = &run->token[token];

	return t->node == join && t->phase == RUN_JOINING && bpr_i_round_stage(run, token) == stage;
}

/* All tokens that wait at the join, in the order in which they came; their number, or SIZE_MAX: out of memory. */
static size_t collect(struct run *run, uint32_t of_case, uint32_t join, uint32_t stage)
{
	size_t count = 0;

	for (uint32_t at = run->cases[of_case].first_token; at != RUN_NONE; at = run->token[at].sibling)
		if (meets(run, at, join, stage) && !bpr_i_join_add(run, count++, at))
			return SIZE_MAX;
	return count;
}

/* ---- parallel joins ---- */

static bool multiplies(struct run *run, uint32_t arc)
{
	const char *id = bpr_flow_node(run->plan->flow, bpr_flow_arc(run->plan->flow, arc)->from)->id;

	return bpr_i_run_fail(run, BPR_ELIMIT, BPR_I_A004, id, id, NULL);
}

/* The oldest token of every arc; false: not every arc has one (or out of memory). */
static bool complete(struct run *run, uint32_t token)
{
	struct game *g = run->game;
	const struct run_token *t = &run->token[token];
	uint32_t join = t->node, stage = bpr_i_round_stage(run, token);
	size_t count = 0, kept = 0, same = 0;

	for (uint32_t at = run->cases[t->of_case].first_token; at != RUN_NONE; at = run->token[at].sibling) {
		count += meets(run, at, join, stage);
		same += meets(run, at, join, stage) && run->token[at].arc == t->arc;
	}
	if (same > MAX_ON_ARC)
		return multiplies(run, t->arc);
	if (same > 1 || count < run->plan->node[join].in_count)
		return false; /* the arc had one before: this one completes nothing */
	count = collect(run, t->of_case, join, stage);
	if (count == SIZE_MAX)
		return false;
	for (size_t i = 0; i < count; i++) {
		bool known = false;

		for (size_t k = 0; k < kept && !known; k++)
			known = run->token[g->group[k]].arc == run->token[g->group[i]].arc;
		if (!known)
			g->group[kept++] = g->group[i];
	}
	return kept == run->plan->node[join].in_count;
}

bool bpr_i_join_arrive(struct run *run, uint32_t token, uint32_t arc)
{
	struct run_token *t = &run->token[token];
	struct run_case *c = &run->cases[t->of_case];
	uint32_t join = run->plan->arc_to[arc], traits = run->plan->node[join].traits;

	if ((traits & RUN_JOIN_OR) && c->tokens == 1)
		return bpr_i_game_come_to(run, token, join);
	t->node = join;
	t->arc = arc;
	t->phase = RUN_JOINING;
	t->rank = ++run->game->meeting;
	c->joining++;
	c->joining_or += (traits & RUN_JOIN_OR) != 0;
	if ((traits & RUN_JOIN_OR) || !complete(run, token))
		return !run->stop;
	bpr_i_join_merge(run, run->plan->node[join].in_count, RUN_NONE);
	return bpr_i_go(run, token, GO_NODE, join);
}

/* ---- inclusive joins ---- */

static bool others_come(const struct run *run, uint32_t token)
{
	uint32_t join = run->token[token].node, stage = bpr_i_round_stage(run, token);

	for (uint32_t at = run->cases[run->token[token].of_case].first_token; at != RUN_NONE; at = run->token[at].sibling) {
		if (run->token[at].phase == RUN_CLOCKED || meets(run, at, join, stage) || !bpr_i_round_inside(run, at, stage))
			continue;
		if (bpr_i_reach_comes(run->plan, run->token[at].node, join))
			return true;
	}
	return false;
}

/* Nothing else moves in the stage: what waits is all there is. */
static bool idle(const struct run *run, uint32_t of_case, uint32_t stage)
{
	for (uint32_t at = run->cases[of_case].first_token; at != RUN_NONE; at = run->token[at].sibling)
		if (run->token[at].phase != RUN_JOINING && run->token[at].phase != RUN_CLOCKED && bpr_i_round_inside(run, at, stage))
			return false;
	return true;
}

/* The first on the way of those that may fire; `forced`: those of a stage in which nothing else moves. */
static uint32_t choose(const struct run *run, uint32_t of_case, bool forced)
{
	uint32_t choice = RUN_NONE;

	for (uint32_t at = run->cases[of_case].first_token; at != RUN_NONE; at = run->token[at].sibling) {
		const struct run_token *t = &run->token[at];

		if (t->phase != RUN_JOINING || !(run->plan->node[t->node].traits & RUN_JOIN_OR))
			continue;
		if (choice != RUN_NONE && !bpr_i_reach_earlier(run->plan, t->node, run->token[choice].node))
			continue;
		if (forced ? idle(run, of_case, bpr_i_round_stage(run, at)) : !others_come(run, at))
			choice = at;
	}
	return choice;
}

/* What waits, waits for ever. */
static bool stuck(struct run *run, uint32_t of_case)
{
	uint32_t at = run->cases[of_case].first_token;
	const char *id;

	while (run->token[at].phase != RUN_JOINING)
		at = run->token[at].sibling;
	id = bpr_flow_node(run->plan->flow, run->token[at].node)->id;
	return bpr_i_run_fail(run, BPR_ENOEXIT, BPR_I_V011, id, id, NULL);
}

bool bpr_i_join_try(struct run *run, uint32_t of_case)
{
	const struct run_case *c = &run->cases[of_case];
	uint32_t choice = RUN_NONE, join;
	size_t count;

	if (c->joining_or) {
		choice = choose(run, of_case, false);
		if (choice == RUN_NONE)
			choice = choose(run, of_case, true);
	}
	if (choice == RUN_NONE)
		return c->joining == c->tokens ? stuck(run, of_case) : false;
	join = run->token[choice].node;
	count = collect(run, of_case, join, bpr_i_round_stage(run, choice));
	if (count == SIZE_MAX)
		return false;
	choice = run->game->group[count - 1];
	bpr_i_join_merge(run, count, RUN_NONE);
	return bpr_i_go(run, choice, GO_NODE, join);
}

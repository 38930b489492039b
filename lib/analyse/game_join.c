/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timed game where tokens wait for each other, and where one takes all the others with it. */
#include "config.h"
#include "analyse/game_play_i.h"
#include <string.h>

/* ---- joins ---- */

static bool add_waiting(struct stage *s, size_t list, struct token token, uint32_t join, bool newest_first)
{
	size_t *at = &s->first[list];

	if (!bpr_i_grow(&s->waiting, &s->waiting_capacity, s->waiting_count + 1, sizeof(*s->waiting))
	    || !bpr_i_grow(&s->joins, &s->join_capacity, s->join_count + 1, sizeof(*s->joins)))
		return false;
	while (*at && !newest_first)
		at = &s->waiting[*at - 1].next;
	s->waiting[s->waiting_count] = (struct waiting){ token, newest_first ? *at : 0, (uint32_t)list };
	*at = ++s->waiting_count;
	for (size_t i = 0; i < s->join_count; i++)
		if (s->joins[i] == join)
			return true;
	s->joins[s->join_count++] = join;
	return true;
}

static void forget_join(struct stage *s, size_t join)
{
	for (size_t i = 0; i < s->join_count; i++)
		if (s->joins[i] == join) {
			memmove(&s->joins[i], &s->joins[i + 1], (s->join_count - i - 1) * sizeof(*s->joins));
			s->join_count--;
			return;
		}
}

static bool remember(struct bpr_game *g, size_t at, uint32_t attr)
{
	if (!bpr_i_grow(&g->attr, &g->attr_capacity, at + 1, sizeof(*g->attr)))
		return bpr_i_game_nomem(g);
	g->attr[at] = attr;
	return true;
}

static uint32_t merged(struct bpr_game *g, size_t count)
{
	return g->policy ? bpr_i_policy_merge_all(g->policy, g->attr, count) : 0;
}

static bool arrive_and(struct bpr_game *g, struct stage *s, uint32_t arc, struct token token)
{
	uint32_t join = g->plan->arc_to[arc];
	size_t count;
	const size_t *in = bpr_flow_arcs_in(g->plan->flow, join, &count);

	if (s->first[arc] || s->have[join] + 1 < count) {
		s->have[join] += !s->first[arc];
		return add_waiting(s, arc, token, join, false) ? true : bpr_i_game_nomem(g);
	}
	s->have[join] = 0;
	for (size_t i = 0; i < count; i++) {
		struct waiting *w = in[i] == arc ? NULL : &s->waiting[s->first[in[i]] - 1];

		if (!remember(g, i, w ? w->token.attr : token.attr))
			return false;
		if (w)
			s->first[in[i]] = w->next;
		s->have[join] += s->first[in[i]] != 0;
	}
	token.attr = merged(g, count);
	if (!s->have[join])
		forget_join(s, join);
	return bpr_i_game_enter(g, s, join, token);
}

static size_t or_list(const struct bpr_game *g, size_t join)
{
	size_t count;

	return bpr_flow_arcs_in(g->plan->flow, join, &count)[0];
}

bool bpr_i_game_cross(struct bpr_game *g, struct stage *s, uint32_t arc, struct token token)
{
	size_t to = g->plan->arc_to[arc];
	unsigned trait = g->plan->trait[to];

	if (g->options.passed)
		g->options.passed(g->options.data, arc);
	if (s->inside != BPR_NONE && !bpr_i_plan_in_scope(g->plan, g->plan->node[to]->scope, s->inside)) {
		s->left_by = to;
		s->out = token;
		return true;
	}
	if (trait & BPR_TRAIT_JOIN_AND)
		return arrive_and(g, s, arc, token);
	if (trait & BPR_TRAIT_JOIN_OR)
		return add_waiting(s, or_list(g, to), token, (uint32_t)to, true) ? true : bpr_i_game_nomem(g);
	return bpr_i_game_enter(g, s, to, token);
}

static bool others_come(struct bpr_game *g, struct stage *s, size_t join, bool *failed)
{
	for (size_t i = 0; i < s->heap_count; i++)
		if (s->heap[i].enters ? bpr_i_walk_can_reach(g->walk, s->heap[i].node, join, failed)
		    : bpr_i_walk_comes_to(g->walk, s->heap[i].node, join, failed))
			return true;
	for (size_t i = 0; i < s->join_count; i++)
		if (s->joins[i] != join && bpr_i_walk_comes_to(g->walk, s->joins[i], join, failed))
			return true;
	return false;
}

static bool fire_or(struct bpr_game *g, struct stage *s, size_t join)
{
	size_t list = or_list(g, join);
	struct token token = { 0, s->last }; /* what has just happened lets it go on */
	size_t count = 0;

	for (size_t at = s->first[list]; at; at = s->waiting[at - 1].next)
		if (!remember(g, count++, s->waiting[at - 1].token.attr))
			return false;
	token.attr = merged(g, count);
	s->first[list] = 0;
	forget_join(s, join);
	return bpr_i_game_enter(g, s, join, token);
}

bool bpr_i_game_try_or(struct bpr_game *g, struct stage *s, bool forced, bool *fired)
{
	size_t choice = BPR_NONE;
	bool failed = false;

	*fired = false;
	for (size_t i = 0; i < s->join_count && !failed; i++) {
		size_t join = s->joins[i];

		if (!(g->plan->trait[join] & BPR_TRAIT_JOIN_OR))
			continue;
		if ((choice == BPR_NONE || bpr_i_walk_earlier(g->walk, join, choice, &failed))
		    && (forced || !others_come(g, s, join, &failed)))
			choice = join;
	}
	if (failed)
		return bpr_i_game_nomem(g);
	if (choice == BPR_NONE)
		return true;
	*fired = true;
	return fire_or(g, s, choice);
}

/* ---- ends that take everything else with them ---- */

static void drop_inside(struct bpr_game *g, struct stage *s, size_t scope)
{
	const struct bpr_plan *plan = g->plan;
	size_t kept = 0;

	for (size_t i = 0; i < s->heap_count; i++)
		if (scope != BPR_NONE && !bpr_i_plan_in_scope(plan, plan->node[s->heap[i].node]->scope, scope)) {
			struct busy b = s->heap[i];
			size_t at = kept++;

			for (; at && sooner(&b, &s->heap[(at - 1) / 2]); at = (at - 1) / 2)
				s->heap[at] = s->heap[(at - 1) / 2];
			s->heap[at] = b;
		}
	s->heap_count = kept;
	kept = 0;
	for (size_t i = 0; i < s->going_count; i++) {
		uint32_t node = s->going[i].kind == GO_ARC ? plan->arc_from[s->going[i].where] : s->going[i].where;

		if (scope != BPR_NONE && !bpr_i_plan_in_scope(plan, plan->node[node]->scope, scope))
			s->going[kept++] = s->going[i];
	}
	s->going_count = kept;
	kept = 0;
	for (size_t i = 0; i < s->join_count; i++) {
		uint32_t join = s->joins[i];
		size_t count;
		const size_t *in = bpr_flow_arcs_in(plan->flow, join, &count);

		if (scope != BPR_NONE && !bpr_i_plan_in_scope(plan, plan->node[join]->scope, scope)) {
			s->joins[kept++] = join;
			continue;
		}
		for (size_t k = 0; k < count; k++)
			s->first[in[k]] = 0;
		s->have[join] = 0;
	}
	s->join_count = kept;
}

bool bpr_i_game_terminate(struct bpr_game *g, struct stage *s, size_t node, struct token token)
{
	size_t where;
	bool left;
	size_t scope = bpr_i_plan_terminates(g->plan, node, &where, &left);

	if (g->options.passed && g->plan->node[node]->out_count)
		g->options.passed(g->options.data, g->plan->node[node]->first_out);
	drop_inside(g, s, scope);
	if (where >= g->plan->n)
		return true;
	if (s->inside != BPR_NONE && !bpr_i_plan_in_scope(g->plan, g->plan->node[where]->scope, s->inside)) {
		s->left_by = where;
		s->out = token;
		return true;
	}
	return bpr_i_game_enter(g, s, where, token);
}

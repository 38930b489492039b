/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which tokens an OR join waits for: those that can still come to it in this round of the loops around it. A way that goes
 * back to a node which every case passes before the join (the head of such a loop) leads to the join's next turn, and
 * a token on it is not waited for: else an OR join in a loop would wait for what comes after itself. Everything else
 * that can come is waited for (BPMN 2.0.2, 13.4.3 excludes the same tokens by what they can reach). Asked once a join, kept as bits.
 */
#include "config.h"
#include "analyse/dominate_i.h"
#include "analyse/walk_i.h"
#include "base/alloc_i.h"

struct search { const struct bpr_plan *plan; const struct bpr_order *order; size_t join; uint8_t *bits; uint32_t *queue; size_t count; };

static void mark(struct search *s, size_t from, size_t to)
{
	if (s->bits[from / 8] & (1u << (from % 8)))
		return;
	if (s->order->rank[from] >= s->order->rank[to] && bpr_i_order_dominates(s->order, to, s->join))
		return;
	s->bits[from / 8] |= (uint8_t)(1u << (from % 8));
	s->queue[s->count++] = (uint32_t)from;
}

/* Everything just before `node`: over arcs, from a boundary event to its host, from a scope's entry to the exit that starts a round. */
static void mark_before(struct search *s, size_t node)
{
	const struct bpr_plan *plan = s->plan;
	size_t in_count;
	const size_t *in = bpr_flow_arcs_in(plan->flow, node, &in_count);

	for (size_t i = 0; i < in_count; i++)
		if (plan->arc_prob[in[i]] > 0)
			mark(s, plan->arc_from[in[i]], node);
	if (plan->node[node]->host != BPR_NONE && plan->node[node]->prob > 0)
		mark(s, plan->node[node]->host, node);
	if (plan->trait[node] & BPR_TRAIT_ENTRY)
		mark(s, bpr_flow_scope(plan->flow, plan->scope_at[node])->exit, node);
}

static uint8_t *find_before(const struct bpr_plan *plan, const struct bpr_order *order, size_t join)
{
	struct search s = { plan, order, join, bpr_i_calloc(plan->n / 8 + 1, 1), bpr_i_calloc(plan->n, sizeof(uint32_t)), 0 };

	if (s.bits && s.queue) {
		mark_before(&s, join);
		for (size_t i = 0; i < s.count; i++)
			if (s.queue[i] != join) /* what passes the join itself comes from behind it */
				mark_before(&s, s.queue[i]);
	} else {
		bpr_i_free(s.bits);
		s.bits = NULL;
	}
	bpr_i_free(s.queue);
	return s.bits;
}

static bool make_order(struct bpr_walk *walk)
{
	if (!walk->order)
		walk->order = bpr_i_order_new(walk->plan);
	return walk->order;
}

bool bpr_i_walk_comes_to(struct bpr_walk *walk, size_t from, size_t to, bool *failed)
{
	if (!make_order(walk))
		return *failed = true;
	if (!walk->reach && !(walk->reach = bpr_i_calloc(walk->plan->n, sizeof(*walk->reach))))
		return *failed = true;
	if (!walk->reach[to] && !(walk->reach[to] = find_before(walk->plan, walk->order, to)))
		return *failed = true;
	return walk->reach[to][from / 8] & (1u << (from % 8));
}

bool bpr_i_walk_can_reach(struct bpr_walk *walk, size_t from, size_t to, bool *failed)
{
	return from == to || bpr_i_walk_comes_to(walk, from, to, failed);
}

bool bpr_i_walk_earlier(struct bpr_walk *walk, size_t a, size_t b, bool *failed)
{
	if (!make_order(walk))
		return *failed = true;
	return walk->order->rank[a] < walk->order->rank[b];
}

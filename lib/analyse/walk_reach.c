/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who can still get to an OR join: asked once a join, kept as bits. */
#include "config.h"
#include "analyse/walk_i.h"
#include "base/alloc_i.h"

static bool mark(uint8_t *bits, uint32_t *queue, size_t *count, size_t node)
{
	if (bits[node / 8] & (1u << (node % 8)))
		return false;
	bits[node / 8] |= (uint8_t)(1u << (node % 8));
	queue[(*count)++] = (uint32_t)node;
	return true;
}

/* Everything before `node`: over arcs, from a boundary event to its host, from a scope's entry to the exit that starts a round. */
static void mark_before(const struct bpr_plan *plan, uint8_t *bits, uint32_t *queue, size_t *count, size_t node)
{
	size_t in_count;
	const size_t *in = bpr_flow_arcs_in(plan->flow, node, &in_count);

	for (size_t i = 0; i < in_count; i++)
		if (plan->arc_prob[in[i]] > 0)
			(void)mark(bits, queue, count, plan->arc_from[in[i]]);
	if (plan->node[node]->host != BPR_NONE && plan->node[node]->prob > 0)
		(void)mark(bits, queue, count, plan->node[node]->host);
	if (plan->trait[node] & BPR_TRAIT_ENTRY)
		(void)mark(bits, queue, count, bpr_flow_scope(plan->flow, plan->scope_at[node])->exit);
}

static uint8_t *find_before(const struct bpr_plan *plan, size_t node)
{
	uint8_t *bits = bpr_i_calloc(plan->n / 8 + 1, 1);
	uint32_t *queue = bpr_i_calloc(plan->n, sizeof(*queue));
	size_t count = 0;

	if (bits && queue) {
		mark_before(plan, bits, queue, &count, node);
		for (size_t i = 0; i < count; i++)
			mark_before(plan, bits, queue, &count, queue[i]);
	} else {
		bpr_i_free(bits);
		bits = NULL;
	}
	bpr_i_free(queue);
	return bits;
}

bool bpr_i_walk_comes_to(struct bpr_walk *walk, size_t from, size_t to, bool *failed)
{
	if (!walk->reach && !(walk->reach = bpr_i_calloc(walk->plan->n, sizeof(*walk->reach))))
		return *failed = true;
	if (!walk->reach[to] && !(walk->reach[to] = find_before(walk->plan, to)))
		return *failed = true;
	return walk->reach[to][from / 8] & (1u << (from % 8));
}

bool bpr_i_walk_can_reach(struct bpr_walk *walk, size_t from, size_t to, bool *failed)
{
	return from == to || bpr_i_walk_comes_to(walk, from, to, failed);
}

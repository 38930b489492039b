/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What runs side by side: which nodes stand between a parallel split and where its branches meet, and which branch is walked after which. */
#include "config.h"
#include "study/visit_i.h"
#include "graph/graph_i.h"
#include <string.h>

/* Several branches at a time, of the node itself or of a sub-process around it. */
static bool repeats_beside(const bpr_flow *flow, const struct bpr_node *n)
{
	if (n->repeat > 1 && n->repeat_parallel)
		return true;
	for (size_t s = n->scope; s != BPR_NONE; s = bpr_flow_scope(flow, s)->parent)
		if (bpr_flow_scope(flow, s)->repeat > 1 && bpr_flow_scope(flow, s)->repeat_parallel)
			return true;
	return false;
}

static bool splits(const struct bpr_node *node)
{
	return node->split != BPR_SPLIT_XOR && node->out_count > 1;
}

struct search {
	const bpr_flow *flow;
	struct bpr_visit_beside *out;
	size_t *stack, *ipdom;
	unsigned char *seen;
};

/* Marks the branch that begins at `first`, as far as the join. */
static void follow(struct search *s, size_t split, size_t first, size_t join)
{
	size_t depth = 0;

	memset(s->seen, 0, bpr_flow_node_count(s->flow));
	if (first == join)
		return;
	s->stack[depth++] = first;
	s->seen[first] = s->out->inside[first] = 1;
	while (depth) {
		size_t node = s->stack[--depth], arc, to;

		for (size_t i = 0; (to = bpr_i_visit_way(s->flow, node, i, &arc)) != BPR_NONE; i++)
			if (to != join && to != split && !s->seen[to]) {
				s->seen[to] = s->out->inside[to] = 1;
				s->stack[depth++] = to;
			}
	}
}

/* The arc by which the branch marked comes to the join, or BPR_NONE. */
static size_t last_arc(const struct search *s, size_t join)
{
	size_t count;
	const size_t *in = bpr_flow_arcs_in(s->flow, join, &count);

	for (size_t i = 0; i < count; i++)
		if (s->seen[bpr_flow_arc(s->flow, in[i])->from])
			return in[i];
	return BPR_NONE;
}

static void take_split(struct search *s, size_t split)
{
	const struct bpr_node *n = bpr_flow_node(s->flow, split);
	size_t nodes = bpr_flow_node_count(s->flow), join = s->ipdom[split] < nodes ? s->ipdom[split] : BPR_NONE,
	       before = BPR_NONE;

	for (size_t i = 0; i < n->out_count; i++) {
		size_t arc = n->first_out + i, end;

		follow(s, split, bpr_flow_arc(s->flow, arc)->to, join);
		if (join == BPR_NONE)
			continue;
		end = bpr_flow_arc(s->flow, arc)->to == join ? arc : last_arc(s, join);
		if (end == BPR_NONE)
			continue;
		s->out->feed[arc] = before;
		before = end;
	}
	if (join != BPR_NONE && bpr_flow_node(s->flow, join)->join != BPR_JOIN_XOR)
		s->out->last[join] = before;
}

/* Rows of successors for the post-dominators. */
static bool rows(struct bpr_arena *arena, const bpr_flow *flow, size_t **row, size_t **col, unsigned char **ends)
{
	size_t n = bpr_flow_node_count(flow), at = 0, arc;

	*row = bpr_i_arena_alloc(arena, n + 1, sizeof(**row));
	*col = bpr_i_arena_alloc(arena, bpr_flow_arc_count(flow) + n + 1, sizeof(**col));
	*ends = bpr_i_arena_alloc(arena, n + 1, 1);
	for (size_t i = 0; *row && *col && *ends && i < n; i++) {
		size_t to;

		(*row)[i] = at;
		for (size_t k = 0; (to = bpr_i_visit_way(flow, i, k, &arc)) != BPR_NONE; k++)
			(*col)[at++] = to;
		(*ends)[i] = bpr_flow_node(flow, i)->kind == BPR_NODE_END;
		(*row)[i + 1] = at;
	}
	return *row && *col && *ends;
}

bool bpr_i_visit_beside(struct bpr_arena *arena, const bpr_flow *flow, struct bpr_visit_beside *out)
{
	size_t n = bpr_flow_node_count(flow), arcs = bpr_flow_arc_count(flow), *row, *col;
	struct search s = { flow, out, bpr_i_arena_alloc(arena, n + 1, sizeof(size_t)),
			    bpr_i_arena_alloc(arena, n + 1, sizeof(size_t)), bpr_i_arena_alloc(arena, n + 1, 1) };
	unsigned char *ends;
	bool any = false;

	*out = (struct bpr_visit_beside){ bpr_i_arena_alloc(arena, n + 1, 1),
					  bpr_i_arena_alloc(arena, arcs + 1, sizeof(size_t)),
					  bpr_i_arena_alloc(arena, n + 1, sizeof(size_t)) };
	if (!s.stack || !s.ipdom || !s.seen || !out->inside || !out->feed || !out->last)
		return false;
	for (size_t i = 0; i < arcs; i++)
		out->feed[i] = BPR_NONE;
	for (size_t i = 0; i < n; i++) {
		const struct bpr_node *node = bpr_flow_node(flow, i);

		out->last[i] = BPR_NONE;
		out->inside[i] = repeats_beside(flow, node);
		any = any || splits(node);
	}
	if (!any)
		return true;
	if (!rows(arena, flow, &row, &col, &ends) ||
	    bpr_i_graph_post_dominators(n, row, col, ends, s.ipdom, NULL) != BPR_OK)
		return false;
	for (size_t i = 0; i < n; i++)
		if (splits(bpr_flow_node(flow, i)))
			take_split(&s, i);
	return true;
}

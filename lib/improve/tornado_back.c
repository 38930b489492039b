/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ways that lead back: arcs to where the case has been, and those from which every way on comes to such an arc ("correct the form",
 * then back to the counter). Arcs back are those of a search in depth; without them, a way that gets to no end leads back.
 */
#include "config.h"
#include "improve/tornado_i.h"
#include "base/problem_i.h"

struct ways {
	const bpr_flow *flow;
	size_t n;
	unsigned char *state;   /* [n] 0 new, 1 on the path, 2 done */
	unsigned char *ends;    /* [n] an end can be got to without an arc back */
	size_t *stack, *next;   /* [n] */
	unsigned char *back;    /* [arc count] */
};

/* Ways on from a node: its arcs, the events on it, the exit of a sub-process that ends there. BPR_NONE behind the last; *arc: or BPR_NONE. */
static size_t way_on(const struct ways *w, size_t node, size_t i, size_t *arc)
{
	const struct bpr_node *n = bpr_flow_node(w->flow, node);
	size_t events;
	const size_t *event = bpr_flow_boundary(w->flow, node, &events);

	*arc = BPR_NONE;
	if (i < n->out_count) {
		*arc = n->first_out + i;
		return bpr_flow_arc(w->flow, *arc)->to;
	}
	i -= n->out_count;
	if (i < events)
		return event[i];
	return i == events && n->kind == BPR_NODE_END && n->scope != BPR_NONE ? bpr_flow_scope(w->flow, n->scope)->exit : BPR_NONE;
}

static bool is_end(const struct ways *w, size_t node)
{
	size_t arc;

	return way_on(w, node, 0, &arc) == BPR_NONE;
}

static void enter(struct ways *w, size_t *depth, size_t node)
{
	w->state[node] = 1;
	w->ends[node] = is_end(w, node);
	w->next[node] = 0;
	w->stack[(*depth)++] = node;
}

/* Everything that a start leads to; what is behind a node is known when it is left. */
static void search(struct ways *w, size_t start)
{
	size_t depth = 0;

	enter(w, &depth, start);
	while (depth) {
		size_t node = w->stack[depth - 1], arc;
		size_t to = way_on(w, node, w->next[node]++, &arc);

		if (to == BPR_NONE) {
			w->state[node] = 2;
			if (--depth)
				w->ends[w->stack[depth - 1]] |= w->ends[node];
		} else if (!w->state[to]) {
			enter(w, &depth, to);
		} else if (w->state[to] == 1) {
			if (arc != BPR_NONE)
				w->back[arc] = 1;
		} else {
			w->ends[node] |= w->ends[to];
		}
	}
}

bpr_status bpr_i_turn_back(const bpr_flow *flow, unsigned char *back, struct bpr_error *err)
{
	struct ways w = { .flow = flow, .n = bpr_flow_node_count(flow), .back = back };
	bpr_status status = BPR_OK;

	w.state = bpr_i_calloc(w.n + 1, 1);
	w.ends = bpr_i_calloc(w.n + 1, 1);
	w.stack = bpr_i_calloc(w.n + 1, sizeof(*w.stack));
	w.next = bpr_i_calloc(w.n + 1, sizeof(*w.next));
	if (!w.state || !w.ends || !w.stack || !w.next) {
		status = bpr_i_nomem(err);
		goto out;
	}
	for (size_t i = 0; i < w.n; i++)
		if (bpr_flow_node(flow, i)->kind == BPR_NODE_START && !w.state[i])
			search(&w, i);
	for (size_t i = 0; i < bpr_flow_arc_count(flow); i++)
		if (!w.ends[bpr_flow_arc(flow, i)->to])
			back[i] = 1;
out:
	bpr_i_free(w.state);
	bpr_i_free(w.ends);
	bpr_i_free(w.stack);
	bpr_i_free(w.next);
	return status;
}

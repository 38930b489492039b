/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Questions about ways while a flow is being changed: searches, without an order of the graph that each change would spoil. Ways that are
 * never taken (share 0) are none; a boundary event is a way out of the node that it sits on.
 */
#include "config.h"
#include "improve/lever_i.h"
#include <string.h>

/* A search: seen nodes and those to be looked at. */
struct search {
	struct lever_work *work;
	size_t *stack, depth;
	bool *seen;
	size_t *first, *next; /* boundary events of a node, in a chain; BPR_NONE */
};

static bool begin(struct search *s, struct lever_work *work)
{
	const size_t count = bpr_i_edit_node_count(work->edit);

	*s = (struct search){ .work = work };
	s->stack = bpr_i_arena_raw(&work->scratch, count + 1, sizeof(*s->stack));
	s->seen = bpr_i_arena_alloc(&work->scratch, count + 1, sizeof(*s->seen));
	s->first = bpr_i_arena_raw(&work->scratch, count + 1, sizeof(*s->first));
	s->next = bpr_i_arena_raw(&work->scratch, count + 1, sizeof(*s->next));
	if (!s->stack || !s->seen || !s->first || !s->next)
		return bpr_i_lever_nomem(work);
	for (size_t i = 0; i < count; i++)
		s->first[i] = s->next[i] = BPR_NONE;
	for (size_t i = count; i-- > 0;) {
		const struct bpr_node *node = bpr_i_edit_node(work->edit, i);

		if (!node || node->host == BPR_NONE || !(node->prob > 0))
			continue;
		s->next[i] = s->first[node->host];
		s->first[node->host] = i;
	}
	return true;
}

static void visit(struct search *s, size_t node)
{
	if (s->seen[node])
		return;
	s->seen[node] = true;
	s->stack[s->depth++] = node;
}

static void visit_next(struct search *s, size_t node)
{
	size_t count;
	const size_t *out = bpr_i_edit_out(s->work->edit, node, &count);

	for (size_t i = 0; i < count; i++) {
		const struct bpr_edit_arc *arc = bpr_i_edit_arc(s->work->edit, out[i]);

		if (arc->prob > 0)
			visit(s, arc->to);
	}
	for (size_t b = s->first[node]; b != BPR_NONE; b = s->next[b])
		visit(s, b);
}

static void visit_starts(struct search *s)
{
	const size_t count = bpr_i_edit_node_count(s->work->edit);

	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *node = bpr_i_edit_node(s->work->edit, i);

		if (node && node->kind == BPR_NODE_START && node->prob > 0)
			visit(s, i);
	}
}

bool *bpr_i_lever_reach(struct lever_work *work, size_t from, const size_t *stops, size_t count)
{
	struct search s;

	if (!begin(&s, work))
		return NULL;
	for (size_t i = 0; i < count; i++)
		s.seen[stops[i]] = true;
	s.seen[from] = false;
	visit(&s, from);
	while (s.depth)
		visit_next(&s, s.stack[--s.depth]);
	for (size_t i = 0; i < count; i++)
		s.seen[stops[i]] = stops[i] == from;
	return s.seen;
}

bool bpr_i_lever_ends(struct lever_work *work, const bool *reached)
{
	const size_t count = bpr_i_edit_node_count(work->edit);

	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *node = reached[i] ? bpr_i_edit_node(work->edit, i) : NULL;

		if (node && node->kind == BPR_NODE_END)
			return true;
	}
	return false;
}

/* A search that goes no further where it comes to one of the nodes: those that it comes to are first. */
bool bpr_i_lever_first(struct lever_work *work, const size_t *nodes, size_t count, bool *first)
{
	struct search s;
	bool *among = bpr_i_arena_alloc(&work->scratch, bpr_i_edit_node_count(work->edit) + 1, sizeof(*among));

	if (!among || !begin(&s, work))
		return bpr_i_lever_nomem(work);
	for (size_t i = 0; i < count; i++)
		among[nodes[i]] = true;
	visit_starts(&s);
	while (s.depth) {
		const size_t node = s.stack[--s.depth];

		if (!among[node])
			visit_next(&s, node);
	}
	for (size_t i = 0; i < count; i++)
		first[i] = s.seen[nodes[i]];
	return true;
}

/* ---- dominators ---- */

/* Nodes in the order in which a search leaves them; the root, number `count`, is left out. */
struct order { size_t *nodes, *rank, *at; size_t count; };

/* The ways out of a node one after the other: its arcs, then its boundary events. *at counts. BPR_NONE behind the last. */
static size_t next_of(const struct search *s, size_t node, size_t *at)
{
	size_t count;
	const size_t *out = bpr_i_edit_out(s->work->edit, node, &count);

	for (; *at < count; ++*at) {
		const struct bpr_edit_arc *arc = bpr_i_edit_arc(s->work->edit, out[*at]);

		if (arc->prob > 0) {
			++*at;
			return arc->to;
		}
	}
	for (size_t b = s->first[node], i = count; b != BPR_NONE; b = s->next[b], i++)
		if (i == *at) {
			++*at;
			return b;
		}
	return BPR_NONE;
}

static void order_from(struct search *s, struct order *order, size_t start)
{
	if (s->seen[start])
		return;
	visit(s, start);
	while (s->depth) {
		const size_t node = s->stack[s->depth - 1], to = next_of(s, node, &order->at[node]);

		if (to != BPR_NONE) {
			visit(s, to);
			continue;
		}
		s->depth--;
		order->nodes[order->count] = node;
		order->rank[node] = order->count++;
	}
}

/* The deeper of two is the one that was left earlier; the root is left last. */
static size_t meet(const size_t *idom, const struct order *order, size_t root, size_t a, size_t b)
{
	while (a != b) {
		while (a != root && (b == root || order->rank[a] < order->rank[b]))
			a = idom[a];
		while (b != root && (a == root || order->rank[b] < order->rank[a]))
			b = idom[b];
	}
	return a;
}

/* What comes directly before the node and has a dominator already, met with the others. */
static size_t meet_before(const struct search *s, const size_t *idom, const struct order *order, size_t root, size_t node)
{
	const struct bpr_node *n = bpr_i_edit_node(s->work->edit, node);
	size_t count, found = n->kind == BPR_NODE_START && n->prob > 0 ? root : BPR_NONE;
	const size_t *in = bpr_i_edit_in(s->work->edit, node, &count);

	if (n->host != BPR_NONE && n->prob > 0 && idom[n->host] != BPR_NONE)
		found = found == BPR_NONE ? n->host : meet(idom, order, root, found, n->host);
	for (size_t i = 0; i < count; i++) {
		const struct bpr_edit_arc *arc = bpr_i_edit_arc(s->work->edit, in[i]);

		if (arc->prob > 0 && idom[arc->from] != BPR_NONE)
			found = found == BPR_NONE ? arc->from : meet(idom, order, root, found, arc->from);
	}
	return found;
}

size_t *bpr_i_lever_dominators(struct lever_work *work)
{
	const size_t count = bpr_i_edit_node_count(work->edit);
	struct order order = { .count = 0 };
	struct search s;
	size_t *idom = bpr_i_arena_raw(&work->scratch, count + 1, sizeof(*idom));
	bool changed = true;

	order.nodes = bpr_i_arena_raw(&work->scratch, count + 1, sizeof(*order.nodes));
	order.rank = bpr_i_arena_alloc(&work->scratch, count + 1, sizeof(*order.rank));
	order.at = bpr_i_arena_alloc(&work->scratch, count + 1, sizeof(*order.at));
	if (!idom || !order.nodes || !order.rank || !order.at || !begin(&s, work)) {
		(void)bpr_i_lever_nomem(work);
		return NULL;
	}
	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *node = bpr_i_edit_node(work->edit, i);

		idom[i] = BPR_NONE;
		if (node && node->kind == BPR_NODE_START && node->prob > 0)
			order_from(&s, &order, i);
	}
	while (changed) {
		changed = false;
		for (size_t i = order.count; i-- > 0;) {
			const size_t node = order.nodes[i], found = meet_before(&s, idom, &order, count, node);

			changed |= found != idom[node];
			idom[node] = found;
		}
	}
	return idom;
}

bool bpr_i_lever_dominates(const size_t *idom, size_t root, size_t above, size_t node)
{
	while (node != above && node != root && node != BPR_NONE)
		node = idom[node];
	return node == above;
}

size_t bpr_i_lever_common(const size_t *idom, size_t root, size_t a, size_t b)
{
	while (a != root && !bpr_i_lever_dominates(idom, root, a, b))
		a = idom[a];
	return a;
}

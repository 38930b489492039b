/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Columns. What leads back is found by a walk from the starts in the order of the file, as a reader goes through a process;
 * where that makes a tangle look more tangled than it is, by the heuristic of Eades, Lin and Smyth (Inf. Proc. Letters 47,
 * 1993). Then each node stands one column behind the last before it; messages pull their receiver no further than below
 * their sender.
 */
#include "config.h"
#include "layout/sheet_i.h"
#include "base/problem_i.h"
#include "graph/graph_i.h"

struct graph {
	size_t n;
	size_t *row, *wire;       /* arcs out of each item: wires, in order */
	size_t *indegree;
};

static size_t *numbers(struct sheet *s, size_t count)
{
	return bpr_i_arena_alloc(&s->arena, count + 1, sizeof(size_t));
}

static bool collect(struct sheet *s, struct graph *g)
{
	g->n = s->real_count;
	g->row = numbers(s, g->n + 2);
	g->indegree = numbers(s, g->n);
	g->wire = numbers(s, s->wire_count);
	if (!g->row || !g->indegree || !g->wire)
		return false;
	for (size_t i = 0; i < s->wire_count; i++)
		if (s->wires[i].flow)
			g->row[s->wires[i].from + 2]++;
	for (size_t i = 0; i < g->n; i++)
		g->row[i + 2] += g->row[i + 1];
	for (size_t i = 0; i < s->wire_count; i++)
		if (s->wires[i].flow)
			g->wire[g->row[s->wires[i].from + 1]++] = i;
	return true;
}

/* ---- what leads back ---- */

enum { NEW = 0, OPEN, DONE };

struct walk { unsigned char *state; size_t *stack, *next; size_t depth; };

static void walk_from(struct sheet *s, const struct graph *g, struct walk *w, size_t root, size_t *back)
{
	if (w->state[root] != NEW)
		return;
	w->stack[w->depth++] = root;
	w->state[root] = OPEN;
	w->next[root] = g->row[root];
	while (w->depth) {
		size_t at = w->stack[w->depth - 1];
		struct wire *wire;

		if (w->next[at] == g->row[at + 1]) {
			w->state[at] = DONE;
			w->depth--;
			continue;
		}
		wire = &s->wires[g->wire[w->next[at]++]];
		if (w->state[wire->to] == OPEN) {
			wire->back = true;
			(*back)++;
		} else if (w->state[wire->to] == NEW) {
			w->state[wire->to] = OPEN;
			w->next[wire->to] = g->row[wire->to];
			w->stack[w->depth++] = wire->to;
		}
	}
}

/* For tangles: the fewer arcs back, if igraph finds much fewer. */
static bpr_status improve_back(struct sheet *s, const struct graph *g, size_t back)
{
	size_t arcs = g->row[g->n], fewer = 0;
	size_t *col = numbers(s, arcs);
	unsigned char *removed = bpr_i_arena_alloc(&s->arena, arcs + 1, 1);
	bpr_status status;

	if (!col || !removed)
		return bpr_i_nomem(s->run->err);
	for (size_t i = 0; i < arcs; i++)
		col[i] = s->wires[g->wire[i]].to;
	status = bpr_i_graph_feedback_arcs(g->n, g->row, col, removed, s->run->err);
	for (size_t i = 0; i < arcs; i++)
		fewer += removed[i];
	for (size_t i = 0; !status && fewer * 3 < back * 2 && i < arcs; i++)
		s->wires[g->wire[i]].back = removed[i];
	return status;
}

static bpr_status find_back(struct sheet *s, const struct graph *g)
{
	struct walk w = { .state = bpr_i_arena_alloc(&s->arena, g->n + 1, 1), .stack = numbers(s, g->n), .next = numbers(s, g->n) };
	size_t back = 0, *indegree = g->indegree;

	if (!w.state || !w.stack || !w.next)
		return bpr_i_nomem(s->run->err);
	for (size_t i = 0; i < s->wire_count; i++)
		if (s->wires[i].flow)
			indegree[s->wires[i].to]++;
	for (size_t i = 0; i < g->n; i++)
		if (!indegree[i])
			walk_from(s, g, &w, i, &back);
	for (size_t i = 0; i < g->n; i++)
		walk_from(s, g, &w, i, &back);
	if (back > 12 && back * 8 > g->row[g->n] && g->n <= 3000)
		return improve_back(s, g, back);
	return BPR_OK;
}

/* ---- columns ---- */

/* Items in an order in which every arc leads on; messages too, where they can. */
struct sweep {
	size_t *open, *held;      /* arcs and messages in that are not passed yet */
	size_t *order;
	size_t *row, *wire;       /* messages out of each item */
	unsigned char *done;
};

static bool is_message(const struct sheet *s, const struct wire *w)
{
	return s->run->graph->edges[w->edge].kind == BPR_EDGE_MESSAGE && w->from != BPR_NONE && w->to != BPR_NONE &&
	       w->from != w->to;
}

static bool sweep_begin(struct sheet *s, const struct graph *g, struct sweep *w)
{
	*w = (struct sweep){ numbers(s, g->n), numbers(s, g->n), numbers(s, g->n), numbers(s, g->n + 2), numbers(s, s->wire_count),
			     bpr_i_arena_alloc(&s->arena, g->n + 1, 1) };
	if (!w->open || !w->held || !w->order || !w->row || !w->wire || !w->done)
		return false;
	for (size_t i = 0; i < s->wire_count; i++) {
		const struct wire *wire = &s->wires[i];

		if (wire->flow && !wire->back)
			w->open[wire->to]++;
		if (is_message(s, wire)) {
			w->held[wire->to]++;
			w->row[wire->from + 2]++;
		}
	}
	for (size_t i = 0; i < g->n; i++)
		w->row[i + 2] += w->row[i + 1];
	for (size_t i = 0; i < s->wire_count; i++)
		if (is_message(s, &s->wires[i]))
			w->wire[w->row[s->wires[i].from + 1]++] = i;
	return true;
}

/* Passes an item: who waited for it alone goes next. */
static void pass(struct sheet *s, const struct graph *g, struct sweep *w, size_t item, size_t *end)
{
	size_t layer = s->items[item].layer;

	w->done[item] = 1;
	for (size_t k = g->row[item]; k < g->row[item + 1]; k++) {
		const struct wire *wire = &s->wires[g->wire[k]];

		if (wire->back)
			continue;
		if (s->items[wire->to].layer < layer + 1)
			s->items[wire->to].layer = layer + 1;
		if (!--w->open[wire->to] && !w->held[wire->to] && !w->done[wire->to])
			w->order[(*end)++] = wire->to;
	}
	for (size_t k = w->row[item]; k < w->row[item + 1]; k++) {
		size_t to = s->wires[w->wire[k]].to;

		if (w->done[to]) /* its message was given up: it comes from behind */
			continue;
		if (s->items[to].layer < layer)
			s->items[to].layer = layer;
		if (!--w->held[to] && !w->open[to])
			w->order[(*end)++] = to;
	}
}

static size_t put_in_layers(struct sheet *s, const struct graph *g, struct sweep *w)
{
	size_t at = 0, end = 0, stuck = 0;

	for (size_t i = 0; i < g->n; i++)
		if (!w->open[i] && !w->held[i])
			w->order[end++] = i;
	while (at < g->n) {
		if (at < end) {
			pass(s, g, w, w->order[at++], &end);
			continue;
		}
		/* Messages go round: the first item that waits for messages alone waits no longer. */
		while (stuck < g->n && (w->done[stuck] || w->open[stuck]))
			stuck++;
		if (stuck == g->n) {
			stuck = 0; /* it was passed by while an arc was open */
			while (stuck < g->n && (w->done[stuck] || w->open[stuck]))
				stuck++;
			if (stuck == g->n)
				break;
		}
		w->held[stuck] = BPR_NONE; /* later messages do not let it go a second time */
		w->done[stuck] = 1;
		w->order[end++] = stuck;
	}
	return end;
}

/* Root of the connected part that the item is in; paths are halved on the way. */
static size_t part_of(size_t *part, size_t i)
{
	while (part[i] != i)
		i = part[i] = part[part[i]];
	return i;
}

/* Marks what comes from the first start of each connected part. */
static bool mark_anchored(struct sheet *s, const struct graph *g, const struct sweep *w, size_t count, unsigned char *anchored)
{
	size_t *part = numbers(s, g->n);
	unsigned char *known = bpr_i_arena_alloc(&s->arena, g->n + 1, 1);

	if (!part || !known)
		return false;
	for (size_t i = 0; i < g->n; i++)
		part[i] = i;
	for (size_t i = 0; i < s->wire_count; i++)
		if (s->wires[i].flow || is_message(s, &s->wires[i]))
			part[part_of(part, s->wires[i].from)] = part_of(part, s->wires[i].to);
	for (size_t k = 0; k < count; k++) {
		size_t item = w->order[k], root = part_of(part, item);

		anchored[item] |= !known[root] || w->held[item];
		known[root] = 1;
		for (size_t a = g->row[item]; anchored[item] && a < g->row[item + 1]; a++)
			anchored[s->wires[g->wire[a]].to] |= !s->wires[g->wire[a]].back;
		for (size_t a = w->row[item]; anchored[item] && a < w->row[item + 1]; a++)
			anchored[s->wires[w->wire[a]].to] = 1;
	}
	return true;
}

/* What does not come from the first start (a second start, a pool that waits) moves right to where it is needed. */
static bool pull_right(struct sheet *s, const struct graph *g, const struct sweep *w, size_t count)
{
	unsigned char *anchored = bpr_i_arena_alloc(&s->arena, g->n + 1, 1);

	if (!anchored || !mark_anchored(s, g, w, count, anchored))
		return false;
	for (size_t k = count; k-- > 0;) {
		size_t item = w->order[k], least = BPR_NONE;

		if (anchored[item])
			continue;
		for (size_t a = g->row[item]; a < g->row[item + 1]; a++) {
			const struct wire *wire = &s->wires[g->wire[a]];

			if (!wire->back && s->items[wire->to].layer < least)
				least = s->items[wire->to].layer;
		}
		for (size_t a = w->row[item]; a < w->row[item + 1]; a++)
			if (s->items[s->wires[w->wire[a]].to].layer + 1 < least)
				least = s->items[s->wires[w->wire[a]].to].layer + 1;
		if (least != BPR_NONE && least > s->items[item].layer + 1)
			s->items[item].layer = least - 1;
	}
	return true;
}

/* Nodes without arcs stand side by side instead of on each other. */
static bool spread_loose(struct sheet *s, const struct graph *g)
{
	unsigned char *tied = bpr_i_arena_alloc(&s->arena, g->n + 1, 1);
	size_t loose = 0, columns = 1, place = 0;

	if (!tied)
		return false;
	for (size_t i = 0; i < s->wire_count; i++) {
		if (s->wires[i].from != BPR_NONE)
			tied[s->wires[i].from] = 1;
		if (s->wires[i].to != BPR_NONE)
			tied[s->wires[i].to] = 1;
	}
	for (size_t i = 0; i < g->n; i++)
		loose += !tied[i];
	while (columns * columns < loose * 2)
		columns++;
	if (columns < s->layer_count)
		columns = s->layer_count;
	for (size_t i = 0; i < g->n; i++)
		if (!tied[i])
			s->items[i].layer = place++ % columns;
	if (place > columns)
		place = columns;
	if (s->layer_count < place)
		s->layer_count = place;
	return true;
}

bpr_status bpr_i_sheet_layers(struct sheet *s)
{
	struct graph g;
	struct sweep w;
	bpr_status status;
	size_t count;

	if (!collect(s, &g))
		return bpr_i_nomem(s->run->err);
	status = find_back(s, &g);
	if (status)
		return status;
	if (!sweep_begin(s, &g, &w))
		return bpr_i_nomem(s->run->err);
	count = put_in_layers(s, &g, &w);
	if (!pull_right(s, &g, &w, count))
		return bpr_i_nomem(s->run->err);
	for (size_t i = 0; i < g.n; i++)
		if (s->items[i].layer + 1 > s->layer_count)
			s->layer_count = s->items[i].layer + 1;
	if (!spread_loose(s, &g))
		return bpr_i_nomem(s->run->err);
	return BPR_OK;
}

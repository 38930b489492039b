/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From each step, what is expected to pass over its arcs is carried on through gateways: a token that comes to one goes on over each
 * arc as often as that arc is passed for one visit of the gateway. So a parallel split is followed by all its branches, and a join
 * follows each of them.
 */
#include "config.h"
#include "study/follows_i.h"
#include <math.h>
#include <stdlib.h>

#define NOTHING 1e-9    /* of what sets out: no further than this */
enum { MOST_ROUNDS = 100000 };

struct carrier {
	const bpr_flow *flow;
	const double *arcs;
	const struct bpr_node_result *nodes;
	struct bpr_follows *out;
	double *mass;           /* [node count] what waits at a node to go on */
	size_t *queue; unsigned char *queued;
	size_t head, count;     /* of the queue, which is a ring of node count + 1 */
	double *sum; size_t *touched, touched_count; /* of the present step */
	bool failed;
};

bool bpr_i_follows_has(const bpr_flow *flow, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(flow, node);

	return bpr_node_is_step(n) || (n->scope == BPR_NONE && (n->kind == BPR_NODE_START || n->kind == BPR_NODE_END));
}

static void arrive(struct carrier *c, size_t node, double mass)
{
	if (!(mass > 0))
		return;
	if (bpr_i_follows_has(c->flow, node)) {
		if (!(c->sum[node] > 0))
			c->touched[c->touched_count++] = node;
		c->sum[node] += mass;
		return;
	}
	c->mass[node] += mass;
	if (c->queued[node])
		return;
	c->queued[node] = 1;
	c->queue[(c->head + c->count++) % (bpr_flow_node_count(c->flow) + 1)] = node;
}

/* A sub-process that is done in rounds begins anew behind its end. */
static size_t entry_behind(const struct carrier *c, size_t node)
{
	for (size_t s = 0; s < bpr_flow_scope_count(c->flow); s++)
		if (bpr_flow_scope(c->flow, s)->exit == node && bpr_flow_scope(c->flow, s)->repeat > 1)
			return bpr_flow_scope(c->flow, s)->entry;
	return BPR_NONE;
}

/* On from a node, `mass` for one visit of it and `visits` visits. */
static void leave(struct carrier *c, size_t node, double mass)
{
	const struct bpr_node *n = bpr_flow_node(c->flow, node);
	double visits = c->nodes[node].visits, left = 1;
	size_t count, entry;
	const size_t *border = bpr_flow_boundary(c->flow, node, &count);

	if (!(visits > 0))
		return;
	for (size_t i = 0; i < n->out_count; i++) {
		double share = c->arcs[n->first_out + i] / visits;

		left -= n->split == BPR_SPLIT_XOR ? share : 0;
		arrive(c, bpr_flow_arc(c->flow, n->first_out + i)->to, mass * share);
	}
	for (size_t i = 0; i < count; i++) {
		double share = c->nodes[border[i]].visits / visits;

		left -= bpr_flow_node(c->flow, border[i])->interrupting ? share : 0;
		arrive(c, border[i], mass * share);
	}
	entry = bpr_i_follows_has(c->flow, node) ? BPR_NONE : entry_behind(c, node);
	if (entry != BPR_NONE && n->split == BPR_SPLIT_XOR && left > NOTHING)
		arrive(c, entry, mass * left);
}

static void carry(struct carrier *c, double least)
{
	for (size_t round = 0; c->count && round < MOST_ROUNDS; round++) {
		size_t node = c->queue[c->head];
		double mass = c->mass[node];

		c->head = (c->head + 1) % (bpr_flow_node_count(c->flow) + 1);
		c->count--;
		c->queued[node] = 0;
		c->mass[node] = 0;
		if (mass > least)
			leave(c, node, mass);
	}
	while (c->count) { /* what was given up */
		c->mass[c->queue[c->head]] = 0;
		c->queued[c->queue[c->head]] = 0;
		c->head = (c->head + 1) % (bpr_flow_node_count(c->flow) + 1);
		c->count--;
	}
}

static int compare_nodes(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return x < y ? -1 : x > y;
}

/* Executions one after the other at one entry. */
static double own_rounds(const struct carrier *c, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(c->flow, node);
	double entries = 0;
	size_t count;
	const size_t *in = bpr_flow_arcs_in(c->flow, node, &count);

	if ((n->repeat < 2 && !(n->loop_prob > 0)) || n->repeat_parallel || n->join != BPR_JOIN_XOR)
		return 0;
	for (size_t i = 0; i < count; i++)
		entries += c->arcs[in[i]];
	if (n->host != BPR_NONE || !count)
		return 0;
	return c->nodes[node].visits - entries > 1e-9 * c->nodes[node].visits ? c->nodes[node].visits - entries : 0;
}

static void follow(struct carrier *c, size_t node)
{
	double visits = c->nodes[node].visits, rounds = own_rounds(c, node);

	c->touched_count = 0;
	leave(c, node, visits);
	carry(c, visits * NOTHING);
	arrive(c, node, rounds);
	qsort(c->touched, c->touched_count, sizeof(*c->touched), compare_nodes);
	for (size_t i = 0; i < c->touched_count; i++) {
		size_t to = c->touched[i];

		if (!c->failed && bpr_i_grow(&c->out->items, &c->out->capacity, c->out->count + 1, sizeof(*c->out->items)))
			c->out->items[c->out->count++] = (struct bpr_follow){ node, to, c->sum[to] };
		else
			c->failed = true;
		c->sum[to] = 0;
	}
}

bool bpr_i_follows(const bpr_flow *flow, const bpr_analysis *analysis, struct bpr_follows *out)
{
	size_t n = bpr_flow_node_count(flow) + 1;
	struct bpr_arena arena = { 0 };
	struct carrier c = { .flow = flow, .arcs = bpr_analysis_arcs(analysis), .nodes = bpr_analysis_nodes(analysis), .out = out };

	*out = (struct bpr_follows){ 0 };
	c.mass = bpr_i_arena_alloc(&arena, n, sizeof(*c.mass));
	c.sum = bpr_i_arena_alloc(&arena, n, sizeof(*c.sum));
	c.queue = bpr_i_arena_alloc(&arena, n, sizeof(*c.queue));
	c.touched = bpr_i_arena_alloc(&arena, n, sizeof(*c.touched));
	c.queued = bpr_i_arena_alloc(&arena, n, 1);
	c.failed = !c.mass || !c.sum || !c.queue || !c.touched || !c.queued;
	for (size_t i = 0; !c.failed && i + 1 < n; i++)
		if (bpr_i_follows_has(flow, i) && c.nodes[i].visits > 0)
			follow(&c, i);
	bpr_i_arena_release(&arena);
	if (c.failed) {
		bpr_i_free(out->items);
		*out = (struct bpr_follows){ 0 };
	}
	return !c.failed;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole layout: what is asked for is checked, taken apart into sheets, drawn from the inside out and put together. */
#include "config.h"
#include "layout/sheet_i.h"
#include "base/problem_i.h"
#include <stdio.h>
#include <stdlib.h>

static bpr_status refuse(struct run *run, bpr_status status, const char *message)
{
	if (run->err) {
		*run->err = (struct bpr_error){ .status = status };
		(void)snprintf(run->err->message, sizeof(run->err->message), "%s", message);
	}
	return status;
}

static bool is_index(size_t i, size_t count)
{
	return i == BPR_NONE || i < count;
}

static bool are_indices_right(const struct bpr_layout_graph *g)
{
	for (size_t i = 0; i < g->node_count; i++) {
		const struct bpr_layout_node *n = &g->nodes[i];

		if (!is_index(n->parent, g->node_count) || !is_index(n->lane, g->lane_count) ||
		    !is_index(n->pool, g->pool_count) || !is_index(n->host, g->node_count) || n->host == i || !n->text)
			return false;
		if ((n->parent != BPR_NONE && g->nodes[n->parent].shape != BPR_SHAPE_GROUP) ||
		    (n->host != BPR_NONE && g->nodes[n->host].host != BPR_NONE))
			return false;
	}
	for (size_t i = 0; i < g->edge_count; i++) {
		const struct bpr_layout_edge *e = &g->edges[i];

		if (!is_index(e->from, g->node_count) || !is_index(e->to, g->node_count) || !is_index(e->from_pool, g->pool_count) ||
		    !is_index(e->to_pool, g->pool_count) || !e->text)
			return false;
		if ((e->from == BPR_NONE && e->from_pool == BPR_NONE) || (e->to == BPR_NONE && e->to_pool == BPR_NONE))
			return false;
	}
	for (size_t i = 0; i < g->lane_count; i++)
		if (!is_index(g->lanes[i].parent, g->lane_count) || !is_index(g->lanes[i].pool, g->pool_count) || !g->lanes[i].text)
			return false;
	for (size_t i = 0; i < g->pool_count; i++)
		if (!g->pools[i].text)
			return false;
	return true;
}

/* Lanes within lanes: a circle takes more steps than there are lanes. */
static bool have_lanes_ends(const struct bpr_layout_graph *g)
{
	for (size_t i = 0; i < g->lane_count; i++) {
		size_t steps = 0;

		for (size_t l = i; l != BPR_NONE; l = g->lanes[l].parent)
			if (steps++ > 200)
				return false;
	}
	return true;
}

/* Where a node is drawn: a rider beside its carrier. */
static size_t sheet_of(const struct run *run, size_t node)
{
	const struct bpr_layout_graph *g = run->graph;
	size_t parent;

	if (g->nodes[node].host != BPR_NONE)
		node = g->nodes[node].host;
	parent = g->nodes[node].parent;
	return parent == BPR_NONE ? g->node_count : parent;
}

/* Depths of groups; false for a circle. Each walk ends at a depth that is known and fills what it passed. */
static bool find_depths(struct run *run)
{
	size_t n = run->graph->node_count;

	run->sheet_depth = bpr_i_arena_alloc(&run->arena, n + 1, sizeof(size_t));
	if (!run->sheet_depth)
		return false;
	for (size_t i = 0; i < n; i++) {
		size_t steps = 0, depth;
		size_t at = i;

		while (at != n && !run->sheet_depth[at]) {
			at = sheet_of(run, at);
			if (steps++ > n)
				return false;
		}
		depth = run->sheet_depth[at] + steps;
		for (at = i; at != n && !run->sheet_depth[at]; at = sheet_of(run, at))
			run->sheet_depth[at] = depth--;
	}
	return true;
}

/* ---- riders ---- */

static bool is_flow_shape(enum bpr_shape shape)
{
	return shape == BPR_SHAPE_TASK || shape == BPR_SHAPE_EVENT || shape == BPR_SHAPE_GATEWAY || shape == BPR_SHAPE_GROUP;
}

static bool may_hang(const struct run *run, size_t thing, size_t node)
{
	const struct bpr_layout_graph *g = run->graph;

	return !is_flow_shape(g->nodes[thing].shape) && is_flow_shape(g->nodes[node].shape) &&
	       run->bodies[thing].carrier == BPR_NONE && sheet_of(run, thing) == sheet_of(run, node) && thing != node;
}

/* Events ride on their hosts; data and notes on the first node that they are associated with, at most six on one. */
static bool find_riders(struct run *run)
{
	const struct bpr_layout_graph *g = run->graph;
	unsigned char *load = bpr_i_arena_alloc(&run->arena, g->node_count + 1, 1);

	if (!load)
		return false;
	for (size_t i = 0; i < g->node_count; i++) {
		run->bodies[i].first_rider = run->bodies[i].next_rider = BPR_NONE;
		run->bodies[i].carrier = g->nodes[i].host;
	}
	for (size_t i = 0; i < g->edge_count; i++) {
		const struct bpr_layout_edge *e = &g->edges[i];
		size_t from = e->from, to = e->to;

		if (e->kind != BPR_EDGE_ASSOCIATION || from == BPR_NONE || to == BPR_NONE)
			continue;
		for (int turn = 0; turn < 2; turn++) {
			size_t thing = turn ? to : from, node = turn ? from : to;

			if (!may_hang(run, thing, node))
				continue;
			if (g->nodes[node].host != BPR_NONE)
				node = g->nodes[node].host;
			if (load[node] < 6) {
				run->bodies[thing].carrier = node;
				load[node]++;
			}
		}
	}
	for (size_t i = g->node_count; i-- > 0;) {
		size_t carrier = run->bodies[i].carrier;

		if (carrier == BPR_NONE)
			continue;
		run->bodies[i].next_rider = run->bodies[carrier].first_rider;
		run->bodies[carrier].first_rider = i;
	}
	return true;
}

/* ---- sheets ---- */

/* The ends of an arc, and the sheet that has both; what lies deeper comes out of its groups. */
static size_t find_sheets(struct run *run, size_t edge, size_t *parts)
{
	const struct bpr_layout_edge *e = &run->graph->edges[edge];
	struct edge_state *state = &run->edges[edge];
	size_t top = run->graph->node_count;
	size_t a = e->from == BPR_NONE ? top : sheet_of(run, e->from);
	size_t b = e->to == BPR_NONE ? top : sheet_of(run, e->to);

	state->from = (struct end){ .node = e->from, .pool = e->from_pool };
	state->to = (struct end){ .node = e->to, .pool = e->to_pool };
	*parts = 1;
	while (a != b) {
		if (run->sheet_depth[a] >= run->sheet_depth[b] && a != top)
			a = sheet_of(run, a);
		else
			b = sheet_of(run, b);
		(*parts)++;
	}
	state->sheet = a;
	return a;
}

static void add_part(struct run *run, size_t *at, size_t sheet, size_t edge, enum part_kind kind)
{
	run->edge_list[at[sheet]++] = (struct part){ edge, kind };
}

static bpr_status list_edges(struct run *run)
{
	const struct bpr_layout_graph *g = run->graph;
	size_t top = g->node_count, total = 0;
	size_t *at;

	run->edge_row = bpr_i_arena_alloc(&run->arena, top + 3, sizeof(size_t));
	if (!run->edge_row)
		return bpr_i_nomem(run->err);
	at = run->edge_row + 1; /* at[sheet]: counts, then where its next part goes; in the end where its parts end */
	for (size_t i = 0; i < g->edge_count; i++) {
		size_t parts, sheet = find_sheets(run, i, &parts);

		total += parts;
		if (total > 8 * g->edge_count + 1000000)
			return refuse(run, BPR_ELIMIT, "too many arcs lead out of nested groups");
		at[sheet + 1]++;
		for (int k = 0; k < 2; k++) {
			size_t node = k ? g->edges[i].to : g->edges[i].from;

			for (size_t s = node == BPR_NONE ? sheet : sheet_of(run, node); s != sheet; s = sheet_of(run, s))
				at[s + 1]++;
		}
	}
	for (size_t i = 0; i <= top; i++)
		at[i + 1] += at[i];
	run->edge_list = bpr_i_arena_alloc(&run->arena, total + 1, sizeof(*run->edge_list));
	if (!run->edge_list)
		return bpr_i_nomem(run->err);
	for (size_t i = 0; i < g->edge_count; i++) {
		size_t sheet = run->edges[i].sheet;

		add_part(run, at, sheet, i, PART_WHOLE);
		for (int k = 0; k < 2; k++) {
			size_t node = k ? g->edges[i].to : g->edges[i].from;

			for (size_t s = node == BPR_NONE ? sheet : sheet_of(run, node); s != sheet; s = sheet_of(run, s))
				add_part(run, at, s, i, k ? PART_TO : PART_FROM);
		}
	}
	return BPR_OK;
}

static bool list_nodes(struct run *run)
{
	size_t top = run->graph->node_count;
	size_t *at;

	run->node_row = bpr_i_arena_alloc(&run->arena, top + 3, sizeof(size_t));
	run->node_list = bpr_i_arena_alloc(&run->arena, top + 1, sizeof(size_t));
	if (!run->node_row || !run->node_list)
		return false;
	at = run->node_row + 1;
	for (size_t i = 0; i < top; i++)
		if (run->bodies[i].carrier == BPR_NONE)
			at[sheet_of(run, i) + 1]++;
	for (size_t i = 0; i <= top; i++)
		at[i + 1] += at[i];
	for (size_t i = 0; i < top; i++)
		if (run->bodies[i].carrier == BPR_NONE)
			run->node_list[at[sheet_of(run, i)]++] = i;
	return true;
}

/* ---- putting together ---- */

struct by_depth { size_t sheet, depth; };

static int compare_depth(const void *a, const void *b)
{
	const struct by_depth *x = a, *y = b;

	if (x->depth != y->depth)
		return x->depth > y->depth ? -1 : 1;
	return x->sheet < y->sheet ? -1 : x->sheet > y->sheet;
}

/* Groups from the deepest on, the top last. */
static struct by_depth *order_sheets(struct run *run, size_t *count)
{
	const struct bpr_layout_graph *g = run->graph;
	struct by_depth *order = bpr_i_arena_alloc(&run->arena, g->node_count + 1, sizeof(*order));
	size_t n = 0;

	for (size_t i = 0; order && i < g->node_count; i++)
		if (g->nodes[i].shape == BPR_SHAPE_GROUP)
			order[n++] = (struct by_depth){ i, run->sheet_depth[i] };
	if (order) {
		qsort(order, n, sizeof(*order), compare_depth);
		order[n++] = (struct by_depth){ g->node_count, 0 };
	}
	*count = n;
	return order;
}

static void move_node(struct bpr_layout_node *node, struct bpr_point by)
{
	node->box.x += by.x;
	node->box.y += by.y;
	node->label.box.x += by.x;
	node->label.box.y += by.y;
}

/* Places within a group become places in all, from the outside in. */
static void join_sheets(struct run *run, const struct by_depth *order, size_t count)
{
	const struct bpr_layout_graph *g = run->graph;

	for (size_t k = count - 1; k-- > 0;) {
		size_t group = order[k].sheet;

		run->origin[group].x += g->nodes[group].box.x;
		run->origin[group].y += g->nodes[group].box.y;
		for (size_t r = run->node_row[group]; r < run->node_row[group + 1]; r++) {
			size_t node = run->node_list[r];

			move_node(&g->nodes[node], run->origin[group]);
			for (size_t i = run->bodies[node].first_rider; i != BPR_NONE; i = run->bodies[i].next_rider)
				move_node(&g->nodes[i], run->origin[group]);
		}
	}
}

static bool same_point(struct bpr_point a, struct bpr_point b)
{
	return !(a.x < b.x || a.x > b.x || a.y < b.y || a.y > b.y);
}

static bool in_line(struct bpr_point a, struct bpr_point b, struct bpr_point c)
{
	bool x = !(a.x < b.x || a.x > b.x) && !(c.x < b.x || c.x > b.x);
	bool y = !(a.y < b.y || a.y > b.y) && !(c.y < b.y || c.y > b.y);

	return (x && (b.y - a.y) * (c.y - b.y) >= 0) || (y && (b.x - a.x) * (c.x - b.x) >= 0);
}

static void add_points(const struct run *run, const struct piece *piece, struct bpr_point *out, size_t *count)
{
	for (; piece; piece = piece->next) {
		for (size_t i = 0; i < piece->count; i++) {
			struct bpr_point p = { piece->points[i].x + run->origin[piece->sheet].x,
					       piece->points[i].y + run->origin[piece->sheet].y };

			if (*count && same_point(out[*count - 1], p))
				continue;
			if (*count >= 2 && in_line(out[*count - 2], out[*count - 1], p))
				out[*count - 1] = p;
			else
				out[(*count)++] = p;
		}
	}
}

static bpr_status join_points(struct run *run)
{
	for (size_t i = 0; i < run->graph->edge_count; i++) {
		struct bpr_layout_edge *e = &run->graph->edges[i];
		const struct edge_state *state = &run->edges[i];
		size_t most = 2, count = 0;
		struct bpr_point *out;

		for (const struct piece *p = state->from_pieces; p; p = p->next)
			most += p->count;
		for (const struct piece *p = state->to_pieces; p; p = p->next)
			most += p->count;
		out = bpr_i_arena_alloc(&run->out->arena, most, sizeof(*out));
		if (!out)
			return bpr_i_nomem(run->err);
		add_points(run, state->from_pieces, out, &count);
		add_points(run, state->to_pieces, out, &count);
		while (count < 2 && count) {
			out[count] = out[count - 1];
			count++;
		}
		e->points = out;
		e->point_count = count;
	}
	return BPR_OK;
}

static bpr_status draw(struct run *run)
{
	size_t count;
	struct by_depth *order = order_sheets(run, &count);
	bpr_status status = BPR_OK;

	if (!order)
		return bpr_i_nomem(run->err);
	for (size_t i = 0; !status && i < count; i++)
		status = bpr_i_sheet_draw(run, order[i].sheet);
	if (status)
		return status;
	join_sheets(run, order, count);
	status = join_points(run);
	return status ? status : bpr_i_layout_labels(run);
}

bpr_status bpr_i_layout(struct bpr_layout_graph *graph, struct bpr_layout *out, struct bpr_error *err)
{
	struct run run = { .graph = graph, .out = out, .err = err };
	bpr_status status = BPR_OK;

	*out = (struct bpr_layout){ 0 };
	run.measure = graph->measure ? graph->measure : &bpr_i_layout_usual;
	if (!are_indices_right(graph) || !have_lanes_ends(graph))
		return refuse(&run, BPR_EINVAL, "layout: an index is out of range or lanes lead in a circle");
	run.bodies = bpr_i_arena_alloc(&run.arena, graph->node_count + 1, sizeof(*run.bodies));
	run.edges = bpr_i_arena_alloc(&run.arena, graph->edge_count + 1, sizeof(*run.edges));
	run.origin = bpr_i_arena_alloc(&run.arena, graph->node_count + 1, sizeof(*run.origin));
	if (!run.bodies || !run.edges || !run.origin)
		status = bpr_i_nomem(err);
	else if (!find_depths(&run))
		status = run.sheet_depth ? refuse(&run, BPR_EINVAL, "layout: groups lead in a circle") : bpr_i_nomem(err);
	if (!status)
		status = bpr_i_layout_bodies(&run);
	if (!status)
		status = find_riders(&run) && list_nodes(&run) ? list_edges(&run) : bpr_i_nomem(err);
	if (!status)
		status = draw(&run);
	bpr_i_arena_release(&run.arena);
	return status;
}

void bpr_i_layout_release(struct bpr_layout *layout)
{
	bpr_i_arena_release(&layout->arena);
	*layout = (struct bpr_layout){ 0 };
}

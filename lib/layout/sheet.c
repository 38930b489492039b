/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One sheet: its nodes, arcs and bands, and the order of the stages. */
#include "config.h"
#include "layout/sheet_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <stdlib.h>

static bool is_top(const struct sheet *s)
{
	return s->group == BPR_NONE;
}

static size_t sheet_index(const struct sheet *s)
{
	return is_top(s) ? s->run->graph->node_count : s->group;
}

static size_t item_of(const struct run *run, size_t node)
{
	if (run->bodies[node].carrier != BPR_NONE)
		node = run->bodies[node].carrier;
	return run->bodies[node].item;
}

static bool is_flow_shape(const struct run *run, size_t node)
{
	enum bpr_shape shape = run->graph->nodes[node].shape;

	return shape == BPR_SHAPE_TASK || shape == BPR_SHAPE_EVENT || shape == BPR_SHAPE_GATEWAY || shape == BPR_SHAPE_GROUP;
}

/* ---- nodes and arcs ---- */

static bool add_items(struct sheet *s)
{
	struct run *run = s->run;
	size_t first = run->node_row[sheet_index(s)], count = run->node_row[sheet_index(s) + 1] - first;

	if (!bpr_i_grow(&s->items, &s->item_capacity, count + 1, sizeof(*s->items)))
		return false;
	for (size_t i = 0; i < count; i++) {
		size_t node = run->node_list[first + i];

		s->items[i] = (struct item){ .node = node, .wire = BPR_NONE };
		run->bodies[node].item = i;
		bpr_i_body_ride(run, node);
		bpr_i_body_room(run, node); /* for now: where riders are, more or less */
	}
	s->item_count = s->real_count = count;
	return true;
}

/* A sequence flow, or what orders nodes as one does (a compensation). */
static bool is_flow(const struct run *run, const struct wire *w)
{
	const struct bpr_layout_edge *e = &run->graph->edges[w->edge];

	if (w->from == BPR_NONE || w->to == BPR_NONE || w->from == w->to)
		return false;
	return e->kind == BPR_EDGE_SEQUENCE ||
	       (e->kind == BPR_EDGE_ASSOCIATION && is_flow_shape(run, w->a.node) && is_flow_shape(run, w->b.node));
}

static void label_wire(struct sheet *s, struct wire *w)
{
	struct bpr_layout_edge *e = &s->run->graph->edges[w->edge];

	e->label = (struct bpr_label){ 0 };
	w->label_seg = BPR_NONE;
	if (!e->text[0])
		return;
	e->label.lines = bpr_i_layout_label(&s->run->out->arena, e->text, s->run->measure->label_width - 12, s->run->measure->label_font, 4, &e->label.line_count, &w->label_width);
	s->failed |= !e->label.lines;
	w->label_width = ceil(w->label_width * 1.06 + 3); /* as label.c does */
	w->label_height = (double)e->label.line_count * s->run->measure->label_line;
}

static bool add_wires(struct sheet *s)
{
	struct run *run = s->run;
	size_t first = run->edge_row[sheet_index(s)], count = run->edge_row[sheet_index(s) + 1] - first;

	s->wires = bpr_i_arena_alloc(&s->arena, count + 1, sizeof(*s->wires));
	if (!s->wires)
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct part *part = &run->edge_list[first + i];
		const struct edge_state *state = &run->edges[part->edge];
		struct wire *w = &s->wires[i];

		*w = (struct wire){ .edge = part->edge, .a = state->from, .b = state->to, .from = BPR_NONE, .to = BPR_NONE };
		w->leaves = part->kind == PART_FROM;
		w->enters = part->kind == PART_TO;
		if (w->a.node != BPR_NONE && !w->enters)
			w->from = item_of(run, w->a.node);
		if (w->b.node != BPR_NONE && !w->leaves)
			w->to = item_of(run, w->b.node);
		w->flow = is_flow(run, w);
		w->kind = w->flow && w->a.side == SIDE_ANY && w->b.side == SIDE_ANY ? WIRE_AHEAD : WIRE_FREE;
		if (part->kind == PART_WHOLE)
			label_wire(s, w);
	}
	s->wire_count = count;
	return !s->failed;
}

/* ---- bands ---- */

struct lane_key { size_t lane, first; };

static int compare_lanes(const void *a, const void *b)
{
	const struct lane_key *x = a, *y = b;

	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return x->lane < y->lane ? -1 : x->lane > y->lane;
}

static size_t pool_of(const struct bpr_layout_graph *g, size_t node)
{
	size_t lane = g->nodes[node].lane;

	return lane != BPR_NONE && g->lanes[lane].pool != BPR_NONE ? g->lanes[lane].pool : g->nodes[node].pool;
}

struct plan {
	struct lane_key *keys;      /* of all lanes, sorted */
	size_t *child, *next;       /* first lane within a lane; the next beside it */
	size_t *band_of_lane;       /* or BPR_NONE */
	size_t *band_of_pool;       /* its own nodes; [pool_count]: nodes in no pool */
	unsigned char *lane_used, *pool_used;
	size_t *stack;
};

static bool plan_alloc(struct sheet *s, struct plan *p)
{
	const struct bpr_layout_graph *g = s->run->graph;
	struct bpr_arena *a = &s->arena;
	size_t lanes = g->lane_count + 1, pools = g->pool_count + 1;

	*p = (struct plan){ bpr_i_arena_alloc(a, lanes, sizeof(*p->keys)), bpr_i_arena_alloc(a, lanes, sizeof(size_t)),
			    bpr_i_arena_alloc(a, lanes, sizeof(size_t)), bpr_i_arena_alloc(a, lanes, sizeof(size_t)),
			    bpr_i_arena_alloc(a, pools, sizeof(size_t)), bpr_i_arena_alloc(a, lanes, 1),
			    bpr_i_arena_alloc(a, pools, 1), bpr_i_arena_alloc(a, lanes, sizeof(size_t)) };
	s->bands = bpr_i_arena_alloc(a, lanes + pools, sizeof(*s->bands));
	return p->keys && p->child && p->next && p->band_of_lane && p->band_of_pool && p->lane_used && p->pool_used && p->stack &&
	       s->bands;
}

/* When each lane is first used: by column, then in the order of the file; a lane around others as early as they. */
static void find_first_use(struct sheet *s, struct plan *p)
{
	const struct bpr_layout_graph *g = s->run->graph;

	for (size_t l = 0; l < g->lane_count; l++)
		p->keys[l] = (struct lane_key){ l, BPR_NONE };
	for (size_t i = 0; i < s->real_count; i++) {
		size_t node = s->items[i].node, lane = g->nodes[node].lane;
		size_t key = s->items[i].layer * s->real_count + i;

		if (lane != BPR_NONE)
			p->lane_used[lane] = 1;
		else
			p->pool_used[g->nodes[node].pool == BPR_NONE ? g->pool_count : g->nodes[node].pool] = 1;
		for (; lane != BPR_NONE && p->keys[lane].first > key; lane = g->lanes[lane].parent)
			p->keys[lane].first = key;
	}
	qsort(p->keys, g->lane_count, sizeof(*p->keys), compare_lanes);
}

/* Lists of lanes within lanes, in order. Roots of a pool hang on nothing here. */
static void link_lanes(const struct bpr_layout_graph *g, struct plan *p)
{
	for (size_t l = 0; l < g->lane_count; l++)
		p->child[l] = p->next[l] = p->band_of_lane[l] = BPR_NONE;
	for (size_t k = g->lane_count; k-- > 0;) {
		size_t lane = p->keys[k].lane, parent = g->lanes[lane].parent;

		if (parent == BPR_NONE)
			continue;
		p->next[lane] = p->child[parent];
		p->child[parent] = lane;
	}
}

static size_t add_band(struct sheet *s, size_t pool, size_t lane, bool black_box)
{
	s->bands[s->band_count] = (struct band){ .pool = pool, .lane = lane, .black_box = black_box };
	return s->band_count++;
}

/* A lane and those within it, in order: a band for its own nodes, if any, and for each lane without others. */
static void add_lane(struct sheet *s, struct plan *p, size_t root, size_t pool)
{
	size_t depth = 0;

	p->stack[depth++] = root;
	while (depth) {
		size_t lane = p->stack[--depth], first = depth;

		if (p->lane_used[lane] || p->child[lane] == BPR_NONE)
			p->band_of_lane[lane] = add_band(s, pool, lane, false);
		for (size_t c = p->child[lane]; c != BPR_NONE; c = p->next[c])
			p->stack[depth++] = c;
		for (size_t i = first, k = depth; i + 1 < k; i++) { /* the first child is taken first */
			size_t swap = p->stack[i];

			p->stack[i] = p->stack[--k];
			p->stack[k] = swap;
		}
	}
}

static void add_pool(struct sheet *s, struct plan *p, size_t pool)
{
	const struct bpr_layout_graph *g = s->run->graph;
	bool lanes = false;

	p->band_of_pool[pool == BPR_NONE ? g->pool_count : pool] = BPR_NONE;
	for (size_t k = 0; k < g->lane_count; k++) {
		size_t lane = p->keys[k].lane;

		if (g->lanes[lane].parent == BPR_NONE && g->lanes[lane].pool == pool) {
			add_lane(s, p, lane, pool);
			lanes = true;
		}
	}
	if (p->pool_used[pool == BPR_NONE ? g->pool_count : pool] || (!lanes && pool != BPR_NONE))
		p->band_of_pool[pool == BPR_NONE ? g->pool_count : pool] =
			add_band(s, pool, BPR_NONE, pool != BPR_NONE && g->pools[pool].black_box && !lanes &&
				 !p->pool_used[pool]);
}

/* Pools in their order, lanes by first use; then what stands in no pool. */
static bool plan_bands(struct sheet *s)
{
	const struct bpr_layout_graph *g = s->run->graph;
	struct plan p;

	if (!is_top(s)) {
		s->bands = bpr_i_arena_alloc(&s->arena, 1, sizeof(*s->bands));
		s->band_count = 1;
		if (s->bands)
			s->bands[0] = (struct band){ .pool = BPR_NONE, .lane = BPR_NONE };
		return s->bands;
	}
	if (!plan_alloc(s, &p))
		return false;
	find_first_use(s, &p);
	link_lanes(g, &p);
	for (size_t pool = 0; pool < g->pool_count; pool++)
		add_pool(s, &p, pool);
	add_pool(s, &p, BPR_NONE);
	if (!s->band_count)
		p.band_of_pool[g->pool_count] = add_band(s, BPR_NONE, BPR_NONE, false);
	for (size_t i = 0; i < s->real_count; i++) {
		size_t node = s->items[i].node, lane = g->nodes[node].lane, pool = pool_of(g, node);

		s->items[i].band = lane != BPR_NONE ? p.band_of_lane[lane] : p.band_of_pool[pool == BPR_NONE ? g->pool_count : pool];
		if (s->items[i].band == BPR_NONE) /* a lane whose pool is not that of the lane around it */
			s->items[i].band = s->band_count - 1;
	}
	return true;
}

bpr_status bpr_i_sheet_draw(struct run *run, size_t sheet)
{
	struct sheet s = { .run = run, .group = sheet == run->graph->node_count ? BPR_NONE : sheet };
	bpr_status status = BPR_OK;

	if (!add_items(&s) || !add_wires(&s))
		status = bpr_i_nomem(run->err);
	if (!status)
		status = bpr_i_sheet_layers(&s);
	if (!status && !plan_bands(&s))
		status = bpr_i_nomem(run->err);
	if (!status)
		status = bpr_i_sheet_order(&s);
	if (!status)
		status = bpr_i_sheet_rows(&s);
	if (!status)
		status = bpr_i_sheet_routes(&s);
	if (!status)
		status = bpr_i_sheet_gap_tracks(&s);
	if (!status)
		status = bpr_i_sheet_place(&s);
	bpr_i_free(s.items);
	bpr_i_free(s.segs);
	bpr_i_arena_release(&s.arena);
	return status;
}

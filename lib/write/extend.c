/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is missing of a picture that is drawn in part. What is drawn keeps its place: missing nodes of a pool stand in a row
 * at its right end, each in its lane, and the pool grows to hold them; nodes without a pool and pools that are missing with
 * all inside get a layout below everything. Arrows take the shortest of a few right-angled ways that cross no node.
 */
#include "config.h"
#include "read/bpmn_i.h"
#include "write/extend_i.h"
#include <math.h>
#include <string.h>

enum { GAP = 50, MARGIN = 40 };

static bool missing(const struct extension *x, size_t item)
{
	const struct picture_item *it = item == BPR_NONE ? NULL : &x->p->items[item];

	return it && it->picture == x->picture && it->role != PICTURE_ROOT && !it->drawn && !it->hidden;
}

/* Laid out below: without a pool, or in one that is missing. */
static bool below(const struct extension *x, size_t item)
{
	const struct picture_item *it = &x->p->items[item];

	if (it->role == PICTURE_POOL)
		return missing(x, item);
	return it->pool == BPR_NONE || missing(x, it->pool);
}

/* The outermost missing sub-process around a node, or itself; a boundary event goes with its host. */
static size_t carrier(const struct extension *x, size_t item)
{
	const struct picture_item *it = &x->p->items[item];

	while (missing(x, it->parent) || (missing(x, it->host) && it->host != BPR_NONE)) {
		item = missing(x, it->parent) ? it->parent : it->host;
		it = &x->p->items[item];
	}
	return item;
}

/* ---- all that is missing ---- */

static bpr_status make_all(struct extension *x)
{
	struct bpr_layout_graph *g = &x->all;

	for (size_t i = 0; i < x->p->item_count; i++) {
		struct picture_item *item = &x->p->items[i];

		if (!missing(x, i))
			continue;
		item->at = item->role == PICTURE_NODE ? g->node_count++ : item->role == PICTURE_LANE ? g->lane_count++ :
			   item->role == PICTURE_POOL ? g->pool_count++ : g->edge_count++;
	}
	g->nodes = bpr_i_calloc(g->node_count, sizeof(*g->nodes));
	g->edges = bpr_i_calloc(g->edge_count, sizeof(*g->edges));
	g->lanes = bpr_i_calloc(g->lane_count, sizeof(*g->lanes));
	g->pools = bpr_i_calloc(g->pool_count, sizeof(*g->pools));
	return g->nodes && g->edges && g->lanes && g->pools ? BPR_OK : BPR_ENOMEM;
}

/* ---- the part that is laid out: its nodes by their place among all ---- */

static size_t part_of(const struct extension *x, const size_t *to, size_t item, enum picture_role role)
{
	return item != BPR_NONE && x->p->items[item].role == role && missing(x, item) ? to[x->p->items[item].at] : BPR_NONE;
}

static void part_node(struct extension *x, size_t i)
{
	const struct picture_item *item = &x->p->items[i];
	bool in_pool = below(x, i) && item->pool != BPR_NONE;

	x->part.nodes[x->part.node_count++] = (struct bpr_layout_node){
		.shape = item->shape, .text = item->text, .parent = part_of(x, x->node, item->parent, PICTURE_NODE),
		.lane = in_pool ? part_of(x, x->lane, item->lane, PICTURE_LANE) : BPR_NONE,
		.pool = in_pool ? part_of(x, x->pool, item->pool, PICTURE_POOL) : BPR_NONE,
		.host = part_of(x, x->node, item->host, PICTURE_NODE), .mark_above = bpr_i_picture_marked(item),
	};
}

static void part_edge(struct extension *x, size_t i)
{
	const struct picture_item *item = &x->p->items[i];
	struct bpr_layout_edge edge = {
		.kind = item->kind, .text = item->text, .from = part_of(x, x->node, item->from, PICTURE_NODE),
		.to = part_of(x, x->node, item->to, PICTURE_NODE), .from_pool = part_of(x, x->pool, item->from, PICTURE_POOL),
		.to_pool = part_of(x, x->pool, item->to, PICTURE_POOL),
	};

	x->edge[item->at] = BPR_NONE;
	if ((edge.from == BPR_NONE && edge.from_pool == BPR_NONE) || (edge.to == BPR_NONE && edge.to_pool == BPR_NONE))
		return;
	if (edge.from != BPR_NONE && edge.to != BPR_NONE && !below(x, item->from) && carrier(x, item->from) != carrier(x, item->to))
		return; /* nodes of a row are moved each for itself */
	x->edge[item->at] = x->part.edge_count;
	x->part.edges[x->part.edge_count++] = edge;
}

static bool black_box(const struct extension *x, const struct picture_item *pool)
{
	return pool->process == BPR_NONE || (!x->p->processes[pool->process].node_count && !x->p->processes[pool->process].lane_count);
}

/* A pool whose contents are drawn although it is not: no place can be found for it. */
static bool around_drawn(const struct extension *x, size_t pool)
{
	for (size_t i = 0; i < x->p->item_count; i++)
		if (x->p->items[i].pool == pool && x->p->items[i].drawn && x->p->items[i].role == PICTURE_NODE)
			return true;
	return false;
}

static bpr_status make_part(struct extension *x)
{
	const struct pictures *p = x->p;
	struct bpr_layout_graph *g = &x->part;

	g->nodes = bpr_i_calloc(x->all.node_count, sizeof(*g->nodes));
	g->edges = bpr_i_calloc(x->all.edge_count, sizeof(*g->edges));
	g->lanes = bpr_i_calloc(x->all.lane_count, sizeof(*g->lanes));
	g->pools = bpr_i_calloc(x->all.pool_count, sizeof(*g->pools));
	x->node = bpr_i_calloc(x->all.node_count, sizeof(size_t));
	x->edge = bpr_i_calloc(x->all.edge_count, sizeof(size_t));
	x->lane = bpr_i_calloc(x->all.lane_count, sizeof(size_t));
	x->pool = bpr_i_calloc(x->all.pool_count, sizeof(size_t));
	if (!g->nodes || !g->edges || !g->lanes || !g->pools || !x->node || !x->edge || !x->lane || !x->pool)
		return BPR_ENOMEM;
	for (size_t i = 0, nodes = 0, lanes = 0, pools = 0; i < p->item_count; i++) {
		const struct picture_item *item = &p->items[i];

		if (missing(x, i) && item->role == PICTURE_NODE)
			x->node[item->at] = nodes++;
		else if (missing(x, i) && item->role == PICTURE_LANE)
			x->lane[item->at] = item->pool != BPR_NONE && missing(x, item->pool) && !around_drawn(x, item->pool) ? lanes++ : BPR_NONE;
		else if (missing(x, i) && item->role == PICTURE_POOL)
			x->pool[item->at] = around_drawn(x, i) ? BPR_NONE : pools++;
	}
	for (size_t i = 0; i < p->item_count; i++) {
		const struct picture_item *item = &p->items[i];

		if (!missing(x, i))
			continue;
		if (item->role == PICTURE_NODE)
			part_node(x, i);
		else if (item->role == PICTURE_POOL && x->pool[item->at] != BPR_NONE)
			g->pools[g->pool_count++] = (struct bpr_layout_pool){ .text = item->text, .black_box = black_box(x, item) };
		else if (item->role == PICTURE_LANE && x->lane[item->at] != BPR_NONE)
			g->lanes[g->lane_count++] = (struct bpr_layout_lane){ .text = item->text, .parent = part_of(x, x->lane, item->parent, PICTURE_LANE),
									       .pool = part_of(x, x->pool, item->pool, PICTURE_POOL) };
	}
	for (size_t i = 0; i < p->item_count; i++)
		if (missing(x, i) && p->items[i].role == PICTURE_EDGE)
			part_edge(x, i);
	return BPR_OK;
}

/* ---- moving what was laid out to its place ---- */

static void shift(struct bpr_box *box, double dx, double dy)
{
	box->x += dx;
	box->y += dy;
}

/* Where the row of a pool goes on: behind all that is drawn. */
static double row_start(const struct extension *x)
{
	return x->p->all[x->picture].right + MARGIN;
}

/* A node of a pool that is drawn, with what it carries: in the middle of its lane, or of its pool. */
static void to_row(struct extension *x, size_t item)
{
	const struct picture_item *it = &x->p->items[item];
	const struct picture_item *band = it->lane != BPR_NONE && x->p->items[it->lane].drawn ? &x->p->items[it->lane] : &x->p->items[it->pool];
	struct bpr_layout_node *node = &x->all.nodes[it->at];
	double width = fmax(node->box.width, node->label.box.width);

	x->dx[it->at] = x->row + (width - node->box.width) / 2 - node->box.x;
	x->dy[it->at] = round(band->box.y + (band->box.height - node->box.height) / 2) - node->box.y;
	x->row += width + GAP;
	x->grown[it->pool] = true;
}

/* On the lower border of a host that is drawn. */
static void to_border(struct extension *x, size_t item)
{
	const struct picture_item *it = &x->p->items[item];
	const struct bpr_box *host = &x->p->items[it->host].box;
	struct bpr_box *box = &x->all.nodes[it->at].box;

	x->dx[it->at] = host->x + host->width - 1.5 * box->width - box->x;
	x->dy[it->at] = host->y + host->height - box->height / 2 - box->y;
}

static void find_places(struct extension *x)
{
	const struct picture *picture = &x->p->all[x->picture];

	x->row = row_start(x);
	for (size_t i = 0; i < x->p->item_count; i++) {
		const struct picture_item *it = &x->p->items[i];

		if (!missing(x, i) || it->role != PICTURE_NODE || carrier(x, i) != i)
			continue;
		if (it->host != BPR_NONE && x->p->items[it->host].drawn) {
			to_border(x, i);
		} else if (below(x, i)) {
			x->dx[it->at] = picture->left;
			x->dy[it->at] = picture->bottom + MARGIN;
		} else {
			to_row(x, i);
		}
	}
	for (size_t i = 0; i < x->p->item_count; i++) {
		size_t at = missing(x, i) && x->p->items[i].role == PICTURE_NODE ? x->p->items[carrier(x, i)].at : 0;

		if (missing(x, i) && x->p->items[i].role == PICTURE_NODE) {
			x->dx[x->p->items[i].at] = x->dx[at];
			x->dy[x->p->items[i].at] = x->dy[at];
		}
	}
}

static void move_edge(struct extension *x, const struct picture_item *item)
{
	const struct bpr_layout_edge *from = &x->part.edges[x->edge[item->at]];
	struct bpr_layout_edge *to = &x->all.edges[item->at];
	struct bpr_point *points = bpr_i_arena_alloc(&x->arena, from->point_count + 1, sizeof(*points));
	bool node = x->p->items[item->from].role == PICTURE_NODE;
	double dx = node ? x->dx[x->p->items[item->from].at] : x->p->all[x->picture].left;
	double dy = node ? x->dy[x->p->items[item->from].at] : x->p->all[x->picture].bottom + MARGIN;

	if (!points) {
		x->p->nomem = true;
		return;
	}
	for (size_t k = 0; k < from->point_count; k++)
		points[k] = (struct bpr_point){ from->points[k].x + dx, from->points[k].y + dy };
	*to = *from;
	to->points = points;
	shift(&to->label.box, dx, dy);
}

static void move_all(struct extension *x)
{
	const struct picture *picture = &x->p->all[x->picture];

	for (size_t i = 0; i < x->p->item_count; i++) {
		const struct picture_item *it = &x->p->items[i];

		if (!missing(x, i))
			continue;
		if (it->role == PICTURE_NODE) {
			shift(&x->all.nodes[it->at].box, x->dx[it->at], x->dy[it->at]);
			shift(&x->all.nodes[it->at].label.box, x->dx[it->at], x->dy[it->at]);
		} else if (it->role == PICTURE_EDGE && x->edge[it->at] != BPR_NONE) {
			move_edge(x, it);
		} else if (it->role == PICTURE_POOL && x->pool[it->at] != BPR_NONE) {
			x->all.pools[it->at] = x->part.pools[x->pool[it->at]];
			shift(&x->all.pools[it->at].box, picture->left, picture->bottom + MARGIN);
		} else if (it->role == PICTURE_LANE && x->lane[it->at] != BPR_NONE) {
			x->all.lanes[it->at] = x->part.lanes[x->lane[it->at]];
			shift(&x->all.lanes[it->at].box, picture->left, picture->bottom + MARGIN);
		}
	}
}

/* Pools that got a row, with their lanes, reach to its end. */
static void grow_pools(struct extension *x)
{
	for (size_t i = 0; i < x->p->item_count; i++) {
		struct picture_item *it = &x->p->items[i];
		size_t pool = it->role == PICTURE_POOL ? i : it->role == PICTURE_LANE ? it->pool : BPR_NONE;
		struct bpr_buf width = BPR_BUF_INIT;

		if (pool == BPR_NONE || !x->grown[pool] || !it->drawn || !it->bounds)
			continue;
		it->box.width = round(x->row) - it->box.x;
		bpr_i_buf_number(&width, it->box.width);
		x->p->nomem |= width.failed != BPR_OK;
		if (!width.failed)
			bpr_i_xml_edit_attr(x->p->edit, it->bounds, "", "", "width", width.data, width.length);
		bpr_i_buf_release(&width);
	}
}

static bpr_status place_part(struct extension *x, struct bpr_error *err)
{
	bpr_status status = make_part(x);

	if (!status)
		status = bpr_i_layout(&x->part, &x->layout, err);
	if (status)
		return status;
	x->dx = bpr_i_calloc(x->all.node_count, sizeof(double));
	x->dy = bpr_i_calloc(x->all.node_count, sizeof(double));
	x->grown = bpr_i_calloc(x->p->item_count, sizeof(bool));
	if (!x->dx || !x->dy || !x->grown)
		return BPR_ENOMEM;
	for (size_t i = 0; i < x->all.node_count; i++)
		x->all.nodes[i] = x->part.nodes[i]; /* the same nodes, in the same order */
	find_places(x);
	move_all(x);
	grow_pools(x);
	return x->p->nomem ? BPR_ENOMEM : BPR_OK;
}

static void release(struct extension *x)
{
	struct bpr_layout_graph *graphs[] = { &x->all, &x->part };

	for (size_t i = 0; i < 2; i++) {
		bpr_i_free(graphs[i]->nodes);
		bpr_i_free(graphs[i]->edges);
		bpr_i_free(graphs[i]->lanes);
		bpr_i_free(graphs[i]->pools);
	}
	bpr_i_free(x->node);
	bpr_i_free(x->edge);
	bpr_i_free(x->lane);
	bpr_i_free(x->pool);
	bpr_i_free(x->dx);
	bpr_i_free(x->dy);
	bpr_i_free(x->grown);
	bpr_i_layout_release(&x->layout);
	bpr_i_arena_release(&x->arena);
}

bpr_status bpr_i_picture_extend(struct pictures *p, size_t picture, struct bpr_buf *out, struct bpr_error *err)
{
	struct extension x = { .p = p, .picture = picture };
	bpr_status status = make_all(&x);

	if (!status)
		status = place_part(&x, err);
	if (!status)
		status = bpr_i_extend_edges(&x);
	if (!status)
		bpr_i_picture_markup(p, picture, &x.all, out);
	release(&x);
	return status;
}

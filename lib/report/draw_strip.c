/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a picture is cut into strips, and where things stand in them; see draw_strip_i.h. */
#include "config.h"
#include "report/draw_strip_i.h"
#include <math.h>
#include <stdlib.h>

enum { SPARE = 8, AROUND = 5, LANE_PAD = 7 };

struct span { double from, to; };

static int compare_spans(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	if (x->from < y->from || x->from > y->from)
		return x->from < y->from ? -1 : 1;
	return x->to < y->to ? -1 : x->to > y->to;
}

/* Joined where they meet; returns how many are left. */
static size_t join_spans(struct span *spans, size_t count)
{
	size_t n = 0;

	qsort(spans, count, sizeof(*spans), compare_spans);
	for (size_t i = 0; i < count; i++) {
		if (n && spans[i].from <= spans[n - 1].to)
			spans[n - 1].to = fmax(spans[n - 1].to, spans[i].to);
		else
			spans[n++] = spans[i];
	}
	return n;
}

/* ---- where to cut ---- */

/* What no cut may go through: boxes with their labels, lines up and down, names of arcs. */
static size_t list_blocks(const struct picture *p, struct span *spans)
{
	const struct bpr_layout_graph *g = &p->graph;
	size_t n = 0;

	for (size_t i = 0; i < g->node_count; i++) {
		const struct bpr_layout_node *node = &g->nodes[i];

		if (node->shape == BPR_SHAPE_GROUP) {
			spans[n++] = (struct span){ node->box.x - 2, node->box.x + 6 };
			spans[n++] = (struct span){ node->box.x + node->box.width - 6, node->box.x + node->box.width + 2 };
		} else {
			spans[n++] = (struct span){ node->box.x, node->box.x + node->box.width };
		}
		if (node->label.box.width > 0)
			spans[n++] = (struct span){ node->label.box.x, node->label.box.x + node->label.box.width };
	}
	for (size_t i = 0; i < g->edge_count; i++) {
		const struct bpr_layout_edge *e = &g->edges[i];

		if (e->label.line_count)
			spans[n++] = (struct span){ e->label.box.x, e->label.box.x + e->label.box.width };
		for (size_t k = 0; k + 1 < e->point_count; k++)
			if (fabs(e->points[k].x - e->points[k + 1].x) < 0.5)
				spans[n++] = (struct span){ e->points[k].x - 3, e->points[k].x + 3 };
	}
	return n;
}

static size_t block_room(const struct picture *p)
{
	size_t n = 2 * p->graph.node_count + p->graph.node_count + 1;

	for (size_t i = 0; i < p->graph.edge_count; i++)
		n += p->graph.edges[i].point_count + 1;
	return n;
}

/* Strips of at most `width`, each as long as can be; a block that is wider is a strip of its own. cuts: where each ends, or NULL. */
static size_t cut_at(const struct span *blocks, size_t count, double width, double *cuts)
{
	size_t n = 0;
	double left = blocks[0].from;

	for (size_t i = 0; i < count; i++) {
		bool last = i + 1 == count;

		if (!last && blocks[i + 1].to - left <= width)
			continue;
		if (cuts)
			cuts[n] = last ? blocks[i].to : (blocks[i].to + blocks[i + 1].from) / 2;
		n++;
		left = last ? 0 : (blocks[i].to + blocks[i + 1].from) / 2;
	}
	return n;
}

/* As many strips, about equally long. */
static double even_width(const struct span *blocks, size_t count, double width)
{
	size_t strips = cut_at(blocks, count, width, NULL);
	double low = 0, high = width;

	for (int i = 0; strips > 1 && i < 20; i++) {
		double middle = (low + high) / 2;

		if (cut_at(blocks, count, middle, NULL) <= strips)
			high = middle;
		else
			low = middle;
	}
	return high;
}

/* ---- arcs in a strip ---- */

static bool is_inside(const struct strip *s, double x)
{
	return x >= s->left && x <= s->right;
}

/* From the first point on until the arc leaves the strip. */
static size_t walk(const struct strip *s, const struct bpr_layout_edge *e, bool backwards, struct bpr_point *out, bool *cut)
{
	size_t n = 0;

	*cut = false;
	for (size_t i = 0; i < e->point_count; i++) {
		struct bpr_point p = e->points[backwards ? e->point_count - 1 - i : i];

		if (!is_inside(s, p.x)) {
			if (n)
				out[n++] = (struct bpr_point){ p.x < s->left ? s->left : s->right, p.y };
			*cut = true;
			break;
		}
		out[n++] = p;
	}
	return n;
}

size_t bpr_i_strip_arc(const struct strip *s, const struct bpr_layout_edge *e, struct bpr_point *points, struct stretch out[2])
{
	bool cut;
	size_t n, pieces = 0;

	if (e->point_count < 2)
		return 0;
	n = walk(s, e, false, points, &cut);
	if (n > 1)
		out[pieces++] = (struct stretch){ points, n, false, cut };
	if (n > 1 && !cut)
		return 1;
	points += n;
	n = walk(s, e, true, points, &cut);
	if (n < 2)
		return pieces;
	for (size_t i = 0; i < n / 2; i++) {
		struct bpr_point swap = points[i];

		points[i] = points[n - 1 - i];
		points[n - 1 - i] = swap;
	}
	out[pieces++] = (struct stretch){ points, n, cut, false };
	return pieces;
}

bool bpr_i_strip_has(const struct strip *s, const struct bpr_box *box)
{
	return is_inside(s, box->x + box->width / 2);
}

/* ---- heights ---- */

double bpr_i_strip_y(const struct strip *s, double y)
{
	size_t low = 0, high = s->knot_count - 1;

	while (low + 1 < high) {
		size_t middle = (low + high) / 2;

		*(s->knots[middle].from <= y ? &low : &high) = middle;
	}
	if (s->knots[high].from <= s->knots[low].from || y <= s->knots[low].from)
		return s->knots[low].to;
	return s->knots[low].to + (fmin(y, s->knots[high].from) - s->knots[low].from) * (s->knots[high].to - s->knots[low].to) /
					  (s->knots[high].from - s->knots[low].from);
}

static void add_span(struct span *spans, size_t *count, double from, double to)
{
	spans[(*count)++] = (struct span){ from - AROUND, to + AROUND };
}

/* Heights at which something stands in the strip. */
static size_t list_used(const struct picture *p, const struct strip *s, struct span *spans, struct bpr_point *points)
{
	const struct bpr_layout_graph *g = &p->graph;
	size_t n = 0;

	for (size_t i = 0; i < g->node_count; i++) {
		const struct bpr_layout_node *node = &g->nodes[i];

		if (node->shape == BPR_SHAPE_GROUP) {
			if (node->box.x < s->right && node->box.x + node->box.width > s->left) {
				add_span(spans, &n, node->box.y, node->box.y + 18);
				add_span(spans, &n, node->box.y + node->box.height, node->box.y + node->box.height);
			}
			continue;
		}
		if (!bpr_i_strip_has(s, &node->box))
			continue;
		add_span(spans, &n, node->box.y, node->box.y + node->box.height);
		if (node->label.box.width > 0)
			add_span(spans, &n, node->label.box.y, node->label.box.y + node->label.box.height);
	}
	for (size_t i = 0; i < g->edge_count; i++) {
		const struct bpr_layout_edge *e = &g->edges[i];
		struct stretch pieces[2];
		size_t count = bpr_i_strip_arc(s, e, points, pieces);

		for (size_t k = 0; k < count; k++)
			for (size_t q = 0; q + 1 < pieces[k].count; q++)
				if (fabs(pieces[k].points[q].y - pieces[k].points[q + 1].y) < 0.5)
					add_span(spans, &n, pieces[k].points[q].y, pieces[k].points[q].y);
		if (count && e->label.line_count && bpr_i_strip_has(s, &e->label.box))
			add_span(spans, &n, e->label.box.y, e->label.box.y + e->label.box.height);
	}
	return join_spans(spans, n);
}

static size_t depth_of(const struct bpr_layout_graph *g, size_t lane)
{
	size_t depth = 0;

	for (; lane != BPR_NONE; lane = g->lanes[lane].parent)
		depth++;
	return depth;
}

/* The innermost lane at a height. */
static size_t lane_at(const struct bpr_layout_graph *g, double y)
{
	size_t found = BPR_NONE;

	for (size_t l = 0; l < g->lane_count; l++)
		if (y > g->lanes[l].box.y && y < g->lanes[l].box.y + g->lanes[l].box.height &&
		    (found == BPR_NONE || depth_of(g, l) > depth_of(g, found)))
			found = l;
	return found;
}

static int compare_heights(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

/* The heights between which one lane is. */
static size_t list_edges(const struct picture *p, double *edges)
{
	const struct bpr_layout_graph *g = &p->graph;
	size_t n = 0;

	edges[n++] = -1;
	edges[n++] = p->layout.height + 1;
	for (size_t l = 0; l < g->lane_count; l++) {
		edges[n++] = g->lanes[l].box.y;
		edges[n++] = g->lanes[l].box.y + g->lanes[l].box.height;
	}
	qsort(edges, n, sizeof(*edges), compare_heights);
	return n;
}

/* One lane from `top` to `bottom` of the picture: what is used in it, moved together. */
static void add_lane(struct strip *s, size_t lane, struct span band, const struct span *used, size_t count, double least)
{
	double start = s->height, y = start + LANE_PAD, end = band.from, extra;
	size_t first = s->knot_count;

	s->knots[s->knot_count++] = (struct knot){ band.from, start };
	for (size_t i = 0; i < count; i++) {
		double from = fmax(used[i].from, band.from), to = fmin(used[i].to, band.to);

		if (to <= from)
			continue;
		y += end > band.from ? fmin(SPARE, from - end) : 0;
		s->knots[s->knot_count++] = (struct knot){ from, y };
		y += to - from;
		s->knots[s->knot_count++] = (struct knot){ to, y };
		end = to;
	}
	if (s->knot_count == first + 1) { /* nothing: what passes from above to below goes on */
		s->knots[s->knot_count++] = (struct knot){ band.to, start };
		return;
	}
	y += LANE_PAD;
	extra = fmax(0, least - (y - start));
	for (size_t i = first + 1; i < s->knot_count; i++)
		s->knots[i].to += floor(extra / 2);
	s->height = y + extra;
	s->knots[s->knot_count++] = (struct knot){ band.to, s->height };
	s->lanes[s->lane_count++] = (struct strip_lane){ lane, start, s->height - start };
}

static void place_lanes(const struct picture *p, struct strip *s, const double *edges, size_t edge_count, const struct span *used,
			size_t used_count, double least)
{
	for (size_t i = 0; i + 1 < edge_count; i++)
		if (edges[i + 1] > edges[i])
			add_lane(s, lane_at(&p->graph, (edges[i] + edges[i + 1]) / 2), (struct span){ edges[i], edges[i + 1] }, used,
				 used_count, least);
}

static size_t most_points(const struct picture *p)
{
	size_t most = 0;

	for (size_t i = 0; i < p->graph.edge_count; i++)
		if (p->graph.edges[i].point_count > most)
			most = p->graph.edges[i].point_count;
	return most;
}

static bool fill_strips(struct picture *p, struct strips *out, const double *cuts, double left, double least)
{
	size_t room = block_room(p) + 2 * p->graph.edge_count;
	struct span *used = bpr_i_arena_alloc(&p->arena, room, sizeof(*used));
	struct bpr_point *points = bpr_i_arena_alloc(&p->arena, 2 * most_points(p) + 4, sizeof(*points));
	double *edges = bpr_i_arena_alloc(&p->arena, 2 * p->graph.lane_count + 2, sizeof(*edges));
	size_t edge_count;

	if (!used || !points || !edges)
		return false;
	edge_count = list_edges(p, edges);
	for (size_t i = 0; i < out->count; i++) {
		struct strip *s = &out->items[i];
		size_t count;

		s->left = left;
		s->right = left = cuts[i];
		count = list_used(p, s, used, points);
		s->knots = bpr_i_arena_alloc(&p->arena, 2 * count + 4 * edge_count + 2, sizeof(*s->knots));
		s->lanes = bpr_i_arena_alloc(&p->arena, edge_count, sizeof(*s->lanes));
		if (!s->knots || !s->lanes)
			return false;
		place_lanes(p, s, edges, edge_count, used, count, least);
	}
	return true;
}

bool bpr_i_strips_cut(struct picture *p, double width, double least, struct strips *out)
{
	struct span *blocks = bpr_i_arena_alloc(&p->arena, block_room(p), sizeof(*blocks));
	size_t count = blocks ? join_spans(blocks, list_blocks(p, blocks)) : 0;
	double *cuts = bpr_i_arena_alloc(&p->arena, count + 1, sizeof(*cuts));

	*out = (struct strips){ .named = p->graph.lane_count > 0 };
	if (!blocks || !cuts)
		return false;
	if (!count)
		return true;
	out->count = cut_at(blocks, count, even_width(blocks, count, width), cuts);
	out->items = bpr_i_arena_alloc(&p->arena, out->count, sizeof(*out->items));
	return out->items && fill_strips(p, out, cuts, blocks[0].from, least);
}

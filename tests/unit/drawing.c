/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "drawing.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {
	"申請書を受け付ける", "本人確認", "審査", "Check the form", "決裁", "証明書を作成し、申請者の氏名・住所・生年月日を住民基本台帳と照合する",
	"交付", "Notify the applicant of the decision", "手数料を受け取る", "入力", "不備の連絡（電話または書面）", "",
	"Verlängerungsantragsbearbeitungsstelle", "①受付 ②審査", "審査結果通知書の送付",
};
static const char *const questions[] = { "不備はあるか？", "Approved?", "手数料は免除されるか", "", "期限内か" };
static const char *const answers[] = { "はい", "いいえ", "yes", "", "書類に不備がある場合", "otherwise", "不備なし" };

#define PICK(list) (list)[below(d, sizeof(list) / sizeof((list)[0]))]

static uint64_t next(struct drawing *d)
{
	uint64_t z = d->rng += 0x9e3779b97f4a7c15ull;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
	return z ^ (z >> 31);
}

static size_t below(struct drawing *d, size_t n)
{
	return (size_t)(next(d) % n);
}

static void *larger(void *old, size_t *room, size_t count, size_t size)
{
	if (count < *room)
		return old;
	*room = *room * 2 + 64;
	old = realloc(old, *room * size);
	if (!old)
		abort();
	return old;
}

size_t drawing_node(struct drawing *d, enum bpr_shape shape, const char *text, size_t lane, size_t pool)
{
	struct bpr_layout_graph *g = &d->graph;

	g->nodes = larger(g->nodes, &d->node_room, g->node_count, sizeof(*g->nodes));
	g->nodes[g->node_count] = (struct bpr_layout_node){ .shape = shape, .text = text, .parent = BPR_NONE, .lane = lane,
							    .pool = pool, .host = BPR_NONE };
	return g->node_count++;
}

size_t drawing_edge(struct drawing *d, size_t from, size_t to, const char *text)
{
	struct bpr_layout_graph *g = &d->graph;

	g->edges = larger(g->edges, &d->edge_room, g->edge_count, sizeof(*g->edges));
	g->edges[g->edge_count] = (struct bpr_layout_edge){ .from = from, .to = to, .from_pool = BPR_NONE, .to_pool = BPR_NONE,
							    .text = text };
	return g->edge_count++;
}

static void kind_edge(struct drawing *d, enum bpr_edge_kind kind, size_t from, size_t to, const char *text)
{
	size_t edge = drawing_edge(d, from, to, text);

	d->graph.edges[edge].kind = kind;
}

void drawing_lanes(struct drawing *d, size_t pools, size_t lanes)
{
	struct bpr_layout_graph *g = &d->graph;

	g->pools = calloc(pools + 1, sizeof(*g->pools));
	g->lanes = calloc(pools * lanes + 1, sizeof(*g->lanes));
	if (!g->pools || !g->lanes)
		abort();
	for (size_t p = 0; p < pools; p++) {
		g->pools[g->pool_count++] = (struct bpr_layout_pool){ .text = "市民課" };
		for (size_t l = 0; l < lanes; l++)
			g->lanes[g->lane_count++] = (struct bpr_layout_lane){ .text = "証明係", .parent = BPR_NONE, .pool = p };
	}
}

/* ---- at random ---- */

static size_t some_lane(struct drawing *d, size_t pool, size_t last)
{
	size_t per = d->graph.pool_count ? d->graph.lane_count / d->graph.pool_count : 0;

	if (!per)
		return BPR_NONE;
	return last != BPR_NONE && below(d, 3) ? last : pool * per + below(d, per);
}

struct place { size_t parent, pool, lane; };

static size_t add(struct drawing *d, enum bpr_shape shape, const char *text, const struct place *at)
{
	size_t node = drawing_node(d, shape, text, at->lane, at->pool);

	d->graph.nodes[node].parent = at->parent;
	return node;
}

static const char *answer(struct drawing *d, unsigned what)
{
	return what & DRAW_LABELS ? PICK(answers) : "";
}

static void random_block(struct drawing *d, unsigned what, size_t size, struct place *at, size_t *first, size_t *last, int depth);

static void random_split(struct drawing *d, unsigned what, size_t size, struct place *at, size_t *first, size_t *last, int depth)
{
	size_t branches = 2 + below(d, 3);

	*first = add(d, BPR_SHAPE_GATEWAY, PICK(questions), at);
	*last = add(d, BPR_SHAPE_GATEWAY, "", at);
	for (size_t b = 0; b < branches; b++) {
		struct place here = *at;
		size_t f, l;

		if (size / branches < 1 || !below(d, 5)) {
			drawing_edge(d, *first, *last, answer(d, what));
			continue;
		}
		if (at->parent == BPR_NONE)
			here.lane = some_lane(d, at->pool, at->lane);
		random_block(d, what, size / branches, &here, &f, &l, depth + 1);
		drawing_edge(d, *first, f, answer(d, what));
		drawing_edge(d, l, *last, "");
	}
}

static void random_group(struct drawing *d, unsigned what, size_t size, struct place *at, size_t *first, size_t *last, int depth)
{
	size_t group = add(d, BPR_SHAPE_GROUP, PICK(names), at);
	struct place inside = { group, at->pool, at->lane };
	size_t f, l, s, e;

	s = add(d, BPR_SHAPE_EVENT, "", &inside);
	random_block(d, what, size, &inside, &f, &l, depth + 1);
	e = add(d, BPR_SHAPE_EVENT, "", &inside);
	drawing_edge(d, s, f, "");
	drawing_edge(d, l, e, "");
	*first = *last = group;
}

/* A series of steps, splits, groups. */
static void random_block(struct drawing *d, unsigned what, size_t size, struct place *at, size_t *first, size_t *last, int depth)
{
	*first = BPR_NONE;
	while (size) {
		size_t f, l, part = 1 + below(d, size), kind = below(d, 10);

		if (at->parent == BPR_NONE)
			at->lane = some_lane(d, at->pool, at->lane);
		if (kind < 3 && part >= 3 && depth < 6) {
			random_split(d, what, part - 2, at, &f, &l, depth);
		} else if (kind == 3 && part >= 3 && (what & DRAW_GROUPS) && depth < 5) {
			random_group(d, what, part - 2, at, &f, &l, depth);
		} else {
			part = 1;
			f = l = add(d, kind == 4 ? BPR_SHAPE_EVENT : BPR_SHAPE_TASK, PICK(names), at);
		}
		if (*first == BPR_NONE)
			*first = f;
		else
			drawing_edge(d, *last, f, "");
		*last = l;
		size -= part;
	}
}

static size_t some_node(struct drawing *d, bool task)
{
	for (int tries = 0; tries < 50; tries++) {
		size_t i = below(d, d->graph.node_count);
		const struct bpr_layout_node *n = &d->graph.nodes[i];

		if (n->host == BPR_NONE && (n->shape == BPR_SHAPE_TASK || (!task && n->shape <= BPR_SHAPE_GROUP)))
			return i;
	}
	return BPR_NONE;
}

static bool same_place(const struct drawing *d, size_t a, size_t b)
{
	return a != BPR_NONE && b != BPR_NONE && d->graph.nodes[a].parent == d->graph.nodes[b].parent &&
	       d->graph.nodes[a].pool == d->graph.nodes[b].pool;
}

static void random_extras(struct drawing *d, unsigned what, size_t size)
{
	for (size_t i = 0; i < size / 8 + 1; i++) {
		size_t a = some_node(d, true), b = some_node(d, false), c;

		if (a == BPR_NONE || b == BPR_NONE)
			return;
		if (what & DRAW_BORDER) {
			struct place at = { d->graph.nodes[a].parent, d->graph.nodes[a].pool, d->graph.nodes[a].lane };

			c = add(d, BPR_SHAPE_EVENT, below(d, 2) ? "期限切れ" : "", &at);
			d->graph.nodes[c].host = a;
			if (same_place(d, a, b))
				drawing_edge(d, c, b, answer(d, what));
		}
		if ((what & DRAW_LOOPS) && same_place(d, a, b))
			drawing_edge(d, a, b, answer(d, what));
		if (what & DRAW_DATA) {
			struct place at = { d->graph.nodes[a].parent, d->graph.nodes[a].pool, d->graph.nodes[a].lane };

			c = add(d, (enum bpr_shape)(BPR_SHAPE_DATA + below(d, 3)), PICK(names), &at);
			kind_edge(d, BPR_EDGE_ASSOCIATION, a, c, "");
			if (same_place(d, b, c) && below(d, 2))
				kind_edge(d, BPR_EDGE_ASSOCIATION, c, b, "");
		}
		if ((what & DRAW_CROSS) && d->graph.nodes[a].pool == d->graph.nodes[b].pool)
			drawing_edge(d, a, b, "");
		if ((what & DRAW_MESSAGES) && d->graph.nodes[a].pool != d->graph.nodes[b].pool)
			kind_edge(d, BPR_EDGE_MESSAGE, a, b, answer(d, what));
	}
}

static void random_messages(struct drawing *d)
{
	for (size_t p = 0; p < d->graph.pool_count; p++) {
		size_t edge, a = some_node(d, true);

		if (!d->graph.pools[p].black_box || a == BPR_NONE)
			continue;
		edge = drawing_edge(d, a, BPR_NONE, "申請書");
		d->graph.edges[edge].kind = BPR_EDGE_MESSAGE;
		d->graph.edges[edge].to_pool = p;
		edge = drawing_edge(d, BPR_NONE, some_node(d, true), "通知");
		d->graph.edges[edge].kind = BPR_EDGE_MESSAGE;
		d->graph.edges[edge].from_pool = p;
	}
}

void drawing_random(struct drawing *d, uint64_t seed, unsigned what, size_t size)
{
	size_t pools = what & DRAW_POOLS ? 1 + seed % 3 : what & DRAW_LANES ? 1 : 0;

	*d = (struct drawing){ .rng = seed * 7919 + 17 };
	drawing_lanes(d, pools, what & DRAW_LANES ? 1 + below(d, 5) : 0);
	if ((what & DRAW_LANES) && d->graph.lane_count > 2 * pools && below(d, 2))
		d->graph.lanes[1].parent = 0; /* one lane within another */
	for (size_t p = 0; p < (pools ? pools : 1); p++) {
		struct place at = { BPR_NONE, pools ? p : BPR_NONE, BPR_NONE };
		size_t s, e, f, l;

		if (pools > 1 && p == seed % pools && (what & DRAW_MESSAGES)) {
			for (size_t k = 0; k < d->graph.lane_count; k++)
				if (d->graph.lanes[k].pool == p)
					at.lane = k;
			if (at.lane == BPR_NONE) {
				d->graph.pools[p].black_box = true;
				continue;
			}
		}
		at.lane = some_lane(d, p, BPR_NONE);
		s = add(d, BPR_SHAPE_EVENT, "開始", &at);
		random_block(d, what, size / (pools ? pools : 1) + 1, &at, &f, &l, 0);
		e = add(d, BPR_SHAPE_EVENT, "完了", &at);
		drawing_edge(d, s, f, "");
		drawing_edge(d, l, e, "");
	}
	if (what & DRAW_TANGLE)
		for (size_t i = 0; i < size; i++) {
			size_t a = some_node(d, false), b = some_node(d, false);

			if (same_place(d, a, b))
				drawing_edge(d, a, b, answer(d, what));
		}
	random_extras(d, what, size);
	if (what & DRAW_MESSAGES)
		random_messages(d);
}

void drawing_release(struct drawing *d)
{
	free(d->graph.nodes);
	free(d->graph.edges);
	free(d->graph.lanes);
	free(d->graph.pools);
	*d = (struct drawing){ 0 };
}

/* ---- what is wrong ---- */

static void note(struct drawing_faults *f, size_t *count, const char *what, size_t a, size_t b)
{
	if (!f->first[0])
		(void)snprintf(f->first, sizeof(f->first), "%s: %zu, %zu", what, a, b);
	(*count)++;
}

static bool whole(double x)
{
	return isfinite(x) && fabs(x - floor(x + 0.5)) < 1e-9;
}

static bool box_whole(const struct bpr_box *b)
{
	return whole(b->x) && whole(b->y) && whole(b->width) && whole(b->height);
}

static bool meet(const struct bpr_box *a, const struct bpr_box *b)
{
	return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

static bool within(const struct bpr_box *a, const struct bpr_box *b)
{
	return a->x >= b->x - 1 && a->y >= b->y - 1 && a->x + a->width <= b->x + b->width + 1 &&
	       a->y + a->height <= b->y + b->height + 1;
}

static bool contains(const struct bpr_layout_graph *g, size_t outer, size_t inner)
{
	size_t steps = 0;

	for (size_t i = inner; i != BPR_NONE && steps++ < 300; i = g->nodes[i].parent)
		if (i == outer)
			return true;
	return false;
}

static bool hosted(const struct bpr_layout_graph *g, size_t a, size_t b)
{
	return g->nodes[a].host == b || g->nodes[b].host == a;
}

static void check_nodes(const struct bpr_layout_graph *g, const struct bpr_layout *layout, struct drawing_faults *f)
{
	struct bpr_box all = { 0, 0, layout->width, layout->height };

	for (size_t i = 0; i < g->node_count; i++) {
		const struct bpr_layout_node *n = &g->nodes[i];
		double cx = n->box.x + n->box.width / 2, cy = n->box.y + n->box.height / 2;
		struct bpr_box centre = { cx, cy, 0, 0 };

		if (!box_whole(&n->box) || !(n->box.width > 0) || !(n->box.height > 0) ||
		    (n->label.box.width > 0 && !box_whole(&n->label.box)))
			note(f, &f->not_whole, "not whole", i, 0);
		if (!within(&n->box, &all) || (n->label.box.width > 0 && !within(&n->label.box, &all)))
			note(f, &f->outside, "outside the picture", i, 0);
		if (n->host != BPR_NONE) {
			const struct bpr_box *h = &g->nodes[n->host].box;

			if (fabs(cy - h->y - h->height) > 1 || cx < h->x || cx > h->x + h->width)
				note(f, &f->off_border, "off the border", i, n->host);
			continue;
		}
		if (n->parent != BPR_NONE && !within(&n->box, &g->nodes[n->parent].box))
			note(f, &f->outside, "outside its group", i, n->parent);
		if (n->parent == BPR_NONE && n->lane != BPR_NONE && !within(&centre, &g->lanes[n->lane].box))
			note(f, &f->outside, "outside its lane", i, n->lane);
		if (n->parent == BPR_NONE && n->pool != BPR_NONE && !within(&n->box, &g->pools[n->pool].box))
			note(f, &f->outside, "outside its pool", i, n->pool);
	}
	for (size_t i = 0; i < g->lane_count; i++)
		if (!box_whole(&g->lanes[i].box) || !(g->lanes[i].box.height > 0) || !within(&g->lanes[i].box, &g->pools[g->lanes[i].pool].box))
			note(f, &f->outside, "lane outside its pool", i, 0);
}

static void check_overlap(const struct bpr_layout_graph *g, struct drawing_faults *f)
{
	for (size_t i = 0; i < g->node_count; i++) {
		for (size_t k = i + 1; k < g->node_count; k++) {
			if (meet(&g->nodes[i].box, &g->nodes[k].box) && !hosted(g, i, k) && !contains(g, i, k) && !contains(g, k, i) &&
			    !(g->nodes[i].host != BPR_NONE && contains(g, g->nodes[i].host, k)) &&
			    !(g->nodes[k].host != BPR_NONE && contains(g, g->nodes[k].host, i)))
				note(f, &f->overlap, "overlap", i, k);
			if (g->nodes[i].label.box.width > 0 && g->nodes[k].label.box.width > 0 &&
			    meet(&g->nodes[i].label.box, &g->nodes[k].label.box))
				note(f, &f->label_on_label, "label on label", i, k);
		}
		for (size_t k = 0; k < g->node_count; k++)
			if (g->nodes[i].label.box.width > 0 && k != i && !contains(g, k, i) && meet(&g->nodes[i].label.box, &g->nodes[k].box) &&
			    !(g->nodes[i].host != BPR_NONE && contains(g, k, g->nodes[i].host)))
				note(f, &f->label_on_shape, "label on shape", i, k);
	}
	for (size_t i = 0; i < g->lane_count; i++)
		for (size_t k = i + 1; k < g->lane_count; k++)
			if (meet(&g->lanes[i].box, &g->lanes[k].box) && g->lanes[i].parent != k && g->lanes[k].parent != i)
				note(f, &f->overlap, "lanes overlap", i, k);
	for (size_t i = 0; i < g->pool_count; i++)
		for (size_t k = i + 1; k < g->pool_count; k++)
			if (meet(&g->pools[i].box, &g->pools[k].box))
				note(f, &f->overlap, "pools overlap", i, k);
}

/* On the border of a box; of a gateway and an event: at its tips. */
static bool docks(const struct bpr_layout_graph *g, size_t node, size_t pool, struct bpr_point p)
{
	const struct bpr_box *b = node == BPR_NONE ? &g->pools[pool].box : &g->nodes[node].box;
	bool inside = p.x >= b->x - 1 && p.x <= b->x + b->width + 1 && p.y >= b->y - 1 && p.y <= b->y + b->height + 1;
	bool x = fabs(p.x - b->x) <= 1 || fabs(p.x - b->x - b->width) <= 1;
	bool y = fabs(p.y - b->y) <= 1 || fabs(p.y - b->y - b->height) <= 1;
	bool middle = fabs(p.x - b->x - b->width / 2) <= 1.5 || fabs(p.y - b->y - b->height / 2) <= 1.5;

	if (node != BPR_NONE && (g->nodes[node].shape == BPR_SHAPE_GATEWAY || g->nodes[node].shape == BPR_SHAPE_EVENT))
		return inside && (x || y) && middle;
	return inside && (x || y);
}

static bool passes(const struct bpr_box *b, struct bpr_point p, struct bpr_point q, double inset)
{
	struct bpr_box line = { fmin(p.x, q.x), fmin(p.y, q.y), fabs(p.x - q.x), fabs(p.y - q.y) };
	struct bpr_box inner = { b->x + inset, b->y + inset, b->width - 2 * inset, b->height - 2 * inset };

	return line.x < inner.x + inner.width && inner.x < line.x + line.width + 1e-9 && line.y < inner.y + inner.height &&
	       inner.y < line.y + line.height + 1e-9;
}

static bool own_end(const struct bpr_layout_graph *g, const struct bpr_layout_edge *e, size_t node)
{
	for (int k = 0; k < 2; k++) {
		size_t end = k ? e->to : e->from;

		if (end != BPR_NONE && (end == node || contains(g, node, end) || hosted(g, end, node)))
			return true;
		if (end != BPR_NONE && g->nodes[end].host != BPR_NONE && contains(g, node, g->nodes[end].host) && node != g->nodes[end].host)
			return true;
	}
	return false;
}

static void check_edges(const struct bpr_layout_graph *g, struct drawing_faults *f)
{
	for (size_t i = 0; i < g->edge_count; i++) {
		const struct bpr_layout_edge *e = &g->edges[i];

		if (e->point_count < 2) {
			note(f, &f->few_points, "few points", i, 0);
			continue;
		}
		if (!docks(g, e->from, e->from_pool, e->points[0]))
			note(f, &f->off_dock, "start off", i, e->from);
		if (!docks(g, e->to, e->to_pool, e->points[e->point_count - 1]))
			note(f, &f->off_dock, "end off", i, e->to);
		for (size_t k = 0; k + 1 < e->point_count; k++) {
			struct bpr_point p = e->points[k], q = e->points[k + 1];

			if (!whole(p.x) || !whole(p.y) || !whole(q.x) || !whole(q.y))
				note(f, &f->not_whole, "point not whole", i, k);
			if (fabs(p.x - q.x) > 0.01 && fabs(p.y - q.y) > 0.01)
				note(f, &f->slanted, "slanted", i, k);
			for (size_t n = 0; n < g->node_count; n++) {
				const struct bpr_layout_node *node = &g->nodes[n];

				if (own_end(g, e, n) || !passes(&node->box, p, q, 3))
					continue;
				if (e->kind == BPR_EDGE_SEQUENCE && node->host == BPR_NONE && node->shape <= BPR_SHAPE_GROUP)
					note(f, &f->through_node, "through a node", i, n);
				else
					note(f, &f->other_through, "line through a shape", i, n);
			}
			for (size_t n = 0; n < g->node_count; n++)
				if (g->nodes[n].label.box.width > 0 && passes(&g->nodes[n].label.box, p, q, 1))
					note(f, &f->label_on_line, "line through a label", i, n);
		}
	}
}

static void check_edge_labels(const struct bpr_layout_graph *g, const struct bpr_layout *layout, struct drawing_faults *f)
{
	struct bpr_box all = { 0, 0, layout->width, layout->height };

	for (size_t i = 0; i < g->edge_count; i++) {
		const struct bpr_box *b = &g->edges[i].label.box;

		if (!g->edges[i].label.line_count)
			continue;
		if (!box_whole(b))
			note(f, &f->not_whole, "label not whole", i, 0);
		if (!within(b, &all))
			note(f, &f->outside, "arc's label outside", i, 0);
		for (size_t k = 0; k < i; k++)
			if (g->edges[k].label.line_count && meet(b, &g->edges[k].label.box))
				note(f, &f->label_on_label, "arc's label on arc's label", i, k);
		for (size_t n = 0; n < g->node_count; n++) {
			if (g->nodes[n].shape != BPR_SHAPE_GROUP && meet(b, &g->nodes[n].box))
				note(f, &f->label_on_shape, "arc's label on shape", i, n);
			if (g->nodes[n].label.box.width > 0 && meet(b, &g->nodes[n].label.box))
				note(f, &f->label_on_label, "arc's label on label", i, n);
		}
		for (size_t k = 0; k < g->edge_count; k++)
			for (size_t p = 0; p + 1 < g->edges[k].point_count; p++)
				if (passes(b, g->edges[k].points[p], g->edges[k].points[p + 1], 1))
					note(f, &f->label_on_line, "line through an arc's label", k, i);
	}
}

static bool share_node(const struct bpr_layout_edge *a, const struct bpr_layout_edge *b)
{
	return (a->from != BPR_NONE && (a->from == b->from || a->from == b->to)) ||
	       (a->to != BPR_NONE && (a->to == b->to || a->to == b->from));
}

static void compare_lines(const struct bpr_layout_edge *a, const struct bpr_layout_edge *b, size_t i, size_t k, struct drawing_faults *f)
{
	for (size_t x = 0; x + 1 < a->point_count; x++) {
		for (size_t y = 0; y + 1 < b->point_count; y++) {
			struct bpr_point p = a->points[x], q = a->points[x + 1], r = b->points[y], s = b->points[y + 1];
			bool flat1 = fabs(p.y - q.y) < 0.01, flat2 = fabs(r.y - s.y) < 0.01;

			if (flat1 != flat2) {
				struct bpr_point h1 = flat1 ? p : r, h2 = flat1 ? q : s, v1 = flat1 ? r : p, v2 = flat1 ? s : q;

				if (v1.x > fmin(h1.x, h2.x) + 0.5 && v1.x < fmax(h1.x, h2.x) - 0.5 && h1.y > fmin(v1.y, v2.y) + 0.5 &&
				    h1.y < fmax(v1.y, v2.y) - 0.5)
					f->crossings++;
			} else if (!share_node(a, b)) {
				double same = flat1 ? fabs(p.y - r.y) : fabs(p.x - r.x);
				double lo = flat1 ? fmax(fmin(p.x, q.x), fmin(r.x, s.x)) : fmax(fmin(p.y, q.y), fmin(r.y, s.y));
				double hi = flat1 ? fmin(fmax(p.x, q.x), fmax(r.x, s.x)) : fmin(fmax(p.y, q.y), fmax(r.y, s.y));

				if (same < 2 && hi - lo > 3)
					note(f, &f->on_each_other, "lines on each other", i, k);
			}
		}
	}
}

void drawing_check(const struct bpr_layout_graph *g, const struct bpr_layout *layout, bool quick, struct drawing_faults *out)
{
	*out = (struct drawing_faults){ 0 };
	if (!(layout->width > 0) || !(layout->height > 0) || !isfinite(layout->width) || !isfinite(layout->height))
		note(out, &out->not_whole, "no size", 0, 0);
	check_nodes(g, layout, out);
	check_overlap(g, out);
	check_edges(g, out);
	check_edge_labels(g, layout, out);
	for (size_t i = 0; !quick && i < g->edge_count; i++)
		for (size_t k = i + 1; k < g->edge_count; k++)
			compare_lines(&g->edges[i], &g->edges[k], i, k, out);
}

size_t drawing_hard_faults(const struct drawing_faults *f)
{
	return f->not_whole + f->overlap + f->off_border + f->outside + f->off_dock + f->slanted + f->through_node + f->few_points;
}

/* ---- for looking at ---- */

static void write_box(FILE *out, const struct bpr_box *b, const char *style)
{
	(void)fprintf(out, "<rect x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\" %s/>\n", b->x, b->y, b->width, b->height, style);
}

static void write_label(FILE *out, const struct bpr_label *l, const struct bpr_box *box)
{
	for (size_t i = 0; i < l->line_count; i++)
		(void)fprintf(out, "<text x=\"%g\" y=\"%g\" font-size=\"11\" text-anchor=\"middle\">%s</text>\n", box->x + box->width / 2,
			      box->y + box->height / 2 + ((double)i - (double)l->line_count / 2 + 0.8) * 14, l->lines[i]);
}

void drawing_write(const struct bpr_layout_graph *g, const struct bpr_layout *layout, const char *path)
{
	FILE *out = fopen(path, "w");

	if (!out)
		return;
	(void)fprintf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%g\" height=\"%g\" fill=\"none\" stroke=\"#333\">\n"
			   "<style>text{fill:#000;stroke:none;font-family:'Noto Sans CJK JP'}</style>"
			   "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n", layout->width, layout->height);
	for (size_t i = 0; i < g->pool_count; i++)
		write_box(out, &g->pools[i].box, "stroke-width=\"2\"");
	for (size_t i = 0; i < g->lane_count; i++)
		write_box(out, &g->lanes[i].box, "");
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < g->node_count; i++) {
			const struct bpr_layout_node *n = &g->nodes[i];

			if ((n->shape == BPR_SHAPE_GROUP) == pass)
				continue;
			write_box(out, &n->box, n->shape == BPR_SHAPE_TASK ? "fill=\"#def\" rx=\"8\"" : n->shape == BPR_SHAPE_EVENT ?
				  "fill=\"#dfd\" rx=\"18\"" : n->shape == BPR_SHAPE_GATEWAY ? "fill=\"#ffd\"" : "");
			write_label(out, &n->label, n->label.box.width > 0 ? &n->label.box : &n->box);
		}
	for (size_t i = 0; i < g->edge_count; i++) {
		const struct bpr_layout_edge *e = &g->edges[i];

		(void)fprintf(out, "<path stroke=\"%s\" d=\"", e->kind ? "#a50" : e->back ? "#b00" : "#000");
		for (size_t k = 0; k < e->point_count; k++)
			(void)fprintf(out, "%s%g %g", k ? "L" : "M", e->points[k].x, e->points[k].y);
		(void)fprintf(out, "\"/>\n");
		if (e->point_count)
			(void)fprintf(out, "<circle r=\"3\" fill=\"#000\" cx=\"%g\" cy=\"%g\"/>\n", e->points[e->point_count - 1].x,
				      e->points[e->point_count - 1].y);
		write_label(out, &e->label, &e->label.box);
	}
	(void)fprintf(out, "</svg>\n");
	(void)fclose(out);
}

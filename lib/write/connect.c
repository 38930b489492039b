/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrows between what stands already: right-angled ways, tried from the plainest one on, until one crosses no node. */
#include "config.h"
#include "write/extend_i.h"
#include <math.h>
#include <string.h>

enum { MOST_POINTS = 6, STEP = 20, TRIES = 12 };

struct way { struct bpr_point points[MOST_POINTS]; size_t count; };

/* Where an item stands: as drawn in the file, or as placed now. NULL where it has no place. */
static const struct bpr_box *box_of(const struct extension *x, size_t item)
{
	const struct picture_item *it = &x->p->items[item];
	const struct bpr_box *box = &it->box;

	if (it->hidden || it->picture != x->picture)
		return NULL;
	if (!it->drawn)
		box = it->role == PICTURE_POOL ? &x->all.pools[it->at].box : &x->all.nodes[it->at].box;
	return box->width > 0 && box->height > 0 ? box : NULL;
}

static double center_x(const struct bpr_box *box)
{
	return round(box->x + box->width / 2);
}

static double center_y(const struct bpr_box *box)
{
	return round(box->y + box->height / 2);
}

static bool meets(const struct bpr_box *box, struct bpr_point a, struct bpr_point b)
{
	return fmin(a.x, b.x) < box->x + box->width && fmax(a.x, b.x) > box->x && fmin(a.y, b.y) < box->y + box->height &&
	       fmax(a.y, b.y) > box->y;
}

static bool inside_of(const struct extension *x, size_t item, size_t group)
{
	for (size_t up = x->p->items[item].parent; up != BPR_NONE; up = x->p->items[up].parent)
		if (up == group)
			return true;
	return false;
}

/* Does the way cross a node other than those at its ends and the sub-processes around them? */
static bool crosses(const struct extension *x, const struct picture_item *edge, const struct way *way)
{
	for (size_t i = 0; i < x->p->item_count; i++) {
		const struct picture_item *it = &x->p->items[i];
		const struct bpr_box *box;

		if (it->role != PICTURE_NODE || i == edge->from || i == edge->to || it->event_border || it->picture != x->picture)
			continue;
		box = box_of(x, i);
		if (!box || inside_of(x, edge->from, i) || inside_of(x, edge->to, i))
			continue;
		for (size_t k = 0; k + 1 < way->count; k++)
			if (meets(box, way->points[k], way->points[k + 1]))
				return true;
	}
	return false;
}

/* From the right of one to the left of the other, over the middle or beside either. */
static struct way across(const struct bpr_box *a, const struct bpr_box *b, double at)
{
	double x1 = a->x + a->width;
	double middle = round(x1 + (b->x - x1) * at);
	struct way way = { { { x1, center_y(a) }, { middle, center_y(a) }, { middle, center_y(b) }, { b->x, center_y(b) } }, 4 };

	return way;
}

/* From top or bottom of one to top or bottom of the other, over a level of its own. */
static struct way over(const struct bpr_box *a, const struct bpr_box *b, double level)
{
	double y1 = level > center_y(a) ? a->y + a->height : a->y;
	double y2 = level > center_y(b) ? b->y + b->height : b->y;
	struct way way = { { { center_x(a), y1 }, { center_x(a), level }, { center_x(b), level }, { center_x(b), y2 } }, 4 };

	return way;
}

/* Out at the right, then up or down. */
static struct way around(const struct bpr_box *a, const struct bpr_box *b)
{
	struct way way = { { { a->x + a->width, center_y(a) }, { center_x(b), center_y(a) },
			     { center_x(b), center_y(b) > center_y(a) ? b->y : b->y + b->height } }, 3 };

	return way;
}

static struct way candidate(const struct bpr_box *a, const struct bpr_box *b, size_t n)
{
	static const double places[] = { 0.5, 0.15, 0.85 };
	double low = fmax(a->y + a->height, b->y + b->height);
	double high = fmin(a->y, b->y);

	if (n < 3 && b->x > a->x + a->width)
		return across(a, b, places[n]);
	if (n == 3 && center_x(b) > a->x + a->width && (b->y > center_y(a) || b->y + b->height < center_y(a)))
		return around(a, b);
	if (n == 4 && fabs(center_y(a) - center_y(b)) > a->height / 2 + b->height / 2 + STEP) {
		bool down = center_y(b) > center_y(a);

		return over(a, b, round(down ? (a->y + a->height + b->y) / 2 : (a->y + b->y + b->height) / 2));
	}
	return n % 2 ? over(a, b, low + STEP * (double)(n / 2 + 1)) : over(a, b, high - STEP * (double)(n / 2 + 1));
}

/* Points that say nothing are left out. */
static void simplify(struct way *way)
{
	size_t to = 1;

	for (size_t i = 1; i < way->count; i++) {
		struct bpr_point p = way->points[i];
		struct bpr_point before = way->points[to - 1];

		if (fabs(p.x - before.x) < 0.5 && fabs(p.y - before.y) < 0.5)
			continue;
		if (to > 1 && ((fabs(p.x - before.x) < 0.5 && fabs(before.x - way->points[to - 2].x) < 0.5) ||
			       (fabs(p.y - before.y) < 0.5 && fabs(before.y - way->points[to - 2].y) < 0.5)))
			to--;
		way->points[to++] = p;
	}
	way->count = to;
}

static bool connect(struct extension *x, const struct picture_item *edge)
{
	const struct bpr_box *a = box_of(x, edge->from);
	const struct bpr_box *b = box_of(x, edge->to);
	struct bpr_point *points;
	struct way way = { .count = 0 };

	if (!a || !b)
		return true;
	for (size_t n = 0; n < TRIES; n++) {
		way = candidate(a, b, n);
		if (!crosses(x, edge, &way))
			break;
	}
	simplify(&way);
	points = bpr_i_arena_alloc(&x->arena, way.count + 1, sizeof(*points));
	if (!points)
		return false;
	memcpy(points, way.points, way.count * sizeof(*points));
	x->all.edges[edge->at].points = points;
	x->all.edges[edge->at].point_count = way.count;
	return true;
}

bpr_status bpr_i_extend_edges(struct extension *x)
{
	for (size_t i = 0; i < x->p->item_count; i++) {
		const struct picture_item *it = &x->p->items[i];

		if (it->role != PICTURE_EDGE || it->picture != x->picture || it->drawn || it->hidden || x->edge[it->at] != BPR_NONE)
			continue;
		if (!connect(x, it))
			return BPR_ENOMEM;
	}
	return BPR_OK;
}

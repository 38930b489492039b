/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Labels of arcs, each at the place kept for it or the nearest one that nothing stands in: shapes, other labels and lines are
 * held in a coarse grid, so that a label asks only what is near.
 */
#include "config.h"
#include "layout/sheet_i.h"
#include "base/problem_i.h"
#include <math.h>

enum { CELL = 120 };

struct thing { struct bpr_box box; int weight; };
struct entry { size_t thing, next; };

struct map {
	size_t columns, rows;
	size_t *heads;                 /* entry + 1 */
	struct entry *entries; size_t entry_count, entry_capacity;
	struct thing *things; size_t thing_count, thing_capacity;
	bool failed;
};

static size_t clamp_cell(double x, size_t count)
{
	double c = floor(x / CELL);

	return c <= 0 ? 0 : c >= (double)(count - 1) ? count - 1 : (size_t)c;
}

static void put(struct map *m, struct bpr_box box, int weight)
{
	size_t x1 = clamp_cell(box.x, m->columns), x2 = clamp_cell(box.x + box.width, m->columns);
	size_t y1 = clamp_cell(box.y, m->rows), y2 = clamp_cell(box.y + box.height, m->rows);

	if (m->failed || !bpr_i_grow(&m->things, &m->thing_capacity, m->thing_count + 1, sizeof(*m->things)) ||
	    !bpr_i_grow(&m->entries, &m->entry_capacity, m->entry_count + (x2 - x1 + 1) * (y2 - y1 + 1), sizeof(*m->entries))) {
		m->failed = true;
		return;
	}
	m->things[m->thing_count] = (struct thing){ box, weight };
	for (size_t y = y1; y <= y2; y++) {
		for (size_t x = x1; x <= x2; x++) {
			size_t *head = &m->heads[y * m->columns + x];

			m->entries[m->entry_count] = (struct entry){ m->thing_count, *head };
			*head = ++m->entry_count;
		}
	}
	m->thing_count++;
}

static bool overlap(const struct bpr_box *a, const struct bpr_box *b)
{
	return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

/* What a label would cover here. */
static int price(const struct map *m, const struct bpr_box *box)
{
	int sum = 0;

	for (size_t y = clamp_cell(box->y, m->rows); y <= clamp_cell(box->y + box->height, m->rows); y++)
		for (size_t x = clamp_cell(box->x, m->columns); x <= clamp_cell(box->x + box->width, m->columns); x++)
			for (size_t e = m->heads[y * m->columns + x]; e && sum < 1000; e = m->entries[e - 1].next) {
				const struct thing *t = &m->things[m->entries[e - 1].thing];

				if (overlap(&t->box, box))
					sum += t->weight;
			}
	return sum;
}

static bool map_begin(struct run *run, struct map *m)
{
	double width = run->out->width, height = run->out->height;
	double cells = (width / CELL + 1) * (height / CELL + 1);

	if (!(cells < 4e6)) /* labels stay where they were meant to be */
		return true;
	m->columns = (size_t)(width / CELL) + 1;
	m->rows = (size_t)(height / CELL) + 1;
	m->heads = bpr_i_arena_alloc(&run->arena, m->columns * m->rows, sizeof(*m->heads));
	return m->heads;
}

static void put_line(struct map *m, const struct bpr_layout_edge *e)
{
	for (size_t i = 0; i + 1 < e->point_count; i++) {
		struct bpr_point a = e->points[i], b = e->points[i + 1];

		put(m, (struct bpr_box){ bpr_i_smaller(a.x, b.x) - 1, bpr_i_smaller(a.y, b.y) - 1, fabs(a.x - b.x) + 2, fabs(a.y - b.y) + 2 },
		    4);
	}
}

static void fill(struct run *run, struct map *m)
{
	const struct bpr_layout_graph *g = run->graph;

	for (size_t i = 0; i < g->node_count; i++) {
		const struct bpr_box *b = &g->nodes[i].box;

		if (g->nodes[i].shape != BPR_SHAPE_GROUP) {
			put(m, *b, 40);
		} else { /* its four edges and its name */
			put(m, (struct bpr_box){ b->x, b->y, b->width, g->nodes[i].text[0] ? 24 : 2 }, 10);
			put(m, (struct bpr_box){ b->x, b->y + b->height - 1, b->width, 2 }, 6);
			put(m, (struct bpr_box){ b->x, b->y, 2, b->height }, 6);
			put(m, (struct bpr_box){ b->x + b->width - 1, b->y, 2, b->height }, 6);
		}
		if (g->nodes[i].label.box.width > 0)
			put(m, g->nodes[i].label.box, 30);
	}
	for (size_t i = 0; i < g->edge_count; i++)
		put_line(m, &g->edges[i]);
	for (size_t i = 0; i < g->lane_count; i++)
		put(m, (struct bpr_box){ g->lanes[i].box.x, g->lanes[i].box.y - 1, g->lanes[i].box.width, 2 }, 3);
	for (size_t i = 0; i < g->pool_count; i++) {
		put(m, (struct bpr_box){ g->pools[i].box.x, g->pools[i].box.y - 1, g->pools[i].box.width, 2 }, 5);
		put(m, (struct bpr_box){ g->pools[i].box.x, g->pools[i].box.y + g->pools[i].box.height - 1, g->pools[i].box.width, 2 },
		    5);
	}
}

struct finder { const struct map *map; struct bpr_box best; int least; };

static void try_at(struct finder *f, double x, double y, int more)
{
	struct bpr_box box = { floor(x), floor(y), f->best.width, f->best.height };
	int here;

	if (f->least <= more)
		return;
	here = more + (f->map->heads ? price(f->map, &box) : 0);
	if (here < f->least) {
		f->least = here;
		f->best = box;
	}
}

/* Above a horizontal piece near its start, then further on, then below; beside a vertical one. */
static void try_piece(struct finder *f, struct bpr_point a, struct bpr_point b, int more, double indent)
{
	double length = fabs(a.x - b.x) + fabs(a.y - b.y), w = f->best.width, h = f->best.height;

	if (fabs(a.y - b.y) < 0.5) {
		for (int k = 0; k < 6; k++) {
			double at = k ? indent + (length - w - 2 * indent) * k / 5 : indent;
			double x = b.x > a.x ? a.x + at : a.x - at - w;

			if (k && (length < w + 2 * indent || at < 0))
				break;
			try_at(f, x, a.y - h - 2, more + k);
			try_at(f, x, a.y + 3, more + k + 2);
		}
		return;
	}
	for (int k = 0; k < 6; k++) {
		double at = k ? (length - h) * k / 6 : 4;
		double y = b.y > a.y ? a.y + at : a.y - at - h;

		if (k && length < h)
			break;
		try_at(f, a.x + 4, y, more + k);
		try_at(f, a.x - 4 - w, y, more + k + 2);
	}
}

static void find_place(struct run *run, struct map *m, size_t edge)
{
	struct bpr_layout_edge *e = &run->graph->edges[edge];
	struct finder f = { .map = m, .least = 1 << 20 };

	for (size_t i = 0; i < e->label.line_count; i++) {
		size_t n = 0;

		while (e->label.lines[i][n])
			n++;
		f.best.width = bpr_i_larger(f.best.width, ceil(bpr_i_layout_text_width(e->label.lines[i], n, run->measure->label_font) * 1.06 + 3));
	}
	f.best.height = (double)e->label.line_count * run->measure->label_line;
	for (size_t i = 0; i + 1 < e->point_count; i++) {
		/* A label belongs to where its arc begins; a message's to its middle. */
		bool upright = fabs(e->points[i].x - e->points[i + 1].x) < 0.5;
		bool message = e->kind == BPR_EDGE_MESSAGE;
		int more = message ? 0 : (int)i * 2 + (upright && e->point_count > 2 && !i && !e->back ? 3 : 0);

		try_piece(&f, e->points[i], e->points[i + 1], more, 5);
	}
	f.best.x = bpr_i_larger(0, f.best.x);
	f.best.y = bpr_i_larger(0, f.best.y);
	e->label.box = f.best;
	run->out->width = bpr_i_larger(run->out->width, f.best.x + f.best.width + 4);
	run->out->height = bpr_i_larger(run->out->height, f.best.y + f.best.height + 4);
	if (m->heads)
		put(m, f.best, 30);
}

bpr_status bpr_i_layout_labels(struct run *run)
{
	struct map m = { 0 };
	bpr_status status = BPR_OK;

	if (!map_begin(run, &m))
		return bpr_i_nomem(run->err);
	if (m.heads)
		fill(run, &m);
	for (size_t i = 0; i < run->graph->edge_count; i++)
		if (run->graph->edges[i].label.line_count)
			find_place(run, &m, i);
	if (m.failed)
		status = bpr_i_nomem(run->err);
	bpr_i_free(m.entries);
	bpr_i_free(m.things);
	return status;
}

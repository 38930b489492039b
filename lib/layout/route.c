/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ways of arcs, in rows, columns and gaps, before any coordinate. What leads ahead passes its own cells; it leaves a gateway
 * by the tip that points to its row, and enters one by the tip that it comes from, where the column is free. All else (back,
 * to another pool, to data) runs above or below a row, over a free column or in a gap.
 */
#include "config.h"
#include "layout/route_i.h"
#include "base/problem_i.h"
#include <math.h>

static size_t *numbers(struct sheet *s, size_t count)
{
	return bpr_i_arena_alloc(&s->arena, count + 1, sizeof(size_t));
}

/* ---- what is where ---- */

static size_t cell_slot(const struct sheet *s, size_t row, size_t layer)
{
	unsigned long long key = (unsigned long long)row * s->layer_count + layer;
	size_t slot = (size_t)((key * 0x9e3779b97f4a7c15ull) >> 20) & s->cell_mask;

	while (s->cells[2 * slot + 1] && s->cells[2 * slot] != (size_t)key)
		slot = (slot + 1) & s->cell_mask;
	return slot;
}

static bool cell_free(const struct sheet *s, size_t row, size_t layer)
{
	return !s->cells[2 * cell_slot(s, row, layer) + 1];
}

static void cell_take(struct sheet *s, size_t row, size_t layer)
{
	size_t slot = cell_slot(s, row, layer);

	s->cells[2 * slot] = row * s->layer_count + layer;
	s->cells[2 * slot + 1] = 1;
}

static bool cells_begin(struct router *r)
{
	struct sheet *s = r->s;
	size_t slots = 64, real = 0;

	while (slots < 2 * (s->item_count + 2 * s->wire_count))
		slots *= 2;
	s->cell_mask = slots - 1;
	s->cells = numbers(s, 2 * slots);
	r->real_before = numbers(s, s->item_count + 1);
	r->lines = bpr_i_arena_alloc(&s->arena, s->layer_count + 1, sizeof(*r->lines));
	if (!s->cells || !r->real_before || !r->lines)
		return false;
	for (size_t k = 0; k < s->item_count; k++) {
		const struct item *item = &s->items[s->layer_items[k]];

		cell_take(s, item->row, item->layer);
		r->real_before[k] = real;
		real += item->node != BPR_NONE;
	}
	r->real_before[s->item_count] = real;
	return true;
}

/* First of the column's items in this row or below it. */
static size_t first_at(const struct sheet *s, size_t layer, size_t row)
{
	size_t lo = s->layer_row[layer], hi = s->layer_row[layer + 1];

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->items[s->layer_items[mid]].row < row)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/*
 * Levels: 3 * row above its nodes, + 1 its nodes, + 2 below them. True where a line from one level to another meets no node
 * of the column and no other line.
 */
static bool column_free(const struct router *r, size_t layer, size_t from, size_t to, double dx, size_t owner)
{
	const struct sheet *s = r->s;
	size_t lo = from < to ? from : to, hi = from < to ? to : from;
	size_t first_row = (lo + 1) / 3 + ((lo + 1) % 3 > 1), end_row = (hi + 1) / 3; /* rows whose 3 * row + 1 is between */
	size_t steps = 0;

	if (end_row > s->row_count)
		end_row = s->row_count;
	if (first_row < end_row && r->real_before[first_at(s, layer, first_row)] != r->real_before[first_at(s, layer, end_row)])
		return false;
	for (const struct line *l = r->lines[layer]; l; l = l->next) {
		if (steps++ > 40)
			return false;
		if (l->owner != owner && l->lo <= hi && lo <= l->hi && l->dx - dx < 9 && dx - l->dx < 9)
			return false;
	}
	return true;
}

static void take_column(struct router *r, size_t layer, size_t from, size_t to, double dx, size_t owner)
{
	struct line *l = bpr_i_arena_alloc(&r->s->arena, 1, sizeof(*l));

	if (!l) {
		r->s->failed = true;
		return;
	}
	*l = (struct line){ from < to ? from : to, from < to ? to : from, dx, owner, r->lines[layer] };
	r->lines[layer] = l;
}

/* ---- writing a way ---- */

static void add_seg(struct router *r, struct wire *w, enum seg_place place, size_t at, double offset)
{
	struct sheet *s = r->s;

	if (!bpr_i_grow(&s->segs, &s->seg_capacity, s->seg_count + 1, sizeof(*s->segs))) {
		s->failed = true;
		return;
	}
	if (!w->seg_count)
		w->first_seg = s->seg_count;
	s->segs[s->seg_count++] = (struct seg){ .place = place, .at = at, .offset = offset, .wire = (size_t)(w - s->wires) };
	w->seg_count++;
}

static void label_here(const struct router *r, struct wire *w, bool late)
{
	w->label_seg = r->s->seg_count - 1;
	w->label_late = late;
}

enum { USE_NONE = 0, USE_OUT = 1, USE_IN = 2 };

static unsigned char *use(const struct router *r, size_t item, bool bottom)
{
	return &r->tips[2 * item + bottom];
}

static void take_side(struct router *r, size_t item, bool bottom, unsigned char how)
{
	*use(r, item, bottom) |= how;
	if (bottom)
		bpr_i_body_of(r, item)->bottom_taken = true;
	else
		bpr_i_body_of(r, item)->top_taken = true;
}

/* ---- ahead ---- */

static size_t level_of(size_t row)
{
	return 3 * row + 1;
}

/* Leaves by the tip of a gateway towards its row; false where the right side must do. */
static bool leave_by_tip(struct router *r, struct wire *w, size_t row)
{
	struct item *from = &r->s->items[w->from];
	bool bottom = row > from->row;

	if (r->outs[w->from] < 2 || !bpr_i_has_tips(r, w->from) || (*use(r, w->from, bottom) & USE_IN))
		return false;
	if (!cell_free(r->s, row, from->layer) || !column_free(r, from->layer, level_of(from->row), level_of(row), 0, from->node))
		return false;
	take_side(r, w->from, bottom, USE_OUT);
	take_column(r, from->layer, level_of(from->row), level_of(row), 0, from->node);
	cell_take(r->s, row, from->layer);
	add_seg(r, w, SEG_COLUMN, from->layer, 0);
	add_seg(r, w, SEG_ROW, row, 0);
	label_here(r, w, false);
	return true;
}

/* Leaves an event on the lower border of its host: straight down, or along below the row. */
static void leave_border(struct router *r, struct wire *w, size_t row, double dx)
{
	const struct item *from = &r->s->items[w->from];
	bool direct = row > from->row && cell_free(r->s, row, from->layer) &&
		      column_free(r, from->layer, level_of(from->row), level_of(row), dx, from->node);

	add_seg(r, w, SEG_COLUMN, from->layer, dx);
	take_column(r, from->layer, level_of(from->row), direct ? level_of(row) : 3 * from->row + 2, dx, from->node);
	if (direct) {
		cell_take(r->s, row, from->layer);
	} else {
		add_seg(r, w, SEG_ROW_BOTTOM, from->row, 0);
		add_seg(r, w, SEG_GAP, from->layer + 1, 0);
	}
	add_seg(r, w, SEG_ROW, row, 0);
	label_here(r, w, !direct);
}

/* The column is taken: by the tip all the same, then along the row and through the gap. Keeps ways out of a gateway apart. */
static bool leave_by_corner(struct router *r, struct wire *w, size_t row)
{
	struct item *from = &r->s->items[w->from];
	bool bottom = row > from->row;
	size_t channel = bottom ? 3 * from->row + 2 : 3 * from->row;

	if (r->outs[w->from] < 2 || bpr_i_shape_of(r, w->from) != BPR_SHAPE_GATEWAY || *use(r, w->from, bottom) ||
	    !column_free(r, from->layer, level_of(from->row), channel, 0, from->node))
		return false;
	take_side(r, w->from, bottom, USE_OUT);
	take_column(r, from->layer, level_of(from->row), channel, 0, from->node);
	add_seg(r, w, SEG_COLUMN, from->layer, 0);
	add_seg(r, w, bottom ? SEG_ROW_BOTTOM : SEG_ROW_TOP, from->row, 0);
	add_seg(r, w, SEG_GAP, from->layer + 1, 0);
	add_seg(r, w, SEG_ROW, row, 0);
	w->label_seg = w->first_seg;
	return true;
}

static bool enter_by_tip(struct router *r, struct wire *w, size_t row)
{
	struct item *to = &r->s->items[w->to];
	bool bottom = row > to->row;

	if (r->ins[w->to] < 2 || bpr_i_shape_of(r, w->to) != BPR_SHAPE_GATEWAY || (*use(r, w->to, bottom) & USE_OUT))
		return false;
	if (!cell_free(r->s, row, to->layer) || !column_free(r, to->layer, level_of(row), level_of(to->row), 0, to->node))
		return false;
	take_side(r, w->to, bottom, USE_IN);
	take_column(r, to->layer, level_of(row), level_of(to->row), 0, to->node);
	cell_take(r->s, row, to->layer);
	add_seg(r, w, SEG_COLUMN, to->layer, 0);
	return true;
}

static void leave(struct router *r, struct wire *w, size_t next_row)
{
	const struct item *from = &r->s->items[w->from];
	size_t rider = w->a.node;

	if (r->s->run->graph->nodes[rider].host != BPR_NONE) {
		leave_border(r, w, next_row, r->s->run->bodies[rider].dx);
		return;
	}
	if (next_row == from->row) {
		add_seg(r, w, SEG_ROW, from->row, 0);
		label_here(r, w, false);
		r->rights[w->from]++;
		return;
	}
	/* A single step into a join goes ahead and then by the join's tip; a split is left by its own. */
	if (leave_by_tip(r, w, next_row))
		return;
	add_seg(r, w, SEG_ROW, from->row, 0);
	if (!w->pass_count && enter_by_tip(r, w, from->row)) {
		w->label_seg = r->s->seg_count - 2;
		return;
	}
	if (r->rights[w->from]++ && r->s->seg_count - 1 == w->first_seg) {
		r->s->seg_count--;
		w->seg_count = 0;
		if (leave_by_corner(r, w, next_row))
			return;
		add_seg(r, w, SEG_ROW, from->row, 0);
	}
	add_seg(r, w, SEG_GAP, from->layer + 1, 0);
	add_seg(r, w, SEG_ROW, next_row, 0);
	label_here(r, w, true);
}

static void route_ahead(struct router *r, struct wire *w)
{
	struct sheet *s = r->s;
	size_t row = w->pass_count ? s->items[w->first_pass].row : s->items[w->to].row;

	leave(r, w, row);
	for (size_t k = 1; k <= w->pass_count; k++) {
		size_t next = k == w->pass_count ? s->items[w->to].row : s->items[w->first_pass + k].row;
		size_t layer = s->items[w->first_pass + k - 1].layer;

		if (next == row)
			continue;
		if (k == w->pass_count && enter_by_tip(r, w, row))
			return;
		add_seg(r, w, SEG_GAP, layer + 1, 0);
		add_seg(r, w, SEG_ROW, next, 0);
		row = next;
	}
}

static bool goes_straight(const struct sheet *s, const struct wire *w)
{
	return s->items[w->from].row == s->items[w->pass_count ? w->first_pass : w->to].row;
}

/* ---- ends of all else ---- */

/* Docks beside those that docked there before: 0, 20, -20, 40 … from the middle, off the events on the border. */
static bool dock(struct router *r, size_t item, bool bottom, double *dx)
{
	static const double tries[] = { 0, 20, -20, 40, -40, 60, -60, 80, -80, 10, -10, 30, -30 };
	struct body *body = bpr_i_body_of(r, item);
	enum side side = bottom ? SIDE_BOTTOM : SIDE_TOP;
	size_t count = sizeof(tries) / sizeof(tries[0]);

	*dx = 0;
	if (bpr_i_has_tips(r, item))
		return true;
	for (size_t turn = 0; turn < count; turn++) {
		size_t k = (body->ports[side] + turn) % count;
		bool free = tries[k] <= body->width / 2 - 12 && -tries[k] <= body->width / 2 - 12;

		for (size_t i = body->first_rider; free && i != BPR_NONE; i = r->s->run->bodies[i].next_rider) {
			const struct body *rider = &r->s->run->bodies[i];

			double apart = fabs(rider->dx - tries[k]);

			free = bottom != (rider->dy > 0) || apart > bpr_i_larger(rider->width, rider->label_width) / 2 + 8;
		}
		if (free) {
			*dx = tries[k];
			body->ports[side] = (unsigned char)((k + 1) % count);
			return true;
		}
	}
	return false;
}

/* How unwelcome another line is at this side. */
static int side_cost(const struct router *r, size_t item, bool bottom)
{
	const struct body *body = bpr_i_body_of(r, item);
	int cost = *use(r, item, bottom) ? bpr_i_has_tips(r, item) ? 4 : 1 : 0;

	for (size_t i = body->first_rider; i != BPR_NONE; i = r->s->run->bodies[i].next_rider)
		if (bottom == (r->s->run->bodies[i].dy > 0))
			return cost + 3;
	return cost;
}

static size_t pool_row(const struct sheet *s, size_t pool, bool last)
{
	size_t found = BPR_NONE;

	for (size_t b = 0; b < s->band_count; b++)
		if (s->bands[b].pool == pool && (last || found == BPR_NONE))
			found = last ? s->bands[b].first_row + s->bands[b].row_count - 1 : s->bands[b].first_row;
	return found == BPR_NONE ? 0 : found;
}

static bool is_outward(const struct wire *w, bool to)
{
	return to ? w->leaves : w->enters;
}

/* The other end lies outside: out by the edge that is nearer to it. */
static bool goes_down(const struct router *r, const struct wire *w)
{
	const struct bpr_layout_graph *g = r->s->run->graph;
	const struct bpr_layout_edge *e = &g->edges[w->edge];
	size_t here = w->leaves ? e->from : e->to, there = w->leaves ? e->to : e->from;
	size_t here_pool = g->nodes[here].pool, there_pool = there == BPR_NONE ? (w->leaves ? e->to_pool : e->from_pool)
									       : g->nodes[there].pool;

	return here_pool == BPR_NONE || there_pool == BPR_NONE || there_pool >= here_pool;
}

static enum side toward(size_t own_row, size_t other_row)
{
	return other_row == own_row ? SIDE_ANY : other_row > own_row ? SIDE_BOTTOM : SIDE_TOP;
}

/* The side that is asked for, or the one with more room, or the other where nothing can dock there. */
static void find_side(struct router *r, bool to, enum side want, struct port *p)
{
	bool bottom = want == SIDE_ANY ? side_cost(r, p->item, true) <= side_cost(r, p->item, false) : want == SIDE_BOTTOM;
	unsigned char against = to ? USE_OUT : USE_IN;

	/* A tip is left by some or entered by some; else none could tell which way a line goes. */
	if (bpr_i_has_tips(r, p->item) && (*use(r, p->item, bottom) & against) && !(*use(r, p->item, !bottom) & against))
		bottom = !bottom;
	if (!dock(r, p->item, bottom, &p->offset)) {
		bottom = !bottom;
		(void)dock(r, p->item, bottom, &p->offset);
	}
	p->side = bottom ? SIDE_BOTTOM : SIDE_TOP;
	take_side(r, p->item, bottom, to ? USE_IN : USE_OUT);
}

/* Data and notes stand beside each other: the first is left to the left, the last to the right. */
static enum side outer_side(const struct router *r, size_t item, size_t thing, enum side want)
{
	const struct body *bodies = r->s->run->bodies;
	bool before = false, behind = false, passed = false;

	for (size_t i = bodies[r->s->items[item].node].first_rider; i != BPR_NONE; i = bodies[i].next_rider) {
		if (r->s->run->graph->nodes[i].host != BPR_NONE)
			continue;
		before |= !passed && i != thing;
		behind |= passed;
		passed |= i == thing;
	}
	return before == behind ? want : before ? SIDE_RIGHT : SIDE_LEFT;
}

/* Where an end that stands in a cell docks. */
static void find_port(struct router *r, const struct wire *w, bool to, enum side want, struct port *p)
{
	const struct sheet *s = r->s;
	const struct end *end = to ? &w->b : &w->a;
	size_t item = to ? w->to : w->from, other = to ? w->from : w->to;
	const struct body *rider = &s->run->bodies[end->node];

	*p = (struct port){ .item = item, .layer = s->items[item].layer, .row = s->items[item].row };
	if (end->side != SIDE_ANY) {
		p->side = end->side;
		p->offset = end->dx - bpr_i_body_of(r, item)->width / 2;
	} else if (s->run->graph->nodes[end->node].host != BPR_NONE) {
		p->side = SIDE_BOTTOM;
		p->offset = rider->dx;
	} else if (rider->carrier != BPR_NONE) {
		p->side = outer_side(r, item, end->node, other != BPR_NONE && s->items[other].layer < p->layer ? SIDE_LEFT : SIDE_RIGHT);
		p->offset = rider->dy;
	} else {
		find_side(r, to, want, p);
	}
}

/* Levels of the channel beside a port, and of its node. */
static size_t channel_of(const struct port *p)
{
	return p->side == SIDE_BOTTOM ? 3 * p->row + 2 : 3 * p->row;
}

static bool is_upright(const struct port *p)
{
	return p->side == SIDE_TOP || p->side == SIDE_BOTTOM;
}

static void add_channel(struct router *r, struct wire *w, size_t level)
{
	add_seg(r, w, level % 3 == 2 ? SEG_ROW_BOTTOM : SEG_ROW_TOP, level / 3, 0);
}

static void add_column(struct router *r, struct wire *w, const struct port *p, size_t from, size_t to)
{
	take_column(r, p->layer, from, to, p->offset, r->s->items[p->item].node);
	add_seg(r, w, SEG_COLUMN, p->layer, p->offset);
}

static bool port_free(const struct router *r, const struct port *p, size_t level)
{
	/* From the port's own channel on: between node and channel the line is alone. */
	size_t from = channel_of(p);
	bool away = p->side == SIDE_BOTTOM ? level >= from : level <= from;

	return away && column_free(r, p->layer, from, level, p->offset, r->s->items[p->item].node);
}

static size_t gap_beside(const struct port *p)
{
	return p->side == SIDE_LEFT ? p->layer : p->layer + 1;
}

/* ---- between two cells ---- */

static void connect_upright(struct router *r, struct wire *w, const struct port *a, const struct port *b)
{
	size_t ha = channel_of(a), hb = channel_of(b), gap;

	if (a->layer == b->layer && !(a->offset < b->offset || a->offset > b->offset) && a->item != b->item &&
	    port_free(r, a, hb) && a->side != b->side) {
		add_column(r, w, a, level_of(a->row), level_of(b->row));
		return;
	}
	if (ha == hb || port_free(r, b, ha)) {
		add_column(r, w, a, level_of(a->row), ha);
		add_channel(r, w, ha);
		add_column(r, w, b, ha, level_of(b->row));
		return;
	}
	if (port_free(r, a, hb)) {
		add_column(r, w, a, level_of(a->row), hb);
		add_channel(r, w, hb);
		add_column(r, w, b, hb, level_of(b->row));
		return;
	}
	gap = b->layer < a->layer ? b->layer + 1 : b->layer > a->layer ? b->layer : a->layer + 1;
	add_column(r, w, a, level_of(a->row), ha);
	add_channel(r, w, ha);
	add_seg(r, w, SEG_GAP, gap, 0);
	add_channel(r, w, hb);
	add_column(r, w, b, hb, level_of(b->row));
}

static void connect(struct router *r, struct wire *w, const struct port *a, const struct port *b)
{
	if (is_upright(a) && is_upright(b)) {
		connect_upright(r, w, a, b);
	} else if (is_upright(a)) {
		add_column(r, w, a, level_of(a->row), channel_of(a));
		add_channel(r, w, channel_of(a));
		add_seg(r, w, SEG_GAP, gap_beside(b), 0);
		add_seg(r, w, SEG_ROW, b->row, b->offset);
	} else if (is_upright(b)) {
		add_seg(r, w, SEG_ROW, a->row, a->offset);
		add_seg(r, w, SEG_GAP, gap_beside(a), 0);
		add_channel(r, w, channel_of(b));
		add_column(r, w, b, channel_of(b), level_of(b->row));
	} else {
		add_seg(r, w, SEG_ROW, a->row, a->offset);
		add_seg(r, w, SEG_GAP, gap_beside(a), 0);
		if (gap_beside(a) != gap_beside(b)) {
			add_channel(r, w, 3 * b->row);
			add_seg(r, w, SEG_GAP, gap_beside(b), 0);
		}
		add_seg(r, w, SEG_ROW, b->row, b->offset);
	}
}

/* ---- to a pool or out of the group ---- */

/* Straight over the column to a level outside if that is free, else along the row and through a gap. */
static void connect_out(struct router *r, struct wire *w, const struct port *p, size_t level, bool reverse)
{
	bool direct = is_upright(p) && port_free(r, p, level);

	if (direct) {
		add_column(r, w, p, level_of(p->row), level);
		return;
	}
	if (!reverse && is_upright(p)) {
		add_column(r, w, p, level_of(p->row), channel_of(p));
		add_channel(r, w, channel_of(p));
	} else if (!reverse) {
		add_seg(r, w, SEG_ROW, p->row, p->offset);
	}
	add_seg(r, w, SEG_GAP, is_upright(p) ? p->layer + 1 : gap_beside(p), 0);
	if (reverse && is_upright(p)) {
		add_channel(r, w, channel_of(p));
		add_column(r, w, p, channel_of(p), level_of(p->row));
	} else if (reverse) {
		add_seg(r, w, SEG_ROW, p->row, p->offset);
	}
}

static void route_out(struct router *r, struct wire *w)
{
	const struct sheet *s = r->s;
	bool reverse = w->from == BPR_NONE;
	const struct end *pool = reverse ? &w->a : &w->b;
	size_t row = s->items[reverse ? w->to : w->from].row, top = 0, bottom = 3 * s->row_count;
	enum side want;
	struct port p;

	if (is_outward(w, !reverse)) {
		want = goes_down(r, w) ? SIDE_BOTTOM : SIDE_TOP;
	} else {
		size_t first = pool_row(s, pool->pool, false), last = pool_row(s, pool->pool, true);

		want = row <= last ? SIDE_BOTTOM : SIDE_TOP;
		bottom = row < first ? 3 * first : 3 * last + 2;
		top = 3 * last + 2;
		w->out_side = row < first ? SIDE_TOP : SIDE_BOTTOM;
	}
	find_port(r, w, reverse, want, &p);
	if (is_outward(w, !reverse))
		w->out_side = is_upright(&p) ? p.side : want;
	w->out_level = (is_outward(w, !reverse) ? w->out_side : want) == SIDE_BOTTOM ? bottom : top;
	connect_out(r, w, &p, w->out_level, reverse);
}

/* ---- all else ---- */

static bool is_fixed(const struct router *r, const struct end *end)
{
	return end->side != SIDE_ANY || r->s->run->bodies[end->node].carrier != BPR_NONE;
}

/* From a node to itself: beside its middle there and back, or by its right tip and back from below. */
static void route_loop(struct router *r, struct wire *w)
{
	bool fixed = is_fixed(r, &w->a) || is_fixed(r, &w->b);
	struct port a, b;

	find_port(r, w, false, SIDE_ANY, &a);
	find_port(r, w, true, a.side, &b);
	if (fixed || a.side != b.side || a.offset < b.offset || a.offset > b.offset) {
		connect(r, w, &a, &b);
		return;
	}
	add_seg(r, w, SEG_ROW, a.row, 0);
	add_seg(r, w, SEG_GAP, a.layer + 1, 0);
	add_channel(r, w, channel_of(&b));
	add_column(r, w, &b, channel_of(&b), level_of(b.row));
}

/* Which side serves both ends of an arc back along one row. */
static enum side side_for_both(const struct router *r, const struct wire *w)
{
	int below = side_cost(r, w->from, true) + side_cost(r, w->to, true);
	int above = side_cost(r, w->from, false) + side_cost(r, w->to, false);

	return below <= above ? SIDE_BOTTOM : SIDE_TOP;
}

/* Data or a note above its node. */
static bool is_above(const struct router *r, const struct end *end)
{
	return r->s->run->bodies[end->node].carrier != BPR_NONE && r->s->run->graph->nodes[end->node].host == BPR_NONE;
}

static void route_between(struct router *r, struct wire *w)
{
	size_t row_a = r->s->items[w->from].row, row_b = r->s->items[w->to].row;
	enum side a_side = toward(row_a, row_b), b_side = toward(row_b, row_a);
	struct port a, b;

	if (row_a == row_b)
		a_side = b_side = side_for_both(r, w);
	find_port(r, w, false, a_side, &a);
	if (row_a == row_b && is_upright(&a))
		b_side = a.side;
	find_port(r, w, true, b_side, &b);
	connect(r, w, &a, &b);
}

static void route_free(struct router *r, struct wire *w)
{
	if (w->from == BPR_NONE && w->to == BPR_NONE) { /* two pools */
		size_t a = pool_row(r->s, w->a.pool, false), b = pool_row(r->s, w->b.pool, false);

		add_seg(r, w, SEG_GAP, 0, 0);
		w->out_side = a < b ? SIDE_TOP : SIDE_BOTTOM;
	} else if (w->from == BPR_NONE || w->to == BPR_NONE) {
		route_out(r, w);
	} else if (w->from != w->to) {
		route_between(r, w);
	} else if (is_above(r, &w->a) || is_above(r, &w->b)) {
		w->rides = true;
	} else {
		route_loop(r, w);
	}
	if (w->seg_count)
		w->label_seg = w->first_seg;
}

bpr_status bpr_i_sheet_routes(struct sheet *s)
{
	struct router r = { .s = s };

	r.tips = bpr_i_arena_alloc(&s->arena, 2 * s->item_count + 1, 1);
	r.outs = numbers(s, s->real_count);
	r.ins = numbers(s, s->real_count);
	r.rights = numbers(s, s->real_count);
	if (!r.tips || !r.outs || !r.rights || !r.ins || !cells_begin(&r))
		return bpr_i_nomem(s->run->err);
	for (size_t i = 0; i < s->wire_count; i++) {
		if (!s->wires[i].flow)
			continue;
		r.outs[s->wires[i].from]++;
		r.ins[s->wires[i].to]++;
	}
	for (int pass = 0; pass < 2; pass++) /* what goes straight on has the right tip */
		for (size_t i = 0; i < s->wire_count; i++)
			if (s->wires[i].kind == WIRE_AHEAD && goes_straight(s, &s->wires[i]) == !pass)
				route_ahead(&r, &s->wires[i]);
	for (size_t i = 0; i < s->wire_count; i++)
		if (s->wires[i].kind == WIRE_FREE)
			route_free(&r, &s->wires[i]);
	if (!bpr_i_sheet_docks(&r) || s->failed)
		return bpr_i_nomem(s->run->err);
	return BPR_OK;
}

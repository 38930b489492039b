/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where ends dock at the sides of boxes, once it is known which arcs come to each side. */
#include "config.h"
#include "layout/route_i.h"
#include <math.h>
#include <stdlib.h>

/* ---- docking beside each other ---- */

struct arrival { size_t wire, seg, row; };

/* Those that come to (or leave by) one side of a box: above those from above, the middle for the straight one. */
static void spread(struct router *r, size_t item, const struct arrival *list, size_t count, bool straight)
{
	const struct sheet *s = r->s;
	double most = bpr_i_body_of(r, item)->height / 2 - 12, step = 14;
	size_t above = 0, below = 0, row = s->items[item].row;

	if (bpr_i_has_tips(r, item) || (!straight && count == 1))
		return;
	for (size_t i = 0; i < count; i++)
		*(list[i].row < row ? &above : &below) += 1;
	if (step * (double)(above > below ? above : below) > most)
		step = most / (double)(above > below ? above : below);
	for (size_t i = 0, up = above, down = 0; i < count; i++) {
		double offset = list[i].row < row ? -step * (double)up-- : step * (double)++down;

		if (!straight && !above)
			offset -= step;
		else if (!straight && !below)
			offset += step;
		s->segs[list[i].seg].offset = (double)(long)offset;
	}
}

static int compare_arrivals(const void *a, const void *b)
{
	const struct arrival *x = a, *y = b;

	return x->row != y->row ? (x->row < y->row ? -1 : 1) : x->wire < y->wire ? -1 : x->wire > y->wire;
}

/* Comes to (leaves) the side of its node through a gap: from which row. out->seg: the piece at that side, straight on or not. */
static bool is_arrival(const struct sheet *s, const struct wire *w, bool in, struct arrival *out)
{
	const struct seg *end, *turn, *before;

	*out = (struct arrival){ (size_t)(w - s->wires), BPR_NONE, 0 };
	if (!w->seg_count || w->kind != WIRE_AHEAD)
		return false;
	end = in ? &s->segs[w->first_seg + w->seg_count - 1] : &s->segs[w->first_seg];
	if (end->place != SEG_ROW)
		return false;
	out->seg = (size_t)(end - s->segs);
	if (w->seg_count < 3)
		return false;
	turn = in ? end - 1 : end + 1;
	before = in ? end - 2 : end + 2;
	out->row = before->at;
	return turn->place == SEG_GAP;
}

static bool spread_docks(struct router *r, bool in)
{
	struct sheet *s = r->s;
	size_t *row = bpr_i_arena_alloc(&s->arena, s->real_count + 3, sizeof(*row));
	struct arrival *list = bpr_i_arena_alloc(&s->arena, s->wire_count + 1, sizeof(*list)), one;
	unsigned char *straight = bpr_i_arena_alloc(&s->arena, s->real_count + 1, 1);

	if (!row || !list || !straight)
		return false;
	for (size_t i = 0; i < s->wire_count; i++) {
		size_t item = in ? s->wires[i].to : s->wires[i].from;

		if (is_arrival(s, &s->wires[i], in, &one))
			row[item + 2]++;
		else if (s->wires[i].kind == WIRE_AHEAD && one.seg != BPR_NONE)
			straight[item] = 1;
	}
	for (size_t i = 0; i < s->real_count; i++)
		row[i + 2] += row[i + 1];
	for (size_t i = 0; i < s->wire_count; i++)
		if (is_arrival(s, &s->wires[i], in, &one))
			list[row[(in ? s->wires[i].to : s->wires[i].from) + 1]++] = one;
	for (size_t i = 0; i < s->real_count; i++) {
		qsort(list + row[i], row[i + 1] - row[i], sizeof(*list), compare_arrivals);
		spread(r, i, list + row[i], row[i + 1] - row[i], straight[i]);
	}
	return true;
}

/* ---- docks of what runs along a row ---- */

/* An end above or below a box, and the way that the arc takes from there. */
struct docked { size_t item, wire; bool bottom, to; size_t seg; int side; double depth, dx; };

static bool is_docked(const struct router *r, const struct wire *w, bool to, struct docked *out)
{
	const struct sheet *s = r->s;
	const struct end *end = to ? &w->b : &w->a;
	size_t item = to ? w->to : w->from, at;
	const struct seg *seg, *next, *far;

	if (w->kind != WIRE_FREE || w->seg_count < 3 || item == BPR_NONE || bpr_i_has_tips(r, item) || end->side != SIDE_ANY ||
	    s->run->bodies[end->node].carrier != BPR_NONE)
		return false;
	at = to ? w->first_seg + w->seg_count - 1 : w->first_seg;
	seg = &s->segs[at];
	if (seg->place != SEG_COLUMN)
		return false;
	next = to ? seg - 1 : seg + 1;
	far = to ? seg - 2 : seg + 2;
	*out = (struct docked){ .item = item, .wire = (size_t)(w - s->wires), .to = to, .seg = at, .dx = seg->offset };
	out->bottom = next->place == SEG_ROW_BOTTOM ? next->at >= s->items[item].row : next->at > s->items[item].row;
	out->depth = fabs((double)next->at - (double)s->items[item].row);
	out->side = far->place == SEG_GAP ? far->at > s->items[item].layer ? 1 : -1
					  : far->at > s->items[item].layer ? 1 : far->at < s->items[item].layer ? -1 : 0;
	if (far->place == SEG_COLUMN && next->at == s->items[item].row) /* along the own row: the nearer, the further inside */
		out->depth = 1 - 0.9 / (1 + fabs((double)far->at - (double)s->items[item].layer));
	return true;
}

/* From left to right: to the left, nearest first; then to the right, nearest last. */
static int compare_docked(const void *a, const void *b)
{
	const struct docked *x = a, *y = b;
	double dx, dy;

	if (x->item != y->item)
		return x->item < y->item ? -1 : 1;
	if (x->bottom != y->bottom)
		return x->bottom ? 1 : -1;
	if (x->side != y->side)
		return x->side < y->side ? -1 : 1;
	dx = x->side > 0 ? -x->depth : x->depth;
	dy = y->side > 0 ? -y->depth : y->depth;
	if (dx < dy || dx > dy)
		return dx < dy ? -1 : 1;
	return x->seg < y->seg ? -1 : x->seg > y->seg;
}

static int compare_offsets(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

/* Ends at one side keep their places, but those that would cross change them. */
static bool sort_docks(struct router *r)
{
	struct sheet *s = r->s;
	struct docked *list = bpr_i_arena_alloc(&s->arena, 2 * s->wire_count + 1, sizeof(*list));
	double *places = bpr_i_arena_alloc(&s->arena, 2 * s->wire_count + 1, sizeof(*places));
	size_t count = 0;

	if (!list || !places)
		return false;
	for (size_t i = 0; i < s->wire_count; i++)
		for (int k = 0; k < 2; k++)
			count += is_docked(r, &s->wires[i], k, &list[count]);
	qsort(list, count, sizeof(*list), compare_docked);
	for (size_t i = 0, end; i < count; i = end) {
		for (end = i; end < count && list[end].item == list[i].item && list[end].bottom == list[i].bottom; end++)
			places[end] = list[end].dx;
		qsort(places + i, end - i, sizeof(*places), compare_offsets);
		for (size_t k = i; k < end; k++)
			s->segs[list[k].seg].offset = places[k];
	}
	return true;
}

bool bpr_i_sheet_docks(struct router *r)
{
	return spread_docks(r, true) && spread_docks(r, false) && sort_docks(r);
}

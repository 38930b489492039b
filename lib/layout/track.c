/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Arcs of one channel beside each other: in a gap ordered so that few cross and none lie on each other, then as close as
 * that allows; along a row the shorter nearer to the nodes, so that loops nest.
 */
#include "config.h"
#include "layout/sheet_i.h"
#include "base/problem_i.h"
#include <stdlib.h>

/* A vertical piece in a gap: the heights at which it begins and ends, and where its neighbours come from. */
struct upright {
	size_t seg, track;
	double key[2];          /* levels, rows with the offset of their line; key[0] begins */
	double lo, hi;
	signed char side[2];    /* -1: on to the left, 1: to the right, 0: ends at a pool */
	bool along[2];          /* on along the middle of a row: two of one height would lie on each other */
};

static double key_of(const struct seg *seg)
{
	if (seg->place == SEG_ROW)
		return 3 * (double)seg->at + 1 + bpr_i_larger(-900, bpr_i_smaller(900, seg->offset)) / 1000;
	return 3 * (double)seg->at + (seg->place == SEG_ROW_BOTTOM ? 2 : 0);
}

static size_t end_layer(const struct sheet *s, const struct wire *w, bool last)
{
	return s->items[last ? w->to : w->from].layer;
}

/* On which side of its gap a piece goes on by its neighbour (the one before it, or behind it). */
static signed char side_of(const struct sheet *s, const struct wire *w, size_t at, bool behind)
{
	const struct seg *seg = &s->segs[at];
	size_t first = w->first_seg, last = w->first_seg + w->seg_count - 1;
	size_t next = behind ? at + 1 : at - 1;
	const struct seg *far;

	if (behind ? next == last : next == first)
		return end_layer(s, w, behind) < seg->at ? -1 : 1;
	far = &s->segs[behind ? next + 1 : next - 1];
	return far->at < seg->at ? -1 : 1;
}

static struct upright describe(const struct sheet *s, size_t at)
{
	const struct seg *seg = &s->segs[at];
	const struct wire *w = &s->wires[seg->wire];
	struct upright u = { .seg = at };

	for (int k = 0; k < 2; k++) {
		bool outside = k ? at == w->first_seg + w->seg_count - 1 : at == w->first_seg;
		size_t next = k ? at + 1 : at - 1;

		if (outside) { /* at a pool, or the edge of the group */
			u.key[k] = (double)w->out_level;
			continue;
		}
		u.key[k] = key_of(&s->segs[next]);
		u.side[k] = side_of(s, w, at, k);
		u.along[k] = s->segs[next].place == SEG_ROW;
	}
	u.lo = bpr_i_smaller(u.key[0], u.key[1]);
	u.hi = bpr_i_larger(u.key[0], u.key[1]);
	return u;
}

static bool same(double a, double b)
{
	return !(a < b || a > b);
}

/* Crossings where a stands left of b, ten for lines on each other. */
static int cost(const struct upright *a, const struct upright *b)
{
	int sum = 0;

	for (int i = 0; i < 2; i++) {
		if (a->side[i] > 0)
			sum += a->key[i] > b->lo && a->key[i] < b->hi;
		if (b->side[i] < 0)
			sum += b->key[i] > a->lo && b->key[i] < a->hi;
		for (int k = 0; k < 2; k++)
			if (a->side[i] > 0 && b->side[k] < 0 && same(a->key[i], b->key[k]))
				sum += a->along[i] && b->along[k] ? 10 : 0;
	}
	return sum;
}

/* Loops to the left first, then those that pass, the steepest way first, then loops to the right. */
static int rank(const struct upright *u)
{
	int turn = u->side[0] + u->side[1];

	return turn < 0 ? 0 : turn > 0 ? 2 : 1;
}

static int compare_uprights(const void *a, const void *b)
{
	const struct upright *x = a, *y = b;
	double left_x, left_y;

	if (rank(x) != rank(y))
		return rank(x) < rank(y) ? -1 : 1;
	left_x = x->side[0] < 0 ? x->key[0] : x->key[1];
	left_y = y->side[0] < 0 ? y->key[0] : y->key[1];
	/* Those that go down: the lowest at the left; those that go up: the highest. */
	if (left_x > x->lo)
		left_x = -left_x;
	if (left_y > y->lo)
		left_y = -left_y;
	if (!same(left_x, left_y))
		return left_x > left_y ? -1 : 1;
	return x->seg < y->seg ? -1 : x->seg > y->seg;
}

/* Moves each piece to where it crosses least; a few rounds. */
static void improve(struct upright *list, size_t count)
{
	bool better = true;

	for (int round = 0; better && round < 4; round++) {
		better = false;
		for (size_t i = 0; i < count; i++) {
			struct upright u = list[i];
			size_t best = i;
			int change = 0, least = 0;

			for (size_t k = i; k-- > 0;) {
				change += cost(&u, &list[k]) - cost(&list[k], &u);
				if (change < least) {
					least = change;
					best = k;
				}
			}
			change = 0;
			for (size_t k = i + 1; k < count; k++) {
				change += cost(&list[k], &u) - cost(&u, &list[k]);
				if (change < least) {
					least = change;
					best = k;
				}
			}
			for (size_t k = i; k > best; k--)
				list[k] = list[k - 1];
			for (size_t k = i; k < best; k++)
				list[k] = list[k + 1];
			list[best] = u;
			better |= best != i;
		}
	}
}

static size_t pack(struct upright *list, size_t count)
{
	size_t tracks = 0;

	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < i; k++) {
			bool apart = list[k].hi < list[i].lo || list[i].hi < list[k].lo;

			if (list[k].track >= list[i].track && (!apart || cost(&list[k], &list[i]) != cost(&list[i], &list[k])))
				list[i].track = list[k].track + 1;
		}
		if (list[i].track + 1 > tracks)
			tracks = list[i].track + 1;
	}
	return tracks;
}

static int compare_lo(const void *a, const void *b)
{
	const struct upright *x = a, *y = b;

	if (!same(x->lo, y->lo))
		return x->lo < y->lo ? -1 : 1;
	return x->seg < y->seg ? -1 : x->seg > y->seg;
}

/* Of many: each on the first track that is free (left edge algorithm, Hashimoto and Stevens, DAC 1971). */
static size_t pack_many(struct upright *list, size_t count, double *ends)
{
	size_t tracks = 0;

	qsort(list, count, sizeof(*list), compare_lo);
	for (size_t i = 0; i < count; i++) {
		size_t t = 0;

		while (t < tracks && ends[t] >= list[i].lo)
			t++;
		list[i].track = t;
		ends[t] = list[i].hi;
		if (t == tracks)
			tracks++;
	}
	return tracks;
}

enum { ORDERED = 150 };

bpr_status bpr_i_sheet_gap_tracks(struct sheet *s)
{
	size_t *row = bpr_i_arena_alloc(&s->arena, s->layer_count + 4, sizeof(size_t));
	struct upright *list = bpr_i_arena_alloc(&s->arena, s->seg_count + 1, sizeof(*list));
	double *ends = bpr_i_arena_alloc(&s->arena, s->seg_count + 1, sizeof(*ends));

	s->gaps = bpr_i_arena_alloc(&s->arena, s->layer_count + 2, sizeof(*s->gaps));
	if (!row || !list || !ends || !s->gaps)
		return bpr_i_nomem(s->run->err);
	for (size_t i = 0; i < s->seg_count; i++)
		if (s->segs[i].place == SEG_GAP)
			row[s->segs[i].at + 2]++;
	for (size_t g = 0; g <= s->layer_count; g++)
		row[g + 2] += row[g + 1];
	for (size_t i = 0; i < s->seg_count; i++)
		if (s->segs[i].place == SEG_GAP)
			list[row[s->segs[i].at + 1]++] = describe(s, i);
	for (size_t g = 0; g <= s->layer_count; g++) {
		struct upright *first = list + row[g];
		size_t count = row[g + 1] - row[g];

		if (count <= ORDERED) {
			qsort(first, count, sizeof(*first), compare_uprights);
			improve(first, count);
			s->gaps[g].tracks = pack(first, count);
		} else {
			s->gaps[g].tracks = pack_many(first, count, ends);
		}
		for (size_t i = 0; i < count; i++)
			s->segs[first[i].seg].track = first[i].track;
	}
	return BPR_OK;
}

/* ---- along rows ---- */

enum { NEAR = 12, APART = 12, COMPARED = 600 };

struct level { size_t seg; double lo, hi; };

static int compare_levels(const void *a, const void *b)
{
	const struct level *x = a, *y = b;

	if (!same(x->hi - x->lo, y->hi - y->lo))
		return x->hi - x->lo < y->hi - y->lo ? -1 : 1;
	return x->seg < y->seg ? -1 : x->seg > y->seg;
}

/* Column positions are known: how far a piece along a row reaches. Its neighbours are always vertical. */
static struct level reach(const struct sheet *s, size_t at)
{
	double a = s->segs[at - 1].place_xy, b = s->segs[at + 1].place_xy;

	return (struct level){ at, bpr_i_smaller(a, b), bpr_i_larger(a, b) };
}

/* What stands furthest from the middle of the row under (over) this stretch. */
static double furthest(const struct sheet *s, const struct level *l, const size_t *items, size_t count, bool below)
{
	const struct row *row = &s->rows[s->segs[l->seg].at];
	double most = below ? 4 : bpr_i_larger(4, row->label_up);

	for (size_t i = 0; i < count; i++) {
		const struct item *item = &s->items[items[i]];
		const struct body *body = &s->run->bodies[item->node];
		double x = s->columns[item->layer].x;

		if (x + body->right + 4 >= l->lo && x - body->left - 4 <= l->hi)
			most = bpr_i_larger(most, below ? body->down : body->up);
	}
	return (double)(long)(most + 0.999);
}

/* Between the node that an arc leaves and the piece along its row stands the arc's label, if it has one. */
static double near(const struct sheet *s, size_t at)
{
	const struct wire *w = &s->wires[s->segs[at].wire];

	return at == w->first_seg + 1 && w->label_seg == w->first_seg && w->label_height > 0 ? w->label_height + 5 : NEAR;
}

/* The shortest first, each just outside what is under it. Of very many: on the first track that is free. */
static double pack_levels(struct sheet *s, struct level *list, size_t count, const size_t *items, size_t item_count)
{
	double most = 0;
	bool below;

	if (!count)
		return 0;
	below = s->segs[list[0].seg].place == SEG_ROW_BOTTOM;
	qsort(list, count, sizeof(*list), compare_levels);
	for (size_t i = 0; i < count; i++) {
		struct seg *seg = &s->segs[list[i].seg];

		seg->distance = furthest(s, &list[i], items, item_count, below) + near(s, list[i].seg);
		for (size_t k = i > COMPARED ? i - COMPARED : 0; k < i; k++)
			if (list[k].hi + 6 >= list[i].lo && list[i].hi + 6 >= list[k].lo)
				seg->distance = bpr_i_larger(seg->distance, s->segs[list[k].seg].distance + APART);
		most = bpr_i_larger(most, seg->distance + 4);
	}
	return most;
}

/* Items of each row that are nodes. */
static bool list_rows(struct sheet *s, size_t **row, size_t **items)
{
	*row = bpr_i_arena_alloc(&s->arena, s->row_count + 3, sizeof(size_t));
	*items = bpr_i_arena_alloc(&s->arena, s->real_count + 1, sizeof(size_t));
	if (!*row || !*items)
		return false;
	for (size_t i = 0; i < s->real_count; i++)
		(*row)[s->items[i].row + 2]++;
	for (size_t r = 0; r < s->row_count; r++)
		(*row)[r + 2] += (*row)[r + 1];
	for (size_t i = 0; i < s->real_count; i++)
		(*items)[(*row)[s->items[i].row + 1]++] = i;
	return true;
}

bpr_status bpr_i_sheet_row_tracks(struct sheet *s)
{
	size_t *row = bpr_i_arena_alloc(&s->arena, 2 * s->row_count + 4, sizeof(size_t));
	struct level *list = bpr_i_arena_alloc(&s->arena, s->seg_count + 1, sizeof(*list));
	size_t *item_row, *items;

	if (!row || !list || !list_rows(s, &item_row, &items))
		return bpr_i_nomem(s->run->err);
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < s->seg_count; i++) {
			const struct seg *seg = &s->segs[i];
			size_t channel = 2 * seg->at + (seg->place == SEG_ROW_BOTTOM);

			if (seg->place != SEG_ROW_TOP && seg->place != SEG_ROW_BOTTOM)
				continue;
			if (pass)
				list[row[channel + 1]++] = reach(s, i);
			else
				row[channel + 2]++;
		}
		for (size_t c = 0; !pass && c < 2 * s->row_count; c++)
			row[c + 2] += row[c + 1];
	}
	for (size_t c = 0; c < 2 * s->row_count; c++) {
		const size_t *first = items + item_row[c / 2];
		double most = pack_levels(s, list + row[c], row[c + 1] - row[c], first, item_row[c / 2 + 1] - item_row[c / 2]);

		if (c % 2)
			s->rows[c / 2].under = most;
		else
			s->rows[c / 2].over = most;
	}
	return BPR_OK;
}

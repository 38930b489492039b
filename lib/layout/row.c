/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows. Steps of arcs that can be drawn straight without crossing each other make blocks, one row each (as the alignment of
 * Brandes and Köpf, GD 2001, but the set of the greatest weight, so that the main way and long arcs come first); blocks then
 * stand as high in their band as those above let them, and sink towards their neighbours where there is room.
 */
#include "config.h"
#include "layout/order_i.h"
#include "base/problem_i.h"
#include <stdlib.h>

static size_t *numbers(struct sheet *s, size_t count)
{
	return bpr_i_arena_alloc(&s->arena, count + 1, sizeof(size_t));
}

struct candidate { size_t link, before; double weight; };

struct aligner {
	size_t *ahead;         /* of each item: the one in its row in the next column, or BPR_NONE */
	size_t *block;         /* of each item: the first item of its row of items */
	unsigned char *spine;  /* on the main way of its part */
	size_t *best_in;       /* the neighbour before it that the main way comes from, or BPR_NONE */
	struct candidate *candidates; size_t count;
	size_t *tree;          /* candidate + 1 of the greatest weight */
};

/* ---- straight steps ---- */

/* Follows the main way from each item that nothing leads to. */
static void find_spine(const struct sheet *s, const struct links *l, struct aligner *a)
{
	for (size_t i = 0; i < s->item_count; i++)
		a->best_in[i] = BPR_NONE;
	for (size_t i = 0; i < s->real_count; i++) {
		if (l->in_row[i] != l->in_row[i + 1])
			continue;
		for (size_t at = i; at != BPR_NONE && !a->spine[at]; at = l->main_way[at]) {
			a->spine[at] = 1;
			if (l->main_way[at] != BPR_NONE && a->best_in[l->main_way[at]] == BPR_NONE)
				a->best_in[l->main_way[at]] = at;
		}
	}
	for (size_t i = 0; i < s->item_count; i++)
		for (size_t k = l->in_row[i]; a->best_in[i] == BPR_NONE && k < l->in_row[i + 1]; k++)
			if (l->main_way[l->links[l->in[k]].from] == i)
				a->best_in[i] = l->links[l->in[k]].from;
}

static double weigh(const struct sheet *s, const struct links *l, const struct aligner *a, const struct link *link)
{
	bool from = s->items[link->from].node == BPR_NONE, to = s->items[link->to].node == BPR_NONE;
	double weight = 1;

	if (from && to)
		weight += 12;
	if (l->main_way[link->from] == link->to)
		weight += 3;
	if (a->best_in[link->to] == link->from)
		weight += 3;
	if (a->spine[link->from] && a->spine[link->to] && a->best_in[link->to] == link->from)
		weight += 30;
	return weight;
}

/* Best chain so far that ends above this place. */
static size_t best_above(const struct aligner *a, size_t place)
{
	size_t best = 0;

	for (size_t t = place; t; t &= t - 1)
		if (a->tree[t] && (!best || a->candidates[a->tree[t] - 1].weight > a->candidates[best - 1].weight))
			best = a->tree[t];
	return best;
}

static void enter(struct aligner *a, size_t place, size_t width, size_t candidate)
{
	for (size_t t = place + 1; t <= width; t += t & (~t + 1))
		if (!a->tree[t] || a->candidates[candidate].weight > a->candidates[a->tree[t] - 1].weight)
			a->tree[t] = candidate + 1;
}

/* One band of two columns: of all steps within it the heaviest set of which none cross or share a node. */
static void align_band(struct sheet *s, const struct links *l, struct aligner *a, size_t begin, size_t end, size_t width)
{
	size_t best = 0;

	for (size_t t = 0; t <= width; t++)
		a->tree[t] = 0;
	a->count = 0;
	for (size_t k = begin; k < end; k++) {
		size_t u = s->layer_items[k], first = a->count;

		for (size_t e = l->out_row[u]; e < l->out_row[u + 1]; e++) {
			const struct link *link = &l->links[l->out[e]];
			size_t before;

			if (s->items[link->to].band != s->items[u].band || link->bias > 0)
				continue;
			before = best_above(a, s->items[link->to].above);
			a->candidates[a->count++] = (struct candidate){
				l->out[e], before, weigh(s, l, a, link) + (before ? a->candidates[before - 1].weight : 0) };
		}
		for (size_t c = first; c < a->count; c++)
			enter(a, s->items[l->links[a->candidates[c].link].to].above, width, c);
	}
	best = best_above(a, width);
	for (size_t c = best; c; c = a->candidates[c - 1].before) {
		const struct link *link = &l->links[a->candidates[c - 1].link];

		a->ahead[link->from] = link->to;
		a->block[link->to] = link->from; /* for now the one before it */
	}
}

static void align(struct sheet *s, const struct links *l, struct aligner *a)
{
	for (size_t i = 0; i < s->item_count; i++) {
		a->ahead[i] = BPR_NONE;
		a->block[i] = i;
	}
	for (size_t layer = 0; layer + 1 < s->layer_count; layer++) {
		size_t k = s->layer_row[layer], width = s->layer_row[layer + 2] - s->layer_row[layer + 1];

		while (k < s->layer_row[layer + 1]) {
			size_t end = k + 1, band = s->items[s->layer_items[k]].band;

			while (end < s->layer_row[layer + 1] && s->items[s->layer_items[end]].band == band)
				end++;
			align_band(s, l, a, k, end, width);
			k = end;
		}
		for (k = s->layer_row[layer + 1]; k < s->layer_row[layer + 2]; k++) {
			size_t v = s->layer_items[k];

			a->block[v] = a->block[a->block[v]];
		}
	}
}

/* ---- rows ---- */

/* Blocks and who is directly below whom. */
struct stack {
	size_t *row, *below;       /* blocks below each block; rows [item_count + 2] */
	size_t *up_row, *over;     /* blocks over each block */
	size_t *order, count;      /* blocks, those over others first */
	size_t *waits;
	size_t *band_rows;
	size_t *found;             /* rows of neighbours */
};

static bool stack_begin(struct sheet *s, const struct aligner *a, struct stack *st)
{
	size_t n = s->item_count;

	*st = (struct stack){ .row = numbers(s, n + 2), .below = numbers(s, n), .up_row = numbers(s, n + 2), .over = numbers(s, n),
			      .order = numbers(s, n), .waits = numbers(s, n), .band_rows = numbers(s, s->band_count),
			      .found = numbers(s, s->links->count * 2 + 2) };
	if (!st->row || !st->below || !st->up_row || !st->over || !st->order || !st->waits || !st->band_rows || !st->found)
		return false;
	for (int pass = 0; pass < 2; pass++) {
		for (size_t k = 0; k + 1 < n; k++) {
			size_t u = s->layer_items[k], v = s->layer_items[k + 1];

			if (s->items[u].layer != s->items[v].layer || s->items[u].band != s->items[v].band)
				continue;
			if (pass) {
				st->below[st->row[a->block[u] + 1]++] = a->block[v];
				st->over[st->up_row[a->block[v] + 1]++] = a->block[u];
			} else {
				st->row[a->block[u] + 2]++;
				st->up_row[a->block[v] + 2]++;
				st->waits[a->block[v]]++;
			}
		}
		for (size_t i = 0; !pass && i < n; i++) {
			st->row[i + 2] += st->row[i + 1];
			st->up_row[i + 2] += st->up_row[i + 1];
		}
	}
	return true;
}

/* As high as can be. */
static void stack_up(struct sheet *s, const struct aligner *a, struct stack *st)
{
	for (size_t i = 0; i < s->item_count; i++)
		if (a->block[i] == i && !st->waits[i])
			st->order[st->count++] = i;
	for (size_t k = 0; k < st->count; k++) {
		size_t b = st->order[k];

		if (s->items[b].row + 1 > st->band_rows[s->items[b].band])
			st->band_rows[s->items[b].band] = s->items[b].row + 1;
		for (size_t e = st->row[b]; e < st->row[b + 1]; e++) {
			size_t below = st->below[e];

			if (s->items[below].row < s->items[b].row + 1)
				s->items[below].row = s->items[b].row + 1;
			if (!--st->waits[below])
				st->order[st->count++] = below;
		}
	}
}

static int compare_rows(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return x < y ? -1 : x > y;
}

/* Middle of the rows that a block's items are linked to; its own where there is none. */
static size_t wanted_row(struct sheet *s, const struct links *l, const struct aligner *a, struct stack *st, size_t b)
{
	size_t count = 0, over = 0, under = 0, band = s->items[b].band;

	for (size_t i = b; i != BPR_NONE; i = a->ahead[i]) {
		for (int side = 0; side < 2; side++) {
			const size_t *row = side ? l->in_row : l->out_row, *list = side ? l->in : l->out;

			for (size_t e = row[i]; e < row[i + 1]; e++) {
				size_t to = side ? l->links[list[e]].from : l->links[list[e]].to;

				if (s->items[to].band < band)
					over++;
				else if (s->items[to].band > band)
					under++;
				else if (a->block[to] != b)
					st->found[count++] = s->items[a->block[to]].row;
			}
		}
	}
	if (!count)
		return over > under ? 0 : under > over ? st->band_rows[band] - 1 : s->items[b].row;
	qsort(st->found, count, sizeof(*st->found), compare_rows);
	return st->found[(count - 1) / 2];
}

/* Each block to the row it wants, as far as those below and over it leave room. */
static void settle(struct sheet *s, const struct links *l, const struct aligner *a, struct stack *st)
{
	for (int round = 0; round < 4; round++) {
		for (size_t k = 0; k < st->count; k++) {
			size_t b = st->order[round % 2 ? k : st->count - 1 - k];
			size_t least = 0, most = st->band_rows[s->items[b].band] - 1, want;

			for (size_t e = st->row[b]; e < st->row[b + 1]; e++)
				if (s->items[st->below[e]].row - 1 < most)
					most = s->items[st->below[e]].row - 1;
			for (size_t e = st->up_row[b]; e < st->up_row[b + 1]; e++)
				if (s->items[st->over[e]].row + 1 > least)
					least = s->items[st->over[e]].row + 1;
			if (least == most)
				continue;
			want = wanted_row(s, l, a, st, b);
			s->items[b].row = want < least ? least : want > most ? most : want;
		}
	}
}

static bool number_rows(struct sheet *s, const struct aligner *a, const struct stack *st)
{
	for (size_t b = 0; b < s->band_count; b++) {
		s->bands[b].first_row = s->row_count;
		s->bands[b].row_count = st->band_rows[b] ? st->band_rows[b] : 1;
		s->row_count += s->bands[b].row_count;
	}
	s->rows = bpr_i_arena_alloc(&s->arena, s->row_count + 1, sizeof(*s->rows));
	if (!s->rows)
		return false;
	for (size_t b = 0; b < s->band_count; b++)
		for (size_t r = 0; r < s->bands[b].row_count; r++)
			s->rows[s->bands[b].first_row + r].band = b;
	for (size_t i = 0; i < s->item_count; i++)
		if (a->block[i] == i)
			s->items[i].row += s->bands[s->items[i].band].first_row;
	for (size_t i = 0; i < s->item_count; i++)
		s->items[i].row = s->items[a->block[i]].row;
	return true;
}

bpr_status bpr_i_sheet_rows(struct sheet *s)
{
	size_t n = s->item_count, widest = 0;
	struct aligner a = { numbers(s, n), numbers(s, n), bpr_i_arena_alloc(&s->arena, n + 1, 1), numbers(s, n),
			     bpr_i_arena_alloc(&s->arena, s->links->count + 1, sizeof(struct candidate)), 0, NULL };
	struct stack st;

	for (size_t l = 0; l < s->layer_count; l++)
		if (s->layer_row[l + 1] - s->layer_row[l] > widest)
			widest = s->layer_row[l + 1] - s->layer_row[l];
	a.tree = numbers(s, widest + 1);
	if (!a.ahead || !a.block || !a.spine || !a.best_in || !a.candidates || !a.tree)
		return bpr_i_nomem(s->run->err);
	find_spine(s, s->links, &a);
	align(s, s->links, &a);
	if (!stack_begin(s, &a, &st))
		return bpr_i_nomem(s->run->err);
	stack_up(s, &a, &st);
	settle(s, s->links, &a, &st);
	return number_rows(s, &a, &st) ? BPR_OK : bpr_i_nomem(s->run->err);
}

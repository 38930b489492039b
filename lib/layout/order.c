/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The order within each column: nodes and passing arcs, band by band, with few crossings (the barycentre sweeps of Sugiyama,
 * Tagawa and Toda, then exchanges of neighbours). Crossings of two columns are counted as Barth, Jünger and Mutzel do
 * (JGAA 8, 2004). Ties stay in the order in which a reader meets the nodes, the longest way first.
 */
#include "config.h"
#include "layout/order_i.h"
#include "base/problem_i.h"
#include <stdlib.h>

static size_t *numbers(struct sheet *s, size_t count)
{
	return bpr_i_arena_alloc(&s->arena, count + 1, sizeof(size_t));
}

/* ---- what passes columns ---- */

static size_t span(const struct sheet *s, const struct wire *w)
{
	return s->items[w->to].layer - s->items[w->from].layer;
}

/* Longest span so that all that pass columns are not many more than the nodes: what is longer runs along the rows. */
static size_t longest_span(struct sheet *s)
{
	size_t limit = 16 * s->real_count + 4000, sum = 0, most = s->layer_count;
	size_t *count = numbers(s, s->layer_count + 1);

	if (!count)
		return BPR_NONE;
	for (size_t i = 0; i < s->wire_count; i++)
		if (s->wires[i].flow && !s->wires[i].back)
			count[span(s, &s->wires[i])]++;
	for (size_t k = 1; k <= s->layer_count; k++) {
		sum += count[k] * (k - 1);
		if (sum > limit) {
			most = k - 1;
			break;
		}
	}
	return most;
}

static bool from_border(const struct sheet *s, const struct wire *w)
{
	return s->run->graph->nodes[w->a.node].host != BPR_NONE;
}

static int compare_ends(const void *a, const void *b)
{
	const struct wire *x = *(const struct wire *const *)a, *y = *(const struct wire *const *)b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->to != y->to)
		return x->to < y->to ? -1 : 1;
	return x->edge < y->edge ? -1 : x->edge > y->edge;
}

/* A second arc of one step between the same nodes goes beside the row, or it would lie on the first. */
static bool part_twins(struct sheet *s)
{
	struct wire **sorted = bpr_i_arena_alloc(&s->arena, s->wire_count + 1, sizeof(*sorted));
	size_t count = 0;

	if (!sorted)
		return false;
	for (size_t i = 0; i < s->wire_count; i++)
		if (s->wires[i].flow && !s->wires[i].back && span(s, &s->wires[i]) == 1 && !from_border(s, &s->wires[i]))
			sorted[count++] = &s->wires[i];
	qsort(sorted, count, sizeof(struct wire *), compare_ends);
	for (size_t i = 1; i < count; i++)
		if (sorted[i]->from == sorted[i - 1]->from && sorted[i]->to == sorted[i - 1]->to)
			sorted[i]->kind = WIRE_FREE;
	return true;
}

static bool add_passes(struct sheet *s, const size_t *outs)
{
	size_t most = longest_span(s);

	if (most == BPR_NONE || !part_twins(s))
		return false;
	for (size_t i = 0; i < s->wire_count; i++) {
		struct wire *w = &s->wires[i];
		size_t band;

		if (!w->flow || w->back || w->kind == WIRE_FREE || span(s, w) > most) {
			w->kind = WIRE_FREE;
			continue;
		}
		band = outs[w->from] > 1 ? s->items[w->to].band : s->items[w->from].band;
		w->first_pass = s->item_count;
		w->pass_count = span(s, w) - 1;
		if (!bpr_i_grow(&s->items, &s->item_capacity, s->item_count + w->pass_count, sizeof(*s->items)))
			return false;
		for (size_t k = 0; k < w->pass_count; k++)
			s->items[s->item_count++] = (struct item){ .node = BPR_NONE, .wire = i, .band = band,
								   .layer = s->items[w->from].layer + 1 + k };
	}
	return true;
}

/* ---- links between neighbouring columns ---- */

static size_t wire_item(const struct wire *w, size_t k)
{
	return !k ? w->from : k > w->pass_count ? w->to : w->first_pass + k - 1;
}

static bool collect_links(struct sheet *s, struct links *l)
{
	size_t n = s->item_count, at = 0;

	l->count = 0;
	for (size_t i = 0; i < s->wire_count; i++)
		if (s->wires[i].kind == WIRE_AHEAD)
			l->count += s->wires[i].pass_count + 1;
	l->links = bpr_i_arena_alloc(&s->arena, l->count + 1, sizeof(*l->links));
	l->out_row = numbers(s, n + 2);
	l->in_row = numbers(s, n + 2);
	l->out = numbers(s, l->count);
	l->in = numbers(s, l->count);
	if (!l->links || !l->out_row || !l->in_row || !l->out || !l->in)
		return false;
	for (size_t i = 0; i < s->wire_count; i++) {
		const struct wire *w = &s->wires[i];

		for (size_t k = 0; w->kind == WIRE_AHEAD && k <= w->pass_count; k++) {
			struct link link = { wire_item(w, k), wire_item(w, k + 1), i, !k && from_border(s, w) ? 0.4 : 0 };

			l->out_row[link.from + 2]++;
			l->in_row[link.to + 2]++;
			l->links[at++] = link;
		}
	}
	for (size_t i = 0; i < n; i++) {
		l->out_row[i + 2] += l->out_row[i + 1];
		l->in_row[i + 2] += l->in_row[i + 1];
	}
	for (size_t i = 0; i < l->count; i++) {
		l->out[l->out_row[l->links[i].from + 1]++] = i;
		l->in[l->in_row[l->links[i].to + 1]++] = i;
	}
	return true;
}

/* ---- the order to begin with ---- */

struct reader { size_t *height, *stack, *next, *first; unsigned char *seen; size_t depth; };

static int compare_layers(const void *a, const void *b)
{
	const size_t *x = a, *y = b;

	return x[0] != y[0] ? (x[0] < y[0] ? -1 : 1) : x[1] < y[1] ? -1 : x[1] > y[1];
}

/* How many columns' worth of nodes follow; and the neighbour with most of them, the main way on. */
static bool find_heights(struct sheet *s, const struct links *l, struct reader *r)
{
	size_t (*order)[2] = bpr_i_arena_alloc(&s->arena, s->item_count + 1, sizeof(*order));

	if (!order)
		return false;
	for (size_t i = 0; i < s->item_count; i++) {
		order[i][0] = s->items[i].layer;
		order[i][1] = i;
		r->first[i] = BPR_NONE;
	}
	qsort(order, s->item_count, sizeof(*order), compare_layers);
	for (size_t k = s->item_count; k-- > 0;) {
		size_t i = order[k][1];

		for (size_t a = l->out_row[i]; a < l->out_row[i + 1]; a++) {
			size_t to = l->links[l->out[a]].to;
			size_t h = r->height[to] + (s->items[to].node != BPR_NONE);

			if (l->links[l->out[a]].bias > 0) /* an exception is never the main way */
				h = 0;
			if (r->first[i] == BPR_NONE || h > r->height[i]) {
				r->height[i] = h;
				r->first[i] = to;
			}
		}
	}
	return true;
}

static void read_from(struct sheet *s, const struct links *l, struct reader *r, size_t root, double *key)
{
	if (r->seen[root])
		return;
	r->seen[root] = 1;
	s->items[root].key = (*key)++;
	r->next[root] = l->out_row[root];
	r->stack[r->depth++] = root;
	while (r->depth) {
		size_t at = r->stack[r->depth - 1], to = r->first[at];

		if (to == BPR_NONE || r->seen[to]) { /* the main way is behind us, now as written */
			if (r->next[at] == l->out_row[at + 1]) {
				r->depth--;
				continue;
			}
			to = l->links[l->out[r->next[at]++]].to;
		}
		if (r->seen[to])
			continue;
		r->seen[to] = 1;
		s->items[to].key = (*key)++;
		r->next[to] = l->out_row[to];
		r->stack[r->depth++] = to;
	}
}

static bool read_in_order(struct sheet *s, const struct links *l)
{
	size_t n = s->item_count;
	struct reader r = { numbers(s, n), numbers(s, n), numbers(s, n), numbers(s, n), bpr_i_arena_alloc(&s->arena, n + 1, 1), 0 };
	double key = 0;

	if (!r.height || !r.stack || !r.next || !r.first || !r.seen || !find_heights(s, l, &r))
		return false;
	for (size_t i = 0; i < n; i++)
		if (l->in_row[i] == l->in_row[i + 1])
			read_from(s, l, &r, i, &key);
	for (size_t i = 0; i < n; i++)
		l->main_way[i] = r.first[i];
	return true;
}

/* ---- sweeps ---- */

struct entry { size_t item, band, place; double key; };

static int compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->band != y->band)
		return x->band < y->band ? -1 : 1;
	if (x->key < y->key || x->key > y->key)
		return x->key < y->key ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

static void sort_layer(struct sheet *s, size_t layer, struct entry *entries)
{
	size_t first = s->layer_row[layer], count = s->layer_row[layer + 1] - first;

	for (size_t i = 0; i < count; i++) {
		const struct item *item = &s->items[s->layer_items[first + i]];

		entries[i] = (struct entry){ s->layer_items[first + i], item->band, item->place, item->key };
	}
	qsort(entries, count, sizeof(*entries), compare_entries);
	for (size_t i = 0, in_band = 0; i < count; i++) {
		in_band = i && entries[i].band == entries[i - 1].band ? in_band + 1 : 0;
		s->layer_items[first + i] = entries[i].item;
		s->items[entries[i].item].place = i;
		s->items[entries[i].item].above = in_band;
	}
}

/* Where a neighbour draws an item of this band to: its place, or the edge of the band where it is in another one. */
static double drawn_to(const struct sheet *s, const struct orderer *o, size_t neighbour, size_t band)
{
	const struct item *n = &s->items[neighbour];

	if (n->band != band)
		return n->band < band ? -0.75 : (double)o->band_most[band] - 0.25;
	return (double)n->above;
}

static void sweep_layer(struct sheet *s, const struct links *l, const struct orderer *o, size_t layer, bool from_left)
{
	for (size_t k = s->layer_row[layer]; k < s->layer_row[layer + 1]; k++) {
		size_t i = s->layer_items[k];
		const size_t *row = from_left ? l->in_row : l->out_row;
		const size_t *list = from_left ? l->in : l->out;
		double sum = 0;

		for (size_t a = row[i]; a < row[i + 1]; a++) {
			const struct link *link = &l->links[list[a]];

			sum += drawn_to(s, o, from_left ? link->from : link->to, s->items[i].band) + (from_left ? link->bias : -link->bias);
		}
		s->items[i].key = row[i] == row[i + 1] ? (double)s->items[i].above : sum / (double)(row[i + 1] - row[i]);
	}
	sort_layer(s, layer, o->entries);
}

/* Crossings between a column and the next: pairs of links in the wrong order, counted in a Fenwick tree. */
static size_t crossings_behind(const struct sheet *s, const struct links *l, const struct orderer *o, size_t layer)
{
	size_t width = s->layer_row[layer + 2] - s->layer_row[layer + 1], seen = 0, sum = 0;

	for (size_t i = 0; i <= width; i++)
		o->tree[i] = 0;
	for (size_t k = s->layer_row[layer]; k < s->layer_row[layer + 1]; k++) {
		size_t i = s->layer_items[k];

		for (size_t a = l->out_row[i]; a < l->out_row[i + 1]; a++) {
			size_t place = s->items[l->links[l->out[a]].to].place;

			sum += seen;
			for (size_t t = place + 1; t; t &= t - 1)
				sum -= o->tree[t];
		}
		for (size_t a = l->out_row[i]; a < l->out_row[i + 1]; a++) {
			seen++;
			for (size_t t = s->items[l->links[l->out[a]].to].place + 1; t <= width; t += t & (~t + 1))
				o->tree[t]++;
		}
	}
	return sum;
}

static size_t crossings(const struct sheet *s, const struct links *l, const struct orderer *o)
{
	size_t sum = 0;

	for (size_t layer = 0; layer + 1 < s->layer_count; layer++)
		sum += crossings_behind(s, l, o, layer);
	return sum;
}

static void keep_best(const struct sheet *s, const struct orderer *o)
{
	for (size_t i = 0; i < s->item_count; i++)
		o->best[i] = s->items[i].place;
}

static void take_best(struct sheet *s, const struct orderer *o)
{
	for (size_t i = 0; i < s->item_count; i++)
		s->items[i].key = (double)o->best[i];
	for (size_t layer = 0; layer < s->layer_count; layer++)
		sort_layer(s, layer, o->entries);
}

static void sweep(struct sheet *s, const struct links *l, struct orderer *o)
{
	size_t rounds = l->count > 40000 ? 4 : 10, least = crossings(s, l, o), idle = 0;

	keep_best(s, o);
	for (size_t round = 0; least && round < rounds && idle < 4; round++) {
		size_t now;

		if (round % 2)
			for (size_t layer = s->layer_count - 1; layer-- > 0;)
				sweep_layer(s, l, o, layer, false);
		else
			for (size_t layer = 1; layer < s->layer_count; layer++)
				sweep_layer(s, l, o, layer, true);
		now = crossings(s, l, o);
		idle++;
		if (now < least) {
			least = now;
			idle = 0;
			keep_best(s, o);
		}
	}
	take_best(s, o);
}

/* ---- exchanges ---- */

static int compare_places(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return x < y ? -1 : x > y;
}

static size_t neighbour_places(const struct sheet *s, const struct links *l, size_t item, bool left, size_t *out)
{
	const size_t *row = left ? l->in_row : l->out_row, *list = left ? l->in : l->out;
	size_t n = 0;

	for (size_t a = row[item]; a < row[item + 1] && n < 64; a++)
		out[n++] = s->items[left ? l->links[list[a]].from : l->links[list[a]].to].place;
	if (n > 1)
		qsort(out, n, sizeof(*out), compare_places);
	return n;
}

/* Crossings that an exchange of u and the item below it would save (at one side). */
static long saved(const struct sheet *s, const struct links *l, size_t u, size_t v, bool left)
{
	size_t a[64], b[64];
	size_t n = neighbour_places(s, l, u, left, a), m = neighbour_places(s, l, v, left, b), i = 0, k = 0;
	long now = 0, then = 0;

	for (size_t x = 0; x < n; x++) {
		while (i < m && b[i] < a[x])
			i++;
		now += (long)i;
	}
	for (size_t x = 0; x < m; x++) {
		while (k < n && a[k] < b[x])
			k++;
		then += (long)k;
	}
	return now - then;
}

static void exchange(struct sheet *s, const struct links *l)
{
	bool better = true;

	for (int round = 0; better && round < 6; round++) {
		better = false;
		for (size_t layer = 0; layer < s->layer_count; layer++) {
			for (size_t k = s->layer_row[layer]; k + 1 < s->layer_row[layer + 1]; k++) {
				size_t u = s->layer_items[k], v = s->layer_items[k + 1];

				if (s->items[u].band != s->items[v].band || saved(s, l, u, v, true) + saved(s, l, u, v, false) <= 0)
					continue;
				s->layer_items[k] = v;
				s->layer_items[k + 1] = u;
				s->items[v].place = k - s->layer_row[layer];
				s->items[u].place = s->items[v].place + 1;
				s->items[v].above = s->items[u].above;
				s->items[u].above++;
				better = true;
			}
		}
	}
}

/* ---- all ---- */

static bool list_layers(struct sheet *s)
{
	s->layer_row = numbers(s, s->layer_count + 2);
	s->layer_items = numbers(s, s->item_count);
	if (!s->layer_row || !s->layer_items)
		return false;
	for (size_t i = 0; i < s->item_count; i++)
		s->layer_row[s->items[i].layer + 2]++;
	for (size_t l = 0; l < s->layer_count; l++)
		s->layer_row[l + 2] += s->layer_row[l + 1];
	for (size_t i = 0; i < s->item_count; i++)
		s->layer_items[s->layer_row[s->items[i].layer + 1]++] = i;
	return true;
}

static bool order_begin(struct sheet *s, struct orderer *o)
{
	size_t widest = 0;

	for (size_t l = 0; l < s->layer_count; l++)
		if (s->layer_row[l + 1] - s->layer_row[l] > widest)
			widest = s->layer_row[l + 1] - s->layer_row[l];
	o->entries = bpr_i_arena_alloc(&s->arena, widest + 1, sizeof(*o->entries));
	o->tree = numbers(s, widest + 1);
	o->best = numbers(s, s->item_count);
	o->band_most = numbers(s, s->band_count);
	if (!o->entries || !o->tree || !o->best || !o->band_most)
		return false;
	for (size_t l = 0; l < s->layer_count; l++)
		sort_layer(s, l, o->entries);
	for (size_t i = 0; i < s->item_count; i++)
		if (s->items[i].above + 1 > o->band_most[s->items[i].band])
			o->band_most[s->items[i].band] = s->items[i].above + 1;
	return true;
}

bpr_status bpr_i_sheet_order(struct sheet *s)
{
	struct links *l = bpr_i_arena_alloc(&s->arena, 1, sizeof(*l));
	struct orderer o = { 0 };
	size_t *outs = numbers(s, s->real_count);

	if (!l || !outs)
		return bpr_i_nomem(s->run->err);
	for (size_t i = 0; i < s->wire_count; i++)
		if (s->wires[i].flow)
			outs[s->wires[i].from]++;
	if (!add_passes(s, outs) || !collect_links(s, l))
		return bpr_i_nomem(s->run->err);
	l->main_way = numbers(s, s->item_count);
	s->links = l;
	if (!l->main_way || !read_in_order(s, l) || !list_layers(s) || !order_begin(s, &o))
		return bpr_i_nomem(s->run->err);
	if (s->layer_count > 1) {
		sweep(s, l, &o);
		if (l->count <= 40000)
			exchange(s, l);
	}
	return BPR_OK;
}

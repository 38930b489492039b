/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Of every place, what a token there can come to, and what it has to pass: fixed points over the transitions that take tokens from it,
 * those that take everything away included. Where that takes too long there are none, and the search goes without.
 */
#include "config.h"
#include "mine/align_i.h"
#include "base/alloc_i.h"
#include <stdlib.h>
#include <string.h>

#define MOST_WORDS ((size_t)1 << 23)   /* of both tables together: 64 MiB */
#define MOST_WORK ((size_t)1 << 30)    /* words looked at */

struct work {
	struct bpr_align_bounds *b;
	const struct bpr_mnet *net;
	const struct bpr_match *match;
	uint32_t *row, *taker; /* [place_count + 1]: transitions that take tokens from a place */
	uint32_t *row_in, *giver; /* transitions that put them there */
	uint64_t *set;         /* scratch */
	uint32_t *queue; bool *queued; size_t head, count; /* transitions, a ring */
	size_t work;
};

struct numbered { uint32_t class, node; };

static int by_class(const void *a, const void *b)
{
	const struct numbered *x = a, *y = b;

	if (x->class != y->class)
		return x->class < y->class ? -1 : 1;
	return x->node < y->node ? -1 : x->node > y->node;
}

static bool number_steps(struct work *w)
{
	const struct bpr_match *match = w->match;
	struct numbered *all = bpr_i_calloc(match->node_count + 1, sizeof(*all));
	uint32_t count = 0;

	w->b->step_of = bpr_i_calloc(match->node_count + 1, sizeof(*w->b->step_of));
	w->b->step_class = bpr_i_calloc(match->node_count + 1, sizeof(*w->b->step_class));
	if (!all || !w->b->step_of || !w->b->step_class) {
		bpr_i_free(all);
		return false;
	}
	for (size_t i = 0; i < match->node_count; i++)
		if (match->visible[i])
			all[count++] = (struct numbered){ match->node_class[i], (uint32_t)i };
	qsort(all, count, sizeof(*all), by_class);
	for (uint32_t i = 0; i < count; i++) {
		w->b->step_of[all[i].node] = i;
		w->b->step_class[i] = all[i].class;
	}
	w->b->step_count = count;
	bpr_i_free(all);
	return true;
}

/* Who takes from each place, who gives. Of those that take everything away only where tokens can be beside each other. */
static bool takes(const struct bpr_mnet *net, const struct bpr_mnet_fire *f, uint32_t place, bool side)
{
	return f->cuts && side && net->place[place].instance >= f->low && net->place[place].instance < f->high;
}

static bool side_by_side(const struct bpr_mnet *net)
{
	for (uint32_t f = 0; f < net->fire_count; f++) {
		uint32_t moving = 0;

		for (uint32_t i = 0; i < net->fire[f].out_count; i++)
			moving += !net->place[net->link[net->fire[f].out_first + i].place].passive;
		if (moving > 1 || net->fire[f].choice == BPR_CHOICE_EVENT)
			return true;
	}
	return false;
}

static bool rows(struct work *w)
{
	const struct bpr_mnet *net = w->net;
	bool side = side_by_side(net);
	size_t total = 0;

	w->row = bpr_i_calloc((size_t)net->place_count + 2, sizeof(*w->row));
	w->row_in = bpr_i_calloc((size_t)net->place_count + 2, sizeof(*w->row_in));
	if (!w->row || !w->row_in)
		return false;
	for (int turn = 0; turn < 2; turn++) {
		for (uint32_t f = 0; f < net->fire_count; f++) {
			const struct bpr_mnet_fire *fire = &net->fire[f];

			if (net->gone[f])
				continue;
			for (uint32_t i = 0; i < fire->in_count + fire->clear_count; i++) {
				uint32_t p = net->link[i < fire->in_count ? fire->in_first + i : fire->clear_first + i - fire->in_count].place;

				if (turn)
					w->taker[w->row[p + 1]++] = f;
				else
					w->row[p + 2]++, total++;
			}
			for (uint32_t p = 0; fire->cuts && side && p < net->place_count; p++) {
				if (!takes(net, fire, p, side))
					continue;
				if (turn)
					w->taker[w->row[p + 1]++] = f;
				else
					w->row[p + 2]++, total++;
			}
			for (uint32_t i = 0; i < fire->out_count; i++) {
				uint32_t p = net->link[fire->out_first + i].place;

				if (turn)
					w->giver[w->row_in[p + 1]++] = f;
				else
					w->row_in[p + 2]++;
			}
			if (total > MOST_WORDS)
				return true; /* and there is too much to do */
		}
		if (turn)
			break;
		for (uint32_t p = 1; p <= net->place_count; p++) {
			w->row[p + 1] += w->row[p];
			w->row_in[p + 1] += w->row_in[p];
		}
		w->taker = bpr_i_calloc(total + 1, sizeof(*w->taker));
		w->giver = bpr_i_calloc((size_t)net->link_count + 1, sizeof(*w->giver));
		if (!w->taker || !w->giver)
			return false;
	}
	return true;
}

/* ---- a list of places to be looked at again ---- */

static void push(struct work *w, uint32_t place)
{
	if (w->queued[place])
		return;
	w->queued[place] = true;
	w->queue[(w->head + w->count++) % (w->net->place_count + 1)] = place;
}

static uint32_t pop(struct work *w)
{
	uint32_t place = w->queue[w->head];

	w->head = (w->head + 1) % (w->net->place_count + 1);
	w->count--;
	w->queued[place] = false;
	return place;
}

static void push_before(struct work *w, uint32_t place)
{
	for (uint32_t i = w->row_in[place]; i < w->row_in[place + 1]; i++) {
		const struct bpr_mnet_fire *f = &w->net->fire[w->giver[i]];

		for (uint32_t k = 0; k < f->in_count; k++)
			push(w, w->net->link[f->in_first + k].place);
		for (uint32_t k = 0; k < f->clear_count; k++)
			push(w, w->net->link[f->clear_first + k].place);
		for (uint32_t p = 0; f->cuts && p < w->net->place_count; p++)
			if (w->net->place[p].instance >= f->low && w->net->place[p].instance < f->high)
				push(w, p);
	}
}

static void set_bit(uint64_t *set, uint32_t bit)
{
	set[bit / 64] |= (uint64_t)1 << bit % 64;
}

/* What follows a transition: itself, and what follows its tokens. */
static void add_after(struct work *w, uint32_t fire, uint64_t *into, bool must)
{
	const struct bpr_mnet_fire *f = &w->net->fire[fire];
	uint32_t words = must ? w->b->step_words : w->b->class_words;
	const uint64_t *table = must ? w->b->must : w->b->reach;

	if (f->visible)
		set_bit(into, must ? w->b->step_of[f->node] : w->match->node_class[f->node]);
	for (uint32_t i = 0; i < f->out_count; i++) {
		const uint64_t *from = table + (size_t)w->net->link[f->out_first + i].place * words;

		for (uint32_t k = 0; k < words; k++)
			into[k] |= from[k];
	}
	w->work += (size_t)(f->out_count + 1) * words;
}

static bool reach_of(struct work *w, uint32_t place)
{
	uint64_t *own = w->b->reach + (size_t)place * w->b->class_words;
	bool changed = false;

	memset(w->set, 0, w->b->class_words * sizeof(*w->set));
	for (uint32_t i = w->row[place]; i < w->row[place + 1]; i++)
		add_after(w, w->taker[i], w->set, false);
	for (uint32_t k = 0; k < w->b->class_words; k++) {
		changed |= (w->set[k] & ~own[k]) != 0;
		own[k] |= w->set[k];
	}
	return changed;
}

/* From everything downwards: what is common to all ways. A token that may stay has to pass nothing. */
static bool must_of(struct work *w, uint32_t place)
{
	uint64_t *own = w->b->must + (size_t)place * w->b->step_words;
	uint32_t words = w->b->step_words;
	bool changed = false;

	for (uint32_t i = w->row[place]; i < w->row[place + 1]; i++) {
		memset(w->set, 0, words * sizeof(*w->set));
		add_after(w, w->taker[i], w->set, true);
		for (uint32_t k = 0; k < words; k++) {
			changed |= (own[k] & ~w->set[k]) != 0;
			own[k] &= w->set[k];
		}
	}
	return changed;
}

/* False: given up. */
static bool fix(struct work *w, bool (*look)(struct work *w, uint32_t place))
{
	for (uint32_t p = w->net->place_count; p-- > 0;)
		push(w, p);
	while (w->count && w->work < MOST_WORK) {
		uint32_t place = pop(w);

		if (look(w, place))
			push_before(w, place);
	}
	return !w->count;
}

static bool find(struct work *w)
{
	struct bpr_align_bounds *b = w->b;
	size_t places = (size_t)w->net->place_count + 1;

	memset(b->must, 0xff, places * b->step_words * sizeof(*b->must));
	for (uint32_t p = 0; p < w->net->place_count; p++)
		for (uint32_t k = 0; k < b->step_words; k++) {
			uint64_t *word = b->must + (size_t)p * b->step_words + k;

			if (w->net->place[p].passive)
				*word = 0;
			else if (k == b->step_count / 64)
				*word = ((uint64_t)1 << b->step_count % 64) - 1;
		}
	return fix(w, reach_of) && fix(w, must_of);
}

static void release(struct work *w)
{
	bpr_i_free(w->row);
	bpr_i_free(w->taker);
	bpr_i_free(w->row_in);
	bpr_i_free(w->giver);
	bpr_i_free(w->set);
	bpr_i_free(w->queue);
	bpr_i_free(w->queued);
}

bpr_status bpr_i_align_bounds(struct bpr_align_bounds *b, const struct bpr_mnet *net, const struct bpr_match *match)
{
	struct work w = { .b = b, .net = net, .match = match };
	size_t places = (size_t)net->place_count + 1;
	bool ok, found = false;

	*b = (struct bpr_align_bounds){ 0 };
	ok = number_steps(&w);
	b->class_words = match->class_count / 64 + 1;
	b->step_words = b->step_count / 64 + 1;
	if (ok && places <= MOST_WORDS / ((size_t)b->class_words + b->step_words)) {
		b->reach = bpr_i_calloc(places * b->class_words, sizeof(*b->reach));
		b->must = bpr_i_calloc(places * b->step_words, sizeof(*b->must));
		w.set = bpr_i_calloc((size_t)b->class_words + b->step_words, sizeof(*w.set));
		w.queue = bpr_i_calloc(places, sizeof(*w.queue));
		w.queued = bpr_i_calloc(places, sizeof(*w.queued));
		ok = b->reach && b->must && w.set && w.queue && w.queued && rows(&w);
		found = ok && w.taker && find(&w);
	}
	release(&w);
	if (!found) {
		bpr_i_align_bounds_release(b);
		*b = (struct bpr_align_bounds){ 0 };
	}
	return ok ? BPR_OK : BPR_ENOMEM;
}

void bpr_i_align_bounds_release(struct bpr_align_bounds *b)
{
	bpr_i_free(b->reach);
	bpr_i_free(b->must);
	bpr_i_free(b->step_class);
	bpr_i_free(b->step_of);
	*b = (struct bpr_align_bounds){ 0 };
}

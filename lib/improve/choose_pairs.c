/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first model: alone, in pairs, and in threes where all pairs of them interact; and its corrections. */
#include "config.h"
#include "improve/choose_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct group { size_t set, size; size_t members[3]; };

/* Few first, so that all parts of a group are in the model before it. */
static int by_size(const void *x, const void *y)
{
	const struct group *a = x, *b = y;

	if (a->size != b->size)
		return a->size < b->size ? -1 : 1;
	return a->set < b->set ? -1 : a->set > b->set;
}

struct groups { bpr_choice *choice; struct group *items; size_t count, capacity; };

/* The levers with all that they need; not asked where that cannot be, or is what one of them needs anyway. */
static bool ask(struct groups *g, const size_t *members, size_t count)
{
	bpr_choice *c = g->choice;
	struct group group = { .size = 0 };
	bool fits = true;

	memset(c->work, 0, c->n);
	for (size_t i = 0; i < count && fits; i++) {
		fits = bpr_i_choice_add(c, c->work, members[i]);
		group.members[i] = members[i];
	}
	if (!fits)
		return true;
	for (size_t i = 0; i < c->n; i++)
		group.size += c->work[i];
	group.set = bpr_i_sets_add(&c->sets, c->work);
	if (group.set == BPR_NONE || !bpr_i_grow(&g->items, &g->capacity, g->count + 1, sizeof(*g->items)))
		return false;
	g->items[g->count++] = group;
	return true;
}

/* What the model does not know of the set is a term of it. */
static bool absorb(bpr_choice *c, size_t set)
{
	double rest;

	bpr_i_sets_get(&c->sets, set, c->work);
	rest = c->sets.gain[set] - bpr_i_choice_model(c, c->work);
	return fabs(rest) <= 1e-9 * c->scale || bpr_i_choice_term(c, c->work, rest);
}

static bool absorb_all(struct groups *g)
{
	bool ok = true;

	if (g->count)
		qsort(g->items, g->count, sizeof(*g->items), by_size);
	for (size_t i = 0; ok && i < g->count; i++)
		if (g->choice->sets.state[g->items[i].set] == BPR_SET_FITS)
			ok = absorb(g->choice, g->items[i].set);
	return ok;
}

/* ---- which ---- */

struct wanted { size_t lever; double gain; };

static int most_first(const void *x, const void *y)
{
	const struct wanted *a = x, *b = y;

	if (a->gain < b->gain || a->gain > b->gain)
		return a->gain > b->gain ? -1 : 1;
	return a->lever < b->lever ? -1 : a->lever > b->lever;
}

static int by_lever(const void *x, const void *y)
{
	const struct wanted *a = x, *b = y;

	return a->lever < b->lever ? -1 : a->lever > b->lever;
}

/* Those with the largest gains alone, as many as there may be pairs of; in the order of the table. */
static size_t pick(const bpr_choice *c, struct wanted *list)
{
	size_t count = 0, most = 0;

	for (size_t i = 0; i < c->n; i++)
		if (c->usable[i])
			list[count++] = (struct wanted){ i, isnan(c->alone[i]) ? 0 : fabs(c->alone[i]) };
	while ((most + 1) * most / 2 <= BPR_CHOICE_PAIRS)
		most++;
	if (count > most) {
		qsort(list, count, sizeof(*list), most_first);
		count = most;
		qsort(list, count, sizeof(*list), by_lever);
	}
	return count;
}

/* A pair that does not fit: both cannot be, unless one of them did not fit alone either. */
static bool note_clashes(struct groups *g)
{
	bpr_choice *c = g->choice;
	bool ok = true;

	for (size_t i = 0; ok && i < g->count; i++) {
		const size_t *pair = g->items[i].members;

		if (c->sets.state[g->items[i].set] == BPR_SET_REFUSED && !isnan(c->alone[pair[0]]) && !isnan(c->alone[pair[1]]))
			ok = bpr_i_choice_row(c, &c->rows, &c->row_count, &c->row_capacity, pair, 2);
	}
	return ok;
}

/* A lever that does not fit alone fits beside those with which it did. */
static bool note_rescues(struct groups *g, size_t *members)
{
	bpr_choice *c = g->choice;
	bool ok = true;

	for (size_t lever = 0; ok && lever < c->n; lever++) {
		size_t count = 1;

		if (!c->usable[lever] || !isnan(c->alone[lever]))
			continue;
		members[0] = lever;
		for (size_t i = 0; i < g->count; i++) {
			const size_t *pair = g->items[i].members;

			if (c->sets.state[g->items[i].set] == BPR_SET_FITS && (pair[0] == lever || pair[1] == lever))
				members[count++] = pair[0] == lever ? pair[1] : pair[0];
		}
		ok = bpr_i_choice_row(c, &c->rescues, &c->rescue_count, &c->rescue_capacity, members, count);
	}
	return ok;
}

/* ---- threes ---- */

static bool interacts(const unsigned char *pairs, size_t n, size_t a, size_t b)
{
	return pairs[a * n + b] || pairs[b * n + a];
}

static bool ask_threes(struct groups *g, const struct wanted *list, size_t count, unsigned char *pairs)
{
	const bpr_choice *c = g->choice;
	bool ok = true;

	for (size_t t = 0; t < c->term_count; t++) {
		size_t at[2] = { count, count };

		for (size_t i = 0; c->terms[t].count == 2 && i < count; i++)
			for (size_t k = 0; k < 2; k++)
				if (list[i].lever == c->terms[t].members[k])
					at[k] = i;
		if (at[0] < count && at[1] < count)
			pairs[at[0] * count + at[1]] = 1;
	}
	for (size_t i = 0; ok && i < count; i++)
		for (size_t k = i + 1; ok && k < count; k++)
			for (size_t m = k + 1; ok && m < count && interacts(pairs, count, i, k) && g->count < BPR_CHOICE_TRIPLES; m++)
				if (interacts(pairs, count, i, m) && interacts(pairs, count, k, m))
					ok = ask(g, (const size_t[]){ list[i].lever, list[k].lever, list[m].lever }, 3);
	return ok;
}

/* ---- all together ---- */

struct picked { struct wanted *list; size_t count; size_t *members; /* scratch */ };

static bpr_status value_threes(bpr_choice *c, const struct picked *picked, double until, bool *all, struct bpr_error *err)
{
	struct groups threes = { .choice = c };
	const struct wanted *list = picked->list;
	const size_t count = picked->count;
	unsigned char *pairs = bpr_i_calloc(count * count + 1, 1);
	bpr_status status = pairs && ask_threes(&threes, list, count, pairs) ? BPR_OK : bpr_i_nomem(err);

	if (!status)
		status = bpr_i_choice_flush(c, until, all, err);
	if (!status && !absorb_all(&threes))
		status = bpr_i_nomem(err);
	bpr_i_free(threes.items);
	bpr_i_free(pairs);
	return status;
}

static bpr_status value_pairs(struct groups *g, const struct picked *picked, double until, bool *all, struct bpr_error *err)
{
	bpr_choice *c = g->choice;
	const struct wanted *list = picked->list;
	const size_t count = picked->count;
	struct groups alone = { .choice = c };
	bool ok = true;
	bpr_status status;

	for (size_t i = 0; ok && i < c->n; i++)
		if (!isnan(c->alone[i]))
			ok = ask(&alone, &i, 1);
	ok = ok && absorb_all(&alone);
	bpr_i_free(alone.items);
	for (size_t i = 0; ok && i < count; i++)
		for (size_t k = i + 1; ok && k < count; k++)
			ok = ask(g, (const size_t[]){ list[i].lever, list[k].lever }, 2);
	if (!ok)
		return bpr_i_nomem(err);
	status = bpr_i_choice_flush(c, until, all, err);
	if (!status && (!absorb_all(g) || !note_clashes(g) || !note_rescues(g, picked->members)))
		status = bpr_i_nomem(err);
	return status;
}

bpr_status bpr_i_choice_pairs(bpr_choice *choice, double until, bool *all, struct bpr_error *err)
{
	struct groups pairs = { .choice = choice };
	struct picked picked = { .count = 0 };
	bpr_status status;

	picked.list = bpr_i_calloc(choice->n + 1, sizeof(*picked.list));
	picked.members = bpr_i_calloc(choice->n + BPR_CHOICE_PAIRS + 2, sizeof(*picked.members));
	status = picked.list && picked.members ? BPR_OK : bpr_i_nomem(err);

	*all = true;
	if (!status) {
		picked.count = pick(choice, picked.list);
		status = value_pairs(&pairs, &picked, until, all, err);
		if (!status && *all)
			status = value_threes(choice, &picked, until, all, err);
	}
	choice->paired = !status;
	bpr_i_free(pairs.items);
	bpr_i_free(picked.members);
	bpr_i_free(picked.list);
	return status;
}

/* ---- corrections ---- */

struct shrink { bpr_choice *choice; bool *part, *less; double until; struct bpr_error *err; bool late; };

/* Whether the model is wrong of a set; what does not fit tells nothing. */
static bpr_status is_wrong(struct shrink *s, const bool *set, bool *wrong)
{
	const bool *sets[1] = { set };
	double gain = (double)NAN;
	struct bpr_choice_batch batch = { sets, 1, s->until, &gain, 0 };
	bpr_status status = bpr_i_choice_values(s->choice, &batch, s->err);

	s->late |= !status && !batch.done;
	*wrong = !status && !isnan(gain) && bpr_i_choice_differs(s->choice, gain, bpr_i_choice_model(s->choice, set));
	return status;
}

/* Levers are left out one by one as long as the model stays wrong of the rest. */
static bpr_status make_least(struct shrink *s)
{
	bpr_choice *c = s->choice;
	bpr_status status = BPR_OK;

	for (size_t i = 0; i < c->n && !status && !s->late; i++) {
		bool wrong;

		if (!s->part[i])
			continue;
		memcpy(s->less, s->part, c->n);
		bpr_i_choice_drop(c, s->less, i);
		status = is_wrong(s, s->less, &wrong);
		if (!status && wrong)
			memcpy(s->part, s->less, c->n);
	}
	return status;
}

static bpr_status correct(struct shrink *s, const bool *set)
{
	bpr_choice *c = s->choice;
	bool wrong = true;
	bpr_status status = BPR_OK;

	while (!status && wrong && !s->late) {
		size_t index;

		memcpy(s->part, set, c->n);
		status = make_least(s);
		if (status)
			break;
		index = bpr_i_sets_add(&c->sets, s->part);
		/* Late: part was not made least, but it is valued. */
		if (index == BPR_NONE || !absorb(c, index))
			return bpr_i_nomem(s->err);
		status = is_wrong(s, set, &wrong);
	}
	return status;
}

bpr_status bpr_i_choice_correct(bpr_choice *choice, const bool *set, double until, struct bpr_error *err)
{
	struct shrink s = { .choice = choice, .until = until, .err = err };
	bpr_status status;

	s.part = bpr_i_calloc(choice->n + 1, 1);
	s.less = bpr_i_calloc(choice->n + 1, 1);
	status = s.part && s.less ? correct(&s, set) : bpr_i_nomem(err);
	bpr_i_free(s.part);
	bpr_i_free(s.less);
	return status;
}

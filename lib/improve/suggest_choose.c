/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best set: the programme proposes, the valuation disposes. */
#include "config.h"
#include "improve/choose_i.h"
#include "improve/value_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <string.h>
#include <time.h>

enum { CHUNK = 256 /* sets that are written out for the worth at a time */ };

double bpr_i_value_now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- rules ---- */

bool bpr_i_choice_add(const bpr_choice *choice, bool *set, size_t lever)
{
	size_t depth = 0;
	bool never = false;

	if (!set[lever]) {
		set[lever] = true;
		choice->stack[depth++] = lever;
	}
	while (depth) {
		const struct bpr_choice_lever *l = &choice->levers[choice->stack[--depth]];

		never |= l->never;
		for (size_t k = 0; k < l->need_count; k++)
			if (!set[l->needs[k]]) {
				set[l->needs[k]] = true;
				choice->stack[depth++] = l->needs[k];
			}
	}
	for (size_t k = 0; k < choice->clash_count && !never; k++)
		never = set[choice->clash[2 * k]] && set[choice->clash[2 * k + 1]];
	return !never;
}

void bpr_i_choice_drop(const bpr_choice *choice, bool *set, size_t lever)
{
	size_t depth = 0;

	if (set[lever]) {
		set[lever] = false;
		choice->stack[depth++] = lever;
	}
	while (depth) {
		size_t i = choice->stack[--depth];

		for (size_t k = choice->needed_row[i]; k < choice->needed_row[i + 1]; k++)
			if (set[choice->needed_by[k]]) {
				set[choice->needed_by[k]] = false;
				choice->stack[depth++] = choice->needed_by[k];
			}
	}
}

static double total(const bpr_choice *choice, const bool *set, bool days)
{
	double sum = 0;

	for (size_t i = 0; i < choice->n; i++)
		sum += !set[i] ? 0 : days ? choice->levers[i].days : choice->levers[i].cost;
	return sum;
}

/* What adding up may have rounded is not over the limit. */
static bool is_within(double sum, double most)
{
	return sum <= most + 1e-12 * fabs(most);
}

bool bpr_i_choice_keeps(const bpr_choice *choice, const struct bpr_choice_limits *limits, const bool *set)
{
	for (size_t i = 0; i < choice->n; i++) {
		const struct bpr_choice_lever *l = &choice->levers[i];

		if ((!set[i] && choice->must[i]) || (set[i] && l->never))
			return false;
		for (size_t k = 0; set[i] && k < l->need_count; k++)
			if (!set[l->needs[k]])
				return false;
	}
	for (size_t k = 0; k < choice->clash_count; k++)
		if (set[choice->clash[2 * k]] && set[choice->clash[2 * k + 1]])
			return false;
	return is_within(total(choice, set, false), limits->budget) && is_within(total(choice, set, true), limits->days);
}

bool bpr_i_choice_differs(const bpr_choice *choice, double a, double b)
{
	return fabs(a - b) > 1e-9 * choice->scale;
}

/* ---- order ---- */

struct weighed { double cost, days; size_t count; };

static struct weighed weigh(const bpr_choice *choice, size_t set)
{
	const uint64_t *bits = choice->sets.bits + set * choice->sets.words;
	struct weighed w = { 0, 0, 0 };

	for (size_t i = 0; i < choice->n; i++)
		if (bits[i / 64] >> i % 64 & 1) {
			w.cost += choice->levers[i].cost;
			w.days += choice->levers[i].days;
			w.count++;
		}
	return w;
}

static int by_number(double a, double b)
{
	return a < b ? -1 : a > b;
}

int bpr_i_choice_order(const bpr_choice *choice, size_t a, size_t b)
{
	const uint64_t *x = choice->sets.bits + a * choice->sets.words, *y = choice->sets.bits + b * choice->sets.words;
	struct weighed wa, wb;
	int sign;

	if (a == b)
		return 0;
	if (bpr_i_choice_differs(choice, choice->sets.gain[a], choice->sets.gain[b]))
		return by_number(choice->sets.gain[b], choice->sets.gain[a]);
	wa = weigh(choice, a);
	wb = weigh(choice, b);
	sign = by_number(wa.cost, wb.cost);
	sign = sign ? sign : by_number(wa.days, wb.days);
	sign = sign || wa.count == wb.count ? sign : wa.count < wb.count ? -1 : 1;
	for (size_t i = 0; i < choice->sets.words && !sign; i++) {
		uint64_t differ = x[i] ^ y[i];

		/* Who has the lever that stands first. */
		sign = differ ? (x[i] & (differ & (~differ + 1)) ? -1 : 1) : 0;
	}
	return sign;
}

/* ---- valuing ---- */

static bpr_status value_chunk(bpr_choice *choice, size_t count, double until, size_t *done, struct bpr_error *err)
{
	bool *flat = bpr_i_calloc(count, choice->n + 1);
	const bool *sets[CHUNK];
	double gains[CHUNK];
	struct bpr_choice_batch batch = { sets, count, until, gains, 0 };
	bpr_status status = flat ? BPR_OK : bpr_i_nomem(err);

	for (size_t i = 0; !status && i < count; i++) {
		bpr_i_sets_get(&choice->sets, choice->sets.asked + i, flat + i * (choice->n + 1));
		sets[i] = flat + i * (choice->n + 1);
	}
	if (!status)
		status = choice->worth(choice->data, &batch, err);
	*done = batch.done;
	for (size_t i = 0; !status && i < *done; i++) {
		size_t at = choice->sets.asked + i;

		choice->sets.state[at] = isnan(gains[i]) ? BPR_SET_REFUSED : BPR_SET_FITS;
		choice->sets.gain[at] = isnan(gains[i]) ? 0 : gains[i];
		choice->scale = fmax(choice->scale, fabs(choice->sets.gain[at]));
	}
	if (!status)
		choice->sets.asked += *done;
	bpr_i_free(flat);
	return status;
}

bpr_status bpr_i_choice_flush(bpr_choice *choice, double until, bool *all, struct bpr_error *err)
{
	*all = true;
	while (*all && choice->sets.asked < choice->sets.count) {
		size_t left = choice->sets.count - choice->sets.asked, done;
		size_t count = left < CHUNK ? left : CHUNK;
		bpr_status status = value_chunk(choice, count, until, &done, err);

		if (status)
			return status;
		*all = done == count;
	}
	return BPR_OK;
}

bpr_status bpr_i_choice_values(bpr_choice *choice, struct bpr_choice_batch *batch, struct bpr_error *err)
{
	bpr_status status;
	bool all;

	batch->done = 0;
	for (size_t i = 0; i < batch->count; i++)
		if (bpr_i_sets_add(&choice->sets, batch->sets[i]) == BPR_NONE)
			return bpr_i_nomem(err);
	status = bpr_i_choice_flush(choice, batch->until, &all, err);
	batch->done = !status && all ? batch->count : 0;
	for (size_t i = 0; i < batch->count && !status; i++) {
		/* It is there: adding finds it. */
		size_t at = bpr_i_sets_add(&choice->sets, batch->sets[i]);

		if (at == BPR_NONE)
			return bpr_i_nomem(err);
		batch->gains[i] = choice->sets.state[at] == BPR_SET_FITS ? choice->sets.gain[at] : (double)NAN;
	}
	return status;
}

static bpr_status value_one(bpr_choice *choice, const bool *set, double until, size_t *index, bool *all, struct bpr_error *err)
{
	*index = bpr_i_sets_add(&choice->sets, set);
	if (*index == BPR_NONE)
		return bpr_i_nomem(err);
	return bpr_i_choice_flush(choice, until, all, err);
}

/* ---- neighbours ---- */

/* Asks for every set that has one lever more or less, or one instead of another, and keeps the limits. */
static bool ask_neighbours(bpr_choice *choice, const struct bpr_choice_limits *limits, const bool *set)
{
	bool *other = bpr_i_calloc(choice->n + 1, 1);
	size_t swaps = 0;
	bool ok = other != NULL;

	for (size_t i = 0; ok && i < choice->n; i++) {
		memcpy(other, set, choice->n);
		if (set[i])
			bpr_i_choice_drop(choice, other, i);
		else if (!choice->usable[i] || !bpr_i_choice_add(choice, other, i))
			continue;
		if (bpr_i_choice_keeps(choice, limits, other))
			ok = bpr_i_sets_add(&choice->sets, other) != BPR_NONE;
	}
	for (size_t i = 0; ok && i < choice->n; i++)
		for (size_t k = 0; ok && !set[i] && choice->usable[i] && k < choice->n && swaps < BPR_CHOICE_SWAPS; k++) {
			if (!set[k])
				continue;
			memcpy(other, set, choice->n);
			bpr_i_choice_drop(choice, other, k);
			if (!bpr_i_choice_add(choice, other, i) || other[k] || !bpr_i_choice_keeps(choice, limits, other))
				continue;
			ok = bpr_i_sets_add(&choice->sets, other) != BPR_NONE;
			swaps++;
		}
	bpr_i_free(other);
	return ok;
}

/* The best set known that keeps the limits; BPR_NONE: none is. */
static size_t best_known(const bpr_choice *choice, const struct bpr_choice_limits *limits)
{
	size_t best = BPR_NONE;

	for (size_t i = 0; i < choice->sets.count; i++) {
		if (choice->sets.state[i] != BPR_SET_FITS || (best != BPR_NONE && bpr_i_choice_order(choice, i, best) > 0))
			continue;
		bpr_i_sets_get(&choice->sets, i, choice->work);
		if (bpr_i_choice_keeps(choice, limits, choice->work))
			best = i;
	}
	return best;
}

/* ---- rounds ---- */

struct run {
	bpr_choice *choice;
	const struct bpr_choice_limits *limits;
	struct bpr_choice_result *result;
	struct bpr_error *err;
	size_t *covers; size_t cover_count, cover_capacity; /* of this run: over its limits */
	size_t *tried; size_t tried_count, tried_capacity;  /* proposed already, while others are looked for */
	bool *set;
};

static double seconds_left(const struct run *r)
{
	double left = r->limits->until > 0 ? r->limits->until - bpr_i_value_now() : 0;

	return r->limits->until > 0 && left < 0.001 ? 0.001 : left;
}

static bool is_late(const struct run *r)
{
	return r->limits->until > 0 && bpr_i_value_now() >= r->limits->until;
}

static bpr_status remember(struct run *r, size_t **list, size_t *count, size_t *capacity, size_t set)
{
	if (!bpr_i_grow(list, capacity, *count + 1, sizeof(**list)))
		return bpr_i_nomem(r->err);
	(*list)[(*count)++] = set;
	return BPR_OK;
}

/* What the programme proposed is valued, and the model learns. *agreed: it knew. */
static bpr_status learn(struct run *r, bool *agreed)
{
	bpr_choice *c = r->choice;
	bool all = true;
	size_t index = bpr_i_sets_add(&c->sets, r->set);
	bpr_status status;

	if (index == BPR_NONE)
		return bpr_i_nomem(r->err);
	if (!bpr_i_choice_keeps(c, r->limits, r->set))
		return remember(r, &r->covers, &r->cover_count, &r->cover_capacity, index);
	status = bpr_i_choice_flush(c, r->limits->until, &all, r->err);
	if (status || !all)
		return status;
	if (c->sets.state[index] == BPR_SET_REFUSED)
		return remember(r, &c->refused, &c->refused_count, &c->refused_capacity, index);
	*agreed = !bpr_i_choice_differs(c, c->sets.gain[index], bpr_i_choice_model(c, r->set));
	return *agreed ? BPR_OK : bpr_i_choice_correct(c, r->set, r->limits->until, r->err);
}

/* Until the programme's best set is worth what the model says. */
static bpr_status settle(struct run *r)
{
	bool agreed = false;
	bpr_status status = BPR_OK;

	r->result->settled = false;
	while (!agreed && !status && !is_late(r) && r->result->rounds < BPR_CHOICE_ROUNDS) {
		struct bpr_choice_asked asked = { r->limits, r->covers, r->cover_count, NULL, 0, seconds_left(r) };
		struct bpr_choice_answer answer;

		r->result->rounds++;
		status = bpr_i_choice_solve(r->choice, &asked, r->set, &answer, r->err);
		if (status)
			break;
		r->result->bound = answer.bound;
		if (!answer.found) {
			r->result->timed_out |= !answer.best;
			return BPR_OK;
		}
		status = learn(r, &agreed);
		r->result->settled = agreed && answer.best;
		/* Not solved to its end: going on would propose the same. */
		if (agreed && !answer.best)
			r->result->timed_out = true;
	}
	if (!agreed)
		r->result->timed_out = true;
	return status;
}

/* From the best set known to a better neighbour, as long as there is one. */
static bpr_status improve(struct run *r, size_t *best)
{
	bpr_choice *c = r->choice;
	bpr_status status = BPR_OK;
	bool all = true;

	*best = best_known(c, r->limits);
	while (*best != BPR_NONE && !status && all) {
		size_t next;

		bpr_i_sets_get(&c->sets, *best, r->set);
		status = ask_neighbours(c, r->limits, r->set) ? bpr_i_choice_flush(c, r->limits->until, &all, r->err) : bpr_i_nomem(r->err);
		next = status ? *best : best_known(c, r->limits);
		if (next == *best)
			break;
		*best = next;
	}
	if (!all)
		r->result->timed_out = true;
	return status;
}

/* The next best sets of the model too: what it does not know of them may make one of them the best. */
static bpr_status explore(struct run *r)
{
	bpr_choice *c = r->choice;
	bpr_status status = BPR_OK;

	r->tried_count = 0;
	for (size_t round = 0; !status && round < BPR_CHOICE_TRIES && !is_late(r); round++) {
		struct bpr_choice_asked asked = { r->limits, r->covers, r->cover_count, r->tried, r->tried_count, seconds_left(r) };
		struct bpr_choice_answer answer;
		bool agreed = false;
		size_t index;

		status = bpr_i_choice_solve(c, &asked, r->set, &answer, r->err);
		if (status || !answer.found)
			break;
		status = learn(r, &agreed);
		index = status ? 0 : bpr_i_sets_add(&c->sets, r->set);
		if (!status)
			status = index == BPR_NONE ? bpr_i_nomem(r->err) : remember(r, &r->tried, &r->tried_count, &r->tried_capacity, index);
	}
	return status;
}

/* The model and the neighbourhood in turn, until neither has anything better. */
static bpr_status search(struct run *r, size_t *best)
{
	bpr_choice *c = r->choice;
	size_t before = BPR_NONE;
	bpr_status status;

	for (bool explored = false;; explored = true) {
		status = settle(r);
		if (!status && !explored)
			status = explore(r);
		if (!status && !explored)
			status = settle(r);
		if (status || (status = improve(r, best)))
			return status;
		if (*best == BPR_NONE || *best == before || is_late(r) || r->result->timed_out)
			return BPR_OK;
		before = *best;
		bpr_i_sets_get(&c->sets, *best, r->set);
		if (!bpr_i_choice_differs(c, c->sets.gain[*best], bpr_i_choice_model(c, r->set)))
			return BPR_OK;
		status = bpr_i_choice_correct(c, r->set, r->limits->until, r->err);
		if (status)
			return status;
	}
}

static bpr_status first_model(struct run *r)
{
	bool all = true;
	bpr_status status = BPR_OK;

	if (!r->choice->paired)
		status = bpr_i_choice_pairs(r->choice, r->limits->until, &all, r->err);
	if (!all)
		r->result->timed_out = true;
	return status;
}

/* Musts alone are a set too: there is something to fall back on. */
static bpr_status ask_musts(struct run *r)
{
	bpr_choice *c = r->choice;
	size_t index;
	bool all;

	if (!bpr_i_choice_keeps(c, r->limits, c->must))
		return BPR_OK;
	return value_one(c, c->must, 0, &index, &all, r->err);
}

static bpr_status run(struct run *r)
{
	size_t best = BPR_NONE;
	bool all = false;
	bpr_status status = ask_musts(r);

	if (!status)
		status = first_model(r);
	if (!status)
		status = search(r, &best);
	if (!status && !r->limits->model_only)
		status = bpr_i_choice_list(r->choice, r->limits, &best, &all, r->err);
	if (status || best == BPR_NONE)
		return status;
	r->result->found = true;
	r->result->gain = r->choice->sets.gain[best];
	r->result->proven = all;
	r->result->timed_out &= !all;
	if (all || r->result->bound < r->result->gain)
		r->result->bound = r->result->gain;
	bpr_i_sets_get(&r->choice->sets, best, r->result->chosen);
	return BPR_OK;
}

bpr_status bpr_i_choice_run(bpr_choice *choice, const struct bpr_choice_limits *limits, struct bpr_choice_result *result, struct bpr_error *err)
{
	struct run r = { .choice = choice, .limits = limits, .result = result, .err = err };
	bool *chosen = result->chosen;
	bpr_status status;

	*result = (struct bpr_choice_result){ .chosen = chosen };
	memset(chosen, 0, choice->n);
	r.set = bpr_i_calloc(choice->n + 1, 1);
	status = r.set ? run(&r) : bpr_i_nomem(err);
	bpr_i_free(r.set);
	bpr_i_free(r.covers);
	bpr_i_free(r.tried);
	return status;
}

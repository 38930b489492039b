/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets of levers, each valued once; what a schedule is worth; which ones are allowed. */
#include "config.h"
#include "improve/plan_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <string.h>
#include <time.h>

static double seconds_now(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_MONOTONIC, &now))
		return 0;
	return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

bool bpr_i_plan_late(const struct bpr_i_plan_sets *sets)
{
	return sets->until > 0 && seconds_now() > sets->until;
}

double bpr_i_plan_left(const struct bpr_i_plan_sets *sets)
{
	return sets->until > 0 ? fmax(0.01, sets->until - seconds_now()) : 0;
}

bpr_status bpr_i_plan_sets_begin(struct bpr_i_plan_sets *sets, const struct bpr_i_schedule *schedule, struct bpr_error *err)
{
	*sets = (struct bpr_i_plan_sets){ .schedule = schedule, .words = schedule->count / 64 + 1 };
	if (schedule->seconds > 0)
		sets->until = seconds_now() + schedule->seconds;
	sets->slot_count = 1024;
	sets->slots = bpr_i_calloc(sets->slot_count, sizeof(*sets->slots));
	sets->chosen = bpr_i_calloc(schedule->count + 1, sizeof(*sets->chosen));
	if (sets->slots && sets->chosen)
		return BPR_OK;
	bpr_i_plan_sets_end(sets);
	return bpr_i_nomem(err);
}

void bpr_i_plan_sets_end(struct bpr_i_plan_sets *sets)
{
	bpr_i_free(sets->bits);
	bpr_i_free(sets->worth);
	bpr_i_free(sets->coef);
	bpr_i_free(sets->slots);
	bpr_i_free(sets->chosen);
	*sets = (struct bpr_i_plan_sets){ 0 };
}

static size_t slot_of(const struct bpr_i_plan_sets *sets, const unsigned long long *bits)
{
	size_t slot = (size_t)bpr_i_hash(BPR_I_HASH_START, bits, sets->words * sizeof(*bits)) & (sets->slot_count - 1);

	while (sets->slots[slot] && memcmp(sets->bits + (sets->slots[slot] - 1) * sets->words, bits, sets->words * sizeof(*bits)) != 0)
		slot = (slot + 1) & (sets->slot_count - 1);
	return slot;
}

static bool grow_slots(struct bpr_i_plan_sets *sets)
{
	size_t *old = sets->slots, *fresh;

	if (2 * (sets->count + 1) < sets->slot_count)
		return true;
	fresh = bpr_i_calloc(2 * sets->slot_count, sizeof(*fresh));
	if (!fresh)
		return false;
	sets->slots = fresh;
	sets->slot_count *= 2;
	for (size_t i = 0; i < sets->count; i++)
		fresh[slot_of(sets, sets->bits + i * sets->words)] = i + 1;
	bpr_i_free(old);
	return true;
}

bpr_status bpr_i_plan_sets_get(struct bpr_i_plan_sets *sets, const unsigned long long *bits, size_t *index, bool *fresh, struct bpr_error *err)
{
	const struct bpr_i_schedule *s = sets->schedule;
	size_t slot = slot_of(sets, bits);
	bpr_status status;

	if (fresh)
		*fresh = !sets->slots[slot];
	if (sets->slots[slot]) {
		*index = sets->slots[slot] - 1;
		return BPR_OK;
	}
	if (!grow_slots(sets) || !bpr_i_grow(&sets->bits, &sets->bits_capacity, (sets->count + 1) * sets->words, sizeof(*sets->bits)) ||
	    !bpr_i_grow(&sets->worth, &sets->capacity, sets->count + 1, sizeof(*sets->worth)) ||
	    !bpr_i_grow(&sets->coef, &sets->coef_capacity, sets->count + 1, sizeof(*sets->coef)))
		return bpr_i_nomem(err);
	for (size_t i = 0; i < s->count; i++)
		sets->chosen[i] = bpr_i_plan_in(bits, i);
	sets->worth[sets->count] = (struct bpr_i_plan_worth){ .fits = false };
	status = s->oracle(s->context, sets->chosen, &sets->worth[sets->count], err);
	if (status)
		return status;
	memcpy(sets->bits + sets->count * sets->words, bits, sets->words * sizeof(*bits));
	sets->coef[sets->count] = 0;
	*index = sets->count++;
	sets->slots[slot_of(sets, bits)] = sets->count;
	return BPR_OK;
}

/* ---- what a schedule is worth ---- */

/* Present value of a year's money or effect. */
static double value_in(const struct bpr_i_schedule *s, size_t year)
{
	return pow(1 + s->discount, -(double)year);
}

/*
 * Effect in year t is gain(before t) + share * (gain(by t) - gain(before t)), so what has started by t counts `share` in t and the rest
 * in the year after.
 */
double bpr_i_schedule_weight(const struct bpr_i_schedule *s, size_t year)
{
	return value_in(s, year) * s->share + (year + 1 < s->years ? value_in(s, year + 1) * (1 - s->share) : 0);
}

double bpr_i_schedule_paid(const struct bpr_i_schedule *s, size_t year)
{
	return s->net ? value_in(s, year) : 0;
}

static bool keeps_relations(const struct bpr_i_schedule *s, const size_t *start, size_t lever)
{
	const struct bpr_i_schedule_lever *l = &s->levers[lever];

	if (start[lever] == BPR_NONE)
		return !l->must;
	if (start[lever] < l->earliest || start[lever] >= s->years)
		return false;
	for (size_t i = 0; i < l->need_count; i++)
		if (start[l->needs[i]] == BPR_NONE || start[l->needs[i]] > start[lever])
			return false;
	for (size_t i = 0; i < l->exclude_count; i++)
		if (start[l->excludes[i]] != BPR_NONE)
			return false;
	return true;
}

bool bpr_i_schedule_allowed(const struct bpr_i_schedule *s, const size_t *start)
{
	double all_cost = 0, all_days = 0;

	for (size_t i = 0; i < s->count; i++)
		if (!keeps_relations(s, start, i))
			return false;
	for (size_t t = 0; t < s->years; t++) {
		double money = 0, days = 0;

		for (size_t i = 0; i < s->count; i++) {
			const struct bpr_i_schedule_lever *l = &s->levers[i];

			if (start[i] == t) {
				money += l->cost + s->share * l->yearly;
				days += l->days;
				all_cost += l->cost;
				all_days += l->days;
			} else if (start[i] < t) { /* BPR_NONE is above all years */
				money += l->yearly;
			}
		}
		if (money > s->budget_per_year * (1 + 1e-9) + 1e-9 || days > s->days_per_year * (1 + 1e-9) + 1e-9)
			return false;
	}
	return all_cost <= s->budget * (1 + 1e-9) + 1e-9 && all_days <= s->max_days * (1 + 1e-9) + 1e-9;
}

bpr_status bpr_i_schedule_worth(struct bpr_i_plan_sets *sets, const size_t *start, double *objective, bool *fits, struct bpr_error *err)
{
	const struct bpr_i_schedule *s = sets->schedule;
	unsigned long long *bits = bpr_i_calloc(sets->words, sizeof(*bits));
	bpr_status status = bits ? BPR_OK : bpr_i_nomem(err);

	*objective = 0;
	*fits = true;
	for (size_t t = 0; t < s->years && !status && *fits; t++) {
		size_t at = 0;

		for (size_t i = 0; i < s->count; i++)
			if (start[i] == t) {
				bpr_i_plan_put(bits, i);
				*objective -= bpr_i_schedule_paid(s, t) * s->levers[i].cost;
			}
		status = bpr_i_plan_sets_get(sets, bits, &at, NULL, err);
		if (status)
			break;
		*fits = sets->worth[at].fits;
		*objective += bpr_i_schedule_weight(s, t) * sets->worth[at].gain;
	}
	bpr_i_free(bits);
	return status;
}

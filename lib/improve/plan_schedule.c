/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * In which year each lever starts. Of few levers every set is valued and the best chain of sets is found year by year, which proves it;
 * of more a programme over what was valued is solved (plan_model.c) and single moves are tried out exactly at the end.
 */
#include "config.h"
#include "improve/plan_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <string.h>

enum { FEW = 10 /* 1024 sets */ };

/* ---- every set, year by year ---- */

/* best[t][set]: the best of the years up to t where `set` has started by then; from: what had started the year before. */
struct chain {
	struct bpr_i_plan_sets *sets;
	size_t masks;
	double *gain, *cost, *yearly, *days; /* [masks] */
	bool *fits;                          /* [masks] and is allowed as a whole */
	unsigned *late;                      /* [masks] years before which one of it cannot start */
	double *best;                        /* [years * masks], -INFINITY none */
	unsigned *from;
};

/* Needs within the set, no two that exclude each other. */
static bool is_closed(const struct bpr_i_schedule *s, size_t mask)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct bpr_i_schedule_lever *l = &s->levers[i];

		if (!(mask >> i & 1u))
			continue;
		for (size_t k = 0; k < l->need_count; k++)
			if (!(mask >> l->needs[k] & 1u))
				return false;
		for (size_t k = 0; k < l->exclude_count; k++)
			if (mask >> l->excludes[k] & 1u)
				return false;
	}
	return true;
}

static bpr_status chain_begin(struct chain *c, struct bpr_i_plan_sets *sets, struct bpr_error *err)
{
	size_t masks = (size_t)1 << sets->schedule->count, years = sets->schedule->years;

	*c = (struct chain){ .sets = sets, .masks = masks };
	c->gain = bpr_i_calloc(masks, sizeof(*c->gain));
	c->cost = bpr_i_calloc(masks, sizeof(*c->cost));
	c->yearly = bpr_i_calloc(masks, sizeof(*c->yearly));
	c->days = bpr_i_calloc(masks, sizeof(*c->days));
	c->fits = bpr_i_calloc(masks, sizeof(*c->fits));
	c->late = bpr_i_calloc(masks, sizeof(*c->late));
	c->best = bpr_i_calloc(masks * years, sizeof(*c->best));
	c->from = bpr_i_calloc(masks * years, sizeof(*c->from));
	return c->gain && c->cost && c->yearly && c->days && c->fits && c->late && c->best && c->from ? BPR_OK : bpr_i_nomem(err);
}

static void chain_end(struct chain *c)
{
	bpr_i_free(c->gain);
	bpr_i_free(c->cost);
	bpr_i_free(c->yearly);
	bpr_i_free(c->days);
	bpr_i_free(c->fits);
	bpr_i_free(c->late);
	bpr_i_free(c->best);
	bpr_i_free(c->from);
}

static void sum_up(struct chain *c, size_t mask)
{
	const struct bpr_i_schedule *s = c->sets->schedule;

	for (size_t i = 0; i < s->count; i++)
		if (mask >> i & 1u) {
			c->cost[mask] += s->levers[i].cost;
			c->yearly[mask] += s->levers[i].yearly;
			c->days[mask] += s->levers[i].days;
			if (s->levers[i].earliest > c->late[mask])
				c->late[mask] = (unsigned)s->levers[i].earliest;
		}
}

static bool within(double x, double limit)
{
	return x <= limit * (1 + 1e-9) + 1e-9;
}

/* Values every set that could stand in a plan. *all false: the time was up. */
static bpr_status value_all(struct chain *c, bool *all, struct bpr_error *err)
{
	const struct bpr_i_schedule *s = c->sets->schedule;

	*all = true;
	for (size_t mask = 0; mask < c->masks; mask++) {
		unsigned long long bits = mask;
		size_t at;
		bpr_status status;

		sum_up(c, mask);
		if (!is_closed(s, mask) || !within(c->cost[mask], s->budget) || !within(c->days[mask], s->max_days) || c->late[mask] >= s->years)
			continue;
		if (bpr_i_plan_late(c->sets)) {
			*all = false;
			return BPR_OK;
		}
		status = bpr_i_plan_sets_get(c->sets, &bits, &at, NULL, err);
		if (status)
			return status;
		c->fits[mask] = c->sets->worth[at].fits;
		c->gain[mask] = c->sets->worth[at].gain;
	}
	return BPR_OK;
}

/* The best way to have started `mask` by year t: what of it starts in t is every part of it in turn. */
static void step(struct chain *c, size_t t, size_t mask)
{
	const struct bpr_i_schedule *s = c->sets->schedule;
	double *best = c->best + t * c->masks;

	best[mask] = -(double)INFINITY;
	if (!c->fits[mask] || c->late[mask] > t)
		return;
	for (size_t part = 0;; part = (part - mask) & mask) { /* the parts of the set, rising: nothing new first */
		size_t before = mask & ~part;
		double earlier = t ? c->best[(t - 1) * c->masks + before] : before ? -(double)INFINITY : 0;
		double value = earlier + bpr_i_schedule_weight(s, t) * c->gain[mask] - bpr_i_schedule_paid(s, t) * c->cost[part];

		if (isfinite(earlier) && within(c->cost[part] + s->share * c->yearly[part] + c->yearly[before], s->budget_per_year) &&
		    within(c->days[part], s->days_per_year) && value > best[mask] + 1e-12 * fabs(value)) {
			best[mask] = value;
			c->from[t * c->masks + mask] = (unsigned)before;
		}
		if (part == mask)
			break;
	}
}

/* The cheapest of the best: money is not spent for nothing. */
static size_t pick(const struct chain *c, size_t must)
{
	const double *last = c->best + (c->sets->schedule->years - 1) * c->masks;
	size_t picked = BPR_NONE;

	for (size_t mask = 0; mask < c->masks; mask++) {
		double edge = picked == BPR_NONE ? 0 : 1e-9 * fmax(fabs(last[picked]), fabs(last[mask]));

		if ((mask & must) != must || !isfinite(last[mask]))
			continue;
		if (picked == BPR_NONE || last[mask] > last[picked] + edge ||
		    (last[mask] > last[picked] - edge && (c->cost[mask] + c->days[mask] < c->cost[picked] + c->days[picked])))
			picked = mask;
	}
	return picked;
}

static void read_back(const struct chain *c, size_t mask, size_t *start)
{
	const struct bpr_i_schedule *s = c->sets->schedule;

	for (size_t i = 0; i < s->count; i++)
		start[i] = BPR_NONE;
	for (size_t t = s->years; t-- > 0;) {
		size_t before = c->from[t * c->masks + mask];

		for (size_t i = 0; i < s->count; i++)
			if ((mask & ~before) >> i & 1u)
				start[i] = t;
		mask = before;
	}
}

static bpr_status solve_chain(struct bpr_i_plan_sets *sets, struct bpr_i_schedule_result *out, bool *solved, struct bpr_error *err)
{
	const struct bpr_i_schedule *s = sets->schedule;
	struct chain c;
	size_t must = 0, picked;
	bpr_status status = chain_begin(&c, sets, err);

	*solved = false;
	if (!status)
		status = value_all(&c, solved, err);
	if (status || !*solved) {
		chain_end(&c);
		return status;
	}
	for (size_t i = 0; i < s->count; i++)
		must |= s->levers[i].must ? (size_t)1 << i : 0;
	for (size_t t = 0; t < s->years; t++)
		for (size_t mask = 0; mask < c.masks; mask++)
			step(&c, t, mask);
	picked = pick(&c, must);
	out->found = picked != BPR_NONE;
	if (out->found) {
		read_back(&c, picked, out->start);
		out->objective = out->bound = c.best[(s->years - 1) * c.masks + picked];
	}
	out->proven = true;
	chain_end(&c);
	return BPR_OK;
}

/* ---- single moves ---- */

struct climb { struct bpr_i_plan_sets *sets; struct bpr_i_schedule_result *out; size_t *trial; bool better; };

/* Moves one lever to another year, or out, or in, where that is allowed and better. */
static bpr_status try_move(struct climb *c, size_t lever, size_t year, struct bpr_error *err)
{
	const struct bpr_i_schedule *s = c->sets->schedule;
	double objective;
	bool fits;
	bpr_status status;

	if (c->out->start[lever] == year)
		return BPR_OK;
	memcpy(c->trial, c->out->start, s->count * sizeof(*c->trial));
	c->trial[lever] = year;
	if (!bpr_i_schedule_allowed(s, c->trial))
		return BPR_OK;
	status = bpr_i_schedule_worth(c->sets, c->trial, &objective, &fits, err);
	if (status || !fits || objective <= c->out->objective + 1e-9 * fabs(c->out->objective))
		return status;
	memcpy(c->out->start, c->trial, s->count * sizeof(*c->trial));
	c->out->objective = objective;
	c->better = true;
	return BPR_OK;
}

static bpr_status climb(struct bpr_i_plan_sets *sets, struct bpr_i_schedule_result *out, struct bpr_error *err)
{
	const struct bpr_i_schedule *s = sets->schedule;
	struct climb c = { sets, out, bpr_i_calloc(s->count + 1, sizeof(size_t)), true };
	bpr_status status = c.trial ? BPR_OK : bpr_i_nomem(err);

	while (!status && c.better && !bpr_i_plan_late(sets)) {
		c.better = false;
		for (size_t i = 0; i < s->count && !status; i++)
			for (size_t t = 0; t <= s->years && !status && !bpr_i_plan_late(sets); t++)
				status = try_move(&c, i, t < s->years ? t : BPR_NONE, err);
	}
	bpr_i_free(c.trial);
	return status;
}

bpr_status bpr_i_schedule_solve(const struct bpr_i_schedule *schedule, struct bpr_i_schedule_result *out, struct bpr_error *err)
{
	struct bpr_i_plan_sets sets;
	bool solved = false;
	bpr_status status = bpr_i_plan_sets_begin(&sets, schedule, err);

	if (status)
		return status;
	for (size_t i = 0; i < schedule->count; i++)
		out->start[i] = BPR_NONE;
	if (schedule->count <= FEW && !schedule->lazy)
		status = solve_chain(&sets, out, &solved, err);
	if (!status && !solved) {
		out->proven = false;
		status = bpr_i_schedule_model(&sets, out, err);
		if (!status && out->found)
			status = climb(&sets, out, err);
		if (out->bound < out->objective)
			out->bound = out->objective;
	}
	out->timed_out |= bpr_i_plan_late(&sets);
	out->sets = sets.count;
	bpr_i_plan_sets_end(&sets);
	return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where it sticks, and what it would take: one more person in the stretches of the week in which people wait most, each tried by
 * simulation with the streams of the base.
 */
#include "config.h"
#include "improve/improve_i.h"
#include "base/options_i.h"
#include "base/problem_i.h"
#include "flow/view_i.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A weekday by itself is tried where people wait this many times as long as on the mean day of its kind. */
#define DAY_STANDS_OUT 1.5

struct candidate {
	size_t pool, order;
	unsigned weekdays;
	double days, from, to;
	double waited;          /* person-minutes of waiting that begin in it, a week */
};

struct candidates { struct candidate *items; size_t count, capacity; unsigned week; /* all working weekdays */ };

/* Person-minutes of those who joined the queue of the pool in this stretch of one weekday, in a mean week. */
static double waited_on(const bpr_simulation *base, size_t pool, unsigned weekday, double from, double to)
{
	const struct bpr_sim_place_hour *hours = bpr_simulation_pool_waits(base, pool);
	double minutes = 0;

	for (size_t hour = 0; hours && hour < 24; hour++) {
		const struct bpr_sim_place_hour *h = &hours[weekday * 24 + hour];
		double part = fmax(0, fmin(to, (double)hour * 60 + 60) - fmax(from, (double)hour * 60)) / 60;

		if (part > 0 && h->waits > 0)
			minutes += part * h->waits * h->wait;
	}
	return minutes;
}

static bool add(struct candidates *list, const struct candidate *candidate)
{
	if (!(candidate->waited > 0))
		return true;
	if (!bpr_i_grow(&list->items, &list->capacity, list->count + 1, sizeof(*list->items)))
		return false;
	list->items[list->count] = *candidate;
	list->items[list->count].order = list->count;
	list->count++;
	return true;
}

/* A block of a pool on all its weekdays, and on those that stand out by themselves. */
static bool add_block(struct candidates *list, const bpr_simulation *base, size_t pool, const struct roster_block *block)
{
	struct candidate all = { .pool = pool, .weekdays = block->weekdays, .days = block->days, .from = block->from, .to = block->to };
	double on[7] = { 0 };

	for (unsigned d = 0; d < 7; d++)
		if (block->weekdays >> d & 1u) {
			on[d] = waited_on(base, pool, d, block->from, block->to);
			all.waited += on[d];
		}
	if (!add(list, &all))
		return false;
	for (unsigned d = 0; d < 7 && block->days > 1; d++) {
		struct candidate one = all;

		if (!(on[d] * block->days > DAY_STANDS_OUT * all.waited))
			continue;
		one.weekdays = 1u << d;
		one.days = 1;
		one.waited = on[d];
		if (!add(list, &one))
			return false;
	}
	return true;
}

static int most_waited(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->waited < y->waited || x->waited > y->waited)
		return x->waited > y->waited ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

static bpr_status find_candidates(const bpr_flow *flow, const bpr_simulation *base, double block, struct candidates *list,
				  struct bpr_error *err)
{
	bool *planned = bpr_i_calloc(bpr_flow_pool_count(flow), sizeof(*planned));
	struct roster roster = { 0 };
	bpr_status status;

	if (!planned)
		return bpr_i_nomem(err);
	for (size_t i = 0; i < bpr_flow_pool_count(flow); i++)
		planned[i] = true;
	status = bpr_i_roster_new(flow, planned, block, &roster, err);
	for (size_t i = 0; i < roster.cells && !status; i++) {
		const struct roster_block *b = &roster.blocks[i % roster.block_count];

		list->week |= b->weekdays;
		if (b->open && !add_block(list, base, roster.pools[i / roster.block_count], b))
			status = bpr_i_nomem(err);
	}
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), most_waited);
	bpr_i_roster_release(&roster);
	bpr_i_free(planned);
	return status;
}

/* ---- trying one ---- */

/* The flow with one more shift of one person; `shifts` and `pools` are filled. */
static bpr_status simulate_with(const bpr_flow *flow, const struct candidate *c, const struct bpr_sim_options *options, bpr_simulation **out,
				struct bpr_error *err)
{
	const struct bpr_pool *pool = bpr_flow_pool(flow, c->pool);
	struct bpr_span span = { c->from, c->to };
	struct bpr_schedule_rule rule = { .days = { .weekdays = c->weekdays }, .spans = &span, .span_count = 1, .value = 1 };
	struct bpr_pool *pools = bpr_i_calloc(bpr_flow_pool_count(flow), sizeof(*pools));
	struct bpr_shift *shifts = bpr_i_calloc(pool->shift_count + 1, sizeof(*shifts));
	bpr_flow *view = NULL;
	bpr_status status = BPR_OK;

	*out = NULL;
	if (!pools || !shifts) {
		status = bpr_i_nomem(err);
	} else {
		for (size_t i = 0; i < bpr_flow_pool_count(flow); i++)
			pools[i] = *bpr_flow_pool(flow, i);
		for (size_t i = 0; i < pool->shift_count; i++)
			shifts[i] = pool->shifts[i];
		shifts[pool->shift_count] = (struct bpr_shift){ .name = "", .count = 1, .hours = { &rule, 1, "" } };
		pools[c->pool].shifts = shifts;
		pools[c->pool].shift_count++;
		pools[c->pool].count++;
		status = bpr_i_flow_view(flow, &(struct bpr_flow_change){ .pools = pools }, &view, err);
	}
	if (!status)
		status = bpr_simulate(view, options, out, NULL, err);
	bpr_i_flow_view_free(view);
	bpr_i_free(shifts);
	bpr_i_free(pools);
	return status;
}

static bpr_status try_one(const bpr_flow *flow, const struct candidate *c, const struct bpr_sim_options *options, const bpr_simulation *base,
			  struct bpr_sticking *out, struct bpr_error *err)
{
	struct bpr_sim_difference differences[BPR_SIM_KEY_COUNT];
	const struct bpr_sim_difference *wait = &differences[BPR_SIM_WAIT];
	bpr_simulation *with = NULL;
	bpr_status status = simulate_with(flow, c, options, &with, err);

	if (!status)
		status = bpr_simulation_compare(base, with, differences, err);
	if (!status) {
		*out = (struct bpr_sticking){
			.pool = c->pool, .weekdays = c->weekdays, .from = c->from, .to = c->to, .hours_a_week = (c->to - c->from) / 60 * c->days,
			.wait_before = wait->before, .wait_after = wait->after, .change = wait->change, .ci_known = wait->ci_known,
			.ci95_low = wait->ci95_low, .ci95_high = wait->ci95_high, .shown = wait->shown && wait->change < 0,
			.cycle_change = differences[BPR_SIM_CYCLE].change,
			.wait_p90_before = bpr_simulation_figure(base, BPR_SIM_WAIT)->p90,
			.wait_p90_after = bpr_simulation_figure(with, BPR_SIM_WAIT)->p90,
		};
	}
	bpr_simulation_free(with);
	return status;
}

static int most_change(const void *a, const void *b)
{
	const struct bpr_sticking *x = a, *y = b;

	if (x->shown != y->shown)
		return x->shown ? -1 : 1;
	if (x->change < y->change || x->change > y->change)
		return x->change < y->change ? -1 : 1;
	if (x->pool != y->pool)
		return x->pool < y->pool ? -1 : 1;
	if (x->weekdays != y->weekdays)
		return x->weekdays > y->weekdays ? -1 : 1;
	return (x->from > y->from) - (x->from < y->from);
}

/* What each of the candidates brings, in order of what it brings. */
static bpr_status try_all(const bpr_flow *flow, const struct candidates *list, size_t count, const struct bpr_sim_options *told,
			  const bpr_simulation *base, struct bpr_sticking *found, struct bpr_error *err)
{
	struct bpr_sim_options run = bpr_i_quiet(told);

	run.replications = bpr_simulation_replications(base);
	for (size_t i = 0; i < count; i++) {
		bpr_status status = try_one(flow, &list->items[i], &run, base, &found[i], err);

		if (status)
			return status;
		if (told->progress && !told->progress(told->progress_data, (double)(i + 1) / (double)count, 0))
			return BPR_ECANCELLED;
		if (found[i].weekdays == list->week)
			found[i].weekdays = 0;
	}
	if (count)
		qsort(found, count, sizeof(*found), most_change);
	return BPR_OK;
}

bpr_status bpr_improve_sticking(const bpr_flow *flow, const struct bpr_sticking_options *options, const bpr_simulation *base,
				struct bpr_sticking **out, size_t *count, bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_sticking_options o = BPR_STICKING_OPTIONS_INIT;
	struct candidates list = { 0 };
	bpr_simulation *own = NULL;
	bpr_status status = BPR_OK;

	*out = NULL;
	*count = 0;
	if (!bpr_i_options(&o, options) || !(o.block >= 1))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_R004, NULL, 0, NULL, NULL);
	if (!base) {
		status = bpr_simulate(flow, &o.simulation, &own, problems, err);
		base = own;
	}
	if (!status)
		status = find_candidates(flow, base, o.block, &list, err);
	if (!status) {
		size_t most = list.count < o.most ? list.count : o.most;

		*out = bpr_i_calloc(most, sizeof(**out));
		status = *out ? try_all(flow, &list, most, &o.simulation, base, *out, err) : bpr_i_nomem(err);
		*count = status ? 0 : most;
	}
	if (status) {
		bpr_i_free(*out);
		*out = NULL;
	}
	bpr_i_free(list.items);
	bpr_simulation_free(own);
	return status;
}

void bpr_improve_free(void *list)
{
	bpr_i_free(list);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a record knows by the hour of the week: areas under the curves of people and cases, waits, minutes of opening. */
#include "config.h"
#include "simulate/recorder_i.h"
#include <math.h>

uint32_t bpr_i_record_hour_of(const struct record *r, double time)
{
	long day = (long)floor(time / 1440);
	double hour = floor((time - (double)day * 1440) / 60);

	return (uint32_t)(((unsigned long)day + r->weekday) % 7 * 24) + (hour > 23 ? 23 : hour > 0 ? (uint32_t)hour : 0);
}

/*
 * Where the office closes, utilisation is that of the days that let cases in: in what is left of the run people are on duty for nobody.
 * Where it never closes, what is left is a moment.
 */
static bool in_use(const struct record *r)
{
	return !r->closes || r->hour_from < r->until;
}

/* The hour goes into the tables by hour: means of the days that let cases in and on which somebody works. */
static bool in_table(const struct record *r)
{
	return r->hour_from < r->until && !r->idle;
}

/* A day on which the office does not work and nobody is on duty: a holiday among the Mondays would thin out the Mondays. */
static bool is_idle(const struct record *r, double time)
{
	const bpr_flow *flow = r->of->flow;
	long day = (long)floor(time / 1440);
	struct bpr_span spans[BPR_SPANS_MAX];
	size_t people[BPR_SPANS_MAX];

	if (!r->closes || bpr_calendar_works(r->of->calendar, day))
		return false;
	for (size_t p = 0; p < bpr_flow_pool_count(flow); p++)
		for (size_t s = 0; s < bpr_flow_pool(flow, p)->shift_count; s++)
			if (bpr_calendar_shift(r->of->calendar, p, s, day, spans, people))
				return false;
	return true;
}

/* People of a pool at work, and of them those whose hours are over: the latter change seldom. */
static inline void count_busy(struct record *r, size_t p, double time)
{
	r->busy_area[p] += (double)r->pool_busy[p] * (time - r->busy_since[p]);
	r->busy_since[p] = time;
}

static void count_duty(struct record *r, size_t p, double time)
{
	double minutes = time - r->duty_since[p], duty = (double)r->pool_duty[p];

	r->duty_since[p] = time;
	r->sums.pool[p].open += duty > 0 ? minutes : 0;
	r->sums.pool[p].over += (double)r->pool_over[p] * minutes;
	if (in_table(r)) {
		r->sums.duty_hour[p * BPR_SIM_HOURS + r->hour].duty += duty * minutes;
		r->sums.duty_hour[p * BPR_SIM_HOURS + r->hour].busy -= (double)r->pool_over[p] * minutes;
	}
	if (!in_use(r))
		return;
	r->sums.pool[p].duty += duty * minutes;
	r->sums.pool[p].busy -= (double)r->pool_over[p] * minutes;
}

void bpr_i_record_count_present(struct record *r, double time)
{
	if (in_table(r))
		r->sums.hour[r->hour].present += (double)r->present * (time - r->present_since);
	r->present_since = time;
}

static void count_hour(struct record *r, double time)
{
	bpr_i_record_count_present(r, time);
	for (size_t p = 0; p < r->sums.pool_count; p++) {
		count_busy(r, p, time);
		count_duty(r, p, time);
		if (in_table(r))
			r->sums.duty_hour[p * BPR_SIM_HOURS + r->hour].busy += r->busy_area[p];
		if (in_use(r))
			r->sums.pool[p].busy += r->busy_area[p];
		r->busy_area[p] = 0;
	}
}

void bpr_i_record_count_wait(struct record *r, uint32_t node, uint32_t hour, double count, double wait, double max)
{
	const struct record_node *n = &r->plan->node[node];
	struct node_sums *sums = &r->sums.node[node];

	sums->begun += count;
	sums->wait += wait;
	sums->wait_max = max > sums->wait_max ? max : sums->wait_max;
	for (uint32_t i = n->first_place; i < n->first_place + n->place_count; i++) {
		struct wait_sums *w = record_waits_at(r, r->plan->place[i], hour);

		w->begun += count;
		w->wait += wait;
		w->max = max > w->max ? max : w->max;
	}
}

/* What began in the hour under way goes into the tables. */
static void count_begun(struct record *r)
{
	for (uint32_t i = 0; i < r->sums.node_count; i++)
		if (r->begun[i].count > 0) {
			bpr_i_record_count_wait(r, i, r->hour, r->begun[i].count, r->begun[i].wait, r->begun[i].max);
			r->begun[i] = (struct record_hour){ 0, 0, 0 };
		}
}

/*
 * One more hour for the means of the tables. Only those of the days that let cases in: in what is left of a run nobody comes, and a
 * last Monday without arrivals would halve the Mondays.
 */
static void count_minutes(struct record *r, double to)
{
	double from = r->hour_from > r->from ? r->hour_from : r->from;

	if (in_table(r))
		r->sums.hour[r->hour].minutes += to - from;
}

void bpr_i_record_next_hours(struct record *r, double now)
{
	count_begun(r);
	while (now >= r->hour_to) {
		count_hour(r, r->hour_to);
		count_minutes(r, r->hour_to);
		r->hour_from = r->hour_to;
		r->hour_to += 60;
		r->hour = (r->hour + 1) % BPR_SIM_HOURS;
		if (r->hour % 24 == 0)
			r->idle = is_idle(r, r->hour_from);
		if (r->hour_from >= r->until && r->hour_from < r->until + 60)
			for (size_t p = 0; p < r->sums.pool_count; p++)
				r->sums.pool[p].backlog = (double)r->line[p].length;
	}
}

void bpr_i_record_start_hours(struct record *r, double now)
{
	r->hour_from = floor(now / 60) * 60;
	r->hour_to = r->hour_from + 60;
	r->hour = bpr_i_record_hour_of(r, now);
	r->idle = is_idle(r, now);
	r->present_since = now;
	for (size_t p = 0; p < r->sums.pool_count; p++) {
		r->busy_since[p] = r->duty_since[p] = now;
		r->busy_area[p] = 0;
	}
}

void bpr_i_record_busy(struct run *run, uint32_t pool, size_t busy)
{
	struct record *r = run->record;

	record_set_hour(r, run->now);
	count_busy(r, pool, run->now);
	r->pool_busy[pool] = busy;
}

void bpr_i_record_duty(struct run *run, uint32_t pool, size_t people)
{
	struct record *r = run->record;

	record_set_hour(r, run->now);
	count_duty(r, pool, run->now);
	r->pool_duty[pool] = people;
}

void bpr_i_record_over(struct run *run, uint32_t pool, size_t people)
{
	struct record *r = run->record;

	record_set_hour(r, run->now);
	count_duty(r, pool, run->now);
	r->pool_over[pool] = people;
}

/* Minutes of [from, to) in which the counter is open. */
static double open_minutes(const struct run *run, size_t counter, double from, double to)
{
	struct bpr_span spans[BPR_SPANS_MAX];
	double minutes = 0;

	for (long day = (long)floor(from / 1440); (double)day * 1440 < to; day++) {
		size_t count = bpr_calendar_counter(run->plan->calendar, counter, day, spans);

		for (size_t i = 0; i < count; i++) {
			double a = (double)day * 1440 + spans[i].from, b = (double)day * 1440 + spans[i].to;

			a = a > from ? a : from;
			b = b < to ? b : to;
			minutes += b > a ? b - a : 0;
		}
	}
	return minutes;
}

/* Days of [from, to) on which the office works. */
static double working_days(const struct run *run, double from, double to)
{
	double days = 0;

	if (!run->plan->closes)
		return (to - from) / 1440;
	for (long day = (long)floor(from / 1440); (double)day * 1440 < to; day++)
		days += bpr_calendar_works(run->plan->calendar, day);
	return days;
}

void bpr_i_record_close_hours(struct run *run)
{
	struct record *r = run->record;

	record_set_hour(r, run->now);
	count_hour(r, run->now);
	count_begun(r);
	count_minutes(r, run->now);
	r->sums.minutes = run->now - r->from;
	r->sums.days = working_days(run, r->from, r->until < run->now ? r->until : run->now);
	for (size_t i = 0; i < r->sums.counter_count; i++)
		r->sums.counter[i].open = open_minutes(run, i, r->from, run->now);
}

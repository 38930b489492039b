/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cases come: by a demand a day or a year (a Poisson process whose rate is constant by pieces; the next one by inversion of the
 * cumulated rate), by the time between two of them (the clock starts again at every opening or window), or at fixed times.
 *
 * One arrival is planned at a time, so nothing grows with their number. Days are looked at as they come: what the calendar says
 * of a day is asked once a day.
 */
#include "config.h"
#include "base/alloc_i.h"
#include "flow/calendar_i.h"
#include "simulate/run_i.h"
#include <math.h>
#include <string.h>

enum { DAY = BPR_I_DAY };

/* So many days without anybody, and nobody comes any more: a demand that is nought from now on. */
enum { SEARCH_DAYS = 1500 };

enum way {
	WAY_CONSTANT = 0, /* Poisson, the same rate for ever */
	WAY_RATES,        /* Poisson, by pieces */
	WAY_ALWAYS,       /* time between two, no office hours */
	WAY_WINDOWS,      /* time between two, from an opening or window on */
	WAY_TIMES,        /* a list */
	WAY_DAILY         /* a list, every working day */
};

struct arrival_plan {
	enum way way;
	struct run_sampler between; /* CONSTANT: an exponential time */
	double group;               /* mean people of an arrival */
	double shift;               /* TIMES: minutes from midnight of the list's first day to that of day 0 */
};

/* A stretch in which cases come by the clock, in minutes of the run. */
struct window {
	double from, to, next;
	unsigned long long number; /* of `next`, from 0 */
	const struct bpr_dist *between;
};

enum { WINDOWS = 2 * BPR_I_WINDOWS_MAX };

struct arrivals {
	long day;                 /* the last one that was looked at; -1 none. WINDOWS: those of the evening before count, -2 none */
	double time;              /* RATES: where the next piece begins */
	struct bpr_rate rates[BPR_RATES_MAX];
	size_t rate_count, rate;
	struct window windows[WINDOWS];
	size_t window_count;
	size_t at;                /* TIMES, DAILY: the next one */
};

/* ---- plan ---- */

static bool constant_rate(const struct run_plan *plan)
{
	const struct bpr_demand *d = bpr_flow_demand(plan->flow);

	return bpr_calendar_always_open(plan->calendar) && !d->weekdays.rule_count && !d->profile.rule_count && !d->seasons.rule_count &&
	       !(d->per_year_given && bpr_calendar_dated(plan->calendar));
}

static void choose(const struct run_plan *plan, struct arrival_plan *p)
{
	const struct bpr_demand *d = bpr_flow_demand(plan->flow);
	bool always = bpr_calendar_always_open(plan->calendar);

	p->between.kind = BPR_DIST_EXP;
	p->group = d->group ? bpr_dist_mean(d->group) : 1;
	if (d->time_count) {
		p->way = d->times_daily ? WAY_DAILY : WAY_TIMES;
		p->shift = d->times_dated && bpr_calendar_dated(plan->calendar) ? (double)(bpr_calendar_date(plan->calendar, 0) - d->times_date) * DAY : 0;
	} else if (d->per_day_given || d->per_year_given) {
		p->way = constant_rate(plan) ? WAY_CONSTANT : WAY_RATES;
		if (p->way == WAY_CONSTANT)
			p->between.a = p->group * DAY / bpr_calendar_cases(plan->calendar, 0);
	} else if (d->windows.rule_count || !always) {
		p->way = WAY_WINDOWS;
	} else {
		/* Without memory and without end, it is a Poisson process. */
		p->way = d->arrivals && d->arrivals->kind == BPR_DIST_EXP && d->first < 0 ? WAY_CONSTANT : WAY_ALWAYS;
		p->between.a = d->arrivals ? d->arrivals->a : 0;
	}
}

/* Whether anybody ever comes. */
static bool somebody(const struct run_plan *plan, const struct arrival_plan *p)
{
	const struct bpr_demand *d = bpr_flow_demand(plan->flow);

	if (p->way == WAY_ALWAYS || p->way == WAY_TIMES)
		return p->way == WAY_TIMES ? d->times[d->time_count - 1] >= p->shift : bpr_dist_mean(d->arrivals) > 0;
	for (long day = 0; day < SEARCH_DAYS; day++)
		if (bpr_calendar_cases(plan->calendar, day) > 0)
			return true;
	return false;
}

bpr_status bpr_i_arrive_plan(struct run_plan *plan, bpr_problems *problems, struct bpr_error *err)
{
	struct arrival_plan *p = bpr_i_calloc(1, sizeof(*p));

	(void)problems;
	plan->arrival_plan = p;
	if (!p)
		return bpr_i_nomem(err);
	choose(plan, p);
	if (!somebody(plan, p))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_F050, NULL, 0, bpr_flow_source(plan->flow), NULL);
	return BPR_OK;
}

void bpr_i_arrive_plan_free(struct run_plan *plan)
{
	bpr_i_free(plan->arrival_plan);
	plan->arrival_plan = NULL;
}

bpr_status bpr_i_arrive_new(struct run *run)
{
	run->arrivals = bpr_i_calloc(1, sizeof(*run->arrivals));
	return run->arrivals ? BPR_OK : bpr_i_nomem(run->err);
}

void bpr_i_arrive_free(struct run *run)
{
	bpr_i_free(run->arrivals);
	run->arrivals = NULL;
}

/* ---- the next one ---- */

static struct bpr_rng *stream(const struct run *run, size_t purpose)
{
	return &run->stream[run->plan->node_count * RUN_PURPOSES + purpose];
}

/* Poisson by pieces: the cumulated rate from here to the next arrival is exponential of mean 1. */
static double next_rate(struct run *run, const struct arrival_plan *p)
{
	static const struct run_sampler unit = { .kind = BPR_DIST_EXP, .a = 1 };
	struct arrivals *a = run->arrivals;
	double left = p->group * bpr_i_run_draw(&unit, stream(run, 0));
	size_t quiet = 0;

	for (;;) {
		while (a->rate < a->rate_count) {
			const struct bpr_rate *r = &a->rates[a->rate];
			double from = fmax(a->time, (double)a->day * DAY + r->from);
			double to = (double)a->day * DAY + r->to;

			if (left < (to - from) * r->per_minute) {
				a->time = from + left / r->per_minute;
				return a->time;
			}
			left -= fmax(to - from, 0) * r->per_minute;
			a->rate++;
		}
		if (++quiet > SEARCH_DAYS)
			return (double)INFINITY;
		a->day++;
		a->rate = 0;
		a->rate_count = bpr_calendar_rates(run->plan->calendar, a->day, a->rates);
		if (a->rate_count)
			quiet = 0;
	}
}

/* The number-th arrival of a window; false behind its end. Multiples of a constant are exact at the end, where one still counts. */
static bool window_next(const struct run *run, struct window *w)
{
	double first = bpr_flow_demand(run->plan->flow)->first;
	const struct bpr_dist *d = w->between;
	double slack = d->kind == BPR_DIST_CONSTANT ? 1e-9 * d->a : 0;

	if (d->kind == BPR_DIST_CONSTANT)
		w->next = w->from + (first >= 0 ? first + (double)w->number * d->a : (double)(w->number + 1) * d->a);
	else if (w->number || first < 0)
		w->next += bpr_i_dist_draw(d, stream(run, 0));
	else
		w->next = w->from + first;
	w->number++;
	if (w->next > w->to + slack)
		return false;
	w->next = fmin(w->next, w->to);
	return true;
}

static void open_windows(struct run *run)
{
	struct arrivals *a = run->arrivals;
	struct bpr_i_window windows[BPR_I_WINDOWS_MAX];
	size_t count = bpr_i_calendar_windows(run->plan->calendar, ++a->day, windows);
	double midnight = (double)a->day * DAY;

	for (size_t i = 0; i < count && a->window_count < WINDOWS; i++) {
		struct window *w = &a->windows[a->window_count];
		bool more = midnight + windows[i].to > 0;

		*w = (struct window){ midnight + windows[i].from, midnight + windows[i].to, midnight + windows[i].from, 0, windows[i].between };
		do /* one of the evening before: what came then is past */
			more = more && window_next(run, w);
		while (more && w->next < 0);
		a->window_count += more;
	}
}

static double next_window(struct run *run)
{
	struct arrivals *a = run->arrivals;

	for (size_t quiet = 0; quiet < SEARCH_DAYS; quiet++) {
		struct window *first = NULL;
		double time;

		for (size_t i = 0; i < a->window_count; i++)
			if (!first || a->windows[i].next < first->next)
				first = &a->windows[i];
		if (!first || first->next >= (double)(a->day + 1) * DAY) {
			open_windows(run); /* another day, whose first one may come before */
			continue;
		}
		time = first->next;
		if (!window_next(run, first)) {
			a->window_count--;
			memmove(first, first + 1, (size_t)(&a->windows[a->window_count] - first) * sizeof(*first));
		}
		return time;
	}
	return (double)INFINITY;
}

static double next_time(struct run *run, const struct arrival_plan *p)
{
	const struct bpr_demand *d = bpr_flow_demand(run->plan->flow);
	struct arrivals *a = run->arrivals;

	if (p->way == WAY_TIMES) {
		while (a->at < d->time_count && d->times[a->at] < p->shift)
			a->at++;
		return a->at < d->time_count ? d->times[a->at++] - p->shift : (double)INFINITY;
	}
	for (size_t quiet = 0; quiet < SEARCH_DAYS && (a->day < 0 || a->at == d->time_count); quiet++)
		a->at = bpr_calendar_works(run->plan->calendar, ++a->day) ? 0 : d->time_count;
	return a->at < d->time_count ? (double)a->day * DAY + d->times[a->at++] : (double)INFINITY;
}

static double next_arrival(struct run *run, bool first)
{
	const struct arrival_plan *p = run->plan->arrival_plan;
	double wait = bpr_flow_demand(run->plan->flow)->first;

	switch (p->way) {
	case WAY_ALWAYS:
		return first && wait >= 0 ? wait : run->now + bpr_i_dist_draw(bpr_flow_demand(run->plan->flow)->arrivals, stream(run, 0));
	case WAY_CONSTANT: return run->now + bpr_i_run_draw(&p->between, stream(run, 0));
	case WAY_RATES: return next_rate(run, p);
	case WAY_WINDOWS: return next_window(run);
	case WAY_TIMES:
	case WAY_DAILY: return next_time(run, p);
	}
	return (double)INFINITY;
}

static void plan_next(struct run *run, bool first)
{
	double time = next_arrival(run, first);

	run->arriving = time <= run->until && time < (double)INFINITY;
	if (run->arriving)
		(void)bpr_i_run_plan_event(run, time, RUN_ARRIVE, 0, 0);
}

/* ---- the days that let cases in ---- */

/* Minutes from its midnight to the end of a working day: that of its last opening, where that is after midnight. */
static double day_end(const struct run_plan *plan, long day)
{
	struct bpr_span spans[BPR_SPANS_MAX];
	size_t count = bpr_i_calendar_own(plan->calendar, day, spans);

	return fmax(DAY, count ? spans[count - 1].to : 0);
}

static double end_of_days(const struct run_plan *plan, double days)
{
	double left = days;
	long day = 0;

	if (!(days > 0))
		return (double)INFINITY;
	if (bpr_calendar_always_open(plan->calendar))
		return days * DAY;
	for (long quiet = 0; quiet < SEARCH_DAYS; day++) {
		quiet++;
		if (!bpr_calendar_works(plan->calendar, day))
			continue;
		quiet = 0;
		if (left <= 1)
			return (double)day * DAY + (left < 1 ? left * DAY : day_end(plan, day));
		left -= 1;
	}
	return (double)day * DAY;
}

void bpr_i_arrive_clear(struct run *run)
{
	const struct arrival_plan *p = run->plan->arrival_plan;

	*run->arrivals = (struct arrivals){ .day = p->way == WAY_WINDOWS ? -2 : -1 };
	run->until = end_of_days(run->plan, run->plan->options.cases ? 0 : run->plan->options.days);
	plan_next(run, true);
}

/* ---- they come ---- */

/* People that come together: a number, a range of whole numbers, or one of a list. */
static size_t group_size(struct run *run, const struct bpr_dist *group)
{
	if (group->kind == BPR_DIST_CONSTANT)
		return (size_t)group->a;
	if (group->kind == BPR_DIST_UNIF)
		return (size_t)(group->a + floor(bpr_i_rng_uniform(stream(run, 1)) * (group->b - group->a + 1)));
	return (size_t)bpr_i_dist_draw(group, stream(run, 1));
}

void bpr_i_arrive_event(struct run *run)
{
	const struct bpr_dist *group = bpr_flow_demand(run->plan->flow)->group;
	size_t people = group ? group_size(run, group) : 1;

	/* The next one is planned first: it is then the same, whatever the cases do with the run. */
	plan_next(run, false);
	for (size_t i = 0; i < people && !run->stop && !run->enough; i++)
		bpr_i_run_enter_case(run);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days cut into stretches: where the rate of cases changes, where a shift or a break begins or ends, and at every full hour. */
#include "config.h"
#include "queueing/timeline_i.h"
#include <math.h>
#include <stdlib.h>

enum { DAY = 1440, HOUR = 60 };

/* One day: its rates, its shifts, the moments at which something changes. */
struct day {
	long number;
	struct bpr_rate rates[BPR_RATES_MAX]; size_t rate_count;
	double *edges; size_t edge_count, edge_capacity;
	struct duty { double from, to; size_t pool; double people; } *duties;
	size_t duty_count, duty_capacity;
};

static bool add_edge(struct day *d, double time)
{
	if (!bpr_i_grow(&d->edges, &d->edge_capacity, d->edge_count + 1, sizeof(*d->edges)))
		return false;
	d->edges[d->edge_count++] = fmin(DAY, fmax(0, time));
	return true;
}

static bool add_shift(struct day *d, const bpr_calendar *calendar, size_t pool, size_t shift)
{
	struct bpr_span spans[BPR_SPANS_MAX];
	size_t people[BPR_SPANS_MAX];
	size_t count = bpr_calendar_shift(calendar, pool, shift, d->number, spans, people);

	for (size_t i = 0; i < count; i++) {
		if (!people[i])
			continue;
		if (!add_edge(d, spans[i].from) || !add_edge(d, spans[i].to) ||
		    !bpr_i_grow(&d->duties, &d->duty_capacity, d->duty_count + 1, sizeof(*d->duties)))
			return false;
		d->duties[d->duty_count++] = (struct duty){ spans[i].from, spans[i].to, pool, (double)people[i] };
	}
	return true;
}

static int ascending(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static bool look_at(struct day *d, const bpr_flow *flow, const bpr_calendar *calendar)
{
	d->edge_count = d->duty_count = 0;
	d->rate_count = bpr_calendar_rates(calendar, d->number, d->rates);
	for (size_t i = 0; i < d->rate_count; i++)
		if (!add_edge(d, d->rates[i].from) || !add_edge(d, d->rates[i].to))
			return false;
	for (size_t p = 0; p < bpr_flow_pool_count(flow); p++)
		for (size_t s = 0; s < bpr_flow_pool(flow, p)->shift_count; s++)
			if (!add_shift(d, calendar, p, s))
				return false;
	for (int hour = 0; hour <= DAY; hour += HOUR)
		if (!add_edge(d, hour))
			return false;
	qsort(d->edges, d->edge_count, sizeof(*d->edges), ascending);
	return true;
}

static double rate_at(const struct day *d, double time)
{
	for (size_t i = 0; i < d->rate_count; i++)
		if (time >= d->rates[i].from && time < d->rates[i].to)
			return d->rates[i].per_minute;
	return 0;
}

/* The stretch between two edges, unless nobody works and nobody comes. */
static bool add_stretch(struct bpr_i_timeline *t, const struct day *d, double from, double to)
{
	double middle = (from + to) / 2, rate = rate_at(d, middle);
	bool any = rate > 0;
	double *people;

	if (!(to - from > 1e-9))
		return true;
	if (!bpr_i_grow(&t->people, &t->people_capacity, (t->count + 1) * t->pool_count, sizeof(*t->people)))
		return false;
	people = t->pool_count ? &t->people[t->count * t->pool_count] : NULL;
	for (size_t p = 0; p < t->pool_count; p++)
		people[p] = 0;
	for (size_t i = 0; i < d->duty_count; i++)
		if (middle >= d->duties[i].from && middle < d->duties[i].to) {
			people[d->duties[i].pool] += d->duties[i].people;
			any = true;
		}
	if (!any)
		return true;
	if (!bpr_i_grow(&t->at, &t->capacity, t->count + 1, sizeof(*t->at)))
		return false;
	t->at[t->count++] = (struct bpr_i_stretch){ d->number, from, to, rate };
	t->cases += rate * (to - from);
	t->taking += rate > 0 ? to - from : 0;
	return true;
}

/* Does everything stay as it is, day and night? */
static bool is_steady(const struct bpr_i_timeline *t, long days)
{
	if (!(t->taking > (double)days * DAY - 1e-6))
		return false;
	for (size_t i = 1; i < t->count; i++) {
		if (fabs(t->at[i].rate - t->at[0].rate) > 1e-12 * t->at[0].rate)
			return false;
		for (size_t p = 0; p < t->pool_count; p++)
			if (fabs(bpr_i_timeline_people(t, i, p) - bpr_i_timeline_people(t, 0, p)) > 0.5)
				return false;
	}
	return true;
}

bpr_status bpr_i_timeline_new(const bpr_flow *flow, const bpr_calendar *calendar, long days, struct bpr_i_timeline *out)
{
	struct day d = { .edges = NULL };
	bool ok = true;

	*out = (struct bpr_i_timeline){ .pool_count = bpr_flow_pool_count(flow), .always_open = bpr_calendar_always_open(calendar) };
	for (d.number = 0; ok && d.number < days; d.number++) {
		ok = look_at(&d, flow, calendar);
		for (size_t i = 1; ok && i < d.edge_count; i++)
			ok = add_stretch(out, &d, d.edges[i - 1], d.edges[i]);
	}
	bpr_i_free(d.edges);
	bpr_i_free(d.duties);
	out->steady = ok && is_steady(out, days);
	if (!ok)
		bpr_i_timeline_release(out);
	return ok ? BPR_OK : BPR_ENOMEM;
}

void bpr_i_timeline_release(struct bpr_i_timeline *timeline)
{
	bpr_i_free(timeline->at);
	bpr_i_free(timeline->people);
	*timeline = (struct bpr_i_timeline){ 0 };
}

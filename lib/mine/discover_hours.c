/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When an office is at work, and when more comes than at other times. */
#include "config.h"
#include "mine/discover_demand_i.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <string.h>

/* At night, 22:00 to 6:00, an office that closes has hardly any events. */
#define NIGHT_SHARE 0.03
/* A weekday on which so little of the busiest one's work is done is closed. */
#define CLOSED_SHARE 0.05
/* Events outside of the hours: 1 % before and 1 % behind them. */
#define OUTSIDE 0.01
#define P 0.01
#define DIFFERENCE 0.15

static bool turn_of_year(long day)
{
	int year, month, date;

	bpr_date_parts(day, &year, &month, &date);
	return (month == 12 && date >= 29) || (month == 1 && date <= 3);
}

bool bpr_i_demand_works(const struct bpr_hours_seen *h, long day)
{
	if (h->always)
		return true;
	return h->open >> bpr_i_weekday_of(day) & 1 && !(h->holidays && (bpr_date_holiday(day) || turn_of_year(day)));
}

/* First and last day with any event. */
static bool bounds(const struct bpr_comings *c, size_t *first, size_t *last)
{
	*first = 0;
	*last = c->day_count;
	while (*first < *last && !c->events[*first])
		++*first;
	while (*last > *first && !c->events[*last - 1])
		--*last;
	return *last > *first;
}

static bool at_night(const struct bpr_comings *c)
{
	uint64_t night = 0, all = 0;

	for (unsigned w = 0; w < 7; w++)
		for (size_t q = 0; q < BPR_I_QUARTERS; q++) {
			all += c->work_by_quarter[w][q];
			night += q < 24 || q >= 88 ? c->work_by_quarter[w][q] : 0;
		}
	return (double)night > NIGHT_SHARE * (double)all;
}

static unsigned open_weekdays(const struct bpr_comings *c)
{
	uint64_t sums[7] = { 0 }, most = 0;
	unsigned open = 0;

	for (unsigned w = 0; w < 7; w++) {
		for (size_t q = 0; q < BPR_I_QUARTERS; q++)
			sums[w] += c->work_by_quarter[w][q];
		most = sums[w] > most ? sums[w] : most;
	}
	for (unsigned w = 0; w < 7; w++)
		open |= (double)sums[w] > CLOSED_SHARE * (double)most ? 1u << w : 0;
	return open;
}

/* Whether the public holidays on open weekdays were days without work; where there was none, as the law has it. */
static bool holidays_closed(const struct bpr_comings *c, unsigned open, size_t first, size_t last)
{
	size_t holidays = 0, worked = 0;

	for (size_t i = first; i < last; i++) {
		long day = c->first_day + (long)i;

		if (!(open >> bpr_i_weekday_of(day) & 1) || !bpr_date_holiday(day))
			continue;
		holidays++;
		worked += c->events[i] > 0;
	}
	return 5 * worked <= holidays;
}

static struct bpr_quarters span_of(const uint64_t quarters[BPR_I_QUARTERS])
{
	uint64_t all = 0, seen = 0;
	struct bpr_quarters span = { 0, BPR_I_QUARTERS };
	double outside;

	for (size_t q = 0; q < BPR_I_QUARTERS; q++)
		all += quarters[q];
	outside = all >= 200 ? OUTSIDE * (double)all : 0;
	while (span.from < BPR_I_QUARTERS && (double)(seen + quarters[span.from]) <= outside)
		seen += quarters[span.from++];
	for (seen = 0; span.to > span.from + 1 && (double)(seen + quarters[span.to - 1]) <= outside; span.to--)
		seen += quarters[span.to - 1];
	return span;
}

/* Weekdays whose edges are within an hour of those of all are like all. */
static void find_spans(const struct bpr_comings *c, struct bpr_hours_seen *h)
{
	uint64_t all[BPR_I_QUARTERS] = { 0 };
	struct bpr_quarters usual;

	for (unsigned w = 0; w < 7; w++)
		for (size_t q = 0; h->open >> w & 1 && q < BPR_I_QUARTERS; q++)
			all[q] += c->work_by_quarter[w][q];
	usual = span_of(all);
	for (unsigned w = 0; w < 7; w++) {
		struct bpr_quarters own = span_of(c->work_by_quarter[w]);
		bool alike = own.from <= usual.from + 4 && usual.from <= own.from + 4 && own.to <= usual.to + 4 && usual.to <= own.to + 4;

		h->of[w] = alike ? usual : own;
	}
	/* Half an hour at least between 11:00 and 14:30 in which a fiftieth is done of what is done otherwise. */
	for (size_t q = 44; q < 58; q++) {
		size_t end = q;
		uint64_t total = 0;

		for (size_t i = usual.from; i < usual.to; i++)
			total += all[i];
		while (end < 58 && (double)all[end] * 50 < (double)total / (double)(usual.to - usual.from))
			end++;
		if (end >= q + 2 && end - q > h->lunch.to - h->lunch.from)
			h->lunch = (struct bpr_quarters){ q, end };
	}
}

void bpr_i_demand_hours_seen(const struct bpr_measure *m, struct bpr_hours_seen *out)
{
	const struct bpr_comings *c = &m->comings;
	size_t first, last, arrived = 0;

	*out = (struct bpr_hours_seen){ 0 };
	if (!bounds(c, &first, &last))
		return;
	out->open = open_weekdays(c);
	out->always = at_night(c);
	if (out->always) {
		out->open = 0x7f;
	} else {
		out->holidays = holidays_closed(c, out->open, first, last);
		find_spans(c, out);
	}
	for (size_t i = first; i < last; i++)
		if (bpr_i_demand_works(out, c->first_day + (long)i)) {
			out->working_days++;
			arrived += c->arrived[i];
		}
	out->per_day = out->working_days ? (double)arrived / (double)out->working_days : 0;
}

/* Open minutes of a day before a quarter of an hour of it, which may be a part. */
static double open_before(const struct bpr_hours_seen *h, long day, double quarter)
{
	const struct bpr_quarters *span = &h->of[bpr_i_weekday_of(day)];
	double end = quarter < (double)span->to ? quarter : (double)span->to, minutes = 0;

	if (!bpr_i_demand_works(h, day) || end <= (double)span->from)
		return 0;
	minutes = (end - (double)span->from) * 15;
	if (end > (double)h->lunch.from && h->lunch.to > h->lunch.from)
		minutes -= 15 * ((end < (double)h->lunch.to ? end : (double)h->lunch.to) - (double)h->lunch.from);
	return minutes;
}

bool bpr_i_measure_hours(struct bpr_measure *m)
{
	struct bpr_comings *c = &m->comings;

	m->hours = bpr_i_arena_alloc(&m->arena, 1, sizeof(*m->hours));
	if (!m->hours)
		return false;
	if (!c->day_count)
		return true;
	bpr_i_demand_hours_seen(m, m->hours);
	if (m->hours->always || !m->hours->working_days || bpr_log_info(m->log).dates_only)
		return true;
	c->open_before = bpr_i_calloc(c->day_count + 1, sizeof(*c->open_before));
	for (size_t i = 0; c->open_before && i < c->day_count; i++)
		c->open_before[i + 1] = c->open_before[i] + open_before(m->hours, c->first_day + (long)i, BPR_I_QUARTERS);
	return c->open_before != NULL;
}

/* Open minutes up to the moment; *closed: it is not within the hours (by a quarter of an hour). */
static double open_until(const struct bpr_measure *m, int64_t local, bool *closed)
{
	long day = bpr_i_day_of(local), at = day - m->comings.first_day;
	double quarter = (double)(local - (int64_t)day * BPR_I_DAY_MS) / (BPR_I_DAY_MS / BPR_I_QUARTERS);
	const struct bpr_quarters *span = &m->hours->of[bpr_i_weekday_of(day)];

	if (!bpr_i_demand_works(m->hours, day) || quarter < (double)span->from - 1 || quarter > (double)span->to + 1)
		*closed = true;
	if (at < 0 || (size_t)at >= m->comings.day_count)
		return 0;
	return m->comings.open_before[at] + open_before(m->hours, day, quarter);
}

double bpr_i_open_minutes(const struct bpr_measure *m, int64_t from, int64_t to, bool *outside)
{
	double before = open_until(m, from, outside), behind = open_until(m, to, outside);

	return behind > before ? behind - before : 0;
}

/* ---- what differs ---- */

struct groups { size_t count, days[12]; double sum[12], squares, total; size_t all; };

/* Do means of groups differ? One-way analysis of variance of cases a day. */
static bool differ(const struct groups *g, double factors[])
{
	double mean = g->all ? g->total / (double)g->all : 0, between = 0, most = 0, within, f;
	size_t used = 0;

	for (size_t i = 0; i < g->count; i++)
		if (g->days[i]) {
			double own = g->sum[i] / (double)g->days[i];

			used++;
			factors[i] = mean > 0 ? own / mean : 1;
			between += (double)g->days[i] * (own - mean) * (own - mean);
			most = fabs(factors[i] - 1) > most ? fabs(factors[i] - 1) : most;
		}
	if (used < 2 || g->all < used + 5 || !(mean > 0))
		return false;
	within = g->squares - (double)g->all * mean * mean - between;
	if (!(within > 0))
		return most >= DIFFERENCE;
	f = between / (double)(used - 1) / (within / (double)(g->all - used));
	return most >= DIFFERENCE && gsl_cdf_fdist_Q(f, (double)(used - 1), (double)(g->all - used)) < P;
}

static void count_day(struct groups *g, size_t group, double cases)
{
	g->days[group]++;
	g->sum[group] += cases;
	g->squares += cases * cases;
	g->total += cases;
	g->all++;
}

bool bpr_i_demand_weekdays(const struct bpr_measure *m, const struct bpr_hours_seen *h, double factors[7])
{
	const struct bpr_comings *c = &m->comings;
	struct groups g = { .count = 7 };
	size_t first, last;

	if (!bounds(c, &first, &last))
		return false;
	for (size_t i = first; i < last; i++)
		if (bpr_i_demand_works(h, c->first_day + (long)i))
			count_day(&g, bpr_i_weekday_of(c->first_day + (long)i), c->arrived[i]);
	return differ(&g, factors);
}

bool bpr_i_demand_months(const struct bpr_measure *m, const struct bpr_hours_seen *h, double factors[12])
{
	const struct bpr_comings *c = &m->comings;
	struct groups g = { .count = 12 };
	size_t first, last;
	int year, month, date;

	memset(factors, 0, 12 * sizeof(*factors));
	if (!bounds(c, &first, &last) || last - first < 365) /* of less than a year nobody knows the seasons */
		return false;
	for (size_t i = first; i < last; i++) {
		bpr_date_parts(c->first_day + (long)i, &year, &month, &date);
		if (bpr_i_demand_works(h, c->first_day + (long)i))
			count_day(&g, (size_t)month - 1, c->arrived[i]);
	}
	return differ(&g, factors);
}

/* Quarters of the weekday in which it is open, within the hour. */
static size_t open_quarters(const struct bpr_hours_seen *h, unsigned w, size_t hour)
{
	size_t n = 0;

	for (size_t q = 4 * hour; q < 4 * hour + 4; q++)
		n += h->always || (q >= h->of[w].from && q < h->of[w].to && !(q >= h->lunch.from && q < h->lunch.to));
	return n;
}

bool bpr_i_demand_hours(const struct bpr_measure *m, const struct bpr_hours_seen *h, double factors[24])
{
	double seen[24] = { 0 }, room[24] = { 0 }, all = 0, rooms = 0, chi = 0, most = 0;
	size_t used = 0;

	for (unsigned w = 0; w < 7; w++)
		for (size_t hour = 0; h->open >> w & 1 && hour < 24; hour++) {
			room[hour] += (double)open_quarters(h, w, hour);
			for (size_t q = 4 * hour; open_quarters(h, w, hour) && q < 4 * hour + 4; q++)
				seen[hour] += (double)m->comings.by_quarter[w][q];
		}
	for (size_t hour = 0; hour < 24; hour++) {
		all += seen[hour];
		rooms += room[hour];
	}
	for (size_t hour = 0; hour < 24; hour++) {
		double expected = all * room[hour] / rooms;

		factors[hour] = expected > 0 ? seen[hour] / expected : -1;
		if (!(expected > 0))
			continue;
		used++;
		chi += (seen[hour] - expected) * (seen[hour] - expected) / expected;
		most = fabs(factors[hour] - 1) > most ? fabs(factors[hour] - 1) : most;
	}
	return used > 1 && all >= 50 && most >= DIFFERENCE && gsl_cdf_chisq_Q(chi, (double)(used - 1)) < P;
}

bool bpr_i_gaps_of(struct bpr_kept *kept)
{
	gsl_sort(kept->values, 1, kept->count);
	for (size_t i = 0; i + 1 < kept->count; i++)
		kept->values[i] = kept->values[i + 1] - kept->values[i];
	return true;
}

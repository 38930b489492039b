/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hours in which an office was seen at work: traces (starts and ends of events) by weekday and time of day, day by day. Weekdays and
 * dates with hardly any are closed; hours run from the 2.5 % to the 97.5 % quantile of a weekday, widened to quarters of an hour.
 */
#include "config.h"
#include "mine/worktime_i.h"
#include "base/alloc_i.h"
#include <math.h>
#include <string.h>

/* Fewer traces than these say nothing of a unit's hours, of a weekday's hours, of one date, of public holidays. */
#define LEAST_OF_UNIT 200
#define LEAST_OF_WEEKDAY 40
#define LEAST_A_DAY 7.0    /* Poisson: then a day without any has a probability below 0.001 */
#define LEAST_OF_HOLIDAYS 5.0
#define HARDLY 0.1         /* of what is usual */
enum { QUARTER = 15, LEAST_BREAK = 30 / WT_BIN, NOON_FROM = 11 * 60 / WT_BIN, NOON_TO = 14 * 60 / WT_BIN };

static uint32_t *kind_counts(const bpr_log *log, bpr_status *status)
{
	uint32_t *counts = bpr_i_calloc((size_t)log->kind_count + 1, sizeof(*counts)), group;
	bpr_spill_walk *walk = counts ? bpr_i_spill_walk_new(log->spill) : NULL;
	const void *at;
	size_t count;

	*status = walk ? BPR_OK : BPR_ENOMEM;
	while (!*status && !(*status = bpr_i_spill_walk_next(walk, &group, &at, &count)) && at) {
		const struct bpr_log_record *records = at;

		for (size_t i = 0; i < count; i++)
			counts[records[i].kind] += counts[records[i].kind] < UINT32_MAX;
	}
	bpr_i_spill_walk_free(walk);
	return counts;
}

/* The units with the most events are looked at one by one, as many as there is room for. */
static bool choose_units(struct bpr_worktime *w)
{
	const size_t room = 1 + (4000000 / (w->days.count + 1) < WT_CALENDARS - 1 ? 4000000 / (w->days.count + 1) : WT_CALENDARS - 1);

	w->seen = bpr_i_calloc(w->unit_count + 1 < room ? w->unit_count + 1 : room, sizeof(*w->seen));
	w->seen_of_unit = bpr_i_calloc(w->unit_count + 1, sizeof(*w->seen_of_unit));
	if (!w->seen || !w->seen_of_unit)
		return false;
	w->seen[w->seen_count++].unit = BPR_LOG_NONE;
	while (w->seen_count < room && w->seen_count <= w->unit_count) {
		size_t best = w->unit_count;

		for (size_t u = 0; u < w->unit_count; u++)
			if (!w->seen_of_unit[u] && (best == w->unit_count || w->unit_events[u] > w->unit_events[best]))
				best = u;
		w->seen[w->seen_count].unit = (uint32_t)best;
		w->seen_of_unit[best] = (uint32_t)w->seen_count++;
	}
	for (size_t i = 0; i < w->seen_count; i++) {
		w->seen[i].days = bpr_i_calloc(w->days.count + 1, sizeof(*w->seen[i].days));
		if (!w->seen[i].days)
			return false;
	}
	return true;
}

static void trace(struct bpr_worktime *w, struct wt_seen *seen, int64_t local)
{
	const long date = wt_day_of(local);
	const int64_t of_day = local - (int64_t)date * WT_DAY;

	seen->bins[wt_weekday(date)][of_day / (WT_BIN * WT_MINUTE)]++;
	if (date >= w->days.first && (size_t)(date - w->days.first) < w->days.count)
		seen->days[date - w->days.first]++;
}

static bpr_status trace_all(struct bpr_worktime *w)
{
	bpr_spill_walk *walk = bpr_i_spill_walk_new(w->log->spill);
	bpr_status status = walk ? BPR_OK : BPR_ENOMEM;
	const void *at;
	uint32_t group;
	size_t count;

	while (!status && !(status = bpr_i_spill_walk_next(walk, &group, &at, &count)) && at) {
		const struct bpr_log_record *records = at;

		for (size_t i = 0; i < count; i++) {
			const struct bpr_log_kind *kind = &w->log->kinds[records[i].kind];
			const int64_t offset = (int64_t)kind->offset * WT_MINUTE;
			const uint32_t own = kind->unit < w->unit_count ? w->seen_of_unit[kind->unit] : 0;

			for (unsigned k = 0; k <= (own > 0); k++) {
				struct wt_seen *seen = &w->seen[k ? own : 0];

				seen->events++;
				trace(w, seen, records[i].end + offset);
				if (records[i].start != BPR_LOG_NO_TIME && records[i].start != records[i].end)
					trace(w, seen, records[i].start + offset);
			}
		}
	}
	bpr_i_spill_walk_free(walk);
	return status;
}

bpr_status bpr_i_wt_count(struct bpr_worktime *w)
{
	const bpr_log *log = w->log;
	bpr_status status;
	uint32_t *kinds = kind_counts(log, &status);

	w->unit_count = bpr_log_name_count(log, BPR_LOG_UNIT);
	w->resource_count = bpr_log_name_count(log, BPR_LOG_RESOURCE);
	w->group_count = w->resource_count + w->unit_count + 1;
	w->unit_events = bpr_i_calloc(w->unit_count + 1, sizeof(*w->unit_events));
	w->group_events = bpr_i_calloc(w->group_count, sizeof(*w->group_events));
	if (!status && (!w->unit_events || !w->group_events))
		status = BPR_ENOMEM;
	for (uint32_t k = 0; !status && k < log->kind_count; k++) {
		const struct bpr_log_kind *kind = &log->kinds[k];

		w->unit_events[kind->unit < w->unit_count ? kind->unit : w->unit_count] += kinds[k];
		w->group_events[bpr_i_wt_group_of(w, kind->resource, kind->unit)] += kinds[k];
	}
	bpr_i_free(kinds);
	if (!status && !choose_units(w))
		status = BPR_ENOMEM;
	return status ? status : trace_all(w);
}

/* ---- hours as seen ---- */

struct look {
	const struct bpr_worktime *w;
	const struct wt_seen *seen;
	const bool *closed;      /* [days] of the office, or NULL */
	double a_day[7];         /* traces on a usual such day */
	bool open[7], holidays;
	struct bpr_span hours[7], noon; /* noon: from == to, none */
};

bool bpr_i_wt_holiday(const struct bpr_worktime *w, long date)
{
	const struct bpr_calendar_options *c = &w->options.calendar;
	int first, last, month, day, year;

	if (!c->holiday_count)
		return bpr_date_holiday(date) != NULL;
	bpr_date_parts(c->holidays[0].date, &first, &month, &day);
	bpr_date_parts(c->holidays[c->holiday_count - 1].date, &last, &month, &day);
	bpr_date_parts(date, &year, &month, &day);
	if (year < first || year > last)
		return bpr_date_holiday(date) != NULL;
	for (size_t i = 0; i < c->holiday_count; i++)
		if (c->holidays[i].date == date)
			return true;
	return false;
}

/* Usual number of traces on a weekday: mean over its dates. */
static void usual(struct look *l)
{
	size_t dates[7] = { 0 };
	double most = 0;

	for (size_t i = 0; i < l->w->days.count; i++) {
		const unsigned day = wt_weekday(l->w->days.first + (long)i);

		dates[day]++;
		l->a_day[day] += l->seen->days[i];
	}
	for (unsigned day = 0; day < 7; day++) {
		l->a_day[day] /= dates[day] ? (double)dates[day] : 1;
		most = fmax(most, l->a_day[day]);
	}
	for (unsigned day = 0; day < 7; day++)
		l->open[day] = l->a_day[day] > HARDLY * most;
}

/* What the same weekday has within four weeks before and behind: a log begins and ends with few events a day, and seasons differ. */
static double expected_on(const struct look *l, size_t i)
{
	double sum = 0;
	size_t count = 0;

	for (size_t k = 7; k <= 4 * 7; k += 7) {
		if (i >= k) {
			sum += l->seen->days[i - k];
			count++;
		}
		if (i + k < l->w->days.count) {
			sum += l->seen->days[i + k];
			count++;
		}
	}
	return count ? sum / (double)count : 0;
}

/* Whether on public holidays hardly anything was done that is done on such weekdays. */
static void look_at_holidays(struct look *l)
{
	double expected = 0, seen = 0;

	for (size_t i = 0; i < l->w->days.count; i++) {
		const long date = l->w->days.first + (long)i;

		if (l->open[wt_weekday(date)] && bpr_i_wt_holiday(l->w, date)) {
			expected += expected_on(l, i);
			seen += l->seen->days[i];
		}
	}
	l->holidays = expected >= LEAST_OF_HOLIDAYS && seen < HARDLY * expected;
}

static uint32_t quantile_bin(const uint32_t *bins, double total, double share)
{
	double below = 0;
	uint32_t i = 0;

	for (; i < WT_BINS - 1 && below + bins[i] < share * total; i++)
		below += bins[i];
	return i;
}

/* 2.5 % to 97.5 % of the traces; nothing of none. */
struct bpr_span bpr_i_wt_seen_span(const uint32_t *bins)
{
	double total = 0;
	struct bpr_span span = { 0, 0 };

	for (size_t i = 0; i < WT_BINS; i++)
		total += bins[i];
	if (total > 0) {
		span.from = quantile_bin(bins, total, 0.025) * (double)WT_BIN;
		span.to = (quantile_bin(bins, total, 0.975) + 1) * (double)WT_BIN;
	}
	return span;
}

static struct bpr_span widen(struct bpr_span span)
{
	return (struct bpr_span){ floor(span.from / QUARTER) * QUARTER, fmin(ceil(span.to / QUARTER) * QUARTER, 1440) };
}

/* Half an hour or more about noon in which hardly anything happens: the longest such stretch. */
static struct bpr_span noon_break(const uint32_t *bins, struct bpr_span hours)
{
	const int from = (int)hours.from / WT_BIN, to = (int)hours.to / WT_BIN;
	double total = 0, usual_bin;
	int best = 0, at = 0;

	for (int i = from; i < to; i++)
		total += bins[i];
	usual_bin = to > from ? total / (to - from) : 0;
	for (int i = NOON_FROM, run = 0; i <= NOON_TO; i++) {
		run = i < NOON_TO && i > from && i < to - 1 && bins[i] < HARDLY * usual_bin ? run + 1 : 0;
		if (run > best) {
			best = run;
			at = i + 1 - run;
		}
	}
	if (best < LEAST_BREAK || usual_bin * best < 20)
		return (struct bpr_span){ 0, 0 };
	/* Who is a little late for lunch does not move it. */
	if (at * WT_BIN % QUARTER == WT_BIN) {
		at--;
		best++;
	}
	best += best < NOON_TO - at && (at + best + 1) * WT_BIN % QUARTER == 0;
	return (struct bpr_span){ at * (double)WT_BIN, (at + best) * (double)WT_BIN };
}

static void look_at_hours(struct look *l)
{
	uint32_t all[WT_BINS] = { 0 };
	struct bpr_span together;

	for (unsigned day = 0; day < 7; day++)
		for (size_t i = 0; l->open[day] && i < WT_BINS; i++)
			all[i] += l->seen->bins[day][i];
	together = widen(bpr_i_wt_seen_span(all));
	l->noon = noon_break(all, together);
	for (unsigned day = 0; day < 7; day++) {
		const struct bpr_span own = widen(bpr_i_wt_seen_span(l->seen->bins[day]));
		uint64_t total = 0;

		for (size_t i = 0; i < WT_BINS; i++)
			total += l->seen->bins[day][i];
		l->hours[day] = total >= LEAST_OF_WEEKDAY && (fabs(own.from - together.from) > QUARTER || fabs(own.to - together.to) > QUARTER) ? own : together;
	}
}

static bool closed_date(const struct look *l, long date)
{
	const size_t i = (size_t)(date - l->w->days.first);
	const unsigned day = wt_weekday(date);

	if (!l->open[day] || (l->holidays && bpr_i_wt_holiday(l->w, date)))
		return true;
	if (expected_on(l, i) >= LEAST_A_DAY)
		return l->seen->days[i] < HARDLY / 2 * expected_on(l, i);
	return l->closed && l->closed[i] && !l->seen->days[i];
}

static size_t seen_spans(void *data, long date, struct bpr_span spans[BPR_SPANS_MAX], bool *works)
{
	const struct look *l = data;
	const struct bpr_span hours = l->hours[wt_weekday(date)];
	size_t count = 0;

	*works = !closed_date(l, date) && hours.to > hours.from;
	if (!*works)
		return 0;
	spans[count++] = hours;
	if (l->noon.to > l->noon.from && hours.from < l->noon.from && hours.to > l->noon.to) {
		spans[0].to = l->noon.from;
		spans[count++] = (struct bpr_span){ l->noon.to, hours.to };
	}
	return count;
}

/* A log without times of day says which days are open, and no hours. */
static size_t seen_day(void *data, long date, struct bpr_span spans[BPR_SPANS_MAX], bool *works)
{
	*works = !closed_date(data, date);
	spans[0] = (struct bpr_span){ 0, 1440 };
	return *works;
}

bpr_status bpr_i_wt_calendars_seen(struct bpr_worktime *w)
{
	bool *closed = bpr_i_calloc(w->days.count + 1, sizeof(*closed));
	bpr_status status = closed ? BPR_OK : BPR_ENOMEM;

	for (size_t i = 0; i < w->seen_count && !status; i++) {
		struct look l = { .w = w, .seen = &w->seen[i], .closed = i ? closed : NULL };
		size_t calendar;

		if (i && w->seen[i].events < LEAST_OF_UNIT)
			continue;
		usual(&l);
		look_at_holidays(&l);
		look_at_hours(&l);
		calendar = bpr_i_wt_add_calendar(&w->days, w->log->info.dates_only ? seen_day : seen_spans, &l);
		if (calendar == BPR_NONE) {
			status = BPR_ENOMEM;
			break;
		}
		if (i)
			w->days.of_unit[w->seen[i].unit] = (uint16_t)calendar;
		else
			w->basis.holidays = l.holidays;
		for (size_t k = 0; !i && k < w->days.count; k++)
			closed[k] = !w->days.calendar[calendar][k].works;
	}
	bpr_i_free(closed);
	return status;
}

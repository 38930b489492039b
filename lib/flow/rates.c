/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many cases come on a day, and when: the demand of an ordinary working day times the factors of weekday and season,
 * shaped over the opening hours by the profile, which changes nothing of the sum.
 */
#include "config.h"
#include "flow/calendar_i.h"
#include <math.h>
#include <string.h>

enum { DAY = BPR_I_DAY };

/* Moments of a day at which something changes, in order. */
struct edges { double at[BPR_RATES_MAX + 2]; size_t count; };

static void add_edge(struct edges *e, double time)
{
	size_t i = e->count;

	if (!(time > 0 && time < DAY) || e->count == sizeof(e->at) / sizeof(e->at[0]))
		return;
	while (i && e->at[i - 1] > time)
		i--;
	if (i && !(e->at[i - 1] < time))
		return;
	memmove(&e->at[i + 1], &e->at[i], (e->count - i) * sizeof(e->at[0]));
	e->at[i] = time;
	e->count++;
}

static void add_edges(const bpr_calendar *calendar, const struct bpr_schedule *schedule, long day, struct edges *e)
{
	for (size_t i = 0; i < schedule->rule_count; i++) {
		const struct bpr_schedule_rule *rule = &schedule->rules[i];

		if (!bpr_i_calendar_fits(calendar, &rule->days, day))
			continue;
		for (size_t k = 0; k < rule->span_count; k++) {
			add_edge(e, rule->spans[k].from);
			add_edge(e, rule->spans[k].to);
		}
	}
}

static bool covers(const struct bpr_schedule_rule *rule, double time)
{
	for (size_t i = 0; i < rule->span_count; i++)
		if (time >= rule->spans[i].from && time < rule->spans[i].to)
			return true;
	return !rule->span_count;
}

/* The last rule that fits the moment. */
static double factor(const bpr_calendar *calendar, const struct bpr_schedule *schedule, long day, double time)
{
	for (size_t i = schedule->rule_count; i-- > 0;)
		if (bpr_i_calendar_fits(calendar, &schedule->rules[i].days, day) && covers(&schedule->rules[i], time))
			return schedule->rules[i].value;
	return 1;
}

/* Stretches between edges in the opening hours, their rates still without the base; returns their number. */
static size_t cut(const bpr_calendar *calendar, long day, struct bpr_rate rates[BPR_RATES_MAX])
{
	const struct bpr_demand *d = bpr_flow_demand(calendar->flow);
	struct bpr_span open[BPR_SPANS_MAX];
	size_t open_count = bpr_calendar_office(calendar, day, open);
	struct edges e = { .count = 0 };
	size_t count = 0;

	add_edges(calendar, &d->weekdays, day, &e);
	add_edges(calendar, &d->profile, day, &e);
	add_edges(calendar, &d->seasons, day, &e);
	for (size_t i = 0; i < open_count; i++) {
		double from = open[i].from;

		for (size_t k = 0; k <= e.count && from < open[i].to && count < BPR_RATES_MAX; k++) {
			double to = k < e.count ? fmin(e.at[k], open[i].to) : open[i].to;

			if (to > from)
				rates[count++] = (struct bpr_rate){ from, to, factor(calendar, &d->profile, day, (from + to) / 2) };
			from = fmax(from, to);
		}
	}
	return count;
}

/* Neighbours of one rate become one stretch; those in which nobody comes are left out. */
static size_t join(struct bpr_rate *rates, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		struct bpr_rate *last = kept ? &rates[kept - 1] : NULL;

		if (!(rates[i].per_minute > 0))
			continue;
		if (last && !(last->to < rates[i].from) && fabs(last->per_minute - rates[i].per_minute) <= 1e-15 * last->per_minute)
			last->to = rates[i].to;
		else
			rates[kept++] = rates[i];
	}
	return kept;
}

/* Factors of weekday and season over the day: cases of it for each one that an ordinary day has. Fills rates in shape. */
static double shape(const bpr_calendar *calendar, long day, struct bpr_rate rates[BPR_RATES_MAX], size_t *count)
{
	const struct bpr_demand *d = bpr_flow_demand(calendar->flow);
	double open = 0, profile = 0, sum = 0;

	*count = cut(calendar, day, rates);
	for (size_t i = 0; i < *count; i++) {
		open += rates[i].to - rates[i].from;
		profile += rates[i].per_minute * (rates[i].to - rates[i].from);
	}
	for (size_t i = 0; i < *count; i++) {
		double middle = (rates[i].from + rates[i].to) / 2;

		/* A profile of nothing but noughts shapes nothing. */
		rates[i].per_minute = profile > 0 ? rates[i].per_minute / profile : 1 / open;
		rates[i].per_minute *= factor(calendar, &d->weekdays, day, middle) * factor(calendar, &d->seasons, day, middle);
		sum += rates[i].per_minute * (rates[i].to - rates[i].from);
	}
	return sum;
}

/* ---- an ordinary day ---- */

/* Sum of the factors of the working days of a year. */
static double year_sum(const bpr_calendar *calendar, int year)
{
	struct bpr_rate rates[BPR_RATES_MAX];
	long first = bpr_date(year, 1, 1) - calendar->start;
	long next = bpr_date(year + 1, 1, 1) - calendar->start;
	double sum = 0;
	size_t count;

	for (long day = first; day < next; day++)
		sum += shape(calendar, day, rates, &count);
	return sum;
}

static double week_sum(const bpr_calendar *calendar, size_t *days)
{
	struct bpr_rate rates[BPR_RATES_MAX];
	double sum = 0;
	size_t count;

	*days = 0;
	for (long day = 0; day < 7; day++) {
		sum += shape(calendar, day, rates, &count);
		*days += count > 0;
	}
	return sum;
}

void bpr_i_calendar_spread(bpr_calendar *calendar)
{
	const struct bpr_demand *d = bpr_flow_demand(calendar->flow);
	double sum;
	size_t days;
	int month, day;

	calendar->base = d->per_day_given ? d->per_day : 0;
	if (!d->per_year_given)
		return;
	if (calendar->dated) {
		bpr_date_parts(calendar->start, &calendar->first_year, &month, &day);
		for (size_t i = 0; i < BPR_I_CALENDAR_YEARS; i++) {
			sum = year_sum(calendar, calendar->first_year + (int)i);
			calendar->years[i] = sum > 0 ? d->per_year / sum : 0;
		}
		return;
	}
	sum = week_sum(calendar, &days);
	calendar->base = sum > 0 ? d->per_year / d->open_days * (double)days / sum : 0;
}

/* Cases of a day whose factors are 1. */
static double base(const bpr_calendar *calendar, long day)
{
	int year, month, of_month;
	double sum;

	if (!calendar->dated || !bpr_flow_demand(calendar->flow)->per_year_given)
		return calendar->base;
	bpr_date_parts(calendar->start + day, &year, &month, &of_month);
	if (year - calendar->first_year < BPR_I_CALENDAR_YEARS)
		return calendar->years[year - calendar->first_year];
	sum = year_sum(calendar, year);
	return sum > 0 ? bpr_flow_demand(calendar->flow)->per_year / sum : 0;
}

/* ---- cases that come by other ways ---- */

static double people(const struct bpr_demand *d)
{
	return d->group ? bpr_dist_mean(d->group) : 1;
}

static double per_minute(const struct bpr_dist *between)
{
	double mean = bpr_dist_mean(between);

	return mean > 0 ? 1 / mean : 0;
}

/* Windows of the day and of the one before, those of plain `arrivals` being the opening hours. They may overlap: their rates add up. */
static size_t by_windows(const bpr_calendar *calendar, long day, struct bpr_rate rates[BPR_RATES_MAX])
{
	const struct bpr_demand *d = bpr_flow_demand(calendar->flow);
	struct bpr_i_window windows[2 * BPR_I_WINDOWS_MAX];
	struct bpr_span open[BPR_SPANS_MAX];
	size_t open_count = d->windows.rule_count ? 0 : bpr_calendar_office(calendar, day, open);
	size_t window_count = 0, before;
	struct edges e = { .count = 0 };
	size_t count = 0;

	for (size_t i = 0; i < open_count; i++)
		windows[window_count++] = (struct bpr_i_window){ open[i].from, open[i].to, d->arrivals };
	if (d->windows.rule_count) {
		before = day > 0 ? bpr_i_calendar_windows(calendar, day - 1, windows) : 0;
		for (size_t i = 0; i < before; i++)
			windows[i] = (struct bpr_i_window){ windows[i].from - DAY, windows[i].to - DAY, windows[i].between };
		window_count = before + bpr_i_calendar_windows(calendar, day, windows + before);
	}
	for (size_t i = 0; i < window_count; i++) {
		add_edge(&e, windows[i].from);
		add_edge(&e, windows[i].to);
	}
	for (size_t i = 0; i <= e.count && count < BPR_RATES_MAX; i++) {
		struct bpr_rate r = { i ? e.at[i - 1] : 0, i < e.count ? e.at[i] : DAY, 0 };

		for (size_t k = 0; k < window_count; k++)
			if (windows[k].from < r.to && windows[k].to > r.from)
				r.per_minute += people(d) * per_minute(windows[k].between);
		if (r.per_minute > 0)
			rates[count++] = r;
	}
	return count;
}

/* An office that is open round the clock on working days: its clock starts behind a closed day, and goes on to the next one. */
static size_t round_the_clock(const bpr_calendar *calendar, long day, struct bpr_span *span)
{
	long end = day + 1;

	if (day < 0 || !bpr_calendar_works(calendar, day) || (day > 0 && bpr_calendar_works(calendar, day - 1)))
		return 0;
	while (end < day + 366 && bpr_calendar_works(calendar, end))
		end++;
	*span = (struct bpr_span){ 0, (double)(end - day) * DAY };
	return 1;
}

size_t bpr_i_calendar_windows(const bpr_calendar *calendar, long day, struct bpr_i_window windows[BPR_I_WINDOWS_MAX])
{
	const struct bpr_demand *d = bpr_flow_demand(calendar->flow);
	struct bpr_span open[BPR_SPANS_MAX];
	size_t open_count = d->open.rule_count ? bpr_i_calendar_own(calendar, day, open) : round_the_clock(calendar, day, open);
	size_t count = 0;

	for (size_t i = 0; i < d->windows.rule_count; i++) {
		const struct bpr_schedule_rule *rule = &d->windows.rules[i];
		const struct bpr_span *spans = rule->span_count ? rule->spans : open;
		size_t span_count = rule->span_count ? rule->span_count : open_count;

		if (!bpr_i_calendar_fits(calendar, &rule->days, day) || !bpr_i_calendar_opens(calendar, rule, day))
			continue;
		for (size_t k = 0; k < span_count && count < BPR_I_WINDOWS_MAX; k++)
			windows[count++] = (struct bpr_i_window){ spans[k].from, spans[k].to, rule->dist };
	}
	for (size_t i = 0; !d->windows.rule_count && d->arrivals && i < open_count; i++)
		windows[count++] = (struct bpr_i_window){ open[i].from, open[i].to, d->arrivals };
	return count;
}

/* Fixed arrivals, hour by hour. */
static size_t by_times(const bpr_calendar *calendar, long day, struct bpr_rate rates[BPR_RATES_MAX])
{
	const struct bpr_demand *d = bpr_flow_demand(calendar->flow);
	double from = d->times_daily ? 0 : (double)day * DAY;
	size_t count = 0;

	if (d->times_daily && !bpr_calendar_works(calendar, day))
		return 0;
	for (size_t i = 0; i < d->time_count; i++) {
		double into = d->times[i] - from;
		double hour = floor(into / 60);

		if (into < 0)
			continue;
		if (into >= DAY)
			break;
		if (!count || !(rates[count - 1].from >= hour * 60))
			rates[count++] = (struct bpr_rate){ hour * 60, hour * 60 + 60, 0 };
		rates[count - 1].per_minute += people(d) / 60;
	}
	return count;
}

size_t bpr_calendar_rates(const bpr_calendar *calendar, long day, struct bpr_rate rates[BPR_RATES_MAX])
{
	const struct bpr_demand *d = bpr_flow_demand(calendar->flow);
	double cases;
	size_t count;

	if (d->time_count)
		return by_times(calendar, day, rates);
	if (!d->per_day_given && !d->per_year_given)
		return join(rates, by_windows(calendar, day, rates));
	cases = base(calendar, day);
	if (!(cases > 0))
		return 0;
	(void)shape(calendar, day, rates, &count);
	for (size_t i = 0; i < count; i++)
		rates[i].per_minute *= cases;
	return join(rates, count);
}

double bpr_calendar_cases(const bpr_calendar *calendar, long day)
{
	struct bpr_rate rates[BPR_RATES_MAX];
	size_t count = bpr_calendar_rates(calendar, day, rates);
	double sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += rates[i].per_minute * (rates[i].to - rates[i].from);
	return sum;
}

/* ---- a year ---- */

/* Cases of a working day of the ordinary week; where the office never closes, of any day. */
static double ordinary_cases(const bpr_calendar *week)
{
	double sum = 0;
	size_t days = 0;

	for (long day = 0; day < 7; day++) {
		sum += bpr_calendar_cases(week, day);
		days += bpr_calendar_works(week, day);
	}
	return days ? sum / (double)days : 0;
}

/* Those of a list, for each working day from its first to its last one. */
static double listed_cases(const bpr_calendar *week)
{
	const struct bpr_demand *d = bpr_flow_demand(week->flow);
	long first = (long)floor(d->times[0] / DAY), last = (long)floor(d->times[d->time_count - 1] / DAY);
	double days = 0;

	for (long day = first; day <= last && day < first + 36600; day++)
		days += bpr_calendar_works(week, day);
	return (double)d->time_count * people(d) / fmax(days, 1);
}

/*
 * Days of factor 1 that a working day of the year stands for, on average: over seven years, so that each date meets each weekday
 * about once. Where a Saturday is open or a holiday is not, `open_days` goes on saying how many working days there are.
 */
static double year_factor(const bpr_flow *flow)
{
	enum { FIRST_YEAR = 2024, YEARS = 7 };
	bpr_calendar calendar = { .flow = flow, .dated = true, .start = bpr_date(FIRST_YEAR, 1, 1) };
	double sum = 0, days = 0;

	for (int i = 0; i < YEARS; i++)
		sum += year_sum(&calendar, FIRST_YEAR + i);
	for (long day = 0; day < bpr_date(FIRST_YEAR + YEARS, 1, 1) - calendar.start; day++)
		days += bpr_calendar_works(&calendar, day);
	return days > 0 ? sum / days : 1;
}

double bpr_flow_cases_per_year(const bpr_flow *flow)
{
	const struct bpr_demand *d = bpr_flow_demand(flow);
	bpr_calendar week = { .flow = flow };
	double days = d->open_days;

	if (!d->time_count && d->per_year_given)
		return d->per_year;
	if (!d->time_count && d->per_day_given)
		return d->per_day * d->open_days * (d->weekdays.rule_count || d->seasons.rule_count ? year_factor(flow) : 1);
	if (bpr_calendar_always_open(&week) && !d->open_days_given)
		days = 365;
	if (d->time_count && d->times_dated)
		return listed_cases(&week) * days;
	return ordinary_cases(&week) * days;
}

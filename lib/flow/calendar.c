/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What schedules make of a day: which rule is for it, whether it is a working day, the spans that are left. Nothing is kept
 * from day to day, so that any number of threads may ask; a day costs some hundred nanoseconds.
 */
#include "config.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include "flow/calendar_i.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DAY = BPR_I_DAY };

/*
 * How firmly a rule closes or opens a day: what is said of this very day is stronger than what is said of days like it. A
 * closing wins over an opening of the same rank.
 */
enum {
	OPENS_ALL = 1,       /* 8:30-17:15, without days or for a season: on working days */
	CLOSES_WEEKDAY = 2,  /* 土日 */
	OPENS_WEEKDAY = 3,   /* 土 9:00-12:00: open on Saturdays, though not on a Saturday that is a holiday */
	CLOSES_SEASON = 4,   /* holidays, 12/29-1/3 */
	OPENS_DATE = 5,      /* 2027-03-28 9:00-15:00, 祝 9:00-12:00 */
	CLOSES_DATE = 6      /* 2027-03-29 */
};

/* ---- days ---- */

unsigned bpr_calendar_weekday(const bpr_calendar *calendar, long day)
{
	long from_monday = calendar->dated ? calendar->start + day + 3 : day;

	return (unsigned)((from_monday % 7 + 7) % 7);
}

bool bpr_calendar_dated(const bpr_calendar *calendar)
{
	return calendar->dated;
}

long bpr_calendar_date(const bpr_calendar *calendar, long day)
{
	return calendar->start + day;
}

static int compare_dates(const void *a, const void *b)
{
	const struct bpr_holiday *x = a;
	const struct bpr_holiday *y = b;

	return (x->date > y->date) - (x->date < y->date);
}

static bool is_holiday(const bpr_calendar *calendar, long day)
{
	struct bpr_holiday key = { calendar->start + day, NULL };

	if (!calendar->dated)
		return false;
	if (calendar->holiday_count && key.date >= calendar->listed_from && key.date <= calendar->listed_to)
		return bsearch(&key, calendar->holidays, calendar->holiday_count, sizeof(key), compare_dates) != NULL;
	return bpr_date_holiday(key.date) != NULL;
}

static bool in_dates(const bpr_calendar *calendar, const struct bpr_days *days, long day)
{
	int year, month, of_month;
	long date = calendar->start + day;

	if (!days->dated)
		return true;
	if (!calendar->dated)
		return false;
	if (!days->yearly)
		return date >= days->first && date <= days->last;
	bpr_date_parts(date, &year, &month, &of_month);
	date = month * 100 + of_month;
	if (days->first <= days->last)
		return date >= days->first && date <= days->last;
	return date >= days->first || date <= days->last;
}

/* The second Sunday of its month … */
static bool is_nth(const bpr_calendar *calendar, unsigned nth, long day)
{
	int year, month, of_month;

	if (!calendar->dated)
		return false;
	bpr_date_parts(calendar->start + day, &year, &month, &of_month);
	return nth & 1u << ((of_month - 1) / 7 + 1);
}

bool bpr_i_calendar_fits(const bpr_calendar *calendar, const struct bpr_days *days, long day)
{
	if (!in_dates(calendar, days, day) || (days->nth && !is_nth(calendar, days->nth, day)))
		return false;
	if (!days->weekdays || days->weekdays & 1u << bpr_calendar_weekday(calendar, day))
		return true;
	return days->weekdays & BPR_WEEKDAY_HOLIDAY && is_holiday(calendar, day);
}

static bool one_date(const struct bpr_days *days)
{
	return days->dated && days->first == days->last;
}

/* Of a rule that fits the day. */
static int opens(const bpr_calendar *calendar, const struct bpr_days *days, long day)
{
	if (one_date(days) || (days->weekdays & BPR_WEEKDAY_HOLIDAY && is_holiday(calendar, day)))
		return OPENS_DATE;
	return days->weekdays ? OPENS_WEEKDAY : OPENS_ALL;
}

static int closes(const bpr_calendar *calendar, const struct bpr_days *days, long day)
{
	if (one_date(days))
		return CLOSES_DATE;
	if (days->dated || !(days->weekdays & 1u << bpr_calendar_weekday(calendar, day)))
		return CLOSES_SEASON;
	/* 土日祝 on a Saturday that is a holiday */
	return days->weekdays & BPR_WEEKDAY_HOLIDAY && is_holiday(calendar, day) ? CLOSES_SEASON : CLOSES_WEEKDAY;
}

/* 土日祝, 29 December to 3 January. */
static int closed_as_usual(const bpr_calendar *calendar, long day)
{
	static const struct bpr_days new_year = { 0, true, true, 1229, 103, 0 };

	if (is_holiday(calendar, day) || bpr_i_calendar_fits(calendar, &new_year, day))
		return CLOSES_SEASON;
	return bpr_calendar_weekday(calendar, day) >= 5 ? CLOSES_WEEKDAY : 0;
}

static int closing(const bpr_calendar *calendar, long day)
{
	const struct bpr_demand *demand = bpr_flow_demand(calendar->flow);
	const struct bpr_schedule *closed = &demand->closed_days;
	int most = 0;

	if (!demand->closed_given)
		return demand->open.rule_count ? closed_as_usual(calendar, day) : 0;
	for (size_t i = 0; i < closed->rule_count; i++)
		if (bpr_i_calendar_fits(calendar, &closed->rules[i].days, day)) {
			int one = closes(calendar, &closed->rules[i].days, day);

			most = one > most ? one : most;
		}
	return most;
}

const struct bpr_schedule_rule *bpr_i_calendar_rule(const bpr_calendar *calendar, const struct bpr_schedule *schedule, long day)
{
	for (size_t i = schedule->rule_count; i-- > 0;)
		if (bpr_i_calendar_fits(calendar, &schedule->rules[i].days, day))
			return &schedule->rules[i];
	return NULL;
}

static bool holds(const bpr_calendar *calendar, const struct bpr_schedule_rule *rule, long day)
{
	return opens(calendar, &rule->days, day) > closing(calendar, day);
}

/* What is said without days is for working days, also for a Saturday on which the office opens. */
bool bpr_i_calendar_opens(const bpr_calendar *calendar, const struct bpr_schedule_rule *rule, long day)
{
	return holds(calendar, rule, day) || (opens(calendar, &rule->days, day) == OPENS_ALL && bpr_calendar_works(calendar, day));
}

/* ---- spans ---- */

void bpr_i_spans_add(struct bpr_i_spans *s, double from, double to)
{
	size_t at = 0;
	size_t end;

	from = fmax(from, 0);
	to = fmin(to, DAY);
	if (!(from < to))
		return;
	while (at < s->count && s->at[at].to < from)
		at++;
	for (end = at; end < s->count && s->at[end].from <= to; end++) {
		from = fmin(from, s->at[end].from);
		to = fmax(to, s->at[end].to);
	}
	if (end == at && s->count == BPR_SPANS_MAX)
		return; /* the parser lets no such schedule through */
	memmove(&s->at[at + 1], &s->at[end], (s->count - end) * sizeof(s->at[0]));
	s->count = s->count - (end - at) + 1;
	s->at[at] = (struct bpr_span){ from, to };
}

static void take_out(struct bpr_i_spans *s, double from, double to)
{
	struct bpr_i_spans left = { .count = 0 };

	for (size_t i = 0; i < s->count; i++) {
		bpr_i_spans_add(&left, s->at[i].from, fmin(s->at[i].to, from));
		bpr_i_spans_add(&left, fmax(s->at[i].from, to), s->at[i].to);
	}
	*s = left;
}

static void add_rule(struct bpr_i_spans *out, const struct bpr_schedule_rule *rule, double shift)
{
	for (size_t i = 0; i < rule->span_count; i++)
		bpr_i_spans_add(out, rule->spans[i].from + shift, rule->spans[i].to + shift);
}

/* Hours of a day by a schedule: those that begin on it. */
static void own_hours(const bpr_calendar *calendar, const struct bpr_schedule *schedule, long day, double shift, struct bpr_i_spans *out)
{
	const struct bpr_schedule_rule *rule = bpr_i_calendar_rule(calendar, schedule, day);
	bool office = schedule == &bpr_flow_demand(calendar->flow)->open;

	if (rule && (office ? holds(calendar, rule, day) : bpr_i_calendar_opens(calendar, rule, day)))
		add_rule(out, rule, shift);
}

/* With those of the day before that run past midnight. */
static void hours(const bpr_calendar *calendar, const struct bpr_schedule *schedule, long day, struct bpr_i_spans *out)
{
	if (!schedule->rule_count) {
		if (!closing(calendar, day))
			bpr_i_spans_add(out, 0, DAY);
		return;
	}
	own_hours(calendar, schedule, day - 1, -DAY, out);
	own_hours(calendar, schedule, day, 0, out);
}

static size_t copy(const struct bpr_i_spans *from, struct bpr_span spans[BPR_SPANS_MAX])
{
	for (size_t i = 0; i < from->count; i++)
		spans[i] = from->at[i];
	return from->count;
}

/* ---- who is there ---- */

bool bpr_calendar_always_open(const bpr_calendar *calendar)
{
	const struct bpr_demand *demand = bpr_flow_demand(calendar->flow);

	return !demand->open.rule_count && !(demand->closed_given && demand->closed_days.rule_count);
}

bool bpr_calendar_works(const bpr_calendar *calendar, long day)
{
	const struct bpr_schedule *open = &bpr_flow_demand(calendar->flow)->open;
	const struct bpr_schedule_rule *rule = bpr_i_calendar_rule(calendar, open, day);

	if (!open->rule_count)
		return !closing(calendar, day);
	return rule && rule->span_count && holds(calendar, rule, day);
}

size_t bpr_calendar_office(const bpr_calendar *calendar, long day, struct bpr_span spans[BPR_SPANS_MAX])
{
	struct bpr_i_spans s = { .count = 0 };

	hours(calendar, &bpr_flow_demand(calendar->flow)->open, day, &s);
	return copy(&s, spans);
}

size_t bpr_i_calendar_own(const bpr_calendar *calendar, long day, struct bpr_span spans[BPR_SPANS_MAX])
{
	const struct bpr_schedule *open = &bpr_flow_demand(calendar->flow)->open;
	const struct bpr_schedule_rule *rule = bpr_i_calendar_rule(calendar, open, day);
	size_t count = 0;

	if (!rule && !open->rule_count && !closing(calendar, day)) {
		spans[0] = (struct bpr_span){ 0, DAY };
		return 1;
	}
	if (!rule || !holds(calendar, rule, day))
		return 0;
	for (; count < rule->span_count && count < BPR_SPANS_MAX; count++)
		spans[count] = rule->spans[count];
	return count;
}

size_t bpr_calendar_counter(const bpr_calendar *calendar, size_t counter, long day, struct bpr_span spans[BPR_SPANS_MAX])
{
	const struct bpr_schedule *open = &bpr_flow_counter(calendar->flow, counter)->open;
	struct bpr_i_spans s = { .count = 0 };

	if (!open->rule_count)
		return bpr_calendar_office(calendar, day, spans);
	hours(calendar, open, day, &s);
	return copy(&s, spans);
}

static void take_breaks(const bpr_calendar *calendar, const struct bpr_schedule *breaks, long day, double shift, struct bpr_i_spans *s)
{
	const struct bpr_schedule_rule *rule = bpr_i_calendar_rule(calendar, breaks, day);

	for (size_t i = 0; rule && i < rule->span_count; i++)
		take_out(s, rule->spans[i].from + shift, rule->spans[i].to + shift);
}

size_t bpr_i_turn_slots(const struct bpr_shift *shift)
{
	double slots = shift->turn_minutes > 0 ? floor((shift->turn.to - shift->turn.from) / shift->turn_minutes + 1e-9) : 0;

	return slots >= 1 ? (size_t)slots : 0;
}

/* People that are away at this time because it is their turn to rest: person i of the shift goes in slot i mod slots. */
static size_t resting(const struct bpr_shift *shift, double time)
{
	size_t slots = bpr_i_turn_slots(shift);
	double into = time - shift->turn.from;
	size_t slot;

	if (into < 0)
		into += DAY; /* a turn after midnight of a shift of the evening before */
	if (!slots || !(into < (double)slots * shift->turn_minutes))
		return 0;
	slot = (size_t)(into / shift->turn_minutes);
	return shift->count / slots + (slot < shift->count % slots);
}

/* Stretches on which as many people are there. */
struct stretches {
	struct bpr_span *spans;
	size_t *people;
	size_t count;
};

static void stretch(struct stretches *out, double from, double to, size_t people)
{
	size_t last = out->count - 1;

	if (!people || !(from < to))
		return;
	if (out->count && out->people[last] == people && !(out->spans[last].to < from)) {
		out->spans[last].to = to;
	} else if (out->count < BPR_SPANS_MAX) {
		out->spans[out->count] = (struct bpr_span){ from, to };
		out->people[out->count++] = people;
	}
}

size_t bpr_calendar_shift(const bpr_calendar *calendar, size_t pool, size_t shift, long day, struct bpr_span spans[BPR_SPANS_MAX],
			  size_t people[BPR_SPANS_MAX])
{
	const struct bpr_shift *s = &bpr_flow_pool(calendar->flow, pool)->shifts[shift];
	const struct bpr_schedule *own = s->hours.rule_count ? &s->hours : &bpr_flow_demand(calendar->flow)->open;
	struct stretches out = { spans, people, 0 };
	struct bpr_i_spans there = { .count = 0 };
	size_t slots = bpr_i_turn_slots(s);

	hours(calendar, own, day, &there);
	take_breaks(calendar, &s->breaks, day - 1, -DAY, &there);
	take_breaks(calendar, &s->breaks, day, 0, &there);
	for (size_t i = 0; i < there.count; i++) {
		double from = there.at[i].from;

		while (from < there.at[i].to) {
			double to = there.at[i].to;

			for (size_t k = 0; k <= 2 * slots + 1; k++) { /* the next end of a slot; turns may pass midnight */
				double edge = s->turn.from + (double)(k <= slots ? k : k - slots - 1) * s->turn_minutes - (k <= slots ? 0 : DAY);

				if (slots && edge > from && edge < to)
					to = edge;
			}
			stretch(&out, from, to, s->count - resting(s, from));
			from = to;
		}
	}
	return out.count;
}

/* ---- making one ---- */

static bool in_reach(long date)
{
	return date >= bpr_date(1948, 7, 20) && date <= bpr_date(2150, 12, 31);
}

static bpr_status copy_holidays(bpr_calendar *c, const struct bpr_calendar_options *options, struct bpr_error *err)
{
	int first, last, month, day;

	c->holidays = bpr_i_calloc(options->holiday_count, sizeof(*c->holidays));
	if (!c->holidays)
		return bpr_i_nomem(err);
	for (size_t i = 0; i < options->holiday_count; i++)
		c->holidays[i] = (struct bpr_holiday){ options->holidays[i].date, NULL };
	c->holiday_count = options->holiday_count;
	qsort(c->holidays, c->holiday_count, sizeof(*c->holidays), compare_dates);
	bpr_date_parts(c->holidays[0].date, &first, &month, &day);
	bpr_date_parts(c->holidays[c->holiday_count - 1].date, &last, &month, &day);
	c->listed_from = bpr_date(first, 1, 1);
	c->listed_to = bpr_date(last, 12, 31);
	return BPR_OK;
}

bpr_status bpr_calendar_new(const bpr_flow *flow, const struct bpr_calendar_options *options, bpr_calendar **out, struct bpr_error *err)
{
	static const struct bpr_calendar_options plain = BPR_CALENDAR_OPTIONS_INIT;
	bpr_calendar *c;
	bpr_status status = BPR_OK;

	*out = NULL;
	options = options ? options : &plain;
	if (options->dated && !in_reach(options->start))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_D018, NULL, 0, NULL, NULL);
	c = bpr_i_calloc(1, sizeof(*c));
	if (!c)
		return bpr_i_nomem(err);
	c->flow = flow;
	c->dated = options->dated;
	c->start = options->dated ? options->start : 0;
	if (options->holiday_count)
		status = copy_holidays(c, options, err);
	if (!status)
		bpr_i_calendar_spread(c);
	if (status) {
		bpr_calendar_free(c);
		return status;
	}
	*out = c;
	return BPR_OK;
}

void bpr_calendar_free(bpr_calendar *calendar)
{
	if (!calendar)
		return;
	bpr_i_free(calendar->holidays);
	bpr_i_free(calendar);
}

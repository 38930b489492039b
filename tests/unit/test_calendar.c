/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Calendars minute by minute against a plain reading of the same rules: which rule is for a day is found by walking through all of
 * them, and whether a minute is open by looking at that minute alone, of the day itself and of the evening before.
 */
#include "config.h"
#include "tests/lib/test.h"
#include <bpr/calendar.h>
#include <bpr/read.h>
#include <stdio.h>
#include <string.h>

static bpr_flow *flow_of(struct bpr_flows *flows, const char *members)
{
	struct bpr_read_options read = BPR_READ_OPTIONS_INIT;
	struct bpr_error err = { 0 };
	char text[4096];

	(void)snprintf(text, sizeof(text), "{\"schema\": \"bpr.flow/1\", \"flows\": [{\"id\": \"f\", \"nodes\": [{\"id\": \"A\", \"counter\": \"c\", "
		       "\"staff\": [{\"pool\": \"p\"}]}], %s}]}", members);
	if (bpr_read_memory("t.json", text, strlen(text), &read, flows, NULL, &err))
		fail_msg("%s: %s", members, err.message);
	return flows->items[0];
}

/* ---- a plain reading ---- */

struct plain { const bpr_flow *flow; bool dated; long start; };

static unsigned plain_weekday(const struct plain *p, long day)
{
	return (unsigned)(((p->dated ? p->start + day + 3 : day) % 7 + 7) % 7);
}

static bool plain_fits(const struct plain *p, const struct bpr_days *d, long day)
{
	int year, month, of_month;
	long code;

	if ((d->dated || d->nth) && !p->dated)
		return false;
	bpr_date_parts(p->start + day, &year, &month, &of_month);
	if (d->nth && !(d->nth >> ((of_month + 6) / 7) & 1u))
		return false;
	code = d->yearly ? month * 100 + of_month : p->start + day;
	if (d->dated && d->first <= d->last && (code < d->first || code > d->last))
		return false;
	if (d->dated && d->first > d->last && code < d->first && code > d->last)
		return false;
	if (!d->weekdays)
		return true;
	return (d->weekdays >> plain_weekday(p, day) & 1u) || (d->weekdays & 128u && p->dated && bpr_date_holiday(p->start + day));
}

/* 1 usual days, 2 and 3 its weekday, 4 its season or a holiday, 5 and 6 the very day: odd opens, even closes; the greater wins. */
static int plain_rank(const struct plain *p, const struct bpr_days *d, long day, bool opens)
{
	bool holiday = d->weekdays & 128u && p->dated && bpr_date_holiday(p->start + day);
	bool date = d->dated && d->first == d->last;

	if (opens)
		return date || holiday ? 5 : d->weekdays ? 3 : 1;
	return date ? 6 : d->dated || holiday ? 4 : 2;
}

static int plain_closing(const struct plain *p, long day)
{
	static const struct bpr_schedule_rule usual[] = { /* Saturday and Sunday; public holidays; 29 December to 3 January */
		{ { 96, false, false, 0, 0, 0 }, NULL, 0, 1, NULL },
		{ { 128, false, false, 0, 0, 0 }, NULL, 0, 1, NULL },
		{ { 0, true, true, 1229, 103, 0 }, NULL, 0, 1, NULL },
	};
	const struct bpr_demand *d = bpr_flow_demand(p->flow);
	const struct bpr_schedule_rule *rules = d->closed_given ? d->closed_days.rules : usual;
	size_t count = d->closed_given ? d->closed_days.rule_count : d->open.rule_count ? 3 : 0;
	int rank = 0;

	for (size_t i = 0; i < count; i++)
		if (plain_fits(p, &rules[i].days, day) && plain_rank(p, &rules[i].days, day, false) > rank)
			rank = plain_rank(p, &rules[i].days, day, false);
	return rank;
}

/* The rule of the day, or NULL where it does not hold. works: usual rules hold on the days on which the office opens. */
static const struct bpr_schedule_rule *plain_rule(const struct plain *p, const struct bpr_schedule *s, long day, bool works)
{
	const struct bpr_schedule_rule *last = NULL;
	int rank;

	for (size_t i = 0; i < s->rule_count; i++)
		if (plain_fits(p, &s->rules[i].days, day))
			last = &s->rules[i];
	if (!last)
		return NULL;
	rank = plain_rank(p, &last->days, day, true);
	return rank > plain_closing(p, day) || (works && rank == 1) ? last : NULL;
}

static bool plain_works(const struct plain *p, long day)
{
	const struct bpr_schedule *open = &bpr_flow_demand(p->flow)->open;
	const struct bpr_schedule_rule *rule = plain_rule(p, open, day, false);

	return open->rule_count ? rule && rule->span_count : !plain_closing(p, day);
}

static bool in_spans(const struct bpr_schedule_rule *rule, double time)
{
	for (size_t i = 0; rule && i < rule->span_count; i++)
		if (time >= rule->spans[i].from && time < rule->spans[i].to)
			return true;
	return false;
}

static bool plain_open(const struct plain *p, const struct bpr_schedule *s, long day, double minute)
{
	bool office = s == &bpr_flow_demand(p->flow)->open;

	if (!s->rule_count)
		return office ? plain_works(p, day) : plain_open(p, &bpr_flow_demand(p->flow)->open, day, minute);
	return in_spans(plain_rule(p, s, day, !office && plain_works(p, day)), minute) ||
	       in_spans(plain_rule(p, s, day - 1, !office && plain_works(p, day - 1)), minute + 1440);
}

/* A break is for the day it is written for, whatever the office does. */
static bool plain_break(const struct plain *p, const struct bpr_schedule *s, long day, double minute)
{
	const struct bpr_schedule_rule *today = NULL, *before = NULL;

	for (size_t i = 0; i < s->rule_count; i++) {
		if (plain_fits(p, &s->rules[i].days, day))
			today = &s->rules[i];
		if (plain_fits(p, &s->rules[i].days, day - 1))
			before = &s->rules[i];
	}
	return in_spans(today, minute) || in_spans(before, minute + 1440);
}

static size_t plain_people(const struct plain *p, const struct bpr_shift *s, long day, double minute)
{
	size_t resting = 0, slots = s->turn_minutes > 0 ? (size_t)((s->turn.to - s->turn.from) / s->turn_minutes + 1e-9) : 0;

	if (!plain_open(p, &s->hours, day, minute) || plain_break(p, &s->breaks, day, minute))
		return 0;
	for (size_t person = 0; slots && person < s->count; person++)
		for (int evening = 0; evening < 2; evening++) {
			double from = s->turn.from + (double)(person % slots) * s->turn_minutes, time = minute + 1440 * evening;

			resting += time >= from && time < from + s->turn_minutes;
		}
	return s->count - resting;
}

/* ---- the comparison ---- */

static size_t at(const struct bpr_span *spans, const size_t *people, size_t count, double minute)
{
	for (size_t i = 0; i < count; i++)
		if (minute >= spans[i].from && minute < spans[i].to)
			return people ? people[i] : 1;
	return 0;
}

static void in_order(const struct bpr_span *spans, size_t count)
{
	assert_true(count <= BPR_SPANS_MAX);
	for (size_t i = 0; i < count; i++) {
		assert_true(spans[i].from >= 0 && spans[i].from < spans[i].to && spans[i].to <= 1440);
		assert_true(!i || spans[i].from >= spans[i - 1].to);
	}
}

static void compare_day(const struct plain *p, const bpr_calendar *c, long day)
{
	const struct bpr_pool *pool = bpr_flow_pool(p->flow, 0);
	struct bpr_span office[BPR_SPANS_MAX], counter[BPR_SPANS_MAX], duty[BPR_SPANS_MAX];
	size_t people[BPR_SPANS_MAX];
	size_t office_count = bpr_calendar_office(c, day, office), counter_count = bpr_calendar_counter(c, 0, day, counter);

	in_order(office, office_count);
	in_order(counter, counter_count);
	assert_int_equal(bpr_calendar_works(c, day), plain_works(p, day));
	assert_int_equal(bpr_calendar_weekday(c, day), plain_weekday(p, day));
	for (double m = 0.25; m < 1440; m += 2.5) {
		assert_int_equal(at(office, NULL, office_count, m), plain_open(p, &bpr_flow_demand(p->flow)->open, day, m));
		assert_int_equal(at(counter, NULL, counter_count, m), plain_open(p, &bpr_flow_counter(p->flow, 0)->open, day, m));
	}
	for (size_t k = 0; k < pool->shift_count; k++) {
		size_t count = bpr_calendar_shift(c, 0, k, day, duty, people);

		in_order(duty, count);
		for (double m = 0.25; m < 1440; m += 2.5)
			assert_int_equal(at(duty, people, count, m), plain_people(p, &pool->shifts[k], day, m));
	}
}

static const char *const members[] = {
	"\"demand\": {\"open\": \"8:30-17:15\"}, \"staff\": [{\"pool\": \"p\", \"count\": 3, \"breaks\": \"12:00-13:00\"}]",
	"\"demand\": {\"open\": \"8:30-12:00 13:00-17:15; 土 9:00-12:00; 祝 10:00-11:00; 2027-03-28 9:00-15:00\", \"closed\": \"日祝、12/29-1/3、2027-03-27\"}, "
	"\"staff\": [{\"pool\": \"p\", \"shift\": \"a\", \"count\": 7, \"hours\": \"8:00-16:00\", \"breaks\": \"45分@11:00-13:30\"}, "
	"{\"pool\": \"p\", \"shift\": \"b\", \"count\": 2, \"hours\": \"月-金 12:00-20:00; 土 9:00-12:00; 第2日曜 9:00-10:00\", \"breaks\": \"月 15:00-15:30; 火-金 16:00-16:15\"}], "
	"\"counters\": [{\"counter\": \"c\", \"open\": \"9:00-16:00; 木 9:00-19:00; 3/20-4/5 8:00-18:00\"}]",
	("\"demand\": {\"open\": \"22:00-6:00; 金 20:00-30:00\", \"closed\": \"日\"}, \"staff\": [{\"pool\": \"p\", \"count\": 4, \"hours\": \"21:00-7:00\", "
	"\"breaks\": \"60分@23:00-27:00\"}], \"counters\": [{\"counter\": \"c\", \"open\": \"金-日 23:00-25:30 3:00-4:00\"}]"),
	"\"demand\": {\"closed\": \"第2・第4土曜、8月、年末年始\"}, \"staff\": [{\"pool\": \"p\", \"count\": 1, \"hours\": \"平日 9:00-17:00\"}]",
	"\"demand\": {\"open\": \"毎日 0:00-24:00\", \"closed\": \"none\"}, \"staff\": [{\"pool\": \"p\", \"count\": 5, \"hours\": \"0:00-8:00 7:00-9:00 23:00-24:00; 水 休\"}]",
	"\"demand\": {\"per_day\": 3}, \"staff\": [{\"pool\": \"p\", \"count\": 5}]",
};

static void minute_by_minute(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		for (int dated = 0; dated < 2; dated++) {
			struct bpr_flows flows;
			struct bpr_calendar_options o = BPR_CALENDAR_OPTIONS_INIT;
			struct plain p = { flow_of(&flows, members[i]), dated, dated ? bpr_date(2026, 12, 20) : 0 };
			bpr_calendar *c;

			o.dated = p.dated;
			o.start = p.start;
			assert_int_equal(bpr_calendar_new(p.flow, &o, &c, NULL), BPR_OK);
			for (long day = 0; day < (dated ? 370 : 15); day++)
				compare_day(&p, c, day);
			bpr_calendar_free(c);
			bpr_flows_release(&flows);
		}
}

/* ---- how many come ---- */

static double sum_of_year(const bpr_calendar *c, long days)
{
	double sum = 0;

	for (long day = 0; day < days; day++)
		sum += bpr_calendar_cases(c, day);
	return sum;
}

static void cases(void **state)
{
	struct bpr_calendar_options o = BPR_CALENDAR_OPTIONS_INIT;
	struct bpr_rate rates[BPR_RATES_MAX];
	struct bpr_flows flows;
	bpr_calendar *c;
	size_t count;

	(void)state;
	assert_int_equal(bpr_calendar_new(flow_of(&flows, "\"demand\": {\"per_day\": 80, \"open\": \"8:30-12:00 13:00-17:00\", \"weekdays\": \"月:1.5\", "
		"\"profile\": \"10:00-11:00:3; 月 10:00-11:00:1\", \"peaks\": \"3/20-4/5:2\"}"), &o, &c, NULL), BPR_OK);
	assert_rel(bpr_calendar_cases(c, 0), 120, 1e-14);
	assert_rel(bpr_calendar_cases(c, 1), 80, 1e-14);
	assert_true(!(bpr_calendar_cases(c, 5) > 0));
	count = bpr_calendar_rates(c, 1, rates); /* 450 minutes, of which 60 count three times: 570 */
	assert_int_equal(count, 4);
	assert_rel(rates[1].from, 600, 0);
	assert_rel(rates[1].per_minute, 80.0 * 3 / 570, 1e-14);
	assert_rel(rates[3].per_minute, 80.0 / 570, 1e-14);
	assert_int_equal(bpr_calendar_rates(c, 0, rates), 2); /* a Monday is flat */
	bpr_calendar_free(c);
	o.dated = true;
	o.start = bpr_date(2027, 3, 19);
	assert_int_equal(bpr_calendar_new(flows.items[0], &o, &c, NULL), BPR_OK);
	assert_rel(bpr_calendar_cases(c, 0), 80, 1e-14);
	assert_true(!(bpr_calendar_cases(c, 3) > 0)); /* 22 March: the equinox of Sunday is made up for */
	assert_rel(bpr_calendar_cases(c, 4), 160, 1e-14);
	assert_rel(bpr_calendar_cases(c, 10), 240, 1e-14); /* Monday in the peak */
	bpr_calendar_free(c);
	bpr_flows_release(&flows);
}

static void years(void **state)
{
	static const char *const demand[] = {
		"\"demand\": {\"per_year\": 20000, \"open\": \"8:30-17:15\"}",
		("\"demand\": {\"per_year\": 20000, \"open\": \"8:30-17:15; 土 9:00-12:00\", "
		 "\"weekdays\": \"月:1.4; 土:0.2\", \"peaks\": \"3/20-4/5:4; 8/13-8/16:0.5\", \"profile\": \"12:00-13:00:0.3\"}"),
		"\"demand\": {\"per_year\": 20000}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(demand) / sizeof(demand[0]); i++) {
		struct bpr_calendar_options o = BPR_CALENDAR_OPTIONS_INIT;
		struct bpr_flows flows;
		bpr_calendar *c;

		o.dated = true;
		o.start = bpr_date(2027, 1, 1);
		assert_int_equal(bpr_calendar_new(flow_of(&flows, demand[i]), &o, &c, NULL), BPR_OK);
		assert_rel(sum_of_year(c, 365), 20000, 1e-11);
		assert_rel(sum_of_year(c, 365 + 366), 40000, 1e-11);
		bpr_calendar_free(c);
		o.dated = false;
		assert_int_equal(bpr_calendar_new(flows.items[0], &o, &c, NULL), BPR_OK);
		if (i != 1) /* an ordinary week: 243 working days */
			assert_rel(bpr_calendar_cases(c, 0), 20000.0 / 243, 1e-12);
		assert_rel(bpr_flow_cases_per_year(flows.items[0]), 20000, 0);
		bpr_calendar_free(c);
		bpr_flows_release(&flows);
	}
}

static void a_list_overrides_the_rules(void **state)
{
	const struct bpr_holiday list[] = { { bpr_date(2027, 6, 16), "市の日" }, { bpr_date(2027, 1, 1), "元日" } };
	struct bpr_calendar_options o = BPR_CALENDAR_OPTIONS_INIT;
	struct bpr_error err = { 0 };
	struct bpr_flows flows;
	bpr_calendar *c;

	(void)state;
	o.dated = true;
	o.start = bpr_date(2027, 5, 3);
	o.holidays = list;
	o.holiday_count = 2;
	assert_int_equal(bpr_calendar_new(flow_of(&flows, "\"demand\": {\"open\": \"9:00-17:00\"}"), &o, &c, NULL), BPR_OK);
	assert_true(bpr_calendar_works(c, 0));   /* Constitution Day is not on the list */
	assert_false(bpr_calendar_works(c, 44)); /* the city's own day */
	assert_false(bpr_calendar_works(c, bpr_date(2028, 5, 3) - o.start)); /* another year: by rule */
	bpr_calendar_free(c);
	o.start = bpr_date(1948, 7, 19);
	assert_int_equal(bpr_calendar_new(flows.items[0], &o, &c, &err), BPR_EINVAL);
	assert_null(c);
	assert_string_equal(err.code, "D018");
	bpr_flows_release(&flows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(minute_by_minute), cmocka_unit_test(cases), cmocka_unit_test(years), cmocka_unit_test(a_list_overrides_the_rules),
	};

	return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}

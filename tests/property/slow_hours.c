/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "property/slow_hours.h"
#include <math.h>

#define DAY 1440.0

static unsigned weekday_bit(long day)
{
	return 1u << (unsigned)((day % 7 + 7) % 7);
}

/* Rules by date are for dated calendars only. */
static const struct bpr_schedule_rule *rule_of(const struct bpr_schedule *schedule, long day)
{
	const struct bpr_schedule_rule *last = NULL;

	for (size_t i = 0; i < schedule->rule_count; i++) {
		const struct bpr_days *days = &schedule->rules[i].days;

		if (!days->dated && (!days->weekdays || days->weekdays & weekday_bit(day)))
			last = &schedule->rules[i];
	}
	return last;
}

/* Saturday and Sunday, unless something else was said; a rule that names the weekday opens it all the same. */
static bool closed_day(const bpr_flow *flow, long day)
{
	const struct bpr_demand *d = bpr_flow_demand(flow);

	if (!d->closed_given)
		return d->open.rule_count && weekday_bit(day) & 0x60;
	for (size_t i = 0; i < d->closed_days.rule_count; i++)
		if (!d->closed_days.rules[i].days.dated && d->closed_days.rules[i].days.weekdays & weekday_bit(day))
			return true;
	return false;
}

static bool covered(const bpr_flow *flow, const struct bpr_schedule *schedule, long day, double minute)
{
	const struct bpr_schedule_rule *rule = rule_of(schedule, day);

	if (!rule || (!rule->days.weekdays && closed_day(flow, day)))
		return false;
	for (size_t i = 0; i < rule->span_count; i++)
		if (minute >= rule->spans[i].from && minute < rule->spans[i].to)
			return true;
	return false;
}

/* In the hours that begin on this day, or in those of the day before that run past midnight. */
static bool in_hours(const bpr_flow *flow, const struct bpr_schedule *schedule, double time)
{
	long day = (long)floor(time / DAY);
	double minute = time - (double)day * DAY;

	if (!schedule->rule_count)
		return !closed_day(flow, day);
	return covered(flow, schedule, day, minute) || covered(flow, schedule, day - 1, minute + DAY);
}

bool slow_office_open(const bpr_flow *flow, double time)
{
	return in_hours(flow, &bpr_flow_demand(flow)->open, time);
}

bool slow_counter_open(const bpr_flow *flow, size_t counter, double time)
{
	const struct bpr_schedule *own = &bpr_flow_counter(flow, counter)->open;

	return in_hours(flow, own->rule_count ? own : &bpr_flow_demand(flow)->open, time);
}

bool slow_working_day(const bpr_flow *flow, long day)
{
	const struct bpr_schedule *open = &bpr_flow_demand(flow)->open;
	const struct bpr_schedule_rule *rule = rule_of(open, day);

	if (!open->rule_count)
		return !closed_day(flow, day);
	return rule && rule->span_count && (rule->days.weekdays || !closed_day(flow, day));
}

/* Breaks of all at once fall on closed days too: nobody is there then anyway. */
static bool on_break(const struct bpr_shift *s, size_t person, double time)
{
	long day = (long)floor(time / DAY);
	double minute = time - (double)day * DAY;
	const struct bpr_schedule_rule *rule = rule_of(&s->breaks, day);
	double slots;

	for (size_t i = 0; rule && i < rule->span_count; i++)
		if (minute >= rule->spans[i].from && minute < rule->spans[i].to)
			return true;
	if (!(s->turn_minutes > 0))
		return false;
	/* As many turns as the span holds; person 0 has the first, person 1 the second, and round again. */
	slots = floor((s->turn.to - s->turn.from) / s->turn_minutes);
	for (double slot = 0; slot < slots; slot++)
		if (minute >= s->turn.from + slot * s->turn_minutes && minute < s->turn.from + (slot + 1) * s->turn_minutes)
			return (double)(person % (size_t)slots) == slot;
	return false;
}

bool slow_person_there(const bpr_flow *flow, size_t pool, size_t shift, size_t person, double time)
{
	const struct bpr_shift *s = &bpr_flow_pool(flow, pool)->shifts[shift];
	const struct bpr_schedule *own = s->hours.rule_count ? &s->hours : &bpr_flow_demand(flow)->open;

	return in_hours(flow, own, time) && !on_break(s, person, time);
}

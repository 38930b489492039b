/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendars of the units as they are given, in the words of bpr-flow(5), day by day; and what was seen beside them. */
#include "config.h"
#include "mine/worktime_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include "flow/build_i.h"
#include <string.h>

/* ---- hours as given ---- */

static bpr_status say_demand(bpr_builder *b, const char *key, const char *text, const char *where)
{
	const struct bpr_place place = { NULL, 0, 0, where };
	struct bpr_cell cell;

	if (!text || !*text)
		return BPR_OK;
	cell = (struct bpr_cell){ bpr_i_column_find(BPR_TABLE_DEMAND, key, strlen(key)), text, strlen(text) };
	return bpr_i_builder_companion(b, BPR_TABLE_DEMAND, &cell, 1, &place);
}

/* A flow of one step whose office has these hours: it knows how to read and to apply them. */
static bpr_status flow_with(const struct bpr_worktime_unit *unit, bpr_flow **out, bpr_problems *problems, struct bpr_error *err)
{
	const struct bpr_build_options options = { .max_nodes = 8, .max_field = 1 << 16 };
	const char *where = unit->unit ? unit->unit : "open";
	bpr_builder *b = NULL;
	bpr_status status = bpr_i_builder_new(&b, "hours", "hours", NULL, &options, problems, err);

	if (!status)
		status = bpr_i_builder_node(b, BPR_NODE_TASK, "step", 4, NULL, NULL);
	if (!status)
		status = say_demand(b, "open", unit->open, where);
	if (!status)
		status = say_demand(b, "closed", unit->closed, where);
	if (!status)
		status = bpr_i_builder_finish(b, out, err);
	bpr_i_builder_free(b);
	return status;
}

static size_t said_spans(void *data, long date, struct bpr_span spans[BPR_SPANS_MAX], bool *works)
{
	const bpr_calendar *calendar = data;
	const long day = date - bpr_calendar_date(calendar, 0);

	*works = bpr_calendar_works(calendar, day);
	return bpr_calendar_office(calendar, day, spans);
}

static size_t always(void *data, long date, struct bpr_span spans[BPR_SPANS_MAX], bool *works)
{
	(void)data;
	(void)date;
	*works = true;
	spans[0] = (struct bpr_span){ 0, 1440 };
	return 1;
}

/* Warnings of the little flow (it has no end, nobody comes) are of no concern; what is wrong with the hours is. */
static bpr_status pass_on(bpr_problems *from, bpr_problems *to)
{
	for (size_t i = 0; to && i < bpr_problems_count(from); i++) {
		const struct bpr_problem p = bpr_problems_get(from, i);

		if (p.severity == BPR_SEVERITY_ERROR &&
		    bpr_problems_add(to, p.code->code, NULL, 0, *p.where ? p.where : NULL, p.args))
			return BPR_ENOMEM;
	}
	return BPR_OK;
}

static bpr_status add_given(struct bpr_worktime *w, const struct bpr_worktime_unit *unit, size_t *out, bpr_problems *problems,
			    struct bpr_error *err)
{
	struct bpr_calendar_options options = w->options.calendar;
	bpr_problems *own = NULL;
	bpr_flow *flow = NULL;
	bpr_calendar *calendar = NULL;
	bpr_status status = bpr_problems_new(&own, err);

	options.dated = true;
	options.start = w->days.first;
	if (!status)
		status = flow_with(unit, &flow, own, err);
	if (own && (pass_on(own, problems) || bpr_i_problems_nomem(own)) && !status)
		status = bpr_i_nomem(err);
	if (!status)
		status = bpr_calendar_new(flow, &options, &calendar, err);
	if (!status) {
		*out = bpr_i_wt_add_calendar(&w->days, said_spans, calendar);
		status = *out == BPR_NONE ? bpr_i_nomem(err) : BPR_OK;
	}
	bpr_calendar_free(calendar);
	bpr_flow_free(flow);
	bpr_problems_free(own);
	return status;
}

/* Those of all others first: they are the office's. */
static bpr_status all_given(struct bpr_worktime *w, bpr_problems *problems, struct bpr_error *err)
{
	const struct bpr_worktime_options *o = &w->options;
	struct bpr_worktime_unit office = { NULL, NULL, NULL };
	bpr_status status;
	size_t calendar;

	for (size_t i = 0; i < o->unit_count; i++)
		if (!o->units[i].unit)
			office = o->units[i];
	w->given = true;
	status = add_given(w, &office, &calendar, problems, err);
	for (size_t i = 0; i < o->unit_count && !status; i++) {
		const char *name = o->units[i].unit;
		const struct bpr_place place = { w->log->name, 0, 0, name };
		uint32_t unit;

		if (!name)
			continue;
		unit = bpr_log_find(w->log, BPR_LOG_UNIT, name);
		if (unit == BPR_LOG_NONE) {
			if (!bpr_i_problem(problems, BPR_I_L400, &place, false, name, NULL, NULL, NULL) && problems)
				status = bpr_i_nomem(err);
			continue;
		}
		if (w->days.calendar_count == WT_CALENDARS)
			return bpr_i_fail(err, BPR_ELIMIT, BPR_I_L401, name, 0, NULL, NULL);
		status = add_given(w, &o->units[i], &calendar, problems, err);
		if (!status)
			w->days.of_unit[unit] = (uint16_t)calendar;
	}
	return status;
}

bpr_status bpr_i_wt_calendars(struct bpr_worktime *w, bpr_problems *problems, struct bpr_error *err)
{
	bpr_status status = BPR_OK;

	w->days.unit_count = w->unit_count;
	w->days.of_unit = bpr_i_calloc(w->unit_count + 1, sizeof(*w->days.of_unit));
	if (!w->days.of_unit)
		return bpr_i_nomem(err);
	if (w->options.clock)
		status = bpr_i_wt_add_calendar(&w->days, always, NULL) == BPR_NONE ? BPR_ENOMEM : BPR_OK;
	else if (w->options.unit_count)
		return all_given(w, problems, err);
	else
		status = bpr_i_wt_calendars_seen(w);
	return status == BPR_ENOMEM ? bpr_i_nomem(err) : status;
}

/* ---- what was seen ---- */

static int32_t open_on(const struct bpr_worktime *w, unsigned calendar, size_t day)
{
	return w->days.patterns[w->days.calendar[calendar][day].pattern].total;
}

/* Hours of an ordinary week: of each weekday what most of its dates have, the longer of two that are as frequent. */
static double week_minutes(const struct bpr_worktime *w, unsigned calendar, size_t *counts)
{
	const struct wt_days *days = &w->days;
	double sum = 0;

	memset(counts, 0, 7 * days->pattern_count * sizeof(*counts));
	for (size_t i = 0; i < days->count; i++)
		counts[wt_weekday(days->first + (long)i) * days->pattern_count + days->calendar[calendar][i].pattern]++;
	for (unsigned weekday = 0; weekday < 7; weekday++) {
		const size_t *of = &counts[weekday * days->pattern_count];
		size_t best = 0;

		for (size_t p = 1; p < days->pattern_count; p++)
			if (of[p] > of[best] || (of[p] == of[best] && days->patterns[p].total > days->patterns[best].total))
				best = p;
		sum += days->pattern_count && of[best] ? (double)days->patterns[best].total / WT_MINUTE : 0;
	}
	return sum;
}

static void fill_hours(const struct bpr_worktime *w, const struct wt_seen *seen, size_t *counts, struct bpr_worktime_hours *h)
{
	const unsigned calendar = wt_calendar_of(&w->days, seen->unit);
	size_t open[7] = { 0 };

	*h = (struct bpr_worktime_hours){ .unit = seen->unit, .events = seen->events, .outside = seen->outside };
	h->own = calendar != WT_OFFICE || seen->unit == BPR_LOG_NONE;
	h->open_minutes_per_week = week_minutes(w, calendar, counts);
	for (size_t i = 0; i < w->days.count; i++) {
		const unsigned day = wt_weekday(w->days.first + (long)i);

		h->days_seen[day] += seen->days[i] > 0;
		open[day] += open_on(w, calendar, i) > 0;
	}
	for (unsigned day = 0; day < 7; day++) {
		h->seen[day] = bpr_i_wt_seen_span(seen->bins[day]);
		for (size_t i = 0; i < WT_BINS && open[day]; i++)
			h->by_hour[day][i * WT_BIN / 60] += (double)seen->bins[day][i] / (double)open[day];
	}
}

bpr_status bpr_i_wt_hours(struct bpr_worktime *w)
{
	size_t *counts = bpr_i_calloc(7 * w->days.pattern_count + 1, sizeof(*counts));

	w->hours = counts ? bpr_i_calloc(w->seen_count, sizeof(*w->hours)) : NULL;
	w->hours_count = w->hours ? w->seen_count : 0;
	for (size_t i = 0; i < w->hours_count; i++)
		fill_hours(w, &w->seen[i], counts, &w->hours[i]);
	bpr_i_free(counts);
	return w->hours ? BPR_OK : BPR_ENOMEM;
}

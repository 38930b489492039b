/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A log and what it says happened, for machines: the object bpr.mining/1. */
#include "config.h"
#include "report/json_parts_i.h"
#include "report/json_conformance_i.h"
#include "report/json_worktime_i.h"
#include "base/alloc_i.h"
#include "base/json_i.h"
#include "study/mining_i.h"
#include <bpr/calendar.h>
#include <math.h>
#include <stdio.h>

typedef struct bpr_json json;

static void put_instant(json *j, const char *name, int64_t at, int offset, bool offsets)
{
	char text[80];

	if (at == BPR_LOG_NO_TIME) {
		bpr_i_json_null(j, name);
		return;
	}
	bpr_i_instant_text(text, sizeof(text), at, offset, offsets);
	bpr_i_json_string(j, name, text);
}

static void put_day(json *j, const char *name, long date)
{
	int year, month, day;
	char text[40];

	bpr_date_parts(date, &year, &month, &day);
	(void)snprintf(text, sizeof(text), "%04d-%02d-%02d", year, month, day);
	bpr_i_json_string(j, name, text);
}

static const char *format_name(enum bpr_log_format format)
{
	switch (format) {
	case BPR_LOG_XES: return "xes";
	case BPR_LOG_OCEL: return "ocel";
	case BPR_LOG_CSV: case BPR_LOG_AUTO: break;
	}
	return "csv";
}

static void put_log(json *j, const struct bpr_subject *s)
{
	struct bpr_log_info info = bpr_log_info(s->log);
	const struct bpr_mine_totals *t = bpr_mining_totals(s->mining);
	size_t count, seen = 0;
	const struct bpr_mine_activity *list = bpr_mining_activities(s->mining, &count);

	for (size_t i = 0; i < count; i++)
		seen += list[i].count > 0;
	bpr_i_json_object(j, "log");
	bpr_i_json_string(j, "name", info.name);
	bpr_i_json_string(j, "format", format_name(info.format));
	bpr_i_json_whole(j, "cases", t->cases);
	bpr_i_json_whole(j, "events", t->events);
	bpr_i_json_whole(j, "activities", seen);
	put_instant(j, "first", info.first, info.first_offset, info.offsets);
	put_instant(j, "last", info.last, info.last_offset, info.offsets);
	bpr_i_json_whole(j, "rows", info.rows);
	bpr_i_json_whole(j, "rejected", info.rejected);
	bpr_i_json_bool(j, "offsets", info.offsets);
	bpr_i_json_whole(j, "with_start", info.with_start);
	bpr_i_json_whole(j, "out_of_order", info.out_of_order);
	bpr_i_json_end_object(j);
}

/* ---- statistics ---- */

static void put_stat_members(json *j, const struct bpr_mine_stat *m, size_t k)
{
	const struct { const char *name; double value; bool single; /* of one case */ } values[] = {
		{ "mean", m->mean, false }, { "sd", m->sd, false }, { "min", m->min, true }, { "p10", m->p10, false }, { "p25", m->p25, false },
		{ "p50", m->p50, false }, { "p75", m->p75, false }, { "p90", m->p90, false }, { "p95", m->p95, false }, { "p99", m->p99, false },
		{ "max", m->max, true }, { "quantile_error", m->quantile_error, false },
	};

	bpr_i_json_whole(j, "count", m->count);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		bpr_i_put_known(j, values[i].name, values[i].value, m->count > 0 && m->count >= k && !(values[i].single && k > 1));
}

static void put_stat(json *j, const char *name, const struct bpr_mine_stat *m, size_t k)
{
	bpr_i_json_object(j, name);
	put_stat_members(j, m, k);
	bpr_i_json_end_object(j);
}

static void put_case(json *j, const struct bpr_subject *s, size_t k)
{
	static const char *const methods[] = { "result", "named", "judged" };
	const struct bpr_mine_totals *t = bpr_mining_totals(s->mining);

	put_stat(j, "case_minutes", &t->minutes, k);
	put_stat(j, "finished_minutes", &t->finished_minutes, k);
	put_stat(j, "work_minutes", &t->work, k);
	put_stat(j, "case_events", &t->length, k);
	bpr_i_json_object(j, "totals");
	bpr_i_json_whole(j, "finished", t->finished);
	bpr_i_json_whole(j, "unfinished", t->unfinished);
	bpr_i_json_whole(j, "cancelled", t->cancelled);
	bpr_i_json_string(j, "end_method", methods[t->end_method]);
	bpr_i_json_number(j, "km_median_minutes", t->km_median);
	bpr_i_json_whole(j, "pairs", t->pairs);
	bpr_i_json_whole(j, "variants", t->variants);
	bpr_i_json_whole(j, "variants_once", t->variants_once);
	bpr_i_json_whole(j, "cases_repeated", t->cases_repeated);
	bpr_i_json_whole(j, "handovers_resource", t->handovers_resource);
	bpr_i_json_whole(j, "handovers_unit", t->handovers_unit);
	bpr_i_json_whole(j, "without_resource", t->without_resource);
	bpr_i_json_whole(j, "without_unit", t->without_unit);
	bpr_i_json_number(j, "peak_in_process", t->peak_in_process);
	bpr_i_json_end_object(j);
}

/* ---- lists ---- */

static const char *activity(const struct bpr_subject *s, uint32_t index)
{
	return bpr_log_name(s->log, BPR_LOG_ACTIVITY, index);
}

/* What is put together for the sake of people: how many, of how many cases or times. */
static void put_rest(json *j, const char *name, uint64_t rest, uint64_t count, size_t k)
{
	if (k < 2)
		return;
	bpr_i_json_object(j, name);
	bpr_i_json_whole(j, "number", rest);
	bpr_i_json_whole(j, "count", count);
	bpr_i_json_end_object(j);
}

static void put_activities(json *j, const struct bpr_subject *s, size_t k)
{
	size_t count;
	const struct bpr_mine_activity *list = bpr_mining_activities(s->mining, &count);
	uint64_t rest = 0, times = 0;

	bpr_i_json_array(j, "activities");
	for (size_t i = 0; i < count; i++) {
		const struct bpr_mine_activity *a = &list[i];

		if (a->cases < k || !a->count) {
			rest += a->count > 0;
			times += a->count;
			continue;
		}
		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "name", activity(s, a->activity));
		bpr_i_json_whole(j, "count", a->count);
		bpr_i_json_whole(j, "cases", a->cases);
		bpr_i_json_whole(j, "repeated", a->repeated);
		bpr_i_json_whole(j, "self_loops", a->self_loops);
		bpr_i_json_whole(j, "units", a->units);
		bpr_i_json_whole(j, "resources", a->resources);
		put_stat(j, "service_minutes", &a->service, k);
		put_stat(j, "before_minutes", &a->before, k);
		put_stat(j, "estimated_minutes", &a->estimated, k);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	put_rest(j, "activities_rest", rest, times, k);
}

/* Activities with which cases begin or end, the most frequent first. */
static void put_ends(json *j, const struct bpr_subject *s, const char *name, bool end, size_t k)
{
	struct bpr_mining_ended *list;
	size_t count;
	uint64_t rest;

	if (!bpr_i_mining_ended(s->mining, end, k, &list, &count, &rest)) {
		j->out->failed = BPR_ENOMEM;
		return;
	}
	bpr_i_json_array(j, name);
	for (size_t i = 0; i < count; i++) {
		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "name", activity(s, list[i].activity));
		bpr_i_json_whole(j, "count", list[i].cases);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	if (k > 1)
		bpr_i_json_whole(j, end ? "ends_rest" : "starts_rest", rest);
	bpr_i_free(list);
}

static void put_arcs(json *j, const struct bpr_subject *s, size_t k)
{
	size_t count;
	const struct bpr_mine_arc *list = bpr_mining_arcs(s->mining, &count);
	uint64_t rest = 0, times = 0;

	bpr_i_json_array(j, "arcs");
	for (size_t i = 0; i < count; i++) {
		const struct bpr_mine_arc *a = &list[i];

		if (a->cases < k) {
			rest++;
			times += a->count;
			continue;
		}
		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "from", activity(s, a->from));
		bpr_i_json_string(j, "to", activity(s, a->to));
		bpr_i_json_whole(j, "count", a->count);
		bpr_i_json_whole(j, "cases", a->cases);
		bpr_i_put_known(j, "mean_minutes", a->minutes.mean, a->minutes.count >= k);
		bpr_i_put_known(j, "median_minutes", a->minutes.p50, a->minutes.count >= k);
		bpr_i_put_known(j, "p90_minutes", a->minutes.p90, a->minutes.count >= k);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	put_rest(j, "arcs_rest", rest, times, k);
}

static void put_variants(json *j, const struct bpr_subject *s, size_t k)
{
	const struct bpr_mine_totals *t = bpr_mining_totals(s->mining);
	size_t count, shown = 0;
	const struct bpr_mine_variant *list = bpr_mining_variants(s->mining, &count);
	uint64_t told = 0;

	bpr_i_json_array(j, "variants");
	for (; shown < count && list[shown].count >= k; shown++) {
		const struct bpr_mine_variant *v = &list[shown];

		told += v->count;
		bpr_i_json_object(j, NULL);
		bpr_i_json_array(j, "activities");
		for (size_t i = 0; i < v->length; i++)
			bpr_i_json_string(j, NULL, activity(s, v->activities[i]));
		bpr_i_json_end_array(j);
		bpr_i_json_whole(j, "count", v->count);
		bpr_i_json_number(j, "mean_minutes", v->mean_minutes);
		bpr_i_json_number(j, "median_minutes", v->median_minutes);
		if (k < 2)
			bpr_i_json_string(j, "example", bpr_log_name(s->log, BPR_LOG_CASE, v->example));
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	/* also where there were more than are counted one by one */
	if (k > 1 || t->variants > shown) {
		bpr_i_json_object(j, "variants_rest");
		bpr_i_json_whole(j, "number", t->variants - shown);
		bpr_i_json_whole(j, "count", t->cases - told);
		bpr_i_json_end_object(j);
	}
}

static void put_handovers_of(json *j, const struct bpr_subject *s, bool units, size_t k, uint64_t *rest, uint64_t *times)
{
	unsigned names = units ? BPR_LOG_UNIT : BPR_LOG_RESOURCE;
	size_t count;
	const struct bpr_mine_handover *list = bpr_mining_handovers(s->mining, units, &count);

	for (size_t i = 0; i < count; i++) {
		if (list[i].cases < k) {
			++*rest;
			*times += list[i].count;
			continue;
		}
		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "by", units ? "unit" : "resource");
		bpr_i_json_string(j, "from", bpr_log_name(s->log, names, list[i].from));
		bpr_i_json_string(j, "to", bpr_log_name(s->log, names, list[i].to));
		bpr_i_json_whole(j, "count", list[i].count);
		bpr_i_json_whole(j, "cases", list[i].cases);
		bpr_i_json_end_object(j);
	}
}

static void put_handovers(json *j, const struct bpr_subject *s, size_t k)
{
	uint64_t rest = 0, times = 0;

	bpr_i_json_array(j, "handovers");
	put_handovers_of(j, s, false, k, &rest, &times);
	put_handovers_of(j, s, true, k, &rest, &times);
	bpr_i_json_end_array(j);
	put_rest(j, "handovers_rest", rest, times, k);
}

static void put_loops(json *j, const struct bpr_subject *s, size_t k)
{
	size_t count;
	const struct bpr_mine_loop *list = bpr_mining_loops(s->mining, &count);
	uint64_t rest = 0, times = 0;

	bpr_i_json_array(j, "loops");
	for (size_t i = 0; i < count; i++) {
		if (list[i].cases < k) {
			rest++;
			times += list[i].count;
			continue;
		}
		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "from", activity(s, list[i].from));
		bpr_i_json_string(j, "to", activity(s, list[i].to));
		bpr_i_json_whole(j, "count", list[i].count);
		bpr_i_json_whole(j, "cases", list[i].cases);
		bpr_i_json_number(j, "mean_minutes", list[i].mean_minutes);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	put_rest(j, "loops_rest", rest, times, k);
}

/* ---- when ---- */

static void put_hours(json *j, const struct bpr_subject *s)
{
	enum { HOURS = 24, WEEK = 168 };
	const struct bpr_mine_hour *week = bpr_mining_week(s->mining);

	bpr_i_json_array(j, "hours");
	for (size_t h = 0; h < WEEK; h++) {
		if (!(week[h].arrivals > 0) && !(week[h].in_process > 0) && !(week[h].finished > 0))
			continue;
		bpr_i_json_object(j, NULL);
		bpr_i_json_whole(j, "weekday", h / HOURS + 1);
		bpr_i_json_whole(j, "hour", h % HOURS);
		bpr_i_json_number(j, "arrivals", week[h].arrivals);
		bpr_i_json_number(j, "finished", week[h].finished);
		bpr_i_json_number(j, "in_process", week[h].in_process);
		bpr_i_json_number(j, "most_in_process", week[h].most_in_process);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_days(json *j, const struct bpr_subject *s)
{
	size_t count;
	const struct bpr_mine_day *list = bpr_mining_days(s->mining, &count);

	bpr_i_json_array(j, "days");
	for (size_t i = 0; i < count; i++) {
		if (!list[i].arrived && !list[i].finished && !list[i].events)
			continue;
		bpr_i_json_object(j, NULL);
		put_day(j, "date", list[i].date);
		bpr_i_json_whole(j, "arrived", list[i].arrived);
		bpr_i_json_whole(j, "finished", list[i].finished);
		bpr_i_json_whole(j, "events", list[i].events);
		bpr_i_json_whole(j, "in_process", list[i].in_process);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_months(json *j, const struct bpr_subject *s, size_t k)
{
	size_t count;
	const struct bpr_mine_month *list = bpr_mining_months(s->mining, &count);

	bpr_i_json_array(j, "months");
	for (size_t i = 0; i < count; i++) {
		char text[40];

		(void)snprintf(text, sizeof(text), "%04d-%02d", list[i].year, list[i].month);
		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "month", text);
		bpr_i_json_whole(j, "arrived", list[i].arrived);
		bpr_i_json_whole(j, "finished", list[i].finished);
		put_stat(j, "minutes", &list[i].minutes, k);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_survival(json *j, const struct bpr_subject *s, size_t k)
{
	size_t count;
	const struct bpr_mine_survival *list = bpr_mining_survival(s->mining, &count);

	bpr_i_json_array(j, "survival");
	for (size_t i = 0; i < count; i++) {
		if (list[i].at_risk < k)
			continue;
		bpr_i_json_object(j, NULL);
		bpr_i_json_number(j, "minutes", list[i].minutes);
		bpr_i_json_number(j, "open", list[i].open);
		bpr_i_json_number(j, "low", list[i].low);
		bpr_i_json_number(j, "high", list[i].high);
		bpr_i_json_whole(j, "at_risk", list[i].at_risk);
		bpr_i_json_whole(j, "ended", list[i].ended);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

void bpr_i_put_mining(json *j, const struct bpr_subject *s, const struct bpr_report_options *options)
{
	size_t k = options->k ? options->k : 1;

	bpr_i_put_begin(j, "bpr.mining/1");
	put_log(j, s);
	if (k > 1)
		bpr_i_json_whole(j, "k", k);
	put_activities(j, s, k);
	put_ends(j, s, "starts", false, k);
	put_ends(j, s, "ends", true, k);
	put_arcs(j, s, k);
	put_variants(j, s, k);
	put_case(j, s, k);
	put_handovers(j, s, k);
	put_loops(j, s, k);
	put_hours(j, s);
	put_days(j, s);
	put_months(j, s, k);
	put_survival(j, s, k);
	bpr_i_put_worktime(j, s, options);
	bpr_i_put_conformance(j, s, options);
	/* members of other features: conformance (bpr_i_put_conformance) add their call here */
	bpr_i_put_warnings(j, s->problems, options->lang);
	bpr_i_json_end_object(j);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A log and what it says happened, as one flat table, a row for each value: source, flow (the drawn one it was held against), section
 * (log, case, activity, start, end, arc, variant, handover_resource, handover_unit, loop, hour, day, month, survival), id, name,
 * measure, value. Of what goes from one to another, id is the one and name the other; of a variant, id is its number and name
 * its activities with " > " between them; of an hour, id is its weekday (1 Monday) and its beginning.
 */
#include "config.h"
#include "report/csv_parts_i.h"
#include "report/json_conformance_i.h"
#include "report/json_worktime_i.h"
#include "base/alloc_i.h"
#include "study/mining_i.h"
#include <bpr/calendar.h>
#include <math.h>
#include <stdio.h>

/* What a row is about. */
struct about { const char *section, *id, *name; };

struct table { struct bpr_csv_out csv; const struct bpr_subject *s; size_t k; };

static void value(struct table *t, const struct about *about, const char *measure, double x)
{
	bpr_i_csv_begin_row(&t->csv, about->section, about->id, about->name, measure);
	bpr_i_csv_number(&t->csv, x);
	bpr_i_csv_end_row(&t->csv);
}

static void text(struct table *t, const struct about *about, const char *measure, const char *x)
{
	bpr_i_csv_begin_row(&t->csv, about->section, about->id, about->name, measure);
	bpr_i_csv_text(&t->csv, x);
	bpr_i_csv_end_row(&t->csv);
}

/* prefix: "service", … : service_mean_minutes; nothing where nothing is known. */
static void stat_of(struct table *t, const struct about *about, const char *prefix, const char *unit, const struct bpr_mine_stat *m)
{
	const struct { const char *name; double value; bool single; } values[] = {
		{ "mean", m->mean, false }, { "sd", m->sd, false }, { "min", m->min, true }, { "p10", m->p10, false }, { "p25", m->p25, false },
		{ "p50", m->p50, false }, { "p75", m->p75, false }, { "p90", m->p90, false }, { "p95", m->p95, false }, { "p99", m->p99, false },
		{ "max", m->max, true }, { "quantile_error", m->quantile_error, false },
	};

	if (!m->count || m->count < t->k)
		return;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		char name[64];

		if (values[i].single && t->k > 1)
			continue;
		(void)snprintf(name, sizeof(name), "%s_%s%s", prefix, values[i].name, values[i].single || i + 1 < sizeof(values) / sizeof(values[0]) ? unit : "");
		value(t, about, name, values[i].value);
	}
}

static const char *activity(const struct table *t, uint32_t index)
{
	return bpr_log_name(t->s->log, BPR_LOG_ACTIVITY, index);
}

static void log_rows(struct table *t)
{
	struct bpr_log_info info = bpr_log_info(t->s->log);
	const struct bpr_mine_totals *m = bpr_mining_totals(t->s->mining);
	const struct { const char *name; double value; } values[] = {
		{ "cases", (double)m->cases }, { "events", (double)m->events }, { "rows", (double)info.rows }, { "rejected", (double)info.rejected },
		{ "with_start", (double)info.with_start }, { "out_of_order", (double)info.out_of_order }, { "finished", (double)m->finished },
		{ "unfinished", (double)m->unfinished }, { "cancelled", (double)m->cancelled }, { "km_median_minutes", m->km_median },
		{ "pairs", (double)m->pairs }, { "variants", (double)m->variants }, { "variants_once", (double)m->variants_once },
		{ "cases_repeated", (double)m->cases_repeated }, { "handovers_resource", (double)m->handovers_resource },
		{ "handovers_unit", (double)m->handovers_unit }, { "without_resource", (double)m->without_resource },
		{ "without_unit", (double)m->without_unit }, { "peak_in_process", m->peak_in_process },
	};
	const struct about about = { "log", "", "" };
	char when[80];

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		value(t, &about, values[i].name, values[i].value);
	if (info.first == BPR_LOG_NO_TIME)
		return;
	bpr_i_instant_text(when, sizeof(when), info.first, info.first_offset, info.offsets);
	text(t, &about, "first", when);
	bpr_i_instant_text(when, sizeof(when), info.last, info.last_offset, info.offsets);
	text(t, &about, "last", when);
}

static void case_rows(struct table *t)
{
	const struct bpr_mine_totals *m = bpr_mining_totals(t->s->mining);
	const struct about about = { "case", "", "" };

	stat_of(t, &about, "all", "_minutes", &m->minutes);
	stat_of(t, &about, "finished", "_minutes", &m->finished_minutes);
	stat_of(t, &about, "work", "_minutes", &m->work);
	stat_of(t, &about, "length", "_events", &m->length);
}

static void activity_rows(struct table *t)
{
	size_t count;
	const struct bpr_mine_activity *list = bpr_mining_activities(t->s->mining, &count);

	for (size_t i = 0; i < count; i++) {
		const struct bpr_mine_activity *a = &list[i];
		struct about about = { "activity", "", activity(t, a->activity) };

		if (!a->count || a->cases < t->k)
			continue;
		value(t, &about, "count", (double)a->count);
		value(t, &about, "cases", (double)a->cases);
		value(t, &about, "repeated_cases", (double)a->repeated);
		value(t, &about, "self_loops", (double)a->self_loops);
		value(t, &about, "units", a->units);
		value(t, &about, "resources", a->resources);
		stat_of(t, &about, "service", "_minutes", &a->service);
		stat_of(t, &about, "before", "_minutes", &a->before);
		stat_of(t, &about, "estimated", "_minutes", &a->estimated);
	}
}

static void end_rows(struct table *t, bool end)
{
	struct bpr_mining_ended *list;
	uint64_t rest;
	size_t count;

	if (!bpr_i_mining_ended(t->s->mining, end, t->k, &list, &count, &rest)) {
		t->csv.out->failed = BPR_ENOMEM;
		return;
	}
	for (size_t i = 0; i < count; i++) {
		struct about about = { end ? "end" : "start", "", activity(t, list[i].activity) };

		value(t, &about, "cases", (double)list[i].cases);
	}
	bpr_i_free(list);
}

static void arc_rows(struct table *t)
{
	size_t count;
	const struct bpr_mine_arc *list = bpr_mining_arcs(t->s->mining, &count);

	for (size_t i = 0; i < count; i++) {
		struct about about = { "arc", activity(t, list[i].from), activity(t, list[i].to) };

		if (list[i].cases < t->k)
			continue;
		value(t, &about, "count", (double)list[i].count);
		value(t, &about, "cases", (double)list[i].cases);
		stat_of(t, &about, "between", "_minutes", &list[i].minutes);
	}
}

static void variant_rows(struct table *t)
{
	size_t count;
	const struct bpr_mine_variant *list = bpr_mining_variants(t->s->mining, &count);

	for (size_t i = 0; i < count && list[i].count >= t->k; i++) {
		struct bpr_buf way = BPR_BUF_INIT;
		struct about about = { "variant", "", "" };
		char id[32];

		for (size_t a = 0; a < list[i].length; a++) {
			bpr_i_buf_puts(&way, a ? " > " : "");
			bpr_i_buf_puts(&way, activity(t, list[i].activities[a]));
		}
		(void)snprintf(id, sizeof(id), "%zu", i + 1);
		about.id = id;
		about.name = way.data ? way.data : "";
		if (way.failed)
			t->csv.out->failed = way.failed;
		value(t, &about, "cases", (double)list[i].count);
		value(t, &about, "mean_minutes", list[i].mean_minutes);
		value(t, &about, "median_minutes", list[i].median_minutes);
		bpr_i_buf_release(&way);
	}
}

static void handover_rows(struct table *t, bool units)
{
	unsigned names = units ? BPR_LOG_UNIT : BPR_LOG_RESOURCE;
	size_t count;
	const struct bpr_mine_handover *list = bpr_mining_handovers(t->s->mining, units, &count);

	for (size_t i = 0; i < count; i++) {
		struct about about = { units ? "handover_unit" : "handover_resource", bpr_log_name(t->s->log, names, list[i].from),
				       bpr_log_name(t->s->log, names, list[i].to) };

		if (list[i].cases < t->k)
			continue;
		value(t, &about, "count", (double)list[i].count);
		value(t, &about, "cases", (double)list[i].cases);
	}
}

static void loop_rows(struct table *t)
{
	size_t count;
	const struct bpr_mine_loop *list = bpr_mining_loops(t->s->mining, &count);

	for (size_t i = 0; i < count; i++) {
		struct about about = { "loop", activity(t, list[i].from), activity(t, list[i].to) };

		if (list[i].cases < t->k)
			continue;
		value(t, &about, "count", (double)list[i].count);
		value(t, &about, "cases", (double)list[i].cases);
		value(t, &about, "mean_minutes", list[i].mean_minutes);
	}
}

/* ---- when ---- */

static void hour_rows(struct table *t)
{
	enum { HOURS = 24, WEEK = 168 };
	const struct bpr_mine_hour *week = bpr_mining_week(t->s->mining);

	for (size_t h = 0; h < WEEK; h++) {
		struct about about = { "hour", "", "" };
		char id[32];

		if (!(week[h].arrivals > 0) && !(week[h].in_process > 0) && !(week[h].finished > 0))
			continue;
		(void)snprintf(id, sizeof(id), "%zu %02zu:00", h / HOURS + 1, h % HOURS);
		about.id = id;
		value(t, &about, "arrivals", week[h].arrivals);
		value(t, &about, "finished", week[h].finished);
		value(t, &about, "in_process", week[h].in_process);
		value(t, &about, "most_in_process", week[h].most_in_process);
	}
}

static void day_rows(struct table *t)
{
	size_t count;
	const struct bpr_mine_day *list = bpr_mining_days(t->s->mining, &count);

	for (size_t i = 0; i < count; i++) {
		struct about about = { "day", "", "" };
		int year, month, day;
		char id[40];

		if (!list[i].arrived && !list[i].finished && !list[i].events)
			continue;
		bpr_date_parts(list[i].date, &year, &month, &day);
		(void)snprintf(id, sizeof(id), "%04d-%02d-%02d", year, month, day);
		about.id = id;
		value(t, &about, "arrived", (double)list[i].arrived);
		value(t, &about, "finished", (double)list[i].finished);
		value(t, &about, "events", (double)list[i].events);
		value(t, &about, "in_process", (double)list[i].in_process);
	}
}

static void month_rows(struct table *t)
{
	size_t count;
	const struct bpr_mine_month *list = bpr_mining_months(t->s->mining, &count);

	for (size_t i = 0; i < count; i++) {
		struct about about = { "month", "", "" };
		char id[40];

		(void)snprintf(id, sizeof(id), "%04d-%02d", list[i].year, list[i].month);
		about.id = id;
		value(t, &about, "arrived", (double)list[i].arrived);
		value(t, &about, "finished", (double)list[i].finished);
		stat_of(t, &about, "took", "_minutes", &list[i].minutes);
	}
}

static void survival_rows(struct table *t)
{
	size_t count;
	const struct bpr_mine_survival *list = bpr_mining_survival(t->s->mining, &count);

	for (size_t i = 0; i < count; i++) {
		struct about about = { "survival", "", "" };
		char id[64];

		if (list[i].at_risk < t->k)
			continue;
		(void)snprintf(id, sizeof(id), "%zu", i + 1);
		about.id = id;
		value(t, &about, "minutes", list[i].minutes);
		value(t, &about, "open", list[i].open);
		value(t, &about, "low", list[i].low);
		value(t, &about, "high", list[i].high);
		value(t, &about, "at_risk", (double)list[i].at_risk);
	}
}

void bpr_i_csv_mining(struct bpr_buf *out, const struct bpr_subject *s, const struct bpr_report_options *options, bool first)
{
	struct table t = { { .out = out, .first = bpr_log_info(s->log).name, .second = s->flow ? bpr_i_name_flow(s->flow) : "" }, s, options->k ? options->k : 1 };

	if (first)
		bpr_i_buf_puts(out, "source,flow,section,id,name,measure,value\n");
	log_rows(&t);
	case_rows(&t);
	activity_rows(&t);
	end_rows(&t, false);
	end_rows(&t, true);
	arc_rows(&t);
	variant_rows(&t);
	handover_rows(&t, false);
	handover_rows(&t, true);
	loop_rows(&t);
	hour_rows(&t);
	day_rows(&t);
	month_rows(&t);
	survival_rows(&t);
	bpr_i_csv_worktime(&t.csv, s, options);
	bpr_i_csv_conformance(&t.csv, s, options);
	/* sections of other features: conformance (bpr_i_csv_conformance) add their call here */
}

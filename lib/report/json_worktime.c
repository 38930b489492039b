/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waits in working time as member `worktime` of bpr.mining/1. */
#include "config.h"
#include "report/json_worktime_i.h"

typedef struct bpr_json json;

static const char *const weekdays[7] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };

/* What is known of fewer than k cases is null; ends of the range are those of single cases. */
static void put_stat(json *j, const char *name, const struct bpr_mine_stat *m, size_t k)
{
	const struct { const char *name; double value; bool single; } values[] = {
		{ "mean", m->mean, false }, { "sd", m->sd, false }, { "min", m->min, true }, { "p10", m->p10, false }, { "p25", m->p25, false },
		{ "p50", m->p50, false }, { "p75", m->p75, false }, { "p90", m->p90, false }, { "p95", m->p95, false }, { "p99", m->p99, false },
		{ "max", m->max, true }, { "quantile_error", m->quantile_error, false },
	};

	bpr_i_json_object(j, name);
	bpr_i_json_whole(j, "count", m->count);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		bpr_i_put_known(j, values[i].name, values[i].value, m->count > 0 && m->count >= k && !(values[i].single && k > 1));
	bpr_i_json_end_object(j);
}

static void put_name(json *j, const char *name, const bpr_log *log, unsigned names, uint32_t index)
{
	bpr_i_json_string(j, name, index == BPR_LOG_NONE ? NULL : bpr_log_name(log, names, index));
}

static void put_wait(json *j, const struct bpr_worktime_wait *w, size_t k)
{
	put_stat(j, "clock_minutes", &w->clock, k);
	put_stat(j, "working_minutes", &w->working, k);
	bpr_i_json_object(j, "cause_minutes");
	for (size_t i = 0; i < BPR_WAIT_CAUSE_COUNT; i++)
		bpr_i_put_known(j, bpr_wait_cause_name((enum bpr_wait_cause)i), w->cause[i], w->clock.count >= k);
	bpr_i_json_end_object(j);
	bpr_i_json_whole(j, "without_start", w->without_start);
}

static void put_basis(json *j, const struct bpr_worktime_basis *b)
{
	bpr_i_json_object(j, "basis");
	bpr_i_json_string(j, "hours", b->clock ? "clock" : b->given ? "given" : "seen");
	bpr_i_json_bool(j, "holidays_closed", b->holidays);
	bpr_i_json_bool(j, "dates_only", b->dates_only);
	bpr_i_json_whole(j, "waits", b->waits);
	bpr_i_json_whole(j, "without_start", b->without_start);
	bpr_i_json_whole(j, "not_looked_at", b->crowded);
	bpr_i_json_end_object(j);
}

static void put_waits(json *j, const bpr_worktime *w, size_t k)
{
	size_t count;
	const struct bpr_worktime_wait *list = bpr_worktime_waits(w, &count);

	bpr_i_json_object(j, "total");
	put_wait(j, bpr_worktime_total(w), k);
	bpr_i_json_end_object(j);
	bpr_i_json_array(j, "activities");
	for (size_t i = 0; i < count; i++) {
		if (list[i].clock.count < k)
			continue;
		bpr_i_json_object(j, NULL);
		put_name(j, "activity", bpr_worktime_log(w), BPR_LOG_ACTIVITY, list[i].to);
		put_wait(j, &list[i], k);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	list = bpr_worktime_arcs(w, &count);
	bpr_i_json_array(j, "arcs");
	for (size_t i = 0; i < count; i++) {
		if (list[i].clock.count < k)
			continue;
		bpr_i_json_object(j, NULL);
		put_name(j, "from", bpr_worktime_log(w), BPR_LOG_ACTIVITY, list[i].from);
		put_name(j, "to", bpr_worktime_log(w), BPR_LOG_ACTIVITY, list[i].to);
		put_wait(j, &list[i], k);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_day(json *j, const struct bpr_worktime_hours *h, size_t day)
{
	const bool seen = h->seen[day].to > h->seen[day].from;

	bpr_i_json_object(j, NULL);
	bpr_i_json_string(j, "weekday", weekdays[day]);
	bpr_i_json_whole(j, "days_seen", h->days_seen[day]);
	bpr_i_put_known(j, "from_minutes", h->seen[day].from, seen);
	bpr_i_put_known(j, "to_minutes", h->seen[day].to, seen);
	bpr_i_json_array(j, "by_hour");
	for (size_t hour = 0; hour < 24; hour++)
		bpr_i_json_number(j, NULL, h->by_hour[day][hour]);
	bpr_i_json_end_array(j);
	bpr_i_json_end_object(j);
}

static void put_hours(json *j, const bpr_worktime *w, size_t k)
{
	size_t count;
	const struct bpr_worktime_hours *list = bpr_worktime_hours(w, &count);

	bpr_i_json_array(j, "hours");
	for (size_t i = 0; i < count; i++) {
		if (list[i].events < k)
			continue;
		bpr_i_json_object(j, NULL);
		put_name(j, "unit", bpr_worktime_log(w), BPR_LOG_UNIT, list[i].unit);
		bpr_i_json_bool(j, "own_calendar", list[i].own);
		bpr_i_json_whole(j, "events", list[i].events);
		bpr_i_json_whole(j, "outside", list[i].outside);
		bpr_i_json_number(j, "open_minutes_per_week", list[i].open_minutes_per_week);
		bpr_i_json_array(j, "weekdays");
		for (size_t day = 0; day < 7; day++)
			put_day(j, &list[i], day);
		bpr_i_json_end_array(j);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_staff(json *j, const bpr_worktime *w, size_t k)
{
	size_t count;
	const struct bpr_worktime_staff *list = bpr_worktime_staff(w, &count);

	bpr_i_json_array(j, "staff");
	for (size_t i = 0; i < count; i++) {
		if (k > 1 && list[i].people < k)
			continue;
		bpr_i_json_object(j, NULL);
		put_name(j, "unit", bpr_worktime_log(w), BPR_LOG_UNIT, list[i].unit);
		bpr_i_json_whole(j, "people", list[i].people);
		bpr_i_json_number(j, "mean_busy", list[i].mean_busy);
		bpr_i_json_number(j, "most_busy", list[i].most_busy);
		bpr_i_json_number(j, "mean_present", list[i].mean_present);
		bpr_i_json_number(j, "most_present", list[i].most_present);
		bpr_i_json_number(j, "utilisation", list[i].utilisation);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

/* Each names a person, so with k they are left out. */
static void put_batches(json *j, const bpr_worktime *w, size_t k)
{
	size_t count;
	const struct bpr_worktime_batch *list = bpr_worktime_batches(w, &count);

	bpr_i_json_array(j, "batches");
	for (size_t i = 0; i < count && k <= 1; i++) {
		bpr_i_json_object(j, NULL);
		put_name(j, "activity", bpr_worktime_log(w), BPR_LOG_ACTIVITY, list[i].activity);
		put_name(j, "resource", bpr_worktime_log(w), BPR_LOG_RESOURCE, list[i].resource);
		bpr_i_json_whole(j, "batches", list[i].batches);
		bpr_i_json_whole(j, "cases", list[i].events);
		bpr_i_json_whole(j, "events", list[i].of);
		bpr_i_json_number(j, "mean_size", list[i].mean_size);
		bpr_i_json_number(j, "mean_wait_minutes", list[i].mean_wait_minutes);
		bpr_i_json_number(j, "every_minutes", list[i].every_minutes);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_groups(json *j, const bpr_worktime *w, size_t k)
{
	size_t count;
	const struct bpr_worktime_group *list = bpr_worktime_standard_groups(w, &count);
	const bpr_log *log = bpr_worktime_log(w);

	bpr_i_json_array(j, "groups");
	for (size_t i = 0; i < count; i++) {
		const bool unit = list[i].by == BPR_NONE;

		if (list[i].cases < k)
			continue;
		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "by", unit ? "unit" : bpr_log_by(log, list[i].by));
		put_name(j, "value", log, unit ? BPR_LOG_UNIT : BPR_LOG_BY + (unsigned)list[i].by, list[i].value);
		bpr_i_json_whole(j, "cases", list[i].cases);
		bpr_i_json_whole(j, "finished", list[i].finished);
		bpr_i_json_whole(j, "within", list[i].within);
		bpr_i_json_whole(j, "unfinished_late", list[i].late);
		bpr_i_json_number(j, "share", list[i].share);
		bpr_i_json_array(j, "ci95");
		bpr_i_json_number(j, NULL, list[i].low);
		bpr_i_json_number(j, NULL, list[i].high);
		bpr_i_json_end_array(j);
		bpr_i_json_number(j, "median_office_days", list[i].median_days);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_standard(json *j, const bpr_worktime *w, size_t k)
{
	const struct bpr_worktime_standard *s = bpr_worktime_standard(w);

	if (!s)
		return;
	bpr_i_json_object(j, "standard_period");
	bpr_i_json_number(j, "office_days", s->days);
	bpr_i_json_whole(j, "cases", s->cases);
	bpr_i_json_whole(j, "finished", s->finished);
	bpr_i_json_whole(j, "within", s->within);
	bpr_i_json_whole(j, "unfinished", s->open);
	bpr_i_json_whole(j, "unfinished_late", s->late);
	bpr_i_json_number(j, "share", s->share);
	bpr_i_json_array(j, "ci95");
	bpr_i_json_number(j, NULL, s->low);
	bpr_i_json_number(j, NULL, s->high);
	bpr_i_json_end_array(j);
	bpr_i_json_number(j, "km_share", s->km_share);
	put_stat(j, "taken_office_days", &s->taken, k);
	put_groups(j, w, k);
	bpr_i_json_end_object(j);
}

void bpr_i_put_worktime(json *j, const struct bpr_subject *s, const struct bpr_report_options *options)
{
	const size_t k = options->k ? options->k : 1;

	if (!s->worktime)
		return;
	bpr_i_json_object(j, "worktime");
	put_basis(j, bpr_worktime_basis(s->worktime));
	put_stat(j, "case_minutes", bpr_worktime_case(s->worktime), k);
	put_waits(j, s->worktime, k);
	put_hours(j, s->worktime, k);
	put_staff(j, s->worktime, k);
	put_batches(j, s->worktime, k);
	put_standard(j, s->worktime, k);
	bpr_i_json_end_object(j);
}

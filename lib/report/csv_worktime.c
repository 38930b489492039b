/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Waits in working time as rows of the table of a log: sections worktime, wait (id: nothing, or the activity before; name: the
 * activity), hours (id: unit, name: weekday), staff (id: unit), batch (id: resource, name: activity), standard_period
 * (id: attribute, or unit; name: its value).
 */
#include "config.h"
#include "report/json_worktime_i.h"
#include <math.h>
#include <stdio.h>

struct about { const char *section, *id, *name; };

static void value(struct bpr_csv_out *csv, const struct about *about, const char *measure, double x)
{
	if (!isfinite(x))
		return;
	bpr_i_csv_begin_row(csv, about->section, about->id, about->name, measure);
	bpr_i_csv_number(csv, x);
	bpr_i_csv_end_row(csv);
}

static void stat(struct bpr_csv_out *csv, const struct about *about, const char *prefix, const char *unit, const struct bpr_mine_stat *m, size_t k)
{
	const struct { const char *name; double value; } values[] = {
		{ "mean", m->mean }, { "sd", m->sd }, { "p10", m->p10 }, { "p25", m->p25 }, { "p50", m->p50 }, { "p75", m->p75 }, { "p90", m->p90 },
		{ "p95", m->p95 }, { "p99", m->p99 },
	};

	for (size_t i = 0; m->count && m->count >= k && i < sizeof(values) / sizeof(values[0]); i++) {
		char name[64];

		(void)snprintf(name, sizeof(name), "%s_%s_%s", prefix, values[i].name, unit);
		value(csv, about, name, values[i].value);
	}
}

static void wait(struct bpr_csv_out *csv, const struct about *about, const struct bpr_worktime_wait *w, size_t k)
{
	if (w->clock.count < k)
		return;
	value(csv, about, "waits", (double)w->clock.count);
	value(csv, about, "without_start", (double)w->without_start);
	stat(csv, about, "clock", "minutes", &w->clock, k);
	stat(csv, about, "working", "minutes", &w->working, k);
	for (size_t i = 0; i < BPR_WAIT_CAUSE_COUNT; i++) {
		char name[64];

		(void)snprintf(name, sizeof(name), "%s_minutes", bpr_wait_cause_name((enum bpr_wait_cause)i));
		value(csv, about, name, w->cause[i]);
	}
}

static void waits(struct bpr_csv_out *csv, const bpr_worktime *w, size_t k)
{
	const struct about all = { "worktime", "", "" };
	const bpr_log *log = bpr_worktime_log(w);
	const struct bpr_worktime_wait *list;
	size_t count;

	stat(csv, &all, "case_working", "minutes", bpr_worktime_case(w), k);
	wait(csv, &all, bpr_worktime_total(w), k);
	list = bpr_worktime_waits(w, &count);
	for (size_t i = 0; i < count; i++)
		wait(csv, &(struct about){ "wait", "", bpr_log_name(log, BPR_LOG_ACTIVITY, list[i].to) }, &list[i], k);
	list = bpr_worktime_arcs(w, &count);
	for (size_t i = 0; i < count; i++)
		wait(csv, &(struct about){ "wait", bpr_log_name(log, BPR_LOG_ACTIVITY, list[i].from), bpr_log_name(log, BPR_LOG_ACTIVITY, list[i].to) },
		     &list[i], k);
}

static void hours(struct bpr_csv_out *csv, const bpr_worktime *w, size_t k)
{
	static const char *const weekdays[7] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };
	size_t count;
	const struct bpr_worktime_hours *list = bpr_worktime_hours(w, &count);

	for (size_t i = 0; i < count; i++) {
		struct about about = { "hours", bpr_log_name(bpr_worktime_log(w), BPR_LOG_UNIT, list[i].unit), "" };

		if (list[i].events < k)
			continue;
		value(csv, &about, "events", (double)list[i].events);
		value(csv, &about, "outside", (double)list[i].outside);
		value(csv, &about, "open_minutes_per_week", list[i].open_minutes_per_week);
		for (size_t day = 0; day < 7; day++) {
			about.name = weekdays[day];
			if (!(list[i].seen[day].to > list[i].seen[day].from))
				continue;
			value(csv, &about, "days_seen", (double)list[i].days_seen[day]);
			value(csv, &about, "from_minutes", list[i].seen[day].from);
			value(csv, &about, "to_minutes", list[i].seen[day].to);
		}
	}
}

static void staff(struct bpr_csv_out *csv, const bpr_worktime *w, size_t k)
{
	size_t count;
	const struct bpr_worktime_staff *list = bpr_worktime_staff(w, &count);

	for (size_t i = 0; i < count; i++) {
		const struct about about = { "staff", bpr_log_name(bpr_worktime_log(w), BPR_LOG_UNIT, list[i].unit), "" };

		if (k > 1 && list[i].people < k)
			continue;
		value(csv, &about, "people", list[i].people);
		value(csv, &about, "mean_busy", list[i].mean_busy);
		value(csv, &about, "most_busy", list[i].most_busy);
		value(csv, &about, "mean_present", list[i].mean_present);
		value(csv, &about, "most_present", list[i].most_present);
		value(csv, &about, "utilisation", list[i].utilisation);
	}
}

static void batches(struct bpr_csv_out *csv, const bpr_worktime *w, size_t k)
{
	size_t count;
	const struct bpr_worktime_batch *list = bpr_worktime_batches(w, &count);

	for (size_t i = 0; i < count && k <= 1; i++) {
		const bpr_log *log = bpr_worktime_log(w);
		const struct about about = { "batch", bpr_log_name(log, BPR_LOG_RESOURCE, list[i].resource), bpr_log_name(log, BPR_LOG_ACTIVITY, list[i].activity) };

		value(csv, &about, "batches", (double)list[i].batches);
		value(csv, &about, "cases", (double)list[i].events);
		value(csv, &about, "events", (double)list[i].of);
		value(csv, &about, "mean_size", list[i].mean_size);
		value(csv, &about, "mean_wait_minutes", list[i].mean_wait_minutes);
		value(csv, &about, "every_minutes", list[i].every_minutes);
	}
}

static void groups(struct bpr_csv_out *csv, const bpr_worktime *w, size_t k)
{
	size_t count;
	const struct bpr_worktime_group *list = bpr_worktime_standard_groups(w, &count);
	const bpr_log *log = bpr_worktime_log(w);

	for (size_t i = 0; i < count; i++) {
		const bool unit = list[i].by == BPR_NONE;
		const struct about about = { "standard_period", unit ? "unit" : bpr_log_by(log, list[i].by),
					     bpr_log_name(log, unit ? BPR_LOG_UNIT : BPR_LOG_BY + (unsigned)list[i].by, list[i].value) };

		if (list[i].cases < k)
			continue;
		value(csv, &about, "cases", (double)list[i].cases);
		value(csv, &about, "finished", (double)list[i].finished);
		value(csv, &about, "within", (double)list[i].within);
		value(csv, &about, "unfinished_late", (double)list[i].late);
		value(csv, &about, "share", list[i].share);
		value(csv, &about, "share_low", list[i].low);
		value(csv, &about, "share_high", list[i].high);
		value(csv, &about, "median_office_days", list[i].median_days);
	}
}

static void standard(struct bpr_csv_out *csv, const bpr_worktime *w, size_t k)
{
	const struct bpr_worktime_standard *s = bpr_worktime_standard(w);
	const struct about about = { "standard_period", "", "" };

	if (!s)
		return;
	value(csv, &about, "office_days", s->days);
	value(csv, &about, "cases", (double)s->cases);
	value(csv, &about, "finished", (double)s->finished);
	value(csv, &about, "within", (double)s->within);
	value(csv, &about, "unfinished", (double)s->open);
	value(csv, &about, "unfinished_late", (double)s->late);
	value(csv, &about, "share", s->share);
	value(csv, &about, "share_low", s->low);
	value(csv, &about, "share_high", s->high);
	value(csv, &about, "km_share", s->km_share);
	stat(csv, &about, "taken", "office_days", &s->taken, k);
	groups(csv, w, k);
}

void bpr_i_csv_worktime(struct bpr_csv_out *csv, const struct bpr_subject *s, const struct bpr_report_options *options)
{
	const size_t k = options->k ? options->k : 1;

	if (!s->worktime)
		return;
	waits(csv, s->worktime, k);
	hours(csv, s->worktime, k);
	staff(csv, s->worktime, k);
	batches(csv, s->worktime, k);
	standard(csv, s->worktime, k);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waiting by formula as rows of the analysis table; an hour is told for the first of the days that look alike. */
#include "config.h"
#include "report/csv_queueing_i.h"
#include "study/study_i.h"
#include <math.h>
#include <stdio.h>

/* A value without deviation, interval and year. */
static void put(struct bpr_csv_out *csv, double value, const char *method)
{
	bpr_i_csv_number(csv, value);
	for (int i = 0; i < 4; i++)
		bpr_i_csv_number(csv, (double)NAN);
	bpr_i_csv_text(csv, method);
	bpr_i_csv_end_row(csv);
}

static const char *name_of(enum bpr_queue_method method)
{
	return method == BPR_QUEUE_NONE ? "" : bpr_queue_method_name(method);
}

static void whole_rows(struct bpr_csv_out *csv, const bpr_queueing *q)
{
	enum bpr_queue_method method;
	double wait = bpr_queueing_wait(q, &method), value;
	bool by_clock;

	if (method != BPR_QUEUE_NONE) {
		bpr_i_csv_begin_row(csv, "queue", "", "", "wait_minutes");
		put(csv, wait, name_of(method));
	}
	if (bpr_queueing_cycle(q, &value)) {
		bpr_i_csv_begin_row(csv, "queue", "", "", "cycle_minutes");
		put(csv, value, name_of(method));
	}
	if (bpr_queueing_in_process(q, &value, &by_clock)) {
		bpr_i_csv_begin_row(csv, "queue", by_clock ? "always" : "open", "", "in_process");
		put(csv, value, name_of(method));
	}
}

static void pool_rows(struct bpr_csv_out *csv, const char *name, const struct bpr_queue_pool *r)
{
	const struct { const char *measure; double value; bool stable; } rows[] = {
		{ "wait_minutes", r->wait, true }, { "queue", r->queue, true }, { "wait_prob", r->wait_prob, true },
		{ "wait_above_15", r->wait_above, true }, { "one_more_minutes", r->wait_per_more, true },
		{ "one_percent_minutes", r->cycle_per_work, true }, { "people_needed", (double)r->people_needed, false },
	};

	if (!r->known)
		return;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].stable && !r->stable)
			continue;
		bpr_i_csv_begin_row(csv, "pool", "", name, rows[i].measure);
		put(csv, rows[i].value, name_of(r->method));
	}
}

static void hour_rows(struct bpr_csv_out *csv, const char *name, const struct bpr_queue_hour *h, const struct bpr_queue_pool_hour *at)
{
	static const char *const weekdays[] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };
	const struct { const char *measure; double value; } rows[] = {
		{ "people", at->servers }, { "utilisation", at->servers > 0 ? at->utilisation : (double)NAN },
		{ "wait_minutes", at->wait }, { "backlog_minutes", at->backlog },
	};
	char when[48];
	int minute = (int)floor(h->from + 0.5);

	(void)snprintf(when, sizeof(when), "%s %d:%02d", weekdays[h->day % 7], minute / 60, minute % 60);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bpr_i_csv_begin_row(csv, "hour", when, name, rows[i].measure);
		put(csv, rows[i].value, "");
	}
}

static void day_rows(struct bpr_csv_out *csv, const bpr_flow *flow, const bpr_queueing *q, size_t pool)
{
	struct bpr_arena arena = { NULL, 0, 0 };
	struct bpr_queue_days d = { 0, NULL, NULL };
	size_t count;
	const struct bpr_queue_hour *hours = bpr_queueing_hours(q, &count);

	if (!bpr_i_study_days(&arena, q, pool, &d))
		csv->out->failed = BPR_ENOMEM;
	for (size_t day = 0; day < d.count && !csv->out->failed; day++)
		for (size_t i = d.first[day]; d.like[day] == day && i < d.first[day + 1]; i = bpr_i_study_alike(q, pool, i, d.first[day + 1]))
			hour_rows(csv, bpr_flow_pool(flow, pool)->name, &hours[i], &bpr_queueing_pool_hours(q, pool)[i]);
	bpr_i_arena_release(&arena);
}

void bpr_i_csv_queueing(struct bpr_csv_out *csv, const bpr_flow *flow, const bpr_queueing *queueing)
{
	whole_rows(csv, queueing);
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node *n = bpr_flow_node(flow, i);

		if (!bpr_queueing_nodes(queueing)[i].known)
			continue;
		bpr_i_csv_begin_row(csv, "step", n->id, n->name, "queue_minutes");
		put(csv, bpr_queueing_nodes(queueing)[i].wait, "");
	}
	for (size_t p = 0; p < bpr_flow_pool_count(flow); p++)
		pool_rows(csv, bpr_flow_pool(flow, p)->name, &bpr_queueing_pools(queueing)[p]);
	for (size_t p = 0; p < bpr_flow_pool_count(flow); p++)
		if (bpr_queueing_pools(queueing)[p].known)
			day_rows(csv, flow, queueing, p);
}

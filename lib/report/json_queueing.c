/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waiting by formula as members of the objects of bpr.analysis/1. */
#include "config.h"
#include "report/json_parts_i.h"
#include "report/json_queueing_i.h"
#include "study/study_i.h"

typedef struct bpr_json json;

static void put_reasons(json *j, unsigned reasons)
{
	bpr_i_json_array(j, "reasons");
	for (size_t bit = 0; bit < BPR_QUEUE_REASON_COUNT; bit++)
		if (reasons >> bit & 1u)
			bpr_i_json_string(j, NULL, bpr_queue_reason_name(bit));
	bpr_i_json_end_array(j);
}

static void put_method(json *j, enum bpr_queue_method method)
{
	bpr_i_json_string(j, "method", method == BPR_QUEUE_NONE ? NULL : bpr_queue_method_name(method));
}

/* Day 0 is a Monday. */
static void put_day(json *j, const char *name, long day)
{
	static const char *const weekdays[] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };

	bpr_i_json_string(j, name, weekdays[day % 7]);
}

static void put_hour(json *j, const struct bpr_queue_hour *h, double to, const struct bpr_queue_pool_hour *at)
{
	bpr_i_json_object(j, NULL);
	bpr_i_json_number(j, "from", h->from);
	bpr_i_json_number(j, "to", to);
	bpr_i_json_number(j, "people", at->servers);
	bpr_i_put_known(j, "utilisation", at->utilisation, at->servers > 0);
	bpr_i_json_number(j, "wait_minutes", at->wait);
	bpr_i_json_number(j, "backlog_minutes", at->backlog);
	bpr_i_json_end_object(j);
}

/* Days that look alike are told once. */
static void put_days(json *j, const bpr_queueing *q, const struct bpr_queue_days *d, size_t pool)
{
	size_t count;
	const struct bpr_queue_hour *hours = bpr_queueing_hours(q, &count);
	const struct bpr_queue_pool_hour *at = bpr_queueing_pool_hours(q, pool);

	if (!count)
		return;
	bpr_i_json_array(j, "days");
	for (size_t day = 0; day < d->count; day++) {
		if (d->like[day] != day)
			continue;
		bpr_i_json_object(j, NULL);
		bpr_i_json_array(j, "weekdays");
		for (size_t i = day; i < d->count; i++)
			if (d->like[i] == day)
				put_day(j, NULL, hours[d->first[i]].day);
		bpr_i_json_end_array(j);
		bpr_i_json_array(j, "hours");
		for (size_t i = d->first[day], end; i < d->first[day + 1]; i = end) {
			end = bpr_i_study_alike(q, pool, i, d->first[day + 1]);
			put_hour(j, &hours[i], hours[end - 1].to, &at[i]);
		}
		bpr_i_json_end_array(j);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_peak(json *j, const bpr_queueing *q, const struct bpr_queue_pool *r)
{
	size_t count;

	(void)bpr_queueing_hours(q, &count);
	if (count && r->peak_utilisation > r->utilisation * (1 + 1e-9)) {
		bpr_i_json_object(j, "peak");
		put_day(j, "weekday", r->peak_day);
		bpr_i_json_number(j, "from", r->peak_from);
		bpr_i_json_number(j, "to", r->peak_to);
		bpr_i_json_number(j, "utilisation", r->peak_utilisation);
		bpr_i_json_number(j, "wait_minutes", r->peak_wait);
		bpr_i_json_end_object(j);
	}
	if (r->overloaded) {
		bpr_i_json_object(j, "overload");
		put_day(j, "weekday", r->overload_day);
		bpr_i_json_number(j, "from", r->overload_at);
		bpr_i_json_number(j, "backlog_minutes", r->backlog_minutes);
		bpr_i_json_end_object(j);
	}
}

void bpr_i_put_queue_pool(json *j, const bpr_queueing *q, size_t pool)
{
	struct bpr_arena arena = { NULL, 0, 0 };
	struct bpr_queue_days days;
	const struct bpr_queue_pool *r = &bpr_queueing_pools(q)[pool];

	if (!r->known)
		return;
	put_method(j, r->method);
	put_reasons(j, r->reasons);
	bpr_i_json_number(j, "people_on_duty", r->servers);
	bpr_i_json_whole(j, "people_needed", r->people_needed);
	bpr_i_json_number(j, "requests_per_minute", r->arrivals_per_minute);
	bpr_i_json_number(j, "requests_scv", r->arrivals_scv);
	bpr_i_json_number(j, "service_minutes", r->service_minutes);
	bpr_i_json_number(j, "service_scv", r->service_scv);
	bpr_i_put_known(j, "wait_prob", r->wait_prob, r->stable);
	bpr_i_put_known(j, "wait_above_15", r->wait_above, r->stable);
	bpr_i_put_known(j, "one_more_minutes", r->wait_per_more, r->stable);
	bpr_i_put_known(j, "one_percent_minutes", r->cycle_per_work, r->stable);
	put_peak(j, q, r);
	if (bpr_i_study_days(&arena, q, pool, &days))
		put_days(j, q, &days, pool);
	else
		j->out->failed = BPR_ENOMEM;
	bpr_i_arena_release(&arena);
}

void bpr_i_put_queueing(json *j, const bpr_queueing *q)
{
	enum bpr_queue_method method;
	double wait = bpr_queueing_wait(q, &method), cycle, cases;
	bool by_clock, cycle_known = bpr_queueing_cycle(q, &cycle), cases_known = bpr_queueing_in_process(q, &cases, &by_clock);

	bpr_i_json_object(j, "queueing");
	put_method(j, method);
	bpr_i_put_known(j, "wait_minutes", wait, method != BPR_QUEUE_NONE);
	bpr_i_put_known(j, "cycle_minutes", cycle, cycle_known);
	bpr_i_put_known(j, "in_process", cases, cases_known);
	if (cases_known)
		bpr_i_json_string(j, "in_process_while", by_clock ? "always" : "open");
	else
		bpr_i_json_null(j, "in_process_while");
	bpr_i_json_end_object(j);
}

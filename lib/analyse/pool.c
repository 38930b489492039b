/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pools: how much of their hours the cases of an ordinary week take, and how many cases a day would fill them. */
#include "config.h"
#include "analyse/analysis_i.h"
#include "base/problem_i.h"

enum { WEEK = 7 };

/* Person-minutes of the pool on duty on one day. */
static double on_duty(const bpr_calendar *calendar, const struct bpr_pool *pool, size_t index, long day)
{
	struct bpr_span spans[BPR_SPANS_MAX];
	size_t people[BPR_SPANS_MAX];
	double minutes = 0;

	for (size_t s = 0; s < pool->shift_count; s++) {
		size_t count = bpr_calendar_shift(calendar, index, s, day, spans, people);

		for (size_t i = 0; i < count; i++)
			minutes += (double)people[i] * (spans[i].to - spans[i].from);
	}
	return minutes;
}

/* Do they say when they work, themselves or with the office? */
static bool hours_said(const bpr_calendar *calendar, const struct bpr_demand *demand, const struct bpr_pool *pool)
{
	if (!bpr_calendar_always_open(calendar) || demand->arrivals || demand->windows.rule_count || demand->time_count)
		return true;
	for (size_t s = 0; s < pool->shift_count; s++)
		if (!pool->shifts[s].hours.rule_count)
			return false;
	return pool->shift_count > 0;
}

bpr_status bpr_i_analyse_pools(struct bpr_job *job)
{
	const struct bpr_demand *demand = bpr_flow_demand(job->flow);
	bpr_calendar *calendar;
	double cases = 0, days = 0;
	bpr_status status = bpr_calendar_new(job->flow, NULL, &calendar, job->err);

	if (status != BPR_OK)
		return status;
	for (long day = 0; day < WEEK && bpr_flow_pool_count(job->flow); day++) {
		cases += bpr_calendar_cases(calendar, day);
		days += bpr_calendar_works(calendar, day);
	}
	for (size_t i = 0; i < bpr_flow_pool_count(job->flow); i++) {
		const struct bpr_pool *pool = bpr_flow_pool(job->flow, i);
		struct bpr_pool_result *r = &job->a->pools[i];
		double duty = 0;

		for (long day = 0; day < WEEK && pool->count; day++)
			duty += on_duty(calendar, pool, i, day);
		if (!(duty > 0) || !hours_said(calendar, demand, pool))
			continue;
		if (r->minutes > 0 && days > 0) {
			r->capacity_per_day = duty / days / r->minutes;
			r->capacity_known = true;
		}
		if (cases > 0) {
			r->utilisation = cases * r->minutes / duty;
			r->utilisation_known = true;
		}
	}
	bpr_calendar_free(calendar);
	return BPR_OK;
}

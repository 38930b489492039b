/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Service where only ends are known: a step can begin once the case has come and whoever does it is free, so it is taken to begin
 * at the later of the two, looked for on the same local day (Chapela-Campa & Dumas 2022). Events are grouped by day outside of
 * memory; a day is played in order of time.
 */
#include "config.h"
#include "mine/mine_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include <stdio.h>

/* Times are milliseconds. */
struct done {
	uint32_t day;            /* the group: number of the day */
	uint32_t resource;
	uint32_t at;             /* since midnight */
	uint32_t since;          /* the event before in the case; BPR_LOG_NONE: not that day */
	uint32_t activity;       /* BPR_LOG_NONE: nothing is estimated */
};

/* A day must fit into memory. Of a log with more events every so many-th day is looked at, not always the same weekday. */
enum { MOST_EVENTS = 1 << 20, MOST_OF_A_DAY = 1 << 21 };

static long every(uint64_t events)
{
	const long n = (long)(events / MOST_EVENTS) + 1;

	return n % 7 ? n : n + 1;
}

bool bpr_i_mine_estimate_begin(struct bpr_mine_work *w)
{
	const struct bpr_log_info info = bpr_log_info(w->log);

	if (!w->day_events || info.dates_only || info.with_start == info.events || !bpr_log_name_count(w->log, BPR_LOG_RESOURCE))
		return true;
	w->every = every(info.events);
	w->done = bpr_i_spill_new(sizeof(struct done), w->options->memory, w->options->temp);
	return w->done != NULL;
}

bool bpr_i_mine_estimate_add(struct bpr_mine_work *w, const struct bpr_log_event *e, const struct bpr_log_event *last)
{
	const int64_t local = e->end + (int64_t)e->offset * 60000;
	const long day = bpr_i_mine_day(local);
	const bool wanted = e->start == BPR_LOG_NO_TIME && !(e->flags & BPR_LOG_BROKEN);
	struct done *done;

	if (e->resource == BPR_LOG_NONE || e->flags & BPR_LOG_OPEN || day < w->first_day || day - w->first_day >= (long)w->day_count ||
	    (day - w->first_day) % w->every)
		return true;
	done = bpr_i_spill_add(w->done);
	if (!done)
		return false;
	*done = (struct done){ (uint32_t)(day - w->first_day), e->resource, (uint32_t)(local - (int64_t)day * BPR_I_MINE_DAY), BPR_LOG_NONE,
			       wanted ? e->activity : BPR_LOG_NONE };
	if (last && bpr_i_mine_day(last->end + (int64_t)last->offset * 60000) == day)
		done->since = (uint32_t)bpr_i_mine_span(last->end, e->end);
	return true;
}

/* When each resource was seen last: day + 1, and since midnight. */
struct seen { uint32_t day, at; };

static void estimate(struct bpr_mine_work *w, const struct done *d, struct seen *seen)
{
	struct seen *here = &seen[d->resource];
	uint32_t least = here->day == d->day + 1 ? d->at - here->at : BPR_LOG_NONE;

	here->day = d->day + 1;
	here->at = d->at;
	least = d->since < least ? d->since : least;
	if (d->activity == BPR_LOG_NONE || least == BPR_LOG_NONE)
		return;
	bpr_i_mine_figure_add(&w->activities[d->activity].estimated, least);
	w->out->totals.with_estimate++;
}

static bpr_status play(struct bpr_mine_work *w, bpr_spill_walk *days, struct seen *seen)
{
	uint64_t *order = NULL;
	size_t capacity = 0, count = 0;
	uint32_t day = 0;
	const void *records = NULL;
	bpr_status status;

	while (!(status = bpr_i_spill_walk_next(days, &day, &records, &count)) && records) {
		const struct done *done = records;

		if (!bpr_i_grow(&order, &capacity, count, sizeof(*order)))
			status = BPR_ENOMEM;
		for (size_t i = 0; !status && i < count; i++)
			order[i] = (uint64_t)done[i].at << 32 | i;
		if (!status && !bpr_i_mine_sort(order, count, 32))
			status = BPR_ENOMEM;
		for (size_t i = 0; !status && i < count; i++)
			estimate(w, &done[order[i] & UINT32_MAX], seen);
		if (status)
			break;
	}
	bpr_i_free(order);
	return status;
}

static bool fits(struct bpr_mine_work *w)
{
	const struct bpr_place place = { .file = bpr_log_info(w->log).name };
	uint64_t most = 0;
	char text[32];

	for (size_t i = 0; i < w->day_count; i++)
		most = w->day_events[i] > most ? w->day_events[i] : most;
	if (most <= MOST_OF_A_DAY)
		return true;
	(void)snprintf(text, sizeof(text), "%llu", (unsigned long long)most);
	(void)bpr_i_problem(w->problems, BPR_I_L305, &place, false, text, NULL, NULL, NULL);
	return false;
}

bpr_status bpr_i_mine_estimate(struct bpr_mine_work *w)
{
	struct seen *seen;
	bpr_spill_walk *days;
	bpr_status status;

	if (!w->done || !fits(w))
		return BPR_OK;
	status = bpr_i_spill_finish(w->done);
	if (status)
		return status;
	seen = bpr_i_calloc(bpr_log_name_count(w->log, BPR_LOG_RESOURCE), sizeof(*seen));
	days = bpr_i_spill_walk_new(w->done);
	status = seen && days ? play(w, days, seen) : BPR_ENOMEM;
	bpr_i_spill_walk_free(days);
	bpr_i_free(seen);
	bpr_i_spill_free(w->done);
	w->done = NULL;
	return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Batches of one resource: see struct bpr_worktime_batch. */
#include "config.h"
#include "mine/worktime_i.h"
#include "base/alloc_i.h"
#include <stdlib.h>

enum { TOGETHER = WT_MINUTE, NEXT = WT_MINUTE, FREE = 10 * WT_MINUTE };
enum { LEAST_TOGETHER = 2, LEAST_BEHIND = 3 };

/* Work of one activity that goes on without a gap; and the batches of it so far. */
struct wt_run {
	uint32_t epoch;
	uint32_t first, last, count, together;
	bool started, open;
	int64_t begin, end;      /* of the first one; the latest end */
	int64_t came, complete;  /* when the first and the last of them had come */
	uint64_t batches, events, of;
	int64_t wait, first_batch, last_batch;
};

const size_t bpr_i_wt_run_size = sizeof(struct wt_run);

/* Open time that it had free before the batch, since the first case had come; present: on days and in hours when it was seen. */
static int64_t free_before(const struct wt_group *g, const struct wt_run *run, bool present)
{
	const struct wt_days *days = &g->w->days;
	const int64_t busy = bpr_i_wt_covered(&g->busy_cover, days, g->calendar, run->begin) -
			     bpr_i_wt_covered(&g->busy_cover, days, g->calendar, run->came);

	if (present)
		return bpr_i_wt_covered(&g->present, days, g->calendar, run->begin) -
		       bpr_i_wt_covered(&g->present, days, g->calendar, run->came) - busy;
	return bpr_i_wt_open(days, g->calendar, run->begin) - bpr_i_wt_open(days, g->calendar, run->came) - busy;
}

static bool is_batch(const struct wt_group *g, const struct wt_run *run)
{
	if (run->together == run->count)
		return run->count >= (run->started ? LEAST_TOGETHER : LEAST_BEHIND) && free_before(g, run, false) >= FREE;
	return run->count >= LEAST_BEHIND && free_before(g, run, true) >= FREE;
}

static void close_run(struct wt_group *g, struct wt_run *run)
{
	const struct wt_days *days = &g->w->days;

	if (!run->open)
		return;
	run->open = false;
	if (!is_batch(g, run))
		return;
	for (uint32_t i = run->first, k = 0; k < run->count; i = g->next[i], k++) {
		const struct wt_record *r = &g->records[i];

		g->batch[i] = run->complete;
		run->wait += bpr_i_wt_open(days, r->calendar, run->complete) - bpr_i_wt_open(days, r->calendar, r->ready);
	}
	run->first_batch = run->batches ? run->first_batch : run->begin;
	run->last_batch = run->begin;
	run->batches++;
	run->events += run->count;
}

static bool goes_on(const struct wt_group *g, const struct wt_run *run, const struct wt_record *r)
{
	const struct wt_days *days = &g->w->days;
	const bool started = r->flags & WT_STARTED;

	if (!run->open || !(r->flags & WT_WAITS) || r->ready > run->begin || started != run->started)
		return false;
	if (r->begin - run->begin <= TOGETHER)
		return true;
	return started && bpr_i_wt_open(days, g->calendar, r->begin) - bpr_i_wt_open(days, g->calendar, run->end) <= NEXT;
}

static void join(struct wt_group *g, struct wt_run *run, uint32_t i)
{
	const struct wt_record *r = &g->records[i];

	g->next[run->last] = i;
	run->last = i;
	run->count++;
	run->together += r->begin - run->begin <= TOGETHER;
	run->end = r->end > run->end ? r->end : run->end;
	run->came = r->ready < run->came ? r->ready : run->came;
	run->complete = r->ready > run->complete ? r->ready : run->complete;
}

static void begin(struct wt_run *run, const struct wt_record *r, uint32_t i)
{
	run->first = run->last = i;
	run->count = run->together = 1;
	run->started = r->flags & WT_STARTED;
	run->open = r->flags & WT_WAITS;
	run->begin = r->begin;
	run->end = r->end > r->begin ? r->end : r->begin;
	run->came = run->complete = r->ready;
}

static bool keep(struct bpr_worktime *w, const struct wt_group *g, uint32_t activity)
{
	const struct wt_run *run = &g->runs[activity];
	const uint32_t resource = g->records[0].group;

	if (!run->batches)
		return true;
	if (!bpr_i_grow(&w->batches, &w->batch_capacity, w->batch_count + 1, sizeof(*w->batches)))
		return false;
	w->batches[w->batch_count++] = (struct bpr_worktime_batch){
		.activity = activity, .resource = resource, .batches = run->batches, .events = run->events, .of = run->of,
		.mean_size = (double)run->events / (double)run->batches,
		.mean_wait_minutes = (double)run->wait / WT_MINUTE / (double)run->events,
		.every_minutes = run->batches > 1 ? (double)(run->last_batch - run->first_batch) / WT_MINUTE / (double)(run->batches - 1) : 0,
	};
	return true;
}

bool bpr_i_wt_batch(struct bpr_worktime *w, struct wt_group *g)
{
	bool ok = true;

	for (size_t i = 0; i < g->count; i++)
		g->batch[i] = INT64_MIN;
	if (g->records[0].group >= w->resource_count || w->log->info.dates_only)
		return true; /* nobody knows whether it was the same person; or all of a day are alike */
	for (size_t k = 0; k < g->count; k++) {
		const uint32_t i = g->order[k];
		const struct wt_record *r = &g->records[i];
		struct wt_run *run = &g->runs[r->activity];

		if (run->epoch != g->epoch)
			*run = (struct wt_run){ .epoch = g->epoch };
		run->of++;
		if (goes_on(g, run, r)) {
			join(g, run, i);
		} else {
			close_run(g, run);
			begin(run, r, i);
		}
	}
	for (size_t k = 0; k < g->count && ok; k++) {
		struct wt_run *run = &g->runs[g->records[g->order[k]].activity];

		close_run(g, run);
		if (run->of) {
			ok = keep(w, g, g->records[g->order[k]].activity);
			run->of = 0; /* kept */
		}
	}
	return ok;
}

static int compare(const void *a, const void *b)
{
	const struct bpr_worktime_batch *x = a, *y = b;
	const double one = x->mean_wait_minutes * (double)x->events, other = y->mean_wait_minutes * (double)y->events;

	if (one > other || one < other)
		return one > other ? -1 : 1;
	if (x->activity != y->activity)
		return x->activity < y->activity ? -1 : 1;
	return (x->resource > y->resource) - (x->resource < y->resource);
}

bpr_status bpr_i_wt_batches(struct bpr_worktime *w)
{
	if (w->batch_count)
		qsort(w->batches, w->batch_count, sizeof(*w->batches), compare);
	return BPR_OK;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The work of one resource in the order of time: what it has done to those who waited for it. */
#include "config.h"
#include "mine/worktime_i.h"
#include "base/alloc_i.h"
#include <stdlib.h>
#include <string.h>

struct key { int64_t at; uint32_t index; };

static int compare_keys(const void *a, const void *b)
{
	const struct key *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

static int compare_times(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static bool rooms(struct wt_group *g)
{
	const size_t n = g->count;

	return bpr_i_grow(&g->order, &g->order_capacity, n, sizeof(*g->order)) &&
	       bpr_i_grow(&g->later, &g->later_capacity, n, sizeof(*g->later)) &&
	       bpr_i_grow(&g->beside, &g->beside_capacity, n, sizeof(*g->beside)) &&
	       bpr_i_grow(&g->from, &g->from_capacity, n, sizeof(*g->from)) &&
	       bpr_i_grow(&g->batch, &g->batch_capacity, n, sizeof(*g->batch)) &&
	       bpr_i_grow(&g->busy, &g->busy_capacity, n, sizeof(*g->busy)) &&
	       bpr_i_grow(&g->next, &g->next_capacity, n, sizeof(*g->next)) &&
	       bpr_i_grow(&g->starts, &g->start_capacity, n, sizeof(*g->starts)) &&
	       bpr_i_grow(&g->ends, &g->end_capacity, n, sizeof(*g->ends)) &&
	       bpr_i_grow(&g->sort, &g->sort_capacity, n, sizeof(struct key));
}

static bool runs(const struct wt_record *r)
{
	return r->flags & WT_STARTED && r->flags & WT_ENDED && r->end > r->begin;
}

/* Indices by begin, or by `from`; as they were added where these are equal. */
static void sort_by(struct wt_group *g, uint32_t *order, bool from)
{
	struct key *keys = g->sort;
	bool sorted = true;

	for (size_t i = 0; i < g->count; i++) {
		keys[i] = (struct key){ from ? g->from[i] : g->records[i].begin, (uint32_t)i };
		sorted &= !i || keys[i].at >= keys[i - 1].at;
	}
	if (!sorted)
		qsort(keys, g->count, sizeof(*keys), compare_keys);
	for (size_t i = 0; i < g->count; i++)
		order[i] = keys[i].index;
}

static void sort_running(struct wt_group *g)
{
	g->running = 0;
	for (size_t i = 0; i < g->count; i++) {
		const struct wt_record *r = &g->records[g->order[i]];

		if (runs(r)) {
			g->starts[g->running] = r->begin;
			g->ends[g->running++] = r->end;
		}
	}
	qsort(g->ends, g->running, sizeof(*g->ends), compare_times);
}

/* How many had begun before and were not done when each one began. */
static void count_beside(struct wt_group *g)
{
	size_t begun = 0, done = 0;

	for (size_t i = 0; i < g->count; i++) {
		const int64_t at = g->records[g->order[i]].begin;

		while (begun < g->running && g->starts[begun] < at)
			begun++;
		while (done < g->running && g->ends[done] <= at)
			done++;
		g->beside[g->order[i]] = (uint32_t)(begun - done);
	}
}

/* ---- stretches of time ---- */

static bool cover_add(struct wt_cover *c, int64_t from, int64_t to, bool days)
{
	struct wt_stretch *last = c->count ? &c->at[c->count - 1] : NULL;

	if (last && (from <= last->to || (days && wt_day_of(from) == wt_day_of(last->to)))) {
		last->to = to > last->to ? to : last->to;
		return true;
	}
	if (!bpr_i_grow(&c->at, &c->capacity, c->count + 1, sizeof(*c->at)))
		return false;
	c->at[c->count++] = (struct wt_stretch){ from, to };
	return true;
}

static bool cover_sums(struct wt_cover *c, const struct wt_days *days, unsigned calendar)
{
	int64_t sum = 0;

	if (!bpr_i_grow(&c->before, &c->before_capacity, c->count + 1, sizeof(*c->before)))
		return false;
	for (size_t i = 0; i < c->count; i++) {
		c->before[i] = sum;
		sum += bpr_i_wt_open(days, calendar, c->at[i].to) - bpr_i_wt_open(days, calendar, c->at[i].from);
	}
	c->before[c->count] = sum;
	return true;
}

int64_t bpr_i_wt_covered(const struct wt_cover *c, const struct wt_days *days, unsigned calendar, int64_t local)
{
	size_t low = 0, high = c->count; /* stretches that begin before the moment */
	const struct wt_stretch *last;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (c->at[middle].from < local)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return 0;
	last = &c->at[low - 1];
	if (local >= last->to)
		return c->before[low];
	return c->before[low - 1] + bpr_i_wt_open(days, calendar, local) - bpr_i_wt_open(days, calendar, last->from);
}

/* When it was at work; and when it was there: from the first to the last trace of a day. */
static bool cover(struct wt_group *g)
{
	g->busy_cover.count = g->present.count = 0;
	for (size_t i = 0; i < g->count; i++) {
		const struct wt_record *r = &g->records[g->order[i]];

		if ((runs(r) && !cover_add(&g->busy_cover, r->begin, r->end, false)) ||
		    !cover_add(&g->present, r->begin, r->end > r->begin ? r->end : r->begin, true))
			return false;
	}
	return true;
}

/* ---- causes ---- */

static int64_t latest(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* What comes before busy: elsewhere, then the batch. */
static void find_from(struct wt_group *g)
{
	for (size_t i = 0; i < g->count; i++) {
		const struct wt_record *r = &g->records[i];
		const int64_t from = latest(r->elsewhere, g->batch[i]);

		g->from[i] = r->flags & WT_WAITS && from < r->begin ? from : r->begin;
	}
}

static bool add_causes(struct bpr_worktime *w, struct wt_group *g, size_t i)
{
	const struct wt_record *r = &g->records[i];
	const int64_t elsewhere = r->elsewhere < r->begin ? r->elsewhere : r->begin;
	const int64_t o[] = { bpr_i_wt_open(&w->days, r->calendar, r->ready), bpr_i_wt_open(&w->days, r->calendar, elsewhere),
			      bpr_i_wt_open(&w->days, r->calendar, g->from[i]), bpr_i_wt_open(&w->days, r->calendar, r->begin) };
	const int64_t present = bpr_i_wt_covered(&g->present, &w->days, r->calendar, r->begin) -
				bpr_i_wt_covered(&g->present, &w->days, r->calendar, g->from[i]);
	int64_t cause[BPR_WAIT_CAUSE_COUNT] = { 0 };

	cause[BPR_WAIT_ELSEWHERE] = o[1] - o[0];
	cause[BPR_WAIT_BATCH] = o[2] - o[1];
	cause[BPR_WAIT_BUSY] = g->busy[i];
	cause[BPR_WAIT_ABSENT] = o[3] - o[2] - present;
	cause[BPR_WAIT_REST] = present - g->busy[i];
	return bpr_i_wt_add(w, r, cause);
}

/* Calendars in turn: nearly always there is one. */
static bool all_causes(struct bpr_worktime *w, struct wt_group *g)
{
	bool done[WT_CALENDARS] = { false };

	for (size_t i = 0; i < g->count; i++) {
		const unsigned calendar = g->records[i].calendar;

		if (done[calendar] || !(g->records[i].flags & WT_WAITS))
			continue;
		done[calendar] = true;
		g->calendar = calendar;
		if (!cover_sums(&g->present, &w->days, calendar) || !bpr_i_wt_busy(g))
			return false;
		for (size_t k = i; k < g->count; k++)
			if (g->records[k].calendar == calendar && g->records[k].flags & WT_WAITS && !add_causes(w, g, k))
				return false;
	}
	return true;
}

bpr_status bpr_i_wt_group(struct bpr_worktime *w, struct wt_group *g, const struct wt_record *records, size_t count)
{
	g->w = w;
	g->records = records;
	g->count = count;
	g->epoch++;
	if (!rooms(g))
		return BPR_ENOMEM;
	sort_by(g, g->order, false);
	sort_running(g);
	count_beside(g);
	g->calendar = records[0].calendar;
	if (!cover(g) || !cover_sums(&g->busy_cover, &w->days, g->calendar) || !cover_sums(&g->present, &w->days, g->calendar) ||
	    !bpr_i_wt_batch(w, g))
		return BPR_ENOMEM;
	find_from(g);
	sort_by(g, g->later, true);
	return all_causes(w, g) && bpr_i_wt_staff_group(w, g) ? BPR_OK : BPR_ENOMEM;
}

void bpr_i_wt_group_release(struct wt_group *g)
{
	void *const all[] = { g->order, g->later, g->beside, g->from, g->batch, g->busy, g->next, g->starts, g->ends, g->levels, g->busy_cover.at,
			      g->busy_cover.before, g->present.at, g->present.before, g->runs, g->shifts, g->touched, g->sort };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		bpr_i_free(all[i]);
}

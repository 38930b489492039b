/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waits put together: by activity, by what follows what, in all. */
#include "config.h"
#include "mine/worktime_i.h"
#include "base/alloc_i.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct wt_sum bpr_i_wt_sum(uint32_t from, uint32_t to, size_t keep)
{
	struct wt_sum sum = { .from = from, .to = to };

	bpr_i_mine_figure_begin(&sum.clock, keep);
	bpr_i_mine_figure_begin(&sum.working, keep);
	return sum;
}

void bpr_i_wt_sum_release(struct wt_sum *sum)
{
	bpr_i_sketch_release(&sum->clock.values);
	bpr_i_sketch_release(&sum->working.values);
}

static size_t slot_of(const struct bpr_worktime *w, uint32_t from, uint32_t to)
{
	const uint64_t key = ((uint64_t)from << 32 | to) * 0x9e3779b97f4a7c15u;

	return (size_t)(key >> 32) & (w->arc_slot_count - 1);
}

static bool more_slots(struct bpr_worktime *w)
{
	const size_t had = w->arc_slot_count;

	bpr_i_free(w->arc_slots);
	w->arc_slot_count = had ? had * 2 : 1024;
	w->arc_slots = bpr_i_calloc(w->arc_slot_count, sizeof(*w->arc_slots));
	if (!w->arc_slots)
		return false;
	for (size_t i = w->activity_count; i < w->sum_count; i++) {
		size_t at = slot_of(w, w->sums[i].from, w->sums[i].to);

		while (w->arc_slots[at])
			at = (at + 1) & (w->arc_slot_count - 1);
		w->arc_slots[at] = (uint32_t)i + 1;
	}
	return true;
}

static struct wt_sum *arc_of(struct bpr_worktime *w, uint32_t from, uint32_t to)
{
	size_t at;

	if ((w->sum_count - w->activity_count) * 4 >= w->arc_slot_count * 3 && !more_slots(w))
		return NULL;
	for (at = slot_of(w, from, to); w->arc_slots[at]; at = (at + 1) & (w->arc_slot_count - 1)) {
		struct wt_sum *sum = &w->sums[w->arc_slots[at] - 1];

		if (sum->from == from && sum->to == to)
			return sum;
	}
	if (!bpr_i_grow(&w->sums, &w->sum_capacity, w->sum_count + 1, sizeof(*w->sums)))
		return NULL;
	w->sums[w->sum_count] = bpr_i_wt_sum(from, to, WT_FEW);
	w->arc_slots[at] = (uint32_t)w->sum_count + 1;
	return &w->sums[w->sum_count++];
}

static bool add_to(struct wt_sum *s, const struct wt_record *r, int64_t working, const double cause[BPR_WAIT_CAUSE_COUNT])
{
	s->without_start += !(r->flags & WT_STARTED);
	for (size_t i = 0; i < BPR_WAIT_CAUSE_COUNT; i++)
		s->cause[i] += cause[i];
	bpr_i_mine_figure_add(&s->clock, (uint64_t)r->clock);
	bpr_i_mine_figure_add(&s->working, (uint64_t)working);
	return !s->clock.values.failed && !s->working.values.failed;
}

/* The clock may have been put forward or back: its hour is taken from or added to what was closed. */
bool bpr_i_wt_add(struct bpr_worktime *w, const struct wt_record *r, const int64_t cause[BPR_WAIT_CAUSE_COUNT])
{
	double minutes[BPR_WAIT_CAUSE_COUNT], share = 1;
	struct wt_sum *arc = arc_of(w, r->from, r->activity);
	int64_t open = 0, working;

	for (size_t i = BPR_WAIT_CLOSED + 1; i < BPR_WAIT_CAUSE_COUNT; i++)
		open += cause[i];
	if (open > r->clock)
		share = (double)r->clock / (double)open;
	for (size_t i = BPR_WAIT_CLOSED + 1; i < BPR_WAIT_CAUSE_COUNT; i++)
		minutes[i] = (double)cause[i] / WT_MINUTE * share;
	working = open < r->clock ? open : r->clock;
	minutes[BPR_WAIT_CLOSED] = (double)(r->clock - working) / WT_MINUTE;
	return arc && add_to(arc, r, working, minutes) && add_to(&w->sums[r->activity], r, working, minutes) &&
	       add_to(&w->all, r, working, minutes);
}

static bool fill(struct wt_sum *s, struct bpr_worktime_wait *out)
{
	out->from = s->from;
	out->to = s->to;
	out->without_start = s->without_start;
	memcpy(out->cause, s->cause, sizeof(out->cause));
	return bpr_i_mine_figure_stat(&s->clock, WT_MINUTE, &out->clock) && bpr_i_mine_figure_stat(&s->working, WT_MINUTE, &out->working);
}

/* Where most time goes first. */
static int compare(const void *a, const void *b)
{
	const struct bpr_worktime_wait *x = a, *y = b;
	const double one = x->clock.mean * (double)x->clock.count, other = y->clock.mean * (double)y->clock.count;

	if (one > other || one < other)
		return one > other ? -1 : 1;
	if (x->to != y->to)
		return x->to < y->to ? -1 : 1;
	return (x->from > y->from) - (x->from < y->from);
}

bpr_status bpr_i_wt_sums(struct bpr_worktime *w)
{
	bool ok;

	w->waits = bpr_i_calloc(w->sum_count + 1, sizeof(*w->waits));
	if (!w->waits)
		return BPR_ENOMEM;
	ok = fill(&w->all, &w->total) && bpr_i_mine_figure_stat(&w->case_stat, WT_MINUTE, &w->case_minutes);
	for (size_t i = 0; i < w->sum_count; i++) {
		if (i == w->activity_count)
			w->activity_waits = w->wait_count;
		if (w->sums[i].clock.count)
			ok = ok && fill(&w->sums[i], &w->waits[w->wait_count++]);
	}
	if (w->sum_count == w->activity_count)
		w->activity_waits = w->wait_count;
	qsort(w->waits, w->activity_waits, sizeof(*w->waits), compare);
	qsort(w->waits + w->activity_waits, w->wait_count - w->activity_waits, sizeof(*w->waits), compare);
	w->basis.waits = w->total.clock.count;
	w->basis.without_start = w->total.without_start;
	return ok ? BPR_OK : BPR_ENOMEM;
}

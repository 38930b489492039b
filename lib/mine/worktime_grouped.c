/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How well the standard processing period is kept by cases that have something in common: an attribute, the unit that ends them. */
#include "config.h"
#include "mine/worktime_i.h"
#include "base/alloc_i.h"
#include <math.h>
#include <stdlib.h>

static int compare(const void *a, const void *b)
{
	const struct wt_taken *x = a, *y = b;

	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	if (x->finished != y->finished)
		return x->finished ? -1 : 1;
	return (x->days > y->days) - (x->days < y->days);
}

static uint32_t value_of(const struct bpr_worktime *w, size_t by, const struct wt_case *c)
{
	const size_t at = (size_t)c->index * w->log->by_count + by;

	if (by == w->log->by_count)
		return c->unit;
	return at < w->log->by_capacity ? w->log->by[at] : BPR_LOG_NONE;
}

/* Finished ones stand first, by their days. */
static bool keep(struct bpr_worktime *w, size_t by, const struct wt_taken *of, size_t count)
{
	struct bpr_worktime_group g = { .by = by < w->log->by_count ? by : BPR_NONE, .value = of[0].value, .cases = count,
					.share = (double)NAN, .low = (double)NAN, .high = (double)NAN,
					.median_days = (double)NAN };

	for (size_t i = 0; i < count; i++) {
		g.finished += of[i].finished;
		g.within += of[i].finished && of[i].days <= w->options.standard_days;
		g.late += !of[i].finished && of[i].days > w->options.standard_days;
	}
	g.open = g.cases - g.finished;
	if (g.finished)
		g.median_days = (of[(g.finished - 1) / 2].days + of[g.finished / 2].days) / 2;
	if (g.finished + g.late) {
		g.share = (double)g.within / (double)(g.finished + g.late);
		bpr_i_wt_wilson((double)g.within, (double)(g.finished + g.late), &g.low, &g.high);
	}
	if (!bpr_i_grow(&w->groups, &w->group_list_capacity, w->group_list_count + 1, sizeof(*w->groups)))
		return false;
	w->groups[w->group_list_count++] = g;
	return true;
}

/* By what they have in common, then those who keep it least first; those of whom nothing is decided last. */
static int compare_groups(const void *a, const void *b)
{
	const struct bpr_worktime_group *x = a, *y = b;

	if (x->by != y->by)
		return x->by < y->by ? -1 : 1;
	if (isnan(x->share) != isnan(y->share))
		return isnan(x->share) ? 1 : -1;
	if (x->share < y->share || x->share > y->share)
		return x->share < y->share ? -1 : 1;
	if (x->cases != y->cases)
		return x->cases > y->cases ? -1 : 1;
	return (x->value > y->value) - (x->value < y->value);
}

bool bpr_i_wt_grouped(struct bpr_worktime *w, const struct wt_taken *taken)
{
	struct wt_taken *of = bpr_i_calloc(w->case_count + 1, sizeof(*of));
	bool ok = of != NULL;

	for (size_t by = 0; ok && by <= w->log->by_count; by++) {
		for (size_t i = 0; i < w->case_count; i++)
			of[i] = (struct wt_taken){ taken[i].days, value_of(w, by, &w->cases[i]), taken[i].finished };
		qsort(of, w->case_count, sizeof(*of), compare);
		for (size_t from = 0, to; ok && from < w->case_count; from = to) {
			for (to = from + 1; to < w->case_count && of[to].value == of[from].value; to++)
				;
			if (by < w->log->by_count || of[from].value != BPR_LOG_NONE)
				ok = keep(w, by, &of[from], to - from);
		}
	}
	bpr_i_free(of);
	if (ok && w->group_list_count)
		qsort(w->groups, w->group_list_count, sizeof(*w->groups), compare_groups);
	return ok;
}

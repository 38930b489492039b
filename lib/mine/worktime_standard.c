/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 標準処理期間: office days from the day after a case came in, and how many were done in time; see struct bpr_worktime_standard. */
#include "config.h"
#include "mine/worktime_i.h"
#include "base/alloc_i.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int64_t local_of(const struct bpr_log_event *e, int64_t ms)
{
	return ms + (int64_t)e->offset * WT_MINUTE;
}

/* The moment at which an event counts as having happened at the beginning of the period. */
static int64_t begin_of(const struct bpr_log_event *e)
{
	return local_of(e, e->start != BPR_LOG_NO_TIME ? e->start : e->end);
}

static bool ends_with(const struct bpr_worktime *w, uint32_t activity)
{
	for (size_t i = 0; i < w->options.end_count; i++)
		if (!strcmp(w->options.ends[i], bpr_log_name(w->log, BPR_LOG_ACTIVITY, activity)))
			return true;
	return false;
}

bool bpr_i_wt_case(struct bpr_worktime *w, const struct bpr_log_case *one)
{
	const struct bpr_log_event *events = one->events;
	const uint32_t none = BPR_LOG_NONE;
	const uint32_t from = w->options.standard_from ? bpr_log_find(w->log, BPR_LOG_ACTIVITY, w->options.standard_from) : none;
	const uint32_t to = w->options.standard_to ? bpr_log_find(w->log, BPR_LOG_ACTIVITY, w->options.standard_to) : none;
	struct wt_case c = { .index = one->index, .last = events[one->count - 1].activity, .unit = events[one->count - 1].unit };
	size_t at = 0;

	while (at < one->count && from != none && events[at].activity != from)
		at++;
	if (at == one->count)
		return true;
	c.flags = WT_CASE_FROM | (one->result != none ? WT_CASE_RESULT : 0) | (events[one->count - 1].flags & BPR_LOG_OPEN ? WT_CASE_BROKEN : 0);
	c.from = begin_of(&events[at]);
	c.to = local_of(&events[at], events[at].end);
	if (to != none) {
		size_t end = at + (from != none);

		while (end < one->count && (events[end].activity != to || events[end].flags & BPR_LOG_OPEN))
			end++;
		if (end < one->count) {
			c.flags |= WT_CASE_TO;
			c.to = local_of(&events[end], events[end].end);
		}
	} else {
		for (; at < one->count; at++) {
			const int64_t end = local_of(&events[at], events[at].end);

			c.to = end > c.to ? end : c.to;
			c.flags |= ends_with(w, events[at].activity) ? WT_CASE_TO : 0;
		}
	}
	w->occurred[c.last].ends++;
	if (!bpr_i_grow(&w->cases, &w->case_capacity, w->case_count + 1, sizeof(*w->cases)))
		return false;
	w->cases[w->case_count++] = c;
	return true;
}

/* Number of days up to and with that one on which the office works. */
static double days_until(const uint32_t *works, const struct wt_days *days, int64_t local)
{
	const long day = wt_day_of(local) - days->first;

	return day < 0 ? 0 : works[(size_t)day < days->count ? (size_t)day + 1 : days->count];
}

/* As bpr_mine() judges where nothing is said: by how the log says it ended, else by its last activity. */
static bool is_finished(const struct bpr_worktime *w, const struct wt_case *c)
{
	if (w->options.standard_to || w->options.end_count)
		return c->flags & WT_CASE_TO;
	if (w->has_results)
		return c->flags & WT_CASE_RESULT;
	return !(c->flags & WT_CASE_BROKEN) && w->occurred[c->last].ends * 2 >= w->occurred[c->last].count;
}

/* Ended ones before those that are only known to last longer. */
static int compare(const void *a, const void *b)
{
	const struct wt_taken *x = a, *y = b;

	if (x->days < y->days || x->days > y->days)
		return x->days < y->days ? -1 : 1;
	return (int)y->finished - (int)x->finished;
}

/* Kaplan & Meier, J. Am. Stat. Assoc. 53 (1958): share that has ended within so many days. */
static double ended_within(struct wt_taken *taken, size_t count, double days)
{
	double open = 1;

	qsort(taken, count, sizeof(*taken), compare);
	for (size_t i = 0; i < count && taken[i].days <= days;) {
		const double at_risk = (double)(count - i);
		size_t k = i;
		double ended = 0;

		for (; k < count && !(taken[k].days > taken[i].days); k++)
			ended += taken[k].finished;
		open *= 1 - ended / at_risk;
		i = k;
	}
	return 1 - open;
}

/* Wilson, J. Am. Stat. Assoc. 22 (1927), 95 %. */
void bpr_i_wt_wilson(double k, double n, double *low, double *high)
{
	const double z = 1.959963984540054, p = k / n, d = 1 + z * z / n, centre = (p + z * z / (2 * n)) / d,
		     half = z / d * sqrt(p * (1 - p) / n + z * z / (4 * n * n));

	*low = k > 0 ? fmax(centre - half, 0) : 0;
	*high = k < n ? fmin(centre + half, 1) : 1;
}

static bool judge(struct bpr_worktime *w, struct wt_taken *taken, const uint32_t *works)
{
	struct bpr_worktime_standard *s = &w->standard;
	struct bpr_mine_figure figure = { 0 };
	bool ok;

	*s = (struct bpr_worktime_standard){ .days = w->options.standard_days, .cases = w->case_count,
					     .share = (double)NAN, .low = (double)NAN, .high = (double)NAN, .km_share = (double)NAN };
	bpr_i_mine_figure_begin(&figure, WT_MANY);
	for (size_t i = 0; i < w->case_count; i++) {
		const struct wt_case *c = &w->cases[i];
		const bool finished = is_finished(w, c);
		const double days = fmax(days_until(works, &w->days, finished ? c->to : w->last) - days_until(works, &w->days, c->from), 0);

		taken[i] = (struct wt_taken){ days, 0, finished };
		s->finished += finished;
		s->open += !finished;
		s->within += finished && days <= s->days;
		s->late += !finished && days > s->days;
		if (finished)
			bpr_i_mine_figure_add(&figure, (uint64_t)days);
	}
	if (s->finished + s->late) {
		s->share = (double)s->within / (double)(s->finished + s->late);
		bpr_i_wt_wilson((double)s->within, (double)(s->finished + s->late), &s->low, &s->high);
	}
	ok = bpr_i_mine_figure_stat(&figure, 1, &s->taken) && bpr_i_wt_grouped(w, taken);
	bpr_i_sketch_release(&figure.values);
	if (w->case_count)
		s->km_share = ended_within(taken, w->case_count, s->days);
	return ok;
}

bpr_status bpr_i_wt_standard(struct bpr_worktime *w)
{
	uint32_t *works = bpr_i_calloc(w->days.count + 1, sizeof(*works));
	struct wt_taken *taken = bpr_i_calloc(w->case_count + 1, sizeof(*taken));
	bool ok = works && taken;

	for (size_t i = 0; i < w->days.count && ok; i++)
		works[i + 1] = works[i] + w->days.calendar[WT_OFFICE][i].works;
	ok = ok && judge(w, taken, works);
	w->has_standard = ok;
	bpr_i_free(works);
	bpr_i_free(taken);
	return ok ? BPR_OK : BPR_ENOMEM;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Office days that single cases took, counted as worktime_standard.c counts them: from the day after the case came in. */
#include "config.h"
#include "base/alloc_i.h"
#include "mine/evidence_i.h"
#include <math.h>

bool bpr_i_office_days_new(struct bpr_office_days *days, const bpr_log *log, const struct bpr_worktime *worktime,
			   const struct bpr_worktime_options *o)
{
	const struct wt_days *all = &worktime->days;

	days->worktime = worktime;
	days->options = o;
	days->from = o->standard_from ? bpr_log_find(log, BPR_LOG_ACTIVITY, o->standard_from) : BPR_LOG_NONE;
	days->to = o->standard_to ? bpr_log_find(log, BPR_LOG_ACTIVITY, o->standard_to) : BPR_LOG_NONE;
	days->works = bpr_i_calloc(all->count + 1, sizeof(*days->works));
	for (size_t i = 0; days->works && i < all->count; i++)
		days->works[i + 1] = days->works[i] + all->calendar[WT_OFFICE][i].works;
	return days->works != NULL;
}

/* Office days up to and with that of the moment. */
static double days_until(const struct bpr_office_days *days, int64_t local)
{
	const struct wt_days *all = &days->worktime->days;
	const long day = wt_day_of(local) - all->first;

	return day < 0 ? 0 : days->works[(size_t)day < all->count ? (size_t)day + 1 : all->count];
}

static int64_t local_of(const struct bpr_log_event *e, int64_t ms)
{
	return ms + (int64_t)e->offset * WT_MINUTE;
}

double bpr_i_office_days_kept(const struct bpr_office_days *days, const struct bpr_log_case *c, bool finished)
{
	const struct bpr_worktime_options *o = days->options;
	int64_t from, to = days->worktime->last;
	size_t at = 0;
	double taken;

	while (at < c->count && o->standard_from && c->events[at].activity != days->from)
		at++;
	if (at == c->count)
		return (double)NAN;
	from = local_of(&c->events[at], c->events[at].start != BPR_LOG_NO_TIME ? c->events[at].start : c->events[at].end);
	if (o->standard_to) {
		finished = false;
		for (size_t i = at + (o->standard_from != NULL); i < c->count && !finished; i++) {
			finished = c->events[i].activity == days->to && !(c->events[i].flags & BPR_LOG_OPEN);
			to = finished ? local_of(&c->events[i], c->events[i].end) : to;
		}
	} else if (finished) {
		to = from;
		for (size_t i = at; i < c->count; i++)
			to = local_of(&c->events[i], c->events[i].end) > to ? local_of(&c->events[i], c->events[i].end) : to;
	}
	taken = fmax(days_until(days, to) - days_until(days, from), 0);
	if (taken > o->standard_days)
		return 0; /* of open cases too: late they are already */
	return finished ? 1 : (double)NAN;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waits in working time: from the cases to those who do their steps, and the results. */
#include "config.h"
#include "mine/worktime_i.h"
#include "base/alloc_i.h"
#include "base/options_i.h"
#include "base/problem_i.h"
#include <string.h>

/* Offsets that differ by more than this are those of two places, not of summer and winter. */
#define ONE_PLACE 90
enum { LEAST_CROWD = 100000 };

static int64_t local(int64_t ms, int offset)
{
	return ms + (int64_t)offset * WT_MINUTE;
}

/* Days from the first to the last event of the log; what lies out of the reach of public holidays is closed. */
static void reach(struct bpr_worktime *w)
{
	const struct bpr_log_info *info = &w->log->info;
	const long around = w->options.unit_count ? 7 : 1; /* hours that are said have an ordinary week, however short the log */
	const long least = bpr_date(1948, 7, 21), most = bpr_date(2150, 12, 31);
	long last;

	w->first = local(info->first, info->first_offset);
	w->last = local(info->last, info->last_offset);
	w->days.first = wt_day_of(w->first) - around;
	last = wt_day_of(w->last) + around;
	w->days.first = w->days.first < least ? least : w->days.first > most ? most : w->days.first;
	last = last < w->days.first ? w->days.first : last > most ? most : last;
	w->days.count = (size_t)(last - w->days.first) + 1;
}

/* ---- from the cases ---- */

/* Waits for somebody whose work is more than is held at once: what is known without it. */
static bool add_crowded(struct bpr_worktime *w, const struct wt_record *r)
{
	const int64_t elsewhere = r->elsewhere < r->begin ? r->elsewhere : r->begin;
	const int64_t o[] = { bpr_i_wt_open(&w->days, r->calendar, r->ready), bpr_i_wt_open(&w->days, r->calendar, elsewhere),
			      bpr_i_wt_open(&w->days, r->calendar, r->begin) };
	int64_t cause[BPR_WAIT_CAUSE_COUNT] = { 0 };

	cause[BPR_WAIT_ELSEWHERE] = o[1] - o[0];
	cause[BPR_WAIT_REST] = o[2] - o[1];
	w->basis.crowded++;
	return bpr_i_wt_add(w, r, cause);
}

static bool put(struct bpr_worktime *w, const struct wt_record *r)
{
	struct wt_record *to;

	if (w->group_events[r->group] > w->crowd)
		return !(r->flags & WT_WAITS) || add_crowded(w, r);
	to = bpr_i_spill_add(w->by_group);
	if (!to)
		return false;
	*to = *r;
	return true;
}

static void count_outside(struct bpr_worktime *w, const struct wt_record *r)
{
	const uint32_t own = r->unit < w->unit_count ? w->seen_of_unit[r->unit] : 0;

	for (unsigned k = 0; k <= (own > 0); k++) {
		const unsigned calendar = k ? r->calendar : WT_OFFICE;
		const int64_t at = r->flags & WT_ENDED ? r->end : r->begin;

		/* Open the millisecond before or behind: who leaves at closing time is not late. */
		if (bpr_i_wt_open(&w->days, calendar, at + 1) == bpr_i_wt_open(&w->days, calendar, at - 1))
			w->seen[k ? own : 0].outside++;
	}
}

/* What a wait is: from the end of what came before; until when another step was still running. */
static void wait_of(struct wt_record *r, const struct bpr_log_event *before, const struct bpr_log_event *e, int64_t running)
{
	const int64_t begin = e->start != BPR_LOG_NO_TIME ? e->start : e->end;
	const int offset = before->offset - e->offset > ONE_PLACE || e->offset - before->offset > ONE_PLACE ? e->offset : before->offset;

	r->flags |= WT_WAITS;
	r->from = before->activity;
	r->clock = begin > before->end ? begin - before->end : 0;
	r->ready = local(before->end, offset);
	r->ready = r->clock && r->ready < r->begin ? r->ready : r->begin;
	r->elsewhere = running > r->ready ? running : r->ready;
}

static bool of_case(struct bpr_worktime *w, const struct bpr_log_case *one)
{
	int64_t running = INT64_MIN, first = INT64_MAX, last = INT64_MIN;
	bool ok = true;

	for (size_t i = 0; i < one->count && ok; i++) {
		const struct bpr_log_event *e = &one->events[i];
		struct wt_record r = { .group = (uint32_t)bpr_i_wt_group_of(w, e->resource, e->unit), .activity = e->activity, .from = BPR_LOG_NONE,
				       .unit = e->unit, .calendar = wt_calendar_of(&w->days, e->unit) };

		r.flags = (e->start != BPR_LOG_NO_TIME ? WT_STARTED : 0) | (e->flags & BPR_LOG_OPEN ? 0 : WT_ENDED);
		r.end = local(e->end, e->offset);
		r.begin = r.flags & WT_STARTED ? local(e->start, e->offset) : r.end;
		if (e->flags & BPR_LOG_OPEN)
			r.flags |= WT_STARTED; /* its only time is its beginning */
		r.ready = r.elsewhere = r.begin;
		if (i)
			wait_of(&r, &one->events[i - 1], e, running);
		count_outside(w, &r);
		w->occurred[e->activity].count++;
		running = r.flags & WT_STARTED && r.end > running ? r.end : running;
		first = r.begin < first ? r.begin : first;
		last = r.end > last ? r.end : last;
		ok = put(w, &r);
	}
	w->has_results |= one->result != BPR_LOG_NONE;
	bpr_i_mine_figure_add(&w->case_stat, (uint64_t)(bpr_i_wt_open(&w->days, WT_OFFICE, last) - bpr_i_wt_open(&w->days, WT_OFFICE, first)));
	return ok && !w->case_stat.values.failed && (!(w->options.standard_days > 0) || bpr_i_wt_case(w, one));
}

static bpr_status failed(const struct bpr_worktime *w)
{
	const bpr_status status = w->by_group ? bpr_i_spill_failed(w->by_group) : BPR_OK;

	return status ? status : w->by_day && bpr_i_spill_failed(w->by_day) ? bpr_i_spill_failed(w->by_day) : BPR_ENOMEM;
}

static bpr_status all_cases(struct bpr_worktime *w, struct bpr_error *err)
{
	bpr_log_walk *walk = NULL;
	const struct bpr_log_case *one;
	bpr_status status = bpr_log_walk_new(w->log, &walk, err);

	while (!status && !(status = bpr_log_walk_next(walk, &one, err)) && one)
		if (!of_case(w, one))
			status = failed(w);
	bpr_log_walk_free(walk);
	return status ? status : bpr_i_spill_finish(w->by_group);
}

static bpr_status all_groups(struct bpr_worktime *w)
{
	bpr_spill_walk *walk = bpr_i_spill_walk_new(w->by_group);
	struct wt_group g = { 0 };
	bpr_status status = walk ? BPR_OK : BPR_ENOMEM;
	const void *records;
	uint32_t group;
	size_t count;

	g.runs = bpr_i_calloc(w->activity_count + 1, bpr_i_wt_run_size);
	g.shifts = bpr_i_calloc(w->unit_count + 1, bpr_i_wt_shift_size);
	g.touched = bpr_i_calloc(w->unit_count + 1, sizeof(*g.touched));
	if (!g.runs || !g.shifts || !g.touched)
		status = BPR_ENOMEM;
	while (!status && !(status = bpr_i_spill_walk_next(walk, &group, &records, &count)) && records) {
		status = bpr_i_wt_group(w, &g, records, count);
		if (status)
			status = failed(w);
	}
	bpr_i_wt_group_release(&g);
	bpr_i_spill_walk_free(walk);
	return status;
}

/* ---- making one ---- */

static bpr_status begin(struct bpr_worktime *w, struct bpr_error *err)
{
	const struct bpr_worktime_options *o = &w->options;
	const char *const names[] = { o->standard_from, o->standard_to };

	for (size_t i = 0; i < 2; i++)
		if (names[i] && bpr_log_find(w->log, BPR_LOG_ACTIVITY, names[i]) == BPR_LOG_NONE)
			return bpr_i_fail(err, BPR_EINVAL, BPR_I_L402, names[i], 0, names[i], i ? "standard-to" : "standard-from");
	w->activity_count = bpr_log_name_count(w->log, BPR_LOG_ACTIVITY);
	w->crowd = o->memory / sizeof(struct wt_record) > LEAST_CROWD ? o->memory / sizeof(struct wt_record) : LEAST_CROWD;
	w->occurred = bpr_i_calloc(w->activity_count + 1, sizeof(*w->occurred));
	w->sums = bpr_i_calloc(w->activity_count + 1, sizeof(*w->sums));
	w->by_group = bpr_i_spill_new(sizeof(struct wt_record), o->memory, o->temp);
	w->by_day = bpr_i_spill_new(bpr_i_wt_piece_size, o->memory / 4, o->temp);
	if (!w->occurred || !w->sums || !w->by_group || !w->by_day)
		return bpr_i_nomem(err);
	w->sum_capacity = w->activity_count + 1;
	w->sum_count = w->activity_count;
	for (uint32_t i = 0; i < w->activity_count; i++)
		w->sums[i] = bpr_i_wt_sum(BPR_LOG_NONE, i, WT_SOME);
	w->all = bpr_i_wt_sum(BPR_LOG_NONE, BPR_LOG_NONE, WT_MANY);
	bpr_i_mine_figure_begin(&w->case_stat, WT_MANY);
	w->basis = (struct bpr_worktime_basis){ .clock = o->clock, .dates_only = w->log->info.dates_only };
	return BPR_OK;
}

static bpr_status make(struct bpr_worktime *w, bpr_problems *problems, struct bpr_error *err)
{
	bpr_status (*const steps[])(struct bpr_worktime *) = { bpr_i_wt_sums, bpr_i_wt_batches, bpr_i_wt_hours, bpr_i_wt_staff };
	bpr_status status = begin(w, err);

	if (status || !w->log->info.events)
		return status;
	reach(w);
	status = bpr_i_wt_count(w);
	w->people = bpr_i_calloc(w->unit_count + 1, sizeof(*w->people));
	if (!status && !w->people)
		status = BPR_ENOMEM;
	if (!status && (status = bpr_i_wt_calendars(w, problems, err)) && status != BPR_ENOMEM)
		return status;
	w->basis.given = w->given;
	if (!status)
		status = all_cases(w, err);
	if (!status)
		status = all_groups(w);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]) && !status; i++)
		status = steps[i](w);
	if (!status && w->options.standard_days > 0)
		status = bpr_i_wt_standard(w);
	if (status == BPR_ENOMEM)
		return bpr_i_nomem(err);
	return status ? bpr_i_fail(err, status, BPR_I_L001, NULL, 0, NULL, NULL) : BPR_OK;
}

/* Room that only the making needs; what options point to is not ours any more. */
static void clear(struct bpr_worktime *w)
{
	for (size_t i = 0; i < w->sum_count; i++)
		bpr_i_wt_sum_release(&w->sums[i]);
	bpr_i_wt_sum_release(&w->all);
	bpr_i_sketch_release(&w->case_stat.values);
	for (size_t i = 0; i < w->seen_count; i++)
		bpr_i_free(w->seen[i].days);
	bpr_i_spill_free(w->by_group);
	bpr_i_spill_free(w->by_day);
	bpr_i_free(w->seen);
	bpr_i_free(w->seen_of_unit);
	bpr_i_free(w->unit_events);
	bpr_i_free(w->group_events);
	bpr_i_free(w->sums);
	bpr_i_free(w->arc_slots);
	bpr_i_free(w->occurred);
	bpr_i_free(w->cases);
	bpr_i_free(w->people);
}

bpr_status bpr_worktime_new(const bpr_log *log, const struct bpr_worktime_options *options, bpr_worktime **out, bpr_problems *problems,
			    struct bpr_error *err)
{
	struct bpr_worktime_options known = BPR_WORKTIME_OPTIONS_INIT;
	struct bpr_worktime *w;
	bpr_status status;

	*out = NULL;
	if (!bpr_i_options(&known, options) || !(known.standard_days >= 0))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_L403, NULL, 0, NULL, NULL);
	w = bpr_i_calloc(1, sizeof(*w));
	if (!w)
		return bpr_i_nomem(err);
	w->log = log;
	w->options = known;
	status = make(w, problems, err);
	clear(w);
	w->options = (struct bpr_worktime_options)BPR_WORKTIME_OPTIONS_INIT;
	if (status) {
		bpr_worktime_free(w);
		return status;
	}
	*out = w;
	return BPR_OK;
}

void bpr_worktime_free(bpr_worktime *w)
{
	if (!w)
		return;
	bpr_i_free(w->hours);
	bpr_i_free(w->waits);
	bpr_i_free(w->batches);
	bpr_i_free(w->staff);
	bpr_i_wt_days_release(&w->days); /* for who asks about single cases */
	bpr_i_free(w->groups);
	bpr_i_free(w);
}

/* ---- results ---- */

const char *bpr_wait_cause_name(enum bpr_wait_cause cause)
{
	static const char *const names[] = { "closed", "elsewhere", "batch", "busy", "absent", "rest" };

	return (unsigned)cause < BPR_WAIT_CAUSE_COUNT ? names[cause] : "";
}

const bpr_log *bpr_worktime_log(const bpr_worktime *w)
{
	return w->log;
}

const struct bpr_worktime_basis *bpr_worktime_basis(const bpr_worktime *w)
{
	return &w->basis;
}

const struct bpr_worktime_hours *bpr_worktime_hours(const bpr_worktime *w, size_t *count)
{
	*count = w->hours_count;
	return w->hours;
}

const struct bpr_worktime_wait *bpr_worktime_waits(const bpr_worktime *w, size_t *count)
{
	*count = w->activity_waits;
	return w->waits;
}

const struct bpr_worktime_wait *bpr_worktime_arcs(const bpr_worktime *w, size_t *count)
{
	*count = w->wait_count - w->activity_waits;
	return w->waits ? w->waits + w->activity_waits : NULL;
}

const struct bpr_worktime_wait *bpr_worktime_total(const bpr_worktime *w)
{
	return &w->total;
}

const struct bpr_worktime_batch *bpr_worktime_batches(const bpr_worktime *w, size_t *count)
{
	*count = w->batch_count;
	return w->batches;
}

const struct bpr_worktime_staff *bpr_worktime_staff(const bpr_worktime *w, size_t *count)
{
	*count = w->staff_count;
	return w->staff;
}

const struct bpr_worktime_standard *bpr_worktime_standard(const bpr_worktime *w)
{
	return w->has_standard ? &w->standard : NULL;
}

const struct bpr_worktime_group *bpr_worktime_standard_groups(const bpr_worktime *w, size_t *count)
{
	*count = w->group_list_count;
	return w->groups;
}

const struct bpr_mine_stat *bpr_worktime_case(const bpr_worktime *w)
{
	return &w->case_minutes;
}

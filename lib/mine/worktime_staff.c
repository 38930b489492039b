/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * People of a unit beside each other. What adds up over people (how long they were there, how long at work) is added person by
 * person; how many at once is counted day by day, from their stretches of that day, so that memory holds one day at a time.
 */
#include "config.h"
#include "mine/worktime_i.h"
#include "base/alloc_i.h"
#include <math.h>
#include <stdlib.h>

/* Of one person in one unit; the last one is the office. */
struct wt_shift { uint32_t epoch; bool works, there; int64_t from, to, came, left; };

enum { PIECE_WORK = 0, PIECE_CASE, PIECE_THERE };
struct piece { uint32_t day, unit, kind; int32_t from, to; };

const size_t bpr_i_wt_shift_size = sizeof(struct wt_shift), bpr_i_wt_piece_size = sizeof(struct piece);

/* The days that a stretch lies in, each with its piece. */
static bool put_days(struct bpr_worktime *w, uint32_t unit, uint32_t kind, int64_t from, int64_t to)
{
	const int64_t base = (int64_t)w->days.first * WT_DAY;
	int64_t at = from - base > 0 ? from - base : 0;
	const int64_t most = (int64_t)w->days.count * WT_DAY, end = to - base < most ? to - base : most;

	do {
		const int64_t day = at / WT_DAY, next = (day + 1) * WT_DAY, upto = end < next ? end : next;
		struct piece *p;

		if (day >= (int64_t)w->days.count)
			return true;
		p = bpr_i_spill_add(w->by_day);
		if (!p)
			return false;
		*p = (struct piece){ (uint32_t)day, unit, kind, (int32_t)(at - day * WT_DAY), (int32_t)(upto - day * WT_DAY) };
		at = next;
	} while (at < end);
	return true;
}

static int64_t open_between(const struct bpr_worktime *w, uint32_t unit, int64_t from, int64_t to)
{
	const unsigned calendar = wt_calendar_of(&w->days, unit < w->unit_count ? unit : BPR_LOG_NONE);

	return bpr_i_wt_open(&w->days, calendar, to) - bpr_i_wt_open(&w->days, calendar, from);
}

static bool put_work(struct bpr_worktime *w, uint32_t unit, const struct wt_shift *s)
{
	w->people[unit].busy += (double)open_between(w, unit, s->from, s->to);
	return put_days(w, unit, PIECE_WORK, s->from, s->to);
}

static bool put_there(struct bpr_worktime *w, uint32_t unit, const struct wt_shift *s)
{
	w->people[unit].present += (double)open_between(w, unit, s->came, s->left);
	return put_days(w, unit, PIECE_THERE, s->came, s->left);
}

static bool of_person(struct bpr_worktime *w, struct wt_group *g, uint32_t unit, const struct wt_record *r, int64_t end)
{
	struct wt_shift *s = &g->shifts[unit];

	if (s->epoch != g->epoch) {
		*s = (struct wt_shift){ .epoch = g->epoch };
		g->touched[g->touched_count++] = unit;
		w->people[unit].people++;
	}
	if (r->flags & WT_STARTED && end > r->begin) {
		w->people[unit].started = true;
		if (s->works && r->begin > s->to && !put_work(w, unit, s))
			return false;
		if (!s->works || r->begin > s->to) {
			s->works = true;
			s->from = r->begin;
			s->to = end;
		}
		s->to = end > s->to ? end : s->to;
	}
	if (s->there && r->begin > s->left && wt_day_of(r->begin) != wt_day_of(s->left) && !put_there(w, unit, s))
		return false;
	if (!s->there || (r->begin > s->left && wt_day_of(r->begin) != wt_day_of(s->left))) {
		s->there = true;
		s->came = r->begin;
		s->left = end;
	}
	s->left = end > s->left ? end : s->left;
	return true;
}

/* Cases at work where nobody is named. */
static bool of_unit(struct bpr_worktime *w, uint32_t unit, const struct wt_record *r)
{
	if (!(r->flags & WT_STARTED) || r->end <= r->begin)
		return true;
	w->people[unit].started = true;
	w->people[unit].cases += (double)open_between(w, unit, r->begin, r->end);
	return put_days(w, unit, PIECE_CASE, r->begin, r->end);
}

bool bpr_i_wt_staff_group(struct bpr_worktime *w, struct wt_group *g)
{
	const bool person = g->records[0].group < w->resource_count;
	const uint32_t office = (uint32_t)w->unit_count;
	bool ok = true;

	g->touched_count = 0;
	for (size_t i = 0; i < g->count && ok; i++) {
		const struct wt_record *r = &g->records[g->order[i]];
		const int64_t end = r->flags & WT_ENDED && r->end > r->begin ? r->end : r->begin;

		if (person)
			ok = (r->unit >= office || of_person(w, g, r->unit, r, end)) && of_person(w, g, office, r, end);
		else
			ok = (r->unit >= office || of_unit(w, r->unit, r)) && of_unit(w, office, r);
	}
	for (size_t i = 0; i < g->touched_count && ok; i++) {
		const struct wt_shift *s = &g->shifts[g->touched[i]];

		ok = (!s->works || put_work(w, g->touched[i], s)) && (!s->there || put_there(w, g->touched[i], s));
	}
	return ok;
}

/* ---- how many at once ---- */

struct edge { uint32_t unit; uint32_t kind; int32_t at; int32_t step; };

/* By unit and kind, then by time; who leaves goes before who comes. */
static int compare_edges(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;

	if (x->unit != y->unit)
		return x->unit < y->unit ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return x->at != y->at ? (x->at < y->at ? -1 : 1) : x->step - y->step;
}

static void most(uint32_t *most, uint32_t count)
{
	*most = count > *most ? count : *most;
}

/* Pieces of one day. */
static void count_day(struct bpr_worktime *w, struct edge *edges, size_t count)
{
	uint32_t now = 0;

	qsort(edges, count, sizeof(*edges), compare_edges);
	for (size_t i = 0; i < count; i++) {
		struct wt_people *p = &w->people[edges[i].unit];

		if (!i || edges[i].unit != edges[i - 1].unit || edges[i].kind != edges[i - 1].kind)
			now = 0;
		now += edges[i].step > 0 ? 1 : (uint32_t)-1;
		if (edges[i].step > 0)
			most(edges[i].kind == PIECE_WORK ? &p->most_busy : edges[i].kind == PIECE_CASE ? &p->most_cases : &p->most_present, now);
	}
}

static bpr_status count_days(struct bpr_worktime *w)
{
	bpr_spill_walk *walk = bpr_i_spill_walk_new(w->by_day);
	bpr_status status = walk ? BPR_OK : BPR_ENOMEM;
	struct edge *edges = NULL;
	size_t capacity = 0, count;
	const void *at;
	uint32_t day;

	while (!status && !(status = bpr_i_spill_walk_next(walk, &day, &at, &count)) && at) {
		const struct piece *pieces = at;
		size_t k = 0;

		if (!bpr_i_grow(&edges, &capacity, 2 * count, sizeof(*edges))) {
			status = BPR_ENOMEM;
			break;
		}
		for (size_t i = 0; i < count; i++) {
			const bool there = pieces[i].kind == PIECE_THERE; /* on that day, whenever */

			if (pieces[i].from == pieces[i].to && !there)
				continue;
			edges[k++] = (struct edge){ pieces[i].unit, pieces[i].kind, there ? 0 : pieces[i].from, 1 };
			if (!there)
				edges[k++] = (struct edge){ pieces[i].unit, pieces[i].kind, pieces[i].to, -1 };
		}
		count_day(w, edges, k);
	}
	bpr_i_free(edges);
	bpr_i_spill_walk_free(walk);
	return status;
}

static void fill_staff(const struct bpr_worktime *w, uint32_t unit, struct bpr_worktime_staff *s)
{
	const struct wt_people *p = &w->people[unit];
	const double open = (double)open_between(w, unit, w->first, w->last);
	const double busy = p->people ? p->busy : p->cases;

	*s = (struct bpr_worktime_staff){ .unit = unit < w->unit_count ? unit : BPR_LOG_NONE, .people = p->people,
					  .mean_busy = (double)NAN, .most_busy = (double)NAN,
					  .mean_present = (double)NAN, .most_present = (double)NAN, .utilisation = (double)NAN };
	if (p->started && open > 0) {
		s->mean_busy = busy / open;
		s->most_busy = p->people ? p->most_busy : p->most_cases;
	}
	if (p->people && open > 0) {
		s->mean_present = p->present / open;
		s->most_present = p->most_present;
	}
	if (p->started && p->people && p->present > 0)
		s->utilisation = fmin(p->busy / p->present, 1);
}

/* The office first, then the units in the order of their names. */
bpr_status bpr_i_wt_staff(struct bpr_worktime *w)
{
	bpr_status status = bpr_i_spill_finish(w->by_day);

	if (!status)
		status = count_days(w);
	if (!status && !(w->staff = bpr_i_calloc(w->unit_count + 1, sizeof(*w->staff))))
		status = BPR_ENOMEM;
	if (status)
		return status;
	fill_staff(w, (uint32_t)w->unit_count, &w->staff[w->staff_count++]);
	for (uint32_t unit = 0; unit < w->unit_count; unit++)
		if (w->unit_events[unit])
			fill_staff(w, unit, &w->staff[w->staff_count++]);
	return BPR_OK;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cases over time: the most at once, and by the local clock days, hours of the week and months. One sweep over what comes and
 * goes in order of time, each sign of it a number: milliseconds, then what leaves, what arrives, what leaves in the same moment.
 */
#include "config.h"
#include "mine/mine_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include <bpr/calendar.h>
#include <stdio.h>

enum { LEAVES = 0, ARRIVES = 2, LEAVES_AT_ONCE = 4, WHAT = 6 /* a mask */, FINISHES = 1, BITS = 3, MOST_DAYS = 200 * 366 };

/* Of an instant, either way: room for offsets. */
#define MOST_MS ((int64_t)1 << 60)

struct signs { uint64_t *at; size_t count; };

static int64_t local_begin(const struct bpr_mine_cases *c, size_t i)
{
	return c->begin[i] + (int64_t)c->begin_offset[i] * 60000;
}

/* Not before its begin, even where clocks were put back in between. */
static int64_t local_end(const struct bpr_mine_cases *c, size_t i)
{
	const int64_t begin = local_begin(c, i), end = c->end[i] + (int64_t)c->end_offset[i] * 60000;

	return end > begin ? end : begin;
}

/* Cases that are not over stay. */
static bool gather(const struct bpr_mine_cases *c, bool local, int64_t from, struct signs *s)
{
	s->count = 0;
	s->at = bpr_i_calloc(c->count, 2 * sizeof(*s->at));
	if (!s->at)
		return false;
	for (size_t i = 0; i < c->count; i++) {
		const uint64_t begin = bpr_i_mine_span(from, local ? local_begin(c, i) : c->begin[i]);
		const uint64_t end = bpr_i_mine_span(from, local ? local_end(c, i) : c->end[i]);

		s->at[s->count++] = begin << BITS | ARRIVES;
		if ((c->flags[i] & BPR_I_MINE_STATE) != BPR_I_MINE_OPEN)
			s->at[s->count++] = end << BITS | (end > begin ? LEAVES : LEAVES_AT_ONCE) | (bpr_i_mine_finished(c, i) ? FINISHES : 0);
	}
	return bpr_i_mine_sort(s->at, s->count, 0);
}

static bool find_peak(struct bpr_mine_work *w)
{
	const struct bpr_mine_cases *c = &w->cases;
	int64_t first = INT64_MAX;
	uint64_t here = 0, most = 0;
	struct signs s;
	bool ok;

	for (size_t i = 0; i < c->count; i++)
		first = c->begin[i] < first ? c->begin[i] : first;
	ok = gather(c, false, first, &s);
	for (size_t i = 0; ok && i < s.count; i++) {
		here = (s.at[i] & WHAT) == ARRIVES ? here + 1 : here - 1;
		most = here > most ? here : most;
	}
	bpr_i_free(s.at);
	w->out->totals.peak_in_process = (double)most;
	return ok;
}

/* ---- the sweep by hours ---- */

struct sweep {
	bpr_mining *out;
	struct signs signs;
	size_t next;
	uint64_t now, here;      /* milliseconds since midnight of the first day; cases in process */
	struct { uint64_t hours, arrived, finished, most; double in_process; } week[7 * 24];
};

static void play_hour(struct sweep *s, size_t hour, size_t of_week)
{
	const uint64_t end = (uint64_t)(hour + 1) * BPR_I_MINE_HOUR;
	struct bpr_mine_day *day = &s->out->days[hour / 24];
	double sum = 0;
	uint64_t most = 0;

	for (bool more = true; more;) {
		const uint64_t at = s->next < s->signs.count ? s->signs.at[s->next] >> BITS : end;
		const uint64_t until = at < end ? at : end;

		sum += (double)s->here * (double)(until - s->now);
		most = until > s->now && s->here > most ? s->here : most;
		s->now = until;
		more = at < end;
		if (!more)
			break;
		if ((s->signs.at[s->next] & WHAT) == ARRIVES) {
			s->here++;
			day->arrived++;
			s->week[of_week].arrived++;
		} else {
			const uint64_t finishes = s->signs.at[s->next] & FINISHES;

			s->here--;
			day->finished += finishes;
			s->week[of_week].finished += finishes;
		}
		most = s->here > most ? s->here : most;
		s->next++;
	}
	s->week[of_week].hours++;
	s->week[of_week].in_process += sum / BPR_I_MINE_HOUR;
	s->week[of_week].most = most > s->week[of_week].most ? most : s->week[of_week].most;
}

static void play_hours(struct sweep *s, size_t first_hour, size_t last_hour)
{
	const long date = s->out->days[0].date;

	s->now = (uint64_t)first_hour * BPR_I_MINE_HOUR;
	for (size_t hour = first_hour; hour <= last_hour; hour++) {
		const long day = date + (long)(hour / 24);
		const size_t weekday = (size_t)(((day + 3) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */

		play_hour(s, hour, weekday * 24 + hour % 24);
		s->out->days[hour / 24].in_process = s->here;
	}
	for (size_t i = 0; i < 7 * 24; i++) {
		const double hours = s->week[i].hours ? (double)s->week[i].hours : 1;

		s->out->week[i] = (struct bpr_mine_hour){ (double)s->week[i].arrived / hours, (double)s->week[i].finished / hours,
							  s->week[i].in_process / hours, (double)s->week[i].most };
	}
}

static bool make_days(struct bpr_mine_work *w, int64_t first, int64_t last)
{
	const long from = bpr_i_mine_day(first);
	const int64_t midnight = (int64_t)from * BPR_I_MINE_DAY;
	struct sweep s = { .out = w->out };
	bool ok;

	w->out->day_count = (size_t)(bpr_i_mine_day(last) - from) + 1;
	w->out->days = bpr_i_calloc(w->out->day_count, sizeof(*w->out->days));
	if (!w->out->days)
		return false;
	for (size_t i = 0; i < w->out->day_count; i++) {
		const long at = from + (long)i - w->first_day;

		w->out->days[i].date = from + (long)i;
		w->out->days[i].events = at >= 0 && (size_t)at < w->day_count ? w->day_events[at] : 0;
	}
	ok = gather(&w->cases, true, midnight, &s.signs);
	if (ok)
		play_hours(&s, (size_t)((first - midnight) / BPR_I_MINE_HOUR), (size_t)((last - midnight) / BPR_I_MINE_HOUR));
	bpr_i_free(s.signs.at);
	return ok;
}

/* ---- months ---- */

/* Months since year 0. */
static long month_of(int64_t local)
{
	int year, month, day;

	bpr_date_parts(bpr_i_mine_day(local), &year, &month, &day);
	return (long)year * 12 + month - 1;
}

static bool make_months(struct bpr_mine_work *w, int64_t first, int64_t last)
{
	const struct bpr_mine_cases *c = &w->cases;
	const long from = month_of(first);
	const size_t count = (size_t)(month_of(last) - from) + 1;
	struct bpr_mine_month *months = w->out->months = bpr_i_calloc(count, sizeof(*months));
	struct bpr_mine_figure *figures = bpr_i_calloc(count, sizeof(*figures));
	bool ok = months && figures;

	for (size_t i = 0; ok && i < count; i++) {
		bpr_i_mine_figure_begin(&figures[i], w->options->samples);
		months[i].year = (int)((from + (long)i) / 12);
		months[i].month = (int)((from + (long)i) % 12) + 1;
	}
	for (size_t i = 0; ok && i < c->count; i++) {
		const size_t end = (size_t)(month_of(local_end(c, i)) - from);

		months[month_of(local_begin(c, i)) - from].arrived++;
		months[end].finished += bpr_i_mine_finished(c, i);
		if (bpr_i_mine_finished(c, i) && !(c->flags[i] & BPR_I_MINE_HEADLESS))
			bpr_i_mine_figure_add(&figures[end], bpr_i_mine_span(c->begin[i], c->end[i]));
	}
	for (size_t i = 0; figures && i < count; i++) {
		ok = ok && bpr_i_mine_figure_stat(&figures[i], BPR_I_MINE_MINUTE, &months[i].minutes);
		bpr_i_sketch_release(&figures[i].values);
	}
	bpr_i_free(figures);
	w->out->month_count = ok ? count : 0;
	return ok;
}

/* ---- all of it ---- */

static void date_text(char text[32], int64_t ms)
{
	int year, month, day;

	bpr_date_parts(bpr_i_mine_day(ms), &year, &month, &day);
	(void)snprintf(text, 32, "%04d-%02d-%02d", year, month, day);
}

static bool too_long(struct bpr_mine_work *w)
{
	const struct bpr_log_info info = bpr_log_info(w->log);
	const struct bpr_place place = { .file = info.name };
	char days[32], first[32], last[32];

	(void)snprintf(days, sizeof(days), "%llu", (unsigned long long)(bpr_i_mine_span(info.first, info.last) / BPR_I_MINE_DAY));
	date_text(first, info.first);
	date_text(last, info.last);
	return bpr_i_problem(w->problems, BPR_I_L302, &place, false, days, first, last, NULL);
}

bool bpr_i_mine_days_begin(struct bpr_mine_work *w)
{
	const struct bpr_log_info info = bpr_log_info(w->log);
	const uint64_t days = info.events ? bpr_i_mine_span(info.first, info.last) / BPR_I_MINE_DAY : 0;

	if (!info.events)
		return true;
	if (days > MOST_DAYS || info.first < -MOST_MS || info.last > MOST_MS)
		return too_long(w);
	w->first_day = bpr_i_mine_day(info.first) - 2; /* of local clocks */
	w->day_count = (size_t)days + 6;
	w->day_events = bpr_i_calloc(w->day_count, sizeof(*w->day_events));
	return w->day_events != NULL;
}

bool bpr_i_mine_times(struct bpr_mine_work *w)
{
	const struct bpr_mine_cases *c = &w->cases;
	int64_t first = INT64_MAX, last = INT64_MIN;

	if (!c->count)
		return true;
	for (size_t i = 0; i < c->count; i++) {
		first = local_begin(c, i) < first ? local_begin(c, i) : first;
		last = local_end(c, i) > last ? local_end(c, i) : last;
	}
	return find_peak(w) && (!w->day_events || (make_days(w, first, last) && make_months(w, first, last)));
}

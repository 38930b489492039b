/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Interrupted time series: means of weeks (of days where weeks are few) before and after a day, a straight line before, another
 * level and slope after it (Wagner et al., J. Clin. Pharm. Ther. 27, 2002; Bernal et al., Int. J. Epidemiol. 46, 2017).
 */
#include "config.h"
#include "base/alloc_i.h"
#include "mine/evidence_i.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Points that each side needs; weeks are taken where both have so many, days else. */
enum { WEEKS = 8, DAYS = 12, WEEK = 7 };

struct bin { long number; uint64_t cases; double sum; };

static int by_number(const void *a, const void *b)
{
	const struct bin *x = a, *y = b;

	return (x->number > y->number) - (x->number < y->number);
}

/* Weeks are counted from the day of the change, so that no week has both. */
static long bin_of(long day, long change, bool daily)
{
	const long off = day - change;

	return daily ? off : off >= 0 ? off / WEEK : -((-off + WEEK - 1) / WEEK);
}

static size_t fill(const bpr_evidence *e, enum bpr_evidence_key key, bool daily, struct bin *bins)
{
	size_t count = 0, kept = 0;

	for (size_t side = 0; side < 2; side++) {
		const struct bpr_cases *c = &e->cases[side];

		for (size_t i = 0; i < c->count; i++) {
			const long number = bin_of(c->days[i], e->options.change, daily);

			if (isnan(c->values[key][i]))
				continue;
			if (!count || bins[count - 1].number != number)
				bins[count++] = (struct bin){ number, 0, 0 };
			bins[count - 1].cases++;
			bins[count - 1].sum += c->values[key][i];
		}
	}
	qsort(bins, count, sizeof(*bins), by_number);
	for (size_t i = 0; i < count; i++) {
		if (kept && bins[kept - 1].number == bins[i].number) {
			bins[kept - 1].cases += bins[i].cases;
			bins[kept - 1].sum += bins[i].sum;
		} else {
			bins[kept++] = bins[i];
		}
	}
	return kept;
}

/*
 * Weeks that the logs see whole. The first may begin and the last may end in the middle: they are left out unless the first case
 * of the logs falls on the first two days of the week, the last on one of its last three (a week-end is no gap).
 */
static size_t trim(const bpr_evidence *e, struct bin *bins, size_t count)
{
	const struct bpr_evidence_side *a = &e->cases[0].side, *b = &e->cases[1].side;
	const long first = (a->cases && (!b->cases || a->first < b->first) ? a->first : b->first) - e->options.change;
	const long last = (b->cases && (!a->cases || b->last > a->last) ? b->last : a->last) - e->options.change;

	if (count && first > bins[0].number * WEEK + 1) {
		memmove(bins, bins + 1, (count - 1) * sizeof(*bins));
		count--;
	}
	if (count && last < bins[count - 1].number * WEEK + 4)
		count--;
	return count;
}

static void split(const struct bin *bins, size_t count, size_t *before, size_t *after)
{
	*before = *after = 0;
	for (size_t i = 0; i < count; i++)
		++*(bins[i].number < 0 ? before : after);
}

/* Columns: 1, t, after, t after; and of days, which weekday, as far as there is more than one. */
static size_t columns_of(const bpr_evidence *e, const struct bin *bins, size_t count, bool daily, double *x)
{
	size_t place[WEEK], columns = 4, seen[WEEK] = { 0 }, first = WEEK;

	for (size_t i = 0; i < count && daily; i++)
		seen[((bins[i].number + e->options.change) % WEEK + WEEK) % WEEK]++;
	for (size_t d = 0; d < WEEK; d++) {
		first = first == WEEK && seen[d] ? d : first;
		place[d] = seen[d] && d != first ? columns++ : 0;
	}
	for (size_t i = 0; i < count; i++) {
		const size_t weekday = (size_t)(((bins[i].number + e->options.change) % WEEK + WEEK) % WEEK);
		const double weeks = daily ? (double)bins[i].number / WEEK : (double)bins[i].number;
		double *row = x + i * columns;

		memset(row, 0, columns * sizeof(*row));
		row[0] = 1;
		row[1] = weeks;
		row[2] = bins[i].number >= 0;
		row[3] = row[2] * weeks;
		if (daily && place[weekday])
			row[place[weekday]] = 1;
	}
	return columns;
}

struct told { double at, low, high, p; };

/*
 * Newey and West's errors are too small where points are few: those of an autoregression of the first order are taken where they
 * are larger.
 */
static struct told tell_one(const bpr_evidence *e, const struct bpr_regression *r, const double *pick)
{
	struct told told = { 0, 0, 0, (double)NAN };
	double wide = 0, going_on = 0, error;

	for (size_t i = 0; i < 4; i++) {
		told.at += pick[i] * r->at[i];
		for (size_t k = 0; k < 4; k++) {
			wide += pick[i] * pick[k] * r->covariance[i][k];
			going_on += pick[i] * pick[k] * r->going_on[i][k];
		}
	}
	error = fmax(wide, going_on) > 0 ? sqrt(fmax(wide, going_on)) : 0;
	told.low = told.at - bpr_i_student_quantile((1 + e->options.confidence) / 2, r->df) * error;
	told.high = 2 * told.at - told.low;
	if (error > 0)
		told.p = bpr_i_student_p(told.at / error, r->df);
	return told;
}

static void tell(const bpr_evidence *e, const struct bpr_regression *r, double weeks, struct bpr_evidence_series *s)
{
	const struct told trend = tell_one(e, r, (const double[4]){ 0, 1, 0, 0 }), level = tell_one(e, r, (const double[4]){ 0, 0, 1, 0 });
	const struct told slope = tell_one(e, r, (const double[4]){ 0, 0, 0, 1 }), end = tell_one(e, r, (const double[4]){ 0, 0, 1, weeks });

	s->known = true;
	s->start = r->at[0];
	s->trend = trend.at;
	s->trend_low = trend.low;
	s->trend_high = trend.high;
	s->level = level.at;
	s->level_low = level.low;
	s->level_high = level.high;
	s->level_p = level.p;
	s->slope = slope.at;
	s->slope_low = slope.low;
	s->slope_high = slope.high;
	s->slope_p = slope.p;
	s->end = end.at;
	s->end_low = end.low;
	s->end_high = end.high;
}

static bool regress(bpr_evidence *e, enum bpr_evidence_key key, const struct bin *bins, size_t count)
{
	struct bpr_evidence_series *s = &e->series[key];
	double *x = bpr_i_calloc(count * (4 + WEEK), sizeof(*x)), *y = bpr_i_calloc(count, sizeof(*y));
	struct bpr_evidence_point *points = bpr_i_calloc(count, sizeof(*points));
	struct bpr_regression r;
	size_t columns;

	s->points = points;
	if (!x || !y || !points) {
		bpr_i_free(x);
		bpr_i_free(y);
		return false;
	}
	columns = columns_of(e, bins, count, s->daily, x);
	for (size_t i = 0; i < count; i++)
		y[i] = bins[i].sum / (double)bins[i].cases;
	s->count = count;
	s->lag = bpr_i_newey_west_lag(count);
	if (count > columns + 4 && bpr_i_newey_west(x, y, count, columns, s->lag, &r))
		tell(e, &r, x[(count - 1) * columns + 1], s);
	for (size_t i = 0; i < count; i++) {
		const double *row = x + i * columns;

		points[i] = (struct bpr_evidence_point){ e->options.change + bins[i].number * (s->daily ? 1 : WEEK), bins[i].cases, y[i],
							 bins[i].number >= 0, 0, 0 };
		for (size_t k = 0; k < columns && s->known; k++)
			points[i].fitted += row[k] * r.at[k];
		points[i].without = points[i].fitted - (s->known ? row[2] * r.at[2] + row[3] * r.at[3] : 0);
	}
	bpr_i_free(x);
	bpr_i_free(y);
	return true;
}

bool bpr_i_evidence_series(bpr_evidence *e, enum bpr_evidence_key key)
{
	struct bpr_evidence_series *s = &e->series[key];
	struct bin *bins = bpr_i_calloc(e->cases[0].count + e->cases[1].count, sizeof(*bins));
	size_t count;
	bool good = true;

	*s = (struct bpr_evidence_series){ .level_p = (double)NAN, .slope_p = (double)NAN };
	if (!bins)
		return false;
	count = trim(e, bins, fill(e, key, false, bins));
	split(bins, count, &s->before, &s->after);
	if (s->before < WEEKS || s->after < WEEKS) {
		s->daily = true;
		count = fill(e, key, true, bins);
		split(bins, count, &s->before, &s->after);
	}
	if (!s->daily || (s->before >= DAYS && s->after >= DAYS))
		good = regress(e, key, bins, count);
	bpr_i_free(bins);
	return good;
}

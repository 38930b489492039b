/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Axes with round numbers; see chart_i.h. */
#include "config.h"
#include "base/num_i.h"
#include "base/text_i.h"
#include "report/chart_i.h"
#include <bpr/text.h>
#include <math.h>
#include <string.h>

enum { MOST_TICKS = 60, NUMBER = 420 };

/* k steps, from whole numbers: 3 * 0.1 would be 0.30000000000000004. */
static double steps(const struct chart_axis *a, double k)
{
	return a->power >= 0 ? k * a->mantissa * pow(10, a->power) : k * a->mantissa / pow(10, -a->power);
}

/* 1, 2, 5, 10 … */
static bool next_step(struct chart_axis *a)
{
	if (a->mantissa < 1.5) {
		a->mantissa = 2;
	} else if (a->mantissa < 3) {
		a->mantissa = 5;
	} else {
		a->mantissa = 1;
		a->power++;
	}
	return a->power < 16;
}

static void round_ends(struct chart_axis *a, double lo, double hi)
{
	double step = steps(a, 1);

	/* What rounding adds does not open another step. */
	a->lo = steps(a, floor(lo / step + 1e-9));
	a->hi = steps(a, ceil(hi / step - 1e-9));
	if (!(a->hi > a->lo))
		a->hi = a->lo + step;
}

static bool fits(struct chart *c, const struct chart_axis *a, double least)
{
	const struct chart_pen pen = { .size = 12 };
	double gap = fabs(a->to - a->from) * steps(a, 1) / (a->hi - a->lo);
	double first, last;

	if (gap < least || (a->hi - a->lo) / steps(a, 1) > MOST_TICKS)
		return false;
	if (a->from > a->to)
		return true;
	first = bpr_i_chart_wide(&pen, bpr_i_chart_tick_text(c, a, a->lo));
	last = bpr_i_chart_wide(&pen, bpr_i_chart_tick_text(c, a, a->hi));
	return fmax(first, last) + 8 <= gap || bpr_i_chart_ticks(a) <= 2;
}

static double half_of(struct chart *c, const struct chart_axis *a, double value)
{
	const struct chart_pen pen = { .size = 12 };

	return bpr_i_chart_wide(&pen, bpr_i_chart_tick_text(c, a, value)) / 2;
}

void bpr_i_chart_axis(struct chart *c, struct chart_axis *axis, double lo, double hi, double least)
{
	if (!isfinite(lo) || !isfinite(hi) || hi < lo)
		lo = 0, hi = 1;
	lo = fmax(-1e15, fmin(1e15, lo));
	hi = fmax(-1e15, fmin(1e15, hi));
	if (hi - lo <= fmax(fabs(lo), fabs(hi)) * 1e-9 || hi - lo < 1e-12) { /* one value */
		hi = fmax(hi, lo) + fmax(fabs(hi) * 0.1, hi > 0 || hi < 0 ? 1e-12 : 1);
		lo -= fabs(lo) * 0.1;
	}
	for (int i = 0; i < 3; i++) { /* the last number stays in the picture: a shorter axis may have other numbers */
		double most;

		axis->mantissa = 1;
		axis->power = (int)floor(log10(hi - lo)) - 2;
		do
			round_ends(axis, lo, hi);
		while (!fits(c, axis, least) && next_step(axis));
		most = CHART_WIDTH - 1 - half_of(c, axis, axis->hi);
		if (axis->from > axis->to || axis->to <= most)
			break;
		axis->to = most;
	}
}

void bpr_i_chart_axis_unit(struct chart *c, struct chart_axis *axis, double lo, double hi, double y)
{
	struct chart_pen pen = { .ink = INK_FAINT, .size = 12, .anchor = ANCHOR_END, .room = 130 };
	double end = axis->to, wide = fmin(pen.room, bpr_i_chart_wide(&pen, bpr_i_chart_plain(c, c->figure->unit)));

	for (int i = 0; i < 3; i++) { /* shorter axes may have other numbers */
		bpr_i_chart_axis(c, axis, lo, hi, 60);
		axis->to = fmin(axis->to, end - (wide > 0 ? wide + 10 : 0) - half_of(c, axis, axis->hi));
	}
	(void)bpr_i_chart_text(c, end, y, &pen, c->figure->unit);
}

void bpr_i_chart_unit_before(struct chart *c, const struct chart_axis *axis, double y)
{
	const struct chart_pen pen = { .ink = INK_FAINT, .size = 12, .room = axis->from - half_of(c, axis, axis->lo) - 8 - CHART_EDGE };

	if (pen.room > 20)
		(void)bpr_i_chart_text(c, CHART_EDGE, y, &pen, c->figure->unit);
}

double bpr_i_chart_at(const struct chart_axis *a, double value)
{
	double share = isfinite(value) ? (fmax(a->lo, fmin(a->hi, value)) - a->lo) / (a->hi - a->lo) : 0;

	return a->from + share * (a->to - a->from);
}

size_t bpr_i_chart_ticks(const struct chart_axis *a)
{
	return (size_t)fmin(MOST_TICKS, fmax(0, nearbyint((a->hi - a->lo) / steps(a, 1)))) + 1;
}

double bpr_i_chart_tick(const struct chart_axis *a, size_t i)
{
	return steps(a, nearbyint(a->lo / steps(a, 1)) + (double)i);
}

const char *bpr_i_chart_tick_text(struct chart *c, const struct chart_axis *a, double value)
{
	int power = a->scale == SCALE_PERCENT ? a->power + 2 : a->power;
	double shown = a->scale == SCALE_PERCENT ? value * 100 : value;
	char number[NUMBER + 1];
	size_t n;

	if (power < -6 || fabs(shown) >= 1e15)
		n = bpr_i_num_format(number, NUMBER, shown);
	else
		n = bpr_i_num_fixed(number, NUMBER, shown, power < 0 ? -power : 0, true);
	if (n >= NUMBER)
		n = 0;
	number[n] = '\0';
	if (a->scale == SCALE_PERCENT) {
		number[n++] = '%';
		number[n] = '\0';
	}
	return bpr_i_chart_plain(c, number);
}

void bpr_i_chart_across(struct chart *c, const struct chart_axis *a, double y, double top, double bottom)
{
	const struct chart_pen pen = { .ink = INK_FAINT, .size = 12, .anchor = ANCHOR_MIDDLE };

	for (size_t i = 0; i < bpr_i_chart_ticks(a); i++) {
		double value = bpr_i_chart_tick(a, i), x = bpr_i_chart_at(a, value);

		bpr_i_chart_line(c, (struct chart_point){ x, top }, (struct chart_point){ x, bottom }, INK_GRID, 1, NULL);
		(void)bpr_i_chart_text(c, x, y, &pen, bpr_i_chart_tick_text(c, a, value));
	}
}

void bpr_i_chart_upward(struct chart *c, const struct chart_axis *a, double left, double right)
{
	const struct chart_pen pen = { .ink = INK_FAINT, .size = 12, .anchor = ANCHOR_END };

	for (size_t i = 0; i < bpr_i_chart_ticks(a); i++) {
		double value = bpr_i_chart_tick(a, i), y = bpr_i_chart_at(a, value);

		bpr_i_chart_line(c, (struct chart_point){ left, y }, (struct chart_point){ right, y }, INK_GRID, 1, NULL);
		(void)bpr_i_chart_text(c, left - 8, y + 4, &pen, bpr_i_chart_tick_text(c, a, value));
	}
}

double bpr_i_chart_column(double least, double most, double wide)
{
	return fmax(least, fmin(most, wide));
}

enum chart_ink bpr_i_chart_side(enum bpr_side side)
{
	return side == BPR_SIDE_BEFORE ? INK_BEFORE : INK_AFTER;
}

const char *bpr_i_chart_side_name(struct chart *c, enum bpr_side side)
{
	return side == BPR_SIDE_ONLY ? "" : bpr_text(c->lang, side == BPR_SIDE_BEFORE ? N_("before") : N_("after"));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What adds up to a sum: each bar begins where the one before ended, what is taken away is red, a total stands on zero. Upright
 * where there is room for the names below, else a row each.
 */
#include "config.h"
#include "report/chart_i.h"
#include <math.h>

enum { MOST_UPRIGHT = 8, PLOT = 170, TOP = 46, ROW = 26, BAR = 18 };

struct fall {
	struct chart *c;
	struct chart_axis axis;
	double sum;            /* up to the bar that is drawn */
	double left, pitch;    /* upright: of a bar */
};

static double value_of(const struct bpr_bar *bar)
{
	return isfinite(bar->value) ? fmax(-1e15, fmin(1e15, bar->value)) : 0;
}

/* From where to where the bar goes. */
static void span(const struct bpr_bar *bar, double sum, double *from, double *to)
{
	*from = bar->total ? 0 : sum;
	*to = *from + value_of(bar);
}

static enum chart_ink ink_of(const struct bpr_bar *bar)
{
	if (bar->total)
		return INK_TOTAL;
	return value_of(bar) < 0 || bar->tone == BPR_DOC_WORSE ? INK_WORSE : INK_AFTER;
}

static void reach(const struct bpr_doc_figure *f, double *lo, double *hi)
{
	double sum = 0, from;

	*lo = *hi = 0;
	for (size_t i = 0; i < f->bar_count; i++) {
		span(&f->bars[i], sum, &from, &sum);
		*lo = fmin(*lo, sum);
		*hi = fmax(*hi, sum);
	}
}

static struct chart_pen said_pen(const struct bpr_bar *bar)
{
	return (struct chart_pen){ .ink = bar->total ? INK_TEXT : ink_of(bar), .size = 14, .bold = true, .anchor = ANCHOR_MIDDLE };
}

/* ---- upright ---- */

static void put_column(struct fall *w, size_t i)
{
	struct chart *c = w->c;
	const struct bpr_bar *bar = &c->figure->bars[i];
	struct chart_pen said = said_pen(bar);
	struct chart_pen name = { .ink = INK_TEXT, .size = 13, .anchor = ANCHOR_MIDDLE, .bold = bar->total, .room = w->pitch - 8 };
	double x = w->left + (double)i * w->pitch, width = w->pitch - 14, from, to, a, b, middle = x + w->pitch / 2;

	span(bar, w->sum, &from, &to);
	a = bpr_i_chart_at(&w->axis, fmax(from, to));
	b = bpr_i_chart_at(&w->axis, fmin(from, to));
	bpr_i_chart_open(c, bar->label, bar->said);
	bpr_i_chart_rect(c, &(struct bpr_box){ x + 7, a, width, fmax(b - a, 1.5) }, 2, ink_of(bar));
	said.room = w->pitch - 4;
	if (bpr_i_chart_wide(&said, bpr_i_chart_plain(c, bar->said)) > said.room)
		said.size = 12;
	(void)bpr_i_chart_text(c, middle, a - 6, &said, bar->said);
	(void)bpr_i_chart_lines(c, middle, w->axis.from + 20, &name, bar->label, 3);
	bpr_i_chart_close(c);
	if (i + 1 < c->figure->bar_count) {
		double y = bpr_i_chart_at(&w->axis, to);

		bpr_i_chart_line(c, (struct chart_point){ x + 7 + width, y }, (struct chart_point){ x + w->pitch + 7, y }, INK_LINE, 1, "4 2");
	}
	w->sum = to;
}

static double upright(struct fall *w)
{
	const struct bpr_doc_figure *f = w->c->figure;
	const struct chart_pen pen = { .ink = INK_FAINT, .size = 12, .room = 300 };
	const struct chart_pen name = { .size = 13, .bold = true };
	double lo, hi, wide = 0, zero;
	size_t lines = 1;

	reach(f, &lo, &hi);
	w->axis.from = TOP + PLOT;
	w->axis.to = TOP;
	bpr_i_chart_axis(w->c, &w->axis, lo, hi, 34);
	for (size_t i = 0; i < bpr_i_chart_ticks(&w->axis); i++)
		wide = fmax(wide, bpr_i_chart_wide(&pen, bpr_i_chart_tick_text(w->c, &w->axis, bpr_i_chart_tick(&w->axis, i))));
	w->left = CHART_EDGE + wide + 12;
	w->pitch = fmin(150, (CHART_WIDTH - CHART_EDGE - w->left) / (double)f->bar_count);
	(void)bpr_i_chart_text(w->c, CHART_EDGE, 14, &pen, f->unit);
	bpr_i_chart_upward(w->c, &w->axis, w->left, w->left + w->pitch * (double)f->bar_count);
	for (size_t i = 0; i < f->bar_count; i++) {
		struct chart_pen room = name;
		size_t n;

		room.room = w->pitch - 8;
		(void)bpr_i_chart_wrap(w->c, &room, f->bars[i].label, 3, &n);
		lines = n > lines ? n : lines;
		put_column(w, i);
	}
	zero = bpr_i_chart_at(&w->axis, 0);
	bpr_i_chart_line(w->c, (struct chart_point){ w->left, zero }, (struct chart_point){ w->left + w->pitch * (double)f->bar_count, zero },
			 INK_LINE, 1, NULL);
	return w->axis.from + 20 + (double)lines * bpr_i_chart_leading(&name);
}

/* ---- a row each ---- */

static void put_row(struct fall *w, size_t i, double y, double label_width)
{
	struct chart *c = w->c;
	const struct bpr_bar *bar = &c->figure->bars[i];
	struct chart_pen said = said_pen(bar);
	struct chart_pen name = { .ink = INK_TEXT, .size = 14, .anchor = ANCHOR_END, .bold = bar->total, .room = label_width };
	double from, to, a, b;

	span(bar, w->sum, &from, &to);
	a = bpr_i_chart_at(&w->axis, fmin(from, to));
	b = bpr_i_chart_at(&w->axis, fmax(from, to));
	if (bpr_i_chart_wide(&name, bpr_i_chart_plain(c, bar->label)) > name.room)
		name.size = 12;
	bpr_i_chart_open(c, bar->label, bar->said);
	(void)bpr_i_chart_text(c, CHART_EDGE + label_width, y + 5, &name, bar->label);
	bpr_i_chart_rect(c, &(struct bpr_box){ a, y - BAR / 2, fmax(b - a, 1.5), BAR }, 2, ink_of(bar));
	said.anchor = ANCHOR_START;
	said.size = 12;
	said.room = CHART_WIDTH - CHART_EDGE - b - 6;
	(void)bpr_i_chart_text(c, b + 6, y + 4, &said, bar->said);
	bpr_i_chart_close(c);
	if (i + 1 < c->figure->bar_count) {
		double x = bpr_i_chart_at(&w->axis, to);

		bpr_i_chart_line(c, (struct chart_point){ x, y + BAR / 2 }, (struct chart_point){ x, y + ROW - BAR / 2 }, INK_LINE, 1, NULL);
	}
	w->sum = to;
}

static double rows(struct fall *w)
{
	const struct bpr_doc_figure *f = w->c->figure;
	const struct chart_pen pen = { .size = 14, .bold = true };
	double lo, hi, names = 0, said = 0, y = 28;

	reach(f, &lo, &hi);
	for (size_t i = 0; i < f->bar_count; i++) {
		names = fmax(names, bpr_i_chart_wide(&pen, bpr_i_chart_plain(w->c, f->bars[i].label)));
		said = fmax(said, bpr_i_chart_wide(&pen, bpr_i_chart_plain(w->c, f->bars[i].said)));
	}
	names = bpr_i_chart_column(80, 240, names + 2);
	w->axis.from = CHART_EDGE + names + 14;
	w->axis.to = CHART_WIDTH - 28 - fmin(said, 110);
	bpr_i_chart_axis(w->c, &w->axis, lo, hi, 60);
	bpr_i_chart_unit_before(w->c, &w->axis, 16);
	bpr_i_chart_across(w->c, &w->axis, 16, y - 6, y + (double)f->bar_count * ROW);
	for (size_t i = 0; i < f->bar_count; i++, y += ROW)
		put_row(w, i, y + ROW / 2, names);
	return y + 8;
}

double bpr_i_chart_waterfall(struct chart *c)
{
	const struct chart_pen pen = { .ink = INK_FAINT, .size = 12, .room = CHART_WIDTH - 2 * CHART_EDGE - 60 };
	struct fall w = { .c = c };
	double y;

	if (!c->figure->bar_count)
		return 24;
	y = c->figure->bar_count <= MOST_UPRIGHT ? upright(&w) : rows(&w);
	if (c->figure->note && *c->figure->note)
		y += 8 + (double)bpr_i_chart_lines(c, CHART_EDGE + 50, y + 8, &pen, c->figure->note, 3) * bpr_i_chart_leading(&pen);
	return y;
}

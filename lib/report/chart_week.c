/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Weekdays by hours, the more the darker, with the number in each field so that colour is not all that says it (WEEK); a level day by
 * day, as a line with what is below it filled (DAYS).
 */
#include "config.h"
#include "base/num_i.h"
#include "base/text_i.h"
#include "report/chart_i.h"
#include <bpr/calendar.h>
#include <math.h>
#include <stdio.h>

enum { NAMES = 92, HEAD = 24, CELL = 30, HOURS = 24, WEEKDAYS = 7 };

/* ---- the week ---- */

static const char *small(struct chart *c, double x, bool whole)
{
	char text[64];
	const char *kept;

	if (x < 0.05) /* a tenth of a tenth is no number to be read */
		return "·";
	(void)bpr_i_num_fixed(text, sizeof(text), x, x < 9.95 && !whole ? 1 : 0, true);
	kept = bpr_i_arena_strdup(&c->arena, text);
	if (!kept)
		c->failed = true;
	return kept ? kept : "";
}

static size_t class_of(double x, double most)
{
	size_t class = most > 0 ? (size_t)(x / most * BPR_HEAT_CLASSES) : 0;

	return class < BPR_HEAT_CLASSES ? class : BPR_HEAT_CLASSES - 1;
}

static void put_field(struct chart *c, const struct bpr_box *box, double x, double most, bool whole)
{
	const struct chart_pen pen = { .ink = INK_DARK, .size = 11, .anchor = ANCHOR_MIDDLE, .room = box->width - 2 };

	if (!(x > 0)) {
		bpr_i_chart_rect(c, box, 0, INK_CARD);
		return;
	}
	bpr_i_buf_puts(&c->body, "<rect fill=\"currentColor\"");
	bpr_i_chart_heat(c, class_of(x, most));
	bpr_i_chart_put(c, "x", box->x);
	bpr_i_chart_put(c, "y", box->y);
	bpr_i_chart_put(c, "width", box->width);
	bpr_i_chart_put(c, "height", box->height);
	bpr_i_buf_puts(&c->body, "/>\n");
	(void)bpr_i_chart_text(c, box->x + box->width / 2, box->y + box->height / 2 + 4, &pen, small(c, x, whole));
}

double bpr_i_chart_week(struct chart *c)
{
	const struct bpr_doc_figure *f = c->figure;
	size_t count = f->last_hour - f->first_hour + 1;
	double wide = (CHART_WIDTH - NAMES - 3 * CHART_EDGE) / (double)count, most = 0, y = HEAD + WEEKDAYS * CELL + 18;
	bool whole = true; /* of a single week they are counts, no means */
	const struct chart_pen name = { .ink = INK_TEXT, .size = 12, .anchor = ANCHOR_END, .room = NAMES - 12 };
	const struct chart_pen clock = { .ink = INK_FAINT, .size = 11, .anchor = ANCHOR_MIDDLE };
	const struct chart_pen note = { .ink = INK_FAINT, .size = 12, .room = CHART_WIDTH - NAMES - CHART_EDGE };

	for (size_t i = 0; i < HOURS * WEEKDAYS; i++)
		most = fmax(most, f->week[i]);
	for (size_t i = 0; i < HOURS * WEEKDAYS; i++)
		whole = whole && fabs(f->week[i] - nearbyint(f->week[i])) < 1e-9;
	for (size_t h = 0; h <= count; h++) {
		char hour[16];

		(void)snprintf(hour, sizeof(hour), "%zu", f->first_hour + h);
		(void)bpr_i_chart_text(c, NAMES + wide * (double)h, HEAD - 8, &clock, hour);
	}
	for (size_t w = 0; w < WEEKDAYS; w++) {
		(void)bpr_i_chart_text(c, NAMES - 8, HEAD + CELL * (double)w + CELL / 2 + 4, &name, f->weekdays[w]);
		for (size_t h = 0; h < count; h++)
			put_field(c, &(struct bpr_box){ NAMES + wide * (double)h + 1, HEAD + CELL * (double)w + 1, wide - 2, CELL - 2 },
				  f->week[w * HOURS + f->first_hour + h], most, whole);
	}
	if (f->note && *f->note)
		y += bpr_i_chart_leading(&note) * (double)bpr_i_chart_lines(c, NAMES, y, &note, f->note, 3);
	return y;
}

/* ---- day by day ---- */

enum { PLOT = 180, TOP = 14, RIGHT = 14, LEAST_LABEL = 74 };

struct days { struct chart *c; struct chart_axis axis; double left, wide; };

static double x_of(const struct days *d, double day)
{
	return d->left + d->wide * day / (double)d->c->figure->day_count;
}

/* The first of a month where there is room for its name; of few days each day that has room. */
static void put_dates(const struct days *d)
{
	const struct bpr_doc_figure *f = d->c->figure;
	const struct chart_pen pen = { .ink = INK_FAINT, .size = 11, .anchor = ANCHOR_START };
	bool months = f->day_count > 62;
	double free_from = d->left;

	for (size_t i = 0; i < f->day_count; i++) {
		int year, month, day;
		char text[40];
		double x = x_of(d, (double)i);

		bpr_date_parts(f->first_day + (long)i, &year, &month, &day);
		if (months && day != 1)
			continue;
		bpr_i_chart_line(d->c, (struct chart_point){ x, TOP + PLOT }, (struct chart_point){ x, TOP + PLOT + 5 }, INK_LINE, 1, NULL);
		if (x < free_from || x + LEAST_LABEL > CHART_WIDTH)
			continue;
		(void)snprintf(text, sizeof(text), months ? "%04d-%02d" : "%04d-%02d-%02d", year, month, day);
		(void)bpr_i_chart_text(d->c, x, TOP + PLOT + 18, &pen, text);
		free_from = x + LEAST_LABEL;
	}
}

static void put_level(const struct days *d)
{
	const struct bpr_doc_figure *f = d->c->figure;
	struct bpr_buf *out = &d->c->body;
	/* of more days than points, the highest of those that share one */
	size_t step = f->day_count / 600 + 1;
	double base = bpr_i_chart_at(&d->axis, 0);

	bpr_i_buf_puts(out, "<path fill=\"currentColor\" fill-opacity=\".25\" stroke=\"currentColor\" stroke-width=\"1.4\"");
	bpr_i_chart_ink(d->c, INK_AFTER);
	bpr_i_buf_puts(out, " d=\"M");
	bpr_i_buf_number(out, nearbyint(x_of(d, 0) * 10) / 10);
	bpr_i_buf_putc(out, ' ');
	bpr_i_buf_number(out, nearbyint(base * 10) / 10);
	for (size_t i = 0; i < f->day_count; i += step) {
		double level = 0;

		for (size_t k = i; k < i + step && k < f->day_count; k++)
			level = fmax(level, f->levels[k]);
		bpr_i_buf_putc(out, 'V');
		bpr_i_buf_number(out, nearbyint(bpr_i_chart_at(&d->axis, level) * 10) / 10);
		bpr_i_buf_putc(out, 'H');
		bpr_i_buf_number(out, nearbyint(x_of(d, fmin((double)(i + step), (double)f->day_count)) * 10) / 10);
	}
	bpr_i_buf_putc(out, 'V');
	bpr_i_buf_number(out, nearbyint(base * 10) / 10);
	bpr_i_buf_puts(out, "Z\"/>\n");
}

double bpr_i_chart_days(struct chart *c)
{
	const struct bpr_doc_figure *f = c->figure;
	struct days d = { .c = c, .left = 64 };
	const struct chart_pen pen = { .ink = INK_FAINT, .size = 12 };
	double most = 0;

	d.wide = CHART_WIDTH - d.left - RIGHT;
	for (size_t i = 0; i < f->day_count; i++)
		most = fmax(most, f->levels[i]);
	d.axis.from = TOP + PLOT;
	d.axis.to = TOP;
	bpr_i_chart_axis(c, &d.axis, 0, most, 34);
	bpr_i_chart_upward(c, &d.axis, d.left, d.left + d.wide);
	put_level(&d);
	put_dates(&d);
	if (f->upward)
		(void)bpr_i_chart_text(c, CHART_EDGE, TOP + PLOT + 36, &pen, f->upward);
	return TOP + PLOT + 44;
}

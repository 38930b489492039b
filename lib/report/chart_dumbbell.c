/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Measures before and after on one scale: a ring where the measure was (100), a disc where it gets to, a diamond where that is
 * worse; in front of them the name, behind them the figures.
 */
#include "config.h"
#include "base/text_i.h"
#include "report/chart_i.h"
#include <math.h>
#include <string.h>

enum { TOP = 30, RING = 7, FURTHEST = 300 /* beyond it an arrow leads out of the picture */ };

struct dumbbell {
	struct chart *c;
	struct chart_axis axis;
	double label_width, said_x, said_width, pitch;
	bool any_band, any_worse;
};

static const struct chart_pen name_pen = { .ink = INK_TEXT, .size = 14, .anchor = ANCHOR_END };
static const struct chart_pen said_pen = { .ink = INK_TEXT, .size = 14 };

enum { SAID = 5 };

/* "6 → 1 か所"; no blank before a percent sign. */
static void say(struct chart *c, const struct bpr_dumbbell_row *row, struct chart_run runs[SAID])
{
	const char *unit = bpr_i_chart_plain(c, row->unit);
	const struct chart_run filled[SAID] = {
		{ bpr_i_chart_plain(c, row->said_before), INK_TEXT, false }, { " → ", INK_TEXT, false },
		{ bpr_i_chart_plain(c, row->said_after), row->better < 0 ? INK_WORSE : INK_AFTER, true },
		{ *unit && *unit != '%' ? " " : "", INK_TEXT, false }, { unit, INK_TEXT, false },
	};

	memcpy(runs, filled, sizeof(filled));
}

static double said_wide(struct chart *c, const struct bpr_dumbbell_row *row)
{
	struct chart_run runs[SAID];
	double sum = 0;

	say(c, row, runs);
	for (size_t i = 0; i < SAID; i++) {
		struct chart_pen pen = { .size = said_pen.size, .bold = runs[i].bold };

		sum += bpr_i_chart_wide(&pen, runs[i].text);
	}
	return sum;
}

static void grow(double *hi, bool known, const double band[2])
{
	if (known && isfinite(band[1]))
		*hi = fmax(*hi, band[1]);
}

static void measure(struct dumbbell *d)
{
	const struct bpr_doc_figure *f = d->c->figure;
	double names = 0, said = 0, hi = 100;

	for (size_t i = 0; i < f->row_count; i++) {
		const struct bpr_dumbbell_row *row = &f->rows[i];

		names = fmax(names, bpr_i_chart_wide(&name_pen, bpr_i_chart_plain(d->c, row->label)));
		said = fmax(said, said_wide(d->c, row));
		d->any_worse = d->any_worse || row->better < 0;
		if (!row->scaled)
			continue;
		if (isfinite(row->after))
			hi = fmax(hi, row->after);
		grow(&hi, row->band_before_known, row->band_before);
		grow(&hi, row->band_after_known, row->band_after);
	}
	d->label_width = bpr_i_chart_column(90, 230, names + 2);
	d->said_width = bpr_i_chart_column(110, 210, said + 2);
	d->said_x = CHART_WIDTH - CHART_EDGE - d->said_width;
	d->axis.from = CHART_EDGE + d->label_width + 22;
	d->axis.to = d->said_x - 26;
	d->pitch = f->row_count > 14 ? 28 : 34;
	if (hi <= 112) { /* a band may stand a little over 100 */
		double over = fmax(0, hi - 100) / 100;

		d->axis.to = d->axis.from + (d->axis.to - d->axis.from) / (1 + over);
		d->axis.lo = 0;
		d->axis.hi = 100;
		d->axis.mantissa = 25;
	} else {
		bpr_i_chart_axis(d->c, &d->axis, 0, fmin(hi, FURTHEST), 60);
	}
}

/* Pixels of a value: the scale goes on behind its last line. */
static double at(const struct dumbbell *d, double value)
{
	double x = d->axis.from + fmax(0, value) / d->axis.hi * (d->axis.to - d->axis.from);

	return fmin(x, d->said_x - 22);
}

static void put_band(struct dumbbell *d, const double band[2], double y, enum chart_ink ink)
{
	double from, to;

	if (!isfinite(band[0]) || !isfinite(band[1]) || band[1] < band[0])
		return;
	from = at(d, band[0]) - 3;
	to = at(d, band[1]) + 3;
	if (to - from <= 2 * RING) /* narrower than the mark on it */
		return;
	d->any_band = true;
	bpr_i_chart_rect(d->c, &(struct bpr_box){ from, y - 9, to - from, 18 }, 9, ink);
}

static void put_after(struct chart *c, double x, double y, double r, bool worse)
{
	const struct chart_point points[] = { { x, y - r - 1 }, { x + r + 1, y }, { x, y + r + 1 }, { x - r - 1, y } };

	if (worse)
		bpr_i_chart_polygon(c, points, 4, INK_WORSE);
	else
		bpr_i_chart_disc(c, x, y, r, INK_AFTER);
}

static void put_way(struct dumbbell *d, const struct bpr_dumbbell_row *row, double y)
{
	double from = at(d, 100), to = at(d, row->after), way = to > from ? 1 : -1;
	bool beyond = row->after > d->axis.hi && to >= d->said_x - 22.5;
	enum chart_ink ink = row->better < 0 ? INK_WORSE : INK_LINE;

	if (row->band_before_known)
		put_band(d, row->band_before, y, INK_AWAY);
	if (row->band_after_known)
		put_band(d, row->band_after, y, INK_BAND);
	if (fabs(to - from) > RING) {
		bpr_i_chart_line(d->c, (struct chart_point){ from + way * RING, y }, (struct chart_point){ to, y }, ink, 3, NULL);
		if (fabs(to - from) > 2 * RING + 12 && !beyond)
			bpr_i_chart_tip(d->c, to - way * (RING + 1), y, way, ink == INK_LINE ? INK_BEFORE : ink);
	}
	bpr_i_chart_ring(d->c, from, y, RING, INK_BEFORE, 3);
	if (beyond) { /* off the scale: two heads */
		bpr_i_chart_tip(d->c, to, y, way, ink == INK_LINE ? INK_AFTER : ink);
		bpr_i_chart_tip(d->c, to + 8, y, way, ink == INK_LINE ? INK_AFTER : ink);
	} else {
		put_after(d->c, to, y, fabs(to - from) < 4 ? RING - 3 : RING, row->better < 0);
	}
}

static void put_said(struct dumbbell *d, const struct bpr_dumbbell_row *row, double y)
{
	struct chart_pen pen = said_pen;
	struct chart_run runs[SAID];

	pen.room = d->said_width;
	if (said_wide(d->c, row) > pen.room)
		pen.size = 12;
	say(d->c, row, runs);
	(void)bpr_i_chart_runs(d->c, d->said_x, y, &pen, runs, SAID);
}

static void put_row(struct dumbbell *d, const struct bpr_dumbbell_row *row, double y)
{
	struct chart_pen pen = name_pen;

	pen.room = d->label_width;
	if (bpr_i_chart_wide(&pen, bpr_i_chart_plain(d->c, row->label)) > pen.room)
		pen.size = 12;
	bpr_i_chart_middle(d->c, CHART_EDGE + d->label_width, y, &pen, row->label, d->pitch > 30 ? 2 : 1);
	if (row->scaled && isfinite(row->after)) {
		put_way(d, row, y);
	} else if (row->better) {
		const struct chart_pen faint = { .ink = row->better < 0 ? INK_WORSE : INK_FAINT, .size = 12,
						 .room = d->said_x - d->axis.from - 20 };

		(void)bpr_i_chart_text(d->c, d->axis.from + 12, y + 4, &faint, bpr_i_chart_say(d->c, N_("new: there was none before"), NULL));
	}
	put_said(d, row, y + 5);
}

enum sign { SIGN_RING = 0, SIGN_DISC, SIGN_DIAMOND, SIGN_BAND };

/* A sign and what it means, on a new line where this one is full. */
static void put_sign(struct dumbbell *d, struct chart_keys *keys, enum sign sign, const char *id)
{
	const struct chart_pen pen = { .ink = INK_TEXT, .size = 12, .room = 300 };
	const char *text = bpr_i_chart_say(d->c, id, NULL);
	double before = sign == SIGN_BAND ? 38 : 20, wide = before + fmin(pen.room, bpr_i_chart_wide(&pen, text)), y;

	if (keys->x > keys->left && keys->x + wide > CHART_WIDTH - CHART_EDGE) {
		keys->x = keys->left;
		keys->y += 21;
	}
	y = keys->y - 4;
	switch (sign) {
	case SIGN_RING: bpr_i_chart_ring(d->c, keys->x + 6, y, 6, INK_BEFORE, 3); break;
	case SIGN_DISC: put_after(d->c, keys->x + 6, y, 6, false); break;
	case SIGN_DIAMOND: put_after(d->c, keys->x + 6, y, 6, true); break;
	case SIGN_BAND: bpr_i_chart_rect(d->c, &(struct bpr_box){ keys->x, y - 9, 30, 18 }, 9, INK_BAND); break;
	}
	(void)bpr_i_chart_text(d->c, keys->x + before, keys->y, &pen, text);
	keys->x += wide + 26;
}

static double put_legend(struct dumbbell *d, double y)
{
	struct chart_keys keys = { d->axis.from - 6, d->axis.from - 6, y };

	put_sign(d, &keys, SIGN_RING, N_("before"));
	put_sign(d, &keys, SIGN_DISC, N_("after"));
	if (d->any_worse)
		put_sign(d, &keys, SIGN_DIAMOND, N_("gets worse"));
	if (d->any_band)
		put_sign(d, &keys, SIGN_BAND, N_("95% interval (simulated)"));
	return keys.y;
}

double bpr_i_chart_dumbbell(struct chart *c)
{
	const struct bpr_doc_figure *f = c->figure;
	struct chart_pen small = { .ink = INK_FAINT, .size = 12 };
	const char *unit;
	struct dumbbell d = { .c = c };
	double y, bottom, top = TOP;

	measure(&d);
	unit = f->unit && *f->unit ? f->unit : bpr_i_chart_say(c, N_("(before = 100)"), NULL);
	if (bpr_i_chart_wide(&small, unit) <= d.said_width) {
		(void)bpr_i_chart_text(c, d.said_x, 18, &small, unit);
	} else {
		small.room = d.said_width;
		small.size = 11;
		top = TOP + 8 + (bpr_i_chart_lines(c, d.said_x, 12, &small, unit, 2) > 1 ? 4 : 0);
	}
	bottom = top + (double)f->row_count * d.pitch;
	bpr_i_chart_across(c, &d.axis, 18, TOP - 4, bottom);
	y = top + d.pitch / 2;
	for (size_t i = 0; i < f->row_count; i++, y += d.pitch) {
		bpr_i_chart_open(c, NULL, NULL);
		put_row(&d, &f->rows[i], y);
		bpr_i_chart_close(c);
	}
	y = bottom + 20;
	y = put_legend(&d, y);
	if (f->note && *f->note) {
		struct chart_pen note = { .ink = INK_FAINT, .size = 12, .room = CHART_WIDTH - 2 * CHART_EDGE };
		size_t n = bpr_i_chart_lines(c, CHART_EDGE, y + 22, &note, f->note, 3);

		y += 22 + (double)(n ? n - 1 : 0) * bpr_i_chart_leading(&note);
	}
	return y + 10;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One length a row: any figure (BARS), or how busy people are, with the range where queues grow (LOAD). */
#include "config.h"
#include "report/chart_i.h"
#include <math.h>
#include <string.h>

enum { ROW = 26, BAR = 18, TOP = 28, BUSIEST = 2 /* of a load: beyond it the bar ends in a tip */ };

struct bars {
	struct chart *c;
	struct chart_axis axis;
	double side_width, label_width, bottom;
	bool load, split;      /* split: rows of before and rows of after */
};

static double value_of(const struct bpr_bar *bar)
{
	return isfinite(bar->value) ? bar->value : 0;
}

static const char *side_name(struct bars *b, enum bpr_side side)
{
	const char *given = b->load && side != BPR_SIDE_ONLY ? b->c->figure->captions[side] : NULL;

	return given && *given ? given : bpr_i_chart_side_name(b->c, side);
}

static void measure(struct bars *b)
{
	const struct bpr_doc_figure *f = b->c->figure;
	const struct chart_pen pen = { .size = 14, .bold = true }, side = { .size = 12, .bold = true };
	double names = 0, lo = 0, hi = b->load ? 1 : 0, said = 0;

	for (size_t i = 0; i < f->bar_count; i++) {
		names = fmax(names, bpr_i_chart_wide(&pen, bpr_i_chart_plain(b->c, f->bars[i].label)));
		said = fmax(said, bpr_i_chart_wide(&pen, bpr_i_chart_plain(b->c, f->bars[i].said)));
		lo = fmin(lo, value_of(&f->bars[i]));
		hi = fmax(hi, value_of(&f->bars[i]));
		b->split = b->split || f->bars[i].side != f->bars[0].side;
	}
	if (b->load) {
		lo = 0;
		hi = fmin(hi, BUSIEST);
	}
	for (int i = 0; b->split && i < 2; i++)
		b->side_width = fmax(b->side_width, bpr_i_chart_wide(&side, bpr_i_chart_plain(b->c, side_name(b, (enum bpr_side)i))) + 14);
	b->side_width = fmin(b->side_width, 120);
	b->label_width = bpr_i_chart_column(80, 230, names + 2);
	b->axis.scale = b->load ? SCALE_PERCENT : SCALE_PLAIN;
	b->axis.from = CHART_EDGE + b->side_width + b->label_width + 12;
	b->axis.to = CHART_WIDTH - (b->load && f->zone > 0 && f->zone_label ? 96 : 28 + fmin(said, 110));
	bpr_i_chart_axis(b->c, &b->axis, lo, hi, 60);
}

static void put_zone(struct bars *b)
{
	const struct bpr_doc_figure *f = b->c->figure;
	const struct chart_pen pen = { .ink = INK_WORSE, .size = 12, .room = CHART_WIDTH - CHART_EDGE - b->axis.to - 6 };
	double x = bpr_i_chart_at(&b->axis, f->zone);

	if (!b->load || !(f->zone > 0) || !(x < b->axis.to))
		return;
	bpr_i_chart_rect(b->c, &(struct bpr_box){ x, TOP - 4, b->axis.to - x, b->bottom - TOP + 4 }, 0, INK_ZONE);
	(void)bpr_i_chart_lines(b->c, b->axis.to + 6, TOP + 8, &pen, f->zone_label, f->bar_count < 5 ? f->bar_count : 5);
}

static void put_bar(struct bars *b, const struct bpr_bar *bar, double y)
{
	struct chart *c = b->c;
	const struct bpr_doc_figure *f = c->figure;
	struct chart_pen name = { .ink = INK_TEXT, .size = 14, .anchor = ANCHOR_END, .room = b->label_width };
	struct chart_pen said = { .ink = INK_ON, .size = 12, .bold = true, .anchor = ANCHOR_END };
	enum chart_ink ink = bar->tone == BPR_DOC_WORSE ? INK_WORSE : bpr_i_chart_side(bar->side);
	double zero = bpr_i_chart_at(&b->axis, 0), end = bpr_i_chart_at(&b->axis, value_of(bar)), wide, inside, outside;
	bool beyond = value_of(bar) > b->axis.hi * (1 + 1e-9);

	name.bold = bar->tone == BPR_DOC_WORSE || bar->tone == BPR_DOC_STRONG;
	if (bpr_i_chart_wide(&name, bpr_i_chart_plain(c, bar->label)) > name.room)
		name.size = 12;
	bpr_i_chart_open(c, bar->label, bar->said);
	(void)bpr_i_chart_text(c, b->axis.from - 10, y + 5, &name, bar->label);
	if (fabs(end - zero) > 0)
		bpr_i_chart_rect(c, &(struct bpr_box){ fmin(zero, end), y - BAR / 2, fabs(end - zero), BAR }, 2, ink);
	wide = bpr_i_chart_wide(&said, bpr_i_chart_plain(c, bar->said));
	if (beyond)
		bpr_i_chart_tip(c, end - 3, y, 1, INK_ON);
	inside = fabs(end - zero) - (beyond ? 8 : 0) - 12;
	outside = (b->load && f->zone > 0 && f->zone_label ? b->axis.to : CHART_WIDTH - CHART_EDGE) - fmax(end, zero) - 6;
	if (wide <= inside || (wide > outside && inside > outside)) {
		said.room = inside;
		said.anchor = end >= zero ? ANCHOR_END : ANCHOR_START;
		(void)bpr_i_chart_text(c, end >= zero ? end - 7 - (beyond ? 8 : 0) : end + 7, y + 4, &said, bar->said);
	} else { /* behind the bar; of one to the left, on the other side of zero */
		said.ink = INK_TEXT;
		said.anchor = ANCHOR_START;
		said.room = outside;
		(void)bpr_i_chart_text(c, fmax(end, zero) + 6, y + 4, &said, bar->said);
	}
	bpr_i_chart_close(c);
}

/* Names of the two sides, each beside the middle of its rows, and what divides them. */
static void put_side(struct bars *b, enum bpr_side side, double from, double to)
{
	const struct chart_pen pen = { .ink = side == BPR_SIDE_BEFORE ? INK_FAINT : INK_AFTER, .size = 12, .bold = true,
				       .room = b->side_width - 6 };

	bpr_i_chart_middle(b->c, CHART_EDGE, (from + to) / 2, &pen, side_name(b, side), to - from > 50 ? 3 : 1);
	if (from > TOP + 1)
		bpr_i_chart_line(b->c, (struct chart_point){ CHART_EDGE, from - 4 }, (struct chart_point){ b->axis.to, from - 4 }, INK_LINE, 1,
				 "2 4");
}

static double draw(struct bars *b)
{
	const struct bpr_doc_figure *f = b->c->figure;
	double y = TOP, from = TOP;
	struct chart_pen pen = { .ink = INK_FAINT, .size = 12, .room = CHART_WIDTH - 2 * CHART_EDGE };

	measure(b);
	b->bottom = TOP + (double)f->bar_count * ROW;
	for (size_t i = 1; i < f->bar_count; i++)
		b->bottom += f->bars[i].side != f->bars[i - 1].side ? 8 : 0;
	put_zone(b);
	bpr_i_chart_across(b->c, &b->axis, 16, TOP - 6, b->bottom);
	if (!b->load)
		bpr_i_chart_unit_before(b->c, &b->axis, 16);
	for (size_t i = 0; i < f->bar_count; i++, y += ROW) {
		if (i && f->bars[i].side != f->bars[i - 1].side) {
			put_side(b, f->bars[i - 1].side, from, y);
			y += 8;
			from = y;
		}
		put_bar(b, &f->bars[i], y + ROW / 2);
	}
	if (b->split && f->bar_count)
		put_side(b, f->bars[f->bar_count - 1].side, from, y);
	y = b->bottom + 6;
	if (f->note && *f->note) {
		pen.room = CHART_WIDTH - CHART_EDGE - b->axis.from;
		y += 12 + (double)bpr_i_chart_lines(b->c, b->axis.from, y + 12, &pen, f->note, 3) * bpr_i_chart_leading(&pen) - 8;
	}
	return y + 4;
}

double bpr_i_chart_load(struct chart *c)
{
	struct bars b = { .c = c, .load = true };

	return draw(&b);
}

double bpr_i_chart_bars(struct chart *c)
{
	struct bars b = { .c = c };

	return draw(&b);
}

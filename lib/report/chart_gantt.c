/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What runs from which fiscal year on, and below it, in the same columns, what each year costs and brings. */
#include "config.h"
#include "base/text_i.h"
#include "report/chart_i.h"
#include <math.h>

enum { HEAD = 26, ROW = 30, ROW_OF_TWO = 36, BAR = 20, PANEL = 80, PANEL_TOP = 30, PANEL_LOW = 12, GAP = 10 };

struct gantt { struct chart *c; double names, left, wide, row, bottom; };

static double x_of(const struct gantt *g, double year)
{
	return g->left + g->wide * year;
}

static void measure(struct gantt *g)
{
	const struct bpr_doc_figure *f = g->c->figure;
	const struct chart_pen pen = { .size = 13 }, bold = { .size = 12, .bold = true };
	double names = 0;

	for (size_t i = 0; i < f->rows_of_years_count; i++)
		names = fmax(names, bpr_i_chart_wide(&pen, bpr_i_chart_plain(g->c, f->rows_of_years[i].label)));
	for (size_t i = 0; i < f->panel_count; i++)
		names = fmax(names, bpr_i_chart_wide(&bold, bpr_i_chart_plain(g->c, f->panels[i].label)));
	g->names = bpr_i_chart_column(110, 250, names + 2);
	g->row = names + 2 > g->names ? ROW_OF_TWO : ROW;
	g->left = CHART_EDGE + g->names + 12;
	g->wide = (CHART_WIDTH - CHART_EDGE - g->left) / (double)f->year_count;
}

/* Names of the years where they fit, else short ones, else only as many as fit. */
static void put_years(struct gantt *g)
{
	const struct bpr_doc_figure *f = g->c->figure;
	struct chart_pen pen = { .ink = INK_FAINT, .size = 12, .anchor = ANCHOR_MIDDLE, .bold = true };
	double whole = 0, brief = 0;
	size_t every = 1;

	for (size_t i = 0; i < f->year_count; i++) {
		whole = fmax(whole, bpr_i_chart_wide(&pen, f->years[i]));
		brief = fmax(brief, bpr_i_chart_wide(&pen, f->short_years[i]));
	}
	while (whole + 8 > g->wide && (brief + 6) > g->wide * (double)every)
		every++;
	for (size_t i = 0; i <= f->year_count; i++)
		bpr_i_chart_line(g->c, (struct chart_point){ x_of(g, (double)i), HEAD - 6 }, (struct chart_point){ x_of(g, (double)i), g->bottom }, INK_GRID, 1, NULL);
	for (size_t i = 0; i < f->year_count; i += every)
		(void)bpr_i_chart_text(g->c, x_of(g, (double)i + 0.5), 14, &pen, whole + 8 <= g->wide ? f->years[i] : f->short_years[i]);
}

static void put_row(struct gantt *g, const struct bpr_gantt_row *r, double y)
{
	const struct chart_pen name = { .ink = INK_TEXT, .size = 13, .anchor = ANCHOR_END, .room = g->names };
	struct chart_pen said = { .ink = INK_ON, .size = 12, .bold = true };
	double from = x_of(g, (double)r->start + r->from), to = x_of(g, (double)g->c->figure->year_count);
	double wide = bpr_i_chart_wide(&said, bpr_i_chart_plain(g->c, r->said));

	bpr_i_chart_open(g->c, r->label, r->said);
	bpr_i_chart_middle(g->c, g->left - 8, y, &name, r->label, 2);
	if (r->from > 0) /* the year in which it is prepared */
		bpr_i_chart_frame(g->c, &(struct bpr_box){ x_of(g, (double)r->start) + 1.5, y - BAR / 2 + 0.5, fmax(1, from - x_of(g, (double)r->start) - 2), BAR - 1 }, 3, INK_AFTER, 1);
	bpr_i_chart_rect(g->c, &(struct bpr_box){ from, y - BAR / 2, fmax(2, to - from - 2), BAR }, 3, INK_AFTER);
	if (wide + 12 <= to - from) {
		(void)bpr_i_chart_text(g->c, from + 7, y + 4, &said, r->said);
	} else {
		said.ink = INK_TEXT;
		said.anchor = ANCHOR_END;
		said.room = x_of(g, (double)r->start) - g->left - 6;
		if (said.room > 30)
			(void)bpr_i_chart_text(g->c, x_of(g, (double)r->start) - 5, y + 4, &said, r->said);
	}
	bpr_i_chart_close(g->c);
}

/* ---- what the years cost and bring ---- */

struct panel { struct gantt *g; const struct bpr_gantt_panel *p; double top, zero, high, low; };

static double y_of(const struct panel *n, double value)
{
	double room = PANEL - PANEL_TOP - PANEL_LOW, range = n->high - n->low;

	return n->top + PANEL_TOP + (range > 0 ? (n->high - value) / range : 1) * room;
}

static double number_of(double x)
{
	return isfinite(x) ? x : 0;
}

static void find_range(struct panel *n, size_t years)
{
	n->high = n->low = 0;
	for (size_t i = 0; i < years; i++) {
		n->high = fmax(n->high, number_of(n->p->values[i]));
		n->low = fmin(n->low, number_of(n->p->values[i]));
	}
	if (isfinite(n->p->limit) && n->p->limit < 4 * fmax(n->high, 1e-12)) /* a limit far above would flatten everything */
		n->high = fmax(n->high, n->p->limit);
	n->zero = y_of(n, 0);
}

/* Above the value, below the axis of a loss; where the limit would go through it, in the bar or above the limit. */
static void put_said(struct panel *n, double x, double y, double value, struct chart_pen *pen, const char *said)
{
	double limit = isfinite(n->p->limit) && n->p->limit <= n->high ? y_of(n, n->p->limit) : -100, at = value < 0 ? y + 11 : y - 5;

	pen->ink = INK_TEXT;
	if (value >= 0 && at > limit - 3 && at - 9 < limit + 2) {
		bool inside = !n->p->line && n->zero - y >= 15;

		at = inside ? y + 12 : limit - 4;
		pen->ink = inside ? INK_ON : INK_TEXT;
	}
	(void)bpr_i_chart_text(n->g->c, x, at, pen, said);
}

static void put_values(struct panel *n, size_t years)
{
	struct gantt *g = n->g;
	struct chart_pen pen = { .ink = INK_TEXT, .size = 11, .anchor = ANCHOR_MIDDLE, .room = g->wide - 3 };
	double thick = fmin(46, g->wide * 0.5);

	for (size_t i = 0; i < years; i++) {
		double value = number_of(n->p->values[i]), y = y_of(n, value), x = x_of(g, (double)i + 0.5);

		if (!n->p->line && fabs(y - n->zero) > 0.2)
			bpr_i_chart_rect(g->c, &(struct bpr_box){ x - thick / 2, fmin(y, n->zero), thick, fabs(y - n->zero) }, 1, value < 0 ? INK_WORSE : INK_AFTER);
		if (n->p->line && i)
			bpr_i_chart_line(g->c, (struct chart_point){ x_of(g, (double)i - 0.5), y_of(n, number_of(n->p->values[i - 1])) }, (struct chart_point){ x, y }, INK_AFTER, 2, NULL);
	}
	for (size_t i = 0; i < years; i++) {
		double value = number_of(n->p->values[i]), y = y_of(n, value), x = x_of(g, (double)i + 0.5);

		if (n->p->line)
			bpr_i_chart_disc(g->c, x, y, 3.5, INK_AFTER);
		if (g->wide >= 40)
			put_said(n, x, y, value, &pen, n->p->said[i]);
	}
}

static void put_panel(struct gantt *g, const struct bpr_gantt_panel *p, double top)
{
	const struct bpr_doc_figure *f = g->c->figure;
	struct panel n = { .g = g, .p = p, .top = top };
	const struct chart_pen name = { .ink = INK_TEXT, .size = 12, .bold = true, .anchor = ANCHOR_END, .room = g->names };
	struct chart_pen small = { .ink = INK_FAINT, .size = 11, .anchor = ANCHOR_END, .room = g->names };
	struct chart_pen mark = { .ink = INK_TEXT, .size = 11, .bold = true, .anchor = ANCHOR_MIDDLE };

	find_range(&n, f->year_count);
	bpr_i_chart_line(g->c, (struct chart_point){ CHART_EDGE, top }, (struct chart_point){ CHART_WIDTH - CHART_EDGE, top }, INK_LINE, 1, "2 4");
	(void)bpr_i_chart_text(g->c, g->left - 8, top + PANEL / 2 - 2, &name, p->label);
	(void)bpr_i_chart_text(g->c, g->left - 8, top + PANEL / 2 + 13, &small, p->unit);
	bpr_i_chart_line(g->c, (struct chart_point){ g->left, n.zero }, (struct chart_point){ x_of(g, (double)f->year_count), n.zero }, INK_LINE, 1, NULL);
	put_values(&n, f->year_count);
	if (isfinite(p->limit)) {
		double y = p->limit <= n.high ? y_of(&n, p->limit) : n.top + 6;

		if (p->limit <= n.high)
			bpr_i_chart_line(g->c, (struct chart_point){ g->left, y }, (struct chart_point){ x_of(g, (double)f->year_count), y }, INK_WORSE, 1.5, "6 4");
		small.ink = INK_WORSE;
		(void)bpr_i_chart_text(g->c, g->left - 8, top + PANEL / 2 + 27, &small, p->said_limit);
	}
	if (p->marked != BPR_NONE && p->marked < f->year_count) {
		double x = x_of(g, (double)p->marked + 0.5), half = bpr_i_chart_wide(&mark, p->mark) / 2;

		(void)bpr_i_chart_text(g->c, fmax(g->left + half + 3, fmin(x, CHART_WIDTH - CHART_EDGE - half)), fmax(top + 11, y_of(&n, number_of(p->values[p->marked])) - 18), &mark, p->mark);
	}
}

double bpr_i_chart_gantt(struct chart *c)
{
	const struct bpr_doc_figure *f = c->figure;
	struct gantt g = { .c = c };
	const struct chart_pen note = { .ink = INK_FAINT, .size = 12, .room = CHART_WIDTH - 2 * CHART_EDGE };
	double y = HEAD;

	if (!f->year_count)
		return 24;
	measure(&g);
	g.bottom = HEAD + (double)f->rows_of_years_count * g.row + (f->panel_count ? GAP + (double)f->panel_count * PANEL : 0);
	put_years(&g);
	for (size_t i = 0; i < f->rows_of_years_count; i++, y += g.row)
		put_row(&g, &f->rows_of_years[i], y + g.row / 2);
	y += f->panel_count ? GAP : 0;
	for (size_t i = 0; i < f->panel_count; i++, y += PANEL)
		put_panel(&g, &f->panels[i], y);
	if (f->note && *f->note) {
		y += 18;
		y += (double)(bpr_i_chart_lines(c, CHART_EDGE, y, &note, f->note, 3) - 1) * bpr_i_chart_leading(&note);
	}
	return y + 8;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The forms that are filled in, as sheets of paper: on the left those of before, an arrow, those of after. What is written by
 * hand is a red scrawl, what somebody else has filled in a blue bar; so both tell themselves apart in grey too.
 */
#include "config.h"
#include "base/text_i.h"
#include "report/chart_i.h"
#include <math.h>

enum {
	PAPER = 120, GAP = 12, ARROW = 72, TOP = 12, MOST_PAPERS = 12, MOST_FIELDS = 7, FIELD = 18, NAME = 66 /* of a field */
};

struct side {
	size_t shown, hidden;   /* papers */
	size_t columns, rows;
	double left, top, width;
};

struct forms {
	struct chart *c;
	struct side sides[2];
	bool two;               /* before and after */
	size_t fields;          /* lines of fields on a sheet */
	double paper_height;
	bool any_printed, any_written, any_times;
};

static const struct chart_pen title_pen = { .ink = INK_TEXT, .size = 12, .anchor = ANCHOR_MIDDLE, .bold = true, .room = PAPER - 12 };
static const struct chart_pen field_pen = { .ink = INK_FAINT, .size = 11, .room = NAME };

static size_t rows_of(const struct side *s, size_t columns)
{
	size_t things = s->shown + (s->hidden > 0);

	return columns ? (things + columns - 1) / columns : 0;
}

/* How many sheets stand beside each other: fewest rows, then as few columns as do. */
static void share_columns(struct forms *m)
{
	const size_t room = m->two ? 4 : 5;
	size_t best = 1;

	if (m->two) {
		size_t least = (size_t)-1;

		for (size_t k = 1; k < room + 1; k++) {
			size_t left = rows_of(&m->sides[0], k), right = rows_of(&m->sides[1], room + 1 - k);
			size_t most = left > right ? left : right;

			if (most < least) {
				least = most;
				best = k;
			}
		}
		m->sides[1].columns = room + 1 - best;
	} else {
		best = room;
	}
	m->sides[0].columns = best;
	for (size_t i = 0; i < 2; i++) {
		struct side *s = &m->sides[i];
		size_t things = s->shown + (s->hidden > 0);

		if (s->columns > things)
			s->columns = things;
		s->rows = rows_of(s, s->columns);
		while (s->columns > 1 && rows_of(s, s->columns - 1) == s->rows)
			s->columns--;
		s->width = s->columns ? (double)s->columns * (PAPER + GAP) : 150;
	}
}

static bool is_once(double times)
{
	return !isfinite(times) || fabs(times - 1) < 0.005;
}

static void measure(struct forms *m)
{
	const struct bpr_doc_figure *f = m->c->figure;
	size_t rows, most = 0;

	m->two = f->paper_count[1] || (f->captions[1] && *f->captions[1]) || f->papers_more[1];
	for (size_t i = 0; i < 2; i++) {
		struct side *s = &m->sides[i];

		s->shown = f->paper_count[i];
		if (s->shown + (f->papers_more[i] > 0) > MOST_PAPERS) /* "and 4 more" takes the place of a sheet */
			s->shown = MOST_PAPERS - 1;
		s->hidden = f->papers_more[i] + f->paper_count[i] - s->shown;
		for (size_t k = 0; k < s->shown; k++) {
			const struct bpr_form_paper *p = &f->papers[i][k];
			size_t lines = p->field_count + (p->more > 0);

			most = lines > most ? lines : most;
			m->any_times = m->any_times || (p->written > 0 && !is_once(p->written));
			for (size_t j = 0; j < p->field_count; j++) {
				m->any_printed = m->any_printed || p->fields[j].printed;
				m->any_written = m->any_written || (!p->fields[j].printed && p->fields[j].times > 0);
			}
		}
	}
	share_columns(m);
	rows = m->sides[0].rows > m->sides[1].rows ? m->sides[0].rows : m->sides[1].rows;
	m->fields = rows > 2 ? 3 : rows > 1 ? 4 : MOST_FIELDS;
	if (m->fields > most)
		m->fields = most;
	m->paper_height = 46 + fmax(2, (double)m->fields) * FIELD + (m->any_times ? 28 : 14);
	m->sides[0].left = CHART_EDGE + 4;
	if (m->two) { /* in the middle as a whole */
		double spare = CHART_WIDTH - m->sides[0].width - m->sides[1].width - ARROW - 2 * CHART_EDGE;

		m->sides[0].left += fmax(0, spare / 2);
		m->sides[1].left = m->sides[0].left + m->sides[0].width + ARROW;
	}
}

/* A scrawl of a hand. */
static void put_scrawl(struct chart *c, double x, double y, double width)
{
	double q = width / 4;

	bpr_i_buf_puts(&c->body, "<path d=\"M");
	bpr_i_buf_number(&c->body, nearbyint(x * 100) / 100);
	bpr_i_buf_putc(&c->body, ' ');
	bpr_i_buf_number(&c->body, nearbyint(y * 100) / 100);
	for (int i = 0; i < 4; i++)
		bpr_i_buf_printf(&c->body, "q%d %d %d %d", (int)(q / 2), i % 2 ? 9 : -9, (int)q, i % 2 ? 2 : -2);
	bpr_i_buf_puts(&c->body, "\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.7\" stroke-linecap=\"round\"");
	bpr_i_chart_ink(c, INK_HAND);
	bpr_i_buf_puts(&c->body, "/>\n");
}

static const char *times_of(struct chart *c, double times)
{
	if (is_once(times))
		return "";
	return times < 1000 ? bpr_i_chart_say(c, N_("×{1}"), bpr_i_chart_count(c, nearbyint(times * 100) / 100)) : "×999+";
}

/* `each`: how often it is written whenever the form is filled in; how often that is stands at the corner of the sheet. */
static void put_field(struct forms *m, const struct bpr_form_paper_field *field, double each, double x, double y)
{
	struct chart *c = m->c;
	const struct chart_pen pen = { .ink = INK_HAND, .size = 11, .anchor = ANCHOR_END, .bold = true };
	const char *times = field->printed || !(field->times > 0) ? "" : times_of(c, each);
	double wide = bpr_i_chart_wide(&pen, times), name = wide > 0 ? fmin(NAME - 18, PAPER - 24 - wide) : NAME;
	double from = x + 10 + name, room = PAPER - 18 - name - (wide > 0 ? wide + 2 : 0);
	struct chart_pen words = field_pen;

	bpr_i_chart_open(c, NULL, NULL);
	words.room = name;
	(void)bpr_i_chart_text(c, x + 8, y, &words, field->name);
	if (field->printed)
		bpr_i_chart_rect(c, &(struct bpr_box){ from, y - 10, PAPER - 18 - NAME, 12 }, 2, INK_PRINT);
	else if (field->times > 0 && room >= 12)
		put_scrawl(c, from, y - 2, fmin(room, 46));
	else if (!(field->times > 0))
		bpr_i_chart_line(c, (struct chart_point){ from, y + 1 }, (struct chart_point){ x + PAPER - 8, y + 1 }, INK_GRID, 1, NULL);
	if (*times)
		(void)bpr_i_chart_text(c, x + PAPER - 8, y, &pen, times);
	bpr_i_chart_close(c);
}

static void put_paper(struct forms *m, const struct bpr_form_paper *p, double x, double y)
{
	struct chart *c = m->c;
	const struct bpr_box sheet = { x, y, PAPER, m->paper_height };
	const struct chart_pen badge = { .ink = INK_HAND, .size = 12, .anchor = ANCHOR_END, .bold = true };
	const char *times = p->written > 0 ? times_of(c, p->written) : "";
	size_t room = m->fields, lines, listed = p->field_count, hidden = p->more;
	double at = y + 58;

	bpr_i_chart_rect(c, &sheet, 4, INK_PAPER);
	bpr_i_chart_frame(c, &sheet, 4, INK_EDGE, 1.2);
	(void)bpr_i_chart_wrap(c, &title_pen, p->name, 2, &lines);
	(void)bpr_i_chart_lines(c, x + PAPER / 2, y + (lines > 1 ? 18 : 25), &title_pen, p->name, 2);
	(void)bpr_i_chart_text(c, x + PAPER - 7, y + m->paper_height - 8, &badge, times); /* how often it is filled in */
	if (listed + (hidden > 0) > room) {
		size_t kept = room ? room - 1 : 0;

		hidden += listed - kept;
		listed = kept;
	}
	for (size_t i = 0; i < listed; i++, at += FIELD)
		put_field(m, &p->fields[i], p->written > 0 ? p->fields[i].times / p->written : p->fields[i].times, x, at);
	if (hidden && room) {
		struct chart_pen more = field_pen;

		more.room = PAPER - 16;
		(void)bpr_i_chart_text(c, x + 8, at, &more, bpr_i_chart_say(c, N_("and {1} more fields"), bpr_i_chart_count(c, (double)hidden)));
		at += FIELD;
	}
	for (; at < y + m->paper_height - (m->any_times ? 22 : 8); at += FIELD)
		bpr_i_chart_line(c, (struct chart_point){ x + 8, at }, (struct chart_point){ x + PAPER - 8, at }, INK_GRID, 1, NULL);
}

/* A sheet lies a little askew, each in its own way; those of after are in order. */
static void put_side(struct forms *m, size_t which)
{
	static const double askew[] = { -1.4, 1, -0.8, 1.3, 0.7, -1.1 };
	const struct side *s = &m->sides[which];
	struct chart *c = m->c;

	for (size_t i = 0; i < s->shown; i++) {
		double x = s->left + (double)(i % s->columns) * (PAPER + GAP) + GAP / 2.0;
		double y = s->top + (double)(i / s->columns) * (m->paper_height + GAP);
		const struct bpr_form_paper *p = &c->figure->papers[which][i];

		bpr_i_chart_open(c, p->name, NULL);
		if (!which && m->two) {
			bpr_i_buf_puts(&c->body, "<g transform=\"rotate(");
			bpr_i_buf_number(&c->body, askew[i % 6]);
			bpr_i_buf_printf(&c->body, " %d %d)\">", (int)(x + PAPER / 2), (int)(y + m->paper_height / 2));
		}
		put_paper(m, p, x, y);
		if (!which && m->two)
			bpr_i_chart_close(c);
		bpr_i_chart_close(c);
	}
	if (s->hidden && s->columns) {
		const struct chart_pen pen = { .ink = INK_FAINT, .size = 14, .anchor = ANCHOR_MIDDLE, .room = PAPER };
		double x = s->left + (double)(s->shown % s->columns) * (PAPER + GAP) + GAP / 2.0 + PAPER / 2;
		double y = s->top + (double)(s->shown / s->columns) * (m->paper_height + GAP);

		bpr_i_chart_middle(c, x, y + m->paper_height / 2, &pen,
				   bpr_i_chart_say(c, N_("and {1} more forms"), bpr_i_chart_count(c, (double)s->hidden)), 2);
	}
}

static double height_of(const struct forms *m, const struct side *s)
{
	return s->rows ? (double)s->rows * (m->paper_height + GAP) - GAP : 0;
}

static void put_arrow(struct forms *m, double middle)
{
	double x = m->sides[0].left + m->sides[0].width + 6, end = m->sides[1].left - 2;
	const struct chart_point points[] = {
		{ x, middle - 3 }, { end - 22, middle - 3 }, { end - 22, middle - 13 }, { end, middle }, { end - 22, middle + 13 },
		{ end - 22, middle + 3 }, { x, middle + 3 }
	};

	bpr_i_chart_polygon(m->c, points, 7, INK_AFTER);
}

/* Under each side what it means; a side without papers says it in the middle. Returns how far down they go. */
static double put_captions(struct forms *m, double bottom)
{
	const struct bpr_doc_figure *f = m->c->figure;
	double lowest = bottom;

	for (size_t i = 0; i < 2; i++) {
		const struct side *s = &m->sides[i];
		double middle = s->left + s->width / 2, low = s->top + height_of(m, s);
		double width = fmin(fmax(s->width, 150), 2 * fmin(middle, CHART_WIDTH - middle) - 2 * CHART_EDGE);
		struct chart_pen pen = { .ink = i ? INK_AFTER : INK_HAND, .size = 14, .anchor = ANCHOR_MIDDLE, .bold = i == 1, .room = width };
		size_t n;

		if (!m->two)
			pen.room = CHART_WIDTH - 2 * CHART_EDGE, pen.anchor = ANCHOR_START, pen.ink = INK_TEXT;
		if (!f->captions[i] || !*f->captions[i])
			continue;
		if (!s->rows) {
			bpr_i_chart_middle(m->c, s->left + s->width / 2, (TOP + bottom) / 2, &pen, f->captions[i], 4);
			continue;
		}
		n = bpr_i_chart_lines(m->c, m->two ? s->left + s->width / 2 : CHART_EDGE + 4, low + 24, &pen, f->captions[i], 3);
		lowest = fmax(lowest, low + 24 + (double)(n ? n - 1 : 0) * bpr_i_chart_leading(&pen));
	}
	return lowest;
}

static double put_legend(struct forms *m, double y)
{
	struct chart *c = m->c;
	const struct chart_pen pen = { .ink = INK_FAINT, .size = 12 };
	double x = CHART_EDGE + 4;

	if (!m->any_printed && !m->any_written)
		return y - 24;
	if (m->any_written) {
		put_scrawl(c, x, y - 4, 28);
		x += 34 + bpr_i_chart_text(c, x + 34, y, &pen, bpr_i_chart_say(c, N_("written by hand"), NULL)) + 24;
	}
	if (m->any_printed) {
		bpr_i_chart_rect(c, &(struct bpr_box){ x, y - 11, 28, 13 }, 2, INK_PRINT);
		(void)bpr_i_chart_text(c, x + 34, y, &pen, bpr_i_chart_say(c, N_("filled in already"), NULL));
	}
	return y;
}

double bpr_i_chart_forms(struct chart *c)
{
	struct forms m = { .c = c };
	double bottom, y;

	measure(&m);
	bottom = TOP + fmax(80, fmax(height_of(&m, &m.sides[0]), height_of(&m, &m.sides[1])));
	for (size_t i = 0; i < 2; i++)
		m.sides[i].top = TOP + fmax(0, bottom - TOP - height_of(&m, &m.sides[i])) / 2;
	put_side(&m, 0);
	if (m.two) {
		put_arrow(&m, (TOP + bottom) / 2);
		put_side(&m, 1);
	}
	y = put_captions(&m, bottom);
	y = put_legend(&m, y + 26);
	if (c->figure->note && *c->figure->note) {
		const struct chart_pen note = { .ink = INK_FAINT, .size = 12, .room = CHART_WIDTH - 2 * CHART_EDGE };

		y += 20;
		y += (double)(bpr_i_chart_lines(c, CHART_EDGE + 4, y, &note, c->figure->note, 3) - 1) * bpr_i_chart_leading(&note);
	}
	return y + 10;
}

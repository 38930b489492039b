/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bars side by side along a time: shares of cases by how long they wait (HISTOGRAM), a figure through the hours of a day (HOURS).
 * Of two series the one of before is wide and light, the one of after narrow and dark in front of it. Marks (the median, one in
 * ten) are dashed lines with their words above the bars: each on a line of its own, so that nothing runs into anything.
 */
#include "config.h"
#include "base/text_i.h"
#include "report/chart_i.h"
#include <bpr/text.h>
#include <math.h>
#include <string.h>

enum { PLOT = 190, ROW = 21, MOST_MARKS = 12, RIGHT = 26 };

struct placed { const struct bpr_mark *mark; double x; };

struct bins {
	struct chart *c;
	struct chart_axis axis;    /* upwards */
	double left, right, top;   /* of the bars */
	double above;              /* where the marks begin */
	size_t count;
	bool clock;                /* edges are minutes after midnight */
	struct placed marks[MOST_MARKS]; size_t mark_count;
};

static double edge(const struct bins *b, size_t i)
{
	const struct bpr_doc_figure *f = b->c->figure;
	/* The last edge is not there where the last bin has no end, or values stand at edges: as wide as the one before. */
	bool there = i < b->count || !(f->open || b->clock);
	double last;

	if (there)
		return isfinite(f->edges[i]) ? f->edges[i] : 0;
	last = f->edges[b->count - 1];
	return last + (b->count > 1 ? last - f->edges[b->count - 2] : 1);
}

static double x_of(const struct bins *b, double index)
{
	return b->left + index / (double)b->count * (b->right - b->left);
}

/* Bins are drawn equally wide; within one the scale is even. */
static double x_at(const struct bins *b, double value)
{
	size_t i = 0;
	double from, to;

	while (i + 1 < b->count && edge(b, i + 1) <= value)
		i++;
	from = edge(b, i);
	to = edge(b, i + 1);
	return x_of(b, (double)i + (to > from ? fmax(0, fmin(1, (value - from) / (to - from))) : 0));
}

static double value_of(const struct bpr_series *s, size_t i)
{
	return isfinite(s->values[i]) ? fmax(0, s->values[i]) : 0;
}

static void gather(struct bins *b)
{
	const struct bpr_doc_figure *f = b->c->figure;

	for (size_t s = 0; s < f->series_count; s++) {
		for (size_t k = 0; k < f->series[s].mark_count && b->mark_count < MOST_MARKS; k++) {
			struct placed one = { &f->series[s].marks[k], 0 };
			size_t at = b->mark_count;

			if (!isfinite(one.mark->at) || !one.mark->label)
				continue;
			for (; at && b->marks[at - 1].mark->at > one.mark->at; at--)
				b->marks[at] = b->marks[at - 1];
			b->marks[at] = one;
			b->mark_count++;
		}
	}
}

static void measure(struct bins *b)
{
	const struct bpr_doc_figure *f = b->c->figure;
	const struct chart_pen pen = { .size = 12 };
	double most = 0, wide = 0;

	for (size_t s = 0; s < f->series_count; s++)
		for (size_t i = 0; i < b->count; i++)
			most = fmax(most, value_of(&f->series[s], i));
	gather(b);
	b->above = 12 + (f->upward && *f->upward ? ROW : 0);
	b->top = b->above + (double)b->mark_count * ROW + (b->mark_count ? 8 : 0);
	b->axis.scale = b->clock ? SCALE_PLAIN : SCALE_PERCENT;
	b->axis.from = b->top + PLOT;
	b->axis.to = b->top;
	bpr_i_chart_axis(b->c, &b->axis, 0, most > 0 ? most : 1, 34);
	for (size_t i = 0; i < bpr_i_chart_ticks(&b->axis); i++)
		wide = fmax(wide, bpr_i_chart_wide(&pen, bpr_i_chart_tick_text(b->c, &b->axis, bpr_i_chart_tick(&b->axis, i))));
	b->left = CHART_EDGE + wide + 10;
	b->right = CHART_WIDTH - RIGHT;
	for (size_t i = 0; i < b->mark_count; i++)
		b->marks[i].x = x_at(b, b->marks[i].mark->at);
}

/* Between numbers, and behind the last of an open scale. */
static const char *range_sign(const struct bins *b)
{
	return b->c->lang == BPR_LANG_JA ? "～" : "–";
}

/* An edge; `open` where the last one stands for all above. */
static const char *edge_words(struct bins *b, size_t i, bool open)
{
	double value = edge(b, i);
	struct bpr_buf buf = BPR_BUF_INIT;
	const char *kept;

	if (b->clock)
		bpr_i_buf_printf(&buf, "%d:%02d", (int)fmod(value, 60 * 24 * 10) / 60, (int)fmod(value, 60));
	else
		bpr_i_buf_puts(&buf, bpr_i_chart_count(b->c, value));
	if (open && !b->clock && b->c->figure->open && i + 1 == b->count)
		bpr_i_buf_puts(&buf, range_sign(b));
	kept = bpr_i_chart_plain(b->c, buf.data);
	bpr_i_buf_release(&buf);
	return kept;
}

static const char *edge_text(struct bins *b, size_t i)
{
	return edge_words(b, i, true);
}

/* Every so many edges that their numbers have room, from the first on; the open end always. */
static void put_edges(struct bins *b)
{
	const struct chart_pen pen = { .ink = INK_FAINT, .size = 12, .anchor = ANCHOR_MIDDLE };
	size_t last = b->c->figure->open && !b->clock ? b->count - 1 : b->count, stride = 1;
	static const size_t strides[] = { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000 };
	double wide = 0, y = b->top + PLOT + 17;

	for (size_t i = 0; i <= last; i++)
		wide = fmax(wide, bpr_i_chart_wide(&pen, edge_text(b, i)));
	for (size_t k = 0; k < 12 && (x_of(b, (double)stride) - b->left < wide + 8); k++)
		stride = strides[k];
	for (size_t i = 0; i <= last; i += stride) {
		double x = x_of(b, (double)i), half = bpr_i_chart_wide(&pen, edge_text(b, i)) / 2;
		bool is_last = i == last, near_last = !is_last && x + half + 6 > x_of(b, (double)last) - wide / 2;

		if (near_last && b->c->figure->open && !b->clock)
			continue; /* its room is the open end's */
		if (x + half <= CHART_WIDTH)
			(void)bpr_i_chart_text(b->c, x, y, &pen, edge_text(b, i));
	}
	if (last % stride && b->c->figure->open && !b->clock)
		(void)bpr_i_chart_text(b->c, x_of(b, (double)last), y, &pen, edge_text(b, last));
}

static const char *bin_words(struct bins *b, const struct bpr_series *s, size_t i)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	const char *kept;

	bpr_i_buf_puts(&buf, edge_text(b, i));
	if (!(b->c->figure->open && i + 1 == b->count) || b->clock) {
		bpr_i_buf_puts(&buf, range_sign(b));
		bpr_i_buf_puts(&buf, edge_words(b, i + 1, false));
	}
	bpr_i_buf_puts(&buf, ": ");
	bpr_i_buf_puts(&buf, bpr_i_chart_count(b->c, b->clock ? value_of(s, i) : value_of(s, i) * 100));
	bpr_i_buf_puts(&buf, b->clock ? "" : "%");
	kept = bpr_i_chart_plain(b->c, buf.data);
	bpr_i_buf_release(&buf);
	return kept;
}

static void put_bars(struct bins *b)
{
	const struct bpr_doc_figure *f = b->c->figure;
	double wide = (b->right - b->left) / (double)b->count, base = b->axis.from;

	for (size_t s = 0; s < f->series_count; s++) {
		bool narrow = s > 0;
		double width = narrow ? wide * 0.56 : fmax(wide * 0.5, wide - 2);

		for (size_t i = 0; i < b->count; i++) {
			double y = bpr_i_chart_at(&b->axis, value_of(&f->series[s], i));

			if (!(base - y > 0))
				continue;
			bpr_i_chart_open(b->c, f->series[s].label, bin_words(b, &f->series[s], i));
			bpr_i_chart_rect(b->c, &(struct bpr_box){ x_of(b, (double)i) + (wide - width) / 2, y, width, base - y }, 0,
					 f->series[s].side == BPR_SIDE_BEFORE ? INK_WALK : INK_AFTER);
			bpr_i_chart_close(b->c);
		}
	}
	bpr_i_chart_line(b->c, (struct chart_point){ b->left, base }, (struct chart_point){ b->right, base }, INK_LINE, 1, NULL);
}

/*
 * From the smallest down, each on its line, the words behind its dash: the dashes of larger ones begin below. Where the words
 * have no room there, they stand in front of the dash, on a ground that lets no other dash through.
 */
static void put_marks(struct bins *b)
{
	double y = b->above;

	for (size_t i = 0; i < b->mark_count; i++) {
		const struct placed *p = &b->marks[i];

		/* Its own ground, so that it is seen on bars of its colour. */
		bpr_i_chart_line(b->c, (struct chart_point){ p->x, b->top }, (struct chart_point){ p->x, b->axis.from }, INK_BACK, 3.4, NULL);
		bpr_i_chart_line(b->c, (struct chart_point){ p->x, y + (double)i * ROW }, (struct chart_point){ p->x, b->axis.from },
				 p->mark->side == BPR_SIDE_BEFORE ? INK_FAINT : INK_AFTER, 1.6, "4 3");
	}
	for (size_t i = 0; i < b->mark_count; i++) {
		const struct placed *p = &b->marks[i];
		struct chart_pen pen = { .ink = p->mark->side == BPR_SIDE_BEFORE ? INK_FAINT : INK_AFTER, .size = 13, .bold = true };
		double wide = bpr_i_chart_wide(&pen, bpr_i_chart_plain(b->c, p->mark->label)), behind = CHART_WIDTH - CHART_EDGE - p->x - 6;
		double at = y + (double)i * ROW;

		if (wide <= behind || behind > p->x) {
			pen.room = behind;
			(void)bpr_i_chart_text(b->c, p->x + 6, at + 12, &pen, p->mark->label);
			continue;
		}
		pen.anchor = ANCHOR_END;
		pen.room = p->x - 6 - b->left;
		wide = fmin(wide, pen.room);
		bpr_i_chart_rect(b->c, &(struct bpr_box){ p->x - 8 - wide, at, wide + 4, ROW - 3 }, 0, INK_BACK);
		(void)bpr_i_chart_text(b->c, p->x - 6, at + 12, &pen, p->mark->label);
	}
}

static double put_below(struct bins *b)
{
	const struct bpr_doc_figure *f = b->c->figure;
	struct chart_pen pen = { .ink = INK_FAINT, .size = 13, .anchor = ANCHOR_MIDDLE, .room = b->right - b->left };
	struct chart_keys keys = { b->left, b->left, b->top + PLOT + 36 };

	if (f->across && *f->across) {
		(void)bpr_i_chart_text(b->c, (b->left + b->right) / 2, keys.y, &pen, f->across);
		keys.y += 24;
	}
	if (f->series_count > 1 || (f->series_count && f->series[0].label && *f->series[0].label)) {
		for (size_t s = 0; s < f->series_count; s++)
			bpr_i_chart_key(b->c, &keys, f->series[s].side == BPR_SIDE_BEFORE ? INK_WALK : INK_AFTER,
					f->series[s].label ? f->series[s].label : bpr_i_chart_side_name(b->c, f->series[s].side));
		keys.y += 22;
	}
	if (f->note && *f->note) {
		struct chart_pen note = { .ink = INK_FAINT, .size = 12, .anchor = ANCHOR_END, .room = b->right - b->left };
		double wide = bpr_i_chart_wide(&note, bpr_i_chart_plain(b->c, f->note));

		if (keys.x > b->left && wide <= b->right - keys.x) /* beside the names of the series */
			{
			(void)bpr_i_chart_text(b->c, b->right, keys.y - 22, &note, f->note);
			return keys.y - 10;
		}
		note.anchor = ANCHOR_START;
		keys.y += bpr_i_chart_leading(&note) * (double)bpr_i_chart_lines(b->c, b->left, keys.y, &note, f->note, 3);
	}
	return keys.y - 8;
}

static double draw(struct bins *b)
{
	const struct bpr_doc_figure *f = b->c->figure;
	const struct chart_pen pen = { .ink = INK_FAINT, .size = 13, .room = CHART_WIDTH / 2 };

	b->count = f->bin_count;
	if (!b->count || !f->series_count)
		return 24;
	measure(b);
	(void)bpr_i_chart_text(b->c, CHART_EDGE, 14, &pen, f->upward);
	bpr_i_chart_upward(b->c, &b->axis, b->left, b->right);
	put_bars(b);
	put_marks(b);
	put_edges(b);
	return put_below(b);
}

double bpr_i_chart_histogram(struct chart *c)
{
	struct bins b = { .c = c };

	return draw(&b);
}

double bpr_i_chart_hours(struct chart *c)
{
	struct bins b = { .c = c, .clock = true };

	return draw(&b);
}

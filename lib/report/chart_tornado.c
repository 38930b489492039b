/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a result moves with each assumption: a line at what is expected, bars to where the assumption's two ends lead. */
#include "config.h"
#include "base/text_i.h"
#include "report/chart_i.h"
#include <math.h>

enum { ROW = 30, ROW_OF_TWO = 40 /* where names take two lines */, BAR = 20, TOP = 28 };

struct tornado {
	struct chart *c;
	struct chart_axis axis;
	double label_width, row;
	double centre, y;      /* of the row, in pixels */
};

/* The words of an end; left: in front of it. */
static void put_end(struct tornado *t, double x, const char *said, bool left)
{
	struct chart_pen pen = { .ink = INK_FAINT, .size = 12 };

	pen.anchor = left ? ANCHOR_END : ANCHOR_START;
	pen.room = left ? x - 5 - (CHART_EDGE + t->label_width + 6) : CHART_WIDTH - CHART_EDGE - x - 5;
	(void)bpr_i_chart_text(t->c, left ? x - 5 : x + 5, t->y + 4, &pen, said);
}

/* Both words, one on each side: of two ends on one side the nearer one's stand on the other side of the centre. */
static void put_ends(struct tornado *t, const struct bpr_tornado_row *row, double to_low, double to_high)
{
	bool low = isfinite(row->low), high = isfinite(row->high), low_left = to_low < 0 || (!(to_low > 0) && to_high >= 0), high_left;
	double x_low = bpr_i_chart_at(&t->axis, row->low), x_high = bpr_i_chart_at(&t->axis, row->high);

	high_left = to_high < 0 || (!(to_high > 0) && !low_left);
	if (low_left == high_left && fabs(to_low) >= fabs(to_high))
		high_left = !high_left, x_high = t->centre;
	else if (low_left == high_left)
		low_left = !low_left, x_low = t->centre;
	if (low)
		put_end(t, x_low, row->said_low, low_left);
	if (high)
		put_end(t, x_high, row->said_high, high_left);
}

static void put_bar(struct tornado *t, double value, double y, double height, enum chart_ink ink)
{
	double x = bpr_i_chart_at(&t->axis, value);

	if (fabs(x - t->centre) > 0)
		bpr_i_chart_rect(t->c, &(struct bpr_box){ fmin(x, t->centre), y - height / 2, fabs(x - t->centre), height }, 0, ink);
}

static void put_row(struct tornado *t, const struct bpr_tornado_row *row, double y)
{
	struct chart *c = t->c;
	struct chart_pen name = { .ink = INK_TEXT, .size = 14, .anchor = ANCHOR_END, .room = t->label_width };
	bool low = isfinite(row->low), high = isfinite(row->high);
	double centre = c->figure->centre, to_low = low ? row->low - centre : 0, to_high = high ? row->high - centre : 0;
	bool same_side = to_low * to_high > 0, low_first = fabs(to_low) >= fabs(to_high);

	if (bpr_i_chart_wide(&name, bpr_i_chart_plain(c, row->label)) > name.room)
		name.size = 12;
	bpr_i_chart_open(c, row->label, NULL);
	bpr_i_chart_middle(c, CHART_EDGE + t->label_width, y, &name, row->label, 2);
	/* The shorter of two to the same side lies on the longer one, and is lower. */
	if (low_first) {
		put_bar(t, centre + to_low, y, BAR, INK_WALK);
		put_bar(t, centre + to_high, y, same_side ? BAR / 2 : BAR, INK_AFTER);
	} else {
		put_bar(t, centre + to_high, y, BAR, INK_AFTER);
		put_bar(t, centre + to_low, y, same_side ? BAR / 2 : BAR, INK_WALK);
	}
	t->y = y;
	put_ends(t, row, to_low, to_high);
	bpr_i_chart_close(c);
}

static void measure(struct tornado *t)
{
	const struct bpr_doc_figure *f = t->c->figure;
	const struct chart_pen pen = { .size = 14 }, small = { .size = 12 };
	double names = 0, said = 0, lo = f->centre, hi = lo;

	for (size_t i = 0; i < f->turn_count; i++) {
		const struct bpr_tornado_row *row = &f->turns[i];

		names = fmax(names, bpr_i_chart_wide(&pen, bpr_i_chart_plain(t->c, row->label)));
		said = fmax(said, bpr_i_chart_wide(&small, bpr_i_chart_plain(t->c, row->said_low)));
		said = fmax(said, bpr_i_chart_wide(&small, bpr_i_chart_plain(t->c, row->said_high)));
		lo = fmin(lo, fmin(isfinite(row->low) ? row->low : lo, isfinite(row->high) ? row->high : lo));
		hi = fmax(hi, fmax(isfinite(row->low) ? row->low : hi, isfinite(row->high) ? row->high : hi));
	}
	said = fmin(said, 110);
	t->label_width = bpr_i_chart_column(90, 250, names + 2);
	t->row = names > t->label_width ? ROW_OF_TWO : ROW;
	t->axis.from = CHART_EDGE + t->label_width + 14 + said;
	/* Words stand at the ends of bars too. */
	t->axis.to = CHART_WIDTH - CHART_EDGE - fmax(0, said - 40);
	bpr_i_chart_axis_unit(t->c, &t->axis, lo, hi, 16);
	t->centre = bpr_i_chart_at(&t->axis, f->centre);
}

double bpr_i_chart_tornado(struct chart *c)
{
	const struct bpr_doc_figure *f = c->figure;
	struct tornado t = { .c = c };
	struct chart_pen strong = { .ink = INK_TEXT, .size = 14, .anchor = ANCHOR_MIDDLE, .bold = true, .room = 300 };
	struct chart_pen note = { .ink = INK_FAINT, .size = 12, .room = CHART_WIDTH - 2 * CHART_EDGE };
	struct chart_keys keys;
	double y = TOP, half;

	if (!f->turn_count || !isfinite(f->centre))
		return 24;
	measure(&t);
	bpr_i_chart_across(c, &t.axis, 16, TOP - 6, TOP + (double)f->turn_count * t.row);
	for (size_t i = 0; i < f->turn_count; i++, y += t.row)
		put_row(&t, &f->turns[i], y + t.row / 2);
	bpr_i_chart_line(c, (struct chart_point){ t.centre, TOP - 6 }, (struct chart_point){ t.centre, y + 4 }, INK_TEXT, 1.5, NULL);
	half = fmin(strong.room, bpr_i_chart_wide(&strong, bpr_i_chart_plain(c, f->said_centre))) / 2;
	(void)bpr_i_chart_text(c, fmax(CHART_EDGE + half, fmin(CHART_WIDTH - CHART_EDGE - half, t.centre)), y + 18, &strong, f->said_centre);
	keys = (struct chart_keys){ CHART_EDGE + t.label_width + 10, CHART_EDGE + t.label_width + 10, y + 42 };
	bpr_i_chart_key(c, &keys, INK_WALK, bpr_i_chart_say(c, N_("at the lower end of the assumption"), NULL));
	bpr_i_chart_key(c, &keys, INK_AFTER, bpr_i_chart_say(c, N_("at its upper end"), NULL));
	y = keys.y + 10;
	if (f->note && *f->note) {
		note.room = CHART_WIDTH - CHART_EDGE - keys.left;
		y += 12;
		y += (double)bpr_i_chart_lines(c, keys.left, y, &note, f->note, 3) * bpr_i_chart_leading(&note) - 6;
	}
	return y;
}

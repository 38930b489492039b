/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Things by two figures, one mark each with its number in it; what lies on one place is drawn beside each other. */
#include "config.h"
#include "base/text_i.h"
#include "report/chart_i.h"
#include <math.h>

enum { MARK = 11 /* half of its width */, APART = 2 * MARK + 2, LEFT = 64, RIGHT = 20, TOP = 26, PLOT = 300, BELOW = 44, MOST_BESIDE = 20 };

struct place { double x, y; };
struct scatter { struct chart *c; struct chart_axis x, y; struct place *at; };

static void polygon_of(struct chart_point *out, double x, double y, double r)
{
	out[0] = (struct chart_point){ x, y - r };
	out[1] = (struct chart_point){ x + r, y };
	out[2] = (struct chart_point){ x, y + r };
	out[3] = (struct chart_point){ x - r, y };
}

static const enum chart_ink class_inks[BPR_POINT_CLASSES] = { INK_AFTER, INK_BEFORE, INK_WORSE };

static void shape(struct chart *c, size_t class, double x, double y, double grow, enum chart_ink ink)
{
	struct chart_point points[4];

	if (class == 0) {
		bpr_i_chart_disc(c, x, y, MARK + grow, ink);
	} else if (class == 1) {
		double r = MARK - 1 + grow;

		bpr_i_chart_rect(c, &(struct bpr_box){ x - r, y - r, 2 * r, 2 * r }, 2, ink);
	} else {
		polygon_of(points, x, y, MARK + 4 + 1.4 * grow);
		bpr_i_chart_polygon(c, points, 4, ink);
	}
}

static void mark(struct chart *c, double x, double y, const struct bpr_scatter_point *p)
{
	size_t class = p->class < BPR_POINT_CLASSES ? p->class : 0;
	const struct chart_pen pen = { .ink = p->chosen ? INK_ON : INK_TEXT, .size = 11, .bold = true, .anchor = ANCHOR_MIDDLE };

	shape(c, class, x, y, 0, class_inks[class]);
	if (!p->chosen)
		shape(c, class, x, y, -2, INK_BACK);
	(void)bpr_i_chart_text(c, x, y + 4, &pen, p->number);
}

static bool is_free(const struct scatter *s, size_t count, double x, double y)
{
	for (size_t i = 0; i < count; i++)
		if (fabs(s->at[i].x - x) < APART && fabs(s->at[i].y - y) < APART)
			return false;
	return true;
}

/* The nearest free place beside it, at most one row off: a mark far above its value would lie. */
static void put_down(struct scatter *s, size_t i)
{
	const struct bpr_scatter_point *p = &s->c->figure->points[i];
	double x = bpr_i_chart_at(&s->x, p->x), y = bpr_i_chart_at(&s->y, p->y);

	s->at[i] = (struct place){ x, y };
	for (int way = 0; way < 4 * MOST_BESIDE; way++) { /* right, left, and the same a row above */
		double to_x = x + APART * (way / 4) * (way % 2 ? -1 : 1), to_y = y - (way % 4 > 1 ? APART : 0);

		if (to_y < TOP + MARK)
			to_y = y + APART;
		if (to_x < LEFT + MARK || to_x > CHART_WIDTH - RIGHT + MARK || to_y > TOP + PLOT - MARK + 1 || !is_free(s, i, to_x, to_y))
			continue;
		s->at[i] = (struct place){ to_x, to_y };
		return;
	}
}

static int rises(const struct bpr_scatter_point *a, const struct bpr_scatter_point *b)
{
	if (a->x < b->x || a->x > b->x)
		return a->x < b->x ? -1 : 1;
	return (a->y > b->y) - (a->y < b->y);
}

/* Steps from each of the front to the next, from the left. */
static void put_front(struct scatter *s)
{
	const struct bpr_doc_figure *f = s->c->figure;
	const struct bpr_scatter_point *from = NULL;

	for (;;) {
		const struct bpr_scatter_point *next = NULL;

		for (size_t i = 0; i < f->point_count; i++) {
			const struct bpr_scatter_point *p = &f->points[i];

			if (p->front && (!from || (rises(p, from) > 0 && p->y > from->y)) && (!next || rises(p, next) < 0 || (!(p->x > next->x) && p->y > next->y)))
				next = p;
		}
		if (!next)
			return;
		if (from) {
			double x1 = bpr_i_chart_at(&s->x, from->x), x2 = bpr_i_chart_at(&s->x, next->x), y1 = bpr_i_chart_at(&s->y, from->y),
			       y2 = bpr_i_chart_at(&s->y, next->y);

			bpr_i_chart_line(s->c, (struct chart_point){ x1, y1 }, (struct chart_point){ x2, y1 }, INK_LINE, 1.5, "5 4");
			bpr_i_chart_line(s->c, (struct chart_point){ x2, y1 }, (struct chart_point){ x2, y2 }, INK_LINE, 1.5, "5 4");
		}
		from = next;
	}
}

static double put_legend(struct chart *c, double y)
{
	const struct bpr_doc_figure *f = c->figure;
	const struct chart_pen pen = { .ink = INK_TEXT, .size = 12, .room = 330 };
	double x = LEFT;

	for (size_t i = 0; i < BPR_POINT_CLASSES + 3; i++) {
		const char *text = i < BPR_POINT_CLASSES ? f->classes[i] : i < BPR_POINT_CLASSES + 2 ? f->captions[i - BPR_POINT_CLASSES] : f->front;
		double wide;

		if (!text || !*text)
			continue;
		wide = 30 + fmin(pen.room, bpr_i_chart_wide(&pen, bpr_i_chart_plain(c, text))) + 16;
		if (x > LEFT && x + wide > CHART_WIDTH) {
			x = LEFT;
			y += 26;
		}
		if (i < BPR_POINT_CLASSES) {
			shape(c, i, x + 13, y - 4, -3, class_inks[i]);
		} else if (i < BPR_POINT_CLASSES + 2) {
			shape(c, 0, x + 13, y - 4, -3, INK_TOTAL);
			if (i > BPR_POINT_CLASSES)
				shape(c, 0, x + 13, y - 4, -5, INK_BACK);
		} else {
			bpr_i_chart_line(c, (struct chart_point){ x, y - 4 }, (struct chart_point){ x + 26, y - 4 }, INK_LINE, 1.5, "5 4");
		}
		(void)bpr_i_chart_text(c, x + 32, y, &pen, text);
		x += wide;
	}
	return y;
}

double bpr_i_chart_scatter(struct chart *c)
{
	const struct bpr_doc_figure *f = c->figure;
	const struct chart_pen words = { .ink = INK_FAINT, .size = 12, .room = CHART_WIDTH - 2 * CHART_EDGE };
	struct chart_pen across = { .ink = INK_FAINT, .size = 12, .anchor = ANCHOR_END, .room = 400 };
	struct scatter s = { .c = c };
	double most_x = 0, most_y = 0, least_y = 0, y;

	if (!f->point_count)
		return 24;
	s.at = bpr_i_arena_alloc(&c->arena, f->point_count, sizeof(*s.at));
	if (!s.at) {
		c->failed = true;
		return 24;
	}
	for (size_t i = 0; i < f->point_count; i++) {
		most_x = fmax(most_x, f->points[i].x);
		most_y = fmax(most_y, f->points[i].y);
		least_y = fmin(least_y, f->points[i].y);
	}
	s.x = (struct chart_axis){ .from = LEFT + MARK + 4, .to = CHART_WIDTH - RIGHT - MARK };
	s.y = (struct chart_axis){ .from = TOP + PLOT - MARK, .to = TOP + MARK };
	bpr_i_chart_axis(c, &s.x, 0, most_x > 0 ? most_x : 1, 70);
	bpr_i_chart_axis(c, &s.y, least_y, most_y > least_y ? most_y : least_y + 1, 40);
	(void)bpr_i_chart_text(c, CHART_EDGE, 14, &words, f->upward);
	bpr_i_chart_across(c, &s.x, TOP + PLOT + 18, TOP, TOP + PLOT);
	bpr_i_chart_upward(c, &s.y, LEFT, CHART_WIDTH - CHART_EDGE);
	(void)bpr_i_chart_text(c, CHART_WIDTH - CHART_EDGE, TOP + PLOT + 36, &across, f->across);
	put_front(&s);
	for (size_t i = 0; i < f->point_count; i++) {
		put_down(&s, i);
		bpr_i_chart_open(c, f->points[i].told, NULL);
		mark(c, s.at[i].x, s.at[i].y, &f->points[i]);
		bpr_i_chart_close(c);
	}
	y = put_legend(c, TOP + PLOT + BELOW + 20);
	if (f->note && *f->note) {
		y += 22;
		y += (double)(bpr_i_chart_lines(c, CHART_EDGE, y, &words, f->note, 3) - 1) * bpr_i_chart_leading(&words);
	}
	return y + 12;
}

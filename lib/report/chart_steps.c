/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps of work in their order: numbered cards with arrows between them, on as many rows as they need. */
#include "config.h"
#include "report/chart_i.h"
#include <math.h>

enum { BESIDE = 5, GAP = 16, TOP = 18, BETWEEN = 40, WIDEST = 240, MOST_TITLE = 3, MOST_NOTE = 4 };

struct cards {
	struct chart *c;
	size_t beside;         /* in a row */
	double width, height;
	struct chart_pen title, note, said, number;
};

static void measure(struct cards *k)
{
	size_t count = k->c->figure->card_count, rows = (count + BESIDE - 1) / BESIDE;

	k->beside = (count + rows - 1) / rows;
	k->width = fmin(WIDEST, (CHART_WIDTH - 2 * CHART_EDGE - (double)(k->beside - 1) * GAP) / (double)k->beside);
	k->title = (struct chart_pen){ .ink = INK_TEXT, .size = 14, .anchor = ANCHOR_MIDDLE, .bold = true, .room = k->width - 14 };
	k->note = (struct chart_pen){ .ink = INK_FAINT, .size = 12, .anchor = ANCHOR_MIDDLE, .room = k->width - 14 };
	k->said = (struct chart_pen){ .ink = INK_FAINT, .size = 13, .anchor = ANCHOR_END, .room = k->width - 48 };
	k->number = (struct chart_pen){ .ink = INK_ON, .size = 15, .anchor = ANCHOR_MIDDLE, .bold = true };
}

/* Of the row that begins with a card. */
static double height_of(struct cards *k, size_t first)
{
	const struct bpr_doc_figure *f = k->c->figure;
	double highest = 0;

	for (size_t i = first; i < f->card_count && i < first + k->beside; i++) {
		double height = 0;
		size_t n;

		(void)bpr_i_chart_wrap(k->c, &k->title, f->cards[i].title, MOST_TITLE, &n);
		height += (double)n * bpr_i_chart_leading(&k->title);
		(void)bpr_i_chart_wrap(k->c, &k->note, f->cards[i].note, MOST_NOTE, &n);
		height += n ? 3 + (double)n * bpr_i_chart_leading(&k->note) : 0;
		highest = fmax(highest, height);
	}
	return 50 + highest;
}

static void put_card(struct cards *k, size_t i, double x, double y)
{
	const struct bpr_step_card *card = &k->c->figure->cards[i];
	const struct bpr_box box = { x, y, k->width, k->height };
	double middle = x + k->width / 2, at = y + 50;

	bpr_i_chart_open(k->c, card->title, card->said);
	bpr_i_chart_rect(k->c, &box, 8, INK_CARD);
	bpr_i_chart_frame(k->c, &box, 8, INK_BAND, 1.5);
	bpr_i_chart_disc(k->c, x + 19, y, 15, INK_AFTER);
	if (i + 1 > 99)
		k->number.size = 12;
	(void)bpr_i_chart_text(k->c, x + 19, y + 5, &k->number, bpr_i_chart_count(k->c, (double)(i + 1)));
	(void)bpr_i_chart_text(k->c, x + k->width - 8, y + 20, &k->said, card->said);
	at += (double)bpr_i_chart_lines(k->c, middle, at, &k->title, card->title, MOST_TITLE) * bpr_i_chart_leading(&k->title) + 3;
	(void)bpr_i_chart_lines(k->c, middle, at, &k->note, card->note, MOST_NOTE);
	bpr_i_chart_close(k->c);
}

/* From this card to the next: across the gap, or down and back to the beginning of the next row. */
static void put_arrow(struct cards *k, size_t i, double x, double y)
{
	double end = x + k->width, middle = y + k->height / 2, half = k->width / 2;

	if ((i + 1) % k->beside) {
		const struct chart_point tip[] = { { end + GAP - 2, middle }, { end + GAP - 9, middle - 5 }, { end + GAP - 9, middle + 5 } };

		bpr_i_chart_line(k->c, (struct chart_point){ end + 1, middle }, (struct chart_point){ end + GAP - 8, middle }, INK_AFTER, 3, NULL);
		bpr_i_chart_polygon(k->c, tip, 3, INK_AFTER);
	} else {
		double low = y + k->height, turn = low + 13, first = CHART_EDGE + half, top = low + BETWEEN;
		const struct chart_point tip[] = { { first, top - 1 }, { first - 5, top - 9 }, { first + 5, top - 9 } };

		bpr_i_chart_line(k->c, (struct chart_point){ x + half, low }, (struct chart_point){ x + half, turn + 1.25 }, INK_AFTER, 2.5, NULL);
		bpr_i_chart_line(k->c, (struct chart_point){ x + half, turn }, (struct chart_point){ first, turn }, INK_AFTER, 2.5, NULL);
		bpr_i_chart_line(k->c, (struct chart_point){ first, turn - 1.25 }, (struct chart_point){ first, top - 8 }, INK_AFTER, 2.5, NULL);
		bpr_i_chart_polygon(k->c, tip, 3, INK_AFTER);
	}
}

double bpr_i_chart_steps(struct chart *c)
{
	const struct bpr_doc_figure *f = c->figure;
	const struct chart_pen pen = { .ink = INK_FAINT, .size = 12, .room = CHART_WIDTH - 2 * CHART_EDGE };
	struct cards k = { .c = c };
	double y = TOP;

	if (!f->card_count)
		return 24;
	measure(&k);
	for (size_t i = 0; i < f->card_count; i++) {
		double x = CHART_EDGE + (double)(i % k.beside) * (k.width + GAP);

		if (!(i % k.beside)) {
			y += i ? k.height + BETWEEN : 0;
			k.height = height_of(&k, i);
		}
		put_card(&k, i, x, y);
		if (i + 1 < f->card_count)
			put_arrow(&k, i, x, y);
	}
	y += k.height + 6;
	if (f->note && *f->note)
		y += 14 + (double)bpr_i_chart_lines(c, CHART_EDGE, y + 14, &pen, f->note, 3) * bpr_i_chart_leading(&pen) - 8;
	return y;
}

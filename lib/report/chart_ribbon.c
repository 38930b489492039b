/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One visit from door to door, a band for each flow on one scale of time: walking, writing (striped), waiting, service; the
 * numbers of the counters below the band. Time spent elsewhere (at home, until the next visit) would press all the rest together
 * where it is long: then it is a notch with its length above.
 */
#include "config.h"
#include "base/text_i.h"
#include "base/utf8_i.h"
#include "report/chart_i.h"
#include <bpr/text.h>
#include <math.h>
#include <string.h>

enum { TOP = 28, BAND = 40, PITCH = 64, NOTCHED = 82 };

static const enum chart_ink inks[BPR_VISIT_KINDS] = { INK_WALK, INK_WRITE, INK_WAIT, INK_SERVE, INK_AWAY, INK_OWN };
static const enum chart_ink on[BPR_VISIT_KINDS] = { INK_DARK, INK_ON, INK_DARK, INK_ON, INK_TEXT, INK_DARK };

struct ribbon {
	struct chart *c;
	struct chart_axis axis;
	double label_width, pitch;
	bool notched;          /* time away is not to scale */
	bool seen[BPR_VISIT_KINDS];
};

static double minutes_of(const struct bpr_visit_piece *p)
{
	return isfinite(p->minutes) ? fmax(0, fmin(1e12, p->minutes)) : 0;
}

static enum bpr_visit_kind kind_of(const struct bpr_visit_piece *p)
{
	return (size_t)p->kind < BPR_VISIT_KINDS ? p->kind : BPR_VISIT_WAIT;
}

static double scaled(const struct ribbon *r, const struct bpr_visit_piece *p)
{
	return r->notched && kind_of(p) == BPR_VISIT_AWAY ? 0 : minutes_of(p);
}

static double total(const struct ribbon *r, const struct bpr_ribbon *band)
{
	double sum = 0;

	for (size_t i = 0; i < band->piece_count; i++)
		sum += scaled(r, &band->pieces[i]);
	return sum;
}

static void measure(struct ribbon *r)
{
	const struct bpr_doc_figure *f = r->c->figure;
	const struct chart_pen pen = { .size = 14, .bold = true };
	double away = 0, here = 0, longest = 0, wide = 0;

	for (size_t i = 0; i < f->ribbon_count; i++) {
		const struct bpr_ribbon *band = &f->ribbons[i];

		wide = fmax(wide, fmax(bpr_i_chart_wide(&pen, bpr_i_chart_plain(r->c, band->label)),
				       bpr_i_chart_wide(&pen, bpr_i_chart_plain(r->c, band->said))));
		for (size_t k = 0; k < band->piece_count; k++) {
			const struct bpr_visit_piece *p = &band->pieces[k];

			r->seen[kind_of(p)] = r->seen[kind_of(p)] || minutes_of(p) > 0;
			*(kind_of(p) == BPR_VISIT_AWAY ? &away : &here) += minutes_of(p);
		}
	}
	r->notched = away > here * 0.7 && here > 0;
	for (size_t i = 0; i < f->ribbon_count; i++)
		longest = fmax(longest, total(r, &f->ribbons[i]));
	r->pitch = r->notched ? NOTCHED : PITCH;
	r->label_width = bpr_i_chart_column(60, 150, wide + 2);
	r->axis.from = CHART_EDGE + r->label_width + 12;
	r->axis.to = CHART_WIDTH - CHART_EDGE;
	bpr_i_chart_axis_unit(r->c, &r->axis, 0, longest > 0 ? longest : 1, 16);
}

/* "6 min", or NULL. */
static const char *length_of(struct chart *c, const struct bpr_visit_piece *p)
{
	const char *said = bpr_i_chart_plain(c, p->said), *unit = bpr_i_chart_plain(c, c->figure->unit);
	struct bpr_buf buf = BPR_BUF_INIT;
	const char *kept;

	if (!*said)
		return NULL;
	bpr_i_buf_puts(&buf, said);
	bpr_i_buf_puts(&buf, c->lang == BPR_LANG_JA || !*unit ? "" : " ");
	bpr_i_buf_puts(&buf, unit);
	kept = bpr_i_chart_plain(c, buf.data);
	bpr_i_buf_release(&buf);
	return kept;
}

/* Circled as long as there are such numbers in most fonts. */
static const char *number_of(struct chart *c, size_t counter)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	const char *kept;

	if (counter <= 20)
		bpr_i_utf8_put(&buf, 0x2460 + (unsigned)counter - 1);
	else
		bpr_i_buf_printf(&buf, "(%zu)", counter);
	kept = bpr_i_chart_plain(c, buf.data);
	bpr_i_buf_release(&buf);
	return kept;
}

static void put_piece(struct ribbon *r, const struct bpr_visit_piece *p, double x, double end, double y)
{
	struct chart *c = r->c;
	enum bpr_visit_kind kind = kind_of(p);
	const struct bpr_box box = { x, y, end - x > 3 ? end - x - 1 : end - x, BAND };
	struct chart_pen pen = { .ink = on[kind], .size = 14, .anchor = ANCHOR_MIDDLE, .bold = true };
	const char *said = bpr_i_chart_plain(c, p->said);
	double wide = bpr_i_chart_wide(&pen, said);

	bpr_i_chart_open(c, p->label, length_of(c, p));
	bpr_i_chart_rect(c, &box, 0, inks[kind]);
	if (kind == BPR_VISIT_WRITE)
		bpr_i_chart_hatch(c, &box);
	if (wide > box.width - 4) {
		pen.size = 12;
		wide = bpr_i_chart_wide(&pen, said);
	}
	if (*said && wide <= box.width - 4 && (kind != BPR_VISIT_WALK || wide <= box.width - 10)) {
		double middle = box.x + box.width / 2;

		if (kind == BPR_VISIT_WRITE) /* the stripes stay away from the number */
			bpr_i_chart_rect(c, &(struct bpr_box){ middle - wide / 2 - 1, y + BAND / 2 - 9, wide + 2, 18 }, 2, inks[kind]);
		(void)bpr_i_chart_text(c, middle, y + BAND / 2 + 5, &pen, said);
	}
	bpr_i_chart_close(c);
}

/* Time away, not to scale; *free_from: where the words above may begin. */
static void put_notch(struct ribbon *r, const struct bpr_visit_piece *p, double x, double y, double *free_from)
{
	const struct chart_pen pen = { .ink = INK_FAINT, .size = 12, .anchor = ANCHOR_MIDDLE };
	const char *said = length_of(r->c, p);
	double half = bpr_i_chart_wide(&pen, said) / 2, middle = fmax(r->axis.from + half, fmin(CHART_WIDTH - CHART_EDGE - half, x));

	bpr_i_chart_open(r->c, p->label, said);
	bpr_i_chart_line(r->c, (struct chart_point){ x, y - 3 }, (struct chart_point){ x, y + BAND + 3 }, INK_BACK, 5, NULL);
	bpr_i_chart_line(r->c, (struct chart_point){ x, y - 5 }, (struct chart_point){ x, y + BAND + 5 }, INK_TEXT, 1.5, "3 3");
	if (said && middle - half >= *free_from) {
		(void)bpr_i_chart_text(r->c, middle, y - 9, &pen, said);
		*free_from = middle + half + 6;
	}
	bpr_i_chart_close(r->c);
}

/* Numbers of the counters below the pieces in which they serve, where there is room. */
static void put_numbers(struct ribbon *r, const struct bpr_ribbon *band, double y)
{
	const struct chart_pen pen = { .ink = INK_TEXT, .size = 12, .anchor = ANCHOR_MIDDLE };
	double at = 0, free_from = 0;

	for (size_t i = 0; i < band->piece_count; i++) {
		const struct bpr_visit_piece *p = &band->pieces[i];
		double end = at + scaled(r, p);

		if (p->counter && kind_of(p) == BPR_VISIT_SERVICE) {
			const char *number = number_of(r->c, p->counter);
			double half = bpr_i_chart_wide(&pen, number) / 2;
			double x = bpr_i_chart_at(&r->axis, (at + end) / 2);

			if (x - half >= free_from && x + half <= CHART_WIDTH) {
				(void)bpr_i_chart_text(r->c, x, y + BAND + 14, &pen, number);
				free_from = x + half + 1;
			}
		}
		at = end;
	}
}

static void put_band(struct ribbon *r, const struct bpr_ribbon *band, double y)
{
	struct chart *c = r->c;
	struct chart_pen pen = { .ink = band->side == BPR_SIDE_BEFORE ? INK_FAINT : INK_AFTER, .size = 14, .anchor = ANCHOR_END, .bold = true,
				 .room = r->label_width };
	double at = 0, free_from = 0, x = CHART_EDGE + r->label_width;
	const char *both[2] = { bpr_i_chart_plain(c, band->label), bpr_i_chart_plain(c, band->said) };

	(void)bpr_i_chart_text(c, x, y + (*both[1] ? BAND / 2 - 4 : BAND / 2 + 5), &pen, both[0]);
	(void)bpr_i_chart_text(c, x, y + (*both[0] ? BAND / 2 + 14 : BAND / 2 + 5), &pen, both[1]);
	for (size_t i = 0; i < band->piece_count; i++) {
		const struct bpr_visit_piece *p = &band->pieces[i];
		double from = bpr_i_chart_at(&r->axis, at), to;

		at += scaled(r, p);
		to = bpr_i_chart_at(&r->axis, at);
		if (to > from)
			put_piece(r, p, from, to, y);
	}
	at = 0;
	for (size_t i = 0; i < band->piece_count; i++) {
		if (r->notched && kind_of(&band->pieces[i]) == BPR_VISIT_AWAY && minutes_of(&band->pieces[i]) > 0)
			put_notch(r, &band->pieces[i], bpr_i_chart_at(&r->axis, at), y, &free_from);
		at += scaled(r, &band->pieces[i]);
	}
	put_numbers(r, band, y);
}

static double put_keys(struct ribbon *r, double y)
{
	static const char *const names[BPR_VISIT_KINDS] = {
		N_("walking"), N_("writing"), N_("waiting"), N_("service at a counter"), N_("away from the hall"),
		N_("other things of one's own")
	};
	struct chart_keys keys = { r->axis.from, r->axis.from, y };

	for (size_t i = 0; i < BPR_VISIT_KINDS; i++) {
		const char *name = r->c->figure->legend[i];

		if (!r->seen[i])
			continue;
		name = name && *name ? bpr_i_chart_plain(r->c, name) : bpr_text(r->c->lang, names[i]);
		if (i == BPR_VISIT_AWAY && r->notched)
			name = bpr_i_chart_say(r->c, N_("{1} (not to scale)"), name);
		bpr_i_chart_key(r->c, &keys, inks[i], name);
	}
	y = keys.y;
	return y + 8;
}

static bool same_counters(const struct bpr_ribbon *a, const struct bpr_ribbon *b)
{
	if (a->counter_count != b->counter_count)
		return false;
	for (size_t i = 0; i < a->counter_count; i++)
		if (strcmp(a->counters[i] ? a->counters[i] : "", b->counters[i] ? b->counters[i] : "") != 0)
			return false;
	return true;
}

/* "① 住民課  ② 国保年金課 …", wrapped. Returns the next free line. */
static double put_counters(struct ribbon *r, const struct bpr_ribbon *band, bool named, double y)
{
	const struct chart_pen pen = { .ink = INK_FAINT, .size = 12, .room = 220 };
	double left = r->axis.from, x = left;
	struct chart *c = r->c;

	if (named) {
		const struct chart_pen side = { .ink = INK_FAINT, .size = 12, .anchor = ANCHOR_END, .room = r->label_width };

		(void)bpr_i_chart_text(c, CHART_EDGE + r->label_width, y, &side, band->label);
	}
	for (size_t i = 0; i < band->counter_count; i++) {
		const char *words[2] = { number_of(c, i + 1), bpr_i_chart_plain(c, band->counters[i]) };
		struct bpr_buf buf = BPR_BUF_INIT;
		double wide;

		bpr_i_buf_printf(&buf, "%s", words[0]);
		bpr_i_buf_puts(&buf, words[1]);
		wide = fmin(pen.room, bpr_i_chart_wide(&pen, buf.data));
		if (x > left && x + wide > CHART_WIDTH - CHART_EDGE) {
			x = left;
			y += 18;
		}
		(void)bpr_i_chart_text(c, x, y, &pen, buf.data);
		x += wide + 14;
		bpr_i_buf_release(&buf);
	}
	return y + 18;
}

double bpr_i_chart_ribbon(struct chart *c)
{
	const struct bpr_doc_figure *f = c->figure;
	struct ribbon r = { .c = c };
	double y = TOP, bottom;
	bool same = true;

	measure(&r);
	bottom = y + (double)f->ribbon_count * r.pitch;
	bpr_i_chart_across(c, &r.axis, 16, TOP - 6, bottom - 4);
	for (size_t i = 0; i < f->ribbon_count; i++, y += r.pitch) {
		put_band(&r, &f->ribbons[i], y + (r.notched ? 20 : 2));
		same = same && same_counters(&f->ribbons[0], &f->ribbons[i]);
	}
	y = put_keys(&r, bottom + 16) + 14;
	for (size_t i = 0; i < f->ribbon_count && (i == 0 || !same); i++)
		if (f->ribbons[i].counter_count)
			y = put_counters(&r, &f->ribbons[i], !same, y);
	if (f->note && *f->note) {
		const struct chart_pen note = { .ink = INK_FAINT, .size = 12, .room = CHART_WIDTH - r.axis.from - CHART_EDGE };

		y += (double)bpr_i_chart_lines(c, r.axis.from, y, &note, f->note, 3) * bpr_i_chart_leading(&note);
	}
	return y - 4;
}

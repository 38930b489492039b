/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The citizen's way: the counters in a row, those of a building and floor beside each other on a ground of their own, the entrance at
 * the left, the exit at the right. Moves ahead are arcs above, moves back below; the thicker, the more often, with their number.
 */
#include "config.h"
#include "base/text_i.h"
#include "report/chart_i.h"
#include "study/words_i.h"
#include <math.h>
#include <string.h>

enum { DOOR = 46, BOX_GAP = 12, PAD = 8, LABEL = 11, LINE = 14, NARROW = 64, WIDE = 108, MOST_LINES = 5, ARC = 24, STEP = 24, TALLEST = 300 };

struct map {
	struct chart *c;
	const struct bpr_doc_figure *f;
	size_t *order, *at;      /* places as they stand; where each stands */
	double pitch, left, top, bottom, box; /* of the row of boxes */
	double area_top, area_bottom;
	bool areas;
};

static bool same_building(const struct bpr_map_place *a, const struct bpr_map_place *b)
{
	return !strcmp(a->building, b->building);
}

static bool same_floor(const struct bpr_map_place *a, const struct bpr_map_place *b)
{
	return same_building(a, b) && !strcmp(a->floor, b->floor);
}

/* Buildings, in them floors, in them counters, each in the order in which a case first gets there. */
static bool set_order(struct map *m)
{
	const struct bpr_map_place *p = m->f->places;
	size_t n = m->f->place_count, count = 0;

	m->order = bpr_i_arena_alloc(&m->c->arena, n + 1, sizeof(*m->order));
	m->at = bpr_i_arena_alloc(&m->c->arena, n + 1, sizeof(*m->at));
	if (!m->order || !m->at)
		return false;
	for (size_t b = 0; b < n; b++) {
		bool begun = false;

		for (size_t k = 0; k < b && !begun; k++)
			begun = same_building(&p[k], &p[b]);
		for (size_t f = b; !begun && f < n; f++) {
			bool known = !same_building(&p[b], &p[f]);

			for (size_t k = b; k < f && !known; k++)
				known = same_floor(&p[k], &p[f]);
			for (size_t i = f; !known && i < n; i++)
				if (same_floor(&p[f], &p[i])) {
					m->at[i] = count;
					m->order[count++] = i;
				}
		}
	}
	for (size_t i = 0; i < n; i++)
		m->areas = m->areas || *p[i].building || *p[i].floor;
	return count == n;
}

/* ---- places ---- */

static double centre(const struct map *m, size_t column)
{
	return m->left + ((double)column + 0.5) * m->pitch;
}

/* The door in (from) or out (to) stands outside the columns. */
static double x_of(const struct map *m, size_t place, bool to)
{
	if (place == BPR_NONE)
		return to ? m->left + (double)m->f->place_count * m->pitch + DOOR / 2.0 : m->left - DOOR / 2.0;
	return centre(m, m->at[place]);
}

static const char *walk_of(struct map *m, const struct bpr_map_place *place)
{
	const bpr_flow *flow = m->f->flow;
	char said[60];
	struct bpr_buf words = BPR_BUF_ON(said);

	for (size_t i = 0; flow && i < bpr_flow_counter_count(flow); i++) {
		const struct bpr_counter *counter = bpr_flow_counter(flow, i);

		if (strcmp(counter->name, place->name) != 0 || !counter->walk_given || !(counter->walk_minutes > 0))
			continue;
		bpr_i_words_minutes(&words, (struct bpr_words){ .lang = m->c->lang }, counter->walk_minutes);
		return bpr_i_chart_say(m->c, N_("walk {1}"), said);
	}
	return "";
}

static void draw_place(struct map *m, size_t column)
{
	const struct bpr_map_place *place = &m->f->places[m->order[column]];
	const struct chart_pen name = { .ink = INK_TEXT, .size = LABEL, .anchor = ANCHOR_MIDDLE, .bold = true, .room = m->pitch - BOX_GAP - 6 };
	const struct chart_pen small = { .ink = INK_FAINT, .size = LABEL, .anchor = ANCHOR_MIDDLE, .room = m->pitch - BOX_GAP - 2 };
	struct bpr_box box = { centre(m, column) - (m->pitch - BOX_GAP) / 2, m->top, m->pitch - BOX_GAP, m->box };
	const char *walk = walk_of(m, place);
	double y = m->top + LINE + 2;

	bpr_i_chart_open(m->c, place->name, place->said);
	bpr_i_chart_rect(m->c, &box, 6, INK_PAPER);
	bpr_i_chart_frame(m->c, &box, 6, INK_FAINT, 1);
	y += (double)bpr_i_chart_lines(m->c, box.x + box.width / 2, y, &name, place->name, MOST_LINES) * bpr_i_chart_leading(&name);
	(void)bpr_i_chart_text(m->c, box.x + box.width / 2, y, &small, place->said);
	(void)bpr_i_chart_text(m->c, box.x + box.width / 2, y + LINE, &small, walk);
	bpr_i_chart_close(m->c);
}

static double box_height(struct map *m)
{
	const struct chart_pen name = { .ink = INK_TEXT, .size = LABEL, .bold = true, .room = m->pitch - BOX_GAP - 6 };
	double most = 0;

	for (size_t i = 0; i < m->f->place_count; i++) {
		size_t lines = 0;

		(void)bpr_i_chart_wrap(m->c, &name, m->f->places[i].name, MOST_LINES, &lines);
		most = fmax(most, (double)lines * bpr_i_chart_leading(&name) + (*walk_of(m, &m->f->places[i]) ? LINE : 0));
	}
	return most + LINE + 12;
}

/* ---- grounds ---- */

/* Columns first to last are one ground with its name below. */
static void draw_area(struct map *m, size_t first, size_t last, bool building)
{
	const struct bpr_map_place *place = &m->f->places[m->order[first]];
	double left = centre(m, first) - m->pitch / 2 + (building ? 1 : 3), right = centre(m, last) + m->pitch / 2 - (building ? 1 : 3);
	const struct chart_pen pen = { .ink = INK_FAINT, .size = LABEL, .anchor = ANCHOR_START, .bold = building, .room = right - left - 8 };
	struct bpr_box box = { left, m->area_top + (building ? 0 : 3), right - left, m->area_bottom - m->area_top - (building ? 0 : LINE + 6) };

	if (building)
		bpr_i_chart_rect(m->c, &box, 8, INK_CARD);
	bpr_i_chart_frame(m->c, &box, building ? 8 : 6, building ? INK_LINE : INK_GRID, building ? 1.2 : 1.4);
	(void)bpr_i_chart_text(m->c, left + 5, box.y + box.height - 5, &pen, building ? place->building : place->floor);
}

static void draw_areas(struct map *m)
{
	const struct bpr_map_place *p = m->f->places;
	size_t n = m->f->place_count;

	for (int pass = 0; pass < 2; pass++)
		for (size_t first = 0, last; first < n; first = last + 1) {
			const struct bpr_map_place *a = &p[m->order[first]];

			for (last = first; last + 1 < n && (pass ? same_floor(a, &p[m->order[last + 1]]) : same_building(a, &p[m->order[last + 1]]));)
				last++;
			if (pass ? *a->floor : *a->building || *a->floor)
				draw_area(m, first, last, !pass);
		}
}

static void draw_door(struct map *m, bool out)
{
	double x = x_of(m, BPR_NONE, out), y = m->top + m->box / 2;
	const struct chart_pen pen = { .ink = INK_TEXT, .size = LABEL, .anchor = ANCHOR_MIDDLE, .room = DOOR + 10 };

	bpr_i_chart_ring(m->c, x, y, 9, INK_TEXT, out ? 3.4 : 1.4);
	(void)bpr_i_chart_text(m->c, x, y + 24, &pen, bpr_i_chart_say(m->c, out ? N_("exit") : N_("entrance"), NULL));
}

/* ---- moves ---- */

struct bow { double x1, x2, y, rise; bool back; };

/* From the right part of the one to the left part of the other, above; back from left to right, below. */
static struct bow bow_of(const struct map *m, const struct bpr_map_move *move)
{
	double a = x_of(m, move->from, false), b = x_of(m, move->to, true), off = (m->pitch - BOX_GAP) / 4;
	struct bow bow = { .back = b < a };
	double span = fabs(b - a) / m->pitch, step = fmin(STEP, (TALLEST - ARC) / (double)(m->f->place_count + 1));

	bow.x1 = a + (move->from == BPR_NONE ? 0 : bow.back ? -off : off);
	bow.x2 = b + (move->to == BPR_NONE ? 0 : bow.back ? off : -off);
	bow.y = bow.back ? m->area_bottom : m->top;
	bow.rise = ARC + step * fmax(0, span - 1);
	return bow;
}

static double end_y(const struct map *m, const struct bow *bow, size_t place)
{
	double middle = m->top + m->box / 2;

	return place == BPR_NONE ? (bow->back ? middle + 30 : middle - 12) : bow->back ? m->top + m->box : m->top;
}

static void draw_bow(struct map *m, const struct bpr_map_move *move)
{
	struct bow bow = bow_of(m, move);
	double y1 = end_y(m, &bow, move->from), y2 = end_y(m, &bow, move->to), thick = 1 + 5 * fmin(1.2, move->count);
	double sign = bow.back ? 1 : -1, peak = bow.y + sign * bow.rise;
	enum chart_ink ink = bpr_i_chart_side(m->f->side);
	struct bpr_buf *out = &m->c->body;
	struct chart_point tip[3] = { { bow.x2, y2 }, { bow.x2 - 3 - thick * 0.7, y2 + sign * (6 + thick) }, { bow.x2 + 3 + thick * 0.7, y2 + sign * (6 + thick) } };

	bpr_i_buf_puts(out, "<path d=\"M");
	bpr_i_buf_number(out, floor(bow.x1 * 10) / 10);
	bpr_i_buf_putc(out, ' ');
	bpr_i_buf_number(out, floor(y1));
	bpr_i_buf_printf(out, "C%d %d %d %d %d %d", (int)bow.x1, (int)(peak + sign * bow.rise / 3), (int)bow.x2, (int)(peak + sign * bow.rise / 3),
			 (int)bow.x2, (int)(y2 + sign * (4 + thick)));
	bpr_i_buf_puts(out, "\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\".8\"");
	bpr_i_chart_put(m->c, "stroke-width", thick);
	bpr_i_chart_ink(m->c, ink);
	bpr_i_buf_puts(out, "/>\n");
	bpr_i_chart_polygon(m->c, tip, 3, ink);
}

/* Height of the curve in its middle: an eighth of each end, three of each control point. */
static double bow_middle(const struct map *m, const struct bpr_map_move *move, const struct bow *bow)
{
	double sign = bow->back ? 1 : -1, control = bow->y + sign * bow->rise * 4 / 3;

	return (end_y(m, bow, move->from) + end_y(m, bow, move->to)) / 8 + 0.75 * control;
}

static void draw_number(struct map *m, const struct bpr_map_move *move)
{
	struct bow bow = bow_of(m, move);
	const struct chart_pen pen = { .ink = INK_TEXT, .size = LABEL, .anchor = ANCHOR_MIDDLE };
	double x = (bow.x1 + bow.x2) / 2, y = bow_middle(m, move, &bow), wide = bpr_i_chart_wide(&pen, move->said);
	struct bpr_box box = { x - wide / 2 - 2, y - 8, wide + 4, 15 };

	bpr_i_chart_rect(m->c, &box, 3, INK_BACK);
	(void)bpr_i_chart_text(m->c, x, y + 4, &pen, move->said);
}

double bpr_i_chart_map(struct chart *c)
{
	struct map m = { .c = c, .f = c->figure };
	double rise = 0, fall = 0, n = (double)c->figure->place_count, needed;

	if (!c->figure->place_count || !set_order(&m)) {
		c->failed = c->failed || c->figure->place_count;
		return 1;
	}
	m.pitch = fmax(NARROW, fmin(WIDE, (CHART_WIDTH - 2 * DOOR - 8) / n));
	m.left = fmax(DOOR + 4, (CHART_WIDTH - n * m.pitch) / 2);
	for (size_t i = 0; i < c->figure->move_count; i++) {
		struct bow bow = bow_of(&m, &c->figure->moves[i]);

		*(bow.back ? &fall : &rise) = fmax(bow.back ? fall : rise, bow.rise);
	}
	m.box = box_height(&m);
	m.top = 12 + rise + 10;
	m.area_top = m.top - PAD - (m.areas ? 6 : 0);
	m.area_bottom = m.top + m.box + PAD + (m.areas ? 2 * LINE + 8 : 0);
	/* More counters than have room are drawn smaller. */
	needed = m.left + n * m.pitch + DOOR + 4;
	if (needed > CHART_WIDTH) {
		bpr_i_buf_puts(&c->body, "<g transform=\"scale(");
		bpr_i_buf_number(&c->body, CHART_WIDTH / needed);
		bpr_i_buf_puts(&c->body, ")\">\n");
	}
	if (m.areas)
		draw_areas(&m);
	for (size_t i = 0; i < c->figure->move_count; i++)
		draw_bow(&m, &c->figure->moves[c->figure->move_count - 1 - i]);
	for (size_t i = 0; i < c->figure->place_count; i++)
		draw_place(&m, i);
	draw_door(&m, false);
	draw_door(&m, true);
	for (size_t i = 0; i < c->figure->move_count; i++)
		draw_number(&m, &c->figure->moves[i]);
	if (needed > CHART_WIDTH)
		bpr_i_buf_puts(&c->body, "</g>\n");
	return (m.area_bottom + (fall > 0 ? fall + 16 : 4)) * fmin(1, CHART_WIDTH / needed);
}

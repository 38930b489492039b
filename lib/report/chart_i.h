/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_REPORT_CHART_I_H
#define BPR_REPORT_CHART_I_H
/*
 * What the kinds of figures share: texts that are measured, cut and harmless, shapes in the colours of a report, axes with round
 * numbers. Everything is in pixels of a picture that is CHART_WIDTH wide; a kind draws from the top and returns its height.
 */
#include "base/buf_i.h"
#include "layout/layout_i.h"
#include "study/figure_i.h"

enum { CHART_WIDTH = 760, CHART_EDGE = 4 };

enum chart_ink {
	INK_TEXT = 0, INK_FAINT, INK_LINE, INK_GRID, INK_BEFORE, INK_AFTER, INK_WORSE, INK_TOTAL, INK_BAND, INK_ZONE, INK_PAPER,
	INK_EDGE, INK_HAND, INK_PRINT, INK_WALK, INK_WRITE, INK_WAIT, INK_SERVE, INK_AWAY, INK_OWN, INK_CARD, INK_BACK, INK_ON, INK_DARK,
	INK_COUNT
};

enum chart_anchor { ANCHOR_START = 0, ANCHOR_MIDDLE, ANCHOR_END };

struct chart {
	const struct bpr_doc_figure *figure;
	enum bpr_lang lang;
	const char *prefix;
	struct bpr_buf body;   /* shapes and texts, before the height is known */
	struct bpr_arena arena;
	bool hatched;          /* the pattern is needed */
	bool failed;           /* out of memory */
};

struct chart_pen {
	enum chart_ink ink;
	double size;
	enum chart_anchor anchor;
	bool bold;
	double room;           /* a text is cut at this width; 0: whole */
};

struct chart_point { double x, y; };

/* ---- texts ---- */
/* The text as it can stand in a picture: no controls, at most three marks on a letter, one line. Kept; "" for NULL. */
const char *bpr_i_chart_plain(struct chart *c, const char *text);
double bpr_i_chart_wide(const struct chart_pen *pen, const char *text);
/* One line with its base line at y; what is cut is the title. Returns the width drawn. */
double bpr_i_chart_text(struct chart *c, double x, double y, const struct chart_pen *pen, const char *text);
/* Pieces of one line, already plain; the pen gives size, anchor and room. */
struct chart_run { const char *text; enum chart_ink ink; bool bold; };
double bpr_i_chart_runs(struct chart *c, double x, double y, const struct chart_pen *pen, const struct chart_run *runs, size_t count);
/* Lines of at most pen->room, at most `most`; NULL and 0 for an empty text. Kept. */
const char *const *bpr_i_chart_wrap(struct chart *c, const struct chart_pen *pen, const char *text, size_t most, size_t *count);
/* Such lines, the base line of the first at y; returns how many there are. */
size_t bpr_i_chart_lines(struct chart *c, double x, double y, const struct chart_pen *pen, const char *text, size_t most);
/* The same around y as their middle. */
void bpr_i_chart_middle(struct chart *c, double x, double y, const struct chart_pen *pen, const char *text, size_t most);
double bpr_i_chart_leading(const struct chart_pen *pen);
/* Message id in the language of the figure, with {1} filled in (or NULL). Kept. */
const char *bpr_i_chart_say(struct chart *c, const char *id, const char *first);
/* A count as people write it. Kept. */
const char *bpr_i_chart_count(struct chart *c, double x);
/* What a pointer shows over the shapes until bpr_i_chart_close(): the texts that there are, joined. */
void bpr_i_chart_open(struct chart *c, const char *title, const char *more);
void bpr_i_chart_close(struct chart *c);

/* ---- shapes ---- */
void bpr_i_chart_rect(struct chart *c, const struct bpr_box *box, double round, enum chart_ink ink);
/* Stripes over the box: handwriting. */
void bpr_i_chart_hatch(struct chart *c, const struct bpr_box *box);
void bpr_i_chart_frame(struct chart *c, const struct bpr_box *box, double round, enum chart_ink ink, double thick);
/* dash: "4 3" or NULL. */
void bpr_i_chart_line(struct chart *c, struct chart_point a, struct chart_point b, enum chart_ink ink, double thick, const char *dash);
void bpr_i_chart_disc(struct chart *c, double x, double y, double r, enum chart_ink ink);
void bpr_i_chart_ring(struct chart *c, double x, double y, double r, enum chart_ink ink, double thick);
void bpr_i_chart_polygon(struct chart *c, const struct chart_point *points, size_t count, enum chart_ink ink);
/* Head of an arrow with its tip at a point; way: +1 to the right, -1 to the left. */
void bpr_i_chart_tip(struct chart *c, double x, double y, double way, enum chart_ink ink);
/* Squares and their names beside each other, from `left` on where a line is full; base line y. */
struct chart_keys { double left, x, y; };
void bpr_i_chart_key(struct chart *c, struct chart_keys *keys, enum chart_ink ink, const char *text);
/* Numbers in attributes. */
void bpr_i_chart_put(struct chart *c, const char *name, double x);
/* " color=… class=…" of an ink. */
void bpr_i_chart_ink(struct chart *c, enum chart_ink ink);

/* ---- axes ---- */
enum chart_scale { SCALE_PLAIN = 0, SCALE_PERCENT };
struct chart_axis {
	enum chart_scale scale;
	double from, to;       /* pixels of its ends; from > to: upwards */
	double lo, hi;         /* values there: multiples of the step */
	double mantissa; int power; /* step = mantissa * 10^power */
};
/*
 * Round ends around lo … hi (0 … 1 where they are one or no numbers), a step of 1, 2 or 5 with `least` pixels or what the numbers
 * need between two lines. from, to, scale are set before.
 */
void bpr_i_chart_axis(struct chart *c, struct chart_axis *axis, double lo, double hi, double least);
/* The same with the unit's name behind its last number; axis->to is where the name may end. */
void bpr_i_chart_axis_unit(struct chart *c, struct chart_axis *axis, double lo, double hi, double y);
/* The unit's name in front of its first number, at the left edge. */
void bpr_i_chart_unit_before(struct chart *c, const struct chart_axis *axis, double y);
/* Where a value stands; beyond the ends at the end. */
double bpr_i_chart_at(const struct chart_axis *axis, double value);
size_t bpr_i_chart_ticks(const struct chart_axis *axis);
double bpr_i_chart_tick(const struct chart_axis *axis, size_t i);
/* Its number. Kept. */
const char *bpr_i_chart_tick_text(struct chart *c, const struct chart_axis *axis, double value);
/* Lines from top to bottom with numbers above them (base line y). */
void bpr_i_chart_across(struct chart *c, const struct chart_axis *axis, double y, double top, double bottom);
/* Lines from left to right with numbers in front of them. */
void bpr_i_chart_upward(struct chart *c, const struct chart_axis *axis, double left, double right);

/* Widest of a column of labels within bounds. */
double bpr_i_chart_column(double least, double most, double wide);
enum chart_ink bpr_i_chart_side(enum bpr_side side);
/* "before", "after"; kept. */
const char *bpr_i_chart_side_name(struct chart *c, enum bpr_side side);

/* ---- kinds: each returns the height ---- */
typedef double bpr_i_chart_kind(struct chart *c);
bpr_i_chart_kind bpr_i_chart_dumbbell, bpr_i_chart_forms, bpr_i_chart_ribbon, bpr_i_chart_histogram, bpr_i_chart_load,
	bpr_i_chart_bars, bpr_i_chart_waterfall, bpr_i_chart_tornado, bpr_i_chart_steps, bpr_i_chart_hours, bpr_i_chart_week, bpr_i_chart_days,
	bpr_i_chart_scatter, bpr_i_chart_gantt;
/* A flow writes <svg> elements of its own: as many as pages hold. */
void bpr_i_chart_flow(const struct bpr_doc_figure *figure, enum bpr_lang lang, const char *prefix, struct bpr_buf *out);
bpr_i_chart_kind bpr_i_chart_map;
/* What follows what in a log: as wide as it needs. alone: a file of its own. */
void bpr_i_chart_follows(const struct bpr_doc_figure *figure, enum bpr_lang lang, const char *prefix, struct bpr_buf *out);
void bpr_i_follows_svg(const struct bpr_doc_figure *figure, enum bpr_lang lang, const char *prefix, bool alone, struct bpr_buf *out);
/* " color=… class=…" of a class of heat. */
void bpr_i_chart_heat(struct chart *c, size_t class);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts and shapes of figures; see chart_i.h. */
#include "config.h"
#include "base/num_i.h"
#include "base/problem_i.h"
#include "base/text_i.h"
#include "base/utf8_i.h"
#include "layout/sheet_i.h"
#include "report/chart_i.h"
#include "report/draw_i.h"
#include "study/words_i.h"
#include <bpr/text.h>
#include <math.h>
#include <string.h>
#include <uniwidth.h>

/* On white; a style sheet gives the class another colour in the dark. */
static const struct { const char *class, *colour; } inks[INK_COUNT] = {
	[INK_TEXT] = { "k-text", "#1f2933" }, [INK_FAINT] = { "k-faint", "#52606d" }, [INK_LINE] = { "k-line", "#9aa5b1" },
	[INK_GRID] = { "k-grid", "#e1e6eb" }, [INK_BEFORE] = { "k-before", "#697580" }, [INK_AFTER] = { "k-after", "#0b6e99" },
	[INK_WORSE] = { "k-worse", "#b4213b" }, [INK_TOTAL] = { "k-total", "#12435c" }, [INK_BAND] = { "k-band", "#cfe3ec" },
	[INK_ZONE] = { "k-zone", "#fdeaec" }, [INK_PAPER] = { "k-paper", "#ffffff" }, [INK_EDGE] = { "k-edge", "#9aa5b1" },
	[INK_HAND] = { "k-ink", "#b4213b" }, [INK_PRINT] = { "k-print", "#cfe6f2" }, [INK_WALK] = { "k-walk", "#c5ced8" },
	[INK_WRITE] = { "k-write", "#b4213b" }, [INK_WAIT] = { "k-wait", "#f0a35e" }, [INK_SERVE] = { "k-serve", "#0b6e99" },
	[INK_AWAY] = { "k-away", "#e8ebef" }, [INK_OWN] = { "k-own", "#a3d0bd" }, [INK_CARD] = { "k-card", "#f2f7fb" }, [INK_BACK] = { "k-back", "#ffffff" },
	[INK_ON] = { "k-on", "#ffffff" }, [INK_DARK] = { "k-dark", "#111111" },
};

/* ---- attributes ---- */

void bpr_i_chart_put(struct chart *c, const char *name, double x)
{
	bpr_i_buf_printf(&c->body, " %s=\"", name);
	bpr_i_buf_number(&c->body, isfinite(x) ? nearbyint(fmax(-1e7, fmin(1e7, x)) * 100) / 100 : 0);
	bpr_i_buf_putc(&c->body, '"');
}

void bpr_i_chart_ink(struct chart *c, enum chart_ink ink)
{
	bpr_i_buf_printf(&c->body, " class=\"%s\" color=\"%s\"", inks[ink].class, inks[ink].colour);
}

static void put_box(struct chart *c, const struct bpr_box *box)
{
	bpr_i_chart_put(c, "x", box->x);
	bpr_i_chart_put(c, "y", box->y);
	bpr_i_chart_put(c, "width", fmax(0, box->width));
	bpr_i_chart_put(c, "height", fmax(0, box->height));
}

/* ---- texts ---- */

static bool is_dropped(unsigned c)
{
	return c == 0x200b || c == 0x200e || c == 0x200f || c == 0x61c || c == 0xfeff || (c >= 0x202a && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069);
}

static bool is_blank(unsigned c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
}

static const char *keep(struct chart *c, struct bpr_buf *buf)
{
	const char *kept = buf->failed ? NULL : bpr_i_arena_strndup(&c->arena, buf->data ? buf->data : "", buf->length);

	bpr_i_buf_release(buf);
	if (!kept)
		c->failed = true;
	return kept ? kept : "";
}

const char *bpr_i_chart_plain(struct chart *c, const char *text)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	size_t length = text ? strlen(text) : 0, pos = 0, marks = 0;
	bool blank = false;

	while (pos < length) {
		unsigned code = bpr_i_utf8_next(text, length, &pos);

		if (is_dropped(code))
			continue;
		if (is_blank(code)) {
			blank = buf.length > 0;
			marks = 0;
			continue;
		}
		if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xfffe || code == 0xffff)
			code = 0xfffd;
		marks = uc_width((ucs4_t)code, "EUC-JP") > 0 ? 0 : marks + 1;
		if (marks > 3)
			continue;
		if (blank)
			bpr_i_buf_putc(&buf, ' ');
		blank = false;
		bpr_i_utf8_put(&buf, code);
	}
	return keep(c, &buf);
}

/* Bold letters are wider than what the measure, which is generous, knows. */
static double weight(const struct chart_pen *pen)
{
	return pen->bold ? pen->size * 1.04 : pen->size;
}

double bpr_i_chart_wide(const struct chart_pen *pen, const char *text)
{
	return text ? bpr_i_layout_text_width(text, strlen(text), weight(pen)) : 0;
}

double bpr_i_chart_leading(const struct chart_pen *pen)
{
	return nearbyint(pen->size * 1.3);
}

/* As much as fits, with "…" behind it; the text itself where all of it does. */
static const char *cut(struct chart *c, const struct chart_pen *pen, const char *text)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	size_t length = strlen(text), pos = 0, end = 0;
	double dots = bpr_i_chart_wide(pen, "…"), sum = 0;

	if (!(pen->room > 0) || bpr_i_chart_wide(pen, text) <= pen->room)
		return text;
	while (pos < length) {
		size_t start = pos;

		(void)bpr_i_utf8_next(text, length, &pos);
		sum += bpr_i_layout_text_width(text + start, pos - start, weight(pen));
		if (sum + dots > pen->room)
			break;
		end = pos;
	}
	bpr_i_buf_add(&buf, text, end);
	bpr_i_buf_puts(&buf, "…");
	return keep(c, &buf);
}

static void put_text(struct chart *c, const char *text)
{
	bpr_i_escape_svg(&c->body, text, strlen(text));
}

static void begin_line(struct chart *c, double x, double y, const struct chart_pen *pen)
{
	static const char *const anchors[] = { "", " text-anchor=\"middle\"", " text-anchor=\"end\"" };

	bpr_i_buf_puts(&c->body, "<text");
	bpr_i_chart_put(c, "x", x);
	bpr_i_chart_put(c, "y", y);
	bpr_i_chart_put(c, "font-size", pen->size);
	bpr_i_buf_puts(&c->body, pen->bold ? " font-weight=\"700\"" : "");
	bpr_i_buf_puts(&c->body, anchors[pen->anchor]);
	bpr_i_chart_ink(c, pen->ink);
	bpr_i_buf_puts(&c->body, " fill=\"currentColor\">");
}

static void put_line(struct chart *c, double x, double y, const struct chart_pen *pen, const char *text)
{
	begin_line(c, x, y, pen);
	put_text(c, text);
	bpr_i_buf_puts(&c->body, "</text>\n");
}

double bpr_i_chart_text(struct chart *c, double x, double y, const struct chart_pen *pen, const char *text)
{
	const char *plain = bpr_i_chart_plain(c, text), *shown = cut(c, pen, plain);

	if (!*shown)
		return 0;
	if (shown != plain)
		bpr_i_chart_open(c, plain, NULL);
	put_line(c, x, y, pen, shown);
	if (shown != plain)
		bpr_i_chart_close(c);
	return bpr_i_chart_wide(pen, shown);
}

static struct chart_pen pen_of(const struct chart_pen *pen, const struct chart_run *run)
{
	return (struct chart_pen){ .ink = run->ink, .size = pen->size, .bold = run->bold };
}

/* The runs as one text, for where they do not fit. */
static const char *joined(struct chart *c, const struct chart_run *runs, size_t count)
{
	struct bpr_buf buf = BPR_BUF_INIT;

	for (size_t i = 0; i < count; i++)
		bpr_i_buf_puts(&buf, runs[i].text);
	return keep(c, &buf);
}

double bpr_i_chart_runs(struct chart *c, double x, double y, const struct chart_pen *pen, const struct chart_run *runs, size_t count)
{
	double sum = 0;

	for (size_t i = 0; i < count; i++) {
		const struct chart_pen one = pen_of(pen, &runs[i]);

		sum += bpr_i_chart_wide(&one, runs[i].text);
	}
	if (pen->room > 0 && sum > pen->room)
		return bpr_i_chart_text(c, x, y, pen, joined(c, runs, count));
	begin_line(c, x, y, pen);
	for (size_t i = 0; i < count; i++) {
		bool as_pen = runs[i].ink == pen->ink && runs[i].bold == pen->bold;

		if (!as_pen) {
			bpr_i_buf_printf(&c->body, "<tspan font-weight=\"%d\"", runs[i].bold ? 700 : 400);
			bpr_i_chart_ink(c, runs[i].ink);
			bpr_i_buf_puts(&c->body, " fill=\"currentColor\">");
		}
		put_text(c, runs[i].text);
		bpr_i_buf_puts(&c->body, as_pen ? "" : "</tspan>");
	}
	bpr_i_buf_puts(&c->body, "</text>\n");
	return sum;
}

const char *const *bpr_i_chart_wrap(struct chart *c, const struct chart_pen *pen, const char *text, size_t most, size_t *count)
{
	const char *plain = bpr_i_chart_plain(c, text);
	const char *const *lines;
	double widest;

	*count = 0;
	if (!*plain)
		return NULL;
	lines = bpr_i_layout_label(&c->arena, plain, pen->room, weight(pen), most, count, &widest);
	if (!lines)
		c->failed = true;
	return lines;
}

size_t bpr_i_chart_lines(struct chart *c, double x, double y, const struct chart_pen *pen, const char *text, size_t most)
{
	size_t count, shown = 0;
	const char *const *lines = bpr_i_chart_wrap(c, pen, text, most, &count);
	bool whole;

	if (!lines || !count)
		return 0;
	for (size_t i = 0; i < count; i++)
		shown += strlen(lines[i]);
	whole = !strstr(lines[count - 1], "…") || shown + count >= strlen(text);
	if (!whole)
		bpr_i_chart_open(c, bpr_i_chart_plain(c, text), NULL);
	for (size_t i = 0; i < count; i++)
		put_line(c, x, y + (double)i * bpr_i_chart_leading(pen), pen, cut(c, pen, lines[i]));
	if (!whole)
		bpr_i_chart_close(c);
	return count;
}

void bpr_i_chart_middle(struct chart *c, double x, double y, const struct chart_pen *pen, const char *text, size_t most)
{
	size_t count;

	(void)bpr_i_chart_wrap(c, pen, text, most, &count);
	if (count)
		(void)bpr_i_chart_lines(c, x, y + pen->size * 0.36 - (double)(count - 1) * bpr_i_chart_leading(pen) / 2, pen, text, most);
}

const char *bpr_i_chart_say(struct chart *c, const char *id, const char *first)
{
	const char *text = bpr_text(c->lang, id);
	const char *args[4] = { first, NULL, NULL, NULL };
	char filled[600];

	if (!first)
		return text;
	(void)bpr_i_text_fill(filled, sizeof(filled), text, args);
	return bpr_i_chart_plain(c, filled);
}

const char *bpr_i_chart_count(struct chart *c, double x)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	struct bpr_words how = { .lang = c->lang };

	if (isfinite(x))
		bpr_i_words_count(&buf, how, x);
	return keep(c, &buf);
}

void bpr_i_chart_open(struct chart *c, const char *title, const char *more)
{
	const char *a = bpr_i_chart_plain(c, title), *b = bpr_i_chart_plain(c, more);

	bpr_i_buf_puts(&c->body, "<g>");
	if (!*a && !*b)
		return;
	bpr_i_buf_puts(&c->body, "<title>");
	put_text(c, a);
	bpr_i_buf_puts(&c->body, *a && *b ? ": " : "");
	put_text(c, b);
	bpr_i_buf_puts(&c->body, "</title>");
}

void bpr_i_chart_close(struct chart *c)
{
	bpr_i_buf_puts(&c->body, "</g>\n");
}

/* ---- shapes ---- */

static void put_stroke(struct chart *c, enum chart_ink ink, double thick, const char *dash)
{
	bpr_i_buf_puts(&c->body, " stroke=\"currentColor\"");
	bpr_i_chart_put(c, "stroke-width", thick);
	if (dash)
		bpr_i_buf_printf(&c->body, " stroke-dasharray=\"%s\"", dash);
	bpr_i_chart_ink(c, ink);
	bpr_i_buf_puts(&c->body, "/>\n");
}

static void put_fill(struct chart *c, enum chart_ink ink)
{
	bpr_i_buf_puts(&c->body, " fill=\"currentColor\"");
	bpr_i_chart_ink(c, ink);
	bpr_i_buf_puts(&c->body, "/>\n");
}

void bpr_i_chart_rect(struct chart *c, const struct bpr_box *box, double round, enum chart_ink ink)
{
	bpr_i_buf_puts(&c->body, "<rect");
	put_box(c, box);
	if (round > 0)
		bpr_i_chart_put(c, "rx", fmin(round, fmax(0, fmin(box->width, box->height) / 2)));
	put_fill(c, ink);
}

void bpr_i_chart_hatch(struct chart *c, const struct bpr_box *box)
{
	c->hatched = true;
	bpr_i_buf_puts(&c->body, "<rect");
	put_box(c, box);
	bpr_i_buf_printf(&c->body, " fill=\"url(#%s-%s-h)\"/>\n", c->prefix, c->figure->id);
}

void bpr_i_chart_frame(struct chart *c, const struct bpr_box *box, double round, enum chart_ink ink, double thick)
{
	bpr_i_buf_puts(&c->body, "<rect fill=\"none\"");
	put_box(c, box);
	if (round > 0)
		bpr_i_chart_put(c, "rx", round);
	put_stroke(c, ink, thick, NULL);
}

void bpr_i_chart_line(struct chart *c, struct chart_point a, struct chart_point b, enum chart_ink ink, double thick, const char *dash)
{
	bpr_i_buf_puts(&c->body, "<line");
	bpr_i_chart_put(c, "x1", a.x);
	bpr_i_chart_put(c, "y1", a.y);
	bpr_i_chart_put(c, "x2", b.x);
	bpr_i_chart_put(c, "y2", b.y);
	put_stroke(c, ink, thick, dash);
}

static void put_circle(struct chart *c, double x, double y, double r)
{
	bpr_i_chart_put(c, "cx", x);
	bpr_i_chart_put(c, "cy", y);
	bpr_i_chart_put(c, "r", r);
}

void bpr_i_chart_disc(struct chart *c, double x, double y, double r, enum chart_ink ink)
{
	bpr_i_buf_puts(&c->body, "<circle");
	put_circle(c, x, y, r);
	put_fill(c, ink);
}

void bpr_i_chart_ring(struct chart *c, double x, double y, double r, enum chart_ink ink, double thick)
{
	bpr_i_buf_puts(&c->body, "<circle fill=\"none\"");
	put_circle(c, x, y, r);
	put_stroke(c, ink, thick, NULL);
}

static void put_coordinate(struct chart *c, double x)
{
	bpr_i_buf_number(&c->body, isfinite(x) ? nearbyint(x * 100) / 100 : 0);
}

void bpr_i_chart_polygon(struct chart *c, const struct chart_point *points, size_t count, enum chart_ink ink)
{
	bpr_i_buf_puts(&c->body, "<polygon points=\"");
	for (size_t i = 0; i < count; i++) {
		bpr_i_buf_puts(&c->body, i ? " " : "");
		put_coordinate(c, points[i].x);
		bpr_i_buf_putc(&c->body, ',');
		put_coordinate(c, points[i].y);
	}
	bpr_i_buf_putc(&c->body, '"');
	put_fill(c, ink);
}

void bpr_i_chart_tip(struct chart *c, double x, double y, double way, enum chart_ink ink)
{
	const struct chart_point points[] = { { x, y }, { x - way * 8, y - 5 }, { x - way * 8, y + 5 } };

	bpr_i_chart_polygon(c, points, 3, ink);
}

void bpr_i_chart_key(struct chart *c, struct chart_keys *keys, enum chart_ink ink, const char *text)
{
	const struct chart_pen pen = { .ink = INK_TEXT, .size = 12, .room = 300 };
	double wide = 20 + fmin(pen.room, bpr_i_chart_wide(&pen, bpr_i_chart_plain(c, text)));
	struct bpr_box box = { 0, 0, 14, 14 };

	if (keys->x > keys->left && keys->x + wide > CHART_WIDTH - CHART_EDGE) {
		keys->x = keys->left;
		keys->y += 20;
	}
	box.x = keys->x;
	box.y = keys->y - 11;
	bpr_i_chart_rect(c, &box, 2, ink);
	if (ink == INK_WRITE)
		bpr_i_chart_hatch(c, &box);
	(void)bpr_i_chart_text(c, keys->x + 20, keys->y, &pen, text);
	keys->x += wide + 20;
}

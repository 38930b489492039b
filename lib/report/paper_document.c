/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document laid out on sheets: its blocks from top to bottom, headings with what they head, page numbers and the frame. */
#include "config.h"
#include "base/text_i.h"
#include "report/paper_flow_i.h"
#include "report/render_i.h"
#include "study/figure_i.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Of tiles and cards: how narrow they may be, in em. */
static const double POINT = 25.4 / 72, TILE = 9, CARD = 13;

/* Small sheets are cut out and held in a hand. */
static double margin_of(enum bpr_paper_size size)
{
	return size == BPR_PAGE_A6 ? 7 : size == BPR_PAGE_A5 ? 11 : 15;
}

/* ---- pages ---- */

/* What is on every page stays readable and small, whatever the scale of the text. */
static double frame_em(const struct paper_flow *f)
{
	return fmin(f->em, 5) * 0.76;
}

static void put_head(struct paper_flow *f)
{
	const struct bpr_doc_frame *frame = &f->doc->frame;
	struct bpr_paper_font font = { .size = frame_em(f), .grey = true }, badge = { .size = frame_em(f), .bold = true, .align = BPR_PAPER_CENTRE };
	double margin = margin_of(f->size), line = bpr_i_paper_line_height(&font), wide = bpr_i_paper_width(f->size) - 2 * margin, stamp = 0;

	if (frame->stamp && *frame->stamp) {
		stamp = fmin(bpr_i_paper_text_width(&badge, frame->stamp) + 2 * font.size, wide / 2);
		bpr_i_paper_box(f->page, margin + wide - stamp, margin - 0.3 * font.size, stamp, line + 0.6 * font.size, 0.3, NULL, 0.8);
		(void)bpr_i_paper_fit(f->page, (double[]){ margin + wide - stamp, margin, stamp, line }, &badge, frame->stamp);
		stamp += font.size;
	}
	if (frame->head && *frame->head)
		(void)bpr_i_paper_fit(f->page, (double[]){ margin, margin, wide - stamp, line }, &font, frame->head);
}

void bpr_i_flow_page(struct paper_flow *f)
{
	const struct bpr_doc_frame *frame = &f->doc->frame;
	struct bpr_paper_font font = { .size = frame_em(f) };
	bool head = (frame->head && *frame->head) || (frame->stamp && *frame->stamp);
	double margin = margin_of(f->size);

	f->top = f->y = margin + (head ? bpr_i_paper_line_height(&font) + 1.2 * font.size : 0);
	f->bottom = bpr_i_paper_height(f->size) - margin - 1.6 * bpr_i_paper_line_height(&font);
	if (f->dry)
		return;
	f->page = bpr_i_paper_page(f->paper, f->size, f->title);
	put_head(f);
}

/* Numbers and the line below, once it is known how many pages there are. */
static void put_feet(struct paper_flow *f, size_t first)
{
	struct bpr_paper_font font = { .size = frame_em(f), .grey = true, .align = BPR_PAPER_RIGHT }, left = { .size = frame_em(f), .grey = true };
	double margin = margin_of(f->size), wide = bpr_i_paper_width(f->size) - 2 * margin, line = bpr_i_paper_line_height(&font);
	double y = bpr_i_paper_height(f->size) - margin - line;

	for (size_t i = first; i < f->paper->count; i++) {
		char number[64];

		(void)snprintf(number, sizeof(number), "%zu / %zu", i - first + 1, f->paper->count - first);
		bpr_i_paper_line(&f->paper->pages[i], margin, y - 0.4 * font.size, margin + wide, y - 0.4 * font.size, 0.15, false);
		(void)bpr_i_paper_text(&f->paper->pages[i], margin, y, wide, &font, number);
		if (f->doc->frame.foot && *f->doc->frame.foot)
			(void)bpr_i_paper_fit(&f->paper->pages[i], (double[]){ margin, y, wide * 0.84, line }, &left, f->doc->frame.foot);
	}
}

bool bpr_i_flow_at_top(const struct paper_flow *f)
{
	return f->y <= f->top + 1e-6;
}

void bpr_i_flow_need(struct paper_flow *f, double height)
{
	if (!f->dry && f->y + height > f->bottom + 1e-6 && !bpr_i_flow_at_top(f))
		bpr_i_flow_page(f);
}

void bpr_i_flow_gap(struct paper_flow *f, double height)
{
	if (!bpr_i_flow_at_top(f))
		f->y += height;
}

/* ---- texts ---- */

struct bpr_paper_font bpr_i_flow_font(const struct paper_flow *f, double size, enum bpr_doc_tone tone)
{
	(void)f;
	return (struct bpr_paper_font){ .size = size, .bold = tone == BPR_DOC_STRONG || tone == BPR_DOC_WORSE, .grey = tone == BPR_DOC_FAINT };
}

const char *bpr_i_flow_sign(enum bpr_doc_tone tone)
{
	return tone == BPR_DOC_WORSE ? "▲ " : tone == BPR_DOC_BETTER ? "○ " : "";
}

bool bpr_i_flow_ticked(const char **text)
{
	static const char box[] = "☐";

	if (strncmp(*text, box, sizeof(box) - 1) != 0)
		return false;
	*text += sizeof(box) - 1;
	while (**text == ' ')
		(*text)++;
	return true;
}

/* Lines of a text from f->y on, over pages; at least two of them stay together. */
static void put_lines(struct paper_flow *f, double indent, const struct bpr_paper_font *font, const char *text, const struct bpr_doc_block *b)
{
	struct bpr_paper_font measure = *font;
	double step = bpr_i_paper_line_height(font), wide = f->width - indent;
	struct paper_runs runs = { b ? b->runs : NULL, b ? b->run_count : 0, 0 };
	struct paper_lines lines;
	struct paper_line line;
	size_t left;

	for (size_t i = 0; i < runs.count; i++)
		measure.bold = measure.bold || runs.runs[i].strong;
	left = bpr_i_paper_lines_count(wide, &measure, text);
	bpr_i_paper_lines(&lines, wide, &measure, text);
	while (bpr_i_paper_lines_next(&lines, &line)) {
		size_t fit = f->dry ? left : (size_t)fmax(0, (f->bottom - f->y + 1e-6) / step);

		if (!fit || (fit == 1 && left == 2 && !bpr_i_flow_at_top(f)))
			bpr_i_flow_page(f);
		runs.from = line.length ? (size_t)(line.text - text) : 0;
		bpr_i_paper_put_line(f->page, f->left + indent, f->y, wide, font, &line, &runs);
		f->y += step;
		left--;
	}
}

static double text_height(const struct paper_flow *f, double indent, const struct bpr_paper_font *font, const char *text)
{
	return bpr_i_paper_text(NULL, 0, 0, f->width - indent, font, text);
}

static const char *text_of(const struct bpr_doc_block *b)
{
	return b->text ? b->text : "";
}

/* ---- how high a block is at least, so that a heading is not left alone ---- */

static double least(struct paper_flow *f, const struct bpr_doc_block *b);

static double heading_size(const struct bpr_doc_block *b)
{
	return b->kind == BPR_DOC_PAGE || b->level < 2 ? 1.6 : b->level == 2 ? 1.22 : 1.06;
}

static const struct bpr_doc_block *behind(const struct paper_flow *f, const struct bpr_doc_block *b)
{
	return b + 1 < f->doc->blocks + f->doc->block_count ? b + 1 : NULL;
}

static double cards_height(struct paper_flow *f, const struct bpr_doc_card *cards, size_t count, double wide, bool numbered);
static double tiles_height(struct paper_flow *f, const struct bpr_doc_block *b, size_t from, size_t per_row);
static size_t per_row(const struct paper_flow *f, size_t count, size_t most, double em);

static double figure_height(struct paper_flow *f, const struct bpr_doc_block *b)
{
	struct bpr_buf svg = BPR_BUF_INIT;
	double height;

	bpr_i_chart_svg(b->figure, f->doc->lang, "m-", &svg);
	height = svg.failed || !svg.data ? 0 : bpr_i_paper_picture(NULL, 0, 0, f->width, svg.data);
	if (svg.failed)
		f->paper->failed = true;
	bpr_i_buf_release(&svg);
	return fmin(height, f->bottom - f->top);
}

static double least(struct paper_flow *f, const struct bpr_doc_block *b)
{
	double line = f->em * 1.5;

	if (!b)
		return 0;
	switch (b->kind) {
	case BPR_DOC_HEADING: {
		struct bpr_paper_font font = { .size = f->em * heading_size(b), .bold = true };

		return text_height(f, 0, &font, text_of(b)) + f->em * 0.8 + least(f, behind(f, b));
	}
	case BPR_DOC_TABLE: return bpr_i_flow_table_least(f, b->table) + f->em * 0.5;
	case BPR_DOC_FIGURE: return figure_height(f, b);
	case BPR_DOC_TILES: return tiles_height(f, b, 0, per_row(f, b->tile_count, 4, TILE));
	case BPR_DOC_CARDS: return cards_height(f, b->cards, b->card_count < 3 ? b->card_count : 3, f->width / (double)per_row(f, b->card_count, 3, CARD), false);
	case BPR_DOC_BOX: return cards_height(f, b->cards, 1, f->width, true);
	case BPR_DOC_COLUMNS: return least(f, behind(f, b));
	case BPR_DOC_PAGE: case BPR_DOC_COLUMNS_END: return 0;
	case BPR_DOC_LEAD: case BPR_DOC_PARAGRAPH: case BPR_DOC_ITEM: case BPR_DOC_NOTE: case BPR_DOC_READING: case BPR_DOC_COMMAND: break;
	}
	return 2 * line;
}

/* ---- blocks ---- */

static void heading(struct paper_flow *f, const struct bpr_doc_block *b)
{
	struct bpr_paper_font font = { .size = f->em * heading_size(b), .bold = true }, small = { .size = f->em * 0.86, .grey = true };
	bool large = b->kind == BPR_DOC_PAGE || b->level < 2;
	double own = text_height(f, 0, &font, text_of(b)) + f->em, rest = fmin(least(f, behind(f, b)), (f->bottom - f->top) / 2);

	bpr_i_flow_need(f, own + (b->kind == BPR_DOC_PAGE ? 0 : rest) + f->em);
	bpr_i_flow_gap(f, f->em * (large ? 1.2 : 0.9));
	put_lines(f, 0, &font, text_of(b), NULL);
	if (large) {
		bpr_i_paper_line(f->page, f->left, f->y + 0.4, f->left + f->width, f->y + 0.4, 0.5, false);
		f->y += 0.4;
	}
	if (b->aside && *b->aside)
		put_lines(f, 0, &small, b->aside, NULL);
	f->y += f->em * (large ? 0.6 : 0.25);
}

static void paragraph(struct paper_flow *f, const struct bpr_doc_block *b, double size, bool grey)
{
	struct bpr_paper_font font = bpr_i_flow_font(f, f->em * size, b->tone);
	const char *sign = bpr_i_flow_sign(b->tone);
	double indent = 0;

	font.grey = font.grey || grey;
	bpr_i_flow_gap(f, f->em * 0.35);
	if (*sign) {
		indent = 1.5 * f->em;
		bpr_i_flow_need(f, bpr_i_paper_line_height(&font));
		(void)bpr_i_paper_text(f->page, f->left, f->y, indent, &font, sign);
	}
	put_lines(f, indent, &font, text_of(b), b);
}

/* With a bar at its left: the sentence that must be read, how to read a figure. */
static void barred(struct paper_flow *f, const struct bpr_doc_block *b, double size, bool bold)
{
	struct bpr_paper_font font = bpr_i_flow_font(f, f->em * size, b->tone);
	double top, height;

	font.bold = font.bold || bold;
	height = text_height(f, f->em, &font, text_of(b));
	bpr_i_flow_gap(f, f->em * 0.4);
	bpr_i_flow_need(f, fmin(height, f->bottom - f->top));
	top = f->y;
	put_lines(f, f->em, &font, text_of(b), b);
	if (f->y > top)
		bpr_i_paper_box(f->page, f->left, top, 0.3 * f->em, f->y - top, 0, bold ? "#0b6e99" : "#9aa5b1", 0);
	f->y += f->em * 0.3;
}

static void item(struct paper_flow *f, const struct bpr_doc_block *b)
{
	struct bpr_paper_font font = bpr_i_flow_font(f, f->em, b->tone);
	double from = b->level > 1 ? 1.4 * f->em : 0.2 * f->em, indent = from + 1.2 * f->em;
	const char *text = text_of(b), *sign = bpr_i_flow_sign(b->tone);
	struct bpr_doc_block plain = *b;
	bool ticked = bpr_i_flow_ticked(&text);

	bpr_i_flow_gap(f, f->em * 0.12);
	bpr_i_flow_need(f, bpr_i_paper_line_height(&font));
	if (ticked) {
		bpr_i_paper_tick(f->page, f->left + from, f->y + 0.22 * f->em, f->em);
		indent += 0.4 * f->em;
		plain.run_count = 0;
	} else if (*sign) {
		(void)bpr_i_paper_text(f->page, f->left + from, f->y, 1.5 * f->em, &font, sign);
		indent += 0.3 * f->em;
	} else {
		bpr_i_paper_dot(f->page, f->left + from + 0.4 * f->em, f->y + 0.75 * f->em, 0.13 * f->em, b->level < 2);
	}
	put_lines(f, indent, &font, text, &plain);
}

static void command(struct paper_flow *f, const struct bpr_doc_block *b)
{
	struct bpr_paper_font font = { .size = f->em * 0.88 };
	double height = text_height(f, 2 * f->em, &font, text_of(b));

	bpr_i_flow_gap(f, f->em * 0.3);
	bpr_i_flow_need(f, height + 0.6 * f->em);
	bpr_i_paper_box(f->page, f->left, f->y, f->width, height + 0.6 * f->em, 0, "#eef1f4", 0.8);
	(void)bpr_i_paper_text(f->page, f->left + f->em, f->y + 0.3 * f->em, f->width - 2 * f->em, &font, text_of(b));
	f->y += height + 0.9 * f->em;
}

/* One of the pictures of a figure; smaller rather than cut. */
static void picture(struct paper_flow *f, const char *svg)
{
	double wide = f->width, height = bpr_i_paper_picture(NULL, 0, 0, wide, svg), most = f->bottom - f->top;

	if (height > most) {
		wide *= most / height;
		height = most;
	}
	bpr_i_flow_need(f, height);
	if (height > 0)
		(void)bpr_i_paper_picture(f->page, f->left + (f->width - wide) / 2, f->y, wide, svg);
	f->y += height;
}

/* A flow that is drawn in several strips is several pictures. */
static void figure(struct paper_flow *f, const struct bpr_doc_block *b)
{
	struct bpr_buf svg = BPR_BUF_INIT;
	char prefix[64];
	const char *at;

	(void)snprintf(prefix, sizeof(prefix), "f%zu-%zu-", f->paper->count, f->figures++);
	bpr_i_chart_svg(b->figure, f->doc->lang, prefix, &svg);
	if (svg.failed)
		f->paper->failed = true;
	bpr_i_flow_gap(f, f->em * 0.4);
	for (at = svg.failed ? NULL : svg.data; at && strstr(at, "<svg"); at = bpr_i_paper_picture_end(at))
		picture(f, at);
	bpr_i_buf_release(&svg);
}

/* ---- boxes beside each other ---- */

/* Boxes that stand beside each other, each at least so many em wide. */
static size_t per_row(const struct paper_flow *f, size_t count, size_t most, double em)
{
	size_t room = (size_t)fmax(1, (f->width + f->em) / ((em + 1) * f->em));

	most = most < room ? most : room;
	return count < 1 ? 1 : count <= most ? count : count == 4 && most == 3 ? 2 : most;
}

static double tile(struct paper_flow *f, const struct bpr_doc_tile *t, double x, double y, double wide, bool draw)
{
	struct bpr_paper_font label = { .size = f->em * 0.82, .grey = true }, large = { .size = f->em * 1.3, .bold = true };
	struct bpr_paper_font change = bpr_i_flow_font(f, f->em * 0.86, t->tone);
	struct bpr_paper_page *page = draw ? f->page : NULL;
	struct bpr_buf text = BPR_BUF_INIT;
	double at = y + 0.5 * f->em;

	if (t->before) {
		bpr_i_buf_puts(&text, t->before);
		bpr_i_buf_puts(&text, " → ");
	}
	bpr_i_buf_puts(&text, t->after ? t->after : "");
	if (t->unit && *t->unit) {
		bpr_i_buf_putc(&text, ' ');
		bpr_i_buf_puts(&text, t->unit);
	}
	if (text.failed)
		f->paper->failed = true;
	x += 0.6 * f->em;
	wide -= 1.2 * f->em;
	at += bpr_i_paper_text(page, x, at, wide, &label, t->label);
	at += bpr_i_paper_text(page, x, at, wide, &large, text.data ? text.data : "");
	if (t->change)
		at += bpr_i_paper_text(page, x, at, wide, &change, t->change);
	bpr_i_buf_release(&text);
	return at + 0.5 * f->em - y;
}

static double tiles_height(struct paper_flow *f, const struct bpr_doc_block *b, size_t from, size_t n)
{
	double most = 0;

	for (size_t i = from; i < b->tile_count && i < from + n; i++)
		most = fmax(most, tile(f, &b->tiles[i], 0, 0, (f->width - f->em * (double)(n - 1)) / (double)n, false));
	return most;
}

static void tiles(struct paper_flow *f, const struct bpr_doc_block *b)
{
	size_t n = per_row(f, b->tile_count, 4, TILE);
	double wide = (f->width - f->em * (double)(n - 1)) / (double)n;

	for (size_t i = 0; i < b->tile_count; i += n) {
		double height = tiles_height(f, b, i, n);

		bpr_i_flow_gap(f, f->em * 0.5);
		bpr_i_flow_need(f, height);
		for (size_t k = i; k < b->tile_count && k < i + n; k++) {
			double x = f->left + (double)(k - i) * (wide + f->em);

			bpr_i_paper_box(f->page, x, f->y, wide, height, 0.25, "#f7f9fa", 1);
			(void)tile(f, &b->tiles[k], x, f->y, wide, true);
		}
		f->y += height;
	}
}

/* A card at (x, y); returns its height. */
static double card(struct paper_flow *f, const struct bpr_doc_card *c, const double at[3], bool numbered, bool draw)
{
	struct bpr_paper_font title = { .size = f->em * 1.04, .bold = true }, font = { .size = f->em * 0.94 };
	struct bpr_paper_page *page = draw ? f->page : NULL;
	double x = at[0] + 0.7 * f->em, y = at[1] + 0.5 * f->em, wide = at[2] - 1.4 * f->em, indent = (numbered ? 1.6 : 1) * f->em;

	if (c->title)
		y += bpr_i_paper_text(page, x, y, wide, &title, c->title);
	for (size_t i = 0; i < c->line_count; i++) {
		const char *text = c->lines[i];
		char number[32];

		(void)snprintf(number, sizeof(number), "%zu.", i + 1);
		if (bpr_i_flow_ticked(&text))
			bpr_i_paper_tick(page, x, y + 0.2 * f->em, 0.9 * f->em);
		else if (numbered)
			(void)bpr_i_paper_text(page, x, y, indent, &font, number);
		else
			bpr_i_paper_dot(page, x + 0.3 * f->em, y + 0.7 * f->em, 0.13 * f->em, true);
		y += bpr_i_paper_text(page, x + indent + (text != c->lines[i] ? 0.3 * f->em : 0), y, wide - indent - (text != c->lines[i] ? 0.3 * f->em : 0), &font, text);
	}
	return y + 0.5 * f->em - at[1];
}

static double cards_height(struct paper_flow *f, const struct bpr_doc_card *cards, size_t count, double wide, bool numbered)
{
	double most = 0;

	for (size_t i = 0; i < count; i++)
		most = fmax(most, card(f, &cards[i], (const double[]){ 0, 0, wide }, numbered, false));
	return most;
}

/* A card that no page has room for: its title and its lines, one below the other. */
static void long_card(struct paper_flow *f, const struct bpr_doc_card *c)
{
	struct bpr_doc_block b = { .kind = BPR_DOC_ITEM, .level = 1 };
	struct bpr_paper_font title = { .size = f->em * 1.04, .bold = true };

	bpr_i_flow_gap(f, f->em * 0.6);
	if (c->title)
		put_lines(f, 0, &title, c->title, NULL);
	for (size_t i = 0; i < c->line_count; i++) {
		b.text = c->lines[i];
		item(f, &b);
	}
}

static void cards(struct paper_flow *f, const struct bpr_doc_block *b, size_t most, bool numbered)
{
	size_t n = per_row(f, b->card_count, most, CARD);
	double wide = (f->width - f->em * (double)(n - 1)) / (double)n;

	for (size_t i = 0; i < b->card_count; i += n) {
		size_t count = b->card_count - i < n ? b->card_count - i : n;
		double height = cards_height(f, &b->cards[i], count, wide, numbered);

		if (!f->dry && height > f->bottom - f->top) {
			for (size_t k = 0; k < count; k++)
				long_card(f, &b->cards[i + k]);
			continue;
		}
		bpr_i_flow_gap(f, f->em * 0.5);
		bpr_i_flow_need(f, height);
		for (size_t k = 0; k < count; k++) {
			double at[3] = { f->left + (double)k * (wide + f->em), f->y, wide };

			bpr_i_paper_box(f->page, at[0], at[1], wide, height, 0.25, NULL, 1);
			(void)card(f, &b->cards[i + k], at, numbered, true);
		}
		f->y += height;
	}
}

/* ---- all ---- */

static void block(struct paper_flow *f, const struct bpr_doc_block *b)
{
	switch (b->kind) {
	case BPR_DOC_PAGE: case BPR_DOC_HEADING: heading(f, b); break;
	case BPR_DOC_LEAD: barred(f, b, 1.08, true); break;
	case BPR_DOC_PARAGRAPH: paragraph(f, b, 1, false); break;
	case BPR_DOC_NOTE: paragraph(f, b, 0.84, true); break;
	case BPR_DOC_READING: barred(f, b, 0.9, false); break;
	case BPR_DOC_COMMAND: command(f, b); break;
	case BPR_DOC_ITEM: item(f, b); break;
	case BPR_DOC_TABLE:
		bpr_i_flow_gap(f, f->em * 0.4);
		bpr_i_flow_table(f, b->table);
		f->y += f->em * 0.4;
		break;
	case BPR_DOC_FIGURE: figure(f, b); break;
	case BPR_DOC_TILES: tiles(f, b); break;
	case BPR_DOC_CARDS: cards(f, b, 3, false); break;
	case BPR_DOC_BOX: cards(f, b, 1, true); break;
	case BPR_DOC_COLUMNS: case BPR_DOC_COLUMNS_END: break;
	}
}

static bool is_column(const struct bpr_doc_block *b)
{
	return b->kind == BPR_DOC_HEADING && b->level == 2;
}

/* Blocks [from, to) in a column at (left, y); returns where it ends. */
static double column(struct paper_flow *f, const struct bpr_doc_block *from, const struct bpr_doc_block *to, const double at[3], bool dry)
{
	struct paper_flow own = *f;
	double end;

	own.left = at[0];
	own.y = at[1];
	own.width = at[2];
	own.dry = true; /* there is room for it */
	if (dry)
		own.page = NULL;
	own.words = (struct bpr_buf)BPR_BUF_INIT;
	for (; from < to; from++)
		block(&own, from);
	end = own.y;
	f->figures = own.figures;
	bpr_i_buf_release(&own.words);
	return end;
}

/* Two columns beside each other where a page has room for both, else one below the other. Returns the last block of them. */
static const struct bpr_doc_block *columns(struct paper_flow *f, const struct bpr_doc_block *b)
{
	const struct bpr_doc_block *end = f->doc->blocks + f->doc->block_count, *starts[3] = { 0 }, *at = b + 1;
	double wide = (f->width - 2 * f->em) / 2, heights[2], most;
	size_t n = 0;

	for (; at < end && at->kind != BPR_DOC_COLUMNS_END; at++)
		if (is_column(at) && n < 3)
			starts[n++] = at;
	if (n != 2 || starts[0] != b + 1)
		return b;
	for (size_t i = 0; i < 2; i++)
		heights[i] = column(f, starts[i], i ? at : starts[1], (const double[]){ f->left, f->top, wide }, true) - f->top;
	most = fmax(heights[0], heights[1]);
	if (most > f->bottom - f->top - f->em)
		return b;
	bpr_i_flow_gap(f, f->em * 0.5);
	bpr_i_flow_need(f, most + f->em);
	most = 0;
	for (size_t i = 0; i < 2; i++)
		most = fmax(most, column(f, starts[i], i ? at : starts[1], (const double[]){ f->left + (double)i * (wide + 2 * f->em), f->y, wide }, false));
	f->y = most;
	return at < end ? at : end - 1;
}

void bpr_i_paper_document(struct bpr_paper *paper, const struct bpr_document *doc, enum bpr_paper_size size, double scale)
{
	struct paper_flow f = { .paper = paper, .doc = doc, .size = size, .em = 10.5 * POINT * scale, .left = margin_of(size), .words = BPR_BUF_INIT };
	const struct bpr_doc_block *end = doc->blocks + doc->block_count;
	size_t first = paper->count;

	if (doc->failed)
		paper->failed = true;
	f.width = bpr_i_paper_width(size) - 2 * margin_of(size);
	f.title = doc->frame.title ? doc->frame.title : "";
	for (const struct bpr_doc_block *b = doc->blocks; b < end && !f.title[0]; b++)
		if (b->kind == BPR_DOC_HEADING || b->kind == BPR_DOC_PAGE)
			f.title = text_of(b);
	for (const struct bpr_doc_block *b = doc->blocks; b < end && !paper->failed; b++) {
		bool part = b->kind == BPR_DOC_PAGE;

		if (part)
			f.title = text_of(b);
		if (!f.page || (part && !bpr_i_flow_at_top(&f)))
			bpr_i_flow_page(&f);
		if (b->kind == BPR_DOC_COLUMNS)
			b = columns(&f, b);
		else
			block(&f, b);
	}
	if (!paper->failed)
		put_feet(&f, first);
	bpr_i_buf_release(&f.words);
}

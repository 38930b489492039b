/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether a part fits on one sheet of A4: the height of its blocks as page.css prints them, with texts measured without a font. A part
 * that is a little too high is printed smaller (a class, the style sheet's `zoom`); one that is much too high goes on on the next
 * sheet, and is printed smaller where that saves one. Pixels of CSS throughout.
 */
#include "config.h"
#include "layout/layout_i.h"
#include "report/html_i.h"
#include "study/words_i.h"
#include "base/num_i.h"
#include <math.h>
#include <string.h>

/* The sheet inside its margins, less what rounding may take. */
#define SHEET_WIDTH 701.0
#define SHEET_HEIGHT 1030.0
#define SHEET_SAFE 1012.0 /* where a smaller size is left */
#define FONT 12.6        /* of the body, printed */
#define CHART_WIDTH 760.0

/* Of the space around blocks, what stands in that of their neighbours. */
#define COLLAPSED 32.0
/* Nothing is cut at the end of a sheet: so much of it stays empty. */
#define LOST 130.0
enum { MOST_SHEETS = 3, MOST_COLUMNS = 12 };

/* Of the classes fit-0 to fit-4; the smallest makes the body's text 7 pt. */
static const double scales[HTML_FITS] = { 1, 0.93, 0.86, 0.8, 0.74 };

static void add(struct html_fit *fit, size_t i, double height)
{
	if (fit->columns)
		fit->column[i] += height * scales[i];
	else
		fit->part[i] += height * scales[i];
}

void bpr_i_html_fit_begin(struct html_fit *fit, bool on, size_t most)
{
	*fit = (struct html_fit){ .on = on, .most = most < HTML_FITS ? most : HTML_FITS - 1 };
	for (size_t i = 0; i < HTML_FITS; i++)
		fit->part[i] = -COLLAPSED * scales[i];
}

static double line_count(double width, double room)
{
	return width > 0 ? ceil(width / room) : 1;
}

static double width_of(const char *text, double font)
{
	return text ? bpr_i_layout_text_width(text, strlen(text), font * FONT) : 0;
}

static double room_of(const struct html_fit *fit, size_t i)
{
	return SHEET_WIDTH / scales[i] * (fit->columns ? 0.48 : 1);
}

void bpr_i_html_fit_text(struct html_fit *fit, const struct html_fit_style *style, const char *text)
{
	double width;

	if (!fit->on)
		return;
	width = width_of(text, style->font);
	for (size_t i = 0; i < HTML_FITS; i++) {
		double lines = line_count(width, room_of(fit, i) - style->inset);

		add(fit, i, style->around + lines * style->font * FONT * style->line);
	}
}

void bpr_i_html_fit_space(struct html_fit *fit, double height)
{
	for (size_t i = 0; fit->on && i < HTML_FITS; i++)
		add(fit, i, height);
}

void bpr_i_html_fit_tiles(struct html_fit *fit, const struct bpr_doc_tile *tiles, size_t count)
{
	double widest = 0;

	for (size_t i = 0; fit->on && i < count; i++)
		widest = fmax(widest, width_of(tiles[i].label, 0.88));
	for (size_t i = 0; fit->on && i < HTML_FITS; i++)
		add(fit, i, 78 + 17 * line_count(widest, room_of(fit, i) / (double)(count ? count : 1) - 30));
}

void bpr_i_html_fit_cards(struct html_fit *fit, const struct bpr_doc_card *cards, size_t count)
{
	for (size_t i = 0; fit->on && i < HTML_FITS; i++) {
		double most = 0;

		for (size_t k = 0; k < count; k++) {
			double lines = 0;

			for (size_t n = 0; n < cards[k].line_count; n++)
				lines += line_count(width_of(cards[k].lines[n], 0.95), room_of(fit, i) / (double)count - 56);
			most = fmax(most, lines);
		}
		add(fit, i, 48 + most * 0.95 * 1.5 * FONT);
	}
}

static double cell_width(const struct bpr_doc_cell *cell, enum bpr_lang lang, struct bpr_buf *words)
{
	bpr_i_buf_clear(words);
	bpr_i_words_cell(words, lang, cell);
	return width_of(words->data, 0.92);
}

/* Shares the room among columns as wide as `widest`: those that need less than an equal part keep what they need. */
static void share_room(const double *widest, size_t count, double room, double *out)
{
	size_t left = count;
	bool kept[MOST_COLUMNS] = { false };
	bool more = true;

	while (more && left) {
		more = false;
		for (size_t c = 0; c < count; c++)
			if (!kept[c] && widest[c] <= room / (double)left) {
				out[c] = widest[c];
				room -= widest[c];
				left--;
				kept[c] = more = true;
			}
	}
	for (size_t c = 0; c < count; c++)
		if (!kept[c])
			out[c] = room / (double)left;
}

void bpr_i_html_fit_table(struct html_fit *fit, const struct bpr_doc_table *table, enum bpr_lang lang)
{
	size_t columns = table->column_count < MOST_COLUMNS ? table->column_count : MOST_COLUMNS;
	double widest[MOST_COLUMNS] = { 0 }, room[HTML_FITS][MOST_COLUMNS];
	struct bpr_buf words = BPR_BUF_INIT;

	for (size_t c = 0; fit->on && c < columns; c++) {
		widest[c] = fmax(1, width_of(table->columns[c].title, 0.96));
		for (size_t r = 0; r < table->row_count; r++)
			widest[c] = fmax(widest[c], cell_width(&table->cells[r * table->column_count + c], lang, &words));
	}
	for (size_t i = 0; fit->on && i < HTML_FITS; i++) {
		share_room(widest, columns, room_of(fit, i) - 16 * (double)columns, room[i]);
		add(fit, i, 8 + 27);
	}
	for (size_t r = 0; fit->on && r < table->row_count; r++) {
		double lines[HTML_FITS] = { 0 };

		for (size_t c = 0; c < columns; c++) {
			double width = cell_width(&table->cells[r * table->column_count + c], lang, &words);

			for (size_t i = 0; i < HTML_FITS; i++)
				lines[i] = fmax(lines[i], line_count(width, room[i][c] + 0.5));
		}
		for (size_t i = 0; i < HTML_FITS; i++)
			add(fit, i, 9 + 17.4 * lines[i]);
	}
	bpr_i_buf_release(&words);
}

/* The height that a picture's viewBox says, drawn as wide as all; 0 where it has none. */
static double picture_height(const char *svg)
{
	const char *at = strstr(svg, "viewBox=\"");
	double box[4] = { 0 };

	if (!at)
		return 0;
	at += strlen("viewBox=\"");
	for (size_t i = 0; i < 4; i++) {
		size_t length = strcspn(at, " \"");

		if (!bpr_i_num_parse(at, length, &box[i]))
			return 0;
		at += length + (at[length] == ' ');
	}
	return box[2] > 0 ? box[3] * CHART_WIDTH / box[2] : 0;
}

/* A figure may be several pictures below each other. */
void bpr_i_html_fit_figure(struct html_fit *fit, const char *svg)
{
	for (svg = fit->on ? strstr(svg, "<svg ") : NULL; svg; svg = strstr(svg + 1, "<svg "))
		for (size_t i = 0; i < HTML_FITS; i++)
			add(fit, i, picture_height(svg) * SHEET_WIDTH / CHART_WIDTH * (fit->columns ? 0.48 : 1) + 10);
}

static void end_column(struct html_fit *fit)
{
	for (size_t i = 0; i < HTML_FITS; i++) {
		fit->highest[i] = fmax(fit->highest[i], fit->column[i]);
		fit->column[i] = 0;
	}
}

void bpr_i_html_fit_column(struct html_fit *fit)
{
	end_column(fit);
	fit->columns = true;
}

void bpr_i_html_fit_together(struct html_fit *fit)
{
	end_column(fit);
	for (size_t i = 0; i < HTML_FITS; i++) {
		fit->part[i] += fit->highest[i];
		fit->highest[i] = 0;
	}
	fit->columns = false;
}

size_t bpr_i_html_fit_end(struct html_fit *fit)
{
	if (!fit->on)
		return 0;
	if (fit->columns)
		bpr_i_html_fit_together(fit);
	for (size_t sheets = 1; sheets <= MOST_SHEETS; sheets++)
		for (size_t i = 0; i <= fit->most; i++)
			if (fit->part[i] <= (i < fit->most ? SHEET_SAFE : SHEET_HEIGHT) * (double)sheets - LOST * (double)(sheets - 1))
				return i;
	return 0;
}

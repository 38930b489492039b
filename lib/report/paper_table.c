/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables on sheets: columns as wide as their texts ask for, titles again on each page, rows that stay whole where they can. */
#include "config.h"
#include "report/paper_flow_i.h"
#include "study/words_i.h"
#include <math.h>
#include <string.h>

enum { COLUMNS = 12 };

struct table {
	struct paper_flow *f;
	const struct bpr_doc_table *table;
	struct bpr_paper_font font;
	double wide[COLUMNS], at[COLUMNS], pad;
	bool titles;
};

/* What stands in a cell, in a buffer that the next one takes. */
static const char *words(struct table *t, const struct bpr_doc_cell *cell)
{
	struct bpr_buf *buf = &t->f->words;

	bpr_i_buf_clear(buf);
	if (cell->value != BPR_DOC_BAR)
		bpr_i_words_cell(buf, t->f->doc->lang, cell);
	if (buf->failed)
		t->f->paper->failed = true;
	return buf->data && !buf->failed ? buf->data : "";
}

static struct bpr_paper_font cell_font(const struct table *t, size_t column, const struct bpr_doc_cell *cell)
{
	struct bpr_paper_font font = bpr_i_flow_font(t->f, t->font.size, cell->tone);

	font.align = t->table->columns[column].right ? BPR_PAPER_RIGHT : BPR_PAPER_LEFT;
	return font;
}

/* ---- widths ---- */

/* The longest piece that is not broken, at most six em: what is longer may be cut. */
static double longest_piece(const struct bpr_paper_font *font, const char *text)
{
	double most = 0, sum = 0;

	for (const char *at = text; *at; at++) {
		char one[2] = { *at, '\0' };

		sum = *at == ' ' || *at == '\n' || (*at & 0x80) ? 0 : sum + bpr_i_paper_text_width(font, one);
		most = sum > most ? sum : most;
	}
	most = most > 2 * font->size ? most : 2 * font->size;
	return most < 9 * font->size ? most : 9 * font->size;
}

static void ask(size_t c, const struct bpr_paper_font *font, const char *text, double want[], double least[])
{
	bool ticked = bpr_i_flow_ticked(&text);
	double all = bpr_i_paper_text_width(font, text) + 0.1, piece = longest_piece(font, text);

	if (ticked && !*text)
		piece = 0;
	if (ticked) {
		all += 1.4 * font->size;
		piece += 1.4 * font->size;
	}
	want[c] = all > want[c] ? all : want[c];
	least[c] = piece < all ? (piece > least[c] ? piece : least[c]) : (all > least[c] ? all : least[c]);
}

/*
 * Each column gets the least it needs; what is left is shared among those that ask for more, by the root of how much more: a column of
 * sentences becomes the widest, and the others are not squeezed to nothing beside it.
 */
static void shrink(struct table *t, double room, double want[], const double least[])
{
	size_t n = t->table->column_count, full = 0;
	double total = 0, bare = 0;
	bool kept[COLUMNS] = { false };

	for (size_t c = 0; c < n; c++) {
		total += want[c];
		bare += least[c];
	}
	if (total <= room)
		return;
	for (size_t c = 0; c < n && bare >= room; c++) /* even the least is too much: all of them give */
		want[c] = least[c] * room / bare;
	while (bare < room && full < n) {
		double weight = 0, left = room;
		bool more = false;

		for (size_t c = 0; c < n; c++) {
			weight += kept[c] ? 0 : sqrt(want[c] - least[c]);
			left -= kept[c] ? want[c] : least[c];
		}
		for (size_t c = 0; c < n && !more; c++) /* one that gets all it asks for leaves more for the others */
			if (!kept[c] && left * sqrt(want[c] - least[c]) >= weight * (want[c] - least[c])) {
				kept[c] = more = true;
				full++;
			}
		if (more)
			continue;
		for (size_t c = 0; c < n; c++)
			if (!kept[c])
				want[c] = least[c] + left * sqrt(want[c] - least[c]) / weight;
		return;
	}
}

static void measure(struct table *t)
{
	const struct bpr_doc_table *table = t->table;
	double want[COLUMNS] = { 0 }, least[COLUMNS] = { 0 }, room = t->f->width - 2 * t->pad * (double)table->column_count, total = 0, x;
	struct bpr_paper_font bold = t->font;

	bold.bold = true;
	for (size_t c = 0; c < table->column_count; c++) {
		if (table->columns[c].title && *table->columns[c].title)
			ask(c, &bold, table->columns[c].title, want, least);
		for (size_t r = 0; r < table->row_count; r++) {
			const struct bpr_doc_cell *cell = &table->cells[r * table->column_count + c];
			struct bpr_paper_font font = cell_font(t, c, cell);

			if (cell->value == BPR_DOC_BAR)
				want[c] = least[c] = 7 * t->font.size;
			else
				ask(c, &font, words(t, cell), want, least);
		}
	}
	shrink(t, room, want, least);
	for (size_t c = 0; c < table->column_count; c++)
		total += want[c];
	x = t->f->left;
	for (size_t c = 0; c < table->column_count; c++) {
		/* Room that is left: a table across the sheet is easier to write into, and its last column takes the rest. */
		t->wide[c] = want[c] + (total < room ? (room - total) * want[c] / (total > 0 ? total : 1) : 0);
		t->at[c] = x + t->pad;
		x += t->wide[c] + 2 * t->pad;
	}
}

/* ---- rows ---- */

static double cell_height(struct table *t, size_t c, const struct bpr_paper_font *font, const char *text)
{
	double indent = bpr_i_flow_ticked(&text) ? 1.4 * font->size : 0;

	return (double)(*text ? bpr_i_paper_lines_count(t->wide[c] - indent, font, text) : 1) * bpr_i_paper_line_height(font);
}

static double row_height(struct table *t, size_t row)
{
	double most = 0;

	for (size_t c = 0; c < t->table->column_count; c++) {
		const struct bpr_doc_cell *cell = &t->table->cells[row * t->table->column_count + c];
		struct bpr_paper_font font = cell_font(t, c, cell);
		double height = cell_height(t, c, &font, words(t, cell));

		most = height > most ? height : most;
	}
	return most + 2 * t->pad * 0.7;
}

static double titles_height(struct table *t)
{
	struct bpr_paper_font bold = t->font;
	double most = 0;

	bold.bold = true;
	for (size_t c = 0; c < t->table->column_count && t->titles; c++) {
		const char *title = t->table->columns[c].title ? t->table->columns[c].title : "";
		double height = cell_height(t, c, &bold, title);

		most = height > most ? height : most;
	}
	return t->titles ? most + 2 * t->pad * 0.7 : 0;
}

static void put_titles(struct table *t)
{
	struct paper_flow *f = t->f;
	double height = titles_height(t);
	struct bpr_paper_font bold = t->font;

	if (!t->titles)
		return;
	bold.bold = true;
	bpr_i_paper_box(f->page, f->left, f->y, f->width, height, 0, "#e8edf1", 0);
	bpr_i_paper_line(f->page, f->left, f->y, f->left + f->width, f->y, 0.4, false);
	bpr_i_paper_line(f->page, f->left, f->y + height, f->left + f->width, f->y + height, 0.25, false);
	for (size_t c = 0; c < t->table->column_count; c++) {
		bold.align = t->table->columns[c].right ? BPR_PAPER_RIGHT : BPR_PAPER_LEFT;
		(void)bpr_i_paper_text(f->page, t->at[c], f->y + t->pad * 0.7, t->wide[c], &bold, t->table->columns[c].title);
	}
	f->y += height;
}

/* Lines [from, to) of a cell, the first at the row's top. */
static void put_cell(struct table *t, size_t c, const struct bpr_doc_cell *cell, size_t from, size_t to)
{
	struct paper_flow *f = t->f;
	struct bpr_paper_font font = cell_font(t, c, cell);
	const char *text = words(t, cell);
	double top = f->y + t->pad * 0.7, step = bpr_i_paper_line_height(&font), indent = 0;
	struct paper_lines lines;
	struct paper_line line;

	if (cell->value == BPR_DOC_BAR) {
		double length = cell->number > 0 ? cell->number < 1 ? cell->number : 1 : 0;

		if (!from && length > 0)
			bpr_i_paper_box(f->page, t->at[c], top + step * 0.25, t->wide[c] * length, step * 0.5, 0, "#7b8794", 0);
		return;
	}
	if (bpr_i_flow_ticked(&text)) {
		double x = *text ? t->at[c] : t->at[c] + (t->wide[c] - font.size) / 2;

		if (!from)
			bpr_i_paper_tick(f->page, x, top + 0.25 * font.size, font.size);
		indent = 1.4 * font.size;
	}
	if (!*text)
		return;
	bpr_i_paper_lines(&lines, t->wide[c] - indent, &font, text);
	for (size_t i = 0; i < to && bpr_i_paper_lines_next(&lines, &line); i++)
		if (i >= from)
			bpr_i_paper_put_line(f->page, t->at[c] + indent, top + (double)(i - from) * step, t->wide[c] - indent, &font, &line, NULL);
}

static void put_part(struct table *t, size_t row, size_t from, size_t to, double height)
{
	struct paper_flow *f = t->f;

	for (size_t c = 0; c < t->table->column_count; c++)
		put_cell(t, c, &t->table->cells[row * t->table->column_count + c], from, to);
	f->y += height;
	bpr_i_paper_line(f->page, f->left, f->y, f->left + f->width, f->y, 0.15, false);
}

/* A row; one that is higher than a page goes on on the next. */
static void put_row(struct table *t, size_t row)
{
	struct paper_flow *f = t->f;
	double height = row_height(t, row), step = bpr_i_paper_line_height(&t->font), pads = 2 * t->pad * 0.7;
	double whole = f->bottom - f->top - titles_height(t);
	size_t from = 0, all = (size_t)((height - pads) / step + 0.5);

	if (!f->dry && f->y + height > f->bottom + 1e-6 && (height <= whole || f->y + pads + 3 * step > f->bottom)) {
		bpr_i_flow_page(f);
		put_titles(t);
	}
	while (from < all) {
		size_t fit = f->dry ? all : (size_t)((f->bottom - f->y - pads + 1e-6) / step), to;

		fit = fit ? fit : 1;
		to = all - from <= fit ? all : from + fit;
		put_part(t, row, from, to, (double)(to - from) * step + pads);
		from = to;
		if (from < all) {
			bpr_i_flow_page(f);
			put_titles(t);
		}
	}
}

static bool begin(struct table *t, struct paper_flow *f, const struct bpr_doc_table *table)
{
	*t = (struct table){ .f = f, .table = table, .font = { .size = f->em * 0.9 }, .pad = f->em * 0.35 };
	if (!table->column_count || table->column_count > COLUMNS)
		return false;
	for (size_t c = 0; c < table->column_count; c++)
		t->titles = t->titles || (table->columns[c].title && *table->columns[c].title);
	measure(t);
	return true;
}

void bpr_i_flow_table(struct paper_flow *f, const struct bpr_doc_table *table)
{
	struct table t;

	if (!begin(&t, f, table))
		return;
	if (table->row_count)
		bpr_i_flow_need(f, titles_height(&t) + row_height(&t, 0));
	put_titles(&t);
	for (size_t r = 0; r < table->row_count && !f->paper->failed; r++)
		put_row(&t, r);
}

double bpr_i_flow_table_least(struct paper_flow *f, const struct bpr_doc_table *table)
{
	struct table t;

	if (!begin(&t, f, table))
		return 0;
	return titles_height(&t) + (table->row_count ? row_height(&t, 0) : 0);
}

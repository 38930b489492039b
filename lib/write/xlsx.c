/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The flow table and the tables beside it as the sheets of one workbook, named as the reader knows them. Numbers are numbers where
 * a spreadsheet keeps all their digits; a text is never a formula, so only what the reader itself would take for more than a text
 * gets an apostrophe in front.
 */
#include "config.h"
#include "base/num_i.h"
#include "base/text_i.h"
#include "base/utf8_i.h"
#include "write/table_i.h"
#include "xlsx/book_i.h"
#include <stdio.h>
#include <string.h>

enum { LOOKED_AT = 200, NARROWEST = 9, WIDEST = 44, DIGITS = 15, INK = 0x1f2933, PAPER = 0xdde8ee, LINE = 0xcbd2d9 };

struct book {
	struct bpr_writing *w;
	const struct bpr_formatting *f;
	struct bpr_book *book;
	size_t head, text, number; /* styles */
	bool failed;               /* a text or a table that no sheet can hold; told */
};

/* A sheet being written. */
struct page {
	struct book *b;
	struct bpr_write_table t;
	size_t sheet, row, head;   /* head: row of the headings */
	double widths[BPR_WRITE_COLUMNS];
};

/* ---- cells ---- */

/* A plain number of no more digits than a spreadsheet keeps. */
static bool is_number(enum bpr_column_type type, const char *text, size_t length, double *out)
{
	char again[32];
	size_t digits = 0;

	if ((type != BPR_COLUMN_NUMBER && type != BPR_COLUMN_DURATION) || length >= sizeof(again) || !bpr_i_num_parse(text, length, out))
		return false;
	for (size_t i = 0; i < length; i++)
		digits += text[i] >= '0' && text[i] <= '9';
	return digits <= DIGITS && bpr_i_num_format(again, sizeof(again), *out) == length && !memcmp(again, text, length);
}

/* Tells of what a sheet cannot hold. */
static void check_text(struct page *p, const char *column, const char *text, size_t length)
{
	char count[32];

	for (size_t i = 0; i < length; i++)
		if ((unsigned char)text[i] < 0x20 && text[i] != '\t' && text[i] != '\n') {
			bpr_i_writing_note(p->b->w, BPR_I_W016, p->b->f->flow, column, NULL, NULL, NULL);
			break;
		}
	if (length <= BPR_BOOK_TEXT || p->b->failed)
		return;
	(void)snprintf(count, sizeof(count), "%d", BPR_BOOK_TEXT);
	bpr_i_writing_note(p->b->w, BPR_I_W015, p->b->f->flow, column, column, count, NULL);
	(void)bpr_i_fail(p->b->w->err, BPR_ESYNTAX, BPR_I_W015, NULL, 0, column, count);
	p->b->failed = true;
}

static void put_text(struct page *p, size_t column, size_t style, const char *key, const char *text, size_t length, bool guard)
{
	struct bpr_buf guarded = BPR_BUF_INIT;

	check_text(p, key, text, length);
	if (!guard && *text != '\'' && !bpr_i_table_repeats(text, length)) {
		bpr_i_book_text_n(p->b->book, p->sheet, p->row, column, style, text, length);
		return;
	}
	bpr_i_buf_putc(&guarded, '\'');
	bpr_i_buf_add(&guarded, text, length);
	if (guarded.failed)
		p->b->w->nomem = true;
	else
		bpr_i_book_text_n(p->b->book, p->sheet, p->row, column, style, guarded.data, guarded.length);
	bpr_i_buf_release(&guarded);
}

static void widen(struct page *p, size_t column, const char *text)
{
	double width;

	if (p->row > LOOKED_AT || column >= BPR_WRITE_COLUMNS)
		return;
	width = bpr_i_book_text_width(text);
	if (p->widths[column] < width)
		p->widths[column] = width < WIDEST ? width : WIDEST;
}

static void put_cell(struct page *p, size_t column, const struct bpr_column *of, bool guard)
{
	const struct bpr_buf *cell = &p->t.cell;
	double x;

	if (is_number(bpr_i_column_type(of), cell->data, cell->length, &x))
		bpr_i_book_number(p->b->book, p->sheet, p->row, column, p->b->number, x);
	else
		put_text(p, column, p->b->text, of->key, cell->data, cell->length, guard);
	widen(p, column, cell->data);
}

static void put_row(struct page *p, size_t node, const struct bpr_format_row *row)
{
	for (size_t i = 0; i < p->t.count; i++)
		if (bpr_i_table_cell(&p->t, p->t.columns[i], node, row) && p->t.cell.length)
			put_cell(p, i, p->t.columns[i], !i && bpr_i_table_like_heading(&p->t, i));
	p->row++;
}

static void put_heading(struct page *p, size_t column, const char *text, size_t length)
{
	bpr_i_buf_clear(&p->t.cell);
	bpr_i_buf_add(&p->t.cell, text, length);
	if (p->t.cell.failed)
		return;
	bpr_i_book_text(p->b->book, p->sheet, p->row, column, p->b->head, p->t.cell.data);
	widen(p, column, p->t.cell.data);
}

/* ---- sheets ---- */

static void put_headings(struct page *p)
{
	p->head = p->row;
	for (size_t i = 0; i < p->t.count; i++) {
		size_t n;
		const char *text = bpr_i_table_heading(&p->t, p->t.columns[i], &n);

		put_heading(p, i, text, n);
	}
	p->row++;
}

static void put_rows(struct page *p)
{
	struct bpr_format_row row = { 0 };

	bpr_i_table_columns(&p->t);
	put_headings(p);
	if (p->t.table == BPR_TABLE_FLOW)
		for (size_t i = 0; i < p->b->f->implied && !bpr_i_book_failed(p->b->book); i++)
			put_row(p, i, NULL);
	else
		while (bpr_i_format_next_row(p->b->f, p->t.table, &row) && !bpr_i_book_failed(p->b->book))
			put_row(p, 0, &row);
}

static void put_key(struct page *p, const char *key, size_t length)
{
	bpr_i_book_text_n(p->b->book, p->sheet, p->row, 0, p->b->text, key, length);
	if (p->widths[0] < 26)
		p->widths[0] = 26;
}

/* Key and value, a row a key. */
static void put_demand(struct page *p)
{
	size_t count, n;
	const struct bpr_column *columns = bpr_i_columns(BPR_TABLE_DEMAND, &count);
	const char *const titles[2][2] = { { "key", "value" }, { "キー", "値" } };
	const char *id = bpr_flow_id(p->b->f->flow);
	struct bpr_format_row row = { 0 };

	p->t.count = 2;
	p->head = p->row;
	for (size_t i = 0; i < 2; i++)
		put_heading(p, i, titles[p->b->f->japanese][i], strlen(titles[p->b->f->japanese][i]));
	p->row++;
	while (bpr_i_format_next_row(p->b->f, BPR_TABLE_DEMAND, &row)) {
		const char *key = bpr_i_table_heading(&p->t, &columns[row.at], &n);

		put_key(p, key, n);
		if (bpr_i_table_cell(&p->t, &columns[row.at], 0, &row) && p->t.cell.length)
			put_cell(p, 1, &columns[row.at], false);
		p->row++;
	}
	if (bpr_i_table_says_id(&p->t)) {
		const char *key = p->b->f->japanese ? "フローID" : "flow";

		put_key(p, key, strlen(key));
		put_text(p, 1, p->b->text, "flow", id, strlen(id), false);
		p->row++;
	}
}

static bool has_sheet(const struct bpr_write_table *t)
{
	return t->table == BPR_TABLE_FLOW || bpr_i_table_has_rows(t) || (t->table == BPR_TABLE_DEMAND && bpr_i_table_says_id(t));
}

static void finish_sheet(struct page *p)
{
	double sum = 0;

	for (size_t i = 0; i < p->t.count; i++) {
		double width = p->widths[i] < NARROWEST ? NARROWEST : p->widths[i];

		bpr_i_book_column(p->b->book, p->sheet, i, i, width, 0);
		sum += width;
	}
	bpr_i_book_freeze(p->b->book, p->sheet, p->head + 1, p->t.table == BPR_TABLE_FLOW ? 2 : 1);
	if (p->row > p->head + 2)
		bpr_i_book_filter(p->b->book, p->sheet, p->head, 0, p->row - 1, p->t.count - 1);
	bpr_i_book_print(p->b->book, p->sheet, &(struct bpr_book_print){ .landscape = sum > 100, .repeat_from = p->head, .repeat = p->head + 1 });
}

/* Name of a sheet as the reader knows it. */
static void sheet_name(const struct book *b, enum bpr_table table, char *out, size_t size)
{
	const char *names = bpr_i_table_sheets(table);

	if (b->f->japanese)
		(void)snprintf(out, size, "%.*s", (int)strcspn(names, "|"), names);
	else
		(void)snprintf(out, size, "%s", bpr_i_table_name(table));
}

static void put_sheet(struct book *b, enum bpr_table table)
{
	struct page p = { .b = b, .t = { .w = b->w, .f = b->f, .table = table, .cell = BPR_BUF_INIT } };
	const struct bpr_book_style title = { .bold = true, .size = 14, .ink = INK };
	const char *name = bpr_flow_name(b->f->flow);
	char sheet[64];

	if (!has_sheet(&p.t))
		return;
	sheet_name(b, table, sheet, sizeof(sheet));
	p.sheet = bpr_i_book_sheet(b->book, sheet);
	if (table == BPR_TABLE_FLOW && *name) {
		put_text(&p, 0, bpr_i_book_style(b->book, &title), "name", name, strlen(name), false);
		p.row++;
	}
	if (table == BPR_TABLE_DEMAND)
		put_demand(&p);
	else
		put_rows(&p);
	finish_sheet(&p);
	if (p.t.cell.failed)
		b->w->nomem = true;
	bpr_i_buf_release(&p.t.cell);
}

/* ---- the workbook ---- */

static void set_styles(struct book *b)
{
	const struct bpr_book_style head = { .bold = true, .ink = INK, .paper = PAPER, .line = LINE, .wrap = true, .align = BPR_BOOK_CENTRE };
	const struct bpr_book_style text = { .number = "@", .ink = INK }, number = { .ink = INK };

	b->head = bpr_i_book_style(b->book, &head);
	b->text = bpr_i_book_style(b->book, &text);
	b->number = bpr_i_book_style(b->book, &number);
}

static bpr_status fail(const struct book *b, bpr_status status)
{
	if (b->failed)
		return BPR_ESYNTAX;
	if (status == BPR_ELIMIT)
		return bpr_i_fail(b->w->err, BPR_ELIMIT, BPR_I_W017, NULL, 0, NULL, NULL);
	if (status == BPR_EIO)
		return bpr_i_fail(b->w->err, BPR_EIO, BPR_I_R005, NULL, 0, NULL, NULL);
	return status;
}

bpr_status bpr_i_write_xlsx(struct bpr_writing *w)
{
	struct bpr_formatting f;
	struct bpr_book_options options = { .title = bpr_flow_name(bpr_i_writing_flow(w, 0)) };
	struct book b = { .w = w, .f = &f };
	struct bpr_buf out = BPR_BUF_INIT;
	bpr_status status = BPR_ENOMEM;

	if (!bpr_i_format_begin(&f, bpr_i_writing_flow(w, 0), w->options->japanese))
		return BPR_ENOMEM;
	options.lang = w->options->japanese ? BPR_LANG_JA : BPR_LANG_EN;
	b.book = bpr_i_book_new(&options);
	if (!b.book)
		goto out;
	set_styles(&b);
	for (int t = BPR_TABLE_FLOW; t < BPR_TABLE_COUNT && !b.failed && !bpr_i_book_failed(b.book); t++)
		put_sheet(&b, (enum bpr_table)t);
	status = bpr_i_book_failed(b.book);
	if (!status && !b.failed)
		status = bpr_i_book_finish(b.book, &out);
	status = fail(&b, status);
	if (!status)
		status = bpr_i_writing_add(w, "", &out);
	if (!status)
		bpr_i_writing_lost(w, "XLSX", false);
out:
	bpr_i_buf_release(&out);
	bpr_i_book_free(b.book);
	bpr_i_format_end(&f);
	return status;
}

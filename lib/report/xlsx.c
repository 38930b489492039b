/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study as a workbook: its sheets one after another. What is on them is decided in study/sheets*.c. */
#include "config.h"
#include "report/xlsx_i.h"
#include <string.h>

enum { TEXT_WIDTH = 96, NARROWEST = 9, LEAST_COLUMNS = 6, PORTRAIT = 130 };

static const unsigned tabs[BPR_SHEET_COUNT] = { [BPR_SHEET_SUMMARY] = 0x0b6e99, [BPR_SHEET_KPI] = 0x0b6e99, [BPR_SHEET_SOURCE] = 0x7b8794 };

static void begin(struct bpr_pen *x, const char *name)
{
	x->sheet = bpr_i_book_sheet(x->book, name);
	x->row = 0;
	x->frozen = false;
	x->columns = x->tables = 0;
	memset(x->widths, 0, sizeof(x->widths));
}

static void measure(struct bpr_pen *x, const struct bpr_sheet *sheet)
{
	for (size_t i = 0; i < sheet->count; i++) {
		const struct bpr_sheet_block *block = &sheet->blocks[i];

		if (block->chart || (block->block && block->block->kind != BPR_DOC_TABLE))
			continue;
		x->tables++;
		if (block->rows)
			bpr_i_pen_measure_rows(x, block->rows);
		else
			bpr_i_pen_measure_table(x, block->block->table);
	}
}

/* Sentences go over columns that are wide enough together. */
static void set_last(struct bpr_pen *x)
{
	double sum = 0;

	for (x->last = 0; x->last + 1 < BPR_PEN_WIDTHS; x->last++) {
		if (x->widths[x->last] < NARROWEST)
			x->widths[x->last] = NARROWEST;
		sum += x->widths[x->last];
		if (sum >= TEXT_WIDTH && x->last + 1 >= LEAST_COLUMNS)
			break;
	}
	if (x->columns < x->last + 1)
		x->columns = x->last + 1;
}

static void set_up(struct bpr_pen *x)
{
	double sum = 0;

	for (size_t i = 0; i < x->columns; i++) {
		bpr_i_book_column(x->book, x->sheet, i, i, x->widths[i] > 0 ? x->widths[i] : NARROWEST, 0);
		sum += x->widths[i];
	}
	bpr_i_book_gridlines(x->book, x->sheet, false);
	if (!x->frozen)
		bpr_i_book_freeze(x->book, x->sheet, 1, 0);
	if (!x->frozen)
		bpr_i_book_print(x->book, x->sheet, &(struct bpr_book_print){ .landscape = sum > PORTRAIT, .repeat = 1, .footer = x->footer });
}

static void write_sheet(struct bpr_pen *x, const struct bpr_sheet *sheet, unsigned tab)
{
	begin(x, sheet->name);
	measure(x, sheet);
	set_last(x);
	bpr_i_pen_title(x, sheet->name);
	for (size_t i = 0; i < sheet->count && !bpr_i_book_failed(x->book); i++) {
		const struct bpr_sheet_block *block = &sheet->blocks[i];

		if (block->rows)
			bpr_i_pen_table(x, block->rows, block->chart);
		else if (block->block->kind == BPR_DOC_TABLE)
			bpr_i_pen_doc_table(x, block->block->table);
		else
			bpr_i_pen_block(x, block->block);
	}
	set_up(x);
	if (tab)
		bpr_i_book_tab(x->book, x->sheet, tab);
}

/* The numbers of the charts, out of the way. */
static void write_data(struct bpr_pen *x, const struct bpr_sheets *sheets)
{
	if (!x->plot_count)
		return;
	begin(x, sheets->data_name);
	for (size_t i = 0; i < x->plot_count; i++)
		bpr_i_pen_measure_rows(x, x->plots[i].rows);
	set_last(x);
	bpr_i_pen_title(x, sheets->data_name);
	bpr_i_pen_block(x, &(struct bpr_doc_block){ .kind = BPR_DOC_NOTE, .text = sheets->data_note });
	for (size_t i = 0; i < x->plot_count && !bpr_i_book_failed(x->book); i++) {
		bpr_i_pen_block(x, &(struct bpr_doc_block){ .kind = BPR_DOC_HEADING, .level = 2, .text = x->plots[i].chart->title });
		bpr_i_pen_plot(x, &x->plots[i]);
	}
	set_up(x);
	x->plot_count = 0;
}

/* What the report is called: its first heading. */
static const char *title_of(const struct bpr_sheets *s)
{
	const struct bpr_document *docs[] = { &s->pages, &s->plain };

	for (size_t d = 0; d < 2; d++)
		for (size_t i = 0; i < docs[d]->block_count; i++)
			if (docs[d]->blocks[i].kind == BPR_DOC_HEADING && docs[d]->blocks[i].level == 1)
				return docs[d]->blocks[i].text;
	return "";
}

static void write_language(struct bpr_pen *x, const struct bpr_sheets *sheets)
{
	x->lang = sheets->doc.lang;
	x->footer = title_of(sheets);
	for (size_t i = 0; i < BPR_SHEET_COUNT && !bpr_i_book_failed(x->book); i++)
		if (sheets->items[i].count)
			write_sheet(x, &sheets->items[i], tabs[i]);
	write_data(x, sheets);
}

bpr_status bpr_i_render_xlsx(const struct bpr_sheets *sheets, size_t count, const struct bpr_report_options *options, struct bpr_buf *out)
{
	struct bpr_book_options made = { .lang = sheets[0].doc.lang, .title = title_of(&sheets[0]), .office = options->page ? options->page->office : NULL,
					 .shown = true };
	struct bpr_pen x = { .book = bpr_i_book_new(&made), .text = BPR_BUF_INIT };
	bpr_status status;

	for (size_t i = 0; x.book && i < count; i++)
		write_language(&x, &sheets[i]);
	status = x.book ? bpr_i_book_finish(x.book, out) : BPR_ENOMEM;
	if (!status && x.text.failed)
		status = BPR_ENOMEM;
	bpr_i_free(x.plots);
	bpr_i_buf_release(&x.text);
	bpr_i_book_free(x.book);
	return status;
}

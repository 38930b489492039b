/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_REPORT_XLSX_I_H
#define BPR_REPORT_XLSX_I_H
/* What the files that place a study in a workbook share. */
#include "report/render_i.h"
#include "study/sheets_i.h"
#include "xlsx/book_i.h"

enum { BPR_PEN_TONES = BPR_DOC_FAINT + 1, BPR_PEN_WIDTHS = 512 };

/* A chart that has its place and waits for its data. */
struct bpr_pen_plot { const struct bpr_sheet_rows *rows; const struct bpr_sheet_chart *chart; size_t sheet, row; };

/* A sheet being written. */
struct bpr_pen {
	struct bpr_book *book;
	enum bpr_lang lang;
	size_t sheet, row;         /* row: the next free one */
	double widths[BPR_PEN_WIDTHS]; size_t columns; /* of the sheet, in characters */
	size_t last;               /* column up to which texts go */
	const char *footer;
	struct bpr_pen_plot *plots; size_t plot_count, plot_capacity; /* drawn once their data stand */
	size_t tables;             /* on the sheet */
	bool frozen;               /* the rows of what it is about were placed */
	struct bpr_buf text;
};

/* Of a cell that stands in a column: its looks. NULL column: the cell alone decides. */
size_t bpr_i_pen_style(struct bpr_pen *x, const struct bpr_sheet_column *column, const struct bpr_doc_cell *cell);
/* The number as it stands in the cell: percent as parts of 1, hours of a year as hours. */
double bpr_i_pen_number(const struct bpr_sheet_column *column, const struct bpr_doc_cell *cell);
bool bpr_i_pen_is_number(const struct bpr_doc_cell *cell);
/* Number format of the values of a chart. */
const char *bpr_i_pen_axis_format(enum bpr_doc_value value);

void bpr_i_pen_table(struct bpr_pen *x, const struct bpr_sheet_rows *rows, const struct bpr_sheet_chart *chart);
void bpr_i_pen_doc_table(struct bpr_pen *x, const struct bpr_doc_table *table);
/* Puts the rows of a chart here, and the chart in its place. */
void bpr_i_pen_plot(struct bpr_pen *x, const struct bpr_pen_plot *plot);
/* Height of a row in which the text stands in so many characters: of one line 0, as the program sees fit. */
double bpr_i_pen_height(const char *text, double width);
/* A heading, sentence, list, box. */
void bpr_i_pen_block(struct bpr_pen *x, const struct bpr_doc_block *block);
void bpr_i_pen_title(struct bpr_pen *x, const char *text);

/* Widths that a table asks for. */
void bpr_i_pen_measure_rows(struct bpr_pen *x, const struct bpr_sheet_rows *rows);
void bpr_i_pen_measure_table(struct bpr_pen *x, const struct bpr_doc_table *table);
#endif

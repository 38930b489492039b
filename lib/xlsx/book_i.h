/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_XLSX_BOOK_I_H
#define BPR_XLSX_BOOK_I_H
/*
 * A workbook being written, over libxlsxwriter. Rows go from top to bottom of each sheet and leave memory at once, so that a sheet
 * of any length takes the same. Everything about a sheet that is no cell (widths, drop-downs, notes, charts) may come at any time.
 * What goes wrong sets `failed` and every later call does nothing: look once, at the end.
 * Rows and columns count from 0. Same calls: same bytes.
 */
#include "base/buf_i.h"
#include <bpr/problem.h>

struct bpr_book;

struct bpr_book_options {
	enum bpr_lang lang;        /* decides the font */
	const char *title, *office; /* of the document's properties; NULL: none */
	long long created;         /* seconds since 1970; 0: a fixed day, never the clock */
	bool shown;                /* made to be looked at: U+FFFD for what bpr_i_utf8_unseen() says; else every text reads back as it is */
};

/* NULL when out of memory. */
struct bpr_book *bpr_i_book_new(const struct bpr_book_options *options);
void bpr_i_book_free(struct bpr_book *book);
/* BPR_OK; BPR_ENOMEM, BPR_EIO (temporary files), BPR_ELIMIT (more rows or columns than a sheet has). */
bpr_status bpr_i_book_failed(const struct bpr_book *book);
/* The whole file, appended to `out`; nothing can be written afterwards. The status is that of bpr_i_book_failed(). */
bpr_status bpr_i_book_finish(struct bpr_book *book, struct bpr_buf *out);

enum {
	BPR_BOOK_ROWS = 1048576, BPR_BOOK_COLUMNS = 16384,  /* of a sheet */
	BPR_BOOK_TEXT = 32767,    /* UTF-16 units of a cell; what is longer is cut, with "…" at its end */
	BPR_BOOK_SHEET_NAME = 31
};

/* ---- how a cell looks ---- */

enum bpr_book_align { BPR_BOOK_ALIGN_DEFAULT = 0, BPR_BOOK_LEFT, BPR_BOOK_CENTRE, BPR_BOOK_RIGHT };
enum { BPR_BOOK_NO_COLOR = 0 }; /* black as a colour of its own is 0x000001 */

/* Zero-initialised is the plain cell. Colours are 0xRRGGBB. */
struct bpr_book_style {
	const char *number;        /* "0.0", "#,##0", "@" (a text, whatever is typed); NULL: General. At most 127 bytes */
	unsigned ink, paper, line; /* text, background, border (all sides) */
	unsigned under;            /* border below only */
	unsigned char size;        /* points; 0: 11 */
	unsigned char indent;
	bool bold, italic, wrap, top; /* top: at the upper edge of the cell; else in its middle */
	bool open;                 /* can be typed into where the sheet is protected */
	enum bpr_book_align align;
};
/* Handle of a style; the same looks, the same handle. 0 is the plain cell (in the book's font). */
size_t bpr_i_book_style(struct bpr_book *book, const struct bpr_book_style *style);

/* ---- sheets ---- */

/*
 * A sheet behind those there are: its number. The name is made fit: forbidden signs become '_', it is cut to 31 characters, and a name
 * that stands already gets "(2)"; the name in effect is bpr_i_book_sheet_name().
 */
size_t bpr_i_book_sheet(struct bpr_book *book, const char *name);
const char *bpr_i_book_sheet_name(const struct bpr_book *book, size_t sheet);

/* Cells. A text is never a formula, whatever it begins with; "" or NULL is a blank cell with its style. A number that is not finite is blank. */
void bpr_i_book_text(struct bpr_book *book, size_t sheet, size_t row, size_t column, size_t style, const char *text);
void bpr_i_book_text_n(struct bpr_book *book, size_t sheet, size_t row, size_t column, size_t style, const char *text, size_t length);
void bpr_i_book_number(struct bpr_book *book, size_t sheet, size_t row, size_t column, size_t style, double number);
/* A text over several columns of one row. */
void bpr_i_book_wide(struct bpr_book *book, size_t sheet, size_t row, size_t column, size_t last_column, size_t style, const char *text);
/* Number of texts that were cut so far. */
size_t bpr_i_book_cut(const struct bpr_book *book);

/* Width in characters of the digit 0; style of cells nobody writes. */
void bpr_i_book_column(struct bpr_book *book, size_t sheet, size_t first, size_t last, double width, size_t style);
/* Height in points: before the first cell of the row below. */
void bpr_i_book_row(struct bpr_book *book, size_t sheet, size_t row, double height);
/* Width that shows the text on one line: Japanese characters take two. */
double bpr_i_book_text_width(const char *text);

/* So many rows and columns stay in view. */
void bpr_i_book_freeze(struct bpr_book *book, size_t sheet, size_t rows, size_t columns);
void bpr_i_book_filter(struct bpr_book *book, size_t sheet, size_t row, size_t column, size_t last_row, size_t last_column);
struct bpr_book_print {
	bool landscape;
	size_t repeat;             /* 0: none; n: the rows up to the n-th stand on top of each page */
	size_t repeat_from;        /* first of them */
	const char *footer;        /* left of the page number; NULL: the name of the sheet */
};
/* A4, as wide as the page. */
void bpr_i_book_print(struct bpr_book *book, size_t sheet, const struct bpr_book_print *print);
void bpr_i_book_tab(struct bpr_book *book, size_t sheet, unsigned color);
void bpr_i_book_gridlines(struct bpr_book *book, size_t sheet, bool shown);
/* The sheet that is in front when the file is opened; else the first. */
void bpr_i_book_front(struct bpr_book *book, size_t sheet);
void bpr_i_book_hide(struct bpr_book *book, size_t sheet);
/* Cells without style.open cannot be changed (no password: against slips only). */
void bpr_i_book_protect(struct bpr_book *book, size_t sheet);

/* A note at a cell, shown when the mouse is over it. */
void bpr_i_book_note(struct bpr_book *book, size_t sheet, size_t row, size_t column, const char *text);

/* What may be typed into an area of cells. */
enum bpr_book_rule_kind {
	BPR_BOOK_LIST = 0,         /* one of `items`, drop-down (together at most 255 characters with a comma each) */
	BPR_BOOK_LIST_AREA,        /* one of the cells of an area, drop-down */
	BPR_BOOK_DECIMAL,          /* low to high */
	BPR_BOOK_WHOLE,
	BPR_BOOK_ANYTHING          /* only the prompt is shown */
};
struct bpr_book_area { size_t sheet, row, column, last_row, last_column; };
struct bpr_book_rule {
	enum bpr_book_rule_kind kind;
	const char *const *items; size_t item_count;
	struct bpr_book_area from; /* LIST_AREA */
	double low, high;
	const char *title, *prompt; /* beside the cell while it is chosen; NULL: none. 32 and 255 characters, longer ones are cut */
	const char *error_title, *error; /* NULL: the program's own words */
	bool strict;               /* anything else is refused; false: asked about */
};
void bpr_i_book_rule(struct bpr_book *book, const struct bpr_book_area *area, const struct bpr_book_rule *rule);

/* A chart of numbers that stand in cells of a sheet, one row each; shown by Excel and LibreOffice alike. */
enum bpr_book_chart_kind { BPR_BOOK_CHART_BAR = 0, BPR_BOOK_CHART_COLUMN, BPR_BOOK_CHART_LINE };
enum { BPR_BOOK_SERIES = 8 };
struct bpr_book_series {
	const char *name; size_t column;
	unsigned color;            /* NO_COLOR: takes its room and is not drawn, nor named */
	bool hatched;
};
struct bpr_book_chart {
	enum bpr_book_chart_kind kind;
	bool stacked;
	const char *title, *axis, *description; /* axis: of the values; description: for who cannot see it; each may be NULL */
	size_t sheet;              /* where it is shown */
	size_t data, first_row, last_row, label_column; /* where its numbers are */
	struct bpr_book_series series[BPR_BOOK_SERIES]; size_t series_count;
	double low, high;          /* of the axis; NAN: as the program sees fit */
	const char *number;        /* format of its numbers, or NULL */
	size_t row, column;        /* of its upper left corner */
	unsigned width, height;    /* pixels */
};
void bpr_i_book_chart(struct bpr_book *book, const struct bpr_book_chart *chart);

/* Cells of the area whose text is this look like that style's ink, paper and bold. */
void bpr_i_book_highlight(struct bpr_book *book, const struct bpr_book_area *area, const char *text, size_t style);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_SHEETS_I_H
#define BPR_STUDY_SHEETS_I_H
/*
 * The study as a workbook: which sheet holds what, in numbers. A sheet is a list of blocks; the texts and tables of pages and of the
 * plain study are taken over, long lists and matrices are rows that are asked for one by one. A renderer (report/xlsx*.c) only places
 * them: every number and word comes from here.
 */
#include "study/figure_i.h"
#include "study/pages_i.h"

/* Sheets in their order; those without a block are left out. */
enum bpr_sheet_key {
	BPR_SHEET_SUMMARY = 0, BPR_SHEET_LEVERS, BPR_SHEET_ROADMAP, BPR_SHEET_KPI, BPR_SHEET_WAYS, BPR_SHEET_STEPS, BPR_SHEET_FOLLOWS, BPR_SHEET_WHEN, BPR_SHEET_COUNTERS, BPR_SHEET_FORMS, BPR_SHEET_HANDOFFS,
	BPR_SHEET_BOTTLENECKS, BPR_SHEET_WAITING, BPR_SHEET_MONEY, BPR_SHEET_DETAILS, BPR_SHEET_SOURCE, BPR_SHEET_COUNT
};

/* A column of rows: what its cells hold, and the unit in its heading. */
struct bpr_sheet_column {
	const char *title;         /* translated, with its unit */
	enum bpr_doc_value value;  /* of its numbers; TEXT; EMPTY: each cell's own */
	bool change, hours;        /* with its sign; MINUTES: written as hours */
	bool whole, fine;          /* COUNT: no decimals; MINUTES: two */
	bool units;                /* cells of several kinds: each shows its own unit */
	double width;              /* in characters; 0: by its title and value */
};

/* Fills a row; its cells are empty before. Texts must last until the next call. */
typedef void bpr_sheet_fill(void *context, size_t row, struct bpr_doc_cell *cells);

struct bpr_sheet_rows {
	const struct bpr_sheet_column *columns; size_t column_count;
	size_t row_count;
	bpr_sheet_fill *fill; void *context;
	size_t freeze;             /* columns that stay in view */
	bool main;                 /* what the sheet is about: its heading stays in view, can be filtered, stands on every printed page */
};

enum bpr_sheet_chart_kind { BPR_CHART_BAR = 0, BPR_CHART_COLUMN, BPR_CHART_LINE };
enum { BPR_SHEET_SERIES = 8 };
enum bpr_sheet_color {
	BPR_SHEET_CLEAR = 0,       /* takes its room and is not drawn */
	BPR_SHEET_BEFORE, BPR_SHEET_AFTER, BPR_SHEET_BETTER, BPR_SHEET_WORSE, BPR_SHEET_TOTAL, BPR_SHEET_WALK, BPR_SHEET_WRITE, BPR_SHEET_WAIT,
	BPR_SHEET_SERVE, BPR_SHEET_AWAY
};
/* A chart of columns of the rows that stand below it. */
struct bpr_sheet_chart {
	enum bpr_sheet_chart_kind kind;
	bool stacked;
	const char *title, *description, *axis; /* axis: of the values, or NULL */
	size_t label;              /* column of the categories */
	struct { size_t column; const char *name; enum bpr_sheet_color color; } series[BPR_SHEET_SERIES]; size_t series_count;
	double low, high;          /* of the axis; NAN: as the program sees fit */
	enum bpr_doc_value value;
};

struct bpr_sheet_block {
	const struct bpr_doc_block *block;   /* of a document, or NULL */
	const struct bpr_sheet_rows *rows;   /* or NULL */
	const struct bpr_sheet_chart *chart; /* of the rows, or NULL */
};
struct bpr_sheet {
	const char *name;          /* translated */
	struct bpr_sheet_block *blocks; size_t count, capacity;
};

struct bpr_sheets {
	struct bpr_document doc;   /* what is made here, and the arena of everything; `failed` says that memory ran out */
	struct bpr_document pages, plain;
	struct bpr_sheet items[BPR_SHEET_COUNT];
	enum bpr_report_kind kind;
	const struct bpr_subject *subject;
	const struct bpr_study_options *options;
	const struct bpr_page_options *page;
	const char *data_name, *data_note; /* of the sheet with the numbers of the charts */
	double cases;              /* a year; 0 unknown */
	struct bpr_document *last_words; /* of the last row asked for; or NULL */
};

/* Everything borrowed must outlive it; released also after a failure. */
void bpr_i_sheets_make(struct bpr_sheets *sheets, enum bpr_lang lang, enum bpr_report_kind kind, const struct bpr_subject *subject,
		       const struct bpr_study_options *options, const struct bpr_page_options *page);
void bpr_i_sheets_release(struct bpr_sheets *sheets);

/* ---- for the files that fill them ---- */
void bpr_i_sheet_add(struct bpr_sheets *s, enum bpr_sheet_key key, struct bpr_sheet_block block);
/* A heading of level 2, a note: message ids. */
void bpr_i_sheet_heading(struct bpr_sheets *s, enum bpr_sheet_key key, const char *id);
void bpr_i_sheet_note(struct bpr_sheets *s, enum bpr_sheet_key key, const char *id);
/* Copies of the rows (and chart) are kept; the columns, too. */
void bpr_i_sheet_list(struct bpr_sheets *s, enum bpr_sheet_key key, const struct bpr_sheet_rows *rows, const struct bpr_sheet_chart *chart);
/* Cleared memory of the arena; NULL where there is none (then it has failed). */
void *bpr_i_sheet_memory(struct bpr_sheets *s, size_t count, size_t size);
/* "title (unit)". Message ids. */
const char *bpr_i_sheet_title(struct bpr_sheets *s, const char *title, const char *unit);

/* Cells that are all there already: rows * columns. */
struct bpr_sheet_cells { struct bpr_doc_cell *cells; size_t columns; };
bpr_sheet_fill bpr_i_sheet_fill_cells;

void bpr_i_sheets_kpi(struct bpr_sheets *s);         /* sheets_kpi.c */
/* The short table of them, on the summary. */
void bpr_i_sheets_headline(struct bpr_sheets *s);
void bpr_i_sheets_steps(struct bpr_sheets *s);       /* sheets_steps.c */
void bpr_i_sheets_matrices(struct bpr_sheets *s);    /* sheets_matrix.c */
void bpr_i_sheets_bottlenecks(struct bpr_sheets *s); /* sheets_waiting.c */
void bpr_i_sheets_waiting(struct bpr_sheets *s);
void bpr_i_sheets_mining(struct bpr_sheets *s);      /* sheets_mining.c */
void bpr_i_sheets_checksheet(struct bpr_sheets *s);  /* sheets_checksheet.c */
void bpr_i_sheets_check(struct bpr_sheets *s);       /* sheets_check.c */
void bpr_i_sheets_source(struct bpr_sheets *s);      /* sheets_source.c */
/* A figure of the pages as rows and a chart; nothing where it is a picture. */
void bpr_i_sheets_figure(struct bpr_sheets *s, enum bpr_sheet_key key, const struct bpr_doc_figure *figure); /* sheets_figure.c */
#endif

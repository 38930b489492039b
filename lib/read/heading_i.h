/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_READ_HEADING_I_H
#define BPR_READ_HEADING_I_H
/* The row of headings: which row it is, what separates its cells, which column each heading names. */
#include "csv/csv_i.h"
#include "read/read_i.h"

/* Rows that are looked at (blank ones not counted), and cells a row may have: more than any spreadsheet. */
enum { BPR_I_HEADING_ROWS = 30, BPR_I_MAX_CELLS = 20000 };

struct bpr_heading {
	const struct bpr_column *column; /* NULL: not known, empty, or named by a heading before it */
	const char *text;    /* as written, NUL-terminated */
	size_t length;
	bool whole;          /* not cut for its length */
	const char *unit;    /* of a column of durations, from its brackets: what to write behind a bare number; NULL: minutes */
};

struct bpr_headings {
	struct bpr_arena arena;
	char delimiter;
	size_t row;          /* its index among the rows that are not blank */
	size_t line;         /* 0: no row of headings was found */
	struct bpr_heading *items;
	size_t count;        /* up to the last heading that is not empty */
	size_t known;        /* items with a column */
	size_t key;          /* item of the table's first column, its key; BPR_NONE where it is missing */
	const char *title;   /* text that stands alone in the first row above it; "" none */
};

/*
 * Finds the row among the first ones that names most columns of the table, and the delimiter with which it does: a
 * row with the key column goes before one without. Key and value are the columns of the demand table. Only out of
 * memory is a failure. Release in any case.
 */
bpr_status bpr_i_headings_find(struct bpr_headings *out, enum bpr_table table, const char *text, size_t length);
void bpr_i_headings_release(struct bpr_headings *headings);

/* Columns of the demand table as such. */
const struct bpr_column *bpr_i_demand_column(bool value);

/*
 * Notes what is wrong with the headings of a table: no such row, no key column (errors); unknown and repeated columns
 * (warnings; not where quiet). False: the table cannot be read.
 */
bool bpr_i_headings_check(struct bpr_reader *reader, const struct bpr_headings *headings, enum bpr_table table,
			  const char *file, bool quiet);
/* True for a row that repeats the headings, as tables printed page by page do. */
bool bpr_i_headings_repeated(const struct bpr_headings *headings, const struct bpr_csv_row *row);
/* True where every cell is blank. */
bool bpr_i_row_blank(const struct bpr_csv_row *row);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_WRITE_TABLE_I_H
#define BPR_WRITE_TABLE_I_H
/*
 * A flow as tables, for every format that has rows and cells: which tables and columns there are, what stands in a cell and
 * which of them the reader would take for something else.
 */
#include "flow/format_i.h"
#include "write/write_i.h"

enum { BPR_WRITE_COLUMNS = 64 };

/* One table being written. */
struct bpr_write_table {
	struct bpr_writing *w;
	const struct bpr_formatting *f;
	enum bpr_table table;
	const struct bpr_column *columns[BPR_WRITE_COLUMNS]; /* bpr_i_table_columns() */
	size_t count;
	struct bpr_buf cell;
};

/* Heading of a column, not terminated. */
const char *bpr_i_table_heading(const struct bpr_write_table *t, const struct bpr_column *column, size_t *length);
/* Fills t->cell; false where there is nothing to say. */
bool bpr_i_table_cell(struct bpr_write_table *t, const struct bpr_column *column, size_t node, const struct bpr_format_row *row);
/* Those that every table has, and those that say something. */
void bpr_i_table_columns(struct bpr_write_table *t);
bool bpr_i_table_has_rows(const struct bpr_write_table *t);
/* What the reader takes for "as above". */
bool bpr_i_table_repeats(const char *text, size_t length);
/* A cell that reads like its own heading could make a row look like the headings once more. */
bool bpr_i_table_like_heading(const struct bpr_write_table *t, size_t column);
/* The id need not be said where the flow goes by the name of its file, now or before. */
bool bpr_i_table_says_id(const struct bpr_write_table *t);
#endif

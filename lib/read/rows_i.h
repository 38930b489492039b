/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_READ_ROWS_I_H
#define BPR_READ_ROWS_I_H
/* The rows below the headings, as the tables of offices have them: blank rows, headings again, "as above", ragged. */
#include "read/heading_i.h"

/* Takes a row: cells[headings->count], trimmed, 〃 replaced by what it stands for, empty where the row is short. */
typedef bpr_status bpr_rows_fn(void *data, const struct bpr_csv_cell *cells, size_t line);

struct bpr_rows {
	struct bpr_reader *reader;
	const char *file;                    /* in messages */
	const struct bpr_headings *headings;
	bpr_rows_fn *take;
	void *data;
	bool quiet;                          /* what is wrong with rows was said before */
};

/* *count: rows taken. BPR_ESYNTAX also when the input has as many errors as are listed. */
bpr_status bpr_i_rows_read(const struct bpr_rows *rows, const char *text, size_t length, size_t *count);
#endif

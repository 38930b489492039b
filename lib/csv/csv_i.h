/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CSV_CSV_I_H
#define BPR_CSV_CSV_I_H
/*
 * Rows of a CSV text, by libcsv: quoted cells with line ends inside, any line end, blank lines left out, and the line
 * of each cell as an editor shows it. Blanks around unquoted cells are cut. A sheet of a workbook as a text of records is
 * read in the same way; its lines are its rows.
 */
#include "base/fault_i.h"

struct bpr_csv_cell {
	const char *text;    /* UTF-8, no NUL behind it */
	size_t length;
	size_t line;         /* on which the cell begins, from 1 */
};

struct bpr_csv_row {
	const struct bpr_csv_cell *cells;
	size_t count;        /* >= 1 */
	size_t line;         /* of the first cell */
	size_t index;        /* rows before this one */
};

struct bpr_csv_options {
	char delimiter;
	size_t max_field;    /* bytes of one cell */
	size_t max_cells;    /* of one row */
};

/* What becomes of a row taken: KEEP, and it lives until the row after the next one kept has come; DROP; or STOP. */
enum bpr_csv_next { BPR_CSV_STOP = 0, BPR_CSV_KEEP, BPR_CSV_DROP };
typedef enum bpr_csv_next bpr_csv_row_fn(void *data, const struct bpr_csv_row *row);

/*
 * BPR_ESYNTAX: quotes are wrong (the fault names the line, and the one where the cell began). BPR_ELIMIT: a cell or a
 * row is too long. BPR_ECANCELLED: the row function stopped it (no fault). BPR_ENOMEM.
 */
bpr_status bpr_i_csv_parse(const char *text, size_t length, const struct bpr_csv_options *options, bpr_csv_row_fn *take,
			   void *data, struct bpr_fault *fault);
/* The same of a text of records (base/record_i.h), which bpr_i_csv_parse() knows by its first character. */
bpr_status bpr_i_csv_records(const char *text, size_t length, const struct bpr_csv_options *options, bpr_csv_row_fn *take,
			     void *data, struct bpr_fault *fault);

/*
 * The same of a text that comes in pieces of any size. Lines without a quotation mark, nearly all there are, are split where they
 * stand; libcsv reads the others. Rows live during the call only: KEEP is DROP. `options` lives as long as the stream; a row
 * has at most max_row bytes.
 */
typedef struct bpr_csv_stream bpr_csv_stream;
bpr_csv_stream *bpr_i_csv_stream_new(const struct bpr_csv_options *options, size_t max_row, bpr_csv_row_fn *take, void *data, struct bpr_fault *fault);
/* As bpr_i_csv_parse(); T006 (BPR_ELIMIT) where a row is too long. */
bpr_status bpr_i_csv_stream_feed(bpr_csv_stream *stream, const char *text, size_t length);
bpr_status bpr_i_csv_stream_end(bpr_csv_stream *stream);
/* Line on which the next byte to be fed stands, from 1. */
size_t bpr_i_csv_stream_line(const bpr_csv_stream *stream);
void bpr_i_csv_stream_free(bpr_csv_stream *stream);
#endif

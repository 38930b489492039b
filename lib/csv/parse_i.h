/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CSV_PARSE_I_H
#define BPR_CSV_PARSE_I_H
/* A parse by libcsv under way: what a text as a whole and one that comes in pieces have in common. */
#include "csv/csv_i.h"
#include <csv.h>

enum { BPR_CSV_PIECE = 1 << 16 };

/* A row being collected: the text of its cells, one behind the other. */
struct bpr_csv_store {
	char *text;
	size_t used, capacity;
	struct bpr_csv_cell *cells; /* while collecting, .text is not set: the texts follow each other */
	size_t count, cell_capacity;
};

struct bpr_csv_parse {
	const struct bpr_csv_options *options;
	bpr_csv_row_fn *take;
	void *data;
	struct bpr_csv_store stores[2]; /* the row that comes, and the last one kept */
	unsigned now;
	size_t rows;
	size_t line;            /* being parsed */
	size_t open_line;       /* where the cell being parsed began */
	size_t max_row;         /* bytes of a row; 0: no limit */
	bpr_status status;
	struct bpr_fault *fault;
};

/* Fills the fault where there is none yet; `number` is its argument. */
void bpr_i_csv_fail(struct bpr_csv_parse *p, bpr_status status, enum bpr_code_id id, size_t line, size_t number);
/* False: out of memory, as the status says. */
bool bpr_i_csv_begin(struct bpr_csv_parse *p, struct csv_parser *csv);
/* One physical line, or a piece of a long one. False: stop, as the status says. */
bool bpr_i_csv_piece(struct bpr_csv_parse *p, struct csv_parser *csv, const char *text, size_t length);
/* The end of the text. */
void bpr_i_csv_end(struct bpr_csv_parse *p, struct csv_parser *csv);
void bpr_i_csv_release(struct bpr_csv_parse *p, struct csv_parser *csv);
#endif

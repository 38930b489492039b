/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_FLOW_COMPANION_I_H
#define BPR_FLOW_COMPANION_I_H
/* Rows of the companion tables, for those who read one: companion.c, staffing.c, demand.c. */
#include "flow/schedule_i.h"

/* A row, its cells by where they are stored. */
struct bpr_row {
	struct bpr_builder *b;
	const struct bpr_cell *cells;
	size_t count;
	struct bpr_place place;
	bool named; /* the caller said what the row is called in messages */
	size_t first_column; /* of the cells, in a sheet of a workbook; 0: the cells stand nowhere */
};

/* The cell that is stored there, trimmed; NULL where there is none or it is empty. Messages name its column. */
const char *bpr_i_row_cell(struct bpr_row *row, enum bpr_store store, size_t *length);
void bpr_i_row_text(struct bpr_row *row, enum bpr_store store, const char **at);
/* A number in [low, high]; false where there is none (or none that is right). */
bool bpr_i_row_number(struct bpr_row *row, enum bpr_store store, double low, double high, double *at);
bool bpr_i_row_minutes(struct bpr_row *row, enum bpr_store store, double *at);
/* The key of the row, or NULL with a problem noted. */
const char *bpr_i_row_key(struct bpr_row *row, enum bpr_table table, enum bpr_store store, size_t *length);

void bpr_i_row_staff(struct bpr_row *row);
void bpr_i_row_demand(struct bpr_row *row);
void bpr_i_row_times(struct bpr_row *row); /* times.c */
#endif

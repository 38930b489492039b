/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_WRITE_BLANK_I_H
#define BPR_WRITE_BLANK_I_H
/* What a blank workbook is made of: which columns its sheets have, what may be chosen, and the example. */
#include "flow/column_i.h"
#include <bpr/problem.h>
#include <stdbool.h>

/* A column of a sheet; `words`: what may be chosen, '|' between, English and Japanese; NULL: anything. */
struct bpr_blank_column {
	const char *key;
	const char *words[2];
	double width;
	const char *unit[2];     /* behind the heading: "(min)"; NULL none */
	bool text;               /* what is typed stays a text: 1:30 is no time */
};

struct bpr_blank_table {
	enum bpr_table table;
	const struct bpr_blank_column *columns; size_t count;
	const char *const *example[2]; size_t example_count; /* rows, '|' between cells; of the demand: KEY|VALUE */
};

enum { BPR_BLANK_TABLES = 5 };
/* Flow, forms, counters, staff, demand. Of the demand the columns are its keys. */
const struct bpr_blank_table *bpr_i_blank_table(size_t index);
/* Title of the example's flow. */
const char *bpr_i_blank_title(enum bpr_lang lang);
/* Paragraph `index` of the first sheet, as a message id; NULL behind the last. */
const char *bpr_i_blank_how_to(size_t index);
#endif

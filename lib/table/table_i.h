/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TABLE_TABLE_I_H
#define BPR_TABLE_TABLE_I_H
/*
 * Small tables with named columns, as offices keep them: a CSV file in any of the usual encodings, or a sheet of a workbook.
 * The row of headings may stand below titles; columns come in any order, in English or Japanese; full-width letters and
 * signs, blanks around cells, 〃 and 同上 are understood; blank rows and headings printed again are passed over.
 */
#include "base/alloc_i.h"
#include "base/problem_i.h"

struct bpr_table_column {
	const char *key;       /* English heading */
	const char *headings;  /* Japanese headings, '|' between; the first one is used when writing */
	bool required;         /* without it the row is not taken for the headings */
	const char *values;    /* English message id: what may stand in it, for the manual */
	const char *explain;   /* English message id: what it means, one sentence */
};

/* Where the table comes from. */
struct bpr_table_source {
	const char *path;      /* "-": standard input */
	const void *data;      /* where it is given: the bytes themselves, `path` stands for them in messages */
	size_t length;
	const char *encoding;  /* as bpr_read_options.encoding; NULL: detected */
	const char *sheets;    /* of a workbook: names of the sheet, '|' between, compared as headings are; a workbook with one sheet needs none */
	size_t max_bytes;      /* 0: 16 MiB */
	size_t max_field;      /* 0: 64 KiB */
	size_t max_rows;       /* 0: 100,000 */
};

/* A row: cells[i] is that of column i, folded nowhere, trimmed, NUL-terminated, "" where empty or not there. During the call only. */
struct bpr_table_row {
	const char *const *cells;
	size_t line;           /* of the file, or row of the sheet */
	const char *file;      /* for messages: "levers.csv", "book.xlsx!施策" */
};
/* Anything but BPR_OK stops. */
typedef bpr_status bpr_table_row_fn(void *data, const struct bpr_table_row *row);

/*
 * Reads all rows. Problems: the file cannot be read (I…), no headings (B001), a column twice (B002, warning), an unknown column
 * (B003, warning, once each), a row with text beyond the last column (B004, warning), too many rows (B005).
 * BPR_ESYNTAX, BPR_EIO, BPR_ELIMIT, BPR_ENOMEM: an error stands in the list, and err has it.
 * *rows (may be NULL): rows taken.
 */
BPR_MUST_CHECK bpr_status bpr_i_table_read(const struct bpr_table_source *source, const struct bpr_table_column *columns, size_t count,
					   bpr_table_row_fn *take, void *data, size_t *rows, bpr_problems *problems, struct bpr_error *err);
/* Whether the bytes are a workbook that has a sheet of one of these names: a table that may stand in the workbook of a flow. */
bool bpr_i_table_has_sheet(const void *data, size_t length, const char *sheets);

/* ---- cells ---- */
/* Things of a list, `;` `；` `、` `,` between, trimmed: kept by the arena. False: out of memory. */
bool bpr_i_table_list(struct bpr_arena *arena, const char *text, const char *const **items, size_t *count);
/* Index of the word in `words` ('|' between synonyms of one index, folded, case of ASCII, '-' '_' and blanks ignored), or BPR_NONE. */
size_t bpr_i_table_word(const char *const *words, size_t count, const char *text);
/* 1 yes (yes, true, 1, はい, ○, 可 …), 0 no (… × 不可 否), -1 neither. */
int bpr_i_table_yes(const char *text);
/* An amount: 4200000, 4,200,000円, 420万, ▲5; false: none. Full width is understood. */
bool bpr_i_table_number(const char *text, double *out);
#endif

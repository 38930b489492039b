/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CHECK_SHEET_I_H
#define BPR_CHECK_SHEET_I_H
/*
 * A table as a machine reads it: the check items of 総務省「統計表における機械判読可能なデータの表記方法の統一ルール」
 * (2020-12-18) as far as a CSV shows them. The text is that of the file: blanks, blank rows and quotes that the reader
 * passes over are seen here.
 */
#include "csv/csv_i.h"
#include "read/heading_i.h"
#include <stdbool.h>

/* A cell as written, without the quotation marks around it; a doubled mark inside stays doubled. */
struct bpr_sheet_cell { const char *text; size_t length, line; };

struct bpr_sheet_row {
	struct bpr_sheet_cell *cells; size_t count, capacity;
	size_t line;         /* of its first cell */
	bool blank;          /* nothing but delimiters and blanks */
};

struct bpr_sheet { const char *text; size_t length, at, line; char delimiter; bool record; /* of a workbook: set by the first row */ };
/* The next row, blank ones too; false behind the last. *nomem: out of memory. row: zero at first; cells freed by the caller. */
bool bpr_i_sheet_row(struct bpr_sheet *sheet, struct bpr_sheet_row *row, bool *nomem);

/* What a column holds, as far as the rules care. */
enum bpr_sheet_column {
	BPR_SHEET_TEXT = 0,
	BPR_SHEET_SINGLE,    /* one name */
	BPR_SHEET_KEY,       /* ids and lists of ids: no dates, whatever they look like */
	BPR_SHEET_NUMBER,    /* a count or a share */
	BPR_SHEET_MEASURE    /* a number with a unit: minutes, yen */
};
enum bpr_sheet_column bpr_i_sheet_column(enum bpr_table table, const struct bpr_column *column);

/* ---- what is wrong with one cell; sheet_cell.c ---- */
bool bpr_i_cell_several(const char *text, size_t length);        /* 市民課、税務課 */
bool bpr_i_cell_plain_number(const char *text, size_t length);   /* 12, -0.5; also the notations of bpr: tri(3,5,9) */
bool bpr_i_cell_layout(const char *text, size_t length);         /* blanks for looks: at the ends, 氏　名, two in a row */
bool bpr_i_cell_broken(const char *text, size_t length);         /* a line break inside */
bool bpr_i_cell_omitted(const char *text, size_t length);        /* 〃 同上 */
bool bpr_i_cell_formula(const char *text, size_t length);        /* =SUM(…), #REF! */
/* The first character that other machines show otherwise: ① ㈱ Ⅲ 外字; its bytes, 0 none. */
size_t bpr_i_cell_machine(const char *text, size_t length, const char **character);
bool bpr_i_cell_era(const char *text, size_t length);            /* 令和6年, R6.4.1, no western year beside it */
bool bpr_i_cell_unit(const char *text, size_t length);           /* 処理時間(分): a heading that says its unit */
/* 処理時間(時間), 費用(千円): a heading that says another unit than the one in which bare numbers are read. */
bool bpr_i_cell_other_unit(const char *text, size_t length);
bool bpr_i_cell_remark(const char *text, size_t length);         /* ※, 注, 出典: no id of a step begins so */
bool bpr_i_cell_blank(const char *text, size_t length);
#endif

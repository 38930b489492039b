/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_XLSX_READ_I_H
#define BPR_XLSX_READ_I_H
/*
 * Workbooks as they come: the cells of each sheet as texts that the readers of tables understand. Streams: of a sheet no
 * more than a row is held, of the workbook its shared texts and number formats.
 *
 * What a cell gives: a text as it stands (runs joined, furigana left out); a number without its format, in the 15 digits
 * that spreadsheets keep (12, 0.7, so 70% is 0.7; 007 where the format fills with zeros); a date 2027-03-21, with its time
 * 2027-03-21 8:30, a time or duration 0:04:30 (hours, minutes, seconds); TRUE or FALSE; a formula what it gave when saved.
 */
#include "base/buf_i.h"
#include "base/fault_i.h"
#include <stdbool.h>

typedef struct bpr_xlsx bpr_xlsx;

struct bpr_xlsx_options {
	size_t max_bytes;    /* of all that is unpacked */
	size_t max_field;    /* bytes of one cell */
};

/* Whether the bytes begin as an archive does: then they are a workbook, or nothing that is read. */
bool bpr_i_xlsx_likely(const char *data, size_t length);
/* A workbook of the kind before, or one with a password: the code that says so; false for neither. */
bool bpr_i_xlsx_old(const char *data, size_t length, enum bpr_code_id *code);

/* The bytes are borrowed until bpr_i_xlsx_close(). BPR_ESYNTAX, BPR_EUNSUPPORTED, BPR_ELIMIT, BPR_ENOMEM with a fault; *out NULL. */
bpr_status bpr_i_xlsx_open(bpr_xlsx **out, const char *data, size_t length, const struct bpr_xlsx_options *options,
			   struct bpr_fault *fault);
void bpr_i_xlsx_close(bpr_xlsx *book);

/* Sheets with cells, in the order of the workbook; sheets that are a chart alone are not counted. */
size_t bpr_i_xlsx_count(const bpr_xlsx *book);
/* Borrowed. *hidden: nobody sees it in the spreadsheet program. */
const char *bpr_i_xlsx_name(const bpr_xlsx *book, size_t sheet, bool *hidden);

enum bpr_xlsx_kind {
	BPR_XLSX_TEXT = 0, BPR_XLSX_NUMBER, BPR_XLSX_DATE, BPR_XLSX_TIME, BPR_XLSX_BOOL,
	BPR_XLSX_ERROR,      /* a formula gave it: text is "#N/A" */
	BPR_XLSX_UNSAVED     /* a formula whose value was not saved; text is "" */
};
struct bpr_xlsx_cell {
	size_t column;       /* from 1 */
	enum bpr_xlsx_kind kind;
	const char *text;    /* UTF-8, no NUL behind it; no control characters but tab and line feed */
	size_t length;
};
/* A row (from 1) with at least one cell that is not empty: those, by column. Anything but BPR_OK stops. */
typedef bpr_status bpr_xlsx_row_fn(void *data, size_t row, const struct bpr_xlsx_cell *cells, size_t count);

struct bpr_xlsx_merge { size_t row, column, last_row, last_column; };
struct bpr_xlsx_merges {
	struct bpr_xlsx_merge *items; size_t count, capacity; /* those that begin in the first rows of the sheet */
	size_t total;
	struct bpr_xlsx_merge first_below;    /* of the others; row 0: none */
};

/*
 * Rows in their order. merges may be NULL, else zero at first; free items. Failures: as of open; a place is the fault's
 * line (row) and column. Where `take` stops, its status is returned, and no fault is set.
 */
bpr_status bpr_i_xlsx_rows(bpr_xlsx *book, size_t sheet, bpr_xlsx_row_fn *take, void *data, struct bpr_xlsx_merges *merges,
			   struct bpr_fault *fault);

/* ---- a sheet as one text, see base/record_i.h ---- */

/* A cell whose formula gave no value. */
struct bpr_xlsx_trouble { size_t row, column; bool unsaved; char text[16]; };
struct bpr_xlsx_text {
	struct bpr_buf text;
	struct bpr_xlsx_merges merges;
	struct bpr_xlsx_trouble troubles[20]; size_t trouble_count; /* the first ones */
};
/* At most max_bytes of it. Release in any case. */
bpr_status bpr_i_xlsx_text(struct bpr_xlsx_text *out, bpr_xlsx *book, size_t sheet, size_t max_bytes, struct bpr_fault *fault);
void bpr_i_xlsx_text_release(struct bpr_xlsx_text *text);
/*
 * The same text with merged cells of rows 1 to last_row filled: down in every case, and to the right where the row has other
 * cells too (a title over the whole table stays one). *filled: the first merge that this changed something for.
 */
bpr_status bpr_i_xlsx_fill(const struct bpr_xlsx_text *text, size_t last_row, struct bpr_buf *out, struct bpr_xlsx_merge *filled);
#endif

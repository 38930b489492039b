/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_XLSX_INSIDE_I_H
#define BPR_XLSX_INSIDE_I_H
/* What the files of the writer share. Only they know libxlsxwriter. */
#include "base/alloc_i.h"
#include "xlsx/book_i.h"
#include <locale.h>
#include <xlsxwriter.h>

struct bpr_book_sheet {
	lxw_worksheet *own;
	size_t next_row;           /* rows above it have left memory */
};

struct bpr_book {
	lxw_workbook *own;         /* NULL once it was finished */
	enum bpr_lang lang;
	bool shown;
	bpr_status failed;
	struct bpr_book_sheet *sheets; size_t sheet_count, sheet_capacity;
	struct bpr_book_looks { struct bpr_book_style style; lxw_format *format; } *looks; size_t look_count, look_capacity;
	struct bpr_buf text, more; /* of the call under way */
	size_t cut;
	locale_t c, outside;       /* libxlsxwriter prints numbers by the locale of the thread */
	struct bpr_arena arena;
};

/* Begins a call: false where nothing can be done any more. Ends with book_leave(). */
bool bpr_i_book_enter(struct bpr_book *book);
void bpr_i_book_leave(struct bpr_book *book);
void bpr_i_book_fail(struct bpr_book *book, bpr_status status);
/* Takes note of what a call of libxlsxwriter returned. */
void bpr_i_book_took(struct bpr_book *book, lxw_error error);
/* Sheet of a number, or NULL (then the book has failed). */
lxw_worksheet *bpr_i_book_at(struct bpr_book *book, size_t sheet);
lxw_format *bpr_i_book_looks_of(const struct bpr_book *book, size_t style);
/*
 * The text as a cell may hold it, in `out`: at most `most` UTF-16 units, what XML cannot hold written as _xHHHH_, which spreadsheets
 * read back (U+FFFD in a book to be looked at). False when it was cut.
 */
bool bpr_i_book_clean(const struct bpr_book *book, struct bpr_buf *out, const char *text, size_t length, size_t most);
/* The same in book->text, "" where there is no memory (then the book has failed). */
const char *bpr_i_book_fit(struct bpr_book *book, const char *text, size_t most);
const char *bpr_i_book_font(const struct bpr_book *book);
#endif

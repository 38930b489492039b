/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of a workbook: what they hold, made fit for XML and for spreadsheets, and how they look. */
#include "config.h"
#include "base/utf8_i.h"
#include "xlsx/inside_i.h"
#include <math.h>
#include <string.h>

enum { NUMBER_FORMAT = 127, SIZE = 11 };

/* ---- texts ---- */

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* "_x0041_" as it stands would be read as "A". */
static bool is_escape(const char *text, size_t length)
{
	return length >= 7 && text[0] == '_' && text[1] == 'x' && is_hex(text[2]) && is_hex(text[3]) && is_hex(text[4]) &&
	       is_hex(text[5]) && text[6] == '_';
}

/* First byte of what may turn or hide text: DEL, C1, U+061C, U+200E to U+206F. */
static bool is_doubtful(unsigned char c)
{
	return c == 0x7f || c == 0xc2 || c == 0xd8 || c == 0xe2;
}

/* Most texts need nothing done. */
static bool is_plain(const char *text, size_t length, size_t most, bool shown)
{
	if (length > most)
		return false;
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];

		if ((c < 0x20 && c != '\n' && c != '\t') || c == 0xef || c >= 0xf0 || (c == '_' && is_escape(text + i, length - i)) ||
		    (shown && is_doubtful(c)))
			return false;
	}
	return bpr_i_utf8_invalid(text, length) == BPR_NONE;
}

static void put_code(struct bpr_buf *out, unsigned code, bool shown)
{
	if (shown && bpr_i_utf8_unseen(code))
		bpr_i_utf8_put(out, 0xfffd);
	else if ((code < 0x20 && code != '\n' && code != '\t') || code == 0xfffe || code == 0xffff)
		bpr_i_buf_printf(out, "_x%04X_", code);
	else
		bpr_i_utf8_put(out, code);
}

static size_t units_of(unsigned code)
{
	return code > 0xffff ? 2 : 1;
}

/* End of the longest piece of at most `most` units. */
static size_t piece(const char *text, size_t length, size_t most)
{
	size_t units = 0, at = 0;

	while (at < length) {
		size_t next = at;

		units += units_of(bpr_i_utf8_next(text, length, &next));
		if (units > most)
			return at;
		at = next;
	}
	return length;
}

bool bpr_i_book_clean(const struct bpr_book *book, struct bpr_buf *out, const char *text, size_t length, size_t most)
{
	size_t end = length;
	bool whole;

	if (is_plain(text, length, most, book->shown)) {
		bpr_i_buf_add(out, text, length);
		return true;
	}
	whole = length <= most || piece(text, length, most) == length;
	if (!whole)
		end = piece(text, length, most - 1);
	for (size_t at = 0; at < end;) {
		if (is_escape(text + at, end - at))
			bpr_i_buf_puts(out, "_x005F");
		put_code(out, bpr_i_utf8_next(text, end, &at), book->shown);
	}
	if (!whole)
		bpr_i_buf_puts(out, "…");
	return whole;
}

const char *bpr_i_book_fit(struct bpr_book *book, const char *text, size_t most)
{
	bpr_i_buf_clear(&book->text);
	(void)bpr_i_book_clean(book, &book->text, text, strlen(text), most);
	if (book->text.failed)
		bpr_i_book_fail(book, BPR_ENOMEM);
	return book->text.data && !book->text.failed ? book->text.data : "";
}

double bpr_i_book_text_width(const char *text)
{
	size_t length = strlen(text), widest = 0;

	for (size_t at = 0; at <= length;) {
		const char *end = memchr(text + at, '\n', length - at);
		size_t n = end ? (size_t)(end - text) - at : length - at;
		size_t wide = bpr_i_utf8_width(text + at, n, BPR_LANG_JA);

		widest = wide > widest ? wide : widest;
		at += n + 1;
	}
	/* Japanese signs take a little more than two digits, and the cell has its edges. */
	return (double)widest * 1.1 + 2;
}

/* ---- looks ---- */

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool same_style(const struct bpr_book_style *a, const struct bpr_book_style *b)
{
	return same_text(a->number, b->number) && a->ink == b->ink && a->paper == b->paper && a->line == b->line && a->under == b->under &&
	       a->size == b->size && a->indent == b->indent && a->bold == b->bold && a->italic == b->italic && a->wrap == b->wrap &&
	       a->top == b->top && a->open == b->open && a->align == b->align;
}

static void set_font(const struct bpr_book *book, lxw_format *format, const struct bpr_book_style *style)
{
	format_set_font_name(format, bpr_i_book_font(book));
	format_set_font_size(format, style->size ? style->size : SIZE);
	if (style->ink)
		format_set_font_color(format, style->ink);
	if (style->bold)
		format_set_bold(format);
	if (style->italic)
		format_set_italic(format);
}

static void set_looks(const struct bpr_book *book, lxw_format *format, const struct bpr_book_style *style)
{
	static const uint8_t aligns[] = { LXW_ALIGN_NONE, LXW_ALIGN_LEFT, LXW_ALIGN_CENTER, LXW_ALIGN_RIGHT };

	set_font(book, format, style);
	if (style->number)
		format_set_num_format(format, style->number);
	if (style->paper) {
		format_set_pattern(format, LXW_PATTERN_SOLID);
		format_set_bg_color(format, style->paper);
	}
	if (style->line) {
		format_set_border(format, LXW_BORDER_THIN);
		format_set_border_color(format, style->line);
	}
	if (style->under) {
		format_set_bottom(format, LXW_BORDER_MEDIUM);
		format_set_bottom_color(format, style->under);
	}
	if (style->align)
		format_set_align(format, aligns[style->align]);
	format_set_align(format, style->top ? LXW_ALIGN_VERTICAL_TOP : LXW_ALIGN_VERTICAL_CENTER);
	if (style->indent)
		format_set_indent(format, style->indent);
	if (style->wrap)
		format_set_text_wrap(format);
	if (style->open)
		format_set_unlocked(format);
}

const char *bpr_i_book_font(const struct bpr_book *book)
{
	return book->lang == BPR_LANG_JA ? "Yu Gothic" : "Calibri";
}

static bool add_look(struct bpr_book *book, const struct bpr_book_style *style)
{
	struct bpr_book_looks *look;

	if (!bpr_i_grow(&book->looks, &book->look_capacity, book->look_count + 1, sizeof(*book->looks)))
		return false;
	look = &book->looks[book->look_count];
	look->style = *style;
	if (style->number)
		look->style.number = bpr_i_arena_strndup(&book->arena, style->number, strnlen(style->number, NUMBER_FORMAT));
	look->format = workbook_add_format(book->own);
	if (!look->format || (style->number && !look->style.number))
		return false;
	set_looks(book, look->format, &look->style);
	book->look_count++;
	return true;
}

size_t bpr_i_book_style(struct bpr_book *book, const struct bpr_book_style *style)
{
	size_t at = 0;

	if (!bpr_i_book_enter(book))
		return 0;
	while (at < book->look_count && !same_style(&book->looks[at].style, style))
		at++;
	if (at == book->look_count && !add_look(book, style)) {
		bpr_i_book_fail(book, BPR_ENOMEM);
		at = 0;
	}
	bpr_i_book_leave(book);
	return at;
}

lxw_format *bpr_i_book_looks_of(const struct bpr_book *book, size_t style)
{
	return style < book->look_count ? book->looks[style].format : NULL;
}

/* ---- cells ---- */

/* The sheet, where the cell can be written: rows that have left memory cannot. */
static lxw_worksheet *begin_cell(struct bpr_book *book, size_t sheet, size_t row, size_t column)
{
	lxw_worksheet *own = bpr_i_book_at(book, sheet);

	if (!own)
		return NULL;
	if (row >= BPR_BOOK_ROWS || column >= BPR_BOOK_COLUMNS) {
		bpr_i_book_fail(book, BPR_ELIMIT);
		return NULL;
	}
	if (row + 1 < book->sheets[sheet].next_row) {
		bpr_i_book_fail(book, BPR_EINVAL);
		return NULL;
	}
	book->sheets[sheet].next_row = row + 1;
	return own;
}

void bpr_i_book_text_n(struct bpr_book *book, size_t sheet, size_t row, size_t column, size_t style, const char *text, size_t length)
{
	lxw_worksheet *own;
	lxw_format *format;

	if (!bpr_i_book_enter(book))
		return;
	own = begin_cell(book, sheet, row, column);
	format = bpr_i_book_looks_of(book, style);
	if (own && !length) {
		bpr_i_book_took(book, worksheet_write_blank(own, (lxw_row_t)row, (lxw_col_t)column, format));
	} else if (own) {
		bpr_i_buf_clear(&book->text);
		if (!bpr_i_book_clean(book, &book->text, text, length, BPR_BOOK_TEXT))
			book->cut++;
		if (book->text.failed)
			bpr_i_book_fail(book, BPR_ENOMEM);
		else
			bpr_i_book_took(book, worksheet_write_string(own, (lxw_row_t)row, (lxw_col_t)column, book->text.data, format));
	}
	bpr_i_book_leave(book);
}

void bpr_i_book_text(struct bpr_book *book, size_t sheet, size_t row, size_t column, size_t style, const char *text)
{
	bpr_i_book_text_n(book, sheet, row, column, style, text ? text : "", text ? strlen(text) : 0);
}

void bpr_i_book_number(struct bpr_book *book, size_t sheet, size_t row, size_t column, size_t style, double number)
{
	lxw_worksheet *own;
	lxw_format *format;

	if (!bpr_i_book_enter(book))
		return;
	own = begin_cell(book, sheet, row, column);
	format = bpr_i_book_looks_of(book, style);
	if (own && !isfinite(number))
		bpr_i_book_took(book, worksheet_write_blank(own, (lxw_row_t)row, (lxw_col_t)column, format));
	else if (own)
		bpr_i_book_took(book, worksheet_write_number(own, (lxw_row_t)row, (lxw_col_t)column, number + 0.0, format));
	bpr_i_book_leave(book);
}

void bpr_i_book_wide(struct bpr_book *book, size_t sheet, size_t row, size_t column, size_t last_column, size_t style, const char *text)
{
	lxw_worksheet *own;

	if (last_column > column && bpr_i_book_enter(book)) {
		own = begin_cell(book, sheet, row, column);
		/* Leaves all of them blank, with the style. */
		if (own)
			bpr_i_book_took(book, worksheet_merge_range(own, (lxw_row_t)row, (lxw_col_t)column, (lxw_row_t)row,
								    (lxw_col_t)last_column, "", bpr_i_book_looks_of(book, style)));
		bpr_i_book_leave(book);
	}
	bpr_i_book_text(book, sheet, row, column, style, text);
}

size_t bpr_i_book_cut(const struct bpr_book *book)
{
	return book->cut;
}

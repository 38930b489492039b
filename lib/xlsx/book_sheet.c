/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sheets of a workbook beyond their cells: widths, views, printing, notes, what may be typed where. */
#include "config.h"
#include "base/utf8_i.h"
#include "xlsx/inside_i.h"
#include <string.h>

enum { TITLE = 32, MESSAGE = 255, NOTE = 32767, WIDEST = 255 };

/* A sheet for a call that begins here, or NULL (then the call is over). */
static lxw_worksheet *begin(struct bpr_book *book, size_t sheet)
{
	lxw_worksheet *own;

	if (!bpr_i_book_enter(book))
		return NULL;
	own = bpr_i_book_at(book, sheet);
	if (!own)
		bpr_i_book_leave(book);
	return own;
}

void bpr_i_book_column(struct bpr_book *book, size_t sheet, size_t first, size_t last, double width, size_t style)
{
	lxw_worksheet *own = begin(book, sheet);

	if (!own)
		return;
	bpr_i_book_took(book, worksheet_set_column(own, (lxw_col_t)first, (lxw_col_t)last, width < WIDEST ? width : WIDEST,
						   style ? bpr_i_book_looks_of(book, style) : NULL));
	bpr_i_book_leave(book);
}

void bpr_i_book_row(struct bpr_book *book, size_t sheet, size_t row, double height)
{
	lxw_worksheet *own = begin(book, sheet);

	if (!own)
		return;
	bpr_i_book_took(book, worksheet_set_row(own, (lxw_row_t)row, height < 409 ? height : 409, NULL));
	bpr_i_book_leave(book);
}

void bpr_i_book_freeze(struct bpr_book *book, size_t sheet, size_t rows, size_t columns)
{
	lxw_worksheet *own = begin(book, sheet);

	if (!own)
		return;
	worksheet_freeze_panes(own, (lxw_row_t)rows, (lxw_col_t)columns);
	bpr_i_book_leave(book);
}

void bpr_i_book_filter(struct bpr_book *book, size_t sheet, size_t row, size_t column, size_t last_row, size_t last_column)
{
	lxw_worksheet *own = begin(book, sheet);

	if (!own)
		return;
	bpr_i_book_took(book, worksheet_autofilter(own, (lxw_row_t)row, (lxw_col_t)column, (lxw_row_t)last_row, (lxw_col_t)last_column));
	bpr_i_book_leave(book);
}

/* Text of a user's in a footer: '&' begins a command there. At most so many characters. */
static void put_footer(struct bpr_buf *out, const char *text, size_t most)
{
	size_t length = strlen(text), count = 0;

	for (size_t at = 0; at < length && count < most; count++) {
		unsigned code = bpr_i_utf8_next(text, length, &at);

		if (code < 0x20 || code == 0xfffe || code == 0xffff)
			code = ' ';
		bpr_i_utf8_put(out, code);
		if (code == '&') {
			bpr_i_buf_putc(out, '&');
			count++;
		}
	}
}

void bpr_i_book_print(struct bpr_book *book, size_t sheet, const struct bpr_book_print *print)
{
	enum { A4 = 9, FOOTER = 200 };
	lxw_worksheet *own = begin(book, sheet);

	if (!own)
		return;
	worksheet_set_paper(own, A4);
	if (print->landscape)
		worksheet_set_landscape(own);
	worksheet_fit_to_pages(own, 1, 0);
	worksheet_set_margins(own, 0.5, 0.5, 0.6, 0.7);
	if (print->repeat)
		bpr_i_book_took(book, worksheet_repeat_rows(own, (lxw_row_t)print->repeat_from, (lxw_row_t)(print->repeat - 1)));
	bpr_i_buf_clear(&book->text);
	bpr_i_buf_puts(&book->text, "&L&8");
	if (print->footer)
		/* A digit behind the size would be read as part of it. */
		bpr_i_buf_putc(&book->text, ' ');
	if (print->footer)
		put_footer(&book->text, print->footer, FOOTER);
	else
		bpr_i_buf_puts(&book->text, "&A");
	bpr_i_buf_puts(&book->text, "&R&8&P / &N");
	if (book->text.failed)
		bpr_i_book_fail(book, BPR_ENOMEM);
	else
		bpr_i_book_took(book, worksheet_set_footer(own, book->text.data));
	bpr_i_book_leave(book);
}

void bpr_i_book_tab(struct bpr_book *book, size_t sheet, unsigned color)
{
	lxw_worksheet *own = begin(book, sheet);

	if (!own)
		return;
	worksheet_set_tab_color(own, color);
	bpr_i_book_leave(book);
}

void bpr_i_book_gridlines(struct bpr_book *book, size_t sheet, bool shown)
{
	lxw_worksheet *own = begin(book, sheet);

	if (!own)
		return;
	worksheet_gridlines(own, shown ? LXW_SHOW_SCREEN_GRIDLINES : LXW_HIDE_ALL_GRIDLINES);
	bpr_i_book_leave(book);
}

void bpr_i_book_front(struct bpr_book *book, size_t sheet)
{
	lxw_worksheet *own = begin(book, sheet);

	if (!own)
		return;
	worksheet_activate(own);
	bpr_i_book_leave(book);
}

void bpr_i_book_hide(struct bpr_book *book, size_t sheet)
{
	lxw_worksheet *own = begin(book, sheet);

	if (!own)
		return;
	worksheet_hide(own);
	bpr_i_book_leave(book);
}

void bpr_i_book_protect(struct bpr_book *book, size_t sheet)
{
	lxw_protection allowed = { .format_columns = LXW_TRUE, .format_rows = LXW_TRUE };
	lxw_worksheet *own = begin(book, sheet);

	if (!own)
		return;
	worksheet_protect(own, NULL, &allowed);
	bpr_i_book_leave(book);
}

void bpr_i_book_note(struct bpr_book *book, size_t sheet, size_t row, size_t column, const char *text)
{
	lxw_comment_options options = { .width = 260, .height = 110, .font_size = 9 };
	lxw_worksheet *own = begin(book, sheet);
	char font[32];

	if (!own)
		return;
	(void)snprintf(font, sizeof(font), "%s", bpr_i_book_font(book));
	options.font_name = font;
	bpr_i_book_took(book, worksheet_write_comment_opt(own, (lxw_row_t)row, (lxw_col_t)column, bpr_i_book_fit(book, text, NOTE), &options));
	bpr_i_book_leave(book);
}

/* ---- what may be typed ---- */

/* Kept until the call of libxlsxwriter is over; its structures want texts that can be written to. */
static char *kept(struct bpr_book *book, struct bpr_arena *arena, const char *text, size_t most)
{
	char *copy;

	if (!text)
		return NULL;
	copy = bpr_i_arena_strdup(arena, bpr_i_book_fit(book, text, most));
	if (!copy)
		bpr_i_book_fail(book, BPR_ENOMEM);
	return copy;
}

static void set_list(struct bpr_book *book, struct bpr_arena *arena, const struct bpr_book_rule *rule, lxw_data_validation *own)
{
	char **items = bpr_i_arena_alloc(arena, rule->item_count + 1, sizeof(*items));

	own->validate = LXW_VALIDATION_TYPE_LIST;
	own->value_list = items;
	if (!items)
		bpr_i_book_fail(book, BPR_ENOMEM);
	for (size_t i = 0; items && i < rule->item_count; i++)
		items[i] = kept(book, arena, rule->items[i], MESSAGE);
}

static void set_area(struct bpr_book *book, struct bpr_arena *arena, const struct bpr_book_area *from, lxw_data_validation *own)
{
	char range[LXW_MAX_FORMULA_RANGE_LENGTH] = "=";

	lxw_rowcol_to_formula_abs(range + 1, bpr_i_book_sheet_name(book, from->sheet), (lxw_row_t)from->row, (lxw_col_t)from->column,
				  (lxw_row_t)from->last_row, (lxw_col_t)from->last_column);
	own->validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
	own->value_formula = bpr_i_arena_strdup(arena, range);
	if (!own->value_formula)
		bpr_i_book_fail(book, BPR_ENOMEM);
}

static void set_kind(struct bpr_book *book, struct bpr_arena *arena, const struct bpr_book_rule *rule, lxw_data_validation *own)
{
	switch (rule->kind) {
	case BPR_BOOK_LIST:
		set_list(book, arena, rule, own);
		break;
	case BPR_BOOK_LIST_AREA:
		set_area(book, arena, &rule->from, own);
		break;
	case BPR_BOOK_DECIMAL: case BPR_BOOK_WHOLE:
		own->validate = rule->kind == BPR_BOOK_DECIMAL ? LXW_VALIDATION_TYPE_DECIMAL : LXW_VALIDATION_TYPE_INTEGER;
		own->criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
		own->minimum_number = rule->low;
		own->maximum_number = rule->high;
		break;
	case BPR_BOOK_ANYTHING:
		own->validate = LXW_VALIDATION_TYPE_ANY;
		break;
	}
}

void bpr_i_book_rule(struct bpr_book *book, const struct bpr_book_area *area, const struct bpr_book_rule *rule)
{
	lxw_data_validation own = { .error_type = rule->strict ? LXW_VALIDATION_ERROR_TYPE_STOP : LXW_VALIDATION_ERROR_TYPE_WARNING };
	lxw_worksheet *sheet = begin(book, area->sheet);
	struct bpr_arena arena = { 0 };

	if (!sheet)
		return;
	set_kind(book, &arena, rule, &own);
	own.input_title = kept(book, &arena, rule->title, TITLE);
	own.input_message = kept(book, &arena, rule->prompt, MESSAGE);
	own.error_title = kept(book, &arena, rule->error_title, TITLE);
	own.error_message = kept(book, &arena, rule->error, MESSAGE);
	if (!book->failed)
		bpr_i_book_took(book, worksheet_data_validation_range(sheet, (lxw_row_t)area->row, (lxw_col_t)area->column,
								      (lxw_row_t)area->last_row, (lxw_col_t)area->last_column, &own));
	bpr_i_arena_release(&arena);
	bpr_i_book_leave(book);
}

void bpr_i_book_highlight(struct bpr_book *book, const struct bpr_book_area *area, const char *text, size_t style)
{
	lxw_conditional_format own = { .type = LXW_CONDITIONAL_TYPE_CELL, .criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO };
	lxw_worksheet *sheet = begin(book, area->sheet);
	struct bpr_buf quoted = BPR_BUF_INIT;

	if (!sheet)
		return;
	bpr_i_buf_putc(&quoted, '"');
	for (const char *p = text; *p; p++) {
		if (*p == '"')
			bpr_i_buf_putc(&quoted, '"');
		bpr_i_buf_putc(&quoted, *p);
	}
	bpr_i_buf_putc(&quoted, '"');
	own.value_string = quoted.data;
	own.format = bpr_i_book_looks_of(book, style);
	if (quoted.failed)
		bpr_i_book_fail(book, BPR_ENOMEM);
	else
		bpr_i_book_took(book, worksheet_conditional_format_range(sheet, (lxw_row_t)area->row, (lxw_col_t)area->column,
									(lxw_row_t)area->last_row, (lxw_col_t)area->last_column, &own));
	bpr_i_buf_release(&quoted);
	bpr_i_book_leave(book);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a number of a study is written in a cell: as a number, with a format that says what it is. */
#include "config.h"
#include "report/xlsx_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

enum { INK = 0x1f2933, FAINT = 0x7b8794, BETTER = 0x0b6e99, WORSE = 0xb4213b, LINE = 0xcbd2d9, BETTER_PAPER = 0xe3f1f7, WORSE_PAPER = 0xfbe9ec };

bool bpr_i_pen_is_number(const struct bpr_doc_cell *cell)
{
	switch (cell->value) {
	case BPR_DOC_COUNT: case BPR_DOC_MINUTES: case BPR_DOC_YEN: case BPR_DOC_PERCENT: case BPR_DOC_PROB: case BPR_DOC_BAR:
		return true;
	case BPR_DOC_EMPTY: case BPR_DOC_TEXT: case BPR_DOC_METHOD: case BPR_DOC_TICK:
		return false;
	}
	return false;
}

static bool is_hours(const struct bpr_sheet_column *column, const struct bpr_doc_cell *cell)
{
	return cell->value == BPR_DOC_MINUTES && (cell->year || (column && column->hours));
}

double bpr_i_pen_number(const struct bpr_sheet_column *column, const struct bpr_doc_cell *cell)
{
	if (cell->value == BPR_DOC_PERCENT)
		return cell->number / 100;
	if (cell->value == BPR_DOC_PROB && cell->change && !cell->year)
		return cell->number * 100;
	return is_hours(column, cell) ? cell->number / 60 : cell->number;
}

static bool is_whole(double x)
{
	return fabs(x - nearbyint(x)) <= 1e-9 * fmax(1, fabs(x));
}

static const char *digits(const struct bpr_sheet_column *column, const struct bpr_doc_cell *cell, double shown)
{
	/* A column of one kind has the same digits all the way down. */
	bool alone = !column || column->value == BPR_DOC_EMPTY;

	switch (cell->value) {
	case BPR_DOC_PERCENT:
		return "0.0%";
	case BPR_DOC_PROB:
		return cell->year ? "#,##0" : cell->change ? "0.0" : "0.0%";
	case BPR_DOC_YEN:
		return "#,##0";
	case BPR_DOC_BAR:
		return ";;;";
	case BPR_DOC_MINUTES:
		return is_hours(column, cell) ? "#,##0" : (column && column->fine) || (alone && fabs(shown) < 1 && fabs(shown) > 0) ? "#,##0.00" : "#,##0.0";
	case BPR_DOC_COUNT: case BPR_DOC_EMPTY: case BPR_DOC_TEXT: case BPR_DOC_METHOD: case BPR_DOC_TICK:
		break;
	}
	return (column && column->whole) || (!column && is_whole(shown)) || cell->year ? "#,##0" : "#,##0.00";
}

/* The unit as the words of the language have it, without the number: "{1} min" gives " min". */
static void put_unit(struct bpr_buf *out, const char *pattern)
{
	const char *mark = strstr(pattern, "{1}");

	bpr_i_buf_putc(out, '"');
	for (const char *p = pattern; *p; p++) {
		if (mark && p == mark)
			p += 2;
		else if (*p != '"')
			bpr_i_buf_putc(out, *p);
	}
	bpr_i_buf_putc(out, '"');
}

static void unit(struct bpr_pen *x, const struct bpr_sheet_column *column, const struct bpr_doc_cell *cell, struct bpr_buf *out)
{
	if (cell->value == BPR_DOC_PROB && cell->year)
		put_unit(out, bpr_text(x->lang, N_("cases")));
	else if (cell->value == BPR_DOC_PROB && cell->change)
		put_unit(out, bpr_text(x->lang, N_("{1} points")));
	if (column && !column->units)
		return;
	if (cell->value == BPR_DOC_MINUTES)
		put_unit(out, bpr_text(x->lang, is_hours(column, cell) ? N_("{1} h") : N_("{1} min")));
	else if (cell->value == BPR_DOC_YEN)
		put_unit(out, bpr_text(x->lang, N_("{1} yen")));
	else if (cell->value == BPR_DOC_COUNT && cell->text && *cell->text && x->lang == BPR_LANG_JA)
		put_unit(out, cell->text);
}

static void put_format(struct bpr_pen *x, const struct bpr_sheet_column *column, const struct bpr_doc_cell *cell, struct bpr_buf *out)
{
	const char *form = digits(column, cell, bpr_i_pen_number(column, cell));
	bool change = cell->change || (column && column->change);

	if (change)
		bpr_i_buf_putc(out, '+');
	bpr_i_buf_puts(out, form);
	unit(x, column, cell, out);
	if (!change)
		return;
	bpr_i_buf_puts(out, ";-");
	bpr_i_buf_puts(out, form);
	unit(x, column, cell, out);
	bpr_i_buf_puts(out, ";");
	bpr_i_buf_puts(out, form);
	unit(x, column, cell, out);
}

static void set_tone(struct bpr_book_style *looks, enum bpr_doc_tone tone)
{
	switch (tone) {
	case BPR_DOC_BETTER:
		looks->ink = BETTER;
		looks->paper = BETTER_PAPER;
		return;
	case BPR_DOC_WORSE:
		looks->ink = WORSE;
		looks->paper = WORSE_PAPER;
		looks->bold = true;
		return;
	case BPR_DOC_STRONG:
		looks->bold = true;
		return;
	case BPR_DOC_FAINT:
		looks->ink = FAINT;
		looks->italic = true;
		return;
	case BPR_DOC_PLAIN:
		return;
	}
}

size_t bpr_i_pen_style(struct bpr_pen *x, const struct bpr_sheet_column *column, const struct bpr_doc_cell *cell)
{
	struct bpr_book_style looks = { .ink = INK, .line = LINE, .top = true };
	struct bpr_buf format = BPR_BUF_INIT;
	size_t style;

	set_tone(&looks, cell->tone);
	if (bpr_i_pen_is_number(cell)) {
		put_format(x, column, cell, &format);
		looks.number = format.data;
		looks.align = BPR_BOOK_RIGHT;
	} else {
		looks.wrap = true;
		looks.align = BPR_BOOK_LEFT;
	}
	if (format.failed)
		x->text.failed = BPR_ENOMEM;
	style = bpr_i_book_style(x->book, &looks);
	bpr_i_buf_release(&format);
	return style;
}

const char *bpr_i_pen_axis_format(enum bpr_doc_value value)
{
	return value == BPR_DOC_PROB || value == BPR_DOC_PERCENT ? "0%" : "#,##0";
}

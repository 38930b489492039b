/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables and charts of a workbook. Rows are asked for and written one by one. */
#include "config.h"
#include "report/xlsx_i.h"
#include "base/num_i.h"
#include "study/words_i.h"
#include <math.h>
#include <string.h>

enum { HEAD_PAPER = 0xdde8ee, HEAD_INK = 0x1f2933, LINE = 0xcbd2d9, LOOKED_AT = 200, ROW_PIXELS = 20, CHART_WIDTH = 720 };
enum { WIDEST = 46, NARROW = 8, WIDE_NUMBER = 11, PORTRAIT = 130 };

static const unsigned colors[] = {
	[BPR_SHEET_CLEAR] = BPR_BOOK_NO_COLOR, [BPR_SHEET_BEFORE] = 0x7b8794, [BPR_SHEET_AFTER] = 0x0b6e99, [BPR_SHEET_BETTER] = 0x0b6e99,
	[BPR_SHEET_WORSE] = 0xb4213b, [BPR_SHEET_TOTAL] = 0x52606d, [BPR_SHEET_WALK] = 0xc5ced8, [BPR_SHEET_WRITE] = 0xb4213b,
	[BPR_SHEET_WAIT] = 0xf0a35e, [BPR_SHEET_SERVE] = 0x0b6e99, [BPR_SHEET_AWAY] = 0xe4e7eb,
};

/* ---- widths ---- */

static void ask_width(struct bpr_pen *x, size_t column, double width)
{
	if (column >= BPR_PEN_WIDTHS)
		return;
	if (x->columns <= column)
		x->columns = column + 1;
	if (width > WIDEST)
		width = WIDEST;
	if (x->widths[column] < width)
		x->widths[column] = width;
}

/* A heading may stand on two lines, a text on more. */
static double title_width(const char *title)
{
	double whole = bpr_i_book_text_width(title);

	return fmin(fmax(NARROW, whole > 14 ? whole / 2 + 2 : whole), 18);
}

static double cell_width(struct bpr_pen *x, const struct bpr_doc_cell *cell)
{
	double width;

	if (cell->value == BPR_DOC_EMPTY)
		return 0;
	if (cell->value == BPR_DOC_TEXT)
		return cell->text ? fmin(bpr_i_book_text_width(cell->text), WIDEST) : 0;
	bpr_i_buf_clear(&x->text);
	bpr_i_words_cell(&x->text, x->lang, cell);
	width = x->text.data ? bpr_i_book_text_width(x->text.data) : 0;
	return fmin(fmax(width, NARROW), 24);
}

void bpr_i_pen_measure_rows(struct bpr_pen *x, const struct bpr_sheet_rows *rows)
{
	const struct bpr_sheet_cells *cells = rows->fill == bpr_i_sheet_fill_cells ? rows->context : NULL;

	for (size_t c = 0; c < rows->column_count; c++) {
		const struct bpr_sheet_column *column = &rows->columns[c];

		ask_width(x, c, column->width > 0 ? column->width : fmax(title_width(column->title), column->value == BPR_DOC_TEXT ? 12 : WIDE_NUMBER));
		for (size_t r = 0; cells && column->width <= 0 && r < rows->row_count && r < LOOKED_AT; r++)
			ask_width(x, c, cell_width(x, &cells->cells[r * cells->columns + c]));
	}
}

void bpr_i_pen_measure_table(struct bpr_pen *x, const struct bpr_doc_table *table)
{
	for (size_t c = 0; c < table->column_count; c++) {
		ask_width(x, c, title_width(table->columns[c].title));
		for (size_t r = 0; r < table->row_count && r < LOOKED_AT; r++)
			ask_width(x, c, cell_width(x, &table->cells[r * table->column_count + c]));
	}
}

/* ---- rows ---- */

/* The headings, in as many lines as they take. */
static void put_head(struct bpr_pen *x, const struct bpr_sheet_column *columns, size_t count)
{
	const struct bpr_book_style looks = { .bold = true, .ink = HEAD_INK, .paper = HEAD_PAPER, .line = LINE, .wrap = true, .align = BPR_BOOK_CENTRE };
	size_t style = bpr_i_book_style(x->book, &looks);
	double height = 0;

	for (size_t c = 0; c < count; c++)
		height = fmax(height, bpr_i_pen_height(columns[c].title, c < BPR_PEN_WIDTHS ? x->widths[c] - 1 : NARROW));
	bpr_i_book_row(x->book, x->sheet, x->row, fmax(height, 21));
	for (size_t c = 0; c < count; c++)
		bpr_i_book_text(x->book, x->sheet, x->row, c, style, columns[c].title);
	x->row++;
}

/* A row with texts that do not fit on a line is higher. */
static void set_height(struct bpr_pen *x, const struct bpr_doc_cell *cells, size_t count)
{
	double height = 0;

	for (size_t c = 0; c < count && c < BPR_PEN_WIDTHS; c++)
		if (cells[c].value == BPR_DOC_TEXT && cells[c].text && *cells[c].text)
			height = fmax(height, bpr_i_pen_height(cells[c].text, x->widths[c]));
	if (height > 0)
		bpr_i_book_row(x->book, x->sheet, x->row, height);
}

/* `style` 0: found for the cell. */
static void put_cell(struct bpr_pen *x, size_t column, const struct bpr_sheet_column *of, const struct bpr_doc_cell *cell, size_t style)
{
	if (!style)
		style = bpr_i_pen_style(x, of, cell);
	if (bpr_i_pen_is_number(cell)) {
		bpr_i_book_number(x->book, x->sheet, x->row, column, style, bpr_i_pen_number(of, cell));
	} else if (cell->value == BPR_DOC_METHOD) {
		bpr_i_buf_clear(&x->text);
		bpr_i_words_cell(&x->text, x->lang, cell);
		bpr_i_book_text(x->book, x->sheet, x->row, column, style, x->text.data);
	} else {
		bpr_i_book_text(x->book, x->sheet, x->row, column, style, cell->value == BPR_DOC_TEXT ? cell->text : NULL);
	}
}

/* Styles of a long table's columns, found once: 0 not yet. */
struct styles { size_t (*of)[BPR_PEN_TONES][2]; };

static size_t style_of(struct bpr_pen *x, const struct styles *styles, size_t c, const struct bpr_sheet_column *column, const struct bpr_doc_cell *cell)
{
	size_t *at;

	if (column->value == BPR_DOC_EMPTY || cell->change || cell->year)
		return bpr_i_pen_style(x, column, cell);
	at = &styles->of[c][cell->tone][bpr_i_pen_is_number(cell)];
	if (!*at)
		*at = bpr_i_pen_style(x, column, cell);
	return *at;
}

static void put_rows(struct bpr_pen *x, const struct bpr_sheet_rows *rows)
{
	struct bpr_doc_cell *cells = bpr_i_calloc(rows->column_count, sizeof(*cells));
	struct styles styles = { .of = bpr_i_calloc(rows->column_count, sizeof(*styles.of)) };

	if (!cells || !styles.of)
		x->text.failed = BPR_ENOMEM;
	for (size_t r = 0; cells && styles.of && r < rows->row_count && !bpr_i_book_failed(x->book); r++, x->row++) {
		memset(cells, 0, rows->column_count * sizeof(*cells));
		rows->fill(rows->context, r, cells);
		set_height(x, cells, rows->column_count);
		for (size_t c = 0; c < rows->column_count; c++)
			put_cell(x, c, &rows->columns[c], &cells[c], style_of(x, &styles, c, &rows->columns[c], &cells[c]));
	}
	bpr_i_free(cells);
	bpr_i_free(styles.of);
}

static bool is_wide(const struct bpr_pen *x)
{
	double sum = 0;

	for (size_t i = 0; i < x->columns; i++)
		sum += x->widths[i];
	return sum > PORTRAIT;
}

/* What the sheet is about: stays in view, can be filtered, its heading stands on each page. */
static void frame_main(struct bpr_pen *x, const struct bpr_sheet_rows *rows, size_t head)
{
	if (rows->row_count > 1)
		bpr_i_book_filter(x->book, x->sheet, head, 0, head + rows->row_count, rows->column_count - 1);
	/* Above another table its headings would lie. */
	if (x->tables > 1)
		return;
	x->frozen = true;
	bpr_i_book_freeze(x->book, x->sheet, head + 1, rows->freeze);
	bpr_i_book_print(x->book, x->sheet, &(struct bpr_book_print){ .landscape = is_wide(x), .repeat_from = head, .repeat = head + 1, .footer = x->footer });
}

static unsigned chart_height(const struct bpr_sheet_chart *chart, size_t rows)
{
	double height = chart->kind == BPR_CHART_BAR ? 130 + 34.0 * (double)rows : 300;

	return (unsigned)fmin(fmax(height, 210), 640);
}

static void put_chart(struct bpr_pen *x, const struct bpr_pen_plot *plot, size_t first, size_t last)
{
	const struct bpr_sheet_chart *chart = plot->chart;
	struct bpr_book_chart drawn = {
		.kind = chart->kind == BPR_CHART_BAR ? BPR_BOOK_CHART_BAR : chart->kind == BPR_CHART_LINE ? BPR_BOOK_CHART_LINE : BPR_BOOK_CHART_COLUMN,
		.stacked = chart->stacked, .title = chart->title, .axis = chart->axis, .description = chart->description, .sheet = plot->sheet,
		.data = x->sheet, .first_row = first, .last_row = last, .label_column = chart->label, .low = chart->low, .high = chart->high,
		.number = bpr_i_pen_axis_format(chart->value), .row = plot->row, .width = CHART_WIDTH, .height = chart_height(chart, plot->rows->row_count),
	};

	for (size_t i = 0; i < chart->series_count; i++)
		drawn.series[drawn.series_count++] = (struct bpr_book_series){ chart->series[i].name, chart->series[i].column, colors[chart->series[i].color],
									       chart->series[i].color == BPR_SHEET_WRITE };
	bpr_i_book_chart(x->book, &drawn);
}

void bpr_i_pen_plot(struct bpr_pen *x, const struct bpr_pen_plot *plot)
{
	size_t first = x->row + 1;

	put_head(x, plot->rows->columns, plot->rows->column_count);
	put_rows(x, plot->rows);
	put_chart(x, plot, first, x->row - 1);
	x->row++;
}

/* Leaves room for a chart, whose numbers come later. */
static void leave_room(struct bpr_pen *x, const struct bpr_sheet_rows *rows, const struct bpr_sheet_chart *chart)
{
	if (!bpr_i_grow(&x->plots, &x->plot_capacity, x->plot_count + 1, sizeof(*x->plots))) {
		x->text.failed = BPR_ENOMEM;
		return;
	}
	x->plots[x->plot_count++] = (struct bpr_pen_plot){ rows, chart, x->sheet, x->row };
	x->row += chart_height(chart, rows->row_count) / ROW_PIXELS + 2;
}

void bpr_i_pen_table(struct bpr_pen *x, const struct bpr_sheet_rows *rows, const struct bpr_sheet_chart *chart)
{
	size_t head = x->row;

	if (chart) {
		leave_room(x, rows, chart);
		return;
	}
	put_head(x, rows->columns, rows->column_count);
	put_rows(x, rows);
	if (rows->main && !x->frozen)
		frame_main(x, rows, head);
	x->row++;
}

/* ---- tables of the plain study ---- */

enum { MOST_DOC_COLUMNS = 16 };

static bool same_kind(const struct bpr_doc_cell *a, const struct bpr_doc_cell *b)
{
	return a->value == b->value && a->year == b->year &&
	       (a->text == b->text || (a->text && b->text && !strcmp(a->text, b->text)));
}

/* What the cells of a column have in common: one kind of number, whole numbers, small ones. */
static void describe(const struct bpr_doc_table *table, size_t c, struct bpr_sheet_column *out)
{
	const struct bpr_doc_cell *first = NULL;
	bool same = true;

	*out = (struct bpr_sheet_column){ .title = table->columns[c].title, .value = BPR_DOC_TEXT, .whole = true };
	for (size_t r = 0; r < table->row_count; r++) {
		const struct bpr_doc_cell *cell = &table->cells[r * table->column_count + c];

		if (!bpr_i_pen_is_number(cell))
			continue;
		if (!first)
			first = cell;
		same = same && same_kind(first, cell);
		out->whole = out->whole && fabs(cell->number - nearbyint(cell->number)) <= 1e-9 * fmax(1, fabs(cell->number));
		out->fine = out->fine || (fabs(cell->number) < 1 && fabs(cell->number) > 0);
	}
	if (first)
		out->value = same ? first->value : BPR_DOC_EMPTY;
	out->units = true;
}

/* What was a word in the study has no kind of number in common with its column. */
static void put_doc_cell(struct bpr_pen *x, size_t c, const struct bpr_sheet_column *column, struct bpr_doc_cell cell)
{
	put_cell(x, c, column->value == BPR_DOC_TEXT ? NULL : column, &cell, 0);
}

/*
 * A figure that a page has as words and nothing else ("19,440", "3.4") is a number here. Only behind the first column, whose
 * names may look like one.
 */
static struct bpr_doc_cell as_number(const struct bpr_doc_cell *cell, size_t column)
{
	struct bpr_doc_cell out = *cell;
	char digits[24];
	size_t n = 0;

	if (cell->value != BPR_DOC_TEXT || !column || !cell->text || !*cell->text || strlen(cell->text) >= sizeof(digits) ||
	    (*cell->text == '0' && cell->text[1] && cell->text[1] != '.') || cell->text[strspn(cell->text, "0123456789.,")])
		return out;
	for (const char *p = cell->text; *p; p++)
		if (*p != ',')
			digits[n++] = *p;
	if (!bpr_i_num_parse(digits, n, &out.number))
		return *cell;
	out.value = BPR_DOC_COUNT;
	out.text = NULL;
	return out;
}

void bpr_i_pen_doc_table(struct bpr_pen *x, const struct bpr_doc_table *table)
{
	struct bpr_sheet_column columns[MOST_DOC_COLUMNS];
	size_t count = table->column_count < MOST_DOC_COLUMNS ? table->column_count : MOST_DOC_COLUMNS;

	for (size_t c = 0; c < count; c++)
		describe(table, c, &columns[c]);
	put_head(x, columns, count);
	for (size_t r = 0; r < table->row_count; r++, x->row++) {
		const struct bpr_doc_cell *cells = &table->cells[r * table->column_count];

		set_height(x, cells, count);
		for (size_t c = 0; c < count; c++)
			put_doc_cell(x, c, &columns[c], as_number(&cells[c], c));
	}
	x->row++;
}

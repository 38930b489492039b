/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ministry's rules for tables: each row once, each rule one finding a table with its first place and its columns. */
#include "config.h"
#include "base/record_i.h"
#include "base/utf8_i.h"
#include "check/check_i.h"
#include "check/sheet_i.h"
#include "check/smell_i.h"
#include "read/source_i.h"
#include <string.h>

/* One rule that a table does not keep. */
struct fault {
	size_t count;
	struct bpr_place place;      /* of the first cell */
	char example[64];
	struct bpr_smell_list columns;
	size_t last;                 /* column listed last, + 1 */
};

enum rule {
	SEVERAL = 0, BROKEN, TEXT_NUMBER, NO_HEADING, LAYOUT, OMITTED, MERGED, FORMULA, NO_UNIT, MACHINE, ERA, DIVIDED, TABLES, ABOVE, STACKED,
	DELIMITER, OTHER_UNIT, RULES
};

static const enum bpr_code_id codes[RULES] = {
	[SEVERAL] = BPR_I_T101, [BROKEN] = BPR_I_T102, [TEXT_NUMBER] = BPR_I_T103, [NO_HEADING] = BPR_I_T104, [LAYOUT] = BPR_I_T105,
	[OMITTED] = BPR_I_T106, [MERGED] = BPR_I_T107, [FORMULA] = BPR_I_T108, [NO_UNIT] = BPR_I_T109, [MACHINE] = BPR_I_T110, [ERA] = BPR_I_T111,
	[DIVIDED] = BPR_I_T112, [TABLES] = BPR_I_T113, [ABOVE] = BPR_I_T114, [STACKED] = BPR_I_T115, [DELIMITER] = BPR_I_T116,
	[OTHER_UNIT] = BPR_I_T117,
};

/* What is known of a column while its rows go by. */
struct column {
	enum bpr_sheet_column what;
	bool other_unit;             /* its heading says hours or seconds */
	bool filled, broken_off;     /* a text stood in it; nothing in the row before */
	size_t full, gaps;           /* rows of steps with and without a text */
};

struct table {
	struct bpr_check *check;
	enum bpr_table kind;
	const char *file;
	const struct bpr_headings *head;
	struct column *columns;      /* [head->count] */
	size_t kind_column;          /* of a flow: which rows are steps; BPR_NONE */
	struct fault faults[RULES];
	bool headed;                 /* the row of headings has gone by */
	size_t blank, blank_line;    /* blank rows since the last row below the headings */
	size_t rows;
	size_t above, above_cells;   /* rows above the headings; texts in the last of them, 0 where blank rows are between */
	size_t above_line, last_above;
};

static void fault(struct table *t, enum rule rule, size_t line, size_t column, const char *text, size_t length)
{
	struct fault *f = &t->faults[rule];
	bool headed = column < t->head->count;

	if (!f->count++) {
		f->place = (struct bpr_place){ t->file, line, column == BPR_NONE ? 0 : column + 1, headed ? t->head->items[column].text : NULL };
		length = bpr_i_utf8_trim(&text, length);
		length = bpr_i_utf8_cut(text, length < sizeof(f->example) - 1 ? length : sizeof(f->example) - 1, 24, BPR_LANG_EN);
		memcpy(f->example, text, length);
		/* A line break in an example is shown as a mark. */
		for (size_t i = 0; i < length; i++)
			if (f->example[i] == '\n' || f->example[i] == '\r')
				f->example[i] = ' ';
	}
	/* Each column once: bits would do, but rows name the same columns in the same order, so the list stays short. */
	if (headed && t->head->items[column].length && f->columns.count < 8 && column >= f->last) {
		bpr_i_smell_list_add(&f->columns, t->head->items[column].text);
		f->last = column + 1;
	}
}

/* ---- cells ---- */

static void check_cell(struct table *t, const struct bpr_sheet_cell *cell, size_t column, enum bpr_sheet_column what)
{
	const char *found = NULL;
	size_t n;

	if (bpr_i_cell_broken(cell->text, cell->length))
		fault(t, BROKEN, cell->line, column, cell->text, cell->length);
	else if (what == BPR_SHEET_SINGLE && bpr_i_cell_several(cell->text, cell->length))
		fault(t, SEVERAL, cell->line, column, cell->text, cell->length);
	if (bpr_i_cell_layout(cell->text, cell->length))
		fault(t, LAYOUT, cell->line, column, cell->text, cell->length);
	n = bpr_i_cell_machine(cell->text, cell->length, &found);
	if (n)
		fault(t, MACHINE, cell->line, column, found, n);
	if (bpr_i_cell_formula(cell->text, cell->length))
		fault(t, FORMULA, cell->line, column, cell->text, cell->length);
	else if (what != BPR_SHEET_KEY && bpr_i_cell_era(cell->text, cell->length))
		fault(t, ERA, cell->line, column, cell->text, cell->length);
}

/* Digits only: a number without a unit of its own. */
static bool is_bare(const struct bpr_sheet_cell *cell)
{
	const char *text = cell->text;
	size_t length = bpr_i_utf8_trim(&text, cell->length);

	return length && text[length - 1] >= '0' && text[length - 1] <= '9' && ((text[0] >= '0' && text[0] <= '9') || text[0] == '.');
}

static void check_data(struct table *t, const struct bpr_sheet_cell *cell, size_t i)
{
	struct column *c = i < t->head->count ? &t->columns[i] : NULL;
	enum bpr_sheet_column what = c ? c->what : BPR_SHEET_TEXT;
	bool number = what == BPR_SHEET_NUMBER || what == BPR_SHEET_MEASURE;

	if (bpr_i_cell_blank(cell->text, cell->length))
		return;
	if (c)
		c->filled = true;
	check_cell(t, cell, i, what);
	if (bpr_i_cell_omitted(cell->text, cell->length))
		fault(t, OMITTED, cell->line, i, cell->text, cell->length);
	else if (number && !bpr_i_cell_plain_number(cell->text, cell->length))
		fault(t, TEXT_NUMBER, cell->line, i, cell->text, cell->length);
	else if (what == BPR_SHEET_MEASURE && c->other_unit && is_bare(cell))
		fault(t, OTHER_UNIT, cell->line, i, t->head->items[i].text, t->head->items[i].length);
	else if (what == BPR_SHEET_MEASURE && cell->text[cell->length - 1] != ')' && !bpr_i_cell_unit(t->head->items[i].text, t->head->items[i].length))
		fault(t, NO_UNIT, cell->line, i, cell->text, cell->length);
}

/* ---- rows ---- */

static bool is_step(const struct table *t, const struct bpr_sheet_row *row)
{
	const struct bpr_sheet_cell *cell = t->kind_column < row->count ? &row->cells[t->kind_column] : NULL;
	const char *text = cell ? cell->text : "";
	size_t length = cell ? bpr_i_utf8_trim(&text, cell->length) : 0;

	return !length || (length == 6 && !memcmp(text, "作業", 6)) || (length == 4 && !memcmp(text, "task", 4));
}

/* Names of columns in a row that is none of data: headings again, or those of another table. */
static size_t known_headings(const struct table *t, const struct bpr_sheet_row *row)
{
	size_t known = 0;

	for (size_t i = 0; i < row->count && i < t->head->count + 20; i++) {
		const char *text = row->cells[i].text;
		size_t length = bpr_i_utf8_trim(&text, row->cells[i].length);

		known += length && length < 100 && t->kind != BPR_TABLE_DEMAND && bpr_i_column_find(t->kind, text, length) != NULL;
	}
	return known;
}

static void check_row(struct table *t, const struct bpr_sheet_row *row)
{
	const struct bpr_sheet_cell *first = &row->cells[0];
	size_t key = t->head->key < row->count ? t->head->key : 0;

	if (t->blank && t->rows)
		fault(t, DIVIDED, t->blank_line, BPR_NONE, "", 0);
	t->blank = 0;
	/* Only rows whose key is the name of a column can be headings: a look at one cell in most rows. */
	if (t->kind != BPR_TABLE_DEMAND && row->cells[key].length < 100
	    && bpr_i_column_find(t->kind, row->cells[key].text, row->cells[key].length) && known_headings(t, row) > 2) {
		fault(t, TABLES, row->line, BPR_NONE, first->text, first->length);
		return;
	}
	t->rows++;
	if (bpr_i_cell_remark(first->text, first->length))
		fault(t, ABOVE, row->line, 0, first->text, first->length);
	for (size_t i = 0; i < row->count; i++)
		check_data(t, &row->cells[i], i);
	for (size_t i = 0; i < t->head->count && is_step(t, row); i++) {
		bool blank = i >= row->count || bpr_i_cell_blank(row->cells[i].text, row->cells[i].length);

		t->columns[i].full += !blank;
		t->columns[i].gaps += blank && t->columns[i].full;
		t->columns[i].broken_off |= blank && !t->columns[i].full;
	}
}

static void check_above(struct table *t, const struct bpr_sheet_row *row)
{
	t->above_cells = 0;
	t->above_line = t->above++ ? t->above_line : row->line;
	t->last_above = row->line;
	for (size_t i = 0; i < row->count; i++)
		if (!bpr_i_cell_blank(row->cells[i].text, row->cells[i].length)) {
			t->above_cells++;
			check_cell(t, &row->cells[i], BPR_NONE, BPR_SHEET_TEXT);
		}
}

static void check_headings(struct table *t, const struct bpr_sheet_row *row)
{
	t->headed = true;
	if (t->above && t->above_cells > 1)
		fault(t, STACKED, t->last_above, BPR_NONE, "", 0);
	for (size_t i = t->above_cells > 1; i < t->above; i++)
		fault(t, ABOVE, t->above_line, BPR_NONE, "", 0);
	for (size_t i = 0; i < row->count; i++)
		if (!bpr_i_cell_blank(row->cells[i].text, row->cells[i].length))
			check_cell(t, &row->cells[i], i, BPR_SHEET_TEXT);
}

/* ---- what only the whole table shows ---- */

static void check_columns(struct table *t)
{
	for (size_t i = 0; i < t->head->count; i++) {
		const struct bpr_heading *h = &t->head->items[i];
		const struct column *c = &t->columns[i];

		if (!h->length && c->filled)
			fault(t, NO_HEADING, t->head->line, i, "", 0);
		else if (!h->length)
			fault(t, DIVIDED, t->head->line, i, "", 0);
		/* A merged cell leaves its text in the first row and nothing below: from the first row on, and more gaps than texts. */
		if (t->kind == BPR_TABLE_FLOW && h->column && !strcmp(h->column->key, "unit") && c->full && !c->broken_off && c->gaps >= c->full)
			fault(t, MERGED, t->head->line, i, h->text, h->length);
	}
	if (t->head->delimiter != ',' && t->head->delimiter != BPR_I_UNIT)
		fault(t, DELIMITER, t->head->line, BPR_NONE, "", 0);
}

static bool begin(struct table *t)
{
	t->columns = bpr_i_calloc(t->head->count, sizeof(*t->columns));
	t->kind_column = BPR_NONE;
	for (size_t i = 0; t->columns && i < t->head->count; i++) {
		const struct bpr_column *column = t->head->items[i].column;

		t->columns[i].what = bpr_i_sheet_column(t->kind, column);
		t->columns[i].other_unit = !t->head->items[i].unit &&
					   bpr_i_cell_other_unit(t->head->items[i].text, t->head->items[i].length);
		if (column && !strcmp(column->key, "kind"))
			t->kind_column = i;
	}
	return t->columns;
}

static void say(struct table *t)
{
	for (size_t i = 0; i < RULES; i++) {
		const struct fault *f = &t->faults[i];
		struct bpr_smell_text count = bpr_i_smell_number((double)f->count);
		struct bpr_smell_text columns = { "" };

		if (!f->count)
			continue;
		if (f->columns.count)
			columns = bpr_i_smell_with(N_(" ({1})"), f->columns.text);
		if (!bpr_i_problem(t->check->problems, codes[i], &f->place, false, count.text, f->example, columns.text, NULL))
			t->check->nomem = true;
	}
}

static bool check_text(struct bpr_check *check, enum bpr_table kind, const char *file, const char *text, size_t length)
{
	struct bpr_headings head;
	struct table t = { .check = check, .kind = kind, .file = file, .head = &head };
	struct bpr_sheet_row row = { 0 };
	bool nomem = bpr_i_headings_find(&head, kind, text, length) != BPR_OK || !begin(&t);
	struct bpr_sheet sheet = { .text = text, .length = length, .line = 1, .delimiter = head.delimiter };

	while (!nomem && head.line && bpr_i_sheet_row(&sheet, &row, &nomem)) {
		if (row.blank) {
			t.blank_line = t.blank++ ? t.blank_line : row.line;
			t.above_cells = 0;
			continue;
		}
		if (t.headed)
			check_row(&t, &row);
		else if (row.line >= head.line)
			check_headings(&t, &row);
		else
			check_above(&t, &row);
		if (!t.rows)
			t.blank = 0;
	}
	if (!nomem && head.line) {
		check_columns(&t);
		say(&t);
	}
	bpr_i_free(row.cells);
	bpr_i_free(t.columns);
	bpr_i_headings_release(&head);
	return !nomem;
}

bpr_status bpr_i_check_sheets(struct bpr_check *check)
{
	const struct bpr_source *source = check->source;
	bool ok = true;

	/* Of the file, whichever flow is looked at: once. */
	if (check->flow || !source)
		return BPR_OK;
	for (size_t i = 0; ok && i < source->sheet_count; i++)
		ok = check_text(check, source->sheets[i].table, source->sheets[i].name, source->sheets[i].text.data ? source->sheets[i].text.data : "",
				source->sheets[i].text.length);
	if (ok && source->input == BPR_INPUT_TABLE && !source->sheet_count)
		ok = check_text(check, BPR_TABLE_FLOW, source->name, source->text, source->length);
	for (size_t i = 0; ok && i < BPR_TABLE_COUNT; i++)
		if (source->companions[i].text)
			ok = check_text(check, (enum bpr_table)i, source->companions[i].name, source->companions[i].text, source->companions[i].length);
	return ok ? BPR_OK : bpr_i_nomem(check->err);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The blank workbook that an office fills in: what each column means comes from the table of columns, so that headings,
 * notes and prompts say what the reader does.
 */
#include "config.h"
#include "base/num_i.h"
#include "base/options_i.h"
#include "base/text_i.h"
#include "base/utf8_i.h"
#include "write/blank_i.h"
#include "write/write_i.h"
#include "xlsx/book_i.h"
#include <bpr/init.h>
#include <math.h>
#include <string.h>

/* Rows that can be filled in with drop-downs and prompts; below them everything is read, too. */
enum { ROWS = 500, MOST_WORDS = 12, LONGEST = 1000, PREVIEW = 100, WIDE = 82 };

struct blank {
	struct bpr_book *book;
	enum bpr_lang lang;
	size_t heading, heading_plain, title, cell, text_cell, text_plain, example, example_text, key, plain, strong, command, faint;
	size_t sheets[BPR_TABLE_COUNT];   /* that are filled in, by table */
};

static bool japanese(const struct blank *b)
{
	return b->lang == BPR_LANG_JA;
}

static const char *tr(const struct blank *b, const char *id)
{
	return bpr_text(b->lang, id);
}

static size_t style(struct blank *b, struct bpr_book_style s)
{
	s.top = true;
	return bpr_i_book_style(b->book, &s);
}

static void make_styles(struct blank *b)
{
	const unsigned line = 0xcbd2d9, head = 0xe4edf2, grey = 0xf2f2f2;

	b->heading = style(b, (struct bpr_book_style){ .bold = true, .wrap = true, .paper = head, .line = line });
	b->title = style(b, (struct bpr_book_style){ .bold = true, .size = 14, .under = 0x7b8794 });
	b->cell = style(b, (struct bpr_book_style){ .wrap = true, .line = line });
	b->text_cell = style(b, (struct bpr_book_style){ .wrap = true, .line = line, .number = "@" });
	b->text_plain = style(b, (struct bpr_book_style){ .wrap = true, .number = "@" });
	b->example = style(b, (struct bpr_book_style){ .wrap = true, .line = line, .paper = grey });
	b->example_text = style(b, (struct bpr_book_style){ .wrap = true, .line = line, .paper = grey, .number = "@" });
	b->key = style(b, (struct bpr_book_style){ .wrap = true, .line = line, .paper = head });
	b->plain = style(b, (struct bpr_book_style){ .wrap = true });
	b->strong = style(b, (struct bpr_book_style){ .bold = true, .size = 16 });
	b->command = style(b, (struct bpr_book_style){ .paper = grey, .indent = 1 });
	b->faint = style(b, (struct bpr_book_style){ .wrap = true, .ink = 0x52606d });
}

/* ---- texts of a column ---- */

static void put_heading(struct bpr_buf *buf, const struct blank *b, const char *key, const char *headings, const char *const unit[2])
{
	if (japanese(b))
		bpr_i_buf_add(buf, headings, strcspn(headings, "|"));
	else
		bpr_i_buf_puts(buf, key);
	if (unit && unit[b->lang])
		bpr_i_buf_puts(buf, unit[b->lang]);
}

static void put_meaning(struct bpr_buf *buf, const struct blank *b, const struct bpr_column *column)
{
	const char *const args[4] = { tr(b, column->values), NULL, NULL, NULL };
	char text[LONGEST];

	bpr_i_buf_puts(buf, tr(b, column->explain));
	(void)bpr_i_text_fill(text, sizeof(text), tr(b, N_("What may stand here: {1}")), args);
	bpr_i_buf_putc(buf, '\n');
	bpr_i_buf_puts(buf, text);
}

/* ---- what may be typed ---- */

/* A rule that offers the words; the list is a copy with its bars cut. */
static void offer_words(struct blank *b, const struct bpr_book_area *area, struct bpr_book_rule *rule, const char *words)
{
	char copy[LONGEST];
	const char *items[MOST_WORDS];
	struct bpr_buf buf = BPR_BUF_ON(copy);

	bpr_i_buf_puts(&buf, words);
	for (char *at = copy; at && rule->item_count < MOST_WORDS;) {
		char *bar = strchr(at, '|');

		items[rule->item_count++] = at;
		if (bar)
			*bar++ = '\0';
		at = bar;
	}
	rule->kind = BPR_BOOK_LIST;
	rule->items = items;
	bpr_i_book_rule(b->book, area, rule);
}

static void put_rule(struct blank *b, size_t sheet, size_t row, size_t at, const struct bpr_blank_column *c, const struct bpr_column *column)
{
	const struct bpr_book_area area = { sheet, row, at, row + ROWS - 1, at };
	struct bpr_book_rule rule = { .kind = BPR_BOOK_ANYTHING };
	struct bpr_buf title = BPR_BUF_INIT, prompt = BPR_BUF_INIT;
	enum bpr_table other = !strcmp(c->key, "counter") ? BPR_TABLE_COUNTERS : !strcmp(c->key, "staff") ? BPR_TABLE_STAFF : BPR_TABLE_COUNT;

	put_heading(&title, b, column->key, column->headings, NULL);
	put_meaning(&prompt, b, column);
	rule.title = title.data;
	rule.prompt = prompt.data;
	if (c->words[b->lang]) {
		offer_words(b, &area, &rule, c->words[b->lang]);
	} else {
		if (other != BPR_TABLE_COUNT && sheet == b->sheets[BPR_TABLE_FLOW]) {
			rule.kind = BPR_BOOK_LIST_AREA;
			rule.from = (struct bpr_book_area){ b->sheets[other], 1, 0, PREVIEW, 0 };
		}
		bpr_i_book_rule(b->book, &area, &rule);
	}
	bpr_i_buf_release(&title);
	bpr_i_buf_release(&prompt);
}

/* ---- cells ---- */

/* A number as one, where the column is no text. */
static void put_value(struct blank *b, size_t sheet, size_t row, size_t at, size_t look, bool text, const char *value, size_t length)
{
	double x;

	if (!text && bpr_i_num_parse(value, length, &x))
		bpr_i_book_number(b->book, sheet, row, at, look, x);
	else
		bpr_i_book_text_n(b->book, sheet, row, at, look, value, length);
}

static void put_headings(struct blank *b, size_t sheet, size_t row, const struct bpr_blank_table *t, bool rules)
{
	for (size_t i = 0; i < t->count; i++) {
		const struct bpr_blank_column *c = &t->columns[i];
		const struct bpr_column *column = bpr_i_column_find(t->table, c->key, strlen(c->key));
		struct bpr_buf text = BPR_BUF_INIT, note = BPR_BUF_INIT;

		put_heading(&text, b, column->key, column->headings, c->unit);
		put_meaning(&note, b, column);
		bpr_i_book_column(b->book, sheet, i, i, c->width, c->text ? b->text_plain : b->plain);
		bpr_i_book_text(b->book, sheet, row, i, b->heading, text.data);
		bpr_i_book_note(b->book, sheet, row, i, note.data);
		if (rules)
			put_rule(b, sheet, row + 1, i, c, column);
		bpr_i_buf_release(&text);
		bpr_i_buf_release(&note);
	}
}

static void put_example(struct blank *b, size_t sheet, size_t row, const struct bpr_blank_table *t, bool grey)
{
	for (size_t k = 0; k < t->example_count; k++) {
		const char *at = t->example[b->lang][k];

		for (size_t i = 0; i < t->count; i++) {
			size_t n = strcspn(at, "|");
			bool text = t->columns[i].text;

			put_value(b, sheet, row + k, i, grey ? text ? b->example_text : b->example : text ? b->text_cell : b->cell, text, at, n);
			at += n + (at[n] == '|');
		}
	}
}

/* Empty cells with lines, so that one sees where to write. */
static void put_empty(struct blank *b, size_t sheet, size_t row, const struct bpr_blank_table *t)
{
	enum { RULED = 40 };

	for (size_t k = 0; k < RULED; k++)
		for (size_t i = 0; i < t->count; i++)
			bpr_i_book_text(b->book, sheet, row + k, i, t->columns[i].text ? b->text_cell : b->cell, "");
}

/* The value of a key in the example, or "". */
static size_t example_value(const struct blank *b, const struct bpr_blank_table *t, const char *key, const char **value)
{
	size_t n = strlen(key);

	*value = "";
	for (size_t k = 0; k < t->example_count; k++)
		if (!strncmp(t->example[b->lang][k], key, n) && t->example[b->lang][k][n] == '|')
			*value = t->example[b->lang][k] + n + 1;
	return strlen(*value);
}

static void put_demand(struct blank *b, size_t sheet, const struct bpr_blank_table *t, bool filled, bool grey)
{
	bpr_i_book_column(b->book, sheet, 0, 0, 26, b->plain);
	bpr_i_book_column(b->book, sheet, 1, 1, 34, b->text_plain);
	bpr_i_book_text(b->book, sheet, 0, 0, b->heading, japanese(b) ? "項目" : "key");
	bpr_i_book_text(b->book, sheet, 0, 1, b->heading, japanese(b) ? "値" : "value");
	for (size_t i = 0; i < t->count; i++) {
		const struct bpr_blank_column *c = &t->columns[i];
		const struct bpr_column *column = bpr_i_column_find(t->table, c->key, strlen(c->key));
		const struct bpr_book_area area = { sheet, i + 1, 1, i + 1, 1 };
		struct bpr_book_rule rule = { .kind = BPR_BOOK_ANYTHING };
		struct bpr_buf text = BPR_BUF_INIT, note = BPR_BUF_INIT;
		const char *value;
		size_t n = filled ? example_value(b, t, c->key, &value) : example_value(b, t, "", &value);

		put_heading(&text, b, column->key, column->headings, NULL);
		put_meaning(&note, b, column);
		bpr_i_book_text(b->book, sheet, i + 1, 0, grey ? b->example : b->key, text.data);
		bpr_i_book_text_n(b->book, sheet, i + 1, 1, grey ? b->example_text : b->text_cell, value, n);
		bpr_i_book_note(b->book, sheet, i + 1, 0, note.data);
		rule.title = text.data;
		rule.prompt = note.data;
		bpr_i_book_rule(b->book, &area, &rule);
		bpr_i_buf_release(&text);
		bpr_i_buf_release(&note);
	}
}

/* ---- sheets ---- */

static size_t add_sheet(struct blank *b, enum bpr_table table, bool example)
{
	struct bpr_buf name = BPR_BUF_INIT;
	const char *sheets = bpr_i_table_sheets(table);
	size_t sheet;

	if (example)
		bpr_i_buf_puts(&name, japanese(b) ? "記入例." : "example.");
	if (japanese(b))
		bpr_i_buf_add(&name, sheets, strcspn(sheets, "|"));
	else
		bpr_i_buf_puts(&name, bpr_i_table_name(table));
	sheet = bpr_i_book_sheet(b->book, name.data ? name.data : "");
	bpr_i_buf_release(&name);
	return sheet;
}

static void put_table(struct blank *b, const struct bpr_blank_table *t, size_t sheet, bool filled, bool grey)
{
	const bool flow = t->table == BPR_TABLE_FLOW;
	const size_t row = flow ? 1 : 0;
	const struct bpr_book_print print = { .landscape = t->count > 7, .repeat = row + 1 };
	const struct bpr_book_area first = { sheet, 0, 0, 0, 0 };
	const struct bpr_book_rule title = { .kind = BPR_BOOK_ANYTHING, .title = tr(b, N_("Name of the procedure")),
					     .prompt = tr(b, N_("Write it here: it is the title of the reports.")) };

	if (flow) {
		bpr_i_book_row(b->book, sheet, 0, 24);
		bpr_i_book_wide(b->book, sheet, 0, 0, 7, b->title, filled ? bpr_i_blank_title(b->lang) : "");
		if (!grey)
			bpr_i_book_rule(b->book, &first, &title);
	}
	/* Headings of up to two lines. */
	bpr_i_book_row(b->book, sheet, row, t->table == BPR_TABLE_DEMAND ? 18 : 34);
	if (t->table == BPR_TABLE_DEMAND) {
		put_demand(b, sheet, t, filled, grey);
	} else {
		put_headings(b, sheet, row, t, !grey);
		if (filled)
			put_example(b, sheet, row + 1, t, grey);
		else
			put_empty(b, sheet, row + 1, t);
	}
	bpr_i_book_freeze(b->book, sheet, row + 1, flow ? 2 : 1);
	bpr_i_book_print(b->book, sheet, &print);
	bpr_i_book_tab(b->book, sheet, grey ? 0xbfbfbf : 0x0b6e99);
}

static void put_how_to(struct blank *b, size_t sheet)
{
	static const char *const commands[] = { "bpr check gyomu.xlsx", "bpr analyze gyomu.xlsx", "bpr analyze gyomu.xlsx -o report.html" };
	const struct bpr_book_print print = { .landscape = false };
	size_t row = 0;
	const char *text;

	bpr_i_book_column(b->book, sheet, 0, 0, WIDE - 2, b->plain);
	bpr_i_book_gridlines(b->book, sheet, false);
	for (size_t i = 0; (text = bpr_i_blank_how_to(i)) != NULL; i++, row++) {
		const char *shown = tr(b, text);

		double lines = ceil(bpr_i_book_text_width(shown) / WIDE);

		bpr_i_book_row(b->book, sheet, row, i ? 5 + 15 * lines : 30);
		bpr_i_book_text(b->book, sheet, row, 0, i ? b->plain : b->strong, shown);
	}
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		bpr_i_book_text(b->book, sheet, row++, 0, b->command, commands[i]);
	bpr_i_book_text(b->book, sheet, row, 0, b->faint, tr(b, N_("This sheet may be deleted, too.")));
	bpr_i_book_print(b->book, sheet, &print);
}

static void put_book(struct blank *b, bool example)
{
	size_t grey[BPR_BLANK_TABLES];
	size_t how_to = bpr_i_book_sheet(b->book, japanese(b) ? "使い方" : "how to");

	make_styles(b);
	/* Drop-downs name other sheets, so all are there first. */
	for (size_t i = 0; i < BPR_BLANK_TABLES; i++) {
		enum bpr_table table = bpr_i_blank_table(i)->table;

		b->sheets[table] = add_sheet(b, table, false);
	}
	for (size_t i = 0; i < BPR_BLANK_TABLES && !example; i++)
		grey[i] = add_sheet(b, bpr_i_blank_table(i)->table, true);
	put_how_to(b, how_to);
	for (size_t i = 0; i < BPR_BLANK_TABLES; i++)
		put_table(b, bpr_i_blank_table(i), b->sheets[bpr_i_blank_table(i)->table], example, false);
	for (size_t i = 0; i < BPR_BLANK_TABLES && !example; i++)
		put_table(b, bpr_i_blank_table(i), grey[i], true, true);
}

bpr_status bpr_workbook_new(const struct bpr_workbook_options *options, struct bpr_files *out, struct bpr_error *err)
{
	struct bpr_workbook_options complete = BPR_WORKBOOK_OPTIONS_INIT;
	struct bpr_writing w = { .out = out, .err = err };
	struct bpr_buf bytes = BPR_BUF_INIT;
	struct blank b = { .lang = complete.lang };
	bpr_status status;

	bpr_init();
	*out = (struct bpr_files){ 0 };
	if (err)
		*err = (struct bpr_error){ .status = BPR_OK };
	if (!bpr_i_options(&complete, options) || (size_t)complete.lang >= BPR_LANG_COUNT)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_W001, NULL, 0, NULL, NULL);
	b.lang = complete.lang;
	b.book = bpr_i_book_new(&(struct bpr_book_options){ .lang = b.lang, .title = tr(&b, bpr_i_blank_how_to(0)) });
	if (!b.book)
		return bpr_i_nomem(err);
	put_book(&b, complete.example);
	status = bpr_i_book_finish(b.book, &bytes);
	bpr_i_book_free(b.book);
	if (!status)
		status = bpr_i_writing_add(&w, "", &bytes);
	bpr_i_buf_release(&bytes);
	if (status)
		bpr_files_release(out);
	if (status == BPR_EIO)
		return bpr_i_fail(err, status, BPR_I_R005, NULL, 0, NULL, NULL);
	return status ? bpr_i_nomem(err) : BPR_OK;
}

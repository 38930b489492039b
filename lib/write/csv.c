/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The flow table and the tables beside it. Only columns that say something are written, so that a plain flow is a plain table.
 * A text that a spreadsheet would compute, or that the reader would take for more than a text, gets an apostrophe in front,
 * which the reader takes off again.
 */
#include "config.h"
#include "base/encoding_i.h"
#include "base/text_i.h"
#include "base/utf8_i.h"
#include "flow/format_i.h"
#include "write/write_i.h"
#include <stdio.h>
#include <string.h>

enum { MOST_COLUMNS = 64, LONGEST_CELL = 1 << 20 };

/* One table being written. */
struct sheet {
	struct bpr_writing *w;
	const struct bpr_formatting *f;
	enum bpr_table table;
	const struct bpr_column *columns[MOST_COLUMNS];
	size_t count;
	struct bpr_buf *out;
	struct bpr_buf cell;
};

/* ---- cells ---- */

/* What the reader takes for "as above". */
static bool is_repeat_mark(const char *text, size_t length)
{
	static const char *const marks[] = { "〃", "同上", "々", "仝" };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (strlen(marks[i]) == length && !memcmp(marks[i], text, length))
			return true;
	return false;
}

static void put_cell(struct bpr_buf *out, const char *text, size_t length, bool guard)
{
	bool quote = false;

	if (!length)
		return;
	for (size_t i = 0; i < length && !quote; i++)
		quote = text[i] == ',' || text[i] == '"' || text[i] == '\n' || text[i] == '\r' || text[i] == '\t';
	if (quote)
		bpr_i_buf_putc(out, '"');
	if (guard || bpr_i_utf8_formula(text, length) || is_repeat_mark(text, length))
		bpr_i_buf_putc(out, '\'');
	for (size_t at = 0; at < length;) {
		const char *mark = quote ? memchr(text + at, '"', length - at) : NULL;
		size_t n = mark ? (size_t)(mark - text) - at + 1 : length - at;

		bpr_i_buf_add(out, text + at, n);
		if (mark)
			bpr_i_buf_putc(out, '"');
		at += n;
	}
	if (quote)
		bpr_i_buf_putc(out, '"');
}

static const char *heading(const struct bpr_column *column, bool japanese, size_t *length)
{
	*length = japanese && *column->headings ? strcspn(column->headings, "|") : strlen(column->key);
	return japanese && *column->headings ? column->headings : column->key;
}

static void put_headings(struct sheet *s)
{
	for (size_t i = 0; i < s->count; i++) {
		size_t n;
		const char *text = heading(s->columns[i], s->f->japanese, &n);

		if (i)
			bpr_i_buf_putc(s->out, ',');
		bpr_i_buf_add(s->out, text, n);
	}
	bpr_i_buf_putc(s->out, '\n');
}

/* A cell that reads like its own heading could make a row look like the headings once more. */
static bool like_heading(const struct sheet *s, size_t i)
{
	size_t n;
	const char *text = heading(s->columns[i], s->f->japanese, &n);

	return n == s->cell.length && !memcmp(text, s->cell.data, n);
}

static bool fill(struct sheet *s, const struct bpr_column *column, size_t node, const struct bpr_format_row *row)
{
	bpr_i_buf_clear(&s->cell);
	if (s->table == BPR_TABLE_FLOW)
		return bpr_i_format_cell(s->f, node, column, &s->cell);
	return bpr_i_format_row_cell(s->f, s->table, row, column, &s->cell);
}

static void put_row(struct sheet *s, size_t node, const struct bpr_format_row *row)
{
	for (size_t i = 0; i < s->count; i++) {
		if (i)
			bpr_i_buf_putc(s->out, ',');
		if (!fill(s, s->columns[i], node, row) || !s->cell.length)
			continue;
		put_cell(s->out, s->cell.data, s->cell.length, !i && like_heading(s, i));
		if (s->cell.length > LONGEST_CELL) {
			char bytes[32];

			(void)snprintf(bytes, sizeof(bytes), "%zu", s->cell.length);
			bpr_i_writing_note(s->w, BPR_I_W012, s->f->flow, s->table == BPR_TABLE_FLOW ? bpr_flow_node(s->f->flow, node)->id : NULL,
					   s->columns[i]->key, bytes, NULL);
		}
	}
	bpr_i_buf_putc(s->out, '\n');
}

/* ---- which columns ---- */

/* Those that every table has. */
static bool always(enum bpr_table table, const struct bpr_column *column, size_t index)
{
	static const char *const names[] = { "id", "name", "kind", "next" };

	if (table == BPR_TABLE_FORMS)
		return !index || !strcmp(column->key, "field");
	for (size_t i = 0; table == BPR_TABLE_FLOW && i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(column->key, names[i]))
			return true;
	return !index;
}

static bool used(struct sheet *s, const struct bpr_column *column)
{
	struct bpr_format_row row = { 0 };

	if (s->table == BPR_TABLE_FLOW) {
		for (size_t i = 0; i < s->f->implied; i++)
			if (bpr_i_format_has(s->f, i, column))
				return true;
		return false;
	}
	while (bpr_i_format_next_row(s->f, s->table, &row))
		if (fill(s, column, 0, &row))
			return true;
	return false;
}

static void choose_columns(struct sheet *s)
{
	size_t count;
	const struct bpr_column *columns = bpr_i_columns(s->table, &count);

	for (size_t i = 0; i < count && s->count < MOST_COLUMNS; i++)
		if (always(s->table, &columns[i], i) || used(s, &columns[i]))
			s->columns[s->count++] = &columns[i];
}

/* ---- tables ---- */

static void write_rows(struct sheet *s)
{
	struct bpr_format_row row = { 0 };

	choose_columns(s);
	put_headings(s);
	if (s->table == BPR_TABLE_FLOW)
		for (size_t i = 0; i < s->f->implied; i++)
			put_row(s, i, NULL);
	else
		while (bpr_i_format_next_row(s->f, s->table, &row))
			put_row(s, 0, &row);
}

/* The id need not be said where the flow goes by the name of its file, now or before. */
static bool says_id(const struct sheet *s)
{
	const char *id = bpr_flow_id(s->f->flow);
	const char *source = bpr_flow_source(s->f->flow);
	const char *base = strrchr(source, '/') ? strrchr(source, '/') + 1 : source;
	const char *dot = strrchr(base, '.');
	size_t stem = dot && dot != base ? (size_t)(dot - base) : strlen(base);

	if (s->w->options->stem && !strcmp(id, s->w->options->stem))
		return false;
	return *id && (strlen(id) != stem || strncmp(id, base, stem) != 0);
}

/* Key and value, a row a key. */
static bool write_demand(struct sheet *s)
{
	size_t count, n;
	const struct bpr_column *columns = bpr_i_columns(BPR_TABLE_DEMAND, &count);
	struct bpr_format_row row = { 0 };
	bool any = false;

	bpr_i_buf_puts(s->out, s->f->japanese ? "キー,値\n" : "key,value\n");
	while (bpr_i_format_next_row(s->f, BPR_TABLE_DEMAND, &row)) {
		const char *key = heading(&columns[row.at], s->f->japanese, &n);

		bpr_i_buf_add(s->out, key, n);
		bpr_i_buf_putc(s->out, ',');
		if (fill(s, &columns[row.at], 0, &row))
			put_cell(s->out, s->cell.data, s->cell.length, false);
		bpr_i_buf_putc(s->out, '\n');
		any = true;
	}
	if (says_id(s)) {
		bpr_i_buf_puts(s->out, s->f->japanese ? "フローID," : "flow,");
		put_cell(s->out, bpr_flow_id(s->f->flow), strlen(bpr_flow_id(s->f->flow)), false);
		bpr_i_buf_putc(s->out, '\n');
		any = true;
	}
	return any;
}

static bool has_rows(const struct sheet *s)
{
	struct bpr_format_row row = { 0 };

	return bpr_i_format_next_row(s->f, s->table, &row);
}

/* The table as bytes of the encoding that was asked for; what the encoding does not know is an error. */
static bpr_status encode(struct bpr_writing *w, const char *suffix, struct bpr_buf *text)
{
	enum bpr_encoding encoding = BPR_ENCODING_UTF8;
	const char *name = w->options->encoding;
	struct bpr_buf bytes = BPR_BUF_INIT;
	struct bpr_fault fault;
	bpr_status status;

	if (text->failed)
		return text->failed;
	if (name && (!bpr_i_encoding_find(name, &encoding) || (encoding != BPR_ENCODING_UTF8 && encoding != BPR_ENCODING_CP932)))
		return bpr_i_fail(w->err, BPR_EINVAL, BPR_I_W001, NULL, 0, NULL, NULL);
	if (!name || !strcmp(name, "utf-8"))
		return bpr_i_writing_add(w, suffix, text);
	status = bpr_i_encode(text->data, text->length, encoding, !strcmp(name, "utf-8-bom"), &bytes, &fault);
	if (status && fault.id == BPR_I_W013) {
		bpr_i_writing_note(w, BPR_I_W013, bpr_i_writing_flow(w, 0), NULL, fault.args[0], fault.args[1], NULL);
		(void)bpr_i_fail(w->err, status, BPR_I_W013, NULL, 0, fault.args[0], fault.args[1]);
	}
	if (!status)
		status = bpr_i_writing_add(w, suffix, &bytes);
	bpr_i_buf_release(&bytes);
	return status;
}

static bpr_status write_table(struct bpr_writing *w, const struct bpr_formatting *f, enum bpr_table table)
{
	struct bpr_buf out = BPR_BUF_INIT;
	struct sheet s = { .w = w, .f = f, .table = table, .out = &out, .cell = BPR_BUF_INIT };
	const char *name = bpr_flow_name(f->flow);
	char suffix[64] = "";
	bpr_status status = BPR_OK;

	if (table == BPR_TABLE_FLOW && *name) { /* the title above the table */
		put_cell(&out, name, strlen(name), strchr("{[<", *name)); /* not taken for JSON or XML */
		bpr_i_buf_putc(&out, '\n');
	}
	if (table != BPR_TABLE_FLOW)
		(void)snprintf(suffix, sizeof(suffix), ".%s.csv", bpr_i_table_name(table));
	if (table == BPR_TABLE_DEMAND) {
		if (!write_demand(&s))
			goto out;
	} else if (table == BPR_TABLE_FLOW || has_rows(&s)) {
		write_rows(&s);
	} else {
		goto out;
	}
	status = s.cell.failed ? s.cell.failed : encode(w, suffix, &out);
out:
	bpr_i_buf_release(&s.cell);
	bpr_i_buf_release(&out);
	return status;
}

bpr_status bpr_i_write_csv(struct bpr_writing *w)
{
	struct bpr_formatting f;
	bpr_status status = BPR_OK;

	if (!bpr_i_format_begin(&f, bpr_i_writing_flow(w, 0), w->options->japanese))
		return BPR_ENOMEM;
	for (int t = BPR_TABLE_FLOW; t < BPR_TABLE_COUNT && !status; t++)
		status = write_table(w, &f, (enum bpr_table)t);
	bpr_i_format_end(&f);
	if (!status)
		bpr_i_writing_lost(w, "CSV", false);
	return status;
}

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
#include "write/table_i.h"
#include <stdio.h>
#include <string.h>

enum { LONGEST_CELL = 1 << 20 };

/* One table being written. */
struct sheet {
	struct bpr_write_table t;
	struct bpr_buf *out;
};

/* ---- cells ---- */

static void put_cell(struct bpr_buf *out, const char *text, size_t length, bool guard)
{
	bool quote = false;

	if (!length)
		return;
	for (size_t i = 0; i < length && !quote; i++)
		quote = text[i] == ',' || text[i] == '"' || text[i] == '\n' || text[i] == '\r' || text[i] == '\t';
	if (quote)
		bpr_i_buf_putc(out, '"');
	if (guard || bpr_i_utf8_formula(text, length) || bpr_i_table_repeats(text, length))
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

static void put_headings(struct sheet *s)
{
	for (size_t i = 0; i < s->t.count; i++) {
		size_t n;
		const char *text = bpr_i_table_heading(&s->t, s->t.columns[i], &n);

		if (i)
			bpr_i_buf_putc(s->out, ',');
		bpr_i_buf_add(s->out, text, n);
	}
	bpr_i_buf_putc(s->out, '\n');
}

static void put_row(struct sheet *s, size_t node, const struct bpr_format_row *row)
{
	for (size_t i = 0; i < s->t.count; i++) {
		if (i)
			bpr_i_buf_putc(s->out, ',');
		if (!bpr_i_table_cell(&s->t, s->t.columns[i], node, row) || !s->t.cell.length)
			continue;
		put_cell(s->out, s->t.cell.data, s->t.cell.length, !i && bpr_i_table_like_heading(&s->t, i));
		if (s->t.cell.length > LONGEST_CELL) {
			char bytes[32];

			(void)snprintf(bytes, sizeof(bytes), "%zu", s->t.cell.length);
			bpr_i_writing_note(s->t.w, BPR_I_W012, s->t.f->flow, s->t.table == BPR_TABLE_FLOW ? bpr_flow_node(s->t.f->flow, node)->id : NULL,
					   s->t.columns[i]->key, bytes, NULL);
		}
	}
	bpr_i_buf_putc(s->out, '\n');
}

/* ---- tables ---- */

static void write_rows(struct sheet *s)
{
	struct bpr_format_row row = { 0 };

	bpr_i_table_columns(&s->t);
	put_headings(s);
	if (s->t.table == BPR_TABLE_FLOW)
		for (size_t i = 0; i < s->t.f->implied; i++)
			put_row(s, i, NULL);
	else
		while (bpr_i_format_next_row(s->t.f, s->t.table, &row))
			put_row(s, 0, &row);
}

/* Key and value, a row a key. */
static bool write_demand(struct sheet *s)
{
	size_t count, n;
	const struct bpr_column *columns = bpr_i_columns(BPR_TABLE_DEMAND, &count);
	struct bpr_format_row row = { 0 };
	bool any = false;

	bpr_i_buf_puts(s->out, s->t.f->japanese ? "キー,値\n" : "key,value\n");
	while (bpr_i_format_next_row(s->t.f, BPR_TABLE_DEMAND, &row)) {
		const char *key = bpr_i_table_heading(&s->t, &columns[row.at], &n);

		bpr_i_buf_add(s->out, key, n);
		bpr_i_buf_putc(s->out, ',');
		if (bpr_i_table_cell(&s->t, &columns[row.at], 0, &row))
			put_cell(s->out, s->t.cell.data, s->t.cell.length, false);
		bpr_i_buf_putc(s->out, '\n');
		any = true;
	}
	if (bpr_i_table_says_id(&s->t)) {
		bpr_i_buf_puts(s->out, s->t.f->japanese ? "フローID," : "flow,");
		put_cell(s->out, bpr_flow_id(s->t.f->flow), strlen(bpr_flow_id(s->t.f->flow)), false);
		bpr_i_buf_putc(s->out, '\n');
		any = true;
	}
	return any;
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
	struct sheet s = { .t = { .w = w, .f = f, .table = table, .cell = BPR_BUF_INIT }, .out = &out };
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
	} else if (table == BPR_TABLE_FLOW || bpr_i_table_has_rows(&s.t)) {
		write_rows(&s);
	} else {
		goto out;
	}
	status = s.t.cell.failed ? s.t.cell.failed : encode(w, suffix, &out);
out:
	bpr_i_buf_release(&s.t.cell);
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

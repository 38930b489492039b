/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The flow table: one row a node. What a cell means is the table of columns' business, what a row is rows.c's. */
#include "config.h"
#include "read/rows_i.h"
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include "base/utf8_i.h"

struct table {
	struct bpr_reader *reader;
	bpr_builder *b;
	const struct bpr_headings *head;
	const struct bpr_column *note_column;
	size_t note_item;           /* its heading, or BPR_NONE */
	bool loose;                 /* some headings are no columns: their cells become notes */
	struct bpr_buf note;
};

/* The note column and, with their headings, the cells that are in no column. */
static bpr_status take_note(struct table *t, const struct bpr_csv_cell *cells, size_t line, size_t node)
{
	const struct bpr_place place = { t->reader->name, line, 0, t->note_column->key };
	size_t headings = 0;
	bpr_status status;

	bpr_i_buf_clear(&t->note);
	for (size_t i = 0; i < t->head->count; i++) {
		const struct bpr_heading *item = &t->head->items[i];

		if ((item->column && i != t->note_item) || !cells[i].length)
			continue;
		if (t->note.length)
			bpr_i_buf_puts(&t->note, "; ");
		if (i != t->note_item && item->length) {
			bpr_i_buf_add(&t->note, item->text, item->length);
			bpr_i_buf_puts(&t->note, ": ");
			headings += item->length;
		}
		bpr_i_buf_add(&t->note, cells[i].text, cells[i].length);
	}
	if (t->note.failed || !t->note.length)
		return t->note.failed;
	status = bpr_i_reader_expand(t->reader, headings, &place);
	if (status)
		return status;
	return bpr_i_builder_cell(t->b, node, t->note_column, t->note.data, t->note.length, &place);
}

/* A cell; a bare number of a column whose heading says a unit has this unit. */
static bpr_status take_cell(struct table *t, size_t node, const struct bpr_heading *item, const struct bpr_csv_cell *cell,
			    const struct bpr_place *place)
{
	struct bpr_buf text = BPR_BUF_INIT;
	bpr_status status;
	char last;

	if (!item->unit)
		return bpr_i_builder_cell(t->b, node, item->column, cell->text, cell->length, place);
	bpr_i_utf8_fold(&text, cell->text, cell->length);
	last = text.failed || !text.length ? ' ' : text.data[text.length - 1];
	if (last == ')')
		bpr_i_reader_note(t->reader, BPR_I_T029, place, item->text, NULL, NULL);
	else if (last >= '0' && last <= '9')
		bpr_i_buf_puts(&text, item->unit);
	status = text.failed ? BPR_ENOMEM : bpr_i_builder_cell(t->b, node, item->column, text.data, text.length, place);
	bpr_i_buf_release(&text);
	return status;
}

static bpr_status take_row(void *data, const struct bpr_csv_cell *cells, size_t line)
{
	struct table *t = data;
	const struct bpr_headings *head = t->head;
	struct bpr_place place = { t->reader->name, line, head->key + 1, head->items[head->key].text };
	size_t node;
	bpr_status status = bpr_i_builder_node(t->b, BPR_NODE_TASK, cells[head->key].text, cells[head->key].length, &place, &node);

	for (size_t i = 0; i < head->count && !status; i++) {
		if (!cells[i].length || !head->items[i].column || i == head->key || i == t->note_item)
			continue;
		place.line = cells[i].line;
		place.column = i + 1;
		place.where = head->items[i].text;
		status = take_cell(t, node, &head->items[i], &cells[i], &place);
	}
	if (!status && (t->loose || (t->note_item != BPR_NONE && cells[t->note_item].length)))
		status = take_note(t, cells, line, node);
	return status;
}

static bpr_status take_rows(struct table *t, const char *text, size_t length)
{
	const struct bpr_rows rows = { t->reader, t->reader->name, t->head, take_row, t, false };
	size_t count;
	bpr_status status;

	t->note_column = bpr_i_column_find(BPR_TABLE_FLOW, "note", 4);
	t->note_item = BPR_NONE;
	for (size_t i = 0; i < t->head->count; i++) {
		if (!t->head->items[i].column)
			t->loose = true;
		else if (t->head->items[i].column == t->note_column)
			t->note_item = i;
	}
	status = bpr_i_rows_read(&rows, text, length, &count);
	if (!status && !count)
		status = bpr_i_reader_fail(t->reader, BPR_ESYNTAX, BPR_I_T019, t->head->line, NULL, NULL);
	return status;
}

static bpr_status build(struct bpr_reader *reader, const struct bpr_headings *head, const char *text, size_t length,
			struct bpr_flows *out)
{
	struct bpr_build_options options = bpr_i_reader_build_options(reader);
	struct table t = { .reader = reader, .head = head, .note = BPR_BUF_INIT };
	struct bpr_buf id = BPR_BUF_INIT;
	const char *title = *head->title || !reader->title ? head->title : reader->title;
	const char *stem;
	size_t stem_length = bpr_i_reader_stem(reader, &stem);
	bpr_status status;

	bpr_i_buf_add(&id, stem, stem_length);
	if (id.failed)
		status = bpr_i_nomem(reader->err);
	else
		status = bpr_i_builder_new(&t.b, reader->name, reader->id ? reader->id : id.data, title, &options, reader->problems,
					   reader->err);
	if (!status)
		status = take_rows(&t, text, length);
	if (!status)
		status = bpr_i_reader_companions(reader, t.b);
	if (!status)
		status = bpr_i_reader_finish(reader, t.b, out);
	bpr_i_builder_free(t.b);
	bpr_i_buf_release(&t.note);
	bpr_i_buf_release(&id);
	return status;
}

bpr_status bpr_i_read_table(struct bpr_reader *reader, const char *text, size_t length, struct bpr_flows *out)
{
	struct bpr_headings head;
	bpr_status status;

	reader->table = true;
	status = bpr_i_headings_find(&head, BPR_TABLE_FLOW, text, length);

	if (status)
		status = bpr_i_nomem(reader->err);
	else if (!bpr_i_headings_check(reader, &head, BPR_TABLE_FLOW, reader->name, false))
		status = bpr_i_reader_status(reader);
	else
		status = build(reader, &head, text, length, out);
	bpr_i_headings_release(&head);
	return status;
}

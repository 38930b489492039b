/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables beside a flow: NAME.forms.csv, NAME.counters.csv, NAME.staff.csv, NAME.demand.csv, where they are there. */
#include "config.h"
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include "base/encoding_i.h"
#include "base/file_i.h"
#include "base/utf8_i.h"
#include "read/rows_i.h"
#include <string.h>

struct companion_rows {
	struct bpr_reader *reader;
	bpr_builder *b;
	const struct bpr_headings *head;
	enum bpr_table table;
	const char *file;
	struct bpr_cell *cells;     /* [head->count] */
	bool quiet;
	bool sheet;                 /* of a workbook: messages name the cell */
};

static char *companion_name(const struct bpr_reader *reader, enum bpr_table table)
{
	struct bpr_buf name = BPR_BUF_INIT;
	const char *stem;
	size_t length = bpr_i_reader_stem(reader, &stem);
	char *path;

	bpr_i_buf_add(&name, stem, length);
	bpr_i_buf_putc(&name, '.');
	bpr_i_buf_puts(&name, bpr_i_table_name(table));
	bpr_i_buf_puts(&name, ".csv");
	path = name.failed ? NULL : bpr_i_reader_beside(reader, name.data, name.length);
	bpr_i_buf_release(&name);
	return path;
}

/* A CSV file beside the input as text. An encoding that was asked for holds for it too, unless it is plainly UTF-8. */
static bpr_status load(struct bpr_reader *reader, struct bpr_companion *c)
{
	enum bpr_encoding encoding = BPR_ENCODING_AUTO;
	struct bpr_decoded decoded;
	struct bpr_fault fault;
	size_t length;
	bpr_status status = bpr_i_file_read(c->name, reader->options->max_bytes, &c->data, &length, &fault);

	if (status)
		return bpr_i_reader_fault(reader, c->name, &fault);
	if (reader->options->encoding && !bpr_i_encoding_has_utf16_bom(c->data, length) &&
	    bpr_i_utf8_invalid(c->data, length) != BPR_NONE)
		(void)bpr_i_encoding_find(reader->options->encoding, &encoding);
	status = bpr_i_decode(c->data, length, encoding, &decoded, &fault);
	if (status)
		return bpr_i_reader_fault(reader, c->name, &fault);
	if (decoded.owned) {
		bpr_i_free(c->data);
		c->data = decoded.owned;
	}
	c->text = decoded.text;
	c->length = decoded.length;
	return BPR_OK;
}

/* What BPMN and JSON say inside: their own structure. */
static bool only_tables(enum bpr_table table)
{
	return table == BPR_TABLE_SCOPES || table == BPR_TABLE_UNITS;
}

static bpr_status look(struct bpr_reader *reader)
{
	bpr_status worst = BPR_OK;

	for (int t = BPR_TABLE_FLOW + 1; t < BPR_TABLE_COUNT; t++) {
		struct bpr_companion *c = &reader->companions[t];
		bpr_status status;

		c->name = companion_name(reader, (enum bpr_table)t);
		if (!c->name)
			return bpr_i_nomem(reader->err);
		if (!bpr_i_file_exists(c->name) || (!reader->table && only_tables((enum bpr_table)t)))
			continue;
		status = load(reader, c);
		if (status == BPR_ENOMEM || !worst)
			worst = status;
	}
	return worst;
}

/* A row of the demand table: its key is the column of the value. */
static bpr_status take_demand(struct companion_rows *c, const struct bpr_csv_cell *cells, struct bpr_place *place)
{
	struct bpr_csv_cell key = { "", 0, 0 };
	struct bpr_cell pair = { NULL, "", 0 };
	size_t key_column = 0;

	for (size_t i = 0; i < c->head->count; i++) {
		if (c->head->items[i].column == bpr_i_demand_column(false)) {
			key = cells[i];
			key_column = c->sheet ? i + 1 : 0;
		} else if (c->head->items[i].column == bpr_i_demand_column(true)) {
			pair.text = cells[i].text;
			pair.length = cells[i].length;
			place->column = c->sheet ? i + 1 : 0;
		}
	}
	pair.column = bpr_i_column_find(BPR_TABLE_DEMAND, key.text, key.length);
	if (!pair.column) {
		struct bpr_buf text = BPR_BUF_INIT;

		place->column = key_column;
		bpr_i_buf_add(&text, key.text, bpr_i_utf8_cut(key.text, key.length, 60, BPR_LANG_EN));
		if (!c->quiet)
			bpr_i_reader_note(c->reader, BPR_I_T020, place, text.length ? text.data : "", NULL, NULL);
		bpr_i_buf_release(&text);
		return BPR_OK;
	}
	if (!c->reader->table && !strcmp(pair.column->key, "flow")) /* beside a model converted from it */
		return BPR_OK;
	return bpr_i_builder_companion(c->b, BPR_TABLE_DEMAND, &pair, 1, place);
}

static bpr_status take_row(void *data, const struct bpr_csv_cell *cells, size_t line)
{
	struct companion_rows *c = data;
	struct bpr_place place = { c->file, line, c->sheet ? 1 : 0, NULL };

	if (c->table == BPR_TABLE_DEMAND)
		return take_demand(c, cells, &place);
	for (size_t i = 0; i < c->head->count; i++)
		c->cells[i] = (struct bpr_cell){ c->head->items[i].column, cells[i].text, cells[i].length };
	return bpr_i_builder_companion(c->b, c->table, c->cells, c->head->count, &place);
}

static bpr_status apply(struct bpr_reader *reader, bpr_builder *b, enum bpr_table table)
{
	struct bpr_companion *file = &reader->companions[table];
	/* Tables are read once for all flows of an input; what is wrong with their rows is said with the first flow. */
	const bool quiet = file->told;
	struct bpr_headings head;
	struct companion_rows c = { reader, b, &head, table, file->name, NULL, quiet, bpr_i_place_sheet(file->name) };
	const struct bpr_rows rows = { reader, file->name, &head, take_row, &c, quiet };
	size_t count;
	bpr_status status = bpr_i_headings_find(&head, table, file->text, file->length);

	c.cells = status ? NULL : bpr_i_calloc(head.count, sizeof(*c.cells));
	if (!c.cells)
		status = bpr_i_nomem(reader->err);
	else if (!bpr_i_headings_check(reader, &head, table, file->name, quiet))
		status = bpr_i_reader_status(reader);
	else
		status = bpr_i_rows_read(&rows, file->text, file->length, &count);
	file->told = true;
	bpr_i_free(c.cells);
	bpr_i_headings_release(&head);
	return status;
}

bpr_status bpr_i_reader_companions(struct bpr_reader *reader, bpr_builder *b)
{
	bpr_status worst = BPR_OK;

	if ((!reader->path && !reader->workbook) || !reader->options->companions)
		return BPR_OK;
	(void)bpr_i_builder_from(b, "companion");
	if (!reader->looked)
		worst = look(reader);
	reader->looked = true;
	/* One run names what is wrong with all of them. */
	for (int t = BPR_TABLE_FLOW + 1; t < BPR_TABLE_COUNT && worst != BPR_ENOMEM && !bpr_i_reader_full(reader); t++) {
		bpr_status status = reader->companions[t].text ? apply(reader, b, (enum bpr_table)t) : BPR_OK;

		if (status == BPR_ENOMEM || !worst)
			worst = status;
	}
	return worst;
}

void bpr_i_reader_release(struct bpr_reader *reader)
{
	for (size_t t = 0; t < BPR_TABLE_COUNT; t++) {
		bpr_i_free(reader->companions[t].name);
		bpr_i_free(reader->companions[t].data);
	}
	bpr_i_free(reader->set_used);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Building a document, block by block; see document_i.h. */
#include "config.h"
#include "study/document_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <string.h>

enum { MAX_COLUMNS = 12 };

void bpr_i_doc_release(struct bpr_document *doc)
{
	for (size_t i = 0; i < doc->block_count; i++)
		if (doc->blocks[i].table)
			bpr_i_free(doc->blocks[i].table->cells);
	bpr_i_free(doc->blocks);
	bpr_i_arena_release(&doc->arena);
	*doc = (struct bpr_document){ .lang = doc->lang };
}

void bpr_i_doc_add(struct bpr_document *doc, struct bpr_doc_block block)
{
	if (doc->failed)
		return;
	if (!bpr_i_grow(&doc->blocks, &doc->capacity, doc->block_count + 1, sizeof(block))) {
		doc->failed = true;
		return;
	}
	doc->blocks[doc->block_count++] = block;
}

void bpr_i_doc_heading(struct bpr_document *doc, unsigned level, const char *text)
{
	bpr_i_doc_add(doc, (struct bpr_doc_block){ .kind = BPR_DOC_HEADING, .level = level, .text = text });
}

void bpr_i_doc_lead(struct bpr_document *doc, const char *text)
{
	bpr_i_doc_add(doc, (struct bpr_doc_block){ .kind = BPR_DOC_LEAD, .text = text });
}

void bpr_i_doc_paragraph(struct bpr_document *doc, const char *text)
{
	bpr_i_doc_add(doc, (struct bpr_doc_block){ .kind = BPR_DOC_PARAGRAPH, .text = text });
}

void bpr_i_doc_item(struct bpr_document *doc, unsigned level, enum bpr_doc_tone tone, const char *text)
{
	bpr_i_doc_add(doc, (struct bpr_doc_block){ .kind = BPR_DOC_ITEM, .level = level, .tone = tone, .text = text });
}

void bpr_i_doc_note(struct bpr_document *doc, const char *text)
{
	bpr_i_doc_add(doc, (struct bpr_doc_block){ .kind = BPR_DOC_NOTE, .text = text });
}

const char *bpr_i_doc_text(const struct bpr_document *doc, const char *id)
{
	return bpr_text(doc->lang, id);
}

const char *bpr_i_doc_fill(struct bpr_document *doc, const char *id, const char *a1, const char *a2, const char *a3,
			   const char *a4)
{
	const char *args[4] = { a1, a2, a3, a4 };
	const char *text = bpr_text(doc->lang, id);
	size_t length = bpr_i_text_fill(NULL, 0, text, args);
	char *out = doc->failed ? NULL : bpr_i_arena_raw(&doc->arena, length + 1, 1);

	if (!out) {
		doc->failed = true;
		return "";
	}
	(void)bpr_i_text_fill(out, length + 1, text, args);
	return out;
}

const char *bpr_i_doc_keep(struct bpr_document *doc, struct bpr_buf *buf)
{
	const char *kept = NULL;

	if (!doc->failed && !buf->failed)
		kept = buf->data ? bpr_i_arena_strndup(&doc->arena, buf->data, buf->length) : "";
	if (!kept)
		doc->failed = true;
	bpr_i_buf_release(buf);
	return kept ? kept : "";
}

struct bpr_doc_table *bpr_i_doc_table(struct bpr_document *doc)
{
	struct bpr_doc_table *table = doc->failed ? NULL : bpr_i_arena_alloc(&doc->arena, 1, sizeof(*table));

	if (table)
		table->columns = bpr_i_arena_alloc(&doc->arena, MAX_COLUMNS, sizeof(*table->columns));
	if (!table || !table->columns) {
		doc->failed = true;
		return NULL;
	}
	bpr_i_doc_add(doc, (struct bpr_doc_block){ .kind = BPR_DOC_TABLE, .table = table });
	return doc->failed ? NULL : table;
}

void bpr_i_doc_column(struct bpr_document *doc, struct bpr_doc_table *table, const char *title, bool right, size_t narrow)
{
	if (doc->failed || !table || table->column_count == MAX_COLUMNS)
		return;
	table->columns[table->column_count++] =
		(struct bpr_doc_column){ .title = bpr_text(doc->lang, title), .right = right, .narrow = narrow };
}

struct bpr_doc_cell *bpr_i_doc_row(struct bpr_document *doc, struct bpr_doc_table *table)
{
	struct bpr_doc_cell *row;

	if (doc->failed || !table)
		return NULL;
	if (!bpr_i_grow(&table->cells, &table->capacity, (table->row_count + 1) * table->column_count, sizeof(*row))) {
		doc->failed = true;
		return NULL;
	}
	row = table->cells + table->row_count++ * table->column_count;
	memset(row, 0, table->column_count * sizeof(*row));
	return row;
}

struct bpr_doc_cell bpr_i_cell_text(const char *text)
{
	return (struct bpr_doc_cell){ .value = text && *text ? BPR_DOC_TEXT : BPR_DOC_EMPTY, .text = text };
}

struct bpr_doc_cell bpr_i_cell_number(enum bpr_doc_value value, double number)
{
	return (struct bpr_doc_cell){ .value = isfinite(number) ? value : BPR_DOC_EMPTY, .number = number };
}

struct bpr_doc_cell bpr_i_cell_method(enum bpr_method method)
{
	return (struct bpr_doc_cell){ .value = BPR_DOC_METHOD, .number = (double)method };
}

enum bpr_doc_value bpr_i_cell_value(enum bpr_quantity quantity)
{
	switch (quantity) {
	case BPR_QUANTITY_MINUTES: return BPR_DOC_MINUTES;
	case BPR_QUANTITY_YEN: return BPR_DOC_YEN;
	case BPR_QUANTITY_PROB: return BPR_DOC_PROB;
	case BPR_QUANTITY_COUNT: break;
	}
	return BPR_DOC_COUNT;
}

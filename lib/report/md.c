/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document as Markdown (CommonMark with the tables of GitHub). */
#include "config.h"
#include "report/render_i.h"
#include "study/words_i.h"
#include <string.h>

static void line(struct bpr_buf *out, const char *before, const char *text, const char *after)
{
	bpr_i_buf_puts(out, before);
	bpr_i_escape_md(out, text, strlen(text));
	bpr_i_buf_puts(out, after);
}

static void table(struct bpr_buf *out, enum bpr_lang lang, const struct bpr_doc_table *table)
{
	struct bpr_buf words = BPR_BUF_INIT;
	size_t count = table->column_count;

	for (size_t c = 0; c < count; c++)
		line(out, "| ", table->columns[c].title, " ");
	bpr_i_buf_puts(out, "|\n");
	for (size_t c = 0; c < count; c++)
		bpr_i_buf_puts(out, table->columns[c].right ? "| ---: " : "| --- ");
	bpr_i_buf_puts(out, "|\n");
	for (size_t r = 0; r < table->row_count; r++) {
		for (size_t c = 0; c < count; c++) {
			bpr_i_buf_clear(&words);
			bpr_i_words_cell(&words, lang, &table->cells[r * count + c]);
			line(out, "| ", words.data ? words.data : "", " ");
		}
		bpr_i_buf_puts(out, "|\n");
	}
	if (words.failed)
		out->failed = words.failed;
	bpr_i_buf_release(&words);
}

void bpr_i_render_md(const struct bpr_document *doc, const struct bpr_report_options *options, struct bpr_buf *out)
{
	(void)options;
	for (size_t i = 0; i < doc->block_count && !out->failed; i++) {
		const struct bpr_doc_block *block = &doc->blocks[i];

		if (i && (block->kind != BPR_DOC_ITEM || doc->blocks[i - 1].kind != BPR_DOC_ITEM))
			bpr_i_buf_putc(out, '\n');
		switch (block->kind) {
		case BPR_DOC_HEADING:
			bpr_i_buf_pad(out, '#', block->level);
			line(out, " ", block->text, "\n");
			break;
		case BPR_DOC_LEAD:
			line(out, "**", block->text, "**\n");
			break;
		case BPR_DOC_PARAGRAPH:
		case BPR_DOC_NOTE:
			line(out, "", block->text, "\n");
			break;
		case BPR_DOC_ITEM:
			line(out, block->level > 1 ? "  - " : "- ", block->text, "\n");
			break;
		case BPR_DOC_PAGE:
		case BPR_DOC_FIGURE:
		case BPR_DOC_TILES:
		case BPR_DOC_CARDS:
		case BPR_DOC_BOX:
		case BPR_DOC_READING:
		case BPR_DOC_COMMAND:
		case BPR_DOC_COLUMNS:
		case BPR_DOC_COLUMNS_END:
			break; /* of pages, which are not written in this format */
		case BPR_DOC_TABLE:
			table(out, doc->lang, block->table);
			break;
		}
	}
}

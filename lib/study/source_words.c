/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that not everybody knows, explained where the report uses them. */
#include "config.h"
#include "study/source_i.h"
#include "base/text_i.h"
#include <string.h>

/* term: message id of what is looked for in the texts of the document, word for word. */
static const struct { const char *term, *meaning; } words[] = {
	{ N_("median"), N_("the middle one when all cases are put in order: half of them have less, half have more") },
	{ N_("95% range"), N_("when the calculation is repeated with other random numbers, its mean lies there about 95 times in 100") },
	{ N_("95% interval"), N_("a range that holds the true mean about 95 times in 100, as far as chance is concerned") },
	{ N_("simulated"), N_("played many times on the computer with random numbers: cases come, queue and are served") },
	{ N_("by formula"), N_("computed from means by the formulas of queueing theory; mostly an approximation") },
	{ N_("handoff"), N_("the case goes from one unit to another") },
	{ N_("done again"), N_("work that is repeated because something was wrong or missing") },
	{ N_("analogue rules"), N_("rules that ask for paper, seals, presence, or that somebody looks with their own eyes") },
	{ N_("busy"), N_("share of the hours on duty in which people work on cases; from about 85% on, queues grow fast") },
	{ N_("payback"), N_("the time until what is saved has paid for what was spent") },
};

static bool holds(const char *text, const char *term)
{
	return text && strstr(text, term);
}

static bool table_holds(const struct bpr_doc_table *table, const char *term)
{
	for (size_t i = 0; table && i < table->column_count; i++)
		if (holds(table->columns[i].title, term))
			return true;
	for (size_t i = 0; table && i < table->row_count * table->column_count; i++)
		if (table->cells[i].value == BPR_DOC_TEXT && holds(table->cells[i].text, term))
			return true;
	return false;
}

static bool figure_holds(const struct bpr_doc_figure *f, const char *term)
{
	const char *texts[] = { f->title, f->description, f->unit, f->note, f->zone_label };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (holds(texts[i], term))
			return true;
	for (size_t i = 0; i < f->row_count; i++)
		if (holds(f->rows[i].label, term))
			return true;
	return false;
}

static bool block_holds(const struct bpr_doc_block *b, const char *term)
{
	if (holds(b->text, term) || holds(b->aside, term) || table_holds(b->table, term) || (b->figure && figure_holds(b->figure, term)))
		return true;
	for (size_t i = 0; i < b->tile_count; i++)
		if (holds(b->tiles[i].label, term))
			return true;
	for (size_t i = 0; i < b->card_count; i++)
		for (size_t k = 0; k < b->cards[i].line_count; k++)
			if (holds(b->cards[i].lines[k], term))
				return true;
	return false;
}

static bool is_used(const struct bpr_document *doc, const char *term)
{
	for (size_t i = 0; i < doc->block_count; i++)
		if (block_holds(&doc->blocks[i], term))
			return true;
	return false;
}

void bpr_i_source_words(struct bpr_pages *pages)
{
	struct bpr_document *doc = pages->doc;
	struct bpr_doc_table *table = NULL;
	bool used[sizeof(words) / sizeof(words[0])];

	/* Looked for before any is added: an explanation is no use of a word. */
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		used[i] = is_used(doc, bpr_i_doc_text(doc, words[i].term));
		for (size_t k = 0; k < i; k++) /* two words of one language may be one in another */
			used[i] = used[i] && strcmp(bpr_i_doc_text(doc, words[k].term), bpr_i_doc_text(doc, words[i].term)) != 0;
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct bpr_doc_cell *row;

		if (!used[i])
			continue;
		if (!table) {
			bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("Words")));
			table = bpr_i_doc_table(doc);
			bpr_i_doc_column(doc, table, N_("Word"), false, 8);
			bpr_i_doc_column(doc, table, N_("What it means"), false, 30);
		}
		row = bpr_i_doc_row(doc, table);
		if (!row)
			return;
		row[0] = bpr_i_cell_text(bpr_i_doc_text(doc, words[i].term));
		row[1] = bpr_i_cell_text(bpr_i_doc_text(doc, words[i].meaning));
	}
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the values of a flow come from, value by value: shown where all is asked for. */
#include "config.h"
#include "study/study_i.h"
#include "base/problem_i.h"
#include "base/text_i.h"
#include "flow/column_i.h"
#include <string.h>

/* Message ids of what a source is called. */
static const char *source_name(const char *source)
{
	static const struct { const char *source, *name; } names[] = {
		{ "table", N_("flow table") },
		{ "companion", N_("companion table") },
		{ "bpmn", "BPMN" },
		{ "bpr", N_("bpr extension") },
		{ "bpsim", "BPSim" },
		{ "qbp", "QBP/BIMP" },
		{ "scylla", "Scylla" },
		{ "prosimos", "Prosimos" },
		{ "adonis", "ADONIS" },
		{ "igrafx", "iGrafx" },
		{ "set", "--set" },
		{ "assumed", N_("assumed") },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(names[i].source, source))
			return names[i].name;
	return source;
}

/* What a column is called in the reader's language: by its Japanese heading, or as it is written in English. */
static const char *column_name(struct bpr_document *doc, const struct bpr_origin *origin)
{
	static const enum bpr_table tables[] = {
		[BPR_ORIGIN_STEP] = BPR_TABLE_FLOW,         [BPR_ORIGIN_ARC] = BPR_TABLE_FLOW,
		[BPR_ORIGIN_STAFF] = BPR_TABLE_STAFF,       [BPR_ORIGIN_COUNTER] = BPR_TABLE_COUNTERS,
		[BPR_ORIGIN_FORM] = BPR_TABLE_FORMS,        [BPR_ORIGIN_DEMAND] = BPR_TABLE_DEMAND,
		[BPR_ORIGIN_SCOPE] = BPR_TABLE_SCOPES,      [BPR_ORIGIN_UNIT] = BPR_TABLE_UNITS,
	};
	const struct bpr_column *column;
	struct bpr_buf text = BPR_BUF_INIT;

	if (origin->of == BPR_ORIGIN_ARC)
		return bpr_i_doc_text(doc, N_("share"));
	column = bpr_i_column_find(tables[origin->of], origin->key, strlen(origin->key));
	if (doc->lang != BPR_LANG_JA || !column || !*column->headings)
		return origin->key;
	bpr_i_buf_add(&text, column->headings, strcspn(column->headings, "|"));
	return bpr_i_doc_keep(doc, &text);
}

/* "FILE:LINE" */
static const char *place(struct bpr_document *doc, const struct bpr_origin *origin)
{
	struct bpr_buf text = BPR_BUF_INIT;

	if (!*origin->file)
		return "";
	bpr_i_place_text(&text, origin->file, origin->line, 0);
	return bpr_i_doc_keep(doc, &text);
}

void bpr_i_study_origins(struct bpr_document *doc, const bpr_flow *flow)
{
	size_t count = bpr_flow_origin_count(flow);
	struct bpr_doc_table *table;

	if (!count)
		return;
	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("Where the values come from")));
	table = bpr_i_doc_table(doc);
	bpr_i_doc_column(doc, table, N_("Of"), false, 8);
	bpr_i_doc_column(doc, table, N_("Value"), false, 8);
	bpr_i_doc_column(doc, table, N_("As written"), false, 8);
	bpr_i_doc_column(doc, table, N_("Source"), false, 8);
	bpr_i_doc_column(doc, table, N_("Place"), false, 8);
	for (size_t i = 0; i < count; i++) {
		const struct bpr_origin *origin = bpr_flow_origin(flow, i);
		struct bpr_doc_cell *cells = bpr_i_doc_row(doc, table);

		if (!cells)
			return;
		cells[0] = bpr_i_cell_text(origin->of == BPR_ORIGIN_DEMAND ? bpr_i_doc_text(doc, N_("demand")) : origin->element);
		cells[1] = bpr_i_cell_text(column_name(doc, origin));
		cells[2] = bpr_i_cell_text(origin->value);
		cells[3] = bpr_i_cell_text(bpr_i_doc_text(doc, source_name(origin->source)));
		cells[4] = bpr_i_cell_text(place(doc, origin));
	}
}

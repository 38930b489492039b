/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the values of a flow come from, value by value: shown where all is asked for. */
#include "config.h"
#include "study/study_i.h"
#include "base/problem_i.h"
#include "base/text_i.h"
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
		cells[0] = bpr_i_cell_text(origin->element);
		cells[1] = bpr_i_cell_text(origin->key);
		cells[2] = bpr_i_cell_text(origin->value);
		cells[3] = bpr_i_cell_text(bpr_i_doc_text(doc, source_name(origin->source)));
		cells[4] = bpr_i_cell_text(place(doc, origin));
	}
}

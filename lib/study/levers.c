/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which levers a flow was made with. */
#include "config.h"
#include "study/study_i.h"
#include "base/text_i.h"

static const char *name_of(struct bpr_document *doc, const struct bpr_lever *lever)
{
	struct bpr_buf text = BPR_BUF_INIT;
	char name[400];

	(void)bpr_lever_name(lever, doc->lang, name, sizeof(name));
	bpr_i_buf_puts(&text, name);
	return bpr_i_doc_keep(doc, &text);
}

/* What is done: the kind and what it is done to, all actions. */
static const char *actions_of(struct bpr_document *doc, const struct bpr_lever *lever)
{
	struct bpr_buf text = BPR_BUF_INIT;

	for (size_t i = 0; i < lever->action_count; i++) {
		const struct bpr_lever_action *a = &lever->actions[i];

		bpr_i_buf_puts(&text, i ? "; " : "");
		bpr_i_buf_puts(&text, bpr_i_doc_text(doc, bpr_lever_kind_get(a->kind)->label));
		if (*a->target) {
			bpr_i_buf_puts(&text, ": ");
			bpr_i_buf_puts(&text, a->target);
		}
		if (*a->value) {
			bpr_i_buf_puts(&text, " \xe2\x86\x92 ");
			bpr_i_buf_puts(&text, a->value);
		}
	}
	return bpr_i_doc_keep(doc, &text);
}

static void lever_rows(struct bpr_document *doc, struct bpr_doc_table *table, const struct bpr_applied *applied)
{
	for (size_t i = 0; i < bpr_levers_count(applied->levers); i++) {
		const struct bpr_lever *lever = bpr_levers_get(applied->levers, i);
		struct bpr_doc_cell *row = applied->done[i] ? bpr_i_doc_row(doc, table) : NULL;

		if (!row)
			continue;
		row[0] = bpr_i_cell_text(lever->id);
		row[1] = bpr_i_cell_text(name_of(doc, lever));
		row[2] = bpr_i_cell_text(actions_of(doc, lever));
	}
}

void bpr_i_study_levers(struct bpr_document *doc, const struct bpr_subject *subject)
{
	struct bpr_doc_table *table;

	if (!subject->applied_count)
		return;
	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("Levers")));
	for (size_t i = 0; i < subject->applied_count; i++)
		bpr_i_doc_paragraph(doc, bpr_i_doc_fill(doc, subject->after_flow ? N_("The after is a plan: the flow with the levers of {1}.")
											: N_("This is a plan: the flow with the levers of {1}."),
							bpr_levers_source(subject->applied[i].levers), NULL, NULL, NULL));
	table = bpr_i_doc_table(doc);
	bpr_i_doc_column(doc, table, N_("No."), false, 3);
	bpr_i_doc_column(doc, table, N_("Lever"), false, 16);
	bpr_i_doc_column(doc, table, N_("What is done"), false, 20);
	for (size_t i = 0; i < subject->applied_count; i++)
		lever_rows(doc, table, &subject->applied[i]);
}

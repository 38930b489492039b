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

static const char *label_of(const struct bpr_document *doc, const struct bpr_lever_action *action)
{
	return bpr_i_doc_text(doc, bpr_lever_kind_get(action->kind)->label);
}

/* The kinds, each once. */
static const char *kinds_of(struct bpr_document *doc, const struct bpr_lever *lever)
{
	const char *labels[BPR_LEVER_KIND_COUNT];
	bool taken[BPR_LEVER_KIND_COUNT] = { false };
	size_t count = 0;

	for (size_t i = 0; i < lever->action_count; i++) {
		if (!taken[lever->actions[i].kind])
			labels[count++] = label_of(doc, &lever->actions[i]);
		taken[lever->actions[i].kind] = true;
	}
	return bpr_i_say_list(doc, labels, count);
}

/* All actions as they are written. */
static const char *actions_of(struct bpr_document *doc, const struct bpr_lever *lever)
{
	struct bpr_buf text = BPR_BUF_INIT;

	for (size_t i = 0; i < lever->action_count; i++) {
		const struct bpr_lever_action *a = &lever->actions[i];

		bpr_i_buf_puts(&text, i ? " / " : "");
		bpr_i_buf_puts(&text, label_of(doc, a));
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

static void lever_rows(struct bpr_document *doc, struct bpr_doc_table *table, const struct bpr_applied *applied, bool full)
{
	for (size_t i = 0; i < bpr_levers_count(applied->levers); i++) {
		const struct bpr_lever *lever = bpr_levers_get(applied->levers, i);
		struct bpr_doc_cell *row = applied->done[i] ? bpr_i_doc_row(doc, table) : NULL;

		if (!row)
			continue;
		row[0] = bpr_i_cell_text(lever->id);
		row[1] = bpr_i_cell_text(name_of(doc, lever));
		row[2] = bpr_i_cell_text(full || lever->action_count == 1 ? actions_of(doc, lever) : kinds_of(doc, lever));
	}
}

void bpr_i_study_levers(struct bpr_document *doc, const struct bpr_subject *subject, bool full)
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
		lever_rows(doc, table, &subject->applied[i], full);
}

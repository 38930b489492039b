/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waiting by formula, before and after: pool by pool. What is simulated says it better, and then this is silent. */
#include "config.h"
#include "study/study_i.h"
#include "base/text_i.h"
#include <string.h>

/* The pool of that name, or NULL; its index is its place in the results too. */
static const struct bpr_queue_pool *find(const bpr_flow *flow, const bpr_queueing *queueing, const char *name)
{
	for (size_t p = 0; p < bpr_flow_pool_count(flow); p++)
		if (!strcmp(bpr_flow_pool(flow, p)->name, name))
			return bpr_queueing_pools(queueing)[p].known ? &bpr_queueing_pools(queueing)[p] : NULL;
	return NULL;
}

static void side(struct bpr_document *doc, struct bpr_doc_cell *row, const struct bpr_queue_pool *r)
{
	if (!r)
		return;
	row[0] = bpr_i_cell_number(BPR_DOC_PROB, r->utilisation);
	if (r->stable)
		row[2] = bpr_i_cell_number(BPR_DOC_MINUTES, r->wait);
	else
		row[2] = bpr_i_cell_text(bpr_i_doc_text(doc, N_("grows")));
	row[2].tone = r->stable ? BPR_DOC_PLAIN : BPR_DOC_WORSE;
}

static void pool_row(struct bpr_document *doc, struct bpr_doc_table *table, const struct bpr_subject *s, const char *name)
{
	const struct bpr_queue_pool *before = find(s->flow, s->queueing, name), *after = find(s->after_flow, s->after_queueing, name);
	struct bpr_doc_cell *row = before || after ? bpr_i_doc_row(doc, table) : NULL;

	if (!row)
		return;
	row[0] = bpr_i_cell_text(name);
	side(doc, row + 1, before);
	side(doc, row + 2, after);
}

static const char *said(struct bpr_document *doc, const bpr_queueing *q)
{
	enum bpr_queue_method method;
	double wait = bpr_queueing_wait(q, &method);

	return method == BPR_QUEUE_NONE ? bpr_i_doc_text(doc, N_("without end")) : bpr_i_say_minutes(doc, wait);
}

void bpr_i_study_queue_pair(struct bpr_document *doc, const struct bpr_subject *s)
{
	struct bpr_doc_table *table;
	size_t count = bpr_flow_pool_count(s->flow), after = s->after_flow ? bpr_flow_pool_count(s->after_flow) : 0;

	if (s->simulation || !s->queueing || !s->after_queueing || !bpr_queueing_known(s->queueing) || !bpr_queueing_known(s->after_queueing))
		return;
	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("Where cases wait")));
	bpr_i_doc_paragraph(doc, bpr_i_doc_fill(doc, N_("Waiting in queues, all steps of a case together, by formula: {1} before, {2} after."),
						said(doc, s->queueing), said(doc, s->after_queueing), NULL, NULL));
	table = bpr_i_doc_table(doc);
	bpr_i_doc_column(doc, table, N_("Pool"), false, 10);
	bpr_i_doc_column(doc, table, N_("Busy before"), true, 0);
	bpr_i_doc_column(doc, table, N_("Busy after"), true, 0);
	bpr_i_doc_column(doc, table, N_("Wait before"), true, 0);
	bpr_i_doc_column(doc, table, N_("Wait after"), true, 0);
	for (size_t p = 0; p < count && p < BPR_STUDY_STEP_ROWS; p++)
		pool_row(doc, table, s, bpr_flow_pool(s->flow, p)->name);
	for (size_t p = 0; p < after && p < BPR_STUDY_STEP_ROWS; p++)
		if (!find(s->flow, s->queueing, bpr_flow_pool(s->after_flow, p)->name))
			pool_row(doc, table, s, bpr_flow_pool(s->after_flow, p)->name);
	bpr_i_doc_note(doc, bpr_i_doc_text(doc, N_("Estimates by formula (bpr analyze says how far to trust them); compare --simulate tests the difference.")));
}

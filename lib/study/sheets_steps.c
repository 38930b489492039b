/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every step on a row of its own, asked for one by one: a flow may have hundreds of thousands. */
#include "config.h"
#include "study/sheets_i.h"
#include "base/text_i.h"
#include <string.h>

/* What the rows are made of; texts of a row live until the next. */
struct steps {
	const struct bpr_sheets *s;
	size_t *nodes;                       /* one flow: the steps */
	const struct bpr_step_pair *pairs;   /* two flows */
	struct bpr_document words;
};

static double mean_of(const struct bpr_dist *dist)
{
	return dist ? bpr_dist_mean(dist) : 0;
}

/* What is not there is left empty: a sheet of zeros tells nothing. */
static struct bpr_doc_cell some(enum bpr_doc_value value, double x)
{
	return x > 0 ? bpr_i_cell_number(value, x) : (struct bpr_doc_cell){ .value = BPR_DOC_EMPTY };
}

static struct bpr_doc_cell text(const char *s)
{
	return *s ? bpr_i_cell_text(s) : (struct bpr_doc_cell){ .value = BPR_DOC_EMPTY };
}

static const char *counter_name(const bpr_flow *flow, const struct bpr_node *n)
{
	return n->counter == BPR_NONE ? "" : bpr_flow_counter(flow, n->counter)->name;
}

static const char *actor_text(const struct bpr_sheets *s, enum bpr_actor actor)
{
	static const char *const names[] = { [BPR_ACTOR_STAFF] = N_("staff"), [BPR_ACTOR_CITIZEN] = N_("citizen"), [BPR_ACTOR_SYSTEM] = N_("system") };

	return bpr_i_doc_text(&s->doc, names[actor]);
}

/* ---- one flow ---- */

enum { ID, STEP, UNIT, COUNTER, ACTOR, TIMES, REACH, WORK, WAIT, QUEUE, ITEMS, SEALS, COPIES, COST, STEP_COLUMNS };

static double queue_of(const struct bpr_subject *subject, size_t node)
{
	if (subject->simulation && bpr_simulation_nodes(subject->simulation)[node].wait.known)
		return bpr_simulation_nodes(subject->simulation)[node].wait.mean;
	if (subject->queueing && bpr_queueing_known(subject->queueing) && bpr_queueing_nodes(subject->queueing)[node].known)
		return bpr_queueing_nodes(subject->queueing)[node].wait;
	return 0;
}

static void fill_step(void *context, size_t row, struct bpr_doc_cell *cells)
{
	const struct steps *t = context;
	const struct bpr_subject *subject = t->s->subject;
	const bpr_flow *flow = subject->flow;
	size_t node = t->nodes[row];
	const struct bpr_node *n = bpr_flow_node(flow, node);

	cells[ID] = text(n->id);
	cells[STEP] = text(n->name);
	cells[UNIT] = text(bpr_i_name_unit(flow, n->unit));
	cells[COUNTER] = text(counter_name(flow, n));
	cells[ACTOR] = text(actor_text(t->s, n->actor));
	if (subject->analysis) {
		const struct bpr_node_result *result = &bpr_analysis_nodes(subject->analysis)[node];

		cells[TIMES] = bpr_i_cell_number(BPR_DOC_COUNT, result->visits);
		cells[REACH] = bpr_i_cell_number(BPR_DOC_PROB, result->reach);
	} else if (subject->simulation && bpr_simulation_nodes(subject->simulation)[node].visits.known) {
		cells[TIMES] = bpr_i_cell_number(BPR_DOC_COUNT, bpr_simulation_nodes(subject->simulation)[node].visits.mean);
	}
	cells[WORK] = some(BPR_DOC_MINUTES, mean_of(n->work));
	cells[WAIT] = some(BPR_DOC_MINUTES, mean_of(n->wait));
	cells[QUEUE] = some(BPR_DOC_MINUTES, queue_of(subject, node));
	cells[ITEMS] = some(BPR_DOC_COUNT, bpr_i_items_written(flow, n));
	cells[SEALS] = some(BPR_DOC_COUNT, n->seals);
	cells[COPIES] = some(BPR_DOC_COUNT, n->copies);
	cells[COST] = some(BPR_DOC_YEN, n->cost);
}

static void step_columns(struct bpr_sheets *s, struct bpr_sheet_column columns[STEP_COLUMNS])
{
	static const struct { const char *title, *unit; enum bpr_doc_value value; double width; } all[STEP_COLUMNS] = {
		[ID] = { N_("ID"), NULL, BPR_DOC_TEXT, 12 }, [STEP] = { N_("Step"), NULL, BPR_DOC_TEXT, 32 },
		[UNIT] = { N_("Unit"), NULL, BPR_DOC_TEXT, 16 }, [COUNTER] = { N_("Counter"), NULL, BPR_DOC_TEXT, 16 },
		[ACTOR] = { N_("Done by"), NULL, BPR_DOC_TEXT, 10 }, [TIMES] = { N_("Times per case"), N_("times"), BPR_DOC_COUNT, 10 },
		[REACH] = { N_("Cases that pass"), NULL, BPR_DOC_PROB, 11 }, [WORK] = { N_("Work"), N_("minutes"), BPR_DOC_MINUTES, 10 },
		[WAIT] = { N_("Wait"), N_("minutes"), BPR_DOC_MINUTES, 10 }, [QUEUE] = { N_("Queue"), N_("minutes"), BPR_DOC_MINUTES, 10 },
		[ITEMS] = { N_("Items written"), N_("items"), BPR_DOC_COUNT, 10 }, [SEALS] = { N_("Seals"), NULL, BPR_DOC_COUNT, 8 },
		[COPIES] = { N_("Items copied"), N_("items"), BPR_DOC_COUNT, 10 }, [COST] = { N_("Cost"), N_("yen"), BPR_DOC_YEN, 10 },
	};

	for (size_t i = 0; i < STEP_COLUMNS; i++)
		columns[i] = (struct bpr_sheet_column){ .title = all[i].unit ? bpr_i_sheet_title(s, all[i].title, all[i].unit)
									     : bpr_i_doc_text(&s->doc, all[i].title),
							.value = all[i].value, .width = all[i].width };
}

static void one_flow(struct bpr_sheets *s)
{
	const bpr_flow *flow = s->subject->flow;
	struct steps *t = bpr_i_sheet_memory(s, 1, sizeof(*t));
	size_t *nodes = bpr_i_sheet_memory(s, bpr_flow_node_count(flow), sizeof(*nodes));
	struct bpr_sheet_column columns[STEP_COLUMNS];
	struct bpr_sheet_rows rows = { .columns = columns, .column_count = STEP_COLUMNS, .fill = fill_step, .context = t, .freeze = 2, .main = true };

	if (!t || !nodes)
		return;
	*t = (struct steps){ .s = s, .nodes = nodes };
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++)
		if (bpr_node_is_step(bpr_flow_node(flow, i)))
			nodes[rows.row_count++] = i;
	step_columns(s, columns);
	bpr_i_sheet_heading(s, BPR_SHEET_STEPS, N_("The steps"));
	bpr_i_sheet_list(s, BPR_SHEET_STEPS, &rows, NULL);
}

/* ---- before and after ---- */

enum { P_CHANGE, P_STEP, P_PLACE, P_WHAT, P_TIMES, P_TIMES_AFTER, P_WORK, P_WORK_AFTER, P_WAIT, P_WAIT_AFTER, P_ITEMS, P_ITEMS_AFTER,
       PAIR_COLUMNS };

/* Name and place are those after, where the step is still there. */
static void side_cells(const bpr_flow *flow, const bpr_analysis *analysis, size_t node, struct bpr_doc_cell *cells, size_t offset)
{
	const struct bpr_node *n;

	if (node == BPR_NONE)
		return;
	n = bpr_flow_node(flow, node);
	cells[P_STEP] = text(bpr_i_name_node(flow, node));
	cells[P_PLACE] = text(bpr_i_name_place(flow, node));
	cells[P_TIMES + offset] = bpr_i_cell_number(BPR_DOC_COUNT, bpr_analysis_nodes(analysis)[node].visits);
	cells[P_WORK + offset] = some(BPR_DOC_MINUTES, mean_of(n->work));
	cells[P_WAIT + offset] = some(BPR_DOC_MINUTES, mean_of(n->wait));
	cells[P_ITEMS + offset] = some(BPR_DOC_COUNT, bpr_i_items_written(flow, n));
}

static void fill_pair(void *context, size_t row, struct bpr_doc_cell *cells)
{
	static const char *const changes[] = { [BPR_STEP_SAME] = N_("as before"), [BPR_STEP_REMOVED] = N_("goes"), [BPR_STEP_ADDED] = N_("new"),
					       [BPR_STEP_CHANGED] = N_("changes") };
	struct steps *t = context;
	const struct bpr_subject *subject = t->s->subject;
	const struct bpr_step_pair *pair = &t->pairs[row];

	side_cells(subject->flow, subject->analysis, pair->before, cells, 0);
	side_cells(subject->after_flow, subject->after_analysis, pair->after, cells, 1);
	cells[P_CHANGE] = text(bpr_i_doc_text(&t->s->doc, changes[pair->change]));
	cells[P_CHANGE].tone = pair->change == BPR_STEP_SAME ? BPR_DOC_FAINT : BPR_DOC_STRONG;
	if (pair->change == BPR_STEP_REMOVED)
		cells[P_STEP].tone = cells[P_PLACE].tone = BPR_DOC_FAINT;
	if (pair->change != BPR_STEP_CHANGED)
		return;
	bpr_i_doc_release(&t->words);
	t->words.lang = t->s->doc.lang;
	cells[P_WHAT] = text(bpr_i_say_differences(&t->words, subject, pair));
}

static void pair_columns(struct bpr_sheets *s, struct bpr_sheet_column columns[PAIR_COLUMNS])
{
	static const struct { const char *title; enum bpr_doc_value value; double width; } all[PAIR_COLUMNS] = {
		[P_CHANGE] = { N_("Change"), BPR_DOC_TEXT, 10 }, [P_STEP] = { N_("Step"), BPR_DOC_TEXT, 30 },
		[P_PLACE] = { N_("Counter or unit"), BPR_DOC_TEXT, 14 }, [P_WHAT] = { N_("What changes"), BPR_DOC_TEXT, 34 },
		[P_TIMES] = { N_("Times a case, before"), BPR_DOC_COUNT, 9 }, [P_TIMES_AFTER] = { N_("Times a case, after"), BPR_DOC_COUNT, 9 },
		[P_WORK] = { N_("Work before (minutes)"), BPR_DOC_MINUTES, 9 }, [P_WORK_AFTER] = { N_("Work after (minutes)"), BPR_DOC_MINUTES, 9 },
		[P_WAIT] = { N_("Wait before (minutes)"), BPR_DOC_MINUTES, 9 }, [P_WAIT_AFTER] = { N_("Wait after (minutes)"), BPR_DOC_MINUTES, 9 },
		[P_ITEMS] = { N_("Items written before"), BPR_DOC_COUNT, 9 }, [P_ITEMS_AFTER] = { N_("Items written after"), BPR_DOC_COUNT, 9 },
	};

	for (size_t i = 0; i < PAIR_COLUMNS; i++)
		columns[i] = (struct bpr_sheet_column){ .title = bpr_i_doc_text(&s->doc, all[i].title), .value = all[i].value, .width = all[i].width };
}

static void two_flows(struct bpr_sheets *s)
{
	struct steps *t = bpr_i_sheet_memory(s, 1, sizeof(*t));
	struct bpr_sheet_column columns[PAIR_COLUMNS];
	struct bpr_sheet_rows rows = { .columns = columns, .column_count = PAIR_COLUMNS, .fill = fill_pair, .context = t, .freeze = 2, .main = true };

	if (!t)
		return;
	*t = (struct steps){ .s = s };
	t->pairs = bpr_comparison_steps(s->subject->comparison, &rows.row_count);
	pair_columns(s, columns);
	bpr_i_sheet_heading(s, BPR_SHEET_STEPS, N_("Steps before and after"));
	bpr_i_sheet_list(s, BPR_SHEET_STEPS, &rows, NULL);
	s->last_words = &t->words;
}

void bpr_i_sheets_steps(struct bpr_sheets *s)
{
	if (s->kind == BPR_REPORT_COMPARISON)
		two_flows(s);
	else if (s->kind != BPR_REPORT_CHECK)
		one_flow(s);
}

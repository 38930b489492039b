/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to ask and to hand out, where a case gets stuck, and cases to practise with: from the branches of the flows. */
#include "config.h"
#include "study/clerk_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

enum { ASKED = 8, STUCK = 6, CASES = 5 };

/* ---- what to ask, what to hand out ---- */

/* A branch that does not only lead back, and says what it is about. */
static bool is_question(const struct bpr_clerk *c, const struct bpr_node *n)
{
	size_t onward = 0;

	if (n->split == BPR_SPLIT_AND || n->out_count < 2 || !*n->name || n->kind == BPR_NODE_TASK)
		return false;
	for (size_t i = 0; i < n->out_count; i++)
		onward += !bpr_i_leads_back(&c->order, bpr_flow_arc(c->flow, n->first_out + i));
	return onward > 1;
}

static void add_unique(struct bpr_lines *lines, const char *text)
{
	for (size_t i = 0; i < lines->count; i++)
		if (!strcmp(lines->items[i], text))
			return;
	bpr_i_line(lines, text);
}

static void find_asked(const struct bpr_clerk *c, struct bpr_lines *asked, struct bpr_lines *given)
{
	for (size_t i = 0; i < c->order.count; i++) {
		const struct bpr_node *n = bpr_flow_node(c->flow, c->order.nodes[i]);

		if (is_question(c, n) && asked->count < ASKED)
			add_unique(asked, n->name);
		for (size_t k = 0; k < n->issue_count && given->count < ASKED; k++)
			add_unique(given, bpr_i_form_name(c->flow, n->issues[k]));
	}
}

static void numbered(struct bpr_clerk *c, const char *title, const struct bpr_lines *lines)
{
	struct bpr_doc_table *table = bpr_i_doc_table(c->doc);

	bpr_i_doc_column(c->doc, table, N_("No."), true, 0);
	bpr_i_doc_column(c->doc, table, title, false, 16);
	for (size_t i = 0; i < lines->count; i++) {
		struct bpr_doc_cell *row = bpr_i_doc_row(c->doc, table);

		if (!row)
			return;
		row[0] = bpr_i_cell_number(BPR_DOC_COUNT, (double)(i + 1));
		row[1] = bpr_i_cell_text(lines->items[i]);
	}
}

static void asked_and_given(struct bpr_clerk *c)
{
	struct bpr_lines asked = { .count = 0 }, given = { .count = 0 };

	find_asked(c, &asked, &given);
	if (asked.count) {
		bpr_i_doc_heading(c->doc, 2, bpr_i_say_plural(c->doc, (double)asked.count, N_("One thing to find out"), N_("{1} things to find out")));
		numbered(c, N_("To find out"), &asked);
	} else {
		bpr_i_doc_heading(c->doc, 2, bpr_i_doc_text(c->doc, N_("What to find out")));
		bpr_i_doc_paragraph(c->doc, bpr_i_doc_text(c->doc, N_("The after has no named branch from which cases go on in different ways, so nothing is said here of what to ask. Name such branches as questions, and they stand here.")));
	}
	if (given.count)
		bpr_i_doc_paragraph(c->doc, bpr_i_doc_fill(c->doc, N_("To hand out: {1}."), bpr_i_say_list(c->doc, given.items, given.count), NULL, NULL, NULL));
}

/* ---- when stuck ---- */

struct stuck { const char *when, *then; double share; };

static void stuck_rows(struct bpr_clerk *c, const struct stuck rows[], size_t count)
{
	struct bpr_doc_table *table;

	bpr_i_doc_heading(c->doc, 2, bpr_i_doc_text(c->doc, N_("When stuck")));
	if (!count) {
		bpr_i_doc_paragraph(c->doc, bpr_i_doc_text(c->doc, N_("The after has no branch that leads back or ends without result. Agree on whom to call, and write it here.")));
		return;
	}
	table = bpr_i_doc_table(c->doc);
	bpr_i_doc_column(c->doc, table, N_("If"), false, 12);
	bpr_i_doc_column(c->doc, table, N_("Then"), false, 12);
	bpr_i_doc_column(c->doc, table, N_("How often"), true, 0);
	for (size_t i = 0; i < count; i++) {
		struct bpr_doc_cell *row = bpr_i_doc_row(c->doc, table);

		if (!row)
			return;
		row[0] = bpr_i_cell_text(rows[i].when);
		row[1] = bpr_i_cell_text(rows[i].then);
		row[2] = bpr_i_cell_text(bpr_i_say_share(c->doc, rows[i].share));
	}
}

/* A branch that leads back: what it is called, and where one begins again. */
static bool back_row(struct bpr_clerk *c, const struct bpr_node *n, const struct bpr_arc *arc, struct stuck *out)
{
	size_t step = bpr_i_first_step(c->flow, arc->to);

	if (!bpr_i_leads_back(&c->order, arc) || n->split == BPR_SPLIT_AND || n->out_count < 2 || !(arc->prob > 0))
		return false;
	out->when = bpr_i_say_arc(c->doc, arc);
	if (!*out->when)
		out->when = *n->name ? n->name : bpr_i_doc_text(c->doc, N_("something is wrong"));
	out->then = step == BPR_NONE ? bpr_i_doc_text(c->doc, N_("it is done again"))
				     : bpr_i_doc_fill(c->doc, N_("go back to '{1}'"), bpr_i_name_node(c->flow, step), NULL, NULL, NULL);
	out->share = arc->prob;
	return true;
}

static bool end_row(struct bpr_clerk *c, size_t node, struct stuck *out)
{
	const struct bpr_node *n = bpr_flow_node(c->flow, node);
	double reach = bpr_analysis_nodes(c->analysis)[node].reach;

	if (n->kind != BPR_NODE_END || n->outcome == BPR_OUTCOME_DONE || !(reach > 0))
		return false;
	out->when = bpr_i_name_node(c->flow, node);
	out->then = bpr_i_doc_text(c->doc, n->outcome == BPR_OUTCOME_REJECTED ? N_("the case ends, rejected") : N_("the case ends with something missed"));
	out->share = reach;
	return true;
}

static void stuck(struct bpr_clerk *c)
{
	struct stuck rows[STUCK];
	size_t count = 0;

	for (size_t i = 0; i < c->order.count && count < STUCK; i++) {
		const struct bpr_node *n = bpr_flow_node(c->flow, c->order.nodes[i]);

		for (size_t k = 0; k < n->out_count && count < STUCK; k++)
			count += back_row(c, n, bpr_flow_arc(c->flow, n->first_out + k), &rows[count]);
		if (count < STUCK)
			count += end_row(c, c->order.nodes[i], &rows[count]);
	}
	stuck_rows(c, rows, count);
}

void bpr_i_clerk_asks(struct bpr_clerk *c)
{
	bpr_i_doc_columns(c->doc, true);
	asked_and_given(c);
	stuck(c);
	bpr_i_doc_columns(c->doc, false);
}

/* ---- practice ---- */

static const char *case_name(struct bpr_clerk *c, const struct bpr_way *way)
{
	if (way->choice_count)
		return bpr_i_say_list(c->doc, way->choices, way->choice_count);
	return bpr_i_doc_text(c->doc, N_("the ordinary case"));
}

/* Cases differ by the branches that they take: those of the after, or of the before where that tells more cases apart. */
static size_t find_ways(struct bpr_clerk *c, struct bpr_way ways[CASES], bool *of_before)
{
	struct bpr_way others[CASES];
	struct bpr_order order;
	size_t count = bpr_i_ways(c->doc, c->flow, &c->order, ways, CASES), other;

	*of_before = false;
	if (c->doc->failed || !bpr_i_order(&c->doc->arena, c->h.s->flow, c->h.s->analysis, &order)) {
		c->doc->failed = true;
		return 0;
	}
	other = count < CASES ? bpr_i_ways(c->doc, c->h.s->flow, &order, others, CASES) : 0;
	if (other <= count)
		return count;
	memcpy(ways, others, other * sizeof(*ways));
	*of_before = true;
	return other;
}

void bpr_i_clerk_practice(struct bpr_clerk *c)
{
	static const char *const titles[] = { N_("Case"), N_("How often"), N_("Missed"), N_("Minutes"), N_("Noticed") };
	struct bpr_way ways[CASES];
	struct bpr_doc_table *table;
	bool of_before;
	size_t count = find_ways(c, ways, &of_before);

	if (!count)
		return;
	bpr_i_doc_heading_aside(c->doc, bpr_i_say_plural(c->doc, (double)count, N_("Let us practise with one case"), N_("Let us practise with {1} cases")),
				bpr_i_doc_text(c->doc, N_("in pairs; one is the citizen. Fill in what you see")));
	table = bpr_i_doc_table(c->doc);
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		bpr_i_doc_column(c->doc, table, titles[i], i > 0 && i < 4, i ? 0 : 16);
	for (size_t i = 0; i < count; i++) {
		const char *name = case_name(c, &ways[i]);
		struct bpr_doc_cell *row = bpr_i_doc_row(c->doc, table);

		if (!row)
			return;
		row[0] = bpr_i_cell_text(name);
		row[1] = bpr_i_cell_text(bpr_i_say_share(c->doc, ways[i].share));
		for (size_t k = 2; k < 5; k++)
			row[k] = bpr_i_cell_text("____");
	}
	bpr_i_doc_note(c->doc, bpr_i_doc_text(c->doc, of_before ? N_("The cases are the likeliest ways through the flow as it is before; shares leave out what is done again.")
								: N_("The cases are the likeliest ways through the flow as it will be; shares leave out what is done again.")));
}

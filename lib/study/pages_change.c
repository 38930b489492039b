/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changes in the work of the staff and what does not: by kind of work, then step by step. */
#include "config.h"
#include "study/clerk_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

enum { STEP_ROWS = 5, UNIT_NAMES = 4, SAME_NAMES = 6 };

/* A kind of work that steps have or have not. */
static bool checks_identity(const struct bpr_node *n) { return n->id_checks > 0; }
static bool has_seals(const struct bpr_node *n) { return n->seals > 0; }
static bool has_copies(const struct bpr_node *n) { return n->copies > 0; }
static bool has_forms(const struct bpr_node *n) { return n->write_count > 0; }
static bool has_work(const struct bpr_node *n) { return n->work && n->actor == BPR_ACTOR_STAFF; }
static bool is_counter(const struct bpr_node *n) { return n->counter != BPR_NONE; }

struct units { const char *names[UNIT_NAMES + 1]; size_t count; bool more; };

static void add_unit(struct units *units, const char *name)
{
	if (!*name)
		return;
	for (size_t i = 0; i < units->count; i++)
		if (!strcmp(units->names[i], name))
			return;
	if (units->count < UNIT_NAMES)
		units->names[units->count++] = name;
	else
		units->more = true; /* each is met again and again: only that there are more is said */
}

/* Units in whose steps there is that kind of work, before or after. */
static const char *whose(const struct bpr_clerk *c, bool (*has)(const struct bpr_node *))
{
	const bpr_flow *flows[2] = { c->h.s->flow, c->flow };
	const bpr_analysis *analyses[2] = { c->h.s->analysis, c->analysis };
	struct units units = { .count = 0 };

	for (size_t side = 0; side < 2; side++)
		for (size_t i = 0; i < bpr_flow_node_count(flows[side]); i++) {
			const struct bpr_node *n = bpr_flow_node(flows[side], i);

			if (bpr_analysis_nodes(analyses[side])[i].reach > 0 && has(n))
				add_unit(&units, bpr_i_name_unit(flows[side], n->unit));
		}
	if (units.more)
		units.names[units.count++] = bpr_i_doc_text(c->doc, N_("others"));
	return bpr_i_say_list(c->doc, units.names, units.count);
}

/* The table begins with its first row. */
static void row(struct bpr_clerk *c, struct bpr_doc_table **table, const char *what, const char *before, const char *after, const char *who)
{
	struct bpr_doc_cell *cells;

	if (!*table) {
		*table = bpr_i_doc_table(c->doc);
		bpr_i_doc_column(c->doc, *table, N_("Kind of work"), false, 12);
		bpr_i_doc_column(c->doc, *table, N_("Before"), false, 8);
		bpr_i_doc_column(c->doc, *table, N_("After"), false, 8);
		bpr_i_doc_column(c->doc, *table, N_("Whose work it is"), false, 12);
	}
	cells = bpr_i_doc_row(c->doc, *table);
	if (!cells)
		return;
	cells[0] = bpr_i_cell_text(what);
	cells[1] = bpr_i_cell_text(before);
	cells[2] = bpr_i_cell_text(after);
	cells[3] = bpr_i_cell_text(who && *who ? who : bpr_i_doc_text(c->doc, N_("not said")));
}

static void kinds_of_work(struct bpr_clerk *c, struct bpr_doc_table **table)
{
	static const struct { enum bpr_measure_kind kind; bool (*has)(const struct bpr_node *); } kinds[] = {
		{ BPR_MEASURE_VISITS, is_counter }, { BPR_MEASURE_FORMS, has_forms }, { BPR_MEASURE_ID_CHECKS, checks_identity },
		{ BPR_MEASURE_COPIES, has_copies }, { BPR_MEASURE_SEALS, has_seals }, { BPR_MEASURE_WORK, has_work },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		const struct bpr_measure *m = bpr_i_handout_find(&c->h, kinds[i].kind);

		if (!m || (kinds[i].kind == BPR_MEASURE_WORK && c->h.untimed))
			continue;
		row(c, table, m->label, bpr_i_measure_said(c->doc, m, false),
		    m->better ? bpr_i_measure_said(c->doc, m, true) : bpr_i_doc_text(c->doc, N_("as before")), whose(c, kinds[i].has));
	}
}

/* How a step is done: where, and how long it takes. */
static const char *how(const struct bpr_clerk *c, const bpr_flow *flow, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(flow, node);
	const char *place = bpr_i_name_place(flow, node);
	const char *minutes = n->work ? bpr_i_say_minutes(c->doc, bpr_dist_mean(n->work)) : "";

	if (*place && *minutes)
		return bpr_i_doc_fill(c->doc, N_("{1}, {2} each time"), place, minutes, NULL, NULL);
	return *place ? place : minutes;
}

static bool is_staff(const bpr_flow *flow, size_t node)
{
	return node != BPR_NONE && bpr_flow_node(flow, node)->actor == BPR_ACTOR_STAFF;
}

/* Steps that are in both and differ in what their reader does. */
static void changed_steps(struct bpr_clerk *c, struct bpr_doc_table **table)
{
	const unsigned seen = BPR_DIFFERS_UNIT | BPR_DIFFERS_COUNTER | BPR_DIFFERS_ACTOR | BPR_DIFFERS_WORK;
	size_t count, said = 0;
	const struct bpr_step_pair *pairs = bpr_comparison_steps(c->h.comparison, &count);

	for (size_t i = 0; i < count && said < STEP_ROWS; i++) {
		const char *before, *after;

		if (pairs[i].change != BPR_STEP_CHANGED || !(pairs[i].differs & seen) ||
		    !(is_staff(c->h.s->flow, pairs[i].before) || is_staff(c->flow, pairs[i].after)))
			continue;
		before = how(c, c->h.s->flow, pairs[i].before);
		after = how(c, c->flow, pairs[i].after);
		if (!strcmp(before, after))
			continue;
		row(c, table, bpr_i_name_node(c->flow, pairs[i].after), before, after,
		    bpr_i_name_unit(c->flow, bpr_flow_node(c->flow, pairs[i].after)->unit));
		said++;
	}
}

/* Of one side only, by staff. */
static void list_steps(struct bpr_clerk *c, enum bpr_step_change change, const char *id)
{
	const char *names[SAME_NAMES];
	size_t count, found = 0;
	const struct bpr_step_pair *pairs = bpr_comparison_steps(c->h.comparison, &count);

	for (size_t i = 0; i < count; i++) {
		const bpr_flow *flow = change == BPR_STEP_REMOVED ? c->h.s->flow : c->flow;
		size_t node = change == BPR_STEP_REMOVED ? pairs[i].before : pairs[i].after;

		if (pairs[i].change != change || !is_staff(flow, node))
			continue;
		if (found < SAME_NAMES)
			names[found] = bpr_i_name_node(flow, node);
		found++;
	}
	if (found)
		bpr_i_doc_paragraph(c->doc, bpr_i_doc_fill(c->doc, id, bpr_i_say_names(c->doc, names, found, SAME_NAMES), NULL, NULL, NULL));
}

void bpr_i_clerk_changes(struct bpr_clerk *c)
{
	struct bpr_doc_table *table = NULL;

	bpr_i_doc_heading(c->doc, 2, bpr_i_doc_text(c->doc, N_("What changes, what does not")));
	kinds_of_work(c, &table);
	changed_steps(c, &table);
	list_steps(c, BPR_STEP_REMOVED, N_("No longer done by staff: {1}."));
	list_steps(c, BPR_STEP_ADDED, N_("New for staff: {1}."));
	list_steps(c, BPR_STEP_SAME, N_("Stays as it is: {1}."));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables behind the study of one flow: counters, writing, handoffs, rework, rules, staff, steps, distributions. */
#include "config.h"
#include "study/analysis_i.h"
#include "base/text_i.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Indices of the largest values first; equal ones in their order. */
struct ranked { double value; size_t index; };

static int by_value(const void *a, const void *b)
{
	const struct ranked *x = a;
	const struct ranked *y = b;

	if (x->value < y->value || x->value > y->value)
		return x->value < y->value ? 1 : -1;
	return x->index < y->index ? -1 : x->index > y->index;
}

static struct ranked *ranking(const struct study *s, size_t count)
{
	struct ranked *r = s->doc->failed ? NULL : bpr_i_arena_alloc(&s->doc->arena, count, sizeof(*r));

	if (!r)
		s->doc->failed = true;
	return r;
}

/* Adds what is not zero. */
static void rank_add(struct ranked r[], size_t *count, double value, size_t index)
{
	if (value > 1e-12)
		r[(*count)++] = (struct ranked){ value, index };
}

/* Rows to show of so many. */
static size_t shown(const struct study *s, size_t count, size_t most)
{
	return s->options->full || count <= most ? count : most;
}

/* "本庁舎 2階": a floor that is only a number gets its word. */
static const char *floor_text(const struct study *s, const struct bpr_counter *c)
{
	bool number = *c->floor && !c->floor[strspn(c->floor, "0123456789")];
	const char *floor = number ? bpr_i_doc_fill(s->doc, N_("floor {1}"), c->floor, NULL, NULL, NULL) : c->floor;

	if (!*c->building || !*floor)
		return *floor ? floor : c->building;
	return bpr_i_doc_fill(s->doc, N_("{1}, {2}"), c->building, floor, NULL, NULL);
}

void bpr_i_study_counters(const struct study *s)
{
	size_t count = bpr_flow_counter_count(s->flow);
	const struct bpr_counter_result *result = bpr_analysis_counters(s->analysis);
	struct bpr_doc_table *table;
	bool places = false;

	if (!count)
		return;
	for (size_t i = 0; i < count; i++)
		places = places || *floor_text(s, bpr_flow_counter(s->flow, i));
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("Counters")));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Counter"), false, 12);
	if (places)
		bpr_i_doc_column(s->doc, table, N_("Building"), false, 8);
	bpr_i_doc_column(s->doc, table, N_("Visits per case"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Cases that go there"), true, 0);
	for (size_t i = 0; i < shown(s, count, BPR_STUDY_STEP_ROWS); i++) {
		const struct bpr_counter *counter = bpr_flow_counter(s->flow, i);
		const char *place = floor_text(s, counter);
		struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);
		size_t c = 0;

		if (!row)
			return;
		row[c++] = bpr_i_cell_text(counter->name);
		if (places)
			row[c++] = bpr_i_cell_text(place);
		row[c++] = bpr_i_cell_times(s->doc, result[i].visits);
		row[c] = bpr_i_cell_number(BPR_DOC_PROB, result[i].reach);
	}
	bpr_i_study_more(s->doc, count - shown(s, count, BPR_STUDY_STEP_ROWS));
}

/* ---- writing ---- */

static void groups(const struct study *s)
{
	size_t count;
	const struct bpr_group_result *result = bpr_analysis_groups(s->analysis, &count);
	struct bpr_doc_table *table;
	size_t left = 0;
	struct ranked *r = ranking(s, count);

	for (size_t i = 0; r && i < count; i++)
		rank_add(r, &left, result[i].written, i);
	if (!left)
		return;
	qsort(r, left, sizeof(*r), by_value);
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Item group"), false, 12);
	bpr_i_doc_column(s->doc, table, N_("Written per case"), true, 0);
	if (s->cases > 0)
		bpr_i_doc_column(s->doc, table, N_("Per year"), true, 0);
	for (size_t i = 0; i < shown(s, left, BPR_STUDY_ROWS); i++) {
		const struct bpr_group_result *g = &result[r[i].index];
		struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);

		if (!row)
			return;
		row[0] = bpr_i_cell_text(g->name);
		row[1] = bpr_i_cell_times(s->doc, g->written);
		if (s->cases > 0) {
			row[2] = bpr_i_cell_times(s->doc, g->written * s->cases);
			row[2].year = true;
		}
	}
	bpr_i_study_more(s->doc, left - shown(s, left, BPR_STUDY_ROWS));
}

static void fields(const struct study *s)
{
	size_t count = bpr_flow_field_count(s->flow);
	const struct bpr_field_result *result = bpr_analysis_fields(s->analysis);
	struct bpr_doc_table *table;
	size_t left = 0;
	struct ranked *r = ranking(s, count);

	for (size_t i = 0; r && i < count; i++)
		rank_add(r, &left, result[i].written, i);
	if (!left)
		return;
	qsort(r, left, sizeof(*r), by_value);
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Item"), false, 12);
	bpr_i_doc_column(s->doc, table, N_("Group"), false, 8);
	bpr_i_doc_column(s->doc, table, N_("Written per case"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("of these, again"), true, 0);
	for (size_t i = 0; i < shown(s, left, BPR_STUDY_ROWS); i++) {
		const struct bpr_field *field = bpr_flow_field(s->flow, r[i].index);
		struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);

		if (!row)
			return;
		row[0] = bpr_i_cell_text(field->name);
		row[1] = bpr_i_cell_text(field->group);
		row[2] = bpr_i_cell_times(s->doc, r[i].value);
		row[3] = bpr_i_cell_times(s->doc, result[r[i].index].repeated);
	}
	bpr_i_study_more(s->doc, left - shown(s, left, BPR_STUDY_ROWS));
}

static void forms(const struct study *s)
{
	size_t count = bpr_flow_form_count(s->flow);
	const struct bpr_form_result *result = bpr_analysis_forms(s->analysis);
	struct bpr_doc_table *table;
	size_t left = 0;
	struct ranked *r = ranking(s, count);

	for (size_t i = 0; r && i < count; i++)
		rank_add(r, &left, result[i].written, i);
	if (!left)
		return;
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Form"), false, 16);
	bpr_i_doc_column(s->doc, table, N_("Filled in per case"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Items written"), true, 0);
	for (size_t i = 0; i < shown(s, left, BPR_STUDY_ROWS); i++) {
		const struct bpr_form *form = bpr_flow_form(s->flow, r[i].index);
		struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);

		if (!row)
			return;
		row[0] = bpr_i_cell_text(*form->name ? form->name : form->id);
		row[1] = bpr_i_cell_metric(s->doc, BPR_METRIC_FORMS_WRITTEN, r[i].value);
		row[2] = bpr_i_cell_metric(s->doc, BPR_METRIC_FIELDS_WRITTEN, result[r[i].index].fields);
	}
	bpr_i_study_more(s->doc, left - shown(s, left, BPR_STUDY_ROWS));
}

void bpr_i_study_writing(const struct study *s)
{
	if (!(bpr_analysis_figure(s->analysis, BPR_METRIC_FIELDS_WRITTEN)->mean > 0))
		return;
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("What citizens write")));
	groups(s);
	fields(s);
	forms(s);
}

/* ---- handoffs, rework, rules ---- */

void bpr_i_study_handoffs(const struct study *s)
{
	size_t count;
	const struct bpr_handoff *list = bpr_analysis_handoffs(s->analysis, &count);
	struct bpr_doc_table *table;

	if (!count)
		return;
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("Handoffs from unit to unit")));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("From"), false, 10);
	bpr_i_doc_column(s->doc, table, N_("To"), false, 10);
	bpr_i_doc_column(s->doc, table, N_("Per case"), true, 0);
	for (size_t i = 0; i < shown(s, count, BPR_STUDY_ROWS); i++) {
		struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);

		if (!row)
			return;
		row[0] = bpr_i_cell_text(bpr_i_name_unit(s->flow, list[i].from));
		row[1] = bpr_i_cell_text(bpr_i_name_unit(s->flow, list[i].to));
		row[2] = bpr_i_cell_times(s->doc, list[i].count);
	}
	bpr_i_study_more(s->doc, count - shown(s, count, BPR_STUDY_ROWS));
}

void bpr_i_study_rework(const struct study *s)
{
	const struct bpr_node_result *result = bpr_analysis_nodes(s->analysis);
	size_t count = bpr_flow_node_count(s->flow);
	size_t left = 0;
	struct ranked *r;

	if (!(bpr_analysis_figure(s->analysis, BPR_METRIC_REVISITS)->mean > 1e-9))
		return;
	r = ranking(s, count);
	for (size_t i = 0; r && i < count; i++)
		if (bpr_node_is_step(bpr_flow_node(s->flow, i)) && result[i].visits - result[i].reach > 1e-9)
			rank_add(r, &left, result[i].visits - result[i].reach, i);
	if (!left)
		return;
	qsort(r, left, sizeof(*r), by_value);
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("Rework: steps done again")));
	for (size_t i = 0; i < shown(s, left, 5); i++)
		bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN,
			       bpr_i_doc_fill(s->doc, N_("'{1}': {2} more per case than the first time."), bpr_i_say_step(s->doc, s->flow, r[i].index),
					      bpr_i_say_metric(s->doc, BPR_METRIC_REVISITS, r[i].value, false), NULL, NULL));
	bpr_i_study_more(s->doc, left - shown(s, left, 5));
}

static bool is_listed(const char *const names[], size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

/* Steps that carry the rule, by name; a name that several have once. */
static const char *rule_steps(const struct study *s, size_t bit)
{
	enum { MOST = 4 };
	const char *names[MOST + 1];
	size_t others = 0;
	size_t listed = 0;

	for (size_t i = 0; i < bpr_flow_node_count(s->flow); i++) {
		const struct bpr_node *node = bpr_flow_node(s->flow, i);

		if (!bpr_node_is_step(node) || !(node->rules >> bit & 1u) || is_listed(names, listed, bpr_i_name_node(s->flow, i)))
			continue;
		if (listed < MOST)
			names[listed++] = bpr_i_name_node(s->flow, i);
		else
			others++;
	}
	if (others)
		names[listed++] = bpr_i_say_plural(s->doc, (double)others, N_("1 other"), N_("{1} others"));
	return bpr_i_say_list(s->doc, names, listed);
}

void bpr_i_study_rules(const struct study *s)
{
	const struct bpr_rule_result *result = bpr_analysis_rules(s->analysis);
	struct bpr_doc_table *table = NULL;

	for (size_t bit = 0; bit < BPR_RULE_COUNT; bit++) {
		const char *steps;
		struct bpr_doc_cell *row;

		if (!(result[bit].steps > 0))
			continue;
		if (!table) {
			bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("Analogue rules")));
			table = bpr_i_doc_table(s->doc);
			bpr_i_doc_column(s->doc, table, N_("Rule"), false, 8);
			bpr_i_doc_column(s->doc, table, N_("Steps per case"), true, 0);
			bpr_i_doc_column(s->doc, table, N_("Where"), false, 24);
		}
		steps = rule_steps(s, bit);
		row = bpr_i_doc_row(s->doc, table);
		if (!row)
			return;
		row[0] = bpr_i_cell_text(bpr_i_name_rule(s->doc, bit));
		row[1] = bpr_i_cell_times(s->doc, result[bit].steps);
		row[2] = bpr_i_cell_text(steps);
	}
}

/* ---- staff ---- */

void bpr_i_study_units(const struct study *s)
{
	size_t count = bpr_flow_unit_count(s->flow);
	const struct bpr_unit_result *result = bpr_analysis_units(s->analysis);
	struct bpr_doc_table *table;
	size_t left = 0;
	struct ranked *r = ranking(s, count);

	for (size_t i = 0; r && i < count; i++)
		rank_add(r, &left, result[i].work_minutes, i);
	if (!left)
		return;
	qsort(r, left, sizeof(*r), by_value);
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("Staff time by unit")));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Unit"), false, 12);
	bpr_i_doc_column(s->doc, table, N_("Per case"), true, 0);
	if (s->cases > 0)
		bpr_i_doc_column(s->doc, table, N_("Per year"), true, 0);
	for (size_t i = 0; i < shown(s, left, BPR_STUDY_ROWS); i++) {
		struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);

		if (!row)
			return;
		row[0] = bpr_i_cell_text(bpr_i_name_unit(s->flow, r[i].index));
		row[1] = bpr_i_cell_number(BPR_DOC_MINUTES, r[i].value);
		if (s->cases > 0) {
			row[2] = bpr_i_cell_number(BPR_DOC_MINUTES, r[i].value * s->cases);
			row[2].year = true;
		}
	}
	bpr_i_study_more(s->doc, left - shown(s, left, BPR_STUDY_ROWS));
}

void bpr_i_study_pools(const struct study *s)
{
	size_t count = bpr_flow_pool_count(s->flow);
	const struct bpr_pool_result *result = bpr_analysis_pools(s->analysis);
	struct bpr_doc_table *table;
	bool used = false, limited = false;

	/* What the table of waiting tells already is not told again. */
	if (!count || (s->queueing && bpr_queueing_known(s->queueing) && !s->options->full))
		return;
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("Staff pools")));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Pool"), false, 12);
	bpr_i_doc_column(s->doc, table, N_("People"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Staff time per case"), true, 0);
	for (size_t i = 0; i < count; i++) {
		used = used || result[i].utilisation_known;
		limited = limited || result[i].capacity_known;
	}
	if (used)
		bpr_i_doc_column(s->doc, table, N_("Utilisation"), true, 0);
	if (limited)
		bpr_i_doc_column(s->doc, table, N_("Cases a day at most"), true, 0);
	for (size_t i = 0; i < shown(s, count, BPR_STUDY_STEP_ROWS); i++) {
		const struct bpr_pool *pool = bpr_flow_pool(s->flow, i);
		struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);

		if (!row)
			return;
		row[0] = bpr_i_cell_text(pool->name);
		row[1] = pool->count ? bpr_i_cell_number(BPR_DOC_COUNT, (double)pool->count)
				     : bpr_i_cell_text(bpr_i_doc_text(s->doc, N_("not given")));
		row[1].text = pool->count ? bpr_i_doc_text(s->doc, N_("people")) : row[1].text;
		row[2] = bpr_i_cell_number(BPR_DOC_MINUTES, result[i].minutes);
		if (result[i].utilisation_known) {
			row[3] = bpr_i_cell_number(BPR_DOC_PROB, result[i].utilisation);
			row[3].tone = result[i].utilisation > 0.85 ? BPR_DOC_WORSE : BPR_DOC_PLAIN;
		}
		if (result[i].capacity_known) {
			row[3 + used] = bpr_i_cell_number(BPR_DOC_COUNT, floor(result[i].capacity_per_day + 1e-9));
			row[3 + used].text = bpr_i_doc_text(s->doc, N_("cases"));
		}
	}
	bpr_i_study_more(s->doc, count - shown(s, count, BPR_STUDY_STEP_ROWS));
}

/* ---- steps ---- */

static bool queues_known(const struct study *s)
{
	return s->queueing && bpr_queueing_known(s->queueing);
}

static void step_row(const struct study *s, struct bpr_doc_table *table, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(s->flow, node);
	const struct bpr_node_result *result = &bpr_analysis_nodes(s->analysis)[node];
	struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);
	size_t c = 0;

	if (!row)
		return;
	if (s->options->full)
		row[c++] = bpr_i_cell_text(n->id);
	row[c++] = bpr_i_cell_text(bpr_i_name_node(s->flow, node));
	row[c++] = bpr_i_cell_text(bpr_i_name_place(s->flow, node));
	row[c++] = bpr_i_cell_times(s->doc, result->visits);
	row[c++] = bpr_i_cell_number(BPR_DOC_PROB, result->reach);
	if (n->work)
		row[c] = bpr_i_cell_number(BPR_DOC_MINUTES, bpr_dist_mean(n->work));
	c++;
	if (n->wait)
		row[c] = bpr_i_cell_number(BPR_DOC_MINUTES, bpr_dist_mean(n->wait));
	c++;
	if (queues_known(s) && bpr_queueing_nodes(s->queueing)[node].known)
		row[c] = bpr_i_cell_number(BPR_DOC_MINUTES, bpr_queueing_nodes(s->queueing)[node].wait);
}

void bpr_i_study_steps(const struct study *s)
{
	size_t count = bpr_flow_node_count(s->flow);
	size_t steps = 0;
	struct bpr_doc_table *table;

	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("The steps")));
	table = bpr_i_doc_table(s->doc);
	if (s->options->full)
		bpr_i_doc_column(s->doc, table, N_("ID"), false, 6);
	bpr_i_doc_column(s->doc, table, N_("Step"), false, 16);
	bpr_i_doc_column(s->doc, table, N_("Counter or unit"), false, 10);
	bpr_i_doc_column(s->doc, table, N_("Times per case"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Cases that pass"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Work"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Wait"), true, 0);
	if (queues_known(s))
		bpr_i_doc_column(s->doc, table, N_("Queue"), true, 0);
	for (size_t i = 0; i < count; i++) {
		if (!bpr_node_is_step(bpr_flow_node(s->flow, i)))
			continue;
		if (s->options->full || steps < BPR_STUDY_STEP_ROWS)
			step_row(s, table, i);
		steps++;
	}
	bpr_i_study_more(s->doc, steps - shown(s, steps, BPR_STUDY_STEP_ROWS));
}

/* ---- distributions ---- */

/* Smallest value that at least nine of ten cases stay at or under. */
static size_t ninetieth(const struct bpr_distribution *d)
{
	double sum = 0;

	for (size_t i = 0; i < d->count; i++) {
		sum += d->prob[i];
		if (sum >= 0.9 - 1e-12)
			return d->first + i;
	}
	return d->first + d->count;
}

static void distribution_sentence(const struct study *s, const struct bpr_distribution *d)
{
	const char *low = bpr_i_say_metric(s->doc, d->metric, (double)d->minimum, false);
	const char *high = bpr_i_say_metric(s->doc, d->metric, (double)d->maximum, false);
	const char *ninth = bpr_i_say_metric(s->doc, d->metric, (double)ninetieth(d), false);

	if (d->unbounded)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("At least {1}; there is no upper limit, because steps can be repeated. Nine cases in ten stay at {2} or below."),
							   low, ninth, NULL, NULL));
	else if (d->minimum == d->maximum)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("Every case has {1}."), low, NULL, NULL, NULL));
	else
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("At least {1}, at most {2}. Nine cases in ten stay at {3} or below."),
							   low, high, ninth, NULL));
}

void bpr_i_study_distribution(const struct study *s, const struct bpr_distribution *d)
{
	struct bpr_doc_table *table;
	double *above = s->doc->failed ? NULL : bpr_i_arena_alloc(&s->doc->arena, d->count + 1, sizeof(*above));
	size_t left_out = 0;
	size_t rows = 0;

	if (!above) {
		s->doc->failed = true;
		return;
	}
	above[d->count] = d->tail; /* of the values from first + i on */
	for (size_t i = d->count; i-- > 0;)
		above[i] = above[i + 1] + d->prob[i];

	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_fill(s->doc, N_("Distribution: {1}"), bpr_i_say_label(s->doc, d->metric), NULL, NULL, NULL));
	distribution_sentence(s, d);
	if (s->options->above_given)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("Cases above {1}: {2}."),
							   bpr_i_say_metric(s->doc, d->metric, s->options->above, false),
							   bpr_i_say_prob(s->doc, bpr_distribution_above(d, s->options->above)), NULL, NULL));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Value"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Share of cases"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Cases above"), true, 0);
	for (size_t i = 0; i < d->count; i++) {
		struct bpr_doc_cell *row;

		if (!(d->prob[i] > 0))
			continue;
		if (!s->options->full && (d->prob[i] < 5e-5 || rows >= BPR_STUDY_STEP_ROWS)) {
			left_out++;
			continue;
		}
		rows++;
		row = bpr_i_doc_row(s->doc, table);
		if (!row)
			return;
		row[0] = bpr_i_cell_metric(s->doc, d->metric, (double)(d->first + i));
		row[1] = bpr_i_cell_number(BPR_DOC_PROB, d->prob[i]);
		row[2] = bpr_i_cell_number(BPR_DOC_PROB, fmin(1, above[i + 1]));
	}
	bpr_i_study_more(s->doc, left_out);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the time of staff goes, step by step; which items are written more than once. */
#include "config.h"
#include "study/front_i.h"
#include "base/text_i.h"
#include <math.h>
#include <stdlib.h>

enum { STEPS = 6, FIELDS = 3 };

struct step { size_t node; double minutes; };

static int most_first(const void *a, const void *b)
{
	const struct step *x = a, *y = b;

	if (x->minutes < y->minutes || x->minutes > y->minutes)
		return x->minutes > y->minutes ? -1 : 1;
	return (x->node > y->node) - (x->node < y->node);
}

/* Minutes of staff a case, by step, the most first; *total of all. NULL: out of memory. */
static struct step *steps_of(const struct bpr_front *f, size_t *count, double *total)
{
	const struct bpr_node_result *nodes = bpr_analysis_nodes(f->subject->analysis);
	size_t n = bpr_flow_node_count(f->flow);
	struct step *steps = bpr_i_arena_alloc(&f->doc->arena, n + 1, sizeof(*steps));

	*count = 0;
	*total = 0;
	for (size_t i = 0; steps && i < n; i++) {
		const struct bpr_node *node = bpr_flow_node(f->flow, i);
		double minutes = node->actor == BPR_ACTOR_STAFF ? nodes[i].visits * bpr_dist_mean(node->work) : 0;

		if (!(minutes > 0))
			continue;
		steps[(*count)++] = (struct step){ i, minutes };
		*total += minutes;
	}
	if (steps && *count)
		qsort(steps, *count, sizeof(*steps), most_first);
	return steps;
}

static struct bpr_bar bar(const struct bpr_front *f, const char *label, double minutes, double total)
{
	const char *time = f->cases > 0 ? bpr_i_say_year_minutes(f->doc, minutes * f->cases) : bpr_i_say_minutes(f->doc, minutes);

	return (struct bpr_bar){ .side = BPR_SIDE_ONLY, .label = label, .value = f->cases > 0 ? minutes * f->cases / 60 : minutes,
				 .said = bpr_i_doc_fill(f->doc, N_("{1} ({2})"), time, bpr_i_say_prob(f->doc, nearbyint(100 * minutes / total) / 100), NULL,
							NULL) };
}

void bpr_i_front_work(const struct bpr_front *f)
{
	struct bpr_doc_figure figure = { .kind = BPR_FIGURE_BARS, .id = "work" };
	double total, rest;
	size_t count, shown;
	struct step *steps;
	struct bpr_bar *bars;

	if (f->doc->failed)
		return;
	steps = steps_of(f, &count, &total);
	bars = bpr_i_arena_alloc(&f->doc->arena, STEPS + 1, sizeof(*bars));
	if (!steps || !bars) {
		f->doc->failed = true;
		return;
	}
	if (!count)
		return;
	shown = count <= STEPS + 1 ? count : STEPS;
	rest = total;
	for (size_t i = 0; i < shown; i++) {
		bars[i] = bar(f, bpr_i_say_step(f->doc, f->flow, steps[i].node), steps[i].minutes, total);
		rest -= steps[i].minutes;
	}
	if (shown < count) {
		bars[shown] = bar(f, bpr_i_doc_fill(f->doc, N_("{1} other steps"), bpr_i_say_count(f->doc, (double)(count - shown)), NULL, NULL, NULL), rest,
				  total);
		bars[shown].tone = BPR_DOC_FAINT;
	}
	figure.bars = bars;
	figure.bar_count = shown + (shown < count);
	figure.unit = bpr_i_doc_text(f->doc, f->cases > 0 ? N_("hours/year") : N_("minutes/case"));
	figure.title = bpr_i_doc_text(f->doc, N_("Where the time of staff goes"));
	figure.description = bpr_i_doc_fill(f->doc, N_("Of {1} steps with staff time, '{2}' takes most: {3}."), bpr_i_say_count(f->doc, (double)count), bars[0].label,
					    bars[0].said, NULL);
	bpr_i_doc_heading_aside(f->doc, figure.title, bpr_i_doc_text(f->doc, f->cases > 0 ? N_("hours of a year, by step") : N_("minutes of a case, by step")));
	bpr_i_doc_figure(f->doc, &figure);
}

/* ---- what is written again ---- */

/* Forms on which the citizen writes the field, those that are used. */
static size_t forms_with(const struct bpr_front *f, size_t field)
{
	const struct bpr_form_result *forms = bpr_analysis_forms(f->subject->analysis);
	size_t count = 0;

	for (size_t i = 0; i < bpr_flow_form_count(f->flow); i++) {
		const struct bpr_form *form = bpr_flow_form(f->flow, i);
		bool asks = false;

		for (size_t k = 0; k < form->field_count; k++)
			asks |= form->fields[k].field == field && !form->fields[k].prefilled;
		count += asks && forms[i].written > 0;
	}
	return count;
}

static void field_row(const struct bpr_front *f, struct bpr_doc_table *table, size_t field)
{
	double written = bpr_analysis_fields(f->subject->analysis)[field].written;
	struct bpr_doc_cell *row = bpr_i_doc_row(f->doc, table);

	if (!row)
		return;
	row[0] = bpr_i_cell_text(bpr_flow_field(f->flow, field)->name);
	row[1] = bpr_i_cell_number(BPR_DOC_COUNT, (double)forms_with(f, field));
	row[2] = bpr_i_cell_times(f->doc, nearbyint(100 * written) / 100);
	if (f->cases > 0) {
		row[3] = bpr_i_cell_times(f->doc, written * f->cases);
		row[3].year = true;
	}
}

void bpr_i_front_writing(const struct bpr_front *f)
{
	const struct bpr_field_result *fields = bpr_analysis_fields(f->subject->analysis);
	size_t top[FIELDS], count = 0;
	struct bpr_doc_table *table;

	for (size_t i = 0; i < bpr_flow_field_count(f->flow); i++) {
		size_t at = count;

		if (!(fields[i].written > 1 + 1e-9) || bpr_i_name_is_rest(bpr_flow_field(f->flow, i)->name))
			continue;
		while (at && fields[top[at - 1]].written < fields[i].written)
			at--;
		if (at == FIELDS)
			continue;
		count = count < FIELDS ? count + 1 : FIELDS;
		for (size_t k = count - 1; k > at; k--)
			top[k] = top[k - 1];
		top[at] = i;
	}
	if (!count)
		return;
	bpr_i_doc_heading_aside(f->doc, bpr_i_doc_text(f->doc, N_("Items that are written more than once")), bpr_i_doc_text(f->doc, N_("written once would do")));
	table = bpr_i_doc_table(f->doc);
	bpr_i_doc_column(f->doc, table, N_("Item"), false, 12);
	bpr_i_doc_column(f->doc, table, N_("On forms"), true, 0);
	bpr_i_doc_column(f->doc, table, N_("Written, a case"), true, 0);
	if (f->cases > 0)
		bpr_i_doc_column(f->doc, table, N_("Written, a year"), true, 0);
	for (size_t i = 0; i < count; i++)
		field_row(f, table, top[i]);
}

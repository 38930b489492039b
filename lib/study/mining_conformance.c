/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drawn flow held against the log: how many cases follow it, where reality leaves it, which ways do. */
#include "config.h"
#include "study/mining_i.h"
#include "base/text_i.h"
#include <math.h>

enum { MOVES_SHOWN = 14 };

struct conformance_study {
	struct bpr_document *doc;
	const bpr_log *log;
	const bpr_flow *flow;
	const bpr_conformance *conformance;
	const struct bpr_conform_totals *totals;
	const struct bpr_study_options *options;
	size_t k;
};

static const char *text(const struct conformance_study *s, const char *id)
{
	return bpr_i_doc_text(s->doc, id);
}

/* A figure from 0 to 1 that is no share of cases. */
static const char *say_figure(const struct conformance_study *s, double low, double high)
{
	struct bpr_buf buf = BPR_BUF_INIT;

	bpr_i_buf_printf(&buf, "%.3f", low);
	if (high > low)
		bpr_i_buf_printf(&buf, "–%.3f", high);
	return bpr_i_doc_keep(s->doc, &buf);
}

static size_t shown_rows(const struct conformance_study *s, size_t count)
{
	return s->options->full || count <= BPR_STUDY_ROWS ? count : BPR_STUDY_ROWS;
}

static double share(const struct conformance_study *s, uint64_t cases)
{
	return (double)cases / (double)s->totals->cases;
}

/* ---- in words ---- */

static void say_fitting(const struct conformance_study *s)
{
	const struct bpr_conform_totals *t = s->totals;
	const char *count = bpr_i_say_count(s->doc, (double)t->fitting), *all = bpr_i_say_count(s->doc, (double)t->cases);
	const char *part = bpr_i_say_prob(s->doc, share(s, t->fitting));

	if (t->fitting == t->cases)
		bpr_i_doc_lead(s->doc, bpr_i_doc_fill(s->doc, N_("All {1} cases follow the drawing."), all, NULL, NULL, NULL));
	else if (!t->fitting)
		bpr_i_doc_lead(s->doc, bpr_i_doc_fill(s->doc, N_("None of the {1} cases follows the drawing exactly."), all, NULL, NULL, NULL));
	else
		bpr_i_doc_lead(s->doc, bpr_i_doc_fill(s->doc, N_("{1} of the cases ({2} of {3}) follow the drawing exactly."), part, count, all, NULL));
}

static void say_figures(const struct conformance_study *s)
{
	const struct bpr_conform_totals *t = s->totals;

	bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc,
		N_("Fitness is {1}: 1 means that every case can be played on the drawing step by step, 0 that nothing agrees. It is the mean over cases; over all steps together it is {2}."),
		say_figure(s, t->fitness_low, t->fitness_high), say_figure(s, t->trace_fitness, t->trace_fitness), NULL, NULL));
	if (!isnan(t->precision))
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc,
			N_("Precision is {1}: of what the drawing allows next, at the points that cases came to, this share was really done by one of them. A drawing that allows anything fits every case and says little."),
			say_figure(s, t->precision, t->precision), NULL, NULL, NULL));
	if (t->bounded)
		bpr_i_doc_note(s->doc, bpr_i_doc_fill(s->doc, N_("Of {1} of the {2} ways only bounds are known, so fitness lies between two figures (--max-states)."),
						      bpr_i_say_count(s->doc, (double)t->bounded), bpr_i_say_count(s->doc, (double)t->variants), NULL, NULL));
	if (t->open)
		bpr_i_doc_note(s->doc, bpr_i_doc_fill(s->doc, N_("{1} cases are not over, or were given up: what would still have come is not held against them."),
						      bpr_i_say_count(s->doc, (double)t->open), NULL, NULL, NULL));
	if (t->unmapped)
		bpr_i_doc_note(s->doc, bpr_i_doc_fill(s->doc, N_("{1} events are of activities that are no step of the drawing (--map says which steps they are)."),
						      bpr_i_say_count(s->doc, (double)t->unmapped), NULL, NULL, NULL));
}

/* ---- where ---- */

static const char *say_deviation(const struct conformance_study *s, const struct bpr_deviation *d)
{
	const char *activity = d->move == BPR_MOVE_LOG ? bpr_i_say_activity(s->log, d->activity) : "";

	if (d->move == BPR_MOVE_FLOW)
		return bpr_i_doc_fill(s->doc, N_("'{1}' is left out"), bpr_i_say_step(s->doc, s->flow, d->node), NULL, NULL, NULL);
	if (d->node == BPR_NONE)
		return bpr_i_doc_fill(s->doc, N_("'{1}' comes in at the beginning"), activity, NULL, NULL, NULL);
	return bpr_i_doc_fill(s->doc, N_("'{1}' comes in behind '{2}'"), activity, bpr_i_say_step(s->doc, s->flow, d->node), NULL, NULL);
}

static void deviations(const struct conformance_study *s)
{
	size_t count, known = 0, shown = 0;
	const struct bpr_deviation *list = bpr_conformance_deviations(s->conformance, &count);
	struct bpr_doc_table *table;

	for (size_t i = 0; i < count; i++)
		known += list[i].cases >= s->k;
	if (known) {
		bpr_i_doc_heading(s->doc, 3, text(s, N_("Where reality leaves the drawing")));
		table = bpr_i_doc_table(s->doc);
		bpr_i_doc_column(s->doc, table, N_("What happens"), false, 24);
		bpr_i_doc_column(s->doc, table, N_("Times"), true, 0);
		bpr_i_doc_column(s->doc, table, N_("Cases"), true, 0);
		bpr_i_doc_column(s->doc, table, N_("Share"), true, 0);
		for (size_t i = 0; i < count && shown < shown_rows(s, known); i++) {
			const char *what = list[i].cases >= s->k ? say_deviation(s, &list[i]) : NULL;
			struct bpr_doc_cell *row = what ? bpr_i_doc_row(s->doc, table) : NULL;

			if (!row)
				continue;
			shown++;
			row[0] = bpr_i_cell_text(what);
			row[1] = bpr_i_cell_number(BPR_DOC_COUNT, (double)list[i].count);
			row[2] = bpr_i_cell_number(BPR_DOC_COUNT, (double)list[i].cases);
			row[3] = bpr_i_cell_number(BPR_DOC_PROB, share(s, list[i].cases));
		}
		bpr_i_study_more(s->doc, known - shown);
	}
	if (count > known)
		bpr_i_doc_note(s->doc, bpr_i_doc_fill(s->doc, N_("Put together: {1} further kinds of deviations, each in fewer than {2} cases."),
						      bpr_i_say_count(s->doc, (double)(count - known)), bpr_i_say_count(s->doc, (double)s->k), NULL, NULL));
}

/* ---- which ways ---- */

/* "A → B → (C left out) → [D]": what is left out, what comes in. */
static const char *say_moves(const struct conformance_study *s, const struct bpr_conform_variant *v)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	size_t most = s->options->full ? SIZE_MAX : MOVES_SHOWN;

	for (size_t i = 0; i < v->move_count; i++) {
		const struct bpr_conform_move *m = &v->moves[i];

		bpr_i_buf_puts(&buf, i ? " → " : "");
		if (i == most) {
			bpr_i_buf_puts(&buf, "…");
			break;
		}
		bpr_i_buf_puts(&buf, m->move == BPR_MOVE_LOG ? "＋" : m->move == BPR_MOVE_FLOW ? "−" : "");
		bpr_i_buf_puts(&buf, m->move == BPR_MOVE_LOG ? bpr_i_say_activity(s->log, m->activity) : bpr_i_name_node(s->flow, m->node));
	}
	return bpr_i_doc_keep(s->doc, &buf);
}

static void ways(const struct conformance_study *s)
{
	size_t count, known = 0, shown = 0;
	const struct bpr_conform_variant *list = bpr_conformance_variants(s->conformance, &count);
	uint64_t rest = 0, rest_cases = 0;
	struct bpr_doc_table *table;

	for (size_t i = 0; i < count; i++) {
		bool off = list[i].cost_high > 0;

		known += off && list[i].count >= s->k;
		rest += off && list[i].count < s->k;
		rest_cases += off && list[i].count < s->k ? list[i].count : 0;
	}
	if (known) {
		bpr_i_doc_heading(s->doc, 3, text(s, N_("Ways that leave the drawing")));
		bpr_i_doc_paragraph(s->doc, text(s, N_("+ stands before what comes in, − before what is left out.")));
		table = bpr_i_doc_table(s->doc);
		bpr_i_doc_column(s->doc, table, N_("Way"), false, 24);
		bpr_i_doc_column(s->doc, table, N_("Deviations"), true, 0);
		bpr_i_doc_column(s->doc, table, N_("Cases"), true, 0);
		bpr_i_doc_column(s->doc, table, N_("Share"), true, 0);
		for (size_t i = 0; i < count && shown < shown_rows(s, known); i++) {
			bool tell = list[i].cost_high > 0 && list[i].count >= s->k;
			const char *way = tell ? say_moves(s, &list[i]) : NULL;
			struct bpr_doc_cell *row = tell ? bpr_i_doc_row(s->doc, table) : NULL;

			if (!row)
				continue;
			shown++;
			row[0] = bpr_i_cell_text(way);
			row[1] = bpr_i_cell_number(BPR_DOC_COUNT, list[i].cost_high);
			row[2] = bpr_i_cell_number(BPR_DOC_COUNT, (double)list[i].count);
			row[3] = bpr_i_cell_number(BPR_DOC_PROB, share(s, list[i].count));
		}
		bpr_i_study_more(s->doc, known - shown);
	}
	if (rest)
		bpr_i_doc_note(s->doc, bpr_i_doc_fill(s->doc, N_("Put together: {1} further ways that leave the drawing, each gone by fewer than {3} cases; {2} cases in all."),
						      bpr_i_say_count(s->doc, (double)rest), bpr_i_say_count(s->doc, (double)rest_cases),
						      bpr_i_say_count(s->doc, (double)s->k), NULL));
}

/* ---- steps ---- */

static void steps(const struct conformance_study *s)
{
	size_t count, known = 0, shown = 0;
	const struct bpr_conform_step *list = bpr_conformance_steps(s->conformance, &count);
	struct bpr_doc_table *table;

	for (size_t i = 0; i < count; i++)
		known += list[i].skipped >= s->k || (s->options->full && list[i].done >= s->k);
	if (!known)
		return;
	bpr_i_doc_heading(s->doc, 3, text(s, N_("Steps of the drawing, done and left out")));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Step"), false, 16);
	bpr_i_doc_column(s->doc, table, N_("Done"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Left out"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Share left out"), true, 0);
	for (size_t i = 0; i < count && shown < shown_rows(s, known); i++) {
		bool tell = list[i].skipped >= s->k || (s->options->full && list[i].done >= s->k);
		const char *name = tell ? bpr_i_say_step(s->doc, s->flow, list[i].node) : NULL;
		struct bpr_doc_cell *row = tell ? bpr_i_doc_row(s->doc, table) : NULL;
		bool few = list[i].skipped && list[i].skipped < s->k;

		if (!row)
			continue;
		shown++;
		row[0] = bpr_i_cell_text(name);
		row[1] = bpr_i_cell_number(BPR_DOC_COUNT, (double)list[i].done);
		row[2] = few ? (struct bpr_doc_cell){ 0 } : bpr_i_cell_number(BPR_DOC_COUNT, (double)list[i].skipped);
		row[3] = few ? (struct bpr_doc_cell){ 0 }
			     : bpr_i_cell_number(BPR_DOC_PROB, (double)list[i].skipped / ((double)list[i].done + (double)list[i].skipped));
	}
	bpr_i_study_more(s->doc, known - shown);
}

void bpr_i_study_mining_conformance(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options)
{
	struct conformance_study s = { .doc = doc, .log = subject->log, .flow = subject->flow, .conformance = subject->conformance,
				       .options = options, .k = bpr_i_mining_k(options) };

	if (!subject->conformance || !subject->flow)
		return;
	s.totals = bpr_conformance_totals(subject->conformance);
	bpr_i_doc_heading(doc, 2, bpr_i_doc_fill(doc, N_("The drawing held against reality: {1}"), bpr_i_say_flow(doc, subject->flow), NULL, NULL, NULL));
	if (s.totals->cases < s.k) {
		bpr_i_doc_paragraph(doc, text(&s, N_("There are too few cases to say more without telling of single ones (--k).")));
		return;
	}
	say_fitting(&s);
	say_figures(&s);
	deviations(&s);
	ways(&s);
	steps(&s);
}

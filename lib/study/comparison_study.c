/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Before and after, for those who decide: one sentence with the figures that matter, what it makes in a year, what gets worse and
 * what is not known; then the tables of figures, steps, writing and counters.
 */
#include "config.h"
#include "study/comparison_i.h"
#include "study/evidence_i.h"
#include "study/study_i.h"
#include "study/trial_i.h"
#include "base/text_i.h"
#include <bpr/init.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

struct pair_study {
	struct bpr_document *doc;
	const struct bpr_subject *subject;
	const struct bpr_study_options *options;
	const bpr_comparison *comparison;
	double cases; /* a year; 0 unknown */
};

static const struct bpr_kpi *kpi_of(const struct pair_study *s, size_t metric)
{
	return bpr_comparison_kpi(s->comparison, (enum bpr_metric)metric);
}

/* Has one of the flows no durations at all? */
static bool untimed(const struct pair_study *s)
{
	return bpr_i_untimed(s->subject->flow) || bpr_i_untimed(s->subject->after_flow);
}

/* ---- the sentences ---- */

static const char *clause(const struct pair_study *s, const struct bpr_kpi *k)
{
	struct bpr_said_pair said = bpr_i_say_metric_pair(s->doc, k->metric, k->before, k->after);

	return bpr_i_doc_fill(s->doc, N_("{1} from {2} to {3}"), bpr_i_say_label(s->doc, k->metric), said.before, said.after, NULL);
}

/* Clauses of the metrics that became better (1) or worse (-1), those of the short table first, `most` at most. */
static size_t clauses(const struct pair_study *s, int better, bool headline_only, const char *out[], size_t most)
{
	size_t count = 0;

	for (int headline = 1; headline >= (headline_only ? 1 : 0); headline--)
		for (size_t i = 0; i < BPR_METRIC_COUNT && count < most; i++)
			if (kpi_of(s, i)->better == better && bpr_metric_get((enum bpr_metric)i)->headline == (headline == 1))
				out[count++] = clause(s, kpi_of(s, i));
	return count;
}

static void lead(const struct pair_study *s)
{
	const char *better[BPR_METRIC_COUNT];
	const char *worse[BPR_METRIC_COUNT];
	size_t good = clauses(s, 1, true, better, 6);
	size_t bad = clauses(s, -1, true, worse, 4);

	if (good < 4) /* what such a flow is about stands further down the table */
		good = clauses(s, 1, false, better, 4);
	if (!bad)
		bad = clauses(s, -1, false, worse, 2);
	if (good)
		bpr_i_doc_lead(s->doc, bpr_i_doc_fill(s->doc, N_("Per case: {1}."), bpr_i_say_list(s->doc, better, good), NULL, NULL, NULL));
	else
		bpr_i_doc_lead(s->doc, bpr_i_doc_text(s->doc, bad ? N_("No figure of a case gets better.") : N_("No figure of a case changes.")));
	if (bad)
		bpr_i_doc_lead(s->doc, bpr_i_doc_fill(s->doc, N_("On the other hand, these get worse: {1}."),
						      bpr_i_say_list(s->doc, worse, bad), NULL, NULL, NULL));
}

/* The groups of items that are written most: what published surveys count. */
static void most_written(const struct pair_study *s)
{
	enum { MOST = 3 };
	const struct bpr_pair *top[MOST] = { NULL };
	const char *texts[MOST];
	struct bpr_pairs pairs;
	size_t count = 0;

	if (s->doc->failed || !bpr_i_pairs(&s->doc->arena, s->subject, BPR_PAIRS_GROUPS, &pairs)) {
		s->doc->failed = true;
		return;
	}
	for (size_t i = 0; i < pairs.count; i++) {
		const struct bpr_pair *p = &pairs.items[i];

		for (size_t k = 0; k < MOST && p && p->before > 0 && !bpr_i_name_is_rest(p->name); k++)
			if (!top[k] || p->before > top[k]->before) {
				const struct bpr_pair *out = top[k];

				top[k] = p;
				p = out;
			}
	}
	for (; count < MOST && top[count]; count++)
		texts[count] = bpr_i_doc_fill(s->doc, N_("{1} from {2} to {3}"), top[count]->name, bpr_i_say_times(s->doc, top[count]->before),
					      bpr_i_say_times(s->doc, top[count]->after), NULL);
	if (count)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("Times that citizens write, per case: {1}."),
							   bpr_i_say_list(s->doc, texts, count), NULL, NULL, NULL));
}

/* What falls (-1) or rises (1) in a year, of time and money. */
static void year_of(const struct pair_study *s, int direction, const char *id)
{
	static const enum bpr_metric metrics[] = { BPR_METRIC_WORK_MINUTES, BPR_METRIC_CITIZEN_MINUTES, BPR_METRIC_COST_YEN };
	const char *texts[sizeof(metrics) / sizeof(metrics[0])];
	size_t count = 0;

	for (size_t i = 0; i < sizeof(metrics) / sizeof(metrics[0]); i++) {
		const struct bpr_kpi *k = bpr_comparison_kpi(s->comparison, metrics[i]);

		if (k->per_year_known && k->per_year * direction > 0)
			texts[count++] = bpr_i_doc_fill(s->doc, N_("{1} by {2}"), bpr_i_say_label(s->doc, metrics[i]),
							bpr_i_say_metric(s->doc, metrics[i], fabs(k->per_year), true), NULL, NULL);
	}
	if (count)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, id, bpr_i_say_metric(s->doc, BPR_METRIC_INCOMPLETE, s->cases, true),
							   bpr_i_say_list(s->doc, texts, count), NULL, NULL));
}

static void year(const struct pair_study *s)
{
	year_of(s, -1, N_("With {1} cases a year, these fall in a year: {2}."));
	year_of(s, 1, N_("With {1} cases a year, these rise in a year: {2}."));
	if (bpr_comparison_kpi(s->comparison, BPR_METRIC_COST_YEN)->per_year < 0)
		bpr_i_doc_note(s->doc, bpr_i_doc_text(s->doc, N_("Money is staff time at the rates given plus other cost; it is no cut in staff.")));
}

/* ---- figures ---- */

static void kpi_row(const struct pair_study *s, struct bpr_doc_table *table, const struct bpr_kpi *k)
{
	struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);
	enum bpr_doc_tone tone = k->better > 0 ? BPR_DOC_BETTER : k->better < 0 ? BPR_DOC_WORSE : BPR_DOC_PLAIN;
	size_t c = 0;

	if (!row)
		return;
	row[c++] = bpr_i_cell_text(bpr_i_doc_text(s->doc, bpr_metric_get(k->metric)->label));
	if (k->before_known)
		row[c] = bpr_i_cell_metric(s->doc, k->metric, k->before);
	c++;
	if (k->after_known)
		row[c] = bpr_i_cell_metric(s->doc, k->metric, k->after);
	c++;
	if (k->method != BPR_METHOD_NONE) {
		row[c] = bpr_i_cell_metric(s->doc, k->metric, k->change);
		row[c].change = true;
		row[c].tone = tone;
		if (k->change_pct_known && bpr_metric_get(k->metric)->quantity != BPR_QUANTITY_PROB)
			row[c + 1] = bpr_i_cell_number(BPR_DOC_PERCENT, k->change_pct);
		row[c + 1].change = true;
	}
	c += 2;
	if (s->cases > 0) {
		if (k->per_year_known && k->metric != BPR_METRIC_LEAD_MINUTES)
			row[c] = bpr_i_cell_metric(s->doc, k->metric, k->per_year);
		row[c].change = true;
		row[c++].year = true;
	}
	row[c] = bpr_i_cell_text(k->better > 0 ? bpr_i_doc_text(s->doc, N_("better")) :
				 k->better < 0 ? bpr_i_doc_text(s->doc, N_("worse")) : "");
	row[c].tone = tone;
}

static void figures(const struct pair_study *s)
{
	struct bpr_doc_table *table;

	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("Figures of a case, before and after")));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Measure"), false, 16);
	bpr_i_doc_column(s->doc, table, N_("Before"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("After"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Change"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Percent"), true, 0);
	if (s->cases > 0)
		bpr_i_doc_column(s->doc, table, N_("Per year"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Result"), false, 0);
	for (size_t i = 0; i < BPR_METRIC_COUNT; i++) {
		const struct bpr_kpi *k = kpi_of(s, i);

		if (!k->before_known && !k->after_known && untimed(s))
			continue;
		if (s->options->full || bpr_metric_get((enum bpr_metric)i)->headline || k->before > 0 || k->after > 0)
			kpi_row(s, table, k);
	}
}

/* ---- what gets worse, what is not known ---- */

/* Steps that take more staff or citizen time than before, new ones included. */
static size_t longer_steps(const struct pair_study *s)
{
	size_t count;
	const struct bpr_step_pair *pairs = bpr_comparison_steps(s->comparison, &count);
	size_t said = 0;

	for (size_t i = 0; i < count; i++) {
		const struct bpr_dist *was, *is;
		struct bpr_said_pair text;
		double before;
		double after;

		if (pairs[i].change != BPR_STEP_CHANGED || !(pairs[i].differs & BPR_DIFFERS_WORK))
			continue;
		was = bpr_flow_node(s->subject->flow, pairs[i].before)->work;
		is = bpr_flow_node(s->subject->after_flow, pairs[i].after)->work;
		if (!was || !is) /* how long it takes is not known on one side */
			continue;
		before = bpr_dist_mean(was);
		after = bpr_dist_mean(is);
		if (!(after > before * (1 + 1e-9)) || said++ >= (s->options->full ? count : 5))
			continue;
		text = bpr_i_say_minutes_pair(s->doc, before, after);
		bpr_i_doc_item(s->doc, 1, BPR_DOC_WORSE,
			       bpr_i_doc_fill(s->doc, N_("Step '{1}' takes {3} instead of {2}."),
					      bpr_i_say_step(s->doc, s->subject->after_flow, pairs[i].after), text.before, text.after, NULL));
	}
	return said;
}

/* Units that get more work: what the counter no longer does, someone behind it may have to. */
static size_t busier_units(const struct pair_study *s)
{
	struct bpr_pairs pairs;
	size_t said = 0;

	if (s->doc->failed || !bpr_i_pairs(&s->doc->arena, s->subject, BPR_PAIRS_UNITS, &pairs)) {
		s->doc->failed = true;
		return 0;
	}
	for (size_t i = 0; i < pairs.count; i++) {
		const struct bpr_pair *p = &pairs.items[i];
		struct bpr_said_pair text;

		if (!(p->after > p->before * (1 + 1e-9)) || said++ >= BPR_STUDY_ROWS)
			continue;
		text = bpr_i_say_minutes_pair(s->doc, p->before, p->after);
		bpr_i_doc_item(s->doc, 1, BPR_DOC_WORSE,
			       bpr_i_doc_fill(s->doc, N_("Staff at '{1}' work {3} a case instead of {2}."), p->name, text.before, text.after, NULL));
	}
	return said;
}

static void worse(const struct pair_study *s)
{
	size_t said = 0;

	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("What gets worse or heavier")));
	for (size_t i = 0; i < BPR_METRIC_COUNT; i++) {
		const struct bpr_kpi *k = kpi_of(s, i);
		struct bpr_said_pair text;

		if (k->better >= 0)
			continue;
		said++;
		text = bpr_i_say_metric_pair(s->doc, k->metric, k->before, k->after);
		bpr_i_doc_item(s->doc, 1, BPR_DOC_WORSE,
			       bpr_i_doc_fill(s->doc, N_("{1}: {3} instead of {2}."), bpr_i_doc_text(s->doc, bpr_metric_get(k->metric)->label),
					      text.before, text.after, NULL));
	}
	if (!untimed(s)) {
		said += busier_units(s);
		said += longer_steps(s);
	}
	if (!said)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_text(s->doc, N_("None of these figures gets worse, no unit gets more work, no step takes longer.")));
}

static void unknown_demand(const struct pair_study *s)
{
	double before = bpr_flow_cases_per_year(s->subject->flow);
	double after = bpr_flow_cases_per_year(s->subject->after_flow);

	if (s->cases > 0)
		return;
	if (before > 0 && after > 0)
		bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN,
			       bpr_i_doc_fill(s->doc, N_("Effects in a year: before and after assume different numbers of cases ({1} and {2})."),
					      bpr_i_say_metric(s->doc, BPR_METRIC_INCOMPLETE, before, true),
					      bpr_i_say_metric(s->doc, BPR_METRIC_INCOMPLETE, after, true), NULL, NULL));
	else
		bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN,
			       bpr_i_doc_text(s->doc, N_("Effects in a year: neither flow says how many cases there are.")));
}

/* Flows without a common step may not be about the same thing at all. */
static void unknown_scope(const struct pair_study *s)
{
	size_t count;
	const struct bpr_step_pair *pairs = bpr_comparison_steps(s->comparison, &count);

	for (size_t i = 0; i < count; i++)
		if (pairs[i].change != BPR_STEP_REMOVED && pairs[i].change != BPR_STEP_ADDED)
			return;
	bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN,
		       bpr_i_doc_text(s->doc, N_("The scope: no step is in both flows. See to it that both are the same procedure from the same start to the same end.")));
}

static void unknown(const struct pair_study *s)
{
	const char *labels[BPR_METRIC_COUNT];
	size_t sampled = 0;
	char seed[32];

	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("What is not known")));
	unknown_scope(s);
	unknown_demand(s);
	for (size_t i = 0; i < BPR_METRIC_COUNT; i++)
		if (kpi_of(s, i)->method == BPR_METHOD_SIMULATED)
			labels[sampled++] = bpr_i_say_label(s->doc, (enum bpr_metric)i);
	if (sampled) {
		(void)snprintf(seed, sizeof(seed), "%llu", s->options->seed);
		bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN,
			       bpr_i_doc_fill(s->doc, N_("Sampled, with some uncertainty: {1} (seed {2})."),
					      bpr_i_say_list(s->doc, labels, sampled), seed, NULL, NULL));
	}
	if (untimed(s))
		bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN,
			       bpr_i_doc_text(s->doc, N_("Times and cost: no step of one of the flows says how long it takes, so they are not compared.")));
	for (size_t i = 0; i < BPR_METRIC_COUNT && !untimed(s); i++)
		if (kpi_of(s, i)->method == BPR_METHOD_NONE)
			bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN,
				       bpr_i_doc_fill(s->doc, N_("Not computed: {1}."), bpr_i_say_label(s->doc, (enum bpr_metric)i), NULL, NULL, NULL));
	if (!bpr_i_trial_known(s->subject))
		bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN,
			       bpr_i_doc_text(s->doc, N_("Waiting in queues, which depends on staffing and on busy hours, is not in these times.")));
	if (!s->subject->evidence)
		bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN,
			       bpr_i_doc_text(s->doc, N_("The after is a plan: measure it in a trial and make this report again.")));
}

/* ---- steps ---- */

static void list_steps(const struct pair_study *s, enum bpr_step_change change, const char *title)
{
	size_t count;
	const struct bpr_step_pair *pairs = bpr_comparison_steps(s->comparison, &count);
	size_t found = 0;
	size_t most = s->options->full ? count : BPR_STUDY_STEP_ROWS;

	for (size_t i = 0; i < count; i++) {
		bool removed = change == BPR_STEP_REMOVED;

		if (pairs[i].change != change)
			continue;
		if (!found)
			bpr_i_doc_heading(s->doc, 3, bpr_i_doc_text(s->doc, title));
		if (found++ < most)
			bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN,
				       removed ? bpr_i_say_step(s->doc, s->subject->flow, pairs[i].before)
					       : bpr_i_say_step(s->doc, s->subject->after_flow, pairs[i].after));
	}
	bpr_i_study_more(s->doc, found > most ? found - most : 0);
}

static const char *differences(const struct pair_study *s, const struct bpr_step_pair *pair)
{
	struct bpr_buf buf = BPR_BUF_INIT;

	for (unsigned bit = 0; bit < BPR_DIFFERS_COUNT; bit++) {
		if (!(pair->differs >> bit & 1u))
			continue;
		if (buf.length)
			bpr_i_buf_puts(&buf, bpr_i_doc_text(s->doc, N_("; ")));
		bpr_i_buf_puts(&buf, bpr_i_say_difference(s->doc, s->subject, pair, 1u << bit));
	}
	return bpr_i_doc_keep(s->doc, &buf);
}

const char *bpr_i_say_differences(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_step_pair *pair)
{
	const struct pair_study s = { .doc = doc, .subject = subject };

	return differences(&s, pair);
}

static void changed_steps(const struct pair_study *s)
{
	size_t count;
	const struct bpr_step_pair *pairs = bpr_comparison_steps(s->comparison, &count);
	struct bpr_doc_table *table = NULL;
	size_t found = 0;
	size_t most = s->options->full ? count : BPR_STUDY_STEP_ROWS;

	for (size_t i = 0; i < count; i++) {
		const char *name;
		const char *what;
		struct bpr_doc_cell *row;

		if (pairs[i].change != BPR_STEP_CHANGED || found++ >= most)
			continue;
		if (!table) {
			bpr_i_doc_heading(s->doc, 3, bpr_i_doc_text(s->doc, N_("Steps that change")));
			table = bpr_i_doc_table(s->doc);
			bpr_i_doc_column(s->doc, table, N_("Step"), false, 16);
			bpr_i_doc_column(s->doc, table, N_("What changes"), false, 30);
		}
		name = bpr_i_say_step(s->doc, s->subject->after_flow, pairs[i].after);
		what = differences(s, &pairs[i]);
		row = bpr_i_doc_row(s->doc, table);
		if (!row)
			return;
		row[0] = bpr_i_cell_text(name);
		row[1] = bpr_i_cell_text(what);
	}
	bpr_i_study_more(s->doc, found > most ? found - most : 0);
}

static void steps(const struct pair_study *s)
{
	size_t count;
	const struct bpr_step_pair *pairs = bpr_comparison_steps(s->comparison, &count);
	size_t number[BPR_STEP_CHANGED + 1] = { 0 };
	struct bpr_document *doc = s->doc;

	for (size_t i = 0; i < count; i++)
		number[pairs[i].change]++;
	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("Steps before and after")));
	bpr_i_doc_paragraph(doc, bpr_i_doc_fill(doc, N_("Removed: {1}. New: {2}. Changed: {3}. As before: {4}."),
						bpr_i_say_count(doc, (double)number[BPR_STEP_REMOVED]),
						bpr_i_say_count(doc, (double)number[BPR_STEP_ADDED]),
						bpr_i_say_count(doc, (double)number[BPR_STEP_CHANGED]),
						bpr_i_say_count(doc, (double)number[BPR_STEP_SAME])));
	list_steps(s, BPR_STEP_REMOVED, N_("Steps that go"));
	list_steps(s, BPR_STEP_ADDED, N_("Steps that are new"));
	changed_steps(s);
}

/* ---- by name ---- */

struct pairs_words { const char *heading, *title, *second; };

static struct bpr_doc_table *pairs_head(const struct pair_study *s, const struct pairs_words *words)
{
	struct bpr_doc_table *table;

	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, words->heading));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, words->title, false, 16);
	if (words->second)
		bpr_i_doc_column(s->doc, table, words->second, false, 12);
	bpr_i_doc_column(s->doc, table, N_("Before"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("After"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Change"), true, 0);
	return table;
}

static void pair_cells(const struct pair_study *s, struct bpr_doc_cell *row, const struct bpr_pair *p, bool minutes)
{
	double values[3] = { p->before, p->after, p->after - p->before };

	*row++ = bpr_i_cell_text(p->name);
	if (p->to)
		*row++ = bpr_i_cell_text(p->to);
	for (size_t i = 0; i < 3; i++)
		row[i] = minutes ? bpr_i_cell_number(BPR_DOC_MINUTES, values[i]) : bpr_i_cell_times(s->doc, values[i]);
	row[2].change = true;
}

static void pairs_table(const struct pair_study *s, enum bpr_pairs_of of, const struct pairs_words *words)
{
	struct bpr_pairs pairs;
	struct bpr_doc_table *table = NULL;
	size_t found = 0;
	size_t most;

	if (s->doc->failed || !bpr_i_pairs(&s->doc->arena, s->subject, of, &pairs)) {
		s->doc->failed = true;
		return;
	}
	most = s->options->full ? pairs.count : BPR_STUDY_STEP_ROWS;
	for (size_t i = 0; i < pairs.count; i++) {
		struct bpr_doc_cell *row;

		if (!(pairs.items[i].before > 1e-12) && !(pairs.items[i].after > 1e-12))
			continue;
		if (found++ >= most)
			continue;
		if (!table)
			table = pairs_head(s, words);
		row = bpr_i_doc_row(s->doc, table);
		if (!row)
			return;
		pair_cells(s, row, &pairs.items[i], of == BPR_PAIRS_UNITS);
	}
	bpr_i_study_more(s->doc, found > most ? found - most : 0);
}

static void by_name(const struct pair_study *s)
{
	static const struct { enum bpr_pairs_of of; bool full; struct pairs_words words; } tables[] = {
		{ BPR_PAIRS_COUNTERS, false, { N_("Visits to each counter, per case"), N_("Counter"), NULL } },
		{ BPR_PAIRS_GROUPS, false, { N_("What citizens write, per case"), N_("Item group"), NULL } },
		{ BPR_PAIRS_FIELDS, true, { N_("Items written, per case"), N_("Item"), NULL } },
		{ BPR_PAIRS_FORMS, true, { N_("Forms filled in, per case"), N_("Form"), NULL } },
		{ BPR_PAIRS_UNITS, false, { N_("Staff time by unit, per case"), N_("Unit"), NULL } },
		{ BPR_PAIRS_HANDOFFS, false, { N_("Handoffs between units, per case"), N_("From"), N_("To") } },
	};

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		if (s->options->full || !tables[i].full)
			pairs_table(s, tables[i].of, &tables[i].words);
}

static void warnings(const struct pair_study *s)
{
	const bpr_problems *lists[2] = { s->subject->problems, s->subject->after_problems };
	size_t most = s->options->full ? BPR_NONE : BPR_STUDY_PROBLEMS / 2;
	size_t hidden = 0;

	if (lists[1] == lists[0])
		lists[1] = NULL;
	if (!bpr_problems_count_severity(lists[0], BPR_SEVERITY_WARNING) && !bpr_problems_count_severity(lists[1], BPR_SEVERITY_WARNING))
		return;
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("Points to check in the input")));
	for (size_t i = 0; i < 2; i++) {
		hidden += bpr_i_study_problems(s->doc, lists[i], BPR_SEVERITY_ERROR, most, NULL, NULL);
		hidden += bpr_i_study_problems(s->doc, lists[i], BPR_SEVERITY_WARNING, most, NULL, NULL);
	}
	bpr_i_study_more(s->doc, hidden);
}

static void basis(const struct pair_study *s)
{
	char seed[32];
	bool sampled = bpr_i_study_sampled(s->subject->analysis) || bpr_i_study_sampled(s->subject->after_analysis);

	(void)snprintf(seed, sizeof(seed), "%llu", s->options->seed);
	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("What the figures rest on")));
	if (bpr_i_trial_known(s->subject))
		bpr_i_trial_basis(s->doc, s->subject);
	else if (!sampled)
		bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN,
			       bpr_i_doc_text(s->doc, N_("All figures shown are computed exactly from the flow; nothing is sampled or estimated.")));
	bpr_i_study_source(s->doc, N_("Before: {1} (content {2}); cases a year: {3}."), s->subject->flow);
	bpr_i_study_source(s->doc, N_("After: {1} (content {2}); cases a year: {3}."), s->subject->after_flow);
	bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN, bpr_i_doc_fill(s->doc, N_("Made by bpr {1}, seed {2}."), bpr_version(), seed, NULL, NULL));
}

void bpr_i_study_comparison(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options)
{
	struct pair_study s = { doc, subject, options, subject->comparison, bpr_comparison_cases_per_year(subject->comparison) };
	const char *before = bpr_i_say_flow(doc, subject->flow);
	const char *after = bpr_i_say_flow(doc, subject->after_flow);

	if (strcmp(before, after) != 0)
		bpr_i_doc_heading(doc, 1, bpr_i_doc_fill(doc, N_("Before and after: {1} / {2}"), before, after, NULL, NULL));
	else
		bpr_i_doc_heading(doc, 1, bpr_i_doc_fill(doc, N_("Before and after: {1}"), before, NULL, NULL, NULL));
	if (subject->evidence)
		bpr_i_forecast_lead(doc, subject);
	lead(&s);
	if (bpr_i_trial_known(subject))
		bpr_i_trial_lead(doc, subject, s.cases);
	most_written(&s);
	year(&s);
	bpr_i_study_forecast(doc, subject, options);
	figures(&s);
	if (bpr_i_trial_known(subject)) {
		bpr_i_trial_figures(doc, subject, options);
		bpr_i_trial_places(doc, subject, options);
	}
	worse(&s);
	unknown(&s);
	bpr_i_study_queue_pair(doc, subject);
	by_name(&s);
	bpr_i_study_levers(doc, subject, options->full);
	steps(&s);
	warnings(&s);
	basis(&s);
}

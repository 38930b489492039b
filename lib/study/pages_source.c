/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the figures were made: from what, under which assumptions, how exactly, and how to make them again. */
#include "config.h"
#include "study/source_i.h"
#include "study/comparison_i.h"
#include "study/mining_i.h"
#include "study/simulation_i.h"
#include "study/suggestion_i.h"
#include "study/trial_i.h"
#include "base/text_i.h"
#include <bpr/init.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- inputs ---- */

static void input_row(struct bpr_pages *p, struct bpr_doc_table *table, const char *role, const bpr_flow *flow)
{
	double cases = bpr_flow_cases_per_year(flow);
	struct bpr_buf buf = BPR_BUF_INIT;
	const char *hash, *said;
	struct bpr_doc_cell *row;

	bpr_i_buf_printf(&buf, "%016llx", bpr_flow_hash(flow));
	hash = bpr_i_doc_keep(p->doc, &buf);
	said = cases > 0 ? bpr_i_say_metric(p->doc, BPR_METRIC_INCOMPLETE, cases, true) : bpr_i_doc_text(p->doc, N_("not given"));
	row = bpr_i_doc_row(p->doc, table);
	if (!row)
		return;
	row[0] = bpr_i_cell_text(role);
	row[1] = bpr_i_cell_text(*bpr_flow_source(flow) ? bpr_flow_source(flow) : bpr_i_name_flow(flow));
	row[2] = bpr_i_cell_text(hash);
	row[3] = bpr_i_cell_text(said);
}

static void inputs(struct bpr_pages *p)
{
	const struct bpr_subject *s = p->subject;
	struct bpr_doc_table *table;

	if (!s->flow || p->kind == BPR_REPORT_MINING)
		return;
	bpr_i_doc_heading(p->doc, 2, bpr_i_doc_text(p->doc, N_("What was read")));
	table = bpr_i_doc_table(p->doc);
	bpr_i_doc_column(p->doc, table, N_("Flow"), false, 8);
	bpr_i_doc_column(p->doc, table, N_("File"), false, 12);
	bpr_i_doc_column(p->doc, table, N_("Content (hash)"), false, 16);
	bpr_i_doc_column(p->doc, table, N_("Cases a year"), true, 0);
	input_row(p, table, s->after_flow ? bpr_i_doc_text(p->doc, N_("Before")) : bpr_i_name_flow(s->flow), s->flow);
	if (s->after_flow)
		input_row(p, table, bpr_i_doc_text(p->doc, N_("After")), s->after_flow);
}

static void log_row(struct bpr_pages *p, struct bpr_doc_table *table, const char *role, const bpr_log *log)
{
	struct bpr_doc_cell *row = log ? bpr_i_doc_row(p->doc, table) : NULL;
	struct bpr_log_info info;

	if (!row)
		return;
	info = bpr_log_info(log);
	row[0] = bpr_i_cell_text(bpr_i_doc_text(p->doc, role));
	row[1] = bpr_i_cell_text(bpr_i_say_log(p->doc, log));
	row[2] = bpr_i_cell_number(BPR_DOC_COUNT, (double)info.rows);
	row[3] = bpr_i_cell_number(BPR_DOC_COUNT, (double)info.rejected);
}

/* Logs that were compared, with each other or with what the flows promise. */
static void logs(struct bpr_pages *p)
{
	const struct bpr_subject *s = p->subject;
	struct bpr_doc_table *table;

	if (!s->evidence || (!s->log && !s->after_log))
		return;
	if (!s->flow)
		bpr_i_doc_heading(p->doc, 2, bpr_i_doc_text(p->doc, N_("What was read")));
	table = bpr_i_doc_table(p->doc);
	bpr_i_doc_column(p->doc, table, N_("Log"), false, 8);
	bpr_i_doc_column(p->doc, table, N_("File"), false, 12);
	bpr_i_doc_column(p->doc, table, N_("Rows read"), true, 0);
	bpr_i_doc_column(p->doc, table, N_("Rows not understood"), true, 0);
	log_row(p, table, N_("Before"), s->log);
	log_row(p, table, s->flow ? N_("Measured") : N_("After"), s->after_log);
}

/* ---- how exact ---- */

static void item(struct bpr_pages *p, const char *text)
{
	bpr_i_doc_item(p->doc, 1, BPR_DOC_PLAIN, text);
}

/* Metrics that were sampled, on either side. */
static size_t sampled(struct bpr_pages *p, const char *labels[BPR_METRIC_COUNT])
{
	const bpr_analysis *sides[2] = { p->subject->analysis, p->subject->after_analysis };
	size_t count = 0;

	for (size_t i = 0; i < BPR_METRIC_COUNT; i++) {
		bool drawn = false;

		for (size_t k = 0; k < 2; k++)
			drawn = drawn || (sides[k] && bpr_analysis_figure(sides[k], (enum bpr_metric)i)->method == BPR_METHOD_SIMULATED);
		if (drawn)
			labels[count++] = bpr_i_say_label(p->doc, (enum bpr_metric)i);
	}
	return count;
}

static void simulated(struct bpr_pages *p)
{
	const struct bpr_subject *s = p->subject;
	struct bpr_document *doc = p->doc;

	if (bpr_i_trial_known(s))
		bpr_i_trial_basis(doc, s);
	else if (s->simulation)
		item(p, bpr_i_doc_fill(doc, N_("Simulated: times with queues and how busy people are, in {1} runs with {2} finished cases."),
				       bpr_i_say_count(doc, (double)bpr_simulation_replications(s->simulation)),
				       bpr_i_say_count(doc, (double)bpr_simulation_cases(s->simulation)), NULL, NULL));
	if (s->simulation && bpr_simulation_replications(s->simulation) > 1)
		item(p, bpr_i_doc_text(doc, N_("The 95% range of a simulated figure says how far chance alone moves it; it knows nothing of wrong inputs.")));
}

static bool has_formula(const struct bpr_subject *s)
{
	return !s->simulation && ((s->queueing && bpr_queueing_known(s->queueing)) || (s->after_queueing && bpr_queueing_known(s->after_queueing)));
}

static void exactness(struct bpr_pages *p)
{
	const char *labels[BPR_METRIC_COUNT];
	struct bpr_document *doc = p->doc;
	size_t count = sampled(p, labels);
	char seed[32];

	if (p->kind == BPR_REPORT_CHECK || (!p->subject->analysis && !p->subject->simulation))
		return;
	(void)snprintf(seed, sizeof(seed), "%llu", p->options->seed);
	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("How exact the figures are")));
	if (p->subject->analysis && !count)
		item(p, bpr_i_doc_text(doc, N_("Exact, given the flow: visits, forms, writing, handoffs, rework, minutes and yen of a case.")));
	if (count)
		item(p, bpr_i_doc_fill(doc, N_("Drawn at random (seed {2}), with some uncertainty: {1}. The other figures of a case are exact, given the flow."),
				       bpr_i_say_list(doc, labels, count), seed, NULL, NULL));
	simulated(p);
	if (has_formula(p->subject))
		item(p, bpr_i_doc_text(doc, N_("By formula, and mostly approximate: waiting in queues and how busy people are.")));
	if (p->cases > 0)
		item(p, bpr_i_doc_fill(doc, N_("Figures of a year are those of a case times {1}."), bpr_i_say_metric(doc, BPR_METRIC_INCOMPLETE, p->cases, true), NULL, NULL, NULL));
	if (p->subject->after_flow && !p->subject->evidence)
		item(p, bpr_i_doc_text(doc, N_("The after is a plan: what it really brings is known only when it is measured.")));
}

/* ---- what could not be said ---- */

static void missing_of_pair(struct bpr_pages *p)
{
	const bpr_comparison *c = p->subject->comparison;
	const char *labels[BPR_METRIC_COUNT];
	size_t count = 0;

	for (size_t i = 0; i < BPR_METRIC_COUNT; i++)
		if (bpr_comparison_kpi(c, (enum bpr_metric)i)->method == BPR_METHOD_NONE)
			labels[count++] = bpr_i_say_label(p->doc, (enum bpr_metric)i);
	if (count)
		item(p, bpr_i_doc_fill(p->doc, N_("Not known before or after, and so not compared: {1}."), bpr_i_say_list(p->doc, labels, count), NULL, NULL, NULL));
}

static bool lists_forms(const bpr_flow *flow)
{
	return !flow || bpr_flow_form_count(flow) > 0;
}

static void missing(struct bpr_pages *p)
{
	const struct bpr_subject *s = p->subject;
	struct bpr_document *doc = p->doc;
	size_t before = doc->block_count;

	if (!s->flow || p->kind == BPR_REPORT_CHECK || p->kind == BPR_REPORT_MINING || p->kind == BPR_REPORT_SUGGESTION)
		return;
	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("What could not be said")));
	before = doc->block_count;
	if (s->comparison)
		missing_of_pair(p);
	if (bpr_i_untimed(s->flow) || (s->after_flow && bpr_i_untimed(s->after_flow)))
		item(p, bpr_i_doc_text(doc, N_("Times and yen: write how long each step takes into the column work of the flow table.")));
	if (!(p->cases > 0))
		item(p, bpr_i_doc_text(doc, s->after_flow ? N_("What it makes in a year: write per_day or per_year into the demand table, the same for both flows.")
							  : N_("What it makes in a year: write per_day or per_year into the demand table.")));
	if (!lists_forms(s->flow) || !lists_forms(s->after_flow))
		item(p, bpr_i_doc_text(doc, N_("What is written by hand: name the forms in the column writes, and list what is on them in the forms table.")));
	if (!s->simulation && !has_formula(s))
		item(p, bpr_i_doc_text(doc, N_("Waiting in queues: write the number of staff into the staff table, the cases and opening hours into the demand table.")));
	else if (!s->simulation)
		item(p, bpr_i_doc_text(doc, N_("How waiting is spread over cases and hours: 'bpr simulate' and 'bpr compare --simulate' tell it.")));
	if (doc->block_count == before)
		bpr_i_doc_paragraph(doc, bpr_i_doc_text(doc, N_("Everything that this report could hold is in it.")));
}

/* ---- how to do it again ---- */

static void again(struct bpr_pages *p)
{
	struct bpr_document *doc = p->doc;
	char seed[32];

	(void)snprintf(seed, sizeof(seed), "%llu", p->options->seed);
	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("To make this report again")));
	if (p->page->command)
		bpr_i_doc_command(doc, p->page->command);
	bpr_i_doc_paragraph(doc, bpr_i_doc_fill(doc, N_("Made by bpr {1}, seed {2}."), bpr_version(), seed, NULL, NULL));
	if (p->page->command)
		bpr_i_doc_note(doc, bpr_i_doc_text(doc, N_("The same inputs, options and version give the same report, to the last character.")));
}

/* Of levers: costs, limits, how sure the choice is. */
static void basis(struct bpr_pages *p)
{
	struct bpr_suggestion_study st = bpr_i_suggestion_study(p->doc, p->subject, p->options);

	if (st.order)
		bpr_i_suggestion_basis(&st);
}

void bpr_i_page_source(struct bpr_pages *pages)
{
	bpr_i_doc_page(pages->doc, "source", bpr_i_doc_text(pages->doc, N_("How the figures were made")));
	if (pages->kind == BPR_REPORT_MINING)
		bpr_i_mining_source(pages);
	inputs(pages);
	bpr_i_study_levers(pages->doc, pages->subject, false);
	logs(pages);
	if (pages->kind == BPR_REPORT_SUGGESTION)
		basis(pages);
	bpr_i_source_assumptions(pages);
	exactness(pages);
	missing(pages);
	again(pages);
	bpr_i_source_words(pages);
}

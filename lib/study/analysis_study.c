/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One flow, for the person who decides and the person at the counter: what a case costs in one sentence, the figures, where it
 * sticks; then the tables (analysis_tables.c); at the end what the figures rest on.
 */
#include "config.h"
#include "study/analysis_i.h"
#include "base/text_i.h"
#include <bpr/init.h>
#include <math.h>
#include <stdio.h>

static double mean(const struct study *s, enum bpr_metric metric)
{
	return bpr_analysis_figure(s->analysis, metric)->mean;
}

static bool known(const struct study *s, enum bpr_metric metric)
{
	return bpr_analysis_figure(s->analysis, metric)->method != BPR_METHOD_NONE;
}

/* ---- what is said first ---- */

static const char *say_times(const struct study *s, double x)
{
	return bpr_i_say_plural(s->doc, x, N_("once"), N_("{1} times"));
}

static const char *citizen_sentence(const struct study *s)
{
	double visits = mean(s, BPR_METRIC_COUNTER_VISITS);
	double items = mean(s, BPR_METRIC_FIELDS_WRITTEN);
	const char *counters = bpr_i_say_plural(s->doc, mean(s, BPR_METRIC_DISTINCT_COUNTERS), N_("1 counter"),
						N_("{1} different counters"));
	const char *forms = bpr_i_say_plural(s->doc, mean(s, BPR_METRIC_FORMS_WRITTEN), N_("1 form"), N_("{1} forms"));
	const char *written = bpr_i_say_plural(s->doc, items, N_("1 item"), N_("{1} items"));

	if (visits > 0 && items > 0)
		return bpr_i_doc_fill(s->doc, N_("On average, one case takes the citizen to a counter {1} ({2}), with {3} to fill in and {4} to write."),
				      say_times(s, visits), counters, forms, written);
	if (visits > 0)
		return bpr_i_doc_fill(s->doc, N_("On average, one case takes the citizen to a counter {1} ({2}), with nothing to write."),
				      say_times(s, visits), counters, NULL, NULL);
	if (items > 0)
		return bpr_i_doc_fill(s->doc, N_("On average, one case has {1} to fill in and {2} to write; nobody comes to a counter."),
				      forms, written, NULL, NULL);
	return bpr_i_doc_fill(s->doc, N_("On average, one case takes {1}; no citizen comes to a counter or writes anything."),
			      bpr_i_say_plural(s->doc, mean(s, BPR_METRIC_STEPS), N_("1 step"), N_("{1} steps")), NULL, NULL, NULL);
}

/* Does any step that is reached say how long it takes? 0 minutes would be a claim, not a figure. */
static bool timed(const struct study *s)
{
	return mean(s, BPR_METRIC_WORK_MINUTES) > 0 || mean(s, BPR_METRIC_CITIZEN_MINUTES) > 0 || mean(s, BPR_METRIC_LEAD_MINUTES) > 0 ||
	       !known(s, BPR_METRIC_LEAD_MINUTES);
}

static bool is_time(enum bpr_metric metric)
{
	return metric == BPR_METRIC_WORK_MINUTES || metric == BPR_METRIC_CITIZEN_MINUTES || metric == BPR_METRIC_LEAD_MINUTES;
}

static const char *time_sentence(const struct study *s)
{
	double work = mean(s, BPR_METRIC_WORK_MINUTES);
	double lead = mean(s, BPR_METRIC_LEAD_MINUTES);

	if (!timed(s))
		return bpr_i_doc_text(s->doc, N_("No step says how long it takes, so there are no times."));
	if (!known(s, BPR_METRIC_LEAD_MINUTES))
		return bpr_i_doc_fill(s->doc, N_("Staff spend {1} on it."), bpr_i_say_minutes(s->doc, work), NULL, NULL, NULL);
	return bpr_i_doc_fill(s->doc, N_("Staff spend {1} on it; from start to end it takes {2}, not counting queues."),
			      bpr_i_say_minutes(s->doc, work), bpr_i_say_minutes(s->doc, lead), NULL, NULL);
}

static void year_sentence(const struct study *s)
{
	double work = mean(s, BPR_METRIC_WORK_MINUTES);
	double items = mean(s, BPR_METRIC_FIELDS_WRITTEN);
	const char *cases;

	if (!(s->cases > 0) || !(work > 0 || items > 0))
		return;
	cases = bpr_i_say_metric(s->doc, BPR_METRIC_INCOMPLETE, s->cases, true);
	if (work > 0 && items > 0)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("With {1} cases a year that is {2} of staff time and {3} items that citizens write."),
							   cases, bpr_i_say_year_minutes(s->doc, work * s->cases),
							   bpr_i_say_count(s->doc, nearbyint(items * s->cases)), NULL));
	else if (work > 0)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("With {1} cases a year that is {2} of staff time."), cases,
							   bpr_i_say_year_minutes(s->doc, work * s->cases), NULL, NULL));
	else
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("With {1} cases a year that is {2} items that citizens write."), cases,
							   bpr_i_say_count(s->doc, nearbyint(items * s->cases)), NULL, NULL));
}

/* The groups of items that are written most: what published surveys count. */
static void most_written(const struct study *s)
{
	enum { MOST = 3 };
	const struct bpr_group_result *top[MOST] = { NULL };
	const char *texts[MOST];
	size_t groups;
	const struct bpr_group_result *list = bpr_analysis_groups(s->analysis, &groups);
	size_t count = 0;

	for (size_t i = 0; i < groups; i++) {
		const struct bpr_group_result *g = &list[i];

		for (size_t k = 0; k < MOST && g && g->written > 0 && !bpr_i_name_is_rest(g->name); k++)
			if (!top[k] || g->written > top[k]->written) {
				const struct bpr_group_result *out = top[k];

				top[k] = g;
				g = out;
			}
	}
	for (; count < MOST && top[count]; count++)
		texts[count] = bpr_i_doc_fill(s->doc, N_("{1} {2}"), top[count]->name, bpr_i_say_times(s->doc, top[count]->written), NULL, NULL);
	if (count)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("Times that each is written: {1}."), bpr_i_say_list(s->doc, texts, count),
							   NULL, NULL, NULL));
}

/* What a mean hides: what is written again, and who goes home with something missing. */
static void second_sentences(const struct study *s)
{
	double repeated = mean(s, BPR_METRIC_REPEATED_FIELDS);
	double items = mean(s, BPR_METRIC_FIELDS_WRITTEN);
	double incomplete = mean(s, BPR_METRIC_INCOMPLETE);

	if (repeated > 1e-9 && known(s, BPR_METRIC_REPEATED_FIELDS))
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("Of {1} items written, {2} ask again for what was written before."),
							   bpr_i_say_count(s->doc, items), bpr_i_say_count(s->doc, repeated), NULL, NULL));
	if (incomplete > 0)
		bpr_i_doc_paragraph(s->doc, bpr_i_doc_fill(s->doc, N_("Cases that end with something missed: {1}."),
							   bpr_i_say_share(s->doc, incomplete), NULL, NULL, NULL));
}

/* ---- figures ---- */

static bool has_interval(const struct study *s)
{
	for (size_t i = 0; i < BPR_METRIC_COUNT; i++)
		if (bpr_analysis_figure(s->analysis, (enum bpr_metric)i)->method == BPR_METHOD_SIMULATED)
			return true;
	return false;
}

static const char *interval(const struct study *s, enum bpr_metric metric, const struct bpr_figure *f)
{
	return bpr_i_doc_fill(s->doc, N_("{1} to {2}"), bpr_i_say_metric(s->doc, metric, f->ci95_low, false),
			      bpr_i_say_metric(s->doc, metric, f->ci95_high, false), NULL, NULL);
}

static void figure_row(const struct study *s, struct bpr_doc_table *table, enum bpr_metric metric, bool intervals)
{
	const struct bpr_metric_info *info = bpr_metric_get(metric);
	const struct bpr_figure *f = bpr_analysis_figure(s->analysis, metric);
	const char *range = intervals && f->method == BPR_METHOD_SIMULATED ? interval(s, metric, f) : NULL;
	struct bpr_doc_cell *row = bpr_i_doc_row(s->doc, table);
	size_t c = 0;

	if (!row)
		return;
	row[c++] = bpr_i_cell_text(bpr_i_doc_text(s->doc, info->label));
	if (f->method != BPR_METHOD_NONE)
		row[c] = bpr_i_cell_metric(s->doc, metric, f->mean);
	row[c++].tone = info->headline ? BPR_DOC_STRONG : BPR_DOC_PLAIN;
	if (intervals)
		row[c++] = bpr_i_cell_text(range);
	/* An event either happens or not: its deviation tells nobody anything. */
	if (f->sd_method != BPR_METHOD_NONE && info->quantity != BPR_QUANTITY_PROB)
		row[c] = bpr_i_cell_metric(s->doc, metric, f->sd);
	c++;
	if (s->cases > 0) {
		if (f->method != BPR_METHOD_NONE && metric != BPR_METRIC_LEAD_MINUTES)
			row[c] = bpr_i_cell_metric(s->doc, metric, f->mean * s->cases);
		row[c++].year = true;
	}
	row[c] = bpr_i_cell_method(f->method);
}

static void figures(const struct study *s)
{
	bool intervals = has_interval(s);
	struct bpr_doc_table *table;

	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("Figures of a case")));
	table = bpr_i_doc_table(s->doc);
	bpr_i_doc_column(s->doc, table, N_("Measure"), false, 16);
	bpr_i_doc_column(s->doc, table, N_("Mean"), true, 0);
	if (intervals)
		bpr_i_doc_column(s->doc, table, N_("95% interval"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Standard deviation"), true, 0);
	if (s->cases > 0)
		bpr_i_doc_column(s->doc, table, N_("Per year"), true, 0);
	bpr_i_doc_column(s->doc, table, N_("Found by"), false, 0);
	for (size_t i = 0; i < BPR_METRIC_COUNT; i++) {
		enum bpr_metric metric = (enum bpr_metric)i;

		if (is_time(metric) && !timed(s))
			continue;
		if (s->options->full || bpr_metric_get(metric)->headline || mean(s, metric) > 0)
			figure_row(s, table, metric, intervals);
	}
}

/* ---- where it sticks ---- */

#define WAIT_SAID 0.5 /* minutes a case; a shorter wait is nowhere to get stuck */

static const char *utilisation_text(const struct study *s, const struct bpr_bottleneck *b)
{
	const struct bpr_pool_result *r = &bpr_analysis_pools(s->analysis)[b->pool];
	const char *name = bpr_flow_pool(s->flow, b->pool)->name;
	const char *busy = bpr_i_say_prob(s->doc, b->value);
	const char *limit = r->capacity_known ? bpr_i_say_count(s->doc, floor(r->capacity_per_day + 1e-9)) : "";

	if (b->value > 1)
		return bpr_i_doc_fill(s->doc, r->capacity_known ? N_("'{1}' cannot keep up: the work is {2} of its hours; {3} cases a day are the most it can do.")
							       : N_("'{1}' cannot keep up: the work is {2} of its hours."),
				      name, busy, limit, NULL);
	if (b->value > 0.85)
		return bpr_i_doc_fill(s->doc, r->capacity_known ? N_("'{1}' is busy {2} of its hours, where queues grow quickly; {3} cases a day are the most it can do.")
							       : N_("'{1}' is busy {2} of its hours, where queues grow quickly."),
				      name, busy, limit, NULL);
	return bpr_i_doc_fill(s->doc, r->capacity_known ? N_("'{1}' is busy {2} of its hours; {3} cases a day are the most it can do.")
						       : N_("'{1}' is busy {2} of its hours."),
			      name, busy, limit, NULL);
}

static const char *node_text(const struct study *s, const struct bpr_bottleneck *b)
{
	const char *name = bpr_i_say_step(s->doc, s->flow, b->node);
	const char *value = bpr_i_say_minutes(s->doc, b->value);

	if (b->lens == BPR_LENS_SENSITIVITY)
		return bpr_i_doc_fill(s->doc, N_("If '{1}' took a tenth less time, a case would be done {2} sooner."), name, value, NULL, NULL);
	if (b->lens == BPR_LENS_WAIT)
		return bpr_i_doc_fill(s->doc, N_("Before '{1}', a case waits {2}."), name, value, NULL, NULL);
	if (b->value > 0)
		return bpr_i_doc_fill(s->doc, N_("Every case must pass '{1}' and spends {2} there."), name, value, NULL, NULL);
	return bpr_i_doc_fill(s->doc, N_("Every case must pass '{1}'."), name, NULL, NULL, NULL);
}

const char *bpr_i_study_bottleneck(const struct study *s, const struct bpr_bottleneck *b)
{
	return b->pool != BPR_NONE ? utilisation_text(s, b) : node_text(s, b);
}

bool bpr_i_study_sticks(const struct bpr_bottleneck *b)
{
	return !(b->lens == BPR_LENS_SENSITIVITY && !(b->value > 0)) && !(b->lens == BPR_LENS_WAIT && b->value < WAIT_SAID);
}

static void bottlenecks(const struct study *s, const struct bpr_subject *subject)
{
	size_t count;
	const struct bpr_bottleneck *list = bpr_i_study_bottlenecks(&s->doc->arena, subject, &count);
	bool any = false;

	if (!list)
		s->doc->failed = true;
	for (size_t i = 0; list && i < count; i++) {
		const struct bpr_bottleneck *b = &list[i];

		if (b->rank > (s->options->full ? BPR_STUDY_ROWS : 3) || (b->lens == BPR_LENS_SENSITIVITY && !(b->value > 0)))
			continue;
		if (b->lens == BPR_LENS_WAIT && b->value < WAIT_SAID && !s->options->full)
			continue;
		if (!any)
			bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("Where it takes time or gets stuck")));
		any = true;
		bpr_i_doc_item(s->doc, 1, b->lens == BPR_LENS_UTILISATION && b->value > 0.85 ? BPR_DOC_WORSE : BPR_DOC_PLAIN,
			       bpr_i_study_bottleneck(s, b));
	}
}

/* ---- what it rests on ---- */

static void basis(const struct study *s)
{
	char seed[32];

	bpr_i_doc_heading(s->doc, 2, bpr_i_doc_text(s->doc, N_("What the figures rest on")));
	(void)snprintf(seed, sizeof(seed), "%llu", s->options->seed);
	if (bpr_i_study_sampled(s->analysis))
		bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN,
			       bpr_i_doc_fill(s->doc, N_("Figures marked exact are computed from the flow, not estimated; those marked sampled come from cases played through at random (seed {1}), and some standard deviations do too."),
					      seed, NULL, NULL, NULL));
	else
		bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN,
			       bpr_i_doc_text(s->doc, N_("All figures of a case are computed exactly from the flow; nothing in them is sampled or estimated.")));
	bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN,
		       bpr_i_doc_text(s->doc, s->queueing && bpr_queueing_known(s->queueing)
			       ? N_("Waiting in queues is not in the figures of a case; it is told by itself, computed by formula from demand and staff.")
			       : N_("Waiting in queues is not in the times.")));
	if (bpr_flow_demand(s->flow)->seasons.rule_count)
		bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN,
			       bpr_i_doc_text(s->doc, N_("Queues and hours are those of an ordinary week; the peaks of the demand are in none of these figures ('bpr simulate --from DATE' brings them in).")));
	bpr_i_study_source(s->doc, N_("Flow: {1} (content {2}); cases a year: {3}."), s->flow);
	bpr_i_doc_item(s->doc, 1, BPR_DOC_PLAIN, bpr_i_doc_fill(s->doc, N_("Made by bpr {1}, seed {2}."), bpr_version(), seed, NULL, NULL));
}

void bpr_i_study_analysis(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options)
{
	struct study s = { doc, subject->flow, subject->analysis, options, bpr_flow_cases_per_year(subject->flow), subject->queueing };

	bpr_i_doc_heading(doc, 1, bpr_i_doc_fill(doc, N_("Analysis of a flow: {1}"), bpr_i_say_flow(doc, s.flow), NULL, NULL, NULL));
	bpr_i_doc_lead(doc, citizen_sentence(&s));
	bpr_i_doc_lead(doc, time_sentence(&s));
	most_written(&s);
	second_sentences(&s);
	year_sentence(&s);
	figures(&s);
	for (size_t i = 0; i < options->distribution_count; i++)
		bpr_i_study_distribution(&s, &options->distributions[i]);
	bottlenecks(&s, subject);
	bpr_i_study_queues(&s);
	bpr_i_study_counters(&s);
	bpr_i_study_writing(&s);
	bpr_i_study_handoffs(&s);
	bpr_i_study_rework(&s);
	bpr_i_study_rules(&s);
	bpr_i_study_units(&s);
	bpr_i_study_pools(&s);
	bpr_i_study_steps(&s);
	bpr_i_study_levers(doc, subject, options->full);
	bpr_i_study_warnings(doc, subject->problems, options->full);
	basis(&s);
}

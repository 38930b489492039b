/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Before and after simulated in pairs: what is shown and what is not. A change is only spoken of where its interval leaves out 0;
 * elsewhere it says so, in the same words everywhere.
 */
#include "config.h"
#include "study/simulation_i.h"
#include "study/trial_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

static const struct bpr_sim_difference *difference(const struct bpr_subject *subject, size_t key)
{
	return bpr_comparison_difference(subject->comparison, key);
}

bool bpr_i_trial_known(const struct bpr_subject *subject)
{
	return subject->simulation && subject->after_simulation && difference(subject, BPR_SIM_CYCLE);
}

const char *bpr_i_say_change(struct bpr_document *doc, size_t key, double low, double high)
{
	const char *at_low = bpr_i_say_sim(doc, key, fabs(low)), *at_high = bpr_i_say_sim(doc, key, fabs(high));

	if (!strcmp(at_low, at_high) && (high < 0 || low > 0))
		return bpr_i_doc_fill(doc, high < 0 ? N_("{1} less") : N_("{1} more"), at_low, NULL, NULL, NULL);
	if (high < 0)
		return bpr_i_doc_fill(doc, N_("{1} to {2} less"), at_high, at_low, NULL, NULL);
	if (low > 0)
		return bpr_i_doc_fill(doc, N_("{1} to {2} more"), at_low, at_high, NULL, NULL);
	if (!(low < 0) && !(high > 0))
		return bpr_i_doc_text(doc, N_("exactly 0"));
	return bpr_i_doc_fill(doc, N_("from {1} less to {2} more"), at_low, at_high, NULL, NULL);
}

/* ---- sentences ---- */

static void lead_of(struct bpr_document *doc, const struct bpr_subject *subject, size_t key, const char *shown, const char *not_shown)
{
	const struct bpr_sim_difference *d = difference(subject, key);
	const char *before, *after;

	if (!d->known)
		return;
	before = bpr_i_say_sim(doc, key, d->before);
	after = bpr_i_say_sim(doc, key, d->after);
	if (d->ci_known && d->shown)
		bpr_i_doc_lead(doc, bpr_i_doc_fill(doc, shown, before, after, bpr_i_say_change(doc, key, d->ci95_low, d->ci95_high), NULL));
	else
		bpr_i_doc_lead(doc, bpr_i_doc_fill(doc, not_shown, before, after, NULL, NULL));
}

void bpr_i_trial_lead(struct bpr_document *doc, const struct bpr_subject *subject, double cases)
{
	const struct bpr_sim_difference *wait = difference(subject, BPR_SIM_WAIT);

	lead_of(doc, subject, BPR_SIM_WAIT, N_("Simulated, a case waits {2} in queues instead of {1}: {3} (95% interval)."),
		N_("Simulated, a case waits {1} in queues before and {2} after: no difference shown."));
	lead_of(doc, subject, BPR_SIM_CYCLE, N_("From its arrival to its end it takes {2} instead of {1}: {3} (95% interval)."),
		N_("From its arrival to its end it takes {1} before and {2} after: no difference shown."));
	if (cases > 0 && wait->known && wait->shown)
		bpr_i_doc_paragraph(doc, bpr_i_doc_fill(doc, wait->change < 0 ? N_("With {1} cases a year, {2} less is waited in queues.")
									      : N_("With {1} cases a year, {2} more is waited in queues."),
							bpr_i_say_metric(doc, BPR_METRIC_INCOMPLETE, cases, true),
							bpr_i_say_year_minutes(doc, fabs(wait->change) * cases), NULL, NULL));
}

/* ---- figures ---- */

static struct bpr_doc_cell result_cell(struct bpr_document *doc, const struct bpr_sim_difference *d)
{
	const char *text = "";
	struct bpr_doc_cell cell;

	if (!d->ci_known)
		text = N_("one run shows nothing");
	else if (!d->shown)
		text = N_("no difference shown");
	else if (d->better)
		text = d->better > 0 ? N_("better") : N_("worse");
	cell = bpr_i_cell_text(*text ? bpr_i_doc_text(doc, text) : "");
	cell.tone = d->better > 0 ? BPR_DOC_BETTER : d->better < 0 ? BPR_DOC_WORSE : BPR_DOC_PLAIN;
	return cell;
}

/* A change is said in minutes, beside values in minutes; beside values in seconds, in seconds. */
static struct bpr_doc_cell change_cell(struct bpr_document *doc, size_t key, const struct bpr_sim_difference *d)
{
	struct bpr_doc_cell cell = bpr_i_cell_sim(doc, key, d->change);

	cell.change = true;
	if (bpr_sim_key_get(key)->quantity == BPR_QUANTITY_MINUTES && fmax(fabs(d->before), fabs(d->after)) < 0.9995 && fabs(d->change) > 0)
		return bpr_i_cell_text(bpr_i_doc_fill(doc, d->change > 0 ? "+{1}" : "{1}", bpr_i_say_minutes(doc, d->change), NULL, NULL, NULL));
	return cell;
}

static void figure_row(struct bpr_document *doc, struct bpr_doc_table *table, size_t key, const struct bpr_sim_difference *d)
{
	const char *interval = d->ci_known ? bpr_i_say_change(doc, key, d->ci95_low, d->ci95_high) : "";
	struct bpr_doc_cell *row = bpr_i_doc_row(doc, table);

	if (!row)
		return;
	row[0] = bpr_i_cell_text(bpr_i_doc_text(doc, bpr_sim_key_get(key)->label));
	row[1] = bpr_i_cell_sim(doc, key, d->before);
	row[2] = bpr_i_cell_sim(doc, key, d->after);
	row[3] = change_cell(doc, key, d);
	row[4] = bpr_i_cell_text(interval);
	row[5] = result_cell(doc, d);
	row[3].tone = row[5].tone;
}

/* What the means hide: who waits long. Quantiles have no interval. */
static void tail_row(struct bpr_document *doc, struct bpr_doc_table *table, const struct bpr_subject *subject)
{
	const struct bpr_sim_figure *b = bpr_simulation_figure(subject->simulation, BPR_SIM_WAIT);
	const struct bpr_sim_figure *a = bpr_simulation_figure(subject->after_simulation, BPR_SIM_WAIT);
	struct bpr_doc_cell *row;

	if (!b->known || !a->known || !(b->p90 > 0 || a->p90 > 0))
		return;
	row = bpr_i_doc_row(doc, table);
	if (!row)
		return;
	row[0] = bpr_i_cell_text(bpr_i_doc_text(doc, N_("1 in 10 waits longer than")));
	row[1] = bpr_i_cell_sim(doc, BPR_SIM_WAIT, b->p90);
	row[2] = bpr_i_cell_sim(doc, BPR_SIM_WAIT, a->p90);
	row[3] = bpr_i_cell_sim(doc, BPR_SIM_WAIT, a->p90 - b->p90);
	row[3].change = true;
}

static double sum_of_squares(const double *x, const double *y, size_t n)
{
	double mean = 0, sum = 0;

	for (size_t i = 0; i < n; i++)
		mean += (x[i] - (y ? y[i] : 0)) / (double)n;
	for (size_t i = 0; i < n; i++) {
		double off = x[i] - (y ? y[i] : 0) - mean;

		sum += off * off;
	}
	return sum;
}

/* How many times as many independent runs would have been needed for the same interval. */
static void gain(struct bpr_document *doc, const struct bpr_subject *subject, size_t key)
{
	const double *before = bpr_simulation_means(subject->simulation, key), *after = bpr_simulation_means(subject->after_simulation, key);
	size_t n = bpr_simulation_replications(subject->simulation);
	double paired;

	if (!before || !after || n < 2 || !difference(subject, key)->ci_known)
		return;
	paired = sum_of_squares(after, before, n);
	if (paired > 0)
		bpr_i_doc_item(doc, 1, BPR_DOC_PLAIN,
			       bpr_i_doc_fill(doc, N_("{1}: without common random numbers {2} times as many runs would be needed (correlation of the pairs {3})."),
					      bpr_i_doc_text(doc, bpr_sim_key_get(key)->label),
					      bpr_i_say_count(doc, (sum_of_squares(before, NULL, n) + sum_of_squares(after, NULL, n)) / paired),
					      bpr_i_say_count(doc, difference(subject, key)->correlation), NULL));
}

void bpr_i_trial_figures(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options)
{
	struct bpr_doc_table *table;

	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("With queues, simulated: before and after")));
	table = bpr_i_doc_table(doc);
	bpr_i_doc_column(doc, table, N_("Measure"), false, 16);
	bpr_i_doc_column(doc, table, N_("Before"), true, 0);
	bpr_i_doc_column(doc, table, N_("After"), true, 0);
	bpr_i_doc_column(doc, table, N_("Change"), true, 0);
	bpr_i_doc_column(doc, table, N_("95% interval of the change"), false, 14);
	bpr_i_doc_column(doc, table, N_("Result"), false, 8);
	for (size_t key = BPR_METRIC_COUNT; key < BPR_SIM_KEY_COUNT; key++) {
		const struct bpr_sim_difference *d = difference(subject, key);

		if (d->known && (options->full || bpr_sim_key_get(key)->headline || d->before > 0 || d->after > 0))
			figure_row(doc, table, key, d);
		if (key == BPR_SIM_WAIT)
			tail_row(doc, table, subject);
	}
	bpr_i_doc_note(doc, bpr_i_doc_text(doc, N_("'No difference shown' means that luck alone could make such a difference in the runs; it does not prove that there is none. More --replications narrow the interval.")));
	if (!options->full)
		return;
	bpr_i_doc_heading(doc, 3, bpr_i_doc_text(doc, N_("What common random numbers brought")));
	gain(doc, subject, BPR_SIM_CYCLE);
	gain(doc, subject, BPR_SIM_WAIT);
}

/* ---- by name ---- */

static size_t same_pool(const bpr_flow *flow, const char *name)
{
	for (size_t i = 0; i < bpr_flow_pool_count(flow); i++)
		if (!strcmp(bpr_flow_pool(flow, i)->name, name))
			return i;
	return BPR_NONE;
}

static size_t same_counter(const bpr_flow *flow, const char *name)
{
	for (size_t i = 0; i < bpr_flow_counter_count(flow); i++)
		if (!strcmp(bpr_flow_counter(flow, i)->name, name))
			return i;
	return BPR_NONE;
}

static void mean_cell(struct bpr_doc_cell *cell, enum bpr_doc_value value, const struct bpr_sim_mean *mean)
{
	if (mean && mean->known)
		*cell = bpr_i_cell_number(value, mean->mean);
}

static void pool_row(struct bpr_document *doc, struct bpr_doc_table *table, const char *name, const struct bpr_sim_pool *before,
		     const struct bpr_sim_pool *after)
{
	struct bpr_doc_cell *row;

	if (!(before && before->wait.known) && !(after && after->wait.known))
		return;
	row = bpr_i_doc_row(doc, table);
	if (!row)
		return;
	row[0] = bpr_i_cell_text(name);
	mean_cell(&row[1], BPR_DOC_PROB, before ? &before->utilisation : NULL);
	mean_cell(&row[2], BPR_DOC_PROB, after ? &after->utilisation : NULL);
	mean_cell(&row[3], BPR_DOC_MINUTES, before ? &before->wait : NULL);
	mean_cell(&row[4], BPR_DOC_MINUTES, after ? &after->wait : NULL);
}

static void pools(struct bpr_document *doc, const struct bpr_subject *s)
{
	const struct bpr_sim_pool *before = bpr_simulation_pools(s->simulation), *after = bpr_simulation_pools(s->after_simulation);
	struct bpr_doc_table *table;

	if (!bpr_flow_pool_count(s->flow) && !bpr_flow_pool_count(s->after_flow))
		return;
	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("Staff before and after, simulated")));
	table = bpr_i_doc_table(doc);
	bpr_i_doc_column(doc, table, N_("Staff"), false, 12);
	bpr_i_doc_column(doc, table, N_("Busy before"), true, 0);
	bpr_i_doc_column(doc, table, N_("Busy after"), true, 0);
	bpr_i_doc_column(doc, table, N_("Wait before"), true, 0);
	bpr_i_doc_column(doc, table, N_("Wait after"), true, 0);
	for (size_t i = 0; i < bpr_flow_pool_count(s->flow); i++) {
		const char *name = bpr_flow_pool(s->flow, i)->name;
		size_t other = same_pool(s->after_flow, name);

		pool_row(doc, table, name, &before[i], other == BPR_NONE ? NULL : &after[other]);
	}
	for (size_t i = 0; i < bpr_flow_pool_count(s->after_flow); i++)
		if (same_pool(s->flow, bpr_flow_pool(s->after_flow, i)->name) == BPR_NONE)
			pool_row(doc, table, bpr_flow_pool(s->after_flow, i)->name, NULL, &after[i]);
}

static void counter_row(struct bpr_document *doc, struct bpr_doc_table *table, const char *name, const struct bpr_sim_counter *before,
			const struct bpr_sim_counter *after)
{
	const struct bpr_sim_counter *sides[2] = { before, after };
	struct bpr_doc_cell *row;

	if (!(before && before->wait.known) && !(after && after->wait.known))
		return;
	row = bpr_i_doc_row(doc, table);
	if (!row)
		return;
	row[0] = bpr_i_cell_text(name);
	for (size_t i = 0; i < 2; i++) {
		if (!sides[i] || !sides[i]->wait.known)
			continue;
		row[1 + i] = bpr_i_cell_number(BPR_DOC_MINUTES, sides[i]->wait.mean);
		row[3 + i] = bpr_i_cell_number(BPR_DOC_MINUTES, sides[i]->wait_p90);
	}
}

static void counters(struct bpr_document *doc, const struct bpr_subject *s)
{
	const struct bpr_sim_counter *before = bpr_simulation_counters(s->simulation), *after = bpr_simulation_counters(s->after_simulation);
	struct bpr_doc_table *table;

	if (!bpr_flow_counter_count(s->flow) && !bpr_flow_counter_count(s->after_flow))
		return;
	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("Waiting at the counters, simulated")));
	table = bpr_i_doc_table(doc);
	bpr_i_doc_column(doc, table, N_("Counter"), false, 12);
	bpr_i_doc_column(doc, table, N_("Wait before"), true, 0);
	bpr_i_doc_column(doc, table, N_("Wait after"), true, 0);
	bpr_i_doc_column(doc, table, N_("1 in 10 longer than, before"), true, 0);
	bpr_i_doc_column(doc, table, N_("1 in 10 longer than, after"), true, 0);
	for (size_t i = 0; i < bpr_flow_counter_count(s->flow); i++) {
		const char *name = bpr_flow_counter(s->flow, i)->name;
		size_t other = same_counter(s->after_flow, name);

		counter_row(doc, table, name, &before[i], other == BPR_NONE ? NULL : &after[other]);
	}
	for (size_t i = 0; i < bpr_flow_counter_count(s->after_flow); i++)
		if (same_counter(s->flow, bpr_flow_counter(s->after_flow, i)->name) == BPR_NONE)
			counter_row(doc, table, bpr_flow_counter(s->after_flow, i)->name, NULL, &after[i]);
}

void bpr_i_trial_places(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options)
{
	(void)options;
	pools(doc, subject);
	counters(doc, subject);
}

void bpr_i_trial_basis(struct bpr_document *doc, const struct bpr_subject *s)
{
	bpr_i_doc_item(doc, 1, BPR_DOC_PLAIN,
		       bpr_i_doc_fill(doc, N_("Simulated in {1} pairs of runs ({2} finished cases before, {3} after): before and after had the same arrivals and, for steps with the same id, the same random numbers. The interval is Student's t of the differences of the pairs."),
				      bpr_i_say_count(doc, (double)bpr_simulation_replications(s->simulation)),
				      bpr_i_say_count(doc, (double)bpr_simulation_cases(s->simulation)),
				      bpr_i_say_count(doc, (double)bpr_simulation_cases(s->after_simulation)), NULL));
}

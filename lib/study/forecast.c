/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was promised beside what came: figures of two flows beside those of a log of the after. */
#include "config.h"
#include "study/evidence_i.h"
#include "base/text_i.h"
#include <math.h>

/* Which figure of a flow foretells which of a log. Minutes with queues where they were simulated. */
static const struct { enum bpr_evidence_key key; size_t simulated; enum bpr_metric metric; } pairs[] = {
	{ BPR_EVIDENCE_CYCLE, BPR_SIM_CYCLE, BPR_METRIC_LEAD_MINUTES }, { BPR_EVIDENCE_WAIT, BPR_SIM_WAIT, BPR_METRIC_COUNT },
	{ BPR_EVIDENCE_WORK, BPR_METRIC_WORK_MINUTES, BPR_METRIC_WORK_MINUTES }, { BPR_EVIDENCE_STEPS, BPR_METRIC_STEPS, BPR_METRIC_STEPS },
	{ BPR_EVIDENCE_REVISITS, BPR_METRIC_REVISITS, BPR_METRIC_REVISITS }, { BPR_EVIDENCE_HANDOFFS, BPR_METRIC_HANDOFFS, BPR_METRIC_HANDOFFS },
	{ BPR_EVIDENCE_COUNTERS, BPR_METRIC_COUNTER_VISITS, BPR_METRIC_COUNTER_VISITS },
	{ BPR_EVIDENCE_FORMS, BPR_METRIC_FORMS_WRITTEN, BPR_METRIC_FORMS_WRITTEN },
	{ BPR_EVIDENCE_FIELDS, BPR_METRIC_FIELDS_WRITTEN, BPR_METRIC_FIELDS_WRITTEN }, { BPR_EVIDENCE_SEALS, BPR_METRIC_SEALS, BPR_METRIC_SEALS },
	{ BPR_EVIDENCE_ID_CHECKS, BPR_METRIC_ID_CHECKS, BPR_METRIC_ID_CHECKS }, { BPR_EVIDENCE_COPIES, BPR_METRIC_COPIES, BPR_METRIC_COPIES },
};

/* What the flows say. False: not known. */
static bool promise(const bpr_comparison *comparison, size_t pair, struct bpr_forecast_row *row)
{
	const struct bpr_sim_difference *d = pairs[pair].simulated >= BPR_METRIC_COUNT ? bpr_comparison_difference(comparison, pairs[pair].simulated) : NULL;
	const struct bpr_kpi *kpi;

	if (d && d->known) {
		row->simulated = true;
		row->before = d->before;
		row->forecast = d->after;
		return true;
	}
	if (pairs[pair].metric == BPR_METRIC_COUNT)
		return false;
	kpi = bpr_comparison_kpi(comparison, pairs[pair].metric);
	row->before = kpi->before;
	row->forecast = kpi->after;
	return kpi->before_known && kpi->after_known;
}

/* Share of the promised change that came, by the mean: from the measured before where there is one, else from the flow's. */
static void reach(struct bpr_forecast_row *row)
{
	const struct bpr_evidence_change *m = &row->figure->mean;
	const double promised = row->forecast - row->before;

	row->reached = row->reached_low = row->reached_high = (double)NAN;
	row->before_measured = row->figure->before_known;
	if (!(fabs(promised) > 1e-9 * fmax(fabs(row->before), fabs(row->forecast))))
		return;
	if (m->known) {
		row->reached = m->change / promised;
		row->reached_low = (promised < 0 ? m->high : m->low) / promised;
		row->reached_high = (promised < 0 ? m->low : m->high) / promised;
	} else {
		row->reached = (m->after - row->before) / promised;
		row->reached_low = ((promised < 0 ? m->after_high : m->after_low) - row->before) / promised;
		row->reached_high = ((promised < 0 ? m->after_low : m->after_high) - row->before) / promised;
	}
}

/* Minutes of waiting and service are those of the whole case only where nearly every event tells its start. */
static bool is_whole(const struct bpr_subject *s, enum bpr_evidence_key key)
{
	const double nearly = 0.95;
	struct bpr_log_info info;

	if (key != BPR_EVIDENCE_WAIT && key != BPR_EVIDENCE_WORK)
		return true;
	if (!s->after_log)
		return false;
	info = bpr_log_info(s->after_log);
	return (double)info.with_start >= nearly * (double)info.events;
}

size_t bpr_i_forecast(const struct bpr_subject *s, struct bpr_forecast_row rows[BPR_EVIDENCE_KEY_COUNT])
{
	size_t count = 0, figures;
	const struct bpr_evidence_figure *f;

	if (!s->comparison || !s->evidence)
		return 0;
	f = bpr_evidence_figures(s->evidence, &figures);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct bpr_forecast_row row = { .key = pairs[i].key, .cycle = pairs[i].key == BPR_EVIDENCE_CYCLE, .figure = &f[pairs[i].key] };

		if (!row.figure->after_known || !is_whole(s, row.key) || !promise(s->comparison, i, &row))
			continue;
		/* What neither flow nor log has at all is no promise. */
		if (!(row.before > 0) && !(row.forecast > 0) && !(row.figure->mean.after > 0))
			continue;
		reach(&row);
		rows[count++] = row;
	}
	return count;
}

const char *bpr_i_forecast_measured(struct bpr_document *doc, const struct bpr_subject *s, enum bpr_metric metric)
{
	struct bpr_forecast_row rows[BPR_EVIDENCE_KEY_COUNT];
	const size_t count = bpr_i_forecast(s, rows);

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < sizeof(pairs) / sizeof(pairs[0]); k++)
			if (pairs[k].key == rows[i].key && pairs[k].metric == metric)
				return bpr_i_say_evidence(doc, rows[i].key, rows[i].figure->mean.after);
	return NULL;
}

/* ---- words ---- */

static const char *label(struct bpr_document *doc, const struct bpr_forecast_row *row)
{
	if (row->cycle && !row->simulated)
		return bpr_i_doc_text(doc, N_("Time from begin to end (forecast without queues)"));
	return bpr_i_say_evidence_label(doc, row->key);
}

/* The whole of it, more, a part, nothing of it, the other way. */
static const char *say_reached(struct bpr_document *doc, const struct bpr_forecast_row *row)
{
	const char *share;

	if (isnan(row->reached))
		return bpr_i_doc_text(doc, N_("no change was promised"));
	if (row->reached < 0)
		return bpr_i_doc_text(doc, N_("the other way"));
	share = bpr_i_say_prob(doc, row->reached < 1 ? row->reached : 1);
	if (row->reached > 1.005)
		return bpr_i_doc_fill(doc, N_("more than promised ({1}%)"), bpr_i_say_count(doc, floor(100 * row->reached + 0.5)), NULL, NULL, NULL);
	return share;
}

void bpr_i_forecast_lead(struct bpr_document *doc, const struct bpr_subject *s)
{
	struct bpr_forecast_row rows[BPR_EVIDENCE_KEY_COUNT];
	const size_t count = bpr_i_forecast(s, rows);
	const struct bpr_forecast_row *row = count ? &rows[0] : NULL;
	const struct bpr_evidence_change *m;
	const char *promised, *came;

	if (!row) {
		bpr_i_doc_lead(doc, bpr_i_doc_text(doc, N_("The log knows none of the figures that the flows promise.")));
		return;
	}
	m = &row->figure->mean;
	promised = bpr_i_doc_fill(doc, N_("{1}: {2} instead of {3} was promised."), label(doc, row), bpr_i_say_evidence(doc, row->key, row->forecast),
				  bpr_i_say_evidence(doc, row->key, row->before), NULL);
	came = bpr_i_doc_fill(doc, N_("{1} came ({2} to {3}, {4} interval)"), bpr_i_say_evidence(doc, row->key, m->after),
			      bpr_i_say_evidence(doc, row->key, m->after_low), bpr_i_say_evidence(doc, row->key, m->after_high),
			      bpr_i_say_confidence(doc, s->evidence));
	if (isnan(row->reached))
		bpr_i_doc_lead(doc, bpr_i_doc_fill(doc, N_("{1} {2}."), promised, came, NULL, NULL));
	else if (row->reached < 0)
		bpr_i_doc_lead(doc, bpr_i_doc_fill(doc, N_("{1} {2}: it went the other way."), promised, came, NULL, NULL));
	else if (row->reached > 1.005)
		bpr_i_doc_lead(doc, bpr_i_doc_fill(doc, N_("{1} {2}: more than was promised."), promised, came, NULL, NULL));
	else
		bpr_i_doc_lead(doc, bpr_i_doc_fill(doc, N_("{1} {2}: {3} of what was promised."), promised, came, bpr_i_say_prob(doc, row->reached), NULL));
}

void bpr_i_forecast_table(struct bpr_document *doc, const struct bpr_subject *s)
{
	struct bpr_forecast_row rows[BPR_EVIDENCE_KEY_COUNT];
	const size_t count = bpr_i_forecast(s, rows);
	struct bpr_doc_table *table;

	if (!count)
		return;
	table = bpr_i_doc_table(doc);
	bpr_i_doc_column(doc, table, N_("Figure of a case, mean"), false, 16);
	bpr_i_doc_column(doc, table, N_("Before"), true, 0);
	bpr_i_doc_column(doc, table, N_("Forecast"), true, 0);
	bpr_i_doc_column(doc, table, N_("Measured"), true, 0);
	bpr_i_doc_column(doc, table, N_("Interval"), false, 12);
	bpr_i_doc_column(doc, table, N_("Of the promised change"), false, 10);
	for (size_t i = 0; i < count; i++) {
		const struct bpr_evidence_change *m = &rows[i].figure->mean;
		struct bpr_doc_cell *row = bpr_i_doc_row(doc, table);

		if (!row)
			return;
		row[0] = bpr_i_cell_text(label(doc, &rows[i]));
		row[1] = bpr_i_cell_evidence(doc, rows[i].key, rows[i].before);
		row[2] = bpr_i_cell_evidence(doc, rows[i].key, rows[i].forecast);
		row[3] = bpr_i_cell_evidence(doc, rows[i].key, m->after);
		row[4] = bpr_i_cell_text(bpr_i_doc_fill(doc, N_("{1} to {2}"), bpr_i_say_evidence(doc, rows[i].key, m->after_low),
							bpr_i_say_evidence(doc, rows[i].key, m->after_high), NULL, NULL));
		row[5] = bpr_i_cell_text(say_reached(doc, &rows[i]));
	}
	bpr_i_doc_note(doc, bpr_i_doc_text(doc, N_("Before and forecast are of the flows, measured is the mean of the log. The share is that of the promised change which came: counted from the measured before where a log of it was given, else from the flow of the before.")));
}

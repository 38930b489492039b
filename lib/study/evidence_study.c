/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The study of two logs: what changed, how sure that is, what was adjusted, what is not known. */
#include "config.h"
#include "study/evidence_i.h"
#include "study/simulation_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

/* ---- what is compared ---- */

static const char *name_of(struct bpr_document *doc, const struct bpr_subject *s, bool after)
{
	const bpr_log *log = after ? s->after_log : s->comparison ? NULL : s->log;

	const char *name = bpr_evidence_side(s->evidence, after)->name, *slash = strrchr(name, '/');

	return log ? bpr_i_say_log(doc, log) : slash ? slash + 1 : name;
}

static void side(struct bpr_document *doc, const struct bpr_subject *s, bool after)
{
	const struct bpr_evidence_side *of = bpr_evidence_side(s->evidence, after);
	const char *span, *counts;

	if (!of)
		return;
	span = bpr_i_doc_fill(doc, N_("{1} to {2}, {3} days with cases"), bpr_i_say_date(doc, of->first), bpr_i_say_date(doc, of->last),
			      bpr_i_say_count(doc, (double)of->days), NULL);
	counts = bpr_i_doc_fill(doc, N_("{1} cases ({2} finished, {3} not over, {4} given up)"), bpr_i_say_count(doc, (double)of->cases),
				bpr_i_say_count(doc, (double)of->finished), bpr_i_say_count(doc, (double)of->unfinished),
				bpr_i_say_count(doc, (double)of->cancelled));
	bpr_i_doc_item(doc, 1, BPR_DOC_PLAIN,
		       bpr_i_doc_fill(doc, after ? N_("After: {1}, {2}; {3}") : N_("Before: {1}, {2}; {3}"), name_of(doc, s, after), counts, span, NULL));
}

/* ---- the sentence to be read if only one is ---- */

static const struct bpr_evidence_figure *figure(const bpr_evidence *evidence, size_t key)
{
	size_t count;

	return &bpr_evidence_figures(evidence, &count)[key];
}

void bpr_i_evidence_lead(struct bpr_document *doc, const struct bpr_subject *s)
{
	const struct bpr_evidence_figure *cycle = figure(s->evidence, BPR_EVIDENCE_CYCLE);

	if (cycle->verdict != BPR_EFFECT_UNKNOWN)
		bpr_i_doc_lead(doc, bpr_i_say_evidence_result(doc, s->evidence, cycle));
	else if (cycle->after_known && !bpr_evidence_side(s->evidence, false))
		bpr_i_doc_lead(doc, bpr_i_doc_fill(doc, N_("Measured, cases take {1} at the median ({2} to {3}, {4} interval)."),
						   bpr_i_say_minutes(doc, cycle->p50.after), bpr_i_say_minutes(doc, cycle->p50.after_low),
						   bpr_i_say_minutes(doc, cycle->p50.after_high), bpr_i_say_confidence(doc, s->evidence)));
	else
		bpr_i_doc_lead(doc, bpr_i_doc_text(doc, N_("The logs do not tell how long cases take: one of them has no finished case.")));
}

/* ---- figures ---- */

static void change_row(struct bpr_document *doc, struct bpr_doc_table *table, const struct bpr_evidence_figure *f, const char *label,
		       const struct bpr_evidence_change *c, bool verdict)
{
	struct bpr_doc_cell *row = bpr_i_doc_row(doc, table);

	if (!row)
		return;
	row[0] = bpr_i_cell_text(label);
	if (f->before_known)
		row[1] = bpr_i_cell_evidence(doc, f->key, c->before);
	if (f->after_known)
		row[2] = bpr_i_cell_evidence(doc, f->key, c->after);
	if (c->known) {
		row[3] = bpr_i_cell_evidence(doc, f->key, c->change);
		row[3].change = true;
		row[4] = bpr_i_cell_text(bpr_i_say_evidence_change(doc, f->key, c->low, c->high));
	}
	if (!verdict)
		return;
	row[5] = bpr_i_cell_text(bpr_i_say_verdict(doc, f));
	row[5].tone = row[3].tone = bpr_i_verdict_tone(f);
}

static const char *labelled(struct bpr_document *doc, const struct bpr_evidence_figure *f, const char *id)
{
	return bpr_i_doc_fill(doc, id, bpr_i_say_evidence_label(doc, f->key), NULL, NULL, NULL);
}

void bpr_i_evidence_figures(struct bpr_document *doc, const bpr_evidence *evidence, const struct bpr_study_options *options)
{
	struct bpr_doc_table *table;
	size_t count;
	const struct bpr_evidence_figure *f = bpr_evidence_figures(evidence, &count);

	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("Figures before and after, measured")));
	table = bpr_i_doc_table(doc);
	bpr_i_doc_column(doc, table, N_("Figure of a case"), false, 16);
	bpr_i_doc_column(doc, table, N_("Before"), true, 0);
	bpr_i_doc_column(doc, table, N_("After"), true, 0);
	bpr_i_doc_column(doc, table, N_("Change"), true, 0);
	bpr_i_doc_column(doc, table, N_("Interval of the change"), false, 14);
	bpr_i_doc_column(doc, table, N_("Result"), false, 8);
	for (size_t i = 0; i < count; i++) {
		if ((!f[i].before_known && !f[i].after_known) || (f[i].same && !options->full))
			continue;
		if (f[i].rate || bpr_evidence_key_get(f[i].key)->quantity != BPR_QUANTITY_MINUTES) {
			change_row(doc, table, &f[i], labelled(doc, &f[i], f[i].rate ? "{1}" : N_("{1}, mean")), &f[i].mean, true);
			continue;
		}
		change_row(doc, table, &f[i], labelled(doc, &f[i], N_("{1}, median")), &f[i].p50, true);
		change_row(doc, table, &f[i], labelled(doc, &f[i], N_("{1}, mean")), &f[i].mean, false);
		if (options->full || i == BPR_EVIDENCE_CYCLE)
			change_row(doc, table, &f[i], labelled(doc, &f[i], N_("{1}, 1 case in 10 longer than")), &f[i].p90, false);
	}
	bpr_i_doc_note(doc, bpr_i_doc_fill(doc, N_("The interval holds the true change in {1} of such comparisons. 'Better' or 'worse' stands only where chance alone would hardly make such a difference, all figures taken together; 'a difference is not shown' does not mean that there is none."),
					   bpr_i_say_confidence(doc, evidence), NULL, NULL, NULL));
}

/* The others, one sentence each. */
static void verdicts(struct bpr_document *doc, const bpr_evidence *evidence)
{
	const char *same[BPR_EVIDENCE_KEY_COUNT];
	size_t same_count = 0, count;
	const struct bpr_evidence_figure *f = bpr_evidence_figures(evidence, &count);

	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("What changed, in words")));
	for (size_t i = 0; i < count; i++) {
		if (f[i].verdict == BPR_EFFECT_UNKNOWN)
			continue;
		if (f[i].same)
			same[same_count++] = bpr_i_doc_fill(doc, N_("{1} ({2})"), bpr_i_say_evidence_label(doc, f[i].key),
							    bpr_i_say_evidence(doc, f[i].key, f[i].mean.before), NULL, NULL);
		else
			bpr_i_doc_item(doc, 1, bpr_i_verdict_tone(&f[i]), bpr_i_say_evidence_result(doc, evidence, &f[i]));
	}
	if (same_count)
		bpr_i_doc_item(doc, 1, BPR_DOC_PLAIN, bpr_i_doc_fill(doc, N_("The same in every case of both logs: {1}."), bpr_i_say_list(doc, same, same_count), NULL, NULL, NULL));
}

static void sides(struct bpr_document *doc, const struct bpr_subject *s)
{
	side(doc, s, false);
	side(doc, s, true);
	if (bpr_evidence_options(s->evidence)->worktime)
		bpr_i_doc_item(doc, 1, BPR_DOC_PLAIN, bpr_i_doc_text(doc, N_("Waiting is counted in working time: only while the unit that goes on with the case is open.")));
}

void bpr_i_study_evidence(struct bpr_document *doc, const struct bpr_subject *s, const struct bpr_study_options *options)
{
	bpr_i_doc_heading(doc, 1, bpr_i_doc_text(doc, N_("Before and after, measured")));
	bpr_i_evidence_lead(doc, s);
	sides(doc, s);
	bpr_i_evidence_figures(doc, s->evidence, options);
	verdicts(doc, s->evidence);
	bpr_i_study_strata(doc, s->evidence);
	bpr_i_evidence_lives(doc, s->evidence);
	bpr_i_study_series(doc, s->evidence, options);
	bpr_i_evidence_doubts(doc, s);
	if (options->full)
		bpr_i_evidence_tests(doc, s->evidence);
}

void bpr_i_study_forecast(struct bpr_document *doc, const struct bpr_subject *s, const struct bpr_study_options *options)
{
	if (!s->comparison || !s->evidence)
		return;
	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("What was promised, and what came")));
	sides(doc, s);
	bpr_i_forecast_table(doc, s);
	if (bpr_evidence_side(s->evidence, false)) {
		bpr_i_evidence_figures(doc, s->evidence, options);
		verdicts(doc, s->evidence);
		bpr_i_study_strata(doc, s->evidence);
		bpr_i_evidence_lives(doc, s->evidence);
		bpr_i_study_series(doc, s->evidence, options);
		if (options->full)
			bpr_i_evidence_tests(doc, s->evidence);
	}
	bpr_i_evidence_doubts(doc, s);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands behind the verdicts: tests, strata, cases that are not over, the time series. */
#include "config.h"
#include "study/evidence_i.h"
#include "study/simulation_i.h"
#include "base/num_i.h"
#include "base/text_i.h"
#include <math.h>

/* A p-value as people write it: 0.034, < 0.001. */
static const char *say_p(struct bpr_document *doc, double p)
{
	char number[40];

	if (isnan(p))
		return "";
	if (p < 0.001)
		return "< 0.001";
	(void)bpr_i_num_fixed(number, sizeof(number), p, 3, false);
	return bpr_i_doc_fill(doc, "{1}", number, NULL, NULL, NULL);
}

static const char *say_fixed(struct bpr_document *doc, double x, int decimals)
{
	char number[420];

	if (isnan(x))
		return "";
	(void)bpr_i_num_fixed(number, sizeof(number), x, decimals, false);
	return bpr_i_doc_fill(doc, "{1}", number, NULL, NULL, NULL);
}

/* ---- tests ---- */

static void test_row(struct bpr_document *doc, struct bpr_doc_table *table, const struct bpr_evidence_figure *f)
{
	struct bpr_doc_cell *row = bpr_i_doc_row(doc, table);

	if (!row)
		return;
	row[0] = bpr_i_cell_text(bpr_i_say_evidence_label(doc, f->key));
	row[1] = bpr_i_cell_text(say_p(doc, f->u_p));
	row[2] = bpr_i_cell_text(say_p(doc, f->welch_p));
	row[3] = bpr_i_cell_text(f->rate ? "" : say_fixed(doc, f->effect, 3));
	if (f->shift_known)
		row[4] = bpr_i_cell_text(bpr_i_doc_fill(doc, isnan(f->shift_low) ? "{1}" : "{1} ({2})", bpr_i_say_evidence(doc, f->key, f->shift),
							bpr_i_say_evidence_change(doc, f->key, f->shift_low, f->shift_high), NULL, NULL));
	row[5] = bpr_i_cell_text(bpr_i_doc_fill(doc, "{1} / {2}", say_fixed(doc, f->design_before, 1), say_fixed(doc, f->design_after, 1), NULL, NULL));
	row[6] = bpr_i_cell_text(say_p(doc, f->p));
	row[7] = bpr_i_cell_text(say_p(doc, f->holm_p));
}

void bpr_i_evidence_tests(struct bpr_document *doc, const bpr_evidence *evidence)
{
	struct bpr_doc_table *table;
	size_t count;
	const struct bpr_evidence_figure *f = bpr_evidence_figures(evidence, &count);

	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("Tests behind the results")));
	table = bpr_i_doc_table(doc);
	bpr_i_doc_column(doc, table, N_("Figure of a case"), false, 12);
	bpr_i_doc_column(doc, table, N_("p, Mann-Whitney"), true, 0);
	bpr_i_doc_column(doc, table, N_("p, Welch or Fisher"), true, 0);
	bpr_i_doc_column(doc, table, N_("P(after < before)"), true, 0);
	bpr_i_doc_column(doc, table, N_("Shift of a case (Hodges-Lehmann)"), false, 12);
	bpr_i_doc_column(doc, table, N_("Design effect, before / after"), true, 0);
	bpr_i_doc_column(doc, table, N_("p that decides"), true, 0);
	bpr_i_doc_column(doc, table, N_("after Holm"), true, 0);
	for (size_t i = 0; i < count; i++)
		if (f[i].verdict != BPR_EFFECT_UNKNOWN && !f[i].same)
			test_row(doc, table, &f[i]);
	bpr_i_doc_note(doc, bpr_i_doc_text(doc, N_("Mann-Whitney, Welch and Fisher take every case as independent. Cases of one day are alike; the design effect says how many times wider that makes the variance of a mean. The p that decides takes days as independent instead, within strata where there are any, and is never smaller than that of independent cases. Holm's correction takes all figures together. Definitions: bpr-metrics(7).")));
}

/* ---- strata ---- */

void bpr_i_study_strata(struct bpr_document *doc, const bpr_evidence *evidence)
{
	const char *names[BPR_LOG_BY_MAX + 2], *const *by;
	const size_t attributes = bpr_evidence_by(evidence, &by);
	size_t n = 0, count;
	const struct bpr_evidence_figure *f = bpr_evidence_figures(evidence, &count);
	struct bpr_doc_table *table;

	while (n < attributes) {
		names[n] = by[n];
		n++;
	}
	if (bpr_evidence_by_weekday(evidence))
		names[n++] = bpr_i_doc_text(doc, N_("weekday"));
	if (bpr_evidence_by_month(evidence))
		names[n++] = bpr_i_doc_text(doc, N_("month"));
	if (!n || !f[BPR_EVIDENCE_CYCLE].strata_used)
		return;
	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("Like compared with like")));
	bpr_i_doc_paragraph(doc, bpr_i_doc_fill(doc, N_("Cases were compared within groups of the same {1}: {2} groups, {3} of them with cases on both sides, which hold {4} of the cases of the side that has fewer there. Means below are those of the groups, each weighted by its share in both logs together, so that neither log has more of the short or the long cases."),
						bpr_i_say_list(doc, names, n), bpr_i_say_count(doc, (double)f[BPR_EVIDENCE_CYCLE].strata),
						bpr_i_say_count(doc, (double)f[BPR_EVIDENCE_CYCLE].strata_used),
						bpr_i_say_prob(doc, f[BPR_EVIDENCE_CYCLE].strata_share)));
	table = bpr_i_doc_table(doc);
	bpr_i_doc_column(doc, table, N_("Figure of a case, mean"), false, 16);
	bpr_i_doc_column(doc, table, N_("Before"), true, 0);
	bpr_i_doc_column(doc, table, N_("After"), true, 0);
	bpr_i_doc_column(doc, table, N_("Change"), true, 0);
	bpr_i_doc_column(doc, table, N_("Interval of the change"), false, 14);
	bpr_i_doc_column(doc, table, N_("Change without adjusting"), true, 0);
	for (size_t i = 0; i < count; i++) {
		struct bpr_doc_cell *row = f[i].adjusted.known && !f[i].same ? bpr_i_doc_row(doc, table) : NULL;

		if (!row)
			continue;
		row[0] = bpr_i_cell_text(bpr_i_say_evidence_label(doc, f[i].key));
		row[1] = bpr_i_cell_evidence(doc, f[i].key, f[i].adjusted.before);
		row[2] = bpr_i_cell_evidence(doc, f[i].key, f[i].adjusted.after);
		row[3] = bpr_i_cell_evidence(doc, f[i].key, f[i].adjusted.change);
		row[4] = bpr_i_cell_text(bpr_i_say_evidence_change(doc, f[i].key, f[i].adjusted.low, f[i].adjusted.high));
		row[5] = bpr_i_cell_evidence(doc, f[i].key, f[i].mean.change);
		row[3].change = row[5].change = true;
	}
}

/* ---- cases that are not over ---- */

static const char *median(struct bpr_document *doc, double at, double low, double high)
{
	const char *most = isnan(high) ? bpr_i_doc_text(doc, N_("not reached")) : bpr_i_say_minutes(doc, high);

	if (isnan(at))
		return bpr_i_doc_text(doc, N_("not reached: more than half are not over"));
	return bpr_i_doc_fill(doc, N_("{1} ({2} to {3})"), bpr_i_say_minutes(doc, at), bpr_i_say_minutes(doc, low), most, NULL);
}

void bpr_i_evidence_lives(struct bpr_document *doc, const bpr_evidence *evidence)
{
	const struct bpr_evidence_side *before = bpr_evidence_side(evidence, false), *after = bpr_evidence_side(evidence, true);
	const struct bpr_evidence_survival *s = bpr_evidence_survival(evidence);

	if (!s->known || !(before->unfinished + before->cancelled + after->unfinished + after->cancelled))
		return;
	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("With cases that are not over")));
	bpr_i_doc_paragraph(doc, bpr_i_doc_fill(doc, N_("Not over or given up: {1} of the cases before and {2} of those after. They are not dropped: half of all cases would be over after {3} before and after {4} now (Kaplan-Meier)."),
						bpr_i_say_count(doc, (double)(before->unfinished + before->cancelled)),
						bpr_i_say_count(doc, (double)(after->unfinished + after->cancelled)),
						median(doc, s->before, s->before_low, s->before_high), median(doc, s->after, s->after_low, s->after_high)));
	bpr_i_doc_paragraph(doc, bpr_i_doc_fill(doc, s->p < 1 - bpr_evidence_options(evidence)->confidence
					? N_("Log-rank test: the two curves differ (chi-squared {1}, p {2}; cases as independent).")
					: N_("Log-rank test: a difference of the two curves is not shown (chi-squared {1}, p {2}; cases as independent)."),
						say_fixed(doc, s->chi2, 2), say_p(doc, s->p), NULL, NULL));
}

/* ---- time series ---- */

static void series_sentences(struct bpr_document *doc, enum bpr_evidence_key key, const struct bpr_evidence_series *s, const char *confidence)
{
	const char *level = bpr_i_say_evidence_change(doc, key, s->level_low, s->level_high);
	const char *slope = bpr_i_say_evidence_change(doc, key, s->slope_low, s->slope_high);
	const bool shown = s->level_high < 0 || s->level_low > 0, turned = s->slope_high < 0 || s->slope_low > 0;

	bpr_i_doc_item(doc, 1, BPR_DOC_PLAIN,
		       bpr_i_doc_fill(doc, shown ? N_("On the day of the change the mean went from {1} to {2}: {3} ({4} interval).")
						 : N_("On the day of the change a jump is not shown: the mean went from {1} to {2}, {3} ({4} interval)."),
				      bpr_i_say_evidence(doc, key, s->start), bpr_i_say_evidence(doc, key, s->start + s->level), level, confidence));
	bpr_i_doc_item(doc, 1, BPR_DOC_PLAIN,
		       bpr_i_doc_fill(doc, turned ? N_("The trend changed as well: {1} a week ({2} interval).")
						  : N_("That the trend changed is not shown: {1} a week ({2} interval)."), slope, confidence, NULL, NULL));
	bpr_i_doc_item(doc, 1, BPR_DOC_PLAIN,
		       bpr_i_doc_fill(doc, N_("At the end of the logs, against the trend of before going on: {1} ({2} interval)."),
				      bpr_i_say_evidence_change(doc, key, s->end_low, s->end_high), confidence, NULL, NULL));
}

static void series_table(struct bpr_document *doc, enum bpr_evidence_key key, const struct bpr_evidence_series *s)
{
	struct bpr_doc_table *table = bpr_i_doc_table(doc);

	bpr_i_doc_column(doc, table, s->daily ? N_("Day") : N_("Week from"), false, 10);
	bpr_i_doc_column(doc, table, N_("Cases"), true, 0);
	bpr_i_doc_column(doc, table, N_("Mean"), true, 0);
	bpr_i_doc_column(doc, table, N_("Line"), true, 0);
	bpr_i_doc_column(doc, table, N_("Line without the change"), true, 0);
	for (size_t i = 0; i < s->count; i++) {
		struct bpr_doc_cell *row = bpr_i_doc_row(doc, table);

		if (!row)
			return;
		row[0] = bpr_i_cell_text(bpr_i_say_date(doc, s->points[i].date));
		row[1] = bpr_i_cell_number(BPR_DOC_COUNT, (double)s->points[i].cases);
		row[2] = bpr_i_cell_evidence(doc, key, s->points[i].value);
		row[3] = bpr_i_cell_evidence(doc, key, s->points[i].fitted);
		if (s->points[i].after)
			row[4] = bpr_i_cell_evidence(doc, key, s->points[i].without);
	}
}

void bpr_i_study_series(struct bpr_document *doc, const bpr_evidence *evidence, const struct bpr_study_options *options)
{
	const struct bpr_evidence_options *o = bpr_evidence_options(evidence);
	bool any = false;

	for (size_t key = 0; key < BPR_EVIDENCE_KEY_COUNT && o->dated; key++) {
		const struct bpr_evidence_series *s = bpr_evidence_series(evidence, (enum bpr_evidence_key)key);

		/* What everybody asks first; the rest is in the full report. */
		if (!s->known || (!options->full && key != BPR_EVIDENCE_CYCLE && key != BPR_EVIDENCE_WAIT))
			continue;
		if (!any)
			bpr_i_doc_heading(doc, 2, bpr_i_doc_fill(doc, N_("Before and after {1}: was the trend broken?"), bpr_i_say_date(doc, o->change), NULL, NULL, NULL));
		any = true;
		bpr_i_doc_heading(doc, 3, bpr_i_say_evidence_label(doc, (enum bpr_evidence_key)key));
		series_sentences(doc, (enum bpr_evidence_key)key, s, bpr_i_say_confidence(doc, evidence));
		if (options->full)
			series_table(doc, (enum bpr_evidence_key)key, s);
	}
	if (any)
		bpr_i_doc_note(doc, bpr_i_doc_text(doc, N_("A straight line through the means of weeks (of days where weeks are few, each weekday with its own level) before the change and another one after it; errors by Newey and West, or those of an autoregression where these are larger. What else happened at that time, the line cannot know.")));
}

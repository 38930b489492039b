/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_EVIDENCE_I_H
#define BPR_STUDY_EVIDENCE_I_H
/* Two logs compared, and what was promised beside what came: the study and its pieces. */
#include "study/mining_i.h"
#include "study/figure_i.h"

void bpr_i_study_evidence(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options);
/* Of a comparison of two flows with a log of the after: nothing where there is none. */
void bpr_i_study_forecast(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options);

/* ---- words (evidence_words.c) ---- */
const char *bpr_i_say_evidence(struct bpr_document *doc, enum bpr_evidence_key key, double x);
struct bpr_doc_cell bpr_i_cell_evidence(struct bpr_document *doc, enum bpr_evidence_key key, double x);
/* "9 min to 15 min less"; "" where the bounds are not known. */
const char *bpr_i_say_evidence_change(struct bpr_document *doc, enum bpr_evidence_key key, double low, double high);
const char *bpr_i_say_verdict(struct bpr_document *doc, const struct bpr_evidence_figure *figure);
enum bpr_doc_tone bpr_i_verdict_tone(const struct bpr_evidence_figure *figure);
const char *bpr_i_say_evidence_label(struct bpr_document *doc, enum bpr_evidence_key key);
/* "95%" of intervals. */
const char *bpr_i_say_confidence(struct bpr_document *doc, const bpr_evidence *evidence);
/* What a person looks at first: the median of minutes, the mean of counts, the share of rates. */
const struct bpr_evidence_change *bpr_i_evidence_headline(const struct bpr_evidence_figure *figure);
/* The sentence about a figure. */
const char *bpr_i_say_evidence_result(struct bpr_document *doc, const bpr_evidence *evidence, const struct bpr_evidence_figure *figure);

/* ---- pieces (evidence_study.c and others) ---- */
void bpr_i_evidence_lead(struct bpr_document *doc, const struct bpr_subject *subject);
void bpr_i_evidence_figures(struct bpr_document *doc, const bpr_evidence *evidence, const struct bpr_study_options *options);
void bpr_i_evidence_tests(struct bpr_document *doc, const bpr_evidence *evidence);      /* evidence_tests.c */
void bpr_i_study_strata(struct bpr_document *doc, const bpr_evidence *evidence);
void bpr_i_evidence_lives(struct bpr_document *doc, const bpr_evidence *evidence);
void bpr_i_study_series(struct bpr_document *doc, const bpr_evidence *evidence, const struct bpr_study_options *options);
void bpr_i_evidence_doubts(struct bpr_document *doc, const struct bpr_subject *subject); /* evidence_doubts.c */

/* ---- what was promised beside what came (forecast.c) ---- */
struct bpr_forecast_row {
	enum bpr_evidence_key key;
	bool cycle, simulated;   /* cycle_minutes with queues; else lead_minutes without */
	double before, forecast; /* of the flows */
	const struct bpr_evidence_figure *figure;
	bool before_measured;
	double reached;          /* share of the promised change that came; NAN where none was promised */
	double reached_low, reached_high;
};
/* Rows of what both flows and the log know; their number, at most BPR_EVIDENCE_KEY_COUNT. 0 where there is no forecast. */
size_t bpr_i_forecast(const struct bpr_subject *subject, struct bpr_forecast_row rows[BPR_EVIDENCE_KEY_COUNT]);
/* What a log of the after says of a metric of the flows; NULL: it does not know, or there is none. */
const char *bpr_i_forecast_measured(struct bpr_document *doc, const struct bpr_subject *subject, enum bpr_metric metric);
void bpr_i_forecast_lead(struct bpr_document *doc, const struct bpr_subject *subject);
void bpr_i_forecast_table(struct bpr_document *doc, const struct bpr_subject *subject);
#endif

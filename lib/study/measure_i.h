/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_MEASURE_I_H
#define BPR_STUDY_MEASURE_I_H
/*
 * What is measured of a pair of flows, for people: from the metrics, from what is written most, and from queues where they were
 * simulated or are known by formula, each with its words. The same measure is called the same on every page.
 */
#include "study/pages_i.h"

enum bpr_measure_kind {
	BPR_MEASURE_VISITS = 0, BPR_MEASURE_TRIPS, BPR_MEASURE_FORMS, BPR_MEASURE_WRITTEN, BPR_MEASURE_WAIT, BPR_MEASURE_STAY,
	BPR_MEASURE_LEAD, BPR_MEASURE_WORK, BPR_MEASURE_REWORK, BPR_MEASURE_INCOMPLETE, BPR_MEASURE_HANDOFFS, BPR_MEASURE_ID_CHECKS,
	BPR_MEASURE_COPIES, BPR_MEASURE_SEALS, BPR_MEASURE_COST, BPR_MEASURE_ANALOGUE, BPR_MEASURE_COUNT
};

struct bpr_measure {
	enum bpr_measure_kind kind;
	enum bpr_quantity quantity;
	const char *label;           /* "Counters to visit" */
	const char *in_sentence;     /* "counters to visit" */
	double before, after;
	int better;                  /* of the after: +1, -1, 0; of a simulated one 0 unless a difference is shown */
	bool simulated, formula;     /* else exact, or sampled as the analysis says */
	bool band_before_known, band_after_known;
	double band_before[2], band_after[2]; /* 95 % intervals, in the measure's own unit */
	const char *said_before, *said_after, *unit; /* "6", "1", "か所" */
	double score;                /* how much it says about this pair: the share that changes, by how much people ask for it */
};

/* Those known on both sides that are not 0 on both, in the order above. */
size_t bpr_i_measures(struct bpr_pages *pages, struct bpr_measure out[BPR_MEASURE_COUNT]);
/* The measure of that kind among them, or NULL. */
const struct bpr_measure *bpr_i_measure_find(const struct bpr_measure measures[], size_t count, enum bpr_measure_kind kind);
/* "from 6 to 1", 6か所から1か所. */
const char *bpr_i_measure_from_to(struct bpr_document *doc, const struct bpr_measure *measure);
/* "-60%", "-5 times": the change as a tile has it. */
const char *bpr_i_measure_change(struct bpr_document *doc, const struct bpr_measure *measure);
/* Its own figure with its unit: "6 min", 6か所. */
const char *bpr_i_measure_said(struct bpr_document *doc, const struct bpr_measure *measure, bool after);
/* Text as it stands within a sentence: small first letter. */
const char *bpr_i_say_lower(struct bpr_document *doc, const char *text);
/* Rounded as one remembers it: 7.2, 0.3, 24. */
const char *bpr_i_say_short(struct bpr_document *doc, double x);
#endif

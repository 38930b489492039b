/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_WAITING_I_H
#define BPR_STUDY_WAITING_I_H
/* The pieces of the page about waiting: each adds what is known, or says what is missing and how to give it. */
#include "study/ribbon_i.h"

struct bpr_waiting {
	struct bpr_pages *pages;
	struct bpr_document *doc;
	const struct bpr_sided *sides;
	size_t count;             /* 1 or 2 */
	bool citizens, simulated; /* any side; both sides */
};

/* waiting_spread.c: how many wait how long. */
void bpr_i_waiting_spread(const struct bpr_waiting *w);
/* waiting_load.c: how busy people are, the step with the longest wait. */
void bpr_i_waiting_load(const struct bpr_waiting *w);
/* waiting_hours.c: through the hours of the day. */
void bpr_i_waiting_hours(const struct bpr_waiting *w);
/* waiting_doubts.c: what gets worse, what is not known; what other municipalities reached. */
void bpr_i_waiting_doubts(const struct bpr_waiting *w);
void bpr_i_waiting_elsewhere(const struct bpr_waiting *w);

/* Share of the hours of a pool's people that work takes; false where not known. */
bool bpr_i_waiting_busy(const struct bpr_visit_source *source, size_t pool, double *busy);
/* The load above which a queue grows fast. */
#define BPR_WAITING_ZONE 0.85
/* What a simulation of the flow lacks, as a list item each; nothing where it lacks nothing. Number of items. */
size_t bpr_i_waiting_lacks(struct bpr_document *doc, const bpr_flow *flow, const char *out[4]);
/* "visitors" or "cases", and how 1 in 10 of them is called. */
const char *bpr_i_waiting_who(const struct bpr_waiting *w);
#endif

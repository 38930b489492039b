/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_ANALYSIS_I_H
#define BPR_STUDY_ANALYSIS_I_H
/* The study of one flow, in two files: what is read first, and the tables behind it. */
#include "study/study_i.h"

struct study {
	struct bpr_document *doc;
	const bpr_flow *flow;
	const bpr_analysis *analysis;
	const struct bpr_study_options *options;
	double cases;      /* a year; 0 unknown */
	const bpr_queueing *queueing; /* or NULL */
};

/* A bottleneck in a sentence. */
const char *bpr_i_study_bottleneck(const struct study *s, const struct bpr_bottleneck *b);
/* Is it one that anybody would notice? */
bool bpr_i_study_sticks(const struct bpr_bottleneck *b);

void bpr_i_study_counters(const struct study *s);
void bpr_i_study_writing(const struct study *s);
void bpr_i_study_handoffs(const struct study *s);
void bpr_i_study_rework(const struct study *s);
void bpr_i_study_rules(const struct study *s);
void bpr_i_study_units(const struct study *s);
/* Where cases wait; nothing where that is not known. */
void bpr_i_study_queues(const struct study *s);
void bpr_i_study_pools(const struct study *s);
void bpr_i_study_steps(const struct study *s);
void bpr_i_study_distribution(const struct study *s, const struct bpr_distribution *distribution);
#endif

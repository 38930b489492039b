/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ANALYSE_SAMPLE_I_H
#define BPR_ANALYSE_SAMPLE_I_H
#include "analyse/analysis_i.h"

/* Metrics of one case from its executions; scratch that is cleared after each. */
struct bpr_tally {
	const struct bpr_job *job;
	double *class_times;        /* [class_count] */
	uint8_t *counter_seen;      /* [counter_count] */
	uint32_t *classes; size_t class_count;
	uint32_t *counters; size_t counter_count;
};
bool bpr_i_tally_init(struct bpr_tally *tally, const struct bpr_job *job);
void bpr_i_tally_release(struct bpr_tally *tally);
/*
 * x[BPR_METRIC_COUNT]: what follows from how often each of `count` nodes was executed; minutes NULL: expected ones. Classes and
 * counters that came up stand in the tally until bpr_i_tally_clear().
 */
void bpr_i_tally_case(struct bpr_tally *tally, const uint32_t *nodes, size_t count, const double *executions, const double *minutes,
		      double *x);
/* The same for what does not add up alone: distinct_counters, repeated_fields, revisits; the others are 0. */
void bpr_i_tally_sets(struct bpr_tally *tally, const uint32_t *nodes, size_t count, const double *executions, double *x);
void bpr_i_tally_clear(struct bpr_tally *tally);

/* Mean and squared deviations, one value after the other (Welford, Technometrics 4, 1962). */
struct bpr_running { size_t n; double mean, m2; };
void bpr_i_running_add(struct bpr_running *r, double x);
/* Sampled figure with its 95 % interval (Student t); without one where fewer than two values. */
struct bpr_figure bpr_i_running_figure(const struct bpr_running *r);

/*
 * Cases that may be sampled within so many moves in all; 0 where too few for a figure. A figure that has no other way is worth
 * a second or two; the mere deviation of an exact mean is not.
 */
#define BPR_MOVES_FOR_MEANS 3e7
#define BPR_MOVES_FOR_DEVIATIONS 5e6
size_t bpr_i_sample_size(const struct bpr_job *job, double max_moves);
/* Walks case `index` through the base chain: nodes entered and executions, valid until the next. chain.c */
struct bpr_chain_case { uint32_t *nodes; size_t count; double *executions; };
bool bpr_i_chain_case_init(struct bpr_chain_case *c, const struct bpr_job *job);
void bpr_i_chain_case_release(struct bpr_chain_case *c);
bpr_status bpr_i_chain_case_walk(struct bpr_chain_case *c, const struct bpr_job *job, unsigned long long index);

/* All figures from the timed game, where counts depend on time. sample_all.c */
bpr_status bpr_i_sample_all(struct bpr_job *job);
/* Distribution of a count from sampled cases. BPR_EUNSUPPORTED where options ask for no samples. */
bpr_status bpr_i_sample_distribution(struct bpr_job *job, enum bpr_metric metric, struct bpr_distribution *out);
#endif

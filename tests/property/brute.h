/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_PROPERTY_BRUTE_H
#define BPR_TESTS_PROPERTY_BRUTE_H
/*
 * The token game of the contract played in the plainest way: every run of a case is followed to its end, with its
 * probability, until what is left weighs nothing. Shares nothing with the library but the getters of the flow.
 */
#include <bpr/analysis.h>

#define BRUTE_NODES 48
#define BRUTE_ARCS 96
#define BRUTE_UNITS 6
#define BRUTE_HIST 96

struct brute_result {
	bool deadlock;          /* some run stops with tokens that wait */
	double lost;            /* probability not followed */
	double ends;            /* probability of runs followed to their end */
	double sum[BPR_METRIC_COUNT];
	double pivot[BPR_METRIC_COUNT], square[BPR_METRIC_COUNT]; /* squares about the value of the first run */
	double hist[BPR_METRIC_COUNT][BRUTE_HIST]; /* last: that many or more */
	double visits[BRUTE_NODES], reach[BRUTE_NODES], visits_square[BRUTE_NODES];
	double arcs[BRUTE_ARCS];
	double handoff[BRUTE_UNITS][BRUTE_UNITS];
	size_t runs;
};

/* cutoff: runs lighter than that are given up; max_runs: then the rest is lost. */
void brute_force(const bpr_flow *flow, double cutoff, size_t max_runs, struct brute_result *out);
#endif

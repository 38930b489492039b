/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_SIMULATE_RESULT_I_H
#define BPR_SIMULATE_RESULT_I_H
/*
 * From sums of replications to figures with intervals. Replications are added one by one, in their order.
 *
 * A mean over cases is the sum over all cases by their number, and its interval that of a ratio: a day on which more came counts
 * for more. Replication i with sum y and number n stands for mean + (y - mean * n) / (mean of n): these pseudo-values have the
 * mean as their mean, equal those of the replications where all have the same number of cases, and Student t over them is the
 * interval of a ratio estimator (Law, Simulation Modeling and Analysis, 5th ed., 9.5; Cochran, Sampling Techniques, 3rd ed., 2.11).
 */
#include "simulate/sums_i.h"

/* y / x over replications: means, squared deviations and their product. */
struct ratio { double n, y, x, yy, xy, xx; };
void bpr_i_ratio_add(struct ratio *ratio, double y, double x);
struct bpr_sim_mean bpr_i_ratio_mean(const struct ratio *ratio);
/* Half the width of the 95 % interval of the mean of `count` values; 0 where fewer than two. */
double bpr_i_half_width(const double *values, size_t count, double *mean);
/* Quantile of Student t for a 95 % interval with so many values. */
double bpr_i_student(size_t count);

struct node_ratios { struct ratio visits, wait, queue, work, gave_up; };
struct pool_ratios { struct ratio utilisation, wait, queue, over; };
struct counter_ratios { struct ratio wait, queue, visits; };

struct bpr_simulation {
	const bpr_flow *flow;                /* only while it is built */
	unsigned long long flow_hash, seed;
	size_t replications, capacity;
	struct columns columns;
	struct sums sums;                    /* of all replications */
	double *count;                       /* [replications] cases */
	double *total[BPR_SIM_KEY_COUNT];    /* by column: [replications] sums over cases, then pseudo-values */
	size_t total_capacity[BPR_SIM_KEY_COUNT];
	double *within[BPR_SIM_LIMITS];      /* [replications] limits kept, then pseudo-values */
	double *asked[BPR_SIM_LIMITS];       /* [replications] of how many */
	size_t within_capacity[BPR_SIM_LIMITS], asked_capacity[BPR_SIM_LIMITS], limit_count;
	double *zero;                        /* [replications] of figures that this flow cannot change */
	struct node_ratios *node_ratio;
	struct pool_ratios *pool_ratio;
	struct counter_ratios *counter_ratio;
	struct bpr_sim_figure figure[BPR_SIM_KEY_COUNT];
	struct bpr_sim_node *node;
	struct bpr_sim_pool *pool;
	struct bpr_sim_counter *counter;
	struct bpr_sim_hour hour[BPR_SIM_HOURS];
	struct bpr_sim_place_hour *counter_hour, *pool_wait;
	struct bpr_sim_pool_hour *pool_hour;
	bool precise;
};

struct run_plan;
/* NULL: out of memory. */
struct bpr_simulation *bpr_i_result_new(const struct run_plan *plan);
/* The next replication. False: out of memory. */
bool bpr_i_result_add(struct bpr_simulation *simulation, const struct sums *sums);
/* Mean and half width of a figure so far. False: no interval yet. */
bool bpr_i_result_interval(const struct bpr_simulation *simulation, size_t key, double *mean, double *half);
/* All replications have been added. False: out of memory. */
bool bpr_i_result_finish(struct bpr_simulation *simulation);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ANALYSE_ANALYSIS_I_H
#define BPR_ANALYSE_ANALYSIS_I_H
/* One analysis under way: what its parts share, and the parts in the order in which they run. */
#include "analyse/solution_i.h"
#include "analyse/writing_i.h"
#include "base/alloc_i.h"
#include <bpr/analysis.h>

struct bpr_analysis {
	struct bpr_arena arena;
	unsigned long long hash;
	struct bpr_figure figure[BPR_METRIC_COUNT];
	struct bpr_node_result *nodes;
	double *arcs;
	struct bpr_counter_result *counters;
	struct bpr_form_result *forms;
	struct bpr_field_result *fields;
	struct bpr_unit_result *units;
	struct bpr_pool_result *pools;
	struct bpr_rule_result rules[BPR_RULE_COUNT];
	struct bpr_group_result *groups; size_t group_count;
	struct bpr_handoff *handoffs; size_t handoff_count;
	struct bpr_bottleneck *bottlenecks; size_t bottleneck_count;
};

struct bpr_job {
	const bpr_flow *flow;
	struct bpr_analysis_options options;
	bpr_problems *problems;
	struct bpr_error *err;
	struct bpr_plan *plan;
	struct bpr_writing *writing;
	struct bpr_solution base;   /* no policy: visits, reach, what adds up */
	struct bpr_analysis *a;
	double *entries;            /* [n] expected entries of each node (not times its repeat) */
	double *handed;             /* [n] expected handoffs into each step */
	double *critical;           /* [n] expected work minutes of the step on the longest way; NULL: all of its work */
	double *class_reach;        /* [class_count] probability that a field of the class is written at all */
	double incomplete;          /* probability */
	size_t sampled;             /* cases, where anything was sampled */
	bool lead_adds_up;          /* one token and nothing side by side: its time is a sum */
	bool sequential;            /* never more than one token on its way */
	bool timed_counts;          /* a terminate end cuts branches off: counts depend on time */
	bool reach_missing;         /* too many states: reach of nodes has to be sampled */
};

/* Repeatable rewards of one execution of a node, for the metrics that add up. False: the metric is none of those. */
bool bpr_i_additive(const struct bpr_job *job, enum bpr_metric metric, size_t node, double *mean, double *var);

bpr_status bpr_i_analyse_base(struct bpr_job *job);       /* base.c: the base walk, its faults named */
bpr_status bpr_i_analyse_visits(struct bpr_job *job);     /* visits.c: nodes and arcs */
bpr_status bpr_i_analyse_totals(struct bpr_job *job);     /* totals.c: metrics that add up, forms, units, pools, rules */
bpr_status bpr_i_sum_parts(struct bpr_job *job);          /* totals.c: forms, fields, groups, units, pools, rules from visits */
bpr_status bpr_i_analyse_reach(struct bpr_job *job);      /* again.c: counters, fields, distinct, repeated, revisits, incomplete */
bpr_status bpr_i_analyse_spread(struct bpr_job *job);     /* again.c: their deviations, by sets */
bpr_status bpr_i_analyse_journey(struct bpr_job *job);    /* journey.c: place */
bpr_status bpr_i_analyse_handoffs(struct bpr_job *job);   /* handoff.c */
bpr_status bpr_i_analyse_time(struct bpr_job *job);       /* time.c: lead */
bpr_status bpr_i_analyse_sample(struct bpr_job *job);     /* sample.c: whatever has no method yet */
bpr_status bpr_i_analyse_pools(struct bpr_job *job);      /* pool.c */
bpr_status bpr_i_analyse_bottlenecks(struct bpr_job *job);/* bottleneck.c */
/* finding.c */
bool bpr_i_find_unreachable(struct bpr_job *job);
bool bpr_i_find_weak(struct bpr_job *job);
bpr_status bpr_i_find_fault(struct bpr_job *job, const struct bpr_solution *solution, bpr_status status);

/* Whether the metric is asked for. */
bool bpr_i_wanted(const struct bpr_job *job, enum bpr_metric metric);
/* An exact figure. */
void bpr_i_figure_exact(struct bpr_job *job, enum bpr_metric metric, double mean, double var);
#endif

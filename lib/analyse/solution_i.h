/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ANALYSE_SOLUTION_I_H
#define BPR_ANALYSE_SOLUTION_I_H
/* A walk explored and its chain solved: expected visits of states, means and variances of what is collected on the way. */
#include "analyse/walk_i.h"

struct bpr_solution {
	const struct bpr_plan *plan;
	struct bpr_policy policy;
	struct bpr_walk walk;
	bpr_factor *factor;
	double *e;        /* [n] probability of starting there */
	double *visits;   /* [n] expected visits to the state in a case */
	size_t stuck;     /* BPR_ENOEXIT of a loop: a state of it, or BPR_NONE */
};

struct bpr_solve_options {
	enum bpr_policy_kind kind;
	struct bpr_sets *sets;   /* SET: borrowed */
	bool timed, reverse, beside_last;
	size_t max_states;
};

/*
 * *out is not to be moved: its parts point to each other. Release it in any case. BPR_ENOEXIT: walk.fault or `stuck` says where; BPR_ELIMIT; BPR_EUNSUPPORTED (timed).
 */
bpr_status bpr_i_solution_new(const struct bpr_plan *plan, const struct bpr_solve_options *options,
			      struct bpr_solution *out, struct bpr_error *err);
void bpr_i_solution_release(struct bpr_solution *solution);

/*
 * Without parallel parts, what a policy carries is often known from the node alone: then the base chain serves, with the
 * policy laid over it, and nothing new has to be explored. False where it is not so (or, *failed, out of memory).
 * Ends with bpr_i_solution_bare().
 */
bool bpr_i_solution_overlay(struct bpr_solution *base, enum bpr_policy_kind kind, bool *failed);
void bpr_i_solution_bare(struct bpr_solution *base);

/*
 * What a case collects: in states (mean and variance of each stay, all independent), and on moves. Up to
 * BPR_COLLECT_MAX quantities at once.
 */
#define BPR_COLLECT_MAX 8
struct bpr_collector {
	size_t count;
	/* Either may be NULL. mean and var come zeroed. */
	void (*stay)(const void *data, const struct bpr_solution *s, size_t state, double *mean, double *var);
	void (*move)(const void *data, const struct bpr_solution *s, size_t arc, uint32_t before, size_t to, double *reward);
	const void *data;
};
/* arc is BPR_NONE for the move into a first state. Mean and variance of each quantity over a whole case; var NULL: means only. */
bpr_status bpr_i_solution_moments(const struct bpr_solution *solution, const struct bpr_collector *collector,
				  double *mean, double *var, struct bpr_error *err);
/* A collector's move for the rewards of the policy. */
void bpr_i_solution_policy_move(const void *data, const struct bpr_solution *s, size_t arc, uint32_t before, size_t to,
				double *reward);

/* Probability that a case ever enters one of a set's nodes, for many sets of nodes; [set_count]. */
bpr_status bpr_i_solution_reach(const struct bpr_solution *solution, size_t set_count, const size_t *set_row,
				const uint32_t *set_node, double *prob, struct bpr_error *err);
/* A probability within rounding of 0 or 1 is that. */
double bpr_i_clean_prob(double p);
/* A variance that is nothing but rounding against the mean is 0. */
double bpr_i_clean_sd(double mean, double var);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MARKOV_CHAIN_I_H
#define BPR_MARKOV_CHAIN_I_H
/*
 * Absorbing Markov chains, solved without subtraction.
 *
 * States 0 ... n-1 are transient; what a row lacks to 1 leaves the chain (`exit`, given and not computed as
 * 1 - sum). Visits, rewards and the diagonal are those of the fundamental matrix (I - P)^-1 (Kemeny & Snell, Finite
 * Markov Chains, 1960, ch. III), by elimination after Grassmann, Taksar & Heyman (Oper. Res. 33, 1985): pivots
 * are sums of what leaves, never 1 minus something, so every result has a small relative error (1e-13 for chains of
 * some 100 states) even where loops are left with probability 1e-15. One strongly connected component at a time, in
 * topological order; single states are passed through in O(arcs), the states of a component are eliminated by
 * least degree (order.c), so that a loop around 100,000 steps costs O(n); a component that is joined almost all to
 * all costs O(size^3), in blocks (dense.c), and more than some 5,800 states like that are BPR_ELIMIT.
 *
 * Statuses: BPR_ENOMEM; BPR_ENOEXIT, a component is never left; BPR_ENOCONV, a loop is left so rarely that numbers overflow;
 * BPR_ELIMIT. On failure what a call was to fill is undefined, pointers to results are NULL.
 */
#include <bpr/error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Rows in CSR; duplicates allowed (they add up); self loops allowed. Owned by who made it. */
struct bpr_chain {
	size_t n;
	size_t *row;      /* [n + 1] */
	size_t *col;      /* [row[n]] */
	double *prob;     /* [row[n]], > 0 */
	double *exit;     /* [n], >= 0; exit[i] + sum of row i = 1 within rounding */
};

typedef struct bpr_factor bpr_factor; /* immutable once made; usable from several threads */

/* BPR_ENOEXIT: *stuck (may be NULL) is a state of a component that is never left. The chain is borrowed. */
bpr_status bpr_i_factor_new(const struct bpr_chain *chain, bpr_factor **out, size_t *stuck, struct bpr_error *err);
void bpr_i_factor_free(bpr_factor *factor);

/*
 * v = e + P'v: expected visits. x holds e (>= 0) and gets v; [n][k], k right-hand sides side by side. O(k) for each arc and
 * list entry, as backward.
 */
bpr_status bpr_i_factor_forward(const bpr_factor *factor, double *x, size_t k, struct bpr_error *err);
/* m = b + Pm: expected reward until exit. x holds b and gets m; [n][k]. */
bpr_status bpr_i_factor_backward(const bpr_factor *factor, double *x, size_t k, struct bpr_error *err);
/*
 * Expected visits to i of a case that is in i: diagonal of (I - P)^-1, >= 1; [n]. visits / diagonal is the probability
 * that a case comes to i at all. Selected inversion (diagonal.c), cost as the factor.
 */
bpr_status bpr_i_factor_diagonal(const bpr_factor *factor, double *diagonal, struct bpr_error *err);
/* Component of each state, numbered in topological order (arcs lead to equal or higher numbers); borrowed. */
const size_t *bpr_i_factor_components(const bpr_factor *factor, size_t *count);
/* Number of states of a component, and whether it holds a cycle (several states or a self loop). */
bool bpr_i_factor_cyclic(const bpr_factor *factor, size_t component);
/* States of a component (borrowed, order of elimination; states may be NULL) and their number. */
size_t bpr_i_factor_members(const bpr_factor *factor, size_t component, const size_t **states);

/*
 * Probability that a chain started by e (sum 1) ever enters the set (in_set[i] != 0): first entries, exact.
 * entered (may be NULL): [n] probability that i is the first state of the set.
 */
bpr_status bpr_i_chain_hit(const struct bpr_chain *chain, const double *e, const unsigned char *in_set, double *entered,
			   double *probability, struct bpr_error *err);

/*
 * The same for k sets at once (k <= 64; state i is in set j where bit j of sets[i] is 1), with what the factor
 * knows already: O(n + arcs) a set for chains without cycles, else one elimination more for each component that has
 * states of the set. entered (may be NULL) is [n][k], probability [k].
 */
bpr_status bpr_i_factor_hit(const bpr_factor *factor, const double *e, const uint64_t *sets, size_t k, double *entered,
			    double *probability, struct bpr_error *err);

/*
 * Distribution of a whole reward: step[] >= 0 is the reward of each arc of the chain (beside prob), step_exit[] of
 * each exit (may be NULL), step_start[] of each start state (may be NULL). prob gets P(total = i) for i < *count; *tail the rest.
 * Stops where the rest is below 1e-13, or at `limit` values.
 */
bpr_status bpr_i_chain_distribution(const struct bpr_chain *chain, const double *e, const uint32_t *step,
				    const uint32_t *step_exit, const uint32_t *step_start, size_t limit, double **prob,
				    size_t *count, double *tail, struct bpr_error *err);

/*
 * Strongly connected components, iterative Tarjan. component[n] in topological order; returns their number, BPR_NONE
 * out of memory.
 */
size_t bpr_i_scc(size_t n, const size_t *row, const size_t *col, size_t *component);
#endif

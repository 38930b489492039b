/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MARKOV_FACTOR_I_H
#define BPR_MARKOV_FACTOR_I_H
/*
 * What the files of this folder share: the layout of a factor and the steps that make and use it.
 *
 * States stand in one order: components in topological order, inside a component in order of elimination;
 * `position` is a state's place in it. With A = I - P restricted to a component and its states so ordered,
 *
 *   A = (I - L) (D - U),   D = diag(pivot), U strictly upper, L strictly lower, all of them >= 0.
 *
 * The pattern is made symmetric: the list of k holds the positions i > k that are joined to k when k is
 * eliminated, with u(k,i) in `upper` and l(i,k) in `lower` at the same place.
 */
#include "markov/chain_i.h"

struct bpr_factor {
	const struct bpr_chain *chain; /* borrowed */
	size_t count;      /* components */
	size_t widest;     /* states of the largest one of several states, 0 if there is none */
	size_t *component; /* [n] of a state */
	size_t *first;     /* [count + 1] first position of a component */
	size_t *order;     /* [n] state at a position */
	size_t *position;  /* [n] of a state */
	size_t *list_at;   /* [n + 1] where the list of a position begins */
	size_t *list;      /* [list_at[n]] positions, ascending in each list */
	double *pivot;     /* [n] by position; 0 where a single state is never left */
	double *upper, *lower; /* [list_at[n]]; NULL while only the structure is known */
};

/* The numbers of one component, counted from its first position and its first list entry. */
struct bpr_values {
	double *pivot, *upper, *lower;
};

/* Components, order, lists, and the pivots of single states; no numbers of larger components. */
bpr_status bpr_i_factor_structure(const struct bpr_chain *chain, bpr_factor **out, struct bpr_error *err);
/* The factor's own numbers of a component. */
struct bpr_values bpr_i_factor_values(const bpr_factor *factor, size_t component);
/* As bpr_i_scc; arcs of probability 0 do not count. prob may be NULL. */
size_t bpr_i_scc_arcs(size_t n, const size_t *row, const size_t *col, const double *prob, size_t *component);
/* Orders the states of every component of several states by least degree and fills order, position and lists. */
bpr_status bpr_i_factor_order(bpr_factor *factor, struct bpr_error *err);

/*
 * Elimination of one component. States with sets[state] & set are made absorbing (sets may be NULL: none).
 * leave is room for one number a state. Returns BPR_NONE, or the position of a state that cannot be left.
 */
size_t bpr_i_gth(const bpr_factor *factor, size_t component, const uint64_t *sets, uint64_t set, double *leave,
		 struct bpr_values out);
/* First position from which on the lists hold all positions behind, where these are worth a matrix; else the end. */
size_t bpr_i_gth_dense_from(const bpr_factor *factor, size_t component);
/* The numbers of these positions as a matrix [states][states], upper and lower at their places; 0 on the diagonal. */
void bpr_i_gth_to_matrix(const bpr_factor *factor, size_t component, struct bpr_values v, double *m);
/* Solves inside one component; y is [states of it][k] by position. */
void bpr_i_gth_forward(const bpr_factor *factor, size_t component, struct bpr_values v, double *y, size_t k);
void bpr_i_gth_backward(const bpr_factor *factor, size_t component, struct bpr_values v, double *y, size_t k);

/*
 * Elimination of n states that are joined all to all: m holds p(i,j) and gets u(i,j) above and l(i,j) below the diagonal.
 * Returns BPR_NONE, or the state that cannot be left.
 */
size_t bpr_i_dense_eliminate(double *m, size_t n, double *leave, double *pivot);
/* From that to the inverse in place; false when out of memory. */
bool bpr_i_dense_invert(double *m, size_t n, const double *pivot);

/* List entries of the component that has most of them. */
size_t bpr_i_factor_widest_entries(const bpr_factor *factor);

/* Fills err (may be NULL) without a code, where the caller knows the names of the states and says more. */
bpr_status bpr_i_chain_fail(struct bpr_error *err, bpr_status status, const char *message);

/*
 * Place of position i in the list of k, looked for from entry `at` on; it is there. Goes in doubling steps: lists are short,
 * or what is looked for is near, except in the list of a state that all others lead to.
 */
static inline size_t bpr_i_factor_entry(const bpr_factor *f, size_t k, size_t at, size_t i)
{
	const size_t *list = f->list;
	size_t end = f->list_at[k + 1], step = 1;

	while (step < end - at && list[at + step] <= i) {
		at += step;
		step *= 2;
	}
	end = step < end - at ? at + step : end;
	while (list[at] != i) {
		size_t middle = at + (end - at) / 2;

		if (list[middle] <= i)
			at = middle;
		else
			end = middle;
	}
	return at;
}

/* y += a x */
static inline void bpr_i_axpy(double *restrict y, double a, const double *restrict x, size_t k)
{
	for (size_t j = 0; j < k; j++)
		y[j] += a * x[j];
}
#endif

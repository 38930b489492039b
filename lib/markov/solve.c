/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expected visits and rewards: through the components in topological order, or against it. */
#include "config.h"
#include "markov/factor_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include <math.h>

/* Room for the largest component; *y stays NULL where all are single states. */
static bool make_room(const bpr_factor *f, size_t k, double **y)
{
	*y = NULL;
	if (!f->widest)
		return true;
	if (k && f->widest > (size_t)-1 / sizeof(**y) / k)
		return false;
	*y = bpr_i_calloc(f->widest * k, sizeof(**y));
	return *y != NULL;
}

static void copy(double *to, const double *from, size_t k)
{
	for (size_t j = 0; j < k; j++)
		to[j] = from[j];
}

/* A loop left with probability 1e-300 may overflow what is multiplied with it. */
static bpr_status check_finite(const double *x, size_t count, struct bpr_error *err)
{
	for (size_t i = 0; i < count; i++)
		if (!isfinite(x[i]))
			return bpr_i_fail(err, BPR_ENOCONV, BPR_I_A013, NULL, 0, NULL, NULL);
	return BPR_OK;
}

/* Either substitution of gth.c. */
typedef void (*gth_solver)(const bpr_factor *f, size_t c, struct bpr_values v, double *y, size_t k);

static void solve_component(const bpr_factor *f, size_t c, gth_solver solve, double *x, double *y, size_t k)
{
	const size_t *states = f->order + f->first[c];
	size_t size = f->first[c + 1] - f->first[c];

	if (size == 1) {
		for (size_t j = 0; j < k; j++)
			x[states[0] * k + j] /= f->pivot[f->first[c]];
		return;
	}
	for (size_t i = 0; i < size; i++)
		copy(y + i * k, x + states[i] * k, k);
	solve(f, c, bpr_i_factor_values(f, c), y, k);
	for (size_t i = 0; i < size; i++)
		copy(x + states[i] * k, y + i * k, k);
}

bpr_status bpr_i_factor_forward(const bpr_factor *f, double *x, size_t k, struct bpr_error *err)
{
	const struct bpr_chain *chain = f->chain;
	double *y;

	if (!make_room(f, k, &y))
		return bpr_i_nomem(err);
	for (size_t c = 0; c < f->count; c++) {
		solve_component(f, c, bpr_i_gth_forward, x, y, k);
		for (size_t at = f->first[c]; at < f->first[c + 1]; at++) {
			size_t state = f->order[at];

			for (size_t arc = chain->row[state]; arc < chain->row[state + 1]; arc++)
				if (f->component[chain->col[arc]] != c)
					bpr_i_axpy(x + chain->col[arc] * k, chain->prob[arc], x + state * k, k);
		}
	}
	bpr_i_free(y);
	return check_finite(x, chain->n * k, err);
}

bpr_status bpr_i_factor_backward(const bpr_factor *f, double *x, size_t k, struct bpr_error *err)
{
	const struct bpr_chain *chain = f->chain;
	double *y;

	if (!make_room(f, k, &y))
		return bpr_i_nomem(err);
	for (size_t c = f->count; c-- > 0;) {
		for (size_t at = f->first[c]; at < f->first[c + 1]; at++) {
			size_t state = f->order[at];

			for (size_t arc = chain->row[state]; arc < chain->row[state + 1]; arc++)
				if (f->component[chain->col[arc]] != c)
					bpr_i_axpy(x + state * k, chain->prob[arc], x + chain->col[arc] * k, k);
		}
		solve_component(f, c, bpr_i_gth_backward, x, y, k);
	}
	bpr_i_free(y);
	return check_finite(x, chain->n * k, err);
}

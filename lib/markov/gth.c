/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Elimination of the states of one component without subtraction, and the two solves with what it leaves behind.
 *
 * Eliminating k sends every passage i -> k on to where k leads:  p(i,j) += p(i,k) p(k,j) / s(k), with
 * s(k) = sum of p(k,j) over the states still there + what leaves the component from k (Grassmann, Taksar & Heyman,
 * Oper. Res. 33, 1985). Self loops need no place: 1 - p(k,k) is s(k). Sums, products and quotients of numbers
 * >= 0 only, so every result has a relative error of a few roundings for each elimination it went through.
 */
#include "config.h"
#include "markov/factor_i.h"
#include "base/alloc_i.h"

/* So many states joined all to all are eliminated as a matrix. */
enum { WORTH_A_MATRIX = 64 };

/* The chain's numbers into the lists: p(k,i) to upper, p(i,k) to lower, what leaves the component to leave. */
static void load(const bpr_factor *f, size_t component, const uint64_t *sets, uint64_t set, double *leave,
		 struct bpr_values out)
{
	const struct bpr_chain *chain = f->chain;
	size_t from = f->first[component], to = f->first[component + 1], base = f->list_at[from];

	for (size_t e = 0; e < f->list_at[to] - base; e++)
		out.upper[e] = out.lower[e] = 0;
	for (size_t at = from; at < to; at++) {
		size_t state = f->order[at];
		double *gone = &leave[at - from];

		if (sets && (sets[state] & set)) {
			*gone = 1;
			continue;
		}
		*gone = chain->exit[state];
		for (size_t arc = chain->row[state]; arc < chain->row[state + 1]; arc++) {
			size_t next = chain->col[arc], there = f->position[next];

			if (f->component[next] != component)
				*gone += chain->prob[arc];
			else if (!(chain->prob[arc] > 0) || there == at)
				continue;
			else if (there > at)
				out.upper[bpr_i_factor_entry(f, at, f->list_at[at], there) - base] += chain->prob[arc];
			else
				out.lower[bpr_i_factor_entry(f, there, f->list_at[there], at) - base] += chain->prob[arc];
		}
	}
}

/*
 * Passages through k between its neighbour at entry e (state i) and those behind e in the list of k. They all
 * are in the list of i, because the lists are closed under elimination.
 */
static void pass_on(const bpr_factor *f, size_t e, size_t end, size_t base, struct bpr_values v)
{
	size_t i = f->list[e], t = f->list_at[i];
	double in = v.lower[e - base], out = v.upper[e - base];

	for (size_t other = e + 1; other < end; other++) {
		t = bpr_i_factor_entry(f, i, t, f->list[other]);
		v.upper[t - base] += in * v.upper[other - base];
		v.lower[t - base] += v.lower[other - base] * out;
	}
}

size_t bpr_i_gth_dense_from(const bpr_factor *f, size_t component)
{
	size_t from = f->first[component], to = f->first[component + 1], at = to;

	while (at > from && f->list_at[at] - f->list_at[at - 1] == to - at)
		at--;
	return to - at >= WORTH_A_MATRIX ? at : to;
}

void bpr_i_gth_to_matrix(const bpr_factor *f, size_t component, struct bpr_values v, double *m)
{
	size_t from = bpr_i_gth_dense_from(f, component), n = f->first[component + 1] - from;
	size_t e = f->list_at[from] - f->list_at[f->first[component]];

	for (size_t i = 0; i < n; i++) {
		m[i * n + i] = 0;
		for (size_t j = i + 1; j < n; j++, e++) {
			m[i * n + j] = v.upper[e];
			m[j * n + i] = v.lower[e];
		}
	}
}

static void from_matrix(const bpr_factor *f, size_t component, const double *m, struct bpr_values v)
{
	size_t from = bpr_i_gth_dense_from(f, component), n = f->first[component + 1] - from;
	size_t e = f->list_at[from] - f->list_at[f->first[component]];

	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++, e++) {
			v.upper[e] = m[i * n + j];
			v.lower[e] = m[j * n + i];
		}
}

/* The last states of a component, from `at` on, joined all to all. False: no room for a matrix. */
static bool eliminate_dense(const bpr_factor *f, size_t component, size_t at, double *leave, struct bpr_values v, size_t *stuck)
{
	size_t from = f->first[component], n = f->first[component + 1] - at;
	double *m = bpr_i_calloc(n * n, sizeof(*m));

	if (!m)
		return false;
	bpr_i_gth_to_matrix(f, component, v, m);
	*stuck = bpr_i_dense_eliminate(m, n, leave + (at - from), v.pivot + (at - from));
	if (*stuck != BPR_NONE)
		*stuck += at;
	from_matrix(f, component, m, v);
	bpr_i_free(m);
	return true;
}

size_t bpr_i_gth(const bpr_factor *f, size_t component, const uint64_t *sets, uint64_t set, double *leave,
		 struct bpr_values out)
{
	size_t from = f->first[component], to = f->first[component + 1], base = f->list_at[from];
	size_t dense = bpr_i_gth_dense_from(f, component), stuck = BPR_NONE;

	load(f, component, sets, set, leave, out);
	for (size_t k = from; k < to; k++) {
		size_t begin = f->list_at[k], end = f->list_at[k + 1];
		double gone = leave[k - from], pivot = gone;

		/* Without room for a matrix the lists do as well, in more time. */
		if (k == dense && eliminate_dense(f, component, k, leave, out, &stuck))
			return stuck;
		for (size_t e = begin; e < end; e++)
			pivot += out.upper[e - base];
		out.pivot[k - from] = pivot;
		if (!(pivot > 0))
			return k;
		for (size_t e = begin; e < end; e++) {
			out.lower[e - base] /= pivot;
			leave[f->list[e] - from] += out.lower[e - base] * gone;
		}
		for (size_t e = begin; e < end; e++)
			pass_on(f, e, end, base, out);
	}
	return BPR_NONE;
}

void bpr_i_gth_forward(const bpr_factor *f, size_t component, struct bpr_values v, double *y, size_t k)
{
	size_t from = f->first[component], to = f->first[component + 1], base = f->list_at[from];

	for (size_t at = from; at < to; at++) {
		double *row = &y[(at - from) * k];

		for (size_t j = 0; j < k; j++)
			row[j] /= v.pivot[at - from];
		for (size_t e = f->list_at[at]; e < f->list_at[at + 1]; e++)
			bpr_i_axpy(&y[(f->list[e] - from) * k], v.upper[e - base], row, k);
	}
	for (size_t at = to; at-- > from;)
		for (size_t e = f->list_at[at]; e < f->list_at[at + 1]; e++)
			bpr_i_axpy(&y[(at - from) * k], v.lower[e - base], &y[(f->list[e] - from) * k], k);
}

void bpr_i_gth_backward(const bpr_factor *f, size_t component, struct bpr_values v, double *y, size_t k)
{
	size_t from = f->first[component], to = f->first[component + 1], base = f->list_at[from];

	for (size_t at = from; at < to; at++)
		for (size_t e = f->list_at[at]; e < f->list_at[at + 1]; e++)
			bpr_i_axpy(&y[(f->list[e] - from) * k], v.lower[e - base], &y[(at - from) * k], k);
	for (size_t at = to; at-- > from;) {
		double *row = &y[(at - from) * k];

		for (size_t e = f->list_at[at]; e < f->list_at[at + 1]; e++)
			bpr_i_axpy(row, v.upper[e - base], &y[(f->list[e] - from) * k], k);
		for (size_t j = 0; j < k; j++)
			row[j] /= v.pivot[at - from];
	}
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranks of two samples: Mann & Whitney, Vargha & Delaney, Hodges & Lehmann. Both samples stand in ascending order. */
#include "config.h"
#include "base/alloc_i.h"
#include "mine/evidence_stat_i.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

/* Walks both samples together. Ties: sum of t^3 - t over values that occur t times in both together. */
static double pairs_below(const double *before, size_t m, const double *after, size_t n, double *ties)
{
	double u = 0;
	size_t i = 0, j = 0;

	*ties = 0;
	while (i < m || j < n) {
		double value = j == n || (i < m && before[i] <= after[j]) ? before[i] : after[j];
		size_t same_i = i, same_j = j;
		double t;

		while (i < m && before[i] <= value)
			i++;
		while (j < n && after[j] <= value)
			j++;
		/* Those of the after at this value lie below all of the before that come later, and beside those at it. */
		u += (double)(j - same_j) * ((double)(m - i) + (double)(i - same_i) / 2);
		t = (double)(i - same_i) + (double)(j - same_j);
		*ties += t * t * t - t;
	}
	return u;
}

/*
 * P(U = 0), P(U = 1) ... by the recurrence p(u; m, n) = m / (m + n) p(u - n; m - 1, n) + n / (m + n) p(u; m, n - 1): all terms
 * are positive, so nothing cancels. Row by row over m; a row holds all n. [m * n + 1], the caller's; NULL out of memory.
 */
static double *exact_distribution(size_t m, size_t n)
{
	size_t width = m * n + 1;
	double *old = bpr_i_calloc((n + 1) * width, sizeof(*old)), *new = bpr_i_calloc((n + 1) * width, sizeof(*new));

	for (size_t j = 0; old && new && j <= n; j++)
		old[j * width] = 1; /* none on one side: U is 0 */
	for (size_t i = 1; old && new && i <= m; i++) {
		double *swap;

		memset(new, 0, width * sizeof(*new));
		new[0] = 1;
		for (size_t j = 1; j <= n; j++) {
			double share = (double)i / (double)(i + j);

			for (size_t k = 0; k <= i * j; k++)
				new[j * width + k] = (k >= j ? share * old[j * width + k - j] : 0) + (1 - share) * new[(j - 1) * width + k];
		}
		swap = old;
		old = new;
		new = swap;
	}
	if (old && new)
		memmove(old, old + n * width, width * sizeof(*old));
	if (!new) {
		bpr_i_free(old);
		old = NULL;
	}
	bpr_i_free(new);
	return old;
}

double bpr_i_rank_exact(double u, size_t m, size_t n)
{
	double *p, sum = 0;

	if (u < 0)
		return 0;
	if (u >= (double)m * (double)n)
		return 1;
	p = exact_distribution(m, n);
	if (!p)
		return (double)NAN;
	for (size_t k = 0; (double)k <= u; k++)
		sum += p[k];
	bpr_i_free(p);
	return sum < 1 ? sum : 1;
}

static double null_variance(size_t m, size_t n, double ties)
{
	double a = (double)m, b = (double)n, all = a + b;

	return all > 1 ? a * b / 12 * (all + 1 - ties / (all * (all - 1))) : 0;
}

double bpr_i_rank_variance(const double *before, size_t m, const double *after, size_t n)
{
	double ties;

	(void)pairs_below(before, m, after, n, &ties);
	return null_variance(m, n, ties);
}

struct bpr_rank_test bpr_i_rank_test(const double *before, size_t m, const double *after, size_t n)
{
	struct bpr_rank_test test = { (double)NAN, (double)NAN, (double)NAN, false };
	double ties, off, variance, half = (double)m * (double)n / 2;

	if (!m || !n)
		return test;
	test.u = pairs_below(before, m, after, n, &ties);
	test.effect = test.u / ((double)m * (double)n);
	if (!(ties > 0) && m <= BPR_RANK_EXACT && n <= BPR_RANK_EXACT) {
		double below = bpr_i_rank_exact(test.u < half ? test.u : 2 * half - test.u, m, n);

		test.p = 2 * below < 1 || isnan(below) ? 2 * below : 1;
		test.exact = !isnan(below);
		if (test.exact)
			return test;
	}
	variance = null_variance(m, n, ties);
	off = fabs(test.u - half) - 0.5;
	test.p = variance > 0 ? 2 * gsl_cdf_ugaussian_Q(off > 0 ? off / sqrt(variance) : 0) : 1;
	return test;
}

/* Pairs with after - before <= d. */
static double pairs_within(const double *before, size_t m, const double *after, size_t n, double d)
{
	double count = 0;
	size_t j = 0;

	for (size_t i = 0; i < m; i++) {
		while (j < n && after[j] - before[i] <= d)
			j++;
		count += (double)j;
	}
	return count;
}

/* The smallest difference at or above d. */
static double next_difference(const double *before, size_t m, const double *after, size_t n, double d)
{
	double next = (double)INFINITY;
	size_t j = 0;

	for (size_t i = 0; i < m; i++) {
		while (j < n && after[j] - before[i] < d)
			j++;
		if (j < n && after[j] - before[i] < next)
			next = after[j] - before[i];
	}
	return next;
}

/* The k-th smallest difference, k from 1, by halving; ends at a difference that occurs. */
static double difference_at(const double *before, size_t m, const double *after, size_t n, double k)
{
	double low = after[0] - before[m - 1], high = after[n - 1] - before[0];

	if (pairs_within(before, m, after, n, low) >= k)
		return low;
	/* Above low lie too few, up to high enough. */
	for (int step = 0; step < 200; step++) {
		double middle = low + (high - low) / 2;

		if (!(middle > low) || !(middle < high))
			break;
		if (pairs_within(before, m, after, n, middle) >= k)
			high = middle;
		else
			low = middle;
		if (next_difference(before, m, after, n, nextafter(low, (double)INFINITY)) >= high)
			break;
	}
	return next_difference(before, m, after, n, nextafter(low, (double)INFINITY));
}

/* Rank of the lower bound: the largest c with 2 P(U <= c - 1) <= 1 - confidence; 0 none. */
static double bound_rank(size_t m, size_t n, double variance, double confidence)
{
	double half = (double)m * (double)n / 2, sum = 0, *p;
	size_t c = 0;

	if (m > BPR_RANK_EXACT || n > BPR_RANK_EXACT) {
		double rank = floor(half - gsl_cdf_ugaussian_Pinv((1 + confidence) / 2) * sqrt(variance));

		return rank > 0 ? rank : 0;
	}
	p = exact_distribution(m, n);
	if (!p)
		return 0;
	while ((double)c < half && 2 * (sum + p[c]) <= 1 - confidence)
		sum += p[c++];
	bpr_i_free(p);
	return (double)c;
}

struct bpr_range bpr_i_shift(const double *before, size_t m, const double *after, size_t n, double confidence)
{
	struct bpr_range shift = { (double)NAN, (double)NAN, (double)NAN };
	double pairs = (double)m * (double)n, rank;

	if (!m || !n)
		return shift;
	shift.at = (difference_at(before, m, after, n, floor((pairs + 1) / 2)) + difference_at(before, m, after, n, ceil((pairs + 1) / 2))) / 2;
	rank = bound_rank(m, n, bpr_i_rank_variance(before, m, after, n), confidence);
	if (rank < 1)
		return shift;
	shift.low = difference_at(before, m, after, n, rank);
	shift.high = difference_at(before, m, after, n, pairs + 1 - rank);
	return shift;
}

/* How many of x (ascending) are below v; with `same` too. */
static size_t below(const double *x, size_t n, double v, bool same)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (x[middle] < v || (same && x[middle] <= v))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void bpr_i_placements(const double *x, size_t n, const double *other, size_t m, bool above, double *out)
{
	for (size_t i = 0; i < n; i++) {
		double strictly = (double)below(other, m, x[i], false), with = (double)below(other, m, x[i], true);
		double share = m ? (strictly + (with - strictly) / 2) / (double)m : 0;

		out[i] = above ? 1 - share : share;
	}
}

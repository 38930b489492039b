/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long cases take where some are not over yet: Kaplan & Meier, log-rank. */
#include "config.h"
#include "mine/evidence_stat_i.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* At the same time those that end come first: who is seen until then was there. */
static int by_time(const void *a, const void *b)
{
	const struct bpr_life *x = a, *y = b;

	if (x->minutes < y->minutes || x->minutes > y->minutes)
		return x->minutes < y->minutes ? -1 : 1;
	return y->ended - x->ended;
}

void bpr_i_life_sort(struct bpr_life *lives, size_t n)
{
	if (n)
		qsort(lives, n, sizeof(*lives), by_time);
}

/* Ends at the time of lives[i], and where the next time begins. */
static size_t ends_at(const struct bpr_life *lives, size_t n, size_t i, size_t *next)
{
	size_t ended = 0, k = i;

	while (k < n && lives[k].minutes <= lives[i].minutes)
		ended += lives[k++].ended;
	*next = k;
	return ended;
}

/* Kaplan & Meier, JASA 53 (1958); the interval is Greenwood's on the scale log(-log S) (Kalbfleisch & Prentice 1980). */
size_t bpr_i_kaplan_meier(const struct bpr_life *lives, size_t n, double z, struct bpr_life_step *steps)
{
	double open = 1, sum = 0;
	size_t count = 0;

	for (size_t i = 0, next; i < n; i = next) {
		size_t ended = ends_at(lives, n, i, &next), risk = n - i;
		struct bpr_life_step *step = &steps[count];

		if (!ended)
			continue;
		open *= 1 - (double)ended / (double)risk;
		sum += risk > ended ? (double)ended / ((double)risk * (double)(risk - ended)) : 0;
		*step = (struct bpr_life_step){ lives[i].minutes, open, 0, 0, risk, ended };
		if (open > 0) {
			double half = z * sqrt(sum) / fabs(log(open));

			step->low = pow(open, exp(half));
			step->high = pow(open, exp(-half));
		} else {
			step->open = step->low = step->high = 0;
		}
		count++;
	}
	return count;
}

struct bpr_range bpr_i_life_quantile(const struct bpr_life_step *steps, size_t count, double q)
{
	struct bpr_range r = { (double)INFINITY, (double)INFINITY, (double)INFINITY };
	const double rest = 1 - q + 1e-12; /* 1 - 1/2 of four equal steps must be found */

	for (size_t i = count; i-- > 0;) {
		if (steps[i].open <= rest)
			r.at = steps[i].minutes;
		if (steps[i].low <= rest)
			r.low = steps[i].minutes;
		if (steps[i].high <= rest)
			r.high = steps[i].minutes;
	}
	return r;
}

struct bpr_logrank bpr_i_logrank(const struct bpr_life *before, size_t m, const struct bpr_life *after, size_t n)
{
	struct bpr_logrank test = { (double)NAN, (double)NAN, 0, 0 };
	double variance = 0;
	size_t i = 0, j = 0;

	while (i < m || j < n) {
		bool first = j == n || (i < m && before[i].minutes <= after[j].minutes);
		double time = first ? before[i].minutes : after[j].minutes;
		size_t next_i = i, next_j = j, old = 0, new = 0;
		double ended, risk = (double)(m - i) + (double)(n - j), share = (double)(m - i) / risk;

		if (i < m && before[i].minutes <= time)
			old = ends_at(before, m, i, &next_i);
		if (j < n && after[j].minutes <= time)
			new = ends_at(after, n, j, &next_j);
		ended = (double)(old + new);
		test.observed += (double)old;
		test.expected += ended * share;
		if (risk > 1)
			variance += ended * share * (1 - share) * (risk - ended) / (risk - 1);
		i = next_i;
		j = next_j;
	}
	if (variance > 0) {
		test.chi2 = (test.observed - test.expected) * (test.observed - test.expected) / variance;
		test.p = gsl_cdf_chisq_Q(test.chi2, 1);
	}
	return test;
}

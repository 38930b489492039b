/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Means of two samples: Welch, and errors that know that cases of a day are alike. */
#include "config.h"
#include "base/alloc_i.h"
#include "mine/evidence_stat_i.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

struct bpr_moments bpr_i_moments(const double *x, size_t n)
{
	struct bpr_moments m = { n, 0, 0 };
	double squares = 0;

	for (size_t i = 0; i < n; i++) {
		double off = x[i] - m.mean;

		m.mean += off / (double)(i + 1);
		squares += off * (x[i] - m.mean);
	}
	if (n > 1)
		m.variance = squares / (double)(n - 1);
	return m;
}

double bpr_i_student_p(double t, double df)
{
	if (isnan(t) || !(df > 0))
		return (double)NAN;
	if (df > 1e6)
		return 2 * gsl_cdf_ugaussian_Q(fabs(t));
	return 2 * gsl_cdf_tdist_Q(fabs(t), df);
}

double bpr_i_student_quantile(double p, double df)
{
	if (!(df > 0))
		return (double)NAN;
	return df > 1e6 ? gsl_cdf_ugaussian_Pinv(p) : gsl_cdf_tdist_Pinv(p, df);
}

double bpr_i_satterthwaite(double variance_a, double df_a, double variance_b, double df_b)
{
	double sum = variance_a + variance_b;
	double parts = 0;

	if (!(sum > 0))
		return 0;
	if (df_a > 0)
		parts += variance_a / sum * (variance_a / sum) / df_a;
	if (df_b > 0)
		parts += variance_b / sum * (variance_b / sum) / df_b;
	return parts > 0 ? 1 / parts : 0;
}

struct bpr_welch bpr_i_welch(struct bpr_moments before, struct bpr_moments after)
{
	struct bpr_welch w = { after.mean - before.mean, 0, 0, (double)NAN, (double)NAN };
	double a, b;

	if (before.n < 2 || after.n < 2)
		return w;
	a = before.variance / (double)before.n;
	b = after.variance / (double)after.n;
	w.error = sqrt(a + b);
	w.df = bpr_i_satterthwaite(a, (double)before.n - 1, b, (double)after.n - 1);
	if (!(w.error > 0))
		return w; /* no spread at all: nothing to hold the difference against */
	w.t = w.change / w.error;
	w.p = bpr_i_student_p(w.t, w.df);
	return w;
}

struct of_day { int32_t day; double sum; };

static int by_day(const void *a, const void *b)
{
	const struct of_day *x = a, *y = b;

	return (x->day > y->day) - (x->day < y->day);
}

/* One entry a day, where days come more or less in order: neighbours are put together first, then all. */
static size_t gather(const double *influence, const int32_t *days, size_t n, struct of_day *sums)
{
	size_t count = 0, kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (count && sums[count - 1].day == days[i])
			sums[count - 1].sum += influence[i];
		else
			sums[count++] = (struct of_day){ days[i], influence[i] };
	}
	qsort(sums, count, sizeof(*sums), by_day);
	for (size_t i = 0; i < count; i++) {
		if (kept && sums[kept - 1].day == sums[i].day)
			sums[kept - 1].sum += sums[i].sum;
		else
			sums[kept++] = sums[i];
	}
	return kept;
}

double bpr_i_cluster_variance(const double *influence, const int32_t *days, size_t n, size_t *groups)
{
	struct of_day *sums = bpr_i_calloc(n, sizeof(*sums));
	double squares = 0;
	size_t count;

	*groups = 0;
	if (!sums)
		return (double)NAN;
	count = gather(influence, days, n, sums);
	for (size_t i = 0; i < count; i++)
		squares += sums[i].sum * sums[i].sum;
	bpr_i_free(sums);
	*groups = count;
	return count > 1 ? squares * (double)count / (double)(count - 1) : (double)NAN;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rates, and what many tests together are worth. */
#include "config.h"
#include "mine/evidence_stat_i.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

struct bpr_range bpr_i_wilson(double k, double n, double z)
{
	struct bpr_range r = { (double)NAN, (double)NAN, (double)NAN };
	double square = z * z, centre, half;

	if (!(n > 0))
		return r;
	r.at = k / n;
	centre = (2 * k + square) / (2 * (n + square));
	half = z * sqrt(square + 4 * k * (1 - r.at)) / (2 * (n + square));
	r.low = k > 0 ? centre - half : 0;
	r.high = k < n ? centre + half : 1;
	return r;
}

struct bpr_range bpr_i_newcombe(double k_before, double n_before, double k_after, double n_after, double z)
{
	struct bpr_range old = bpr_i_wilson(k_before, n_before, z), new = bpr_i_wilson(k_after, n_after, z);

	return (struct bpr_range){ new.at - old.at, new.at - old.at - hypot(new.at - new.low, old.high - old.at),
				   new.at - old.at + hypot(new.high - new.at, old.at - old.low) };
}

/* log of the probability of k successes before, margins given. */
static double log_table(size_t k, size_t n_before, size_t n_after, size_t successes)
{
	return gsl_sf_lnchoose((unsigned)n_before, (unsigned)k) + gsl_sf_lnchoose((unsigned)n_after, (unsigned)(successes - k)) -
	       gsl_sf_lnchoose((unsigned)(n_before + n_after), (unsigned)successes);
}

double bpr_i_fisher(size_t k_before, size_t n_before, size_t k_after, size_t n_after)
{
	size_t successes = k_before + k_after;
	size_t first = successes > n_after ? successes - n_after : 0, last = successes < n_before ? successes : n_before;
	double seen, sum = 0;

	if (!n_before || !n_after)
		return (double)NAN;
	seen = log_table(k_before, n_before, n_after, successes);
	for (size_t k = first; k <= last; k++) {
		double p = log_table(k, n_before, n_after, successes);

		/* Tables as likely as the one seen count, though rounding may set them apart. */
		if (p <= seen + 1e-7)
			sum += exp(p);
	}
	return sum < 1 ? sum : 1;
}

double bpr_i_rate_score(size_t k_before, size_t n_before, size_t k_after, size_t n_after)
{
	double m = (double)n_before, n = (double)n_after, pooled, variance, z;

	if (!n_before || !n_after)
		return (double)NAN;
	pooled = ((double)k_before + (double)k_after) / (m + n);
	variance = pooled * (1 - pooled) * (1 / m + 1 / n);
	if (!(variance > 0))
		return 1;
	z = ((double)k_after / n - (double)k_before / m) / sqrt(variance);
	return 2 * gsl_cdf_ugaussian_Q(fabs(z));
}

void bpr_i_holm(double *p, size_t count)
{
	size_t tests = 0;
	double least = 0;

	for (size_t i = 0; i < count; i++)
		tests += isnan(p[i]) ? 0 : 1;
	/* The smallest that is left, each time: counts are small. Those done are marked by adding 2. */
	for (size_t done = 0; done < tests; done++) {
		size_t at = count;
		double adjusted;

		for (size_t i = 0; i < count; i++)
			if (!isnan(p[i]) && p[i] < 2 && (at == count || p[i] < p[at]))
				at = i;
		if (at == count)
			break;
		adjusted = p[at] * (double)(tests - done);
		least = adjusted > least ? adjusted : least;
		p[at] = 2 + (least < 1 ? least : 1);
	}
	for (size_t i = 0; i < count; i++)
		if (!isnan(p[i]))
			p[i] -= 2;
}

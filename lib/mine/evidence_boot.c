/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantiles and their bootstrap: resamples are drawn as the order statistics that they would have, never as samples. */
#include "config.h"
#include "base/alloc_i.h"
#include "flow/dist_i.h"
#include "mine/evidence_stat_i.h"
#include <math.h>
#include <stdlib.h>

double bpr_i_quantile(const double *x, size_t n, double q)
{
	double at, part;
	size_t k;

	if (!n)
		return (double)NAN;
	at = (double)(n - 1) * q;
	k = (size_t)at;
	part = at - (double)k;
	return k + 1 < n && part > 0 ? x[k] + part * (x[k + 1] - x[k]) : x[k];
}

static double open_uniform(struct bpr_rng *rng)
{
	return ((double)(bpr_i_rng_next(rng) >> 12) + 0.5) * 0x1p-52;
}

/* Marsaglia's polar method. */
static double draw_normal(struct bpr_rng *rng)
{
	for (;;) {
		double x = 2 * open_uniform(rng) - 1, y = 2 * open_uniform(rng) - 1, s = x * x + y * y;

		if (s > 0 && s < 1)
			return x * sqrt(-2 * log(s) / s);
	}
}

/* Marsaglia & Tsang (ACM Trans. Math. Softw. 26, 2000), shape >= 1, scale 1. */
static double draw_gamma(struct bpr_rng *rng, double shape)
{
	double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);

	for (;;) {
		double x = draw_normal(rng), v = 1 + c * x;

		if (v > 0) {
			v = v * v * v;
			if (log(open_uniform(rng)) < x * x / 2 + d - d * v + d * log(v))
				return d * v;
		}
	}
}

static double value_at(const struct bpr_boot_side *side, double share)
{
	size_t i = (size_t)(share * (double)side->n);

	return side->x[i < side->n ? i : side->n - 1];
}

/* Quantile of one resample of the size that the sample is worth. */
static double draw_quantile(const struct bpr_boot_side *side, double q, struct bpr_rng *rng)
{
	double size = side->effective, at = (size - 1) * q, k = floor(at) + 1, part = at - (k - 1), first, a, b, value;

	if (size - k + 1 < 1)
		k = size; /* a real size: the last order statistic */
	a = draw_gamma(rng, k < 1 ? 1 : k);
	b = draw_gamma(rng, size - k + 1);
	first = a / (a + b);
	value = value_at(side, first);
	if (part > 0 && size - k > 0) {
		double second = first + (1 - first) * (1 - pow(open_uniform(rng), 1 / (size - k)));

		value += part * (value_at(side, second) - value);
	}
	return value;
}

static int ascending(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static struct bpr_range interval(double at, double *draws, size_t count, double confidence)
{
	qsort(draws, count, sizeof(*draws), ascending);
	return (struct bpr_range){ at, bpr_i_quantile(draws, count, (1 - confidence) / 2), bpr_i_quantile(draws, count, (1 + confidence) / 2) };
}

bool bpr_i_boot(const struct bpr_boot_side *before, const struct bpr_boot_side *after, double q, double confidence, size_t resamples,
		uint64_t seed, struct bpr_boot *out)
{
	double *draws = bpr_i_calloc(3 * resamples, sizeof(*draws)), *a = draws, *b = draws ? draws + resamples : NULL;
	double *changes = draws ? b + resamples : NULL;
	double old = bpr_i_quantile(before->x, before->n, q), new = bpr_i_quantile(after->x, after->n, q);
	struct bpr_rng rng;

	if (!draws)
		return false;
	bpr_i_rng_seed(&rng, seed, 0, 0, 0x65766964);
	for (size_t i = 0; i < resamples; i++) {
		a[i] = draw_quantile(before, q, &rng);
		b[i] = draw_quantile(after, q, &rng);
		changes[i] = b[i] - a[i];
	}
	out->error = sqrt(bpr_i_moments(changes, resamples).variance);
	out->before = interval(old, a, resamples, confidence);
	out->after = interval(new, b, resamples, confidence);
	out->change = interval(new - old, changes, resamples, confidence);
	bpr_i_free(draws);
	return true;
}

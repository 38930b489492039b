/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two simulations with common random numbers: paired differences over replications. */
#include "config.h"
#include "simulate/result_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include <gsl/gsl_cdf.h>
#include <math.h>

static double correlation(const double *x, const double *y, size_t n)
{
	double mx = 0, my = 0, xx = 0, yy = 0, xy = 0;

	for (size_t i = 0; i < n; i++) {
		mx += x[i] / (double)n;
		my += y[i] / (double)n;
	}
	for (size_t i = 0; i < n; i++) {
		xx += (x[i] - mx) * (x[i] - mx);
		yy += (y[i] - my) * (y[i] - my);
		xy += (x[i] - mx) * (y[i] - my);
	}
	return xx > 0 && yy > 0 ? xy / sqrt(xx) / sqrt(yy) : 0;
}

/* Differences that are rounding of equal figures show nothing. */
static bool is_rounding(double half, double change, double size)
{
	return fabs(change) <= 1e-12 * size && half <= 1e-12 * size;
}

static void compare(const struct bpr_simulation *before, const struct bpr_simulation *after, size_t key, double *scratch,
		    struct bpr_sim_difference *d)
{
	const double *x = bpr_simulation_means(before, key), *y = bpr_simulation_means(after, key);
	const struct bpr_sim_figure *a = bpr_simulation_figure(before, key), *b = bpr_simulation_figure(after, key);
	size_t n = before->replications;
	double half, mean;

	*d = (struct bpr_sim_difference){ .known = x && y };
	if (!d->known)
		return;
	d->before = a->mean;
	d->after = b->mean;
	d->change = b->mean - a->mean;
	d->ci95_low = d->ci95_high = d->change;
	d->p_value = 1;
	if (n < 2)
		return;
	for (size_t i = 0; i < n; i++)
		scratch[i] = y[i] - x[i];
	half = bpr_i_half_width(scratch, n, &mean);
	d->ci_known = true;
	d->correlation = correlation(x, y, n);
	if (is_rounding(half, d->change, fabs(d->before) + fabs(d->after)))
		return;
	d->ci95_low -= half;
	d->ci95_high += half;
	d->p_value = half > 0 ? 2 * gsl_cdf_tdist_Q(fabs(d->change) / (half / bpr_i_student(n)), (double)(n - 1)) : 0;
	d->shown = d->ci95_low > 0 || d->ci95_high < 0;
	if (d->shown)
		d->better = bpr_sim_key_get(key)->better * (d->change > 0 ? 1 : -1);
}

bpr_status bpr_simulation_compare(const bpr_simulation *before, const bpr_simulation *after, struct bpr_sim_difference *out,
	struct bpr_error *err)
{
	double *scratch;

	if (before->seed != after->seed)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_V036, NULL, 0, NULL, NULL);
	if (before->replications != after->replications)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_V037, NULL, 0, NULL, NULL);
	scratch = bpr_i_calloc(before->replications, sizeof(*scratch));
	if (!scratch)
		return bpr_i_nomem(err);
	for (size_t key = 0; key < BPR_SIM_KEY_COUNT; key++)
		compare(before, after, key, scratch, &out[key]);
	bpr_i_free(scratch);
	return BPR_OK;
}

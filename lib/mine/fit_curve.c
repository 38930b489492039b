/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distribution functions and densities of durations, by the parameters of bpr-flow(5). */
#include "config.h"
#include "mine/fit_i.h"
#include <gsl/gsl_cdf.h>
#include <math.h>

static double log_gamma(double x)
{
	int sign;

	return lgamma_r(x, &sign);
}

struct lognormal { double m, s; };
static struct lognormal lognormal(const struct bpr_dist *dist)
{
	double ratio = dist->b / dist->a;
	double var = log1p(ratio * ratio);

	return (struct lognormal){ log(dist->a) - var / 2, sqrt(var) };
}

struct shape { double k, scale; };
static struct shape gamma_shape(const struct bpr_dist *dist)
{
	if (dist->kind == BPR_DIST_ERLANG)
		return (struct shape){ dist->a, dist->b / dist->a };
	return (struct shape){ dist->a / dist->b * (dist->a / dist->b), dist->b / dist->a * dist->b };
}

/* Both exponents of the beta distribution that a PERT is. */
static struct shape pert_shape(const struct bpr_dist *dist)
{
	double width = dist->c - dist->a;

	return (struct shape){ 1 + 4 * (dist->b - dist->a) / width, 1 + 4 * (dist->c - dist->b) / width };
}

static double tri_below(const struct bpr_dist *dist, double x)
{
	double width = dist->c - dist->a;

	if (x < dist->b)
		return (x - dist->a) / width * ((x - dist->a) / (dist->b - dist->a));
	return 1 - (dist->c - x) / width * ((dist->c - x) / (dist->c - dist->b));
}

static double tri_above(const struct bpr_dist *dist, double x)
{
	double width = dist->c - dist->a;

	if (x > dist->b)
		return (dist->c - x) / width * ((dist->c - x) / (dist->c - dist->b));
	return 1 - (x - dist->a) / width * ((x - dist->a) / (dist->b - dist->a));
}

/* Bounds of what has any; outside the answer is 0 or 1. */
static bool bounds(const struct bpr_dist *dist, double *low, double *high)
{
	*low = 0;
	*high = (double)INFINITY;
	if (dist->kind == BPR_DIST_UNIF || dist->kind == BPR_DIST_TRI || dist->kind == BPR_DIST_PERT) {
		*low = dist->a;
		*high = dist->kind == BPR_DIST_UNIF ? dist->b : dist->c;
	}
	return *high > *low;
}

static double side(const struct bpr_dist *dist, double x, bool above)
{
	struct shape shape;
	struct lognormal log_of;
	double z;

	switch (dist->kind) {
	case BPR_DIST_EXP: return above ? exp(-x / dist->a) : -expm1(-x / dist->a);
	case BPR_DIST_UNIF: return above ? (dist->b - x) / (dist->b - dist->a) : (x - dist->a) / (dist->b - dist->a);
	case BPR_DIST_TRI: return above ? tri_above(dist, x) : tri_below(dist, x);
	case BPR_DIST_NORM: return erfc((above ? x - dist->a : dist->a - x) / dist->b / M_SQRT2) / 2;
	case BPR_DIST_LOGNORM:
		log_of = lognormal(dist);
		z = (log(x) - log_of.m) / log_of.s;
		return erfc((above ? z : -z) / M_SQRT2) / 2;
	case BPR_DIST_GAMMA:
	case BPR_DIST_ERLANG:
		shape = gamma_shape(dist);
		return above ? gsl_cdf_gamma_Q(x, shape.k, shape.scale) : gsl_cdf_gamma_P(x, shape.k, shape.scale);
	case BPR_DIST_WEIBULL:
		z = pow(x / dist->b, dist->a);
		return above ? exp(-z) : -expm1(-z);
	case BPR_DIST_PERT:
		shape = pert_shape(dist);
		z = (x - dist->a) / (dist->c - dist->a);
		return above ? gsl_cdf_beta_Q(z, shape.k, shape.scale) : gsl_cdf_beta_P(z, shape.k, shape.scale);
	case BPR_DIST_CONSTANT:
	case BPR_DIST_EMP: break;
	}
	return 0;
}

double bpr_i_dist_below(const struct bpr_dist *dist, double x)
{
	double low, high;

	(void)bounds(dist, &low, &high);
	if (x < low || (x <= low && dist->kind != BPR_DIST_NORM))
		return 0;
	return x >= high ? 1 : side(dist, x, false);
}

double bpr_i_dist_above(const struct bpr_dist *dist, double x)
{
	double low, high;

	(void)bounds(dist, &low, &high);
	if (x < low || (x <= low && dist->kind != BPR_DIST_NORM))
		return 1;
	return x >= high ? 0 : side(dist, x, true);
}

static double normal_log(double z, double s)
{
	return -z * z / 2 - log(s) - log(2 * M_PI) / 2;
}

double bpr_i_dist_log_density(const struct bpr_dist *dist, double x)
{
	struct shape shape;
	struct lognormal log_of;
	double low, high, z;

	if (!bounds(dist, &low, &high) || x < low || x > high)
		return -(double)INFINITY;
	switch (dist->kind) {
	case BPR_DIST_EXP: return -log(dist->a) - x / dist->a;
	case BPR_DIST_UNIF: return -log(dist->b - dist->a);
	case BPR_DIST_TRI:
		if (x < dist->b)
			return log(2 * (x - dist->a) / ((dist->c - dist->a) * (dist->b - dist->a)));
		return dist->c > dist->b ? log(2 * (dist->c - x) / ((dist->c - dist->a) * (dist->c - dist->b))) : log(2 / (dist->c - dist->a));
	case BPR_DIST_NORM: return x > 0 ? normal_log((x - dist->a) / dist->b, dist->b) : log(bpr_i_dist_below(dist, 0));
	case BPR_DIST_LOGNORM:
		log_of = lognormal(dist);
		return x > 0 ? normal_log((log(x) - log_of.m) / log_of.s, log_of.s) - log(x) : -(double)INFINITY;
	case BPR_DIST_GAMMA:
	case BPR_DIST_ERLANG:
		shape = gamma_shape(dist);
		return (shape.k - 1) * log(x) - x / shape.scale - shape.k * log(shape.scale) - log_gamma(shape.k);
	case BPR_DIST_WEIBULL:
		z = x / dist->b;
		return log(dist->a / dist->b) + (dist->a - 1) * log(z) - pow(z, dist->a);
	case BPR_DIST_PERT:
		shape = pert_shape(dist);
		z = (x - dist->a) / (dist->c - dist->a);
		return (shape.k > 1 ? (shape.k - 1) * log(z) : 0) + (shape.scale > 1 ? (shape.scale - 1) * log1p(-z) : 0) -
		       log(dist->c - dist->a) - log_gamma(shape.k) - log_gamma(shape.scale) + log_gamma(6);
	case BPR_DIST_CONSTANT:
	case BPR_DIST_EMP: break;
	}
	return -(double)INFINITY;
}

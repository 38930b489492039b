/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Greatest likelihood of each kind. In closed form, or by one equation: exponential, uniform, normal, log-normal; gamma (Minka, Estimating
 * a Gamma distribution, 2002) and Weibull (Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions I, 21.5) by Newton's steps.
 * Triangles, PERT, and whatever is fitted to cells are searched for from there.
 */
#include "config.h"
#include "mine/fit_i.h"
#include <gsl/gsl_sf_psi.h>
#include <math.h>

enum { NEWTON = 100 };

size_t bpr_i_fit_parameters(enum bpr_dist_kind kind)
{
	switch (kind) {
	case BPR_DIST_CONSTANT:
	case BPR_DIST_EXP: return 1;
	case BPR_DIST_UNIF:
	case BPR_DIST_NORM:
	case BPR_DIST_LOGNORM:
	case BPR_DIST_GAMMA:
	case BPR_DIST_ERLANG:
	case BPR_DIST_WEIBULL: return 2;
	case BPR_DIST_TRI:
	case BPR_DIST_PERT: return 3;
	case BPR_DIST_EMP: return 0;
	}
	return 0;
}

/* Values with weights: of each cell its middle, of the first one half of what is above 0. */
static size_t item_count(const struct bpr_sample *s)
{
	return s->cells ? s->cell_count : s->count;
}

static double item(const struct bpr_sample *s, size_t i, double *weight)
{
	double x = s->cells ? s->cells[i] : s->values[i];

	*weight = s->cells ? s->weights[i] : 1;
	return x > 0 ? x : s->grid / 4;
}

static double mean_log(const struct bpr_sample *s)
{
	double sum = 0, weight;

	if (!s->cells)
		return s->log_mean;
	for (size_t i = 0; i < item_count(s); i++) {
		double x = item(s, i, &weight);

		sum += weight * log(x);
	}
	return sum / (double)s->count;
}

static double var_log(const struct bpr_sample *s)
{
	double mean = mean_log(s), sum = 0, weight;

	for (size_t i = 0; i < item_count(s); i++) {
		double x = log(item(s, i, &weight)) - mean;

		sum += weight * x * x;
	}
	return sum / (double)s->count;
}

static bool fit_lognorm(const struct bpr_sample *s, struct bpr_dist *out)
{
	double var = var_log(s);

	out->a = exp(mean_log(s) + var / 2);
	out->b = out->a * sqrt(expm1(var));
	return var > 0;
}

/* log k - psi(k) = log(mean) - mean of logs; in 1/k the function is nearly straight. */
static double gamma_shape(const struct bpr_sample *s)
{
	double gap = log(s->mean) - mean_log(s);
	double k;

	if (!(gap > 0))
		return 0;
	k = (3 - gap + sqrt((gap - 3) * (gap - 3) + 24 * gap)) / (12 * gap);
	for (int i = 0; i < NEWTON; i++) {
		double step = (log(k) - gsl_sf_psi(k) - gap) / (k * k * (1 / k - gsl_sf_psi_1(k)));
		double next = 1 / (1 / k + step);

		if (!(next > 0) || fabs(next - k) <= 1e-13 * k)
			break;
		k = next;
	}
	return k;
}

static bool fit_gamma(const struct bpr_sample *s, struct bpr_dist *out)
{
	double k = gamma_shape(s);

	out->a = s->mean;
	out->b = s->mean / sqrt(k);
	return k > 0 && isfinite(out->b);
}

/* For whole k the likelihood rises up to the k of the gamma and falls behind it: one of its neighbours. */
static bool fit_erlang(const struct bpr_sample *s, struct bpr_dist *out)
{
	double k = gamma_shape(s), best = -(double)INFINITY;

	if (!(k > 0) || k > 1e6 - 1)
		return false;
	for (double whole = k < 1 ? 1 : floor(k); whole <= (k < 1 ? 1 : floor(k) + 1); whole++) {
		struct bpr_dist dist = { .kind = BPR_DIST_ERLANG, .a = whole, .b = s->mean };
		double likelihood;

		if (s->cells && !bpr_i_fit_search(s, &dist))
			continue;
		likelihood = bpr_i_fit_log_likelihood(s, &dist);
		if (likelihood > best) {
			best = likelihood;
			*out = dist;
		}
	}
	return best > -(double)INFINITY;
}

/* Sum of x^k log x over sum of x^k, less 1/k, less the mean of logs: rises in k. x in parts of the greatest. */
static double weibull_slope(const struct bpr_sample *s, double k, double mean, double *derivative, double *power_mean)
{
	double power = 0, first = 0, second = 0, weight;

	for (size_t i = 0; i < item_count(s); i++) {
		double log_x = log(item(s, i, &weight) / s->max);
		double p = weight * exp(k * log_x);

		power += p;
		first += p * log_x;
		second += p * log_x * log_x;
	}
	*derivative = second / power - first / power * (first / power) + 1 / (k * k);
	*power_mean = power / (double)s->count;
	return first / power - 1 / k - mean;
}

static bool fit_weibull(const struct bpr_sample *s, struct bpr_dist *out)
{
	double mean = mean_log(s) - log(s->max), derivative, power;
	double k = M_PI / sqrt(6 * var_log(s));

	if (!isfinite(k) || k > 1e5)
		return false;
	for (int i = 0; i < NEWTON; i++) {
		double step = weibull_slope(s, k, mean, &derivative, &power) / derivative;
		double next = k - step > k / 4 ? k - step : k / 4;

		if (fabs(next - k) <= 1e-14 * k)
			break;
		k = next;
	}
	(void)weibull_slope(s, k, mean, &derivative, &power);
	out->a = k;
	out->b = s->max * pow(power, 1 / k);
	return isfinite(out->b);
}

/* Edges a little outside, the mode as the mean has it. */
static void guess_mode(const struct bpr_sample *s, struct bpr_dist *out)
{
	bool pert = out->kind == BPR_DIST_PERT;

	out->a = s->min > s->sd / 4 ? s->min - s->sd / 4 : 0;
	out->c = s->max + s->sd / 4;
	out->b = pert ? (6 * s->mean - out->a - out->c) / 4 : 3 * s->mean - out->a - out->c;
	out->b = out->b > out->a + (out->c - out->a) / 20 ? out->b : out->a + (out->c - out->a) / 20;
	out->b = out->b < out->c - (out->c - out->a) / 20 ? out->b : out->c - (out->c - out->a) / 20;
}

/* In closed form; of cells and kinds that have none, where to begin. */
static bool first_fit(const struct bpr_sample *s, struct bpr_dist *out)
{
	switch (out->kind) {
	case BPR_DIST_EXP: out->a = s->mean; return true;
	case BPR_DIST_UNIF:
		out->a = s->min > s->grid / 2 ? s->min - s->grid / 2 : 0;
		out->a = s->cells ? out->a : s->min;
		out->b = s->max + s->grid / 2;
		return true;
	case BPR_DIST_NORM:
		out->a = s->mean;
		out->b = s->sd;
		return true;
	case BPR_DIST_LOGNORM: return fit_lognorm(s, out);
	case BPR_DIST_GAMMA: return fit_gamma(s, out);
	case BPR_DIST_ERLANG: return fit_erlang(s, out);
	case BPR_DIST_WEIBULL: return fit_weibull(s, out);
	case BPR_DIST_TRI:
	case BPR_DIST_PERT: guess_mode(s, out); return true;
	case BPR_DIST_CONSTANT:
	case BPR_DIST_EMP: break;
	}
	return false;
}

bool bpr_i_fit_kind(const struct bpr_sample *sample, enum bpr_dist_kind kind, struct bpr_dist *out)
{
	struct bpr_dist found;
	bool edges = kind == BPR_DIST_TRI || kind == BPR_DIST_PERT;

	*out = (struct bpr_dist){ .kind = kind };
	if (kind == BPR_DIST_CONSTANT) {
		out->a = sample->min;
		return !(sample->max > sample->min);
	}
	if (!(sample->max > sample->min) || !first_fit(sample, out) || bpr_i_dist_check(out))
		return false;
	found = *out;
	if ((sample->cells || edges) && kind != BPR_DIST_ERLANG && bpr_i_fit_search(sample, &found) &&
	    bpr_i_fit_log_likelihood(sample, &found) > bpr_i_fit_log_likelihood(sample, out))
		*out = found;
	return !bpr_i_dist_check(out);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Distributions that simulation data has and we have not: what has no counterpart becomes a gamma distribution with the same
 * mean and standard deviation, so that everything exact stays exact.
 */
#include "config.h"
#include "read/sim_i.h"
#include <math.h>
#include <stdlib.h>

enum { MOST_VALUES = 1000 };

struct bpr_dist bpr_i_delay_constant(double x)
{
	return (struct bpr_dist){ .kind = BPR_DIST_CONSTANT, .a = x };
}

struct bpr_dist bpr_i_delay_like(double mean, double sd)
{
	if (!(sd > 0) || !(mean > 0))
		return bpr_i_delay_constant(mean > 0 ? mean : 0);
	return (struct bpr_dist){ .kind = BPR_DIST_GAMMA, .a = mean, .b = sd };
}

static double density(double x)
{
	return isinf(x) ? 0 : exp(-x * x / 2) / sqrt(2 * acos(-1.0));
}

static double below(double x)
{
	return erfc(-x / sqrt(2.0)) / 2;
}

/* x times the density, 0 at infinity. */
static double moment(double x)
{
	return isinf(x) ? 0 : x * density(x);
}

bool bpr_i_delay_truncated_normal(double mean, double sd, double low, double high, double *out_mean, double *out_sd)
{
	double a = (low - mean) / sd;
	double b = (high - mean) / sd;
	double mass = below(b) - below(a);
	double shift = (density(a) - density(b)) / mass;
	double var = 1 + (moment(a) - moment(b)) / mass - shift * shift;

	*out_mean = mean + sd * shift;
	*out_sd = sd * sqrt(var > 0 ? var : 0);
	return mass > 1e-12 && isfinite(*out_mean) && isfinite(*out_sd);
}

void bpr_i_delay_scale(struct bpr_dist *dist, double unit)
{
	if (dist->kind != BPR_DIST_ERLANG && dist->kind != BPR_DIST_WEIBULL) /* their first parameter is a shape */
		dist->a *= unit;
	dist->b *= unit;
	dist->c *= unit;
}

struct bpr_dist bpr_i_delay_sum(const struct bpr_dist *a, const struct bpr_dist *b, bool *exact)
{
	struct bpr_dist sum = *b;

	*exact = true;
	if (b->kind == BPR_DIST_CONSTANT) {
		const struct bpr_dist *other = a;

		a = b;
		sum = *other;
	}
	if (!(a->a > 0) && a->kind == BPR_DIST_CONSTANT)
		return sum;
	if (a->kind == BPR_DIST_CONSTANT && (sum.kind == BPR_DIST_CONSTANT || sum.kind == BPR_DIST_UNIF || sum.kind == BPR_DIST_TRI)) {
		sum.b += sum.kind == BPR_DIST_CONSTANT ? 0 : a->a;
		sum.c += sum.kind == BPR_DIST_TRI ? a->a : 0;
		sum.a += a->a;
		return sum;
	}
	*exact = false;
	return bpr_i_delay_like(bpr_dist_mean(a) + bpr_dist_mean(&sum), sqrt(bpr_dist_var(a) + bpr_dist_var(&sum)));
}

void bpr_i_mixture_add(struct bpr_mixture *mix, double weight, const struct bpr_dist *dist)
{
	if (!(weight > 0) || !isfinite(weight))
		return;
	if (!bpr_i_grow(&mix->parts, &mix->capacity, mix->count + 1, sizeof(*mix->parts))) {
		mix->nomem = true;
		return;
	}
	mix->parts[mix->count++] = (struct bpr_mix_part){ weight, *dist };
}

static double weight_of(const struct bpr_mixture *mix)
{
	double sum = 0;

	for (size_t i = 0; i < mix->count; i++)
		sum += mix->parts[i].weight;
	return sum;
}

static bool same(const struct bpr_dist *a, const struct bpr_dist *b)
{
	return a->kind == b->kind && !(fabs(a->a - b->a) > 0) && !(fabs(a->b - b->b) > 0) && !(fabs(a->c - b->c) > 0) && a->values == b->values;
}

static bool all_same(const struct bpr_mixture *mix)
{
	for (size_t i = 1; i < mix->count; i++)
		if (!same(&mix->parts[i].dist, &mix->parts[0].dist))
			return false;
	return true;
}

/* How many values say the weights of the constants as counts; 0 where they are none or it takes too many. */
static size_t value_count(const struct bpr_mixture *mix, double sum)
{
	for (size_t i = 0; i < mix->count; i++)
		if (mix->parts[i].dist.kind != BPR_DIST_CONSTANT)
			return 0;
	for (size_t n = mix->count; n <= MOST_VALUES; n++) {
		bool whole = true;

		for (size_t i = 0; i < mix->count && whole; i++) {
			double count = mix->parts[i].weight / sum * (double)n;

			whole = fabs(count - round(count)) < 1e-9 * (double)n && round(count) >= 1;
		}
		if (whole)
			return n;
	}
	return 0;
}

static int by_value(const void *a, const void *b)
{
	const struct bpr_mix_part *x = a;
	const struct bpr_mix_part *y = b;

	return (x->dist.a > y->dist.a) - (x->dist.a < y->dist.a);
}

static bool as_values(struct bpr_mixture *mix, double sum, size_t n, struct bpr_dist *out)
{
	double *values = bpr_i_arena_alloc(mix->arena, n + mix->count, sizeof(*values));
	size_t at = 0;

	if (!values) {
		mix->nomem = true;
		return false;
	}
	qsort(mix->parts, mix->count, sizeof(*mix->parts), by_value);
	for (size_t i = 0; i < mix->count; i++)
		for (double left = round(mix->parts[i].weight / sum * (double)n); left > 0 && at < n + mix->count; left--)
			values[at++] = mix->parts[i].dist.a;
	*out = (struct bpr_dist){ .kind = BPR_DIST_EMP, .values = values, .value_count = at };
	return true;
}

bool bpr_i_mixture_end(struct bpr_mixture *mix, struct bpr_dist *out, bool *exact)
{
	double sum = weight_of(mix), mean = 0, square = 0;
	size_t n = mix->count > 1 && mix->count <= MOST_VALUES ? value_count(mix, sum) : 0;
	bool done = mix->count > 0 && isfinite(sum) && !mix->nomem;

	*exact = true;
	if (done && all_same(mix)) {
		*out = mix->parts[0].dist;
	} else if (done && n) {
		done = as_values(mix, sum, n, out);
	} else if (done) {
		*exact = false;
		for (size_t i = 0; i < mix->count; i++) {
			double m = bpr_dist_mean(&mix->parts[i].dist);

			mean += mix->parts[i].weight / sum * m;
			square += mix->parts[i].weight / sum * (bpr_dist_var(&mix->parts[i].dist) + m * m);
		}
		*out = bpr_i_delay_like(mean, sqrt(fmax(square - mean * mean, 0)));
		done = isfinite(mean) && isfinite(square);
	}
	bpr_i_free(mix->parts);
	mix->parts = NULL;
	mix->count = mix->capacity = 0;
	return done;
}

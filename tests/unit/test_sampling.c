/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The simulator's own draws: tables of the ziggurats against their definition, samples against GSL's distribution functions
 * (Kolmogorov), moments within five standard errors, tails by count; the numbers behind them are those of the streams.
 */
#include "config.h"
#include "test.h"
#include "simulate/draw_i.h"
#include <gsl/gsl_cdf.h>
#include <stdlib.h>
#include <string.h>

enum { SAMPLES = 400000 };

static void is_close(double x, double want, double slack)
{
	if (!(fabs(x - want) <= slack))
		fail_msg("%.17g, expected %.17g", x, want);
}

static void test_stream(void **state)
{
	struct bpr_rng a, b;

	(void)state;
	bpr_i_rng_seed(&a, 5, 6, 7, 8);
	b = a;
	for (int i = 0; i < 1000; i++)
		assert_true(bpr_i_draw_next(&a) == bpr_i_rng_next(&b));
	for (int i = 0; i < 1000; i++)
		assert_true(memcmp(&(double){ bpr_i_draw_uniform(&a) }, &(double){ bpr_i_rng_uniform(&b) }, sizeof(double)) == 0);
}

/* ---- tables ---- */

static double exp_height(double x)
{
	return exp(-x);
}

static double normal_height(double x)
{
	return exp(-x * x / 2);
}

/* Every layer has the same area; the lowest one with the tail behind r. */
static void check_tables(const struct run_layer *layer, const double *height, double (*f)(double), double tail)
{
	double r = layer[1].width * 0x1p53, area = r * f(r) + tail;

	is_close(layer[0].width * 0x1p53 * f(r), area, 1e-14 * area);
	for (int i = 1; i < 256; i++) {
		double x = layer[i].width * 0x1p53, above = i < 255 ? layer[i + 1].width * 0x1p53 : 0;

		is_close(height[i], f(x), 4e-15 * f(x));
		is_close(x * (height[i + 1] - height[i]), area, 2e-13 * area);
		assert_true(above < x && fabs((double)layer[i].inside - above / x * 0x1p53) <= 4);
	}
	is_close(height[256], 1, 0);
	assert_true(fabs((double)layer[0].inside - r / (layer[0].width * 0x1p53) * 0x1p53) <= 4);
}

static void test_tables(void **state)
{
	(void)state;
	check_tables(bpr_i_exp_layer, bpr_i_exp_height, exp_height, exp(-bpr_i_exp_layer[1].width * 0x1p53));
	check_tables(bpr_i_normal_layer, bpr_i_normal_height, normal_height,
		     sqrt(2 * M_PI) * gsl_cdf_ugaussian_Q(bpr_i_normal_layer[1].width * 0x1p53));
}

/* ---- samples ---- */

static double tri_cdf(double x, const struct bpr_dist *d)
{
	if (x < d->b)
		return (x - d->a) * (x - d->a) / ((d->c - d->a) * (d->b - d->a));
	return 1 - (d->c - x) * (d->c - x) / ((d->c - d->a) * (d->c - d->b));
}

static double cdf(double x, const struct bpr_dist *d)
{
	double k, v;

	switch (d->kind) {
	case BPR_DIST_EXP: return gsl_cdf_exponential_P(x, d->a);
	case BPR_DIST_UNIF: return gsl_cdf_flat_P(x, d->a, d->b);
	case BPR_DIST_TRI: return tri_cdf(x, d);
	case BPR_DIST_NORM: return gsl_cdf_gaussian_P(x - d->a, d->b);
	case BPR_DIST_LOGNORM:
		v = log1p(d->b * d->b / (d->a * d->a));
		return gsl_cdf_lognormal_P(x, log(d->a) - v / 2, sqrt(v));
	case BPR_DIST_GAMMA:
		k = d->a / d->b * (d->a / d->b);
		return gsl_cdf_gamma_P(x, k, d->a / k);
	case BPR_DIST_ERLANG: return gsl_cdf_gamma_P(x, d->a, d->b / d->a);
	case BPR_DIST_WEIBULL: return gsl_cdf_weibull_P(x, d->b, d->a);
	case BPR_DIST_PERT:
		return gsl_cdf_beta_P((x - d->a) / (d->c - d->a), 1 + 4 * (d->b - d->a) / (d->c - d->a), 1 + 4 * (d->c - d->b) / (d->c - d->a));
	case BPR_DIST_CONSTANT:
	case BPR_DIST_EMP:
		break;
	}
	return 0;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void test_samples(void **state)
{
	static const struct bpr_dist dists[] = {
		{ .kind = BPR_DIST_EXP, .a = 1 }, { .kind = BPR_DIST_EXP, .a = 17 }, { .kind = BPR_DIST_UNIF, .a = 3, .b = 9 },
		{ .kind = BPR_DIST_TRI, .a = 1, .b = 2, .c = 7 }, { .kind = BPR_DIST_TRI, .a = 1, .b = 1, .c = 7 }, { .kind = BPR_DIST_NORM, .a = 30, .b = 4 },
		{ .kind = BPR_DIST_LOGNORM, .a = 5, .b = 3 }, { .kind = BPR_DIST_GAMMA, .a = 5, .b = 3 }, { .kind = BPR_DIST_ERLANG, .a = 3, .b = 6 },
		{ .kind = BPR_DIST_ERLANG, .a = 20, .b = 6 }, { .kind = BPR_DIST_WEIBULL, .a = 1.7, .b = 4 }, { .kind = BPR_DIST_PERT, .a = 2, .b = 3, .c = 9 },
	};
	double *x = malloc(SAMPLES * sizeof(*x));

	(void)state;
	assert_non_null(x);
	for (size_t k = 0; k < sizeof(dists) / sizeof(dists[0]); k++) {
		const struct run_sampler sampler = bpr_i_run_sampler(&dists[k]);
		double sum = 0, square = 0, worst = 0, mean = bpr_dist_mean(&dists[k]), var = bpr_dist_var(&dists[k]);
		struct bpr_rng rng;

		bpr_i_rng_seed(&rng, 11, k, 0, 0);
		for (size_t i = 0; i < SAMPLES; i++) {
			x[i] = bpr_i_draw(&sampler, &rng);
			assert_true(x[i] >= 0 && isfinite(x[i]));
			sum += x[i] - mean;
			square += (x[i] - mean) * (x[i] - mean);
		}
		if (fabs(sum / SAMPLES) > 5 * sqrt(var / SAMPLES) || fabs(square / SAMPLES / var - 1) > 0.05)
			fail_msg("distribution %zu: mean off by %g, variance by a factor of %g", k, sum / SAMPLES, square / SAMPLES / var);
		qsort(x, SAMPLES, sizeof(*x), compare);
		for (size_t i = 0; i < SAMPLES; i++) {
			double p = cdf(x[i], &dists[k]);

			worst = fmax(worst, fmax(fabs(p - (double)i / SAMPLES), fabs(p - (double)(i + 1) / SAMPLES)));
		}
		/* Passed by one sample in 5,000 by chance (Kolmogorov's distribution); the seeds are fixed. */
		if (worst * sqrt(SAMPLES) > 2.15)
			fail_msg("distribution %zu: Kolmogorov %g", k, worst * sqrt(SAMPLES));
	}
	free(x);
}

static void count_is(const char *what, double count, double n, double p)
{
	if (fabs(count - n * p) > 5 * sqrt(n * p * (1 - p)))
		fail_msg("%s: %g of %g, expected %g", what, count, n, n * p);
}

/* Behind r, and half a unit farther: what only the tail's own sampler makes. Signs are even. */
static void test_tails(void **state)
{
	double n = 4e6, exp_one = 0, exp_two = 0, one = 0, two = 0, negative = 0;
	struct bpr_rng rng;

	(void)state;
	bpr_i_rng_seed(&rng, 12, 0, 0, 0);
	for (double i = 0; i < n; i++) {
		double e = bpr_i_draw_exp(&rng), z = bpr_i_draw_normal(&rng);

		exp_one += e > 7.69711747013105;
		exp_two += e > 8.5;
		one += fabs(z) > 3.6541528853610088;
		two += fabs(z) > 4;
		negative += z < 0;
	}
	count_is("exponential tail", exp_one, n, exp(-7.69711747013105));
	count_is("far exponential tail", exp_two, n, exp(-8.5));
	count_is("normal tails", one, n, 2 * gsl_cdf_ugaussian_Q(3.6541528853610088));
	count_is("far normal tails", two, n, 2 * gsl_cdf_ugaussian_Q(4));
	count_is("signs", negative, n, 0.5);
}

/* Edges of what a distribution may be: no spread, a cut at 0, measured values. */
static void test_edges(void **state)
{
	static const double measured[] = { 1, 2, 4 };
	static const struct bpr_dist one_value[] = {
		{ .kind = BPR_DIST_CONSTANT, .a = 4 }, { .kind = BPR_DIST_UNIF, .a = 4, .b = 4 }, { .kind = BPR_DIST_TRI, .a = 4, .b = 4, .c = 4 },
		{ .kind = BPR_DIST_NORM, .a = 4, .b = 0 }, { .kind = BPR_DIST_LOGNORM, .a = 4, .b = 0 }, { .kind = BPR_DIST_GAMMA, .a = 4, .b = 0 },
		{ .kind = BPR_DIST_PERT, .a = 4, .b = 4, .c = 4 }, { .kind = BPR_DIST_EMP, .values = &measured[2], .value_count = 1 },
	};
	static const struct bpr_dist nought[] = { { .kind = BPR_DIST_EXP }, { .kind = BPR_DIST_LOGNORM }, { .kind = BPR_DIST_GAMMA },
		{ .kind = BPR_DIST_ERLANG, .a = 3 }, { .kind = BPR_DIST_ERLANG, .a = 30 }, { .kind = BPR_DIST_WEIBULL, .a = 2 }, { .kind = BPR_DIST_EMP } };
	const struct bpr_dist cut = { .kind = BPR_DIST_NORM, .a = 1, .b = 1 }, emp = { .kind = BPR_DIST_EMP, .values = measured, .value_count = 3 };
	struct run_sampler s = bpr_i_run_sampler(&cut);
	struct bpr_rng rng;
	double zeros = 0, fours = 0;

	(void)state;
	bpr_i_rng_seed(&rng, 13, 0, 0, 0);
	for (int i = 0; i < 100000; i++)
		zeros += !(bpr_i_draw(&s, &rng) > 0);
	count_is("cut at 0", zeros, 100000, gsl_cdf_ugaussian_Q(1));
	s = bpr_i_run_sampler(&emp);
	for (int i = 0; i < 100000; i++)
		fours += bpr_i_draw(&s, &rng) > 3;
	count_is("measured", fours, 100000, 1.0 / 3);
	for (size_t i = 0; i < sizeof(one_value) / sizeof(one_value[0]); i++) {
		s = bpr_i_run_sampler(&one_value[i]);
		is_close(bpr_i_draw(&s, &rng), 4, 1e-12);
	}
	for (size_t i = 0; i < sizeof(nought) / sizeof(nought[0]); i++) {
		s = bpr_i_run_sampler(&nought[i]);
		is_close(bpr_i_draw(&s, &rng), 0, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stream),
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_tails),
		cmocka_unit_test(test_edges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

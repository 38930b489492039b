/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Distributions against what is not our code: moments by integrating GSL's survival functions, samplers against the
 * same functions (Kolmogorov, and moments within five standard errors), the generators against published outputs.
 */
#include "config.h"
#include "test.h"
#include "base/alloc_i.h"
#include "flow/build_i.h"
#include "flow/dist_i.h"
#include <bpr/init.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <stdlib.h>
#include <string.h>

static void generators_are_the_published_ones(void **state)
{
	/* SplitMix64 from 1234567: the vectors on which the implementations of Java, Rust and others agree. */
	static const uint64_t split[] = { 6457827717110365317u, 3203168211198807973u, 9817491932198370423u, 4593380528125082431u, 16408922859458223821u };
	/* xoshiro256++ from the state 1, 2, 3, 4: the authors' C code. */
	static const uint64_t xoshiro[] = { 41943041u, 58720359u, 3588806011781223u, 3591011842654386u, 9228616714210784205u,
					    9973669472204895162u, 14011001112246962877u, 12406186145184390807u, 15849039046786891736u, 10450023813501588000u };
	uint64_t s = 1234567;
	struct bpr_rng rng = { { 1, 2, 3, 4 } };

	(void)state;
	for (size_t i = 0; i < sizeof(split) / sizeof(split[0]); i++)
		assert_true(bpr_i_splitmix(&s) == split[i]);
	for (size_t i = 0; i < sizeof(xoshiro) / sizeof(xoshiro[0]); i++)
		assert_true(bpr_i_rng_next(&rng) == xoshiro[i]);
}

static int compare_words(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a;
	uint64_t y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void streams_differ_in_every_word(void **state)
{
	enum { SIDE = 12 };
	static uint64_t seen[SIDE * SIDE * SIDE * SIDE];
	size_t n = 0;
	double sum = 0;

	(void)state;
	for (uint64_t a = 0; a < SIDE; a++)
		for (uint64_t b = 0; b < SIDE; b++)
			for (uint64_t c = 0; c < SIDE; c++)
				for (uint64_t d = 0; d < SIDE; d++) {
					struct bpr_rng rng;

					bpr_i_rng_seed(&rng, a, b, c, d);
					seen[n++] = bpr_i_rng_next(&rng);
					sum += bpr_i_rng_uniform(&rng);
				}
	qsort(seen, n, sizeof(seen[0]), compare_words);
	for (size_t i = 1; i < n; i++)
		assert_true(seen[i - 1] != seen[i]);
	/* Second numbers of neighbouring streams are as good as independent: mean 1/2 within five sigma. */
	assert_true(fabs(sum / (double)n - 0.5) < 5 * sqrt(1.0 / 12 / (double)n));
}

static double beta_survival(const struct bpr_dist *d, double x)
{
	double w = d->c - d->a;

	return x <= d->a ? 1 : x >= d->c ? 0 : gsl_cdf_beta_Q((x - d->a) / w, 1 + 4 * (d->b - d->a) / w, 1 + 4 * (d->c - d->b) / w);
}

static double tri_survival(const struct bpr_dist *d, double x)
{
	if (x <= d->a)
		return 1;
	if (x >= d->c)
		return 0;
	if (x < d->b)
		return 1 - (x - d->a) * (x - d->a) / ((d->c - d->a) * (d->b - d->a));
	return (d->c - x) * (d->c - x) / ((d->c - d->a) * (d->c - d->b));
}

/* P(X > x) for x >= 0. */
static double survival(const struct bpr_dist *d, double x)
{
	double var;

	switch (d->kind) {
	case BPR_DIST_EXP: return gsl_cdf_exponential_Q(x, d->a);
	case BPR_DIST_UNIF: return x <= d->a ? 1 : x >= d->b ? 0 : (d->b - x) / (d->b - d->a);
	case BPR_DIST_TRI: return tri_survival(d, x);
	case BPR_DIST_NORM: return gsl_cdf_gaussian_Q(x - d->a, d->b);
	case BPR_DIST_LOGNORM:
		var = log(1 + d->b / d->a * (d->b / d->a));
		return gsl_cdf_lognormal_Q(x, log(d->a) - var / 2, sqrt(var));
	case BPR_DIST_GAMMA: return gsl_cdf_gamma_Q(x, d->a * d->a / d->b / d->b, d->b * d->b / d->a);
	case BPR_DIST_ERLANG: return gsl_cdf_gamma_Q(x, d->a, d->b / d->a);
	case BPR_DIST_WEIBULL: return gsl_cdf_weibull_Q(x, d->b, d->a);
	case BPR_DIST_PERT: return beta_survival(d, x);
	case BPR_DIST_CONSTANT:
	case BPR_DIST_EMP: break;
	}
	return x < d->a ? 1 : 0;
}

static double first_moment(double x, void *p)
{
	return survival(p, x);
}

static double second_moment(double x, void *p)
{
	return 2 * x * survival(p, x);
}

static const struct bpr_dist smooth[] = {
	{ .kind = BPR_DIST_EXP, .a = 5 }, { .kind = BPR_DIST_UNIF, .a = 3, .b = 11 }, { .kind = BPR_DIST_UNIF, .a = 0, .b = 0.5 },
	{ .kind = BPR_DIST_TRI, .a = 3, .b = 5, .c = 9 }, { .kind = BPR_DIST_TRI, .a = 0, .b = 0, .c = 2 }, { .kind = BPR_DIST_TRI, .a = 1, .b = 4, .c = 4 },
	{ .kind = BPR_DIST_NORM, .a = 10, .b = 2 }, { .kind = BPR_DIST_NORM, .a = 3, .b = 4 }, { .kind = BPR_DIST_NORM, .a = 0, .b = 1 },
	{ .kind = BPR_DIST_LOGNORM, .a = 10, .b = 4 }, { .kind = BPR_DIST_LOGNORM, .a = 2, .b = 3 },
	{ .kind = BPR_DIST_GAMMA, .a = 10, .b = 5 }, { .kind = BPR_DIST_GAMMA, .a = 3, .b = 4 },
	{ .kind = BPR_DIST_ERLANG, .a = 3, .b = 12 }, { .kind = BPR_DIST_ERLANG, .a = 1, .b = 7 },
	{ .kind = BPR_DIST_WEIBULL, .a = 1.5, .b = 10 }, { .kind = BPR_DIST_WEIBULL, .a = 0.8, .b = 3 }, { .kind = BPR_DIST_WEIBULL, .a = 6, .b = 20 },
	{ .kind = BPR_DIST_PERT, .a = 2, .b = 5, .c = 14 }, { .kind = BPR_DIST_PERT, .a = 0, .b = 0, .c = 6 },
};
enum { SMOOTH = sizeof(smooth) / sizeof(smooth[0]) };

static double integrate(const struct bpr_dist *d, double (*f)(double, void *))
{
	struct bpr_dist copy = *d;
	gsl_function g = { f, &copy };
	gsl_integration_workspace *w = gsl_integration_workspace_alloc(2000);
	double corners[] = { 0, d->a, d->b, d->c };
	bool bounded = d->kind == BPR_DIST_UNIF || d->kind == BPR_DIST_TRI || d->kind == BPR_DIST_PERT;
	double sum = 0;
	double part;
	double error;

	assert_non_null(w);
	if (bounded) {
		for (size_t i = 1; i < (d->kind == BPR_DIST_UNIF ? 3 : 4); i++) {
			if (!(corners[i] > corners[i - 1]))
				continue;
			(void)gsl_integration_qags(&g, corners[i - 1], corners[i], 0, 1e-12, 2000, w, &part, &error);
			sum += part;
		}
	} else {
		(void)gsl_integration_qags(&g, 0, bpr_dist_mean(d), 0, 1e-12, 2000, w, &sum, &error);
		(void)gsl_integration_qagiu(&g, bpr_dist_mean(d), 0, 1e-11, 2000, w, &part, &error);
		sum += part;
	}
	gsl_integration_workspace_free(w);
	return sum;
}

static void moments_are_the_integrals(void **state)
{
	(void)state;
	bpr_init();
	for (size_t i = 0; i < SMOOTH; i++) {
		double mean = integrate(&smooth[i], first_moment);
		double square = integrate(&smooth[i], second_moment);

		assert_rel(bpr_dist_mean(&smooth[i]), mean, 1e-9);
		/* The difference loses digits by square/variance; all of these lose at most a hundred. */
		assert_rel(bpr_dist_var(&smooth[i]), square - mean * mean, 1e-7);
	}
}

static void moments_by_hand(void **state)
{
	static const double values[] = { 2, 4, 4, 4, 5, 5, 7, 9 };
	const struct bpr_dist emp = { .kind = BPR_DIST_EMP, .values = values, .value_count = 8 };
	const struct bpr_dist constant = { .kind = BPR_DIST_CONSTANT, .a = 7 };
	const struct bpr_dist tri = { .kind = BPR_DIST_TRI, .a = 3, .b = 5, .c = 10 };
	const struct bpr_dist flat = { .kind = BPR_DIST_NORM, .a = 7, .b = 0 };
	/* Weibull: for large shapes the variance is scale^2 pi^2 / 6 / k^2 (1 + O(1/k)); naive formulas give noise. */
	const struct bpr_dist sharp = { .kind = BPR_DIST_WEIBULL, .a = 1e6, .b = 1 };
	/* On both sides of where the series takes over. */
	const struct bpr_dist below = { .kind = BPR_DIST_WEIBULL, .a = 1000 - 1e-9, .b = 1 };
	const struct bpr_dist above = { .kind = BPR_DIST_WEIBULL, .a = 1000 + 1e-9, .b = 1 };
	/* Cut normals: mean and variance of max(0, Z) are 1/sqrt(2 pi) and 1/2 - 1/(2 pi). */
	const struct bpr_dist half = { .kind = BPR_DIST_NORM, .a = 0, .b = 1 };

	(void)state;
	assert_rel(bpr_dist_mean(&emp), 5, 1e-15);
	assert_rel(bpr_dist_var(&emp), 4, 1e-15);
	assert_rel(bpr_dist_mean(&constant), 7, 0);
	assert_rel(bpr_dist_var(&constant), 0, 0);
	assert_rel(bpr_dist_mean(NULL), 0, 0);
	assert_rel(bpr_dist_var(NULL), 0, 0);
	assert_rel(bpr_dist_mean(&tri), 6, 1e-15);
	assert_rel(bpr_dist_var(&tri), 39.0 / 18, 1e-15);
	assert_rel(bpr_dist_mean(&flat), 7, 0);
	assert_rel(bpr_dist_var(&flat), 0, 0);
	assert_rel(bpr_dist_var(&sharp), M_PI * M_PI / 6 / 1e12, 1e-5);
	assert_rel(bpr_dist_var(&below), bpr_dist_var(&above), 1e-9);
	assert_rel(bpr_dist_mean(&half), 1 / sqrt(2 * M_PI), 1e-14);
	assert_rel(bpr_dist_var(&half), 0.5 - 1 / (2 * M_PI), 1e-14);
}

static int compare_doubles(const void *a, const void *b)
{
	double x = *(const double *)a;
	double y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Largest distance between the sample and the distribution, times sqrt(n): above 2.5 with probability 7e-6. */
static double kolmogorov(const struct bpr_dist *d, double *x, size_t n)
{
	double worst = 0;

	qsort(x, n, sizeof(*x), compare_doubles);
	for (size_t i = 0; i < n; i++) {
		double cdf = 1 - survival(d, x[i]);

		if (!(x[i] > 0))
			continue; /* the cut is a jump */
		worst = fmax(worst, fmax(fabs(cdf - (double)i / (double)n), fabs(cdf - (double)(i + 1) / (double)n)));
	}
	return worst * sqrt((double)n);
}

static void samplers_draw_what_they_say(void **state)
{
	enum { N = 100000 };
	double *x = malloc(N * sizeof(*x));

	(void)state;
	assert_non_null(x);
	for (size_t k = 0; k < SMOOTH; k++) {
		double mean = bpr_dist_mean(&smooth[k]);
		double var = bpr_dist_var(&smooth[k]);
		struct bpr_rng rng;
		double sum = 0;
		double square = 0;
		double fourth = 0;

		bpr_i_rng_seed(&rng, 1, 0, k, 0);
		for (size_t i = 0; i < N; i++) {
			double e;

			x[i] = bpr_i_dist_draw(&smooth[k], &rng);
			assert_true(x[i] >= 0 && isfinite(x[i]));
			e = x[i] - mean;
			sum += e;
			square += e * e;
			fourth += e * e * e * e;
		}
		if (!(fabs(sum / N) < 5 * sqrt(var / N)))
			print_error("%s: mean off by %g\n", bpr_dist_kind_name(smooth[k].kind), sum / N);
		assert_true(fabs(sum / N) < 5 * sqrt(var / N));
		assert_true(fabs(square / N - var) < 5 * sqrt((fourth / N - var * var) / N));
		assert_true(kolmogorov(&smooth[k], x, N) < 2.5);
	}
	free(x);
}

static void simple_draws(void **state)
{
	static const double values[] = { 1, 2, 30 };
	const struct bpr_dist emp = { .kind = BPR_DIST_EMP, .values = values, .value_count = 3 };
	const struct bpr_dist constant = { .kind = BPR_DIST_CONSTANT, .a = 7 };
	static const struct bpr_dist points[] = {
		{ .kind = BPR_DIST_TRI, .a = 4, .b = 4, .c = 4 }, { .kind = BPR_DIST_PERT, .a = 4, .b = 4, .c = 4 }, { .kind = BPR_DIST_UNIF, .a = 4, .b = 4 },
		{ .kind = BPR_DIST_GAMMA, .a = 4, .b = 0 }, { .kind = BPR_DIST_LOGNORM, .a = 4, .b = 0 }, { .kind = BPR_DIST_NORM, .a = 4, .b = 0 },
	};
	static const struct bpr_dist zeros[] = {
		{ .kind = BPR_DIST_EXP, .a = 0 }, { .kind = BPR_DIST_ERLANG, .a = 2, .b = 0 }, { .kind = BPR_DIST_WEIBULL, .a = 2, .b = 0 },
		{ .kind = BPR_DIST_GAMMA, .a = 0, .b = 0 }, { .kind = BPR_DIST_LOGNORM, .a = 0, .b = 0 },
	};
	struct bpr_rng rng;
	size_t counts[3] = { 0, 0, 0 };

	(void)state;
	bpr_i_rng_seed(&rng, 7, 0, 0, 0);
	assert_rel(bpr_i_dist_draw(&constant, &rng), 7, 0);
	assert_rel(bpr_i_dist_draw(NULL, &rng), 0, 0);
	for (size_t i = 0; i < sizeof(points) / sizeof(points[0]); i++) {
		assert_rel(bpr_i_dist_draw(&points[i], &rng), 4, 0);
		assert_rel(bpr_dist_mean(&points[i]), 4, 0);
		assert_rel(bpr_dist_var(&points[i]), 0, 0);
	}
	for (size_t i = 0; i < sizeof(zeros) / sizeof(zeros[0]); i++) {
		assert_null(bpr_i_dist_check(&zeros[i]));
		assert_rel(bpr_i_dist_draw(&zeros[i], &rng), 0, 0);
		assert_rel(bpr_dist_mean(&zeros[i]), 0, 0);
		assert_rel(bpr_dist_var(&zeros[i]), 0, 0);
	}
	for (size_t i = 0; i < 30000; i++) {
		double x = bpr_i_dist_draw(&emp, &rng);

		for (size_t k = 0; k < 3; k++)
			counts[k] += !(fabs(x - values[k]) > 0);
	}
	assert_int_equal(counts[0] + counts[1] + counts[2], 30000);
	for (size_t k = 0; k < 3; k++) /* binomial, p = 1/3: sigma 81.6 */
		assert_true(counts[k] > 10000 - 5 * 82 && counts[k] < 10000 + 5 * 82);
}

/* What is written is read back as the same numbers, for parameters of every size. */
static void text_gives_it_back(void **state)
{
	struct bpr_rng rng;

	(void)state;
	bpr_i_rng_seed(&rng, 3, 1, 4, 1);
	for (size_t round = 0; round < 5000; round++) {
		struct bpr_arena arena = { 0 };
		struct bpr_dist dist = { .kind = (enum bpr_dist_kind)(round % BPR_DIST_EMP) };
		struct bpr_dist back;
		char text[128];
		size_t n;
		double scale = pow(10, floor(bpr_i_rng_uniform(&rng) * 12) - 4);

		dist.a = bpr_i_rng_uniform(&rng) * scale;
		if (dist.kind != BPR_DIST_CONSTANT && dist.kind != BPR_DIST_EXP)
			dist.b = dist.a + bpr_i_rng_uniform(&rng) * scale;
		if (dist.kind == BPR_DIST_TRI || dist.kind == BPR_DIST_PERT)
			dist.c = dist.b + bpr_i_rng_uniform(&rng) * scale;
		if (dist.kind == BPR_DIST_ERLANG)
			dist.a = 1 + (double)(round % 9);
		if (dist.kind == BPR_DIST_WEIBULL)
			dist.a = 0.05 + bpr_i_rng_uniform(&rng) * 5;
		if (bpr_i_dist_check(&dist))
			continue;
		n = bpr_dist_format(&dist, text, sizeof(text));
		assert_true(n < sizeof(text) && n == strlen(text));
		assert_true(bpr_i_parse_dist(text, n, &arena, &back, NULL, NULL));
		assert_int_equal(back.kind, dist.kind);
		assert_memory_equal(&back.a, &dist.a, sizeof(double));
		assert_memory_equal(&back.b, &dist.b, sizeof(double));
		assert_memory_equal(&back.c, &dist.c, sizeof(double));
		bpr_i_arena_release(&arena);
	}
}

static void text_as_written(void **state)
{
	const struct bpr_dist tri = { .kind = BPR_DIST_TRI, .a = 3, .b = 5.5, .c = 9 };
	const struct bpr_dist emp = { .kind = BPR_DIST_EMP, .source = "log.csv,minutes" };
	char text[64];

	(void)state;
	assert_int_equal(bpr_dist_format(&tri, text, sizeof(text)), strlen("tri(3,5.5,9)"));
	assert_string_equal(text, "tri(3,5.5,9)");
	(void)bpr_dist_format(&emp, text, sizeof(text));
	assert_string_equal(text, "emp(log.csv,minutes)");
	(void)bpr_dist_format(NULL, text, sizeof(text));
	assert_string_equal(text, "0");
	assert_int_equal(bpr_dist_format(&tri, text, 4), 12);
	assert_string_equal(text, "tri");
}

static void parameters_are_checked(void **state)
{
	static const struct bpr_dist bad[] = {
		{ .kind = BPR_DIST_CONSTANT, .a = -1 }, { .kind = BPR_DIST_CONSTANT, .a = (double)NAN }, { .kind = BPR_DIST_EXP, .a = (double)INFINITY },
		{ .kind = BPR_DIST_UNIF, .a = 2, .b = 1 }, { .kind = BPR_DIST_TRI, .a = 2, .b = 1, .c = 3 }, { .kind = BPR_DIST_PERT, .a = 1, .b = 4, .c = 3 },
		{ .kind = BPR_DIST_LOGNORM, .a = 0, .b = 1 }, { .kind = BPR_DIST_GAMMA, .a = 0, .b = 1 }, { .kind = BPR_DIST_ERLANG, .a = 1.5, .b = 1 },
		{ .kind = BPR_DIST_WEIBULL, .a = 0.01, .b = 1 }, { .kind = BPR_DIST_NORM, .a = 1, .b = (double)NAN }, { .kind = BPR_DIST_EXP, .a = 2e9 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_non_null(bpr_i_dist_check(&bad[i]));
	for (size_t i = 0; i < SMOOTH; i++)
		assert_null(bpr_i_dist_check(&smooth[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(generators_are_the_published_ones), cmocka_unit_test(streams_differ_in_every_word),
		cmocka_unit_test(moments_are_the_integrals), cmocka_unit_test(moments_by_hand), cmocka_unit_test(samplers_draw_what_they_say),
		cmocka_unit_test(simple_draws), cmocka_unit_test(text_gives_it_back), cmocka_unit_test(text_as_written),
		cmocka_unit_test(parameters_are_checked),
	};

	return cmocka_run_group_tests_name("dist", tests, NULL, NULL);
}

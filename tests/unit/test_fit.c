/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fits of durations: published fits of published data, parameters found again in samples, the greatest likelihood is the greatest, clocks
 * that show whole minutes, p as often below 5 % as it says.
 */
#include "config.h"
#include "lib/test.h"
#include "mine/fit_i.h"
#include <gsl/gsl_sf_psi.h>
#include <math.h>
#include <string.h>

static const struct bpr_fit *find(const struct bpr_fit *fits, size_t count, enum bpr_dist_kind kind)
{
	for (size_t i = 0; i < count; i++)
		if (fits[i].dist.kind == kind)
			return &fits[i];
	fail_msg("kind %d was not fitted", (int)kind);
	__builtin_unreachable();
}

static void fit_all(double *values, size_t count, struct bpr_fit fits[BPR_FITS_MAX], size_t *fit_count)
{
	struct bpr_sample sample;

	assert_int_equal(bpr_i_sample_new(values, count, &sample), BPR_OK);
	assert_int_equal(bpr_i_fit(&sample, 0, 1, fits, fit_count), BPR_OK);
	for (size_t i = 1; i < *fit_count; i++)
		assert_true(fits[i - 1].aic <= fits[i].aic);
	bpr_i_sample_release(&sample);
}

/* ReliaWiki, Example: Gamma Distribution: 24 units; k = 50.4908, exp(7.72E-02) by maximum likelihood. */
static void test_published_gamma(void **state)
{
	double x[] = { 61, 50, 67, 49, 53, 62, 53, 61, 43, 65, 53, 56, 62, 56, 58, 55, 58, 48, 66, 44, 48, 58, 43, 40 };
	struct bpr_fit fits[BPR_FITS_MAX];
	const struct bpr_fit *gamma;
	size_t count;

	(void)state;
	fit_all(x, sizeof(x) / sizeof(x[0]), fits, &count);
	gamma = find(fits, count, BPR_DIST_GAMMA);
	assert_rel(gamma->dist.a / gamma->dist.b * (gamma->dist.a / gamma->dist.b), 50.4908, 1e-5);
	assert_rel(log(gamma->dist.b * gamma->dist.b / gamma->dist.a), 7.72e-2, 1e-3);
}

/* Lieblein & Zelen (1956), 23 ball bearings; Lawless, Statistical Models and Methods for Lifetime Data: Weibull 2.10 and 81.9. */
static void test_published_weibull(void **state)
{
	double x[] = { 17.88, 28.92, 33.00, 41.52, 42.12, 45.60, 48.48, 51.84, 51.96, 54.12, 55.56, 67.80,
		       68.64, 68.64, 68.88, 84.12, 93.12, 98.64, 105.12, 105.84, 127.92, 128.04, 173.40 };
	struct bpr_fit fits[BPR_FITS_MAX];
	const struct bpr_fit *weibull;
	size_t count;

	(void)state;
	fit_all(x, sizeof(x) / sizeof(x[0]), fits, &count);
	weibull = find(fits, count, BPR_DIST_WEIBULL);
	assert_rel(weibull->dist.a, 2.10, 3e-3);
	assert_rel(weibull->dist.b, 81.9, 1e-3);
}

/* Formulas on paper: 1, 2, 4, 8. */
static void test_closed_forms(void **state)
{
	double x[] = { 4, 1, 8, 2 }, log_sd = log(2) * sqrt(1.25);
	struct bpr_fit fits[BPR_FITS_MAX];
	size_t count;

	(void)state;
	fit_all(x, 4, fits, &count);
	assert_rel(find(fits, count, BPR_DIST_EXP)->dist.a, 3.75, 1e-15);
	assert_rel(find(fits, count, BPR_DIST_EXP)->log_likelihood, -4 * log(3.75) - 4, 1e-14);
	assert_rel(find(fits, count, BPR_DIST_UNIF)->log_likelihood, -4 * log(7), 1e-14);
	assert_rel(find(fits, count, BPR_DIST_NORM)->dist.b, sqrt(85 / 4. - 3.75 * 3.75), 1e-14);
	assert_rel(find(fits, count, BPR_DIST_LOGNORM)->dist.a, exp(1.5 * log(2) + log_sd * log_sd / 2), 1e-14);
	assert_rel(find(fits, count, BPR_DIST_LOGNORM)->log_likelihood, -6 * log(2) - 4 * (log(log_sd) + log(2 * M_PI) / 2 + 0.5), 1e-14);
	assert_true(isinf(find(fits, count, BPR_DIST_EXP)->ks) == 0 && find(fits, count, BPR_DIST_UNIF)->ks > 0.2);
}

static const struct bpr_dist known[] = {
	{ .kind = BPR_DIST_EXP, .a = 12 },           { .kind = BPR_DIST_UNIF, .a = 3, .b = 9 },
	{ .kind = BPR_DIST_TRI, .a = 3, .b = 5, .c = 12 }, { .kind = BPR_DIST_NORM, .a = 20, .b = 4 },
	{ .kind = BPR_DIST_LOGNORM, .a = 15, .b = 12 }, { .kind = BPR_DIST_GAMMA, .a = 30, .b = 20 },
	{ .kind = BPR_DIST_ERLANG, .a = 3, .b = 24 }, { .kind = BPR_DIST_WEIBULL, .a = 1.7, .b = 25 },
	{ .kind = BPR_DIST_PERT, .a = 2, .b = 5, .c = 20 },
};
enum { SAMPLE = 4000 };

static void draw_values(const struct bpr_dist *dist, uint64_t seed, double grid, double *values, size_t count)
{
	struct bpr_rng rng;

	bpr_i_rng_seed(&rng, seed, 9, (uint64_t)dist->kind, 0);
	for (size_t i = 0; i < count; i++) {
		values[i] = bpr_i_dist_draw(dist, &rng);
		if (grid > 0)
			values[i] = nearbyint(values[i] / grid) * grid;
	}
}

/* Standard errors by Fisher's information; 5 of them. 0: no bound but what likelihood says. */
static void check_parameters(const struct bpr_dist *found, const struct bpr_dist *true_one, double wider)
{
	double n = SAMPLE, a = true_one->a, b = true_one->b, s, k, errors[2] = { 0, 0 };

	switch (true_one->kind) {
	case BPR_DIST_EXP: errors[0] = a / sqrt(n); break;
	case BPR_DIST_UNIF: errors[0] = errors[1] = (b - a) / n * 3; break; /* waiting for the edge is exponential: 15 means */
	case BPR_DIST_NORM:
		errors[0] = b / sqrt(n);
		errors[1] = b / sqrt(2 * n);
		break;
	case BPR_DIST_LOGNORM: /* of its mean: var (s^2 + s^4 / 2) / n of the logarithm */
		s = log1p(b / a * (b / a));
		errors[0] = a * sqrt((s + s * s / 2) / n);
		break;
	case BPR_DIST_GAMMA:
		k = a / b * (a / b);
		errors[0] = b / sqrt(n);
		errors[1] = b / 2 / k / sqrt(n * (gsl_sf_psi_1(k) - 1 / k)) + b / a * errors[0];
		break;
	case BPR_DIST_WEIBULL:
		errors[0] = sqrt(0.6079 / n) * a;
		errors[1] = sqrt(1.1087 / n) * b / a;
		break;
	case BPR_DIST_ERLANG: errors[1] = b / sqrt(a * n); assert_true(!(fabs(found->a - a) > 0)); break;
	case BPR_DIST_CONSTANT:
	case BPR_DIST_TRI:
	case BPR_DIST_PERT:
	case BPR_DIST_EMP: break;
	}
	if (errors[0] > 0 && fabs(found->a - a) > 5 * wider * errors[0])
		fail_msg("kind %d: %g instead of %g", (int)true_one->kind, found->a, a);
	if (errors[1] > 0 && fabs(found->b - b) > 5 * wider * errors[1])
		fail_msg("kind %d: %g instead of %g", (int)true_one->kind, found->b, b);
}

/* grid 0, or minutes of a clock: 1. */
static void check_found_again(double grid)
{
	static double values[SAMPLE];

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		struct bpr_fit fits[BPR_FITS_MAX];
		struct bpr_sample sample;
		const struct bpr_fit *own;
		size_t count;

		draw_values(&known[i], 7, grid, values, SAMPLE);
		assert_int_equal(bpr_i_sample_new(values, SAMPLE, &sample), BPR_OK);
		assert_true(grid > 0 ? sample.cells != NULL && !(sample.grid < grid) : !sample.cells);
		assert_int_equal(bpr_i_fit(&sample, 0, 1, fits, &count), BPR_OK);
		own = find(fits, count, known[i].kind);
		/* No parameters are likelier than those found: not the true ones. Searches are good to little. */
		if (!(own->log_likelihood >= bpr_i_fit_log_likelihood(&sample, &known[i]) - 0.05))
			fail_msg("kind %d: likelihood %.3f, of the true one %.3f", (int)known[i].kind, own->log_likelihood,
				 bpr_i_fit_log_likelihood(&sample, &known[i]));
		check_parameters(&own->dist, &known[i], grid > 0 ? 1.3 : 1);
		/* The kind itself, or one that says the same with as many parameters, is best: by no more than chance (2 of AIC each). */
		assert_true(own->aic - fits[0].aic < 8);
		assert_true(own->ks < 1.63 / sqrt(SAMPLE) + (grid > 0 ? 0.01 : 0));
		assert_rel(bpr_dist_mean(&own->dist), bpr_dist_mean(&known[i]), 0.05);
		bpr_i_sample_release(&sample);
	}
}

static void test_found_again(void **state)
{
	(void)state;
	check_found_again(0);
}

static void test_whole_minutes(void **state)
{
	(void)state;
	check_found_again(1);
}

/* With its parameters moved a little, every kind is less likely: a maximum, at least of the neighbourhood. */
static void test_maximum(void **state)
{
	static double values[SAMPLE];

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		struct bpr_sample sample;
		struct bpr_dist found, other;
		double best;

		if (known[i].kind == BPR_DIST_UNIF || known[i].kind == BPR_DIST_ERLANG)
			continue; /* at an edge; whole numbers */
		draw_values(&known[i], 11, 0, values, 800);
		assert_int_equal(bpr_i_sample_new(values, 800, &sample), BPR_OK);
		assert_true(bpr_i_fit_kind(&sample, known[i].kind, &found));
		best = bpr_i_fit_log_likelihood(&sample, &found);
		for (int k = 0; k < 6; k++) {
			double *parameter;

			other = found;
			parameter = k / 2 == 0 ? &other.a : k / 2 == 1 ? &other.b : &other.c;
			*parameter *= k % 2 ? 1.02 : 0.98;
			if (!(*parameter > 0) || bpr_i_dist_check(&other))
				continue;
			assert_true(bpr_i_fit_log_likelihood(&sample, &other) < best + 1e-6);
		}
		bpr_i_sample_release(&sample);
	}
}

/* Distribution functions against their densities: differences over small steps. */
static void test_curves(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		for (double x = 3.3; x < 30; x += 1.7) {
			double h = 1e-5, slope = (bpr_i_dist_below(&known[i], x + h) - bpr_i_dist_below(&known[i], x - h)) / (2 * h);
			double density = exp(bpr_i_dist_log_density(&known[i], x));

			assert_true(fabs(slope - density) < 1e-6);
			assert_rel(bpr_i_dist_below(&known[i], x) + bpr_i_dist_above(&known[i], x), 1, 1e-12);
		}
}

/* p of samples of the very kind: uniform. Of 200, below 0.05: mean 10, sd 3.1; 5 sd are allowed. */
static void test_p(void **state)
{
	static const enum bpr_dist_kind kinds[] = { BPR_DIST_EXP, BPR_DIST_GAMMA };

	(void)state;
	for (size_t k = 0; k < 2; k++) {
		const struct bpr_dist *dist = k ? &known[5] : &known[0];
		size_t small = 0;

		for (uint64_t seed = 1; seed <= 200; seed++) {
			double values[60];
			struct bpr_sample sample;
			struct bpr_fit fit = { .ks_p = -1 };

			draw_values(dist, seed, 0, values, 60);
			assert_int_equal(bpr_i_sample_new(values, 60, &sample), BPR_OK);
			assert_true(bpr_i_fit_kind(&sample, kinds[k], &fit.dist));
			fit.ks = bpr_i_fit_distance(&sample, &fit.dist);
			small += bpr_i_fit_bootstrap(&sample, &fit, 99, seed) < 0.05;
			bpr_i_sample_release(&sample);
		}
		assert_in_range(small, 0, 25);
	}
}

/* What is no such kind has a small p, and is put into a flow as measured, with the mean that was measured. */
static void test_bad_fit(void **state)
{
	static double values[600];
	static struct bpr_chosen chosen;
	double sum = 0;

	(void)state;
	for (size_t i = 0; i < 600; i++) { /* two heaps */
		values[i] = i % 2 ? 5 + 0.001 * (double)i : 60 + 0.003 * (double)i;
		sum += values[i];
	}
	assert_int_equal(bpr_i_fit_choose(values, 600, BPR_DURATIONS_FIT, 200, 1, &chosen), BPR_OK);
	assert_false(chosen.fitted);
	assert_int_equal(chosen.dist.kind, BPR_DIST_EMP);
	assert_int_equal(chosen.dist.value_count, 200);
	assert_rel(bpr_dist_mean(&chosen.dist), sum / 600, 1e-5);
	assert_int_equal(bpr_i_fit_choose(values, 600, BPR_DURATIONS_EMP, 7, 1, &chosen), BPR_OK); /* no whole number of values a part */
	assert_int_equal(chosen.dist.value_count, 7);
	assert_rel(bpr_dist_mean(&chosen.dist), sum / 600, 1e-5);
	assert_int_equal(bpr_i_fit_choose(values, 600, BPR_DURATIONS_MEAN, 7, 1, &chosen), BPR_OK);
	assert_int_equal(chosen.dist.kind, BPR_DIST_CONSTANT);
	assert_rel(chosen.dist.a, sum / 600, 1e-5);
}

/* One value, equal values, zeros, two values, what is no duration. */
static void test_edges(void **state)
{
	static struct bpr_chosen chosen;
	struct bpr_fit fits[BPR_FITS_MAX];
	struct bpr_error err = { 0 };
	double one[] = { 3 }, equal[] = { 4, 4, 4 }, zeros[] = { 0, 0, 0 }, two[] = { 1, 5 }, bad[] = { 1, -1 }, nan[] = { 1, (double)NAN };
	double some[] = { 0, 0, 1, 2, 0, 3, 5, 1, 0, 2, 4, 1, 7, 0, 1 };
	size_t count;

	(void)state;
	assert_int_equal(bpr_fit(one, 1, 1, fits, &count, &err), BPR_OK);
	assert_int_equal(count, 1);
	assert_int_equal(fits[0].dist.kind, BPR_DIST_CONSTANT);
	assert_rel(fits[0].dist.a, 3, 0);
	assert_int_equal(bpr_fit(equal, 3, 1, fits, &count, &err), BPR_OK);
	assert_int_equal(count, 1);
	assert_int_equal(bpr_fit(zeros, 3, 1, fits, &count, &err), BPR_OK);
	assert_rel(fits[0].dist.a, 0, 0);
	assert_int_equal(bpr_fit(two, 2, 1, fits, &count, &err), BPR_OK);
	for (size_t i = 0; i < count; i++)
		assert_true(fits[i].dist.kind == BPR_DIST_EMP || (isfinite(fits[i].aic) && fits[i].ks_p > 0 && fits[i].ks_p <= 1));
	assert_int_equal(bpr_fit(bad, 2, 1, fits, &count, &err), BPR_EINVAL);
	assert_int_equal(bpr_fit(nan, 2, 1, fits, &count, &err), BPR_EINVAL);
	assert_int_equal(bpr_fit(bad, 0, 1, fits, &count, &err), BPR_EINVAL);
	assert_int_equal(bpr_fit(some, 15, 1, fits, &count, &err), BPR_OK);
	assert_true(count > 6); /* zeros refuse no kind: they are what is less than half a minute */
	assert_int_equal(fits[count - 1].dist.kind, BPR_DIST_EMP);
	assert_int_equal(bpr_i_fit_choose(two, 2, BPR_DURATIONS_FIT, 200, 1, &chosen), BPR_OK);
	assert_int_equal(chosen.dist.kind, BPR_DIST_EMP);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_published_gamma), cmocka_unit_test(test_published_weibull), cmocka_unit_test(test_closed_forms),
		cmocka_unit_test(test_curves),          cmocka_unit_test(test_found_again),       cmocka_unit_test(test_whole_minutes),
		cmocka_unit_test(test_maximum),         cmocka_unit_test(test_p),                 cmocka_unit_test(test_bad_fit),
		cmocka_unit_test(test_edges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

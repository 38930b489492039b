/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of a simulation: quantiles, moments, intervals, the warm-up. Expected ones are from tables and by hand. */
#include "test.h"
#include "base/alloc_i.h"
#include "flow/dist_i.h"
#include "simulate/result_i.h"
#include "simulate/warmup_i.h"
#include <stdlib.h>

/* ---- quantiles ---- */

static void assert_quantiles(const double *x, size_t n, const double (*expected)[2], size_t count)
{
	struct sketch s = { .keep = 100 };

	bpr_i_sketch_add_all(&s, x, n);
	bpr_i_sketch_sort(&s);
	for (size_t i = 0; i < count; i++)
		assert_rel(bpr_i_sketch_quantile(&s, expected[i][0]), expected[i][1], 1e-14);
	assert_true(bpr_i_sketch_error(&s, x[0]) <= 0);
	bpr_i_sketch_release(&s);
}

/* R 4: quantile(1:10, p) and quantile(c(2, 4, 4, 5, 8), p), type 7, its default. */
static void few_values_have_quantiles_of_definition_7(void **state)
{
	static const double ten[] = { 10, 2, 9, 4, 1, 6, 7, 3, 8, 5 }, five[] = { 4, 8, 2, 5, 4 }, one[] = { 3.5 };
	static const double of_ten[][2] = { { 0, 1 }, { 0.1, 1.9 }, { 0.25, 3.25 }, { 0.5, 5.5 }, { 0.9, 9.1 }, { 0.95, 9.55 }, { 0.99, 9.91 }, { 1, 10 } };
	static const double of_five[][2] = { { 0.1, 2.8 }, { 0.25, 4 }, { 0.5, 4 }, { 0.75, 5 }, { 0.9, 6.8 }, { 0.99, 7.88 } };
	static const double of_one[][2] = { { 0.1, 3.5 }, { 0.99, 3.5 } };

	(void)state;
	assert_quantiles(ten, 10, of_ten, 8);
	assert_quantiles(five, 5, of_five, 6);
	assert_quantiles(one, 1, of_one, 2);
}

static int rising(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;

	return (a > b) - (a < b);
}

/* Waits as they are: many zeros, the others spread over powers of ten. */
static double draw_wait(struct bpr_rng *rng)
{
	double u = bpr_i_rng_uniform(rng);

	return u < 0.3 ? 0 : exp(14 * bpr_i_rng_uniform(rng) - 7);
}

enum { MANY = 100000 };

static void many_values_are_off_by_the_stated_error(void **state)
{
	static const double p[] = { 0.05, 0.31, 0.5, 0.9, 0.95, 0.99, 0.999 };
	double *x = bpr_i_calloc(MANY, sizeof(*x));
	struct sketch s = { .keep = 1000 };
	struct bpr_rng rng;

	(void)state;
	assert_non_null(x);
	bpr_i_rng_seed(&rng, 7, 0, 0, 0);
	for (size_t i = 0; i < MANY; i++) {
		x[i] = draw_wait(&rng);
		bpr_i_sketch_add(&s, x[i]);
	}
	assert_false(s.failed);
	assert_int_equal(s.count, MANY);
	assert_rel(bpr_i_sketch_error(&s, 1e9), 1.0 / 1024, 0);
	qsort(x, MANY, sizeof(*x), rising);
	for (size_t i = 0; i < sizeof(p) / sizeof(*p); i++) {
		double h = p[i] * (MANY - 1), low = x[(size_t)h];

		assert_rel(bpr_i_sketch_quantile(&s, p[i]), low + (h - floor(h)) * (x[(size_t)h + 1] - low), 1.0 / 1024);
	}
	/* Shares are off by what stands in one bin at most: 1/512 of the value, here less than 0.7 * ln(1 + 1/512) / 14 of all. */
	for (size_t i = 0; i < MANY; i += MANY / 50)
		assert_true(fabs(bpr_i_sketch_share(&s, x[i]) - (double)(i + 1) / MANY) < 2e-4 || !(x[i] > 0));
	bpr_i_sketch_release(&s);
	bpr_i_free(x);
}

/* The same values in one part and in several, some of them small enough to be kept. */
static void parts_merge_to_the_same_numbers(void **state)
{
	static const size_t parts[] = { 1, 2, 5, 97 };
	double first[3] = { 0 };

	(void)state;
	for (size_t k = 0; k < sizeof(parts) / sizeof(*parts); k++) {
		struct sketch all = { .keep = 600 }, part = { .keep = 600 };
		struct bpr_rng rng;

		bpr_i_rng_seed(&rng, 3, 0, 0, 0);
		for (size_t i = 0; i < 10000; i++) {
			bpr_i_sketch_add(&part, draw_wait(&rng));
			if (i % (10000 / parts[k]) == 10000 / parts[k] - 1 || i == 9999) {
				bpr_i_sketch_merge(&all, &part);
				bpr_i_sketch_clear(&part);
				assert_false(part.counting);
			}
		}
		bpr_i_sketch_sort(&all);
		assert_int_equal(all.count, 10000);
		for (size_t q = 0; q < 3; q++) {
			double x = bpr_i_sketch_quantile(&all, 0.4 + 0.25 * (double)q);

			if (k)
				assert_true(!memcmp(&x, &first[q], sizeof(x)));
			first[q] = x;
		}
		bpr_i_sketch_release(&all);
		bpr_i_sketch_release(&part);
	}
}

static void kept_parts_that_fit_together_stay_exact(void **state)
{
	struct sketch all = { .keep = 6 }, part = { .keep = 6 };

	(void)state;
	for (size_t k = 0; k < 2; k++) {
		for (size_t i = 0; i < 3; i++)
			bpr_i_sketch_add(&part, (double)(3 * k + i) + 0.1);
		bpr_i_sketch_merge(&all, &part);
		bpr_i_sketch_clear(&part);
	}
	bpr_i_sketch_sort(&all);
	assert_rel(bpr_i_sketch_quantile(&all, 0.5), 2.6, 1e-15);
	assert_rel(bpr_i_sketch_share(&all, 2.1), 0.5, 1e-15);
	assert_rel(bpr_i_sketch_share(&all, 2.0999), 1.0 / 3, 1e-15);
	bpr_i_sketch_add(&all, 9);
	assert_true(all.counting);
	assert_rel(bpr_i_sketch_quantile(&all, 1), 9, 1.0 / 1024);
	bpr_i_sketch_release(&all);
	bpr_i_sketch_release(&part);
}

static void whole_numbers_are_counted_exactly(void **state)
{
	struct sketch s = { .keep = 0, .whole = true };

	(void)state;
	for (size_t i = 0; i <= 1000; i++)
		bpr_i_sketch_add(&s, (double)i);
	for (size_t i = 0; i <= 1000; i++)
		assert_rel(bpr_i_sketch_quantile(&s, (double)i / 1000), (double)i, 1e-12);
	assert_rel(bpr_i_sketch_share(&s, 250), 251.0 / 1001, 1e-15);
	assert_true(bpr_i_sketch_error(&s, 1000) <= 0);
	assert_true(bpr_i_sketch_error(&s, 1500) > 0);
	bpr_i_sketch_release(&s);
}

static void values_out_of_the_usual_are_counted(void **state)
{
	struct sketch s = { .keep = 0 };

	(void)state;
	bpr_i_sketch_add(&s, 1e-300);
	bpr_i_sketch_add(&s, 1e300);
	bpr_i_sketch_add(&s, 0);
	assert_false(s.failed);
	assert_int_equal(s.count, 3);
	assert_true(bpr_i_sketch_quantile(&s, 0.5) <= 0);
	assert_true(bpr_i_sketch_quantile(&s, 1) > 1e20);
	assert_true(bpr_i_sketch_share(&s, -1) <= 0);
	bpr_i_sketch_release(&s);
}

/* ---- moments and intervals ---- */

static void moments_by_blocks_are_those_of_all(void **state)
{
	static const double x[] = { 2, 4, 4, 4, 5, 5, 7, 9 }; /* mean 5, squared deviations 32 */
	struct moments m = { 0 }, other = { 0 };

	(void)state;
	bpr_i_moments_add(&m, x, 3);
	bpr_i_moments_add(&other, x + 3, 5);
	bpr_i_moments_merge(&m, &other);
	assert_rel(m.n, 8, 0);
	assert_rel(m.mean, 5, 1e-15);
	assert_rel(m.m2, 32, 1e-14);
	assert_rel(m.min, 2, 0);
	assert_rel(m.max, 9, 0);
}

/* Table of Student t, 97.5 %: Fisher & Yates, Statistical Tables, table III. */
static void student_is_that_of_the_table(void **state)
{
	static const struct { size_t freedom; double t; } table[] = {
		{ 1, 12.706 }, { 2, 4.303 }, { 4, 2.776 }, { 9, 2.262 }, { 29, 2.045 }, { 120, 1.980 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		assert_true(fabs(bpr_i_student(table[i].freedom + 1) - table[i].t) < 0.0005);
}

/* 1 to 5: sd 1.5811388, half width 2.7764451 * 1.5811388 / sqrt(5) = 1.9632432. */
static void interval_of_a_mean(void **state)
{
	static const double x[] = { 1, 2, 3, 4, 5 };
	double mean, half = bpr_i_half_width(x, 5, &mean);

	(void)state;
	assert_rel(mean, 3, 1e-15);
	assert_rel(half, 1.9632432, 1e-7);
	assert_true(bpr_i_half_width(x, 1, &mean) <= 0);
	assert_rel(mean, 1, 0);
}

/*
 * y 12 30 6, x 4 6 2: 48 / 12 = 4; residuals y - 4 x: -4, 6, -2; their squares 56, / 2 / 3 = 9.333; root 3.05505, / mean of x 4,
 * times 4.302653 = 3.286205.
 */
static void interval_of_a_ratio(void **state)
{
	struct ratio r = { 0 }, nothing = { 0 };
	struct bpr_sim_mean m;

	(void)state;
	bpr_i_ratio_add(&r, 12, 4);
	m = bpr_i_ratio_mean(&r);
	assert_true(m.known && !m.ci_known);
	bpr_i_ratio_add(&r, 30, 6);
	bpr_i_ratio_add(&r, 6, 2);
	m = bpr_i_ratio_mean(&r);
	assert_true(m.known && m.ci_known);
	assert_rel(m.mean, 4, 1e-15);
	assert_rel(m.ci95_high - m.mean, 3.286205, 1e-6);
	assert_rel(m.mean - m.ci95_low, 3.286205, 1e-6);
	assert_false(bpr_i_ratio_mean(&nothing).known);
}

/* ---- the warm-up ---- */

/* By the definition, point by point. */
static size_t slow_mser5(const double *x, size_t count)
{
	size_t batches = count / 5, best = 0;
	double least = (double)INFINITY;

	for (size_t d = 0; d <= batches / 2; d++) {
		double mean = 0, squares = 0, n = (double)(batches - d);

		for (size_t i = d * 5; i < batches * 5; i++)
			mean += x[i] / 5 / n;
		for (size_t b = d; b < batches; b++) {
			double z = (x[b * 5] + x[b * 5 + 1] + x[b * 5 + 2] + x[b * 5 + 3] + x[b * 5 + 4]) / 5 - mean;

			squares += z * z;
		}
		if (squares / (n * n) < least) {
			least = squares / (n * n);
			best = d;
		}
	}
	return best * 5;
}

static void mser5_cuts_where_the_level_begins(void **state)
{
	double x[400];
	bool settled;

	(void)state;
	for (size_t i = 0; i < 400; i++) /* a ramp over 60 values, then a level with a ripple */
		x[i] = (i < 60 ? (double)i : 60) + (i % 10 < 5 ? 0.5 : -0.5);
	assert_int_equal(bpr_i_mser5(x, 400, &settled), 60);
	assert_true(settled);
	assert_int_equal(slow_mser5(x, 400), 60);
}

static void mser5_says_when_it_never_settles(void **state)
{
	double x[200];
	bool settled;

	(void)state;
	for (size_t i = 0; i < 200; i++)
		x[i] = (double)i;
	assert_int_equal(bpr_i_mser5(x, 200, &settled), 100);
	assert_false(settled);
	assert_int_equal(bpr_i_mser5(x, 4, &settled), 0);
	assert_false(settled);
}

static void mser5_is_its_definition(void **state)
{
	double x[503];
	struct bpr_rng rng;
	bool settled;

	(void)state;
	for (uint64_t seed = 1; seed <= 20; seed++) {
		bpr_i_rng_seed(&rng, seed, 0, 0, 0);
		for (size_t i = 0; i < 503; i++)
			x[i] = 10 * (1 - exp(-(double)i / (double)(10 * seed))) + 3 * bpr_i_rng_uniform(&rng);
		assert_int_equal(bpr_i_mser5(x, 503, &settled), slow_mser5(x, 503));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(few_values_have_quantiles_of_definition_7),
		cmocka_unit_test(many_values_are_off_by_the_stated_error),
		cmocka_unit_test(parts_merge_to_the_same_numbers),
		cmocka_unit_test(kept_parts_that_fit_together_stay_exact),
		cmocka_unit_test(whole_numbers_are_counted_exactly),
		cmocka_unit_test(values_out_of_the_usual_are_counted),
		cmocka_unit_test(moments_by_blocks_are_those_of_all),
		cmocka_unit_test(student_is_that_of_the_table),
		cmocka_unit_test(interval_of_a_mean),
		cmocka_unit_test(interval_of_a_ratio),
		cmocka_unit_test(mser5_cuts_where_the_level_begins),
		cmocka_unit_test(mser5_says_when_it_never_settles),
		cmocka_unit_test(mser5_is_its_definition),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statistics of two samples against published examples, and against every way of dividing small samples. */
#include "mine/evidence_stat_i.h"
#include "flow/dist_i.h"
#include "test.h"
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
static const double z95 = 1.959963984540054;

static int ascending(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* ---- means ---- */

/* Student's sleep data (Biometrika 6, 1908): t = -1.8608, df = 17.776, p = 0.07939, interval -3.3654832 to 0.2054832 (R, t.test). */
static void welch_of_students_sleep(void **state)
{
	static const double first[] = { 0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0 };
	static const double second[] = { 1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4 };
	struct bpr_welch w = bpr_i_welch(bpr_i_moments(second, 10), bpr_i_moments(first, 10));
	double half = bpr_i_student_quantile(0.975, w.df) * w.error;

	(void)state;
	assert_rel(w.change, -1.58, 1e-12);
	assert_rel(w.t, -1.8608, 3e-5);
	assert_rel(w.df, 17.776, 3e-5);
	assert_rel(w.p, 0.07939, 6e-5);
	assert_rel(w.change - half, -3.3654832, 1e-7);
	assert_rel(w.change + half, 0.2054832, 1e-6);
}

static void means_without_spread_say_nothing(void **state)
{
	static const double x[] = { 3, 3, 3 };
	struct bpr_welch w = bpr_i_welch(bpr_i_moments(x, 3), bpr_i_moments(x, 3));

	(void)state;
	assert_true(isnan(w.p));
	assert_true(isnan(bpr_i_welch(bpr_i_moments(x, 1), bpr_i_moments(x, 3)).p));
}

/* Each case a day of its own: the variance of a mean. All of one value a day: that of the mean of days. */
static void days_as_clusters(void **state)
{
	static const double x[] = { 1, 4, 2, 8, 5, 7 };
	static const int32_t apart[] = { 9, 3, 4, 1, 7, 2 }, pairs[] = { 1, 2, 1, 3, 2, 3 };
	struct bpr_moments m = bpr_i_moments(x, 6);
	double influence[6], sums[3], mean = m.mean;
	size_t groups;

	(void)state;
	for (size_t i = 0; i < 6; i++)
		influence[i] = (x[i] - mean) / 6;
	assert_rel(bpr_i_cluster_variance(influence, apart, 6, &groups), m.variance / 6, 1e-12);
	assert_int_equal(groups, 6);
	sums[0] = 1 + 2 - 2 * mean;
	sums[1] = 4 + 5 - 2 * mean;
	sums[2] = 8 + 7 - 2 * mean;
	assert_rel(bpr_i_cluster_variance(influence, pairs, 6, &groups),
		   (sums[0] * sums[0] + sums[1] * sums[1] + sums[2] * sums[2]) / 36 * 3 / 2, 1e-12);
	assert_int_equal(groups, 3);
	assert_true(isnan(bpr_i_cluster_variance(influence, (const int32_t[6]){ 0 }, 6, &groups)));
}

/* ---- ranks ---- */

/*
 * Permeability of the human chorioamnion, Hollander & Wolfe (1999), table 4.1: exact p = 0.2544, shift -0.305, interval -0.76 to
 * 0.15 (R, coin::wilcox_test).
 */
static void chorioamnion_of_hollander_and_wolfe(void **state)
{
	double term[] = { 0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46 };
	double weeks[] = { 1.15, 0.88, 0.90, 0.74, 1.21 };
	struct bpr_rank_test test;
	struct bpr_range shift;

	(void)state;
	qsort(term, 10, sizeof(*term), ascending);
	qsort(weeks, 5, sizeof(*weeks), ascending);
	test = bpr_i_rank_test(term, 10, weeks, 5);
	assert_true(test.exact);
	assert_rel(test.u, 35, 0);
	assert_rel(test.effect, 0.7, 1e-15);
	assert_rel(test.p, 0.254412, 2e-6);
	shift = bpr_i_shift(term, 10, weeks, 5, 0.95);
	assert_rel(shift.at, -0.305, 1e-12);
	assert_rel(shift.low, -0.76, 1e-12);
	assert_rel(shift.high, 0.15, 1e-12);
}

/* Every division of m + n ranks into two samples: how many have a U at most that of one of them. */
static void exact_ranks_by_all_divisions(void **state)
{
	enum { M = 5, N = 6 };
	double counts[M * N + 1] = { 0 }, below = 0, all = 0;

	(void)state;
	for (unsigned set = 0; set < 1u << (M + N); set++) {
		size_t u = 0, before = 0;

		if (__builtin_popcount(set) != M)
			continue;
		/* From the largest down: each of the after that is met has so many of the before above it. */
		for (unsigned i = M + N; i-- > 0;) {
			if (set >> i & 1)
				before++;
			else
				u += before;
		}
		counts[u]++;
		all++;
	}
	for (size_t u = 0; u <= M * N; u++) {
		below += counts[u];
		assert_rel(bpr_i_rank_exact((double)u, M, N), below / all, 1e-13);
	}
}

/* 0 1 1 2 2 2 3 against 1 2 2 3 3 3 4 4: U, ties and p by hand: U of pairs, p with both corrections. */
static void ranks_with_ties(void **state)
{
	static const double before[] = { 0, 1, 1, 2, 2, 2, 3 }, after[] = { 1, 2, 2, 3, 3, 3, 4, 4 };
	struct bpr_rank_test test = bpr_i_rank_test(before, 7, after, 8);
	double u = 0, ties = (3 * 9 - 3) + (5 * 25 - 5) + (4 * 16 - 4) + (2 * 4 - 2), variance, zed;

	(void)state;
	for (size_t i = 0; i < 7; i++)
		for (size_t j = 0; j < 8; j++)
			u += after[j] < before[i] ? 1 : after[j] > before[i] ? 0 : 0.5;
	variance = 7 * 8 / 12.0 * (16 - ties / (15 * 14));
	zed = (fabs(u - 28) - 0.5) / sqrt(variance);
	assert_false(test.exact);
	assert_rel(test.u, u, 0);
	assert_rel(bpr_i_rank_variance(before, 7, after, 8), variance, 1e-14);
	assert_rel(test.p, erfc(zed / sqrt(2)), 1e-12);
	test = bpr_i_rank_test(before, 7, before, 7);
	assert_rel(test.effect, 0.5, 0);
	assert_rel(test.p, 1, 0);
}

/* All differences one by one, where neither sample is small. */
static void shift_by_all_differences(void **state)
{
	enum { M = 61, N = 70 };
	double before[M], after[N], *all = malloc(sizeof(*all) * M * N);
	struct bpr_range shift;
	struct bpr_rng rng;
	double rank;

	(void)state;
	assert_non_null(all);
	bpr_i_rng_seed(&rng, 7, 0, 0, 0);
	for (size_t i = 0; i < M; i++)
		before[i] = floor(40 * bpr_i_rng_uniform(&rng)) / 4;
	for (size_t j = 0; j < N; j++)
		after[j] = floor(44 * bpr_i_rng_uniform(&rng)) / 4;
	qsort(before, M, sizeof(*before), ascending);
	qsort(after, N, sizeof(*after), ascending);
	for (size_t i = 0; i < M; i++)
		for (size_t j = 0; j < N; j++)
			all[i * N + j] = after[j] - before[i];
	qsort(all, M * N, sizeof(*all), ascending);
	rank = floor(M * N / 2.0 - z95 * sqrt(bpr_i_rank_variance(before, M, after, N)));
	shift = bpr_i_shift(before, M, after, N, 0.95);
	assert_rel(shift.at, (all[M * N / 2 - 1] + all[M * N / 2]) / 2, 0);
	assert_rel(shift.low, all[(size_t)rank - 1], 0);
	assert_rel(shift.high, all[M * N - (size_t)rank], 0);
	free(all);
}

static void placements_are_the_test(void **state)
{
	static const double before[] = { 0, 1, 1, 2, 5 }, after[] = { 1, 2, 2, 3 };
	double of_after[4], of_before[5], sum = 0;
	struct bpr_rank_test test = bpr_i_rank_test(before, 5, after, 4);

	(void)state;
	bpr_i_placements(after, 4, before, 5, true, of_after);
	assert_rel(of_after[0], (2 + 2 / 2.0) / 5, 1e-15);
	for (size_t i = 0; i < 4; i++)
		sum += of_after[i] / 4;
	assert_rel(sum, test.effect, 1e-15);
	bpr_i_placements(before, 5, after, 4, false, of_before);
	sum = 0;
	for (size_t i = 0; i < 5; i++)
		sum += of_before[i] / 5;
	assert_rel(sum, test.effect, 1e-15);
}

/* ---- rates ---- */

/* Newcombe, Stat. Med. 17 (1998) 857-872, table I, method 3. */
static void wilson_of_newcombe(void **state)
{
	static const struct { double k, n, low, high; } rows[] = {
		{ 81, 263, 0.2553, 0.3662 }, { 15, 148, 0.0624, 0.1605 }, { 0, 20, 0, 0.1611 }, { 1, 29, 0.0061, 0.1718 } };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct bpr_range r = bpr_i_wilson(rows[i].k, rows[i].n, z95);

		assert_true(fabs(r.low - rows[i].low) < 5e-5);
		assert_true(fabs(r.high - rows[i].high) < 5e-5);
	}
}

/* Newcombe, Stat. Med. 17 (1998) 873-890, table II, method 10. */
static void differences_of_newcombe(void **state)
{
	static const struct { double a, m, b, n, low, high; } rows[] = {
		{ 56, 70, 48, 80, 0.0524, 0.3339 }, { 9, 10, 3, 10, 0.1705, 0.8090 }, { 5, 56, 0, 29, -0.0381, 0.1926 },
		{ 10, 10, 0, 10, 0.6075, 1.0000 } };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct bpr_range r = bpr_i_newcombe(rows[i].b, rows[i].n, rows[i].a, rows[i].m, z95);

		assert_true(fabs(r.low - rows[i].low) < 5e-5);
		assert_true(fabs(r.high - rows[i].high) < 5e-5);
	}
}

/* Fisher's tea (The Design of Experiments, 1935): 0.4857; his convictions of twins: 0.0005367 (R, fisher.test). */
static void fisher_of_fisher(void **state)
{
	(void)state;
	assert_rel(bpr_i_fisher(3, 4, 1, 4), 34.0 / 70, 1e-12);
	assert_rel(bpr_i_fisher(2, 17, 10, 13), 0.0005367, 1e-4);
	assert_rel(bpr_i_fisher(0, 9, 0, 7), 1, 1e-12);
	/* chi-squared without correction of the twins: 13.0316 (Fisher 1934) */
	assert_rel(bpr_i_rate_score(2, 17, 10, 13), erfc(sqrt(13.0316 / 2)), 1e-3);
}

static void holm_by_hand(void **state)
{
	double p[] = { 0.01, (double)NAN, 0.04, 0.03, 0.005 };

	(void)state;
	bpr_i_holm(p, 5);
	assert_rel(p[4], 0.02, 1e-12);
	assert_rel(p[0], 0.03, 1e-12);
	assert_rel(p[3], 0.06, 1e-12);
	assert_rel(p[2], 0.06, 1e-12);
	assert_true(isnan(p[1]));
}

/* ---- cases that are not over ---- */

/* Freireich et al. (Blood 21, 1963), as in Cox & Oakes (1984): log-rank 16.79; 21 observed and 10.75 expected. */
static void logrank_of_freireich(void **state)
{
	static const struct { double weeks; bool ended; } mp[] = {
		{ 6, 1 }, { 6, 1 }, { 6, 1 }, { 6, 0 }, { 7, 1 }, { 9, 0 }, { 10, 1 }, { 10, 0 }, { 11, 0 }, { 13, 1 }, { 16, 1 },
		{ 17, 0 }, { 19, 0 }, { 20, 0 }, { 22, 1 }, { 23, 1 }, { 25, 0 }, { 32, 0 }, { 32, 0 }, { 34, 0 }, { 35, 0 } };
	static const double placebo[] = { 1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23 };
	static const double open[] = { 0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448 };
	struct bpr_life a[21], b[21];
	struct bpr_life_step steps[21];
	struct bpr_logrank test;

	(void)state;
	for (size_t i = 0; i < 21; i++) {
		a[i] = (struct bpr_life){ placebo[20 - i], true };
		b[i] = (struct bpr_life){ mp[20 - i].weeks, mp[20 - i].ended };
	}
	bpr_i_life_sort(a, 21);
	bpr_i_life_sort(b, 21);
	test = bpr_i_logrank(a, 21, b, 21);
	assert_rel(test.chi2, 16.79, 3e-4);
	assert_rel(test.observed, 21, 0);
	assert_rel(test.expected, 10.75, 1e-3);
	assert_int_equal(bpr_i_kaplan_meier(b, 21, z95, steps), COUNT(open));
	for (size_t i = 0; i < COUNT(open); i++)
		assert_true(fabs(steps[i].open - open[i]) < 6e-4);
	assert_rel(bpr_i_life_quantile(steps, COUNT(open), 0.5).at, 23, 0);
	assert_true(isinf(bpr_i_life_quantile(steps, COUNT(open), 0.5).high));
	assert_rel(bpr_i_life_quantile(steps, bpr_i_kaplan_meier(a, 21, z95, steps), 0.5).at, 8, 0);
}

/* ---- bootstrap ---- */

/* Against resampling as it is written: shares of the draws at each value of a sample of nine. */
static void resamples_as_they_are_written(void **state)
{
	enum { N = 9, DRAWS = 40000 };
	static const double before[N] = { 1, 2, 3, 5, 8, 13, 21, 34, 55 };
	static const double none[2] = { 0, 0 };
	struct bpr_boot boot;
	double *medians = malloc(sizeof(*medians) * DRAWS), squares = 0, mean = 0;
	struct bpr_rng rng;

	(void)state;
	assert_non_null(medians);
	bpr_i_rng_seed(&rng, 3, 0, 0, 0);
	for (size_t i = 0; i < DRAWS; i++) {
		double draw[N];

		for (size_t k = 0; k < N; k++)
			draw[k] = before[(size_t)(N * bpr_i_rng_uniform(&rng))];
		qsort(draw, N, sizeof(*draw), ascending);
		medians[i] = draw[4];
		mean += draw[4] / DRAWS;
	}
	for (size_t i = 0; i < DRAWS; i++)
		squares += (medians[i] - mean) * (medians[i] - mean) / DRAWS;
	qsort(medians, DRAWS, sizeof(*medians), ascending);
	assert_true(bpr_i_boot(&(struct bpr_boot_side){ none, 2, 2 }, &(struct bpr_boot_side){ before, N, N }, 0.5, 0.95, DRAWS, 1, &boot));
	assert_rel(boot.after.at, 8, 0);
	assert_rel(boot.after.low, medians[(size_t)(0.025 * DRAWS)], 1e-9);
	assert_rel(boot.after.high, medians[(size_t)(0.975 * DRAWS)], 1e-9);
	assert_rel(boot.error, sqrt(squares), 0.03);
	free(medians);
}

/* 95 % intervals hold the true difference of medians in 95 of 100 samples, of exponentials of 40 and 60. */
static void intervals_cover(void **state)
{
	enum { RUNS = 2000, M = 40, N = 60 };
	double before[M], after[N], truth = log(2) * 10 - log(2) * 15;
	size_t held = 0;
	struct bpr_rng rng;

	(void)state;
	bpr_i_rng_seed(&rng, 11, 0, 0, 0);
	for (size_t run = 0; run < RUNS; run++) {
		struct bpr_boot boot;

		for (size_t i = 0; i < M; i++)
			before[i] = -15 * log(1 - bpr_i_rng_uniform(&rng));
		for (size_t i = 0; i < N; i++)
			after[i] = -10 * log(1 - bpr_i_rng_uniform(&rng));
		qsort(before, M, sizeof(*before), ascending);
		qsort(after, N, sizeof(*after), ascending);
		assert_true(bpr_i_boot(&(struct bpr_boot_side){ before, M, M }, &(struct bpr_boot_side){ after, N, N }, 0.5, 0.95, 400, run, &boot));
		held += boot.change.low <= truth && truth <= boot.change.high;
	}
	/* Standard error of 2000 runs: 0.5 %; the percentile interval of few cases is known to be a little wide. */
	assert_in_range(held, (size_t)(RUNS * 0.935), (size_t)(RUNS * 0.98));
}

/* ---- time series ---- */

/* Errors of White (lag 0) and Newey & West (lag 2) of a small series, worked out as sums over times. */
static void newey_west_by_sums(void **state)
{
	static const double y[] = { 3, 5, 4, 6, 9, 8, 12, 11 };
	double x[16], mean_x = 3.5, mean_y = 7.25, sxy = 0, sxx = 0, slope, e[8], white = 0, cross[3] = { 0 };
	struct bpr_regression r;

	(void)state;
	for (size_t t = 0; t < 8; t++) {
		x[2 * t] = 1;
		x[2 * t + 1] = (double)t;
		sxy += ((double)t - mean_x) * (y[t] - mean_y);
		sxx += ((double)t - mean_x) * ((double)t - mean_x);
	}
	slope = sxy / sxx;
	for (size_t t = 0; t < 8; t++)
		e[t] = y[t] - mean_y - slope * ((double)t - mean_x);
	for (size_t lag = 0; lag < 3; lag++)
		for (size_t t = lag; t < 8; t++)
			cross[lag] += e[t] * e[t - lag] * ((double)t - mean_x) * ((double)(t - lag) - mean_x);
	white = cross[0];
	assert_true(bpr_i_newey_west(x, y, 8, 2, 0, &r));
	assert_rel(r.at[1], slope, 1e-12);
	assert_rel(r.at[0], mean_y - slope * mean_x, 1e-12);
	assert_rel(r.error[1], sqrt(white / sxx / sxx * 8 / 6), 1e-12);
	assert_true(bpr_i_newey_west(x, y, 8, 2, 2, &r));
	assert_rel(r.error[1], sqrt((white + 2 * (2.0 / 3 * cross[1] + 1.0 / 3 * cross[2])) / sxx / sxx * 8 / 6), 1e-12);
	/* A column twice. */
	for (size_t t = 0; t < 8; t++)
		x[2 * t + 1] = 1;
	assert_false(bpr_i_newey_west(x, y, 8, 2, 2, &r));
	assert_int_equal(bpr_i_newey_west_lag(100), 4);
	assert_int_equal(bpr_i_newey_west_lag(40), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(welch_of_students_sleep), cmocka_unit_test(means_without_spread_say_nothing), cmocka_unit_test(days_as_clusters),
		cmocka_unit_test(chorioamnion_of_hollander_and_wolfe), cmocka_unit_test(exact_ranks_by_all_divisions),
		cmocka_unit_test(ranks_with_ties), cmocka_unit_test(shift_by_all_differences), cmocka_unit_test(placements_are_the_test),
		cmocka_unit_test(wilson_of_newcombe), cmocka_unit_test(differences_of_newcombe), cmocka_unit_test(fisher_of_fisher),
		cmocka_unit_test(holm_by_hand), cmocka_unit_test(logrank_of_freireich), cmocka_unit_test(resamples_as_they_are_written),
		cmocka_unit_test(intervals_cover), cmocka_unit_test(newey_west_by_sums),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

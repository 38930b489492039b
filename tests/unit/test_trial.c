/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pairs with common random numbers: exactly nothing where nothing differs, narrower than without them, and honest. */
#include "config.h"
#include "test.h"
#include "improve_flow.h"
#include <bpr/improve.h>
#include <bpr/queueing.h>

static const char *const never_closes[] = { "arrivals=exp(1)", NULL };

static struct bpr_sim_options quick(unsigned long long seed, unsigned long long cases, size_t replications)
{
	struct bpr_sim_options o = BPR_SIM_OPTIONS_INIT;

	o.seed = seed;
	o.cases = cases;
	o.replications = replications;
	o.warmup = BPR_WARMUP_MINUTES;
	o.warmup_minutes = 100;
	return o;
}

static void nothing_differs(void **state)
{
	struct test_flow a, b;
	struct bpr_trial trial;
	struct bpr_sim_options o = quick(7, 500, 5);

	(void)state;
	improve_station(&a, "gamma(1.5,1)", 2, never_closes);
	improve_station(&b, "gamma(1.5,1)", 2, never_closes);
	assert_int_equal(bpr_trial_run(a.flow, b.flow, &o, &trial, a.problems, b.problems, NULL), BPR_OK);
	assert_int_equal(trial.demand_of, 0);
	for (size_t key = 0; key < BPR_SIM_KEY_COUNT; key++) {
		const struct bpr_sim_difference *d = &trial.differences[key];

		assert_true(d->known && d->ci_known);
		assert_true(d->change == 0 && d->ci95_low == 0 && d->ci95_high == 0);
		assert_false(d->shown);
		assert_int_equal(d->better, 0);
	}
	assert_true(trial.differences[BPR_SIM_WAIT].before > 0);
	assert_rel(trial.differences[BPR_SIM_WAIT].correlation, 1, 1e-12);
	assert_int_equal(test_count(&b, "E008", NULL), 0);
	bpr_trial_release(&trial);
	test_end(&a);
	test_end(&b);
}

static double width(const struct bpr_sim_difference *d)
{
	return d->ci95_high - d->ci95_low;
}

/* The same two flows with and without common random numbers: other seeds for the after are what independent runs would be. */
static void pairs_are_narrower(void **state)
{
	struct test_flow a, b;
	struct bpr_trial paired;
	struct bpr_sim_options o = quick(11, 2000, 20), other = quick(1011, 2000, 20);
	bpr_simulation *after;
	double paired_half, half;

	(void)state;
	improve_station(&a, "exp(2.4)", 3, never_closes);
	improve_station(&b, "exp(2.3)", 3, never_closes);
	assert_int_equal(bpr_trial_run(a.flow, b.flow, &o, &paired, NULL, NULL, NULL), BPR_OK);
	assert_int_equal(bpr_simulate(b.flow, &other, &after, NULL, NULL), BPR_OK);
	for (size_t key = BPR_SIM_CYCLE; key <= BPR_SIM_WAIT; key++) {
		const struct bpr_sim_figure *x = bpr_simulation_figure(paired.before, key), *y = bpr_simulation_figure(after, key);

		paired_half = width(&paired.differences[key]) / 2;
		half = hypot(x->ci95_high - x->ci95_low, y->ci95_high - y->ci95_low) / 2;
		print_message("# %s: half width %.4f in pairs, %.4f without\n", bpr_sim_key_get(key)->key, paired_half, half);
		assert_true(paired_half < 0.5 * half);
		assert_true(paired.differences[key].shown);
		assert_int_equal(paired.differences[key].better, 1);
	}
	bpr_simulation_free(after);
	bpr_trial_release(&paired);
	test_end(&a);
	test_end(&b);
}

/* M/M/1 against a faster M/M/1: 19 in 20 intervals hold the difference that Pollaczek and Khinchine give. */
static void intervals_hold_the_truth(void **state)
{
	enum { SEEDS = 200 };
	struct test_flow a, b;
	struct bpr_station before, after;
	size_t held = 0;

	(void)state;
	improve_station(&a, "exp(0.5)", 1, never_closes);
	improve_station(&b, "exp(0.4)", 1, never_closes);
	assert_int_equal(bpr_mmc(1, 1, 0.5, &before), BPR_OK);
	assert_int_equal(bpr_mmc(1, 1, 0.4, &after), BPR_OK);
	for (unsigned long long seed = 1; seed <= SEEDS; seed++) {
		struct bpr_sim_options o = quick(seed, 1000, 10);
		const struct bpr_sim_difference *d;
		struct bpr_trial trial;

		o.samples = 16;
		assert_int_equal(bpr_trial_run(a.flow, b.flow, &o, &trial, NULL, NULL, NULL), BPR_OK);
		d = &trial.differences[BPR_SIM_WAIT];
		held += d->ci95_low <= after.wait - before.wait && after.wait - before.wait <= d->ci95_high;
		bpr_trial_release(&trial);
	}
	print_message("# %zu of %d intervals hold the true difference\n", held, SEEDS);
	/* Binomial(200, 0.95): mean 190, deviation 3.1; four of them, and not more than all but one in a hundred. */
	assert_in_range(held, 178, 199);
	test_end(&a);
	test_end(&b);
}

static void demand_of_one_side_is_taken_for_both(void **state)
{
	struct test_flow a, b;
	struct bpr_trial trial, both;
	struct bpr_sim_options o = quick(3, 300, 3);

	(void)state;
	for (int said = 0; said < 2; said++) {
		improve_station(&a, "exp(0.5)", 1, said ? NULL : never_closes);
		improve_station(&b, "exp(0.4)", 1, said ? never_closes : NULL);
		assert_int_equal(bpr_trial_run(a.flow, b.flow, &o, &trial, a.problems, b.problems, NULL), BPR_OK);
		assert_int_equal(trial.demand_of, said ? 1 : -1);
		assert_int_equal(test_count(said ? &a : &b, "E007", NULL), 1);
		test_end(&a);
		test_end(&b);
		improve_station(&a, "exp(0.5)", 1, never_closes);
		improve_station(&b, "exp(0.4)", 1, never_closes);
		assert_int_equal(bpr_trial_run(a.flow, b.flow, &o, &both, NULL, NULL, NULL), BPR_OK);
		assert_true(trial.differences[BPR_SIM_WAIT].change == both.differences[BPR_SIM_WAIT].change);
		bpr_trial_release(&both);
		bpr_trial_release(&trial);
		test_end(&a);
		test_end(&b);
	}
}

static void no_demand_is_refused(void **state)
{
	struct test_flow a, b;
	struct bpr_trial trial;
	struct bpr_sim_options o = quick(3, 300, 3);
	struct bpr_error err = { 0 };

	(void)state;
	improve_station(&a, "exp(0.5)", 1, NULL);
	improve_station(&b, "exp(0.4)", 1, NULL);
	assert_int_equal(bpr_trial_run(a.flow, b.flow, &o, &trial, NULL, NULL, &err), BPR_EINVAL);
	assert_null(trial.before);
	test_end(&a);
	test_end(&b);
}

static void other_demand_is_said(void **state)
{
	static const char *const more[] = { "arrivals=exp(0.9)", NULL };
	struct test_flow a, b;
	struct bpr_trial trial;
	struct bpr_sim_options o = quick(3, 300, 3);

	(void)state;
	improve_station(&a, "exp(0.5)", 1, never_closes);
	improve_station(&b, "exp(0.5)", 1, more);
	assert_int_equal(bpr_trial_run(a.flow, b.flow, &o, &trial, a.problems, b.problems, NULL), BPR_OK);
	assert_int_equal(test_count(&b, "E008", NULL), 1);
	bpr_trial_release(&trial);
	test_end(&a);
	test_end(&b);
}

/* With a precision the side that needs more runs decides; the pairs are those of fixed runs. */
static void precision_runs_both_as_often(void **state)
{
	struct test_flow a, b;
	struct bpr_trial trial, fixed;
	struct bpr_sim_options o = quick(5, 500, 200);
	size_t n;

	(void)state;
	improve_station(&a, "exp(0.7)", 1, never_closes);
	improve_station(&b, "0.3", 1, never_closes);
	o.precision = 0.06;
	assert_int_equal(bpr_trial_run(a.flow, b.flow, &o, &trial, NULL, NULL, NULL), BPR_OK);
	n = bpr_simulation_replications(trial.before);
	assert_int_equal(n, bpr_simulation_replications(trial.after));
	assert_true(n > 10);
	o.precision = 0;
	o.replications = n;
	assert_int_equal(bpr_trial_run(a.flow, b.flow, &o, &fixed, NULL, NULL, NULL), BPR_OK);
	assert_true(fixed.differences[BPR_SIM_WAIT].change == trial.differences[BPR_SIM_WAIT].change);
	assert_true(width(&fixed.differences[BPR_SIM_WAIT]) == width(&trial.differences[BPR_SIM_WAIT]));
	bpr_trial_release(&fixed);
	bpr_trial_release(&trial);
	test_end(&a);
	test_end(&b);
}

/* Shares within a limit: their mean is the share over all, and that of M/M/c with Erlang C. */
static void keepers_are_counted(void **state)
{
	struct bpr_sim_limit limits[3] = { { BPR_SIM_WAIT, BPR_NONE, 2 }, { BPR_SIM_WAIT, 0, 2 }, { BPR_SIM_CYCLE, BPR_NONE, 4 } };
	struct bpr_sim_options o = quick(9, 20000, 10);
	struct test_flow t;
	bpr_simulation *s;
	double exact = 1 - bpr_mmc_wait_above(3, 1, 2.4, 2);

	(void)state;
	improve_station(&t, "exp(2.4)", 3, never_closes);
	o.samples = 300000;
	o.limits = limits;
	o.limit_count = 3;
	assert_int_equal(bpr_simulate(t.flow, &o, &s, NULL, NULL), BPR_OK);
	for (size_t k = 0; k < 3; k++) {
		const double *within = bpr_simulation_within(s, k);
		double mean = 0;

		assert_non_null(within);
		for (size_t i = 0; i < 10; i++)
			mean += within[i] / 10;
		if (k != 1) /* waits at the pool are counted where they begin, cases where they end */
			assert_rel(mean, bpr_simulation_share_within(s, limits[k].key, limits[k].most), 1e-9);
		if (k < 2)
			assert_true(fabs(mean - exact) < 0.015); /* 200,000 cases whose waits hang together: deviation about 0.003 */
	}
	assert_null(bpr_simulation_within(s, 3));
	bpr_simulation_free(s);
	limits[2].key = BPR_SIM_KEY_COUNT;
	assert_int_equal(bpr_simulate(t.flow, &o, &s, NULL, NULL), BPR_EINVAL);
	limits[2] = (struct bpr_sim_limit){ BPR_SIM_CYCLE, 0, 4 };
	assert_int_equal(bpr_simulate(t.flow, &o, &s, NULL, NULL), BPR_EINVAL);
	test_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_differs),
		cmocka_unit_test(pairs_are_narrower),
		cmocka_unit_test(intervals_hold_the_truth),
		cmocka_unit_test(demand_of_one_side_is_taken_for_both),
		cmocka_unit_test(no_demand_is_refused),
		cmocka_unit_test(other_demand_is_said),
		cmocka_unit_test(precision_runs_both_as_often),
		cmocka_unit_test(keepers_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

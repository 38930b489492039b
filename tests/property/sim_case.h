/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_PROPERTY_SIM_CASE_H
#define BPR_TESTS_PROPERTY_SIM_CASE_H
/* Flows for simulation from rows of text (unit/flow_build.h), and figures held against what is known of them. */
#include "test.h"
#include "unit/flow_build.h"
#include <bpr/simulate.h>
#include <stdlib.h>

/* Rows end with NULL; companions may be NULL. */
struct sim_rows { const char *const *flow, *const *staff, *const *counters, *const *demand; };

static inline void sim_companions(struct test_flow *t, enum bpr_table table, const char *const *rows)
{
	for (size_t i = 0; rows && rows[i]; i++)
		test_companion(t, table, rows[i], i + 2);
}

static inline bpr_flow *sim_flow(const struct sim_rows *rows)
{
	struct test_flow t;
	bpr_flow *flow;

	test_begin(&t);
	for (size_t i = 0; rows->flow[i]; i++)
		test_row(&t, rows->flow[i], i + 2);
	sim_companions(&t, BPR_TABLE_STAFF, rows->staff);
	sim_companions(&t, BPR_TABLE_COUNTERS, rows->counters);
	sim_companions(&t, BPR_TABLE_DEMAND, rows->demand);
	test_finish(&t);
	for (size_t i = 0; t.status != BPR_OK && i < bpr_problems_count(t.problems); i++) {
		struct bpr_problem p = bpr_problems_get(t.problems, i);
		char message[512];

		(void)bpr_problem_message(&p, BPR_LANG_EN, message, sizeof(message));
		print_error("%s %s\n", p.code->code, message);
	}
	assert_int_equal(t.status, BPR_OK);
	flow = t.flow;
	t.flow = NULL;
	test_end(&t);
	return flow;
}

static inline bpr_simulation *sim_run(const bpr_flow *flow, const struct bpr_sim_options *options)
{
	bpr_simulation *sim = NULL;
	struct bpr_error err = { 0 };
	bpr_status status = bpr_simulate(flow, options, &sim, NULL, &err);

	if (status != BPR_OK)
		print_error("%s %s\n", err.code, err.message);
	assert_int_equal(status, BPR_OK);
	assert_non_null(sim);
	return sim;
}

/* Five standard deviations, and what rounding does. */
static inline void sim_near(const char *what, double seen, double exact, double sd)
{
	if (fabs(seen - exact) <= 5 * sd + 1e-9 * (1 + fabs(exact)))
		return;
	print_error("%s: simulated %.9g, exact %.9g, %.1f standard deviations of %.3g apart\n", what, seen, exact, fabs(seen - exact) / sd, sd);
	fail();
}

/* The standard deviation of a mean over so many replications, from its interval (Student t: 97.5 %). */
static inline double sim_sd(double low, double high, size_t replications)
{
	static const double t[] = { 12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
		2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045 };
	size_t k = replications - 2;

	return (high - low) / 2 / (k < sizeof(t) / sizeof(t[0]) ? t[k] : 1.96);
}

static inline void sim_mean_near(const char *what, const struct bpr_sim_mean *m, double exact, size_t replications)
{
	assert_true(m->known && m->ci_known);
	sim_near(what, m->mean, exact, sim_sd(m->ci95_low, m->ci95_high, replications));
}
#endif

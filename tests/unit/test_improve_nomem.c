/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory runs out at any point of a trial, a search, a try: a status and nothing kept, never a crash. */
#include "config.h"
#include "test.h"
#include "improve_flow.h"
#include "fail_alloc.h"
#include <bpr/improve.h>
#include <stdlib.h>

/* The allocator of everything linked in: the n-th call from now on fails, and all after it. One thread only. */
static size_t calls_left = SIZE_MAX;

static bool fails(void)
{
	if (calls_left == SIZE_MAX)
		return false;
	if (calls_left)
		calls_left--;
	return !calls_left;
}

static const char *const demand[] = { "per_day=30", "open=9:00-13:00", NULL };

static struct bpr_sim_options small(void)
{
	struct bpr_sim_options o = BPR_SIM_OPTIONS_INIT;

	o.days = 1;
	o.replications = 2;
	o.jobs = 1;
	o.samples = 16;
	return o;
}

static bpr_status trial(struct test_flow *t)
{
	struct bpr_sim_options o = small();
	struct bpr_trial out;
	bpr_status status = bpr_trial_run(t[0].flow, t[1].flow, &o, &out, t[0].problems, t[1].problems, NULL);

	if (status)
		assert_null(out.before);
	bpr_trial_release(&out);
	return status;
}

static bpr_status sticking(struct test_flow *t)
{
	struct bpr_sticking_options o = BPR_STICKING_OPTIONS_INIT;
	struct bpr_sticking *list;
	size_t count;
	bpr_status status;

	o.simulation = small();
	o.most = 2;
	status = bpr_improve_sticking(t[0].flow, &o, NULL, &list, &count, t[0].problems, NULL);
	if (status)
		assert_true(!list && !count);
	bpr_improve_free(list);
	return status;
}

static bpr_status sensitivity(struct test_flow *t)
{
	struct bpr_sensitivity_options o = BPR_SENSITIVITY_OPTIONS_INIT;
	struct bpr_sensitivity *list;
	size_t count;
	bpr_status status;

	o.simulation = small();
	status = bpr_improve_sensitivity(t[0].flow, &o, NULL, &list, &count, t[0].problems, NULL);
	if (status)
		assert_true(!list && !count);
	bpr_improve_free(list);
	return status;
}

static bpr_status staffing(struct test_flow *t)
{
	struct bpr_staffing_options o = BPR_STAFFING_OPTIONS_INIT;
	struct bpr_target target = { BPR_SIM_WAIT, BPR_NONE, 5, 0.8 };
	struct bpr_staffing out;
	bpr_status status;

	o.simulation = small();
	o.block = 120;
	o.most_runs = 8;
	status = bpr_improve_staffing(t[0].flow, &target, 1, &o, &out, t[0].problems, NULL);
	if (status)
		assert_null(out.blocks);
	bpr_staffing_release(&out);
	return status;
}

static bpr_status target(struct test_flow *t)
{
	struct bpr_target out;

	return bpr_target_parse(t[0].flow, "wait@Ｐ<=10分@９割", &out, NULL);
}

/* Every failing call of the first hundred, then every seventh or so: what a run does first it does again and again. */
static void fail_everywhere(bpr_status (*what)(struct test_flow *))
{
	size_t failed = 0;
	bpr_status status = BPR_ENOMEM;

	for (size_t n = 1; status; n += 1 + (n > 100 ? n / 7 : 0)) {
		struct test_flow t[2];

		improve_station(&t[0], "exp(8)", 1, demand);
		improve_station(&t[1], "exp(7)", 1, NULL);
		calls_left = n;
		status = what(t);
		calls_left = SIZE_MAX;
		assert_true(status == BPR_OK || status == BPR_ENOMEM);
		failed += status != BPR_OK;
		test_end(&t[0]);
		test_end(&t[1]);
		assert_true(n < 10000000);
	}
	assert_true(failed > 0);
}

static void of_a_trial(void **state)
{
	(void)state;
	fail_everywhere(trial);
}

static void of_one_more_person(void **state)
{
	(void)state;
	fail_everywhere(sticking);
}

static void of_a_faster_step(void **state)
{
	(void)state;
	fail_everywhere(sensitivity);
}

static void of_a_search(void **state)
{
	(void)state;
	fail_everywhere(staffing);
}

static void of_a_target(void **state)
{
	(void)state;
	fail_everywhere(target);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_a_trial),
		cmocka_unit_test(of_one_more_person),
		cmocka_unit_test(of_a_faster_step),
		cmocka_unit_test(of_a_search),
		cmocka_unit_test(of_a_target),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

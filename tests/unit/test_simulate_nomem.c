/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every allocation of a simulation made to fail, once and from then on: out of memory is said, nothing is left behind (the memory
 * checkers tell), and the next simulation gives what the first one gave. The allocator is wrapped by the linker.
 */
#include "config.h"
#include "staff_test.h"
#include "fail_alloc.h"
#include <stdlib.h>

static size_t left = SIZE_MAX;
static bool again, failed;

static bool fails(void)
{
	if (left == SIZE_MAX)
		return false;
	if (left) {
		left--;
		return false;
	}
	if (failed && again)
		return false;
	failed = true;
	return true;
}

/* A little of everything: branches, joins of both kinds, rounds side by side, timers, batches, priorities, helpers, hours. */
static const char *const rows[] = { "S|start|G", "G|and|K;B;O", "K|task|A|scope=K|silent=yes", "A|task|K/exit|work=exp(3)|scope=K|staff=P|priority=2",
	"K/exit|task|J|scope=K|silent=yes", "B|task|J|work=exp(4)|staff=Q:2|patience=60|counter=1|writes=F1;F2", "V|event|X|on=B|wait=20|interrupting=no",
	"X|task|E|work=2|batch=2/30min", "O|or|C:0.5;D:0.5", "C|task|M|work=2|repeat=3|parallel=yes|staff=P", "D|task|M|work=2|wait=1wd", "M|or|J",
	"J|and|Z", "Z|task|E|work=1|loop_prob=0.3|counter=2|staff=P", "E|end|", NULL };
static const char *const staff[] = { "pool=P|count=2|also=Q|discipline=priority", "pool=Q|count=3|hours=9:00-12:00 13:00-17:00", NULL };

static bool keep_event(void *data, const struct bpr_sim_event *events, size_t count)
{
	(void)data;
	(void)events;
	(void)count;
	return true;
}

/* Simulates with the n-th allocation failing. False: there were not so many. */
static bool simulate_failing(struct test_staff *x, size_t n, bool once, double cycle)
{
	bpr_simulation *result = NULL;
	struct bpr_error err = { 0 };
	bpr_status status;

	failed = false;
	again = once;
	left = n;
	status = bpr_simulate(x->t.flow, &x->options, &result, NULL, &err);
	left = SIZE_MAX;
	if (!failed) {
		assert_int_equal(status, BPR_OK);
	} else if (status != BPR_ENOMEM || err.status != BPR_ENOMEM || result) {
		fail_msg("allocation %zu: status %s, %s", n, bpr_status_name(status), err.message);
	}
	if (status == BPR_OK)
		assert_true(fabs(bpr_simulation_figure(result, BPR_SIM_CYCLE)->mean - cycle) <= 0);
	bpr_simulation_free(result);
	return failed;
}

static void test_nomem(void **state)
{
	static const char *const scopes[] = { "scope=K|repeat=3|parallel=yes", NULL };
	struct test_staff x;
	double cycle;

	(void)state;
	memset(&x, 0, sizeof(x));
	test_begin(&x.t);
	for (size_t i = 0; rows[i]; i++)
		test_row(&x.t, rows[i], i + 2);
	test_companion(&x.t, BPR_TABLE_SCOPES, scopes[0], 2);
	for (size_t i = 0; staff[i]; i++)
		test_companion(&x.t, BPR_TABLE_STAFF, staff[i], i + 2);
	test_companion(&x.t, BPR_TABLE_DEMAND, "per_day=40", 2);
	test_companion(&x.t, BPR_TABLE_DEMAND, "open=8:30-17:15", 3);
	test_finish(&x.t);
	if (x.t.status != BPR_OK)
		fail_msg("%s", x.t.err.message);
	x.options = (struct bpr_sim_options)BPR_SIM_OPTIONS_INIT;
	x.options.days = 2;
	x.options.replications = 2;
	x.options.jobs = 1;
	x.options.log = keep_event;
	staff_run(&x);
	cycle = staff_figure(&x, BPR_SIM_CYCLE);
	for (int once = 0; once < 2; once++) {
		size_t n = 0;

		while (simulate_failing(&x, n, once, cycle))
			n++;
		assert_true(n > 50);
	}
	staff_end(&x);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_nomem) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}

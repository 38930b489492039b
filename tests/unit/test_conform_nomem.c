/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of holding a flow against a log made to fail: out of memory is said, nothing is left behind. */
#include "config.h"
#include "lib/log.h"
#include "unit/flow_build.h"
#include "lib/fail_alloc.h"
#include <bpr/conformance.h>

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

static const char *const rows[] = { "s|start|G", "G|or|A:0.5;B:0.5", "A|task|J|name=a|loop_prob=0.2", "B|task|J|name=b|repeat=2", "J|or|H", "H|and|C;D",
				    "C|task|K|name=c", "D|task|K|name=d", "X|event|f|name=x|on=C|prob=0.1", "K|and|e", "e|end|", "f|end||terminate=yes", NULL };

static bool conform_failing(const bpr_log *log, const bpr_flow *flow, size_t n, bool once)
{
	struct bpr_conform_options options = BPR_CONFORM_OPTIONS_INIT;
	static const char *const map[] = { "q=D" };
	bpr_problems *problems = NULL;
	bpr_conformance *c = NULL;
	struct bpr_error err = { 0 };
	bpr_status status;

	assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
	options.jobs = 1;
	options.map = map;
	options.map_count = 1;
	failed = false;
	again = once;
	left = n;
	status = bpr_conform(log, flow, &options, &c, problems, &err);
	left = SIZE_MAX;
	if (!failed)
		assert_int_equal(status, BPR_OK);
	else if (status != BPR_ENOMEM || err.status != BPR_ENOMEM || c)
		fail_msg("allocation %zu: status %s, %s", n, bpr_status_name(status), err.message);
	bpr_conformance_free(c);
	bpr_problems_free(problems);
	return failed;
}

static void nomem(void **state)
{
	struct test_flow t;
	bpr_log *log = log_of("3*abbcd|bbdcx|aacq|bby|cx");

	(void)state;
	test_begin(&t);
	for (size_t i = 0; rows[i]; i++)
		test_row(&t, rows[i], i + 2);
	test_finish(&t);
	assert_int_equal(t.status, BPR_OK);
	for (int once = 0; once < 2; once++) {
		size_t n = 0;

		while (conform_failing(log, t.flow, n, once))
			n++;
		assert_true(n > 100);
	}
	bpr_log_free(log);
	test_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(nomem) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}

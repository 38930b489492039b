/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of a look at a log made to fail, once and from then on: out of memory is said, nothing is left behind. */
#include "config.h"
#include "lib/log.h"
#include "lib/fail_alloc.h"
#include <bpr/mining.h>

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

/* Of everything a little: repeated steps, people, units, results, starts, and more values of an arc than are kept. */
static bpr_log *make(void)
{
	static const char *const people[] = { "p", "q", NULL };
	bpr_log *log = log_begin(1);

	for (unsigned i = 0; i < 400; i++) {
		char name[16];

		(void)snprintf(name, sizeof(name), "%u", i / 4);
		log_event(log, name, (const char *[]){ "a", "b", "a", "c" }[(i * i) % 4], i % 3 ? BPR_LOG_NO_TIME : (int64_t)i * 60000,
			  (int64_t)i * 70000, people[i % 3], i % 2 ? "u" : "v");
	}
	assert_true(bpr_i_log_result(log, 7, log_named(log, BPR_LOG_RESULT, "完了")));
	return log_end(log);
}

static bool mine_failing(const bpr_log *log, size_t n, bool once, const struct bpr_mine_totals *expected)
{
	struct bpr_mine_options options = BPR_MINE_OPTIONS_INIT;
	bpr_mining *m = NULL;
	struct bpr_error err = { 0 };
	bpr_status status;

	options.samples = 40;
	options.memory = 1;
	failed = false;
	again = once;
	left = n;
	status = bpr_mine(log, &options, &m, NULL, &err);
	left = SIZE_MAX;
	if (!failed)
		assert_int_equal(status, BPR_OK);
	else if (status != BPR_ENOMEM || err.status != BPR_ENOMEM || m)
		fail_msg("allocation %zu: status %s, %s", n, bpr_status_name(status), err.message);
	if (m)
		assert_memory_equal(bpr_mining_totals(m), expected, sizeof(*expected));
	bpr_mining_free(m);
	return failed;
}

static void test_nomem(void **state)
{
	struct bpr_mine_options options = BPR_MINE_OPTIONS_INIT;
	bpr_log *log = make();
	bpr_mining *m = NULL;

	(void)state;
	options.samples = 40;
	assert_int_equal(bpr_mine(log, &options, &m, NULL, NULL), BPR_OK);
	assert_non_null(m);
	for (int once = 0; once < 2; once++) {
		size_t n = 0;

		while (mine_failing(log, n, once, bpr_mining_totals(m)))
			n++;
		assert_true(n > 80);
	}
	bpr_mining_free(m);
	bpr_log_free(log);
}

/* A temporary file that cannot be written. */
static void test_no_file(void **state)
{
	struct bpr_mine_options options = BPR_MINE_OPTIONS_INIT;
	struct bpr_error err = { 0 };
	bpr_log *log = log_begin(0);
	bpr_mining *m = NULL;

	(void)state;
	for (unsigned i = 0; i < 5000; i++)
		log_event(log, "1", "a", BPR_LOG_NO_TIME, (int64_t)i * 60000, "p", NULL);
	(void)log_end(log);
	options.memory = 1;
	options.temp = "/nonexistent";
	assert_int_equal(bpr_mine(log, &options, &m, NULL, &err), BPR_EIO);
	assert_null(m);
	assert_int_equal(err.status, BPR_EIO);
	bpr_log_free(log);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_nomem), cmocka_unit_test(test_no_file) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}

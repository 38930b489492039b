/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory runs out at any point of looking at waits, or at one and not again: out of memory is said, nothing is kept. */
#include "config.h"
#include "lib/log.h"
#include "lib/fail_alloc.h"
#include <bpr/worktime.h>

static size_t calls_left = SIZE_MAX;
static bool once, failed;

static bool fails(void)
{
	if (calls_left == SIZE_MAX || (failed && once))
		return false;
	if (calls_left) {
		calls_left--;
		return false;
	}
	failed = true;
	return true;
}

static const struct bpr_worktime_unit hours[] = { { NULL, "8:30-12:00 13:00-17:15", "土日祝" }, { "税務課", "9:00-16:00", NULL }, { "ない課", "9:00-16:00", NULL } };

static bpr_log *small_log(void)
{
	bpr_log *log = log_begin(0);
	char name[16];

	for (int i = 0; i < 60; i++) {
		const int64_t at = (int64_t)20250 * 86400000 + (int64_t)(i * 37 % 2000) * 60000;

		(void)snprintf(name, sizeof(name), "%d", i % 20);
		log_event(log, name, i % 3 ? "審査" : "受付", i % 4 ? at : BPR_LOG_NO_TIME, at + 600000, i % 5 ? "佐藤" : NULL, i % 2 ? "税務課" : "市民課");
	}
	return log_end(log);
}

static void same(const bpr_worktime *a, const bpr_worktime *b)
{
	const struct bpr_worktime_wait *x, *y;
	size_t one, other;

	x = bpr_worktime_arcs(a, &one);
	y = bpr_worktime_arcs(b, &other);
	assert_int_equal(one, other);
	for (size_t i = 0; i < one; i++)
		assert_memory_equal(x[i].cause, y[i].cause, sizeof(x[i].cause));
}

static void run_out(bool given)
{
	struct bpr_worktime_options options = BPR_WORKTIME_OPTIONS_INIT;
	bpr_log *log = small_log();
	bpr_worktime *whole;
	size_t tried = 0, said = 0;

	options.units = given ? hours : NULL;
	options.unit_count = given ? 3 : 0;
	options.standard_days = 2;
	assert_int_equal(bpr_worktime_new(log, &options, &whole, NULL, NULL), BPR_OK);
	for (unsigned again = 0; again < 2; again++)
		for (size_t n = 0;; n++) {
			bpr_worktime *w;
			bpr_problems *problems;
			bpr_status status;

			assert_int_equal(bpr_problems_new(&problems, NULL), BPR_OK);
			once = again;
			failed = false;
			calls_left = n;
			status = bpr_worktime_new(log, &options, &w, problems, NULL);
			calls_left = SIZE_MAX;
			if (status) {
				assert_true(failed && status == BPR_ENOMEM);
				assert_null(w);
			} else { /* room that was only to be given back is none that is missing: then nothing is missing in the result */
				said += failed;
				same(w, whole);
			}
			bpr_worktime_free(w);
			bpr_problems_free(problems);
			if (!failed)
				break;
			tried++;
		}
	assert_true(tried > 100 && said < 10);
	bpr_worktime_free(whole);
	bpr_log_free(log);
}

static void test_as_seen(void **s)
{
	(void)s;
	run_out(false);
}

static void test_as_given(void **s)
{
	(void)s;
	run_out(true);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_as_seen), cmocka_unit_test(test_as_given) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}

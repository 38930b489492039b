/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of a discovery made to fail: out of memory is said, nothing is left behind, and the next one gives what the first gave. */
#include "config.h"
#include "lib/log.h"
#include "lib/fail_alloc.h"
#include <bpr/discovery.h>

static size_t left = SIZE_MAX;
static bool failed;

static bool fails(void)
{
	if (left == SIZE_MAX)
		return false;
	if (left) {
		left--;
		return false;
	}
	failed = true;
	return true;
}

/* Choices, concurrency, a loop, a skip; people, sections, hours. */
static bpr_log *small_log(void)
{
	static const char *const traces[] = { "abcd", "acbd", "aed", "abcbcd", "ad" };
	bpr_log *log = log_begin(0);

	for (size_t i = 0; i < 60; i++) {
		const char *trace = traces[i % 5];
		int64_t at = (int64_t)(19814 + i / 4) * 86400000 + (int64_t)(9 + i % 7) * 3600000;
		char name[32];

		(void)snprintf(name, sizeof(name), "%zu", i);
		for (size_t k = 0; trace[k]; k++, at += 900000) {
			char activity[2] = { trace[k], '\0' };

			log_event(log, name, activity, at, at + 60000 * (int64_t)(1 + (i * 7 + k * 3) % 11), i % 2 ? "Sato" : "Suzuki", k % 2 ? "A" : "B");
		}
	}
	return log_end(log);
}

/* Discovers with the n-th allocation failing, and all behind it. False: there were not so many. */
static bool discover_failing(const bpr_log *log, const struct bpr_discovery_options *options, size_t n, unsigned long long hash)
{
	struct bpr_error err = { 0 };
	bpr_flow *flow = NULL;
	bpr_status status;

	failed = false;
	left = n;
	status = bpr_discover(log, options, &flow, NULL, &err);
	left = SIZE_MAX;
	if (status == BPR_OK) /* room that is given back need not be */
		assert_true(bpr_flow_hash(flow) == hash);
	else if (!failed || status != BPR_ENOMEM || err.status != BPR_ENOMEM || flow)
		fail_msg("allocation %zu: status %s, %s", n, bpr_status_name(status), err.message);
	bpr_flow_free(flow);
	return failed;
}

static void check_all(bool units, enum bpr_durations durations, size_t stride)
{
	struct bpr_discovery_options options = BPR_DISCOVERY_OPTIONS_INIT;
	bpr_log *log = units ? small_log() : log_of("10*abcd|5*acbd|2*aed|3*abab|xyzx|yzxy");
	bpr_flow *flow = NULL;
	unsigned long long hash;
	size_t n = 0;

	options.durations = durations;
	options.noise = units ? 0 : 0.2;
	assert_int_equal(bpr_discover(log, &options, &flow, NULL, NULL), BPR_OK);
	hash = bpr_flow_hash(flow);
	bpr_flow_free(flow);
	while (discover_failing(log, &options, n, hash))
		n += stride;
	assert_true(n > 200);
	bpr_log_free(log);
}

static void test_nomem(void **state)
{
	(void)state;
	check_all(true, BPR_DURATIONS_MEAN, 1);
	check_all(true, BPR_DURATIONS_EMP, 3);
	check_all(false, BPR_DURATIONS_MEAN, 1);
}

/* Fits draw and fit again, with allocations of each: some of them. */
static void test_nomem_fit(void **state)
{
	(void)state;
	check_all(true, BPR_DURATIONS_FIT, 41);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nomem),
		cmocka_unit_test(test_nomem_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

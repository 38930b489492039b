/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Public logs and what is published about them. They are not part of the sources: the folder named in BPR_LOGS holds them
 * (4TU.ResearchData: receipt phase of an environmental permit, BPI Challenge 2015; van der Aalst, Process Mining).
 */
#include "lib/test.h"
#include <bpr/mining.h>
#include <stdlib.h>
#include <string.h>

struct fact {
	const char *file;
	size_t cases, events, activities, variants, arcs, pairs, starts, ends, repeated, staff_pairs, staff, unit_pairs, units;
	double mean_s, median_s, within_s; /* published to so many digits; 0: not published */
};

static const struct fact facts[] = {
	{ "receipt.xes.gz", 1434, 8577, 27, 116, 99, 7143, 1, 14, 91, 286, 1208, 47, 5440, 467263.915, 2868.58, 0.005 },
	{ "running-example.xes", 6, 42, 8, 6, 16, 36, 1, 2, 0, 20, 0, 0, 0, 966890, 815940, 1e-6 },
	{ "BPIC15_1.xes.gz", 1199, 52217, 398, 1170, 0, 51018, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 },
};

/* 0: nothing is published. */
static void assert_fact(const char *what, uint64_t is, size_t published)
{
	if (published && is != published)
		fail_msg("%s: %llu, published %zu", what, (unsigned long long)is, published);
}

static void check(const struct fact *f, const bpr_mining *m)
{
	const struct bpr_mine_totals *t = bpr_mining_totals(m);
	size_t count, starts = 0, ends = 0;
	const struct bpr_mine_activity *a = bpr_mining_activities(m, &count);

	for (size_t i = 0; i < count; i++) {
		starts += a[i].starts > 0;
		ends += a[i].ends > 0;
	}
	assert_fact("activities", count, f->activities);
	assert_fact("starts", starts, f->starts);
	assert_fact("ends", ends, f->ends);
	assert_fact("cases", t->cases, f->cases);
	assert_fact("events", t->events, f->events);
	assert_fact("variants", t->variants, f->variants);
	assert_fact("pairs", t->pairs, f->pairs);
	assert_fact("cases with a repeated activity", t->cases_repeated, f->repeated);
	(void)bpr_mining_arcs(m, &count);
	assert_fact("arcs", count, f->arcs);
	(void)bpr_mining_handovers(m, false, &count);
	assert_fact("pairs of staff", count, f->staff_pairs);
	assert_fact("handovers of staff", t->handovers_resource, f->staff);
	(void)bpr_mining_handovers(m, true, &count);
	assert_fact("pairs of units", count, f->unit_pairs);
	assert_fact("handovers of units", t->handovers_unit, f->units);
	if (f->mean_s > 0) {
		assert_true(fabs(t->minutes.mean * 60 - f->mean_s) <= f->within_s);
		assert_true(fabs(t->minutes.p50 * 60 - f->median_s) <= f->within_s);
		assert_true(t->minutes.quantile_error <= 0);
	}
}

static void test_public_logs(void **state)
{
	const char *folder = getenv("BPR_LOGS");

	(void)state;
	if (!folder) {
		print_message("BPR_LOGS names no folder of public logs: not compared\n");
		return;
	}
	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
		struct bpr_error err = { 0 };
		bpr_mining *m = NULL;
		bpr_log *log = NULL;
		char path[512];

		(void)snprintf(path, sizeof(path), "%s/%s", folder, facts[i].file);
		if (bpr_log_read(path, NULL, &log, NULL, &err) || bpr_mine(log, NULL, &m, NULL, &err) || !m)
			fail_msg("%s: %s", path, err.message);
		check(&facts[i], m);
		bpr_mining_free(m);
		bpr_log_free(log);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_public_logs) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}

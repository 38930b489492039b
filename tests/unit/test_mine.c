/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a log says, by hand: small logs whose figures are counted on fingers. */
#include "lib/log.h"
#include <bpr/mining.h>

static bpr_mining *mined(const bpr_log *log, const struct bpr_mine_options *options)
{
	bpr_mining *m = NULL;
	struct bpr_error err = { 0 };

	assert_int_equal(bpr_mine(log, options, &m, NULL, &err), BPR_OK);
	assert_non_null(m);
	return m;
}

/* "3*abc|acb|ab": a minute from event to event, an hour from case to case. */
static void test_counts(void **state)
{
	bpr_log *log = log_of("3*abc|acb|ab");
	bpr_mining *m = mined(log, NULL);
	const struct bpr_mine_totals *t = bpr_mining_totals(m);
	const struct bpr_mine_activity *a;
	const struct bpr_mine_arc *arcs;
	const struct bpr_mine_variant *v;
	size_t count;

	(void)state;
	assert_int_equal(t->cases, 5);
	assert_int_equal(t->events, 14);
	assert_int_equal(t->pairs, 9);
	assert_int_equal(t->variants, 3);
	assert_int_equal(t->variants_once, 2);
	assert_int_equal(t->without_resource, 14);
	assert_rel(t->minutes.mean, 1.8, 1e-15);
	assert_rel(t->minutes.p50, 2, 0);
	assert_rel(t->length.mean, 2.8, 1e-15);
	a = bpr_mining_activities(m, &count);
	assert_int_equal(count, 3);
	assert_int_equal(a[0].starts, 5);
	assert_int_equal(a[1].ends, 2);
	assert_int_equal(a[2].cases, 4);
	assert_int_equal(a[2].before.count, 4);
	assert_rel(a[2].before.p50, 1, 0);
	arcs = bpr_mining_arcs(m, &count);
	assert_int_equal(count, 4); /* ab 4, bc 3, ac 1, cb 1 */
	assert_true(arcs[0].from == 0 && arcs[0].to == 1 && arcs[0].count == 4);
	assert_true(arcs[2].from == 0 && arcs[2].to == 2 && arcs[2].count == 1);
	assert_true(arcs[3].from == 2 && arcs[3].to == 1 && arcs[3].count == 1);
	v = bpr_mining_variants(m, &count);
	assert_int_equal(count, 3);
	assert_true(v[0].count == 3 && v[0].length == 3 && v[0].activities[2] == 2 && v[0].example == 0);
	assert_true(v[1].count == 1 && v[1].activities[1] == 2 && v[1].example == 3);
	bpr_mining_free(m);
	bpr_log_free(log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

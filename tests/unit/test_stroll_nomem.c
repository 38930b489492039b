/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of a walk made to fail, once and from then on: it is said, and nothing is lost. */
#include "config.h"
#include "test.h"
#include "fail_alloc.h"
#include <bpr/bpr.h>
#include <string.h>

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

static const char table[] =
	"id,kind,next,counter,writes,prob,on,interrupting,loop_prob\n"
	"s,start,p,,,,,,\np,and,a;b,,,,,,\na,task,j,1,F1,,,,0.3\nb,task,j,2,F2,,,,\nt,event,j,,,0.2,b,no,\nj,or,o,,,,,,\n"
	"o,or,c:0.5;d:0.5,,,,,,\nc,task,k,1,,,,,\nd,task,k,3,,,,,\nk,or,e,,,,,,\ne,end,,,,,,,\n";

static bpr_status walk_through(const bpr_flow *flow, struct bpr_walk_totals *totals)
{
	struct bpr_walk_event e = { .what = BPR_WALK_STEP };
	bpr_walk *walk = NULL;
	bpr_status status = bpr_walk_new(flow, NULL, &walk, NULL);

	assert_true(!status == (walk != NULL));
	while (!status && e.what != BPR_WALK_END) {
		status = bpr_walk_next(walk, &e, NULL);
		if (!status && e.what == BPR_WALK_CHOICE)
			status = bpr_walk_choose(walk, BPR_NONE, NULL, NULL);
	}
	if (!status)
		*totals = bpr_walk_totals_get(walk);
	bpr_walk_free(walk);
	return status;
}

static void every_allocation_may_fail(void **state)
{
	struct bpr_walk_totals whole, totals;
	struct bpr_flows flows;

	(void)state;
	assert_int_equal(bpr_read_memory("f.csv", table, strlen(table), NULL, &flows, NULL, NULL), BPR_OK);
	assert_int_equal(walk_through(flows.items[0], &whole), BPR_OK);
	for (int once = 0; once < 2; once++) {
		size_t n = 0;

		for (bool all = false; !all; n++) {
			bpr_status status;

			failed = false;
			again = once;
			left = n;
			status = walk_through(flows.items[0], &totals);
			left = SIZE_MAX;
			all = !failed;
			assert_int_equal(status, failed ? BPR_ENOMEM : BPR_OK);
		}
		assert_true(n > 20);
		assert_memory_equal(&totals, &whole, sizeof(whole));
	}
	bpr_flows_release(&flows);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_allocation_may_fail) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}

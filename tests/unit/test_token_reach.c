/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who can come to an OR join: the engine's bits against the exact analysis, which answers one question at a time; terminate ends. */
#include "config.h"
#include "test.h"
#include "analyse/walk_i.h"
#include "property/random_flow.h"
#include "simulate/reach_i.h"
#include "flow/builder_i.h"

static struct draft draft;
static const struct bpr_dist every = { .kind = BPR_DIST_CONSTANT, .a = 10 };

static size_t compare(struct bpr_flow *flow, const struct run_plan *plan, struct bpr_plan *exact)
{
	struct bpr_walk walk = { .plan = exact };
	size_t count = 0;

	for (uint32_t join = 0; join < plan->node_count; join++) {
		if (!(plan->node[join].traits & RUN_JOIN_OR))
			continue;
		for (uint32_t from = 0; from < plan->node_count; from++) {
			bool failed = false, want = bpr_i_walk_comes_to(&walk, from, join, &failed);

			assert_false(failed);
			if (bpr_i_reach_comes(plan, from, join) != want)
				fail_msg("from %s to %s: %d", bpr_flow_node(flow, from)->id, bpr_flow_node(flow, join)->id, want);
			if (from != join) {
				bool earlier = bpr_i_walk_earlier(&walk, from, join, &failed);

				assert_true(bpr_i_reach_earlier(plan, from, join) == earlier);
			}
			count += want;
		}
	}
	bpr_i_walk_release(&walk);
	return count;
}

static size_t check(struct bpr_flow *flow)
{
	struct bpr_sim_options options = BPR_SIM_OPTIONS_INIT;
	struct run_plan *plan = NULL;
	struct bpr_plan *exact = NULL;
	struct bpr_error err = { 0 };
	size_t count = 0;

	if (!flow)
		return 0;
	flow->demand.arrivals = &every;
	if (bpr_i_run_plan_new(flow, &options, &plan, NULL, &err) == BPR_OK) {
		assert_int_equal(bpr_i_plan_new(flow, &exact, NULL), BPR_OK);
		count = compare(flow, plan, exact);
	} else {
		assert_int_equal(err.status, BPR_ENOEXIT);
	}
	bpr_i_plan_free(exact);
	bpr_i_run_plan_free(plan);
	bpr_flow_free(flow);
	return count;
}

static void test_reach(void **state)
{
	size_t count = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 300; seed++) {
		draft_blocks(&draft, seed, SHAPE_OR | SHAPE_AND | SHAPE_LOOPS | SHAPE_EDGES | (seed % 2 ? SHAPE_REPEAT : 0), 30);
		count += check(draft_build(&draft, NULL));
		draft_gateways(&draft, seed, 14);
		count += check(draft_build(&draft, NULL));
	}
	assert_true(count > 3000);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_reach) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}

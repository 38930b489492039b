/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Means alone are those of the full analysis, to the last bit; what is not asked for changes nothing of what is. */
#include "config.h"
#include "test.h"
#include "property/random_flow.h"
#include <bpr/analysis.h>
#include <string.h>

enum { FLOWS = 400 };

static bool same_number(double a, double b)
{
	return memcmp(&a, &b, sizeof(a)) == 0;
}

static bpr_flow *some_flow(uint64_t seed)
{
	static const unsigned shapes[] = { SHAPE_LOOPS | SHAPE_EDGES | SHAPE_REPEAT, SHAPE_AND | SHAPE_LOOPS | SHAPE_REPEAT,
					   SHAPE_AND | SHAPE_OR | SHAPE_LOOPS | SHAPE_EDGES, SHAPE_AND | SHAPE_RANDOM_TIMES | SHAPE_LOOPS,
					   SHAPE_AND | SHAPE_OR | SHAPE_LOOPS | SHAPE_EDGES | SHAPE_REPEAT | SHAPE_RANDOM_TIMES | SHAPE_LOOSE_AND };
	struct draft d;

	if (seed % 6 == 5)
		draft_tangle(&d, seed, 4 + seed % 20);
	else
		draft_blocks(&d, seed, shapes[seed % 6], 4 + seed % 30);
	return draft_build(&d, NULL);
}

static struct bpr_analysis_options few(void)
{
	struct bpr_analysis_options o = BPR_ANALYSIS_OPTIONS_INIT;

	o.samples = 50;
	return o;
}

static void same_means(uint64_t seed, const bpr_flow *flow, const bpr_analysis *all, const bpr_analysis *means, unsigned long wanted)
{
	for (size_t m = 0; m < BPR_METRIC_COUNT; m++) {
		const struct bpr_figure *a = bpr_analysis_figure(all, (enum bpr_metric)m), *b = bpr_analysis_figure(means, (enum bpr_metric)m);

		assert_int_equal(b->sd_method, BPR_METHOD_NONE);
		if (wanted && !(wanted >> m & 1) && b->method == BPR_METHOD_NONE)
			continue;
		if (a->method != b->method || !same_number(a->mean, b->mean))
			fail_msg("seed %llu, %s: %.17g (%s), expected %.17g (%s)", (unsigned long long)seed, bpr_metric_get((enum bpr_metric)m)->key, b->mean,
				 bpr_method_name(b->method), a->mean, bpr_method_name(a->method));
	}
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++)
		assert_true(same_number(bpr_analysis_nodes(all)[i].visits, bpr_analysis_nodes(means)[i].visits));
	for (size_t i = 0; i < bpr_flow_arc_count(flow); i++)
		assert_true(same_number(bpr_analysis_arcs(all)[i], bpr_analysis_arcs(means)[i]));
	for (size_t i = 0; i < bpr_flow_unit_count(flow); i++)
		assert_true(same_number(bpr_analysis_units(all)[i].work_minutes, bpr_analysis_units(means)[i].work_minutes));
}

static void means_only(void **state)
{
	size_t sampled = 0, exact = 0;

	(void)state;
	for (uint64_t seed = 0; seed < FLOWS; seed++) {
		bpr_flow *flow = some_flow(seed);
		struct bpr_analysis_options o = few();
		bpr_analysis *all = NULL, *means = NULL, *wanted = NULL;

		assert_non_null(flow);
		if (bpr_analyse(flow, &o, &all, NULL, NULL)) {
			o.means_only = true;
			assert_int_not_equal(bpr_analyse(flow, &o, &means, NULL, NULL), BPR_OK);
			bpr_flow_free(flow);
			continue;
		}
		o.means_only = true;
		assert_int_equal(bpr_analyse(flow, &o, &means, NULL, NULL), BPR_OK);
		same_means(seed, flow, all, means, 0);
		o.metrics = 1 + (unsigned long)(seed * 7919 % ((1ul << BPR_METRIC_COUNT) - 1));
		assert_int_equal(bpr_analyse(flow, &o, &wanted, NULL, NULL), BPR_OK);
		same_means(seed, flow, all, wanted, o.metrics);
		sampled += bpr_analysis_figure(all, BPR_METRIC_LEAD_MINUTES)->method == BPR_METHOD_SIMULATED;
		exact += bpr_analysis_figure(all, BPR_METRIC_LEAD_MINUTES)->method == BPR_METHOD_EXACT;
		bpr_analysis_free(all);
		bpr_analysis_free(means);
		bpr_analysis_free(wanted);
		bpr_flow_free(flow);
	}
	assert_true(sampled > FLOWS / 20 && exact > FLOWS / 4); /* both kinds were looked at */
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(means_only) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}

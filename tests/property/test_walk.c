/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random small flows: every figure against the token game followed run by run. */
#include "config.h"
#include "test.h"
#include "property/brute.h"
#include "property/random_flow.h"
#include <stdlib.h>
#include <string.h>

#define CUTOFF 1e-12
#define MAX_RUNS 3000

static struct brute_result brute;
static struct draft draft;

static void explain(const bpr_flow *flow, unsigned long long seed)
{
	print_error("seed %llu\n", seed);
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node *n = bpr_flow_node(flow, i);

		print_error("  %s kind %d split %d join %d unit %zd counter %zd away %d repeat %zu loop %g host %zd prob %g work %g wait %g ->",
			    n->id, (int)n->kind, (int)n->split, (int)n->join, (ssize_t)n->unit, (ssize_t)n->counter, n->away, n->repeat,
			    n->loop_prob, (ssize_t)n->host, n->prob, bpr_dist_mean(n->work), bpr_dist_mean(n->wait));
		for (size_t k = 0; k < n->out_count; k++)
			print_error(" %s:%g", bpr_flow_node(flow, bpr_flow_arc(flow, n->first_out + k)->to)->id,
				    bpr_flow_arc(flow, n->first_out + k)->prob);
		print_error("\n");
	}
}

#define CHECK(what, got, expected, slack) \
	do { \
		double check_g = (got), check_e = (expected); \
		if (!(fabs(check_g - check_e) <= (slack) * (1 + fabs(check_e)))) { \
			explain(flow, seed); \
			print_error("%s: %.15g, expected %.15g (lost %g)\n", what, check_g, check_e, brute.lost); \
			fail(); \
		} \
	} while (0)

static double brute_sd(enum bpr_metric m)
{
	double off = brute.sum[m] / brute.ends - brute.pivot[m];

	return sqrt(fmax(0, brute.square[m] / brute.ends - off * off));
}

static void compare_figures(const bpr_flow *flow, const bpr_analysis *a, unsigned long long seed, bool lead)
{
	double slack = 1e-9 + 1e3 * brute.lost;

	for (size_t m = 0; m < BPR_METRIC_COUNT; m++) {
		const struct bpr_figure *f = bpr_analysis_figure(a, (enum bpr_metric)m);
		const char *key = bpr_metric_get((enum bpr_metric)m)->key;

		if (m == BPR_METRIC_LEAD_MINUTES && !lead)
			continue;
		assert_int_equal(f->method, BPR_METHOD_EXACT);
		CHECK(key, f->mean, brute.sum[m], slack);
		if (f->sd_method == BPR_METHOD_SIMULATED && m == BPR_METRIC_REVISITS) {
			CHECK(key, f->sd, brute_sd((enum bpr_metric)m), 0.1); /* too many sets of steps: 20,000 cases */
			continue;
		}
		assert_int_equal(f->sd_method, BPR_METHOD_EXACT);
		/* A root: half the digits of what was lost. */
		CHECK(key, f->sd, brute_sd((enum bpr_metric)m), 1e-6 * (1 + fabs(f->mean)) + sqrt(brute.lost) * (1 + fabs(f->mean)));
	}
}

static void compare_parts(const bpr_flow *flow, const bpr_analysis *a, unsigned long long seed)
{
	double slack = 1e-9 + 1e3 * brute.lost;
	size_t count;
	const struct bpr_handoff *h = bpr_analysis_handoffs(a, &count);
	double matrix[BRUTE_UNITS][BRUTE_UNITS] = { { 0 } };

	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node_result *r = &bpr_analysis_nodes(a)[i];
		double v = brute.visits[i], of_ends = v / brute.ends, var = brute.visits_square[i] / brute.ends - of_ends * of_ends;

		CHECK("visits", r->visits, v, slack);
		CHECK("reach", r->reach, brute.reach[i], slack);
		CHECK("visits_sd", r->visits_sd, sqrt(fmax(0, var)), 3e-6 + sqrt(slack) * 3e-2);
	}
	for (size_t i = 0; i < bpr_flow_arc_count(flow); i++)
		CHECK("arc", bpr_analysis_arcs(a)[i], brute.arcs[i], slack);
	for (size_t i = 0; i < count; i++)
		matrix[h[i].from][h[i].to] = h[i].count;
	for (size_t u = 0; u < BRUTE_UNITS; u++)
		for (size_t v = 0; v < BRUTE_UNITS; v++)
			CHECK("pair", matrix[u][v], brute.handoff[u][v], slack);
}

static void compare_distributions(const bpr_flow *flow, unsigned long long seed)
{
	for (size_t m = 0; m < BPR_METRIC_COUNT; m++) {
		struct bpr_distribution d;
		double sum = 0;
		size_t least = 0, most = BRUTE_HIST - 1;

		if (bpr_metric_get((enum bpr_metric)m)->quantity != BPR_QUANTITY_COUNT)
			continue;
		assert_int_equal(bpr_analyse_distribution(flow, (enum bpr_metric)m, NULL, &d, NULL), BPR_OK);
		for (size_t i = 0; i + 1 < BRUTE_HIST; i++) {
			double got = i >= d.first && i < d.first + d.count ? d.prob[i - d.first] : 0;

			CHECK(bpr_metric_get((enum bpr_metric)m)->key, got, brute.hist[m][i], 1e-9 + 10 * brute.lost);
		}
		for (size_t i = 0; i < d.count; i++)
			sum += d.prob[i];
		CHECK("sum", sum + d.tail, 1, 1e-9);
		while (least + 1 < BRUTE_HIST && !(brute.hist[m][least] > 0))
			least++;
		while (most && !(brute.hist[m][most] > 0))
			most--;
		CHECK("minimum", (double)d.minimum, (double)least, 0);
		if (!d.unbounded && most < BRUTE_HIST - 1 && !(brute.lost > 0))
			CHECK("maximum", (double)d.maximum, (double)most, 0);
		else if (!d.unbounded)
			assert_true(d.maximum >= most || most == BRUTE_HIST - 1);
		bpr_distribution_release(&d);
	}
}

/* True where the flow could be followed well enough to be compared. */
static bool one_flow(unsigned long long seed, bool lead, bool distributions)
{
	bpr_flow *flow = draft_build(&draft, NULL);
	bpr_analysis *a = NULL;
	struct bpr_error err = { 0 };
	bpr_status status;
	bool compared = false;

	if (!flow)
		return false;
	brute_force(flow, CUTOFF, MAX_RUNS, &brute);
	status = bpr_analyse(flow, NULL, &a, NULL, &err);
	if (brute.deadlock) {
		if (status != BPR_ENOEXIT)
			explain(flow, seed);
		assert_int_equal(status, BPR_ENOEXIT);
		compared = true;
	} else if (brute.lost < 1e-8) {
		if (status != BPR_OK) {
			explain(flow, seed);
			print_error("%s %s\n", err.code, err.message);
		}
		assert_int_equal(status, BPR_OK);
		compare_figures(flow, a, seed, lead);
		compare_parts(flow, a, seed);
		if (distributions)
			compare_distributions(flow, seed);
		compared = true;
	}
	bpr_analysis_free(a);
	bpr_flow_free(flow);
	return compared;
}

static void many(unsigned shape, size_t size, size_t flows, bool lead)
{
	size_t compared = 0;

	for (size_t i = 0; i < flows; i++) {
		unsigned long long seed = shape * 1000003ull + i;

		draft_blocks(&draft, seed, shape, size);
		compared += one_flow(seed, lead, i % 4 == 0);
	}
	if (compared < flows / 2)
		print_error("shape %u: only %zu of %zu compared\n", shape, compared, flows);
	assert_true(compared >= flows / 2);
}

static void sequential_blocks(void **state)
{
	(void)state;
	many(SHAPE_LOOPS | SHAPE_EDGES | SHAPE_REPEAT, 14, 400, true);
}

static void parallel_blocks(void **state)
{
	(void)state;
	many(SHAPE_AND, 16, 300, true);
	many(SHAPE_OR, 14, 300, true);
	many(SHAPE_AND | SHAPE_OR | SHAPE_REPEAT, 14, 300, true);
}

static void parallel_blocks_with_loops(void **state)
{
	(void)state;
	many(SHAPE_AND | SHAPE_LOOPS, 12, 200, true);
	many(SHAPE_AND | SHAPE_OR | SHAPE_LOOPS | SHAPE_EDGES, 12, 300, true);
}

static void branches_never_joined(void **state)
{
	(void)state;
	many(SHAPE_AND | SHAPE_LOOSE_AND | SHAPE_EDGES, 12, 300, false);
}

static void tangles(void **state)
{
	size_t compared = 0;

	(void)state;
	for (size_t i = 0; i < 300; i++) {
		draft_tangle(&draft, i, 3 + i % 4);
		compared += one_flow(i, true, i % 4 == 0);
	}
	assert_true(compared > 100);
}

static void gateways_anyhow(void **state)
{
	size_t compared = 0;

	(void)state;
	for (size_t i = 0; i < 2000; i++) {
		draft_gateways(&draft, i, 4 + i % 8);
		compared += one_flow(i, false, i % 4 == 0);
	}
	assert_true(compared > 1500);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(sequential_blocks),
		cmocka_unit_test(parallel_blocks),
		cmocka_unit_test(parallel_blocks_with_loops),
		cmocka_unit_test(branches_never_joined),
		cmocka_unit_test(tangles),
		cmocka_unit_test(gateways_anyhow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

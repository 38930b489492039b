/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The simulator against the exact analysis: random flows without queues, every metric of a case and the visits of each node.
 * The exact analysis gives the standard deviation of one case, so how far a mean over so many cases may be off is known.
 */
#include "config.h"
#include "property/random_flow.h"
#include "property/sim_case.h"
#include "flow/build_i.h"
#include "property/brute.h"
#include <bpr/analysis.h>

/* Cases so far apart that few are under way when the last one is counted: who ends early is not counted more often. */
#define CASES 1500
#define REPLICATIONS 2

static struct draft draft;

static void no_node(struct bpr_builder *b, size_t index, size_t at, void *data)
{
	(void)b;
	(void)index;
	(void)at;
	(void)data;
}

static void demand(struct bpr_builder *b, void *data)
{
	struct bpr_cell cell = { bpr_i_column_find(BPR_TABLE_DEMAND, "arrivals", 8), "exp(100000)", 11 };

	(void)bpr_i_builder_companion(b, BPR_TABLE_DEMAND, &cell, 1, data);
}

static bool off(const char *what, double seen, double exact, double sd, unsigned long long seed)
{
	double bound = 5 * sd / sqrt(CASES * REPLICATIONS) + 1e-9 * (1 + fabs(exact));

	if (fabs(seen - exact) <= bound)
		return false;
	print_error("%s: simulated %.9g, exact %.9g, off by %.1f standard deviations, seed %llu shape %u\n", what, seen, exact,
		    fabs(seen - exact) / bound * 5, seed, draft.shape);
	return true;
}

/* Rare events: where none or few are to be expected the spread is that of counting them. */
static double spread(double sd, double mean)
{
	return fmax(sd, sqrt(fabs(mean)) * 0.2);
}

/*
 * The serial walk of the analysis decides the ways of an inclusive split one after the other, so that a join seems to wait for a way
 * that is not taken in the end; where a loose branch is walked meanwhile, the order of places is another one. Then the runs
 * themselves, all of them, say what is right.
 */
static bool order_matters(size_t metric)
{
	return draft.shape & SHAPE_OR && draft.shape & SHAPE_LOOSE_AND
		&& (metric == BPR_METRIC_COUNTER_VISITS || metric == BPR_METRIC_BUILDING_MOVES || metric == BPR_METRIC_TRIPS);
}

static double mean_of(const bpr_flow *flow, const bpr_analysis *a, size_t metric)
{
	static struct brute_result brute;

	if (!order_matters(metric))
		return bpr_analysis_figure(a, (enum bpr_metric)metric)->mean;
	brute_force(flow, 1e-8, 2000000, &brute);
	return brute.lost < 1e-4 ? brute.sum[metric] / brute.ends : (double)NAN;
}

static size_t against(const bpr_flow *flow, const bpr_analysis *a, const bpr_simulation *sim, unsigned long long seed)
{
	size_t wrong = 0;

	for (size_t m = 0; m < BPR_METRIC_COUNT; m++) {
		const struct bpr_figure *f = bpr_analysis_figure(a, (enum bpr_metric)m);
		const struct bpr_sim_figure *g = bpr_simulation_figure(sim, m);
		/* A figure that the analysis itself drew from 20,000 cases is off by that. */
		double sd = f->sd_method == BPR_METHOD_NONE ? g->sd : f->sd, twice = f->method == BPR_METHOD_SIMULATED ? 1.2 : 1, exact;

		if (!g || !g->known || f->method == BPR_METHOD_NONE) {
			print_error("%s is not known, seed %llu\n", bpr_metric_get((enum bpr_metric)m)->key, seed);
			wrong++;
			continue;
		}
		exact = mean_of(flow, a, m);
		wrong += !isnan(exact) && off(bpr_metric_get((enum bpr_metric)m)->key, g->mean, exact, twice * spread(sd, f->mean), seed);
		if (!order_matters(m) && f->sd_method == BPR_METHOD_EXACT && f->sd > 0.1)
			wrong += fabs(g->sd - f->sd) > 0.5 * f->sd + 0.5;
	}
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node_result *node = &bpr_analysis_nodes(a)[i];

		if (bpr_node_is_step(bpr_flow_node(flow, i)))
			wrong += off(bpr_flow_node(flow, i)->id, bpr_simulation_nodes(sim)[i].visits.mean, node->visits,
				     spread(node->visits_sd, node->visits), seed);
	}
	return wrong;
}

static void describe(void)
{
	for (size_t i = 0; i < draft.count; i++) {
		const struct draft_node *n = &draft.node[i];

		print_error("%s %s", n->id, bpr_node_kind_name(n->kind));
		for (size_t k = 0; k < n->out_count; k++)
			print_error(" ->%s:%g", draft.node[n->to[k]].id, n->share[k]);
		print_error(" counter %d%s%s", n->counter, n->away ? " away" : "", n->citizen ? " citizen" : "");
		if (n->host != BPR_NONE)
			print_error(" on %s %g%s", draft.node[n->host].id, n->prob, n->interrupting ? " interrupts" : "");
		print_error(" work %g wait %g repeat %zu loop %g\n", n->work, n->wait, n->repeat, n->loop_prob);
	}
}

static bool play(unsigned long long seed, unsigned shape, size_t size)
{
	struct bpr_sim_options options = BPR_SIM_OPTIONS_INIT;
	struct draft_extra extra = { no_node, demand, NULL, NULL };
	bpr_analysis *a = NULL;
	bpr_simulation *sim;
	bpr_flow *flow;
	size_t wrong;

	draft_blocks(&draft, seed, shape, size);
	flow = draft_build_with(&draft, NULL, &extra);
	assert_non_null(flow);
	assert_int_equal(bpr_analyse(flow, NULL, &a, NULL, NULL), BPR_OK);
	options.cases = CASES;
	options.replications = REPLICATIONS;
	options.seed = seed;
	options.warmup = BPR_WARMUP_NONE;
	sim = sim_run(flow, &options);
	assert_int_equal(bpr_simulation_cases(sim), CASES * REPLICATIONS);
	wrong = against(flow, a, sim, seed);
	if (wrong)
		describe();
	bpr_simulation_free(sim);
	bpr_analysis_free(a);
	bpr_flow_free(flow);
	return wrong == 0;
}

static void every_metric(void **state)
{
	static const unsigned shapes[] = {
		SHAPE_LOOPS | SHAPE_REPEAT, SHAPE_LOOPS | SHAPE_EDGES | SHAPE_REPEAT | SHAPE_RANDOM_TIMES, SHAPE_AND | SHAPE_EDGES,
		SHAPE_OR | SHAPE_LOOPS, SHAPE_AND | SHAPE_OR | SHAPE_LOOPS | SHAPE_REPEAT | SHAPE_EDGES | SHAPE_RANDOM_TIMES,
		SHAPE_AND | SHAPE_OR | SHAPE_LOOSE_AND | SHAPE_EDGES,
	};
	const char *wanted = getenv("BPR_TEST_FLOWS");
	unsigned long long flows = wanted ? strtoull(wanted, NULL, 10) : 12;
	size_t bad = 0;

	(void)state;
	for (size_t s = 0; s < sizeof(shapes) / sizeof(shapes[0]); s++)
		for (unsigned long long seed = 1; seed <= flows && bad < 5; seed++)
			bad += !play(seed, shapes[s], 8 + seed % 12);
	assert_int_equal(bad, 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(every_metric) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}

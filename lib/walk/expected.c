/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a walk comes to on average: figures of the analysis, and sums over its visits. */
#include "config.h"
#include <bpr/walk.h>

/* The metric that is the same, or BPR_METRIC_COUNT: summed here. */
static const enum bpr_metric metrics[BPR_WALK_TOTAL_COUNT] = {
	[BPR_WALK_COUNTER_VISITS] = BPR_METRIC_COUNTER_VISITS,
	[BPR_WALK_DISTINCT_COUNTERS] = BPR_METRIC_DISTINCT_COUNTERS,
	[BPR_WALK_BUILDING_MOVES] = BPR_METRIC_BUILDING_MOVES,
	[BPR_WALK_TRIPS] = BPR_METRIC_TRIPS,
	[BPR_WALK_FORMS] = BPR_METRIC_FORMS_WRITTEN,
	[BPR_WALK_FIELDS] = BPR_METRIC_FIELDS_WRITTEN,
	[BPR_WALK_NAMES] = BPR_METRIC_COUNT,
	[BPR_WALK_SEALS] = BPR_METRIC_SEALS,
	[BPR_WALK_ID_CHECKS] = BPR_METRIC_ID_CHECKS,
	[BPR_WALK_STEPS] = BPR_METRIC_STEPS,
	[BPR_WALK_REVISITS] = BPR_METRIC_REVISITS,
	[BPR_WALK_CITIZEN_MINUTES] = BPR_METRIC_CITIZEN_MINUTES,
	[BPR_WALK_WORK_MINUTES] = BPR_METRIC_WORK_MINUTES,
	[BPR_WALK_WAIT_MINUTES] = BPR_METRIC_COUNT,
	[BPR_WALK_WALK_MINUTES] = BPR_METRIC_COUNT,
	[BPR_WALK_MINUTES] = BPR_METRIC_COUNT,
};

static double walking(const bpr_flow *flow, const bpr_analysis *analysis)
{
	const struct bpr_counter_result *counters = bpr_analysis_counters(analysis);
	double sum = 0;

	for (size_t i = 0; i < bpr_flow_counter_count(flow); i++) {
		const struct bpr_counter *c = bpr_flow_counter(flow, i);

		sum += counters[i].visits * (c->walk_given ? c->walk_minutes : bpr_flow_demand(flow)->walk_minutes);
	}
	return sum;
}

static double names(const bpr_flow *flow, const bpr_analysis *analysis)
{
	const struct bpr_field_result *fields = bpr_analysis_fields(analysis);
	double sum = 0;

	for (size_t i = 0; i < bpr_flow_field_count(flow); i++)
		if (bpr_field_is_name(bpr_flow_field(flow, i)))
			sum += fields[i].written;
	return sum;
}

struct bpr_walk_totals bpr_walk_expected(const bpr_flow *flow, const bpr_analysis *analysis, bool known[BPR_WALK_TOTAL_COUNT])
{
	const struct bpr_node_result *nodes = bpr_analysis_nodes(analysis);
	bool way = bpr_analysis_figure(analysis, BPR_METRIC_COUNTER_VISITS)->method != BPR_METHOD_NONE || !bpr_flow_counter_count(flow);
	struct bpr_walk_totals t = { { 0 } };

	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node *node = bpr_flow_node(flow, i);

		t.at[BPR_WALK_WAIT_MINUTES] += nodes[i].visits * bpr_dist_mean(node->wait);
		t.at[BPR_WALK_MINUTES] += nodes[i].visits * (bpr_dist_mean(node->work) + bpr_dist_mean(node->wait));
	}
	t.at[BPR_WALK_WALK_MINUTES] = way ? walking(flow, analysis) : 0;
	t.at[BPR_WALK_MINUTES] += t.at[BPR_WALK_WALK_MINUTES];
	t.at[BPR_WALK_NAMES] = names(flow, analysis);
	for (size_t i = 0; i < BPR_WALK_TOTAL_COUNT; i++) {
		const struct bpr_figure *f = metrics[i] == BPR_METRIC_COUNT ? NULL : bpr_analysis_figure(analysis, metrics[i]);

		known[i] = f ? f->method != BPR_METHOD_NONE : way || i == BPR_WALK_NAMES || i == BPR_WALK_WAIT_MINUTES;
		if (f)
			t.at[i] = known[i] ? f->mean : 0;
	}
	return t;
}

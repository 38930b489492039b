/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a picture of a flow colours its steps by: figures of a case, step by step. Definitions: bpr-metrics(7). */
#include "config.h"
#include "study/figure_i.h"
#include "study/study_i.h"
#include <math.h>
#include <string.h>

static const char *const names[BPR_HEAT_COUNT] = {
	[BPR_HEAT_NONE] = "none", [BPR_HEAT_VISITS] = "visits", [BPR_HEAT_WAIT] = "wait", [BPR_HEAT_WORK] = "work",
	[BPR_HEAT_COST] = "cost", [BPR_HEAT_REWORK] = "rework", [BPR_HEAT_WRITING] = "writing",
};

const char *bpr_heat_name(enum bpr_heat heat)
{
	return (size_t)heat < BPR_HEAT_COUNT ? names[heat] : NULL;
}

enum bpr_heat bpr_heat_find(const char *name)
{
	size_t i = 0;

	while (i < BPR_HEAT_COUNT && strcmp(names[i], name) != 0)
		i++;
	return (enum bpr_heat)i;
}

struct heat {
	const bpr_flow *flow;
	const struct bpr_node_result *nodes;
	const bpr_queueing *queueing;
	const bpr_simulation *simulation;
};

/* Yen of one execution: what it costs itself, and its people at their pools' rates. */
static double cost_of(const bpr_flow *flow, const struct bpr_node *n)
{
	double rate = 0;

	for (size_t i = 0; i < n->need_count; i++)
		rate += (double)n->needs[i].count * bpr_flow_pool(flow, n->needs[i].pool)->yen_per_hour / 60;
	return bpr_dist_mean(n->work) * rate + n->cost;
}

/* A pool that the step needs has more work than it can ever do: its queue has no end. */
static bool grows(const struct heat *h, const struct bpr_node *n)
{
	const struct bpr_queue_pool *pools = bpr_queueing_pools(h->queueing);

	for (size_t i = 0; i < n->need_count; i++)
		if (pools[n->needs[i].pool].known && !pools[n->needs[i].pool].stable)
			return true;
	return false;
}

/* Minutes that a case waits there: in the queue as simulated, else by formula, and what the step itself waits. */
static double wait_of(const struct heat *h, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(h->flow, node);
	double own = h->nodes[node].visits * bpr_dist_mean(n->wait);

	if (h->simulation) {
		const struct bpr_sim_node *s = &bpr_simulation_nodes(h->simulation)[node];

		return own + (s->visits.known && s->wait.known ? s->visits.mean * s->wait.mean : 0);
	}
	if (!h->queueing || !bpr_queueing_known(h->queueing))
		return own;
	if (h->nodes[node].visits > 0 && grows(h, n))
		return (double)INFINITY;
	return own + (bpr_queueing_nodes(h->queueing)[node].known ? bpr_queueing_nodes(h->queueing)[node].wait_per_case : 0);
}

static double again(const struct bpr_node_result *r)
{
	double more = r->visits - r->reach;

	return more > 1e-12 * (1 + r->visits) ? more : 0;
}

static double value_of(const struct heat *h, enum bpr_heat heat, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(h->flow, node);
	double visits = h->nodes[node].visits;

	switch (heat) {
	case BPR_HEAT_VISITS: return bpr_node_is_step(n) ? visits : 0;
	case BPR_HEAT_WAIT: return wait_of(h, node);
	case BPR_HEAT_WORK: return n->actor == BPR_ACTOR_STAFF ? visits * bpr_dist_mean(n->work) : 0;
	case BPR_HEAT_COST: return visits * cost_of(h->flow, n);
	case BPR_HEAT_REWORK: return bpr_node_is_step(n) ? again(&h->nodes[node]) : 0;
	case BPR_HEAT_WRITING: return visits * bpr_i_items_written(h->flow, n);
	case BPR_HEAT_NONE: case BPR_HEAT_COUNT: break;
	}
	return 0;
}

const double *bpr_i_study_heat(struct bpr_arena *arena, enum bpr_heat heat, const bpr_flow *flow, const bpr_analysis *analysis,
			       const bpr_queueing *queueing, const bpr_simulation *simulation)
{
	struct heat h = { flow, bpr_analysis_nodes(analysis), queueing, simulation };
	size_t count = bpr_flow_node_count(flow);
	double *values = bpr_i_arena_alloc(arena, count ? count : 1, sizeof(*values));

	for (size_t i = 0; values && i < count; i++) {
		const struct bpr_node *n = bpr_flow_node(flow, i);
		double x = value_of(&h, heat, i);

		/* What is no step has a figure only where something is spent there. */
		values[i] = heat != BPR_HEAT_NONE && (bpr_node_is_step(n) || x > 0) ? x : (double)NAN;
	}
	return values;
}

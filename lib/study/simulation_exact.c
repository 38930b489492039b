/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What formulas say of a figure that was simulated: the exact analysis of a case, queueing theory of the pools. */
#include "config.h"
#include "study/simulation_i.h"
#include <math.h>

/* Sums in another order differ in the last digits; a figure without any spread has an interval without any width. */
static const double ROUNDING = 1e-9;

static struct bpr_beside held(double value, enum bpr_queue_method method, bool known, double low, double high)
{
	double slack = ROUNDING * fmax(1, fabs(value));
	struct bpr_beside beside = { .value = value, .method = method };

	beside.known = known && method != BPR_QUEUE_NONE && isfinite(value);
	beside.within = beside.known && value >= low - slack && value <= high + slack;
	return beside;
}

static struct bpr_beside held_mean(double value, enum bpr_queue_method method, const struct bpr_sim_mean *m)
{
	return held(value, method, m->known && m->ci_known, m->ci95_low, m->ci95_high);
}

static bool has_queueing(const struct bpr_subject *s)
{
	return s->queueing && bpr_queueing_known(s->queueing);
}

/*
 * What an analysis leaves out changes what a case goes through: people who give up, a timer that strikes while its host waits.
 * Its figures are exact for a flow without them only.
 */
bool bpr_i_beside_known(const struct bpr_subject *s)
{
	const struct bpr_sim_figure *gone = bpr_simulation_figure(s->simulation, BPR_SIM_ABANDONED);

	for (size_t i = 0; i < bpr_flow_node_count(s->flow); i++) {
		const struct bpr_node *n = bpr_flow_node(s->flow, i);

		if (n->host != BPR_NONE && n->interrupting && n->wait && !(n->prob > 0))
			return false;
	}
	return s->analysis && !(gone->known && gone->mean > 0);
}

struct bpr_beside bpr_i_beside_figure(const struct bpr_subject *s, size_t key)
{
	const struct bpr_sim_figure *f = bpr_simulation_figure(s->simulation, key);
	enum bpr_queue_method method = BPR_QUEUE_NONE;
	bool known = f->known && f->ci_known;
	double value = 0;

	if (key < BPR_METRIC_COUNT && bpr_i_beside_known(s)) {
		const struct bpr_figure *exact = bpr_analysis_figure(s->analysis, (enum bpr_metric)key);

		method = exact->method == BPR_METHOD_EXACT ? BPR_QUEUE_EXACT : BPR_QUEUE_NONE;
		value = exact->mean;
	} else if (key == BPR_SIM_WAIT && has_queueing(s)) {
		value = bpr_queueing_wait(s->queueing, &method);
	} else if (key == BPR_SIM_CYCLE && has_queueing(s) && !bpr_flow_demand(s->flow)->open.rule_count) {
		/* Closed hours are in the cycle by the clock, and in no formula. */
		(void)bpr_queueing_wait(s->queueing, &method);
		known = known && bpr_queueing_cycle(s->queueing, &value);
	}
	return held(value, method, known, f->ci95_low, f->ci95_high);
}

struct bpr_beside bpr_i_beside_visits(const struct bpr_subject *s, size_t node)
{
	const struct bpr_sim_mean *m = &bpr_simulation_nodes(s->simulation)[node].visits;

	bool known = bpr_i_beside_known(s);

	return held_mean(known ? bpr_analysis_nodes(s->analysis)[node].visits : 0, known ? BPR_QUEUE_EXACT : BPR_QUEUE_NONE, m);
}

/* The method of the pool that serves the step. */
static enum bpr_queue_method method_at(const struct bpr_subject *s, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(s->flow, node);

	return n->need_count == 1 ? bpr_queueing_pools(s->queueing)[n->needs[0].pool].method : BPR_QUEUE_APPROXIMATE;
}

struct bpr_beside bpr_i_beside_node_wait(const struct bpr_subject *s, size_t node)
{
	const struct bpr_sim_mean *m = &bpr_simulation_nodes(s->simulation)[node].wait;
	const struct bpr_queue_node *q = has_queueing(s) ? &bpr_queueing_nodes(s->queueing)[node] : NULL;
	bool known = q && q->known && bpr_flow_node(s->flow, node)->need_count;

	return held_mean(known ? q->wait : 0, known ? method_at(s, node) : BPR_QUEUE_NONE, m);
}

static const struct bpr_queue_pool *pool_of(const struct bpr_subject *s, size_t pool)
{
	const struct bpr_queue_pool *q = has_queueing(s) ? &bpr_queueing_pools(s->queueing)[pool] : NULL;

	return q && q->known ? q : NULL;
}

struct bpr_beside bpr_i_beside_utilisation(const struct bpr_subject *s, size_t pool)
{
	const struct bpr_queue_pool *q = pool_of(s, pool);
	const struct bpr_sim_pool *p = &bpr_simulation_pools(s->simulation)[pool];
	/* The formula has all work done on duty; what was done in overtime is not in the simulated figure. */
	bool late = p->overtime.known && p->overtime.mean > 0;

	return held_mean(q ? q->utilisation : 0, q && q->stable && !late ? q->method : BPR_QUEUE_NONE, &p->utilisation);
}

struct bpr_beside bpr_i_beside_pool_wait(const struct bpr_subject *s, size_t pool)
{
	const struct bpr_queue_pool *q = pool_of(s, pool);

	return held_mean(q ? q->wait : 0, q && q->stable ? q->method : BPR_QUEUE_NONE, &bpr_simulation_pools(s->simulation)[pool].wait);
}

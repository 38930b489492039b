/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The result as a sum over steps: visits times what one execution takes. Minutes and rates act on the second, exactly and without a
 * new solution; shares on the first, by a solution of the chain with the share moved.
 */
#include "config.h"
#include "improve/tornado_i.h"
#include "analyse/executions_i.h"
#include "base/problem_i.h"
#include "flow/view_i.h"

/* Yen of one minute of work there. */
static double rate_at(const bpr_flow *flow, const struct bpr_node *node)
{
	double rate = 0;

	for (size_t i = 0; i < node->need_count; i++)
		rate += (double)node->needs[i].count * bpr_flow_pool(flow, node->needs[i].pool)->yen_per_hour / 60;
	return rate;
}

/* What one more minute of an execution adds to the metric. */
static double per_minute(const struct bpr_i_turn_model *m, const bpr_flow *flow, const struct bpr_node *node)
{
	if (m->options.metric == BPR_METRIC_COST_YEN)
		return rate_at(flow, node);
	return node->actor == BPR_ACTOR_STAFF ? 1 : 0;
}

static double per_execution(const struct bpr_i_turn_model *m, const bpr_flow *flow, const struct bpr_node *node)
{
	return bpr_dist_mean(node->work) * per_minute(m, flow, node) + (m->options.metric == BPR_METRIC_COST_YEN ? node->cost : 0);
}

double bpr_i_turn_result(const struct bpr_i_turn_model *m, double before, double after)
{
	return (before - after) * (m->options.cases > 0 ? m->options.cases : 1);
}

static double sum(const struct bpr_i_turn_model *m, const struct bpr_i_turn_side *s)
{
	double total = 0;

	for (size_t i = 0; i < bpr_flow_node_count(s->flow); i++)
		total += s->visits[i] * per_execution(m, s->flow, bpr_flow_node(s->flow, i));
	return total;
}

bpr_status bpr_i_turn_solve(struct bpr_i_turn_model *m, size_t side, struct bpr_error *err)
{
	struct bpr_i_turn_side *s = &m->side[side];
	size_t nodes = bpr_flow_node_count(s->flow), arcs = bpr_flow_arc_count(s->flow);
	bpr_status status;

	s->copy = bpr_i_arena_alloc(&m->arena, nodes + 1, sizeof(*s->copy));
	s->arcs = bpr_i_arena_alloc(&m->arena, arcs + 1, sizeof(*s->arcs));
	s->visits = bpr_i_arena_alloc(&m->arena, nodes + 1, sizeof(*s->visits));
	if (!s->copy || !s->arcs || !s->visits)
		return bpr_i_nomem(err);
	for (size_t i = 0; i < nodes; i++)
		s->copy[i] = *bpr_flow_node(s->flow, i);
	for (size_t i = 0; i < arcs; i++)
		s->arcs[i] = *bpr_flow_arc(s->flow, i);
	status = bpr_i_analyse_executions(s->flow, m->options.max_states, s->visits, &s->states, NULL);
	if (status) {
		s->states = 0;
		return status == BPR_ENOMEM ? bpr_i_nomem(err) : BPR_OK;
	}
	s->summed = sum(m, s);
	return BPR_OK;
}

/* ---- moves ---- */

static size_t where(const struct bpr_turn *turn, size_t side)
{
	return side ? turn->after : turn->before;
}

/* How a side's total changes when the rate of a pool does. */
static double rate_change(const struct bpr_i_turn_side *s, size_t pool, double yen)
{
	double change = 0;

	for (size_t i = 0; i < bpr_flow_node_count(s->flow); i++) {
		const struct bpr_node *n = bpr_flow_node(s->flow, i);

		for (size_t k = 0; k < n->need_count; k++)
			if (n->needs[k].pool == pool)
				change += s->nodes[i].visits * bpr_dist_mean(n->work) * (double)n->needs[k].count * yen / 60;
	}
	return change;
}

/* The share of one way out of a choice; the others keep their proportions. */
static void move_share(struct bpr_i_turn_side *s, size_t arc, double share)
{
	const struct bpr_node *from = bpr_flow_node(s->flow, s->arcs[arc].from);
	double was = bpr_flow_arc(s->flow, arc)->prob;

	for (size_t i = from->first_out; i < from->first_out + from->out_count; i++)
		s->arcs[i].prob = i == arc ? share : bpr_flow_arc(s->flow, i)->prob * (1 - share) / (1 - was);
}

static void put_back(struct bpr_i_turn_side *s, const struct bpr_turn *turn, size_t at)
{
	const struct bpr_node *from;

	if (turn->of != BPR_TURN_SHARE) {
		s->copy[at] = *bpr_flow_node(s->flow, at);
		return;
	}
	from = bpr_flow_node(s->flow, s->arcs[at].from);
	for (size_t i = from->first_out; i < from->first_out + from->out_count; i++)
		s->arcs[i] = *bpr_flow_arc(s->flow, i);
}

static bpr_status share_change(struct bpr_i_turn_model *m, struct bpr_i_turn_side *s, const struct bpr_turn *turn, size_t at, double to,
			       double *change, struct bpr_error *err)
{
	struct bpr_flow_change with = { .nodes = s->copy, .arcs = s->arcs };
	bpr_flow *view = NULL;
	bpr_status status;
	size_t states;

	if (turn->of == BPR_TURN_SHARE)
		move_share(s, at, to);
	else if (turn->of == BPR_TURN_LOOP)
		s->copy[at].loop_prob = to;
	else
		s->copy[at].prob = to;
	status = bpr_i_flow_view(s->flow, &with, &view, err);
	if (!status)
		status = bpr_i_analyse_executions(view, 0, s->visits, &states, err);
	bpr_i_flow_view_free(view);
	put_back(s, turn, at);
	*change = status ? 0 : sum(m, s) - s->summed;
	return status;
}

/* Result with the assumption at `to`. */
static bpr_status result_at(struct bpr_i_turn_model *m, const struct bpr_turn *turn, double to, double *out, struct bpr_error *err)
{
	double totals[BPR_I_SIDES];
	bpr_status status = BPR_OK;

	for (size_t i = 0; i < BPR_I_SIDES && !status; i++) {
		struct bpr_i_turn_side *s = &m->side[i];
		size_t at = where(turn, i);
		double change = 0;

		if (at != BPR_NONE && turn->of == BPR_TURN_WORK)
			change = s->nodes[at].visits * (to - turn->value) * per_minute(m, s->flow, bpr_flow_node(s->flow, at));
		else if (at != BPR_NONE && turn->of == BPR_TURN_RATE)
			change = rate_change(s, at, to - turn->value);
		else if (at != BPR_NONE && turn->of != BPR_TURN_CASES)
			status = share_change(m, s, turn, at, to, &change, err);
		totals[i] = s->total + change;
	}
	if (status)
		return status;
	*out = bpr_i_turn_result(m, totals[0], totals[1]);
	if (turn->of == BPR_TURN_CASES)
		*out *= to / turn->value;
	return BPR_OK;
}

bpr_status bpr_i_turn_move(struct bpr_i_turn_model *m, struct bpr_turn *turn, struct bpr_error *err)
{
	bpr_status status = result_at(m, turn, turn->low, &turn->at_low, err);

	return status ? status : result_at(m, turn, turn->high, &turn->at_high, err);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How long after a case has come it asks for a step, by the mean and without queues. What follows within the same day follows the
 * demand of that hour; what follows days later (post, approval, drying ink) has lost its hour and comes whenever people are there.
 */
#include "config.h"
#include "queueing/queueing_i.h"
#include <math.h>

#define SWEEPS 100
#define SAME_DAY 480.0 /* minutes: a working day */

static double reach(const struct bpr_i_net *net, size_t node, const double *lag)
{
	const struct bpr_node *n = bpr_flow_node(net->flow, node);
	double weight = n->kind == BPR_NODE_START ? n->prob : 0, sum = 0;
	size_t count;
	const size_t *in = bpr_flow_arcs_in(net->flow, node, &count);

	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *from = bpr_flow_node(net->flow, bpr_flow_arc(net->flow, in[i])->from);
		double passages = net->passages[in[i]];

		if (!(passages > 0))
			continue;
		weight += passages;
		sum += passages * (lag[bpr_flow_arc(net->flow, in[i])->from] + bpr_dist_mean(from->work) + bpr_dist_mean(from->wait));
	}
	if (n->host != BPR_NONE && !(weight > 0))
		return lag[n->host] + bpr_dist_mean(bpr_flow_node(net->flow, n->host)->work) +
		       bpr_dist_mean(bpr_flow_node(net->flow, n->host)->wait);
	return weight > 0 ? sum / weight : 0;
}

void bpr_i_lag_solve(struct bpr_i_net *net, double *lag)
{
	double moved = 1;

	for (size_t sweep = 0; sweep < SWEEPS && moved > 1e-3; sweep++) {
		moved = 0;
		for (size_t i = 0; i < net->node_count; i++) {
			double before = lag[i];

			if (!(net->visits[i] > 0))
				continue;
			lag[i] = reach(net, i, lag);
			moved = fmax(moved, fabs(lag[i] - before));
		}
	}
	for (size_t i = 0; i < net->node_count; i++) {
		const struct bpr_node *n = bpr_flow_node(net->flow, i);

		for (size_t k = 0; lag[i] >= SAME_DAY && k < n->need_count; k++)
			net->centers[n->needs[k].pool].late += net->visits[i] / (n->batch > 1 ? (double)n->batch : 1);
	}
}

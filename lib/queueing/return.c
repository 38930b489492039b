/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cases that come back to a pool. Two things follow from how often. When the pool falls behind, what has piled up is the work of all
 * the times that a case will still come, but it waits now only for the requests that stand before it: the pile over that
 * number. And a busy pool feels cases, not requests: its work comes in lumps of a whole case. In heavy traffic the mean wait is that
 * of a queue of whole cases, shared out over the times (M. I. Reiman, "A multiclass feedback queue in heavy traffic", Adv. Appl. Prob. 20,
 * 1988); qna.c takes the squared coefficient of variation that gives the same. For exponential times and returns by chance it is 1.
 */
#include "config.h"
#include "queueing/queueing_i.h"
#include <math.h>

#define SWEEPS 100
#define SETTLED 1e-4
#define MOST 4e6 /* nodes times pools; above, half the visits are taken to lie ahead */

/* From a node on, for one pool: requests, and mean and square of the minutes of their work. */
struct bpr_i_ahead { double requests, mean, square; };

/* Executions of one entry, and their variance. */
static double rounds(const struct bpr_node *n)
{
	double again = n->loop_prob < 1 ? 1 / (1 - n->loop_prob) : 1;

	return fmax((double)n->repeat, again);
}

static double rounds_var(const struct bpr_node *n)
{
	double r = rounds(n);

	return n->loop_prob > 0 ? r * (r - 1) : 0;
}

static bool needs(const struct bpr_node *n, size_t pool)
{
	for (size_t k = 0; k < n->need_count; k++)
		if (n->needs[k].pool == pool)
			return true;
	return false;
}

/* One way out is taken with this probability: instead of others, or beside them. */
static void branch(struct bpr_i_ahead *sum, double *var, const struct bpr_i_ahead *to, double share, bool beside)
{
	sum->requests += share * to->requests;
	if (beside)
		*var += fmax(0, share * to->square - share * share * to->mean * to->mean);
	else
		sum->square += share * to->square;
	sum->mean += share * to->mean;
}

/* Everything behind a node. */
static struct bpr_i_ahead behind(const struct bpr_i_net *net, size_t node, const struct bpr_i_ahead *ahead)
{
	const struct bpr_node *n = bpr_flow_node(net->flow, node);
	double entries = net->visits[node] / rounds(n), var = 0;
	bool beside = n->split != BPR_SPLIT_XOR && n->out_count > 1;
	struct bpr_i_ahead sum = { 0, 0, 0 };
	size_t count;
	const size_t *boundary = bpr_flow_boundary(net->flow, node, &count);

	for (size_t i = 0; i < n->out_count; i++)
		branch(&sum, &var, &ahead[bpr_flow_arc(net->flow, n->first_out + i)->to],
		       fmin(1, net->passages[n->first_out + i] / entries), beside);
	for (size_t i = 0; i < count; i++)
		branch(&sum, &var, &ahead[boundary[i]], fmin(1, net->visits[boundary[i]] / entries), beside);
	if (beside)
		sum.square = var + sum.mean * sum.mean;
	return sum;
}

/* With the node's own work in front. */
static struct bpr_i_ahead from_here(const struct bpr_i_net *net, size_t node, size_t pool, const struct bpr_i_ahead *ahead)
{
	const struct bpr_node *n = bpr_flow_node(net->flow, node);
	struct bpr_i_ahead sum = behind(net, node, ahead);
	double mean, var, service;

	if (!needs(n, pool))
		return sum;
	service = bpr_dist_mean(n->work);
	mean = rounds(n) * service;
	var = rounds(n) * bpr_dist_var(n->work) + rounds_var(n) * service * service;
	sum.square += var + mean * mean + 2 * mean * sum.mean;
	sum.mean += mean;
	sum.requests += rounds(n);
	return sum;
}

static void of_pool(const struct bpr_i_net *net, size_t pool, struct bpr_i_ahead *ahead, struct bpr_i_center *c)
{
	struct bpr_i_ahead whole = { 0, 0, 0 };
	double moved = 1, sum = 0, visits = 0;

	for (size_t i = 0; i < net->node_count; i++)
		ahead[i] = whole;
	for (size_t sweep = 0; sweep < SWEEPS && moved > SETTLED; sweep++) {
		moved = 0;
		for (size_t i = net->node_count; i-- > 0;) {
			double before = ahead[i].square;

			if (!(net->visits[i] > 0))
				continue;
			ahead[i] = from_here(net, i, pool, ahead);
			moved = fmax(moved, fabs(ahead[i].square - before) / (1e-12 + ahead[i].square));
		}
	}
	for (size_t i = 0; i < net->node_count; i++) {
		const struct bpr_node *n = bpr_flow_node(net->flow, i);

		if (n->kind == BPR_NODE_START) {
			whole.mean += n->prob * ahead[i].mean;
			whole.square += n->prob * ahead[i].square;
		}
		if (!(net->visits[i] > 0) || !needs(n, pool))
			continue;
		visits += net->visits[i];
		sum += net->visits[i] * (ahead[i].requests - rounds(n) + (rounds(n) + 1) / 2);
	}
	c->ahead = visits > 0 ? fmax(1, sum / visits) : 1;
	if (whole.mean > 0)
		c->whole_scv = fmax(0, whole.square / (whole.mean * whole.mean) - 1);
}

bool bpr_i_return_solve(struct bpr_i_net *net)
{
	bool small = (double)net->node_count * (double)net->pool_count <= MOST;
	struct bpr_i_ahead *scratch = bpr_i_calloc(net->node_count, sizeof(*scratch));

	for (size_t p = 0; scratch && p < net->pool_count; p++) {
		struct bpr_i_center *c = &net->centers[p];

		c->ahead = fmax(1, (c->visits + 1) / 2);
		c->whole_scv = 1;
		if (c->people && c->visits > 0 && small && c->reasons)
			of_pool(net, p, scratch, c);
	}
	bpr_i_free(scratch);
	return scratch != NULL;
}

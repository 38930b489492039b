/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A flow as an open network whose stations are its pools. The traffic equations are solved already: visits of nodes. Steps of a pool
 * make one queue; its service time is their mixture. Several people at once make a pool a station of teams; of teams of mixed size
 * there are as many as the mean size leaves, in fractions.
 */
#include "config.h"
#include "queueing/queueing_i.h"
#include <math.h>

#define SAME 1e-12

bool bpr_i_is_exponential(const struct bpr_dist *dist)
{
	if (!dist)
		return false;
	switch (dist->kind) {
	case BPR_DIST_EXP:
		return dist->a > 0;
	case BPR_DIST_ERLANG:
	case BPR_DIST_WEIBULL:
		return dist->a <= 1 && dist->a >= 1;
	case BPR_DIST_GAMMA:
		return dist->a > 0 && dist->a <= dist->b && dist->a >= dist->b;
	case BPR_DIST_CONSTANT:
	case BPR_DIST_UNIF:
	case BPR_DIST_TRI:
	case BPR_DIST_NORM:
	case BPR_DIST_LOGNORM:
	case BPR_DIST_PERT:
	case BPR_DIST_EMP:
	default:
		return false;
	}
}

bool bpr_i_need_counts(const struct bpr_i_net *net, const struct bpr_need *need)
{
	return net->centers[need->pool].people > 0;
}

double bpr_i_center_teams(const struct bpr_i_center *c, double people)
{
	if (!(c->team > 1))
		return people;
	return c->uniform ? floor(people / c->team + 1e-9) : people / c->team;
}

bool bpr_i_center_wait(const struct bpr_i_center *c, double people, double rate, double *wait)
{
	struct bpr_i_queue q = { bpr_i_center_teams(c, people), rate * c->visits, c->arrivals_scv, c->service, c->service_scv };

	*wait = 0;
	if (!(q.arrivals * q.service > 0))
		return true;
	if (!(q.arrivals * q.service < q.servers))
		return false;
	if (!(c->arrivals_scv <= 1 && c->arrivals_scv >= 1))
		*wait = bpr_i_gigc_wait(&q);
	else
		*wait = c->exponential ? bpr_i_mmc_wait(&q) : bpr_i_mgc_wait(&q);
	return isfinite(*wait);
}

double bpr_i_center_wait_prob(const struct bpr_i_center *c, double people, double rate)
{
	struct bpr_i_queue q = { bpr_i_center_teams(c, people), rate * c->visits, c->arrivals_scv, c->service, c->service_scv };

	if (!(q.arrivals * q.service > 0))
		return 0;
	return q.arrivals * q.service < q.servers ? bpr_i_gigc_wait_prob(&q) : 1;
}

/* One need of one node into the pool's sums. */
static void add_need(struct bpr_i_center *c, const struct bpr_node *n, double visits, double people)
{
	/* A full batch is one request, for the work of all that are in it. */
	double batch = n->batch > 1 ? (double)n->batch : 1, requests = visits / batch;
	double mean = batch * bpr_dist_mean(n->work), var = batch * bpr_dist_var(n->work);

	if (!(c->visits > 0)) {
		c->team = people;
		c->service = mean;
		c->exponential = true;
	}
	c->uniform = c->uniform && people <= c->team && people >= c->team;
	c->alike = c->alike && fabs(mean - c->service) <= SAME * c->service;
	c->exponential = c->exponential && c->alike && !(batch > 1) && bpr_i_is_exponential(n->work);
	c->visits += requests;
	c->work += requests * mean * people;
	c->minutes += requests * mean;
	c->square += requests * (var + mean * mean);
}

/* Sums into means. */
static void finish_center(struct bpr_i_center *c)
{
	if (!(c->visits > 0))
		return;
	if (!c->alike)
		c->service = c->minutes / c->visits;
	if (!c->uniform && c->minutes > 0)
		c->team = c->work / c->minutes;
	if (c->service > 0)
		c->service_scv = c->exponential ? 1 : fmax(0, c->square / c->visits / (c->service * c->service) - 1);
}

void bpr_i_network_gather(struct bpr_i_net *net)
{
	for (size_t p = 0; p < net->pool_count; p++) {
		struct bpr_i_center *c = &net->centers[p];

		c->people = bpr_flow_pool(net->flow, p)->count;
		c->alike = c->uniform = true;
		c->arrivals_scv = c->concentration = 1;
	}
	for (size_t i = 0; i < net->node_count; i++) {
		const struct bpr_node *n = bpr_flow_node(net->flow, i);

		for (size_t k = 0; net->visits[i] > 0 && k < n->need_count; k++)
			add_need(&net->centers[n->needs[k].pool], n, net->visits[i], (double)n->needs[k].count);
	}
	for (size_t p = 0; p < net->pool_count; p++)
		finish_center(&net->centers[p]);
}

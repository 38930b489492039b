/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A flow as an open network whose stations are its pools. The traffic equations are solved already: visits of nodes. Steps of a pool
 * make one queue; its service time is their mixture. Several people at once make a pool a station of teams; of teams of mixed size
 * there are as many as the mean size leaves, in fractions.
 */
#include "config.h"
#include "base/options_i.h"
#include "base/problem_i.h"
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
	double mean = bpr_dist_mean(n->work);
	double requests = visits / (n->batch > 1 ? (double)n->batch : 1);

	if (!(c->visits > 0)) {
		c->team = people;
		c->service = mean;
		c->exponential = true;
	}
	c->uniform = c->uniform && people <= c->team && people >= c->team;
	c->alike = c->alike && fabs(mean - c->service) <= SAME * c->service;
	c->exponential = c->exponential && c->alike && bpr_i_is_exponential(n->work);
	c->visits += requests;
	c->work += requests * mean * people;
	c->minutes += requests * mean;
	c->square += requests * (bpr_dist_var(n->work) + mean * mean);
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

static void gather(struct bpr_i_net *net)
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

/* ---- demand ---- */

/* Cases a minute while the office is open, and how irregularly they come. */
static void demand(struct bpr_i_net *net)
{
	const struct bpr_demand *d = bpr_flow_demand(net->flow);
	double open = d->open_to > d->open_from ? d->open_to - d->open_from : 1440;
	double between = bpr_dist_mean(d->arrivals), people = d->group ? bpr_dist_mean(d->group) : 1;

	net->poisson = !d->group && !d->time_count && !d->windows.rule_count && (!d->arrivals || bpr_i_is_exponential(d->arrivals));
	net->rate_scv = 1;
	net->hours = d->open.rule_count || d->profile.rule_count || d->weekdays.rule_count || d->windows.rule_count || d->time_count ||
		     d->open_to > d->open_from;
	if (d->arrivals && between > 0) {
		net->rate = people / between;
		net->rate_scv = bpr_dist_var(d->arrivals) / (between * between);
	} else if (d->per_day_given) {
		net->rate = d->per_day * people / open;
	} else if (d->per_year_given && d->open_days > 0) {
		net->rate = d->per_year * people / d->open_days / open;
	}
	if (d->group && people > 0)
		net->rate_scv = people * net->rate_scv + bpr_dist_var(d->group) / people;
}

/* ---- results ---- */

static void solve_pool(struct bpr_i_net *net, size_t p)
{
	const struct bpr_i_center *c = &net->centers[p];
	struct bpr_queue_pool *r = &net->out->pools[p];
	double people = (double)c->people, more;

	r->known = c->people > 0 && net->rate > 0;
	if (!r->known)
		return;
	net->out->known = true;
	r->reasons = c->reasons;
	r->method = r->reasons ? BPR_QUEUE_APPROXIMATE : BPR_QUEUE_EXACT;
	r->arrivals_per_minute = net->rate * c->visits;
	r->service_minutes = c->service;
	r->service_scv = c->service_scv;
	r->arrivals_scv = c->arrivals_scv;
	r->servers = people;
	r->utilisation = r->peak_utilisation = net->rate * c->work / people;
	r->stable = bpr_i_center_wait(c, people, net->rate, &r->wait);
	r->peak_wait = r->wait;
	r->wait_prob = bpr_i_center_wait_prob(c, people, net->rate);
	r->queue = r->arrivals_per_minute * r->wait;
	if (!r->stable)
		return;
	r->wait_above = r->wait_prob > 0 && r->wait > 0 ? r->wait_prob * exp(-net->options->wait_limit * r->wait_prob / r->wait) : 0;
	if (bpr_i_center_wait(c, people + 1, net->rate, &more))
		r->wait_per_more = fmin(0, c->visits * (more - r->wait));
	r->cycle_per_work = 0.01 * (c->minutes + c->visits * c->service * bpr_i_center_slope(c, people, net->rate));
}

/* Waits of the steps, and of a case. */
static void sum_up(struct bpr_i_net *net)
{
	struct bpr_queueing *q = net->out;
	double lead = 0;

	q->wait_known = q->known;
	q->method = q->known ? BPR_QUEUE_EXACT : BPR_QUEUE_NONE;
	for (size_t i = 0; i < net->node_count; i++) {
		const struct bpr_node *n = bpr_flow_node(net->flow, i);

		if (!(net->visits[i] > 0))
			continue;
		lead += net->visits[i] * (bpr_dist_mean(n->work) + bpr_dist_mean(n->wait));
		for (size_t k = 0; k < n->need_count; k++) {
			const struct bpr_queue_pool *r = &q->pools[n->needs[k].pool];

			if (!r->known)
				continue;
			q->nodes[i].known = r->stable && (!k || q->nodes[i].known);
			q->nodes[i].wait += r->wait;
			q->wait_known = q->wait_known && r->stable;
			q->method = r->method == BPR_QUEUE_APPROXIMATE ? BPR_QUEUE_APPROXIMATE : q->method;
		}
		q->nodes[i].wait_per_case = net->visits[i] * q->nodes[i].wait;
		q->wait += q->nodes[i].wait_per_case;
	}
	q->cycle_known = !net->parallel && (!q->known || q->wait_known);
	q->cycle = lead + q->wait;
	q->in_process_known = q->cycle_known && net->rate > 0;
	q->in_process = net->rate * q->cycle;
	if (!q->wait_known)
		q->method = BPR_QUEUE_NONE;
}

static bool allocate(struct bpr_i_net *net)
{
	struct bpr_queueing *q = net->out = bpr_i_calloc(1, sizeof(*net->out));

	if (!q)
		return false;
	q->hash = bpr_flow_hash(net->flow);
	q->node_count = net->node_count;
	q->pool_count = net->pool_count;
	q->pools = bpr_i_arena_alloc(&q->arena, net->pool_count, sizeof(*q->pools));
	q->nodes = bpr_i_arena_alloc(&q->arena, net->node_count, sizeof(*q->nodes));
	net->centers = bpr_i_calloc(net->pool_count, sizeof(*net->centers));
	net->nodes = bpr_i_calloc(net->node_count, sizeof(*net->nodes));
	return q->pools && q->nodes && net->centers && net->nodes;
}

static bool in_range(const bpr_flow *flow, const double *visits, const double *passages)
{
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++)
		if (!(visits[i] >= 0) || !isfinite(visits[i]))
			return false;
	for (size_t i = 0; i < bpr_flow_arc_count(flow); i++)
		if (!(passages[i] >= 0) || !isfinite(passages[i]))
			return false;
	return true;
}

bpr_status bpr_queueing_solve(const bpr_flow *flow, const double *visits, const double *passages,
			      const struct bpr_queue_options *options, bpr_queueing **out, bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_queue_options mine = BPR_QUEUE_OPTIONS_INIT;
	struct bpr_i_net net = { .flow = flow, .visits = visits, .passages = passages, .options = &mine,
				 .node_count = bpr_flow_node_count(flow), .pool_count = bpr_flow_pool_count(flow) };
	bpr_status status = BPR_OK;

	*out = NULL;
	(void)problems;
	if (!bpr_i_options(&mine, options) || !in_range(flow, visits, passages) || mine.days < 1 || mine.days > 366 || !(mine.wait_limit >= 0))
		return BPR_EINVAL;
	if (!allocate(&net)) {
		status = bpr_i_nomem(err);
		goto end;
	}
	gather(&net);
	demand(&net);
	bpr_i_product_reasons(&net);
	bpr_i_qna_solve(&net);
	for (size_t p = 0; p < net.pool_count; p++)
		solve_pool(&net, p);
	sum_up(&net);
	*out = net.out;
	net.out = NULL;
end:
	bpr_queueing_free(net.out);
	bpr_i_free(net.centers);
	bpr_i_free(net.nodes);
	return status;
}

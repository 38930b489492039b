/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A flow solved as an open network of its pools, from the demand to the cases in the office. */
#include "config.h"
#include "base/options_i.h"
#include "base/problem_i.h"
#include "queueing/hours_i.h"
#include <math.h>

#define SAME_DAY 480.0 /* minutes: cases that take longer are under way at night too */

/* Mean people on duty by the minutes in which cases come, so that load over servers is the utilisation. */
static void find_servers(struct bpr_i_net *net)
{
	const struct bpr_i_timeline *t = net->days;

	for (size_t p = 0; p < net->pool_count; p++) {
		double duty = 0;

		for (size_t i = 0; i < t->count; i++)
			duty += bpr_i_timeline_people(t, i, p) * (t->at[i].to - t->at[i].from);
		net->centers[p].servers = t->taking > 0 ? duty / t->taking : 0;
	}
}

/* Cases that would fill a pool on an ordinary working day. */
static void find_capacity(struct bpr_i_net *net, const bpr_calendar *calendar)
{
	const struct bpr_i_timeline *t = net->days;
	double days = 0;

	for (long day = 0; day < net->options->days; day++)
		days += bpr_calendar_works(calendar, day);
	for (size_t p = 0; p < net->pool_count; p++) {
		const struct bpr_i_center *c = &net->centers[p];

		if (net->out->pools[p].known && c->work > 0 && days > 0)
			net->out->pools[p].capacity_per_day = c->servers * t->taking / days / c->work;
	}
}

/* Waits of the steps, and of a case. */
static double sum_waits(struct bpr_i_net *net)
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
	if (!q->wait_known)
		q->method = BPR_QUEUE_NONE;
	return lead;
}

/* Little's law: number = rate x time. While the office is open where a case is done the same day, else around the clock. */
static void little(struct bpr_i_net *net, double lead)
{
	struct bpr_queueing *q = net->out;

	q->cycle_known = !net->parallel && (!q->known || q->wait_known);
	q->cycle = lead + q->wait;
	q->by_clock = (net->hours || !net->hours_known) && q->cycle > SAME_DAY;
	q->in_process_known = q->cycle_known && net->rate > 0 && (net->hours_known || q->by_clock);
	q->in_process = (q->by_clock ? net->days->cases / ((double)net->options->days * 1440) : net->rate) * q->cycle;
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

/* Everything, in the order in which one thing needs the other. */
static bpr_status solve(struct bpr_i_net *net, const bpr_calendar *calendar, struct bpr_i_timeline *days, bpr_problems *problems)
{
	struct bpr_i_moment *scratch;
	double *lag;
	bool ok;

	if (bpr_i_timeline_new(net->flow, calendar, net->options->days, days) != BPR_OK || !allocate(net))
		return BPR_ENOMEM;
	net->days = days;
	bpr_i_demand(net);
	bpr_i_network_gather(net);
	find_servers(net);
	if (!bpr_i_product_reasons(net) || !bpr_i_return_solve(net))
		return BPR_ENOMEM;
	bpr_i_qna_solve(net);
	scratch = bpr_i_calloc(days->count, sizeof(*scratch));
	lag = bpr_i_calloc(net->node_count, sizeof(*lag));
	ok = scratch && lag && bpr_i_downstream(net);
	if (ok && net->hours)
		bpr_i_lag_solve(net, lag);
	ok = ok && bpr_i_hours_solve(net, scratch);
	bpr_i_free(scratch);
	bpr_i_free(lag);
	if (!ok)
		return BPR_ENOMEM;
	find_capacity(net, calendar);
	little(net, sum_waits(net));
	return bpr_i_queue_warn(net, calendar, problems) ? BPR_OK : BPR_ENOMEM;
}

bpr_status bpr_queueing_solve(const bpr_flow *flow, const double *visits, const double *passages,
			      const struct bpr_queue_options *options, bpr_queueing **out, bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_queue_options mine = BPR_QUEUE_OPTIONS_INIT;
	struct bpr_i_net net = { .flow = flow, .visits = visits, .passages = passages, .options = &mine,
				 .node_count = bpr_flow_node_count(flow), .pool_count = bpr_flow_pool_count(flow) };
	struct bpr_i_timeline days = { 0 };
	bpr_calendar *calendar = NULL;
	bpr_status status;

	*out = NULL;
	if (!bpr_i_options(&mine, options) || !in_range(flow, visits, passages) || mine.days < 1 || mine.days > 366 || !(mine.wait_limit >= 0))
		return BPR_EINVAL;
	status = bpr_calendar_new(flow, mine.calendar, &calendar, err);
	if (status != BPR_OK)
		return status;
	status = solve(&net, calendar, &days, problems);
	if (status == BPR_OK) {
		*out = net.out;
		net.out = NULL;
	} else {
		status = bpr_i_nomem(err);
	}
	bpr_queueing_free(net.out);
	bpr_i_free(net.centers);
	bpr_i_free(net.nodes);
	bpr_i_timeline_release(&days);
	bpr_calendar_free(calendar);
	return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where decomposition is known to fail: S. Suresh & W. Whitt, "The heavy-traffic bottleneck phenomenon in open queueing networks", Oper.
 * Res. Lett. 9(6), 1990; W. Whitt & W. You, "A robust queueing network analyzer based on indices of dispersion" (2018): cases that come very
 * irregularly (or very regularly), a line of pools with time to spare, then a busy one. The pools in between seem to smooth the
 * stream; over the long times that a busy pool feels, they do not.
 */
#include "config.h"
#include "queueing/queueing_i.h"
#include <math.h>

#define LINE 2          /* pools in between, at least */
#define IRREGULAR 0.5   /* |scv - 1| of what comes */
#define BUSY 0.75
#define SPARE 0.1       /* less busy than the last one */

/* Pools between a source of irregularity and a node, on the shortest way, and the busiest of them. */
struct way { size_t pools; double busiest; };

static double load(const struct bpr_i_net *net, const struct bpr_i_center *c)
{
	return c->servers > 0 ? net->rate * c->work / c->servers : 0;
}

/* The way behind a node. */
static struct way behind(const struct bpr_i_net *net, const struct way *to, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(net->flow, node);
	struct way w = to[node];

	if (n->batch > 1)
		return (struct way){ 0, 0 };
	for (size_t k = 0; k < n->need_count && w.pools < BPR_NONE; k++)
		if (bpr_i_need_counts(net, &n->needs[k])) {
			w.pools += !k;
			w.busiest = fmax(w.busiest, load(net, &net->centers[n->needs[k].pool]));
		}
	return w;
}

static void shorten(struct bpr_i_agenda *agenda, struct way *to, size_t node, struct way w)
{
	if (w.pools >= to[node].pools)
		return;
	to[node] = w;
	bpr_i_agenda_add(agenda, node);
}

static void walk(const struct bpr_i_net *net, struct bpr_i_agenda *agenda, struct way *to)
{
	for (size_t i; (i = bpr_i_agenda_next(agenda)) != BPR_NONE;) {
		const struct bpr_node *n = bpr_flow_node(net->flow, i);
		struct way w = behind(net, to, i);
		size_t count;
		const size_t *boundary = bpr_flow_boundary(net->flow, i, &count);

		for (size_t k = 0; k < n->out_count && w.pools < BPR_NONE; k++)
			if (net->passages[n->first_out + k] > 0)
				shorten(agenda, to, bpr_flow_arc(net->flow, n->first_out + k)->to, w);
		for (size_t k = 0; k < count && w.pools < BPR_NONE; k++)
			shorten(agenda, to, boundary[k], w);
	}
}

bool bpr_i_downstream(struct bpr_i_net *net)
{
	bool irregular = fabs(net->rate_scv - 1) >= IRREGULAR;
	struct way *to = bpr_i_calloc(net->node_count, sizeof(*to));
	struct bpr_i_agenda agenda;

	if (!to || !bpr_i_agenda_new(&agenda, net->node_count)) {
		bpr_i_free(to);
		return false;
	}
	for (size_t i = 0; i < net->node_count; i++) {
		const struct bpr_node *n = bpr_flow_node(net->flow, i);

		to[i].pools = irregular && n->kind == BPR_NODE_START ? 0 : BPR_NONE;
		if (net->visits[i] > 0 && (!to[i].pools || n->batch > 1))
			bpr_i_agenda_add(&agenda, i);
	}
	walk(net, &agenda, to);
	bpr_i_agenda_free(&agenda);
	for (size_t i = 0; i < net->node_count; i++) {
		const struct bpr_node *n = bpr_flow_node(net->flow, i);

		for (size_t k = 0; net->visits[i] > 0 && to[i].pools < BPR_NONE && k < n->need_count; k++) {
			struct bpr_i_center *c = &net->centers[n->needs[k].pool];
			double busy = load(net, c);

			if (bpr_i_need_counts(net, &n->needs[k]) && c->reasons && to[i].pools >= LINE && busy >= BUSY &&
			    to[i].busiest <= busy - SPARE)
				c->reasons |= BPR_REASON_DOWNSTREAM;
		}
	}
	bpr_i_free(to);
	return true;
}

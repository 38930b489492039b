/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two-moment decomposition: W. Whitt, "The Queueing Network Analyzer", Bell System Technical Journal 62(9), 1983. The squared coefficients
 * of variation of what flows through the network solve linear equations: superposition (his section 4.3, with the weight of Albin
 * and Whitt), splitting by chance (4.4), departures of a station (4.5). Written down for the nodes of the flow, whose arcs are its
 * streams, and swept in their order until nothing moves. A step without a counted pool lets a stream pass as it is. Exact pools keep 1.
 */
#include "config.h"
#include "queueing/queueing_i.h"
#include <math.h>

#define SWEEPS 200
#define SETTLED 1e-10

/* Of a station with these servers: (38) there. */
static double departures(const struct bpr_i_center *c, double people, double rate)
{
	double teams = bpr_i_center_teams(c, people);
	double rho = teams > 0 ? fmin(1, rate * c->visits * c->service / teams) : 1;

	return 1 + (1 - rho * rho) * (c->arrivals_scv - 1) + rho * rho / sqrt(fmax(1, teams)) * (fmax(c->service_scv, 0.2) - 1);
}

/* A stream thinned by chance. */
static double thinned(double scv, double share)
{
	return share < 1 ? share * scv + 1 - share : scv;
}

struct sum { double weight, scv, concentration; };

static void add(struct sum *s, double weight, double scv, double concentration)
{
	s->weight += weight;
	s->scv += weight * scv;
	s->concentration += weight * weight * concentration;
}

/* Streams into a node become one. */
static void merge(struct bpr_i_net *net, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(net->flow, node);
	struct bpr_i_passage *to = &net->nodes[node];
	struct sum s = { 0, 0, 0 };
	size_t count;
	const size_t *in = bpr_flow_arcs_in(net->flow, node, &count);

	for (size_t i = 0; i < count; i++) {
		const struct bpr_i_passage *from = &net->nodes[bpr_flow_arc(net->flow, in[i])->from];
		double passages = net->passages[in[i]];

		if (passages > 0 && from->visits > 0)
			add(&s, passages, thinned(from->scv_out, passages / from->visits), from->concentration);
	}
	if (n->kind == BPR_NODE_START && n->prob > 0)
		add(&s, n->prob, thinned(net->rate_scv, n->prob), 1);
	if (n->host != BPR_NONE)
		add(&s, to->visits, thinned(net->nodes[n->host].scv_out, n->prob), net->nodes[n->host].concentration);
	if (s.weight > 0 && to->visits > s.weight * (1 + 1e-9)) /* executed again */
		add(&s, to->visits - s.weight, thinned(to->scv_out, (to->visits - s.weight) / to->visits), to->concentration);
	to->scv_in = s.weight > 0 ? s.scv / s.weight : 1;
	to->concentration = s.weight > 0 ? s.concentration / (s.weight * s.weight) : 1;
}

/*
 * A pool to which cases come back: between what its requests look like and, as it gets busy, what whole cases are (return.c). The
 * weight is that of superposition, with a stream for each time that a case comes.
 */
static double with_returns(const struct bpr_i_net *net, const struct bpr_i_center *c, double rho, double scv)
{
	double times = fmax(1, c->visits), weight = 1 / (1 + 4 * (1 - rho) * (1 - rho) * (times - 1));
	double whole = fmax(0, times / c->ahead * (net->rate_scv + c->whole_scv) - c->service_scv);

	return times > 1 + 1e-9 ? weight * whole + (1 - weight) * scv : scv;
}

/* What comes to the pools, from all nodes. */
static void gather(struct bpr_i_net *net)
{
	for (size_t p = 0; p < net->pool_count; p++)
		net->centers[p].arrivals_scv = net->centers[p].concentration = 0;
	for (size_t i = 0; i < net->node_count; i++) {
		const struct bpr_node *n = bpr_flow_node(net->flow, i);

		for (size_t k = 0; net->visits[i] > 0 && k < n->need_count; k++) {
			struct bpr_i_center *c = &net->centers[n->needs[k].pool];
			double share = c->visits > 0 ? net->visits[i] / c->visits : 0;

			c->arrivals_scv += share * net->nodes[i].scv_in;
			c->concentration += share * share * net->nodes[i].concentration;
		}
	}
	for (size_t p = 0; p < net->pool_count; p++) {
		struct bpr_i_center *c = &net->centers[p];
		double teams = bpr_i_center_teams(c, c->servers);
		double rho = teams > 0 ? fmin(1, net->rate * c->visits * c->service / teams) : 1;
		double streams = c->concentration > 0 ? fmax(1, 1 / c->concentration) : 1;
		double weight = 1 / (1 + 4 * (1 - rho) * (1 - rho) * (streams - 1));

		c->arrivals_scv = c->reasons & ~(unsigned)BPR_REASON_HOURS && c->visits > 0
			? with_returns(net, c, rho, weight * c->arrivals_scv + 1 - weight) : 1;
	}
}

/* Through the pool of a node, or past it. */
static double pass(struct bpr_i_net *net, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(net->flow, node);
	struct bpr_i_passage *at = &net->nodes[node];
	double out = at->scv_in;

	for (size_t k = 0; k < n->need_count; k++) {
		const struct bpr_i_center *c = &net->centers[n->needs[k].pool];
		double through;

		if (!bpr_i_need_counts(net, &n->needs[k]) || !(c->visits > 0))
			continue;
		through = c->reasons & ~(unsigned)BPR_REASON_HOURS ? departures(c, c->servers, net->rate) : 1;
		out = thinned(through, fmin(1, at->visits / c->visits));
		at->concentration = 1;
		break;
	}
	return out;
}

void bpr_i_qna_solve(struct bpr_i_net *net)
{
	double moved = 1;

	for (size_t i = 0; i < net->node_count; i++) {
		net->nodes[i].visits = net->visits[i];
		net->nodes[i].scv_in = net->nodes[i].scv_out = net->nodes[i].concentration = 1;
	}
	for (size_t sweep = 0; sweep < SWEEPS && moved > SETTLED; sweep++) {
		moved = 0;
		for (size_t i = 0; i < net->node_count; i++) {
			double before = net->nodes[i].scv_out;

			if (!(net->visits[i] > 0))
				continue;
			merge(net, i);
			net->nodes[i].scv_out = fmax(0, pass(net, i));
			moved = fmax(moved, fabs(net->nodes[i].scv_out - before));
		}
		gather(net);
	}
}

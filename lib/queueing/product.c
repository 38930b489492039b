/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a pool of the flow is exactly a station of an open network of product form (J. R. Jackson, "Networks of waiting lines", Oper.
 * Res. 5, 1957; F. Baskett, K. M. Chandy, R. R. Muntz & F. G. Palacios, "Open, closed, and mixed networks of queues with different
 * classes of customers", J. ACM 22(2), 1975; F. P. Kelly, "Networks of queues with customers of different types", J. Appl. Prob. 12,
 * 1975), and what fails where it is not. Cases of a flow are one Poisson stream; a step without a counted pool is a server for each
 * case, with any distribution. A pool keeps the form when it serves first come, first served with one exponential distribution;
 * ways that depend on the past (loops with a count) are classes, and do not matter.
 *
 * What comes out of such a part on ways that never lead back is Poisson (B. Melamed, "Characterizations of Poisson traffic streams
 * in Jackson queueing networks", Adv. Appl. Prob. 11, 1979). So what fails somewhere is carried along the arcs to everything behind
 * it, and a pool that nothing has reached is exact, whatever comes after it; so is one person who serves Poisson arrivals by any
 * distribution and never sees a case again (Pollaczek-Khinchine).
 */
#include "config.h"
#include "queueing/queueing_i.h"
#include <math.h>
#include <string.h>

static bool splits(const struct bpr_i_net *net, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(net->flow, node);
	size_t taken = 0;

	if (n->split == BPR_SPLIT_XOR)
		return false;
	for (size_t i = 0; i < n->out_count; i++)
		taken += net->passages[n->first_out + i] > 0;
	return taken > 1;
}

/* A timer that fires when its host takes long, with no probability written: only simulation knows how often. */
static bool timed_out(const struct bpr_i_net *net, size_t node)
{
	size_t count;
	const size_t *boundary = bpr_flow_boundary(net->flow, node, &count);

	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *b = bpr_flow_node(net->flow, boundary[i]);

		if (b->trigger && !strcmp(b->trigger, "timer") && b->wait && !(b->prob > 0))
			return true;
	}
	return false;
}

/* What a node does to the tokens that pass it. */
static unsigned own_reasons(const struct bpr_i_net *net, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(net->flow, node);
	unsigned reasons = 0;

	if (splits(net, node) || (n->repeat > 1 && n->repeat_parallel) || (n->host != BPR_NONE && !n->interrupting))
		reasons |= BPR_REASON_PARALLEL;
	if (n->scope != BPR_NONE && n->silent) {
		const struct bpr_scope *scope = bpr_flow_scope(net->flow, n->scope);

		if (scope->entry == node && scope->repeat > 1 && scope->repeat_parallel)
			reasons |= BPR_REASON_PARALLEL;
	}
	if (n->batch > 1)
		reasons |= BPR_REASON_BATCH;
	if (timed_out(net, node))
		reasons |= BPR_REASON_ROUTING;
	if (n->counter != BPR_NONE && bpr_flow_counter(net->flow, n->counter)->open.rule_count)
		reasons |= BPR_REASON_HOURS;
	if (n->counter != BPR_NONE && (bpr_flow_counter(net->flow, n->counter)->seats || n->patience))
		reasons |= BPR_REASON_LEAVING;
	return reasons | (n->patience ? (unsigned)BPR_REASON_LEAVING : 0);
}

/* What fails at the pool of a need by this node alone. */
static unsigned need_reasons(const struct bpr_i_net *net, const struct bpr_node *n, const struct bpr_i_center *c)
{
	unsigned reasons = n->need_count > 1 || !c->uniform ? BPR_REASON_TOGETHER : 0;

	if (!bpr_i_is_exponential(n->work))
		reasons |= BPR_REASON_SERVICE;
	(void)net;
	return reasons;
}

static void pool_reasons(struct bpr_i_net *net)
{
	for (size_t p = 0; p < net->pool_count; p++) {
		const struct bpr_pool *pool = bpr_flow_pool(net->flow, p);
		struct bpr_i_center *c = &net->centers[p];

		if (c->visits > 0 && !c->alike)
			c->reasons |= BPR_REASON_CLASSES;
		if (pool->discipline != BPR_DISCIPLINE_FIFO)
			c->reasons |= BPR_REASON_DISCIPLINE;
		for (size_t s = 0; s < pool->shift_count; s++)
			for (size_t i = 0; i < pool->shifts[s].also_count; i++) {
				c->reasons |= BPR_REASON_SKILLS;
				net->centers[pool->shifts[s].also[i]].reasons |= BPR_REASON_SKILLS;
			}
	}
}

/* What a token carries on from the pool: its output is no Poisson process where it is not of product form. */
static unsigned leaving(const struct bpr_i_center *c)
{
	unsigned carried = c->arriving & (BPR_REASON_PARALLEL | BPR_REASON_ARRIVALS);

	return carried | (c->reasons ? (unsigned)BPR_REASON_ARRIVALS : 0);
}

/* The work of carrying reasons on; pools know which nodes ask for them. */
struct carrier { struct bpr_i_net *net; struct bpr_i_agenda agenda; size_t *next, *first; /* nodes of a pool, chained */ };

/* What comes to a node; if that is news it is looked at again. */
static void take(struct carrier *c, size_t node, unsigned more)
{
	unsigned before = c->net->nodes[node].reasons;

	c->net->nodes[node].reasons |= more;
	if (c->net->nodes[node].reasons != before)
		bpr_i_agenda_add(&c->agenda, node);
}

/* What a node brings to its pools; if that is news to a pool, all its nodes carry it. */
static unsigned through_pools(struct carrier *c, size_t node, unsigned arriving)
{
	const struct bpr_node *n = bpr_flow_node(c->net->flow, node);
	unsigned carried = 0;

	for (size_t i = 0; i < n->need_count; i++) {
		size_t pool = n->needs[i].pool;
		struct bpr_i_center *center = &c->net->centers[pool];
		unsigned before = center->arriving;

		if (!bpr_i_need_counts(c->net, &n->needs[i]))
			continue;
		center->arriving |= arriving;
		for (size_t k = c->first[pool]; center->arriving != before && k; k = c->next[k - 1])
			bpr_i_agenda_add(&c->agenda, k - 1);
		carried |= leaving(center);
	}
	return carried;
}

/* Hands on what a node's tokens carry. */
static void hand_on(struct carrier *c, size_t node)
{
	const struct bpr_i_net *net = c->net;
	const struct bpr_node *n = bpr_flow_node(net->flow, node);
	unsigned own = own_reasons(net, node), side = own & BPR_REASON_PARALLEL;
	unsigned carried = net->nodes[node].reasons | side | (own & ~side ? (unsigned)BPR_REASON_ARRIVALS : 0);
	size_t count;
	const size_t *boundary = bpr_flow_boundary(net->flow, node, &count);

	carried |= through_pools(c, node, net->nodes[node].reasons | side);
	for (size_t i = 0; i < n->out_count; i++)
		if (net->passages[n->first_out + i] > 0)
			take(c, bpr_flow_arc(net->flow, n->first_out + i)->to, carried);
	for (size_t i = 0; i < count; i++)
		if (net->visits[boundary[i]] > 0)
			take(c, boundary[i], carried);
	if (n->repeat > 1 || n->loop_prob > 0)
		take(c, node, carried);
	/* A round of a sub-process leads from its edge back to its entry. */
	if (n->silent && n->scope != BPR_NONE && bpr_flow_scope(net->flow, n->scope)->exit == node &&
	    bpr_flow_scope(net->flow, n->scope)->repeat > 1)
		take(c, bpr_flow_scope(net->flow, n->scope)->entry, carried);
}

static bool carry(struct bpr_i_net *net)
{
	struct carrier c = { .net = net };
	bool ok;

	c.next = bpr_i_calloc(net->node_count, sizeof(*c.next));
	c.first = bpr_i_calloc(net->pool_count, sizeof(*c.first));
	ok = bpr_i_agenda_new(&c.agenda, net->node_count) && c.next && c.first;
	for (size_t i = 0; ok && i < net->node_count; i++) {
		const struct bpr_node *n = bpr_flow_node(net->flow, i);

		if (!(net->visits[i] > 0))
			continue;
		bpr_i_agenda_add(&c.agenda, i);
		if (n->need_count) { /* a node of several pools is chained at one: it looks at all of them itself */
			c.next[i] = c.first[n->needs[0].pool];
			c.first[n->needs[0].pool] = i + 1;
		}
	}
	for (size_t node = 0; ok && (node = bpr_i_agenda_next(&c.agenda)) != BPR_NONE;)
		hand_on(&c, node);
	bpr_i_agenda_free(&c.agenda);
	bpr_i_free(c.next);
	bpr_i_free(c.first);
	return ok;
}

/* One person, Poisson arrivals, every request alone, never again: exact by any distribution. */
static bool pollaczek(const struct bpr_i_center *c)
{
	return c->people > 0 && c->uniform && bpr_i_center_teams(c, (double)c->people) <= 1 && !c->arriving &&
	       !(c->reasons & ~(unsigned)(BPR_REASON_SERVICE | BPR_REASON_CLASSES));
}

bool bpr_i_product_reasons(struct bpr_i_net *net)
{
	for (size_t i = 0; i < net->node_count; i++) {
		const struct bpr_node *n = bpr_flow_node(net->flow, i);
		unsigned own = net->visits[i] > 0 ? own_reasons(net, i) : 0;

		net->parallel = net->parallel || (own & BPR_REASON_PARALLEL);
		for (size_t k = 0; net->visits[i] > 0 && k < n->need_count; k++)
			if (bpr_i_need_counts(net, &n->needs[k]))
				net->centers[n->needs[k].pool].reasons |= need_reasons(net, n, &net->centers[n->needs[k].pool]) |
					(own & (BPR_REASON_BATCH | BPR_REASON_LEAVING | BPR_REASON_ROUTING | BPR_REASON_HOURS));
		if (n->kind == BPR_NODE_START && !net->poisson)
			net->nodes[i].reasons |= BPR_REASON_ARRIVALS;
	}
	pool_reasons(net);
	if (!carry(net))
		return false;
	for (size_t p = 0; p < net->pool_count; p++) {
		struct bpr_i_center *c = &net->centers[p];

		c->reasons = pollaczek(c) ? 0 : c->reasons | c->arriving;
		if (net->hours)
			c->reasons |= BPR_REASON_HOURS;
	}
	return true;
}

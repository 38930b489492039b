/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places of a net whose shape is settled, and for each inclusive join which places lead to which of its ways in. */
#include "config.h"
#include "analyse/sound_i.h"

/* Steps of the search for ways to inclusive joins, all together: a second or so. */
#define MAX_SEARCH ((size_t)500000000)

static uint32_t add_place(struct bpr_net *net, enum bpr_place_kind kind, uint32_t node, uint32_t scope)
{
	bool token = kind == BPR_PLACE_ARC || kind == BPR_PLACE_RUNS || kind == BPR_PLACE_ACTIVE || kind == BPR_PLACE_BEGIN;

	if (!bpr_i_grow(&net->place, &net->place_capacity, net->place_count + 1, sizeof(*net->place)))
		return BPR_NET_NONE;
	net->place[net->place_count] = (struct bpr_net_place){ (uint8_t)kind, token, node, scope, BPR_NET_NONE };
	return net->place_count++;
}

/* The innermost scope in which the whole arc lies. */
static uint32_t scope_of_arc(const struct bpr_net *net, const struct bpr_net_arc *arc)
{
	uint32_t scope = net->node[arc->from].scope;

	if (net->node[arc->from].flags & BPR_NET_EXIT)
		scope = net->scope[scope].parent;
	while (!bpr_i_net_inside(net, net->node[arc->to].scope, scope))
		scope = net->scope[scope].parent;
	return scope;
}

static bool arc_places(struct bpr_net *net)
{
	for (uint32_t i = 0; i < net->arc_count; i++) {
		struct bpr_net_arc *arc = &net->arc[i];

		if (arc->gone)
			continue;
		arc->place = add_place(net, net->node[arc->to].flags & BPR_NET_EXIT ? BPR_PLACE_ARRIVED : BPR_PLACE_ARC, arc->to,
				       scope_of_arc(net, arc));
		if (arc->place == BPR_NET_NONE)
			return false;
		net->place[arc->place].arc = i;
	}
	for (uint32_t i = 0; i < net->node_count; i++) {
		struct bpr_net_node *n = &net->node[i];

		for (uint32_t k = 0; k < n->out_count; k++)
			net->out[n->out_first + k] = net->arc[net->out[n->out_first + k]].place;
		for (uint32_t k = 0; k < n->in_count; k++)
			net->in[n->in_first + k] = net->arc[net->in[n->in_first + k]].place;
	}
	return true;
}

static bool can_happen(struct bpr_net *net, uint32_t first, uint32_t count, uint32_t scope)
{
	for (uint32_t i = first; i < first + count; i++) {
		struct bpr_net_node *event = &net->node[net->event[i]];
		bool inner = event->flags & BPR_NET_INNER;

		if (event->interrupting && !inner)
			continue;
		event->place = add_place(net, BPR_PLACE_CAN_HAPPEN, net->event[i], inner ? event->scope : scope);
		if (event->place == BPR_NET_NONE)
			return false;
	}
	return true;
}

static bool node_places(struct bpr_net *net)
{
	bool ok = true;

	for (uint32_t i = 0; i < net->node_count && ok; i++) {
		struct bpr_net_node *n = &net->node[i];

		if (n->gone)
			continue;
		if (n->flags & BPR_NET_HOST)
			n->place = add_place(net, BPR_PLACE_RUNS, i, n->scope);
		else if (n->flags & BPR_NET_END && net->scope[n->scope].parallel && !(n->flags & BPR_NET_EVENT))
			n->place = add_place(net, BPR_PLACE_ENDED, i, n->scope);
		else
			continue;
		ok = n->place != BPR_NET_NONE && (!(n->flags & BPR_NET_HOST) || can_happen(net, n->event_first, n->event_count, n->scope));
	}
	for (uint32_t s = 0; s < net->scope_count && ok; s++) {
		struct bpr_net_scope *scope = &net->scope[s];

		if (scope->scope == BPR_NET_NONE)
			scope->active = add_place(net, BPR_PLACE_BEGIN, BPR_NET_NONE, s);
		else if (!scope->open)
			scope->active = add_place(net, BPR_PLACE_ACTIVE, scope->entry, scope->parent);
		else
			continue;
		ok = scope->active != BPR_NET_NONE && can_happen(net, scope->event_first, scope->event_count, scope->parent);
	}
	return ok;
}

/* ---- who can get to an inclusive join ---- */

struct search {
	struct bpr_net *net;
	uint32_t join;
	uint32_t *queue; size_t count;
	uint32_t *host;         /* [node_count] of an event: the place that is marked while it can happen */
	uint32_t words;
	uint64_t *mask;
	size_t bit, steps;
};

static void mark(struct search *s, uint32_t place)
{
	uint64_t *word = &s->mask[(size_t)place * s->words + s->bit / 64];

	s->steps++;
	if (*word & (uint64_t)1 << s->bit % 64)
		return;
	*word |= (uint64_t)1 << s->bit % 64;
	s->queue[s->count++] = place;
}

static void mark_ways_in(struct search *s, uint32_t node)
{
	const struct bpr_net_node *n = &s->net->node[node];

	for (uint32_t i = 0; i < n->in_count; i++)
		mark(s, s->net->in[n->in_first + i]);
}

/* Places from which a token comes to where the node puts one. */
static void mark_before(struct search *s, uint32_t node)
{
	const struct bpr_net_node *n = &s->net->node[node];

	if (node == s->join)
		return;
	if (s->host[node] != BPR_NET_NONE)
		mark(s, n->interrupting && !(n->flags & BPR_NET_INNER) ? s->host[node] : n->place);
	if (n->flags & BPR_NET_EXIT)
		mark(s, s->net->scope[n->inner].active);
	else if (n->flags & BPR_NET_HOST)
		mark(s, n->place);
	else
		mark_ways_in(s, node);
}

/* The node with which it begins that an event can happen. */
static uint32_t net_node_of(const struct search *s, uint32_t event)
{
	return s->net->place[s->host[event]].node;
}

static void find_ways(struct search *s, uint32_t way)
{
	s->count = 0;
	mark(s, way);
	for (size_t i = 0; i < s->count; i++) {
		const struct bpr_net_place *place = &s->net->place[s->queue[i]];

		if (place->arc != BPR_NET_NONE)
			mark_before(s, s->net->arc[place->arc].from);
		else if ((place->kind == BPR_PLACE_RUNS || place->kind == BPR_PLACE_ACTIVE) && place->node != s->join)
			mark_ways_in(s, place->node);
		else if (place->kind == BPR_PLACE_CAN_HAPPEN && net_node_of(s, place->node) != s->join && net_node_of(s, place->node) != BPR_NET_NONE)
			mark_ways_in(s, net_node_of(s, place->node));
	}
}

static void find_hosts(struct search *s)
{
	const struct bpr_net *net = s->net;

	for (uint32_t i = 0; i < net->node_count; i++)
		s->host[i] = BPR_NET_NONE;
	for (uint32_t i = 0; i < net->node_count; i++)
		for (uint32_t k = 0; net->node[i].flags & BPR_NET_HOST && k < net->node[i].event_count; k++)
			s->host[net->event[net->node[i].event_first + k]] = net->node[i].place;
	for (uint32_t i = 0; i < net->scope_count; i++)
		for (uint32_t k = 0; k < net->scope[i].event_count; k++)
			s->host[net->event[net->scope[i].event_first + k]] = net->scope[i].active;
}

static bool is_or_join(const struct bpr_net_node *n)
{
	return !n->gone && n->join == BPR_JOIN_OR && n->in_count > 1;
}

static bool find_reach(struct bpr_net *net, size_t max_bytes, bool *too_large)
{
	struct search s = { .net = net };
	bool ok = true, any = false;

	for (uint32_t i = 0; i < net->node_count && !any; i++)
		any = is_or_join(&net->node[i]);
	if (!any)
		return true;
	net->reach = bpr_i_calloc(net->node_count, sizeof(*net->reach));
	s.queue = bpr_i_calloc(net->place_count, sizeof(*s.queue));
	s.host = bpr_i_calloc(net->node_count, sizeof(*s.host));
	ok = net->reach && s.queue && s.host;
	if (ok)
		find_hosts(&s);
	for (uint32_t i = 0; ok && i < net->node_count && !*too_large; i++) {
		if (!is_or_join(&net->node[i]))
			continue;
		s.join = i;
		s.words = (net->node[i].in_count + 63) / 64;
		net->reach_bytes += (size_t)net->place_count * s.words * sizeof(*s.mask);
		if (net->reach_bytes > max_bytes / 2) {
			*too_large = true;
			break;
		}
		net->reach[i] = s.mask = bpr_i_calloc((size_t)net->place_count * s.words, sizeof(*s.mask));
		ok = s.mask != NULL;
		for (s.bit = 0; ok && s.bit < net->node[i].in_count; s.bit++)
			find_ways(&s, net->in[net->node[i].in_first + s.bit]);
		*too_large = s.steps > MAX_SEARCH;
	}
	bpr_i_free(s.queue);
	bpr_i_free(s.host);
	return ok;
}

bpr_status bpr_i_net_finish(struct bpr_net *net, size_t max_bytes, bool *too_large)
{
	*too_large = false;
	if (!arc_places(net) || !node_places(net))
		return BPR_ENOMEM;
	*too_large = net->place_count > UINT32_MAX / 8;
	return *too_large || find_reach(net, max_bytes, too_large) ? BPR_OK : BPR_ENOMEM;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flows as a net: what each node does with tokens, what can happen while it runs, which messages go between processes. */
#include "config.h"
#include "analyse/sound_i.h"
#include <string.h>

struct make {
	struct bpr_net *net;
	const struct bpr_flows *flows;
	uint8_t *parallel;   /* [scope_count] more than one token can be inside, even if only one comes in */
	uint32_t *around;    /* [node_count] HOST nodes' events: the scope on which an event of this node hangs; BPR_NET_NONE */
	bool *waits;         /* [node_count] receives messages of other processes only */
};

static bool add_node(struct bpr_net *net, const struct bpr_net_node *node)
{
	if (!bpr_i_grow(&net->node, &net->node_capacity, net->node_count + 1, sizeof(*net->node)))
		return false;
	net->node[net->node_count++] = *node;
	return true;
}

static bool add_arc(struct bpr_net *net, uint32_t from, uint32_t to)
{
	if (!bpr_i_grow(&net->arc, &net->arc_capacity, net->arc_count + 1, sizeof(*net->arc)))
		return false;
	net->arc[net->arc_count++] = (struct bpr_net_arc){ .from = from, .to = to, .place = BPR_NET_NONE, .event = BPR_NET_NONE };
	return true;
}

static const struct bpr_node *node_of(const struct bpr_net *net, uint32_t node)
{
	return bpr_flow_node(net->flows->items[net->node[node].flow], net->node[node].node);
}

/* ---- scopes ---- */

static uint32_t scope_at(const struct bpr_net *net, size_t flow, size_t scope)
{
	return net->first_scope[flow] + (scope == BPR_NONE ? 0 : 1 + (uint32_t)scope);
}

/* Numbers in preorder, without recursion: children of a scope are a list. */
static bool number_scopes(struct bpr_net *net)
{
	uint32_t n = net->scope_count, number = 0;
	uint32_t *child = bpr_i_calloc(n, sizeof(*child)), *next = bpr_i_calloc(n, sizeof(*next));
	bool ok = child && next;

	for (uint32_t s = n; ok && s-- > 0;)
		if (net->scope[s].parent != BPR_NET_NONE) {
			next[s] = child[net->scope[s].parent];
			child[net->scope[s].parent] = s + 1;
		}
	for (uint32_t root = 0; ok && root < n; root++) {
		uint32_t at = root;

		if (net->scope[root].parent != BPR_NET_NONE)
			continue;
		net->scope[at].low = number++;
		while (at != BPR_NET_NONE) {
			if (child[at]) {
				uint32_t down = child[at] - 1;

				child[at] = next[down];
				net->scope[down].low = number++;
				at = down;
				continue;
			}
			net->scope[at].high = number;
			at = net->scope[at].parent;
		}
	}
	bpr_i_free(child);
	bpr_i_free(next);
	return ok;
}

static bool add_scopes(struct bpr_net *net, size_t flow)
{
	size_t count = bpr_flow_scope_count(net->flows->items[flow]);

	for (size_t s = 0; s <= count; s++) {
		const struct bpr_scope *scope = s ? bpr_flow_scope(net->flows->items[flow], s - 1) : NULL;

		net->scope[net->scope_count++] = (struct bpr_net_scope){
			.parent = scope ? scope_at(net, flow, scope->parent) : BPR_NET_NONE,
			.flow = (uint32_t)flow, .scope = s ? (uint32_t)(s - 1) : BPR_NET_NONE,
			.entry = scope && scope->entry != BPR_NONE ? net->first_node[flow] + (uint32_t)scope->entry : BPR_NET_NONE,
			.exit = scope && scope->exit != BPR_NONE ? net->first_node[flow] + (uint32_t)scope->exit : BPR_NET_NONE,
			.active = BPR_NET_NONE, .open = !scope,
		};
	}
	return true;
}

/* Where a token stands that has left the node. */
static uint32_t left_to(const struct bpr_net *net, uint32_t node)
{
	uint32_t scope = net->node[node].scope;

	return net->scope[scope].exit == node ? net->scope[scope].parent : scope;
}

/* Arcs may enter a scope at its entry and leave it at its exit, or where a thrown error ends it. Else its edges mean nothing. */
static void open_crossed(struct bpr_net *net, uint32_t from, uint32_t to)
{
	uint32_t out = left_to(net, from), in = net->node[to].scope;

	while (in != BPR_NET_NONE && !bpr_i_net_inside(net, out, in)) {
		if (net->scope[in].entry != to || !bpr_i_net_inside(net, out, net->scope[in].parent))
			net->scope[in].open = true;
		in = net->scope[in].parent;
	}
	while (out != in && !node_of(net, from)->terminate) {
		net->scope[out].open = true;
		out = net->scope[out].parent;
	}
}

/* ---- nodes ---- */

static struct bpr_net_node plain(const struct bpr_net *net, size_t flow, size_t index)
{
	const struct bpr_node *n = bpr_flow_node(net->flows->items[flow], index);
	struct bpr_net_node out = {
		.flow = (uint32_t)flow, .node = (uint32_t)index, .join = (uint8_t)n->join, .split = (uint8_t)n->split,
		.scope = scope_at(net, flow, n->scope), .inner = BPR_NET_NONE, .interrupting = n->interrupting, .place = BPR_NET_NONE,
	};

	if (n->kind == BPR_NODE_START && n->scope == BPR_NONE)
		out.flags |= BPR_NET_START;
	if (!n->out_count)
		out.flags |= BPR_NET_END;
	return out;
}

static size_t ways_in(const struct bpr_net *net, uint32_t node)
{
	size_t count;

	(void)bpr_flow_arcs_in(net->flows->items[net->node[node].flow], net->node[node].node, &count);
	return count;
}

/* The scope behind whose exit a silent node stands to carry its boundary events, maybe with its loop between. */
static uint32_t scope_before(const struct bpr_net *net, uint32_t node)
{
	const bpr_flow *flow = net->flows->items[net->node[node].flow];
	uint32_t first = net->first_node[net->node[node].flow];

	for (int steps = 0; steps < 2; steps++) {
		size_t count;
		const size_t *in = bpr_flow_arcs_in(flow, net->node[node].node, &count);
		uint32_t before, scope;

		if (!node_of(net, node)->silent || count != 1)
			return BPR_NET_NONE;
		before = first + (uint32_t)bpr_flow_arc(flow, in[0])->from;
		scope = net->node[before].scope;
		if (net->scope[scope].exit == before)
			return net->scope[scope].parent == net->node[node].scope ? scope : BPR_NET_NONE;
		node = before;
	}
	return BPR_NET_NONE;
}

/* Something in the node's scope makes two tokens of one. */
static void mark_parallel(struct make *m, uint32_t node)
{
	const struct bpr_net *net = m->net;
	const struct bpr_node *n = node_of(net, node);
	bool spreads = n->split != BPR_SPLIT_XOR && n->out_count > 1;

	if (n->host != BPR_NONE && !n->interrupting)
		spreads = true;
	for (uint32_t s = net->node[node].scope; spreads && s != BPR_NET_NONE && !m->parallel[s]; s = net->scope[s].parent)
		m->parallel[s] = true;
}

static uint32_t host_of(const struct bpr_net *net, uint32_t event)
{
	return net->first_node[net->node[event].flow] + (uint32_t)node_of(net, event)->host;
}

/* A boundary event that happens by itself: no error thrown inside leads to it. */
static bool happens(const struct bpr_net *net, uint32_t node)
{
	return node_of(net, node)->host != BPR_NONE && !ways_in(net, node);
}

static bool type_is(const struct bpr_node *n, const char *type)
{
	return n->type && !strcmp(n->type, type);
}

/* On what an event hangs: a plain node (BPR_NET_NONE), a scope, or, as the start of an event sub-process, the inside of one. */
static void find_around(struct make *m, uint32_t node)
{
	struct bpr_net *net = m->net;

	m->around[node] = BPR_NET_NONE;
	if (!happens(net, node))
		return;
	if (type_is(node_of(net, node), "startEvent")) {
		m->around[node] = net->node[host_of(net, node)].scope;
		net->node[node].flags |= BPR_NET_INNER;
	} else {
		m->around[node] = scope_before(net, host_of(net, node));
	}
}

struct walk { uint32_t *queue, *seen; size_t count; uint32_t scope; };

static void walk_to(const struct bpr_net *net, struct walk *w, uint32_t node)
{
	if (w->seen[node] == w->scope + 1 || !bpr_i_net_inside(net, net->node[node].scope, w->scope))
		return;
	w->seen[node] = w->scope + 1;
	w->queue[w->count++] = node;
}

/* Some way inside leads from the entry of the scope to its exit. */
static bool leads_through(const struct bpr_net *net, struct walk *w, uint32_t scope)
{
	w->scope = scope;
	w->count = 0;
	walk_to(net, w, net->scope[scope].entry);
	for (size_t at = 0; at < w->count; at++) {
		const struct bpr_node *n = node_of(net, w->queue[at]);
		size_t flow = net->node[w->queue[at]].flow, count;
		const size_t *events = bpr_flow_boundary(net->flows->items[flow], net->node[w->queue[at]].node, &count);

		for (size_t k = 0; k < n->out_count; k++)
			walk_to(net, w, net->first_node[flow] + (uint32_t)bpr_flow_arc(net->flows->items[flow], n->first_out + k)->to);
		for (size_t k = 0; k < count; k++)
			walk_to(net, w, net->first_node[flow] + (uint32_t)events[k]);
	}
	return w->seen[net->scope[scope].exit] == scope + 1;
}

/* A scope with one token inside, that always leads to its exit and that nothing ends from outside, is as good as none. */
static bool open_plain(struct make *m)
{
	struct bpr_net *net = m->net;
	struct walk w = { .queue = bpr_i_calloc(net->node_count, sizeof(*w.queue)), .seen = bpr_i_calloc(net->node_count, sizeof(*w.seen)) };
	bool ok = w.queue && w.seen;

	for (uint32_t s = 0; ok && s < net->scope_count; s++)
		if (!net->scope[s].open && !m->parallel[s])
			net->scope[s].open = leads_through(net, &w, s);
	bpr_i_free(w.queue);
	bpr_i_free(w.seen);
	return ok;
}

static bool find_scopes(struct make *m)
{
	struct bpr_net *net = m->net;

	for (uint32_t i = 0; i < net->node_count; i++) {
		mark_parallel(m, i);
		find_around(m, i);
	}
	for (uint32_t s = 0; s < net->scope_count; s++) {
		struct bpr_net_scope *scope = &net->scope[s];

		if (scope->scope != BPR_NET_NONE && (scope->entry == BPR_NET_NONE || scope->exit == BPR_NET_NONE))
			scope->open = true;
	}
	for (uint32_t i = 0; i < net->node_count; i++) {
		const struct bpr_node *n = node_of(net, i);
		uint32_t first = net->first_node[net->node[i].flow];

		for (size_t k = 0; k < n->out_count; k++)
			open_crossed(net, i, first + (uint32_t)bpr_flow_arc(net->flows->items[net->node[i].flow], n->first_out + k)->to);
	}
	/* Where the edges of a scope mean nothing, its events hang on the node that carries them. */
	for (uint32_t i = 0; i < net->node_count; i++) {
		uint32_t around = m->around[i];

		if (around == BPR_NET_NONE)
			continue;
		if (net->scope[around].open && net->scope[around].scope != BPR_NET_NONE) {
			m->around[i] = BPR_NET_NONE;
			net->node[i].flags &= (uint16_t)~BPR_NET_INNER;
		} else {
			m->parallel[around] |= 2;
		}
	}
	return open_plain(m);
}

/* Everything that a terminate end, or the end that throws an error, ends. */
static void set_terminate(struct make *m, uint32_t node)
{
	struct bpr_net *net = m->net;
	const struct bpr_node *n = node_of(net, node);
	uint32_t cut = net->node[node].scope, to = BPR_NET_NONE;
	bool others;

	if (n->out_count)
		to = net->first_node[net->node[node].flow] +
		     (uint32_t)bpr_flow_arc(net->flows->items[net->node[node].flow], n->first_out)->to;
	while (to != BPR_NET_NONE && net->scope[cut].parent != BPR_NET_NONE && !bpr_i_net_inside(net, net->node[to].scope, cut)) {
		net->node[node].leaves = true;
		if (bpr_i_net_inside(net, net->node[to].scope, net->scope[cut].parent))
			break;
		cut = net->scope[cut].parent;
	}
	others = m->parallel[cut];
	for (uint32_t s = net->node[node].scope; !others && s != net->scope[cut].parent; s = net->scope[s].parent)
		others = !net->scope[s].open;
	if (!others)
		return; /* there is nothing else to end */
	net->node[node].flags |= BPR_NET_TERMINATE;
	net->node[node].inner = cut;
}

static void set_edges(struct bpr_net *net)
{
	for (uint32_t s = 0; s < net->scope_count; s++) {
		struct bpr_net_scope *scope = &net->scope[s];

		if (scope->scope == BPR_NET_NONE)
			continue;
		if (scope->open) {
			if (scope->exit != BPR_NET_NONE)
				net->node[scope->exit].join = BPR_JOIN_XOR;
			continue;
		}
		net->node[scope->entry].flags |= BPR_NET_ENTRY;
		net->node[scope->entry].inner = s;
		net->node[scope->exit].flags |= BPR_NET_EXIT;
		net->node[scope->exit].inner = s;
	}
}

/* ---- messages ---- */

static bool takes_messages(const struct bpr_node *n)
{
	return n->kind == BPR_NODE_TASK || n->kind == BPR_NODE_EVENT || n->kind == BPR_NODE_START;
}

static bool links(const struct bpr_flows *flows, const struct bpr_message *message)
{
	return message->from_flow < flows->count && message->to_flow < flows->count && message->from_flow != message->to_flow
		&& message->from_node != BPR_NONE && message->to_node != BPR_NONE
		&& takes_messages(bpr_flow_node(flows->items[message->to_flow], message->to_node));
}

/* A node to which a pool without contents can send as well never waits in vain. */
static bool find_waits(struct make *m)
{
	const struct bpr_flows *flows = m->flows;

	for (int turn = 0; turn < 2; turn++)
		for (size_t i = 0; i < flows->message_count; i++) {
			const struct bpr_message *message = &flows->messages[i];
			bool link = links(flows, message);

			if (message->to_flow >= flows->count || message->to_node == BPR_NONE
			    || m->net->first_node[message->to_flow] == BPR_NET_NONE || link != !turn)
				continue;
			if (message->from_flow != message->to_flow)
				m->waits[m->net->first_node[message->to_flow] + message->to_node] = link;
		}
	return true;
}

static bool add_message_place(struct bpr_net *net, uint32_t list_at, uint32_t place)
{
	if (!bpr_i_grow(&net->message, &net->message_capacity, (size_t)list_at + 1, sizeof(*net->message)))
		return false;
	net->message[list_at] = place;
	if (list_at >= net->message_count)
		net->message_count = list_at + 1;
	return true;
}

static bool add_place(struct bpr_net *net, const struct bpr_net_place *place)
{
	if (!bpr_i_grow(&net->place, &net->place_capacity, net->place_count + 1, sizeof(*net->place)))
		return false;
	net->place[net->place_count++] = *place;
	return true;
}

static uint32_t end_of(const struct make *m, const struct bpr_message *message, bool to)
{
	return m->net->first_node[to ? message->to_flow : message->from_flow] + (uint32_t)(to ? message->to_node : message->from_node);
}

static bool wanted(const struct make *m, const struct bpr_message *message)
{
	return links(m->flows, message) && m->waits[end_of(m, message, true)];
}

/* Lists of places by sender, then by receiver: counted, laid out, filled. */
static bool list_messages(struct make *m)
{
	struct bpr_net *net = m->net;
	uint32_t at = 0, place = net->place_count;

	for (size_t i = 0; i < m->flows->message_count; i++)
		if (wanted(m, &m->flows->messages[i])) {
			net->node[end_of(m, &m->flows->messages[i], false)].send_count++;
			net->node[end_of(m, &m->flows->messages[i], true)].receive_count++;
		}
	for (uint32_t i = 0; i < net->node_count; i++) {
		struct bpr_net_node *n = &net->node[i];

		n->send_first = at;
		n->receive_first = at + n->send_count;
		at += n->send_count + n->receive_count;
		n->send_count = n->receive_count = 0;
	}
	for (size_t i = 0; i < m->flows->message_count; i++) {
		uint32_t from, to;

		if (!wanted(m, &m->flows->messages[i]))
			continue;
		from = end_of(m, &m->flows->messages[i], false);
		to = end_of(m, &m->flows->messages[i], true);
		net->node[from].flags |= BPR_NET_SENDS;
		net->node[to].flags |= net->node[to].flags & BPR_NET_START ? BPR_NET_CALLED : BPR_NET_RECEIVES;
		if (!add_place(net, &(struct bpr_net_place){ BPR_PLACE_MESSAGE, net->node[to].flags & BPR_NET_START, to, net->node[to].scope, BPR_NET_NONE })
		    || !add_message_place(net, net->node[from].send_first + net->node[from].send_count++, place)
		    || !add_message_place(net, net->node[to].receive_first + net->node[to].receive_count++, place))
			return false;
		place++;
	}
	return true;
}

/* ---- what can happen while a node runs ---- */

/* A node with boundary events, or that sends and then waits for an answer, runs for a while where that makes a difference. */
static bool runs(const struct make *m, uint32_t node)
{
	const struct bpr_net *net = m->net;
	size_t count;
	const size_t *events = bpr_flow_boundary(net->flows->items[net->node[node].flow], net->node[node].node, &count);
	unsigned both = BPR_NET_SENDS | BPR_NET_RECEIVES;
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		uint32_t event = net->first_node[net->node[node].flow] + (uint32_t)events[i];

		if (!happens(net, event) || m->around[event] != BPR_NET_NONE)
			continue;
		any = true;
		if (!net->node[event].interrupting || net->node[event].flags & BPR_NET_RECEIVES)
			return true;
	}
	if (any && net->node[node].flags & BPR_NET_RECEIVES)
		return true;
	return (net->node[node].flags & both) == both && !type_is(node_of(net, node), "receiveTask");
}

static bool add_event(struct bpr_net *net, uint32_t event)
{
	if (!bpr_i_grow(&net->event, &net->event_capacity, net->event_count + 1, sizeof(*net->event)))
		return false;
	net->event[net->event_count++] = event;
	net->node[event].flags |= BPR_NET_EVENT;
	return true;
}

/* Events that interrupt, and nothing else: a choice between going on and each of them. */
static bool add_choice(struct make *m, uint32_t node, const size_t *events, size_t count, uint32_t *leave)
{
	struct bpr_net *net = m->net;
	uint32_t first = net->first_node[net->node[node].flow];
	struct bpr_net_node behind = net->node[node];
	bool any = false;

	for (size_t i = 0; i < count; i++)
		any |= happens(net, first + (uint32_t)events[i]) && m->around[first + events[i]] == BPR_NET_NONE;
	if (!any)
		return true;
	if ((behind.split != BPR_SPLIT_XOR && node_of(net, node)->out_count > 1) || !node_of(net, node)->out_count) {
		behind.flags = BPR_NET_VIRTUAL | (behind.flags & BPR_NET_END);
		behind.join = BPR_JOIN_XOR;
		behind.send_count = behind.receive_count = 0;
		*leave = net->node_count;
		if (!add_node(net, &behind) || !add_arc(net, node, *leave))
			return false;
		net->node[node].flags &= (uint16_t)~BPR_NET_END;
	}
	net->node[node].split = BPR_SPLIT_XOR;
	for (size_t i = 0; i < count; i++) {
		uint32_t event = first + (uint32_t)events[i];

		if (!happens(net, event) || m->around[event] != BPR_NET_NONE)
			continue;
		if (!add_arc(net, node, event))
			return false;
		net->arc[net->arc_count - 1].event = event;
	}
	return true;
}

static bool add_host(struct make *m, uint32_t node, const size_t *events, size_t count)
{
	struct bpr_net *net = m->net;
	uint32_t first = net->first_node[net->node[node].flow];

	net->node[node].flags |= BPR_NET_HOST;
	net->node[node].event_first = net->event_count;
	for (size_t i = 0; i < count; i++)
		if (happens(net, first + (uint32_t)events[i]) && m->around[first + events[i]] == BPR_NET_NONE
		    && !add_event(net, first + (uint32_t)events[i]))
			return false;
	net->node[node].event_count = net->event_count - net->node[node].event_first;
	return true;
}

static bool add_ways(struct make *m, uint32_t node)
{
	struct bpr_net *net = m->net;
	const bpr_flow *flow = net->flows->items[net->node[node].flow];
	const struct bpr_node *n = node_of(net, node);
	uint32_t leave = node;
	size_t count;
	const size_t *events = bpr_flow_boundary(flow, net->node[node].node, &count);

	if (runs(m, node) ? !add_host(m, node, events, count) : !add_choice(m, node, events, count, &leave))
		return false;
	for (size_t i = 0; i < n->out_count; i++)
		if (!add_arc(net, leave, net->first_node[net->node[node].flow] + (uint32_t)bpr_flow_arc(flow, n->first_out + i)->to))
			return false;
	return true;
}

/* Events of each scope in a row: counted, laid out, filled. */
static bool scope_events(struct make *m, uint32_t count)
{
	struct bpr_net *net = m->net;
	uint32_t at = net->event_count, all = at;

	for (uint32_t i = 0; i < count; i++)
		if (m->around[i] != BPR_NET_NONE) {
			net->scope[m->around[i]].event_count++;
			all++;
		}
	if (all == at)
		return true;
	if (!bpr_i_grow(&net->event, &net->event_capacity, all, sizeof(*net->event)))
		return false;
	for (uint32_t s = 0; s < net->scope_count; s++) {
		net->scope[s].event_first = at;
		at += net->scope[s].event_count;
		net->scope[s].event_count = 0;
	}
	for (uint32_t i = 0; i < count; i++) {
		struct bpr_net_scope *scope = m->around[i] == BPR_NET_NONE ? NULL : &net->scope[m->around[i]];

		if (!scope)
			continue;
		net->event[scope->event_first + scope->event_count++] = i;
		net->node[i].flags |= BPR_NET_EVENT;
	}
	net->event_count = all;
	return true;
}

static void find_choosers(struct bpr_net *net)
{
	for (uint32_t i = 0; i < net->arc_count; i++)
		if (net->node[net->arc[i].to].flags & BPR_NET_RECEIVES && !(net->node[net->arc[i].to].flags & BPR_NET_HOST)
		    && type_is(node_of(net, net->arc[i].from), "eventBasedGateway"))
			net->node[net->arc[i].from].flags |= BPR_NET_CHOOSES;
}

/* ---- all of it ---- */

/* Rows of arcs by source and by target. */
static bool lay_out(struct bpr_net *net)
{
	uint32_t out = 0, in = 0;

	net->out = bpr_i_calloc(net->arc_count, sizeof(*net->out));
	net->in = bpr_i_calloc(net->arc_count, sizeof(*net->in));
	if (!net->out || !net->in)
		return false;
	for (uint32_t i = 0; i < net->arc_count; i++) {
		net->node[net->arc[i].from].out_count++;
		net->node[net->arc[i].to].in_count++;
	}
	for (uint32_t i = 0; i < net->node_count; i++) {
		net->node[i].out_first = out;
		net->node[i].in_first = in;
		out += net->node[i].out_count;
		in += net->node[i].in_count;
		net->node[i].out_count = net->node[i].in_count = 0;
	}
	for (uint32_t i = 0; i < net->arc_count; i++) {
		struct bpr_net_node *from = &net->node[net->arc[i].from], *to = &net->node[net->arc[i].to];

		net->arc[i].out_at = from->out_first + from->out_count++;
		net->arc[i].in_at = to->in_first + to->in_count++;
		net->out[net->arc[i].out_at] = net->in[net->arc[i].in_at] = i;
	}
	return true;
}

static bool take_part(struct bpr_net *net, const struct bpr_flows *flows, size_t flow)
{
	size_t scopes = 0, linked = 0;

	for (size_t f = 0; f < flows->count; f++)
		net->first_node[f] = BPR_NET_NONE;
	if (flow != BPR_NONE)
		net->first_node[flow] = 0;
	for (size_t i = 0; flow == BPR_NONE && i < flows->message_count; i++)
		if (links(flows, &flows->messages[i]))
			net->first_node[flows->messages[i].from_flow] = net->first_node[flows->messages[i].to_flow] = 0;
	for (size_t f = 0; f < flows->count; f++) {
		if (net->first_node[f] == BPR_NET_NONE)
			continue;
		linked++;
		scopes += 1 + bpr_flow_scope_count(flows->items[f]);
	}
	net->messages = flow == BPR_NONE;
	if (linked < (net->messages ? 2 : 1))
		return true;
	net->scope = bpr_i_calloc(scopes, sizeof(*net->scope));
	return net->scope != NULL;
}

static bool add_flows(struct bpr_net *net)
{
	for (size_t f = 0; f < net->flows->count; f++) {
		if (net->first_node[f] == BPR_NET_NONE)
			continue;
		net->first_node[f] = net->node_count;
		net->first_scope[f] = net->scope_count;
		if (!add_scopes(net, f))
			return false;
		for (size_t i = 0; i < bpr_flow_node_count(net->flows->items[f]); i++) {
			struct bpr_net_node node = plain(net, f, i);

			if (!add_node(net, &node))
				return false;
		}
	}
	return number_scopes(net);
}

static bool make(struct make *m)
{
	struct bpr_net *net = m->net;
	uint32_t count = net->node_count;

	m->parallel = bpr_i_calloc(net->scope_count, sizeof(*m->parallel));
	m->around = bpr_i_calloc(count, sizeof(*m->around));
	m->waits = bpr_i_calloc(count, sizeof(*m->waits));
	if (!m->parallel || !m->around || !m->waits || (net->messages && (!find_waits(m) || !list_messages(m))))
		return false;
	if (!find_scopes(m))
		return false;
	set_edges(net);
	for (uint32_t i = 0; i < count; i++)
		if (node_of(net, i)->terminate)
			set_terminate(m, i);
	for (uint32_t i = 0; i < count; i++)
		if (!add_ways(m, i))
			return false;
	if (net->messages)
		find_choosers(net);
	for (uint32_t s = 0; s < net->scope_count; s++)
		net->scope[s].parallel = m->parallel[s];
	return scope_events(m, count) && lay_out(net);
}

bpr_status bpr_i_net_new(struct bpr_net *net, const struct bpr_flows *flows, size_t flow, bool *empty)
{
	struct make m = { .net = net, .flows = flows };
	bool ok;

	*net = (struct bpr_net){ .flows = flows };
	net->first_node = bpr_i_calloc(flows->count, sizeof(*net->first_node));
	net->first_scope = bpr_i_calloc(flows->count, sizeof(*net->first_scope));
	ok = net->first_node && net->first_scope && take_part(net, flows, flow);
	*empty = ok && !net->scope;
	if (ok && !*empty)
		ok = bpr_i_grow(&net->part, &net->part_capacity, 1, sizeof(*net->part)) && add_flows(net) && make(&m);
	if (ok && !*empty)
		net->part[net->part_count++] = (struct bpr_part){ .node = BPR_NET_NONE }; /* 0: nothing between */
	bpr_i_free(m.parallel);
	bpr_i_free(m.around);
	bpr_i_free(m.waits);
	if (!ok)
		bpr_i_net_release(net);
	return ok ? BPR_OK : BPR_ENOMEM;
}

void bpr_i_net_release(struct bpr_net *net)
{
	for (uint32_t i = 0; net->reach && i < net->node_count; i++)
		bpr_i_free(net->reach[i]);
	bpr_i_free(net->reach);
	bpr_i_free(net->node);
	bpr_i_free(net->arc);
	bpr_i_free(net->out);
	bpr_i_free(net->in);
	bpr_i_free(net->part);
	bpr_i_free(net->scope);
	bpr_i_free(net->event);
	bpr_i_free(net->message);
	bpr_i_free(net->place);
	bpr_i_free(net->first_node);
	bpr_i_free(net->first_scope);
	*net = (struct bpr_net){ 0 };
}

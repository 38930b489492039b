/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a flow to places and transitions. */
#include "config.h"
#include "mine/net_make_i.h"
#include "base/alloc_i.h"
#include <string.h>

/* ---- places, transitions ---- */

uint32_t bpr_i_make_place(struct bpr_mnet_make *m, uint32_t instance, bool passive)
{
	struct bpr_mnet *net = m->net;

	if (net->place_count >= m->max) {
		m->limit = true;
		return 0;
	}
	if (!bpr_i_grow(&net->place, &net->place_capacity, (size_t)net->place_count + 1, sizeof(*net->place))) {
		m->nomem = true;
		return 0;
	}
	net->place[net->place_count] = (struct bpr_mnet_place){ instance, passive };
	return net->place_count++;
}

static void add(struct bpr_mnet_make *m, struct bpr_mnet_links *to, uint32_t place, size_t weight)
{
	if (!bpr_i_grow(&to->item, &to->capacity, to->count + 1, sizeof(*to->item))) {
		m->nomem = true;
		return;
	}
	if (weight > BPR_MNET_TOKENS)
		m->limit = true;
	to->item[to->count++] = (struct bpr_mnet_link){ place, (uint32_t)weight };
}

void bpr_i_make_in(struct bpr_mnet_make *m, uint32_t place, size_t weight)
{
	add(m, &m->in, place, weight);
}

void bpr_i_make_out(struct bpr_mnet_make *m, uint32_t place, size_t weight)
{
	add(m, &m->out, place, weight);
}

void bpr_i_make_clear(struct bpr_mnet_make *m, uint32_t place)
{
	add(m, &m->clear, place, 0);
}

void bpr_i_make_begin(struct bpr_mnet_make *m)
{
	m->in.count = m->out.count = m->clear.count = 0;
	m->fire = (struct bpr_mnet_fire){ .node = BPR_MNET_NONE, .arc = BPR_MNET_NONE, .after = BPR_MNET_NONE, .first = BPR_MNET_NONE };
}

static void put_links(struct bpr_mnet_make *m, const struct bpr_mnet_links *from, uint32_t *first, uint32_t *count)
{
	struct bpr_mnet *net = m->net;

	*first = net->link_count;
	*count = (uint32_t)from->count;
	if ((size_t)net->link_count + from->count > m->max * 4) {
		m->limit = true;
		return;
	}
	if (!bpr_i_grow(&net->link, &net->link_capacity, net->link_count + from->count + 1, sizeof(*net->link))) {
		m->nomem = true;
		return;
	}
	if (from->count)
		memcpy(net->link + net->link_count, from->item, from->count * sizeof(*from->item));
	net->link_count += (uint32_t)from->count;
}

void bpr_i_make_commit(struct bpr_mnet_make *m)
{
	struct bpr_mnet *net = m->net;
	struct bpr_mnet_fire fire = m->fire;

	put_links(m, &m->in, &fire.in_first, &fire.in_count);
	put_links(m, &m->out, &fire.out_first, &fire.out_count);
	put_links(m, &m->clear, &fire.clear_first, &fire.clear_count);
	if (m->limit || m->nomem)
		return;
	if (!bpr_i_grow(&net->fire, &net->fire_capacity, (size_t)net->fire_count + 1, sizeof(*net->fire))) {
		m->nomem = true;
		return;
	}
	net->cuts |= fire.cuts;
	net->waits |= fire.kind == BPR_FIRE_OR;
	net->alive |= fire.kind == BPR_FIRE_ALIVE;
	net->fire[net->fire_count++] = fire;
}

/* ---- where arcs lead ---- */

/* The instance of `scope` in which a token goes on that stands in `from`. */
uint32_t bpr_i_make_instance(const struct bpr_mnet_make *m, uint32_t from, size_t scope)
{
	const struct bpr_mnet *net = m->net;
	size_t want = scope;

	for (;;) {
		uint32_t at = from;

		while (at != BPR_MNET_NONE && net->instance[at].scope != bpr_i_make_scope(want))
			at = net->instance[at].parent;
		if (at != BPR_MNET_NONE) {
			from = at;
			break;
		}
		want = bpr_flow_scope(m->flow, want)->parent;
	}
	while (want != scope) {
		size_t down = scope;

		while (bpr_flow_scope(m->flow, down)->parent != want)
			down = bpr_flow_scope(m->flow, down)->parent;
		from = bpr_i_make_child(m, down, from);
		want = down;
	}
	return from;
}

uint32_t bpr_i_make_child(const struct bpr_mnet_make *m, size_t scope, uint32_t parent)
{
	uint32_t low = m->scope_row[scope + 1], high = m->scope_row[scope + 2];

	while (low < high) { /* in rising order: the first behind its parent */
		uint32_t mid = low + (high - low) / 2;

		if (m->scope_list[mid] <= parent)
			low = mid + 1;
		else
			high = mid;
	}
	return m->scope_list[low];
}

static bool is_gate(const struct bpr_mnet_make *m, size_t node)
{
	size_t count;
	const struct bpr_node *n = bpr_flow_node(m->flow, node);

	(void)bpr_flow_arcs_in(m->flow, node, &count);
	if (n->scope != BPR_NONE && !m->plain[n->scope] && bpr_flow_scope(m->flow, n->scope)->entry == node)
		return false;
	return n->join != BPR_JOIN_XOR && (count > 1 || bpr_i_make_is_exit(m, node));
}

bool bpr_i_make_is_exit(const struct bpr_mnet_make *m, size_t node)
{
	size_t scope = bpr_flow_node(m->flow, node)->scope;

	return scope != BPR_NONE && bpr_flow_scope(m->flow, scope)->exit == node;
}

/* Nothing happens at the node: what comes in is what goes out. */
static bool passes(const struct bpr_mnet_make *m, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(m->flow, node);
	const struct bpr_arc *arc;

	if (m->visible[node] || n->out_count != 1 || n->terminate || is_gate(m, node) || bpr_i_make_is_complex(m, node))
		return false;
	arc = bpr_flow_arc(m->flow, n->first_out);
	if (n->scope != bpr_flow_node(m->flow, arc->to)->scope)
		return false;
	return n->scope == BPR_NONE || m->plain[n->scope] || (node != bpr_flow_scope(m->flow, n->scope)->exit && arc->to != bpr_flow_scope(m->flow, n->scope)->entry);
}

static uint32_t gate_place(struct bpr_mnet_make *m, size_t arc, uint32_t instance)
{
	uint32_t *place = &m->arc_place[m->arc_base[arc] + m->net->instance[instance].ordinal];

	if (*place == BPR_MNET_NONE)
		*place = bpr_i_make_place(m, instance, false);
	return *place;
}

uint32_t bpr_i_make_at(struct bpr_mnet_make *m, size_t node, uint32_t instance)
{
	uint32_t ordinal = m->net->instance[instance].ordinal, place = BPR_MNET_NONE;
	size_t at = node, steps = 0;

	while (m->node_place[m->node_base[at] + ordinal] == BPR_MNET_NONE && passes(m, at) && steps++ < m->node_count) {
		size_t arc = bpr_flow_node(m->flow, at)->first_out, to = bpr_flow_arc(m->flow, arc)->to;

		if (is_gate(m, to)) {
			place = gate_place(m, arc, instance);
			break;
		}
		at = to;
	}
	if (place == BPR_MNET_NONE) {
		uint32_t *own = &m->node_place[m->node_base[at] + ordinal];

		if (*own == BPR_MNET_NONE)
			*own = bpr_i_make_place(m, instance, false);
		place = *own;
	}
	for (at = node; m->node_place[m->node_base[at] + ordinal] == BPR_MNET_NONE;) {
		m->node_place[m->node_base[at] + ordinal] = place;
		at = bpr_flow_arc(m->flow, bpr_flow_node(m->flow, at)->first_out)->to;
		if (is_gate(m, at))
			break;
	}
	return place;
}

uint32_t bpr_i_make_to(struct bpr_mnet_make *m, size_t arc, uint32_t from)
{
	size_t to = bpr_flow_arc(m->flow, arc)->to, scope = bpr_flow_node(m->flow, to)->scope;
	uint32_t instance;

	if (scope != BPR_NONE && !m->plain[scope] && bpr_flow_scope(m->flow, scope)->entry == to) {
		uint32_t at = from;

		while (at != BPR_MNET_NONE && m->net->instance[at].scope != bpr_i_make_scope(scope))
			at = m->net->instance[at].parent;
		if (at == BPR_MNET_NONE) { /* it comes in from outside */
			uint32_t around = bpr_i_make_instance(m, from, bpr_flow_scope(m->flow, scope)->parent);

			return m->edge[m->edge_base[scope] + m->net->instance[around].ordinal].outer;
		}
	}
	instance = bpr_i_make_instance(m, from, scope);
	return is_gate(m, to) ? gate_place(m, arc, instance) : bpr_i_make_at(m, to, instance);
}

/* ---- nodes ---- */

static void begin_ways_in(struct bpr_mnet_make *m, size_t node, uint32_t instance)
{
	const struct bpr_node *n = bpr_flow_node(m->flow, node);
	size_t count;
	const size_t *arcs = bpr_flow_arcs_in(m->flow, node, &count);

	bpr_i_make_begin(m);
	if (!is_gate(m, node)) {
		bpr_i_make_in(m, bpr_i_make_at(m, node, instance), 1);
		return;
	}
	for (size_t i = 0; i < count; i++)
		bpr_i_make_in(m, gate_place(m, arcs[i], instance), 1);
	if (bpr_i_make_is_exit(m, node)) {
		m->fire.kind = BPR_FIRE_EXIT;
		m->fire.low = instance;
		m->fire.high = m->net->instance[instance].high;
		bpr_i_make_in(m, bpr_i_make_at(m, node, instance), 1);
	} else if (n->join == BPR_JOIN_OR) {
		m->fire.kind = BPR_FIRE_OR;
	}
}

/* Each way in turn is taken or not; the last one has to be taken where none was. */
static void inclusive_ways(struct bpr_mnet_make *m, size_t node, uint32_t instance)
{
	const struct bpr_node *n = bpr_flow_node(m->flow, node);
	uint32_t none = bpr_i_make_place(m, instance, false), some = none;

	bpr_i_make_out(m, none, 1);
	bpr_i_make_commit(m);
	for (size_t i = 0; i < n->out_count && !m->nomem && !m->limit; i++) {
		bool last = i + 1 == n->out_count;
		uint32_t next_some = last ? BPR_MNET_NONE : bpr_i_make_place(m, instance, false);
		uint32_t next_none = last ? BPR_MNET_NONE : bpr_i_make_place(m, instance, false);

		for (int turn = 0; turn < (i ? 4 : 2); turn++) {
			bool taken = !(turn & 1), had = turn > 1;
			uint32_t next = taken || had ? next_some : next_none;

			if (last && !taken && !had)
				continue;
			bpr_i_make_begin(m);
			bpr_i_make_in(m, had ? some : none, 1);
			m->fire.choice = taken ? BPR_CHOICE_ARC : BPR_CHOICE_SKIP;
			m->fire.arc = (uint32_t)(n->first_out + i);
			if (taken)
				bpr_i_make_out(m, bpr_i_make_to(m, n->first_out + i, instance), 1);
			if (!last)
				bpr_i_make_out(m, next, 1);
			bpr_i_make_commit(m);
		}
		some = next_some;
		none = next_none;
	}
}

static void exclusive_ways(struct bpr_mnet_make *m, size_t node, uint32_t instance)
{
	const struct bpr_node *n = bpr_flow_node(m->flow, node);

	if (m->fire.visible || m->fire.choice || m->fire.kind != BPR_FIRE_PLAIN || m->clear.count || m->in.count > 1) {
		uint32_t after = bpr_i_make_place(m, instance, false);

		bpr_i_make_out(m, after, 1);
		bpr_i_make_commit(m);
		bpr_i_make_begin(m);
		bpr_i_make_in(m, after, 1);
	}
	m->fire.choice = BPR_CHOICE_ARC;
	for (size_t i = 0; i < n->out_count; i++) {
		m->fire.arc = (uint32_t)(n->first_out + i);
		m->out.count = 0;
		bpr_i_make_out(m, bpr_i_make_to(m, n->first_out + i, instance), 1);
		bpr_i_make_commit(m);
	}
}

void bpr_i_make_ways(struct bpr_mnet_make *m, size_t node, uint32_t instance)
{
	const struct bpr_node *n = bpr_flow_node(m->flow, node);

	if (n->terminate) {
		bpr_i_make_terminate(m, node, instance);
		bpr_i_make_commit(m);
	} else if (n->out_count > 1 && n->split == BPR_SPLIT_OR) {
		inclusive_ways(m, node, instance);
	} else if (n->out_count > 1 && n->split == BPR_SPLIT_XOR) {
		exclusive_ways(m, node, instance);
	} else {
		for (size_t i = 0; i < n->out_count; i++)
			bpr_i_make_out(m, bpr_i_make_to(m, n->first_out + i, instance), 1);
		bpr_i_make_commit(m);
	}
}

/* A node that is executed several times, again, or that events hang on: it is being worked on for a while. */
static void complex_node(struct bpr_mnet_make *m, size_t node, uint32_t instance)
{
	const struct bpr_node *n = bpr_flow_node(m->flow, node);
	uint32_t todo = bpr_i_make_place(m, instance, false), done = bpr_i_make_place(m, instance, false), active = BPR_MNET_NONE;
	struct bpr_mnet_hosted h = { .first = m->can.count };

	bpr_i_make_out(m, todo, n->repeat);
	if (m->hosts[node])
		bpr_i_make_out(m, active = bpr_i_make_place(m, instance, false), 1);
	bpr_i_make_cans(m, node, instance, &h);
	bpr_i_make_commit(m);
	bpr_i_make_begin(m);
	bpr_i_make_in(m, todo, 1);
	bpr_i_make_out(m, done, 1);
	m->fire.node = (uint32_t)node;
	m->fire.visible = m->visible[node];
	bpr_i_make_commit(m);
	if (n->loop_prob > 0) {
		bpr_i_make_begin(m);
		bpr_i_make_in(m, done, n->repeat);
		bpr_i_make_out(m, todo, n->repeat);
		m->fire.choice = BPR_CHOICE_LOOP;
		m->fire.arc = (uint32_t)node;
		bpr_i_make_commit(m);
	}
	if (m->hosts[node]) {
		h.active = active;
		h.todo = todo;
		h.done = done;
		bpr_i_make_events(m, node, instance, &h);
	}
	bpr_i_make_begin(m);
	bpr_i_make_in(m, done, n->repeat);
	if (m->hosts[node])
		bpr_i_make_in(m, active, 1);
	for (size_t i = h.first; i < m->can.count; i++)
		bpr_i_make_clear(m, m->can.item[i].place);
	if (n->loop_prob > 0 || m->hosts[node]) {
		m->fire.choice = BPR_CHOICE_ON;
		m->fire.arc = (uint32_t)node;
	}
	bpr_i_make_ways(m, node, instance);
	m->can.count = h.first;
}

static void node_at(struct bpr_mnet_make *m, size_t node, uint32_t instance)
{
	size_t scope = bpr_flow_node(m->flow, node)->scope;
	uint32_t ordinal = m->net->instance[instance].ordinal;

	if (passes(m, node))
		return;
	begin_ways_in(m, node, instance);
	if (bpr_i_make_is_complex(m, node)) {
		complex_node(m, node, instance);
		return;
	}
	m->fire.node = (uint32_t)node;
	m->fire.visible = m->visible[node];
	if (scope != BPR_NONE && !m->plain[scope] && bpr_flow_scope(m->flow, scope)->exit == node) {
		uint32_t around = m->net->instance[m->net->instance[instance].parent].ordinal;

		for (size_t i = 0; i < m->inner_count; i++)
			if (bpr_flow_node(m->flow, m->inner[i])->scope == scope)
				bpr_i_make_clear(m, m->inner_can[m->node_base[m->inner[i]] + ordinal]);
		bpr_i_make_out(m, m->edge[m->edge_base[scope] + around].gather, 1);
		bpr_i_make_commit(m);
		return;
	}
	bpr_i_make_ways(m, node, instance);
}

bool bpr_i_make_is_complex(const struct bpr_mnet_make *m, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(m->flow, node);

	return n->repeat > 1 || n->loop_prob > 0 || m->hosts[node];
}

/* ---- all of it ---- */

static void starts(struct bpr_mnet_make *m)
{
	size_t count = 0;

	m->net->begin = bpr_i_make_place(m, 0, false);
	for (size_t i = 0; i < m->node_count; i++)
		count += bpr_flow_node(m->flow, i)->kind == BPR_NODE_START && bpr_flow_node(m->flow, i)->scope == BPR_NONE;
	for (size_t i = 0; i < m->node_count; i++) {
		if (bpr_flow_node(m->flow, i)->kind != BPR_NODE_START || bpr_flow_node(m->flow, i)->scope != BPR_NONE)
			continue;
		bpr_i_make_begin(m);
		bpr_i_make_in(m, m->net->begin, 1);
		bpr_i_make_out(m, bpr_i_make_at(m, i, 0), 1);
		for (size_t k = 0; k < m->inner_count; k++)
			if (bpr_flow_node(m->flow, m->inner[k])->scope == BPR_NONE)
				bpr_i_make_out(m, m->inner_can[m->node_base[m->inner[k]]], 1);
		if (count > 1) {
			m->fire.choice = BPR_CHOICE_START;
			m->fire.arc = (uint32_t)i;
		}
		bpr_i_make_commit(m);
	}
}

static void make(struct bpr_mnet_make *m)
{
	bpr_i_make_edges(m);
	starts(m);
	for (size_t i = 0; i < m->node_count && !m->nomem && !m->limit; i++) {
		size_t scope = bpr_flow_node(m->flow, i)->scope + 1; /* BPR_NONE + 1 is 0 */

		for (uint32_t k = m->scope_row[scope]; k < m->scope_row[scope + 1] && !m->nomem && !m->limit; k++)
			node_at(m, i, m->scope_list[k]);
	}
	bpr_i_make_scopes(m);
}

bpr_status bpr_i_mnet_new(const bpr_flow *flow, const bool *visible, size_t max_nodes, struct bpr_mnet **out)
{
	struct bpr_mnet_make m = { .flow = flow, .visible = visible, .max = max_nodes, .node_count = bpr_flow_node_count(flow) };
	bpr_status status;

	*out = NULL;
	m.net = bpr_i_calloc(1, sizeof(*m.net));
	if (!m.net)
		return BPR_ENOMEM;
	m.net->flow = flow;
	if (bpr_i_make_prepare(&m))
		make(&m);
	status = m.nomem ? BPR_ENOMEM : m.limit ? BPR_ELIMIT : !bpr_i_mnet_fuse(m.net) ? BPR_ENOMEM : bpr_i_mnet_settle(m.net);
	bpr_i_make_release(&m);
	if (status != BPR_OK) {
		bpr_i_mnet_free(m.net);
		return status;
	}
	*out = m.net;
	return BPR_OK;
}

void bpr_i_mnet_free(struct bpr_mnet *net)
{
	if (!net)
		return;
	for (uint32_t i = 0; net->reach && i < net->fire_count; i++)
		bpr_i_free(net->reach[i]);
	for (uint32_t i = 0; net->reach_row && i < net->fire_count; i++)
		bpr_i_free(net->reach_row[i]);
	bpr_i_free(net->reach);
	bpr_i_free(net->reach_row);
	bpr_i_free(net->place);
	bpr_i_free(net->fire);
	bpr_i_free(net->link);
	bpr_i_free(net->instance);
	bpr_i_free(net->trigger_row);
	bpr_i_free(net->trigger);
	bpr_i_free(net->gone);
	bpr_i_free(net->free);
	bpr_i_free(net);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sub-processes as instances; their edges, rounds and events; ends that take others with them; events on steps. */
#include "config.h"
#include "mine/net_make_i.h"
#include "base/alloc_i.h"
#include <string.h>

/* ---- what hangs on what ---- */

/* A boundary event that happens by itself: no error thrown inside leads to it. */
static bool happens(const struct bpr_mnet_make *m, size_t node)
{
	size_t count;

	(void)bpr_flow_arcs_in(m->flow, node, &count);
	return bpr_flow_node(m->flow, node)->host != BPR_NONE && !count;
}

/* The scope behind whose exit a silent node stands to carry its boundary events, maybe with its loop between. */
static size_t scope_before(const struct bpr_mnet_make *m, size_t node)
{
	for (int steps = 0; steps < 2; steps++) {
		size_t count, before, scope;
		const size_t *in = bpr_flow_arcs_in(m->flow, node, &count);

		if (!bpr_flow_node(m->flow, node)->silent || count != 1)
			return BPR_NONE;
		before = bpr_flow_arc(m->flow, in[0])->from;
		scope = bpr_flow_node(m->flow, before)->scope;
		if (scope != BPR_NONE && bpr_flow_scope(m->flow, scope)->exit == before)
			return bpr_flow_scope(m->flow, scope)->parent == bpr_flow_node(m->flow, node)->scope ? scope : BPR_NONE;
		node = before;
	}
	return BPR_NONE;
}

static bool has_edges(const struct bpr_mnet_make *m, size_t scope)
{
	const struct bpr_scope *s = bpr_flow_scope(m->flow, scope);

	return s->entry != BPR_NONE && s->exit != BPR_NONE && s->entry != s->exit && bpr_flow_node(m->flow, s->entry)->scope == scope
		&& bpr_flow_node(m->flow, s->exit)->scope == scope;
}

static void find_event(struct bpr_mnet_make *m, size_t i)
{
	const struct bpr_node *n = bpr_flow_node(m->flow, i);
	size_t scope;

	if (!happens(m, i))
		return;
	m->around[i] = BPR_MNET_STEP;
	if (n->type && !strcmp(n->type, "startEvent") && n->scope == bpr_flow_node(m->flow, n->host)->scope) {
		if (n->scope == BPR_NONE || has_edges(m, n->scope)) {
			m->around[i] = BPR_MNET_INNER;
			m->inner[m->inner_count++] = i;
			if (n->scope != BPR_NONE)
				m->plain[n->scope] = false;
			return;
		}
	} else if ((scope = scope_before(m, n->host)) != BPR_NONE && has_edges(m, scope)) {
		m->around[i] = BPR_MNET_SCOPE;
		m->around_scope[i] = scope;
		m->scoped[m->scoped_count++] = i;
		m->plain[scope] = false;
		return;
	}
	m->hosts[n->host] = true;
}

/* ---- instances ---- */

struct children { uint32_t *first, *next; };

/* Copies of a scope inside a copy of what is around it. */
static size_t copies(const struct bpr_mnet_make *m, size_t scope)
{
	const struct bpr_scope *s = bpr_flow_scope(m->flow, scope);

	return s->repeat_parallel && s->repeat > 1 && has_edges(m, scope) ? s->repeat : 1;
}

static bool push_children(struct bpr_mnet_make *m, const struct children *c, uint32_t parent, struct bpr_mnet_links *stack)
{
	uint32_t scope = m->net->instance[parent].scope;

	for (uint32_t s = c->first[scope == BPR_MNET_NONE ? 0 : scope + 1]; s; s = c->next[s - 1]) {
		size_t n = copies(m, s - 1);

		if (n > m->max || stack->count + m->net->instance_count + n > m->max) {
			m->limit = true;
			return false;
		}
		if (!bpr_i_grow(&stack->item, &stack->capacity, stack->count + n, sizeof(*stack->item))) {
			m->nomem = true;
			return false;
		}
		for (size_t k = 0; k < n; k++)
			stack->item[stack->count++] = (struct bpr_mnet_link){ s - 1, parent };
	}
	return true;
}

/* In preorder, without recursion; children of a scope are a list. */
static bool number_instances(struct bpr_mnet_make *m, const struct children *c, uint32_t *count)
{
	struct bpr_mnet *net = m->net;
	struct bpr_mnet_links stack = { 0 };
	struct bpr_mnet_link next = { BPR_MNET_NONE, BPR_MNET_NONE };
	bool ok = true;

	for (;;) {
		uint32_t row = next.place == BPR_MNET_NONE ? 0 : next.place + 1, at = net->instance_count;

		if (!bpr_i_grow(&net->instance, &net->instance_capacity, (size_t)at + 1, sizeof(*net->instance))) {
			m->nomem = true;
			ok = false;
			break;
		}
		net->instance[at] = (struct bpr_mnet_instance){ next.place, next.weight, at + 1, count[row]++ };
		net->instance_count++;
		ok = push_children(m, c, at, &stack);
		if (!ok || !stack.count)
			break;
		next = stack.item[--stack.count];
	}
	for (uint32_t i = net->instance_count; ok && i-- > 1;)
		if (net->instance[net->instance[i].parent].high < net->instance[i].high)
			net->instance[net->instance[i].parent].high = net->instance[i].high;
	bpr_i_free(stack.item);
	return ok;
}

static bool make_instances(struct bpr_mnet_make *m)
{
	size_t n = m->scope_count;
	struct children c = { bpr_i_calloc(n + 1, sizeof(*c.first)), bpr_i_calloc(n + 1, sizeof(*c.next)) };
	uint32_t *count = bpr_i_calloc(n + 2, sizeof(*count));
	bool ok = c.first && c.next && count;

	for (size_t s = n; ok && s-- > 0;) {
		size_t parent = bpr_flow_scope(m->flow, s)->parent;

		c.next[s] = c.first[parent + 1];
		c.first[parent + 1] = (uint32_t)s + 1;
	}
	m->nomem |= !ok;
	ok = ok && number_instances(m, &c, count);
	if (ok) {
		m->scope_row = bpr_i_calloc(n + 2, sizeof(*m->scope_row));
		m->scope_list = bpr_i_calloc(m->net->instance_count, sizeof(*m->scope_list));
		ok = m->scope_row && m->scope_list;
		m->nomem |= !ok;
	}
	for (size_t s = 0; ok && s <= n; s++)
		m->scope_row[s + 1] = m->scope_row[s] + count[s];
	for (uint32_t i = 0; ok && i < m->net->instance_count; i++) {
		uint32_t scope = m->net->instance[i].scope, row = scope == BPR_MNET_NONE ? 0 : scope + 1;

		m->scope_list[m->scope_row[row] + m->net->instance[i].ordinal] = i;
	}
	bpr_i_free(c.first);
	bpr_i_free(c.next);
	bpr_i_free(count);
	return ok;
}

/* Rows of places by instance. */
static bool lay_out(struct bpr_mnet_make *m)
{
	size_t nodes = 0, arcs = 0, edges = 0;

	for (size_t i = 0; i < m->node_count; i++) {
		m->node_base[i] = (uint32_t)nodes;
		nodes += m->scope_row[bpr_flow_node(m->flow, i)->scope + 2] - m->scope_row[bpr_flow_node(m->flow, i)->scope + 1];
		if (nodes > m->max)
			break;
	}
	for (size_t i = 0; i < m->arc_count && arcs <= 4 * m->max; i++) {
		size_t scope = bpr_flow_node(m->flow, bpr_flow_arc(m->flow, i)->to)->scope;

		m->arc_base[i] = (uint32_t)arcs;
		arcs += m->scope_row[scope + 2] - m->scope_row[scope + 1];
	}
	for (size_t s = 0; s < m->scope_count; s++) {
		size_t parent = bpr_flow_scope(m->flow, s)->parent;

		m->edge_base[s] = (uint32_t)edges;
		edges += m->plain[s] ? 0 : m->scope_row[parent + 2] - m->scope_row[parent + 1];
	}
	if (nodes > m->max || arcs > 4 * m->max || edges > m->max) {
		m->limit = true;
		return false;
	}
	m->node_place = bpr_i_calloc(nodes + 1, sizeof(*m->node_place));
	m->inner_can = bpr_i_calloc(nodes + 1, sizeof(*m->inner_can));
	m->arc_place = bpr_i_calloc(arcs + 1, sizeof(*m->arc_place));
	m->edge = bpr_i_calloc(edges + 1, sizeof(*m->edge));
	m->nomem = !m->node_place || !m->arc_place || !m->edge || !m->inner_can;
	if (m->nomem)
		return false;
	memset(m->node_place, 0xff, nodes * sizeof(*m->node_place));
	memset(m->arc_place, 0xff, arcs * sizeof(*m->arc_place));
	return true;
}

bool bpr_i_make_prepare(struct bpr_mnet_make *m)
{
	size_t n = m->node_count;

	m->arc_count = bpr_flow_arc_count(m->flow);
	m->scope_count = bpr_flow_scope_count(m->flow);
	if (n > m->max || m->arc_count > 4 * m->max || m->max >= UINT32_MAX >> 8) {
		m->limit = true;
		return false;
	}
	m->around = bpr_i_calloc(n + 1, sizeof(*m->around));
	m->around_scope = bpr_i_calloc(n + 1, sizeof(*m->around_scope));
	m->hosts = bpr_i_calloc(n + 1, sizeof(*m->hosts));
	m->inner = bpr_i_calloc(n + 1, sizeof(*m->inner));
	m->scoped = bpr_i_calloc(n + 1, sizeof(*m->scoped));
	m->plain = bpr_i_calloc(m->scope_count + 1, sizeof(*m->plain));
	m->node_base = bpr_i_calloc(n + 1, sizeof(*m->node_base));
	m->arc_base = bpr_i_calloc(m->arc_count + 1, sizeof(*m->arc_base));
	m->edge_base = bpr_i_calloc(m->scope_count + 1, sizeof(*m->edge_base));
	m->nomem = !m->around || !m->around_scope || !m->hosts || !m->inner || !m->scoped || !m->plain || !m->node_base || !m->arc_base || !m->edge_base;
	if (m->nomem)
		return false;
	for (size_t s = 0; s < m->scope_count; s++)
		m->plain[s] = bpr_flow_scope(m->flow, s)->repeat <= 1 || !has_edges(m, s);
	for (size_t i = 0; i < n; i++)
		find_event(m, i);
	return make_instances(m) && lay_out(m);
}

void bpr_i_make_release(struct bpr_mnet_make *m)
{
	bpr_i_free(m->scope_row);
	bpr_i_free(m->scope_list);
	bpr_i_free(m->node_base);
	bpr_i_free(m->arc_base);
	bpr_i_free(m->node_place);
	bpr_i_free(m->arc_place);
	bpr_i_free(m->inner_can);
	bpr_i_free(m->around);
	bpr_i_free(m->around_scope);
	bpr_i_free(m->hosts);
	bpr_i_free(m->plain);
	bpr_i_free(m->edge_base);
	bpr_i_free(m->edge);
	bpr_i_free(m->inner);
	bpr_i_free(m->scoped);
	bpr_i_free(m->in.item);
	bpr_i_free(m->out.item);
	bpr_i_free(m->clear.item);
	bpr_i_free(m->can.item);
}

/* ---- edges of sub-processes ---- */

static size_t rounds(const struct bpr_mnet_make *m, size_t scope)
{
	return bpr_flow_scope(m->flow, scope)->repeat;
}

static bool serial(const struct bpr_mnet_make *m, size_t scope)
{
	return rounds(m, scope) > 1 && copies(m, scope) == 1;
}

/* Places first: transitions refer to them. */
void bpr_i_make_edges(struct bpr_mnet_make *m)
{
	for (size_t s = 0; s < m->scope_count; s++) {
		size_t parent = bpr_flow_scope(m->flow, s)->parent;

		for (uint32_t k = m->scope_row[parent + 1]; !m->plain[s] && k < m->scope_row[parent + 2]; k++) {
			uint32_t around = m->scope_list[k];
			struct bpr_mnet_edge *e = &m->edge[m->edge_base[s] + m->net->instance[around].ordinal];

			e->outer = bpr_i_make_place(m, around, false);
			e->gather = bpr_i_make_place(m, around, false);
			e->active = bpr_i_make_place(m, around, true);
			e->left = e->used = BPR_MNET_NONE;
			if (serial(m, s)) {
				e->left = bpr_i_make_place(m, around, true);
				e->used = bpr_i_make_place(m, around, true);
			}
		}
	}
	for (size_t i = 0; i < m->inner_count; i++) {
		size_t scope = bpr_flow_node(m->flow, m->inner[i])->scope;

		for (uint32_t k = m->scope_row[scope + 1]; k < m->scope_row[scope + 2]; k++)
			m->inner_can[m->node_base[m->inner[i]] + k - m->scope_row[scope + 1]] = bpr_i_make_place(m, m->scope_list[k], true);
	}
}

/* What a round begins with, in one copy. */
static void begin_round(struct bpr_mnet_make *m, size_t scope, uint32_t instance)
{
	bpr_i_make_out(m, bpr_i_make_at(m, bpr_flow_scope(m->flow, scope)->entry, instance), 1);
	for (size_t i = 0; i < m->inner_count; i++)
		if (bpr_flow_node(m->flow, m->inner[i])->scope == scope)
			bpr_i_make_out(m, m->inner_can[m->node_base[m->inner[i]] + m->net->instance[instance].ordinal], 1);
}

static void clear_edge(struct bpr_mnet_make *m, const struct bpr_mnet_edge *e, size_t first_can)
{
	bpr_i_make_clear(m, e->gather);
	if (e->left != BPR_MNET_NONE) {
		bpr_i_make_clear(m, e->left);
		bpr_i_make_clear(m, e->used);
	}
	for (size_t i = first_can; i < m->can.count; i++)
		bpr_i_make_clear(m, m->can.item[i].place);
}

static void add_can(struct bpr_mnet_make *m, size_t event, uint32_t instance)
{
	if (!bpr_i_grow(&m->can.item, &m->can.capacity, m->can.count + 1, sizeof(*m->can.item))) {
		m->nomem = true;
		return;
	}
	m->can.item[m->can.count++] = (struct bpr_mnet_can){ event, bpr_i_make_place(m, instance, true) };
	bpr_i_make_out(m, m->can.item[m->can.count - 1].place, 1);
}

static void event_begins(struct bpr_mnet_make *m, size_t event, uint32_t from)
{
	m->fire.choice = BPR_CHOICE_EVENT;
	m->fire.arc = (uint32_t)event;
	bpr_i_make_out(m, bpr_i_make_at(m, event, bpr_i_make_instance(m, from, bpr_flow_node(m->flow, event)->scope)), 1);
	bpr_i_make_commit(m);
}

/* Events around a sub-process, while it is active. */
static void scope_events(struct bpr_mnet_make *m, size_t scope, uint32_t around, size_t first_can)
{
	const struct bpr_mnet_edge *e = &m->edge[m->edge_base[scope] + m->net->instance[around].ordinal];
	uint32_t child = bpr_i_make_child(m, scope, around), last = child;

	for (size_t k = 1; k < copies(m, scope); k++)
		last = m->net->instance[last].high;
	for (size_t i = 0; i < m->scoped_count; i++) {
		size_t event = m->scoped[i];

		if (m->around_scope[event] != scope || !bpr_flow_node(m->flow, event)->interrupting)
			continue;
		bpr_i_make_begin(m);
		bpr_i_make_in(m, e->active, 1);
		clear_edge(m, e, first_can);
		m->fire.cuts = true;
		m->fire.low = child;
		m->fire.high = m->net->instance[last].high;
		event_begins(m, event, around);
	}
	for (size_t i = first_can; i < m->can.count; i++) {
		bpr_i_make_begin(m);
		bpr_i_make_in(m, m->can.item[i].place, 1);
		event_begins(m, m->can.item[i].event, around);
	}
}

static void make_scope(struct bpr_mnet_make *m, size_t scope, uint32_t around)
{
	const struct bpr_mnet_edge e = m->edge[m->edge_base[scope] + m->net->instance[around].ordinal];
	size_t first_can = m->can.count, n = rounds(m, scope), side = copies(m, scope);
	uint32_t child = bpr_i_make_child(m, scope, around), at = child;

	bpr_i_make_begin(m);
	bpr_i_make_in(m, e.outer, 1);
	bpr_i_make_out(m, e.active, 1);
	for (size_t k = 0; k < side; k++, at = m->net->instance[at].high)
		begin_round(m, scope, at);
	if (serial(m, scope))
		bpr_i_make_out(m, e.left, n - 1);
	for (size_t i = 0; i < m->scoped_count; i++)
		if (m->around_scope[m->scoped[i]] == scope && !bpr_flow_node(m->flow, m->scoped[i])->interrupting)
			add_can(m, m->scoped[i], around);
	bpr_i_make_commit(m);
	if (serial(m, scope)) {
		bpr_i_make_begin(m);
		bpr_i_make_in(m, e.gather, 1);
		bpr_i_make_in(m, e.left, 1);
		bpr_i_make_out(m, e.used, 1);
		begin_round(m, scope, child);
		bpr_i_make_commit(m);
	}
	bpr_i_make_begin(m);
	bpr_i_make_in(m, e.gather, side);
	bpr_i_make_in(m, e.active, 1);
	if (serial(m, scope))
		bpr_i_make_in(m, e.used, n - 1);
	for (size_t i = first_can; i < m->can.count; i++)
		bpr_i_make_clear(m, m->can.item[i].place);
	m->fire.node = (uint32_t)bpr_flow_scope(m->flow, scope)->exit;
	m->fire.choice = BPR_CHOICE_ON;
	m->fire.arc = m->fire.node;
	bpr_i_make_ways(m, bpr_flow_scope(m->flow, scope)->exit, around);
	scope_events(m, scope, around, first_can);
	m->can.count = first_can;
}

/* Event sub-processes: start while their scope goes on. */
static void inner_event(struct bpr_mnet_make *m, size_t event, uint32_t instance)
{
	bpr_i_make_begin(m);
	bpr_i_make_in(m, m->inner_can[m->node_base[event] + m->net->instance[instance].ordinal], 1);
	m->fire.kind = BPR_FIRE_ALIVE;
	m->fire.low = instance;
	m->fire.high = m->net->instance[instance].high;
	m->fire.cuts = bpr_flow_node(m->flow, event)->interrupting;
	event_begins(m, event, instance);
}

void bpr_i_make_scopes(struct bpr_mnet_make *m)
{
	for (size_t s = 0; s < m->scope_count; s++) {
		size_t parent = bpr_flow_scope(m->flow, s)->parent;

		for (uint32_t k = m->scope_row[parent + 1]; !m->plain[s] && k < m->scope_row[parent + 2] && !m->nomem && !m->limit; k++)
			make_scope(m, s, m->scope_list[k]);
	}
	for (size_t i = 0; i < m->inner_count; i++) {
		size_t scope = bpr_flow_node(m->flow, m->inner[i])->scope;

		for (uint32_t k = m->scope_row[scope + 1]; k < m->scope_row[scope + 2] && !m->nomem && !m->limit; k++)
			inner_event(m, m->inner[i], m->scope_list[k]);
	}
}

/* ---- ends that take others with them ---- */

static bool within(const bpr_flow *flow, size_t inner, size_t outer)
{
	while (inner != outer && inner != BPR_NONE)
		inner = bpr_flow_scope(flow, inner)->parent;
	return inner == outer;
}

void bpr_i_make_terminate(struct bpr_mnet_make *m, size_t node, uint32_t instance)
{
	const struct bpr_node *n = bpr_flow_node(m->flow, node);
	const struct bpr_mnet *net = m->net;
	size_t scope = n->scope, to, where;
	uint32_t at;

	m->fire.cuts = true;
	m->fire.low = 0;
	m->fire.high = net->instance[0].high;
	to = n->out_count ? bpr_flow_arc(m->flow, n->first_out)->to : scope == BPR_NONE ? BPR_NONE : bpr_flow_scope(m->flow, scope)->exit;
	if (scope == BPR_NONE || to == BPR_NONE) {
		if (scope != BPR_NONE) {
			m->fire.low = instance;
			m->fire.high = net->instance[instance].high;
		}
		return;
	}
	where = bpr_flow_node(m->flow, to)->scope;
	at = instance;
	if (!within(m->flow, where, scope)) { /* an error thrown to the edge of a scope farther out: everything up to there is left */
		while (bpr_flow_scope(m->flow, scope)->parent != BPR_NONE && !within(m->flow, where, bpr_flow_scope(m->flow, scope)->parent)) {
			scope = bpr_flow_scope(m->flow, scope)->parent;
			at = net->instance[at].parent;
		}
		if (!m->plain[scope]) {
			uint32_t around = net->instance[at].parent;
			const struct bpr_mnet_edge *e = &m->edge[m->edge_base[scope] + net->instance[around].ordinal];

			clear_edge(m, e, m->can.count);
			bpr_i_make_clear(m, e->active);
			at = bpr_i_make_child(m, scope, around);
			m->fire.low = at;
			for (size_t k = 1; k < copies(m, scope); k++)
				at = net->instance[at].high;
			m->fire.high = net->instance[at].high;
			at = m->fire.low;
		} else {
			m->fire.low = at;
			m->fire.high = net->instance[at].high;
		}
	} else {
		m->fire.low = at;
		m->fire.high = net->instance[at].high;
	}
	if (n->out_count)
		bpr_i_make_out(m, bpr_i_make_to(m, n->first_out, instance), 1);
	else
		bpr_i_make_out(m, bpr_i_make_at(m, to, instance), 1);
}

/* ---- events on steps ---- */

void bpr_i_make_cans(struct bpr_mnet_make *m, size_t node, uint32_t instance, struct bpr_mnet_hosted *h)
{
	size_t count;
	const size_t *events = bpr_flow_boundary(m->flow, node, &count);

	h->first = m->can.count;
	for (size_t i = 0; i < count; i++)
		if (m->around[events[i]] == BPR_MNET_STEP && !bpr_flow_node(m->flow, events[i])->interrupting)
			add_can(m, events[i], instance);
}

void bpr_i_make_events(struct bpr_mnet_make *m, size_t node, uint32_t instance, const struct bpr_mnet_hosted *h)
{
	size_t count;
	const size_t *events = bpr_flow_boundary(m->flow, node, &count);

	for (size_t i = 0; i < count; i++) {
		if (m->around[events[i]] != BPR_MNET_STEP || !bpr_flow_node(m->flow, events[i])->interrupting)
			continue;
		bpr_i_make_begin(m);
		bpr_i_make_in(m, h->active, 1);
		bpr_i_make_clear(m, h->todo);
		bpr_i_make_clear(m, h->done);
		for (size_t k = h->first; k < m->can.count; k++)
			bpr_i_make_clear(m, m->can.item[k].place);
		event_begins(m, events[i], instance);
	}
	for (size_t i = h->first; i < m->can.count; i++) {
		bpr_i_make_begin(m);
		bpr_i_make_in(m, m->can.item[i].place, 1);
		event_begins(m, m->can.item[i].event, instance);
	}
}

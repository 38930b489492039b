/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "property/sound_brute.h"
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A marking is one row of bytes; where each thing has its byte. */
struct part { const bpr_flow *flow; size_t index, nodes, arcs, scopes, node0, run0, can0, arc0, act0, end0, begin; };

struct brute {
	const struct bpr_flows *flows;
	struct part part[8]; size_t part_count;
	size_t bytes, all_nodes, message0;
	uint8_t *states; size_t count, capacity, max;
	size_t *table, table_size;
	struct edge { size_t from, to, length, node; } *edge; size_t edge_count, edge_capacity;
	size_t *unsafe, *improper;     /* [states] length of a firing that shows the fault; SIZE_MAX none */
	bool *open, *stopped, *final, *fired;
	/* the firing under way */
	size_t state, node;
	bool cut, second, again, any;
};

/* ---- asking the flow ---- */

static bool scope_in(const bpr_flow *flow, size_t scope, size_t outer)
{
	if (outer == BPR_NONE)
		return true;
	while (scope != BPR_NONE && scope != outer)
		scope = bpr_flow_scope(flow, scope)->parent;
	return scope == outer;
}

static size_t parent_of(const bpr_flow *flow, size_t scope)
{
	return bpr_flow_scope(flow, scope)->parent;
}

/* Where a token is that has left the node. */
static size_t outside(const bpr_flow *flow, size_t node)
{
	size_t scope = bpr_flow_node(flow, node)->scope;

	return scope != BPR_NONE && bpr_flow_scope(flow, scope)->exit == node ? parent_of(flow, scope) : scope;
}

static bool arc_in(const bpr_flow *flow, size_t arc, size_t scope)
{
	const struct bpr_arc *a = bpr_flow_arc(flow, arc);

	return scope_in(flow, outside(flow, a->from), scope) && scope_in(flow, bpr_flow_node(flow, a->to)->scope, scope);
}

static bool to_exit(const bpr_flow *flow, size_t arc)
{
	const struct bpr_arc *a = bpr_flow_arc(flow, arc);
	size_t scope = bpr_flow_node(flow, a->to)->scope;

	return scope != BPR_NONE && bpr_flow_scope(flow, scope)->exit == a->to;
}

static size_t in_count(const bpr_flow *flow, size_t node)
{
	size_t count;

	(void)bpr_flow_arcs_in(flow, node, &count);
	return count;
}

/* Silent nodes straight behind the exit carry the boundary events of a scope. */
static size_t scope_of_host(const bpr_flow *flow, size_t host)
{
	for (size_t s = 0; s < bpr_flow_scope_count(flow); s++) {
		const struct bpr_node *exit = bpr_flow_node(flow, bpr_flow_scope(flow, s)->exit);

		for (size_t i = 0; i < exit->out_count; i++) {
			size_t to = bpr_flow_arc(flow, exit->first_out + i)->to;
			const struct bpr_node *n = bpr_flow_node(flow, to);

			if (!n->silent || n->scope != parent_of(flow, s))
				continue;
			if (to == host)
				return s;
			for (size_t k = 0; k < n->out_count; k++)
				if (bpr_flow_arc(flow, n->first_out + k)->to == host && bpr_flow_node(flow, host)->silent && in_count(flow, host) == 1)
					return s;
		}
	}
	return BPR_NONE;
}

static bool spontaneous(const bpr_flow *flow, size_t node)
{
	return bpr_flow_node(flow, node)->host != BPR_NONE && !in_count(flow, node);
}

/* Start of an event sub-process: it sits on the first node inside its scope. */
static bool is_inner(const bpr_flow *flow, size_t event)
{
	return spontaneous(flow, event) && !strcmp(bpr_flow_node(flow, event)->type, "startEvent");
}

static bool is_event_of(const bpr_flow *flow, size_t event, size_t node, size_t scope)
{
	size_t host = bpr_flow_node(flow, event)->host, on;

	if (!spontaneous(flow, event) || is_inner(flow, event))
		return false;
	on = scope_of_host(flow, host);
	return scope != BPR_NONE ? on == scope : on == BPR_NONE && host == node;
}

static bool has_events(const bpr_flow *flow, size_t node)
{
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++)
		if (is_event_of(flow, i, node, BPR_NONE))
			return true;
	return false;
}

/* ---- markings ---- */

static uint8_t *state_at(struct brute *b, size_t i)
{
	return b->states + i * b->bytes;
}

static size_t find(struct brute *b, const uint8_t *marking)
{
	uint64_t h = 1469598103934665603u;
	size_t at;

	for (size_t i = 0; i < b->bytes; i++)
		h = (h ^ marking[i]) * 1099511628211u;
	for (at = h % b->table_size; b->table[at]; at = (at + 1) % b->table_size)
		if (!memcmp(state_at(b, b->table[at] - 1), marking, b->bytes))
			return b->table[at] - 1;
	if (b->count == b->max)
		return BPR_NONE;
	memcpy(state_at(b, b->count), marking, b->bytes);
	b->table[at] = ++b->count;
	return b->count - 1;
}

static size_t tokens(const struct brute *b, const struct part *p, const uint8_t *m, size_t scope)
{
	size_t count = 0;

	(void)b;
	for (size_t a = 0; a < p->arcs; a++)
		if (arc_in(p->flow, a, scope) && !to_exit(p->flow, a))
			count += m[p->arc0 + a];
	for (size_t i = 0; i < p->nodes; i++)
		if (scope_in(p->flow, bpr_flow_node(p->flow, i)->scope, scope))
			count += m[p->run0 + i];
	for (size_t s = 0; s < p->scopes; s++)
		if (s != scope && scope_in(p->flow, s, scope))
			count += m[p->act0 + s];
	return count;
}

static bool all_done(const struct brute *b, const uint8_t *m)
{
	for (size_t i = 0; i < b->part_count; i++)
		if (m[b->part[i].begin] || tokens(b, &b->part[i], m, BPR_NONE))
			return false;
	return true;
}

static void clear(const struct part *p, uint8_t *m, size_t scope)
{
	for (size_t a = 0; a < p->arcs; a++)
		if (arc_in(p->flow, a, scope))
			m[p->arc0 + a] = 0;
	for (size_t i = 0; i < p->nodes; i++) {
		const struct bpr_node *n = bpr_flow_node(p->flow, i);

		if (!scope_in(p->flow, n->scope, scope))
			continue;
		m[p->run0 + i] = m[p->end0 + i] = m[p->can0 + i] = 0;
	}
	for (size_t s = 0; s < p->scopes; s++)
		if (s != scope && scope_in(p->flow, s, scope))
			m[p->act0 + s] = 0;
}

/* ---- firing ---- */

static void emit(struct brute *b, uint8_t *m, size_t length)
{
	size_t to;

	b->any = true;
	if (b->second && length < b->unsafe[b->state])
		b->unsafe[b->state] = length;
	if (b->again && length < b->improper[b->state])
		b->improper[b->state] = length;
	if (b->cut) {
		b->open[b->state] = true;
		return;
	}
	for (size_t i = 0; i < b->part_count; i++) /* a process that is over forgets its ends */
		if (!m[b->part[i].begin] && !tokens(b, &b->part[i], m, BPR_NONE))
			memset(m + b->part[i].can0, 0, 2 * b->part[i].nodes);
	to = find(b, m);
	if (to == BPR_NONE) {
		b->open[b->state] = true;
		return;
	}
	if (b->edge_count == b->edge_capacity) {
		b->edge_capacity = 2 * b->edge_capacity + 64;
		b->edge = realloc(b->edge, b->edge_capacity * sizeof(*b->edge));
		assert(b->edge);
	}
	b->edge[b->edge_count++] = (struct edge){ b->state, to, length, b->node };
}

static void put(struct brute *b, uint8_t *byte)
{
	b->second |= *byte > 0;
	if (*byte < BRUTE_TOKENS)
		++*byte;
	else
		b->cut = true;
}

static void put_arc(struct brute *b, const struct part *p, uint8_t *m, size_t arc)
{
	if (!to_exit(p->flow, arc))
		put(b, &m[p->arc0 + arc]);
	else if (m[p->arc0 + arc])
		b->again = true;
	else
		m[p->arc0 + arc] = 1;
}

struct flags { bool cut, second, again; };

static struct flags flags_of(const struct brute *b)
{
	return (struct flags){ b->cut, b->second, b->again };
}

static void set_flags(struct brute *b, struct flags f)
{
	b->cut = f.cut;
	b->second = f.second;
	b->again = f.again;
}

static void leave(struct brute *b, const struct part *p, const uint8_t *before, size_t node, size_t length)
{
	const struct bpr_node *n = bpr_flow_node(p->flow, node);
	struct flags flags = flags_of(b);
	uint8_t m[1024];

	if (!n->out_count) {
		memcpy(m, before, b->bytes);
		b->again |= m[p->end0 + node] > 0;
		m[p->end0 + node] = 1;
		emit(b, m, length);
		set_flags(b, flags);
		return;
	}
	for (size_t ways = 1; ways < (size_t)1 << n->out_count; ways++) {
		bool single = !(ways & (ways - 1)), all = ways + 1 == (size_t)1 << n->out_count;

		if ((n->split == BPR_SPLIT_XOR && !single) || (n->split == BPR_SPLIT_AND && !all))
			continue;
		memcpy(m, before, b->bytes);
		for (size_t i = 0; i < n->out_count; i++)
			if (ways >> i & 1)
				put_arc(b, p, m, n->first_out + i);
		emit(b, m, length);
		set_flags(b, flags);
	}
}

static void begin_events(struct brute *b, const struct part *p, uint8_t *m, size_t node, size_t scope)
{
	for (size_t i = 0; i < p->nodes; i++)
		if (is_event_of(p->flow, i, node, scope) && !bpr_flow_node(p->flow, i)->interrupting) {
			if (m[p->can0 + i] < BRUTE_TOKENS)
				m[p->can0 + i]++;
			else
				b->cut = true;
		}
}

static void settle_events(const struct part *p, uint8_t *m, size_t node, size_t scope, uint8_t most)
{
	for (size_t i = 0; i < p->nodes; i++)
		if (is_event_of(p->flow, i, node, scope) && m[p->can0 + i] > most)
			m[p->can0 + i] = most;
}

/* Event sub-processes of a scope can start from now on. */
static void begin_inner(const struct brute *b, const struct part *p, uint8_t *m, size_t scope)
{
	(void)b;
	for (size_t i = 0; i < p->nodes; i++)
		if (is_inner(p->flow, i) && bpr_flow_node(p->flow, i)->scope == scope && m[p->can0 + i] < BRUTE_TOKENS)
			m[p->can0 + i]++;
}

/* Ends what a terminate end or a thrown error ends. */
static void terminate(const struct part *p, uint8_t *m, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(p->flow, node);
	size_t to = n->out_count ? bpr_flow_arc(p->flow, n->first_out)->to : BPR_NONE;

	if (n->scope == BPR_NONE) {
		clear(p, m, BPR_NONE);
		return;
	}
	clear(p, m, n->scope);
	for (size_t s = n->scope; s != BPR_NONE && to != BPR_NONE && !scope_in(p->flow, bpr_flow_node(p->flow, to)->scope, s); s = parent_of(p->flow, s)) {
		clear(p, m, s);
		if (m[p->act0 + s])
			m[p->act0 + s]--;
		settle_events(p, m, BPR_NONE, s, m[p->act0 + s]);
	}
}

static void fire(struct brute *b, const struct part *p, const uint8_t *before, size_t node, size_t from_arc)
{
	const struct bpr_node *n = bpr_flow_node(p->flow, node);
	struct flags flags = flags_of(b);
	uint8_t m[1024];

	memcpy(m, before, b->bytes);
	b->fired[p->node0 + node] = true;
	b->node = p->node0 + node;
	if (n->terminate)
		terminate(p, m, node);
	if (n->scope != BPR_NONE && bpr_flow_scope(p->flow, n->scope)->entry == node && (from_arc == BPR_NONE || !arc_in(p->flow, from_arc, n->scope))) {
		put(b, &m[p->act0 + n->scope]);
		begin_events(b, p, m, BPR_NONE, n->scope);
		begin_inner(b, p, m, n->scope);
	}
	if (has_events(p->flow, node)) {
		put(b, &m[p->run0 + node]);
		begin_events(b, p, m, node, BPR_NONE);
		emit(b, m, 1);
	} else {
		leave(b, p, m, node, 1);
	}
	set_flags(b, flags);
}

/* ---- inclusive joins, 13.4.3, by looking for the paths themselves ---- */

static bool path(const struct part *p, size_t node, size_t join, size_t arc, bool *seen);

/* Over the boundary events of a node or scope; while it runs, those that do not interrupt are tokens of their own. */
static bool over_events(const struct part *p, size_t node, size_t scope, bool running, size_t join, size_t arc, bool *seen)
{
	for (size_t i = 0; i < p->nodes; i++)
		if (is_event_of(p->flow, i, node, scope) && (!running || bpr_flow_node(p->flow, i)->interrupting) && path(p, i, join, arc, seen))
			return true;
	return false;
}

static bool over_arcs(const struct part *p, size_t node, size_t join, size_t arc, bool *seen)
{
	const struct bpr_node *n = bpr_flow_node(p->flow, node);

	for (size_t i = 0; i < n->out_count; i++)
		if (n->first_out + i == arc || path(p, bpr_flow_arc(p->flow, n->first_out + i)->to, join, arc, seen))
			return true;
	for (size_t s = n->scope; s != BPR_NONE && !scope_in(p->flow, bpr_flow_node(p->flow, join)->scope, s); s = parent_of(p->flow, s))
		if (bpr_flow_scope(p->flow, s)->exit != node && over_events(p, BPR_NONE, s, true, join, arc, seen))
			return true;
	return false;
}

/* Is there a path from a token that stands before the node to the arc, not through the join? */
static bool path(const struct part *p, size_t node, size_t join, size_t arc, bool *seen)
{
	const struct bpr_node *n = bpr_flow_node(p->flow, node);
	bool entry = n->scope != BPR_NONE && bpr_flow_scope(p->flow, n->scope)->entry == node;

	/* Nor out of a sub-process around the join: what comes back into it comes into another run of it. */
	for (size_t s = n->scope; s != BPR_NONE; s = parent_of(p->flow, s))
		if (bpr_flow_scope(p->flow, s)->exit == node && scope_in(p->flow, bpr_flow_node(p->flow, join)->scope, s))
			return false;
	if (node == join || seen[node])
		return false;
	seen[node] = true;
	return over_arcs(p, node, join, arc, seen) || over_events(p, node, BPR_NONE, false, join, arc, seen)
		|| (entry && (over_events(p, BPR_NONE, n->scope, false, join, arc, seen)
			      || path(p, bpr_flow_scope(p->flow, n->scope)->exit, join, arc, seen)));
}

/* Where a token can be. */
enum stand { BEFORE, RUNNING, ACTIVE };

static bool from(const struct part *p, enum stand stand, size_t index, size_t join, size_t arc)
{
	bool seen[256] = { false };

	if (stand == BEFORE)
		return path(p, index, join, arc, seen);
	if (stand == RUNNING)
		return over_arcs(p, index, join, arc, seen) || over_events(p, index, BPR_NONE, true, join, arc, seen);
	return path(p, bpr_flow_scope(p->flow, index)->exit, join, arc, seen) || over_events(p, BPR_NONE, index, true, join, arc, seen);
}

static bool leads(const struct part *p, enum stand stand, size_t index, size_t join, const uint8_t *m, bool marked)
{
	size_t count;
	const size_t *in = bpr_flow_arcs_in(p->flow, join, &count);

	for (size_t i = 0; i < count; i++)
		if ((m[p->arc0 + in[i]] > 0) == marked && from(p, stand, index, join, in[i]))
			return true;
	return false;
}

static bool blocks(const struct part *p, enum stand stand, size_t index, size_t join, const uint8_t *m)
{
	return leads(p, stand, index, join, m, false) && !leads(p, stand, index, join, m, true);
}

static bool or_enabled(const struct part *p, size_t join, const uint8_t *m)
{
	for (size_t a = 0; a < p->arcs; a++)
		if (m[p->arc0 + a] && !to_exit(p->flow, a) && bpr_flow_arc(p->flow, a)->to != join
		    && blocks(p, BEFORE, bpr_flow_arc(p->flow, a)->to, join, m))
			return false;
	for (size_t i = 0; i < p->nodes; i++)
		if ((m[p->run0 + i] && i != join && blocks(p, RUNNING, i, join, m)) || (m[p->can0 + i] && blocks(p, BEFORE, i, join, m)))
			return false;
	for (size_t s = 0; s < p->scopes; s++)
		if (m[p->act0 + s] && !scope_in(p->flow, bpr_flow_node(p->flow, join)->scope, s) && blocks(p, ACTIVE, s, join, m))
			return false;
	return true;
}

/* ---- everything that can fire ---- */

static void from_node(struct brute *b, const struct part *p, const uint8_t *s, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(p->flow, node);
	size_t count;
	const size_t *in = bpr_flow_arcs_in(p->flow, node, &count);
	bool all = count > 0, any = false;
	uint8_t m[1024];

	if (count && to_exit(p->flow, in[0]))
		return;
	for (size_t i = 0; i < count; i++) {
		all &= s[p->arc0 + in[i]] > 0;
		any |= s[p->arc0 + in[i]] > 0;
	}
	if (!any)
		return;
	memcpy(m, s, b->bytes);
	if (n->join == BPR_JOIN_XOR || count == 1) {
		for (size_t i = 0; i < count; i++) {
			if (!s[p->arc0 + in[i]])
				continue;
			m[p->arc0 + in[i]]--;
			fire(b, p, m, node, in[i]);
			m[p->arc0 + in[i]]++;
		}
		return;
	}
	if (n->join == BPR_JOIN_AND ? !all : !or_enabled(p, node, s))
		return;
	for (size_t i = 0; i < count; i++)
		if (m[p->arc0 + in[i]])
			m[p->arc0 + in[i]]--;
	fire(b, p, m, node, in[0]);
}

static void happenings(struct brute *b, const struct part *p, const uint8_t *s, size_t node, size_t scope)
{
	uint8_t m[1024];

	for (size_t i = 0; i < p->nodes; i++) {
		const struct bpr_node *e = bpr_flow_node(p->flow, i);
		size_t runs = scope == BPR_NONE ? p->run0 + node : p->act0 + scope;

		if (!is_event_of(p->flow, i, node, scope))
			continue;
		memcpy(m, s, b->bytes);
		if (e->interrupting) {
			if (scope != BPR_NONE)
				clear(p, m, scope);
			m[runs]--;
			settle_events(p, m, node, scope, m[runs]);
		} else if (m[p->can0 + i]) {
			m[p->can0 + i]--;
		} else {
			continue;
		}
		fire(b, p, m, i, BPR_NONE);
	}
}

static void expand(struct brute *b, size_t state)
{
	uint8_t s[1024], m[1024];

	memcpy(s, state_at(b, state), b->bytes);
	b->state = state;
	b->any = false;
	b->final[state] = all_done(b, s);
	for (size_t i = 0; i < b->part_count && !b->final[state]; i++) {
		const struct part *p = &b->part[i];

		for (size_t n = 0; n < p->nodes; n++) {
			memcpy(m, s, b->bytes);
			if (s[p->begin] && bpr_flow_node(p->flow, n)->kind == BPR_NODE_START && bpr_flow_node(p->flow, n)->scope == BPR_NONE) {
				m[p->begin] = 0;
				begin_inner(b, p, m, BPR_NONE);
				fire(b, p, m, n, BPR_NONE);
				continue;
			}
			if (is_inner(p->flow, n) && s[p->can0 + n]) {
				if (bpr_flow_node(p->flow, n)->interrupting)
					clear(p, m, bpr_flow_node(p->flow, n)->scope);
				else
					m[p->can0 + n]--;
				fire(b, p, m, n, BPR_NONE);
				continue;
			}
			from_node(b, p, s, n);
			if (s[p->run0 + n]) {
				m[p->run0 + n]--;
				settle_events(p, m, n, BPR_NONE, m[p->run0 + n]);
				leave(b, p, m, n, 0);
				happenings(b, p, s, n, BPR_NONE);
			}
		}
		for (size_t c = 0; c < p->scopes; c++) {
			if (!s[p->act0 + c])
				continue;
			if (!tokens(b, p, s, c)) {
				memcpy(m, s, b->bytes);
				clear(p, m, c);
				m[p->act0 + c]--;
				settle_events(p, m, BPR_NONE, c, m[p->act0 + c]);
				fire(b, p, m, bpr_flow_scope(p->flow, c)->exit, BPR_NONE);
			}
			happenings(b, p, s, BPR_NONE, c);
		}
	}
	b->stopped[state] = !b->final[state] && !b->any;
}

/* ---- verdicts ---- */

static void lay_out(struct brute *b, size_t flow)
{
	size_t at = 0;

	for (size_t f = 0; f < b->flows->count; f++) {
		struct part *p = &b->part[b->part_count];
		const bpr_flow *x = b->flows->items[f];

		if (flow != BPR_NONE && f != flow)
			continue;
		*p = (struct part){ .flow = x, .index = f, .nodes = bpr_flow_node_count(x), .arcs = bpr_flow_arc_count(x), .scopes = bpr_flow_scope_count(x) };
		p->node0 = b->all_nodes;
		b->all_nodes += p->nodes;
		p->run0 = at;
		p->can0 = p->run0 + p->nodes;
		p->end0 = p->can0 + p->nodes;
		p->arc0 = p->end0 + p->nodes;
		p->act0 = p->arc0 + p->arcs;
		p->begin = p->act0 + p->scopes;
		at = p->begin + 1;
		b->part_count++;
		assert(p->nodes <= 256);
	}
	b->bytes = at;
	assert(at <= 1024);
}

/* Shortest ways from the first marking, by as many rounds over all edges as help. */
static size_t *distances(const struct brute *b)
{
	size_t *d = malloc(b->count * sizeof(*d));
	bool changed = true;

	assert(d);
	for (size_t i = 0; i < b->count; i++)
		d[i] = i ? SIZE_MAX : 0;
	while (changed) {
		changed = false;
		for (size_t e = 0; e < b->edge_count; e++) {
			const struct edge *x = &b->edge[e];

			if (d[x->from] != SIZE_MAX && d[x->from] + x->length < d[x->to]) {
				d[x->to] = d[x->from] + x->length;
				changed = true;
			}
		}
	}
	return d;
}

static bool *can_complete(const struct brute *b)
{
	bool *live = calloc(b->count, sizeof(*live)), changed = true;

	assert(live);
	for (size_t i = 0; i < b->count; i++)
		live[i] = b->final[i] || b->open[i];
	while (changed) {
		changed = false;
		for (size_t e = b->edge_count; e-- > 0;)
			if (live[b->edge[e].to] && !live[b->edge[e].from])
				changed = live[b->edge[e].from] = true;
	}
	return live;
}

static void least(size_t *best, size_t a, size_t b)
{
	if (a != SIZE_MAX && b != SIZE_MAX && a + b < *best)
		*best = a + b;
}

static void judge(struct brute *b, struct sound_brute *out)
{
	size_t *d = distances(b), run[4] = { SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX }, stuck = SIZE_MAX;
	bool *live = can_complete(b), open = false, bad = false, dead = false;

	for (size_t i = 0; i < b->count; i++) {
		open |= b->open[i];
		bad |= !live[i];
		least(&run[BPR_SOUND_SAFE], d[i], b->unsafe[i]);
		least(&run[BPR_SOUND_PROPER_COMPLETION], d[i], b->improper[i]);
		if (!live[i])
			least(&run[BPR_SOUND_OPTION_TO_COMPLETE], d[i], 0);
		if (b->stopped[i])
			least(&stuck, d[i], 0);
	}
	out->complete = !open;
	out->deadlock = stuck != SIZE_MAX;
	if (out->deadlock)
		run[BPR_SOUND_OPTION_TO_COMPLETE] = stuck;
	for (size_t p = 0; p < BPR_SOUND_NO_DEAD_ACTIVITIES; p++)
		out->verdict[p] = run[p] != SIZE_MAX ? BPR_VERDICT_NO : open ? BPR_VERDICT_UNDECIDED : BPR_VERDICT_YES;
	assert(bad == (run[BPR_SOUND_OPTION_TO_COMPLETE] != SIZE_MAX));
	out->dead = calloc(b->all_nodes, sizeof(*out->dead));
	assert(out->dead);
	for (size_t i = 0; i < b->part_count; i++)
		for (size_t n = 0; n < b->part[i].nodes; n++)
			if (!b->fired[b->part[i].node0 + n] && !bpr_flow_node(b->part[i].flow, n)->silent)
				dead = out->dead[b->part[i].node0 + n] = true;
	out->verdict[BPR_SOUND_NO_DEAD_ACTIVITIES] = !dead ? BPR_VERDICT_YES : open ? BPR_VERDICT_UNDECIDED : BPR_VERDICT_NO;
	memcpy(out->run, run, sizeof(run));
	out->states = b->count;
	free(d);
	free(live);
}

/* ---- playing a run ---- */

static void without_steps(const struct brute *b, bool *at)
{
	for (bool changed = true; changed;) {
		changed = false;
		for (size_t e = 0; e < b->edge_count; e++)
			if (!b->edge[e].length && at[b->edge[e].from] && !at[b->edge[e].to])
				changed = at[b->edge[e].to] = true;
	}
}

/* Can these nodes be executed in this order, and is the fault there in the end? */
static bool plays(const struct brute *b, const struct bpr_sound_fault *fault)
{
	bool *at = calloc(b->count, sizeof(*at)), *next = calloc(b->count, sizeof(*next)), found = false;
	size_t steps = fault->run_count;

	assert(at && next && b->part_count <= 8);
	at[0] = true;
	/* The last step of these two is the fault itself. */
	if (fault->kind == BPR_SOUND_SECOND_TOKEN || fault->kind == BPR_SOUND_SECOND_END)
		steps--;
	for (size_t i = 0; i < steps; i++) {
		size_t node = 0;

		for (size_t k = 0; k < b->part_count; k++)
			if (b->part[k].index == fault->run[i].flow)
				node = b->part[k].node0 + fault->run[i].node;
		without_steps(b, at);
		memset(next, 0, b->count);
		for (size_t e = 0; e < b->edge_count; e++)
			if (b->edge[e].length && b->edge[e].node == node && at[b->edge[e].from])
				next[b->edge[e].to] = true;
		memcpy(at, next, b->count);
	}
	without_steps(b, at);
	for (size_t i = 0; i < b->count; i++) {
		if (!at[i])
			continue;
		found |= fault->kind == BPR_SOUND_SECOND_TOKEN ? b->unsafe[i] != SIZE_MAX : fault->kind == BPR_SOUND_SECOND_END ? b->improper[i] != SIZE_MAX
			: fault->kind == BPR_SOUND_DEADLOCK ? b->stopped[i] : !b->final[i];
	}
	free(at);
	free(next);
	return found;
}

static void play_runs(const struct brute *b, const struct bpr_soundness *soundness, struct sound_brute *out)
{
	for (size_t i = 0; soundness && i < soundness->fault_count; i++)
		if (soundness->faults[i].kind != BPR_SOUND_DEAD && !plays(b, &soundness->faults[i]))
			out->unplayed[soundness->faults[i].property]++;
}

void sound_brute(const struct bpr_flows *flows, size_t flow, size_t max_states, const struct bpr_soundness *soundness, struct sound_brute *out)
{
	struct brute b = { .flows = flows, .max = max_states, .table_size = 3 * max_states + 7 };
	uint8_t first[1024] = { 0 };

	*out = (struct sound_brute){ 0 };
	lay_out(&b, flow);
	b.states = calloc(max_states, b.bytes);
	b.table = calloc(b.table_size, sizeof(*b.table));
	b.unsafe = malloc(max_states * sizeof(*b.unsafe));
	b.improper = malloc(max_states * sizeof(*b.improper));
	b.open = calloc(max_states, 1);
	b.stopped = calloc(max_states, 1);
	b.final = calloc(max_states, 1);
	b.fired = calloc(b.all_nodes, 1);
	assert(b.states && b.table && b.unsafe && b.improper && b.open && b.stopped && b.final && b.fired);
	for (size_t i = 0; i < max_states; i++)
		b.unsafe[i] = b.improper[i] = SIZE_MAX;
	for (size_t i = 0; i < b.part_count; i++)
		first[b.part[i].begin] = 1;
	(void)find(&b, first);
	for (size_t i = 0; i < b.count; i++)
		expand(&b, i);
	judge(&b, out);
	play_runs(&b, soundness, out);
	free(b.states);
	free(b.table);
	free(b.edge);
	free(b.unsafe);
	free(b.improper);
	free(b.open);
	free(b.stopped);
	free(b.final);
	free(b.fired);
}

void sound_brute_release(struct sound_brute *out)
{
	free(out->dead);
}

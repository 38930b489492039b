/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Flows into boxes and arrows. Silent nodes are not drawn: an arc that leads to one goes on to what is drawn behind it.
 * A scope is a group; where its start and end events became silent passes, they are drawn as the events that they were.
 */
#include "config.h"
#include "base/problem_i.h"
#include "base/text_i.h"
#include "report/draw_i.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* One flow on its way into the picture. */
struct drawer {
	struct picture *p;
	const bpr_flow *flow;
	size_t pool, first_node, first_lane, index; /* index: of the chosen flows */
	size_t *map;            /* of nodes */
	size_t *group;          /* of scopes */
	size_t *owner;          /* of silent nodes behind a scope's exit: the scope */
	size_t *lane;           /* of units, then three more: citizens, systems, neither */
	size_t *stack, *stamp, stamped;
	size_t *queue;
	unsigned char *queued;
};

static bool is_event_type(const char *type)
{
	size_t n = type ? strlen(type) : 0;

	return n > 5 && !strcmp(type + n - 5, "Event");
}

/* Where ways only come together, and there is one way on. */
static bool is_mere_merge(const bpr_flow *flow, const struct bpr_node *n)
{
	return n->kind == BPR_NODE_XOR && n->out_count == 1 && !*n->name && bpr_flow_arc(flow, n->first_out)->to != bpr_flow_arc(flow, n->first_out)->from;
}

/* A scope's silent nodes carry its type; what was an event keeps its own. */
static bool is_shown(const struct picture *p, const bpr_flow *flow, const struct bpr_node *n)
{
	if (p->compact && is_mere_merge(flow, n))
		return false;
	if (!n->silent)
		return true;
	if (is_event_type(n->type))
		return strncmp(n->type, "intermediate", 12) != 0 || n->host != BPR_NONE; /* links join what they link */
	return !n->type && n->scope == BPR_NONE && n->host == BPR_NONE &&
	       (n->kind == BPR_NODE_END || (n->kind == BPR_NODE_START && bpr_flow_node_count(flow) > 1));
}

static enum draw_event event_of(const struct bpr_node *n)
{
	if (n->host != BPR_NONE)
		return DRAW_CATCH;
	if (n->kind == BPR_NODE_START || (n->type && !strcmp(n->type, "startEvent")))
		return DRAW_START;
	if (n->kind == BPR_NODE_END || (n->type && !strcmp(n->type, "endEvent")))
		return DRAW_END;
	return n->type && strstr(n->type, "Throw") ? DRAW_THROW : DRAW_CATCH;
}

static enum bpr_shape shape_of(const struct bpr_node *n)
{
	if (n->silent || n->kind == BPR_NODE_START || n->kind == BPR_NODE_END || n->kind == BPR_NODE_EVENT)
		return BPR_SHAPE_EVENT;
	return n->kind == BPR_NODE_TASK ? BPR_SHAPE_TASK : BPR_SHAPE_GATEWAY;
}

/* A silent end of a table says how the case went; a node without a name has none. */
static const char *text_of(const struct drawer *d, const struct bpr_node *n)
{
	enum bpr_lang lang = d->p->options->lang;

	if (*n->name || !n->silent || n->type)
		return n->name;
	if (n->kind == BPR_NODE_END && n->outcome == BPR_OUTCOME_INCOMPLETE)
		return bpr_text(lang, N_("not completed"));
	if (n->kind == BPR_NODE_END && n->outcome == BPR_OUTCOME_REJECTED)
		return bpr_text(lang, N_("rejected"));
	return "";
}

/* ---- lanes ---- */

static size_t add_lane(struct drawer *d, const char *text, size_t parent)
{
	struct bpr_layout_graph *g = &d->p->graph;

	g->lanes[g->lane_count] = (struct bpr_layout_lane){ .text = text, .parent = parent, .pool = d->pool };
	return g->lane_count++;
}

/* Lanes around come first; a chain of units is never longer than there are units. */
static size_t lane_of_unit(struct drawer *d, size_t unit)
{
	while (d->lane[unit] == BPR_NONE) {
		size_t outer = unit;

		while (bpr_flow_unit(d->flow, outer)->parent != BPR_NONE && d->lane[bpr_flow_unit(d->flow, outer)->parent] == BPR_NONE)
			outer = bpr_flow_unit(d->flow, outer)->parent;
		d->lane[outer] = add_lane(d, bpr_flow_unit(d->flow, outer)->name,
					  bpr_flow_unit(d->flow, outer)->parent == BPR_NONE
						  ? BPR_NONE : d->lane[bpr_flow_unit(d->flow, outer)->parent]);
	}
	return d->lane[unit];
}

/* Lanes for those who belong to no unit. */
static size_t lane_without_unit(struct drawer *d, const struct bpr_node *n)
{
	static const char *const names[] = { N_("Office"), N_("Citizen"), N_("System") };
	enum bpr_actor actor = n->kind == BPR_NODE_START && d->p->compact ? BPR_ACTOR_CITIZEN : n->actor;
	size_t at = bpr_flow_unit_count(d->flow) + (size_t)actor;

	if (d->lane[at] == BPR_NONE)
		d->lane[at] = add_lane(d, bpr_text(d->p->options->lang, names[actor]), BPR_NONE);
	return d->lane[at];
}

static bool has_lanes(const bpr_flow *flow)
{
	bool citizen = false, other = false;

	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node *n = bpr_flow_node(flow, i);

		if (n->unit != BPR_NONE)
			return true;
		if (n->kind == BPR_NODE_TASK && !n->silent)
			*(n->actor == BPR_ACTOR_STAFF ? &other : &citizen) = true;
	}
	return citizen && other;
}

/* Steps of citizens, and the start where they begin with one. */
static bool is_citizens(const bpr_flow *flow, const struct bpr_node *n)
{
	for (size_t steps = 0; n->kind != BPR_NODE_TASK && n->out_count == 1 && steps < 3; steps++) {
		if (!steps && n->kind != BPR_NODE_START)
			return false;
		n = bpr_flow_node(flow, bpr_flow_arc(flow, n->first_out)->to);
	}
	return n->kind == BPR_NODE_TASK && n->actor == BPR_ACTOR_CITIZEN;
}

/* The lane of each node that has one of its own: steps always, events and gateways where their unit is known. */
static void find_lanes(struct drawer *d)
{
	struct bpr_layout_graph *g = &d->p->graph;

	if (!has_lanes(d->flow))
		return;
	for (size_t i = 0; i < bpr_flow_node_count(d->flow); i++) {
		const struct bpr_node *n = bpr_flow_node(d->flow, i);

		if (d->map[i] == BPR_NONE)
			continue;
		if (d->p->compact && is_citizens(d->flow, n))
			g->nodes[d->map[i]].lane = lane_without_unit(d, n);
		else if (n->unit != BPR_NONE)
			g->nodes[d->map[i]].lane = lane_of_unit(d, n->unit);
		else if (n->kind == BPR_NODE_TASK && !n->silent)
			g->nodes[d->map[i]].lane = lane_without_unit(d, n);
	}
}

/* A group is where the first step in it is; all in it too. */
static void find_group_lanes(struct drawer *d)
{
	struct bpr_layout_graph *g = &d->p->graph;

	for (size_t i = d->first_node; i < g->node_count; i++)
		for (size_t up = g->nodes[i].parent; up != BPR_NONE; up = g->nodes[up].parent)
			if (g->nodes[up].lane == BPR_NONE)
				g->nodes[up].lane = g->nodes[i].lane;
}

static bool take_lane(struct bpr_layout_node *to, const struct bpr_layout_node *from)
{
	if (to->lane != BPR_NONE || from->lane == BPR_NONE || to->parent != BPR_NONE)
		return false;
	to->lane = from->lane;
	return true;
}

/* Events and gateways of no unit stand with what leads to them, else with what they lead to. */
static void spread_lanes(struct drawer *d, size_t first_edge)
{
	struct bpr_layout_graph *g = &d->p->graph;
	bool changed = true;

	if (g->lane_count == d->first_lane)
		return;
	for (int round = 0; changed && round < 200; round++) {
		changed = false;
		for (size_t i = first_edge; i < g->edge_count; i++)
			changed |= take_lane(&g->nodes[g->edges[i].to], &g->nodes[g->edges[i].from]);
		for (size_t i = g->edge_count; !changed && i-- > first_edge;)
			changed |= take_lane(&g->nodes[g->edges[i].from], &g->nodes[g->edges[i].to]);
	}
	for (size_t i = d->first_node; i < g->node_count; i++) {
		if (g->nodes[i].host != BPR_NONE)
			g->nodes[i].lane = g->nodes[g->nodes[i].host].lane;
		else if (g->nodes[i].lane == BPR_NONE && g->nodes[i].parent == BPR_NONE)
			g->nodes[i].lane = d->first_lane;
	}
	for (size_t i = d->first_node; i < g->node_count; i++)
		for (size_t up = g->nodes[i].parent; up != BPR_NONE; up = g->nodes[up].parent)
			g->nodes[i].lane = g->nodes[up].lane;
}

/* ---- nodes ---- */

static size_t add_node(struct picture *p, enum bpr_shape shape, const char *text, size_t pool)
{
	struct bpr_layout_graph *g = &p->graph;

	g->nodes[g->node_count] = (struct bpr_layout_node){ .shape = shape, .text = text, .parent = BPR_NONE, .lane = BPR_NONE,
							    .pool = pool, .host = BPR_NONE };
	p->drawn[g->node_count] = (struct drawn){ .steps = BPR_BUF_MAX(60), .heat = (double)NAN };
	return g->node_count++;
}

static void add_groups(struct drawer *d)
{
	struct picture *p = d->p;

	for (size_t s = 0; s < bpr_flow_scope_count(d->flow); s++) {
		const struct bpr_scope *scope = bpr_flow_scope(d->flow, s);

		d->group[s] = add_node(p, BPR_SHAPE_GROUP, *scope->name ? scope->name : scope->id, d->pool);
		p->drawn[d->group[s]].scope = scope;
	}
	for (size_t s = 0; s < bpr_flow_scope_count(d->flow); s++) {
		size_t parent = bpr_flow_scope(d->flow, s)->parent;

		if (parent != BPR_NONE)
			p->graph.nodes[d->group[s]].parent = d->group[parent];
	}
}

static void add_nodes(struct drawer *d)
{
	struct picture *p = d->p;

	for (size_t i = 0; i < bpr_flow_node_count(d->flow); i++) {
		const struct bpr_node *n = bpr_flow_node(d->flow, i);
		size_t at;

		d->map[i] = BPR_NONE;
		if (p->follows ? !bpr_i_follows_has(d->flow, i) : !is_shown(p, d->flow, n))
			continue;
		at = d->map[i] = add_node(p, shape_of(n), text_of(d, n), d->pool);
		p->drawn[at].node = n;
		p->drawn[at].event = event_of(n);
		bpr_i_picture_value(p, d->index, at, i);
		p->graph.nodes[at].parent = n->scope == BPR_NONE || p->follows ? BPR_NONE : d->group[n->scope];
		p->graph.nodes[at].mark_above = !p->compact && bpr_i_svg_has_task_mark(&p->drawn[at]);
		p->graph.nodes[at].mark_below = !p->compact && bpr_i_svg_has_repeat_mark(&p->drawn[at]);
	}
}

/* Marks the silent nodes behind the exit of each scope as its own, up to what is drawn or the next scope's edge. */
static void find_owners(struct drawer *d)
{
	for (size_t i = 0; i < bpr_flow_node_count(d->flow); i++)
		d->owner[i] = BPR_NONE;
	for (size_t s = 0; s < bpr_flow_scope_count(d->flow); s++) {
		d->owner[bpr_flow_scope(d->flow, s)->entry] = s;
		d->owner[bpr_flow_scope(d->flow, s)->exit] = s;
	}
	for (size_t s = 0; s < bpr_flow_scope_count(d->flow); s++) {
		size_t depth = 0;

		d->stack[depth++] = bpr_flow_scope(d->flow, s)->exit;
		while (depth) {
			const struct bpr_node *n = bpr_flow_node(d->flow, d->stack[--depth]);

			for (size_t k = 0; k < n->out_count; k++) {
				size_t to = bpr_flow_arc(d->flow, n->first_out + k)->to;

				if (d->map[to] != BPR_NONE || d->owner[to] != BPR_NONE || !bpr_flow_node(d->flow, to)->silent)
					continue;
				d->owner[to] = s;
				d->stack[depth++] = to;
			}
		}
	}
}

static bool is_entry(const struct drawer *d, size_t node)
{
	return d->owner[node] != BPR_NONE && bpr_flow_scope(d->flow, d->owner[node])->entry == node;
}

static bool is_exit(const struct drawer *d, size_t node)
{
	return d->owner[node] != BPR_NONE && bpr_flow_scope(d->flow, d->owner[node])->exit == node;
}

static void find_hosts(struct drawer *d)
{
	struct picture *p = d->p;

	for (size_t i = 0; i < bpr_flow_node_count(d->flow); i++) {
		const struct bpr_node *n = bpr_flow_node(d->flow, i);
		struct bpr_layout_node *to;

		if (n->host == BPR_NONE || d->map[i] == BPR_NONE)
			continue;
		to = &p->graph.nodes[d->map[i]];
		p->drawn[d->map[i]].dashed = !n->interrupting;
		if (d->map[n->host] != BPR_NONE) {
			to->host = d->map[n->host];
			p->graph.nodes[to->host].mark_below |= p->compact; /* room for the circle */
		} else if (d->owner[n->host] != BPR_NONE && !is_entry(d, n->host)) {
			to->host = d->group[d->owner[n->host]];
		} else {
			p->drawn[d->map[i]].event = DRAW_START; /* of an event sub-process */
		}
		if (to->host != BPR_NONE)
			to->parent = p->graph.nodes[to->host].parent;
	}
}

/* ---- arcs ---- */

static size_t add_edge(struct picture *p, size_t from, size_t to, const char *text, double passages)
{
	struct bpr_layout_graph *g = &p->graph;

	if (!bpr_i_grow(&g->edges, &p->edge_capacity, g->edge_count + 1, sizeof(*g->edges)) ||
	    !bpr_i_grow(&p->drawn_edges, &p->extra_capacity, g->edge_count + 1, sizeof(*p->drawn_edges))) {
		p->failed = true;
		return BPR_NONE;
	}
	p->drawn_edges[g->edge_count] = (struct drawn_edge){ .passages = passages };
	g->edges[g->edge_count] = (struct bpr_layout_edge){ .from = from, .to = to, .from_pool = BPR_NONE, .to_pool = BPR_NONE,
							    .text = text };
	return g->edge_count++;
}

/* The name of an arc, and its share where one was given and the name does not say it. */
static const char *share_text(struct drawer *d, const struct bpr_arc *arc)
{
	const struct bpr_node *from = bpr_flow_node(d->flow, arc->from);
	const char *name = arc->name ? arc->name : "";
	struct bpr_buf buf = BPR_BUF_INIT;
	char *text;

	if (!arc->given || from->out_count < 2 || from->split == BPR_SPLIT_AND || strchr(name, '%') || strstr(name, "％"))
		return name;
	if (*name)
		bpr_i_buf_printf(&buf, "%s ", name);
	bpr_i_buf_number(&buf, floor(arc->prob * 1000 + 0.5) / 10);
	bpr_i_buf_puts(&buf, "%");
	text = bpr_i_arena_strndup(&d->p->arena, buf.data ? buf.data : "", buf.length);
	d->p->failed |= !text || buf.failed;
	bpr_i_buf_release(&buf);
	return text ? text : "";
}

/* With it, where cases part, how often one goes there. */
static const char *arc_text(struct drawer *d, size_t arc, double passages)
{
	const char *text = share_text(d, bpr_flow_arc(d->flow, arc));

	return *text && d->p->heat == BPR_HEAT_VISITS && !d->p->compact ? bpr_i_picture_passages(d->p, text, passages) : text;
}

/* Where an arc to `node` is drawn to: a drawn node, the group it enters, or through silent nodes on to several. */
static void draw_to(struct drawer *d, size_t from, size_t arc)
{
	size_t node = bpr_flow_arc(d->flow, arc)->to, depth = 0;
	double passages = d->p->passages && d->p->passages[d->index] ? d->p->passages[d->index][arc] : (double)NAN;
	const char *text = arc_text(d, arc, passages);

	d->stamped++;
	d->stack[depth++] = node;
	d->stamp[node] = d->stamped;
	while (depth) {
		size_t at = d->stack[--depth];
		const struct bpr_node *n = bpr_flow_node(d->flow, at);

		if (d->map[at] != BPR_NONE) {
			if (n->host == BPR_NONE || d->p->graph.nodes[d->map[at]].host == BPR_NONE)
				(void)add_edge(d->p, from, d->map[at], text, passages);
			continue; /* an error thrown inside goes to its boundary event without an arc */
		}
		if (is_entry(d, at)) {
			if (d->group[d->owner[at]] != from)
				(void)add_edge(d->p, from, d->group[d->owner[at]], text, passages);
			continue;
		}
		if (is_exit(d, at))
			continue; /* it ends its scope */
		passages = n->out_count > 1 ? (double)NAN : passages;
		for (size_t k = n->out_count; k-- > 0;) {
			size_t to = bpr_flow_arc(d->flow, n->first_out + k)->to;

			if (d->stamp[to] == d->stamped)
				continue;
			d->stamp[to] = d->stamped;
			d->stack[depth++] = to;
		}
	}
}

/* Out of the exit of a scope, through what is silent behind it. */
static void draw_scope_arcs(struct drawer *d, size_t scope)
{
	size_t exit = bpr_flow_scope(d->flow, scope)->exit, count = 0;

	d->queue[count++] = exit;
	d->queued[exit] = 1;
	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *n = bpr_flow_node(d->flow, d->queue[i]);

		for (size_t k = 0; k < n->out_count; k++) {
			const struct bpr_arc *arc = bpr_flow_arc(d->flow, n->first_out + k);

			if (d->owner[arc->to] != scope) {
				draw_to(d, d->group[scope], n->first_out + k);
			} else if (!is_entry(d, arc->to) && !d->queued[arc->to]) { /* to the entry: once more, a mark says so */
				d->queued[arc->to] = 1;
				d->queue[count++] = arc->to;
			}
		}
	}
}

static void add_arcs(struct drawer *d)
{
	for (size_t i = 0; i < bpr_flow_node_count(d->flow); i++) {
		const struct bpr_node *n = bpr_flow_node(d->flow, i);

		if (d->map[i] != BPR_NONE) {
			for (size_t k = 0; k < n->out_count; k++)
				draw_to(d, d->map[i], n->first_out + k);
		} else if (is_exit(d, i)) {
			draw_scope_arcs(d, d->owner[i]);
		}
	}
}

/* Which step follows which, with how often. */
static void add_follows(struct drawer *d)
{
	const struct bpr_follows *all = &d->p->follows[d->index];

	for (size_t i = 0; i < all->count; i++) {
		const struct bpr_follow *f = &all->items[i];

		if (d->map[f->from] != BPR_NONE && d->map[f->to] != BPR_NONE)
			(void)add_edge(d->p, d->map[f->from], d->map[f->to], bpr_i_picture_times(d->p, f->count), f->count);
	}
}

/* ---- pools ---- */

/* A lane that says what the pool says is none. */
static void drop_only_lane(struct drawer *d)
{
	struct bpr_layout_graph *g = &d->p->graph;

	if (g->lane_count != d->first_lane + 1 || strcmp(g->lanes[d->first_lane].text, g->pools[d->pool].text) != 0)
		return;
	g->lane_count--;
	for (size_t i = d->first_node; i < g->node_count; i++)
		g->nodes[i].lane = BPR_NONE;
}

static bool drawer_begin(struct drawer *d)
{
	struct bpr_arena *a = &d->p->arena;
	size_t n = bpr_flow_node_count(d->flow) + 1, lanes = bpr_flow_unit_count(d->flow) + 3;

	d->map = bpr_i_arena_alloc(a, n, sizeof(size_t));
	d->owner = bpr_i_arena_alloc(a, n, sizeof(size_t));
	d->stack = bpr_i_arena_alloc(a, n, sizeof(size_t));
	d->stamp = bpr_i_arena_alloc(a, n, sizeof(size_t));
	d->queue = bpr_i_arena_alloc(a, n, sizeof(size_t));
	d->queued = bpr_i_arena_alloc(a, n, 1);
	d->group = bpr_i_arena_alloc(a, bpr_flow_scope_count(d->flow) + 1, sizeof(size_t));
	d->lane = bpr_i_arena_alloc(a, lanes, sizeof(size_t));
	for (size_t i = 0; d->lane && i < lanes; i++)
		d->lane[i] = BPR_NONE;
	return d->map && d->owner && d->stack && d->stamp && d->queue && d->queued && d->group && d->lane;
}

static bool fill_flow(struct picture *p, size_t index)
{
	struct bpr_layout_graph *g = &p->graph;
	struct drawer d = { .p = p, .flow = p->flows->items[p->chosen ? p->chosen[index] : index], .pool = g->pool_count,
			    .first_node = g->node_count, .first_lane = g->lane_count, .index = index };
	size_t first_edge = g->edge_count;
	const char *name = bpr_flow_name(d.flow);

	if (!drawer_begin(&d))
		return false;
	g->pools[g->pool_count++] = (struct bpr_layout_pool){ .text = bpr_i_picture_name(p, index, *name ? name : bpr_flow_id(d.flow)) };
	if (p->follows) {
		add_nodes(&d);
		add_follows(&d);
	} else {
		add_groups(&d);
		add_nodes(&d);
		find_owners(&d);
		find_hosts(&d);
		add_arcs(&d);
	}
	find_lanes(&d);
	find_group_lanes(&d);
	spread_lanes(&d, first_edge);
	drop_only_lane(&d);
	p->map[index] = d.map;
	p->groups[index] = d.group;
	return !p->failed;
}

/* ---- messages ---- */

static size_t place_of_flow(const struct picture *p, size_t flow)
{
	for (size_t i = 0; flow != BPR_NONE && i < p->count; i++)
		if ((p->chosen ? p->chosen[i] : i) == flow)
			return i;
	return BPR_NONE;
}

/* The pool without contents of this name. */
static size_t black_box(struct picture *p, const char *name)
{
	struct bpr_layout_graph *g = &p->graph;

	for (size_t i = p->count; i < g->pool_count; i++)
		if (!strcmp(g->pools[i].text, name))
			return i;
	g->pools[g->pool_count] = (struct bpr_layout_pool){ .text = name, .black_box = true };
	return g->pool_count++;
}

static bool message_end(struct picture *p, size_t flow, size_t node, const char *pool, size_t *out, size_t *out_pool)
{
	size_t place = place_of_flow(p, flow);

	*out = BPR_NONE;
	*out_pool = BPR_NONE;
	if (flow != BPR_NONE && place == BPR_NONE)
		return false;
	if (place == BPR_NONE)
		*out_pool = black_box(p, pool);
	else if (node != BPR_NONE && p->map[place][node] != BPR_NONE)
		*out = p->map[place][node];
	else
		*out_pool = place;
	return true;
}

static void add_messages(struct picture *p)
{
	for (size_t i = 0; i < p->flows->message_count; i++) {
		const struct bpr_message *m = &p->flows->messages[i];
		struct bpr_layout_edge edge = { .kind = BPR_EDGE_MESSAGE, .text = m->name };
		size_t at;

		if ((place_of_flow(p, m->from_flow) == BPR_NONE && place_of_flow(p, m->to_flow) == BPR_NONE) ||
		    !message_end(p, m->from_flow, m->from_node, m->from_pool, &edge.from, &edge.from_pool) ||
		    !message_end(p, m->to_flow, m->to_node, m->to_pool, &edge.to, &edge.to_pool))
			continue;
		at = add_edge(p, edge.from, edge.to, edge.text, (double)NAN);
		if (at != BPR_NONE)
			p->graph.edges[at] = edge;
	}
}

/* Those outside stand above the office, in the order in which they were met. */
static void boxes_first(struct picture *p)
{
	struct bpr_layout_graph *g = &p->graph;
	size_t boxes = g->pool_count - p->count;
	struct bpr_layout_pool *copy = bpr_i_arena_alloc(&p->arena, g->pool_count + 1, sizeof(*copy));

	if (!copy) {
		p->failed = true;
		return;
	}
	memcpy(copy, g->pools, g->pool_count * sizeof(*copy));
	for (size_t i = 0; i < g->pool_count; i++)
		g->pools[i < p->count ? i + boxes : i - p->count] = copy[i];
	for (size_t i = 0; i < g->node_count; i++)
		g->nodes[i].pool += boxes;
	for (size_t i = 0; i < g->lane_count; i++)
		g->lanes[i].pool += boxes;
	for (size_t i = 0; i < g->edge_count; i++) {
		size_t *ends[] = { &g->edges[i].from_pool, &g->edges[i].to_pool };

		for (int k = 0; k < 2; k++)
			if (*ends[k] != BPR_NONE)
				*ends[k] = *ends[k] < p->count ? *ends[k] + boxes : *ends[k] - p->count;
	}
}

bpr_status bpr_i_picture_fill(struct picture *p, struct bpr_error *err)
{
	size_t nodes = 0, lanes = 0, pools = p->count + 2 * p->flows->message_count;
	struct bpr_layout_graph *g = &p->graph;

	for (size_t i = 0; i < p->count; i++) {
		const bpr_flow *flow = p->flows->items[p->chosen ? p->chosen[i] : i];

		nodes += bpr_flow_node_count(flow) + bpr_flow_scope_count(flow);
		lanes += bpr_flow_unit_count(flow) + 3;
	}
	g->nodes = bpr_i_arena_alloc(&p->arena, nodes + 1, sizeof(*g->nodes));
	p->drawn = bpr_i_arena_alloc(&p->arena, nodes + 1, sizeof(*p->drawn));
	g->lanes = bpr_i_arena_alloc(&p->arena, lanes + 1, sizeof(*g->lanes));
	g->pools = bpr_i_arena_alloc(&p->arena, pools + 1, sizeof(*g->pools));
	p->map = bpr_i_arena_alloc(&p->arena, p->count + 1, sizeof(*p->map));
	p->groups = bpr_i_arena_alloc(&p->arena, p->count + 1, sizeof(*p->groups));
	if (!g->nodes || !p->drawn || !g->lanes || !g->pools || !p->map || !p->groups)
		return bpr_i_nomem(err);
	bpr_i_picture_pairs(p);
	for (size_t i = 0; i < p->count; i++)
		if (!fill_flow(p, i))
			return bpr_i_nomem(err);
	if (!p->follows)
		add_messages(p);
	boxes_first(p);
	return p->failed ? bpr_i_nomem(err) : BPR_OK;
}

/* ---- a run ---- */

/* The arc that a step comes by: from the last step before it that one leads from. */
static void mark_arc(struct picture *p, const size_t *run, size_t step)
{
	for (size_t back = step; back-- > 0;) {
		for (size_t e = 0; e < p->graph.edge_count; e++) {
			if (p->graph.edges[e].from != run[back] || p->graph.edges[e].to != run[step] || p->drawn_edges[e].run)
				continue;
			p->drawn_edges[e] = (struct drawn_edge){ true, step, p->drawn_edges[e].passages };
			return;
		}
		for (size_t e = 0; e < p->graph.edge_count; e++)
			if (p->graph.edges[e].from == run[back] && p->graph.edges[e].to == run[step])
				return; /* gone once more */
	}
}

/* What shows a node: itself, the group that it is the edge of, or nothing. */
static size_t shown_as(const struct picture *p, const struct bpr_sound_step *step)
{
	size_t place = place_of_flow(p, step->flow);
	const bpr_flow *flow = p->flows->items[step->flow];

	if (place == BPR_NONE)
		return BPR_NONE;
	for (size_t s = 0; p->map[place][step->node] == BPR_NONE && s < bpr_flow_scope_count(flow); s++)
		if (bpr_flow_scope(flow, s)->entry == step->node)
			return p->groups[place][s];
	return p->map[place][step->node];
}

void bpr_i_picture_run(struct picture *p)
{
	const struct bpr_draw_options *o = p->options;
	size_t *run = bpr_i_arena_alloc(&p->arena, o->run_count + 2, sizeof(*run)), count = 0;

	p->failed |= !run;
	for (size_t i = 0; run && i < o->run_count; i++) {
		size_t at = shown_as(p, &o->run[i]);
		struct bpr_buf *steps;

		if (at == BPR_NONE)
			continue;
		run[count] = at;
		mark_arc(p, run, count);
		count++;
		steps = &p->drawn[at].steps;
		bpr_i_buf_printf(steps, steps->length ? ", %zu" : "%zu", count);
	}
	for (size_t i = 0; run && i < o->faulty_count; i++) {
		size_t at = shown_as(p, &o->faulty[i]);

		if (at == BPR_NONE)
			continue;
		p->drawn[at].faulty = true;
		run[count] = at; /* the arc to it too */
		if (count && run[count - 1] != at)
			mark_arc(p, run, count);
	}
}

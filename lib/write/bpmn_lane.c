/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Units as lanes. Steps without a unit stand in a lane without a name; what only passes a case on (gateways, events) stands
 * in the lane of what is next to it, and bpr:unit="" says that this is no unit of its.
 */
#include "config.h"
#include "write/model_i.h"
#include <string.h>

enum { DEEPEST = 20 }; /* lanes inside lanes; units inside deeper ones get a lane of the outermost level */

static bool at_top(const struct model_flow *f, size_t node)
{
	return f->within[node] == BPR_NONE && f->element[node] == node;
}

static size_t outermost(const struct model_flow *f, size_t scope)
{
	while (bpr_flow_scope(f->flow, scope)->parent != BPR_NONE)
		scope = bpr_flow_scope(f->flow, scope)->parent;
	return scope;
}

/* Lanes of nodes that say their unit; a sub-process stands in that of its first step. */
static void by_unit(struct model_flow *f)
{
	for (size_t i = 0; i < bpr_flow_node_count(f->flow); i++) {
		const struct bpr_node *n = bpr_flow_node(f->flow, i);
		size_t top = i;

		f->lane[i] = BPR_NONE;
		if (n->unit == BPR_NONE)
			continue;
		if (f->within[i] != BPR_NONE)
			top = bpr_flow_scope(f->flow, outermost(f, f->within[i]))->entry;
		else if (f->element[i] != i)
			continue;
		if (f->lane[top] == BPR_NONE || top == i)
			f->lane[top] = n->unit;
	}
}

static bool is_step(const struct model_flow *f, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(f->flow, node);

	return bpr_i_model_is_entry(f, node) || (n->kind == BPR_NODE_TASK && !n->silent);
}

static size_t top_of(const struct model_flow *f, size_t node)
{
	node = f->element[node];
	if (f->within[node] != BPR_NONE)
		node = bpr_flow_scope(f->flow, outermost(f, f->within[node]))->entry;
	return node;
}

static void visit(struct model_flow *f, size_t *queue, size_t *tail, size_t lane, size_t to)
{
	to = top_of(f, to);
	if (f->lane[to] != BPR_NONE)
		return;
	f->lane[to] = lane;
	queue[(*tail)++] = to;
}

static void look_around(struct model_flow *f, size_t *queue, size_t *tail, size_t lane, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(f->flow, node);
	size_t count;
	const size_t *in = bpr_flow_arcs_in(f->flow, node, &count);
	const size_t *events;

	for (size_t k = 0; k < n->out_count; k++)
		visit(f, queue, tail, lane, bpr_flow_arc(f->flow, n->first_out + k)->to);
	for (size_t k = 0; k < count; k++)
		visit(f, queue, tail, lane, bpr_flow_arc(f->flow, in[k])->from);
	events = bpr_flow_boundary(f->flow, node, &count);
	for (size_t k = 0; k < count; k++)
		visit(f, queue, tail, lane, events[k]);
}

/* From what has a lane to what has none, nearest first. Lanes of helpers and of what is inside are not looked at. */
static bool by_neighbour(struct model_flow *f)
{
	size_t nodes = bpr_flow_node_count(f->flow);
	size_t *queue = bpr_i_calloc(nodes, sizeof(*queue));
	size_t head = 0, tail = 0;

	if (!queue)
		return false;
	for (size_t i = 0; i < nodes; i++)
		if (at_top(f, i) && f->lane[i] != BPR_NONE)
			queue[tail++] = i;
	while (head < tail) {
		size_t at = queue[head++];

		for (size_t part = at; part != BPR_NONE; part = f->part_next[part])
			look_around(f, queue, &tail, f->lane[at], part);
	}
	bpr_i_free(queue);
	return true;
}

static size_t unit_depth(const struct model_flow *f, size_t unit)
{
	size_t depth = 0;

	for (; unit != BPR_NONE && depth <= DEEPEST; unit = bpr_flow_unit(f->flow, unit)->parent)
		depth++;
	return depth;
}

/* Lists of lanes in lanes and nodes in lanes, in their order: filled from the end. */
static void link(struct model_flow *f)
{
	size_t units = f->lane_count - 1;

	for (size_t i = 0; i < f->lane_count; i++)
		f->lane_first[i] = f->lane_child[i] = f->lane_sibling[i] = f->lane_parent[i] = BPR_NONE;
	for (size_t i = bpr_flow_node_count(f->flow); i-- > 0;) {
		size_t lane = at_top(f, i) ? f->lane[i] : BPR_NONE;

		if (lane == BPR_NONE)
			continue;
		f->lane_next[i] = f->lane_first[lane];
		f->lane_first[lane] = i;
		f->lane_own[lane] = f->lane_used[lane] = true;
	}
	for (size_t i = 0; i < units; i++)
		f->lane_parent[i] = unit_depth(f, i) > DEEPEST ? BPR_NONE : bpr_flow_unit(f->flow, i)->parent;
	for (size_t i = 0; i < units; i++)
		for (size_t up = f->lane_own[i] ? f->lane_parent[i] : BPR_NONE; up != BPR_NONE && !f->lane_used[up]; up = f->lane_parent[up])
			f->lane_used[up] = true;
	for (size_t i = units; i-- > 0;)
		if (f->lane_used[i] && f->lane_parent[i] != BPR_NONE) {
			f->lane_sibling[i] = f->lane_child[f->lane_parent[i]];
			f->lane_child[f->lane_parent[i]] = i;
		}
}

static bool room(struct model *m, struct model_flow *f)
{
	size_t nodes = bpr_flow_node_count(f->flow);
	size_t lanes = bpr_flow_unit_count(f->flow) + 1;

	f->lane = bpr_i_arena_alloc(&m->arena, nodes, sizeof(size_t));
	f->lane_next = bpr_i_arena_alloc(&m->arena, nodes, sizeof(size_t));
	f->lane_first = bpr_i_arena_alloc(&m->arena, lanes, sizeof(size_t));
	f->lane_child = bpr_i_arena_alloc(&m->arena, lanes, sizeof(size_t));
	f->lane_sibling = bpr_i_arena_alloc(&m->arena, lanes, sizeof(size_t));
	f->lane_parent = bpr_i_arena_alloc(&m->arena, lanes, sizeof(size_t));
	f->lane_used = bpr_i_arena_alloc(&m->arena, lanes, sizeof(bool));
	f->lane_own = bpr_i_arena_alloc(&m->arena, lanes, sizeof(bool));
	return f->lane && f->lane_next && f->lane_first && f->lane_child && f->lane_sibling && f->lane_parent && f->lane_used && f->lane_own;
}

bpr_status bpr_i_model_lanes(struct model *m, struct model_flow *f)
{
	size_t units = bpr_flow_unit_count(f->flow);
	size_t first = BPR_NONE;

	if (!room(m, f))
		return BPR_ENOMEM;
	by_unit(f);
	for (size_t i = 0; i < bpr_flow_node_count(f->flow) && first == BPR_NONE; i++)
		first = f->lane[i];
	if (first == BPR_NONE)
		return BPR_OK;
	f->lane_count = units + 1;
	for (size_t i = 0; i < bpr_flow_node_count(f->flow); i++)
		if (at_top(f, i) && f->lane[i] == BPR_NONE && is_step(f, i))
			f->lane[i] = units;
	if (!by_neighbour(f))
		return BPR_ENOMEM;
	for (size_t i = 0; i < bpr_flow_node_count(f->flow); i++) /* joined to nothing */
		if (at_top(f, i) && f->lane[i] == BPR_NONE)
			f->lane[i] = first;
	link(f);
	return BPR_OK;
}

size_t bpr_i_model_lane_unit(const struct model_flow *f, size_t node)
{
	size_t lane = f->lane_count ? f->lane[top_of(f, node)] : BPR_NONE;

	return lane == BPR_NONE || lane + 1 == f->lane_count ? BPR_NONE : lane;
}

/* ---- writing ---- */

static void refs(struct model *m, const struct model_flow *f, size_t lane, size_t depth)
{
	for (size_t i = f->lane_first[lane]; i != BPR_NONE; i = f->lane_next[i]) {
		bpr_i_model_indent(m, depth);
		bpr_i_buf_puts(m->out, "<flowNodeRef>");
		bpr_i_model_text(m, f->ids[i]);
		bpr_i_buf_puts(m->out, "</flowNodeRef>\n");
	}
}

static void open_lane(struct model *m, const char *name, size_t depth)
{
	bpr_i_model_indent(m, depth);
	bpr_i_buf_puts(m->out, "<lane");
	bpr_i_model_attr(m, "id", bpr_i_model_id(m, NULL, "Lane"));
	if (*name)
		bpr_i_model_attr(m, "name", name);
	if (bpr_i_model_reads_otherwise(name))
		bpr_i_model_attr(m, "bpr:unit", name);
	bpr_i_buf_puts(m->out, ">\n");
}

static void close_tag(struct model *m, const char *tag, size_t depth)
{
	bpr_i_model_indent(m, depth);
	bpr_i_buf_printf(m->out, "</%s>\n", tag);
}

/* A unit with lanes inside has its own nodes in one more, without a name: lanes fill the lane around them. */
static void lane(struct model *m, const struct model_flow *f, size_t at, size_t depth)
{
	bool inside = f->lane_child[at] != BPR_NONE;

	open_lane(m, at + 1 == f->lane_count ? "" : bpr_flow_unit(f->flow, at)->name, depth);
	if (!inside)
		refs(m, f, at, depth + 1);
	if (inside) {
		bpr_i_model_indent(m, depth + 1);
		bpr_i_buf_puts(m->out, "<childLaneSet");
		bpr_i_model_attr(m, "id", bpr_i_model_id(m, NULL, "LaneSet"));
		bpr_i_buf_puts(m->out, ">\n");
		if (f->lane_own[at]) {
			open_lane(m, "", depth + 2);
			refs(m, f, at, depth + 3);
			close_tag(m, "lane", depth + 2);
		}
		for (size_t child = f->lane_child[at]; child != BPR_NONE; child = f->lane_sibling[child])
			lane(m, f, child, depth + 2);
		close_tag(m, "childLaneSet", depth + 1);
	}
	close_tag(m, "lane", depth);
}

void bpr_i_model_lane_set(struct model *m, const struct model_flow *f, size_t depth)
{
	if (!f->lane_count)
		return;
	bpr_i_model_indent(m, depth);
	bpr_i_buf_puts(m->out, "<laneSet");
	bpr_i_model_attr(m, "id", bpr_i_model_id(m, NULL, "LaneSet"));
	bpr_i_buf_puts(m->out, ">\n");
	for (size_t i = 0; i < f->lane_count; i++)
		if (f->lane_used[i] && f->lane_parent[i] == BPR_NONE)
			lane(m, f, i, depth + 1);
	close_tag(m, "laneSet", depth);
}

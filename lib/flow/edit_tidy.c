/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Before an edit is frozen: what no start reaches any more goes, so do gateways with one way in and one out, ways that lead from
 * the same choice to the same place become one, and what is left of a choice is divided anew. What was so before stays.
 */
#include "config.h"
#include "flow/edit_inside_i.h"
#include <math.h>
#include <string.h>

/* Shares that differ from 1 by no more are left as they are (share.c). */
#define ROUNDING 1e-12

struct reach { unsigned char *seen; size_t *queue; size_t tail; };

static void see(struct reach *r, size_t node)
{
	if (node == BPR_NONE || r->seen[node])
		return;
	r->seen[node] = 1;
	r->queue[r->tail++] = node;
}

static bool reach_new(struct reach *r, size_t nodes)
{
	*r = (struct reach){ bpr_i_calloc(nodes, 1), bpr_i_calloc(nodes, sizeof(size_t)), 0 };
	return r->seen && r->queue;
}

static void reach_release(struct reach *r)
{
	bpr_i_free(r->seen);
	bpr_i_free(r->queue);
}

static void see_starts(const struct bpr_edit *e, struct reach *r)
{
	for (size_t i = 0; i < edit_count(e, EDIT_NODES); i++)
		if (edit_alive(e, i) && edit_nodes(e)[i].kind == BPR_NODE_START)
			see(r, i);
}

/* What follows what is seen from `head` on, whatever the shares; edges: of a sub-process that is entered anywhere both edges too. */
static void reach(const struct bpr_edit *e, struct reach *r, size_t head, bool edges)
{
	size_t count = edit_count(e, EDIT_NODES);
	const struct bpr_scope *scopes = e->array[EDIT_SCOPES].items;
	bool boundary = false;

	for (size_t i = 0; i < count; i++)
		boundary |= edit_nodes(e)[i].host != BPR_NONE;
	for (; head < r->tail; head++) {
		size_t node = r->queue[head];
		const struct edit_list *out = &edit_slots(e)[node].out;

		for (size_t i = 0; i < out->count; i++)
			see(r, edit_arcs(e)[out->items[i]].to);
		for (size_t s = edit_nodes(e)[node].scope; edges && s != BPR_NONE; s = scopes[s].parent) {
			see(r, scopes[s].entry);
			see(r, scopes[s].exit);
		}
		if (!boundary || head + 1 < r->tail)
			continue;
		for (size_t i = 0; i < count; i++) /* once nothing else is left to see */
			if (edit_alive(e, i) && edit_nodes(e)[i].host != BPR_NONE && r->seen[edit_nodes(e)[i].host])
				see(r, i);
	}
}

/* The same of the flow as it was. */
static void reach_before(const bpr_flow *flow, struct reach *r)
{
	for (size_t i = 0; i < flow->node_count; i++)
		if (flow->nodes[i].kind == BPR_NODE_START)
			see(r, i);
	for (size_t head = 0; head < r->tail; head++) {
		const struct bpr_node *n = &flow->nodes[r->queue[head]];
		size_t count;
		const size_t *events = bpr_flow_boundary(flow, r->queue[head], &count);

		for (size_t i = 0; i < n->out_count; i++)
			see(r, flow->arcs[n->first_out + i].to);
		for (size_t i = 0; i < count; i++)
			see(r, events[i]);
		for (size_t s = n->scope; s != BPR_NONE; s = flow->scopes[s].parent) {
			see(r, flow->scopes[s].entry);
			see(r, flow->scopes[s].exit);
		}
	}
}

static bool drop_unreached(struct bpr_edit *e, bool *ends)
{
	size_t count = edit_count(e, EDIT_NODES);
	struct reach now = { 0 }, before = { 0 };
	bool lost = false;
	bool ok = reach_new(&now, count);

	*ends = false;
	if (ok) {
		see_starts(e, &now);
		reach(e, &now, 0, false);
		for (size_t i = 0; i < now.tail; i++)
			*ends |= edit_nodes(e)[now.queue[i]].kind == BPR_NODE_END;
		if (edit_count(e, EDIT_SCOPES))
			reach(e, &now, 0, true);
	}
	for (size_t i = 0; ok && i < count; i++)
		lost |= !now.seen[i] && edit_alive(e, i);
	if (ok && lost) {
		ok = reach_new(&before, count);
		if (ok) {
			size_t head = now.tail;

			/* What nothing reached before stays as it is, with what follows it. */
			reach_before(e->flow, &before);
			for (size_t i = 0; i < e->flow->node_count; i++)
				if (!before.seen[i] && edit_alive(e, i))
					see(&now, i);
			reach(e, &now, head, true);
		}
		for (size_t i = 0; ok && i < count; i++)
			if (!now.seen[i] && edit_alive(e, i))
				bpr_i_edit_node_drop(e, i);
	}
	reach_release(&now);
	reach_release(&before);
	return ok;
}

/* ---- gateways ---- */

static bool gateway(const struct bpr_node *n)
{
	return n->kind == BPR_NODE_XOR || n->kind == BPR_NODE_AND || n->kind == BPR_NODE_OR;
}

/* May two ways from the node to `to` be one? */
static bool same_way(const struct bpr_edit *e, size_t node, size_t to)
{
	enum bpr_split split = edit_nodes(e)[node].split;
	enum bpr_join join = edit_nodes(e)[to].join;

	return split == BPR_SPLIT_XOR ? join == BPR_JOIN_XOR : split == BPR_SPLIT_AND ? join != BPR_JOIN_XOR : join == BPR_JOIN_OR;
}

static void unite(struct bpr_edit *e, size_t node, size_t kept, size_t gone)
{
	struct bpr_edit_arc *a = &edit_arcs(e)[kept], *b = &edit_arcs(e)[gone];

	if (edit_nodes(e)[node].split == BPR_SPLIT_XOR)
		a->prob += b->prob; /* NaN: divided anew */
	else if (edit_nodes(e)[node].split == BPR_SPLIT_OR)
		a->prob = 1 - (1 - a->prob) * (1 - b->prob); /* either of them; that at least one way is taken changes nothing in that */
	a->given |= b->given;
	if (!a->name || !b->name || strcmp(a->name, b->name) != 0)
		a->name = NULL;
	bpr_i_edit_arc_drop(e, gone);
}

/* Ways that an edit led to where another leads. True where there were any. */
static bool unite_ways(struct bpr_edit *e, size_t node)
{
	bool changed = false;

	for (size_t i = 0; i < edit_slots(e)[node].out.count; i++) {
		size_t a = edit_slots(e)[node].out.items[i];
		size_t to = edit_arcs(e)[a].to;

		for (size_t k = i + 1; k < edit_slots(e)[node].out.count;) {
			size_t b = edit_slots(e)[node].out.items[k];

			if (edit_arcs(e)[b].to == to && !(bpr_i_edit_arc_was(e, a) && bpr_i_edit_arc_was(e, b)) && same_way(e, node, to)) {
				unite(e, node, a, b);
				changed = true;
			} else {
				k++;
			}
		}
		/* Once more at once costs nothing and changes nothing at a gateway. */
		if (to == node && gateway(&edit_nodes(e)[node]) && edit_nodes(e)[node].split == BPR_SPLIT_XOR &&
		    edit_slots(e)[node].out.count > 1 && !bpr_i_edit_arc_was(e, a)) {
			bpr_i_edit_arc_drop(e, a);
			return true;
		}
	}
	return changed;
}

/* Whether every way from a start to `node`, but by the way `except`, leads over `through`. *nomem. */
static bool only_over(const struct bpr_edit *e, size_t through, size_t node, size_t except, bool *nomem)
{
	struct reach r = { 0 };
	bool only = true;

	*nomem = !reach_new(&r, edit_count(e, EDIT_NODES));
	if (!*nomem)
		see(&r, node);
	for (size_t head = 0; only && head < r.tail; head++) {
		const size_t at = r.queue[head];
		const struct edit_list *in = &edit_slots(e)[at].in;

		for (size_t i = 0; i < in->count; i++)
			if (in->items[i] != except && edit_arcs(e)[in->items[i]].from != through)
				see(&r, edit_arcs(e)[in->items[i]].from);
		if (edit_nodes(e)[at].host != through)
			see(&r, edit_nodes(e)[at].host);
		only = edit_nodes(e)[at].kind != BPR_NODE_START;
	}
	reach_release(&r);
	return only && !*nomem;
}

/* A branch from a parallel split straight to its join: nobody waits for it. True where there was one. */
static bool drop_empty_branch(struct bpr_edit *e, size_t node)
{
	const struct edit_list *out = &edit_slots(e)[node].out;
	bool nomem = false;

	for (size_t i = 0; i < out->count && out->count > 1 && edit_nodes(e)[node].kind == BPR_NODE_AND; i++) {
		const size_t arc = out->items[i], to = edit_arcs(e)[arc].to;

		if (bpr_i_edit_arc_was(e, arc) || edit_nodes(e)[to].kind != BPR_NODE_AND || edit_slots(e)[to].in.count < 2)
			continue;
		if (only_over(e, node, to, arc, &nomem)) {
			bpr_i_edit_arc_drop(e, arc);
			return true;
		}
		e->nomem |= nomem;
	}
	return false;
}

/* A gateway where nothing is chosen and nothing comes together, unless it was one. */
static bool pointless(const struct bpr_edit *e, size_t node)
{
	const struct edit_slot *slot = &edit_slots(e)[node];
	const bpr_flow *flow = e->flow;

	if (!gateway(&edit_nodes(e)[node]) || slot->in.count != 1 || slot->out.count != 1 || edit_arcs(e)[slot->out.items[0]].to == node)
		return false;
	if (bpr_i_edit_is_edge(e, node))
		return false;
	return node >= flow->node_count || flow->nodes[node].out_count != 1 || flow->in_first[node + 1] - flow->in_first[node] != 1;
}

static bool tidy_gateways(struct bpr_edit *e)
{
	bool changed = true, fits;

	while (changed) {
		changed = false;
		for (size_t i = 0; i < edit_count(e, EDIT_NODES); i++) {
			if (!edit_alive(e, i))
				continue;
			changed |= unite_ways(e, i);
			changed |= drop_empty_branch(e, i);
			if (!pointless(e, i))
				continue;
			if (!bpr_i_edit_node_remove(e, i, &fits))
				return false;
			changed = true;
		}
		if (e->nomem)
			return false;
	}
	return true;
}

/* ---- shares ---- */

static void share_xor(struct bpr_edit *e, const struct edit_list *out)
{
	double sum = 0;
	size_t missing = 0;

	for (size_t i = 0; i < out->count; i++) {
		const struct bpr_edit_arc *a = &edit_arcs(e)[out->items[i]];

		if (isnan(a->prob))
			missing++;
		else
			sum += a->prob;
	}
	if (!missing && fabs(sum - 1) <= ROUNDING)
		return;
	for (size_t i = 0; i < out->count; i++) {
		struct bpr_edit_arc *a = &edit_arcs(e)[out->items[i]];

		if (isnan(a->prob)) {
			a->prob = sum < 1 ? (1 - sum) / (double)missing : 0;
			a->given = false;
		} else if (!missing || sum > 1) {
			a->prob = sum > 0 ? a->prob / sum : 1 / (double)out->count;
		}
	}
}

static void share_node(struct bpr_edit *e, size_t node)
{
	struct bpr_node *n = &edit_nodes(e)[node];
	const struct edit_list *out = &edit_slots(e)[node].out;
	double sum = 0;

	if (out->count < 2 && !gateway(n))
		n->split = BPR_SPLIT_XOR;
	if (n->split == BPR_SPLIT_XOR && out->count)
		share_xor(e, out);
	for (size_t i = 0; i < out->count; i++) {
		struct bpr_edit_arc *a = &edit_arcs(e)[out->items[i]];

		if (n->split == BPR_SPLIT_AND || out->count == 1 || isnan(a->prob))
			a->prob = 1;
		if (out->count == 1 && !bpr_i_edit_arc_was(e, out->items[0]))
			a->given = false;
		sum += a->prob;
	}
	for (size_t i = 0; n->split == BPR_SPLIT_OR && !(sum > 0) && i < out->count; i++)
		edit_arcs(e)[out->items[i]].prob = 1;
}

/* True where there are starts: their shares sum to 1. */
static bool share_starts(struct bpr_edit *e)
{
	double sum = 0;
	size_t count = 0;

	for (size_t i = 0; i < edit_count(e, EDIT_NODES); i++)
		if (edit_alive(e, i) && edit_nodes(e)[i].kind == BPR_NODE_START) {
			sum += edit_nodes(e)[i].prob;
			count++;
		}
	if (fabs(sum - 1) <= ROUNDING)
		return count;
	for (size_t i = 0; i < edit_count(e, EDIT_NODES); i++)
		if (edit_alive(e, i) && edit_nodes(e)[i].kind == BPR_NODE_START)
			edit_nodes(e)[i].prob = sum > 0 ? edit_nodes(e)[i].prob / sum : 1 / (double)count;
	return count;
}

/* Boundary events that interrupt exclude each other. */
static void share_boundary(struct bpr_edit *e, size_t event)
{
	size_t host = edit_nodes(e)[event].host;
	double sum = 0;

	for (size_t i = 0; i < edit_count(e, EDIT_NODES); i++)
		if (edit_alive(e, i) && edit_nodes(e)[i].host == host && edit_nodes(e)[i].interrupting)
			sum += edit_nodes(e)[i].prob;
	for (size_t i = 0; sum > 1 + ROUNDING && i < edit_count(e, EDIT_NODES); i++)
		if (edit_alive(e, i) && edit_nodes(e)[i].host == host && edit_nodes(e)[i].interrupting)
			edit_nodes(e)[i].prob /= sum;
}

/* A sub-process whose edge was taken out is none any more: what is left of it is where it was. */
static void dissolve(struct bpr_edit *e)
{
	struct bpr_scope *scopes = e->array[EDIT_SCOPES].items;

	for (size_t s = 0; s < edit_count(e, EDIT_SCOPES); s++) {
		if (edit_alive(e, scopes[s].entry) && edit_alive(e, scopes[s].exit))
			continue;
		for (size_t i = 0; i < edit_count(e, EDIT_NODES); i++)
			if (edit_nodes(e)[i].scope == s)
				edit_nodes(e)[i].scope = scopes[s].parent;
		for (size_t i = 0; i < edit_count(e, EDIT_SCOPES); i++)
			if (scopes[i].parent == s)
				scopes[i].parent = scopes[s].parent;
	}
}

bool bpr_i_edit_tidy(struct bpr_edit *e, bool *starts, bool *ends)
{
	*starts = *ends = true;
	if (e->head.reshaped)
		dissolve(e);
	if (e->head.reshaped && (!drop_unreached(e, ends) || !tidy_gateways(e)))
		return false;
	for (size_t i = 0; i < edit_count(e, EDIT_NODES); i++) {
		if (!edit_alive(e, i))
			continue;
		share_node(e, i);
		if (edit_nodes(e)[i].host != BPR_NONE && i >= e->flow->node_count)
			share_boundary(e, i);
	}
	*starts = share_starts(e);
	return true;
}

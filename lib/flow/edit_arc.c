/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ways: put in, taken out, led elsewhere; nodes put into them. */
#include "config.h"
#include "flow/edit_inside_i.h"
#include <math.h>
#include <string.h>

size_t bpr_i_edit_arc_count(const bpr_edit *e)
{
	return edit_count(e, EDIT_ARCS);
}

struct bpr_edit_arc *bpr_i_edit_arc(bpr_edit *e, size_t arc)
{
	return &edit_arcs(e)[arc];
}

const size_t *bpr_i_edit_out(const bpr_edit *e, size_t node, size_t *count)
{
	*count = edit_slots(e)[node].out.count;
	return edit_slots(e)[node].out.items;
}

const size_t *bpr_i_edit_in(const bpr_edit *e, size_t node, size_t *count)
{
	*count = edit_slots(e)[node].in.count;
	return edit_slots(e)[node].in.items;
}

bool bpr_i_edit_arc_was(const struct bpr_edit *e, size_t arc)
{
	const struct bpr_edit_arc *a = &edit_arcs(e)[arc];

	return arc < e->flow->arc_count && e->flow->arcs[arc].from == a->from && e->flow->arcs[arc].to == a->to;
}

/* ---- lists ---- */

/* Room for one more in items that are the edit's own. */
static bool own(struct bpr_edit *e, struct edit_list *list, size_t more)
{
	size_t room = list->count + more;
	size_t *items;

	if (list->epoch == e->epoch && room <= list->room)
		return true;
	room += list->count / 2 + 4;
	items = bpr_i_arena_raw(&e->shared->arena, room, sizeof(*items));
	if (!items)
		return false;
	if (list->count)
		memcpy(items, list->items, list->count * sizeof(*items));
	*list = (struct edit_list){ items, list->count, room, e->epoch };
	return true;
}

static bool put(struct bpr_edit *e, struct edit_list *list, size_t arc)
{
	if (!own(e, list, 1))
		return false;
	list->items[list->count++] = arc;
	return true;
}

static bool take_out(struct bpr_edit *e, struct edit_list *list, size_t arc)
{
	size_t at = 0;

	while (at < list->count && list->items[at] != arc)
		at++;
	if (at == list->count)
		return true;
	if (at + 1 < list->count) {
		if (!own(e, list, 0))
			return false;
		memmove(list->items + at, list->items + at + 1, (list->count - at - 1) * sizeof(*list->items));
	}
	list->count--;
	return true;
}

/* ---- ways ---- */

size_t bpr_i_edit_arc_add(bpr_edit *e, size_t from, size_t to, double prob)
{
	size_t arc = edit_count(e, EDIT_ARCS);
	struct bpr_edit_arc *a = bpr_i_edit_more(e, EDIT_ARCS);

	if (!a)
		return BPR_NONE;
	*a = (struct bpr_edit_arc){ from, to, prob, NULL, NULL, !isnan(prob), false };
	e->head.reshaped = true;
	if (put(e, &edit_slots(e)[from].out, arc) && put(e, &edit_slots(e)[to].in, arc))
		return arc;
	e->nomem = true;
	return BPR_NONE;
}

void bpr_i_edit_arc_drop(bpr_edit *e, size_t arc)
{
	struct bpr_edit_arc *a = &edit_arcs(e)[arc];

	if (a->gone)
		return;
	a->gone = true;
	e->head.reshaped = true;
	if (!take_out(e, &edit_slots(e)[a->from].out, arc) || !take_out(e, &edit_slots(e)[a->to].in, arc))
		e->nomem = true; /* freezing will tell */
}

bool bpr_i_edit_arc_to(bpr_edit *e, size_t arc, size_t to)
{
	struct bpr_edit_arc *a = &edit_arcs(e)[arc];

	e->head.reshaped = true;
	if (a->to == to)
		return true;
	if (!take_out(e, &edit_slots(e)[a->to].in, arc) || !put(e, &edit_slots(e)[to].in, arc)) {
		e->nomem = true;
		return false;
	}
	a->to = to;
	a->id = NULL; /* of a line that was drawn elsewhere */
	return true;
}

bool bpr_i_edit_arc_from(bpr_edit *e, size_t arc, size_t from)
{
	struct bpr_edit_arc *a = &edit_arcs(e)[arc];

	e->head.reshaped = true;
	if (a->from == from)
		return true;
	if (!take_out(e, &edit_slots(e)[a->from].out, arc) || !put(e, &edit_slots(e)[from].out, arc)) {
		e->nomem = true;
		return false;
	}
	a->from = from;
	a->id = NULL;
	return true;
}

/* ---- nodes put into ways ---- */

/* A gateway in the sub-process and the unit of `at`. */
static size_t gateway_beside(struct bpr_edit *e, size_t at, enum bpr_node_kind kind, const char *suffix)
{
	struct bpr_buf id = BPR_BUF_INIT;
	size_t node = BPR_NONE, scope = edit_nodes(e)[at].scope, unit = edit_nodes(e)[at].unit;

	bpr_i_buf_puts(&id, edit_nodes(e)[at].id);
	bpr_i_buf_puts(&id, suffix);
	if (!id.failed)
		node = bpr_i_edit_node_add(e, kind, id.data, "");
	bpr_i_buf_release(&id);
	if (node == BPR_NONE)
		return BPR_NONE;
	edit_nodes(e)[node].scope = scope;
	edit_nodes(e)[node].unit = unit;
	return node;
}

static bool ins_to(struct bpr_edit *e, size_t at, size_t node)
{
	struct edit_slot *slot = &edit_slots(e)[at];

	while (slot->in.count)
		if (!bpr_i_edit_arc_to(e, slot->in.items[0], node))
			return false;
	return true;
}

static bool outs_from(struct bpr_edit *e, size_t at, size_t node)
{
	struct edit_slot *slot = &edit_slots(e)[at];

	while (slot->out.count)
		if (!bpr_i_edit_arc_from(e, slot->out.items[0], node))
			return false;
	return true;
}

/* The node stands next to `at`, in the sub-process that it is in; what is in front of an entry or behind an exit is outside. */
static void settle(struct bpr_edit *e, size_t at, size_t node, bool before)
{
	const struct bpr_scope *scopes = e->array[EDIT_SCOPES].items;
	size_t scope = edit_nodes(e)[at].scope;

	if (scope != BPR_NONE && (before ? scopes[scope].entry : scopes[scope].exit) == at)
		scope = scopes[scope].parent;
	edit_nodes(e)[node].scope = scope;
	bpr_i_edit_unplace(e, node);
	bpr_i_edit_place(e, node, before ? edit_slots(e)[at].prev : at);
}

static bool gateway(const struct bpr_node *n)
{
	return n->kind == BPR_NODE_XOR || n->kind == BPR_NODE_AND || n->kind == BPR_NODE_OR;
}

/*
 * Where the ways into `at` come together from now on, in front of `node`: a gateway that takes them as `at` did; a step can do so itself.
 * BPR_NONE: out of memory.
 */
static size_t gather(struct bpr_edit *e, size_t at, size_t node)
{
	const enum bpr_join join = edit_nodes(e)[at].join;
	const enum bpr_node_kind kind = join == BPR_JOIN_AND ? BPR_NODE_AND : join == BPR_JOIN_OR ? BPR_NODE_OR : BPR_NODE_XOR;
	size_t first;

	if (!gateway(&edit_nodes(e)[at]) && !gateway(&edit_nodes(e)[node])) {
		edit_nodes(e)[node].join = join;
		edit_nodes(e)[at].join = BPR_JOIN_XOR;
		return node;
	}
	first = gateway_beside(e, at, kind, join == BPR_JOIN_XOR ? "/merge" : "/join");
	if (first == BPR_NONE)
		return BPR_NONE;
	if (!gateway(&edit_nodes(e)[at]))
		edit_nodes(e)[at].join = BPR_JOIN_XOR;
	bpr_i_edit_unplace(e, first);
	bpr_i_edit_place(e, first, edit_slots(e)[node].prev);
	return first;
}

bool bpr_i_edit_before(bpr_edit *e, size_t at, size_t node)
{
	const struct bpr_node *n = &edit_nodes(e)[at];
	size_t first = node;

	if (n->kind == BPR_NODE_START)
		return bpr_i_edit_behind(e, at, node);
	settle(e, at, node, true);
	if (edit_slots(e)[at].in.count > 1 && (n->join != BPR_JOIN_XOR || edit_nodes(e)[node].join != BPR_JOIN_XOR)) {
		/* The ways still come together as they did, only sooner. */
		first = gather(e, at, node);
		if (first == BPR_NONE)
			return false;
	}
	if (!ins_to(e, at, first))
		return false;
	if (first != node && bpr_i_edit_arc_add(e, first, node, 1) == BPR_NONE)
		return false;
	return bpr_i_edit_arc_add(e, node, at, 1) != BPR_NONE;
}

bool bpr_i_edit_behind(bpr_edit *e, size_t at, size_t node)
{
	size_t last = node;

	if (edit_nodes(e)[at].kind == BPR_NODE_END)
		return bpr_i_edit_before(e, at, node);
	settle(e, at, node, false);
	if (edit_slots(e)[at].out.count > 1) {
		/* It is still chosen, only later. */
		if (gateway(&edit_nodes(e)[at])) {
			last = gateway_beside(e, at, edit_nodes(e)[at].kind, "/split");
			if (last == BPR_NONE)
				return false;
			bpr_i_edit_unplace(e, last);
			bpr_i_edit_place(e, last, node);
		} else {
			edit_nodes(e)[node].split = edit_nodes(e)[at].split;
			edit_nodes(e)[at].split = BPR_SPLIT_XOR;
		}
	}
	if (!outs_from(e, at, last))
		return false;
	if (last != node && bpr_i_edit_arc_add(e, node, last, 1) == BPR_NONE)
		return false;
	return bpr_i_edit_arc_add(e, at, node, 1) != BPR_NONE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nodes put in, copied, taken out. */
#include "config.h"
#include "flow/edit_inside_i.h"
#include <string.h>

size_t bpr_i_edit_node_count(const bpr_edit *e)
{
	return edit_count(e, EDIT_NODES);
}

struct bpr_node *bpr_i_edit_node(bpr_edit *e, size_t node)
{
	return edit_alive(e, node) ? &edit_nodes(e)[node] : NULL;
}

/* ---- the order in which nodes will stand ---- */

void bpr_i_edit_unplace(struct bpr_edit *e, size_t node)
{
	struct edit_slot *slot = &edit_slots(e)[node];

	*(slot->prev == BPR_NONE ? &e->head.first : &edit_slots(e)[slot->prev].next) = slot->next;
	*(slot->next == BPR_NONE ? &e->head.last : &edit_slots(e)[slot->next].prev) = slot->prev;
}

void bpr_i_edit_place(struct bpr_edit *e, size_t node, size_t at)
{
	struct edit_slot *slot = &edit_slots(e)[node];

	slot->prev = at;
	slot->next = at == BPR_NONE ? e->head.first : edit_slots(e)[at].next;
	*(slot->prev == BPR_NONE ? &e->head.first : &edit_slots(e)[slot->prev].next) = node;
	*(slot->next == BPR_NONE ? &e->head.last : &edit_slots(e)[slot->next].prev) = node;
}

void bpr_i_edit_stand(bpr_edit *e, size_t node, size_t at)
{
	bpr_i_edit_unplace(e, node);
	bpr_i_edit_place(e, node, at);
}

/* ---- ids ---- */

static size_t named(const struct bpr_edit *e, size_t node, const char *id)
{
	bool there = node < edit_count(e, EDIT_NODES) && edit_alive(e, node) && !strcmp(edit_nodes(e)[node].id, id);

	return there ? node : BPR_NONE;
}

size_t bpr_i_edit_find(const bpr_edit *e, const char *id)
{
	const struct edit_names *names = &e->names[EDIT_NODES];
	size_t at = bpr_i_names_find(&names->names, id, strlen(id));
	size_t node = at == BPR_NONE ? BPR_NONE : named(e, names->at[at], id);

	return node == BPR_NONE ? named(e, bpr_flow_find(e->flow, id), id) : node;
}

/* The id, or "ID (2)", "ID (3)" …, kept; NULL out of memory. Ids of nodes that were taken out are not given anew. */
static const char *free_id(struct bpr_edit *e, const char *id)
{
	struct edit_names *names = &e->names[EDIT_NODES];
	struct bpr_buf text = BPR_BUF_INIT;
	const char *kept;

	bpr_i_buf_puts(&text, id);
	for (size_t i = 2; !text.failed; i++) {
		size_t at = bpr_i_names_find(&names->names, text.data, text.length);
		bool taken = at != BPR_NONE && named(e, names->at[at], text.data) != BPR_NONE;

		if (!taken && bpr_flow_find(e->flow, text.data) == BPR_NONE)
			break;
		bpr_i_buf_clear(&text);
		bpr_i_buf_puts(&text, id);
		bpr_i_buf_printf(&text, " (%zu)", i);
	}
	kept = text.failed ? NULL : bpr_i_arena_strndup(&e->shared->arena, text.data, text.length);
	bpr_i_buf_release(&text);
	return kept;
}

/* A node as it stands in `from`, behind all others but ends that are only implied. */
static size_t add(struct bpr_edit *e, const struct bpr_node *from, const char *id)
{
	size_t node = edit_count(e, EDIT_NODES), last = e->head.last;
	const char *kept = free_id(e, *id ? id : "step");
	struct bpr_node *n = kept ? bpr_i_edit_more(e, EDIT_NODES) : NULL;
	struct edit_slot *slot = n ? bpr_i_edit_more(e, EDIT_SLOTS) : NULL;

	if (n && !slot)
		e->array[EDIT_NODES].count--;
	if (!slot || !bpr_i_edit_name_add(e, EDIT_NODES, kept, node)) {
		if (slot) {
			e->array[EDIT_NODES].count--;
			e->array[EDIT_SLOTS].count--;
		}
		return BPR_NONE;
	}
	*n = *from;
	n->id = kept;
	n->first_out = n->out_count = 0;
	while (last != BPR_NONE && edit_nodes(e)[last].silent && edit_nodes(e)[last].kind == BPR_NODE_END)
		last = edit_slots(e)[last].prev;
	bpr_i_edit_place(e, node, last);
	e->head.reshaped = true;
	return node;
}

size_t bpr_i_edit_node_add(bpr_edit *e, enum bpr_node_kind kind, const char *id, const char *name)
{
	struct bpr_node node = {
		.id = "", .name = "", .kind = kind, .prob = 1, .repeat = 1, .batch = 1, .host = BPR_NONE, .scope = BPR_NONE,
		.unit = BPR_NONE, .counter = BPR_NONE, .system = BPR_NONE,
		.split = kind == BPR_NODE_AND ? BPR_SPLIT_AND : kind == BPR_NODE_OR ? BPR_SPLIT_OR : BPR_SPLIT_XOR,
		.join = kind == BPR_NODE_AND ? BPR_JOIN_AND : kind == BPR_NODE_OR ? BPR_JOIN_OR : BPR_JOIN_XOR,
	};

	node.name = bpr_i_edit_text(e, name ? name : "");
	return node.name ? add(e, &node, id ? id : "") : BPR_NONE;
}

size_t bpr_i_edit_node_copy(bpr_edit *e, size_t node, const char *suffix)
{
	struct bpr_node copy = edit_nodes(e)[node];
	struct bpr_buf id = BPR_BUF_INIT;
	size_t at = BPR_NONE;

	bpr_i_buf_puts(&id, copy.id);
	bpr_i_buf_puts(&id, suffix);
	if (copy.host != BPR_NONE) {
		copy.host = BPR_NONE;
		copy.prob = 1;
		copy.interrupting = false;
		copy.type = NULL;
	}
	copy.line = 0;
	if (!id.failed)
		at = add(e, &copy, id.data);
	bpr_i_buf_release(&id);
	if (at != BPR_NONE) {
		bpr_i_edit_unplace(e, at);
		bpr_i_edit_place(e, at, node);
	}
	return at;
}

bool bpr_i_edit_is_edge(const struct bpr_edit *e, size_t node)
{
	size_t scope = edit_nodes(e)[node].scope;
	const struct bpr_scope *scopes = e->array[EDIT_SCOPES].items;

	return scope != BPR_NONE && (scopes[scope].entry == node || scopes[scope].exit == node);
}

static void drop_events(struct bpr_edit *e, size_t host)
{
	for (size_t i = 0; i < edit_count(e, EDIT_NODES); i++)
		if (edit_nodes(e)[i].host == host && edit_alive(e, i))
			bpr_i_edit_node_drop(e, i);
}

void bpr_i_edit_node_drop(bpr_edit *e, size_t node)
{
	struct edit_slot *slot = &edit_slots(e)[node];
	struct edit_list out = slot->out, in = slot->in;

	if (slot->gone)
		return;
	slot->out.count = slot->in.count = 0; /* so that only the other ends are looked through */
	for (size_t i = 0; i < out.count; i++)
		bpr_i_edit_arc_drop(e, out.items[i]);
	for (size_t i = 0; i < in.count; i++)
		bpr_i_edit_arc_drop(e, in.items[i]);
	bpr_i_edit_unplace(e, node);
	slot->gone = true;
	e->head.reshaped = true;
	drop_events(e, node);
}

/* Becomes a gateway that only lets pass: ways that come together here cannot come together at the next as well. */
static bool hollow(struct bpr_edit *e, size_t node)
{
	struct bpr_node *n = &edit_nodes(e)[node];
	struct bpr_buf id = BPR_BUF_INIT;
	const char *kept;

	bpr_i_buf_puts(&id, n->id);
	bpr_i_buf_puts(&id, n->join == BPR_JOIN_XOR ? "/merge" : "/join");
	kept = id.failed ? NULL : free_id(e, id.data);
	bpr_i_buf_release(&id);
	if (!kept || !bpr_i_edit_name_add(e, EDIT_NODES, kept, node))
		return false;
	*n = (struct bpr_node){
		.id = kept, .name = "", .line = n->line, .split = n->split, .join = n->join, .prob = 1, .repeat = 1, .batch = 1,
		.kind = n->join == BPR_JOIN_AND ? BPR_NODE_AND : n->join == BPR_JOIN_OR ? BPR_NODE_OR : BPR_NODE_XOR,
		.host = BPR_NONE, .scope = n->scope, .unit = n->unit, .counter = BPR_NONE, .system = BPR_NONE,
	};
	n->split = n->kind == BPR_NODE_AND ? BPR_SPLIT_AND : n->kind == BPR_NODE_OR ? BPR_SPLIT_OR : BPR_SPLIT_XOR;
	drop_events(e, node);
	e->head.reshaped = true;
	return true;
}

bool bpr_i_edit_node_remove(bpr_edit *e, size_t node, bool *fits)
{
	const struct bpr_node *n = &edit_nodes(e)[node];
	struct edit_slot *slot = &edit_slots(e)[node];
	size_t to, count = slot->in.count;

	*fits = edit_alive(e, node) && n->kind != BPR_NODE_START && n->kind != BPR_NODE_END && !bpr_i_edit_is_edge(e, node);
	if (*fits && n->host != BPR_NONE) {
		bpr_i_edit_node_drop(e, node);
		return true;
	}
	*fits = *fits && slot->out.count == 1 && edit_arcs(e)[slot->out.items[0]].to != node;
	if (!*fits)
		return true;
	to = edit_arcs(e)[slot->out.items[0]].to;
	if (count > 1 && (n->join != BPR_JOIN_XOR || (edit_nodes(e)[to].join != BPR_JOIN_XOR))) {
		return hollow(e, node);
	}
	while (edit_slots(e)[node].in.count)
		if (!bpr_i_edit_arc_to(e, edit_slots(e)[node].in.items[0], to))
			return false;
	bpr_i_edit_node_drop(e, node);
	return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_FLOW_EDIT_INSIDE_I_H
#define BPR_FLOW_EDIT_INSIDE_I_H
/* Inside of an edit; for lib/flow/edit*.c only. */
#include "flow/builder_i.h"
#include "flow/edit_i.h"
#include <stdatomic.h>

/* Memory of an edit and of the flows made of it; released by the last of them, in whatever thread. */
struct bpr_flow_shared {
	atomic_size_t holders;
	struct bpr_arena arena;
};

enum edit_array {
	EDIT_NODES = 0, EDIT_SLOTS, EDIT_ARCS, EDIT_UNITS, EDIT_COUNTERS, EDIT_FIELDS, EDIT_FORMS, EDIT_POOLS, EDIT_SYSTEMS, EDIT_SCOPES,
	EDIT_ORIGINS, EDIT_ARRAYS
};

/* Items of one kind, and what they were at the mark. */
struct edit_items {
	void *items; size_t count, room, size;
	void *saved; size_t saved_count, saved_room;
};

/* Ways of a node: indices of arcs. The items are its own where the epoch is that of the edit, else shared with what was marked. */
struct edit_list { size_t *items; size_t count, room, epoch; };

/* A node's ways and its place in the order in which nodes will stand; a ring over BPR_NONE. */
struct edit_slot {
	struct edit_list out, in;
	size_t next, prev;
	bool gone;
};

/* Names to indices, made when first asked. An index may be stale after a rollback: it is believed where the item has the name. */
struct edit_names { struct bpr_names names; size_t *at; size_t room; bool made; };

/* What is neither an item nor a name. */
struct edit_head {
	struct bpr_demand demand;
	size_t first, last; /* of the order */
	bool reshaped;      /* ways or nodes are not those of the flow any more */
};

struct bpr_edit {
	const bpr_flow *flow;
	struct bpr_flow_shared *shared;
	struct edit_items array[EDIT_ARRAYS];
	struct edit_head head, saved_head;
	struct edit_names names[EDIT_ARRAYS];
	size_t epoch;
	bool marked;
	bool nomem;         /* once memory ran out where nothing could tell so */
};

static inline struct bpr_node *edit_nodes(const struct bpr_edit *e)
{
	return e->array[EDIT_NODES].items;
}

static inline struct edit_slot *edit_slots(const struct bpr_edit *e)
{
	return e->array[EDIT_SLOTS].items;
}

static inline struct bpr_edit_arc *edit_arcs(const struct bpr_edit *e)
{
	return e->array[EDIT_ARCS].items;
}

static inline size_t edit_count(const struct bpr_edit *e, enum edit_array array)
{
	return e->array[array].count;
}

static inline bool edit_alive(const struct bpr_edit *e, size_t node)
{
	return !edit_slots(e)[node].gone;
}

/* Room for one more item at the end, cleared; NULL out of memory. */
void *bpr_i_edit_more(struct bpr_edit *e, enum edit_array array);
/* The node taken out of the order, or put behind `at` (BPR_NONE: first). */
void bpr_i_edit_unplace(struct bpr_edit *e, size_t node);
void bpr_i_edit_place(struct bpr_edit *e, size_t node, size_t at);
/* Text without blanks at its ends, kept; NULL out of memory. */
const char *bpr_i_edit_text(struct bpr_edit *e, const char *text);
/* By its name in a table, or BPR_NONE; *nomem. */
size_t bpr_i_edit_name_find(struct bpr_edit *e, enum edit_array array, const char *name, bool *nomem);
bool bpr_i_edit_name_add(struct bpr_edit *e, enum edit_array array, const char *name, size_t index);
/* True where the way is as it was in the flow. */
bool bpr_i_edit_arc_was(const struct bpr_edit *e, size_t arc);
bool bpr_i_edit_is_edge(const struct bpr_edit *e, size_t node); /* entry or exit of a sub-process */
struct bpr_form *bpr_i_edit_form_in(struct bpr_edit *e, size_t form);

/* edit_order.c: where each unit, counter … goes in the frozen flow, BPR_NONE: left out. */
struct edit_order { size_t *to[EDIT_ARRAYS], placed[EDIT_ARRAYS]; };
bool bpr_i_edit_order(struct bpr_edit *e, struct edit_order *order);
void bpr_i_edit_order_release(struct edit_order *order);
/* edit_flow.c: the flow as the edit stands; tidied. */
bool bpr_i_edit_flow(struct bpr_edit *e, const struct edit_order *order, bpr_flow *flow);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An edit as a whole: made from a flow, marked, taken back, frozen. What it holds: edit_inside_i.h. */
#include "config.h"
#include "flow/edit_inside_i.h"
#include <string.h>

void bpr_i_flow_unshare(struct bpr_flow_shared *shared)
{
	if (!shared || atomic_fetch_sub(&shared->holders, 1) > 1)
		return;
	bpr_i_arena_release(&shared->arena);
	bpr_i_free(shared);
}

void bpr_i_edit_free(bpr_edit *e)
{
	if (!e)
		return;
	for (size_t i = 0; i < EDIT_ARRAYS; i++) {
		bpr_i_free(e->array[i].items);
		bpr_i_free(e->array[i].saved);
		bpr_i_names_release(&e->names[i].names);
		bpr_i_free(e->names[i].at);
	}
	bpr_i_flow_unshare(e->shared);
	bpr_i_free(e);
}

struct bpr_arena *bpr_i_edit_arena(bpr_edit *e)
{
	return &e->shared->arena;
}

static bool take(struct bpr_edit *e, enum edit_array array, const void *items, size_t count, size_t size)
{
	struct edit_items *a = &e->array[array];

	a->size = size;
	a->room = count + 8; /* most levers add a few */
	a->items = bpr_i_calloc(a->room, size);
	a->count = count;
	if (a->items && count && items)
		memcpy(a->items, items, count * size);
	return a->items != NULL;
}

static bool take_tables(struct bpr_edit *e, const bpr_flow *flow)
{
	return take(e, EDIT_NODES, flow->nodes, flow->node_count, sizeof(*flow->nodes)) &&
	       take(e, EDIT_SLOTS, NULL, flow->node_count, sizeof(struct edit_slot)) &&
	       take(e, EDIT_ARCS, NULL, flow->arc_count, sizeof(struct bpr_edit_arc)) &&
	       take(e, EDIT_UNITS, flow->units, flow->unit_count, sizeof(*flow->units)) &&
	       take(e, EDIT_COUNTERS, flow->counters, flow->counter_count, sizeof(*flow->counters)) &&
	       take(e, EDIT_FIELDS, flow->fields, flow->field_count, sizeof(*flow->fields)) &&
	       take(e, EDIT_FORMS, flow->forms, flow->form_count, sizeof(*flow->forms)) &&
	       take(e, EDIT_POOLS, flow->pools, flow->pool_count, sizeof(*flow->pools)) &&
	       take(e, EDIT_SYSTEMS, flow->systems, flow->system_count, sizeof(*flow->systems)) &&
	       take(e, EDIT_SCOPES, flow->scopes, flow->scope_count, sizeof(*flow->scopes)) &&
	       take(e, EDIT_ORIGINS, flow->origins, flow->origin_count, sizeof(*flow->origins));
}

/* Ways and order as in the flow; lists point into what is shared until they are changed. False: out of memory. */
static bool take_ways(struct bpr_edit *e, const bpr_flow *flow)
{
	size_t *same = bpr_i_arena_raw(&e->shared->arena, flow->arc_count, sizeof(*same));

	if (!same)
		return false;
	for (size_t i = 0; i < flow->arc_count; i++) {
		const struct bpr_arc *arc = &flow->arcs[i];

		same[i] = i;
		edit_arcs(e)[i] = (struct bpr_edit_arc){ arc->from, arc->to, arc->prob, arc->name, arc->id, arc->given, false };
	}
	for (size_t i = 0; i < flow->node_count; i++) {
		struct edit_slot *slot = &edit_slots(e)[i];

		slot->out = (struct edit_list){ same + flow->nodes[i].first_out, flow->nodes[i].out_count, 0, 0 };
		slot->in = (struct edit_list){ flow->in_arcs + flow->in_first[i], flow->in_first[i + 1] - flow->in_first[i], 0, 0 };
		slot->prev = i ? i - 1 : BPR_NONE;
		slot->next = i + 1 < flow->node_count ? i + 1 : BPR_NONE;
	}
	e->head.first = flow->node_count ? 0 : BPR_NONE;
	e->head.last = flow->node_count ? flow->node_count - 1 : BPR_NONE;
	e->head.demand = flow->demand;
	return true;
}

bpr_status bpr_i_edit_begin(const bpr_flow *flow, bpr_edit **out, struct bpr_error *err)
{
	struct bpr_edit *e = bpr_i_calloc(1, sizeof(*e));

	*out = NULL;
	if (!e)
		return bpr_i_nomem(err);
	e->flow = flow;
	e->epoch = 1;
	e->shared = bpr_i_calloc(1, sizeof(*e->shared));
	if (e->shared)
		atomic_init(&e->shared->holders, 1);
	if (!e->shared || !take_tables(e, flow) || !take_ways(e, flow)) {
		bpr_i_edit_free(e);
		return bpr_i_nomem(err);
	}
	*out = e;
	return BPR_OK;
}

bool bpr_i_edit_mark(bpr_edit *e)
{
	for (size_t i = 0; i < EDIT_ARRAYS; i++) {
		struct edit_items *a = &e->array[i];

		if (!bpr_i_grow(&a->saved, &a->saved_room, a->count + 1, a->size))
			return false;
		if (a->count)
			memcpy(a->saved, a->items, a->count * a->size);
		a->saved_count = a->count;
	}
	e->saved_head = e->head;
	e->epoch++;
	e->marked = true;
	return true;
}

bool bpr_i_edit_rollback(bpr_edit *e)
{
	if (!e->marked)
		return true;
	for (size_t i = 0; i < EDIT_ARRAYS; i++) {
		struct edit_items *a = &e->array[i];

		if (a->saved_count)
			memcpy(a->items, a->saved, a->saved_count * a->size); /* items never lose room */
		a->count = a->saved_count;
	}
	e->head = e->saved_head;
	e->epoch++; /* what was saved may be gone back to again */
	return true;
}

void *bpr_i_edit_more(struct bpr_edit *e, enum edit_array array)
{
	struct edit_items *a = &e->array[array];
	char *item;

	if (!bpr_i_grow(&a->items, &a->room, a->count + 1, a->size))
		return NULL;
	item = (char *)a->items + a->count++ * a->size;
	memset(item, 0, a->size);
	return item;
}

/* Puts what was marked back and forgets the mark: freezing works on the edit itself. */
static void go_back(struct bpr_edit *e)
{
	(void)bpr_i_edit_rollback(e);
	e->marked = false;
}

static bpr_status frozen(struct bpr_edit *e, bpr_flow **out, struct bpr_error *err)
{
	struct edit_order order = { .placed = { 0 } };
	bool starts = true, ends = true, ok;
	bpr_flow *flow;

	if (e->nomem || !bpr_i_edit_tidy(e, &starts, &ends) || e->nomem)
		return bpr_i_nomem(err);
	if (!starts)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_K140, NULL, 0, e->flow->source, NULL);
	if (!ends)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_K141, NULL, 0, e->flow->source, NULL);
	flow = bpr_i_calloc(1, sizeof(*flow));
	if (!flow)
		return bpr_i_nomem(err);
	ok = bpr_i_edit_order(e, &order) && bpr_i_edit_flow(e, &order, flow);
	bpr_i_edit_order_release(&order);
	if (!ok) {
		bpr_flow_free(flow);
		return bpr_i_nomem(err);
	}
	*out = flow;
	return BPR_OK;
}

bpr_status bpr_i_edit_freeze(bpr_edit *e, bpr_flow **out, struct bpr_error *err)
{
	bpr_status status;

	*out = NULL;
	if (!bpr_i_edit_mark(e))
		return bpr_i_nomem(err);
	status = frozen(e, out, err);
	go_back(e);
	return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The things that nodes name (units, counters, forms, pools, systems, sub-processes, fields) in the order of first use, what is
 * used nowhere behind. A flow is then the same from whatever format it was read, and reports list the same things in the same
 * order.
 */
#include "config.h"
#include "flow/builder_i.h"
#include <string.h>

/* Old indices to new ones. */
struct order { size_t *to; size_t count, placed; };

static bool order_init(struct order *o, size_t count)
{
	*o = (struct order){ bpr_i_calloc(count, sizeof(size_t)), count, 0 };
	for (size_t i = 0; o->to && i < count; i++)
		o->to[i] = BPR_NONE;
	return o->to != NULL;
}

static void place(struct order *o, size_t old)
{
	if (old < o->count && o->to[old] == BPR_NONE)
		o->to[old] = o->placed++;
}

static void place_list(struct order *o, const size_t *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		place(o, list[i]);
}

static void place_rest(struct order *o)
{
	for (size_t i = 0; i < o->count; i++)
		place(o, i);
}

static size_t moved(const struct order *o, size_t old)
{
	return old < o->count ? o->to[old] : old;
}

static void move_list(const struct order *o, const size_t *list, size_t count)
{
	size_t *items = (size_t *)(uintptr_t)list; /* const for readers; made here */

	for (size_t i = 0; i < count; i++)
		items[i] = moved(o, items[i]);
}

static bool in_place(const struct order *o)
{
	for (size_t i = 0; i < o->count; i++)
		if (o->to[i] != i)
			return false;
	return true;
}

/* Puts the items of an array where they belong. */
static bool permute(const struct order *o, void *items, size_t size)
{
	char *to = items;
	char *copy;

	if (in_place(o))
		return true;
	copy = bpr_i_calloc(o->count, size);
	if (!copy)
		return false;
	memcpy(copy, to, o->count * size);
	for (size_t i = 0; i < o->count; i++)
		memcpy(to + o->to[i] * size, copy + i * size, size);
	bpr_i_free(copy);
	return true;
}

/* Outer ones first: those above it that have no place yet, from the outermost. Circles are errors, told elsewhere. */
static void place_unit(struct order *o, const struct bpr_unit *units, size_t unit)
{
	while (unit < o->count && o->to[unit] == BPR_NONE) {
		size_t up = unit;

		for (size_t i = 0; i < o->count && units[up].parent < o->count && o->to[units[up].parent] == BPR_NONE; i++)
			up = units[up].parent;
		place(o, up);
	}
}

static void place_scope(struct order *o, const struct bpr_scope *scopes, size_t scope)
{
	while (scope < o->count && o->to[scope] == BPR_NONE) {
		size_t up = scope;

		for (size_t i = 0; i < o->count && scopes[up].parent < o->count && o->to[scopes[up].parent] == BPR_NONE; i++)
			up = scopes[up].parent;
		place(o, up);
	}
}

static bool order_units(struct bpr_builder *b)
{
	struct bpr_flow *flow = b->flow;
	struct order o;
	bool ok = order_init(&o, b->unit_names.count);

	for (size_t i = 0; ok && i < flow->node_count; i++)
		place_unit(&o, flow->units, flow->nodes[i].unit);
	for (size_t i = 0; ok && i < b->pool_names.count; i++)
		place_unit(&o, flow->units, flow->pools[i].unit);
	for (size_t i = 0; ok && i < o.count; i++)
		place_unit(&o, flow->units, i);
	ok = ok && permute(&o, flow->units, sizeof(*flow->units));
	for (size_t i = 0; ok && i < o.count; i++)
		flow->units[i].parent = moved(&o, flow->units[i].parent);
	for (size_t i = 0; ok && i < flow->node_count; i++)
		flow->nodes[i].unit = moved(&o, flow->nodes[i].unit);
	for (size_t i = 0; ok && i < b->pool_names.count; i++)
		flow->pools[i].unit = moved(&o, flow->pools[i].unit);
	bpr_i_free(o.to);
	return ok;
}

static bool order_counters(struct bpr_builder *b)
{
	struct bpr_flow *flow = b->flow;
	struct order o;
	bool ok = order_init(&o, b->counter_names.count);

	for (size_t i = 0; ok && i < flow->node_count; i++)
		place(&o, flow->nodes[i].counter);
	if (ok)
		place_rest(&o);
	ok = ok && permute(&o, flow->counters, sizeof(*flow->counters));
	for (size_t i = 0; ok && i < flow->node_count; i++)
		flow->nodes[i].counter = moved(&o, flow->nodes[i].counter);
	bpr_i_free(o.to);
	return ok;
}

static bool order_systems(struct bpr_builder *b)
{
	struct bpr_flow *flow = b->flow;
	struct order o;
	bool ok = order_init(&o, b->system_names.count);

	for (size_t i = 0; ok && i < flow->node_count; i++)
		place(&o, flow->nodes[i].system);
	if (ok)
		place_rest(&o);
	ok = ok && permute(&o, flow->systems, sizeof(*flow->systems));
	for (size_t i = 0; ok && i < flow->node_count; i++)
		flow->nodes[i].system = moved(&o, flow->nodes[i].system);
	bpr_i_free(o.to);
	return ok;
}

static bool order_forms(struct bpr_builder *b)
{
	struct bpr_flow *flow = b->flow;
	struct order o;
	bool ok = order_init(&o, b->form_names.count);

	for (size_t i = 0; ok && i < flow->node_count; i++) {
		const struct bpr_node *n = &flow->nodes[i];

		place_list(&o, n->writes, n->write_count);
		place_list(&o, n->reads, n->read_count);
		place_list(&o, n->issues, n->issue_count);
	}
	if (ok)
		place_rest(&o);
	ok = ok && permute(&o, b->forms, sizeof(*b->forms));
	for (size_t i = 0; ok && i < flow->node_count; i++) {
		const struct bpr_node *n = &flow->nodes[i];

		move_list(&o, n->writes, n->write_count);
		move_list(&o, n->reads, n->read_count);
		move_list(&o, n->issues, n->issue_count);
	}
	bpr_i_free(o.to);
	return ok;
}

/* Behind each pool in turn those in which its people help: as rows that are written name them. Then what is left. */
static bool place_helped(struct order *o, const struct bpr_pool *pools)
{
	size_t *at = bpr_i_calloc(o->count, sizeof(*at));
	size_t next = 0;

	if (!at)
		return false;
	for (size_t i = 0; i < o->count; i++)
		if (o->to[i] != BPR_NONE)
			at[o->to[i]] = i;
	for (size_t k = 0; k < o->count; k++) {
		while (k == o->placed) { /* the next that nothing names */
			place(o, next);
			if (o->placed > k)
				at[k] = next;
			next++;
		}
		for (size_t s = 0; s < pools[at[k]].shift_count; s++)
			for (size_t i = 0; i < pools[at[k]].shifts[s].also_count; i++) {
				size_t before = o->placed, helped = pools[at[k]].shifts[s].also[i];

				place(o, helped);
				if (o->placed > before)
					at[before] = helped;
			}
	}
	bpr_i_free(at);
	return true;
}

static bool order_pools(struct bpr_builder *b)
{
	struct bpr_flow *flow = b->flow;
	struct order o;
	bool ok = order_init(&o, b->pool_names.count);

	for (size_t i = 0; ok && i < flow->node_count; i++)
		for (size_t k = 0; k < flow->nodes[i].need_count; k++)
			place(&o, flow->nodes[i].needs[k].pool);
	ok = ok && place_helped(&o, flow->pools);
	for (size_t i = 0; ok && i < b->pool_names.count; i++)
		for (size_t k = 0; k < flow->pools[i].shift_count; k++)
			move_list(&o, flow->pools[i].shifts[k].also, flow->pools[i].shifts[k].also_count);
	ok = ok && permute(&o, flow->pools, sizeof(*flow->pools));
	for (size_t i = 0; ok && i < flow->node_count; i++) {
		struct bpr_need *needs = (struct bpr_need *)(uintptr_t)flow->nodes[i].needs;

		for (size_t k = 0; k < flow->nodes[i].need_count; k++)
			needs[k].pool = moved(&o, needs[k].pool);
	}
	bpr_i_free(o.to);
	return ok;
}

static bool order_scopes(struct bpr_builder *b)
{
	struct bpr_flow *flow = b->flow;
	struct order o;
	bool ok = order_init(&o, flow->scope_count);

	for (size_t i = 0; ok && i < flow->node_count; i++)
		place_scope(&o, flow->scopes, flow->nodes[i].scope);
	for (size_t i = 0; ok && i < o.count; i++)
		place_scope(&o, flow->scopes, i);
	ok = ok && permute(&o, flow->scopes, sizeof(*flow->scopes));
	for (size_t i = 0; ok && i < o.count; i++)
		flow->scopes[i].parent = moved(&o, flow->scopes[i].parent);
	for (size_t i = 0; ok && i < flow->node_count; i++)
		flow->nodes[i].scope = moved(&o, flow->nodes[i].scope);
	bpr_i_free(o.to);
	return ok;
}

void bpr_i_build_order(struct bpr_builder *b)
{
	if (!order_pools(b) || !order_units(b) || !order_counters(b) || !order_systems(b) || !order_forms(b) || !order_scopes(b))
		b->nomem = true;
}

/* Fields that no form has any more are left out. */
bool bpr_i_build_order_fields(struct bpr_builder *b)
{
	struct bpr_flow *flow = b->flow;
	size_t used;
	struct order o;
	bool ok = order_init(&o, b->field_names.count);

	for (size_t i = 0; ok && i < b->form_names.count; i++)
		for (size_t k = 0; k < b->forms[i].form.field_count; k++)
			place(&o, b->forms[i].fields[k].field);
	used = o.placed;
	if (ok)
		place_rest(&o);
	ok = ok && permute(&o, flow->fields, sizeof(*flow->fields));
	for (size_t i = 0; ok && i < b->form_names.count; i++)
		for (size_t k = 0; k < b->forms[i].form.field_count; k++)
			b->forms[i].fields[k].field = moved(&o, b->forms[i].fields[k].field);
	if (ok)
		flow->field_count = used;
	bpr_i_free(o.to);
	return ok;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frozen flow of an edit: every item where the order says, every index as it is there. What has not changed is borrowed. */
#include "config.h"
#include "flow/edit_inside_i.h"
#include "flow/format_i.h"
#include <math.h>
#include <string.h>

static size_t moved(const struct edit_order *o, enum edit_array array, size_t item)
{
	return item == BPR_NONE ? BPR_NONE : o->to[array][item];
}

/* The items that stay, in their new places. */
static void *placed(const struct bpr_edit *e, const struct edit_order *o, enum edit_array array, size_t *count)
{
	const struct edit_items *a = &e->array[array];
	char *items = bpr_i_calloc(o->placed[array], a->size);

	*count = 0;
	if (!items)
		return NULL;
	*count = o->placed[array];
	for (size_t i = 0; i < a->count; i++)
		if (o->to[array][i] != BPR_NONE)
			memcpy(items + o->to[array][i] * a->size, (const char *)a->items + i * a->size, a->size);
	return items;
}

/* A list of indices as they are now: borrowed where none has changed. NULL out of memory. */
static const size_t *list(struct bpr_edit *e, const struct edit_order *o, enum edit_array array, const size_t *items, size_t count)
{
	size_t same = 0;
	size_t *copy;

	while (same < count && moved(o, array, items[same]) == items[same])
		same++;
	if (same == count)
		return items;
	copy = bpr_i_arena_raw(&e->shared->arena, count, sizeof(*copy));
	for (size_t i = 0; copy && i < count; i++)
		copy[i] = moved(o, array, items[i]);
	e->nomem |= !copy;
	return copy;
}

static const struct bpr_need *needs(struct bpr_edit *e, const struct edit_order *o, const struct bpr_need *items, size_t count)
{
	size_t same = 0;
	struct bpr_need *copy;

	while (same < count && moved(o, EDIT_POOLS, items[same].pool) == items[same].pool)
		same++;
	if (same == count)
		return items;
	copy = bpr_i_arena_raw(&e->shared->arena, count, sizeof(*copy));
	for (size_t i = 0; copy && i < count; i++)
		copy[i] = (struct bpr_need){ moved(o, EDIT_POOLS, items[i].pool), items[i].count };
	e->nomem |= !copy;
	return copy;
}

static void settle_node(struct bpr_edit *e, const struct edit_order *o, size_t from, struct bpr_node *n)
{
	const bpr_flow *flow = e->flow;

	n->host = moved(o, EDIT_NODES, n->host);
	n->scope = moved(o, EDIT_SCOPES, n->scope);
	n->unit = moved(o, EDIT_UNITS, n->unit);
	n->counter = moved(o, EDIT_COUNTERS, n->counter);
	n->system = moved(o, EDIT_SYSTEMS, n->system);
	n->needs = needs(e, o, n->needs, n->need_count);
	n->writes = list(e, o, EDIT_FORMS, n->writes, n->write_count);
	n->reads = list(e, o, EDIT_FORMS, n->reads, n->read_count);
	n->issues = list(e, o, EDIT_FORMS, n->issues, n->issue_count);
	/* What an element of BPMN is by itself follows its kind. */
	if (!n->type || (from < flow->node_count && n->type == flow->nodes[from].type && !strcmp(n->type, bpr_i_plain_type(&flow->nodes[from]))))
		n->type = bpr_i_plain_type(n);
}

static bool nodes(struct bpr_edit *e, const struct edit_order *o, bpr_flow *flow)
{
	size_t arcs = 0;

	flow->nodes = placed(e, o, EDIT_NODES, &flow->node_count);
	if (!flow->nodes)
		return false;
	for (size_t i = e->head.first; i != BPR_NONE; i = edit_slots(e)[i].next)
		arcs += edit_slots(e)[i].out.count;
	flow->arcs = bpr_i_calloc(arcs, sizeof(*flow->arcs));
	if (!flow->arcs)
		return false;
	for (size_t i = e->head.first; i != BPR_NONE; i = edit_slots(e)[i].next) {
		const struct edit_list *out = &edit_slots(e)[i].out;
		struct bpr_node *n = &flow->nodes[o->to[EDIT_NODES][i]];

		settle_node(e, o, i, n);
		n->first_out = flow->arc_count;
		n->out_count = out->count;
		for (size_t k = 0; k < out->count; k++) {
			const struct bpr_edit_arc *a = &edit_arcs(e)[out->items[k]];

			flow->arcs[flow->arc_count++] = (struct bpr_arc){
				moved(o, EDIT_NODES, a->from), moved(o, EDIT_NODES, a->to), a->prob, a->id, a->name, a->given,
			};
		}
	}
	return !e->nomem;
}

static bool forms(struct bpr_edit *e, const struct edit_order *o, bpr_flow *flow)
{
	flow->forms = placed(e, o, EDIT_FORMS, &flow->form_count);
	flow->fields = placed(e, o, EDIT_FIELDS, &flow->field_count);
	if (!flow->forms || !flow->fields)
		return false;
	for (size_t i = 0; i < flow->form_count; i++) {
		struct bpr_form *form = &flow->forms[i];
		struct bpr_form_field *copy;
		size_t same = 0;

		while (same < form->field_count && moved(o, EDIT_FIELDS, form->fields[same].field) == form->fields[same].field)
			same++;
		if (same == form->field_count)
			continue;
		copy = bpr_i_arena_raw(&e->shared->arena, form->field_count, sizeof(*copy));
		if (!copy)
			return false;
		for (size_t k = 0; k < form->field_count; k++)
			copy[k] = (struct bpr_form_field){ moved(o, EDIT_FIELDS, form->fields[k].field), form->fields[k].times,
							   form->fields[k].prefilled };
		form->fields = copy;
	}
	return true;
}

/* Shifts name pools in which people help. */
static bool pools(struct bpr_edit *e, const struct edit_order *o, bpr_flow *flow)
{
	bool same = true;

	flow->pools = placed(e, o, EDIT_POOLS, &flow->pool_count);
	if (!flow->pools)
		return false;
	for (size_t i = 0; i < edit_count(e, EDIT_POOLS); i++)
		same &= o->to[EDIT_POOLS][i] == i || o->to[EDIT_POOLS][i] == BPR_NONE;
	for (size_t i = 0; i < flow->pool_count; i++) {
		struct bpr_pool *pool = &flow->pools[i];
		struct bpr_shift *copy;

		pool->unit = moved(o, EDIT_UNITS, pool->unit);
		if (same || !pool->shift_count)
			continue;
		copy = bpr_i_arena_raw(&e->shared->arena, pool->shift_count, sizeof(*copy));
		if (!copy)
			return false;
		memcpy(copy, pool->shifts, pool->shift_count * sizeof(*copy));
		for (size_t k = 0; k < pool->shift_count; k++)
			copy[k].also = list(e, o, EDIT_POOLS, copy[k].also, copy[k].also_count);
		pool->shifts = copy;
	}
	return !e->nomem;
}

static bool tables(struct bpr_edit *e, const struct edit_order *o, bpr_flow *flow)
{
	flow->scopes = placed(e, o, EDIT_SCOPES, &flow->scope_count);
	flow->units = placed(e, o, EDIT_UNITS, &flow->unit_count);
	flow->counters = placed(e, o, EDIT_COUNTERS, &flow->counter_count);
	flow->systems = placed(e, o, EDIT_SYSTEMS, &flow->system_count);
	if (!flow->scopes || !flow->units || !flow->counters || !flow->systems)
		return false;
	for (size_t i = 0; i < flow->scope_count; i++) {
		flow->scopes[i].parent = moved(o, EDIT_SCOPES, flow->scopes[i].parent);
		flow->scopes[i].entry = moved(o, EDIT_NODES, flow->scopes[i].entry);
		flow->scopes[i].exit = moved(o, EDIT_NODES, flow->scopes[i].exit);
	}
	for (size_t i = 0; i < flow->unit_count; i++)
		flow->units[i].parent = moved(o, EDIT_UNITS, flow->units[i].parent);
	return pools(e, o, flow) && forms(e, o, flow);
}

/* A node that the first flow does not have under its id. */
static bool renamed(const struct bpr_edit *e, size_t node)
{
	return node >= e->flow->node_count || edit_nodes(e)[node].id != e->flow->nodes[node].id;
}

/* Names of the first flow as they are, then the new ones. */
static bool ids(const struct bpr_edit *e, const struct edit_order *o, bpr_flow *flow)
{
	const struct bpr_names *before = &e->flow->ids;
	size_t room = before->count + edit_count(e, EDIT_NODES);

	flow->id_nodes = bpr_i_calloc(room, sizeof(*flow->id_nodes));
	if (!flow->id_nodes || !bpr_i_names_copy(&flow->ids, before))
		return false;
	for (size_t i = 0; i < before->count; i++) {
		const size_t node = e->flow->id_nodes[i];

		flow->id_nodes[i] = node == BPR_NONE || renamed(e, node) ? BPR_NONE : moved(o, EDIT_NODES, node);
	}
	for (size_t i = 0; i < edit_count(e, EDIT_NODES); i++) {
		const char *id = edit_nodes(e)[i].id;
		size_t at;

		if (o->to[EDIT_NODES][i] == BPR_NONE || !renamed(e, i))
			continue;
		at = bpr_i_names_add(&flow->ids, id, strlen(id), NULL);
		if (at == BPR_NONE)
			return false;
		flow->id_nodes[at] = o->to[EDIT_NODES][i];
	}
	return true;
}

/* ---- origins ---- */

static bool add_key(struct bpr_names *names, struct bpr_arena *arena, enum bpr_origin_of of, const char *element)
{
	size_t length = strlen(element);
	char *key = bpr_i_arena_raw(arena, length + 2, 1);

	if (!key)
		return false;
	key[0] = (char)('0' + (int)of);
	memcpy(key + 1, element, length + 1);
	return bpr_i_names_add(names, key, length + 1, NULL) != BPR_NONE;
}

static bool add_arcs(const bpr_flow *flow, struct bpr_names *names, struct bpr_arena *arena)
{
	struct bpr_buf name = BPR_BUF_INIT;
	bool ok = true;

	for (size_t i = 0; ok && i < flow->arc_count; i++) {
		const struct bpr_arc *arc = &flow->arcs[i];

		bpr_i_buf_clear(&name);
		if (arc->id)
			bpr_i_buf_puts(&name, arc->id);
		else
			bpr_i_buf_printf(&name, "%s -> %s", flow->nodes[arc->from].id, flow->nodes[arc->to].id);
		ok = !name.failed && add_key(names, arena, BPR_ORIGIN_ARC, name.data);
	}
	bpr_i_buf_release(&name);
	return ok;
}

/* All that an origin may be of. */
static bool elements(const bpr_flow *flow, struct bpr_names *names, struct bpr_arena *arena)
{
	bool ok = add_key(names, arena, BPR_ORIGIN_DEMAND, "demand") && add_arcs(flow, names, arena);

	for (size_t i = 0; ok && i < flow->node_count; i++)
		ok = add_key(names, arena, BPR_ORIGIN_STEP, flow->nodes[i].id);
	for (size_t i = 0; ok && i < flow->pool_count; i++)
		ok = add_key(names, arena, BPR_ORIGIN_STAFF, flow->pools[i].name);
	for (size_t i = 0; ok && i < flow->counter_count; i++)
		ok = add_key(names, arena, BPR_ORIGIN_COUNTER, flow->counters[i].name);
	for (size_t i = 0; ok && i < flow->form_count; i++)
		ok = add_key(names, arena, BPR_ORIGIN_FORM, flow->forms[i].id);
	for (size_t i = 0; ok && i < flow->scope_count; i++)
		ok = add_key(names, arena, BPR_ORIGIN_SCOPE, flow->scopes[i].id);
	for (size_t i = 0; ok && i < flow->unit_count; i++)
		ok = add_key(names, arena, BPR_ORIGIN_UNIT, flow->units[i].name);
	return ok;
}

/* Those of what is still there. */
static bool origins(struct bpr_edit *e, bpr_flow *flow)
{
	const struct bpr_origin *all = e->array[EDIT_ORIGINS].items;
	size_t count = edit_count(e, EDIT_ORIGINS);
	struct bpr_names names = { 0 };
	struct bpr_arena arena = { 0 };
	struct bpr_buf key = BPR_BUF_INIT;
	bool ok;

	flow->origins = bpr_i_calloc(count, sizeof(*flow->origins));
	if (!flow->origins || !count)
		return flow->origins != NULL;
	ok = elements(flow, &names, &arena);
	for (size_t i = 0; ok && i < count; i++) {
		bpr_i_buf_clear(&key);
		bpr_i_buf_putc(&key, (char)('0' + (int)all[i].of));
		bpr_i_buf_puts(&key, all[i].element);
		ok = !key.failed;
		if (ok && bpr_i_names_find(&names, key.data, key.length) != BPR_NONE)
			flow->origins[flow->origin_count++] = all[i];
	}
	flow->origin_room = count;
	bpr_i_buf_release(&key);
	bpr_i_names_release(&names);
	bpr_i_arena_release(&arena);
	return ok;
}

bool bpr_i_edit_flow(struct bpr_edit *e, const struct edit_order *o, bpr_flow *flow)
{
	flow->id = e->flow->id;
	flow->name = e->flow->name;
	flow->source = e->flow->source;
	flow->first_source = e->flow->first_source;
	flow->demand = e->head.demand;
	flow->shared = e->shared;
	atomic_fetch_add(&e->shared->holders, 1);
	if (!nodes(e, o, flow) || !tables(e, o, flow) || !bpr_i_flow_index(flow) || !ids(e, o, flow) || !origins(e, flow))
		return false;
	flow->hash = bpr_i_flow_hash(flow);
	return true;
}

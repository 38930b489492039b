/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The things that nodes name, in the order in which a builder puts them (order.c): as first used. What nothing names any more is
 * left out; what nothing named before stays behind, and so do pools of people who are there.
 */
#include "config.h"
#include "flow/edit_inside_i.h"
#include <string.h>

void bpr_i_edit_order_release(struct edit_order *o)
{
	for (size_t i = 0; i < EDIT_ARRAYS; i++)
		bpr_i_free(o->to[i]);
}

static bool prepare(const struct bpr_edit *e, struct edit_order *o)
{
	for (size_t a = 0; a < EDIT_ARRAYS; a++) {
		o->to[a] = bpr_i_calloc(edit_count(e, (enum edit_array)a), sizeof(size_t));
		o->placed[a] = 0;
		if (!o->to[a])
			return false;
		for (size_t i = 0; i < edit_count(e, (enum edit_array)a); i++)
			o->to[a][i] = BPR_NONE;
	}
	return true;
}

static void place(struct edit_order *o, enum edit_array array, size_t item)
{
	if (item != BPR_NONE && o->to[array][item] == BPR_NONE)
		o->to[array][item] = o->placed[array]++;
}

static void place_forms(struct edit_order *o, const size_t *forms, size_t count)
{
	for (size_t i = 0; i < count; i++)
		place(o, EDIT_FORMS, forms[i]);
}

/* Outer ones first. */
static void place_unit(struct edit_order *o, const struct bpr_unit *units, size_t unit)
{
	while (unit != BPR_NONE && o->to[EDIT_UNITS][unit] == BPR_NONE) {
		size_t up = unit;

		while (units[up].parent != BPR_NONE && o->to[EDIT_UNITS][units[up].parent] == BPR_NONE)
			up = units[up].parent;
		place(o, EDIT_UNITS, up);
	}
}

static void place_scope(struct edit_order *o, const struct bpr_scope *scopes, size_t scope)
{
	while (scope != BPR_NONE && o->to[EDIT_SCOPES][scope] == BPR_NONE) {
		size_t up = scope;

		while (scopes[up].parent != BPR_NONE && o->to[EDIT_SCOPES][scopes[up].parent] == BPR_NONE)
			up = scopes[up].parent;
		place(o, EDIT_SCOPES, up);
	}
}

/* What nodes name. */
static void place_used(const struct bpr_edit *e, struct edit_order *o)
{
	const struct bpr_unit *units = e->array[EDIT_UNITS].items;
	const struct bpr_scope *scopes = e->array[EDIT_SCOPES].items;

	for (size_t i = e->head.first; i != BPR_NONE; i = edit_slots(e)[i].next) {
		const struct bpr_node *n = &edit_nodes(e)[i];

		place(o, EDIT_NODES, i);
		place_unit(o, units, n->unit);
		place(o, EDIT_COUNTERS, n->counter);
		place(o, EDIT_SYSTEMS, n->system);
		place_forms(o, n->writes, n->write_count);
		place_forms(o, n->reads, n->read_count);
		place_forms(o, n->issues, n->issue_count);
		for (size_t k = 0; k < n->need_count; k++)
			place(o, EDIT_POOLS, n->needs[k].pool);
		place_scope(o, scopes, n->scope);
	}
}

/* Marks what the first flow's nodes named: counters, systems, forms, pools, units with all above them. */
static void mark_used(const bpr_flow *flow, unsigned char *used[EDIT_ARRAYS])
{
	for (size_t i = 0; i < flow->node_count; i++) {
		const struct bpr_node *n = &flow->nodes[i];

		for (size_t u = n->unit; u != BPR_NONE && !used[EDIT_UNITS][u]; u = flow->units[u].parent)
			used[EDIT_UNITS][u] = 1;
		if (n->counter != BPR_NONE)
			used[EDIT_COUNTERS][n->counter] = 1;
		if (n->system != BPR_NONE)
			used[EDIT_SYSTEMS][n->system] = 1;
		for (size_t k = 0; k < n->need_count; k++)
			used[EDIT_POOLS][n->needs[k].pool] = 1;
		for (size_t k = 0; k < n->write_count; k++)
			used[EDIT_FORMS][n->writes[k]] = 1;
		for (size_t k = 0; k < n->read_count; k++)
			used[EDIT_FORMS][n->reads[k]] = 1;
		for (size_t k = 0; k < n->issue_count; k++)
			used[EDIT_FORMS][n->issues[k]] = 1;
		for (size_t s = n->scope; s != BPR_NONE && !used[EDIT_SCOPES][s]; s = flow->scopes[s].parent)
			used[EDIT_SCOPES][s] = 1;
	}
}

static size_t count_before(const bpr_flow *flow, enum edit_array array)
{
	switch (array) {
	case EDIT_UNITS: return flow->unit_count;
	case EDIT_COUNTERS: return flow->counter_count;
	case EDIT_FORMS: return flow->form_count;
	case EDIT_POOLS: return flow->pool_count;
	case EDIT_SYSTEMS: return flow->system_count;
	case EDIT_SCOPES: return flow->scope_count;
	case EDIT_NODES: case EDIT_SLOTS: case EDIT_ARCS: case EDIT_FIELDS: case EDIT_ORIGINS: case EDIT_ARRAYS: break;
	}
	return 0;
}

/* Pools: behind each in turn those in which its people help (order.c). */
static bool place_pools(const struct bpr_edit *e, struct edit_order *o, const unsigned char *used)
{
	const struct bpr_pool *pools = e->array[EDIT_POOLS].items;
	size_t count = edit_count(e, EDIT_POOLS), next = 0;
	size_t *at = bpr_i_calloc(count, sizeof(*at));

	if (!at)
		return false;
	for (size_t i = 0; i < count; i++)
		if (o->to[EDIT_POOLS][i] != BPR_NONE)
			at[o->to[EDIT_POOLS][i]] = i;
	for (size_t k = 0; k < count; k++) {
		for (; k == o->placed[EDIT_POOLS] && next < count; next++)
			if (o->to[EDIT_POOLS][next] == BPR_NONE && (pools[next].count || (next < e->flow->pool_count && !used[next]))) {
				at[k] = next;
				place(o, EDIT_POOLS, next);
			}
		if (k == o->placed[EDIT_POOLS])
			break;
		for (size_t s = 0; s < pools[at[k]].shift_count; s++)
			for (size_t i = 0; i < pools[at[k]].shifts[s].also_count; i++) {
				size_t before = o->placed[EDIT_POOLS], helped = pools[at[k]].shifts[s].also[i];

				place(o, EDIT_POOLS, helped);
				if (o->placed[EDIT_POOLS] > before)
					at[before] = helped;
			}
	}
	bpr_i_free(at);
	return true;
}

/* Units of pools that stay, in the order of pools. */
static bool place_pool_units(const struct bpr_edit *e, struct edit_order *o)
{
	const struct bpr_pool *pools = e->array[EDIT_POOLS].items;
	size_t count = edit_count(e, EDIT_POOLS);
	size_t *at = bpr_i_calloc(count, sizeof(*at));

	if (!at)
		return false;
	for (size_t i = 0; i < count; i++)
		if (o->to[EDIT_POOLS][i] != BPR_NONE)
			at[o->to[EDIT_POOLS][i]] = i;
	for (size_t i = 0; i < o->placed[EDIT_POOLS]; i++)
		place_unit(o, e->array[EDIT_UNITS].items, pools[at[i]].unit);
	bpr_i_free(at);
	return true;
}

/* What was there unused stays so. */
static bool place_rest(const struct bpr_edit *e, struct edit_order *o)
{
	static const enum edit_array tables[] = { EDIT_POOLS, EDIT_UNITS, EDIT_COUNTERS, EDIT_SYSTEMS, EDIT_FORMS, EDIT_SCOPES };
	unsigned char *used[EDIT_ARRAYS] = { NULL };
	bool ok = true, rest = false;

	for (size_t t = 0; ok && t < sizeof(tables) / sizeof(tables[0]); t++) {
		rest |= o->placed[tables[t]] < edit_count(e, tables[t]);
		used[tables[t]] = bpr_i_calloc(edit_count(e, tables[t]), 1);
		ok = used[tables[t]] != NULL;
	}
	if (ok && rest)
		mark_used(e->flow, used);
	ok = ok && place_pools(e, o, used[EDIT_POOLS]) && place_pool_units(e, o);
	for (size_t p = 0; ok && p < e->flow->pool_count; p++)
		if (e->flow->pools[p].unit != BPR_NONE)
			used[EDIT_UNITS][e->flow->pools[p].unit] = 1;
	for (size_t t = 1; ok && rest && t < sizeof(tables) / sizeof(tables[0]); t++)
		for (size_t i = 0; i < count_before(e->flow, tables[t]); i++) {
			if (o->to[tables[t]][i] != BPR_NONE || used[tables[t]][i])
				continue;
			if (tables[t] == EDIT_UNITS)
				place_unit(o, e->array[EDIT_UNITS].items, i);
			else
				place(o, tables[t], i);
		}
	for (size_t a = 0; a < EDIT_ARRAYS; a++)
		bpr_i_free(used[a]);
	return ok;
}

static bool place_fields(const struct bpr_edit *e, struct edit_order *o)
{
	const struct bpr_form *forms = e->array[EDIT_FORMS].items;
	size_t count = edit_count(e, EDIT_FORMS);
	size_t *at = bpr_i_calloc(count, sizeof(*at));

	if (!at)
		return false;
	for (size_t i = 0; i < count; i++)
		if (o->to[EDIT_FORMS][i] != BPR_NONE)
			at[o->to[EDIT_FORMS][i]] = i;
	for (size_t i = 0; i < o->placed[EDIT_FORMS]; i++)
		for (size_t k = 0; k < forms[at[i]].field_count; k++)
			place(o, EDIT_FIELDS, forms[at[i]].fields[k].field);
	bpr_i_free(at);
	return true;
}

/* Forms that have lost all their fields count as one field, as if none had ever been listed. */
static bool assume_fields(struct bpr_edit *e, const struct edit_order *o)
{
	for (size_t i = 0; i < edit_count(e, EDIT_FORMS); i++) {
		struct bpr_form *form = bpr_i_edit_form_in(e, i);
		struct bpr_form_field field = { BPR_NONE, 1, false };
		struct bpr_buf name = BPR_BUF_INIT;
		bool nomem = false;

		if (o->to[EDIT_FORMS][i] == BPR_NONE || form->field_count)
			continue;
		bpr_i_buf_puts(&name, form->id);
		while (!name.failed && bpr_i_edit_name_find(e, EDIT_FIELDS, name.data, &nomem) != BPR_NONE)
			bpr_i_buf_puts(&name, " *");
		if (!name.failed && !nomem)
			field.field = bpr_i_edit_field(e, name.data, "");
		bpr_i_buf_release(&name);
		if (field.field == BPR_NONE || !bpr_i_edit_form_fields(e, i, &field, 1))
			return false;
		bpr_i_edit_form_in(e, i)->assumed = true;
	}
	return true;
}

/* More fields than when the order was begun: room for them. */
static bool more_fields(const struct bpr_edit *e, struct edit_order *o, size_t before)
{
	size_t count = edit_count(e, EDIT_FIELDS);
	size_t *to = bpr_i_realloc(o->to[EDIT_FIELDS], count, sizeof(*to));

	if (!to)
		return false;
	for (size_t i = before; i < count; i++)
		to[i] = BPR_NONE;
	o->to[EDIT_FIELDS] = to;
	return true;
}

bool bpr_i_edit_order(struct bpr_edit *e, struct edit_order *o)
{
	size_t fields = edit_count(e, EDIT_FIELDS);

	if (!prepare(e, o))
		return false;
	place_used(e, o);
	return place_rest(e, o) && assume_fields(e, o) && more_fields(e, o, fields) && place_fields(e, o);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A flow with the shape of another one and values of its own. */
#include "config.h"
#include "flow/view_i.h"
#include "flow/builder_i.h"
#include <string.h>

static void *copy_of(const void *items, size_t count, size_t size)
{
	void *copy = bpr_i_calloc(count, size);

	if (copy && count)
		memcpy(copy, items, count * size);
	return copy;
}

bpr_status bpr_i_flow_derive(const bpr_flow *flow, bpr_flow **out, struct bpr_error *err)
{
	bpr_flow *d = bpr_i_calloc(1, sizeof(*d));

	*out = NULL;
	if (!d)
		return bpr_i_nomem(err);
	*d = *flow;
	d->derived = true;
	d->kept = NULL;
	d->shared = NULL;
	d->arena = (struct bpr_arena){ 0 };
	d->nodes = copy_of(flow->nodes, flow->node_count, sizeof(*flow->nodes));
	d->arcs = copy_of(flow->arcs, flow->arc_count, sizeof(*flow->arcs));
	d->pools = copy_of(flow->pools, flow->pool_count, sizeof(*flow->pools));
	d->origins = copy_of(flow->origins, flow->origin_count, sizeof(*flow->origins));
	d->origin_room = flow->origin_count;
	if (!d->nodes || !d->arcs || !d->pools || !d->origins) {
		bpr_flow_free(d);
		return bpr_i_nomem(err);
	}
	*out = d;
	return BPR_OK;
}

struct bpr_node *bpr_i_flow_edit_node(bpr_flow *d, size_t node)
{
	return &d->nodes[node];
}

struct bpr_arc *bpr_i_flow_edit_arc(bpr_flow *d, size_t arc)
{
	return &d->arcs[arc];
}

bool bpr_i_flow_edit_duration(bpr_flow *d, size_t node, bool work, const struct bpr_dist *dist)
{
	struct bpr_dist *copy = bpr_i_arena_alloc(&d->arena, 1, sizeof(*copy));
	double *values;

	if (!copy)
		return false;
	*copy = *dist;
	if (dist->value_count) {
		values = bpr_i_arena_raw(&d->arena, dist->value_count, sizeof(*values));
		if (!values)
			return false;
		memcpy(values, dist->values, dist->value_count * sizeof(*values));
		copy->values = values;
	}
	if (dist->source) {
		copy->source = bpr_i_arena_strdup(&d->arena, dist->source);
		if (!copy->source)
			return false;
	}
	*(work ? &d->nodes[node].work : &d->nodes[node].wait) = copy;
	return true;
}

bool bpr_i_flow_edit_need(bpr_flow *d, size_t node, size_t pool, size_t count)
{
	struct bpr_need *need = bpr_i_arena_alloc(&d->arena, 1, sizeof(*need));

	if (!need)
		return false;
	*need = (struct bpr_need){ pool, count };
	d->nodes[node].needs = need;
	d->nodes[node].need_count = 1;
	return true;
}

bool bpr_i_flow_edit_count(bpr_flow *d, size_t pool, size_t count)
{
	struct bpr_shift *shift;

	if (d->pools[pool].shift_count > 1)
		return true;
	shift = bpr_i_arena_alloc(&d->arena, 1, sizeof(*shift));
	if (!shift)
		return false;
	if (d->pools[pool].shift_count)
		*shift = d->pools[pool].shifts[0];
	else
		shift->name = "";
	shift->count = count;
	d->pools[pool].count = count;
	d->pools[pool].shifts = shift;
	d->pools[pool].shift_count = 1;
	return true;
}

bool bpr_i_flow_edit_pools(bpr_flow *d, const bpr_flow *from)
{
	struct bpr_pool *pools = copy_of(from->pools, from->pool_count, sizeof(*from->pools));

	if (!pools)
		return false;
	for (size_t i = 0; i < from->pool_count; i++)
		pools[i].unit = BPR_NONE; /* numbers of units are those of the other flow */
	bpr_i_free(d->pools);
	d->pools = pools;
	d->pool_count = from->pool_count;
	return true;
}

struct bpr_demand *bpr_i_flow_edit_demand(bpr_flow *d)
{
	return &d->demand;
}

void bpr_i_flow_keep(bpr_flow *d, bpr_flow *other)
{
	d->kept = other;
}

bool bpr_i_flow_edit_origin(bpr_flow *d, enum bpr_origin_of of, const char *element, const char *key, const char *value, const char *source)
{
	struct bpr_origin origin = { .of = of, .source = source, .file = "" };
	size_t at;

	origin.element = bpr_i_arena_strdup(&d->arena, element);
	origin.key = bpr_i_arena_strdup(&d->arena, key);
	origin.value = bpr_i_arena_strdup(&d->arena, value);
	if (!origin.element || !origin.key || !origin.value)
		return false;
	for (at = 0; at < d->origin_count; at++)
		if (d->origins[at].of == of && !strcmp(d->origins[at].element, element) && !strcmp(d->origins[at].key, key))
			break;
	if (at == d->origin_count) {
		if (!bpr_i_grow(&d->origins, &d->origin_room, d->origin_count + 1, sizeof(*d->origins)))
			return false;
		d->origin_count++;
	}
	d->origins[at] = origin;
	return true;
}

void bpr_i_flow_settle(bpr_flow *d)
{
	d->hash = bpr_i_flow_hash(d);
}

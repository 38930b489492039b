/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The order in which a case comes to nodes, and what every case has passed before: reverse postorder, and the dominator
 * tree over arcs that do not lead back (in flows whose loops have one entry, those are all that matter). Ancestors are
 * met by jump pointers (Myers, Inf. Process. Lett. 17, 1983), so that no shape takes more than O(arcs log nodes).
 */
#include "config.h"
#include "analyse/dominate_i.h"
#include "base/alloc_i.h"
#include <string.h>

static size_t way_count(const struct bpr_plan *plan, size_t node)
{
	return plan->node[node]->out_count + plan->edge_row[node + 1] - plan->edge_row[node];
}

/* Arcs as written, then boundary events; BPR_NONE for one that is never taken. */
static size_t way_on(const struct bpr_plan *plan, size_t node, size_t i)
{
	const struct bpr_node *n = plan->node[node];

	if (i >= n->out_count)
		return plan->edge[plan->edge_row[node] + i - n->out_count];
	return plan->arc_prob[n->first_out + i] > 0 || n->out_count == 1 ? plan->arc_to[n->first_out + i] : BPR_NONE;
}

/* Ways on are searched from the last to the first, so that in the reverse of the order of leaving the first comes first. */
static void search_from(const struct bpr_plan *plan, struct bpr_order *o, size_t root, uint32_t *stack, uint32_t *ways,
			uint32_t *order, size_t *place)
{
	size_t depth = 0;

	o->rank[root] = 1;
	stack[depth] = (uint32_t)root;
	ways[depth++] = 0;
	while (depth) {
		size_t node = stack[depth - 1], count = way_count(plan, node), to;

		if (ways[depth - 1] == count) {
			order[--*place] = stack[--depth];
			continue;
		}
		to = way_on(plan, node, count - 1 - ways[depth - 1]++);
		if (to == BPR_NONE || o->rank[to])
			continue;
		o->rank[to] = 1;
		stack[depth] = (uint32_t)to;
		ways[depth++] = 0;
	}
}

static void number_nodes(const struct bpr_plan *plan, struct bpr_order *o, uint32_t *stack, uint32_t *ways, uint32_t *order)
{
	size_t place = plan->n;

	for (size_t i = plan->start_count; i-- > 0;)
		if (!o->rank[plan->start[i]])
			search_from(plan, o, plan->start[i], stack, ways, order, &place);
	o->count = plan->n - place;
	memmove(order, order + place, o->count * sizeof(*order));
	for (size_t i = 0; i < o->count; i++)
		o->rank[order[i]] = (uint32_t)i + 1;
}

size_t bpr_i_order_ancestor(const struct bpr_order *o, size_t node, size_t depth)
{
	while (o->depth[node] > depth)
		node = o->depth[o->jump[node]] >= depth ? o->jump[node] : o->parent[node];
	return node;
}

size_t bpr_i_order_common(const struct bpr_order *o, size_t a, size_t b)
{
	if (o->depth[a] > o->depth[b])
		a = bpr_i_order_ancestor(o, a, o->depth[b]);
	else
		b = bpr_i_order_ancestor(o, b, o->depth[a]);
	while (a != b) {
		if (!o->depth[a])
			return BPR_NONE;
		if (o->jump[a] != o->jump[b]) {
			a = o->jump[a];
			b = o->jump[b];
		} else {
			a = o->parent[a];
			b = o->parent[b];
		}
	}
	return a;
}

static void hang(struct bpr_order *o, size_t node, size_t parent)
{
	size_t up = o->jump[parent];

	if (node == parent) {
		o->parent[node] = o->jump[node] = (uint32_t)node;
		return;
	}
	o->parent[node] = (uint32_t)parent;
	o->depth[node] = o->depth[parent] + 1;
	o->jump[node] = o->depth[parent] - o->depth[up] == o->depth[up] - o->depth[o->jump[up]] ? o->jump[up] : (uint32_t)parent;
}

static void place_node(const struct bpr_plan *plan, struct bpr_order *o, size_t node)
{
	size_t count, parent = BPR_NONE;
	const size_t *in = bpr_flow_arcs_in(plan->flow, node, &count);
	bool root = plan->node[node]->kind == BPR_NODE_START, any = false;

	if (plan->node[node]->host != BPR_NONE && o->rank[plan->node[node]->host] && plan->node[node]->prob > 0) {
		parent = plan->node[node]->host;
		any = true;
	}
	for (size_t i = 0; i < count && !root; i++) {
		size_t from = plan->arc_from[in[i]];

		if (!o->rank[from] || o->rank[from] >= o->rank[node] || !(plan->arc_prob[in[i]] > 0))
			continue;
		parent = any ? bpr_i_order_common(o, parent, from) : from;
		any = true;
		root = parent == BPR_NONE;
	}
	o->depth[node] = 0;
	hang(o, node, root || parent == BPR_NONE ? node : parent);
}

/* Subtrees are stretches of the preorder: whoever is dominated by a node stands behind it, next to each other. */
static void number_tree(struct bpr_order *o, const uint32_t *order, uint32_t *free_place)
{
	uint32_t root_place = 0;

	for (size_t i = 0; i < o->count; i++)
		o->size[order[i]] = 1;
	for (size_t i = o->count; i-- > 0;)
		if (o->parent[order[i]] != order[i])
			o->size[o->parent[order[i]]] += o->size[order[i]];
	for (size_t i = 0; i < o->count; i++) {
		uint32_t node = order[i], *place = o->parent[node] == node ? &root_place : &free_place[o->parent[node]];

		o->at[node] = *place;
		*place += o->size[node];
		free_place[node] = o->at[node] + 1;
	}
}

struct bpr_order *bpr_i_order_new(const struct bpr_plan *plan)
{
	size_t n = plan->n;
	struct bpr_order *o = bpr_i_calloc(1, sizeof(*o));
	uint32_t *stack = bpr_i_calloc(n, sizeof(*stack)), *ways = bpr_i_calloc(n, sizeof(*ways));
	uint32_t *order = bpr_i_calloc(n, sizeof(*order));
	bool ok = o && stack && ways && order && (o->rank = bpr_i_calloc(n, sizeof(*o->rank)))
		&& (o->depth = bpr_i_calloc(n, sizeof(*o->depth))) && (o->parent = bpr_i_calloc(n, sizeof(*o->parent)))
		&& (o->jump = bpr_i_calloc(n, sizeof(*o->jump))) && (o->at = bpr_i_calloc(n, sizeof(*o->at)))
		&& (o->size = bpr_i_calloc(n, sizeof(*o->size)));

	if (ok) {
		number_nodes(plan, o, stack, ways, order);
		for (size_t i = 0; i < o->count; i++)
			place_node(plan, o, order[i]);
		number_tree(o, order, stack);
	} else {
		bpr_i_order_free(o);
		o = NULL;
	}
	bpr_i_free(stack);
	bpr_i_free(ways);
	bpr_i_free(order);
	return o;
}

void bpr_i_order_free(struct bpr_order *o)
{
	if (!o)
		return;
	bpr_i_free(o->rank);
	bpr_i_free(o->depth);
	bpr_i_free(o->parent);
	bpr_i_free(o->jump);
	bpr_i_free(o->at);
	bpr_i_free(o->size);
	bpr_i_free(o);
}

bool bpr_i_order_dominates(const struct bpr_order *o, size_t above, size_t node)
{
	return o->rank[above] && o->rank[node] && o->at[node] >= o->at[above] && o->at[node] - o->at[above] < o->size[above];
}

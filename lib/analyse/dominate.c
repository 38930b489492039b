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

/* i-th way on from a node that can be taken: arcs as written, then boundary events; false behind the last. */
static bool way_on(const struct bpr_plan *plan, size_t node, size_t *i, size_t *to)
{
	const struct bpr_node *n = plan->node[node];

	for (; *i < n->out_count; ++*i)
		if (plan->arc_prob[n->first_out + *i] > 0 || n->out_count == 1) {
			*to = plan->arc_to[n->first_out + (*i)++];
			return true;
		}
	if (*i - n->out_count >= plan->edge_row[node + 1] - plan->edge_row[node])
		return false;
	*to = plan->edge[plan->edge_row[node] + (*i)++ - n->out_count];
	return true;
}

/* Ways on are searched from the last to the first, so that in the reverse of the order of leaving the first comes first. */
static void number_nodes(const struct bpr_plan *plan, struct bpr_order *o, uint32_t *stack, uint32_t *ways, uint32_t *order)
{
	uint32_t next_rank = (uint32_t)plan->n;

	for (size_t root = plan->start_count; root-- > 0;) {
		size_t depth = 0;

		if (o->rank[plan->start[root]])
			continue;
		o->rank[plan->start[root]] = 1;
		stack[depth] = (uint32_t)plan->start[root];
		ways[depth++] = 0;
		while (depth) {
			size_t node = stack[depth - 1], count = 0, to = 0, i = 0, target = BPR_NONE;

			/* The ways of a node are few; of a wide one the place is kept by counting from the end. */
			count = plan->node[node]->out_count + plan->edge_row[node + 1] - plan->edge_row[node];
			while (ways[depth - 1] < count && target == BPR_NONE) {
				i = count - 1 - ways[depth - 1]++;
				if (way_on(plan, node, &i, &to) && !o->rank[to])
					target = to;
			}
			if (target == BPR_NONE) {
				order[--next_rank] = stack[--depth];
				continue;
			}
			o->rank[target] = 1;
			stack[depth] = (uint32_t)target;
			ways[depth++] = 0;
		}
	}
	o->count = plan->n - next_rank;
	memmove(order, order + next_rank, o->count * sizeof(*order));
	for (size_t i = 0; i < o->count; i++)
		o->rank[order[i]] = (uint32_t)i + 1;
}

static size_t common(const struct bpr_order *o, size_t a, size_t b)
{
	if (o->depth[a] < o->depth[b]) {
		size_t swap = a;

		a = b;
		b = swap;
	}
	while (o->depth[a] > o->depth[b])
		a = o->depth[o->jump[a]] >= o->depth[b] ? o->jump[a] : o->parent[a];
	while (a != b) {
		if (!o->depth[a])
			return BPR_NONE; /* two starts */
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
		parent = any ? common(o, parent, from) : from;
		any = true;
		root = parent == BPR_NONE;
	}
	o->depth[node] = 0;
	hang(o, node, root || parent == BPR_NONE ? node : parent);
}

struct bpr_order *bpr_i_order_new(const struct bpr_plan *plan)
{
	size_t n = plan->n;
	struct bpr_order *o = bpr_i_calloc(1, sizeof(*o));
	uint32_t *stack = bpr_i_calloc(n, sizeof(*stack)), *ways = bpr_i_calloc(n, sizeof(*ways)), *order = bpr_i_calloc(n, sizeof(*order));
	bool ok = o && stack && ways && order && (o->rank = bpr_i_calloc(n, sizeof(*o->rank)))
		&& (o->depth = bpr_i_calloc(n, sizeof(*o->depth))) && (o->parent = bpr_i_calloc(n, sizeof(*o->parent)))
		&& (o->jump = bpr_i_calloc(n, sizeof(*o->jump)));

	if (ok) {
		number_nodes(plan, o, stack, ways, order);
		for (size_t i = 0; i < o->count; i++)
			place_node(plan, o, order[i]);
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
	bpr_i_free(o);
}

bool bpr_i_order_dominates(const struct bpr_order *o, size_t above, size_t node)
{
	if (!o->rank[above] || !o->rank[node])
		return false;
	while (o->depth[node] > o->depth[above])
		node = o->depth[o->jump[node]] >= o->depth[above] ? o->jump[node] : o->parent[node];
	return node == above;
}

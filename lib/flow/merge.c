/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 合流: a merge takes the kind of the split that it closes. That is the nearest node which every case passes before it:
 * its immediate dominator, found over the arcs that do not lead back. Ancestors in the dominator tree are met by jump
 * pointers (Myers, Inf. Process. Lett. 17, 1983), so that no shape of a flow takes more than O(arcs log nodes).
 */
#include "config.h"
#include "flow/builder_i.h"

enum { SIDES = 2 };

struct tree {
	size_t *order;   /* [count] nodes in reverse postorder */
	size_t *rank;    /* [n] place in order + 1; 0: not reached */
	size_t *parent;  /* [n] immediate dominator; a root is its own */
	size_t *jump, *depth;
	size_t count;
};

static void release(struct tree *t)
{
	bpr_i_free(t->order);
	bpr_i_free(t->rank);
	bpr_i_free(t->parent);
	bpr_i_free(t->jump);
	bpr_i_free(t->depth);
}

/* i-th node after `node`: its ways out, then its boundary events; BPR_NONE behind the last. */
static size_t successor(const struct bpr_flow *flow, size_t node, size_t i)
{
	const struct bpr_node *n = &flow->nodes[node];
	const size_t *events;
	size_t count;

	if (i < n->out_count)
		return flow->arcs[n->first_out + i].to;
	events = bpr_flow_boundary(flow, node, &count);
	return i - n->out_count < count ? events[i - n->out_count] : BPR_NONE;
}

/* Reverse postorder from every start. `stack` and `at` hold n items each; order is filled from its end. */
static void walk(const struct bpr_flow *flow, struct tree *t, size_t *stack, size_t *at)
{
	size_t n = flow->node_count;
	size_t place = n;

	for (size_t root = n; root-- > 0;) {
		size_t depth = 0;

		if (flow->nodes[root].kind != BPR_NODE_START || t->rank[root])
			continue;
		stack[depth] = root;
		at[depth++] = 0;
		t->rank[root] = 1;
		while (depth) {
			size_t next = successor(flow, stack[depth - 1], at[depth - 1]++);

			if (next == BPR_NONE) {
				t->order[--place] = stack[--depth];
			} else if (!t->rank[next]) {
				t->rank[next] = 1;
				stack[depth] = next;
				at[depth++] = 0;
			}
		}
	}
	t->count = n - place;
	for (size_t i = 0; i < t->count; i++) {
		t->order[i] = t->order[place + i];
		t->rank[t->order[i]] = i + 1;
	}
}

static size_t common(const struct tree *t, size_t a, size_t b)
{
	if (t->depth[a] < t->depth[b]) {
		size_t swap = a;

		a = b;
		b = swap;
	}
	while (t->depth[a] > t->depth[b])
		a = t->depth[t->jump[a]] >= t->depth[b] ? t->jump[a] : t->parent[a];
	while (a != b) {
		if (t->depth[a] == 0)
			return BPR_NONE; /* two starts */
		if (t->jump[a] != t->jump[b]) {
			a = t->jump[a];
			b = t->jump[b];
		} else {
			a = t->parent[a];
			b = t->parent[b];
		}
	}
	return a;
}

static void hang(struct tree *t, size_t node, size_t parent)
{
	size_t up = t->jump[parent];

	t->parent[node] = parent;
	t->depth[node] = parent == node ? 0 : t->depth[parent] + 1;
	t->jump[node] = parent == node ? node : t->depth[parent] - t->depth[up] == t->depth[up] - t->depth[t->jump[up]] ? t->jump[up] : parent;
}

/*
 * Hangs the node under what all ways to it that do not lead back have in common. Returns how many such ways there are;
 * 0 where they have nothing in common but the outside (starts).
 */
static size_t place_node(const struct bpr_flow *flow, struct tree *t, size_t node)
{
	size_t count;
	const size_t *in = bpr_flow_arcs_in(flow, node, &count);
	size_t parent = flow->nodes[node].host;
	size_t ways = parent != BPR_NONE;
	bool root = flow->nodes[node].kind == BPR_NODE_START;

	for (size_t i = 0; i < count && !root; i++) {
		size_t from = flow->arcs[in[i]].from;

		if (!t->rank[from] || t->rank[from] >= t->rank[node])
			continue;
		parent = ways++ ? common(t, parent, from) : from;
		root = parent == BPR_NONE;
	}
	if (root || parent == BPR_NONE) {
		t->jump[node] = node;
		hang(t, node, node);
		return 0;
	}
	hang(t, node, parent);
	return ways;
}

static void take_kind(struct bpr_node *node, const struct bpr_node *split)
{
	if (split->out_count < 2 || split->split == BPR_SPLIT_XOR)
		return;
	node->kind = split->split == BPR_SPLIT_AND ? BPR_NODE_AND : BPR_NODE_OR;
	node->join = split->split == BPR_SPLIT_AND ? BPR_JOIN_AND : BPR_JOIN_OR;
	node->split = split->split;
}

void bpr_i_build_merges(struct bpr_builder *b)
{
	struct bpr_flow *flow = b->flow;
	size_t n = flow->node_count;
	struct tree t = { 0 };
	size_t *stack = NULL;
	size_t i = 0;

	while (i < n && !(b->flags[i] & BPR_DRAFT_MERGE))
		i++;
	if (i == n)
		return;
	t.order = bpr_i_calloc(n, sizeof(size_t));
	t.rank = bpr_i_calloc(n, sizeof(size_t));
	t.parent = bpr_i_calloc(n, sizeof(size_t));
	t.jump = bpr_i_calloc(n, sizeof(size_t));
	t.depth = bpr_i_calloc(n, sizeof(size_t));
	stack = bpr_i_calloc(n, SIDES * sizeof(size_t));
	if (!t.order || !t.rank || !t.parent || !t.jump || !t.depth || !stack) {
		b->nomem = true;
		goto out;
	}
	walk(flow, &t, stack, stack + n);
	for (i = 0; i < t.count; i++) {
		size_t node = t.order[i];

		if (place_node(flow, &t, node) > 1 && b->flags[node] & BPR_DRAFT_MERGE)
			take_kind(&flow->nodes[node], &flow->nodes[t.parent[node]]);
	}
out:
	bpr_i_free(stack);
	release(&t);
}

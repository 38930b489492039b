/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which tokens an OR join waits for: the rule of the exact analysis, on the arrays of the engine. A token is waited for if it
 * can come to the join in this round of the loops around it. Let c be the last node that every case passes before both the
 * token's place and the join, and b the one after c that every case passes before the join: the token comes if and only if it
 * comes to b below c, as a way through c would go back. All questions about a join are answered beforehand, one bit a node:
 * the searches from the b of its dominators do not overlap.
 */
#include "config.h"
#include "simulate/reach_i.h"
#include "base/alloc_i.h"

struct run_reach {
	uint32_t *rank;    /* [n] place in reverse postorder, from 1; 0: never reached */
	uint32_t *parent, *depth; /* [n] dominator tree over arcs that do not lead back; a root is its own parent */
	uint32_t *order;   /* [count] nodes by rank */
	uint32_t count;
	uint32_t *row;     /* [n] of an OR join its row of bits */
	uint8_t *bits; size_t row_bytes;
};

static size_t way_count(const struct run_plan *plan, size_t node)
{
	return plan->node[node].out_count + plan->host_first[node + 1] - plan->host_first[node];
}

/* A share of 0 is a way that nobody goes. */
static bool open_way(const struct run_plan *plan, size_t node, size_t arc)
{
	return plan->node[node].out_count == 1 || bpr_flow_arc(plan->flow, arc)->prob > 0;
}

/* Arcs as written, then boundary events. */
static uint32_t way_on(const struct run_plan *plan, size_t node, size_t i)
{
	const struct run_node *n = &plan->node[node];

	if (i >= n->out_count)
		return plan->host_event[plan->host_first[node] + i - n->out_count];
	return open_way(plan, node, n->first_out + i) ? plan->arc_to[n->first_out + i] : RUN_NONE;
}

/* ---- order and dominators ---- */

/* Ways on are searched from the last to the first, so that in the reverse of the order of leaving the first comes first. */
static void search_from(const struct run_plan *plan, struct run_reach *r, uint32_t root, uint32_t *stack, size_t *place)
{
	uint32_t *ways = stack + plan->node_count;
	size_t depth = 0;

	r->rank[root] = 1;
	stack[depth] = root;
	ways[depth++] = 0;
	while (depth) {
		uint32_t node = stack[depth - 1], to;
		size_t count = way_count(plan, node);

		if (ways[depth - 1] == count) {
			r->order[--*place] = node;
			depth--;
			continue;
		}
		to = way_on(plan, node, count - 1 - ways[depth - 1]++);
		if (to == RUN_NONE || r->rank[to])
			continue;
		r->rank[to] = 1;
		stack[depth] = to;
		ways[depth++] = 0;
	}
}

static void number_nodes(const struct run_plan *plan, struct run_reach *r, uint32_t *stack)
{
	size_t place = plan->node_count;

	for (size_t i = plan->start_count; i-- > 0;)
		if (!r->rank[plan->start[i]])
			search_from(plan, r, plan->start[i], stack, &place);
	r->count = (uint32_t)(plan->node_count - place);
	for (uint32_t i = 0; i < r->count; i++) {
		r->order[i] = r->order[place + i];
		r->rank[r->order[i]] = i + 1;
	}
}

static uint32_t common(const struct run_reach *r, uint32_t a, uint32_t b)
{
	while (a != b) {
		if (!r->depth[a] && !r->depth[b])
			return RUN_NONE;
		if (r->depth[a] >= r->depth[b])
			a = r->parent[a];
		else
			b = r->parent[b];
	}
	return a;
}

static void place_node(const struct run_plan *plan, struct run_reach *r, uint32_t node)
{
	const struct bpr_node *n = bpr_flow_node(plan->flow, node);
	size_t count;
	const size_t *in = bpr_flow_arcs_in(plan->flow, node, &count);
	uint32_t parent = n->host != BPR_NONE && r->rank[n->host] ? (uint32_t)n->host : RUN_NONE;
	bool any = parent != RUN_NONE, root = n->kind == BPR_NODE_START && n->scope == BPR_NONE;

	for (size_t i = 0; i < count && !root; i++) {
		uint32_t from = (uint32_t)bpr_flow_arc(plan->flow, in[i])->from;

		if (!r->rank[from] || r->rank[from] >= r->rank[node] || !open_way(plan, from, in[i]))
			continue;
		parent = any ? common(r, parent, from) : from;
		any = true;
		root = parent == RUN_NONE;
	}
	root |= parent == RUN_NONE;
	r->parent[node] = root ? node : parent;
	r->depth[node] = root ? 0 : r->depth[parent] + 1;
}

/* ---- who comes to a join ---- */

static bool dominates(const struct run_reach *r, uint32_t above, uint32_t node)
{
	while (r->depth[node] > r->depth[above])
		node = r->parent[node];
	return node == above;
}

struct search {
	const struct run_plan *plan;
	struct run_reach *r;
	uint8_t *bits;
	uint32_t *queue; size_t count;
	uint32_t target, above; /* b and c; RUN_NONE: different starts */
};

static void mark(struct search *s, uint32_t from, uint32_t to)
{
	const struct run_reach *r = s->r;

	if (!r->rank[from] || (to == s->target && r->rank[from] >= r->rank[to]) || from == s->above)
		return;
	if (s->bits[from / 8] & 1u << from % 8 || dominates(r, s->target, from) || (s->above != RUN_NONE && !dominates(r, s->above, from)))
		return;
	s->bits[from / 8] |= (uint8_t)(1u << from % 8);
	s->queue[s->count++] = from;
}

/* Everything just before `node`: over arcs, from a boundary event to its host, from a scope's entry to the exit that starts a round. */
static void mark_before(struct search *s, uint32_t node)
{
	const struct run_plan *plan = s->plan;
	const struct bpr_node *n = bpr_flow_node(plan->flow, node);
	size_t count;
	const size_t *in = bpr_flow_arcs_in(plan->flow, node, &count);

	for (size_t i = 0; i < count; i++) {
		uint32_t from = (uint32_t)bpr_flow_arc(plan->flow, in[i])->from;

		if (open_way(plan, from, in[i]))
			mark(s, from, node);
	}
	if (n->host != BPR_NONE)
		mark(s, (uint32_t)n->host, node);
	if (plan->node[node].traits & RUN_ENTRY)
		mark(s, plan->scope[plan->node[node].scope].exit, node);
}

static void search_join(const struct run_plan *plan, struct run_reach *r, uint32_t join, uint32_t *queue)
{
	struct search s = { plan, r, r->bits + (size_t)r->row[join] * r->row_bytes, queue, 0, join, RUN_NONE };

	if (!r->rank[join])
		return;
	for (;;) {
		s.above = r->depth[s.target] ? r->parent[s.target] : RUN_NONE;
		s.count = 0;
		mark_before(&s, s.target);
		for (size_t i = 0; i < s.count; i++)
			mark_before(&s, s.queue[i]);
		if (s.above == RUN_NONE)
			return;
		s.bits[s.above / 8] |= (uint8_t)(1u << s.above % 8);
		s.target = s.above;
	}
}

bool bpr_i_reach_comes(const struct run_plan *plan, uint32_t from, uint32_t join)
{
	const struct run_reach *r = plan->reach;

	return r->bits[(size_t)r->row[join] * r->row_bytes + from / 8] & 1u << from % 8;
}

bool bpr_i_reach_earlier(const struct run_plan *plan, uint32_t a, uint32_t b)
{
	return plan->reach->rank[a] < plan->reach->rank[b];
}

/* ---- ends ---- */

/* From every node that is reached some end can be: backwards over everything that leads on. */
static bpr_status check_exits(const struct run_plan *plan, const struct run_reach *r, uint32_t *queue, struct bpr_error *err)
{
	uint8_t *seen = bpr_i_calloc(plan->node_count, 1);
	size_t count = 0;
	bpr_status status = BPR_OK;

	if (!seen)
		return bpr_i_nomem(err);
	for (uint32_t i = 0; i < plan->node_count; i++)
		if (plan->node[i].traits & (RUN_END | RUN_TERMINATE)) {
			seen[i] = 1;
			queue[count++] = i;
		}
	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *n = bpr_flow_node(plan->flow, queue[i]);
		size_t in_count;
		const size_t *in = bpr_flow_arcs_in(plan->flow, queue[i], &in_count);

		for (size_t k = 0; k <= in_count; k++) {
			size_t from = k < in_count ? bpr_flow_arc(plan->flow, in[k])->from : n->host;

			if (from == BPR_NONE || seen[from] || (k < in_count && !open_way(plan, from, in[k])))
				continue;
			seen[from] = 1;
			queue[count++] = (uint32_t)from;
		}
	}
	for (uint32_t i = 0; i < r->count && status == BPR_OK; i++)
		if (!seen[r->order[i]]) {
			const struct bpr_node *n = bpr_flow_node(plan->flow, r->order[i]);

			status = bpr_i_fail(err, BPR_ENOEXIT, BPR_I_V010, n->id, n->line, n->id, NULL);
		}
	bpr_i_free(seen);
	return status;
}

/* ---- the whole ---- */

static bool number_joins(const struct run_plan *plan, struct run_reach *r)
{
	uint32_t count = 0;

	r->row = bpr_i_calloc(plan->node_count, sizeof(*r->row));
	if (!r->row)
		return false;
	for (size_t i = 0; i < plan->node_count; i++)
		if (plan->node[i].traits & RUN_JOIN_OR)
			r->row[i] = count++;
	r->row_bytes = plan->node_count / 8 + 1;
	r->bits = bpr_i_calloc(count, r->row_bytes);
	return r->bits != NULL;
}

bpr_status bpr_i_reach_plan(struct run_plan *plan, struct bpr_error *err)
{
	size_t n = plan->node_count;
	struct run_reach *r = bpr_i_calloc(1, sizeof(*r));
	uint32_t *stack = bpr_i_calloc(n, 2 * sizeof(*stack));
	bpr_status status;

	plan->reach = r;
	if (!r || !stack || !(r->rank = bpr_i_calloc(n, sizeof(*r->rank))) || !(r->order = bpr_i_calloc(n, sizeof(*r->order))) ||
	    !(r->parent = bpr_i_calloc(n, sizeof(*r->parent))) || !(r->depth = bpr_i_calloc(n, sizeof(*r->depth))) || !number_joins(plan, r)) {
		bpr_i_free(stack);
		return bpr_i_nomem(err);
	}
	number_nodes(plan, r, stack);
	for (uint32_t i = 0; i < r->count; i++)
		place_node(plan, r, r->order[i]);
	for (uint32_t i = 0; i < n; i++)
		if (plan->node[i].traits & RUN_JOIN_OR)
			search_join(plan, r, i, stack);
	status = check_exits(plan, r, stack, err);
	bpr_i_free(stack);
	return status;
}

void bpr_i_reach_plan_free(struct run_plan *plan)
{
	struct run_reach *r = plan->reach;

	if (!r)
		return;
	bpr_i_free(r->rank);
	bpr_i_free(r->order);
	bpr_i_free(r->parent);
	bpr_i_free(r->depth);
	bpr_i_free(r->row);
	bpr_i_free(r->bits);
	bpr_i_free(r);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which tokens an OR join waits for: those that can still come to it in this round of the loops around it. A way that goes
 * back to a node which every case passes before the join (the head of such a loop) leads to the join's next turn, and
 * a token on it is not waited for: else an OR join in a loop would wait for what comes after itself. Everything else
 * that can come is waited for (BPMN 2.0.2, 13.4.3 excludes the same tokens by what they can reach).
 *
 * Let c be the last node that every case passes before both the token's place and the join, and b the one after c that
 * every case passes before the join. The token comes to the join if and only if it comes to b, and does so below c: a way
 * through c would go back. So a question is one bit of a search that starts at b and does not leave what c dominates,
 * in a structured flow the block around the join. The bits of a b are kept.
 */
#include "config.h"
#include "analyse/dominate_i.h"
#include "analyse/walk_i.h"
#include "base/alloc_i.h"

/* Bits of all joins together: past half a GiB the walk is given up as one of too many states. */
#define MAX_BYTES ((size_t)1 << 29)

/* What one node dominates, or everything: a stretch of the preorder; without the stretch of the target, which is behind it. */
struct region { size_t from, count, hole, hole_count; };

/* Bit of a node, or BPR_NONE outside. */
static size_t bit_of(const struct bpr_order *o, const struct region *in, size_t node)
{
	size_t at = o->at[node];

	if (at < in->from || (at >= in->hole && at < in->hole + in->hole_count))
		return BPR_NONE;
	at -= in->from + (at >= in->hole ? in->hole_count : 0);
	return at < in->count ? at : BPR_NONE;
}

struct search {
	const struct bpr_plan *plan;
	const struct bpr_order *order;
	size_t target;
	struct region in;
	uint8_t *bits;
	uint32_t *queue; size_t count;
};

static void mark(struct search *s, size_t from, size_t to)
{
	size_t at;

	if (!s->order->rank[from] || (to == s->target && s->order->rank[from] >= s->order->rank[to]))
		return;
	at = bit_of(s->order, &s->in, from);
	if (at == BPR_NONE || s->bits[at / 8] & (1u << (at % 8)))
		return;
	s->bits[at / 8] |= (uint8_t)(1u << (at % 8));
	s->queue[s->count++] = (uint32_t)from;
}

/* Everything just before `node`: over arcs, from a boundary event to its host, from a scope's entry to the exit that starts a round. */
static void mark_before(struct search *s, size_t node)
{
	const struct bpr_plan *plan = s->plan;
	size_t in_count;
	const size_t *in = bpr_flow_arcs_in(plan->flow, node, &in_count);

	for (size_t i = 0; i < in_count; i++)
		if (plan->arc_prob[in[i]] > 0)
			mark(s, plan->arc_from[in[i]], node);
	if (plan->node[node]->host != BPR_NONE && plan->node[node]->prob > 0)
		mark(s, plan->node[node]->host, node);
	if (plan->trait[node] & BPR_TRAIT_ENTRY)
		mark(s, bpr_flow_scope(plan->flow, plan->scope_at[node])->exit, node);
}

static uint8_t *find_before(const struct bpr_walk *walk, size_t target, struct region in)
{
	struct search s = { .plan = walk->plan, .order = walk->order, .target = target, .in = in };

	s.bits = bpr_i_calloc(in.count / 8 + 1, 1);
	s.queue = bpr_i_calloc(in.count, sizeof(*s.queue));
	if (s.bits && s.queue) {
		mark_before(&s, target);
		for (size_t i = 0; i < s.count; i++)
			if (s.queue[i] != target)
				mark_before(&s, s.queue[i]);
	} else {
		bpr_i_free(s.bits);
		s.bits = NULL;
	}
	bpr_i_free(s.queue);
	return s.bits;
}

static bool make_order(struct bpr_walk *walk)
{
	if (!walk->order)
		walk->order = bpr_i_order_new(walk->plan);
	if (walk->order && !walk->reach)
		walk->reach = bpr_i_calloc(walk->plan->n, sizeof(*walk->reach));
	return walk->order && walk->reach;
}

bool bpr_i_walk_comes_to(struct bpr_walk *walk, size_t from, size_t to, bool *failed)
{
	const struct bpr_order *o;
	struct region in;
	size_t above, target, at;

	if (!make_order(walk))
		return *failed = true;
	o = walk->order;
	if (!o->rank[from] || !o->rank[to] || bpr_i_order_dominates(o, to, from))
		return false;
	if (bpr_i_order_dominates(o, from, to))
		return true;
	above = bpr_i_order_common(o, from, to);
	target = bpr_i_order_ancestor(o, to, above == BPR_NONE ? 0 : o->depth[above] + 1);
	in.from = above == BPR_NONE ? 0 : o->at[above] + 1;
	in.hole = o->at[target];
	in.hole_count = o->size[target];
	in.count = (above == BPR_NONE ? o->count : o->size[above] - 1) - in.hole_count;
	if (!walk->reach[target]) {
		walk->reach_bytes += in.count / 8 + 1;
		if (walk->reach_bytes > MAX_BYTES) {
			walk->cells.full = true;
			return *failed = true;
		}
		walk->reach[target] = find_before(walk, target, in);
		if (!walk->reach[target])
			return *failed = true;
	}
	at = bit_of(o, &in, from);
	return at != BPR_NONE && walk->reach[target][at / 8] & (1u << (at % 8));
}

bool bpr_i_walk_can_reach(struct bpr_walk *walk, size_t from, size_t to, bool *failed)
{
	return from == to || bpr_i_walk_comes_to(walk, from, to, failed);
}

bool bpr_i_walk_earlier(struct bpr_walk *walk, size_t a, size_t b, bool *failed)
{
	if (!make_order(walk))
		return *failed = true;
	return walk->order->rank[a] < walk->order->rank[b];
}

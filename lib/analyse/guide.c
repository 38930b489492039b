/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One case through the serial walk. A row of the chain has one arc for each outcome, in the order of walk_move.c: named here. */
#include "config.h"
#include "analyse/guide_i.h"
#include "analyse/walk_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"

#define OVER UINT32_MAX

struct bpr_guide {
	struct bpr_plan *plan;
	struct bpr_policy policy;
	struct bpr_walk walk;
	struct bpr_turn *turn; size_t count, capacity;
	bool before;        /* before the start */
	uint32_t state;     /* or OVER */
};

bpr_status bpr_i_guide_new(const bpr_flow *flow, struct bpr_guide **out, struct bpr_error *err)
{
	struct bpr_guide *g = bpr_i_calloc(1, sizeof(*g));
	bpr_status status;

	*out = NULL;
	if (!g)
		return bpr_i_nomem(err);
	status = bpr_i_plan_new(flow, &g->plan, err);
	if (!status && !g->plan->start_count)
		status = bpr_i_fail(err, BPR_ENOEXIT, BPR_I_A014, NULL, 0, NULL, NULL);
	if (!status) {
		bpr_i_policy_init(&g->policy, BPR_POLICY_NONE, g->plan);
		g->walk.plan = g->plan;
		g->walk.policy = &g->policy;
		status = bpr_i_walk_begin(&g->walk, err);
	}
	if (status) {
		bpr_i_guide_free(g);
		return status;
	}
	bpr_i_guide_begin(g);
	*out = g;
	return BPR_OK;
}

void bpr_i_guide_free(struct bpr_guide *g)
{
	if (!g)
		return;
	bpr_i_walk_release(&g->walk);
	bpr_i_policy_release(&g->policy);
	bpr_i_plan_free(g->plan);
	bpr_i_free(g->turn);
	bpr_i_free(g);
}

void bpr_i_guide_begin(struct bpr_guide *g)
{
	g->before = true;
	g->state = OVER;
	g->count = 0;
}

/* ---- what each outcome is ---- */

static bool add(struct bpr_guide *g, enum bpr_turn_kind kind, size_t where, double prob)
{
	if (!(prob > 0))
		return true;
	if (!bpr_i_grow(&g->turn, &g->capacity, g->count + 1, sizeof(*g->turn)))
		return false;
	g->turn[g->count++] = (struct bpr_turn){ kind, where, prob, OVER };
	return true;
}

/* As leave_on() and go_out(): interrupting events, then the ways out where one of them is chosen. */
static bool name_ways(struct bpr_guide *g, size_t node, double left)
{
	const struct bpr_plan *plan = g->plan;
	const struct bpr_node *n = plan->node[node];

	if (plan->trait[node] & BPR_TRAIT_INTERRUPT) {
		for (size_t i = 0; i < plan->interrupt_count[node]; i++) {
			size_t event = plan->edge[plan->edge_row[node] + i];

			if (!add(g, BPR_TURN_EVENT, event, left * plan->node[event]->prob))
				return false;
		}
		left *= plan->normal[node];
	}
	if (plan->trait[node] & (BPR_TRAIT_TERMINATE | BPR_TRAIT_SPLIT_AND | BPR_TRAIT_SPLIT_OR) || n->out_count < 2)
		return add(g, BPR_TURN_ON, BPR_NONE, left);
	for (size_t i = 0; i < n->out_count; i++)
		if (!add(g, BPR_TURN_ARC, n->first_out + i, left * plan->arc_prob[n->first_out + i]))
			return false;
	return true;
}

/* As leave(): a round that ends, or what is drawn beside the host, comes before any way out. */
static bool name_leave(struct bpr_guide *g, size_t state)
{
	const struct bpr_plan *plan = g->plan;
	size_t node = g->walk.state[state].node;
	unsigned trait = plan->trait[node];
	double more = trait & BPR_TRAIT_LOOP ? plan->node[node]->loop_prob : 0;

	if (!add(g, BPR_TURN_AGAIN, node, more))
		return false;
	if (!(1 - more > 0))
		return true;
	if (trait & BPR_TRAIT_SPAWN || !bpr_i_walk_leaves(&g->walk, state))
		return add(g, BPR_TURN_ON, BPR_NONE, 1 - more);
	return name_ways(g, node, 1 - more);
}

/* As decide(): the draw on top of the stack. */
static bool name_draw(struct bpr_guide *g, size_t state)
{
	const struct bpr_plan *plan = g->plan;
	const struct bpr_cell_list item = g->walk.cells.items[g->walk.state[state].stack];
	size_t index = BPR_ITEM_INDEX(item.x), where;
	double p;

	if (BPR_ITEM_KIND(item.x) == BPR_ITEM_LEAVE)
		return name_ways(g, item.key, 1);
	if (BPR_ITEM_KIND(item.x) == BPR_ITEM_SPAWN) {
		where = plan->edge[plan->edge_row[item.key] + index];
		p = plan->node[where]->prob;
		return add(g, BPR_TURN_EVENT, where, p) && add(g, BPR_TURN_NO_EVENT, where, 1 - p);
	}
	where = plan->node[item.key]->first_out + index;
	p = bpr_i_plan_or_prob(plan, item.key, index, false, BPR_ITEM_FLAG(item.x));
	return add(g, BPR_TURN_ARC, where, p) && add(g, BPR_TURN_NO_ARC, where, 1 - p);
}

static bool name_starts(struct bpr_guide *g)
{
	for (size_t i = 0; i < g->plan->start_count; i++)
		if (!add(g, BPR_TURN_START, g->plan->start[i], g->plan->start_prob[i]))
			return false;
	return true;
}

/* Outcomes of impossible shares are none, there as here: the numbers agree. */
static bool connect(struct bpr_guide *g)
{
	const struct bpr_walk *walk = &g->walk;
	size_t arcs = g->before ? walk->begin_count : walk->arc_count;

	if (g->before) {
		for (size_t i = 0, k = 0; i < g->count && k < arcs; k++)
			if (walk->begin[k].prob > 0)
				g->turn[i++].state = walk->begin[k].state;
		return true;
	}
	if (arcs != g->count && arcs + 1 != g->count)
		return false;
	for (size_t i = 0; i < arcs; i++)
		g->turn[i].state = (uint32_t)walk->chain.col[i];
	if (g->count == 1 && !arcs) /* nothing follows: the case is over */
		g->count = 0;
	return true;
}

bpr_status bpr_i_guide_turns(struct bpr_guide *g, const struct bpr_turn **turns, size_t *count, struct bpr_error *err)
{
	bpr_status status;
	bool ok;

	g->count = 0;
	*turns = NULL;
	*count = 0;
	if (!g->before && g->state == OVER)
		return BPR_OK;
	if (g->before) {
		ok = name_starts(g);
	} else {
		status = bpr_i_walk_follow(&g->walk, g->state, err);
		if (status)
			return status;
		ok = g->walk.state[g->state].phase == BPR_PHASE_DECIDE ? name_draw(g, g->state) : name_leave(g, g->state);
	}
	if (!ok || !connect(g))
		return bpr_i_nomem(err);
	*turns = g->turn;
	*count = g->count;
	return BPR_OK;
}

size_t bpr_i_guide_follow(struct bpr_guide *g, size_t index)
{
	g->before = false;
	g->state = index < g->count ? g->turn[index].state : OVER;
	if (g->state == OVER || g->walk.state[g->state].phase != BPR_PHASE_ENTER)
		return BPR_NONE;
	return g->walk.state[g->state].node;
}

bool bpr_i_guide_is_place(const struct bpr_guide *g, size_t node)
{
	return g->plan->trait[node] & BPR_TRAIT_PLACE;
}

bool bpr_i_guide_same_building(const struct bpr_guide *g, size_t a, size_t b)
{
	return g->plan->building[a] == g->plan->building[b];
}

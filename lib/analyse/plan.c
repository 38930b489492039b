/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the frozen flow to the flat arrays of the walks. */
#include "config.h"
#include "analyse/plan_i.h"
#include "base/alloc_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <string.h>

struct bpr_plan_memory { struct bpr_arena arena; };

static unsigned node_traits(const struct bpr_node *node)
{
	unsigned t = 0;
	bool gateway = node->kind == BPR_NODE_XOR || node->kind == BPR_NODE_AND || node->kind == BPR_NODE_OR;

	if (bpr_node_is_step(node))
		t |= BPR_TRAIT_STEP | (node->unit != BPR_NONE ? BPR_TRAIT_UNIT : 0);
	if (gateway)
		t |= BPR_TRAIT_GATEWAY;
	else if (node->counter != BPR_NONE || node->away)
		t |= BPR_TRAIT_PLACE;
	if (node->out_count > 1)
		t |= node->split == BPR_SPLIT_AND ? BPR_TRAIT_SPLIT_AND : node->split == BPR_SPLIT_OR ? BPR_TRAIT_SPLIT_OR : 0;
	if (node->loop_prob > 0)
		t |= BPR_TRAIT_LOOP;
	if (node->terminate)
		t |= BPR_TRAIT_TERMINATE;
	if (node->kind == BPR_NODE_END && node->outcome == BPR_OUTCOME_INCOMPLETE)
		t |= BPR_TRAIT_INCOMPLETE;
	return t;
}

/* Shares of an exclusive choice sum to 1 within 1e-6 (checked when the flow was built); the rest is rounding. */
static void level_shares(struct bpr_plan *plan, const struct bpr_node *node)
{
	double sum = 0, any = 0;

	for (size_t i = 0; i < node->out_count; i++)
		sum += plan->arc_prob[node->first_out + i];
	for (size_t i = node->out_count; i-- > 0;) {
		double *p = &plan->arc_prob[node->first_out + i];

		if (node->split == BPR_SPLIT_XOR && sum > 0 && fabs(sum - 1) > 1e-15)
			*p /= sum;
		else if (node->split == BPR_SPLIT_AND)
			*p = 1;
		any = *p + (1 - *p) * any;
		plan->any[node->first_out + i] = any;
	}
}

static void add_arcs(struct bpr_plan *plan)
{
	for (size_t i = 0; i < plan->arc_count; i++) {
		const struct bpr_arc *arc = bpr_flow_arc(plan->flow, i);

		plan->arc_from[i] = (uint32_t)arc->from;
		plan->arc_to[i] = (uint32_t)arc->to;
		plan->arc_prob[i] = arc->prob;
		plan->in_count[arc->to]++;
	}
}

/* Tokens of a scope leave it together, also those that come to its exit one after the other over the same arc. */
static bool gathers(const struct bpr_plan *plan, size_t node)
{
	size_t scope = plan->node[node]->scope;

	return scope < bpr_flow_scope_count(plan->flow) && bpr_flow_scope(plan->flow, scope)->exit == node;
}

static void add_nodes(struct bpr_plan *plan)
{
	for (size_t i = 0; i < plan->n; i++) {
		const struct bpr_node *node = bpr_flow_node(plan->flow, i);
		unsigned t = node_traits(node);

		plan->node[i] = node;
		if (plan->in_count[i] > 1 || gathers(plan, i))
			t |= node->join == BPR_JOIN_AND ? BPR_TRAIT_JOIN_AND : node->join == BPR_JOIN_OR ? BPR_TRAIT_JOIN_OR : 0;
		plan->trait[i] = (uint16_t)t;
		plan->normal[i] = 1;
		plan->work_mean[i] = bpr_dist_mean(node->work);
		plan->work_var[i] = bpr_dist_var(node->work);
		plan->wait_mean[i] = bpr_dist_mean(node->wait);
		plan->wait_var[i] = bpr_dist_var(node->wait);
		plan->split_count += (t & (BPR_TRAIT_SPLIT_AND | BPR_TRAIT_SPLIT_OR)) != 0;
		plan->joins |= (t & (BPR_TRAIT_JOIN_AND | BPR_TRAIT_JOIN_OR)) != 0;
		plan->terminates |= (t & BPR_TRAIT_TERMINATE) != 0;
		level_shares(plan, node);
	}
	plan->parallel = plan->split_count > 0;
}

/* Boundary events that can happen, by host: those that interrupt first, each kind as written. */
static void add_edges(struct bpr_plan *plan)
{
	uint32_t at = 0;

	for (size_t i = 0; i < plan->n; i++) {
		size_t count, before = plan->split_count;
		const size_t *events = bpr_flow_boundary(plan->flow, i, &count);
		double leave = 0;

		plan->edge_row[i] = at;
		for (int pass = 0; pass < 2; pass++)
			for (size_t k = 0; k < count; k++) {
				const struct bpr_node *event = plan->node[events[k]];

				if (event->interrupting != (pass == 0) || !(event->prob > 0))
					continue;
				plan->edge[at++] = (uint32_t)events[k];
				plan->trait[i] |= pass == 0 ? BPR_TRAIT_INTERRUPT : BPR_TRAIT_SPAWN;
				if (pass == 0) {
					leave += event->prob;
					plan->interrupt_count[i]++;
				} else {
					plan->split_count += plan->split_count == before;
				}
			}
		plan->normal[i] = leave < 1 ? 1 - leave : 0;
		plan->parallel |= (plan->trait[i] & BPR_TRAIT_SPAWN) != 0;
	}
	plan->edge_row[plan->n] = at;
}

static bool add_scopes(struct bpr_plan *plan)
{
	size_t count = bpr_flow_scope_count(plan->flow);

	for (size_t i = 0; i < count; i++) {
		const struct bpr_scope *scope = bpr_flow_scope(plan->flow, i);

		if (scope->repeat <= 1 || scope->entry >= plan->n || scope->exit >= plan->n)
			continue;
		if (!plan->scope_at) {
			plan->scope_at = bpr_i_arena_alloc(&plan->memory->arena, plan->n, sizeof(*plan->scope_at));
			if (!plan->scope_at)
				return false;
		}
		plan->rounds = true;
		plan->split_count += 2;
		plan->scope_at[scope->entry] = plan->scope_at[scope->exit] = (uint32_t)i;
		plan->trait[scope->entry] |= BPR_TRAIT_ENTRY;
		plan->trait[scope->exit] |= BPR_TRAIT_EXIT;
	}
	return true;
}

static bool add_starts(struct bpr_plan *plan)
{
	struct bpr_arena *arena = &plan->memory->arena;
	double sum = 0;
	size_t count = 0;

	for (size_t i = 0; i < plan->n; i++)
		count += plan->node[i]->kind == BPR_NODE_START && plan->node[i]->scope == BPR_NONE;
	plan->start = bpr_i_arena_alloc(arena, count, sizeof(*plan->start));
	plan->start_prob = bpr_i_arena_alloc(arena, count, sizeof(*plan->start_prob));
	if (!plan->start || !plan->start_prob)
		return false;
	for (size_t i = 0; i < plan->n; i++) {
		const struct bpr_node *node = plan->node[i];

		if (node->kind != BPR_NODE_START || node->scope != BPR_NONE || !(node->prob > 0))
			continue;
		plan->start[plan->start_count] = i;
		plan->start_prob[plan->start_count++] = node->prob;
		sum += node->prob;
	}
	for (size_t i = 0; i < plan->start_count; i++)
		if (fabs(sum - 1) > 1e-15)
			plan->start_prob[i] /= sum;
	return true;
}

/* Counters that say no building are all in one. */
static bool add_buildings(struct bpr_plan *plan)
{
	size_t count = bpr_flow_counter_count(plan->flow);
	struct bpr_names names = { 0 };
	bool ok = true;

	plan->building = bpr_i_arena_alloc(&plan->memory->arena, count, sizeof(*plan->building));
	if (!plan->building)
		return false;
	for (size_t i = 0; ok && i < count; i++) {
		const char *name = bpr_flow_counter(plan->flow, i)->building;
		size_t index = bpr_i_names_add(&names, name ? name : "", name ? strlen(name) : 0, NULL);

		ok = index != BPR_NONE;
		plan->building[i] = (uint32_t)index;
	}
	bpr_i_names_release(&names);
	return ok;
}

static bool allocate(struct bpr_plan *plan)
{
	struct bpr_arena *a = &plan->memory->arena;
	size_t n = plan->n, m = plan->arc_count;

	return (plan->node = bpr_i_arena_alloc(a, n, sizeof(*plan->node)))
		&& (plan->trait = bpr_i_arena_alloc(a, n, sizeof(*plan->trait)))
		&& (plan->in_count = bpr_i_arena_alloc(a, n, sizeof(*plan->in_count)))
		&& (plan->arc_from = bpr_i_arena_raw(a, m, sizeof(*plan->arc_from)))
		&& (plan->arc_to = bpr_i_arena_raw(a, m, sizeof(*plan->arc_to)))
		&& (plan->arc_prob = bpr_i_arena_raw(a, m, sizeof(*plan->arc_prob)))
		&& (plan->any = bpr_i_arena_raw(a, m, sizeof(*plan->any)))
		&& (plan->edge_row = bpr_i_arena_alloc(a, n + 1, sizeof(*plan->edge_row)))
		&& (plan->edge = bpr_i_arena_alloc(a, n, sizeof(*plan->edge)))
		&& (plan->interrupt_count = bpr_i_arena_alloc(a, n, sizeof(*plan->interrupt_count)))
		&& (plan->work_mean = bpr_i_arena_raw(a, n, sizeof(double)))
		&& (plan->work_var = bpr_i_arena_raw(a, n, sizeof(double)))
		&& (plan->wait_mean = bpr_i_arena_raw(a, n, sizeof(double)))
		&& (plan->wait_var = bpr_i_arena_raw(a, n, sizeof(double)))
		&& (plan->normal = bpr_i_arena_raw(a, n, sizeof(*plan->normal)));
}

bpr_status bpr_i_plan_new(const bpr_flow *flow, struct bpr_plan **out, struct bpr_error *err)
{
	struct bpr_plan *plan = bpr_i_calloc(1, sizeof(*plan));

	*out = NULL;
	if (!plan || !(plan->memory = bpr_i_calloc(1, sizeof(*plan->memory)))) {
		bpr_i_free(plan);
		return bpr_i_nomem(err);
	}
	plan->flow = flow;
	plan->n = bpr_flow_node_count(flow);
	plan->arc_count = bpr_flow_arc_count(flow);
	/* States, arcs and indices of branches are kept in 32 bits, less what marks their kind. */
	if (plan->n >= UINT32_MAX / 16 || plan->arc_count >= UINT32_MAX / 16) {
		bpr_i_plan_free(plan);
		return bpr_i_fail(err, BPR_ELIMIT, BPR_I_A005, NULL, 0, "268435455", NULL);
	}
	if (!allocate(plan))
		goto nomem;
	add_arcs(plan);
	add_nodes(plan);
	add_edges(plan);
	if (!add_scopes(plan) || !add_starts(plan) || !add_buildings(plan))
		goto nomem;
	*out = plan;
	return BPR_OK;
nomem:
	bpr_i_plan_free(plan);
	return bpr_i_nomem(err);
}

void bpr_i_plan_free(struct bpr_plan *plan)
{
	if (!plan)
		return;
	bpr_i_arena_release(&plan->memory->arena);
	bpr_i_free(plan->memory);
	bpr_i_free(plan);
}

double bpr_i_plan_or_prob(const struct bpr_plan *plan, size_t node, size_t index, bool reverse, bool taken)
{
	const struct bpr_node *n = plan->node[node];
	size_t arc = n->first_out + (reverse ? n->out_count - 1 - index : index);
	double own = plan->arc_prob[arc], any = 0;

	if (taken)
		return own;
	if (!reverse)
		any = plan->any[arc];
	else
		for (size_t i = n->first_out; i <= arc; i++)
			any = plan->arc_prob[i] + (1 - plan->arc_prob[i]) * any;
	return any > 0 ? own / any : 1;
}

bool bpr_i_plan_in_scope(const struct bpr_plan *plan, size_t inner, size_t outer)
{
	size_t count = bpr_flow_scope_count(plan->flow);

	for (size_t i = 0; inner < count && i <= count; i++) {
		if (inner == outer)
			return true;
		inner = bpr_flow_scope(plan->flow, inner)->parent;
	}
	return false;
}

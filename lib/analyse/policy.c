/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Place and units: what entering a step makes of them, and what it counts. */
#include "config.h"
#include "analyse/policy_i.h"
#include "analyse/sets_i.h"
#include <string.h>

void bpr_i_policy_init(struct bpr_policy *policy, enum bpr_policy_kind kind, const struct bpr_plan *plan)
{
	memset(policy, 0, sizeof(*policy));
	policy->kind = kind;
	policy->plan = plan;
	policy->per_token = kind == BPR_POLICY_UNIT;
	policy->unit_count = (uint32_t)bpr_flow_unit_count(plan->flow);
}

void bpr_i_policy_release(struct bpr_policy *policy)
{
	bpr_i_cells_release(&policy->cells);
}

/* Attributes of tokens: 0 is no unit; 1 to U one unit; U + k is list k. */
static uint32_t as_list(struct bpr_policy *policy, uint32_t attr)
{
	if (!attr)
		return 0;
	if (attr <= policy->unit_count)
		return bpr_i_cells_push(&policy->cells, attr - 1, 1, 0, 0);
	return attr - policy->unit_count;
}

static uint32_t as_attr(const struct bpr_policy *policy, uint32_t list)
{
	const struct bpr_cell_list *c;

	if (!list)
		return 0;
	c = &policy->cells.items[list];
	if (!c->next && c->x == 1)
		return c->key + 1;
	return list < UINT32_MAX - policy->unit_count ? list + policy->unit_count : BPR_CELLS_FAILED;
}

/* Sum of two multisets, both sorted by falling unit. Lists are at most as long as there are units. */
static uint32_t merge_lists(struct bpr_policy *policy, uint32_t a, uint32_t b)
{
	struct bpr_cells *cells = &policy->cells;
	struct bpr_cell_list ca, cb;
	uint32_t rest, key, x;

	/* Reversed on a scratch list of its own kind (y = 1), so that no recursion depends on its length. */
	uint32_t reversed = 0;

	while (a || b) {
		ca = a ? cells->items[a] : (struct bpr_cell_list){ 0 };
		cb = b ? cells->items[b] : (struct bpr_cell_list){ 0 };
		if (a && (!b || ca.key >= cb.key)) {
			key = ca.key;
			x = ca.x + (b && cb.key == key ? cb.x : 0);
			b = b && cb.key == key ? cb.next : b;
			a = ca.next;
		} else {
			key = cb.key;
			x = cb.x;
			b = cb.next;
		}
		reversed = bpr_i_cells_push(cells, key, x, 1, reversed);
		if (reversed == BPR_CELLS_FAILED)
			return BPR_CELLS_FAILED;
	}
	for (rest = 0; reversed; reversed = ca.next) {
		ca = cells->items[reversed];
		rest = bpr_i_cells_push(cells, ca.key, ca.x, 0, rest);
		if (rest == BPR_CELLS_FAILED)
			return BPR_CELLS_FAILED;
	}
	return rest;
}

uint32_t bpr_i_policy_merge(struct bpr_policy *policy, uint32_t a, uint32_t b)
{
	uint32_t list;

	if (!a || !b)
		return a | b;
	a = as_list(policy, a);
	b = as_list(policy, b);
	if (a == BPR_CELLS_FAILED || b == BPR_CELLS_FAILED)
		return BPR_CELLS_FAILED;
	list = merge_lists(policy, a, b);
	return list == BPR_CELLS_FAILED ? list : as_attr(policy, list);
}

uint32_t bpr_i_policy_enter(struct bpr_policy *policy, uint32_t attr, size_t node)
{
	const struct bpr_node *step = policy->plan->node[node];
	unsigned trait = policy->plan->trait[node];

	switch (policy->kind) {
	case BPR_POLICY_PLACE:
		if (!(trait & BPR_TRAIT_PLACE))
			return attr;
		return step->away || step->counter == BPR_NONE ? 0 : (uint32_t)step->counter + 1;
	case BPR_POLICY_UNIT:
		return trait & BPR_TRAIT_UNIT ? (uint32_t)step->unit + 1 : attr;
	case BPR_POLICY_SET:
		return bpr_i_sets_enter(policy->sets, attr, node);
	case BPR_POLICY_NONE:
	default:
		return attr;
	}
}

bool bpr_i_policy_next_unit(struct bpr_unit_members *members, size_t *unit, size_t *count)
{
	const struct bpr_policy *policy = members->policy;
	const struct bpr_cell_list *c;

	if (!members->attr)
		return false;
	if (members->attr <= policy->unit_count) {
		*unit = members->attr - 1;
		*count = 1;
		members->attr = 0;
		return true;
	}
	c = &policy->cells.items[members->attr - policy->unit_count];
	*unit = c->key;
	*count = c->x;
	members->attr = c->next ? c->next + policy->unit_count : 0;
	return true;
}

/*
 * The first of a step's executions comes from elsewhere; each further one finds the citizen at its own counter, or
 * gone where the step sends them home.
 */
static void place_reward(const struct bpr_policy *policy, uint32_t before, size_t node, double reward[BPR_REWARD_MAX])
{
	const struct bpr_node *step = policy->plan->node[node];
	uint32_t here = (uint32_t)step->counter + 1;

	if (!(policy->plan->trait[node] & BPR_TRAIT_PLACE) || step->counter == BPR_NONE)
		return;
	reward[BPR_PLACE_VISITS] = before != here;
	reward[BPR_PLACE_TRIPS] = before == 0;
	reward[BPR_PLACE_MOVES] = before != 0 && policy->plan->building[before - 1] != policy->plan->building[here - 1];
	if (step->away && step->repeat > 1) {
		reward[BPR_PLACE_VISITS] += (double)(step->repeat - 1);
		reward[BPR_PLACE_TRIPS] += (double)(step->repeat - 1);
	}
}

size_t bpr_i_policy_reward(const struct bpr_policy *policy, uint32_t before, size_t node, double reward[BPR_REWARD_MAX])
{
	struct bpr_unit_members members = { policy, before };
	size_t unit, count;

	reward[0] = reward[1] = reward[2] = 0;
	switch (policy->kind) {
	case BPR_POLICY_PLACE:
		place_reward(policy, before, node, reward);
		return 3;
	case BPR_POLICY_UNIT:
		if (!(policy->plan->trait[node] & BPR_TRAIT_UNIT))
			return 1;
		while (bpr_i_policy_next_unit(&members, &unit, &count))
			if (unit != policy->plan->node[node]->unit)
				reward[0] += (double)count;
		return 1;
	case BPR_POLICY_SET:
		reward[0] = bpr_i_sets_reward(policy->sets, before, node);
		return 1;
	case BPR_POLICY_NONE:
	default:
		return 0;
	}
}

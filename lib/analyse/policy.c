/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Place and units: what entering a step makes of them, and what it counts. */
#include "config.h"
#include "analyse/policy_i.h"
#include "analyse/sets_i.h"
#include "base/alloc_i.h"
#include <stdlib.h>
#include <string.h>

void bpr_i_policy_init(struct bpr_policy *policy, enum bpr_policy_kind kind, const struct bpr_plan *plan)
{
	memset(policy, 0, sizeof(*policy));
	policy->kind = kind;
	policy->plan = plan;
	policy->per_token = kind == BPR_POLICY_UNIT;
	policy->members_are_units = !plan->parallel && !plan->rounds;
	policy->member_count = (uint32_t)(policy->members_are_units ? bpr_flow_unit_count(plan->flow) : plan->n);
}

void bpr_i_policy_release(struct bpr_policy *policy)
{
	bpr_i_cells_release(&policy->cells);
	bpr_i_free(policy->scratch);
	policy->scratch = NULL;
	policy->scratch_capacity = 0;
}

static uint32_t as_list(struct bpr_policy *policy, uint32_t attr)
{
	if (!attr)
		return 0;
	if (attr <= policy->member_count)
		return bpr_i_cells_push(&policy->cells, attr - 1, 1, 0, 0);
	return attr - policy->member_count;
}

static uint32_t as_attr(const struct bpr_policy *policy, uint32_t list)
{
	const struct bpr_cell_list *c;

	if (!list)
		return 0;
	c = &policy->cells.items[list];
	if (!c->next && c->x == 1)
		return c->key + 1;
	return list < UINT32_MAX - policy->member_count ? list + policy->member_count : BPR_CELLS_FAILED;
}

/* More executions of one step than that before the next step are counted as that many, so that states stay few. */
#define MAX_EXECUTIONS 4096

static uint32_t executions(const struct bpr_policy *policy, const struct bpr_cell_list *a, const struct bpr_cell_list *b, size_t scope)
{
	const struct bpr_plan *plan = policy->plan;
	bool inside = scope != BPR_NONE && bpr_i_plan_in_scope(plan, plan->node[a->key]->scope, scope);
	uint32_t sum = inside ? a->x + b->x : a->x > b->x ? a->x : b->x;

	return sum < MAX_EXECUTIONS ? sum : MAX_EXECUTIONS;
}

/* Union of two lists, both by falling member. What lies behind the end of the shorter one is shared, not copied. */
static uint32_t merge_lists(struct bpr_policy *policy, uint32_t a, uint32_t b, size_t scope)
{
	struct bpr_cells *cells = &policy->cells;
	size_t count = 0;
	uint32_t list;

	while (a && b) {
		const struct bpr_cell_list *ca = &cells->items[a], *cb = &cells->items[b];
		const struct bpr_cell_list *c = ca->key >= cb->key ? ca : cb;

		if (!bpr_i_grow(&policy->scratch, &policy->scratch_capacity, 2 * count + 2, sizeof(*policy->scratch)))
			return BPR_CELLS_FAILED;
		policy->scratch[2 * count] = c->key;
		policy->scratch[2 * count++ + 1] = ca->key == cb->key ? executions(policy, ca, cb, scope) : c->x;
		a = c == ca ? ca->next : a;
		b = cb->key == c->key ? cb->next : b;
	}
	for (list = a ? a : b; count-- > 0 && list != BPR_CELLS_FAILED;)
		list = bpr_i_cells_push(cells, policy->scratch[2 * count], policy->scratch[2 * count + 1], 0, list);
	return list;
}

uint32_t bpr_i_policy_merge(struct bpr_policy *policy, uint32_t a, uint32_t b, size_t scope)
{
	uint32_t list;

	if (policy->kind != BPR_POLICY_UNIT || !a || !b || (a == b && scope == BPR_NONE))
		return a ? a : b;
	a = as_list(policy, a);
	b = as_list(policy, b);
	if (a == BPR_CELLS_FAILED || b == BPR_CELLS_FAILED)
		return BPR_CELLS_FAILED;
	list = merge_lists(policy, a, b, scope);
	return list == BPR_CELLS_FAILED ? list : as_attr(policy, list);
}

static int falling(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;

	return a[0] != b[0] ? (a[0] < b[0] ? 1 : -1) : (a[1] < b[1]) - (a[1] > b[1]);
}

static bool add_members(struct bpr_policy *policy, uint32_t attr, size_t *count)
{
	uint32_t list = attr > policy->member_count ? attr - policy->member_count : 0;

	for (bool one = attr && !list; one || list; one = false) {
		const struct bpr_cell_list *c = &policy->cells.items[list];

		if (!bpr_i_grow(&policy->scratch, &policy->scratch_capacity, 2 * *count + 2, sizeof(*policy->scratch)))
			return false;
		policy->scratch[2 * *count] = one ? attr - 1 : c->key;
		policy->scratch[2 * (*count)++ + 1] = one ? 1 : c->x;
		list = one ? 0 : c->next;
	}
	return true;
}

uint32_t bpr_i_policy_merge_all(struct bpr_policy *policy, const uint32_t *attr, size_t count)
{
	uint32_t merged = 0;
	size_t members = 0;

	if (policy->kind != BPR_POLICY_UNIT)
		return 0;
	if (count <= 8) { /* few: the lists behind them are shared */
		for (size_t i = 0; i < count && merged != BPR_CELLS_FAILED; i++)
			merged = bpr_i_policy_merge(policy, merged, attr[i], BPR_NONE);
		return merged;
	}
	for (size_t i = 0; i < count; i++)
		if (!add_members(policy, attr[i], &members))
			return BPR_CELLS_FAILED;
	if (members)
		qsort(policy->scratch, members, 2 * sizeof(*policy->scratch), falling);
	for (size_t i = members; i-- > 0 && merged != BPR_CELLS_FAILED;)
		if (i == 0 || policy->scratch[2 * i] != policy->scratch[2 * i - 2]) /* of equal ones the first has the most */
			merged = bpr_i_cells_push(&policy->cells, policy->scratch[2 * i], policy->scratch[2 * i + 1], 0, merged);
	return merged == BPR_CELLS_FAILED ? merged : as_attr(policy, merged);
}

bool bpr_i_policy_passes(const struct bpr_policy *policy, size_t node)
{
	switch (policy->kind) {
	case BPR_POLICY_PLACE:
		return !(policy->plan->trait[node] & BPR_TRAIT_PLACE);
	case BPR_POLICY_UNIT:
		return !(policy->plan->trait[node] & BPR_TRAIT_UNIT);
	case BPR_POLICY_SET:
		return policy->sets->row[node] == policy->sets->row[node + 1];
	case BPR_POLICY_NONE:
	default:
		return false;
	}
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
		if (!(trait & BPR_TRAIT_UNIT))
			return attr;
		return (uint32_t)(policy->members_are_units ? step->unit : node) + 1;
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
	uint32_t member;

	if (!members->attr)
		return false;
	if (members->attr <= policy->member_count) {
		member = members->attr - 1;
		*count = 1;
		members->attr = 0;
	} else {
		c = &policy->cells.items[members->attr - policy->member_count];
		member = c->key;
		*count = c->x;
		members->attr = c->next ? c->next + policy->member_count : 0;
	}
	*unit = policy->members_are_units ? member : policy->plan->node[member]->unit;
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ANALYSE_POLICY_I_H
#define BPR_ANALYSE_POLICY_I_H
/*
 * What a walker carries along and counts when it enters a step: nothing; the citizen's place; the units
 * that had the token last; sets of what was there before. An attribute is a number, 0 at the start.
 */
#include "analyse/cells_i.h"
#include "analyse/plan_i.h"

enum bpr_policy_kind {
	BPR_POLICY_NONE = 0,
	BPR_POLICY_PLACE,   /* of the case: 0 none, else counter + 1 */
	BPR_POLICY_UNIT,    /* of each token: the steps that had it last: 0 none, member + 1, or (past the members) a list out of joins */
	BPR_POLICY_SET      /* of the case: which elements were there and can still come again */
};

/* Rewards of one entering, by policy. */
enum { BPR_PLACE_VISITS = 0, BPR_PLACE_TRIPS, BPR_PLACE_MOVES, BPR_REWARD_MAX };

struct bpr_policy {
	enum bpr_policy_kind kind;
	bool per_token;
	const struct bpr_plan *plan;
	/*
	 * UNIT: a member is a step; a step that comes through several branches on which nothing was done is one. Where tokens
	 * never meet, its unit says as much, and fewer states differ. Lists: key member, x how many executions.
	 */
	struct bpr_cells cells;
	uint32_t *scratch; size_t scratch_capacity; /* pairs of member and executions */
	uint32_t member_count;
	bool members_are_units;
	struct bpr_sets *sets;        /* SET */
};

void bpr_i_policy_init(struct bpr_policy *policy, enum bpr_policy_kind kind, const struct bpr_plan *plan);
void bpr_i_policy_release(struct bpr_policy *policy);
/* The node neither counts nor changes anything for the policy, so that a walk for its sake need not stop there. */
bool bpr_i_policy_passes(const struct bpr_policy *policy, size_t node);
/* Attribute after entering the node; BPR_CELLS_FAILED when out of memory. */
uint32_t bpr_i_policy_enter(struct bpr_policy *policy, uint32_t attr, size_t node);
/*
 * Attribute of two tokens that become one. Rounds of a scope that ran side by side (BPR_NONE: a join) each did its steps
 * themselves: those add up.
 */
uint32_t bpr_i_policy_merge(struct bpr_policy *policy, uint32_t a, uint32_t b, size_t scope);
/* The same for all tokens of a join at once, however many. */
uint32_t bpr_i_policy_merge_all(struct bpr_policy *policy, const uint32_t *attr, size_t count);
/* What entering the node with that attribute counts; at most BPR_REWARD_MAX numbers, returns how many can be non-zero. */
size_t bpr_i_policy_reward(const struct bpr_policy *policy, uint32_t before, size_t node, double reward[BPR_REWARD_MAX]);

/* Units of the members, one after the other, each with how many executions. */
struct bpr_unit_members { const struct bpr_policy *policy; uint32_t attr; };
bool bpr_i_policy_next_unit(struct bpr_unit_members *members, size_t *unit, size_t *count);
#endif

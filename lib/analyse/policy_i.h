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
	BPR_POLICY_UNIT,    /* of each token: 0 no unit yet, unit + 1, or (past the units) a multiset out of joins */
	BPR_POLICY_SET      /* of the case: which elements were there and can still come again */
};

/* Rewards of one entering, by policy. */
enum { BPR_PLACE_VISITS = 0, BPR_PLACE_TRIPS, BPR_PLACE_MOVES, BPR_REWARD_MAX };

struct bpr_policy {
	enum bpr_policy_kind kind;
	bool per_token;
	const struct bpr_plan *plan;
	struct bpr_cells cells;       /* UNIT: multisets; cell: key unit, x how many */
	uint32_t unit_count;
	struct bpr_sets *sets;        /* SET */
};

void bpr_i_policy_init(struct bpr_policy *policy, enum bpr_policy_kind kind, const struct bpr_plan *plan);
void bpr_i_policy_release(struct bpr_policy *policy);
/* Attribute after entering the node; BPR_CELLS_FAILED when out of memory. */
uint32_t bpr_i_policy_enter(struct bpr_policy *policy, uint32_t attr, size_t node);
/* Attribute of two tokens that become one. */
uint32_t bpr_i_policy_merge(struct bpr_policy *policy, uint32_t a, uint32_t b);
/* What entering the node with that attribute counts; at most BPR_REWARD_MAX numbers, returns how many can be non-zero. */
size_t bpr_i_policy_reward(const struct bpr_policy *policy, uint32_t before, size_t node, double reward[BPR_REWARD_MAX]);

/* Members of a multiset of units: calls back for each unit and how often it is there. */
struct bpr_unit_members { const struct bpr_policy *policy; uint32_t attr; };
bool bpr_i_policy_next_unit(struct bpr_unit_members *members, size_t *unit, size_t *count);
#endif

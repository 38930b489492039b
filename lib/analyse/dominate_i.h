/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ANALYSE_DOMINATE_I_H
#define BPR_ANALYSE_DOMINATE_I_H
#include "analyse/plan_i.h"

struct bpr_order {
	uint32_t *rank;                   /* [n] place in the order, from 1; 0: never reached. An arc to an equal or lower one leads back */
	uint32_t *depth, *parent, *jump;  /* [n] dominator tree; a root is its own parent */
	size_t count;
};

/* NULL when out of memory. Ways with probability 0 do not count. */
struct bpr_order *bpr_i_order_new(const struct bpr_plan *plan);
void bpr_i_order_free(struct bpr_order *order);
/* Every case that gets to `node` has passed `above` (or is there: a node dominates itself). */
bool bpr_i_order_dominates(const struct bpr_order *order, size_t above, size_t node);
#endif

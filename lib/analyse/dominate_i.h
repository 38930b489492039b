/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ANALYSE_DOMINATE_I_H
#define BPR_ANALYSE_DOMINATE_I_H
#include "analyse/plan_i.h"

struct bpr_order {
	/* [n] place in reverse postorder, from 1; 0: never reached. An arc to an equal or lower one leads back. */
	uint32_t *rank;
	uint32_t *depth, *parent, *jump;  /* [n] dominator tree; a root is its own parent */
	uint32_t *at, *size;              /* [n] preorder of that tree from 0, and nodes of the subtree */
	size_t count;                     /* nodes that are reached */
};

/* NULL when out of memory. Ways with probability 0 do not count. */
struct bpr_order *bpr_i_order_new(const struct bpr_plan *plan);
void bpr_i_order_free(struct bpr_order *order);
/* Every case that gets to `node` has passed `above` (or is there: a node dominates itself). */
bool bpr_i_order_dominates(const struct bpr_order *order, size_t above, size_t node);
/* The last node that every case passes before both; BPR_NONE where they have different starts. */
size_t bpr_i_order_common(const struct bpr_order *order, size_t a, size_t b);
/* Dominator of the node at that depth, <= its own. */
size_t bpr_i_order_ancestor(const struct bpr_order *order, size_t node, size_t depth);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_DISCOVER_BUILD_I_H
#define BPR_MINE_DISCOVER_BUILD_I_H
/* From a tree with counts to a flow. */
#include "flow/build_i.h"
#include "mine/discover_i.h"
#include "mine/tree_i.h"

/*
 * The flow of a tree: a task for each leaf, named as its activity, gateways for choices, concurrency and loops, shares as counted.
 * m gives what steps carry, under the activities as keys; NULL: nothing.
 */
bpr_status bpr_i_discover_build(const bpr_log *log, const struct bpr_tree *tree, const bpr_measure *m,
				const struct bpr_discovery_options *options, bpr_flow **out, bpr_problems *problems, struct bpr_error *err);
/* discover_fill.c: what step `node` carries, measured under `key`; tables of people and demand. */
bpr_status bpr_i_discover_fill(bpr_builder *b, size_t node, const bpr_log *log, const bpr_measure *m, size_t key);
bpr_status bpr_i_discover_tables(bpr_builder *b, const bpr_log *log, const bpr_measure *m);
#endif

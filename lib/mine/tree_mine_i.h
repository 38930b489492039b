/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_TREE_MINE_I_H
#define BPR_MINE_TREE_MINE_I_H
/* Inside of the inductive miner: the recursion and what it falls back on where there is no cut. */
#include "mine/tree_i.h"

struct bpr_tree_miner {
	struct bpr_arena *arena;
	double noise;
	uint32_t activity_count;
	uint32_t *local;         /* [activity_count] numbers in the dfg at hand; made anew where one is made */
	uint32_t *piece; size_t piece_capacity; /* room for a trace */
	struct bpr_tree_told *told;
	double work;             /* steps spent in looking for concurrent activities */
	bpr_status failed;
};

/* Tree of the traces, which are taken (emptied); NULL where there is none, or m->failed. */
struct bpr_tree *bpr_i_mine(struct bpr_tree_miner *m, struct bpr_traces *traces);
/* Room for a trace in m->piece. False: out of memory, m->failed says so. */
bool bpr_i_mine_room(struct bpr_tree_miner *m, size_t length);
/* Adds, or notes the failure. */
bool bpr_i_mine_add(struct bpr_tree_miner *m, struct bpr_traces *traces, const uint32_t *events, size_t length, uint64_t times);
/* A cut of the traces with this dfg, with what is infrequent left out where there is none otherwise. False: failed. */
bool bpr_i_mine_cut(struct bpr_tree_miner *m, struct bpr_dfg *dfg, struct bpr_cut *cut);
/* tree_fall.c: no cut. Traces are taken. */
struct bpr_tree *bpr_i_mine_fall(struct bpr_tree_miner *m, struct bpr_traces *traces, struct bpr_dfg *dfg);
uint64_t bpr_i_traces_total(const struct bpr_traces *traces);
#endif

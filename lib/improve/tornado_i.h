/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_IMPROVE_TORNADO_I_H
#define BPR_IMPROVE_TORNADO_I_H
/* A reform as a sum over the steps of two flows, of which one number is moved at a time: tornado_model.c. */
#include "base/alloc_i.h"
#include <bpr/improve.h>

enum { BPR_I_SIDES = 2 }; /* before, after */

struct bpr_i_turn_side {
	const bpr_flow *flow;
	const struct bpr_node_result *nodes; /* visits */
	double total;           /* of the metric, a case */
	/* for shares: copies to write to, and room for visits */
	struct bpr_node *copy;  /* [node count] */
	struct bpr_arc *arcs;   /* [arc count] */
	double *visits;         /* [node count] */
	double summed;          /* over the steps, with the shares as they are */
	size_t states;          /* of one solution; 0: shares are not moved */
};

struct bpr_i_turn_model {
	struct bpr_tornado_options options;
	struct bpr_i_turn_side side[BPR_I_SIDES];
	struct bpr_arena arena;
};

/* Shares can be moved on a side where its `states` are known afterwards. BPR_ENOMEM. */
bpr_status bpr_i_turn_solve(struct bpr_i_turn_model *m, size_t side, struct bpr_error *err);
/* Fills at_low and at_high of a turn whose ends are known. BPR_ENOMEM; or (shares) that a solution is not known. */
bpr_status bpr_i_turn_move(struct bpr_i_turn_model *m, struct bpr_turn *turn, struct bpr_error *err);
/* Every assumption that may move the result; `weight` says which shares are moved first. tornado_gather.c */
struct bpr_i_candidate { struct bpr_turn turn; double weight; };
struct bpr_i_candidates { struct bpr_i_candidate *items; size_t count, capacity; bool nomem; };
/* items: the caller's, bpr_i_free(). BPR_ENOMEM. */
bpr_status bpr_i_turn_gather(const struct bpr_i_turn_model *m, struct bpr_i_candidates *out, struct bpr_error *err);
/*
 * back[arc] = 1: who takes this way out has to come back before the case can end. back is [arc count]. O(nodes + arcs).
 * tornado_back.c
 */
bpr_status bpr_i_turn_back(const bpr_flow *flow, unsigned char *back, struct bpr_error *err);

/* before minus after, times the cases. */
double bpr_i_turn_result(const struct bpr_i_turn_model *m, double before, double after);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ANALYSE_WALK_MOVE_I_H
#define BPR_ANALYSE_WALK_MOVE_I_H
/* One move of the serial walk: walk.c keeps states and chain, walk_move.c knows the token game. */
#include "analyse/walk_i.h"

/* A marking on its way to the next state. attr: of the case, or of the token that moves. */
struct bpr_cursor {
	uint32_t stack, waits, busy, attr;
	double prob, minutes;
};

enum bpr_move {
	BPR_MOVE_ENTER,   /* into node `where` */
	BPR_MOVE_AGAIN,   /* into node `where`, the next round of the scope whose entry it is */
	BPR_MOVE_ARC,     /* over arc `where` */
	BPR_MOVE_STOP,    /* the token waits or has ended: something else moves */
	BPR_MOVE_DECIDE,  /* a draw is on top of the stack */
	BPR_MOVE_FINISH,  /* timed walk: work at node `where` is done */
	BPR_MOVE_EXIT,    /* the case has ended */
	BPR_MOVE_FAILED
};

/* Records that the state under way can be followed by `s` with the cursor's probability. */
bool bpr_i_walk_emit(struct bpr_walk *walk, const struct bpr_cursor *c, const struct bpr_state *s, uint32_t before);
/* Moves on until a state is reached or the case has ended. */
bool bpr_i_walk_settle(struct bpr_walk *walk, struct bpr_cursor *c, enum bpr_move move, size_t where);
/* All that can follow state `index`, the newest row of the chain. */
bool bpr_i_walk_step(struct bpr_walk *walk, size_t index);
/* Timed walk: minutes of one entering, where they are constant; false where they are random. walk_time.c */
bool bpr_i_walk_constant(const struct bpr_walk *walk, size_t node, double *minutes);
uint32_t bpr_i_walk_add_busy(struct bpr_walk *walk, uint32_t busy, uint32_t node, double minutes);
/* Lets the clock run to the next finish: cursor's busy and minutes change; node, or BPR_NONE when out of memory. */
size_t bpr_i_walk_tick(struct bpr_walk *walk, struct bpr_cursor *c);
/* walk_scope.c: a round of a scope ends (MOVE_AGAIN with *where its entry, or MOVE_STOP: it leaves); a terminate end. */
enum bpr_move bpr_i_walk_end_round(struct bpr_walk *walk, struct bpr_cursor *c, size_t *where);
enum bpr_move bpr_i_walk_terminate(struct bpr_walk *walk, struct bpr_cursor *c, size_t node, size_t *where);
/* Something but marks of rounds lies on the stack. */
bool bpr_i_walk_pending(const struct bpr_walk *walk, uint32_t stack);
bool bpr_i_walk_push(struct bpr_walk *walk, struct bpr_cursor *c, uint32_t key, uint32_t x, uint32_t attr);
#endif

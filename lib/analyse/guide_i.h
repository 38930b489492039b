/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ANALYSE_GUIDE_I_H
#define BPR_ANALYSE_GUIDE_I_H
/*
 * The serial walk (walk_i.h) taken by one case: the same token game as that of the exact analysis, but of all that can be next
 * only what was chosen is followed.
 */
#include <bpr/flow.h>
#include <stdint.h>

enum bpr_turn_kind {
	BPR_TURN_ON = 0,   /* there is nothing to decide */
	BPR_TURN_START,    /* the case begins at node `where` */
	BPR_TURN_AGAIN,    /* node `where` is done once more */
	BPR_TURN_EVENT,    /* boundary event `where` happens */
	BPR_TURN_NO_EVENT, /* it does not */
	BPR_TURN_ARC,      /* over arc `where` */
	BPR_TURN_NO_ARC    /* inclusive: not over it */
};
struct bpr_turn { enum bpr_turn_kind kind; size_t where; double prob; uint32_t state; };

struct bpr_guide;
bpr_status bpr_i_guide_new(const bpr_flow *flow, struct bpr_guide **out, struct bpr_error *err);
void bpr_i_guide_free(struct bpr_guide *guide);
/* The case is before its start. */
void bpr_i_guide_begin(struct bpr_guide *guide);
/*
 * What can be next, borrowed until the next call; the probabilities sum to 1. None: the case is over.
 * BPR_ENOEXIT, BPR_ELIMIT: as bpr_analyse().
 */
bpr_status bpr_i_guide_turns(struct bpr_guide *guide, const struct bpr_turn **turns, size_t *count, struct bpr_error *err);
/* Follows one of them. The node that was entered, or BPR_NONE where the next turns decide about something else. */
size_t bpr_i_guide_follow(struct bpr_guide *guide, size_t index);
/* The node changes where the citizen is. */
bool bpr_i_guide_is_place(const struct bpr_guide *guide, size_t node);
/* Both counters are in one building. */
bool bpr_i_guide_same_building(const struct bpr_guide *guide, size_t a, size_t b);
#endif

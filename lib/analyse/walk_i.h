/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ANALYSE_WALK_I_H
#define BPR_ANALYSE_WALK_I_H
/*
 * The serial walk. Counts of a case do not depend on how its parallel branches interleave, so one token moves at a
 * time: the one whose branch is first as written, until it waits or ends, then the next. The states reachable that
 * way form an absorbing Markov chain without any interleaving, on which every count that adds up is exact.
 *
 * A state is what has just been entered, plus the rest of the marking as two lists (cells_i.h): the stack of what has
 * still to be walked, and the tokens that wait at joins. In a flow without parallel parts both are empty and a state
 * is a node. The timed walk has a third list, of steps being worked on, and lets the clock run when nothing else moves.
 */
#include "analyse/cells_i.h"
#include "analyse/plan_i.h"
#include "analyse/policy_i.h"
#include "markov/chain_i.h"

enum bpr_phase {
	BPR_PHASE_ENTER = 0,  /* the node has just been entered */
	BPR_PHASE_LEAVE,      /* timed walk: its work is done */
	BPR_PHASE_DECIDE      /* the draw on top of the stack is next */
};

struct bpr_state {
	uint32_t node, stack, waits, busy, attr;
	uint8_t phase;
	bool alone;           /* timed walk: nothing else moves, so its time simply adds up */
};

struct bpr_begin { uint32_t state, before; double prob; };

enum bpr_fault {
	BPR_FAULT_NONE = 0,
	BPR_FAULT_STATES,     /* more than max_states */
	BPR_FAULT_TOKENS,     /* tokens multiply at `fault_node` */
	BPR_FAULT_DEADLOCK,   /* nothing can move: tokens wait at `fault_node` */
	BPR_FAULT_RANDOM      /* timed walk: a random duration beside another token */
};

struct bpr_walk {
	const struct bpr_plan *plan;
	struct bpr_policy *policy;
	bool reverse;             /* branches last to first: same counts, another order */
	bool beside_last;         /* what happens beside a step is walked after what follows it */
	bool timed;
	size_t max_states;
	struct bpr_state *state; size_t state_count, state_capacity;
	struct bpr_chain chain;   /* n, row, col, prob, exit: owned */
	size_t arc_count, col_capacity, prob_capacity, before_capacity, minutes_capacity, row_capacity, exit_capacity;
	uint32_t *before;         /* [arc_count] attribute before entering */
	double *minutes;          /* timed walk: [arc_count] the clock ran */
	struct bpr_begin *begin; size_t begin_count, begin_capacity;
	bool split;               /* somewhere more than one token is on its way */
	bool cut;                 /* a terminate end took other tokens with it: counts depend on time */
	enum bpr_fault fault;
	size_t fault_node;
	uint32_t fault_waits;
	/* scratch and look-up */
	struct bpr_cells cells;
	uint32_t *first;          /* [n] state + 1 */
	uint32_t *slots; size_t slot_count, hashed;
	uint32_t *scratch; size_t scratch_capacity;
	struct bpr_order *order;  /* NULL until asked */
	uint8_t **reach;          /* [n] walk_reach.c: who can get to that node, as bits; NULL until asked */
	size_t reach_bytes;
	size_t max_depth, row_now;
	bool beginning;
};

/* What lies on the stack: kind in the top three bits of x, then a flag, then an index. */
enum bpr_item {
	BPR_ITEM_AND = 0,    /* key node: branches from index on are still to walk */
	BPR_ITEM_OR,         /* key node: branches from index on are still to be drawn; flag: one was taken */
	BPR_ITEM_SPAWN,      /* key host: boundary events from index on are still to be drawn */
	BPR_ITEM_LEAVE,      /* key host: goes on when what its events have started is over */
	BPR_ITEM_ROUND,      /* key scope: index rounds are left after this one; y: attribute at its entry */
	BPR_ITEM_GATHER      /* under a ROUND of parallel rounds: y: attributes of the rounds that are done */
};
#define BPR_ITEM_KIND(x) ((x) >> 29)
#define BPR_ITEM_FLAG(x) (((x) >> 28) & 1u)
#define BPR_ITEM_INDEX(x) ((x) & 0x0fffffffu)
#define BPR_ITEM_PACK(kind, flag, index) (((uint32_t)(kind) << 29) | ((uint32_t)(flag) << 28) | (uint32_t)(index))

/* Zero-initialised, then plan, policy, max_states and flags set. BPR_ENOEXIT, BPR_ELIMIT, BPR_EUNSUPPORTED: see fault. */
bpr_status bpr_i_walk_explore(struct bpr_walk *walk, struct bpr_error *err);
/*
 * The same for one case (guide.c): only where it begins; then what can follow one state, which is all that the chain holds: arcs
 * 0 to arc_count, exit[state] where the case can be over.
 */
bpr_status bpr_i_walk_begin(struct bpr_walk *walk, struct bpr_error *err);
bpr_status bpr_i_walk_follow(struct bpr_walk *walk, size_t state, struct bpr_error *err);
void bpr_i_walk_release(struct bpr_walk *walk);
/* The state's token leaves the node: not so where a scope's exit starts its next round. */
bool bpr_i_walk_leaves(const struct bpr_walk *walk, size_t state);
/*
 * True where a token that leaves `from` can get to the OR join `to` in this round of the loops around it; or, can_reach, is
 * about to enter it. earlier: a case comes to `a` before it comes to `b`. walk_reach.c
 */
bool bpr_i_walk_comes_to(struct bpr_walk *walk, size_t from, size_t to, bool *failed);
bool bpr_i_walk_can_reach(struct bpr_walk *walk, size_t from, size_t to, bool *failed);
bool bpr_i_walk_earlier(struct bpr_walk *walk, size_t a, size_t b, bool *failed);
/* Scratch for changing a list in its middle: keep the cells before, then push them again; walk_wait.c. */
bool bpr_i_walk_remember(struct bpr_walk *walk, size_t at, uint32_t list);
uint32_t bpr_i_walk_rebuild(struct bpr_walk *walk, size_t count, uint32_t list);
/* The waiting tokens, walk_wait.c: join's cell in the list, or 0; the list with that cell put, replaced or (y = 0) taken out. */
uint32_t bpr_i_waits_find(const struct bpr_cells *cells, uint32_t list, uint32_t join);
uint32_t bpr_i_waits_put(struct bpr_walk *walk, uint32_t list, uint32_t join, uint32_t x, uint32_t y);
#define BPR_WAIT_OR UINT32_MAX  /* y of a cell of an OR join; of an AND join it is the number of ways in that have a token */

enum bpr_arrival { BPR_ARRIVAL_WAITS, BPR_ARRIVAL_FIRES, BPR_ARRIVAL_FAILED };
/* A token comes over an arc to an AND or OR join: waits, or all are taken and *attr is that of the one that goes on. */
enum bpr_arrival bpr_i_waits_arrive(struct bpr_walk *walk, uint32_t *waits, uint32_t arc, uint32_t *attr);
#endif

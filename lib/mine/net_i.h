/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_NET_I_H
#define BPR_MINE_NET_I_H
/*
 * The token game of a flow for alignments: places and transitions, each of which executes one node at most. What a flow can do
 * follows the rules of the other games (lib/analyse, lib/simulate), whatever its shares: a way of share 0 is a way too.
 *
 * - A step taken away by an interrupting event may have been done or not: logs hold what was completed.
 * - Events that do not interrupt happen at most once each time their step or sub-process runs; so do event sub-processes.
 * - An inclusive join fires when nobody can come to a way in without a token who cannot come to one with a token (BPMN 2.0.2,
 *   13.4.3), or when nothing else can move.
 * - Rounds side by side are copies of their sub-process; rounds one after the other are counted.
 */
#include <bpr/flow.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BPR_MNET_NONE UINT32_MAX
/* Tokens of one place at most: more mean that they multiply without end. */
#define BPR_MNET_TOKENS 255u

enum bpr_fire {
	BPR_FIRE_PLAIN = 0,
	BPR_FIRE_OR,        /* takes all tokens of its ways in, when no more can come */
	BPR_FIRE_EXIT,      /* the same when nothing else is left in the instances [low, high) */
	BPR_FIRE_ALIVE      /* only while something moves in the instances [low, high) */
};
/* What a transition decides: what shares are counted from. */
enum bpr_choice {
	BPR_CHOICE_NONE = 0, BPR_CHOICE_ARC /* taken */, BPR_CHOICE_SKIP /* of an inclusive split: not taken */, BPR_CHOICE_LOOP, BPR_CHOICE_ON /* no loop */,
	BPR_CHOICE_EVENT /* `node` happens */, BPR_CHOICE_START
};

struct bpr_mnet_link { uint32_t place, weight; };
struct bpr_mnet_fire {
	uint32_t node;      /* that is executed, or that begins (an event); BPR_MNET_NONE */
	uint32_t arc;       /* of the flow, of ARC and SKIP */
	uint8_t kind, choice;
	bool visible;       /* a step with a name is executed: a move */
	bool eager;         /* nothing is lost by firing it at once */
	uint32_t in_first, in_count, out_first, out_count, clear_first, clear_count; /* in net.links; cleared: whatever is there */
	bool cuts;          /* everything in the instances [low, high) is taken away, then cleared, before tokens are put */
	uint32_t low, high;
	uint32_t after;     /* fused: `first` fires, then `after`; BPR_MNET_NONE: it stands for itself */
	uint32_t first;
};
/* One copy of a sub-process (0: the process); those inside have numbers in [number, high). */
struct bpr_mnet_instance { uint32_t scope, parent, high, ordinal; };
struct bpr_mnet_place { uint32_t instance; bool passive; /* a case with nothing but such tokens is over */ };

struct bpr_mnet {
	const bpr_flow *flow;
	struct bpr_mnet_place *place; uint32_t place_count; size_t place_capacity;
	struct bpr_mnet_fire *fire; uint32_t fire_count; size_t fire_capacity;
	bool *gone;                          /* [fire_count] only part of a fused one any more */
	struct bpr_mnet_link *link; uint32_t link_count; size_t link_capacity;
	struct bpr_mnet_instance *instance; uint32_t instance_count; size_t instance_capacity;
	uint32_t begin;                      /* place with a token at first */
	uint32_t *trigger_row, *trigger;     /* [place_count + 1]: transitions to be looked at where the place has a token */
	bool *free;                          /* [place_count] whoever takes tokens there takes nothing else, and nobody takes them away */
	bool cuts, waits, alive;             /* some transition cuts; joins that wait for who can come; asks whether something moves */
	uint32_t **reach_row, **reach;       /* [fire_count] of FIRE_OR: ways (0 … in_count - 1) to which a place leads: rows by place */
	size_t bytes;
};

/*
 * visible: [nodes] executions of them are moves.
 * BPR_ELIMIT: more than max_nodes places, or more than BPR_MNET_TOKENS executions at once; BPR_ENOMEM.
 */
bpr_status bpr_i_mnet_new(const bpr_flow *flow, const bool *visible, size_t max_nodes, struct bpr_mnet **out);
void bpr_i_mnet_free(struct bpr_mnet *net);
/* net_fuse.c: silent choices become part of what they choose. False: out of memory. */
bool bpr_i_mnet_fuse(struct bpr_mnet *net);
/* net_reach.c: trigger rows, what is eager, who can come to inclusive joins. */
bpr_status bpr_i_mnet_settle(struct bpr_mnet *net);

static inline bool bpr_i_mnet_inside(const struct bpr_mnet *net, uint32_t instance, uint32_t outer)
{
	return instance >= outer && instance < net->instance[outer].high;
}

/* ---- markings: net_game.c ---- */

/* Lists of place << 8 | tokens, rising. */
typedef uint32_t bpr_token;
static inline uint32_t bpr_token_place(bpr_token t) { return t >> 8; }
static inline uint32_t bpr_token_count(bpr_token t) { return t & 255u; }

/* The markings that were met, each once, with what can fire there. One thread. */
struct bpr_marking {
	size_t at; uint32_t count;           /* in tokens */
	bool expanded, final, cut;           /* cut: something that can fire was left out (too many tokens) */
	size_t next_first; uint32_t next_count;
	size_t bound;                        /* align_bound.c, or SIZE_MAX */
};
struct bpr_next { uint32_t fire, marking; };
struct bpr_markings {
	const struct bpr_mnet *net;
	struct bpr_marking *item; size_t count, capacity;
	bpr_token *token; size_t token_count, token_capacity;
	struct bpr_next *next; size_t next_count, next_capacity;
	uint32_t *slot; size_t slot_count;   /* marking + 1 */
	uint32_t *tokens; uint32_t *touched; bool *known; size_t touched_count; /* [place_count] scratch */
	bpr_token *list; size_t list_capacity;
	bool unbounded;                      /* somewhere tokens multiply */
};
bool bpr_i_markings_init(struct bpr_markings *m, const struct bpr_mnet *net);
void bpr_i_markings_release(struct bpr_markings *m);
/* Forgets all markings but keeps the room. */
void bpr_i_markings_clear(struct bpr_markings *m);
/* The first marking: BPR_MNET_NONE out of memory. */
uint32_t bpr_i_markings_begin(struct bpr_markings *m);
/* What can fire there, in m->next; false out of memory. Pointers into m are not valid any more. */
bool bpr_i_markings_expand(struct bpr_markings *m, uint32_t marking);
size_t bpr_i_markings_bytes(const struct bpr_markings *m);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ANALYSE_SOUND_I_H
#define BPR_ANALYSE_SOUND_I_H
/*
 * Soundness. The flows become a net of nodes that fire and places that hold tokens (sound_net.c); blocks that cannot go
 * wrong are taken out (sound_reduce.c); every marking is visited (sound_game.c plays, sound_store.c keeps, sound_explore.c
 * goes through them); what was found becomes verdicts and shortest runs (sound_judge.c).
 */
#include "base/alloc_i.h"
#include <bpr/soundness.h>
#include <stdbool.h>
#include <stdint.h>

#define BPR_NET_NONE UINT32_MAX

enum bpr_net_flag {
	BPR_NET_START = 1,      /* a case can begin here */
	BPR_NET_END = 2,        /* tokens end here; a second one is a fault */
	BPR_NET_TERMINATE = 4,  /* takes every other token of `cut` first */
	BPR_NET_HOST = 8,       /* runs for a while: what can happen meanwhile matters */
	BPR_NET_ENTRY = 16,     /* of scope `inner` */
	BPR_NET_EXIT = 32,
	BPR_NET_RECEIVES = 64,  /* waits for a message of another process */
	BPR_NET_SENDS = 128,
	BPR_NET_CHOOSES = 256,  /* event-based gateway in a collaboration: the message chooses */
	BPR_NET_EVENT = 512,    /* begins without an arc: boundary event of a host or scope that runs */
	BPR_NET_VIRTUAL = 1024, /* no element: stands in no run */
	BPR_NET_CALLED = 2048,  /* start that only a message of another process begins */
	BPR_NET_INNER = 4096    /* event of a scope that goes on inside it: start of an event sub-process */
};
/* Any of these: the node is more than gateway or step, and stays. */
#define BPR_NET_STAYS (~(unsigned)BPR_NET_VIRTUAL)

struct bpr_net_node {
	uint32_t flow, node;            /* of the flow; a virtual node's: that which it stands behind */
	uint16_t flags;
	uint8_t join, split;            /* enum bpr_join, enum bpr_split */
	bool gone;                      /* inside an arc now */
	bool interrupting;              /* event */
	uint32_t scope;
	uint32_t inner;                 /* ENTRY, EXIT: their scope; TERMINATE: the scope whose tokens it takes */
	bool leaves;                    /* TERMINATE: that scope itself is over */
	uint32_t out_first, out_count;  /* arcs, in net.out */
	uint32_t in_first, in_count;
	uint32_t event_first, event_count; /* HOST: in net.event */
	uint32_t place;                 /* HOST: runs; END: was reached; event that happens once at most: it can still */
	uint32_t send_first, send_count, receive_first, receive_count; /* message places, in net.message */
	uint32_t side;                  /* part whose nodes are executed if this one is */
};

/* What lies between two nodes that are left; a tree. */
enum bpr_part_kind { BPR_PART_EMPTY = 0, BPR_PART_SEQUENCE, BPR_PART_CHOICE, BPR_PART_BOTH, BPR_PART_SIDE };
struct bpr_part {
	uint32_t kind;
	uint32_t a, b;                  /* parts; SEQUENCE: before and behind `node`; CHOICE: a is the shorter; SIDE: b is never needed */
	uint32_t node;
};

struct bpr_net_arc {
	uint32_t from, to;
	uint32_t out_at, in_at;         /* its places in net.out and net.in */
	uint32_t part;
	uint32_t place;
	uint64_t length;                /* executions of the shortest way through it */
	uint32_t event;                 /* happens, as the first thing, when a token is put there: chosen where its host ends; BPR_NET_NONE */
	bool gone;
};

enum bpr_place_kind {
	BPR_PLACE_ARC = 0,
	BPR_PLACE_ARRIVED,              /* arc to the exit of a scope: a token has come, which waits for the others */
	BPR_PLACE_RUNS,                 /* node: a host that runs */
	BPR_PLACE_ACTIVE,               /* node: entry of a scope that is active */
	BPR_PLACE_CAN_HAPPEN,           /* node: an event that happens once at most, and has not yet */
	BPR_PLACE_ENDED,                /* node: an end that was reached */
	BPR_PLACE_BEGIN,                /* scope: the root of a process that has not begun */
	BPR_PLACE_MESSAGE               /* node: a start that it begins, or none */
};
struct bpr_net_place {
	uint8_t kind;
	bool token;                     /* a case with one is not over */
	uint32_t node;                  /* that consumes what is there */
	uint32_t scope;                 /* with whose tokens it is taken away */
	uint32_t arc;
};

struct bpr_net_scope {
	uint32_t parent;
	uint32_t flow, scope;           /* of the flow; BPR_NET_NONE: the process itself */
	uint32_t low, high;             /* preorder numbers: those inside have numbers in [low, high) */
	uint32_t entry, exit;           /* nodes */
	uint32_t active;                /* place */
	uint32_t event_first, event_count;
	bool open;                      /* tokens pass its edges as if they were not there */
	bool parallel;                  /* more than one token can be inside */
};

struct bpr_net {
	const struct bpr_flows *flows;
	struct bpr_net_node *node; uint32_t node_count; size_t node_capacity;
	struct bpr_net_arc *arc; uint32_t arc_count; size_t arc_capacity;
	uint32_t *out, *in;             /* arcs; after bpr_i_net_finish() places */
	struct bpr_part *part; uint32_t part_count; size_t part_capacity;
	struct bpr_net_scope *scope; uint32_t scope_count;
	uint32_t *event; uint32_t event_count; size_t event_capacity;
	uint32_t *message; uint32_t message_count; size_t message_capacity; /* places */
	struct bpr_net_place *place; uint32_t place_count; size_t place_capacity;
	uint32_t *first_node;           /* [flows] net node of the flow's node 0, BPR_NET_NONE: the flow takes no part */
	uint32_t *first_scope;
	bool messages;
	/* OR joins: which ways in a place leads to, as bits; [place_count * or_words] of each */
	uint64_t **reach;               /* [node_count], NULL elsewhere */
	size_t reach_bytes;
};

/* sound_net.c: flow BPR_NONE is the collaboration. BPR_ENOMEM. *empty: there is nothing to check. */
bpr_status bpr_i_net_new(struct bpr_net *net, const struct bpr_flows *flows, size_t flow, bool *empty);
void bpr_i_net_release(struct bpr_net *net);
/* sound_place.c: arcs become places; the net is not reduced any more. */
bpr_status bpr_i_net_finish(struct bpr_net *net, size_t max_bytes, bool *too_large);
/* sound_reduce.c. or_blocks: inclusive blocks too, which only behave as one arc while there is one token. */
bpr_status bpr_i_net_reduce(struct bpr_net *net, bool or_blocks);
/* Nothing is left but ways from starts to ends. */
bool bpr_i_net_is_plain(const struct bpr_net *net);

static inline bool bpr_i_net_inside(const struct bpr_net *net, uint32_t scope, uint32_t outer)
{
	return net->scope[scope].low >= net->scope[outer].low && net->scope[scope].low < net->scope[outer].high;
}

/* ---- runs: net nodes in the order of their execution ---- */
struct bpr_run { uint32_t *node; size_t count, capacity; bool failed; };
/* Appends the shortest way through an arc, without the event that has happened already. */
void bpr_i_run_through(const struct bpr_net *net, struct bpr_run *run, uint32_t arc);
/* What a token has still to go through that is there. */
static inline uint64_t bpr_i_arc_length(const struct bpr_net_arc *arc)
{
	return arc->length - (arc->event != BPR_NET_NONE && arc->part);
}
void bpr_i_run_add(const struct bpr_net *net, struct bpr_run *run, uint32_t node);

/* ---- markings, packed: sound_store.c ---- */
struct bpr_store {
	uint32_t bits;                  /* of a place: 1 or 2 */
	uint32_t words;                 /* of a state, of 64 bits; 0: lists of marked places, each place * 4 + tokens */
	uint32_t place_count;
	uint64_t *data; size_t data_count, data_capacity;
	size_t *at; size_t at_capacity; /* lists: where each begins in `data` as 32-bit numbers, one more at the end */
	struct bpr_slot { uint32_t tag, state; } *slot; /* state + 1 */
	size_t slot_count;
	size_t count;                   /* states */
	size_t bytes;
};
struct bpr_key { const uint64_t *data; size_t items; uint64_t hash; };
/* Dense up to so many words. */
#define BPR_STORE_WORDS 8

bool bpr_i_store_init(struct bpr_store *store, uint32_t place_count, uint32_t bits);
void bpr_i_store_release(struct bpr_store *store);
uint64_t bpr_i_store_hash(const struct bpr_store *store, const uint64_t *data, size_t items);
void bpr_i_store_prefetch(const struct bpr_store *store, uint64_t hash);
/* Number of the state; new ones are added unless `add` is false (then BPR_NET_NONE). BPR_NET_NONE: out of memory too. */
uint32_t bpr_i_store_find(struct bpr_store *store, const struct bpr_key *key, bool add);
/* Marked places of a state in rising order, with their tokens; returns how many. */
size_t bpr_i_store_load(const struct bpr_store *store, size_t state, uint32_t *marked, uint8_t *tokens);

/* ---- the game: sound_game.c ---- */
enum bpr_firing_flag { BPR_FIRING_UNSAFE = 1, BPR_FIRING_IMPROPER = 2, BPR_FIRING_CUT = 4 };
struct bpr_firing {
	unsigned flags;
	uint32_t place;                 /* UNSAFE: that got the second token */
	uint32_t end;                   /* IMPROPER: node that ends again */
	uint64_t length;                /* executions */
};
struct bpr_game_net {
	const struct bpr_net *net;
	uint8_t cap, message_cap;       /* tokens of a place at most; what would be more is cut off */
	uint8_t *count;                 /* [place_count] the marking */
	uint32_t *marked; size_t marked_count; /* rising, as loaded */
	size_t tokens;                  /* in places that say the case is not over */
	struct { uint32_t place; uint8_t before; } *undo; size_t undo_count, undo_capacity;
	struct bpr_firing firing;
	struct bpr_run *run;            /* not NULL: what is executed is noted */
	uint8_t *fired;                 /* [node_count] */
	uint8_t *used;                  /* [place_count] ever got a token */
	/* Called for each firing, the marking being that after it; false stops. */
	bool (*emit)(void *data, const struct bpr_firing *firing);
	void *data;
	bool happened;                  /* the event that is executed next has been */
	bool stopped, nomem, too_wide;
};
bool bpr_i_sound_game_init(struct bpr_game_net *game, const struct bpr_net *net);
void bpr_i_sound_game_release(struct bpr_game_net *game);
/* The first marking: every process that begins of itself. */
void bpr_i_sound_game_begin(struct bpr_game_net *game);
/* Marks what `marked` and `count` say; clear before the next. */
void bpr_i_sound_game_clear(struct bpr_game_net *game);
void bpr_i_sound_game_loaded(struct bpr_game_net *game);
/* All firings of the marking. */
void bpr_i_sound_game_expand(struct bpr_game_net *game);

/* ---- exploring: sound_explore.c ---- */
enum bpr_sound_mark {
	BPR_MARK_FINAL = 1,             /* no token is left */
	BPR_MARK_STOPPED = 2,           /* tokens, and nothing can fire */
	BPR_MARK_UNSAFE = 4,            /* a firing sends a second token */
	BPR_MARK_IMPROPER = 8,          /* a firing ends a second time */
	BPR_MARK_OPEN = 16,             /* not everything that can follow was followed */
	BPR_MARK_LIVE = 32              /* can complete, as far as is known */
};
struct bpr_space {
	const struct bpr_net *net;
	struct bpr_store store;
	struct bpr_game_net game;
	uint8_t *mark; size_t mark_capacity;
	size_t *row; size_t row_capacity;  /* edges of state i: edge[row[i]] ... edge[row[i + 1] - 1] */
	uint32_t *edge; size_t edge_count, edge_capacity;
	size_t max_states, max_bytes;
	unsigned marks;                 /* of all states together */
	size_t bad;                     /* states that cannot complete */
	bool limited, nomem;
	/* The marking before the firing. */
	uint64_t base[BPR_STORE_WORDS];
	uint8_t *in_base;               /* [place_count] lists */
	/* Firings of one marking, looked up together. */
	uint64_t *keys; size_t key_capacity, key_count;
	struct bpr_pending { size_t at, items; uint64_t hash; } *pending; size_t pending_capacity, pending_count;
};
struct bpr_space_options { size_t max_states, max_bytes; uint8_t cap, message_cap; };
/* BPR_ENOMEM; space is to be released in any case. */
bpr_status bpr_i_space_explore(struct bpr_space *space, const struct bpr_net *net, const struct bpr_space_options *options);
void bpr_i_space_release(struct bpr_space *space);
/* The marking of a state as the game's. */
void bpr_i_space_load(struct bpr_space *space, size_t state);
void bpr_i_space_unload(struct bpr_space *space);
/* The game's marking as it is now, as words or list at `into` (room for bpr_i_space_room()). */
size_t bpr_i_space_room(const struct bpr_space *space);
struct bpr_key bpr_i_space_pack(const struct bpr_space *space, uint64_t *into);

/* ---- sound_run.c: shortest runs ---- */
enum bpr_goal { BPR_GOAL_UNSAFE = 0, BPR_GOAL_STOPPED, BPR_GOAL_BAD, BPR_GOAL_IMPROPER, BPR_GOAL_COUNT };
struct bpr_goal_run {
	bool known;
	uint64_t length;
	uint32_t state;                 /* in which the fault is seen, or from which the firing goes out */
	struct bpr_firing firing;
	struct bpr_run run;
};
/* wanted[goal]: find it. */
bpr_status bpr_i_space_runs(struct bpr_space *space, const bool wanted[BPR_GOAL_COUNT], struct bpr_goal_run out[BPR_GOAL_COUNT]);
void bpr_i_goal_release(struct bpr_goal_run *goal);

/* ---- sound_judge.c: what a space says ---- */
struct bpr_judgement {
	enum bpr_verdict verdict[BPR_SOUND_COUNT];
	struct bpr_sound_fault *faults; size_t fault_count, fault_capacity; /* runs and others kept by the arena */
};
/* Verdicts and faults of one exploration. */
bpr_status bpr_i_space_judge(struct bpr_space *space, struct bpr_arena *arena, struct bpr_judgement *out);
#endif

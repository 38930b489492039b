/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_TREE_I_H
#define BPR_MINE_TREE_I_H
/*
 * Process trees, and the inductive miner that finds them.
 *
 * S. J. J. Leemans, D. Fahland, W. M. P. van der Aalst: "Discovering Block-Structured Process Models from Event Logs - A Constructive
 * Approach" (Petri Nets 2013, IM) and "... Containing Infrequent Behaviour" (BPM Workshops 2013, IMf). The miner works on distinct
 * traces with their counts. Every tree carries how often the log went through each of its parts: how often a cut's parts were
 * executed when the log was split is the routing of a flow, with no replay.
 */
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include <bpr/error.h>
#include <stdint.h>

/* ---- distinct traces with counts ---- */

struct bpr_trace { size_t first, length; uint64_t count; };
/* Zero-initialised is ready for use. */
struct bpr_traces {
	uint32_t *events; size_t event_count, event_capacity; /* of one trace behind the other */
	struct bpr_trace *items; size_t count, capacity;
	uint32_t *slots; size_t slot_count;                   /* open addressing, index + 1; a power of two */
};
/* Adds a trace, or counts the equal one that is there. False: out of memory. */
bool bpr_i_traces_add(struct bpr_traces *traces, const uint32_t *events, size_t length, uint64_t times);
/* Index of an equal trace, or SIZE_MAX. */
size_t bpr_i_traces_find(const struct bpr_traces *traces, const uint32_t *events, size_t length);
void bpr_i_traces_release(struct bpr_traces *traces);

/* ---- trees ---- */

enum bpr_tree_kind {
	BPR_TREE_TAU = 0,
	BPR_TREE_LEAF,
	BPR_TREE_XOR,
	BPR_TREE_SEQUENCE,
	BPR_TREE_AND,
	BPR_TREE_LOOP       /* the first child, then again and again one of the others and the first */
};
struct bpr_tree {
	enum bpr_tree_kind kind;
	bool flower;        /* any order of what is below it: nothing better was found */
	uint32_t activity;  /* of a leaf */
	uint64_t count;     /* executions in the log */
	struct bpr_tree **children; size_t child_count;
};
/* New ones in the arena; NULL out of memory. Children are copied, joined where they are of the same kind, silent ones dropped. */
struct bpr_tree *bpr_i_tree_leaf(struct bpr_arena *arena, uint32_t activity, uint64_t count);
struct bpr_tree *bpr_i_tree_tau(struct bpr_arena *arena, uint64_t count);
struct bpr_tree *bpr_i_tree_node(struct bpr_arena *arena, enum bpr_tree_kind kind, uint64_t count, struct bpr_tree *const children[],
				 size_t child_count);
/* As the literature writes it: ->( a, X( b, tau ), *( c, d ) ); name(data, activity) gives the names. */
typedef const char *bpr_tree_name(const void *data, uint32_t activity);
void bpr_i_tree_format(const struct bpr_tree *tree, bpr_tree_name *name, const void *data, struct bpr_buf *out);

/* ---- the miner ---- */

/* At most so many activities: what follows what is a square of them. */
#define BPR_I_TREE_ACTIVITIES 2000

/* What was left out, counted in events and executions of the log. */
struct bpr_tree_told {
	uint64_t events;         /* that do not fit the tree */
	uint64_t skips;          /* executions that left a part out, which the tree always does */
	uint64_t repeats;        /* executions that did an activity more than once, which the tree does once */
	size_t flowers, flower_activities;
	bool limited;            /* the search for concurrent activities was cut short */
};
/*
 * traces are taken (emptied). activity_count: their activities are below it. noise 0: every trace fits the tree (IM); above: what is
 * rarer than this share of the strongest alternative is left out where the log cannot be cut with it (IMf).
 * BPR_ENOMEM; BPR_ELIMIT: more than BPR_I_TREE_ACTIVITIES activities; BPR_EINVAL: no event.
 */
bpr_status bpr_i_tree_mine(struct bpr_traces *traces, uint32_t activity_count, double noise, struct bpr_arena *arena,
			   struct bpr_tree **out, struct bpr_tree_told *told);

/* ---- inside of the miner: cuts ---- */

/* What follows what directly. */
struct bpr_dfg {
	uint32_t n;
	uint32_t *activities;    /* [n] names of 0 … n - 1 in the whole log, ascending */
	uint64_t *follows;       /* [n * n] */
	uint64_t *starts, *ends; /* [n] */
};
/* local: [activity_count] room, its contents do not matter. BPR_ENOMEM, BPR_ELIMIT. */
bpr_status bpr_i_dfg_new(const struct bpr_traces *traces, uint32_t activity_count, uint32_t *local, struct bpr_dfg *out);
/* Leaves out what is rarer than this share of the most frequent way on (as a start: of the most frequent start …). */
void bpr_i_dfg_filter(struct bpr_dfg *dfg, double noise);
void bpr_i_dfg_release(struct bpr_dfg *dfg);

struct bpr_cut { enum bpr_tree_kind kind; uint32_t parts; uint32_t *part; /* [n]; of a loop part 0 is the body */ };
/* kind TAU: there is none. False: out of memory. Release cut->part with bpr_i_free(). */
bool bpr_i_cut_find(const struct bpr_dfg *dfg, struct bpr_cut *cut);

/*
 * Splits traces along a cut: parts[cut->parts], zero-initialised by the caller and released by it in any case. local: [activity_count],
 * the number of each activity in the dfg. *left_out grows by the events that fit no part. False: out of memory.
 */
bool bpr_i_cut_split(const struct bpr_cut *cut, const struct bpr_traces *traces, const uint32_t *local, struct bpr_traces parts[],
		     uint64_t *left_out);
#endif

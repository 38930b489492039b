/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ANALYSE_GAME_PLAY_I_H
#define BPR_ANALYSE_GAME_PLAY_I_H
/* Inside of the timed game: game.c runs the clock and executes steps, game_join.c knows joins and ends that take everything along. */
#include "analyse/game_i.h"
#include "base/problem_i.h"
#include <stdint.h>

struct token { uint32_t attr; size_t passage; };
/* At `time` the node's work is done; or (enters) a token comes in there that was on its way until then. */
struct busy { double time; uint64_t order; uint32_t node; bool enters; struct token token; };
/* A token that waits at a join, in a list by arc (AND) or by join (OR). */
struct waiting { struct token token; size_t next; uint32_t arc; };
enum going_kind { GO_ARC, GO_NODE, GO_AGAIN };
struct going { uint32_t where; enum going_kind kind; struct token token; };

/* A part of the case that runs on its own: the case itself, or one of several rounds side by side. */
struct stage {
	double now;
	struct busy *heap; size_t heap_count, heap_capacity;
	struct going *going; size_t going_count, going_capacity;
	struct waiting *waiting; size_t waiting_count, waiting_capacity;
	uint32_t *have;           /* [n] of an AND join: ways in that have a token */
	size_t *first;            /* [arc_count] oldest token on the arc, + 1; OR joins use their first arc in */
	uint32_t *joins; size_t join_count, join_capacity; /* where tokens wait */
	size_t inside;            /* scope of which this is one round; BPR_NONE: the case */
	bool over;                /* the round has come to its exit, or has left by another way */
	size_t left_by;           /* BPR_NONE, or the node at which it goes on outside */
	struct token out;
	size_t last;              /* passage that was done last */
};

struct bpr_game {
	const struct bpr_plan *plan;
	struct bpr_walk *walk;
	struct bpr_policy *policy;
	struct bpr_game_options options;
	uint64_t index, order;
	size_t moves;
	struct stage **stage; size_t stage_count, depth; /* one a level of rounds side by side, kept */
	struct bpr_rng *way, *work, *wait; /* [n] */
	uint32_t *seeded;         /* [n] bits of enum bpr_draw, of this case */
	uint32_t *rounds;         /* [scope_count] rounds left */
	struct bpr_passage *passage; size_t passage_count, passage_capacity;
	uint32_t *attr; size_t attr_capacity;  /* of the tokens that a join takes */
	uint32_t *touched; size_t touched_count;
	double *executions, *minutes;
	double handoffs, incomplete;
	bpr_status status;
};

static inline bool sooner(const struct busy *a, const struct busy *b)
{
	return a->time < b->time || (!(b->time < a->time) && a->order < b->order);
}

static inline bool bpr_i_game_nomem(struct bpr_game *g)
{
	g->status = BPR_ENOMEM;
	return false;
}

/* One execution (all of its repeats) begins. */

/* A token comes into a node; over an arc, to where it may have to wait. False: out of memory. game.c, game_join.c */
bool bpr_i_game_enter(struct bpr_game *g, struct stage *s, size_t node, struct token token);
bool bpr_i_game_cross(struct bpr_game *g, struct stage *s, uint32_t arc, struct token token);
/* Nothing moves at this moment: an OR join to which nothing more comes, or (forced) the first on the way. */
bool bpr_i_game_try_or(struct bpr_game *g, struct stage *s, bool forced, bool *fired);
/* A token comes to an end that ends its scope, or the case. */
bool bpr_i_game_terminate(struct bpr_game *g, struct stage *s, size_t node, struct token token);
#endif

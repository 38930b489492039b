/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_SIMULATE_GAME_I_H
#define BPR_SIMULATE_GAME_I_H
/*
 * The token game, shared by its files: run.c (clock, cases, tokens), work.c (executions), move.c (ways on), join.c (where
 * tokens meet), round.c (rounds of sub-processes, terminate ends). What moves at one moment lies on a stack, the first branch as written
 * on top, so that a moment is played in the order of the exact analysis' walk. Nothing here calls itself without bound.
 */
#include "base/alloc_i.h"
#include "simulate/draw_i.h"
#include "simulate/reach_i.h"
#include "simulate/record_i.h"

enum going_kind {
	GO_ARC,    /* over the arc */
	GO_NODE,   /* into the node, past its join */
	GO_AGAIN,  /* the node once more: another round of a loop, or of a sub-process */
	GO_BEGIN,  /* one of several executions side by side begins */
	GO_OUT     /* past loops, rounds and what starts beside it: interrupting boundary events, then its ways out */
};
struct going { uint32_t token, stamp, where; enum going_kind kind; };

/* Rounds of a sub-process: one after the other, or a group with a frame for each round that runs side by side. */
enum frame_kind { FRAME_FREE = 0, FRAME_SERIAL, FRAME_GROUP, FRAME_ROUND };
struct frame {
	uint32_t scope, parent, of_case;
	uint32_t left;         /* SERIAL: rounds still to come; GROUP: rounds that are not over */
	uint32_t uses;         /* tokens and frames right inside */
	uint32_t stage;        /* the innermost ROUND around, itself included; 0 none: tokens of different stages never meet */
	enum frame_kind kind;
	bool over;             /* ROUND: its token has come to the exit */
};

struct game {
	struct going *going; size_t going_count, going_capacity;
	struct frame *frame; size_t frame_count, frame_capacity; uint32_t free_frame; /* 0 is no frame */
	uint32_t *group; size_t group_capacity; /* tokens that merge */
	uint32_t *doomed; size_t doomed_capacity; /* tokens that are to be dropped */
	uint32_t current;      /* case whose tokens move now, or RUN_NONE */
	unsigned long long moves, last_move; /* without the clock going on */
	double moved_at;
	double meeting;        /* number of tokens that have come to a meeting: its order */
};

/* As many moves at one moment mean that it never ends. */
#define MAX_MOVES 10000000u
/* As many tokens of a case mean that they multiply without end: so many, or several for each node and copy of the flow. */
#define MAX_TOKENS 1000000u

/* ---- run.c ---- */
/* A token of the case, not anywhere yet; RUN_NONE: out of memory, or too many (run->stop). */
uint32_t bpr_i_token_new(struct run *run, uint32_t of_case, uint32_t node);
/* Like another: same node, same frame. */
uint32_t bpr_i_token_copy(struct run *run, uint32_t token);
void bpr_i_token_free(struct run *run, uint32_t token);
/* Takes the token out of whatever it is doing, without a trace of it to come, and frees it. */
void bpr_i_token_drop(struct run *run, uint32_t token);
/* Drops every other token of the case at a node of `scope` (RUN_NONE: anywhere) that is in the stage (0: any). */
bool bpr_i_token_drop_others(struct run *run, uint32_t token, uint32_t scope, uint32_t stage);
/* Out of queue, service, wait, join: it is MOVING. */
void bpr_i_token_loosen(struct run *run, uint32_t token);
static inline struct run_token *bpr_i_token(const struct run *run, uint32_t token)
{
	return &run->token[token];
}
bool bpr_i_go_slow(struct run *run, struct going going);
static inline bool bpr_i_go(struct run *run, uint32_t token, enum going_kind kind, uint32_t where)
{
	struct game *g = run->game;
	struct going going = { token, run->token[token].stamp, where, kind };

	if (__builtin_expect(g->going_count == g->going_capacity, 0))
		return bpr_i_go_slow(run, going);
	g->going[g->going_count++] = going;
	return true;
}
static inline double bpr_i_game_uniform(struct run *run, const struct run_node *node, enum run_purpose purpose)
{
	return bpr_i_draw_uniform(&run->stream[node->stream + purpose]);
}

/* ---- work.c ---- */
/* The token, which stands at its node, begins its executions. True: they are done at once. */
bool bpr_i_game_execute(struct run *run, uint32_t token);
bool bpr_i_game_begin(struct run *run, uint32_t token);    /* GO_BEGIN */
bool bpr_i_game_finish(struct run *run, uint32_t token);   /* RUN_FINISH */
bool bpr_i_game_resume(struct run *run, uint32_t token);   /* RUN_RESUME */
bool bpr_i_game_boundary(struct run *run, uint32_t timer); /* RUN_STRIKE */
void bpr_i_game_stop_timers(struct run *run, uint32_t token);

/* ---- quick.c ---- */
/* RUN_FINISH at a RUN_PLAIN node. True: the token has gone on to the stack, which has to be moved. */
bool bpr_i_game_quick(struct run *run, uint32_t token);

/* ---- clock.c: timers on the border of a sub-process ---- */
/* The token comes to the entry (they start) or to the node behind the exit (they stop). */
bool bpr_i_clock_pass(struct run *run, uint32_t token);
/* Timers of the sub-process stop: those that started with the token's frame (same), or all around it. */
void bpr_i_clock_stop(struct run *run, uint32_t token, uint32_t scope, bool same);
bool bpr_i_clock_strike(struct run *run, uint32_t timer);

/* ---- move.c ---- */
/* The node's executions are done: the token goes on from node to node, until it stays at one or meets what lies in its way. */
bool bpr_i_game_pass(struct run *run, uint32_t token);
/* Moves what lies on the stack until nothing does. */
void bpr_i_game_move(struct run *run);
/* run.c: then joins; ends the case where nothing of it is left. */
void bpr_i_game_settle(struct run *run, uint32_t of_case);
/* What was put on the stack since `from` is taken in the order in which it was put there. */
void bpr_i_go_turn(struct run *run, size_t from);
bool bpr_i_game_come_to(struct run *run, uint32_t token, uint32_t node);

/* ---- join.c ---- */
bool bpr_i_join_arrive(struct run *run, uint32_t token, uint32_t arc);
/* Nothing of the case moves: an OR join to which nothing more comes fires (its token goes on), or what waits can wait for ever. */
bool bpr_i_join_try(struct run *run, uint32_t of_case);
/* The tokens in game->group, in the order in which they came, become the last of them. */
void bpr_i_join_merge(struct run *run, size_t count, uint32_t scope);
/* Puts a token that has come to a meeting at its place in game->group. */
bool bpr_i_join_add(struct run *run, size_t count, uint32_t token);

/* ---- round.c ---- */
bool bpr_i_round_enter(struct run *run, uint32_t token);  /* RUN_ENTRY: may start others beside it */
/* RUN_EXIT: the token stops here, or another round begins (true); or it goes on (*on). */
bool bpr_i_round_end(struct run *run, uint32_t token, bool *on);
/* The token goes to `node`: out of the rounds that do not go on there. */
void bpr_i_round_escape(struct run *run, uint32_t token, uint32_t node);
bool bpr_i_round_terminate(struct run *run, uint32_t token);
void bpr_i_round_release(struct run *run, uint32_t frame); /* one use less */
static inline uint32_t bpr_i_round_stage(const struct run *run, uint32_t token)
{
	uint32_t frame = run->token[token].frame;

	return frame ? run->game->frame[frame].stage : 0;
}
/* The token is in the stage, or in one inside it. */
bool bpr_i_round_inside(const struct run *run, uint32_t token, uint32_t stage);
#endif

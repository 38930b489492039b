/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ANALYSE_GAME_I_H
#define BPR_ANALYSE_GAME_I_H
/*
 * The timed token game of one case, with drawn durations and no queueing: the second way to the same figures. Every
 * draw has a stream of its own (seed, case, node, purpose), so that a case is the same whatever else is computed.
 */
#include "analyse/analysis_i.h"
#include "flow/dist_i.h"

enum bpr_draw { BPR_DRAW_WAY = 1, BPR_DRAW_WORK, BPR_DRAW_WAIT, BPR_DRAW_START, BPR_DRAW_CHAIN };

/* What a case was: counts by node, and the steps on its longest way. */
struct bpr_case {
	double lead;
	double incomplete;
	double handoffs;
	size_t touched_count;
	const uint32_t *touched;       /* nodes that were entered, each once */
	const double *executions;      /* [n] of these nodes */
	const double *work;            /* [n] minutes drawn at these nodes, all executions */
	const struct bpr_passage *path; size_t last; /* longest way, backwards from `last` by prev; BPR_NONE ends it */
};
struct bpr_passage { size_t prev; uint32_t node; double work; };

typedef struct bpr_game bpr_game;

struct bpr_game_options {
	unsigned long long seed;
	size_t max_moves;              /* of one case */
	/* Called at every entry of a node: attr is that of the token before it, by the unit policy; may be NULL. */
	void (*entered)(void *data, size_t node, uint32_t attr);
	void (*passed)(void *data, size_t arc);
	void *data;
};

/* `walk` answers who can get to an OR join; policy NULL or UNIT. All borrowed. */
bpr_status bpr_i_game_new(struct bpr_walk *walk, struct bpr_policy *policy, const struct bpr_game_options *options, bpr_game **out,
			  struct bpr_error *err);
void bpr_i_game_free(bpr_game *game);
/* Plays case number `index`; *out is valid until the next one. BPR_ELIMIT: more than max_moves. BPR_ENOEXIT: everything waits. */
bpr_status bpr_i_game_play(bpr_game *game, unsigned long long index, struct bpr_case *out);
#endif

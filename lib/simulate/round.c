/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rounds of sub-processes, one after the other or side by side, and ends that take others with them. */
#include "config.h"
#include "simulate/game_i.h"

static struct frame *frame_at(const struct run *run, uint32_t frame)
{
	return &run->game->frame[frame];
}

static uint32_t frame_new(struct run *run, enum frame_kind kind, uint32_t scope, uint32_t parent, uint32_t of_case)
{
	struct game *g = run->game;
	uint32_t f = g->free_frame;

	if (f) {
		g->free_frame = g->frame[f].parent;
	} else {
		if (g->frame_count >= UINT32_MAX / 2 || !bpr_i_grow(&g->frame, &g->frame_capacity, g->frame_count + 1, sizeof(*g->frame))) {
			(void)bpr_i_run_nomem(run);
			return 0;
		}
		f = (uint32_t)g->frame_count++;
	}
	g->frame[f] = (struct frame){ .scope = scope, .parent = parent, .of_case = of_case, .kind = kind,
		.stage = kind == FRAME_ROUND ? f : parent ? g->frame[parent].stage : 0 };
	if (parent)
		g->frame[parent].uses++;
	return f;
}

/* The token belongs to another frame from now on. */
static void move_to(struct run *run, uint32_t token, uint32_t frame)
{
	uint32_t old = run->token[token].frame;

	run->token[token].frame = frame;
	if (frame)
		frame_at(run, frame)->uses++;
	if (old)
		bpr_i_round_release(run, old);
}

/* All rounds are over: those that came to the exit leave together, as the last of them. */
static void finish_group(struct run *run, uint32_t group)
{
	const struct frame f = *frame_at(run, group);
	uint32_t into;
	size_t count = 0;

	if (run->cases[f.of_case].gave_up)
		return;
	for (uint32_t at = run->cases[f.of_case].first_token; at != RUN_NONE; at = run->token[at].sibling)
		if (run->token[at].frame == group && run->token[at].phase == RUN_GATHERING && !bpr_i_join_add(run, count++, at))
			return;
	if (!count)
		return;
	into = run->game->group[count - 1];
	bpr_i_join_merge(run, count, f.scope);
	move_to(run, into, f.parent);
	(void)bpr_i_go(run, into, GO_OUT, run->token[into].node);
}

void bpr_i_round_release(struct run *run, uint32_t frame)
{
	while (frame && --frame_at(run, frame)->uses == 0) {
		struct frame f = *frame_at(run, frame);

		if (f.kind == FRAME_ROUND && !f.over && !frame_at(run, f.parent)->over && --frame_at(run, f.parent)->left == 0)
			finish_group(run, f.parent);
		frame_at(run, frame)->kind = FRAME_FREE;
		frame_at(run, frame)->parent = run->game->free_frame;
		run->game->free_frame = frame;
		frame = f.parent;
	}
}

bool bpr_i_round_inside(const struct run *run, uint32_t token, uint32_t stage)
{
	uint32_t at = bpr_i_round_stage(run, token), parent;

	while (at && at != stage) {
		parent = run->game->frame[at].parent; /* its group, in the stage around */
		at = parent ? run->game->frame[parent].stage : 0;
	}
	return at == stage;
}

/* ---- in ---- */

static bool side_by_side(struct run *run, uint32_t token, uint32_t scope)
{
	const struct run_scope *s = &run->plan->scope[scope];
	uint32_t group = frame_new(run, FRAME_GROUP, scope, run->token[token].frame, run->token[token].of_case);
	size_t from = run->game->going_count;

	if (!group)
		return false;
	frame_at(run, group)->left = s->repeat;
	for (uint32_t i = 1; i < s->repeat; i++) {
		uint32_t child = bpr_i_token_copy(run, token);
		uint32_t round = child == RUN_NONE ? 0 : frame_new(run, FRAME_ROUND, scope, group, run->token[token].of_case);

		if (!round)
			return false;
		move_to(run, child, round);
		bpr_i_record_split(run, token, child, i);
		if (!bpr_i_go(run, child, GO_AGAIN, s->entry))
			return false;
	}
	bpr_i_go_turn(run, from);
	group = frame_new(run, FRAME_ROUND, scope, group, run->token[token].of_case);
	if (!group)
		return false;
	move_to(run, token, group);
	return true;
}

bool bpr_i_round_enter(struct run *run, uint32_t token)
{
	const struct run_token *t = &run->token[token];
	uint32_t scope = run->plan->node[t->node].scope, frame;
	const struct run_scope *s = &run->plan->scope[scope];

	if (t->frame && frame_at(run, t->frame)->scope == scope) { /* back to the entry from inside */
		if (frame_at(run, t->frame)->kind == FRAME_SERIAL)
			frame_at(run, t->frame)->left = s->repeat - 1;
		return true;
	}
	if (s->repeat_parallel)
		return side_by_side(run, token, scope);
	frame = frame_new(run, FRAME_SERIAL, scope, t->frame, t->of_case);
	if (!frame)
		return false;
	frame_at(run, frame)->left = s->repeat - 1;
	move_to(run, token, frame);
	return true;
}

/* ---- out ---- */

bool bpr_i_round_end(struct run *run, uint32_t token, bool *on)
{
	struct run_token *t = &run->token[token];
	uint32_t scope = run->plan->node[t->node].scope, frame = t->frame, group;

	*on = !frame || frame_at(run, frame)->scope != scope;
	if (*on)
		return true;
	if (frame_at(run, frame)->kind == FRAME_SERIAL) {
		if (frame_at(run, frame)->left) {
			frame_at(run, frame)->left--;
			return bpr_i_go(run, token, GO_AGAIN, run->plan->scope[scope].entry);
		}
		move_to(run, token, frame_at(run, frame)->parent);
		*on = true;
		return true;
	}
	/* The round is over, and with it whatever of it is still under way. */
	group = frame_at(run, frame)->parent;
	frame_at(run, frame)->over = true;
	if (!bpr_i_token_drop_others(run, token, RUN_NONE, frame))
		return false;
	move_to(run, token, group);
	run->token[token].phase = RUN_GATHERING;
	run->token[token].rank = ++run->game->meeting;
	if (--frame_at(run, group)->left == 0)
		finish_group(run, group);
	return !run->stop;
}

/* Drops what else is in the group, whichever round it is in. */
static void leave_group(struct run *run, uint32_t token, uint32_t group)
{
	frame_at(run, group)->over = true;
	for (uint32_t at = run->cases[run->token[token].of_case].first_token; at != RUN_NONE && !run->stop;) {
		uint32_t frame = run->token[at].frame;

		while (frame && frame != group)
			frame = frame_at(run, frame)->parent;
		if (!frame || at == token || (run->token[at].phase == RUN_CLOCKED && run->token[at].host != RUN_NONE)) {
			at = run->token[at].sibling;
			continue;
		}
		bpr_i_token_drop(run, at);
		at = run->cases[run->token[token].of_case].first_token; /* what it took with it may have been the next */
	}
}

void bpr_i_round_escape(struct run *run, uint32_t token, uint32_t node)
{
	uint32_t frame, scope = run->plan->node[node].scope;

	while ((frame = run->token[token].frame) && !bpr_i_scope_within(run->plan, scope, frame_at(run, frame)->scope)) {
		if (frame_at(run, frame)->kind != FRAME_ROUND) {
			move_to(run, token, frame_at(run, frame)->parent);
			continue;
		}
		leave_group(run, token, frame_at(run, frame)->parent);
		frame_at(run, frame)->over = true;
		move_to(run, token, frame_at(run, frame_at(run, frame)->parent)->parent);
	}
}

bool bpr_i_round_terminate(struct run *run, uint32_t token)
{
	const struct run_cut cut = run->plan->cut[run->plan->node[run->token[token].node].cut];

	if (!bpr_i_token_drop_others(run, token, cut.scope, bpr_i_round_stage(run, token)))
		return false;
	if (cut.scope != RUN_NONE && (cut.to == RUN_NONE || !bpr_i_scope_within(run->plan, run->plan->node[cut.to].scope, cut.scope)))
		bpr_i_clock_stop(run, token, cut.scope, false);
	if (cut.to != RUN_NONE)
		return bpr_i_go(run, token, GO_NODE, cut.to);
	bpr_i_token_free(run, token);
	return true;
}

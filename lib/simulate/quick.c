/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The common moment, in one piece: one person has finished a step, takes up the next token that waits, and the finished one goes on to
 * another such step. The same calls in the same order as by way of work.c and move.c, which do everything else; only
 * faster, as nothing is asked that the plan has answered already (RUN_PLAIN).
 */
#include "config.h"
#include "simulate/game_i.h"
#include "simulate/staff_i.h"

static inline void begin_work(struct run *run, uint32_t token)
{
	struct run_token *t = &run->token[token];

	t->started = run->now;
	bpr_i_record_begin(run, token);
	t->phase = RUN_SERVED;
	if (!bpr_i_queue_add(&run->queue, run->now + t->work, RUN_FINISH, token, t->stamp))
		(void)bpr_i_run_nomem(run);
}

static inline uint32_t choose(struct run *run, const struct run_node *node)
{
	const double *until = &run->plan->arc_until[node->first_out];
	double u = bpr_i_game_uniform(run, node, RUN_DRAW_ROUTE);
	uint32_t i = 0;

	while (!(u < until[i]))
		i++;
	return node->first_out + i;
}

bool bpr_i_game_quick(struct run *run, uint32_t token)
{
	const struct run_plan *plan = run->plan;
	struct run_token *t = &run->token[token];
	const struct run_node *node = &plan->node[t->node];
	uint32_t other, arc;

	bpr_i_record_finish(run, token);
	other = bpr_i_staff_fast_done(run, node->pool, token);
	if (other != RUN_NONE)
		begin_work(run, other);
	run->events++;
	arc = node->traits & RUN_CHOICE ? choose(run, node) : node->first_out;
	node = &plan->node[plan->arc_to[arc]];
	if (!(node->traits & RUN_PLAIN) || t->frame)
		return bpr_i_go(run, token, GO_ARC, arc);
	t->node = plan->arc_to[arc];
	t->left = 1;
	if (node->traits & RUN_COUNTED)
		bpr_i_record_enter(run, token);
	t->work = node->work == RUN_NONE ? 0 : bpr_i_draw(&plan->sampler[node->work], &run->stream[node->stream + RUN_DRAW_WORK]);
	t->arrived = t->started = run->now;
	t->closed = t->paused = 0;
	if (bpr_i_staff_fast_ask(run, node->pool, token))
		begin_work(run, token);
	return false;
}

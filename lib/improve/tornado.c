/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which assumptions a result hangs on: they are moved one at a time and ranked by width. */
#include "config.h"
#include "improve/tornado_i.h"
#include "base/options_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <stdlib.h>

static int heavier(const void *a, const void *b)
{
	const struct bpr_i_candidate *x = a, *y = b;

	if (x->weight < y->weight || x->weight > y->weight)
		return x->weight > y->weight ? -1 : 1;
	if (x->turn.of != y->turn.of)
		return x->turn.of < y->turn.of ? -1 : 1;
	if (x->turn.before != y->turn.before)
		return x->turn.before < y->turn.before ? -1 : 1;
	return (x->turn.after > y->turn.after) - (x->turn.after < y->turn.after);
}

static bool is_share(const struct bpr_turn *turn)
{
	return turn->of == BPR_TURN_SHARE || turn->of == BPR_TURN_LOOP || turn->of == BPR_TURN_EVENT;
}

/* Moves every candidate, shares as far as the states allow; its weight is then its width. */
static bpr_status move_all(struct bpr_i_turn_model *m, struct bpr_i_candidates *c, bool *left_out, struct bpr_error *err)
{
	size_t left = m->options.max_states;

	if (c->count)
		qsort(c->items, c->count, sizeof(*c->items), heavier);
	for (size_t i = 0; i < c->count; i++) {
		struct bpr_turn *turn = &c->items[i].turn;
		size_t cost = !is_share(turn) ? 0 : 2 * ((turn->before != BPR_NONE ? m->side[0].states : 0) +
							  (turn->after != BPR_NONE ? m->side[1].states : 0));
		bpr_status status;

		c->items[i].weight = 0;
		if (cost > left) {
			*left_out = true;
			continue;
		}
		left -= cost;
		status = bpr_i_turn_move(m, turn, err);
		if (status == BPR_ENOMEM)
			return status;
		*left_out |= status != BPR_OK;
		c->items[i].weight = status ? 0 : fabs(turn->at_high - turn->at_low);
	}
	if (c->count)
		qsort(c->items, c->count, sizeof(*c->items), heavier);
	return BPR_OK;
}

static bpr_status keep(const struct bpr_i_turn_model *m, const struct bpr_i_candidates *c, struct bpr_tornado *out, struct bpr_error *err)
{
	double least = 1e-9 * (fabs(m->side[0].total) + fabs(m->side[1].total)) * (m->options.cases > 0 ? m->options.cases : 1);

	out->turns = bpr_i_calloc(c->count + 1, sizeof(*out->turns));
	if (!out->turns)
		return bpr_i_nomem(err);
	out->memory = out->turns;
	while (out->count < c->count && out->count < m->options.most && c->items[out->count].weight > least) {
		out->turns[out->count] = c->items[out->count].turn;
		out->count++;
	}
	out->centre = bpr_i_turn_result(m, m->side[0].total, m->side[1].total);
	return BPR_OK;
}

static bool allowed(const struct bpr_tornado_options *o)
{
	return (o->metric == BPR_METRIC_WORK_MINUTES || o->metric == BPR_METRIC_COST_YEN) && o->range > 0 && o->range < 1 &&
	       o->share_range > 0 && o->share_range < 1 && o->cases >= 0 && isfinite(o->cases);
}

bpr_status bpr_improve_tornado(const bpr_flow *before, const bpr_analysis *before_analysis, const bpr_flow *after,
			       const bpr_analysis *after_analysis, const struct bpr_tornado_options *options, struct bpr_tornado *out,
			       struct bpr_error *err)
{
	const bpr_analysis *const analyses[BPR_I_SIDES] = { before_analysis, after_analysis };
	const bpr_flow *const flows[BPR_I_SIDES] = { before, after };
	struct bpr_i_turn_model m = { .options = BPR_TORNADO_OPTIONS_INIT };
	struct bpr_i_candidates c = { 0 };
	bpr_status status = BPR_OK;

	*out = (struct bpr_tornado){ 0 };
	if (!bpr_i_options(&m.options, options) || !allowed(&m.options))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_R004, NULL, 0, NULL, NULL);
	for (size_t i = 0; i < BPR_I_SIDES; i++) {
		if (bpr_analysis_flow_hash(analyses[i]) != bpr_flow_hash(flows[i]))
			return bpr_i_fail(err, BPR_EINVAL, BPR_I_R003, NULL, 0, bpr_flow_id(flows[i]), NULL);
		m.side[i] = (struct bpr_i_turn_side){ .flow = flows[i], .nodes = bpr_analysis_nodes(analyses[i]),
						       .total = bpr_analysis_figure(analyses[i], m.options.metric)->mean };
	}
	for (size_t i = 0; i < BPR_I_SIDES && !status; i++) {
		status = bpr_i_turn_solve(&m, i, err);
		out->shares_left_out |= !m.side[i].states;
	}
	if (!status)
		status = bpr_i_turn_gather(&m, &c, err);
	if (!status)
		status = move_all(&m, &c, &out->shares_left_out, err);
	if (!status)
		status = keep(&m, &c, out, err);
	if (status)
		bpr_tornado_release(out);
	bpr_i_free(c.items);
	bpr_i_arena_release(&m.arena);
	return status;
}

void bpr_tornado_release(struct bpr_tornado *tornado)
{
	bpr_i_free(tornado->memory);
	*tornado = (struct bpr_tornado){ 0 };
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The assumptions of a reform: cases, times of steps, shares of choices, loops and events, rates; and between which ends each moves. */
#include "config.h"
#include "improve/tornado_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <string.h>

static void add(struct bpr_i_candidates *c, struct bpr_turn turn, double weight)
{
	if (c->nomem || !(turn.high > turn.low))
		return;
	if (c->count == c->capacity) {
		size_t capacity = c->capacity ? 2 * c->capacity : 64;
		struct bpr_i_candidate *items = bpr_i_calloc(capacity, sizeof(*items));

		if (!items) {
			c->nomem = true;
			return;
		}
		if (c->count)
			memcpy(items, c->items, c->count * sizeof(*items));
		bpr_i_free(c->items);
		c->items = items;
		c->capacity = capacity;
	}
	c->items[c->count++] = (struct bpr_i_candidate){ turn, weight };
}

static bool is_same(double a, double b)
{
	return fabs(a - b) <= 1e-12 * fmax(fabs(a), fabs(b));
}

static bool same_dist(const struct bpr_dist *a, const struct bpr_dist *b)
{
	if (!a || !b || a->kind != b->kind || !is_same(a->a, b->a) || !is_same(a->b, b->b) || !is_same(a->c, b->c) ||
	    a->value_count != b->value_count)
		return false;
	for (size_t i = 0; i < a->value_count; i++)
		if (!is_same(a->values[i], b->values[i]))
			return false;
	return true;
}

static struct bpr_turn turn_of(enum bpr_turn_of of, size_t side, size_t at, size_t other)
{
	return (struct bpr_turn){ .of = of, .before = side ? other : at, .after = side ? at : other };
}

/* A probability by so much of itself, up at most half of the way to what is left. */
static void move_prob(const struct bpr_i_turn_model *m, struct bpr_turn *turn, double prob, double left)
{
	turn->value = prob;
	turn->low = prob * (1 - m->options.share_range);
	turn->high = fmin(prob * (1 + m->options.share_range), prob + left / 2);
}

/* ---- what there is ---- */

static void add_work(const struct bpr_i_turn_model *m, size_t side, size_t node, size_t other, struct bpr_i_candidates *c)
{
	const struct bpr_node *n = bpr_flow_node(m->side[side].flow, node);
	struct bpr_turn turn = turn_of(BPR_TURN_WORK, side, node, other);

	turn.value = bpr_dist_mean(n->work);
	switch (n->work->kind) {
	case BPR_DIST_UNIF:
		turn.low = n->work->a;
		turn.high = n->work->b;
		break;
	case BPR_DIST_TRI:
	case BPR_DIST_PERT:
		turn.low = n->work->a;
		turn.high = n->work->c;
		break;
	case BPR_DIST_CONSTANT:
	case BPR_DIST_EXP:
	case BPR_DIST_NORM:
	case BPR_DIST_LOGNORM:
	case BPR_DIST_GAMMA:
	case BPR_DIST_ERLANG:
	case BPR_DIST_WEIBULL:
	case BPR_DIST_EMP:
	default:
		turn.low = turn.value * (1 - m->options.range);
		turn.high = turn.value * (1 + m->options.range);
		break;
	}
	add(c, turn, 0);
}

/* Steps of a side; those that both have are gathered with the before. */
static void gather_nodes(const struct bpr_i_turn_model *m, size_t side, struct bpr_i_candidates *c)
{
	const struct bpr_i_turn_side *s = &m->side[side], *o = &m->side[1 - side];

	for (size_t i = 0; i < bpr_flow_node_count(s->flow); i++) {
		const struct bpr_node *n = bpr_flow_node(s->flow, i);
		size_t at = bpr_flow_find(o->flow, n->id);
		const struct bpr_node *twin = at == BPR_NONE ? NULL : bpr_flow_node(o->flow, at);
		double visits = s->nodes[i].visits;
		bool same = twin && same_dist(n->work, twin->work);
		struct bpr_turn turn;

		if (!(visits > 0))
			continue;
		if (n->work && !(side && same && o->nodes[at].visits > 0))
			add_work(m, side, i, same ? at : BPR_NONE, c);
		same = twin && is_same(n->loop_prob, twin->loop_prob);
		if (n->loop_prob > 0 && n->loop_prob < 1 && s->states && !(side && same)) {
			turn = turn_of(BPR_TURN_LOOP, side, i, same && o->states ? at : BPR_NONE);
			move_prob(m, &turn, n->loop_prob, 1 - n->loop_prob);
			add(c, turn, visits);
		}
	}
}

/* The same way out on the other side with the same share, or BPR_NONE. */
static size_t twin_arc(const bpr_flow *flow, const struct bpr_arc *arc, const bpr_flow *other)
{
	size_t from = bpr_flow_find(other, bpr_flow_node(flow, arc->from)->id);
	size_t to = bpr_flow_find(other, bpr_flow_node(flow, arc->to)->id);
	const struct bpr_node *n;

	if (from == BPR_NONE || to == BPR_NONE)
		return BPR_NONE;
	n = bpr_flow_node(other, from);
	for (size_t i = n->first_out; i < n->first_out + n->out_count; i++)
		if (bpr_flow_arc(other, i)->to == to && n->split == BPR_SPLIT_XOR && n->out_count > 1)
			return is_same(bpr_flow_arc(other, i)->prob, arc->prob) ? i : BPR_NONE;
	return BPR_NONE;
}

static void add_share(const struct bpr_i_turn_model *m, size_t side, size_t arc, bool back, struct bpr_i_candidates *c)
{
	const struct bpr_i_turn_side *s = &m->side[side], *o = &m->side[1 - side];
	const struct bpr_arc *a = bpr_flow_arc(s->flow, arc);
	size_t other = o->states ? twin_arc(s->flow, a, o->flow) : BPR_NONE;
	struct bpr_turn turn = turn_of(BPR_TURN_SHARE, side, arc, other);

	if (side && other != BPR_NONE)
		return;
	turn.back = back;
	move_prob(m, &turn, a->prob, 1 - a->prob);
	/* What comes back or goes by a rare way matters as often as it happens; a way back brings all of its circle again. */
	add(c, turn, s->nodes[a->from].visits * a->prob * (back ? 4 : 1));
}

/* Choices of a side: their ways back, or else their rarest way, which is what a survey finds hardest to tell. */
static void gather_shares(const struct bpr_i_turn_model *m, size_t side, const unsigned char *back, struct bpr_i_candidates *c)
{
	const struct bpr_i_turn_side *s = &m->side[side];

	for (size_t i = 0; i < bpr_flow_node_count(s->flow); i++) {
		const struct bpr_node *n = bpr_flow_node(s->flow, i);
		size_t rarest = BPR_NONE;
		bool any_back = false;

		if (n->split != BPR_SPLIT_XOR || n->out_count < 2 || !(s->nodes[i].visits > 0))
			continue;
		for (size_t a = n->first_out; a < n->first_out + n->out_count; a++) {
			double prob = bpr_flow_arc(s->flow, a)->prob;

			if (!(prob > 0 && prob < 1))
				continue;
			if (back[a]) {
				any_back = true;
				add_share(m, side, a, true, c);
			} else if (rarest == BPR_NONE || prob < bpr_flow_arc(s->flow, rarest)->prob) {
				rarest = a;
			}
		}
		if (!any_back && rarest != BPR_NONE)
			add_share(m, side, rarest, false, c);
	}
}

static void gather_events(const struct bpr_i_turn_model *m, size_t side, struct bpr_i_candidates *c)
{
	const struct bpr_i_turn_side *s = &m->side[side], *o = &m->side[1 - side];

	for (size_t i = 0; i < bpr_flow_node_count(s->flow); i++) {
		const struct bpr_node *n = bpr_flow_node(s->flow, i);
		size_t at = bpr_flow_find(o->flow, n->id), count;
		bool same = at != BPR_NONE && o->states && is_same(n->prob, bpr_flow_node(o->flow, at)->prob) &&
			    bpr_flow_node(o->flow, at)->host != BPR_NONE;
		struct bpr_turn turn = turn_of(BPR_TURN_EVENT, side, i, same ? at : BPR_NONE);
		const size_t *events;
		double left = 1;

		if (n->host == BPR_NONE || !(n->prob > 0 && n->prob < 1) || (side && same))
			continue;
		events = bpr_flow_boundary(s->flow, n->host, &count);
		for (size_t k = 0; k < count; k++)
			left -= bpr_flow_node(s->flow, events[k])->prob;
		move_prob(m, &turn, n->prob, fmax(left, 0));
		add(c, turn, s->nodes[n->host].visits * n->prob);
	}
}

static void gather_rates(const struct bpr_i_turn_model *m, size_t side, struct bpr_i_candidates *c)
{
	const bpr_flow *flow = m->side[side].flow, *other = m->side[1 - side].flow;

	for (size_t i = 0; i < bpr_flow_pool_count(flow); i++) {
		const struct bpr_pool *p = bpr_flow_pool(flow, i);
		size_t at = BPR_NONE;
		struct bpr_turn turn;

		for (size_t k = 0; k < bpr_flow_pool_count(other); k++)
			if (!strcmp(bpr_flow_pool(other, k)->name, p->name) && is_same(bpr_flow_pool(other, k)->yen_per_hour, p->yen_per_hour))
				at = k;
		if (side && at != BPR_NONE)
			continue;
		turn = turn_of(BPR_TURN_RATE, side, i, at);
		turn.value = p->yen_per_hour;
		turn.low = turn.value * (1 - m->options.range);
		turn.high = turn.value * (1 + m->options.range);
		add(c, turn, 0);
	}
}

static bpr_status gather_side(const struct bpr_i_turn_model *m, size_t side, struct bpr_i_candidates *c, struct bpr_error *err)
{
	const bpr_flow *flow = m->side[side].flow;
	unsigned char *back = bpr_i_calloc(bpr_flow_arc_count(flow) + 1, 1);
	bpr_status status = back ? BPR_OK : bpr_i_nomem(err);

	gather_nodes(m, side, c);
	if (m->options.metric == BPR_METRIC_COST_YEN)
		gather_rates(m, side, c);
	if (!status && m->side[side].states) {
		status = bpr_i_turn_back(flow, back, err);
		if (!status)
			gather_shares(m, side, back, c);
		gather_events(m, side, c);
	}
	bpr_i_free(back);
	return !status && c->nomem ? bpr_i_nomem(err) : status;
}

bpr_status bpr_i_turn_gather(const struct bpr_i_turn_model *m, struct bpr_i_candidates *out, struct bpr_error *err)
{
	bpr_status status = BPR_OK;

	if (m->options.cases > 0) {
		struct bpr_turn turn = turn_of(BPR_TURN_CASES, 0, BPR_NONE, BPR_NONE);

		turn.value = m->options.cases;
		turn.low = turn.value * (1 - m->options.range);
		turn.high = turn.value * (1 + m->options.range);
		add(out, turn, 0);
	}
	for (size_t side = 0; side < BPR_I_SIDES && !status; side++)
		status = gather_side(m, side, out, err);
	return status;
}

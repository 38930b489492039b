/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * In which order a case meets its steps, and where the citizen is meanwhile: a Markov chain over nodes and places, whose moves are
 * those of the analysis. Branches that run side by side are walked one after the other, as written.
 */
#include "config.h"
#include "study/visit_i.h"
#include <math.h>
#include <string.h>

enum { PLACE_NONE = 0, PLACE_AWAY, PLACE_COUNTERS, MOST_SWEEPS = 2000, MOST_STATES = 4000000, MOST_BRANCHES = 1000 };
#define OFFICE_DAY 480 /* minutes: nobody stays in a building for longer */

/* ---- order ---- */

struct visitor {
	const bpr_flow *flow;
	unsigned char *mark; /* 0 new, 1 on the way down, 2 done */
	size_t *stack, *next;
	struct bpr_visit_order *out;
};

size_t bpr_i_visit_way(const bpr_flow *flow, size_t node, size_t i, size_t *arc)
{
	const struct bpr_node *n = bpr_flow_node(flow, node);
	size_t count;
	const size_t *events = bpr_flow_boundary(flow, node, &count);

	*arc = BPR_NONE;
	if (i < count)
		return events[count - 1 - i];
	i -= count;
	if (i >= n->out_count)
		return BPR_NONE;
	*arc = n->first_out + n->out_count - 1 - i;
	return bpr_flow_arc(flow, *arc)->to;
}

/* Depth first, last way first, so that in reverse the ways stand as written. */
static void descend(struct visitor *v, size_t root)
{
	size_t depth = 0;

	if (v->mark[root])
		return;
	v->stack[0] = root;
	v->next[0] = 0;
	v->mark[root] = 1;
	for (;;) {
		size_t arc, node = v->stack[depth], to = bpr_i_visit_way(v->flow, node, v->next[depth]++, &arc);

		if (to == BPR_NONE) {
			v->mark[node] = 2;
			v->out->nodes[v->out->count++] = node;
			if (!depth--)
				return;
		} else if (!v->mark[to]) {
			v->mark[to] = 1;
			v->stack[++depth] = to;
			v->next[depth] = 0;
		} else if (v->mark[to] == 1 && arc != BPR_NONE) {
			v->out->back[arc] = 1;
		}
	}
}

bool bpr_i_visit_order(struct bpr_arena *arena, const bpr_flow *flow, struct bpr_visit_order *out)
{
	size_t n = bpr_flow_node_count(flow);
	struct visitor v = { flow, bpr_i_arena_alloc(arena, n + 1, 1), bpr_i_arena_alloc(arena, n + 1, sizeof(size_t)),
			     bpr_i_arena_alloc(arena, n + 1, sizeof(size_t)), out };

	*out = (struct bpr_visit_order){ bpr_i_arena_alloc(arena, n + 1, sizeof(size_t)), 0,
					 bpr_i_arena_alloc(arena, bpr_flow_arc_count(flow) + 1, 1) };
	if (!v.mark || !v.stack || !v.next || !out->nodes || !out->back)
		return false;
	for (size_t i = n; i-- > 0;)
		if (bpr_flow_node(flow, i)->kind == BPR_NODE_START)
			descend(&v, i);
	for (size_t i = 0; i < out->count / 2; i++) {
		size_t other = out->nodes[i];

		out->nodes[i] = out->nodes[out->count - 1 - i];
		out->nodes[out->count - 1 - i] = other;
	}
	return true;
}

/* ---- places ---- */

/* Words that say that a step is a way; Latin ones in any case, at the beginning of a word. */
static bool says(const char *name, const char *word)
{
	size_t length = strlen(word);

	for (const char *c = name; *c; c++) {
		size_t i = 0;
		bool begins = (unsigned char)word[0] >= 0x80 || c == name || c[-1] == ' ' || c[-1] == '-';

		while (begins && i < length && ((c[i] | 0x20) == word[i] || c[i] == word[i]))
			i++;
		if (i == length)
			return true;
	}
	return false;
}

bool bpr_i_visit_is_way(const struct bpr_node *node)
{
	static const char *const words[] = { "移動",   "向かう", "戻る", "もどる", "へ行く",  "に行く",   "歩く",
					     "歩いて", "walk",   "move", "go to",  "go back", "return to" };

	if (node->actor != BPR_ACTOR_CITIZEN || node->write_count || node->counter != BPR_NONE || node->away ||
	    !node->work)
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (says(node->name, words[i]))
			return true;
	return false;
}

bool bpr_i_visit_waits_at_home(const struct bpr_node *n)
{
	return bpr_dist_mean(n->wait) >= OFFICE_DAY ||
	       (n->actor != BPR_ACTOR_CITIZEN && bpr_dist_mean(n->work) >= OFFICE_DAY);
}

/* The counter at which a step is, or BPR_NONE; gateways are nowhere. */
static size_t counter_of(const struct bpr_node *n)
{
	return n->kind == BPR_NODE_XOR || n->kind == BPR_NODE_AND || n->kind == BPR_NODE_OR ? BPR_NONE : n->counter;
}

static bool goes_away(const struct bpr_node *n)
{
	return n->away && n->kind != BPR_NODE_XOR && n->kind != BPR_NODE_AND && n->kind != BPR_NODE_OR;
}

/* States: four times the place, and bits of what has become of the citizen since. */
enum { ON_THE_WAY = 1, /* the way to the next counter has been gone already */ AT_HOME = 2, BITS = 4 };

struct chain {
	const bpr_flow *flow;
	const double *visits, *passages;
	const struct bpr_visit_beside *beside;
	size_t states;
	double *share; /* [node * states + state] of entries */
	double *fresh; /* [states] */
};

static size_t leaves_in(const struct chain *c, const struct bpr_node *n, size_t state)
{
	size_t counter = counter_of(n), there = counter == BPR_NONE ? c->states : BITS * (PLACE_COUNTERS + counter);

	if (goes_away(n))
		return BITS * PLACE_AWAY;
	if (counter != BPR_NONE)
		return there < c->states ? there : BITS * PLACE_NONE;
	if (bpr_i_visit_waits_at_home(n))
		return state | AT_HOME;
	return bpr_i_visit_is_way(n) && state / BITS != PLACE_AWAY ? state | ON_THE_WAY : state;
}

static double entries(const struct chain *c, size_t node)
{
	size_t count;
	const size_t *in = bpr_flow_arcs_in(c->flow, node, &count);
	const struct bpr_node *n = bpr_flow_node(c->flow, node);
	double sum = n->kind == BPR_NODE_START ? n->prob : 0;

	for (size_t i = 0; i < count; i++)
		sum += c->passages[in[i]];
	if (n->host != BPR_NONE)
		sum += c->visits[node];
	return sum;
}

/* Where one comes from along an arc: for a branch, from the end of the one before it. */
static size_t walked_from(const struct chain *c, size_t arc)
{
	for (size_t i = 0; c->beside->feed[arc] != BPR_NONE && i < MOST_BRANCHES; i++)
		arc = c->beside->feed[arc];
	return bpr_flow_arc(c->flow, arc)->from;
}

static void add_from(const struct chain *c, size_t from, double weight)
{
	const struct bpr_node *n = bpr_flow_node(c->flow, from);

	for (size_t s = 0; weight > 0 && s < c->states; s++) {
		double share = c->share[from * c->states + s];

		if (share > 0)
			c->fresh[leaves_in(c, n, s)] += weight * share;
	}
}

/* One node from those before it; the greatest change of a share. */
static double settle(const struct chain *c, size_t node)
{
	size_t count;
	const size_t *in = bpr_flow_arcs_in(c->flow, node, &count);
	const struct bpr_node *n = bpr_flow_node(c->flow, node);
	double sum = 0, change = 0, *share = &c->share[node * c->states];

	memset(c->fresh, 0, c->states * sizeof(*c->fresh));
	if (n->kind == BPR_NODE_START)
		c->fresh[BITS * PLACE_NONE] += n->prob > 0 ? n->prob : 1;
	for (size_t i = 0; i < count; i++)
		if (c->beside->last[node] == BPR_NONE || c->beside->last[node] == in[i])
			add_from(c, walked_from(c, in[i]), c->passages[in[i]]);
	if (n->host != BPR_NONE)
		add_from(c, n->host, 1);
	for (size_t s = 0; s < c->states; s++)
		sum += c->fresh[s];
	for (size_t s = 0; sum > 0 && s < c->states; s++) {
		double now = c->fresh[s] / sum;

		change = fmax(change, fabs(now - share[s]));
		share[s] = now;
	}
	return change;
}

/* Comings beyond the first of an entry: whoever goes home after each of several executions comes as often. */
static double again(const struct chain *c, size_t node, double entered)
{
	return goes_away(bpr_flow_node(c->flow, node)) ? fmax(0, c->visits[node] - entered) : 0;
}

/* Ways to a counter, and ways out. */
static void read_moves(const struct chain *c, size_t node, double entered, double *moves)
{
	const struct bpr_node *n = bpr_flow_node(c->flow, node);
	size_t outside = bpr_flow_counter_count(c->flow);
	size_t to = counter_of(n) == BPR_NONE ? outside : counter_of(n);

	if (to == outside && !goes_away(n) && n->kind != BPR_NODE_END)
		return;
	if (to != outside && (goes_away(n) || n->kind == BPR_NODE_END)) /* served there, and home */
		moves[to * (outside + 1) + outside] += entered + again(c, node, entered);
	if (to != outside)
		moves[outside * (outside + 1) + to] += again(c, node, entered);
	for (size_t s = 0; s < c->states; s++) {
		size_t from = s / BITS < PLACE_COUNTERS ? outside : s / BITS - PLACE_COUNTERS;

		if (from != to)
			moves[from * (outside + 1) + to] += entered * c->share[node * c->states + s];
	}
}

static void read_places(const struct chain *c, size_t node, struct bpr_visit_places *out)
{
	const struct bpr_node *n = bpr_flow_node(c->flow, node);
	const double *share = &c->share[node * c->states];
	double entered = entries(c, node);
	size_t counter = counter_of(n);

	if (out->moves)
		read_moves(c, node, entered, out->moves);
	for (size_t s = 0; s < c->states && counter == BPR_NONE; s++)
		out->away[node] += s / BITS == PLACE_AWAY || s & AT_HOME ? share[s] : 0;
	if (counter == BPR_NONE && (goes_away(n) || bpr_i_visit_waits_at_home(n)))
		out->away[node] = 1;
	if (counter == BPR_NONE || c->states == BITS * PLACE_COUNTERS)
		return;
	out->comings[node] = out->walks[node] = again(c, node, entered);
	for (size_t s = 0; s < c->states; s++) {
		bool elsewhere = s / BITS != PLACE_COUNTERS + counter;

		out->comings[node] += elsewhere ? entered * share[s] : 0;
		out->walks[node] += (elsewhere || s & AT_HOME) && !(s & ON_THE_WAY) ? entered * share[s] : 0;
	}
}

bool bpr_i_visit_places(struct bpr_arena *arena, const bpr_flow *flow, const double *visits, const double *passages,
			const struct bpr_visit_order *order, const struct bpr_visit_beside *beside,
			struct bpr_visit_places *out)
{
	size_t n = bpr_flow_node_count(flow);
	struct chain c = { flow, visits, passages, beside, BITS * (PLACE_COUNTERS + bpr_flow_counter_count(flow)),
			   NULL, NULL };
	size_t counters = bpr_flow_counter_count(flow);
	double change = 1;

	if ((n + 1) > MOST_STATES / c.states)
		c.states = BITS * PLACE_COUNTERS; /* too many: only whether anybody is there is followed */
	c.share = bpr_i_arena_alloc(arena, n + 1, c.states * sizeof(*c.share));
	c.fresh = bpr_i_arena_alloc(arena, c.states, sizeof(*c.fresh));
	*out = (struct bpr_visit_places){ bpr_i_arena_alloc(arena, n + 1, sizeof(double)),
					  bpr_i_arena_alloc(arena, n + 1, sizeof(double)), NULL,
					  bpr_i_arena_alloc(arena, n + 1, sizeof(double)) };
	if (c.states > BITS * PLACE_COUNTERS && counters < 1000) {
		out->moves = bpr_i_arena_alloc(arena, (counters + 1) * (counters + 1), sizeof(double));
		if (!out->moves)
			return false;
	}
	if (!c.share || !c.fresh || !out->away || !out->walks || !out->comings)
		return false;
	for (size_t sweep = 0; sweep < MOST_SWEEPS && change > 1e-13; sweep++) {
		change = 0;
		for (size_t i = 0; i < order->count; i++)
			change = fmax(change, settle(&c, order->nodes[i]));
	}
	for (size_t i = 0; i < order->count; i++)
		read_places(&c, order->nodes[i], out);
	return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One case at a time, by the clock. */
#include "config.h"
#include "analyse/game_play_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <string.h>

/* Lists of steps that are kept from case to case. */
#define MAX_LISTS 1000000

static bool play(struct bpr_game *g, struct stage *s);

/* ---- random streams ---- */

static struct bpr_rng *stream(struct bpr_game *g, struct bpr_rng *of, size_t node, enum bpr_draw draw)
{
	if (!(g->seeded[node] & 1u << draw)) {
		g->seeded[node] |= 1u << draw;
		bpr_i_rng_seed(&of[node], g->options.seed, g->index, node, draw);
	}
	return &of[node];
}

static double uniform(struct bpr_game *g, size_t node)
{
	return bpr_i_rng_uniform(stream(g, g->way, node, BPR_DRAW_WAY));
}

/* ---- the clock ---- */

static bool add_busy(struct bpr_game *g, struct stage *s, size_t node, double time, bool enters, struct token token)
{
	struct busy b = { time, g->order++, (uint32_t)node, enters, token };
	size_t at = s->heap_count;

	if (!bpr_i_grow(&s->heap, &s->heap_capacity, at + 1, sizeof(*s->heap)))
		return false;
	s->heap_count++;
	for (; at && sooner(&b, &s->heap[(at - 1) / 2]); at = (at - 1) / 2)
		s->heap[at] = s->heap[(at - 1) / 2];
	s->heap[at] = b;
	return true;
}

static struct busy take_busy(struct stage *s)
{
	struct busy top = s->heap[0], last = s->heap[--s->heap_count];
	size_t at = 0, child;

	while ((child = 2 * at + 1) < s->heap_count) {
		child += child + 1 < s->heap_count && sooner(&s->heap[child + 1], &s->heap[child]);
		if (!sooner(&s->heap[child], &last))
			break;
		s->heap[at] = s->heap[child];
		at = child;
	}
	if (s->heap_count)
		s->heap[at] = last;
	return top;
}

/* ---- tokens on their way ---- */

static bool go(struct stage *s, size_t where, enum going_kind kind, struct token token)
{
	if (!bpr_i_grow(&s->going, &s->going_capacity, s->going_count + 1, sizeof(*s->going)))
		return false;
	s->going[s->going_count++] = (struct going){ (uint32_t)where, kind, token };
	return true;
}

/* Duration of all executions of one entry; *work is what of it lies on the way. */
static double draw_minutes(struct bpr_game *g, size_t node, double *work)
{
	const struct bpr_node *n = g->plan->node[node];
	double longest = 0, on_way = 0, total = 0;

	*work = 0;
	if (!n->work && !n->wait)
		return 0;
	for (size_t i = 0; i < n->repeat; i++) {
		double w = n->work ? bpr_i_dist_draw(n->work, stream(g, g->work, node, BPR_DRAW_WORK)) : 0;
		double d = w + (n->wait ? bpr_i_dist_draw(n->wait, stream(g, g->wait, node, BPR_DRAW_WAIT)) : 0);

		total += w;
		if (!n->repeat_parallel) {
			longest += d;
			on_way += w;
		} else if (d > longest || i == 0) {
			longest = d;
			on_way = w;
		}
	}
	g->minutes[node] += total;
	*work = on_way;
	return longest;
}

static bool note_passage(struct bpr_game *g, struct stage *s, size_t node, double work, struct token *token)
{
	if (!bpr_i_grow(&g->passage, &g->passage_capacity, g->passage_count + 1, sizeof(*g->passage)))
		return false;
	g->passage[g->passage_count] = (struct bpr_passage){ token->passage, (uint32_t)node, work };
	token->passage = s->last = g->passage_count++;
	return true;
}

static bool leave(struct bpr_game *g, struct stage *s, size_t node, struct token token);

static bool execute(struct bpr_game *g, struct stage *s, size_t node, struct token token)
{
	double work, minutes;

	if (token.attr == BPR_CELLS_FAILED)
		return bpr_i_game_nomem(g);
	minutes = draw_minutes(g, node, &work);
	if (g->executions[node] <= 0)
		g->touched[g->touched_count++] = (uint32_t)node;
	g->executions[node] += bpr_i_plan_repeat(g->plan, node);
	if (g->plan->trait[node] & BPR_TRAIT_INCOMPLETE)
		g->incomplete = 1;
	if (g->policy) {
		double reward[BPR_REWARD_MAX];

		(void)bpr_i_policy_reward(g->policy, token.attr, node, reward);
		g->handoffs += reward[0];
	}
	if (g->options.entered)
		g->options.entered(g->options.data, node, token.attr);
	if (g->policy)
		token.attr = bpr_i_policy_enter(g->policy, token.attr, node);
	if (!note_passage(g, s, node, work, &token))
		return bpr_i_game_nomem(g);
	if (!(minutes > 0))
		return leave(g, s, node, token);
	return add_busy(g, s, node, s->now + minutes, false, token) ? true : bpr_i_game_nomem(g);
}

/* ---- rounds side by side ---- */

static struct stage *open_stage(struct bpr_game *g, size_t inside, double now)
{
	struct stage *s;

	if (g->depth == g->stage_count) {
		struct stage **all = bpr_i_realloc(g->stage, g->stage_count + 1, sizeof(*all));

		if (!all)
			return NULL;
		g->stage = all;
		if (!(s = bpr_i_calloc(1, sizeof(*s))))
			return NULL;
		s->first = bpr_i_calloc(g->plan->arc_count, sizeof(*s->first));
		s->have = bpr_i_calloc(g->plan->n, sizeof(*s->have));
		if (!s->first || !s->have) {
			bpr_i_free(s->first);
			bpr_i_free(s->have);
			bpr_i_free(s);
			return NULL;
		}
		g->stage[g->stage_count++] = s;
	}
	s = g->stage[g->depth++];
	s->now = now;
	s->inside = inside;
	s->over = false;
	s->left_by = BPR_NONE;
	s->last = BPR_NONE;
	return s;
}

static void close_stage(struct bpr_game *g)
{
	struct stage *s = g->stage[--g->depth];

	for (size_t i = 0; i < s->waiting_count; i++)
		s->first[s->waiting[i].arc] = 0;
	for (size_t i = 0; i < s->join_count; i++)
		s->have[s->joins[i]] = 0;
	s->heap_count = s->going_count = s->waiting_count = s->join_count = 0;
}

/* Adds to "out" what one more round, over at its exit, brings; the passage is that of the latest round. */
static void merge_round(struct bpr_game *g, struct token *out, const struct stage *round, size_t scope, bool first, double latest)
{
	if (g->policy)
		out->attr = first ? round->out.attr : bpr_i_policy_merge(g->policy, out->attr, round->out.attr, scope);
	if (first || round->now >= latest)
		out->passage = round->out.passage;
}

/* All rounds of a scope, each on a stage of its own; the latest one sets the time, unless one leaves by another way before. */
static bool side_by_side(struct bpr_game *g, struct stage *s, size_t scope, struct token token)
{
	const struct bpr_scope *info = bpr_flow_scope(g->plan->flow, scope);
	double latest = s->now, escaped = (double)INFINITY;
	size_t way_out = BPR_NONE;
	struct token out = token, gone = token;
	bool any = false;

	for (size_t i = 0; i < info->repeat; i++) {
		struct stage *round = open_stage(g, scope, s->now);
		bool ok;

		if (!round)
			return bpr_i_game_nomem(g);
		ok = execute(g, round, info->entry, token) && play(g, round);
		if (ok && round->left_by != BPR_NONE && round->now < escaped) {
			escaped = round->now;
			way_out = round->left_by;
			gone = round->out;
		} else if (ok && round->over) {
			merge_round(g, &out, round, scope, !any, latest);
			latest = fmax(latest, round->now);
			any = true;
		}
		close_stage(g);
		if (!ok)
			return false;
	}
	if (way_out == BPR_NONE && !any)
		return true;
	/* Out by another way, at once; else by the exit when the last round is done. */
	if (way_out != BPR_NONE)
		return add_busy(g, s, way_out, escaped, true, gone) ? true : bpr_i_game_nomem(g);
	return add_busy(g, s, info->exit, latest, false, out) ? true : bpr_i_game_nomem(g);
}

bool bpr_i_game_enter(struct bpr_game *g, struct stage *s, size_t node, struct token token)
{
	if (++g->moves > g->options.max_moves) {
		g->status = BPR_ELIMIT;
		return false;
	}
	if (g->plan->trait[node] & BPR_TRAIT_ENTRY) {
		size_t scope = g->plan->scope_at[node];
		const struct bpr_scope *info = bpr_flow_scope(g->plan->flow, scope);

		if (info->repeat_parallel && s->inside != scope)
			return side_by_side(g, s, scope, token);
		g->rounds[scope] = (uint32_t)(info->repeat < UINT32_MAX ? info->repeat - 1 : UINT32_MAX);
	}
	return execute(g, s, node, token);
}

/* ---- ways out ---- */

static bool split_or(struct bpr_game *g, struct stage *s, size_t node, struct token token)
{
	const struct bpr_node *n = g->plan->node[node];
	size_t at = s->going_count;
	bool taken = false;

	for (size_t i = 0; i < n->out_count; i++)
		if (uniform(g, node) < bpr_i_plan_or_prob(g->plan, node, i, false, taken)) {
			taken = true;
			if (!go(s, n->first_out + i, GO_ARC, token))
				return bpr_i_game_nomem(g);
		}
	/* The first as written goes first: it has to lie on top. */
	for (size_t a = at, b = s->going_count; a + 1 < b; a++) {
		struct going swap = s->going[a];

		s->going[a] = s->going[--b];
		s->going[b] = swap;
	}
	return true;
}

static bool go_out(struct bpr_game *g, struct stage *s, size_t node, struct token token)
{
	const struct bpr_plan *plan = g->plan;
	const struct bpr_node *n = plan->node[node];
	double u;
	size_t i = 0;

	if (plan->trait[node] & BPR_TRAIT_TERMINATE)
		return bpr_i_game_terminate(g, s, node, token);
	if (plan->trait[node] & BPR_TRAIT_SPLIT_OR)
		return split_or(g, s, node, token);
	if (plan->trait[node] & BPR_TRAIT_SPLIT_AND) {
		for (i = n->out_count; i-- > 0;)
			if (!go(s, n->first_out + i, GO_ARC, token))
				return bpr_i_game_nomem(g);
		return true;
	}
	if (!n->out_count)
		return true;
	if (n->out_count > 1) {
		u = uniform(g, node);
		while (i + 1 < n->out_count && !(u < plan->arc_prob[n->first_out + i]))
			u -= plan->arc_prob[n->first_out + i++];
		while (i && !(plan->arc_prob[n->first_out + i] > 0)) /* rounding at the end of the shares */
			i--;
	}
	return go(s, n->first_out + i, GO_ARC, token) ? true : bpr_i_game_nomem(g);
}

static bool end_round(struct bpr_game *g, struct stage *s, size_t node, struct token token, bool *again)
{
	size_t scope = g->plan->scope_at[node];

	*again = true;
	if (s->inside == scope) {
		s->over = true;
		s->out = token;
		return true;
	}
	if (!bpr_flow_scope(g->plan->flow, scope)->repeat_parallel && g->rounds[scope]) {
		g->rounds[scope]--;
		return go(s, bpr_flow_scope(g->plan->flow, scope)->entry, GO_AGAIN, token) ? true : bpr_i_game_nomem(g);
	}
	*again = false;
	return true;
}

/* What happened while the step was at work comes before what follows it: a terminate end behind it finds it done. */
static void put_on_top(struct stage *s, size_t first, size_t count)
{
	while (count--) {
		struct going moved = s->going[first];

		memmove(&s->going[first], &s->going[first + 1], (s->going_count - first - 1) * sizeof(moved));
		s->going[s->going_count - 1] = moved;
	}
}

static bool leave(struct bpr_game *g, struct stage *s, size_t node, struct token token)
{
	const struct bpr_plan *plan = g->plan;
	unsigned trait = plan->trait[node];
	size_t first = s->going_count;
	size_t spawned;
	double u;
	bool again;

	if ((trait & BPR_TRAIT_LOOP) && uniform(g, node) < plan->node[node]->loop_prob)
		return go(s, node, GO_AGAIN, token) ? true : bpr_i_game_nomem(g);
	if (trait & BPR_TRAIT_EXIT) {
		if (!end_round(g, s, node, token, &again))
			return false;
		if (again)
			return true;
	}
	for (size_t i = plan->edge_row[node + 1]; (trait & BPR_TRAIT_SPAWN) && i-- > plan->edge_row[node] + plan->interrupt_count[node];)
		if (uniform(g, node) < plan->node[plan->edge[i]]->prob && !go(s, plan->edge[i], GO_NODE, token))
			return bpr_i_game_nomem(g);
	spawned = s->going_count - first;
	if (trait & BPR_TRAIT_INTERRUPT) {
		u = uniform(g, node);
		for (size_t i = 0; i < plan->interrupt_count[node]; i++) {
			size_t event = plan->edge[plan->edge_row[node] + i];

			if (u < plan->node[event]->prob) {
				if (!go(s, event, GO_NODE, token))
					return bpr_i_game_nomem(g);
				put_on_top(s, first, spawned);
				return true;
			}
			u -= plan->node[event]->prob;
		}
	}
	if (!go_out(g, s, node, token))
		return false;
	put_on_top(s, first, spawned);
	return true;
}

/* ---- a case ---- */

static bool go_on(struct bpr_game *g, struct stage *s, struct going next)
{
	s->last = next.token.passage;
	switch (next.kind) {
	case GO_ARC:
		return bpr_i_game_cross(g, s, next.where, next.token);
	case GO_AGAIN:
		if (++g->moves <= g->options.max_moves)
			return execute(g, s, next.where, next.token);
		g->status = BPR_ELIMIT;
		return false;
	case GO_NODE:
	default:
		return bpr_i_game_enter(g, s, next.where, next.token);
	}
}

/* Nothing else can move: an OR join fires with what has come, or the case can never end. */
static bool force_or(struct bpr_game *g, struct stage *s)
{
	bool fired;

	if (!bpr_i_game_try_or(g, s, true, &fired))
		return false;
	if (!fired)
		g->status = BPR_ENOEXIT;
	return fired;
}

/* Goes to the moment when the next busy token is done. */
static bool next_done(struct bpr_game *g, struct stage *s)
{
	struct busy done = take_busy(s);

	s->now = done.time;
	s->last = done.token.passage;
	return done.enters ? bpr_i_game_enter(g, s, done.node, done.token) : leave(g, s, done.node, done.token);
}

static bool play(struct bpr_game *g, struct stage *s)
{
	bool fired;

	while (!s->over && s->left_by == BPR_NONE) {
		if (s->going_count) {
			if (!go_on(g, s, s->going[--s->going_count]))
				return false;
			continue;
		}
		if (s->join_count) {
			if (!bpr_i_game_try_or(g, s, false, &fired))
				return false;
			if (fired)
				continue;
		}
		if (s->heap_count) {
			if (!next_done(g, s))
				return false;
			continue;
		}
		if (!s->join_count)
			return true;
		if (!force_or(g, s))
			return false;
	}
	return true;
}

static void reset(struct bpr_game *g, unsigned long long index)
{
	for (size_t i = 0; i < g->touched_count; i++) {
		g->executions[g->touched[i]] = 0;
		g->minutes[g->touched[i]] = 0;
		g->seeded[g->touched[i]] = 0;
	}
	while (g->depth)
		close_stage(g);
	if (g->policy && g->policy->cells.count > MAX_LISTS)
		bpr_i_cells_release(&g->policy->cells); /* attributes live no longer than their case */
	g->touched_count = g->passage_count = g->moves = 0;
	g->handoffs = g->incomplete = 0;
	g->order = 0;
	g->index = index;
	g->status = BPR_OK;
}

bpr_status bpr_i_game_play(bpr_game *g, unsigned long long index, struct bpr_case *out)
{
	const struct bpr_plan *plan = g->plan;
	struct token token = { 0, BPR_NONE };
	struct bpr_rng rng;
	struct stage *s;
	size_t start = 0;
	double u;

	reset(g, index);
	bpr_i_rng_seed(&rng, g->options.seed, index, 0, BPR_DRAW_START);
	u = bpr_i_rng_uniform(&rng);
	while (start + 1 < plan->start_count && !(u < plan->start_prob[start]))
		u -= plan->start_prob[start++];
	s = open_stage(g, BPR_NONE, 0);
	if (!s)
		return BPR_ENOMEM;
	if (!bpr_i_game_enter(g, s, plan->start[start], token) || !play(g, s))
		return g->status == BPR_OK ? BPR_ENOMEM : g->status;
	*out = (struct bpr_case){ s->now, g->incomplete, g->handoffs, g->touched_count, g->touched, g->executions, g->minutes,
		g->passage, s->last };
	return BPR_OK;
}

bpr_status bpr_i_game_new(struct bpr_walk *walk, struct bpr_policy *policy, const struct bpr_game_options *options, bpr_game **out,
			  struct bpr_error *err)
{
	size_t n = walk->plan->n;
	struct bpr_game *g = bpr_i_calloc(1, sizeof(*g));

	*out = NULL;
	if (!g)
		return bpr_i_nomem(err);
	g->plan = walk->plan;
	g->walk = walk;
	g->policy = policy;
	g->options = *options;
	g->way = bpr_i_calloc(n, sizeof(*g->way));
	g->work = bpr_i_calloc(n, sizeof(*g->work));
	g->wait = bpr_i_calloc(n, sizeof(*g->wait));
	g->seeded = bpr_i_calloc(n, sizeof(*g->seeded));
	g->rounds = bpr_i_calloc(bpr_flow_scope_count(g->plan->flow), sizeof(*g->rounds));
	g->touched = bpr_i_calloc(n, sizeof(*g->touched));
	g->executions = bpr_i_calloc(n, sizeof(*g->executions));
	g->minutes = bpr_i_calloc(n, sizeof(*g->minutes));
	if (!g->way || !g->work || !g->wait || !g->seeded || !g->rounds || !g->touched || !g->executions || !g->minutes) {
		bpr_i_game_free(g);
		return bpr_i_nomem(err);
	}
	*out = g;
	return BPR_OK;
}

void bpr_i_game_free(bpr_game *g)
{
	if (!g)
		return;
	for (size_t i = 0; i < g->stage_count; i++) {
		bpr_i_free(g->stage[i]->heap);
		bpr_i_free(g->stage[i]->going);
		bpr_i_free(g->stage[i]->waiting);
		bpr_i_free(g->stage[i]->first);
		bpr_i_free(g->stage[i]->have);
		bpr_i_free(g->stage[i]->joins);
		bpr_i_free(g->stage[i]);
	}
	bpr_i_free(g->stage);
	bpr_i_free(g->way);
	bpr_i_free(g->work);
	bpr_i_free(g->wait);
	bpr_i_free(g->seeded);
	bpr_i_free(g->rounds);
	bpr_i_free(g->passage);
	bpr_i_free(g->attr);
	bpr_i_free(g->touched);
	bpr_i_free(g->executions);
	bpr_i_free(g->minutes);
	bpr_i_free(g);
}

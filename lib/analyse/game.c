/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One case at a time, by the clock. */
#include "config.h"
#include "analyse/game_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <string.h>

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

static bool sooner(const struct busy *a, const struct busy *b)
{
	return a->time < b->time || (!(b->time < a->time) && a->order < b->order);
}

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

static bool out_of_memory(struct bpr_game *g)
{
	g->status = BPR_ENOMEM;
	return false;
}

/* One execution (all of its repeats) begins. */
static bool execute(struct bpr_game *g, struct stage *s, size_t node, struct token token)
{
	double work, minutes;

	if (token.attr == BPR_CELLS_FAILED)
		return out_of_memory(g);
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
		return out_of_memory(g);
	if (!(minutes > 0))
		return leave(g, s, node, token);
	return add_busy(g, s, node, s->now + minutes, false, token) ? true : out_of_memory(g);
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
			return out_of_memory(g);
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
		return add_busy(g, s, way_out, escaped, true, gone) ? true : out_of_memory(g);
	return add_busy(g, s, info->exit, latest, false, out) ? true : out_of_memory(g);
}

static bool enter(struct bpr_game *g, struct stage *s, size_t node, struct token token)
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

/* ---- joins ---- */

static bool add_waiting(struct stage *s, size_t list, struct token token, uint32_t join, bool newest_first)
{
	size_t *at = &s->first[list];

	if (!bpr_i_grow(&s->waiting, &s->waiting_capacity, s->waiting_count + 1, sizeof(*s->waiting))
	    || !bpr_i_grow(&s->joins, &s->join_capacity, s->join_count + 1, sizeof(*s->joins)))
		return false;
	while (*at && !newest_first)
		at = &s->waiting[*at - 1].next;
	s->waiting[s->waiting_count] = (struct waiting){ token, newest_first ? *at : 0, (uint32_t)list };
	*at = ++s->waiting_count;
	for (size_t i = 0; i < s->join_count; i++)
		if (s->joins[i] == join)
			return true;
	s->joins[s->join_count++] = join;
	return true;
}

static void forget_join(struct stage *s, size_t join)
{
	for (size_t i = 0; i < s->join_count; i++)
		if (s->joins[i] == join) {
			memmove(&s->joins[i], &s->joins[i + 1], (s->join_count - i - 1) * sizeof(*s->joins));
			s->join_count--;
			return;
		}
}

static bool remember(struct bpr_game *g, size_t at, uint32_t attr)
{
	if (!bpr_i_grow(&g->attr, &g->attr_capacity, at + 1, sizeof(*g->attr)))
		return out_of_memory(g);
	g->attr[at] = attr;
	return true;
}

static uint32_t merged(struct bpr_game *g, size_t count)
{
	return g->policy ? bpr_i_policy_merge_all(g->policy, g->attr, count) : 0;
}

static bool arrive_and(struct bpr_game *g, struct stage *s, uint32_t arc, struct token token)
{
	uint32_t join = g->plan->arc_to[arc];
	size_t count;
	const size_t *in = bpr_flow_arcs_in(g->plan->flow, join, &count);

	if (s->first[arc] || s->have[join] + 1 < count) {
		s->have[join] += !s->first[arc];
		return add_waiting(s, arc, token, join, false) ? true : out_of_memory(g);
	}
	s->have[join] = 0;
	for (size_t i = 0; i < count; i++) {
		struct waiting *w = in[i] == arc ? NULL : &s->waiting[s->first[in[i]] - 1];

		if (!remember(g, i, w ? w->token.attr : token.attr))
			return false;
		if (w)
			s->first[in[i]] = w->next;
		s->have[join] += s->first[in[i]] != 0;
	}
	token.attr = merged(g, count);
	if (!s->have[join])
		forget_join(s, join);
	return enter(g, s, join, token);
}

static size_t or_list(const struct bpr_game *g, size_t join)
{
	size_t count;

	return bpr_flow_arcs_in(g->plan->flow, join, &count)[0];
}

static bool cross(struct bpr_game *g, struct stage *s, uint32_t arc, struct token token)
{
	size_t to = g->plan->arc_to[arc];
	unsigned trait = g->plan->trait[to];

	if (g->options.passed)
		g->options.passed(g->options.data, arc);
	if (s->inside != BPR_NONE && !bpr_i_plan_in_scope(g->plan, g->plan->node[to]->scope, s->inside)) {
		s->left_by = to;
		s->out = token;
		return true;
	}
	if (trait & BPR_TRAIT_JOIN_AND)
		return arrive_and(g, s, arc, token);
	if (trait & BPR_TRAIT_JOIN_OR)
		return add_waiting(s, or_list(g, to), token, (uint32_t)to, true) ? true : out_of_memory(g);
	return enter(g, s, to, token);
}

static bool others_come(struct bpr_game *g, struct stage *s, size_t join, bool *failed)
{
	for (size_t i = 0; i < s->heap_count; i++)
		if (s->heap[i].enters ? bpr_i_walk_can_reach(g->walk, s->heap[i].node, join, failed)
		    : bpr_i_walk_comes_to(g->walk, s->heap[i].node, join, failed))
			return true;
	for (size_t i = 0; i < s->join_count; i++)
		if (s->joins[i] != join && bpr_i_walk_comes_to(g->walk, s->joins[i], join, failed))
			return true;
	return false;
}

static bool fire_or(struct bpr_game *g, struct stage *s, size_t join)
{
	size_t list = or_list(g, join);
	struct token token = { 0, s->last }; /* what has just happened lets it go on */
	size_t count = 0;

	for (size_t at = s->first[list]; at; at = s->waiting[at - 1].next)
		if (!remember(g, count++, s->waiting[at - 1].token.attr))
			return false;
	token.attr = merged(g, count);
	s->first[list] = 0;
	forget_join(s, join);
	return enter(g, s, join, token);
}

/* Nothing moves at this moment: an OR join to which nothing more comes, or (forced) the first on the way. */
static bool try_or(struct bpr_game *g, struct stage *s, bool forced, bool *fired)
{
	size_t choice = BPR_NONE;
	bool failed = false;

	*fired = false;
	for (size_t i = 0; i < s->join_count && !failed; i++) {
		size_t join = s->joins[i];

		if (!(g->plan->trait[join] & BPR_TRAIT_JOIN_OR))
			continue;
		if ((choice == BPR_NONE || bpr_i_walk_earlier(g->walk, join, choice, &failed))
		    && (forced || !others_come(g, s, join, &failed)))
			choice = join;
	}
	if (failed)
		return out_of_memory(g);
	if (choice == BPR_NONE)
		return true;
	*fired = true;
	return fire_or(g, s, choice);
}

/* ---- ways out ---- */

static void drop_inside(struct bpr_game *g, struct stage *s, size_t scope)
{
	const struct bpr_plan *plan = g->plan;
	size_t kept = 0;

	for (size_t i = 0; i < s->heap_count; i++)
		if (scope != BPR_NONE && !bpr_i_plan_in_scope(plan, plan->node[s->heap[i].node]->scope, scope)) {
			struct busy b = s->heap[i];
			size_t at = kept++;

			for (; at && sooner(&b, &s->heap[(at - 1) / 2]); at = (at - 1) / 2)
				s->heap[at] = s->heap[(at - 1) / 2];
			s->heap[at] = b;
		}
	s->heap_count = kept;
	kept = 0;
	for (size_t i = 0; i < s->going_count; i++) {
		uint32_t node = s->going[i].kind == GO_ARC ? plan->arc_from[s->going[i].where] : s->going[i].where;

		if (scope != BPR_NONE && !bpr_i_plan_in_scope(plan, plan->node[node]->scope, scope))
			s->going[kept++] = s->going[i];
	}
	s->going_count = kept;
	kept = 0;
	for (size_t i = 0; i < s->join_count; i++) {
		uint32_t join = s->joins[i];
		size_t count;
		const size_t *in = bpr_flow_arcs_in(plan->flow, join, &count);

		if (scope != BPR_NONE && !bpr_i_plan_in_scope(plan, plan->node[join]->scope, scope)) {
			s->joins[kept++] = join;
			continue;
		}
		for (size_t k = 0; k < count; k++)
			s->first[in[k]] = 0;
		s->have[join] = 0;
	}
	s->join_count = kept;
}

static bool terminate(struct bpr_game *g, struct stage *s, size_t node, struct token token)
{
	size_t where;
	bool left;
	size_t scope = bpr_i_plan_terminates(g->plan, node, &where, &left);

	if (g->options.passed && g->plan->node[node]->out_count)
		g->options.passed(g->options.data, g->plan->node[node]->first_out);
	drop_inside(g, s, scope);
	if (where >= g->plan->n)
		return true;
	if (s->inside != BPR_NONE && !bpr_i_plan_in_scope(g->plan, g->plan->node[where]->scope, s->inside)) {
		s->left_by = where;
		s->out = token;
		return true;
	}
	return enter(g, s, where, token);
}

static bool split_or(struct bpr_game *g, struct stage *s, size_t node, struct token token)
{
	const struct bpr_node *n = g->plan->node[node];
	size_t at = s->going_count;
	bool taken = false;

	for (size_t i = 0; i < n->out_count; i++)
		if (uniform(g, node) < bpr_i_plan_or_prob(g->plan, node, i, false, taken)) {
			taken = true;
			if (!go(s, n->first_out + i, GO_ARC, token))
				return out_of_memory(g);
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
		return terminate(g, s, node, token);
	if (plan->trait[node] & BPR_TRAIT_SPLIT_OR)
		return split_or(g, s, node, token);
	if (plan->trait[node] & BPR_TRAIT_SPLIT_AND) {
		for (i = n->out_count; i-- > 0;)
			if (!go(s, n->first_out + i, GO_ARC, token))
				return out_of_memory(g);
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
	return go(s, n->first_out + i, GO_ARC, token) ? true : out_of_memory(g);
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
		return go(s, bpr_flow_scope(g->plan->flow, scope)->entry, GO_AGAIN, token) ? true : out_of_memory(g);
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
		return go(s, node, GO_AGAIN, token) ? true : out_of_memory(g);
	if (trait & BPR_TRAIT_EXIT) {
		if (!end_round(g, s, node, token, &again))
			return false;
		if (again)
			return true;
	}
	for (size_t i = plan->edge_row[node + 1]; (trait & BPR_TRAIT_SPAWN) && i-- > plan->edge_row[node] + plan->interrupt_count[node];)
		if (uniform(g, node) < plan->node[plan->edge[i]]->prob && !go(s, plan->edge[i], GO_NODE, token))
			return out_of_memory(g);
	spawned = s->going_count - first;
	if (trait & BPR_TRAIT_INTERRUPT) {
		u = uniform(g, node);
		for (size_t i = 0; i < plan->interrupt_count[node]; i++) {
			size_t event = plan->edge[plan->edge_row[node] + i];

			if (u < plan->node[event]->prob) {
				if (!go(s, event, GO_NODE, token))
					return out_of_memory(g);
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
		return cross(g, s, next.where, next.token);
	case GO_AGAIN:
		if (++g->moves <= g->options.max_moves)
			return execute(g, s, next.where, next.token);
		g->status = BPR_ELIMIT;
		return false;
	case GO_NODE:
	default:
		return enter(g, s, next.where, next.token);
	}
}

/* Nothing else can move: an OR join fires with what has come, or the case can never end. */
static bool force_or(struct bpr_game *g, struct stage *s)
{
	bool fired;

	if (!try_or(g, s, true, &fired))
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
	return done.enters ? enter(g, s, done.node, done.token) : leave(g, s, done.node, done.token);
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
			if (!try_or(g, s, false, &fired))
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
	if (!enter(g, s, plan->start[start], token) || !play(g, s))
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

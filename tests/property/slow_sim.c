/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "base/alloc_i.h"
#include "property/slow_i.h"
#include "property/slow_hours.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- draws ---- */

static double uniform(struct slow *s, size_t node)
{
	return bpr_i_rng_uniform(&s->draw[node][RUN_DRAW_ROUTE]);
}

double slow_minutes(struct slow *s, const struct bpr_dist *dist, size_t node, enum run_purpose purpose)
{
	struct run_sampler sampler;

	if (!dist)
		return 0;
	sampler = bpr_i_run_sampler(dist);
	return bpr_i_run_draw(&sampler, &s->draw[node][purpose]);
}

static void seed_streams(struct slow *s)
{
	for (size_t i = 0; i < s->nodes; i++) {
		const char *id = bpr_flow_node(s->flow, i)->id;

		for (unsigned k = 0; k < RUN_PURPOSES; k++)
			bpr_i_rng_seed(&s->draw[i][k], s->options->seed, s->options->replication, bpr_i_hash(BPR_I_HASH_START, id, strlen(id)), k);
	}
	bpr_i_rng_seed(&s->arrivals, s->options->seed, s->options->replication, bpr_i_hash(BPR_I_HASH_START, "arrivals", 8), 0);
}

/* ---- who can still come to an OR join: every way that does not lead back to the head of a loop around it ---- */

static void flood(const bpr_flow *flow, size_t from, size_t without, bool *seen)
{
	const struct bpr_node *node = bpr_flow_node(flow, from);
	size_t count;
	const size_t *events = bpr_flow_boundary(flow, from, &count);

	if (from == without || seen[from])
		return;
	seen[from] = true;
	for (size_t i = 0; i < node->out_count; i++)
		if (bpr_flow_arc(flow, node->first_out + i)->prob > 0)
			flood(flow, bpr_flow_arc(flow, node->first_out + i)->to, without, seen);
	for (size_t i = 0; i < count; i++)
		if (bpr_flow_node(flow, events[i])->prob > 0)
			flood(flow, events[i], without, seen);
}

static void mark(struct slow *s, bool around[SLOW_NODES][SLOW_NODES], size_t from, size_t to, bool *seen)
{
	const struct bpr_node *node = bpr_flow_node(s->flow, from);
	size_t count;
	const size_t *events = bpr_flow_boundary(s->flow, from, &count);

	if (seen[from])
		return;
	seen[from] = true;
	if (from == to)
		return;
	for (size_t i = 0; i < node->out_count; i++) {
		const struct bpr_arc *arc = bpr_flow_arc(s->flow, node->first_out + i);
		bool back = !around[arc->to][from] && !around[arc->to][to]; /* every case passes it before both */

		if (arc->prob > 0 && !back)
			mark(s, around, arc->to, to, seen);
	}
	for (size_t i = 0; i < count; i++)
		if (bpr_flow_node(s->flow, events[i])->prob > 0)
			mark(s, around, events[i], to, seen);
}

static void find_reach(struct slow *s)
{
	static bool around[SLOW_NODES][SLOW_NODES]; /* [a][b]: b is reached without passing a */

	memset(around, 0, sizeof(around));
	for (size_t a = 0; a < s->nodes; a++)
		for (size_t i = 0; i < s->nodes; i++)
			if (bpr_flow_node(s->flow, i)->kind == BPR_NODE_START)
				flood(s->flow, i, a, around[a]);
	for (size_t from = 0; from < s->nodes; from++)
		for (size_t to = 0; to < s->nodes; to++) {
			bool seen[SLOW_NODES] = { false };

			mark(s, around, from, to, seen);
			s->reach[from][to] = seen[to];
		}
}

/* ---- tokens ---- */

static size_t new_token(struct slow *s, unsigned long long of_case)
{
	size_t at = 0;

	while (at < s->used && s->token[at].phase != GONE)
		at++;
	assert(at < MAX_TOKENS);
	s->used = at == s->used ? at + 1 : s->used;
	memset(&s->token[at], 0, sizeof(s->token[at]));
	s->token[at].phase = MOVING;
	s->token[at].of_case = of_case;
	return at;
}

static void push(struct slow *s, enum move_kind kind, size_t where, size_t token)
{
	assert(s->moves < MAX_MOVES);
	s->move[s->moves++] = (struct move){ kind, where, token };
}

/* ---- a step ---- */

static void leave(struct slow *s, size_t token);
static void work_is_done(struct slow *s, size_t token);

static double next_opening(const struct slow *s)
{
	double at = s->now;

	while (!slow_office_open(s->flow, at))
		at = floor(at) + 1;
	return at;
}

static void execute(struct slow *s, size_t token)
{
	struct token *t = &s->token[token];
	const struct bpr_node *node = node_of(s, token);

	t->arrived = t->started = s->now;
	t->work = slow_minutes(s, node->work, t->node, RUN_DRAW_WORK);
	if (slow_needs_anybody(s, node) || slow_at_counter(s, node) || node->batch > 1) {
		slow_ask(s, token);
		return;
	}
	t->batch = ++s->batches;
	t->came = ++s->order;
	t->leads = true;
	if (!(t->work > 0)) {
		work_is_done(s, token);
	} else if (slow_delayed_by_hours(s, node) && !slow_office_open(s->flow, s->now) && !(s->staying && s->inside[t->of_case])) {
		t->phase = HELD;
		t->due = next_opening(s);
		t->since = s->order++;
	} else {
		t->phase = QUEUED;
		slow_begin(s, token);
	}
}

static void log_step(struct slow *s, const struct token *t)
{
	struct slow_result *r = s->result;

	if (!bpr_node_is_step(bpr_flow_node(s->flow, t->node)))
		return;
	if (r->count == r->capacity) {
		r->capacity = 2 * r->capacity + 256;
		r->event = realloc(r->event, r->capacity * sizeof(*r->event));
		assert(r->event);
	}
	r->event[r->count++] = (struct bpr_sim_event){ .case_number = t->of_case, .node = t->node, .arrived = t->arrived, .started = t->started,
		.finished = s->now };
}

/* People come free, and others begin, before the token goes on. */
static void work_is_done(struct slow *s, size_t token)
{
	struct token *t = &s->token[token];
	double wait;

	log_step(s, t);
	slow_pass_on(s, token);
	t->phase = MOVING;
	slow_serve(s);
	wait = slow_minutes(s, node_of(s, token)->wait, t->node, RUN_DRAW_WAIT);
	if (!(wait > 0)) {
		leave(s, token);
		return;
	}
	t->phase = WAITING;
	t->due = s->now + wait;
	t->since = s->order++;
}

static void enter(struct slow *s, size_t token, size_t node)
{
	s->token[token].node = node;
	s->token[token].phase = MOVING;
	s->token[token].left = bpr_flow_node(s->flow, node)->repeat;
	slow_stay_enter(s, token);
	execute(s, token);
}

/* ---- ways out ---- */

static size_t tokens_of(const struct slow *s, unsigned long long of_case)
{
	size_t count = 0;

	for (size_t i = 0; i < s->used; i++)
		count += s->token[i].phase != GONE && s->token[i].of_case == of_case;
	return count;
}

static void case_is_over(struct slow *s)
{
	s->result->in_process--;
	s->result->finished++;
	s->over = s->options->cases && s->result->finished + s->result->abandoned == s->options->cases;
}

static void come_to_end(struct slow *s, size_t token)
{
	unsigned long long of_case = s->token[token].of_case;
	bool terminate = node_of(s, token)->terminate;

	s->token[token].phase = GONE;
	if (terminate)
		slow_drop_case(s, of_case);
	if (!tokens_of(s, of_case))
		case_is_over(s);
}

static size_t copy_token(struct slow *s, size_t token)
{
	size_t copy = new_token(s, s->token[token].of_case);

	s->token[copy].node = s->token[token].node;
	return copy;
}

/* Chance of a way where none before it was taken and one must be. */
static double or_chance(const struct slow *s, const struct bpr_node *node, size_t way, bool taken)
{
	double own = bpr_flow_arc(s->flow, node->first_out + way)->prob, none = 1;

	for (size_t i = way; i < node->out_count; i++)
		none *= 1 - bpr_flow_arc(s->flow, node->first_out + i)->prob;
	return taken ? own : own / (1 - none);
}

/* The way out of a node, all of it: the token itself takes the first, copies the others; the first as written goes first. */
static void go_out(struct slow *s, size_t token)
{
	const struct bpr_node *node = node_of(s, token);
	size_t way[DRAFT_WAYS], who[DRAFT_WAYS], count = 0;
	double u;

	if (!node->out_count) {
		come_to_end(s, token);
		return;
	}
	if (node->out_count > 1 && node->split == BPR_SPLIT_XOR) {
		size_t i = 0;

		u = uniform(s, s->token[token].node);
		while (i + 1 < node->out_count && !(u < bpr_flow_arc(s->flow, node->first_out + i)->prob))
			u -= bpr_flow_arc(s->flow, node->first_out + i++)->prob;
		push(s, OVER_ARC, node->first_out + i, token);
		return;
	}
	assert(node->out_count <= DRAFT_WAYS);
	for (size_t i = 0; i < node->out_count; i++)
		if (node->out_count == 1 || node->split == BPR_SPLIT_AND
		    || uniform(s, s->token[token].node) < or_chance(s, node, i, count > 0))
			way[count++] = node->first_out + i;
	for (size_t i = 0; i < count; i++)
		who[i] = i ? copy_token(s, token) : token;
	for (size_t i = count; i-- > 0;)
		push(s, OVER_ARC, way[i], who[i]);
}

/* What happens at the border of the step: paths that start beside it go first, in the order written. */
static void leave(struct slow *s, size_t token)
{
	const struct bpr_node *node = node_of(s, token);
	size_t at = s->token[token].node, count, beside[DRAFT_WAYS], beside_count = 0, interrupts = BPR_NONE;
	const size_t *events = bpr_flow_boundary(s->flow, at, &count);
	double u = -1;

	if (s->token[token].left > 1 || (node->loop_prob > 0 && uniform(s, at) < node->loop_prob)) {
		s->token[token].left = s->token[token].left > 1 ? s->token[token].left - 1 : node->repeat;
		push(s, ONCE_MORE, at, token);
		return;
	}
	for (size_t i = 0; i < count; i++)
		if (!bpr_flow_node(s->flow, events[i])->interrupting && bpr_flow_node(s->flow, events[i])->prob > 0
		    && uniform(s, at) < bpr_flow_node(s->flow, events[i])->prob)
			beside[beside_count++] = copy_token(s, token), s->token[beside[beside_count - 1]].arc = events[i];
	for (size_t i = 0; i < count && interrupts == BPR_NONE; i++) {
		const struct bpr_node *event = bpr_flow_node(s->flow, events[i]);

		if (!event->interrupting || !(event->prob > 0))
			continue;
		u = u < 0 ? uniform(s, at) : u;
		if (u < event->prob)
			interrupts = events[i];
		u -= event->prob;
		u = u < 0 ? 0 : u;
	}
	if (interrupts != BPR_NONE)
		push(s, INTO_NODE, interrupts, token);
	else
		go_out(s, token);
	while (beside_count--)
		push(s, INTO_NODE, s->token[beside[beside_count]].arc, beside[beside_count]);
}

/* ---- joins ---- */

/* The token of the case that has waited longest on the arc. */
static size_t oldest_on(const struct slow *s, unsigned long long of_case, size_t arc)
{
	size_t oldest = MAX_TOKENS;

	for (size_t i = 0; i < s->used; i++)
		if (s->token[i].phase == JOINING && s->token[i].of_case == of_case && s->token[i].arc == arc
		    && (oldest == MAX_TOKENS || s->token[i].since < s->token[oldest].since))
			oldest = i;
	return oldest;
}

static void pass(struct slow *s, size_t token, size_t arc)
{
	size_t to = bpr_flow_arc(s->flow, arc)->to, count, there = 0;
	const size_t *in = bpr_flow_arcs_in(s->flow, to, &count);
	unsigned long long of_case = s->token[token].of_case;

	if (bpr_flow_node(s->flow, to)->join == BPR_JOIN_XOR || count == 1) {
		enter(s, token, to);
		return;
	}
	s->token[token].phase = JOINING;
	s->token[token].arc = arc;
	s->token[token].node = to;
	s->token[token].since = s->order++;
	if (bpr_flow_node(s->flow, to)->join == BPR_JOIN_OR)
		return;
	for (size_t i = 0; i < count; i++)
		there += oldest_on(s, of_case, in[i]) != MAX_TOKENS;
	if (there < count)
		return;
	for (size_t i = 0; i < count; i++) {
		size_t taken = oldest_on(s, of_case, in[i]);

		s->token[taken].phase = taken == token ? MOVING : GONE;
	}
	s->token[token].phase = MOVING; /* the one that came last goes on; on its own arc an older one may have been taken for it */
	enter(s, token, to);
}

static bool others_come(const struct slow *s, size_t join, unsigned long long of_case)
{
	for (size_t i = 0; i < s->used; i++) {
		const struct token *t = &s->token[i];

		if (t->phase == GONE || t->of_case != of_case || (t->phase == JOINING && t->node == join))
			continue;
		if (s->reach[t->node][join])
			return true;
	}
	return false;
}

/* An OR join of the case to which nothing more comes goes on; forced: the first of those that have tokens. */
static bool or_joins(struct slow *s, unsigned long long of_case, bool forced)
{
	size_t join = BPR_NONE, last = MAX_TOKENS;

	for (size_t i = 0; i < s->used; i++) {
		const struct token *t = &s->token[i];

		if (t->phase != JOINING || t->of_case != of_case || bpr_flow_node(s->flow, t->node)->join != BPR_JOIN_OR)
			continue;
		if (!forced && others_come(s, t->node, of_case))
			continue;
		/* The one that the others come after. */
		if (join == BPR_NONE || (t->node != join && s->reach[t->node][join]))
			join = t->node;
	}
	if (join == BPR_NONE)
		return false;
	for (size_t i = 0; i < s->used; i++)
		if (s->token[i].phase == JOINING && s->token[i].of_case == of_case && s->token[i].node == join) {
			if (last != MAX_TOKENS)
				s->token[s->token[last].since < s->token[i].since ? last : i].phase = GONE;
			last = last == MAX_TOKENS || s->token[last].since < s->token[i].since ? i : last;
		}
	enter(s, last, join);
	return true;
}

/* ---- the clock ---- */

/* Everything that goes on at this moment, one move after the other. */
static void move_on(struct slow *s, unsigned long long of_case)
{
	do {
		while (s->moves && !s->over) {
			struct move m = s->move[--s->moves];

			if (m.kind == OVER_ARC)
				pass(s, m.token, m.where);
			else if (m.kind == INTO_NODE)
				enter(s, m.token, m.where);
			else
				execute(s, m.token);
		}
	} while (!s->over && or_joins(s, of_case, false));
}

static void after(struct slow *s, unsigned long long of_case)
{
	bool stands = true;

	move_on(s, of_case);
	for (;;) {
		stands = tokens_of(s, of_case) > 0;
		for (size_t i = 0; i < s->used; i++)
			if (s->token[i].phase != GONE && s->token[i].phase != JOINING && s->token[i].of_case == of_case)
				stands = false;
		if (!stands || s->over)
			return;
		if (!or_joins(s, of_case, true)) {
			s->result->stuck = s->over = true;
			return;
		}
		move_on(s, of_case);
	}
}

static void arrive(struct slow *s)
{
	unsigned long long of_case = ++s->result->arrived;
	size_t token = new_token(s, of_case);

	s->result->in_process++;
	for (size_t i = 0; i < s->nodes; i++)
		if (bpr_flow_node(s->flow, i)->kind == BPR_NODE_START) /* drafts have one */
			push(s, INTO_NODE, i, token);
	after(s, of_case);
}

/* ---- arrivals ---- */

static bool lets_in(const struct slow *s, double time)
{
	long day = (long)floor(time / 1440);
	double days = 0;

	for (long i = 0; i <= day; i++)
		days += slow_working_day(s->flow, i);
	return slow_office_open(s->flow, time) && (s->options->cases || days <= s->options->days);
}

static double interval(struct slow *s)
{
	const struct bpr_dist *between = bpr_flow_demand(s->flow)->arrivals;
	struct run_sampler sampler = bpr_i_run_sampler(between);

	/* A Poisson process without end is drawn as the engine draws, the others as the analysis does. */
	return !s->closes && between->kind == BPR_DIST_EXP ? bpr_i_run_draw(&sampler, &s->arrivals) : bpr_i_dist_draw(between, &s->arrivals);
}

/* Every stretch of the day in which the office is open has a clock of its own, which starts when it opens. */
static void open_day(struct slow *s)
{
	double midnight = 1440 * (double)s->day++;

	for (double from = midnight, to; from < midnight + 1440; from = to + 1) {
		to = from;
		while (to < midnight + 1440 && lets_in(s, to))
			to++;
		if (to > from)
			s->window[s->windows++] = (struct window){ to, from + interval(s) };
	}
}

static void plan_arrival(struct slow *s)
{
	struct window *first = NULL;

	if (!s->closes) {
		s->next_arrival = s->now + interval(s);
		if (!s->options->cases && s->next_arrival > 1440 * s->options->days)
			s->next_arrival = NEVER;
		return;
	}
	for (s->next_arrival = NEVER; !first && s->day < 30;) {
		for (size_t i = 0; i < s->windows; i++)
			if (s->window[i].next <= s->window[i].to && (!first || s->window[i].next < first->next)) /* who comes at the very end comes */
				first = &s->window[i];
		if (!first) {
			s->windows = 0;
			open_day(s);
		}
	}
	if (!first)
		return;
	s->next_arrival = first->next;
	first->next += interval(s);
}

static void let_in(struct slow *s)
{
	plan_arrival(s);
	arrive(s);
}

/* ---- hours ---- */

static bool same_hours(const struct slow *s, double a, double b)
{
	for (size_t p = 0; p < bpr_flow_pool_count(s->flow); p++)
		for (size_t i = 0; i < bpr_flow_pool(s->flow, p)->shift_count; i++)
			for (size_t k = 0; k < bpr_flow_pool(s->flow, p)->shifts[i].count; k++)
				if (slow_person_there(s->flow, p, i, k, a) != slow_person_there(s->flow, p, i, k, b))
					return false;
	for (size_t c = 0; c < bpr_flow_counter_count(s->flow); c++)
		if (slow_counter_open(s->flow, c, a) != slow_counter_open(s->flow, c, b))
			return false;
	return slow_office_open(s->flow, a) == slow_office_open(s->flow, b);
}

/* The next whole minute at which somebody comes or goes. */
static double next_change(const struct slow *s)
{
	for (double t = floor(s->now) + 1; t < s->now + 8 * 1440; t++)
		if (!same_hours(s, t - 0.5, t + 0.5))
			return t;
	return NEVER;
}

/* Nobody else can come: what has gathered is done, full or not. */
static bool flush(struct slow *s)
{
	bool any = false;

	if (s->next_arrival < NEVER)
		return false;
	for (size_t i = 0; i < s->used; i++)
		if (s->token[i].phase != GONE && s->token[i].phase != GATHERING && s->token[i].phase != JOINING)
			return false;
	for (size_t node = 0; node < s->nodes; node++)
		for (size_t i = 0; i < s->used; i++)
			if (s->token[i].phase == GATHERING && s->token[i].node == node) {
				slow_release_batch(s, node);
				any = true;
			}
	return any;
}

static void change_hours(struct slow *s)
{
	slow_stay_begin(s);
	s->clock = fmin(next_change(s), s->staying ? (floor(s->now / 1440) + 1) * 1440 : NEVER);
	for (size_t p = 0; p < s->pools && s->options->closing == BPR_CLOSING_INTERRUPT; p++)
		for (size_t i = 0; i < bpr_flow_pool(s->flow, p)->shift_count; i++)
			slow_interrupt(s, p, i);
	slow_serve(s);
	(void)flush(s);
}

/* What can happen next, in the order in which it does at one moment. */
enum what { CLOCK = 0, WORK_DONE, WAIT_OVER, PATIENCE_OVER, BATCH_DUE, ARRIVAL, NOTHING };
struct next { double time; enum what what; unsigned long long since; size_t token; };

static void sooner(struct next *next, struct next other)
{
	if (!(other.time < NEVER) || other.time > next->time)
		return;
	if (other.time < next->time || other.what < next->what || (other.what == next->what && other.since < next->since))
		*next = other;
}

static struct next find_next(const struct slow *s)
{
	struct next next = { NEVER, NOTHING, 0, 0 };

	sooner(&next, (struct next){ s->soon ? s->now : s->clock, CLOCK, 0, 0 });
	sooner(&next, (struct next){ s->next_arrival, ARRIVAL, 0, 0 });
	for (size_t i = 0; i < s->used; i++) {
		const struct token *t = &s->token[i];

		if (t->phase == AT_WORK)
			sooner(&next, (struct next){ t->due, WORK_DONE, t->since, i });
		if (t->phase == WAITING || t->phase == HELD)
			sooner(&next, (struct next){ t->due, WAIT_OVER, t->since, i });
		if (t->phase == QUEUED || t->phase == GATHERING)
			sooner(&next, (struct next){ t->gives_up, PATIENCE_OVER, t->gives_up_since, i });
		if (t->phase == GATHERING && t->leads && node_of(s, i)->batch_wait > 0)
			sooner(&next, (struct next){ t->arrived + node_of(s, i)->batch_wait, BATCH_DUE, t->place, i });
	}
	return next;
}

static void go_to(struct slow *s, double time)
{
	for (size_t p = 0; p < s->pools; p++) {
		for (size_t i = 0; i < s->used; i++)
			if (s->token[i].phase == QUEUED && slow_needs(s, node_of(s, i), p))
				s->result->queue_area[p] += time - s->now;
		for (size_t i = 0; i < bpr_flow_pool(s->flow, p)->shift_count; i++)
			s->result->busy_area[p] += (double)slow_busy(s, p, i) * (time - s->now);
	}
	s->result->present_area += (double)s->result->in_process * (time - s->now);
	s->now = time;
}

static void wait_is_over(struct slow *s, size_t token)
{
	if (s->token[token].phase == WAITING) {
		leave(s, token);
		return;
	}
	s->token[token].phase = QUEUED;
	slow_begin(s, token);
}

static void happen(struct slow *s, const struct next *next)
{
	unsigned long long of_case = next->what == CLOCK || next->what == ARRIVAL ? 0 : s->token[next->token].of_case;

	switch (next->what) {
	case CLOCK:
		if (!(s->clock > s->now))
			change_hours(s);
		s->soon = false;
		slow_serve(s);
		return;
	case WORK_DONE: work_is_done(s, next->token); break;
	case WAIT_OVER: wait_is_over(s, next->token); break;
	case PATIENCE_OVER: slow_give_up(s, next->token); slow_serve(s); return;
	case BATCH_DUE: slow_release_batch(s, s->token[next->token].node); return;
	case ARRIVAL: let_in(s); return;
	case NOTHING: return;
	}
	after(s, of_case);
}

void slow_simulate(const bpr_flow *flow, const struct slow_options *options, struct slow_result *result)
{
	static struct slow s;

	memset(&s, 0, sizeof(s));
	memset(result, 0, sizeof(*result));
	s.flow = flow;
	s.order = 1;
	s.options = options;
	s.result = result;
	s.nodes = bpr_flow_node_count(flow);
	s.pools = bpr_flow_pool_count(flow);
	s.closes = bpr_flow_demand(flow)->open.rule_count > 0;
	assert(s.nodes <= SLOW_NODES && s.pools <= SLOW_POOLS);
	seed_streams(&s);
	find_reach(&s);
	s.clock = next_change(&s);
	plan_arrival(&s);
	while (!s.over && result->count < options->max_events) {
		struct next next = find_next(&s);

		if (!result->in_process && !(s.next_arrival < NEVER))
			break;
		if (next.what == NOTHING) {
			if (!flush(&s))
				break;
			continue;
		}
		go_to(&s, next.time);
		happen(&s, &next);
		if (s.staying && slow_stay_look(&s))
			slow_serve(&s);
	}
	result->now = s.now;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "property/slow_hours.h"
#include "property/slow_i.h"
#include <math.h>

/* ---- people ---- */

static bool in_shift(const struct slow *s, size_t pool, size_t shift, size_t person)
{
	return shift < bpr_flow_pool(s->flow, pool)->shift_count && person < bpr_flow_pool(s->flow, pool)->shifts[shift].count;
}

size_t slow_on_duty(const struct slow *s, size_t pool, size_t shift)
{
	size_t count = 0;

	for (size_t k = 0; in_shift(s, pool, shift, k); k++)
		count += s->stays[pool][shift][k] || slow_person_there(s->flow, pool, shift, k, s->now);
	return count;
}

size_t slow_busy(const struct slow *s, size_t pool, size_t shift)
{
	size_t count = 0;

	for (size_t k = 0; in_shift(s, pool, shift, k); k++)
		count += s->serves[pool][shift][k] != 0;
	return count;
}

static size_t free_in(const struct slow *s, size_t pool, size_t shift)
{
	size_t there = slow_on_duty(s, pool, shift), taken = slow_busy(s, pool, shift);

	return there > taken ? there - taken : 0;
}

static size_t free_of(const struct slow *s, size_t pool)
{
	size_t count = 0;

	for (size_t i = 0; i < bpr_flow_pool(s->flow, pool)->shift_count; i++)
		count += free_in(s, pool, i);
	return count;
}

/* How many people of the pool a step takes; pools that do not say how many they are give as many as one likes. */
size_t slow_needs(const struct slow *s, const struct bpr_node *node, size_t pool)
{
	size_t count = 0;

	for (size_t i = 0; i < node->need_count; i++)
		if (node->needs[i].pool == pool && bpr_flow_pool(s->flow, pool)->count)
			count += node->needs[i].count;
	return count;
}

bool slow_needs_anybody(const struct slow *s, const struct bpr_node *node)
{
	for (size_t p = 0; p < s->pools; p++)
		if (slow_needs(s, node, p))
			return true;
	return false;
}

/* ---- the queue ---- */

/* A step at a counter begins while the counter is open; where neither office nor counter has hours it always is. */
bool slow_at_counter(const struct slow *s, const struct bpr_node *node)
{
	if (node->counter == BPR_NONE || !bpr_node_is_step(node))
		return false;
	return s->closes || bpr_flow_counter(s->flow, node->counter)->open.rule_count || bpr_flow_counter(s->flow, node->counter)->seats;
}

static bool in_line(const struct slow *s, size_t token)
{
	return (s->token[token].phase == QUEUED || s->token[token].phase == STOPPED) && s->token[token].leads;
}

/* Work that was interrupted goes on behind shut doors too. */
bool slow_door_open(const struct slow *s, size_t token)
{
	const struct bpr_node *node = node_of(s, token);

	return s->token[token].phase == STOPPED || !slow_at_counter(s, node) || s->door_stays[node->counter] ||
	       slow_counter_open(s->flow, node->counter, s->now);
}

static double work_of_batch(const struct slow *s, size_t token)
{
	double sum = 0;

	for (size_t i = 0; i < s->used; i++)
		if (s->token[i].phase == QUEUED && s->token[i].batch == s->token[token].batch)
			sum += s->token[i].work;
	return sum;
}

/* Does a stand before b in the queue of this pool? Interrupted work comes first. */
static bool before(const struct slow *s, size_t pool, size_t a, size_t b)
{
	const struct token *x = &s->token[a], *y = &s->token[b];
	double by = 0;

	if ((x->phase == STOPPED) != (y->phase == STOPPED))
		return x->phase == STOPPED;
	if (x->phase != STOPPED)
		switch (bpr_flow_pool(s->flow, pool)->discipline) {
		case BPR_DISCIPLINE_PRIORITY: by = node_of(s, b)->priority - node_of(s, a)->priority; break;
		case BPR_DISCIPLINE_SHORTEST: by = work_of_batch(s, a) - work_of_batch(s, b); break;
		case BPR_DISCIPLINE_LIFO: return x->place > y->place;
		case BPR_DISCIPLINE_FIFO: break;
		}
	return by < 0 || (!(by > 0) && x->place < y->place);
}

/* Want the same people, said in the same order, behind the same door: they stand in one line, by the rule of the first of their pools. */
static bool one_line(const struct slow *s, size_t a, size_t b)
{
	const struct bpr_node *x = node_of(s, a), *y = node_of(s, b);
	size_t door[2] = { BPR_NONE, BPR_NONE };

	for (size_t i = 0; i < 2; i++)
		if (slow_at_counter(s, i ? y : x))
			door[i] = bpr_flow_counter(s->flow, (i ? y : x)->counter)->open.rule_count ? (i ? y : x)->counter : s->closes ? SLOW_NODES : BPR_NONE;
	if (x->need_count != y->need_count || door[0] != door[1])
		return false;
	for (size_t i = 0; i < x->need_count; i++)
		if (x->needs[i].pool != y->needs[i].pool || x->needs[i].count != y->needs[i].count)
			return false;
	return true;
}

/* Only the first of a line is ever looked at: whatever it lacks, those behind it lack too. */
static bool heads_line(const struct slow *s, size_t token)
{
	bool mixed = false;

	for (size_t p = 1; p < s->pools; p++)
		mixed |= bpr_flow_pool(s->flow, p)->discipline != bpr_flow_pool(s->flow, 0)->discipline;
	if (!in_line(s, token) || !mixed) /* with one rule for all it goes without saying */
		return in_line(s, token);
	for (size_t i = 0; i < s->used; i++)
		if (i != token && in_line(s, i) && one_line(s, i, token) && node_of(s, i)->need_count && before(s, node_of(s, i)->needs[0].pool, i, token))
			return false;
	return true;
}

static bool lacks(const struct slow *s, size_t token, size_t pool)
{
	return slow_needs(s, node_of(s, token), pool) > free_of(s, pool);
}

/* Nobody passes one who waits for the people of this very pool; who waits for others, or for a door, is passed. */
static bool held_up(const struct slow *s, size_t token, size_t pool)
{
	for (size_t i = 0; i < s->used; i++)
		if (i != token && heads_line(s, i) && slow_needs(s, node_of(s, i), pool) && before(s, pool, i, token) && slow_door_open(s, i)
		    && lacks(s, i, pool))
			return true;
	return false;
}

static bool may_begin(const struct slow *s, size_t token)
{
	if (!heads_line(s, token) || !slow_door_open(s, token))
		return false;
	for (size_t p = 0; p < s->pools; p++)
		if (slow_needs(s, node_of(s, token), p) && (lacks(s, token, p) || held_up(s, token, p)))
			return false;
	return true;
}

/* The lowest number that is free, shift by shift. */
static void take_people(struct slow *s, size_t token)
{
	for (size_t p = 0; p < s->pools; p++) {
		size_t left = slow_needs(s, node_of(s, token), p);

		for (size_t i = 0; left; i++)
			for (size_t k = 0, here = free_in(s, p, i); here && left; k++)
				if (!s->serves[p][i][k]) {
					s->serves[p][i][k] = s->token[token].batch;
					here--;
					left--;
				}
	}
}

static void release_people(struct slow *s, unsigned long long batch)
{
	for (size_t p = 0; p < s->pools; p++)
		for (size_t i = 0; i < SLOW_SHIFTS; i++)
			for (size_t k = 0; k < SLOW_PEOPLE; k++)
				if (s->serves[p][i][k] == batch)
					s->serves[p][i][k] = 0;
}

/* Staff without number work in office hours only; where work is interrupted at closing, it goes on at the next opening. */
bool slow_delayed_by_hours(const struct slow *s, const struct bpr_node *node)
{
	return s->closes && node->work && node->actor == BPR_ACTOR_STAFF && !slow_needs_anybody(s, node);
}

static double end_of_work(const struct slow *s, const struct bpr_node *node, double work)
{
	double at = s->now;

	if (!slow_delayed_by_hours(s, node) || s->options->closing != BPR_CLOSING_INTERRUPT)
		return s->now + work;
	for (;;) { /* minute by minute, the last one not to its end */
		double step = fmin(work, floor(at) + 1 - at);

		if (slow_office_open(s->flow, at)) {
			if (work <= step)
				return at + work;
			work -= step;
		}
		at = floor(at) + 1;
	}
}

/* Of a batch the one that came next after this number; MAX_TOKENS: none. */
static size_t next_of(const struct slow *s, unsigned long long batch, enum phase phase, unsigned long long came)
{
	size_t next = MAX_TOKENS;

	for (size_t i = 0; i < s->used; i++)
		if (s->token[i].batch == batch && s->token[i].phase == phase && s->token[i].came > came
		    && (next == MAX_TOKENS || s->token[i].came < s->token[next].came))
			next = i;
	return next;
}

/* All of the batch begin, and are done together: one after the other, nobody in between. */
void slow_begin(struct slow *s, size_t leader)
{
	enum phase phase = s->token[leader].phase;
	double sum = phase == STOPPED ? s->token[leader].rest : work_of_batch(s, leader);
	size_t at;

	take_people(s, leader);
	for (unsigned long long came = 0; (at = next_of(s, s->token[leader].batch, phase, came)) != MAX_TOKENS; came = s->token[at].came) {
		struct token *t = &s->token[at];

		t->phase = AT_WORK;
		t->started = phase == STOPPED ? t->started : s->now;
		t->due = phase == STOPPED ? s->now + sum : end_of_work(s, node_of(s, at), sum);
		t->since = s->order++;
		t->seated = false;
	}
}

/* Who may begin, begins: pool by pool, in the order of the queue of each, until nobody more can. */
void slow_serve(struct slow *s)
{
	for (bool any = true; any;) {
		any = false;
		for (size_t p = 0; p <= s->pools; p++) { /* the last: who needs only an open door */
			size_t first = MAX_TOKENS;

			for (size_t i = 0; i < s->used; i++)
				if (may_begin(s, i) && (p < s->pools ? slow_needs(s, node_of(s, i), p) > 0 : !slow_needs_anybody(s, node_of(s, i)))
				    && (first == MAX_TOKENS || (p < s->pools ? before(s, p, i, first) : s->token[i].place < s->token[first].place)))
					first = i;
			if (first == MAX_TOKENS)
				continue;
			slow_begin(s, first);
			any = true;
			p--; /* the same pool again */
		}
	}
}

/* What would be done at this very moment anyway. */
static bool ends_now(const struct slow *s, unsigned long long batch)
{
	for (size_t i = 0; i < s->used; i++)
		if (s->token[i].phase == AT_WORK && s->token[i].batch == batch)
			return s->token[i].due - s->now < 1e-7;
	return false;
}

/* People whose shift has ended lay their work down, the highest numbers first, and with them all who do it with them. */
void slow_interrupt(struct slow *s, size_t pool, size_t shift)
{
	size_t ending = 0;

	for (size_t k = 0; in_shift(s, pool, shift, k); k++)
		ending += s->serves[pool][shift][k] && ends_now(s, s->serves[pool][shift][k]);
	while (slow_busy(s, pool, shift) > slow_on_duty(s, pool, shift) + ending) {
		size_t last = SLOW_PEOPLE;
		unsigned long long batch;

		while (last && (!s->serves[pool][shift][last - 1] || ends_now(s, s->serves[pool][shift][last - 1])))
			last--;
		if (!last)
			return;
		batch = s->serves[pool][shift][last - 1];
		for (size_t i = 0; i < s->used; i++)
			if (s->token[i].phase == AT_WORK && s->token[i].batch == batch) {
				s->token[i].phase = STOPPED;
				s->token[i].rest = s->token[i].due - s->now;
			}
		release_people(s, batch);
	}
}

/* ---- disappearing ---- */

/* Of its batch another one stands in line now, with its place. */
void slow_pass_on(struct slow *s, size_t token)
{
	struct token *t = &s->token[token], *next = NULL;

	for (size_t i = 0; i < s->used; i++)
		if (i != token && s->token[i].batch == t->batch && s->token[i].phase == t->phase
		    && (!next || s->token[i].came < next->came))
			next = &s->token[i];
	if (next && t->leads) {
		next->leads = true;
		next->place = t->phase == GATHERING ? next->place : t->place;
	}
	if (!next)
		release_people(s, t->batch);
	t->leads = false;
}

static void drop(struct slow *s, size_t token)
{
	if (s->token[token].phase == GATHERING || s->token[token].phase == QUEUED || s->token[token].phase == AT_WORK || s->token[token].phase == STOPPED) {
		slow_pass_on(s, token);
		s->soon = true;
	}
	s->token[token].phase = GONE;
}

void slow_drop_case(struct slow *s, unsigned long long of_case)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->moves; i++)
		if (s->token[s->move[i].token].of_case != of_case)
			s->move[kept++] = s->move[i];
	s->moves = kept;
	for (size_t i = 0; i < s->used; i++)
		if (s->token[i].phase != GONE && s->token[i].of_case == of_case)
			drop(s, i);
}

void slow_give_up(struct slow *s, size_t token)
{
	slow_drop_case(s, s->token[token].of_case);
	s->result->in_process--;
	s->result->abandoned++;
	s->over = s->options->cases && s->result->finished + s->result->abandoned == s->options->cases;
}

/* ---- batches ---- */

/* Enough, or long enough: they get in line. */
void slow_release_batch(struct slow *s, size_t node)
{
	size_t leader = MAX_TOKENS;

	for (size_t i = 0; i < s->used; i++)
		if (s->token[i].phase == GATHERING && s->token[i].node == node) {
			if (leader == MAX_TOKENS || s->token[i].place < s->token[leader].place)
				leader = i;
			s->token[i].phase = QUEUED;
			s->token[i].leads = false;
		}
	s->token[leader].leads = true;
	s->batches++;
	for (size_t i = 0; i < s->used; i++)
		if (s->token[i].phase == QUEUED && s->token[i].node == node && s->token[i].batch == s->token[leader].batch)
			s->token[i].place = s->order++;
	slow_serve(s);
}

static bool seats_taken(const struct slow *s, size_t token)
{
	size_t counter = node_of(s, token)->counter, count = 0;

	if (counter == BPR_NONE || !bpr_flow_counter(s->flow, counter)->seats)
		return false;
	for (size_t i = 0; i < s->used; i++)
		count += s->token[i].seated && node_of(s, i)->counter == counter && (s->token[i].phase == QUEUED || s->token[i].phase == GATHERING);
	return count >= bpr_flow_counter(s->flow, counter)->seats;
}

/* Joins the queue, or the others of its batch; who has not begun at once sits down, and begins to lose patience. */
void slow_ask(struct slow *s, size_t token)
{
	struct token *t = &s->token[token];
	const struct bpr_node *node = node_of(s, token);
	size_t together = 0;

	t->place = t->came = s->order++;
	t->leads = true;
	t->gives_up = NEVER;
	t->seated = false;
	t->phase = node->batch > 1 ? GATHERING : QUEUED;
	t->batch = ++s->batches;
	for (size_t i = 0; i < s->used; i++)
		if (i != token && node->batch > 1 && s->token[i].phase == GATHERING && s->token[i].node == t->node) {
			t->batch = s->token[i].batch;
			t->leads = false;
			together++;
		}
	if (node->batch <= 1)
		slow_serve(s);
	else if (together + 1 >= node->batch)
		slow_release_batch(s, t->node);
	if (t->phase != QUEUED && t->phase != GATHERING)
		return;
	if (seats_taken(s, token)) {
		slow_give_up(s, token);
		return;
	}
	t->seated = true;
	if (node->patience) {
		t->gives_up = s->now + slow_minutes(s, node->patience, t->node, RUN_DRAW_PATIENCE);
		t->gives_up_since = s->order++;
	}
}


/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine asks for: a token wants people, is done, disappears. Memory of one replication's people. */
#include "config.h"
#include "simulate/staff_i.h"
#include "base/alloc_i.h"
#include <string.h>

/* ---- memory ---- */

static bool allocate(struct staff *s, const struct run_plan *plan)
{
	const struct staff_plan *p = s->plan;
	size_t changes = (size_t)(p->crew_count + p->door_count) * 2 * (BPR_SPANS_MAX + 1);

	return (s->fast = bpr_i_calloc(plan->pool_count, sizeof(*s->fast))) && (s->people = bpr_i_calloc(plan->pool_count, sizeof(*s->people))) &&
	       (s->duty = bpr_i_calloc(p->crew_count, sizeof(*s->duty))) && (s->line = bpr_i_calloc(p->line_count, sizeof(*s->line))) &&
	       (s->idle = bpr_i_calloc(p->word_count, sizeof(*s->idle))) && (s->mate = bpr_i_calloc(p->person_count, sizeof(*s->mate))) &&
	       (s->serves = bpr_i_calloc(p->person_count, sizeof(*s->serves))) && (s->open = bpr_i_calloc(p->door_count, sizeof(*s->open))) &&
	       (s->next_open = bpr_i_calloc(p->door_count, sizeof(*s->next_open))) && (s->kept = bpr_i_calloc(p->door_count, sizeof(*s->kept))) &&
	       (s->waiting = bpr_i_calloc(plan->counter_count, sizeof(*s->waiting))) &&
	       (s->gather = bpr_i_calloc(plan->node_count, sizeof(*s->gather))) &&
	       (s->counter_ticket = bpr_i_calloc(plan->counter_count, sizeof(*s->counter_ticket))) &&
	       (s->counter_day = bpr_i_calloc(plan->counter_count, sizeof(*s->counter_day))) &&
	       (s->change = bpr_i_calloc(changes, sizeof(*s->change))) && (s->touched = bpr_i_calloc(p->part_count, sizeof(*s->touched))) &&
	       (s->soon = bpr_i_calloc(p->part_count, sizeof(*s->soon)));
}

bpr_status bpr_i_staff_new(struct run *run)
{
	run->staff = bpr_i_calloc(1, sizeof(*run->staff));
	if (!run->staff)
		return BPR_ENOMEM;
	run->staff->plan = run->plan->staff_plan;
	run->staff->tickets = run->plan->options.log && run->plan->counter_count;
	return allocate(run->staff, run->plan) ? BPR_OK : BPR_ENOMEM;
}

void bpr_i_staff_free(struct run *run)
{
	struct staff *s = run->staff;

	if (!s)
		return;
	for (uint32_t i = 0; s->line && i < s->plan->line_count; i++)
		bpr_i_free(s->line[i].heap);
	bpr_i_free(s->fast);
	bpr_i_free(s->people);
	bpr_i_free(s->duty);
	bpr_i_free(s->line);
	bpr_i_free(s->idle);
	bpr_i_free(s->mate);
	bpr_i_free(s->serves);
	bpr_i_free(s->open);
	bpr_i_free(s->next_open);
	bpr_i_free(s->kept);
	bpr_i_free(s->waiting);
	bpr_i_free(s->gather);
	bpr_i_free(s->counter_ticket);
	bpr_i_free(s->counter_day);
	bpr_i_free(s->change);
	bpr_i_free(s->touched);
	bpr_i_free(s->soon);
	bpr_i_free(s->token);
	bpr_i_free(s->ticket);
	bpr_i_free(s);
	run->staff = NULL;
}

/* ---- before a replication ---- */

static void clear_lines(struct staff *s)
{
	for (uint32_t i = 0; i < s->plan->line_count; i++) {
		struct staff_line *l = &s->line[i];

		*l = (struct staff_line){ .head = RUN_NONE, .tail = RUN_NONE, .heap = l->heap, .capacity = l->capacity };
	}
}

static void clear_people(struct staff *s, const struct run_plan *plan)
{
	const struct staff_plan *p = s->plan;

	for (uint32_t c = 0; c < p->crew_count; c++) {
		const struct staff_crew *crew = &p->crew[c];

		s->duty[c] = (struct staff_duty){ 0 };
		for (uint32_t i = 0; i < crew->count; i += 64)
			s->idle[crew->first_word + i / 64] = crew->count - i >= 64 ? UINT64_MAX : ((uint64_t)1 << (crew->count - i)) - 1;
	}
	for (size_t i = 0; i < plan->pool_count; i++) {
		const struct staff_pool *pool = &p->pool[i];

		s->people[i] = (struct staff_people){ 0 };
		s->fast[i] = (struct staff_fast){ .head = RUN_NONE, .tail = RUN_NONE };
		if (!pool->fast)
			continue;
		s->fast[i].idle = s->idle[p->crew[pool->first_crew].first_word];
		s->fast[i].free = s->fast[i].count = pool->count;
		s->fast[i].first_person = p->crew[pool->first_crew].first_person;
	}
}

void bpr_i_staff_clear(struct run *run)
{
	struct staff *s = run->staff;

	clear_lines(s);
	clear_people(s, run->plan);
	for (size_t i = 0; i < run->plan->node_count; i++)
		s->gather[i] = (struct staff_gather){ RUN_NONE, 0, 0 };
	for (size_t i = 0; i < run->plan->counter_count; i++) {
		s->waiting[i] = s->counter_ticket[i] = 0;
		s->counter_day[i] = -1;
	}
	for (size_t i = 0; i < s->ticket_capacity; i++)
		s->ticket[i] = (struct staff_ticket){ RUN_NONE, 0, -1, 0 };
	memset(s->soon, 0, s->plan->part_count * sizeof(*s->soon));
	s->sequence = 0;
	s->gathering = 0;
	bpr_i_shift_clear(run);
}

/* ---- asking ---- */

static bool hold(struct run *run)
{
	struct staff *s = run->staff;

	return run->token_count <= s->token_capacity || bpr_i_grow(&s->token, &s->token_capacity, run->token_capacity, sizeof(*s->token)) ||
	       bpr_i_run_nomem(run);
}

void bpr_i_staff_ask(struct run *run, uint32_t token)
{
	struct staff *s = run->staff;
	const struct run_node *node = bpr_i_run_node_of(run, token);
	const struct staff_node *of = &s->plan->node[run->token[token].node];

	if (node->traits & RUN_FAST) {
		if (bpr_i_staff_fast_ask(run, node->pool, token))
			bpr_i_run_begin_work(run, token);
		return;
	}
	if (!hold(run))
		return;
	if (s->tickets)
		bpr_i_room_ticket(run, token);
	s->token[token] = (struct staff_token){ .sequence = s->sequence++, .mark = bpr_i_line_shut(run, of->line), .gives_up = -1,
		.leader = token, .mate = token, .mate_before = token };
	run->token[token].person = 0;
	run->token[token].held = 0;
	run->token[token].phase = RUN_QUEUED;
	if (of->batch > 1)
		bpr_i_batch_gather(run, token);
	else if (bpr_i_line_add(run, of->line, token))
		bpr_i_staff_settle_line(run, of->line);
	if (run->token[token].phase == RUN_QUEUED && !run->stop)
		(void)bpr_i_room_enter(run, token);
}

/* ---- done ---- */

/* The batch goes on without it; its leader may be another now. */
static void pass_on(struct run *run, uint32_t token, uint32_t leader)
{
	struct staff *s = run->staff;

	for (uint32_t person = run->token[token].person; person; person = s->mate[person])
		s->serves[person] = leader;
	run->token[token].person = 0;
}

void bpr_i_staff_done(struct run *run, uint32_t token)
{
	const struct run_node *node = bpr_i_run_node_of(run, token);
	uint32_t other;

	if (node->traits & RUN_FAST) {
		other = bpr_i_staff_fast_done(run, node->pool, token);
		if (other != RUN_NONE)
			bpr_i_run_begin_work(run, other);
		return;
	}
	run->token[token].phase = RUN_MOVING;
	other = bpr_i_batch_leave(run, token);
	if (other != RUN_NONE) {
		pass_on(run, token, other);
		return;
	}
	bpr_i_people_release(run, token);
	bpr_i_staff_settle_line(run, run->staff->plan->node[run->token[token].node].line);
}

/* ---- disappearing ---- */

bool bpr_i_staff_unqueue(struct run *run, uint32_t token)
{
	struct staff *s = run->staff;
	uint32_t line = s->plan->node[run->token[token].node].line;
	bool gathers = s->token[token].gathers, leads = s->token[token].leader == token;
	uint32_t other = bpr_i_batch_leave(run, token);

	bpr_i_room_leave(run, token);
	if (gathers || !leads)
		return false;
	if (other == RUN_NONE)
		bpr_i_line_remove(run, line, token);
	else
		bpr_i_line_replace(run, line, token, other);
	return other == RUN_NONE;
}

static void fast_drop(struct run *run, uint32_t pool, uint32_t token)
{
	struct staff_fast *f = &run->staff->fast[pool];
	struct run_token *t = &run->token[token];

	if (t->phase == RUN_SERVED) {
		f->idle |= (uint64_t)1 << (t->person - f->first_person);
		f->free++;
		bpr_i_record_busy(run, pool, f->count - f->free);
		bpr_i_staff_settle_soon(run, run->staff->plan->node[t->node].line);
		return;
	}
	if (t->before == RUN_NONE)
		f->head = t->next;
	else
		run->token[t->before].next = t->next;
	if (t->next == RUN_NONE)
		f->tail = t->before;
	else
		run->token[t->next].before = t->before;
}

void bpr_i_staff_drop(struct run *run, uint32_t token)
{
	struct run_token *t = &run->token[token];
	const struct run_node *node = bpr_i_run_node_of(run, token);
	uint32_t line = run->staff->plan->node[t->node].line, other;

	if (node->traits & RUN_FAST) {
		fast_drop(run, node->pool, token);
	} else if (t->phase != RUN_SERVED) {
		if (bpr_i_staff_unqueue(run, token))
			bpr_i_staff_settle_soon(run, line);
	} else {
		other = bpr_i_batch_leave(run, token);
		if (other != RUN_NONE) {
			pass_on(run, token, other);
		} else {
			bpr_i_people_release(run, token);
			bpr_i_staff_settle_soon(run, line);
		}
	}
	run->token[token].phase = RUN_MOVING;
	run->token[token].person = 0;
}

/* ---- events ---- */

void bpr_i_staff_settle_soon(struct run *run, uint32_t line)
{
	uint32_t part = run->staff->plan->kind[line].part;

	if (part == RUN_NONE || run->staff->soon[part])
		return;
	run->staff->soon[part] = true;
	(void)bpr_i_run_plan_event(run, run->now, RUN_CLOCK, CLOCK_PART + part, 0);
}

static void settle_fast(struct run *run, uint32_t pool)
{
	struct staff_fast *f = &run->staff->fast[pool];

	while (f->free && f->head != RUN_NONE) {
		uint32_t token = f->head;
		struct run_token *t = &run->token[token];
		unsigned bit = (unsigned)__builtin_ctzll(f->idle);

		f->head = t->next;
		if (f->head == RUN_NONE)
			f->tail = RUN_NONE;
		else
			run->token[f->head].before = RUN_NONE;
		f->idle &= f->idle - 1;
		f->free--;
		t->person = f->first_person + bit;
		t->phase = RUN_SERVED;
		bpr_i_record_busy(run, pool, f->count - f->free);
		bpr_i_run_begin_work(run, token);
	}
}

void bpr_i_staff_clock(struct run *run, uint32_t id)
{
	struct staff *s = run->staff;

	if (id == CLOCK_CHANGE) {
		bpr_i_shift_change(run);
		return;
	}
	if (id == CLOCK_LEAVE) {
		if (run->staying)
			bpr_i_shift_leave(run);
		return;
	}
	id -= CLOCK_PART;
	s->soon[id] = false;
	if (s->plan->pool[s->plan->part_pool[s->plan->part[id].first_pool]].fast)
		settle_fast(run, s->plan->part_pool[s->plan->part[id].first_pool]);
	else
		bpr_i_staff_settle(run, id);
}

void bpr_i_staff_timer(struct run *run, uint32_t token)
{
	if (run->token[token].phase != RUN_QUEUED)
		return;
	bpr_i_batch_due(run, token);
	if (run->token[token].phase == RUN_QUEUED)
		bpr_i_room_timer(run, token);
}

/* ---- for the log ---- */

uint32_t bpr_i_staff_person(const struct run *run, uint32_t token, uint32_t *pool)
{
	const struct staff_plan *p = run->staff->plan;
	uint32_t person = run->token[token].person, at;

	*pool = RUN_NONE;
	if (!person)
		return 0;
	*pool = p->crew[p->person_crew[person]].pool;
	at = p->crew[p->pool[*pool].first_crew].first_person;
	return person - at + 1;
}

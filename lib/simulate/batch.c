/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cases that are done together. They gather at their step until there are enough of them or the first has waited long enough;
 * then one of them, the leader, stands in line for all. The people take them one after the other without others in between:
 * the work of all adds up, and all go on when the last is done. Every case is charged its own work, so that means agree with the exact
 * analysis; what it waits for the others is waiting that the process wants (token->held).
 *
 * When nobody else can come, what has gathered is done, full or not.
 *
 * A token that is alone is a batch of one: begin, interruption, going on are the same for both.
 */
#include "config.h"
#include "simulate/staff_i.h"

static bool batched(const struct run *run, uint32_t token)
{
	return run->staff->plan->node[run->token[token].node].batch > 1;
}

/* ---- the ring ---- */

static void ring_add(struct staff *s, uint32_t leader, uint32_t token)
{
	uint32_t last = s->token[leader].mate_before;

	s->token[token].leader = leader;
	s->token[token].mate = leader;
	s->token[token].mate_before = last;
	s->token[last].mate = token;
	s->token[leader].mate_before = token;
}

static void ring_remove(struct staff *s, uint32_t token)
{
	struct staff_token *t = &s->token[token];

	s->token[t->mate].mate_before = t->mate_before;
	s->token[t->mate_before].mate = t->mate;
	t->leader = t->mate = t->mate_before = token;
}

/* ---- gathering ---- */

/* Enough, or long enough: the leader stands in line for all. */
static void release(struct run *run, uint32_t node, uint32_t newest)
{
	struct staff *s = run->staff;
	struct staff_gather *g = &s->gather[node];
	uint32_t leader = g->first, at = leader;
	double sum = 0;

	do {
		struct run_token *t = &run->token[at];

		sum += t->work;
		t->held = run->now - t->arrived;
		at = s->token[at].mate;
	} while (at != leader);
	s->token[leader].sum = sum;
	s->gathering -= g->count;
	g->first = RUN_NONE;
	g->count = 0;
	do {
		s->token[at].mark = bpr_i_line_shut(run, s->plan->node[node].line);
		s->token[at].gathers = false;
		at = s->token[at].mate;
	} while (at != leader);
	s->token[leader].sequence = s->sequence++;
	if (!bpr_i_line_add(run, s->plan->node[node].line, leader))
		return;
	bpr_i_staff_settle_line(run, s->plan->node[node].line);
	if (run->token[leader].phase != RUN_QUEUED)
		return;
	/* It is in the queue from now on; who came last is told of in bpr_i_room_enter(), where it may find no seat. */
	do {
		if (at != newest)
			bpr_i_room_tell(run, at);
		at = s->token[at].mate;
	} while (at != leader);
}

static void set_alarm(struct run *run, uint32_t node)
{
	struct staff *s = run->staff;
	struct staff_gather *g = &s->gather[node];

	if (!(s->plan->node[node].batch_wait > 0) || g->first == RUN_NONE)
		return;
	g->due = run->token[g->first].arrived + s->plan->node[node].batch_wait;
	s->token[g->first].timed = true;
	(void)bpr_i_run_plan_event(run, g->due > run->now ? g->due : run->now, RUN_TIMER, g->first, run->token[g->first].stamp);
}

void bpr_i_batch_gather(struct run *run, uint32_t token)
{
	struct staff *s = run->staff;
	uint32_t node = run->token[token].node;
	struct staff_gather *g = &s->gather[node];

	s->token[token].gathers = true;
	s->gathering++;
	if (g->count++)
		ring_add(s, g->first, token);
	else {
		g->first = token;
		set_alarm(run, node);
	}
	if (g->count >= s->plan->node[node].batch)
		release(run, node, token);
}

void bpr_i_batch_due(struct run *run, uint32_t token)
{
	struct staff *s = run->staff;
	uint32_t node = run->token[token].node;
	struct staff_gather *g = &s->gather[node];

	if (s->token[token].gathers && g->first == token && s->plan->node[node].batch_wait > 0 && !(run->now < g->due))
		release(run, node, RUN_NONE);
}

/* Only those who gather are left, and who waits for them at a join: nothing else can happen any more. */
static bool all_gather(const struct run *run)
{
	for (size_t i = 0; i < run->token_count; i++) {
		uint8_t phase = run->token[i].phase;

		if (phase != RUN_FREE && phase != RUN_JOINING && phase != RUN_GATHERING && phase != RUN_CLOCKED &&
		    !(phase == RUN_QUEUED && i < run->staff->token_capacity && run->staff->token[i].gathers &&
		      (run->plan->node[run->token[i].node].traits & RUN_BATCH)))
			return false;
	}
	return true;
}

bool bpr_i_staff_flush(struct run *run)
{
	bool any = false;

	if (run->arriving || !run->staff->gathering || !all_gather(run))
		return false;
	for (uint32_t node = 0; node < run->plan->node_count; node++)
		if (run->staff->gather[node].count) {
			release(run, node, RUN_NONE);
			any = true;
		}
	return any;
}

uint32_t bpr_i_batch_leave(struct run *run, uint32_t token)
{
	struct staff *s = run->staff;
	struct staff_token *t = &s->token[token];
	uint32_t leader = t->leader, next = t->mate;

	ring_remove(s, token);
	if (t->gathers) {
		struct staff_gather *g = &s->gather[run->token[token].node];

		t->gathers = false;
		s->gathering--;
		g->count--;
		if (leader != token)
			return RUN_NONE;
		g->first = g->count ? next : RUN_NONE;
		for (uint32_t k = 0, at = next; k < g->count; k++, at = s->token[at].mate)
			s->token[at].leader = next;
		set_alarm(run, run->token[token].node);
		return RUN_NONE;
	}
	if (leader != token)
		return leader;
	if (next == token)
		return RUN_NONE;
	/* The next of them is the leader from now on: its place, its people, its time. */
	s->token[next].sum = t->sum;
	s->token[next].end = t->end;
	s->token[next].since = t->since;
	for (uint32_t at = s->token[next].mate; at != next; at = s->token[at].mate)
		s->token[at].leader = next;
	s->token[next].leader = next;
	return next;
}

/* ---- work ---- */

static void begin_one(struct run *run, uint32_t token, uint32_t person, double end)
{
	struct staff *s = run->staff;
	struct run_token *t = &run->token[token];
	struct staff_token *own = &s->token[token];
	double work = t->work;

	t->person = person;
	t->closed += bpr_i_line_shut(run, s->plan->node[t->node].line) - own->mark;
	if (own->timed)
		t->stamp++;
	own->timed = false;
	bpr_i_room_leave(run, token);
	t->phase = RUN_SERVED;
	bpr_i_run_begin_work(run, token);
	if (!batched(run, token))
		return;
	/* It is done when all are. */
	run->token[token].stamp++;
	run->token[token].held = end - run->now - work;
	(void)bpr_i_run_plan_event(run, end, RUN_FINISH, token, run->token[token].stamp);
}

void bpr_i_batch_begin(struct run *run, uint32_t leader)
{
	struct staff *s = run->staff;
	uint32_t person = run->token[leader].person, at = leader;
	double end = run->now;

	do {
		end += run->token[at].work;
		at = s->token[at].mate;
	} while (at != leader);
	s->token[leader].end = end;
	do {
		uint32_t next = s->token[at].mate;

		begin_one(run, at, person, end);
		at = next;
	} while (at != leader);
}

double bpr_i_batch_left(const struct run *run, uint32_t leader)
{
	const struct run_token *t = &run->token[leader];

	if (batched(run, leader))
		return run->staff->token[leader].end - run->now;
	return t->work - (run->now - (t->paused > t->started ? t->paused : t->started));
}

void bpr_i_batch_interrupt(struct run *run, uint32_t leader)
{
	struct staff *s = run->staff;
	uint32_t at = leader;

	s->token[leader].since = run->now;
	if (!batched(run, leader)) {
		bpr_i_run_interrupt(run, leader);
		return;
	}
	s->token[leader].sum = s->token[leader].end - run->now;
	do {
		run->token[at].stamp++;
		run->token[at].phase = RUN_INTERRUPTED;
		at = s->token[at].mate;
	} while (at != leader);
}

void bpr_i_batch_go_on(struct run *run, uint32_t leader)
{
	struct staff *s = run->staff;
	uint32_t at = leader;
	double away = run->now - s->token[leader].since;

	if (!batched(run, leader)) {
		bpr_i_run_go_on(run, leader);
		return;
	}
	s->token[leader].end = run->now + s->token[leader].sum;
	do {
		struct run_token *t = &run->token[at];

		t->closed += away;
		t->phase = RUN_SERVED;
		t->person = run->token[leader].person;
		(void)bpr_i_run_plan_event(run, s->token[leader].end, RUN_FINISH, at, t->stamp);
		at = s->token[at].mate;
	} while (at != leader);
}

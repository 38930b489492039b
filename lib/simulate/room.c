/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who waits at a counter: seats, patience, numbers. Who finds the seats taken goes away, whoever is served at once needs none.
 * Patience runs by the clock from joining the queue; at one and the same moment people come free first, so that beginning wins.
 */
#include "config.h"
#include "simulate/staff_i.h"
#include "base/alloc_i.h"
#include <math.h>

bool bpr_i_room_enter(struct run *run, uint32_t token)
{
	struct staff *s = run->staff;
	const struct run_node *node = bpr_i_run_node_of(run, token);
	uint32_t at = s->plan->node[run->token[token].node].seats_at;

	if (at != RUN_NONE) {
		if (s->waiting[at] >= s->plan->seats[at]) {
			(void)bpr_i_staff_unqueue(run, token);
			run->token[token].phase = RUN_MOVING;
			bpr_i_run_abandon(run, token);
			return false;
		}
		s->waiting[at]++;
		s->token[token].seated = true;
	}
	if (!s->token[token].gathers)
		bpr_i_room_tell(run, token);
	if (node->traits & RUN_PATIENCE) {
		double patience = bpr_i_run_draw(&run->plan->sampler[node->patience], &run->stream[node->stream + RUN_DRAW_PATIENCE]);

		s->token[token].gives_up = run->now + patience;
		s->token[token].timed = true;
		(void)bpr_i_run_plan_event(run, s->token[token].gives_up, RUN_TIMER, token, run->token[token].stamp);
	}
	return true;
}

void bpr_i_room_tell(struct run *run, uint32_t token)
{
	if (!run->staff->token[token].told)
		bpr_i_record_queue(run, token);
	run->staff->token[token].told = true;
}

void bpr_i_room_leave(struct run *run, uint32_t token)
{
	struct staff *s = run->staff;

	if (!s->token[token].seated)
		return;
	s->token[token].seated = false;
	s->waiting[s->plan->node[run->token[token].node].seats_at]--;
}

/* Its patience is over, where that was what the clock was set for. */
void bpr_i_room_timer(struct run *run, uint32_t token)
{
	struct staff_token *t = &run->staff->token[token];
	uint32_t line = run->staff->plan->node[run->token[token].node].line;
	bool others;

	if (!(t->gives_up >= 0) || t->gives_up > run->now)
		return;
	if (t->gathers)
		run->token[token].held = run->now - run->token[token].arrived;
	else
		run->token[token].closed += bpr_i_line_shut(run, line) - t->mark;
	others = bpr_i_staff_unqueue(run, token);
	bpr_i_run_abandon(run, token);
	if (others)
		bpr_i_staff_settle_line(run, line);
}

/* ---- numbers ---- */

static struct staff_ticket *ticket_of(struct run *run, uint32_t of_case)
{
	struct staff *s = run->staff;
	size_t had = s->ticket_capacity;

	if (of_case >= had) {
		if (!bpr_i_grow(&s->ticket, &s->ticket_capacity, run->case_capacity, sizeof(*s->ticket))) {
			(void)bpr_i_run_nomem(run);
			return NULL;
		}
		for (size_t i = had; i < s->ticket_capacity; i++)
			s->ticket[i] = (struct staff_ticket){ RUN_NONE, 0, -1, 0 };
	}
	return &s->ticket[of_case];
}

void bpr_i_room_ticket(struct run *run, uint32_t token)
{
	struct staff *s = run->staff;
	uint32_t of_case = run->token[token].of_case, counter = bpr_i_run_node_of(run, token)->counter;
	struct staff_ticket *ticket = counter == RUN_NONE ? NULL : ticket_of(run, of_case);
	double day = floor(run->now / 1440);

	if (!ticket || (ticket->counter == counter && ticket->case_number == run->cases[of_case].number && !(ticket->day < day)))
		return;
	if (s->counter_day[counter] < day) {
		s->counter_day[counter] = day;
		s->counter_ticket[counter] = 0;
	}
	*ticket = (struct staff_ticket){ counter, ++s->counter_ticket[counter], day, run->cases[of_case].number };
}

uint32_t bpr_i_staff_ticket(const struct run *run, uint32_t token)
{
	const struct staff *s = run->staff;
	const struct run_node *node = bpr_i_run_node_of(run, token);
	uint32_t of_case = run->token[token].of_case;

	if (!s->tickets || node->counter == RUN_NONE || !(node->traits & RUN_ASKS) || of_case >= s->ticket_capacity)
		return 0;
	return s->ticket[of_case].counter == node->counter && s->ticket[of_case].case_number == run->cases[of_case].number ?
		s->ticket[of_case].number : 0;
}

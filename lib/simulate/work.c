/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a token does at its node: work, wait, both again, several at once; and boundary events that go by the clock. */
#include "config.h"
#include "simulate/game_i.h"
#include "simulate/staff_i.h"

/* Something here takes time, or may. */
#define TAKES_TIME (RUN_WORK | RUN_WAIT | RUN_ASKS | RUN_TIMED)

/* What has become of an execution that is over. */
enum after { AGAIN, DONE, STAYS };
static enum after executed(struct run *run, uint32_t token);

static struct bpr_rng *stream(const struct run *run, const struct run_node *node, enum run_purpose purpose)
{
	return &run->stream[node->stream + purpose];
}

static bool token_event(struct run *run, uint32_t token, double time, enum run_event_kind kind)
{
	return bpr_i_queue_add(&run->queue, time, kind, token, run->token[token].stamp) ? true : bpr_i_run_nomem(run);
}

/* ---- work ---- */

static double work_end(const struct run *run, const struct run_node *node, double work)
{
	if ((node->traits & RUN_OFFICE) && run->plan->options.closing == BPR_CLOSING_INTERRUPT)
		return bpr_i_hours_after(run->plan, run->now, work);
	return run->now + work;
}

static inline void begin_work(struct run *run, uint32_t token)
{
	struct run_token *t = &run->token[token];
	const struct run_node *node = &run->plan->node[t->node];

	t->started = run->now;
	bpr_i_record_begin(run, token);
	t->phase = RUN_SERVED;
	(void)token_event(run, token, work_end(run, node, t->work), RUN_FINISH);
}

void bpr_i_run_begin_work(struct run *run, uint32_t token)
{
	begin_work(run, token);
}

void bpr_i_run_interrupt(struct run *run, uint32_t token)
{
	struct run_token *t = &run->token[token];

	t->stamp++;
	t->work -= run->now - (t->paused > t->started ? t->paused : t->started);
	if (!(t->work > 0))
		t->work = 0;
	t->paused = run->now;
	t->phase = RUN_INTERRUPTED;
}

void bpr_i_run_go_on(struct run *run, uint32_t token)
{
	struct run_token *t = &run->token[token];

	t->closed += run->now - t->paused;
	t->paused = run->now; /* since then it is at work again */
	t->phase = RUN_SERVED;
	(void)token_event(run, token, run->now + t->work, RUN_FINISH);
}

/* Staff without limit: begins when the office opens. */
static bool ask_office(struct run *run, uint32_t token)
{
	struct run_token *t = &run->token[token];
	double open = bpr_i_hours_open(run->plan, run->now);

	if (!(open > run->now) || (run->staying && run->cases[t->of_case].inside)) {
		begin_work(run, token);
		return false;
	}
	t->phase = RUN_QUEUED;
	t->closed = open - run->now;
	(void)token_event(run, token, open, RUN_RESUME);
	return false;
}

/* One execution. True: it is over at once. */
static bool begin(struct run *run, uint32_t token)
{
	struct run_token *t = &run->token[token];
	const struct run_node *node = &run->plan->node[t->node];
	uint32_t traits = node->traits;

	t->work = node->work == RUN_NONE ? 0 : bpr_i_draw(&run->plan->sampler[node->work], stream(run, node, RUN_DRAW_WORK));
	t->arrived = t->started = run->now;
	t->closed = t->paused = 0;
	if (traits & RUN_FAST) {
		if (bpr_i_staff_fast_ask(run, node->pool, token))
			begin_work(run, token);
		return false;
	}
	if (traits & RUN_ASKS) {
		bpr_i_staff_ask(run, token);
		return false;
	}
	if ((traits & RUN_OFFICE) && t->work > 0)
		return ask_office(run, token);
	if (t->work > 0) {
		begin_work(run, token);
		return false;
	}
	if (traits & (RUN_WORK | RUN_STEP)) {
		bpr_i_record_begin(run, token);
		bpr_i_record_finish(run, token);
	}
	return true;
}

/* Work is over: the `wait` of the process begins. True: there is none. */
static bool begin_wait(struct run *run, uint32_t token)
{
	struct run_token *t = &run->token[token];
	const struct run_node *node = &run->plan->node[t->node];
	const struct run_sampler *wait;
	double minutes;

	if (!(node->traits & RUN_WAIT))
		return true;
	wait = &run->plan->sampler[node->wait];
	minutes = bpr_i_draw(wait, stream(run, node, RUN_DRAW_WAIT));
	if (!(minutes > 0))
		return true;
	t->started = run->now;
	t->phase = RUN_WAITING;
	t->paused = wait->working_days ? bpr_i_hours_working(run->plan, run->now, minutes) : run->now + minutes;
	(void)token_event(run, token, t->paused, RUN_RESUME);
	return false;
}

/* Executions one after the other, as long as they take no time. True: the last one is over. */
static bool go_on(struct run *run, uint32_t token)
{
	enum after after = AGAIN;

	while (after == AGAIN)
		after = begin(run, token) && begin_wait(run, token) ? executed(run, token) : STAYS;
	return after == DONE;
}

static bool go_on_after(struct run *run, uint32_t token)
{
	enum after after = executed(run, token);

	if (after == DONE || (after == AGAIN && go_on(run, token)))
		return bpr_i_game_pass(run, token);
	return !run->stop;
}

bool bpr_i_game_finish(struct run *run, uint32_t token)
{
	struct run_token *t = &run->token[token];
	const struct run_node *node = &run->plan->node[t->node];
	uint32_t other;

	if (node->traits & RUN_OFFICE)
		t->closed = run->now - t->started > t->work ? run->now - t->started - t->work : 0;
	bpr_i_record_finish(run, token);
	if (node->traits & RUN_FAST) {
		other = bpr_i_staff_fast_done(run, node->pool, token);
		if (other != RUN_NONE)
			begin_work(run, other);
	} else if (node->traits & RUN_ASKS) {
		bpr_i_staff_done(run, token);
	}
	run->token[token].phase = RUN_MOVING;
	return begin_wait(run, token) ? go_on_after(run, token) : !run->stop;
}

bool bpr_i_game_resume(struct run *run, uint32_t token)
{
	struct run_token *t = &run->token[token];

	if (t->phase == RUN_QUEUED) { /* the office has opened */
		begin_work(run, token);
		return !run->stop;
	}
	t->phase = RUN_MOVING;
	bpr_i_record_wait(run, token, run->now - t->started);
	return go_on_after(run, token);
}

/* ---- executions ---- */

/* Several side by side: each a token of its own, numbered by the first. */
static bool execute_beside(struct run *run, uint32_t token, uint32_t count)
{
	run->token[token].host = token;
	run->token[token].left = count;
	for (uint32_t i = 1; i < count; i++) {
		uint32_t child = bpr_i_token_copy(run, token);

		if (child == RUN_NONE)
			return false;
		run->token[child].host = token;
		bpr_i_record_split(run, token, child, i);
	}
	for (uint32_t at = run->cases[run->token[token].of_case].first_token, next; at != RUN_NONE && !run->stop; at = next) {
		next = run->token[at].sibling;
		if (run->token[at].host == token && run->token[at].phase == RUN_MOVING && !bpr_i_go(run, at, GO_BEGIN, run->token[at].node))
			return false;
	}
	return !run->stop;
}

/* One of several side by side is done: the last of them goes on (true). */
static bool gather(struct run *run, uint32_t token)
{
	uint32_t first = run->token[token].host, of_case = run->token[token].of_case;
	size_t count = 0;

	run->token[token].phase = RUN_GATHERING;
	run->token[token].rank = ++run->game->meeting;
	if (--run->token[first].left)
		return false;
	bpr_i_game_stop_timers(run, first);
	for (uint32_t at = run->cases[of_case].first_token; at != RUN_NONE; at = run->token[at].sibling)
		if (run->token[at].host == first && run->token[at].phase == RUN_GATHERING && !bpr_i_join_add(run, count++, at))
			return false;
	bpr_i_join_merge(run, count, RUN_NONE);
	run->token[token].host = RUN_NONE;
	run->token[token].phase = RUN_MOVING;
	return true;
}

static enum after executed(struct run *run, uint32_t token)
{
	struct run_token *t = &run->token[token];
	const struct run_node *node = &run->plan->node[t->node];

	run->events += node->traits & RUN_STEP;
	if (node->traits & RUN_REPEAT) {
		if (node->repeat_parallel)
			return gather(run, token) ? DONE : STAYS;
		if (--t->left)
			return AGAIN;
	}
	if (t->timers != RUN_NONE)
		bpr_i_game_stop_timers(run, token);
	return DONE;
}

/* ---- boundary events by the clock ---- */

static bool start_timers(struct run *run, uint32_t token)
{
	const struct run_plan *plan = run->plan;
	uint32_t host = run->token[token].node;

	for (uint32_t k = plan->host_timer[host]; k < plan->host_first[host + 1]; k++) {
		const struct run_node *event = &plan->node[plan->host_event[k]];
		const struct run_sampler *wait = &plan->sampler[event->wait];
		double minutes = bpr_i_draw(wait, stream(run, event, RUN_DRAW_WAIT));
		uint32_t timer = bpr_i_token_copy(run, token);

		if (timer == RUN_NONE)
			return false;
		run->token[timer].node = plan->host_event[k];
		run->token[timer].phase = RUN_CLOCKED;
		run->token[timer].host = token;
		run->token[timer].next = run->token[token].timers;
		run->token[token].timers = timer;
		if (!token_event(run, timer, wait->working_days ? bpr_i_hours_working(plan, run->now, minutes) : run->now + minutes, RUN_STRIKE))
			return false;
	}
	return true;
}

void bpr_i_game_stop_timers(struct run *run, uint32_t token)
{
	uint32_t at = run->token[token].timers;

	run->token[token].timers = RUN_NONE;
	while (at != RUN_NONE) {
		uint32_t next = run->token[at].next;

		bpr_i_token_free(run, at);
		at = next;
	}
}

static void unlink_timer(struct run *run, uint32_t host, uint32_t timer)
{
	uint32_t *at = &run->token[host].timers;

	while (*at != timer)
		at = &run->token[*at].next;
	*at = run->token[timer].next;
}

/* The host's other executions, and what it does itself, are given up: it goes on as the event. */
static void take_away(struct run *run, uint32_t host)
{
	uint32_t of_case = run->token[host].of_case;

	if (run->token[host].host == host)
		for (uint32_t at = run->cases[of_case].first_token, next; at != RUN_NONE; at = next) {
			next = run->token[at].sibling;
			if (at != host && run->token[at].host == host && run->token[at].phase != RUN_CLOCKED)
				bpr_i_token_drop(run, at);
		}
	run->token[host].host = RUN_NONE;
	bpr_i_token_loosen(run, host);
}

bool bpr_i_game_boundary(struct run *run, uint32_t timer)
{
	uint32_t host = run->token[timer].host, event = run->token[timer].node;

	if (host == RUN_NONE)
		return bpr_i_clock_strike(run, timer);
	unlink_timer(run, host, timer);
	if (bpr_flow_node(run->plan->flow, event)->interrupting) {
		bpr_i_token_free(run, timer);
		take_away(run, host);
		return bpr_i_go(run, host, GO_NODE, event);
	}
	run->token[timer].phase = RUN_MOVING;
	run->token[timer].host = RUN_NONE;
	bpr_i_record_split(run, host, timer, 1);
	bpr_i_record_split(run, host, host, 2);
	return bpr_i_go(run, timer, GO_NODE, event);
}

bool bpr_i_game_begin(struct run *run, uint32_t token)
{
	return go_on(run, token) ? bpr_i_game_pass(run, token) : !run->stop;
}

bool bpr_i_game_execute(struct run *run, uint32_t token)
{
	struct run_token *t = &run->token[token];
	const struct run_node *node = &run->plan->node[t->node];

	t->left = node->repeat;
	if (!(node->traits & TAKES_TIME)) {
		run->events += node->traits & RUN_STEP ? node->repeat : 0;
		return true;
	}
	if ((node->traits & RUN_TIMED) && !start_timers(run, token))
		return false;
	if ((node->traits & RUN_REPEAT) && node->repeat_parallel) {
		(void)execute_beside(run, token, node->repeat);
		return false;
	}
	return go_on(run, token);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One replication: the clock, cases and tokens, who is called when. */
#include "config.h"
#include "simulate/game_i.h"
#include <math.h>
#include <stdio.h>

#define DAY 1440.0
/* Days after the last arrival until which cases may stay. */
#define MAX_LATE_DAYS 400

/* ---- faults ---- */

bool bpr_i_run_fail(struct run *run, bpr_status status, enum bpr_code_id code, const char *element, const char *a1, const char *a2)
{
	if (run->status == BPR_OK)
		run->status = bpr_i_fail(run->err, status, code, element, 0, a1, a2);
	run->stop = true;
	return false;
}

bool bpr_i_run_nomem(struct run *run)
{
	if (run->status == BPR_OK)
		run->status = bpr_i_nomem(run->err);
	run->stop = true;
	return false;
}

bool bpr_i_run_plan_event(struct run *run, double time, enum run_event_kind kind, uint32_t id, uint32_t stamp)
{
	return bpr_i_queue_add(&run->queue, time, kind, id, stamp) ? true : bpr_i_run_nomem(run);
}

bool bpr_i_go_slow(struct run *run, struct going going)
{
	struct game *g = run->game;

	if (!bpr_i_grow(&g->going, &g->going_capacity, g->going_count + 1, sizeof(*g->going)))
		return bpr_i_run_nomem(run);
	g->going[g->going_count++] = going;
	return true;
}

/* The pool in whose queue most tokens stand: what an overflow is about. */
static const char *longest_queue(const struct run *run)
{
	const struct run_plan *plan = run->plan;
	size_t *count = bpr_i_calloc(plan->pool_count + 1, sizeof(*count));
	size_t best = plan->pool_count;

	for (size_t i = 0; count && i < run->token_count; i++) {
		const struct run_node *node = &plan->node[run->token[i].node];

		if (run->token[i].phase == RUN_QUEUED && node->need_count)
			count[plan->need[node->first_need].pool]++;
	}
	for (size_t i = 0; count && i < plan->pool_count; i++)
		if (count[i] > count[best])
			best = i;
	bpr_i_free(count);
	return best < plan->pool_count ? bpr_flow_pool(plan->flow, best)->name : "";
}

static bool too_many(struct run *run)
{
	char limit[24];
	const char *pool = longest_queue(run);

	(void)snprintf(limit, sizeof(limit), "%zu", run->plan->options.max_in_process);
	return bpr_i_run_fail(run, BPR_ELIMIT, *pool ? BPR_I_V014 : BPR_I_V015, pool, limit, pool);
}

/* ---- tokens ---- */

static bool more_tokens(struct run *run)
{
	if (run->token_count >= UINT32_MAX / 2 || !bpr_i_grow(&run->token, &run->token_capacity, run->token_count + 16, sizeof(*run->token)))
		return bpr_i_run_nomem(run);
	for (size_t i = run->token_count; i < run->token_capacity && i < UINT32_MAX / 2; i++)
		run->token[i] = (struct run_token){ .stamp = 0, .next = i + 1 < run->token_capacity ? (uint32_t)i + 1 : RUN_NONE };
	run->free_token = (uint32_t)run->token_count;
	run->token_count = run->token_capacity;
	return true;
}

uint32_t bpr_i_token_new(struct run *run, uint32_t of_case, uint32_t node)
{
	struct run_case *c = &run->cases[of_case];
	uint32_t t = run->free_token, stamp;

	if (t == RUN_NONE) {
		if (!more_tokens(run))
			return RUN_NONE;
		t = run->free_token;
	}
	run->free_token = run->token[t].next;
	stamp = run->token[t].stamp;
	run->token[t] = (struct run_token){ .node = node, .of_case = of_case, .next = RUN_NONE, .before = RUN_NONE, .stamp = stamp,
		.phase = RUN_MOVING, .trail = RUN_NONE, .sibling = c->first_token, .sibling_before = RUN_NONE, .arc = RUN_NONE,
		.host = RUN_NONE, .timers = RUN_NONE };
	if (c->first_token != RUN_NONE)
		run->token[c->first_token].sibling_before = t;
	c->first_token = t;
	if (++c->tokens > MAX_TOKENS && c->tokens > 64 * run->plan->node_count) {
		const char *id = bpr_flow_node(run->plan->flow, node)->id;

		(void)bpr_i_run_fail(run, BPR_ELIMIT, BPR_I_A004, id, id, NULL);
		return RUN_NONE;
	}
	return t;
}

uint32_t bpr_i_token_copy(struct run *run, uint32_t token)
{
	uint32_t t = bpr_i_token_new(run, run->token[token].of_case, run->token[token].node);

	if (t == RUN_NONE)
		return t;
	run->token[t].frame = run->token[token].frame;
	run->token[t].arc = run->token[token].arc;
	if (run->token[t].frame)
		run->game->frame[run->token[t].frame].uses++;
	return t;
}

void bpr_i_token_free(struct run *run, uint32_t token)
{
	struct run_token *t = &run->token[token];
	struct run_case *c = &run->cases[t->of_case];
	uint32_t frame = t->frame;

	if (!run->plan->single && t->phase != RUN_CLOCKED) /* of timers nobody was told */
		bpr_i_record_gone(run, token);
	t = &run->token[token];
	if (t->sibling != RUN_NONE)
		run->token[t->sibling].sibling_before = t->sibling_before;
	if (t->sibling_before != RUN_NONE)
		run->token[t->sibling_before].sibling = t->sibling;
	else
		c->first_token = t->sibling;
	c->tokens--;
	t->stamp++;
	t->phase = RUN_FREE;
	t->next = run->free_token;
	run->free_token = token;
	if (frame)
		bpr_i_round_release(run, frame);
}

void bpr_i_token_loosen(struct run *run, uint32_t token)
{
	struct run_token *t = &run->token[token];
	struct run_case *c = &run->cases[t->of_case];
	uint32_t traits = run->plan->node[t->node].traits;
	uint8_t phase = t->phase;

	t->stamp++;
	if (phase == RUN_JOINING) {
		c->joining--;
		c->joining_or -= (traits & RUN_JOIN_OR) != 0;
	}
	if (phase == RUN_QUEUED && (traits & RUN_ASKS))
		bpr_i_record_unqueue(run, token);
	if ((phase == RUN_QUEUED || phase == RUN_SERVED || phase == RUN_INTERRUPTED) && (traits & RUN_ASKS))
		bpr_i_staff_drop(run, token);
	run->token[token].phase = RUN_MOVING;
	bpr_i_game_stop_timers(run, token);
}

void bpr_i_token_drop(struct run *run, uint32_t token)
{
	bpr_i_token_loosen(run, token);
	bpr_i_token_free(run, token);
}

/* Timers of a step go with it. */
static bool is_doomed(const struct run *run, uint32_t token, uint32_t scope, uint32_t stage)
{
	const struct run_token *t = &run->token[token];

	return (t->phase != RUN_CLOCKED || t->host == RUN_NONE) && (scope == RUN_NONE || bpr_i_scope_within(run->plan, run->plan->node[t->node].scope, scope)) &&
	       bpr_i_round_inside(run, token, stage);
}

bool bpr_i_token_drop_others(struct run *run, uint32_t token, uint32_t scope, uint32_t stage)
{
	struct game *g = run->game;
	size_t count = 0;

	for (uint32_t at = run->cases[run->token[token].of_case].first_token; at != RUN_NONE; at = run->token[at].sibling) {
		if (at == token || !is_doomed(run, at, scope, stage))
			continue;
		if (!bpr_i_grow(&g->doomed, &g->doomed_capacity, count + 1, sizeof(*g->doomed)))
			return bpr_i_run_nomem(run);
		g->doomed[count++] = at;
	}
	for (size_t i = 0; i < count; i++)
		if (run->token[g->doomed[i]].phase != RUN_FREE) /* merged with one before it */
			bpr_i_token_drop(run, g->doomed[i]);
	return true;
}

/* ---- cases ---- */

static bool more_cases(struct run *run)
{
	size_t capacity = run->case_capacity ? run->case_capacity * 2 : 64, size = run->plan->case_size;
	struct run_case *cases;
	unsigned char *data;

	if (capacity > UINT32_MAX / 2)
		return bpr_i_run_nomem(run);
	cases = bpr_i_realloc(run->cases, capacity, sizeof(*cases));
	if (!cases)
		return bpr_i_run_nomem(run);
	run->cases = cases;
	if (size) {
		data = bpr_i_realloc(run->case_data, capacity, size);
		if (!data)
			return bpr_i_run_nomem(run);
		run->case_data = data;
	}
	for (size_t i = run->case_capacity; i < capacity; i++)
		run->cases[i].next = i + 1 < capacity ? (uint32_t)i + 1 : RUN_NONE;
	run->free_case = (uint32_t)run->case_capacity;
	run->case_capacity = run->case_count = capacity;
	return true;
}

static uint32_t choose_start(struct run *run)
{
	const struct run_plan *plan = run->plan;
	size_t i = 0;
	double u;

	if (plan->start_count == 1)
		return plan->start[0];
	u = bpr_i_draw_uniform(&run->stream[plan->node_count * RUN_PURPOSES + RUN_DRAW_ROUTE]);
	while (!(u < plan->start_until[i]))
		i++;
	return plan->start[i];
}

void bpr_i_run_enter_case(struct run *run)
{
	uint32_t c = run->free_case, t, start;

	if (run->in_process >= run->plan->options.max_in_process) {
		(void)too_many(run);
		return;
	}
	if (c == RUN_NONE) {
		if (!more_cases(run))
			return;
		c = run->free_case;
	}
	run->free_case = run->cases[c].next;
	run->cases[c] = (struct run_case){ .number = ++run->arrived, .arrived = run->now, .first_token = RUN_NONE };
	start = choose_start(run);
	t = bpr_i_token_new(run, c, start);
	if (t == RUN_NONE)
		return;
	run->in_process++;
	run->events++;
	bpr_i_record_arrive(run, t);
	run->game->current = c;
	if (bpr_i_go(run, t, GO_NODE, start))
		bpr_i_game_settle(run, c);
}

/* Its last token has gone. */
static void end_case(struct run *run, uint32_t of_case)
{
	struct run_case *c = &run->cases[of_case];

	if (c->gave_up)
		run->abandoned++;
	else
		run->finished++;
	run->in_process--;
	bpr_i_record_end(run, of_case);
	run->cases[of_case].next = run->free_case;
	run->free_case = of_case;
}

void bpr_i_game_settle(struct run *run, uint32_t of_case)
{
	struct game *g = run->game;

	g->current = of_case;
	for (;;) {
		bpr_i_game_move(run);
		if (run->stop || !run->cases[of_case].joining || run->cases[of_case].gave_up)
			break;
		if (!bpr_i_join_try(run, of_case))
			break;
	}
	g->current = RUN_NONE;
	if (!run->stop && !run->cases[of_case].tokens)
		end_case(run, of_case);
}

void bpr_i_run_abandon(struct run *run, uint32_t token)
{
	uint32_t of_case = run->token[token].of_case;

	bpr_i_record_give_up(run, token, run->token[token].phase == RUN_QUEUED);
	run->token[token].phase = RUN_MOVING; /* it is out of its queue */
	run->cases[of_case].gave_up = true;
	(void)bpr_i_token_drop_others(run, token, RUN_NONE, 0);
	bpr_i_token_drop(run, token);
	if (!run->stop && run->game->current != of_case)
		end_case(run, of_case);
}

/* ---- the clock ---- */

static bool of_token(unsigned kind)
{
	return kind >= RUN_FINISH && kind <= RUN_STRIKE;
}

static void happen_token(struct run *run, unsigned kind, uint32_t token)
{
	uint32_t of_case = run->token[token].of_case;
	bool ok = true;

	if (kind == RUN_FINISH && (run->plan->node[run->token[token].node].traits & RUN_PLAIN)) {
		if (bpr_i_game_quick(run, token) || run->cases[of_case].joining)
			bpr_i_game_settle(run, of_case);
		return;
	}
	if (kind != RUN_TIMER)
		run->game->current = of_case; /* bpr_i_game_settle() ends it, also where it gives up on the way there */
	switch (kind) {
	case RUN_FINISH: ok = bpr_i_game_finish(run, token); break;
	case RUN_RESUME: ok = bpr_i_game_resume(run, token); break;
	case RUN_STRIKE: ok = bpr_i_game_boundary(run, token); break;
	default:
		bpr_i_staff_timer(run, token);
		return; /* what it starts plans events; who gives up has gone */
	}
	if (ok)
		bpr_i_game_settle(run, of_case);
}

static void happen(struct run *run, const struct run_event *e, unsigned kind)
{
	switch (kind) {
	case RUN_CLOCK: bpr_i_staff_clock(run, e->id); break;
	case RUN_ARRIVE: bpr_i_arrive_event(run); break;
	case RUN_WATCH: bpr_i_record_watch(run, e->id); break;
	default: happen_token(run, kind, e->id); break;
	}
}

static bool too_late(struct run *run, double time)
{
	return !run->arriving && time > run->last_arrival + MAX_LATE_DAYS * DAY;
}

static void play(struct run *run)
{
	struct run_event e;
	unsigned kind;

	while (!run->stop && !run->enough && (run->arriving || run->in_process)) {
		if (!bpr_i_queue_take(&run->queue, &e)) {
			if (bpr_i_staff_flush(run))
				continue;
			run->overrun = !run->queue.failed; /* nobody will ever come to those who wait */
			if (run->queue.failed)
				(void)bpr_i_run_nomem(run);
			return;
		}
		kind = (unsigned)(e.order >> RUN_KIND_SHIFT);
		if (of_token(kind) && run->token[e.id].stamp != e.stamp)
			continue;
		if (too_late(run, e.time) || !(e.time < (double)INFINITY)) {
			run->overrun = true;
			return;
		}
		run->now = e.time;
		if (kind == RUN_ARRIVE)
			run->last_arrival = e.time;
		happen(run, &e, kind);
		if (run->staying && !run->stop)
			bpr_i_stay_look(run);
		if (run->events > run->plan->options.max_events) {
			char limit[24];

			(void)snprintf(limit, sizeof(limit), "%llu", run->plan->options.max_events);
			(void)bpr_i_run_fail(run, BPR_ELIMIT, BPR_I_V016, NULL, limit, NULL);
		}
	}
}

/*
 * The last case has left, but the last day is not over: its people stay until they go home, idle. Without this their idle hours
 * would be missing from that day alone.
 */
static void rest_of_day(struct run *run)
{
	struct run_event e;

	if (run->stop || run->enough || run->overrun || !run->plan->closes || !(run->until < (double)INFINITY))
		return;
	while (!run->stop && bpr_i_queue_take(&run->queue, &e) && e.time <= run->until) {
		if ((unsigned)(e.order >> RUN_KIND_SHIFT) != RUN_CLOCK)
			continue;
		run->now = e.time;
		bpr_i_staff_clock(run, e.id);
	}
	if (run->queue.failed)
		(void)bpr_i_run_nomem(run);
	if (run->now < run->until)
		run->now = run->until;
}

/* ---- lifecycle ---- */

static void clear(struct run *run, uint64_t replication)
{
	const struct run_plan *plan = run->plan;
	struct game *g = run->game;

	run->replication = replication;
	run->now = run->last_arrival = 0;
	run->until = (double)INFINITY;
	run->arrived = run->finished = run->abandoned = run->events = 0;
	run->in_process = 0;
	run->overrun = run->enough = run->stop = false;
	run->arriving = true;
	run->status = BPR_OK;
	bpr_i_queue_clear(&run->queue);
	run->free_token = run->token_count ? 0 : RUN_NONE;
	for (size_t i = 0; i < run->token_count; i++)
		run->token[i] = (struct run_token){ .next = i + 1 < run->token_count ? (uint32_t)i + 1 : RUN_NONE };
	run->free_case = run->case_count ? 0 : RUN_NONE;
	for (size_t i = 0; i < run->case_count; i++)
		run->cases[i].next = i + 1 < run->case_count ? (uint32_t)i + 1 : RUN_NONE;
	g->going_count = 0;
	g->frame_count = 1;
	g->free_frame = 0;
	g->current = RUN_NONE;
	g->meeting = 0;
	g->moves = 0;
	for (size_t i = 0; i < plan->stream_count; i++)
		bpr_i_rng_seed(&run->stream[i], plan->options.seed, replication, plan->stream_key[i], i % RUN_PURPOSES);
}

bpr_status bpr_i_run_play(struct run *run, uint64_t replication, struct bpr_error *err)
{
	run->err = err;
	clear(run, replication);
	bpr_i_record_clear(run);
	bpr_i_staff_clear(run);
	bpr_i_arrive_clear(run);
	play(run);
	rest_of_day(run);
	if (!run->stop)
		bpr_i_record_close(run);
	return run->stop && run->status == BPR_OK ? BPR_ECANCELLED : run->status;
}

static bool allocate(struct run *run)
{
	run->game = bpr_i_calloc(1, sizeof(*run->game));
	run->stream = bpr_i_calloc(run->plan->stream_count, sizeof(*run->stream));
	if (!run->game || !run->stream)
		return false;
	return bpr_i_grow(&run->game->going, &run->game->going_capacity, 16, sizeof(struct going)) &&
	       bpr_i_grow(&run->game->frame, &run->game->frame_capacity, 1, sizeof(struct frame));
}

bpr_status bpr_i_run_new(const struct run_plan *plan, struct run **out, struct bpr_error *err)
{
	struct run *run = bpr_i_calloc(1, sizeof(*run));
	bpr_status status;

	*out = NULL;
	if (!run)
		return bpr_i_nomem(err);
	run->plan = plan;
	run->err = err;
	run->free_token = run->free_case = RUN_NONE;
	status = allocate(run) ? BPR_OK : bpr_i_nomem(err);
	if (status == BPR_OK)
		status = bpr_i_arrive_new(run);
	if (status == BPR_OK)
		status = bpr_i_staff_new(run);
	if (status == BPR_OK)
		status = bpr_i_record_new(run);
	if (status != BPR_OK) {
		if (err && err->status == BPR_OK)
			(void)bpr_i_nomem(err);
		bpr_i_run_free(run);
		return status;
	}
	*out = run;
	return BPR_OK;
}

void bpr_i_run_free(struct run *run)
{
	if (!run)
		return;
	bpr_i_record_free(run);
	bpr_i_staff_free(run);
	bpr_i_arrive_free(run);
	if (run->game) {
		bpr_i_free(run->game->going);
		bpr_i_free(run->game->frame);
		bpr_i_free(run->game->group);
		bpr_i_free(run->game->doomed);
	}
	bpr_i_free(run->game);
	bpr_i_queue_release(&run->queue);
	bpr_i_free(run->token);
	bpr_i_free(run->cases);
	bpr_i_free(run->case_data);
	bpr_i_free(run->stream);
	bpr_i_free(run);
}

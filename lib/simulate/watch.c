/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What others are told on the way: the log, the queues of a moment, cycle times for the warm-up. */
#include "config.h"
#include "simulate/recorder_i.h"
#include "simulate/staff_i.h"
#include "base/alloc_i.h"

enum { WATCH_WARMUP, WATCH_MOMENT };

static void stop(struct run *run)
{
	(void)bpr_i_run_fail(run, BPR_ECANCELLED, BPR_I_V035, NULL, NULL, NULL);
}

static void flush_events(struct run *run)
{
	struct record *r = run->record;

	if (r->event_count && !run->stop && !run->plan->options.log(run->plan->options.log_data, r->event, r->event_count))
		stop(run);
	r->event_count = 0;
}

static void add_event(struct run *run, uint32_t token, double arrived, double started)
{
	struct record *r = run->record;
	const struct run_token *t = &run->token[token];
	const struct run_node *node = &run->plan->node[t->node];
	uint32_t pool, person = bpr_i_staff_person(run, token, &pool);

	if (!person && node->need_count)
		pool = run->plan->need[node->first_need].pool;
	r->event[r->event_count++] = (struct bpr_sim_event){
		.case_number = run->cases[t->of_case].number, .node = t->node,
		.arrived = arrived, .started = started, .finished = run->now,
		.pool = pool == RUN_NONE ? BPR_NONE : pool,
		.person = person, .ticket = bpr_i_staff_ticket(run, token), .replication = (unsigned)run->replication,
	};
	if (r->event_count == RECORD_EVENTS)
		flush_events(run);
}

void bpr_i_watch_finish(struct run *run, uint32_t token)
{
	const struct run_token *t = &run->token[token];

	if (run->plan->node[t->node].traits & RUN_STEP)
		add_event(run, token, t->arrived, t->started);
}

void bpr_i_watch_pass(struct run *run, uint32_t token)
{
	for (uint32_t i = 0; i < run->plan->node[run->token[token].node].repeat && !run->stop; i++)
		add_event(run, token, run->now, run->now);
}

void bpr_i_watch_case(struct run *run, uint32_t of_case, double cycle)
{
	struct record *r = run->record;
	size_t n = r->cycle_count;

	(void)of_case;
	if (!bpr_i_grow(&r->cycle, &r->cycle_capacity, n + 1, sizeof(*r->cycle))
	    || !bpr_i_grow(&r->time, &r->time_capacity, n + 1, sizeof(*r->time))) {
		(void)bpr_i_run_nomem(run);
		return;
	}
	r->cycle[n] = cycle;
	r->time[n] = run->now;
	r->cycle_count++;
}

static void show(struct run *run)
{
	const struct bpr_sim_options *options = &run->plan->options;
	struct record *r = run->record;
	const size_t *counter_queue = r->shown + run->plan->pool_count;
	struct bpr_sim_moment moment = {
		.time = run->now, .arrived = run->arrived, .finished = run->finished, .abandoned = run->abandoned,
		.in_process = r->present, .counter_queue = counter_queue,
		.pool_queue = r->shown, .pool_busy = r->pool_busy, .pool_on_duty = r->pool_duty,
	};

	for (size_t i = 0; i < r->first_line; i++)
		r->shown[i] = r->line[i].length;
	if (!options->watch(options->watch_data, &moment))
		stop(run);
}

void bpr_i_record_watch(struct run *run, uint32_t id)
{
	struct record *r = run->record;

	if (id == WATCH_WARMUP) {
		bpr_i_record_restart(run);
		return;
	}
	show(run);
	/* The last moments are those in which somebody is still there or to come. */
	if (!run->stop && (run->arriving || r->present))
		(void)bpr_i_run_plan_event(run, run->now + run->plan->options.watch_step, RUN_WATCH, WATCH_MOMENT, 0);
}

void bpr_i_watch_clear(struct run *run)
{
	const struct bpr_sim_options *options = &run->plan->options;
	struct record *r = run->record;

	r->event_count = r->cycle_count = 0;
	r->logs = options->log && run->replication < options->log_replications;
	r->watches = options->watch && run->replication == 0;
	r->warming = options->warmup == BPR_WARMUP_MINUTES && options->warmup_minutes > 0;
	if (r->warming)
		(void)bpr_i_run_plan_event(run, options->warmup_minutes, RUN_WATCH, WATCH_WARMUP, 0);
	if (r->watches && options->watch_step > 0)
		(void)bpr_i_run_plan_event(run, 0, RUN_WATCH, WATCH_MOMENT, 0);
}

bool bpr_i_watch_new(struct run *run)
{
	if (!run->plan->options.log)
		return true;
	run->record->event = bpr_i_calloc(RECORD_EVENTS, sizeof(*run->record->event));
	return run->record->event != NULL;
}

void bpr_i_watch_close(struct run *run)
{
	if (run->record->logs)
		flush_events(run);
}

void bpr_i_watch_release(struct record *r)
{
	bpr_i_free(r->event);
	bpr_i_free(r->cycle);
	bpr_i_free(r->time);
}

void bpr_i_record_keep_series(struct run *run, bool keep)
{
	run->record->keeps = keep;
}

size_t bpr_i_record_series(const struct run *run, const double **cycles, const double **times)
{
	*cycles = run->record->cycle;
	*times = run->record->time;
	return run->record->cycle_count;
}

void bpr_i_record_on_progress(struct run *run, bool (*progress)(void *data, const struct run *run), void *data)
{
	run->record->progress = progress;
	run->record->progress_data = data;
}

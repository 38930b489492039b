/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written down while a replication runs. */
#include "config.h"
#include "simulate/recorder_i.h"
#include "base/alloc_i.h"
#include <math.h>

/* Cases after which somebody is told how far it has come. */
#define PROGRESS_STEP 4096

/* ---- a case comes in, and enters nodes ---- */

void bpr_i_record_arrive(struct run *run, uint32_t token)
{
	struct record *r = run->record;
	uint32_t of_case = run->token[token].of_case;
	struct tally *t = tally_of(run, of_case);

	record_set_hour(r, run->now);
	bpr_i_record_count_present(r, run->now);
	r->present++;
	r->until = run->until;
	r->sums.hour[r->hour].arrivals += 1;
	r->sums.arrived += 1;
	run->cases[of_case].counted = !r->warming;
	run->token[token].trail = 0;
	memset(t, 0, run->plan->case_size);
	if (!run->plan->single && !bpr_i_trail_begin(run, token))
		(void)bpr_i_run_nomem(run);
}

void bpr_i_record_move(struct run *run, uint32_t of_case, uint32_t place, const struct record_node *n)
{
	struct record *r = run->record;
	const struct record_plan *plan = r->plan;
	const size_t *column = plan->columns.of_key;
	double *value = values_of(plan, tally_of(run, of_case)), again = n->away ? (double)n->repeat - 1 : 0, visits;

	if (n->counter == RUN_NONE)
		return;
	visits = (place != n->counter + 1) + again;
	value[column[BPR_METRIC_COUNTER_VISITS]] += visits;
	value[column[BPR_METRIC_TRIPS]] += (place == 0) + again;
	if (place && column[BPR_METRIC_BUILDING_MOVES] != COLUMN_ZERO)
		value[column[BPR_METRIC_BUILDING_MOVES]] += plan->building[place - 1] != plan->building[n->counter];
	r->sums.counter[n->counter].comings += visits;
}

static void enter_place(struct run *run, uint32_t token, const struct record_node *n, struct tally *t)
{
	const struct record_plan *plan = run->record->plan;

	if (n->counter != RUN_NONE) {
		uint64_t *word = &bits_of(plan, t)[(plan->counter_at + n->counter) / 64];
		uint64_t bit = (uint64_t)1 << (plan->counter_at + n->counter) % 64;

		if (!(*word & bit))
			values_of(plan, t)[plan->columns.of_key[BPR_METRIC_DISTINCT_COUNTERS]] += 1;
		*word |= bit;
	}
	if (!run->plan->single) {
		bpr_i_trail_place(run, token, run->token[token].node);
		return;
	}
	bpr_i_record_move(run, run->token[token].of_case, t->place, n);
	t->place = n->away || n->counter == RUN_NONE ? 0 : n->counter + 1;
}

static void enter_unit(struct run *run, uint32_t token, const struct record_node *n, struct tally *t)
{
	const struct record_plan *plan = run->record->plan;
	uint32_t node = run->token[token].node, before;
	double *handoffs = &values_of(plan, t)[plan->columns.of_key[BPR_METRIC_HANDOFFS]];

	if (!run->plan->single) {
		*handoffs += bpr_i_trail_unit(run, token, node);
		return;
	}
	before = t->walker.unit;
	*handoffs += before && plan->node[before - 1].unit != n->unit;
	t->walker.unit = node + 1;
}

static void enter_fields(const struct record_plan *plan, const struct record_node *n, struct tally *t)
{
	double *times = classes_of(plan, t);

	for (uint32_t i = n->first_class; i < n->first_class + n->class_count; i++)
		times[plan->class[i].class] += plan->class[i].times;
}

/* Apart from what every node does, so that the common way needs few registers. */
__attribute__((noinline)) static void enter_more(struct run *run, uint32_t token, const struct record_node *n, struct tally *t)
{
	struct record *r = run->record;

	if (n->flags & RECORD_PLACE)
		enter_place(run, token, n, t);
	if (n->flags & RECORD_UNIT)
		enter_unit(run, token, n, t);
	if (n->flags & RECORD_FIELDS)
		enter_fields(r->plan, n, t);
	if ((n->flags & RECORD_LOG) && r->logs)
		bpr_i_watch_pass(run, token);
}

void bpr_i_record_enter(struct run *run, uint32_t token)
{
	struct record *r = run->record;
	const struct record_plan *plan = r->plan;
	uint32_t node = run->token[token].node;
	const struct record_node *n = &plan->node[node];
	struct tally *t = tally_of(run, run->token[token].of_case);

	r->entries[node] += n->repeat;
	for (uint32_t i = n->first_add; i < n->first_add + n->add_count; i++)
		values_of(plan, t)[plan->add[i].column] += plan->add[i].value;
	if (n->flags & RECORD_STEP)
		bits_of(plan, t)[n->bit / 64] |= (uint64_t)1 << n->bit % 64;
	if (n->flags & RECORD_ENTERED)
		enter_more(run, token, n, t);
}

/* ---- queues and work ---- */

static inline void join(struct record_line *line)
{
	if (++line->length > line->longest)
		line->longest = line->length;
}

static void leave_queue(struct run *run, uint32_t token)
{
	struct record *r = run->record;
	uint32_t node = run->token[token].node;
	const struct record_node *n = &r->plan->node[node];

	if (!(run->token[token].trail & RECORD_QUEUED))
		return;
	run->token[token].trail &= ~RECORD_QUEUED;
	r->line[r->first_line + node].length--;
	for (uint32_t i = n->first_place; i < n->first_place + n->place_count; i++)
		r->line[r->plan->place[i]].length--;
}

void bpr_i_record_queue(struct run *run, uint32_t token)
{
	struct record *r = run->record;
	uint32_t node = run->token[token].node;
	const struct record_node *n = &r->plan->node[node];

	run->token[token].trail |= RECORD_QUEUED;
	join(&r->line[r->first_line + node]);
	for (uint32_t i = n->first_place; i < n->first_place + n->place_count; i++)
		join(&r->line[r->plan->place[i]]);
}

/* Who goes away unserved stood in the queue as long as others: it is part of its length, though not of the waits of who was served. */
static void count_lost(struct run *run, uint32_t token, double wait)
{
	struct record *r = run->record;
	const struct run_token *t = &run->token[token];
	const struct record_node *n = &r->plan->node[t->node];
	uint32_t hour = bpr_i_record_hour_of(r, t->arrived);

	r->sums.node[t->node].lost += wait > 0 ? wait : 0;
	for (uint32_t i = n->first_place; wait > 0 && i < n->first_place + n->place_count; i++)
		record_waits_at(r, r->plan->place[i], hour)->lost += wait;
}

void bpr_i_record_unqueue(struct run *run, uint32_t token)
{
	const struct run_token *t = &run->token[token];

	if (t->trail & RECORD_QUEUED)
		count_lost(run, token, run->now - t->arrived - t->closed - t->held);
	leave_queue(run, token);
}

/* Limits of waits at pools. */
static void count_limits(struct run *run, const struct record_node *n, double wait)
{
	const struct bpr_sim_options *options = &run->plan->options;
	struct record *r = run->record;

	for (size_t k = 0; k < options->limit_count; k++)
		for (uint32_t i = n->first_place; i < n->first_place + n->place_count; i++)
			if (r->plan->place[i] == options->limits[k].pool) {
				r->sums.limit[k].of += 1;
				r->sums.limit[k].kept += wait <= options->limits[k].most;
			}
}

static inline void note_wait(struct record *r, uint32_t node, double wait)
{
	struct record_waits *w = &r->waits_of[node];

	w->value[w->count++] = wait;
	if (w->count == RECORD_WAITS) {
		bpr_i_sketch_add_all(&r->sums.node_waits[node], w->value, RECORD_WAITS);
		w->count = 0;
	}
}

static void flush_waits(struct record *r)
{
	for (size_t i = 0; i < r->sums.node_count; i++) {
		bpr_i_sketch_add_all(&r->sums.node_waits[i], r->waits_of[i].value, r->waits_of[i].count);
		r->waits_of[i].count = 0;
	}
}

void bpr_i_record_begin(struct run *run, uint32_t token)
{
	struct record *r = run->record;
	struct run_token *t = &run->token[token];
	struct record_hour *begun = &r->begun[t->node];
	double wait = 0, joined = t->arrived;

	if (t->trail & RECORD_QUEUED || joined < run->now) {
		struct walker *w = walker_of(run, token);

		wait = run->now - joined - t->closed - t->held;
		wait = wait > 0 ? wait : 0;
		leave_queue(run, token);
		w->queue += wait;
		w->closed += t->closed;
		if (!run->plan->single)
			tally_of(run, t->of_case)->waited += wait;
	}
	t->closed = t->held = 0;
	if (!r->plan->node[t->node].place_count)
		return;
	note_wait(r, t->node, wait);
	if (run->plan->options.limit_count)
		count_limits(run, &r->plan->node[t->node], wait);
	record_set_hour(r, run->now);
	if (joined < r->hour_from) {
		bpr_i_record_count_wait(r, t->node, bpr_i_record_hour_of(r, joined), 1, wait, wait);
		return;
	}
	begun->count += 1;
	begun->wait += wait;
	begun->max = wait > begun->max ? wait : begun->max;
}

void bpr_i_record_finish(struct run *run, uint32_t token)
{
	struct record *r = run->record;
	struct run_token *t = &run->token[token];
	const struct record_plan *plan = r->plan;
	const struct record_node *n = &plan->node[t->node];
	struct walker *w = walker_of(run, token);
	double work = run->now - t->started - t->closed - t->held;

	work = work > 0 ? work : 0;
	w->closed += t->closed;
	t->closed = t->held = 0;
	w->work += work;
	w->lead += work;
	r->sums.node[t->node].executed += 1;
	r->sums.node[t->node].work += work;
	if (n->flags & (RECORD_STAFF | RECORD_CITIZEN | RECORD_COST)) {
		double *value = values_of(plan, tally_of(run, t->of_case));

		if (n->flags & RECORD_STAFF)
			value[plan->staff] += work;
		if (n->flags & RECORD_CITIZEN)
			value[plan->citizen] += work;
		if (n->flags & RECORD_COST)
			value[plan->cost] += work * n->rate;
	}
	if (r->logs)
		bpr_i_watch_finish(run, token);
}

void bpr_i_record_wait(struct run *run, uint32_t token, double minutes)
{
	walker_of(run, token)->lead += minutes;
}

/* ---- ends ---- */

static void end_at(struct run *run, uint32_t token)
{
	struct tally *t = tally_of(run, run->token[token].of_case);

	if (!run->plan->single)
		t->walker = run->record->walker[token]; /* whoever comes last has gone the longest way */
	t->lead = t->walker.lead > t->lead ? t->walker.lead : t->lead;
}

void bpr_i_record_outcome(struct run *run, uint32_t token)
{
	const struct record_plan *plan = run->record->plan;
	uint32_t node = run->token[token].node;

	if (bpr_flow_node(run->plan->flow, node)->outcome == BPR_OUTCOME_INCOMPLETE
	    && plan->columns.of_key[BPR_METRIC_INCOMPLETE] != COLUMN_ZERO)
		values_of(plan, tally_of(run, run->token[token].of_case))[plan->columns.of_key[BPR_METRIC_INCOMPLETE]] = 1;
	end_at(run, token);
}

void bpr_i_record_give_up(struct run *run, uint32_t token, bool queued)
{
	struct record *r = run->record;
	struct run_token *t = &run->token[token];
	struct walker *w = walker_of(run, token);
	double wait = queued ? run->now - t->arrived - t->closed - t->held : 0;
	size_t column = r->plan->columns.of_key[BPR_SIM_ABANDONED];

	leave_queue(run, token);
	wait = wait > 0 ? wait : 0;
	w->queue += wait;
	w->closed += queued ? t->closed : 0;
	if (!run->plan->single)
		tally_of(run, t->of_case)->waited += wait;
	count_lost(run, token, wait);
	r->sums.node[t->node].gave_up += 1;
	r->sums.abandoned += 1;
	if (column != COLUMN_ZERO)
		values_of(r->plan, tally_of(run, t->of_case))[column] = 1;
	end_at(run, token);
}

/* Limits of cases, a block of them at a time. */
static void flush_limits(struct record *r, const struct bpr_sim_options *options)
{
	for (size_t k = 0; k < options->limit_count; k++) {
		const struct bpr_sim_limit *limit = &options->limits[k];
		size_t column = r->plan->columns.of_key[limit->key];

		if (limit->pool != BPR_NONE)
			continue;
		r->sums.limit[k].of += (double)r->row_count;
		for (size_t i = 0; i < r->row_count; i++)
			r->sums.limit[k].kept += (column == COLUMN_ZERO ? 0 : r->block[column * RECORD_ROWS + i]) <= limit->most;
	}
}

static void flush_rows(struct record *r, const struct bpr_sim_options *options)
{
	flush_limits(r, options);
	for (size_t c = 0; r->row_count && c < r->plan->columns.count; c++) {
		const double *x = r->block + c * RECORD_ROWS;

		bpr_i_moments_add(&r->sums.moments[c], x, r->row_count);
		bpr_i_sketch_add_all(&r->sums.values[c], x, r->row_count);
	}
	r->row_count = 0;
}

/* What is known of a case only once it is over. */
static void complete(const struct record_plan *plan, struct tally *t, double *value, double cycle, bool single)
{
	const size_t *column = plan->columns.of_key;
	double process = cycle - t->walker.work - t->walker.queue - t->walker.closed, repeated = 0;
	const struct { size_t key; double x; } last[] = {
		{ BPR_METRIC_LEAD_MINUTES, t->lead },
		{ BPR_SIM_CYCLE, cycle },
		{ BPR_SIM_WAIT, single ? t->walker.queue : t->waited },
		{ BPR_SIM_CYCLE_WORK, t->walker.work },
		{ BPR_SIM_CYCLE_QUEUE, t->walker.queue },
		{ BPR_SIM_CYCLE_CLOSED, t->walker.closed },
		{ BPR_SIM_CYCLE_PROCESS, process > 0 ? process : 0 },
	};

	for (size_t i = 0; i < sizeof(last) / sizeof(*last); i++)
		if (column[last[i].key] != COLUMN_ZERO)
			value[column[last[i].key]] = last[i].x;
	if (plan->step_words) {
		double first = 0;

		for (size_t i = 0; i < plan->step_words; i++)
			first += __builtin_popcountll(bits_of(plan, t)[i]);
		value[column[BPR_METRIC_REVISITS]] = value[column[BPR_METRIC_STEPS]] - first;
	}
	if (column[BPR_METRIC_REPEATED_FIELDS] == COLUMN_ZERO)
		return;
	for (size_t i = 0; i < plan->class_count; i++) {
		double times = classes_of(plan, t)[i];

		repeated += times > 0 ? plan->weight[i] * (times - 1) : 0;
	}
	value[column[BPR_METRIC_REPEATED_FIELDS]] = repeated;
}

void bpr_i_record_end(struct run *run, uint32_t of_case)
{
	struct record *r = run->record;
	const struct record_plan *plan = r->plan;
	struct tally *t = tally_of(run, of_case);
	double *value = values_of(plan, t), cycle = run->now - run->cases[of_case].arrived;

	record_set_hour(r, run->now);
	bpr_i_record_count_present(r, run->now);
	r->present--;
	if (!run->plan->single)
		bpr_i_trail_end(run, of_case);
	r->sums.finished += 1;
	if (r->keeps)
		bpr_i_watch_case(run, of_case, cycle);
	if (!run->cases[of_case].counted)
		return;
	complete(plan, t, value, cycle, run->plan->single);
	for (size_t c = 0; c < plan->columns.count; c++)
		r->block[c * RECORD_ROWS + r->row_count] = value[c];
	if (++r->row_count == RECORD_ROWS)
		flush_rows(r, &run->plan->options);
	r->finished++;
	if (r->finished == run->plan->options.cases)
		run->enough = true;
	if (r->progress && r->finished % PROGRESS_STEP == 0 && !r->progress(r->progress_data, run))
		(void)bpr_i_run_fail(run, BPR_ECANCELLED, BPR_I_V035, NULL, NULL, NULL);
}

/* ---- a replication ---- */

void bpr_i_record_restart(struct run *run)
{
	struct record *r = run->record;

	bpr_i_sums_clear(&r->sums);
	memset(r->begun, 0, run->plan->node_count * sizeof(*r->begun));
	memset(r->waits_of, 0, run->plan->node_count * sizeof(*r->waits_of));
	memset(r->entries, 0, run->plan->node_count * sizeof(*r->entries));
	for (size_t i = 0; i < r->first_line + run->plan->node_count; i++)
		r->line[i].longest = r->line[i].length;
	r->row_count = 0;
	r->warming = false;
	r->from = run->now;
	r->sums.warmup = run->now;
	bpr_i_record_start_hours(r, run->now);
}

void bpr_i_record_clear(struct run *run)
{
	struct record *r = run->record;
	size_t nodes = run->plan->node_count, pools = run->plan->pool_count;

	memset(r->line, 0, (r->first_line + nodes) * sizeof(*r->line));
	memset(r->pool_busy, 0, pools * sizeof(*r->pool_busy));
	memset(r->pool_duty, 0, pools * sizeof(*r->pool_duty));
	memset(r->pool_over, 0, pools * sizeof(*r->pool_over));
	r->present = 0;
	r->finished = 0;
	r->until = (double)INFINITY;
	bpr_i_record_restart(run);
	bpr_i_trail_clear(r);
	bpr_i_watch_clear(run);
}

static void count_nodes(struct record *r)
{
	for (size_t i = 0; i < r->sums.pool_count; i++)
		r->sums.pool[i].longest = (double)r->line[i].longest;
	for (size_t i = 0; i < r->sums.counter_count; i++)
		r->sums.counter[i].longest = (double)r->line[r->sums.pool_count + i].longest;
	for (size_t i = 0; i < r->sums.node_count; i++) {
		r->sums.node[i].longest = (double)r->line[r->first_line + i].longest;
		r->sums.node[i].entries = (double)r->entries[i];
		r->sums.node[i].left = (double)r->line[r->first_line + i].length;
	}
}

void bpr_i_record_close(struct run *run)
{
	struct record *r = run->record;

	bpr_i_record_close_hours(run);
	flush_waits(r);
	count_nodes(r);
	flush_rows(r, &run->plan->options);
	r->sums.cases = (double)r->finished;
	r->sums.events = (double)run->events;
	r->sums.unfinished = (double)r->present;
	bpr_i_watch_close(run);
}

bpr_status bpr_i_record_new(struct run *run)
{
	const struct run_plan *plan = run->plan;
	struct record *r = run->record = bpr_i_calloc(1, sizeof(*r));

	if (!r)
		return BPR_ENOMEM;
	r->plan = plan->record_plan;
	r->of = plan;
	r->closes = plan->closes;
	r->weekday = bpr_calendar_weekday(plan->calendar, 0);
	r->block = bpr_i_calloc(r->plan->columns.count, RECORD_ROWS * sizeof(*r->block));
	r->first_line = plan->pool_count + plan->counter_count;
	r->line = bpr_i_calloc(r->first_line + plan->node_count, sizeof(*r->line));
	r->begun = bpr_i_calloc(plan->node_count, sizeof(*r->begun));
	r->waits_of = bpr_i_calloc(plan->node_count, sizeof(*r->waits_of));
	r->entries = bpr_i_calloc(plan->node_count, sizeof(*r->entries));
	r->shown = bpr_i_calloc(r->first_line, sizeof(*r->shown));
	r->pool_busy = bpr_i_calloc(plan->pool_count, sizeof(*r->pool_busy));
	r->pool_duty = bpr_i_calloc(plan->pool_count, sizeof(*r->pool_duty));
	r->pool_over = bpr_i_calloc(plan->pool_count, sizeof(*r->pool_over));
	r->busy_area = bpr_i_calloc(plan->pool_count, 3 * sizeof(*r->busy_area));
	if (r->busy_area) {
		r->busy_since = r->busy_area + plan->pool_count;
		r->duty_since = r->busy_since + plan->pool_count;
	}
	if (!bpr_i_sums_init(&r->sums, plan->flow, &r->plan->columns, plan->options.samples) || !r->block || !r->line || !r->begun || !r->waits_of || !r->entries || !r->shown
	    || !r->pool_busy || !r->pool_duty || !r->pool_over || !r->busy_area || !bpr_i_watch_new(run))
		return BPR_ENOMEM;
	return BPR_OK;
}

void bpr_i_record_free(struct run *run)
{
	struct record *r = run->record;

	if (!r)
		return;
	bpr_i_sums_release(&r->sums);
	bpr_i_trail_release(r);
	bpr_i_watch_release(r);
	bpr_i_free(r->block);
	bpr_i_free(r->line);
	bpr_i_free(r->begun);
	bpr_i_free(r->waits_of);
	bpr_i_free(r->entries);
	bpr_i_free(r->shown);
	bpr_i_free(r->pool_busy);
	bpr_i_free(r->pool_duty);
	bpr_i_free(r->pool_over);
	bpr_i_free(r->busy_area);
	bpr_i_free(r);
	run->record = NULL;
}

const struct sums *bpr_i_record_sums(const struct run *run)
{
	return &run->record->sums;
}

unsigned long long bpr_i_record_finished(const struct run *run)
{
	return run->record->finished;
}

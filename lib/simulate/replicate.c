/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Replications, as many at once as there are threads. Each thread plays whole replications with a run of its own; what they
 * come to is added up in the order of their numbers, so that no figure depends on how many threads there were. A thread whose
 * turn has not come waits: memory is one run and one set of sums a thread.
 */
#include "config.h"
#include "simulate/record_i.h"
#include "simulate/result_i.h"
#include "simulate/warmup_i.h"
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include "base/options_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

enum {
	DEFAULT_DAYS = 5, DEFAULT_DAYS_REPLICATIONS = 30, DEFAULT_CASES = 10000, DEFAULT_CASES_REPLICATIONS = 10,
	DEFAULT_PRECISION_REPLICATIONS = 10000, DEFAULT_SAMPLES = 65536, FIRST_ROUND = 10, MOST_JOBS = 1024
};

struct crew;
struct worker { struct crew *crew; struct run *run; pthread_t thread; bool started; double done; };

struct crew {
	struct run_plan *plan;
	struct bpr_simulation *result;
	struct worker *worker; size_t worker_count;
	pthread_mutex_t lock;
	pthread_cond_t turn;        /* a replication was added, or all stop */
	size_t next, added, end;    /* replications taken, added, of this round */
	size_t goal;                /* how many it will be in all, as far as is known */
	bool stop;
	bpr_status status;
	struct bpr_error err;
};

/* ---- one replication after the other; the lock is held ---- */

static void fail(struct crew *c, bpr_status status, const struct bpr_error *err)
{
	if (!c->stop) {
		c->status = status;
		c->err = *err;
		c->stop = true;
	}
	(void)pthread_cond_broadcast(&c->turn);
}

static void tell(struct crew *c)
{
	const struct bpr_sim_options *options = &c->plan->options;
	double done = (double)c->added;
	struct bpr_error err = { 0 };

	if (!options->progress || c->stop)
		return;
	for (size_t i = 0; i < c->worker_count; i++)
		done += c->worker[i].done;
	done /= (double)c->goal;
	if (!options->progress(options->progress_data, done < 1 ? done : 1, c->result->replications ?
			       c->result->sums.moments[c->result->columns.of_key[BPR_SIM_CYCLE]].mean : 0))
		fail(c, bpr_i_fail(&err, BPR_ECANCELLED, BPR_I_V035, NULL, 0, NULL, NULL), &err);
}

static bool on_progress(void *data, const struct run *run)
{
	struct worker *w = data;
	const struct bpr_sim_options *options = &run->plan->options;
	double done = options->cases ? (double)bpr_i_record_finished(run) / (double)options->cases
		: run->until > 0 && isfinite(run->until) ? run->now / run->until : 0;
	bool go_on;

	(void)pthread_mutex_lock(&w->crew->lock);
	w->done = done < 1 ? done : 1;
	tell(w->crew);
	go_on = !w->crew->stop;
	(void)pthread_mutex_unlock(&w->crew->lock);
	return go_on;
}

static void add(struct crew *c, struct worker *w, size_t number, bpr_status status, const struct bpr_error *err)
{
	struct bpr_error own = *err;

	while (!c->stop && c->added != number)
		(void)pthread_cond_wait(&c->turn, &c->lock);
	if (c->stop)
		return;
	if (status == BPR_OK && !bpr_i_result_add(c->result, bpr_i_record_sums(w->run)))
		status = bpr_i_nomem(&own);
	if (status != BPR_OK) {
		fail(c, status, &own);
		return;
	}
	c->added++;
	w->done = 0;
	(void)pthread_cond_broadcast(&c->turn);
	tell(c);
}

static void *work(void *data)
{
	struct worker *w = data;
	struct crew *c = w->crew;
	const struct bpr_sim_options *options = &c->plan->options;

	(void)pthread_mutex_lock(&c->lock);
	while (!c->stop && c->next < c->end) {
		size_t number = c->next++;
		struct bpr_error err = { 0 };
		bpr_status status;

		/* What goes into a log comes in order. */
		while (options->log && number < options->log_replications && !c->stop && c->added != number)
			(void)pthread_cond_wait(&c->turn, &c->lock);
		if (c->stop)
			break;
		(void)pthread_mutex_unlock(&c->lock);
		status = bpr_i_run_play(w->run, number, &err);
		(void)pthread_mutex_lock(&c->lock);
		add(c, w, number, status, &err);
	}
	(void)pthread_mutex_unlock(&c->lock);
	return NULL;
}

/* ---- rounds ---- */

static bpr_status play_to(struct crew *c, size_t end)
{
	size_t count = end - c->added < c->worker_count ? end - c->added : c->worker_count;

	c->end = end;
	for (size_t i = 0; i < count; i++)
		if (!c->worker[i].run) {
			bpr_status status = bpr_i_run_new(c->plan, &c->worker[i].run, &c->err);

			if (status != BPR_OK)
				return status;
			bpr_i_record_on_progress(c->worker[i].run, on_progress, &c->worker[i]);
		}
	/* Where a thread cannot be had, the others do its work. */
	for (size_t i = 1; i < count; i++)
		c->worker[i].started = pthread_create(&c->worker[i].thread, NULL, work, &c->worker[i]) == 0;
	(void)work(&c->worker[0]);
	for (size_t i = 1; i < count; i++)
		if (c->worker[i].started) {
			(void)pthread_join(c->worker[i].thread, NULL);
			c->worker[i].started = false;
		}
	return c->stop ? c->status : BPR_OK;
}

/* Every asked figure's interval is as narrow as was asked for. *ratio: the widest, over what was asked. */
static bool is_precise(const struct crew *c, double *ratio)
{
	static const size_t usual[] = { BPR_SIM_CYCLE, BPR_SIM_WAIT };
	const struct bpr_sim_options *options = &c->plan->options;
	const size_t *keys = options->precise_count ? options->precise : usual;
	size_t count = options->precise_count ? options->precise_count : sizeof(usual) / sizeof(*usual);

	*ratio = 0;
	for (size_t i = 0; i < count; i++) {
		double mean, half, wide;

		if (!bpr_i_result_interval(c->result, keys[i], &mean, &half)) {
			*ratio = 2;
			return false;
		}
		wide = half > 0 ? half / (options->precision * fabs(mean)) : 0;
		*ratio = wide > *ratio ? wide : *ratio;
	}
	return *ratio <= 1;
}

/*
 * Rounds depend on figures alone. The next one goes to a little more than what the width so far asks for (it shrinks with the
 * root of the number), at least by a quarter, at most to three times as many.
 */
static size_t next_end(size_t done, double ratio, size_t most)
{
	double wanted = 1.05 * (double)done * ratio * ratio, least = 1.25 * (double)done + 1, limit = 3 * (double)done;

	wanted = wanted > limit ? limit : wanted;
	wanted = wanted < least ? least : wanted;
	return wanted < (double)most ? (size_t)wanted : most;
}

static bpr_status play(struct crew *c)
{
	const struct bpr_sim_options *options = &c->plan->options;
	bool rounds = options->precision > 0;
	size_t end = rounds && options->replications > FIRST_ROUND ? FIRST_ROUND : options->replications;
	bpr_status status;
	double ratio;

	c->goal = end;
	for (;;) {
		status = play_to(c, end);
		if (status != BPR_OK || !rounds)
			return status;
		c->result->precise = is_precise(c, &ratio);
		if (c->result->precise || end >= options->replications)
			return BPR_OK;
		end = next_end(end, ratio, options->replications);
		c->goal = end;
	}
}

static bpr_status crew_play(struct run_plan *plan, struct bpr_simulation *result, struct bpr_error *err)
{
	struct crew c = { .plan = plan, .result = result, .lock = PTHREAD_MUTEX_INITIALIZER, .turn = PTHREAD_COND_INITIALIZER };
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	bpr_status status;

	c.worker_count = plan->options.jobs ? plan->options.jobs : processors > 0 ? (size_t)processors : 1;
	c.worker_count = c.worker_count < MOST_JOBS ? c.worker_count : MOST_JOBS;
	if (c.worker_count > plan->options.replications)
		c.worker_count = plan->options.replications;
	c.worker = bpr_i_calloc(c.worker_count, sizeof(*c.worker));
	if (!c.worker)
		return bpr_i_nomem(err);
	for (size_t i = 0; i < c.worker_count; i++)
		c.worker[i].crew = &c;
	status = play(&c);
	for (size_t i = 0; i < c.worker_count; i++)
		bpr_i_run_free(c.worker[i].run);
	bpr_i_free(c.worker);
	(void)pthread_cond_destroy(&c.turn);
	(void)pthread_mutex_destroy(&c.lock);
	if (status != BPR_OK && err)
		*err = c.err;
	return status;
}

/* ---- options, and what has to be said about the run ---- */

static bpr_status complete(const bpr_flow *flow, const struct bpr_sim_options *given, struct bpr_sim_options *o, struct bpr_error *err)
{
	const struct bpr_demand *demand = bpr_flow_demand(flow);
	bool closes = demand->open.rule_count > 0;

	*o = (struct bpr_sim_options)BPR_SIM_OPTIONS_INIT;
	if (!bpr_i_options(o, given) || !(o->days >= 0) || !isfinite(o->days) || !(o->precision >= 0) || !(o->precision < 1) || !(o->warmup_minutes >= 0)
	    || !isfinite(o->warmup_minutes) || (o->watch && !(o->watch_step > 0)))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_V030, NULL, 0, NULL, NULL);
	if (o->days > 0 && o->cases)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_V031, NULL, 0, NULL, NULL);
	for (size_t i = 0; i < o->precise_count; i++)
		if (o->precise[i] >= BPR_SIM_KEY_COUNT)
			return bpr_i_fail(err, BPR_EINVAL, BPR_I_V030, NULL, 0, NULL, NULL);
	for (size_t i = 0; i < o->limit_count; i++)
		if (i >= BPR_SIM_LIMITS || o->limits[i].key >= BPR_SIM_KEY_COUNT ||
		    (o->limits[i].pool != BPR_NONE && (o->limits[i].pool >= bpr_flow_pool_count(flow) || o->limits[i].key != BPR_SIM_WAIT)))
			return bpr_i_fail(err, BPR_EINVAL, BPR_I_V030, NULL, 0, NULL, NULL);
	if (!(o->days > 0) && !o->cases) {
		o->days = closes ? DEFAULT_DAYS : 0;
		o->cases = closes ? 0 : DEFAULT_CASES;
	}
	if (!o->replications)
		o->replications = o->precision > 0 ? DEFAULT_PRECISION_REPLICATIONS
			: o->days > 0 ? DEFAULT_DAYS_REPLICATIONS : DEFAULT_CASES_REPLICATIONS;
	o->samples = o->samples ? o->samples : DEFAULT_SAMPLES;
	return BPR_OK;
}

static bool say(bpr_problems *problems, enum bpr_code_id code, const char *where, const char *a1, const char *a2)
{
	struct bpr_place place = { .where = where };

	return bpr_i_problem(problems, code, &place, false, a1, a2, NULL, NULL);
}

static void show(char number[32], double x)
{
	struct bpr_buf text = { number, 0, 32, 31, BPR_OK };

	bpr_i_buf_number(&text, x >= 10 ? floor(x + 0.5) : floor(x * 10 + 0.5) / 10);
}

/* As many wait behind the last day as half a day's work: the queue is carried from day to day. */
static bool remark_backlog(const struct run_plan *plan, const struct bpr_simulation *s, size_t pool, bpr_problems *problems)
{
	const char *name = bpr_flow_pool(plan->flow, pool)->name;
	double backlog = s->sums.pool[pool].backlog / (double)s->replications, served = 0;
	char number[32];

	for (size_t h = 0; h < BPR_SIM_HOURS; h++)
		served += s->sums.pool_hour[pool * BPR_SIM_HOURS + h].begun;
	served /= (double)s->replications * plan->options.days;
	if (backlog < 5 || backlog < served / 2)
		return true;
	show(number, backlog);
	return say(problems, BPR_I_V041, name, name, number);
}

static const char *name_of(const struct run_plan *plan, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(plan->flow, node);

	return n->name && *n->name ? n->name : n->id;
}

/* Cases that were never finished, though the run went on long after the last had come. */
static bool remark_left(const struct run_plan *plan, const struct bpr_simulation *s, bpr_problems *problems)
{
	size_t most = 0;
	char number[32];

	if (!(plan->options.days > 0) || !(s->sums.unfinished > 0))
		return true;
	for (size_t i = 0; i < plan->node_count; i++)
		most = s->sums.node[i].left > s->sums.node[most].left ? i : most;
	show(number, s->sums.unfinished / (double)s->replications);
	return say(problems, BPR_I_V039, bpr_flow_node(plan->flow, most)->id, number, name_of(plan, most));
}

static bool remark_patience(const struct run_plan *plan, bpr_problems *problems)
{
	bool ok = true;

	for (size_t i = 0; ok && i < plan->node_count; i++)
		if (bpr_flow_node(plan->flow, i)->patience && !(plan->node[i].traits & RUN_ASKS))
			ok = say(problems, BPR_I_V040, bpr_flow_node(plan->flow, i)->id, name_of(plan, i), NULL);
	return ok;
}

static bool remark(const struct run_plan *plan, const struct bpr_simulation *s, bool settled, bpr_problems *problems)
{
	char number[32];
	bool ok = true;

	if (s->replications < 2)
		ok = say(problems, BPR_I_V032, NULL, NULL, NULL);
	if (plan->options.precision > 0 && !s->precise) {
		(void)snprintf(number, sizeof(number), "%zu", s->replications);
		ok = ok && say(problems, BPR_I_V033, NULL, number, NULL);
	}
	if (!settled)
		ok = ok && say(problems, BPR_I_V034, NULL, NULL, NULL);
	for (size_t p = 0; ok && p < plan->pool_count; p++)
		ok = plan->options.days > 0 ? remark_backlog(plan, s, p, problems) : !(s->pool[p].utilisation.mean > 0.995)
			|| say(problems, BPR_I_V038, bpr_flow_pool(plan->flow, p)->name, bpr_flow_pool(plan->flow, p)->name, NULL);
	return ok && remark_left(plan, s, problems) && remark_patience(plan, problems);
}

bpr_status bpr_simulate(const bpr_flow *flow, const struct bpr_sim_options *options, bpr_simulation **out, bpr_problems *problems,
	struct bpr_error *err)
{
	struct bpr_sim_options o;
	struct run_plan *plan = NULL;
	struct bpr_simulation *s = NULL;
	bool settled = true;
	bpr_status status;

	*out = NULL;
	status = complete(flow, options, &o, err);
	if (status == BPR_OK)
		status = bpr_i_run_plan_new(flow, &o, &plan, problems, err);
	if (status != BPR_OK)
		return status;
	if (plan->options.warmup == BPR_WARMUP_AUTO && plan->closes)
		plan->options.warmup = BPR_WARMUP_NONE;
	if (plan->options.warmup == BPR_WARMUP_AUTO)
		status = bpr_i_warmup_find(plan, &settled, err);
	if (status == BPR_OK) {
		s = bpr_i_result_new(plan);
		status = s ? crew_play(plan, s, err) : bpr_i_nomem(err);
	}
	if (status == BPR_OK && (!bpr_i_result_finish(s) || !remark(plan, s, settled, problems)))
		status = bpr_i_nomem(err);
	bpr_i_run_plan_free(plan);
	if (status != BPR_OK) {
		bpr_simulation_free(s);
		return status;
	}
	*out = s;
	return BPR_OK;
}

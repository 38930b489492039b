/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a set of levers is worth: it is applied, the flow that comes out is analysed, and the difference is the value. */
#include "config.h"
#include "improve/improve_i.h"
#include "improve/suggest_i.h"
#include "improve/value_i.h"
#include "base/options_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { MOST_THREADS = 64 };

struct bpr_valuer {
	const bpr_flow *flow;
	const bpr_levers *levers;
	size_t count;
	struct bpr_suggest_options options;
	struct bpr_analysis_options means; /* of all metrics; no spread */
	struct bpr_analysis_options quick; /* of what the gain is made of */
	struct bpr_sim_options simulation;
	bpr_analysis *before;
	bpr_simulation *queues;            /* NULL: they are not asked for */
	double cases;
	double walk;                       /* minutes of a case */
};

/* ---- figures that a gain is made of ---- */

/* Bits of the metrics that a gain is made of: what has to be sampled is sampled for them alone. */
static unsigned long metrics_of(enum bpr_gain gain)
{
	static const unsigned long staff = 1ul << BPR_METRIC_WORK_MINUTES, ways = 1ul << BPR_METRIC_COUNTER_VISITS,
		citizen = 1ul << BPR_METRIC_CITIZEN_MINUTES | 1ul << BPR_METRIC_COUNTER_VISITS;

	switch (gain) {
	case BPR_GAIN_STAFF:
		return staff;
	case BPR_GAIN_CITIZEN:
		return citizen;
	case BPR_GAIN_YEN:
		return 1ul << BPR_METRIC_COST_YEN;
	case BPR_GAIN_LEAD:
		return 1ul << BPR_METRIC_LEAD_MINUTES;
	case BPR_GAIN_VISITS:
		return ways;
	case BPR_GAIN_WRITING:
		return 1ul << BPR_METRIC_FIELDS_WRITTEN;
	case BPR_GAIN_HOURS:
	case BPR_GAIN_COUNT:
	default:
		return staff | citizen;
	}
}

static double better(const struct bpr_lever_value *v, enum bpr_metric metric)
{
	return v->known[metric] ? -v->change[metric] : 0;
}

/* `citizen_wait`, `cycle`: minutes of a case that queues took away, where they were simulated. */
static void fill_gains(const bpr_valuer *valuer, struct bpr_lever_value *v, double citizen_wait, double cycle, double yearly)
{
	double cases = valuer->cases > 0 ? valuer->cases : 1;
	double staff = better(v, BPR_METRIC_WORK_MINUTES), citizen = better(v, BPR_METRIC_CITIZEN_MINUTES) - v->walk_change + citizen_wait;

	v->gains[BPR_GAIN_STAFF] = staff / 60 * cases;
	v->gains[BPR_GAIN_CITIZEN] = citizen / 60 * cases;
	v->gains[BPR_GAIN_HOURS] = (staff + citizen) / 60 * cases;
	v->gains[BPR_GAIN_YEN] = better(v, BPR_METRIC_COST_YEN) * cases - (valuer->cases > 0 ? yearly : 0);
	v->gains[BPR_GAIN_LEAD] = (v->simulated ? cycle : better(v, BPR_METRIC_LEAD_MINUTES)) / 60 * cases;
	v->gains[BPR_GAIN_VISITS] = better(v, BPR_METRIC_COUNTER_VISITS) * cases;
	v->gains[BPR_GAIN_WRITING] = better(v, BPR_METRIC_FIELDS_WRITTEN) * cases;
	v->gain = v->gains[valuer->options.gain];
}

static void fill_changes(const bpr_valuer *valuer, const bpr_analysis *after, struct bpr_lever_value *v)
{
	for (size_t m = 0; m < BPR_METRIC_COUNT; m++) {
		const struct bpr_figure *b = bpr_analysis_figure(valuer->before, (enum bpr_metric)m);
		const struct bpr_figure *a = bpr_analysis_figure(after, (enum bpr_metric)m);
		double change = a->mean - b->mean;

		v->known[m] = b->method && a->method;
		/* What rounding leaves of nothing is nothing. */
		v->change[m] = v->known[m] && fabs(change) > 1e-12 * fabs(b->mean) ? change : 0;
	}
}

/* Minutes that the citizen of a case stands in line. */
static double standing(const bpr_flow *flow, const bpr_simulation *queues)
{
	const struct bpr_sim_node *nodes = bpr_simulation_nodes(queues);
	double sum = 0;

	for (size_t i = 0; i < bpr_flow_node_count(flow); i++)
		if (bpr_flow_node(flow, i)->counter != BPR_NONE && nodes[i].visits.known && nodes[i].wait.known)
			sum += nodes[i].visits.mean * nodes[i].wait.mean;
	return sum;
}

static bpr_status fill_queues(const bpr_valuer *valuer, const bpr_flow *flow, struct bpr_lever_value *v, double *citizen, double *cycle,
			      struct bpr_error *err)
{
	struct bpr_sim_difference d[BPR_SIM_KEY_COUNT];
	bpr_simulation *after = NULL;
	bpr_status status = bpr_simulate(flow, &valuer->simulation, &after, NULL, err);

	if (!status)
		status = bpr_simulation_compare(valuer->queues, after, d, err);
	if (!status) {
		v->simulated = true;
		v->wait_change = d[BPR_SIM_WAIT].known ? d[BPR_SIM_WAIT].change : 0;
		v->wait_ci_known = d[BPR_SIM_WAIT].known && d[BPR_SIM_WAIT].ci_known;
		v->wait_low = v->wait_ci_known ? d[BPR_SIM_WAIT].ci95_low : 0;
		v->wait_high = v->wait_ci_known ? d[BPR_SIM_WAIT].ci95_high : 0;
		*cycle = d[BPR_SIM_CYCLE].known ? -d[BPR_SIM_CYCLE].change : 0;
		*citizen = standing(valuer->flow, valuer->queues) - standing(flow, after);
	}
	bpr_simulation_free(after);
	return status;
}

/* ---- one set ---- */

static bool all_taken(const bpr_valuer *valuer, const bool *chosen, const bool *refused, double *yearly)
{
	for (size_t i = 0; i < valuer->count; i++) {
		if (!chosen[i])
			continue;
		if (refused[i])
			return false;
		*yearly += bpr_i_lever_costs(bpr_levers_get(valuer->levers, i)).yearly_cost;
	}
	return true;
}

static bpr_status analyse(const bpr_valuer *valuer, bool quick, const bpr_flow *after, struct bpr_lever_value *v, struct bpr_error *err)
{
	bpr_analysis *analysis = NULL;
	bpr_status status = bpr_analyse(after, quick ? &valuer->quick : &valuer->means, &analysis, NULL, err);

	if (status)
		return status;
	fill_changes(valuer, analysis, v);
	v->walk_change = bpr_i_walk_minutes(after, analysis) - valuer->walk;
	if (fabs(v->walk_change) <= 1e-12 * valuer->walk)
		v->walk_change = 0;
	bpr_analysis_free(analysis);
	return BPR_OK;
}

static bpr_status fill(const bpr_valuer *valuer, enum bpr_value_depth depth, const bpr_flow *after, double yearly, struct bpr_lever_value *v,
		       struct bpr_error *err)
{
	bool quick = depth == BPR_VALUE_QUICK;
	double citizen = 0, cycle = 0;
	bpr_status status = analyse(valuer, quick, after, v, err);

	if (!status && valuer->queues && !quick)
		status = fill_queues(valuer, after, v, &citizen, &cycle, err);
	if (!status) {
		v->fits = true;
		fill_gains(valuer, v, citizen, cycle, yearly);
	}
	return status;
}

/* A set that cannot be is a value, not an error; only what has nothing to do with the set is one. */
static bool is_verdict(bpr_status status)
{
	return status && status != BPR_ENOMEM && status != BPR_ECANCELLED;
}

static bpr_status value_one(const bpr_valuer *valuer, enum bpr_value_depth depth, const bool *chosen, bool *refused,
			    struct bpr_lever_value *v, struct bpr_error *err)
{
	bpr_flow *after = NULL;
	double yearly = 0;
	bpr_status status = bpr_levers_apply(valuer->flow, valuer->levers, chosen, refused, &after, NULL, err);

	*v = (struct bpr_lever_value){ .fits = false };
	if (!status && all_taken(valuer, chosen, refused, &yearly))
		status = fill(valuer, depth, after, yearly, v, err);
	bpr_flow_free(after);
	if (is_verdict(status)) {
		*v = (struct bpr_lever_value){ .fits = false };
		status = BPR_OK;
	}
	return status;
}

/* ---- many sets ---- */

struct crew {
	const bpr_valuer *valuer;
	enum bpr_value_depth depth;
	const bool *const *sets; size_t count;
	double until;
	struct bpr_lever_value *values;
	atomic_size_t next;
	atomic_bool stop;
	pthread_mutex_t lock;        /* for status and err */
	bpr_status status; struct bpr_error err;
};
struct worker { struct crew *crew; bool *refused; pthread_t thread; bool started; };

static void *work(void *data)
{
	struct worker *w = data;
	struct crew *c = w->crew;
	size_t i;

	/* A set is taken after the look at the clock, so what was begun is always finished: the first ones are valued, without gaps. */
	while (!atomic_load(&c->stop) && (!(c->until > 0) || bpr_i_value_now() < c->until) && (i = atomic_fetch_add(&c->next, 1)) < c->count) {
		struct bpr_error err = { 0 };
		bpr_status status = value_one(c->valuer, c->depth, c->sets[i], w->refused, &c->values[i], &err);

		if (!status)
			continue;
		(void)pthread_mutex_lock(&c->lock);
		if (!c->status) {
			c->status = status;
			c->err = err;
		}
		(void)pthread_mutex_unlock(&c->lock);
		atomic_store(&c->stop, true);
	}
	return NULL;
}

static size_t thread_count(const bpr_valuer *valuer, size_t sets)
{
	size_t jobs = valuer->options.jobs;

	if (!jobs) {
		long online = sysconf(_SC_NPROCESSORS_ONLN);

		jobs = online > 0 ? (size_t)online : 1;
	}
	jobs = jobs < MOST_THREADS ? jobs : MOST_THREADS;
	return jobs < sets ? jobs : sets ? sets : 1;
}

static void run_crew(struct worker *workers, size_t count)
{
	/* Where a thread cannot be had, the others do its work. */
	for (size_t i = 1; i < count; i++)
		workers[i].started = pthread_create(&workers[i].thread, NULL, work, &workers[i]) == 0;
	(void)work(&workers[0]);
	for (size_t i = 1; i < count; i++)
		if (workers[i].started)
			(void)pthread_join(workers[i].thread, NULL);
}

bpr_status bpr_i_valuer_run(bpr_valuer *valuer, struct bpr_value_batch *batch, struct bpr_error *err)
{
	struct crew c = { .valuer = valuer, .depth = batch->depth, .sets = batch->sets, .count = batch->count, .until = batch->until, .values = batch->values };
	struct worker workers[MOST_THREADS] = { { .crew = &c } };
	size_t threads = thread_count(valuer, batch->count);
	bool *refused = bpr_i_calloc(threads, valuer->count + 1);

	batch->done = 0;
	if (!refused || pthread_mutex_init(&c.lock, NULL)) {
		bpr_i_free(refused);
		return bpr_i_nomem(err);
	}
	atomic_init(&c.next, 0);
	atomic_init(&c.stop, false);
	for (size_t i = 0; i < threads; i++) {
		workers[i].crew = &c;
		workers[i].refused = refused + i * (valuer->count + 1);
	}
	run_crew(workers, threads);
	batch->done = atomic_load(&c.next) < batch->count ? atomic_load(&c.next) : batch->count;
	(void)pthread_mutex_destroy(&c.lock);
	bpr_i_free(refused);
	if (c.status && err)
		*err = c.err;
	return c.status;
}

/* ---- the flow as it is ---- */

static bpr_status look(bpr_valuer *valuer, struct bpr_error *err)
{
	bpr_status status = bpr_analyse(valuer->flow, &valuer->options.analysis, &valuer->before, NULL, err);

	if (status)
		return status;
	valuer->cases = bpr_flow_cases_per_year(valuer->flow);
	valuer->walk = bpr_i_walk_minutes(valuer->flow, valuer->before);
	valuer->means = valuer->options.analysis;
	valuer->means.means_only = true;
	valuer->means.metrics = 0;
	valuer->quick = valuer->means;
	valuer->quick.metrics = metrics_of(valuer->options.gain);
	valuer->simulation = bpr_i_quiet(&valuer->options.simulation);
	/* Threads go over sets, not over the replications of one; the flow as it is comes alone. */
	valuer->simulation.jobs = valuer->options.jobs;
	if (valuer->options.simulate)
		status = bpr_simulate(valuer->flow, &valuer->simulation, &valuer->queues, NULL, err);
	valuer->simulation.jobs = 1;
	return status;
}

bpr_status bpr_i_valuer_new(const bpr_flow *flow, const bpr_levers *levers, const struct bpr_suggest_options *options, bpr_valuer **out,
			    struct bpr_error *err)
{
	bpr_valuer *valuer = bpr_i_calloc(1, sizeof(*valuer));
	bpr_status status;

	*out = NULL;
	if (!valuer)
		return bpr_i_nomem(err);
	valuer->flow = flow;
	valuer->levers = levers;
	valuer->count = bpr_levers_count(levers);
	valuer->options = *options;
	status = look(valuer, err);
	if (status) {
		bpr_i_valuer_free(valuer);
		return status;
	}
	*out = valuer;
	return BPR_OK;
}

void bpr_i_valuer_free(bpr_valuer *valuer)
{
	if (!valuer)
		return;
	bpr_analysis_free(valuer->before);
	bpr_simulation_free(valuer->queues);
	bpr_i_free(valuer);
}

double bpr_i_valuer_cases(const bpr_valuer *valuer)
{
	return valuer->cases;
}

const bpr_analysis *bpr_i_valuer_before(const bpr_valuer *valuer)
{
	return valuer->before;
}

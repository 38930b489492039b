/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replications put together: figures, and what callers ask for. */
#include "config.h"
#include "simulate/plan_i.h"
#include "simulate/record_i.h"
#include "simulate/result_i.h"
#include "base/alloc_i.h"
#include <math.h>

struct bpr_simulation *bpr_i_result_new(const struct run_plan *plan)
{
	struct bpr_simulation *s = bpr_i_calloc(1, sizeof(*s));
	size_t nodes = plan->node_count, pools = plan->pool_count, counters = plan->counter_count;

	if (!s)
		return NULL;
	s->flow = plan->flow;
	s->flow_hash = bpr_flow_hash(plan->flow);
	s->seed = plan->options.seed;
	s->limit_count = plan->options.limit_count;
	s->columns = *bpr_i_record_columns(plan);
	s->node = bpr_i_calloc(nodes, sizeof(*s->node));
	s->pool = bpr_i_calloc(pools, sizeof(*s->pool));
	s->counter = bpr_i_calloc(counters, sizeof(*s->counter));
	s->node_ratio = bpr_i_calloc(nodes, sizeof(*s->node_ratio));
	s->pool_ratio = bpr_i_calloc(pools, sizeof(*s->pool_ratio));
	s->counter_ratio = bpr_i_calloc(counters, sizeof(*s->counter_ratio));
	s->counter_hour = bpr_i_calloc(counters * BPR_SIM_HOURS, sizeof(*s->counter_hour));
	s->pool_wait = bpr_i_calloc(pools * BPR_SIM_HOURS, sizeof(*s->pool_wait));
	s->pool_hour = bpr_i_calloc(pools * BPR_SIM_HOURS, sizeof(*s->pool_hour));
	if (!bpr_i_sums_init(&s->sums, plan->flow, &s->columns, plan->options.samples) || !s->node || !s->pool || !s->counter
	    || !s->node_ratio || !s->pool_ratio || !s->counter_ratio || !s->counter_hour || !s->pool_wait || !s->pool_hour) {
		bpr_simulation_free(s);
		return NULL;
	}
	return s;
}

/* ---- adding a replication ---- */

/* Whether the node's queue is one of the pool's (pool), or at the counter. */
static bool waits_for(const bpr_flow *flow, size_t node, size_t place, bool pool)
{
	const struct bpr_node *n = bpr_flow_node(flow, node);

	for (size_t i = 0; pool && i < n->need_count; i++)
		if (n->needs[i].pool == place)
			return true;
	return !pool && n->counter == place;
}

static void add_nodes(struct bpr_simulation *s, const struct sums *sums, double cases)
{
	for (size_t i = 0; i < sums->node_count; i++) {
		const struct node_sums *n = &sums->node[i];
		const struct bpr_node *node = bpr_flow_node(s->flow, i);
		struct node_ratios *r = &s->node_ratio[i];
		double open = sums->minutes;

		if (node->need_count && sums->pool[node->needs[0].pool].open > 0)
			open = sums->pool[node->needs[0].pool].open;
		else if (node->counter != BPR_NONE)
			open = sums->counter[node->counter].open;
		bpr_i_ratio_add(&r->visits, n->entries, cases);
		bpr_i_ratio_add(&r->wait, n->wait, n->begun);
		bpr_i_ratio_add(&r->queue, n->wait + n->lost, open);
		bpr_i_ratio_add(&r->work, n->work, n->executed);
		bpr_i_ratio_add(&r->gave_up, n->gave_up, n->begun + n->gave_up);
	}
}

static void add_places(struct bpr_simulation *s, const struct sums *sums, double cases)
{
	for (size_t p = 0; p < sums->pool_count; p++) {
		const struct pool_sums *pool = &sums->pool[p];
		double wait = 0, begun = 0, lost = 0;

		for (size_t h = 0; h < BPR_SIM_HOURS; h++) {
			wait += sums->pool_hour[p * BPR_SIM_HOURS + h].wait;
			begun += sums->pool_hour[p * BPR_SIM_HOURS + h].begun;
			lost += sums->pool_hour[p * BPR_SIM_HOURS + h].lost;
		}
		bpr_i_ratio_add(&s->pool_ratio[p].utilisation, pool->busy, pool->duty);
		bpr_i_ratio_add(&s->pool_ratio[p].wait, wait, begun);
		bpr_i_ratio_add(&s->pool_ratio[p].queue, wait + lost, pool->open);
		bpr_i_ratio_add(&s->pool_ratio[p].over, pool->over, sums->days);
	}
	for (size_t c = 0; c < sums->counter_count; c++) {
		double wait = 0, begun = 0, lost = 0;

		for (size_t h = 0; h < BPR_SIM_HOURS; h++) {
			wait += sums->counter_hour[c * BPR_SIM_HOURS + h].wait;
			begun += sums->counter_hour[c * BPR_SIM_HOURS + h].begun;
			lost += sums->counter_hour[c * BPR_SIM_HOURS + h].lost;
		}
		bpr_i_ratio_add(&s->counter_ratio[c].wait, wait, begun);
		bpr_i_ratio_add(&s->counter_ratio[c].queue, wait + lost, sums->counter[c].open);
		bpr_i_ratio_add(&s->counter_ratio[c].visits, sums->counter[c].comings, cases);
	}
}

bool bpr_i_result_add(struct bpr_simulation *s, const struct sums *sums)
{
	size_t n = s->replications;

	if (!bpr_i_grow(&s->count, &s->capacity, n + 1, sizeof(*s->count)))
		return false;
	s->count[n] = sums->cases;
	for (size_t c = 0; c < s->columns.count; c++) {
		if (!bpr_i_grow(&s->total[c], &s->total_capacity[c], n + 1, sizeof(**s->total)))
			return false;
		s->total[c][n] = sums->moments[c].mean * sums->moments[c].n;
	}
	for (size_t k = 0; k < s->limit_count; k++) {
		if (!bpr_i_grow(&s->within[k], &s->within_capacity[k], n + 1, sizeof(**s->within)) ||
		    !bpr_i_grow(&s->asked[k], &s->asked_capacity[k], n + 1, sizeof(**s->asked)))
			return false;
		s->within[k][n] = sums->limit[k].kept;
		s->asked[k][n] = sums->limit[k].of;
	}
	/* Cases that are there at the beginning or the end of counting leave half of their traces, on the average. */
	add_nodes(s, sums, (sums->arrived + sums->finished) / 2);
	add_places(s, sums, (sums->arrived + sums->finished) / 2);
	s->replications++;
	return bpr_i_sums_merge(&s->sums, sums);
}

/* The value by which a replication stands for itself. */
static double pseudo(const struct bpr_simulation *s, size_t column, size_t i, double mean, double cases)
{
	return cases > 0 ? mean + (s->total[column][i] - mean * s->count[i]) / cases : 0;
}

bool bpr_i_result_interval(const struct bpr_simulation *s, size_t key, double *mean, double *half)
{
	size_t column = s->columns.of_key[key];
	double n = (double)s->replications, squares = 0, cases = s->sums.cases / n;

	*mean = *half = 0;
	if (s->replications < 2 || !(cases > 0))
		return false;
	if (column == COLUMN_ZERO)
		return true;
	*mean = s->sums.moments[column].mean;
	for (size_t i = 0; i < s->replications; i++) {
		double off = pseudo(s, column, i, *mean, cases) - *mean;

		squares += off * off;
	}
	*half = bpr_i_student(s->replications) * sqrt(squares / (n - 1) / n);
	return true;
}

/* ---- figures ---- */

static void finish_figure(struct bpr_simulation *s, size_t key)
{
	size_t column = s->columns.of_key[key];
	struct bpr_sim_figure *f = &s->figure[key];
	const struct moments *m = column == COLUMN_ZERO ? NULL : &s->sums.moments[column];
	struct sketch *v = column == COLUMN_ZERO ? NULL : &s->sums.values[column];
	const struct { double p; double *to; } quantile[] = {
		{ 0.1, &f->p10 }, { 0.5, &f->p50 }, { 0.9, &f->p90 }, { 0.95, &f->p95 }, { 0.99, &f->p99 },
	};
	double half;

	f->known = s->sums.cases > 0;
	if (!f->known)
		return;
	f->ci_known = bpr_i_result_interval(s, key, &f->mean, &half);
	f->mean = m ? m->mean : 0;
	f->ci95_low = f->mean - half;
	f->ci95_high = f->mean + half;
	if (!m)
		return;
	f->sd = m->n > 1 ? sqrt(m->m2 / (m->n - 1)) : 0;
	f->min = m->min;
	f->max = m->max;
	for (size_t i = 0; i < sizeof(quantile) / sizeof(*quantile); i++) {
		double q = bpr_i_sketch_quantile(v, quantile[i].p);

		*quantile[i].to = q < f->min ? f->min : q > f->max ? f->max : q;
	}
	f->quantile_error = bpr_i_sketch_error(v, f->max);
}

static double quantile_of(const struct sketch *waits, double p, double max)
{
	double q = bpr_i_sketch_quantile(waits, p);

	return q > max ? max : q;
}

static void finish_nodes(struct bpr_simulation *s)
{
	for (size_t i = 0; i < s->sums.node_count; i++) {
		const struct node_ratios *r = &s->node_ratio[i];
		struct bpr_sim_node *n = &s->node[i];

		bpr_i_sketch_sort(&s->sums.node_waits[i]);
		n->visits = bpr_i_ratio_mean(&r->visits);
		n->wait = bpr_i_ratio_mean(&r->wait);
		n->queue = bpr_i_ratio_mean(&r->queue);
		n->queue.known = n->queue.known && n->wait.known;
		n->work = bpr_i_ratio_mean(&r->work);
		n->abandoned = bpr_i_ratio_mean(&r->gave_up);
		n->wait_p90 = quantile_of(&s->sums.node_waits[i], 0.9, s->sums.node[i].wait_max);
		n->longest_queue = s->sums.node[i].longest;
	}
}

/* Waits of a pool or a counter: those of the nodes that wait for it. */
static bool gather(const struct bpr_simulation *s, size_t place, bool pool, struct sketch *out, double *max)
{
	bpr_i_sketch_clear(out);
	*max = 0;
	for (size_t i = 0; i < s->sums.node_count; i++)
		if (s->sums.node[i].begun > 0 && waits_for(s->flow, i, place, pool)) {
			bpr_i_sketch_merge(out, &s->sums.node_waits[i]);
			*max = s->sums.node[i].wait_max > *max ? s->sums.node[i].wait_max : *max;
		}
	bpr_i_sketch_sort(out);
	return !out->failed;
}

static bool finish_pools(struct bpr_simulation *s, struct sketch *scratch)
{
	bool ok = true;
	double max;

	for (size_t p = 0; ok && p < s->sums.pool_count; p++) {
		const struct pool_ratios *r = &s->pool_ratio[p];
		struct bpr_sim_pool *pool = &s->pool[p];

		ok = gather(s, p, true, scratch, &max);
		pool->utilisation = bpr_i_ratio_mean(&r->utilisation);
		pool->wait = bpr_i_ratio_mean(&r->wait);
		pool->queue = bpr_i_ratio_mean(&r->queue);
		pool->overtime = bpr_i_ratio_mean(&r->over);
		pool->wait_p90 = quantile_of(scratch, 0.9, max);
		pool->longest_queue = s->sums.pool[p].longest;
	}
	return ok;
}

static bool finish_counters(struct bpr_simulation *s, struct sketch *scratch)
{
	bool ok = true;

	for (size_t c = 0; ok && c < s->sums.counter_count; c++) {
		const struct counter_ratios *r = &s->counter_ratio[c];
		struct bpr_sim_counter *counter = &s->counter[c];

		ok = gather(s, c, false, scratch, &counter->wait_max);
		counter->wait = bpr_i_ratio_mean(&r->wait);
		counter->queue = bpr_i_ratio_mean(&r->queue);
		counter->visits = bpr_i_ratio_mean(&r->visits);
		counter->wait_p50 = quantile_of(scratch, 0.5, counter->wait_max);
		counter->wait_p90 = quantile_of(scratch, 0.9, counter->wait_max);
		counter->longest_queue = s->sums.counter[c].longest;
	}
	return ok;
}

static void finish_waits(struct bpr_sim_place_hour *out, const struct wait_sums *sums, const struct hour_sums *hour)
{
	for (size_t h = 0; h < BPR_SIM_HOURS; h++) {
		double minutes = hour[h].minutes;

		out[h].waits = minutes > 0 ? sums[h].begun / (minutes / 60) : 0;
		out[h].wait = sums[h].begun > 0 ? sums[h].wait / sums[h].begun : 0;
		out[h].wait_max = sums[h].max;
		out[h].queue = minutes > 0 ? (sums[h].wait + sums[h].lost) / minutes : 0;
	}
}

static void finish_hours(struct bpr_simulation *s)
{
	for (size_t h = 0; h < BPR_SIM_HOURS; h++) {
		const struct hour_sums *hour = &s->sums.hour[h];
		double minutes = hour->minutes;

		s->hour[h].days = (size_t)ceil(minutes / 60 - 1e-9);
		s->hour[h].arrivals = minutes > 0 ? hour->arrivals / (minutes / 60) : 0;
		s->hour[h].in_process = minutes > 0 ? hour->present / minutes : 0;
		for (size_t p = 0; p < s->sums.pool_count; p++) {
			const struct duty_sums *duty = &s->sums.duty_hour[p * BPR_SIM_HOURS + h];

			s->pool_hour[p * BPR_SIM_HOURS + h].on_duty = minutes > 0 ? duty->duty / minutes : 0;
			s->pool_hour[p * BPR_SIM_HOURS + h].busy = minutes > 0 ? fmax(0, duty->busy / minutes) : 0;
		}
	}
	for (size_t p = 0; p < s->sums.pool_count; p++)
		finish_waits(s->pool_wait + p * BPR_SIM_HOURS, s->sums.pool_hour + p * BPR_SIM_HOURS, s->sums.hour);
	for (size_t c = 0; c < s->sums.counter_count; c++)
		finish_waits(s->counter_hour + c * BPR_SIM_HOURS, s->sums.counter_hour + c * BPR_SIM_HOURS, s->sums.hour);
}

/* Shares as pseudo-values. */
static void finish_limits(struct bpr_simulation *s)
{
	for (size_t k = 0; k < s->limit_count; k++) {
		const struct limit_sums *all = &s->sums.limit[k];
		double mean = all->of > 0 ? all->kept / all->of : 0, each = all->of / (double)s->replications;

		for (size_t i = 0; i < s->replications && all->of > 0; i++)
			s->within[k][i] = mean + (s->within[k][i] - mean * s->asked[k][i]) / each;
	}
}

bool bpr_i_result_finish(struct bpr_simulation *s)
{
	struct sketch scratch = { .keep = s->sums.node_count ? s->sums.node_waits[0].keep : 0 };
	double cases = s->replications ? s->sums.cases / (double)s->replications : 0;
	bool ok;

	for (size_t c = 0; c < s->columns.count; c++)
		bpr_i_sketch_sort(&s->sums.values[c]);
	for (size_t key = 0; key < BPR_SIM_KEY_COUNT; key++)
		finish_figure(s, key);
	for (size_t c = 0; c < s->columns.count; c++)
		for (size_t i = 0; i < s->replications; i++)
			s->total[c][i] = pseudo(s, c, i, s->sums.moments[c].mean, cases);
	s->zero = bpr_i_calloc(s->replications, sizeof(*s->zero));
	finish_limits(s);
	finish_nodes(s);
	finish_hours(s);
	ok = s->zero && finish_pools(s, &scratch) && finish_counters(s, &scratch);
	bpr_i_sketch_release(&scratch);
	s->flow = NULL;
	return ok;
}

void bpr_simulation_free(bpr_simulation *s)
{
	if (!s)
		return;
	bpr_i_sums_release(&s->sums);
	for (size_t c = 0; c < s->columns.count; c++)
		bpr_i_free(s->total[c]);
	for (size_t k = 0; k < BPR_SIM_LIMITS; k++) {
		bpr_i_free(s->within[k]);
		bpr_i_free(s->asked[k]);
	}
	bpr_i_free(s->count);
	bpr_i_free(s->zero);
	bpr_i_free(s->node);
	bpr_i_free(s->pool);
	bpr_i_free(s->counter);
	bpr_i_free(s->node_ratio);
	bpr_i_free(s->pool_ratio);
	bpr_i_free(s->counter_ratio);
	bpr_i_free(s->counter_hour);
	bpr_i_free(s->pool_wait);
	bpr_i_free(s->pool_hour);
	bpr_i_free(s);
}

/* ---- what callers ask for ---- */

static double mean_of(const bpr_simulation *s, double total)
{
	return s->replications ? total / (double)s->replications : 0;
}

unsigned long long bpr_simulation_flow_hash(const bpr_simulation *s)
{
	return s->flow_hash;
}

size_t bpr_simulation_replications(const bpr_simulation *s)
{
	return s->replications;
}

unsigned long long bpr_simulation_cases(const bpr_simulation *s)
{
	return (unsigned long long)s->sums.cases;
}

unsigned long long bpr_simulation_events(const bpr_simulation *s)
{
	return (unsigned long long)s->sums.events;
}

double bpr_simulation_days(const bpr_simulation *s)
{
	return mean_of(s, s->sums.days);
}

double bpr_simulation_warmup(const bpr_simulation *s)
{
	return mean_of(s, s->sums.warmup);
}

bool bpr_simulation_precise(const bpr_simulation *s)
{
	return s->precise;
}

double bpr_simulation_unfinished(const bpr_simulation *s)
{
	return mean_of(s, s->sums.unfinished);
}

const struct bpr_sim_figure *bpr_simulation_figure(const bpr_simulation *s, size_t key)
{
	return key < BPR_SIM_KEY_COUNT ? &s->figure[key] : NULL;
}

const struct bpr_sim_node *bpr_simulation_nodes(const bpr_simulation *s)
{
	return s->node;
}

const struct bpr_sim_pool *bpr_simulation_pools(const bpr_simulation *s)
{
	return s->pool;
}

const struct bpr_sim_counter *bpr_simulation_counters(const bpr_simulation *s)
{
	return s->counter;
}

const struct bpr_sim_hour *bpr_simulation_hours(const bpr_simulation *s)
{
	return s->hour;
}

const struct bpr_sim_place_hour *bpr_simulation_counter_hours(const bpr_simulation *s, size_t counter)
{
	return counter < s->sums.counter_count ? s->counter_hour + counter * BPR_SIM_HOURS : NULL;
}

const struct bpr_sim_pool_hour *bpr_simulation_pool_hours(const bpr_simulation *s, size_t pool)
{
	return pool < s->sums.pool_count ? s->pool_hour + pool * BPR_SIM_HOURS : NULL;
}

const struct bpr_sim_place_hour *bpr_simulation_pool_waits(const bpr_simulation *s, size_t pool)
{
	return pool < s->sums.pool_count ? s->pool_wait + pool * BPR_SIM_HOURS : NULL;
}

const double *bpr_simulation_means(const bpr_simulation *s, size_t key)
{
	if (key >= BPR_SIM_KEY_COUNT || !s->figure[key].known)
		return NULL;
	return s->columns.of_key[key] == COLUMN_ZERO ? s->zero : s->total[s->columns.of_key[key]];
}

const double *bpr_simulation_within(const bpr_simulation *s, size_t limit)
{
	return limit < s->limit_count && s->sums.limit[limit].of > 0 ? s->within[limit] : NULL;
}

double bpr_simulation_share_within(const bpr_simulation *s, size_t key, double limit)
{
	size_t column = key < BPR_SIM_KEY_COUNT ? s->columns.of_key[key] : COLUMN_ZERO;

	if (column == COLUMN_ZERO)
		return limit >= 0;
	if (s->sums.moments[column].n > 0 && limit >= s->sums.moments[column].max)
		return 1;
	return bpr_i_sketch_share(&s->sums.values[column], limit);
}

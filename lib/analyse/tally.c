/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the executions of a sampled case to its metrics, and from many cases to figures. */
#include "config.h"
#include "analyse/sample_i.h"
#include "flow/dist_i.h"
#include "analyse/game_i.h"
#include "base/problem_i.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

bool bpr_i_tally_init(struct bpr_tally *t, const struct bpr_job *job)
{
	memset(t, 0, sizeof(*t));
	t->job = job;
	t->class_times = bpr_i_calloc(job->writing->class_count, sizeof(*t->class_times));
	t->classes = bpr_i_calloc(job->writing->class_count, sizeof(*t->classes));
	t->counter_seen = bpr_i_calloc(bpr_flow_counter_count(job->flow), 1);
	t->counters = bpr_i_calloc(bpr_flow_counter_count(job->flow), sizeof(*t->counters));
	return t->class_times && t->classes && t->counter_seen && t->counters;
}

void bpr_i_tally_release(struct bpr_tally *t)
{
	bpr_i_free(t->class_times);
	bpr_i_free(t->classes);
	bpr_i_free(t->counter_seen);
	bpr_i_free(t->counters);
}

void bpr_i_tally_clear(struct bpr_tally *t)
{
	for (size_t i = 0; i < t->class_count; i++)
		t->class_times[t->classes[i]] = 0;
	for (size_t i = 0; i < t->counter_count; i++)
		t->counter_seen[t->counters[i]] = 0;
	t->class_count = t->counter_count = 0;
}

static void add_writing(struct bpr_tally *t, const struct bpr_node *node, double executions)
{
	const struct bpr_writing *w = t->job->writing;

	for (size_t f = 0; f < node->write_count; f++)
		for (size_t i = w->form_row[node->writes[f]]; i < w->form_row[node->writes[f] + 1]; i++) {
			double *times = &t->class_times[w->form[i].class];

			if (!(*times > 0))
				t->classes[t->class_count++] = w->form[i].class;
			*times += executions * w->form[i].times;
		}
}

static void add_sums(struct bpr_tally *t, size_t i, double executions, const double *minutes, double *x)
{
	const struct bpr_plan *plan = t->job->plan;
	const struct bpr_node *node = plan->node[i];
	double one, var;

	for (size_t m = 0; m < BPR_METRIC_COUNT; m++)
		if (m != BPR_METRIC_LEAD_MINUTES && bpr_i_additive(t->job, (enum bpr_metric)m, i, &one, &var)) {
			enum bpr_quantity quantity = bpr_metric_get((enum bpr_metric)m)->quantity;

			x[m] += executions * one;
			/* Drawn minutes instead of expected ones; yen are a rate of them and a fixed part. */
			if (minutes && quantity != BPR_QUANTITY_COUNT && plan->work_mean[i] > 0) {
				double part = quantity == BPR_QUANTITY_YEN ? one - node->cost : one;

				x[m] += part * (minutes[i] / plan->work_mean[i] - executions);
			}
		}
}

static void add_sets(struct bpr_tally *t, size_t i, double executions, double *x)
{
	const struct bpr_plan *plan = t->job->plan;
	const struct bpr_node *node = plan->node[i];

	if (plan->trait[i] & BPR_TRAIT_STEP)
		x[BPR_METRIC_REVISITS] += executions - 1;
	if ((plan->trait[i] & BPR_TRAIT_PLACE) && node->counter != BPR_NONE && !t->counter_seen[node->counter]) {
		t->counter_seen[node->counter] = 1;
		t->counters[t->counter_count++] = (uint32_t)node->counter;
	}
	add_writing(t, node, executions);
}

void bpr_i_tally_case(struct bpr_tally *t, const uint32_t *nodes, size_t count, const double *executions, const double *minutes,
		      double *x)
{
	bpr_i_tally_sets(t, nodes, count, executions, x);
	for (size_t i = 0; i < count; i++)
		add_sums(t, nodes[i], executions[nodes[i]], minutes, x);
}

void bpr_i_tally_sets(struct bpr_tally *t, const uint32_t *nodes, size_t count, const double *executions, double *x)
{
	memset(x, 0, BPR_METRIC_COUNT * sizeof(*x));
	for (size_t i = 0; i < count; i++)
		add_sets(t, nodes[i], executions[nodes[i]], x);
	x[BPR_METRIC_DISTINCT_COUNTERS] = (double)t->counter_count;
	for (size_t i = 0; i < t->class_count; i++)
		x[BPR_METRIC_REPEATED_FIELDS] += t->job->writing->weight[t->classes[i]] * (t->class_times[t->classes[i]] - 1);
}

void bpr_i_running_add(struct bpr_running *r, double x)
{
	double off = x - r->mean;

	r->mean += off / (double)++r->n;
	r->m2 += off * (x - r->mean);
}

struct bpr_figure bpr_i_running_figure(const struct bpr_running *r)
{
	struct bpr_figure f = { .mean = r->mean, .method = BPR_METHOD_SIMULATED };
	double half;

	f.ci95_low = f.ci95_high = r->mean;
	if (r->n < 2)
		return f;
	f.sd = sqrt(r->m2 / (double)(r->n - 1));
	f.sd_method = BPR_METHOD_SIMULATED;
	half = gsl_cdf_tdist_Pinv(0.975, (double)(r->n - 1)) * f.sd / sqrt((double)r->n);
	f.ci95_low -= half;
	f.ci95_high += half;
	return f;
}

/* Fewer cases than that say little. */
#define MIN_CASES 30

size_t bpr_i_sample_size(const struct bpr_job *job, double max_moves)
{
	double moves = 0;
	size_t n = job->options.samples;

	for (size_t i = 0; i < job->base.walk.state_count; i++)
		moves += job->base.visits[i];
	if ((double)n * moves > max_moves)
		n = (size_t)(max_moves / moves);
	return n < MIN_CASES && n < job->options.samples ? 0 : n;
}

bool bpr_i_chain_case_init(struct bpr_chain_case *c, const struct bpr_job *job)
{
	memset(c, 0, sizeof(*c));
	c->nodes = bpr_i_calloc(job->plan->n, sizeof(*c->nodes));
	c->executions = bpr_i_calloc(job->plan->n, sizeof(*c->executions));
	return c->nodes && c->executions;
}

void bpr_i_chain_case_release(struct bpr_chain_case *c)
{
	bpr_i_free(c->nodes);
	bpr_i_free(c->executions);
}

bpr_status bpr_i_chain_case_walk(struct bpr_chain_case *c, const struct bpr_job *job, unsigned long long index)
{
	const struct bpr_walk *walk = &job->base.walk;
	struct bpr_rng rng;
	size_t at = 0;
	double u;

	for (size_t i = 0; i < c->count; i++)
		c->executions[c->nodes[i]] = 0;
	c->count = 0;
	bpr_i_rng_seed(&rng, job->options.seed, index, 0, BPR_DRAW_CHAIN);
	u = bpr_i_rng_uniform(&rng);
	while (at + 1 < walk->begin_count && !(u < walk->begin[at].prob))
		u -= walk->begin[at++].prob;
	at = walk->begin[at].state;
	for (;;) {
		size_t arc = walk->chain.row[at], end = walk->chain.row[at + 1];
		uint32_t node = walk->state[at].node;

		if (walk->state[at].phase == BPR_PHASE_ENTER) {
			if (!(c->executions[node] > 0))
				c->nodes[c->count++] = node;
			c->executions[node] += bpr_i_plan_repeat(job->plan, node);
		}
		if (arc == end)
			return BPR_OK;
		u = bpr_i_rng_uniform(&rng);
		while (arc < end && !(u < walk->chain.prob[arc]))
			u -= walk->chain.prob[arc++];
		if (arc == end && walk->chain.exit[at] > 0)
			return BPR_OK;
		at = walk->chain.col[arc == end ? end - 1 : arc];
	}
}

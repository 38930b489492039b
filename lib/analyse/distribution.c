/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole distribution of a count, on the chain whose moves carry it. */
#include "config.h"
#include "analyse/analysis_i.h"
#include "analyse/extremes_i.h"
#include "base/options_i.h"
#include "analyse/sample_i.h"
#include "analyse/sets_i.h"
#include "base/buf_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <string.h>

static bool is_count(enum bpr_metric metric)
{
	const struct bpr_metric_info *info = bpr_metric_get(metric);

	return info && info->quantity == BPR_QUANTITY_COUNT;
}

static bpr_status no_count(enum bpr_metric metric, struct bpr_error *err)
{
	struct bpr_buf keys = BPR_BUF_INIT;
	const struct bpr_metric_info *info = bpr_metric_get(metric);
	bpr_status status;

	for (size_t i = 0; i < BPR_METRIC_COUNT; i++)
		if (is_count((enum bpr_metric)i)) {
			bpr_i_buf_puts(&keys, keys.length ? ", " : "");
			bpr_i_buf_puts(&keys, bpr_metric_get((enum bpr_metric)i)->key);
		}
	status = keys.failed ? bpr_i_nomem(err)
		: bpr_i_fail(err, BPR_EINVAL, BPR_I_A016, NULL, 0, info ? info->key : "", keys.data);
	bpr_i_buf_release(&keys);
	return status;
}

/* The reward as a whole number, or false. */
static bool whole(double reward, uint32_t *out)
{
	if (!(reward >= 0) || reward > UINT32_MAX / 2 || reward != floor(reward))
		return false;
	*out = (uint32_t)reward;
	return true;
}

struct count_job {
	struct bpr_job *job;
	enum bpr_metric metric;
	struct bpr_solution *s;
	uint32_t *step, *start;
};

/* What a move into `to` counts. */
static double reward_of(const struct count_job *c, uint32_t before, size_t to)
{
	static const size_t place[BPR_METRIC_COUNT] = {
		[BPR_METRIC_TRIPS] = BPR_PLACE_TRIPS, [BPR_METRIC_BUILDING_MOVES] = BPR_PLACE_MOVES,
	};
	const struct bpr_state *state = &c->s->walk.state[to];
	double reward[BPR_REWARD_MAX], mean, var;

	if (state->phase != BPR_PHASE_ENTER)
		return 0;
	if (bpr_i_additive(c->job, c->metric, state->node, &mean, &var))
		return mean * bpr_i_plan_repeat(c->job->plan, state->node);
	(void)bpr_i_policy_reward(&c->s->policy, before, state->node, reward);
	return reward[place[c->metric]]; /* visits, handoffs and sets count in the first place */
}

static bpr_status fill_steps(struct count_job *c)
{
	const struct bpr_walk *walk = &c->s->walk;
	size_t bad = BPR_NONE;

	c->step = bpr_i_calloc(walk->arc_count, sizeof(*c->step));
	c->start = bpr_i_calloc(walk->state_count, sizeof(*c->start));
	if (!c->step || !c->start)
		return bpr_i_nomem(c->job->err);
	for (size_t a = 0; a < walk->arc_count && bad == BPR_NONE; a++)
		if (!whole(reward_of(c, walk->before[a], walk->chain.col[a]), &c->step[a]))
			bad = walk->chain.col[a];
	for (size_t i = 0; i < walk->begin_count && bad == BPR_NONE; i++)
		if (!whole(reward_of(c, walk->begin[i].before, walk->begin[i].state), &c->start[walk->begin[i].state]))
			bad = walk->begin[i].state;
	if (bad == BPR_NONE)
		return BPR_OK;
	return bpr_i_fail(c->job->err, BPR_EINVAL, BPR_I_A015, c->job->plan->node[walk->state[bad].node]->id,
			  c->job->plan->node[walk->state[bad].node]->line, bpr_metric_get(c->metric)->key,
			  c->job->plan->node[walk->state[bad].node]->id);
}

/* The values that are listed start at the least possible one and end at the last that has a probability. */
static void trim(struct bpr_distribution *out, size_t count)
{
	size_t first = out->minimum < count ? out->minimum : count;

	while (count > first && !(out->prob[count - 1] > 0))
		count--;
	memmove(out->prob, out->prob + first, (count - first) * sizeof(*out->prob));
	out->first = out->minimum;
	out->count = count - first;
	if (!out->unbounded && out->count && out->first + out->count > out->maximum)
		out->tail = 0;
}

static bpr_status solve(struct count_job *c, struct bpr_distribution *out)
{
	size_t count = 0;
	bpr_status status = fill_steps(c);

	if (status == BPR_OK)
		status = bpr_i_extremes(c->s, c->step, c->start, &out->minimum, &out->maximum, &out->unbounded, c->job->err);
	if (status == BPR_OK)
		status = bpr_i_chain_distribution(&c->s->walk.chain, c->s->e, c->step, NULL, c->start, BPR_DISTRIBUTION_MAX,
						  &out->prob, &count, &out->tail, c->job->err);
	if (status == BPR_OK)
		trim(out, count);
	out->method = BPR_METHOD_EXACT;
	bpr_i_free(c->step);
	bpr_i_free(c->start);
	return status;
}

static bpr_status with_policy(struct bpr_job *job, enum bpr_metric metric, enum bpr_policy_kind kind, struct bpr_distribution *out)
{
	struct bpr_solve_options options = { .kind = kind, .max_states = job->options.max_states,
		.reverse = kind != BPR_POLICY_PLACE && job->base.walk.reverse };
	struct bpr_solution s = { 0 };
	struct count_job c = { .job = job, .metric = metric, .s = &s };
	bpr_status status = BPR_OK;

	if (kind == BPR_POLICY_SET) {
		options.max_states = job->options.max_fine_states;
		if (job->base.walk.state_count > job->options.max_fine_states)
			return BPR_ELIMIT;
		status = bpr_i_sets_new(job->plan, job->writing, metric, (size_t)64 << 20, &options.sets, job->err);
	}
	if (status == BPR_OK)
		status = bpr_i_solution_new(job->plan, &options, &s, job->err);
	if (status == BPR_OK)
		status = solve(&c, out);
	bpr_i_solution_release(&s);
	bpr_i_sets_free(options.sets);
	return status;
}

static bpr_status compute(struct bpr_job *job, enum bpr_metric metric, struct bpr_distribution *out)
{
	struct count_job c = { .job = job, .metric = metric, .s = &job->base };
	enum bpr_policy_kind kind = BPR_POLICY_SET;
	double mean, var;

	if (job->timed_counts)
		return BPR_ELIMIT;
	if (job->plan->n && bpr_i_additive(job, metric, 0, &mean, &var))
		return solve(&c, out);
	if (metric == BPR_METRIC_COUNTER_VISITS || metric == BPR_METRIC_TRIPS || metric == BPR_METRIC_BUILDING_MOVES)
		kind = BPR_POLICY_PLACE;
	else if (metric == BPR_METRIC_HANDOFFS)
		kind = BPR_POLICY_UNIT;
	return with_policy(job, metric, kind, out);
}

bpr_status bpr_analyse_distribution(const bpr_flow *flow, enum bpr_metric metric,
				    const struct bpr_analysis_options *options, struct bpr_distribution *out,
				    struct bpr_error *err)
{
	struct bpr_job job = { .flow = flow, .err = err, .options = BPR_ANALYSIS_OPTIONS_INIT };
	bpr_status status;

	memset(out, 0, sizeof(*out));
	out->metric = metric;
	if (!is_count(metric))
		return no_count(metric, err);
	if (!bpr_i_options(&job.options, options))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_I008, NULL, 0, NULL, NULL);
	status = bpr_i_plan_new(flow, &job.plan, err);
	if (status == BPR_OK)
		status = bpr_i_writing_new(job.plan, &job.writing, err);
	if (status == BPR_OK)
		status = bpr_i_analyse_base(&job);
	if (status == BPR_OK) {
		status = compute(&job, metric, out);
		if (status == BPR_ELIMIT || status == BPR_EUNSUPPORTED)
			status = bpr_i_sample_distribution(&job, metric, out);
	}
	bpr_i_solution_release(&job.base);
	bpr_i_writing_free(job.writing);
	bpr_i_plan_free(job.plan);
	if (status != BPR_OK)
		bpr_distribution_release(out);
	return status;
}

void bpr_distribution_release(struct bpr_distribution *distribution)
{
	bpr_i_free(distribution->prob);
	distribution->prob = NULL;
	distribution->count = 0;
}

double bpr_distribution_above(const struct bpr_distribution *d, double limit)
{
	double sum = d->tail;

	/* From the rare end, so that small shares are not lost in large ones. */
	for (size_t i = d->count; i-- > 0 && (double)(d->first + i) > limit;)
		sum += d->prob[i];
	return sum > 1 ? 1 : sum;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What no exact way is known for, from single cases: deviations of sets by the chain, times by the timed game. */
#include "config.h"
#include "analyse/game_i.h"
#include "analyse/sample_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <string.h>

/* ---- deviations of what does not add up; reach of nodes where there are too many states ---- */

static const enum bpr_metric set_metrics[] = { BPR_METRIC_DISTINCT_COUNTERS, BPR_METRIC_REPEATED_FIELDS, BPR_METRIC_REVISITS };
#define SET_METRICS (sizeof(set_metrics) / sizeof(set_metrics[0]))

static bool sets_missing(const struct bpr_job *job)
{
	if (job->options.means_only)
		return job->reach_missing && bpr_i_wanted(job, BPR_METRIC_REVISITS);
	for (size_t i = 0; i < SET_METRICS; i++)
		if (job->a->figure[set_metrics[i]].sd_method == BPR_METHOD_NONE)
			return true;
	return job->reach_missing;
}

static void use_sets(struct bpr_job *job, const struct bpr_running *r)
{
	for (size_t i = 0; i < SET_METRICS; i++) {
		struct bpr_figure *f = &job->a->figure[set_metrics[i]], sampled = bpr_i_running_figure(&r[i]);

		if (f->method == BPR_METHOD_NONE) {
			*f = sampled;
		} else if (f->sd_method == BPR_METHOD_NONE) {
			f->sd = sampled.sd;
			f->sd_method = sampled.sd_method;
		}
	}
}

static bpr_status sample_sets(struct bpr_job *job, size_t cases)
{
	struct bpr_running r[SET_METRICS] = { { 0 } };
	double *seen = bpr_i_calloc(job->plan->n, sizeof(*seen)), x[BPR_METRIC_COUNT];
	struct bpr_tally tally;
	struct bpr_chain_case c;
	bool ok = bpr_i_tally_init(&tally, job);
	bpr_status status;

	ok = bpr_i_chain_case_init(&c, job) && ok && seen;
	status = ok ? BPR_OK : bpr_i_nomem(job->err);
	for (size_t i = 0; status == BPR_OK && i < cases; i++) {
		status = bpr_i_chain_case_walk(&c, job, i);
		bpr_i_tally_sets(&tally, c.nodes, c.count, c.executions, x);
		bpr_i_tally_clear(&tally);
		for (size_t m = 0; m < SET_METRICS; m++)
			bpr_i_running_add(&r[m], x[set_metrics[m]]);
		for (size_t k = 0; k < c.count; k++)
			seen[c.nodes[k]] += 1;
	}
	if (status == BPR_OK)
		use_sets(job, r);
	for (size_t i = 0; status == BPR_OK && job->reach_missing && i < job->plan->n; i++)
		if (!(job->a->nodes[i].reach > 0))
			job->a->nodes[i].reach = seen[i] / (double)cases;
	bpr_i_free(seen);
	bpr_i_tally_release(&tally);
	bpr_i_chain_case_release(&c);
	return status;
}

/* ---- lead time, the longest way, handoffs ---- */

/*
 * How lead time follows the work of a step: what of it lies on the longest way, case by case (infinitesimal perturbation
 * analysis: Ho & Cao, Perturbation Analysis of Discrete Event Dynamic Systems, 1991).
 */
static void add_critical(struct bpr_job *job, const struct bpr_case *c)
{
	for (size_t at = c->last; at != BPR_NONE; at = c->path[at].prev)
		job->critical[c->path[at].node] += c->path[at].work;
}

static bpr_status sample_times(struct bpr_job *job, size_t cases)
{
	bool handoffs = job->a->figure[BPR_METRIC_HANDOFFS].method == BPR_METHOD_NONE && bpr_i_wanted(job, BPR_METRIC_HANDOFFS);
	bool path = !job->critical && !job->options.means_only;
	struct bpr_game_options options = { .seed = job->options.seed, .max_moves = (size_t)1 << 28 };
	struct bpr_running lead = { 0 }, handed = { 0 };
	struct bpr_policy policy;
	struct bpr_case c;
	bpr_game *game = NULL;
	bpr_status status;

	bpr_i_policy_init(&policy, BPR_POLICY_UNIT, job->plan);
	status = bpr_i_game_new(&job->base.walk, handoffs ? &policy : NULL, &options, &game, job->err);
	if (status == BPR_OK && path && !(job->critical = bpr_i_calloc(job->plan->n, sizeof(*job->critical))))
		status = bpr_i_nomem(job->err);
	for (size_t i = 0; status == BPR_OK && i < cases; i++) {
		status = bpr_i_game_play(game, i, &c);
		if (status != BPR_OK)
			break;
		bpr_i_running_add(&lead, c.lead);
		bpr_i_running_add(&handed, c.handoffs);
		if (path)
			add_critical(job, &c);
	}
	for (size_t i = 0; path && job->critical && i < job->plan->n; i++)
		job->critical[i] /= (double)cases;
	if (status != BPR_OK && path) {
		bpr_i_free(job->critical);
		job->critical = NULL;
	}
	if (status == BPR_OK && job->a->figure[BPR_METRIC_LEAD_MINUTES].method == BPR_METHOD_NONE)
		job->a->figure[BPR_METRIC_LEAD_MINUTES] = bpr_i_running_figure(&lead);
	if (status == BPR_OK && handoffs)
		job->a->figure[BPR_METRIC_HANDOFFS] = bpr_i_running_figure(&handed);
	bpr_i_game_free(game);
	bpr_i_policy_release(&policy);
	return status == BPR_ENOMEM ? bpr_i_nomem(job->err) : BPR_OK;
}

bpr_status bpr_i_analyse_sample(struct bpr_job *job)
{
	size_t few = bpr_i_sample_size(job, BPR_MOVES_FOR_DEVIATIONS), many = bpr_i_sample_size(job, BPR_MOVES_FOR_MEANS);
	size_t for_sets = job->reach_missing ? many : few;
	bool means = (job->a->figure[BPR_METRIC_LEAD_MINUTES].method == BPR_METHOD_NONE && bpr_i_wanted(job, BPR_METRIC_LEAD_MINUTES))
		|| (job->a->figure[BPR_METRIC_HANDOFFS].method == BPR_METHOD_NONE && bpr_i_wanted(job, BPR_METRIC_HANDOFFS));
	size_t for_times = means ? many : !job->critical && !job->lead_adds_up && !job->options.means_only ? few : 0;
	bpr_status status = BPR_OK;

	job->sampled = many;
	if (for_sets && sets_missing(job))
		status = sample_sets(job, for_sets);
	return status == BPR_OK && for_times ? sample_times(job, for_times) : status;
}

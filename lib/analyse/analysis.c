/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The analysis of a flow, part after part. */
#include "config.h"
#include "analyse/analysis_i.h"
#include "analyse/sample_i.h"
#include "base/options_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <string.h>

void bpr_i_figure_exact(struct bpr_job *job, enum bpr_metric metric, double mean, double var)
{
	job->a->figure[metric] = (struct bpr_figure){
		.mean = mean, .sd = bpr_i_clean_sd(mean, var), .method = BPR_METHOD_EXACT, .sd_method = BPR_METHOD_EXACT,
	};
}

bool bpr_i_wanted(const struct bpr_job *job, enum bpr_metric metric)
{
	return !job->options.means_only || !job->options.metrics || (job->options.metrics >> metric & 1);
}

static bpr_status prepare(struct bpr_job *job)
{
	struct bpr_analysis *a = job->a;
	struct bpr_arena *arena = &a->arena;
	bpr_status status = bpr_i_plan_new(job->flow, &job->plan, job->err);

	if (status == BPR_OK)
		status = bpr_i_writing_new(job->plan, &job->writing, job->err);
	if (status != BPR_OK)
		return status;
	a->hash = bpr_flow_hash(job->flow);
	if ((a->nodes = bpr_i_arena_alloc(arena, job->plan->n, sizeof(*a->nodes)))
	    && (a->arcs = bpr_i_arena_alloc(arena, job->plan->arc_count, sizeof(*a->arcs)))
	    && (a->counters = bpr_i_arena_alloc(arena, bpr_flow_counter_count(job->flow), sizeof(*a->counters)))
	    && (a->forms = bpr_i_arena_alloc(arena, bpr_flow_form_count(job->flow), sizeof(*a->forms)))
	    && (a->fields = bpr_i_arena_alloc(arena, bpr_flow_field_count(job->flow), sizeof(*a->fields)))
	    && (a->units = bpr_i_arena_alloc(arena, bpr_flow_unit_count(job->flow), sizeof(*a->units)))
	    && (a->pools = bpr_i_arena_alloc(arena, bpr_flow_pool_count(job->flow), sizeof(*a->pools))))
		return BPR_OK;
	return bpr_i_nomem(job->err);
}

static bpr_status run(struct bpr_job *job)
{
	static bpr_status (*const exact[])(struct bpr_job *) = {
		bpr_i_analyse_visits, bpr_i_analyse_totals, bpr_i_analyse_reach, bpr_i_analyse_spread, bpr_i_analyse_journey,
		bpr_i_analyse_handoffs, bpr_i_analyse_time, bpr_i_analyse_sample,
	};
	bpr_status status = prepare(job);

	if (status == BPR_OK)
		status = bpr_i_analyse_base(job);
	if (status == BPR_OK && job->timed_counts)
		status = bpr_i_sample_all(job);
	for (size_t i = 0; status == BPR_OK && !job->timed_counts && i < sizeof(exact) / sizeof(exact[0]); i++)
		status = exact[i](job);
	if (status == BPR_OK)
		status = bpr_i_analyse_pools(job);
	if (status == BPR_OK && !job->options.means_only)
		status = bpr_i_analyse_bottlenecks(job);
	if (status == BPR_OK && !job->options.means_only && (!bpr_i_find_unreachable(job) || !bpr_i_find_weak(job)))
		status = bpr_i_nomem(job->err);
	for (size_t m = 0; job->options.means_only && m < BPR_METRIC_COUNT; m++) {
		job->a->figure[m].sd = 0;
		job->a->figure[m].sd_method = BPR_METHOD_NONE;
	}
	return status;
}

static void release(struct bpr_job *job)
{
	bpr_i_solution_release(&job->base);
	bpr_i_writing_free(job->writing);
	bpr_i_plan_free(job->plan);
	bpr_i_free(job->entries);
	bpr_i_free(job->handed);
	bpr_i_free(job->critical);
	bpr_i_free(job->class_reach);
}

bpr_status bpr_analyse(const bpr_flow *flow, const struct bpr_analysis_options *options, bpr_analysis **out,
		       bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_job job = { .flow = flow, .problems = problems, .err = err, .options = BPR_ANALYSIS_OPTIONS_INIT };
	bpr_status status;

	*out = NULL;
	if (!bpr_i_options(&job.options, options))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_I008, NULL, 0, NULL, NULL);
	job.a = bpr_i_calloc(1, sizeof(*job.a));
	if (!job.a)
		return bpr_i_nomem(err);
	status = run(&job);
	release(&job);
	if (status != BPR_OK) {
		bpr_analysis_free(job.a);
		return status;
	}
	*out = job.a;
	return BPR_OK;
}

void bpr_analysis_free(bpr_analysis *analysis)
{
	if (!analysis)
		return;
	bpr_i_arena_release(&analysis->arena);
	bpr_i_free(analysis);
}

unsigned long long bpr_analysis_flow_hash(const bpr_analysis *analysis)
{
	return analysis->hash;
}

const struct bpr_figure *bpr_analysis_figure(const bpr_analysis *analysis, enum bpr_metric metric)
{
	return (size_t)metric < BPR_METRIC_COUNT ? &analysis->figure[metric] : NULL;
}

const struct bpr_node_result *bpr_analysis_nodes(const bpr_analysis *analysis)
{
	return analysis->nodes;
}

const double *bpr_analysis_arcs(const bpr_analysis *analysis)
{
	return analysis->arcs;
}

const struct bpr_counter_result *bpr_analysis_counters(const bpr_analysis *analysis)
{
	return analysis->counters;
}

const struct bpr_form_result *bpr_analysis_forms(const bpr_analysis *analysis)
{
	return analysis->forms;
}

const struct bpr_field_result *bpr_analysis_fields(const bpr_analysis *analysis)
{
	return analysis->fields;
}

const struct bpr_unit_result *bpr_analysis_units(const bpr_analysis *analysis)
{
	return analysis->units;
}

const struct bpr_pool_result *bpr_analysis_pools(const bpr_analysis *analysis)
{
	return analysis->pools;
}

const struct bpr_rule_result *bpr_analysis_rules(const bpr_analysis *analysis)
{
	return analysis->rules;
}

const struct bpr_group_result *bpr_analysis_groups(const bpr_analysis *analysis, size_t *count)
{
	*count = analysis->group_count;
	return analysis->groups;
}

const struct bpr_handoff *bpr_analysis_handoffs(const bpr_analysis *analysis, size_t *count)
{
	*count = analysis->handoff_count;
	return analysis->handoffs;
}

const struct bpr_bottleneck *bpr_analysis_bottlenecks(const bpr_analysis *analysis, size_t *count)
{
	*count = analysis->bottleneck_count;
	return analysis->bottlenecks;
}

const char *bpr_method_name(enum bpr_method method)
{
	switch (method) {
	case BPR_METHOD_EXACT:
		return "exact";
	case BPR_METHOD_SIMULATED:
		return "simulated";
	case BPR_METHOD_NONE:
	default:
		return "none";
	}
}

const char *bpr_lens_name(enum bpr_lens lens)
{
	static const char *const names[] = { "utilisation", "wait", "sensitivity", "structure" };

	return (size_t)lens < sizeof(names) / sizeof(names[0]) ? names[lens] : "";
}

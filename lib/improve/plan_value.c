/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a set of levers brings in a year: they are applied to the flow, and the flow is analysed. */
#include "config.h"
#include "improve/plan_i.h"
#include "base/problem_i.h"
#include <math.h>

static double staff_yen_of(const bpr_flow *flow, const bpr_analysis *analysis)
{
	const struct bpr_pool_result *pools = bpr_analysis_pools(analysis);
	double yen = 0;

	for (size_t i = 0; i < bpr_flow_pool_count(flow); i++)
		yen += pools[i].minutes * bpr_flow_pool(flow, i)->yen_per_hour / 60;
	return yen;
}

bpr_status bpr_i_plan_value_begin(struct bpr_i_plan_value *value, struct bpr_error *err)
{
	bpr_analysis *analysis = NULL;
	bpr_status status = bpr_analyse(value->flow, &value->how->analysis, &analysis, NULL, err);

	if (status)
		return status;
	for (size_t i = 0; i < BPR_METRIC_COUNT; i++) {
		const struct bpr_figure *f = bpr_analysis_figure(analysis, (enum bpr_metric)i);

		value->known[i] = f->method != BPR_METHOD_NONE;
		value->before[i] = f->mean;
	}
	value->staff_yen = staff_yen_of(value->flow, analysis);
	bpr_analysis_free(analysis);
	value->all = bpr_i_arena_alloc(&value->arena, bpr_levers_count(value->levers) + 1, sizeof(*value->all));
	value->refused = bpr_i_arena_alloc(&value->arena, bpr_levers_count(value->levers) + 1, sizeof(*value->refused));
	return value->all && value->refused ? BPR_OK : bpr_i_nomem(err);
}

void bpr_i_plan_value_end(struct bpr_i_plan_value *value)
{
	bpr_i_arena_release(&value->arena);
}

/* What falls away in a year; 0 where either side is not known. */
static double saved(const struct bpr_i_plan_value *v, const bpr_analysis *after, enum bpr_metric metric)
{
	const struct bpr_figure *f = bpr_analysis_figure(after, metric);

	return v->known[metric] && f->method != BPR_METHOD_NONE ? (v->before[metric] - f->mean) * v->cases : 0;
}

static double yearly_of(const struct bpr_i_plan_value *v, const bool *chosen)
{
	double yearly = 0;

	for (size_t i = 0; i < v->count; i++)
		yearly += chosen[i] ? v->costs[i].yearly : 0;
	return yearly;
}

static double gain_of(const struct bpr_i_plan_value *v, const bpr_analysis *after, const bool *chosen)
{
	switch (v->how->gain) {
	case BPR_GAIN_HOURS:
		return (saved(v, after, BPR_METRIC_WORK_MINUTES) + saved(v, after, BPR_METRIC_CITIZEN_MINUTES)) / 60;
	case BPR_GAIN_STAFF:
		return saved(v, after, BPR_METRIC_WORK_MINUTES) / 60;
	case BPR_GAIN_CITIZEN:
		return saved(v, after, BPR_METRIC_CITIZEN_MINUTES) / 60;
	case BPR_GAIN_YEN:
		return saved(v, after, BPR_METRIC_COST_YEN) - yearly_of(v, chosen);
	case BPR_GAIN_LEAD:
		return saved(v, after, BPR_METRIC_LEAD_MINUTES) / 60;
	case BPR_GAIN_VISITS:
		return saved(v, after, BPR_METRIC_COUNTER_VISITS);
	case BPR_GAIN_WRITING:
		return saved(v, after, BPR_METRIC_FIELDS_WRITTEN);
	case BPR_GAIN_COUNT:
		break;
	}
	return 0;
}

/* Of an analysis that fails for lack of memory alone the set is not to blame. */
static bool is_of_the_set(bpr_status status)
{
	return status == BPR_ENOEXIT || status == BPR_ELIMIT || status == BPR_EINVAL || status == BPR_EUNSUPPORTED || status == BPR_ESYNTAX;
}

bpr_status bpr_i_plan_value_of(void *context, const bool *chosen, struct bpr_i_plan_worth *out, struct bpr_error *err)
{
	struct bpr_i_plan_value *v = context;
	size_t count = bpr_levers_count(v->levers);
	bpr_analysis *analysis = NULL;
	bpr_flow *after = NULL;
	bpr_status status;

	*out = (struct bpr_i_plan_worth){ .fits = false };
	for (size_t i = 0; i < count; i++)
		v->all[i] = v->refused[i] = false;
	for (size_t i = 0; i < v->count; i++)
		v->all[v->of[i]] = chosen[i];
	status = bpr_levers_apply(v->flow, v->levers, v->all, v->refused, &after, NULL, err);
	for (size_t i = 0; i < count && !status; i++)
		if (v->all[i] && v->refused[i])
			goto out; /* it does not fit */
	if (!status)
		status = bpr_analyse(after, &v->how->analysis, &analysis, NULL, err);
	if (!status)
		*out = (struct bpr_i_plan_worth){ .fits = true, .gain = gain_of(v, analysis, chosen), .hours = saved(v, analysis, BPR_METRIC_WORK_MINUTES) / 60,
						  .yen = saved(v, analysis, BPR_METRIC_COST_YEN), .staff_yen = (v->staff_yen - staff_yen_of(after, analysis)) * v->cases };
out:
	bpr_analysis_free(analysis);
	bpr_flow_free(after);
	return is_of_the_set(status) ? BPR_OK : status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lead time where branches run side by side: the timed walk, exact while only constants run beside each other. */
#include "config.h"
#include "analyse/analysis_i.h"
#include "analyse/time_i.h"

static void stay(const void *data, const struct bpr_solution *s, size_t state, double *mean, double *var)
{
	const struct bpr_state *st = &s->walk.state[state];
	double repeat = bpr_i_plan_repeat(s->plan, st->node);

	(void)data;
	if (st->phase != BPR_PHASE_ENTER || !st->alone)
		return;
	if (repeat > 1 && s->plan->node[st->node]->repeat_parallel)
		repeat = 1; /* constants side by side: as long as one */
	*mean = repeat * (s->plan->work_mean[st->node] + s->plan->wait_mean[st->node]);
	*var = repeat * (s->plan->work_var[st->node] + s->plan->wait_var[st->node]);
}

static void move(const void *data, const struct bpr_solution *s, size_t arc, uint32_t before, size_t to, double *reward)
{
	(void)data;
	(void)before;
	(void)to;
	*reward = arc == BPR_NONE ? 0 : s->walk.minutes[arc];
}

bpr_status bpr_i_lead_exact(const struct bpr_plan *plan, size_t max_states, double *mean, double *var, size_t *states,
			    struct bpr_error *err)
{
	struct bpr_solve_options options = { .timed = true, .max_states = max_states };
	struct bpr_collector collector = { 1, stay, move, NULL };
	double m[BPR_COLLECT_MAX], v[BPR_COLLECT_MAX];
	struct bpr_solution s;
	bpr_status status = bpr_i_solution_new(plan, &options, &s, err);

	if (status == BPR_OK)
		status = bpr_i_solution_moments(&s, &collector, m, v, err);
	if (status == BPR_OK) {
		*mean = m[0];
		*var = v[0];
		*states = s.walk.state_count;
	}
	bpr_i_solution_release(&s);
	return status;
}

bpr_status bpr_i_analyse_time(struct bpr_job *job)
{
	double mean, var;
	size_t states;
	bpr_status status;

	if (job->a->figure[BPR_METRIC_LEAD_MINUTES].method != BPR_METHOD_NONE)
		return BPR_OK;
	status = bpr_i_lead_exact(job->plan, job->options.max_fine_states, &mean, &var, &states, job->err);
	if (status == BPR_ENOMEM)
		return status;
	if (status == BPR_OK)
		bpr_i_figure_exact(job, BPR_METRIC_LEAD_MINUTES, mean, var);
	return BPR_OK; /* else it is sampled */
}

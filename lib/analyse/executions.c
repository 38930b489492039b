/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The base walk alone. */
#include "config.h"
#include "analyse/executions_i.h"
#include "analyse/analysis_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <string.h>

static void count(const struct bpr_job *job, double *visits)
{
	const struct bpr_walk *walk = &job->base.walk;

	memset(visits, 0, job->plan->n * sizeof(*visits));
	for (size_t i = 0; i < walk->state_count; i++)
		if (walk->state[i].phase == BPR_PHASE_ENTER)
			visits[walk->state[i].node] += job->base.visits[i];
	for (size_t i = 0; i < job->plan->n; i++) {
		visits[i] *= bpr_i_plan_repeat(job->plan, i);
		if (fabs(visits[i] - 1) < 1e-12)
			visits[i] = 1;
	}
}

bpr_status bpr_i_analyse_executions(const bpr_flow *flow, size_t max_states, double *visits, size_t *states, struct bpr_error *err)
{
	struct bpr_job job = { .flow = flow, .err = err, .options = BPR_ANALYSIS_OPTIONS_INIT };
	bpr_status status = bpr_i_plan_new(flow, &job.plan, err);

	if (max_states)
		job.options.max_states = max_states;
	if (!status)
		status = bpr_i_analyse_base(&job);
	if (!status && job.timed_counts)
		status = bpr_i_fail(err, BPR_EUNSUPPORTED, BPR_I_A010, NULL, 0, bpr_flow_id(flow), NULL);
	if (!status) {
		count(&job, visits);
		*states = job.base.walk.state_count;
	}
	bpr_i_solution_release(&job.base);
	bpr_i_plan_free(job.plan);
	bpr_i_free(job.entries);
	return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lead time where branches run side by side: the timed walk, exact while only constants run beside each other. */
#include "config.h"
#include "analyse/analysis_i.h"
#include "base/problem_i.h"

/* States of all walks that ask what a faster step would change; past it the longest ways of sampled cases say it. */
#define MAX_STATES_AGAIN 200000

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

/* Nodes that are worked on while something else moves. */
static void mark_beside(const struct bpr_walk *walk, uint8_t *beside)
{
	for (size_t i = 0; i < walk->state_count; i++)
		if (walk->state[i].phase == BPR_PHASE_ENTER && !walk->state[i].alone)
			beside[walk->state[i].node] = 1;
}

static bpr_status lead_exact(const struct bpr_plan *plan, size_t max_states, double *mean, double *var, uint8_t *beside,
			     size_t *states)
{
	struct bpr_solve_options options = { .timed = true, .max_states = max_states };
	struct bpr_collector collector = { 1, stay, move, NULL };
	double m[BPR_COLLECT_MAX], v[BPR_COLLECT_MAX];
	struct bpr_solution s;
	bpr_status status = bpr_i_solution_new(plan, &options, &s, NULL);

	if (status == BPR_OK)
		status = bpr_i_solution_moments(&s, &collector, m, var ? v : NULL, NULL);
	if (status == BPR_OK) {
		*mean = m[0];
		if (var)
			*var = v[0];
		*states = s.walk.state_count;
		if (beside)
			mark_beside(&s.walk, beside);
	}
	bpr_i_solution_release(&s);
	return status;
}

/* Work on the longest way: all of it where nothing else moves; else from the same walk with 10 % less work at the step. */
static bpr_status find_critical(struct bpr_job *job, double lead, const uint8_t *beside, size_t states)
{
	struct bpr_plan *plan = job->plan;
	size_t count = 0;
	bpr_status status = BPR_OK;

	for (size_t i = 0; i < plan->n; i++)
		count += beside[i] && plan->work_mean[i] > 0;
	if (count > MAX_STATES_AGAIN / states)
		return BPR_OK;
	job->critical = bpr_i_calloc(plan->n, sizeof(*job->critical));
	if (!job->critical)
		return bpr_i_nomem(job->err);
	for (size_t i = 0; status == BPR_OK && i < plan->n; i++) {
		double work = plan->work_mean[i], less = lead, var = 0;

		job->critical[i] = (plan->node[i]->repeat_parallel ? job->entries[i] : job->a->nodes[i].visits) * work;
		if (!beside[i] || !(work > 0))
			continue;
		plan->work_mean[i] = 0.9 * work;
		status = lead_exact(plan, job->options.max_fine_states, &less, &var, NULL, &states);
		plan->work_mean[i] = work;
		if (status == BPR_OK)
			job->critical[i] = lead - less > 1e-9 * lead ? (lead - less) / 0.1 : 0;
	}
	if (status != BPR_OK) {
		bpr_i_free(job->critical);
		job->critical = NULL;
	}
	return status == BPR_ENOMEM ? bpr_i_nomem(job->err) : BPR_OK;
}

bpr_status bpr_i_analyse_time(struct bpr_job *job)
{
	const bool means = job->options.means_only;
	double mean, var = 0;
	size_t states;
	uint8_t *beside;
	bpr_status status;

	if (job->lead_adds_up || !bpr_i_wanted(job, BPR_METRIC_LEAD_MINUTES))
		return BPR_OK;
	beside = bpr_i_calloc(job->plan->n, 1);
	if (!beside)
		return bpr_i_nomem(job->err);
	status = lead_exact(job->plan, job->options.max_fine_states, &mean, means ? NULL : &var, beside, &states);
	if (status == BPR_OK) {
		bpr_i_figure_exact(job, BPR_METRIC_LEAD_MINUTES, mean, var);
		status = means ? BPR_OK : find_critical(job, mean, beside, states);
	} else {
		status = status == BPR_ENOMEM ? bpr_i_nomem(job->err) : BPR_OK; /* else it is sampled */
	}
	bpr_i_free(beside);
	return status;
}

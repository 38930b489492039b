/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The walk that everything else stands on, and whether its counts depend on time. */
#include "config.h"
#include "analyse/analysis_i.h"
#include "base/problem_i.h"

/*
 * A terminate end matters where another branch can be under way. Walked in the order written, branches before it are
 * over by then; walked in reverse, with what happens beside a step after what follows it, those behind it are: if neither walk cuts anything off, it is an end like any other.
 */
static bpr_status look_for_cuts(struct bpr_job *job)
{
	struct bpr_solve_options options = {
		.reverse = !job->base.walk.reverse, .beside_last = true, .max_states = job->options.max_states
	};
	struct bpr_solution other;
	bpr_status status;

	job->timed_counts = job->base.walk.cut;
	if (job->timed_counts)
		return BPR_OK;
	status = bpr_i_solution_new(job->plan, &options, &other, job->err);
	job->timed_counts = other.walk.cut;
	bpr_i_solution_release(&other);
	return status == BPR_ENOMEM ? status : BPR_OK;
}

bpr_status bpr_i_analyse_base(struct bpr_job *job)
{
	struct bpr_solve_options options = { .max_states = job->options.max_states };
	bpr_status status;

	if (!job->plan->start_count)
		return bpr_i_fail(job->err, BPR_ENOEXIT, BPR_I_A014, NULL, 0, NULL, NULL);
	status = bpr_i_solution_new(job->plan, &options, &job->base, job->err);
	/* Branches that start others in a loop pile up in one order and not in the other. */
	if (status == BPR_ELIMIT && job->base.walk.fault == BPR_FAULT_TOKENS) {
		bpr_i_solution_release(&job->base);
		options.reverse = true;
		status = bpr_i_solution_new(job->plan, &options, &job->base, job->err);
	}
	if (status != BPR_OK) {
		status = bpr_i_find_fault(job, &job->base, status);
		return status == BPR_ENOEXIT && !bpr_i_find_unreachable(job) ? bpr_i_nomem(job->err) : status;
	}
	job->sequential = !job->base.walk.split;
	return job->plan->terminates && !job->sequential ? look_for_cuts(job) : BPR_OK;
}

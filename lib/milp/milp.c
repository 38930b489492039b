/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes to the solver is looked at first, what comes back is made exact. */
#include "config.h"
#include "milp/glpk_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <pthread.h>

/* GLPK counts in int, and refuses more than these by aborting. */
enum { MOST_COLUMNS = 10000000, MOST_ROWS = 10000000, MOST_ENTRIES = 100000000 };

static bool is_valid_column(const struct bpr_milp_column *c)
{
	return isfinite(c->objective) && isfinite(c->low) && isfinite(c->high);
}

/* `seen` [columns]: the row that had each last, + 1. */
static bool is_valid_row(const struct bpr_milp *milp, size_t row, size_t *seen)
{
	const struct bpr_milp_row *r = &milp->rows[row];

	if (isnan(r->low) || isnan(r->high))
		return false;
	for (size_t i = 0; i < r->count; i++) {
		const struct bpr_milp_entry *e = &r->entries[i];

		if (e->column >= milp->column_count || !isfinite(e->value) || seen[e->column] == row + 1)
			return false;
		seen[e->column] = row + 1;
	}
	return true;
}

static bool is_valid(const struct bpr_milp *milp, size_t *seen)
{
	size_t entries = 0;

	if (milp->column_count > MOST_COLUMNS || milp->row_count > MOST_ROWS || !(milp->seconds >= 0))
		return false;
	for (size_t i = 0; i < milp->column_count; i++)
		if (!is_valid_column(&milp->columns[i]))
			return false;
	for (size_t i = 0; i < milp->row_count; i++) {
		if (milp->rows[i].count > MOST_ENTRIES - entries || !is_valid_row(milp, i, seen))
			return false;
		entries += milp->rows[i].count;
	}
	return true;
}

/* Ends that cross: no solution, and GLPK would not tell so of a column. */
static bool is_empty(const struct bpr_milp *milp)
{
	for (size_t i = 0; i < milp->column_count; i++) {
		const struct bpr_milp_column *c = &milp->columns[i];

		if (c->integer ? ceil(c->low) > floor(c->high) : c->low > c->high)
			return true;
	}
	for (size_t i = 0; i < milp->row_count; i++) {
		const struct bpr_milp_row *r = &milp->rows[i];

		if (r->low > r->high || r->low > HUGE_VAL / 2 || r->high < -HUGE_VAL / 2 || (!r->count && (r->low > 0 || r->high < 0)))
			return true;
	}
	return false;
}

/* What every column could bring alone: no solution has more. */
static double first_bound(const struct bpr_milp *milp)
{
	double sum = 0;

	for (size_t i = 0; i < milp->column_count; i++) {
		const struct bpr_milp_column *c = &milp->columns[i];

		sum += c->objective > 0 ? c->objective * c->high : c->objective * c->low;
	}
	return sum;
}

static void finish(const struct bpr_milp *milp, const struct bpr_milp_job *job, double *values, struct bpr_milp_result *result)
{
	result->end = job->end;
	if (job->end == BPR_MILP_NONE)
		return;
	result->bound = job->bound;
	if (job->end == BPR_MILP_UNKNOWN)
		return;
	for (size_t i = 0; i < milp->column_count; i++) {
		const struct bpr_milp_column *c = &milp->columns[i];
		double x = c->integer ? round(job->values[i]) : job->values[i];

		x = x < c->low ? c->low : x > c->high ? c->high : x;
		/* No -0. */
		values[i] = x + 0.0;
		result->objective += c->objective * values[i];
	}
	if (job->end == BPR_MILP_BEST || result->bound < result->objective)
		result->bound = result->objective;
}

static bpr_status run(const struct bpr_milp *milp, double *values, struct bpr_milp_result *result, struct bpr_error *err)
{
	struct bpr_milp_job job = { .milp = milp, .bound = first_bound(milp) };
	pthread_t thread;
	bpr_status status;

	if (!isfinite(job.bound))
		return bpr_i_fail(err, BPR_ENOCONV, BPR_I_K201, NULL, 0, "objective", NULL);
	job.values = bpr_i_calloc(milp->column_count, sizeof(*job.values));
	/* Without a thread there is no memory for its stack. */
	if (!job.values || pthread_create(&thread, NULL, bpr_i_milp_glpk, &job)) {
		bpr_i_free(job.values);
		return bpr_i_nomem(err);
	}
	(void)pthread_join(thread, NULL);
	status = job.status;
	if (job.nomem)
		status = bpr_i_nomem(err);
	else if (status)
		status = bpr_i_fail(err, status, BPR_I_K201, NULL, 0, job.said, NULL);
	else
		finish(milp, &job, values, result);
	bpr_i_free(job.values);
	return status;
}

bpr_status bpr_i_milp_solve(const struct bpr_milp *milp, double *values, struct bpr_milp_result *result, struct bpr_error *err)
{
	size_t *seen = bpr_i_calloc(milp->column_count, sizeof(*seen));
	bool valid;

	*result = (struct bpr_milp_result){ BPR_MILP_NONE, 0, 0 };
	if (!seen)
		return bpr_i_nomem(err);
	valid = is_valid(milp, seen);
	bpr_i_free(seen);
	if (!valid)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_R004, NULL, 0, NULL, NULL);
	for (size_t i = 0; i < milp->column_count; i++)
		values[i] = 0;
	if (is_empty(milp))
		return BPR_OK;
	if (!milp->column_count) {
		result->end = BPR_MILP_BEST;
		return BPR_OK;
	}
	return run(milp, values, result, err);
}

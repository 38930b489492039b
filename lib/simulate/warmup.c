/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The warm-up of an office that never closes, from a pilot run. */
#include "config.h"
#include "simulate/warmup_i.h"
#include "simulate/record_i.h"
#include <math.h>

/* Cases of the first pilot; twice as many each time that is not enough, MOST at most. */
enum { PILOT_CASES = 5000, PILOT_MOST = 160000, BATCH = 5 };

static double batch_mean(const double *values, size_t batch)
{
	double sum = 0;

	for (size_t i = 0; i < BATCH; i++)
		sum += values[batch * BATCH + i];
	return sum / BATCH;
}

size_t bpr_i_mser5(const double *values, size_t count, bool *settled)
{
	size_t batches = count / BATCH, best = 0;
	double least = (double)INFINITY, mean = 0, squares = 0, n = 0;

	/* From the end, so that mean and squares (Welford) are those of what lies behind the cut. */
	for (size_t d = batches; d-- > 0;) {
		double z = batch_mean(values, d), off = z - mean;

		n += 1;
		mean += off / n;
		squares += off * (z - mean);
		if (d <= batches / 2 && squares / (n * n) <= least) {
			least = squares / (n * n);
			best = d;
		}
	}
	*settled = batches >= 2 && best < batches / 2;
	return best * BATCH;
}

/* One pilot: the stream of no replication that counts. */
static bpr_status pilot(struct run_plan *plan, bool *settled, double *minutes, size_t *seen, struct bpr_error *err)
{
	struct run *run = NULL;
	const double *cycles, *times;
	bpr_status status = bpr_i_run_new(plan, &run, err);
	size_t cut;

	if (status != BPR_OK)
		return status;
	bpr_i_record_keep_series(run, true);
	status = bpr_i_run_play(run, UINT64_MAX, err);
	if (status == BPR_OK) {
		*seen = bpr_i_record_series(run, &cycles, &times);
		cut = bpr_i_mser5(cycles, *seen, settled);
		*minutes = cut ? ceil(times[cut - 1]) : 0;
	}
	bpr_i_run_free(run);
	return status;
}

bpr_status bpr_i_warmup_find(struct run_plan *plan, bool *settled, struct bpr_error *err)
{
	unsigned long long cases = plan->options.cases;
	double minutes = 0;
	size_t seen = 0, wanted = PILOT_CASES;
	bpr_status status;

	*settled = false;
	plan->options.warmup = BPR_WARMUP_NONE;
	do {
		plan->options.cases = wanted;
		status = pilot(plan, settled, &minutes, &seen, err);
		wanted *= 2;
	} while (status == BPR_OK && !*settled && wanted <= PILOT_MOST && seen >= wanted / 2);
	plan->options.cases = cases;
	/* A run of so many days must have something left to count. */
	if (plan->options.days > 0 && !cases && minutes > plan->options.days * 1440 / 2) {
		minutes = plan->options.days * 1440 / 2;
		*settled = false;
	}
	plan->options.warmup = BPR_WARMUP_MINUTES;
	plan->options.warmup_minutes = minutes;
	return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows what directly in traces, and without what is infrequent. */
#include "config.h"
#include "mine/tree_i.h"
#include <string.h>

/* Numbers the activities that occur, in ascending order. */
static bool number(const struct bpr_traces *traces, uint32_t activity_count, uint32_t *local, struct bpr_dfg *dfg)
{
	memset(local, 0, (size_t)activity_count * sizeof(*local));
	for (size_t i = 0; i < traces->event_count; i++)
		local[traces->events[i]] = 1;
	for (uint32_t a = 0; a < activity_count; a++)
		dfg->n += local[a];
	dfg->activities = bpr_i_calloc(dfg->n, sizeof(*dfg->activities));
	if (!dfg->activities)
		return false;
	for (uint32_t a = 0, n = 0; a < activity_count; a++)
		if (local[a]) {
			local[a] = n;
			dfg->activities[n++] = a;
		}
	return true;
}

static void count_trace(const struct bpr_trace *trace, const uint32_t *events, const uint32_t *local, struct bpr_dfg *dfg)
{
	if (!trace->length)
		return;
	dfg->starts[local[events[0]]] += trace->count;
	dfg->ends[local[events[trace->length - 1]]] += trace->count;
	for (size_t i = 1; i < trace->length; i++)
		dfg->follows[(size_t)local[events[i - 1]] * dfg->n + local[events[i]]] += trace->count;
}

bpr_status bpr_i_dfg_new(const struct bpr_traces *traces, uint32_t activity_count, uint32_t *local, struct bpr_dfg *out)
{
	*out = (struct bpr_dfg){ 0 };
	if (!number(traces, activity_count, local, out))
		return BPR_ENOMEM;
	if (out->n > BPR_I_TREE_ACTIVITIES) {
		bpr_i_dfg_release(out);
		return BPR_ELIMIT;
	}
	out->follows = bpr_i_calloc((size_t)out->n * out->n, sizeof(*out->follows));
	out->starts = bpr_i_calloc(out->n, sizeof(*out->starts));
	out->ends = bpr_i_calloc(out->n, sizeof(*out->ends));
	if (!out->follows || !out->starts || !out->ends) {
		bpr_i_dfg_release(out);
		return BPR_ENOMEM;
	}
	for (size_t i = 0; i < traces->count; i++)
		count_trace(&traces->items[i], traces->events + traces->items[i].first, local, out);
	return BPR_OK;
}

static void filter(uint64_t *counts, size_t n, uint64_t most, double noise)
{
	for (size_t i = 0; i < n; i++)
		if ((double)counts[i] < noise * (double)most)
			counts[i] = 0;
}

static uint64_t most(const uint64_t *counts, size_t n)
{
	uint64_t found = 0;

	for (size_t i = 0; i < n; i++)
		found = counts[i] > found ? counts[i] : found;
	return found;
}

void bpr_i_dfg_filter(struct bpr_dfg *dfg, double noise)
{
	for (uint32_t a = 0; a < dfg->n; a++) {
		uint64_t *row = dfg->follows + (size_t)a * dfg->n;
		uint64_t on = most(row, dfg->n);

		filter(row, dfg->n, dfg->ends[a] > on ? dfg->ends[a] : on, noise); /* to end is a way on too */
	}
	filter(dfg->starts, dfg->n, most(dfg->starts, dfg->n), noise);
	filter(dfg->ends, dfg->n, most(dfg->ends, dfg->n), noise);
}

void bpr_i_dfg_release(struct bpr_dfg *dfg)
{
	bpr_i_free(dfg->activities);
	bpr_i_free(dfg->follows);
	bpr_i_free(dfg->starts);
	bpr_i_free(dfg->ends);
	*dfg = (struct bpr_dfg){ 0 };
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Quantiles of many values in little room: buckets whose bounds grow by 1 %, so that each value is known within half of that
 * (Masson, Rim & Lee, DDSketch, Proc. VLDB Endow. 12(12), 2019).
 */
#include "config.h"
#include "mine/worktime_stat_i.h"
#include "base/alloc_i.h"
#include <math.h>
#include <stdlib.h>

#define LEAST 1e-5       /* a millisecond is 1.7e-5 minutes */
#define ERROR 0.005
enum { BUCKETS = 3400 }; /* up to 1e-5 * gamma^3400, more minutes than 10,000 years have */

static double gamma_of(void)
{
	return (1 + ERROR) / (1 - ERROR);
}

static size_t bucket_of(double value)
{
	double at;

	if (!(value > LEAST))
		return 0;
	at = ceil(log(value / LEAST) / log(gamma_of()));
	return at < BUCKETS - 1 ? (size_t)at : BUCKETS - 1;
}

static double value_of(size_t bucket)
{
	return bucket ? LEAST * pow(gamma_of(), (double)bucket) * 2 / (1 + gamma_of()) : 0;
}

static bool to_buckets(struct wt_stat *s)
{
	s->buckets = bpr_i_calloc(BUCKETS, sizeof(*s->buckets));
	if (!s->buckets)
		return false;
	for (uint64_t i = 0; i < s->count; i++)
		s->buckets[bucket_of(s->values[i])]++;
	bpr_i_free(s->values);
	s->values = NULL;
	s->capacity = 0;
	return true;
}

bool bpr_i_wt_stat_add(struct wt_stat *s, double value, size_t most)
{
	const double from_mean = value - s->mean;

	if (!s->buckets && s->count == most && !to_buckets(s))
		return false;
	if (!s->buckets && !bpr_i_grow(&s->values, &s->capacity, (size_t)s->count + 1, sizeof(*s->values)))
		return false;
	if (s->buckets)
		s->buckets[bucket_of(value)]++;
	else
		s->values[s->count] = value;
	s->min = s->count ? fmin(s->min, value) : value;
	s->max = s->count ? fmax(s->max, value) : value;
	s->count++;
	s->mean += from_mean / (double)s->count;
	s->squares += from_mean * (value - s->mean);
	return true;
}

static int compare(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The value at a rank from 0. */
static double at_rank(const struct wt_stat *s, uint64_t rank)
{
	uint64_t below = 0;
	size_t i = 0;

	if (!s->buckets)
		return s->values[rank];
	for (; i < BUCKETS - 1 && below + s->buckets[i] <= rank; i++)
		below += s->buckets[i];
	return fmin(fmax(value_of(i), s->min), s->max);
}

/* Definition 7 of Hyndman & Fan. */
static double quantile(const struct wt_stat *s, double p)
{
	const double at = p * (double)(s->count - 1);
	const uint64_t rank = (uint64_t)at;
	const double low = at_rank(s, rank);

	return rank + 1 < s->count && at > (double)rank ? low + (at - (double)rank) * (at_rank(s, rank + 1) - low) : low;
}

void bpr_i_wt_stat_take(struct wt_stat *s, struct bpr_mine_stat *out)
{
	*out = (struct bpr_mine_stat){ .count = s->count };
	if (!s->count)
		return;
	if (s->values)
		qsort(s->values, (size_t)s->count, sizeof(*s->values), compare);
	out->mean = s->mean;
	out->sd = s->count > 1 ? sqrt(fmax(s->squares, 0) / (double)(s->count - 1)) : 0;
	out->min = s->min;
	out->max = s->max;
	out->p10 = quantile(s, 0.10);
	out->p25 = quantile(s, 0.25);
	out->p50 = quantile(s, 0.50);
	out->p75 = quantile(s, 0.75);
	out->p90 = quantile(s, 0.90);
	out->p95 = quantile(s, 0.95);
	out->p99 = quantile(s, 0.99);
	out->quantile_error = s->buckets ? ERROR : 0;
}

void bpr_i_wt_stat_release(struct wt_stat *s)
{
	bpr_i_free(s->values);
	bpr_i_free(s->buckets);
	*s = (struct wt_stat){ 0 };
}

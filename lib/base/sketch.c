/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values for quantiles: kept as they are while few, counted in bins once many. */
#include "config.h"
#include "base/sketch_i.h"
#include "base/alloc_i.h"
#include <math.h>
#include <stdlib.h>

static bool count_in(struct sketch *s, double x, uint64_t times)
{
	uint64_t bits, at;

	s->count += times;
	memcpy(&bits, &x, sizeof(bits));
	at = bits >> (52 - SKETCH_BITS);
	if (!(x > 0) || at < (uint64_t)SKETCH_LOWEST << SKETCH_BITS) {
		s->zeros += times;
		return true;
	}
	at -= (uint64_t)SKETCH_LOWEST << SKETCH_BITS;
	if (at >= (uint64_t)SKETCH_PAGES << SKETCH_BITS)
		at = ((uint64_t)SKETCH_PAGES << SKETCH_BITS) - 1;
	if (!s->page[at >> SKETCH_BITS]
	    && !(s->page[at >> SKETCH_BITS] = bpr_i_calloc(SKETCH_BINS, sizeof(**s->page))))
		return false;
	s->page[at >> SKETCH_BITS][at & (SKETCH_BINS - 1)] += times;
	return true;
}

/* From kept values to counted ones. */
static bool spill(struct sketch *s)
{
	bool ok = true;

	if (!s->page && !(s->page = bpr_i_calloc(SKETCH_PAGES, sizeof(*s->page))))
		return false;
	s->counting = true;
	s->count = 0;
	for (size_t i = 0; i < s->kept_count; i++)
		ok = count_in(s, s->kept[i], 1) && ok;
	bpr_i_free(s->kept);
	s->kept = NULL;
	s->kept_count = s->kept_capacity = 0;
	return ok;
}

void bpr_i_sketch_add_slow(struct sketch *s, double x)
{
	if (!s->counting && s->kept_count < s->keep) {
		if (s->kept_count == s->kept_capacity
		    && !bpr_i_grow(&s->kept, &s->kept_capacity, s->kept_count + 1, sizeof(*s->kept))) {
			s->failed = true;
			return;
		}
		s->kept[s->kept_count++] = x;
		s->count++;
		return;
	}
	if ((!s->counting && !spill(s)) || !count_in(s, x, 1))
		s->failed = true;
}

void bpr_i_sketch_add_all(struct sketch *s, const double *x, size_t count)
{
	for (size_t i = 0; i < count; i++)
		bpr_i_sketch_add(s, x[i]);
}

static bool merge_pages(struct sketch *s, const struct sketch *from)
{
	s->zeros += from->zeros;
	s->count += from->count;
	for (size_t p = 0; p < SKETCH_PAGES; p++) {
		if (!from->page[p])
			continue;
		if (!s->page[p] && !(s->page[p] = bpr_i_calloc(SKETCH_BINS, sizeof(**s->page))))
			return false;
		for (size_t b = 0; b < SKETCH_BINS; b++)
			s->page[p][b] += from->page[p][b];
	}
	return true;
}

void bpr_i_sketch_merge(struct sketch *s, const struct sketch *from)
{
	s->failed |= from->failed;
	if (from->counting && !s->counting && !spill(s))
		s->failed = true;
	else if (from->counting)
		s->failed |= !merge_pages(s, from);
	else
		bpr_i_sketch_add_all(s, from->kept, from->kept_count);
}

static int rising(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;

	return (a > b) - (a < b);
}

void bpr_i_sketch_sort(struct sketch *s)
{
	if (s->kept_count)
		qsort(s->kept, s->kept_count, sizeof(*s->kept), rising);
}

/* Value that stands for the bin: its middle; of whole numbers that have a bin each, the number. */
static double bin_value(const struct sketch *s, size_t page, size_t bin, double share)
{
	uint64_t bits = ((uint64_t)(page + SKETCH_LOWEST) << SKETCH_BITS | bin) << (52 - SKETCH_BITS);
	double low, width = ldexp(1, (int)page + SKETCH_LOWEST - 1023 - SKETCH_BITS);

	memcpy(&low, &bits, sizeof(low));
	return s->whole && low < SKETCH_EXACT ? low : low + width * share;
}

/* The value of that rank, from 0. */
static double at_rank(const struct sketch *s, uint64_t rank)
{
	uint64_t below = s->zeros;

	if (!s->counting)
		return s->kept[rank];
	if (rank < below)
		return 0;
	for (size_t p = 0; p < SKETCH_PAGES; p++)
		for (size_t b = 0; s->page[p] && b < SKETCH_BINS; b++) {
			below += s->page[p][b];
			if (rank < below)
				return bin_value(s, p, b, 0.5);
		}
	return 0;
}

double bpr_i_sketch_quantile(const struct sketch *s, double p)
{
	double h = p * ((double)s->count - 1), low;
	uint64_t rank;

	if (!s->count)
		return 0;
	rank = h > 0 ? (uint64_t)h : 0;
	if (rank >= s->count - 1)
		return at_rank(s, s->count - 1);
	low = at_rank(s, rank);
	h -= (double)rank;
	return h > 0 ? low + h * (at_rank(s, rank + 1) - low) : low;
}

static double share_of_bins(const struct sketch *s, double limit)
{
	double below = (double)s->zeros;

	for (size_t p = 0; p < SKETCH_PAGES; p++)
		for (size_t b = 0; s->page[p] && b < SKETCH_BINS; b++) {
			double low = bin_value(s, p, b, 0), high = bin_value(s, p, b, 1), n = (double)s->page[p][b];

			if (limit < low)
				return below / (double)s->count;
			below += high > low && limit < high ? n * (limit - low) / (high - low) : n;
		}
	return below / (double)s->count;
}

double bpr_i_sketch_share(const struct sketch *s, double limit)
{
	size_t low = 0, high = s->kept_count;

	if (!s->count || !(limit >= 0))
		return 0;
	if (s->counting)
		return share_of_bins(s, limit);
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (s->kept[middle] <= limit)
			low = middle + 1;
		else
			high = middle;
	}
	return (double)low / (double)s->count;
}

double bpr_i_sketch_error(const struct sketch *s, double max)
{
	return !s->counting || (s->whole && max < SKETCH_EXACT) ? 0 : SKETCH_ERROR;
}

void bpr_i_sketch_clear(struct sketch *s)
{
	for (size_t p = 0; s->page && p < SKETCH_PAGES; p++)
		if (s->page[p])
			memset(s->page[p], 0, SKETCH_BINS * sizeof(**s->page));
	s->kept_count = 0;
	s->zeros = s->count = 0;
	s->counting = s->failed = false;
}

void bpr_i_sketch_release(struct sketch *s)
{
	for (size_t p = 0; s->page && p < SKETCH_PAGES; p++)
		bpr_i_free(s->page[p]);
	bpr_i_free(s->page);
	bpr_i_free(s->kept);
	memset(s, 0, sizeof(*s));
}

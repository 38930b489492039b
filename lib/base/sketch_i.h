/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_BASE_SKETCH_I_H
#define BPR_BASE_SKETCH_I_H
/*
 * Values of single cases, for quantiles. Up to `keep` values are kept as they are: quantiles are exact (definition 7 of Hyndman &
 * Fan, American Statistician 50(4), 1996). Past that they are counted in bins that the bits of a double give: 512 to each power of
 * two, so that the middle of a bin is off by 1/1024 of the value at most (the idea of a log histogram, as in Masson, Rim & Lee,
 * DDSketch, VLDB 2019, without a logarithm). Counts are whole numbers, so parts can be merged in any order and grouping and give
 * the same bytes. Whole values below 1024 have a bin each: for counts that stays exact.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define SKETCH_BITS 9                  /* of the mantissa */
#define SKETCH_BINS (1u << SKETCH_BITS)
#define SKETCH_PAGES 128               /* powers of two from 2^-32; what is below counts as 0 */
#define SKETCH_LOWEST (1023 - 32)      /* exponent of the first page, as the bits have it */
#define SKETCH_ERROR (1.0 / (2 * SKETCH_BINS))
#define SKETCH_EXACT (2.0 * SKETCH_BINS) /* whole numbers below it are told apart */

struct sketch {
	double *kept; size_t kept_count, kept_capacity, keep;
	uint64_t **page;               /* [SKETCH_PAGES], each NULL or [SKETCH_BINS]; NULL until first wanted */
	bool counting;                 /* else values are kept */
	uint64_t zeros;                /* values of 0, once they are counted */
	uint64_t count;
	bool whole;                    /* values are whole numbers */
	bool failed;                   /* out of memory: values are missing */
};

/* Where the value is counted, if it makes a hit in a page that is there; else NULL. Bins never move. */
static inline uint64_t *bpr_i_sketch_bin(struct sketch *sketch, double x)
{
	uint64_t bits, *page;

	if (!sketch->counting)
		return NULL;
	memcpy(&bits, &x, sizeof(bits));
	if (!bits)
		return &sketch->zeros;
	bits = (bits >> (52 - SKETCH_BITS)) - ((uint64_t)SKETCH_LOWEST << SKETCH_BITS);
	page = bits < ((uint64_t)SKETCH_PAGES << SKETCH_BITS) ? sketch->page[bits >> SKETCH_BITS] : NULL;
	return page ? &page[bits & (SKETCH_BINS - 1)] : NULL;
}
/* A value that makes none. */
void bpr_i_sketch_add_slow(struct sketch *sketch, double x);
static inline void bpr_i_sketch_add(struct sketch *sketch, double x)
{
	uint64_t *bin = bpr_i_sketch_bin(sketch, x);

	if (!bin) {
		bpr_i_sketch_add_slow(sketch, x);
		return;
	}
	++*bin;
	sketch->count++;
}
void bpr_i_sketch_add_all(struct sketch *sketch, const double *x, size_t count);
/* Adds what stands in `from`; both must have the same `keep`. */
void bpr_i_sketch_merge(struct sketch *sketch, const struct sketch *from);
/* Before the calls below, once no more is added: sorts what is kept. */
void bpr_i_sketch_sort(struct sketch *sketch);
double bpr_i_sketch_quantile(const struct sketch *sketch, double p); /* 0 where there is no value */
double bpr_i_sketch_share(const struct sketch *sketch, double limit); /* of values that are at most `limit` */
/* Relative error of a quantile; 0 exact. max: the largest value. */
double bpr_i_sketch_error(const struct sketch *sketch, double max);
void bpr_i_sketch_clear(struct sketch *sketch);   /* empty; memory is kept */
void bpr_i_sketch_release(struct sketch *sketch);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_WORKTIME_STAT_I_H
#define BPR_MINE_WORKTIME_STAT_I_H
/* Mean, spread and quantiles of values that come one by one: exact up to a number of them, then by buckets of 1 % (DDSketch). */
#include <bpr/mining.h>

struct wt_stat {
	uint64_t count;
	double mean, squares, min, max;
	double *values; size_t capacity; /* while few */
	uint64_t *buckets;               /* then; the first holds zeros */
};
/* False: out of memory. */
bool bpr_i_wt_stat_add(struct wt_stat *stat, double value, size_t most);
/* Sorts the values. */
void bpr_i_wt_stat_take(struct wt_stat *stat, struct bpr_mine_stat *out);
void bpr_i_wt_stat_release(struct wt_stat *stat);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_LOG_TIME_I_H
#define BPR_MINE_LOG_TIME_I_H
/* Times of a column: what its other values say helps to read each. */
#include "mine/log_i.h"

/* Day and month of 4/1/2024, which one value alone often does not tell. */
enum bpr_log_order { BPR_LOG_ORDER_UNKNOWN = 0, BPR_LOG_MONTH_FIRST, BPR_LOG_DAY_FIRST };

/* How a column is read; zero-initialised is ready for use. The last date is kept: most events are on the day of the one before. */
struct bpr_log_clock {
	enum bpr_log_order order;
	bool cached;
	char date[10];
	int64_t day;             /* its first millisecond */
};

/* bpr_i_log_time() of a column. *dated: a date was written; else the time of day alone, whose ms count from midnight. */
bool bpr_i_log_clock_read(struct bpr_log_clock *clock, const char *text, size_t length, struct bpr_log_time *out, bool *dated);
/* What 4/1/2024 says of the order of its column: UNKNOWN where both are possible, or where the value is not written so. */
enum bpr_log_order bpr_i_log_day_order(const char *text, size_t length, bool *slashed);
#endif

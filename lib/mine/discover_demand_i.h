/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_DISCOVER_DEMAND_I_H
#define BPR_MINE_DISCOVER_DEMAND_I_H
/* Hours and factors of demand: what was seen (discover_hours.c), and its rows (discover_demand.c). */
#include "mine/discover_measure_i.h"

struct bpr_quarters { size_t from, to; };      /* quarters of an hour after midnight */
struct bpr_hours_seen {
	bool always;             /* work goes on at night too */
	unsigned open;           /* bits of weekdays, 0 Monday */
	bool holidays;           /* nothing is done on public holidays and at the turn of the year, or none was seen */
	struct bpr_quarters of[7];
	struct bpr_quarters lunch; /* from == to: none */
	size_t working_days;     /* from the first to the last day */
	double per_day;          /* arrivals of them */
};
void bpr_i_demand_hours_seen(const struct bpr_measure *m, struct bpr_hours_seen *out);
/* A working day of these hours: days since 1970-01-01. */
bool bpr_i_demand_works(const struct bpr_hours_seen *h, long day);
/*
 * Factors of arrivals that differ by more than chance (p < 0.01, and by 15 % at least one of them): by weekday and month by the F test of
 * cases a day between and within, by hour by chi square. false: they do not. hours: -1 where it is closed; months: 0 where not seen.
 */
bool bpr_i_demand_weekdays(const struct bpr_measure *m, const struct bpr_hours_seen *h, double factors[7]);
bool bpr_i_demand_hours(const struct bpr_measure *m, const struct bpr_hours_seen *h, double factors[24]);
bool bpr_i_demand_months(const struct bpr_measure *m, const struct bpr_hours_seen *h, double factors[12]);
/* Moments into the times between them, one less. Never out of memory; true. */
bool bpr_i_gaps_of(struct bpr_kept *kept);
#endif

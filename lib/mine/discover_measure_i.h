/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_DISCOVER_MEASURE_I_H
#define BPR_MINE_DISCOVER_MEASURE_I_H
/* Inside of what a log says of steps (discover_i.h): counting in one walk, then durations, people, demand. */
#include "base/alloc_i.h"
#include "flow/dist_i.h"
#include "mine/discover_i.h"
#include "mine/fit_i.h"
#include "mine/log_i.h"
#include "mine/mine_i.h"

enum { BPR_I_DAY_MS = 86400000, BPR_I_QUARTERS = 96, BPR_I_SAMPLE = 65536 };

/* Values chosen evenly from all that came (Vitter's algorithm R), the same ones for the same log. */
struct bpr_kept { double *values; size_t count, capacity; uint64_t seen; };

struct bpr_hours_seen;
struct bpr_tally {
	uint64_t events, timed;  /* timed: with a start */
	uint64_t manned;         /* somebody is named who did it */
	struct bpr_kept work, wait;
	struct bpr_kept open;    /* work in the hours of the office; as many as `work` */
	uint64_t nights, outside; /* over a night or more; begun or ended when the office is closed */
	uint64_t days_after;     /* begun on another day than what came before ended */
	uint64_t followed;       /* of so many */
	double seals, id_checks, fields, names;
	bool detailed;
};

/* When cases come and the office is at work, by its own clock. */
struct bpr_comings {
	long first_day; size_t day_count;
	uint32_t *arrived, *events;               /* [day_count] */
	uint64_t by_quarter[7][BPR_I_QUARTERS];   /* arrivals */
	uint64_t work_by_quarter[7][BPR_I_QUARTERS]; /* starts and ends of events */
	uint64_t cases;
	int64_t first, last;                      /* arrivals */
	struct bpr_kept moments;                  /* arrivals in minutes */
	double *open_before;                      /* [day_count + 1] open minutes before the day; NULL: not known, or always */
};

/* An event with a start, for who works beside whom; grouped by day. */
struct bpr_busy { uint32_t day, key, resource, unused; int64_t start, end; };

struct bpr_measure {
	const bpr_log *log;
	struct bpr_discovery_options options;
	size_t keys, sample;
	struct bpr_arena arena;                   /* results */
	struct bpr_tally *tallies;
	struct bpr_mine_pairs units, counters, resources, details; /* key and name */
	struct bpr_comings comings;
	struct bpr_hours_seen *hours;             /* in the arena; NULL: not looked at yet */
	bpr_spill *busy; uint64_t busy_count;
	struct bpr_rng rng;
	struct bpr_measured_step *steps;
	struct bpr_measured_pool *pools; size_t pool_count;
	struct bpr_measured_row *rows; size_t row_count, row_capacity;
	bpr_problems *problems;
	uint64_t unfitted;                        /* steps put in as measured, though a kind was asked for */
};

bool bpr_i_kept_add(struct bpr_kept *kept, size_t most, struct bpr_rng *rng, double value);
static inline int64_t bpr_i_local(int64_t ms, int offset)
{
	return ms + (int64_t)offset * 60000;
}
static inline long bpr_i_day_of(int64_t local)
{
	return (long)(local >= 0 ? local / BPR_I_DAY_MS : -((-local + BPR_I_DAY_MS - 1) / BPR_I_DAY_MS));
}
/* 0 Monday. */
static inline unsigned bpr_i_weekday_of(long day)
{
	return (unsigned)(((day + 3) % 7 + 7) % 7);
}
bool bpr_i_comings_begin(struct bpr_measure *m);
bool bpr_i_comings_case(struct bpr_measure *m, const struct bpr_log_case *c);   /* discover_demand.c */
bpr_status bpr_i_measure_demand(struct bpr_measure *m);                         /* discover_demand.c */
/* Minutes of the office's hours between two moments of its clock; *outside: at one of them it is closed. */
double bpr_i_open_minutes(const struct bpr_measure *m, int64_t from, int64_t to, bool *outside); /* discover_hours.c */
bpr_status bpr_i_measure_pools(struct bpr_measure *m, struct bpr_error *err);   /* discover_pool.c */
#endif

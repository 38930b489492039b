/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_SIMULATE_SUMS_I_H
#define BPR_SIMULATE_SUMS_I_H
/*
 * What a replication comes to, free of the engine: sums and sketches that can be added up. sums.c; result.c makes figures of
 * them. One per thread, and one for all replications together, into which they are added in order.
 */
#include "base/sketch_i.h"
#include <bpr/simulate.h>

/* Mean and squared deviations of many, put together from blocks (Chan, Golub & LeVeque, American Statistician 37(3), 1983). */
struct moments { double n, mean, m2, min, max; };
void bpr_i_moments_add(struct moments *moments, const double *x, size_t count);
void bpr_i_moments_merge(struct moments *moments, const struct moments *from);

/* A figure that is a column of the table of cases: several keys may share one. */
#define COLUMN_ZERO (BPR_SIM_KEY_COUNT)    /* always 0 in this flow */
struct columns { size_t count; size_t of_key[BPR_SIM_KEY_COUNT], key[BPR_SIM_KEY_COUNT]; bool whole[BPR_SIM_KEY_COUNT]; };

/* lost: minutes waited by those who went away unserved; left: how many wait when the run ends. */
struct node_sums { double entries, begun, wait, wait_max, executed, work, gave_up, longest, lost, left; };
/*
 * Person-minutes. busy, duty: of the days that let cases in, busy without over; open: minutes with somebody on duty; backlog: how many
 * wait when the days are over that let cases in.
 */
struct pool_sums { double busy, duty, open, over, longest, backlog; };
struct counter_sums { double comings, open, longest; };
struct hour_sums { double minutes, arrivals, present; };      /* present: case-minutes */
struct wait_sums { double begun, wait, max, lost; };
struct duty_sums { double busy, duty; };
struct limit_sums { double kept, of; };

/* Arrays have `pool_count`, `counter_count` … items; tables [… * BPR_SIM_HOURS]. */
struct sums {
	const struct columns *columns;
	size_t node_count, pool_count, counter_count;
	struct moments moments[BPR_SIM_KEY_COUNT];   /* by column */
	struct sketch values[BPR_SIM_KEY_COUNT];
	struct sketch *node_waits;                   /* of executions; those of pools and counters are put together from them */
	struct node_sums *node;
	struct pool_sums *pool;
	struct counter_sums *counter;
	struct hour_sums hour[BPR_SIM_HOURS];
	struct wait_sums *pool_hour, *counter_hour;
	struct duty_sums *duty_hour;
	struct limit_sums limit[BPR_SIM_LIMITS];
	double arrived, finished, cases, abandoned, events, unfinished, days, minutes, warmup;
};
bool bpr_i_sums_init(struct sums *sums, const bpr_flow *flow, const struct columns *columns, size_t samples);
void bpr_i_sums_clear(struct sums *sums);
/* False: out of memory. */
bool bpr_i_sums_merge(struct sums *sums, const struct sums *from);
void bpr_i_sums_release(struct sums *sums);
#endif

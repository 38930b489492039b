/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_SIMULATE_WARMUP_I_H
#define BPR_SIMULATE_WARMUP_I_H
/*
 * How much of a run that begins empty has to be cut off: MSER-5 (White, Simulation 69(6), 1997; Franklin & White, WSC 2008).
 * Values are averaged by fives; of all points up to the middle the one is taken behind which the squared deviations over the
 * squared number of averages are least.
 */
#include <bpr/error.h>
#include <stdbool.h>
#include <stddef.h>

struct run_plan;
/* Values to be cut off, a multiple of 5. *settled: not as many as can be, so the run was long enough to tell. */
size_t bpr_i_mser5(const double *values, size_t count, bool *settled);
/* Plays pilot runs of the plan and sets its options to a warm-up of so many minutes. *settled as above. */
bpr_status bpr_i_warmup_find(struct run_plan *plan, bool *settled, struct bpr_error *err);
#endif

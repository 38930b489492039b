/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ANALYSE_EXTREMES_I_H
#define BPR_ANALYSE_EXTREMES_I_H
#include "analyse/solution_i.h"

/* step: reward of each arc of the solution's chain; start: [n] of beginning in a state. *most is nothing where *unbounded. */
bpr_status bpr_i_extremes(const struct bpr_solution *solution, const uint32_t *step, const uint32_t *start, size_t *least,
			  size_t *most, bool *unbounded, struct bpr_error *err);
#endif

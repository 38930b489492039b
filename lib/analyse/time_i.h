/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ANALYSE_TIME_I_H
#define BPR_ANALYSE_TIME_I_H
#include "analyse/plan_i.h"

/* Mean and variance of the lead time by the timed walk. BPR_EUNSUPPORTED: random durations run beside others; BPR_ELIMIT. */
bpr_status bpr_i_lead_exact(const struct bpr_plan *plan, size_t max_states, double *mean, double *var, size_t *states,
			    struct bpr_error *err);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ANALYSE_EXECUTIONS_I_H
#define BPR_ANALYSE_EXECUTIONS_I_H
/* How often a case executes each node and nothing else: for what is worked out again and again with other shares. */
#include <bpr/flow.h>

/*
 * visits: [node count], as bpr_analysis_nodes() has them. *states: of the walk, a measure of what another call costs.
 * BPR_ENOEXIT, BPR_ELIMIT as bpr_analyse(); BPR_EUNSUPPORTED: counts depend on time (a terminate end cuts off branches).
 */
BPR_MUST_CHECK bpr_status bpr_i_analyse_executions(const bpr_flow *flow, size_t max_states, double *visits, size_t *states,
						   struct bpr_error *err);
#endif

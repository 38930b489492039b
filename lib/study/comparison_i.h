/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_COMPARISON_I_H
#define BPR_STUDY_COMPARISON_I_H
#include <bpr/comparison.h>

struct bpr_comparison {
	struct bpr_kpi kpis[BPR_METRIC_COUNT];
	struct bpr_step_pair *pairs; /* [pair_count] */
	size_t pair_count;
	double cases_per_year;
	bool simulated;
	struct bpr_sim_difference differences[BPR_SIM_KEY_COUNT];
};

/* Fills the pairs. BPR_ENOMEM. */
/* Does no step of the flow say how long it takes? Its 0 minutes then mean nothing. */
bool bpr_i_untimed(const bpr_flow *flow);

bpr_status bpr_i_comparison_match(bpr_comparison *comparison, const bpr_flow *before, const bpr_analysis *before_analysis,
				  const bpr_flow *after, const bpr_analysis *after_analysis);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_FLOW_VIEW_I_H
#define BPR_FLOW_VIEW_I_H
/* A flow with other people or another demand, to try something out without reading it again. */
#include <bpr/flow.h>

/*
 * Everything but `pools` ([pool count], or NULL: the flow's) and `demand` (or NULL) is the flow's and borrowed, as are these two: all
 * of them must outlive the view. It has the content hash of the flow, whose names its results are shown with. O(1).
 */
bpr_status bpr_i_flow_view(const bpr_flow *flow, const struct bpr_pool *pools, const struct bpr_demand *demand, bpr_flow **out,
			   struct bpr_error *err);
/* Never bpr_flow_free(): that would free what is borrowed. */
void bpr_i_flow_view_free(bpr_flow *view);
#endif

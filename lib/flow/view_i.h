/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_FLOW_VIEW_I_H
#define BPR_FLOW_VIEW_I_H
/* A flow with something changed, to try it out without reading it again. */
#include <bpr/flow.h>

/* What is changed; NULL: as in the flow. */
struct bpr_flow_change {
	const struct bpr_pool *pools;     /* [pool count] */
	const struct bpr_demand *demand;
	const struct bpr_dist *work; size_t node; /* of one node */
	const struct bpr_node *nodes;     /* [node count]; not with `work` */
	const struct bpr_arc *arcs;       /* [arc count]: other shares */
};
/*
 * Everything else is the flow's and borrowed, and so is what the change points to: all of it must outlive the view. It has the content
 * hash of the flow, whose names its results are shown with. O(pools); with `work` O(nodes).
 */
bpr_status bpr_i_flow_view(const bpr_flow *flow, const struct bpr_flow_change *change, bpr_flow **out, struct bpr_error *err);
/* Never bpr_flow_free(): that would free what is borrowed. */
void bpr_i_flow_view_free(bpr_flow *view);
#endif

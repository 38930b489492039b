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

/*
 * A flow of its own with other values, freed by bpr_flow_free(): nodes, arcs, pools, demand and origins are copies that may be changed
 * until bpr_i_flow_settle(); everything else is borrowed from `flow`, which must outlive it. derive.c
 */
bpr_status bpr_i_flow_derive(const bpr_flow *flow, bpr_flow **out, struct bpr_error *err);
struct bpr_node *bpr_i_flow_edit_node(bpr_flow *derived, size_t node);
struct bpr_arc *bpr_i_flow_edit_arc(bpr_flow *derived, size_t arc);
/* Copies of it are kept; false: out of memory. */
bool bpr_i_flow_edit_duration(bpr_flow *derived, size_t node, bool work, const struct bpr_dist *dist);
bool bpr_i_flow_edit_need(bpr_flow *derived, size_t node, size_t pool, size_t count);
/* A pool with one shift. */
bool bpr_i_flow_edit_count(bpr_flow *derived, size_t pool, size_t count);
/* All pools of another flow, where this one has none. */
bool bpr_i_flow_edit_pools(bpr_flow *derived, const bpr_flow *from);
struct bpr_demand *bpr_i_flow_edit_demand(bpr_flow *derived);
/* The other flow is kept, and freed with it: what was taken from it is borrowed. */
void bpr_i_flow_keep(bpr_flow *derived, bpr_flow *other);
/* Where a value comes from; replaces what was told of it. Texts are copied; source is static. */
bool bpr_i_flow_edit_origin(bpr_flow *derived, enum bpr_origin_of of, const char *element, const char *key, const char *value,
			    const char *source);
void bpr_i_flow_settle(bpr_flow *derived);
#endif

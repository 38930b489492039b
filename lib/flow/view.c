/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A flow with something changed: a second head on the same body. */
#include "config.h"
#include "flow/view_i.h"
#include "flow/builder_i.h"
#include <string.h>

/* A head whose arrays are its own where they may differ. */
struct view {
	bpr_flow flow;
	struct bpr_pool *pools;
	struct bpr_node *nodes;
};

static bool change_work(struct view *view, const bpr_flow *flow, const struct bpr_flow_change *change)
{
	view->nodes = bpr_i_calloc(flow->node_count, sizeof(*view->nodes));
	if (!view->nodes)
		return false;
	memcpy(view->nodes, flow->nodes, flow->node_count * sizeof(*view->nodes));
	view->nodes[change->node].work = change->work;
	view->flow.nodes = view->nodes;
	return true;
}

bpr_status bpr_i_flow_view(const bpr_flow *flow, const struct bpr_flow_change *change, bpr_flow **out, struct bpr_error *err)
{
	struct view *view = bpr_i_calloc(1, sizeof(*view));

	*out = NULL;
	if (!view)
		return bpr_i_nomem(err);
	view->flow = *flow;
	view->pools = bpr_i_calloc(flow->pool_count, sizeof(*view->pools));
	if (!view->pools || (change->work && !change_work(view, flow, change))) {
		bpr_i_flow_view_free(&view->flow);
		return bpr_i_nomem(err);
	}
	if (flow->pool_count)
		memcpy(view->pools, change->pools ? change->pools : flow->pools, flow->pool_count * sizeof(*view->pools));
	view->flow.pools = view->pools;
	if (change->nodes)
		view->flow.nodes = (struct bpr_node *)(uintptr_t)change->nodes; /* read only, as all of a frozen flow */
	if (change->arcs)
		view->flow.arcs = (struct bpr_arc *)(uintptr_t)change->arcs;
	if (change->demand)
		view->flow.demand = *change->demand;
	*out = &view->flow;
	return BPR_OK;
}

void bpr_i_flow_view_free(bpr_flow *flow)
{
	struct view *view = (struct view *)flow; /* its first member */

	if (!view)
		return;
	bpr_i_free(view->pools);
	bpr_i_free(view->nodes);
	bpr_i_free(view);
}

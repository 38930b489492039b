/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A flow with other people or another demand: a second head on the same body. */
#include "config.h"
#include "flow/view_i.h"
#include "flow/builder_i.h"
#include <string.h>

bpr_status bpr_i_flow_view(const bpr_flow *flow, const struct bpr_pool *pools, const struct bpr_demand *demand, bpr_flow **out,
			   struct bpr_error *err)
{
	bpr_flow *view = bpr_i_calloc(1, sizeof(*view));
	struct bpr_pool *own = bpr_i_calloc(flow->pool_count, sizeof(*own));

	*out = NULL;
	if (!view || !own) {
		bpr_i_free(own);
		bpr_i_free(view);
		return bpr_i_nomem(err);
	}
	*view = *flow;
	view->pools = own;
	if (!pools)
		pools = flow->pools;
	if (flow->pool_count)
		memcpy(own, pools, flow->pool_count * sizeof(*own));
	if (demand)
		view->demand = *demand;
	*out = view;
	return BPR_OK;
}

void bpr_i_flow_view_free(bpr_flow *view)
{
	if (!view)
		return;
	bpr_i_free(view->pools);
	bpr_i_free(view);
}

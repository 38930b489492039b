/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a picture of a flow colours its steps by. */
#include "config.h"
#include "study/figure_i.h"
#include <string.h>

static const char *const names[BPR_HEAT_COUNT] = {
	[BPR_HEAT_NONE] = "none", [BPR_HEAT_VISITS] = "visits", [BPR_HEAT_WAIT] = "wait", [BPR_HEAT_WORK] = "work",
	[BPR_HEAT_COST] = "cost", [BPR_HEAT_REWORK] = "rework", [BPR_HEAT_WRITING] = "writing",
};

const char *bpr_heat_name(enum bpr_heat heat)
{
	return (size_t)heat < BPR_HEAT_COUNT ? names[heat] : NULL;
}

enum bpr_heat bpr_heat_find(const char *name)
{
	size_t i = 0;

	while (i < BPR_HEAT_COUNT && strcmp(names[i], name) != 0)
		i++;
	return (enum bpr_heat)i;
}

const double *bpr_i_study_heat(struct bpr_arena *arena, enum bpr_heat heat, const bpr_flow *flow, const bpr_analysis *analysis,
			       const bpr_queueing *queueing, const bpr_simulation *simulation)
{
	const struct bpr_node_result *nodes = bpr_analysis_nodes(analysis);
	size_t count = bpr_flow_node_count(flow);
	double *values = bpr_i_arena_alloc(arena, count ? count : 1, sizeof(*values));

	(void)heat;
	(void)queueing;
	(void)simulation;
	for (size_t i = 0; values && i < count; i++)
		values[i] = nodes[i].visits;
	return values;
}

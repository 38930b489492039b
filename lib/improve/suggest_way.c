/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The citizen's ways to counters, as reports count them: walk_minutes for each coming, unless the flow has a step for the way itself. */
#include "config.h"
#include "improve/suggest_i.h"
#include <string.h>

enum { MOST_HOPS = 8 /* gateways and steps elsewhere between a way and the counter that it leads to */ };

bool bpr_i_step_is_way(const struct bpr_node *node)
{
	static const char *const words[] = { "移動", "向かう", "戻る", "もどる", "へ行く", "に行く", "歩く", "歩いて", "窓口を探す", "walk", "Walk", "go to", "Go to",
					     "go back", "Go back", "return to", "Return to" };

	if (node->kind != BPR_NODE_TASK || node->actor != BPR_ACTOR_CITIZEN || node->write_count || node->counter != BPR_NONE || node->away || !node->work)
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(node->name, words[i]))
			return true;
	return false;
}

/* The counter behind a way, along first ways out; BPR_NONE: none soon. */
static size_t leads_to(const bpr_flow *flow, size_t node)
{
	for (size_t hop = 0; hop < MOST_HOPS; hop++) {
		const struct bpr_node *n = bpr_flow_node(flow, node);

		if (!n->out_count)
			return BPR_NONE;
		node = bpr_flow_arc(flow, n->first_out)->to;
		if (bpr_flow_node(flow, node)->counter != BPR_NONE)
			return bpr_flow_node(flow, node)->counter;
	}
	return BPR_NONE;
}

double bpr_i_walk_minutes(const bpr_flow *flow, const bpr_analysis *analysis)
{
	const struct bpr_counter_result *counters = bpr_analysis_counters(analysis);
	double sum = 0;

	for (size_t c = 0; c < bpr_flow_counter_count(flow); c++) {
		const struct bpr_counter *counter = bpr_flow_counter(flow, c);
		double minutes = counter->walk_given ? counter->walk_minutes : bpr_flow_demand(flow)->walk_minutes, gone = 0;

		/* Those who come by a step of its own have walked there. */
		for (size_t i = 0; minutes > 0 && i < bpr_flow_node_count(flow); i++)
			if (bpr_i_step_is_way(bpr_flow_node(flow, i)) && leads_to(flow, i) == c)
				gone += bpr_analysis_nodes(analysis)[i].visits;
		if (counters[c].visits > gone)
			sum += minutes * (counters[c].visits - gone);
	}
	return sum;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps that a robot could do, by criteria that can be read off the flow. */
#include "config.h"
#include "improve/suggest_i.h"
#include "base/text_i.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct bpr_rpa_criterion_info criteria[BPR_RPA_COUNT] = {
	[BPR_RPA_REPETITIVE] = { "repetitive", N_("repetitive"), N_("At least 5 items are copied by hand each time, or some are and the step is done several times a case.") },
	[BPR_RPA_VOLUME] = { "volume", N_("enough volume"), N_("It takes at least 60 hours of staff a year; where the cases of a year are not known, at least 5 minutes of a case.") },
	[BPR_RPA_RULES] = { "rule_based", N_("by rules"),
	  N_("One way leads on, nobody looks at a thing or a person, the name speaks of no judgement (審査, 判断, 相談, 協議, 決裁, 面接), and the working time spreads by at most half of its mean.") },
	[BPR_RPA_SYSTEMS] = { "systems", N_("several systems"), N_("Items are copied into its system, and at other steps of the flow into another one.") },
	[BPR_RPA_PAPER] = { "paper", N_("paper in between"), N_("It reads a form or is under the rule of paper: AI-OCR or an online form comes first.") },
};

const struct bpr_rpa_criterion_info *bpr_rpa_criterion_get(enum bpr_rpa_criterion criterion)
{
	return (size_t)criterion < BPR_RPA_COUNT ? &criteria[criterion] : NULL;
}

static bool speaks_of_judgement(const char *name)
{
	static const char *const words[] = { "審査", "判断", "相談", "協議", "決裁", "面接", "査定", "決定", "judge", "decide", "interview", "consult", "approve" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strstr(name, words[i]))
			return true;
	return false;
}

static bool is_by_rules(const bpr_flow *flow, size_t i)
{
	const struct bpr_node *node = bpr_flow_node(flow, i);
	size_t boundary;

	(void)bpr_flow_boundary(flow, i, &boundary);
	if (node->out_count != 1 || boundary || node->id_checks > 0 || (node->rules & (BPR_RULE_VISUAL | BPR_RULE_FACE_TO_FACE)) ||
	    speaks_of_judgement(node->name))
		return false;
	return !node->work || sqrt(bpr_dist_var(node->work)) <= BPR_RPA_SPREAD * bpr_dist_mean(node->work);
}

/* Items are copied into another system elsewhere in the flow. */
static bool has_systems(const bpr_flow *flow, const bpr_analysis *analysis, size_t i)
{
	size_t system = bpr_flow_node(flow, i)->system;

	for (size_t k = 0; system != BPR_NONE && k < bpr_flow_node_count(flow); k++) {
		const struct bpr_node *other = bpr_flow_node(flow, k);

		if (other->copies > 0 && other->system != BPR_NONE && other->system != system && bpr_analysis_nodes(analysis)[k].visits > 0)
			return true;
	}
	return false;
}

static struct bpr_rpa judge(const bpr_flow *flow, const bpr_analysis *analysis, size_t i)
{
	const struct bpr_node *node = bpr_flow_node(flow, i);
	double visits = bpr_analysis_nodes(analysis)[i].visits, cases = bpr_flow_cases_per_year(flow);
	double hours = node->work ? visits * bpr_dist_mean(node->work) / 60 : 0;
	struct bpr_rpa r = { .node = i, .hours = cases > 0 ? hours * cases : hours };

	r.is[BPR_RPA_REPETITIVE] = node->copies >= BPR_RPA_ENTRIES || (node->copies > 0 && (node->repeat > 1 || visits > 1));
	r.is[BPR_RPA_VOLUME] = cases > 0 ? r.hours >= BPR_RPA_HOURS : hours * 60 >= BPR_RPA_MINUTES;
	r.is[BPR_RPA_RULES] = is_by_rules(flow, i);
	r.is[BPR_RPA_SYSTEMS] = node->copies > 0 && has_systems(flow, analysis, i);
	r.is[BPR_RPA_PAPER] = node->read_count > 0 || (node->rules & BPR_RULE_PAPER);
	for (size_t k = 0; k < BPR_RPA_PAPER; k++)
		r.met += r.is[k];
	return r;
}

/* Staff work at a computer: something is copied, or a system is used. */
static bool is_asked(const bpr_flow *flow, const bpr_analysis *analysis, size_t i)
{
	const struct bpr_node *node = bpr_flow_node(flow, i);

	return bpr_node_is_step(node) && node->kind == BPR_NODE_TASK && node->actor == BPR_ACTOR_STAFF && bpr_analysis_nodes(analysis)[i].visits > 0 &&
		(node->copies > 0 || node->system != BPR_NONE);
}

static int order(const void *x, const void *y)
{
	const struct bpr_rpa *a = x, *b = y;

	if (a->met != b->met)
		return a->met > b->met ? -1 : 1;
	if (a->hours < b->hours || a->hours > b->hours)
		return a->hours > b->hours ? -1 : 1;
	return a->node < b->node ? -1 : a->node > b->node;
}

bool bpr_i_suggest_rpa(const bpr_flow *flow, const bpr_analysis *analysis, struct bpr_arena *arena, struct bpr_rpa **out, size_t *count)
{
	struct bpr_rpa *list = bpr_i_arena_alloc(arena, bpr_flow_node_count(flow) + 1, sizeof(*list));

	*count = 0;
	*out = list;
	for (size_t i = 0; list && i < bpr_flow_node_count(flow); i++) {
		struct bpr_rpa r = { .met = 0 };

		if (is_asked(flow, analysis, i))
			r = judge(flow, analysis, i);
		if (r.met >= BPR_RPA_MET)
			list[(*count)++] = r;
	}
	if (*count)
		qsort(list, *count, sizeof(*list), order);
	return list != NULL;
}

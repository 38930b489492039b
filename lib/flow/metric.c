/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one table of metrics: keys, labels, units, definitions. */
#include "config.h"
#include "base/text_i.h"
#include <bpr/metric.h>
#include <string.h>

#define COUNT(key, label, unit, headline, explain) { key, label, unit, BPR_QUANTITY_COUNT, -1, headline, explain }

static const struct bpr_metric_info metrics[BPR_METRIC_COUNT] = {
	[BPR_METRIC_STEPS] = COUNT("steps", N_("Steps"), N_("steps"), false,
		N_("Expected number of tasks and intermediate events that a case goes through, repetitions included.")),
	[BPR_METRIC_COUNTER_VISITS] = COUNT("counter_visits", N_("Counter visits"), N_("times"), true,
		N_("How often the citizen comes to a counter. Entering a step at a counter other than the present one is one visit; a step that sends the citizen away ends the stay. Parallel branches are walked one after the other, as written.")),
	[BPR_METRIC_DISTINCT_COUNTERS] = COUNT("distinct_counters", N_("Different counters"), N_("counters"), false,
		N_("How many different counters a case visits: the sum over the counters of the probability that the case visits it at all.")),
	[BPR_METRIC_BUILDING_MOVES] = COUNT("building_moves", N_("Moves between buildings"), N_("times"), false,
		N_("How often the citizen goes from a counter to one in another building without leaving in between.")),
	[BPR_METRIC_TRIPS] = COUNT("trips", N_("Trips to the office"), N_("times"), false,
		N_("How often the citizen comes to the building: the first counter after the start, or after the citizen had left.")),
	[BPR_METRIC_FORMS_WRITTEN] = COUNT("forms_written", N_("Forms filled in"), N_("forms"), true,
		N_("Expected number of forms that the citizen fills in.")),
	[BPR_METRIC_FIELDS_WRITTEN] = COUNT("fields_written", N_("Fields filled in"), N_("fields"), true,
		N_("Expected number of fields that the citizen writes by hand: every field of every form filled in, as often as the form asks for it, but not what is printed already.")),
	[BPR_METRIC_REPEATED_FIELDS] = COUNT("repeated_fields", N_("Fields written again"), N_("fields"), false,
		N_("How often a field is written beyond the first time: for every field name E[N] - P(N >= 1), summed.")),
	[BPR_METRIC_SEALS] = COUNT("seals", N_("Seals"), N_("seals"), false,
		N_("Expected number of seals put on paper.")),
	[BPR_METRIC_ID_CHECKS] = COUNT("id_checks", N_("Identity checks"), N_("times"), false,
		N_("Expected number of times that the citizen's identity is checked.")),
	[BPR_METRIC_COPIES] = COUNT("copies", N_("Items copied by hand"), N_("items"), false,
		N_("Expected number of items copied by hand from paper to a system, or from one system to another.")),
	[BPR_METRIC_HANDOFFS] = COUNT("handoffs", N_("Handoffs between units"), N_("times"), true,
		N_("Expected number of pairs of a step and the step that follows it whose units differ. Gateways and steps without a unit are passed through; every branch out of a parallel split, and every branch into a join, is a pair of its own.")),
	[BPR_METRIC_REVISITS] = COUNT("revisits", N_("Rework"), N_("times"), false,
		N_("How often a step is done again: for every step the expected executions less the probability that it is done at all, summed.")),
	[BPR_METRIC_ANALOGUE_STEPS] = COUNT("analogue_steps", N_("Steps under analogue rules"), N_("steps"), false,
		N_("Expected number of steps that a rule ties to eyes, paper, presence, a fixed post or a seal.")),
	[BPR_METRIC_WORK_MINUTES] = { "work_minutes", N_("Staff working time"), N_("minutes"), BPR_QUANTITY_MINUTES, -1, true,
		N_("Expected hands-on minutes of steps that staff do. A step that needs two people counts once here and twice in the minutes of their pool.") },
	[BPR_METRIC_CITIZEN_MINUTES] = { "citizen_minutes", N_("Citizen's time"), N_("minutes"), BPR_QUANTITY_MINUTES, -1, false,
		N_("Expected minutes that the citizen spends on steps of their own and present at staffed counters.") },
	[BPR_METRIC_LEAD_MINUTES] = { "lead_minutes", N_("Elapsed time (lead time)"), N_("minutes"), BPR_QUANTITY_MINUTES, -1, true,
		N_("Expected minutes from start to end of a case without queueing: work and wait along the way, the longest branch at joins.") },
	[BPR_METRIC_COST_YEN] = { "cost_yen", N_("Cost"), N_("yen"), BPR_QUANTITY_YEN, -1, false,
		N_("Expected yen a case: minutes of staff at the rate of their pool, for each person needed, plus the cost written at steps.") },
	[BPR_METRIC_INCOMPLETE] = { "incomplete", N_("Ends incomplete"), "", BPR_QUANTITY_PROB, -1, false,
		N_("Probability that a case ends with something missed.") },
};

const struct bpr_metric_info *bpr_metric_get(enum bpr_metric metric)
{
	return (size_t)metric < BPR_METRIC_COUNT ? &metrics[metric] : NULL;
}

enum bpr_metric bpr_metric_find(const char *key)
{
	for (size_t i = 0; key && i < BPR_METRIC_COUNT; i++)
		if (!strcmp(metrics[i].key, key))
			return (enum bpr_metric)i;
	return BPR_METRIC_COUNT;
}

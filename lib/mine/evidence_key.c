/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of figures that two logs are compared by. */
#include "config.h"
#include "base/text_i.h"
#include <bpr/evidence.h>
#include <string.h>

#define MINUTES(key, label, explain) { key, label, N_("minutes"), BPR_QUANTITY_MINUTES, -1, true, explain }
#define COUNT(key, label, unit, explain) { key, label, unit, BPR_QUANTITY_COUNT, -1, false, explain }
#define RATE(key, label, better, explain) { key, label, "", BPR_QUANTITY_PROB, better, false, explain }

static const struct bpr_metric_info keys[BPR_EVIDENCE_KEY_COUNT] = {
	[BPR_EVIDENCE_CYCLE] = MINUTES("cycle_minutes", N_("Time from begin to end"),
		N_("Minutes of the clock from the first event of a case to its last; of finished cases.")),
	[BPR_EVIDENCE_WAIT] = MINUTES("wait_minutes", N_("Waiting"),
		N_("Minutes from the end of what came before to the start of a step, summed over the steps of a case whose start is known.")),
	[BPR_EVIDENCE_WORK] = MINUTES("work_minutes", N_("Service"),
		N_("Minutes from start to end of the steps of a case whose start is known, summed.")),
	[BPR_EVIDENCE_STEPS] = COUNT("steps", N_("Steps"), N_("steps"), N_("Events of a case.")),
	[BPR_EVIDENCE_REVISITS] = COUNT("revisits", N_("Rework"), N_("times"), N_("Events of an activity that the case had already.")),
	[BPR_EVIDENCE_HANDOFFS] = COUNT("handoffs", N_("Handoffs"), N_("times"),
		N_("How often the next step is of another unit; of another person where the logs name no units. Steps without one are passed through.")),
	[BPR_EVIDENCE_COUNTERS] = COUNT("counter_visits", N_("Counter visits"), N_("times"),
		N_("How often a case comes to a counter: an event at a counter other than the present one.")),
	[BPR_EVIDENCE_FORMS] = COUNT("forms_written", N_("Forms filled in"), N_("forms"), N_("Forms that the details of events name.")),
	[BPR_EVIDENCE_FIELDS] = COUNT("fields_written", N_("Fields filled in"), N_("fields"), N_("Fields that the details of events count.")),
	[BPR_EVIDENCE_SEALS] = COUNT("seals", N_("Seals"), N_("seals"), N_("Seals that the details of events count.")),
	[BPR_EVIDENCE_ID_CHECKS] = COUNT("id_checks", N_("Identity checks"), N_("times"), N_("Identity checks that the details of events count.")),
	[BPR_EVIDENCE_COPIES] = COUNT("copies", N_("Items copied by hand"), N_("items"), N_("Items copied by hand that the details of events count.")),
	[BPR_EVIDENCE_REWORK] = RATE("rework", N_("Cases with rework"), -1, N_("Share of finished cases that have an activity more than once.")),
	[BPR_EVIDENCE_CANCELLED] = RATE("cancelled", N_("Cases given up"), -1, N_("Share of cases given up among those that are over.")),
	[BPR_EVIDENCE_STANDARD] = RATE("within_standard", N_("Within the standard processing period"), 1,
		N_("Share of finished cases that took no more than the standard processing period, in office days.")),
};

const struct bpr_metric_info *bpr_evidence_key_get(enum bpr_evidence_key key)
{
	return (size_t)key < BPR_EVIDENCE_KEY_COUNT ? &keys[key] : NULL;
}

enum bpr_evidence_key bpr_evidence_key_find(const char *key)
{
	for (size_t i = 0; key && i < BPR_EVIDENCE_KEY_COUNT; i++)
		if (!strcmp(keys[i].key, key))
			return (enum bpr_evidence_key)i;
	return BPR_EVIDENCE_KEY_COUNT;
}

const char *bpr_effect_name(enum bpr_effect effect)
{
	static const char *const names[] = { "not_shown", "better", "worse", "unknown" };

	return names[effect <= BPR_EFFECT_UNKNOWN ? effect : BPR_EFFECT_UNKNOWN];
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of figures of a simulation: those of a case, then those of queues. */
#include "config.h"
#include "base/text_i.h"
#include <bpr/simulate.h>
#include <string.h>

#define MINUTES(key, label, headline, explain) { key, label, N_("minutes"), BPR_QUANTITY_MINUTES, -1, headline, explain }

static const struct bpr_metric_info own[BPR_SIM_KEY_COUNT - BPR_METRIC_COUNT] = {
	[BPR_SIM_CYCLE - BPR_METRIC_COUNT] = MINUTES("cycle_minutes", N_("Time in the process (queues included)"), true,
		N_("Minutes by the clock from the arrival of a case to its end: work, waiting in queues, waiting that the process wants, and closed hours.")),
	[BPR_SIM_WAIT - BPR_METRIC_COUNT] = MINUTES("wait_minutes", N_("Waiting in queues"), true,
		N_("Minutes from joining a queue to the beginning of work, summed over all steps of a case, those side by side too. Closed hours, in which nobody could have come, are left out.")),
	[BPR_SIM_CYCLE_WORK - BPR_METRIC_COUNT] = MINUTES("cycle_work_minutes", N_("of which work"), false,
		N_("Part of the time in the process in which the case was worked on, along the way that took longest.")),
	[BPR_SIM_CYCLE_QUEUE - BPR_METRIC_COUNT] = MINUTES("cycle_queue_minutes", N_("of which waiting in queues"), false,
		N_("Part of the time in the process that was spent in queues, along the way that took longest.")),
	[BPR_SIM_CYCLE_PROCESS - BPR_METRIC_COUNT] = MINUTES("cycle_process_minutes", N_("of which waiting that the process wants"), false,
		N_("Part of the time in the process spent on waits written at steps (mail, approval, drying ink), on batches, timers and other branches, along the way that took longest.")),
	[BPR_SIM_CYCLE_CLOSED - BPR_METRIC_COUNT] = MINUTES("cycle_closed_minutes", N_("of which closed hours"), false,
		N_("Part of the time in the process in which the case would have been served but nobody was on duty or the counter was closed, along the way that took longest.")),
	[BPR_SIM_ABANDONED - BPR_METRIC_COUNT] = { "abandoned", N_("Gave up or found the room full"), "", BPR_QUANTITY_PROB, -1, false,
		N_("Share of cases in which the citizen lost patience in a queue, or went away because the waiting room was full.") },
};

const struct bpr_metric_info *bpr_sim_key_get(size_t key)
{
	if (key < BPR_METRIC_COUNT)
		return bpr_metric_get((enum bpr_metric)key);
	return key < BPR_SIM_KEY_COUNT ? &own[key - BPR_METRIC_COUNT] : NULL;
}

size_t bpr_sim_key_find(const char *key)
{
	enum bpr_metric metric = bpr_metric_find(key);

	if (metric != BPR_METRIC_COUNT)
		return (size_t)metric;
	for (size_t i = 0; key && i < BPR_SIM_KEY_COUNT - BPR_METRIC_COUNT; i++)
		if (!strcmp(own[i].key, key))
			return BPR_METRIC_COUNT + i;
	return BPR_SIM_KEY_COUNT;
}

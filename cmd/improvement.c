/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would help: people and steps tried out, the fewest staff for a promise. */
#include "config.h"
#include "improvement.h"
#include "output.h"
#include "say.h"
#include <stdlib.h>

bool improvement_understood(struct improvement_args *args, int *status)
{
	*status = STATUS_USAGE;
	if (args->block && !args->sticking && !args->targets.count) {
		say("U120", NULL, "block", "target", NULL);
		return false;
	}
	if (args->block && (!bpr_duration_parse(args->block, &args->block_minutes) || !(args->block_minutes >= 5) ||
			    !(args->block_minutes <= 1440))) {
		say("U162", NULL, "block", args->block, NULL);
		return false;
	}
	*status = STATUS_OK;
	return true;
}

bpr_status improvement_targets(const struct improvement_args *args, const bpr_flow *flow, struct bpr_target **targets, struct bpr_error *err)
{
	bpr_status status = BPR_OK;

	*targets = xcalloc(args->targets.count, sizeof(**targets));
	for (size_t i = 0; i < args->targets.count && !status; i++)
		status = bpr_target_parse(flow, args->targets.items[i], &(*targets)[i], err);
	return status;
}

static bpr_status find_sticking(const struct improvement_args *args, const bpr_flow *flow, const struct bpr_sim_options *options,
				const bpr_simulation *base, struct improvement *out, bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_sticking_options more = BPR_STICKING_OPTIONS_INIT;
	struct bpr_sensitivity_options faster = BPR_SENSITIVITY_OPTIONS_INIT;
	bpr_status status;

	more.simulation = *options;
	faster.simulation = *options;
	if (args->block_minutes > 0)
		more.block = args->block_minutes;
	status = bpr_improve_sticking(flow, &more, base, &out->sticking, &out->sticking_count, problems, err);
	if (!status)
		status = bpr_improve_sensitivity(flow, &faster, base, &out->sensitivity, &out->sensitivity_count, problems, err);
	return status;
}

bpr_status improvement_find(const struct improvement_args *args, const bpr_flow *flow, const struct bpr_target *targets,
			    const struct bpr_sim_options *options, const bpr_simulation *base, struct improvement *out,
			    bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_staffing_options plan = BPR_STAFFING_OPTIONS_INIT;
	bpr_status status = BPR_OK;

	*out = (struct improvement){ 0 };
	if (args->sticking)
		status = find_sticking(args, flow, options, base, out, problems, err);
	if (!status && args->targets.count) {
		plan.simulation = *options;
		plan.most_runs = args->max_runs;
		plan.most_people = args->max_people;
		if (args->block_minutes > 0)
			plan.block = args->block_minutes;
		status = bpr_improve_staffing(flow, targets, args->targets.count, &plan, &out->staffing, problems, err);
		out->planned = !status;
	}
	if (status)
		improvement_release(out);
	return status;
}

void improvement_show(const struct improvement *improvement, struct bpr_subject *subject)
{
	subject->sticking = improvement->sticking;
	subject->sticking_count = improvement->sticking_count;
	subject->sensitivity = improvement->sensitivity;
	subject->sensitivity_count = improvement->sensitivity_count;
	subject->staffing = improvement->planned ? &improvement->staffing : NULL;
}

void improvement_release(struct improvement *improvement)
{
	bpr_improve_free(improvement->sticking);
	bpr_improve_free(improvement->sensitivity);
	if (improvement->planned)
		bpr_staffing_release(&improvement->staffing);
	*improvement = (struct improvement){ 0 };
}

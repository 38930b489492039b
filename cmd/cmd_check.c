/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr check: is a flow sound, complete and free of analogue rules? */
#include "config.h"
#include "batch.h"
#include "cmd.h"
#include "load.h"
#include "output.h"
#include "say.h"
#include <stdlib.h>

struct check_args {
	struct common_args common;
};

struct check_run {
	const struct check_args *args;
	enum bpr_format format;
	struct bpr_report_options report;
};

/*
 * Findings of one flow are those of reading the file and those of analysing it. An analysis that is refused because
 * a case never ends has said so in the list: that is a finding, not a failure.
 */
static bpr_status check_flow(const struct check_run *run, const struct bpr_flows *flows, const bpr_flow *flow,
			     bpr_problems *problems, struct result *result, struct bpr_error *err)
{
	struct bpr_check_input input = { .flows = flows };
	struct bpr_analysis_options options;
	struct bpr_subject subject = { .flow = flow, .problems = problems };
	bpr_analysis *analysis = NULL;
	bpr_status status;

	common_analysis_options(&run->args->common, &options);
	options.samples = 0;
	status = bpr_analyse(flow, &options, &analysis, problems, err);
	if (status == BPR_ENOEXIT && bpr_problems_count_severity(problems, BPR_SEVERITY_ERROR))
		status = BPR_OK;
	while (flows->items[input.flow] != flow)
		input.flow++;
	input.analysis = analysis;
	if (!status)
		status = bpr_check(&input, NULL, problems, err);
	if (!status) {
		subject.analysis = analysis;
		status = bpr_report(BPR_REPORT_CHECK, run->format, &subject, &run->report, true, result_add(result), err);
	}
	bpr_analysis_free(analysis);
	return status;
}

/* What cannot be read as a flow has findings all the same: they are the result, not messages beside it. */
static int check_unread(const struct check_run *run, const char *path, const struct loaded *loaded, const struct bpr_error *failed,
			struct result *result)
{
	const struct bpr_subject subject = { .problems = loaded->problems };
	struct bpr_error err = { 0 };

	if (failed->status != BPR_ESYNTAX || !bpr_problems_count_severity(loaded->problems, BPR_SEVERITY_ERROR))
		load_told(path, loaded, failed, &result->notes);
	else if (bpr_report(BPR_REPORT_CHECK, run->format, &subject, &run->report, true, result_add(result), &err))
		load_told(path, loaded, &err, &result->notes);
	return common_status(failed->status);
}

static void check_input(const void *data, const char *path, struct result *result)
{
	const struct check_run *run = data;
	const struct common_args *common = &run->args->common;
	struct loaded loaded;
	struct bpr_error err = { 0 };

	if (load_quietly(path, common, true, &loaded, &err))
		result->status = check_unread(run, path, &loaded, &err, result);
	else
		result->status = load_choose(path, common->processes.items, common->processes.count, &loaded, &result->notes);
	for (size_t i = 0; i < loaded.count && result->status <= STATUS_FINDINGS; i++) {
		size_t known = bpr_problems_count(loaded.problems);
		bpr_status status = check_flow(run, &loaded.flows, loaded.chosen[i], loaded.problems, result, &err);

		if (status) {
			say_failure(&result->notes, &err, path, loaded.problems, known);
			result->status = common_status(status);
		} else if (bpr_problems_count_severity(loaded.problems, BPR_SEVERITY_ERROR)) {
			result->status = STATUS_FINDINGS;
		}
		bpr_problems_truncate(loaded.problems, known);
	}
	loaded_release(&loaded);
}

static int check_all(const struct check_args *args)
{
	struct check_run run = { .args = args, .format = common_format(&args->common) };
	struct batch batch = { .jobs = args->common.jobs, .format = run.format, .progress = args->common.progress,
			       .work = check_input, .data = &run };
	struct inputs inputs = { 0 };
	int status = STATUS_USAGE;

	if (run.format == BPR_FORMAT_COUNT)
		return status;
	if (inputs_collect(&args->common, &inputs, &status) && output_open(args->common.output, inputs.items, inputs.count, &status)) {
		common_report_options(&args->common, &run.report);
		run.report.full = args->common.verbose;
		batch.inputs = &inputs;
		status = batch_run(&batch);
	}
	inputs_release(&inputs);
	return status;
}

static int run(const struct cmd *cmd, int argc, char **argv)
{
	struct check_args args = { .common = COMMON_ARGS_INIT };
	int status;

	if (common_begin(cmd, argc, argv, &args.common, &status))
		status = check_all(&args);
	opt_release(cmd->groups, &args);
	return status;
}

static const struct opt_group groups[] = {
	{ N_("Inputs"), inputs_opts }, { N_("Input"), input_opts }, { N_("Output"), output_opts }, { N_("Limits"), limit_opts },
	{ N_("General"), general_opts }, { NULL, NULL },
};

static const char *const examples[] = {
	"bpr check flow.bpmn", N_("findings, worst first; exit status 1 if one is an error"),
	"bpr check -v flow.bpmn", N_("also what of the file was passed over"),
	"bpr check -f json flows/*.csv", N_("findings of many flows for a program"),
	NULL,
};

const struct cmd cmd_check = {
	"check", N_("is the flow sound, complete and free of analogue rules?"),
	N_("Is this flow sound, complete and free of analogue rules? Lists what was found with a code each ('bpr explain CODE' says more): steps that no case reaches, joins that wait for ever, shares that do not add up, values that were assumed, rules that ask for paper, presence or seals."),
	examples, groups, false, run,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The measured flow of a log, written as a table, a workbook or BPMN. */
#include "config.h"
#include "mine_flow.h"
#include "flow_output.h"
#include "batch.h"
#include "mine.h"
#include "say.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* In the order of enum bpr_durations. */
static const char *durations_choice(size_t i)
{
	static const char *const names[] = { "fit", "emp", "mean", NULL };

	return names[i];
}

const struct opt mine_flow_opts[] = {
	{ .kind = OPT_REAL, .name = "noise", .at = OPT_AT(mine_args, flow.noise), .arg = "SHARE", .min = 0, .max = 1,
	  .help = N_("leave out what is rarer than this share of the most frequent way, where with it no order can be found; 0: every case fits; default 0.2") },
	{ .kind = OPT_CHOICE, .name = "durations", .at = OPT_AT(mine_args, flow.durations), .arg = "HOW", .choice = durations_choice,
	  .help = N_("durations of steps: fit, the distribution that fits best, or as measured where none does; emp, as measured; mean, constants; default fit") },
	{ .kind = OPT_FLAG, .name = "no-pools", .at = OPT_AT(mine_args, flow.no_pools), .help = N_("no people in the flow: there are always enough") },
	{ .kind = OPT_FLAG, .name = "no-demand", .at = OPT_AT(mine_args, flow.no_demand), .help = N_("no demand table: neither hours nor cases a day") },
	{ .kind = OPT_SIZE, .name = "seed", .at = OPT_AT(mine_args, flow.seed), .arg = "N", .min = 0, .max = 9007199254740991.0,
	  .help = N_("seed of random draws; default 1; the same seed gives the same bytes") },
	{ .kind = OPT_END },
};

bool mine_flow_asked(const struct mine_args *args)
{
	const struct common_args *common = &args->common;
	const char *dot = common->output ? strrchr(flow_output_base(common->output), '.') : NULL;
	enum bpr_write_format format = dot ? bpr_write_format_find(dot) : BPR_WRITE_COUNT;

	return common->format == BPR_FORMAT_COUNT && !args->conform.flow &&
	       (format == BPR_WRITE_BPMN || format == BPR_WRITE_CSV || format == BPR_WRITE_DOT);
}

void mine_flow_options(const struct mine_args *args, const struct bpr_mine_options *mine, struct bpr_discovery_options *options)
{
	*options = (struct bpr_discovery_options)BPR_DISCOVERY_OPTIONS_INIT;
	if (args->flow.noise.given)
		options->noise = args->flow.noise.value;
	options->durations = (enum bpr_durations)args->flow.durations;
	options->pools = !args->flow.no_pools;
	options->demand = !args->flow.no_demand;
	options->seed = args->flow.seed;
	options->mine = mine;
}

int mine_flow_write(const struct mine_args *args, const char *input, bpr_flow *flow, bpr_problems *problems)
{
	const char *const path = args->common.output;
	struct flow_output out = { .path = path, .format = bpr_write_format_find(strrchr(flow_output_base(path), '.')), .inputs = &input, .input_count = 1 };
	struct bpr_write_options options = BPR_WRITE_OPTIONS_INIT;
	struct bpr_flows flows = { .items = &flow, .count = 1, .source = mine_conform_source(args) };
	struct bpr_files files = { 0 };
	struct bpr_error err = { 0 };
	struct text stem = { 0 };
	size_t known = bpr_problems_count(problems);
	bool stream = flow_output_is_stream(&out);
	bpr_status failed;
	int status;

	text_add(&stem, path, flow_output_stem(path));
	options.stem = stream ? bpr_flow_id(flow) : flow_output_base(stem.data);
	options.japanese = lang() == BPR_LANG_JA;
	failed = bpr_write(&flows, NULL, 0, out.format, &options, &files, problems, &err);
	if (failed) {
		say_failure(&out.notes, &err, input, problems, known);
		status = failed == BPR_ESYNTAX ? STATUS_OUTPUT : common_status(failed);
	} else {
		if (!args->common.quiet)
			say_problems(&out.notes, problems, known, BPR_SEVERITY_WARNING, BPR_SEVERITY_WARNING);
		status = stream ? flow_output_stream(&out, &files, input) : flow_output_files(&out, &files, stem.data);
	}
	flow_output_flush(&out);
	flow_output_release(&out);
	bpr_files_release(&files);
	text_release(&stem);
	return status;
}

/* ---- from the log ---- */

static bpr_status discover(const struct mine_args *args, const char *path, bpr_problems *problems, bpr_flow **flow, struct bpr_error *err)
{
	struct bpr_log_options reading = BPR_LOG_OPTIONS_INIT;
	struct bpr_mine_options mine = BPR_MINE_OPTIONS_INIT;
	struct bpr_discovery_options options;
	const char *base = flow_output_base(args->common.output);
	struct text id = { 0 };
	bpr_log *log = NULL;
	bpr_status status;

	mine_log_options(&args->log, &args->common, &reading);
	mine.ends = args->ends.items;
	mine.end_count = args->ends.count;
	mine.starts = args->starts.items;
	mine.start_count = args->starts.count;
	mine.only = args->only.items;
	mine.only_count = args->only.count;
	mine_flow_options(args, &mine, &options);
	text_add(&id, base, flow_output_stem(base)); /* a table goes by the name of its file */
	options.id = id.data;
	status = bpr_log_read(path, &reading, &log, problems, err);
	if (!status)
		status = args->conform.onto ? mine_conform_onto(args, log, &options, flow, problems, err)
					    : bpr_discover(log, &options, flow, problems, err);
	bpr_log_free(log);
	text_release(&id);
	return status;
}

static int one_log(const struct mine_args *args, const char *path)
{
	bpr_problems *problems = NULL;
	bpr_flow *flow = NULL;
	struct bpr_error err = { 0 };
	struct text notes = { 0 };
	bpr_status failed = bpr_problems_new(&problems, &err);
	int status;

	if (!failed)
		failed = discover(args, path, problems, &flow, &err);
	if (failed) {
		say_failure(&notes, &err, strcmp(path, "-") != 0 ? path : "stdin", problems, 0);
		status = failed == BPR_EINVAL ? STATUS_USAGE : common_status(failed);
	} else {
		if (!args->common.quiet)
			say_problems(&notes, problems, 0, args->common.verbose ? BPR_SEVERITY_INFO : BPR_SEVERITY_WARNING, BPR_SEVERITY_WARNING);
		status = STATUS_OK;
	}
	if (notes.data)
		fputs(notes.data, stderr);
	text_release(&notes);
	if (status == STATUS_OK)
		status = mine_flow_write(args, path, flow, problems);
	bpr_flow_free(flow);
	bpr_problems_free(problems);
	return status;
}

int mine_flow_run(const struct mine_args *args)
{
	struct inputs inputs = { 0 };
	int status = STATUS_USAGE;

	if (inputs_collect(&args->common, &inputs, &status)) {
		if (inputs.count == 1) {
			status = one_log(args, inputs.items[0]);
		} else {
			say("U179", NULL, NULL, NULL, NULL);
			status = STATUS_USAGE;
		}
	}
	inputs_release(&inputs);
	return status;
}

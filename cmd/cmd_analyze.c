/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr analyze: what a case costs the citizen and the staff, and where it sticks. */
#include "config.h"
#include "batch.h"
#include "cmd.h"
#include "load.h"
#include "paging.h"
#include "say.h"
#include <math.h>
#include <stdlib.h>

struct analyze_args {
	struct common_args common;
	struct opt_list distributions;
	struct opt_real above;
	bool full;
};

/* Keys of metrics that have a distribution. */
static const char *count_choice(size_t wanted)
{
	for (size_t i = 0; i < BPR_METRIC_COUNT; i++) {
		const struct bpr_metric_info *info = bpr_metric_get((enum bpr_metric)i);

		if (info->quantity == BPR_QUANTITY_COUNT && !wanted--)
			return info->key;
	}
	return NULL;
}

static const struct opt analyze_opts[] = {
	{ .kind = OPT_LIST, .letter = 'd', .name = "distribution", .at = OPT_AT(analyze_args, distributions), .arg = "KEY",
	  .choice = count_choice, .help = N_("the whole distribution of a count: how many cases have 0, 1, 2 …; may be repeated") },
	{ .kind = OPT_REAL, .name = "above", .at = OPT_AT(analyze_args, above), .arg = "VALUE", .min = -HUGE_VAL, .max = HUGE_VAL,
	  .help = N_("with --distribution: the share of cases above this value") },
	{ .kind = OPT_FLAG, .name = "full", .at = OPT_AT(analyze_args, full),
	  .help = N_("every table, not only what one reads first") },
	{ .kind = OPT_END },
};

/* Adds the distributions asked for; on failure those made so far stand in `out`. */
static bpr_status make_distributions(const struct analyze_args *args, const bpr_flow *flow, struct bpr_distribution *out,
				     size_t *made, struct bpr_error *err)
{
	struct bpr_analysis_options options;

	common_analysis_options(&args->common, &options);
	for (*made = 0; *made < args->distributions.count; ++*made) {
		enum bpr_metric metric = bpr_metric_find(args->distributions.items[*made]);
		bpr_status status = bpr_analyse_distribution(flow, metric, &options, &out[*made], err);

		if (status)
			return status;
	}
	return BPR_OK;
}

/* One flow. `problems` has those of reading it already. */
static bpr_status analyse_flow(const struct reporting *run, const bpr_flow *flow, const struct loaded *loaded, struct result *result,
			       struct bpr_error *err)
{
	bpr_problems *problems = loaded->problems;
	const struct analyze_args *args = run->args;
	struct bpr_distribution *distributions = xcalloc(args->distributions.count, sizeof(*distributions));
	struct bpr_report_options report = run->report;
	struct bpr_analysis_options options;
	struct bpr_subject subject = { .flow = flow, .problems = problems, .applied = loaded->applied, .applied_count = loaded->applied_count };
	bpr_analysis *analysis = NULL;
	bpr_queueing *queueing = NULL;
	size_t made = 0;
	bpr_status status;

	common_analysis_options(run->common, &options);
	status = bpr_analyse(flow, &options, &analysis, problems, err);
	if (!status)
		status = common_queueing(flow, analysis, problems, &queueing, err);
	if (!status)
		status = make_distributions(args, flow, distributions, &made, err);
	if (!status) {
		subject.analysis = analysis;
		subject.queueing = queueing;
		report.distributions = distributions;
		report.distribution_count = made;
		report.full = args->full || run->common->verbose;
		report.above = args->above.value;
		report.above_given = args->above.given;
		status = bpr_report(BPR_REPORT_ANALYSIS, run->format, &subject, &report, true,
				    result_add(result, run, loaded->count > 1, flow, &report), err);
	}
	for (size_t i = 0; i < made; i++)
		bpr_distribution_release(&distributions[i]);
	free(distributions);
	bpr_queueing_free(queueing);
	bpr_analysis_free(analysis);
	return status;
}

static void analyse_input(const void *data, const char *path, struct result *result)
{
	const struct reporting *run = data;
	const struct common_args *common = run->common;
	struct loaded loaded;
	size_t told = 0, read;

	result->status = load(path, common, common->processes.items, common->processes.count, &loaded, &result->notes);
	read = bpr_problems_count(loaded.problems);
	for (size_t i = 0; i < loaded.count && result->status == STATUS_OK; i++) {
		struct bpr_error err = { 0 };
		bpr_status status = analyse_flow(run, loaded.chosen[i], &loaded, result, &err);

		if (status) {
			say_failure(&result->notes, &err, path, loaded.problems, told);
			result->status = common_status(status);
		} else if (!common->quiet) {
			say_problems(&result->notes, loaded.problems, told,
				     common->verbose ? BPR_SEVERITY_INFO : BPR_SEVERITY_WARNING, BPR_SEVERITY_WARNING);
		}
		bpr_problems_truncate(loaded.problems, read);
		told = read;
	}
	loaded_release(&loaded);
}

/* Options that say nothing without another one. */
static bool combines(const struct analyze_args *args, int *status)
{
	if (!args->above.given || args->distributions.count)
		return true;
	say("U120", NULL, "above", "distribution", NULL);
	*status = STATUS_USAGE;
	return false;
}

static int run(const struct cmd *cmd, int argc, char **argv)
{
	struct analyze_args args = { .common = COMMON_ARGS_INIT };
	struct reporting reporting = { .common = &args.common, .args = &args };
	int status;

	if (common_begin(cmd, argc, argv, &args.common, &status) && levers_understood(&args.common, &status) && combines(&args, &status) &&
	    paging_understood(cmd, &args.common, BPR_REPORT_ANALYSIS, &status))
		status = batch_reports(&reporting, BPR_REPORT_ANALYSIS, analyse_input);
	paging_release(&args.common);
	opt_release(cmd->groups, &args);
	return status;
}

static const struct opt_group groups[] = {
	{ N_("Analysis"), analyze_opts }, { N_("Inputs"), inputs_opts }, { N_("Input"), input_opts }, { N_("Levers"), lever_opts }, { N_("Output"), output_opts }, { N_("Pages"), page_analysis_opts },
	{ N_("Where no exact way is known"), sampling_opts }, { N_("Limits"), limit_opts }, { N_("General"), report_general_opts },
	{ NULL, NULL },
};

static const char *const examples[] = {
	"bpr analyze flow.csv", N_("the figures of one case, and the bottlenecks"),
	"bpr analyze -d counter_visits flow.bpmn", N_("also how many cases go to 1, 2, 3 … counters"),
	"bpr analyze flows/*.csv -o all.json", N_("many flows into one file"),
	"bpr analyze --set demand.per_day=80 flow.csv", N_("the same flow with another demand"),
	NULL,
};

const struct cmd cmd_analyze = {
	"analyze", N_("what a case costs the citizen and the staff, and where it sticks"),
	N_("What does a case cost the citizen and the staff, and where does it stick? Counter visits, forms, handwriting, handoffs, rework, minutes and yen of one case, exactly, with their spread and, where a demand is known, for a year."),
	examples, groups, false, run,
};

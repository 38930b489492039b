/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr mine: what an event log says really happened. */
#include "config.h"
#include "batch.h"
#include "cmd.h"
#include "mine.h"
#include "mine_conform.h"
#include "mine_flow.h"
#include "mine_log.h"
#include "output.h"
#include "paging.h"
#include "progress.h"
#include "say.h"
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

/* As a double: every count below it is exact. */
#define MOST 9007199254740991.0

static const char *when_choice(size_t i)
{
	static const char *const names[] = { "auto", "always", "never", NULL };

	return names[i];
}

static const struct opt look_opts[] = {
	{ .kind = OPT_LIST, .name = "ends", .at = OPT_AT(mine_args, ends), .arg = "ACTIVITY",
	  .help = N_("a case is done once this activity took place; may be repeated; default: the log's own results, else judged by how cases end") },
	{ .kind = OPT_LIST, .name = "starts", .at = OPT_AT(mine_args, starts), .arg = "ACTIVITY",
	  .help = N_("a case begins with this activity; one that begins otherwise is counted, but how long it took is not; may be repeated; default: any") },
	{ .kind = OPT_LIST, .name = "only", .at = OPT_AT(mine_args, only), .arg = "ACTIVITY",
	  .help = N_("look at these activities only, as if the others had not been written down; may be repeated") },
	{ .kind = OPT_END },
};

static const struct opt show_opts[] = {
	{ .kind = OPT_FLAG, .name = "full", .at = OPT_AT(mine_args, full), .help = N_("every table and row, not only what one reads first") },
	{ .kind = OPT_SIZE, .name = "k", .at = OPT_AT(mine_args, k), .arg = "N", .min = 1, .max = 1e9,
	  .help = N_("put together what fewer than N cases have in common, so that nobody can be recognised; default 5 in reports for people; json and csv hold everything unless it is given; 1 shows all") },
	{ .kind = OPT_REAL, .name = "arcs", .at = OPT_AT(mine_args, arcs), .arg = "SHARE", .min = 0, .max = 100,
	  .help = N_("picture: the most frequent connections that make up this percentage of all; default: as many as can be read") },
	{ .kind = OPT_END },
};

static const struct opt threads_opts[] = {
	{ .kind = OPT_OPERANDS, .name = "LOG", .at = OPT_AT(common_args, inputs), .complete = OPT_COMPLETE_FILES,
	  .help = N_("an event log: CSV, a table of tickets, XES or OCEL 2.0, also compressed; - is standard input; @LIST stands for the names in the file LIST") },
	{ .kind = OPT_TEXT, .name = "files-from", .at = OPT_AT(common_args, files_from), .arg = "LIST", .complete = OPT_COMPLETE_FILES,
	  .help = N_("read the names of more inputs from the file LIST, one a line; - is standard input") },
	{ .kind = OPT_SIZE, .letter = 'j', .name = "jobs", .at = OPT_AT(common_args, jobs), .arg = "N", .min = 1, .max = 1024,
	  .help = N_("threads; default: the processors available; figures do not depend on it") },
	{ .kind = OPT_CHOICE, .name = "progress", .at = OPT_AT(common_args, progress), .arg = "WHEN", .choice = when_choice,
	  .help = N_("say on standard error how far it is; auto: on a terminal") },
	{ .kind = OPT_END },
};

static const struct opt memory_opts[] = {
	{ .kind = OPT_SIZE, .name = "samples", .at = OPT_AT(mine_args, samples), .arg = "N", .min = 0, .max = 1e9,
	  .help = N_("values of a figure kept for exact quantiles; default 65536; more of them: within 1/1024 of the value") },
	{ .kind = OPT_SIZE, .name = "max-variants", .at = OPT_AT(mine_args, max_variants), .arg = "N", .min = 1, .max = 1e9,
	  .help = N_("different ways through the office that are counted one by one; default 1000000; the rest is counted together") },
	{ .kind = OPT_END },
};

/* ---- one log ---- */

/* What a worker has at hand. */
struct looking {
	const struct reporting *run;
	const struct mine_args *args;
	struct mine_found found;
	struct progress_line progress;
	bool several;
};

static bool step(void *line, double done)
{
	return progress_line_step(line, done, done);
}

static bpr_status read_log(struct looking *l, const char *path, struct bpr_error *err)
{
	struct bpr_log_options options = BPR_LOG_OPTIONS_INIT;

	mine_log_options(&l->args->log, &l->args->common, &options);
	return bpr_log_read(path, &options, &l->found.log, l->found.problems, err);
}

static bpr_status look(struct looking *l, struct bpr_error *err)
{
	const struct mine_args *args = l->args;
	struct bpr_mine_options options = BPR_MINE_OPTIONS_INIT;
	bpr_status status;

	options.ends = args->ends.items;
	options.end_count = args->ends.count;
	options.starts = args->starts.items;
	options.start_count = args->starts.count;
	options.only = args->only.items;
	options.only_count = args->only.count;
	options.samples = args->samples;
	options.max_variants = args->max_variants;
	options.jobs = l->found.jobs;
	if (l->run->input_count == 1) {
		progress_line_begin(&l->progress, args->common.progress);
		options.progress = step;
		options.progress_data = &l->progress;
	}
	status = bpr_mine(l->found.log, &options, &l->found.mining, l->found.problems, err);
	if (options.progress)
		progress_line_end(&l->progress);
	return status;
}

static bpr_status report(struct looking *l, struct result *result, struct bpr_error *err)
{
	struct bpr_report_options options = l->run->report;
	struct bpr_subject *subject = &l->found.subject;
	const struct mine_args *args = l->args;

	subject->log = l->found.log;
	subject->mining = l->found.mining;
	subject->problems = l->found.problems;
	options.full = args->full || args->common.verbose;
	options.k = args->k;
	options.arcs = args->arcs.given ? args->arcs.value / 100 : 0;
	return bpr_report(BPR_REPORT_MINING, l->run->format, subject, &options, true, result_add(result, l->run, false, NULL, &options), err);
}

static bpr_status mine(struct looking *l, const char *path, struct result *result, struct bpr_error *err)
{
	bpr_status status = bpr_problems_new(&l->found.problems, err);

	if (!status)
		status = read_log(l, path, err);
	if (!status)
		status = look(l, err);
	if (!status)
		status = mine_waits_find(l->args, &l->found, err);
	if (!status)
		status = mine_conform_find(l->args, &l->found, err);
	if (!status)
		status = report(l, result, err);
	return status;
}

static void mine_input(const void *data, const char *path, struct result *result)
{
	const struct reporting *run = data;
	struct looking l = { .run = run, .args = run->args, .found = { .jobs = run->inner_jobs } };
	const struct common_args *common = run->common;
	struct bpr_error err = { 0 };
	bpr_status status = mine(&l, path, result, &err);

	result->status = l.found.status;
	if (status) {
		say_failure(&result->notes, &err, strcmp(path, "-") != 0 ? path : "stdin", l.found.problems, 0);
		/* a name that is not in the log, and so on: not the program is at fault */
		result->status = status == BPR_EINVAL ? STATUS_USAGE : common_status(status);
	} else if (!common->quiet) {
		say_problems(&result->notes, l.found.problems, 0, common->verbose ? BPR_SEVERITY_INFO : BPR_SEVERITY_WARNING, BPR_SEVERITY_WARNING);
	}
	if (!status)
		mine_conform_tell(l.args, &l.found, &result->notes);
	mine_waits_release(&l.found);
	mine_conform_release(&l.found);
	bpr_mining_free(l.found.mining);
	bpr_log_free(l.found.log);
	bpr_problems_free(l.found.problems);
}

/* ---- all of them ---- */

static bool one_picture(struct reporting *reporting, const struct inputs *inputs, int *status)
{
	char count[32];

	if (reporting->format != BPR_FORMAT_SVG || inputs->count < 2)
		return true;
	(void)snprintf(count, sizeof(count), "%zu", inputs->count);
	say("U188", NULL, count, NULL, NULL);
	*status = STATUS_USAGE;
	return false;
}

static bool understood(struct mine_args *args, int *status)
{
	enum bpr_format format = common_format(&args->common, BPR_REPORT_MINING);

	*status = STATUS_USAGE;
	if (format == BPR_FORMAT_COUNT)
		return false;
	if (args->arcs.given && format != BPR_FORMAT_SVG && format != BPR_FORMAT_HTML) {
		say("U123", NULL, "arcs", "svg, html", NULL);
		return false;
	}
	if (args->conform.onto) {
		say("U183", NULL, NULL, NULL, NULL);
		return false;
	}
	return mine_log_understood(&args->log, status) && mine_waits_understood(args, status) && mine_conform_understood(args, status);
}

static int run(const struct cmd *cmd, int argc, char **argv)
{
	struct mine_args args = { .common = COMMON_ARGS_INIT, .conform = CONFORM_ARGS_INIT, .flow = { .seed = 1 }, .samples = 65536,
				  .max_variants = 1000000 };
	struct reporting reporting = { .common = &args.common, .args = &args, .ready = one_picture, .threads = true };
	int status;

	if (common_begin(cmd, argc, argv, &args.common, &status)) {
		if (mine_flow_asked(&args))
			status = mine_log_understood(&args.log, &status) && mine_conform_understood(&args, &status) ? mine_flow_run(&args) : status;
		else if (understood(&args, &status) && paging_understood(cmd, &args.common, BPR_REPORT_MINING, &status))
			status = batch_reports(&reporting, BPR_REPORT_MINING, mine_input);
	}
	paging_release(&args.common);
	mine_log_release(&args.log);
	mine_waits_forget(&args);
	mine_conform_forget(&args);
	opt_release(cmd->groups, &args);
	return status;
}

static const struct opt_group groups[] = {
	{ N_("What is looked at"), look_opts }, { N_("What is shown"), show_opts }, { N_("Inputs"), threads_opts },
	{ N_("Opening hours and waits"), mine_waits_opts },
	{ N_("Drawn and real"), mine_conform_opts }, { N_("Measured flow"), mine_flow_opts },
	{ N_("Reading the log"), mine_log_opts }, { N_("Output"), mine_output_opts }, { N_("Pages"), page_mining_opts },
	{ N_("Limits"), memory_opts }, { N_("General"), report_general_opts }, { NULL, NULL },
};

static const char *const examples[] = {
	"bpr mine tickets.csv", N_("how long cases take, which ways they go, where they wait"),
	"bpr mine -o report.html log.xes.gz", N_("the same as pages for people, with pictures"),
	"bpr mine -o picture.svg --arcs 80 log.csv", N_("what follows what: the most frequent connections that make up 80 % of all"),
	"bpr mine --ends 交付 --k 10 log.csv", N_("a case is done with 交付; what fewer than ten cases have in common is put together"),
	"bpr mine log.csv -o flow.bpmn", N_("what really happens, drawn as a flow with measured shares, durations, people and demand"),
	NULL,
};

const struct cmd cmd_mine = {
	"mine", N_("what an event log says really happened"),
	N_("What does the log say really happens? Reads what ticket dispensers, approval and counter systems write down: how many cases, how long they take and how many are not done, which ways they really go, what follows what, who hands over to whom, what is done again, when people come and how much lies there at once."),
	examples, groups, false, run,
};

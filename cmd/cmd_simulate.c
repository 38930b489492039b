/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr simulate: cases that come, queue, are served and leave. */
#include "config.h"
#include "batch.h"
#include "cmd.h"
#include "improvement.h"
#include "load.h"
#include "output.h"
#include "paging.h"
#include "progress.h"
#include "say.h"
#include "simulation.h"
#include "watch.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct simulate_args {
	struct common_args common;
	size_t samples, log_replications, max_events, max_in_process;
	const char *log;
	bool watch, full;
	const char *watch_step;
	struct improvement_args improvement;
	double watch_minutes; /* what it says */
};

#define MOST 9007199254740991.0

static const char *when_choice(size_t i)
{
	static const char *const names[] = { "auto", "always", "never", NULL };

	return names[i];
}

static const struct opt seed_opts[] = {
	{ .kind = OPT_SIZE, .name = "seed", .at = OPT_AT(common_args, seed), .arg = "N", .min = 0, .max = MOST,
	  .help = N_("seed of random draws; default 1; the same seed gives the same bytes") },
	{ .kind = OPT_END },
};

static const struct opt show_opts[] = {
	{ .kind = OPT_FLAG, .name = "full", .at = OPT_AT(simulate_args, full), .help = N_("every table, not only what one reads first") },
	{ .kind = OPT_FLAG, .name = "watch", .at = OPT_AT(simulate_args, watch),
	  .help = N_("show the queues of the first run as the day goes, on standard error: bars on a terminal, else a line for each moment") },
	{ .kind = OPT_TEXT, .name = "watch-step", .at = OPT_AT(simulate_args, watch_step), .arg = "TIME",
	  .help = N_("time between two moments of --watch; default 10min on a terminal, else 1h") },
	{ .kind = OPT_TEXT, .name = "log", .at = OPT_AT(simulate_args, log), .arg = "FILE", .complete = OPT_COMPLETE_FILES,
	  .help = N_("write what happened as an event log: XES where the name ends in .xes, else CSV; - is standard output") },
	{ .kind = OPT_SIZE, .name = "log-replications", .at = OPT_AT(simulate_args, log_replications), .arg = "N", .min = 1, .max = 1e7,
	  .help = N_("runs that the log holds; default 1") },
	{ .kind = OPT_END },
};

static const struct opt improvement_opts[] = { IMPROVEMENT_OPTS(simulate_args, improvement), { .kind = OPT_END } };

static const struct opt threads_opts[] = {
	{ .kind = OPT_OPERANDS, .name = "INPUT", .at = OPT_AT(common_args, inputs), .complete = OPT_COMPLETE_FILES,
	  .help = N_("a flow table (CSV or .xlsx) or a BPMN file; - is standard input; @LIST stands for the names in the file LIST") },
	{ .kind = OPT_TEXT, .name = "files-from", .at = OPT_AT(common_args, files_from), .arg = "LIST", .complete = OPT_COMPLETE_FILES,
	  .help = N_("read the names of more inputs from the file LIST, one a line; - is standard input") },
	{ .kind = OPT_SIZE, .letter = 'j', .name = "jobs", .at = OPT_AT(common_args, jobs), .arg = "N", .min = 1, .max = 1024,
	  .help = N_("threads; default: the processors available; figures do not depend on it") },
	{ .kind = OPT_CHOICE, .name = "progress", .at = OPT_AT(common_args, progress), .arg = "WHEN", .choice = when_choice,
	  .help = N_("say on standard error how far it is; auto: on a terminal") },
	{ .kind = OPT_END },
};

static const struct opt memory_opts[] = {
	{ .kind = OPT_SIZE, .name = "samples", .at = OPT_AT(simulate_args, samples), .arg = "N", .min = 0, .max = 1e9,
	  .help = N_("values of a figure kept for exact quantiles; default 65536; more of them: within 1/1024 of the value") },
	{ .kind = OPT_SIZE, .name = "max-events", .at = OPT_AT(simulate_args, max_events), .arg = "N", .min = 1, .max = MOST,
	  .help = N_("events of one run; default 100000000000") },
	{ .kind = OPT_SIZE, .name = "max-in-process", .at = OPT_AT(simulate_args, max_in_process), .arg = "N", .min = 1, .max = 1e9,
	  .help = N_("cases in the office at once: a queue without end stops there; default 1000000") },
	{ .kind = OPT_END },
};

/* ---- what the options say ---- */

static bool usage(const char *code, const char *a1, const char *a2, int *status)
{
	say(code, NULL, a1, a2, NULL);
	*status = STATUS_USAGE;
	return false;
}

/* Options that say nothing without another one, or contradict it. */
static bool combines(const struct simulate_args *args, int *status)
{
	const struct { bool given; const char *option; bool needed; const char *with; } pairs[] = {
		{ args->watch_step, "watch-step", args->watch, "watch" },
		{ args->log_replications, "log-replications", args->log, "log" },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (pairs[i].given && !pairs[i].needed)
			return usage("U120", pairs[i].option, pairs[i].with, status);
	if (args->common.sim.replications && args->log_replications > args->common.sim.replications)
		return usage("U160", "log-replications", "replications", status);
	if (args->log && !strcmp(args->log, "-") && (!args->common.output || !strcmp(args->common.output, "-")))
		return usage("U165", "-", NULL, status);
	if (args->log && args->common.output && !strcmp(args->log, args->common.output))
		return usage("U165", args->log, NULL, status);
	return true;
}

static bool understood(struct simulate_args *args, int *status)
{
	args->watch_minutes = watch_step();
	if (args->watch_step && (!bpr_duration_parse(args->watch_step, &args->watch_minutes) || !(args->watch_minutes >= 1.0 / 60)))
		return usage("U162", "watch-step", args->watch_step, status);
	return improvement_understood(&args->improvement, status) && simulation_understood(&args->common, status);
}

/* ---- one flow ---- */

/* What is open while a flow is simulated. */
struct running {
	const struct reporting *run;
	struct bpr_sim_options options;
	struct progress_line progress;
	struct watch watch;
	bpr_sim_log *log;
	bool log_failed;
	const struct loaded *loaded; /* flows of the input */
};

static bool write_log(void *data, const char *text, size_t length)
{
	struct running *r = data;

	if (!output_side_write(text, length))
		r->log_failed = true;
	return !r->log_failed;
}

static void set_options(struct running *r)
{
	const struct simulate_args *args = r->run->args;

	simulation_options(&args->common, &r->options);
	r->options.jobs = r->run->inner_jobs;
	r->options.samples = args->samples;
	r->options.max_events = args->max_events;
	r->options.max_in_process = args->max_in_process;
}

/* What is told while it runs. Inputs side by side would talk at the same time. */
static bpr_status begin(struct running *r, const bpr_flow *flow, struct bpr_error *err)
{
	const struct simulate_args *args = r->run->args;
	bpr_status status = BPR_OK;

	if (args->log) {
		size_t n = strlen(args->log);
		bool xes = n > 4 && !strcasecmp(args->log + n - 4, ".xes");

		status = bpr_sim_log_new(flow, &args->common.sim.calendar, xes ? BPR_SIM_LOG_XES : BPR_SIM_LOG_CSV, write_log, r, &r->log, err);
		r->options.log = bpr_sim_log_add;
		r->options.log_data = r->log;
		r->options.log_replications = args->log_replications ? args->log_replications : 1;
	}
	if (args->watch) {
		watch_begin(&r->watch, flow, &args->common.sim.calendar);
		r->options.watch = watch_moment;
		r->options.watch_data = &r->watch;
		r->options.watch_step = args->watch_minutes;
	} else if (r->run->input_count == 1) {
		progress_line_begin(&r->progress, args->common.progress);
		r->options.progress = progress_line_step;
		r->options.progress_data = &r->progress;
	}
	return status;
}

static bpr_status end(struct running *r, bpr_status status, struct bpr_error *err)
{
	if (r->options.watch)
		watch_end(&r->watch);
	if (r->options.progress)
		progress_line_end(&r->progress);
	if (r->log && !status && !bpr_sim_log_finish(r->log))
		status = err->status = r->log_failed ? BPR_ECANCELLED : BPR_ENOMEM;
	bpr_sim_log_free(r->log);
	return status;
}

/* What formulas say, to stand beside; where they cannot, nothing does. */
struct beside { bpr_analysis *analysis; bpr_queueing *queueing; };

static struct beside analyse(const struct simulate_args *args, const bpr_flow *flow)
{
	struct bpr_queue_options options = BPR_QUEUE_OPTIONS_INIT;
	struct bpr_analysis_options exact;
	struct beside b = { NULL, NULL };
	double *visits;

	common_analysis_options(&args->common, &exact);
	exact.samples = 0; /* only what is exact */
	options.calendar = &args->common.sim.calendar;
	if (bpr_analyse(flow, &exact, &b.analysis, NULL, NULL))
		return b;
	visits = xcalloc(bpr_flow_node_count(flow), sizeof(*visits));
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++)
		visits[i] = bpr_analysis_nodes(b.analysis)[i].visits;
	if (bpr_queueing_solve(flow, visits, bpr_analysis_arcs(b.analysis), &options, &b.queueing, NULL, NULL))
		b.queueing = NULL;
	free(visits);
	return b;
}

static bpr_status report_flow(const struct running *r, const bpr_flow *flow, const bpr_simulation *simulation,
			      const struct improvement *improvement, const bpr_problems *problems, struct result *result,
			      struct bpr_error *err)
{
	const struct simulate_args *args = r->run->args;
	struct bpr_report_options report = r->run->report;
	struct beside beside = analyse(args, flow);
	struct bpr_subject subject = { .flow = flow, .problems = problems, .simulation = simulation, .calendar = &args->common.sim.calendar,
				       .analysis = beside.analysis, .queueing = beside.queueing,
				       .applied = r->loaded->applied, .applied_count = r->loaded->applied_count };
	bpr_status status;

	improvement_show(improvement, &subject);
	report.full = args->full || args->common.verbose;
	report.closing = r->options.closing;
	report.keys = args->common.sim.key_list;
	report.key_count = args->common.sim.keys.count;
	status = bpr_report(BPR_REPORT_SIMULATION, r->run->format, &subject, &report, true,
			    result_add(result, r->run, r->loaded->count > 1, flow, &report), err);
	bpr_queueing_free(beside.queueing);
	bpr_analysis_free(beside.analysis);
	return status;
}

static bpr_status simulate_flow(struct running *r, const bpr_flow *flow, bpr_problems *problems, struct result *result, struct bpr_error *err)
{
	const struct simulate_args *args = r->run->args;
	const struct improvement_args *improve = &args->improvement;
	struct improvement improvement = { 0 };
	struct bpr_target *targets = NULL;
	bpr_simulation *simulation = NULL;
	bpr_status status = improvement_targets(improve, flow, &targets, err);

	set_options(r);
	if (!status)
		status = begin(r, flow, err);
	if (!status)
		status = bpr_simulate(flow, &r->options, &simulation, problems, err);
	if (!status)
		status = improvement_find(improve, flow, targets, &r->options, simulation, &improvement, problems, err);
	status = end(r, status, err);
	if (!status)
		status = report_flow(r, flow, simulation, &improvement, problems, result, err);
	if (!status && improvement.planned && !improvement.staffing.reached)
		result->status = STATUS_FINDINGS;
	improvement_release(&improvement);
	bpr_simulation_free(simulation);
	free(targets);
	return status;
}

/* ---- all of them ---- */

/* Without a demand there is nothing to simulate, and so on: the flow is at fault, not the program. */
static int status_of(const struct running *r, bpr_status status, const struct bpr_error *err)
{
	if (r->log_failed)
		return STATUS_OUTPUT;
	if (status == BPR_ESYNTAX && err->code[0] == 'E') /* a target that cannot be read */
		return STATUS_USAGE;
	return status == BPR_EINVAL ? STATUS_INPUT : common_status(status);
}

static void simulate_input(const void *data, const char *path, struct result *result)
{
	const struct reporting *run = data;
	const struct simulate_args *args = run->args;
	const struct common_args *common = run->common;
	struct loaded loaded;
	size_t told = 0, read;

	result->status = load(path, common, common->processes.items, common->processes.count, &loaded, &result->notes);
	read = bpr_problems_count(loaded.problems);
	if (result->status == STATUS_OK && args->log && loaded.count > 1) {
		say_to(&result->notes, "U164", path, NULL, NULL, NULL);
		result->status = STATUS_USAGE;
	}
	for (size_t i = 0; i < loaded.count && result->status <= STATUS_FINDINGS; i++) {
		struct running r = { .run = run, .loaded = &loaded };
		struct bpr_error err = { 0 };
		bpr_status status = simulate_flow(&r, loaded.chosen[i], loaded.problems, result, &err);

		if (status) {
			if (!r.log_failed) /* the output says why itself */
				say_failure(&result->notes, &err, path, loaded.problems, told);
			result->status = status_of(&r, status, &err);
		} else if (!common->quiet) {
			say_problems(&result->notes, loaded.problems, told,
				     common->verbose ? BPR_SEVERITY_INFO : BPR_SEVERITY_WARNING, BPR_SEVERITY_WARNING);
		}
		bpr_problems_truncate(loaded.problems, read);
		told = read;
	}
	loaded_release(&loaded);
}

/* The log is opened once the inputs are known: none of them is overwritten, and it is of one flow. */
static bool ready(struct reporting *run, const struct inputs *inputs, int *status)
{
	const struct simulate_args *args = run->args;

	if (!args->log)
		return true;
	if (inputs->count > 1)
		return usage("U164", NULL, NULL, status);
	return output_side_open(args->log, inputs->items, inputs->count, status);
}

static int run(const struct cmd *cmd, int argc, char **argv)
{
	struct simulate_args args = { .common = COMMON_ARGS_INIT, .samples = 65536, .max_events = 10000000000u, .max_in_process = 1000000,
				      .improvement = IMPROVEMENT_ARGS_INIT };
	struct reporting reporting = { .common = &args.common, .args = &args, .ready = ready, .threads = true };
	int status;

	if (common_begin(cmd, argc, argv, &args.common, &status) && levers_understood(&args.common, &status) && combines(&args, &status) && understood(&args, &status) &&
	    paging_understood(cmd, &args.common, BPR_REPORT_SIMULATION, &status)) {
		reporting.one_by_one = args.watch || args.log;
		status = batch_reports(&reporting, BPR_REPORT_SIMULATION, simulate_input);
		if (args.log && status != STATUS_OK && !output_side_failed())
			output_side_give_up();
		else if (args.log && !output_side_commit())
			status = STATUS_OUTPUT;
	}
	simulation_release(&args.common);
	paging_release(&args.common);
	opt_release(cmd->groups, &args);
	return status;
}

static const struct opt_group groups[] = {
	{ N_("Simulation"), simulation_opts }, { N_("Random numbers"), seed_opts }, { N_("What would help"), improvement_opts }, { N_("What is shown"), show_opts }, { N_("Inputs"), threads_opts }, { N_("Input"), input_opts }, { N_("Levers"), lever_opts },
	{ N_("Output"), output_opts }, { N_("Pages"), page_simulation_opts }, { N_("Limits"), memory_opts }, { N_("Limits of the input"), limit_opts }, { N_("General"), report_general_opts },
	{ NULL, NULL },
};

static const char *const examples[] = {
	"bpr simulate flow.csv", N_("a week, thirty times: how long a visit takes, where and when one waits"),
	"bpr simulate --watch --days 1 flow.csv", N_("a day at the counters, queue by queue"),
	"bpr simulate --set demand.per_day=120 flow.csv", N_("the same office on a busier day"),
	"bpr simulate --from 2027-03-22 --days 10 flow.csv", N_("the busy weeks around the end of March, with their dates"),
	"bpr simulate --precision 1% flow.csv", N_("until the figures are known to one percent"),
	"bpr simulate --sticking flow.csv", N_("where it sticks, and what one more person there would bring"),
	"bpr simulate --target 'wait<=15min@90%' flow.csv", N_("the fewest staff by hours so that 9 in 10 wait 15 minutes at most"),
	"bpr simulate --log events.csv -o report.md flow.csv", N_("also what happened to every case, as an event log"),
	NULL,
};

const struct cmd cmd_simulate = {
	"simulate", N_("queues over the opening hours: how long one waits, where and when"),
	N_("How long does a visit take, how much of it is waiting, where and when does the queue grow, and whose hours are full? Cases come, queue for staff and counters in their opening hours, are served and leave: played many times with random numbers, each figure with its interval."),
	examples, groups, false, run,
};

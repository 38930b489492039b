/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr compare: what changes from before to after. */
#include "config.h"
#include "cmd.h"
#include "compare.h"
#include "load.h"
#include "nearest.h"
#include "output.h"
#include "paging.h"
#include "progress.h"
#include "say.h"
#include "simulation.h"
#include "text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One side. */
struct side {
	struct loaded loaded;
	bpr_analysis *analysis;
	bpr_queueing *queueing;
};

static const char *when_choice(size_t i)
{
	static const char *const names[] = { "auto", "always", "never", NULL };

	return names[i];
}

static const struct opt compare_opts[] = {
	{ .kind = OPT_OPERAND, .name = "BEFORE", .at = OPT_AT(compare_args, before), .required = true, .complete = OPT_COMPLETE_FILES,
	  .help = N_("the flow as it is: a flow table (CSV or .xlsx) or a BPMN file; or an event log of the before; - is standard input") },
	{ .kind = OPT_OPERAND, .name = "AFTER", .at = OPT_AT(compare_args, after), .complete = OPT_COMPLETE_FILES,
	  .help = N_("the flow as it is to be, which --with makes of the before where it is left out; or an event log of the after, which one log with --change-date does not need") },
	{ .kind = OPT_LIST, .letter = 'r', .name = "require", .at = OPT_AT(compare_args, requirements), .arg = "KEY<=VALUE",
	  .help = N_("exit with 1 unless it holds, as counter_visits<=1 or change_pct.work_minutes<=-20; may be repeated") },
	{ .kind = OPT_FLAG, .name = "full", .at = OPT_AT(compare_args, full), .help = N_("every table, not only what one reads first") },
	{ .kind = OPT_FLAG, .letter = 's', .name = "simulate", .at = OPT_AT(compare_args, simulate),
	  .help = N_("also simulate both, with the same random numbers: times with queues, and whether a difference is shown") },
	{ .kind = OPT_END },
};

static const struct opt threads_opts[] = {
	{ .kind = OPT_SIZE, .letter = 'j', .name = "jobs", .at = OPT_AT(common_args, jobs), .arg = "N", .min = 1, .max = 1024,
	  .help = N_("threads; default: the processors available; figures do not depend on it") },
	{ .kind = OPT_CHOICE, .name = "progress", .at = OPT_AT(common_args, progress), .arg = "WHEN", .choice = when_choice,
	  .help = N_("say on standard error how far it is; auto: on a terminal") },
	{ .kind = OPT_END },
};

/* ---- requirements ---- */

/* In front of requirements on the log of --measured. */
#define MEASURED "measured."

/* The key of a requirement without "before." and its like; where its operator begins. */
static const char *requirement_key(const char *text, size_t *length)
{
	static const char *const parts[] = { "before.", "after.", "change.", "change_pct." };
	size_t skip = 0;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (!strncmp(text, parts[i], strlen(parts[i])))
			skip = strlen(parts[i]);
	text += skip;
	*length = strcspn(text, "<>=");
	while (*length && text[*length - 1] == ' ')
		--*length;
	return text;
}

static bool has_value(const char *operator)
{
	double value;
	size_t n = strspn(operator, "<>=");

	if (!n || n > 2 || (n == 2 && (operator[0] == '=' || operator[1] != '=')))
		return false;
	operator += n;
	operator += strspn(operator, " ");
	return bpr_text_number(operator, &value);
}

/* What can be known before the files are read. */
static bool check_requirement(const char *text, bool simulate)
{
	struct nearest near;
	char key[64];
	size_t length;
	const char *start;

	if (!strncmp(text, MEASURED, strlen(MEASURED)))
		return evidence_requirement(text + strlen(MEASURED));
	start = requirement_key(text, &length);
	(void)snprintf(key, sizeof(key), "%.*s", (int)(length < 60 ? length : 60), start);
	if (!length || !has_value(start + length + strspn(start + length, " "))) {
		say("U113", NULL, text, NULL, NULL);
		return false;
	}
	if (bpr_metric_find(key) != BPR_METRIC_COUNT || (simulate && bpr_sim_key_find(key) != BPR_SIM_KEY_COUNT))
		return true;
	if (bpr_sim_key_find(key) != BPR_SIM_KEY_COUNT) {
		say("E009", NULL, text, key, NULL);
		return false;
	}
	say("U114", NULL, text, key, NULL);
	nearest_begin(&near, key, strlen(key));
	for (size_t i = 0; i < (simulate ? (size_t)BPR_SIM_KEY_COUNT : (size_t)BPR_METRIC_COUNT); i++) {
		const char *name = bpr_sim_key_get(i)->key;

		nearest_offer(&near, name, strlen(name));
	}
	if (near.best[0])
		say_hint(N_("did you mean '{1}'?"), near.best);
	else
		say_hint(N_("see 'bpr explain' for the keys"), NULL);
	return false;
}

/* STATUS_OK, or STATUS_FINDINGS having said which are not met. */
static int judge(const bpr_comparison *comparison, const struct opt_list *requirements, struct text *notes)
{
	int status = STATUS_OK;

	for (size_t i = 0; i < requirements->count; i++) {
		struct bpr_requirement_result result = { 0 };
		struct bpr_error err = { 0 };
		char actual[40];

		if (!strncmp(requirements->items[i], MEASURED, strlen(MEASURED)))
			continue;
		if (bpr_comparison_require(comparison, requirements->items[i], &result, &err)) {
			say_failure(notes, &err, NULL, NULL, 0);
			return STATUS_USAGE;
		}
		if (result.met)
			continue;
		(void)snprintf(actual, sizeof(actual), "%.6g", result.actual);
		if (!result.known)
			(void)snprintf(actual, sizeof(actual), "%s", tr(N_("not known")));
		say_to(notes, "U115", NULL, requirements->items[i], actual, NULL);
		status = STATUS_FINDINGS;
	}
	return status;
}

/* ---- the two sides ---- */

/* Read, or (the after of --with) made of the before; levers on a flow that is read as the after change it. */
static int find_side(const char *path, const struct compare_args *args, size_t which, const struct side *before, struct side *side,
		     struct text *notes)
{
	int status;

	if (!path)
		return load_after(&args->common, &before->loaded, &side->loaded, notes);
	status = load_side(path, &args->common, which, &side->loaded, notes);
	return status || !which ? status : load_levers(&args->common, &side->loaded, notes);
}

static int open_side(const char *path, const struct compare_args *args, size_t which, const struct side *before, struct side *side,
		     struct text *notes)
{
	struct bpr_analysis_options options;
	struct bpr_error err = { 0 };
	size_t known;
	int status = find_side(path, args, which, before, side, notes);
	bpr_status failed;

	if (status)
		return status;
	known = bpr_problems_count(side->loaded.problems);
	common_analysis_options(&args->common, &options);
	failed = bpr_analyse(side->loaded.chosen[0], &options, &side->analysis, side->loaded.problems, &err);
	if (!failed)
		failed = common_queueing(side->loaded.chosen[0], side->analysis, side->loaded.problems, &side->queueing, &err);
	if (failed) {
		say_failure(notes, &err, path, side->loaded.problems, known);
		return common_status(failed);
	}
	if (!args->common.quiet)
		say_problems(notes, side->loaded.problems, 0, args->common.verbose ? BPR_SEVERITY_INFO : BPR_SEVERITY_WARNING,
			     BPR_SEVERITY_WARNING);
	return STATUS_OK;
}

/* Both in pairs; their figures go into the comparison. */
static int simulate_sides(const struct compare_args *args, struct side *before, struct side *after, bpr_comparison *comparison,
			  struct bpr_trial *trial, struct text *notes)
{
	struct side *const sides[2] = { before, after };
	const size_t known[2] = { bpr_problems_count(before->loaded.problems), bpr_problems_count(after->loaded.problems) };
	struct bpr_sim_options options;
	struct progress_line progress;
	struct bpr_error err = { 0 };
	bpr_status failed;

	simulation_options(&args->common, &options);
	options.jobs = args->common.jobs;
	progress_line_begin(&progress, args->common.progress);
	options.progress = progress_line_step;
	options.progress_data = &progress;
	failed = bpr_trial_run(before->loaded.chosen[0], after->loaded.chosen[0], &options, trial, before->loaded.problems,
			       after->loaded.problems, &err);
	progress_line_end(&progress);
	if (failed) {
		say_failure(notes, &err, NULL, NULL, 0);
		return failed == BPR_EINVAL ? STATUS_INPUT : common_status(failed);
	}
	bpr_comparison_simulated(comparison, trial->differences);
	for (size_t i = 0; i < 2 && !args->common.quiet; i++)
		say_problems(notes, sides[i]->loaded.problems, known[i], args->common.verbose ? BPR_SEVERITY_INFO : BPR_SEVERITY_WARNING,
			     BPR_SEVERITY_WARNING);
	return STATUS_OK;
}

static void close_side(struct side *side)
{
	bpr_queueing_free(side->queueing);
	bpr_analysis_free(side->analysis);
	loaded_release(&side->loaded);
}

/* Exit status. */
static int write_report(const struct compare_args *args, enum bpr_report_kind kind, enum bpr_format format, const struct bpr_subject *subject,
			struct text *notes)
{
	struct bpr_report_options options;
	struct bpr_output output = { 0 };
	struct bpr_error err = { 0 };
	bpr_status failed;
	int status = STATUS_OK;

	common_report_options(&args->common, &options);
	options.full = args->full || args->common.verbose;
	failed = bpr_report(kind, format, subject, &options, true, &output, &err);
	if (failed) {
		say_failure(notes, &err, NULL, NULL, 0);
		output_give_up();
		status = common_status(failed);
	} else {
		(void)output_write(output.data, output.length);
		if (!output_commit())
			status = STATUS_OUTPUT;
	}
	bpr_output_release(&output);
	return status;
}

/* What the two sides have become together. */
struct outcome { bpr_comparison *comparison; struct bpr_trial trial; struct measured measured; };

static int report(const struct compare_args *args, enum bpr_format format, const struct side *before, const struct side *after,
		  const struct outcome *outcome, struct text *notes)
{
	const struct bpr_subject subject = {
		.flow = before->loaded.chosen[0], .analysis = before->analysis, .problems = before->loaded.problems,
		.after_flow = after->loaded.chosen[0], .after_analysis = after->analysis, .after_problems = after->loaded.problems,
		.queueing = before->queueing, .after_queueing = after->queueing,
		.comparison = outcome->comparison, .simulation = outcome->trial.before, .after_simulation = outcome->trial.after,
		.differences = outcome->trial.before ? outcome->trial.differences : NULL, .calendar = &args->common.sim.calendar,
		.evidence = outcome->measured.evidence, .after_log = outcome->measured.after,
		.applied = after->loaded.applied, .applied_count = after->loaded.applied_count,
	};

	return write_report(args, BPR_REPORT_COMPARISON, format, &subject, notes);
}

static int worse(int a, int b)
{
	return a > b ? a : b;
}

static int compare_sides(const struct compare_args *args, enum bpr_format format, struct text *notes)
{
	struct side before = { 0 };
	struct side after = { 0 };
	struct outcome outcome = { 0 };
	struct bpr_error err = { 0 };
	int status = open_side(args->before, args, 0, NULL, &before, notes);
	bpr_status failed = BPR_OK;

	/* Both are read, so that both are told. */
	if (args->after || !status)
		status = worse(open_side(args->after, args, 1, &before, &after, notes), status);
	if (!status)
		failed = bpr_compare(before.loaded.chosen[0], before.analysis, after.loaded.chosen[0], after.analysis, &outcome.comparison, &err);
	if (failed) {
		say_failure(notes, &err, NULL, NULL, 0);
		status = common_status(failed);
	}
	if (!status && args->simulate)
		status = simulate_sides(args, &before, &after, outcome.comparison, &outcome.trial, notes);
	if (!status && args->evidence.measured)
		status = evidence_find(&args->evidence, &args->common, args->evidence.measured_before, args->evidence.measured, &outcome.measured, notes);
	if (!status) {
		status = judge(outcome.comparison, &args->requirements, notes);
		if (outcome.measured.evidence)
			status = worse(evidence_judge(outcome.measured.evidence, &args->requirements, MEASURED, notes), status);
		if (status <= STATUS_FINDINGS)
			status = worse(report(args, format, &before, &after, &outcome, notes), status);
	}
	evidence_release(&outcome.measured);
	bpr_comparison_free(outcome.comparison);
	bpr_trial_release(&outcome.trial);
	close_side(&after);
	close_side(&before);
	return status;
}

/* ---- two logs ---- */

static int compare_logs(const struct compare_args *args, enum bpr_format format, struct text *notes)
{
	struct measured measured;
	int status = evidence_find(&args->evidence, &args->common, args->before, args->after ? args->after : args->before, &measured, notes);

	if (!status) {
		const struct bpr_subject subject = { .log = measured.before, .after_log = measured.after, .evidence = measured.evidence,
						     .problems = measured.problems };

		status = evidence_judge(measured.evidence, &args->requirements, "", notes);
		if (status <= STATUS_FINDINGS)
			status = worse(write_report(args, BPR_REPORT_EVIDENCE, format, &subject, notes), status);
	}
	evidence_release(&measured);
	return status;
}

/* Whether both are logs. False with *status: one is, one is not; one alone without a date. */
static bool are_logs(const struct compare_args *args, bool *logs, int *status)
{
	const bool levers = args->common.with.count > 0; /* which are of flows */
	const bool before = !levers && evidence_is_log(&args->evidence, &args->common, args->before);
	const bool after = !levers && args->after ? evidence_is_log(&args->evidence, &args->common, args->after) : before;

	*logs = before && after;
	*status = STATUS_USAGE;
	if (before != after) {
		say("U185", NULL, before ? args->before : args->after, before ? args->after : args->before, NULL);
		return false;
	}
	if (!args->after && !before && !levers) {
		say("U107", NULL, "AFTER", NULL, NULL);
		return false;
	}
	if (!args->after && !levers && !args->evidence.change_date) {
		say("U187", NULL, args->before, NULL, NULL);
		return false;
	}
	if (*logs && args->evidence.measured) {
		say("L712", NULL, args->before, NULL, NULL);
		return false;
	}
	if (*logs && (args->simulate || args->common.sets.count || args->common.processes.count)) {
		say("L713", NULL, args->simulate ? "simulate" : args->common.sets.count ? "set" : "process", args->before, NULL);
		return false;
	}
	if (!*logs && !args->evidence.measured && evidence_given(&args->evidence)) {
		say("U120", NULL, evidence_given(&args->evidence), "measured", NULL);
		return false;
	}
	return true;
}

static bool requirements_understood(const struct compare_args *args, bool logs)
{
	for (size_t i = 0; i < args->requirements.count; i++)
		if (logs ? !evidence_requirement(args->requirements.items[i]) : !check_requirement(args->requirements.items[i], args->simulate))
			return false;
	return true;
}

static int compare(const struct compare_args *args, bool logs)
{
	const char *const inputs[] = { args->before, args->after ? args->after : args->before,
				       args->evidence.measured ? args->evidence.measured : args->before,
				       args->evidence.measured_before ? args->evidence.measured_before : args->before };
	enum bpr_format format = common_format(&args->common, logs ? BPR_REPORT_EVIDENCE : BPR_REPORT_COMPARISON);
	struct text notes = { 0 };
	int status = STATUS_USAGE;

	if (format == BPR_FORMAT_COUNT || !requirements_understood(args, logs))
		return status;
	if (args->common.processes.count > 2) {
		say("U106", NULL, args->common.processes.items[2], NULL, NULL);
		return status;
	}
	if (args->after && !strcmp(args->before, "-") && !strcmp(args->after, "-")) {
		say("U109", NULL, NULL, NULL, NULL);
		return status;
	}
	if (!output_open(args->common.output, inputs, 4, &status))
		return status;
	if (!common_fits_output(format))
		return STATUS_USAGE;
	status = logs ? compare_logs(args, format, &notes) : compare_sides(args, format, &notes);
	output_give_up();
	if (notes.data)
		fputs(notes.data, stderr);
	text_release(&notes);
	return status;
}

/* How it is to be simulated says nothing unless it is. */
static bool combines(const struct compare_args *args, int *status)
{
	const char *given = simulation_given(&args->common);

	if (args->simulate || !given)
		return true;
	say("U120", NULL, given, "simulate", NULL);
	*status = STATUS_USAGE;
	return false;
}

static int run(const struct cmd *cmd, int argc, char **argv)
{
	struct compare_args args = { .common = COMMON_ARGS_INIT, .evidence = EVIDENCE_ARGS_INIT };
	bool logs = false;
	int status;

	if (common_begin(cmd, argc, argv, &args.common, &status) && combines(&args, &status) && levers_understood(&args.common, &status) && evidence_understood(&args.evidence, &status) &&
	    are_logs(&args, &logs, &status) && simulation_understood(&args.common, &status) &&
	    paging_understood(cmd, &args.common, logs ? BPR_REPORT_EVIDENCE : BPR_REPORT_COMPARISON, &status))
		status = compare(&args, logs);
	simulation_release(&args.common);
	paging_release(&args.common);
	evidence_forget(&args.evidence);
	opt_release(cmd->groups, &args);
	return status;
}

static const struct opt_group groups[] = {
	{ N_("Comparison"), compare_opts }, { N_("What really happened"), evidence_opts }, { N_("Opening hours and waits"), evidence_waits_opts },
	{ N_("Reading the log"), evidence_log_opts },
	{ N_("Simulation"), simulation_opts }, { N_("Input"), input_opts }, { N_("Levers"), lever_opts }, { N_("Output"), output_opts }, { N_("Pages"), page_comparison_opts },
	{ N_("Where no exact way is known"), sampling_opts }, { N_("Threads"), threads_opts }, { N_("Limits"), limit_opts },
	{ N_("General"), report_general_opts },
	{ NULL, NULL },
};

static const char *const examples[] = {
	"bpr compare before.bpmn after.bpmn", N_("every figure before and after, and the steps that went or came"),
	"bpr compare before.csv after.csv -o report.md", N_("the report for a document"),
	"bpr compare --with levers.csv before.csv", N_("the after is what a table of levers makes of the before"),
	"bpr compare --initial-cost 420万 before.csv after.csv -o report.html", N_("pages for people, with the months until the cost is paid back"),
	"bpr compare --simulate before.csv after.csv", N_("also times with queues, each difference with its interval, or 'no difference shown'"),
	"bpr compare -q -r 'counter_visits<=1' before.csv after.csv", N_("a gate for a script: exit status 1 if the after has more"),
	"bpr compare before.log after.log", N_("two event logs: what changed, how sure that is, or that a difference is not shown"),
	"bpr compare --by 業務区分 before.csv after.csv", N_("the same, like compared with like"),
	"bpr compare --change-date 2026-04-01 tickets.csv", N_("one log, split at the day of the change: was the trend broken?"),
	"bpr compare --measured after.log before.bpmn after.bpmn", N_("what was promised beside what came"),
	NULL,
};

const struct cmd cmd_compare = {
	"compare", N_("what changes from before to after"),
	N_("What changes from before to after? Every figure of a case side by side with the change, its percentage and whether it is for the better, for a year where the demand is known, and the steps that were removed, added or changed. Of two event logs: what changed in the cases, told apart from chance, with intervals."),
	examples, groups, false, run,
};

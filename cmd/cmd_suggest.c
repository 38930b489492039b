/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr suggest: which levers first, and in which year. */
#include "config.h"
#include "cmd.h"
#include "load.h"
#include "nearest.h"
#include "output.h"
#include "paging.h"
#include "say.h"
#include "simulation.h"
#include "text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct suggest_args {
	struct common_args common;
	const char *flow, *with, *budget, *years, *budget_per_year;
	size_t by, most;
	struct opt_real max_days, days_per_year, first_year, discount, time_limit;
	struct opt_list must, never;
	bool simulate, pareto, chosen, full;
	/* what they say */
	struct bpr_suggest_options how;
	struct bpr_plan_options plan;
	bool table; /* -o FILE.csv without -f: the levers themselves */
};

static const char *gain_choice(size_t i)
{
	return i < BPR_GAIN_COUNT ? bpr_gain_name((enum bpr_gain)i) : NULL;
}

static const char *when_choice(size_t i)
{
	static const char *const names[] = { "auto", "always", "never", NULL };

	return names[i];
}

static const struct opt suggest_opts[] = {
	{ .kind = OPT_OPERAND, .name = "FLOW", .at = OPT_AT(suggest_args, flow), .required = true, .complete = OPT_COMPLETE_FILES,
	  .help = N_("the flow as it is: a flow table (CSV or .xlsx) or a BPMN file; - is standard input") },
	{ .kind = OPT_TEXT, .name = "with", .at = OPT_AT(suggest_args, with), .arg = "LEVERS", .complete = OPT_COMPLETE_FILES,
	  .help = N_("choose among the levers of this table (CSV, or the sheet 施策 of a workbook; bpr-levers(5)); default: levers found in the flow") },
	{ .kind = OPT_CHOICE, .name = "by", .at = OPT_AT(suggest_args, by), .arg = "GAIN", .choice = gain_choice,
	  .help = N_("what is to be won: hours of staff and citizens (default), hours of staff, of citizens, yen, lead time, visits to counters, or writing by hand") },
	{ .kind = OPT_SIZE, .name = "most", .at = OPT_AT(suggest_args, most), .arg = "N", .min = 1, .max = 1000,
	  .help = N_("levers found in the flow, those with the largest gain; default 40") },
	{ .kind = OPT_FLAG, .letter = 's', .name = "simulate", .at = OPT_AT(suggest_args, simulate),
	  .help = N_("value levers with queues, by simulation with common random numbers") },
	{ .kind = OPT_FLAG, .name = "pareto", .at = OPT_AT(suggest_args, pareto),
	  .help = N_("list only levers that no other one beats in effect, cost and ease") },
	{ .kind = OPT_FLAG, .name = "full", .at = OPT_AT(suggest_args, full), .help = N_("every table, not only what one reads first") },
	{ .kind = OPT_FLAG, .name = "chosen", .at = OPT_AT(suggest_args, chosen),
	  .help = N_("with -o LEVERS.csv: write only the levers that are chosen") },
	{ .kind = OPT_END },
};

static const struct opt limits_opts[] = {
	{ .kind = OPT_TEXT, .name = "budget", .at = OPT_AT(suggest_args, budget), .arg = "YEN", .help = N_("yen for what is chosen, once, such as 3000000 or 300万") },
	{ .kind = OPT_REAL, .name = "max-days", .at = OPT_AT(suggest_args, max_days), .arg = "N", .min = 0, .max = 1e6,
	  .help = N_("person-days of work for what is chosen") },
	{ .kind = OPT_LIST, .name = "must", .at = OPT_AT(suggest_args, must), .arg = "ID", .help = N_("a lever that is chosen in any case, by id or name; may be repeated") },
	{ .kind = OPT_LIST, .name = "never", .at = OPT_AT(suggest_args, never), .arg = "ID", .help = N_("a lever that is not chosen, by id or name; may be repeated") },
	{ .kind = OPT_REAL, .name = "time-limit", .at = OPT_AT(suggest_args, time_limit), .arg = "SECONDS", .min = 0.1, .max = 86400,
	  .help = N_("time for choosing; default 10 for the set and 10 for the years; where it ends the search, the report says how far the choice may be from the best") },
	{ .kind = OPT_END },
};

static const struct opt roadmap_opts[] = {
	{ .kind = OPT_TEXT, .name = "years", .at = OPT_AT(suggest_args, years), .arg = "YEARS",
	  .help = N_("a roadmap over these fiscal years (April to March), such as 2026-2030 or R8-R12: which lever begins in which") },
	{ .kind = OPT_TEXT, .name = "budget-per-year", .at = OPT_AT(suggest_args, budget_per_year), .arg = "YEN",
	  .help = N_("yen in each year, for what begins and for what runs") },
	{ .kind = OPT_REAL, .name = "days-per-year", .at = OPT_AT(suggest_args, days_per_year), .arg = "N", .min = 0, .max = 1e6,
	  .help = N_("person-days of work in each year") },
	{ .kind = OPT_REAL, .name = "first-year", .at = OPT_AT(suggest_args, first_year), .arg = "SHARE", .min = 0, .max = 1,
	  .help = N_("share of a year's effect in the year in which a lever begins; default 0.5") },
	{ .kind = OPT_REAL, .name = "discount", .at = OPT_AT(suggest_args, discount), .arg = "RATE", .min = 0, .max = 0.5,
	  .help = N_("what later yen count less, a year, such as 0.04; default 0") },
	{ .kind = OPT_END },
};

static const struct opt threads_opts[] = {
	{ .kind = OPT_SIZE, .letter = 'j', .name = "jobs", .at = OPT_AT(common_args, jobs), .arg = "N", .min = 1, .max = 1024,
	  .help = N_("threads; default: the processors available; figures do not depend on it") },
	{ .kind = OPT_CHOICE, .name = "progress", .at = OPT_AT(common_args, progress), .arg = "WHEN", .choice = when_choice,
	  .help = N_("say on standard error how far it is; auto: on a terminal") },
	{ .kind = OPT_END },
};

/* ---- what the options say ---- */

static bool usage(const char *code, const char *a1, const char *a2, int *status)
{
	say(code, NULL, a1, a2, NULL);
	*status = STATUS_USAGE;
	return false;
}

static bool amount(const char *option, const char *text, double *out, int *status)
{
	return !text || bpr_amount_parse(text, out) || usage("U125", option, text, status);
}

/* Options of the roadmap without one, of the simulation without one, of the table without one. */
static bool combine(const struct suggest_args *args, int *status)
{
	const char *roadmap = args->budget_per_year ? "budget-per-year" : args->days_per_year.given ? "days-per-year" : args->first_year.given ? "first-year"
			      : args->discount.given ? "discount" : NULL;
	const char *simulation = simulation_given(&args->common);

	if (roadmap && !args->years)
		return usage("U120", roadmap, "years", status);
	if (simulation && !args->simulate)
		return usage("U120", simulation, "simulate", status);
	if (args->most && args->with)
		return usage("U160", "most", "with", status);
	if (args->chosen && !args->table)
		return usage("U213", NULL, NULL, status);
	if (args->with && !strcmp(args->with, "-") && !strcmp(args->flow, "-"))
		return usage("U109", NULL, NULL, status);
	return true;
}

static bool is_table(const struct suggest_args *args)
{
	size_t length = args->common.output ? strlen(args->common.output) : 0;

	return args->common.format == BPR_FORMAT_COUNT && length > 4 && !strcmp(args->common.output + length - 4, ".csv");
}

static bool understood(struct suggest_args *args, int *status)
{
	args->table = is_table(args);
	args->how = (struct bpr_suggest_options)BPR_SUGGEST_OPTIONS_INIT;
	args->plan = (struct bpr_plan_options)BPR_PLAN_OPTIONS_INIT;
	if (!combine(args, status) || !amount("budget", args->budget, &args->how.budget, status) ||
	    !amount("budget-per-year", args->budget_per_year, &args->plan.budget_per_year, status))
		return false;
	if (args->years && (!bpr_fiscal_years_parse(args->years, &args->plan.first, &args->plan.last) || args->plan.last - args->plan.first >= 30))
		return usage("U210", args->years, NULL, status);
	args->how.gain = (enum bpr_gain)args->by;
	if (args->max_days.given)
		args->how.max_days = args->max_days.value;
	if (args->days_per_year.given)
		args->plan.days_per_year = args->days_per_year.value;
	if (args->first_year.given)
		args->plan.first_year_share = args->first_year.value;
	if (args->discount.given)
		args->plan.discount = args->discount.value;
	if (args->time_limit.given)
		args->how.seconds = args->plan.seconds = args->time_limit.value;
	args->how.jobs = args->common.jobs;
	args->how.simulate = args->simulate;
	common_analysis_options(&args->common, &args->how.analysis);
	return simulation_understood(&args->common, status);
}

/* ---- the work ---- */

/* What comes of a flow. */
struct work {
	struct loaded loaded;
	const bpr_flow *flow;
	bpr_analysis *analysis;
	bpr_levers *levers;
	bpr_problems *told, *refusals; /* of the table; why levers do not fit */
	struct bpr_suggestion suggestion;
	struct bpr_plan plan;
	size_t *must, *never;
};

static void work_release(struct work *w)
{
	bpr_plan_release(&w->plan);
	bpr_suggestion_release(&w->suggestion);
	bpr_levers_free(w->levers);
	bpr_analysis_free(w->analysis);
	bpr_problems_free(w->told);
	bpr_problems_free(w->refusals);
	loaded_release(&w->loaded);
	free(w->must);
	free(w->never);
}

static int failed(bpr_status status, const struct bpr_error *err, const char *file, const bpr_problems *problems, struct text *notes)
{
	say_failure(notes, err, file, problems, 0);
	/* What must be done and cannot be is no plan, not a fault. */
	if (!strcmp(err->code, "K302") || !strcmp(err->code, "K203"))
		return STATUS_FINDINGS;
	return status == BPR_EINVAL && err->code[0] == 'K' ? STATUS_INPUT : common_status(status);
}

static int open_flow(const struct suggest_args *args, struct work *w, struct text *notes)
{
	struct bpr_analysis_options options;
	struct bpr_error err = { 0 };
	int status = load_side(args->flow, &args->common, 0, &w->loaded, notes);
	size_t known;
	bpr_status bad;

	if (status)
		return status;
	w->flow = w->loaded.chosen[0];
	known = bpr_problems_count(w->loaded.problems);
	common_analysis_options(&args->common, &options);
	bad = bpr_analyse(w->flow, &options, &w->analysis, w->loaded.problems, &err);
	if (bad) {
		say_failure(notes, &err, args->flow, w->loaded.problems, known);
		return common_status(bad);
	}
	if (!args->common.quiet)
		say_problems(notes, w->loaded.problems, 0, args->common.verbose ? BPR_SEVERITY_INFO : BPR_SEVERITY_WARNING, BPR_SEVERITY_WARNING);
	return STATUS_OK;
}

/* Levers that the flow itself asks for, by what check finds in it. */
static bpr_status find_levers(const struct suggest_args *args, struct work *w, struct bpr_error *err)
{
	struct bpr_candidate_options options = BPR_CANDIDATE_OPTIONS_INIT;
	const struct bpr_check_options checked = BPR_CHECK_OPTIONS_INIT;
	struct bpr_check_input input = { .flows = &w->loaded.flows, .analysis = w->analysis };
	bpr_problems *findings = NULL;
	bpr_status status = bpr_problems_new(&findings, err);

	options.lang = lang();
	if (args->most)
		options.most = args->most;
	for (size_t i = 0; i < w->loaded.flows.count; i++)
		if (w->loaded.flows.items[i] == w->flow)
			input.flow = i;
	if (!status)
		status = bpr_check(&input, &checked, findings, err);
	if (!status)
		status = bpr_suggest_candidates(w->flow, w->analysis, findings, &options, &w->levers, err);
	bpr_problems_free(findings);
	return status;
}

static int open_levers(const struct suggest_args *args, struct work *w, struct text *notes)
{
	struct bpr_lever_options options = BPR_LEVER_OPTIONS_INIT;
	struct bpr_error err = { 0 };
	bpr_status bad = bpr_problems_new(&w->told, &err);

	options.encoding = common_encoding(&args->common);
	if (args->common.max_bytes)
		options.max_bytes = args->common.max_bytes;
	if (!bad && args->with)
		bad = bpr_levers_read(args->with, &options, &w->levers, w->told, &err);
	else if (!bad)
		bad = find_levers(args, w, &err);
	if (bad)
		return failed(bad, &err, args->with, w->told, notes);
	if (!args->common.quiet)
		say_problems(notes, w->told, 0, args->common.verbose ? BPR_SEVERITY_INFO : BPR_SEVERITY_WARNING, BPR_SEVERITY_WARNING);
	return STATUS_OK;
}

/* A lever by its id, or by its name in either language. */
static size_t find_lever(const bpr_levers *levers, const char *text)
{
	size_t at = bpr_levers_find(levers, text);
	char name[512];

	for (size_t i = 0; i < bpr_levers_count(levers) && at == BPR_NONE; i++)
		for (size_t l = 0; l < BPR_LANG_COUNT; l++)
			if (bpr_lever_name(bpr_levers_get(levers, i), (enum bpr_lang)l, name, sizeof(name)) < sizeof(name) && !strcmp(name, text))
				at = i;
	return at;
}

static int name_levers(const struct opt_list *list, const bpr_levers *levers, const char *option, size_t **out, struct text *notes)
{
	*out = xcalloc(list->count + 1, sizeof(**out));
	for (size_t i = 0; i < list->count; i++) {
		struct nearest near;

		(*out)[i] = find_lever(levers, list->items[i]);
		if ((*out)[i] != BPR_NONE)
			continue;
		say_to(notes, "U211", NULL, option, list->items[i], NULL);
		nearest_begin(&near, list->items[i], strlen(list->items[i]));
		for (size_t k = 0; k < bpr_levers_count(levers); k++)
			nearest_offer(&near, bpr_levers_get(levers, k)->id, strlen(bpr_levers_get(levers, k)->id));
		if (near.best[0])
			text_fill(notes, N_("  hint: did you mean '{1}'?\n"), near.best, NULL, NULL);
		return STATUS_USAGE;
	}
	return STATUS_OK;
}

/* The set, and the years where they are asked for. */
static int choose(struct suggest_args *args, struct work *w, struct text *notes)
{
	struct bpr_error err = { 0 };
	bpr_status bad;

	args->how.must = w->must;
	args->how.must_count = args->must.count;
	args->how.never = w->never;
	args->how.never_count = args->never.count;
	simulation_options(&args->common, &args->how.simulation);
	args->how.simulation.jobs = args->common.jobs;
	bad = bpr_problems_new(&w->refusals, &err);
	if (!bad)
		bad = bpr_suggest(w->flow, w->levers, &args->how, &w->suggestion, w->refusals, &err);
	if (bad)
		return failed(bad, &err, NULL, NULL, notes);
	if (!args->common.quiet)
		say_problems(notes, w->refusals, 0, args->common.verbose ? BPR_SEVERITY_INFO : BPR_SEVERITY_WARNING, BPR_SEVERITY_WARNING);
	if (args->years)
		bad = bpr_plan_make(w->flow, w->levers, &w->suggestion, &args->how, &args->plan, &w->plan, &err);
	if (bad)
		return failed(bad, &err, args->flow, NULL, notes);
	/* Nothing within the limits: told by the report, and by the status. */
	return (args->years ? w->plan.count : w->suggestion.best.count) ? STATUS_OK : STATUS_FINDINGS;
}

/* ---- what is written ---- */

/* The levers with the year in which each begins. */
static bpr_status mark_years(const struct work *w, bpr_levers **out, struct bpr_error *err)
{
	bpr_status status = bpr_levers_new(bpr_levers_source(w->levers), out, err);

	for (size_t i = 0; i < bpr_levers_count(w->levers) && !status; i++) {
		struct bpr_lever lever = *bpr_levers_get(w->levers, i);

		for (size_t k = 0; k < w->plan.count; k++)
			if (w->plan.items[k].lever == i)
				lever.year = w->plan.items[k].year;
		status = bpr_levers_add(*out, &lever, err);
	}
	return status;
}

static int write_table(const struct suggest_args *args, const struct work *w, struct text *notes)
{
	bool *chosen = xcalloc(w->suggestion.count + 1, sizeof(*chosen));
	bpr_levers *marked = NULL;
	struct bpr_error err = { 0 };
	char *text = NULL;
	size_t length = 0;
	bpr_status bad;
	int status = STATUS_OK;

	for (size_t i = 0; i < w->suggestion.count; i++)
		chosen[i] = !args->chosen || (!args->years && w->suggestion.items[i].chosen);
	for (size_t i = 0; args->chosen && i < w->plan.count; i++)
		chosen[w->plan.items[i].lever] = true;
	bad = mark_years(w, &marked, &err);
	if (!bad)
		bad = bpr_levers_write(marked, chosen, lang(), &text, &length, &err);
	if (bad) {
		status = failed(bad, &err, NULL, NULL, notes);
		output_give_up();
	} else {
		(void)output_write(text, length);
		status = output_commit() ? STATUS_OK : STATUS_OUTPUT;
	}
	bpr_levers_text_free(text);
	bpr_levers_free(marked);
	free(chosen);
	return status;
}

static int write_report(const struct suggest_args *args, enum bpr_format format, const struct work *w, struct text *notes)
{
	const struct bpr_subject subject = {
		.flow = w->flow, .analysis = w->analysis, .problems = w->loaded.problems, .levers = w->levers, .suggestion = &w->suggestion,
		.suggest_options = &args->how, .plan = args->years ? &w->plan : NULL, .plan_options = &args->plan, .refusals = w->refusals,
		.front_only = args->pareto, .calendar = &args->common.sim.calendar,
	};
	struct bpr_report_options options;
	struct bpr_output output = { 0 };
	struct bpr_error err = { 0 };
	bpr_status bad;
	int status = STATUS_OK;

	common_report_options(&args->common, &options);
	options.full = args->full || args->common.verbose;
	bad = bpr_report(BPR_REPORT_SUGGESTION, format, &subject, &options, true, &output, &err);
	if (bad) {
		say_failure(notes, &err, NULL, NULL, 0);
		output_give_up();
		status = common_status(bad);
	} else {
		(void)output_write(output.data, output.length);
		if (!output_commit())
			status = STATUS_OUTPUT;
	}
	bpr_output_release(&output);
	return status;
}

static int worse(int a, int b)
{
	return a > b ? a : b;
}

static int suggest(struct suggest_args *args)
{
	const char *const inputs[] = { args->flow, args->with ? args->with : args->flow };
	enum bpr_format format = common_format(&args->common, BPR_REPORT_SUGGESTION);
	struct work w = { .flow = NULL };
	struct text notes = { 0 };
	int status = STATUS_USAGE;

	if (format == BPR_FORMAT_COUNT || !output_open(args->common.output, inputs, 2, &status))
		return status;
	if (!common_fits_output(format))
		return STATUS_USAGE;
	status = open_flow(args, &w, &notes);
	if (!status)
		status = open_levers(args, &w, &notes);
	if (!status)
		status = name_levers(&args->must, w.levers, "must", &w.must, &notes);
	if (!status)
		status = name_levers(&args->never, w.levers, "never", &w.never, &notes);
	if (!status)
		status = choose(args, &w, &notes);
	/* Nothing chosen is still a report; nothing computed is none. */
	if (status <= STATUS_FINDINGS && w.suggestion.items)
		status = worse(args->table ? write_table(args, &w, &notes) : write_report(args, format, &w, &notes), status);
	output_give_up();
	if (notes.data)
		fputs(notes.data, stderr);
	text_release(&notes);
	work_release(&w);
	return status;
}

static int run(const struct cmd *cmd, int argc, char **argv)
{
	struct suggest_args args = { .common = COMMON_ARGS_INIT };
	int status;

	if (common_begin(cmd, argc, argv, &args.common, &status) && understood(&args, &status) &&
	    paging_understood(cmd, &args.common, BPR_REPORT_SUGGESTION, &status))
		status = suggest(&args);
	simulation_release(&args.common);
	paging_release(&args.common);
	opt_release(cmd->groups, &args);
	return status;
}

static const struct opt_group groups[] = {
	{ N_("Levers"), suggest_opts }, { N_("Limits of the choice"), limits_opts }, { N_("Roadmap"), roadmap_opts }, { N_("Simulation"), simulation_opts },
	{ N_("Input"), input_opts }, { N_("Output"), suggest_output_opts }, { N_("Pages"), page_suggestion_opts }, { N_("Where no exact way is known"), sampling_opts },
	{ N_("Threads"), threads_opts }, { N_("Limits of the input"), limit_opts }, { N_("General"), report_general_opts },
	{ NULL, NULL },
};

static const char *const examples[] = {
	"bpr suggest flow.csv", N_("levers found in the flow, those first that bring most for a day of work"),
	"bpr suggest flow.csv -o levers.csv", N_("the same as a table, to write the town's own costs into it"),
	"bpr suggest --with levers.csv --budget 300万 flow.csv", N_("the best set of these levers for three million yen"),
	"bpr suggest --with levers.csv --budget 300万 --chosen flow.csv -o chosen.csv", N_("the chosen ones as a table that 'bpr compare --with' takes"),
	"bpr suggest --by citizen --pareto flow.csv", N_("what saves citizens' time, and nothing beats for its cost and ease"),
	"bpr suggest --years 2026-2030 --budget-per-year 200万 flow.csv", N_("a roadmap: which lever begins in which fiscal year"),
	"bpr suggest --years R8-R12 --lang ja flow.csv -o roadmap.html", N_("the same as pages for a council, with the years in 令和"),
	NULL,
};

const struct cmd cmd_suggest = {
	"suggest", N_("which levers first, and in which year"),
	N_("Which changes first? Levers are found in the flow, or taken from a table; each is valued alone and together with the others by computing the flow with it; the best set within budget and days is chosen, and put into fiscal years where these are asked for."),
	examples, groups, false, run,
};

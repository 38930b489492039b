/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr check: is a flow sound, complete and free of analogue rules? */
#include "config.h"
#include "batch.h"
#include "cmd.h"
#include "help.h"
#include "load.h"
#include "paging.h"
#include "rules.h"
#include "say.h"
#include <stdlib.h>

struct check_args {
	struct common_args common;
	struct opt_list rule_list;
	bool list_rules;
	struct rules rules;
};

static const struct opt check_opts[] = {
	{ .kind = OPT_LIST, .name = "rule", .at = OPT_AT(check_args, rule_list), .arg = "CODE=LEVEL",
	  .help = N_("how grave findings of a code are: off, info, warning or error; CODE may also be the letters of several codes or a group (model, soundness, smells); may be repeated, the last one that fits counts") },
	{ .kind = OPT_FLAG, .name = "rules", .at = OPT_AT(check_args, list_rules),
	  .help = N_("list all codes with their level and group instead") },
	{ .kind = OPT_END },
};

/* One input being checked. */
struct checked {
	const struct reporting *run;
	const struct loaded *loaded;
	struct bpr_check_options options;
	struct result *result;
	struct bpr_soundness **sound; /* [flows.count] of those chosen */
	struct bpr_soundness *together;
};

static void checked_begin(struct checked *c, const struct reporting *run, const struct loaded *loaded, struct result *result)
{
	const struct check_args *args = run->args;

	*c = (struct checked){ run, loaded, BPR_CHECK_OPTIONS_INIT, result, NULL, NULL };
	c->options.overrides = args->rules.overrides;
	c->options.override_count = args->rules.count;
	c->options.alone = loaded->count <= 1;
}

/* The report of a subject whose findings were chosen: they also decide the exit status. */
static bpr_status add_report(struct checked *c, struct bpr_subject *subject, bpr_problems *findings, struct bpr_error *err)
{
	struct bpr_report_options report = c->run->report;

	subject->problems = findings;
	report.full = c->run->common->verbose;
	if (bpr_problems_count_severity(findings, BPR_SEVERITY_ERROR) && c->result->status < STATUS_FINDINGS)
		c->result->status = STATUS_FINDINGS;
	return bpr_report(BPR_REPORT_CHECK, c->run->format, subject, &report, true,
			  result_add(c->result, c->run, !c->options.alone, subject->flow, &report), err);
}

/* JSON has one object a process: the first one also tells of the file as a whole. Elsewhere that is a part of its own. */
static bpr_status report_part(struct checked *c, const struct bpr_check_input *input, size_t own, struct bpr_error *err)
{
	bool json = c->run->format == BPR_FORMAT_JSON;
	struct bpr_check_options options = c->options;
	struct bpr_subject subject = { .analysis = input->analysis, .flows = input->flows, .soundness = c->together,
				       .applied = c->loaded->applied, .applied_count = c->loaded->applied_count };
	bpr_problems *findings = NULL;
	bpr_status status;

	if (input->flow != BPR_NONE) {
		subject.flow = input->flows->items[input->flow];
		subject.soundness = c->sound[input->flow];
		if (json && subject.flow == c->loaded->chosen[0]) {
			options.alone = true;
			subject.collaboration = c->together;
		}
	} else if (json) {
		return BPR_OK;
	}
	subject.whole_file = json || options.alone || input->flow == BPR_NONE;
	status = bpr_check_findings(input, &options, c->loaded->problems, own, &findings, err);
	if (!status && (subject.flow || subject.soundness || bpr_problems_count(findings)))
		status = add_report(c, &subject, findings, err);
	bpr_problems_free(findings);
	return status;
}

static void soundness_options(const struct checked *c, struct bpr_soundness_options *options)
{
	*options = (struct bpr_soundness_options)BPR_SOUNDNESS_OPTIONS_INIT;
	if (c->run->common->max_states)
		options->max_states = c->run->common->max_states;
}

/* Each chosen flow by itself; where several are reported, also all processes that messages link. */
static bpr_status find_soundness(struct checked *c, struct bpr_error *err)
{
	const struct bpr_flows *flows = &c->loaded->flows;
	struct bpr_soundness_options options;
	bpr_status status = BPR_OK;

	soundness_options(c, &options);
	c->sound = xcalloc(flows->count, sizeof(*c->sound));
	for (size_t i = 0; i < c->loaded->count && !status; i++) {
		size_t flow = 0;

		while (flows->items[flow] != c->loaded->chosen[i])
			flow++;
		status = bpr_soundness_check(flows, flow, &options, &c->sound[flow], err);
	}
	if (!status && !c->options.alone)
		status = bpr_soundness_check(flows, BPR_NONE, &options, &c->together, err);
	return status;
}

static void forget_soundness(struct checked *c)
{
	for (size_t i = 0; c->sound && i < c->loaded->flows.count; i++)
		bpr_soundness_free(c->sound[i]);
	free(c->sound);
	bpr_soundness_free(c->together);
}

/* What concerns the file itself: found once, and told by itself where the file has several flows. */
static bpr_status check_file(struct checked *c, struct bpr_error *err)
{
	const struct bpr_check_input input = { .flows = &c->loaded->flows, .flow = BPR_NONE };
	bpr_status status = bpr_check(&input, &c->options, c->loaded->problems, err);

	if (!status && c->together)
		status = bpr_soundness_report(c->together, input.flows, BPR_NONE, (const struct bpr_soundness *const *)c->sound,
					      c->loaded->problems, err);
	if (!status && !c->options.alone)
		status = report_part(c, &input, BPR_NONE, err);
	return status;
}

/*
 * Whether findings can be told although there is no analysis: a case never ends or its branches multiply without end, as the
 * findings tell; there are too many states; or everything would have to be sampled, which checking does not do.
 */
static bool goes_on(struct checked *c, const struct bpr_soundness *sound, bpr_status status, size_t own)
{
	const bpr_problems *problems = c->loaded->problems;
	bool told = false;

	for (size_t i = own; i < bpr_problems_count(problems) && !told; i++)
		told = bpr_problems_get(problems, i).severity == BPR_SEVERITY_ERROR;
	if (status != BPR_ELIMIT)
		return status == BPR_EUNSUPPORTED || (status == BPR_ENOEXIT && told);
	if (sound->verdict[BPR_SOUND_SAFE] == BPR_VERDICT_NO)
		return true;
	if (told)
		c->result->status = STATUS_LIMIT;
	return told;
}

/* Findings of one flow are those of reading the file, of its soundness, of analysing it and of judging it. */
static bpr_status check_flow(struct checked *c, const bpr_flow *flow, struct bpr_error *err)
{
	struct bpr_check_input input = { .flows = &c->loaded->flows };
	bpr_problems *problems = c->loaded->problems;
	size_t own = bpr_problems_count(problems);
	struct bpr_analysis_options options;
	bpr_analysis *analysis = NULL;
	bpr_status status;

	common_analysis_options(c->run->common, &options);
	options.samples = 0;
	while (input.flows->items[input.flow] != flow)
		input.flow++;
	status = bpr_analyse(flow, &options, &analysis, problems, err);
	if (status && goes_on(c, c->sound[input.flow], status, own))
		status = BPR_OK;
	if (!status)
		status = bpr_soundness_report(c->sound[input.flow], input.flows, input.flow, NULL, problems, err);
	input.analysis = analysis;
	if (!status)
		status = bpr_check(&input, &c->options, problems, err);
	if (!status)
		status = report_part(c, &input, own, err);
	bpr_analysis_free(analysis);
	return status;
}

/* What cannot be read as a flow has findings all the same: they are the result, not messages beside it. */
static int check_unread(const struct reporting *run, const char *path, const struct loaded *loaded, const struct bpr_error *failed,
			struct result *result)
{
	int status = load_status(loaded, failed);
	struct bpr_subject subject = { .flows = &loaded->flows, .whole_file = true };
	struct bpr_error err = { 0 };
	bpr_problems *findings = NULL;
	struct checked c;
	bpr_status told = BPR_OK;

	checked_begin(&c, run, loaded, result);
	if (status != STATUS_INPUT || failed->status != BPR_ESYNTAX ||
	    !bpr_problems_count_severity(loaded->problems, BPR_SEVERITY_ERROR)) {
		load_told(path, loaded, failed, &result->notes);
		return status;
	}
	told = bpr_problems_arrange(loaded->problems, c.options.overrides, c.options.override_count, &findings, &err);
	if (!told)
		told = add_report(&c, &subject, findings, &err);
	if (told)
		load_told(path, loaded, &err, &result->notes);
	bpr_problems_free(findings);
	return status;
}

static void check_parts(struct checked *c, const char *path)
{
	size_t known = bpr_problems_count(c->loaded->problems);
	struct bpr_error err = { 0 };
	bpr_status status = find_soundness(c, &err);

	if (!status)
		status = check_file(c, &err);
	if (!status)
		known = bpr_problems_count(c->loaded->problems);
	for (size_t i = 0; i < c->loaded->count && !status; i++) {
		status = check_flow(c, c->loaded->chosen[i], &err);
		if (!status)
			bpr_problems_truncate(c->loaded->problems, known);
	}
	if (status) {
		say_failure(&c->result->notes, &err, path, c->loaded->problems, known);
		c->result->status = common_status(status);
	}
	forget_soundness(c);
}

/* What is wrong with a table of procedures is the result as well. */
static bpr_status procedure_findings(const struct reporting *run, const char *path, bpr_procedures **out, bpr_problems *problems, struct bpr_error *err)
{
	const struct common_args *common = run->common;
	struct bpr_procedure_options options = BPR_PROCEDURE_OPTIONS_INIT;
	bpr_status status;

	options.encoding = common_encoding(common);
	if (common->max_bytes)
		options.max_bytes = common->max_bytes;
	status = bpr_procedures_read(path, &options, out, problems, err);
	if (status == BPR_ESYNTAX && bpr_problems_count_severity(problems, BPR_SEVERITY_ERROR))
		return BPR_OK;
	return status ? status : bpr_procedures_check(*out, common->max_states, problems, err);
}

static void check_procedures(const struct reporting *run, const char *path, struct result *result)
{
	struct loaded loaded = { 0 };
	struct bpr_subject subject = { .whole_file = true };
	struct bpr_error err = { 0 };
	bpr_procedures *procedures = NULL;
	bpr_problems *findings = NULL;
	struct checked c;
	bpr_status status = bpr_problems_new(&loaded.problems, &err);

	checked_begin(&c, run, &loaded, result);
	if (!status)
		status = procedure_findings(run, path, &procedures, loaded.problems, &err);
	if (!status)
		status = bpr_problems_arrange(loaded.problems, c.options.overrides, c.options.override_count, &findings, &err);
	subject.procedures = procedures;
	if (!status)
		status = add_report(&c, &subject, findings, &err);
	if (!status && !procedures)
		result->status = STATUS_INPUT;
	if (status) {
		say_failure(&result->notes, &err, path, loaded.problems, 0);
		result->status = common_status(status);
	}
	bpr_problems_free(findings);
	bpr_procedures_free(procedures);
	loaded_release(&loaded);
}

static void check_input(const void *data, const char *path, struct result *result)
{
	const struct reporting *run = data;
	const struct common_args *common = run->common;
	struct loaded loaded;
	struct bpr_error err = { 0 };

	if (bpr_procedures_recognize(path, common_encoding(common))) {
		check_procedures(run, path, result);
		return;
	}
	if (load_quietly(path, common, !common->with.count, &loaded, &err)) {
		result->status = check_unread(run, path, &loaded, &err, result);
	} else {
		result->status = load_choose(path, common->processes.items, common->processes.count, &loaded, &result->notes);
		if (!result->status)
			result->status = load_levers(common, &loaded, &result->notes);
		if (!result->status) {
			struct checked c;

			checked_begin(&c, run, &loaded, result);
			check_parts(&c, path);
		}
	}
	loaded_release(&loaded);
}

static int check(struct check_args *args)
{
	struct reporting reporting = { .common = &args->common, .args = args };
	struct text out = { 0 };
	int status = STATUS_USAGE;

	if (args->list_rules) {
		rules_list(&out);
		return print_text(&out);
	}
	if (rules_parse(&args->rule_list, &args->rules))
		status = batch_reports(&reporting, BPR_REPORT_CHECK, check_input);
	rules_release(&args->rules);
	return status;
}

static int run(const struct cmd *cmd, int argc, char **argv)
{
	struct check_args args = { .common = COMMON_ARGS_INIT };
	int status;

	if (common_begin(cmd, argc, argv, &args.common, &status) && levers_understood(&args.common, &status) && paging_understood(cmd, &args.common, BPR_REPORT_CHECK, &status))
		status = check(&args);
	paging_release(&args.common);
	opt_release(cmd->groups, &args);
	return status;
}

static const struct opt_group groups[] = {
	{ N_("Findings"), check_opts }, { N_("Inputs"), inputs_opts }, { N_("Input"), input_opts }, { N_("Levers"), lever_opts }, { N_("Output"), check_output_opts }, { N_("Pages"), page_check_opts },
	{ N_("Limits"), limit_opts }, { N_("General"), report_general_opts }, { NULL, NULL },
};

static const char *const examples[] = {
	"bpr check flow.bpmn", N_("findings, worst first; exit status 1 if one is an error"),
	"bpr check -v flow.bpmn", N_("also what of the file was passed over"),
	"bpr check --rule model=off --rule A006=error flow.bpmn", N_("no findings about modelling; a missing duration fails"),
	"bpr check -f short flow.bpmn", N_("one line a finding, for an editor"),
	"bpr check procedures.csv", N_("contradictions, overlaps and gaps of a table of procedures"),
	"bpr check -f json flows/*.csv", N_("findings of many flows for a program"),
	NULL,
};

const struct cmd cmd_check = {
	"check", N_("is the flow sound, complete and free of analogue rules?"),
	N_("Is this flow sound, complete and free of analogue rules? Lists what was found with a code each ('bpr explain CODE' says more): steps that no case reaches, joins that wait for ever, shares that do not add up, values that were assumed, rules that ask for paper, presence or seals. A table of procedures (bpr-procedures(5)) is checked for conditions that contradict themselves, procedures that overlap, and households that match nothing."),
	examples, groups, false, run,
};

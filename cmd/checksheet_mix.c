/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr checksheet --mix: what households need on average, and what the sheet changes in a flow. */
#include "config.h"
#include "checksheet.h"
#include "flow_output.h"
#include "load.h"
#include "output.h"
#include "say.h"
#include <bpr/lever.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What failed is told; its exit status. */
static int failed(bpr_status status, const struct bpr_error *err, const char *file, const bpr_problems *problems, size_t known)
{
	struct text notes = { 0 };

	say_failure(&notes, err, file, problems, known);
	if (notes.data)
		fputs(notes.data, stderr);
	text_release(&notes);
	return status == BPR_EINVAL ? STATUS_USAGE : common_status(status);
}

static void tell_warnings(const struct checksheet_args *args, const bpr_problems *problems, size_t known)
{
	struct text notes = { 0 };

	if (!args->common.quiet)
		say_problems(&notes, problems, known, args->common.verbose ? BPR_SEVERITY_INFO : BPR_SEVERITY_WARNING, BPR_SEVERITY_WARNING);
	if (notes.data)
		fputs(notes.data, stderr);
	text_release(&notes);
}

/* ---- the lever ---- */

/* What the sheet prevents: of the event that was named, else of all. */
struct risk { double without, with; const char *event; };

static int find_risk(const struct checksheet_args *args, const struct bpr_household_mix *mix, struct risk *out)
{
	struct text events = { 0 };

	*out = (struct risk){ mix->any_omitted, mix->any_omitted_sheet, "" };
	if (!args->event)
		return STATUS_OK;
	for (size_t i = 0; i < mix->event_count; i++) {
		const struct bpr_mix_event *e = &mix->events[i];
		enum bpr_life_event named = bpr_life_event_find(args->event);

		if (!strcmp(e->event, args->event) || (named < BPR_EVENT_COUNT && named == bpr_life_event_find(e->event))) {
			*out = (struct risk){ e->any_omitted, e->any_omitted_sheet, e->event };
			return STATUS_OK;
		}
		text_puts(&events, i ? ", " : "");
		text_puts(&events, e->event);
	}
	say("U119", NULL, "--event", args->event, events.data ? events.data : "-");
	text_release(&events);
	return STATUS_USAGE;
}

static double prevented(const struct risk *risk)
{
	return risk->without > 0 ? 1 - risk->with / risk->without : 0;
}

static bpr_status make_levers(const struct checksheet_args *args, const struct risk *risk, bpr_levers **out, struct bpr_error *err)
{
	char value[32], without[32], with[32];
	struct bpr_lever_action action = { .kind = BPR_LEVER_CHECK_SHEET, .target = "*", .value = value };
	struct bpr_lever lever = { .id = "check_sheet", .name = tr(N_("Check sheet of procedures")), .note = "", .actions = &action, .action_count = 1,
				   .cost = (double)NAN, .yearly_cost = (double)NAN, .effort_days = (double)NAN, .ease = 5, .finding = "", .where = "" };
	struct text note = { 0 };
	bpr_status status;

	(void)snprintf(value, sizeof(value), "%.1f%%", 100 * prevented(risk));
	(void)snprintf(without, sizeof(without), "%.1f%%", 100 * risk->without);
	(void)snprintf(with, sizeof(with), "%.1f%%", 100 * risk->with);
	text_fill(&note, N_("households that forget something: {1}, with the sheet {2} ({3})"), without, with, args->mix);
	lever.note = note.data;
	status = bpr_levers_new(args->mix, out, err);
	if (!status)
		status = bpr_levers_add(*out, &lever, err);
	text_release(&note);
	return status;
}

static int write_levers(const struct checksheet_args *args, const bpr_levers *levers)
{
	const char *inputs[] = { args->procedures, args->mix, args->flow };
	struct bpr_error err = { 0 };
	char *text = NULL;
	size_t length = 0;
	int status = STATUS_OK;
	bpr_status wrong = bpr_levers_write(levers, NULL, lang(), &text, &length, &err);

	if (wrong)
		return failed(wrong, &err, NULL, NULL, 0);
	if (output_side_open(args->levers, inputs, args->flow ? 3 : 2, &status)) {
		(void)output_side_write(text, length);
		status = output_side_commit() ? STATUS_OK : STATUS_OUTPUT;
	}
	bpr_levers_text_free(text);
	return status;
}

/* ---- the flow ---- */

/* A flow before and after, analysed. */
struct fed {
	struct loaded loaded;
	bpr_flow *after;
	bpr_analysis *analysis[2];
};

static int write_after(const struct checksheet_args *args, struct fed *fed, bpr_problems *problems)
{
	const char *dot = strrchr(flow_output_base(args->after), '.');
	const char *inputs[] = { args->procedures, args->mix, args->flow };
	struct flow_output out = { .path = args->after, .format = dot ? bpr_write_format_find(dot) : BPR_WRITE_COUNT, .inputs = inputs, .input_count = 3 };
	struct bpr_write_options options = BPR_WRITE_OPTIONS_INIT;
	struct bpr_flows flows = { .items = &fed->after, .count = 1 };
	struct bpr_files files = { 0 };
	struct bpr_error err = { 0 };
	struct text stem = { 0 };
	size_t known = bpr_problems_count(problems);
	bpr_status wrong;
	int status;

	if (out.format == BPR_WRITE_COUNT) {
		say("U108", NULL, args->after, "bpmn, csv, json, dot", NULL);
		return STATUS_USAGE;
	}
	text_add(&stem, args->after, flow_output_stem(args->after));
	options.stem = flow_output_base(stem.data);
	options.japanese = lang() == BPR_LANG_JA;
	wrong = bpr_write(&flows, NULL, 0, out.format, &options, &files, problems, &err);
	if (wrong)
		status = failed(wrong, &err, args->flow, problems, known);
	else
		status = flow_output_is_stream(&out) ? flow_output_stream(&out, &files, args->flow) : flow_output_files(&out, &files, stem.data);
	flow_output_flush(&out);
	flow_output_release(&out);
	bpr_files_release(&files);
	text_release(&stem);
	return status;
}

static int analyse(const struct checksheet_args *args, const bpr_flow *flow, bpr_problems *problems, bpr_analysis **out)
{
	struct bpr_analysis_options options = BPR_ANALYSIS_OPTIONS_INIT;
	struct bpr_error err = { 0 };
	size_t known = bpr_problems_count(problems);
	bpr_status wrong = bpr_analyse(flow, &options, out, problems, &err);

	return wrong ? failed(wrong, &err, args->flow, problems, known) : STATUS_OK;
}

/* Reads the flow, applies the lever, analyses both; a lever that fits nothing there is told. */
static int feed(const struct checksheet_args *args, const bpr_levers *levers, struct fed *fed, bpr_problems *problems)
{
	struct bpr_error err = { 0 };
	struct text notes = { 0 };
	size_t known;
	bool refused = false;
	int status = load_side(args->flow, &args->common, 0, &fed->loaded, &notes);
	bpr_status wrong;

	if (notes.data)
		fputs(notes.data, stderr);
	text_release(&notes);
	if (status)
		return status;
	known = bpr_problems_count(problems);
	wrong = bpr_levers_apply(fed->loaded.chosen[0], levers, NULL, &refused, &fed->after, problems, &err);
	if (wrong)
		return failed(wrong, &err, args->flow, problems, known);
	if (refused) {
		tell_warnings(args, problems, known);
		return STATUS_INPUT;
	}
	status = analyse(args, fed->loaded.chosen[0], problems, &fed->analysis[0]);
	return status ? status : analyse(args, fed->after, problems, &fed->analysis[1]);
}

static void forget(struct fed *fed)
{
	bpr_analysis_free(fed->analysis[0]);
	bpr_analysis_free(fed->analysis[1]);
	bpr_flow_free(fed->after);
	loaded_release(&fed->loaded);
}

/* ---- the report ---- */

static int write_report(const struct checksheet_args *args, const struct bpr_subject *subject)
{
	enum bpr_format format = common_format(&args->common, BPR_REPORT_MIX);
	const char *inputs[] = { args->procedures, args->mix };
	struct bpr_report_options options = BPR_REPORT_OPTIONS_INIT;
	struct bpr_output out = { NULL, 0 };
	struct bpr_error err = { 0 };
	int status = STATUS_OK;
	bpr_status wrong;

	if (!output_open(args->common.output, inputs, 2, &status))
		return status;
	if (!common_fits_output(format))
		return STATUS_USAGE;
	common_report_options(&args->common, &options);
	options.full = args->full || args->common.verbose;
	wrong = bpr_report(BPR_REPORT_MIX, format, subject, &options, true, &out, &err);
	if (wrong) {
		output_give_up();
		return failed(wrong, &err, NULL, NULL, 0);
	}
	(void)output_write(out.data, out.length);
	status = output_commit() ? STATUS_OK : STATUS_OUTPUT;
	bpr_output_release(&out);
	return status;
}

static int fed_back(const struct checksheet_args *args, const struct bpr_household_mix *mix, struct bpr_subject *subject, struct fed *fed, bpr_problems *problems)
{
	struct bpr_error err = { 0 };
	bpr_levers *levers = NULL;
	struct risk risk;
	int status = find_risk(args, mix, &risk);
	bpr_status wrong;

	if (status || (!args->levers && !args->flow))
		return status;
	wrong = make_levers(args, &risk, &levers, &err);
	if (wrong)
		status = failed(wrong, &err, NULL, NULL, 0);
	else if (args->flow)
		status = feed(args, levers, fed, problems);
	if (!status && args->levers)
		status = write_levers(args, levers);
	if (!status && args->after)
		status = write_after(args, fed, problems);
	bpr_levers_free(levers);
	if (!status && args->flow) {
		subject->flow = fed->loaded.chosen[0];
		subject->analysis = fed->analysis[0];
		subject->after_flow = fed->after;
		subject->after_analysis = fed->analysis[1];
	}
	return status;
}

int checksheet_mix(struct checksheet_args *args, const bpr_procedures *procedures, bpr_problems *problems)
{
	struct bpr_mix_options options = BPR_MIX_OPTIONS_INIT;
	struct bpr_subject subject = { .procedures = procedures, .problems = problems, .mix_options = &options };
	struct bpr_household_mix mix = { 0 };
	struct fed fed = { .after = NULL };
	struct bpr_error err = { 0 };
	size_t known = bpr_problems_count(problems);
	bpr_status wrong;
	int status;

	options.encoding = common_encoding(&args->common);
	if (args->omission.given)
		options.omission = args->omission.value;
	if (args->effect.given)
		options.sheet_effect = args->effect.value;
	wrong = bpr_households_mix(procedures, args->mix, &options, &mix, problems, &err);
	if (wrong)
		return failed(wrong, &err, args->mix, problems, known);
	tell_warnings(args, problems, known);
	subject.mix = &mix;
	status = fed_back(args, &mix, &subject, &fed, problems);
	if (!status)
		status = write_report(args, &subject);
	forget(&fed);
	bpr_household_mix_release(&mix);
	return status;
}

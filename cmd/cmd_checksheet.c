/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr checksheet: which procedures a household needs. */
#include "config.h"
#include "checksheet.h"
#include "output.h"
#include "paging.h"
#include "say.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Large print on paper: 10.5 points become 15. */
#define LARGE 1.43

#define AT(member) OPT_AT(checksheet_args, member)

/* ---- options ---- */

static const struct opt input_opts_of[] = {
	{ .kind = OPT_OPERAND, .name = "PROCEDURES", .at = AT(procedures), .required = true, .complete = OPT_COMPLETE_FILES,
	  .help = N_("the table of procedures: CSV, the sheet of a workbook, or DMN; - is standard input") },
	{ .kind = OPT_OPERANDS, .name = "HOUSEHOLD", .at = AT(households), .complete = OPT_COMPLETE_FILES,
	  .help = N_("households as JSON, one or several in a file; each gets a sheet of its own") },
	{ .kind = OPT_CHOICE, .name = "encoding", .at = AT(common.encoding), .arg = "NAME", .choice = common_encoding_choice,
	  .help = N_("encoding of CSV input; auto finds it; utf-8-bom: finds it too, and begins a CSV report with a byte order mark, as Excel wants it") },
	{ .kind = OPT_SIZE, .name = "max-bytes", .at = AT(common.max_bytes), .arg = "N", .min = 1, .max = 9007199254740991.0, .bytes = true,
	  .help = N_("size of the table; default 16M") },
	{ .kind = OPT_END },
};

static const struct opt household_opts[] = {
	{ .kind = OPT_TEXT, .name = "event", .at = AT(event), .arg = "EVENT",
	  .help = N_("life event: 転入 (move_in), 転居 (move_within), 転出 (move_out), 婚姻 (marriage), 出生 (birth), 離婚 (divorce), 死亡 (death), or another one of the table") },
	{ .kind = OPT_TEXT, .name = "date", .at = AT(date), .arg = "DATE",
	  .help = N_("day of the event, such as 2027-03-29 or 令和9年3月29日: deadlines become days") },
	{ .kind = OPT_LIST, .name = "fact", .at = AT(facts), .arg = "KEY=VALUE",
	  .help = N_("something about the household, such as 犬=はい; may be repeated") },
	{ .kind = OPT_LIST, .name = "member", .at = AT(members), .arg = "NAME:KEY=VALUE,...",
	  .help = N_("a member of the household and facts about the person, such as 母:年齢=42,保険=国保; may be repeated") },
	{ .kind = OPT_TEXT, .name = "name", .at = AT(name), .arg = "TEXT", .help = N_("what the household is called on the sheet") },
	{ .kind = OPT_FLAG, .name = "ask", .at = AT(ask), .help = N_("ask in the terminal for what can still change the sheet") },
	{ .kind = OPT_TEXT, .name = "save", .at = AT(save), .arg = "FILE", .complete = OPT_COMPLETE_FILES,
	  .help = N_("write the household as JSON there, answers included") },
	{ .kind = OPT_END },
};

static const struct opt view_opts[] = {
	{ .kind = OPT_FLAG, .name = "one-stop", .at = AT(view.one_stop), .help = N_("walk with the one-stop counter: what it does is done there") },
	{ .kind = OPT_FLAG, .name = "proxy", .at = AT(view.proxy), .help = N_("somebody else comes: what the person must come for is told") },
	{ .kind = OPT_FLAG, .name = "plain", .at = AT(view.plain), .help = N_("plain language (やさしい日本語): short sentences, simple words") },
	{ .kind = OPT_FLAG, .name = "large", .at = AT(view.large), .help = N_("large print in HTML and PDF") },
	{ .kind = OPT_FLAG, .name = "blank", .at = AT(view.blank),
	  .help = N_("a sheet for everybody, each row with whom it is for; without --event one for each event of the table") },
	{ .kind = OPT_END },
};

static const struct opt mix_opts[] = {
	{ .kind = OPT_TEXT, .name = "mix", .at = AT(mix), .arg = "FILE", .complete = OPT_COMPLETE_FILES,
	  .help = N_("households as they come in a year (CSV): what they need on average, what they forget with and without the sheet") },
	{ .kind = OPT_REAL, .name = "omission", .at = AT(omission), .arg = "SHARE", .min = 0, .max = 1,
	  .help = N_("share of households that forget a procedure whose row does not say it; default 0.05") },
	{ .kind = OPT_REAL, .name = "sheet-effect", .at = AT(effect), .arg = "SHARE", .min = 0, .max = 1,
	  .help = N_("share of what is forgotten that the sheet prevents; default 0.8") },
	{ .kind = OPT_TEXT, .name = "levers", .at = AT(levers), .arg = "FILE", .complete = OPT_COMPLETE_FILES,
	  .help = N_("also write what the sheet changes as a table of levers, for compare --with") },
	{ .kind = OPT_TEXT, .name = "flow", .at = AT(flow), .arg = "FLOW", .complete = OPT_COMPLETE_FILES,
	  .help = N_("a flow: how many of its cases come again or end incomplete, with and without the sheet") },
	{ .kind = OPT_TEXT, .name = "after", .at = AT(after), .arg = "FILE", .complete = OPT_COMPLETE_FILES,
	  .help = N_("also write that flow as it is with the sheet, as its ending says: .csv, .bpmn") },
	{ .kind = OPT_FLAG, .name = "full", .at = AT(full), .help = N_("every table and row, not only what one reads first") },
	{ .kind = OPT_END },
};

static const char *format_choice(size_t i)
{
	for (size_t format = 0; format < BPR_FORMAT_COUNT; format++)
		if (bpr_format_serves((enum bpr_format)format, BPR_REPORT_CHECKSHEET) && !i--)
			return bpr_format_name((enum bpr_format)format);
	return NULL;
}

static const char *when_choice(size_t i)
{
	static const char *const names[] = { "auto", "always", "never", NULL };

	return names[i];
}

static const struct opt output_opts_of[] = {
	{ .kind = OPT_CHOICE, .letter = 'f', .name = "format", .at = AT(common.format), .arg = "FORMAT", .choice = format_choice,
	  .help = N_("format of the report; default: by the ending of -o, else text") },
	{ .kind = OPT_TEXT, .letter = 'o', .name = "output", .at = AT(common.output), .arg = "FILE", .complete = OPT_COMPLETE_FILES,
	  .help = N_("write the report there, whole or not at all") },
	{ .kind = OPT_CHOICE, .name = "color", .at = AT(common.color), .arg = "WHEN", .choice = when_choice,
	  .help = N_("colours in text; auto: on a terminal, unless NO_COLOR is set") },
	{ .kind = OPT_TEXT, .name = "title", .at = AT(common.page.title), .arg = "TEXT", .help = N_("title of the pages") },
	{ .kind = OPT_TEXT, .name = "office", .at = AT(common.page.office), .arg = "TEXT", .help = N_("who hands it out, on top of every page") },
	{ .kind = OPT_TEXT, .name = "issued", .at = AT(issued), .arg = "DATE",
	  .help = N_("date on top of every page; default: SOURCE_DATE_EPOCH, else none") },
	{ .kind = OPT_TEXT, .name = "stamp", .at = AT(common.page.stamp), .arg = "TEXT", .help = N_("a stamp on every page, such as 'sample'") },
	{ .kind = OPT_END },
};

/* ---- the sheets ---- */

/* The event that is not said: the only one of the table. False: there are several, told. */
static bool choose_event(struct checksheet_args *args, const bpr_procedures *procedures)
{
	struct text events = { 0 };
	size_t count = bpr_procedures_event_count(procedures);

	if (args->event || args->households.count || args->ask || args->view.blank || args->mix || !count) /* none: the table is for one */
		return true;
	if (count == 1) {
		args->event = bpr_procedures_event(procedures, 0);
		return true;
	}
	for (size_t i = 0; i < count; i++) {
		text_puts(&events, i ? ", " : "");
		text_puts(&events, bpr_procedures_event(procedures, i));
	}
	say("U225", NULL, events.data ? events.data : "", NULL, NULL);
	text_release(&events);
	return false;
}

/* Sheets of all households, in their order. */
struct sheets { struct bpr_checksheet *items; struct bpr_household_sheet *of; size_t count; };

static int make_sheets(const bpr_procedures *procedures, const struct households *households, struct sheets *out, bpr_problems *problems)
{
	int status = STATUS_OK;

	out->items = xcalloc(households->count, sizeof(*out->items));
	out->of = xcalloc(households->count, sizeof(*out->of));
	for (size_t i = 0; i < households->count && !status; i++) {
		size_t known = bpr_problems_count(problems);
		struct bpr_error err = { 0 };
		bpr_status failed = bpr_checksheet_make(procedures, households->items[i], &out->items[i], problems, &err);
		struct text notes = { 0 };

		if (failed) {
			say_failure(&notes, &err, NULL, problems, known);
			if (notes.data)
				fputs(notes.data, stderr);
			text_release(&notes);
			return failed == BPR_EINVAL ? STATUS_USAGE : common_status(failed);
		}
		out->of[i] = (struct bpr_household_sheet){ households->items[i], &out->items[i] };
		out->count = i + 1;
	}
	return status;
}

static void release_sheets(struct sheets *sheets)
{
	for (size_t i = 0; i < sheets->count; i++)
		bpr_checksheet_release(&sheets->items[i]);
	free(sheets->items);
	free(sheets->of);
}

static int write_sheets(const struct checksheet_args *args, enum bpr_format format, const struct bpr_subject *subject)
{
	struct bpr_report_options options = BPR_REPORT_OPTIONS_INIT;
	struct bpr_output out = { NULL, 0 };
	struct bpr_error err = { 0 };
	int status = STATUS_OK;
	bpr_status failed;

	if (!output_open(args->common.output, &args->procedures, 1, &status))
		return status;
	if (!common_fits_output(format))
		return STATUS_USAGE;
	common_report_options(&args->common, &options);
	options.scale = args->view.large ? LARGE : 1;
	failed = bpr_report(BPR_REPORT_CHECKSHEET, format, subject, &options, true, &out, &err);
	if (failed) {
		struct text notes = { 0 };

		output_give_up();
		say_failure(&notes, &err, NULL, NULL, 0);
		if (notes.data)
			fputs(notes.data, stderr);
		text_release(&notes);
		return common_status(failed);
	}
	(void)output_write(out.data, out.length);
	status = output_commit() ? STATUS_OK : STATUS_OUTPUT;
	bpr_output_release(&out);
	return status;
}

static int sheets_of(const struct checksheet_args *args, const bpr_procedures *procedures, struct households *households, bpr_problems *problems)
{
	enum bpr_format format = common_format(&args->common, BPR_REPORT_CHECKSHEET);
	struct bpr_subject subject = { .procedures = procedures, .problems = problems, .sheet_view = &args->view };
	struct sheets sheets = { NULL, NULL, 0 };
	size_t known = bpr_problems_count(problems);
	int status = households_make(args, procedures, households);

	if (!status && args->ask)
		status = checksheet_ask(args, procedures, &households->items[0]);
	if (!status && args->save)
		status = household_save(args->save, procedures, households->items[0]);
	if (!status)
		status = make_sheets(procedures, households, &sheets, problems);
	if (!status && !args->common.quiet) {
		struct text notes = { 0 };

		say_problems(&notes, problems, known, args->common.verbose ? BPR_SEVERITY_INFO : BPR_SEVERITY_WARNING, BPR_SEVERITY_WARNING);
		if (notes.data)
			fputs(notes.data, stderr);
		text_release(&notes);
	}
	subject.sheets = sheets.of;
	subject.sheet_count = sheets.count;
	if (!status)
		status = write_sheets(args, format, &subject);
	release_sheets(&sheets);
	return status;
}

/* ---- from the command line ---- */

static bool refuse(const char *code, const char *a1, const char *a2)
{
	say(code, NULL, a1, a2, NULL);
	return false;
}

/* Options of one way of working that were given in another. */
static bool fits_together(const struct checksheet_args *args)
{
	const struct { bool given; const char *name; } of_mix[] = {
		{ args->omission.given, "omission" }, { args->effect.given, "sheet-effect" }, { args->levers, "levers" }, { args->flow, "flow" },
		{ args->after, "after" }, { args->full, "full" },
	};
	const struct { bool given; const char *name; } of_sheet[] = {
		{ args->households.count > 0, "HOUSEHOLD" }, { args->date, "--date" }, { args->facts.count > 0, "--fact" }, { args->members.count > 0, "--member" },
		{ args->name, "--name" }, { args->ask, "--ask" }, { args->save, "--save" }, { args->view.blank, "--blank" }, { args->view.one_stop, "--one-stop" },
		{ args->view.proxy, "--proxy" }, { args->view.plain, "--plain" }, { args->view.large, "--large" },
	};

	for (size_t i = 0; !args->mix && i < sizeof(of_mix) / sizeof(of_mix[0]); i++)
		if (of_mix[i].given)
			return refuse("U120", of_mix[i].name, "mix");
	for (size_t i = 0; args->mix && i < sizeof(of_sheet) / sizeof(of_sheet[0]); i++)
		if (of_sheet[i].given)
			return refuse("U229", of_sheet[i].name, "--mix");
	if (args->after && !args->flow)
		return refuse("U120", "after", "flow");
	if (args->ask && (args->households.count || args->view.blank))
		return refuse("U229", args->view.blank ? "--blank" : "HOUSEHOLD", "--ask");
	if (args->save && (args->households.count || args->view.blank))
		return refuse("U229", args->view.blank ? "--blank" : "HOUSEHOLD", "--save");
	if (args->ask && isatty(STDIN_FILENO) != 1)
		return refuse("U228", NULL, NULL);
	return true;
}

static bool understood(const struct cmd *cmd, struct checksheet_args *args)
{
	enum bpr_report_kind kind = args->mix ? BPR_REPORT_MIX : BPR_REPORT_CHECKSHEET;
	enum bpr_format format = common_format(&args->common, BPR_REPORT_CHECKSHEET);
	int status;

	if (!fits_together(args) || format == BPR_FORMAT_COUNT)
		return false;
	if (args->date && !bpr_date_parse(args->date, &args->day))
		return refuse("U227", args->date, NULL);
	if (args->issued && !bpr_format_pages(format))
		return refuse("U123", "issued", "html, xlsx, pdf");
	if (!paging_understood(cmd, &args->common, kind, &status))
		return false;
	if (args->issued)
		args->common.page.options.date = args->issued;
	return true;
}

static int work(struct checksheet_args *args)
{
	struct bpr_procedure_options options = BPR_PROCEDURE_OPTIONS_INIT;
	struct households households = { NULL, 0, 0 };
	bpr_procedures *procedures = NULL;
	bpr_problems *problems = NULL;
	struct bpr_error err = { 0 };
	struct text notes = { 0 };
	bpr_status failed = bpr_problems_new(&problems, &err);
	int status;

	options.encoding = common_encoding(&args->common);
	if (args->common.max_bytes)
		options.max_bytes = args->common.max_bytes;
	if (!failed)
		failed = bpr_procedures_read(args->procedures, &options, &procedures, problems, &err);
	if (failed)
		say_failure(&notes, &err, strcmp(args->procedures, "-") != 0 ? args->procedures : "stdin", problems, 0);
	else if (!args->common.quiet)
		say_problems(&notes, problems, 0, args->common.verbose ? BPR_SEVERITY_INFO : BPR_SEVERITY_WARNING, BPR_SEVERITY_WARNING);
	if (notes.data)
		fputs(notes.data, stderr);
	text_release(&notes);
	if (failed)
		status = common_status(failed);
	else if (!choose_event(args, procedures))
		status = STATUS_USAGE;
	else if (args->mix)
		status = checksheet_mix(args, procedures, problems);
	else
		status = sheets_of(args, procedures, &households, problems);
	households_release(&households);
	bpr_procedures_free(procedures);
	bpr_problems_free(problems);
	return status;
}

static int run(const struct cmd *cmd, int argc, char **argv)
{
	struct checksheet_args args = { .common = COMMON_ARGS_INIT };
	int status;

	if (common_begin(cmd, argc, argv, &args.common, &status))
		status = understood(cmd, &args) ? work(&args) : STATUS_USAGE;
	paging_release(&args.common);
	opt_release(cmd->groups, &args);
	return status;
}

static const struct opt_group groups[] = {
	{ N_("Procedures and households"), input_opts_of }, { N_("One household"), household_opts }, { N_("The sheet"), view_opts },
	{ N_("On average"), mix_opts }, { N_("Output"), output_opts_of }, { N_("General"), report_general_opts }, { NULL, NULL },
};

static const char *const examples[] = {
	"bpr checksheet procedures.csv --ask", N_("asks what matters, then prints the sheet"),
	"bpr checksheet procedures.csv --event 転入 --member 母:年齢=42 -o sheet.html",
	N_("the sheet of a household as a page to be printed and ticked"),
	"bpr checksheet procedures.csv households.json --one-stop -o sheets.pdf", N_("one sheet for each household of the file, walked with the one-stop counter"),
	"bpr checksheet procedures.csv --blank --plain --large -o blank.pdf", N_("sheets for everybody in plain words and large print"),
	"bpr checksheet procedures.csv --mix mix.csv --levers levers.csv", N_("what households need and forget on average, and the lever for compare --with"),
	NULL,
};

const struct cmd cmd_checksheet = {
	"checksheet", N_("the procedures that a household needs"),
	N_("Which procedures does this household need? Reads a table of procedures with their conditions and prints the check sheet of a household: where to go in which order, what to bring, by which day, what falls away with a one-stop counter. What is not known is never left out: it is marked to be confirmed."),
	examples, groups, false, run,
};

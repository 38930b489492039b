/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr walk: be the citizen. */
#include "config.h"
#include "cmd.h"
#include "load.h"
#include "output.h"
#include "say.h"
#include "stroll.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct walk_args {
	struct common_args common;
	const char *before, *after, *answers, *record, *name, *date;
	struct opt_real speed;
	bool draw, sheet;
	size_t rows;
	long day; /* what --date says */
};

enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV, FORMAT_HTML, FORMAT_PDF, FORMAT_COUNT };

static const char *format_choice(size_t i)
{
	static const char *const names[] = { "text", "json", "csv", "html", "pdf", NULL };

	return names[i];
}

static const char *when_choice(size_t i)
{
	static const char *const names[] = { "auto", "always", "never", NULL };

	return names[i];
}

#define MOST 9007199254740991.0

static const struct opt walk_opts[] = {
	{ .kind = OPT_OPERAND, .name = "FLOW", .at = OPT_AT(walk_args, before), .required = true, .complete = OPT_COMPLETE_FILES,
	  .help = N_("the flow to go through: a flow table (CSV or .xlsx) or a BPMN file") },
	{ .kind = OPT_OPERAND, .name = "AFTER", .at = OPT_AT(walk_args, after), .complete = OPT_COMPLETE_FILES,
	  .help = N_("the flow as it is to be: gone through next, and set beside the first") },
	{ .kind = OPT_REAL, .name = "speed", .at = OPT_AT(walk_args, speed), .arg = "X", .min = 0, .max = 1000,
	  .help = N_("how fast time goes: 1, the default, takes a second for each minute and four at most; 2 is twice as fast; 0 takes no time") },
	{ .kind = OPT_TEXT, .name = "answers", .at = OPT_AT(walk_args, answers), .arg = "FILE|LIST", .complete = OPT_COMPLETE_FILES,
	  .help = N_("answers instead of a terminal: a file with one a line, - for standard input, or a list with ',' between") },
	{ .kind = OPT_FLAG, .name = "draw", .at = OPT_AT(walk_args, draw), .help = N_("ways and minutes are drawn by lot, nothing is asked but the name") },
	{ .kind = OPT_TEXT, .name = "name", .at = OPT_AT(walk_args, name), .arg = "NAME",
	  .help = N_("your name, a made-up one will do; a terminal still has it written on every form") },
	{ .kind = OPT_SIZE, .name = "seed", .at = OPT_AT(common_args, seed), .arg = "N", .min = 0, .max = MOST,
	  .help = N_("seed of random draws; default 1; the same seed gives the same bytes") },
	{ .kind = OPT_TEXT, .name = "record", .at = OPT_AT(walk_args, record), .arg = "LOG", .complete = OPT_COMPLETE_FILES,
	  .help = N_("write what happened as an event log (CSV), which 'bpr mine' reads") },
	{ .kind = OPT_TEXT, .name = "date", .at = OPT_AT(walk_args, date), .arg = "DATE",
	  .help = N_("day of the walk in --record, and of a PDF; default: that of SOURCE_DATE_EPOCH, else none is written") },
	{ .kind = OPT_END },
};

static const struct opt sheet_opts[] = {
	{ .kind = OPT_FLAG, .name = "sheet", .at = OPT_AT(walk_args, sheet),
	  .help = N_("no walk: the blank sheet of a walk-through survey, with the counters of the flow; as CSV 'bpr mine' reads it when it is filled in") },
	{ .kind = OPT_SIZE, .name = "rows", .at = OPT_AT(walk_args, rows), .arg = "N", .min = 0, .max = 200,
	  .help = N_("empty rows on the sheet below those of the flow; default 8") },
	{ .kind = OPT_END },
};

static const struct opt walk_output_opts[] = {
	{ .kind = OPT_CHOICE, .letter = 'f', .name = "format", .at = OPT_AT(common_args, format), .arg = "FORMAT", .choice = format_choice,
	  .help = N_("format: text or json of a walk; text, csv, html or pdf of a sheet; default: by the ending of -o, else text") },
	{ .kind = OPT_TEXT, .letter = 'o', .name = "output", .at = OPT_AT(common_args, output), .arg = "FILE", .complete = OPT_COMPLETE_FILES,
	  .help = N_("write the report there, whole or not at all") },
	{ .kind = OPT_CHOICE, .name = "color", .at = OPT_AT(common_args, color), .arg = "WHEN", .choice = when_choice,
	  .help = N_("colours in text; auto: on a terminal, unless NO_COLOR is set") },
	{ .kind = OPT_END },
};

/* ---- what the options say ---- */

static bool usage(const char *code, const char *a1, const char *a2, int *status)
{
	say(code, NULL, a1, a2, NULL);
	*status = STATUS_USAGE;
	return false;
}

/* -f, or the ending of -o. */
static size_t format_of(const struct walk_args *args)
{
	const char *dot = args->common.output ? strrchr(args->common.output, '.') : NULL;
	size_t i = FORMAT_TEXT;

	if (args->common.format != BPR_FORMAT_COUNT)
		return args->common.format;
	if (!dot || !strcmp(dot, ".txt"))
		return FORMAT_TEXT;
	while (i < FORMAT_COUNT && strcmp(dot + 1, format_choice(i)) != 0)
		i++;
	return i;
}

static bool day_of(struct walk_args *args, int *status)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	const struct bpr_walk_log_options log = BPR_WALK_LOG_OPTIONS_INIT;
	double seconds;

	args->day = log.date;
	if (args->date && !bpr_date_parse(args->date, &args->day))
		return usage("U161", "date", args->date, status);
	if (!args->date && epoch && bpr_text_number(epoch, &seconds) && seconds >= 0 && seconds < 1e11)
		args->day = (long)(seconds / 86400);
	return true;
}

static bool understood(struct walk_args *args, size_t *format, int *status)
{
	const struct { bool given; const char *option; } walking[] = {
		{ args->answers, "answers" }, { args->draw, "draw" }, { args->record, "record" }, { args->name, "name" }, { args->speed.given, "speed" },
	};

	*format = format_of(args);
	for (size_t i = 0; args->sheet && i < sizeof(walking) / sizeof(walking[0]); i++)
		if (walking[i].given)
			return usage("U160", "sheet", walking[i].option, status);
	if (args->sheet && args->after)
		return usage("U234", args->after, NULL, status);
	if (*format == FORMAT_COUNT)
		return usage("U108", args->common.output, args->sheet ? "txt, csv, html, pdf" : "txt, json", status);
	if (args->sheet ? *format == FORMAT_JSON : *format > FORMAT_JSON)
		return usage(args->sheet ? "U236" : "U235", format_choice(*format), NULL, status);
	if (args->record && !strcmp(args->record, "-") && (!args->common.output || !strcmp(args->common.output, "-")))
		return usage("U165", "-", NULL, status);
	if (args->record && args->common.output && !strcmp(args->record, args->common.output))
		return usage("U165", args->record, NULL, status);
	return day_of(args, status);
}

static bool wants_color(const struct walk_args *args)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	if (args->common.color)
		return args->common.color == 1;
	return isatty(STDERR_FILENO) == 1 && !(no && *no) && !(term && !strcmp(term, "dumb"));
}

/* ---- the flows ---- */

struct side { struct loaded loaded; bpr_analysis *analysis; bpr_walk *walk; };

static const char *path_of(const struct walk_args *args, size_t which)
{
	return which && args->after ? args->after : args->before;
}

/* The after is read, or made of the before by --with; levers on an after that is read change it. */
static int load_one(const struct walk_args *args, size_t which, const struct side *before, struct side *side, struct text *notes)
{
	int status;

	if (which && !args->after)
		return load_after(&args->common, &before->loaded, &side->loaded, notes);
	status = load_side(path_of(args, which), &args->common, which, &side->loaded, notes);
	return status || !which ? status : load_levers(&args->common, &side->loaded, notes);
}

/* STATUS_OK, or the exit status, told. */
static int open_side(const struct walk_args *args, size_t which, const struct side *before, struct side *side)
{
	const char *path = path_of(args, which);
	struct bpr_analysis_options options;
	struct text notes = { 0 };
	struct bpr_error err = { 0 };
	bpr_status failed = BPR_OK;
	int status = load_one(args, which, before, side, &notes);
	size_t read = status ? 0 : bpr_problems_count(side->loaded.problems);

	if (!status) {
		common_analysis_options(&args->common, &options);
		failed = bpr_analyse(side->loaded.chosen[0], &options, &side->analysis, side->loaded.problems, &err);
		if (failed) {
			say_failure(&notes, &err, path, side->loaded.problems, read);
			status = common_status(failed);
		} else if (!args->common.quiet) {
			say_problems(&notes, side->loaded.problems, 0, args->common.verbose ? BPR_SEVERITY_INFO : BPR_SEVERITY_WARNING, BPR_SEVERITY_WARNING);
		}
	}
	if (notes.data)
		fputs(notes.data, stderr);
	text_release(&notes);
	return status;
}

static void close_side(struct side *side)
{
	bpr_walk_free(side->walk);
	bpr_analysis_free(side->analysis);
	loaded_release(&side->loaded);
}

static int told(const struct bpr_error *err, const char *path, bpr_status failed)
{
	struct text notes = { 0 };

	say_failure(&notes, err, path, NULL, 0);
	if (notes.data)
		fputs(notes.data, stderr);
	text_release(&notes);
	return failed == BPR_EIO ? STATUS_OUTPUT : common_status(failed);
}

/* ---- walking ---- */

/* STATUS_OK: to its end. */
static int go(struct stroll *s, const struct walk_args *args, struct side *side, const char *path)
{
	struct bpr_walk_options options = BPR_WALK_OPTIONS_INIT;
	struct bpr_walk_event e = { .what = BPR_WALK_STEP };
	struct bpr_error err = { 0 };
	bpr_status failed;

	options.seed = args->common.seed;
	options.drawn = args->draw;
	s->flow = side->loaded.chosen[0];
	failed = bpr_walk_new(s->flow, &options, &side->walk, &err);
	while (!failed && e.what != BPR_WALK_END) {
		failed = bpr_walk_next(side->walk, &e, &err);
		if (failed)
			break;
		if (e.what == BPR_WALK_CHOICE) {
			size_t way = stroll_choose(s, &e);

			if (!s->failed)
				failed = bpr_walk_choose(side->walk, way, NULL, &err);
		} else {
			(void)stroll_show(s, &e);
		}
		if (s->failed)
			return STATUS_INPUT;
	}
	return failed ? told(&err, path, failed) : STATUS_OK;
}

static void welcome(const struct stroll *s, const bpr_flow *flow, bool after)
{
	struct stroll_words name, who;
	const char *title = *bpr_flow_name(flow) ? bpr_flow_name(flow) : bpr_flow_id(flow);

	(void)fputs("\n", stderr);
	stroll_head(s, stroll_safe(&name, title));
	if (after)
		stroll_fill(s, 0, N_("Now the same errand as it is to be, {1}."), stroll_safe(&who, s->name), NULL, NULL);
	else
		stroll_fill(s, 0, N_("Welcome, {1}. Today you are a citizen with an errand, and you go where the signs send you."),
			    stroll_safe(&who, s->name), NULL, NULL);
}

static int write_text(char *data, size_t length)
{
	(void)output_write(data, length);
	bpr_walk_text_free(data);
	return output_commit() ? STATUS_OK : STATUS_OUTPUT;
}

static int write_report(const struct walk_args *args, size_t format, const struct bpr_walk_told *walks, size_t count)
{
	struct bpr_error err = { 0 };
	struct text out = { 0 };
	char *json = NULL;
	size_t length;
	bpr_status failed;
	int status;

	if (format == FORMAT_JSON) {
		failed = bpr_walk_write_json(walks, count, args->common.seed, &json, &length, &err);
		return failed ? told(&err, args->before, failed) : write_text(json, length);
	}
	failed = stroll_report(&out, walks, count, &err);
	if (failed) {
		status = told(&err, args->before, failed);
	} else {
		(void)output_write(out.data, out.length);
		status = output_commit() ? STATUS_OK : STATUS_OUTPUT;
	}
	text_release(&out);
	return status;
}

static int write_record(const struct walk_args *args, const char *who, const struct bpr_walk_told *walks, size_t count)
{
	struct bpr_walk_log_options options = BPR_WALK_LOG_OPTIONS_INIT;
	struct bpr_error err = { 0 };
	char *csv = NULL;
	size_t length;
	bpr_status failed;

	if (!args->record)
		return STATUS_OK;
	options.lang = lang();
	options.who = who;
	options.date = args->day;
	failed = bpr_walk_write_log(walks, count, &options, &csv, &length, &err);
	if (failed)
		return told(&err, args->before, failed);
	(void)output_side_write(csv, length);
	bpr_walk_text_free(csv);
	return output_side_commit() ? STATUS_OK : STATUS_OUTPUT;
}

static int walk_all(struct stroll *s, const struct walk_args *args, size_t format, struct side sides[2], size_t count)
{
	struct bpr_walk_told walks[2];
	int status = STATUS_OK;

	if (!stroll_ask_name(s))
		return STATUS_INPUT;
	for (size_t k = 0; k < count && !status; k++) {
		welcome(s, sides[k].loaded.chosen[0], k > 0);
		status = go(s, args, &sides[k], path_of(args, k));
		walks[k] = (struct bpr_walk_told){ sides[k].loaded.chosen[0], sides[k].walk, sides[k].analysis };
	}
	if (status)
		return status;
	(void)fputs("\n", stderr);
	status = write_record(args, s->name, walks, count);
	return status ? status : write_report(args, format, walks, count);
}

static int walk(const struct walk_args *args, size_t format)
{
	const char *inputs[2] = { args->before, path_of(args, 1) };
	struct side sides[2] = { { .walk = NULL }, { .walk = NULL } };
	struct stroll s = { .name = args->name && *args->name ? args->name : NULL, .speed = args->speed.value, .draw = args->draw };
	size_t count = args->after || args->common.with.count ? 2 : 1;
	int status = STATUS_OK;

	s.terminal = !args->answers && isatty(STDIN_FILENO) == 1;
	s.color = wants_color(args);
	for (size_t k = 0; k < count && !status; k++)
		status = open_side(args, k, &sides[0], &sides[k]);
	if (!status && stroll_answers(&s, args->answers, &status) && output_open(args->common.output, inputs, count, &status)) {
		if (!args->record || output_side_open(args->record, inputs, count, &status))
			status = walk_all(&s, args, format, sides, count);
		if (status)
			output_give_up();
	}
	stroll_release(&s);
	close_side(&sides[1]); /* an after that was made borrows from the before */
	close_side(&sides[0]);
	return status;
}

/* ---- the blank sheet ---- */

static int sheet(const struct walk_args *args, size_t format)
{
	static const enum bpr_walk_sheet_format formats[] = {
		[FORMAT_TEXT] = BPR_WALK_SHEET_TEXT, [FORMAT_CSV] = BPR_WALK_SHEET_CSV, [FORMAT_HTML] = BPR_WALK_SHEET_HTML, [FORMAT_PDF] = BPR_WALK_SHEET_PDF,
	};
	struct bpr_walk_sheet_options options = BPR_WALK_SHEET_OPTIONS_INIT;
	struct loaded loaded;
	struct text notes = { 0 };
	struct bpr_error err = { 0 };
	char *data = NULL;
	size_t length;
	int status = load_side(args->before, &args->common, 0, &loaded, &notes);
	bpr_status failed;

	options.lang = lang();
	options.format = formats[format];
	options.date = args->date;
	options.rows = args->rows;
	if (notes.data)
		fputs(notes.data, stderr);
	if (!status) {
		failed = bpr_walk_write_sheet(loaded.chosen[0], &options, &data, &length, NULL, &err);
		if (failed)
			status = told(&err, args->before, failed);
		else if (!output_open(args->common.output, &args->before, 1, &status) || (format == FORMAT_PDF && !common_fits_terminal("pdf")))
			status = status ? status : STATUS_USAGE;
		else
			status = write_text(data, length), data = NULL;
		bpr_walk_text_free(data);
	}
	text_release(&notes);
	loaded_release(&loaded);
	return status;
}

static int run(const struct cmd *cmd, int argc, char **argv)
{
	struct walk_args args = { .common = COMMON_ARGS_INIT, .speed = { 1, false }, .rows = 8 };
	size_t format;
	int status;

	if (common_begin(cmd, argc, argv, &args.common, &status) && levers_understood(&args.common, &status) &&
	    understood(&args, &format, &status))
		status = args.sheet ? sheet(&args, format) : walk(&args, format);
	opt_release(cmd->groups, &args);
	return status;
}

static const struct opt_group groups[] = {
	{ N_("Walk"), walk_opts }, { N_("Observation sheet"), sheet_opts }, { N_("Input"), input_opts }, { N_("Levers"), lever_opts }, { N_("Output"), walk_output_opts },
	{ N_("Limits of the input"), limit_opts }, { N_("General"), general_opts }, { NULL, NULL },
};

static const char *const examples[] = {
	"bpr walk before.csv", N_("be the citizen: signs, forms, waiting, sent back; then how your case compares"),
	"bpr walk before.csv after.csv", N_("the same errand on both flows, side by side"),
	"bpr walk --draw --speed 0 --name 北見花子 before.csv", N_("a case drawn by lot, without waiting"),
	"bpr walk --answers 1,2,1 --name 北見花子 --record log.csv before.csv", N_("ways chosen beforehand; what happened as an event log"),
	"bpr walk --sheet -o sheet.pdf before.csv", N_("the sheet to take along on a real walk-through survey"),
	NULL,
};

const struct cmd cmd_walk = {
	"walk", N_("be the citizen: go through the counters yourself"),
	N_("What is it like to have this errand? You go from counter to counter, write your name on every form, wait, are sent back, and see in the end how your case compares with what is expected of any: on the flow as it is, and on the one to be."),
	examples, groups, false, run,
};

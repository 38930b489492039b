/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr share: what one municipality gives to another. */
#include "config.h"
#include "cmd.h"
#include "load.h"
#include "output.h"
#include "say.h"
#include "share.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DO_PACK, DO_OPEN, DO_COMPARE };

static const char *action_choice(size_t i)
{
	static const char *const names[] = { "pack", "open", "compare", NULL };

	return names[i];
}

enum { FORMATS = 6 };
static const char *format_choice(size_t i)
{
	static const char *const names[FORMATS + 1] = { "text", "md", "json", "csv", "html", "xlsx", NULL };

	return names[i];
}

static const char *when_choice(size_t i)
{
	static const char *const names[] = { "auto", "always", "never", NULL };

	return names[i];
}

static const struct opt share_opts[] = {
	{ .kind = OPT_OPERAND, .name = "ACTION", .at = OPT_AT(share_args, action), .required = true, .choice = action_choice,
	  .help = N_("pack: make one; open: look into one, or unpack it with -o; compare: several beside each other") },
	{ .kind = OPT_OPERANDS, .name = "FILE", .at = OPT_AT(share_args, files), .complete = OPT_COMPLETE_FILES,
	  .help = N_("pack: the flow as it is, and as it is to be or has become; else packs") },
	{ .kind = OPT_REAL, .name = "population", .at = OPT_AT(share_args, population), .arg = "N", .min = 1, .max = 1e9,
	  .help = N_("pack: residents of the municipality; open, compare: residents to rescale demand and staff to") },
	{ .kind = OPT_END },
};

static const struct opt pack_opts[] = {
	{ .kind = OPT_TEXT, .name = "municipality", .at = OPT_AT(share_args, municipality), .arg = "NAME", .help = N_("whose it is; required") },
	{ .kind = OPT_TEXT, .name = "licence", .at = OPT_AT(share_args, licence), .arg = "LICENCE",
	  .help = N_("what may be done with it, such as CC-BY-4.0; required") },
	{ .kind = OPT_TEXT, .name = "levers", .at = OPT_AT(share_args, levers), .arg = "FILE", .complete = OPT_COMPLETE_FILES,
	  .help = N_("a table of levers, to go into the pack; without AFTER they make the after") },
	{ .kind = OPT_TEXT, .name = "measured", .at = OPT_AT(share_args, measured), .arg = "FILE", .complete = OPT_COMPLETE_FILES,
	  .help = N_("an event log, or what 'bpr mine -f json' made of it: only sums go into the pack") },
	{ .kind = OPT_REAL, .name = "area", .at = OPT_AT(share_args, area), .arg = "KM2", .min = 0.01, .max = 1e6, .help = N_("area in square kilometres") },
	{ .kind = OPT_REAL, .name = "households", .at = OPT_AT(share_args, households), .arg = "N", .min = 1, .max = 1e9, .help = N_("households") },
	{ .kind = OPT_TEXT, .name = "title", .at = OPT_AT(share_args, title), .arg = "TEXT", .help = N_("what the pack is about") },
	{ .kind = OPT_TEXT, .name = "note", .at = OPT_AT(share_args, note), .arg = "TEXT", .help = N_("what one should know of it") },
	{ .kind = OPT_LIST, .name = "source", .at = OPT_AT(share_args, sources), .arg = "TEXT",
	  .help = N_("where it comes from: a report, an address; may be repeated") },
	{ .kind = OPT_TEXT, .name = "date", .at = OPT_AT(share_args, date), .arg = "DATE",
	  .help = N_("date of the pack; default: that of SOURCE_DATE_EPOCH, else none") },
	{ .kind = OPT_LIST, .name = "allow", .at = OPT_AT(share_args, allow), .arg = "CODE",
	  .help = N_("let something through that looks personal, by the code of its message (Z020 to Z025); told, and written into the pack; may be repeated") },
	{ .kind = OPT_END },
};

static const struct opt share_input_opts[] = {
	{ .kind = OPT_LIST, .name = "set", .at = OPT_AT(common_args, sets), .arg = "KEY=VALUE",
	  .help = N_("override one parameter of the flow, such as demand.per_day=80, staff.POOL=4 or step.T3.work=tri(3,5,9); may be repeated") },
	{ .kind = OPT_LIST, .name = "process", .at = OPT_AT(common_args, processes), .arg = "ID",
	  .help = N_("only the process with this id (or name) of a BPMN file with several; may be repeated") },
	{ .kind = OPT_CHOICE, .name = "encoding", .at = OPT_AT(common_args, encoding), .arg = "NAME", .choice = common_encoding_choice,
	  .help = N_("encoding of CSV input; auto finds it; utf-8-bom: finds it too, and begins a CSV report with a byte order mark, as Excel wants it") },
	{ .kind = OPT_SIZE, .name = "max-bytes", .at = OPT_AT(common_args, max_bytes), .arg = "N", .min = 1, .max = 9007199254740991.0, .bytes = true,
	  .help = N_("size of a pack; default 64M") },
	{ .kind = OPT_END },
};

static const struct opt share_output_opts[] = {
	{ .kind = OPT_CHOICE, .letter = 'f', .name = "format", .at = OPT_AT(common_args, format), .arg = "FORMAT", .choice = format_choice,
	  .help = N_("format of the report of open (text, md, json) and compare; default: by the ending of -o, else text") },
	{ .kind = OPT_TEXT, .letter = 'o', .name = "output", .at = OPT_AT(common_args, output), .arg = "FILE", .complete = OPT_COMPLETE_FILES,
	  .help = N_("pack: the archive (.zip), required; open: a new folder to unpack into; compare: the report") },
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

static bool understood_pack(const struct share_args *args, int *status)
{
	const struct { const void *given; const char *option; } needed[] = {
		{ args->municipality, "municipality" }, { args->licence, "licence" }, { args->population.given ? args : NULL, "population" },
		{ args->common.output, "output" },
	};

	if (args->files.count > 2)
		return usage("U261", args->files.items[2], NULL, status);
	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
		if (!needed[i].given)
			return usage("U262", needed[i].option, NULL, status);
	for (size_t i = 0; i < args->allow.count; i++) {
		const char *code = args->allow.items[i];

		if (strncmp(code, "Z02", 3) != 0 || code[3] < '0' || code[3] > '5' || code[4])
			return usage("U263", code, NULL, status);
	}
	return true;
}

/* Options of pack where nothing is packed. */
static bool understood_else(const struct share_args *args, int *status)
{
	const struct { const void *given; const char *option; } packing[] = {
		{ args->municipality, "municipality" }, { args->licence, "licence" }, { args->levers, "levers" }, { args->measured, "measured" },
		{ args->title, "title" }, { args->note, "note" }, { args->date, "date" }, { args->sources.count ? args : NULL, "source" },
		{ args->allow.count ? args : NULL, "allow" }, { args->area.given ? args : NULL, "area" }, { args->households.given ? args : NULL, "households" },
	};

	for (size_t i = 0; i < sizeof(packing) / sizeof(packing[0]); i++)
		if (packing[i].given)
			return usage("U264", packing[i].option, NULL, status);
	return true;
}

static bool understood(struct share_args *args, size_t action, int *status)
{
	long day;
	int y, m, d;
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	double seconds;

	if (!args->files.count)
		return usage("U260", action_choice(action), NULL, status);
	if (action == DO_OPEN && args->files.count > 1)
		return usage("U261", args->files.items[1], NULL, status);
	if (!(action == DO_PACK ? understood_pack(args, status) : understood_else(args, status)))
		return false;
	if (args->date && !bpr_date_parse(args->date, &day))
		return usage("U161", "date", args->date, status);
	if (!args->date && epoch && bpr_text_number(epoch, &seconds) && seconds >= 0 && seconds < 1e11)
		day = (long)(seconds / 86400);
	else if (!args->date)
		return true;
	bpr_date_parts(day, &y, &m, &d);
	(void)snprintf(args->day, sizeof(args->day), "%04d-%02d-%02d", y, m, d);
	return true;
}

enum bpr_format share_format(const struct share_args *args)
{
	static const enum bpr_format formats[FORMATS] = {
		BPR_FORMAT_TEXT, BPR_FORMAT_MD, BPR_FORMAT_JSON, BPR_FORMAT_CSV, BPR_FORMAT_HTML, BPR_FORMAT_XLSX,
	};
	const char *dot = args->common.output ? strrchr(args->common.output, '.') : NULL;

	if (args->common.format != BPR_FORMAT_COUNT)
		return formats[args->common.format];
	return dot ? bpr_format_find(dot) : BPR_FORMAT_TEXT;
}

int share_told(const struct bpr_error *err, const char *path, const bpr_problems *problems, bpr_status failed)
{
	struct text notes = { 0 };

	say_failure(&notes, err, path, problems, 0);
	if (notes.data)
		fputs(notes.data, stderr);
	text_release(&notes);
	return failed == BPR_EINVAL ? STATUS_INPUT : common_status(failed);
}

void share_warn(const struct share_args *args, const bpr_problems *problems)
{
	struct text notes = { 0 };

	if (!args->common.quiet)
		say_problems(&notes, problems, 0, args->common.verbose ? BPR_SEVERITY_INFO : BPR_SEVERITY_WARNING, BPR_SEVERITY_WARNING);
	if (notes.data)
		fputs(notes.data, stderr);
	text_release(&notes);
}

static int run(const struct cmd *cmd, int argc, char **argv)
{
	struct share_args args = { .common = COMMON_ARGS_INIT };
	int status;

	if (common_begin(cmd, argc, argv, &args.common, &status)) {
		size_t action = opt_choice_find(&share_opts[0], args.action);

		if (understood(&args, action, &status))
			status = action == DO_PACK ? share_pack(&args) : action == DO_OPEN ? share_open(&args) : share_compare(&args);
	}
	opt_release(cmd->groups, &args);
	return status;
}

static const struct opt_group groups[] = {
	{ N_("Sharing"), share_opts }, { N_("Making a pack"), pack_opts }, { N_("Input"), share_input_opts }, { N_("Output"), share_output_opts },
	{ N_("General"), general_opts }, { NULL, NULL },
};

static const char *const examples[] = {
	"bpr share pack b.csv -o b.zip --municipality K --population 980 --licence CC0",
	N_("flows, parameters and provenance in one file"),
	"bpr share open kitamachi.zip", N_("whose it is, on what terms, what is in it"),
	"bpr share open --population 83000 -o ours kitamachi.zip", N_("unpacked, demand and staff rescaled to a town of 83,000"),
	"bpr share compare -o towns.html kitamachi.zip ohashi.zip", N_("municipalities beside each other, per 10,000 residents too"),
	NULL,
};

const struct cmd cmd_share = {
	"share", N_("give a flow and its results to other municipalities, and take theirs"),
	N_("What did others change, what did it bring them, and what would it bring here? Makes one file of flows, parameters, measured sums, levers and their provenance, without personal data; opens one with care and rescales it to another population; and sets several municipalities beside each other."),
	examples, groups, false, run,
};

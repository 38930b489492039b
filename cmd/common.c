/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options that mean the same in every command, defined once. */
#include "config.h"
#include "cmd.h"
#include "output.h"
#include "picture.h"
#include "say.h"
#include "text.h"
#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define AT(member) OPT_AT(common_args, member)
/* As a double: every count below it is exact. */
#define MOST 9007199254740991.0

static const char *lang_choice(size_t i)
{
	static const char *const names[] = { "en", "ja", NULL };

	return names[i];
}

/* The format of choice i among those that the kind of report can be had in, or BPR_FORMAT_COUNT. */
static enum bpr_format format_at(enum bpr_report_kind kind, size_t i)
{
	size_t format = 0;

	for (; format < BPR_FORMAT_COUNT; format++)
		if (bpr_format_serves((enum bpr_format)format, kind) && !i--)
			break;
	return (enum bpr_format)format;
}

static const char *format_choice(size_t i)
{
	return bpr_format_name(format_at(BPR_REPORT_ANALYSIS, i));
}

static const char *check_format_choice(size_t i)
{
	return bpr_format_name(format_at(BPR_REPORT_CHECK, i));
}

static const char *mine_format_choice(size_t i)
{
	return bpr_format_name(format_at(BPR_REPORT_MINING, i));
}

static const char *suggest_format_choice(size_t i)
{
	return bpr_format_name(format_at(BPR_REPORT_SUGGESTION, i));
}

static const char *when_choice(size_t i)
{
	static const char *const names[] = { "auto", "always", "never", NULL };

	return names[i];
}

enum { ENCODING_BOM = 4 };

/* In the order of common_encoding(). */
const char *common_encoding_choice(size_t i)
{
	static const char *const names[] = { "auto", "utf-8", "utf-16", "cp932|shift_jis|sjis|ms932|windows-31j",
					     "utf-8-bom|utf8-bom", NULL };

	return names[i];
}

#define GENERAL_OPTS \
	{ .kind = OPT_FLAG, .letter = 'q', .name = "quiet", .at = AT(quiet), .help = N_("no warnings on standard error") }, \
	{ .kind = OPT_COUNT, .letter = 'v', .name = "verbose", .at = AT(verbose), .help = N_("also say what was passed over, and every detail") }, \
	{ .kind = OPT_HELP, .letter = 'h', .name = "help", .help = N_("show this help") }, \
	{ .kind = OPT_VERSION, .name = "version", .help = N_("show the version") }, \
	{ .kind = OPT_END }

const struct opt general_opts[] = {
	{ .kind = OPT_CHOICE, .name = "lang", .at = AT(lang), .arg = "LANG", .choice = lang_choice,
	  .help = N_("language of reports and messages; else from BPR_LANG, LC_ALL, LC_MESSAGES or LANG") },
	GENERAL_OPTS,
};

const struct opt report_general_opts[] = {
	{ .kind = OPT_CHOICES, .name = "lang", .at = AT(langs), .arg = "LANG[,LANG]", .choice = lang_choice,
	  .help = N_("language of reports and messages; else from BPR_LANG, LC_ALL, LC_MESSAGES or LANG. ja,en: an HTML report in both, which its reader switches between, or a workbook with the sheets of both; messages in the first") },
	GENERAL_OPTS,
};

const struct opt inputs_opts[] = {
	{ .kind = OPT_OPERANDS, .name = "INPUT", .at = AT(inputs), .complete = OPT_COMPLETE_FILES,
	  .help = N_("a flow table (CSV or .xlsx) or a BPMN file; - is standard input; @LIST stands for the names in the file LIST") },
	{ .kind = OPT_TEXT, .name = "files-from", .at = AT(files_from), .arg = "LIST", .complete = OPT_COMPLETE_FILES,
	  .help = N_("read the names of more inputs from the file LIST, one a line; - is standard input") },
	{ .kind = OPT_SIZE, .letter = 'j', .name = "jobs", .at = AT(jobs), .arg = "N", .min = 1, .max = 1024,
	  .help = N_("inputs worked on at the same time; default: the processors available") },
	{ .kind = OPT_CHOICE, .name = "progress", .at = AT(progress), .arg = "WHEN", .choice = when_choice,
	  .help = N_("say on standard error how far it is; auto: on a terminal, with several inputs") },
	{ .kind = OPT_END },
};

const struct opt input_opts[] = {
	{ .kind = OPT_LIST, .name = "set", .at = AT(sets), .arg = "KEY=VALUE",
	  .help = N_("override one parameter of the flow, such as demand.per_day=80, staff.POOL=4 or step.T3.work=tri(3,5,9); may be repeated") },
	{ .kind = OPT_LIST, .name = "process", .at = AT(processes), .arg = "ID",
	  .help = N_("only the process with this id (or name) of a BPMN file with several; may be repeated") },
	{ .kind = OPT_TEXT, .name = "scenario", .at = AT(scenario), .arg = "ID",
	  .help = N_("BPSim scenario to take parameters from, by id or name; default: the only one, or the first") },
	{ .kind = OPT_LIST, .name = "simulation", .at = AT(simulations), .arg = "FILE", .complete = OPT_COMPLETE_FILES,
	  .help = N_("file with simulation data of a BPMN file (Scylla, BPSim, QBP, Prosimos); wins over what the file itself says; may be repeated, the last one wins") },
	{ .kind = OPT_CHOICE, .name = "encoding", .at = AT(encoding), .arg = "NAME", .choice = common_encoding_choice,
	  .help = N_("encoding of CSV input; auto finds it; utf-8-bom: finds it too, and begins a CSV report with a byte order mark, as Excel wants it") },
	{ .kind = OPT_END },
};

const struct opt lever_opts[] = {
	{ .kind = OPT_LIST, .name = "with", .at = AT(with), .arg = "LEVERS", .complete = OPT_COMPLETE_FILES,
	  .help = N_("change the flow as this table of levers says (CSV, or the sheet 施策 of a workbook); may be repeated, in order; see bpr-levers(5)") },
	{ .kind = OPT_TEXT, .name = "levers", .at = AT(levers), .arg = "ID[,ID]",
	  .help = N_("only these levers of --with, by id or name") },
	{ .kind = OPT_END },
};

#define OUTPUT_OPTS(formats) \
	{ .kind = OPT_CHOICE, .letter = 'f', .name = "format", .at = AT(format), .arg = "FORMAT", .choice = (formats), \
	  .help = N_("format of the report; default: by the ending of -o, else text") }, \
	{ .kind = OPT_TEXT, .letter = 'o', .name = "output", .at = AT(output), .arg = "FILE", .complete = OPT_COMPLETE_FILES, \
	  .help = N_("write the report there, whole or not at all") }, \
	{ .kind = OPT_CHOICE, .name = "color", .at = AT(color), .arg = "WHEN", .choice = when_choice, \
	  .help = N_("colours in text; auto: on a terminal, unless NO_COLOR is set") }

const struct opt output_opts[] = { OUTPUT_OPTS(format_choice), { .kind = OPT_END } };
const struct opt check_output_opts[] = { OUTPUT_OPTS(check_format_choice), { .kind = OPT_END } };
const struct opt mine_output_opts[] = { OUTPUT_OPTS(mine_format_choice), { .kind = OPT_END } };
const struct opt suggest_output_opts[] = { OUTPUT_OPTS(suggest_format_choice), { .kind = OPT_END } };

const struct opt sampling_opts[] = {
	{ .kind = OPT_SIZE, .name = "seed", .at = AT(seed), .arg = "N", .min = 0, .max = MOST,
	  .help = N_("seed of random draws; default 1; the same seed gives the same bytes") },
	{ .kind = OPT_SIZE, .name = "samples", .at = AT(samples), .arg = "N", .min = 0, .max = 1e9,
	  .help = N_("cases drawn for a figure that has no exact way; default 20000; 0: none, the figure is left out") },
	{ .kind = OPT_END },
};

const struct opt limit_opts[] = {
	{ .kind = OPT_SIZE, .name = "max-bytes", .at = AT(max_bytes), .arg = "N", .min = 1, .max = MOST, .bytes = true,
	  .help = N_("size of one input; default 1G") },
	{ .kind = OPT_SIZE, .name = "max-nodes", .at = AT(max_nodes), .arg = "N", .min = 1, .max = 1e9,
	  .help = N_("nodes of a flow; default 5000000") },
	{ .kind = OPT_SIZE, .name = "max-depth", .at = AT(max_depth), .arg = "N", .min = 1, .max = 250,
	  .help = N_("nesting of sub-processes and of XML; default 200") },
	{ .kind = OPT_SIZE, .name = "max-field", .at = AT(max_field), .arg = "N", .min = 1, .max = 1 << 30, .bytes = true,
	  .help = N_("size of one cell or attribute; default 1M") },
	{ .kind = OPT_SIZE, .name = "max-states", .at = AT(max_states), .arg = "N", .min = 1, .max = 1e12,
	  .help = N_("states that an analysis may unfold; default 2000000 and 8 more for each node") },
	{ .kind = OPT_SIZE, .name = "max-fine-states", .at = AT(max_fine_states), .arg = "N", .min = 1, .max = 1e12,
	  .help = N_("states that only refine a figure; more of them: it is sampled; default 100000") },
	{ .kind = OPT_END },
};

/* ---- language ---- */

static enum bpr_lang chosen = BPR_LANG_EN;

enum bpr_lang lang(void)
{
	return chosen;
}

void lang_set(enum bpr_lang new_lang)
{
	chosen = new_lang;
}

const char *tr(const char *id)
{
	return bpr_text(chosen, id);
}

static enum bpr_lang lang_of(const char *name)
{
	return !strncmp(name, "ja", 2) && !strchr("abcdefghijklmnopqrstuvwxyz", name[2] ? name[2] : '_') ? BPR_LANG_JA : BPR_LANG_EN;
}

void lang_guess(int argc, char **argv)
{
	static const char *const names[] = { "BPR_LANG", "LC_ALL", "LC_MESSAGES", "LANG" };

	chosen = BPR_LANG_EN;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = getenv(names[i]);

		if (value && *value) {
			chosen = lang_of(value);
			break;
		}
	}
	/* Usage errors before --lang is parsed are in its language too. */
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (!strncmp(argv[i], "--lang=", 7))
			chosen = lang_of(argv[i] + 7);
		else if (!strcmp(argv[i], "--lang") && i + 1 < argc)
			chosen = lang_of(argv[i + 1]);
	}
}

/* ---- from args to options of the library ---- */

bool common_begin(const struct cmd *cmd, int argc, char **argv, struct common_args *args, int *status)
{
	args->lang = chosen;
	switch (opt_parse(cmd->name, cmd->groups, argc, argv, args)) {
	case OPT_OK:
		for (size_t i = 0; i < args->langs.count; i++)
			args->lang_list[i] = (enum bpr_lang)args->langs.items[i];
		chosen = args->langs.count ? args->lang_list[0] : (enum bpr_lang)args->lang;
		args->argv = argv;
		args->argc = argc;
		args->operands = optind;
		return true;
	case OPT_SHOW_HELP:
		*status = help_print(cmd);
		return false;
	case OPT_SHOW_VERSION:
		*status = help_version();
		return false;
	case OPT_BAD:
		break;
	}
	*status = STATUS_USAGE;
	return false;
}

enum bpr_format common_format(const struct common_args *args, enum bpr_report_kind kind)
{
	const char *slash, *dot;
	enum bpr_format format;
	char names[128] = "";

	if (args->format != BPR_FORMAT_COUNT)
		return format_at(kind, args->format);
	if (!args->output || !strcmp(args->output, "-"))
		return BPR_FORMAT_TEXT;
	slash = strrchr(args->output, '/');
	dot = strrchr(slash ? slash : args->output, '.');
	if (!dot || !strcmp(dot, ".txt"))
		return BPR_FORMAT_TEXT;
	format = bpr_format_find(dot);
	if (bpr_format_serves(format, kind))
		return format;
	for (size_t i = 0; format_at(kind, i) != BPR_FORMAT_COUNT; i++) {
		size_t n = strlen(names);

		(void)snprintf(names + n, sizeof(names) - n, "%s%s", i ? ", " : "", bpr_format_name(format_at(kind, i)));
	}
	say("U108", NULL, args->output, names, NULL);
	return BPR_FORMAT_COUNT;
}

const char *common_encoding(const struct common_args *args)
{
	static const char *const encodings[] = { NULL, "utf-8", "utf-16", "cp932", NULL };

	return encodings[args->encoding];
}

void common_read_options(const struct common_args *args, struct bpr_read_options *options)
{
	*options = (struct bpr_read_options)BPR_READ_OPTIONS_INIT;
	options->encoding = common_encoding(args);
	options->sets = args->sets.items;
	options->set_count = args->sets.count;
	options->scenario = args->scenario;
	options->simulations = args->simulations.items;
	options->simulation_count = args->simulations.count;
	if (args->max_bytes)
		options->max_bytes = args->max_bytes;
	options->max_nodes = args->max_nodes;
	options->max_depth = args->max_depth;
	options->max_field = args->max_field;
}

void common_analysis_options(const struct common_args *args, struct bpr_analysis_options *options)
{
	*options = (struct bpr_analysis_options)BPR_ANALYSIS_OPTIONS_INIT;
	options->seed = args->seed;
	options->samples = args->samples;
	options->max_states = args->max_states;
	options->max_fine_states = args->max_fine_states;
}

static bool wants_color(const struct common_args *args)
{
	static const char *const names[] = { "NO_COLOR", "CLICOLOR_FORCE", "TERM" };
	const char *values[3];

	if (args->color)
		return args->color == 1;
	for (size_t i = 0; i < 3; i++) {
		values[i] = getenv(names[i]);
		if (!values[i])
			values[i] = "";
	}
	if (*values[0])
		return false;
	if (*values[1] && strcmp(values[1], "0") != 0)
		return true;
	return output_is_terminal() && strcmp(values[2], "dumb") != 0;
}

/* By the names that every system has; setlocale() is never called, so that numbers stay as they are. */
static bool is_utf8_locale(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return strstr(value, "UTF-8") || strstr(value, "utf8") || strstr(value, "UTF8") || strstr(value, "utf-8");
	}
	return false;
}

void common_report_options(const struct common_args *args, struct bpr_report_options *options)
{
	static char made[32]; /* the same in every call */
	struct winsize size;

	*options = (struct bpr_report_options)BPR_REPORT_OPTIONS_INIT;
	options->lang = chosen;
	options->seed = args->seed;
	options->color = wants_color(args);
	options->langs = args->lang_list;
	options->lang_count = args->langs.count;
	options->page = args->page.options.size ? &args->page.options : NULL;
	options->bom = args->encoding == ENCODING_BOM;
	options->blocks = output_is_terminal() && is_utf8_locale();
	options->made = picture_date(made, sizeof(made));
	/* Off a terminal the width is fixed: the same bytes everywhere. */
	if (output_is_terminal() && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col >= 40)
		options->width = size.ws_col;
}

bool common_fits_book(enum bpr_format format, size_t reports)
{
	char count[32];

	if ((format != BPR_FORMAT_XLSX && format != BPR_FORMAT_PDF) || reports < 2)
		return true;
	(void)snprintf(count, sizeof(count), "%zu", reports);
	say("U128", NULL, count, NULL, NULL);
	return false;
}

bool common_fits_terminal(const char *format)
{
	if (!output_is_terminal())
		return true;
	output_give_up();
	say("U129", NULL, format, NULL, NULL);
	return false;
}

bool common_fits_output(enum bpr_format format)
{
	return (format != BPR_FORMAT_XLSX && format != BPR_FORMAT_PDF) || common_fits_terminal(bpr_format_name(format));
}

int common_status(bpr_status status)
{
	switch (status) {
	case BPR_OK:
		return STATUS_OK;
	case BPR_ESYNTAX:
	case BPR_EUNSUPPORTED:
	case BPR_ENOEXIT:
	case BPR_EIO:
		return STATUS_INPUT;
	case BPR_ENOMEM:
	case BPR_ELIMIT:
		return STATUS_LIMIT;
	case BPR_ECANCELLED:
		return STATUS_INTERRUPTED;
	case BPR_EINVAL:
	case BPR_ENOCONV:
		break;
	}
	return STATUS_FAULT;
}

bpr_status common_queueing(const bpr_flow *flow, const bpr_analysis *analysis, bpr_problems *problems, bpr_queueing **out,
			   struct bpr_error *err)
{
	const struct bpr_node_result *nodes = bpr_analysis_nodes(analysis);
	size_t count = bpr_flow_node_count(flow);
	double *visits = xcalloc(count, sizeof(*visits));
	bpr_status status;

	for (size_t i = 0; i < count; i++)
		visits[i] = nodes[i].visits;
	status = bpr_queueing_solve(flow, visits, bpr_analysis_arcs(analysis), NULL, out, problems, err);
	free(visits);
	return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr convert: the same flow in another format. */
#include "config.h"
#include "batch.h"
#include "cmd.h"
#include "flow_output.h"
#include "load.h"
#include "output.h"
#include "say.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct convert_args {
	struct common_args common;
	size_t format;           /* enum bpr_write_format; BPR_WRITE_COUNT: by the ending */
	const char *output;
	size_t output_encoding, headings;
};

/* What a run works with. */
struct conversion {
	const struct convert_args *args;
	struct flow_output out;
};

static const char *write_format_choice(size_t i)
{
	return bpr_write_format_name((enum bpr_write_format)i);
}

/* In the order of `encodings` below. */
static const char *output_encoding_choice(size_t i)
{
	static const char *const names[] = { "utf-8", "utf-8-bom", "cp932|shift_jis|sjis|ms932|windows-31j", NULL };

	return names[i];
}

static const char *headings_choice(size_t i)
{
	static const char *const names[] = { "auto", "en", "ja", NULL };

	return names[i];
}

static const struct opt inputs_only[] = {
	{ .kind = OPT_OPERANDS, .name = "INPUT", .at = OPT_AT(common_args, inputs), .complete = OPT_COMPLETE_FILES,
	  .help = N_("a flow table (CSV or .xlsx), a BPMN file or JSON of a flow; - is standard input; @LIST stands for the names in the file LIST") },
	{ .kind = OPT_TEXT, .name = "files-from", .at = OPT_AT(common_args, files_from), .arg = "LIST", .complete = OPT_COMPLETE_FILES,
	  .help = N_("read the names of more inputs from the file LIST, one a line; - is standard input") },
	{ .kind = OPT_END },
};

static const struct opt convert_opts[] = {
	{ .kind = OPT_CHOICE, .letter = 'f', .name = "format", .at = OPT_AT(convert_args, format), .arg = "FORMAT", .choice = write_format_choice,
	  .help = N_("format to write; default: by the ending of -o") },
	{ .kind = OPT_TEXT, .letter = 'o', .name = "output", .at = OPT_AT(convert_args, output), .arg = "FILE", .complete = OPT_COMPLETE_FILES,
	  .help = N_("write there, whole or not at all; a folder (with / at the end) takes a file for each input; default: standard output") },
	{ .kind = OPT_CHOICE, .name = "output-encoding", .at = OPT_AT(convert_args, output_encoding), .arg = "NAME", .choice = output_encoding_choice,
	  .help = N_("encoding of CSV; utf-8-bom is what spreadsheet programs read best; default utf-8") },
	{ .kind = OPT_CHOICE, .name = "headings", .at = OPT_AT(convert_args, headings), .arg = "LANG", .choice = headings_choice,
	  .help = N_("language of the headings and words of CSV; auto: that of messages") },
	{ .kind = OPT_END },
};

/* ---- where to ---- */

/* The format, from -f or the ending of the output; BPR_WRITE_COUNT: said why there is none. */
static enum bpr_write_format find_format(const struct convert_args *args, bool folder)
{
	const char *dot = args->output && !folder ? strrchr(flow_output_base(args->output), '.') : NULL;
	enum bpr_write_format format = (enum bpr_write_format)args->format;
	char names[64] = "";

	if (format == BPR_WRITE_COUNT && dot)
		format = bpr_write_format_find(dot);
	if (format != BPR_WRITE_COUNT)
		return format;
	for (size_t i = 0; i < BPR_WRITE_COUNT; i++) {
		size_t n = strlen(names);

		(void)snprintf(names + n, sizeof(names) - n, "%s%s", i ? ", " : "", bpr_write_format_name((enum bpr_write_format)i));
	}
	if (dot)
		say("U108", NULL, args->output, names, NULL);
	else
		say("U150", NULL, names, NULL, NULL);
	return format;
}

/* A name of a file out of a process id: what would lead elsewhere becomes a line. */
static void add_name(struct text *path, const char *id)
{
	for (const char *s = id; *s; s++) {
		bool leads = *s == '/' || *s == '\\' || (unsigned char)*s < 0x20 || (s == id && *s == '.');

		text_add(path, leads ? "_" : s, 1);
	}
}

/* Path of the output without its ending. flow: where a table is one of several of an input, else NULL. */
static void output_stem(const struct conversion *c, const char *input, const bpr_flow *flow, struct text *path)
{
	const char *base = strcmp(input, "-") ? flow_output_base(input) : "stdin";
	size_t n = strlen(c->args->output);

	if (!c->out.folder) {
		text_add(path, c->args->output, flow_output_stem(c->args->output));
		return;
	}
	text_add(path, c->args->output, n);
	if (n && c->args->output[n - 1] != '/')
		text_add(path, "/", 1);
	text_add(path, base, flow_output_stem(base));
	if (flow) {
		text_add(path, "-", 1);
		add_name(path, bpr_flow_id(flow));
	}
}

/* ---- writing ---- */

/* The id of a flow alone is no reason for a table beside it where there is no room for one: it is said instead. */
static void leave_id_out(struct conversion *c, const char *input, const bpr_flow *flow)
{
	const char *base = strcmp(input, "-") ? flow_output_base(input) : "stdin", *id = bpr_flow_id(flow);

	if ((c->out.format == BPR_WRITE_CSV || c->out.format == BPR_WRITE_XLSX) && !c->args->common.quiet &&
	    (strlen(id) != flow_output_stem(base) || strncmp(id, base, strlen(id)) != 0))
		say_to(&c->out.notes, "U157", input, id, NULL, NULL);
}

/* ---- one input ---- */

/* Index of a chosen flow among all of the input. */
static size_t index_of(const struct loaded *loaded, size_t chosen)
{
	size_t i = 0;

	while (loaded->flows.items[i] != loaded->chosen[chosen])
		i++;
	return i;
}

/* Flows [first, first + count) of those chosen, into one file. `own`: it is one of several of the input. */
static int convert_flows(struct conversion *c, const char *input, const struct loaded *loaded, size_t first, size_t count, bool own)
{
	static const char *const encodings[] = { "utf-8", "utf-8-bom", "cp932" };
	struct bpr_write_options options = BPR_WRITE_OPTIONS_INIT;
	size_t *chosen = xcalloc(count, sizeof(*chosen));
	size_t known = bpr_problems_count(loaded->problems);
	struct bpr_files files = { 0 };
	struct bpr_error err = { 0 };
	struct text stem = { 0 };
	bool stream = flow_output_is_stream(&c->out);
	bpr_status failed;
	int status;

	for (size_t i = 0; i < count; i++)
		chosen[i] = index_of(loaded, first + i);
	if (!stream) {
		output_stem(c, input, own ? loaded->chosen[first] : NULL, &stem);
		options.stem = flow_output_base(stem.data);
	} else if (c->out.format == BPR_WRITE_CSV || c->out.format == BPR_WRITE_XLSX)
		options.stem = bpr_flow_id(loaded->chosen[first]);
	options.encoding = encodings[c->args->output_encoding];
	options.japanese = c->args->headings ? c->args->headings == 2 : lang() == BPR_LANG_JA;
	failed = bpr_write(&loaded->flows, chosen, count, c->out.format, &options, &files, loaded->problems, &err);
	if (failed) {
		say_failure(&c->out.notes, &err, input, loaded->problems, known);
		status = failed == BPR_ESYNTAX ? STATUS_OUTPUT : common_status(failed);
	} else {
		if (!c->args->common.quiet)
			say_problems(&c->out.notes, loaded->problems, known, BPR_SEVERITY_WARNING, BPR_SEVERITY_WARNING);
		if (stream && files.count == 1)
			leave_id_out(c, input, loaded->chosen[first]);
		status = stream ? flow_output_stream(&c->out, &files, input) : flow_output_files(&c->out, &files, stem.data);
	}
	bpr_problems_truncate(loaded->problems, known);
	bpr_files_release(&files);
	text_release(&stem);
	free(chosen);
	return status;
}

static int convert_loaded(struct conversion *c, const char *input, const struct loaded *loaded)
{
	char ids[600], count[32];
	int status = STATUS_OK;

	if (loaded->count == 1 || bpr_write_format_holds_several(c->out.format))
		return convert_flows(c, input, loaded, 0, loaded->count, false);
	if (!c->out.folder) {
		load_ids(loaded, ids, sizeof(ids));
		(void)snprintf(count, sizeof(count), "%zu", loaded->count);
		say_to(&c->out.notes, "U154", input, count, ids, NULL);
		return STATUS_USAGE;
	}
	for (size_t i = 0; i < loaded->count && status == STATUS_OK; i++)
		status = convert_flows(c, input, loaded, i, 1, true);
	return status;
}

static int convert_input(struct conversion *c, const char *input)
{
	const struct common_args *common = &c->args->common;
	struct bpr_error err = { 0 };
	struct loaded loaded;
	/* A file whose flow is changed in shape is not written into again. */
	bpr_status failed = load_quietly(input, common, !common->with.count, &loaded, &err);
	int status;

	if (failed) {
		load_told(input, &loaded, &err, &c->out.notes);
		status = load_misused(&loaded) ? STATUS_USAGE : common_status(failed);
	} else {
		status = load_choose(input, common->processes.items, common->processes.count, &loaded, &c->out.notes);
		if (!status && !common->quiet)
			say_problems(&c->out.notes, loaded.problems, 0, common->verbose ? BPR_SEVERITY_INFO : BPR_SEVERITY_WARNING,
				     BPR_SEVERITY_WARNING);
		if (!status)
			status = load_levers(common, &loaded, &c->out.notes);
		if (!status)
			status = convert_loaded(c, input, &loaded);
	}
	loaded_release(&loaded);
	return status;
}

static int convert_all(const struct convert_args *args)
{
	struct inputs inputs = { 0 };
	struct conversion c = { .args = args, .out = { .path = args->output, .folder = args->output && flow_output_is_folder(args->output) } };
	int status = STATUS_USAGE;

	c.out.format = find_format(args, c.out.folder);
	if (c.out.format == BPR_WRITE_COUNT)
		return status;
	if (inputs_collect(&args->common, &inputs, &status)) {
		status = STATUS_OK;
		c.out.inputs = inputs.items;
		c.out.input_count = inputs.count;
		if (inputs.count > 1 && !c.out.folder) {
			say("U155", NULL, NULL, NULL, NULL);
			status = STATUS_USAGE;
		}
		for (size_t i = 0; i < inputs.count && (status == STATUS_OK || c.out.folder); i++) {
			int one = convert_input(&c, inputs.items[i]);

			status = one > status ? one : status;
			flow_output_flush(&c.out);
		}
	}
	flow_output_release(&c.out);
	inputs_release(&inputs);
	return status;
}

static int run(const struct cmd *cmd, int argc, char **argv)
{
	struct convert_args args = { .common = COMMON_ARGS_INIT, .format = BPR_WRITE_COUNT };
	int status;

	if (common_begin(cmd, argc, argv, &args.common, &status) && levers_understood(&args.common, &status))
		status = convert_all(&args);
	opt_release(cmd->groups, &args);
	return status;
}

static const struct opt_group groups[] = {
	{ N_("Inputs"), inputs_only }, { N_("Input"), input_opts }, { N_("Levers"), lever_opts }, { N_("Output"), convert_opts }, { N_("Limits"), limit_opts },
	{ N_("General"), general_opts }, { NULL, NULL },
};

static const char *const examples[] = {
	"bpr convert flow.csv -o flow.bpmn", N_("a table drawn and opened in any BPMN modeller"),
	"bpr convert flow.bpmn -o flow.csv", N_("a model as a table, with the tables beside it that it needs"),
	"bpr convert --output-encoding utf-8-bom --headings ja flow.bpmn -o flow.csv", N_("the same for a spreadsheet, in Japanese"),
	"bpr convert -f json flow.csv", N_("the flow for a program, on standard output"),
	"bpr convert -f csv -o tables/ models/*.bpmn", N_("many models at once; a file with several processes gives a table for each"),
	"bpr convert --set step.T3.work=4 before.csv -o after.csv", N_("a copy with one value changed"),
	NULL,
};

const struct cmd cmd_convert = {
	"convert", N_("the same flow in another format"),
	N_("The same flow in another format: flow table (CSV or .xlsx), BPMN, JSON, and DOT for Graphviz. Nothing that a flow knows is lost between the first three; what else stands in a BPMN file and cannot be carried is named."),
	examples, groups, false, run,
};

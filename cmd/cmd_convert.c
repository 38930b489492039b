/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr convert: the same flow in another format. */
#include "config.h"
#include "batch.h"
#include "cmd.h"
#include "load.h"
#include "output.h"
#include "say.h"
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct convert_args {
	struct common_args common;
	size_t format;           /* enum bpr_write_format; BPR_WRITE_COUNT: by the ending */
	const char *output;
	size_t output_encoding, headings;
};

/* What a run works with. */
struct conversion {
	const struct convert_args *args;
	const struct inputs *inputs;
	enum bpr_write_format format;
	bool folder;             /* the output is one */
	struct text notes;
	char **written; size_t written_count, written_capacity;
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

static const char *base_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Length of a path without its ending. */
static size_t stem_length(const char *path)
{
	const char *base = base_of(path);
	const char *dot = strrchr(base, '.');

	return (size_t)(dot && dot != base ? dot - path : (ptrdiff_t)strlen(path));
}

static bool is_folder(const char *path)
{
	struct stat st;
	size_t n = strlen(path);

	return (n && path[n - 1] == '/') || (!stat(path, &st) && S_ISDIR(st.st_mode));
}

/* The format, from -f or the ending of the output; BPR_WRITE_COUNT: said why there is none. */
static enum bpr_write_format find_format(const struct convert_args *args, bool folder)
{
	const char *dot = args->output && !folder ? strrchr(base_of(args->output), '.') : NULL;
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
	const char *base = strcmp(input, "-") ? base_of(input) : "stdin";
	size_t n = strlen(c->args->output);

	if (!c->folder) {
		text_add(path, c->args->output, stem_length(c->args->output));
		return;
	}
	text_add(path, c->args->output, n);
	if (n && c->args->output[n - 1] != '/')
		text_add(path, "/", 1);
	text_add(path, base, stem_length(base));
	if (flow) {
		text_add(path, "-", 1);
		add_name(path, bpr_flow_id(flow));
	}
}

/* ---- writing ---- */

static bool take_name(struct conversion *c, const char *path)
{
	for (size_t i = 0; i < c->written_count; i++)
		if (!strcmp(c->written[i], path)) {
			say_to(&c->notes, "U151", NULL, path, NULL, NULL);
			return false;
		}
	c->written = xgrow(c->written, &c->written_capacity, c->written_count + 1, sizeof(*c->written));
	c->written[c->written_count++] = xstrdup(path);
	return true;
}

/* Messages so far go out before one of output.c. */
static void flush_notes(struct conversion *c)
{
	if (c->notes.data)
		fputs(c->notes.data, stderr);
	text_release(&c->notes);
}

/* A table beside it that stands there word for word already: one that the input was read with, after an earlier conversion. */
static bool stands_already(const char *path, const struct bpr_file *file)
{
	struct stat st;
	bool same = *file->suffix && !stat(path, &st) && S_ISREG(st.st_mode) && (uintmax_t)st.st_size == file->length;
	FILE *there = same ? fopen(path, "rb") : NULL;
	size_t at = 0;

	same = there != NULL;

	while (same && at < file->length) {
		char chunk[8192];
		size_t n = fread(chunk, 1, sizeof(chunk), there);

		same = n && n <= file->length - at && !memcmp(chunk, file->data + at, n);
		at += n;
	}
	if (there)
		(void)fclose(there);
	return same;
}

/* Would a terminal obey, or hide, something of it? C0 but line ends and tabs, DEL, C1, marks of direction. */
static bool obeyed(const char *data, size_t length)
{
	const unsigned char *s = (const unsigned char *)data;

	for (size_t i = 0; i < length; i++) {
		unsigned second = i + 1 < length ? s[i + 1] : 0;
		unsigned third = i + 2 < length ? s[i + 2] : 0;

		if ((s[i] < 0x20 && s[i] != '\n' && s[i] != '\t' && !(s[i] == '\r' && second == '\n')) || s[i] == 0x7f)
			return true;
		if (s[i] == 0xc2 && second >= 0x80 && second < 0xa0)
			return true;
		if (s[i] == 0xe2 && ((second == 0x80 && third >= 0xaa && third <= 0xae) || (second == 0x81 && third >= 0xa6 && third <= 0xa9)))
			return true;
	}
	return false;
}

static int write_file(struct conversion *c, const char *path, const struct bpr_file *file)
{
	int status = STATUS_OUTPUT;

	if (stands_already(path, file))
		return STATUS_OK;
	flush_notes(c);
	if (!output_open(path, c->inputs->items, c->inputs->count, &status))
		return status;
	if (c->format == BPR_WRITE_XLSX && !common_fits_terminal("xlsx"))
		return STATUS_USAGE;
	if (output_is_terminal() && obeyed(file->data, file->length)) {
		output_give_up();
		say("U156", NULL, NULL, NULL, NULL);
		return STATUS_OUTPUT;
	}
	(void)output_write(file->data, file->length);
	return output_commit() ? STATUS_OK : STATUS_OUTPUT;
}

static bool among(const struct bpr_files *files, const char *suffix)
{
	for (size_t i = 0; i < files->count; i++)
		if (!strcmp(files->items[i].suffix, suffix))
			return true;
	return false;
}

/* A table of an earlier time beside the output would be read with it, and change it. */
static bool has_stale(struct conversion *c, const struct bpr_files *files, const char *stem)
{
	for (size_t t = 1; t < bpr_column_table_count(); t++) {
		struct text path = { 0 };
		struct text suffix = { 0 };
		struct stat st;
		bool stale;

		text_printf(&suffix, ".%s.csv", bpr_column_table_name(t));
		text_puts(&path, stem);
		text_puts(&path, suffix.data);
		stale = !among(files, suffix.data) && !stat(path.data, &st);
		if (stale)
			say_to(&c->notes, "U152", NULL, path.data, NULL, NULL);
		text_release(&path);
		text_release(&suffix);
		if (stale)
			return true;
	}
	return false;
}

static void path_of(const struct conversion *c, const char *stem, const struct bpr_file *file, struct text *path)
{
	if (!*file->suffix && !c->folder) {
		text_puts(path, c->args->output);
		return;
	}
	text_puts(path, stem);
	text_puts(path, *file->suffix ? file->suffix : bpr_write_format_ending(c->format));
}

/* The folder asked for, where it is not there yet: one level, as a slip in a longer path should be seen. False: said why. */
static bool make_folder(struct conversion *c)
{
	if (!mkdir(c->args->output, 0777) || errno == EEXIST)
		return true;
	flush_notes(c);
	say("O101", c->args->output, say_errno(errno), NULL, NULL);
	return false;
}

/* The tables beside it first: where the flow's own file is, all of it is. */
static int write_files(struct conversion *c, const struct bpr_files *files, const char *stem)
{
	int status = STATUS_OK;

	if (c->format == BPR_WRITE_CSV && has_stale(c, files, stem))
		return STATUS_USAGE;
	for (size_t i = 0; i < files->count && status == STATUS_OK; i++) {
		struct text path = { 0 };

		path_of(c, stem, &files->items[i], &path);
		if (!take_name(c, path.data))
			status = STATUS_USAGE;
		text_release(&path);
	}
	if (status == STATUS_OK && c->folder && !make_folder(c))
		status = STATUS_OUTPUT;
	for (size_t i = files->count; i-- > 0 && status == STATUS_OK;) {
		struct text path = { 0 };

		path_of(c, stem, &files->items[i], &path);
		status = write_file(c, path.data, &files->items[i]);
		text_release(&path);
	}
	return status;
}

/* The id of a flow alone is no reason for a table beside it where there is no room for one: it is said instead. */
static void leave_id_out(struct conversion *c, const char *input, const bpr_flow *flow)
{
	const char *base = strcmp(input, "-") ? base_of(input) : "stdin", *id = bpr_flow_id(flow);

	if ((c->format == BPR_WRITE_CSV || c->format == BPR_WRITE_XLSX) && !c->args->common.quiet &&
	    (strlen(id) != stem_length(base) || strncmp(id, base, strlen(id)) != 0))
		say_to(&c->notes, "U157", input, id, NULL, NULL);
}

/* A device or standard output takes one file only. */
static int write_stream(struct conversion *c, const struct bpr_files *files, const char *input)
{
	if (files->count > 1) {
		say_to(&c->notes, "U153", input, files->items[1].suffix, NULL, NULL);
		return STATUS_USAGE;
	}
	return write_file(c, c->args->output, &files->items[0]);
}

/* ---- one input ---- */

static bool is_stream(const struct conversion *c)
{
	struct stat st;

	return !c->args->output || !strcmp(c->args->output, "-") ||
	       (!c->folder && !stat(c->args->output, &st) && !S_ISREG(st.st_mode));
}

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
	bool stream = is_stream(c);
	bpr_status failed;
	int status;

	for (size_t i = 0; i < count; i++)
		chosen[i] = index_of(loaded, first + i);
	if (!stream) {
		output_stem(c, input, own ? loaded->chosen[first] : NULL, &stem);
		options.stem = base_of(stem.data);
	} else if (c->format == BPR_WRITE_CSV || c->format == BPR_WRITE_XLSX)
		options.stem = bpr_flow_id(loaded->chosen[first]);
	options.encoding = encodings[c->args->output_encoding];
	options.japanese = c->args->headings ? c->args->headings == 2 : lang() == BPR_LANG_JA;
	failed = bpr_write(&loaded->flows, chosen, count, c->format, &options, &files, loaded->problems, &err);
	if (failed) {
		say_failure(&c->notes, &err, input, loaded->problems, known);
		status = failed == BPR_ESYNTAX ? STATUS_OUTPUT : common_status(failed);
	} else {
		if (!c->args->common.quiet)
			say_problems(&c->notes, loaded->problems, known, BPR_SEVERITY_WARNING, BPR_SEVERITY_WARNING);
		if (stream && files.count == 1)
			leave_id_out(c, input, loaded->chosen[first]);
		status = stream ? write_stream(c, &files, input) : write_files(c, &files, stem.data);
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

	if (loaded->count == 1 || bpr_write_format_holds_several(c->format))
		return convert_flows(c, input, loaded, 0, loaded->count, false);
	if (!c->folder) {
		load_ids(loaded, ids, sizeof(ids));
		(void)snprintf(count, sizeof(count), "%zu", loaded->count);
		say_to(&c->notes, "U154", input, count, ids, NULL);
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
	bpr_status failed = load_quietly(input, common, true, &loaded, &err);
	int status;

	if (failed) {
		load_told(input, &loaded, &err, &c->notes);
		status = load_misused(&loaded) ? STATUS_USAGE : common_status(failed);
	} else {
		status = load_choose(input, common->processes.items, common->processes.count, &loaded, &c->notes);
		if (!status && !common->quiet)
			say_problems(&c->notes, loaded.problems, 0, common->verbose ? BPR_SEVERITY_INFO : BPR_SEVERITY_WARNING,
				     BPR_SEVERITY_WARNING);
		if (!status)
			status = convert_loaded(c, input, &loaded);
	}
	loaded_release(&loaded);
	return status;
}

static int convert_all(const struct convert_args *args)
{
	struct inputs inputs = { 0 };
	struct conversion c = { .args = args, .inputs = &inputs, .folder = args->output && is_folder(args->output) };
	int status = STATUS_USAGE;

	c.format = find_format(args, c.folder);
	if (c.format == BPR_WRITE_COUNT)
		return status;
	if (inputs_collect(&args->common, &inputs, &status)) {
		status = STATUS_OK;
		if (inputs.count > 1 && !c.folder) {
			say("U155", NULL, NULL, NULL, NULL);
			status = STATUS_USAGE;
		}
		for (size_t i = 0; i < inputs.count && (status == STATUS_OK || c.folder); i++) {
			int one = convert_input(&c, inputs.items[i]);

			status = one > status ? one : status;
			flush_notes(&c);
		}
	}
	for (size_t i = 0; i < c.written_count; i++)
		free(c.written[i]);
	free(c.written);
	inputs_release(&inputs);
	return status;
}

static int run(const struct cmd *cmd, int argc, char **argv)
{
	struct convert_args args = { .common = COMMON_ARGS_INIT, .format = BPR_WRITE_COUNT };
	int status;

	if (common_begin(cmd, argc, argv, &args.common, &status))
		status = convert_all(&args);
	opt_release(cmd->groups, &args);
	return status;
}

static const struct opt_group groups[] = {
	{ N_("Inputs"), inputs_only }, { N_("Input"), input_opts }, { N_("Output"), convert_opts }, { N_("Limits"), limit_opts },
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr new: files to begin with. */
#include "config.h"
#include "cmd.h"
#include "flow_output.h"
#include "new.h"
#include "output.h"
#include "say.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* A new kind is a row here. */
static const struct kind {
	const char *name;
	const char *ending;   /* of its file; NULL: a folder, or what the file's ending says */
	bool folder, stream;  /* written into a folder of its own; fits standard output */
	bool flow;            /* made from a flow that is named */
	int template;         /* enum bpr_template; -1: something else */
} kinds[] = {
	{ "workbook", ".xlsx", false, true, false, -1 },
	{ "flow", ".csv", false, false, false, BPR_TEMPLATE_FLOW },
	{ "bpmn", ".bpmn", false, true, false, BPR_TEMPLATE_BPMN },
	{ "levers", ".csv", false, true, false, BPR_TEMPLATE_LEVERS },
	{ "procedures", ".csv", false, true, false, BPR_TEMPLATE_PROCEDURES },
	{ "sample", NULL, true, false, false, BPR_TEMPLATE_SAMPLE },
	{ "drill", NULL, true, false, false, BPR_TEMPLATE_DRILL },
	{ "handout", NULL, false, true, true, -1 },
};

static const char *kind_choice(size_t i)
{
	return i < sizeof(kinds) / sizeof(kinds[0]) ? kinds[i].name : NULL;
}

static const struct opt new_opts[] = {
	{ .kind = OPT_OPERAND, .name = "KIND", .at = OPT_AT(new_args, kind), .required = true, .choice = kind_choice, .complete = OPT_COMPLETE_WORDS,
	  .help = N_("what to make: workbook (.xlsx) or flow (a table with those beside it), to be filled in; bpmn, a small drawing; levers and procedures, tables with examples; sample, a whole folder; drill, a folder of exercises; handout, the sheets of a training from a flow") },
	{ .kind = OPT_OPERAND, .name = "FLOW", .at = OPT_AT(new_args, flow), .complete = OPT_COMPLETE_FILES,
	  .help = N_("handout: the flow as it is") },
	{ .kind = OPT_OPERAND, .name = "AFTER", .at = OPT_AT(new_args, after), .complete = OPT_COMPLETE_FILES,
	  .help = N_("handout: the flow as it is to be; without it the room designs one, on blank sheets") },
	{ .kind = OPT_TEXT, .letter = 'o', .name = "output", .at = OPT_AT(new_args, common.output), .arg = "FILE", .complete = OPT_COMPLETE_FILES,
	  .help = N_("write it there, all of it or nothing; a folder for sample and drill, and for a handout in parts") },
	{ .kind = OPT_FLAG, .name = "example", .at = OPT_AT(new_args, example),
	  .help = N_("workbook, flow: filled in with the example, instead of empty") },
	{ .kind = OPT_FLAG, .name = "force", .at = OPT_AT(new_args, force), .help = N_("replace files that stand there already") },
	{ .kind = OPT_END },
};

static const struct opt handout_opts[] = {
	{ .kind = OPT_SIZE, .name = "families", .at = OPT_AT(new_args, families), .arg = "N", .min = 1, .max = 24,
	  .help = N_("families that come at once, invented ones; default 4") },
	{ .kind = OPT_TEXT, .name = "households", .at = OPT_AT(new_args, households), .arg = "JSON", .complete = OPT_COMPLETE_FILES,
	  .help = N_("households instead of invented families, as 'bpr checksheet' reads them; at most 24") },
	{ .kind = OPT_TEXT, .name = "procedures", .at = OPT_AT(new_args, procedures), .arg = "TABLE", .complete = OPT_COMPLETE_FILES,
	  .help = N_("procedures by life event: which facts of the households stand on the cards, and how much each would have to do") },
	{ .kind = OPT_TEXT, .name = "office", .at = OPT_AT(new_args, office), .arg = "NAME", .help = N_("name of the office on the sheets") },
	{ .kind = OPT_END },
};

/* ---- files ---- */

void new_files_add(struct new_files *files, char *path, struct bpr_output data)
{
	files->items = xgrow(files->items, &files->capacity, files->count + 1, sizeof(*files->items));
	files->items[files->count++] = (struct new_file){ path, data };
}

void new_files_release(struct new_files *files)
{
	for (size_t i = 0; i < files->count; i++) {
		free(files->items[i].path);
		bpr_output_release(&files->items[i].data);
	}
	free(files->items);
	*files = (struct new_files){ .items = NULL };
}

/* A file in the folder, or beside the file. */
static char *path_of(const struct kind *kind, const char *path, const char *suffix)
{
	struct text out = { 0 };
	size_t n = strlen(path);
	char *copy;

	if (kind->folder)
		text_printf(&out, "%s%s%s", path, n && path[n - 1] == '/' ? "" : "/", suffix);
	else if (!*suffix)
		text_puts(&out, path);
	else
		text_printf(&out, "%.*s%s", (int)flow_output_stem(path), path, suffix);
	copy = xstrdup(out.data);
	text_release(&out);
	return copy;
}

/* ---- templates ---- */

static bpr_status make_files(const struct new_args *args, const struct kind *kind, struct bpr_files *files, struct bpr_error *err)
{
	struct bpr_workbook_options book = BPR_WORKBOOK_OPTIONS_INIT;
	struct bpr_template_options options = BPR_TEMPLATE_OPTIONS_INIT;

	book.lang = options.lang = lang();
	book.example = options.example = args->example;
	return kind->template < 0 ? bpr_workbook_new(&book, files, err) : bpr_template_new((enum bpr_template)kind->template, &options, files, err);
}

static int make_template(const struct new_args *args, const struct kind *kind, struct new_files *out)
{
	const char *path = args->common.output ? args->common.output : "-";
	struct bpr_files files = { NULL, 0 };
	struct bpr_error err = { 0 };
	bpr_status failed = make_files(args, kind, &files, &err);

	if (failed) {
		struct text notes = { 0 };

		say_failure(&notes, &err, args->common.output, NULL, 0);
		if (notes.data)
			fputs(notes.data, stderr);
		text_release(&notes);
		bpr_files_release(&files);
		return failed == BPR_EIO ? STATUS_OUTPUT : common_status(failed);
	}
	out->folder = kind->folder;
	out->binary = kind->template < 0 ? "xlsx" : NULL;
	for (size_t i = 0; i < files.count; i++) {
		new_files_add(out, path_of(kind, path, files.items[i].suffix), (struct bpr_output){ files.items[i].data, files.items[i].length });
		files.items[i].data = NULL;
	}
	bpr_files_release(&files);
	return STATUS_OK;
}

/* ---- writing ---- */

/* What somebody filled in is not replaced by something empty. */
static int find_standing(const struct new_args *args, const struct new_files *files)
{
	struct stat st;

	for (size_t i = 0; i < files->count; i++)
		if (strcmp(files->items[i].path, "-") != 0 && !stat(files->items[i].path, &st) && S_ISREG(st.st_mode) && !args->force) {
			say("U170", NULL, files->items[i].path, NULL, NULL);
			return STATUS_OUTPUT;
		}
	return STATUS_OK;
}

static int write_file(const struct new_args *args, const struct new_files *files, const struct new_file *file)
{
	const char *const inputs[] = { args->flow, args->after, args->procedures, args->households };
	const char *named[4];
	size_t count = 0;
	int status = STATUS_OUTPUT;

	for (size_t i = 0; i < 4; i++)
		if (inputs[i])
			named[count++] = inputs[i];
	if (!output_open(file->path, named, count, &status))
		return status;
	if (files->binary && !common_fits_terminal(files->binary))
		return STATUS_USAGE;
	(void)output_write(file->data.data, file->data.length);
	return output_commit() ? STATUS_OK : STATUS_OUTPUT;
}

/* All or nothing: what was written before something failed goes again, where it was not there before. */
static int write_files(const struct new_args *args, const struct new_files *files)
{
	bool *fresh = xcalloc(files->count, sizeof(*fresh));
	bool made = false;
	int status = find_standing(args, files);
	struct stat st;

	if (!status && files->folder) {
		made = !mkdir(args->common.output, 0777);
		if (!made && errno != EEXIST) {
			say("O101", args->common.output, say_errno(errno), NULL, NULL);
			status = STATUS_OUTPUT;
		}
	}
	/* The one that says what the others are comes last. */
	for (size_t i = files->count; i-- > 0 && !status;) {
		fresh[i] = strcmp(files->items[i].path, "-") != 0 && stat(files->items[i].path, &st);
		status = write_file(args, files, &files->items[i]);
		for (size_t k = i; status && k < files->count; k++)
			if (fresh[k])
				(void)unlink(files->items[k].path);
	}
	if (status && made)
		(void)rmdir(args->common.output);
	free(fresh);
	return status;
}

/* ---- the command ---- */

static bool is_device(const char *path)
{
	struct stat st;

	return !path || !strcmp(path, "-") || (!stat(path, &st) && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode));
}

static bool fits_ending(const struct kind *kind, const char *path)
{
	size_t n = strlen(path), m = kind->ending ? strlen(kind->ending) : 0;

	return !kind->ending || (n > m && !strcasecmp(path + n - m, kind->ending));
}

/* Whether the operands and the name of the output belong to the kind; false: said why. */
static bool verify(const struct new_args *args, const struct kind *kind)
{
	const char *path = args->common.output;

	if (kind->flow && !args->flow) {
		say("U240", NULL, kind->name, NULL, NULL);
	} else if (!kind->flow && args->flow) {
		say("U106", NULL, args->flow, NULL, NULL);
	} else if (!kind->flow && (args->households || args->procedures || args->office)) {
		say("U241", NULL, args->households ? "households" : args->procedures ? "procedures" : "office", "handout", kind->name);
	} else if (args->common.langs.count > 1 && !kind->flow) {
		say("U242", NULL, kind->name, NULL, NULL);
	} else if (is_device(path) && !kind->stream) {
		say("U243", NULL, kind->name, kind->folder ? "-o FOLDER" : "-o NAME.csv", NULL);
	} else if (!is_device(path) && kind->template < 0 && kind->ending && (!fits_ending(kind, path) || flow_output_is_folder(path))) {
		say("U172", NULL, path, NULL, NULL);
	} else if (!is_device(path) && !kind->flow && !kind->folder && (!fits_ending(kind, path) || flow_output_is_folder(path))) {
		say("U245", NULL, path, kind->name, kind->ending);
	} else {
		return true;
	}
	return false;
}

static int make(const struct new_args *args)
{
	const struct kind *kind = &kinds[opt_choice_find(&new_opts[0], args->kind)];
	struct new_files files = { .items = NULL };
	int status;

	if (!verify(args, kind))
		return STATUS_USAGE;
	status = kind->flow ? new_handout(args, &files) : make_template(args, kind, &files);
	if (!status)
		status = write_files(args, &files);
	new_files_release(&files);
	return status;
}

static int run(const struct cmd *cmd, int argc, char **argv)
{
	struct new_args args = { .common = COMMON_ARGS_INIT, .families = 4 };
	int status;

	if (common_begin(cmd, argc, argv, &args.common, &status))
		status = make(&args);
	opt_release(cmd->groups, &args);
	return status;
}

static const struct opt_group groups[] = {
	{ N_("New file"), new_opts }, { N_("Handout"), handout_opts }, { N_("Input"), input_opts }, { N_("General"), report_general_opts }, { NULL, NULL },
};

static const char *const examples[] = {
	"bpr new workbook -o gyomu.xlsx", N_("an empty workbook with drop-downs, notes and an example beside it"),
	"bpr new workbook --example -o rei.xlsx", N_("the example in its place, to try analyze and compare with"),
	"bpr new workbook --lang ja -o gyomu.xlsx", N_("in Japanese, whatever the language of the machine"),
	"bpr new flow --example -o counter.csv", N_("the same as tables: counter.csv, counter.forms.csv and so on"),
	"bpr new sample -o rensyu", N_("a folder to try every command with; its README says how"),
	"bpr new handout before.csv after.csv --lang ja,en -o handout.pdf", N_("all sheets of a training of 90 minutes, in both languages"),
	"bpr new handout before.csv -o kensyu/", N_("each part as a file of its own, for a room that designs the after itself"),
	"bpr new drill -o enshu", N_("the exercises that come with bpr, with their files, into a folder of your own"),
	NULL,
};

const struct cmd cmd_new = {
	"new", N_("files to begin with: workbook, tables, a sample, a training"),
	N_("What do I have to write down? Writes a workbook or tables to be filled in, a small drawing, a whole sample, or the sheets of a training made from a flow."),
	examples, groups, false, run,
};

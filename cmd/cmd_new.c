/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr new: files to begin with. */
#include "config.h"
#include "cmd.h"
#include "output.h"
#include "say.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

struct new_args {
	struct common_args common;
	const char *kind;
	bool example, force;
};

static bpr_status make_workbook(const struct new_args *args, struct bpr_files *files, struct bpr_error *err)
{
	struct bpr_workbook_options options = BPR_WORKBOOK_OPTIONS_INIT;

	options.lang = lang();
	options.example = args->example;
	return bpr_workbook_new(&options, files, err);
}

/* A new kind is a row here. */
static const struct kind {
	const char *name;
	bpr_status (*make)(const struct new_args *args, struct bpr_files *files, struct bpr_error *err);
} kinds[] = {
	{ "workbook", make_workbook },
};

static const char *kind_choice(size_t i)
{
	return i < sizeof(kinds) / sizeof(kinds[0]) ? kinds[i].name : NULL;
}

static const struct opt new_opts[] = {
	{ .kind = OPT_OPERAND, .name = "KIND", .at = OPT_AT(new_args, kind), .required = true, .choice = kind_choice,
	  .help = N_("what to make: workbook (.xlsx), to be filled in with a spreadsheet program") },
	{ .kind = OPT_TEXT, .letter = 'o', .name = "output", .at = OPT_AT(new_args, common.output), .arg = "FILE", .complete = OPT_COMPLETE_FILES,
	  .help = N_("write it there, whole or not at all") },
	{ .kind = OPT_FLAG, .name = "example", .at = OPT_AT(new_args, example),
	  .help = N_("filled in with the example, instead of empty with the example beside it") },
	{ .kind = OPT_FLAG, .name = "force", .at = OPT_AT(new_args, force), .help = N_("replace a file that stands there already") },
	{ .kind = OPT_END },
};

/* Whether the output may be written: what somebody filled in is not replaced by an empty file. */
static bool may_write(const struct new_args *args, int *status)
{
	const char *path = args->common.output;
	size_t n = path ? strlen(path) : 0;
	struct stat st;
	bool there;

	if (!path || !strcmp(path, "-"))
		return true;
	there = !stat(path, &st);
	if (there && !S_ISREG(st.st_mode))
		return true;
	if (n < 5 || strcasecmp(path + n - 5, ".xlsx")) {
		say("U172", NULL, path, NULL, NULL);
		*status = STATUS_USAGE;
		return false;
	}
	if (!there || args->force)
		return true;
	say("U170", NULL, path, NULL, NULL);
	*status = STATUS_OUTPUT;
	return false;
}

static int make(const struct new_args *args)
{
	struct bpr_files files = { NULL, 0 };
	struct bpr_error err = { 0 };
	int status = STATUS_OK;
	bpr_status failed;

	if (!may_write(args, &status))
		return status;
	failed = kinds[opt_choice_find(&new_opts[0], args->kind)].make(args, &files, &err);
	if (failed) {
		struct text notes = { 0 };

		say_failure(&notes, &err, args->common.output, NULL, 0);
		if (notes.data)
			fputs(notes.data, stderr);
		text_release(&notes);
		return failed == BPR_EIO ? STATUS_OUTPUT : common_status(failed);
	}
	if (output_open(args->common.output, NULL, 0, &status)) {
		if (!common_fits_terminal("xlsx")) {
			status = STATUS_USAGE;
		} else {
			(void)output_write(files.items[0].data, files.items[0].length);
			status = output_commit() ? STATUS_OK : STATUS_OUTPUT;
		}
	}
	bpr_files_release(&files);
	return status;
}

static int run(const struct cmd *cmd, int argc, char **argv)
{
	struct new_args args = { .common = COMMON_ARGS_INIT };
	int status;

	if (common_begin(cmd, argc, argv, &args.common, &status))
		status = make(&args);
	opt_release(cmd->groups, &args);
	return status;
}

static const struct opt_group groups[] = {
	{ N_("New file"), new_opts }, { N_("General"), general_opts }, { NULL, NULL },
};

static const char *const examples[] = {
	"bpr new workbook -o gyomu.xlsx", N_("an empty workbook with drop-downs, notes and an example beside it"),
	"bpr new workbook --example -o rei.xlsx", N_("the example in its place, to try analyze and compare with"),
	"bpr new workbook --lang ja -o gyomu.xlsx", N_("in Japanese, whatever the language of the machine"),
	NULL,
};

const struct cmd cmd_new = {
	"new", N_("a blank workbook to fill in"),
	N_("What do I have to write down? Writes an empty workbook with a sheet for each table, ready to be filled in and read by the other commands."),
	examples, groups, false, run,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of an exercise: the pack, the progress beside it, the teams of a class. */
#include "config.h"
#include "drill.h"
#include "output.h"
#include "say.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MOST_TEAMS = 500 };

static char *join(const char *folder, const char *name)
{
	struct text path = { 0 };

	text_puts(&path, folder);
	text_puts(&path, "/");
	text_puts(&path, name);
	return path.data;
}

static bool exists(const char *path)
{
	struct stat st;

	return !stat(path, &st);
}

/* Says what went wrong; exit status. */
static int fail(const char *path, const struct bpr_error *err, const bpr_problems *problems, bpr_status failed)
{
	struct text notes = { 0 };

	say_failure(&notes, err, path, problems, 0);
	if (notes.data)
		fputs(notes.data, stderr);
	text_release(&notes);
	return failed == BPR_ESYNTAX || failed == BPR_EIO ? STATUS_INPUT : common_status(failed);
}

static int open_pack(struct drill *d)
{
	struct bpr_error err = { 0 };
	bpr_problems *problems = NULL;
	bpr_status failed = bpr_problems_new(&problems, &err);
	char *file = join(d->args->pack, "pack.ini");
	int status = STATUS_OK;

	if (!exists(d->args->pack) || (!exists(file) && !strstr(d->args->pack, ".ini"))) {
		say("U253", NULL, d->args->pack, NULL, NULL);
		status = STATUS_INPUT;
	} else {
		if (!failed)
			failed = bpr_pack_read(d->args->pack, &d->pack, problems, &err);
		if (failed)
			status = fail(d->args->pack, &err, problems, failed);
	}
	free(file);
	bpr_problems_free(problems);
	return status;
}

int drill_open(struct drill *d)
{
	struct bpr_error err = { 0 };
	bpr_problems *problems = NULL;
	bpr_status failed;
	int status = open_pack(d);

	if (status)
		return status;
	if (d->args->exercise) {
		d->index = bpr_pack_find(d->pack, d->args->exercise);
		if (d->index == BPR_NONE) {
			say("U254", NULL, d->args->exercise, d->args->pack, NULL);
			return STATUS_USAGE;
		}
	}
	d->record = d->args->record ? xstrdup(d->args->record) : join(bpr_pack_folder(d->pack), "progress.json");
	failed = bpr_problems_new(&problems, &err);
	if (!failed)
		failed = exists(d->record) ? bpr_progress_read(d->pack, d->record, &d->progress, problems, &err) :
					     bpr_progress_new(d->pack, "", &d->progress, &err);
	if (!failed && d->args->team)
		failed = bpr_progress_set_team(d->progress, d->args->team, &err);
	status = failed ? fail(d->record, &err, problems, failed) : STATUS_OK;
	bpr_problems_free(problems);
	return status;
}

void drill_close(struct drill *d)
{
	bpr_progress_free(d->progress);
	bpr_pack_free(d->pack);
	free(d->record);
}

int drill_save(const struct drill *d)
{
	struct bpr_error err = { 0 };
	char *text = NULL;
	size_t length = 0;
	int status = STATUS_OK;

	if (bpr_progress_write(d->progress, d->pack, &text, &length, &err))
		return common_status(err.status);
	if (output_side_open(d->record, NULL, 0, &status)) {
		(void)output_side_write(text, length);
		status = output_side_commit() ? STATUS_OK : STATUS_OUTPUT;
	}
	bpr_progress_text_free(text);
	return status;
}

int drill_print(const struct drill *d, const char *data, size_t length)
{
	int status = STATUS_OK;

	if (!output_open(d->args->common.output, NULL, 0, &status))
		return status;
	(void)output_write(data ? data : "", length);
	return output_commit() ? STATUS_OK : STATUS_OUTPUT;
}

/* ---- a class ---- */

struct files { char **items; size_t count, capacity; };

static void add_file(struct files *files, char *path)
{
	files->items = xgrow(files->items, &files->capacity, files->count + 1, sizeof(*files->items));
	files->items[files->count++] = path;
}

static bool is_json(const char *name)
{
	const size_t n = strlen(name);

	return n > 5 && !strcmp(name + n - 5, ".json");
}

/* The .json files of a folder and, one level down, of the folders in it. False: it cannot be read. */
static bool find_files(const char *folder, unsigned depth, struct files *files)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;

	if (!dir)
		return false;
	while ((entry = readdir(dir)) != NULL && files->count < MOST_TEAMS) {
		struct stat st;
		char *path;

		if (*entry->d_name == '.')
			continue;
		path = join(folder, entry->d_name);
		if (!stat(path, &st) && S_ISREG(st.st_mode) && is_json(entry->d_name)) {
			add_file(files, path);
			continue;
		}
		if (depth && !stat(path, &st) && S_ISDIR(st.st_mode))
			(void)find_files(path, depth - 1, files);
		free(path);
	}
	(void)closedir(dir);
	return true;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int print_class(struct drill *d, const struct bpr_class_team *teams, size_t count)
{
	static const enum bpr_format formats[] = { BPR_FORMAT_TEXT, BPR_FORMAT_MD, BPR_FORMAT_JSON, BPR_FORMAT_CSV, BPR_FORMAT_HTML };
	struct bpr_report_options options = BPR_REPORT_OPTIONS_INIT;
	struct bpr_output output = { 0 };
	struct bpr_error err = { 0 };
	bpr_status failed;
	int status;

	common_report_options(&d->args->common, &options);
	options.lang = lang();
	failed = bpr_class_report(d->pack, teams, count, formats[d->args->format], &options, &output, &err);
	status = failed ? fail(NULL, &err, NULL, failed) : drill_print(d, output.data, output.length);
	bpr_output_release(&output);
	return status;
}

/* A file that is no progress of this pack is told, and the others are shown. */
int drill_class(struct drill *d)
{
	struct files files = { 0 };
	struct bpr_class_team *teams;
	size_t count = 0;
	int status = STATUS_OK, worst = STATUS_OK;

	if (!find_files(d->args->class, 1, &files)) {
		say("U255", NULL, d->args->class, say_errno(errno), NULL);
		return STATUS_INPUT;
	}
	if (files.count)
		qsort(files.items, files.count, sizeof(*files.items), by_name);
	teams = xcalloc(files.count + 1, sizeof(*teams));
	for (size_t i = 0; i < files.count; i++) {
		struct bpr_error err = { 0 };
		bpr_problems *problems = NULL;
		bpr_progress *progress = NULL;
		bpr_status failed = bpr_problems_new(&problems, &err);

		if (!failed)
			failed = bpr_progress_read(d->pack, files.items[i], &progress, problems, &err);
		/* A team may hand in its whole folder, which has other files, too. */
		if (failed && strcmp(err.code, "N121") != 0)
			worst = fail(files.items[i], &err, problems, failed);
		else if (!failed)
			teams[count++] = (struct bpr_class_team){ progress, files.items[i] };
		bpr_problems_free(problems);
	}
	if (count) {
		status = print_class(d, teams, count);
	} else {
		say("U256", NULL, d->args->class, NULL, NULL);
		status = STATUS_INPUT;
	}
	for (size_t i = 0; i < count; i++)
		bpr_progress_free((bpr_progress *)(uintptr_t)teams[i].progress);
	for (size_t i = 0; i < files.count; i++)
		free(files.items[i]);
	free(files.items);
	free(teams);
	return worst > status ? worst : status;
}

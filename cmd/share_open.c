/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bpr share open, compare: packs of others. */
#include "config.h"
#include "output.h"
#include "say.h"
#include "share.h"
#include "text.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- opening ---- */

/* STATUS_OK: open, rescaled where that was asked for, told. */
static int open_pack(const struct share_args *args, const char *path, bpr_share **out)
{
	struct bpr_share_limits limits = BPR_SHARE_LIMITS_INIT;
	struct bpr_error err = { 0 };
	bpr_problems *problems = NULL;
	bpr_status failed = bpr_problems_new(&problems, &err);
	int status = STATUS_OK;

	*out = NULL;
	if (args->common.max_bytes)
		limits.max_bytes = args->common.max_bytes;
	if (!failed)
		failed = bpr_share_open(path, &limits, args->common.sets.items, args->common.sets.count, out, problems, &err);
	if (!failed && args->population.given)
		failed = bpr_share_rescale(*out, args->population.value, problems, &err);
	if (failed)
		status = share_told(&err, path, problems, failed);
	else
		share_warn(args, problems);
	bpr_problems_free(problems);
	return status;
}

static int write_report(const struct share_args *args, const char *output, struct bpr_output *report, bool binary)
{
	int status;

	if (output_open(output, args->files.items, args->files.count, &status)) {
		if (binary && !common_fits_terminal("xlsx")) {
			status = STATUS_USAGE;
		} else {
			(void)output_write(report->data, report->length);
			status = output_commit() ? STATUS_OK : STATUS_OUTPUT;
		}
	}
	bpr_output_release(report);
	return status;
}

/* ---- unpacking into a new folder, whole or not at all ---- */

static int failed_at(const char *path, int error)
{
	say("O101", path, say_errno(error), NULL, NULL);
	return STATUS_OUTPUT;
}

static bool write_file(int folder, const char *name, const char *data, size_t length)
{
	int fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	bool ok = fd >= 0;

	while (ok && length) {
		ssize_t n = write(fd, data, length);

		if (n < 0 && errno == EINTR)
			continue;
		ok = n >= 0;
		data += ok ? n : 0;
		length -= ok ? (size_t)n : 0;
	}
	ok = ok && !fsync(fd);
	if (fd >= 0 && close(fd))
		ok = false;
	return ok;
}

static bool is_flow(const char *name, const char *stem)
{
	size_t n = strlen(stem);

	return !strncmp(name, stem, n) && name[n] == '.';
}

/* A flow as it is now, as JSON and as tables. */
static bool write_flow(int folder, const bpr_flow *flow, const char *stem, struct bpr_error *err)
{
	static const enum bpr_write_format formats[] = { BPR_WRITE_JSON, BPR_WRITE_CSV };
	struct bpr_write_options options = BPR_WRITE_OPTIONS_INIT;
	bpr_flow *one = NULL;
	struct bpr_flows flows = { .items = &one, .count = 1 };
	bool ok = true;

	memcpy(&one, &flow, sizeof(one)); /* it is only read */
	options.stem = stem;
	options.japanese = lang() == BPR_LANG_JA;
	for (size_t f = 0; f < sizeof(formats) / sizeof(formats[0]) && ok; f++) {
		struct bpr_files files = { NULL, 0 };

		ok = !bpr_write(&flows, NULL, 1, formats[f], &options, &files, NULL, err);
		for (size_t i = 0; i < files.count && ok; i++) {
			char name[80];

			(void)snprintf(name, sizeof(name), "%s%s", stem, *files.items[i].suffix ? files.items[i].suffix : bpr_write_format_ending(formats[f]));
			ok = write_file(folder, name, files.items[i].data, files.items[i].length);
		}
		bpr_files_release(&files);
	}
	return ok;
}

/* Flows that were rescaled or overridden are written as they are now; everything else as it stands in the pack. */
static bool write_files(const struct share_args *args, const bpr_share *share, int folder)
{
	bool changed = args->population.given || args->common.sets.count;
	struct bpr_error err = { 0 };
	bool ok = true;

	for (size_t i = 0; i < bpr_share_file_count(share) && ok; i++) {
		struct bpr_share_file f = bpr_share_file(share, i);

		if (!changed || !(is_flow(f.name, "before") || is_flow(f.name, "after")))
			ok = write_file(folder, f.name, f.text, f.length);
	}
	if (ok && changed)
		ok = write_flow(folder, bpr_share_before(share), "before", &err);
	if (ok && (changed || bpr_share_after_by_levers(share)) && bpr_share_after(share))
		ok = write_flow(folder, bpr_share_after(share), "after", &err);
	return ok;
}

/* What a failed attempt has left. */
static void remove_folder(const bpr_share *share, const char *path, int folder)
{
	static const char *const endings[] = { ".json", ".csv", ".forms.csv", ".counters.csv", ".staff.csv", ".demand.csv", ".units.csv", ".scopes.csv" };

	for (size_t i = 0; i < bpr_share_file_count(share); i++)
		(void)unlinkat(folder, bpr_share_file(share, i).name, 0);
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		char name[80];

		(void)snprintf(name, sizeof(name), "before%s", endings[i]);
		(void)unlinkat(folder, name, 0);
		(void)snprintf(name, sizeof(name), "after%s", endings[i]);
		(void)unlinkat(folder, name, 0);
	}
	(void)rmdir(path);
}

static int unpack(const struct share_args *args, const bpr_share *share)
{
	const char *to = args->common.output;
	char *copy = xstrdup(to);
	struct text path = { 0 };
	mode_t mask = umask(0);
	int folder = -1, error = 0;
	struct stat st;

	(void)umask(mask);
	text_printf(&path, "%s/.bpr-XXXXXX", dirname(copy));
	free(copy);
	if (!lstat(to, &st) && rmdir(to)) { /* an empty folder may stand there, nothing else */
		text_release(&path);
		say("U266", to, NULL, NULL, NULL);
		return STATUS_OUTPUT;
	}
	if (!mkdtemp(path.data))
		error = errno;
	else if ((folder = open(path.data, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)) < 0)
		error = errno;
	else if (!write_files(args, share, folder) || fchmod(folder, 0777 & ~mask) || rename(path.data, to))
		error = errno ? errno : EIO;
	if (error && folder >= 0)
		remove_folder(share, path.data, folder);
	if (folder >= 0)
		(void)close(folder);
	text_release(&path);
	return error ? failed_at(to, error) : STATUS_OK;
}

int share_open(const struct share_args *args)
{
	struct bpr_report_options options;
	struct bpr_output report = { NULL, 0 };
	struct bpr_error err = { 0 };
	struct share_args format = *args;
	bpr_share *share;
	bpr_status failed;
	int status = open_pack(args, args->files.items[0], &share);

	if (status)
		return status;
	format.common.output = NULL; /* the ending of a folder says nothing */
	common_report_options(&args->common, &options);
	failed = bpr_share_report(share, share_format(&format), &options, &report, &err);
	if (failed == BPR_EINVAL) {
		say("U267", NULL, "text, md, json", NULL, NULL);
		status = STATUS_USAGE;
	} else if (failed) {
		status = share_told(&err, args->files.items[0], NULL, failed);
	}
	if (!status && args->common.output)
		status = unpack(args, share);
	if (!status)
		status = write_report(args, NULL, &report, false);
	else
		bpr_output_release(&report);
	bpr_share_free(share);
	return status;
}

/* ---- comparing ---- */

static int compare_opened(const struct share_args *args, const bpr_share *const *shares, size_t count)
{
	enum bpr_format format = share_format(args);
	struct bpr_report_options options;
	struct bpr_output report = { NULL, 0 };
	struct bpr_error err = { 0 };
	bpr_problems *problems = NULL;
	bpr_share_table *table = NULL;
	bpr_status failed;
	int status = STATUS_OK;

	if (format > BPR_FORMAT_XLSX || format == BPR_FORMAT_SHORT) {
		say(args->common.output ? "U108" : "U267", NULL, args->common.output ? args->common.output : "text, md, json, csv, html, xlsx",
		    "text, md, json, csv, html, xlsx", NULL);
		return STATUS_USAGE;
	}
	failed = bpr_problems_new(&problems, &err);
	if (!failed)
		failed = bpr_share_table_new(shares, count, &table, problems, &err);
	if (!failed) {
		share_warn(args, problems);
		common_report_options(&args->common, &options);
		failed = bpr_share_table_report(table, format, &options, &report, &err);
	}
	if (failed)
		status = share_told(&err, err.element[0] ? err.element : args->files.items[0], problems, failed);
	bpr_share_table_free(table);
	bpr_problems_free(problems);
	return status ? status : write_report(args, args->common.output, &report, format == BPR_FORMAT_XLSX);
}

int share_compare(const struct share_args *args)
{
	size_t count = args->files.count;
	bpr_share **shares = xcalloc(count, sizeof(*shares));
	int worst = STATUS_OK;

	for (size_t i = 0; i < count; i++) {
		int status = open_pack(args, args->files.items[i], &shares[i]);

		worst = status > worst ? status : worst;
	}
	if (!worst)
		worst = compare_opened(args, (const bpr_share *const *)shares, count);
	for (size_t i = 0; i < count; i++)
		bpr_share_free(shares[i]);
	free(shares);
	return worst;
}

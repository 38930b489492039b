/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A flow into its file and the tables beside it, each whole or absent. */
#include "config.h"
#include "flow_output.h"
#include "cmd.h"
#include "output.h"
#include "say.h"
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *flow_output_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Length of a path without its ending. */
size_t flow_output_stem(const char *path)
{
	const char *base = flow_output_base(path);
	const char *dot = strrchr(base, '.');

	return (size_t)(dot && dot != base ? dot - path : (ptrdiff_t)strlen(path));
}

bool flow_output_is_folder(const char *path)
{
	struct stat st;
	size_t n = strlen(path);

	return (n && path[n - 1] == '/') || (!stat(path, &st) && S_ISDIR(st.st_mode));
}

static bool take_name(struct flow_output *c, const char *path)
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
void flow_output_flush(struct flow_output *c)
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

static int write_file(struct flow_output *c, const char *path, const struct bpr_file *file)
{
	int status = STATUS_OUTPUT;

	if (stands_already(path, file))
		return STATUS_OK;
	flow_output_flush(c);
	if (!output_open(path, c->inputs, c->input_count, &status))
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
static bool has_stale(struct flow_output *c, const struct bpr_files *files, const char *stem)
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

static void path_of(const struct flow_output *c, const char *stem, const struct bpr_file *file, struct text *path)
{
	if (!*file->suffix && !c->folder) {
		text_puts(path, c->path);
		return;
	}
	text_puts(path, stem);
	text_puts(path, *file->suffix ? file->suffix : bpr_write_format_ending(c->format));
}

/* The folder asked for, where it is not there yet: one level, as a slip in a longer path should be seen. False: said why. */
static bool make_folder(struct flow_output *c)
{
	if (!mkdir(c->path, 0777) || errno == EEXIST)
		return true;
	flow_output_flush(c);
	say("O101", c->path, say_errno(errno), NULL, NULL);
	return false;
}

/* The tables beside it first: where the flow's own file is, all of it is. */
int flow_output_files(struct flow_output *c, const struct bpr_files *files, const char *stem)
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

/* A device or standard output takes one file only. */
int flow_output_stream(struct flow_output *c, const struct bpr_files *files, const char *input)
{
	if (files->count > 1) {
		say_to(&c->notes, "U153", input, files->items[1].suffix, NULL, NULL);
		return STATUS_USAGE;
	}
	return write_file(c, c->path, &files->items[0]);
}

bool flow_output_is_stream(const struct flow_output *c)
{
	struct stat st;

	return !c->path || !strcmp(c->path, "-") ||
	       (!c->folder && !stat(c->path, &st) && !S_ISREG(st.st_mode));
}

void flow_output_release(struct flow_output *out)
{
	for (size_t i = 0; i < out->written_count; i++)
		free(out->written[i]);
	free(out->written);
	text_release(&out->notes);
	*out = (struct flow_output){ .written = NULL };
}

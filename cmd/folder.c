/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "folder.h"
#include "output.h"
#include "say.h"
#include "text.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *join(const char *folder, const char *name)
{
	struct text path = { 0 };

	text_puts(&path, folder);
	text_puts(&path, "/");
	text_puts(&path, name);
	return path.data;
}

/* False: told why. */
static bool write_file(const char *folder, const struct bpr_file *file, int *status)
{
	char *path = join(folder, file->suffix);
	bool ok = output_open(path, NULL, 0, status);

	if (ok) {
		(void)output_write(file->data, file->length);
		ok = output_commit();
		*status = ok ? STATUS_OK : STATUS_OUTPUT;
	}
	free(path);
	return ok;
}

static void remove_all(const char *folder, const struct bpr_files *files)
{
	for (size_t i = 0; i < files->count; i++) {
		char *path = join(folder, files->items[i].suffix);

		(void)unlink(path);
		free(path);
	}
	(void)rmdir(folder);
}

static bool write_files(const char *folder, const struct bpr_files *files, int *status)
{
	for (size_t i = 0; i < files->count; i++)
		if (!write_file(folder, &files->items[i], status))
			return false;
	return true;
}

/* A place beside the folder to be; NULL: told why. */
static char *temporary_folder(const char *path, size_t length)
{
	struct text name = { 0 };

	text_add(&name, path, length);
	text_puts(&name, ".XXXXXX");
	if (mkdtemp(name.data) && !chmod(name.data, 0777 & ~umask(022)))
		return name.data;
	say("U270", NULL, path, say_errno(errno), NULL);
	text_release(&name);
	return NULL;
}

int folder_write(const char *path, const struct bpr_files *files, bool force)
{
	size_t length = strlen(path);
	int status = STATUS_OUTPUT;
	struct stat st;
	char *temporary;

	while (length > 1 && path[length - 1] == '/')
		length--;
	if (!stat(path, &st) && !S_ISDIR(st.st_mode)) {
		say("U271", NULL, path, NULL, NULL);
		return STATUS_OUTPUT;
	}
	temporary = temporary_folder(path, length);
	if (!temporary)
		return STATUS_OUTPUT;
	if (write_files(temporary, files, &status)) {
		char *final = xstrndup(path, length);

		/* An empty folder is replaced, any other stays. */
		if (!rename(temporary, final)) {
			free(final);
			free(temporary);
			return STATUS_OK;
		}
		if (errno != ENOTEMPTY && errno != EEXIST)
			say("U270", NULL, path, say_errno(errno), NULL);
		else if (!force)
			say("U272", NULL, path, NULL, NULL);
		else
			(void)write_files(final, files, &status);
		if (!force)
			status = STATUS_OUTPUT;
		free(final);
	}
	remove_all(temporary, files);
	free(temporary);
	return status;
}

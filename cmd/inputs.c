/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of all inputs. */
#include "config.h"
#include "batch.h"
#include "say.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 1 << 16, MOST_BYTES = 1 << 28 };

static void add(struct inputs *inputs, const char *path)
{
	inputs->items = xgrow(inputs->items, &inputs->capacity, inputs->count + 1, sizeof(*inputs->items));
	inputs->items[inputs->count++] = path;
}

/* The whole file; false with errno. */
static bool read_all(const char *path, struct text *out)
{
	char buf[CHUNK];
	int fd = strcmp(path, "-") ? open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) : STDIN_FILENO;
	struct stat st;
	ssize_t n = 0;
	int error = 0;

	if (fd < 0)
		return false;
	if (fd != STDIN_FILENO && !fstat(fd, &st) && !S_ISREG(st.st_mode))
		error = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
	while (!error && (n = read(fd, buf, sizeof(buf))) != 0) {
		if (n > 0)
			text_add(out, buf, (size_t)n);
		else if (errno != EINTR)
			error = errno;
		if (out->length > MOST_BYTES)
			error = EFBIG;
	}
	if (fd != STDIN_FILENO)
		(void)close(fd);
	errno = error;
	return !error;
}

/* One name a line; a byte order mark and carriage returns are no part of names. */
static bool add_list(struct inputs *inputs, const char *path, int *status)
{
	struct text *list;
	char *line;

	inputs->lists = xgrow(inputs->lists, &inputs->list_capacity, inputs->list_count + 1, sizeof(*inputs->lists));
	list = &inputs->lists[inputs->list_count++];
	*list = (struct text){ 0 };
	if (!read_all(path, list)) {
		say("U118", path, say_errno(errno), NULL, NULL);
		*status = STATUS_INPUT;
		return false;
	}
	if (!list->data)
		return true;
	line = list->data;
	if (!strncmp(line, "\xef\xbb\xbf", 3))
		line += 3;
	while (line < list->data + list->length) {
		size_t n = strcspn(line, "\n");
		char *next = line + n + 1;

		line[n] = '\0';
		if (n && line[n - 1] == '\r')
			line[n - 1] = '\0';
		if (*line)
			add(inputs, line);
		line = next;
	}
	return true;
}

bool inputs_collect(const struct common_args *args, struct inputs *inputs, int *status)
{
	size_t stdin_uses = 0;

	*inputs = (struct inputs){ 0 };
	for (size_t i = 0; i < args->inputs.count; i++) {
		const char *name = args->inputs.items[i];

		stdin_uses += !strcmp(name, "@-");
		if (name[0] != '@')
			add(inputs, name);
		else if (!add_list(inputs, name + 1, status))
			return false;
	}
	if (args->files_from && !add_list(inputs, args->files_from, status))
		return false;
	stdin_uses += args->files_from && !strcmp(args->files_from, "-");
	for (size_t i = 0; i < inputs->count; i++)
		stdin_uses += !strcmp(inputs->items[i], "-");
	if (!inputs->count || stdin_uses > 1) {
		say(inputs->count ? "U109" : "U117", NULL, NULL, NULL, NULL);
		*status = STATUS_USAGE;
		return false;
	}
	return true;
}

void inputs_release(struct inputs *inputs)
{
	for (size_t i = 0; i < inputs->list_count; i++)
		text_release(&inputs->lists[i]);
	free(inputs->lists);
	free(inputs->items);
	*inputs = (struct inputs){ 0 };
}

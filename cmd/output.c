/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "output.h"
#include "cmd.h"
#include "say.h"
#include "text.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER = 1 << 16 };

/* An output of the process: the report, or a log beside it. */
struct sink {
	int fd;              /* -1: none */
	bool terminal;
	char *final;         /* name it gets when whole; NULL: written straight (standard output, a device) */
	const char *shown;   /* name in messages */
	char *buffer;
	size_t used;
	int error;           /* errno of the first failed write */
	/* Read by the signal handler: written only while `unfinished` is 0. */
	char temporary[PATH_MAX];
	volatile sig_atomic_t unfinished;
};
static struct sink report = { .fd = -1 }, side = { .fd = -1 };
/* What the terminal must get back before the process ends; NULL: nothing. */
static void (*volatile restore)(void);

static void on_signal(int number)
{
	if (report.unfinished)
		(void)unlink(report.temporary);
	if (side.unfinished)
		(void)unlink(side.temporary);
	if (restore)
		restore();
	_exit(number == SIGINT ? STATUS_INTERRUPTED : 128 + number);
}

void output_guard_terminal(void (*give_back)(void))
{
	restore = give_back;
}

void output_guard_signals(void)
{
	static const int fatal[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = on_signal };
	struct sigaction old;

	for (size_t i = 0; i < sizeof(fatal) / sizeof(fatal[0]); i++)
		/* What was ignored stays so: nohup. */
		if (!sigaction(fatal[i], NULL, &old) && old.sa_handler != SIG_IGN)
			(void)sigaction(fatal[i], &action, NULL);
	action.sa_handler = SIG_IGN;
	(void)sigaction(SIGPIPE, &action, NULL); /* a closed pipe is a failed write */
}

/* Holds signals back while the file and what the handler knows of it are brought in step. */
static void hold_signals(bool hold)
{
	sigset_t set;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGHUP);
	(void)sigprocmask(hold ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}

static bool same_file(const struct stat *a, const char *path)
{
	struct stat b;

	return !stat(path, &b) && a->st_dev == b.st_dev && a->st_ino == b.st_ino;
}

/* The input itself or a table that is read with it. */
static bool is_input(const struct stat *target, const char *input)
{
	const char *slash = strrchr(input, '/');
	const char *dot = strrchr(input, '.');
	size_t stem = dot && (!slash || dot > slash) ? (size_t)(dot - input) : strlen(input);

	if (same_file(target, input))
		return true;
	for (size_t i = 1; i < bpr_column_table_count(); i++) {
		char path[PATH_MAX];
		int n = snprintf(path, sizeof(path), "%.*s.%s.csv", (int)stem, input, bpr_column_table_name(i));

		if (n > 0 && (size_t)n < sizeof(path) && same_file(target, path))
			return true;
	}
	return false;
}

static void sink_give_up(struct sink *out)
{
	if (out->unfinished)
		(void)unlink(out->temporary);
	out->unfinished = 0;
	if (out->final && out->fd >= 0)
		(void)close(out->fd);
	out->fd = -1;
	free(out->final);
	free(out->buffer);
	out->final = out->buffer = NULL;
}

/* Name of a new file in the folder of `final`; false with errno. */
static bool make_temporary(struct sink *out, const char *final)
{
	char *copy = xstrdup(final);
	mode_t mask = umask(0);
	int n;

	(void)umask(mask);
	n = snprintf(out->temporary, sizeof(out->temporary), "%s/.bpr-XXXXXX", dirname(copy));
	free(copy);
	if (n < 0 || (size_t)n >= sizeof(out->temporary)) {
		errno = ENAMETOOLONG;
		return false;
	}
	hold_signals(true);
	out->fd = mkstemp(out->temporary);
	out->unfinished = out->fd >= 0;
	hold_signals(false);
	if (out->fd < 0)
		return false;
	return !fchmod(out->fd, 0666 & ~mask) && fcntl(out->fd, F_SETFD, FD_CLOEXEC) != -1;
}

/* Where a symbolic link leads: the link stays, its target is replaced. */
static char *resolve(const char *path)
{
	char *real = realpath(path, NULL);

	return real ? real : xstrdup(path);
}

/* Inputs that every output of the run must leave alone. */
static struct { const char *const *items; size_t count; } others;

void output_protect(const char *const *inputs, size_t count)
{
	others.items = inputs;
	others.count = count;
}

static bool overwrites(const char *path, const struct stat *target, const char *const *inputs, size_t count, int *status)
{
	for (size_t i = 0; i < count; i++) {
		if (!is_input(target, inputs[i]))
			continue;
		say("U110", path, inputs[i], NULL, NULL);
		*status = STATUS_USAGE;
		return true;
	}
	return false;
}

static bool open_file(struct sink *out, const char *path, const char *const *inputs, size_t input_count, int *status)
{
	struct stat target;
	bool exists = !stat(path, &target);

	if (exists && S_ISDIR(target.st_mode)) {
		say("O102", path, NULL, NULL, NULL);
		*status = STATUS_OUTPUT;
		return false;
	}
	if (exists && S_ISREG(target.st_mode) &&
	    (overwrites(path, &target, inputs, input_count, status) || overwrites(path, &target, others.items, others.count, status)))
		return false;
	if (exists && !S_ISREG(target.st_mode)) {
		/* A device or a pipe has no "whole or absent". */
		out->fd = open(path, O_WRONLY | O_CLOEXEC);
	} else {
		out->final = resolve(path);
		if (!make_temporary(out, out->final) && out->fd >= 0) {
			sink_give_up(out);
			out->fd = -1;
		}
	}
	if (out->fd < 0) {
		say("O101", path, say_errno(errno), NULL, NULL);
		*status = STATUS_OUTPUT;
		return false;
	}
	return true;
}

static bool sink_open(struct sink *out, const char *path, const char *const *inputs, size_t input_count, int *status)
{
	out->shown = path && strcmp(path, "-") != 0 ? path : NULL;
	out->error = 0;
	out->used = 0;
	if (out->shown && !open_file(out, path, inputs, input_count, status))
		return false;
	if (!out->shown)
		out->fd = STDOUT_FILENO;
	out->terminal = isatty(out->fd) == 1;
	out->buffer = xcalloc(BUFFER, 1);
	return true;
}

static bool put(struct sink *out, const char *data, size_t length)
{
	while (length && !out->error) {
		ssize_t n = write(out->fd, data, length);

		if (n < 0 && errno != EINTR)
			out->error = errno;
		if (n > 0) {
			data += n;
			length -= (size_t)n;
		}
	}
	return !out->error;
}

static bool flush_buffer(struct sink *out)
{
	size_t n = out->used;

	out->used = 0;
	return put(out, out->buffer, n);
}

static bool sink_write(struct sink *out, const char *data, size_t length)
{
	if (length >= BUFFER - out->used && !flush_buffer(out))
		return false;
	if (length >= BUFFER)
		return put(out, data, length);
	if (length)
		memcpy(out->buffer + out->used, data, length);
	out->used += length;
	return !out->error;
}

/* The name in its folder must survive a power cut too; file systems that cannot sync a folder are no failure. */
static void sync_folder(const char *final)
{
	char *copy = xstrdup(final);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		(void)fsync(fd);
		(void)close(fd);
	}
	free(copy);
}

static void finish_file(struct sink *out)
{
	if (fsync(out->fd) && !out->error && errno != EINVAL && errno != EROFS)
		out->error = errno;
	if (close(out->fd) && !out->error)
		out->error = errno;
	out->fd = -1;
	/* An interrupt comes before it, and leaves the old report, or not at all. */
	hold_signals(true);
	if (!out->error && rename(out->temporary, out->final))
		out->error = errno;
	if (out->error)
		(void)unlink(out->temporary);
	else
		sync_folder(out->final);
	out->unfinished = 0;
}

static bool sink_commit(struct sink *out)
{
	(void)flush_buffer(out);
	if (out->final)
		finish_file(out);
	else if (out->fd >= 0 && close(out->fd) && !out->error)
		out->error = errno;
	out->fd = -1;
	free(out->final);
	free(out->buffer);
	out->final = out->buffer = NULL;
	if (out->error && out->error != EPIPE)
		say(out->shown ? "O101" : "O103", out->shown, say_errno(out->error), NULL, NULL);
	return !out->error;
}

/* ---- the report ---- */

bool output_open(const char *path, const char *const *inputs, size_t input_count, int *status)
{
	return sink_open(&report, path, inputs, input_count, status);
}

bool output_is_terminal(void)
{
	return report.terminal;
}

bool output_write(const char *data, size_t length)
{
	return sink_write(&report, data, length);
}

bool output_commit(void)
{
	return sink_commit(&report);
}

void output_give_up(void)
{
	sink_give_up(&report);
	sink_give_up(&side);
}

/* ---- the log beside it ---- */

bool output_side_open(const char *path, const char *const *inputs, size_t input_count, int *status)
{
	return sink_open(&side, path, inputs, input_count, status);
}

bool output_side_write(const char *data, size_t length)
{
	return sink_write(&side, data, length);
}

bool output_side_commit(void)
{
	return sink_commit(&side);
}

bool output_side_failed(void)
{
	return side.error;
}

void output_side_give_up(void)
{
	sink_give_up(&side);
}

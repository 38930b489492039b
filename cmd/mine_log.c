/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How logs are read: from options to options of the library, and the key of --pseudonymise. */
#include "config.h"
#include "mine_log.h"
#include "mine.h"
#include "say.h"
#include "text.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* As a double: every count below it is exact. */
#define MOST 9007199254740991.0

enum { SHORTEST_KEY = 16, LONGEST_KEY = 4096 };

static const struct { const char *name; enum bpr_log_format format; } formats[] = {
	{ "auto", BPR_LOG_AUTO }, { "csv", BPR_LOG_CSV }, { "xes", BPR_LOG_XES }, { "ocel", BPR_LOG_OCEL },
};

const char *mine_log_format(size_t i)
{
	return i < sizeof(formats) / sizeof(formats[0]) ? formats[i].name : NULL;
}

const struct opt mine_log_opts[] = {
	LOG_OPTS(mine_args, log),
	{ .kind = OPT_CHOICE, .name = "encoding", .at = OPT_AT(common_args, encoding), .arg = "NAME", .choice = common_encoding_choice,
	  .help = N_("encoding of CSV input; auto finds it; utf-8-bom: finds it too, and begins a CSV report with a byte order mark, as Excel wants it") },
	{ .kind = OPT_SIZE, .name = "max-bytes", .at = OPT_AT(mine_args, log.max_bytes), .arg = "N", .min = 1, .max = MOST, .bytes = true,
	  .help = N_("size of one log, unpacked; default 64G") },
	{ .kind = OPT_SIZE, .name = "max-field", .at = OPT_AT(common_args, max_field), .arg = "N", .min = 1, .max = 1 << 30, .bytes = true,
	  .help = N_("size of one cell or attribute; default 1M") },
	{ .kind = OPT_END },
};

/* Bytes of the file, or -1: errno. Pipes will do: a key need not lie on a disk. */
static ssize_t read_key(const char *path, char *room, size_t size)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	size_t used = 0;
	ssize_t n = 0;
	int error;

	if (fd < 0)
		return -1;
	while (used < size && ((n = read(fd, room + used, size - used)) > 0 || (n < 0 && errno == EINTR)))
		used += n > 0 ? (size_t)n : 0;
	error = errno;
	(void)close(fd);
	errno = error;
	return n < 0 ? -1 : (ssize_t)used;
}

/* The line end that an editor puts behind a key is none of it. */
static size_t without_line_end(const char *key, size_t length)
{
	length -= length && key[length - 1] == '\n';
	return length - (length && key[length - 1] == '\r');
}

bool mine_log_understood(struct log_args *args, int *status)
{
	ssize_t n;

	if (args->by.count > BPR_LOG_BY_MAX) {
		say("L013", NULL, NULL, NULL, NULL);
		*status = STATUS_USAGE;
		return false;
	}
	if (!args->pseudonymise)
		return true;
	args->key = xcalloc(LONGEST_KEY + 1, 1);
	n = read_key(args->pseudonymise, args->key, LONGEST_KEY + 1);
	if (n < 0) {
		say("U173", args->pseudonymise, say_errno(errno), NULL, NULL);
		*status = STATUS_INPUT;
		return false;
	}
	args->key_length = without_line_end(args->key, (size_t)n);
	if (args->key_length >= SHORTEST_KEY && n <= LONGEST_KEY)
		return true;
	say("U174", args->pseudonymise, NULL, NULL, NULL);
	*status = STATUS_INPUT;
	return false;
}

void mine_log_options(const struct log_args *args, const struct common_args *common, struct bpr_log_options *options)
{
	*options = (struct bpr_log_options)BPR_LOG_OPTIONS_INIT;
	options->format = formats[args->format].format;
	options->encoding = common_encoding(common);
	options->case_column = args->case_column;
	options->activity = args->activity;
	options->time = args->time;
	options->start = args->start;
	options->resource = args->resource;
	options->unit = args->unit;
	options->counter = args->counter;
	options->result = args->result;
	options->by = args->by.items;
	options->by_count = args->by.count < BPR_LOG_BY_MAX ? args->by.count : BPR_LOG_BY_MAX;
	options->classifier = args->classifier;
	options->object_type = args->object_type;
	options->strict = args->strict;
	options->key = args->key;
	options->key_length = args->key_length;
	options->temp = getenv("TMPDIR");
	if (options->temp && !*options->temp)
		options->temp = NULL;
	if (args->max_bytes || common->max_bytes)
		options->max_bytes = args->max_bytes ? args->max_bytes : common->max_bytes;
	options->max_field = common->max_field;
	if (args->max_names)
		options->max_names = args->max_names;
}

void mine_log_release(struct log_args *args)
{
	if (args->key)
		explicit_bzero(args->key, LONGEST_KEY + 1);
	free(args->key);
	args->key = NULL;
	args->key_length = 0;
}

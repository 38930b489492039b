/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the bytes come from, what they are packed in, and how many there may be. */
#include "config.h"
#include "archive/archive_i.h"
#include "base/alloc_i.h"
#include "base/file_i.h"
#include "base/num_i.h"
#include <string.h>

enum { PIECE = 1 << 18 };

struct bpr_archive {
	struct bpr_archive_options options;
	const char *memory; size_t memory_length; bool in_memory;
	int fd;
	char *room;              /* PIECE bytes, of a file */
	const char *first; size_t first_length; /* read to know what it is, not yet given */
	unsigned long long given;
};

/* The next bytes as they stand in the file. */
static bpr_status raw(bpr_archive *a, const char **text, size_t *length, struct bpr_fault *fault)
{
	if (a->first_length) {
		*text = a->first;
		*length = a->first_length;
		a->first_length = 0;
		return BPR_OK;
	}
	if (a->in_memory) {
		*length = 0;
		return BPR_OK;
	}
	*text = a->room;
	return bpr_i_file_next(a->fd, a->room, PIECE, length, fault);
}

bpr_status bpr_i_archive_read(void *archive, const char **text, size_t *length, struct bpr_fault *fault)
{
	bpr_archive *a = archive;
	bpr_status status = raw(a, text, length, fault);
	char limit[32];

	if (status)
		return status;
	a->given += *length;
	if (a->given <= a->options.max_bytes)
		return BPR_OK;
	(void)bpr_i_num_format(limit, sizeof(limit), (double)a->options.max_bytes);
	return bpr_i_fault(fault, BPR_ELIMIT, BPR_I_I005, 0, limit, NULL, NULL);
}

/* A file's first piece. */
static bpr_status open_file(bpr_archive *a, const char *path, struct bpr_fault *fault)
{
	unsigned long long size;
	bpr_status status = bpr_i_file_open(path, &a->fd, &size, fault);

	if (status)
		return status;
	a->room = bpr_i_realloc(NULL, PIECE, 1);
	if (!a->room)
		return bpr_i_fault(fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	a->first = a->room;
	return bpr_i_file_next(a->fd, a->room, PIECE, &a->first_length, fault);
}

bpr_status bpr_i_archive_open(const char *path, const void *data, size_t length, const struct bpr_archive_options *options,
			      bpr_archive **out, struct bpr_fault *fault)
{
	bpr_archive *a = bpr_i_calloc(1, sizeof(*a));
	bpr_status status = BPR_OK;

	*out = NULL;
	if (!a)
		return bpr_i_fault(fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	a->options = *options;
	a->fd = -1;
	a->in_memory = path == NULL;
	if (path) {
		status = open_file(a, path, fault);
	} else {
		a->first = data;
		a->first_length = length;
	}
	if (!status && !a->first_length)
		status = bpr_i_fault(fault, BPR_ESYNTAX, BPR_I_I004, 0, NULL, NULL, NULL);
	if (status)
		bpr_i_archive_free(a);
	else
		*out = a;
	return status;
}

void bpr_i_archive_free(bpr_archive *a)
{
	if (!a)
		return;
	bpr_i_file_close(a->fd);
	bpr_i_free(a->room);
	bpr_i_free(a);
}

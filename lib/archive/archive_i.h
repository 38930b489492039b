/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ARCHIVE_ARCHIVE_I_H
#define BPR_ARCHIVE_ARCHIVE_I_H
/*
 * A file, standard input or memory as a stream of bytes, unpacked where it is packed: gzip, zstd, xz, bzip2, or a zip archive with
 * one file in it. The only caller of libarchive. What is cut off, damaged, encrypted or packed twice is an error, never a short
 * stream.
 */
#include "base/fault_i.h"
#include <stdbool.h>

typedef struct bpr_archive bpr_archive;

struct bpr_archive_options {
	unsigned long long max_bytes;             /* of the stream */
	/* Of several files in an archive, the one that is wanted, by its name (UTF-8); NULL: none is better than another. */
	bool (*wanted)(const char *name);
};

/* Opens `path` ("-": standard input), or `length` bytes at `data` where path is NULL (borrowed until the end). */
bpr_status bpr_i_archive_open(const char *path, const void *data, size_t length, const struct bpr_archive_options *options,
			      bpr_archive **out, struct bpr_fault *fault);
/* The next piece, borrowed until the next call; length 0 behind the last. As struct bpr_log_stream wants it. */
bpr_status bpr_i_archive_read(void *archive, const char **text, size_t *length, struct bpr_fault *fault);
void bpr_i_archive_free(bpr_archive *archive);
#endif

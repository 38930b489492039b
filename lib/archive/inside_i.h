/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ARCHIVE_INSIDE_I_H
#define BPR_ARCHIVE_INSIDE_I_H
/* What the parts of lib/archive share. */
#include "archive/archive_i.h"
#include <stddef.h>

enum bpr_packing { BPR_PACKING_NONE = 0, BPR_PACKING_GZIP, BPR_PACKING_ZSTD, BPR_PACKING_XZ, BPR_PACKING_BZIP2, BPR_PACKING_ZIP };
enum { BPR_ARCHIVE_PIECE = 1 << 18 };

struct bpr_archive {
	struct bpr_archive_options options;
	enum bpr_packing packing;
	/* the bytes as they stand there */
	const char *memory; size_t memory_length, memory_at; bool in_memory, owned;
	int fd; bool can_seek;
	char *room;              /* a piece of a file */
	const char *first; size_t first_length; /* read to know what it is, not yet given */
	unsigned long long taken, given;
	/* unpacking */
	struct bpr_gzip *gzip;
	struct archive *library;
	char *out;               /* a piece, unpacked by gzip */
	struct bpr_fault fault;  /* of a read within libarchive */
};

const char *bpr_i_packing_name(enum bpr_packing packing);
/* The next bytes as they stand there; length 0 behind the last. */
bpr_status bpr_i_archive_raw(bpr_archive *archive, const char **text, size_t *length, struct bpr_fault *fault);
bpr_status bpr_i_archive_nomem(struct bpr_fault *fault);

/* gzip.c: by zlib, since libarchive 3.6 does not look at the check sums of gzip. */
bpr_status bpr_i_gzip_open(bpr_archive *archive, struct bpr_fault *fault);
bpr_status bpr_i_gzip_next(bpr_archive *archive, const char **text, size_t *length, struct bpr_fault *fault);
void bpr_i_gzip_close(bpr_archive *archive);

/* library.c: everything else. */
bpr_status bpr_i_library_open(bpr_archive *archive, struct bpr_fault *fault);
bpr_status bpr_i_library_next(bpr_archive *archive, const char **text, size_t *length, struct bpr_fault *fault);
void bpr_i_library_close(bpr_archive *archive);
#endif

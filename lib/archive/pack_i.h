/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ARCHIVE_PACK_I_H
#define BPR_ARCHIVE_PACK_I_H
/*
 * Several small files as one zip archive, and back. Written: sorted by name, with fixed times, so that the same files are the same
 * bytes. Read: with limits, and only what was written so: plain files with plain names.
 */
#include "base/buf_i.h"
#include "base/fault_i.h"
#include <stdbool.h>

struct bpr_packed { char *name; char *data; size_t length; }; /* data is NUL-terminated behind its length */
struct bpr_packed_list { struct bpr_packed *items; size_t count, capacity; };
void bpr_i_packed_release(struct bpr_packed_list *list);
/* Copies both. False: out of memory. */
bool bpr_i_packed_add(struct bpr_packed_list *list, const char *name, const char *data, size_t length);
const struct bpr_packed *bpr_i_packed_find(const struct bpr_packed_list *list, const char *name);

/* Lower-case letters, digits, '-' and single dots inside, at most 64: never a path. */
bool bpr_i_packed_name(const char *name);
/* Sorts the list by name. BPR_ENOMEM, BPR_ELIMIT: more than 4 GiB. */
bpr_status bpr_i_pack(struct bpr_packed_list *list, struct bpr_buf *out);

struct bpr_unpack_limits {
	size_t max_files;
	unsigned long long max_bytes;  /* of all of them, unpacked */
	unsigned long long max_ratio;  /* unpacked to packed, where more than a MiB is unpacked */
};
/*
 * The whole archive in memory. `list` is empty before, and empty again after a failure. BPR_ESYNTAX: damaged, cut off, a name that is no
 * plain one, a name that stands there twice; BPR_EUNSUPPORTED: encrypted, a link or folder; BPR_ELIMIT; BPR_ENOMEM.
 */
bpr_status bpr_i_unpack(const char *data, size_t length, const struct bpr_unpack_limits *limits, struct bpr_packed_list *list,
			struct bpr_fault *fault);
#endif

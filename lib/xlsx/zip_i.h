/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_XLSX_ZIP_I_H
#define BPR_XLSX_ZIP_I_H
/*
 * Parts of a ZIP archive in memory, by minizip: unpacked piece by piece, never to a file, so that a name in it can lead
 * nowhere. What may be unpacked in all is limited, in bytes and by how much smaller the archive is.
 */
#include "base/alloc_i.h"
#include "base/fault_i.h"

struct bpr_zip {
	const unsigned char *data;
	size_t length, at;       /* at: where minizip reads */
	void *file;              /* minizip's */
	bool ended;              /* a read went past the end */
	size_t max_bytes, unpacked;
	struct bpr_zip_part *parts; size_t count, capacity;
	struct bpr_names names;  /* of the parts, in lower case: in step with them */
	struct bpr_arena arena;
};

/* Takes a piece; anything but BPR_OK stops, and is what bpr_i_zip_read() returns. */
typedef bpr_status bpr_zip_fn(void *data, const char *piece, size_t length);

/* The list of parts. The bytes are borrowed. Release in any case. BPR_ESYNTAX, BPR_ELIMIT, BPR_ENOMEM with a fault. */
bpr_status bpr_i_zip_open(struct bpr_zip *zip, const void *data, size_t length, size_t max_bytes, struct bpr_fault *fault);
void bpr_i_zip_release(struct bpr_zip *zip);
/* Index of the part, or BPR_NONE. As the format has it, a leading '/' and the case of ASCII do not matter. */
size_t bpr_i_zip_find(const struct bpr_zip *zip, const char *name);
/*
 * Unpacks a part into `take`. The check sum is looked at behind the last piece. Where `take` stops, its status is
 * returned and no fault is set.
 */
bpr_status bpr_i_zip_read(struct bpr_zip *zip, size_t part, bpr_zip_fn *take, void *data, struct bpr_fault *fault);
#endif

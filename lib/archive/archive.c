/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the bytes come from, what they are packed in, and how many there may be. */
#include "config.h"
#include "archive/inside_i.h"
#include "base/alloc_i.h"
#include "base/file_i.h"
#include "base/num_i.h"
#include <string.h>

enum {
	BEGINNING = 512,         /* enough to know what it is, also from a pipe that gives single bytes */
	MOST_ZIP = 1 << 26,      /* of a zip archive that comes through a pipe: its list stands at its end */
	FREE = 1 << 26, MOST_TIMES = 1000, /* growth, beyond so many bytes */
};

static const struct { const char *bytes; size_t length; enum bpr_packing packing; const char *name; } packings[] = {
	{ "\x1f\x8b", 2, BPR_PACKING_GZIP, "gzip" }, { "\x28\xb5\x2f\xfd", 4, BPR_PACKING_ZSTD, "zstd" },
	{ "\xfd" "7zXZ\0", 6, BPR_PACKING_XZ, "xz" }, { "BZh", 3, BPR_PACKING_BZIP2, "bzip2" }, { "PK\003\004", 4, BPR_PACKING_ZIP, "zip" },
	{ "PK\005\006", 4, BPR_PACKING_ZIP, "zip" },
};

const char *bpr_i_packing_name(enum bpr_packing packing)
{
	for (size_t i = 0; i < sizeof(packings) / sizeof(packings[0]); i++)
		if (packings[i].packing == packing)
			return packings[i].name;
	return "";
}

static enum bpr_packing packing_of(const char *text, size_t length)
{
	for (size_t i = 0; i < sizeof(packings) / sizeof(packings[0]); i++)
		if (length >= packings[i].length && !memcmp(text, packings[i].bytes, packings[i].length))
			return packings[i].packing;
	return BPR_PACKING_NONE;
}

bpr_status bpr_i_archive_nomem(struct bpr_fault *fault)
{
	return bpr_i_fault(fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
}

static bpr_status too_large(const bpr_archive *a, struct bpr_fault *fault)
{
	char limit[32];

	(void)bpr_i_num_format(limit, sizeof(limit), (double)a->options.max_bytes);
	return bpr_i_fault(fault, BPR_ELIMIT, BPR_I_I005, 0, limit, NULL, NULL);
}

bpr_status bpr_i_archive_raw(bpr_archive *a, const char **text, size_t *length, struct bpr_fault *fault)
{
	bpr_status status = BPR_OK;

	if (a->first_length) {
		*text = a->first;
		*length = a->first_length;
		a->first_length = 0;
	} else if (a->in_memory) {
		*text = a->memory + a->memory_at;
		*length = a->memory_length - a->memory_at;
		if (*length > BPR_ARCHIVE_PIECE)
			*length = BPR_ARCHIVE_PIECE;
		a->memory_at += *length;
	} else {
		*text = a->room;
		status = bpr_i_file_next(a->fd, a->room, BPR_ARCHIVE_PIECE, length, fault);
	}
	a->taken += *length;
	return status;
}

static bpr_status next_piece(bpr_archive *a, const char **text, size_t *length, struct bpr_fault *fault)
{
	switch (a->packing) {
	case BPR_PACKING_GZIP: return bpr_i_gzip_next(a, text, length, fault);
	case BPR_PACKING_ZSTD: case BPR_PACKING_XZ: case BPR_PACKING_BZIP2: case BPR_PACKING_ZIP: return bpr_i_library_next(a, text, length, fault);
	case BPR_PACKING_NONE: break;
	}
	return bpr_i_archive_raw(a, text, length, fault);
}

bpr_status bpr_i_archive_read(void *archive, const char **text, size_t *length, struct bpr_fault *fault)
{
	bpr_archive *a = archive;
	bpr_status status = next_piece(a, text, length, fault);
	char times[32];

	if (status)
		return status;
	a->given += *length;
	if (a->given > a->options.max_bytes)
		return too_large(a, fault);
	if (a->packing == BPR_PACKING_NONE || a->given <= FREE || a->given / MOST_TIMES <= a->taken)
		return BPR_OK;
	(void)bpr_i_num_format(times, sizeof(times), MOST_TIMES);
	return bpr_i_fault(fault, BPR_ELIMIT, BPR_I_L007, 0, times, NULL, NULL);
}

/* ---- opening ---- */

static bpr_status fill(bpr_archive *a, char *room, size_t most, size_t *length, struct bpr_fault *fault)
{
	bpr_status status = BPR_OK;
	size_t got = 1;

	while (!status && got && *length < most) {
		status = bpr_i_file_next(a->fd, room + *length, most - *length, &got, fault);
		*length += got;
	}
	return status;
}

static bpr_status open_file(bpr_archive *a, const char *path, struct bpr_fault *fault)
{
	unsigned long long size;
	bpr_status status = bpr_i_file_open(path, &a->fd, &size, fault);
	size_t got = 1;

	if (status)
		return status;
	a->can_seek = strcmp(path, "-") != 0;
	a->room = bpr_i_realloc(NULL, BPR_ARCHIVE_PIECE, 1);
	if (!a->room)
		return bpr_i_archive_nomem(fault);
	a->first = a->room;
	while (!status && got && a->first_length < BEGINNING) {
		status = bpr_i_file_next(a->fd, a->room + a->first_length, BPR_ARCHIVE_PIECE - a->first_length, &got, fault);
		a->first_length += got;
	}
	return status;
}

/* What a pipe brings, into memory: the list of a zip archive stands at its end. */
static bpr_status gather(bpr_archive *a, struct bpr_fault *fault)
{
	char *all = bpr_i_realloc(NULL, MOST_ZIP, 1);
	size_t length = a->first_length;
	bpr_status status;

	if (!all)
		return bpr_i_archive_nomem(fault);
	memcpy(all, a->first, length);
	status = fill(a, all, MOST_ZIP, &length, fault);
	if (!status && length == MOST_ZIP)
		status = bpr_i_fault(fault, BPR_EUNSUPPORTED, BPR_I_L017, 0, NULL, NULL, NULL);
	a->memory = all;
	a->memory_length = length;
	a->in_memory = a->owned = true;
	a->first_length = 0;
	return status;
}

static bpr_status unpack(bpr_archive *a, struct bpr_fault *fault)
{
	bpr_status status = BPR_OK;

	a->packing = packing_of(a->first, a->first_length);
	if (a->packing == BPR_PACKING_ZIP && !a->in_memory && !a->can_seek)
		status = gather(a, fault);
	if (status || a->packing == BPR_PACKING_NONE)
		return status;
	return a->packing == BPR_PACKING_GZIP ? bpr_i_gzip_open(a, fault) : bpr_i_library_open(a, fault);
}

bpr_status bpr_i_archive_open(const char *path, const void *data, size_t length, const struct bpr_archive_options *options,
			      bpr_archive **out, struct bpr_fault *fault)
{
	bpr_archive *a = bpr_i_calloc(1, sizeof(*a));
	bpr_status status = BPR_OK;

	*out = NULL;
	if (!a)
		return bpr_i_archive_nomem(fault);
	a->options = *options;
	a->fd = -1;
	a->in_memory = path == NULL;
	if (path) {
		status = open_file(a, path, fault);
	} else {
		a->memory = a->first = data;
		a->memory_length = length;
		a->first_length = a->memory_at = length < BPR_ARCHIVE_PIECE ? length : BPR_ARCHIVE_PIECE;
	}
	if (!status && !a->first_length)
		status = bpr_i_fault(fault, BPR_ESYNTAX, BPR_I_I004, 0, NULL, NULL, NULL);
	if (!status)
		status = unpack(a, fault);
	if (status)
		bpr_i_archive_free(a);
	else
		*out = a;
	return status;
}

void bpr_i_archive_free(bpr_archive *a)
{
	union { const char *read_only; void *own; } memory;

	if (!a)
		return;
	bpr_i_gzip_close(a);
	bpr_i_library_close(a);
	bpr_i_file_close(a->fd);
	memory.read_only = a->memory;
	if (a->owned)
		bpr_i_free(memory.own);
	bpr_i_free(a->out);
	bpr_i_free(a->room);
	bpr_i_free(a);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The archive by minizip 1.1, over memory. It trusts the list of parts at the end of the archive, so what that says is
 * held against limits first, and what comes out is counted while it comes.
 */
#include "config.h"
#include "xlsx/zip_i.h"
#include "base/num_i.h"
#include "base/text_i.h"
#include <minizip/unzip.h>
#include <stdint.h>
#include <string.h>

/*
 * A sheet of equal rows packs a hundred times smaller, nothing that an office writes a thousand times. Small archives
 * may do as they like: FREE bytes unpack in no time.
 */
enum { MOST_PARTS = 20000, LONGEST_NAME = 1024, PIECE = 1 << 16, MOST_RATIO = 256, FREE = 64 << 20 };

struct bpr_zip_part {
	unz64_file_pos at;
	bool locked;     /* with a password */
	bool packed;     /* by another method than zlib's */
};

/* ---- memory as minizip's file ---- */

static voidpf on_open(voidpf opaque, const void *name, int mode)
{
	(void)name;
	(void)mode;
	return opaque;
}

static uLong on_read(voidpf opaque, voidpf stream, void *to, uLong size)
{
	struct bpr_zip *zip = opaque;
	size_t left = zip->length - zip->at;
	size_t n = size < left ? size : left;

	(void)stream;
	if (n)
		memcpy(to, zip->data + zip->at, n);
	zip->at += n;
	zip->ended |= n < size;
	return n;
}

static uLong on_write(voidpf opaque, voidpf stream, const void *from, uLong size)
{
	(void)opaque;
	(void)stream;
	(void)from;
	(void)size;
	return 0;
}

static ZPOS64_T on_tell(voidpf opaque, voidpf stream)
{
	(void)stream;
	return ((const struct bpr_zip *)opaque)->at;
}

static long on_seek(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
	struct bpr_zip *zip = opaque;
	uint64_t from = origin == ZLIB_FILEFUNC_SEEK_CUR ? zip->at : origin == ZLIB_FILEFUNC_SEEK_END ? zip->length : 0;

	(void)stream;
	if (offset > zip->length || from > zip->length - offset)
		return -1;
	zip->at = (size_t)(from + offset);
	return 0;
}

static int on_close(voidpf opaque, voidpf stream)
{
	(void)opaque;
	(void)stream;
	return 0;
}

/* minizip takes what it cannot read for 0, unless it is told so. */
static int on_error(voidpf opaque, voidpf stream)
{
	(void)stream;
	return ((const struct bpr_zip *)opaque)->ended;
}

/* ---- the list of parts ---- */

static bpr_status nomem(struct bpr_fault *fault)
{
	return bpr_i_fault(fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
}

static bpr_status damaged(struct bpr_fault *fault, const char *why)
{
	return bpr_i_fault(fault, BPR_ESYNTAX, BPR_I_T041, 0, why, NULL, NULL);
}

/* In lower case, '/' between folders and none in front. */
static size_t plain_name(char *to, size_t size, const char *name)
{
	size_t n = 0;

	while (*name == '/')
		name++;
	for (; *name && n + 1 < size; name++) {
		to[n] = *name;
		if (*name >= 'A' && *name <= 'Z')
			to[n] = (char)(*name - 'A' + 'a');
		else if (*name == '\\')
			to[n] = '/';
		n++;
	}
	to[n] = '\0';
	return n;
}

static bpr_status add_part(struct bpr_zip *zip, struct bpr_fault *fault)
{
	char name[LONGEST_NAME + 1] = "";
	char plain[LONGEST_NAME + 1];
	struct bpr_zip_part part = { .locked = false };
	unz_file_info64 info;
	bool added = false;
	const char *kept;
	size_t n;

	if (unzGetCurrentFileInfo64(zip->file, &info, name, LONGEST_NAME, NULL, 0, NULL, 0) != UNZ_OK ||
	    unzGetFilePos64(zip->file, &part.at) != UNZ_OK)
		return damaged(fault, BPR_I_ARG N_("its list of parts cannot be read"));
	if (info.size_filename > LONGEST_NAME)
		return damaged(fault, BPR_I_ARG N_("a part has a name of more than 1,024 bytes"));
	part.locked = (info.flag & 1u) != 0;
	part.packed = info.compression_method != 0 && info.compression_method != Z_DEFLATED;
	n = plain_name(plain, sizeof(plain), name);
	kept = bpr_i_arena_strndup(&zip->arena, plain, n);
	if (!kept || !bpr_i_grow(&zip->parts, &zip->capacity, zip->count + 1, sizeof(part)) ||
	    bpr_i_names_add(&zip->names, kept, n, &added) == BPR_NONE)
		return nomem(fault);
	/* Two parts of one name: every program may see another one. */
	if (!added)
		return damaged(fault, BPR_I_ARG N_("two parts have the same name"));
	zip->parts[zip->count++] = part;
	return BPR_OK;
}

static bpr_status list_parts(struct bpr_zip *zip, struct bpr_fault *fault)
{
	int found = unzGoToFirstFile(zip->file);
	bpr_status status = BPR_OK;

	for (; found == UNZ_OK && !status; found = status ? found : unzGoToNextFile(zip->file)) {
		if (zip->count >= MOST_PARTS)
			status = bpr_i_fault(fault, BPR_ELIMIT, BPR_I_T056, 0, "20000", BPR_I_ARG N_("parts"), NULL);
		else
			status = add_part(zip, fault);
	}
	if (!status && found != UNZ_END_OF_LIST_OF_FILE)
		return damaged(fault, BPR_I_ARG N_("its list of parts cannot be read"));
	return status;
}

bpr_status bpr_i_zip_open(struct bpr_zip *zip, const void *data, size_t length, size_t max_bytes, struct bpr_fault *fault)
{
	zlib_filefunc64_def functions = { on_open, on_read, on_write, on_tell, on_seek, on_close, on_error, zip };

	*zip = (struct bpr_zip){ .data = data, .length = length, .max_bytes = max_bytes };
	zip->file = unzOpen2_64("", &functions);
	if (!zip->file)
		return damaged(fault, BPR_I_ARG N_("its end is missing, as when a download was cut off"));
	return list_parts(zip, fault);
}

void bpr_i_zip_release(struct bpr_zip *zip)
{
	if (zip->file)
		(void)unzClose(zip->file);
	bpr_i_names_release(&zip->names);
	bpr_i_arena_release(&zip->arena);
	bpr_i_free(zip->parts);
	*zip = (struct bpr_zip){ 0 };
}

size_t bpr_i_zip_find(const struct bpr_zip *zip, const char *name)
{
	char plain[LONGEST_NAME + 1];
	size_t n = plain_name(plain, sizeof(plain), name);

	return bpr_i_names_find(&zip->names, plain, n);
}

/* ---- unpacking ---- */

static bpr_status count_bytes(struct bpr_zip *zip, size_t n, struct bpr_fault *fault)
{
	char limit[32];

	zip->unpacked += n;
	if (zip->unpacked > zip->max_bytes) {
		(void)bpr_i_num_format(limit, sizeof(limit), (double)zip->max_bytes);
		return bpr_i_fault(fault, BPR_ELIMIT, BPR_I_T043, 0, limit, NULL, NULL);
	}
	if (zip->unpacked > FREE && zip->unpacked / MOST_RATIO > zip->length)
		return bpr_i_fault(fault, BPR_ELIMIT, BPR_I_T044, 0, "256", NULL, NULL);
	return BPR_OK;
}

static bpr_status read_pieces(struct bpr_zip *zip, char *room, bpr_zip_fn *take, void *data, struct bpr_fault *fault)
{
	for (;;) {
		int n = unzReadCurrentFile(zip->file, room, PIECE);
		bpr_status status;

		if (n < 0)
			return damaged(fault, BPR_I_ARG N_("a part of it cannot be unpacked"));
		if (!n)
			return BPR_OK;
		status = count_bytes(zip, (size_t)n, fault);
		if (!status)
			status = take(data, room, (size_t)n);
		if (status)
			return status;
	}
}

bpr_status bpr_i_zip_read(struct bpr_zip *zip, size_t part, bpr_zip_fn *take, void *data, struct bpr_fault *fault)
{
	char *room;
	bpr_status status;

	if (zip->parts[part].locked)
		return bpr_i_fault(fault, BPR_EUNSUPPORTED, BPR_I_T042, 0, NULL, NULL, NULL);
	if (zip->parts[part].packed)
		return damaged(fault, BPR_I_ARG N_("a part of it is packed by an unknown method"));
	if (unzGoToFilePos64(zip->file, &zip->parts[part].at) != UNZ_OK || unzOpenCurrentFile(zip->file) != UNZ_OK)
		return damaged(fault, BPR_I_ARG N_("a part of it cannot be unpacked"));
	room = bpr_i_realloc(NULL, PIECE, 1);
	status = room ? read_pieces(zip, room, take, data, fault) : nomem(fault);
	bpr_i_free(room);
	/* Only a part that was read to its end has its check sum looked at. */
	if (unzCloseCurrentFile(zip->file) == UNZ_CRCERROR && !status)
		return damaged(fault, BPR_I_ARG N_("a part of it has a wrong check sum"));
	return status;
}

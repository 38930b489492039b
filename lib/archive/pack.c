/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing a zip archive (PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.16), by hand: libarchive writes times and extra fields of its
 * own choice. Each file is deflated where that is shorter; all times are the first moment that the format can say.
 */
#include "config.h"
#include "archive/pack_i.h"
#include "base/alloc_i.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { LONGEST_NAME = 64, ZIP_VERSION = 20, ZIP_UTF8 = 0x0800, ZIP_DEFLATED = 8, FIRST_DAY = 0x0021 };

void bpr_i_packed_release(struct bpr_packed_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		bpr_i_free(list->items[i].name);
		bpr_i_free(list->items[i].data);
	}
	bpr_i_free(list->items);
	*list = (struct bpr_packed_list){ NULL, 0, 0 };
}

static char *copy(const char *data, size_t length)
{
	char *out = length < SIZE_MAX ? bpr_i_calloc(length + 1, 1) : NULL;

	if (out && length)
		memcpy(out, data, length);
	return out;
}

bool bpr_i_packed_add(struct bpr_packed_list *list, const char *name, const char *data, size_t length)
{
	struct bpr_packed one = { NULL, NULL, length };

	if (!bpr_i_grow(&list->items, &list->capacity, list->count + 1, sizeof(*list->items)))
		return false;
	one.name = copy(name, strlen(name));
	one.data = copy(data, length);
	if (!one.name || !one.data) {
		bpr_i_free(one.name);
		bpr_i_free(one.data);
		return false;
	}
	list->items[list->count++] = one;
	return true;
}

const struct bpr_packed *bpr_i_packed_find(const struct bpr_packed_list *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(list->items[i].name, name))
			return &list->items[i];
	return NULL;
}

bool bpr_i_packed_name(const char *name)
{
	size_t n = strlen(name);

	if (!n || n > LONGEST_NAME || name[0] == '.' || name[n - 1] == '.' || name[0] == '-')
		return false;
	for (size_t i = 0; i < n; i++)
		if (!((name[i] >= 'a' && name[i] <= 'z') || (name[i] >= '0' && name[i] <= '9') || name[i] == '-'
		      || (name[i] == '.' && name[i + 1] != '.')))
			return false;
	return true;
}

/* ---- writing ---- */

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct bpr_packed *)a)->name, ((const struct bpr_packed *)b)->name);
}

static void put(struct bpr_buf *out, unsigned long value, int bytes)
{
	for (int i = 0; i < bytes; i++)
		bpr_i_buf_putc(out, (char)(value >> (8 * i) & 0xff));
}

/* A raw deflate stream, or nothing where it is no shorter. False: out of memory. */
static bool deflated(const struct bpr_packed *file, struct bpr_buf *out)
{
	z_stream z = { .next_in = (Bytef *)(uintptr_t)file->data, .avail_in = (uInt)file->length };
	bool ok = deflateInit2(&z, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) == Z_OK;
	unsigned char room[4096];
	int result = Z_OK;

	while (ok && result == Z_OK) {
		z.next_out = room;
		z.avail_out = sizeof(room);
		result = deflate(&z, Z_FINISH);
		ok = result == Z_OK || result == Z_STREAM_END;
		bpr_i_buf_add(out, room, sizeof(room) - z.avail_out);
	}
	(void)deflateEnd(&z);
	if (out->length >= file->length)
		bpr_i_buf_clear(out);
	return ok && !out->failed;
}

struct record { unsigned long crc, packed, offset; bool deflate; };

/* What both headers say of a file. */
static void put_facts(struct bpr_buf *out, const struct bpr_packed *file, const struct record *r)
{
	put(out, ZIP_VERSION, 2);
	put(out, ZIP_UTF8, 2);
	put(out, r->deflate ? ZIP_DEFLATED : 0, 2);
	put(out, 0, 2);
	put(out, FIRST_DAY, 2);
	put(out, r->crc, 4);
	put(out, r->packed, 4);
	put(out, (unsigned long)file->length, 4);
	put(out, (unsigned long)strlen(file->name), 2);
	put(out, 0, 2);
}

static bpr_status put_file(struct bpr_buf *out, const struct bpr_packed *file, struct record *r)
{
	struct bpr_buf body = BPR_BUF_INIT;

	if (!deflated(file, &body)) {
		bpr_i_buf_release(&body);
		return BPR_ENOMEM;
	}
	r->deflate = body.length > 0;
	r->crc = crc32(0, (const Bytef *)file->data, (uInt)file->length);
	r->packed = (unsigned long)(r->deflate ? body.length : file->length);
	r->offset = (unsigned long)out->length;
	bpr_i_buf_add(out, "PK\3\4", 4);
	put_facts(out, file, r);
	bpr_i_buf_puts(out, file->name);
	bpr_i_buf_add(out, r->deflate ? body.data : file->data, r->packed);
	bpr_i_buf_release(&body);
	return out->failed;
}

static void put_directory(struct bpr_buf *out, const struct bpr_packed_list *list, const struct record *records)
{
	size_t start = out->length;

	for (size_t i = 0; i < list->count; i++) {
		bpr_i_buf_add(out, "PK\1\2", 4);
		put(out, ZIP_VERSION, 2);
		put_facts(out, &list->items[i], &records[i]);
		put(out, 0, 2 + 2 + 2 + 4); /* no comment, this disk, no attributes */
		put(out, records[i].offset, 4);
		bpr_i_buf_puts(out, list->items[i].name);
	}
	bpr_i_buf_add(out, "PK\5\6\0\0\0\0", 8);
	put(out, (unsigned long)list->count, 2);
	put(out, (unsigned long)list->count, 2);
	put(out, (unsigned long)(out->length - start - 12), 4);
	put(out, (unsigned long)start, 4);
	put(out, 0, 2);
}

bpr_status bpr_i_pack(struct bpr_packed_list *list, struct bpr_buf *out)
{
	struct record *records = bpr_i_calloc(list->count + 1, sizeof(*records));
	unsigned long long all = 0;
	bpr_status status = records ? BPR_OK : BPR_ENOMEM;

	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), by_name);
	for (size_t i = 0; i < list->count; i++)
		all += list->items[i].length + 200;
	if (!status && (all >= UINT32_MAX || list->count > UINT16_MAX))
		status = BPR_ELIMIT;
	for (size_t i = 0; i < list->count && !status; i++)
		status = put_file(out, &list->items[i], &records[i]);
	if (!status) {
		put_directory(out, list, records);
		status = out->failed;
	}
	bpr_i_free(records);
	return status;
}

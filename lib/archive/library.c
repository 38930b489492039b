/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zstd, xz, bzip2 and zip, by libarchive. Of its formats and filters only these are switched on. */
#include "config.h"
#include "archive/inside_i.h"
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include "base/encoding_i.h"
#include "base/file_i.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>
#include <strings.h>

enum { MOST_FILES = 10000, LONGEST_NAME = 24 };

/* ---- bytes for libarchive ---- */

static la_ssize_t on_read(struct archive *library, void *data, const void **bytes)
{
	bpr_archive *a = data;
	const char *text = NULL;
	size_t length = 0;

	if (bpr_i_archive_raw(a, &text, &length, &a->fault)) {
		archive_set_error(library, EIO, "read");
		return ARCHIVE_FATAL;
	}
	*bytes = text;
	return (la_ssize_t)length;
}

static la_int64_t on_seek(struct archive *library, void *data, la_int64_t offset, int whence)
{
	bpr_archive *a = data;
	long long place = offset;

	(void)library;
	a->first_length = 0;
	if (!a->in_memory)
		return bpr_i_file_seek(a->fd, offset, whence, &place) ? place : ARCHIVE_FATAL;
	if (whence == SEEK_CUR)
		place += (long long)a->memory_at;
	else if (whence == SEEK_END)
		place += (long long)a->memory_length;
	if (place < 0 || (unsigned long long)place > a->memory_length)
		return ARCHIVE_FATAL;
	a->memory_at = (size_t)place;
	return place;
}

static int support(struct archive *library, enum bpr_packing packing)
{
	switch (packing) {
	case BPR_PACKING_ZSTD: return archive_read_support_filter_zstd(library);
	case BPR_PACKING_XZ: return archive_read_support_filter_xz(library);
	case BPR_PACKING_BZIP2: return archive_read_support_filter_bzip2(library);
	case BPR_PACKING_ZIP: return archive_read_support_format_zip_seekable(library);
	case BPR_PACKING_NONE: case BPR_PACKING_GZIP: break;
	}
	return ARCHIVE_OK;
}

/* What libarchive says, as a fault. */
static bpr_status failure(const bpr_archive *a, struct bpr_fault *fault)
{
	const char *why = archive_error_string(a->library);
	const char *name = bpr_i_packing_name(a->packing);

	if (a->fault.status) {
		*fault = a->fault;
		return fault->status;
	}
	if (archive_errno(a->library) == ENOMEM)
		return bpr_i_archive_nomem(fault);
	if (why && (strcasestr(why, "passphrase") || strcasestr(why, "encrypted")))
		return bpr_i_fault(fault, BPR_EUNSUPPORTED, BPR_I_L006, 0, NULL, NULL, NULL);
	if (why && strcasestr(why, "unsupported"))
		return bpr_i_fault(fault, BPR_EUNSUPPORTED, BPR_I_L014, 0, name, NULL, NULL);
	if (why && (strcasestr(why, "truncated") || strcasestr(why, "no progress"))) /* the latter is what liblzma says */
		return bpr_i_fault(fault, BPR_ESYNTAX, BPR_I_L004, 0, name, NULL, NULL);
	return bpr_i_fault(fault, BPR_ESYNTAX, BPR_I_L005, 0, name, NULL, NULL);
}

void bpr_i_library_close(bpr_archive *a)
{
	if (a->library)
		(void)archive_read_free(a->library);
	a->library = NULL;
}

static bpr_status begin(bpr_archive *a, struct bpr_fault *fault)
{
	const bool zip = a->packing == BPR_PACKING_ZIP;

	bpr_i_library_close(a);
	a->library = archive_read_new();
	/* A return of ARCHIVE_WARN is a filter that is had as a program only: never that. */
	if (!a->library || support(a->library, a->packing) != ARCHIVE_OK || (!zip && archive_read_support_format_raw(a->library) != ARCHIVE_OK) ||
	    archive_read_set_callback_data(a->library, a) != ARCHIVE_OK || archive_read_set_read_callback(a->library, on_read) != ARCHIVE_OK ||
	    (zip && archive_read_set_seek_callback(a->library, on_seek) != ARCHIVE_OK))
		return bpr_i_archive_nomem(fault);
	return archive_read_open1(a->library) == ARCHIVE_OK ? BPR_OK : failure(a, fault);
}

/* ---- one packed file ---- */

static bpr_status open_filter(bpr_archive *a, struct bpr_fault *fault)
{
	struct archive_entry *entry;
	bpr_status status = begin(a, fault);

	if (status)
		return status;
	if (archive_read_next_header(a->library, &entry) != ARCHIVE_OK)
		return failure(a, fault);
	/* Too short to be known: it would be taken as it stands. One more than one: the same packing again inside. */
	if (archive_filter_count(a->library) < 2)
		return bpr_i_fault(fault, BPR_ESYNTAX, BPR_I_L004, 0, bpr_i_packing_name(a->packing), NULL, NULL);
	if (archive_filter_count(a->library) > 2)
		return bpr_i_fault(fault, BPR_EUNSUPPORTED, BPR_I_L008, 0, bpr_i_packing_name(a->packing), NULL, NULL);
	return BPR_OK;
}

/* ---- zip ---- */

/* The name in UTF-8: what Japanese Windows writes is CP932, without saying so. */
static void name_of(struct archive_entry *entry, struct bpr_buf *name)
{
	const char *text = archive_entry_pathname_utf8(entry);
	struct bpr_decoded decoded;
	struct bpr_fault fault;
	size_t length;

	bpr_i_buf_clear(name);
	if (!text)
		text = archive_entry_pathname(entry);
	length = text ? strlen(text) : 0;
	if (!length || bpr_i_utf8_invalid(text, length) == BPR_NONE) {
		bpr_i_buf_puts(name, text ? text : "?");
	} else if (!bpr_i_decode(text, length, BPR_ENCODING_CP932, &decoded, &fault)) {
		bpr_i_buf_add(name, decoded.text, decoded.length);
		bpr_i_free(decoded.owned);
	} else {
		bpr_i_buf_puts(name, "?");
	}
}

/* What systems put beside what was packed. */
static bool counts(struct archive_entry *entry, const char *name)
{
	const char *slash = strrchr(name, '/');
	const char *last = slash ? slash + 1 : name;

	return archive_entry_filetype(entry) == AE_IFREG && *last && strncmp(name, "__MACOSX/", 9) != 0 && strcmp(last, ".DS_Store") != 0 &&
	       strcasecmp(last, "Thumbs.db") != 0 && strcasecmp(last, "desktop.ini") != 0;
}

struct listing { size_t files, logs; size_t only, log; struct bpr_buf names; bool book; };

static void list(const bpr_archive *a, struct listing *l, size_t index, struct archive_entry *entry, const char *name)
{
	if (!counts(entry, name))
		return;
	l->book |= !strcmp(name, "[Content_Types].xml") || !strcmp(name, "mimetype");
	l->only = index;
	if (a->options.wanted && a->options.wanted(name)) {
		l->logs++;
		l->log = index;
	}
	if (l->files++ < 4) {
		const size_t length = strlen(name);
		const size_t kept = bpr_i_utf8_cut(name, length, LONGEST_NAME, BPR_LANG_EN);

		bpr_i_buf_puts(&l->names, l->files > 1 ? ", " : "");
		if (l->names.length + kept + 4 <= l->names.max)
			bpr_i_buf_add(&l->names, name, kept);
		bpr_i_buf_puts(&l->names, kept < length ? "…" : "");
	}
}

/* The next entry; *end behind the last. Only what is in the way of reading is an error. */
static bpr_status next_entry(bpr_archive *a, struct archive_entry **entry, bool *end, struct bpr_fault *fault)
{
	const int result = archive_read_next_header(a->library, entry);

	*end = result == ARCHIVE_EOF;
	/* ARCHIVE_WARN: a name that the locale cannot show. */
	return result == ARCHIVE_OK || result == ARCHIVE_WARN || *end ? BPR_OK : failure(a, fault);
}

static bpr_status choose(const bpr_archive *a, const struct listing *l, size_t *index, struct bpr_fault *fault)
{
	char number[32];

	(void)a;
	if (l->book)
		return bpr_i_fault(fault, BPR_EUNSUPPORTED, BPR_I_L010, 0, NULL, NULL, NULL);
	if (!l->files)
		return bpr_i_fault(fault, BPR_ESYNTAX, BPR_I_L003, 0, NULL, NULL, NULL);
	*index = l->files == 1 ? l->only : l->log;
	if (l->files == 1 || l->logs == 1)
		return BPR_OK;
	(void)bpr_i_num_format(number, sizeof(number), (double)l->files);
	return bpr_i_fault(fault, BPR_ESYNTAX, BPR_I_L002, 0, number, l->names.data, NULL);
}

static bpr_status look(bpr_archive *a, size_t *index, struct bpr_fault *fault)
{
	char room[96] = "";
	struct listing l = { .names = BPR_BUF_ON(room) };
	struct bpr_buf name = BPR_BUF_INIT;
	struct archive_entry *entry;
	bool end = false;
	bpr_status status = begin(a, fault);

	for (size_t i = 0; !status; i++) {
		status = i < MOST_FILES ? next_entry(a, &entry, &end, fault) : bpr_i_fault(fault, BPR_ELIMIT, BPR_I_L002, 0, "10000", room, NULL);
		if (status || end)
			break;
		name_of(entry, &name);
		if (name.failed)
			status = bpr_i_archive_nomem(fault);
		else
			list(a, &l, i, entry, name.data);
	}
	bpr_i_buf_release(&name);
	l.names.data = room;
	return status ? status : choose(a, &l, index, fault);
}

static bpr_status open_zip(bpr_archive *a, struct bpr_fault *fault)
{
	struct archive_entry *entry = NULL;
	size_t index = 0;
	bool end = false;
	bpr_status status = look(a, &index, fault);

	if (status)
		return status;
	(void)on_seek(NULL, a, 0, SEEK_SET);
	status = begin(a, fault);
	for (size_t i = 0; !status && !end && i <= index; i++)
		status = next_entry(a, &entry, &end, fault);
	if (!status && (end || !entry))
		status = bpr_i_fault(fault, BPR_EIO, BPR_I_I007, 0, NULL, NULL, NULL);
	if (!status && archive_entry_is_encrypted(entry))
		status = bpr_i_fault(fault, BPR_EUNSUPPORTED, BPR_I_L006, 0, NULL, NULL, NULL);
	return status;
}

bpr_status bpr_i_library_open(bpr_archive *a, struct bpr_fault *fault)
{
	return a->packing == BPR_PACKING_ZIP ? open_zip(a, fault) : open_filter(a, fault);
}

bpr_status bpr_i_library_next(bpr_archive *a, const char **text, size_t *length, struct bpr_fault *fault)
{
	const void *block = NULL;
	la_int64_t offset;
	size_t size = 0;
	int result;

	do /* a block may be empty */
		result = archive_read_data_block(a->library, &block, &size, &offset);
	while (result == ARCHIVE_OK && !size);
	*text = block;
	*length = result == ARCHIVE_OK ? size : 0;
	return result == ARCHIVE_OK || result == ARCHIVE_EOF ? BPR_OK : failure(a, fault);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a zip archive of plain files whole, by libarchive; nothing is believed before it is there. */
#include "config.h"
#include "archive/pack_i.h"
#include "base/alloc_i.h"
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { PIECE = 1 << 16, FREE_BYTES = 1 << 20 };

struct unpacking {
	struct archive *library;
	const struct bpr_unpack_limits *limits;
	struct bpr_packed_list *list;
	struct bpr_fault *fault;
	unsigned long long given, packed;
};

static bpr_status nomem(struct bpr_fault *fault)
{
	return bpr_i_fault(fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
}

static bpr_status failure(const struct unpacking *u, const char *name)
{
	const char *why = archive_error_string(u->library);

	if (archive_errno(u->library) == ENOMEM)
		return nomem(u->fault);
	if (why && (strcasestr(why, "passphrase") || strcasestr(why, "encrypted")))
		return bpr_i_fault(u->fault, BPR_EUNSUPPORTED, BPR_I_Z004, 0, name, NULL, NULL);
	return bpr_i_fault(u->fault, BPR_ESYNTAX, BPR_I_Z001, 0, name, NULL, NULL);
}

static bpr_status limit(const struct unpacking *u, const char *what, unsigned long long most)
{
	char number[32];

	(void)snprintf(number, sizeof(number), "%llu", most);
	return bpr_i_fault(u->fault, BPR_ELIMIT, BPR_I_Z005, 0, what, number, NULL);
}

/* Whether the entry may be read at all. */
static bpr_status admit(const struct unpacking *u, struct archive_entry *entry, const char *name)
{
	if (!name || !bpr_i_packed_name(name))
		return bpr_i_fault(u->fault, BPR_ESYNTAX, BPR_I_Z002, 0, name ? name : "?", NULL, NULL);
	if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) || archive_entry_symlink(entry))
		return bpr_i_fault(u->fault, BPR_EUNSUPPORTED, BPR_I_Z003, 0, name, NULL, NULL);
	if (archive_entry_is_encrypted(entry))
		return bpr_i_fault(u->fault, BPR_EUNSUPPORTED, BPR_I_Z004, 0, name, NULL, NULL);
	if (bpr_i_packed_find(u->list, name))
		return bpr_i_fault(u->fault, BPR_ESYNTAX, BPR_I_Z006, 0, name, NULL, NULL);
	if (u->list->count >= u->limits->max_files)
		return limit(u, "max_files", u->limits->max_files);
	return BPR_OK;
}

static bpr_status read_body(struct unpacking *u, const char *name, struct bpr_buf *body)
{
	char room[PIECE];
	la_ssize_t n;

	while ((n = archive_read_data(u->library, room, sizeof(room))) > 0) {
		u->given += (unsigned long long)n;
		if (u->given > u->limits->max_bytes)
			return limit(u, "max_unpacked", u->limits->max_bytes);
		if (u->given > FREE_BYTES && u->given / u->limits->max_ratio > u->packed)
			return limit(u, "max_ratio", u->limits->max_ratio);
		bpr_i_buf_add(body, room, (size_t)n);
		if (body->failed)
			return nomem(u->fault);
	}
	return n < 0 ? failure(u, name) : BPR_OK;
}

static bpr_status take(struct unpacking *u, struct archive_entry *entry)
{
	char name[80] = "";
	struct bpr_buf body = BPR_BUF_INIT;
	const char *said = archive_entry_pathname(entry);
	bpr_status status;

	if (!said)
		said = archive_entry_pathname_utf8(entry);
	status = admit(u, entry, said);
	if (!status) {
		(void)snprintf(name, sizeof(name), "%s", said); /* the entry's own goes when its data are read */
		status = read_body(u, name, &body);
	}
	if (!status && !bpr_i_packed_add(u->list, name, body.data, body.length))
		status = nomem(u->fault);
	bpr_i_buf_release(&body);
	return status;
}

bpr_status bpr_i_unpack(const char *data, size_t length, const struct bpr_unpack_limits *limits, struct bpr_packed_list *list,
			struct bpr_fault *fault)
{
	struct unpacking u = { archive_read_new(), limits, list, fault, 0, length };
	struct archive_entry *entry;
	bpr_status status = BPR_OK;
	int result = ARCHIVE_OK;

	if (!u.library || archive_read_support_format_zip_seekable(u.library) != ARCHIVE_OK) {
		status = nomem(fault);
	} else if (length < 22 || archive_read_open_memory(u.library, data, length) != ARCHIVE_OK) {
		status = bpr_i_fault(fault, BPR_ESYNTAX, BPR_I_Z001, 0, NULL, NULL, NULL);
	}
	while (!status && (result = archive_read_next_header(u.library, &entry)) != ARCHIVE_EOF) {
		if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
			status = failure(&u, NULL);
		else
			status = take(&u, entry);
	}
	if (u.library)
		(void)archive_read_free(u.library);
	if (status)
		bpr_i_packed_release(list);
	return status;
}

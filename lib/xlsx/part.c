/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of the package: their XML, and how they refer to each other. */
#include "config.h"
#include "xlsx/reading_i.h"
#include "base/text_i.h"
#include <string.h>

bpr_status bpr_i_xlsx_nomem(struct bpr_fault *fault)
{
	return bpr_i_fault(fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
}

bpr_status bpr_i_xlsx_damaged(struct bpr_fault *fault, const char *why)
{
	return bpr_i_fault(fault, BPR_ESYNTAX, BPR_I_T041, 0, why, NULL, NULL);
}

struct feed {
	bpr_xml_stream *stream;
	struct bpr_fault *fault;
};

static bpr_status take_piece(void *data, const char *piece, size_t length)
{
	struct feed *feed = data;

	return bpr_i_xml_stream_feed(feed->stream, piece, length, feed->fault);
}

bpr_status bpr_i_xlsx_parse(struct bpr_xlsx *book, size_t part, bpr_xml_stream **stream, const struct bpr_xml_handler *handler,
			    const bpr_status *stopped, struct bpr_fault *fault)
{
	struct bpr_fault xml = { .status = BPR_OK };
	struct feed feed = { .fault = &xml };
	bpr_status status;

	feed.stream = *stream = bpr_i_xml_stream_new(handler);
	if (!feed.stream)
		return bpr_i_xlsx_nomem(fault);
	status = bpr_i_zip_read(&book->zip, part, take_piece, &feed, fault);
	if (!status)
		status = bpr_i_xml_stream_finish(feed.stream, &xml);
	bpr_i_xml_stream_free(feed.stream);
	*stream = NULL;
	if (status == BPR_ECANCELLED)
		return *stopped;
	if (!xml.status || xml.status != status)
		return status;
	/* Nobody who writes in a spreadsheet program can do anything about its XML. */
	return status == BPR_ENOMEM ? bpr_i_xlsx_nomem(fault) : bpr_i_xlsx_damaged(fault, BPR_I_ARG N_("a part of it is not the XML that it should be"));
}

bool bpr_i_xlsx_is_main(const char *ns)
{
	return !strcmp(ns, "http://schemas.openxmlformats.org/spreadsheetml/2006/main") || !strcmp(ns, "http://purl.oclc.org/ooxml/spreadsheetml/main");
}

const char *bpr_i_xlsx_relation_id(const struct bpr_xml_tag *tag, size_t *length)
{
	const char *id = bpr_i_xml_tag_value(tag, "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "id", length);

	return id ? id : bpr_i_xml_tag_value(tag, "http://purl.oclc.org/ooxml/officeDocument/relationships", "id", length);
}

/* ---- relations ---- */

struct relations {
	struct bpr_xlsx *book;
	struct bpr_xlsx_relations *out;
	const char *folder;      /* of the part: up to and with its last '/' */
	size_t folder_length;
	bpr_xml_stream *stream;
	bpr_status status;
};

static const char *keep(struct relations *r, const struct bpr_xml_tag *tag, const char *name)
{
	size_t n;
	const char *value = bpr_i_xml_tag_value(tag, NULL, name, &n);
	char *copy = bpr_i_arena_strndup(&r->book->arena, value ? value : "", n);

	if (!copy) {
		r->status = BPR_ENOMEM;
		return "";
	}
	(void)bpr_i_xml_undo_ampersands(copy, n);
	return copy;
}

/* The target as the name of a part: "../sharedStrings.xml" in "xl/worksheets/" is "xl/sharedStrings.xml". */
static const char *resolve(struct relations *r, const char *target)
{
	struct bpr_buf path = BPR_BUF_INIT;
	const char *name;

	if (*target != '/')
		bpr_i_buf_add(&path, r->folder, r->folder_length);
	while (*target && !path.failed) {
		size_t n = strcspn(target, "/");

		if (n == 2 && !memcmp(target, "..", 2)) {
			path.length -= path.length > 0;
			while (path.length && path.data[path.length - 1] != '/')
				path.length--;
		} else if (n && !(n == 1 && *target == '.')) {
			bpr_i_buf_add(&path, target, n + (target[n] == '/'));
		}
		target += n + (target[n] == '/');
	}
	name = path.failed ? NULL : bpr_i_arena_strndup(&r->book->arena, path.data ? path.data : "", path.length);
	bpr_i_buf_release(&path);
	if (!name)
		r->status = BPR_ENOMEM;
	return name ? name : "";
}

static void on_start(void *data, const struct bpr_xml_tag *tag)
{
	struct relations *r = data;
	struct bpr_xlsx_relations *out = r->out;
	struct bpr_xlsx_relation one;
	size_t n;
	const char *mode;

	if (r->status || strcmp(tag->name, "Relationship") != 0)
		return;
	mode = bpr_i_xml_tag_value(tag, NULL, "TargetMode", &n);
	if (mode && n == 8 && !memcmp(mode, "External", 8))
		return;
	one = (struct bpr_xlsx_relation){ keep(r, tag, "Id"), keep(r, tag, "Type"), keep(r, tag, "Target") };
	one.target = resolve(r, one.target);
	if (!r->status && !bpr_i_grow(&out->items, &out->capacity, out->count + 1, sizeof(one)))
		r->status = BPR_ENOMEM;
	if (r->status)
		bpr_i_xml_stream_stop(r->stream);
	else
		out->items[out->count++] = one;
}

static void on_end(void *data, const char *ns, const char *name)
{
	(void)data;
	(void)ns;
	(void)name;
}

bpr_status bpr_i_xlsx_relations(struct bpr_xlsx *book, const char *part, struct bpr_xlsx_relations *out, struct bpr_fault *fault)
{
	struct relations r = { .book = book, .out = out, .folder = part };
	const struct bpr_xml_handler handler = { on_start, on_end, NULL, &r };
	const char *slash = strrchr(part, '/');
	struct bpr_buf name = BPR_BUF_INIT;
	size_t index;
	bpr_status status;

	r.folder_length = slash ? (size_t)(slash - part) + 1 : 0;
	bpr_i_buf_add(&name, part, r.folder_length);
	bpr_i_buf_puts(&name, "_rels/");
	bpr_i_buf_puts(&name, part + r.folder_length);
	bpr_i_buf_puts(&name, ".rels");
	if (name.failed) {
		bpr_i_buf_release(&name);
		return bpr_i_xlsx_nomem(fault);
	}
	index = bpr_i_zip_find(&book->zip, name.data);
	bpr_i_buf_release(&name);
	if (index == BPR_NONE)
		return BPR_OK;
	status = bpr_i_xlsx_parse(book, index, &r.stream, &handler, &r.status, fault);
	return r.status == BPR_ENOMEM ? bpr_i_xlsx_nomem(fault) : status;
}

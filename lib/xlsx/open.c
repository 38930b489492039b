/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workbook opened: what it is, its sheets, and what they share. */
#include "config.h"
#include "xlsx/reading_i.h"
#include "base/num_i.h"
#include "base/text_i.h"
#include <string.h>

bool bpr_i_xlsx_likely(const char *data, size_t length)
{
	return length >= 4 && (!memcmp(data, "PK\3\4", 4) || !memcmp(data, "PK\5\6", 4));
}

static bool has(const char *data, size_t length, const char *text, size_t n)
{
	const char *end = data + length;

	for (const char *at = data; at && (size_t)(end - at) >= n; at++) {
		at = memchr(at, *text, (size_t)(end - at) - n + 1);
		if (!at)
			return false;
		if (!memcmp(at, text, n))
			return true;
	}
	return false;
}

bool bpr_i_xlsx_old(const char *data, size_t length, enum bpr_code_id *code)
{
	/* Names of streams in a compound file are UTF-16. An encrypted .xlsx is such a file with the whole package in a stream. */
	static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
	static const char workbook[] = "W\0o\0r\0k\0b\0o\0o\0k\0";
	static const char book[] = "B\0o\0o\0k\0\0\0";

	if (length < 8 || memcmp(data, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) != 0)
		return false;
	if (has(data, length, encrypted, sizeof(encrypted) - 1))
		*code = BPR_I_T042;
	else if (has(data, length, workbook, sizeof(workbook) - 1) || has(data, length, book, sizeof(book) - 1))
		*code = BPR_I_T051;
	else
		return false;
	return true;
}

struct parse {
	struct bpr_xlsx *book;
	const struct bpr_xlsx_relations *relations;
	bpr_xml_stream *stream;
	bpr_status status;
	struct bpr_fault *fault;
};

static bool ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n >= m && !strcmp(text + n - m, end);
}

static const struct bpr_xlsx_relation *by_type(const struct bpr_xlsx_relations *relations, const char *type)
{
	for (size_t i = 0; i < relations->count; i++)
		if (ends_with(relations->items[i].type, type))
			return &relations->items[i];
	return NULL;
}

static const struct bpr_xlsx_relation *by_id(const struct bpr_xlsx_relations *relations, const char *id, size_t length)
{
	for (size_t i = 0; i < relations->count; i++)
		if (strlen(relations->items[i].id) == length && !memcmp(relations->items[i].id, id, length))
			return &relations->items[i];
	return NULL;
}

static void stop(struct parse *p, bpr_status status)
{
	p->status = status;
	bpr_i_xml_stream_stop(p->stream);
}

static char *sheet_name(struct parse *p, const struct bpr_xml_tag *tag)
{
	struct bpr_buf text = BPR_BUF_INIT;
	size_t n;
	const char *value = bpr_i_xml_tag_value(tag, NULL, "name", &n);
	char *copy = bpr_i_arena_strndup(&p->book->arena, value ? value : "", n);
	char *name = NULL;

	if (copy) {
		n = bpr_i_xml_undo_ampersands(copy, n);
		bpr_i_xlsx_add_text(&text, copy, n);
		name = text.failed ? NULL : bpr_i_arena_strndup(&p->book->arena, text.data ? text.data : "", text.length);
	}
	bpr_i_buf_release(&text);
	return name;
}

static void add_sheet(struct parse *p, const struct bpr_xml_tag *tag)
{
	struct bpr_xlsx *book = p->book;
	struct bpr_xlsx_sheet sheet = { .hidden = false };
	size_t n;
	const char *value = bpr_i_xlsx_relation_id(tag, &n);
	const struct bpr_xlsx_relation *relation = value ? by_id(p->relations, value, n) : NULL;

	if (relation && !ends_with(relation->type, "/worksheet"))
		return; /* a chart, a dialog, macros of old */
	sheet.part = relation ? bpr_i_zip_find(&book->zip, relation->target) : BPR_NONE;
	if (sheet.part == BPR_NONE) {
		stop(p, bpr_i_xlsx_damaged(p->fault, BPR_I_ARG N_("a sheet that it lists is missing")));
		return;
	}
	if (book->count >= BPR_XLSX_SHEETS) {
		stop(p, bpr_i_fault(p->fault, BPR_ELIMIT, BPR_I_T056, 0, "1000", BPR_I_ARG N_("sheets"), NULL));
		return;
	}
	value = bpr_i_xml_tag_value(tag, NULL, "state", &n);
	sheet.hidden = value && n >= 6; /* hidden, veryHidden; visible has 7 letters */
	sheet.hidden = sheet.hidden && !(n == 7 && !memcmp(value, "visible", 7));
	sheet.name = sheet_name(p, tag);
	if (!sheet.name || !bpr_i_grow(&book->sheets, &book->capacity, book->count + 1, sizeof(sheet)))
		stop(p, bpr_i_xlsx_nomem(p->fault));
	else
		book->sheets[book->count++] = sheet;
}

static void on_start(void *data, const struct bpr_xml_tag *tag)
{
	struct parse *p = data;
	size_t n;
	const char *value;

	if (!bpr_i_xlsx_is_main(tag->ns))
		return;
	if (!strcmp(tag->name, "sheet")) {
		add_sheet(p, tag);
	} else if (!strcmp(tag->name, "workbookPr")) {
		value = bpr_i_xml_tag_value(tag, NULL, "date1904", &n);
		p->book->from_1904 = value && ((n == 1 && *value == '1') || (n == 4 && !memcmp(value, "true", 4)));
	}
}

static void on_end(void *data, const char *ns, const char *name)
{
	(void)data;
	(void)ns;
	(void)name;
}

/* Shared texts and styles: what a workbook can be without. */
static bpr_status read_shared(struct bpr_xlsx *book, const struct bpr_xlsx_relations *relations, struct bpr_fault *fault)
{
	const struct bpr_xlsx_relation *strings = by_type(relations, "/sharedStrings");
	const struct bpr_xlsx_relation *styles = by_type(relations, "/styles");
	size_t part = strings ? bpr_i_zip_find(&book->zip, strings->target) : BPR_NONE;
	bpr_status status = BPR_OK;

	if (part != BPR_NONE)
		status = bpr_i_xlsx_read_strings(book, part, fault);
	part = styles ? bpr_i_zip_find(&book->zip, styles->target) : BPR_NONE;
	if (!status && part != BPR_NONE)
		status = bpr_i_xlsx_read_styles(book, part, fault);
	return status;
}

static bpr_status read_workbook(struct bpr_xlsx *book, const char *name, struct bpr_fault *fault)
{
	struct bpr_xlsx_relations relations = { NULL, 0, 0 };
	struct parse p = { .book = book, .relations = &relations, .fault = fault };
	const struct bpr_xml_handler handler = { on_start, on_end, NULL, &p };
	size_t part = bpr_i_zip_find(&book->zip, name);
	bpr_status status = part == BPR_NONE ? bpr_i_xlsx_damaged(fault, BPR_I_ARG N_("its list of sheets is missing")) :
					       bpr_i_xlsx_relations(book, name, &relations, fault);

	if (!status)
		status = bpr_i_xlsx_parse(book, part, &p.stream, &handler, &p.status, fault);
	if (!status && !book->count)
		status = bpr_i_xlsx_damaged(fault, BPR_I_ARG N_("it has no sheet"));
	if (!status)
		status = read_shared(book, &relations, fault);
	bpr_i_free(relations.items);
	return status;
}

/* What else is packed in the same way, by a part that it has. */
static const char *other_kind(const struct bpr_xlsx *book)
{
	static const struct { const char *part, *what; } kinds[] = {
		{ "word/document.xml", BPR_I_ARG N_("a document of Word (.docx)") },
		{ "ppt/presentation.xml", BPR_I_ARG N_("a presentation (.pptx)") },
		{ "xl/workbook.bin", BPR_I_ARG N_("a binary workbook (.xlsb)") },
		{ "index/document.iwa", BPR_I_ARG N_("a document of Numbers (.numbers)") },
		{ "index.zip", BPR_I_ARG N_("a document of Numbers (.numbers)") },
		{ "meta-inf/manifest.xml", BPR_I_ARG N_("an OpenDocument file (.ods, .odt)") },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (bpr_i_zip_find(&book->zip, kinds[i].part) != BPR_NONE)
			return kinds[i].what;
	return BPR_I_ARG N_("an archive (.zip)");
}

static bpr_status open_parts(struct bpr_xlsx *book, struct bpr_fault *fault)
{
	struct bpr_xlsx_relations root = { NULL, 0, 0 };
	const struct bpr_xlsx_relation *main = NULL;
	bpr_status status;

	status = bpr_i_xlsx_relations(book, "", &root, fault);
	if (!status)
		main = by_type(&root, "/officeDocument");
	if (!status && (bpr_i_zip_find(&book->zip, "xl/workbook.xml") != BPR_NONE || (main && ends_with(main->target, "workbook.xml"))))
		status = read_workbook(book, main ? main->target : "xl/workbook.xml", fault);
	else if (!status)
		status = bpr_i_fault(fault, BPR_EUNSUPPORTED, BPR_I_T040, 0, other_kind(book), NULL, NULL);
	bpr_i_free(root.items);
	return status;
}

bpr_status bpr_i_xlsx_open(bpr_xlsx **out, const char *data, size_t length, const struct bpr_xlsx_options *options,
			   struct bpr_fault *fault)
{
	struct bpr_xlsx *book = bpr_i_calloc(1, sizeof(*book));
	bpr_status status;

	*out = NULL;
	if (!book)
		return bpr_i_xlsx_nomem(fault);
	book->options = *options;
	book->strings.text = (struct bpr_buf)BPR_BUF_INIT;
	status = bpr_i_zip_open(&book->zip, data, length, options->max_bytes, fault);
	if (!status)
		status = open_parts(book, fault);
	if (status)
		bpr_i_xlsx_close(book);
	else
		*out = book;
	return status;
}

void bpr_i_xlsx_close(bpr_xlsx *book)
{
	if (!book)
		return;
	bpr_i_zip_release(&book->zip);
	bpr_i_buf_release(&book->strings.text);
	bpr_i_free(book->strings.ends);
	bpr_i_free(book->formats);
	bpr_i_free(book->sheets);
	bpr_i_arena_release(&book->arena);
	bpr_i_free(book);
}

size_t bpr_i_xlsx_count(const bpr_xlsx *book)
{
	return book->count;
}

const char *bpr_i_xlsx_name(const bpr_xlsx *book, size_t sheet, bool *hidden)
{
	*hidden = book->sheets[sheet].hidden;
	return book->sheets[sheet].name;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_WORKBOOK_TEST_H
#define BPR_TESTS_WORKBOOK_TEST_H
/* Workbooks made by hand: parts stored in an archive as they are, so that each byte is known. */
#include "base/buf_i.h"
#include <stdint.h>
#include <string.h>

struct archive {
	struct bpr_buf out, list;
	unsigned count;
	unsigned flags, method, crc_change; /* of the parts to come: what is wrong with them */
};
#define ARCHIVE_INIT { BPR_BUF_INIT, BPR_BUF_INIT, 0, 0, 0, 0 }

static inline void put_number(struct bpr_buf *buf, uint32_t x, unsigned bytes)
{
	for (; bytes; bytes--, x >>= 8)
		bpr_i_buf_putc(buf, (char)(x & 0xff));
}

/* CRC-32 of ISO 3309, bit by bit. */
static inline uint32_t crc_of(const char *text, size_t length)
{
	uint32_t crc = 0xffffffffu;

	for (size_t i = 0; i < length; i++) {
		crc ^= (unsigned char)text[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc & 1u ? crc >> 1 ^ 0xedb88320u : crc >> 1;
	}
	return ~crc;
}

static inline void archive_head(struct bpr_buf *buf, const struct archive *a, const char *name, uint32_t crc, size_t length)
{
	put_number(buf, a->flags, 2);
	put_number(buf, a->method, 2);
	put_number(buf, 0x5a210000u, 4);
	put_number(buf, crc, 4);
	put_number(buf, (uint32_t)length, 4);
	put_number(buf, (uint32_t)length, 4);
	put_number(buf, (uint32_t)strlen(name), 2);
	put_number(buf, 0, 2);
}

static inline void archive_add(struct archive *a, const char *name, const char *text, size_t length)
{
	uint32_t at = (uint32_t)a->out.length;
	uint32_t crc = crc_of(text, length) ^ a->crc_change;

	put_number(&a->out, 0x04034b50u, 4);
	put_number(&a->out, 20, 2);
	archive_head(&a->out, a, name, crc, length);
	bpr_i_buf_puts(&a->out, name);
	bpr_i_buf_add(&a->out, text, length);
	put_number(&a->list, 0x02014b50u, 4);
	put_number(&a->list, 20, 2);
	put_number(&a->list, 20, 2);
	archive_head(&a->list, a, name, crc, length);
	put_number(&a->list, 0, 2); /* comment, disk, attributes */
	put_number(&a->list, 0, 4);
	put_number(&a->list, 0, 4);
	put_number(&a->list, at, 4);
	bpr_i_buf_puts(&a->list, name);
	a->count++;
}

static inline void archive_end(struct archive *a)
{
	uint32_t at = (uint32_t)a->out.length;

	bpr_i_buf_add(&a->out, a->list.data, a->list.length);
	put_number(&a->out, 0x06054b50u, 4);
	put_number(&a->out, 0, 4);
	put_number(&a->out, a->count, 2);
	put_number(&a->out, a->count, 2);
	put_number(&a->out, (uint32_t)a->list.length, 4);
	put_number(&a->out, at, 4);
	put_number(&a->out, 0, 2);
	bpr_i_buf_release(&a->list);
}

/* A workbook: names of its sheets and the XML inside <worksheet> of each; what is NULL is left out. */
struct book {
	const char *names[8], *sheets[8];
	const char *strings;   /* inside <sst> */
	const char *styles;    /* inside <styleSheet> */
	const char *properties; /* attributes of <workbookPr> */
	const char *states[8]; /* of the sheets */
	bool strict;           /* the namespaces of ISO 29500 strict */
};

static inline void add_part(struct archive *a, const char *name, const char *root, const char *ns, const char *inside)
{
	struct bpr_buf text = BPR_BUF_INIT;

	bpr_i_buf_puts(&text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<");
	bpr_i_buf_puts(&text, root);
	bpr_i_buf_puts(&text, " xmlns=\"");
	bpr_i_buf_puts(&text, ns);
	bpr_i_buf_puts(&text, "\">");
	bpr_i_buf_puts(&text, inside);
	bpr_i_buf_puts(&text, "</");
	bpr_i_buf_puts(&text, root);
	bpr_i_buf_puts(&text, ">");
	archive_add(a, name, text.data, text.length);
	bpr_i_buf_release(&text);
}

#define RELATIONS "http://schemas.openxmlformats.org/package/2006/relationships"

static inline void book_add(struct archive *a, const struct book *b)
{
	const char *ns = b->strict ? "http://purl.oclc.org/ooxml/spreadsheetml/main" : "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
	const char *rel = b->strict ? "http://purl.oclc.org/ooxml/officeDocument/relationships" :
				      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
	struct bpr_buf list = BPR_BUF_INIT, relations = BPR_BUF_INIT;

	bpr_i_buf_puts(&list, "<workbookPr ");
	bpr_i_buf_puts(&list, b->properties ? b->properties : "");
	bpr_i_buf_puts(&list, "/><sheets>");
	for (size_t i = 0; i < 8 && b->names[i]; i++) {
		char part[40];
		struct bpr_buf name = BPR_BUF_ON(part);

		bpr_i_buf_printf(&name, "xl/worksheets/sheet%zu.xml", i + 1);
		bpr_i_buf_printf(&list, "<sheet sheetId=\"%zu\" name=\"", i + 1);
		bpr_i_buf_puts(&list, b->names[i]);
		bpr_i_buf_printf(&list, "\" q:id=\"rId%zu\" xmlns:q=\"", i + 1);
		bpr_i_buf_puts(&list, rel);
		bpr_i_buf_puts(&list, "\" state=\"");
		bpr_i_buf_puts(&list, b->states[i] ? b->states[i] : "visible");
		bpr_i_buf_puts(&list, "\"/>");
		bpr_i_buf_printf(&relations, "<Relationship Id=\"rId%zu\" Target=\"worksheets/sheet%zu.xml\" Type=\"", i + 1, i + 1);
		bpr_i_buf_puts(&relations, rel);
		bpr_i_buf_puts(&relations, "/worksheet\"/>");
		add_part(a, part, "worksheet", ns, b->sheets[i]);
	}
	bpr_i_buf_puts(&list, "</sheets>");
	add_part(a, "xl/workbook.xml", "workbook", ns, list.data);
	bpr_i_buf_puts(&relations, "<Relationship Id=\"s\" Target=\"/xl/sharedStrings.xml\" Type=\"x/sharedStrings\"/>"
				   "<Relationship Id=\"t\" Target=\"../xl/./styles.xml\" Type=\"x/styles\"/>");
	add_part(a, "xl/_rels/workbook.xml.rels", "Relationships", RELATIONS, relations.data);
	add_part(a, "_rels/.rels", "Relationships", RELATIONS, "<Relationship Id=\"w\" Target=\"xl/workbook.xml\" Type=\"x/officeDocument\"/>");
	if (b->strings)
		add_part(a, "xl/SharedStrings.xml", "sst", ns, b->strings);
	if (b->styles)
		add_part(a, "xl/styles.xml", "styleSheet", ns, b->styles);
	bpr_i_buf_release(&list);
	bpr_i_buf_release(&relations);
}

/* The whole archive; release the buffer. */
static inline struct bpr_buf book_make(const struct book *b)
{
	struct archive a = ARCHIVE_INIT;

	book_add(&a, b);
	archive_end(&a);
	return a.out;
}
#endif

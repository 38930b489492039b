/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts that cells share, and texts as such: runs of rich text are one text, furigana (rPh) is none of it. */
#include "config.h"
#include "xlsx/reading_i.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include <string.h>

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* _x000D_ at the text: what it stands for; -1: it is no such thing. */
static int escaped(const char *text, size_t length)
{
	int code = 0;

	if (length < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_')
		return -1;
	for (size_t i = 2; i < 6; i++) {
		if (hex(text[i]) < 0)
			return -1;
		code = code * 16 + hex(text[i]);
	}
	return code;
}

static void add_code(struct bpr_buf *buf, unsigned code)
{
	if (code == '\r' || (code >= 0xd800 && code < 0xe000) || code == 0xfffe || code == 0xffff)
		return;
	bpr_i_utf8_put(buf, code < ' ' && code != '\t' && code != '\n' ? ' ' : code);
}

void bpr_i_xlsx_add_text(struct bpr_buf *buf, const char *text, size_t length)
{
	const char *const end = length ? text + length : text; /* an empty text may be NULL */

	while (text < end) {
		const char *mark = text;
		int code = -1;

		while (mark < end && *mark != '\r' && ((unsigned char)*mark >= ' ' || *mark == '\t' || *mark == '\n') &&
		       (*mark != '_' || (code = escaped(mark, (size_t)(end - mark))) < 0))
			mark++;
		bpr_i_buf_add(buf, text, (size_t)(mark - text));
		if (mark == end)
			return;
		if (*mark == '_')
			add_code(buf, (unsigned)code);
		else
			add_code(buf, (unsigned char)*mark);
		text = mark + (*mark == '_' ? 7 : 1);
	}
}

struct parse {
	struct bpr_xlsx *book;
	bpr_xml_stream *stream;
	struct bpr_buf raw;      /* of the item, as written */
	bool item, text;         /* inside <si>, inside its <t> */
	size_t phonetic;         /* depth inside <rPh> */
	bpr_status status;
	struct bpr_fault *fault;
};

static void stop(struct parse *p, bpr_status status)
{
	p->status = status;
	bpr_i_xml_stream_stop(p->stream);
}

static void on_start(void *data, const struct bpr_xml_tag *tag)
{
	struct parse *p = data;

	if (p->phonetic || (p->item && !strcmp(tag->name, "rPh")))
		p->phonetic++;
	else if (!strcmp(tag->name, "si") && bpr_i_xlsx_is_main(tag->ns))
		p->item = true;
	else if (p->item && !strcmp(tag->name, "t"))
		p->text = true;
}

static void end_item(struct parse *p)
{
	struct bpr_xlsx_strings *strings = &p->book->strings;
	char limit[32];

	if (p->raw.length > p->book->options.max_field) {
		(void)bpr_i_num_format(limit, sizeof(limit), (double)p->book->options.max_field);
		stop(p, bpr_i_fault(p->fault, BPR_ELIMIT, BPR_I_T003, 0, limit, NULL, NULL));
		return;
	}
	bpr_i_xlsx_add_text(&strings->text, p->raw.data, p->raw.length);
	bpr_i_buf_clear(&p->raw);
	if (p->raw.failed || strings->text.failed || !bpr_i_grow(&strings->ends, &strings->capacity, strings->count + 1, sizeof(size_t)))
		stop(p, bpr_i_xlsx_nomem(p->fault));
	else
		strings->ends[strings->count++] = strings->text.length;
}

static void on_end(void *data, const char *ns, const char *name)
{
	struct parse *p = data;

	(void)ns;
	if (p->phonetic) {
		p->phonetic--;
	} else if (!strcmp(name, "t")) {
		p->text = false;
	} else if (!strcmp(name, "si")) {
		p->item = p->text = false;
		end_item(p);
	}
}

static void on_text(void *data, const char *text, size_t length)
{
	struct parse *p = data;

	/* One byte more than may be shows that it is too long; the rest need not be kept. */
	if (p->text && !p->phonetic && p->raw.length <= p->book->options.max_field)
		bpr_i_buf_add(&p->raw, text, length);
}

bpr_status bpr_i_xlsx_read_strings(struct bpr_xlsx *book, size_t part, struct bpr_fault *fault)
{
	struct parse p = { .book = book, .raw = BPR_BUF_INIT, .fault = fault };
	const struct bpr_xml_handler handler = { on_start, on_end, on_text, &p };
	bpr_status status = bpr_i_xlsx_parse(book, part, &p.stream, &handler, &p.status, fault);

	bpr_i_buf_release(&p.raw);
	return status;
}

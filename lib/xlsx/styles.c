/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which style of cells shows its numbers as dates and times: formats by their number, and the styles that name them. */
#include "config.h"
#include "xlsx/reading_i.h"
#include "base/num_i.h"
#include <string.h>

enum { MOST_STYLES = 70000, MOST_FORMATS = 1000 }; /* more than any program writes */

struct custom { size_t id; struct bpr_xlsx_format format; };

struct parse {
	struct bpr_xlsx *book;
	bpr_xml_stream *stream;
	struct custom *customs; size_t count, capacity;
	bool cells;              /* inside <cellXfs> */
	bpr_status status;
	struct bpr_fault *fault;
};

static size_t number(const struct bpr_xml_tag *tag, const char *name)
{
	size_t n, x;
	const char *text = bpr_i_xml_tag_value(tag, NULL, name, &n);

	return text && bpr_i_num_parse_size(text, n, 1 << 30, &x) ? x : 0;
}

static bool add_custom(struct parse *p, const struct bpr_xml_tag *tag)
{
	size_t n;
	const char *code = bpr_i_xml_tag_value(tag, NULL, "formatCode", &n);

	if (!code || p->count >= MOST_FORMATS)
		return true;
	if (!bpr_i_grow(&p->customs, &p->capacity, p->count + 1, sizeof(*p->customs)))
		return false;
	p->customs[p->count++] = (struct custom){ number(tag, "numFmtId"), bpr_i_xlsx_format(code, n) };
	return true;
}

static bool add_style(struct parse *p, const struct bpr_xml_tag *tag)
{
	struct bpr_xlsx *book = p->book;
	size_t id = number(tag, "numFmtId");
	struct bpr_xlsx_format format = bpr_i_xlsx_built_in(id);

	for (size_t i = 0; i < p->count; i++)
		if (p->customs[i].id == id)
			format = p->customs[i].format;
	if (book->format_count >= MOST_STYLES)
		return true;
	if (!bpr_i_grow(&book->formats, &book->format_capacity, book->format_count + 1, sizeof(format)))
		return false;
	book->formats[book->format_count++] = format;
	return true;
}

static void on_start(void *data, const struct bpr_xml_tag *tag)
{
	struct parse *p = data;
	bool ok = true;

	if (!bpr_i_xlsx_is_main(tag->ns))
		return;
	if (!strcmp(tag->name, "numFmt"))
		ok = add_custom(p, tag);
	else if (!strcmp(tag->name, "cellXfs"))
		p->cells = true;
	else if (p->cells && !strcmp(tag->name, "xf"))
		ok = add_style(p, tag);
	if (ok)
		return;
	p->status = bpr_i_xlsx_nomem(p->fault);
	bpr_i_xml_stream_stop(p->stream);
}

static void on_end(void *data, const char *ns, const char *name)
{
	struct parse *p = data;

	(void)ns;
	if (!strcmp(name, "cellXfs"))
		p->cells = false;
}

bpr_status bpr_i_xlsx_read_styles(struct bpr_xlsx *book, size_t part, struct bpr_fault *fault)
{
	struct parse p = { .book = book, .fault = fault };
	const struct bpr_xml_handler handler = { on_start, on_end, NULL, &p };
	bpr_status status = bpr_i_xlsx_parse(book, part, &p.stream, &handler, &p.status, fault);

	bpr_i_free(p.customs);
	return status;
}

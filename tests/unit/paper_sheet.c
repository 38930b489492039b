/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "test.h"
#include "paper_sheet.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include "xml/xml_i.h"
#include <string.h>

/* Where the frame of a document stands: a text that goes on on the next page is not torn by it here. */
static bool is_frame(const struct bpr_paper_page *page, double y)
{
	double margin = page->size == BPR_PAGE_A6 ? 7 : page->size == BPR_PAGE_A5 ? 11 : 15;

	return y < margin + 4.5 || y > bpr_i_paper_height(page->size) - margin - 2;
}

static double number(const struct bpr_xml_node *node, const char *name)
{
	size_t length;
	const char *text = bpr_i_xml_value(node, name, &length);
	double x = NAN;

	assert_non_null(text);
	assert_true(bpr_i_num_parse(text, length, &x));
	return x;
}

static void inside(const struct bpr_paper_page *page, double left, double top, double right, double bottom)
{
	double w = bpr_i_paper_width(page->size), h = bpr_i_paper_height(page->size);

	if (!(left > -0.02 && top > -0.02 && right < w + 0.02 && bottom < h + 0.02)) {
		print_error("%.2f %.2f to %.2f %.2f is not on the page of %.0f x %.0f\n", left, top, right, bottom, w, h);
		fail();
	}
}

static void read_text(const struct bpr_paper_page *page, const struct bpr_xml_node *node, struct sheet *sheet)
{
	struct sheet_text *t = &sheet->texts[sheet->count++];
	struct bpr_paper_font font = { .size = number(node, "font-size") };
	struct bpr_buf words = BPR_BUF_INIT;
	size_t length;
	const char *anchor = bpr_i_xml_value(node, "text-anchor", &length);
	double x = number(node, "x"), left;

	font.bold = bpr_i_xml_value(node, "font-weight", &length) != NULL;
	bpr_i_xml_text(&words, node);
	assert_int_equal(words.failed, BPR_OK);
	assert_true(words.length < sizeof(t->text));
	*t = (struct sheet_text){ .x = x, .y = number(node, "y"), .size = font.size, .bold = font.bold };
	memcpy(t->text, words.data ? words.data : "", words.length);
	t->width = bpr_i_paper_text_width(&font, t->text);
	left = !anchor ? x : *anchor == 'm' ? x - t->width / 2 : x - t->width;
	t->x = left;
	inside(page, left, t->y - 0.9 * t->size, left + t->width, t->y + 0.3 * t->size);
	bpr_i_buf_release(&words);
}

static void read_node(const struct bpr_paper_page *page, const struct bpr_xml_node *node, struct sheet *sheet)
{
	if (!strcmp(node->name, "text")) {
		read_text(page, node, sheet);
	} else if (!strcmp(node->name, "rect") && bpr_i_xml_attr(node, "x")) {
		double x = number(node, "x"), y = number(node, "y"), w = number(node, "width"), h = number(node, "height");

		assert_true(w >= 0 && h >= 0);
		inside(page, x, y, x + w, y + h);
		sheet->boxes++;
	} else if (!strcmp(node->name, "line")) {
		inside(page, number(node, "x1"), number(node, "y1"), number(node, "x2"), number(node, "y2"));
	} else if (!strcmp(node->name, "svg")) {
		double x = number(node, "x"), y = number(node, "y");

		inside(page, x, y, x + number(node, "width"), y + number(node, "height"));
	}
}

static size_t count_texts(const struct bpr_xml_node *root)
{
	size_t n = 0;

	BPR_I_XML_EACH(child, root)
		n += !strcmp(child->name, "text");
	return n;
}

void sheet_read(const struct bpr_paper *paper, size_t page, struct sheet *sheet)
{
	static const struct bpr_xml_options options = { .max_depth = 64, .max_nodes = 1000000 };
	struct bpr_buf svg = BPR_BUF_INIT;
	struct bpr_xml xml;

	bpr_i_paper_svg(paper, page, &svg);
	assert_int_equal(svg.failed, BPR_OK);
	assert_int_equal(bpr_i_xml_parse(&xml, "sheet", svg.data, svg.length, &options, NULL, NULL), BPR_OK);
	*sheet = (struct sheet){ .texts = bpr_i_calloc(count_texts(xml.root) + 1, sizeof(*sheet->texts)) };
	assert_non_null(sheet->texts);
	BPR_I_XML_EACH(child, xml.root)
		read_node(&paper->pages[page], child, sheet);
	bpr_i_xml_release(&xml);
	bpr_i_buf_release(&svg);
}

void sheet_release(struct sheet *sheet)
{
	bpr_i_free(sheet->texts);
	*sheet = (struct sheet){ 0 };
}

void sheet_squeeze(struct bpr_buf *out, const char *text)
{
	size_t pos = 0, length = strlen(text);

	while (pos < length) {
		unsigned c = bpr_i_utf8_next(text, length, &pos);

		if (c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != 0x3000)
			bpr_i_utf8_put(out, bpr_i_utf8_unseen(c) ? 0xfffd : c);
	}
}

struct bpr_buf sheets_words(const struct bpr_paper *paper)
{
	struct bpr_buf all = BPR_BUF_INIT;

	for (size_t i = 0; i < paper->count; i++) {
		struct sheet sheet;

		sheet_read(paper, i, &sheet);
		for (size_t k = 0; k < sheet.count; k++)
			if (!is_frame(&paper->pages[i], sheet.texts[k].y))
				sheet_squeeze(&all, sheet.texts[k].text);
		sheet_release(&sheet);
	}
	return all;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pages: read again by a parser of XML, which forgives nothing. Whatever a text says it comes out as text, ids are unique, links lead
 * somewhere, headings and lists nest, of any sequence of blocks.
 */
#include "config.h"
#include "test.h"
#include "report/html_i.h"
#include "report/render_i.h"
#include "study/figure_i.h"
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <stdlib.h>
#include <string.h>

/* What a name may try, and how it must be read. */
static const struct { const char *text, *read; } hostile[] = {
	{ "<script>window.ran=1</script>", "<script>window.ran=1</script>" },
	{ "\"onmouseover=\"x' onclick='y", "\"onmouseover=\"x' onclick='y" },
	{ "]]></style></title>--><!-- &amp; &lt; &#x41;", "]]></style></title>--><!-- &amp; &lt; &#x41;" },
	{ "esc \033[31m bell \007 nul-like \001", "esc \357\277\275[31m bell \357\277\275 nul-like \357\277\275" },
	{ "bidi \342\200\256x\342\201\246y \342\200\217z \330\234", "bidi \357\277\275x\357\277\275y \357\277\275z \357\277\275" },
	{ "bad \377\376 half \360\240\256", "bad \357\277\275\357\277\275 half \357\277\275" },
	{ "\360\240\256\267\351\207\216\345\256\266 e\314\201\314\202 \343\201\213\343\202\231", "\360\240\256\267\351\207\216\345\256\266 e\314\201\314\202 \343\201\213\343\202\231" },
	{ "two\nlines\tand\rmore", "two lines and more" },
	{ "{1} %s %n ${x} =1+1 javascript:x", "{1} %s %n ${x} =1+1 javascript:x" },
	{ "", "" },
};
enum { HOSTILE = sizeof(hostile) / sizeof(hostile[0]) };

/* ---- reading what was written ---- */

static xmlDocPtr parse(const char *text, size_t length)
{
	xmlDocPtr doc = xmlReadMemory(text, (int)length, "page.html", "UTF-8", XML_PARSE_NONET | XML_PARSE_HUGE);

	if (!doc)
		print_error("%.2000s\n", text);
	assert_non_null(doc);
	return doc;
}

static size_t count(xmlDocPtr doc, const char *path)
{
	xmlXPathContextPtr context = xmlXPathNewContext(doc);
	xmlXPathObjectPtr found;
	size_t n;

	found = xmlXPathEvalExpression(BAD_CAST path, context);
	assert_non_null(found);
	n = found->nodesetval ? (size_t)found->nodesetval->nodeNr : 0;
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
	return n;
}

/* Text of the n-th element of a path. */
static void assert_text(xmlDocPtr doc, const char *path, size_t n, const char *expected)
{
	xmlXPathContextPtr context = xmlXPathNewContext(doc);
	xmlXPathObjectPtr found = xmlXPathEvalExpression(BAD_CAST path, context);
	xmlChar *text;

	assert_non_null(found);
	assert_true(found->nodesetval && n < (size_t)found->nodesetval->nodeNr);
	text = xmlNodeGetContent(found->nodesetval->nodeTab[n]);
	assert_string_equal((char *)text, expected);
	xmlFree(text);
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
}

static bool has_id(xmlDocPtr doc, const char *id, size_t length)
{
	char path[256];

	(void)snprintf(path, sizeof(path), "//*[@id='%.*s']", (int)length, id);
	return count(doc, path) == 1;
}

/* What every page must be. */
static void check_page(xmlDocPtr doc)
{
	xmlXPathContextPtr context = xmlXPathNewContext(doc);
	xmlXPathObjectPtr found = xmlXPathEvalExpression(BAD_CAST "//@id | //a/@href | //@aria-labelledby | //label/@for", context);

	for (int i = 0; i < found->nodesetval->nodeNr; i++) {
		xmlNodePtr attribute = found->nodesetval->nodeTab[i];
		xmlChar *value = xmlNodeGetContent(attribute);
		const char *at = (const char *)value + (*value == '#');

		while (*at) {
			size_t length = strcspn(at, " ");

			if (!has_id(doc, at, length)) {
				print_error("%s: no or several elements with the id '%.*s'\n", (const char *)attribute->name, (int)length, at);
				fail();
			}
			at += length + (at[length] == ' ');
		}
		xmlFree(value);
	}
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
	assert_int_equal(count(doc, "//script | //img | //iframe | //link | //object | //embed | //form | //base"), 0);
	assert_int_equal(count(doc, "//@*[starts-with(name(), 'on')] | //@style | //@src"), 0);
	assert_int_equal(count(doc, "//a[not(starts-with(@href, '#'))]"), 0);
	assert_int_equal(count(doc, "/html/head/meta[@http-equiv='Content-Security-Policy'][contains(@content, \"default-src 'none'\")]"), 1);
	assert_int_equal(count(doc, "//table[not(caption)] | //th[not(@scope)] | //ul[not(li)] | //ol[not(li)] | //*[self::ul or self::ol]/*[not(self::li)]"), 0);
	assert_int_equal(count(doc, "//h2[not(preceding::h1)] | //h3[not(preceding::h2)] | //h4[not(preceding::h3)] | //h5[not(preceding::h4)]"), 0);
	assert_int_equal(count(doc, "//main"), 1);
}

/* ---- documents ---- */

static void add_table(struct bpr_document *doc, const char *text)
{
	struct bpr_doc_table *table = bpr_i_doc_table(doc);
	struct bpr_doc_cell *row;

	bpr_i_doc_column(doc, table, "Step", false, 10);
	bpr_i_doc_column(doc, table, "Times", true, 0);
	bpr_i_doc_column(doc, table, "", false, 0);
	for (int i = 0; i < 3; i++) {
		row = bpr_i_doc_row(doc, table);
		row[0] = bpr_i_cell_text(text);
		row[1] = bpr_i_cell_number(BPR_DOC_COUNT, 3 * i);
		row[1].tone = i == 1 ? BPR_DOC_WORSE : BPR_DOC_PLAIN;
		row[2] = bpr_i_cell_number(BPR_DOC_BAR, i * 0.5);
	}
}

static void add_figure(struct bpr_document *doc, const char *text)
{
	struct bpr_bar bars[2] = { { BPR_SIDE_BEFORE, text, "3", 3, BPR_DOC_PLAIN, false }, { BPR_SIDE_AFTER, text, text, 1, BPR_DOC_WORSE, true } };
	struct bpr_doc_figure figure = { .kind = BPR_FIGURE_BARS, .id = "bars", .title = text, .description = text, .bar_count = 2 };
	struct bpr_bar *kept = bpr_i_arena_alloc(&doc->arena, 2, sizeof(*kept));

	assert_non_null(kept);
	memcpy(kept, bars, sizeof(bars));
	figure.bars = kept;
	bpr_i_doc_figure(doc, &figure);
}

static void add_block(struct bpr_document *doc, enum bpr_doc_kind kind, const char *part, unsigned level, const char *text)
{
	const char *lines[] = { text, "a line" };
	struct bpr_doc_card cards[] = { { text, lines, 2 }, { "empty", lines, 0 } };
	struct bpr_doc_tile tiles[] = { { text, "6", "1", text, "-5", BPR_DOC_BETTER }, { "one", NULL, text, NULL, NULL, BPR_DOC_PLAIN } };
	struct bpr_doc_rich rich = bpr_i_rich(doc, text, true);

	switch (kind) {
	case BPR_DOC_PAGE: bpr_i_doc_page(doc, part, text); break;
	case BPR_DOC_HEADING: bpr_i_doc_heading_aside(doc, text, level > 2 ? text : NULL); break;
	case BPR_DOC_LEAD: bpr_i_doc_say(doc, kind, rich); break;
	case BPR_DOC_PARAGRAPH: bpr_i_doc_paragraph(doc, text); break;
	case BPR_DOC_ITEM: bpr_i_doc_item(doc, level, level == 2 ? BPR_DOC_WORSE : BPR_DOC_PLAIN, text); break;
	case BPR_DOC_NOTE: bpr_i_doc_note(doc, text); break;
	case BPR_DOC_TABLE: add_table(doc, text); break;
	case BPR_DOC_FIGURE: add_figure(doc, text); break;
	case BPR_DOC_TILES: bpr_i_doc_tiles(doc, tiles, 2); break;
	case BPR_DOC_CARDS: bpr_i_doc_cards(doc, cards, 2); break;
	case BPR_DOC_BOX: bpr_i_doc_box(doc, text, lines, 2); break;
	case BPR_DOC_READING: bpr_i_doc_reading(doc, text); break;
	case BPR_DOC_COMMAND: bpr_i_doc_command(doc, text); break;
	case BPR_DOC_COLUMNS: bpr_i_doc_columns(doc, true); break;
	case BPR_DOC_COLUMNS_END: bpr_i_doc_columns(doc, false); break;
	}
}

static const enum bpr_doc_kind kinds[] = {
	BPR_DOC_PAGE, BPR_DOC_LEAD, BPR_DOC_LEAD, BPR_DOC_TILES, BPR_DOC_HEADING, BPR_DOC_FIGURE, BPR_DOC_READING, BPR_DOC_CARDS, BPR_DOC_BOX,
	BPR_DOC_TABLE, BPR_DOC_ITEM, BPR_DOC_ITEM, BPR_DOC_PARAGRAPH, BPR_DOC_NOTE, BPR_DOC_COMMAND, BPR_DOC_COLUMNS, BPR_DOC_HEADING,
	BPR_DOC_ITEM, BPR_DOC_HEADING, BPR_DOC_TABLE, BPR_DOC_COLUMNS_END, BPR_DOC_PAGE, BPR_DOC_HEADING, BPR_DOC_PARAGRAPH,
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static void fill(struct bpr_document *doc, const char *text)
{
	size_t parts = 0;

	doc->frame = (struct bpr_doc_frame){ text, text, text, text, false, false };
	for (size_t i = 0; i < KINDS; i++) {
		static const char *const names[] = { "handout", "details" };
		const char *name = names[parts % 2];

		parts += kinds[i] == BPR_DOC_PAGE;
		add_block(doc, kinds[i], name, i % 2 + 1, text);
	}
	assert_false(doc->failed);
}

static void render(struct bpr_document *docs, size_t n, const char *anchor, struct bpr_buf *out)
{
	struct bpr_report_options options = BPR_REPORT_OPTIONS_INIT;

	options.anchor = anchor;
	bpr_i_render_html(docs, n, &options, out);
	assert_int_equal(out->failed, BPR_OK);
}

/* ---- tests ---- */

static void texts_come_out_as_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < HOSTILE; i++) {
		struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_JA);
		struct bpr_buf out = BPR_BUF_INIT;
		xmlDocPtr page;

		fill(&doc, hostile[i].text);
		render(&doc, 1, NULL, &out);
		page = parse(out.data, out.length);
		check_page(page);
		assert_text(page, "/html/head/title", 0, hostile[i].read);
		assert_text(page, "//h1", 0, hostile[i].read);
		assert_text(page, "//div[@class='lead']/p", 1, hostile[i].read);
		assert_text(page, "//p[@class='reading']", 0, hostile[i].read);
		assert_text(page, "//div[@class='box']//li", 0, hostile[i].read);
		assert_text(page, "//p[@class='command']/code", 0, hostile[i].read);
		assert_text(page, "//footer", 0, hostile[i].read);
		assert_text(page, "//dt", 0, hostile[i].read);
		if (*hostile[i].text)
			assert_text(page, "//tbody/tr/th", 0, hostile[i].read);
		xmlFreeDoc(page);
		bpr_i_buf_release(&out);
		bpr_i_doc_release(&doc);
	}
}

/* The lenient parser of HTML sees the same elements: what is well-formed here means the same to a browser. */
static void html_and_xml_agree(void **state)
{
	static const char *const paths[] = { "//*", "//section", "//li", "//td", "//h1", "//h2", "//h3", "//dl", "//*[local-name()='svg']//*" };
	struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_EN);
	struct bpr_buf out = BPR_BUF_INIT;
	xmlDocPtr one, two;

	(void)state;
	fill(&doc, "a name");
	render(&doc, 1, NULL, &out);
	one = parse(out.data, out.length);
	two = htmlReadMemory(out.data, (int)out.length, NULL, "UTF-8", HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		assert_int_equal(count(one, paths[i]), count(two, paths[i]));
	xmlFreeDoc(one);
	xmlFreeDoc(two);
	bpr_i_buf_release(&out);
	bpr_i_doc_release(&doc);
}

static void structure_is_told(void **state)
{
	struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_EN);
	struct bpr_buf out = BPR_BUF_INIT;
	xmlDocPtr page;

	(void)state;
	fill(&doc, "a name");
	render(&doc, 1, NULL, &out);
	page = parse(out.data, out.length);
	assert_int_equal(count(page, "//section[@id='handout']/h1"), 1);
	assert_int_equal(count(page, "//section[@id='details']/h2"), 1);
	assert_int_equal(count(page, "//nav//a"), 2);
	assert_int_equal(count(page, "//section[@id='handout']//tbody/tr/th[@scope='row']"), 6);
	assert_int_equal(count(page, "//section[@id='handout']//tbody/tr/td[@class='n']"), 4);
	assert_int_equal(count(page, "//section[@id='handout']//tbody/tr/td[@class='n worse']/span[@class='away']"), 2);
	assert_int_equal(count(page, "//thead/tr/th[@scope='col'][@class='n']"), 2);
	assert_int_equal(count(page, "//svg[@class='b']/rect[@width='50.0']"), 2);
	assert_int_equal(count(page, "//li/ul/li//span[@class='mark worse']"), 1);
	assert_int_equal(count(page, "//div[@class='columns']/div/h2"), 2);
	assert_int_equal(count(page, "//div[@class='lead']"), 1);
	assert_int_equal(count(page, "//div[@class='lead']/p/b"), 2);
	assert_int_equal(count(page, "//input"), 0);
	xmlFreeDoc(page);
	bpr_i_buf_release(&out);
	bpr_i_doc_release(&doc);
}

static void languages_stand_beside_each_other(void **state)
{
	struct bpr_document docs[2] = { BPR_DOCUMENT_INIT(BPR_LANG_JA), BPR_DOCUMENT_INIT(BPR_LANG_EN) };
	struct bpr_buf out = BPR_BUF_INIT;
	xmlDocPtr page;

	(void)state;
	fill(&docs[0], "名前");
	fill(&docs[1], "a name");
	render(docs, 2, NULL, &out);
	page = parse(out.data, out.length);
	check_page(page);
	assert_int_equal(count(page, "/html[@lang='ja']"), 1);
	assert_int_equal(count(page, "//input[@type='radio'][@name='lang']"), 2);
	assert_int_equal(count(page, "//input[@checked][@id='lang-ja']"), 1);
	assert_int_equal(count(page, "//main/input/following-sibling::div[@class='in-ja'][@lang='ja']"), 1);
	assert_int_equal(count(page, "//main/input/following-sibling::div[@class='in-en'][@lang='en']"), 1);
	assert_int_equal(count(page, "//section[@id='en-handout']"), 1);
	xmlFreeDoc(page);
	bpr_i_buf_release(&out);
	bpr_i_doc_release(&docs[0]);
	bpr_i_doc_release(&docs[1]);
}

static void reports_share_a_page(void **state)
{
	static const struct bpr_report_entry entries[] = { { "f1", "<b>one</b>", "a&b.csv" }, { "f2", "two", "" } };
	static const enum bpr_lang langs[] = { BPR_LANG_EN, BPR_LANG_JA };
	struct bpr_report_options options = BPR_REPORT_OPTIONS_INIT;
	struct bpr_buf out = BPR_BUF_INIT;
	xmlDocPtr page;

	(void)state;
	options.langs = langs;
	options.lang_count = 2;
	bpr_i_html_begin(&options, entries, 2, &out);
	for (size_t i = 0; i < 2; i++) {
		struct bpr_document docs[2] = { BPR_DOCUMENT_INIT(BPR_LANG_EN), BPR_DOCUMENT_INIT(BPR_LANG_JA) };

		fill(&docs[0], "a name");
		fill(&docs[1], "名前");
		render(docs, 2, entries[i].anchor, &out);
		bpr_i_doc_release(&docs[0]);
		bpr_i_doc_release(&docs[1]);
	}
	bpr_i_html_end(&out);
	page = parse(out.data, out.length);
	check_page(page);
	assert_int_equal(count(page, "//nav"), 2);
	assert_text(page, "//div[@lang='en']/nav//li[1]/a", 0, "<b>one</b>");
	assert_text(page, "//div[@lang='en']/nav//li[1]/small", 0, "a&b.csv");
	assert_int_equal(count(page, "//section[@id='f2-ja-details']"), 1);
	xmlFreeDoc(page);
	bpr_i_buf_release(&out);
}

/* Class fit-N of a part with so many lines of text. */
static int fit_of(const char *part, size_t lines)
{
	struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_EN);
	struct bpr_buf out = BPR_BUF_INIT;
	const char *at;
	int fit;

	bpr_i_doc_page(&doc, part, "Title");
	for (size_t i = 0; i < lines; i++)
		bpr_i_doc_paragraph(&doc, "A line of text.");
	render(&doc, 1, NULL, &out);
	at = strstr(out.data, "class=\"page fit-");
	assert_non_null(at);
	fit = at[strlen("class=\"page fit-")] - '0';
	bpr_i_buf_release(&out);
	bpr_i_doc_release(&doc);
	return fit;
}

static void a_part_is_printed_on_one_sheet(void **state)
{
	int last = 0;

	(void)state;
	/* A line takes 19 pixels and 4 between, a sheet has 1,030: about 43 of them. */
	assert_int_equal(fit_of("handout", 5), 0);
	assert_int_equal(fit_of("handout", 38), 0);
	for (size_t lines = 38; lines < 52; lines++) {
		int fit = fit_of("handout", lines);

		assert_true(fit >= last && fit < HTML_FITS);
		last = fit;
	}
	assert_true(last >= 3);
	assert_true(fit_of("visit", 52) <= 2);
	assert_int_equal(fit_of("details", 50), 0);
	assert_int_equal(fit_of("handout", 1000), 0);
}

static void any_sequence_of_blocks_is_well_formed(void **state)
{
	unsigned long long seed = 7;

	(void)state;
	for (int round = 0; round < 300; round++) {
		struct bpr_document doc = BPR_DOCUMENT_INIT(round % 2 ? BPR_LANG_JA : BPR_LANG_EN);
		struct bpr_buf out = BPR_BUF_INIT;
		bool paged = false;
		xmlDocPtr page;

		for (int i = 0; i < 30; i++) {
			enum bpr_doc_kind kind;

			seed = seed * 6364136223846793005ull + 1442695040888963407ull;
			kind = (enum bpr_doc_kind)(seed >> 33 & 15);
			if (kind > BPR_DOC_COLUMNS_END || (kind == BPR_DOC_PAGE && paged))
				continue;
			paged = paged || kind == BPR_DOC_PAGE;
			add_block(&doc, kind, "part", (unsigned)(seed >> 40) % 3 + 1, hostile[(seed >> 45) % HOSTILE].text);
		}
		render(&doc, 1, NULL, &out);
		page = parse(out.data, out.length);
		assert_int_equal(count(page, "//script"), 0);
		xmlFreeDoc(page);
		bpr_i_buf_release(&out);
		bpr_i_doc_release(&doc);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_come_out_as_texts),
		cmocka_unit_test(html_and_xml_agree),
		cmocka_unit_test(structure_is_told),
		cmocka_unit_test(languages_stand_beside_each_other),
		cmocka_unit_test(reports_share_a_page),
		cmocka_unit_test(a_part_is_printed_on_one_sheet),
		cmocka_unit_test(any_sequence_of_blocks_is_well_formed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The formats: what each escapes, how the terminal's columns stand under each other, JSON that is JSON. */
#include "config.h"
#include "test.h"
#include "base/alloc_i.h"
#include "base/utf8_i.h"
#include "base/json_i.h"
#include "report/render_i.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef void escape_fn(struct bpr_buf *out, const char *text, size_t length);

static void check_escape(escape_fn *escape, const char *text, size_t length, const char *expected)
{
	struct bpr_buf buf = BPR_BUF_INIT;

	escape(&buf, text, length);
	assert_int_equal(buf.failed, BPR_OK);
	assert_string_equal(buf.data ? buf.data : "", expected);
	bpr_i_buf_release(&buf);
}

struct sample { const char *text, *expected; };

static void check_all(escape_fn *escape, const struct sample samples[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		check_escape(escape, samples[i].text, strlen(samples[i].text), samples[i].expected);
}

static void markdown_shows_texts_as_they_are(void **state)
{
	static const struct sample samples[] = {
		{ "住民票の写し", "住民票の写し" },
		{ "a|b", "a\\|b" },
		{ "`code` *b* _i_ [x](y)", "\\`code\\` \\*b\\* \\_i\\_ \\[x\\](y)" },
		{ "Task_1_end", "Task_1_end" },
		{ "<script>alert(1)</script> &amp;", "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;" },
		{ "# title", "\\# title" },
		{ "1. first", "1\\. first" },
		{ "1.5 of 4", "1.5 of 4" },
		{ "- item", "\\- item" },
		{ "---", "\\---" },
		{ "-57%", "-57%" },
		{ "    code", "code" },
		{ "two\nlines\tand a tab", "two lines and a tab" },
		{ "http://x.example www.x.example a@b.example", "http\\://x.example www\\.x.example a\\@b.example" },
		{ "~~gone~~ ![i](u) a\\b", "\\~\\~gone\\~\\~ !\\[i\\](u) a\\\\b" },
		{ "esc \033[31m bidi \342\200\256x bad \377", "esc \\\\x1B\\[31m bidi \\\\u{202E}x bad \\\\xFF" },
		{ "", "" },
	};

	(void)state;
	check_all(bpr_i_escape_md, samples, sizeof(samples) / sizeof(samples[0]));
}

static void csv_cells_are_never_formulas(void **state)
{
	static const struct sample samples[] = {
		{ "氏名", "氏名" },
		{ "a,b", "\"a,b\"" },
		{ "say \"x\"", "\"say \"\"x\"\"\"" },
		{ "=1+1", "'=1+1" },
		{ "+81", "'+81" },
		{ "-1", "'-1" },
		{ "@SUM(A1)", "'@SUM(A1)" },
		{ "\t=1", "' =1" },
		{ "\r=1", "'\\x0D=1" },
		{ " =1", "' =1" },
		{ "＝1", "'＝1" },
		{ "'=1", "''=1" },
		{ "two\nlines", "two lines" },
		{ " blank ", "\" blank \"" },
		{ "\033[2J\377", "\\x1B[2J\\xFF" },
		{ "", "" },
	};

	(void)state;
	check_all(bpr_i_escape_csv, samples, sizeof(samples) / sizeof(samples[0]));
}

static void json_strings_are_valid_whatever_comes(void **state)
{
	static const struct sample samples[] = {
		{ "氏名 \"x\" \\", "\"氏名 \\\"x\\\" \\\\\"" },
		{ "a\nb\tc\rd\001\037\177", "\"a\\nb\\tc\\rd\\u0001\\u001f\\u007f\"" },
		{ "\302\205", "\"\\u0085\"" },
		{ "\342\200\256x\342\200\250", "\"\\u202ex\\u2028\"" },
		{ "\363\240\200\201", "\"\\udb40\\udc01\"" },
		{ "\377\300\257ok\355\240\200", "\"\357\277\275\357\277\275\357\277\275ok\357\277\275\"" },
		{ "</script>", "\"</script>\"" },
		{ "", "\"\"" },
	};

	(void)state;
	check_all(bpr_i_escape_json, samples, sizeof(samples) / sizeof(samples[0]));
}

static void json_numbers_have_no_nan(void **state)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	struct bpr_json j = { .out = &buf };

	(void)state;
	bpr_i_json_object(&j, NULL);
	bpr_i_json_number(&j, "nan", (double)NAN);
	bpr_i_json_number(&j, "inf", -(double)INFINITY);
	bpr_i_json_number(&j, "zero", -0.0);
	bpr_i_json_number(&j, "third", 1.0 / 3);
	bpr_i_json_array(&j, "list");
	bpr_i_json_object(&j, NULL);
	bpr_i_json_bool(&j, "yes", true);
	bpr_i_json_null(&j, "none");
	bpr_i_json_end_object(&j);
	bpr_i_json_whole(&j, NULL, 7);
	bpr_i_json_end_array(&j);
	bpr_i_json_array(&j, "empty");
	bpr_i_json_end_array(&j);
	bpr_i_json_string(&j, "text", NULL);
	bpr_i_json_end_object(&j);
	assert_string_equal(buf.data, "{\n  \"nan\": null,\n  \"inf\": null,\n  \"zero\": 0,\n  \"third\": 0.3333333333333333,\n"
				      "  \"list\": [\n    {\"yes\": true, \"none\": null},\n    7\n  ],\n  \"empty\": [],\n"
				      "  \"text\": null\n}");
	bpr_i_buf_release(&buf);
}

/* A document with what an input may hold and cells of every width. */
static void fill(struct bpr_document *doc)
{
	struct bpr_doc_table *table;
	struct bpr_doc_cell *row;

	bpr_i_doc_heading(doc, 1, "証明書 | *窓口*");
	bpr_i_doc_lead(doc, "窓口は4か所から1か所、記入は延べ24項目から3項目になります。職員の時間は1件42分から18分です。");
	bpr_i_doc_item(doc, 1, BPR_DOC_WORSE, "first");
	bpr_i_doc_item(doc, 2, BPR_DOC_PLAIN, "second \033[31m");
	table = bpr_i_doc_table(doc);
	bpr_i_doc_column(doc, table, "Step", false, 10);
	bpr_i_doc_column(doc, table, "Value", true, 0);
	bpr_i_doc_column(doc, table, "Method", false, 0);
	row = bpr_i_doc_row(doc, table);
	assert_non_null(row);
	row[0] = bpr_i_cell_text("受付・審査 <b>");
	row[1] = bpr_i_cell_number(BPR_DOC_MINUTES, 42);
	row[2] = bpr_i_cell_method(BPR_METHOD_EXACT);
	row = bpr_i_doc_row(doc, table);
	assert_non_null(row);
	row[0] = bpr_i_cell_text("ｱｲｳ ①|x");
	row[1] = bpr_i_cell_number(BPR_DOC_COUNT, 1234.6);
	row[1].tone = BPR_DOC_BETTER;
	row = bpr_i_doc_row(doc, table);
	assert_non_null(row);
	row[0] = bpr_i_cell_text("a name without an end that goes on and on, further than any terminal is wide, and then some");
	row[1] = bpr_i_cell_number(BPR_DOC_PROB, 0.00001);
	row[2] = bpr_i_cell_method(BPR_METHOD_SIMULATED);
}

static char *rendered(enum bpr_lang lang, size_t width, bool color, bool md)
{
	struct bpr_document doc = BPR_DOCUMENT_INIT(lang);
	struct bpr_report_options options = BPR_REPORT_OPTIONS_INIT;
	struct bpr_buf buf = BPR_BUF_INIT;

	options.lang = lang;
	options.width = width;
	options.color = color;
	fill(&doc);
	assert_false(doc.failed);
	if (md)
		bpr_i_render_md(&doc, &options, &buf);
	else
		bpr_i_render_text(&doc, &options, &buf);
	bpr_i_doc_release(&doc);
	return bpr_i_buf_take(&buf);
}

static void text_columns_stand_under_each_other(void **state)
{
	char *text = rendered(BPR_LANG_EN, 60, false, false);

	(void)state;
	assert_non_null(text);
	assert_non_null(strstr(text,
			       "Step                                          Value  Method\n"
			       "-------------------------------------------  ------  -------\n"
			       "受付・審査 <b>                               42 min  exact\n"
			       "ｱｲｳ ①|x                                       1,235\n"
			       "a name without an end that goes on and on,   0.001%  sampled\n"
			       "further than any terminal is wide, and then\n"
			       "some\n"));
	bpr_i_free(text);
}

/* No line is wider than asked for, none ends in a blank, no control stands in it. */
static void check_lines(const char *text, size_t width, enum bpr_lang lang)
{
	for (const char *line = text; *line;) {
		size_t length = strcspn(line, "\n");

		assert_true(bpr_i_utf8_width(line, length, lang) <= width);
		assert_true(!length || line[length - 1] != ' ');
		for (size_t i = 0; i < length; i++)
			assert_true((unsigned char)line[i] >= 0x20 && line[i] != 0x7f);
		line += length + (line[length] == '\n');
	}
}

static void text_keeps_to_the_width(void **state)
{
	static const size_t widths[] = { 40, 41, 60, 80, 200 };

	(void)state;
	for (size_t i = 0; i < sizeof(widths) / sizeof(widths[0]); i++)
		for (int lang = 0; lang < 2; lang++) {
			char *text = rendered((enum bpr_lang)lang, widths[i], false, false);

			assert_non_null(text);
			check_lines(text, widths[i], (enum bpr_lang)lang);
			bpr_i_free(text);
		}
}

static void japanese_lines_do_not_begin_with_a_stop(void **state)
{
	(void)state;
	for (size_t width = 40; width < 80; width++) {
		char *text = rendered(BPR_LANG_JA, width, false, false);

		assert_non_null(text);
		assert_null(strstr(text, "\n。"));
		assert_null(strstr(text, "\n、"));
		bpr_i_free(text);
	}
}

static void colour_only_where_asked_for(void **state)
{
	char *plain = rendered(BPR_LANG_EN, 80, false, false);
	char *color = rendered(BPR_LANG_EN, 80, true, false);
	size_t left = 0;

	(void)state;
	assert_non_null(plain);
	assert_non_null(color);
	assert_null(strchr(plain, '\033'));
	assert_non_null(strstr(color, "\033[32m1,235\033[0m"));
	/* Without the colours it is the same text. */
	for (size_t i = 0; color[i];) {
		if (color[i] == '\033')
			i += strcspn(color + i, "m") + 1;
		else
			color[left++] = color[i++];
	}
	color[left] = '\0';
	assert_string_equal(color, plain);
	bpr_i_free(plain);
	bpr_i_free(color);
}

static void markdown_of_a_document(void **state)
{
	char *md = rendered(BPR_LANG_JA, 80, false, true);

	(void)state;
	assert_non_null(md);
	assert_string_equal(md,
			    "# 証明書 \\| \\*窓口\\*\n\n"
			    "**窓口は4か所から1か所、記入は延べ24項目から3項目になります。職員の時間は1件42分から18分です。**\n\n"
			    "- first\n  - second \\\\x1B\\[31m\n\n"
			    "| 工程 | 値 | Method |\n| --- | ---: | --- |\n"
			    "| 受付・審査 &lt;b&gt; | 42分 | 厳密 |\n| ｱｲｳ ①\\|x | 1,235 |  |\n"
			    "| a name without an end that goes on and on, further than any terminal is wide, and then some | 0.001% | 標本 |\n");
	bpr_i_free(md);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(markdown_shows_texts_as_they_are),
		cmocka_unit_test(csv_cells_are_never_formulas),
		cmocka_unit_test(json_strings_are_valid_whatever_comes),
		cmocka_unit_test(json_numbers_have_no_nan),
		cmocka_unit_test(text_columns_stand_under_each_other),
		cmocka_unit_test(text_keeps_to_the_width),
		cmocka_unit_test(japanese_lines_do_not_begin_with_a_stop),
		cmocka_unit_test(colour_only_where_asked_for),
		cmocka_unit_test(markdown_of_a_document),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

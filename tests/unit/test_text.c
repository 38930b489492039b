/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report for a terminal: where Japanese lines end, how wide bars are, how near figures are told apart. */
#include "config.h"
#include "test.h"
#include "report/render_i.h"
#include "study/study_i.h"
#include <stdlib.h>
#include <string.h>

/* The document as text; freed by the caller. */
static char *render(const struct bpr_document *doc, size_t width, bool blocks)
{
	struct bpr_report_options options = BPR_REPORT_OPTIONS_INIT;
	struct bpr_buf out = BPR_BUF_INIT;

	options.lang = doc->lang;
	options.width = width;
	options.blocks = blocks;
	bpr_i_render_text(doc, &options, &out);
	assert_int_equal(out.failed, BPR_OK);
	assert_non_null(out.data);
	return bpr_i_buf_take(&out);
}

static void no_word_of_a_title_is_torn(void **state)
{
	static const char *const titles[] = { "平均待ち時間", "最長の行列", "1件あたり回数", "窓口・担当", "手続き中", "所要時間（順番待ちを含む）" };
	static const char *const whole[] = { "平均待ち", "最長の", "行列", "時間", "回数", "窓口・", "担当", "手続き中", "所要時間", "含む）" };
	struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_JA);
	struct bpr_doc_table *table = bpr_i_doc_table(&doc);
	struct bpr_doc_cell *row;
	char *text;

	(void)state;
	for (size_t i = 0; i < 6; i++)
		bpr_i_doc_column(&doc, table, titles[i], true, 0);
	row = bpr_i_doc_row(&doc, table);
	for (size_t i = 0; i < 6; i++)
		row[i] = bpr_i_cell_number(BPR_DOC_COUNT, (double)i);
	text = render(&doc, 60, false);
	for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++)
		if (!strstr(text, whole[i]))
			fail_msg("'%s' is torn in:\n%s", whole[i], text);
	free(text);
	/* Too narrow for whole words: torn rather than wider than the terminal would be no better, but nothing is lost. */
	text = render(&doc, 40, false);
	assert_non_null(strstr(text, "5"));
	free(text);
	bpr_i_doc_release(&doc);
}

static void a_line_of_prose_ends_where_a_word_does(void **state)
{
	struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_JA);
	char *text;

	(void)state;
	bpr_i_doc_paragraph(&doc, "待ちが最も長いのは午前で、平均はおよそ四分ほどです。曜日では月曜日が最も長くなります。");
	text = render(&doc, 40, false);
	assert_string_equal(text, "待ちが最も長いのは午前で、平均はおよそ\n四分ほどです。曜日では月曜日が最も\n長くなります。\n");
	free(text);
	bpr_i_doc_release(&doc);
}

static void bars_are_blocks_only_where_asked(void **state)
{
	struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_JA);
	struct bpr_doc_table *table = bpr_i_doc_table(&doc);
	struct bpr_doc_cell *row;
	char *text;

	(void)state;
	bpr_i_doc_column(&doc, table, "x", false, 0);
	bpr_i_doc_column(&doc, table, "", false, 0);
	for (int i = 0; i < 3; i++) {
		row = bpr_i_doc_row(&doc, table);
		row[0] = bpr_i_cell_number(BPR_DOC_COUNT, i);
		row[1] = bpr_i_cell_number(BPR_DOC_BAR, i == 0 ? 1.0 : i == 1 ? 0.5 + 3.0 / 160 : 0.0001);
	}
	text = render(&doc, 80, false);
	assert_non_null(strstr(text, "\n0  ####################\n1  ##########\n2  #\n"));
	free(text);
	text = render(&doc, 80, true);
	/* 20 columns are 160 steps: 160, 83 and at least one. */
	assert_non_null(strstr(text, "\n0  ████████████████████\n1  ██████████▍\n2  ▏\n"));
	free(text);
	bpr_i_doc_release(&doc);
}

static void near_times_are_told_apart_in_their_own_unit(void **state)
{
	static const struct { double a, b; const char *said_a, *said_b; } cases[] = {
		{ 5871, 5873, "4.077日", "4.078日" }, { 30.78, 30.8, "30.78分", "30.80分" }, { 30, 31, "30分", "31分" },
		{ 300.2, 300.4, "300.2分", "300.4分" }, { 1440, 2880, "1日", "2日" }, { 0.5, 0.5001, "30.000秒", "30.006秒" },
		{ 7, 7, "7分", "7分" },
	};
	struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_JA);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct bpr_said_pair said = bpr_i_say_minutes_pair(&doc, cases[i].a, cases[i].b);

		assert_string_equal(said.before, cases[i].said_a);
		assert_string_equal(said.after, cases[i].said_b);
	}
	assert_false(doc.failed);
	bpr_i_doc_release(&doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_word_of_a_title_is_torn),
		cmocka_unit_test(a_line_of_prose_ends_where_a_word_does),
		cmocka_unit_test(bars_are_blocks_only_where_asked),
		cmocka_unit_test(near_times_are_told_apart_in_their_own_unit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

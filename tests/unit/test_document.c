/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers into words as offices write them, in both languages; documents that run out of memory. */
#include "config.h"
#include "test.h"
#include "base/alloc_i.h"
#include "study/document_i.h"
#include "study/words_i.h"
#include <string.h>

typedef void words_fn(struct bpr_buf *buf, struct bpr_words how, double x);

struct sample { double x; const char *en, *ja; };

static void check_words(words_fn *words, bool change, bool year, const struct sample samples[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (int lang = 0; lang < 2; lang++) {
			struct bpr_buf buf = BPR_BUF_INIT;

			words(&buf, (struct bpr_words){ (enum bpr_lang)lang, change, year }, samples[i].x);
			assert_string_equal(buf.data, lang ? samples[i].ja : samples[i].en);
			bpr_i_buf_release(&buf);
		}
}
#define CHECK(words, change, year, samples) check_words(words, change, year, samples, sizeof(samples) / sizeof((samples)[0]))

static void counts(void **state)
{
	static const struct sample plain[] = {
		{ 0, "0", "0" }, { 26, "26", "26" }, { 3.0000000001, "3", "3" }, { 5.5, "5.5", "5.5" }, { 2.345, "2.35", "2.35" },
		{ 0.1234, "0.12", "0.12" }, { 0.05, "0.05", "0.05" }, { 0.00123, "0.0012", "0.0012" }, { 24.44, "24.4", "24.4" },
		{ 1234567, "1,234,567", "1,234,567" }, { 1234.5678, "1,235", "1,235" }, { 1e-9, "<0.000001", "<0.000001" },
		{ 9.999, "10", "10" }, { -3, "-3", "-3" },
	};
	static const struct sample change[] = { { 3, "+3", "+3" }, { -3, "-3", "-3" }, { 0, "0", "0" }, { -0.25, "-0.25", "-0.25" } };

	(void)state;
	CHECK(bpr_i_words_count, false, false, plain);
	CHECK(bpr_i_words_count, true, false, change);
}

static void durations_scale(void **state)
{
	static const struct sample plain[] = {
		{ 0, "0 min", "0分" }, { 0.5, "30 s", "30秒" }, { 1.0 / 12, "5 s", "5秒" }, { 1, "1 min", "1分" }, { 4.5, "4.5 min", "4.5分" },
		{ 82, "82 min", "82分" }, { 119.9, "119.9 min", "119.9分" }, { 120, "2 h", "2時間" }, { 200, "3 h 20 min", "3時間20分" },
		{ 1439.8, "24 h", "24時間" }, { 1440, "1 day", "1日" }, { 4600, "3.2 days", "3.2日" },
	};
	static const struct sample change[] = { { -24, "-24 min", "-24分" }, { 200, "+3 h 20 min", "+3時間20分" }, { 0, "0 min", "0分" },
						 { 0.9, "+0.9 min", "+0.9分" }, { -0.01, "-0.6 s", "-0.6秒" } };
	static const struct sample year[] = { { 117600, "1,960 h", "1,960時間" }, { 90, "1.5 h", "1.5時間" }, { 36060, "601 h", "601時間" } };

	(void)state;
	CHECK(bpr_i_words_minutes, false, false, plain);
	CHECK(bpr_i_words_minutes, true, false, change);
	CHECK(bpr_i_words_minutes, false, true, year);
}

static void money(void **state)
{
	static const struct sample plain[] = {
		{ 0, "¥0", "0円" }, { 300, "¥300", "300円" }, { 51.6667, "¥51.7", "51.7円" }, { 2100, "¥2,100", "2,100円" },
		{ 123456, "¥123,456", "123,456円" }, { 2500000, "¥2.5 million", "250万円" },
	};
	static const struct sample year[] = {
		{ 6076000, "¥6.08 million", "約608万円" }, { 6080000, "¥6.08 million", "608万円" }, { 9000, "¥9,000", "9,000円" },
		{ 45123, "¥45,123", "約4.5万円" }, { 123000000, "¥123 million", "1億2,300万円" }, { 200000000, "¥200 million", "2億円" },
		{ 99999000, "¥100 million", "約1億円" },
	};
	static const struct sample change[] = { { -6076000, "-¥6.08 million", "-608万円" }, { 1200, "+¥1,200", "+1,200円" } };

	(void)state;
	CHECK(bpr_i_words_yen, false, false, plain);
	CHECK(bpr_i_words_yen, false, true, year);
	CHECK(bpr_i_words_yen, true, true, change);
}

static void shares(void **state)
{
	static const struct sample prob[] = {
		{ 0, "0%", "0%" }, { 1, "100%", "100%" }, { 0.3, "30%", "30%" }, { 0.125, "12.5%", "12.5%" }, { 0.00002, "0.002%", "0.002%" },
		{ 0.99999, "99.999%", "99.999%" }, { 1.2, "120%", "120%" },
	};
	static const struct sample points[] = { { -0.06, "-6 points", "-6ポイント" }, { 0.005, "+0.5 points", "+0.5ポイント" } };
	static const struct sample percent[] = { { -82.857, "-82.9%", "-82.9%" }, { 0, "0%", "0%" }, { 150, "+150%", "+150%" } };
	static const struct sample share[] = {
		{ 0.1, "1 in 10", "10件に1件" }, { 0.0098, "1 in 100", "100件に1件" }, { 0.5, "1 in 2", "2件に1件" }, { 0.4, "40%", "40%" },
		{ 0.00421, "1 in 240", "240件に1件" }, { 0, "0%", "0%" }, { 1, "100%", "100%" },
	};

	(void)state;
	CHECK(bpr_i_words_prob, false, false, prob);
	CHECK(bpr_i_words_prob, true, false, points);
	CHECK(bpr_i_words_percent, true, false, percent);
	for (size_t i = 0; i < sizeof(share) / sizeof(share[0]); i++)
		for (int lang = 0; lang < 2; lang++) {
			struct bpr_buf buf = BPR_BUF_INIT;

			bpr_i_words_share(&buf, (enum bpr_lang)lang, share[i].x);
			assert_string_equal(buf.data, lang ? share[i].ja : share[i].en);
			bpr_i_buf_release(&buf);
		}
}

static void documents_keep_their_order(void **state)
{
	struct bpr_document doc = BPR_DOCUMENT_INIT(BPR_LANG_JA);
	struct bpr_doc_table *table;

	(void)state;
	bpr_i_doc_heading(&doc, 1, "a");
	bpr_i_doc_paragraph(&doc, bpr_i_doc_fill(&doc, "{2} before {1}", "x", "y", NULL, NULL));
	table = bpr_i_doc_table(&doc);
	bpr_i_doc_column(&doc, table, "Value", true, 0);
	for (int i = 0; i < 1000; i++) {
		struct bpr_doc_cell *row = bpr_i_doc_row(&doc, table);

		assert_non_null(row);
		row[0] = bpr_i_cell_number(BPR_DOC_COUNT, i);
	}
	assert_false(doc.failed);
	assert_int_equal(doc.block_count, 3);
	assert_string_equal(doc.blocks[1].text, "y before x");
	assert_int_equal(table->row_count, 1000);
	assert_true(table->cells[999].number > 998);
	assert_string_equal(table->columns[0].title, "値");
	bpr_i_doc_release(&doc);
	assert_int_equal(doc.block_count, 0);
}

static void numbers_that_are_none_leave_cells_empty(void **state)
{
	(void)state;
	assert_int_equal(bpr_i_cell_number(BPR_DOC_COUNT, (double)NAN).value, BPR_DOC_EMPTY);
	assert_int_equal(bpr_i_cell_number(BPR_DOC_YEN, (double)INFINITY).value, BPR_DOC_EMPTY);
	assert_int_equal(bpr_i_cell_text("").value, BPR_DOC_EMPTY);
	assert_int_equal(bpr_i_cell_text(NULL).value, BPR_DOC_EMPTY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts),
		cmocka_unit_test(durations_scale),
		cmocka_unit_test(money),
		cmocka_unit_test(shares),
		cmocka_unit_test(documents_keep_their_order),
		cmocka_unit_test(numbers_that_are_none_leave_cells_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "test.h"
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include "base/num_i.h"
#include "base/problem_i.h"
#include "base/text_i.h"
#include "base/utf8_i.h"
#include <float.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

static void numbers_are_read_whole_or_not_at_all(void **state)
{
	static const char *const bad[] = { "", "+", ".", "1,5", "0x10", "inf", "nan", "1e", "1e+", " 1", "1 ", "1e999", "--1", "1.2.3" };
	double x;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(bpr_i_num_parse(bad[i], strlen(bad[i]), &x));
	assert_true(bpr_i_num_parse("-12.0625", 8, &x));
	assert_true(x == -12.0625);
	assert_true(bpr_i_num_parse("2.2250738585072014e-308", 23, &x));
	assert_true(x == DBL_MIN);
	assert_true(bpr_i_num_parse("0.1", 3, &x));
	assert_true(x == 0.1);
}

static void numbers_read_back(void **state)
{
	static const double values[] = { 0, 0.1, 1.0 / 3, 1e15, 123456789012345678.0, DBL_MAX, DBL_MIN, 5e-324, -2.5, 1e-7 };
	char text[32];
	double back;

	(void)state;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		size_t n = bpr_i_num_format(text, sizeof(text), values[i]);

		assert_true(n < sizeof(text));
		assert_true(bpr_i_num_parse(text, n, &back));
		assert_true(back == values[i]);
	}
	assert_int_equal(bpr_i_num_format(text, sizeof(text), HUGE_VAL), 0);
	(void)bpr_i_num_format(text, sizeof(text), 0.1);
	assert_string_equal(text, "0.1");
}

/* The quick way for short decimals gives what printf gives with the fewest digits that read back. */
static void short_numbers_are_the_shortest(void **state)
{
	uint64_t random = 1;

	(void)state;
	for (int i = 0; i < 200000; i++) {
		double scale = 1, x;
		char text[32], expected[32];
		int digits = 15;

		random = random * 6364136223846793005u + 1442695040888963407u;
		for (unsigned d = 0; d < (random >> 50) % 9; d++)
			scale *= 10;
		x = (double)(random >> 12 >> (random & 47)) / scale * (random >> 63 ? -1 : 1);
		if ((random >> 40) % 4 == 0)
			x = nextafter(x, 1e300);
		if (fabs(x) < 1e-4 || fabs(x) >= 1e9 || floor(x) >= x)
			continue;
		do
			(void)snprintf(expected, sizeof(expected), "%.*g", digits, x);
		while (strtod(expected, NULL) != x && ++digits <= 17);
		assert_int_equal(bpr_i_num_format(text, sizeof(text), x), strlen(expected));
		assert_string_equal(text, expected);
	}
}

static void numbers_know_no_locale(void **state)
{
	char text[400];
	double x;

	(void)state;
	/* cmocka 1.1.5 reports skip() as a failed point; the note stands in the log instead. */
	if (!setlocale(LC_ALL, "de_DE.UTF-8")) {
		print_message("# not tested: the locale de_DE.UTF-8 is not installed (Debian: locales-all)\n");
		return;
	}
	assert_true(bpr_i_num_parse("1.2345678901234567", 18, &x));
	(void)bpr_i_num_format(text, sizeof(text), x);
	assert_string_equal(text, "1.2345678901234567");
	(void)bpr_i_num_fixed(text, sizeof(text), -1234567.891, 1, true);
	assert_string_equal(text, "-1,234,567.9");
	(void)setlocale(LC_ALL, "C");
}

static void fixed_numbers(void **state)
{
	char text[400];

	(void)state;
	(void)bpr_i_num_fixed(text, sizeof(text), -0.04, 1, true);
	assert_string_equal(text, "0.0");
	(void)bpr_i_num_fixed(text, sizeof(text), 999.5, 0, true);
	assert_string_equal(text, "1,000");
	assert_true(bpr_i_num_fixed(text, 4, 123456, 0, false) == 6);
	assert_string_equal(text, "123");
}

static void names_keep_their_order(void **state)
{
	struct bpr_names names = { 0 };
	char keys[1000][8];
	bool added;

	(void)state;
	for (size_t i = 0; i < 1000; i++) {
		int n = snprintf(keys[i], sizeof(keys[i]), "k%zu", i);

		assert_int_equal(bpr_i_names_add(&names, keys[i], (size_t)n, &added), i);
		assert_true(added);
	}
	assert_int_equal(bpr_i_names_add(&names, "k731", 4, &added), 731);
	assert_false(added);
	assert_true(bpr_i_names_find(&names, "k1000", 5) == BPR_NONE);
	bpr_i_names_release(&names);
	assert_true(bpr_i_names_find(&names, "", 0) == BPR_NONE);
}

static void check_fold(const char *from, const char *to)
{
	struct bpr_buf buf = BPR_BUF_INIT;

	bpr_i_utf8_fold(&buf, from, strlen(from));
	assert_string_equal(buf.data ? buf.data : "", to);
	bpr_i_buf_release(&buf);
}

static void offices_write_like_this(void **state)
{
	(void)state;
	check_fold("１２．５　分", "12.5 分");
	check_fold("　約５分　", "約5分");
	check_fold("１０〜１５", "10~15");
	check_fold("▲３", "-3");
	check_fold("センター", "センター");
	check_fold("５ー６", "5-6");
	check_fold("ｶﾞｲﾄﾞ", "ガイド");
	check_fold("ﾊﾟｽﾎﾟｰﾄ", "パスポート");
	check_fold("Ｂ：７０％；Ｃ", "B:70%;C");
}

static void widths(void **state)
{
	(void)state;
	assert_int_equal(bpr_i_utf8_width("窓口①A", strlen("窓口①A"), BPR_LANG_JA), 7);
	assert_int_equal(bpr_i_utf8_width("窓口①A", strlen("窓口①A"), BPR_LANG_EN), 6);
	assert_int_equal(bpr_i_utf8_cut("窓口", 6, 3, BPR_LANG_JA), 3);
	assert_int_equal(bpr_i_utf8_cut("e\xcc\x81x", 4, 1, BPR_LANG_EN), 3);
}

static void check_safe(const char *from, const char *to)
{
	struct bpr_buf buf = BPR_BUF_INIT;

	bpr_i_utf8_safe(&buf, from, strlen(from));
	assert_string_equal(buf.data ? buf.data : "", to);
	bpr_i_buf_release(&buf);
}

static void a_terminal_obeys_nothing(void **state)
{
	(void)state;
	check_safe("a\033[31mb", "a\\x1B[31mb");
	check_safe("\xc2\x9b" "2J", "\\u{009B}2J");
	check_safe("a\xe2\x80\xae" "b", "a\\u{202E}b");
	check_safe("x\ny", "x y");
	check_safe("\xff", "\\xFF");
	check_safe("窓口", "窓口");
}

static void the_same_problem_is_counted(void **state)
{
	bpr_problems *list;
	struct bpr_place at = { "f.csv", 3, 0, "work" };
	struct bpr_problem p;
	char text[200];

	(void)state;
	assert_int_equal(bpr_problems_new(&list, NULL), BPR_OK);
	assert_true(bpr_i_problem(list, BPR_I_I002, &at, true, "no such file", NULL, NULL, NULL));
	at.line = 9;
	assert_true(bpr_i_problem(list, BPR_I_I002, &at, true, "other", NULL, NULL, NULL));
	at.where = "wait";
	assert_true(bpr_i_problem(list, BPR_I_I002, &at, true, "third", NULL, NULL, NULL));
	assert_int_equal(bpr_problems_count(list), 2);
	p = bpr_problems_get(list, 0);
	assert_int_equal(p.line, 3);
	assert_int_equal(p.count, 2);
	(void)bpr_problem_message(&p, BPR_LANG_EN, text, sizeof(text));
	assert_string_equal(text, "cannot open the file: no such file (and 1 more like it)");
	(void)bpr_problem_message(&p, BPR_LANG_EN, text, 10);
	assert_string_equal(text, "cannot op");
	/* What has been cut off is new again, and is not taken for what has come in its place. */
	bpr_problems_truncate(list, 1);
	assert_int_equal(bpr_problems_count(list), 1);
	assert_true(bpr_i_problem(list, BPR_I_I004, &at, false, NULL, NULL, NULL, NULL));
	assert_true(bpr_i_problem(list, BPR_I_I002, &at, true, "fourth", NULL, NULL, NULL));
	assert_true(bpr_i_problem(list, BPR_I_I002, &at, true, "fifth", NULL, NULL, NULL));
	assert_int_equal(bpr_problems_count(list), 3);
	assert_int_equal(bpr_problems_get(list, 1).count, 1);
	assert_int_equal(bpr_problems_get(list, 2).count, 2);
	bpr_problems_truncate(list, 7);
	assert_int_equal(bpr_problems_count(list), 3);
	bpr_problems_free(list);
	bpr_problems_free(NULL);
}

static void the_catalogue_is_sorted(void **state)
{
	(void)state;
	for (size_t i = 1; i < bpr_i_catalog_ja_count; i++)
		assert_true(strcmp(bpr_i_catalog_ja[i - 1].id, bpr_i_catalog_ja[i].id) < 0);
	assert_string_equal(bpr_text(BPR_LANG_JA, "out of memory"), "メモリーが足りません");
	assert_string_equal(bpr_text(BPR_LANG_JA, "no such text"), "no such text");
}

static void arenas_grow(void **state)
{
	struct bpr_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < 100; i++) {
		char *p = bpr_i_arena_alloc(&arena, 1, 1000 * i);

		assert_non_null(p);
		assert_true(((uintptr_t)p & 7) == 0);
		if (i)
			assert_true(p[0] == 0 && p[1000 * i - 1] == 0);
	}
	assert_null(bpr_i_arena_alloc(&arena, SIZE_MAX, 2));
	bpr_i_arena_release(&arena);
}

static void what_an_arena_holds_can_live_on_in_another(void **state)
{
	struct bpr_arena one = { 0 }, two = { 0 };
	char *texts[2][200];

	(void)state;
	/* Both are being filled when they are joined, and the one goes on. */
	for (size_t i = 0; i < 200; i++) {
		texts[0][i] = bpr_i_arena_strdup(&one, "a text of the one");
		texts[1][i] = bpr_i_arena_strdup(&two, "a text of the other");
		if (i == 150) {
			bpr_i_arena_join(&one, &two);
			assert_null(two.blocks);
		}
	}
	bpr_i_arena_join(&one, &two);
	bpr_i_arena_join(&one, &two);
	bpr_i_arena_join(&two, &one);
	assert_null(one.blocks);
	for (size_t i = 0; i < 200; i++) {
		assert_string_equal(texts[0][i], "a text of the one");
		assert_string_equal(texts[1][i], "a text of the other");
	}
	bpr_i_arena_release(&two);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_an_arena_holds_can_live_on_in_another),
		cmocka_unit_test(numbers_are_read_whole_or_not_at_all), cmocka_unit_test(numbers_read_back),
		cmocka_unit_test(short_numbers_are_the_shortest),
		cmocka_unit_test(numbers_know_no_locale), cmocka_unit_test(fixed_numbers),
		cmocka_unit_test(names_keep_their_order), cmocka_unit_test(offices_write_like_this),
		cmocka_unit_test(widths), cmocka_unit_test(a_terminal_obeys_nothing),
		cmocka_unit_test(the_same_problem_is_counted), cmocka_unit_test(the_catalogue_is_sorted),
		cmocka_unit_test(arenas_grow),
	};

	return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}

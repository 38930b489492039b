/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small tables with named columns (lib/table), also with every allocation failing once. */
#include "config.h"
#include "test.h"
#include "fail_alloc.h"
#include "base/buf_i.h"
#include "table/table_i.h"
#include <stdlib.h>
#include <string.h>

static long calls, failing = -1;

static bool fails(void)
{
	return calls++ == failing;
}

static const struct bpr_table_column columns[] = {
	{ "lever", "施策|方策", true, "", "" },
	{ "target", "対象", false, "", "" },
	{ "effort_days", "工数|作業量", false, "", "" },
};

static bpr_status take(void *data, const struct bpr_table_row *row)
{
	struct bpr_buf *out = data;

	bpr_i_buf_printf(out, "%zu", row->line);
	for (size_t i = 0; i < 3; i++)
		bpr_i_buf_printf(out, "|%s", row->cells[i]);
	bpr_i_buf_putc(out, '\n');
	return out->failed;
}

/* Rows, then problems as "CODE:LINE". */
static bpr_status read_text(const char *text, size_t length, struct bpr_buf *out)
{
	const struct bpr_table_source source = { .path = "t.csv", .data = text, .length = length, .sheets = "施策|levers", .max_rows = 5 };
	bpr_problems *problems = NULL;
	struct bpr_error err = { 0 };
	size_t rows;
	bpr_status status = bpr_problems_new(&problems, &err);

	if (status)
		return status;
	status = bpr_i_table_read(&source, columns, 3, take, out, &rows, problems, &err);
	for (size_t i = 0; i < bpr_problems_count(problems); i++) {
		const struct bpr_problem p = bpr_problems_get(problems, i);

		bpr_i_buf_printf(out, "%s:%zu ", p.code->code, p.line);
	}
	if (status && status != BPR_ENOMEM)
		assert_true(err.code[0] && bpr_problems_count_severity(problems, BPR_SEVERITY_ERROR));
	bpr_problems_free(problems);
	return status;
}

static void check(const char *text, bpr_status expected, const char *rows)
{
	struct bpr_buf out = BPR_BUF_INIT;

	assert_int_equal(read_text(text, strlen(text), &out), expected);
	assert_string_equal(out.data ? out.data : "", rows);
	bpr_i_buf_release(&out);
}

static void headings_are_found_wherever_they_stand(void **state)
{
	(void)state;
	check("lever,target\nmerge,a\n", BPR_OK, "2|merge|a|\n");
	check("施策の一覧\n令和8年度\n\n 対象 ,施策（種類）,工数(人日)\nx, y ,３\n", BPR_OK, "5|y|x|３\n");
	check("EFFORT-DAYS;Lever\n2;a,b\n", BPR_OK, "2|a,b||2\n");
	check("lever\ttarget\na\tb\n\n\nlever\ttarget\nc\t\n", BPR_OK, "2|a|b|\n6|c||\n");
	/* A column that nobody needs and one that stands there twice are told, cells without a heading too. */
	check("lever,colour,対象,target\na,red,b,c,d\n", BPR_OK, "2|a|b|\nB003:1 B002:1 B004:2 ");
	check("対象,工数\na,b\n", BPR_ESYNTAX, "B001:0 ");
	check("\xef\xbb\xbflever\r\n'=1\r\n", BPR_OK, "2|=1||\n");
}

static void as_above_is_what_stands_above(void **state)
{
	(void)state;
	check("lever,target,工数\na,b,1\n〃,c,同上\n,〃,\n", BPR_OK, "2|a|b|1\n3|a|c|1\n4||c|\n");
	check("lever,target\n〃,b\n", BPR_OK, "2|〃|b|\n");
	check("lever,target\na,\nb,〃\n", BPR_OK, "2|a||\n3|b|〃|\n");
}

static void limits_and_quotes_are_told(void **state)
{
	(void)state;
	check("lever\na\nb\nc\nd\ne\nf\n", BPR_ELIMIT, "2|a||\n3|b||\n4|c||\n5|d||\n6|e||\nB005:7 ");
	check("lever\n\"a\n", BPR_ESYNTAX, "T002:2 ");
	check("", BPR_ESYNTAX, "B001:0 ");
	check("PK\003\004 no workbook", BPR_ESYNTAX, "T041:0 ");
}

static void cells_are_values(void **state)
{
	static const char *const words[] = { "merge_forms|様式統合", "prefill|印字|プレ印字" };
	static const struct { const char *text; double value; } numbers[] = {
		{ "420万円", 4200000 }, { "1,200", 1200 }, { "▲５", -5 }, { "¥3000", 3000 }, { "１．５億", 150000000 }, { "約2千", 2000 }, { "3千万", 30000000 },
	};
	static const char *const none[] = { "", "abc", "万", "12x", "1e999", "nan", "--3" };
	struct bpr_arena arena = { 0 };
	const char *const *items;
	size_t count;
	double value;

	(void)state;
	assert_int_equal(bpr_i_table_word(words, 2, "Merge Forms"), 0);
	assert_int_equal(bpr_i_table_word(words, 2, "ﾌﾟﾚ印字"), 1);
	assert_int_equal(bpr_i_table_word(words, 2, "様式"), BPR_NONE);
	assert_int_equal(bpr_i_table_word(words, 2, ""), BPR_NONE);
	assert_int_equal(bpr_i_table_yes("○"), 1);
	assert_int_equal(bpr_i_table_yes("YES"), 1);
	assert_int_equal(bpr_i_table_yes("×"), 0);
	assert_int_equal(bpr_i_table_yes("委任状"), -1);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		assert_true(bpr_i_table_number(numbers[i].text, &value));
		assert_true(value == numbers[i].value);
	}
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_false(bpr_i_table_number(none[i], &value));
	assert_true(bpr_i_table_list(&arena, " a ;;b、 c；　d,", &items, &count));
	assert_int_equal(count, 4);
	assert_string_equal(items[0], "a");
	assert_string_equal(items[3], "d");
	assert_true(bpr_i_table_list(&arena, " ; ", &items, &count));
	assert_int_equal(count, 0);
	bpr_i_arena_release(&arena);
}

static void no_memory_is_told(void **state)
{
	static const char text[] = "一覧\nlever;colour;対象;target\na;red;b;c;d\n〃;x;y;z\n";
	bpr_status status;
	long n = 0;

	(void)state;
	/* Until no call is left to fail. libcsv tries again with less memory, so that some failures are none. */
	for (calls = 0; calls >= n; n++) {
		struct bpr_buf out = BPR_BUF_INIT;

		assert_true(n < 10000);
		calls = 0;
		failing = n;
		status = read_text(text, sizeof(text) - 1, &out);
		failing = -1;
		if (status)
			assert_int_equal(status, BPR_ENOMEM);
		else if (!out.failed)
			assert_string_equal(out.data, "3|a|b|\n4|a|y|\nB003:2 B002:2 B004:3 ");
		bpr_i_buf_release(&out);
	}
	assert_true(n > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headings_are_found_wherever_they_stand),
		cmocka_unit_test(as_above_is_what_stands_above),
		cmocka_unit_test(limits_and_quotes_are_told),
		cmocka_unit_test(cells_are_values),
		cmocka_unit_test(no_memory_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of public holidays as the Cabinet Office publishes them, and other programs write them. */
#include "config.h"
#include "tests/lib/test.h"
#include <bpr/problem.h>
#include <bpr/read.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct list { struct bpr_holiday *items; size_t count; bpr_problems *problems; struct bpr_error err; };

static bpr_status read_list(struct list *l, const char *text, size_t length, const char *encoding)
{
	FILE *file = fopen("holidays.csv", "wb");

	*l = (struct list){ 0 };
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(bpr_problems_new(&l->problems, NULL), BPR_OK);
	return bpr_read_holidays("holidays.csv", encoding, &l->items, &l->count, l->problems, &l->err);
}

static void release(struct list *l)
{
	bpr_holidays_free(l->items);
	bpr_problems_free(l->problems);
}

/* Heading and first rows of the published file, in its encoding (CP932). */
static void published_file(void **state)
{
	static const char text[] =
		"\x8d\x91\x96\xaf\x82\xcc\x8f\x6a\x93\xfa\x81\x45\x8b\x78\x93\xfa\x8c\x8e\x93\xfa,"
		"\x8d\x91\x96\xaf\x82\xcc\x8f\x6a\x93\xfa\x81\x45\x8b\x78\x93\xfa\x96\xbc\x8f\xcc\r\n"
		"1955/1/1,\x8c\xb3\x93\xfa\r\n1955/1/15,\x90\xac\x90\x6c\x82\xcc\x93\xfa\r\n";
	struct list l;

	(void)state;
	assert_int_equal(read_list(&l, text, sizeof(text) - 1, NULL), BPR_OK);
	assert_int_equal(l.count, 2);
	assert_int_equal(l.items[0].date, bpr_date(1955, 1, 1));
	assert_string_equal(l.items[0].name, "元日");
	assert_int_equal(l.items[1].date, bpr_date(1955, 1, 15));
	assert_string_equal(l.items[1].name, "成人の日");
	release(&l);
	assert_int_equal(read_list(&l, text, sizeof(text) - 1, "cp932"), BPR_OK);
	assert_int_equal(l.count, 2);
	release(&l);
}

/* In any order, twice, with blank rows, other ways to write a date; the last row of a day counts. */
static void other_ways(void **state)
{
	static const char text[] = "令和9年3月21日,春分の日\n\n2027-01-01,元日\nR9.5.3,けんぽう\n２０２７／５／３,憲法記念日\n平成31年4月30日,国民の休日,x\n";
	struct list l;

	(void)state;
	assert_int_equal(read_list(&l, text, sizeof(text) - 1, NULL), BPR_OK);
	assert_int_equal(l.count, 4);
	assert_int_equal(l.items[0].date, bpr_date(2019, 4, 30));
	assert_int_equal(l.items[1].date, bpr_date(2027, 1, 1));
	assert_int_equal(l.items[2].date, bpr_date(2027, 3, 21));
	assert_int_equal(l.items[3].date, bpr_date(2027, 5, 3));
	assert_string_equal(l.items[3].name, "憲法記念日");
	release(&l);
}

static void wrong_files(void **state)
{
	static const struct { const char *text, *message; size_t line; } wrong[] = {
		{ "日,名\n2027/2/30,無い日\n", "'2027/2/30' is not a date; expected 2027/3/21", 2 },
		{ "日,名\n2027/1/1,元日\n3/21,春分の日\n", "'3/21' is not a date; expected 2027/3/21", 3 },
		{ "日,名\n", "there is no holiday in 'holidays.csv'", 0 }, { "", "the file is empty", 0 },
	};
	struct list l;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		char message[256] = "";
		struct bpr_problem p;

		assert_int_equal(read_list(&l, wrong[i].text, strlen(wrong[i].text), NULL), BPR_ESYNTAX);
		assert_null(l.items);
		assert_int_equal(bpr_problems_count(l.problems), 1);
		p = bpr_problems_get(l.problems, 0);
		(void)bpr_problem_message(&p, BPR_LANG_EN, message, sizeof(message));
		assert_string_equal(message, wrong[i].message);
		assert_int_equal(p.line, wrong[i].line);
		release(&l);
	}
	l = (struct list){ 0 };
	assert_int_equal(bpr_read_holidays("no-such-file.csv", NULL, &l.items, &l.count, NULL, &l.err), BPR_EIO);
	assert_int_equal(read_list(&l, "2027/1/1,x", 10, "klingon"), BPR_EINVAL);
	release(&l);
}

static int enter(void **state)
{
	char *dir = strdup("test-holiday-file.XXXXXX");

	if (!dir || !mkdtemp(dir) || chdir(dir))
		return -1;
	*state = dir;
	return 0;
}

static int leave(void **state)
{
	char *dir = *state;

	(void)remove("holidays.csv");
	if (chdir("..") || rmdir(dir))
		return -1;
	free(dir);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(published_file), cmocka_unit_test(other_ways), cmocka_unit_test(wrong_files) };

	return cmocka_run_group_tests(tests, enter, leave);
}

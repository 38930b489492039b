/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates and durations that stand in options: as people write them, and nothing else. */
#include "config.h"
#include "test.h"
#include <bpr/calendar.h>

static void dates(void **state)
{
	static const struct { const char *text; int year, month, day; } good[] = {
		{ "2027-03-22", 2027, 3, 22 }, { "2027/3/22", 2027, 3, 22 }, { "2027.3.22", 2027, 3, 22 }, { "2027年3月22日", 2027, 3, 22 },
		{ "２０２７年３月２２日", 2027, 3, 22 }, { " 令和9年3月22日 ", 2027, 3, 22 }, { "令和元年5月1日", 2019, 5, 1 }, { "R9.3.22", 2027, 3, 22 },
		{ "r9/3/22", 2027, 3, 22 }, { "Ｒ９．３．２２", 2027, 3, 22 }, { "令9.3.22", 2027, 3, 22 }, { "H31.4.30", 2019, 4, 30 },
		{ "平成33年4月1日", 2021, 4, 1 }, { "S64.1.7", 1989, 1, 7 }, { "2028-02-29", 2028, 2, 29 }, { "令和 9 年 3 月 22 日", 2027, 3, 22 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		long date = -1;

		if (!bpr_date_parse(good[i].text, &date))
			fail_msg("'%s' is refused", good[i].text);
		assert_int_equal(date, bpr_date(good[i].year, good[i].month, good[i].day));
	}
}

static void no_dates(void **state)
{
	static const char *const bad[] = { "", " ", "today", "2027", "2027-03", "2027-02-29", "2027-13-01", "2027-00-10", "2027-03-00", "2027-03-32",
					   "27-03-22", "20270322", "2027-03-22x", "2027-03-22 10:00", "令和0年1月1日", "令和元年4月30日", "昭和1年1月1日", "R.3.22",
					   "-2027-03-22", "2027-3-222", "大正9年3月22日", "20277-03-22" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		long date = -77;

		if (bpr_date_parse(bad[i], &date))
			fail_msg("'%s' is taken as %ld", bad[i], date);
	}
}

static void durations(void **state)
{
	static const struct { const char *text; double minutes; } good[] = {
		{ "0", 0 }, { "90", 90 }, { "90s", 1.5 }, { "2h", 120 }, { "1.5h", 90 }, { "2d", 2880 }, { "4分30秒", 4.5 }, { "１時間", 60 }, { "PT1H30M", 90 },
	};
	static const char *const bad[] = { "", "-5", "x", "exp(3)", "5..6", "inf", "1e999", "3 apples" };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		double minutes = -1;

		if (!bpr_duration_parse(good[i].text, &minutes))
			fail_msg("'%s' is refused", good[i].text);
		assert_true(minutes >= good[i].minutes && minutes <= good[i].minutes);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		double minutes = -1;

		if (bpr_duration_parse(bad[i], &minutes))
			fail_msg("'%s' is taken as %g", bad[i], minutes);
	}
}

static void fiscal_years(void **state)
{
	static const struct { const char *text; int first, last; } good[] = {
		{ "2026", 2026, 2026 }, { "2026-2030", 2026, 2030 }, { "令和8-令和12", 2026, 2030 }, { "R8-R12", 2026, 2030 }, { "r8-12", 2026, 2030 },
		{ "令和8年度～令和12年度", 2026, 2030 }, { "令和８年度〜１２年度", 2026, 2030 }, { "FY2026 to FY2027", 2026, 2027 }, { "令和元年度", 2019, 2019 },
		{ "2026年度から2028年度まで", 2026, 2028 }, { "平成31年度", 2019, 2019 }, { " R8 - R8 ", 2026, 2026 },
	};
	static const char *const bad[] = { "", "8", "26", "2030-2026", "令和", "R0", "20260", "2026-", "2026-2027-2028", "x", "1066", "R8x", "昭和64" };
	char name[40];
	int first, last;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		if (!bpr_fiscal_years_parse(good[i].text, &first, &last))
			fail_msg("'%s' is refused", good[i].text);
		if (first != good[i].first || last != good[i].last)
			fail_msg("'%s' is taken as %d to %d", good[i].text, first, last);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (bpr_fiscal_years_parse(bad[i], &first, &last))
			fail_msg("'%s' is taken as %d to %d", bad[i], first, last);
	assert_true(bpr_fiscal_year_parse("R8", &first));
	assert_int_equal(first, 2026);
	assert_false(bpr_fiscal_year_parse("R8-R9", &first));
	(void)bpr_fiscal_year_name(2026, BPR_LANG_JA, name, sizeof(name));
	assert_string_equal(name, "令和8年度");
	(void)bpr_fiscal_year_name(2019, BPR_LANG_JA, name, sizeof(name));
	assert_string_equal(name, "令和元年度");
	(void)bpr_fiscal_year_name(2018, BPR_LANG_JA, name, sizeof(name));
	assert_string_equal(name, "平成30年度");
	assert_int_equal(bpr_fiscal_year_name(2026, BPR_LANG_EN, name, sizeof(name)), 6);
	assert_string_equal(name, "FY2026");
}

int main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(dates), cmocka_unit_test(no_dates), cmocka_unit_test(durations), cmocka_unit_test(fiscal_years) };

	return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}

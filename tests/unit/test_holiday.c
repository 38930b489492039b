/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates and public holidays: against the list that the Cabinet Office publishes (syukujitsu.csv), and single days of older years. */
#include "config.h"
#include "tests/lib/test.h"
#include <bpr/calendar.h>
#include <string.h>

/*
 * Source: Cabinet Office of Japan, "国民の祝日について", syukujitsu.csv (https://www8.cao.go.jp/chosei/shukujitsu/gaiyou.html);
 * month and day of each holiday of the year. 休日 of that list stands here without telling its kind.
 */
static const struct { int year; const char *days; } published[] = {
	{ 1955, "0101 0115 0321 0429 0503 0505 0924 1103 1123" },
	{ 1956, "0101 0115 0321 0429 0503 0505 0923 1103 1123" },
	{ 1959, "0101 0115 0321 0410 0429 0503 0505 0924 1103 1123" },
	{ 1966, "0101 0115 0321 0429 0503 0505 0915 0923 1010 1103 1123" },
	{ 1967, "0101 0115 0211 0321 0429 0503 0505 0915 0924 1010 1103 1123" },
	{ 1973, "0101 0115 0211 0321 0429 0430 0503 0505 0915 0923 0924 1010 1103 1123" },
	{ 1985, "0101 0115 0211 0321 0429 0503 0505 0506 0915 0916 0923 1010 1103 1104 1123" },
	{ 1988, "0101 0115 0211 0320 0321 0429 0503 0504 0505 0915 0923 1010 1103 1123" },
	{ 1989, "0101 0102 0115 0116 0211 0224 0321 0429 0503 0504 0505 0915 0923 1010 1103 1123 1223" },
	{ 1990, "0101 0115 0211 0212 0321 0429 0430 0503 0504 0505 0915 0923 0924 1010 1103 1112 1123 1223 1224" },
	{ 1993, "0101 0115 0211 0320 0429 0503 0504 0505 0609 0915 0923 1010 1011 1103 1123 1223" },
	{ 2000, "0101 0110 0211 0320 0429 0503 0504 0505 0720 0915 0923 1009 1103 1123 1223" },
	{ 2003, "0101 0113 0211 0321 0429 0503 0505 0721 0915 0923 1013 1103 1123 1124 1223" },
	{ 2006, "0101 0102 0109 0211 0321 0429 0503 0504 0505 0717 0918 0923 1009 1103 1123 1223" },
	{ 2008, "0101 0114 0211 0320 0429 0503 0504 0505 0506 0721 0915 0923 1013 1103 1123 1124 1223" },
	{ 2009, "0101 0112 0211 0320 0429 0503 0504 0505 0506 0720 0921 0922 0923 1012 1103 1123 1223" },
	{ 2015, "0101 0112 0211 0321 0429 0503 0504 0505 0506 0720 0921 0922 0923 1012 1103 1123 1223" },
	{ 2016, "0101 0111 0211 0320 0321 0429 0503 0504 0505 0718 0811 0919 0922 1010 1103 1123 1223" },
	{ 2017, "0101 0102 0109 0211 0320 0429 0503 0504 0505 0717 0811 0918 0923 1009 1103 1123 1223" },
	{ 2018, "0101 0108 0211 0212 0321 0429 0430 0503 0504 0505 0716 0811 0917 0923 0924 1008 1103 1123 1223 1224" },
	{ 2019, "0101 0114 0211 0321 0429 0430 0501 0502 0503 0504 0505 0506 0715 0811 0812 0916 0923 1014 1022 1103 1104 1123" },
	{ 2020, "0101 0113 0211 0223 0224 0320 0429 0503 0504 0505 0506 0723 0724 0810 0921 0922 1103 1123" },
	{ 2021, "0101 0111 0211 0223 0320 0429 0503 0504 0505 0722 0723 0808 0809 0920 0923 1103 1123" },
	{ 2022, "0101 0110 0211 0223 0321 0429 0503 0504 0505 0718 0811 0919 0923 1010 1103 1123" },
	{ 2023, "0101 0102 0109 0211 0223 0321 0429 0503 0504 0505 0717 0811 0918 0923 1009 1103 1123" },
	{ 2024, "0101 0108 0211 0212 0223 0320 0429 0503 0504 0505 0506 0715 0811 0812 0916 0922 0923 1014 1103 1104 1123" },
	{ 2025, "0101 0113 0211 0223 0224 0320 0429 0503 0504 0505 0506 0721 0811 0915 0923 1013 1103 1123 1124" },
	{ 2026, "0101 0112 0211 0223 0320 0429 0503 0504 0505 0506 0720 0811 0921 0922 0923 1012 1103 1123" },
	{ 2027, "0101 0111 0211 0223 0321 0322 0429 0503 0504 0505 0719 0811 0920 0923 1011 1103 1123" },
};

static void published_lists(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(published) / sizeof(published[0]); i++) {
		char days[256] = "";
		size_t used = 0;

		for (long date = bpr_date(published[i].year, 1, 1); date < bpr_date(published[i].year + 1, 1, 1); date++) {
			int year, month, day;

			bpr_date_parts(date, &year, &month, &day);
			assert_int_equal(year, published[i].year);
			if (bpr_date_holiday(date))
				used += (size_t)snprintf(days + used, sizeof(days) - used, "%s%02d%02d", used ? " " : "", month, day);
		}
		assert_true(used < sizeof(days));
		assert_string_equal(days, published[i].days);
	}
}

static void names(void **state)
{
	static const struct { int year, month, day; const char *name; } named[] = {
		{ 1948, 9, 23, "秋分の日" }, { 1948, 11, 3, "文化の日" }, { 1949, 1, 1, "元日" }, { 1973, 4, 30, "振替休日" },
		{ 1988, 5, 4, "国民の休日" }, { 2006, 4, 29, "みどりの日" }, { 2007, 4, 29, "昭和の日" }, { 2007, 5, 4, "みどりの日" },
		{ 2008, 5, 6, "振替休日" }, { 2009, 9, 22, "国民の休日" }, { 2018, 12, 23, "天皇誕生日" }, { 2019, 4, 30, "国民の休日" },
		{ 2019, 5, 1, "即位の日" }, { 2019, 10, 22, "即位礼正殿の儀" }, { 2020, 7, 24, "スポーツの日" }, { 2020, 2, 23, "天皇誕生日" },
		{ 2019, 10, 14, "体育の日" }, { 2024, 2, 12, "振替休日" }, { 2032, 9, 21, "国民の休日" },
	};
	static const struct { int year, month, day; } none[] = {
		{ 1948, 7, 19 }, { 1948, 4, 29 }, { 1972, 11, 24 }, { 1985, 5, 4 }, { 2019, 12, 23 }, { 2019, 2, 23 }, { 2020, 10, 12 },
		{ 2021, 8, 11 }, { 2151, 1, 1 }, { 2015, 8, 11 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++) {
		const char *name = bpr_date_holiday(bpr_date(named[i].year, named[i].month, named[i].day));

		assert_non_null(name);
		assert_string_equal(name, named[i].name);
	}
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_null(bpr_date_holiday(bpr_date(none[i].year, none[i].month, none[i].day)));
}

/*
 * Days of the equinoxes in March and September as the National Astronomical Observatory gives them for each year
 * (暦要項; https://eco.mtk.nao.ac.jp/koyomi/yoko/): March 20 in these years of 2001 to 2030, else 21; September 22, else 23.
 */
static void equinoxes(void **state)
{
	static const int march[] = { 2001, 2004, 2005, 2008, 2009, 2012, 2013, 2016, 2017, 2020, 2021, 2024, 2025, 2026, 2028, 2029, 2030 };
	static const int september[] = { 2012, 2016, 2020, 2024, 2028 };

	(void)state;
	for (int year = 2001; year <= 2030; year++) {
		int spring = 21, autumn = 23;

		for (size_t i = 0; i < sizeof(march) / sizeof(march[0]); i++)
			spring = march[i] == year ? 20 : spring;
		for (size_t i = 0; i < sizeof(september) / sizeof(september[0]); i++)
			autumn = september[i] == year ? 22 : autumn;
		assert_string_equal(bpr_date_holiday(bpr_date(year, 3, spring)), "春分の日");
		assert_string_equal(bpr_date_holiday(bpr_date(year, 9, autumn)), "秋分の日");
	}
	for (int year = 1949; year <= 2150; year++) { /* one of each, in every year */
		int count[2] = { 0, 0 };

		for (int day = 19; day <= 25; day++) {
			const char *a = bpr_date_holiday(bpr_date(year, 3, day));
			const char *b = bpr_date_holiday(bpr_date(year, 9, day));

			count[0] += a && !strcmp(a, "春分の日");
			count[1] += b && !strcmp(b, "秋分の日");
		}
		assert_int_equal(count[0], 1);
		assert_int_equal(count[1], 1);
	}
}

/* Every day of four centuries, counted on by hand. */
static void dates(void **state)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	long date = bpr_date(1800, 1, 1);

	(void)state;
	assert_int_equal(bpr_date(1970, 1, 1), 0);
	assert_int_equal(bpr_date(2000, 3, 1), 11017);
	for (int year = 1800; year <= 2200; year++)
		for (int month = 1; month <= 12; month++) {
			int leap = month == 2 && (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));

			for (int day = 1; day <= lengths[month - 1] + leap; day++, date++) {
				int y, m, d;

				assert_int_equal(bpr_date(year, month, day), date);
				bpr_date_parts(date, &y, &m, &d);
				assert_true(y == year && m == month && d == day);
			}
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_lists), cmocka_unit_test(names), cmocka_unit_test(equinoxes), cmocka_unit_test(dates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

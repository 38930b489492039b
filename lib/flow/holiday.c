/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dates, and the public holidays of Japan by rule: Act on National Holidays (Act No. 178 of 1948) with its amendments, the
 * days declared by single acts in 1959, 1989, 1990, 1993 and 2019, and the moves of 2020 and 2021 for the Olympic Games.
 */
#include "config.h"
#include <bpr/calendar.h>
#include <limits.h>
#include <math.h>

/* Days since 1970-01-01 by the algorithm of Hinnant, "chrono-compatible low-level date algorithms" (2013): years from March. */
long bpr_date(int year, int month, int day)
{
	long y = (long)year - (month <= 2);
	long era = (y >= 0 ? y : y - 399) / 400;
	long of_era = y - era * 400;
	long of_year = (153 * (long)(month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void bpr_date_parts(long date, int *year, int *month, int *day)
{
	long z = date + 719468;
	long era = (z >= 0 ? z : z - 146096) / 146097;
	long of_era = z - era * 146097;
	long y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	long of_year = of_era - (365 * y + y / 4 - y / 100);
	long m = (5 * of_year + 2) / 153;

	*day = (int)(of_year - (153 * m + 2) / 5 + 1);
	*month = (int)(m < 10 ? m + 3 : m - 9);
	*year = (int)(y + era * 400 + (*month <= 2));
}

/* 0 Monday to 6 Sunday; 1970-01-01 was a Thursday. */
static int weekday(long date)
{
	return (int)(((date + 3) % 7 + 7) % 7);
}

/*
 * Day of March or September. The usual approximation formula (after the Hydrographic Department's "Shin koyomi benricho"); each
 * of its three ranges has constants of its own, and integer division cuts towards 0.
 */
static int equinox(int year, bool spring)
{
	int leap = year < 1980 ? (year - 1983) / 4 : (year - 1980) / 4;
	double at = year < 1980 ? (spring ? 20.8357 : 23.2588) : year < 2100 ? (spring ? 20.8431 : 23.2488) : spring ? 21.8510 : 24.2488;

	return (int)(at + 0.242194 * (year - 1980) - leap);
}

enum { ON_DATE = 0, ON_MONDAY, ON_EQUINOX };
struct rule {
	const char *name;
	short from, to;        /* years, both included */
	signed char month, how;
	signed char day;       /* ON_MONDAY: which Monday of the month */
};

static const struct rule rules[] = {
	{ "元日", 1949, SHRT_MAX, 1, ON_DATE, 1 },
	{ "成人の日", 1949, 1999, 1, ON_DATE, 15 },
	{ "成人の日", 2000, SHRT_MAX, 1, ON_MONDAY, 2 },
	{ "建国記念の日", 1967, SHRT_MAX, 2, ON_DATE, 11 },
	{ "天皇誕生日", 2020, SHRT_MAX, 2, ON_DATE, 23 },
	{ "大喪の礼", 1989, 1989, 2, ON_DATE, 24 },
	{ "春分の日", 1949, SHRT_MAX, 3, ON_EQUINOX, 0 },
	{ "皇太子明仁親王の結婚の儀", 1959, 1959, 4, ON_DATE, 10 },
	{ "天皇誕生日", 1949, 1988, 4, ON_DATE, 29 },
	{ "みどりの日", 1989, 2006, 4, ON_DATE, 29 },
	{ "昭和の日", 2007, SHRT_MAX, 4, ON_DATE, 29 },
	{ "即位の日", 2019, 2019, 5, ON_DATE, 1 },
	{ "憲法記念日", 1949, SHRT_MAX, 5, ON_DATE, 3 },
	{ "みどりの日", 2007, SHRT_MAX, 5, ON_DATE, 4 },
	{ "こどもの日", 1949, SHRT_MAX, 5, ON_DATE, 5 },
	{ "皇太子徳仁親王の結婚の儀", 1993, 1993, 6, ON_DATE, 9 },
	{ "海の日", 1996, 2002, 7, ON_DATE, 20 },
	{ "海の日", 2003, 2019, 7, ON_MONDAY, 3 },
	{ "海の日", 2020, 2020, 7, ON_DATE, 23 },
	{ "海の日", 2021, 2021, 7, ON_DATE, 22 },
	{ "海の日", 2022, SHRT_MAX, 7, ON_MONDAY, 3 },
	{ "スポーツの日", 2020, 2020, 7, ON_DATE, 24 },
	{ "スポーツの日", 2021, 2021, 7, ON_DATE, 23 },
	{ "山の日", 2016, 2019, 8, ON_DATE, 11 },
	{ "山の日", 2020, 2020, 8, ON_DATE, 10 },
	{ "山の日", 2021, 2021, 8, ON_DATE, 8 },
	{ "山の日", 2022, SHRT_MAX, 8, ON_DATE, 11 },
	{ "敬老の日", 1966, 2002, 9, ON_DATE, 15 },
	{ "敬老の日", 2003, SHRT_MAX, 9, ON_MONDAY, 3 },
	{ "秋分の日", 1948, SHRT_MAX, 9, ON_EQUINOX, 0 },
	{ "体育の日", 1966, 1999, 10, ON_DATE, 10 },
	{ "体育の日", 2000, 2019, 10, ON_MONDAY, 2 },
	{ "スポーツの日", 2022, SHRT_MAX, 10, ON_MONDAY, 2 },
	{ "即位礼正殿の儀", 2019, 2019, 10, ON_DATE, 22 },
	{ "文化の日", 1948, SHRT_MAX, 11, ON_DATE, 3 },
	{ "即位礼正殿の儀", 1990, 1990, 11, ON_DATE, 12 },
	{ "勤労感謝の日", 1948, SHRT_MAX, 11, ON_DATE, 23 },
	{ "天皇誕生日", 1989, 2018, 12, ON_DATE, 23 },
};

/* A day that an act names; NULL else. */
static const char *named(long date)
{
	int year, month, day;

	bpr_date_parts(date, &year, &month, &day);
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		const struct rule *r = &rules[i];

		if (r->month != month || year < r->from || year > r->to)
			continue;
		if (r->how == ON_MONDAY ? weekday(date) == 0 && (day - 1) / 7 + 1 == r->day :
		    r->how == ON_EQUINOX ? day == equinox(year, month == 3) : day == r->day)
			return r->name;
	}
	return NULL;
}

/*
 * Article 3, paragraph 2. From 12 April 1973: the day after a holiday that is a Sunday. From 2007: the first day after it that
 * is no holiday itself.
 */
static bool substitute(long date)
{
	long back = date - 1;

	if (date < bpr_date(1973, 4, 12))
		return false;
	if (date < bpr_date(2007, 1, 1))
		return weekday(back) == 6 && named(back);
	while (named(back)) {
		if (weekday(back) == 6)
			return true;
		back--;
	}
	return false;
}

/* Paragraph 3, from 27 December 1985: a day between two holidays; until 2006 not where it is a Sunday. */
static bool between(long date)
{
	return date >= bpr_date(1985, 12, 27) && named(date - 1) && named(date + 1) && (date >= bpr_date(2007, 1, 1) || weekday(date) != 6);
}

const char *bpr_date_holiday(long date)
{
	const char *name;

	if (date < bpr_date(1948, 7, 20) || date > bpr_date(2150, 12, 31))
		return NULL;
	name = named(date);
	if (name)
		return name;
	return substitute(date) ? "振替休日" : between(date) ? "国民の休日" : NULL;
}

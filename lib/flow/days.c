/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Days as offices write them in schedules: 月-金, 土日祝, 平日, 第2日曜, 3/20-4/5, 3月, 2027-03-28, 令和9年3月28日, 年末年始, and the same in
 * English. The text is folded, in lower case.
 */
#include "config.h"
#include "flow/schedule_i.h"
#include <string.h>

static bool is_digit(const struct bpr_scan *s, size_t ahead)
{
	return (size_t)(s->end - s->at) > ahead && s->at[ahead] >= '0' && s->at[ahead] <= '9';
}

/* One to `most` digits; 0 where there are none, or more. */
static size_t digits(struct bpr_scan *s, size_t most, int *out)
{
	size_t n = 0;

	*out = 0;
	while (is_digit(s, n) && n <= most)
		*out = *out * 10 + (s->at[n++] - '0');
	if (n > most)
		return 0;
	s->at += n;
	return n;
}

/* 令和, R …: the year before its first; 0 none. An ASCII letter counts only in front of a digit. */
static int era(struct bpr_scan *s)
{
	static const struct { const char *name; int before; } eras[] = {
		{ "令和", 2018 }, { "平成", 1988 }, { "昭和", 1925 }, { "r", 2018 }, { "h", 1988 }, { "s", 1925 },
	};

	for (size_t i = 0; i < sizeof(eras) / sizeof(eras[0]); i++) {
		struct bpr_scan t = *s;

		if (!bpr_i_scan_word(&t, eras[i].name) || (eras[i].name[1] == '\0' && !is_digit(&t, 0)))
			continue;
		*s = t;
		return eras[i].before;
	}
	return 0;
}

static bool scan_year(struct bpr_scan *s, int *year)
{
	struct bpr_scan t = *s;
	int before = era(&t);
	bool first = before && bpr_i_scan_word(&t, "元");
	int number = 1;
	size_t n = first ? 1 : digits(&t, 4, &number);

	if (!n || (!before && n != 4))
		return false;
	*year = before + number;
	*s = t;
	return true;
}

static const int lengths[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

static bool right(const struct bpr_i_date *d)
{
	bool leap = d->year % 4 == 0 && (d->year % 100 != 0 || d->year % 400 == 0);

	if (d->month < 1 || d->month > 12 || d->day > lengths[d->month - 1] || (d->year && (d->year < 1900 || d->year > 2150)))
		return false;
	return !d->year || d->month != 2 || d->day != 29 || leap;
}

/* 28日, or the digits alone. */
static bool scan_day(struct bpr_scan *s, int *day)
{
	if (!digits(s, 2, day) || !*day)
		return false;
	(void)bpr_i_scan_word(s, "日");
	return true;
}

/* 上旬, 中旬, 下旬 behind a month. */
static void scan_tenth(struct bpr_scan *s, struct bpr_i_date *d)
{
	static const char *const words[] = { "上旬", "中旬", "下旬" };

	d->day = 0;
	for (int i = 0; i < 3; i++)
		if (bpr_i_scan_word(s, words[i])) {
			d->day = 1 + 10 * i;
			d->last = i < 2 ? 10 + 10 * i : d->month >= 1 && d->month <= 12 ? lengths[d->month - 1] : 31;
		}
}

/* A date at the front, taken off it. */
bool bpr_i_scan_date(struct bpr_scan *s, struct bpr_i_date *out)
{
	struct bpr_scan t = *s;
	const char *separator = NULL;

	*out = (struct bpr_i_date){ 0, 0, 0, 0 };
	if (scan_year(&t, &out->year)) {
		static const char *const separators[] = { "年", "-", "/", "." };

		for (size_t i = 0; i < sizeof(separators) / sizeof(separators[0]) && !separator; i++)
			if (bpr_i_scan_word(&t, separators[i]))
				separator = separators[i];
		if (!separator)
			return false;
		bpr_i_scan_blanks(&t);
	}
	if (!digits(&t, 2, &out->month))
		return false;
	if (bpr_i_scan_word(&t, "月")) {
		struct bpr_scan after = t;

		bpr_i_scan_blanks(&after);
		/* 3月28日; other digits are a time of day behind a month. */
		if (digits(&after, 2, &out->day) && out->day && bpr_i_scan_word(&after, "日"))
			t = after;
		else
			scan_tenth(&t, out);
	} else {
		if (!bpr_i_scan_word(&t, separator && strcmp(separator, "年") != 0 ? separator : "/") || !scan_day(&t, &out->day))
			return false;
	}
	if (!right(out))
		return false;
	*s = t;
	return true;
}

/* A day of the same month, as behind the hyphen of 3/20-31. */
static bool scan_day_of(struct bpr_scan *s, const struct bpr_i_date *first, struct bpr_i_date *out)
{
	struct bpr_scan t = *s;

	*out = *first;
	out->last = 0;
	if (!scan_day(&t, &out->day) || (t.at < t.end && (*t.at == ':' || *t.at == '/')) || !right(out))
		return false;
	*s = t;
	return true;
}


/* ---- weekdays ---- */

enum { WORKDAYS = 31, WEEKEND = 96, EVERY_DAY = 127 };

struct word { const char *words; unsigned days; }; /* '|' between, the longest first where one begins another */

static const struct word names[] = {
	{ "月曜日|月曜|月|monday|mon", 1 }, { "火曜日|火曜|火|tuesday|tue", 2 }, { "水曜日|水曜|水|wednesday|wed", 4 },
	{ "木曜日|木曜|木|thursday|thu", 8 }, { "金曜日|金曜|金|friday|fri", 16 }, { "土曜日|土曜|土|saturday|sat", 32 },
	{ "日曜日|日曜|日|sunday|sun", 64 },
};
static const struct word groups[] = {
	{ "国民の祝日|祝祭日|祝日|祝|public holidays|public holiday|holidays|holiday", BPR_WEEKDAY_HOLIDAY },
	{ "平日|weekdays|weekday", WORKDAYS }, { "週末|weekends|weekend", WEEKEND }, { "毎日|every day|daily", EVERY_DAY },
};

/* A whole English word; Japanese ones run together. */
static unsigned scan_words(struct bpr_scan *s, const struct word *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (const char *w = list[i].words; *w;) {
			size_t n = strcspn(w, "|");
			bool ascii = *w >= 'a' && *w <= 'z';

			if ((size_t)(s->end - s->at) >= n && !memcmp(s->at, w, n) &&
			    !(ascii && (size_t)(s->end - s->at) > n && s->at[n] >= 'a' && s->at[n] <= 'z')) {
				s->at += n;
				return list[i].days;
			}
			w += n + (w[n] == '|');
		}
	return 0;
}

static bool scan_to(struct bpr_scan *s)
{
	struct bpr_scan t = *s;

	bpr_i_scan_blanks(&t);
	if (!bpr_i_scan_word(&t, "-") && !bpr_i_scan_word(&t, "~") && !bpr_i_scan_word(&t, "から"))
		return false;
	bpr_i_scan_blanks(&t);
	*s = t;
	return true;
}

/* 月-金, round the week where it ends before it begins. */
static unsigned scan_weekdays(struct bpr_scan *s)
{
	struct bpr_scan t;
	unsigned first = scan_words(s, names, sizeof(names) / sizeof(names[0])), last, days = 0;

	if (!first)
		return scan_words(s, groups, sizeof(groups) / sizeof(groups[0]));
	t = *s;
	last = scan_to(&t) ? scan_words(&t, names, sizeof(names) / sizeof(names[0])) : 0;
	if (!last)
		return first;
	*s = t;
	(void)bpr_i_scan_word(s, "まで");
	for (unsigned day = first; day != last; day = day == 64 ? 1 : day * 2)
		days |= day;
	return days | last;
}

/* 第2・第4, 2nd: bits 1 to 5; 0 where there is none. */
static unsigned scan_nth(struct bpr_scan *s)
{
	static const char *const tails[] = { "", "st", "nd", "rd", "th", "th" };
	struct bpr_scan t = *s;
	unsigned bits = 0;
	int n;

	while (bpr_i_scan_word(&t, "第") || (bits && digits(&(struct bpr_scan){ t.at, t.end }, 1, &n))) {
		if (!digits(&t, 1, &n) || n < 1 || n > 5)
			return 0;
		bits |= 1u << n;
		*s = t;
		if (!bpr_i_scan_word(&t, "・") && !bpr_i_scan_word(&t, "、") && !bpr_i_scan_word(&t, ","))
			break;
	}
	if (bits || !digits(&t, 1, &n) || n < 1 || n > 5 || !bpr_i_scan_word(&t, tails[n]))
		return bits;
	bpr_i_scan_blanks(&t);
	*s = t;
	return 1u << n;
}

/* ---- days of a rule ---- */

static long of_year(const struct bpr_i_date *d, bool last)
{
	return d->month * 100 + (last && d->last ? d->last : d->day ? d->day : last ? 31 : 1);
}

static long of_calendar(const struct bpr_i_date *d, bool last)
{
	if (d->day && !(last && d->last > 28)) /* 2月下旬 ends with the month */
		return bpr_date(d->year, d->month, last && d->last ? d->last : d->day);
	return last ? bpr_date(d->month < 12 ? d->year : d->year + 1, d->month % 12 + 1, 1) - 1 : bpr_date(d->year, d->month, 1);
}

/* A date, or two with a hyphen between; the second may leave out what the first says. */
static bool scan_dates(struct bpr_scan *s, struct bpr_days *out)
{
	struct bpr_i_date first, last;
	struct bpr_scan t;

	if (!bpr_i_scan_date(s, &first))
		return false;
	last = first;
	t = *s;
	if (scan_to(&t) && (bpr_i_scan_date(&t, &last) || (first.day && scan_day_of(&t, &first, &last)))) {
		if (first.year && !last.year)
			last.year = first.year + (of_year(&last, true) < of_year(&first, false)); /* 2027-12-29-1/3 */
		if (!first.year != !last.year)
			return false;
		*s = t;
		(void)bpr_i_scan_word(s, "まで");
	} else {
		last = first;
	}
	out->dated = true;
	out->yearly = !first.year;
	out->first = out->yearly ? of_year(&first, false) : of_calendar(&first, false);
	out->last = out->yearly ? of_year(&last, true) : of_calendar(&last, true);
	return out->yearly || out->first <= out->last;
}

/* Blanks and commas between days. */
static void scan_gap(struct bpr_scan *s)
{
	do
		bpr_i_scan_blanks(s);
	while (bpr_i_scan_word(s, "、") || bpr_i_scan_word(s, ",") || bpr_i_scan_word(s, "・") || bpr_i_scan_word(s, "と"));
}

static bool scan_new_year(struct bpr_scan *s, struct bpr_days *days)
{
	if (!bpr_i_scan_word(s, "年末年始") && !bpr_i_scan_word(s, "new year"))
		return false;
	days->dated = days->yearly = true;
	days->first = 1229;
	days->last = 103;
	return true;
}

bool bpr_i_scan_day(struct bpr_scan *s, struct bpr_days *days)
{
	struct bpr_scan t = *s;
	unsigned nth = scan_nth(&t), weekdays = scan_weekdays(&t);

	*days = (struct bpr_days){ 0 };
	if (weekdays && !(nth && weekdays & BPR_WEEKDAY_HOLIDAY)) {
		days->weekdays = weekdays;
		days->nth = nth;
		*s = t;
		return true;
	}
	return scan_new_year(s, days) || scan_dates(s, days);
}

bool bpr_i_scan_days(struct bpr_scan *s, struct bpr_days *days)
{
	struct bpr_days one;
	struct bpr_scan t = *s;
	bool any = false;

	*days = (struct bpr_days){ 0 };
	while (bpr_i_scan_day(&t, &one)) {
		if ((one.dated && days->dated) || (one.nth && days->weekdays && days->nth != one.nth) || (days->nth && one.weekdays && !one.nth))
			return any; /* two dates, or 第2日曜 and other days: two rules */
		days->weekdays |= one.weekdays;
		days->nth |= one.nth;
		if (one.dated) {
			days->dated = true;
			days->yearly = one.yearly;
			days->first = one.first;
			days->last = one.last;
		}
		any = true;
		*s = t;
		scan_gap(&t);
	}
	if (any)
		scan_gap(s);
	return any;
}

/* 土日祝、年末年始(12/29-1/3) and the like: each a rule of its own, unless brackets say in which time. */
bool bpr_i_scan_day_in(struct bpr_scan *s, struct bpr_days *days)
{
	struct bpr_days in;
	struct bpr_scan t;

	if (!bpr_i_scan_day(s, days))
		return false;
	t = *s;
	if (bpr_i_scan_word(&t, "(") && bpr_i_scan_day(&t, &in) && in.dated && bpr_i_scan_word(&t, ")")) {
		days->dated = true;
		days->yearly = in.yearly;
		days->first = in.first;
		days->last = in.last;
		*s = t;
	}
	return true;
}

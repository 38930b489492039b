/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Number formats as far as they say what a number is: dates and times are numbers (days) that only their format tells
 * apart. ECMA-376 part 1, 18.8.30 and 18.8.31; numbers 27 to 36 and 50 to 58 as Japanese Excel has them.
 */
#include "config.h"
#include "xlsx/reading_i.h"
#include "base/num_i.h"
#include <math.h>
#include <string.h>

enum { WIDEST = 20, LAST_DAY = 2958465 /* 9999-12-31 */, DAY_MS = 86400000 };

struct bpr_xlsx_format bpr_i_xlsx_built_in(size_t id)
{
	static const struct { unsigned char from, to, shows; } ranges[] = {
		{ 14, 17, BPR_XLSX_AS_DATE }, { 18, 21, BPR_XLSX_AS_TIME }, { 22, 22, BPR_XLSX_AS_MOMENT }, { 27, 31, BPR_XLSX_AS_DATE },
		{ 32, 33, BPR_XLSX_AS_TIME }, { 34, 36, BPR_XLSX_AS_DATE }, { 45, 47, BPR_XLSX_AS_TIME }, { 50, 58, BPR_XLSX_AS_DATE },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (id >= ranges[i].from && id <= ranges[i].to)
			return (struct bpr_xlsx_format){ ranges[i].shows, 0 };
	return (struct bpr_xlsx_format){ BPR_XLSX_AS_NUMBER, 0 };
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool begins(const char *text, size_t length, const char *word)
{
	size_t n = strlen(word);

	if (length < n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (lower(text[i]) != word[i])
			return false;
	return true;
}

/* Bytes at the text that say nothing of what the number is: quoted texts, escaped signs, colours, locales; 0: none. */
static size_t decoration(const char *text, size_t length)
{
	const char *close;

	switch (*text) {
	case '"':
		close = memchr(text + 1, '"', length - 1);
		return close ? (size_t)(close - text) + 1 : length;
	case '\\': case '_': case '*':
		return length > 1 ? 2 : 1;
	case '[':
		if (length > 2 && strchr("hms", lower(text[1])) && (text[2] == ']' || lower(text[2]) == lower(text[1])))
			return 0;
		close = memchr(text, ']', length);
		return close ? (size_t)(close - text) + 1 : length;
	default:
		return 0;
	}
}

struct bpr_xlsx_format bpr_i_xlsx_format(const char *code, size_t length)
{
	bool day = false, time = false, month = false, digit = false, only_zeros = true;
	size_t zeros = 0;

	if (begins(code, length, "general"))
		return (struct bpr_xlsx_format){ BPR_XLSX_AS_NUMBER, 0 };
	for (size_t at = 0, skip; at < length && code[at] != ';'; at += skip) {
		char c = lower(code[at]);

		skip = decoration(code + at, length - at);
		if (skip) {
			only_zeros = false;
			continue;
		}
		skip = 1;
		if (begins(code + at, length - at, "am/pm") || begins(code + at, length - at, "a/p")) {
			time = true;
			skip = lower(code[at + 1]) == 'm' ? 5 : 3;
		} else if (c == 'e' && digit) {
			; /* an exponent */
		} else if (c == 'y' || c == 'd' || c == 'g' || c == 'e' || (c == 'a' && begins(code + at, length - at, "aaa"))) {
			day = true;
		} else if (c == 'h' || c == 's') {
			time = true;
		} else if (c == 'm') {
			month = true;
			time |= at && code[at - 1] == '[';
		}
		digit |= c == '0' || c == '#' || c == '?';
		zeros += c == '0';
		only_zeros &= c == '0';
	}
	if (day || (month && !time))
		return (struct bpr_xlsx_format){ time ? BPR_XLSX_AS_MOMENT : BPR_XLSX_AS_DATE, 0 };
	if (time)
		return (struct bpr_xlsx_format){ BPR_XLSX_AS_TIME, 0 };
	return (struct bpr_xlsx_format){ BPR_XLSX_AS_NUMBER, only_zeros && zeros > 1 && zeros <= WIDEST ? (unsigned char)zeros : 0 };
}

/* ---- dates ---- */

/* Day 0 is 1970-01-01; Howard Hinnant, chrono-compatible low-level date algorithms, civil_from_days. */
static void add_day(struct bpr_buf *buf, long day)
{
	long shifted = day + 719468;
	long era = shifted / 146097;
	long of_era = shifted - era * 146097;
	long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	long of_year = of_era - (365 * year + year / 4 - year / 100);
	long month = (5 * of_year + 2) / 153;
	long of_month = of_year - (153 * month + 2) / 5 + 1;

	month += month < 10 ? 3 : -9;
	bpr_i_buf_printf(buf, "%04ld-%02ld-%02ld", year + era * 400 + (month <= 2), month, of_month);
}

/* Days of a spreadsheet as a date. 1900 has a 29 February there: what comes before is a day off. */
static void add_date(struct bpr_buf *buf, long days, bool from_1904)
{
	if (from_1904)
		add_day(buf, days - 24107);
	else if (days == 60)
		bpr_i_buf_puts(buf, "1900-02-29");
	else
		add_day(buf, days - (days < 60 ? 25568 : 25569));
}

static void add_time(struct bpr_buf *buf, long long ms, bool seconds)
{
	bpr_i_buf_printf(buf, "%lld:%02d", ms / 3600000, (int)(ms / 60000 % 60));
	if (!seconds && !(ms % 60000))
		return;
	bpr_i_buf_printf(buf, ":%02d", (int)(ms / 1000 % 60));
	if (ms % 1000) {
		int thousandths = (int)(ms % 1000), width = 3;

		for (; thousandths % 10 == 0; thousandths /= 10)
			width--;
		bpr_i_buf_printf(buf, ".%0*d", width, thousandths);
	}
}

/* False: such a day there is not. */
static bool add_moment(struct bpr_buf *buf, double x, struct bpr_xlsx_format format, bool from_1904)
{
	long long ms;
	long day;

	if (!(x >= 0) || x >= LAST_DAY + 1)
		return false;
	ms = llround(x * DAY_MS);
	day = (long)(ms / DAY_MS);
	if (format.shows == BPR_XLSX_AS_TIME ? day < 366 : format.shows == BPR_XLSX_AS_MOMENT && !day) {
		add_time(buf, ms, true);
		return true;
	}
	add_date(buf, day, from_1904);
	if (ms % DAY_MS && format.shows != BPR_XLSX_AS_DATE) {
		bpr_i_buf_putc(buf, ' ');
		add_time(buf, ms % DAY_MS, false);
	}
	return true;
}

/* ---- numbers ---- */

/* Few digits and no exponent: as good as it can be written. */
static bool plain(const char *text, size_t length)
{
	size_t at = length && text[0] == '-' ? 1 : 0;
	size_t digits = 0, points = 0;

	if (at == length || text[at] == '.' || text[length - 1] == '.' || (text[at] == '0' && length > at + 1 && text[at + 1] != '.'))
		return false;
	for (; at < length; at++) {
		if (text[at] == '.')
			points++;
		else if (text[at] >= '0' && text[at] <= '9')
			digits++;
		else
			return false;
	}
	return points <= 1 && digits <= 15 && (!points || text[length - 1] != '0');
}

bool bpr_i_xlsx_number(struct bpr_buf *buf, const char *text, size_t length, struct bpr_xlsx_format format, bool from_1904)
{
	size_t from = buf->length;
	char digits[40];
	struct bpr_buf fifteen = BPR_BUF_ON(digits);
	double x;

	if (format.shows == BPR_XLSX_AS_NUMBER && plain(text, length)) {
		size_t whole = length && *text != '-' && !memchr(text, '.', length) ? length : WIDEST;

		if (whole < format.width)
			bpr_i_buf_pad(buf, '0', format.width - whole);
		bpr_i_buf_add(buf, text, length);
		return true;
	}
	if (!bpr_i_num_parse(text, length, &x))
		return false;
	if (format.shows != BPR_XLSX_AS_NUMBER && add_moment(buf, x, format, from_1904))
		return true;
	/* 15 digits, as spreadsheets show and keep them: 0.1 + 0.2 is 0.3. */
	bpr_i_buf_printf(&fifteen, "%.15g", x);
	if (!bpr_i_num_parse(digits, fifteen.length, &x))
		return false;
	bpr_i_buf_number(buf, x);
	if (buf->length - from < format.width && x >= 0 && !(x > floor(x))) {
		char kept[40];
		size_t n = buf->length - from;

		memcpy(kept, buf->data + from, n < sizeof(kept) ? n : 0);
		buf->length = from;
		bpr_i_buf_pad(buf, '0', format.width - n);
		bpr_i_buf_add(buf, kept, n);
	}
	return true;
}

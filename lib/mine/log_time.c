/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Times as logs and offices write them. ISO 8601, which nearly all are, takes a short way; everything else is folded first.
 * Nothing is guessed: 4/1/2024 is read only where the column tells which is the month.
 */
#include "config.h"
#include "mine/log_time_i.h"
#include "base/num_i.h"
#include "flow/value_i.h"
#include <bpr/calendar.h>
#include <math.h>
#include <string.h>

enum { MINUTE = 60000, HOUR = 60 * MINUTE, LONGEST = 100, FARTHEST = 15 * 60 };
static const int64_t DAY = 86400000;

/* ---- the short way ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int two(const char *s)
{
	return is_digit(s[0]) && is_digit(s[1]) ? (s[0] - '0') * 10 + (s[1] - '0') : -1;
}

static bool real_date(long year, int month, int day, long *date)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days[month - 1] + (month == 2 && leap))
		return false;
	*date = bpr_date((int)year, month, day);
	return true;
}

/* "2024-04-01" */
static bool iso_date(struct bpr_log_clock *clock, const char *s, int64_t *day)
{
	const int high = two(s), low = two(s + 2), month = two(s + 5), of_month = two(s + 8);
	long date;

	if (clock->cached && !memcmp(clock->date, s, sizeof(clock->date))) {
		*day = clock->day;
		return true;
	}
	if (high < 0 || low < 0 || s[4] != '-' || s[7] != '-' || !real_date(high * 100L + low, month, of_month, &date))
		return false;
	*day = (int64_t)date * DAY;
	memcpy(clock->date, s, sizeof(clock->date));
	clock->day = *day;
	clock->cached = true;
	return true;
}

/* Behind '.' or ',': thousandths, rounded. What follows the digits, or NULL. */
static const char *fraction(const char *s, const char *end, int *ms)
{
	int value = 0, n = 0;

	for (; s < end && is_digit(*s); s++, n++) {
		if (n < 3)
			value = value * 10 + (*s - '0');
		else if (n == 3)
			value += *s >= '5';
	}
	for (int i = n; i < 3; i++)
		value *= 10;
	*ms = value;
	return n ? s : NULL;
}

/* Z, +09:00, +0900, +09 up to the end. */
static bool zone(const char *s, const char *end, struct bpr_log_time *out)
{
	const size_t n = (size_t)(end - s);
	int hours, minutes = 0, offset;

	if (n == 1 && (*s == 'Z' || *s == 'z')) {
		out->zoned = true;
		return true;
	}
	if ((n != 3 && n != 5 && n != 6) || (*s != '+' && *s != '-') || (n == 6 && s[3] != ':'))
		return false;
	hours = two(s + 1);
	if (n > 3)
		minutes = two(end - 2);
	offset = hours * 60 + minutes;
	if (hours < 0 || minutes < 0 || minutes > 59 || offset > FARTHEST)
		return false;
	out->offset = (int16_t)(*s == '-' ? -offset : offset);
	out->ms -= (int64_t)out->offset * MINUTE;
	out->zoned = true;
	return true;
}

/* "2024-04-01T09:05[:30[.123]][Z|+09:00]", a blank for the T; false: another way of writing, or none. */
static bool iso(struct bpr_log_clock *clock, const char *s, size_t length, struct bpr_log_time *out)
{
	const char *const end = s + length;
	int hour, minute, second = 0, ms = 0;
	int64_t day;

	if (length < 16 || (s[10] != 'T' && s[10] != ' ') || s[13] != ':' || !iso_date(clock, s, &day))
		return false;
	hour = two(s + 11);
	minute = two(s + 14);
	s += 16;
	if (end - s >= 3 && *s == ':') {
		second = two(s + 1);
		s += 3;
		if (end - s >= 2 && (*s == '.' || *s == ',') && !(s = fraction(s + 1, end, &ms)))
			return false;
	}
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
		return false;
	out->ms = day + hour * (int64_t)HOUR + minute * (int64_t)MINUTE + second * (int64_t)1000 + ms;
	out->timed = true;
	return s == end || zone(s, end, out);
}

/* One or two digits. */
static bool one_or_two(const char **at, const char *end, int *out)
{
	const char *s = *at;

	if (s == end || !is_digit(*s))
		return false;
	*out = *s++ - '0';
	if (s < end && is_digit(*s))
		*out = *out * 10 + (*s++ - '0');
	*at = s;
	return s == end || !is_digit(*s);
}

/* 9:05, 09:05:30.5, 25:30, perhaps with an offset behind it where there is a date. */
static bool quick_time(const char *s, const char *end, bool dated, struct bpr_log_time *out)
{
	int hour, minute, second = 0, ms = 0;

	if (!one_or_two(&s, end, &hour) || end - s < 3 || *s != ':' || (minute = two(s + 1)) < 0)
		return false;
	s += 3;
	if (end - s >= 3 && *s == ':') {
		second = two(s + 1);
		s += 3;
		if (end - s >= 2 && *s == '.' && !(s = fraction(s + 1, end, &ms)))
			return false;
	}
	if (hour > 47 || minute > 59 || second < 0 || second > 59)
		return false;
	out->ms += hour * (int64_t)HOUR + minute * (int64_t)MINUTE + second * (int64_t)1000 + ms;
	out->timed = true;
	return s == end || (dated && zone(s, end, out));
}

/* What spreadsheets make of ISO 8601: 2024/4/1 9:05, 2024-4-1, 9:05. */
static bool quick(const char *s, size_t length, struct bpr_log_time *out, bool *dated)
{
	const char *const end = s + length;
	int high, low, month, day;
	long date;
	char mark;

	*dated = length > 7 && (s[4] == '/' || s[4] == '-' || s[4] == '.');
	if (!*dated)
		return quick_time(s, end, false, out);
	high = two(s);
	low = two(s + 2);
	mark = s[4];
	s += 5;
	if (high < 0 || low < 0 || !one_or_two(&s, end, &month) || s == end || *s++ != mark || !one_or_two(&s, end, &day) ||
	    !real_date(high * 100L + low, month, day, &date))
		return false;
	out->ms = (int64_t)date * DAY;
	return s == end || (*s == ' ' && quick_time(s + 1, end, true, out));
}

/* ---- numbers alone ---- */

static bool number_of(const char *s, size_t count, long *out)
{
	*out = 0;
	for (size_t i = 0; i < count; i++) {
		if (!is_digit(s[i]))
			return false;
		*out = *out * 10 + (s[i] - '0');
	}
	return true;
}

/* 20240401, perhaps with 0905 or 090530 behind it. */
static bool packed(const char *s, size_t length, struct bpr_log_time *out)
{
	long year, month, day, date, hour = 0, minute = 0, second = 0;

	if ((length != 8 && length != 12 && length != 14) || !number_of(s, 4, &year) || !number_of(s + 4, 2, &month) || !number_of(s + 6, 2, &day) ||
	    !real_date(year, (int)month, (int)day, &date))
		return false;
	if (length > 8 && (!number_of(s + 8, 2, &hour) || !number_of(s + 10, 2, &minute)))
		return false;
	if (length > 12 && !number_of(s + 12, 2, &second))
		return false;
	if (hour > 47 || minute > 59 || second > 59)
		return false;
	out->ms = date * DAY + ((hour * 60 + minute) * 60 + second) * (int64_t)1000;
	out->timed = length > 8;
	return true;
}

/*
 * Serial days of a spreadsheet, 1954 to 2119 (a plain number in that range is hardly anything else in a column of times), and
 * seconds or milliseconds since 1970 in the years 2001 to 2096.
 */
static bool plain_number(const char *s, size_t length, struct bpr_log_time *out)
{
	size_t whole = 0;
	double x;

	while (whole < length && is_digit(s[whole]))
		whole++;
	if (whole == length && packed(s, length, out))
		return true;
	if (whole < 5 || (whole < length && s[whole] != '.') || !bpr_i_num_parse(s, length, &x))
		return false;
	if (whole == 5 && x >= 20000 && x < 80000) {
		out->ms = llround((x - 25569) * 86400000.0);
		out->timed = whole < length;
		return true;
	}
	if ((whole == 10 && x >= 1e9 && x < 4e9) || (whole == 13 && x >= 1e12 && x < 4e12)) {
		out->ms = llround(whole == 10 ? x * 1000 : x);
		out->timed = out->zoned = true;
		return true;
	}
	return false;
}

/* ---- as people write ---- */

/* So many digits, at least one. */
static bool digits(struct bpr_scan *s, size_t most, int *out)
{
	size_t n = 0;

	for (*out = 0; s->at < s->end && is_digit(*s->at) && n < most; n++)
		*out = *out * 10 + (*s->at++ - '0');
	return n > 0 && !(s->at < s->end && is_digit(*s->at));
}

static bool word(struct bpr_scan *s, const char *text)
{
	const bool is = bpr_i_scan_word(s, text);

	if (is)
		bpr_i_scan_blanks(s);
	return is;
}

static bool any_word(struct bpr_scan *s, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (word(s, words[i]))
			return true;
	return false;
}

/* Length of the date at the front, up to its day and 日, where the year stands first; 0 none. */
static size_t date_length(const struct bpr_scan *from)
{
	static const char *const marks[] = { "年", "月", "-", "/", "." };
	struct bpr_scan s = *from;
	int number;

	while (s.at < s.end && !is_digit(*s.at) && s.end - s.at > 2 && s.at - from->at < 8)
		if (word(&s, "元"))
			break;
		else
			s.at++;
	for (unsigned part = 0; part < 2; part++) {
		bpr_i_scan_blanks(&s);
		if (!(s.at < s.end && is_digit(*s.at)) ? part || s.at == from->at : !digits(&s, 4, &number))
			return 0;
		bpr_i_scan_blanks(&s);
		if (!any_word(&s, marks, sizeof(marks) / sizeof(marks[0])))
			return 0;
	}
	if (!digits(&s, 2, &number))
		return 0;
	(void)bpr_i_scan_word(&s, "日");
	return (size_t)(s.at - from->at);
}

static bool year_first(struct bpr_scan *s, long *date)
{
	const size_t length = date_length(s);
	char text[64];

	if (!length || length >= sizeof(text))
		return false;
	memcpy(text, s->at, length);
	text[length] = '\0';
	if (!bpr_date_parse(text, date))
		return false;
	s->at += length;
	return true;
}

/* 4/1/2024 and its parts. */
static bool slashed(struct bpr_scan *s, int parts[3])
{
	struct bpr_scan at = *s;
	char mark;

	if (!digits(&at, 2, &parts[0]) || at.at == at.end || !strchr("/.-", *at.at))
		return false;
	mark = *at.at++;
	if (!digits(&at, 2, &parts[1]) || at.at == at.end || *at.at != mark)
		return false;
	at.at++;
	if (at.end - at.at < 4 || !is_digit(at.at[3]) || !digits(&at, 4, &parts[2]))
		return false;
	*s = at;
	return true;
}

static enum bpr_log_order order_of(const int parts[3])
{
	return parts[0] > 12 ? BPR_LOG_DAY_FIRST : parts[1] > 12 ? BPR_LOG_MONTH_FIRST : BPR_LOG_ORDER_UNKNOWN;
}

static bool year_last(struct bpr_scan *s, enum bpr_log_order order, long *date)
{
	int parts[3];

	if (!slashed(s, parts))
		return false;
	if (order == BPR_LOG_ORDER_UNKNOWN && parts[0] != parts[1])
		order = order_of(parts);
	if (order == BPR_LOG_ORDER_UNKNOWN && parts[0] != parts[1])
		return false;
	return order == BPR_LOG_DAY_FIRST ? real_date(parts[2], parts[1], parts[0], date) : real_date(parts[2], parts[0], parts[1], date);
}

/* (月), (Mon), 月曜日, Monday: not held against the date. */
static void weekday(struct bpr_scan *s)
{
	static const char *const days[] = { "月", "火", "水", "木", "金", "土", "日", "祝", "monday", "tuesday", "wednesday", "thursday", "friday",
					    "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
	struct bpr_scan at = *s;
	const bool bracket = word(&at, "(");
	bool any = false;

	while (any_word(&at, days, sizeof(days) / sizeof(days[0])))
		any = true;
	if (any)
		(void)(word(&at, "曜日") || word(&at, "曜"));
	if (any && (!bracket || word(&at, ")")))
		*s = at;
	(void)word(s, ",");
}

/* Half of a day: 0 none, 1 before noon, 2 after. */
static int half(struct bpr_scan *s)
{
	if (word(s, "午前") || word(s, "am") || word(s, "a.m."))
		return 1;
	return word(s, "午後") || word(s, "pm") || word(s, "p.m.") ? 2 : 0;
}

/* 9:05[:30[.5]], 9時[5分[30秒]], 9時半, with 午前, 午後, am, pm in front or behind. */
static bool time_of_day(struct bpr_scan *s, int64_t *ms)
{
	int hour, minute = 0, second = 0, thousandths = 0, noon = half(s);

	if (!digits(s, 2, &hour))
		return false;
	bpr_i_scan_blanks(s);
	if (word(s, ":")) {
		if (!digits(s, 2, &minute))
			return false;
		if (bpr_i_scan_word(s, ":") && !digits(s, 2, &second))
			return false;
		if (s->end - s->at > 1 && (*s->at == '.' || *s->at == ',') && is_digit(s->at[1]))
			s->at = fraction(s->at + 1, s->end, &thousandths);
	} else if (word(s, "時")) {
		if (word(s, "半"))
			minute = 30;
		else if (digits(s, 2, &minute) && !word(s, "分"))
			return false;
		if (digits(s, 2, &second) && !word(s, "秒"))
			return false;
	} else if (!noon) {
		return false;
	}
	bpr_i_scan_blanks(s);
	if (!noon)
		noon = half(s);
	if ((noon && hour > 12 && noon == 1) || hour > 47 || minute > 59 || second > 59)
		return false;
	if (noon && hour <= 12)
		hour = hour % 12 + (noon == 2 ? 12 : 0);
	*ms = ((hour * 60 + minute) * 60 + second) * (int64_t)1000 + thousandths;
	return true;
}

static bool zone_word(struct bpr_scan *s, struct bpr_log_time *out)
{
	if (s->at == s->end)
		return true;
	if (word(s, "utc") || word(s, "gmt")) {
		out->zoned = true;
		return s->at == s->end || zone(s->at, s->end, out);
	}
	if (word(s, "jst")) {
		static const char tokyo[] = "+09:00";

		return s->at == s->end && zone(tokyo, tokyo + sizeof(tokyo) - 1, out);
	}
	return zone(s->at, s->end, out);
}

/* 20240401 090500 */
static bool packed_pair(const struct bpr_scan *s, struct bpr_log_time *out)
{
	char text[16];
	const size_t length = (size_t)(s->end - s->at);

	if ((length != 13 && length != 15) || s->at[8] != ' ')
		return false;
	memcpy(text, s->at, 8);
	memcpy(text + 8, s->at + 9, length - 9);
	return packed(text, length - 1, out);
}

static bool as_written(const struct bpr_log_clock *clock, struct bpr_scan s, struct bpr_log_time *out, bool *dated)
{
	int64_t of_day = 0;
	long date = 0;

	bpr_i_scan_blanks(&s);
	while (s.end > s.at && s.end[-1] == ' ')
		s.end--;
	if (s.at == s.end)
		return false;
	if (packed_pair(&s, out))
		return true;
	weekday(&s);
	*dated = year_first(&s, &date) || year_last(&s, clock->order, &date);
	if (*dated) {
		bpr_i_scan_blanks(&s);
		weekday(&s);
		if (s.end - s.at > 1 && *s.at == 't' && is_digit(s.at[1]))
			s.at++;
		out->ms = date * DAY;
		if (s.at == s.end)
			return true;
	}
	if (!time_of_day(&s, &of_day))
		return false;
	out->ms += of_day;
	out->timed = true;
	return zone_word(&s, out);
}

bool bpr_i_log_clock_read(struct bpr_log_clock *clock, const char *text, size_t length, struct bpr_log_time *out, bool *dated)
{
	struct bpr_folded folded;

	*dated = true;
	*out = (struct bpr_log_time){ 0 };
	if (iso(clock, text, length, out) || (length == sizeof(clock->date) && iso_date(clock, text, &out->ms)))
		return true;
	*out = (struct bpr_log_time){ 0 };
	if (quick(text, length, out, dated))
		return true;
	*dated = true;
	*out = (struct bpr_log_time){ 0 };
	if (length > LONGEST || !bpr_i_fold_lower(&folded, text, length))
		return false;
	if (plain_number(folded.text, folded.length, out))
		return true;
	*out = (struct bpr_log_time){ 0 };
	return as_written(clock, (struct bpr_scan){ folded.text, folded.text + folded.length }, out, dated);
}

bool bpr_i_log_time(const char *text, size_t length, struct bpr_log_time *out)
{
	struct bpr_log_clock clock = { BPR_LOG_ORDER_UNKNOWN, false, "", 0 };
	bool dated;

	return bpr_i_log_clock_read(&clock, text, length, out, &dated) && dated;
}

enum bpr_log_order bpr_i_log_day_order(const char *text, size_t length, bool *is)
{
	struct bpr_folded folded;
	struct bpr_scan s;
	int parts[3];

	*is = false;
	if (length > LONGEST || !bpr_i_fold_lower(&folded, text, length))
		return BPR_LOG_ORDER_UNKNOWN;
	s = (struct bpr_scan){ folded.text, folded.text + folded.length };
	*is = slashed(&s, parts);
	return *is ? order_of(parts) : BPR_LOG_ORDER_UNKNOWN;
}

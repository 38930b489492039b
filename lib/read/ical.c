/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * iCalendar (RFC 5545) as simulation data uses it: events that come every day or week. Long lines go on behind a line end and
 * a blank; programs that indent their XML put blanks before whole lines too, so a line that begins with a known name is one.
 */
#include "config.h"
#include "read/week_i.h"
#include "base/num_i.h"
#include "flow/build_i.h"
#include <string.h>
#include <strings.h>

enum { LONGEST = 1024 };

struct event {
	bool open, has_start, has_end, has_length, ruled, daily;
	int day;               /* of its start */
	double from, to, length; /* minutes */
	unsigned days;         /* bits, by its rule; 0: not said */
	bool odd;              /* the rule says more than days */
};

static bool starts(const char *line, const char *word)
{
	return !strncasecmp(line, word, strlen(word));
}

static bool is_line(const char *line)
{
	static const char *const names[] = {
		"BEGIN:", "END:", "DTSTART", "DTEND", "DTSTAMP", "DURATION", "RRULE", "VERSION", "PRODID", "UID", "SUMMARY", "CALSCALE",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (starts(line, names[i]))
			return true;
	return false;
}

static size_t number(const char *text, size_t length)
{
	size_t n;

	return bpr_i_num_parse_size(text, length, 9999, &n) ? n : 0;
}

/* 20211001T080000, 20211001: day of the week and minutes. */
static bool date_time(const char *value, int *day, double *minutes)
{
	static const int shift[] = { 0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4 }; /* Sakamoto's method */
	size_t length = strspn(value, "0123456789");
	size_t year, month, date;

	if (length < 8)
		return false;
	year = number(value, 4);
	month = number(value + 4, 2);
	date = number(value + 6, 2);
	if (!year || month < 1 || month > 12 || date < 1 || date > 31)
		return false;
	year -= month < 3;
	*day = (int)((year + year / 4 - year / 100 + year / 400 + (size_t)shift[month - 1] + date + 6) % 7); /* Monday is 0 */
	*minutes = 0;
	if (value[length] == 'T' && strspn(value + length + 1, "0123456789") >= 4)
		*minutes = (double)(number(value + length + 1, 2) * 60 + number(value + length + 3, 2));
	return *minutes < 1440;
}

static const char *value_of(const char *line)
{
	const char *colon = strchr(line, ':');

	return colon ? colon + 1 : line + strlen(line);
}

/* MO,TU,2FR: bits. */
static unsigned by_day(const char *text, size_t length, bool *odd)
{
	unsigned days = 0;

	while (length) {
		size_t n = 0;
		size_t sign;
		int day;

		while (n < length && text[n] != ',')
			n++;
		sign = strspn(text, "+-0123456789");
		sign = sign < n ? sign : n;
		*odd |= sign > 0;
		day = bpr_i_week_day(text + sign, n - sign);
		if (day >= 0)
			days |= 1u << day;
		text += n + (n < length);
		length -= n + (n < length);
	}
	return days;
}

static void rule(struct event *e, const char *value)
{
	bool daily = false, weekly = false;
	unsigned days = 0;

	while (*value) {
		size_t n = strcspn(value, ";");
		size_t equals = strcspn(value, "=");
		const char *right = equals < n ? value + equals + 1 : value + n;
		size_t length = (size_t)(value + n - right);

		if (starts(value, "FREQ=")) {
			daily = length == 5 && starts(right, "DAILY");
			weekly = length == 6 && starts(right, "WEEKLY");
		} else if (starts(value, "BYDAY=")) {
			days = by_day(right, length, &e->odd);
		} else if (starts(value, "INTERVAL=")) {
			e->odd |= number(right, length) != 1;
		} else if (starts(value, "BY") || starts(value, "COUNT=") || starts(value, "UNTIL=")) {
			e->odd = true;
		}
		value += n + (value[n] == ';');
	}
	e->ruled = daily || weekly;
	e->daily = daily;
	e->days = days;
}

static void finish_event(struct event *e, struct bpr_week *week)
{
	unsigned days = e->days ? e->days : e->daily ? 127u : 1u << e->day;
	double to = e->has_length ? e->from + e->length : e->to;

	if (!e->open)
		return;
	e->open = false;
	week->simplified |= e->odd || !e->ruled;
	if (!e->has_start || !(e->has_end || (e->has_length && e->length > 0)) || !e->ruled)
		return;
	if (e->has_length && e->length >= 1440)
		to = e->from = 0; /* round the clock */
	for (int d = 0; d < 7; d++)
		if (days >> d & 1u)
			bpr_i_week_add(week, d, d, e->from, to > 1440 ? to - 1440 : to);
}

static void take_line(struct event *e, struct bpr_week *week, const char *line)
{
	const char *value = value_of(line);
	int day;

	if (starts(line, "BEGIN:VEVENT")) {
		finish_event(e, week);
		*e = (struct event){ .open = true };
	} else if (starts(line, "END:VCALENDAR")) {
		finish_event(e, week);
	} else if (starts(line, "DTSTART")) {
		e->has_start = date_time(value, &e->day, &e->from);
	} else if (starts(line, "DTEND")) {
		e->has_end = date_time(value, &day, &e->to);
	} else if (starts(line, "DURATION")) {
		e->has_length = bpr_i_parse_minutes(value, strcspn(value, " \t"), &e->length, NULL, NULL);
	} else if (starts(line, "RRULE")) {
		rule(e, value);
	}
}

bool bpr_i_ical_read(const char *text, size_t length, struct bpr_week *week)
{
	char line[LONGEST] = "";
	size_t used = 0;
	struct event event = { 0 };
	size_t days;

	*week = (struct bpr_week){ 0 };
	for (size_t at = 0; at < length;) {
		const char *from = text + at;
		size_t n = 0;
		size_t blank;

		while (at + n < length && from[n] != '\n' && from[n] != '\r')
			n++;
		at += n + 1;
		for (blank = 0; blank < n && (from[blank] == ' ' || from[blank] == '\t');)
			blank++;
		if (!blank || is_line(from + blank)) {
			take_line(&event, week, line);
			used = 0;
		} else if (used) {
			blank = 1; /* one blank is the mark of a line that goes on */
		}
		if (n - blank >= LONGEST - used)
			continue;
		memcpy(line + used, from + blank, n - blank);
		used += n - blank;
		line[used] = '\0';
	}
	take_line(&event, week, line);
	finish_event(&event, week);
	return bpr_i_week_minutes(week, &days) > 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hours of a week. */
#include "config.h"
#include "read/week_i.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { DAY = 1440 };

int bpr_i_week_day(const char *text, size_t length)
{
	static const char *const names[] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };

	for (int i = 0; i < 7; i++)
		if (length >= 2 && length <= strlen(names[i]) && !strncasecmp(text, names[i], length))
			return i;
	return -1;
}

/* Digits at the front; -1 where there are none. */
static double digits(const char **at, const char *end)
{
	double x = 0;
	const char *from = *at;

	for (; *at < end && **at >= '0' && **at <= '9' && *at - from < 6; (*at)++)
		x = x * 10 + (**at - '0');
	return *at > from ? x : -1;
}

double bpr_i_week_time(const char *text, size_t length)
{
	const char *at = text;
	const char *end = text + length;
	double hours = digits(&at, end), minutes = -1, seconds = 0;

	if (at < end && *at == ':') {
		at++;
		minutes = digits(&at, end);
	}
	if (at < end && *at == ':') {
		at++;
		seconds = digits(&at, end);
	}
	if (hours < 0 || hours > 24 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 60 || (at < end && !strchr(".+-Zz", *at)))
		return -1;
	return fmin(hours * 60 + minutes + seconds / 60, DAY);
}

/* Into its place among the spans of the day; what touches becomes one. */
static void add_span(struct bpr_week *week, struct bpr_week_day *day, double from, double to)
{
	size_t at = 0;
	size_t end;

	while (at < day->count && day->spans[at].to < from)
		at++;
	for (end = at; end < day->count && day->spans[end].from <= to; end++) {
		from = fmin(from, day->spans[end].from);
		to = fmax(to, day->spans[end].to);
	}
	if (end == at && day->count == BPR_WEEK_SPANS) {
		week->simplified = true;
		return;
	}
	memmove(&day->spans[at + 1], &day->spans[end], (day->count - end) * sizeof(day->spans[0]));
	day->count = day->count - (end - at) + 1;
	day->spans[at].from = from;
	day->spans[at].to = to;
}

void bpr_i_week_add(struct bpr_week *week, int from_day, int to_day, double from, double to)
{
	int count = (to_day - from_day + 7) % 7 + 1;

	if (to >= DAY - 1) /* 23:59:59 */
		to = DAY;
	for (int i = 0; i < count; i++) {
		int day = (from_day + i) % 7;

		if (to > from) {
			add_span(week, &week->days[day], from, to);
			continue;
		}
		add_span(week, &week->days[day], from, DAY);
		if (to > 0)
			add_span(week, &week->days[(day + 1) % 7], 0, to);
	}
}

void bpr_i_week_merge(struct bpr_week *week, const struct bpr_week *other)
{
	for (size_t d = 0; d < 7; d++)
		for (size_t i = 0; i < other->days[d].count; i++)
			add_span(week, &week->days[d], other->days[d].spans[i].from, other->days[d].spans[i].to);
	week->simplified |= other->simplified;
}

double bpr_i_week_minutes(const struct bpr_week *week, size_t *days)
{
	double sum = 0;

	*days = 0;
	for (size_t d = 0; d < 7; d++) {
		*days += week->days[d].count > 0;
		for (size_t i = 0; i < week->days[d].count; i++)
			sum += week->days[d].spans[i].to - week->days[d].spans[i].from;
	}
	return sum;
}

bool bpr_i_week_always(const struct bpr_week *week)
{
	size_t days;

	return bpr_i_week_minutes(week, &days) >= 7 * DAY;
}

static bool day_equal(const struct bpr_week_day *a, const struct bpr_week_day *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (fabs(a->spans[i].from - b->spans[i].from) > 0 || fabs(a->spans[i].to - b->spans[i].to) > 0)
			return false;
	return true;
}

bool bpr_i_week_equal(const struct bpr_week *a, const struct bpr_week *b)
{
	for (size_t d = 0; d < 7; d++)
		if (!day_equal(&a->days[d], &b->days[d]))
			return false;
	return true;
}

static void clock_time(struct bpr_buf *out, double minutes)
{
	unsigned whole = (unsigned)minutes;
	char text[32];

	(void)snprintf(text, sizeof(text), "%u:%02u", whole / 60, whole % 60);
	bpr_i_buf_puts(out, text);
}

static void span(struct bpr_buf *out, double from, double to)
{
	clock_time(out, from);
	bpr_i_buf_putc(out, '-');
	clock_time(out, to);
}

/* Mon, Mon-Fri, Mon Wed: days of the bits, runs of three and more with a hyphen. */
static void put_days(struct bpr_buf *out, unsigned days)
{
	static const char *const names[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };

	for (size_t d = 0; d < 7; d++) {
		size_t end = d;

		if (!(days >> d & 1u))
			continue;
		while (end + 1 < 7 && days >> (end + 1) & 1u)
			end++;
		bpr_i_buf_puts(out, names[d]);
		if (end > d + 1) {
			bpr_i_buf_putc(out, '-');
			bpr_i_buf_puts(out, names[end]);
			d = end;
		}
		bpr_i_buf_putc(out, ' ');
	}
}

bool bpr_i_week_schedule(const struct bpr_week *week, unsigned plain, struct bpr_buf *out)
{
	unsigned done = 0;

	for (size_t d = 0; d < 7; d++) {
		unsigned same = 0;

		if (!week->days[d].count || done >> d & 1u)
			continue;
		for (size_t k = d; k < 7; k++)
			if (day_equal(&week->days[d], &week->days[k]))
				same |= 1u << k;
		bpr_i_buf_puts(out, done ? "; " : "");
		if (done || same != plain)
			put_days(out, same);
		for (size_t i = 0; i < week->days[d].count; i++) {
			bpr_i_buf_puts(out, i ? " " : "");
			span(out, week->days[d].spans[i].from, week->days[d].spans[i].to);
		}
		done |= same;
	}
	return !week->simplified;
}

/* A span that begins at midnight and goes on from one of the day before. */
static bool goes_on(const struct bpr_week *week, size_t day, size_t at)
{
	const struct bpr_week_day *before = &week->days[(day + 6) % 7], *own = &week->days[day];

	return !at && !(own->spans[0].from > 0) && own->spans[0].to < DAY && before->count && !(before->spans[before->count - 1].to < DAY);
}

bool bpr_i_week_windows(const struct bpr_week *week, const char *text, struct bpr_buf *out)
{
	struct { double from, to; unsigned days; } rules[7 * BPR_WEEK_SPANS];
	size_t count = 0;

	for (size_t d = 0; d < 7; d++)
		for (size_t i = 0; i < week->days[d].count; i++) {
			const struct bpr_week_day *next = &week->days[(d + 1) % 7];
			double from = week->days[d].spans[i].from, to = week->days[d].spans[i].to;
			size_t at = 0;

			if (goes_on(week, d, i))
				continue;
			if (!(to < DAY) && next->count && goes_on(week, (d + 1) % 7, 0))
				to = DAY + next->spans[0].to;
			while (at < count && (fabs(rules[at].from - from) > 0 || fabs(rules[at].to - to) > 0))
				at++;
			if (at == count) {
				rules[count].from = from;
				rules[count].to = to;
				rules[count++].days = 0;
			}
			rules[at].days |= 1u << d;
		}
	for (size_t i = 0; i < count; i++) {
		bpr_i_buf_puts(out, i ? "; " : "");
		if (rules[i].days != 127)
			put_days(out, rules[i].days);
		span(out, rules[i].from, rules[i].to);
		bpr_i_buf_putc(out, '=');
		bpr_i_buf_puts(out, text);
	}
	return !week->simplified;
}

void bpr_i_week_rest(const struct bpr_week *week, struct bpr_week *rest)
{
	*rest = (struct bpr_week){ 0 };
	for (size_t d = 0; d < 7; d++) {
		double from = 0;

		for (size_t i = 0; i < week->days[d].count; i++) {
			if (week->days[d].spans[i].from > from)
				add_span(rest, &rest->days[d], from, week->days[d].spans[i].from);
			from = week->days[d].spans[i].to;
		}
		if (from < DAY)
			add_span(rest, &rest->days[d], from, DAY);
	}
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Deadlines as tables write them. A period is counted from the day behind the event (Civil Code 140), unless the cell says that the
 * first day counts, as in the Family Register Act (Article 43); months go by the calendar (Civil Code 143). A period whose last day
 * is a Saturday, a Sunday, a public holiday or from 29 December to 3 January ends on the next day that is none of these (Local
 * Autonomy Act 4-2 (4)); what must be done before a day is not moved.
 */
#include "config.h"
#include "procedure/procedure_i.h"
#include "base/num_i.h"
#include <bpr/calendar.h>
#include <string.h>

enum { MOST_DAYS = 40000, MOST_MONTHS = 1200 };

static bool ends_with(const char *text, size_t length, const char *word)
{
	const size_t n = strlen(word);

	return length >= n && !memcmp(text + length - n, word, n);
}

/* Takes a marker out of the text wherever it stands. */
static bool cut(char *text, const char *word)
{
	char *at = strstr(text, word);
	const size_t n = strlen(word);

	if (!at)
		return false;
	memmove(at, at + n, strlen(at + n) + 1);
	return true;
}

static void markers(char *text, struct bpr_procedure_deadline *d)
{
	static const char *const inclusive[] = { "初日を算入", "初日算入", "当日を含めて", "当日を含め", "当日を含む", "当日含む", "当日算入", "起算日を含む", "起算日算入", "includingtheday", "inclusive", "including" };
	static const char *const exclusive[] = { "初日不算入", "翌日起算", "翌日から", "exclusive" };
	static const char *const stays[] = { "休日延長なし", "休日でも", "休日も", "延長なし", "nomove", "notmoved" };
	static const char *const rest[] = { "()", "(、)", "(,)", "以内に", "以内", "within" };

	for (size_t i = 0; i < sizeof(inclusive) / sizeof(inclusive[0]); i++)
		d->inclusive = cut(text, inclusive[i]) || d->inclusive;
	for (size_t i = 0; i < sizeof(exclusive) / sizeof(exclusive[0]); i++)
		(void)cut(text, exclusive[i]);
	for (size_t i = 0; i < sizeof(stays) / sizeof(stays[0]); i++)
		d->stays = cut(text, stays[i]) || d->stays;
	for (size_t i = 0; i < sizeof(rest) / sizeof(rest[0]); i++)
		(void)cut(text, rest[i]);
}

/* A count in front of a unit; the rest of the text is at *rest. */
static bool count_of(const char *text, long most, long *out, const char **rest)
{
	const size_t n = strspn(text, "0123456789");
	size_t value;

	if (!n || !bpr_i_num_parse_size(text, n, (size_t)most, &value))
		return false;
	*out = (long)value;
	*rest = text + n;
	return true;
}

static bool among(const char *text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(text, words[i]))
			return true;
	return false;
}

/* "14日", "2週間", "1か月", "1年", "3日前まで". */
static bool period(const char *text, struct bpr_procedure_deadline *d)
{
	static const char *const days[] = { "日", "日間", "日まで", "days", "day", "d" }, *const weeks[] = { "週間", "週", "weeks", "week", "週間まで" };
	static const char *const months[] = { "か月", "ヶ月", "ケ月", "ヵ月", "カ月", "箇月", "月", "months", "month", "か月間", "か月まで" }, *const years[] = { "年", "年間", "years", "year", "年まで" };
	static const char *const before[] = { "日前まで", "日前", "daysbefore", "daybefore" }, *const before_weeks[] = { "週間前まで", "週間前", "weeksbefore", "weekbefore" };
	const char *unit;
	long n;

	if (!count_of(text, MOST_DAYS, &n, &unit))
		return false;
	d->count = n;
	if (among(unit, days, sizeof(days) / sizeof(days[0])) || among(unit, weeks, sizeof(weeks) / sizeof(weeks[0]))) {
		d->kind = BPR_DEADLINE_DAYS;
		d->count = among(unit, days, sizeof(days) / sizeof(days[0])) ? n : n * 7;
	} else if (among(unit, months, sizeof(months) / sizeof(months[0])) || among(unit, years, sizeof(years) / sizeof(years[0]))) {
		d->kind = BPR_DEADLINE_MONTHS;
		d->months = among(unit, months, sizeof(months) / sizeof(months[0])) ? n : n * 12;
		return d->months <= MOST_MONTHS && d->months > 0;
	} else if (among(unit, before, sizeof(before) / sizeof(before[0])) || among(unit, before_weeks, sizeof(before_weeks) / sizeof(before_weeks[0]))) {
		d->kind = BPR_DEADLINE_BEFORE;
		d->count = among(unit, before, sizeof(before) / sizeof(before[0])) ? n : n * 7;
	} else {
		return false;
	}
	return d->count <= MOST_DAYS && (d->kind == BPR_DEADLINE_BEFORE || n > 0);
}

/* 月末, 翌月末, 翌月10日, 前日まで, 当日, and that there is none. */
static bool phrase(const char *text, struct bpr_procedure_deadline *d)
{
	static const char *const none[] = { "なし", "無", "無し", "期限なし", "随時", "速やかに", "すみやかに", "遅滞なく", "お早めに", "早めに", "none", "anytime", "atonce", "soon", "-" };
	static const struct { const char *word; enum bpr_deadline_kind kind; long count, months; } words[] = {
		{ "前日", BPR_DEADLINE_BEFORE, 1, 0 }, { "前日まで", BPR_DEADLINE_BEFORE, 1, 0 }, { "thedaybefore", BPR_DEADLINE_BEFORE, 1, 0 }, { "daybefore", BPR_DEADLINE_BEFORE, 1, 0 },
		{ "当日", BPR_DEADLINE_BEFORE, 0, 0 }, { "当日まで", BPR_DEADLINE_BEFORE, 0, 0 }, { "その日", BPR_DEADLINE_BEFORE, 0, 0 }, { "sameday", BPR_DEADLINE_BEFORE, 0, 0 },
		{ "月末", BPR_DEADLINE_MONTH_END, 0, 0 }, { "月末まで", BPR_DEADLINE_MONTH_END, 0, 0 }, { "当月末", BPR_DEADLINE_MONTH_END, 0, 0 }, { "endofmonth", BPR_DEADLINE_MONTH_END, 0, 0 },
		{ "翌月末", BPR_DEADLINE_MONTH_END, 0, 1 }, { "翌月末まで", BPR_DEADLINE_MONTH_END, 0, 1 }, { "endofnextmonth", BPR_DEADLINE_MONTH_END, 0, 1 },
	};
	const char *rest;

	if (among(text, none, sizeof(none) / sizeof(none[0])))
		return true;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(text, words[i].word)) {
			d->kind = words[i].kind;
			d->count = words[i].count;
			d->months = words[i].months;
			return true;
		}
	if (!strncmp(text, "翌月", strlen("翌月")) && count_of(text + strlen("翌月"), 31, &d->count, &rest) && d->count &&
	    (!strcmp(rest, "日") || !strcmp(rest, "日まで"))) {
		d->kind = BPR_DEADLINE_MONTH_DAY;
		d->months = 1;
		return true;
	}
	return false;
}

/* The day of the event by any of its names: 転入した日, 異動日, the event. */
static bool event_day(const char *text, size_t n)
{
	static const char *const words[] = { "異動日", "転入日", "転居日", "転出日", "出生日", "死亡日", "婚姻日", "離婚日", "届出日", "当日", "その日", "転入の日", "転居の日", "転出の日", "出生の日", "死亡の日", "事由発生日", "theevent", "event" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i]) == n && !memcmp(words[i], text, n))
			return true;
	return ends_with(text, n, "した日") || ends_with(text, n, "なった日");
}

/* What stands in front of から: the day from which the period runs. False: out of memory. */
static bool from_day(bpr_procedures *p, char *text, size_t line, struct bpr_procedure_deadline *d, bool *ok)
{
	char *from = strstr(text, "から"), *english = strstr(text, "from");
	const char *name = text;
	size_t n;

	*ok = true;
	if (!from && !english)
		return true;
	if (from) {
		n = (size_t)(from - text);
	} else {
		name = english + strlen("from");
		n = strlen(name);
	}
	if (n && ends_with(name, n, "知った日")) {
		name += n - strlen("知った日"); /* 死亡の事実を知った日 */
		n = strlen("知った日");
	}
	if (n && !event_day(name, n)) {
		const char *key = bpr_i_fact_key(&p->arena, name, n);
		const struct bpr_procedure_fact *declared = key ? bpr_i_procedures_declared(p, key) : NULL;
		const struct bpr_known_fact *known = key ? bpr_i_known_fact(key, strlen(key)) : NULL;

		*ok = declared ? declared->pub.kind == BPR_FACT_DATE && !declared->pub.person : known && known->kind == BPR_FACT_DATE && !known->person;
		if (!key)
			return false;
		if (*ok) {
			d->fact = bpr_i_procedures_fact(p, name, n, line);
			if (d->fact == BPR_NONE)
				return false;
			p->facts[d->fact].sees_date = true;
		}
	}
	if (from)
		memmove(text, from + strlen("から"), strlen(from + strlen("から")) + 1);
	else
		*english = '\0';
	return true;
}

bool bpr_i_deadline_parse(bpr_procedures *p, const char *text, size_t line, struct bpr_procedure_deadline *out)
{
	char *folded = bpr_i_key_fold(&p->arena, text, strlen(text));
	bool ok = true;

	*out = (struct bpr_procedure_deadline){ .fact = BPR_NONE };
	if (!folded)
		return false;
	if (!*folded) {
		out->understood = true;
		return true;
	}
	if (bpr_date_parse(folded, &out->date)) {
		out->kind = BPR_DEADLINE_DATE;
		out->understood = true;
		return true;
	}
	markers(folded, out);
	if (!from_day(p, folded, line, out, &ok))
		return false;
	out->understood = ok && (period(folded, out) || phrase(folded, out));
	if (!out->understood)
		out->kind = BPR_DEADLINE_NONE;
	return true;
}

/* ---- days ---- */

static int days_of_month(int year, int month)
{
	return (int)(bpr_date(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1) - bpr_date(year, month, 1));
}

static bool closed(long day)
{
	int y, m, d;

	bpr_date_parts(day, &y, &m, &d);
	return ((day + 3) % 7 + 7) % 7 >= 5 || bpr_date_holiday(day) || (m == 12 && d >= 29) || (m == 1 && d <= 3);
}

/* Civil Code 143 (2): the day before the day that corresponds to the first; the last of the month where there is no such day. */
static long months_later(long first, long months)
{
	int y, m, d;
	long all;

	bpr_date_parts(first, &y, &m, &d);
	all = (long)y * 12 + (m - 1) + months;
	y = (int)(all / 12);
	m = (int)(all % 12) + 1;
	return d > days_of_month(y, m) ? bpr_date(y, m, days_of_month(y, m)) : bpr_date(y, m, d) - 1;
}

/* The day of a month so many ahead; its last day where it is shorter. */
static long month_day(long day, long months, long wanted)
{
	int y, m, d, last;
	long all;

	bpr_date_parts(day, &y, &m, &d);
	all = (long)y * 12 + (m - 1) + months;
	y = (int)(all / 12);
	m = (int)(all % 12) + 1;
	last = days_of_month(y, m);
	return bpr_date(y, m, wanted > 0 && wanted < last ? (int)wanted : last);
}

bool bpr_i_deadline_day(const struct bpr_procedure_deadline *d, long day, long *out)
{
	const long first = d->inclusive ? day : day + 1;

	switch (d->kind) {
	case BPR_DEADLINE_NONE: return false;
	case BPR_DEADLINE_BEFORE: *out = day - d->count; return true;
	case BPR_DEADLINE_DATE: *out = d->date; return true;
	case BPR_DEADLINE_DAYS: *out = first + d->count - 1; break;
	case BPR_DEADLINE_MONTHS: *out = months_later(first, d->months); break;
	case BPR_DEADLINE_MONTH_END: *out = month_day(day, d->months, 0); break;
	case BPR_DEADLINE_MONTH_DAY: *out = month_day(day, d->months, d->count); break;
	}
	while (!d->stays && closed(*out))
		(*out)++;
	return true;
}

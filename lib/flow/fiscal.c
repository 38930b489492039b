/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fiscal years (年度): from the first of April on, named by the year in which they begin. */
#include "config.h"
#include "flow/value_i.h"
#include <bpr/calendar.h>
#include <stdio.h>
#include <string.h>

enum { EARLIEST = 1950, LATEST = 2150 };

/* Year 1 of an era, the longest name first: "令" is also the beginning of "令和". */
static const struct { const char *names[3]; int year; } eras[] = {
	{ { "令和", "令", "r" }, 2019 }, { { "平成", "平", "h" }, 1989 },
};

/* Year before the first of the era that stands there; 0 none. */
static int era_of(struct bpr_scan *s)
{
	for (size_t i = 0; i < sizeof(eras) / sizeof(eras[0]); i++)
		for (size_t k = 0; k < 3; k++)
			if (bpr_i_scan_word(s, eras[i].names[k])) {
				bpr_i_scan_blanks(s);
				return eras[i].year - 1;
			}
	return 0;
}

/* One year; *era: of a year of an era before it, which it may leave out, and its own. */
static bool year_of(struct bpr_scan *s, int *era, int *year)
{
	size_t count = 0;
	int own, n = 0;

	(void)bpr_i_scan_word(s, "fy");
	bpr_i_scan_blanks(s);
	own = era_of(s);
	if (own && bpr_i_scan_word(s, "元"))
		n = 1;
	else
		for (; s->at < s->end && *s->at >= '0' && *s->at <= '9' && count < 5; count++)
			n = n * 10 + (*s->at++ - '0');
	if (!own && count && count < 3)
		own = *era;
	if (n < 1 || (!own && count != 4) || (own && n > 200))
		return false;
	*era = own;
	*year = own + n;
	bpr_i_scan_blanks(s);
	(void)(bpr_i_scan_word(s, "年度") || bpr_i_scan_word(s, "年"));
	bpr_i_scan_blanks(s);
	return *year >= EARLIEST && *year <= LATEST;
}

bool bpr_fiscal_years_parse(const char *text, int *first, int *last)
{
	static const char *const between[] = { "-", "~", "〜", "から", "to", ":" };
	struct bpr_folded folded;
	struct bpr_scan s;
	bool two = false;
	int era = 0, a, b;

	if (!bpr_i_fold_lower(&folded, text, strlen(text)))
		return false;
	s = (struct bpr_scan){ folded.text, folded.text + folded.length };
	bpr_i_scan_blanks(&s);
	if (!year_of(&s, &era, &a))
		return false;
	for (size_t i = 0; i < sizeof(between) / sizeof(between[0]) && !two; i++)
		two = bpr_i_scan_word(&s, between[i]);
	bpr_i_scan_blanks(&s);
	b = a;
	if (two && !year_of(&s, &era, &b))
		return false;
	(void)(two && bpr_i_scan_word(&s, "まで"));
	if (s.at != s.end || b < a)
		return false;
	*first = a;
	*last = b;
	return true;
}

bool bpr_fiscal_year_parse(const char *text, int *year)
{
	int first, last;

	if (!bpr_fiscal_years_parse(text, &first, &last) || first != last)
		return false;
	*year = first;
	return true;
}

size_t bpr_fiscal_year_name(int year, enum bpr_lang lang, char *buf, size_t size)
{
	int n;

	if (lang != BPR_LANG_JA)
		n = snprintf(buf, size, "FY%d", year);
	else if (year == 2019)
		n = snprintf(buf, size, "令和元年度");
	else if (year > 2019)
		n = snprintf(buf, size, "令和%d年度", year - 2018);
	else
		n = snprintf(buf, size, "平成%d年度", year - 1988);
	return n > 0 ? (size_t)n : 0;
}

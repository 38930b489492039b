/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates and durations as people write them, for options and settings that are no cell of a table. */
#include "config.h"
#include "flow/value_i.h"
#include "base/problem_i.h"
#include <string.h>

/* Year 1 of an era, its first day; newest first. */
static const struct { const char *names[3]; int year, month, day; } eras[] = {
	{ { "令和", "令", "r" }, 2019, 5, 1 }, { { "平成", "平", "h" }, 1989, 1, 8 }, { { "昭和", "昭", "s" }, 1926, 12, 25 },
};

/* One to four digits. */
static bool digits(struct bpr_scan *s, size_t most, int *out)
{
	size_t n = 0;

	for (*out = 0; s->at < s->end && *s->at >= '0' && *s->at <= '9' && n < most; n++)
		*out = *out * 10 + (*s->at++ - '0');
	bpr_i_scan_blanks(s);
	return n > 0;
}

/* What stands between the parts: the same both times. */
static bool mark(struct bpr_scan *s, const char *const words[3])
{
	for (size_t i = 0; i < 3 && words[i]; i++)
		if (bpr_i_scan_word(s, words[i])) {
			bpr_i_scan_blanks(s);
			return true;
		}
	return false;
}

/* Year in the calendar that everyone uses; *first: earliest day that the era allows. */
static bool year_of(struct bpr_scan *s, int *year, long *first)
{
	for (size_t i = 0; i < sizeof(eras) / sizeof(eras[0]); i++)
		for (size_t k = 0; k < 3; k++) {
			struct bpr_scan rest = *s;
			int n = 1;

			if (!bpr_i_scan_word(&rest, eras[i].names[k]))
				continue;
			bpr_i_scan_blanks(&rest);
			if (!bpr_i_scan_word(&rest, "元") && !(digits(&rest, 3, &n) && n >= 1))
				return false;
			*s = rest;
			*year = eras[i].year + n - 1;
			*first = bpr_date(eras[i].year, eras[i].month, eras[i].day);
			return true;
		}
	*first = bpr_date(1, 1, 1);
	return digits(s, 4, year) && *year >= 1000;
}

bool bpr_date_parse(const char *text, long *date)
{
	static const char *const after_year[] = { "年", "-", "/" }, *const after_month[] = { "月", "-", "/" };
	static const char *const dot[] = { ".", NULL, NULL }, *const after_day[] = { "日", NULL, NULL };
	struct bpr_folded folded;
	int year = 0, month = 0, day = 0, y, m, d;
	struct bpr_scan s;
	long first = 0;

	if (!bpr_i_fold_lower(&folded, text, strlen(text)))
		return false;
	s = (struct bpr_scan){ folded.text, folded.text + folded.length };
	bpr_i_scan_blanks(&s);
	if (!year_of(&s, &year, &first) || !(mark(&s, after_year) || mark(&s, dot)) || !digits(&s, 2, &month) ||
	    !(mark(&s, after_month) || mark(&s, dot)) || !digits(&s, 2, &day))
		return false;
	(void)mark(&s, after_day);
	if (s.at != s.end || month < 1 || month > 12 || day < 1)
		return false;
	*date = bpr_date(year, month, day);
	bpr_date_parts(*date, &y, &m, &d);
	return y == year && m == month && d == day && *date >= first;
}

bool bpr_amount_parse(const char *text, double *yen)
{
	double x;

	if (!bpr_i_parse_number(text, strlen(text), &x, NULL, NULL) || !(x >= 0))
		return false;
	*yen = x;
	return true;
}

bool bpr_duration_parse(const char *text, double *minutes)
{
	struct bpr_value value = { .text = text, .length = strlen(text) };
	struct bpr_folded folded;

	if (!bpr_i_fold_lower(&folded, text, value.length))
		return false;
	return bpr_i_scan_minutes(&value, (struct bpr_scan){ folded.text, folded.text + folded.length }, true, minutes, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks beyond those of a comparison: soundness, what must stay, staff, cost, days, how near to the best. */
#include "config.h"
#include "drill/pack_i.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include <string.h>

static const char *const words[BPR_DRILL_WORDS] = { "sound", "keeps_issues", "keeps_demand", "staff", "cost", "effort_days", "best" };

bool bpr_i_drill_word(const char *text, enum bpr_drill_word *word, char operator[3], double *limit)
{
	const size_t n = strcspn(text, "<>= ");
	const char *rest = text + n + strspn(text + n, " ");
	const size_t m = strspn(rest, "<>=");
	size_t i = 0, length;

	while (i < BPR_DRILL_WORDS && (strlen(words[i]) != n || memcmp(words[i], text, n) != 0))
		i++;
	if (i == BPR_DRILL_WORDS)
		return false;
	*word = (enum bpr_drill_word)i;
	operator[0] = '\0';
	*limit = 0;
	if (i <= BPR_DRILL_KEEPS_DEMAND)
		return !*rest;
	if (!m || m > 2 || (m == 2 && (rest[0] == '=' || rest[1] != '=')))
		return false;
	memcpy(operator, rest, m);
	operator[m] = '\0';
	rest += m;
	length = bpr_i_utf8_trim(&rest, strlen(rest));
	if (length && rest[length - 1] == '%') {
		if (!bpr_i_num_parse(rest, length - 1, limit))
			return false;
		*limit /= 100;
		return true;
	}
	return bpr_i_num_parse(rest, length, limit);
}

bool bpr_i_drill_holds(double actual, const char *operator, double limit)
{
	const double close = 1e-9 * (limit < 0 ? -limit : limit) + 1e-12;

	switch (*operator) {
	case '<':
		return operator[1] ? actual <= limit + close : actual < limit - close;
	case '>':
		return operator[1] ? actual >= limit - close : actual > limit + close;
	default:
		return actual >= limit - close && actual <= limit + close;
	}
}

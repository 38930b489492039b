/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which word was meant: optimal string alignment (Damerau, Comm. ACM 7, 1964, without overlapping swaps). */
#include "config.h"
#include "base/near_i.h"
#include "base/utf8_i.h"
#include <string.h>

enum { MOST_SLIPS = 2 };

/* Full-width ASCII as ASCII, in lower case. */
static unsigned plain(unsigned code)
{
	if (code >= 0xff01 && code <= 0xff5e)
		code -= 0xfee0;
	return code >= 'A' && code <= 'Z' ? code - 'A' + 'a' : code;
}

/* Characters of the word; 0 where it is empty or too long. */
static size_t characters(const char *text, unsigned out[BPR_NEAR_LONGEST])
{
	const size_t length = strlen(text);
	size_t n = 0;

	for (size_t at = 0; at < length;) {
		if (n == BPR_NEAR_LONGEST)
			return 0;
		out[n++] = plain(bpr_i_utf8_next(text, length, &at));
	}
	return n;
}

void bpr_i_near_begin(struct bpr_near *near, const char *typed)
{
	*near = (struct bpr_near){ .distance = MOST_SLIPS + 1 };
	near->length = characters(typed, near->typed);
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

static size_t distance(const unsigned *a, size_t n, const unsigned *b, size_t m)
{
	size_t rows[3][BPR_NEAR_LONGEST + 1];

	for (size_t j = 0; j <= m; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t *row = rows[i % 3];
		const size_t *above = rows[(i + 2) % 3];
		const size_t *twice = rows[(i + 1) % 3];

		row[0] = i;
		for (size_t j = 1; j <= m; j++) {
			row[j] = smaller(above[j - 1] + (a[i - 1] != b[j - 1]), smaller(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = smaller(row[j], twice[j - 2] + 1);
		}
	}
	return rows[n % 3][m];
}

void bpr_i_near_offer(struct bpr_near *near, const char *word)
{
	unsigned other[BPR_NEAR_LONGEST];
	const size_t m = near->length ? characters(word, other) : 0;
	size_t d;

	if (!m || m > near->length + MOST_SLIPS || near->length > m + MOST_SLIPS)
		return;
	d = distance(near->typed, near->length, other, m);
	if (d >= near->distance || 2 * d >= (near->length > m ? near->length : m) + 1)
		return;
	near->distance = d;
	near->best = word;
}

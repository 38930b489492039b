/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "nearest.h"
#include <ctype.h>
#include <string.h>

enum { LONGEST = 40, FAR = 3 };

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static char lower(char c)
{
	return (char)tolower((unsigned char)c);
}

/* Damerau's distance with adjacent swaps (optimal string alignment), case ignored. */
static size_t distance(const char *a, size_t n, const char *b, size_t m)
{
	size_t rows[3][LONGEST + 1];

	if (n > LONGEST || m > LONGEST)
		return FAR;
	for (size_t j = 0; j <= m; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t *now = rows[i % 3];
		const size_t *before = rows[(i - 1) % 3];
		const size_t *earlier = rows[(i + 1) % 3];

		now[0] = i;
		for (size_t j = 1; j <= m; j++) {
			size_t cost = lower(a[i - 1]) != lower(b[j - 1]);

			now[j] = least(least(before[j] + 1, now[j - 1] + 1), before[j - 1] + cost);
			if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
				now[j] = least(now[j], earlier[j - 2] + 1);
		}
	}
	return rows[n % 3][m];
}

void nearest_begin(struct nearest *s, const char *typed, size_t length)
{
	*s = (struct nearest){ .typed = typed, .length = length, .distance = FAR };
}

void nearest_offer(struct nearest *s, const char *word, size_t length)
{
	size_t d;

	if (length >= sizeof(s->best))
		return;
	d = distance(s->typed, s->length, word, length);
	/* Nothing of the word would be left. */
	if (d >= s->distance || d >= s->length)
		return;
	memcpy(s->best, word, length);
	s->best[length] = '\0';
	s->distance = d;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorting of whole numbers: few of them by insertion, many 11 bits at a time, and only those in which they differ. */
#include "config.h"
#include "mine/mine_i.h"
#include "base/alloc_i.h"
#include <string.h>

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, FEW = 48 };

static void insert(uint64_t *keys, size_t count, unsigned low)
{
	for (size_t i = 1; i < count; i++) {
		const uint64_t key = keys[i];
		size_t k = i;

		for (; k && keys[k - 1] >> low > key >> low; k--)
			keys[k] = keys[k - 1];
		keys[k] = key;
	}
}

bool bpr_i_mine_sort(uint64_t *keys, size_t count, unsigned low)
{
	uint64_t any = 0, *from = keys, *to, *spare;
	size_t place[DIGITS];

	if (count < FEW) {
		insert(keys, count, low);
		return true;
	}
	for (size_t i = 1; i < count; i++)
		any |= keys[i] ^ keys[0];
	any = any >> low << low;
	if (!any)
		return true;
	spare = bpr_i_calloc(count, sizeof(*spare));
	if (!spare)
		return false;
	to = spare;
	for (unsigned shift = low; shift < 64; shift += DIGIT_BITS) {
		uint64_t *swap = from;
		size_t sum = 0;

		if (!(any >> shift & (DIGITS - 1)))
			continue;
		memset(place, 0, sizeof(place));
		for (size_t i = 0; i < count; i++)
			place[from[i] >> shift & (DIGITS - 1)]++;
		for (size_t i = 0; i < DIGITS; i++) {
			size_t here = place[i];

			place[i] = sum;
			sum += here;
		}
		for (size_t i = 0; i < count; i++)
			to[place[from[i] >> shift & (DIGITS - 1)]++] = from[i];
		from = to;
		to = swap;
	}
	if (from != keys)
		memcpy(keys, from, count * sizeof(*keys));
	bpr_i_free(spare);
	return true;
}

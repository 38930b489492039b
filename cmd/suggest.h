/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_SUGGEST_H
#define BPR_CMD_SUGGEST_H
/* What was meant: the nearest of some words within two slips (a letter too many, missing, wrong, or two swapped). */
#include <stddef.h>

struct suggestion {
	const char *typed;
	size_t length;       /* of what was typed */
	char best[64];       /* "" where nothing is near enough */
	size_t distance;
};
void suggest_begin(struct suggestion *s, const char *typed, size_t length);
void suggest_offer(struct suggestion *s, const char *word, size_t length);
#endif

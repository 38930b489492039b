/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_NEAREST_H
#define BPR_CMD_NEAREST_H
/* What was meant: the nearest of some words within two slips (a letter too many, missing, wrong, or two swapped). */
#include <stddef.h>

struct nearest {
	const char *typed;
	size_t length;       /* of what was typed */
	char best[64];       /* "" where nothing is near enough */
	size_t distance;
};
void nearest_begin(struct nearest *s, const char *typed, size_t length);
void nearest_offer(struct nearest *s, const char *word, size_t length);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_BASE_NEAR_I_H
#define BPR_BASE_NEAR_I_H
/*
 * What was meant: the nearest of some words to one that is none of them, within two slips (a character too many, missing, wrong, or two
 * swapped) and less than half of the word. Characters are compared as folded (base/utf8_i.h), case of ASCII ignored. Allocates nothing.
 */
#include <stddef.h>

enum { BPR_NEAR_LONGEST = 40 };
struct bpr_near {
	unsigned typed[BPR_NEAR_LONGEST]; size_t length; /* 0: too long, nothing is near */
	size_t distance;
	const char *best; /* of the words offered; NULL none */
};
void bpr_i_near_begin(struct bpr_near *near, const char *typed);
/* Of several that are equally near the first one stays. */
void bpr_i_near_offer(struct bpr_near *near, const char *word);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TABLE_KEY_I_H
#define BPR_TABLE_KEY_I_H
/* Headings and words as a machine compares them: folded, lower case, without blanks, '-', '_' and what stands in brackets behind. */
#include <stdbool.h>
#include <stddef.h>

enum { BPR_TABLE_LONGEST_KEY = 240 };
struct bpr_table_key { size_t length; /* 0: empty, or too long for any word */ char text[BPR_TABLE_LONGEST_KEY]; };
/* False: out of memory. */
bool bpr_i_table_key(struct bpr_table_key *out, const char *text, size_t length);
/* Whether it is one of the words, '|' between. False: out of memory. */
bool bpr_i_table_key_among(const struct bpr_table_key *key, const char *words, bool *found);
#endif

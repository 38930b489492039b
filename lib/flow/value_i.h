/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_FLOW_VALUE_I_H
#define BPR_FLOW_VALUE_I_H
/* What the parsers of numbers, durations and distributions share. */
#include "flow/builder_i.h"

/* A cell while it is parsed: the text as written and where problems go. */
struct bpr_value {
	const char *text;
	size_t length;
	bpr_problems *problems;
	const struct bpr_place *place;
	bool wd;   /* a working day occurred */
};

/* bpr_i_parse_dist(), which tells through *v what occurred. */
bool bpr_i_value_dist(struct bpr_value *v, struct bpr_arena *arena, struct bpr_dist *out);
/* Notes a problem of the cell; returns false. */
bool bpr_i_value_wrong(const struct bpr_value *v, enum bpr_code_id id, const char *a3);

/* A piece of folded lower-case text; what was read is taken off its front. */
struct bpr_scan { const char *at, *end; };
/* Digits at the front ('.', exponent; with commas: between thousands). 1 read, 0 none there, -1 not finite. */
int bpr_i_scan_number(struct bpr_scan *s, bool commas, double *out);
/* inf, nan, 無限 … and nothing else: said to be what they are, rather than "not a number". */
bool bpr_i_scan_infinite(struct bpr_scan s);
void bpr_i_scan_blanks(struct bpr_scan *s);
bool bpr_i_scan_word(struct bpr_scan *s, const char *word);
/* Cuts 約, およそ … at the front and 程度, 前後 … at the end, and blanks. */
void bpr_i_scan_about(struct bpr_scan *s);

/*
 * A whole plain duration. `commas`: thousands may have them. *bare (may be NULL): no unit was written; *last_unit
 * (may be NULL): minutes of the first unit written. False: the problem is noted.
 */
bool bpr_i_scan_minutes(struct bpr_value *v, struct bpr_scan s, bool commas, double *out, bool *bare, double *first_unit);
#endif

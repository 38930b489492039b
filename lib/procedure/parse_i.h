/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_PROCEDURE_PARSE_I_H
#define BPR_PROCEDURE_PARSE_I_H
/* Between the files that parse a condition: condition.c the grammar, token.c what one sees of the text, compare.c comparisons. */
#include "procedure/procedure_i.h"

struct bpr_cond_parse {
	bpr_procedures *p;
	const struct bpr_row_place *place;
	const char *column;    /* of the table, for messages */
	const char *source;    /* as written */
	char *text;            /* folded character by character, in lower case */
	size_t *from;          /* of each byte of it, and of its end: offset in the source */
	size_t at, end;
	unsigned depth;
	bool inside;           /* of a quantifier */
	bool list;             /* a comma stands between values, never between thousands */
	bool nomem, wrong;
};

/* ---- token.c ---- */
bool bpr_i_cp_begin(struct bpr_cond_parse *c);
void bpr_i_cp_blanks(struct bpr_cond_parse *c);
/* Takes a sign or a Japanese word, blanks in front of it passed over. */
bool bpr_i_cp_take(struct bpr_cond_parse *c, const char *word);
/* Takes an English word that ends there. */
bool bpr_i_cp_word(struct bpr_cond_parse *c, const char *word);
/* Length of a name at the place, and where what stands behind it begins; 0 none. Quoted names are given without their quotes. */
struct bpr_parse_name { const char *text; size_t length, after; };
bool bpr_i_cp_name(const struct bpr_cond_parse *c, size_t at, struct bpr_parse_name *out);
/* Length of a value that is a word at the place. */
bool bpr_i_cp_value_word(const struct bpr_cond_parse *c, size_t at, struct bpr_parse_name *out);
/* A number with a unit of counting (歳, 人, 台 …) at the place. *people: the unit is that of people; *years: 歳. */
struct bpr_parse_number { double value; size_t after; bool people, years; };
bool bpr_i_cp_number(const struct bpr_cond_parse *c, size_t at, struct bpr_parse_number *out);
/* Notes what was expected at the place, and what stands there. Returns NULL. */
struct bpr_cond *bpr_i_cp_wrong(struct bpr_cond_parse *c, size_t at, enum bpr_code_id id, const char *expected);

/* ---- compare.c ---- */
/* What stands behind the name of a fact. NULL: out of memory, or wrong. */
struct bpr_cond *bpr_i_cp_compare(struct bpr_cond_parse *c, const struct bpr_parse_name *name, size_t begin);
/* "15歳未満" without a name in front: an age. *is false: it is none. */
struct bpr_cond *bpr_i_cp_bare_number(struct bpr_cond_parse *c, bool *is);
/* Behind count(...): how many. */
bool bpr_i_cp_how_many(struct bpr_cond_parse *c, struct bpr_cond *count);
#endif

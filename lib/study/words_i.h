/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_WORDS_I_H
#define BPR_STUDY_WORDS_I_H
/*
 * Numbers as people in offices write them: 1,960時間, 約608万円, 10件に1件. Rounded for reading, never for computing;
 * JSON and CSV do not come through here.
 */
#include "base/buf_i.h"
#include "study/document_i.h"

/* How a number is to be written. */
struct bpr_words {
	enum bpr_lang lang;
	bool change;      /* with its sign, plus too */
	bool year;        /* large units: hours, 万円 */
};

/* Whole where it is whole, else three digits that matter; thousands grouped. */
void bpr_i_words_count(struct bpr_buf *buf, struct bpr_words how, double x);
/* Minutes as seconds, minutes, hours and minutes, or days of 24 hours, whichever reads best; of a year: hours. */
void bpr_i_words_minutes(struct bpr_buf *buf, struct bpr_words how, double x);
void bpr_i_words_yen(struct bpr_buf *buf, struct bpr_words how, double x);
/* 100 is the whole. */
void bpr_i_words_percent(struct bpr_buf *buf, struct bpr_words how, double x);
/* A probability as percent; never 0 % or 100 % unless it is. A change is in points. */
void bpr_i_words_prob(struct bpr_buf *buf, struct bpr_words how, double x);
/* A share of cases in words: "1 in 10" where that is near (5 %), else percent. */
void bpr_i_words_share(struct bpr_buf *buf, enum bpr_lang lang, double x);
/* A number of a quantity; unit: translated unit of a count, NULL or "" none. */
void bpr_i_words_quantity(struct bpr_buf *buf, struct bpr_words how, enum bpr_quantity quantity, const char *unit, double x);
/* A bar, 1 the longest, of block characters: eight steps a column. For terminals that have them. */
void bpr_i_words_blocks(struct bpr_buf *buf, double length);
/* The cell as plain text, not escaped; nothing for an empty one. */
void bpr_i_words_cell(struct bpr_buf *buf, enum bpr_lang lang, const struct bpr_doc_cell *cell);
#endif

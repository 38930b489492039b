/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_SOURCE_I_H
#define BPR_STUDY_SOURCE_I_H
/* The page that says how the figures were made, in pieces. */
#include "study/pages_i.h"

/* source_assumptions.c: demand, hours, staff, and what was taken where nothing was said. */
void bpr_i_source_assumptions(struct bpr_pages *pages);
/* source_words.c: the words that the report uses, explained. */
void bpr_i_source_words(struct bpr_pages *pages);
#endif

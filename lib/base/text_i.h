/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_BASE_TEXT_I_H
#define BPR_BASE_TEXT_I_H
/* Message ids: mark a text in a table with N_(), translate it where it is used with bpr_text(). */
#include <bpr/problem.h>

#define N_(text) text
/* Before a literal N_() that is the argument of a problem: it is translated where the message is. */
#define BPR_I_ARG "\001"
/*
 * Behind it, and in front of each argument of its own: BPR_I_ARG, the id ": {1} a case", BPR_I_ARG_NEXT, "2.5". An argument of
 * a problem is cut at 200 bytes, so these are short.
 */
#define BPR_I_ARG_NEXT "\002"

/* Generated from po/ja.po, sorted by id. */
struct bpr_catalog_entry { const char *id, *text; };
extern const struct bpr_catalog_entry bpr_i_catalog_ja[];
extern const size_t bpr_i_catalog_ja_count;
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_BASE_UTF8_I_H
#define BPR_BASE_UTF8_I_H
/* UTF-8: validity, folding of what Japanese offices type, width on a terminal, cutting. Needs no locale. */
#include "base/buf_i.h"
#include <bpr/problem.h>
#include <stddef.h>

/* Offset of the first byte that is not well-formed UTF-8 (no surrogates, no overlong), or BPR_NONE. */
size_t bpr_i_utf8_invalid(const char *text, size_t length);
/* Next code point at *pos, which moves on; U+FFFD for a bad byte. */
unsigned bpr_i_utf8_next(const char *text, size_t length, size_t *pos);
void bpr_i_utf8_put(struct bpr_buf *buf, unsigned code);
/*
 * Appends the text as a machine reads it: full-width ASCII, the ideographic space and half-width katakana
 * folded, tildes of every kind made '~', minus signs of every kind (not the long vowel mark after kana) '-',
 * triangle minus '-', blanks at the ends cut. For numbers, keywords and headings, never for names that are shown.
 */
void bpr_i_utf8_fold(struct bpr_buf *buf, const char *text, size_t length);
/* Text without blanks (ASCII and ideographic) at its ends: moves *text, returns the new length. */
size_t bpr_i_utf8_trim(const char **text, size_t length);
/* Columns on a terminal; in Japanese, characters of ambiguous width take two. */
size_t bpr_i_utf8_width(const char *text, size_t length, enum bpr_lang lang);
/* Longest prefix of whole grapheme clusters that is at most `columns` wide; bytes. */
size_t bpr_i_utf8_cut(const char *text, size_t length, size_t columns, enum bpr_lang lang);
/*
 * Appends the text so that a terminal shows and obeys nothing: controls, C1, bidi and invisible format
 * characters, line separators and bad bytes become \xNN or \u{NNNN}; a tab and a line end one blank.
 */
void bpr_i_utf8_safe(struct bpr_buf *buf, const char *text, size_t length);
/*
 * Whether a picture or page shows U+FFFD for it: what XML forbids, controls but blanks and line ends, separators of lines, and what
 * turns the direction of the text around it.
 */
bool bpr_i_utf8_unseen(unsigned code);
/* True where a spreadsheet would compute: = + - @ as the first sign, full-width ones too; a tab or CR in front is a trick. An
 * apostrophe is one too: it is what guards against the others. */
bool bpr_i_utf8_formula(const char *text, size_t length);
#endif

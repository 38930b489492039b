/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TEXT_H
#define BPR_TEXT_H
/**
 * @file text.h
 * What a program needs to show texts and to take numbers as bpr does: UTF-8, no locale, nothing obeyed.
 */
#include <bpr/problem.h>
#include <stdbool.h>
#ifdef __cplusplus
extern "C" {
#endif

/**
 * Copies @p text so that a terminal shows and obeys nothing: controls, C1, bidi and invisible format
 * characters, line separators and bad bytes become \\xNN or \\u{NNNN}; a tab and a line end one blank.
 * @param buf   out, always terminated where size > 0, cut at a character boundary
 * @return      length the whole text has, as snprintf
 */
BPR_API size_t bpr_text_safe(const char *text, char *buf, size_t size);

/** Columns that [text, text + length) takes on a terminal; in Japanese, ambiguous characters take two. */
BPR_API size_t bpr_text_width(const char *text, size_t length, enum bpr_lang lang);

/** Longest prefix of whole characters that is at most @p columns wide; in bytes. */
BPR_API size_t bpr_text_cut(const char *text, size_t length, size_t columns, enum bpr_lang lang);

/**
 * Fills {1} to {4} of a text with arguments.
 * @param args  entries may be NULL: nothing is put in
 * @return      length the whole text has, as snprintf
 */
BPR_API size_t bpr_text_fill(char *buf, size_t size, const char *text, const char *const args[4]);

/**
 * Whole @p text as a plain decimal number: sign, digits, '.', exponent; never hex, infinity or nan, whatever the locale.
 * @param out  unchanged where it is none
 */
BPR_API bool bpr_text_number(const char *text, double *out);

#ifdef __cplusplus
}
#endif
#endif

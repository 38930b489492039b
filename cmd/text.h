/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_TEXT_H
#define BPR_CMD_TEXT_H
/* Growing text and allocation of the command line: out of memory ends the program with a message (lib/ never does). */
#include <bpr/error.h>
#include <stddef.h>

struct text {
	char *data;      /* NUL-terminated once anything was added, else NULL */
	size_t length, capacity;
};
void text_add(struct text *text, const char *data, size_t length);
void text_puts(struct text *text, const char *data);
void text_printf(struct text *text, const char *format, ...) BPR_PRINTF(2, 3);
/* A message id in the reader's language, {1} to {3} filled. */
void text_fill(struct text *text, const char *id, const char *a1, const char *a2, const char *a3);
void text_release(struct text *text);
/*
 * Breaks a paragraph into lines of at most `width` columns: at blanks, and between wide characters where a line may
 * end. The first line begins at column `at`, the others after `indent` blanks. Ends with a line end.
 */
void text_wrap(struct text *text, const char *paragraph, size_t at, size_t indent, size_t width);

void *xcalloc(size_t count, size_t size);
void *xgrow(void *old, size_t *capacity, size_t need, size_t size);
char *xstrndup(const char *text, size_t length);
char *xstrdup(const char *text);
#endif

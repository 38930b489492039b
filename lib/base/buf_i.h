/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_BASE_BUF_I_H
#define BPR_BASE_BUF_I_H
/*
 * The only growing string. An allocation that fails, or a text past the maximum, sets `failed` and
 * every later call does nothing: look once, at the end.
 */
#include <bpr/error.h>
#include <stdbool.h>
#include <stddef.h>

struct bpr_buf {
	char *data;         /* NUL-terminated once anything was added, else NULL */
	size_t length, capacity, max;
	bpr_status failed;  /* BPR_OK, BPR_ENOMEM or BPR_ELIMIT */
};
#define BPR_BUF_INIT { NULL, 0, 0, (size_t)-1 / 2, BPR_OK }
/* On an array of the caller's: allocates nothing, ends at the array's end (ELIMIT), is never released. */
#define BPR_BUF_ON(array) { (array), 0, sizeof(array), sizeof(array) - 1, BPR_OK }
#define BPR_BUF_MAX(bytes) { NULL, 0, 0, (bytes), BPR_OK }

void bpr_i_buf_add(struct bpr_buf *buf, const void *data, size_t length);
void bpr_i_buf_puts(struct bpr_buf *buf, const char *text);
void bpr_i_buf_putc(struct bpr_buf *buf, char c);
void bpr_i_buf_pad(struct bpr_buf *buf, char c, size_t count);
/* printf in the C locale; never %s with a text of a user's that must be escaped. */
void bpr_i_buf_printf(struct bpr_buf *buf, const char *format, ...) BPR_PRINTF(2, 3);
/* Shortest decimal text that reads back as x; nothing for a non-finite x. */
void bpr_i_buf_number(struct bpr_buf *buf, double x);
void bpr_i_buf_clear(struct bpr_buf *buf);   /* empty; memory is kept, a failure too */
void bpr_i_buf_release(struct bpr_buf *buf);
/* The text, now the caller's to free with bpr_i_free; "" allocated where empty; NULL where it failed. */
char *bpr_i_buf_take(struct bpr_buf *buf);
#endif

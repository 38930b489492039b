/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only growing string; see buf_i.h. */
#include "config.h"
#include "base/buf_i.h"
#include "base/alloc_i.h"
#include "base/num_i.h"
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool grow(struct bpr_buf *buf, size_t more)
{
	if (buf->failed)
		return false;
	if (more > buf->max - buf->length) {
		buf->failed = BPR_ELIMIT;
		return false;
	}
	if (!bpr_i_grow(&buf->data, &buf->capacity, buf->length + more + 1, 1)) {
		buf->failed = BPR_ENOMEM;
		return false;
	}
	return true;
}

/* Room for `more` bytes and the NUL; as a rule there is. */
static inline bool reserve(struct bpr_buf *buf, size_t more)
{
	if (!buf->failed && more < buf->capacity - buf->length && more <= buf->max - buf->length)
		return true;
	return grow(buf, more);
}

void bpr_i_buf_add(struct bpr_buf *buf, const void *data, size_t length)
{
	if (!reserve(buf, length))
		return;
	if (length)
		memcpy(buf->data + buf->length, data, length);
	buf->length += length;
	buf->data[buf->length] = '\0';
}

void bpr_i_buf_puts(struct bpr_buf *buf, const char *text)
{
	bpr_i_buf_add(buf, text, strlen(text));
}

void bpr_i_buf_putc(struct bpr_buf *buf, char c)
{
	if (!reserve(buf, 1))
		return;
	buf->data[buf->length++] = c;
	buf->data[buf->length] = '\0';
}

void bpr_i_buf_pad(struct bpr_buf *buf, char c, size_t count)
{
	if (!reserve(buf, count))
		return;
	memset(buf->data + buf->length, c, count);
	buf->length += count;
	buf->data[buf->length] = '\0';
}

void bpr_i_buf_printf(struct bpr_buf *buf, const char *format, ...)
{
	locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	locale_t old = c ? uselocale(c) : (locale_t)0;
	va_list ap;
	va_list again;
	int n;

	va_start(ap, format);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, format, ap);
	va_end(ap);
	if (!c || n < 0)
		buf->failed = buf->failed ? buf->failed : BPR_ENOMEM;
	else if (reserve(buf, (size_t)n)) {
		(void)vsnprintf(buf->data + buf->length, (size_t)n + 1, format, again);
		buf->length += (size_t)n;
	}
	va_end(again);
	if (c) {
		(void)uselocale(old);
		freelocale(c);
	}
}

void bpr_i_buf_number(struct bpr_buf *buf, double x)
{
	char text[32];

	bpr_i_buf_add(buf, text, bpr_i_num_format(text, sizeof(text), x));
}

void bpr_i_buf_clear(struct bpr_buf *buf)
{
	buf->length = 0;
	if (buf->data)
		buf->data[0] = '\0';
}

void bpr_i_buf_release(struct bpr_buf *buf)
{
	bpr_i_free(buf->data);
	buf->data = NULL;
	buf->length = buf->capacity = 0;
	buf->failed = BPR_OK;
}

char *bpr_i_buf_take(struct bpr_buf *buf)
{
	char *data;

	bpr_i_buf_add(buf, "", 0);
	if (buf->failed) {
		bpr_i_buf_release(buf);
		return NULL;
	}
	data = buf->data;
	buf->data = NULL;
	buf->length = buf->capacity = 0;
	return data;
}

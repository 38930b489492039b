/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "text.h"
#include "cmd.h"
#include "output.h"
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void die_nomem(void)
{
	fputs(lang() == BPR_LANG_JA ? "bpr: メモリーが足りません [I001]\n" : "bpr: out of memory [I001]\n", stderr);
	output_give_up();
	_Exit(STATUS_LIMIT);
}

void *xcalloc(size_t count, size_t size)
{
	void *p = calloc(count ? count : 1, size ? size : 1);

	if (!p)
		die_nomem();
	return p;
}

void *xgrow(void *old, size_t *capacity, size_t need, size_t size)
{
	size_t room = *capacity;
	void *p;

	if (need <= room)
		return old;
	if (need > SIZE_MAX / 2 / size)
		die_nomem();
	room = need + need / 2 + 8;
	p = realloc(old, room * size);
	if (!p)
		die_nomem();
	*capacity = room;
	return p;
}

char *xstrndup(const char *text, size_t length)
{
	char *copy = xcalloc(length + 1, 1);

	memcpy(copy, text, length);
	return copy;
}

char *xstrdup(const char *text)
{
	return xstrndup(text, strlen(text));
}

void text_add(struct text *text, const char *data, size_t length)
{
	text->data = xgrow(text->data, &text->capacity, text->length + length + 1, 1);
	if (length)
		memcpy(text->data + text->length, data, length);
	text->length += length;
	text->data[text->length] = '\0';
}

void text_puts(struct text *text, const char *data)
{
	text_add(text, data, strlen(data));
}

void text_printf(struct text *text, const char *format, ...)
{
	va_list args, again;
	int n;

	va_start(args, format);
	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n >= 0) {
		text->data = xgrow(text->data, &text->capacity, text->length + (size_t)n + 1, 1);
		(void)vsnprintf(text->data + text->length, (size_t)n + 1, format, again);
		text->length += (size_t)n;
	}
	va_end(again);
}

void text_fill(struct text *text, const char *id, const char *a1, const char *a2, const char *a3)
{
	const char *const args[4] = { a1, a2, a3, NULL };
	size_t n = bpr_text_fill(NULL, 0, tr(id), args);

	text->data = xgrow(text->data, &text->capacity, text->length + n + 1, 1);
	(void)bpr_text_fill(text->data + text->length, n + 1, tr(id), args);
	text->length += n;
}

void text_release(struct text *text)
{
	free(text->data);
	*text = (struct text){ 0 };
}

/* Bytes of the character at s. */
static size_t char_length(const char *s)
{
	size_t n = 1;

	while (s[n] && ((unsigned char)s[n] & 0xc0) == 0x80)
		n++;
	return n;
}

static bool starts_with_any(const char *s, const char *set)
{
	size_t n = *s ? char_length(s) : 0;

	for (; n && *set; set += char_length(set))
		if (char_length(set) == n && !memcmp(s, set, n))
			return true;
	return false;
}

/* May a line end before s, behind the character at `prev`? Between wide characters, but never before what closes (禁則). */
static bool may_break(const char *prev, const char *s)
{
	if ((unsigned char)*prev < 0x80 && (unsigned char)*s < 0x80)
		return false;
	if (*prev >= '0' && *prev <= '9') /* a number and what it counts: 12分 */
		return false;
	if (starts_with_any(s, "、。，．・：；？！）」』】〕〉》ーァィゥェォッャュョぁぃぅぇぉっゃゅょ々%％,.;:)]}'"))
		return false;
	return !starts_with_any(prev, "（「『【〔〈《([{'");
}

/* Bytes up to the next place where a line may end. */
static size_t word_length(const char *s)
{
	size_t n = char_length(s);

	while (s[n] && s[n] != ' ') {
		size_t last = n - 1;

		while (last && ((unsigned char)s[last] & 0xc0) == 0x80)
			last--;
		if (may_break(s + last, s + n))
			break;
		n += char_length(s + n);
	}
	return n;
}

void text_wrap(struct text *text, const char *paragraph, size_t at, size_t indent, size_t width)
{
	bool blank = false;
	bool fresh = true;

	while (*paragraph) {
		size_t n, columns;

		if (*paragraph == ' ') {
			blank = true;
			paragraph++;
			continue;
		}
		n = word_length(paragraph);
		columns = bpr_text_width(paragraph, n, lang());
		if (!fresh && at + blank + columns > width) {
			text_printf(text, "\n%*s", (int)indent, "");
			at = indent;
		} else if (!fresh && blank) {
			text_add(text, " ", 1);
			at++;
		}
		text_add(text, paragraph, n);
		at += columns;
		paragraph += n;
		blank = fresh = false;
	}
	text_add(text, "\n", 1);
}

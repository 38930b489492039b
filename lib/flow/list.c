/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lists in cells: `a;b；c、d`, each thing perhaps with a number behind a colon. What has a separator inside stands in quotes, as
 * in CSV: `"a;b";c`. A quote that closes nothing is a plain character, so that names with quotes inside need none around them.
 */
#include "config.h"
#include "flow/builder_i.h"
#include "base/utf8_i.h"
#include <string.h>

static const char wide_colon[] = "：";

/* Width of the separator at s; 0 none. In a list by place 、 and line ends are text. */
static size_t separator_at(const char *s, size_t left, bool place)
{
	if (*s == ';' || (*s == '\n' && !place))
		return 1;
	if ((unsigned char)*s < 0xe3 || left < 3)
		return 0;
	return !memcmp(s, "；", 3) || (!place && !memcmp(s, "、", 3)) ? 3 : 0;
}

static size_t colon_at(const char *s, size_t left)
{
	return *s == ':' ? 1 : left >= 3 && !memcmp(s, wide_colon, 3) ? 3 : 0;
}

/* Bytes up to and with the quote that closes the one at s[0]; 0 where s is not quoted: what follows must be a colon, a separator or the end. */
static size_t quoted_length(const char *s, size_t length, bool place)
{
	size_t at = 1;
	size_t end;

	if (!length || *s != '"')
		return 0;
	for (;; at++) {
		if (at >= length)
			return 0;
		if (s[at] != '"')
			continue;
		if (at + 1 == length || s[at + 1] != '"')
			break;
		at++;
	}
	end = ++at;
	while (at < length && (s[at] == ' ' || s[at] == '\t'))
		at++;
	return at == length || separator_at(s + at, length - at, place) || colon_at(s + at, length - at) ? end : 0;
}

/* The text up to the next separator; true where one stood behind it. */
static bool cut(const char **text, size_t *length, const char **item, size_t *item_length, bool place)
{
	const char *s = *text;
	size_t at = 0;
	size_t width = 0;

	while (at < *length && (s[at] == ' ' || s[at] == '\t'))
		at++;
	at += quoted_length(s + at, *length - at, place);
	for (; at < *length && !width; at += !width)
		width = separator_at(s + at, *length - at, place);
	*text += at + width;
	*length -= at + width;
	*item = s;
	*item_length = bpr_i_utf8_trim(item, at);
	return width > 0;
}

bool bpr_i_next_item(const char **text, size_t *length, const char **item, size_t *item_length)
{
	while (*length) {
		(void)cut(text, length, item, item_length, false);
		if (*item_length)
			return true;
	}
	return false;
}

bool bpr_i_next_place(const char **text, size_t *length, const char **item, size_t *item_length)
{
	/* *text is NULL behind a last thing with no separator behind it. */
	if (!*text)
		return false;
	if (!cut(text, length, item, item_length, true))
		*text = NULL;
	return true;
}

void bpr_i_split_colon(const char *item, size_t length, size_t *name_length, const char **tail, size_t *tail_length)
{
	size_t quoted = quoted_length(item, length, false);

	*name_length = length;
	*tail = NULL;
	*tail_length = 0;
	for (size_t i = length; i-- > quoted;) {
		size_t width = colon_at(item + i, length - i);

		if (!width)
			continue;
		*name_length = i;
		*tail = item + i + width;
		*tail_length = length - i - width;
		return;
	}
}

size_t bpr_i_unquote(struct bpr_builder *b, const char **item, size_t length)
{
	const char *s = *item;
	char *plain;
	size_t n = 0;

	if (!length || quoted_length(s, length, false) != length)
		return length;
	s++;
	length -= 2;
	if (length && memchr(s, '"', length)) {
		plain = bpr_i_builder_text(b, s, length);
		if (!plain)
			return 0;
		for (size_t i = 0; i < length; i++) {
			plain[n++] = s[i];
			i += s[i] == '"';
		}
		plain[n] = '\0';
		s = plain;
		length = n;
	}
	*item = s;
	return bpr_i_utf8_trim(item, length);
}

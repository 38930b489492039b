/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands between an input's texts and a format that could take them for its own: one function a format. Plain text goes
 * through bpr_i_utf8_safe().
 */
#include "config.h"
#include "base/utf8_i.h"
#include "report/render_i.h"
#include <string.h>

/* ---- Markdown ---- */

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* True where only digits stand before i and a blank or nothing behind it: the marker of a numbered list. */
static bool is_marker(const char *s, size_t i, size_t n)
{
	for (size_t k = 0; k < i; k++)
		if (s[k] < '0' || s[k] > '9')
			return false;
	return i && i < 10 && (i + 1 == n || s[i + 1] == ' ');
}

/* True where the character would mean something to Markdown at this place. */
static bool is_markup(const char *s, size_t i, size_t n)
{
	const char before = *(i ? &s[i - 1] : " ");
	const char after = *(i + 1 < n ? &s[i + 1] : " ");

	switch (s[i]) {
	case '\\': case '`': case '*': case '[': case ']': case '|': case '~': case '@': case '$':
		return true;
	case '_': /* inside a word it is none: ids stay readable */
		return !(is_word(before) && is_word(after));
	case '#': case '=':
		return !i;
	case '+': case '-': /* a list, a rule */
		return !i && (after == ' ' || after == s[i]);
	case ':': /* a web address becomes a link by itself; :--- is a table */
		return after == '/' || (!i && after == '-');
	case '.': /* a list; www. */
		return is_marker(s, i, n) || (i >= 3 && (before == 'w' || before == 'W'));
	case ')':
		return is_marker(s, i, n);
	default:
		return false;
	}
}

void bpr_i_escape_md(struct bpr_buf *out, const char *text, size_t length)
{
	struct bpr_buf safe = BPR_BUF_INIT;
	size_t start = 0;

	bpr_i_utf8_safe(&safe, text, length);
	if (safe.failed)
		out->failed = safe.failed;
	length = safe.length;
	while (start < length && safe.data[start] == ' ') /* four of them are a code block */
		start++;
	for (size_t i = start; i < length; i++) {
		switch (safe.data[i]) {
		case '<': bpr_i_buf_puts(out, "&lt;"); break;
		case '>': bpr_i_buf_puts(out, "&gt;"); break;
		case '&': bpr_i_buf_puts(out, "&amp;"); break;
		default:
			if (is_markup(safe.data + start, i - start, length - start))
				bpr_i_buf_putc(out, '\\');
			bpr_i_buf_putc(out, safe.data[i]);
		}
	}
	bpr_i_buf_release(&safe);
}

/* ---- CSV ---- */

/* True where every byte is a printable ASCII character without a meaning: most ids, all keys. */
static bool is_plain(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (text[i] < 0x21 || text[i] > 0x7e || text[i] == ',' || text[i] == '"')
			return false;
	return !length || !strchr("=+-@'", text[0]);
}

void bpr_i_escape_csv(struct bpr_buf *out, const char *text, size_t length)
{
	struct bpr_buf safe = BPR_BUF_INIT;
	bool quote;

	if (is_plain(text, length)) {
		bpr_i_buf_add(out, text, length);
		return;
	}
	if (bpr_i_utf8_formula(text, length))
		bpr_i_buf_putc(&safe, '\'');
	bpr_i_utf8_safe(&safe, text, length);
	if (safe.failed)
		out->failed = safe.failed;
	quote = safe.length && (strpbrk(safe.data, ",\"") || safe.data[0] == ' ' || safe.data[safe.length - 1] == ' ');
	if (quote)
		bpr_i_buf_putc(out, '"');
	for (size_t i = 0; i < safe.length; i++) {
		if (safe.data[i] == '"')
			bpr_i_buf_putc(out, '"');
		bpr_i_buf_putc(out, safe.data[i]);
	}
	if (quote)
		bpr_i_buf_putc(out, '"');
	bpr_i_buf_release(&safe);
}

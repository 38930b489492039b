/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands between an input's texts and a format that could take them for its own: one function a format. Plain text goes
 * through bpr_i_utf8_safe().
 */
#include "config.h"
#include "base/utf8_i.h"
#include "report/render_i.h"
#include <string.h>
#include <unictype.h>

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
	char before = i ? s[i - 1] : ' ';
	char after = i + 1 < n ? s[i + 1] : ' ';

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

/* True where a spreadsheet would compute: = + - @ as the first sign, full-width ones too; a tab or CR in front is a trick. */
static bool is_formula(const char *text, size_t length)
{
	size_t pos = 0;

	while (pos < length) {
		unsigned c = bpr_i_utf8_next(text, length, &pos);

		if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0x3000)
			continue;
		return c == '=' || c == '+' || c == '-' || c == '@' || c == '\'' || c == 0xff1d || c == 0xff0b || c == 0xff0d ||
		       c == 0xff20 || c == 0x2212;
	}
	return false;
}

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
	if (is_formula(text, length))
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

/* ---- JSON ---- */

static bool is_hidden(unsigned c)
{
	return c >= 0x80 && (c < 0xa0 || uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Cf | UC_CATEGORY_MASK_Zl |
									  UC_CATEGORY_MASK_Zp));
}

static void put_escape(struct bpr_buf *out, unsigned c)
{
	if (c < 0x10000) {
		bpr_i_buf_printf(out, "\\u%04x", c);
		return;
	}
	c -= 0x10000;
	bpr_i_buf_printf(out, "\\u%04x\\u%04x", 0xd800 + (c >> 10), 0xdc00 + (c & 0x3ff));
}

/* Bytes from `at` on that JSON takes as they are: printable ASCII, kana, kanji and their like. */
static size_t plain_length(const char *text, size_t length, size_t at)
{
	size_t start = at;

	while (at < length) {
		unsigned char byte = (unsigned char)text[at];
		size_t next = at;
		unsigned c;

		if (byte < 0x80) {
			if (byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7f)
				break;
			at++;
			continue;
		}
		c = bpr_i_utf8_next(text, length, &next);
		if (c == 0xfffd || ((c < 0x3041 || c > 0xd7ff) && is_hidden(c)))
			break;
		at = next;
	}
	return at - start;
}

void bpr_i_escape_json(struct bpr_buf *out, const char *text, size_t length)
{
	bpr_i_buf_putc(out, '"');
	for (size_t pos = 0; pos < length;) {
		size_t plain = plain_length(text, length, pos);
		unsigned c;

		bpr_i_buf_add(out, text + pos, plain);
		pos += plain;
		if (pos >= length)
			break;
		c = bpr_i_utf8_next(text, length, &pos);
		if (c == '"' || c == '\\') {
			bpr_i_buf_putc(out, '\\');
			bpr_i_buf_putc(out, (char)c);
		} else if (c == '\n') {
			bpr_i_buf_puts(out, "\\n");
		} else if (c == '\t') {
			bpr_i_buf_puts(out, "\\t");
		} else if (c == '\r') {
			bpr_i_buf_puts(out, "\\r");
		} else if (c == 0xfffd) {
			bpr_i_utf8_put(out, c); /* a bad byte, or one that an input has */
		} else {
			put_escape(out, c);
		}
	}
	bpr_i_buf_putc(out, '"');
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8 by libunistring: validity, folding, width, cutting, escaping for a terminal. */
#include "config.h"
#include "base/utf8_i.h"
#include <unigbrk.h>
#include <unictype.h>
#include <unistr.h>
#include <uniwidth.h>

static const uint8_t *bytes(const char *text)
{
	return (const uint8_t *)text;
}

size_t bpr_i_utf8_invalid(const char *text, size_t length)
{
	const uint8_t *bad = u8_check(bytes(text), length);

	return bad ? (size_t)(bad - bytes(text)) : BPR_NONE;
}

unsigned bpr_i_utf8_next(const char *text, size_t length, size_t *pos)
{
	ucs4_t code;
	int n;

	if ((unsigned char)text[*pos] < 0x80)
		return (unsigned char)text[(*pos)++];
	n = u8_mbtouc(&code, bytes(text) + *pos, length - *pos);
	*pos += n > 0 ? (size_t)n : 1;
	return code;
}

void bpr_i_utf8_put(struct bpr_buf *buf, unsigned code)
{
	uint8_t out[6];
	int n = u8_uctomb(out, code, sizeof(out));

	if (n > 0)
		bpr_i_buf_add(buf, out, (size_t)n);
}

/* Bytes of the blank with which the text begins: ASCII, U+00A0, U+3000, U+FEFF; 0 where it begins with none. */
static size_t blank_before(const unsigned char *s, size_t length)
{
	if (!length)
		return 0;
	if (*s == ' ' || *s == '\t' || *s == '\r' || *s == '\n')
		return 1;
	if (length >= 2 && s[0] == 0xc2 && s[1] == 0xa0)
		return 2;
	if (length >= 3 && ((s[0] == 0xe3 && s[1] == 0x80 && s[2] == 0x80) || (s[0] == 0xef && s[1] == 0xbb && s[2] == 0xbf)))
		return 3;
	return 0;
}

/* The same at the end: lead bytes are never within a character, so that what looks like a blank there is one. */
static size_t blank_behind(const unsigned char *s, size_t length)
{
	for (size_t n = 1; n <= 3 && n <= length; n++)
		if (blank_before(s + length - n, n) == n)
			return n;
	return 0;
}

size_t bpr_i_utf8_trim(const char **text, size_t length)
{
	const unsigned char *s = (const unsigned char *)*text;
	size_t n;

	while ((n = blank_before(s, length))) {
		s += n;
		length -= n;
	}
	while ((n = blank_behind(s, length)))
		length -= n;
	*text = (const char *)s;
	return length;
}

/* Half-width katakana U+FF66 to U+FF9D in their order. */
static const unsigned short kana[] = {
	0x30f2, 0x30a1, 0x30a3, 0x30a5, 0x30a7, 0x30a9, 0x30e3, 0x30e5, 0x30e7, 0x30c3, 0x30fc, 0x30a2, 0x30a4, 0x30a6,
	0x30a8, 0x30aa, 0x30ab, 0x30ad, 0x30af, 0x30b1, 0x30b3, 0x30b5, 0x30b7, 0x30b9, 0x30bb, 0x30bd, 0x30bf, 0x30c1,
	0x30c4, 0x30c6, 0x30c8, 0x30ca, 0x30cb, 0x30cc, 0x30cd, 0x30ce, 0x30cf, 0x30d2, 0x30d5, 0x30d8, 0x30db, 0x30de,
	0x30df, 0x30e0, 0x30e1, 0x30e2, 0x30e4, 0x30e6, 0x30e8, 0x30e9, 0x30ea, 0x30eb, 0x30ec, 0x30ed, 0x30ef, 0x30f3
};

static bool is_kana(unsigned c)
{
	return (c >= 0x3041 && c <= 0x30ff) || (c >= 0xff66 && c <= 0xff9d);
}

/* Voiced (1) or half-voiced (2) form of a katakana, or 0. */
static unsigned voiced(unsigned c, unsigned mark)
{
	if (mark == 0xff9e) {
		if ((c >= 0x30ab && c <= 0x30c2 && (c & 1)) || (c >= 0x30c4 && c <= 0x30c8 && !(c & 1)))
			return c + 1;
		if (c >= 0x30cf && c <= 0x30db && (c - 0x30cf) % 3 == 0)
			return c + 1;
		return c == 0x30a6 ? 0x30f4 : 0;
	}
	return mark == 0xff9f && c >= 0x30cf && c <= 0x30db && (c - 0x30cf) % 3 == 0 ? c + 2 : 0;
}

static unsigned fold(unsigned c, unsigned before)
{
	if (c >= 0xff01 && c <= 0xff5e)
		c -= 0xfee0;
	if (c >= 0xff66 && c <= 0xff9d)
		return kana[c - 0xff66];
	switch (c) {
	case 0x3000: case 0xa0: case '\t': return ' ';
	case 0x301c: case 0x223c: case 0xff5e: return '~';
	case 0x2212: case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0xff70: case 0x30fc:
		return (c == 0x30fc || c == 0xff70) && is_kana(before) ? 0x30fc : '-';
	case 0x25b2: case 0x25b3: return '-';
	case 0xff64: return 0x3001;
	case 0xff61: return 0x3002;
	default: return c;
	}
}

void bpr_i_utf8_fold(struct bpr_buf *buf, const char *text, size_t length)
{
	unsigned before = 0;

	length = bpr_i_utf8_trim(&text, length);
	for (size_t pos = 0; pos < length;) {
		size_t next;
		unsigned c;

		if ((unsigned char)text[pos] < 0x80) {
			before = (unsigned char)text[pos++];
			bpr_i_buf_putc(buf, (char)(before == '\t' ? ' ' : before));
			continue;
		}
		c = fold(bpr_i_utf8_next(text, length, &pos), before);
		next = pos;
		if (next < length && is_kana(c)) {
			unsigned v = voiced(c, bpr_i_utf8_next(text, length, &next));

			if (v) {
				c = v;
				pos = next;
			}
		}
		bpr_i_utf8_put(buf, c);
		before = c;
	}
}

static const char *width_encoding(enum bpr_lang lang)
{
	return lang == BPR_LANG_JA ? "EUC-JP" : "UTF-8"; /* EUC-JP: ambiguous characters take two columns */
}

static size_t code_width(unsigned c, enum bpr_lang lang)
{
	int w = uc_width(c, width_encoding(lang));

	return w > 0 ? (size_t)w : 0;
}

size_t bpr_i_utf8_width(const char *text, size_t length, enum bpr_lang lang)
{
	size_t width = 0;

	for (size_t pos = 0; pos < length;)
		width += (unsigned char)text[pos] < 0x80 ? (size_t)((unsigned char)text[pos++] >= 0x20)
							 : code_width(bpr_i_utf8_next(text, length, &pos), lang);
	return width;
}

size_t bpr_i_utf8_cut(const char *text, size_t length, size_t columns, enum bpr_lang lang)
{
	const uint8_t *s = bytes(text);
	const uint8_t *end = s + length;
	size_t used = 0;

	while (s < end) {
		const uint8_t *next = u8_grapheme_next(s, end);

		used += bpr_i_utf8_width((const char *)s, (size_t)(next - s), lang);
		if (used > columns)
			break;
		s = next;
	}
	return (size_t)(s - bytes(text));
}

/* Controls, format characters (bidi, zero width), separators, unassigned and private ones that could mislead. */
static bool is_unsafe(unsigned c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xfffd || uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Cf) ||
	       uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Zl | UC_CATEGORY_MASK_Zp | UC_CATEGORY_MASK_Cs);
}

void bpr_i_utf8_safe(struct bpr_buf *buf, const char *text, size_t length)
{
	for (size_t pos = 0; pos < length;) {
		size_t at = pos;
		unsigned c = bpr_i_utf8_next(text, length, &pos);

		if (c == '\n' || c == '\t')
			bpr_i_buf_putc(buf, ' ');
		else if (c == 0xfffd && (pos - at != 3 || u8_check(bytes(text) + at, 3)))
			bpr_i_buf_printf(buf, "\\x%02X", (unsigned char)text[at]);
		else if (is_unsafe(c) && c < 0x80)
			bpr_i_buf_printf(buf, "\\x%02X", c);
		else if (is_unsafe(c) && c != 0xfffd)
			bpr_i_buf_printf(buf, "\\u{%04X}", c);
		else
			bpr_i_buf_add(buf, text + at, pos - at);
	}
}

bool bpr_i_utf8_formula(const char *text, size_t length)
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

bool bpr_i_utf8_unseen(unsigned c)
{
	if (c < 0x20)
		return c != '\t' && c != '\n' && c != '\r';
	return (c >= 0x7f && c < 0xa0) || c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069) || c == 0xfffe || c == 0xffff || (c >= 0xd800 && c <= 0xdfff);
}

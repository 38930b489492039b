/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Encodings of CSV input. Conversion is iconv's, by the name CP932 and never SHIFT_JIS: the latter refuses ① and 髙
 * and makes 0x8160 another character than Windows does. Which encoding it is, is decided here: short Japanese tables
 * are too little for statistical detectors.
 */
#include "config.h"
#include "base/encoding_i.h"
#include "base/alloc_i.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>

enum { BOM8 = 3, BOM16 = 2, LOOK = 1 << 16 };

static const struct { const char *name; enum bpr_encoding encoding; } names[] = {
	{ "utf8", BPR_ENCODING_UTF8 }, { "utf8bom", BPR_ENCODING_UTF8 }, { "utf8sig", BPR_ENCODING_UTF8 },
	{ "utf16", BPR_ENCODING_UTF16 }, { "utf16le", BPR_ENCODING_UTF16LE }, { "utf16be", BPR_ENCODING_UTF16BE },
	{ "cp932", BPR_ENCODING_CP932 }, { "shiftjis", BPR_ENCODING_CP932 }, { "sjis", BPR_ENCODING_CP932 },
	{ "windows31j", BPR_ENCODING_CP932 }, { "ms932", BPR_ENCODING_CP932 },
};

bool bpr_i_encoding_find(const char *name, enum bpr_encoding *out)
{
	char plain[16];
	size_t n = 0;

	for (; *name; name++) {
		char c = *name;

		if (c == '-' || c == '_' || c == ' ')
			continue;
		if (n + 1 == sizeof(plain))
			return false;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		plain[n++] = c;
	}
	plain[n] = '\0';
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (!strcmp(plain, names[i].name)) {
			*out = names[i].encoding;
			return true;
		}
	}
	return false;
}

/* As iconv and people know it. */
static const char *encoding_name(enum bpr_encoding encoding)
{
	switch (encoding) {
	case BPR_ENCODING_UTF16LE: return "UTF-16LE";
	case BPR_ENCODING_UTF16BE: return "UTF-16BE";
	case BPR_ENCODING_CP932: return "CP932";
	case BPR_ENCODING_EUC_JP: return "EUC-JP";
	case BPR_ENCODING_ISO_2022_JP: return "ISO-2022-JP";
	case BPR_ENCODING_UTF16: return "UTF-16";
	case BPR_ENCODING_AUTO: case BPR_ENCODING_UTF8: break;
	}
	return "UTF-8";
}

/* ---- what it looks like ---- */

static bool starts_with(const char *data, size_t length, const char *bytes, size_t count)
{
	return length >= count && !memcmp(data, bytes, count);
}

bool bpr_i_encoding_has_utf16_bom(const char *data, size_t length)
{
	return starts_with(data, length, "\xff\xfe", BOM16) || starts_with(data, length, "\xfe\xff", BOM16);
}

/* Escapes of ISO-2022-JP: ESC $ @, ESC $ B, ESC ( J; all bytes are ASCII, so that it would pass as UTF-8. */
static bool has_jis_escape(const char *data, size_t length)
{
	const char *end = data + length;
	const char *p = data;

	while ((p = memchr(p, 0x1b, (size_t)(end - p)))) {
		if (end - p >= 3 && ((p[1] == '$' && (p[2] == '@' || p[2] == 'B')) || (p[1] == '(' && p[2] == 'J')))
			return true;
		p++;
	}
	return false;
}

/* Whether a character of UTF-8 begins at `at` and its rest would stand behind the end. */
static bool is_cut_utf8(const char *data, size_t length, size_t at)
{
	unsigned char lead = (unsigned char)data[at];
	size_t need = lead < 0xc2 || lead > 0xf4 ? 0 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;

	if (length - at >= need)
		return false;
	for (size_t i = at + 1; i < length; i++)
		if (((unsigned char)data[i] & 0xc0) != 0x80)
			return false;
	return true;
}

static bool is_lead932(unsigned char c)
{
	return (c >= 0x81 && c <= 0x9f) || (c >= 0xe0 && c <= 0xfc);
}

/* Whether the text, read as CP932, has more half-width kana and rare kanji than common characters. */
static bool is_odd_cp932(const char *data, size_t length)
{
	const unsigned char *s = (const unsigned char *)data;
	size_t common = 0;
	size_t odd = 0;

	for (size_t i = 0; i < length; i++) {
		if (s[i] < 0x80)
			continue;
		if ((s[i] >= 0x81 && s[i] <= 0x84) || (s[i] >= 0x87 && s[i] <= 0x98)) /* signs, kana, kanji of the first level */
			common++;
		else
			odd++;
		i += is_lead932(s[i]);
	}
	return odd > common;
}

/*
 * Whether text that is not well-formed UTF-8 is UTF-8 all the same, damaged: more characters of three bytes and more
 * are right than others are wrong. In CP932 text hardly any is right by accident (手順 has one, and one wrong).
 */
static bool is_damaged_utf8(const char *data, size_t length)
{
	size_t good = 0;
	size_t bad = 0;

	if (length > LOOK)
		length = LOOK;
	for (size_t pos = 0; pos < length;) {
		size_t at = pos;

		if ((unsigned char)data[pos] < 0x80) {
			pos++;
			continue;
		}
		if (is_cut_utf8(data, length, at))
			break;
		(void)bpr_i_utf8_next(data, length, &pos);
		if (bpr_i_utf8_invalid(data + at, pos - at) != BPR_NONE)
			bad++;
		else if (pos - at >= 3)
			good++;
	}
	return good > bad || (good && good == bad && is_odd_cp932(data, length));
}

/*
 * EUC-JP, where every byte fits it. CP932 text that does so too has no character with a lead byte of 0x81 to 0x9f: no
 * kana and no common kanji, at most half-width katakana.
 */
static bool is_euc_jp(const char *data, size_t length)
{
	const unsigned char *s = (const unsigned char *)data;

	if (length > LOOK)
		length = LOOK;
	for (size_t i = 0; i < length;) {
		size_t more = s[i] == 0x8f ? 2 : 1;

		if (s[i] < 0x80) {
			i++;
			continue;
		}
		if (s[i] != 0x8e && s[i] != 0x8f && (s[i] < 0xa1 || s[i] > 0xfe))
			return false;
		for (size_t k = 1; k <= more && i + k < length; k++)
			if (s[i + k] < 0xa1 || s[i + k] > 0xfe)
				return false;
		i += 1 + more;
	}
	return true;
}

enum bpr_encoding bpr_i_encoding_detect(const char *data, size_t length)
{
	if (starts_with(data, length, "\xef\xbb\xbf", BOM8))
		return BPR_ENCODING_UTF8;
	if (starts_with(data, length, "\xff\xfe", BOM16))
		return BPR_ENCODING_UTF16LE;
	if (starts_with(data, length, "\xfe\xff", BOM16))
		return BPR_ENCODING_UTF16BE;
	if (has_jis_escape(data, length))
		return BPR_ENCODING_ISO_2022_JP;
	if (bpr_i_utf8_invalid(data, length) == BPR_NONE || is_damaged_utf8(data, length))
		return BPR_ENCODING_UTF8;
	return is_euc_jp(data, length) ? BPR_ENCODING_EUC_JP : BPR_ENCODING_CP932;
}

/* ---- faults with their place ---- */

static size_t line_of(const char *data, size_t offset, enum bpr_encoding encoding)
{
	size_t line = 1;
	size_t step = encoding == BPR_ENCODING_UTF16LE || encoding == BPR_ENCODING_UTF16BE ? 2 : 1;
	size_t low = encoding == BPR_ENCODING_UTF16BE;
	unsigned before = 0;

	for (size_t i = 0; i + step <= offset; i += step) {
		unsigned c = (unsigned char)data[i + low];

		if (step == 2 && data[i + 1 - low])
			c = 0x80; /* no line end, whatever its low byte is */
		if (c == '\r' || (c == '\n' && before != '\r'))
			line++;
		before = c;
	}
	return line;
}

static bpr_status wrong_byte(struct bpr_fault *fault, enum bpr_code_id id, const char *data, size_t offset,
			     enum bpr_encoding encoding)
{
	char at[32];
	char byte[8];

	(void)bpr_i_num_format(at, sizeof(at), (double)offset);
	(void)snprintf(byte, sizeof(byte), "0x%02X", (unsigned)(unsigned char)data[offset]);
	return bpr_i_fault(fault, BPR_ESYNTAX, id, line_of(data, offset, encoding), byte, at, encoding_name(encoding));
}

/* Offset of a NUL character, or BPR_NONE. */
static size_t find_nul(const char *data, size_t length, enum bpr_encoding encoding)
{
	const char *nul;

	if (encoding != BPR_ENCODING_UTF16LE && encoding != BPR_ENCODING_UTF16BE) {
		nul = memchr(data, '\0', length);
		return nul ? (size_t)(nul - data) : BPR_NONE;
	}
	for (size_t i = 0; i + 1 < length; i += 2)
		if (!data[i] && !data[i + 1])
			return i;
	return BPR_NONE;
}

/* ---- conversion ---- */

/* Bytes that the text may take as UTF-8, at most: no character of these encodings is beyond what this counts. */
static size_t utf8_room(const char *data, size_t length, enum bpr_encoding encoding)
{
	const unsigned char *s = (const unsigned char *)data;
	size_t room = 0;

	if (encoding != BPR_ENCODING_CP932)
		return length / 2 * 3 + 3;
	for (size_t i = 0; i < length; i++) {
		room += s[i] < 0x80 ? 1 : 3;
		i += is_lead932(s[i]);
	}
	return room;
}

static bpr_status convert(const char *data, size_t length, size_t skip, enum bpr_encoding encoding,
			  struct bpr_decoded *out, struct bpr_fault *fault)
{
	const char *name = encoding_name(encoding);
	size_t room = utf8_room(data + skip, length - skip, encoding);
	iconv_t cd = iconv_open("UTF-8", name);
	union { const char *read_only; char *iconv; } from = { .read_only = data + skip }; /* POSIX forgot the const */
	size_t left = length - skip;
	size_t free_room = room;
	bpr_status status = BPR_OK;
	char *to;

	if (cd == (iconv_t)-1)
		return bpr_i_fault(fault, BPR_EUNSUPPORTED, BPR_I_I014, 0, name, NULL, NULL);
	out->owned = to = bpr_i_realloc(NULL, room + 1, 1);
	if (!to) {
		status = bpr_i_fault(fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	} else if (iconv(cd, &from.iconv, &left, &to, &free_room) == (size_t)-1) {
		size_t at = length - left;

		status = wrong_byte(fault, errno == EINVAL ? BPR_I_I011 : BPR_I_I010, data, at, encoding);
	} else {
		*to = '\0';
		out->text = out->owned;
		out->length = room - free_room;
	}
	(void)iconv_close(cd);
	return status;
}

static bpr_status decode_utf8(const char *data, size_t length, struct bpr_decoded *out, struct bpr_fault *fault)
{
	size_t skip = starts_with(data, length, "\xef\xbb\xbf", BOM8) ? BOM8 : 0;
	size_t bad = bpr_i_utf8_invalid(data + skip, length - skip);

	if (bad != BPR_NONE) {
		bool cut = is_cut_utf8(data, length, skip + bad);

		return wrong_byte(fault, cut ? BPR_I_I011 : BPR_I_I010, data, skip + bad, BPR_ENCODING_UTF8);
	}
	out->text = data + skip;
	out->length = length - skip;
	return BPR_OK;
}

bpr_status bpr_i_decode(const char *data, size_t length, enum bpr_encoding encoding, struct bpr_decoded *out,
			struct bpr_fault *fault)
{
	size_t skip = bpr_i_encoding_has_utf16_bom(data, length) ? BOM16 : 0;
	size_t nul;
	bpr_status status;

	*out = (struct bpr_decoded){ NULL, 0, NULL };
	if (encoding == BPR_ENCODING_AUTO)
		encoding = bpr_i_encoding_detect(data, length);
	if (encoding == BPR_ENCODING_UTF16)
		encoding = starts_with(data, length, "\xfe\xff", BOM16) ? BPR_ENCODING_UTF16BE : BPR_ENCODING_UTF16LE;
	if (encoding == BPR_ENCODING_EUC_JP || encoding == BPR_ENCODING_ISO_2022_JP)
		return bpr_i_fault(fault, BPR_EUNSUPPORTED, BPR_I_I013, 0, encoding_name(encoding), NULL, NULL);
	nul = find_nul(data, length, encoding);
	if (nul != BPR_NONE)
		return wrong_byte(fault, BPR_I_I012, data, nul, encoding);
	if (encoding == BPR_ENCODING_UTF8)
		return decode_utf8(data, length, out, fault);
	status = convert(data, length, encoding == BPR_ENCODING_CP932 ? 0 : skip, encoding, out, fault);
	if (status) {
		bpr_i_free(out->owned);
		*out = (struct bpr_decoded){ NULL, 0, NULL };
	}
	return status;
}

/* The character at `at`, and the line it is on. */
static bpr_status no_such(struct bpr_fault *fault, const char *text, size_t length, size_t at)
{
	char character[8] = "";
	char line[32];
	size_t next = at;

	(void)bpr_i_utf8_next(text, length, &next);
	memcpy(character, text + at, next - at < sizeof(character) ? next - at : 0);
	(void)snprintf(line, sizeof(line), "%zu", line_of(text, at, BPR_ENCODING_UTF8));
	return bpr_i_fault(fault, BPR_ESYNTAX, BPR_I_W013, 0, character, line, NULL);
}

/* Where the text differs from what its bytes read back as; its length where nowhere. */
static size_t first_difference(const char *text, size_t length, const struct bpr_decoded *back)
{
	size_t at = 0;

	while (at < length && at < back->length && text[at] == back->text[at])
		at++;
	while (at && at < length && ((unsigned char)text[at] & 0xc0) == 0x80)
		at--;
	return at == length && back->length != length ? 0 : at;
}

static bpr_status to_cp932(const char *text, size_t length, struct bpr_buf *out, struct bpr_fault *fault)
{
	iconv_t cd = iconv_open(encoding_name(BPR_ENCODING_CP932), "UTF-8");
	union { const char *read_only; char *iconv; } from = { .read_only = text }; /* POSIX forgot the const */
	struct bpr_decoded back = { NULL, 0, NULL };
	size_t left = length, room = length;
	char *bytes = bpr_i_realloc(NULL, length + 1, 1); /* nothing gets longer */
	char *to = bytes;
	bpr_status status = BPR_OK;

	if (cd == (iconv_t)-1)
		status = bpr_i_fault(fault, BPR_EUNSUPPORTED, BPR_I_I014, 0, encoding_name(BPR_ENCODING_CP932), NULL, NULL);
	else if (!bytes)
		status = bpr_i_fault(fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
	else if (iconv(cd, &from.iconv, &left, &to, &room) == (size_t)-1)
		status = no_such(fault, text, length, length - left);
	else
		status = bpr_i_decode(bytes, length - room, BPR_ENCODING_CP932, &back, fault);
	if (!status && first_difference(text, length, &back) < length)
		status = no_such(fault, text, length, first_difference(text, length, &back));
	if (!status)
		bpr_i_buf_add(out, bytes, length - room);
	bpr_i_free(back.owned);
	bpr_i_free(bytes);
	if (cd != (iconv_t)-1)
		(void)iconv_close(cd);
	return status ? status : out->failed;
}

bpr_status bpr_i_encode(const char *text, size_t length, enum bpr_encoding encoding, bool bom, struct bpr_buf *out, struct bpr_fault *fault)
{
	*fault = (struct bpr_fault){ .status = BPR_OK };
	if (encoding == BPR_ENCODING_CP932)
		return to_cp932(text, length, out, fault);
	if (bom)
		bpr_i_buf_puts(out, "\xef\xbb\xbf");
	bpr_i_buf_add(out, text, length);
	return out->failed;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bytes of a document as UTF-8: by its byte order mark, else by what its first line declares. The list of encodings
 * is ours: UTF-7, UTF-32 and EBCDIC are refused, since they hide markup from whoever looks at the bytes; the label Shift_JIS
 * means what Windows writes under it (CP932: ① ㈱ 髙), as in every browser.
 */
#include "config.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include "xml/recode_i.h"
#include "xml/xml_i.h"
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST_LABEL = 40, DECLARATION = 400 };

struct encoding {
	const char *label; /* upper case, without '-', '_' and blanks */
	const char *iconv; /* NULL: UTF-8 */
};

/* As the web does: 0x80 to 0x9F are Windows characters; the five of them that Windows does not have stay what ISO-8859-1 says. */
static const char latin[] = "CP1252";

static const struct encoding encodings[] = {
	{ "UTF8", NULL }, { "USASCII", NULL }, { "ASCII", NULL }, { "ANSIX3.41968", NULL },
	{ "UTF16", NULL }, { "UTF16LE", NULL }, { "UTF16BE", NULL }, /* read as single bytes, so it is not true */
	{ "SHIFTJIS", "CP932" }, { "SJIS", "CP932" }, { "XSJIS", "CP932" }, { "MSKANJI", "CP932" }, { "WINDOWS31J", "CP932" },
	{ "CP932", "CP932" }, { "MS932", "CP932" }, { "EUCJP", "EUC-JP" }, { "EUCJPMS", "EUC-JP-MS" }, { "CP51932", "EUC-JP-MS" },
	{ "ISO2022JP", "ISO-2022-JP" },
	{ "ISO88591", latin }, { "LATIN1", latin },
	{ "ISO88592", "ISO-8859-2" }, { "ISO88593", "ISO-8859-3" }, { "ISO88594", "ISO-8859-4" }, { "ISO88595", "ISO-8859-5" },
	{ "ISO88597", "ISO-8859-7" }, { "ISO88599", "ISO-8859-9" }, { "ISO885910", "ISO-8859-10" }, { "ISO885913", "ISO-8859-13" },
	{ "ISO885914", "ISO-8859-14" }, { "ISO885915", "ISO-8859-15" }, { "ISO885916", "ISO-8859-16" },
	{ "WINDOWS1250", "CP1250" }, { "WINDOWS1251", "CP1251" }, { "WINDOWS1252", "CP1252" }, { "WINDOWS1253", "CP1253" },
	{ "WINDOWS1254", "CP1254" }, { "WINDOWS1257", "CP1257" }, { "WINDOWS1258", "CP1258" }, { "CP1250", "CP1250" },
	{ "CP1251", "CP1251" }, { "CP1252", "CP1252" }, { "CP1254", "CP1254" },
	{ "MACROMAN", "MACINTOSH" }, { "MACINTOSH", "MACINTOSH" }, { "XMACROMAN", "MACINTOSH" },
	{ "GB2312", "GB18030" }, { "GBK", "GB18030" }, { "GB18030", "GB18030" }, { "BIG5", "BIG5-HKSCS" }, { "EUCKR", "CP949" },
	{ "ISO88596", "ISO-8859-6" }, { "ISO88598", "ISO-8859-8" }, { "ISO885911", "TIS-620" }, { "WINDOWS1255", "CP1255" },
	{ "WINDOWS1256", "CP1256" }, { "CP1253", "CP1253" }, { "CP1257", "CP1257" }, { "KOI8R", "KOI8-R" }, { "KOI8U", "KOI8-U" },
};

/* The label of the XML declaration as written; empty where there is none. */
static size_t declared(const char *data, size_t length, const char **label)
{
	const char *end = data + (length < DECLARATION ? length : DECLARATION);
	const char *p = data;
	const char *stop;

	*label = "";
	if (length < 6 || memcmp(data, "<?xml", 5) != 0)
		return 0;
	stop = memchr(data, '>', (size_t)(end - data));
	if (!stop)
		return 0;
	for (; stop - p > 8; p++)
		if (!memcmp(p, "encoding", 8))
			break;
	if (stop - p <= 8)
		return 0;
	for (p += 8; p < stop && *p != '"' && *p != '\''; p++)
		if (*p != ' ' && *p != '=' && *p != '\t' && *p != '\n' && *p != '\r')
			return 0;
	if (p >= stop)
		return 0;
	*label = p + 1;
	end = memchr(p + 1, *p, (size_t)(stop - p - 1));
	return end ? (size_t)(end - *label) : 0;
}

static const struct encoding *find(const char *label, size_t length)
{
	char plain[LONGEST_LABEL];
	size_t n = 0;

	for (size_t i = 0; i < length; i++) {
		char c = label[i];

		if (c == '-' || c == '_' || c == ' ')
			continue;
		if (n + 1 >= sizeof(plain))
			return NULL;
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		plain[n++] = c;
	}
	plain[n] = '\0';
	for (size_t i = 0; i < sizeof(encodings) / sizeof(encodings[0]); i++)
		if (!strcmp(encodings[i].label, plain))
			return &encodings[i];
	return NULL;
}

/* ---- what bytes that are not as declared are most likely ---- */

static bool is_valid(const char *name, const char *data, size_t length)
{
	iconv_t cd = iconv_open("UTF-8", name);
	union { const char *read_only; char *iconv; } from = { .read_only = data };
	bool valid = cd != (iconv_t)-1;

	while (valid && length) {
		char chunk[4096];
		char *to = chunk;
		size_t room = sizeof(chunk);

		valid = iconv(cd, &from.iconv, &length, &to, &room) != (size_t)-1 || errno == E2BIG;
	}
	if (cd != (iconv_t)-1)
		(void)iconv_close(cd);
	return valid;
}

/* Bytes above ASCII: how many runs of them, how many of one byte alone, whether all are as EUC-JP has them. */
struct runs { size_t count, single; bool euc; };

static struct runs look_at_runs(const char *data, size_t length)
{
	struct runs runs = { 0, 0, true };
	size_t run = 0;

	for (size_t i = 0; i <= length; i++) {
		unsigned char c = i < length ? (unsigned char)data[i] : 0;

		if (c >= 0x80) {
			run++;
			runs.euc = runs.euc && (c >= 0xa1 || c == 0x8e || c == 0x8f) && c != 0xff;
			continue;
		}
		runs.count += run > 0;
		runs.single += run == 1;
		run = 0;
	}
	return runs;
}

/* Whether most of what is above ASCII is UTF-8 all the same. */
static bool is_damaged_utf8(const char *data, size_t length)
{
	size_t good = 0, bad = 0;
	size_t at = 0;

	while (at < length) {
		size_t wrong = bpr_i_utf8_invalid(data + at, length - at);
		size_t stop = wrong == BPR_NONE ? length : at + wrong;

		for (; at < stop; at++)
			good += ((unsigned char)data[at] & 0xc0) == 0xc0;
		bad += wrong != BPR_NONE;
		at += wrong != BPR_NONE;
	}
	return good > bad;
}

static const char *looks_like(const char *data, size_t length)
{
	struct runs runs;

	if (bpr_i_utf8_invalid(data, length) == BPR_NONE)
		return "UTF-8";
	runs = look_at_runs(data, length);
	if (3 * runs.single > 2 * runs.count)
		return "windows-1252";
	if (runs.euc && is_valid("EUC-JP", data, length))
		return "EUC-JP";
	return is_valid("CP932", data, length) ? "Shift_JIS" : "windows-1252";
}

static bpr_status bad_byte(const struct bpr_xml_report *report, const char *data, size_t offset, enum bpr_code_id id, const char *name,
			   const char *likely)
{
	char place[32];
	char text[64];
	size_t line, column;

	bpr_i_xml_locate(data, offset, &line, &column);
	(void)bpr_i_num_format(place, sizeof(place), (double)(offset + 1));
	(void)snprintf(text, sizeof(text), "%s (0x%02X)", place, (unsigned)(unsigned char)data[offset]);
	return bpr_i_xml_fail3(report, BPR_ESYNTAX, id, line, column, text, name, likely);
}

static bpr_status convert(const struct bpr_xml_report *report, const char *name, const char *data, size_t length,
			  struct bpr_buf *buf)
{
	iconv_t cd = iconv_open("UTF-8", name);
	union { const char *read_only; char *iconv; } from = { .read_only = data }; /* POSIX forgot the const */
	size_t left = length;
	bpr_status status = BPR_OK;

	if (cd == (iconv_t)-1)
		return errno == ENOMEM ? bpr_i_nomem(report->err) :
					 bpr_i_xml_fail(report, BPR_EUNSUPPORTED, BPR_I_X008, 1, 0, name, NULL);
	while (!status && left) {
		char chunk[8192];
		char *to = chunk;
		size_t room = sizeof(chunk);
		size_t result = iconv(cd, &from.iconv, &left, &to, &room);
		bool wrong = result == (size_t)-1 && errno != E2BIG;

		bpr_i_buf_add(buf, chunk, (size_t)(to - chunk));
		if (wrong && name == latin) {
			char control[2] = { (char)0xc2, *from.iconv++ };

			bpr_i_buf_add(buf, control, sizeof(control));
			left--;
		} else if (wrong)
			status = bad_byte(report, data, length - left, BPR_I_X007, name, looks_like(data, length));
	}
	(void)iconv_close(cd);
	return !status && buf->failed ? bpr_i_nomem(report->err) : status;
}

/* UTF-16, with its byte order mark or without; NULL where it is something else. */
static const char *wide(const char *data, size_t length, size_t *skip)
{
	*skip = 2;
	if (length >= 2 && !memcmp(data, "\xff\xfe", 2))
		return "UTF-16LE";
	if (length >= 2 && !memcmp(data, "\xfe\xff", 2))
		return "UTF-16BE";
	*skip = 0;
	if (length >= 4 && !memcmp(data, "<\0?\0", 4))
		return "UTF-16LE";
	if (length >= 4 && !memcmp(data, "\0<\0?", 4))
		return "UTF-16BE";
	return NULL;
}

static bool refused(const char *data, size_t length, const char **name)
{
	static const struct { const char *start; const char *name; } known[] = {
		{ "\0\0\xfe\xff", "UTF-32" }, { "\xff\xfe\0\0", "UTF-32" }, { "\0\0\0<", "UTF-32" }, { "<\0\0\0", "UTF-32" },
		{ "\x4c\x6f\xa7\x94", "EBCDIC" }, { "+/v8", "UTF-7" }, { "+/v9", "UTF-7" }, { "+/v+", "UTF-7" }, { "+/v/", "UTF-7" },
		{ "+ADw", "UTF-7" },
	};

	for (size_t i = 0; length >= 4 && i < sizeof(known) / sizeof(known[0]); i++)
		if (!memcmp(data, known[i].start, 4)) {
			*name = known[i].name;
			return true;
		}
	return false;
}

bpr_status bpr_i_xml_encoding(const char *data, size_t length, const char **name, bool *is_latin, size_t *skip, struct bpr_fault *fault)
{
	const bool mark = length >= 3 && !memcmp(data, "\xef\xbb\xbf", 3);
	const struct encoding *encoding = &encodings[0];
	const char *label;
	size_t n;

	if (refused(data, length, &label))
		return bpr_i_fault(fault, BPR_EUNSUPPORTED, BPR_I_X008, 1, label, NULL, NULL);
	*name = mark ? NULL : wide(data, length, skip);
	if (mark)
		*skip = 3;
	if (mark || *name)
		return BPR_OK;
	n = declared(data, length, &label);
	if (n)
		encoding = find(label, n);
	if (!encoding) {
		char text[LONGEST_LABEL];

		(void)snprintf(text, sizeof(text), "%.*s", (int)(n < sizeof(text) ? n : sizeof(text) - 1), label);
		return bpr_i_fault(fault, BPR_EUNSUPPORTED, BPR_I_X008, 1, text, NULL, NULL);
	}
	*name = encoding->iconv;
	*is_latin = encoding->iconv == latin;
	return BPR_OK;
}

bpr_status bpr_i_xml_decode(const struct bpr_xml_report *report, const char *data, size_t length, struct bpr_buf *buf,
			    const char **text, size_t *text_length)
{
	const struct encoding *encoding = &encodings[0];
	bool mark = length >= 3 && !memcmp(data, "\xef\xbb\xbf", 3);
	char name[LONGEST_LABEL];
	const char *label;
	size_t skip = mark ? 3 : 0;
	size_t n, bad;
	const char *utf16;
	bpr_status status;

	if (refused(data, length, &label))
		return bpr_i_xml_fail(report, BPR_EUNSUPPORTED, BPR_I_X008, 1, 0, label, NULL);
	utf16 = mark ? NULL : wide(data, length, &skip);
	n = declared(data + skip, length - skip, &label);
	if (n && !mark && !utf16)
		encoding = find(label, n);
	if (!encoding) {
		(void)snprintf(name, sizeof(name), "%.*s", (int)(n < sizeof(name) ? n : sizeof(name) - 1), label);
		return bpr_i_xml_fail(report, BPR_EUNSUPPORTED, BPR_I_X008, 1, 0, name, NULL);
	}
	if (utf16 || encoding->iconv) {
		status = convert(report, utf16 ? utf16 : encoding->iconv, data + skip, length - skip, buf);
		*text = buf->data ? buf->data : "";
		*text_length = buf->length;
		return status;
	}
	*text = data + skip;
	*text_length = length - skip;
	bad = bpr_i_utf8_invalid(*text, *text_length);
	if (bad == BPR_NONE)
		return BPR_OK;
	return is_damaged_utf8(*text, *text_length) ? bad_byte(report, data, skip + bad, BPR_I_X107, NULL, NULL) :
						       bad_byte(report, data, skip + bad, BPR_I_X006, looks_like(*text, *text_length), NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Encodings of logs in tables. As long as all is ASCII nothing is decided; the first other byte, and what stands around it, shows
 * what the text is, however far behind it comes.
 */
#include "config.h"
#include "mine/log_text_i.h"
#include "base/alloc_i.h"
#include "base/num_i.h"
#include "base/utf8_i.h"
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>

enum { OUT = 1 << 17, ENOUGH = 1 << 12, BOM = 3 };

bpr_status bpr_i_log_text_init(struct bpr_log_text *t, const char *encoding, const struct bpr_log_stream *source, const char *head,
			       size_t head_length, struct bpr_fault *fault)
{
	*t = (struct bpr_log_text){ .source = source, .fault = fault, .head = head, .head_length = head_length };
	if (!encoding)
		return BPR_OK;
	if (!bpr_i_encoding_find(encoding, &t->encoding))
		return bpr_i_fault(fault, BPR_EINVAL, BPR_I_I015, 0, encoding, NULL, NULL);
	t->decided = t->encoding == BPR_ENCODING_UTF8 || t->encoding == BPR_ENCODING_CP932 || t->encoding == BPR_ENCODING_UTF16LE ||
		     t->encoding == BPR_ENCODING_UTF16BE;
	return BPR_OK;
}

void bpr_i_log_text_release(struct bpr_log_text *t)
{
	if (t->converter)
		(void)iconv_close(t->converter);
	bpr_i_free(t->out);
	bpr_i_free(t->held);
	*t = (struct bpr_log_text){ 0 };
}

static const char *name_of(enum bpr_encoding encoding)
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

static bool is_wide(enum bpr_encoding encoding)
{
	return encoding == BPR_ENCODING_UTF16LE || encoding == BPR_ENCODING_UTF16BE;
}

/* Byte `at` of the rest is wrong. */
static bpr_status wrong(struct bpr_log_text *t, enum bpr_code_id id, size_t at)
{
	char offset[32], byte[8] = "-";
	size_t line = 0;

	for (size_t i = 0; i < at && !is_wide(t->encoding); i++)
		line += t->rest[i] == '\n';
	(void)bpr_i_num_format(offset, sizeof(offset), (double)(t->offset + at));
	if (at < t->rest_length)
		(void)snprintf(byte, sizeof(byte), "0x%02X", (unsigned)(unsigned char)t->rest[at]);
	return bpr_i_fault(t->fault, BPR_ESYNTAX, id, line, byte, offset, name_of(t->encoding));
}

/* Bytes of the character that begins with this one, in UTF-8; 0 none does. */
static size_t utf8_need(unsigned char lead)
{
	return lead < 0x80 ? 1 : lead < 0xc2 || lead > 0xf4 ? 0 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
}

/* Bytes at the end that begin a character and do not finish it. */
static size_t cut_off(const char *text, size_t length)
{
	for (size_t back = 1; back <= 3 && back <= length; back++) {
		const unsigned char c = (unsigned char)text[length - back];

		if ((c & 0xc0) != 0x80)
			return utf8_need(c) > back ? back : 0;
	}
	return 0;
}

/* More bytes into `rest`; rest_length 0 behind the last. */
static bpr_status fetch(struct bpr_log_text *t)
{
	bpr_status status = BPR_OK;

	if (t->head_length) {
		t->rest = t->head;
		t->rest_length = t->head_length;
		t->head_length = 0;
	} else if (!t->ended) {
		status = t->source->read(t->source->data, &t->rest, &t->rest_length, t->fault);
	}
	if (status)
		t->rest_length = 0;
	t->ended = !t->rest_length;
	return status;
}

static void advance(struct bpr_log_text *t, size_t count)
{
	t->rest += count;
	t->rest_length -= count;
	t->offset += count;
}

static bool all_ascii(const char *text, size_t length)
{
	const uint64_t high = UINT64_C(0x8080808080808080);
	uint64_t any = 0, eight;
	size_t i = 0;

	for (; length - i >= sizeof(eight); i += sizeof(eight)) {
		memcpy(&eight, text + i, sizeof(eight));
		any |= eight;
	}
	for (; i < length; i++)
		any |= (uint64_t)(unsigned char)text[i];
	return !(any & high);
}

static bpr_status set_encoding(struct bpr_log_text *t, enum bpr_encoding encoding)
{
	t->encoding = encoding;
	t->decided = true;
	if (encoding == BPR_ENCODING_EUC_JP || encoding == BPR_ENCODING_ISO_2022_JP)
		return bpr_i_fault(t->fault, BPR_EUNSUPPORTED, BPR_I_I013, 0, name_of(encoding), NULL, NULL);
	return BPR_OK;
}

/* Puts pieces together until there are enough bytes behind the first that is no ASCII, or no more. */
static bpr_status gather(struct bpr_log_text *t)
{
	size_t length = 0, capacity = 0, plain = 0;
	bpr_status status = BPR_OK;

	while (plain < t->rest_length && (unsigned char)t->rest[plain] < 0x80 && t->rest[plain] != 0x1b)
		plain++;
	if (!t->any && t->rest_length < BOM)
		plain = 0;
	if (plain == t->rest_length || t->rest_length - plain >= ENOUGH)
		return BPR_OK;
	while (!status && t->rest_length) {
		const bool enough = length + t->rest_length >= plain + ENOUGH;

		if (!bpr_i_grow(&t->held, &capacity, length + t->rest_length, 1))
			return bpr_i_fault(t->fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
		memcpy(t->held + length, t->rest, t->rest_length);
		length += t->rest_length;
		if (enough)
			break;
		status = fetch(t);
	}
	t->rest = t->held;
	t->rest_length = length;
	return status;
}

/* What the bytes are, as far as they show it. */
static bpr_status decide(struct bpr_log_text *t)
{
	const bool first = !t->any;
	bpr_status status = gather(t);
	size_t length = t->rest_length;

	if (status)
		return status;
	if (first && bpr_i_encoding_has_utf16_bom(t->rest, length))
		return set_encoding(t, bpr_i_encoding_detect(t->rest, length));
	if (t->encoding == BPR_ENCODING_UTF16)
		return set_encoding(t, BPR_ENCODING_UTF16LE);
	if (all_ascii(t->rest, length) && !memchr(t->rest, 0x1b, length))
		return BPR_OK;
	if (length > ENOUGH) /* a character cut at the end says nothing */
		length -= cut_off(t->rest, length);
	t->encoding = bpr_i_encoding_detect(t->rest, length);
	if (t->encoding == BPR_ENCODING_UTF8 && all_ascii(t->rest, length))
		return BPR_OK;
	return set_encoding(t, t->encoding);
}

static void skip_bom(struct bpr_log_text *t)
{
	if (t->any || !t->rest_length)
		return;
	t->any = true;
	if (is_wide(t->encoding) && bpr_i_encoding_has_utf16_bom(t->rest, t->rest_length))
		advance(t, 2);
	else if (!is_wide(t->encoding) && t->rest_length >= 3 && !memcmp(t->rest, "\xef\xbb\xbf", 3))
		advance(t, 3);
}

/* A character that began in the piece before, and ends in this one. */
static bpr_status finish_character(struct bpr_log_text *t, const char **piece, size_t *length)
{
	const size_t need = utf8_need((unsigned char)t->kept[0]);
	size_t taken = 0;

	while (t->kept_length < need) {
		if (taken == t->rest_length) {
			bpr_status status;

			advance(t, taken);
			taken = 0;
			status = fetch(t);
			if (status)
				return status;
			if (!t->rest_length)
				return wrong(t, BPR_I_I011, 0);
		}
		t->kept[t->kept_length++] = t->rest[taken++];
	}
	if (bpr_i_utf8_invalid(t->kept, need) != BPR_NONE)
		return wrong(t, BPR_I_I010, 0);
	advance(t, taken);
	memcpy(t->whole, t->kept, need);
	t->kept_length = 0;
	*piece = t->whole;
	*length = need;
	return BPR_OK;
}

static bpr_status give_utf8(struct bpr_log_text *t, const char **piece, size_t *length)
{
	size_t cut, bad;
	const char *nul;

	if (t->kept_length)
		return finish_character(t, piece, length);
	cut = cut_off(t->rest, t->rest_length);
	nul = memchr(t->rest, '\0', t->rest_length);
	if (nul)
		return wrong(t, BPR_I_I012, (size_t)(nul - t->rest));
	bad = bpr_i_utf8_invalid(t->rest, t->rest_length - cut);
	if (bad != BPR_NONE)
		return wrong(t, BPR_I_I010, bad);
	*piece = t->rest;
	*length = t->rest_length - cut;
	memcpy(t->kept, t->rest + *length, cut);
	t->kept_length = cut;
	advance(t, t->rest_length);
	return BPR_OK;
}

static bool open_converter(struct bpr_log_text *t)
{
	iconv_t cd = t->converter ? (iconv_t)t->converter : iconv_open("UTF-8", name_of(t->encoding));

	if (cd == (iconv_t)-1) {
		(void)bpr_i_fault(t->fault, BPR_EUNSUPPORTED, BPR_I_I014, 0, name_of(t->encoding), NULL, NULL);
		return false;
	}
	t->converter = cd;
	if (!t->out && !(t->out = bpr_i_calloc(OUT, 1))) {
		(void)bpr_i_fault(t->fault, BPR_ENOMEM, BPR_I_I001, 0, NULL, NULL, NULL);
		return false;
	}
	return true;
}

/* From `from` into what is free of `out`; 0, or the error number of iconv(). */
static int convert(struct bpr_log_text *t, const char *from, size_t length, size_t *used, size_t *made)
{
	union { const char *read_only; char *iconv; } in = { .read_only = from }; /* POSIX forgot the const */
	char *to = t->out + *made;
	size_t left = length, room = OUT - *made;
	int error = iconv(t->converter, &in.iconv, &left, &to, &room) == (size_t)-1 ? errno : 0;

	*used = length - left;
	*made = OUT - room;
	return error;
}

static bpr_status give_converted(struct bpr_log_text *t, const char **piece, size_t *length)
{
	size_t used, made = 0;
	int error = 0;

	if (!open_converter(t))
		return t->fault->status;
	while (t->kept_length && t->rest_length) { /* a character that began in the piece before */
		t->kept[t->kept_length++] = *t->rest;
		advance(t, 1);
		error = convert(t, t->kept, t->kept_length, &used, &made);
		if (error != EINVAL)
			t->kept_length = 0;
		else if (t->kept_length == sizeof(t->kept))
			error = EILSEQ;
		if (error && error != EINVAL)
			return wrong(t, BPR_I_I010, 0);
	}
	error = convert(t, t->rest, t->rest_length, &used, &made);
	advance(t, used);
	if (error == EINVAL && t->rest_length < sizeof(t->kept) - 1) {
		memcpy(t->kept, t->rest, t->rest_length);
		t->kept_length = t->rest_length;
		advance(t, t->rest_length);
	} else if (error && error != E2BIG) {
		return wrong(t, BPR_I_I010, 0);
	}
	if (memchr(t->out, '\0', made))
		return wrong(t, BPR_I_I012, 0);
	*piece = t->out;
	*length = made;
	return BPR_OK;
}

/* Nearly every piece of many a log, whatever its encoding. */
static bool is_plain(const struct bpr_log_text *t)
{
	return !t->kept_length && !is_wide(t->encoding) && t->encoding != BPR_ENCODING_UTF16 && all_ascii(t->rest, t->rest_length) &&
	       (t->decided || !memchr(t->rest, 0x1b, t->rest_length)) && !memchr(t->rest, '\0', t->rest_length);
}

bpr_status bpr_i_log_text_next(struct bpr_log_text *t, const char **piece, size_t *length)
{
	bpr_status status = BPR_OK;

	*length = 0;
	while (!status && !*length) {
		if (!t->rest_length) {
			status = fetch(t);
			if (!status && !t->rest_length)
				return t->kept_length ? wrong(t, BPR_I_I011, 0) : BPR_OK;
		}
		if (!status && is_plain(t)) {
			*piece = t->rest;
			*length = t->rest_length;
			t->any = true;
			advance(t, t->rest_length);
			break;
		}
		if (!status && !t->decided)
			status = decide(t);
		if (status)
			break;
		skip_bom(t);
		if (t->encoding == BPR_ENCODING_CP932 || is_wide(t->encoding))
			status = give_converted(t, piece, length);
		else
			status = give_utf8(t, piece, length);
	}
	if (status)
		*length = 0;
	return status;
}

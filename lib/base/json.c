/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON writer; see json_i.h. */
#include "config.h"
#include "base/json_i.h"
#include "base/utf8_i.h"
#include <math.h>
#include <string.h>
#include <unictype.h>

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

static unsigned lines(const struct bpr_json *json)
{
	return json->lines ? json->lines : 2;
}

static void new_line(struct bpr_json *json)
{
	bpr_i_buf_putc(json->out, '\n');
	bpr_i_buf_pad(json->out, ' ', 2 * (size_t)json->depth);
}

/* Everything in front of a value. */
static void before(struct bpr_json *json, const char *name)
{
	bool *used = &json->used[json->depth];

	if (*used)
		bpr_i_buf_putc(json->out, ',');
	if (json->depth && json->depth <= lines(json))
		new_line(json);
	else if (*used)
		bpr_i_buf_putc(json->out, ' ');
	*used = true;
	if (name) {
		bpr_i_escape_json(json->out, name, strlen(name));
		bpr_i_buf_puts(json->out, ": ");
	}
}

static void open_level(struct bpr_json *json, const char *name, char bracket)
{
	before(json, name);
	bpr_i_buf_putc(json->out, bracket);
	if (json->depth + 1 < BPR_JSON_DEPTH)
		json->depth++;
	else
		json->out->failed = BPR_ELIMIT; /* a fault of ours: nothing nests so deep */
	json->used[json->depth] = false;
}

static void close_level(struct bpr_json *json, char bracket)
{
	bool used = json->used[json->depth];

	json->depth--;
	if (used && json->depth < lines(json))
		new_line(json);
	bpr_i_buf_putc(json->out, bracket);
}

void bpr_i_json_object(struct bpr_json *json, const char *name)
{
	open_level(json, name, '{');
}

void bpr_i_json_end_object(struct bpr_json *json)
{
	close_level(json, '}');
}

void bpr_i_json_array(struct bpr_json *json, const char *name)
{
	open_level(json, name, '[');
}

void bpr_i_json_end_array(struct bpr_json *json)
{
	close_level(json, ']');
}

void bpr_i_json_string(struct bpr_json *json, const char *name, const char *text)
{
	before(json, name);
	if (text)
		bpr_i_escape_json(json->out, text, strlen(text));
	else
		bpr_i_buf_puts(json->out, "null");
}

void bpr_i_json_number(struct bpr_json *json, const char *name, double x)
{
	before(json, name);
	if (!isfinite(x))
		bpr_i_buf_puts(json->out, "null");
	else
		bpr_i_buf_number(json->out, x < 0 || x > 0 ? x : 0); /* no -0 */
}

void bpr_i_json_raw(struct bpr_json *json, const char *name, const char *digits, size_t length)
{
	before(json, name);
	bpr_i_buf_add(json->out, digits, length);
}

void bpr_i_json_whole(struct bpr_json *json, const char *name, unsigned long long n)
{
	char digits[24];
	size_t at = sizeof(digits);

	before(json, name);
	do {
		digits[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n);
	bpr_i_buf_add(json->out, digits + at, sizeof(digits) - at);
}

void bpr_i_json_bool(struct bpr_json *json, const char *name, bool yes)
{
	before(json, name);
	bpr_i_buf_puts(json->out, yes ? "true" : "false");
}

void bpr_i_json_null(struct bpr_json *json, const char *name)
{
	before(json, name);
	bpr_i_buf_puts(json->out, "null");
}

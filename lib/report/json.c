/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON writer; see json_i.h. */
#include "config.h"
#include "report/json_i.h"
#include "report/render_i.h"
#include <math.h>
#include <string.h>

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
	if (json->depth && json->depth <= 2)
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
	if (used && json->depth < 2)
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

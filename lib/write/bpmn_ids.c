/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ids of XML: of ASCII letters, digits, '-', '_' and '.', with a letter or '_' first. XML allows more, but engines and
 * modellers differ in what they take; the model's id stands beside it as bpr:id where it is another one.
 */
#include "config.h"
#include "write/model_i.h"
#include <string.h>

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_id_char(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

bool bpr_i_model_is_id(const char *text)
{
	size_t n = 0;

	while (is_id_char(text[n]))
		n++;
	return n && !text[n] && is_letter(*text);
}

/* What of the text can stand in an id; false where nothing of it tells anything. */
static bool plain(struct bpr_buf *buf, const char *text)
{
	bool tells = false;

	if (!is_letter(*text))
		bpr_i_buf_putc(buf, '_');
	for (; *text; text++) {
		bool fits = is_id_char(*text);

		tells |= fits && *text != '_' && *text != '-' && *text != '.';
		if (fits || (buf->length && buf->data[buf->length - 1] != '_'))
			bpr_i_buf_putc(buf, fits ? *text : '_');
	}
	return tells;
}

static const char *take(struct model *m, const char *text, size_t length)
{
	const char *kept = bpr_i_arena_strndup(&m->arena, text, length);

	if (!kept || bpr_i_names_add(&m->ids, kept, length, NULL) == BPR_NONE) {
		m->nomem = true;
		return "";
	}
	return kept;
}

const char *bpr_i_model_id(struct model *m, const char *wanted, const char *otherwise)
{
	struct bpr_buf buf = BPR_BUF_INIT;
	const char *id = "";
	size_t stem;

	if (wanted && bpr_i_model_is_id(wanted) && bpr_i_names_find(&m->ids, wanted, strlen(wanted)) == BPR_NONE)
		return take(m, wanted, strlen(wanted));
	if (!wanted || !plain(&buf, wanted)) {
		bpr_i_buf_clear(&buf);
		bpr_i_buf_puts(&buf, otherwise);
		bpr_i_buf_puts(&buf, "_1");
	}
	stem = buf.length;
	if (stem > 2 && !strcmp(buf.data + stem - 2, "_1"))
		stem -= 2;
	for (size_t i = 2; !buf.failed && bpr_i_names_find(&m->ids, buf.data, buf.length) != BPR_NONE; i++) {
		buf.length = stem;
		bpr_i_buf_printf(&buf, "_%zu", i);
	}
	if (!buf.failed)
		id = take(m, buf.data, buf.length);
	m->nomem |= buf.failed != BPR_OK;
	bpr_i_buf_release(&buf);
	return id;
}

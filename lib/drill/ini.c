/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "drill/ini_i.h"
#include "base/buf_i.h"
#include "base/encoding_i.h"
#include "base/utf8_i.h"
#include <string.h>

struct state {
	struct bpr_ini *ini;
	const char *file;
	bpr_problems *problems;
	const char *section;
	struct bpr_buf value;   /* of the last entry, which may go on */
	bool open, failed, nomem;
};

static void note(struct state *s, enum bpr_code_id id, size_t line, const char *text, size_t length)
{
	const struct bpr_place place = { s->file, line, 0, NULL };
	struct bpr_buf shown = BPR_BUF_INIT;

	bpr_i_buf_add(&shown, text, bpr_i_utf8_cut(text, length, 40, BPR_LANG_EN));
	s->nomem |= shown.failed || (!bpr_i_problem(s->problems, id, &place, false, shown.data ? shown.data : "", NULL, NULL, NULL) && s->problems);
	bpr_i_buf_release(&shown);
	s->failed = true;
}

static void close_value(struct state *s)
{
	if (!s->open)
		return;
	s->open = false;
	s->ini->items[s->ini->count - 1].value = bpr_i_arena_strndup(&s->ini->arena, s->value.data ? s->value.data : "", s->value.length);
	s->nomem |= s->value.failed || !s->ini->items[s->ini->count - 1].value;
	bpr_i_buf_clear(&s->value);
}

static void take_entry(struct state *s, const char *text, size_t length, size_t line)
{
	const char *equals = memchr(text, '=', length);
	const char *key = text, *value = equals ? equals + 1 : NULL;
	size_t n = equals ? bpr_i_utf8_trim(&key, (size_t)(equals - text)) : 0;
	struct bpr_ini *ini = s->ini;

	if (!n || !s->section) {
		note(s, n ? BPR_I_N101 : BPR_I_N100, line, text, length);
		return;
	}
	if (!bpr_i_grow(&ini->items, &ini->capacity, ini->count + 1, sizeof(*ini->items))) {
		s->nomem = true;
		return;
	}
	ini->items[ini->count] = (struct bpr_ini_entry){ s->section, bpr_i_arena_strndup(&ini->arena, key, n), "", line };
	s->nomem |= !ini->items[ini->count++].key;
	n = bpr_i_utf8_trim(&value, length - (size_t)(value - text));
	bpr_i_buf_add(&s->value, value, n);
	s->open = true;
}

static void take_line(struct state *s, const char *text, size_t length, size_t line)
{
	const bool goes_on = length && (*text == ' ' || *text == '\t');
	size_t n = bpr_i_utf8_trim(&text, length);

	if (n && goes_on && s->open) {
		bpr_i_buf_putc(&s->value, '\n');
		bpr_i_buf_add(&s->value, text, n);
		return;
	}
	if (!n || *text == '#' || *text == ';')
		return;
	close_value(s);
	if (*text == '[' && text[n - 1] == ']') {
		text++;
		n = bpr_i_utf8_trim(&text, n - 2);
		s->section = bpr_i_arena_strndup(&s->ini->arena, text, n);
		s->nomem |= !s->section;
		return;
	}
	take_entry(s, text, n, line);
}

bpr_status bpr_i_ini_read(struct bpr_ini *out, const char *file, const char *text, size_t length, bpr_problems *problems)
{
	struct state s = { .ini = out, .file = file, .problems = problems, .value = BPR_BUF_INIT };
	struct bpr_decoded decoded = { NULL, 0, NULL };
	struct bpr_fault fault;
	size_t line = 0;
	bpr_status status = bpr_i_decode(text, length, BPR_ENCODING_AUTO, &decoded, &fault);

	*out = (struct bpr_ini){ .count = 0 };
	if (status == BPR_ENOMEM)
		return status;
	if (status) {
		const struct bpr_place place = { file, fault.line, fault.column, NULL };

		s.nomem = !bpr_i_problem(problems, fault.id, &place, false, fault.args[0], fault.args[1], fault.args[2], NULL) && problems;
		s.failed = true;
	}
	for (size_t at = 0; !s.failed && at < decoded.length && !s.nomem;) {
		const char *end = memchr(decoded.text + at, '\n', decoded.length - at);
		const size_t n = end ? (size_t)(end - decoded.text) - at : decoded.length - at;

		take_line(&s, decoded.text + at, n, ++line);
		at += n + 1;
	}
	close_value(&s);
	bpr_i_buf_release(&s.value);
	bpr_i_free(decoded.owned);
	return s.nomem ? BPR_ENOMEM : s.failed ? BPR_ESYNTAX : BPR_OK;
}

void bpr_i_ini_release(struct bpr_ini *ini)
{
	bpr_i_arena_release(&ini->arena);
	bpr_i_free(ini->items);
	*ini = (struct bpr_ini){ .count = 0 };
}

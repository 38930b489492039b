/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levers as a CSV table that is read back as it was: one row an action, what a lever says once in its first row. */
#include "config.h"
#include "base/utf8_i.h"
#include "improve/lever_column_i.h"
#include "improve/lever_i.h"
#include <math.h>
#include <string.h>

enum { LONGEST = 1 << 24 };

static bool is_repeat_mark(const char *text)
{
	return !strcmp(text, "〃") || !strcmp(text, "同上") || !strcmp(text, "々") || !strcmp(text, "仝");
}

/* What a spreadsheet would compute, and what the reader would take for more than a text, gets an apostrophe, which the reader takes off. */
static void put_cell(struct bpr_buf *out, const char *text)
{
	const bool quote = strpbrk(text, ",\"\r\n\t") != NULL;

	if (quote)
		bpr_i_buf_putc(out, '"');
	if (bpr_i_utf8_formula(text, strlen(text)) || is_repeat_mark(text))
		bpr_i_buf_putc(out, '\'');
	for (const char *s = text; *s; s++) {
		if (*s == '"')
			bpr_i_buf_putc(out, '"');
		bpr_i_buf_putc(out, *s);
	}
	if (quote)
		bpr_i_buf_putc(out, '"');
}

static void put_word(struct bpr_buf *out, const char *key, const char *words, enum bpr_lang lang)
{
	if (lang == BPR_LANG_JA)
		bpr_i_buf_add(out, words, strcspn(words, "|"));
	else
		bpr_i_buf_puts(out, key);
}

static void put_number(struct bpr_buf *out, double x)
{
	if (isfinite(x))
		bpr_i_buf_number(out, x);
}

/* Ids; of levers that are not written nothing is said. */
static void put_ids(struct bpr_buf *out, const bpr_levers *levers, const bool *chosen, const size_t *list, size_t count)
{
	struct bpr_buf text = BPR_BUF_MAX(LONGEST);

	for (size_t i = 0; i < count; i++) {
		if (list[i] >= levers->count || (chosen && !chosen[list[i]]))
			continue;
		bpr_i_buf_puts(&text, text.length ? ";" : "");
		bpr_i_buf_puts(&text, levers->items[list[i]].id);
	}
	if (text.length && !text.failed)
		put_cell(out, text.data);
	if (text.failed)
		out->failed = text.failed;
	bpr_i_buf_release(&text);
}

static void put_once(struct bpr_buf *out, const bpr_levers *levers, const bool *chosen, const struct bpr_lever *lever, enum lever_column column)
{
	switch ((int)column) {
	case LEVER_NAME: put_cell(out, lever->name); break;
	case LEVER_COST: put_number(out, lever->cost); break;
	case LEVER_YEARLY: put_number(out, lever->yearly_cost); break;
	case LEVER_DAYS: put_number(out, lever->effort_days); break;
	case LEVER_EASE: put_number(out, lever->ease); break;
	case LEVER_NEEDS: put_ids(out, levers, chosen, lever->needs, lever->need_count); break;
	case LEVER_EXCLUDES: put_ids(out, levers, chosen, lever->excludes, lever->exclude_count); break;
	case LEVER_YEAR:
		if (lever->year)
			bpr_i_buf_printf(out, "%d", lever->year);
		break;
	case LEVER_FINDING: put_cell(out, lever->finding); break;
	case LEVER_WHERE: put_cell(out, lever->where); break;
	case LEVER_NOTE: put_cell(out, lever->note); break;
	default: break;
	}
}

static void put_row(struct bpr_buf *out, const bpr_levers *levers, const bool *chosen, const struct bpr_lever *lever, size_t action, enum bpr_lang lang)
{
	const struct bpr_lever_kind_info *info = bpr_lever_kind_get(lever->actions[action].kind);

	for (size_t c = 0; c < LEVER_COLUMNS; c++) {
		if (c)
			bpr_i_buf_putc(out, ',');
		if (c == LEVER_ID)
			put_cell(out, lever->id);
		else if (c == LEVER_KIND)
			put_word(out, info->key, info->words, lang);
		else if (c == LEVER_TARGET)
			put_cell(out, lever->actions[action].target);
		else if (c == LEVER_VALUE)
			put_cell(out, lever->actions[action].value);
		else if (!action)
			put_once(out, levers, chosen, lever, (enum lever_column)c);
	}
	bpr_i_buf_putc(out, '\n');
}

bpr_status bpr_levers_write(const bpr_levers *levers, const bool *chosen, enum bpr_lang lang, char **out, size_t *length, struct bpr_error *err)
{
	struct bpr_buf text = BPR_BUF_MAX(LONGEST);

	*out = NULL;
	*length = 0;
	for (size_t c = 0; c < LEVER_COLUMNS; c++) {
		bpr_i_buf_puts(&text, c ? "," : "");
		put_word(&text, bpr_i_lever_columns[c].key, bpr_i_lever_columns[c].headings, lang);
	}
	bpr_i_buf_putc(&text, '\n');
	for (size_t i = 0; i < levers->count; i++)
		for (size_t k = 0; k < levers->items[i].action_count && (!chosen || chosen[i]); k++)
			put_row(&text, levers, chosen, &levers->items[i], k, lang);
	if (text.failed) {
		const bool limit = text.failed == BPR_ELIMIT;

		bpr_i_buf_release(&text);
		return limit ? bpr_i_fail(err, BPR_ELIMIT, BPR_I_K014, NULL, 0, NULL, NULL) : bpr_i_nomem(err);
	}
	*length = text.length;
	*out = bpr_i_buf_take(&text);
	return *out ? BPR_OK : bpr_i_nomem(err);
}

void bpr_levers_text_free(char *text)
{
	bpr_i_free(text);
}

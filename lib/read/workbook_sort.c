/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the name of a sheet says: 業務フロー, 様式, 転入.様式, 窓口（転入）, counters, move-in_staff. */
#include "config.h"
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include "base/utf8_i.h"
#include "read/workbook_i.h"
#include <string.h>

/* Bytes of what stands between a flow's name and a table's at the text, or 0. */
static size_t separator(const char *text)
{
	static const char *const marks[] = { ".", "_", "-", " ", "．", "＿", "－", "・", "　" };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (!strncmp(text, marks[i], strlen(marks[i])))
			return strlen(marks[i]);
	return 0;
}

/* NAME(TABLE) or TABLE(NAME): where the bracket opens, and what is in it. */
static bool bracket(const char *title, size_t *open, const char **inside, size_t *inside_length)
{
	static const struct { const char *open, *close; } pairs[] = { { "(", ")" }, { "（", "）" }, { "【", "】" } };
	size_t length = strlen(title);

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		size_t n = strlen(pairs[i].open), m = strlen(pairs[i].close);
		const char *at = strstr(title, pairs[i].open);

		if (!at || at == title || length < m || strcmp(title + length - m, pairs[i].close) != 0 || at + n + m >= title + length)
			continue;
		*open = (size_t)(at - title);
		*inside = at + n;
		*inside_length = length - m - (size_t)(*inside - title);
		return true;
	}
	return false;
}

struct said { enum bpr_table table; const char *name; size_t length; };

static struct said what_title_says(const char *title)
{
	size_t length = strlen(title);
	struct said said = { bpr_i_table_find(title, length), "", 0 };
	const char *inside;
	size_t open, n;

	/* 窓口(転入) folds to 窓口, as headings do. */
	if (bracket(title, &open, &inside, &n)) {
		said.table = bpr_i_table_find(title, open);
		if (said.table != BPR_TABLE_COUNT)
			return (struct said){ said.table, inside, n };
		said.table = bpr_i_table_find(inside, n);
		if (said.table != BPR_TABLE_COUNT)
			return (struct said){ said.table, title, open };
	}
	if (said.table != BPR_TABLE_COUNT)
		return said;
	for (size_t at = length; at > 1; at--) {
		n = separator(title + at - 1);
		if (!n)
			continue;
		said.table = bpr_i_table_find(title + at - 1 + n, length - (at - 1) - n);
		if (said.table != BPR_TABLE_COUNT)
			return (struct said){ said.table, title, at - 1 };
	}
	return said;
}

/* 記入例, example.forms: sheets that only show how. */
static bool is_example(const struct bpr_workbook_sheet *sheet)
{
	static const char *const words[] = { "記入例", "例", "example" };
	const char *name = sheet->table == BPR_TABLE_COUNT || sheet->table == BPR_TABLE_FLOW ? sheet->id : sheet->owner;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(name, words[i]))
			return true;
	return false;
}

static bool add(struct bpr_workbook *w, size_t i)
{
	struct bpr_workbook_sheet *sheet = &w->sheets[i];
	struct bpr_buf file = BPR_BUF_INIT;
	struct said said;
	bool hidden;

	sheet->title = bpr_i_xlsx_name(w->book, i, &hidden);
	sheet->text.text = (struct bpr_buf)BPR_BUF_INIT;
	bpr_i_buf_puts(&file, w->reader->name);
	bpr_i_buf_putc(&file, '!');
	bpr_i_buf_puts(&file, sheet->title);
	sheet->file = bpr_i_buf_take(&file);
	said = what_title_says(sheet->title);
	sheet->table = said.table;
	sheet->use = hidden ? BPR_SHEET_HIDDEN : said.table == BPR_TABLE_COUNT ? BPR_SHEET_UNUSED : BPR_SHEET_TABLE;
	sheet->owner = said.table == BPR_TABLE_FLOW ? "" : bpr_i_arena_strndup(&w->arena, said.name, said.length);
	sheet->id = said.table == BPR_TABLE_FLOW && said.length ? bpr_i_arena_strndup(&w->arena, said.name, said.length) : sheet->title;
	sheet->example = sheet->owner && sheet->id && is_example(sheet);
	return sheet->file && sheet->owner && sheet->id;
}

/* Two sheets for one table: which one counts? */
static void note_twins(struct bpr_workbook *w, size_t i)
{
	const struct bpr_place place = { .file = w->sheets[i].file };

	for (size_t k = 0; k < i; k++)
		if (w->sheets[i].use == BPR_SHEET_TABLE && w->sheets[k].use == BPR_SHEET_TABLE && w->sheets[i].table == w->sheets[k].table &&
		    w->sheets[i].table != BPR_TABLE_FLOW && !strcmp(w->sheets[i].owner, w->sheets[k].owner))
			bpr_i_reader_note(w->reader, BPR_I_T055, &place, w->sheets[k].title, w->sheets[i].title,
					  bpr_i_table_name(w->sheets[i].table));
}

bpr_status bpr_i_workbook_sort(struct bpr_workbook *w)
{
	size_t count = bpr_i_xlsx_count(w->book);

	w->sheets = bpr_i_calloc(count, sizeof(*w->sheets));
	if (!w->sheets)
		return bpr_i_nomem(w->reader->err);
	for (w->count = 0; w->count < count; w->count++)
		if (!add(w, w->count)) {
			w->count++;
			return bpr_i_nomem(w->reader->err);
		}
	for (size_t i = 1; i < count; i++)
		note_twins(w, i);
	return bpr_i_reader_status(w->reader);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The row of headings. Offices put titles, dates and remarks above it, so it is the row that names most columns; a
 * row of data hardly ever does.
 */
#include "config.h"
#include "read/heading_i.h"
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include "base/record_i.h"
#include "base/text_i.h"
#include "base/utf8_i.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Longer headings are no columns and are cut; no more than the first megabytes and cells are searched. */
enum { LONGEST_HEADING = 400, LONGEST_TITLE = 1 << 16, LONGEST_LIST = 190, WIDEST = 1000, SEARCHED = 4 << 20 };

static const struct bpr_column demand_key = { "key", "", "", "", 0 };
static const struct bpr_column demand_value = { "value", "", "", "", 0 };

const struct bpr_column *bpr_i_demand_column(bool value)
{
	return value ? &demand_value : &demand_key;
}

static const struct bpr_column *find_column(enum bpr_table table, const char *text, size_t length)
{
	if (!length || length > LONGEST_HEADING)
		return NULL;
	if (table == BPR_TABLE_DEMAND) {
		int which = bpr_i_demand_heading(text, length);

		return which ? bpr_i_demand_column(which == 2) : NULL;
	}
	return bpr_i_column_find(table, text, length);
}

static const struct bpr_column *key_column(enum bpr_table table)
{
	size_t count;

	return table == BPR_TABLE_DEMAND ? &demand_key : bpr_i_columns(table, &count);
}

struct search {
	enum bpr_table table;
	char delimiter;
	struct bpr_headings *best;
	char title[LONGEST_TITLE + 1]; /* of the parse under way */
	bool nomem;
};

/* Columns that the row names, each once; *key tells whether its key is among them. */
static size_t count_known(enum bpr_table table, const struct bpr_csv_row *row, bool *key)
{
	const struct bpr_column *seen[64];
	size_t known = 0;

	*key = false;
	for (size_t i = 0; i < row->count && i < WIDEST && known < sizeof(seen) / sizeof(seen[0]); i++) {
		const struct bpr_column *column = find_column(table, row->cells[i].text, row->cells[i].length);
		size_t k = 0;

		while (k < known && seen[k] != column)
			k++;
		if (!column || k < known)
			continue;
		seen[known++] = column;
		*key |= column == key_column(table);
	}
	return known;
}

/* 処理時間(時間), wait [s]: what bare numbers below it are. */
static const char *heading_unit(const struct bpr_heading *item)
{
	static const struct { const char *written, *unit; } units[] = {
		{ "時間", "時間" }, { "時", "時間" }, { "h", "h" }, { "hr", "h" }, { "hour", "h" }, { "hours", "h" },
		{ "秒", "秒" }, { "s", "s" }, { "sec", "s" }, { "second", "s" }, { "seconds", "s" },
		{ "日", "日" }, { "d", "d" }, { "day", "d" }, { "days", "d" }, { "営業日", "営業日" },
	};
	struct bpr_buf folded = BPR_BUF_INIT;
	const char *unit = NULL;
	size_t open;

	if (strcmp(item->column->key, "work") != 0 && strcmp(item->column->key, "wait") != 0)
		return NULL;
	bpr_i_utf8_fold(&folded, item->text, item->length);
	if (!folded.failed && folded.length > 2 && strchr(")]", folded.data[folded.length - 1])) {
		for (open = folded.length - 1; open && !strchr("([", folded.data[open]); open--)
			;
		folded.data[folded.length - 1] = '\0';
		for (size_t i = 0; i < sizeof(units) / sizeof(units[0]) && !unit; i++)
			if (!strcasecmp(folded.data + open + 1, units[i].written))
				unit = units[i].unit;
	}
	bpr_i_buf_release(&folded);
	return unit;
}

/* Keeps the row as the best so far. */
static bool keep_row(struct search *s, const struct bpr_csv_row *row)
{
	struct bpr_headings *h = s->best;

	bpr_i_headings_release(h);
	*h = (struct bpr_headings){ .delimiter = s->delimiter, .row = row->index, .line = row->line, .key = BPR_NONE };
	h->title = bpr_i_arena_strdup(&h->arena, s->title);
	h->items = bpr_i_arena_alloc(&h->arena, row->count, sizeof(*h->items));
	if (!h->items || !h->title)
		return false;
	for (size_t i = 0; i < row->count; i++) {
		struct bpr_heading *item = &h->items[i];
		const char *text = row->cells[i].text;
		size_t length = bpr_i_utf8_trim(&text, row->cells[i].length);
		size_t k = 0;

		item->whole = length <= LONGEST_HEADING;
		while (length > LONGEST_HEADING || (!item->whole && length && ((unsigned char)text[length] & 0xc0) == 0x80))
			length--;
		item->text = bpr_i_arena_strndup(&h->arena, text, length);
		item->length = length;
		if (!item->text)
			return false;
		if (length)
			h->count = i + 1;
		item->column = item->whole ? find_column(s->table, text, length) : NULL;
		while (k < i && h->items[k].column != item->column)
			k++;
		if (!item->column)
			continue;
		if (k < i) {
			item->column = NULL; /* the first heading of a column is the one that counts */
			continue;
		}
		h->known++;
		item->unit = heading_unit(item);
		if (item->column == key_column(s->table))
			h->key = i;
	}
	return true;
}

/* The text that stands alone in the first row, "" where there are several. */
static void keep_title(struct search *s, const struct bpr_csv_row *row)
{
	const struct bpr_csv_cell *only = NULL;

	s->title[0] = '\0';
	for (size_t i = 0; i < row->count; i++) {
		if (!row->cells[i].length)
			continue;
		if (only)
			return;
		only = &row->cells[i];
	}
	if (only && only->length <= LONGEST_TITLE) {
		size_t guard = *only->text == '\''; /* see rows.c */

		memcpy(s->title, only->text + guard, only->length - guard);
		s->title[only->length - guard] = '\0';
	}
}

/*
 * Several columns go before a single one (which may be a remark above the table), the key before none, then the
 * number of columns counts.
 */
static size_t rank(size_t known, bool key)
{
	return known ? known + (key ? 500u : 0) + (known > 1 ? 1000u : 0) : 0;
}

static enum bpr_csv_next consider(void *data, const struct bpr_csv_row *row)
{
	struct search *s = data;
	bool key;
	size_t known = count_known(s->table, row, &key);
	bool better = rank(known, key) > rank(s->best->known, s->best->key != BPR_NONE);

	if (!row->index)
		s->title[0] = '\0';
	if (better && !keep_row(s, row)) {
		s->nomem = true;
		return BPR_CSV_STOP;
	}
	if (!row->index)
		keep_title(s, row);
	return row->index + 1 < BPR_I_HEADING_ROWS ? BPR_CSV_DROP : BPR_CSV_STOP;
}

bpr_status bpr_i_headings_find(struct bpr_headings *out, enum bpr_table table, const char *text, size_t length)
{
	static const char of_csv[] = ",\t;", of_sheet[] = { BPR_I_UNIT, '\0' };
	const char *const delimiters = length && *text == BPR_I_RECORD ? of_sheet : of_csv;
	struct search s = { .table = table, .best = out };

	*out = (struct bpr_headings){ .key = BPR_NONE, .delimiter = ',', .title = "" };
	for (const char *d = delimiters; *d; d++) {
		/* Faults of the rows are found again, and told, when the table is read with the delimiter chosen. */
		const struct bpr_csv_options options = { *d, (size_t)1 << 20, BPR_I_MAX_CELLS };
		struct bpr_fault ignored;

		s.delimiter = *d;
		if (bpr_i_csv_parse(text, length < SEARCHED ? length : SEARCHED, &options, consider, &s, &ignored) == BPR_ENOMEM || s.nomem)
			return BPR_ENOMEM;
	}
	return BPR_OK;
}

void bpr_i_headings_release(struct bpr_headings *headings)
{
	bpr_i_arena_release(&headings->arena);
	*headings = (struct bpr_headings){ .key = BPR_NONE, .delimiter = ',', .title = "" };
}

/* ---- what is said about it ---- */

/* Appends a text to a list, as long as there is room. */
static void list_add(char *list, size_t size, const char *text, size_t length)
{
	size_t used = strlen(list);
	size_t room = size - used;

	length = bpr_i_utf8_cut(text, length, 24, BPR_LANG_EN);
	if (room < length + sizeof(",  …")) {
		if (used && room > sizeof(" …") && strcmp(list + used - strlen("…"), "…") != 0)
			(void)snprintf(list + used, room, " …");
		return;
	}
	(void)snprintf(list + used, room, "%s%.*s", used ? ", " : "", (int)length, text);
}

/* "id", "ID", "番号" …: what a column may be called. */
static void list_names(char *list, size_t size, const struct bpr_column *column)
{
	list_add(list, size, column->key, strlen(column->key));
	for (const char *s = column->headings; *s;) {
		size_t n = strcspn(s, "|");

		list_add(list, size, s, n);
		s += n + (s[n] == '|');
	}
}

static bool is_companion_name(const struct bpr_reader *reader, enum bpr_table *table)
{
	const char *stem;
	size_t length = bpr_i_reader_stem(reader, &stem);

	for (int t = BPR_TABLE_FLOW + 1; t < BPR_TABLE_COUNT; t++) {
		const char *name = bpr_i_table_name((enum bpr_table)t);
		size_t n = strlen(name);

		if (length > n && stem[length - n - 1] == '.' && !memcmp(stem + length - n, name, n)) {
			*table = (enum bpr_table)t;
			return true;
		}
	}
	return false;
}

static bool check_key(struct bpr_reader *reader, const struct bpr_headings *h, enum bpr_table table, const char *file)
{
	struct bpr_place place = { .file = file, .line = h->line, .where = key_column(table)->key };
	char found[LONGEST_LIST] = "";
	char expected[LONGEST_LIST] = "";
	enum bpr_table other;

	if (h->key != BPR_NONE && (table != BPR_TABLE_DEMAND || h->known == 2))
		return true;
	if (table == BPR_TABLE_FLOW && is_companion_name(reader, &other)) {
		place.where = NULL;
		bpr_i_reader_note(reader, BPR_I_T018, &place, bpr_i_table_name(other), NULL, NULL);
		return false;
	}
	if (table == BPR_TABLE_DEMAND)
		(void)snprintf(expected, sizeof(expected), "key (項目), value (値)");
	else
		list_names(expected, sizeof(expected), key_column(table));
	for (size_t i = 0; i < h->count; i++)
		if (h->items[i].length)
			list_add(found, sizeof(found), h->items[i].text, h->items[i].length);
	if (!h->line) {
		place.where = NULL;
		bpr_i_reader_note(reader, BPR_I_T010, &place, expected, NULL, NULL);
		return false;
	}
	bpr_i_reader_note(reader, BPR_I_T011, &place, h->key == BPR_NONE ? key_column(table)->key : "value", expected, found);
	return false;
}

/* The heading that named the column of item i first, or NULL. */
static const struct bpr_heading *first_of(const struct bpr_headings *h, enum bpr_table table, size_t i)
{
	const struct bpr_column *column = find_column(table, h->items[i].text, h->items[i].length);

	for (size_t k = 0; column && k < i; k++)
		if (h->items[k].column == column)
			return &h->items[k];
	return NULL;
}

bool bpr_i_headings_check(struct bpr_reader *reader, const struct bpr_headings *headings, enum bpr_table table,
			  const char *file, bool quiet)
{
	struct bpr_place place = { .file = file, .line = headings->line };
	char unknown[LONGEST_LIST] = "";

	if (!check_key(reader, headings, table, file))
		return false;
	for (size_t i = 0; i < headings->count && !quiet; i++) {
		const struct bpr_heading *item = &headings->items[i];
		const struct bpr_heading *first;

		place.column = i + 1;
		place.where = item->text;
		if (item->unit)
			bpr_i_reader_note(reader, BPR_I_T028, &place, item->text, item->unit, NULL);
		if (item->column || !item->length)
			continue;
		first = first_of(headings, table, i);
		if (first)
			bpr_i_reader_note(reader, table == BPR_TABLE_FLOW ? BPR_I_T015 : BPR_I_T016, &place, first->text, item->text,
					  first->column->key);
		else
			list_add(unknown, sizeof(unknown), item->text, item->length);
	}
	place.column = 0;
	place.where = NULL;
	if (*unknown)
		bpr_i_reader_note(reader, table == BPR_TABLE_FLOW ? BPR_I_T012 : BPR_I_T013, &place, unknown, NULL, NULL);
	return true;
}

bool bpr_i_headings_repeated(const struct bpr_headings *headings, const struct bpr_csv_row *row)
{
	for (size_t i = 0; i < headings->count; i++) {
		const struct bpr_heading *item = &headings->items[i];
		const char *text = i < row->count ? row->cells[i].text : "";
		size_t length = i < row->count ? bpr_i_utf8_trim(&text, row->cells[i].length) : 0;

		if (!item->whole || length != item->length || (length && memcmp(text, item->text, length) != 0))
			return false;
	}
	return true;
}

bool bpr_i_row_blank(const struct bpr_csv_row *row)
{
	for (size_t i = 0; i < row->count; i++) {
		const char *text = row->cells[i].text;

		if (row->cells[i].length && bpr_i_utf8_trim(&text, row->cells[i].length))
			return false;
	}
	return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the tables of a flow. Only columns that say something are written, so that a plain flow is a plain table. */
#include "config.h"
#include "write/table_i.h"
#include <string.h>

bool bpr_i_table_repeats(const char *text, size_t length)
{
	static const char *const marks[] = { "〃", "同上", "々", "仝" };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (strlen(marks[i]) == length && !memcmp(marks[i], text, length))
			return true;
	return false;
}

const char *bpr_i_table_heading(const struct bpr_write_table *s, const struct bpr_column *column, size_t *length)
{
	bool japanese = s->f->japanese;

	*length = japanese && *column->headings ? strcspn(column->headings, "|") : strlen(column->key);
	return japanese && *column->headings ? column->headings : column->key;
}

bool bpr_i_table_cell(struct bpr_write_table *s, const struct bpr_column *column, size_t node, const struct bpr_format_row *row)
{
	bpr_i_buf_clear(&s->cell);
	if (s->table == BPR_TABLE_FLOW)
		return bpr_i_format_cell(s->f, node, column, &s->cell);
	return bpr_i_format_row_cell(s->f, s->table, row, column, &s->cell);
}

bool bpr_i_table_like_heading(const struct bpr_write_table *s, size_t i)
{
	size_t n;
	const char *text = bpr_i_table_heading(s, s->columns[i], &n);

	return n == s->cell.length && !memcmp(text, s->cell.data, n);
}

/* Those that every table has. */
static bool always(enum bpr_table table, const struct bpr_column *column, size_t index)
{
	static const char *const names[] = { "id", "name", "kind", "next" };

	if (table == BPR_TABLE_FORMS)
		return !index || !strcmp(column->key, "field");
	for (size_t i = 0; table == BPR_TABLE_FLOW && i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(column->key, names[i]))
			return true;
	return !index;
}

static bool used(struct bpr_write_table *s, const struct bpr_column *column)
{
	struct bpr_format_row row = { 0 };

	if (s->table == BPR_TABLE_FLOW) {
		for (size_t i = 0; i < s->f->implied; i++)
			if (bpr_i_format_has(s->f, i, column))
				return true;
		return false;
	}
	while (bpr_i_format_next_row(s->f, s->table, &row))
		if (bpr_i_table_cell(s, column, 0, &row))
			return true;
	return false;
}

void bpr_i_table_columns(struct bpr_write_table *s)
{
	size_t count;
	const struct bpr_column *columns = bpr_i_columns(s->table, &count);

	for (size_t i = 0; i < count && s->count < BPR_WRITE_COLUMNS; i++)
		if (always(s->table, &columns[i], i) || used(s, &columns[i]))
			s->columns[s->count++] = &columns[i];
}

bool bpr_i_table_says_id(const struct bpr_write_table *s)
{
	const char *id = bpr_flow_id(s->f->flow);
	const char *source = bpr_flow_source(s->f->flow);
	const char *base = strrchr(source, '/') ? strrchr(source, '/') + 1 : source;
	const char *dot = strrchr(base, '.');
	size_t stem = dot && dot != base ? (size_t)(dot - base) : strlen(base);

	if (s->w->options->stem && !strcmp(id, s->w->options->stem))
		return false;
	return *id && (strlen(id) != stem || strncmp(id, base, stem) != 0);
}

bool bpr_i_table_has_rows(const struct bpr_write_table *s)
{
	struct bpr_format_row row = { 0 };

	return bpr_i_format_next_row(s->f, s->table, &row);
}

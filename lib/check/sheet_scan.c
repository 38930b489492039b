/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a CSV text, or of a sheet as records, as they stand. They have been read before, so quotes are right. */
#include "config.h"
#include "base/alloc_i.h"
#include "base/record_i.h"
#include "check/sheet_i.h"

static bool at_end_of_row(const struct bpr_sheet *s)
{
	if (s->record)
		return s->at == s->length || s->text[s->at] == BPR_I_RECORD;
	return s->at == s->length || s->text[s->at] == '\n' || s->text[s->at] == '\r';
}

static void end_row(struct bpr_sheet *s)
{
	if (s->record) {
		s->line++;
		return;
	}
	if (s->at < s->length && s->text[s->at] == '\r')
		s->at++;
	if (s->at < s->length && s->text[s->at] == '\n' && (!s->at || s->text[s->at - 1] == '\r' || s->text[s->at] == '\n'))
		s->at++;
	s->line++;
}

/* From behind the opening mark to behind the closing one. */
static void take_quoted(struct bpr_sheet *s, struct bpr_sheet_cell *cell)
{
	size_t start = ++s->at;

	while (s->at < s->length) {
		char c = s->text[s->at];

		if (c == '"' && s->at + 1 < s->length && s->text[s->at + 1] == '"')
			s->at++;
		else if (c == '"')
			break;
		s->line += c == '\n' || (c == '\r' && (s->at + 1 == s->length || s->text[s->at + 1] != '\n'));
		s->at++;
	}
	cell->text = s->text + start;
	cell->length = s->at - start;
	while (!at_end_of_row(s) && s->text[s->at] != s->delimiter)
		s->at++;
}

static void take_cell(struct bpr_sheet *s, struct bpr_sheet_cell *cell)
{
	size_t start = s->at;

	cell->line = s->line;
	while (s->at < s->length && (s->text[s->at] == ' ' || s->text[s->at] == '\t') && s->text[s->at] != s->delimiter)
		s->at++;
	if (!s->record && s->at < s->length && s->text[s->at] == '"') {
		take_quoted(s, cell);
		return;
	}
	while (!at_end_of_row(s) && s->text[s->at] != s->delimiter)
		s->at++;
	cell->text = s->text + start;
	cell->length = s->at - start;
}

/* The mark in front of a row of a workbook. */
static void begin_record(struct bpr_sheet *s)
{
	s->record = s->record || (!s->at && s->text[0] == BPR_I_RECORD);
	s->at += s->record;
}

bool bpr_i_sheet_row(struct bpr_sheet *sheet, struct bpr_sheet_row *row, bool *nomem)
{
	if (sheet->at >= sheet->length)
		return false;
	begin_record(sheet);
	row->count = 0;
	row->line = sheet->line;
	row->blank = true;
	for (;;) {
		if (!bpr_i_grow(&row->cells, &row->capacity, row->count + 1, sizeof(*row->cells))) {
			*nomem = true;
			return false;
		}
		take_cell(sheet, &row->cells[row->count]);
		row->blank &= bpr_i_cell_blank(row->cells[row->count].text, row->cells[row->count].length);
		row->count++;
		if (at_end_of_row(sheet))
			break;
		sheet->at++;
	}
	end_row(sheet);
	return true;
}

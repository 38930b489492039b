/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Check sheets in a workbook: behind the sheets to be ticked, all procedures of all households in rows that can be filtered. */
#include "config.h"
#include "study/checksheet_i.h"
#include "study/sheets_i.h"
#include "base/text_i.h"

enum { HOUSEHOLD, EVENT, NUMBER, COUNTER, PROCEDURE, WHOM, DEADLINE, FORM, REMARKS, COLUMNS };

static size_t row_count(const struct bpr_subject *s)
{
	size_t rows = 0;

	for (size_t i = 0; i < s->sheet_count; i++)
		rows += s->sheets[i].sheet->item_count;
	return rows;
}

static void fill_row(struct bpr_sheets *b, struct bpr_doc_cell *row, const struct bpr_sheet_study *s, size_t item)
{
	const char *name = bpr_household_name(s->of->household);

	row[HOUSEHOLD] = bpr_i_cell_text(*name ? name : bpr_i_say_count(&b->doc, (double)(s->of - s->subject->sheets) + 1));
	row[EVENT] = bpr_i_cell_text(bpr_i_sheet_event(s));
	row[NUMBER] = bpr_i_cell_number(BPR_DOC_COUNT, (double)s->number[item]);
	row[COUNTER] = bpr_i_cell_text(bpr_i_sheet_procedure(s, item)->counter);
	row[PROCEDURE] = bpr_i_cell_text(bpr_i_sheet_name(s, item));
	row[WHOM] = bpr_i_cell_text(bpr_i_sheet_whom(s, item));
	row[DEADLINE] = bpr_i_cell_text(bpr_i_sheet_deadline(s, item));
	row[FORM] = bpr_i_cell_text(bpr_i_sheet_procedure(s, item)->form);
	row[REMARKS] = bpr_i_cell_text(bpr_i_sheet_notes(s, item));
}

void bpr_i_sheets_checksheet(struct bpr_sheets *b)
{
	static const struct { const char *title; double width; } all[COLUMNS] = {
		[HOUSEHOLD] = { N_("Household"), 14 }, [EVENT] = { N_("Life event"), 10 }, [NUMBER] = { N_("No."), 6 }, [COUNTER] = { N_("Counter"), 16 },
		[PROCEDURE] = { N_("Procedure"), 30 }, [WHOM] = { N_("For whom"), 14 }, [DEADLINE] = { N_("By when"), 24 }, [FORM] = { N_("Form"), 22 },
		[REMARKS] = { N_("Good to know"), 50 },
	};
	struct bpr_sheet_cells *context;
	struct bpr_sheet_column columns[COLUMNS];
	struct bpr_sheet_rows rows = { .columns = columns, .column_count = COLUMNS, .fill = bpr_i_sheet_fill_cells, .freeze = 1, .main = true };
	struct bpr_doc_cell *cells;
	size_t at = 0;

	if (b->kind != BPR_REPORT_CHECKSHEET)
		return;
	rows.row_count = row_count(b->subject);
	context = bpr_i_sheet_memory(b, 1, sizeof(*context));
	cells = bpr_i_sheet_memory(b, rows.row_count * COLUMNS + 1, sizeof(*cells));
	if (!context || !cells)
		return;
	for (size_t i = 0; i < b->subject->sheet_count; i++) {
		struct bpr_sheet_study s;

		if (!bpr_i_sheet_begin(&s, &b->doc, b->subject, i))
			return;
		for (size_t n = 0; n < s.sheet->item_count; n++)
			fill_row(b, &cells[at++ * COLUMNS], &s, s.order[n]);
	}
	*context = (struct bpr_sheet_cells){ cells, COLUMNS };
	rows.context = context;
	for (size_t i = 0; i < COLUMNS; i++)
		columns[i] = (struct bpr_sheet_column){ .title = bpr_i_doc_text(&b->doc, all[i].title), .value = i == NUMBER ? BPR_DOC_COUNT : BPR_DOC_TEXT,
							.width = all[i].width, .whole = true };
	bpr_i_sheet_heading(b, BPR_SHEET_DETAILS, N_("All procedures"));
	bpr_i_sheet_list(b, BPR_SHEET_DETAILS, &rows, NULL);
}

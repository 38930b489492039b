/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_IMPROVE_LEVER_COLUMN_I_H
#define BPR_IMPROVE_LEVER_COLUMN_I_H
/* Columns of a table of levers, for the reader, the writer and the manual. */
#include "table/table_i.h"

enum lever_column {
	LEVER_ID = 0, LEVER_NAME, LEVER_KIND, LEVER_TARGET, LEVER_VALUE, LEVER_COST, LEVER_YEARLY, LEVER_DAYS, LEVER_EASE, LEVER_NEEDS,
	LEVER_EXCLUDES, LEVER_YEAR, LEVER_FINDING, LEVER_WHERE, LEVER_NOTE, LEVER_COLUMNS
};
extern const struct bpr_table_column bpr_i_lever_columns[LEVER_COLUMNS];
/* Names that the sheet of a workbook may have. */
#define BPR_LEVER_SHEETS "施策|levers|施策表|施策一覧"
#endif

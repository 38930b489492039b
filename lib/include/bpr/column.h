/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_COLUMN_H
#define BPR_COLUMN_H
/**
 * @file column.h
 * The columns of the flow table and of its companions, as readers know them; see bpr-flow(5).
 */
#include <bpr/error.h>
#include <stdbool.h>
#ifdef __cplusplus
extern "C" {
#endif

/** A row of the table of columns. */
struct bpr_column_info {
	const char *key;       /**< English heading, key of --set, name of the bpr attribute of BPMN */
	const char *headings;  /**< Japanese headings, '|' between */
	const char *values;    /**< English message id: what may stand in it */
	const char *explain;   /**< English message id: what it means */
};

/** Tables are numbered from 0: "flow", "forms", "counters", "staff", "demand" (its columns are its keys). */
BPR_API size_t bpr_column_table_count(void);
/** Name of a table, the middle of the companion's file name; static. */
BPR_API const char *bpr_column_table_name(size_t table);
/** What its sheet in a workbook may be called besides, '|' between; "" for no such table; static. */
BPR_API const char *bpr_column_table_sheets(size_t table);
/** False behind the last column, and for no such table. */
BPR_API bool bpr_column_get(size_t table, size_t index, struct bpr_column_info *out);

#ifdef __cplusplus
}
#endif
#endif

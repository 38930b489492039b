/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_FLOW_COLUMN_I_H
#define BPR_FLOW_COLUMN_I_H
/*
 * The one table of columns: of the flow table and of its companions. Headings in both languages, kind
 * of value, where it is stored, what it means. Readers, --set, the bpr extension of BPMN, messages and
 * the manual (bpr-flow(5)) all come from it. A new column is one row in column.c.
 */
#include <stddef.h>

enum bpr_table {
	BPR_TABLE_FLOW = 0, /* NAME.csv: one row a node */
	BPR_TABLE_FORMS,    /* NAME.forms.csv: one row a field of a form */
	BPR_TABLE_COUNTERS, /* NAME.counters.csv */
	BPR_TABLE_STAFF,    /* NAME.staff.csv */
	BPR_TABLE_DEMAND,   /* NAME.demand.csv: columns key and value; its "columns" here are the keys that rows give */
	BPR_TABLE_SCOPES,   /* NAME.scopes.csv: sub-processes put in place */
	BPR_TABLE_UNITS,    /* NAME.units.csv: units within units */
	BPR_TABLE_COUNT
};

struct bpr_column {
	const char *key;       /* English name: heading, --set key, bpr:KEY attribute */
	const char *headings;  /* Japanese headings, '|' between; the first one is used when writing */
	const char *values;    /* English message id: what may stand in it, for the manual */
	const char *explain;   /* English message id: what it means, one sentence */
	int store;             /* for column.c and build.c only */
};

/* What a column holds, for formats that tell numbers from texts. */
enum bpr_column_type {
	BPR_COLUMN_TEXT = 0, BPR_COLUMN_NUMBER, BPR_COLUMN_YES, BPR_COLUMN_LIST, BPR_COLUMN_DURATION,
	BPR_COLUMN_STAFF,    /* pools, each with a count */
	BPR_COLUMN_NEXT,     /* ways out */
	BPR_COLUMN_PLACES    /* texts of the ways out */
};
enum bpr_column_type bpr_i_column_type(const struct bpr_column *column);
const struct bpr_column *bpr_i_columns(enum bpr_table table, size_t *count);
/* Column whose key or heading is `text` (folded, case of ASCII ignored, brackets behind it such as (分) ignored), or NULL. */
const struct bpr_column *bpr_i_column_find(enum bpr_table table, const char *text, size_t length);
/* "flow", "forms", …: the middle of the companion's file name and of bpr:… elements; static. */
const char *bpr_i_table_name(enum bpr_table table);
/* What its sheet in a workbook may be called besides, '|' between; the first one is used when writing in Japanese. */
const char *bpr_i_table_sheets(enum bpr_table table);
/* Table whose sheet has this name (as headings are compared), or BPR_TABLE_COUNT. */
enum bpr_table bpr_i_table_find(const char *text, size_t length);
/* Columns of the demand table itself: 1 for `key` (キー, 項目), 2 for `value` (値), 0 for anything else. */
int bpr_i_demand_heading(const char *text, size_t length);
#endif

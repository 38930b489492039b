/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_READ_WORKBOOK_I_H
#define BPR_READ_WORKBOOK_I_H
/* A workbook being read: its sheets and what they are. */
#include "read/heading_i.h"
#include "xlsx/read_i.h"

/* What becomes of a sheet. */
enum bpr_sheet_use { BPR_SHEET_UNUSED = 0, BPR_SHEET_TABLE, BPR_SHEET_HIDDEN, BPR_SHEET_EMPTY, BPR_SHEET_EXAMPLE, BPR_SHEET_ANY };

struct bpr_workbook_sheet {
	const char *title;       /* as in the workbook */
	char *file;              /* in messages: "book.xlsx!TITLE"; owned */
	const char *id;          /* of the flow that it is: the title, or what stands in front of the table's name */
	const char *owner;       /* flow whose table it is; "": of all */
	enum bpr_sheet_use use;
	enum bpr_table table;
	bool example;            /* 記入例: counts only where the workbook has no flow of its own */
	bool filled, told;       /* some cell is not empty; what is wrong with its rows was said */
	struct bpr_xlsx_text text;
};

struct bpr_workbook {
	struct bpr_reader *reader;
	struct bpr_arena arena;
	bpr_xlsx *book;
	struct bpr_workbook_sheet *sheets; size_t count; /* all of the workbook, in its order */
	size_t flow_count;
	size_t left;             /* bytes that the sheets not read yet may have */
	const char *stem;        /* of the workbook's name: the id of its only flow */
};

/* The sheets, and what their names say. Noted and returned: two sheets for one table, no memory. */
bpr_status bpr_i_workbook_sort(struct bpr_workbook *w);
#endif

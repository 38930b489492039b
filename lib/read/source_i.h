/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_READ_SOURCE_I_H
#define BPR_READ_SOURCE_I_H
/* The file behind flows, for those who judge or rewrite it: lib/check and lib/write. */
#include "read/bpmn_i.h"
#include <bpr/read.h>

/* Elements of one local name. */
struct bpr_inventory { const char *name; size_t count; };

/* A sheet of a workbook that was read as a table: text is a text of records (base/record_i.h). */
struct bpr_source_sheet { enum bpr_table table; char *name; struct bpr_buf text; };

struct bpr_source {
	enum bpr_input input;
	char *name;              /* of the input, as in messages */
	char *data;              /* owned: what text is in */
	const char *text;        /* BPMN: the bytes as read; a table: UTF-8 without BOM */
	size_t length;
	struct bpmn_file *bpmn;  /* BPR_INPUT_BPMN: tree (with the diagram) and index; its reader is NULL */
	struct bpr_companion companions[BPR_TABLE_COUNT]; /* the tables beside it; those that are there have a text */
	struct bpr_source_sheet *sheets; size_t sheet_count; /* of a workbook, in its order; then text and companions are empty */
	struct bpr_inventory *inventory; size_t inventory_count; /* by name */
};

/* Takes data; NULL when out of memory (data is then still the caller's). */
struct bpr_source *bpr_i_source_new(enum bpr_input input, const char *name, char *data, const char *text, size_t length);
/* Counts the elements of source->bpmn. */
bpr_status bpr_i_source_count(struct bpr_source *source);
void bpr_i_source_free(struct bpr_source *source);
#endif

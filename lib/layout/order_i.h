/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_LAYOUT_ORDER_I_H
#define BPR_LAYOUT_ORDER_I_H
/* Links of neighbouring columns: order.c makes them, row.c draws them straight. */
#include "layout/sheet_i.h"

/* A step of an arc from one column to the next. */
struct link { size_t from, to, wire; double bias; };

struct links {
	struct link *links; size_t count;
	size_t *out_row, *out;     /* links out of each item, and into it */
	size_t *in_row, *in;
	size_t *main_way;          /* of each item: the neighbour with most behind it, or BPR_NONE */
};

struct orderer {
	struct entry *entries;
	size_t *tree, *best, *band_most;
};
#endif

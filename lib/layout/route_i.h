/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_LAYOUT_ROUTE_I_H
#define BPR_LAYOUT_ROUTE_I_H
#include "layout/sheet_i.h"

/* A vertical line over a column, between two levels. */
struct line { size_t lo, hi; double dx; size_t owner; struct line *next; };

struct router {
	struct sheet *s;
	size_t *real_before;       /* nodes among the first k of layer_items */
	struct line **lines;       /* of each column */
	unsigned char *tips;       /* of each item, upper and lower: who uses it */
	size_t *outs, *ins;        /* sequence flows */
	size_t *rights;            /* arcs that left an item at its right */
};

/* Where an arc leaves a cell. */
struct port { size_t item, layer, row; enum side side; double offset; };
#endif

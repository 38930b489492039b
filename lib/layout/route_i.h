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

/* Moves ends that dock at one side of a box apart, and into an order in which they do not cross. False out of memory. */
bool bpr_i_sheet_docks(struct router *r);

static inline struct body *bpr_i_body_of(const struct router *r, size_t item)
{
	return &r->s->run->bodies[r->s->items[item].node];
}

static inline enum bpr_shape bpr_i_shape_of(const struct router *r, size_t item)
{
	return r->s->run->graph->nodes[r->s->items[item].node].shape;
}

/* Lines meet it at its four tips only. */
static inline bool bpr_i_has_tips(const struct router *r, size_t item)
{
	return bpr_i_shape_of(r, item) == BPR_SHAPE_GATEWAY || bpr_i_shape_of(r, item) == BPR_SHAPE_EVENT;
}
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_WRITE_EXTEND_I_H
#define BPR_WRITE_EXTEND_I_H
/* A picture that is drawn in part: extend.c finds places, connect.c ways for arrows. */
#include "write/picture_i.h"

struct extension {
	struct pictures *p;
	size_t picture;
	struct bpr_layout_graph all;   /* what is missing, by picture_item.at; what has no place stays empty */
	struct bpr_layout_graph part;  /* of it what is laid out */
	size_t *node, *edge, *lane, *pool; /* by place in `all`: place in `part`, or BPR_NONE */
	struct bpr_layout layout;
	double *dx, *dy;               /* by node: from where it was laid out to where it stands */
	bool *grown;                   /* by item: a pool that got a row */
	double row;
	struct bpr_arena arena;
};

/* Ways for the edges that were not laid out. BPR_ENOMEM. */
bpr_status bpr_i_extend_edges(struct extension *x);
#endif

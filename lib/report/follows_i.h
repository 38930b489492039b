/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_REPORT_FOLLOWS_I_H
#define BPR_REPORT_FOLLOWS_I_H
/*
 * A layered layout from top to bottom (Sugiyama, Tagawa, Toda 1981): what follows what is a graph with circles and without gateways,
 * and few lanes of it fit beside each other on a page. Same input, same picture.
 */
#include "base/alloc_i.h"
#include <stdbool.h>

struct follows_point { double x, y; };

struct follows_node {
	double width, height;    /* given */
	double x, y;             /* computed: its middle */
	size_t layer;
};

struct follows_edge {
	size_t from, to;         /* given; never the same node */
	bool back;               /* computed: leads upwards, against the most frequent ways */
	/* from the border of the one to that of the other; pairs of points with the same x are straight, between pairs it bends */
	struct follows_point *points; size_t point_count;
};

struct follows_graph {
	struct follows_node *nodes; size_t node_count; /* the first stands on top, the last at the bottom */
	struct follows_edge *edges; size_t edge_count; /* the most important first: those lead downwards */
	double gap, layer_gap;   /* between nodes, between layers */
	double width, height;    /* computed */
};

/* False: out of memory. Points are kept by the arena. */
bool bpr_i_follows_layout(struct follows_graph *graph, struct bpr_arena *arena);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_UNIT_DRAWING_H
#define BPR_TESTS_UNIT_DRAWING_H
/* Graphs to lay out, by a seed or by hand; and what is wrong with a layout, found from its boxes and points alone. */
#include "layout/layout_i.h"
#include <stdint.h>

struct drawing {
	struct bpr_layout_graph graph;
	size_t node_room, edge_room;
	uint64_t rng;
};

enum {
	DRAW_LANES = 1, DRAW_POOLS = 2, DRAW_GROUPS = 4, DRAW_BORDER = 8, DRAW_LOOPS = 16, DRAW_DATA = 32, DRAW_MESSAGES = 64,
	DRAW_LABELS = 128, DRAW_TANGLE = 256, DRAW_CROSS = 512 /* arcs over the edges of groups */
};

/* What is wrong: counts. */
struct drawing_faults {
	size_t not_whole, overlap, off_border, outside, off_dock, slanted, through_node, few_points; /* never */
	size_t other_through, label_on_shape, label_on_label, label_on_line, on_each_other;          /* seldom */
	size_t crossings;
	char first[200];
};

size_t drawing_node(struct drawing *d, enum bpr_shape shape, const char *text, size_t lane, size_t pool);
size_t drawing_edge(struct drawing *d, size_t from, size_t to, const char *text);
void drawing_lanes(struct drawing *d, size_t pools, size_t lanes);
void drawing_random(struct drawing *d, uint64_t seed, unsigned what, size_t size);
void drawing_release(struct drawing *d);
/* Crossings and lines on each other cost the square of the arcs; left out where quick. */
void drawing_check(const struct bpr_layout_graph *g, const struct bpr_layout *layout, bool quick, struct drawing_faults *out);
size_t drawing_hard_faults(const struct drawing_faults *f);
/* For looking at: as plain SVG. */
void drawing_write(const struct bpr_layout_graph *g, const struct bpr_layout *layout, const char *path);
#endif

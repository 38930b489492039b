/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_REPORT_DRAW_STRIP_I_H
#define BPR_REPORT_DRAW_STRIP_I_H
/*
 * A picture cut into strips as wide as a page, as a score is cut into lines: between two columns, so that no box is cut. A strip
 * has the lanes that something stands in, one below the other without what is empty. Lines that are cut have a letter at both ends.
 */
#include "report/draw_i.h"

/* Heights move by pieces: from `y` on by `by`, less than `height` of what stands between. */
struct knot { double from, to; };

struct strip_lane { size_t lane; double y, height; }; /* of the graph, or BPR_NONE; in the strip */

struct strip {
	double left, right;            /* of the picture: what is in it */
	struct knot *knots; size_t knot_count;
	struct strip_lane *lanes; size_t lane_count;
	double height;
};

struct strips { struct strip *items; size_t count; bool named; /* lanes have names */ };

/* An arc, or what is left of it, in a strip: letters where it was cut. */
struct stretch {
	struct bpr_point *points; size_t count; /* in the picture */
	bool cut_start, cut_end;
};

/* Cuts into strips at most so wide where that can be; kept by the picture's arena. False: out of memory. */
bool bpr_i_strips_cut(struct picture *p, double width, double lane_least, struct strips *out);
/* Height in the strip of a height of the picture. */
double bpr_i_strip_y(const struct strip *strip, double y);
bool bpr_i_strip_has(const struct strip *strip, const struct bpr_box *box);
/* What is drawn of an arc there: up to two pieces, from its start and to its end. points: room for all of its points twice and four more. */
size_t bpr_i_strip_arc(const struct strip *strip, const struct bpr_layout_edge *edge, struct bpr_point *points, struct stretch out[2]);
#endif

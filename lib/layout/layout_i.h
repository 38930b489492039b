/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_LAYOUT_LAYOUT_I_H
#define BPR_LAYOUT_LAYOUT_I_H
/*
 * A swimlane layout: left to right, pools and lanes as bands, orthogonal edges. It knows boxes and arrows, neither flows
 * nor BPMN; lib/write gives it the elements of a BPMN file, lib/report those of a flow. Same input, same picture.
 *
 * Units are those of BPMN diagrams: pixels at 96 dpi, x to the right, y down, whole numbers.
 */
#include "base/alloc_i.h"
#include <bpr/error.h>
#include <stdbool.h>

enum bpr_shape {
	BPR_SHAPE_TASK = 0,  /* 100 x 80, wider and higher where the label needs it */
	BPR_SHAPE_EVENT,     /* 36 x 36, label below */
	BPR_SHAPE_GATEWAY,   /* 50 x 50, label above or below */
	BPR_SHAPE_GROUP,     /* an expanded sub-process: as large as what is inside, label at the top */
	BPR_SHAPE_DATA,      /* 36 x 50, label below */
	BPR_SHAPE_STORE,     /* 50 x 50, label below */
	BPR_SHAPE_NOTE       /* a text annotation: as large as its text */
};

struct bpr_box { double x, y, width, height; };

/* A label as drawn: lines within the box (lines are cut from the text, broken where Japanese and Latin may be). */
struct bpr_label {
	struct bpr_box box;      /* width 0: no label of its own place (it is inside the shape) */
	const char *const *lines; size_t line_count; /* NUL-terminated copies in the layout's arena */
};

struct bpr_layout_node {
	/* given */
	enum bpr_shape shape;
	const char *text;        /* label; "" none */
	const char *const *values; size_t value_count; /* task: lines below the label, never broken */
	size_t parent;           /* group that it is in, or BPR_NONE */
	size_t lane;             /* innermost lane, or BPR_NONE; a node in a group has the lane of its outermost group */
	size_t pool;             /* or BPR_NONE: drawn without a pool */
	size_t host;             /* boundary event: the node on whose border it sits; else BPR_NONE */
	bool mark_above, mark_below; /* task: a mark stands in its upper left corner, at its lower edge: room is left for it */
	/* computed */
	struct bpr_box box;
	struct bpr_label label;
};

enum bpr_edge_kind { BPR_EDGE_SEQUENCE = 0, BPR_EDGE_MESSAGE, BPR_EDGE_ASSOCIATION };

struct bpr_point { double x, y; };

struct bpr_layout_edge {
	/* given */
	enum bpr_edge_kind kind;
	size_t from, to;         /* nodes, or BPR_NONE where an end is a pool: */
	size_t from_pool, to_pool; /* the pool, or BPR_NONE */
	const char *text;
	/* computed */
	const struct bpr_point *points; size_t point_count; /* >= 2; horizontal and vertical pieces, ends on the borders */
	bool back;               /* leads back (rework) */
	struct bpr_label label;
};

struct bpr_layout_lane {
	const char *text;
	size_t parent;           /* lane around it, or BPR_NONE */
	size_t pool;
	struct bpr_box box;      /* computed; with its header of 30 at the left, where the text stands upright */
	struct bpr_label label;
};

struct bpr_layout_pool {
	const char *text;
	bool black_box;          /* no contents: a band of 60 */
	struct bpr_box box;      /* computed */
	struct bpr_label label;
};

/* How large things are, where they are not as in BPMN diagrams. */
struct bpr_layout_measure {
	double task_width, task_height, task_widest;
	size_t task_lines;       /* most lines of a task's label */
	double event, gateway;   /* width and height, even */
	double label_width;      /* of labels of events, gateways and arcs */
	size_t label_lines;
	double font, label_font, line, label_line; /* sizes of letters, heights of lines */
	double column_gap, track, before_tracks, behind_tracks, row_gap, pad, lane_least;
};
extern const struct bpr_layout_measure bpr_i_layout_usual, bpr_i_layout_compact;

struct bpr_layout_graph {
	const struct bpr_layout_measure *measure;           /* NULL: usual */
	struct bpr_layout_node *nodes; size_t node_count;   /* in the order of the file */
	struct bpr_layout_edge *edges; size_t edge_count;
	struct bpr_layout_lane *lanes; size_t lane_count;   /* a lane's bands: in order of first use */
	struct bpr_layout_pool *pools; size_t pool_count;
};

struct bpr_layout {
	double width, height;    /* of everything, from 0, 0 */
	struct bpr_arena arena;  /* of points and lines */
};

/*
 * Fills the computed members of the graph. Every index is checked; BPR_EINVAL for one out of range or a circle of parents.
 * BPR_ENOMEM, BPR_ELIMIT. Release *out in any case. O(n log n) but for dense tangles.
 */
BPR_MUST_CHECK bpr_status bpr_i_layout(struct bpr_layout_graph *graph, struct bpr_layout *out, struct bpr_error *err);
void bpr_i_layout_release(struct bpr_layout *layout);

/*
 * Width in pixels of a text at a font size, rather too wide than too narrow: an em a wide character (ambiguous ones are
 * wide), of the others what the widest of the usual fonts takes. No font is asked: every machine draws the same.
 */
double bpr_i_layout_text_width(const char *text, size_t length, double font_size);
/* Breaks a text into lines of at most `width` pixels (a longer word is cut), at most `most` lines, the last with … where
 * more is left; appended to the arena. NULL out of memory. */
const char *const *bpr_i_layout_wrap(struct bpr_arena *arena, const char *text, double width, double font_size, size_t most,
				     size_t *line_count);
/* Wraps into lines of about the same length; how wide and high they are. NULL out of memory. */
const char *const *bpr_i_layout_label(struct bpr_arena *arena, const char *text, double width, double size, size_t most,
				      size_t *count, double *widest);
#endif

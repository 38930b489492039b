/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_LAYOUT_SHEET_I_H
#define BPR_LAYOUT_SHEET_I_H
/*
 * How a layout is found. A sheet is what is drawn on one ground: all pools, or the inside of one group; groups are laid out
 * from the inside to the outside, each then a large node of the sheet around it. A sheet is a grid: columns (the layers of
 * Sugiyama, Tagawa and Toda, IEEE Trans. SMC 11, 1981) and rows, lanes being runs of rows (bands). A node stands in one
 * cell; a long arc passes cells of its own; so no arc can meet a node, and no label a line, before any coordinate is known.
 * What is vertical runs between two columns or over the centre of cells that are free; what leads back runs along a row.
 *
 *   sheet.c    nodes and arcs of a sheet, bands     route.c   which cells and channels an arc takes
 *   layer.c    arcs back, columns                   track.c   arcs of one channel beside each other
 *   order.c    order in a column, fewest crossings  place.c   coordinates
 *   row.c      rows, straight where it can be       label.c   labels of arcs
 *   body.c     nodes with what hangs on them        dock.c    ends of arcs at the sides of nodes
 */
#include "layout/layout_i.h"

/* What stands in a node's cell: the shape, the events on its border, data and notes that hang on it, their labels. */
struct body {
	double width, height;           /* of the shape */
	double left, right, up, down;   /* room around the centre of the shape */
	size_t carrier;                 /* node whose cell this one shares, or BPR_NONE */
	double dx, dy;                  /* then: this centre from the carrier's */
	size_t first_rider, next_rider; /* those that share the cell */
	size_t item;                    /* of its sheet */
	double label_x, label_y, label_width, label_height; /* top left corner, from the centre */
	bool top_taken, bottom_taken;   /* a line leaves or enters there, or riders stand there */
	unsigned char ports[5];         /* lines that docked beside each other so far, by enum side */
};

/* A piece of an arc: drawn on one sheet, from the inside out for what crosses the edge of a group. */
struct piece {
	struct bpr_point *points;
	size_t count, sheet;
	struct piece *next;
};

enum side { SIDE_ANY = 0, SIDE_LEFT, SIDE_RIGHT, SIDE_TOP, SIDE_BOTTOM };

/* One end of an arc as the present sheet sees it. */
struct end {
	size_t node;        /* of the sheet: the node, or the group around it; BPR_NONE: a pool */
	size_t pool;
	enum side side;     /* ANY, or where an inner piece came out */
	double dx;          /* then: from the left edge of the group */
};

struct edge_state {
	struct end from, to;
	struct piece *from_pieces, *to_pieces; /* in the order of drawing */
	size_t sheet;       /* both ends are on it */
	bool used;
};

struct run {
	struct bpr_layout_graph *graph;
	const struct bpr_layout_measure *measure;
	struct bpr_layout *out;
	struct bpr_error *err;
	struct bpr_arena arena;         /* dies with the run */
	struct body *bodies;
	struct edge_state *edges;
	size_t *sheet_depth;            /* of a node as a sheet; [node_count] is the top */
	struct bpr_point *origin;       /* of each sheet within the one around it, then in all; [node_count + 1] */
	size_t *node_row, *node_list;   /* nodes of each sheet, riders left out; rows [node_count + 2] */
	size_t *edge_row; struct part *edge_list; /* arcs, or their parts, on each sheet */
};

/* What a sheet has of an arc: all of it, or the way of its start (or end) out to the edge of the group. */
enum part_kind { PART_WHOLE = 0, PART_FROM, PART_TO };
struct part { size_t edge; enum part_kind kind; };

struct item {
	size_t node;         /* BPR_NONE: where a long arc passes */
	size_t wire;         /* then: which */
	size_t band, layer, place, row;
	double key;          /* order within its column */
	size_t above, below; /* spare */
};

enum wire_kind { WIRE_AHEAD = 0, WIRE_FREE };

/* An arc of a sheet. */
struct wire {
	size_t edge;
	struct end a, b;
	size_t from, to;     /* items; BPR_NONE: a pool, or the sheet's edge */
	enum wire_kind kind; /* AHEAD: passes columns from left to right; FREE: along rows and channels */
	bool flow, back;     /* sequence flow or what is treated so; leads back */
	bool leaves;         /* ends at the edge of the group (its far end is outside) */
	bool enters;
	size_t first_pass, pass_count; /* items on its way */
	size_t first_seg, seg_count;
	double label_width, label_height;
	size_t label_seg;    /* segment that the label stands at, or BPR_NONE */
	bool label_late;     /* behind the tracks of the channel */
	size_t out_level;
	enum side out_side;  /* a pool, the group: which edge of it */
	bool rides;          /* from a node to what hangs on it */
};

enum seg_place { SEG_ROW = 0, SEG_ROW_TOP, SEG_ROW_BOTTOM, SEG_COLUMN, SEG_GAP };

/* A straight piece: horizontal along a row (through its middle, above or below its nodes), vertical over the middle of a
 * column or in the gap behind one (gap 0 is before the first column). */
struct seg {
	enum seg_place place;
	size_t at;           /* row, column or gap */
	double offset;       /* ROW, COLUMN: from the middle */
	size_t track, wire;
	double distance;     /* ROW_TOP, ROW_BOTTOM: from the middle of the row */
	double place_xy;     /* coordinate */
};

struct row { double up, down, label_up, over, under; double y; size_t band; };  /* over, under: what runs along it, from its middle */
struct column { double left, right, x; };
struct gap { double early, late; size_t tracks; double x; };

struct band { size_t pool, lane; bool black_box; size_t first_row, row_count; double y, height; double least; };

struct links;

struct sheet {
	struct run *run;
	size_t group;        /* node, or BPR_NONE: the top */
	struct item *items; size_t item_count, item_capacity, real_count;
	struct wire *wires; size_t wire_count;
	struct band *bands; size_t band_count;
	size_t layer_count;
	size_t *layer_row, *layer_items; /* items of layer l: layer_items[layer_row[l]] … */
	size_t row_count; struct row *rows;
	struct column *columns;
	struct gap *gaps;    /* [layer_count + 1] */
	struct seg *segs; size_t seg_count, seg_capacity;
	size_t *cells; size_t cell_mask; /* open addressing: row, column -> item */
	double width, height, left_room;
	struct links *links;
	bool failed;         /* out of memory while segments were added */
	struct bpr_arena arena;
};

/* Each stage fills its part; BPR_ENOMEM or BPR_ELIMIT. */
bpr_status bpr_i_sheet_layers(struct sheet *s);
bpr_status bpr_i_sheet_order(struct sheet *s);
bpr_status bpr_i_sheet_rows(struct sheet *s);
bpr_status bpr_i_sheet_routes(struct sheet *s);
bpr_status bpr_i_sheet_gap_tracks(struct sheet *s);
bpr_status bpr_i_sheet_row_tracks(struct sheet *s);
bpr_status bpr_i_sheet_place(struct sheet *s);

/* Lays one sheet out: its nodes' boxes from its origin, pieces of arcs, its size. */
bpr_status bpr_i_sheet_draw(struct run *run, size_t sheet);

/* Sizes of shapes with their labels. */
bpr_status bpr_i_layout_bodies(struct run *run);
/* Widens a shape for the events on its border; before arcs are routed. */
void bpr_i_body_ride(struct run *run, size_t node);
/* The room that a body takes with its riders and label, once it is known where lines dock. */
void bpr_i_body_room(struct run *run, size_t node);
/* Labels of arcs, once everything else has its place. */
bpr_status bpr_i_layout_labels(struct run *run);

/* Width of the longest piece that cannot be broken. False out of memory. */
bool bpr_i_layout_word(const char *text, double size, double *longest);

static inline double bpr_i_larger(double a, double b)
{
	return a > b ? a : b;
}

static inline double bpr_i_smaller(double a, double b)
{
	return a < b ? a : b;
}
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_REPORT_DRAW_I_H
#define BPR_REPORT_DRAW_I_H
/* A picture of flows between its making (draw.c, draw_flow.c) and its writing (svg.c, svg_mark.c). */
#include "base/buf_i.h"
#include "layout/layout_i.h"
#include "study/figure_i.h"
#include "study/follows_i.h"
#include "study/study_i.h"
#include <bpr/draw.h>

/* Named, never embedded; every text is real text. */
#define DRAW_FONTS "Noto Sans CJK JP, Noto Sans JP, Hiragino Sans, Yu Gothic, Meiryo, sans-serif"

enum draw_event { DRAW_START = 0, DRAW_CATCH, DRAW_THROW, DRAW_END };

/* What a node of the layout shows. */
struct drawn {
	const struct bpr_node *node;   /* NULL: a scope */
	const struct bpr_scope *scope;
	enum draw_event event;         /* of events */
	bool dashed;                   /* an event that does not interrupt */
	struct bpr_buf steps;          /* places in the run: "3, 7" */
	bool faulty;
	double heat;                   /* NAN: none */
	enum bpr_step_change change;   /* where flows are compared */
	const char *told;              /* everything that differs, or NULL */
};

struct drawn_edge {
	bool run; size_t step;
	double passages;               /* expected, of a case; NAN: not known */
};

struct picture {
	const struct bpr_flows *flows;
	const size_t *chosen; size_t count;
	const struct bpr_draw_options *options;
	bool compact;                  /* for a page of text: citizens have a lane of their own, mere merges are left out */
	enum bpr_heat heat;
	const double *const *heat_values; /* of each chosen flow, [node count]; NULL: no heat */
	const double *const *passages; /* of each chosen flow, [arc count], or NULL */
	const struct bpr_follows *follows; /* of each chosen flow: which step follows which, instead of the flow; or NULL */
	double limits[BPR_HEAT_CLASSES - 1];
	const bpr_comparison *comparison; /* or NULL; then: */
	struct bpr_subject subject;    /* both flows, analyses where they are known */
	size_t first_side;             /* of the first flow drawn: 0 before, 1 after */
	const struct bpr_step_pair **pair_of[2]; /* of each side's nodes, or NULL */
	struct bpr_document words;     /* keeps what is said about differences */
	const struct ways *ways;       /* draw_ways.c, while it writes */
	struct bpr_layout_graph graph;
	struct drawn *drawn;
	struct drawn_edge *drawn_edges;
	size_t edge_capacity, extra_capacity;
	size_t **map;                  /* of each chosen flow: drawn node of a node, or BPR_NONE */
	size_t **groups;               /* and the group of a scope */
	struct bpr_layout layout;
	struct bpr_arena arena;
	bool failed;                   /* out of memory */
};

/* Fills the graph from the chosen flows. */
bpr_status bpr_i_picture_fill(struct picture *p, struct bpr_error *err);
void bpr_i_picture_release(struct picture *p);
/* Before the graph is filled: the steps of the comparison, by node; limits of the heat unless there are some. */
void bpr_i_picture_pairs(struct picture *p);
/* What a node says beside its name: heat, what changed. `at`: as drawn. */
void bpr_i_picture_value(struct picture *p, size_t index, size_t at, size_t node);
/* Text of an arc with its expected passages behind it. */
const char *bpr_i_picture_passages(struct picture *p, const char *text, double passages);
/* Text of an arc that says how often alone. */
const char *bpr_i_picture_times(struct picture *p, double count);
/* Of a pool: before and after are told apart. */
const char *bpr_i_picture_name(struct picture *p, size_t index, const char *name);
/* Marks the nodes and arcs of the run. */
void bpr_i_picture_run(struct picture *p);
/* alone: with what begins a file of its own. */
void bpr_i_picture_svg(const struct picture *p, bool alone, struct bpr_buf *out);
/* The same within a page that zooms. */
void bpr_i_picture_html(const struct picture *p, void (*svg)(const struct picture *p, bool alone, struct bpr_buf *out), struct bpr_buf *out);
/* Instead of flows: the ways between their counters, one below the other. */
bpr_status bpr_i_draw_map(struct picture *p, struct bpr_buf *out, struct bpr_error *err);

/* Marks: of an event, a gateway, the kind of a task; at the lower edge of a task or scope. */
void bpr_i_svg_event_mark(struct bpr_buf *out, const struct drawn *d, double x, double y);
void bpr_i_svg_gateway_mark(struct bpr_buf *out, const struct bpr_node *node, double x, double y);
bool bpr_i_svg_has_task_mark(const struct drawn *d);
void bpr_i_svg_task_mark(struct bpr_buf *out, const struct drawn *d, double x, double y);
bool bpr_i_svg_has_repeat_mark(const struct drawn *d);
void bpr_i_svg_repeat_mark(struct bpr_buf *out, const struct drawn *d, double x, double y);

/* Removed: minus; added: plus; changed: not equal. In a circle. */
void bpr_i_svg_change_mark(struct bpr_buf *out, enum bpr_step_change change, double x, double y);

/* What colours, marks and thick lines say; height 0: nothing to be said. */
struct svg_legend { struct bpr_buf body; double width, height; };
void bpr_i_svg_legend(const struct picture *p, struct svg_legend *legend);

/* Text between tags or in a quoted attribute: what XML forbids and what turns the direction of a line becomes U+FFFD. */
void bpr_i_escape_svg(struct bpr_buf *out, const char *text, size_t length);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_WRITE_MODEL_I_H
#define BPR_WRITE_MODEL_I_H
/*
 * Flows as BPMN 2.0, without the diagram.
 *
 *	bpmn.c          which way: the file itself, or a new one; the diagram; the proof that it reads back
 *	bpmn_model.c    a file of flows: definitions, collaboration, processes
 *	bpmn_ids.c      ids that XML allows
 *	bpmn_fold.c     sub-processes that were put in place become sub-processes again
 *	bpmn_lane.c     units as lanes
 *	bpmn_node.c     one node
 *	bpmn_attr.c     what it carries as bpr:… attributes; companions as bpr:… elements
 */
#include "flow/format_i.h"
#include "write/write_i.h"
#include "xml/edit_i.h"

struct model;

enum model_fold { MODEL_FOLD_UNKNOWN = 0, MODEL_FOLD_NO, MODEL_FOLD_YES };
/* NODE: has an element of its own, or is the entry that its sub-process is written as. LOOP: chooses one more round. */
enum model_helper { MODEL_NODE = 0, MODEL_HELPER, MODEL_LOOP };

/* One flow that is being written. Arrays are by node, scope or arc of the flow. */
struct model_flow {
	const bpr_flow *flow;
	struct bpr_formatting format;
	size_t index;              /* in bpr_flows */
	const char *process_id, *pool_id;
	const char **ids;          /* of the elements; NULL: no element of its own */
	const char **arc_ids;      /* NULL: not written */
	size_t *part_next;         /* nodes that one element stands for, from the element's own on; BPR_NONE */
	bool *meets;               /* by node: a message flow joins it to a pool without contents */
	size_t *element;           /* node whose element stands for it: itself, or the entry of its sub-process, … */
	size_t *within;            /* scope in whose element it stands, or BPR_NONE */
	unsigned char *fold;       /* by scope: YES: written as a sub-process */
	unsigned char *helper;     /* by node */
	size_t *first_in, *next_in; /* by scope, by node: nodes whose elements stand in a sub-process, with what was added to them */
	size_t *split;             /* node behind it whose ways out are written as its own, or BPR_NONE */
	size_t *catches;           /* an end that throws: the boundary event that catches; a link: where it goes; or BPR_NONE */
	const char **thrown;       /* of a boundary event that catches: id of the error or escalation; or NULL */
	/* lanes: units, and behind them one without a name */
	size_t lane_count;         /* 0: the flow has none */
	size_t *lane;              /* by node at the top level: its lane, or BPR_NONE */
	size_t *lane_first, *lane_next; /* nodes of a lane, in their order; by lane, by node */
	size_t *lane_child, *lane_sibling, *lane_parent; /* by lane */
	bool *lane_used;           /* it has nodes, or lanes that have */
	bool *lane_own;            /* it has nodes */
};

struct model {
	struct bpr_writing *w;
	struct bpr_buf *out;
	struct bpr_arena arena;
	struct bpr_names ids;      /* of XML, in use */
	struct model_flow *flows;  /* [w->count] */
	const char *collaboration;
	struct bpr_names outside;  /* names of pools without contents, in step with outside_ids */
	const char **outside_ids; size_t outside_capacity;
	bool pools, flat;
	bool replaced;             /* a character was written that XML does not allow */
	bool nomem;
};

/* ---- texts ---- */
void bpr_i_model_attr(struct model *m, const char *name, const char *value);      /* ` name="value"` */
void bpr_i_model_text(struct model *m, const char *text);                         /* escaped */
void bpr_i_model_indent(struct model *m, size_t depth);
/* A name with line ends or blanks at its ends: as a name of BPMN it is read back as one line. */
bool bpr_i_model_reads_otherwise(const char *name);

/* ---- ids ---- */
bool bpr_i_model_is_id(const char *text);
/* An id for XML: the wanted one where XML allows it and nothing has it, else one like it. In the arena; "" out of memory. */
const char *bpr_i_model_id(struct model *m, const char *wanted, const char *otherwise);

/* ---- parts ---- */
bpr_status bpr_i_model_fold(struct model *m, struct model_flow *f);
bpr_status bpr_i_model_lanes(struct model *m, struct model_flow *f);
/* Unit that a reader takes from where the element stands, or BPR_NONE. */
size_t bpr_i_model_lane_unit(const struct model_flow *f, size_t node);
void bpr_i_model_lane_set(struct model *m, const struct model_flow *f, size_t depth);
/* Does the node stand for a sub-process that is written as one? */
bool bpr_i_model_is_entry(const struct model_flow *f, size_t node);
/* Is a sequence flow written for the arc? From and to elements. */
bool bpr_i_model_arc(const struct model_flow *f, size_t arc, size_t *from, size_t *to);
/* The contents of a scope, or (BPR_NONE) of the process: nodes, sub-processes, then sequence flows. */
void bpr_i_model_contents(struct model *m, struct model_flow *f, size_t scope, size_t depth);
void bpr_i_model_cells(struct model *m, const struct model_flow *f, size_t node);
/* Name of the element that a node is written as. */
const char *bpr_i_model_element(const struct model_flow *f, size_t node);
void bpr_i_model_companions(struct model *m, const struct model_flow *f, size_t depth);

/* All chosen flows as a document without a diagram. flat: nothing is folded. *replaced: a character was, that XML does not allow. */
bpr_status bpr_i_model_write(struct bpr_writing *w, bool flat, struct bpr_buf *out, bool *replaced);
#endif

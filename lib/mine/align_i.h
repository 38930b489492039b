/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_ALIGN_I_H
#define BPR_MINE_ALIGN_I_H
/*
 * Alignments of traces with the runs of a net: shortest ways through the product of both, by A* (Adriansyah 2014, Aligning Observed
 * and Modeled Behavior, ch. 4 and 7). What has still to come costs at least the events that no step within reach can be, and the steps
 * that every way to the end passes and that no event left can be.
 */
#include "mine/net_i.h"
#include <bpr/conformance.h>

/*
 * Which activity can be which step. Activities and nodes that are linked, maybe over others, make a class; a node of no activity
 * has a class of its own if it is visible.
 */
struct bpr_match {
	size_t activity_count, node_count;
	uint32_t class_count;
	uint32_t *activity_class, *node_class; /* BPR_MNET_NONE: no step has it; not visible */
	uint32_t *row, *node;                  /* [activity_count + 1]: nodes of an activity, rising */
	bool *visible;                         /* [node_count] */
};

struct bpr_align_bounds {
	uint32_t class_words, step_words, step_count;
	uint64_t *reach;                       /* [places * class_words] classes that a token there can come to */
	uint64_t *must;                        /* [places * step_words] visible steps that it has to pass to the end */
	uint32_t *step_class;                  /* [step_count] rising; steps are numbered by class */
	uint32_t *step_of;                     /* [nodes] number of a visible one */
};

struct bpr_align_model {
	const struct bpr_mnet *net;
	const struct bpr_match *match;
	struct bpr_align_bounds bounds;        /* class_words 0: none */
};

enum { BPR_STEP_SILENT = BPR_MOVE_FLOW + 1 };
/* One step of an alignment; silent ones too. */
struct bpr_align_step { uint8_t move; uint32_t activity, fire; };

struct bpr_alignment {
	bpr_status status;                     /* BPR_OK; BPR_ENOEXIT: no run ends; BPR_ELIMIT: no run was found to end; BPR_ENOMEM */
	size_t low, high;                      /* costs; steps are of an alignment that costs `high` */
	struct bpr_align_step *step; size_t count;
	size_t states;
};

/* Of one thread: the markings that were met, and room. */
typedef struct bpr_aligner bpr_aligner;

bpr_status bpr_i_align_bounds(struct bpr_align_bounds *b, const struct bpr_mnet *net, const struct bpr_match *match);
void bpr_i_align_bounds_release(struct bpr_align_bounds *b);

bpr_aligner *bpr_i_aligner_new(const struct bpr_align_model *model, size_t max_states);
void bpr_i_aligner_free(bpr_aligner *a);
/* open: the case is under way and need not have come to an end. */
struct bpr_trace { const uint32_t *activities; size_t length; bool open; };
/*
 * Aligns a trace. shortest: of the empty trace, given as an alignment that every other one can fall back on; NULL when it
 * is the empty trace. The result does not depend on what was aligned before. out->step is the caller's.
 */
void bpr_i_align(bpr_aligner *a, const struct bpr_trace *trace, const struct bpr_alignment *shortest, struct bpr_alignment *out);
bool bpr_i_aligner_unbounded(const bpr_aligner *a);
struct bpr_markings *bpr_i_aligner_markings(bpr_aligner *a);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_VISIT_I_H
#define BPR_STUDY_VISIT_I_H
/*
 * One visit from door to door: mean minutes of a case, step by step in the order in which a case first gets there.
 * Definition: bpr-metrics(7), "A visit from door to door".
 */
#include "study/figure_i.h"
#include <bpr/queueing.h>
#include <bpr/simulate.h>

/* What a visit is computed from; analysis, queueing and simulation may be NULL. */
struct bpr_visit_source {
	const bpr_flow *flow;
	const bpr_analysis *analysis;
	const bpr_queueing *queueing;
	const bpr_simulation *simulation;
};

/* What the waiting in queues rests on. */
enum bpr_visit_basis {
	BPR_VISIT_NO_QUEUES = 0, /* nothing is known: only `wait` as written */
	BPR_VISIT_FORMULA,
	BPR_VISIT_ENDLESS,       /* by formula some queue grows without end: left out */
	BPR_VISIT_SIMULATED
};

enum bpr_visit_time { BPR_VISIT_OF_WORK = 0, BPR_VISIT_OF_PROCESS, BPR_VISIT_OF_QUEUE, BPR_VISIT_OF_WALK, BPR_VISIT_TIMES };
struct bpr_visit_part {
	enum bpr_visit_kind kind;
	enum bpr_visit_time time;  /* which of the figures of a case it is a part of */
	double minutes;            /* of a case, while the citizen is there */
	size_t node;
	size_t place;              /* counter, or unit where there are no citizens; BPR_NONE none */
};

struct bpr_visit {
	bool known;                /* anything takes time */
	bool citizens;             /* they come to counters; else it is a case from start to end */
	enum bpr_visit_basis basis;
	struct bpr_visit_part *parts; size_t part_count;
	double total;              /* sum of the parts */
	double of[BPR_VISIT_KINDS], of_time[BPR_VISIT_TIMES]; /* the same, by kind and by time */
	double away;               /* minutes left out: the citizen is not in the building */
	double aside;              /* minutes left out: beside longer branches */
	double closed;             /* simulated minutes left out: closed hours */
	double twice;              /* minutes that stand beside others: citizens at two places at once */
	bool sampled;              /* the length of parallel branches is sampled */
	double *moves;             /* [from * (counter count + 1) + to] of a case; the last place is outside. NULL: not followed */
	bool way_named;            /* a step of the flow is itself the way: no walking was added for it */
};

/* False when out of memory. */
bool bpr_i_visit(struct bpr_arena *arena, const struct bpr_visit_source *source, struct bpr_visit *out);

/*
 * Nodes in the order in which a case first gets there, loops taken once; those that no way leads to are left out.
 * back: [arc count] 1 for arcs that lead back.
 */
struct bpr_visit_order { size_t *nodes; size_t count; unsigned char *back; };
bool bpr_i_visit_order(struct bpr_arena *arena, const bpr_flow *flow, struct bpr_visit_order *out);

/* A step so long that the citizen goes home meanwhile, whatever the flow says: eight hours or more. */
bool bpr_i_visit_waits_at_home(const struct bpr_node *node);
/* Way i on from a node, its boundary events first, then its arcs, the last first: where to, or BPR_NONE. *arc: BPR_NONE to an event. */
size_t bpr_i_visit_way(const bpr_flow *flow, size_t node, size_t i, size_t *arc);

/* What runs side by side; its branches are walked one after the other. visit_beside.c */
struct bpr_visit_beside {
	unsigned char *inside; /* [node count] 1 between a parallel split and where its branches meet */
	size_t *feed;          /* [arc count] arc that ends the branch walked before the one this arc begins, or BPR_NONE */
	size_t *last;          /* [node count] of a join: arc that ends the branch walked last, or BPR_NONE */
};
bool bpr_i_visit_beside(struct bpr_arena *arena, const bpr_flow *flow, struct bpr_visit_beside *out);

/* Where the citizen is. */
struct bpr_visit_places {
	double *away;      /* [node count] share of executions while the citizen is not in the building */
	double *walks;     /* [node count] a case: comings to the step's counter that its way leads to */
	double *moves;     /* as in struct bpr_visit */
	double *comings;   /* [node count] the same, with those whose way is a step of the flow */
};
bool bpr_i_visit_places(struct bpr_arena *arena, const bpr_flow *flow, const double *visits, const double *passages,
			const struct bpr_visit_order *order, const struct bpr_visit_beside *beside, struct bpr_visit_places *out);
/* A step of the citizen's own that is a way: no form, no counter, and a name that says so. */
bool bpr_i_visit_is_way(const struct bpr_node *node);
#endif

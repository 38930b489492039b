/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ANALYSE_PLAN_I_H
#define BPR_ANALYSE_PLAN_I_H
/*
 * A flow as the walks need it: flat arrays, each node's behaviour as bits, shares made to sum to 1 exactly,
 * boundary events by host. Built once for an analysis; read only afterwards.
 */
#include <bpr/flow.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum bpr_trait {
	BPR_TRAIT_STEP = 1,         /* counts as a step */
	BPR_TRAIT_PLACE = 2,        /* changes the citizen's place: has a counter, or `away` */
	BPR_TRAIT_UNIT = 4,         /* a step with a unit */
	BPR_TRAIT_JOIN_AND = 8,     /* waits: more than one way in */
	BPR_TRAIT_JOIN_OR = 16,
	BPR_TRAIT_SPLIT_AND = 32,   /* more than one way out */
	BPR_TRAIT_SPLIT_OR = 64,
	BPR_TRAIT_LOOP = 128,       /* loop_prob > 0 */
	BPR_TRAIT_INTERRUPT = 256,  /* host of interrupting boundary events that happen */
	BPR_TRAIT_SPAWN = 512,      /* host of others that happen */
	BPR_TRAIT_ENTRY = 1024,     /* entry of a scope with several rounds */
	BPR_TRAIT_EXIT = 2048,
	BPR_TRAIT_TERMINATE = 4096,
	BPR_TRAIT_INCOMPLETE = 8192,/* an end with that outcome */
	BPR_TRAIT_GATEWAY = 16384
};

struct bpr_plan {
	const bpr_flow *flow;
	size_t n, arc_count;
	const struct bpr_node **node;  /* [n] */
	uint16_t *trait;               /* [n] */
	uint32_t *in_count;            /* [n] arcs in */
	uint32_t *arc_from, *arc_to;   /* [arc_count] */
	double *arc_prob;              /* [arc_count] XOR: sums to 1; OR: own; AND: 1 */
	double *any;                   /* [arc_count] OR: P(at least one of this and later arcs of the node is taken) */
	uint32_t *edge_row, *edge;     /* [n + 1]: boundary events of a host, interrupting ones first */
	uint32_t *interrupt_count;     /* [n] how many of them interrupt */
	double *normal;                /* [n] P(no interrupting event) */
	uint32_t *scope_at;            /* [n] ENTRY, EXIT: its scope; NULL where no scope has rounds */
	double *work_mean, *work_var, *wait_mean, *wait_var; /* [n] of one execution, minutes */
	size_t *start; double *start_prob; size_t start_count;
	size_t split_count;            /* nodes that put something on the stack: bounds its honest depth */
	bool parallel;                 /* some node splits tokens, whether it is reached or not */
	bool rounds, joins, terminates;
	uint32_t *building;            /* [counter_count] equal numbers, same building */
	struct bpr_plan_memory *memory;
};

bpr_status bpr_i_plan_new(const bpr_flow *flow, struct bpr_plan **out, struct bpr_error *err);
void bpr_i_plan_free(struct bpr_plan *plan);
/*
 * OR split: probability of branch `index` (counted from the last one where reverse), after those before it were drawn:
 * its own where one of them was taken, else given that at least one of those left is.
 */
double bpr_i_plan_or_prob(const struct bpr_plan *plan, size_t node, size_t index, bool reverse, bool taken);
/*
 * A node that terminates: the scope in which everything else ends (BPR_NONE: the whole case), and the node at which its
 * token goes on (BPR_NONE: nowhere). *left: that node is outside the scope. walk_scope.c
 */
size_t bpr_i_plan_terminates(const struct bpr_plan *plan, size_t node, size_t *where, bool *left);
/* Scope `inner` is `outer` or lies in it. */
bool bpr_i_plan_in_scope(const struct bpr_plan *plan, size_t inner, size_t outer);
/* Executions at each entry, as a number. */
static inline double bpr_i_plan_repeat(const struct bpr_plan *plan, size_t node)
{
	return (double)plan->node[node]->repeat;
}
#endif

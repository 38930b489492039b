/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CHECK_SMELL_I_H
#define BPR_CHECK_SMELL_I_H
/*
 * Smells of a process: what costs the citizen or the staff something and is rarely needed. Each finding is one element.
 * Questions such as "was it asked before?" go once along the flow in the order of its steps, ways back left out, so every
 * smell costs O(nodes + arcs + uses). With an analysis, ways that no case takes are left out, and figures are given.
 */
#include "base/alloc_i.h"
#include "base/buf_i.h"
#include "base/text_i.h"
#include "check/check_i.h"

/* The thresholds, all of them: also in the explanations of the codes and in bpr-check(1). */
#define BPR_SMELL_WAIT_TIMES 10.0    /* P014, P015: waiting is so many times the work */
#define BPR_SMELL_WAIT_MINUTES 30.0  /* P014, P015: and at least so long */
#define BPR_SMELL_HANDOFFS 5.0       /* P021: hand-overs of a case, and more */
#define BPR_SMELL_LOOP_SHARE 0.05    /* P016: cases that go back, and more */
#define BPR_SMELL_RETURNS 0.05       /* P007, P008: returns a case, and more */
#define BPR_SMELL_SEALS 3            /* P027: seals one after the other, and more */
#define BPR_SMELL_ENTRIES 20.0       /* P028: entries of one form, and more */
#define BPR_SMELL_EMPTY_SHARE 0.25   /* P020: more empty steps than that are a flow without figures */
#define BPR_SMELL_LISTED 20          /* findings of one kind that are listed; P030 says how many more */
#define BPR_SMELL_EPSILON 1e-9       /* what rounding leaves of nothing */

struct bpr_smell {
	struct bpr_check *check;
	const bpr_flow *flow;
	const struct bpr_node_result *nodes; /* NULL: no analysis */
	const double *arcs;                  /* NULL: no analysis */
	double cases;                        /* a year; 0 not known */
	size_t n;
	size_t *row, *col;                   /* successors of each node: arcs, boundary events, exits of scopes */
	size_t *order; size_t order_count;   /* nodes that can be reached, each behind all that lead to it but by ways back */
	size_t *pos;                         /* [n] place in the order; BPR_NONE: not reached */
	unsigned char *returned;             /* [counters] P008 was said of it */
	size_t listed[BPR_I_CODE_COUNT];     /* findings of each code */
	struct bpr_place first_left[BPR_I_CODE_COUNT]; /* of those that were not listed any more */
};

/* smell_graph.c: fills row to pos. False: out of memory. */
bool bpr_i_smell_graph(struct bpr_smell *s);
/* A way back, in the order. */
static inline bool bpr_i_smell_back(const struct bpr_smell *s, size_t from, size_t to)
{
	return s->pos[to] <= s->pos[from];
}

/* ---- smell_say.c: what findings are made of ---- */
/* At most so long is what an argument of a problem can hold. */
struct bpr_smell_text { char text[200]; };

/* "12.5", "1,200": as many digits as a reader wants. */
struct bpr_smell_text bpr_i_smell_number(double x);
struct bpr_smell_text bpr_i_smell_percent(double share);
/*
 * Effect of a finding as an argument: `once` has {1} for x of a case, `yearly` also {2} for a year. "" without an
 * analysis; `once` without a demand.
 */
struct bpr_smell_text bpr_i_smell_effect(const struct bpr_smell *s, const char *once, const char *yearly, double x);
/* The same where {1} is a share of cases. */
struct bpr_smell_text bpr_i_smell_share(const struct bpr_smell *s, const char *once, const char *yearly, double x);
/* Message id with one argument of its own. */
struct bpr_smell_text bpr_i_smell_with(const char *id, const char *arg);

/* Names with " / " between, as many as there is room for. */
struct bpr_smell_list { char text[160]; size_t count; bool full; };
void bpr_i_smell_list_add(struct bpr_smell_list *list, const char *name);

const char *bpr_i_smell_name(const bpr_flow *flow, size_t node);
/* Name of a step; with its counter or unit where the other step has the same name. */
struct bpr_smell_text bpr_i_smell_step(const bpr_flow *flow, size_t node, size_t other);
const char *bpr_i_smell_form_name(const bpr_flow *flow, size_t form);
/* Executions a case; 0 without an analysis. */
double bpr_i_smell_visits(const struct bpr_smell *s, size_t node);
/* Whether a case gets there at all; true without an analysis. */
bool bpr_i_smell_happens(const struct bpr_smell *s, size_t node);
struct bpr_place bpr_i_smell_place(const bpr_flow *flow, size_t node);
/* Notes a finding at a node (BPR_NONE: at the file, with `where`). Only BPR_SMELL_LISTED of a code are listed. */
void bpr_i_smell_note(struct bpr_smell *s, enum bpr_code_id id, size_t node, const char *const args[4]);
void bpr_i_smell_note_at(struct bpr_smell *s, enum bpr_code_id id, const struct bpr_place *place, const char *const args[4]);

/* ---- the smells; false: out of memory ---- */
bool bpr_i_smell_writing(struct bpr_smell *s);   /* smell_write.c: items and forms written again */
bool bpr_i_smell_identity(struct bpr_smell *s);  /* smell_identity.c: identity checked again, trips */
bool bpr_i_smell_counters(struct bpr_smell *s);  /* smell_counter.c: counters come back to, counters for nothing */
bool bpr_i_smell_units(struct bpr_smell *s);     /* smell_unit.c: hand-overs, documents forth and back */
bool bpr_i_smell_paper(struct bpr_smell *s);     /* smell_paper.c: seals, copying, forms that nobody needs */
bool bpr_i_smell_time(struct bpr_smell *s);      /* smell_time.c: waiting, loops, steps and pools */
bool bpr_i_smell_words(struct bpr_smell *s);     /* analogue.c: words of analogue rules */
bool bpr_i_smell_weak(struct bpr_smell *s);      /* weak.c: numbers that are not there */
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_SIMULATE_PLAN_I_H
#define BPR_SIMULATE_PLAN_I_H
/*
 * A flow, its staff and its demand as the engine needs them: flat arrays of small numbers. Built once, read only afterwards:
 * all threads share it. Indices of nodes, arcs, pools, counters are those of the flow.
 */
#include "flow/dist_i.h"
#include <bpr/simulate.h>
#include <stdbool.h>
#include <stdint.h>

#define RUN_NONE UINT32_MAX

/* What a node does, as bits: the engine asks for nothing else in its fast path. */
enum run_trait {
	RUN_STEP = 1,           /* counts as a step: reported, logged */
	RUN_WORK = 2,           /* has work or needs staff */
	RUN_WAIT = 4,           /* has `wait` */
	RUN_NEEDS = 8,          /* needs staff of a pool with a count */
	RUN_JOIN_AND = 16, RUN_JOIN_OR = 32,
	RUN_SPLIT_AND = 64, RUN_SPLIT_OR = 128,
	RUN_CHOICE = 256,       /* several ways out, one is taken */
	RUN_END = 512,          /* no way out */
	RUN_TERMINATE = 1024,
	RUN_REPEAT = 2048,      /* repeat > 1 */
	RUN_BOUNDARY = 4096,    /* host of boundary events that can happen */
	RUN_ENTRY = 8192, RUN_EXIT = 16384, /* edges of a scope with several rounds: node.scope */
	RUN_COUNTED = 32768,    /* per-case figures change here: place, forms, seals …; record.c */
	RUN_AT_COUNTER = 65536, /* the step needs the counter to be open, or its waiting room is finite */
	RUN_BATCH = 1 << 17, RUN_PATIENCE = 1 << 18,
	RUN_OFFICE = 1 << 19,   /* staff work without a pool that has a count, in an office that closes: hours.c */
	RUN_LOOP = 1 << 20,     /* loop_prob > 0 */
	RUN_SILENT = 1 << 21,   /* put in by a reader: not listed */
	RUN_TIMED = 1 << 22,    /* host of boundary timers: a `wait`, no probability */
	RUN_FAST = 1 << 24,     /* set by staff_plan.c: bpr_i_staff_fast_ask() and _done() of staff_i.h do for it */
	RUN_PLAIN = 1 << 25,    /* one execution by one person of a fast pool, no `wait`, one token in, one out: quick.c does it all */
	RUN_CLOCK_ON = 1 << 26, /* entry of a sub-process with boundary timers */
	RUN_CLOCK_OFF = 1 << 27, /* the node behind its exit, on which they sit */
	RUN_BUILDING = 1 << 28, /* closing `serve`: who enters it is in the building from now on, or has left it: stay.c */
	RUN_MEETS = RUN_JOIN_AND | RUN_JOIN_OR | RUN_ENTRY | RUN_CLOCK_ON | RUN_CLOCK_OFF, /* not simply entered */
	RUN_ASKS = RUN_NEEDS | RUN_AT_COUNTER | RUN_BATCH, /* pool.c decides when work begins */
	RUN_JOINS = RUN_JOIN_AND | RUN_JOIN_OR
};

/* A duration, ready to be drawn. draw.c */
struct run_sampler {
	enum bpr_dist_kind kind;
	double a, b, c;
	const struct bpr_dist *dist; /* what is drawn the slow way */
	bool working_days;           /* minutes count on working days only */
};

struct run_need { uint32_t pool, count; };

struct run_node {
	uint32_t traits;
	uint32_t pool;               /* its one pool where it needs one person of it; else RUN_NONE */
	uint32_t work, wait, patience; /* samplers, or RUN_NONE */
	uint32_t first_out, out_count;
	uint32_t first_need, need_count;
	uint32_t counter, scope, in_count;
	uint32_t stream;             /* first of the streams of its draws: + enum run_purpose */
	uint32_t repeat;             /* executions at each entry */
	uint32_t cut;                /* RUN_TERMINATE: index in run_plan.cut */
	bool repeat_parallel;
	float priority;
	double loop_prob, normal;    /* normal: probability that no boundary event interrupts */
};

/* A terminate end: `scope` and all in it ends (RUN_NONE: the case); its token goes on at `to` (RUN_NONE: nowhere). */
struct run_cut { uint32_t scope, to; };

/* A sub-process: scopes inside it are those with first >= its first and first < its last. */
struct run_scope {
	uint32_t parent, entry, exit, repeat, first, last, next;
	uint32_t timed;              /* node on which its boundary timers sit, or RUN_NONE */
	bool repeat_parallel;
};

/* Streams of a node; arrivals have the purposes of their own element. */
enum run_purpose { RUN_DRAW_WORK = 0, RUN_DRAW_WAIT, RUN_DRAW_ROUTE, RUN_DRAW_PATIENCE, RUN_PURPOSES };

struct run_plan {
	const bpr_flow *flow;
	const bpr_calendar *calendar;
	struct bpr_sim_options options;
	size_t node_count, arc_count, pool_count, counter_count, scope_count;
	struct run_node *node;
	uint32_t *arc_to;            /* [arc_count] */
	double *arc_until;           /* [arc_count] RUN_CHOICE: cumulated shares, the last one is above 1; OR: own probability */
	double *arc_any;             /* [arc_count] OR: own probability given that none before and at least one from here on is taken */
	struct run_scope *scope;     /* [scope_count] */
	struct run_cut *cut;
	struct run_need *need;
	struct run_sampler *sampler; size_t sampler_count;
	uint32_t *start; double *start_until; size_t start_count; /* shares cumulated */
	uint32_t *host_first, *host_event; /* [node_count + 1]: boundary events by probability, interrupting ones first, then timers */
	uint32_t *host_spawn, *host_timer; /* [node_count] index in host_event of the first that does not interrupt; of the first timer */
	struct run_reach *reach;     /* who can get to an OR join; reach.c. NULL: there is none */
	size_t stream_count;         /* node_count * RUN_PURPOSES and those of arrivals behind them */
	uint64_t *stream_key;        /* [stream_count] element: hash of the id, so that flows share the draws of like steps */
	bool single;                 /* one token a case: no split, no boundary event that starts a path or has a clock, no rounds */
	bool closes;                 /* the office has hours: bpr_calendar_always_open() is false */
	size_t case_size;            /* bytes of per-case figures, record.c; a multiple of 8 */
	void *record_plan;           /* record.c's own tables */
	void *staff_plan;            /* pool.c's own tables */
	void *arrival_plan;          /* arrive.c's own tables */
	bpr_calendar *calendar_own;
	struct run_memory *memory;
};

/* A duration as its sampler; draw.c. */
struct run_sampler bpr_i_run_sampler(const struct bpr_dist *dist);

/* Refuses what cannot be simulated (no demand: V001). plan.c calls the three below it. */
bpr_status bpr_i_run_plan_new(const bpr_flow *flow, const struct bpr_sim_options *options, struct run_plan **out, bpr_problems *problems,
	struct bpr_error *err);
void bpr_i_run_plan_free(struct run_plan *plan);
bpr_status bpr_i_record_plan(struct run_plan *plan, struct bpr_error *err);  /* sets case_size, RUN_COUNTED */
void bpr_i_record_plan_free(struct run_plan *plan);
bpr_status bpr_i_staff_plan(struct run_plan *plan, bpr_problems *problems, struct bpr_error *err);
void bpr_i_staff_plan_free(struct run_plan *plan);
bpr_status bpr_i_arrive_plan(struct run_plan *plan, bpr_problems *problems, struct bpr_error *err);
void bpr_i_arrive_plan_free(struct run_plan *plan);
#endif

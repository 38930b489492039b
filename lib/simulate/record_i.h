/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_SIMULATE_RECORD_I_H
#define BPR_SIMULATE_RECORD_I_H
/*
 * What is written down while a replication runs, and how replications become figures. The engine says what happens through
 * the calls below, at run->now; nothing else is observed. Per-case figures live in run->case_data.
 */
#include "simulate/run_i.h"

/* ---- what happens; record.c ---- */
void bpr_i_record_arrive(struct run *run, uint32_t of_case);
/*
 * A token enters a node (one execution of it begins). The citizen's place, forms, seals, rework … of the case change. Parallel
 * branches count as if they were walked one after the other, as written: see trail.
 */
void bpr_i_record_enter(struct run *run, uint32_t token);
void bpr_i_record_leave(struct run *run, uint32_t token);  /* goes on from a step: handoffs are pairs of it and the next step */
/*
 * Parallel: `child` starts as branch number `branch` (from 1) of `parent`, which itself goes on as branch 0 and has not moved yet.
 * `tokens` merge into `into`, which is one of them (the one that came last); the others are gone afterwards.
 */
void bpr_i_record_split(struct run *run, uint32_t parent, uint32_t child, uint32_t branch);
void bpr_i_record_merge(struct run *run, uint32_t into, const uint32_t *tokens, size_t count);
void bpr_i_record_queue(struct run *run, uint32_t token);  /* joins the queue at its node */
void bpr_i_record_begin(struct run *run, uint32_t token);  /* work begins: token->arrived, closed say how long it waited */
void bpr_i_record_finish(struct run *run, uint32_t token); /* work done: work minutes, cost, the log */
void bpr_i_record_wait(struct run *run, uint32_t token, double minutes); /* `wait` of the process is over */
void bpr_i_record_give_up(struct run *run, uint32_t token);
void bpr_i_record_end(struct run *run, uint32_t of_case);  /* its last token has gone: figures of the case are complete */
/* A token's case came to this end node. */
void bpr_i_record_outcome(struct run *run, uint32_t token);
/* People of a pool: busy, on duty (from now on). */
void bpr_i_record_busy(struct run *run, uint32_t pool, size_t busy);
void bpr_i_record_duty(struct run *run, uint32_t pool, size_t people);

bpr_status bpr_i_record_new(struct run *run);
void bpr_i_record_free(struct run *run);
void bpr_i_record_clear(struct run *run);                  /* before a replication, and at the end of the warm-up */
void bpr_i_record_close(struct run *run);                  /* the replication is over: areas under curves up to now */

/* A RUN_WATCH event that record.c planned. */
void bpr_i_record_watch(struct run *run, uint32_t id);

/* ---- sketch.c: values of single cases, mergeable in any number of parts ---- */
struct sketch;
#endif

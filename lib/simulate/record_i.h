/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_SIMULATE_RECORD_I_H
#define BPR_SIMULATE_RECORD_I_H
/*
 * What is written down while a replication runs, and how replications become figures. The engine says what happens through
 * the calls below, at run->now; nothing else is observed. Per-case figures live in run->case_data.
 */
#include "simulate/run_i.h"
#include "simulate/sums_i.h"

/* ---- what happens; record.c. Tokens that are told of are alive at the call; `gone` comes last ---- */
/* A case comes in with its first token, which stands before its start node. Sets counted of the case. */
void bpr_i_record_arrive(struct run *run, uint32_t token);
/*
 * A token enters a node with RUN_COUNTED: once an entry, for all executions of `repeat` (again for each round of loop_prob),
 * behind the join. The citizen's place, forms, seals, rework, handoffs … change here. Parallel branches count as if they were
 * walked one after the other, as written: trail.c.
 */
void bpr_i_record_enter(struct run *run, uint32_t token);
/*
 * Only where !plan->single. Parallel: `child` starts as branch number `branch` (from 1) of `parent`, which itself goes on as branch 0
 * and has not moved yet; children are told of in the order in which they are walked, before any moves. What starts beside a step
 * (boundary events that do not interrupt) is walked before what follows it: then the parent comes once more, behind its
 * children, as a child of itself.
 */
void bpr_i_record_split(struct run *run, uint32_t parent, uint32_t child, uint32_t branch);
/*
 * `tokens`, in the order in which they came, merge into `into`, which is one of them (the one that came last); the others are
 * gone afterwards. scope: they are rounds of it that ran side by side; RUN_NONE: a join.
 */
void bpr_i_record_merge(struct run *run, uint32_t into, const uint32_t *tokens, size_t count, uint32_t scope);
/* The token is no more (merged, ended, dropped): wherever one is freed, only where !plan->single. */
void bpr_i_record_gone(struct run *run, uint32_t token);
/* Joins the queue at its node. Not told where work begins at once. */
void bpr_i_record_queue(struct run *run, uint32_t token);
/*
 * Each execution of a node with RUN_WORK: its work begins (token->arrived: when it asked for it; token->closed: minutes of closed
 * hours since; set to 0 here), and is done (token->closed: minutes for which work was interrupted; set to 0 here). Of both times,
 * token->held are minutes in which it waited for the others of its batch, as the process wants it; set to 0 here. What is done in
 * no time and asks for nobody begins and finishes as well.
 */
void bpr_i_record_begin(struct run *run, uint32_t token);
void bpr_i_record_finish(struct run *run, uint32_t token);
void bpr_i_record_wait(struct run *run, uint32_t token, double minutes); /* `wait` of the process is over: so many minutes of it */
/* It gives up in its queue, or finds the room full (queued: false). Followed by outcomes of nobody, gone, end. */
void bpr_i_record_give_up(struct run *run, uint32_t token, bool queued);
/* A token that stood in the queue at its node is dropped: a terminate end. */
void bpr_i_record_unqueue(struct run *run, uint32_t token);
/* The token came to a node without a way out. */
void bpr_i_record_outcome(struct run *run, uint32_t token);
void bpr_i_record_end(struct run *run, uint32_t of_case);  /* its last token has gone: figures of the case are complete */
/* People of a pool: busy, on duty (from now on). */
void bpr_i_record_busy(struct run *run, uint32_t pool, size_t busy);
void bpr_i_record_duty(struct run *run, uint32_t pool, size_t people);
/* Those of them whose hours are over, but not their work. */
void bpr_i_record_over(struct run *run, uint32_t pool, size_t people);

bpr_status bpr_i_record_new(struct run *run);
void bpr_i_record_free(struct run *run);
void bpr_i_record_clear(struct run *run);                  /* before a replication: nobody is there; plans its RUN_WATCH events */
void bpr_i_record_close(struct run *run);                  /* the replication is over: areas under curves up to now */
/* A RUN_WATCH event that record.c planned. */
void bpr_i_record_watch(struct run *run, uint32_t id);

/* ---- for replicate.c ---- */
const struct columns *bpr_i_record_columns(const struct run_plan *plan);
/* What the replication that was played last came to; valid until the next. */
const struct sums *bpr_i_record_sums(const struct run *run);
/* Counted cases that have finished so far. */
unsigned long long bpr_i_record_finished(const struct run *run);
/* From now on cycle times are kept in order of finish, for the warm-up; their number is returned. */
void bpr_i_record_keep_series(struct run *run, bool keep);
size_t bpr_i_record_series(const struct run *run, const double **cycles, const double **times);
/* Called every few thousand cases, with the cases that have finished; false: stop. */
void bpr_i_record_on_progress(struct run *run, bool (*progress)(void *data, const struct run *run), void *data);
#endif

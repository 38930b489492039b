/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_SIMULATE_RUN_I_H
#define BPR_SIMULATE_RUN_I_H
/*
 * One replication: the clock, the events to come, tokens, cases, queues. Owned by one thread; kept and cleared between
 * replications, so that nothing is allocated once the largest crowd has been seen.
 *
 * Who does what: run.c moves tokens (the token game), pool.c gives people to them, arrive.c lets cases in, record.c writes
 * down what happens, queue.c holds the events to come. Each calls the others through this header only.
 */
#include "simulate/plan_i.h"

/* What an event is about; at one moment they happen in this order, then in the order in which they were planned. */
enum run_event_kind {
	RUN_CLOCK = 0,          /* hours begin or end: id is a change of the staff plan, pool.c */
	RUN_FINISH,             /* id: token whose work is done */
	RUN_RESUME,             /* id: token whose `wait` is over */
	RUN_TIMER,              /* id: token whose patience, batch time or boundary timer has run out */
	RUN_ARRIVE,             /* arrive.c */
	RUN_WATCH               /* the next moment to be shown; end of the warm-up */
};

struct run_event { double time; uint64_t order; uint32_t id, stamp; }; /* order: kind in the top byte, then a sequence number */

/* Events to come. Total order: time, kind, sequence. queue.c says which structure it is, and why. */
struct run_queue { struct run_event *items; size_t count, capacity; uint64_t sequence; };

struct run_token {
	uint32_t node, of_case;
	uint32_t next, before;  /* in a queue of a pool, or in the list of free tokens */
	uint32_t stamp;         /* events that carry another one are out of date */
	uint32_t left;          /* executions left at this entry */
	uint32_t person;        /* first of the people that serve it, from 1 */
	uint8_t phase;          /* enum run_phase */
	uint8_t flags;
	double arrived, started;/* at this step: joined the queue, work began */
	double work;            /* minutes of work still to be done */
	double rank;            /* place in the queue: the smaller first */
	double closed;          /* minutes of closed hours while it waited here */
	uint32_t trail;         /* record.c: where it stands in its case's story */
	uint32_t sibling;       /* run.c: other tokens of the case */
};
enum run_phase { RUN_FREE = 0, RUN_QUEUED, RUN_SERVED, RUN_INTERRUPTED, RUN_WAITING, RUN_JOINING };

struct run_case {
	unsigned long long number; /* from 1 */
	double arrived;
	uint32_t tokens;        /* on their way */
	uint32_t first_token, next; /* next: free list */
	bool counted;           /* arrived after the warm-up */
};

struct run {
	const struct run_plan *plan;
	uint64_t replication;
	double now, until;      /* until: no arrivals from then on */
	struct run_queue queue;
	struct run_token *token; size_t token_count, token_capacity; uint32_t free_token;
	struct run_case *cases; size_t case_count, case_capacity; uint32_t free_case;
	unsigned char *case_data; /* case_size bytes of each case: record.c */
	struct bpr_rng *stream;
	unsigned long long arrived, finished, abandoned, events;
	size_t in_process;
	bool stop;              /* a callback said so, or memory ran out (`status`) */
	bpr_status status;
	struct bpr_error *err;
	struct record *record;  /* record_i.h */
	struct staff *staff;    /* pool.c */
	struct arrivals *arrivals; /* arrive.c */
	struct joins *joins;    /* run.c */
};

/* ---- queue.c ---- */
/* False: out of memory (run->stop is set). `stamp` is that of the token for events of tokens. */
bool bpr_i_run_plan_event(struct run *run, double time, enum run_event_kind kind, uint32_t id, uint32_t stamp);
bool bpr_i_run_next_event(struct run *run, struct run_event *out); /* false: nothing is left */

/* ---- run.c ---- */
bpr_status bpr_i_run_new(const struct run_plan *plan, struct run **out, struct bpr_error *err);
void bpr_i_run_free(struct run *run);
/* Plays one replication from an empty office to its end; results stand in run->record. */
bpr_status bpr_i_run_play(struct run *run, uint64_t replication, struct bpr_error *err);
/* A case comes in now at start node chosen by share. arrive.c calls it. */
void bpr_i_run_enter_case(struct run *run);
/* The token has its people (pool.c calls it): work begins now; run.c plans RUN_FINISH. */
void bpr_i_run_begin_work(struct run *run, uint32_t token);
/* It gave up, or found the room full: the case ends as abandoned. */
void bpr_i_run_abandon(struct run *run, uint32_t token);

/* ---- pool.c ---- */
bpr_status bpr_i_staff_new(struct run *run);
void bpr_i_staff_free(struct run *run);
void bpr_i_staff_clear(struct run *run);                 /* before a replication: day 0, plans the first RUN_CLOCK */
/* The token, whose work minutes are drawn, wants the people of its node: begins at once or queues. */
void bpr_i_staff_ask(struct run *run, uint32_t token);
/* Its work is done: people are free, others begin. */
void bpr_i_staff_done(struct run *run, uint32_t token);
/* The token disappears (a terminate end): out of its queue, or its people are free. */
void bpr_i_staff_drop(struct run *run, uint32_t token);
void bpr_i_staff_clock(struct run *run, uint32_t id);    /* RUN_CLOCK */
void bpr_i_staff_timer(struct run *run, uint32_t token); /* RUN_TIMER of a queued token */

/* ---- arrive.c ---- */
bpr_status bpr_i_arrive_new(struct run *run);
void bpr_i_arrive_free(struct run *run);
void bpr_i_arrive_clear(struct run *run);                /* plans the first RUN_ARRIVE; sets run->until */
void bpr_i_arrive_event(struct run *run);                /* lets in who comes now, plans the next */

/* ---- draw.c ---- */
/* Minutes; the fast kinds are drawn in line. */
double bpr_i_run_draw(const struct run_sampler *sampler, struct bpr_rng *rng);
#endif

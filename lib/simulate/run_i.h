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
#include "base/problem_i.h"
#include "simulate/plan_i.h"

/* What an event is about; at one moment they happen in this order, then in the order in which they were planned. */
enum run_event_kind {
	RUN_CLOCK = 0,          /* hours begin or end: id is a change of the staff plan, pool.c */
	RUN_FINISH,             /* id: token whose work is done */
	RUN_RESUME,             /* id: token whose `wait` is over */
	RUN_TIMER,              /* id: token whose patience or batch time has run out; pool.c */
	RUN_STRIKE,             /* id: token that stands for a boundary timer; run.c */
	RUN_ARRIVE,             /* arrive.c */
	RUN_WATCH               /* id: what record.c planned it for (the next moment to be shown, end of the warm-up): bpr_i_record_watch() */
};

/* Events to come. Total order: time, kind, sequence. queue.c says which structure it is, and why. */
#include "simulate/queue_i.h"

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
	double held;            /* minutes that it waits for the others of its batch: at begin until they had come, at finish until they were done */
	uint32_t trail;         /* record.c: where it stands in its case's story */
	uint32_t sibling, sibling_before; /* run.c: other tokens of the case */
	uint32_t arc;           /* run.c: RUN_JOINING: over which it came */
	uint32_t frame;         /* run.c: round of a sub-process in which it is; 0 none */
	uint32_t host;          /* run.c: of a boundary timer its host; of one of several executions side by side the first of them; else RUN_NONE */
	uint32_t timers;        /* run.c: first of its boundary timers, or RUN_NONE */
	double paused;          /* run.c: since when its work is interrupted; WAITING: until when it waits */
};
/* QUEUED, SERVED (its people are at work, or a delay runs), INTERRUPTED (they are away): pool.c sets and clears them. */
enum run_phase { RUN_FREE = 0, RUN_MOVING, RUN_QUEUED, RUN_SERVED, RUN_INTERRUPTED, RUN_WAITING, RUN_JOINING, RUN_GATHERING, RUN_CLOCKED };

struct run_case {
	unsigned long long number; /* from 1 */
	double arrived;
	uint32_t tokens;        /* on their way */
	uint32_t joining, joining_or; /* of them, that wait at a join; at an OR join */
	uint32_t first_token, next; /* next: free list */
	bool counted;           /* arrived after the warm-up: record.c */
	bool gave_up;           /* pool.c said so */
	bool inside;            /* closing `serve`: the citizen is in the building; stay.c */
};

struct run {
	const struct run_plan *plan;
	uint64_t replication;
	double now, until;      /* until: no arrivals from then on; INFINITY: they never end */
	struct run_queue queue;
	struct run_token *token; size_t token_count, token_capacity; uint32_t free_token;
	struct run_case *cases; size_t case_count, case_capacity; uint32_t free_case;
	unsigned char *case_data; /* case_size bytes of each case: record.c */
	struct bpr_rng *stream;
	unsigned long long arrived, finished, abandoned, events;
	size_t in_process;
	double last_arrival;
	bool arriving;          /* somebody is still to come: arrive.c sets and clears it; without, the run ends when the last case has left */
	bool overrun;           /* cases were left over long after the last arrival: the run was ended */
	bool enough;            /* record.c: the replication has what was asked for; it ends at once */
	bool staying;           /* people stay past their hours, or a door stays open: stay.c */
	bool stop;              /* a callback said so, or memory ran out (`status`) */
	bpr_status status;
	struct bpr_error *err;
	struct record *record;  /* record_i.h */
	struct staff *staff;    /* pool.c */
	struct arrivals *arrivals; /* arrive.c */
	struct game *game;      /* run.c: frames, tokens that move */
};
static inline const struct run_node *bpr_i_run_node_of(const struct run *run, uint32_t token)
{
	return &run->plan->node[run->token[token].node];
}
static inline void *bpr_i_run_case_data(const struct run *run, uint32_t of_case)
{
	return run->case_data + (size_t)of_case * run->plan->case_size;
}
/* Ends the replication with a fault; always false. */
bool bpr_i_run_fail(struct run *run, bpr_status status, enum bpr_code_id code, const char *element, const char *a1, const char *a2);
bool bpr_i_run_nomem(struct run *run);

/* ---- queue.c ---- */
/*
 * Plans an event at `time` >= run->now. False: out of memory (run->stop is set). Events of tokens (FINISH, RESUME, TIMER, STRIKE)
 * carry the token's stamp: who calls one off adds 1 to token->stamp, and it is never seen. Numbers of tokens are used again,
 * their stamps go on from where they were.
 */
bool bpr_i_run_plan_event(struct run *run, double time, enum run_event_kind kind, uint32_t id, uint32_t stamp);

/* ---- run.c ---- */
bpr_status bpr_i_run_new(const struct run_plan *plan, struct run **out, struct bpr_error *err);
void bpr_i_run_free(struct run *run);
/* Plays one replication from an empty office to its end; results stand in run->record. */
bpr_status bpr_i_run_play(struct run *run, uint64_t replication, struct bpr_error *err);
/* A case comes in now at start node chosen by share. arrive.c calls it. */
void bpr_i_run_enter_case(struct run *run);
/* The token has its people (pool.c calls it): work begins now; plans RUN_FINISH at now + token->work. */
void bpr_i_run_begin_work(struct run *run, uint32_t token);
/*
 * Work that is interrupted and taken up again (pool.c calls them): FINISH is called off and token->work becomes what is left;
 * a new one is planned. Neither is told to record.c.
 */
void bpr_i_run_interrupt(struct run *run, uint32_t token);
void bpr_i_run_go_on(struct run *run, uint32_t token);
/* It gave up, or found the room full: it is out of its queue, and the whole case ends as abandoned. */
void bpr_i_run_abandon(struct run *run, uint32_t token);

/* ---- pool.c ---- */
bpr_status bpr_i_staff_new(struct run *run);
void bpr_i_staff_free(struct run *run);
void bpr_i_staff_clear(struct run *run);                 /* before a replication: day 0, plans the first RUN_CLOCK */
/* RUN_ASKS: the token, whose work minutes are drawn (token->work), wants to begin: at once or later bpr_i_run_begin_work(). */
void bpr_i_staff_ask(struct run *run, uint32_t token);
/* RUN_ASKS: its work is done: people are free, others begin. Called before the token goes on. */
void bpr_i_staff_done(struct run *run, uint32_t token);
/* The token, QUEUED, SERVED or INTERRUPTED at a RUN_ASKS node, disappears (a terminate end): out of its queue, or its people are free and others begin. */
void bpr_i_staff_drop(struct run *run, uint32_t token);
void bpr_i_staff_clock(struct run *run, uint32_t id);    /* RUN_CLOCK */
void bpr_i_staff_timer(struct run *run, uint32_t token); /* RUN_TIMER of a queued token */
/* While run->staying, after every event: where nobody needs them any more, people go and doors shut. */
void bpr_i_stay_look(struct run *run);
/* RUN_BUILDING: the token has come to its node. */
void bpr_i_stay_enter(struct run *run, uint32_t token);
/* Nothing is to come any more: batches that are not full are done. False: there are none. */
bool bpr_i_staff_flush(struct run *run);

/* ---- arrive.c ---- */
bpr_status bpr_i_arrive_new(struct run *run);
void bpr_i_arrive_free(struct run *run);
void bpr_i_arrive_clear(struct run *run);                /* plans the first RUN_ARRIVE; sets run->until */
void bpr_i_arrive_event(struct run *run);                /* lets in who comes now, plans the next */

/* ---- hours.c: where the office has hours (plan->closes) ---- */
/* The first moment >= time at which the office is open; INFINITY: never again. */
double bpr_i_hours_open(const struct run_plan *plan, double time);
/* When so many minutes of open office have passed since `time`; INFINITY: never. */
double bpr_i_hours_after(const struct run_plan *plan, double time, double minutes);
/* When so many minutes of working days (1440 each) have passed since `time`. */
double bpr_i_hours_working(const struct run_plan *plan, double time, double minutes);

/* ---- draw.c; in line: draw_i.h ---- */
/* Minutes, >= 0. */
double bpr_i_run_draw(const struct run_sampler *sampler, struct bpr_rng *rng);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_PROPERTY_SLOW_I_H
#define BPR_TESTS_PROPERTY_SLOW_I_H
/* Inside of the slow simulator: slow_sim.c moves tokens and the clock, slow_people.c gives people to them. */
#include "property/slow_sim.h"
#include "simulate/run_i.h"

#define MAX_TOKENS 4096
#define SLOW_SHIFTS 4
#define SLOW_PEOPLE 16
#define SLOW_COUNTERS 16
#define SLOW_CASES 16384
#define MAX_MOVES 256
#define DRAFT_WAYS 16
#define NEVER ((double)INFINITY)

/* HELD: staff without number, until the office opens. GATHERING: until the batch is full. STOPPED: its people have gone home. */
enum phase { GONE = 0, MOVING, GATHERING, QUEUED, HELD, AT_WORK, STOPPED, WAITING, JOINING };

struct token {
	enum phase phase;
	size_t node, arc;            /* arc: JOINING: over which it came */
	unsigned long long of_case;
	unsigned long long since;    /* number of the event that planned what is next, or of coming to the join */
	unsigned long long came;     /* to its step: a running number */
	unsigned long long place;    /* in the queue; of a batch that of its getting in line */
	unsigned long long batch;    /* number of those that are done together; a token alone is a batch */
	size_t left;                 /* executions still to come at this entry */
	double arrived, started;
	double work;                 /* minutes of its own work */
	double rest;                 /* STOPPED: minutes of work not yet done, of the whole batch */
	double due;                  /* AT_WORK, WAITING, HELD: when it is over */
	double gives_up; unsigned long long gives_up_since;
	bool leads;                  /* stands in line for its batch */
	bool seated;
};

/* A token is about to pass an arc, to enter a node, or to go round a step again. */
enum move_kind { OVER_ARC, INTO_NODE, ONCE_MORE };
struct move { enum move_kind kind; size_t where, token; };

struct window { double to, next; }; /* a stretch of opening hours, and who comes next in it */

struct slow {
	const bpr_flow *flow;
	const struct slow_options *options;
	struct slow_result *result;
	size_t nodes, pools;
	bool closes;                          /* the office has hours */
	bool reach[SLOW_NODES][SLOW_NODES];   /* a token at the first can come to the second, in this round of the loops around it */
	struct bpr_rng draw[SLOW_NODES][RUN_PURPOSES], arrivals;
	struct token token[MAX_TOKENS]; size_t used;
	struct move move[MAX_MOVES]; size_t moves; /* the last one goes first */
	unsigned long long serves[SLOW_POOLS][SLOW_SHIFTS][SLOW_PEOPLE]; /* the batch that the person is busy with; 0 none */
	double now, next_arrival, clock;
	struct window window[1440]; size_t windows; long day; /* the day that opens next */
	unsigned long long order, batches;
	bool soon;                            /* people have come free inside of a move: others begin when it is over */
	bool over;
	/* Closing `serve`: who is in the building, who stays past their hours, which doors do. */
	bool inside[SLOW_CASES], staying, stays[SLOW_POOLS][SLOW_SHIFTS][SLOW_PEOPLE], door_stays[SLOW_COUNTERS];
};

static inline const struct bpr_node *node_of(const struct slow *s, size_t token)
{
	return bpr_flow_node(s->flow, s->token[token].node);
}

/* ---- slow_people.c ---- */
size_t slow_busy(const struct slow *s, size_t pool, size_t shift);
size_t slow_needs(const struct slow *s, const struct bpr_node *node, size_t pool);
bool slow_needs_anybody(const struct slow *s, const struct bpr_node *node);
bool slow_at_counter(const struct slow *s, const struct bpr_node *node);
bool slow_delayed_by_hours(const struct slow *s, const struct bpr_node *node);
/* Who may begin, begins. */
void slow_serve(struct slow *s);
/* The token, QUEUED or STOPPED, and its batch begin now. */
void slow_begin(struct slow *s, size_t token);
/* Others of its batch go on without it; where it was the last, its people are free. */
void slow_pass_on(struct slow *s, size_t token);
void slow_drop_case(struct slow *s, unsigned long long of_case);
void slow_give_up(struct slow *s, size_t token);
void slow_interrupt(struct slow *s, size_t pool, size_t shift);
void slow_release_batch(struct slow *s, size_t node);
/* Joins the queue, or the others of its batch; who has not begun at once sits down, and begins to lose patience. */
void slow_ask(struct slow *s, size_t token);
/* slow_stay.c: closing `serve` */
void slow_stay_enter(struct slow *s, size_t token);
/* At a moment at which hours change: who goes, stays. */
void slow_stay_begin(struct slow *s);
/* Nobody needs them any more, or it is midnight. */
void slow_stay_end(struct slow *s);
/* True: they have gone. */
bool slow_stay_look(struct slow *s);
bool slow_door_open(const struct slow *s, size_t token);
size_t slow_on_duty(const struct slow *s, size_t pool, size_t shift);
/* slow_sim.c */
double slow_minutes(struct slow *s, const struct bpr_dist *dist, size_t node, enum run_purpose purpose);
#endif

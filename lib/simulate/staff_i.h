/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_SIMULATE_STAFF_I_H
#define BPR_SIMULATE_STAFF_I_H
/*
 * People and places: who serves whom, when, in what order.
 *
 * Words. A crew is one shift of a pool: people 1 to n who work the same hours. A line is where tokens wait that want the same
 * (the same people of the same pools, the same doors open): any of them could begin where another could, so only the first of
 * a line is ever looked at, however long it is. A door is the opening hours of a counter that has its own, or those of the
 * office for all others. A part is a set of pools that a step or a person ties together; pools of different parts never matter
 * to each other.
 *
 * The rule. Lines of a pool are looked at in the order of their first tokens: those whose work was interrupted first, then by
 * the discipline of the pool, then as they came (within a line: by the discipline of the first pool that it needs). A token
 * begins where all people that it needs are free at once, its door is open, and nobody before it in the line of one of its
 * pools lacks people of that very pool. Who lacks people of a pool lets nobody pass there; who only lacks those of another
 * pool, or finds the door shut, is passed by. Pools are looked at in their order, until nobody more can begin.
 *
 * People who help elsewhere (`also`) do so when nobody in their own pool can begin with them or lacks them, and the same holds
 * for the pools that they help before; own people are taken first, then helpers in the order of pools and shifts. Work that
 * has begun is finished before a helper goes home.
 *
 * Persons have numbers, so that nobody serves two at once: the lowest number that is free begins, the highest ones go first
 * when people leave. On closing `finish` work goes on past the hours (busy > on duty: overtime); on `interrupt` the people of
 * that shift with the highest numbers lay it down, and it is the first to be taken up again, by whoever is there.
 *
 * On closing `serve` the last changes of a day, from the end of the opening hours on, are put off while somebody in the building
 * can still be served that day: people are there (on) past their hours (stay), doors stay open (kept). They count as on duty no
 * longer: what they do is overtime. When nobody needs them any more, or at midnight, they go.
 */
#include "simulate/record_i.h"

enum { STAFF_FAST_MAX = 64 };

/* ---- the plan: staff_plan.c ---- */
struct staff_crew {
	uint32_t pool, shift, count;
	uint32_t first_person;  /* persons have numbers from 1 over all crews */
	uint32_t first_also, also_count;
	uint32_t first_word;    /* of its bits in staff.idle */
	bool changes;           /* has hours, breaks */
};
struct staff_pool {
	uint32_t count, part;
	uint32_t first_crew, crew_count;
	uint32_t first_line, line_count;    /* in staff_plan.pool_line */
	uint32_t first_helper, helper_count; /* crews of other pools, in staff_plan.helper */
	enum bpr_discipline discipline;
	bool fast;
};
struct staff_kind { /* what those in a line want */
	uint32_t first_need, need_count;
	uint32_t door;          /* or RUN_NONE */
	uint32_t part;          /* RUN_NONE: needs nobody */
	enum bpr_discipline discipline;
};
struct staff_part { uint32_t first_pool, pool_count; bool helps; };
struct staff_node { uint32_t line, batch, seats_at; double batch_wait; };

struct staff_plan {
	struct bpr_arena *arena;
	struct staff_pool *pool;
	struct staff_crew *crew; uint32_t crew_count;
	struct staff_kind *kind; uint32_t line_count;
	struct staff_part *part; uint32_t part_count;
	struct staff_node *node;
	struct run_need *need;              /* of lines: each pool once */
	uint32_t *pool_line, *part_pool, *helper, *also;
	uint32_t *door; uint32_t door_count; /* a counter that has these hours */
	uint32_t *person_crew; uint32_t person_count; /* [person]; 0 is nobody */
	uint32_t *seats;                    /* [counter]; 0 no limit */
	uint32_t word_count;
	bool clock;                         /* somebody's or some door's hours change */
	bool slow;                          /* some line is not of a fast pool */
	bool batches;
};

/* ---- the state of one replication ---- */
/* A pool of at most 64 people who are always there, one line, first come first served, one person each: the common case, in line. */
struct staff_fast { uint64_t idle; uint32_t free, head, tail, first_person; uint32_t count; };

/* A crew; on: who are there, stay: of them past their hours, next_on: at the end of what is planned, low: no idle bit in words before. */
struct staff_duty { uint32_t on, busy, next_on, low, stay; };
/*
 * A pool. on: by their hours; over: busy though their hours are over; reach: who are there, helpers included; queued: in lines that need it; lacking: one
 * of them lacks its people.
 */
struct staff_people { uint32_t free, on, busy, over, told_busy, told_on, told_over, reach, queued; bool lacking; };

struct staff_entry { double rank; uint64_t sequence; uint32_t token; };
struct staff_line {
	uint32_t head, tail;             /* first come first served, last come first served: a list */
	struct staff_entry *heap;        /* the others: a heap of four, token->next is the place in it */
	size_t count, capacity;
	double shut_since, shut_total;   /* minutes in which nobody could have begun: door shut, or nobody on duty */
	bool shut;
	bool looked;
};
/* What a token needs beyond run_token where its line is not fast. */
struct staff_token {
	uint64_t sequence;
	double mark;            /* shut_total when it came */
	double since;           /* when its work was interrupted */
	double gives_up;        /* when its patience ends */
	double sum, end;        /* of a batch, at its leader: work of all, when it is done */
	uint32_t leader;        /* of its batch; itself where it is alone */
	uint32_t mate, mate_before; /* ring of the batch */
	bool timed;             /* a RUN_TIMER is under way */
	bool gathers;           /* its batch is not full yet */
	bool seated;            /* counts in the waiting room */
	bool told;              /* record.c knows that it stands in the queue */
};
struct staff_change { double at; uint32_t what, value; bool last; }; /* last: of the day, when the office has closed */
/* What a RUN_CLOCK is about: hours change, those who stay go, or a part that is settled. */
enum { CLOCK_CHANGE = 0, CLOCK_LEAVE = 1, CLOCK_PART = 2 };
struct staff_gather { uint32_t first, count; double due; }; /* a node's batch that is being collected */
struct staff_ticket { uint32_t counter, number; double day; unsigned long long case_number; };

struct staff {
	const struct staff_plan *plan;
	struct staff_fast *fast;          /* [pool] */
	struct staff_people *people;      /* [pool] */
	struct staff_duty *duty;          /* [crew] */
	struct staff_line *line;          /* [line] */
	uint64_t *idle;                   /* [word] a bit a person: does not serve anybody */
	uint32_t *mate;                   /* [person] who serves the same token besides */
	uint32_t *serves;                 /* [person] token */
	bool *open;                       /* [door] */
	uint32_t *next_open;              /* [door] at the end of what is planned */
	bool *kept;                       /* [door] open past its hours */
	uint32_t witness;                 /* the token for which people stayed when last looked at */
	double closes_at;                 /* the end of the opening hours of `day` */
	uint32_t *waiting;                /* [counter] in its waiting room */
	struct staff_gather *gather;      /* [node] */
	struct staff_token *token; size_t token_capacity;
	uint32_t *counter_ticket; double *counter_day; /* [counter] the last number drawn, and its day */
	struct staff_ticket *ticket; size_t ticket_capacity; /* [case] */
	bool tickets;
	uint64_t sequence;
	size_t gathering;
	long day;
	struct staff_change *change; size_t change_count, change_capacity, change_at;
	bool *touched;                    /* [part] */
	bool *soon;                       /* [part] will be settled at this moment */
};

void bpr_i_room_ticket(struct run *run, uint32_t token);

/* ---- in line: nodes with RUN_FAST ---- */
/* True: it has somebody, token->person, and the caller begins its work; else it stands in the queue. */
static inline bool bpr_i_staff_fast_ask(struct run *run, uint32_t pool, uint32_t token)
{
	struct staff_fast *f = &run->staff->fast[pool];
	struct run_token *t = &run->token[token];

	if (run->staff->tickets)
		bpr_i_room_ticket(run, token);
	if (f->free && f->head == RUN_NONE) {
		unsigned bit = (unsigned)__builtin_ctzll(f->idle);

		f->idle &= f->idle - 1;
		f->free--;
		t->person = f->first_person + bit;
		t->phase = RUN_SERVED;
		bpr_i_record_busy(run, pool, f->count - f->free);
		return true;
	}
	t->phase = RUN_QUEUED;
	t->next = RUN_NONE;
	t->before = f->tail;
	if (f->tail == RUN_NONE)
		f->head = token;
	else
		run->token[f->tail].next = token;
	f->tail = token;
	bpr_i_record_queue(run, token);
	return false;
}
/* The token's work is done: the next one that has somebody now, whose work the caller begins, or RUN_NONE. */
static inline uint32_t bpr_i_staff_fast_done(struct run *run, uint32_t pool, uint32_t token)
{
	struct staff_fast *f = &run->staff->fast[pool];
	struct run_token *t = &run->token[token];
	uint32_t next = f->head;

	if (next == RUN_NONE) {
		f->idle |= (uint64_t)1 << (t->person - f->first_person);
		f->free++;
		bpr_i_record_busy(run, pool, f->count - f->free);
	} else {
		struct run_token *n = &run->token[next];

		f->head = n->next;
		if (n->next == RUN_NONE)
			f->tail = RUN_NONE;
		else
			run->token[n->next].before = RUN_NONE;
		n->person = t->person;
		n->phase = RUN_SERVED;
	}
	t->person = 0;
	t->phase = RUN_MOVING;
	return next;
}

/* ---- for the log ---- */
/* The first person that serves it: its pool, and its number there from 1 (0: nobody). */
uint32_t bpr_i_staff_person(const struct run *run, uint32_t token, uint32_t *pool);
/* Number drawn at the counter of its node, from 1 every day; kept while the case stays there. 0 none. Only where a log is wanted. */
uint32_t bpr_i_staff_ticket(const struct run *run, uint32_t token);

/* ---- between the files of this part ---- */
/* line.c */
double bpr_i_line_rank(const struct run *run, uint32_t token, enum bpr_discipline discipline);
bool bpr_i_line_add(struct run *run, uint32_t line, uint32_t token);
void bpr_i_line_remove(struct run *run, uint32_t line, uint32_t token);
void bpr_i_line_replace(struct run *run, uint32_t line, uint32_t token, uint32_t by);
static inline uint32_t bpr_i_line_first(const struct staff_line *line)
{
	return line->capacity ? (line->count ? line->heap[0].token : RUN_NONE) : line->head;
}
/* skill.c: who is free, and takes, gives back */
uint32_t bpr_i_crew_free(const struct staff *staff, uint32_t crew);
uint32_t bpr_i_crew_over(const struct staff *staff, uint32_t crew); /* at work though their hours are over */
uint32_t bpr_i_helpers_free(const struct staff *staff, uint32_t pool);
bool bpr_i_people_take(struct run *run, uint32_t token, const struct staff_kind *kind, bool help);
void bpr_i_people_release(struct run *run, uint32_t token);
/* pool.c: who begins */
void bpr_i_staff_settle(struct run *run, uint32_t part);
/* Others may begin after what happened in this line: at once, or (inside of calls that must not begin work) at this same moment. */
void bpr_i_staff_settle_line(struct run *run, uint32_t line);
void bpr_i_staff_settle_soon(struct run *run, uint32_t line);
void bpr_i_staff_tell(struct run *run, uint32_t part);
/* staff.c: out of its line or batch; true: others may begin now. */
bool bpr_i_staff_unqueue(struct run *run, uint32_t token);
/* shift.c */
void bpr_i_shift_clear(struct run *run);
void bpr_i_shift_change(struct run *run);
void bpr_i_shift_leave(struct run *run); /* who stayed goes, doors shut */
/* stay.c: somebody in the building can still be served today. */
bool bpr_i_stay_needed(struct run *run);
/* Minutes since the start in which nobody in the line could have begun. */
double bpr_i_line_shut(const struct run *run, uint32_t line);
/* room.c: who waits at a counter, how long, with what number */
/* It has not begun at once. False: its waiting room was full, and it has gone away. */
bool bpr_i_room_enter(struct run *run, uint32_t token);
void bpr_i_room_tell(struct run *run, uint32_t token);
void bpr_i_room_leave(struct run *run, uint32_t token);
void bpr_i_room_timer(struct run *run, uint32_t token);
/* batch.c: a leader stands in line for all; rings of mates */
void bpr_i_batch_gather(struct run *run, uint32_t token);
void bpr_i_batch_due(struct run *run, uint32_t token);
/* Takes it out of its batch. The leader that stays in its place (the batch is queued or served), or RUN_NONE. */
uint32_t bpr_i_batch_leave(struct run *run, uint32_t token);
void bpr_i_batch_begin(struct run *run, uint32_t leader);
double bpr_i_batch_left(const struct run *run, uint32_t leader); /* minutes of work still to be done by those who serve it */
void bpr_i_batch_interrupt(struct run *run, uint32_t leader);
void bpr_i_batch_go_on(struct run *run, uint32_t leader);
#endif

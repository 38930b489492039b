/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_SIMULATE_RECORDER_I_H
#define BPR_SIMULATE_RECORDER_I_H
/*
 * Inside of the record: record_plan.c says what a flow can change, record.c counts it, trail.c knows parallel branches,
 * watch.c what is called on the way (the log, --watch, the end of the warm-up). Nobody else includes this.
 */
#include "simulate/record_i.h"

enum record_flag {
	RECORD_PLACE = 1, RECORD_UNIT = 2, RECORD_FIELDS = 4, RECORD_LOG = 8,
	RECORD_ENTERED = RECORD_PLACE | RECORD_UNIT | RECORD_FIELDS | RECORD_LOG,
	RECORD_STEP = 16,                   /* its bit says that it was done */
	RECORD_STAFF = 32, RECORD_CITIZEN = 64, RECORD_COST = 128 /* whose minutes are counted apart */
};

struct record_add { uint32_t column; double value; };
struct record_class { uint32_t class; double times; };

/* What entering or serving a node changes. */
struct record_node {
	uint32_t flags;
	uint32_t first_add, add_count;      /* columns that grow by a constant at each entry */
	uint32_t first_class, class_count;  /* classes of fields that are written */
	uint32_t first_place, place_count;  /* lines in which it stands: of a pool, or pool_count + counter; its own is pool_count + counter_count + node */
	uint32_t counter;                   /* RUN_NONE: the citizen is sent away */
	bool away;
	uint32_t unit, bit;                 /* bit: of those by which rework is told */
	uint32_t repeat;
	double rate;                        /* yen a minute */
};

struct record_plan {
	struct columns columns;
	struct record_node *node;
	struct record_add *add;
	struct record_class *class;
	uint32_t *place;
	uint32_t *building;                 /* [counter_count] equal numbers, same building */
	double *weight; size_t class_count; /* fields of a class */
	size_t value_at, class_at, bit_at, counter_at, word_count; /* offsets in case_data; words of bits in all */
	bool waits;                         /* somebody can stand in a queue */
	uint32_t staff, citizen, cost;      /* columns */
	size_t step_words;                  /* words with bits of steps; 0: nothing can come again */
};

/* Along the way of one token, from the arrival of the case. */
struct walker {
	double work, queue, closed;         /* minutes of the way that took longest to get here */
	double lead;                        /* the longest way without queues */
	uint32_t segment;                   /* trail.c */
	uint32_t unit;                      /* 0 none, node + 1, or a list of trail.c */
};

/* Figures of one case while it is on its way; behind it stand value[columns], class times, bits. */
struct tally {
	struct walker walker;               /* its only token; or the token that ended last */
	double waited;
	double lead;
	uint32_t place;                     /* single: where the citizen is, 0 none, counter + 1 */
	uint32_t first_segment;
};

/* Cases are put into columns in blocks, so that moments are computed by the block. */
#define RECORD_ROWS 128
#define RECORD_QUEUED 0x80000000u           /* in token->trail: it stands in a queue */
#define RECORD_EVENTS 2048

struct record_line { size_t length, longest; };
struct record_hour { double count, wait, max; };
/* Waits of a node on their way to its sketch: several at once, so that their bins come from memory side by side. */
#define RECORD_WAITS 15
struct record_waits { uint64_t count; double value[RECORD_WAITS]; };

struct segment;
struct members;
struct record {
	const struct record_plan *plan;
	struct sums sums;
	double *block; size_t row_count;    /* [column][RECORD_ROWS] */
	double from;                        /* counting began */
	const struct run_plan *of;
	bool idle;                          /* a day on which nobody works: in no table */
	double until;                       /* tables by hour end: the days are over that let cases in */
	double hour_from, hour_to; uint32_t hour; /* the hour of the clock that is under way; its index in tables */
	unsigned weekday;                   /* of day 0 */
	bool closes;                        /* the office has hours */
	/* present state */
	struct record_line *line;           /* [pool_count + counter_count + node_count] */
	size_t first_line;                  /* of nodes in `line` */
	uint64_t *entries;                  /* [node_count] */
	struct record_hour *begun;          /* [node_count] work that began in the hour under way, for those who came in it */
	struct record_waits *waits_of;      /* [node_count] */
	size_t *shown;                      /* for --watch: lengths of the lines of pools and counters */
	size_t *pool_busy, *pool_duty, *pool_over;
	double *busy_area, *busy_since, *duty_since; /* [pool_count] person-minutes of the hour under way, counted up to then */
	size_t present; double present_since; /* cases in process */
	unsigned long long finished;        /* counted cases */
	/* trail.c */
	struct walker *walker; size_t walker_capacity; /* [token] */
	struct segment *segment; size_t segment_count, segment_capacity; uint32_t free_segment;
	struct members *members; size_t member_count, member_capacity; uint32_t free_members;
	uint32_t *scratch; size_t scratch_capacity;
	uint32_t split_behind;
	/* watch.c */
	struct bpr_sim_event *event; size_t event_count;
	bool logs, watches, keeps;
	double *cycle, *time; size_t cycle_count, cycle_capacity, time_capacity;
	bool (*progress)(void *data, const struct run *run); void *progress_data;
	bool warming;                       /* cases do not count yet */
};

static inline struct tally *tally_of(const struct run *run, uint32_t of_case)
{
	return bpr_i_run_case_data(run, of_case);
}
static inline double *values_of(const struct record_plan *plan, struct tally *tally)
{
	return (double *)(void *)((unsigned char *)tally + plan->value_at);
}
static inline double *classes_of(const struct record_plan *plan, struct tally *tally)
{
	return (double *)(void *)((unsigned char *)tally + plan->class_at);
}
static inline uint64_t *bits_of(const struct record_plan *plan, struct tally *tally)
{
	return (uint64_t *)(void *)((unsigned char *)tally + plan->bit_at);
}
static inline struct walker *walker_of(const struct run *run, uint32_t token)
{
	return run->plan->single ? &tally_of(run, run->token[token].of_case)->walker : &run->record->walker[token];
}

/* record_hours.c */
uint32_t bpr_i_record_hour_of(const struct record *record, double time); /* index in tables */
void bpr_i_record_start_hours(struct record *record, double now);
void bpr_i_record_next_hours(struct record *record, double now);
void bpr_i_record_count_present(struct record *record, double now);
/* Executions that began, in their places' tables: how many, what they waited in all and at most. */
void bpr_i_record_count_wait(struct record *record, uint32_t node, uint32_t hour, double count, double wait, double max);
void bpr_i_record_close_hours(struct run *run);
/* Before anything that changes at `now`: hours that are over go into the tables. */
static inline void record_set_hour(struct record *record, double now)
{
	if (now >= record->hour_to)
		bpr_i_record_next_hours(record, now);
}
/* place: a pool, or pool_count + counter. */
static inline struct wait_sums *record_waits_at(struct record *record, uint32_t place, uint32_t hour)
{
	return place < record->sums.pool_count ? &record->sums.pool_hour[place * BPR_SIM_HOURS + hour]
		: &record->sums.counter_hour[(place - record->sums.pool_count) * BPR_SIM_HOURS + hour];
}
/* record.c: the citizen goes from `place` (0 none, counter + 1) into the node's place. */
void bpr_i_record_move(struct run *run, uint32_t of_case, uint32_t place, const struct record_node *node);
/* trail.c; where !plan->single. False: out of memory. */
bool bpr_i_trail_begin(struct run *run, uint32_t token);
void bpr_i_trail_place(struct run *run, uint32_t token, uint32_t node);
double bpr_i_trail_unit(struct run *run, uint32_t token, uint32_t node); /* handoffs of entering it */
void bpr_i_trail_end(struct run *run, uint32_t of_case);  /* counts what is left of the order */
void bpr_i_trail_clear(struct record *record);
void bpr_i_trail_release(struct record *record);
/* watch.c */
bool bpr_i_watch_new(struct run *run);
void bpr_i_watch_clear(struct run *run);
void bpr_i_watch_finish(struct run *run, uint32_t token); /* one line of the log */
void bpr_i_watch_pass(struct run *run, uint32_t token);   /* of a step that has nothing to begin and to finish */
void bpr_i_watch_case(struct run *run, uint32_t of_case, double cycle);
void bpr_i_watch_close(struct run *run);
void bpr_i_watch_release(struct record *record);
/* record.c: the end of the warm-up. */
void bpr_i_record_restart(struct run *run);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_MINE_I_H
#define BPR_MINE_MINE_I_H
/*
 * Facts of a log. One walk adds up what events and cases show (mine_case.c) and keeps a record of some 30 bytes a case; what needs
 * all cases is made of these records afterwards: which are finished (mine_end.c), days and hours (mine_time.c), survival
 * (mine_survival.c). Durations are whole milliseconds until they are given out in minutes.
 */
#include "base/sketch_i.h"
#include "mine/log_i.h"
#include <bpr/mining.h>

#define BPR_I_MINE_MINUTE 60000.0
#define BPR_I_MINE_HOUR 3600000
#define BPR_I_MINE_DAY 86400000
/* The longest duration: some 35,000 years, so that squares of very many fit. */
#define BPR_I_MINE_LONGEST ((uint64_t)1 << 50)

static inline uint64_t bpr_i_mine_span(int64_t from, int64_t to)
{
	const uint64_t span = to > from ? (uint64_t)to - (uint64_t)from : 0;

	return span < BPR_I_MINE_LONGEST ? span : BPR_I_MINE_LONGEST;
}

/* Days since 1970-01-01 of a local clock. */
static inline long bpr_i_mine_day(int64_t local)
{
	return (long)(local / BPR_I_MINE_DAY) - (local % BPR_I_MINE_DAY < 0);
}

static inline int64_t bpr_i_mine_begin(const struct bpr_log_event *event)
{
	return event->start != BPR_LOG_NO_TIME ? event->start : event->end;
}

/* ---- figures (mine_figure.c) ---- */

struct bpr_mine_wide { uint64_t high, low; };

static inline void bpr_i_mine_wide_add(struct bpr_mine_wide *w, uint64_t x)
{
	w->low += x;
	w->high += w->low < x;
}

void bpr_i_mine_wide_square(struct bpr_mine_wide *w, uint64_t x);
double bpr_i_mine_wide_mean(struct bpr_mine_wide sum, uint64_t count);

struct bpr_mine_figure {
	uint64_t count, min, max;
	struct bpr_mine_wide sum, squares;
	struct sketch values;    /* keep is set by who owns it */
};

/* All but the sketch. */
static inline void bpr_i_mine_figure_sum(struct bpr_mine_figure *f, uint64_t x)
{
	f->min = f->count && f->min < x ? f->min : x;
	f->max = f->max > x ? f->max : x;
	f->count++;
	bpr_i_mine_wide_add(&f->sum, x);
	if (x <= UINT32_MAX)
		bpr_i_mine_wide_add(&f->squares, x * x);
	else
		bpr_i_mine_wide_square(&f->squares, x);
}

/* Lack of memory shows in values.failed. */
static inline void bpr_i_mine_figure_add(struct bpr_mine_figure *f, uint64_t x)
{
	bpr_i_mine_figure_sum(f, x);
	bpr_i_sketch_add(&f->values, (double)x);
}

/*
 * Bins that are counted up some events later, when the processor has fetched them: sketches of many arcs do not fit into its cache.
 * Bins never move. NULL: nothing waits.
 */
enum { BPR_I_MINE_LATER = 16 };
struct bpr_mine_later { uint64_t *bin[BPR_I_MINE_LATER]; unsigned next; };

static inline void bpr_i_mine_figure_add_later(struct bpr_mine_later *later, struct bpr_mine_figure *f, uint64_t x)
{
	uint64_t *bin = bpr_i_sketch_bin(&f->values, (double)x), **wait;

	bpr_i_mine_figure_sum(f, x);
	if (!bin || !x) { /* the count of zeros is in the figure itself, which may move */
		bpr_i_sketch_add(&f->values, (double)x);
		return;
	}
	wait = &later->bin[later->next++ % BPR_I_MINE_LATER];
	if (*wait)
		++**wait;
	__builtin_prefetch(bin, 1);
	*wait = bin;
	f->values.count++;
}

/* Before any sketch is read. */
static inline void bpr_i_mine_later_end(struct bpr_mine_later *later)
{
	for (unsigned i = 0; i < BPR_I_MINE_LATER; i++)
		if (later->bin[i])
			++*later->bin[i];
	*later = (struct bpr_mine_later){ 0 };
}

void bpr_i_mine_figure_merge(struct bpr_mine_figure *f, const struct bpr_mine_figure *from);
/* What it comes to, in units of so much. False: values are missing, out of memory. */
bool bpr_i_mine_figure_stat(struct bpr_mine_figure *f, double unit, struct bpr_mine_stat *out);

static inline void bpr_i_mine_figure_begin(struct bpr_mine_figure *f, size_t keep)
{
	f->values.keep = keep;
	f->values.whole = true;
}

/* ---- pairs of numbers below `side` (mine_pairs.c) ---- */

struct bpr_mine_pair { uint32_t from, to; uint64_t count, cases; uint32_t stamp; /* the last case that had it, + 1 */ };

struct bpr_mine_pairs {
	bool dense; uint32_t side;
	uint32_t *slots; size_t slot_count;  /* index + 1 */
	char *items; size_t capacity, item;  /* each begins with a struct bpr_mine_pair */
	uint32_t count;
};

bool bpr_i_mine_pairs_begin(struct bpr_mine_pairs *pairs, uint32_t side, size_t item);
void *bpr_i_mine_pairs_slow(struct bpr_mine_pairs *pairs, uint32_t from, uint32_t to);
/* The pair, cleared where it is new; valid until the next one. NULL out of memory. */
static inline void *bpr_i_mine_pairs_at(struct bpr_mine_pairs *pairs, uint32_t from, uint32_t to)
{
	if (pairs->dense) {
		const uint32_t index = pairs->slots[(size_t)from * pairs->side + to];

		if (index)
			return pairs->items + (index - 1) * pairs->item;
	}
	return bpr_i_mine_pairs_slow(pairs, from, to);
}
void bpr_i_mine_pairs_release(struct bpr_mine_pairs *pairs);

static inline void bpr_i_mine_pair_count(struct bpr_mine_pair *pair, uint32_t stamp)
{
	pair->count++;
	pair->cases += pair->stamp != stamp;
	pair->stamp = stamp;
}

/* ---- variants (mine_variant.c) ---- */

struct bpr_mine_variant_item { uint64_t hash; const uint32_t *steps; size_t length; uint64_t count; uint32_t example; };

struct bpr_mine_variants {
	uint32_t *slots; size_t slot_count;
	struct bpr_mine_variant_item *items; size_t capacity;
	uint32_t count;
	size_t most;             /* counted one by one */
	uint64_t rest;           /* cases of all others */
	uint64_t steps;          /* kept in all */
	uint32_t **blocks; size_t block_count, block_capacity;
	size_t used, room;
};

/* *out: its number, BPR_LOG_NONE of the rest. False out of memory. */
bool bpr_i_mine_variants_add(struct bpr_mine_variants *variants, const uint32_t *steps, size_t length, uint32_t example, uint32_t *out);
void bpr_i_mine_variants_release(struct bpr_mine_variants *variants);

/* Ascending, stable, without regard to the `low` lowest bits. False out of memory. (mine_sort.c) */
bool bpr_i_mine_sort(uint64_t *keys, size_t count, unsigned low);

/* ---- while walking ---- */

struct bpr_mine_arc_item {
	struct bpr_mine_pair pair;
	struct bpr_mine_figure minutes;
	uint64_t loops, loop_cases; uint32_t loop_stamp;
	struct bpr_mine_wide loop_way, loop_round;
};

struct bpr_mine_activity_item {
	uint64_t count, cases, starts, ends, repeated, self_loops;
	uint32_t stamp;          /* the last case that had it, + 1 */
	bool again;              /* that case had it more than once */
	uint64_t round;          /* the last round that had it */
	int64_t begin;           /* of it in that round */
	struct bpr_mine_figure service, estimated;
};

/* What is kept of each case; which of them are finished is known when all are. */
enum { BPR_I_MINE_OPEN = 0, BPR_I_MINE_FINISHED = 1, BPR_I_MINE_CANCELLED = 2, BPR_I_MINE_STATE = 3, /* a mask */
       BPR_I_MINE_HAS_END = 4, BPR_I_MINE_GIVEN_UP = 8, BPR_I_MINE_HEADLESS = 16, BPR_I_MINE_HAS_RESULT = 32,
       BPR_I_MINE_WAITING = 64 /* a ticket that was drawn, of which nothing else is known */ };

struct bpr_mine_cases {
	size_t count;
	int64_t *begin, *end;
	int16_t *begin_offset, *end_offset;
	uint32_t *variant, *last;
	uint32_t *index;         /* BPR_LOG_CASE */
	uint8_t *flags;
};

static inline bool bpr_i_mine_finished(const struct bpr_mine_cases *cases, size_t i)
{
	return (cases->flags[i] & BPR_I_MINE_STATE) == BPR_I_MINE_FINISHED;
}

struct bpr_mining {
	const bpr_log *log;
	struct bpr_mine_options options;
	struct bpr_mine_totals totals;
	struct bpr_mine_activity *activities; size_t activity_count;
	struct bpr_mine_arc *arcs; size_t arc_count;
	struct bpr_mine_variant *variants; size_t variant_count;
	struct bpr_mine_variants sequences; /* holds the activities of `variants` */
	struct bpr_mine_handover *handovers[2]; size_t handover_count[2]; /* resources, units */
	struct bpr_mine_loop *loops; size_t loop_count;
	struct bpr_mine_day *days; size_t day_count;
	struct bpr_mine_hour week[7 * 24];
	struct bpr_mine_month *months; size_t month_count;
	struct bpr_mine_survival *survival; size_t survival_count;
	uint8_t *case_state; size_t case_count; /* by BPR_LOG_CASE: enum bpr_mine_state */
};

struct bpr_mine_work {
	bpr_mining *out;
	const bpr_log *log;
	const struct bpr_mine_options *options;
	bpr_problems *problems;
	uint8_t *role;           /* [activities] BPR_I_MINE_ONLY … */
	struct bpr_mine_activity_item *activities;
	struct bpr_mine_pairs arcs, resources, units;
	struct bpr_mine_cases cases;
	uint64_t round;
	uint32_t *steps; size_t step_capacity; /* of the case at hand */
	struct bpr_mine_figure length, work;
	struct bpr_mine_later later;
	uint64_t *day_events; long first_day; size_t day_count; /* days of the log with one before and one behind; NULL: too many */
	uint8_t *result_state;   /* [results] what the word says */
	bpr_spill *done;         /* NULL: no service is estimated */
	long every;              /* of which days it is */
};

enum { BPR_I_MINE_ONLY = 1, BPR_I_MINE_START = 2, BPR_I_MINE_END = 4 };

/* False out of memory. (mine_case.c) */
bool bpr_i_mine_case(struct bpr_mine_work *work, const struct bpr_log_case *one);
/* Roles of activities by the options. BPR_EINVAL, BPR_ENOMEM. (mine_name.c) */
bpr_status bpr_i_mine_roles(struct bpr_mine_work *work, struct bpr_error *err);
/* What the words of results say; the state of every case. False out of memory. (mine_end.c) */
bool bpr_i_mine_results(struct bpr_mine_work *work);
bool bpr_i_mine_judge(struct bpr_mine_work *work);
/* Lists of the result. False out of memory. (mine_list.c) */
bool bpr_i_mine_lists(struct bpr_mine_work *work);
/* Minutes on all arcs to each activity, or from it. stats: [activities] */
bool bpr_i_mine_arc_stats(struct bpr_mine_work *work, bool leaving, struct bpr_mine_stat *stats);
bool bpr_i_mine_lengths(struct bpr_mine_work *work);
/* Room for events by day, before the walk; days, hours, months and the peak, once cases are judged. (mine_time.c) */
bool bpr_i_mine_days_begin(struct bpr_mine_work *work);
bool bpr_i_mine_times(struct bpr_mine_work *work);
bool bpr_i_mine_survival(struct bpr_mine_work *work);
/* Estimated service: begun behind the days; each event, `last` the one before it in its case or NULL. (mine_estimate.c) */
bool bpr_i_mine_estimate_begin(struct bpr_mine_work *work);
bool bpr_i_mine_estimate_add(struct bpr_mine_work *work, const struct bpr_log_event *event, const struct bpr_log_event *last);
bpr_status bpr_i_mine_estimate(struct bpr_mine_work *work); /* BPR_ENOMEM, BPR_EIO */
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_IMPROVE_PLAN_I_H
#define BPR_IMPROVE_PLAN_I_H
/*
 * The parts of a roadmap: what a set of levers is worth (plan_value.c), in which year each starts (plan_schedule.c by enumeration or as a
 * mixed-integer programme, plan_model.c), how far the result moves with its assumptions (plan_tornado.c), and all of it put together
 * (plan.c).
 */
#include "base/alloc_i.h"
#include <bpr/suggest.h>

/* ---- what a set of levers brings ---- */

/* A year with the set against a year without any lever. Yearly costs are taken off the gain where that is in yen, and nowhere else. */
struct bpr_i_plan_worth {
	bool fits;              /* false: one of them is refused, or no flow is left; the rest is 0 */
	double gain;            /* of the objective */
	double hours, yen;      /* of staff; of cases */
	double staff_yen;       /* of it, at the rates of the pools */
};
/* chosen: [count of the levers that it is about]. BPR_OK also where it does not fit. */
typedef bpr_status bpr_i_plan_oracle(void *context, const bool *chosen, struct bpr_i_plan_worth *out, struct bpr_error *err);

/* Levers applied to a flow, and the flow analysed. */
struct bpr_i_schedule_lever;
struct bpr_i_plan_value {
	const bpr_flow *flow;
	const bpr_levers *levers;
	const struct bpr_suggest_options *how;
	const size_t *of; size_t count; /* levers of the list that the sets are about */
	const struct bpr_i_schedule_lever *costs; /* [count] */
	double cases;                   /* a year */
	double before[BPR_METRIC_COUNT]; bool known[BPR_METRIC_COUNT];
	double staff_yen;               /* of a case */
	bool *all, *refused;            /* [levers of the list] */
	struct bpr_arena arena;
};
bpr_status bpr_i_plan_value_begin(struct bpr_i_plan_value *value, struct bpr_error *err);
void bpr_i_plan_value_end(struct bpr_i_plan_value *value);
bpr_i_plan_oracle bpr_i_plan_value_of; /* context: struct bpr_i_plan_value */

/* ---- in which year each starts ---- */

struct bpr_i_schedule_lever {
	double cost, yearly, days;
	size_t earliest;        /* year, from 0 */
	bool must;
	const size_t *needs, *excludes; size_t need_count, exclude_count; /* among the candidates */
};
struct bpr_i_schedule {
	const struct bpr_i_schedule_lever *levers; size_t count;
	size_t years;
	double budget_per_year, days_per_year;  /* INFINITY: none */
	double budget, max_days;                /* of all years: of costs once, and of days */
	double share;           /* of a year's effect and yearly cost in the year of the start */
	double discount;
	bool net;               /* costs once are taken off the objective */
	double seconds;
	bool lazy;              /* never values every set: for tests */
	bpr_i_plan_oracle *oracle; void *context;
};
struct bpr_i_schedule_result {
	size_t *start;          /* [count] year from 0, or BPR_NONE; the caller's */
	bool found;             /* false: what must be done has no place */
	double objective, bound;
	bool proven, timed_out;
	size_t sets;            /* valued */
};
bpr_status bpr_i_schedule_solve(const struct bpr_i_schedule *schedule, struct bpr_i_schedule_result *out, struct bpr_error *err);

/* Sets that have been valued: by the bits of their members, 64 a word. */
struct bpr_i_plan_sets {
	const struct bpr_i_schedule *schedule;
	size_t words;
	unsigned long long *bits; struct bpr_i_plan_worth *worth; /* [count * words], [count] */
	double *coef;           /* [count] of the terms; plan_model.c */
	size_t count, capacity, bits_capacity, coef_capacity;
	size_t *slots; size_t slot_count; /* open addressing, index + 1; a power of two */
	bool *chosen;           /* [levers] scratch */
	double until;           /* seconds of the clock; 0: no limit */
};
bpr_status bpr_i_plan_sets_begin(struct bpr_i_plan_sets *sets, const struct bpr_i_schedule *schedule, struct bpr_error *err);
void bpr_i_plan_sets_end(struct bpr_i_plan_sets *sets);
/* Index of the set, valued now if it was not; *fresh (may be NULL) tells. */
bpr_status bpr_i_plan_sets_get(struct bpr_i_plan_sets *sets, const unsigned long long *bits, size_t *index, bool *fresh, struct bpr_error *err);
bool bpr_i_plan_late(const struct bpr_i_plan_sets *sets);
double bpr_i_plan_left(const struct bpr_i_plan_sets *sets); /* seconds, more than 0; 0: no limit */
static inline bool bpr_i_plan_in(const unsigned long long *bits, size_t lever)
{
	return bits[lever / 64] >> lever % 64 & 1u;
}
static inline void bpr_i_plan_put(unsigned long long *bits, size_t lever)
{
	bits[lever / 64] |= 1ull << lever % 64;
}
/* What a year's sets count for: objective = sum of weight[t] * gain of what has started by t (and costs once, at paid[t] a yen). */
double bpr_i_schedule_weight(const struct bpr_i_schedule *schedule, size_t year);
double bpr_i_schedule_paid(const struct bpr_i_schedule *schedule, size_t year);
/* Whether needs, excludes, years, budgets and days are kept; the sets must fit besides. */
bool bpr_i_schedule_allowed(const struct bpr_i_schedule *schedule, const size_t *start);
/* Exact objective of a schedule; *fits false: one of its sets does not. */
bpr_status bpr_i_schedule_worth(struct bpr_i_plan_sets *sets, const size_t *start, double *objective, bool *fits, struct bpr_error *err);
/* The same by a programme over gains of single levers, pairs and what was valued besides; solved again until nothing is new. plan_model.c */
bpr_status bpr_i_schedule_model(struct bpr_i_plan_sets *sets, struct bpr_i_schedule_result *out, struct bpr_error *err);

/* ---- how far it moves ---- */

/* Costs and effects by year of a plan that is made: what the tornado moves. */
struct bpr_i_plan_item { size_t lever; size_t start; double cost, yearly; bool cost_assumed; double yen, staff_yen; /* a year, beside those before it */ };
struct bpr_i_plan_effect {
	const struct bpr_i_plan_item *items; size_t count;
	size_t years;
	double share, discount;
	double cases, range, assumed_range;
	size_t most;
};
/* Cumulated net of all years. delay: all starts so many years later. */
double bpr_i_plan_net(const struct bpr_i_plan_effect *effect, size_t delay);
/* turns: [4 + 2 * count] out, widest first; returns how many are kept. */
size_t bpr_i_plan_tornado(const struct bpr_i_plan_effect *effect, struct bpr_turn_range *turns);
#endif

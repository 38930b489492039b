/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_IMPROVE_VALUE_I_H
#define BPR_IMPROVE_VALUE_I_H
/* What sets of levers are worth: the flow is analysed once as it is, then with each set. */
#include "base/alloc_i.h"
#include <bpr/suggest.h>

typedef struct bpr_valuer bpr_valuer;

/* Analyses (and simulates) the flow as it is; `options` and what it points to, the flow and the levers must outlive the valuer. */
bpr_status bpr_i_valuer_new(const bpr_flow *flow, const bpr_levers *levers, const struct bpr_suggest_options *options, bpr_valuer **out,
			    struct bpr_error *err);
void bpr_i_valuer_free(bpr_valuer *valuer);
double bpr_i_valuer_cases(const bpr_valuer *valuer); /* a year; 0 not known */
const bpr_analysis *bpr_i_valuer_before(const bpr_valuer *valuer);

/* How much is looked at. */
enum bpr_value_depth {
	BPR_VALUE_FULL = 0,     /* the means of all metrics, sampled ones too, and queues where they were asked for */
	BPR_VALUE_QUICK         /* what the gain needs; without queues. The same gain, where none are simulated */
};
/*
 * values[i] of sets[i] ([lever count] each), by as many threads as the options say; the yearly cost of the levers is in the gain of yen.
 * Stops at `until` (seconds of bpr_i_value_now()), 0: never: then done < count says how many of the first ones were valued.
 */
struct bpr_value_batch {
	enum bpr_value_depth depth;
	const bool *const *sets; size_t count;
	double until;
	struct bpr_lever_value *values; /* [count] out */
	size_t done;                    /* out */
};
bpr_status bpr_i_valuer_run(bpr_valuer *valuer, struct bpr_value_batch *batch, struct bpr_error *err);
/* Monotonic clock, seconds. */
double bpr_i_value_now(void);

/* Costs of a lever, with the assumptions of its kinds where it says nothing. */
struct bpr_lever_costs { double cost, yearly_cost, effort_days, ease; bool cost_assumed, yearly_assumed, effort_assumed, ease_assumed; };
struct bpr_lever_costs bpr_i_lever_costs(const struct bpr_lever *lever);
#endif

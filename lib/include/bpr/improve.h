/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_IMPROVE_H
#define BPR_IMPROVE_H
/**
 * @file improve.h
 * What it would take: what one more person at a place and time brings, and the fewest staff that keep a promise.
 */
#include <bpr/queueing.h>
#include <bpr/simulate.h>
#ifdef __cplusplus
extern "C" {
#endif

/** One more person in a pool for some hours, tried by simulation with common random numbers. */
struct bpr_sticking {
	size_t pool;
	unsigned weekdays;      /**< as bpr_days.weekdays; 0 every working day */
	double from, to;        /**< minutes after midnight */
	double hours_a_week;    /**< of staff time that it takes */
	double wait_before, wait_after;   /**< mean minutes of a case in queues */
	double change; bool ci_known; double ci95_low, ci95_high; /**< after minus before, paired */
	bool shown;             /**< the interval leaves out 0 */
	double cycle_change;    /**< minutes of cycle time */
	double wait_p90_before, wait_p90_after;
};
struct bpr_sticking_options {
	size_t size;
	struct bpr_sim_options simulation; /**< of every run */
	size_t most;            /**< candidates tried at most; default 8 */
	double block;           /**< minutes of one stretch; default 120 */
};
#define BPR_STICKING_OPTIONS_INIT { sizeof(struct bpr_sticking_options), BPR_SIM_OPTIONS_INIT, 8, 120 }
/**
 * Ranks the stretches of the week in which one more person helps most. @p out: [*count], the caller's, bpr_improve_free().
 * @param base  simulation of the flow as it is, with the same options; or NULL: it is run first
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_improve_sticking(const bpr_flow *flow, const struct bpr_sticking_options *options,
	const bpr_simulation *base, struct bpr_sticking **out, size_t *count, bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_improve_free(void *list);

/** A promise: the share of cases whose figure keeps a limit. "wait<=15min@90%", "cycle<=1h@95%", "wait@窓口職員<=10min@90%". */
struct bpr_target {
	size_t key;             /**< BPR_SIM_WAIT, BPR_SIM_CYCLE */
	size_t pool;            /**< only waits at this pool, or BPR_NONE */
	double limit;           /**< minutes */
	double share;           /**< 0 to 1 */
};
/** @retval BPR_ESYNTAX  err->message says what would be right */
BPR_API BPR_MUST_CHECK bpr_status bpr_target_parse(const bpr_flow *flow, const char *text, struct bpr_target *out, struct bpr_error *err);

/** People of a pool in one block of the week. */
struct bpr_staffing_block { size_t pool; unsigned weekday; double from, to; size_t now, people; };
struct bpr_staffing {
	struct bpr_staffing_block *blocks; size_t block_count; /**< by pool, weekday, time */
	double hours_now, hours;        /**< of staff a week */
	double share_now, share, share_low; /**< of cases that keep the limit; lower end of the 95 % interval, verified with other seeds */
	bool reached;
	size_t simulations;             /**< runs that the search took */
};
struct bpr_staffing_options {
	size_t size;
	struct bpr_sim_options simulation;
	double block;           /**< minutes; default 60 */
	size_t most_people;     /**< of one pool; default 100 */
	size_t most_runs;       /**< default 400 */
};
#define BPR_STAFFING_OPTIONS_INIT { sizeof(struct bpr_staffing_options), BPR_SIM_OPTIONS_INIT, 60, 100, 400 }
/** Fewest staff hours by block so that all targets are kept: first from formulas, then mended and pared down by simulation. */
BPR_API BPR_MUST_CHECK bpr_status bpr_improve_staffing(const bpr_flow *flow, const struct bpr_target *targets, size_t target_count,
	const struct bpr_staffing_options *options, struct bpr_staffing *out, bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_staffing_release(struct bpr_staffing *staffing);

#ifdef __cplusplus
}
#endif
#endif

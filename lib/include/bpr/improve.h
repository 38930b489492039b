/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_IMPROVE_H
#define BPR_IMPROVE_H
/**
 * @file improve.h
 * What it would take: what one more person at a place and time brings, and the fewest staff that keep a promise.
 */
#include <bpr/analysis.h>
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
/** A row for the staff table: so many people with these hours. */
struct bpr_staffing_row { size_t pool, count; const char *hours[2]; /**< by enum bpr_lang; either is read back */ };
/** How a target is kept: shares of cases (of waits), verified with other seeds than those of the search. */
struct bpr_staffing_share {
	struct bpr_target target;
	double now;             /**< with the people that there are */
	double share, low;      /**< with those needed, and the lower end of its 95 % interval */
	double best;            /**< where nobody ever waits for staff: more is not to be had */
};
struct bpr_staffing {
	struct bpr_staffing_block *blocks; size_t block_count; /**< by pool, weekday, time */
	struct bpr_staffing_row *rows; size_t row_count; /**< the same as rows of a staff table */
	struct bpr_staffing_share *shares; size_t share_count; /**< as the targets */
	double hours_now, hours;        /**< of staff a week, of the pools planned */
	double hours_formula;           /**< of the staffing by formulas that the search began with */
	bool reached;                   /**< every lower end is at least the share asked for */
	bool least;                     /**< every smaller staffing that could have kept the targets was tried */
	size_t simulations;             /**< runs that the search took */
	size_t replications, verified_replications; /**< of each run of the search, and of the verification */
	void *memory;
};
struct bpr_staffing_options {
	size_t size;
	struct bpr_sim_options simulation; /**< of every run; precision is not used */
	double block;           /**< minutes; default 60 */
	size_t most_people;     /**< of one pool; default 100 */
	size_t most_runs;       /**< default 400 */
};
#define BPR_STAFFING_OPTIONS_INIT { sizeof(struct bpr_staffing_options), BPR_SIM_OPTIONS_INIT, 60, 100, 400 }
/**
 * Fewest staff hours by block of the week so that all targets are kept.
 *
 * First by formulas (Erlang C with the work that is left over carried on), then mended and pared down by simulation with common
 * random numbers, then verified with other seeds: the lower end of the 95 % interval must be at least the share. Only the
 * pools of the targets are planned; for targets of whole cases all that have a number of people. While the office is open
 * at least as many stay as one step needs. Who is put off to another day counts as not kept.
 *
 * @param out  released with bpr_staffing_release(); filled also where a target is not reached (E004, E006)
 * @retval BPR_EINVAL  no pool to plan (E003), or no demand
 * @retval BPR_ECANCELLED
 * Deterministic for any number of threads.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_improve_staffing(const bpr_flow *flow, const struct bpr_target *targets, size_t target_count,
	const struct bpr_staffing_options *options, struct bpr_staffing *out, bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_staffing_release(struct bpr_staffing *staffing);

/** What a step that gets faster brings. */
struct bpr_sensitivity {
	size_t node;
	double change;          /**< minutes of a case's cycle time, after minus before */
	bool ci_known; double ci95_low, ci95_high;
	bool shown;             /**< the interval leaves out 0 */
	double wait_change;     /**< of it, minutes in queues */
};
struct bpr_sensitivity_options {
	size_t size;
	struct bpr_sim_options simulation;
	double faster;          /**< share of the work that is saved; default 0.1 */
	size_t most;            /**< steps tried at most, those with most work first; default 8 */
};
#define BPR_SENSITIVITY_OPTIONS_INIT { sizeof(struct bpr_sensitivity_options), BPR_SIM_OPTIONS_INIT, 0.1, 8 }
/** How much a case's cycle time falls, queues and all, when one step gets faster. @p out: [*count], greatest fall first; bpr_improve_free(). */
BPR_API BPR_MUST_CHECK bpr_status bpr_improve_sensitivity(const bpr_flow *flow, const struct bpr_sensitivity_options *options,
	const bpr_simulation *base, struct bpr_sensitivity **out, size_t *count, bpr_problems *problems, struct bpr_error *err);

/** Before and after, simulated in pairs: the same seed, the same streams for steps with the same id. */
struct bpr_trial {
	bpr_simulation *before, *after;
	struct bpr_sim_difference differences[BPR_SIM_KEY_COUNT];
	int demand_of;          /**< 0: each its own; -1: only the before says any, +1: only the after: it was taken for both (E007) */
	void *memory;
};
/**
 * @param options  of both; with a precision the side that needs more replications decides
 * @param out      released with bpr_trial_release()
 * @retval BPR_EINVAL  neither flow has a demand (V001)
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_trial_run(const bpr_flow *before, const bpr_flow *after, const struct bpr_sim_options *options,
	struct bpr_trial *out, bpr_problems *before_problems, bpr_problems *after_problems, struct bpr_error *err);
BPR_API void bpr_trial_release(struct bpr_trial *trial);

/* ---- what the result does when the assumptions move ---- */

/** What an assumption is about. */
enum bpr_turn_of {
	BPR_TURN_CASES = 0,     /**< cases a year */
	BPR_TURN_WORK,          /**< mean minutes of a step */
	BPR_TURN_SHARE,         /**< share of a way out of a choice; the other ways keep their proportions */
	BPR_TURN_LOOP,          /**< share of executions of a step that are followed by one more */
	BPR_TURN_EVENT,         /**< share of executions of a step at which a boundary event happens */
	BPR_TURN_RATE           /**< yen an hour of a pool */
};
/** One assumption moved between two ends while all others stay. */
struct bpr_turn {
	enum bpr_turn_of of;
	/**
	 * Node (WORK, LOOP, EVENT), arc (SHARE) or pool (RATE) of the before and of the after; BPR_NONE where it does not move. Both: what
	 * has the same id (pools: the same name) and the same value on both sides is one assumption.
	 */
	size_t before, after;
	bool back;              /**< SHARE: the way leads back, so that work is done again */
	double value, low, high;  /**< of the assumption: cases, minutes, a probability, yen */
	double at_low, at_high;   /**< the result there */
};
struct bpr_tornado {
	double centre;          /**< before minus after of the metric, times the cases: what is saved */
	struct bpr_turn *turns; size_t count; /**< widest first */
	bool shares_left_out;   /**< shares were not moved: too many states, or counts that depend on time */
	void *memory;
};
struct bpr_tornado_options {
	size_t size;
	enum bpr_metric metric; /**< WORK_MINUTES, the default, or COST_YEN */
	double cases;           /**< a year; 0, the default: of one case */
	double range;           /**< cases, minutes and rates move by so much of themselves; default 0.2 */
	double share_range;     /**< probabilities; default 0.5 */
	size_t most;            /**< turns kept; default 8 */
	size_t max_states;      /**< solved for the shares, all solutions together; default 40000 */
};
#define BPR_TORNADO_OPTIONS_INIT { sizeof(struct bpr_tornado_options), BPR_METRIC_WORK_MINUTES, 0, 0.2, 0.5, 8, 40000 }
/**
 * How far the result of a reform moves with each of its assumptions, one at a time.
 *
 * Durations written with ends (uniform, triangular, PERT) move between these; all others, and cases and rates, by `range`. A
 * probability moves by `share_range` of itself, up at most half of the way to 1. Times and rates act linearly on the visits of the
 * analyses, which is exact; for each end of a share the chain is solved again.
 *
 * @param before_analysis,after_analysis  of the flows
 * @param out  the caller's, bpr_tornado_release(); empty on failure
 * @retval BPR_EINVAL  an analysis is not of its flow, another metric, a range outside 0 to 1
 * @retval BPR_ENOMEM
 * Cost O(steps) and at most max_states states solved. Thread safety: safe.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_improve_tornado(const bpr_flow *before, const bpr_analysis *before_analysis, const bpr_flow *after,
	const bpr_analysis *after_analysis, const struct bpr_tornado_options *options, struct bpr_tornado *out, struct bpr_error *err);
BPR_API void bpr_tornado_release(struct bpr_tornado *tornado);

#ifdef __cplusplus
}
#endif
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CONFORMANCE_H
#define BPR_CONFORMANCE_H
/**
 * @file conformance.h
 * A drawn flow held against a log: optimal alignments, fitness, precision, where reality leaves the drawing; and a drawn flow filled
 * with what was measured.
 *
 * Adriansyah, van Dongen, van der Aalst, "Conformance Checking using Cost-Based Fitness Analysis" (2011): a deviation (a step only in
 * the log, a step only in the flow) costs 1, a step without name nothing. Fitness of a case is 1 - cost / (events + shortest run).
 */
#include <bpr/discovery.h>
#include <bpr/flow.h>
#include <bpr/log.h>
#ifdef __cplusplus
extern "C" {
#endif

typedef struct bpr_conformance bpr_conformance;

struct bpr_conform_options {
	size_t size;
	size_t max_states;       /**< looked at for one alignment; default 100,000; beyond it lower and upper bounds are given, and told */
	const char *const *map; size_t map_count; /**< "ACTIVITY=STEP": names that differ; else by name (or id), blanks and width apart */
	size_t jobs;             /**< threads; 0: the processors available. Never changes a figure */
	bool (*progress)(void *data, double done); void *progress_data;
	const bpr_mining *mining; /**< cases that are under way by it need not have come to an end; NULL: all have */
};
#define BPR_CONFORM_OPTIONS_INIT { sizeof(struct bpr_conform_options), 100000, NULL, 0, 0, NULL, NULL, NULL }

enum bpr_move { BPR_MOVE_BOTH = 0, /**< log and flow agree */ BPR_MOVE_LOG, /**< done, not foreseen there */ BPR_MOVE_FLOW /**< foreseen, not done (or not written down) */ };
/** A place where reality leaves the drawing. */
struct bpr_deviation {
	enum bpr_move move;      /**< LOG or FLOW */
	uint32_t activity;       /**< BPR_LOG_ACTIVITY, of LOG */
	size_t node;             /**< of the flow: the step that was skipped, or the one behind which something was inserted (BPR_NONE: at the beginning) */
	uint64_t count, cases;
};
struct bpr_conform_step { size_t node; uint64_t done, skipped; };
struct bpr_conform_move { enum bpr_move move; uint32_t activity; size_t node; };
/** Cases of one variant; those under way are one of their own. */
struct bpr_conform_variant {
	const uint32_t *activities; size_t length; uint64_t count;
	double cost_low, cost_high; /**< equal where the alignment is proven to be best */
	double fitness_low, fitness_high;
	const struct bpr_conform_move *moves; size_t move_count;
	bool open;                  /**< cases under way: fitness is 1 - cost / events, what is still to come costs nothing */
};
struct bpr_conform_totals {
	uint64_t cases, fitting; /**< with no deviation */
	uint64_t variants, bounded; /**< variants for which only bounds are known */
	double fitness_low, fitness_high; /**< mean over cases; equal where all are exact */
	double trace_fitness;    /**< 1 - sum of costs / sum of worst costs */
	double precision;        /**< escaping edges (Munoz-Gama & Carmona; align-based); NAN where no state was visited */
	uint64_t unmapped;       /**< events whose activity no step has */
	double shortest;         /**< steps of the shortest run of the flow */
	uint64_t open;           /**< cases that are under way */
};
/**
 * Names that differ, from a CSV file: two columns, the activity of the log (activity, 作業, ログ) and the step of the flow (step, 手順,
 * 工程); without headings the first two columns. Each entry is "ACTIVITY=STEP" as in bpr_conform_options.map; the list is one block,
 * to be freed with bpr_conform_map_free().
 * @retval BPR_ESYNTAX, BPR_EIO, BPR_ELIMIT, BPR_ENOMEM
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_conform_map_read(const char *path, const char *encoding, const char ***out, size_t *count,
	bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_conform_map_free(const char **map);

/**
 * Holds a flow against a log: every variant is aligned once. Log and flow are borrowed and must outlive the result.
 *
 * @retval BPR_EINVAL   an entry of `map` fits nothing; the log has no case
 * @retval BPR_ELIMIT   the flow is too large, or no run of it to its end was found within max_states
 * @retval BPR_ENOEXIT  the flow has no run to its end
 * @retval BPR_ECANCELLED, BPR_ENOMEM
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_conform(const bpr_log *log, const bpr_flow *flow, const struct bpr_conform_options *options,
	bpr_conformance **out, bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_conformance_free(bpr_conformance *conformance);
BPR_API const struct bpr_conform_totals *bpr_conformance_totals(const bpr_conformance *conformance);
BPR_API const struct bpr_deviation *bpr_conformance_deviations(const bpr_conformance *conformance, size_t *count); /**< by count */
BPR_API const struct bpr_conform_step *bpr_conformance_steps(const bpr_conformance *conformance, size_t *count);
BPR_API const struct bpr_conform_variant *bpr_conformance_variants(const bpr_conformance *conformance, size_t *count); /**< by count */
/** Variant of a case (BPR_LOG_CASE): index of bpr_conformance_variants(). */
BPR_API size_t bpr_conformance_of_case(const bpr_conformance *conformance, uint32_t case_index);

/**
 * The drawn flow with shares, durations, people and demand as measured, by replay of the alignments: what the log does not show stays
 * as it was, and is told. Origins of what was filled in are "measured".
 *
 * @param conformance  of the same log and flow
 * @param out          free with bpr_flow_free(); `flow` must outlive it
 * @retval BPR_EINVAL  the conformance is of another log or flow
 * @retval BPR_ENOMEM, BPR_EIO
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_calibrate(const bpr_log *log, const bpr_flow *flow, const bpr_conformance *conformance,
	const struct bpr_discovery_options *options, bpr_flow **out, bpr_problems *problems, struct bpr_error *err);

#ifdef __cplusplus
}
#endif
#endif

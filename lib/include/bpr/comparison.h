/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_COMPARISON_H
#define BPR_COMPARISON_H
/**
 * @file comparison.h
 * Before and after side by side: what changes in the figures, and which steps went, came or changed.
 */
#include <bpr/analysis.h>
#include <bpr/simulate.h>
#ifdef __cplusplus
extern "C" {
#endif

struct bpr_kpi {
	enum bpr_metric metric;
	double before, after, change; /**< change = after - before */
	double change_pct;       /**< of before */
	bool change_pct_known;   /**< before is not 0, or nothing changed */
	int better;              /**< +1 the after is better, -1 worse, 0 the same (within 1e-9 relative) or neutral */
	enum bpr_method method;  /**< the weaker of the two; NONE: one of them is not known, and so is the change */
	bool before_known, after_known;
	bool ci95_known;         /**< a figure was sampled: 95 % interval of the change, the two samples taken as independent */
	double ci95_low, ci95_high;
	double per_year;         /**< change times cases a year */
	bool per_year_known;     /**< both flows say the same demand, or only one says any */
};

/** One step matched, or present on one side only. */
enum bpr_step_change { BPR_STEP_SAME = 0, BPR_STEP_REMOVED, BPR_STEP_ADDED, BPR_STEP_CHANGED };
/** What differs in a changed step, a set of bits. */
enum bpr_step_difference {
	BPR_DIFFERS_NAME = 1, BPR_DIFFERS_UNIT = 2, BPR_DIFFERS_COUNTER = 4, BPR_DIFFERS_ACTOR = 8, BPR_DIFFERS_WORK = 16,
	BPR_DIFFERS_WAIT = 32, BPR_DIFFERS_WRITES = 64, BPR_DIFFERS_SEALS = 128, BPR_DIFFERS_ID_CHECKS = 256,
	BPR_DIFFERS_COPIES = 512, BPR_DIFFERS_RULES = 1024, BPR_DIFFERS_VISITS = 2048, BPR_DIFFERS_COST = 4096,
	BPR_DIFFERS_STAFF = 8192, BPR_DIFFERS_SYSTEM = 16384
};
#define BPR_DIFFERS_COUNT 15
/** "name", "unit", "counter" …: name of a difference, bit 0 to BPR_DIFFERS_COUNT - 1; static. */
BPR_API const char *bpr_step_difference_name(size_t bit);
struct bpr_step_pair {
	enum bpr_step_change change;
	size_t before, after;    /**< node indices, BPR_NONE where the step is not there */
	unsigned differs;        /**< bits of enum bpr_step_difference */
};

typedef struct bpr_comparison bpr_comparison;

/**
 * Compares two analyses. Steps are matched by id, then by name and place (counter, then unit), then by name alone where it is
 * unique on both sides. The flows and analyses are read during the call only; the comparison keeps node indices.
 * Cost O(nodes).
 *
 * @param out  the caller's, release with bpr_comparison_free(); NULL on failure
 * @retval BPR_EINVAL  an analysis is not of its flow
 * @retval BPR_ENOMEM
 * Thread safety: safe.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_compare(const bpr_flow *before, const bpr_analysis *before_analysis,
	const bpr_flow *after, const bpr_analysis *after_analysis, bpr_comparison **out, struct bpr_error *err);
BPR_API void bpr_comparison_free(bpr_comparison *comparison);
BPR_API const struct bpr_kpi *bpr_comparison_kpi(const bpr_comparison *comparison, enum bpr_metric metric);
/** Steps of the before in their order, then those that are new. */
BPR_API const struct bpr_step_pair *bpr_comparison_steps(const bpr_comparison *comparison, size_t *count);
/** Cases a year used for per_year; 0 where neither flow says any, or each says another number. */
BPR_API double bpr_comparison_cases_per_year(const bpr_comparison *comparison);

/**
 * Adds what a simulation of both says: figures that only it knows (cycle_minutes, wait_minutes …) can then be required.
 * @param differences  [BPR_SIM_KEY_COUNT], copied
 */
BPR_API void bpr_comparison_simulated(bpr_comparison *comparison, const struct bpr_sim_difference *differences);
/** Difference of a figure of enum bpr_sim_key, or NULL where nothing was simulated. */
BPR_API const struct bpr_sim_difference *bpr_comparison_difference(const bpr_comparison *comparison, size_t key);

/**
 * A gate of `compare --require`: KEY OP VALUE; the key alone is the after, `before.KEY`, `change.KEY`, `change_pct.KEY` are the others.
 * Of a simulated figure it is the mean that decides, whatever its interval.
 */
struct bpr_requirement_result {
	bool met;                /**< false too where the figure is not known */
	bool known;
	double actual, limit;    /**< actual: 0 unless known */
};
/**
 * Decides a requirement.
 *
 * @param text  "counter_visits<=1", "change_pct.work_minutes<=-20"; operators <= < >= > = (within 1e-9 relative)
 * @retval BPR_ESYNTAX  not of that form, or no such key; err->message says what would be right
 * Thread safety: safe.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_comparison_require(const bpr_comparison *comparison, const char *text,
	struct bpr_requirement_result *out, struct bpr_error *err);

#ifdef __cplusplus
}
#endif
#endif

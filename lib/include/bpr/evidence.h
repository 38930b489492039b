/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_EVIDENCE_H
#define BPR_EVIDENCE_H
/**
 * @file evidence.h
 * Did it work? Two logs, before and after, told apart from chance; and what was promised beside what came.
 */
#include <bpr/metric.h>
#include <bpr/mining.h>
#include <bpr/worktime.h>
#ifdef __cplusplus
extern "C" {
#endif

typedef struct bpr_evidence bpr_evidence;

/** Figures of a case that are compared: the first ones by quantiles and means, the others as rates. */
enum bpr_evidence_key {
	BPR_EVIDENCE_CYCLE = 0,   /**< minutes from begin to end, finished cases */
	BPR_EVIDENCE_WAIT,        /**< minutes of waiting, where starts are known */
	BPR_EVIDENCE_WORK,        /**< minutes of service */
	BPR_EVIDENCE_STEPS,       /**< events a case */
	BPR_EVIDENCE_HANDOVERS,   /**< between units, else people */
	BPR_EVIDENCE_COUNTERS,    /**< visits of counters */
	BPR_EVIDENCE_REWORK,      /**< rate: cases that repeat an activity */
	BPR_EVIDENCE_CANCELLED,   /**< rate: given up */
	BPR_EVIDENCE_STANDARD,    /**< rate: within the standard processing period */
	BPR_EVIDENCE_KEY_COUNT
};
BPR_API const char *bpr_evidence_key_name(enum bpr_evidence_key key); /**< "cycle_minutes" … as in JSON; static */

struct bpr_evidence_options {
	size_t size;
	double confidence;        /**< default 0.95 */
	size_t bootstrap;         /**< resamples; default 2000 */
	unsigned long long seed;
	bool stratify;            /**< by the attributes that both logs were read with (`by`) */
	bool season;              /**< strata by weekday (and by month where both logs have it) */
	bool dated; long change;  /**< interrupted time series: the day of the change, days since 1970-01-01 */
	const struct bpr_mine_options *mine;
	const struct bpr_worktime_options *worktime; /**< NULL: clock time */
	size_t jobs;
};
#define BPR_EVIDENCE_OPTIONS_INIT { sizeof(struct bpr_evidence_options), 0.95, 2000, 1, true, true, false, 0, NULL, NULL, 0 }

/** A difference with its interval; known false: cannot be said. */
struct bpr_evidence_change { bool known; double before, after, change, low, high; };
enum bpr_effect { BPR_EFFECT_NOT_SHOWN = 0, BPR_EFFECT_BETTER, BPR_EFFECT_WORSE, BPR_EFFECT_UNKNOWN /**< not in both logs */ };
struct bpr_evidence_figure {
	enum bpr_evidence_key key;
	bool rate;
	uint64_t before_count, after_count; /**< cases that have it */
	struct bpr_evidence_change mean;    /**< Welch's interval; rates: Newcombe's of Wilson's */
	struct bpr_evidence_change p50, p90; /**< bootstrap (percentile); not of rates */
	double u_p;               /**< Mann-Whitney, two-sided, ties corrected; NAN of rates */
	double welch_p;           /**< Welch's t; of rates Fisher's exact or the score test */
	double effect;            /**< P(after < before) + half of ties: 0.5 no difference; Vargha & Delaney's A */
	double holm_p;            /**< of the figure's main test (u_p; of rates welch_p), over all figures */
	struct bpr_evidence_change adjusted; /**< mean of the strata by their share in both logs together; known only with strata */
	size_t strata, strata_used;
	enum bpr_effect verdict; /**< by holm_p; in which direction by the adjusted mean where known, else by effect */
	/* interrupted time series (weekly means, segmented regression with Newey-West errors); known only with a date */
	struct bpr_evidence_change level, slope;
};
/** Both logs are borrowed. With the same log as before and after and a date, it is split at the date. */
BPR_API BPR_MUST_CHECK bpr_status bpr_evidence_compare(const bpr_log *before, const bpr_log *after, const struct bpr_evidence_options *options,
	bpr_evidence **out, bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_evidence_free(bpr_evidence *evidence);
BPR_API const struct bpr_evidence_figure *bpr_evidence_figures(const bpr_evidence *evidence, size_t *count);
BPR_API const bpr_mining *bpr_evidence_mining(const bpr_evidence *evidence, bool after);

/** What was promised beside what came, of one figure of the comparison of two flows. */
struct bpr_forecast_row { enum bpr_metric metric; bool cycle; /**< with queues: cycle_minutes */
	double before, forecast; struct bpr_evidence_change measured; /**< after: the measured mean with its interval; before and change are of the forecast */
	double reached; /**< share of the promised change that came; NAN where none was promised */ };

#ifdef __cplusplus
}
#endif
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_EVIDENCE_H
#define BPR_EVIDENCE_H
/**
 * @file evidence.h
 * Did it work? Two logs, before and after, told apart from chance; and what was promised beside what came.
 *
 * Cases of one day are alike, because they meet the same queue and the same staff: where both logs have five days or more,
 * intervals and verdicts take days, not cases, for what is independent. Definitions and sources: bpr-metrics(7).
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
	BPR_EVIDENCE_CYCLE = 0,   /**< minutes from begin to end, finished cases (as all but the rates of cancelled ones) */
	BPR_EVIDENCE_WAIT,        /**< minutes of waiting before steps whose start is known */
	BPR_EVIDENCE_WORK,        /**< minutes of service of the same */
	BPR_EVIDENCE_STEPS,       /**< events a case */
	BPR_EVIDENCE_REVISITS,    /**< events of an activity that the case had already */
	BPR_EVIDENCE_HANDOFFS,    /**< between units, else people */
	BPR_EVIDENCE_COUNTERS,    /**< visits of counters */
	BPR_EVIDENCE_FORMS,       /**< forms written, and what else details of events say: bpr-log(5) */
	BPR_EVIDENCE_FIELDS,
	BPR_EVIDENCE_SEALS,
	BPR_EVIDENCE_ID_CHECKS,
	BPR_EVIDENCE_COPIES,
	BPR_EVIDENCE_REWORK,      /**< rate: cases that repeat an activity */
	BPR_EVIDENCE_CANCELLED,   /**< rate: given up, of those that are over */
	BPR_EVIDENCE_STANDARD,    /**< rate: within the standard processing period */
	BPR_EVIDENCE_KEY_COUNT
};
/** Key, label, unit and which way is better, as of metrics; NULL from BPR_EVIDENCE_KEY_COUNT on. */
BPR_API const struct bpr_metric_info *bpr_evidence_key_get(enum bpr_evidence_key key);
BPR_API enum bpr_evidence_key bpr_evidence_key_find(const char *key); /**< or BPR_EVIDENCE_KEY_COUNT */

struct bpr_evidence_options {
	size_t size;
	double confidence;        /**< default 0.95 */
	size_t bootstrap;         /**< resamples; default 2000 */
	unsigned long long seed;
	bool stratify;            /**< by the attributes that both logs were read with (`by`) */
	bool season;              /**< strata by weekday, and by month where both logs have nearly all of their cases in the same ones */
	bool dated; long change;  /**< interrupted time series: the day of the change, days since 1970-01-01 */
	size_t samples;           /**< cases kept of each log; default 1,000,000; of more, so many are drawn, and that is told */
	const struct bpr_mine_options *mine;
	const struct bpr_worktime_options *worktime; /**< NULL: clock time */
	size_t jobs;              /**< threads; never changes a figure */
};
#define BPR_EVIDENCE_OPTIONS_INIT { sizeof(struct bpr_evidence_options), 0.95, 2000, 1, true, true, false, 0, 1000000, NULL, NULL, 0 }

/** A figure of both sides and its change (after minus before), each with its interval; known false: cannot be said. */
struct bpr_evidence_change {
	bool known;
	double before, before_low, before_high, after, after_low, after_high;
	double change, low, high;
};
enum bpr_effect { BPR_EFFECT_NOT_SHOWN = 0, BPR_EFFECT_BETTER, BPR_EFFECT_WORSE, BPR_EFFECT_UNKNOWN /**< not in both logs */ };
BPR_API const char *bpr_effect_name(enum bpr_effect effect); /**< "not_shown", "better" … as in JSON; static */

struct bpr_evidence_figure {
	enum bpr_evidence_key key;
	bool rate;
	bool before_known, after_known;
	bool same;                /**< every case of both logs has the same value: nothing to test */
	uint64_t before_count, after_count; /**< cases that have it */
	double before_sd, after_sd;
	struct bpr_evidence_change mean;    /**< Welch's interval, days as clusters; rates: Newcombe's of Wilson's */
	struct bpr_evidence_change p50, p90; /**< bootstrap (percentile); not of rates */
	bool shift_known; double shift, shift_low, shift_high; /**< Hodges & Lehmann: by how much a case shifts; NAN bounds: too few cases */
	double u;                 /**< Mann-Whitney: pairs with after < before, ties half; NAN of rates */
	double u_p;               /**< its p: two-sided, exact or ties and continuity corrected; cases as independent; NAN of rates */
	double welch_p;           /**< Welch's t; of rates Fisher's exact (up to 10,000 cases) or the score test; cases as independent */
	double effect;            /**< P(after < before) + half of ties: 0.5 no difference; Vargha & Delaney's A */
	double design_before, design_after; /**< how often the variance of a mean is what independent cases would have; 1 at least */
	size_t strata, strata_used; /**< 0: no strata */
	double strata_share;      /**< of the cases of the smaller side that stand in strata used */
	double strata_effect;     /**< effect within strata (van Elteren's weights) */
	struct bpr_evidence_change adjusted; /**< mean of the strata by their share in both logs together; known only with strata */
	double p;                 /**< main test: within strata where there are any, days as clusters; never below u_p (welch_p of rates) without strata */
	double holm_p;            /**< of it, over all figures */
	enum bpr_effect verdict;  /**< by holm_p; direction by strata_effect where known, else by effect */
	double detectable;        /**< change of the headline (median; mean of counts; rate) that four of five such comparisons would have shown */
};

/** Of one side. */
struct bpr_evidence_side {
	const char *name;         /**< of the log */
	uint64_t cases, finished, unfinished, cancelled;
	uint64_t kept;            /**< cases whose values were kept; fewer than cases: drawn at random */
	uint64_t straddling;      /**< split at a date: begun before, over after it */
	size_t days;              /**< on which cases began */
	long first, last;         /**< of these days, since 1970-01-01 */
};

/** Unfinished cases are not dropped: Kaplan-Meier of both, log-rank. NAN: not reached. */
struct bpr_evidence_survival {
	bool known;
	double chi2, p;           /**< log-rank, one degree of freedom */
	double before, before_low, before_high, after, after_low, after_high; /**< medians */
};

/** A point of a time series: mean (rates: share) of the cases that began in it. */
struct bpr_evidence_point { long date; /**< its first day */ uint64_t cases; double value; bool after; double fitted, without; /**< without: as if nothing had changed */ };
/** Interrupted time series: value = a + b t + level [after] + slope t [after], t from the change; Newey-West errors. */
struct bpr_evidence_series {
	bool known;
	bool daily;               /**< points are days; else weeks counted from the change */
	const struct bpr_evidence_point *points; size_t count;
	size_t before, after;     /**< points of each */
	size_t lag;
	double trend, trend_low, trend_high;  /**< before, a week */
	double start;             /**< just before the change */
	double level, level_low, level_high, level_p;
	double slope, slope_low, slope_high, slope_p; /**< change of the trend, a week */
	double end, end_low, end_high; /**< at the last point: fitted less `without` */
};

/**
 * Compares two logs, borrowed. With the same log as before and after and a date, it is split at the date by when cases begin.
 * @p before NULL: only the figures of the after, with their intervals.
 * @retval BPR_EINVAL  a log without cases; a split that leaves one side empty
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_evidence_compare(const bpr_log *before, const bpr_log *after, const struct bpr_evidence_options *options,
	bpr_evidence **out, bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_evidence_free(bpr_evidence *evidence);
BPR_API const struct bpr_evidence_options *bpr_evidence_options(const bpr_evidence *evidence);
BPR_API const struct bpr_evidence_figure *bpr_evidence_figures(const bpr_evidence *evidence, size_t *count); /**< [BPR_EVIDENCE_KEY_COUNT] */
BPR_API const struct bpr_evidence_side *bpr_evidence_side(const bpr_evidence *evidence, bool after); /**< NULL: there is none */
BPR_API const struct bpr_evidence_survival *bpr_evidence_survival(const bpr_evidence *evidence);
BPR_API const struct bpr_evidence_series *bpr_evidence_series(const bpr_evidence *evidence, enum bpr_evidence_key key);
/** Values of the cases of one side, ascending; minutes or counts. 0 where there are none. Borrowed. */
BPR_API const double *bpr_evidence_values(const bpr_evidence *evidence, enum bpr_evidence_key key, bool after, size_t *count);
/** What strata are made of. */
BPR_API bool bpr_evidence_by_weekday(const bpr_evidence *evidence);
BPR_API bool bpr_evidence_by_month(const bpr_evidence *evidence);
BPR_API size_t bpr_evidence_by(const bpr_evidence *evidence, const char *const **headings); /**< attributes */

/** Of a gate; as struct bpr_requirement_result of comparisons. */
struct bpr_requirement { bool met, known; double actual, limit; };
/**
 * Decides a requirement: KEY[.WHAT] OP VALUE, as cycle_minutes.p50<=30, change.cycle_minutes.high<0, rework<=0.1. WHAT: mean (default),
 * p50, p90, adjusted (mean of the strata), level (of the time series), each with .low or .high behind it for its interval, or
 * `shown`: 1 where the change is shown to be for the better, -1 for the worse, 0 where it is not shown. In front: before., after.
 * (default), change., change_pct.
 *
 * @param evidence  NULL: only whether it is well formed
 * @retval BPR_ESYNTAX  it is not, or names no such key; err->message says what would be right
 * Thread safety: safe.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_evidence_require(const bpr_evidence *evidence, const char *text, struct bpr_requirement *out,
	struct bpr_error *err);

#ifdef __cplusplus
}
#endif
#endif

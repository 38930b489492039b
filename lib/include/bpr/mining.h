/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINING_H
#define BPR_MINING_H
/**
 * @file mining.h
 * What happened, by a log: cases, variants, what follows what, who hands over to whom, how long, how many at once, when they come.
 *
 * Every count is exact. Durations are minutes of the clock; in working time they are worktime.h's. Medians and other quantiles
 * are exact up to `samples` values each, then within a relative error that is said.
 */
#include <bpr/log.h>
#ifdef __cplusplus
extern "C" {
#endif

typedef struct bpr_mining bpr_mining;

struct bpr_mine_options {
	size_t size;
	const char *const *ends; size_t end_count;     /**< activities with which a case is done; none: judged, see bpr_mine_case_end() */
	const char *const *starts; size_t start_count; /**< activities with which one begins; none: any */
	const char *const *only; size_t only_count;    /**< activities that are looked at; none: all */
	size_t samples;          /**< values kept for exact quantiles of one figure; default 65,536 */
	size_t max_variants;     /**< distinct variants counted one by one; default 1,000,000; the rest together, and told */
	size_t jobs;             /**< threads; 0: the processors available. Never changes a figure */
	bool (*progress)(void *data, double done); void *progress_data;
};
#define BPR_MINE_OPTIONS_INIT { sizeof(struct bpr_mine_options), NULL, 0, NULL, 0, NULL, 0, 65536, 1000000, 0, NULL, NULL }

/** Statistics of measured values: of minutes unless said otherwise. */
struct bpr_mine_stat {
	uint64_t count;          /**< 0: nothing is known, all others 0 */
	double mean, sd;         /**< sd of the sample (n - 1); 0 of a single one */
	double min, p10, p25, p50, p75, p90, p95, p99, max;
	double quantile_error;   /**< relative; 0: exact (definition 7 of Hyndman & Fan 1996) */
};

struct bpr_mine_activity {
	uint32_t activity;       /**< BPR_LOG_ACTIVITY */
	uint64_t count, cases;   /**< events; cases that have it at least once */
	uint64_t starts, ends;   /**< cases that begin, end with it */
	uint64_t repeated;       /**< cases that have it more than once: rework */
	uint64_t self_loops;     /**< directly behind itself */
	struct bpr_mine_stat service;  /**< start to end, where both are known */
	struct bpr_mine_stat before;   /**< from the end of what came before to its start (known: waiting) or else to its end (waiting and service) */
	struct bpr_mine_stat estimated; /**< service where only ends are known: see `service_method` */
	uint32_t units, resources;     /**< how many different ones do it */
};
/** One activity follows another directly in a case. */
struct bpr_mine_arc {
	uint32_t from, to;
	uint64_t count, cases;
	struct bpr_mine_stat minutes; /**< from the end of the one to the start (else the end) of the other; overlapping ones 0 */
};
struct bpr_mine_variant {
	const uint32_t *activities; size_t length;
	uint64_t count;
	double mean_minutes, median_minutes;
	uint32_t example;        /**< a case of it: BPR_LOG_CASE */
};
/** Work goes from one to another between two events that follow each other, of different resources or units (both known). */
struct bpr_mine_handover { uint32_t from, to; uint64_t count, cases; };
/** A sequence of activities that a case goes through again: what comes back to its first. */
struct bpr_mine_loop { uint32_t from, to; uint64_t count, cases; double mean_minutes; /**< the way back from -> to */ };
/** Cases in process, arrivals, completions by hour of the log: mean and most by hour of the week, and day by day. */
struct bpr_mine_day { long date; /**< days since 1970-01-01, local */ uint64_t arrived, finished, events; uint64_t in_process; /**< at its end */ };
struct bpr_mine_hour { double arrivals, finished, in_process, most_in_process; /**< mean a such hour of the weeks seen */ };
/** Kaplan-Meier: share of cases still open after so many minutes, with Greenwood's 95 % interval (log-log). */
struct bpr_mine_survival { double minutes, open, low, high; uint64_t at_risk, ended; };
/** By month or quarter: do figures move with the season? */
struct bpr_mine_month { int year, month; uint64_t arrived, finished; struct bpr_mine_stat minutes; };

/** How a case that is not over was told from one that is. */
enum bpr_mine_end_method { BPR_MINE_END_RESULT = 0, /**< the log says how it ended */ BPR_MINE_END_NAMED, /**< `ends` names them */ BPR_MINE_END_JUDGED /**< last activity is one with which at least half of its occurrences end a case */ };

struct bpr_mine_totals {
	uint64_t cases, events, finished, unfinished, cancelled;
	uint64_t pairs;          /**< directly-follows, all together */
	uint64_t variants, variants_once; /**< distinct; of a single case */
	uint64_t cases_repeated; /**< cases with an activity repeated */
	uint64_t handovers_resource, handovers_unit; /**< between different ones */
	uint64_t without_resource, without_unit;     /**< events */
	enum bpr_mine_end_method end_method;
	struct bpr_mine_stat minutes;       /**< first begin to last end, all cases */
	struct bpr_mine_stat finished_minutes; /**< of the finished ones */
	struct bpr_mine_stat length;        /**< events a case */
	struct bpr_mine_stat work;          /**< minutes of service a case, where starts are known */
	double km_median;        /**< Kaplan-Meier median minutes; NAN where more than half are open */
	double peak_in_process;  /**< most cases at once */
};

/**
 * Looks at every case once. The log is borrowed and must outlive the result.
 * @retval BPR_EINVAL an activity of `ends`, `starts`, `only` is not in the log
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_mine(const bpr_log *log, const struct bpr_mine_options *options, bpr_mining **out,
	bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_mining_free(bpr_mining *mining);

BPR_API const bpr_log *bpr_mining_log(const bpr_mining *mining);
BPR_API const struct bpr_mine_totals *bpr_mining_totals(const bpr_mining *mining);
/* Lists: number in *count, borrowed. */
BPR_API const struct bpr_mine_activity *bpr_mining_activities(const bpr_mining *mining, size_t *count); /**< [BPR_LOG_ACTIVITY] */
BPR_API const struct bpr_mine_arc *bpr_mining_arcs(const bpr_mining *mining, size_t *count);         /**< by count, then names' order */
BPR_API const struct bpr_mine_variant *bpr_mining_variants(const bpr_mining *mining, size_t *count); /**< by count, then first occurrence */
BPR_API const struct bpr_mine_handover *bpr_mining_handovers(const bpr_mining *mining, bool units, size_t *count);
BPR_API const struct bpr_mine_loop *bpr_mining_loops(const bpr_mining *mining, size_t *count);
BPR_API const struct bpr_mine_day *bpr_mining_days(const bpr_mining *mining, size_t *count);         /**< every day from the first to the last */
BPR_API const struct bpr_mine_hour *bpr_mining_week(const bpr_mining *mining);                       /**< [weekday * 24 + hour], Monday 0 */
BPR_API const struct bpr_mine_month *bpr_mining_months(const bpr_mining *mining, size_t *count);
BPR_API const struct bpr_mine_survival *bpr_mining_survival(const bpr_mining *mining, size_t *count);

#ifdef __cplusplus
}
#endif
#endif

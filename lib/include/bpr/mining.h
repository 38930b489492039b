/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINING_H
#define BPR_MINING_H
/**
 * @file mining.h
 * What happened, by a log: cases, variants, what follows what, who hands over to whom, how long, how many at once, when they come.
 *
 * Every count, mean and standard deviation is exact (whole milliseconds are added up). Durations are minutes of the clock; in
 * working time they are worktime.h's. Medians and other quantiles are exact up to `samples` values each, then within a relative
 * error that is said. Definitions in bpr-metrics(7), "What a log says".
 *
 * Events of a case follow each other in the order of bpr_log_case. Hours, days and months are those of the local clock: instant
 * plus offset of the event.
 */
#include <bpr/log.h>
#ifdef __cplusplus
extern "C" {
#endif

typedef struct bpr_mining bpr_mining;

struct bpr_mine_options {
	size_t size;
	const char *const *ends; size_t end_count;     /**< activities with which a case is done; none: see enum bpr_mine_end_method */
	/** Activities with which one begins; none: any. Of a case that begins otherwise the log does not show the beginning: it is
	 * counted (`headless`), but left out of finished_minutes, survival and months. */
	const char *const *starts; size_t start_count;
	const char *const *only; size_t only_count;    /**< activities that are looked at; none: all. Cases without any are left out */
	size_t samples;          /**< values kept for exact quantiles of one figure of cases, a quarter of it for activities and arcs; default 65,536 */
	size_t max_variants;     /**< distinct variants counted one by one; default 1,000,000; the rest together, and told */
	size_t jobs;             /**< reserved: one thread does it all, about a second for ten million events. No figure depends on it */
	bool (*progress)(void *data, double done); void *progress_data; /**< done: 0 to 1; false: stop (BPR_ECANCELLED) */
	size_t memory; const char *temp; /**< as bpr_log_options: of the estimate of service; default 24 MiB */
};
#define BPR_MINE_OPTIONS_INIT \
	{ sizeof(struct bpr_mine_options), NULL, 0, NULL, 0, NULL, 0, 65536, 1000000, 0, NULL, NULL, (size_t)24 << 20, NULL }

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
	/**
	 * Service where only ends are known, estimated: from the end of what came before in the case or the end of what the same
	 * resource did before, whichever is later, both on the same local day (Chapela-Campa & Dumas, Repairing Activity Start
	 * Times to Improve Business Process Simulation, 2022, with the day in the place of calendars). It holds what idles in
	 * between: more than the service rather than less. Not given where the resource or the time of day is not known, and of
	 * an event that is the first of its resource and of its case on that day: `count` says of how many it is. Of a log with
	 * more than a million events every n-th day is taken, so that so many are left.
	 */
	struct bpr_mine_stat estimated;
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
/**
 * Work goes from one to another between two events that follow each other (resources or units of both known). Where `from` is
 * `to` it stays; totals count those between different ones only.
 */
struct bpr_mine_handover { uint32_t from, to; uint64_t count, cases; };
/**
 * Rework: a case comes back from -> to, an activity that it had in this round. Each case is cut into rounds: one ends where an
 * activity comes that it has already. from == to: the same once more.
 */
struct bpr_mine_loop {
	uint32_t from, to; uint64_t count, cases;
	double mean_minutes;       /**< the way back from -> to, as of arcs */
	double mean_round_minutes; /**< from the begin of `to` to its begin again: what the round took */
};
/**
 * Cases in process, arrivals, completions by hour of the log: mean and most by hour of the week, and day by day. A case is in
 * process from its first begin to its last end, an unfinished one to the end of the log.
 */
struct bpr_mine_day { long date; /**< days since 1970-01-01, local */ uint64_t arrived, finished, events; /**< events: that end */ uint64_t in_process; /**< at its end */ };
/** Mean of all such hours from the first to the last of the log; most_in_process: at any moment of them. */
struct bpr_mine_hour { double arrivals, finished, in_process, most_in_process; };
/**
 * Kaplan-Meier: share of cases still open after so many minutes, with Greenwood's 95 % interval (log-log: Kalbfleisch & Prentice,
 * The Statistical Analysis of Failure Time Data, 1980). Unfinished cases are at risk to the end of the log, cancelled ones to
 * their last event. At times when cases ended; where there are more than 1000 of them those at which the curve has fallen by
 * 1/1000 since the last one, each exact. low = high = open where the interval is not defined (0).
 */
struct bpr_mine_survival { double minutes, open, low, high; uint64_t at_risk, ended; /**< behind the step before, up to this one */ };
/** By month: do figures move with the season? minutes: length of the cases that were finished in it. */
struct bpr_mine_month { int year, month; uint64_t arrived, finished; struct bpr_mine_stat minutes; };

/**
 * How a case that is not over was told from one that is. Named ends come first, else results where the log has any, else it is
 * judged. A case is cancelled, whatever the method, where its result says so (取消, 不在, 取下げ …, cancelled, withdrawn …) or,
 * without a result, where its last event was given up (BPR_LOG_BROKEN).
 */
enum bpr_mine_end_method {
	BPR_MINE_END_RESULT = 0, /**< the log says how it ended: finished with any result but those that say cancelled or 処理中, 保留, open … */
	BPR_MINE_END_NAMED,      /**< it has one of `ends` */
	/**
	 * Its last activity ends a case in at least half of its occurrences, or nothing has happened up to the end of the log for
	 * longer than 99 % of the times (definition 7) that pass from that activity to the next one.
	 */
	BPR_MINE_END_JUDGED
};

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
	double peak_in_process;  /**< most cases at once; one that ends when another begins is not in process with it */
	uint64_t headless;       /**< cases that begin with none of `starts` */
	uint64_t variants_rest;  /**< cases of variants beyond `max_variants`: those are not in `variants` */
	uint64_t with_service, with_estimate; /**< events whose service is known, is estimated */
};

/**
 * Looks at every case once; O(events), memory by cases (some 60 bytes each at most), distinct activities, arcs and variants. The
 * log is borrowed and must outlive the result. What cannot be said of this log is told in @p problems (may be NULL): L300-399.
 * @retval BPR_EINVAL an activity of `ends`, `starts`, `only` is not in the log
 * @retval BPR_ECANCELLED, BPR_EIO, BPR_ENOMEM
 * Thread safety: safe for different results, also of one log.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_mine(const bpr_log *log, const struct bpr_mine_options *options, bpr_mining **out,
	bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_mining_free(bpr_mining *mining);

/** Whether a case (BPR_LOG_CASE) is over; FINISHED where it was not looked at. */
enum bpr_mine_state { BPR_MINE_OPEN = 0, /**< under way */ BPR_MINE_FINISHED, BPR_MINE_CANCELLED /**< given up */ };
BPR_API enum bpr_mine_state bpr_mining_case_state(const bpr_mining *mining, uint32_t case_index);

BPR_API const bpr_log *bpr_mining_log(const bpr_mining *mining);
BPR_API const struct bpr_mine_totals *bpr_mining_totals(const bpr_mining *mining);
/* Lists: number in *count, borrowed. */
BPR_API const struct bpr_mine_activity *bpr_mining_activities(const bpr_mining *mining, size_t *count); /**< [BPR_LOG_ACTIVITY] */
BPR_API const struct bpr_mine_arc *bpr_mining_arcs(const bpr_mining *mining, size_t *count);         /**< by count, then names in order of first occurrence */
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

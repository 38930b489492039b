/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_QUEUEING_H
#define BPR_QUEUEING_H
/**
 * @file queueing.h
 * Waiting, by formula: single stations in closed form, a flow as an open network of its pools.
 *
 * Exact where the assumptions of a closed form hold, else approximate, and then the assumption that fails is named.
 * Rates are per minute, times minutes. For what no formula knows (calendars that cut work, priorities, reneging):
 * simulate.h. Definitions: bpr-metrics(7).
 */
#include <bpr/calendar.h>
#include <bpr/flow.h>
#include <bpr/problem.h>
#ifdef __cplusplus
extern "C" {
#endif

/* ---- single stations ---- */

/** What is known of a station in the steady state; per customer, of one queue. */
struct bpr_station {
	double utilisation;     /**< share of the servers' time that is taken, rho = lambda E[S] / c */
	double wait_prob;       /**< probability that an arrival waits */
	double queue;           /**< Lq: mean number waiting */
	double wait;            /**< Wq: mean minutes waiting */
	double number;          /**< L: waiting and served */
	double time;            /**< W: waiting and served, minutes */
	double empty_prob;      /**< p0: nobody there; meaningful where exact (M/M/c, M/G/1) */
};
/** Erlang B: probability that all of @p servers are busy when who finds them busy goes away; offered >= 0 is lambda E[S]. */
BPR_API double bpr_erlang_b(size_t servers, double offered);
/** Erlang C: probability of waiting, offered < servers; 1 else. */
BPR_API double bpr_erlang_c(size_t servers, double offered);
/* BPR_EUNSTABLE-like: these return BPR_EINVAL for arguments out of range and BPR_ENOCONV where utilisation is 1 or more. */
BPR_API BPR_MUST_CHECK bpr_status bpr_mmc(size_t servers, double arrivals_per_minute, double service_minutes, struct bpr_station *out);
/** M/G/1, exact: Pollaczek and Khinchine. service_scv: squared coefficient of variation of the service time. */
BPR_API BPR_MUST_CHECK bpr_status bpr_mg1(double arrivals_per_minute, double service_minutes, double service_scv, struct bpr_station *out);
/** M/G/c, approximate (exact for c = 1 and for exponential service). */
BPR_API BPR_MUST_CHECK bpr_status bpr_mgc(size_t servers, double arrivals_per_minute, double service_minutes, double service_scv, struct bpr_station *out);
/** GI/G/c, approximate: Whitt, "Approximations for the GI/G/m queue", Production and Operations Management 2(2), 1993. */
BPR_API BPR_MUST_CHECK bpr_status bpr_gigc(size_t servers, double arrivals_per_minute, double arrivals_scv, double service_minutes,
	double service_scv, struct bpr_station *out);
/** P(wait > minutes) in M/M/c with first come, first served. */
BPR_API double bpr_mmc_wait_above(size_t servers, double arrivals_per_minute, double service_minutes, double minutes);

/* ---- a flow as an open network ---- */

enum bpr_queue_method { BPR_QUEUE_NONE = 0, BPR_QUEUE_EXACT, BPR_QUEUE_APPROXIMATE };
BPR_API const char *bpr_queue_method_name(enum bpr_queue_method method);

/** Why a figure is not exact; a set of bits. Each has a sentence: bpr_queue_reason_text(). */
enum bpr_queue_reason {
	BPR_REASON_ARRIVALS = 1,      /**< arrivals are no Poisson process */
	BPR_REASON_SERVICE = 2,       /**< work at a pool is not exponential */
	BPR_REASON_CLASSES = 4,       /**< steps of one pool take differently long */
	BPR_REASON_TOGETHER = 8,      /**< several people or pools at once */
	BPR_REASON_PARALLEL = 16,     /**< parallel branches, rounds at the same time */
	BPR_REASON_HOURS = 32,        /**< opening hours, shifts, or demand that changes over the day */
	BPR_REASON_DISCIPLINE = 64,   /**< priorities, or another order than first come, first served */
	BPR_REASON_LEAVING = 128,     /**< people give up or find the room full */
	BPR_REASON_BATCH = 256,       /**< batches */
	BPR_REASON_SKILLS = 512,      /**< people of several pools */
	BPR_REASON_ROUTING = 1024,    /**< ways out that depend on the past: loops with a count, boundary events */
	BPR_REASON_DOWNSTREAM = 2048  /**< far down a line of stations the decomposition can be wrong by a factor of three */
};
#define BPR_QUEUE_REASON_COUNT 12
BPR_API const char *bpr_queue_reason_name(size_t bit);  /**< "arrivals", "service"; static */
BPR_API const char *bpr_queue_reason_text(size_t bit);  /**< English message id: a sentence for a clerk */

struct bpr_queue_pool {
	bool known;                /**< it has a count, and there is a demand */
	enum bpr_queue_method method;
	unsigned reasons;          /**< bits of enum bpr_queue_reason */
	bool stable;               /**< utilisation < 1; else wait, queue and what follows from them are not defined */
	size_t people_needed;      /**< fewest people, in all its shifts, with whom it is */
	double arrivals_per_minute;/**< of requests, while the office is open */
	double service_minutes, service_scv, arrivals_scv;
	double servers;            /**< mean number of people while anybody of it is on duty */
	double utilisation, wait_prob, wait, queue;
	double wait_above;         /**< P(wait > options.wait_limit) */
	double capacity_per_day;   /**< cases of the flow that would fill the pool, on an ordinary day; 0 not known */
	double wait_per_more;      /**< change of a case's whole wait, minutes, with one more person there; <= 0 */
	double cycle_per_work;     /**< derivative: minutes of cycle time a case loses per 1 % faster work there */
	double peak_utilisation;   /**< of the busiest hour by pointwise stationary analysis */
	double peak_wait;          /**< mean wait of who comes in it; meaningful unless overloaded */
	long peak_day; double peak_from, peak_to;   /**< that hour */
	bool overloaded;           /**< a backlog is left when the day ends: it never clears */
	long overload_day; double overload_at;      /**< day and minute from which it does not clear any more */
	double backlog_minutes;    /**< person-minutes of work left at the end of the worst day */
};
struct bpr_queue_node { bool known; double wait; double wait_per_case; };  /**< mean wait of one execution; of a case: times visits */
/** One hour of the ordinary week, or of the dates asked for, summed over pools. */
struct bpr_queue_hour { long day; double from, to; double arrivals; };
struct bpr_queue_pool_hour { double servers, utilisation, wait, backlog; bool stable; };

struct bpr_queue_options {
	size_t size;
	const struct bpr_calendar_options *calendar; /**< NULL: an ordinary week */
	long days;              /**< days of the table by hour; default 7, at most 366 */
	double wait_limit;      /**< minutes; default 15 */
};
#define BPR_QUEUE_OPTIONS_INIT { sizeof(struct bpr_queue_options), NULL, 7, 15 }

typedef struct bpr_queueing bpr_queueing;

/**
 * Solves the flow as an open network.
 *
 * Single-class open product form (Jackson 1957; BCMP 1975 for delays and several steps of one pool) where it applies, else two-moment
 * decomposition (Whitt, "The Queueing Network Analyzer", BSTJ 62(9), 1983). Time of day: pointwise stationary analysis (Green & Kolesar,
 * Management Science 37(1), 1991) with the fluid backlog carried on.
 *
 * @param visits   [node count] expected executions in a case, as bpr_analysis_nodes() has them
 * @param passages [arc count] expected passages, as bpr_analysis_arcs()
 * @param out      the caller's; holds no pointers into the flow
 * @param problems overload (Q001) and what is not exact (Q0xx) are added; may be NULL
 * Thread safety: safe.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_queueing_solve(const bpr_flow *flow, const double *visits, const double *passages,
	const struct bpr_queue_options *options, bpr_queueing **out, bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_queueing_free(bpr_queueing *queueing);
BPR_API unsigned long long bpr_queueing_flow_hash(const bpr_queueing *queueing);
/** False where there is no demand or no pool with a count: nothing below is known. */
BPR_API bool bpr_queueing_known(const bpr_queueing *queueing);
BPR_API const struct bpr_queue_pool *bpr_queueing_pools(const bpr_queueing *queueing);  /**< [pool count] */
BPR_API const struct bpr_queue_node *bpr_queueing_nodes(const bpr_queueing *queueing);  /**< [node count] */
/** Minutes a case waits in queues, and cycle time (wait plus lead time along a single path); sums over the steps. */
BPR_API double bpr_queueing_wait(const bpr_queueing *queueing, enum bpr_queue_method *method);
BPR_API bool bpr_queueing_cycle(const bpr_queueing *queueing, double *minutes); /**< false where parallel branches forbid a sum */
/**
 * Mean number of cases under way, by Little's law: while the office is open where a case takes less than a working day, else
 * (*by_clock, may be NULL) at any time of day and night. Known without pools too, as long as there is a demand.
 */
BPR_API bool bpr_queueing_in_process(const bpr_queueing *queueing, double *cases, bool *by_clock);
BPR_API const struct bpr_queue_hour *bpr_queueing_hours(const bpr_queueing *queueing, size_t *count);
BPR_API const struct bpr_queue_pool_hour *bpr_queueing_pool_hours(const bpr_queueing *queueing, size_t pool); /**< as many as hours */

#ifdef __cplusplus
}
#endif
#endif

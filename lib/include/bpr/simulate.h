/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_SIMULATE_H
#define BPR_SIMULATE_H
/**
 * @file simulate.h
 * Cases that arrive, queue, are served and leave: discrete-event simulation of a flow with its staff, hours and demand.
 *
 * The flow means what the exact analysis takes it to mean (analysis.h); what only time can say is added: queues, calendars,
 * priorities, people who give up. One random stream per (seed, replication, element, purpose): results do not depend on
 * threads, and two flows share the draws of steps with the same id (common random numbers). Times are minutes.
 */
#include <bpr/calendar.h>
#include <bpr/flow.h>
#include <bpr/metric.h>
#include <bpr/problem.h>
#ifdef __cplusplus
extern "C" {
#endif

/** Figures of a case: the metrics of the contract (enum bpr_metric, lead_minutes without queues), then those of queues. */
enum bpr_sim_key {
	BPR_SIM_CYCLE = BPR_METRIC_COUNT, /**< cycle_minutes: arrival to end, by the clock */
	BPR_SIM_WAIT,           /**< wait_minutes: in queues while somebody could have come, all steps together */
	BPR_SIM_CYCLE_WORK,     /**< parts of the cycle along the way that took longest: hands-on work */
	BPR_SIM_CYCLE_QUEUE,    /**< waiting in queues */
	BPR_SIM_CYCLE_PROCESS,  /**< waiting that the process wants: `wait`, batches, timers, the other branch */
	BPR_SIM_CYCLE_CLOSED,   /**< closed hours; the four add up to the cycle */
	BPR_SIM_ABANDONED,      /**< share of cases that gave up or found the room full; in all other figures they count with what they did */
	BPR_SIM_KEY_COUNT
};
/** Row of the table of figures; of a metric that of bpr_metric_get(). NULL from BPR_SIM_KEY_COUNT on. */
BPR_API const struct bpr_metric_info *bpr_sim_key_get(size_t key);
BPR_API size_t bpr_sim_key_find(const char *key); /**< or BPR_SIM_KEY_COUNT */

/** What becomes of work that is under way, and of citizens in the building, when people go. */
enum bpr_closing {
	BPR_CLOSING_FINISH = 0, /**< work that has begun is finished; overtime */
	BPR_CLOSING_INTERRUPT,  /**< it goes on when they are back */
	BPR_CLOSING_SERVE       /**< when the office closes, people stay and counters stay open until nobody is in the building; overtime */
};
enum bpr_warmup { BPR_WARMUP_AUTO = 0, /**< none where the office closes, else MSER-5 */ BPR_WARMUP_NONE, BPR_WARMUP_MINUTES };

/** One finished execution of a step, for event logs; times in minutes from midnight of day 0. */
struct bpr_sim_event {
	unsigned long long case_number; /**< from 1, in order of arrival within the replication */
	size_t node;
	double arrived, started, finished; /**< joined the queue; work began; work (not `wait`) done */
	size_t pool;            /**< of the person (a helper may come from another one than the step asks for), or BPR_NONE */
	unsigned person;        /**< the first who does it: which of the pool, from 1; 0 nobody in particular */
	unsigned ticket;        /**< number drawn at the counter that day, from 1; 0 none */
	unsigned replication;   /**< from 0 */
};
/** State at a moment, for --watch and tables: called at every full step of the clock of the first replication. */
struct bpr_sim_moment {
	double time;
	unsigned long long arrived, finished, abandoned; /**< so far */
	size_t in_process;
	const size_t *counter_queue; /**< [counter count] citizens that wait at each */
	const size_t *pool_queue, *pool_busy, *pool_on_duty; /**< [pool count] */
};

/** A limit whose share of keepers is counted exactly, replication by replication: bpr_simulation_within(). */
struct bpr_sim_limit {
	size_t key;             /**< figure of a case; with a pool: BPR_SIM_WAIT */
	size_t pool;            /**< each wait for people of this pool by itself; BPR_NONE: cases */
	double most;            /**< it is kept at or below */
};

struct bpr_sim_options {
	size_t size;
	unsigned long long seed;
	double days;            /**< working days that let cases in; 0: not said */
	unsigned long long cases; /**< finished cases a replication; 0: not said */
	double precision;       /**< 0.01: until half-widths of the asked figures are 1 % of the mean; 0: not said */
	const size_t *precise; size_t precise_count; /**< figures that must be so; none: cycle_minutes and wait_minutes */
	size_t replications;    /**< 0: 30 for days, 10 for cases; with precision the most, default 10,000 */
	enum bpr_warmup warmup; double warmup_minutes;
	enum bpr_closing closing;
	struct bpr_calendar_options calendar;
	size_t jobs;            /**< threads; 0: the processors available. Never changes a figure */
	size_t samples;         /**< values kept for exact quantiles of one figure; default 65,536, then a sketch (relative error 1/1024); of
	                         *   the waits of one step 1,024. Counts stay exact below 1,024 */
	unsigned long long max_events; /**< per replication; default 10^11 */
	size_t max_in_process;  /**< cases at once; default 1,000,000, about 300 MB a thread: a queue without end stops there (BPR_ELIMIT) */
	bool (*progress)(void *data, double done, double estimate); /**< done: 0 to 1; estimate: mean cycle_minutes so far, 0 before the first
	                         *   replication is over; false: stop (BPR_ECANCELLED). Called by any thread, never by two at once */
	void *progress_data;
	bool (*log)(void *data, const struct bpr_sim_event *events, size_t count); void *log_data; /**< in order of finish, replication after replication; false: stop */
	size_t log_replications; /**< of the first so many; default 1. More of them are played one after the other */
	bool (*watch)(void *data, const struct bpr_sim_moment *moment); void *watch_data;
	double watch_step;      /**< minutes; default 60 */
	const struct bpr_sim_limit *limits; size_t limit_count; /**< at most BPR_SIM_LIMITS */
};
#define BPR_SIM_LIMITS 16
#define BPR_SIM_OPTIONS_INIT \
	{ sizeof(struct bpr_sim_options), 1, 0, 0, 0, NULL, 0, 0, BPR_WARMUP_AUTO, 0, BPR_CLOSING_FINISH, BPR_CALENDAR_OPTIONS_INIT, 0, \
	  65536, 100000000000u, 1000000, NULL, NULL, NULL, NULL, 1, NULL, NULL, 60, NULL, 0 }

/**
 * A figure over replications. The mean is that of all cases, its interval that of a ratio (sum over cases by their number: a day on
 * which more came counts for more); where all replications have the same number of cases that is Student t over their means. sd,
 * minimum, maximum and quantiles are of single cases, of all replications together. A figure that the flow cannot change is 0.
 */
struct bpr_sim_figure {
	bool known;
	double mean;
	bool ci_known; double ci95_low, ci95_high; /**< Student t over replications; two at least */
	double sd, min, max, p10, p50, p90, p95, p99;
	double quantile_error;  /**< relative; 0: exact (definition 7 of Hyndman & Fan, American Statistician 50(4), 1996) */
};
/** Mean over replications with its interval. */
struct bpr_sim_mean { bool known; double mean; bool ci_known; double ci95_low, ci95_high; };

struct bpr_sim_node { struct bpr_sim_mean visits, wait, queue, work, abandoned; /**< visits: executions a case;
	 * wait, work: minutes of one execution; queue: mean number that waits while its people are on duty; abandoned: share of executions */
	double wait_p90, longest_queue; };
struct bpr_sim_pool { struct bpr_sim_mean utilisation, wait, queue, overtime; /**< utilisation: busy over on duty; overtime: person-minutes a day */
	double wait_p90, longest_queue; };
struct bpr_sim_counter { struct bpr_sim_mean wait, queue, visits; double wait_p50, wait_p90, wait_max, longest_queue; };
/** One hour of the week: [weekday * 24 + hour]. */
struct bpr_sim_hour { double arrivals, in_process; /**< mean a day that has it */ size_t days; };
/** A place in an hour of the week, by the hour of joining the queue. waits: how many were served, a day that has the hour;
 * wait, wait_max: minutes; queue: mean number. Only days that let cases in. */
struct bpr_sim_place_hour { double waits, wait, wait_max, queue; };
struct bpr_sim_pool_hour { double on_duty, busy; /**< mean people; who works overtime is neither */ };
#define BPR_SIM_HOURS 168

typedef struct bpr_simulation bpr_simulation;

/**
 * Simulates the flow.
 *
 * @param problems  what is not said and was taken as, what never clears (V0xx) are added; may be NULL
 * @retval BPR_EINVAL       options contradict each other, or the flow has no demand (V001)
 * @retval BPR_ENOEXIT      a case can get to where it never ends
 * @retval BPR_ELIMIT       max_events or max_in_process: err names the pool whose queue grows
 * @retval BPR_ECANCELLED   a callback said so
 * Memory: proportional to cases in flight, not to cases seen. Thread safety: safe.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_simulate(const bpr_flow *flow, const struct bpr_sim_options *options, bpr_simulation **out,
	bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_simulation_free(bpr_simulation *simulation);
BPR_API unsigned long long bpr_simulation_flow_hash(const bpr_simulation *simulation);
BPR_API size_t bpr_simulation_replications(const bpr_simulation *simulation);
BPR_API unsigned long long bpr_simulation_cases(const bpr_simulation *simulation);  /**< finished, after the warm-up */
BPR_API unsigned long long bpr_simulation_events(const bpr_simulation *simulation); /**< arrivals plus completed steps */
BPR_API double bpr_simulation_days(const bpr_simulation *simulation);  /**< mean simulated working days a replication */
BPR_API double bpr_simulation_warmup(const bpr_simulation *simulation); /**< mean minutes cut off; 0 none */
BPR_API bool bpr_simulation_precise(const bpr_simulation *simulation);  /**< the precision asked for was reached */
BPR_API double bpr_simulation_unfinished(const bpr_simulation *simulation); /**< mean cases still there at the end of a replication */
BPR_API const struct bpr_sim_figure *bpr_simulation_figure(const bpr_simulation *simulation, size_t key);
BPR_API const struct bpr_sim_node *bpr_simulation_nodes(const bpr_simulation *simulation);
BPR_API const struct bpr_sim_pool *bpr_simulation_pools(const bpr_simulation *simulation);
BPR_API const struct bpr_sim_counter *bpr_simulation_counters(const bpr_simulation *simulation);
BPR_API const struct bpr_sim_hour *bpr_simulation_hours(const bpr_simulation *simulation); /**< [BPR_SIM_HOURS] */
BPR_API const struct bpr_sim_place_hour *bpr_simulation_counter_hours(const bpr_simulation *simulation, size_t counter);
BPR_API const struct bpr_sim_pool_hour *bpr_simulation_pool_hours(const bpr_simulation *simulation, size_t pool);
BPR_API const struct bpr_sim_place_hour *bpr_simulation_pool_waits(const bpr_simulation *simulation, size_t pool);
/**
 * The values, one for each replication in order, of which a figure's interval is made: mean + (sum - mean * cases) / (mean number of
 * cases). Their mean is the figure's; they are the means of the replications where all have the same number of cases. NULL where
 * the figure is not known.
 */
BPR_API const double *bpr_simulation_means(const bpr_simulation *simulation, size_t key);
/** Share of cases whose figure is at most @p limit: from the kept values, or the sketch. */
BPR_API double bpr_simulation_share_within(const bpr_simulation *simulation, size_t key, double limit);
/**
 * Share of cases (of waits, with a pool) that keep a limit of the options, as bpr_simulation_means() has figures: one value a
 * replication, whose mean is the share over all. NULL where nobody came.
 */
BPR_API const double *bpr_simulation_within(const bpr_simulation *simulation, size_t limit);

/** Writes events of a log as text: CSV (case, activity, arrive, start, complete, …) or XES (IEEE 1849). */
enum bpr_sim_log_format { BPR_SIM_LOG_CSV = 0, BPR_SIM_LOG_XES };
typedef struct bpr_sim_log bpr_sim_log;
/**
 * Times are ISO 8601 to the millisecond, local, without a zone: from the calendar's first day, else from Monday, 2001-01-01. Cases of
 * the second replication on have its number in front (2-17). What a spreadsheet would take for a formula is marked.
 *
 * @param calendar  that of the simulation, or NULL
 * @param write  gets the text piece by piece, from a thread of the log's own, until bpr_sim_log_finish() returns; false: stop
 * XES keeps a trace together: memory grows with the events of the replication; CSV streams.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_sim_log_new(const bpr_flow *flow, const struct bpr_calendar_options *calendar, enum bpr_sim_log_format format,
	bool (*write)(void *data, const char *text, size_t length), void *data, bpr_sim_log **out, struct bpr_error *err);
/** For bpr_sim_options.log, with the log as its data. */
BPR_API bool bpr_sim_log_add(void *log, const struct bpr_sim_event *events, size_t count);
/** Writes what is left; false where writing failed or memory ran out. */
BPR_API bool bpr_sim_log_finish(bpr_sim_log *log);
BPR_API void bpr_sim_log_free(bpr_sim_log *log);

/** A difference of two simulations with common random numbers: paired over replications. */
struct bpr_sim_difference {
	bool known;
	double before, after, change;
	bool ci_known; double ci95_low, ci95_high; /**< of the change: paired Student t */
	double p_value;         /**< of no change, two-sided; meaningful where ci_known */
	bool shown;             /**< the interval leaves out 0; else "no difference shown" */
	int better;             /**< +1, -1; 0 where none is shown or neutral */
	double correlation;     /**< of the pairs: what common random numbers brought */
};
/**
 * Differences figure by figure, after minus before; both simulations must have the same seed and number of replications.
 * @param out  [BPR_SIM_KEY_COUNT]
 * @retval BPR_EINVAL  they have not
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_simulation_compare(const bpr_simulation *before, const bpr_simulation *after,
	struct bpr_sim_difference *out, struct bpr_error *err);

#ifdef __cplusplus
}
#endif
#endif

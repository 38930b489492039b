/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_WORKTIME_H
#define BPR_WORKTIME_H
/**
 * @file worktime.h
 * Waits of a log in working time, and why: the unit's own calendar, who was busy, what was closed, what was done in batches.
 *
 * A wait is the time from the end of an event to the start of the next one of its case; where no start is known, to its end, and
 * the work itself is in it. Working time is what of it falls into the hours of the unit that does the next step. Everything is
 * reckoned on the office's local clock; the length of a wait is that of the instants, and the hour by which the clock was put
 * forward or back in between counts as closed.
 *
 * The causes are those of Lashkevich, Milani, Chapela-Campa, Suvorau & Dumas, "Why am I waiting? Data-driven analysis of waiting
 * times in business processes" (CAiSE 2023, LNCS 13901), seen from the office: closed and absent are their unavailability, batch
 * their batching, busy their contention and prioritisation together, elsewhere and rest their extraneous waiting.
 */
#include <bpr/calendar.h>
#include <bpr/mining.h>
#ifdef __cplusplus
extern "C" {
#endif

typedef struct bpr_worktime bpr_worktime;

/** Hours of a unit as schedules are written (bpr-flow(5)): "8:30-17:15;closed 12:00-13:00" and so on. */
struct bpr_worktime_unit { const char *unit; /**< NULL: all others */ const char *open, *closed; };

/**
 * Why a case waits, every minute of waiting of one cause; in this order where several hold. "Whoever does the next step" is the
 * resource of the event; where none is named, those of its unit of whom no name is known, together.
 */
enum bpr_wait_cause {
	BPR_WAIT_CLOSED = 0,   /**< the unit that does the next step is closed */
	BPR_WAIT_ELSEWHERE,    /**< another step of the case is still running */
	BPR_WAIT_BATCH,        /**< it is collected: until the last case of the batch has come with which its next step begins */
	BPR_WAIT_BUSY,         /**< whoever does the next step works on more other cases than when this one was begun, so at least on one */
	BPR_WAIT_ABSENT,       /**< open, but whoever does the next step had not yet done anything that day, or did nothing any more */
	BPR_WAIT_REST,         /**< none of these: people were there and free, or wait for the citizen, the mail … */
	BPR_WAIT_CAUSE_COUNT
};
BPR_API const char *bpr_wait_cause_name(enum bpr_wait_cause cause); /**< "closed", "busy" … as in JSON; static */

struct bpr_worktime_options {
	size_t size;
	const struct bpr_worktime_unit *units; size_t unit_count; /**< none: hours as seen in the log */
	struct bpr_calendar_options calendar;  /**< public holidays; the days are the log's own */
	bool clock;                            /**< no calendar: the office never closes */
	double standard_days;                  /**< 標準処理期間 in office days; 0: not said */
	const char *standard_from, *standard_to; /**< activities between which it runs: the first such, and the first `to` behind it; NULL: first and last event */
	size_t memory; const char *temp;       /**< as bpr_log_options */
	const char *const *ends; size_t end_count; /**< as bpr_mine_options: which cases are done, where `standard_to` is NULL */
};
#define BPR_WORKTIME_OPTIONS_INIT { sizeof(struct bpr_worktime_options), NULL, 0, BPR_CALENDAR_OPTIONS_INIT, false, 0, NULL, NULL, (size_t)64 << 20, NULL, NULL, 0 }

/** Hours in which a unit was seen at work, by weekday; and what its calendar says. */
struct bpr_worktime_hours {
	uint32_t unit;             /**< BPR_LOG_UNIT, or BPR_LOG_NONE: the office as a whole */
	uint64_t events, outside;  /**< of them outside of its calendar */
	uint64_t days_seen[7];     /**< days on which it did anything */
	struct bpr_span seen[7];   /**< 2.5 % to 97.5 % of its events by time of day; from == to: none */
	double by_hour[7][24];     /**< events a day on which it was open */
	double open_minutes_per_week; /**< of its calendar, in an ordinary week without holidays */
	bool own;                  /**< a calendar of its own; else the office's is used: nothing was said, or too little was seen */
};
/** An arc or an activity: its waits in clock time, working time and by cause. */
struct bpr_worktime_wait {
	uint32_t from, to;         /**< activities; from BPR_LOG_NONE: before `to`, whatever came before */
	struct bpr_mine_stat clock, working;
	double cause[BPR_WAIT_CAUSE_COUNT]; /**< minutes of the clock, sum over all waits; they add up to clock.mean * clock.count */
	uint64_t without_start;    /**< of the waits those whose end is that of the step: work is in them, nobody is known to be busy */
};
/**
 * An activity that is done in batches by one resource: two cases or more (three where no start is known) that begin within a
 * minute, or three or more of which each begins within a minute of work of the end of the one before, all of which had come when
 * the first one begins, though the resource had ten minutes of work time free since the first of them came. After Martin,
 * Swennen, Depaire, Jans, Caris & Vanhoof, "Retrieving batch organisation of work insights from event logs", Decision Support
 * Systems 100 (2017), and Martin, Pufahl & Mannhardt, "Detection of batch activities from event logs", Information Systems 95
 * (2021): simultaneous, concurrent and sequential batches, told from a queue by the idle time before.
 */
struct bpr_worktime_batch {
	uint32_t activity, resource;
	uint64_t batches, events;    /**< events: cases in them */
	double mean_size, mean_wait_minutes; /**< a case: working time from its coming until the last one has come */
	double every_minutes;        /**< clock time from one batch to the next; 0 of a single one */
	uint64_t of;                 /**< events of the activity by the resource, in batches or not */
};
/**
 * Who works beside whom: people of a unit at work at once, in its open hours from the first to the last event of the log. Somebody
 * is present from the first to the last trace (start or end of an event) of a day, busy while an event runs. Where a unit's events
 * name no resource, `people` is 0 and its cases in work stand for busy people.
 */
struct bpr_worktime_staff {
	uint32_t unit;               /**< BPR_LOG_NONE: the office */
	uint32_t people;
	double mean_busy, most_busy; /**< NAN where no starts are known */
	double mean_present, most_present; /**< most: on one day */
	double utilisation;          /**< busy over present; NAN where starts are not known */
};
/**
 * Standard processing period (Administrative Procedure Act, art. 6) in office days: days on which the office works, not counting
 * the day on which the case came in (Civil Code, art. 140), counting the day on which it is done. Times in which the applicant
 * puts something right are not known to a log and are not taken out.
 */
struct bpr_worktime_standard {
	double days;
	uint64_t cases;              /**< in which it began to run */
	uint64_t finished, within;   /**< done; of them in time */
	uint64_t open, late;         /**< not over yet; of them beyond the period already */
	double share, low, high;     /**< within / (finished + late), with Wilson's 95 % interval; NAN of none */
	double km_share;             /**< share in time with the unfinished ones as censored: 1 - Kaplan-Meier's S(days); NAN of none */
	struct bpr_mine_stat taken;  /**< office days of the finished ones */
};
/** The same for cases that have something in common. */
struct bpr_worktime_group {
	size_t by;                   /**< attribute, below the number asked for with `by`; BPR_NONE: the unit of the last event */
	uint32_t value;              /**< BPR_LOG_BY + by, or BPR_LOG_UNIT; BPR_LOG_NONE: not said */
	uint64_t cases, finished, within, open, late;
	double share, low, high;     /**< as above; NAN of none */
	double median_days;          /**< of the finished ones; NAN of none */
};
/** What the figures rest on. */
struct bpr_worktime_basis {
	bool given;                  /**< hours were said */
	bool clock;                  /**< no calendar: the office never closes */
	bool holidays;               /**< hours as seen: public holidays were seen to be closed */
	uint64_t waits, without_start; /**< waits; of them those whose next step has no start */
	uint64_t crowded;            /**< waits for somebody with more events than are held at once: not told busy from rest */
	bool dates_only;             /**< no time of day: working time is not told below a day */
};

/**
 * Looks at every case, then at the work of every resource. Cost O(n log n) for n events, in memory of cases, names and days of the
 * log; events go to a temporary file beyond `memory`. The log is borrowed and must outlive the result; all else is copied.
 * @retval BPR_ESYNTAX  hours that are not understood; told in @p problems
 * @retval BPR_EINVAL   `standard_from` or `standard_to` is not in the log; options without size
 * @retval BPR_EIO, BPR_ENOMEM
 * Thread safety: safe; the result is immutable.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_worktime_new(const bpr_log *log, const struct bpr_worktime_options *options, bpr_worktime **out,
	bpr_problems *problems, struct bpr_error *err);
/**
 * Hours of many units from a CSV file with a heading: columns unit, open, closed (担当課, 開庁時間, 閉庁日) in any order, others are passed
 * over. A row without unit, or with "*", is for all others.
 * @param encoding  "utf-8", "cp932" …; NULL: detected
 * @param out       for bpr_worktime_options; free with bpr_worktime_units_free(). NULL on failure
 * @retval BPR_ESYNTAX no such columns, no row; told in @p problems with its line
 * @retval BPR_EIO, BPR_ELIMIT (16 MiB), BPR_EINVAL (no such encoding), BPR_ENOMEM
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_worktime_units_read(const char *path, const char *encoding, struct bpr_worktime_unit **out, size_t *count,
	bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_worktime_units_free(struct bpr_worktime_unit *units);
BPR_API void bpr_worktime_free(bpr_worktime *worktime);
BPR_API const struct bpr_worktime_hours *bpr_worktime_hours(const bpr_worktime *worktime, size_t *count); /**< the office first */
BPR_API const struct bpr_worktime_wait *bpr_worktime_waits(const bpr_worktime *worktime, size_t *count);  /**< activities, by sum */
BPR_API const struct bpr_worktime_wait *bpr_worktime_arcs(const bpr_worktime *worktime, size_t *count);
BPR_API const struct bpr_worktime_wait *bpr_worktime_total(const bpr_worktime *worktime);
BPR_API const struct bpr_worktime_batch *bpr_worktime_batches(const bpr_worktime *worktime, size_t *count);
BPR_API const struct bpr_worktime_staff *bpr_worktime_staff(const bpr_worktime *worktime, size_t *count);
BPR_API const struct bpr_worktime_standard *bpr_worktime_standard(const bpr_worktime *worktime); /**< NULL: not asked */
/** By attribute, units last; of each those first that keep the period least. None where no period was asked for. */
BPR_API const struct bpr_worktime_group *bpr_worktime_standard_groups(const bpr_worktime *worktime, size_t *count);
BPR_API const struct bpr_worktime_basis *bpr_worktime_basis(const bpr_worktime *worktime);
/** Log that was looked at; borrowed. */
BPR_API const bpr_log *bpr_worktime_log(const bpr_worktime *worktime);
BPR_API const struct bpr_mine_stat *bpr_worktime_case(const bpr_worktime *worktime); /**< length of a case in working minutes of the office */

#ifdef __cplusplus
}
#endif
#endif

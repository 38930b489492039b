/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_WORKTIME_H
#define BPR_WORKTIME_H
/**
 * @file worktime.h
 * Waits of a log in working time, and why: the unit's own calendar, who was busy, what was closed, what was done in batches.
 */
#include <bpr/calendar.h>
#include <bpr/mining.h>
#ifdef __cplusplus
extern "C" {
#endif

typedef struct bpr_worktime bpr_worktime;

/** Hours of a unit as schedules are written (bpr-flow(5)): "8:30-17:15;closed 12:00-13:00" and so on. */
struct bpr_worktime_unit { const char *unit; /**< NULL: all others */ const char *open, *closed; };

/** Why a case waits, every minute of waiting of one cause; in this order where several hold. */
enum bpr_wait_cause {
	BPR_WAIT_CLOSED = 0,   /**< the unit that does the next step is closed */
	BPR_WAIT_ELSEWHERE,    /**< the case is busy in another step (overlapping work) */
	BPR_WAIT_BATCH,        /**< it is collected until a batch of the next step begins */
	BPR_WAIT_BUSY,         /**< whoever does the next step works on other cases */
	BPR_WAIT_ABSENT,       /**< open, but whoever does the next step did nothing that day or hour */
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
	const char *standard_from, *standard_to; /**< activities between which it runs; NULL: first and last of the case */
	size_t memory; const char *temp;       /**< as bpr_log_options */
};
#define BPR_WORKTIME_OPTIONS_INIT { sizeof(struct bpr_worktime_options), NULL, 0, BPR_CALENDAR_OPTIONS_INIT, false, 0, NULL, NULL, (size_t)64 << 20, NULL }

/** Hours in which a unit was seen at work, by weekday; and what its calendar says. */
struct bpr_worktime_hours {
	uint32_t unit;             /**< BPR_LOG_UNIT, or BPR_LOG_NONE: the office as a whole */
	uint64_t events, outside;  /**< of them outside of its calendar */
	uint64_t days_seen[7];     /**< days on which it did anything */
	struct bpr_span seen[7];   /**< 2.5 % to 97.5 % of its events by time of day; from == to: none */
	double by_hour[7][24];     /**< events a day on which it was open */
	double open_minutes_per_week; /**< of its calendar */
};
/** An arc or an activity: its waits in clock time, working time and by cause. */
struct bpr_worktime_wait {
	uint32_t from, to;         /**< activities; from BPR_LOG_NONE: before `to`, whatever came before */
	struct bpr_mine_stat clock, working;
	double cause[BPR_WAIT_CAUSE_COUNT]; /**< minutes of the clock, sum over all waits; they add up to clock.mean * clock.count */
};
/** An activity that is done in batches: several cases within a short time after longer collecting. */
struct bpr_worktime_batch { uint32_t activity; uint32_t resource; uint64_t batches, events; double mean_size, mean_wait_minutes, every_minutes; };
/** Who works beside whom: how many cases or people are busy at once. */
struct bpr_worktime_staff { uint32_t unit; uint32_t people; double mean_busy, most_busy, mean_present, most_present; /**< of the open hours */
	double utilisation; /**< busy over present; NAN where starts are not known */ };
struct bpr_worktime_standard { double days; uint64_t cases, within, open; /**< not over yet; km: share within, Kaplan-Meier */ double share, low, high, km_share; struct bpr_mine_stat taken; /**< office days */ };

BPR_API BPR_MUST_CHECK bpr_status bpr_worktime_new(const bpr_log *log, const struct bpr_worktime_options *options, bpr_worktime **out,
	bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_worktime_free(bpr_worktime *worktime);
BPR_API const struct bpr_worktime_hours *bpr_worktime_hours(const bpr_worktime *worktime, size_t *count); /**< the office first */
BPR_API const struct bpr_worktime_wait *bpr_worktime_waits(const bpr_worktime *worktime, size_t *count);  /**< activities, by sum */
BPR_API const struct bpr_worktime_wait *bpr_worktime_arcs(const bpr_worktime *worktime, size_t *count);
BPR_API const struct bpr_worktime_wait *bpr_worktime_total(const bpr_worktime *worktime);
BPR_API const struct bpr_worktime_batch *bpr_worktime_batches(const bpr_worktime *worktime, size_t *count);
BPR_API const struct bpr_worktime_staff *bpr_worktime_staff(const bpr_worktime *worktime, size_t *count);
BPR_API const struct bpr_worktime_standard *bpr_worktime_standard(const bpr_worktime *worktime); /**< NULL: not asked */
BPR_API const struct bpr_mine_stat *bpr_worktime_case(const bpr_worktime *worktime); /**< length of a case in working minutes of the office */

#ifdef __cplusplus
}
#endif
#endif

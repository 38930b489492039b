/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CALENDAR_H
#define BPR_CALENDAR_H
/**
 * @file calendar.h
 * Opening hours, shifts, seasons: rules by weekday and date, and what they make of each day of a run.
 *
 * Time is minutes from midnight at the start of day 0; a day has 1440 minutes, there is no summer time. A calendar is
 * either dated (day 0 is a date: holidays, year-end closing, seasons and dated rules apply) or an ordinary week (day 0 is
 * a Monday; rules by weekday apply, those by date and for holidays do not). Formats: bpr-flow(5).
 */
#include <bpr/dist.h>
#include <bpr/error.h>
#include <bpr/problem.h>
#include <stdbool.h>
#ifdef __cplusplus
extern "C" {
#endif

typedef struct bpr_flow bpr_flow;

/** Minutes after midnight, from < to; `to` passes 1440 where it runs past midnight. */
struct bpr_span { double from, to; };

/** The days that a rule is for. */
struct bpr_days {
	unsigned weekdays;      /**< bit 0 Monday … bit 6 Sunday, bit 7 public holiday; 0: every day */
	bool dated;             /**< only from `first` to `last`, both included */
	bool yearly;            /**< first, last are month * 100 + day of any year (may run past New Year); else days since 1970-01-01 */
	long first, last;
	unsigned nth;           /**< bits 1 to 5: only the first … fifth such weekday of its month; 0: each. Needs dates */
};
#define BPR_WEEKDAY_HOLIDAY 128u

/** One rule of a schedule: on these days, in these spans (none: not at all), this value. */
struct bpr_schedule_rule {
	struct bpr_days days;
	const struct bpr_span *spans; size_t span_count; /**< hours: none means closed; factors: none means the whole day */
	double value;           /**< of a factor; 1 in hours */
	const struct bpr_dist *dist; /**< of arrivals by window; else NULL */
};

/**
 * Hours: the last rule that fits a day says all of that day. Factors (weekday, time of day, season): the last rule that
 * fits the moment counts, 1 where none does. Arrivals by window: every window of the rules that fit the day.
 */
struct bpr_schedule {
	const struct bpr_schedule_rule *rules; size_t rule_count; /**< 0: nothing was said */
	const char *text;       /**< as written, "" none */
};

typedef struct bpr_calendar bpr_calendar;

/** Dates on which an office is closed as on a public holiday, or (remove) is not: a Cabinet Office file overrides the rules. */
struct bpr_holiday { long date; const char *name; };

struct bpr_calendar_options {
	size_t size;
	bool dated;             /**< false: an ordinary week */
	long start;             /**< dated: days since 1970-01-01 of day 0 */
	const struct bpr_holiday *holidays; size_t holiday_count; /**< sorted by date: in the years from the first to the last they replace the rules */
};
#define BPR_CALENDAR_OPTIONS_INIT { sizeof(struct bpr_calendar_options), false, 0, NULL, 0 }

/**
 * Days for a flow. The flow is borrowed and must outlive the calendar; options are copied. Immutable: any number of threads.
 * @retval BPR_EINVAL  a date out of 1948-07-20 to 2150-12-31
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_calendar_new(const bpr_flow *flow, const struct bpr_calendar_options *options,
	bpr_calendar **out, struct bpr_error *err);
BPR_API void bpr_calendar_free(bpr_calendar *calendar);

/** At most so many spans a day. */
#define BPR_SPANS_MAX 48
/* Day >= 0. Spans come in order and apart from each other, clipped to the day [0, 1440); their number is returned. */
BPR_API bool bpr_calendar_always_open(const bpr_calendar *calendar);      /**< no opening hours, no closed days are said */
BPR_API bool bpr_calendar_works(const bpr_calendar *calendar, long day);  /**< a working day: the office opens on it */
BPR_API size_t bpr_calendar_office(const bpr_calendar *calendar, long day, struct bpr_span spans[BPR_SPANS_MAX]);
/** Hours of a counter: its own where it says any, else the office's. */
BPR_API size_t bpr_calendar_counter(const bpr_calendar *calendar, size_t counter, long day, struct bpr_span spans[BPR_SPANS_MAX]);
/** People of one shift of a pool (0 to bpr_pool.shift_count - 1) by time of day; breaks are taken out. Numbers stand in people[]. */
BPR_API size_t bpr_calendar_shift(const bpr_calendar *calendar, size_t pool, size_t shift, long day,
	struct bpr_span spans[BPR_SPANS_MAX], size_t people[BPR_SPANS_MAX]);
/** Weekday of a day, 0 Monday to 6 Sunday; date of a dated calendar's day in days since 1970-01-01. */
BPR_API unsigned bpr_calendar_weekday(const bpr_calendar *calendar, long day);
BPR_API bool bpr_calendar_dated(const bpr_calendar *calendar);
BPR_API long bpr_calendar_date(const bpr_calendar *calendar, long day);

/** A stretch of a day with one rate of arrivals. */
struct bpr_rate { double from, to; double per_minute; };
#define BPR_RATES_MAX 320
/**
 * Expected arrivals by time of day: demand a day, by weekday, season and time of day; mean rate where cases come by `arrivals`.
 * @return number of stretches, in order; between them nobody comes
 */
BPR_API size_t bpr_calendar_rates(const bpr_calendar *calendar, long day, struct bpr_rate rates[BPR_RATES_MAX]);
/** Expected cases of the day. */
BPR_API double bpr_calendar_cases(const bpr_calendar *calendar, long day);

/* ---- dates: proleptic Gregorian, days since 1970-01-01 ---- */
BPR_API long bpr_date(int year, int month, int day);
BPR_API void bpr_date_parts(long date, int *year, int *month, int *day);
/**
 * Public holiday of Japan by the rules in force on that date (Act on National Holidays, 1948, as amended; equinoxes by the usual
 * approximation formula, good for 1980 to 2099; substitute and sandwiched holidays; the moves of 2019 to 2021).
 * @return Japanese name, static, or NULL
 */
BPR_API const char *bpr_date_holiday(long date);
/** A date as people write it: 2027-03-22, 2027/3/22, 2027年3月22日, 令和9年3月22日, R9.3.22; full-width too. False: it is none. */
BPR_API bool bpr_date_parse(const char *text, long *date);

/* ---- fiscal years (年度): from the first of April on, named by the year in which they begin ---- */
/** 2026, 2026年度, FY2026, 令和8, 令和8年度, R8; full-width too; 1950 to 2150. False: it is none. */
BPR_API bool bpr_fiscal_year_parse(const char *text, int *year);
/** One, or two with '-' or '~' between: 2026-2030, 令和8-令和12, R8-12, 令和8年度～令和12年度. The second is not before the first. */
BPR_API bool bpr_fiscal_years_parse(const char *text, int *first, int *last);
/** "令和8年度", "FY2026". @return length as snprintf */
BPR_API size_t bpr_fiscal_year_name(int year, enum bpr_lang lang, char *buf, size_t size);

#ifdef __cplusplus
}
#endif
#endif

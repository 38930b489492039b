/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_FLOW_CALENDAR_I_H
#define BPR_FLOW_CALENDAR_I_H
/* Inside of calendars: what rates.c and the simulation's arrivals need besides calendar.h. */
#include <bpr/flow.h>

enum { BPR_I_DAY = 1440, BPR_I_CALENDAR_YEARS = 12 };

struct bpr_calendar {
	const bpr_flow *flow;
	bool dated;
	long start;
	struct bpr_holiday *holidays; size_t holiday_count; /* by date; names are not kept */
	long listed_from, listed_to;  /* in which they count instead of the rules */
	double base;                  /* cases of a working day whose factors are 1; dated and by the year: see years */
	int first_year;
	double years[BPR_I_CALENDAR_YEARS]; /* the same, year by year from first_year */
};

/* Spans of a day in order and apart. */
struct bpr_i_spans { struct bpr_span at[BPR_SPANS_MAX]; size_t count; };
void bpr_i_spans_add(struct bpr_i_spans *s, double from, double to);

bool bpr_i_calendar_fits(const bpr_calendar *calendar, const struct bpr_days *days, long day);
/* The last rule that fits the day, or NULL. */
const struct bpr_schedule_rule *bpr_i_calendar_rule(const bpr_calendar *calendar, const struct bpr_schedule *schedule, long day);
/* Whether a rule that fits the day holds on it, though the office may be closed. */
bool bpr_i_calendar_opens(const bpr_calendar *calendar, const struct bpr_schedule_rule *rule, long day);
/* Slots of breaks in turn; 0 none. */
size_t bpr_i_turn_slots(const struct bpr_shift *shift);
/* Office hours that begin on the day, as its rule says them: `to` may pass midnight. */
size_t bpr_i_calendar_own(const bpr_calendar *calendar, long day, struct bpr_span spans[BPR_SPANS_MAX]);
/* A stretch of a day in which cases come by the clock: it starts again at the beginning. */
struct bpr_i_window { double from, to; const struct bpr_dist *between; };
#define BPR_I_WINDOWS_MAX 64
/* In the order of the rules: windows of the demand, else its `arrivals` in the opening hours. `to` may pass midnight. */
size_t bpr_i_calendar_windows(const bpr_calendar *calendar, long day, struct bpr_i_window windows[BPR_I_WINDOWS_MAX]);
/* rates.c: how many cases an ordinary working day has. */
void bpr_i_calendar_spread(bpr_calendar *calendar);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_READ_WEEK_I_H
#define BPR_READ_WEEK_I_H
/* Hours of the days of a week, as timetables and iCalendar rules say them, into the columns `hours` and `open`. */
#include "base/buf_i.h"

enum { BPR_WEEK_SPANS = 8 };
struct bpr_week_day {
	struct { double from, to; } spans[BPR_WEEK_SPANS]; /* minutes after midnight, in order, apart */
	size_t count;
};
struct bpr_week {
	struct bpr_week_day days[7]; /* from Monday */
	bool simplified;             /* a rule could not be followed as it stands */
};

/* "MONDAY", "Mon", "MO": 0 to 6; -1 else. */
int bpr_i_week_day(const char *text, size_t length);
/* "09:00", "9:00:00.000+09:00": minutes after midnight, the zone left out; -1 else. */
double bpr_i_week_time(const char *text, size_t length);
/* On the days from..to (round the week where to < from). A time to that is not after from is on the next day. */
void bpr_i_week_add(struct bpr_week *week, int from_day, int to_day, double from, double to);
void bpr_i_week_merge(struct bpr_week *week, const struct bpr_week *other);
/* Minutes a week, and on how many days. */
double bpr_i_week_minutes(const struct bpr_week *week, size_t *days);
/* All of every day. */
bool bpr_i_week_always(const struct bpr_week *week);
bool bpr_i_week_equal(const struct bpr_week *a, const struct bpr_week *b);
/*
 * As a schedule (bpr-flow(5)): "Mon-Fri 9:00-12:00 13:00-17:00; Sat 9:00-12:00". `plain`: bits of the days for which none need be named
 * where they have the same hours and no other day has any. False: a rule could not be followed as it stands.
 */
bool bpr_i_week_schedule(const struct bpr_week *week, unsigned plain, struct bpr_buf *out);

/* The same as rules of windows, "DAYS FROM-TO=TEXT; …", spans that go on behind midnight in one piece. False as above. */
bool bpr_i_week_windows(const struct bpr_week *week, const char *text, struct bpr_buf *out);
/* What is left of the week. */
void bpr_i_week_rest(const struct bpr_week *week, struct bpr_week *rest);

/* An iCalendar text: VEVENTs with DTSTART, DTEND or DURATION, and a weekly or daily RRULE (inside or behind the event). False: none. */
bool bpr_i_ical_read(const char *text, size_t length, struct bpr_week *week);
#endif

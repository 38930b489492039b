/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_QUEUEING_TIMELINE_I_H
#define BPR_QUEUEING_TIMELINE_I_H
/* The days of a run cut into stretches on which neither the demand nor anybody's staff changes. */
#include "base/alloc_i.h"
#include <bpr/calendar.h>
#include <bpr/flow.h>

struct bpr_i_stretch {
	long day;
	double from, to;    /* minutes of the day; within one hour of the clock */
	double rate;        /* cases a minute */
};

struct bpr_i_timeline {
	struct bpr_i_stretch *at; size_t count, capacity;
	double *people; size_t people_capacity; /* [count][pool_count] */
	size_t pool_count;
	bool always_open;   /* no hours, no closed days … */
	bool steady;        /* … and nothing changes from one stretch to the next: time of day does not matter */
	double cases;       /* in all */
	double taking;      /* minutes in which cases come */
};

/* Days 0 to days - 1 of the calendar. BPR_ENOMEM. */
bpr_status bpr_i_timeline_new(const bpr_flow *flow, const bpr_calendar *calendar, long days, struct bpr_i_timeline *out);
void bpr_i_timeline_release(struct bpr_i_timeline *timeline);
static inline double bpr_i_timeline_people(const struct bpr_i_timeline *t, size_t stretch, size_t pool)
{
	return t->people[stretch * t->pool_count + pool];
}
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time that counts only while the office is open, or on its working days. */
#include "config.h"
#include "simulate/run_i.h"
#include <math.h>

#define DAY 1440.0
/* An office that is closed for so long does not open any more. */
#define MAX_DAYS 4000

double bpr_i_hours_open(const struct run_plan *plan, double time)
{
	long first = (long)floor(time / DAY);
	struct bpr_span spans[BPR_SPANS_MAX];

	if (!plan->closes)
		return time;
	for (long day = first; day < first + MAX_DAYS; day++) {
		size_t count = bpr_calendar_office(plan->calendar, day, spans);
		double midnight = (double)day * DAY;

		for (size_t i = 0; i < count; i++)
			if (midnight + spans[i].to > time)
				return fmax(time, midnight + spans[i].from);
	}
	return (double)INFINITY;
}

double bpr_i_hours_after(const struct run_plan *plan, double time, double minutes)
{
	long first = (long)floor(time / DAY);
	struct bpr_span spans[BPR_SPANS_MAX];

	if (!plan->closes)
		return time + minutes;
	for (long day = first; day < first + MAX_DAYS; day++) {
		size_t count = bpr_calendar_office(plan->calendar, day, spans);
		double midnight = (double)day * DAY;

		for (size_t i = 0; i < count; i++) {
			double from = fmax(time, midnight + spans[i].from), to = midnight + spans[i].to;

			if (to <= from)
				continue;
			if (minutes <= to - from)
				return from + minutes;
			minutes -= to - from;
		}
	}
	return (double)INFINITY;
}

double bpr_i_hours_working(const struct run_plan *plan, double time, double minutes)
{
	long first = (long)floor(time / DAY), idle = 0;

	if (!plan->closes)
		return time + minutes;
	for (long day = first; idle < MAX_DAYS; day++) {
		double from = fmax(time, (double)day * DAY), to = (double)(day + 1) * DAY;

		if (!bpr_calendar_works(plan->calendar, day)) {
			idle++;
			continue;
		}
		idle = 0;
		if (minutes <= to - from)
			return from + minutes;
		minutes -= to - from;
	}
	return (double)INFINITY;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_PROPERTY_SLOW_HOURS_H
#define BPR_TESTS_PROPERTY_SLOW_HOURS_H
/*
 * Who is there at a minute of an ordinary week, asked of the rules as they stand in the flow: the last rule whose weekdays
 * fit the day says all of the day, a span may run past midnight. Of no use for dated calendars.
 */
#include <bpr/flow.h>

/* The office lets people in. An office without hours always does. */
bool slow_office_open(const bpr_flow *flow, double time);
bool slow_counter_open(const bpr_flow *flow, size_t counter, double time);
/* Whether this one (from 0) of a shift's people is on duty. */
bool slow_person_there(const bpr_flow *flow, size_t pool, size_t shift, size_t person, double time);
bool slow_working_day(const bpr_flow *flow, long day);
#endif

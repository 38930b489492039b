/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_TESTS_PROPERTY_SLOW_SIM_H
#define BPR_TESTS_PROPERTY_SLOW_SIM_H
/*
 * A simulator to hold the library's against: plain and slow. Nothing is indexed, sorted or kept: for each next event all
 * tokens are looked through, for each free hand the whole queue, for each hour of opening the rules minute by minute. It
 * shares with the library the getters of the flow and the random streams, so that the two must tell the same story, event by event.
 */
#include <bpr/simulate.h>

#define SLOW_POOLS 8
#define SLOW_NODES 64

struct slow_options {
	unsigned long long seed, replication;
	unsigned long long cases;    /* ends when so many have finished; 0: by days */
	unsigned long long max_events;
	double days;                 /* working days that let cases in */
	enum bpr_closing closing;
	const struct bpr_calendar_options *calendar; /* NULL: an ordinary week */
};

struct slow_result {
	struct bpr_sim_event *event; size_t count, capacity;
	unsigned long long arrived, finished, abandoned, in_process;
	double now;
	double queue_area[SLOW_POOLS], busy_area[SLOW_POOLS]; /* minutes of tokens that wait, of people at work */
	double present_area;         /* minutes of cases in process */
	bool stuck;                  /* tokens wait at joins for ever */
};

/* The caller frees result->event. */
void slow_simulate(const bpr_flow *flow, const struct slow_options *options, struct slow_result *result);
#endif

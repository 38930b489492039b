/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_WATCH_H
#define BPR_CMD_WATCH_H
/*
 * --watch: a day in the office as it goes, on standard error. On a terminal bars of who waits where, drawn anew, with keys; off a
 * terminal one line for each moment. ASCII but for names.
 */
#include "text.h"
#include <bpr/bpr.h>

struct watch {
	const bpr_flow *flow;
	bool dated;
	long start;              /* date of day 0 */
	bool terminal, keys;     /* keys: standard input is a terminal too */
	bool off;                /* the reader has seen enough */
	bool paused, night;
	double delay;            /* seconds between two pictures */
	size_t lines;            /* of the picture that stands there */
	size_t width;
	size_t *longest;         /* [counters and pools] longest queue so far: the bars keep their scale */
	struct text picture;
};
/* Minutes between two moments where --watch-step does not say it. */
double watch_step(void);
void watch_begin(struct watch *watch, const bpr_flow *flow, const struct bpr_calendar_options *calendar);
/* For bpr_sim_options.watch. */
bool watch_moment(void *watch, const struct bpr_sim_moment *moment);
/* Gives the terminal back. */
void watch_end(struct watch *watch);
#endif

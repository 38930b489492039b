/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_QUEUEING_HOURS_I_H
#define BPR_QUEUEING_HOURS_I_H
/* A pool over the days: stretch by stretch, and what the days make of it. */
#include "queueing/queueing_i.h"
#include "queueing/timeline_i.h"

/* A pool in one stretch. */
struct bpr_i_moment {
	double minutes, people;
	double requests;    /* a minute */
	double load;        /* people that they would keep busy */
	double wait, prob, above; /* of who comes then, in minutes in which somebody is on duty */
	double backlog;     /* person-minutes left at its end */
	bool unserved;      /* somebody comes, nobody is there */
	long queue_day; double queue_from; /* when that backlog began */
};

struct bpr_i_day_result { double requests, wait, prob, above, load, duty, on_duty; };

struct bpr_i_hours_options {
	size_t pool;
	double more;        /* people beyond those on duty */
	double limit;       /* minutes of `above` */
	bool repeats;       /* the days come round again: an ordinary week */
};

/* moments: [stretch count]. */
void bpr_i_hours_run(const struct bpr_i_timeline *t, const struct bpr_i_center *c, const struct bpr_i_hours_options *o,
		     struct bpr_i_moment *moments, struct bpr_i_day_result *out);
/* Everything about the pools, into the results; the table by hour too. scratch: [stretch count]. False: out of memory. */
bool bpr_i_hours_solve(struct bpr_i_net *net, struct bpr_i_moment *scratch);
#endif

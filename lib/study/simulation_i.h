/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_SIMULATION_I_H
#define BPR_STUDY_SIMULATION_I_H
/*
 * A simulation put into words, in parts: what is read first, the tables behind it, what formulas say beside it, the hours of
 * a day. The last two are for every format.
 */
#include "study/study_i.h"

/* ---- simulation_exact.c: what is known without simulating ---- */

/* A figure that a formula gives too, held against an interval. */
struct bpr_beside {
	bool known;
	double value;
	enum bpr_queue_method method;
	bool within;            /* of the 95 % interval */
};
/* Whether the figures of an analysis are those of this flow: it knows nothing of giving up. */
bool bpr_i_beside_known(const struct bpr_subject *subject);
struct bpr_beside bpr_i_beside_figure(const struct bpr_subject *subject, size_t key);
struct bpr_beside bpr_i_beside_visits(const struct bpr_subject *subject, size_t node);
struct bpr_beside bpr_i_beside_node_wait(const struct bpr_subject *subject, size_t node);
struct bpr_beside bpr_i_beside_utilisation(const struct bpr_subject *subject, size_t pool);
struct bpr_beside bpr_i_beside_pool_wait(const struct bpr_subject *subject, size_t pool);

/* ---- simulation_hours.c: sums over the week of the tables by hour ---- */

/* An hour of the day over all days, or a weekday over all its hours. */
struct bpr_hour_sum {
	bool any;               /* somebody came, was on duty or waited: not nights in which cases only lie there */
	double arrivals;        /* mean an hour of the day; mean a day of the weekday */
	double in_process;      /* mean */
	double waits;           /* weight of the wait */
	double wait, wait_max;  /* minutes */
	double on_duty, busy;   /* people, means */
};
/* Waits of citizens at counters, or of one place; BPR_NONE: all of them together. */
enum bpr_hours_of { BPR_HOURS_ALL = 0, BPR_HOURS_COUNTER, BPR_HOURS_POOL };
void bpr_i_hours_of_day(const struct bpr_subject *subject, enum bpr_hours_of of, size_t place, struct bpr_hour_sum out[24]);
void bpr_i_hours_of_week(const struct bpr_subject *subject, enum bpr_hours_of of, size_t place, struct bpr_hour_sum out[7]);
/* "Monday"; message id. */
const char *bpr_i_weekday_name(size_t weekday);

/* ---- words ---- */

struct sim_study {
	struct bpr_document *doc;
	const struct bpr_subject *subject;
	const bpr_flow *flow;
	const bpr_simulation *sim;
	const struct bpr_study_options *options;
	bool visit;             /* citizens come to counters: one speaks of visits and of counters */
};
const char *bpr_i_say_sim(struct bpr_document *doc, size_t key, double x);
struct bpr_doc_cell bpr_i_cell_sim(const struct bpr_document *doc, size_t key, double x);
/* "{1} to {2}" of a figure, "" where no interval is known. */
const char *bpr_i_say_sim_interval(struct bpr_document *doc, size_t key, bool known, double low, double high);
/* "8:00". */
const char *bpr_i_say_clock(struct bpr_document *doc, double minutes);
/* "22 March 2027 (Mon)", 2027年3月22日（月）. */
const char *bpr_i_say_date(struct bpr_document *doc, long date);

/* ---- simulation_tables.c ---- */
void bpr_i_sim_pools(const struct sim_study *s);
void bpr_i_sim_counters(const struct sim_study *s);
void bpr_i_sim_hours(const struct sim_study *s);
void bpr_i_sim_weekdays(const struct sim_study *s);
void bpr_i_sim_steps(const struct sim_study *s);
/* ---- simulation_figures.c ---- */
void bpr_i_sim_figures(const struct sim_study *s);
void bpr_i_sim_split(const struct sim_study *s);
void bpr_i_sim_beside(const struct sim_study *s);
#endif

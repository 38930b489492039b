/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_QUEUEING_QUEUEING_I_H
#define BPR_QUEUEING_QUEUEING_I_H
/*
 * Inside the queueing part. A pool is one station (a centre): people who serve the requests of all steps that need them, first
 * come, first served. What one case asks of it is known from the flow alone; a rate of cases and a number of people make it a
 * queue. Rates per minute, times minutes.
 */
#include "base/alloc_i.h"
#include <bpr/queueing.h>

/* ---- stations whose number of servers need not be whole (teams of mixed size) ---- */
double bpr_i_erlang_b(double servers, double offered);
double bpr_i_erlang_c(double servers, double offered);
/* d erlang_c / d offered, offered < servers. */
double bpr_i_erlang_c_slope(double servers, double offered);

struct bpr_i_queue {
	double servers, arrivals, arrivals_scv, service, service_scv;
};
/* Mean wait; all of them: offered < servers. Exponential service, Poisson arrivals. */
double bpr_i_mmc_wait(const struct bpr_i_queue *q);
/* Poisson arrivals: Pollaczek-Khinchine for one server, Kimura's interpolation for several. */
double bpr_i_mgc_wait(const struct bpr_i_queue *q);
/* Kraemer & Langenbach-Belz for one server, Whitt for several. */
double bpr_i_gigc_wait(const struct bpr_i_queue *q);
/* Probability of waiting, Whitt 1993; Erlang C for Poisson arrivals. */
double bpr_i_gigc_wait_prob(const struct bpr_i_queue *q);
/* Mean wait by constant work as a part of that by exponential work, times 2 (Cosmetatos 1975). */
double bpr_i_md_factor(double servers, double utilisation);
/* Arguments of a public call: finite, in range, offered < servers. */
bpr_status bpr_i_station_check(const struct bpr_i_queue *q);
/* Everything from the wait and the probability of waiting. */
void bpr_i_station_fill(const struct bpr_i_queue *q, double wait, double wait_prob, struct bpr_station *out);

/* ---- the flow ---- */

struct bpr_i_timeline;

/* What a case asks of a pool. */
struct bpr_i_center {
	size_t people;      /* count of the pool; 0 no limit */
	double visits;      /* requests a case */
	double late;        /* of these, so long after it came that the hour is lost */
	double ahead;       /* requests that a case which waits will still make, this one included */
	double whole_scv;   /* squared coefficient of variation of all the work of a case there */
	double servers;     /* mean number on duty, by the minutes in which cases come */
	double work;        /* person-minutes a case */
	double minutes, square; /* sums over requests of the mean, and of the second moment, of their time */
	double service;     /* mean minutes of a request */
	double service_scv;
	double team;        /* people a request takes, mean by time; a whole number where uniform */
	bool uniform;       /* every request takes as many */
	bool alike;         /* one mean for all */
	bool exponential;   /* one exponential distribution for all */
	unsigned reasons;   /* bits of enum bpr_queue_reason: what fails at the pool itself */
	unsigned arriving;  /* … and of what comes to it */
	double arrivals_scv, concentration;
};

/* Flow of tokens through a node: squared coefficients of variation of what comes and goes (qna.c), reasons (product.c). */
struct bpr_i_passage { double visits, in, scv_in, scv_out, concentration; unsigned reasons; };

struct bpr_i_net {
	const bpr_flow *flow;
	const double *visits, *passages;
	const struct bpr_queue_options *options;
	size_t node_count, pool_count;
	double rate;        /* cases a minute, while the office is open */
	double rate_scv;    /* of times between cases, as far as queues feel it */
	bool poisson;
	bool hours_known;   /* somebody said when the office is open, or cases come by the clock */
	const struct bpr_i_timeline *days;
	bool hours;         /* rates or staff change over the day */
	bool parallel;      /* branches side by side: times of a case do not add up */
	struct bpr_i_center *centers;   /* [pool_count] */
	struct bpr_i_passage *nodes;    /* [node_count] */
	struct bpr_queueing *out;
};

struct bpr_queueing {
	struct bpr_arena arena;
	unsigned long long hash;
	bool known;
	size_t node_count, pool_count, hour_count;
	struct bpr_queue_pool *pools;
	struct bpr_queue_node *nodes;
	struct bpr_queue_hour *hours;
	struct bpr_queue_pool_hour *pool_hours; /* [pool_count][hour_count] */
	enum bpr_queue_method method;
	bool wait_known, cycle_known, in_process_known;
	bool by_clock;
	double wait, cycle, in_process;
};

/* A need that is a queue: of a pool whose people are counted. */
bool bpr_i_need_counts(const struct bpr_i_net *net, const struct bpr_need *need);
/* Nodes to look at (again), each once at a time. One allocation. */
struct bpr_i_agenda { size_t *node; unsigned char *waiting; size_t first, count, n; };
bool bpr_i_agenda_new(struct bpr_i_agenda *agenda, size_t n);
void bpr_i_agenda_free(struct bpr_i_agenda *agenda);
void bpr_i_agenda_add(struct bpr_i_agenda *agenda, size_t node);
size_t bpr_i_agenda_next(struct bpr_i_agenda *agenda); /* BPR_NONE: nothing left */

/* network.c: what a case asks of each pool. */
void bpr_i_network_gather(struct bpr_i_net *net);
/* lag.c: … and how much of it days after the case came. lag: [node_count], 0. */
void bpr_i_lag_solve(struct bpr_i_net *net, double *lag);
/* return.c: … and how much of it lies ahead of a case that waits. False: out of memory. */
bool bpr_i_return_solve(struct bpr_i_net *net);
/* demand.c: how many cases come, and how irregularly. */
void bpr_i_demand(struct bpr_i_net *net);
/* product.c: which pools are exact, and what fails at the others. False: out of memory. */
bool bpr_i_product_reasons(struct bpr_i_net *net);
/* qna.c: variability of what comes to each pool. */
void bpr_i_qna_solve(struct bpr_i_net *net);
/* downstream.c: pools where decomposition is known to fail. */
bool bpr_i_downstream(struct bpr_i_net *net);
/* warn.c: what the owner must know. False: out of memory. */
bool bpr_i_queue_warn(const struct bpr_i_net *net, const bpr_calendar *calendar, bpr_problems *problems);
/* Servers of a pool as teams: people on duty over people that a request takes. */
double bpr_i_center_teams(const struct bpr_i_center *c, double people);
/* The pool as a queue; false where it is not stable. */
bool bpr_i_center_wait(const struct bpr_i_center *c, double people, double rate, double *wait);
double bpr_i_center_wait_prob(const struct bpr_i_center *c, double people, double rate);
/* sensitivity.c: d wait / d service, every time of service stretched alike. */
double bpr_i_center_slope(const struct bpr_i_center *c, double people, double rate);
/* A distribution that is exponential, however written. */
bool bpr_i_is_exponential(const struct bpr_dist *dist);
#endif

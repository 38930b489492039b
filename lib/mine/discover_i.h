/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_DISCOVER_I_H
#define BPR_MINE_DISCOVER_I_H
/*
 * What a log says of the steps of a flow: durations, people, hours, demand. Events are counted under keys of the caller's (an
 * activity, a node), in one walk over the log and in bounded memory: at most `sample` durations a key are kept, chosen evenly.
 */
#include "base/problem_i.h"
#include <bpr/discovery.h>

typedef struct bpr_measure bpr_measure;

/* Of one key. Texts and values are the measure's and live as long as it. */
struct bpr_measured_step {
	uint64_t events;
	bool work_known;               /* starts were written: `work` is service; else `wait` is the time since what came before */
	const struct bpr_dist *work, *wait; /* NULL: nothing is known, or nothing but 0 */
	uint64_t work_count, wait_count; /* values seen */
	bool fitted;                   /* a kind was fitted; else as measured */
	double ks, ks_p;               /* of the fit */
	uint32_t unit, counter;        /* most frequent one, BPR_LOG_UNIT, BPR_LOG_COUNTER or BPR_LOG_NONE */
	size_t pool;                   /* of bpr_i_measured_pools(), or BPR_NONE */
	size_t people;                 /* of the pool at once; 1 */
	bool away;                     /* in most cases it is on another day than the step before it */
	const char *detail;            /* most frequent detail that names forms (bpr_i_log_detail()), or NULL */
	double seals, id_checks, fields, names; /* mean of each execution */
};
struct bpr_measured_pool { const char *name; size_t count; uint32_t unit; };
/* A row of the demand table: key and value as bpr-flow(5) has them. */
struct bpr_measured_row { const char *key, *value; };

/* Keys are 0 to keys - 1. NULL out of memory. The log is borrowed; options are copied (borrowed strings). */
bpr_measure *bpr_i_measure_new(const bpr_log *log, size_t keys, const struct bpr_discovery_options *options);
/* Every case once, before any event: arrivals and hours. False: out of memory. */
bool bpr_i_measure_case(bpr_measure *m, const struct bpr_log_case *c);
/* Behind all cases: the hours that were seen. Work over a night is then counted in them. Without it durations are clock time. */
bool bpr_i_measure_hours(bpr_measure *m);
/* An event under its key. before: end of what it had to wait for, BPR_LOG_NO_TIME where that is not known. False: out of memory. */
bool bpr_i_measure_event(bpr_measure *m, size_t key, const struct bpr_log_event *event, int64_t before);
/* Fits, forms pools, reckons demand; what is not known is told. BPR_ENOMEM, BPR_EIO. */
bpr_status bpr_i_measure_finish(bpr_measure *m, bpr_problems *problems, struct bpr_error *err);
const struct bpr_measured_step *bpr_i_measured_step(const bpr_measure *m, size_t key);
const struct bpr_measured_pool *bpr_i_measured_pools(const bpr_measure *m, size_t *count);
const struct bpr_measured_row *bpr_i_measured_demand(const bpr_measure *m, size_t *count); /* none where the log says nothing */
void bpr_i_measure_free(bpr_measure *m);
#endif

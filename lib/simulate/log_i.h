/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_SIMULATE_LOG_I_H
#define BPR_SIMULATE_LOG_I_H
/*
 * Event logs as text. log.c has the texts of nodes and pools ready, formats times and hands blocks of events to a thread of its own,
 * so that the simulation does not wait for the disk; log_csv.c and log_xes.c write rows.
 */
#include "base/buf_i.h"
#include <bpr/simulate.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>

struct log_text { const char *text; size_t length; };
enum { LOG_TIME = 23, LOG_NUMBER = 20, LOG_BLOCKS = 4, LOG_BLOCK = 8192, LOG_ROOM = 1 << 18 };

/* Texts of a node and of a pool, as the format wants them. */
struct log_node { struct log_text head, tail; bool has_counter; };
struct log_pool { struct log_text head, tail; };

struct log_block { struct bpr_sim_event *event; size_t count; };

struct bpr_sim_log {
	enum bpr_sim_log_format format;
	bool (*write)(void *data, const char *text, size_t length);
	void *write_data;
	char *title;                    /* of the flow */
	struct log_node *node; size_t node_count;
	struct log_pool *pool; size_t pool_count;
	struct bpr_buf texts;           /* all of them */
	size_t row;                     /* bytes of the longest row */
	char *out; size_t used, room;
	/* the last moment that was written, and the day of it */
	double time;
	char time_text[LOG_TIME + 1];
	long day, date;                 /* date of day 0 */
	/* between the simulation and the thread that writes */
	pthread_t thread; bool threaded;
	pthread_mutex_t lock; pthread_cond_t moved;
	struct log_block block[LOG_BLOCKS]; size_t filled, written;
	bool closing, failed, finished;
	/* XES: events of the replication, by trace */
	struct bpr_sim_event *kept; size_t kept_count, kept_capacity;
	unsigned replication;
};

static inline char *log_put(char *at, struct log_text text)
{
	memcpy(at, text.text, text.length);
	return at + text.length;
}
char *bpr_i_log_number(char *at, unsigned long long number);
/* YYYY-MM-DDThh:mm:ss.mmm */
char *bpr_i_log_when(struct bpr_sim_log *log, char *at, double time);
char *bpr_i_log_resource(const struct bpr_sim_log *log, char *at, const struct bpr_sim_event *event);
/* Writes what stands in `out`; false: failed. */
bool bpr_i_log_flush(struct bpr_sim_log *log);

/* log_csv.c, log_xes.c */
bool bpr_i_log_csv_texts(struct bpr_sim_log *log, const bpr_flow *flow);
bool bpr_i_log_csv_head(struct bpr_sim_log *log);
bool bpr_i_log_csv_rows(struct bpr_sim_log *log, const struct bpr_sim_event *events, size_t count);
bool bpr_i_log_xes_texts(struct bpr_sim_log *log, const bpr_flow *flow);
bool bpr_i_log_xes_head(struct bpr_sim_log *log);
bool bpr_i_log_xes_keep(struct bpr_sim_log *log, const struct bpr_sim_event *events, size_t count);
bool bpr_i_log_xes_traces(struct bpr_sim_log *log); /* of what is kept */
bool bpr_i_log_xes_end(struct bpr_sim_log *log);
#endif

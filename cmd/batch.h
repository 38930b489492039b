/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_BATCH_H
#define BPR_CMD_BATCH_H
/*
 * Many inputs: workers take them one by one, the reports come out in the order of the inputs as they get ready, and
 * only so many wait that memory stays bounded. One bad input is told and the others are still done.
 */
#include "cmd.h"
#include "page.h"
#include "text.h"

/* The names of all inputs: operands, @LIST, --files-from. */
struct inputs {
	const char **items;
	size_t count, capacity;
	struct text *lists;     /* what the names stand in */
	size_t list_count, list_capacity;
};
/* False: said why; *status. */
bool inputs_collect(const struct common_args *args, struct inputs *inputs, int *status);
void inputs_release(struct inputs *inputs);

/* What one input gave. */
struct result {
	struct report {
		struct bpr_output output; /* begun as if it were the first */
		struct page_entry entry;  /* HTML of several reports: where it stands in their page; else empty */
	} *reports;             /* one a flow */
	size_t count, capacity;
	const char *path; size_t input; /* which one, from 0 */
	struct text notes;      /* for standard error */
	int status;
};

struct batch {
	const struct inputs *inputs;
	size_t jobs;            /* 0: the processors available */
	enum bpr_format format;
	size_t progress;        /* choice of --progress */
	void (*work)(const void *data, const char *path, struct result *result); /* from any thread */
	const void *data;
	const struct bpr_report_options *report; /* of the page around several reports in HTML */
};
/* Runs all of it into the output, which is open; commits it, or gives up where nothing was made. Exit status. */
int batch_run(const struct batch *batch);

/* A command that makes reports of each of its inputs: what its workers need; nothing of it changes while they run. */
struct reporting {
	const struct common_args *common;
	const void *args;       /* the command's own */
	enum bpr_format format; /* these two are found by batch_reports() */
	struct bpr_report_options report;
	/* A command that uses threads itself: */
	bool threads;           /* inputs are worked on one by one unless there are as many of them as threads */
	bool one_by_one;        /* in any case: they write where they must not write at the same time */
	size_t inner_jobs;      /* found: threads of one input; 0: the processors available */
	size_t input_count;     /* found */
	/* Called once the inputs are known, before the output is opened; may be NULL. False: said why; *status. */
	bool (*ready)(struct reporting *reporting, const struct inputs *inputs, int *status);
};
/*
 * Room for one more report, which is then made with these options: they are fitted to the page that it will stand in. several:
 * the input gives more than one report. flow: NULL where the report is of the file.
 */
struct bpr_output *result_add(struct result *result, const struct reporting *run, bool several, const bpr_flow *flow,
			      struct bpr_report_options *report);
/* From the inputs' names to the exit status; `work` gets the reporting as its data. */
int batch_reports(struct reporting *reporting, enum bpr_report_kind kind,
		  void (*work)(const void *data, const char *path, struct result *result));
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_PROGRESS_H
#define BPR_CMD_PROGRESS_H
/* How far one long computation is, on standard error: a line that is drawn anew on a terminal, a line now and then off it. */
#include <stdbool.h>
#include <stddef.h>

struct progress_line {
	bool on, terminal, shown;
	double started, last;
};
/* choice: that of --progress; auto is on a terminal only. */
void progress_line_begin(struct progress_line *line, size_t choice);
/* For bpr_sim_options.progress, which calls from one thread at a time; always true. done: share of the work, 0 to 1. */
bool progress_line_step(void *line, double done, double estimate);
/* The line is gone. */
void progress_line_end(struct progress_line *line);

/* Seconds of a clock that only goes forward. */
double progress_now(void);
#endif

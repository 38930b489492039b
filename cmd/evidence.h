/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_EVIDENCE_H
#define BPR_CMD_EVIDENCE_H
/* bpr compare with event logs: two of them, or one beside two flows. */
#include "mine_log.h"
#include "mine_waits.h"
#include "text.h"

struct evidence_args {
	struct log_args log;
	struct waits_args waits;
	struct opt_list ends;
	const char *measured, *measured_before, *change_date;
	size_t resamples;
	bool unadjusted;
	long change;             /* what change_date says */
};
#define EVIDENCE_ARGS_INIT { .resamples = 2000 }

struct compare_args;
/* Tables of compare, in whose args they stand as `evidence`. */
extern const struct opt evidence_opts[], evidence_waits_opts[], evidence_log_opts[];

/* Logs and what was found in them. */
struct measured {
	bpr_log *before, *after; /* one log that is split stands in both */
	bpr_evidence *evidence;
	bpr_problems *problems;
};

/* Dates, keys: false, told, *status. */
bool evidence_understood(struct evidence_args *args, int *status);
/* The first option that needs a log, or NULL. */
const char *evidence_given(const struct evidence_args *args);
/* Whether the file is a log rather than a flow. */
bool evidence_is_log(const struct evidence_args *args, const struct common_args *common, const char *path);
/*
 * Reads and compares; before NULL: nothing to compare with; the same as after, by name: split at the date. STATUS_OK, or the exit
 * status, told in notes. To be released in any case.
 */
int evidence_find(const struct evidence_args *args, const struct common_args *common, const char *before, const char *after,
		  struct measured *out, struct text *notes);
/* STATUS_OK, or STATUS_FINDINGS having said which are not met. */
int evidence_judge(const bpr_evidence *evidence, const struct opt_list *requirements, const char *prefix, struct text *notes);
/* A requirement of logs that cannot be one: false, told. */
bool evidence_requirement(const char *text);
void evidence_release(struct measured *measured);
/* Forgets the key and what else was read. */
void evidence_forget(struct evidence_args *args);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_MINE_H
#define BPR_CMD_MINE_H
/*
 * What the parts of bpr mine share. A feature has a pair of files mine_WHAT.c, .h: a struct of args that stands below as a member, a
 * table of options with OPT_AT(mine_args, WHAT.member), and functions that are called from cmd_mine.c at the places marked there:
 *
 *	bool mine_WHAT_understood(struct mine_args *args, int *status);      false: said why
 *	bpr_status mine_WHAT_find(const struct mine_args *args, struct mine_found *found, struct bpr_error *err);
 *	void mine_WHAT_release(struct mine_found *found);
 */
#include "cmd.h"
#include "mine_conform.h"
#include "mine_flow.h"
#include "mine_log.h"
#include "mine_waits.h"
#include "text.h"

struct mine_args {
	struct common_args common;
	struct log_args log;
	struct waits_args waits;
	struct conform_args conform;
	struct flow_args flow;
	bool full;
	size_t k, samples, max_variants;
	struct opt_real arcs;
	struct opt_list starts, ends, only;
};

/* What was found in one log; every feature fills its own, what it needs comes before it. */
struct mine_found {
	bpr_log *log;
	bpr_mining *mining;
	bpr_problems *problems;
	size_t jobs;               /* threads; 0: the processors available */
	struct bpr_subject subject; /* what is reported */
	int status;                /* STATUS_FINDINGS: something that was asked for fell short */
};
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_CALIBRATE_I_H
#define BPR_MINE_CALIBRATE_I_H
/* A drawn flow filled in from a log: calibrate_count.c counts what the aligned cases decided, calibrate.c puts in what was measured. */
#include "flow/view_i.h"
#include "mine/conform_i.h"
#include "mine/discover_i.h"

/* How often, all cases together. */
struct bpr_decided {
	uint64_t *taken, *skipped;    /* [arcs]; skipped: of an inclusive split */
	uint64_t *again, *on;         /* [nodes] loop once more; left (a step on which events hang, the exit of a sub-process) */
	uint64_t *event, *start;      /* [nodes] events that happened; cases that began there */
};

struct bpr_calibration {
	const bpr_conformance *c;
	const bpr_flow *flow;
	bpr_flow *out;
	struct bpr_decided decided;
	bpr_problems *problems;
	size_t shares, durations, pools, demands; /* filled in */
};

bool bpr_i_decided_count(struct bpr_decided *d, const bpr_conformance *c);
void bpr_i_decided_release(struct bpr_decided *d);
/* Shares of ways, loops, events, starts. False: out of memory. */
bool bpr_i_calibrate_shares(struct bpr_calibration *k);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_MINE_FLOW_H
#define BPR_CMD_MINE_FLOW_H
/* bpr mine LOG -o FLOW: the measured flow, written instead of a report. */
#include "opt.h"
#include <bpr/discovery.h>

struct mine_args;

struct flow_args {
	struct opt_real noise;
	size_t durations;        /* of enum bpr_durations */
	bool no_pools, no_demand;
	size_t seed;
};

extern const struct opt mine_flow_opts[];

/* Whether -o names a flow: BPMN, DOT, or CSV where neither -f nor --conform asks for a report. */
bool mine_flow_asked(const struct mine_args *args);
/* Options of discovery as given; mine is borrowed. */
void mine_flow_options(const struct mine_args *args, const struct bpr_mine_options *mine, struct bpr_discovery_options *options);
/* Writes a flow to where -o says; exit status, said why. `known` problems were told already. */
int mine_flow_write(const struct mine_args *args, const char *input, bpr_flow *flow, bpr_problems *problems);
/* All of it: reads the one log, makes its flow, writes it. */
int mine_flow_run(const struct mine_args *args);
#endif

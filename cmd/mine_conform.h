/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_MINE_CONFORM_H
#define BPR_CMD_MINE_CONFORM_H
/* bpr mine: a drawn flow held against the log, or filled in from it. */
#include "cmd.h"
#include "load.h"
#include "text.h"

struct conform_args {
	const char *flow, *onto;
	struct opt_real min_fitness;
	struct opt_list map;
	size_t max_states;
	/* what they say */
	struct loaded loaded;      /* the flow of --conform or --onto: its first chosen one */
	const char **names; size_t name_count; /* ACTIVITY=STEP */
	const char ***tables; size_t table_count;
};
#define CONFORM_ARGS_INIT { .max_states = 100000 }

struct mine_args;
struct mine_found;
extern const struct opt mine_conform_opts[];
bool mine_conform_understood(struct mine_args *args, int *status);
bpr_status mine_conform_find(const struct mine_args *args, struct mine_found *found, struct bpr_error *err);
/* The drawn flow of --onto filled in from the log; it must not outlive the arguments. */
bpr_status mine_conform_onto(const struct mine_args *args, const bpr_log *log, const struct bpr_discovery_options *options, bpr_flow **flow,
	bpr_problems *problems, struct bpr_error *err);
/* The BPMN file of --onto, to be written with other values; NULL where there is none, or it holds more. */
bpr_source *mine_conform_source(const struct mine_args *args);
/* Whether it fell short of --min-fitness: says so. */
void mine_conform_tell(const struct mine_args *args, struct mine_found *found, struct text *notes);
void mine_conform_release(struct mine_found *found);
/* Frees what mine_conform_understood() made. */
void mine_conform_forget(struct mine_args *args);
#endif

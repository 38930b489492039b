/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_IMPROVEMENT_H
#define BPR_CMD_IMPROVEMENT_H
/* What would help: options of simulate that try people and steps out, and what came of them. */
#include "cmd.h"

struct improvement_args {
	bool sticking;
	struct opt_list targets;
	const char *block;
	size_t max_runs, max_people;
	double block_minutes; /* what it says; 0: not given */
};
#define IMPROVEMENT_ARGS_INIT { .max_runs = 400, .max_people = 100 }

/* Rows of an option table, for args at `member` of the command's struct. */
#define IMPROVEMENT_OPTS(type, member) \
	{ .kind = OPT_FLAG, .name = "sticking", .at = OPT_AT(type, member.sticking), \
	  .help = N_("where it sticks and what it would take: one more person by hours, and each step a tenth faster, tried out one by one") }, \
	{ .kind = OPT_LIST, .name = "target", .at = OPT_AT(type, member.targets), .arg = "KEY<=TIME@SHARE", \
	  .help = N_("search the fewest staff by hours that keep a promise, as wait<=15min@90%, wait@POOL<=10min@90% or cycle<=1h@95%; exit with 1 if it cannot be kept; may be repeated") }, \
	{ .kind = OPT_TEXT, .name = "block", .at = OPT_AT(type, member.block), .arg = "TIME", \
	  .help = N_("length of the hours that are planned together; default 1h for --target, 2h for --sticking") }, \
	{ .kind = OPT_SIZE, .name = "max-runs", .at = OPT_AT(type, member.max_runs), .arg = "N", .min = 1, .max = 1e6, \
	  .help = N_("simulations that a search may take; default 400") }, \
	{ .kind = OPT_SIZE, .name = "max-people", .at = OPT_AT(type, member.max_people), .arg = "N", .min = 1, .max = 1e4, \
	  .help = N_("people of one pool that are planned at most; default 100") }

/* Refuses what cannot be read or says nothing: false, *status. */
bool improvement_understood(struct improvement_args *args, int *status);

struct improvement {
	struct bpr_sticking *sticking; size_t sticking_count;
	struct bpr_sensitivity *sensitivity; size_t sensitivity_count;
	struct bpr_staffing staffing;
	bool planned;
};
/* Targets of this flow. False: *err. Before the simulation, so that a slip is told at once. */
bpr_status improvement_targets(const struct improvement_args *args, const bpr_flow *flow, struct bpr_target **targets, struct bpr_error *err);
/* `options` and `base` of the simulation that is reported. */
bpr_status improvement_find(const struct improvement_args *args, const bpr_flow *flow, const struct bpr_target *targets,
	const struct bpr_sim_options *options, const bpr_simulation *base, struct improvement *out, bpr_problems *problems,
	struct bpr_error *err);
/* Puts it into what is reported. */
void improvement_show(const struct improvement *improvement, struct bpr_subject *subject);
void improvement_release(struct improvement *improvement);
#endif

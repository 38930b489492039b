/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_MINE_WAITS_H
#define BPR_CMD_MINE_WAITS_H
/* bpr mine: opening hours, waits in working time, the standard processing period. */
#include "cmd.h"

struct waits_args {
	struct opt_list open, closed;
	const char *holidays, *hours, *standard, *standard_from, *standard_to;
	bool clock, none;
	/* what they say */
	struct bpr_worktime_unit *units, *table; /* the list; what of it comes from the file */
	char **texts; size_t text_count;
	size_t unit_count;
	struct bpr_holiday *holiday_list; size_t holiday_count;
	double days;
};

struct mine_args;
struct mine_found;
extern const struct opt mine_waits_opts[];
bool mine_waits_understood(struct mine_args *args, int *status);
bpr_status mine_waits_find(const struct mine_args *args, struct mine_found *found, struct bpr_error *err);
void mine_waits_release(struct mine_found *found);
/* Frees what mine_waits_understood() made. */
void mine_waits_forget(struct mine_args *args);
#endif

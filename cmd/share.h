/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_SHARE_H
#define BPR_CMD_SHARE_H
/* bpr share: options (cmd_share.c), packing (share_pack.c), opening and comparing (share_open.c). */
#include "cmd.h"

struct share_args {
	struct common_args common;
	const char *action;
	struct opt_list files, sources, allow;
	const char *municipality, *licence, *levers, *measured, *title, *note, *date;
	struct opt_real population, area, households;
	char day[16]; /* what --date or SOURCE_DATE_EPOCH says; "" none */
};

int share_pack(const struct share_args *args);
int share_open(const struct share_args *args);
int share_compare(const struct share_args *args);
/* BPR_FORMAT_COUNT: the ending of -o says nothing. */
enum bpr_format share_format(const struct share_args *args);
/* The exit status of a failed call, told. */
int share_told(const struct bpr_error *err, const char *path, const bpr_problems *problems, bpr_status failed);
void share_warn(const struct share_args *args, const bpr_problems *problems);
#endif

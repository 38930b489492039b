/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_COMPARE_H
#define BPR_CMD_COMPARE_H
/* The args of bpr compare, for the tables of options that stand in other files. */
#include "evidence.h"

struct compare_args {
	struct common_args common;
	const char *before, *after;
	struct opt_list requirements;
	bool full, simulate;
	struct evidence_args evidence;
};
#endif

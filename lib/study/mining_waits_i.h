/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_MINING_WAITS_I_H
#define BPR_STUDY_MINING_WAITS_I_H
/* Sections on working time: mining_waits.c, and mining_standard.c for the standard processing period. */
#include "study/mining_i.h"
#include <bpr/worktime.h>

struct bpr_waits_study {
	struct bpr_document *doc;
	const struct bpr_study_options *options;
	const bpr_worktime *worktime;
	const bpr_log *log;
	size_t k;
};

void bpr_i_study_mining_standard(const struct bpr_waits_study *study);
/* What a cause is called. */
const char *bpr_i_name_cause(const struct bpr_document *doc, enum bpr_wait_cause cause);
#endif

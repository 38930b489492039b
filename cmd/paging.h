/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CMD_PAGING_H
#define BPR_CMD_PAGING_H
/* What pages for people say beyond the figures: options that commands with reports share. */
#include "cmd.h"

extern const struct opt page_analysis_opts[], page_comparison_opts[], page_simulation_opts[], page_check_opts[], page_mining_opts[], page_suggestion_opts[];

/*
 * What the options say, the date where only SOURCE_DATE_EPOCH tells it, and the command line that makes the report again. False: one
 * of them says nothing in the format asked for (told); *status. Released by paging_release(), in any case.
 */
bool paging_understood(const struct cmd *cmd, struct common_args *args, enum bpr_report_kind kind, int *status);
void paging_release(struct common_args *args);
#endif

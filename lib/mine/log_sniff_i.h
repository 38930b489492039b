/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_LOG_SNIFF_I_H
#define BPR_MINE_LOG_SNIFF_I_H
/* What a file is, by its first bytes. */
#include "base/fault_i.h"
#include <bpr/log.h>

enum { BPR_LOG_HEAD = 1 << 16 }; /* bytes that it is known by */
/* Whether a file in an archive has the name of a log. */
bool bpr_i_log_ending(const char *name);
/* The format of what begins so. BPR_EUNSUPPORTED, BPR_ESYNTAX: it is something else, and what. */
bpr_status bpr_i_log_sniff(const char *head, size_t length, enum bpr_log_format *format, struct bpr_fault *fault);
/* Whether it is a log, and no flow. */
bool bpr_i_log_sniffs(const char *head, size_t length, const struct bpr_log_options *options);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CHECK_H
#define BPR_CHECK_H
/**
 * @file check.h
 * Judging a flow: modelling faults, missing numbers, smells of the counter, analogue rules, tables as machines read them.
 */
#include <bpr/analysis.h>
#include <bpr/read.h>
#ifdef __cplusplus
extern "C" {
#endif

/** What is checked. Members may be NULL where they do not exist. Everything is borrowed. */
struct bpr_check_input {
	const struct bpr_flows *flows;   /**< all flows of the file, with its source where it was kept */
	size_t flow;                     /**< the one that is checked, index into flows->items; BPR_NONE: the file as a whole */
	const bpr_analysis *analysis;    /**< of that flow; NULL where it could not be analysed */
};

struct bpr_check_options {
	size_t size;
};
#define BPR_CHECK_OPTIONS_INIT { sizeof(struct bpr_check_options) }

/**
 * Adds findings to @p problems, each with its code, element, line and column.
 * @retval BPR_ENOMEM
 * Thread safety: safe; no shared state.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_check(const struct bpr_check_input *input, const struct bpr_check_options *options,
	bpr_problems *problems, struct bpr_error *err);

#ifdef __cplusplus
}
#endif
#endif

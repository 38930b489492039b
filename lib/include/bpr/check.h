/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_CHECK_H
#define BPR_CHECK_H
/**
 * @file check.h
 * Judging a flow: modelling faults, missing numbers, smells of the counter, analogue rules, tables as machines read them.
 */
#include <bpr/analysis.h>
#include <bpr/read.h>
#include <stdbool.h>
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
	const struct bpr_override *overrides; size_t override_count; /**< what becomes of findings, by code; later ones win */
	bool alone;                      /**< the flow is the only one reported: what concerns the whole file is said with it */
};
#define BPR_CHECK_OPTIONS_INIT { sizeof(struct bpr_check_options), NULL, 0, false }

/**
 * Adds findings to @p problems, each with its code, element, line and column. Once for the file as a whole, then once for
 * each flow: what is found in the file itself is found by the first of these calls, whichever flow it concerns.
 * @retval BPR_ENOMEM
 * Thread safety: safe; no shared state.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_check(const struct bpr_check_input *input, const struct bpr_check_options *options,
	bpr_problems *problems, struct bpr_error *err);

/**
 * The findings of one flow, or those that concern no single flow (input->flow is BPR_NONE), as a report wants them: each
 * once, overrides applied, the gravest first.
 * @param noted  all that was noted: by reading the file, by bpr_check() of the file, by analysing and checking the flow
 * @param own    entries from here on are of that flow; those before it go by their place in the file
 * @param out    borrows the texts of @p noted; free it before them
 * @retval BPR_ENOMEM
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_check_findings(const struct bpr_check_input *input, const struct bpr_check_options *options,
	const bpr_problems *noted, size_t own, bpr_problems **out, struct bpr_error *err);

#ifdef __cplusplus
}
#endif
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_H
#define BPR_STUDY_H
/**
 * @file study.h
 * What a study or a report is about: flows, their results, what was found in them.
 */
#include <bpr/analysis.h>
#include <bpr/comparison.h>
#include <bpr/improve.h>
#include <bpr/problem.h>
#include <bpr/queueing.h>
#include <bpr/read.h>
#include <bpr/simulate.h>
#include <stdbool.h>
#include <bpr/soundness.h>
#ifdef __cplusplus
extern "C" {
#endif

/** What is reported: any member may be NULL where it does not belong. Everything is borrowed. */
struct bpr_subject {
	const bpr_flow *flow;              /**< analyze, check; the before of compare */
	const bpr_analysis *analysis;      /**< analyze; the before of compare */
	const bpr_problems *problems;      /**< of it: warnings or findings */
	const bpr_flow *after_flow;        /**< compare */
	const bpr_analysis *after_analysis;
	const bpr_problems *after_problems;
	const bpr_comparison *comparison;
	const struct bpr_flows *flows;     /**< check: what the file holds; without a flow the report is about the file as a whole */
	const struct bpr_soundness *collaboration; /**< check, JSON: of the processes that messages link, or NULL */
	bool whole_file;                   /**< check: what concerns the file itself is told here */
	const struct bpr_soundness *soundness; /**< check: of the flow; without a flow, of the processes together */
	const bpr_queueing *queueing;      /**< analyze: waiting by formula; the before of compare */
	const bpr_queueing *after_queueing;
	const bpr_simulation *simulation;  /**< simulate; the before of compare --simulate */
	const bpr_simulation *after_simulation;
	const struct bpr_sim_difference *differences; /**< compare --simulate: [BPR_SIM_KEY_COUNT] */
	const struct bpr_calendar_options *calendar;  /**< simulate: the days */
	const struct bpr_sticking *sticking; size_t sticking_count; /**< where it sticks, and what it would take */
	const struct bpr_staffing *staffing; /**< fewest staff for a target, or NULL */
	const struct bpr_sensitivity *sensitivity; size_t sensitivity_count; /**< what faster steps bring; NULL where nothing was tried */
};

#ifdef __cplusplus
}
#endif
#endif

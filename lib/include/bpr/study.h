/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_STUDY_H
#define BPR_STUDY_H
/**
 * @file study.h
 * What a study or a report is about: flows, their results, what was found in them.
 */
#include <bpr/analysis.h>
#include <bpr/comparison.h>
#include <bpr/conformance.h>
#include <bpr/evidence.h>
#include <bpr/improve.h>
#include <bpr/lever.h>
#include <bpr/log.h>
#include <bpr/mining.h>
#include <bpr/problem.h>
#include <bpr/procedure.h>
#include <bpr/queueing.h>
#include <bpr/read.h>
#include <bpr/simulate.h>
#include <bpr/suggest.h>
#include <math.h>
#include <stdbool.h>
#include <bpr/soundness.h>
#include <bpr/worktime.h>
#ifdef __cplusplus
extern "C" {
#endif

enum bpr_report_kind { BPR_REPORT_ANALYSIS = 0, BPR_REPORT_COMPARISON, BPR_REPORT_CHECK, BPR_REPORT_SIMULATION,
		       BPR_REPORT_MINING, /**< what a log says happened */
		       BPR_REPORT_EVIDENCE, /**< two logs, before and after */
		       BPR_REPORT_CHECKSHEET, /**< what households have to do */
		       BPR_REPORT_MIX, /**< what households need on average */
		       BPR_REPORT_SUGGESTION /**< which levers first, and in which year */ };

/** What a picture of a flow colours its steps by; figures of a case. */
enum bpr_heat {
	BPR_HEAT_NONE = 0,
	BPR_HEAT_VISITS,   /**< how often a case gets there */
	BPR_HEAT_WAIT,     /**< minutes of waiting there: queue and `wait` */
	BPR_HEAT_WORK,     /**< minutes of work there */
	BPR_HEAT_COST,     /**< yen spent there */
	BPR_HEAT_REWORK,   /**< how often it is done again */
	BPR_HEAT_WRITING,  /**< items written there by hand */
	BPR_HEAT_COUNT
};
/** "none", "visits", "wait" …; static. */
BPR_API const char *bpr_heat_name(enum bpr_heat heat);
/** Heat of a name, or BPR_HEAT_COUNT. */
BPR_API enum bpr_heat bpr_heat_find(const char *name);

/** What pages for people say beyond the figures; texts are borrowed, NULL where nothing is said. */
struct bpr_page_options {
	size_t size;
	const char *title;         /**< of the report */
	const char *office;        /**< who reports: "みほん市 DX推進課" */
	const char *date;          /**< as it is to be printed */
	const char *stamp;         /**< on every page, such as "sample: all figures are assumed" (見本) */
	const char *command;       /**< the command line that makes the same report again */
	unsigned long long parts;  /**< bit i: part i of bpr_part_get(); 0: all */
	double initial_cost, yearly_cost; /**< of the reform, yen; NAN: not said */
};
#define BPR_PAGE_OPTIONS_INIT { sizeof(struct bpr_page_options), NULL, NULL, NULL, NULL, NULL, 0, (double)NAN, (double)NAN }
/** Name of part @p i of the pages ("handout", "visit", …), or NULL behind the last; static. */
BPR_API const char *bpr_part_get(size_t i);
/** Whether that kind of report has part @p i. */
BPR_API bool bpr_part_serves(size_t i, enum bpr_report_kind kind);

/** A file that was read: what makes it possible to say which it was. Texts are borrowed. */
struct bpr_log_source {
	const char *path;
	unsigned long long hash;           /**< of its bytes; 0 not known */
	unsigned long long bytes;
};

/** A household and what it has to do. */
struct bpr_household_sheet {
	const bpr_household *household;
	const struct bpr_checksheet *sheet;
};
/** How check sheets are written. */
struct bpr_sheet_view {
	bool one_stop;                     /**< walked with the one-stop counter: its procedures first, the other counters behind it */
	bool plain;                        /**< short sentences and simple words (やさしい日本語) */
	bool large;                        /**< large print */
	bool proxy;                        /**< somebody else comes: what he can do, and what needs the person */
	bool blank;                        /**< nothing is known of the household: a sheet for all, each row with whom it is for */
};

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
	const bpr_log *log, *after_log;              /**< mine; the before of compare with two logs, the log of --measured */
	const bpr_mining *mining, *after_mining;     /**< of them */
	const bpr_worktime *worktime;                /**< mine: waits in working time, or NULL */
	const bpr_conformance *conformance;          /**< mine --conform: `flow` held against the log, or NULL */
	const bpr_evidence *evidence;                /**< compare with two logs */
	const struct bpr_log_source *log_source;     /**< mine: where the log comes from, for its page of provenance, or NULL */
	const struct bpr_applied *applied; size_t applied_count; /**< tables of levers that made the flow, or the after of a comparison, in order */
	const bpr_procedures *procedures;            /**< checksheet */
	const struct bpr_household_sheet *sheets; size_t sheet_count; /**< checksheet: one household or several */
	const struct bpr_sheet_view *sheet_view;     /**< checksheet: or NULL */
	const struct bpr_household_mix *mix;         /**< checksheet over a distribution of households */
	const struct bpr_mix_options *mix_options;   /**< what it rests on */
	const bpr_levers *levers;                    /**< suggest: what was valued on `flow`; NULL elsewhere */
	const struct bpr_suggestion *suggestion;     /**< of them */
	const struct bpr_suggest_options *suggest_options; /**< how it was made, or NULL: by the defaults */
	const struct bpr_plan *plan;                 /**< roadmap, or NULL */
	const struct bpr_plan_options *plan_options; /**< how it was made */
	const bpr_problems *refusals;                /**< why levers do not fit (K1xx, where: the lever), or NULL */
	bool front_only;                             /**< list only levers that no other one beats in effect, cost and ease */
};

#ifdef __cplusplus
}
#endif
#endif

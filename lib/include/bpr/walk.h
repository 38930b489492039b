/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_WALK_H
#define BPR_WALK_H
/**
 * @file walk.h
 * One case of a flow, walked by hand: what happens next, which way it goes at a choice, and what it came to.
 *
 * The token game is that of the exact analysis (analysis.h), so that the mean over drawn walks is what bpr_analyse() says. Parallel
 * branches are walked one after the other in the order in which they are written, as counter_visits counts them; so is what a
 * terminate end would cut off in time. No queues: waiting is the `wait` of steps.
 */
#include <bpr/analysis.h>
#ifdef __cplusplus
extern "C" {
#endif

enum bpr_walk_happening {
	BPR_WALK_STEP = 0,      /**< the case is at a step (task or intermediate event) */
	BPR_WALK_MOVE,          /**< the citizen goes to another counter, or comes to the building */
	BPR_WALK_CHOICE,        /**< one of several ways on must be chosen: bpr_walk_choose() */
	BPR_WALK_END            /**< over; also at every further call */
};

enum bpr_walk_way_kind {
	BPR_WALK_WAY_OUT = 0,   /**< over `arc` */
	BPR_WALK_WAY_NOT,       /**< inclusive gateway: not over `arc` */
	BPR_WALK_WAY_HAPPENS,   /**< boundary event `node` happens */
	BPR_WALK_WAY_HAPPENS_NOT,
	BPR_WALK_WAY_AGAIN,     /**< `node` is done once more */
	BPR_WALK_WAY_ON,        /**< beside those: it simply goes on */
	BPR_WALK_WAY_START      /**< the case begins at `node` */
};
/** Way on. share: of cases that come to this choice; in (0, 1], the ways of a choice sum to 1. */
struct bpr_walk_way { enum bpr_walk_way_kind kind; size_t arc, node; /**< or BPR_NONE */ double share; };

struct bpr_walk_event {
	enum bpr_walk_happening what;
	size_t node;            /**< STEP; MOVE: the step for which one goes; CHOICE: where it was left, or BPR_NONE */
	size_t counter;         /**< MOVE: where to; STEP: where the citizen is; or BPR_NONE */
	size_t from;            /**< MOVE: counter left, or BPR_NONE */
	bool back;              /**< STEP, MOVE: has been at this step before */
	bool trip;              /**< MOVE: comes to the building (again) */
	bool building;          /**< MOVE: to another building */
	bool citizen;           /**< STEP: the citizen does it, is at its counter, or writes there */
	size_t times;           /**< STEP: executions; the figures below are of all of them */
	double walk_minutes;    /**< MOVE */
	double wait_minutes, work_minutes; /**< STEP */
	double fields;          /**< STEP: items to be written now */
	const struct bpr_walk_way *ways; size_t way_count; /**< CHOICE: two or more; borrowed until the next call; in a story none */
	struct bpr_walk_way taken; /**< CHOICE, in a story: the way that was taken */
	enum bpr_outcome outcome; /**< END: incomplete where any end was, else rejected where any was */
};

/** What a walk adds up. */
enum bpr_walk_total {
	BPR_WALK_COUNTER_VISITS = 0, BPR_WALK_DISTINCT_COUNTERS, BPR_WALK_BUILDING_MOVES, BPR_WALK_TRIPS,
	BPR_WALK_FORMS, BPR_WALK_FIELDS,
	BPR_WALK_NAMES,          /**< fields in which the name is written: bpr_field_is_name() */
	BPR_WALK_SEALS, BPR_WALK_ID_CHECKS, BPR_WALK_STEPS,
	BPR_WALK_REVISITS,       /**< executions of steps beyond the first */
	BPR_WALK_CITIZEN_MINUTES,/**< the citizen's own steps, and being served at counters */
	BPR_WALK_WORK_MINUTES,   /**< of staff */
	BPR_WALK_WAIT_MINUTES,   /**< `wait` of all steps */
	BPR_WALK_WALK_MINUTES,   /**< to the counters */
	BPR_WALK_MINUTES,        /**< work and wait of all steps one after the other, and walking */
	BPR_WALK_TOTAL_COUNT
};
struct bpr_walk_totals { double at[BPR_WALK_TOTAL_COUNT]; };
/** Keys of JSON ("counter_visits"), English message ids of labels ("Visits to counters"), whether it is minutes. Static. */
BPR_API const char *bpr_walk_total_key(enum bpr_walk_total total);
BPR_API const char *bpr_walk_total_label(enum bpr_walk_total total);
BPR_API bool bpr_walk_total_is_minutes(enum bpr_walk_total total);
/** The field's group is 氏名 or name, or it has no group and is called so. */
BPR_API bool bpr_field_is_name(const struct bpr_field *field);

typedef struct bpr_walk bpr_walk;
struct bpr_walk_options {
	size_t size;
	unsigned long long seed;
	bool drawn;              /**< minutes are drawn; else they are means */
};
#define BPR_WALK_OPTIONS_INIT { sizeof(struct bpr_walk_options), 1, false }

/**
 * A case before its start. @p flow is borrowed and must outlive the walk.
 * @retval BPR_ENOEXIT  no start, or it cannot begin
 * @retval BPR_ENOMEM
 * Thread safety: safe for different walks, also of one flow.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_walk_new(const bpr_flow *flow, const struct bpr_walk_options *options, bpr_walk **out, struct bpr_error *err);
BPR_API void bpr_walk_free(bpr_walk *walk);
/** Another case of the same flow, with that seed: as a new walk, without its cost. */
BPR_API void bpr_walk_again(bpr_walk *walk, unsigned long long seed);
/**
 * The next happening; after CHOICE, bpr_walk_choose() comes first.
 * @retval BPR_EINVAL   a choice has not been made
 * @retval BPR_ENOEXIT  the case cannot go on (a join that never has all its tokens); err->element
 * @retval BPR_ELIMIT   more than 10,000 nodes were entered
 * @retval BPR_ENOMEM
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_walk_next(bpr_walk *walk, struct bpr_walk_event *out, struct bpr_error *err);
/**
 * Takes way @p index of the choice; BPR_NONE: drawn by the shares.
 * @param taken  out, may be NULL: the way that was taken
 * @retval BPR_EINVAL  there is nothing to choose, or no such way
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_walk_choose(bpr_walk *walk, size_t index, size_t *taken, struct bpr_error *err);
/** What has happened so far, borrowed until the next call of bpr_walk_next(), bpr_walk_choose() or bpr_walk_again(). */
BPR_API const struct bpr_walk_event *bpr_walk_story(const bpr_walk *walk, size_t *count);
/** What it came to so far. */
BPR_API struct bpr_walk_totals bpr_walk_totals_get(const bpr_walk *walk);
/**
 * The same expected of any case, from its exact analysis.
 * @param known  out, [BPR_WALK_TOTAL_COUNT]: false where the analysis does not know it (then 0)
 */
BPR_API struct bpr_walk_totals bpr_walk_expected(const bpr_flow *flow, const bpr_analysis *analysis, bool known[BPR_WALK_TOTAL_COUNT]);

/** A walk, its flow and the exact analysis of it. */
struct bpr_walk_told { const bpr_flow *flow; const bpr_walk *walk; const bpr_analysis *analysis; };

enum bpr_walk_oddity_kind {
	BPR_WALK_RARE_WAY = 0,   /**< a way that few take: `way` */
	BPR_WALK_MANY,           /**< so much of `total`, or more */
	BPR_WALK_FEW,            /**< so little of it, or less */
	BPR_WALK_ENDED_SO        /**< incomplete or rejected: `outcome`; share: of cases that end incomplete, or 0 where not known */
};
/** What is not as with most. share: of cases (of those at that choice) that are like it. */
struct bpr_walk_oddity {
	enum bpr_walk_oddity_kind kind;
	size_t node;             /**< RARE_WAY: where; else BPR_NONE */
	struct bpr_walk_way way;
	enum bpr_walk_total total;
	enum bpr_outcome outcome;
	double value, share;
};
#define BPR_WALK_ODDITY_MAX 8
/** What more than one in five are is not unusual. */
#define BPR_WALK_ODD 0.2
/** The rarest first, at most BPR_WALK_ODDITY_MAX; *count of them. BPR_ENOMEM. */
BPR_API BPR_MUST_CHECK bpr_status bpr_walk_oddities(const struct bpr_walk_told *told, struct bpr_walk_oddity out[BPR_WALK_ODDITY_MAX],
	size_t *count, struct bpr_error *err);

/**
 * JSON, schema bpr.walk/1: each walk's story and totals beside what is expected. The text is the caller's: bpr_walk_text_free().
 * @retval BPR_ENOMEM
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_walk_write_json(const struct bpr_walk_told *walks, size_t count, unsigned long long seed,
	char **out, size_t *length, struct bpr_error *err);

struct bpr_walk_log_options {
	size_t size;
	enum bpr_lang lang;      /**< of the headings */
	const char *who;         /**< the case: who walks; NULL: "1" */
	long date;               /**< days since 1970-01-01 on which the walk begins, at nine */
};
#define BPR_WALK_LOG_OPTIONS_INIT { sizeof(struct bpr_walk_log_options), BPR_LANG_EN, NULL, 11337 }
/** The steps as an event log, the sheet of a walk as bpr-log(5) has it; several walks are several cases. BPR_ENOMEM. */
BPR_API BPR_MUST_CHECK bpr_status bpr_walk_write_log(const struct bpr_walk_told *walks, size_t count, const struct bpr_walk_log_options *options,
	char **out, size_t *length, struct bpr_error *err);

enum bpr_walk_sheet_format { BPR_WALK_SHEET_CSV = 0, BPR_WALK_SHEET_TEXT, BPR_WALK_SHEET_HTML, BPR_WALK_SHEET_PDF };
struct bpr_walk_sheet_options {
	size_t size;
	enum bpr_lang lang;
	enum bpr_walk_sheet_format format;
	const char *date;        /**< of PDF: ISO date of its making; NULL none */
	size_t rows;             /**< empty ones below those of the flow; default 8 */
};
#define BPR_WALK_SHEET_OPTIONS_INIT { sizeof(struct bpr_walk_sheet_options), BPR_LANG_EN, BPR_WALK_SHEET_CSV, NULL, 8 }
/**
 * The blank sheet of a walk-through survey (窓口利用体験調査): rows for the stations of the likeliest way, the others empty.
 * @param problems  of PDF: no font for Japanese
 * @retval BPR_EUNSUPPORTED  PDF: built without it
 * @retval BPR_ENOMEM
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_walk_write_sheet(const bpr_flow *flow, const struct bpr_walk_sheet_options *options, char **out,
	size_t *length, bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_walk_text_free(char *text);

#ifdef __cplusplus
}
#endif
#endif

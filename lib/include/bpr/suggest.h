/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_SUGGEST_H
#define BPR_SUGGEST_H
/**
 * @file suggest.h
 * Which levers first: candidates found in a flow, each valued alone and together, the best set under a budget, and the years.
 */
#include <bpr/improve.h>
#include <bpr/lever.h>
#include <math.h>
#ifdef __cplusplus
extern "C" {
#endif

/** What is to be won, of a year; more is better. Without a demand: of one case. */
enum bpr_gain {
	BPR_GAIN_HOURS = 0,     /**< hours of staff and citizens together */
	BPR_GAIN_STAFF,         /**< hours of staff */
	BPR_GAIN_CITIZEN,       /**< hours of citizens: citizen_minutes and the ways to counters (walk_minutes for each coming), with waits where they are simulated */
	BPR_GAIN_YEN,           /**< cost_yen less the yearly cost of the levers */
	BPR_GAIN_LEAD,          /**< hours from start to end */
	BPR_GAIN_VISITS,        /**< visits to counters */
	BPR_GAIN_WRITING,       /**< fields written */
	BPR_GAIN_COUNT
};
BPR_API const char *bpr_gain_name(enum bpr_gain gain); /**< "hours", "staff" …; static */
BPR_API enum bpr_gain bpr_gain_find(const char *name); /**< or BPR_GAIN_COUNT */

/**
 * What a lever is taken to cost where its table does not say. These are assumptions for a first ranking, the same for every town, and are said
 * to be wherever they are used; bpr-levers(5) prints the table. A lever of several actions: the sums of its kinds, each once, and
 * the hardest of them.
 */
struct bpr_lever_assumption {
	double cost;            /**< yen once */
	double yearly_cost;     /**< yen a year */
	double effort_days;     /**< person-days */
	double ease;            /**< 1 hard to 5 easy */
	const char *reason;     /**< English message id: what is in it */
};
BPR_API const struct bpr_lever_assumption *bpr_lever_assumption_get(enum bpr_lever_kind kind); /**< NULL from BPR_LEVER_KIND_COUNT on */

/** Candidates from the flow itself. */
struct bpr_candidate_options {
	size_t size;
	enum bpr_lang lang;     /**< of names, notes and targets */
	size_t most;            /**< default 40, those with the largest gain in hours */
};
#define BPR_CANDIDATE_OPTIONS_INIT { sizeof(struct bpr_candidate_options), BPR_LANG_EN, 40 }
/**
 * Finds levers from what check finds in the flow (finding and where are filled in), each of which fits it. Costs, days and ease
 * are not said by the candidates, so that bpr_suggest() takes, and names, the assumptions of their kinds.
 * @param analysis  of the flow
 * @param findings  of bpr_check() of the flow
 * @param out       the caller's, bpr_levers_free(); may be empty
 * @retval BPR_ENOMEM
 * Thread safety: safe.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_suggest_candidates(const bpr_flow *flow, const bpr_analysis *analysis, const bpr_problems *findings,
	const struct bpr_candidate_options *options, bpr_levers **out, struct bpr_error *err);

/** What a flow becomes with some levers, minus what it is: after minus before of a case. */
struct bpr_lever_value {
	bool fits;              /**< false: one of them was refused, or no flow is left; the rest is 0 */
	double change[BPR_METRIC_COUNT]; bool known[BPR_METRIC_COUNT];
	double gain;            /**< of the objective, a year (a case without demand); > 0 better */
	double gains[BPR_GAIN_COUNT]; /**< figures that are not known count as unchanged */
	double walk_change;     /**< minutes of a case on ways to counters */
	bool simulated;         /**< waits in queues are in it; by common random numbers */
	double wait_change; bool wait_ci_known; double wait_low, wait_high; /**< minutes of a case in queues */
};
/** One lever. */
struct bpr_suggested {
	size_t lever;           /**< index in the list */
	struct bpr_lever_value alone; /**< of one that needs others: what it adds to them */
	double marginal;        /**< gain that the chosen set loses without it (and what needs it); of a lever not chosen: what it would add (with what it needs). NAN: does not fit there */
	double cost, yearly_cost, effort_days, ease; /**< with the assumption of its kinds where not said */
	bool cost_assumed, yearly_assumed, effort_assumed, ease_assumed;
	double per_day;         /**< gain alone for a day of effort; INFINITY: no effort */
	size_t rank;            /**< from 1: what fits first, by per_day, then gain, then cost, then place in the table */
	bool front;             /**< of the levers that fit and gain something: none has as much gain, as little cost and as much ease, and more of one (Pareto) */
	bool chosen;
	size_t unit; size_t units; /**< units whose steps change, and the first of them or BPR_NONE */
	bool tomorrow;          /**< できることから: one unit alone can start: a gain, or else fewer of some metric and no loss; no money, at most BPR_TOMORROW_DAYS, no other unit, no lever needed first */
};
#define BPR_TOMORROW_DAYS 5
#define BPR_TOMORROW_EASE 3 /**< and at least as easy */

/** Criteria of steps for RPA. */
enum bpr_rpa_criterion { BPR_RPA_REPETITIVE = 0, BPR_RPA_VOLUME, BPR_RPA_RULES, BPR_RPA_SYSTEMS, BPR_RPA_PAPER, BPR_RPA_COUNT };
struct bpr_rpa_criterion_info { const char *key; const char *label; /**< English message id */ const char *explain; /**< English message id, with the threshold */ };
BPR_API const struct bpr_rpa_criterion_info *bpr_rpa_criterion_get(enum bpr_rpa_criterion criterion);
#define BPR_RPA_ENTRIES 5      /**< repetitive: so many items copied by hand at a time, and more; and every execution alike */
#define BPR_RPA_HOURS 60       /**< volume: hours of staff a year, and more (without a demand: BPR_RPA_MINUTES of a case) */
#define BPR_RPA_MINUTES 5
#define BPR_RPA_SPREAD 0.5     /**< rules: the work spreads by at most so much of its mean */
/** A step that is at least BPR_RPA_MET of the first four. */
struct bpr_rpa {
	size_t node;
	bool is[BPR_RPA_COUNT];
	size_t met;             /**< of the first four; paper is no reason, but means AI-OCR first */
	double hours;           /**< of staff a year (of a case without demand) */
};
#define BPR_RPA_MET 2

/** A set of levers, together. */
struct bpr_lever_set {
	bool *chosen;           /**< [levers] */
	size_t count;
	struct bpr_lever_value value;
	double cost, yearly_cost, effort_days;
};

struct bpr_suggest_options {
	size_t size;
	enum bpr_gain gain;
	double budget;          /**< yen; INFINITY: none */
	double max_days;        /**< person-days; INFINITY: none */
	const size_t *must, *never; size_t must_count, never_count; /**< levers chosen, left out, in any case */
	double seconds;         /**< for choosing; default 10 */
	size_t jobs;            /**< threads; 0: the processors available. Never changes a figure */
	bool simulate;          /**< values with queues */
	struct bpr_sim_options simulation;
	struct bpr_analysis_options analysis;
};
#define BPR_SUGGEST_OPTIONS_INIT { sizeof(struct bpr_suggest_options), BPR_GAIN_HOURS, (double)INFINITY, (double)INFINITY, NULL, NULL, 0, 0, 10, 1, false, BPR_SIM_OPTIONS_INIT, BPR_ANALYSIS_OPTIONS_INIT }

struct bpr_suggestion {
	struct bpr_suggested *items; size_t count;       /**< as the levers */
	struct bpr_lever_set best;                       /**< the chosen set, valued together */
	struct bpr_lever_set all;                        /**< the same without budget and days */
	double sum;             /**< of the gains alone of the chosen ones: best.value.gain differs by interaction */
	bool proven;            /**< every set within the limits was valued: none is better */
	bool settled;           /**< the programme was solved to its end, and its value of the chosen set is that of the analysis */
	double bound;           /**< proven: the gain; else the bound of the programme of gains alone, in pairs and as corrected: gap = (bound - gain) / gain */
	bool timed_out;
	size_t sets;            /**< valued */
	size_t rounds;          /**< of solving and correcting */
	struct bpr_rpa *rpa; size_t rpa_count;           /**< most criteria, then most hours first */
	double cases;           /**< a year; 0: figures are of one case */
	double before[BPR_METRIC_COUNT]; bool before_known[BPR_METRIC_COUNT]; /**< of a case of the flow as it is */
	void *memory;
};
/**
 * Values the levers and chooses the best set under budget, days, needs and excludes.
 *
 * The choice is a mixed-integer programme (GLPK) over gains alone and pairwise interactions, checked by analysing the flow with the
 * whole set; what that finds is added and it is solved again, until nothing changes or the time is up. Where at most 4,096 sets keep
 * the limits, all of them are valued. Equal gains: less cost, then fewer days, then fewer levers, then those that stand first.
 * @param problems  why a lever does not fit (K1xx), what is not known (K2xx); may be NULL
 * @param out  bpr_suggestion_release(); empty on failure
 * @retval BPR_EINVAL  levers that must be chosen exclude each other or cost more than there is (K203); no such lever
 * @retval BPR_ENOMEM, BPR_ECANCELLED
 * Deterministic for any number of threads, unless the time was up.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_suggest(const bpr_flow *flow, const bpr_levers *levers, const struct bpr_suggest_options *options,
	struct bpr_suggestion *out, bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_suggestion_release(struct bpr_suggestion *suggestion);
/**
 * Values one set as bpr_suggest() does.
 * @param chosen  [bpr_levers_count()]
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_suggest_value(const bpr_flow *flow, const bpr_levers *levers, const bool *chosen,
	const struct bpr_suggest_options *options, struct bpr_lever_value *out, struct bpr_error *err);

/* ---- roadmap (工程表) ---- */

/** A lever in a year. */
struct bpr_plan_item {
	size_t lever;
	int year;               /**< fiscal year in which it starts */
	double cost, yearly_cost, effort_days;
	double gain;            /**< a whole year, beside those before it */
	double hours, yen;      /**< the same of work of staff, and of yen before costs */
};
/** A fiscal year, April to March. Yearly costs begin with the effect: in the year of the start their part of it. */
struct bpr_plan_year {
	int year;
	double cost, yearly_cost, effort_days;  /**< spent in it */
	double hours, yen;      /**< saved in it: work of staff, yen before costs */
	double gain;            /**< of the objective */
	double net, cumulated_net;              /**< yen less costs; with a discount at present value of the first year */
	double cumulated_hours, cumulated_yen;
};
/** An assumption moved between two ends while all others stay; what is cumulated net at each. */
struct bpr_turn_range {
	const char *of;         /**< "cases" a year, "rates" of staff (a factor), "effect" of a lever (yen a year), "cost" of one (yen once; what it costs yearly moves with it), "delay" of all (years) */
	double value, low, high;
	double at_low, at_high;
	size_t lever;           /**< of "effect", "cost"; else BPR_NONE */
};
struct bpr_plan_options {
	size_t size;
	int first, last;        /**< fiscal years, at most 30 */
	double budget_per_year, days_per_year; /**< INFINITY: none. What is spent in a year: costs once of what starts, yearly costs of what runs */
	double first_year_share; /**< of a year's effect in the year of the start; default 0.5 */
	double discount;        /**< a year; default 0 */
	double seconds;         /**< for choosing; default 10 */
	double range;           /**< tornado: cases, rates, effects and costs move by so much of themselves; default 0.2 */
	double assumed_range;   /**< costs that are assumptions of their kind; default 0.5 */
	size_t most;            /**< turns kept; default 8 */
};
#define BPR_PLAN_OPTIONS_INIT { sizeof(struct bpr_plan_options), 0, 0, (double)INFINITY, (double)INFINITY, 0.5, 0, 10, 0.2, 0.5, 8 }
struct bpr_plan {
	struct bpr_plan_item *items; size_t count;  /**< by year; what another needs before it; then rank */
	struct bpr_plan_year *years; size_t year_count;
	size_t *left_out; size_t left_count;        /**< levers that could be done and have no place, by rank */
	double cases;           /**< a year */
	double objective;       /**< gain of all years; in yen: less all costs */
	bool proven;            /**< no other plan has more: every set was valued */
	double bound;           /**< most that is to be had, where not proven by what is known of pairs of levers */
	bool timed_out;
	size_t sets;            /**< valued */
	int payback;            /**< first year from which on the cumulated net is not below 0 any more; 0: not within these years */
	double payback_years;   /**< from the beginning of the first year; beyond the last one as in the last; INFINITY: never; NAN: nothing is spent */
	struct bpr_turn_range *turns; size_t turn_count; /**< tornado: widest first */
	void *memory;
};
/**
 * When what starts: the largest cumulated gain over the years within budget and days of each year.
 *
 * What needs another never starts before it; what a lever says of its earliest year, and budget, days, must and never of @p how for all
 * years together, is kept. The gain of a year is that of all that has started before it, and its share of what starts in it, each set of
 * levers valued by analysing the flow with it (without queues). With BPR_GAIN_YEN costs are taken off. Up to 10 levers every set is
 * valued and the best chain of sets is found by dynamic programming, which proves it; of more a mixed-integer programme over single
 * levers, pairs and the sets of its own solutions is solved until nothing is new.
 *
 * @param suggestion  of the same levers: costs with their assumptions, ranks
 * @param how         objective, limits of all years, analysis
 * @param out         bpr_plan_release(); empty on failure. Without an item: nothing has a place
 * @retval BPR_EINVAL  no number of cases a year (K300), years out of order or too many (K301), what must be done has no place (K302)
 * @retval BPR_ENOMEM
 * Deterministic, unless the time was up. Thread safety: safe.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_plan_make(const bpr_flow *flow, const bpr_levers *levers, const struct bpr_suggestion *suggestion,
	const struct bpr_suggest_options *how, const struct bpr_plan_options *options, struct bpr_plan *out, struct bpr_error *err);
BPR_API void bpr_plan_release(struct bpr_plan *plan);

#ifdef __cplusplus
}
#endif
#endif

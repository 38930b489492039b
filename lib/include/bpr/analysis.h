/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_ANALYSIS_H
#define BPR_ANALYSIS_H
/**
 * @file analysis.h
 * A frozen flow into numbers: what one case costs the citizen and the staff, exactly.
 *
 * Definitions stand in bpr-metrics(7), one a key. Figures are exact (absorbing Markov chains, solved
 * without subtraction) unless their method says otherwise. Results hold their own numbers and names
 * of nothing: indices are those of the flow, whose hash they carry.
 */
#include <bpr/flow.h>
#include <bpr/metric.h>
#ifdef __cplusplus
extern "C" {
#endif

/** How a figure was found. */
enum bpr_method {
	BPR_METHOD_NONE = 0,    /**< not known */
	BPR_METHOD_EXACT,
	BPR_METHOD_SIMULATED    /**< sampled cases without queueing; with a 95 % interval */
};
BPR_API const char *bpr_method_name(enum bpr_method method);

struct bpr_figure {
	double mean;
	double sd;              /**< of a single case; meaningful unless sd_method is NONE */
	enum bpr_method method, sd_method;
	double ci95_low, ci95_high; /**< of the mean, where method is SIMULATED */
};

struct bpr_node_result {
	double visits;          /**< expected executions in a case */
	double reach;           /**< probability that the case gets there at all */
	double visits_sd;       /**< of a single case */
};

struct bpr_counter_result { double visits, reach; };
struct bpr_form_result { double written, fields; };      /**< forms filled in; fields written on them */
struct bpr_field_result { double written, repeated; };
struct bpr_group_result { const char *name; double written; };
struct bpr_unit_result { double work_minutes; };
struct bpr_handoff { size_t from, to; double count; };   /**< units */
struct bpr_rule_result { double steps; };
struct bpr_pool_result {
	double minutes;         /**< person-minutes a case */
	double utilisation;     /**< 0 to ...; only with demand, count and opening hours */
	double capacity_per_day;/**< cases; only with count and opening hours */
	bool utilisation_known, capacity_known;
};

/** The lenses of the contract; WAIT comes with queueing. */
enum bpr_lens { BPR_LENS_UTILISATION = 0, BPR_LENS_WAIT, BPR_LENS_SENSITIVITY, BPR_LENS_STRUCTURE };
BPR_API const char *bpr_lens_name(enum bpr_lens lens);
struct bpr_bottleneck {
	size_t rank;            /**< from 1 within its lens */
	enum bpr_lens lens;
	size_t node;            /**< or BPR_NONE */
	size_t pool;            /**< or BPR_NONE */
	double value;           /**< utilisation; minutes of lead time saved by 10 % less work there; minutes a case spends there */
	double share;           /**< of the total over the lens, 0 to 1 */
	bool handed;            /**< structure: the step is handed over from another unit every time */
};

/** Owned by the caller of bpr_analyse(); release with bpr_analysis_free(). */
typedef struct bpr_analysis bpr_analysis;

struct bpr_analysis_options {
	size_t size;
	unsigned long long seed; /**< of sampled figures; default 1 */
	size_t samples;          /**< cases sampled where nothing exact is known; default 20000; 0: never sample */
	size_t max_states;       /**< of any state space; 0, the default: 2,000,000 and 8 more for each node */
	size_t max_fine_states;  /**< of those that only refine (sets, clock times); default 100,000 */
	/**
	 * For valuing many flows: means are the same to the last bit as without, but there are no deviations (sd_method is NONE), no
	 * bottlenecks and no findings, and nothing is sampled for them. Default false.
	 */
	bool means_only;
	unsigned long metrics;   /**< with means_only: bits 1 << enum bpr_metric of what is wanted, others may stay without a method; 0, the default: all */
};
#define BPR_ANALYSIS_OPTIONS_INIT { sizeof(struct bpr_analysis_options), 1, 20000, 0, 100000, false, 0 }

/**
 * Analyses @p flow.
 *
 * @param problems  findings about the process are added: unreachable node, join that can never fire, missing
 *                  numbers that weaken a figure
 * @retval BPR_ENOEXIT  a case can get to where it never ends: nothing is computed, err->element and problems name it
 * @retval BPR_ELIMIT   more states than options allow; err names the option and the element that multiplies them
 * @retval BPR_ENOMEM
 * Thread safety: safe.
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_analyse(const bpr_flow *flow, const struct bpr_analysis_options *options,
	bpr_analysis **out, bpr_problems *problems, struct bpr_error *err);
BPR_API void bpr_analysis_free(bpr_analysis *analysis);

BPR_API unsigned long long bpr_analysis_flow_hash(const bpr_analysis *analysis);
BPR_API const struct bpr_figure *bpr_analysis_figure(const bpr_analysis *analysis, enum bpr_metric metric);
/* Arrays as long as the flow's own counts, borrowed. */
BPR_API const struct bpr_node_result *bpr_analysis_nodes(const bpr_analysis *analysis);
BPR_API const double *bpr_analysis_arcs(const bpr_analysis *analysis); /**< expected passages of each arc */
BPR_API const struct bpr_counter_result *bpr_analysis_counters(const bpr_analysis *analysis);
BPR_API const struct bpr_form_result *bpr_analysis_forms(const bpr_analysis *analysis);
BPR_API const struct bpr_field_result *bpr_analysis_fields(const bpr_analysis *analysis);
BPR_API const struct bpr_unit_result *bpr_analysis_units(const bpr_analysis *analysis);
BPR_API const struct bpr_pool_result *bpr_analysis_pools(const bpr_analysis *analysis);
BPR_API const struct bpr_rule_result *bpr_analysis_rules(const bpr_analysis *analysis); /**< [BPR_RULE_COUNT] */
/* Lists of their own length. */
BPR_API const struct bpr_group_result *bpr_analysis_groups(const bpr_analysis *analysis, size_t *count);
BPR_API const struct bpr_handoff *bpr_analysis_handoffs(const bpr_analysis *analysis, size_t *count); /**< most first */
BPR_API const struct bpr_bottleneck *bpr_analysis_bottlenecks(const bpr_analysis *analysis, size_t *count);

/** The whole distribution of a count. */
struct bpr_distribution {
	enum bpr_metric metric;
	enum bpr_method method;
	double *prob;           /**< [count]: P(value = first + i) */
	size_t first, count;
	size_t minimum;         /**< smallest value with positive probability */
	size_t maximum;         /**< largest; meaningful unless unbounded */
	bool unbounded;
	double tail;            /**< P(value >= first + count), not listed because < 1e-12 or past the limit; 0 if all is listed */
};
#define BPR_DISTRIBUTION_MAX 100000

/**
 * Distribution of a metric whose quantity is COUNT.
 * @retval BPR_EINVAL        the metric is no count, or counts of the flow are not whole numbers
 * @retval BPR_EUNSUPPORTED  more states than max_fine_states, and samples is 0
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_analyse_distribution(const bpr_flow *flow, enum bpr_metric metric,
	const struct bpr_analysis_options *options, struct bpr_distribution *out, struct bpr_error *err);
BPR_API void bpr_distribution_release(struct bpr_distribution *distribution);
/** P(value > limit). */
BPR_API double bpr_distribution_above(const struct bpr_distribution *distribution, double limit);

#ifdef __cplusplus
}
#endif
#endif

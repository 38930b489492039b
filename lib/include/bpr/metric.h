/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_METRIC_H
#define BPR_METRIC_H
/**
 * @file metric.h
 * The metrics of a case: keys, labels, units. Analysis and simulation both fill them; definitions: bpr-metrics(7).
 */
#include <bpr/error.h>
#include <stdbool.h>
#ifdef __cplusplus
extern "C" {
#endif

/** Metrics of a case in the order of the contract; names, labels and units: bpr_metric_get(). */
enum bpr_metric {
	BPR_METRIC_STEPS = 0,
	BPR_METRIC_COUNTER_VISITS,
	BPR_METRIC_DISTINCT_COUNTERS,
	BPR_METRIC_BUILDING_MOVES,
	BPR_METRIC_TRIPS,
	BPR_METRIC_FORMS_WRITTEN,
	BPR_METRIC_FIELDS_WRITTEN,
	BPR_METRIC_REPEATED_FIELDS,
	BPR_METRIC_SEALS,
	BPR_METRIC_ID_CHECKS,
	BPR_METRIC_COPIES,
	BPR_METRIC_HANDOFFS,
	BPR_METRIC_REVISITS,
	BPR_METRIC_ANALOGUE_STEPS,
	BPR_METRIC_WORK_MINUTES,
	BPR_METRIC_CITIZEN_MINUTES,
	BPR_METRIC_LEAD_MINUTES,
	BPR_METRIC_COST_YEN,
	BPR_METRIC_INCOMPLETE,
	BPR_METRIC_COUNT
};

/** What a metric's numbers are, for formatting and for whether it has a distribution. */
enum bpr_quantity {
	BPR_QUANTITY_COUNT = 0, /**< how often; whole in each single case */
	BPR_QUANTITY_MINUTES,
	BPR_QUANTITY_YEN,
	BPR_QUANTITY_PROB
};

/** A row of the table of metrics. */
struct bpr_metric_info {
	const char *key;        /**< "counter_visits" */
	const char *label;      /**< English message id for reports */
	const char *unit;       /**< English message id: "times", "minutes", "yen", "" */
	enum bpr_quantity quantity;
	int better;             /**< -1: less is better; +1: more; 0: neither */
	bool headline;          /**< belongs to the short table of a report */
	const char *explain;    /**< English message id: the definition in one or two sentences */
};
BPR_API const struct bpr_metric_info *bpr_metric_get(enum bpr_metric metric);
/** Metric of a key, or BPR_METRIC_COUNT. */
BPR_API enum bpr_metric bpr_metric_find(const char *key);

#ifdef __cplusplus
}
#endif
#endif

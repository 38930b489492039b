/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_DISCOVERY_H
#define BPR_DISCOVERY_H
/**
 * @file discovery.h
 * From a log to a measured flow: a block-structured, sound flow found by the inductive miner, with shares, durations, people, hours
 * and demand as they were seen; and distributions fitted to measured durations.
 */
#include <bpr/flow.h>
#include <bpr/mining.h>
#ifdef __cplusplus
extern "C" {
#endif

/** How durations are put into a flow. */
enum bpr_durations {
	BPR_DURATIONS_FIT = 0,   /**< the kind with the lowest AIC whose fit is not bad; else as measured */
	BPR_DURATIONS_EMP,       /**< as measured: emp([...]) of at most `values` values (quantiles of more) */
	BPR_DURATIONS_MEAN       /**< constants */
};

/** One kind fitted by maximum likelihood. */
struct bpr_fit {
	struct bpr_dist dist;
	double log_likelihood, aic;
	size_t parameters;
	double ks, ks_p;         /**< Kolmogorov-Smirnov distance; p by parametric bootstrap (parameters were estimated from the same values) */
};
/**
 * Fits every kind that can be to values in minutes (>= 0, count >= 1), best AIC first. Zeros among positive values are told.
 * @param[out] fits  room for BPR_FITS_MAX; *fit_count are filled. emp's `values` are borrowed from @p values (sorted in place).
 * @retval BPR_EINVAL a value is negative or not finite
 */
#define BPR_FITS_MAX 12
BPR_API BPR_MUST_CHECK bpr_status bpr_fit(double *values, size_t count, unsigned long long seed, struct bpr_fit fits[BPR_FITS_MAX],
	size_t *fit_count, struct bpr_error *err);

struct bpr_discovery_options {
	size_t size;
	double noise;            /**< 0 to 1: infrequent behaviour left out (IMf); default 0.2; 0: all traces fit */
	enum bpr_durations durations;
	size_t values;           /**< of an emp(); default 200 */
	bool pools;              /**< people by unit (or resource group) as pools; default true */
	bool demand;             /**< hours, days and arrivals as demand; default true */
	const char *id, *name;   /**< of the flow; NULL: from the log's file */
	unsigned long long seed;
	const struct bpr_mine_options *mine;
};
#define BPR_DISCOVERY_OPTIONS_INIT { sizeof(struct bpr_discovery_options), 0.2, BPR_DURATIONS_FIT, 200, true, true, NULL, NULL, 1, NULL }

/**
 * The measured flow. Sound by construction; every activity of the log that was not left out as noise is a task of its name.
 * @retval BPR_EINVAL the log has no events
 */
BPR_API BPR_MUST_CHECK bpr_status bpr_discover(const bpr_log *log, const struct bpr_discovery_options *options, bpr_flow **out,
	bpr_problems *problems, struct bpr_error *err);

#ifdef __cplusplus
}
#endif
#endif

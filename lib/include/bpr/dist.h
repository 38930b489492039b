/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_DIST_H
#define BPR_DIST_H
/**
 * @file dist.h
 * Durations: distributions on [0, infinity), in minutes.
 *
 * Parameters are those of the variable itself (mean, standard deviation, minimum, mode, maximum),
 * never of its logarithm and never a rate; conversion to what a sampler wants happens inside.
 */
#include <bpr/error.h>
#include <stdbool.h>
#ifdef __cplusplus
extern "C" {
#endif

enum bpr_dist_kind {
	BPR_DIST_CONSTANT = 0, /**< a */
	BPR_DIST_EXP,          /**< mean a */
	BPR_DIST_UNIF,         /**< [a, b) */
	BPR_DIST_TRI,          /**< min a, mode b, max c */
	BPR_DIST_NORM,         /**< mean a, sd b of the uncut normal; negative draws are cut to 0 */
	BPR_DIST_LOGNORM,      /**< mean a, sd b of the variable */
	BPR_DIST_GAMMA,        /**< mean a, sd b */
	BPR_DIST_ERLANG,       /**< k = a, mean b */
	BPR_DIST_WEIBULL,      /**< shape a, scale b */
	BPR_DIST_PERT,         /**< min a, mode b, max c (beta with shape 4) */
	BPR_DIST_EMP           /**< measured values, equally likely */
};

/** Immutable once in a flow; values of EMP are borrowed from the flow. */
struct bpr_dist {
	enum bpr_dist_kind kind;
	double a, b, c;
	const double *values;    /**< EMP: sorted, finite, >= 0 */
	size_t value_count;
	const char *source;      /**< EMP: file and column as written, NULL where the values stood there themselves */
	bool working_days;       /**< written in working days, of 1,440 minutes each: a simulation of an office that closes counts those only */
};

/** E[X], minutes. NULL is the constant 0. For NORM the mean of max(0, X). */
BPR_API double bpr_dist_mean(const struct bpr_dist *dist);
/** Var[X], minutes squared. */
BPR_API double bpr_dist_var(const struct bpr_dist *dist);
/**
 * Name of a kind as written in a table: "exp", "tri"; static. "" for a constant.
 */
BPR_API const char *bpr_dist_kind_name(enum bpr_dist_kind kind);
/**
 * Writes it so that the reader gives it back exactly: "5", "tri(3,5,9)", "emp([3 4.5 7])" (numbers are minutes).
 * @return length the whole text has, as snprintf
 */
BPR_API size_t bpr_dist_format(const struct bpr_dist *dist, char *buf, size_t size);

/** A plain duration as in a table: 5, 90s, 1.5h, 2d, 4分30秒, PT1H30M; minutes, finite, >= 0. False: it is none. */
BPR_API bool bpr_duration_parse(const char *text, double *minutes);

#ifdef __cplusplus
}
#endif
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_FIT_I_H
#define BPR_MINE_FIT_I_H
/*
 * Distributions fitted by maximum likelihood. Values are what was written, and clocks that show whole minutes write many of them
 * equal, and zeros among them: then each stands for its cell of the clock (x - g/2 to x + g/2) and the likelihood is that of the cells.
 */
#include "flow/dist_i.h"
#include <bpr/discovery.h>
#include <stddef.h>

/* P(X <= x) and P(X > x), each without cancellation. Kinds but EMP and CONSTANT. */
double bpr_i_dist_below(const struct bpr_dist *dist, double x);
double bpr_i_dist_above(const struct bpr_dist *dist, double x);
/* log of the density; -INFINITY outside. NORM has a mass at 0. */
double bpr_i_dist_log_density(const struct bpr_dist *dist, double x);

/* What is fitted to. */
struct bpr_sample {
	const double *values; size_t count;  /* sorted */
	double mean, sd;                     /* of the values; sd with n */
	double log_mean;                     /* mean of the logarithms; where no value is 0 */
	double min, max;
	size_t zeros;
	double grid;                         /* > 0: values stand for cells of this width */
	double *cells, *weights; size_t cell_count; /* middle and number of values; NULL: not grouped */
	double *thin; size_t thin_count;     /* at most BPR_FIT_THIN values that stand for all: where no closed form is known */
};
enum { BPR_FIT_THIN = 1024, BPR_FIT_CELLS = 256 };
/* Sorts the values in place, looks for their grid. BPR_EINVAL: one is negative or not finite; BPR_ENOMEM. */
bpr_status bpr_i_sample_new(double *values, size_t count, struct bpr_sample *out);
/* Makes the cells of its grid (again, into NULL). False: out of memory. */
bool bpr_i_sample_group(struct bpr_sample *sample);
void bpr_i_sample_release(struct bpr_sample *sample);
/* Upper edge of the cell of x; its lower one is 0 below the middle of the first. */
double bpr_i_cell_high(const struct bpr_sample *sample, double x);
double bpr_i_cell_low(const struct bpr_sample *sample, double x);

double bpr_i_fit_log_likelihood(const struct bpr_sample *sample, const struct bpr_dist *dist);
/* Kolmogorov's distance: at the values, or at the edges of their cells. */
double bpr_i_fit_distance(const struct bpr_sample *sample, const struct bpr_dist *dist);
size_t bpr_i_fit_parameters(enum bpr_dist_kind kind);
/* The kind with greatest likelihood; false: it cannot be fitted to this. Closed forms where values are not grouped. */
bool bpr_i_fit_kind(const struct bpr_sample *sample, enum bpr_dist_kind kind, struct bpr_dist *out);
/* Improves a first guess: cells, or kinds without closed form (fit_search.c). False: no better one than nothing. */
bool bpr_i_fit_search(const struct bpr_sample *sample, struct bpr_dist *dist);
/*
 * Share of samples of the fitted kind, fitted again, whose distance is as great: `rounds` samples of at most 200 values each. Exact to
 * about sqrt(p / rounds).
 */
double bpr_i_fit_bootstrap(const struct bpr_sample *sample, const struct bpr_fit *fit, size_t rounds, unsigned long long seed);

/* Every kind, best AIC first, without ks_p (it is -1) where rounds is 0. */
bpr_status bpr_i_fit(const struct bpr_sample *sample, size_t rounds, unsigned long long seed, struct bpr_fit fits[BPR_FITS_MAX],
		     size_t *fit_count);

/* A distribution for a flow, and how it came about. */
struct bpr_chosen {
	struct bpr_dist dist;    /* EMP: values are in `values` */
	bool fitted;             /* else as measured, or a constant */
	double ks, ks_p;
	double values[1000];     /* of EMP */
};
/*
 * The kind with the lowest AIC whose fit is not bad: mean as measured (3 standard errors, or 2 %), and p >= 0.05 or a distance of at
 * most 0.05. Else, and of fewer than 10 values, as measured: at most `most` values, means of equal parts of the sorted values, so that
 * the mean is kept. EMP and MEAN as they say. values are sorted in place. BPR_EINVAL, BPR_ENOMEM.
 */
bpr_status bpr_i_fit_choose(double *values, size_t count, enum bpr_durations how, size_t most, unsigned long long seed,
			    struct bpr_chosen *out);
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BPR_MINE_EVIDENCE_STAT_I_H
#define BPR_MINE_EVIDENCE_STAT_I_H
/*
 * Statistics of two samples, plain numbers in, plain numbers out: evidence.c asks them about logs. Differences are after minus
 * before; p-values are two-sided; NAN is "not defined". Samples are finite.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bpr_range { double at, low, high; };

/* ---- means (evidence_mean.c) ---- */
struct bpr_moments { size_t n; double mean, variance; /* of the sample (n - 1); 0 of one */ };
struct bpr_moments bpr_i_moments(const double *x, size_t n);
/* Welch (Biometrika 34, 1947): difference of means, its error, degrees of freedom by Satterthwaite, p. Needs two of each. */
struct bpr_welch { double change, error, df, t, p; };
struct bpr_welch bpr_i_welch(struct bpr_moments before, struct bpr_moments after);
/* Two independent errors with their degrees of freedom put together: Satterthwaite's. 0 where both are 0. */
double bpr_i_satterthwaite(double variance_a, double df_a, double variance_b, double df_b);
/* Two-sided p and quantile of Student t; normal beyond 1e6 degrees. */
double bpr_i_student_p(double t, double df);
double bpr_i_student_quantile(double p, double df);
/*
 * Clusters: cases of one day are alike, because they meet the same queue. Variance of a sum of influences that are independent
 * between days only: G / (G - 1) * sum over days of (sum of the day)^2, of influences whose sum is 0 (Liang & Zeger 1986).
 * days: [n], any numbers; cases of a day need not be neighbours. *groups: how many days. NAN when out of memory, or one day.
 */
double bpr_i_cluster_variance(const double *influence, const int32_t *days, size_t n, size_t *groups);

/* ---- ranks (evidence_rank.c); samples ascending ---- */
struct bpr_rank_test {
	double u;          /* pairs in which after < before, ties half */
	double effect;     /* of all pairs: Vargha & Delaney's A */
	double p;          /* exact where that is possible, else normal with ties and continuity corrected */
	bool exact;
};
struct bpr_rank_test bpr_i_rank_test(const double *before, size_t m, const double *after, size_t n);
/* P(U <= u) where no ties: m, n <= BPR_RANK_EXACT. NAN out of memory. */
#define BPR_RANK_EXACT 50
double bpr_i_rank_exact(double u, size_t m, size_t n);
/* Variance of U under no difference, ties corrected. */
double bpr_i_rank_variance(const double *before, size_t m, const double *after, size_t n);
/*
 * Hodges & Lehmann: median of all after - before, with its distribution-free interval (Hollander & Wolfe, section 4.3 and 4.4;
 * normal approximation of its ranks beyond BPR_RANK_EXACT). O((m + n) log) whatever the number of pairs.
 */
struct bpr_range bpr_i_shift(const double *before, size_t m, const double *after, size_t n, double confidence);
/* For each of x: how many of the other sample (ascending) are above it, ties half, of all. The sample x in any order. */
void bpr_i_placements(const double *x, size_t n, const double *other, size_t m, bool above, double *out);

/* ---- quantiles (evidence_boot.c); samples ascending ---- */
double bpr_i_quantile(const double *x, size_t n, double q); /* definition 7 of Hyndman & Fan */
/*
 * Bootstrap of a difference of quantiles, percentile interval. An order statistic of a resample is the sample's value at a Beta
 * distributed share, so a resample costs nothing whatever n is. effective: cases that the samples are worth, n where cases are
 * independent, less where those of a day are alike (Korn & Graubard 1998). Same seed, same interval.
 */
struct bpr_boot_side { const double *x; size_t n; double effective; };
struct bpr_boot { struct bpr_range before, after, change; double error; /* of the change */ };
bool bpr_i_boot(const struct bpr_boot_side *before, const struct bpr_boot_side *after, double q, double confidence, size_t resamples,
		uint64_t seed, struct bpr_boot *out); /* false: out of memory */

/* ---- rates (evidence_rate.c) ---- */
/* Wilson's score interval of k of n (real numbers: what a clustered sample is worth); z of the confidence. */
struct bpr_range bpr_i_wilson(double k, double n, double z);
/* Difference of two rates: Newcombe's hybrid score interval (Stat. Med. 17, 1998, method 10). */
struct bpr_range bpr_i_newcombe(double k_before, double n_before, double k_after, double n_after, double z);
/* Fisher's exact test of two rates, two-sided by probabilities; beyond `most` cases the score test (Pearson's chi-squared). */
double bpr_i_fisher(size_t k_before, size_t n_before, size_t k_after, size_t n_after);
double bpr_i_rate_score(size_t k_before, size_t n_before, size_t k_after, size_t n_after);

/* ---- several tests ---- */
/* Holm (Scand. J. Stat. 6, 1979): adjusted p in place; NAN is no test. */
void bpr_i_holm(double *p, size_t count);

/* ---- cases that are not over (evidence_survival.c) ---- */
struct bpr_life { double minutes; bool ended; };
struct bpr_life_step { double minutes, open, low, high; size_t at_risk, ended; };
/* Sorts by time. Kaplan-Meier with Greenwood's log-log interval; steps at each end, [n]; their number. */
void bpr_i_life_sort(struct bpr_life *lives, size_t n);
size_t bpr_i_kaplan_meier(const struct bpr_life *lives, size_t n, double z, struct bpr_life_step *steps);
/* Time by which the share `q` is over, with its interval (Brookmeyer & Crowley 1982); INFINITY: never seen. */
struct bpr_range bpr_i_life_quantile(const struct bpr_life_step *steps, size_t count, double q);
/* Log-rank (Mantel 1966): chi-squared of one degree; expected and observed ends of the before. */
struct bpr_logrank { double chi2, p, observed, expected; };
struct bpr_logrank bpr_i_logrank(const struct bpr_life *before, size_t m, const struct bpr_life *after, size_t n);

/* ---- time series (evidence_series.c) ---- */
enum { BPR_REGRESSION_MAX = 16 };
/*
 * Least squares with Newey & West's errors (Econometrica 55, 1987), Bartlett weights up to `lag`, times T / (T - k).
 * x: [rows * columns], y: [rows]. False: the columns depend on each other, or out of memory.
 */
struct bpr_regression { size_t columns; double at[BPR_REGRESSION_MAX], error[BPR_REGRESSION_MAX]; double df;
	double covariance[BPR_REGRESSION_MAX][BPR_REGRESSION_MAX];
	/*
	 * Of least squares, times (1 + r) / (1 - r): errors that go on from one time to the next as in an autoregression, r the correlation
	 * of neighbours, set right for what fitting `columns` takes away of it (columns / rows), 0 at least.
	 */
	double going_on[BPR_REGRESSION_MAX][BPR_REGRESSION_MAX]; };
bool bpr_i_newey_west(const double *x, const double *y, size_t rows, size_t columns, size_t lag, struct bpr_regression *out);
/* floor(4 (T / 100)^(2/9)): Newey & West's rule. */
size_t bpr_i_newey_west_lag(size_t rows);
#endif

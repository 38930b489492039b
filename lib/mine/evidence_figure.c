/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One figure of two logs: its size on both sides, its change, and whether chance alone would make such a change. */
#include "config.h"
#include "base/alloc_i.h"
#include "mine/evidence_i.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FISHER_MOST = 10000 };

struct work {
	bpr_evidence *evidence;
	struct bpr_evidence_figure *figure;
	struct bpr_sample sides[2];
	struct bpr_moments moments[2];
	double confidence, quantile; /* of the normal distribution */
	bool clusters;
};

static int ascending(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void release(struct work *w)
{
	for (size_t side = 0; side < 2; side++) {
		bpr_i_free(w->sides[side].x);
		bpr_i_free(w->sides[side].days);
		bpr_i_free(w->sides[side].strata);
	}
}

static size_t count_days(const int32_t *days, size_t n)
{
	double *sorted = bpr_i_calloc(n, sizeof(*sorted));
	size_t count = 0;

	for (size_t i = 0; sorted && i < n; i++)
		sorted[i] = days[i];
	if (sorted && n)
		qsort(sorted, n, sizeof(*sorted), ascending);
	for (size_t i = 0; sorted && i < n; i++)
		count += !i || sorted[i] > sorted[i - 1];
	bpr_i_free(sorted);
	return sorted ? count : BPR_NONE;
}

/* The cases of a side that have the figure. */
static bool take_side(struct work *w, size_t side)
{
	struct bpr_cases *cases = &w->evidence->cases[side];
	struct bpr_sample *s = &w->sides[side];
	const double *values = cases->values[w->figure->key];
	double *sorted;

	s->x = bpr_i_calloc(cases->count, sizeof(*s->x));
	s->days = bpr_i_calloc(cases->count, sizeof(*s->days));
	s->strata = bpr_i_calloc(cases->count, sizeof(*s->strata));
	sorted = cases->sorted[w->figure->key] = bpr_i_calloc(cases->count, sizeof(*sorted));
	if (!s->x || !s->days || !s->strata || !sorted)
		return false;
	for (size_t i = 0; i < cases->count; i++) {
		if (isnan(values[i]))
			continue;
		s->x[s->n] = sorted[s->n] = values[i];
		s->days[s->n] = cases->days[i];
		s->strata[s->n++] = cases->strata[i];
	}
	if (s->n)
		qsort(sorted, s->n, sizeof(*sorted), ascending);
	s->sorted = sorted;
	cases->sorted_count[w->figure->key] = s->n;
	w->moments[side] = bpr_i_moments(s->x, s->n);
	s->groups = count_days(s->days, s->n);
	return s->groups != BPR_NONE;
}

/* How often the variance of a mean of influences is that of independent cases: 1 at least. NAN: out of memory. */
static double design(const struct work *w, size_t side, const double *influence, double variance)
{
	const struct bpr_sample *s = &w->sides[side];
	size_t groups;
	double clustered;

	if (!w->clusters || !(variance > 0))
		return 1;
	clustered = bpr_i_cluster_variance(influence, s->days, s->n, &groups);
	if (!groups)
		return (double)NAN;
	return clustered > variance ? clustered / variance : 1;
}

/* What so many cases are worth, days being few: as many independent ones would have so wide an interval. */
static double worth(const struct work *w, size_t side, double times)
{
	const struct bpr_sample *s = &w->sides[side];
	double n = (double)s->n / times, z = w->quantile;

	if (times > 1) {
		const double t = bpr_i_student_quantile((1 + w->confidence) / 2, (double)s->groups - 1);

		n *= z / t * (z / t);
	}
	return n > 2 ? n : 2;
}

/* ---- means and rates ---- */

static bool mean_design(struct work *w, size_t side, double *out)
{
	const struct bpr_sample *s = &w->sides[side];
	double *influence = bpr_i_calloc(s->n, sizeof(*influence));

	for (size_t i = 0; influence && i < s->n; i++)
		influence[i] = (s->x[i] - w->moments[side].mean) / (double)s->n;
	*out = influence ? design(w, side, influence, w->moments[side].variance / (double)s->n) : (double)NAN;
	bpr_i_free(influence);
	return !isnan(*out);
}

/* Student's interval of the mean of a side: its error and degrees of freedom. */
static double mean_error(const struct work *w, size_t side, double times, double *df)
{
	const struct bpr_moments *m = &w->moments[side];

	*df = times > 1 ? (double)w->sides[side].groups - 1 : (double)m->n - 1;
	return m->n > 1 ? sqrt(m->variance / (double)m->n * times) : 0;
}

static void set_side(struct bpr_evidence_change *c, size_t side, struct bpr_range r)
{
	*(side ? &c->after : &c->before) = r.at;
	*(side ? &c->after_low : &c->before_low) = r.low;
	*(side ? &c->after_high : &c->before_high) = r.high;
}

static void set_change(struct bpr_evidence_change *c, struct bpr_range r)
{
	c->known = true;
	c->change = r.at;
	c->low = r.low;
	c->high = r.high;
}

static struct bpr_range around(double at, double error, double df, double confidence)
{
	const double half = error > 0 && df > 0 ? bpr_i_student_quantile((1 + confidence) / 2, df) * error : 0;

	return (struct bpr_range){ at, at - half, at + half };
}

/* The error of the change, for what could have been seen. */
static double compare_means(struct work *w)
{
	struct bpr_evidence_figure *f = w->figure;
	double df[2], error[2], all;

	for (size_t side = 0; side < 2; side++) {
		error[side] = mean_error(w, side, side ? f->design_after : f->design_before, &df[side]);
		if (w->sides[side].n)
			set_side(&f->mean, side, around(w->moments[side].mean, error[side], df[side], w->confidence));
	}
	if (!w->sides[0].n || !w->sides[1].n)
		return 0;
	all = hypot(error[0], error[1]);
	set_change(&f->mean, around(w->moments[1].mean - w->moments[0].mean, all,
				    bpr_i_satterthwaite(error[0] * error[0], df[0], error[1] * error[1], df[1]), w->confidence));
	if (w->sides[0].n < 2 || w->sides[1].n < 2) /* one case says nothing of its spread */
		f->mean.low = f->mean.high = (double)NAN;
	f->welch_p = bpr_i_welch(w->moments[0], w->moments[1]).p;
	return all;
}

static double compare_rates(struct work *w)
{
	struct bpr_evidence_figure *f = w->figure;
	double k[2], n[2], z = w->quantile;
	size_t hits[2];

	for (size_t side = 0; side < 2; side++) {
		n[side] = worth(w, side, side ? f->design_after : f->design_before);
		n[side] = n[side] < (double)w->sides[side].n ? n[side] : (double)w->sides[side].n;
		k[side] = w->moments[side].mean * n[side];
		hits[side] = (size_t)llround(w->moments[side].mean * (double)w->sides[side].n);
		if (w->sides[side].n)
			set_side(&f->mean, side, bpr_i_wilson(k[side], n[side], z));
	}
	if (!w->sides[0].n || !w->sides[1].n)
		return 0;
	set_change(&f->mean, bpr_i_newcombe(k[0], n[0], k[1], n[1], z));
	f->welch_p = w->sides[0].n + w->sides[1].n <= FISHER_MOST ? bpr_i_fisher(hits[0], w->sides[0].n, hits[1], w->sides[1].n)
								   : bpr_i_rate_score(hits[0], w->sides[0].n, hits[1], w->sides[1].n);
	return (f->mean.high - f->mean.low) / 2 / z;
}

/* ---- quantiles ---- */

static bool quantile_worth(struct work *w, size_t side, double q, double *out)
{
	const struct bpr_sample *s = &w->sides[side];
	const double at = bpr_i_quantile(s->sorted, s->n, q);
	double *influence = bpr_i_calloc(s->n, sizeof(*influence)), share = 0, times;

	for (size_t i = 0; influence && i < s->n; i++)
		share += s->x[i] <= at ? 1 / (double)s->n : 0;
	for (size_t i = 0; influence && i < s->n; i++)
		influence[i] = ((s->x[i] <= at) - share) / (double)s->n;
	times = influence ? design(w, side, influence, share * (1 - share) / (double)s->n) : (double)NAN;
	bpr_i_free(influence);
	*out = times > 1 ? worth(w, side, times) : (double)s->n;
	return !isnan(times);
}

static bool compare_quantile(struct work *w, double q, uint64_t seed, struct bpr_evidence_change *out, double *error)
{
	struct bpr_boot_side sides[2];
	struct bpr_boot boot;

	for (size_t side = 0; side < 2; side++) {
		const size_t from = w->sides[side].n ? side : 1 - side; /* one side alone: held against itself, the rest is not told */

		sides[side] = (struct bpr_boot_side){ w->sides[from].sorted, w->sides[from].n, 0 };
		if (!quantile_worth(w, from, q, &sides[side].effective))
			return false;
	}
	if (!bpr_i_boot(&sides[0], &sides[1], q, w->confidence, w->evidence->options.bootstrap, seed, &boot))
		return false;
	if (w->sides[0].n)
		set_side(out, 0, boot.before);
	if (w->sides[1].n)
		set_side(out, 1, boot.after);
	*error = boot.error;
	if (!w->sides[0].n || !w->sides[1].n)
		return true;
	set_change(out, boot.change);
	if (w->sides[0].n < 2 || w->sides[1].n < 2)
		out->low = out->high = (double)NAN;
	return true;
}

static bool compare_values(struct work *w, double *headline)
{
	struct bpr_evidence_figure *f = w->figure;
	const struct bpr_sample *a = &w->sides[0], *b = &w->sides[1];
	const uint64_t seed = w->evidence->options.seed + 1000 * (uint64_t)f->key;
	const struct bpr_rank_test test = bpr_i_rank_test(a->sorted, a->n, b->sorted, b->n);
	double error = compare_means(w), other;

	*headline = error;
	if (!compare_quantile(w, 0.5, seed, &f->p50, &error) || !compare_quantile(w, 0.9, seed + 1, &f->p90, &other))
		return false;
	if (bpr_evidence_key_get(f->key)->quantity == BPR_QUANTITY_MINUTES)
		*headline = error;
	f->u = test.u;
	f->u_p = test.p;
	f->effect = test.effect;
	if (a->n && b->n) {
		const struct bpr_range shift = bpr_i_shift(a->sorted, a->n, b->sorted, b->n, w->confidence);

		f->shift_known = true;
		f->shift = shift.at;
		f->shift_low = shift.low;
		f->shift_high = shift.high;
	}
	return true;
}

/* ---- all of it ---- */

static bool all_same(const struct work *w)
{
	const struct bpr_sample *a = &w->sides[0], *b = &w->sides[1];

	return a->n && b->n && !(a->sorted[a->n - 1] > a->sorted[0]) && !(b->sorted[b->n - 1] > b->sorted[0]) && !(a->sorted[0] > b->sorted[0]) &&
	       !(a->sorted[0] < b->sorted[0]);
}

/* The less certain of two: cases taken as independent, and days as what is. */
static bool main_test(struct work *w)
{
	struct bpr_evidence_figure *f = w->figure;
	const struct bpr_strata *strata = &w->evidence->strata;
	struct bpr_stratified within;
	struct bpr_sample plain[2] = { w->sides[0], w->sides[1] };

	f->p = f->rate ? f->welch_p : f->u_p;
	if (!strata->used) {
		for (size_t side = 0; side < 2; side++)
			plain[side].strata = NULL;
		if (!bpr_i_stratified(plain, 1, w->confidence, w->clusters, &within))
			return false;
		f->p = within.known && within.cluster_p > f->p ? within.cluster_p : f->p;
		return true;
	}
	if (!bpr_i_stratified(w->sides, strata->count, w->confidence, w->clusters, &within))
		return false;
	f->strata = strata->count;
	f->strata_used = strata->used;
	f->strata_share = strata->share;
	if (!within.known)
		return true;
	f->strata_effect = within.effect;
	f->adjusted = within.mean;
	f->p = within.cluster_p > within.p ? within.cluster_p : within.p;
	return true;
}

static bool compare(struct work *w)
{
	struct bpr_evidence_figure *f = w->figure;
	double error = 0;

	f->before_count = w->sides[0].n;
	f->after_count = w->sides[1].n;
	f->before_known = w->sides[0].n > 0;
	f->after_known = w->sides[1].n > 0;
	if (!f->before_known && !f->after_known)
		return true;
	f->before_sd = sqrt(w->moments[0].variance);
	f->after_sd = sqrt(w->moments[1].variance);
	w->clusters = (!f->before_known || w->sides[0].groups >= BPR_EVIDENCE_DAYS) && (!f->after_known || w->sides[1].groups >= BPR_EVIDENCE_DAYS);
	if (!mean_design(w, 0, &f->design_before) || !mean_design(w, 1, &f->design_after))
		return false;
	if (f->rate) {
		error = compare_rates(w);
		f->effect = f->mean.known ? (1 - f->mean.change) / 2 : (double)NAN;
	} else if (!compare_values(w, &error)) {
		return false;
	}
	if (!f->before_known || !f->after_known)
		return true;
	f->verdict = BPR_EFFECT_NOT_SHOWN;
	f->same = all_same(w);
	if (f->same)
		return true;
	/* Four of five: the quantile of a normal distribution at 80 % beside that of the confidence. */
	f->detectable = error * (w->quantile + gsl_cdf_ugaussian_Pinv(0.8));
	return main_test(w);
}

bool bpr_i_evidence_figure(bpr_evidence *e, enum bpr_evidence_key key)
{
	struct work w = { .evidence = e, .figure = &e->figures[key], .confidence = e->options.confidence };
	bool good;

	*w.figure = (struct bpr_evidence_figure){ .key = key, .rate = bpr_i_evidence_rate(key), .u = (double)NAN, .u_p = (double)NAN,
		.welch_p = (double)NAN, .effect = (double)NAN, .design_before = 1, .design_after = 1, .strata_effect = (double)NAN, .p = (double)NAN, .holm_p = (double)NAN, .verdict = BPR_EFFECT_UNKNOWN };
	w.quantile = gsl_cdf_ugaussian_Pinv((1 + w.confidence) / 2);
	good = take_side(&w, 0) && take_side(&w, 1) && compare(&w);
	release(&w);
	return good;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Like with like: strata of the case mix and the season, and what is compared within them. */
#include "config.h"
#include "base/alloc_i.h"
#include "mine/dict_i.h"
#include "mine/evidence_i.h"
#include <bpr/calendar.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- which cases belong together ---- */

static uint32_t key_of(struct bpr_dict *dict, const bpr_evidence *e, const struct bpr_cases *c, size_t i, bool weekday, bool month)
{
	uint32_t key[BPR_LOG_BY_MAX + 2] = { 0 };
	const size_t by = e->strata.by_count;
	int year, of_year = 0, day;

	for (size_t k = 0; k < by; k++)
		key[k] = c->by[i * by + k];
	if (month)
		bpr_date_parts(c->days[i], &year, &of_year, &day);
	key[by] = weekday ? (uint32_t)((c->days[i] % 7 + 10) % 7) + 1 : 0; /* 1970-01-01 was a Thursday */
	key[by + 1] = (uint32_t)of_year;
	return bpr_i_dict_add(dict, (const char *)key, (by + 2) * sizeof(*key));
}

/* Numbers the strata of all cases; those with two cases on both sides are used. False: out of memory. */
static bool divide(bpr_evidence *e, bool weekday, bool month, struct bpr_strata *out)
{
	struct bpr_dict dict = { 0 };
	uint32_t *counts = NULL;
	bool good = true;

	*out = e->strata;
	out->weekday = weekday;
	out->month = month;
	for (size_t side = 0; side < 2; side++)
		for (size_t i = 0; i < e->cases[side].count && good; i++)
			good = (e->cases[side].strata[i] = key_of(&dict, e, &e->cases[side], i, weekday, month)) != BPR_DICT_NONE;
	out->count = dict.count;
	out->used = 0;
	out->share = 1;
	counts = good ? bpr_i_calloc(2 * out->count, sizeof(*counts)) : NULL;
	for (size_t side = 0; counts && side < 2; side++)
		for (size_t i = 0; i < e->cases[side].count; i++)
			counts[2 * e->cases[side].strata[i] + side]++;
	for (size_t h = 0; counts && h < out->count; h++)
		out->used += counts[2 * h] > 1 && counts[2 * h + 1] > 1;
	for (size_t side = 0; counts && side < 2; side++) {
		struct bpr_cases *c = &e->cases[side];
		size_t used = 0;

		for (size_t i = 0; i < c->count; i++) {
			const uint32_t *of = counts + 2 * (size_t)c->strata[i];

			if (of[0] > 1 && of[1] > 1)
				used++;
			else
				c->strata[i] = BPR_LOG_NONE;
		}
		out->share = fmin(out->share, c->count ? (double)used / (double)c->count : 0);
	}
	bpr_i_free(counts);
	bpr_i_dict_release(&dict);
	return counts != NULL;
}

/* Months, then weekdays are given up where too few cases have their like on the other side. */
bool bpr_i_evidence_strata(bpr_evidence *e)
{
	struct bpr_strata plain, tried;
	const double nearly = 0.9;

	if (!divide(e, false, false, &plain))
		return false;
	for (int month = 1; e->options.season && month >= 0; month--) {
		if (!divide(e, true, month, &tried))
			return false;
		if (tried.count > 1 && tried.share >= nearly * plain.share) {
			/* All of one month: nothing is made of months. */
			e->strata = tried;
			return true;
		}
	}
	if (e->options.season && !divide(e, false, false, &plain))
		return false;
	e->strata = plain;
	if (plain.count < 2)
		e->strata.count = e->strata.used = 0;
	return true;
}

/* ---- what is compared within strata ---- */

/* Cases of a stratum, one side. */
struct part { size_t from, n; double mean, variance, weight_mean; };

struct slot { uint32_t stratum; double x; size_t at; };

static int by_stratum(const void *a, const void *b)
{
	const struct slot *p = a, *q = b;

	if (p->stratum != q->stratum)
		return p->stratum < q->stratum ? -1 : 1;
	if (p->x < q->x || p->x > q->x)
		return p->x < q->x ? -1 : 1;
	return (p->at > q->at) - (p->at < q->at);
}

struct work {
	struct slot *slots[2];   /* by stratum, then by value */
	double *values[2];       /* the same */
	double *ranks[2], *means[2]; /* influence of each case on the effect and the mean */
	size_t n[2];
	double effect, weight, null; /* sums over strata */
	double mean[2], variance[2], share;
};

static void release(struct work *w)
{
	for (size_t side = 0; side < 2; side++) {
		bpr_i_free(w->slots[side]);
		bpr_i_free(w->values[side]);
		bpr_i_free(w->ranks[side]);
		bpr_i_free(w->means[side]);
	}
}

static bool arrange(const struct bpr_sample sides[2], struct work *w)
{
	for (size_t side = 0; side < 2; side++) {
		const struct bpr_sample *s = &sides[side];

		w->slots[side] = bpr_i_calloc(s->n, sizeof(*w->slots[side]));
		w->values[side] = bpr_i_calloc(s->n, sizeof(double));
		w->ranks[side] = bpr_i_calloc(s->n, sizeof(double));
		w->means[side] = bpr_i_calloc(s->n, sizeof(double));
		if (!w->slots[side] || !w->values[side] || !w->ranks[side] || !w->means[side])
			return false;
		for (size_t i = 0; i < s->n; i++)
			if (!s->strata || s->strata[i] != BPR_LOG_NONE)
				w->slots[side][w->n[side]++] = (struct slot){ s->strata ? s->strata[i] : 0, s->x[i], i };
		qsort(w->slots[side], w->n[side], sizeof(*w->slots[side]), by_stratum);
		for (size_t i = 0; i < w->n[side]; i++)
			w->values[side][i] = w->slots[side][i].x;
	}
	return true;
}

static size_t part_end(const struct work *w, size_t side, size_t from, uint32_t stratum)
{
	while (from < w->n[side] && w->slots[side][from].stratum == stratum)
		from++;
	return from;
}

/* A stratum: cases [from, to) of both sides. van Elteren's weight of its effect is m n / (m + n + 1). */
static void add_stratum(struct work *w, const size_t from[2], const size_t to[2])
{
	const double *a = w->values[0] + from[0], *b = w->values[1] + from[1];
	const size_t m = to[0] - from[0], n = to[1] - from[1];
	const double pairs = (double)m * (double)n, weight = pairs / (double)(m + n + 1), all = (double)(m + n);
	const struct bpr_rank_test test = bpr_i_rank_test(a, m, b, n);
	const struct bpr_moments of[2] = { bpr_i_moments(a, m), bpr_i_moments(b, n) };

	w->effect += weight * test.effect;
	w->weight += weight;
	w->null += weight * weight * bpr_i_rank_variance(a, m, b, n) / pairs / pairs;
	bpr_i_placements(a, m, b, n, false, w->ranks[0] + from[0]);
	bpr_i_placements(b, n, a, m, true, w->ranks[1] + from[1]);
	for (size_t side = 0; side < 2; side++) {
		const double count = (double)of[side].n;

		for (size_t i = from[side]; i < to[side]; i++) {
			w->ranks[side][i] = weight * (w->ranks[side][i] - test.effect) / count;
			w->means[side][i] = all * (w->values[side][i] - of[side].mean) / count;
		}
		w->mean[side] += all * of[side].mean;
		w->variance[side] += all * all * of[side].variance / count;
	}
	w->share += all;
}

/* Variance of a side's sum of influences, days as clusters; slots tell which day. NAN: out of memory. */
static double clustered(const struct work *w, const struct bpr_sample *s, size_t side, const double *influence, int32_t *days, size_t *groups)
{
	for (size_t i = 0; i < w->n[side]; i++)
		days[i] = s->days[w->slots[side][i].at];
	return bpr_i_cluster_variance(influence, days, w->n[side], groups);
}

static void conclude(struct work *w, const struct bpr_sample sides[2], double confidence, const double ranks[2], const double means[2],
		     const size_t groups[2], struct bpr_stratified *out)
{
	double error[2], df[2], all, off;

	out->known = w->weight > 0;
	if (!out->known)
		return;
	out->effect = w->effect / w->weight;
	off = fabs(w->effect - w->weight / 2);
	out->p = w->null > 0 ? 2 * gsl_cdf_ugaussian_Q(off / sqrt(w->null)) : 1;
	if (ranks[0] + ranks[1] > 0)
		out->cluster_p = bpr_i_student_p(off / sqrt(ranks[0] + ranks[1]),
						 bpr_i_satterthwaite(ranks[0], (double)groups[0] - 1, ranks[1], (double)groups[1] - 1));
	for (size_t side = 0; side < 2; side++) {
		const double of_cases = w->variance[side] / w->share / w->share, of_days = means[side] / w->share / w->share;

		error[side] = of_days > of_cases ? of_days : of_cases; /* not where of_days is NAN */
		df[side] = of_days > of_cases ? (double)groups[side] - 1 : (double)w->n[side] - 1;
	}
	(void)sides;
	out->mean.known = true;
	out->mean.before = w->mean[0] / w->share;
	out->mean.after = w->mean[1] / w->share;
	out->mean.change = out->mean.after - out->mean.before;
	all = bpr_i_satterthwaite(error[0], df[0], error[1], df[1]);
	off = all > 0 ? bpr_i_student_quantile((1 + confidence) / 2, all) * sqrt(error[0] + error[1]) : 0;
	out->mean.low = out->mean.change - off;
	out->mean.high = out->mean.change + off;
	for (size_t side = 0; side < 2; side++) {
		const double at = side ? out->mean.after : out->mean.before;

		off = df[side] > 0 && error[side] > 0 ? bpr_i_student_quantile((1 + confidence) / 2, df[side]) * sqrt(error[side]) : 0;
		*(side ? &out->mean.after_low : &out->mean.before_low) = at - off;
		*(side ? &out->mean.after_high : &out->mean.before_high) = at + off;
	}
}

bool bpr_i_stratified(const struct bpr_sample sides[2], size_t strata, double confidence, bool clusters, struct bpr_stratified *out)
{
	struct work w = { 0 };
	double ranks[2] = { (double)NAN, (double)NAN }, means[2] = { (double)NAN, (double)NAN };
	size_t groups[2] = { 0, 0 }, at[2] = { 0, 0 };
	int32_t *days = NULL;
	bool good = arrange(sides, &w);

	(void)strata;
	*out = (struct bpr_stratified){ .effect = (double)NAN, .p = (double)NAN, .cluster_p = (double)NAN };
	while (good && at[0] < w.n[0] && at[1] < w.n[1]) {
		const uint32_t a = w.slots[0][at[0]].stratum, b = w.slots[1][at[1]].stratum, stratum = a < b ? a : b;
		const size_t to[2] = { part_end(&w, 0, at[0], stratum), part_end(&w, 1, at[1], stratum) };

		if (to[0] - at[0] > 1 && to[1] - at[1] > 1)
			add_stratum(&w, at, to);
		at[0] = to[0];
		at[1] = to[1];
	}
	for (size_t side = 0; side < 2 && good && clusters; side++) {
		days = bpr_i_calloc(w.n[side], sizeof(*days));
		good = days != NULL;
		if (good) {
			ranks[side] = clustered(&w, &sides[side], side, w.ranks[side], days, &groups[side]);
			means[side] = clustered(&w, &sides[side], side, w.means[side], days, &groups[side]);
			good = groups[side] || !w.n[side];
		}
		bpr_i_free(days);
	}
	if (good)
		conclude(&w, sides, confidence, ranks, means, groups, out);
	release(&w);
	return good;
}

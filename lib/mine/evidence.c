/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two logs compared: their cases, figure by figure, and what many tests together are worth. */
#include "config.h"
#include "base/alloc_i.h"
#include "base/num_i.h"
#include "base/options_i.h"
#include "base/problem_i.h"
#include "mine/evidence_i.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- sides ---- */

static int by_day(const void *a, const void *b)
{
	const int32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static bool count_days(struct bpr_cases *c)
{
	int32_t *days = bpr_i_calloc(c->count, sizeof(*days));

	if (!days)
		return false;
	if (c->count) {
		memcpy(days, c->days, c->count * sizeof(*days));
		qsort(days, c->count, sizeof(*days), by_day);
		c->side.first = days[0];
		c->side.last = days[c->count - 1];
	}
	for (size_t i = 0; i < c->count; i++)
		c->side.days += !i || days[i] != days[i - 1];
	c->side.kept = c->count;
	bpr_i_free(days);
	return true;
}

/* Rows of steps of one side, allocated; *count. */
static struct bpr_life_step *survive(struct bpr_cases *c, double z, size_t *count)
{
	struct bpr_life_step *steps = bpr_i_calloc(c->count, sizeof(*steps));

	bpr_i_life_sort(c->lives, c->count);
	*count = steps ? bpr_i_kaplan_meier(c->lives, c->count, z, steps) : 0;
	return steps;
}

static double reached(double minutes)
{
	return isinf(minutes) ? (double)NAN : minutes;
}

/* Lives are sorted here: nothing may need them in the order of cases any more. */
static bool compare_lives(bpr_evidence *e)
{
	struct bpr_evidence_survival *s = &e->survival;
	const double z = gsl_cdf_ugaussian_Pinv((1 + e->options.confidence) / 2);
	struct bpr_logrank test;

	*s = (struct bpr_evidence_survival){ .chi2 = (double)NAN, .p = (double)NAN };
	for (size_t side = 0; side < 2; side++) {
		size_t count;
		struct bpr_life_step *steps = survive(&e->cases[side], z, &count);
		const struct bpr_range median = bpr_i_life_quantile(steps, count, 0.5);

		if (!steps)
			return false;
		*(side ? &s->after : &s->before) = reached(median.at);
		*(side ? &s->after_low : &s->before_low) = reached(median.low);
		*(side ? &s->after_high : &s->before_high) = reached(median.high);
		bpr_i_free(steps);
	}
	test = bpr_i_logrank(e->cases[0].lives, e->cases[0].count, e->cases[1].lives, e->cases[1].count);
	s->known = !isnan(test.p);
	s->chi2 = test.chi2;
	s->p = test.p;
	return true;
}

/* ---- verdicts ---- */

static void judge(bpr_evidence *e)
{
	double p[BPR_EVIDENCE_KEY_COUNT];

	for (size_t k = 0; k < BPR_EVIDENCE_KEY_COUNT; k++)
		p[k] = e->figures[k].p;
	bpr_i_holm(p, BPR_EVIDENCE_KEY_COUNT);
	for (size_t k = 0; k < BPR_EVIDENCE_KEY_COUNT; k++) {
		struct bpr_evidence_figure *f = &e->figures[k];
		const double effect = isnan(f->strata_effect) ? f->effect : f->strata_effect;
		const bool less = effect > 0.5, good = bpr_evidence_key_get(f->key)->better < 0;

		f->holm_p = p[k];
		if (f->verdict != BPR_EFFECT_UNKNOWN && f->holm_p < 1 - e->options.confidence)
			f->verdict = less == good ? BPR_EFFECT_BETTER : BPR_EFFECT_WORSE;
	}
}

/* ---- what is told ---- */

static void tell(const bpr_evidence *e, bpr_problems *problems)
{
	for (size_t side = 0; side < 2; side++) {
		const struct bpr_evidence_side *s = &e->cases[side].side;
		const struct bpr_place place = { .file = s->name };
		char a[40], b[40];

		if (!s->cases)
			continue;
		(void)bpr_i_num_format(a, sizeof(a), (double)s->kept);
		(void)bpr_i_num_format(b, sizeof(b), (double)s->cases);
		if (s->kept < s->cases)
			(void)bpr_i_problem(problems, BPR_I_L701, &place, false, a, b, NULL, NULL);
		(void)bpr_i_num_format(a, sizeof(a), (double)s->days);
		if (s->days < BPR_EVIDENCE_DAYS && !e->single)
			(void)bpr_i_problem(problems, BPR_I_L702, &place, false, a, NULL, NULL, NULL);
		(void)bpr_i_num_format(a, sizeof(a), (double)s->straddling);
		if (s->straddling)
			(void)bpr_i_problem(problems, BPR_I_L704, &place, false, a, NULL, NULL, NULL);
	}
}

static void tell_series(const bpr_evidence *e, bpr_problems *problems)
{
	const struct bpr_evidence_series *s = &e->series[BPR_EVIDENCE_CYCLE];
	char a[40], b[40];

	if (!e->options.dated || s->known)
		return;
	(void)bpr_i_num_format(a, sizeof(a), (double)s->before);
	(void)bpr_i_num_format(b, sizeof(b), (double)s->after);
	(void)bpr_i_problem(problems, BPR_I_L703, NULL, false, a, b, NULL, NULL);
}

/* ---- all of it ---- */

static bpr_status compare(bpr_evidence *e, bpr_problems *problems, struct bpr_error *err)
{
	bpr_status failed = bpr_i_evidence_gather(e, problems, err);

	if (failed)
		return failed;
	if (!count_days(&e->cases[0]) || !count_days(&e->cases[1]))
		return bpr_i_nomem(err);
	for (size_t side = e->single; side < 2; side++)
		if (!e->cases[side].side.cases)
			return bpr_i_fail(err, BPR_EINVAL, !e->split ? BPR_I_L705 : side ? BPR_I_L707 : BPR_I_L706, e->cases[side].side.name, 0,
					  e->cases[side].side.name, NULL);
	if (!e->single && !bpr_i_evidence_strata(e))
		return bpr_i_nomem(err);
	for (size_t k = 0; k < BPR_EVIDENCE_KEY_COUNT; k++)
		if (!bpr_i_evidence_figure(e, (enum bpr_evidence_key)k) ||
		    (e->options.dated && !e->single && !bpr_i_evidence_series(e, (enum bpr_evidence_key)k)))
			return bpr_i_nomem(err);
	if (!compare_lives(e))
		return bpr_i_nomem(err);
	judge(e);
	tell(e, problems);
	tell_series(e, problems);
	return bpr_i_problems_nomem(problems) ? bpr_i_nomem(err) : BPR_OK;
}

bpr_status bpr_evidence_compare(const bpr_log *before, const bpr_log *after, const struct bpr_evidence_options *options, bpr_evidence **out,
				bpr_problems *problems, struct bpr_error *err)
{
	struct bpr_evidence_options o = BPR_EVIDENCE_OPTIONS_INIT;
	bpr_evidence *e;
	bpr_status failed;

	*out = NULL;
	if (!bpr_i_options(&o, options) || !after || !(o.confidence > 0.5 && o.confidence < 1) || o.bootstrap < 100 || o.samples < 2)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_L700, NULL, 0, NULL, NULL);
	e = bpr_i_calloc(1, sizeof(*e));
	if (!e)
		return bpr_i_nomem(err);
	e->options = o;
	e->logs[0] = before;
	e->logs[1] = after;
	e->single = !before;
	e->split = before == after && o.dated;
	for (size_t side = e->single; side < 2; side++)
		e->cases[side].side.name = bpr_log_info(e->logs[side]).name;
	failed = compare(e, problems, err);
	if (failed) {
		bpr_evidence_free(e);
		return failed;
	}
	*out = e;
	return BPR_OK;
}

void bpr_evidence_free(bpr_evidence *e)
{
	if (!e)
		return;
	for (size_t k = 0; k < BPR_EVIDENCE_KEY_COUNT; k++)
		bpr_i_free((void *)(uintptr_t)e->series[k].points);
	bpr_i_cases_release(&e->cases[0]);
	bpr_i_cases_release(&e->cases[1]);
	bpr_i_free(e);
}

const struct bpr_evidence_options *bpr_evidence_options(const bpr_evidence *e)
{
	return &e->options;
}

const struct bpr_evidence_figure *bpr_evidence_figures(const bpr_evidence *e, size_t *count)
{
	*count = BPR_EVIDENCE_KEY_COUNT;
	return e->figures;
}

const struct bpr_evidence_side *bpr_evidence_side(const bpr_evidence *e, bool after)
{
	return after || !e->single ? &e->cases[after].side : NULL;
}

const struct bpr_evidence_survival *bpr_evidence_survival(const bpr_evidence *e)
{
	return &e->survival;
}

const struct bpr_evidence_series *bpr_evidence_series(const bpr_evidence *e, enum bpr_evidence_key key)
{
	return (size_t)key < BPR_EVIDENCE_KEY_COUNT ? &e->series[key] : NULL;
}

const double *bpr_evidence_values(const bpr_evidence *e, enum bpr_evidence_key key, bool after, size_t *count)
{
	*count = (size_t)key < BPR_EVIDENCE_KEY_COUNT ? e->cases[after].sorted_count[key] : 0;
	return *count ? e->cases[after].sorted[key] : NULL;
}

bool bpr_evidence_by_weekday(const bpr_evidence *e)
{
	return e->strata.used && e->strata.weekday;
}

bool bpr_evidence_by_month(const bpr_evidence *e)
{
	return e->strata.used && e->strata.month;
}

size_t bpr_evidence_by(const bpr_evidence *e, const char *const **headings)
{
	*headings = e->by;
	return e->strata.by_count;
}

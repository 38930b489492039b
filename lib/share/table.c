/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Several municipalities on the same measures: of a case, and for 10,000 residents and a year; quartiles over them; what each kind of
 * lever brings alone, applied to each town's own before.
 */
#include "config.h"
#include "share/share_i.h"
#include <bpr/text.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RESIDENTS 10000.0

static const enum bpr_metric metrics[BPR_SHARE_METRIC_COUNT] = {
	BPR_METRIC_COUNTER_VISITS, BPR_METRIC_TRIPS, BPR_METRIC_FORMS_WRITTEN, BPR_METRIC_FIELDS_WRITTEN, BPR_METRIC_SEALS,
	BPR_METRIC_CITIZEN_MINUTES, BPR_METRIC_WORK_MINUTES, BPR_METRIC_COST_YEN,
};

struct town {
	const bpr_share *share;
	bpr_analysis *before, *after;
	double cases;
	struct bpr_share_figure figures[BPR_SHARE_METRIC_COUNT];
};

struct bpr_share_table {
	struct town *towns; size_t count;
	enum bpr_lever_kind *kinds; size_t kind_count;
	struct bpr_share_lever_effect *effects; /* [kind_count * count] */
};

enum bpr_metric bpr_share_metric(size_t i)
{
	return i < BPR_SHARE_METRIC_COUNT ? metrics[i] : BPR_METRIC_COUNT;
}

void bpr_share_table_free(bpr_share_table *t)
{
	if (!t)
		return;
	for (size_t i = 0; t->towns && i < t->count; i++) {
		bpr_analysis_free(t->towns[i].before);
		bpr_analysis_free(t->towns[i].after);
	}
	bpr_i_free(t->towns);
	bpr_i_free(t->kinds);
	bpr_i_free(t->effects);
	bpr_i_free(t);
}

/* ---- figures ---- */

static double unit_of(enum bpr_metric metric)
{
	return bpr_metric_get(metric)->quantity == BPR_QUANTITY_MINUTES ? 60 : 1;
}

static bool figure_of(const bpr_analysis *a, enum bpr_metric metric, double *out)
{
	const struct bpr_figure *f = a ? bpr_analysis_figure(a, metric) : NULL;

	*out = f && f->method != BPR_METHOD_NONE ? f->mean : 0;
	return f && f->method != BPR_METHOD_NONE;
}

static void fill_figures(struct town *t)
{
	/* Cases a year for 10,000 residents: of the before's demand, so that an after that needs fewer visits is not made better by fewer cases. */
	double per = t->cases > 0 ? t->cases * RESIDENTS / bpr_share_population(t->share) : 0;

	for (size_t i = 0; i < BPR_SHARE_METRIC_COUNT; i++) {
		struct bpr_share_figure *f = &t->figures[i];

		f->known = figure_of(t->before, metrics[i], &f->before);
		f->after_known = figure_of(t->after, metrics[i], &f->after) && f->known;
		f->change = f->after_known ? f->after - f->before : 0;
		f->per_known = per > 0 && f->known;
		f->per_before = f->before * per / unit_of(metrics[i]);
		f->per_after = f->after * per / unit_of(metrics[i]);
		f->per_change = f->change * per / unit_of(metrics[i]);
	}
}

static bpr_status fail_in(struct bpr_error *err, const bpr_share *share, bpr_status status)
{
	if (err && !*err->element) /* which pack it is */
		(void)bpr_text_safe(bpr_share_name(share), err->element, sizeof(err->element));
	return status;
}

static bpr_status analyse(struct town *t, const bpr_share *share, bpr_problems *problems, struct bpr_error *err)
{
	bpr_status status;

	t->share = share;
	t->cases = bpr_flow_cases_per_year(bpr_share_before(share));
	status = bpr_analyse(bpr_share_before(share), NULL, &t->before, problems, err);
	if (!status && bpr_share_after(share))
		status = bpr_analyse(bpr_share_after(share), NULL, &t->after, problems, err);
	if (status)
		return fail_in(err, share, status);
	fill_figures(t);
	return BPR_OK;
}

/* ---- levers ---- */

static bool has_kind(const bpr_levers *levers, size_t i, enum bpr_lever_kind kind)
{
	const struct bpr_lever *l = bpr_levers_get(levers, i);

	for (size_t k = 0; k < l->action_count; k++)
		if (l->actions[k].kind == kind)
			return true;
	return false;
}

/* The levers of that kind, with what they need. */
static bool choose(const bpr_levers *levers, enum bpr_lever_kind kind, bool *chosen)
{
	size_t count = bpr_levers_count(levers);
	bool any = false;

	for (size_t i = 0; i < count; i++)
		any |= chosen[i] = has_kind(levers, i, kind);
	for (bool more = any; more;) {
		more = false;
		for (size_t i = 0; i < count; i++) {
			const struct bpr_lever *l = bpr_levers_get(levers, i);

			for (size_t k = 0; chosen[i] && k < l->need_count; k++)
				if (!chosen[l->needs[k]])
					more = chosen[l->needs[k]] = true;
		}
	}
	return any;
}

static double saved(const struct town *t, const bpr_analysis *after, enum bpr_metric metric)
{
	double a, b;

	return figure_of(t->before, metric, &a) && figure_of(after, metric, &b) ? a - b : 0;
}

static bpr_status value(const struct town *t, enum bpr_lever_kind kind, struct bpr_share_lever_effect *e, struct bpr_error *err)
{
	const bpr_levers *levers = bpr_share_levers(t->share);
	size_t count = levers ? bpr_levers_count(levers) : 0;
	bool *flags = bpr_i_calloc(2 * count + 1, sizeof(*flags));
	bpr_analysis *after = NULL;
	bpr_flow *flow = NULL;
	bpr_status status = BPR_OK;

	if (!flags)
		return bpr_i_nomem(err);
	e->used = count && choose(levers, kind, flags);
	if (e->used)
		status = bpr_levers_apply(bpr_share_before(t->share), levers, flags, flags + count, &flow, NULL, err);
	if (e->used && !status) {
		e->fits = true;
		for (size_t i = 0; i < count; i++)
			e->fits &= !(flags[i] && has_kind(levers, i, kind) && flags[count + i]);
		status = bpr_analyse(flow, NULL, &after, NULL, err);
	}
	if (!status && after) {
		e->minutes_citizen = saved(t, after, BPR_METRIC_CITIZEN_MINUTES);
		e->minutes_staff = saved(t, after, BPR_METRIC_WORK_MINUTES);
		e->fields = saved(t, after, BPR_METRIC_FIELDS_WRITTEN);
		e->seals = saved(t, after, BPR_METRIC_SEALS);
		e->visits = saved(t, after, BPR_METRIC_COUNTER_VISITS);
		e->hours_per_10000 = (e->minutes_citizen + e->minutes_staff) / 60 * t->cases * RESIDENTS / bpr_share_population(t->share);
	}
	if (status == BPR_EINVAL || status == BPR_ENOEXIT) { /* alone it leaves no flow: it does not fit */
		e->fits = false;
		status = BPR_OK;
	}
	bpr_analysis_free(after);
	bpr_flow_free(flow);
	bpr_i_free(flags);
	return status;
}

static bool find_kinds(bpr_share_table *t)
{
	t->kinds = bpr_i_calloc(BPR_LEVER_KIND_COUNT, sizeof(*t->kinds));
	for (size_t kind = 0; t->kinds && kind < BPR_LEVER_KIND_COUNT; kind++) {
		bool any = false;

		for (size_t i = 0; i < t->count && !any; i++) {
			const bpr_levers *levers = bpr_share_levers(t->towns[i].share);

			for (size_t k = 0; levers && k < bpr_levers_count(levers) && !any; k++)
				any = has_kind(levers, k, (enum bpr_lever_kind)kind);
		}
		if (any)
			t->kinds[t->kind_count++] = (enum bpr_lever_kind)kind;
	}
	return t->kinds != NULL;
}

static bpr_status value_levers(bpr_share_table *t, struct bpr_error *err)
{
	bpr_status status = BPR_OK;

	if (!find_kinds(t))
		return bpr_i_nomem(err);
	t->effects = bpr_i_calloc(t->kind_count * t->count + 1, sizeof(*t->effects));
	if (!t->effects)
		return bpr_i_nomem(err);
	for (size_t k = 0; k < t->kind_count && !status; k++)
		for (size_t i = 0; i < t->count && !status; i++)
			status = value(&t->towns[i], t->kinds[k], &t->effects[k * t->count + i], err);
	return status;
}

bpr_status bpr_share_table_new(const bpr_share *const *shares, size_t count, bpr_share_table **out, bpr_problems *problems, struct bpr_error *err)
{
	bpr_share_table *t = bpr_i_calloc(1, sizeof(*t));
	bpr_status status = BPR_OK;

	*out = NULL;
	if (t)
		t->towns = bpr_i_calloc(count + 1, sizeof(*t->towns));
	if (!t || !t->towns) {
		bpr_share_table_free(t);
		return bpr_i_nomem(err);
	}
	t->count = count;
	for (size_t i = 0; i < count && !status; i++)
		status = analyse(&t->towns[i], shares[i], problems, err);
	if (!status)
		status = value_levers(t, err);
	if (status) {
		bpr_share_table_free(t);
		return status;
	}
	*out = t;
	return BPR_OK;
}

/* ---- what it holds ---- */

size_t bpr_share_table_count(const bpr_share_table *t)
{
	return t->count;
}

const bpr_share *bpr_share_table_share(const bpr_share_table *t, size_t town)
{
	return t->towns[town].share;
}

const struct bpr_share_figure *bpr_share_table_figure(const bpr_share_table *t, size_t town, size_t metric)
{
	return &t->towns[town].figures[metric];
}

double bpr_share_table_cases(const bpr_share_table *t, size_t town)
{
	return t->towns[town].cases;
}

size_t bpr_share_table_lever_count(const bpr_share_table *t)
{
	return t->kind_count;
}

enum bpr_lever_kind bpr_share_table_lever(const bpr_share_table *t, size_t lever)
{
	return t->kinds[lever];
}

const struct bpr_share_lever_effect *bpr_share_table_effect(const bpr_share_table *t, size_t lever, size_t town)
{
	return &t->effects[lever * t->count + town];
}

static int rising(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Definition 7: with n values sorted, the quantile p lies at (n - 1) p between the neighbours. */
static double quantile(const double *x, size_t n, double p)
{
	double h = (double)(n - 1) * p, low = floor(h);
	size_t i = (size_t)low;

	return i + 1 < n ? x[i] + (h - low) * (x[i + 1] - x[i]) : x[n - 1];
}

static bool view_of(const struct bpr_share_figure *f, enum bpr_share_view view, double *out)
{
	switch (view) {
	case BPR_SHARE_BEFORE: *out = f->before; return f->known;
	case BPR_SHARE_AFTER: *out = f->after; return f->after_known;
	case BPR_SHARE_CHANGE: *out = f->change; return f->after_known;
	case BPR_SHARE_CHANGE_PER: *out = f->per_change; return f->per_known && f->after_known;
	case BPR_SHARE_VIEW_COUNT: break;
	}
	return false;
}

struct bpr_share_quartiles bpr_share_table_quartiles(const bpr_share_table *t, size_t metric, enum bpr_share_view view)
{
	struct bpr_share_quartiles q = { .known = false };
	double *x = bpr_i_calloc(t->count + 1, sizeof(*x));

	for (size_t i = 0; x && i < t->count; i++)
		q.count += view_of(&t->towns[i].figures[metric], view, &x[q.count]);
	if (x && q.count > 1) {
		qsort(x, q.count, sizeof(*x), rising);
		q = (struct bpr_share_quartiles){ true, x[0], quantile(x, q.count, 0.25), quantile(x, q.count, 0.5), quantile(x, q.count, 0.75),
						  x[q.count - 1], q.count };
	}
	bpr_i_free(x);
	return q;
}

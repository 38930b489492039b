/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two logs as JSON: bpr.evidence/1. What is not known is null. */
#include "config.h"
#include "report/json_parts_i.h"
#include "study/evidence_i.h"
#include <bpr/calendar.h>
#include <math.h>
#include <stdio.h>

static void put_date(struct bpr_json *j, const char *name, long date, bool known)
{
	char text[24];
	int year, month, day;

	bpr_date_parts(date, &year, &month, &day);
	(void)snprintf(text, sizeof(text), "%04d-%02d-%02d", year, month, day);
	bpr_i_json_string(j, name, known ? text : NULL);
}

static void put_options(struct bpr_json *j, const bpr_evidence *e)
{
	const struct bpr_evidence_options *o = bpr_evidence_options(e);

	bpr_i_json_object(j, "options");
	bpr_i_json_number(j, "confidence", o->confidence);
	bpr_i_json_whole(j, "bootstrap", o->bootstrap);
	bpr_i_json_whole(j, "seed", o->seed);
	put_date(j, "change_date", o->change, o->dated);
	bpr_i_json_end_object(j);
}

static void put_side(struct bpr_json *j, const char *name, const struct bpr_evidence_side *s)
{
	if (!s) {
		bpr_i_json_null(j, name);
		return;
	}
	bpr_i_json_object(j, name);
	bpr_i_json_string(j, "name", s->name);
	bpr_i_json_whole(j, "cases", s->cases);
	bpr_i_json_whole(j, "finished", s->finished);
	bpr_i_json_whole(j, "unfinished", s->unfinished);
	bpr_i_json_whole(j, "cancelled", s->cancelled);
	bpr_i_json_whole(j, "kept", s->kept);
	bpr_i_json_whole(j, "straddling", s->straddling);
	bpr_i_json_whole(j, "days", s->days);
	put_date(j, "first", s->first, true);
	put_date(j, "last", s->last, true);
	bpr_i_json_end_object(j);
}

static void put_strata(struct bpr_json *j, const bpr_evidence *e)
{
	const char *const *by;
	const size_t attributes = bpr_evidence_by(e, &by);
	size_t count;
	const struct bpr_evidence_figure *f = bpr_evidence_figures(e, &count);

	if (!f[BPR_EVIDENCE_CYCLE].strata_used) {
		bpr_i_json_null(j, "strata");
		return;
	}
	bpr_i_json_object(j, "strata");
	bpr_i_json_array(j, "by");
	for (size_t i = 0; i < attributes; i++)
		bpr_i_json_string(j, NULL, by[i]);
	bpr_i_json_end_array(j);
	bpr_i_json_bool(j, "weekday", bpr_evidence_by_weekday(e));
	bpr_i_json_bool(j, "month", bpr_evidence_by_month(e));
	bpr_i_json_whole(j, "count", f[BPR_EVIDENCE_CYCLE].strata);
	bpr_i_json_whole(j, "used", f[BPR_EVIDENCE_CYCLE].strata_used);
	bpr_i_json_number(j, "share", f[BPR_EVIDENCE_CYCLE].strata_share);
	bpr_i_json_end_object(j);
}

static void put_interval(struct bpr_json *j, const char *name, double at, double low, double high, bool known)
{
	if (!known) {
		bpr_i_json_null(j, name);
		return;
	}
	bpr_i_json_object(j, name);
	bpr_i_json_number(j, "value", at);
	bpr_i_json_number(j, "low", low);
	bpr_i_json_number(j, "high", high);
	bpr_i_json_end_object(j);
}

static void put_change(struct bpr_json *j, const char *name, const struct bpr_evidence_change *c, bool before, bool after)
{
	bpr_i_json_object(j, name);
	put_interval(j, "before", c->before, c->before_low, c->before_high, before);
	put_interval(j, "after", c->after, c->after_low, c->after_high, after);
	put_interval(j, "change", c->change, c->low, c->high, c->known);
	bpr_i_json_end_object(j);
}

static void put_tests(struct bpr_json *j, const struct bpr_evidence_figure *f)
{
	bpr_i_json_bool(j, "same", f->same);
	put_interval(j, "shift", f->shift, f->shift_low, f->shift_high, f->shift_known);
	bpr_i_json_number(j, "u", f->u);
	bpr_i_json_number(j, "u_p", f->u_p);
	bpr_i_json_number(j, "mean_p", f->welch_p);
	bpr_i_json_number(j, "effect", f->effect);
	bpr_i_json_number(j, "strata_effect", f->strata_effect);
	if (f->adjusted.known)
		put_change(j, "adjusted", &f->adjusted, true, true);
	else
		bpr_i_json_null(j, "adjusted");
	bpr_i_json_number(j, "p", f->p);
	bpr_i_json_number(j, "holm_p", f->holm_p);
	bpr_i_json_string(j, "verdict", bpr_effect_name(f->verdict));
	bpr_i_put_known(j, "detectable", f->detectable, f->detectable > 0);
}

static void put_figure(struct bpr_json *j, const struct bpr_evidence_figure *f, bool two)
{
	bpr_i_json_object(j, NULL);
	bpr_i_json_string(j, "key", bpr_evidence_key_get(f->key)->key);
	bpr_i_json_bool(j, "rate", f->rate);
	bpr_i_json_whole(j, "before_cases", f->before_count);
	bpr_i_json_whole(j, "after_cases", f->after_count);
	put_change(j, "mean", &f->mean, f->before_known, f->after_known);
	if (!f->rate) {
		put_change(j, "p50", &f->p50, f->before_known, f->after_known);
		put_change(j, "p90", &f->p90, f->before_known, f->after_known);
	}
	bpr_i_put_known(j, "before_sd", f->before_sd, f->before_known);
	bpr_i_put_known(j, "after_sd", f->after_sd, f->after_known);
	bpr_i_put_known(j, "before_design_effect", f->design_before, f->before_known);
	bpr_i_put_known(j, "after_design_effect", f->design_after, f->after_known);
	if (two)
		put_tests(j, f);
	bpr_i_json_end_object(j);
}

static void put_figures(struct bpr_json *j, const bpr_evidence *e)
{
	size_t count;
	const struct bpr_evidence_figure *f = bpr_evidence_figures(e, &count);

	bpr_i_json_array(j, "figures");
	for (size_t i = 0; i < count; i++)
		if (f[i].before_known || f[i].after_known)
			put_figure(j, &f[i], bpr_evidence_side(e, false) != NULL);
	bpr_i_json_end_array(j);
}

static void put_survival(struct bpr_json *j, const bpr_evidence *e)
{
	const struct bpr_evidence_survival *s = bpr_evidence_survival(e);

	if (!s->known) {
		bpr_i_json_null(j, "survival");
		return;
	}
	bpr_i_json_object(j, "survival");
	put_interval(j, "before_median", s->before, s->before_low, s->before_high, true);
	put_interval(j, "after_median", s->after, s->after_low, s->after_high, true);
	bpr_i_json_number(j, "chi2", s->chi2);
	bpr_i_json_number(j, "p", s->p);
	bpr_i_json_end_object(j);
}

static void put_one_series(struct bpr_json *j, enum bpr_evidence_key key, const struct bpr_evidence_series *s)
{
	bpr_i_json_object(j, NULL);
	bpr_i_json_string(j, "key", bpr_evidence_key_get(key)->key);
	bpr_i_json_string(j, "points_are", s->daily ? "days" : "weeks");
	bpr_i_json_whole(j, "before", s->before);
	bpr_i_json_whole(j, "after", s->after);
	bpr_i_json_whole(j, "lag", s->lag);
	bpr_i_json_number(j, "start", s->start);
	put_interval(j, "trend_a_week", s->trend, s->trend_low, s->trend_high, true);
	put_interval(j, "level", s->level, s->level_low, s->level_high, true);
	bpr_i_json_number(j, "level_p", s->level_p);
	put_interval(j, "slope_a_week", s->slope, s->slope_low, s->slope_high, true);
	bpr_i_json_number(j, "slope_p", s->slope_p);
	put_interval(j, "at_end", s->end, s->end_low, s->end_high, true);
	bpr_i_json_array(j, "points");
	for (size_t i = 0; i < s->count; i++) {
		bpr_i_json_object(j, NULL);
		put_date(j, "date", s->points[i].date, true);
		bpr_i_json_whole(j, "cases", s->points[i].cases);
		bpr_i_json_number(j, "value", s->points[i].value);
		bpr_i_json_number(j, "line", s->points[i].fitted);
		bpr_i_json_number(j, "line_without", s->points[i].without);
		bpr_i_json_bool(j, "after", s->points[i].after);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	bpr_i_json_end_object(j);
}

static void put_series(struct bpr_json *j, const bpr_evidence *e)
{
	if (!bpr_evidence_options(e)->dated)
		return;
	bpr_i_json_array(j, "series");
	for (size_t k = 0; k < BPR_EVIDENCE_KEY_COUNT; k++)
		if (bpr_evidence_series(e, (enum bpr_evidence_key)k)->known)
			put_one_series(j, (enum bpr_evidence_key)k, bpr_evidence_series(e, (enum bpr_evidence_key)k));
	bpr_i_json_end_array(j);
}

static void put_members(struct bpr_json *j, const bpr_evidence *e)
{
	put_options(j, e);
	put_side(j, "before", bpr_evidence_side(e, false));
	put_side(j, "after", bpr_evidence_side(e, true));
	put_strata(j, e);
	put_figures(j, e);
	put_survival(j, e);
	put_series(j, e);
}

void bpr_i_put_evidence(struct bpr_json *j, const struct bpr_subject *s, const struct bpr_report_options *options)
{
	bpr_i_put_begin(j, "bpr.evidence/1");
	put_members(j, s->evidence);
	bpr_i_put_warnings(j, s->problems, options->lang);
	bpr_i_json_end_object(j);
}

void bpr_i_put_measured(struct bpr_json *j, const struct bpr_subject *s)
{
	struct bpr_forecast_row rows[BPR_EVIDENCE_KEY_COUNT];
	const size_t count = bpr_i_forecast(s, rows);

	if (!s->evidence)
		return;
	bpr_i_json_object(j, "measured");
	bpr_i_json_array(j, "forecast");
	for (size_t i = 0; i < count; i++) {
		const struct bpr_evidence_change *m = &rows[i].figure->mean;

		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "key", bpr_evidence_key_get(rows[i].key)->key);
		bpr_i_json_bool(j, "simulated", rows[i].simulated);
		bpr_i_json_number(j, "before", rows[i].before);
		bpr_i_json_number(j, "forecast", rows[i].forecast);
		put_interval(j, "before_measured", m->before, m->before_low, m->before_high, rows[i].before_measured);
		put_interval(j, "measured", m->after, m->after_low, m->after_high, true);
		put_interval(j, "reached", rows[i].reached, rows[i].reached_low, rows[i].reached_high, !isnan(rows[i].reached));
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	put_members(j, s->evidence);
	bpr_i_json_end_object(j);
}

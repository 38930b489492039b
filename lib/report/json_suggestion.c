/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levers and roadmap as JSON: bpr.suggestion/1. What is not known or unlimited is null. */
#include "config.h"
#include "report/json_parts_i.h"
#include "base/alloc_i.h"
#include "base/options_i.h"
#include <bpr/metric.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct bpr_json json;

static void put_ids(json *j, const char *name, const bpr_levers *levers, const size_t *list, size_t count)
{
	bpr_i_json_array(j, name);
	for (size_t i = 0; i < count; i++)
		bpr_i_json_string(j, NULL, bpr_levers_get(levers, list[i])->id);
	bpr_i_json_end_array(j);
}

static void put_options(json *j, const struct bpr_subject *s)
{
	struct bpr_suggest_options how = BPR_SUGGEST_OPTIONS_INIT;

	(void)bpr_i_options(&how, s->suggest_options);
	bpr_i_json_object(j, "options");
	bpr_i_json_string(j, "gain", bpr_gain_name(how.gain));
	bpr_i_json_number(j, "budget", how.budget);
	bpr_i_json_number(j, "max_days", how.max_days);
	put_ids(j, "must", s->levers, how.must, how.must_count);
	put_ids(j, "never", s->levers, how.never, how.never_count);
	bpr_i_json_bool(j, "simulate", how.simulate);
	bpr_i_json_number(j, "time_limit_seconds", how.seconds);
	bpr_i_json_end_object(j);
}

static void put_gains(json *j, const struct bpr_lever_value *v)
{
	bpr_i_json_object(j, "gains");
	for (size_t i = 0; i < BPR_GAIN_COUNT; i++)
		bpr_i_json_number(j, bpr_gain_name((enum bpr_gain)i), v->gains[i]);
	bpr_i_json_end_object(j);
}

static void put_value(json *j, const char *name, const struct bpr_lever_value *v)
{
	if (!v->fits) {
		bpr_i_json_null(j, name);
		return;
	}
	bpr_i_json_object(j, name);
	bpr_i_json_number(j, "gain", v->gain);
	put_gains(j, v);
	bpr_i_json_object(j, "change");
	for (size_t i = 0; i < BPR_METRIC_COUNT; i++)
		bpr_i_put_known(j, bpr_metric_get((enum bpr_metric)i)->key, v->change[i], v->known[i]);
	bpr_i_json_end_object(j);
	bpr_i_put_known(j, "wait_change", v->wait_change, v->simulated);
	if (v->simulated && v->wait_ci_known) {
		bpr_i_json_array(j, "wait_ci95");
		bpr_i_json_number(j, NULL, v->wait_low);
		bpr_i_json_number(j, NULL, v->wait_high);
		bpr_i_json_end_array(j);
	} else {
		bpr_i_json_null(j, "wait_ci95");
	}
	bpr_i_json_end_object(j);
}

static void put_actions(json *j, const struct bpr_lever *l)
{
	bpr_i_json_array(j, "actions");
	for (size_t i = 0; i < l->action_count; i++) {
		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "lever", bpr_lever_kind_get(l->actions[i].kind)->key);
		bpr_i_json_string(j, "target", l->actions[i].target);
		bpr_i_json_string(j, "value", l->actions[i].value);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

/* A text of any length in the language. */
static void put_name(json *j, const struct bpr_lever *l, enum bpr_lang lang)
{
	size_t length = bpr_lever_name(l, lang, NULL, 0);
	char *name = bpr_i_calloc(length + 1, 1);

	if (name)
		(void)bpr_lever_name(l, lang, name, length + 1);
	else
		j->out->failed = BPR_ENOMEM;
	bpr_i_json_string(j, "name", name);
	bpr_i_free(name);
}

/* Why it does not fit, or null. */
static void put_refusal(json *j, const struct bpr_subject *s, const char *id, enum bpr_lang lang)
{
	char text[1024];

	for (size_t i = 0; s->refusals && i < bpr_problems_count(s->refusals); i++) {
		struct bpr_problem p = bpr_problems_get(s->refusals, i);

		if (p.code->code[0] != 'K' || strcmp(p.where, id) != 0)
			continue;
		(void)bpr_problem_message(&p, lang, text, sizeof(text));
		bpr_i_json_string(j, "refusal", text);
		return;
	}
	bpr_i_json_null(j, "refusal");
}

static void put_lever(json *j, const struct bpr_subject *s, size_t i, enum bpr_lang lang)
{
	const struct bpr_lever *l = bpr_levers_get(s->levers, i);
	const struct bpr_suggested *g = &s->suggestion->items[i];
	bool fits = g->alone.fits;

	bpr_i_json_object(j, NULL);
	bpr_i_json_string(j, "id", l->id);
	put_name(j, l, lang);
	put_actions(j, l);
	bpr_i_json_string(j, "finding", bpr_i_name_or_null(l->finding));
	bpr_i_json_string(j, "where", bpr_i_name_or_null(l->where));
	bpr_i_json_bool(j, "fits", fits);
	put_refusal(j, s, l->id, lang);
	bpr_i_put_known(j, "rank", (double)g->rank, fits);
	bpr_i_json_bool(j, "chosen", g->chosen);
	bpr_i_json_bool(j, "tomorrow", g->tomorrow);
	bpr_i_json_bool(j, "front", g->front);
	bpr_i_json_number(j, "cost", g->cost);
	bpr_i_json_bool(j, "cost_assumed", g->cost_assumed);
	bpr_i_json_number(j, "yearly_cost", g->yearly_cost);
	bpr_i_json_bool(j, "yearly_cost_assumed", g->yearly_assumed);
	bpr_i_json_number(j, "effort_days", g->effort_days);
	bpr_i_json_bool(j, "effort_assumed", g->effort_assumed);
	bpr_i_json_number(j, "ease", g->ease);
	bpr_i_json_bool(j, "ease_assumed", g->ease_assumed);
	bpr_i_put_known(j, "earliest_year", l->year, l->year > 0);
	put_ids(j, "needs", s->levers, l->needs, l->need_count);
	put_ids(j, "excludes", s->levers, l->excludes, l->exclude_count);
	bpr_i_put_known(j, "gain_per_day", g->per_day, fits && isfinite(g->per_day));
	bpr_i_put_known(j, "marginal", g->marginal, fits && isfinite(g->marginal));
	put_value(j, "alone", &g->alone);
	bpr_i_json_end_object(j);
}

static void put_set(json *j, const char *name, const struct bpr_subject *s, const struct bpr_lever_set *set)
{
	bpr_i_json_object(j, name);
	bpr_i_json_array(j, "levers");
	for (size_t i = 0; i < s->suggestion->count; i++)
		if (set->chosen[i])
			bpr_i_json_string(j, NULL, bpr_levers_get(s->levers, i)->id);
	bpr_i_json_end_array(j);
	bpr_i_json_number(j, "cost", set->cost);
	bpr_i_json_number(j, "yearly_cost", set->yearly_cost);
	bpr_i_json_number(j, "effort_days", set->effort_days);
	put_value(j, "value", &set->value);
	bpr_i_json_end_object(j);
}

static void put_choice(json *j, const struct bpr_suggestion *g)
{
	double gain = g->best.value.gain;

	bpr_i_json_object(j, "choice");
	bpr_i_json_number(j, "gain", gain);
	bpr_i_json_number(j, "sum_alone", g->sum);
	bpr_i_json_bool(j, "proven", g->proven);
	bpr_i_json_bool(j, "settled", g->settled);
	bpr_i_json_number(j, "bound", g->bound);
	bpr_i_put_known(j, "gap", fmax(0, g->bound - gain) / fabs(gain), fabs(gain) > 0 && isfinite(g->bound));
	bpr_i_json_bool(j, "timed_out", g->timed_out);
	bpr_i_json_whole(j, "sets", g->sets);
	bpr_i_json_end_object(j);
}

static void put_rpa(json *j, const struct bpr_subject *s)
{
	bpr_i_json_array(j, "rpa");
	for (size_t i = 0; i < s->suggestion->rpa_count; i++) {
		const struct bpr_rpa *r = &s->suggestion->rpa[i];

		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "node", bpr_flow_node(s->flow, r->node)->id);
		bpr_i_json_whole(j, "met", r->met);
		for (size_t k = 0; k < BPR_RPA_COUNT; k++)
			bpr_i_json_bool(j, bpr_rpa_criterion_get((enum bpr_rpa_criterion)k)->key, r->is[k]);
		bpr_i_json_number(j, "hours", r->hours);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

/* ---- roadmap ---- */

static void put_plan_options(json *j, const struct bpr_subject *s)
{
	struct bpr_plan_options o = BPR_PLAN_OPTIONS_INIT;

	(void)bpr_i_options(&o, s->plan_options);
	bpr_i_json_number(j, "budget_per_year", o.budget_per_year);
	bpr_i_json_number(j, "days_per_year", o.days_per_year);
	bpr_i_json_number(j, "first_year_share", o.first_year_share);
	bpr_i_json_number(j, "discount", o.discount);
}

static void put_items(json *j, const struct bpr_subject *s)
{
	bpr_i_json_array(j, "starts");
	for (size_t i = 0; i < s->plan->count; i++) {
		const struct bpr_plan_item *item = &s->plan->items[i];

		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "lever", bpr_levers_get(s->levers, item->lever)->id);
		bpr_i_json_number(j, "year", item->year);
		bpr_i_json_number(j, "cost", item->cost);
		bpr_i_json_number(j, "yearly_cost", item->yearly_cost);
		bpr_i_json_number(j, "effort_days", item->effort_days);
		bpr_i_json_number(j, "gain", item->gain);
		bpr_i_json_number(j, "hours", item->hours);
		bpr_i_json_number(j, "yen", item->yen);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_years(json *j, const struct bpr_plan *plan)
{
	bpr_i_json_array(j, "years");
	for (size_t i = 0; i < plan->year_count; i++) {
		const struct bpr_plan_year *y = &plan->years[i];

		bpr_i_json_object(j, NULL);
		bpr_i_json_number(j, "year", y->year);
		bpr_i_json_number(j, "cost", y->cost);
		bpr_i_json_number(j, "yearly_cost", y->yearly_cost);
		bpr_i_json_number(j, "effort_days", y->effort_days);
		bpr_i_json_number(j, "gain", y->gain);
		bpr_i_json_number(j, "hours", y->hours);
		bpr_i_json_number(j, "yen", y->yen);
		bpr_i_json_number(j, "net", y->net);
		bpr_i_json_number(j, "cumulated_hours", y->cumulated_hours);
		bpr_i_json_number(j, "cumulated_yen", y->cumulated_yen);
		bpr_i_json_number(j, "cumulated_net", y->cumulated_net);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_turns(json *j, const struct bpr_subject *s)
{
	bpr_i_json_array(j, "tornado");
	for (size_t i = 0; i < s->plan->turn_count; i++) {
		const struct bpr_turn_range *t = &s->plan->turns[i];

		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "of", t->of);
		bpr_i_json_string(j, "lever", t->lever == BPR_NONE ? NULL : bpr_levers_get(s->levers, t->lever)->id);
		bpr_i_json_number(j, "value", t->value);
		bpr_i_json_number(j, "low", t->low);
		bpr_i_json_number(j, "high", t->high);
		bpr_i_json_number(j, "net_at_low", t->at_low);
		bpr_i_json_number(j, "net_at_high", t->at_high);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_plan(json *j, const struct bpr_subject *s)
{
	const struct bpr_plan *p = s->plan;

	if (!p) {
		bpr_i_json_null(j, "roadmap");
		return;
	}
	bpr_i_json_object(j, "roadmap");
	put_plan_options(j, s);
	put_items(j, s);
	put_years(j, p);
	put_ids(j, "left_out", s->levers, p->left_out, p->left_count);
	bpr_i_json_number(j, "objective", p->objective);
	bpr_i_json_bool(j, "proven", p->proven);
	bpr_i_json_number(j, "bound", p->bound);
	bpr_i_put_known(j, "gap", fmax(0, p->bound - p->objective) / fabs(p->objective), fabs(p->objective) > 0 && isfinite(p->bound));
	bpr_i_json_bool(j, "timed_out", p->timed_out);
	bpr_i_json_whole(j, "sets", p->sets);
	bpr_i_put_known(j, "payback_year", p->payback, p->payback > 0);
	bpr_i_put_known(j, "payback_years", p->payback_years, isfinite(p->payback_years));
	put_turns(j, s);
	bpr_i_json_end_object(j);
}

void bpr_i_put_suggestion(json *j, const struct bpr_subject *s, const struct bpr_report_options *options)
{
	bpr_i_put_begin(j, "bpr.suggestion/1");
	bpr_i_put_flow(j, s->flow);
	bpr_i_json_string(j, "source", bpr_i_name_or_null(bpr_levers_source(s->levers)));
	bpr_i_put_known(j, "cases_per_year", s->suggestion->cases, s->suggestion->cases > 0);
	put_options(j, s);
	bpr_i_json_array(j, "levers");
	for (size_t i = 0; i < s->suggestion->count; i++)
		put_lever(j, s, i, options->lang);
	bpr_i_json_end_array(j);
	put_choice(j, s->suggestion);
	put_set(j, "best", s, &s->suggestion->best);
	put_set(j, "unlimited", s, &s->suggestion->all);
	put_plan(j, s);
	put_rpa(j, s);
	if (s->problems)
		bpr_i_put_warnings(j, s->problems, options->lang);
	bpr_i_json_end_object(j);
}

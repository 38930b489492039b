/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levers and roadmap as one flat table: source, section, id, name, measure, value. */
#include "config.h"
#include "report/csv_parts_i.h"
#include "base/alloc_i.h"
#include <bpr/metric.h>
#include <stdio.h>

struct what { const char *section, *id, *name; };

static void row(struct bpr_csv_out *csv, const struct what *what, const char *measure, double value)
{
	bpr_i_csv_begin_row(csv, what->section, what->id, what->name, measure);
	bpr_i_csv_number(csv, value);
	bpr_i_csv_end_row(csv);
}

static void gains(struct bpr_csv_out *csv, const struct what *what, const struct bpr_lever_value *v)
{
	char measure[64];

	row(csv, what, "gain", v->gain);
	for (size_t i = 0; i < BPR_GAIN_COUNT; i++) {
		(void)snprintf(measure, sizeof(measure), "gain.%s", bpr_gain_name((enum bpr_gain)i));
		row(csv, what, measure, v->gains[i]);
	}
	for (size_t i = 0; i < BPR_METRIC_COUNT; i++) {
		(void)snprintf(measure, sizeof(measure), "change.%s", bpr_metric_get((enum bpr_metric)i)->key);
		if (v->known[i])
			row(csv, what, measure, v->change[i]);
	}
}

static void lever_rows(struct bpr_csv_out *csv, const struct bpr_subject *s, size_t i, enum bpr_lang lang)
{
	const struct bpr_suggested *g = &s->suggestion->items[i];
	const struct bpr_lever *l = bpr_levers_get(s->levers, i);
	size_t length = bpr_lever_name(l, lang, NULL, 0);
	char *name = bpr_i_calloc(length + 1, 1);
	const struct what what = { "lever", l->id, name };

	if (!name) {
		csv->out->failed = BPR_ENOMEM;
		return;
	}
	(void)bpr_lever_name(l, lang, name, length + 1);
	row(csv, &what, "fits", g->alone.fits);
	row(csv, &what, "chosen", g->chosen);
	row(csv, &what, "cost", g->cost);
	row(csv, &what, "yearly_cost", g->yearly_cost);
	row(csv, &what, "effort_days", g->effort_days);
	row(csv, &what, "ease", g->ease);
	row(csv, &what, "assumed", g->cost_assumed || g->yearly_assumed || g->effort_assumed || g->ease_assumed);
	if (g->alone.fits) {
		row(csv, &what, "rank", (double)g->rank);
		row(csv, &what, "tomorrow", g->tomorrow);
		row(csv, &what, "front", g->front);
		row(csv, &what, "gain_per_day", g->per_day);
		row(csv, &what, "marginal", g->marginal);
		gains(csv, &what, &g->alone);
	}
	bpr_i_free(name);
}

static void set_rows(struct bpr_csv_out *csv, const char *section, const struct bpr_lever_set *set)
{
	const struct what what = { section, "", "" };

	row(csv, &what, "levers", (double)set->count);
	row(csv, &what, "cost", set->cost);
	row(csv, &what, "yearly_cost", set->yearly_cost);
	row(csv, &what, "effort_days", set->effort_days);
	gains(csv, &what, &set->value);
}

static void plan_rows(struct bpr_csv_out *csv, const struct bpr_subject *s)
{
	char id[16];

	for (size_t i = 0; i < s->plan->count; i++) {
		const struct bpr_plan_item *item = &s->plan->items[i];
		const struct what what = { "start", bpr_levers_get(s->levers, item->lever)->id, "" };

		row(csv, &what, "year", item->year);
		row(csv, &what, "gain", item->gain);
		row(csv, &what, "hours", item->hours);
		row(csv, &what, "yen", item->yen);
	}
	for (size_t i = 0; i < s->plan->year_count; i++) {
		const struct bpr_plan_year *y = &s->plan->years[i];
		const struct what what = { "year", id, "" };

		(void)snprintf(id, sizeof(id), "%d", y->year);
		row(csv, &what, "cost", y->cost);
		row(csv, &what, "yearly_cost", y->yearly_cost);
		row(csv, &what, "effort_days", y->effort_days);
		row(csv, &what, "gain", y->gain);
		row(csv, &what, "hours", y->hours);
		row(csv, &what, "yen", y->yen);
		row(csv, &what, "net", y->net);
		row(csv, &what, "cumulated_hours", y->cumulated_hours);
		row(csv, &what, "cumulated_yen", y->cumulated_yen);
		row(csv, &what, "cumulated_net", y->cumulated_net);
	}
	for (size_t i = 0; i < s->plan->turn_count; i++) {
		const struct bpr_turn_range *t = &s->plan->turns[i];
		const struct what what = { "tornado", t->of, t->lever == BPR_NONE ? "" : bpr_levers_get(s->levers, t->lever)->id };

		row(csv, &what, "low", t->low);
		row(csv, &what, "high", t->high);
		row(csv, &what, "net_at_low", t->at_low);
		row(csv, &what, "net_at_high", t->at_high);
	}
}

void bpr_i_csv_suggestion(struct bpr_buf *out, const struct bpr_subject *s, const struct bpr_report_options *options, bool first)
{
	struct bpr_csv_out csv = { .out = out, .first = bpr_flow_source(s->flow), .second = bpr_flow_id(s->flow) };

	if (first)
		bpr_i_buf_puts(out, "source,flow,section,id,name,measure,value\n");
	for (size_t i = 0; i < s->suggestion->count; i++)
		lever_rows(&csv, s, i, options->lang);
	set_rows(&csv, "best", &s->suggestion->best);
	set_rows(&csv, "unlimited", &s->suggestion->all);
	if (s->plan)
		plan_rows(&csv, s);
	for (size_t i = 0; i < s->suggestion->rpa_count; i++) {
		const struct bpr_rpa *r = &s->suggestion->rpa[i];
		const struct what what = { "rpa", bpr_flow_node(s->flow, r->node)->id, bpr_flow_node(s->flow, r->node)->name };

		row(&csv, &what, "met", (double)r->met);
		for (size_t k = 0; k < BPR_RPA_COUNT; k++)
			row(&csv, &what, bpr_rpa_criterion_get((enum bpr_rpa_criterion)k)->key, r->is[k]);
		row(&csv, &what, "hours", r->hours);
	}
}

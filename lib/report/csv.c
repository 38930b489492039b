/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Results as one flat table for a spreadsheet or a script: a row is one thing measured, its first columns say what it is.
 * Column names are English and stable; numbers have '.' and all their digits; LF ends a row.
 *
 * analysis:   source, flow, section (case, step, counter, field, form, group, unit, handoff, rule, pool, queue, hour, bottleneck,
 *             distribution, warning), id, name, measure, value, sd, ci95_low, ci95_high, per_year, method
 * comparison: before, after, section (case, step, counter, field, form, group, unit, handoff), id, name, measure, before_value,
 *             after_value, change, change_pct, per_year, better, method
 * simulation: csv_simulation.c
 * check:      source, line, flow, severity, code, where, message, hint, count
 */
#include "config.h"
#include "base/alloc_i.h"
#include "report/csv_parts_i.h"
#include "report/csv_queueing_i.h"
#include "report/render_i.h"
#include "study/study_i.h"
#include <math.h>
#include <string.h>

static const char *method_name(enum bpr_method method)
{
	return method == BPR_METHOD_NONE ? "" : bpr_method_name(method);
}

/* ---- analysis ---- */

struct figures { double value, sd, low, high, per_year; enum bpr_method method; };

static void put_figures(struct bpr_csv_out *csv, const struct figures *f)
{
	bpr_i_csv_number(csv, f->value);
	bpr_i_csv_number(csv, f->sd);
	bpr_i_csv_number(csv, f->low);
	bpr_i_csv_number(csv, f->high);
	bpr_i_csv_number(csv, f->per_year);
	bpr_i_csv_text(csv, method_name(f->method));
	bpr_i_csv_end_row(csv);
}

/* A row of one value without more. */
static void plain(struct bpr_csv_out *csv, const char *section, const char *id, const char *name, const char *measure, double value)
{
	struct figures f = { value, (double)NAN, (double)NAN, (double)NAN, (double)NAN, BPR_METHOD_NONE };

	bpr_i_csv_begin_row(csv, section, id, name, measure);
	put_figures(csv, &f);
}

static void case_rows(struct bpr_csv_out *csv, const bpr_flow *flow, const bpr_analysis *analysis, enum bpr_lang lang)
{
	double cases = bpr_flow_cases_per_year(flow);

	for (size_t i = 0; i < BPR_METRIC_COUNT; i++) {
		const struct bpr_metric_info *info = bpr_metric_get((enum bpr_metric)i);
		const struct bpr_figure *f = bpr_analysis_figure(analysis, (enum bpr_metric)i);
		bool known = f->method != BPR_METHOD_NONE;
		bool sampled = f->method == BPR_METHOD_SIMULATED;
		struct figures row = { known ? f->mean : (double)NAN, f->sd_method != BPR_METHOD_NONE ? f->sd : (double)NAN,
				       sampled ? f->ci95_low : (double)NAN, sampled ? f->ci95_high : (double)NAN,
				       known && cases > 0 ? f->mean * cases : (double)NAN, f->method };

		bpr_i_csv_begin_row(csv, "case", info->key, bpr_text(lang, info->label), "mean");
		put_figures(csv, &row);
	}
}

static void step_rows(struct bpr_csv_out *csv, const bpr_flow *flow, const bpr_analysis *analysis)
{
	const struct bpr_node_result *result = bpr_analysis_nodes(analysis);

	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node *n = bpr_flow_node(flow, i);

		if (!bpr_node_is_step(n))
			continue;
		plain(csv, "step", n->id, n->name, "visits", result[i].visits);
		plain(csv, "step", n->id, n->name, "reach", result[i].reach);
		if (n->work)
			plain(csv, "step", n->id, n->name, "work_minutes", bpr_dist_mean(n->work));
		if (n->wait)
			plain(csv, "step", n->id, n->name, "wait_minutes", bpr_dist_mean(n->wait));
	}
}

static void place_rows(struct bpr_csv_out *csv, const bpr_flow *flow, const bpr_analysis *analysis)
{
	const struct bpr_counter_result *counters = bpr_analysis_counters(analysis);
	const struct bpr_unit_result *units = bpr_analysis_units(analysis);
	const struct bpr_rule_result *rules = bpr_analysis_rules(analysis);
	size_t count;
	const struct bpr_handoff *handoffs = bpr_analysis_handoffs(analysis, &count);

	for (size_t i = 0; i < bpr_flow_counter_count(flow); i++) {
		plain(csv, "counter", "", bpr_flow_counter(flow, i)->name, "visits", counters[i].visits);
		plain(csv, "counter", "", bpr_flow_counter(flow, i)->name, "reach", counters[i].reach);
	}
	for (size_t i = 0; i < bpr_flow_unit_count(flow); i++)
		plain(csv, "unit", "", bpr_flow_unit(flow, i)->name, "work_minutes", units[i].work_minutes);
	for (size_t i = 0; i < count; i++)
		plain(csv, "handoff", bpr_i_name_unit(flow, handoffs[i].from), bpr_i_name_unit(flow, handoffs[i].to), "count",
		      handoffs[i].count);
	for (size_t i = 0; i < BPR_RULE_COUNT; i++)
		plain(csv, "rule", bpr_rule_name(i), "", "steps", rules[i].steps);
}

static void writing_rows(struct bpr_csv_out *csv, const bpr_flow *flow, const bpr_analysis *analysis)
{
	const struct bpr_form_result *forms = bpr_analysis_forms(analysis);
	const struct bpr_field_result *fields = bpr_analysis_fields(analysis);
	size_t count;
	const struct bpr_group_result *groups = bpr_analysis_groups(analysis, &count);

	for (size_t i = 0; i < bpr_flow_form_count(flow); i++) {
		plain(csv, "form", bpr_flow_form(flow, i)->id, bpr_flow_form(flow, i)->name, "written", forms[i].written);
		plain(csv, "form", bpr_flow_form(flow, i)->id, bpr_flow_form(flow, i)->name, "fields", forms[i].fields);
	}
	for (size_t i = 0; i < bpr_flow_field_count(flow); i++) {
		plain(csv, "field", bpr_flow_field(flow, i)->group, bpr_flow_field(flow, i)->name, "written", fields[i].written);
		plain(csv, "field", bpr_flow_field(flow, i)->group, bpr_flow_field(flow, i)->name, "repeated", fields[i].repeated);
	}
	for (size_t i = 0; i < count; i++)
		plain(csv, "group", "", groups[i].name, "written", groups[i].written);
}

static void staff_rows(struct bpr_csv_out *csv, const struct bpr_subject *s)
{
	const bpr_flow *flow = s->flow;
	const struct bpr_pool_result *pools = bpr_analysis_pools(s->analysis);
	struct bpr_arena arena = { NULL, 0, 0 };
	size_t count;
	const struct bpr_bottleneck *list = bpr_i_study_bottlenecks(&arena, s, &count);

	for (size_t i = 0; i < bpr_flow_pool_count(flow); i++) {
		const char *name = bpr_flow_pool(flow, i)->name;

		plain(csv, "pool", "", name, "work_minutes", pools[i].minutes);
		if (pools[i].utilisation_known)
			plain(csv, "pool", "", name, "utilisation", pools[i].utilisation);
		if (pools[i].capacity_known)
			plain(csv, "pool", "", name, "capacity_per_day", pools[i].capacity_per_day);
	}
	if (!list)
		csv->out->failed = BPR_ENOMEM;
	for (size_t i = 0; list && i < count; i++)
		plain(csv, "bottleneck", list[i].node != BPR_NONE ? bpr_flow_node(flow, list[i].node)->id : "",
		      list[i].node != BPR_NONE ? bpr_flow_node(flow, list[i].node)->name : bpr_flow_pool(flow, list[i].pool)->name,
		      bpr_lens_name(list[i].lens), list[i].value);
	bpr_i_arena_release(&arena);
}

static void distribution_row(struct bpr_csv_out *csv, const struct bpr_distribution *d, double value, const char *measure, double prob)
{
	struct bpr_buf text = BPR_BUF_INIT;

	bpr_i_buf_number(&text, value);
	if (text.failed)
		csv->out->failed = text.failed;
	plain(csv, "distribution", bpr_metric_get(d->metric)->key, text.data ? text.data : "", measure, prob);
	bpr_i_buf_release(&text);
}

static void distribution_rows(struct bpr_csv_out *csv, const struct bpr_report_options *options)
{
	for (size_t i = 0; i < options->distribution_count; i++) {
		const struct bpr_distribution *d = &options->distributions[i];

		for (size_t k = 0; k < d->count; k++)
			if (d->prob[k] > 0)
				distribution_row(csv, d, (double)(d->first + k), "prob", d->prob[k]);
		if (options->above_given)
			distribution_row(csv, d, options->above, "above", bpr_distribution_above(d, options->above));
	}
}

static void warning_rows(struct bpr_csv_out *csv, const bpr_problems *problems, enum bpr_lang lang)
{
	char text[2048];

	for (size_t i = 0; i < bpr_problems_count(problems); i++) {
		struct bpr_problem p = bpr_problems_get(problems, i);

		if (p.severity == BPR_SEVERITY_INFO)
			continue;
		(void)bpr_problem_message(&p, lang, text, sizeof(text));
		plain(csv, "warning", p.code->code, text, "count", (double)p.count);
	}
}

static void analysis_table(struct bpr_buf *out, const struct bpr_subject *s, const struct bpr_report_options *options, bool first)
{
	struct bpr_csv_out csv = { out, bpr_flow_source(s->flow), bpr_i_name_flow(s->flow), false };

	if (first)
		bpr_i_buf_puts(out, "source,flow,section,id,name,measure,value,sd,ci95_low,ci95_high,per_year,method\n");
	case_rows(&csv, s->flow, s->analysis, options->lang);
	step_rows(&csv, s->flow, s->analysis);
	place_rows(&csv, s->flow, s->analysis);
	writing_rows(&csv, s->flow, s->analysis);
	staff_rows(&csv, s);
	if (s->queueing)
		bpr_i_csv_queueing(&csv, s->flow, s->queueing);
	distribution_rows(&csv, options);
	warning_rows(&csv, s->problems, options->lang);
}

/* ---- comparison ---- */

static void kpi_rows(struct bpr_csv_out *csv, const struct bpr_subject *s, enum bpr_lang lang)
{
	for (size_t i = 0; i < BPR_METRIC_COUNT; i++) {
		const struct bpr_kpi *k = bpr_comparison_kpi(s->comparison, (enum bpr_metric)i);
		const struct bpr_metric_info *info = bpr_metric_get((enum bpr_metric)i);
		bool known = k->method != BPR_METHOD_NONE;

		bpr_i_csv_begin_row(csv, "case", info->key, bpr_text(lang, info->label), "mean");
		bpr_i_csv_number(csv, k->before_known ? k->before : (double)NAN);
		bpr_i_csv_number(csv, k->after_known ? k->after : (double)NAN);
		bpr_i_csv_number(csv, known ? k->change : (double)NAN);
		bpr_i_csv_number(csv, known && k->change_pct_known ? k->change_pct : (double)NAN);
		bpr_i_csv_number(csv, k->per_year_known ? k->per_year : (double)NAN);
		bpr_i_csv_text(csv, k->better > 0 ? "better" : k->better < 0 ? "worse" : "same");
		bpr_i_csv_text(csv, method_name(k->method));
		bpr_i_csv_end_row(csv);
	}
}

/* Figures that only a simulation of both knows; "same" is one for which no difference was shown. Ends of the interval are rows. */
static void difference_row(struct bpr_csv_out *csv, size_t key, const struct bpr_sim_difference *d, enum bpr_lang lang)
{
	const struct bpr_metric_info *info = bpr_sim_key_get(key);
	const struct { const char *measure; double change; } ends[2] = { { "ci95_low", d->ci95_low }, { "ci95_high", d->ci95_high } };

	bpr_i_csv_begin_row(csv, "case", info->key, bpr_text(lang, info->label), "mean");
	bpr_i_csv_number(csv, d->known ? d->before : (double)NAN);
	bpr_i_csv_number(csv, d->known ? d->after : (double)NAN);
	bpr_i_csv_number(csv, d->known ? d->change : (double)NAN);
	bpr_i_csv_number(csv, d->known && fabs(d->before) > 0 ? 100 * d->change / fabs(d->before) : (double)NAN);
	bpr_i_csv_number(csv, (double)NAN);
	bpr_i_csv_text(csv, d->better > 0 ? "better" : d->better < 0 ? "worse" : "same");
	bpr_i_csv_text(csv, method_name(d->known ? BPR_METHOD_SIMULATED : BPR_METHOD_NONE));
	bpr_i_csv_end_row(csv);
	for (size_t i = 0; i < 2 && d->ci_known; i++) {
		bpr_i_csv_begin_row(csv, "case", info->key, bpr_text(lang, info->label), ends[i].measure);
		bpr_i_buf_puts(csv->out, ",,");
		bpr_i_csv_number(csv, ends[i].change);
		bpr_i_buf_puts(csv->out, ",,,,");
		bpr_i_csv_end_row(csv);
	}
}

static void pair_rows(struct bpr_csv_out *csv, struct bpr_arena *arena, const struct bpr_subject *s, enum bpr_pairs_of of,
		      const char *section, const char *measure)
{
	struct bpr_pairs pairs;

	if (!bpr_i_pairs(arena, s, of, &pairs)) {
		csv->out->failed = BPR_ENOMEM;
		return;
	}
	for (size_t i = 0; i < pairs.count; i++) {
		const struct bpr_pair *p = &pairs.items[i];

		bpr_i_csv_begin_row(csv, section, p->to ? p->name : "", p->to ? p->to : p->name, measure);
		bpr_i_csv_number(csv, p->before);
		bpr_i_csv_number(csv, p->after);
		bpr_i_csv_number(csv, p->after - p->before);
		bpr_i_csv_number(csv, p->before > 0 ? 100 * (p->after - p->before) / p->before : (double)NAN);
		bpr_i_buf_puts(csv->out, ",,,");
		bpr_i_csv_end_row(csv);
	}
}

static void step_pair_rows(struct bpr_csv_out *csv, const struct bpr_subject *s)
{
	static const char *const names[] = { [BPR_STEP_SAME] = "same", [BPR_STEP_REMOVED] = "removed", [BPR_STEP_ADDED] = "added",
					     [BPR_STEP_CHANGED] = "changed" };
	size_t count;
	const struct bpr_step_pair *pairs = bpr_comparison_steps(s->comparison, &count);

	for (size_t i = 0; i < count; i++) {
		const struct bpr_step_pair *p = &pairs[i];
		bool is_after = p->after != BPR_NONE;
		const struct bpr_node *n = is_after ? bpr_flow_node(s->after_flow, p->after) : bpr_flow_node(s->flow, p->before);
		double before = p->before == BPR_NONE ? 0 : bpr_analysis_nodes(s->analysis)[p->before].visits;
		double after = is_after ? bpr_analysis_nodes(s->after_analysis)[p->after].visits : 0;

		bpr_i_csv_begin_row(csv, "step", n->id, n->name, names[p->change]);
		bpr_i_csv_number(csv, before);
		bpr_i_csv_number(csv, after);
		bpr_i_csv_number(csv, after - before);
		bpr_i_buf_puts(csv->out, ",,,,");
		bpr_i_csv_end_row(csv);
	}
}

static void comparison_table(struct bpr_buf *out, const struct bpr_subject *s, const struct bpr_report_options *options, bool first)
{
	struct bpr_csv_out csv = { out, bpr_flow_source(s->flow), bpr_flow_source(s->after_flow), false };
	struct bpr_arena arena = { 0 };

	if (first)
		bpr_i_buf_puts(out, "before,after,section,id,name,measure,before_value,after_value,change,change_pct,per_year,better,method\n");
	kpi_rows(&csv, s, options->lang);
	for (size_t key = BPR_METRIC_COUNT; key < BPR_SIM_KEY_COUNT; key++)
		if (bpr_comparison_difference(s->comparison, key))
			difference_row(&csv, key, bpr_comparison_difference(s->comparison, key), options->lang);
	step_pair_rows(&csv, s);
	pair_rows(&csv, &arena, s, BPR_PAIRS_COUNTERS, "counter", "visits");
	pair_rows(&csv, &arena, s, BPR_PAIRS_FORMS, "form", "written");
	pair_rows(&csv, &arena, s, BPR_PAIRS_FIELDS, "field", "written");
	pair_rows(&csv, &arena, s, BPR_PAIRS_GROUPS, "group", "written");
	pair_rows(&csv, &arena, s, BPR_PAIRS_UNITS, "unit", "work_minutes");
	pair_rows(&csv, &arena, s, BPR_PAIRS_HANDOFFS, "handoff", "count");
	bpr_i_arena_release(&arena);
}

/* ---- check ---- */

static void check_table(struct bpr_buf *out, const struct bpr_subject *s, const struct bpr_report_options *options, bool first)
{
	struct bpr_csv_out csv = { .out = out };
	char text[2048];

	if (first)
		bpr_i_buf_puts(out, "source,line,column,flow,severity,code,where,message,hint,count\n");
	for (size_t i = 0; i < bpr_problems_count(s->problems); i++) {
		struct bpr_problem p = bpr_problems_get(s->problems, i);

		bpr_i_csv_text(&csv, p.file);
		bpr_i_csv_number(&csv, p.line ? (double)p.line : (double)NAN);
		bpr_i_csv_number(&csv, p.column ? (double)p.column : (double)NAN);
		bpr_i_csv_text(&csv, s->flow ? bpr_i_name_flow(s->flow) : "");
		bpr_i_csv_text(&csv, bpr_i_severity_name(p.severity));
		bpr_i_csv_text(&csv, p.code->code);
		bpr_i_csv_text(&csv, p.where);
		(void)bpr_problem_message(&p, options->lang, text, sizeof(text));
		bpr_i_csv_text(&csv, text);
		(void)bpr_problem_hint(&p, options->lang, text, sizeof(text));
		bpr_i_csv_text(&csv, text);
		bpr_i_csv_number(&csv, (double)p.count);
		bpr_i_csv_end_row(&csv);
	}
}

bpr_status bpr_i_render_csv(enum bpr_report_kind kind, const struct bpr_subject *subject,
			    const struct bpr_report_options *options, bool first, struct bpr_buf *out)
{
	switch (kind) {
	case BPR_REPORT_ANALYSIS:
		analysis_table(out, subject, options, first);
		break;
	case BPR_REPORT_COMPARISON:
		comparison_table(out, subject, options, first);
		break;
	case BPR_REPORT_CHECK:
		check_table(out, subject, options, first);
		break;
	case BPR_REPORT_SIMULATION:
		bpr_i_csv_simulation(out, subject, options, first);
		break;
	case BPR_REPORT_MINING:
		bpr_i_csv_mining(out, subject, options, first);
		break;
	case BPR_REPORT_EVIDENCE:
		bpr_i_csv_evidence(out, subject, options, first);
		break;
	case BPR_REPORT_CHECKSHEET:
		bpr_i_csv_checksheet(out, subject, first);
		break;
	case BPR_REPORT_MIX:
		bpr_i_csv_mix(out, subject, first);
		break;
	case BPR_REPORT_SUGGESTION:
		bpr_i_csv_suggestion(out, subject, options, first);
		break;
	}
	return out->failed;
}

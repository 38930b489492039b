/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results as JSON: the objects bpr.analysis/1, bpr.comparison/1 and bpr.check/1 of lib/schema/. */
#include "config.h"
#include "base/alloc_i.h"
#include "base/json_i.h"
#include "report/json_parts_i.h"
#include "report/json_queueing_i.h"
#include "report/render_i.h"
#include "study/study_i.h"
#include <math.h>

typedef struct bpr_json json;

static void put_method(json *j, const char *name, enum bpr_method method)
{
	bpr_i_json_string(j, name, method == BPR_METHOD_NONE ? NULL : bpr_method_name(method));
}

static void put_figure(json *j, const char *key, const struct bpr_figure *f, double cases)
{
	bpr_i_json_object(j, key);
	bpr_i_put_known(j, "mean", f->mean, f->method != BPR_METHOD_NONE);
	bpr_i_put_known(j, "sd", f->sd, f->sd_method != BPR_METHOD_NONE);
	put_method(j, "method", f->method);
	put_method(j, "sd_method", f->sd_method);
	if (f->method == BPR_METHOD_SIMULATED) {
		bpr_i_json_array(j, "ci95");
		bpr_i_json_number(j, NULL, f->ci95_low);
		bpr_i_json_number(j, NULL, f->ci95_high);
		bpr_i_json_end_array(j);
	}
	if (cases > 0 && f->method != BPR_METHOD_NONE)
		bpr_i_json_number(j, "per_year", f->mean * cases);
	bpr_i_json_end_object(j);
}

static void put_case(json *j, const bpr_flow *flow, const bpr_analysis *analysis)
{
	double cases = bpr_flow_cases_per_year(flow);

	bpr_i_json_object(j, "case");
	for (size_t i = 0; i < BPR_METRIC_COUNT; i++)
		put_figure(j, bpr_metric_get((enum bpr_metric)i)->key, bpr_analysis_figure(analysis, (enum bpr_metric)i), cases);
	bpr_i_json_end_object(j);
}

static void put_nodes(json *j, const bpr_flow *flow, const bpr_analysis *analysis, const bpr_queueing *queueing)
{
	const struct bpr_node_result *result = bpr_analysis_nodes(analysis);
	const struct bpr_queue_node *queue = queueing ? bpr_queueing_nodes(queueing) : NULL;

	bpr_i_json_array(j, "nodes");
	for (size_t i = 0; i < bpr_flow_node_count(flow); i++) {
		const struct bpr_node *n = bpr_flow_node(flow, i);

		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "id", n->id);
		bpr_i_json_string(j, "name", n->name);
		bpr_i_json_string(j, "kind", bpr_node_kind_name(n->kind));
		bpr_i_json_string(j, "unit", n->unit == BPR_NONE ? NULL : bpr_flow_unit(flow, n->unit)->name);
		bpr_i_json_string(j, "counter", n->counter == BPR_NONE ? NULL : bpr_flow_counter(flow, n->counter)->name);
		bpr_i_json_number(j, "visits", result[i].visits);
		bpr_i_json_number(j, "reach", result[i].reach);
		if (n->wait)
			bpr_i_json_number(j, "wait_minutes", bpr_dist_mean(n->wait));
		if (n->work)
			bpr_i_json_number(j, "work_minutes", bpr_dist_mean(n->work));
		if (queue && queue[i].known)
			bpr_i_json_number(j, "queue_minutes", queue[i].wait);
		if (n->silent)
			bpr_i_json_bool(j, "silent", true);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_arcs(json *j, const bpr_flow *flow, const bpr_analysis *analysis)
{
	const double *passages = bpr_analysis_arcs(analysis);

	bpr_i_json_array(j, "arcs");
	for (size_t i = 0; i < bpr_flow_arc_count(flow); i++) {
		const struct bpr_arc *arc = bpr_flow_arc(flow, i);

		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "from", bpr_flow_node(flow, arc->from)->id);
		bpr_i_json_string(j, "to", bpr_flow_node(flow, arc->to)->id);
		bpr_i_json_number(j, "visits", passages[i]);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_counters(json *j, const bpr_flow *flow, const bpr_analysis *analysis)
{
	const struct bpr_counter_result *result = bpr_analysis_counters(analysis);

	bpr_i_json_array(j, "counters");
	for (size_t i = 0; i < bpr_flow_counter_count(flow); i++) {
		const struct bpr_counter *counter = bpr_flow_counter(flow, i);

		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "name", counter->name);
		bpr_i_json_string(j, "building", bpr_i_name_or_null(counter->building));
		bpr_i_json_number(j, "visits", result[i].visits);
		bpr_i_json_number(j, "reach", result[i].reach);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_writing(json *j, const bpr_flow *flow, const bpr_analysis *analysis)
{
	const struct bpr_form_result *forms = bpr_analysis_forms(analysis);
	const struct bpr_field_result *fields = bpr_analysis_fields(analysis);
	size_t count;
	const struct bpr_group_result *groups = bpr_analysis_groups(analysis, &count);

	bpr_i_json_array(j, "forms");
	for (size_t i = 0; i < bpr_flow_form_count(flow); i++) {
		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "id", bpr_flow_form(flow, i)->id);
		bpr_i_json_string(j, "name", bpr_flow_form(flow, i)->name);
		bpr_i_json_number(j, "written", forms[i].written);
		bpr_i_json_number(j, "fields", forms[i].fields);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	bpr_i_json_array(j, "fields");
	for (size_t i = 0; i < bpr_flow_field_count(flow); i++) {
		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "name", bpr_flow_field(flow, i)->name);
		bpr_i_json_string(j, "group", bpr_i_name_or_null(bpr_flow_field(flow, i)->group));
		bpr_i_json_number(j, "written", fields[i].written);
		bpr_i_json_number(j, "repeated", fields[i].repeated);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	bpr_i_json_array(j, "groups");
	for (size_t i = 0; i < count; i++) {
		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "name", groups[i].name);
		bpr_i_json_number(j, "written", groups[i].written);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_units(json *j, const bpr_flow *flow, const bpr_analysis *analysis)
{
	const struct bpr_unit_result *units = bpr_analysis_units(analysis);
	const struct bpr_rule_result *rules = bpr_analysis_rules(analysis);
	size_t count;
	const struct bpr_handoff *handoffs = bpr_analysis_handoffs(analysis, &count);

	bpr_i_json_array(j, "units");
	for (size_t i = 0; i < bpr_flow_unit_count(flow); i++) {
		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "name", bpr_flow_unit(flow, i)->name);
		bpr_i_json_number(j, "work_minutes", units[i].work_minutes);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	bpr_i_json_array(j, "handoffs");
	for (size_t i = 0; i < count; i++) {
		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "from", bpr_i_name_unit(flow, handoffs[i].from));
		bpr_i_json_string(j, "to", bpr_i_name_unit(flow, handoffs[i].to));
		bpr_i_json_number(j, "count", handoffs[i].count);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	bpr_i_json_array(j, "rules");
	for (size_t i = 0; i < BPR_RULE_COUNT; i++) {
		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "name", bpr_rule_name(i));
		bpr_i_json_number(j, "steps", rules[i].steps);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_pools(json *j, const bpr_flow *flow, const bpr_analysis *analysis, const bpr_queueing *queueing)
{
	const struct bpr_pool_result *result = bpr_analysis_pools(analysis);
	const struct bpr_queue_pool *queue = queueing ? bpr_queueing_pools(queueing) : NULL;

	bpr_i_json_array(j, "pools");
	for (size_t i = 0; i < bpr_flow_pool_count(flow); i++) {
		const struct bpr_pool *pool = bpr_flow_pool(flow, i);
		bool waits = queue && queue[i].known && queue[i].stable;

		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "name", pool->name);
		bpr_i_put_known(j, "count", (double)pool->count, pool->count > 0);
		bpr_i_json_number(j, "work_minutes", result[i].minutes);
		bpr_i_put_known(j, "utilisation", result[i].utilisation, result[i].utilisation_known);
		bpr_i_put_known(j, "wait_minutes", waits ? queue[i].wait : 0, waits);
		bpr_i_put_known(j, "queue", waits ? queue[i].queue : 0, waits);
		bpr_i_put_known(j, "capacity_per_day", result[i].capacity_per_day, result[i].capacity_known);
		if (queueing)
			bpr_i_put_queue_pool(j, queueing, i);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_bottlenecks(json *j, const struct bpr_subject *s)
{
	const bpr_flow *flow = s->flow;
	struct bpr_arena arena = { NULL, 0, 0 };
	size_t count;
	const struct bpr_bottleneck *list = bpr_i_study_bottlenecks(&arena, s, &count);

	if (!list)
		j->out->failed = BPR_ENOMEM;
	bpr_i_json_array(j, "bottlenecks");
	for (size_t i = 0; list && i < count; i++) {
		bpr_i_json_object(j, NULL);
		bpr_i_json_whole(j, "rank", list[i].rank);
		bpr_i_json_string(j, "lens", bpr_lens_name(list[i].lens));
		if (list[i].node != BPR_NONE)
			bpr_i_json_string(j, "node", bpr_flow_node(flow, list[i].node)->id);
		if (list[i].pool != BPR_NONE)
			bpr_i_json_string(j, "pool", bpr_flow_pool(flow, list[i].pool)->name);
		bpr_i_json_number(j, "value", list[i].value);
		bpr_i_json_number(j, "share", list[i].share);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	bpr_i_arena_release(&arena);
}

static void put_distributions(json *j, const struct bpr_report_options *options)
{
	if (!options->distribution_count)
		return;
	bpr_i_json_array(j, "distributions");
	for (size_t i = 0; i < options->distribution_count; i++) {
		const struct bpr_distribution *d = &options->distributions[i];

		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "key", bpr_metric_get(d->metric)->key);
		put_method(j, "method", d->method);
		bpr_i_json_whole(j, "minimum", d->minimum);
		bpr_i_put_known(j, "maximum", (double)d->maximum, !d->unbounded);
		bpr_i_json_bool(j, "unbounded", d->unbounded);
		bpr_i_json_number(j, "tail", d->tail);
		if (options->above_given) {
			bpr_i_json_object(j, "above");
			bpr_i_json_number(j, "value", options->above);
			bpr_i_json_number(j, "prob", bpr_distribution_above(d, options->above));
			bpr_i_json_end_object(j);
		}
		bpr_i_json_array(j, "prob");
		for (size_t k = 0; k < d->count; k++) {
			if (!(d->prob[k] > 0))
				continue;
			bpr_i_json_array(j, NULL);
			bpr_i_json_whole(j, NULL, d->first + k);
			bpr_i_json_number(j, NULL, d->prob[k]);
			bpr_i_json_end_array(j);
		}
		bpr_i_json_end_array(j);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void analysis_object(json *j, const struct bpr_subject *s, const struct bpr_report_options *options)
{
	double cases = bpr_flow_cases_per_year(s->flow);

	bpr_i_put_begin(j, "bpr.analysis/1");
	bpr_i_put_flow(j, s->flow);
	bpr_i_put_levers(j, s, options->lang);
	bpr_i_json_whole(j, "seed", options->seed);
	bpr_i_put_known(j, "cases_per_year", cases, cases > 0);
	put_case(j, s->flow, s->analysis);
	put_distributions(j, options);
	put_nodes(j, s->flow, s->analysis, s->queueing);
	put_arcs(j, s->flow, s->analysis);
	put_counters(j, s->flow, s->analysis);
	put_writing(j, s->flow, s->analysis);
	put_units(j, s->flow, s->analysis);
	put_pools(j, s->flow, s->analysis, s->queueing);
	if (s->queueing)
		bpr_i_put_queueing(j, s->queueing);
	put_bottlenecks(j, s);
	bpr_i_put_warnings(j, s->problems, options->lang);
	bpr_i_json_end_object(j);
}

/* ---- comparison ---- */

static void put_side(json *j, const char *name, const bpr_flow *flow, const bpr_analysis *analysis, const bpr_queueing *queueing,
		     const bpr_problems *problems, enum bpr_lang lang)
{
	double cases = bpr_flow_cases_per_year(flow);

	bpr_i_json_object(j, name);
	bpr_i_put_flow(j, flow);
	bpr_i_put_known(j, "cases_per_year", cases, cases > 0);
	put_case(j, flow, analysis);
	if (queueing)
		bpr_i_put_queueing(j, queueing);
	bpr_i_put_warnings(j, problems, lang);
	bpr_i_json_end_object(j);
}

static void put_better(json *j, int better)
{
	if (better)
		bpr_i_json_bool(j, "better", better > 0);
	else
		bpr_i_json_null(j, "better");
}

static void put_ci95(json *j, double low, double high)
{
	bpr_i_json_array(j, "ci95");
	bpr_i_json_number(j, NULL, low);
	bpr_i_json_number(j, NULL, high);
	bpr_i_json_end_array(j);
}

static void put_kpi(json *j, const struct bpr_kpi *k)
{
	bool known = k->method != BPR_METHOD_NONE;

	bpr_i_json_object(j, NULL);
	bpr_i_json_string(j, "key", bpr_metric_get(k->metric)->key);
	bpr_i_put_known(j, "before", k->before, k->before_known);
	bpr_i_put_known(j, "after", k->after, k->after_known);
	bpr_i_put_known(j, "change", k->change, known);
	bpr_i_put_known(j, "change_pct", k->change_pct, known && k->change_pct_known);
	put_better(j, k->better);
	put_method(j, "method", k->method);
	if (k->ci95_known)
		put_ci95(j, k->ci95_low, k->ci95_high);
	if (k->per_year_known)
		bpr_i_json_number(j, "per_year", k->per_year);
	bpr_i_json_end_object(j);
}

/* A figure that only simulation knows. */
static void put_difference(json *j, size_t key, const struct bpr_sim_difference *d)
{
	bool change_pct = d->known && fabs(d->before) > 0;

	bpr_i_json_object(j, NULL);
	bpr_i_json_string(j, "key", bpr_sim_key_get(key)->key);
	bpr_i_put_known(j, "before", d->before, d->known);
	bpr_i_put_known(j, "after", d->after, d->known);
	bpr_i_put_known(j, "change", d->change, d->known);
	bpr_i_put_known(j, "change_pct", change_pct ? 100 * d->change / fabs(d->before) : 0, change_pct);
	put_better(j, d->better);
	put_method(j, "method", d->known ? BPR_METHOD_SIMULATED : BPR_METHOD_NONE);
	if (d->ci_known) {
		put_ci95(j, d->ci95_low, d->ci95_high);
		bpr_i_json_number(j, "p_value", d->p_value);
		bpr_i_json_bool(j, "shown", d->shown);
		bpr_i_json_number(j, "correlation", d->correlation);
	}
	bpr_i_json_end_object(j);
}

static void put_kpis(json *j, const bpr_comparison *comparison)
{
	bpr_i_json_array(j, "kpis");
	for (size_t i = 0; i < BPR_METRIC_COUNT; i++)
		put_kpi(j, bpr_comparison_kpi(comparison, (enum bpr_metric)i));
	for (size_t key = BPR_METRIC_COUNT; key < BPR_SIM_KEY_COUNT; key++)
		if (bpr_comparison_difference(comparison, key))
			put_difference(j, key, bpr_comparison_difference(comparison, key));
	bpr_i_json_end_array(j);
}

/* How it was simulated. */
static void put_trial(json *j, const struct bpr_subject *s)
{
	const bpr_simulation *sides[2] = { s->simulation, s->after_simulation };
	static const char *const names[2] = { "before", "after" };

	if (!sides[0] || !sides[1])
		return;
	bpr_i_json_object(j, "simulation");
	bpr_i_json_whole(j, "replications", bpr_simulation_replications(sides[0]));
	for (size_t i = 0; i < 2; i++) {
		bpr_i_json_object(j, names[i]);
		bpr_i_json_whole(j, "cases", bpr_simulation_cases(sides[i]));
		bpr_i_json_whole(j, "events", bpr_simulation_events(sides[i]));
		bpr_i_json_number(j, "days", bpr_simulation_days(sides[i]));
		bpr_i_json_number(j, "warmup_minutes", bpr_simulation_warmup(sides[i]));
		bpr_i_json_number(j, "unfinished", bpr_simulation_unfinished(sides[i]));
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_object(j);
}

static void put_pairs(json *j, const char *name, struct bpr_arena *arena, const struct bpr_subject *s, enum bpr_pairs_of of)
{
	struct bpr_pairs pairs;

	if (!bpr_i_pairs(arena, s, of, &pairs)) {
		j->out->failed = BPR_ENOMEM;
		return;
	}
	bpr_i_json_array(j, name);
	for (size_t i = 0; i < pairs.count; i++) {
		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, pairs.items[i].to ? "from" : "name", pairs.items[i].name);
		if (pairs.items[i].to)
			bpr_i_json_string(j, "to", pairs.items[i].to);
		bpr_i_json_number(j, "before", pairs.items[i].before);
		bpr_i_json_number(j, "after", pairs.items[i].after);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_step(json *j, const struct bpr_subject *s, const struct bpr_step_pair *pair)
{
	bool after = pair->after != BPR_NONE;
	const bpr_flow *flow = after ? s->after_flow : s->flow;
	size_t node = after ? pair->after : pair->before;
	const struct bpr_node *n = bpr_flow_node(flow, node);

	bpr_i_json_object(j, NULL);
	bpr_i_json_string(j, "id", n->id);
	bpr_i_json_string(j, "name", n->name);
	bpr_i_json_string(j, "unit", n->unit == BPR_NONE ? NULL : bpr_flow_unit(flow, n->unit)->name);
	bpr_i_json_string(j, "counter", n->counter == BPR_NONE ? NULL : bpr_flow_counter(flow, n->counter)->name);
	if (pair->change == BPR_STEP_CHANGED) {
		bpr_i_json_string(j, "before_id", bpr_flow_node(s->flow, pair->before)->id);
		bpr_i_json_array(j, "differs");
		for (size_t bit = 0; bit < BPR_DIFFERS_COUNT; bit++)
			if (pair->differs >> bit & 1u)
				bpr_i_json_string(j, NULL, bpr_step_difference_name(bit));
		bpr_i_json_end_array(j);
	}
	bpr_i_json_end_object(j);
}

static void put_steps(json *j, const struct bpr_subject *s)
{
	static const struct { const char *name; enum bpr_step_change change; } lists[] = {
		{ "removed", BPR_STEP_REMOVED }, { "added", BPR_STEP_ADDED }, { "changed", BPR_STEP_CHANGED },
	};
	size_t count;
	const struct bpr_step_pair *pairs = bpr_comparison_steps(s->comparison, &count);

	bpr_i_json_object(j, "steps");
	for (size_t l = 0; l < sizeof(lists) / sizeof(lists[0]); l++) {
		bpr_i_json_array(j, lists[l].name);
		for (size_t i = 0; i < count; i++)
			if (pairs[i].change == lists[l].change)
				put_step(j, s, &pairs[i]);
		bpr_i_json_end_array(j);
	}
	bpr_i_json_end_object(j);
}

static void comparison_object(json *j, const struct bpr_subject *s, const struct bpr_report_options *options)
{
	double cases = bpr_comparison_cases_per_year(s->comparison);
	struct bpr_arena arena = { 0 };

	bpr_i_put_begin(j, "bpr.comparison/1");
	bpr_i_json_whole(j, "seed", options->seed);
	bpr_i_put_known(j, "cases_per_year", cases, cases > 0);
	put_side(j, "before", s->flow, s->analysis, s->queueing, s->problems, options->lang);
	put_side(j, "after", s->after_flow, s->after_analysis, s->after_queueing, s->after_problems, options->lang);
	bpr_i_put_levers(j, s, options->lang);
	put_kpis(j, s->comparison);
	put_trial(j, s);
	bpr_i_put_measured(j, s);
	put_steps(j, s);
	put_pairs(j, "counters", &arena, s, BPR_PAIRS_COUNTERS);
	put_pairs(j, "forms", &arena, s, BPR_PAIRS_FORMS);
	put_pairs(j, "fields", &arena, s, BPR_PAIRS_FIELDS);
	put_pairs(j, "groups", &arena, s, BPR_PAIRS_GROUPS);
	put_pairs(j, "units", &arena, s, BPR_PAIRS_UNITS);
	put_pairs(j, "handoffs", &arena, s, BPR_PAIRS_HANDOFFS);
	bpr_i_json_end_object(j);
	bpr_i_arena_release(&arena);
}

/* ---- check ---- */

/* Where the values of a flow come from, where that was asked for. */
static void put_origins(json *j, const bpr_flow *flow)
{
	size_t count = bpr_flow_origin_count(flow);

	if (!count)
		return;
	bpr_i_json_array(j, "origins");
	for (size_t i = 0; i < count; i++) {
		const struct bpr_origin *o = bpr_flow_origin(flow, i);

		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "of", bpr_origin_of_name(o->of));
		bpr_i_json_string(j, "element", o->element);
		bpr_i_json_string(j, "key", o->key);
		bpr_i_json_string(j, "value", o->value);
		bpr_i_json_string(j, "source", o->source);
		bpr_i_json_string(j, "file", bpr_i_name_or_null(o->file));
		bpr_i_put_known(j, "line", (double)o->line, o->line > 0);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_run(json *j, const struct bpr_subject *s, const struct bpr_sound_fault *f)
{
	bpr_i_json_array(j, "witness");
	for (size_t i = 0; f && i < f->run_count; i++)
		if (bpr_i_sound_shown(s->flows, &f->run[i]))
			bpr_i_json_string(j, NULL, bpr_flow_node(s->flows->items[f->run[i].flow], f->run[i].node)->id);
	bpr_i_json_end_array(j);
}

static void put_verdict(json *j, const char *name, enum bpr_verdict verdict)
{
	if (verdict == BPR_VERDICT_UNDECIDED)
		bpr_i_json_null(j, name);
	else
		bpr_i_json_bool(j, name, verdict == BPR_VERDICT_YES);
}

/* The witness is that of the first fault that has one. */
static void put_soundness(json *j, const char *key, const struct bpr_subject *s, const struct bpr_soundness *sound)
{
	const struct bpr_sound_fault *first = NULL;

	bpr_i_json_object(j, key);
	for (size_t p = 0; p < BPR_SOUND_COUNT; p++)
		put_verdict(j, bpr_sound_property_name((enum bpr_sound_property)p), sound ? sound->verdict[p] : BPR_VERDICT_UNDECIDED);
	if (sound)
		bpr_i_json_whole(j, "states", sound->states);
	else
		bpr_i_json_null(j, "states");
	for (size_t i = 0; sound && !first && i < sound->fault_count; i++)
		if (sound->faults[i].run_count)
			first = &sound->faults[i];
	put_run(j, s, first);
	bpr_i_json_array(j, "faults");
	for (size_t i = 0; sound && i < sound->fault_count; i++) {
		const struct bpr_sound_fault *f = &sound->faults[i];

		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "property", bpr_sound_property_name(f->property));
		bpr_i_json_string(j, "node", bpr_flow_node(s->flows->items[f->at.flow], f->at.node)->id);
		put_run(j, s, f);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	bpr_i_json_end_object(j);
}

/* How many elements of which name the file holds. */
static void put_inventory(json *j, const bpr_source *source)
{
	bpr_i_json_object(j, "inventory");
	for (size_t i = 0; i < bpr_source_inventory_count(source); i++) {
		size_t count;
		const char *name = bpr_source_inventory_get(source, i, &count);

		bpr_i_json_whole(j, name, count);
	}
	bpr_i_json_end_object(j);
}

static void check_object(json *j, const struct bpr_subject *s, const struct bpr_report_options *options)
{
	bpr_i_put_begin(j, "bpr.check/1");
	if (s->flow)
		bpr_i_put_flow(j, s->flow);
	else
		bpr_i_json_null(j, "flow");
	bpr_i_put_levers(j, s, options->lang);
	put_soundness(j, "soundness", s, s->flows ? s->soundness : NULL);
	if (s->flows && s->collaboration)
		put_soundness(j, "collaboration", s, s->collaboration);
	bpr_i_json_array(j, "findings");
	for (size_t i = 0; i < bpr_problems_count(s->problems); i++) {
		struct bpr_problem p = bpr_problems_get(s->problems, i);

		bpr_i_put_problem(j, &p, options->lang, true);
	}
	bpr_i_json_end_array(j);
	if (s->flow)
		put_origins(j, s->flow);
	if (s->whole_file && options->full && s->flows && s->flows->source)
		put_inventory(j, s->flows->source);
	bpr_i_json_end_object(j);
}

bpr_status bpr_i_render_json(enum bpr_report_kind kind, const struct bpr_subject *subject,
			     const struct bpr_report_options *options, bool first, struct bpr_buf *out)
{
	json j = { .out = out };

	(void)first;
	switch (kind) {
	case BPR_REPORT_ANALYSIS:
		analysis_object(&j, subject, options);
		break;
	case BPR_REPORT_COMPARISON:
		comparison_object(&j, subject, options);
		break;
	case BPR_REPORT_CHECK:
		check_object(&j, subject, options);
		break;
	case BPR_REPORT_SIMULATION:
		bpr_i_put_simulation(&j, subject, options);
		break;
	case BPR_REPORT_MINING:
		bpr_i_put_mining(&j, subject, options);
		break;
	case BPR_REPORT_EVIDENCE:
		bpr_i_put_evidence(&j, subject, options);
		break;
	case BPR_REPORT_CHECKSHEET:
		bpr_i_put_checksheet(&j, subject, options);
		break;
	case BPR_REPORT_MIX:
		bpr_i_put_mix(&j, subject, options);
		break;
	case BPR_REPORT_SUGGESTION:
		bpr_i_put_suggestion(&j, subject, options);
		break;
	}
	bpr_i_buf_putc(out, '\n');
	return out->failed;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drawn flow held against a log as member `conformance` of bpr.mining/1, and as rows of its table. */
#include "config.h"
#include "report/json_conformance_i.h"
#include "base/json_i.h"
#include <math.h>

typedef struct bpr_json json;

static const char *const moves[] = { "both", "log", "flow" };

static size_t at_least(const struct bpr_report_options *options)
{
	return options->k ? options->k : 1;
}

static const char *activity(const struct bpr_subject *s, uint32_t index)
{
	return index == BPR_LOG_NONE ? NULL : bpr_log_name(s->log, BPR_LOG_ACTIVITY, index);
}

static const char *node(const struct bpr_subject *s, size_t index)
{
	return index == BPR_NONE ? NULL : bpr_flow_node(s->flow, index)->id;
}

static void put_totals(json *j, const struct bpr_conform_totals *t)
{
	bpr_i_json_whole(j, "cases", t->cases);
	bpr_i_json_whole(j, "fitting", t->fitting);
	bpr_i_json_whole(j, "open", t->open);
	bpr_i_json_whole(j, "variants", t->variants);
	bpr_i_json_whole(j, "bounded", t->bounded);
	bpr_i_put_known(j, "fitness", t->fitness_low, !t->bounded);
	bpr_i_json_number(j, "fitness_low", t->fitness_low);
	bpr_i_json_number(j, "fitness_high", t->fitness_high);
	bpr_i_json_number(j, "trace_fitness", t->trace_fitness);
	bpr_i_put_known(j, "precision", t->precision, !isnan(t->precision));
	bpr_i_json_whole(j, "unmapped_events", t->unmapped);
	bpr_i_json_number(j, "shortest_run", t->shortest);
}

static void put_deviations(json *j, const struct bpr_subject *s, size_t k)
{
	size_t count;
	const struct bpr_deviation *list = bpr_conformance_deviations(s->conformance, &count);
	uint64_t rest = 0;

	bpr_i_json_array(j, "deviations");
	for (size_t i = 0; i < count; i++) {
		if (list[i].cases < k) {
			rest++;
			continue;
		}
		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "move", moves[list[i].move]);
		if (list[i].move == BPR_MOVE_LOG) {
			bpr_i_json_string(j, "activity", activity(s, list[i].activity));
			bpr_i_json_string(j, "behind", node(s, list[i].node));
		} else {
			bpr_i_json_string(j, "node", node(s, list[i].node));
		}
		bpr_i_json_whole(j, "count", list[i].count);
		bpr_i_json_whole(j, "cases", list[i].cases);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	if (rest)
		bpr_i_json_whole(j, "deviations_rest", rest);
}

static void put_steps(json *j, const struct bpr_subject *s, size_t k)
{
	size_t count;
	const struct bpr_conform_step *list = bpr_conformance_steps(s->conformance, &count);

	bpr_i_json_array(j, "steps");
	for (size_t i = 0; i < count; i++) {
		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "node", node(s, list[i].node));
		bpr_i_json_string(j, "name", bpr_flow_node(s->flow, list[i].node)->name);
		bpr_i_put_known(j, "done", (double)list[i].done, !list[i].done || list[i].done >= k);
		bpr_i_put_known(j, "skipped", (double)list[i].skipped, !list[i].skipped || list[i].skipped >= k);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_moves(json *j, const struct bpr_subject *s, const struct bpr_conform_variant *v)
{
	bpr_i_json_array(j, "moves");
	for (size_t i = 0; i < v->move_count; i++) {
		const struct bpr_conform_move *m = &v->moves[i];

		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "move", moves[m->move]);
		if (m->move != BPR_MOVE_FLOW)
			bpr_i_json_string(j, "activity", activity(s, m->activity));
		if (m->move != BPR_MOVE_LOG)
			bpr_i_json_string(j, "node", node(s, m->node));
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

static void put_alignments(json *j, const struct bpr_subject *s, size_t k)
{
	size_t count;
	const struct bpr_conform_variant *list = bpr_conformance_variants(s->conformance, &count);
	uint64_t rest = 0, rest_cases = 0;

	bpr_i_json_array(j, "alignments");
	for (size_t i = 0; i < count; i++) {
		if (list[i].count < k) {
			rest++;
			rest_cases += list[i].count;
			continue;
		}
		bpr_i_json_object(j, NULL);
		bpr_i_json_whole(j, "cases", list[i].count);
		bpr_i_json_bool(j, "open", list[i].open);
		bpr_i_json_number(j, "cost_low", list[i].cost_low);
		bpr_i_json_number(j, "cost_high", list[i].cost_high);
		bpr_i_json_number(j, "fitness_low", list[i].fitness_low);
		bpr_i_json_number(j, "fitness_high", list[i].fitness_high);
		put_moves(j, s, &list[i]);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
	if (rest) {
		bpr_i_json_whole(j, "alignments_rest", rest);
		bpr_i_json_whole(j, "alignments_rest_cases", rest_cases);
	}
}

/* Which alignment a case has: only where everything was asked for. */
static void put_cases(json *j, const struct bpr_subject *s)
{
	uint32_t count = bpr_log_name_count(s->log, BPR_LOG_CASE);

	bpr_i_json_array(j, "by_case");
	for (uint32_t i = 0; i < count; i++) {
		size_t variant = bpr_conformance_of_case(s->conformance, i);

		if (variant == BPR_NONE)
			continue;
		bpr_i_json_object(j, NULL);
		bpr_i_json_string(j, "case", bpr_log_name(s->log, BPR_LOG_CASE, i));
		bpr_i_json_whole(j, "alignment", variant);
		bpr_i_json_end_object(j);
	}
	bpr_i_json_end_array(j);
}

void bpr_i_put_conformance(json *j, const struct bpr_subject *s, const struct bpr_report_options *options)
{
	size_t k = at_least(options);

	if (!s->conformance || !s->flow)
		return;
	bpr_i_json_object(j, "conformance");
	bpr_i_put_flow(j, s->flow);
	put_totals(j, bpr_conformance_totals(s->conformance));
	put_deviations(j, s, k);
	put_steps(j, s, k);
	put_alignments(j, s, k);
	if (options->full && k == 1)
		put_cases(j, s);
	bpr_i_json_end_object(j);
}

/* ---- rows ---- */

static void value(struct bpr_csv_out *csv, const char *const about[3], const char *measure, double x)
{
	bpr_i_csv_begin_row(csv, about[0], about[1], about[2], measure);
	bpr_i_csv_number(csv, x);
	bpr_i_csv_end_row(csv);
}

static void total_rows(struct bpr_csv_out *csv, const struct bpr_conform_totals *t)
{
	static const char *const about[3] = { "conformance", "", "" };

	value(csv, about, "cases", (double)t->cases);
	value(csv, about, "fitting", (double)t->fitting);
	value(csv, about, "open", (double)t->open);
	value(csv, about, "bounded", (double)t->bounded);
	value(csv, about, "fitness_low", t->fitness_low);
	value(csv, about, "fitness_high", t->fitness_high);
	value(csv, about, "trace_fitness", t->trace_fitness);
	if (!isnan(t->precision))
		value(csv, about, "precision", t->precision);
	value(csv, about, "unmapped_events", (double)t->unmapped);
}

void bpr_i_csv_conformance(struct bpr_csv_out *csv, const struct bpr_subject *s, const struct bpr_report_options *options)
{
	size_t count, k = at_least(options);
	const struct bpr_deviation *list;
	const struct bpr_conform_step *steps;

	if (!s->conformance || !s->flow)
		return;
	total_rows(csv, bpr_conformance_totals(s->conformance));
	list = bpr_conformance_deviations(s->conformance, &count);
	for (size_t i = 0; i < count; i++) {
		bool log = list[i].move == BPR_MOVE_LOG;
		const char *const about[3] = { log ? "inserted" : "skipped", list[i].node == BPR_NONE ? "" : node(s, list[i].node),
					       log ? activity(s, list[i].activity) : bpr_flow_node(s->flow, list[i].node)->name };

		if (list[i].cases < k)
			continue;
		value(csv, about, "count", (double)list[i].count);
		value(csv, about, "cases", (double)list[i].cases);
	}
	steps = bpr_conformance_steps(s->conformance, &count);
	for (size_t i = 0; i < count; i++) {
		const char *const about[3] = { "step", node(s, steps[i].node), bpr_flow_node(s->flow, steps[i].node)->name };

		if (!steps[i].done || steps[i].done >= k)
			value(csv, about, "done", (double)steps[i].done);
		if (!steps[i].skipped || steps[i].skipped >= k)
			value(csv, about, "skipped", (double)steps[i].skipped);
	}
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers graded by measuring them. */
#include "config.h"
#include "drill/grade_i.h"
#include "base/file_i.h"
#include "base/text_i.h"
#include "table/key_i.h"
#include "table/table_i.h"
#include "study/study_i.h"
#include <math.h>
#include <string.h>

enum { MOST_ANSWER = 1 << 24, MOST_ITEMS = BPR_DRILL_CHECKS + 2 };

/* ---- flows ---- */

static bpr_status wrong_pack(struct grading *g, const char *file)
{
	return bpr_i_fail(g->err, BPR_EINVAL, BPR_I_N110, g->exercise->id, g->exercise->line, file, NULL);
}

bpr_status bpr_i_grade_analyse(struct grading *g, struct measured_flow *flow)
{
	const struct bpr_analysis_options options = BPR_ANALYSIS_OPTIONS_INIT;

	return bpr_analyse(flow->flow, &options, &flow->analysis, g->problems, g->err);
}

bpr_status bpr_i_grade_open(struct grading *g, const char *path, bool given, struct measured_flow *out)
{
	const struct bpr_read_options options = BPR_READ_OPTIONS_INIT;
	char *file = given ? bpr_i_pack_path(g->pack, path) : NULL;
	bpr_status status;

	*out = (struct measured_flow){ .flow = NULL };
	if (given && !file)
		return bpr_i_nomem(g->err);
	status = bpr_read(given ? file : path, &options, &out->flows, g->problems, g->err);
	bpr_i_free(file);
	if (!status && out->flows.count != 1)
		status = bpr_i_fail(g->err, BPR_ESYNTAX, BPR_I_N114, g->exercise->id, 0, path, NULL);
	if (!status) {
		out->flow = out->flows.items[0];
		status = bpr_i_grade_analyse(g, out);
	}
	return status && status != BPR_ENOMEM && given ? wrong_pack(g, path) : status;
}

void bpr_i_grade_close(struct measured_flow *flow)
{
	bpr_analysis_free(flow->analysis);
	bpr_flow_free(flow->made);
	bpr_flows_release(&flow->flows);
	*flow = (struct measured_flow){ .flow = NULL };
}

/* ---- items ---- */

bpr_status bpr_i_grade_item(struct grading *g, const struct bpr_drill_check *check, bool met, bool known, double actual, double limit)
{
	struct bpr_grade *grade = g->grade;

	if (!grade->items)
		grade->items = bpr_i_arena_alloc(g->arena, MOST_ITEMS, sizeof(*grade->items));
	if (!grade->items)
		return bpr_i_nomem(g->err);
	grade->items[grade->count++] = (struct bpr_graded){
		.what = check ? check->text : g->exercise->measure, .met = met, .known = known, .actual = actual, .limit = limit,
		.unmet = { check ? check->unmet[0] : "", check ? check->unmet[1] : "" },
	};
	return BPR_OK;
}

/* Documents that the before hands out and the after hands out as often: share of them, weakest one. */
static double keeps_issues(const struct checked *c)
{
	const bpr_flow *const flows[2] = { c->before->flow, c->after->flow };
	const struct bpr_node_result *const nodes[2] = { bpr_analysis_nodes(c->before->analysis), bpr_analysis_nodes(c->after->analysis) };
	double least = 1;

	for (size_t f = 0; f < bpr_flow_form_count(flows[0]); f++) {
		const char *name = bpr_flow_form(flows[0], f)->name;
		double issued[2] = { 0, 0 };

		for (size_t side = 0; side < 2; side++)
			for (size_t i = 0; i < bpr_flow_node_count(flows[side]); i++) {
				const struct bpr_node *node = bpr_flow_node(flows[side], i);

				for (size_t k = 0; k < node->issue_count; k++)
					if (!strcmp(bpr_flow_form(flows[side], node->issues[k])->name, name))
						issued[side] += nodes[side][i].visits;
			}
		if (issued[0] > 0 && issued[1] / issued[0] < least)
			least = issued[1] / issued[0];
	}
	return least;
}

static bpr_status is_sound(struct grading *g, const bpr_flow *flow, bool *sound, bool *known)
{
	/* Nothing is taken away: the list borrows the flow. */
	bpr_flow *const items[1] = { (bpr_flow *)(uintptr_t)flow };
	const struct bpr_flows one = { .items = (bpr_flow **)(uintptr_t)items, .count = 1 };
	struct bpr_soundness *soundness = NULL;
	bpr_status status = bpr_soundness_check(&one, 0, NULL, &soundness, g->err);

	*sound = *known = !status;
	for (int p = 0; !status && p < BPR_SOUND_COUNT; p++) {
		*sound &= soundness->verdict[p] != BPR_VERDICT_NO;
		*known &= soundness->verdict[p] != BPR_VERDICT_UNDECIDED;
	}
	bpr_soundness_free(soundness);
	return status;
}

static double people(const bpr_flow *flow)
{
	double sum = 0;

	for (size_t i = 0; i < bpr_flow_pool_count(flow); i++)
		sum += (double)bpr_flow_pool(flow, i)->count;
	return sum;
}

static bpr_status check_word(struct grading *g, const struct checked *c, const struct bpr_drill_check *check)
{
	enum bpr_drill_word word;
	char operator[3];
	double limit, actual = 0;
	bool sound = false, known = true;

	if (!bpr_i_drill_word(check->text, &word, operator, &limit))
		return BPR_EINVAL;
	switch (word) {
	case BPR_DRILL_SOUND: {
		bpr_status status = is_sound(g, c->after->flow, &sound, &known);

		return status ? status : bpr_i_grade_item(g, check, sound, known || !sound, sound, 1);
	}
	case BPR_DRILL_KEEPS_ISSUES:
		actual = keeps_issues(c);
		return bpr_i_grade_item(g, check, actual > 1 - 1e-6, true, actual, 1);
	case BPR_DRILL_KEEPS_DEMAND:
		actual = bpr_flow_cases_per_year(c->after->flow);
		limit = bpr_flow_cases_per_year(c->before->flow);
		return bpr_i_grade_item(g, check, bpr_i_drill_holds(actual, "=", limit), true, actual, limit);
	case BPR_DRILL_STAFF:
		actual = people(c->after->flow);
		break;
	case BPR_DRILL_COST:
		actual = c->cost;
		break;
	case BPR_DRILL_DAYS:
		actual = c->days;
		break;
	case BPR_DRILL_BEST:
	case BPR_DRILL_WORDS:
	default:
		actual = c->best;
		break;
	}
	known = !isnan(actual);
	return bpr_i_grade_item(g, check, known && bpr_i_drill_holds(actual, operator, limit), known, known ? actual : 0, limit);
}

bpr_status bpr_i_grade_checks(struct grading *g, const struct checked *c)
{
	const struct bpr_exercise *x = g->exercise;
	bpr_status status = BPR_OK;

	for (size_t i = 0; i < BPR_METRIC_COUNT; i++) {
		g->grade->before[i] = bpr_analysis_figure(c->before->analysis, (enum bpr_metric)i)->mean;
		g->grade->after[i] = bpr_analysis_figure(c->after->analysis, (enum bpr_metric)i)->mean;
	}
	g->grade->measured = true;
	for (size_t i = 0; i < x->check_count && !status; i++) {
		struct bpr_requirement_result result = { 0 };

		status = check_word(g, c, &x->checks[i]);
		if (status != BPR_EINVAL)
			continue;
		status = bpr_comparison_require(c->comparison, x->checks[i].text, &result, g->err);
		if (!status)
			status = bpr_i_grade_item(g, &x->checks[i], result.met, result.known, result.actual, result.limit);
	}
	return status;
}

/* ---- numbers and names ---- */

bpr_status bpr_i_grade_value(struct grading *g)
{
	const struct bpr_exercise *x = g->exercise;
	struct measured_flow given;
	double answer = 0, right, room;
	bpr_status status = bpr_i_grade_open(g, x->input, true, &given);

	if (!status && !bpr_i_table_number(g->answer, &answer))
		status = bpr_i_fail(g->err, BPR_ESYNTAX, BPR_I_N115, x->id, 0, g->answer, NULL);
	if (!status) {
		right = bpr_analysis_figure(given.analysis, bpr_metric_find(x->measure))->mean;
		room = x->tolerance * (x->tolerance_relative ? fabs(right) : 1) + 1e-9;
		g->grade->wanted = fabs(answer - right) <= room ? "" : answer < right ? "more" : "less";
		status = bpr_i_grade_item(g, NULL, fabs(answer - right) <= room, true, answer, 0);
	}
	bpr_i_grade_close(&given);
	return status;
}

static bool named(struct grading *g, const char *name, const struct bpr_table_key *answer, bool *nomem)
{
	struct bpr_table_key key;

	(void)g;
	if (!bpr_i_table_key(&key, name, strlen(name)))
		*nomem = true;
	return !*nomem && key.length && key.length == answer->length && !memcmp(key.text, answer->text, key.length);
}

bpr_status bpr_i_grade_word(struct grading *g)
{
	const struct bpr_exercise *x = g->exercise;
	struct measured_flow given;
	struct bpr_table_key answer;
	const struct bpr_bottleneck *list;
	double first = -1;
	size_t count = 0;
	bool met = false, nomem = false;
	bpr_status status = bpr_i_grade_open(g, x->input, true, &given);

	if (!status && !bpr_i_table_key(&answer, g->answer, strlen(g->answer)))
		status = bpr_i_nomem(g->err);
	if (!status) {
		list = bpr_analysis_bottlenecks(given.analysis, &count);
		for (size_t i = 0; i < count; i++) {
			const struct bpr_node *node = list[i].node == BPR_NONE ? NULL : bpr_flow_node(given.flow, list[i].node);

			if (strcmp(bpr_lens_name(list[i].lens), x->measure) != 0 || (first >= 0 && list[i].value < first * (1 - 1e-9)))
				continue;
			first = first < 0 ? list[i].value : first; /* the first, and those as great */
			met |= node ? named(g, node->id, &answer, &nomem) || named(g, node->name, &answer, &nomem) :
				      named(g, bpr_flow_pool(given.flow, list[i].pool)->name, &answer, &nomem);
		}
		if (nomem)
			status = bpr_i_nomem(g->err);
		else if (first < 0)
			status = wrong_pack(g, x->input);
	}
	if (!status) {
		g->grade->wanted = met ? "" : "other";
		status = bpr_i_grade_item(g, NULL, met, true, met, 1);
	}
	bpr_i_grade_close(&given);
	return status;
}

/* ---- flows ---- */

bpr_status bpr_i_grade_flow(struct grading *g)
{
	const bool simulated = g->exercise->task == BPR_TASK_SIMULATION;
	struct measured_flow before, after = { .flow = NULL };
	bpr_comparison *comparison = NULL;
	struct bpr_trial trial = { 0 };
	bpr_status status = bpr_i_grade_open(g, g->exercise->input, true, &before);

	if (!status)
		status = bpr_i_grade_open(g, g->answer, false, &after);
	if (!status)
		status = bpr_compare(before.flow, before.analysis, after.flow, after.analysis, &comparison, g->err);
	if (!status && simulated) {
		status = bpr_trial_run(before.flow, after.flow, &g->options->simulation, &trial, NULL, g->problems, g->err);
		if (!status)
			bpr_comparison_simulated(comparison, trial.differences);
	}
	if (!status) {
		const struct checked checked = { &before, &after, comparison, (double)NAN, (double)NAN, (double)NAN };

		status = bpr_i_grade_checks(g, &checked);
	}
	bpr_trial_release(&trial);
	bpr_comparison_free(comparison);
	bpr_i_grade_close(&after);
	bpr_i_grade_close(&before);
	return status;
}

/* ---- */

static bpr_status hash_answer(struct grading *g, bool file)
{
	struct bpr_fault fault;
	char *data = NULL;
	size_t length = strlen(g->answer);
	bpr_status status = BPR_OK;

	if (file)
		status = bpr_i_file_read(g->answer, MOST_ANSWER, &data, &length, &fault);
	if (status) {
		const struct bpr_place place = { g->answer, fault.line, fault.column, NULL };

		(void)bpr_i_problem(g->problems, fault.id, &place, false, fault.args[0], fault.args[1], fault.args[2], NULL);
		return status == BPR_ENOMEM ? bpr_i_nomem(g->err) : bpr_i_fail(g->err, status, fault.id, NULL, 0, fault.args[0], NULL);
	}
	/* With the exercise, so that equal answers to different ones look different. */
	g->grade->answer = bpr_i_hash(bpr_i_hash(BPR_I_HASH_START, g->exercise->id, strlen(g->exercise->id)), file ? data : g->answer, length);
	bpr_i_free(data);
	return BPR_OK;
}

bpr_status bpr_pack_grade(const bpr_pack *pack, size_t index, const char *answer, const struct bpr_grade_options *options, struct bpr_grade *out,
			  bpr_problems *problems, struct bpr_error *err)
{
	static bpr_status (*const graders[BPR_TASK_COUNT])(struct grading *) = {
		bpr_i_grade_value, bpr_i_grade_word, bpr_i_grade_flow, bpr_i_grade_levers, bpr_i_grade_sheet, bpr_i_grade_flow,
	};
	struct grading g = { .pack = pack, .answer = answer, .options = options, .grade = out, .problems = problems, .err = err };
	bpr_status status;

	*out = (struct bpr_grade){ .wanted = "" };
	if (index >= pack->count)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_N110, NULL, 0, "", NULL);
	g.exercise = &pack->items[index];
	g.arena = bpr_i_calloc(1, sizeof(*g.arena));
	if (!g.arena)
		return bpr_i_nomem(err);
	out->memory = g.arena;
	status = hash_answer(&g, g.exercise->task > BPR_TASK_WORD);
	if (!status)
		status = graders[g.exercise->task](&g);
	if (status) {
		bpr_grade_release(out);
		return status;
	}
	out->passed = true;
	for (size_t i = 0; i < out->count; i++)
		out->passed &= out->items[i].met;
	return BPR_OK;
}

void bpr_grade_release(struct bpr_grade *grade)
{
	if (grade->memory)
		bpr_i_arena_release(grade->memory);
	bpr_i_free(grade->memory);
	*grade = (struct bpr_grade){ .wanted = "" };
}

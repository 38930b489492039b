/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A choice among the levers of an exercise: what it brings, what it costs, how near it is to the best one. */
#include "config.h"
#include "drill/grade_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

static bool same_lever(const struct bpr_lever *a, const struct bpr_lever *b)
{
	bool same = a->action_count == b->action_count && (a->cost == b->cost || (isnan(a->cost) && isnan(b->cost))) &&
		    (a->effort_days == b->effort_days || (isnan(a->effort_days) && isnan(b->effort_days)));

	for (size_t i = 0; same && i < a->action_count; i++)
		same = a->actions[i].kind == b->actions[i].kind && !strcmp(a->actions[i].target, b->actions[i].target) &&
		       !strcmp(a->actions[i].value, b->actions[i].value);
	return same;
}

/* Which of those given the answer has; sums. */
static bpr_status choose(struct grading *g, const bpr_levers *given, const bpr_levers *answer, bool *chosen, struct checked *sums)
{
	sums->cost = sums->days = 0;
	for (size_t i = 0; i < bpr_levers_count(answer); i++) {
		const struct bpr_lever *lever = bpr_levers_get(answer, i);
		const size_t at = bpr_levers_find(given, lever->id);

		if (at == BPR_NONE || !same_lever(lever, bpr_levers_get(given, at)))
			return bpr_i_fail(g->err, BPR_ESYNTAX, BPR_I_N116, lever->id, lever->line, lever->id, g->exercise->levers);
		chosen[at] = true;
		sums->cost += isnan(lever->cost) ? 0 : lever->cost;
		sums->days += isnan(lever->effort_days) ? 0 : lever->effort_days;
	}
	return BPR_OK;
}

/* Gain of the choice as a share of the best one that the limits allow. */
static bpr_status nearness(struct grading *g, const bpr_flow *flow, const bpr_levers *given, const bool *chosen, double *share)
{
	struct bpr_suggest_options options = BPR_SUGGEST_OPTIONS_INIT;
	const size_t count = bpr_levers_count(given);
	struct bpr_suggestion best = { .count = 0 }, mine = { .count = 0 };
	size_t *in = bpr_i_calloc(count, sizeof(*in)), *out = bpr_i_calloc(count, sizeof(*out));
	bpr_status status;

	options.gain = bpr_gain_find(g->exercise->gain);
	options.budget = g->exercise->budget;
	options.max_days = g->exercise->days;
	status = in && out ? bpr_suggest(flow, given, &options, &best, NULL, g->err) : bpr_i_nomem(g->err);
	if (!status) {
		options.budget = options.max_days = (double)INFINITY;
		for (size_t i = 0; i < count; i++)
			*(chosen[i] ? &in[options.must_count++] : &out[options.never_count++]) = i;
		options.must = in;
		options.never = out;
		status = bpr_suggest(flow, given, &options, &mine, NULL, g->err);
	}
	if (!status)
		*share = best.best.value.gain > 0 ? mine.best.value.gain / best.best.value.gain : 1;
	bpr_suggestion_release(&mine);
	bpr_suggestion_release(&best);
	bpr_i_free(in);
	bpr_i_free(out);
	return status;
}

static bool wants_best(const struct bpr_exercise *x)
{
	for (size_t i = 0; i < x->check_count; i++)
		if (!strncmp(x->checks[i].text, "best", 4))
			return true;
	return false;
}

static bpr_status read_levers(struct grading *g, bpr_levers **given, bpr_levers **answer)
{
	const struct bpr_lever_options options = BPR_LEVER_OPTIONS_INIT;
	char *path = bpr_i_pack_path(g->pack, g->exercise->levers);
	bpr_status status = path ? bpr_levers_read(path, &options, given, g->problems, g->err) : bpr_i_nomem(g->err);

	bpr_i_free(path);
	if (status && status != BPR_ENOMEM)
		return bpr_i_fail(g->err, BPR_EINVAL, BPR_I_N110, g->exercise->id, g->exercise->line, g->exercise->levers, NULL);
	return status ? status : bpr_levers_read(g->answer, &options, answer, g->problems, g->err);
}

bpr_status bpr_i_grade_levers(struct grading *g)
{
	struct measured_flow before, after = { .flow = NULL };
	struct checked checked = { &before, &after, NULL, 0, 0, (double)NAN };
	bpr_comparison *comparison = NULL;
	bpr_levers *given = NULL, *answer = NULL;
	bool *chosen = NULL;
	bpr_status status = bpr_i_grade_open(g, g->exercise->input, true, &before);

	if (!status)
		status = read_levers(g, &given, &answer);
	if (!status) {
		chosen = bpr_i_calloc(bpr_levers_count(given), sizeof(*chosen));
		status = chosen ? choose(g, given, answer, chosen, &checked) : bpr_i_nomem(g->err);
	}
	if (!status)
		status = bpr_levers_apply(before.flow, given, chosen, NULL, &after.made, g->problems, g->err);
	if (!status && bpr_problems_count_severity(g->problems, BPR_SEVERITY_ERROR))
		status = bpr_i_fail(g->err, BPR_ESYNTAX, BPR_I_N117, g->exercise->id, 0, NULL, NULL);
	if (!status) {
		after.flow = after.made;
		status = bpr_i_grade_analyse(g, &after);
	}
	if (!status)
		status = bpr_compare(before.flow, before.analysis, after.flow, after.analysis, &comparison, g->err);
	if (!status && wants_best(g->exercise))
		status = nearness(g, before.flow, given, chosen, &checked.best);
	if (!status) {
		checked.comparison = comparison;
		status = bpr_i_grade_checks(g, &checked);
	}
	bpr_comparison_free(comparison);
	bpr_i_free(chosen);
	bpr_i_grade_close(&after);
	bpr_i_grade_close(&before);
	bpr_levers_free(given);
	bpr_levers_free(answer);
	return status;
}

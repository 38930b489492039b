/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which levers first: each valued alone, the best set chosen, and what each adds to it. */
#include "config.h"
#include "improve/choose_i.h"
#include "improve/suggest_i.h"
#include "improve/value_i.h"
#include "base/options_i.h"
#include "base/problem_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

enum { CHUNK = 256, TOP = 8 /* sets that are simulated, where the others are told apart without queues */ };

struct job {
	const bpr_flow *flow;
	const bpr_levers *levers;
	struct bpr_suggest_options options;
	struct bpr_suggestion *out;
	bpr_problems *problems;
	struct bpr_error *err;
	struct bpr_arena *arena;
	size_t n;
	bpr_valuer *valuer;
	struct bpr_choice_lever *rules;
	bpr_choice *choice;
	double *offset;              /* [n] gain alone that only queues show */
	double until;
	size_t simulated;            /* sets */
};

static const char *const gain_names[BPR_GAIN_COUNT] = { "hours", "staff", "citizen", "yen", "lead", "visits", "writing" };

const char *bpr_gain_name(enum bpr_gain gain)
{
	return (size_t)gain < BPR_GAIN_COUNT ? gain_names[gain] : "";
}

enum bpr_gain bpr_gain_find(const char *name)
{
	size_t i = 0;

	while (i < BPR_GAIN_COUNT && strcmp(gain_names[i], name) != 0)
		i++;
	return (enum bpr_gain)i;
}

/* ---- what is asked ---- */

static bool is_list(const size_t *list, size_t count, size_t n)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] >= n)
			return false;
	return true;
}

static bpr_status take_options(struct job *j, const struct bpr_suggest_options *options)
{
	j->options = (struct bpr_suggest_options)BPR_SUGGEST_OPTIONS_INIT;
	if (!bpr_i_options(&j->options, options))
		return bpr_i_fail(j->err, BPR_EINVAL, BPR_I_I008, NULL, 0, NULL, NULL);
	if ((size_t)j->options.gain >= BPR_GAIN_COUNT || !(j->options.budget >= 0) || !(j->options.max_days >= 0) || !(j->options.seconds >= 0) ||
	    !is_list(j->options.must, j->options.must_count, j->n) || !is_list(j->options.never, j->options.never_count, j->n))
		return bpr_i_fail(j->err, BPR_EINVAL, BPR_I_K204, NULL, 0, NULL, NULL);
	if (j->options.simulate && !(bpr_flow_cases_per_year(j->flow) > 0)) {
		j->options.simulate = false;
		if (!bpr_i_problem(j->problems, BPR_I_K208, NULL, false, NULL, NULL, NULL, NULL))
			return bpr_i_nomem(j->err);
	}
	return BPR_OK;
}

static bpr_status take_levers(struct job *j)
{
	j->out->items = bpr_i_arena_alloc(j->arena, j->n + 1, sizeof(*j->out->items));
	j->rules = bpr_i_arena_alloc(j->arena, j->n + 1, sizeof(*j->rules));
	j->offset = bpr_i_arena_alloc(j->arena, j->n + 1, sizeof(*j->offset));
	j->out->best.chosen = bpr_i_arena_alloc(j->arena, j->n + 1, 1);
	j->out->all.chosen = bpr_i_arena_alloc(j->arena, j->n + 1, 1);
	if (!j->out->items || !j->rules || !j->offset || !j->out->best.chosen || !j->out->all.chosen)
		return bpr_i_nomem(j->err);
	j->out->count = j->n;
	for (size_t i = 0; i < j->n; i++) {
		const struct bpr_lever *lever = bpr_levers_get(j->levers, i);
		struct bpr_lever_costs c = bpr_i_lever_costs(lever);

		j->out->items[i] = (struct bpr_suggested){
			.lever = i, .marginal = (double)NAN, .cost = c.cost, .yearly_cost = c.yearly_cost, .effort_days = c.effort_days, .ease = c.ease,
			.cost_assumed = c.cost_assumed, .yearly_assumed = c.yearly_assumed, .effort_assumed = c.effort_assumed,
			.ease_assumed = c.ease_assumed, .unit = BPR_NONE,
		};
		j->rules[i] = (struct bpr_choice_lever){
			c.cost, c.effort_days, lever->needs, lever->need_count, lever->excludes, lever->exclude_count, false, false,
		};
	}
	for (size_t i = 0; i < j->options.must_count; i++)
		j->rules[j->options.must[i]].must = true;
	for (size_t i = 0; i < j->options.never_count; i++)
		j->rules[j->options.never[i]].never = true;
	return BPR_OK;
}

/* ---- values ---- */

/* The chooser's: gains without queues, and what queues bring each alone. */
static bpr_status worth(void *data, struct bpr_choice_batch *batch, struct bpr_error *err)
{
	struct job *j = data;
	struct bpr_value_batch values = { BPR_VALUE_QUICK, batch->sets, batch->count, batch->until, bpr_i_calloc(batch->count, sizeof(*values.values)), 0 };
	bpr_status status = values.values ? bpr_i_valuer_run(j->valuer, &values, err) : bpr_i_nomem(err);

	batch->done = values.done;
	for (size_t i = 0; !status && i < values.done; i++) {
		batch->gains[i] = values.values[i].fits ? values.values[i].gain : (double)NAN;
		for (size_t k = 0; k < j->n; k++)
			batch->gains[i] += batch->sets[i][k] ? j->offset[k] : 0;
	}
	bpr_i_free(values.values);
	return status;
}

static struct bpr_lever_value minus(const struct bpr_lever_value *with, const struct bpr_lever_value *without)
{
	struct bpr_lever_value v = *with;

	if (!with->fits || !without->fits)
		return (struct bpr_lever_value){ .fits = false };
	for (size_t m = 0; m < BPR_METRIC_COUNT; m++) {
		v.known[m] = with->known[m] && without->known[m];
		v.change[m] = v.known[m] ? with->change[m] - without->change[m] : 0;
	}
	for (size_t g = 0; g < BPR_GAIN_COUNT; g++)
		v.gains[g] -= without->gains[g];
	v.gain -= without->gain;
	v.walk_change -= without->walk_change;
	v.wait_change -= without->wait_change;
	/* Of a difference of differences nothing is known but its mean. */
	v.wait_ci_known &= without->wait_low >= 0 && without->wait_high <= 0;
	v.wait_low = v.wait_ci_known ? v.wait_low : 0;
	v.wait_high = v.wait_ci_known ? v.wait_high : 0;
	return v;
}

/* Levers `first` and on, each with and without itself beside what it needs. */
static bpr_status value_some(struct job *j, enum bpr_value_depth depth, size_t first, size_t count, bool *flat, struct bpr_lever_value *out)
{
	const bool *sets[2 * CHUNK];
	struct bpr_lever_value *values = bpr_i_calloc(2 * count, sizeof(*values));
	bpr_status status = values ? BPR_OK : bpr_i_nomem(j->err);

	for (size_t i = 0; !status && i < count; i++) {
		bool *with = flat + 2 * i * j->n, *without = with + j->n;

		memset(with, 0, j->n);
		/* What cannot be with what it needs is refused when it is applied. */
		(void)bpr_i_choice_add(j->choice, with, first + i);
		memcpy(without, with, j->n);
		bpr_i_choice_drop(j->choice, without, first + i);
		sets[2 * i] = with;
		sets[2 * i + 1] = without;
	}
	if (!status)
		status = bpr_i_valuer_run(j->valuer, &(struct bpr_value_batch){ depth, sets, 2 * count, 0, values, 0 }, j->err);
	for (size_t i = 0; !status && i < count; i++)
		out[i] = minus(&values[2 * i], &values[2 * i + 1]);
	bpr_i_free(values);
	return status;
}

static bpr_status value_alone(struct job *j)
{
	size_t most = j->n < CHUNK ? j->n : CHUNK;
	bool *flat = bpr_i_calloc(2 * most + 1, j->n + 1);
	struct bpr_lever_value *values = bpr_i_calloc(most + 1, sizeof(*values));
	bpr_status status = flat && values ? BPR_OK : bpr_i_nomem(j->err);

	for (size_t at = 0; !status && at < j->n; at += CHUNK) {
		size_t count = j->n - at < CHUNK ? j->n - at : CHUNK;

		status = value_some(j, BPR_VALUE_FULL, at, count, flat, values);
		for (size_t i = 0; !status && i < count; i++)
			j->out->items[at + i].alone = values[i];
		if (status || !j->options.simulate)
			continue;
		j->simulated += 2 * count;
		status = value_some(j, BPR_VALUE_QUICK, at, count, flat, values);
		for (size_t i = 0; !status && i < count; i++)
			j->offset[at + i] = values[i].fits && j->out->items[at + i].alone.fits ? j->out->items[at + i].alone.gain - values[i].gain : 0;
	}
	bpr_i_free(values);
	bpr_i_free(flat);
	return status;
}

/* ---- choosing ---- */

static bpr_status complete(struct job *j, struct bpr_lever_set *set)
{
	const bool *sets[1] = { set->chosen };

	for (size_t i = 0; i < j->n; i++)
		if (set->chosen[i]) {
			set->count++;
			set->cost += j->out->items[i].cost;
			set->yearly_cost += j->out->items[i].yearly_cost;
			set->effort_days += j->out->items[i].effort_days;
		}
	return bpr_i_valuer_run(j->valuer, &(struct bpr_value_batch){ BPR_VALUE_FULL, sets, 1, 0, &set->value, 0 }, j->err);
}

/* Of the best sets without queues the one that is best with them. */
static bpr_status try_queues(struct job *j, const struct bpr_choice_limits *limits, bool *chosen, struct bpr_choice_result *result)
{
	bool *flat = bpr_i_calloc(TOP, j->n + 1);
	const bool *sets[TOP];
	struct bpr_lever_value values[TOP];
	struct bpr_value_batch batch = { BPR_VALUE_FULL, sets, 0, 0, values, 0 };
	size_t count = 0, best = 0;
	bool nomem = true;
	bpr_status status = BPR_OK;

	if (flat)
		count = bpr_i_choice_top(j->choice, limits, TOP, flat, &nomem);
	for (size_t i = 0; i < count; i++)
		sets[i] = flat + i * j->n;
	batch.count = count;
	if (!nomem)
		status = bpr_i_valuer_run(j->valuer, &batch, j->err);
	j->simulated += batch.done;
	for (size_t i = 1; !nomem && !status && i < count; i++)
		if (values[i].fits && (!values[best].fits || values[i].gain > values[best].gain))
			best = i;
	if (!nomem && !status && count) {
		memcpy(chosen, sets[best], j->n);
		/* Other sets were not simulated. */
		result->proven = false;
		result->settled &= best == 0;
		result->bound = fmax(result->bound, values[best].gain);
	}
	bpr_i_free(flat);
	return nomem ? bpr_i_nomem(j->err) : status;
}

static bpr_status choose_set(struct job *j, double budget, double days, struct bpr_lever_set *set, struct bpr_choice_result *result)
{
	struct bpr_choice_limits limits = { budget, days, j->until, false };
	bpr_status status;

	*result = (struct bpr_choice_result){ .chosen = set->chosen };
	status = bpr_i_choice_run(j->choice, &limits, result, j->err);
	if (!status && result->found && j->options.simulate)
		status = try_queues(j, &limits, set->chosen, result);
	return status || !result->found ? status : complete(j, set);
}

/* Whether the money and the days are enough for everything. */
static bool is_free(const struct job *j)
{
	double cost = 0, days = 0;

	for (size_t i = 0; i < j->n; i++) {
		cost += j->rules[i].cost;
		days += j->rules[i].days;
	}
	return cost <= j->options.budget && days <= j->options.max_days;
}

static bpr_status choose(struct job *j)
{
	struct bpr_suggestion *out = j->out;
	struct bpr_choice_result result, all;
	bool *all_chosen = out->all.chosen;
	bpr_status status = choose_set(j, j->options.budget, j->options.max_days, &out->best, &result);

	if (!status && !result.found)
		return bpr_i_fail(j->err, BPR_EINVAL, BPR_I_K203, NULL, 0, NULL, NULL);
	if (status)
		return status;
	out->proven = result.proven;
	out->settled = result.settled;
	out->timed_out = result.timed_out;
	out->rounds = result.rounds;
	out->bound = fmax(result.bound, out->best.value.gain);
	if (out->proven)
		out->bound = out->best.value.gain;
	if (!is_free(j)) {
		/* As long again. */
		if (j->until > 0)
			j->until = bpr_i_value_now() + j->options.seconds;
		return choose_set(j, (double)INFINITY, (double)INFINITY, &out->all, &all);
	}
	memcpy(all_chosen, out->best.chosen, j->n);
	out->all = out->best;
	out->all.chosen = all_chosen;
	return BPR_OK;
}

/* ---- beside the chosen ones ---- */

static bpr_status value_beside(struct job *j)
{
	bool *flat = bpr_i_calloc(j->n + 1, 1);
	const bool *sets[1] = { j->out->best.chosen };
	double base = 0, gain = 0;
	struct bpr_choice_batch batch = { sets, 1, 0, &base, 0 };
	bpr_status status = flat ? bpr_i_choice_values(j->choice, &batch, j->err) : bpr_i_nomem(j->err);

	sets[0] = flat;
	batch.gains = &gain;
	for (size_t i = 0; !status && i < j->n; i++) {
		struct bpr_suggested *item = &j->out->items[i];
		bool fits = true;

		memcpy(flat, j->out->best.chosen, j->n);
		item->chosen = flat[i];
		if (item->chosen)
			bpr_i_choice_drop(j->choice, flat, i);
		else
			fits = bpr_i_choice_add(j->choice, flat, i);
		if (!fits)
			continue;
		status = bpr_i_choice_values(j->choice, &batch, j->err);
		item->marginal = status ? (double)NAN : item->chosen ? base - gain : gain - base;
		j->out->sum += item->chosen ? item->alone.gain : 0;
	}
	bpr_i_free(flat);
	return status;
}

/* ---- who has to take part; why one does not fit ---- */

/* A gain; or none, and less of something without a loss. */
static bool improves(const struct bpr_lever_value *v)
{
	bool less = v->gain > 0;

	for (size_t i = 0; i < BPR_METRIC_COUNT && !(v->gain < 0); i++)
		less |= v->known[i] && v->change[i] < 0 && bpr_metric_get((enum bpr_metric)i)->better < 0;
	return less;
}

static bpr_status look_at_units(struct job *j, size_t i, bool *set, bool *refused)
{
	struct bpr_suggested *item = &j->out->items[i];
	const struct bpr_lever *lever = bpr_levers_get(j->levers, i);
	bpr_flow *before = NULL, *after = NULL;
	bpr_status status;

	memset(set, 0, j->n);
	(void)bpr_i_choice_add(j->choice, set, i);
	status = bpr_levers_apply(j->flow, j->levers, set, refused, &after, item->alone.fits ? NULL : j->problems, j->err);
	bpr_i_choice_drop(j->choice, set, i);
	if (!status && item->alone.fits)
		status = bpr_levers_apply(j->flow, j->levers, set, refused, &before, NULL, j->err);
	if (!status && item->alone.fits) {
		item->units = bpr_i_changed_units(before, after, lever, &item->unit);
		if (item->units == BPR_NONE)
			status = bpr_i_nomem(j->err);
	}
	bpr_flow_free(after);
	bpr_flow_free(before);
	item->tomorrow = !status && item->alone.fits && improves(&item->alone) && item->cost <= 0 && item->yearly_cost <= 0 &&
		item->effort_days <= BPR_TOMORROW_DAYS && item->ease >= BPR_TOMORROW_EASE && !lever->need_count && item->units <= 1;
	/* That nothing is left of the flow was said already, by not fitting. */
	return status == BPR_ENOMEM || item->alone.fits ? status : BPR_OK;
}

static bpr_status look_at_all_units(struct job *j)
{
	bool *set = bpr_i_calloc(j->n + 1, 1), *refused = bpr_i_calloc(j->n + 1, 1);
	bpr_status status = set && refused ? BPR_OK : bpr_i_nomem(j->err);

	for (size_t i = 0; !status && i < j->n; i++)
		status = look_at_units(j, i, set, refused);
	bpr_i_free(refused);
	bpr_i_free(set);
	return status;
}

/* ---- notes ---- */

static bool is_known(const struct job *j)
{
	static const enum bpr_metric of[BPR_GAIN_COUNT] = {
		[BPR_GAIN_HOURS] = BPR_METRIC_WORK_MINUTES, [BPR_GAIN_STAFF] = BPR_METRIC_WORK_MINUTES, [BPR_GAIN_CITIZEN] = BPR_METRIC_CITIZEN_MINUTES,
		[BPR_GAIN_YEN] = BPR_METRIC_COST_YEN, [BPR_GAIN_LEAD] = BPR_METRIC_LEAD_MINUTES, [BPR_GAIN_VISITS] = BPR_METRIC_COUNTER_VISITS,
		[BPR_GAIN_WRITING] = BPR_METRIC_FIELDS_WRITTEN,
	};

	return j->out->before_known[of[j->options.gain]] && (j->out->before[of[j->options.gain]] > 0 ||
		(j->options.gain == BPR_GAIN_HOURS && j->out->before[BPR_METRIC_CITIZEN_MINUTES] > 0));
}

static const char *gain_label(enum bpr_gain gain)
{
	static const char *const labels[BPR_GAIN_COUNT] = {
		BPR_I_ARG N_("hours of staff and citizens"), BPR_I_ARG N_("hours of staff"), BPR_I_ARG N_("hours of citizens"), BPR_I_ARG N_("yen"),
		BPR_I_ARG N_("hours from start to end"), BPR_I_ARG N_("visits to counters"), BPR_I_ARG N_("fields written"),
	};

	return labels[gain];
}

static bpr_status note(struct job *j)
{
	bool ok = true;

	if (!is_known(j))
		ok = bpr_i_problem(j->problems, BPR_I_K206, NULL, false, gain_label(j->options.gain), NULL, NULL, NULL);
	if (ok && !(j->out->cases > 0))
		ok = bpr_i_problem(j->problems, BPR_I_K205, NULL, false, NULL, NULL, NULL, NULL);
	if (ok && j->out->timed_out)
		ok = bpr_i_problem(j->problems, BPR_I_K207, NULL, false, NULL, NULL, NULL, NULL);
	return ok ? BPR_OK : bpr_i_nomem(j->err);
}

/* ---- all together ---- */

static bpr_status begin(struct job *j)
{
	bpr_status status = take_levers(j);

	if (!status)
		status = bpr_i_valuer_new(j->flow, j->levers, &j->options, &j->valuer, j->err);
	if (!status)
		status = bpr_i_choice_new(j->rules, j->n, worth, j, &j->choice, j->err);
	if (status)
		return status;
	j->out->cases = bpr_i_valuer_cases(j->valuer);
	for (size_t m = 0; m < BPR_METRIC_COUNT; m++) {
		const struct bpr_figure *f = bpr_analysis_figure(bpr_i_valuer_before(j->valuer), (enum bpr_metric)m);

		j->out->before[m] = f->method ? f->mean : 0;
		j->out->before_known[m] = f->method != BPR_METHOD_NONE;
	}
	return BPR_OK;
}

static bpr_status run(struct job *j)
{
	bpr_status status = begin(j);

	if (!status)
		status = value_alone(j);
	if (!status)
		status = bpr_i_choice_alone(j->choice, j->err);
	j->until = j->options.seconds > 0 ? bpr_i_value_now() + j->options.seconds : 0;
	if (!status)
		status = choose(j);
	if (!status)
		status = value_beside(j);
	if (!status)
		status = look_at_all_units(j);
	if (!status && !bpr_i_suggest_rank(j->out->items, j->n))
		status = bpr_i_nomem(j->err);
	if (status)
		return status;
	bpr_i_suggest_front(j->out->items, j->n);
	j->out->sets = bpr_i_choice_valued(j->choice) + j->simulated;
	if (!bpr_i_suggest_rpa(j->flow, bpr_i_valuer_before(j->valuer), j->arena, &j->out->rpa, &j->out->rpa_count))
		return bpr_i_nomem(j->err);
	return note(j);
}

bpr_status bpr_suggest(const bpr_flow *flow, const bpr_levers *levers, const struct bpr_suggest_options *options,
		       struct bpr_suggestion *out, bpr_problems *problems, struct bpr_error *err)
{
	struct job j = { .flow = flow, .levers = levers, .out = out, .problems = problems, .err = err, .n = bpr_levers_count(levers) };
	bpr_status status;

	*out = (struct bpr_suggestion){ 0 };
	status = take_options(&j, options);
	if (status)
		return status;
	out->memory = j.arena = bpr_i_calloc(1, sizeof(*j.arena));
	status = j.arena ? run(&j) : bpr_i_nomem(err);
	bpr_i_choice_free(j.choice);
	bpr_i_valuer_free(j.valuer);
	if (status)
		bpr_suggestion_release(out);
	return status;
}

void bpr_suggestion_release(struct bpr_suggestion *suggestion)
{
	if (suggestion->memory)
		bpr_i_arena_release(suggestion->memory);
	bpr_i_free(suggestion->memory);
	*suggestion = (struct bpr_suggestion){ 0 };
}

bpr_status bpr_suggest_value(const bpr_flow *flow, const bpr_levers *levers, const bool *chosen, const struct bpr_suggest_options *options,
			     struct bpr_lever_value *out, struct bpr_error *err)
{
	struct job j = { .flow = flow, .levers = levers, .err = err, .n = bpr_levers_count(levers) };
	bpr_status status;

	*out = (struct bpr_lever_value){ .fits = false };
	status = take_options(&j, options);
	if (!status)
		status = bpr_i_valuer_new(flow, levers, &j.options, &j.valuer, err);
	if (!status)
		status = bpr_i_valuer_run(j.valuer, &(struct bpr_value_batch){ BPR_VALUE_FULL, &chosen, 1, 0, out, 0 }, err);
	bpr_i_valuer_free(j.valuer);
	return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A roadmap: which levers are candidates, in which year each starts, and what the years cost and bring. */
#include "config.h"
#include "improve/plan_i.h"
#include "base/options_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_YEARS = 30 };

struct making {
	const bpr_levers *levers;
	const struct bpr_suggestion *suggestion;
	const struct bpr_suggest_options *how;
	struct bpr_plan_options options;
	size_t years;
	size_t *of, *at; size_t count;       /* candidates: lever of each; candidate of a lever, or BPR_NONE */
	struct bpr_i_schedule_lever *candidates;
	struct bpr_i_plan_value value;
	struct bpr_i_schedule_result result;
	struct bpr_arena arena;
};

static bool is_in(const size_t *list, size_t count, size_t x)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == x)
			return true;
	return false;
}

/* ---- candidates ---- */

/* What a lever needs that is no candidate makes it none. */
static bool can_be(const struct making *m, size_t lever)
{
	const struct bpr_lever *l = bpr_levers_get(m->levers, lever);

	if (is_in(m->how->never, m->how->never_count, lever) || l->year > m->options.last)
		return false;
	/* What fits neither alone nor with what it needs may fit in a set that was chosen. */
	if (!m->suggestion->items[lever].alone.fits && !m->suggestion->best.chosen[lever] && !m->suggestion->all.chosen[lever])
		return false;
	for (size_t i = 0; i < l->need_count; i++)
		if (m->at[l->needs[i]] == BPR_NONE)
			return false;
	return true;
}

static void choose_candidates(struct making *m)
{
	size_t levers = bpr_levers_count(m->levers);
	bool fewer = true;

	for (size_t i = 0; i < levers; i++)
		m->at[i] = 0;
	while (fewer) {
		fewer = false;
		for (size_t i = 0; i < levers; i++)
			if (m->at[i] != BPR_NONE && !can_be(m, i)) {
				m->at[i] = BPR_NONE;
				fewer = true;
			}
	}
	for (size_t i = 0; i < levers; i++)
		if (m->at[i] != BPR_NONE) {
			m->at[i] = m->count;
			m->of[m->count++] = i;
		}
}

/* The relations among candidates only; excludes hold both ways. False: out of memory. */
static bool relate(struct making *m, size_t candidate)
{
	struct bpr_i_schedule_lever *c = &m->candidates[candidate];
	size_t lever = m->of[candidate], *needs, *excludes;
	const struct bpr_lever *l = bpr_levers_get(m->levers, lever);

	needs = bpr_i_arena_alloc(&m->arena, l->need_count + 1, sizeof(*needs));
	excludes = bpr_i_arena_alloc(&m->arena, m->count + 1, sizeof(*excludes));
	if (!needs || !excludes)
		return false;
	for (size_t i = 0; i < l->need_count; i++)
		needs[c->need_count++] = m->at[l->needs[i]];
	for (size_t i = 0; i < m->count; i++) {
		const struct bpr_lever *other = bpr_levers_get(m->levers, m->of[i]);

		if (i != candidate && (is_in(l->excludes, l->exclude_count, m->of[i]) || is_in(other->excludes, other->exclude_count, lever)))
			excludes[c->exclude_count++] = i;
	}
	c->needs = needs;
	c->excludes = excludes;
	return true;
}

static bool fill_candidates(struct making *m)
{
	m->candidates = bpr_i_arena_alloc(&m->arena, m->count + 1, sizeof(*m->candidates));
	for (size_t i = 0; m->candidates && i < m->count; i++) {
		const struct bpr_lever *l = bpr_levers_get(m->levers, m->of[i]);
		const struct bpr_suggested *s = &m->suggestion->items[m->of[i]];

		m->candidates[i] = (struct bpr_i_schedule_lever){
			.cost = s->cost > 0 ? s->cost : 0, .yearly = s->yearly_cost > 0 ? s->yearly_cost : 0, .days = s->effort_days > 0 ? s->effort_days : 0,
			.earliest = l->year > m->options.first ? (size_t)(l->year - m->options.first) : 0,
			.must = is_in(m->how->must, m->how->must_count, m->of[i]),
		};
		if (!relate(m, i))
			return false;
	}
	return m->candidates != NULL;
}

/* ---- the order of what starts in one year ---- */

struct place { size_t candidate, start, depth, rank; };

/* How many levers deep its needs go: what is needed stands before what needs it. */
static size_t depth_of(const struct making *m, size_t candidate, size_t left)
{
	const struct bpr_i_schedule_lever *c = &m->candidates[candidate];
	size_t deepest = 0;

	for (size_t i = 0; left && i < c->need_count; i++) {
		size_t deep = 1 + depth_of(m, c->needs[i], left - 1);

		deepest = deep > deepest ? deep : deepest;
	}
	return deepest;
}

static int by_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->depth != y->depth)
		return x->depth < y->depth ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return (x->candidate > y->candidate) - (x->candidate < y->candidate);
}

static struct place *order_of(struct making *m, size_t *placed)
{
	struct place *order = bpr_i_arena_alloc(&m->arena, m->count + 1, sizeof(*order));

	*placed = 0;
	for (size_t i = 0; order && i < m->count; i++) {
		order[i] = (struct place){ i, m->result.start[i], depth_of(m, i, 32), m->suggestion->items[m->of[i]].rank };
		*placed += m->result.start[i] != BPR_NONE;
	}
	if (order && m->count)
		qsort(order, m->count, sizeof(*order), by_place);
	return order;
}

/* ---- what the years bring ---- */

static bpr_status worth(struct making *m, const bool *chosen, struct bpr_i_plan_worth *out, struct bpr_error *err)
{
	return bpr_i_plan_value_of(&m->value, chosen, out, err);
}

static bpr_status fill_items(struct making *m, const struct place *order, struct bpr_plan *plan, struct bpr_i_plan_item *effects, struct bpr_error *err)
{
	bool *chosen = bpr_i_arena_alloc(&m->arena, m->count + 1, sizeof(*chosen));
	struct bpr_i_plan_worth before = { .fits = true }, now;

	if (!chosen)
		return bpr_i_nomem(err);
	for (size_t i = 0; i < plan->count; i++) {
		const struct bpr_i_schedule_lever *c = &m->candidates[order[i].candidate];
		const struct bpr_suggested *s = &m->suggestion->items[m->of[order[i].candidate]];
		bpr_status status;

		chosen[order[i].candidate] = true;
		status = worth(m, chosen, &now, err);
		if (status)
			return status;
		if (!now.fits) /* only together with what follows it in the same year: that has the gain of both */
			now = before;
		plan->items[i] = (struct bpr_plan_item){ m->of[order[i].candidate], m->options.first + (int)order[i].start, c->cost, c->yearly, c->days,
							 now.gain - before.gain, now.hours - before.hours, now.yen - before.yen };
		effects[i] = (struct bpr_i_plan_item){ m->of[order[i].candidate], order[i].start, c->cost, c->yearly,
						       s->cost_assumed || s->yearly_assumed, now.yen - before.yen, now.staff_yen - before.staff_yen };
		before = now;
	}
	return BPR_OK;
}

/* The effect of an item in year t, and of what it costs: its share in the year of the start. */
static double part_in(const struct making *m, const struct bpr_plan_item *item, int year)
{
	return item->year > year ? 0 : item->year == year ? m->options.first_year_share : 1;
}

static void fill_years(const struct making *m, struct bpr_plan *plan)
{
	double net = 0, hours = 0, yen = 0;

	for (size_t t = 0; t < m->years; t++) {
		struct bpr_plan_year *y = &plan->years[t];

		*y = (struct bpr_plan_year){ .year = m->options.first + (int)t };
		for (size_t i = 0; i < plan->count; i++) {
			const struct bpr_plan_item *item = &plan->items[i];
			double part = part_in(m, item, y->year);

			if (item->year == y->year) {
				y->cost += item->cost;
				y->effort_days += item->effort_days;
			}
			y->yearly_cost += part * item->yearly_cost;
			y->hours += part * item->hours;
			y->yen += part * item->yen;
			y->gain += part * item->gain;
		}
		y->net = (y->yen - y->yearly_cost - y->cost) * pow(1 + m->options.discount, -(double)t);
		y->cumulated_net = net += y->net;
		y->cumulated_hours = hours += y->hours;
		y->cumulated_yen = yen += y->yen;
	}
}

static void find_payback(const struct making *m, struct bpr_plan *plan)
{
	double spent = 0, least = 0, slope, before;
	size_t t = m->years;

	for (size_t i = 0; i < m->years; i++) {
		spent += plan->years[i].cost + plan->years[i].yearly_cost;
		least = fmax(least, 1e-9 * fabs(plan->years[i].cumulated_net));
	}
	plan->payback_years = (double)NAN;
	if (!(spent > 0))
		return;
	while (t > 0 && plan->years[t - 1].cumulated_net >= -least)
		t--;
	if (t < m->years) { /* within year t, at its even pace */
		before = t ? plan->years[t - 1].cumulated_net : 0;
		plan->payback = plan->years[t].year;
		plan->payback_years = (double)t + (before < 0 ? fmin(1, -before / plan->years[t].net) : 0);
		return;
	}
	/* As in a whole year with everything running. */
	slope = 0;
	for (size_t i = 0; i < plan->count; i++)
		slope += plan->items[i].yen - plan->items[i].yearly_cost;
	plan->payback_years = slope > 0 ? (double)m->years - plan->years[m->years - 1].cumulated_net / slope : (double)INFINITY;
}

static void list_left_out(const struct making *m, const struct place *order, struct bpr_plan *plan)
{
	for (size_t i = plan->count; i < m->count; i++) /* those without a year stand behind all others, by rank within depth */
		if (m->suggestion->items[m->of[order[i].candidate]].alone.fits)
			plan->left_out[plan->left_count++] = m->of[order[i].candidate];
	for (size_t i = 0; i < bpr_levers_count(m->levers); i++)
		if (m->at[i] == BPR_NONE && m->suggestion->items[i].alone.fits && !is_in(m->how->never, m->how->never_count, i))
			plan->left_out[plan->left_count++] = i;
}

static bpr_status fill(struct making *m, struct bpr_plan *plan, struct bpr_error *err)
{
	struct bpr_i_plan_effect effect = { .years = m->years, .share = m->options.first_year_share, .discount = m->options.discount, .cases = m->value.cases,
					    .range = m->options.range, .assumed_range = m->options.assumed_range, .most = m->options.most };
	struct bpr_i_plan_item *effects = bpr_i_arena_alloc(&m->arena, m->count + 1, sizeof(*effects));
	const struct place *order = order_of(m, &plan->count);
	size_t levers = bpr_levers_count(m->levers);
	struct bpr_arena *kept = bpr_i_calloc(1, sizeof(*kept));
	bpr_status status;

	plan->memory = kept;
	if (!kept || !effects || !order)
		return bpr_i_nomem(err);
	plan->items = bpr_i_arena_alloc(kept, plan->count + 1, sizeof(*plan->items));
	plan->years = bpr_i_arena_alloc(kept, m->years, sizeof(*plan->years));
	plan->left_out = bpr_i_arena_alloc(kept, levers + 1, sizeof(*plan->left_out));
	plan->turns = bpr_i_arena_alloc(kept, 4 + 2 * plan->count, sizeof(*plan->turns));
	if (!plan->items || !plan->years || !plan->left_out || !plan->turns)
		return bpr_i_nomem(err);
	plan->year_count = m->years;
	status = fill_items(m, order, plan, effects, err);
	if (status)
		return status;
	fill_years(m, plan);
	find_payback(m, plan);
	list_left_out(m, order, plan);
	effect.items = effects;
	effect.count = plan->count;
	plan->turn_count = bpr_i_plan_tornado(&effect, plan->turns);
	plan->cases = m->value.cases;
	plan->objective = m->result.objective;
	plan->bound = m->result.bound;
	plan->proven = m->result.proven;
	plan->timed_out = m->result.timed_out;
	plan->sets = m->result.sets;
	return BPR_OK;
}

/* ---- making it ---- */

static bool is_valid(const struct bpr_plan_options *o)
{
	return o->first_year_share >= 0 && o->first_year_share <= 1 && o->discount >= 0 && o->discount < 1 && o->budget_per_year >= 0 &&
	       o->days_per_year >= 0 && o->range >= 0 && o->range < 1 && o->assumed_range >= 0 && o->assumed_range < 1;
}

static bpr_status check(const bpr_flow *flow, const struct making *m, struct bpr_error *err)
{
	char first[16], last[16];

	if (!is_valid(&m->options))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_R004, NULL, 0, NULL, NULL);
	(void)snprintf(first, sizeof(first), "%d", m->options.first);
	(void)snprintf(last, sizeof(last), "%d", m->options.last);
	if (m->options.first < 1900 || m->options.last > 2200 || m->options.last < m->options.first || m->options.last - m->options.first >= MOST_YEARS)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_K301, NULL, 0, first, last);
	if (!(bpr_flow_cases_per_year(flow) > 0))
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_K300, NULL, 0, NULL, NULL);
	return BPR_OK;
}

/* The first lever that must be done and is no candidate, else the first one that must be done. */
static const char *must_without_place(const struct making *m)
{
	for (size_t i = 0; i < m->how->must_count; i++)
		if (m->at[m->how->must[i]] == BPR_NONE)
			return bpr_levers_get(m->levers, m->how->must[i])->id;
	return m->how->must_count ? bpr_levers_get(m->levers, m->how->must[0])->id : "";
}

static bool all_must_are_candidates(const struct making *m)
{
	for (size_t i = 0; i < m->how->must_count; i++)
		if (m->at[m->how->must[i]] == BPR_NONE)
			return false;
	return true;
}

static bpr_status schedule(struct making *m, struct bpr_error *err)
{
	struct bpr_i_schedule s = {
		.levers = m->candidates, .count = m->count, .years = m->years, .budget_per_year = m->options.budget_per_year,
		.days_per_year = m->options.days_per_year, .budget = m->how->budget, .max_days = m->how->max_days, .share = m->options.first_year_share,
		.discount = m->options.discount, .net = m->how->gain == BPR_GAIN_YEN, .seconds = m->options.seconds,
		.oracle = bpr_i_plan_value_of, .context = &m->value,
	};
	bpr_status status = BPR_OK;

	m->result.start = bpr_i_arena_alloc(&m->arena, m->count + 1, sizeof(*m->result.start));
	if (!m->result.start)
		return bpr_i_nomem(err);
	m->value.of = m->of;
	m->value.count = m->count;
	m->value.costs = m->candidates;
	if (all_must_are_candidates(m)) {
		status = bpr_i_plan_value_begin(&m->value, err);
		if (!status)
			status = bpr_i_schedule_solve(&s, &m->result, err);
	}
	if (!status && !m->result.found)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_K302, NULL, 0, must_without_place(m), NULL);
	return status;
}

bpr_status bpr_plan_make(const bpr_flow *flow, const bpr_levers *levers, const struct bpr_suggestion *suggestion,
			 const struct bpr_suggest_options *how, const struct bpr_plan_options *options, struct bpr_plan *out, struct bpr_error *err)
{
	struct bpr_suggest_options complete = BPR_SUGGEST_OPTIONS_INIT;
	struct making m = { .levers = levers, .suggestion = suggestion, .how = &complete, .options = BPR_PLAN_OPTIONS_INIT };
	size_t count = bpr_levers_count(levers);
	bpr_status status;

	*out = (struct bpr_plan){ 0 };
	if (!bpr_i_options(&complete, how) || !bpr_i_options(&m.options, options) || suggestion->count != count)
		return bpr_i_fail(err, BPR_EINVAL, BPR_I_R004, NULL, 0, NULL, NULL);
	status = check(flow, &m, err);
	if (status)
		return status;
	m.years = (size_t)(m.options.last - m.options.first) + 1;
	m.value = (struct bpr_i_plan_value){ .flow = flow, .levers = levers, .how = &complete, .cases = bpr_flow_cases_per_year(flow) };
	m.of = bpr_i_arena_alloc(&m.arena, count + 1, sizeof(*m.of));
	m.at = bpr_i_arena_alloc(&m.arena, count + 1, sizeof(*m.at));
	status = m.of && m.at ? BPR_OK : bpr_i_nomem(err);
	if (!status) {
		choose_candidates(&m);
		if (!fill_candidates(&m))
			status = bpr_i_nomem(err);
	}
	if (!status)
		status = schedule(&m, err);
	if (!status)
		status = fill(&m, out, err);
	if (status)
		bpr_plan_release(out);
	bpr_i_plan_value_end(&m.value);
	bpr_i_arena_release(&m.arena);
	return status;
}

void bpr_plan_release(struct bpr_plan *plan)
{
	struct bpr_arena *kept = plan->memory;

	if (kept)
		bpr_i_arena_release(kept);
	bpr_i_free(kept);
	*plan = (struct bpr_plan){ 0 };
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before and after, simulated in pairs with common random numbers. */
#include "config.h"
#include "improve/improve_i.h"
#include "base/problem_i.h"
#include "base/text_i.h"
#include "flow/view_i.h"
#include <math.h>

struct bpr_sim_options bpr_i_quiet(const struct bpr_sim_options *options)
{
	struct bpr_sim_options quiet = *options;

	quiet.precision = 0;
	quiet.precise = NULL;
	quiet.precise_count = 0;
	quiet.progress = NULL;
	quiet.log = NULL;
	quiet.watch = NULL;
	return quiet;
}

static bool says_demand(const struct bpr_demand *d)
{
	return d->per_day > 0 || d->per_year > 0 || d->arrivals || d->windows.rule_count || d->time_count;
}

static bool says_hours(const struct bpr_demand *d)
{
	return d->open.rule_count || d->closed_days.rule_count || d->open_to > d->open_from;
}

/* What comes in by the giver; hours, walking and writing stay the taker's where it says any. */
static struct bpr_demand demand_of(const struct bpr_demand *giver, const struct bpr_demand *taker)
{
	struct bpr_demand d = *giver;

	d.walk_minutes = taker->walk_minutes;
	d.walk_given = taker->walk_given;
	d.write_seconds_per_field = taker->write_seconds_per_field;
	d.write_given = taker->write_given;
	if (says_hours(taker)) {
		d.open = taker->open;
		d.open_from = taker->open_from;
		d.open_to = taker->open_to;
		d.closed_days = taker->closed_days;
		d.closed_given = taker->closed_given;
		d.closed = taker->closed;
	}
	return d;
}

static bool is_same(double a, double b)
{
	return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

/* Says what makes the two differ beside their flows. */
static bool note_demand(const struct bpr_trial *trial, const bpr_flow *before, const bpr_flow *after, bpr_problems *before_problems,
			bpr_problems *after_problems)
{
	const struct bpr_demand *b = bpr_flow_demand(before), *a = bpr_flow_demand(after);

	if (trial->demand_of)
		return bpr_i_problem(trial->demand_of < 0 ? after_problems : before_problems, BPR_I_E007, NULL, false,
				     trial->demand_of < 0 ? BPR_I_ARG N_("before") : BPR_I_ARG N_("after"), NULL, NULL, NULL);
	if (is_same(bpr_flow_cases_per_year(before), bpr_flow_cases_per_year(after)) && is_same(b->open_from, a->open_from) &&
	    is_same(b->open_to, a->open_to))
		return true;
	return bpr_i_problem(after_problems, BPR_I_E008, NULL, false, NULL, NULL, NULL, NULL);
}

/* Pairs need as many replications on either side: the shorter side is run again, of which the first ones are the same. */
static bpr_status even_out(const bpr_flow *const flows[2], const struct bpr_sim_options *options, bpr_simulation **sides[2],
			   struct bpr_error *err)
{
	size_t n[2] = { bpr_simulation_replications(*sides[0]), bpr_simulation_replications(*sides[1]) };
	size_t side = n[0] < n[1] ? 0 : 1;
	struct bpr_sim_options again = *options;

	if (n[0] == n[1])
		return BPR_OK;
	bpr_simulation_free(*sides[side]);
	*sides[side] = NULL;
	again.precision = 0;
	again.replications = n[1 - side];
	return bpr_simulate(flows[side], &again, sides[side], NULL, err);
}

static bpr_status run(const bpr_flow *const flows[2], const struct bpr_sim_options *options, struct bpr_trial *out,
		      bpr_problems *const problems[2], struct bpr_error *err)
{
	bpr_simulation **sides[2] = { &out->before, &out->after };
	bpr_status status = BPR_OK;

	for (size_t i = 0; i < 2 && !status; i++)
		status = bpr_simulate(flows[i], options, sides[i], problems[i], err);
	if (!status)
		status = even_out(flows, options, sides, err);
	if (!status)
		status = bpr_simulation_compare(out->before, out->after, out->differences, err);
	return status;
}

bpr_status bpr_trial_run(const bpr_flow *before, const bpr_flow *after, const struct bpr_sim_options *options, struct bpr_trial *out,
			 bpr_problems *before_problems, bpr_problems *after_problems, struct bpr_error *err)
{
	bool said[2] = { says_demand(bpr_flow_demand(before)), says_demand(bpr_flow_demand(after)) };
	const bpr_flow *flows[2] = { before, after };
	bpr_problems *const problems[2] = { before_problems, after_problems };
	bpr_status status = BPR_OK;

	*out = (struct bpr_trial){ 0 };
	if (said[0] != said[1])
		out->demand_of = said[0] ? -1 : 1;
	if (out->demand_of) {
		size_t taker = said[0];
		struct bpr_demand demand = demand_of(bpr_flow_demand(flows[1 - taker]), bpr_flow_demand(flows[taker]));
		bpr_flow *view = NULL;

		status = bpr_i_flow_view(flows[taker], &(struct bpr_flow_change){ .demand = &demand }, &view, err);
		out->memory = view;
		flows[taker] = view;
	}
	if (!status)
		status = run(flows, options, out, problems, err);
	if (!status && !note_demand(out, before, after, before_problems, after_problems))
		status = bpr_i_nomem(err);
	if (status)
		bpr_trial_release(out);
	return status;
}

void bpr_trial_release(struct bpr_trial *trial)
{
	bpr_simulation_free(trial->before);
	bpr_simulation_free(trial->after);
	bpr_i_flow_view_free(trial->memory);
	*trial = (struct bpr_trial){ 0 };
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What levers are taken to cost where nobody has said it: one table, printed by the manual. The amounts are assumptions of this program in
 * round figures, for a first order among levers; none of them is a measured or published price.
 */
#include "config.h"
#include "improve/value_i.h"
#include "base/text_i.h"
#include <math.h>

static const struct bpr_lever_assumption assumptions[BPR_LEVER_KIND_COUNT] = {
	[BPR_LEVER_MERGE_FORMS] = { 0, 0, 10, 3, N_("the units agree on one form; printing as before") },
	[BPR_LEVER_PREFILL] = { 500000, 60000, 15, 3, N_("printing from the system, a template for each form") },
	[BPR_LEVER_DROP_FIELDS] = { 0, 0, 3, 4, N_("the form is changed by its own unit") },
	[BPR_LEVER_DROP_SEALS] = { 0, 0, 2, 5, N_("the office's own rule and form are changed") },
	[BPR_LEVER_SIGN] = { 0, 0, 2, 5, N_("the office's own rule and form are changed") },
	[BPR_LEVER_MERGE_COUNTERS] = { 1000000, 0, 40, 2, N_("desks are moved, staff learn each other's work") },
	[BPR_LEVER_UNIFY_ID_CHECKS] = { 0, 0, 3, 5, N_("the units settle one standard and pass the result on") },
	[BPR_LEVER_CHECK_SHEET] = { 0, 0, 5, 5, N_("the sheet is written, printed and put on the web page") },
	[BPR_LEVER_ONLINE] = { 2000000, 600000, 40, 2, N_("an application form online, identity and payment included") },
	[BPR_LEVER_AUTOMATE] = { 1000000, 500000, 20, 3, N_("a licence for the tool, the scenario is made and looked after") },
	[BPR_LEVER_PARALLEL] = { 0, 0, 5, 3, N_("the units settle who begins without waiting for whom") },
	[BPR_LEVER_REMOVE] = { 0, 0, 2, 4, N_("the step is given up, the procedure manual is changed") },
	[BPR_LEVER_MERGE_STEPS] = { 0, 0, 5, 3, N_("one person does both, procedure manual and access rights are changed") },
	[BPR_LEVER_REORDER] = { 0, 0, 3, 4, N_("the procedure manual is changed") },
	[BPR_LEVER_REASSIGN] = { 0, 0, 10, 2, N_("work and knowledge go to another unit") },
	[BPR_LEVER_SPEED_UP] = { 0, 0, 5, 3, N_("the way of working is changed and practised") },
	[BPR_LEVER_ADD_STAFF] = { 0, 0, 5, 2, N_("people are found and trained; their pay stands in yearly_cost where the candidate knows it") },
	[BPR_LEVER_HOURS] = { 0, 0, 10, 2, N_("the rule on opening hours is changed and made known") },
	[BPR_LEVER_APPOINTMENTS] = { 300000, 120000, 10, 3, N_("a booking service, and how booked and other visitors mix") },
	[BPR_LEVER_UNBATCH] = { 0, 0, 2, 4, N_("the unit's own way of working is changed") },
	[BPR_LEVER_CHANNEL] = { 500000, 200000, 20, 3, N_("the other way is set up and made known") },
	[BPR_LEVER_SET] = { 0, 0, 5, 3, N_("not known: the value is changed as the table says") },
};

const struct bpr_lever_assumption *bpr_lever_assumption_get(enum bpr_lever_kind kind)
{
	return (size_t)kind < BPR_LEVER_KIND_COUNT ? &assumptions[kind] : NULL;
}

struct bpr_lever_costs bpr_i_lever_costs(const struct bpr_lever *lever)
{
	struct bpr_lever_costs c = {
		lever->cost, lever->yearly_cost, lever->effort_days, lever->ease,
		isnan(lever->cost), isnan(lever->yearly_cost), isnan(lever->effort_days), isnan(lever->ease),
	};

	c.cost = c.cost_assumed ? 0 : c.cost;
	c.yearly_cost = c.yearly_assumed ? 0 : c.yearly_cost;
	c.effort_days = c.effort_assumed ? 0 : c.effort_days;
	c.ease = c.ease_assumed ? 5 : c.ease;
	for (size_t i = 0; i < lever->action_count; i++) {
		const struct bpr_lever_assumption *a = bpr_lever_assumption_get(lever->actions[i].kind);
		bool again = false;

		for (size_t k = 0; k < i; k++)
			again |= lever->actions[k].kind == lever->actions[i].kind;
		if (!a || again)
			continue;
		c.cost += c.cost_assumed ? a->cost : 0;
		c.yearly_cost += c.yearly_assumed ? a->yearly_cost : 0;
		c.effort_days += c.effort_assumed ? a->effort_days : 0;
		c.ease = c.ease_assumed && a->ease < c.ease ? a->ease : c.ease;
	}
	return c;
}

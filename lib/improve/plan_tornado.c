/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How far the cumulated net of a roadmap moves with each assumption, one at a time. The effect of a lever is what it brings beside those
 * before it, so the effects add up to that of all; cases and rates act on them linearly, a delay shifts every start.
 */
#include "config.h"
#include "improve/plan_i.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static double value_in(const struct bpr_i_plan_effect *e, size_t year)
{
	return pow(1 + e->discount, -(double)year);
}

/* Years of effect within the plan, at present value. */
static double years_of(const struct bpr_i_plan_effect *e, size_t start)
{
	double sum = 0;

	for (size_t t = start; t < e->years; t++)
		sum += value_in(e, t) * (t == start ? e->share : 1);
	return sum;
}

static double cost_of(const struct bpr_i_plan_effect *e, const struct bpr_i_plan_item *item, size_t start)
{
	return start < e->years ? value_in(e, start) * item->cost + years_of(e, start) * item->yearly : 0;
}

double bpr_i_plan_net(const struct bpr_i_plan_effect *e, size_t delay)
{
	double net = 0;

	for (size_t i = 0; i < e->count; i++)
		net += years_of(e, e->items[i].start + delay) * e->items[i].yen - cost_of(e, &e->items[i], e->items[i].start + delay);
	return net;
}

static double width(const struct bpr_turn_range *t)
{
	return fabs(t->at_high - t->at_low);
}

static int widest_first(const void *a, const void *b)
{
	const struct bpr_turn_range *x = a, *y = b;
	int order;

	if (width(x) < width(y) || width(x) > width(y))
		return width(x) > width(y) ? -1 : 1;
	order = strcmp(x->of, y->of);
	return order ? order : (x->lever > y->lever) - (x->lever < y->lever);
}

size_t bpr_i_plan_tornado(const struct bpr_i_plan_effect *e, struct bpr_turn_range *turns)
{
	double net = bpr_i_plan_net(e, 0), yen = 0, staff = 0;
	size_t count = 0, kept = 0;

	for (size_t i = 0; i < e->count; i++) {
		yen += years_of(e, e->items[i].start) * e->items[i].yen;
		staff += years_of(e, e->items[i].start) * e->items[i].staff_yen;
	}
	turns[count++] = (struct bpr_turn_range){ "cases", e->cases, e->cases * (1 - e->range), e->cases * (1 + e->range),
						  net - e->range * yen, net + e->range * yen, BPR_NONE };
	turns[count++] = (struct bpr_turn_range){ "rates", 1, 1 - e->range, 1 + e->range, net - e->range * staff, net + e->range * staff, BPR_NONE };
	turns[count++] = (struct bpr_turn_range){ "delay", 0, 0, 1, net, bpr_i_plan_net(e, 1), BPR_NONE };
	for (size_t i = 0; i < e->count; i++) {
		const struct bpr_i_plan_item *item = &e->items[i];
		double effect = years_of(e, item->start) * item->yen, cost = cost_of(e, item, item->start);
		double range = item->cost_assumed ? e->assumed_range : e->range;

		turns[count++] = (struct bpr_turn_range){ "effect", item->yen, item->yen * (1 - e->range), item->yen * (1 + e->range),
							  net - e->range * effect, net + e->range * effect, item->lever };
		turns[count++] = (struct bpr_turn_range){ "cost", item->cost, item->cost * (1 - range), item->cost * (1 + range),
							  net + range * cost, net - range * cost, item->lever };
	}
	qsort(turns, count, sizeof(*turns), widest_first);
	while (kept < count && kept < e->most && width(&turns[kept]) > 1e-9 * (fabs(net) + fabs(yen)))
		kept++;
	return kept;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who works when: shifts of pools and opening hours as schedules, once every row is read. */
#include "config.h"
#include "flow/builder_i.h"
#include <string.h>

/* Every day, one span. */
static bool one_span(struct bpr_builder *b, double from, double to, const char *text, struct bpr_schedule *out)
{
	struct bpr_schedule_rule *rule = bpr_i_arena_alloc(&b->flow->arena, 1, sizeof(*rule));
	struct bpr_span *span = bpr_i_arena_alloc(&b->flow->arena, 1, sizeof(*span));

	if (!rule || !span)
		return false;
	*span = (struct bpr_span){ from, to };
	rule->spans = span;
	rule->span_count = 1;
	rule->value = 1;
	*out = (struct bpr_schedule){ rule, 1, text };
	return true;
}

static bool one_shift(struct bpr_builder *b, struct bpr_pool *pool)
{
	struct bpr_shift *shift = bpr_i_arena_alloc(&b->flow->arena, 1, sizeof(*shift));
	double from, to;

	if (!shift)
		return false;
	*shift = (struct bpr_shift){ .name = "", .count = pool->count, .hours.text = "", .breaks.text = "" };
	pool->shifts = shift;
	pool->shift_count = 1;
	if (*pool->hours && bpr_i_parse_hours(pool->hours, strlen(pool->hours), &from, &to, NULL, NULL))
		return one_span(b, from, to, pool->hours, &shift->hours);
	return true;
}

void bpr_i_build_staffing(struct bpr_builder *b)
{
	struct bpr_demand *d = &b->flow->demand;

	if (d->open_to > d->open_from && !one_span(b, d->open_from, d->open_to, "", &d->open))
		b->nomem = true;
	for (size_t i = 0; i < b->pool_names.count && !b->nomem; i++)
		if (b->flow->pools[i].count && !one_shift(b, &b->flow->pools[i]))
			b->nomem = true;
}

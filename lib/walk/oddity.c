/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What about one case is not as with most: ways that few take, counts at the edge of their distribution, how it ended. */
#include "config.h"
#include <bpr/walk.h>
#include <string.h>

struct list { struct bpr_walk_oddity *items; size_t count; };

/* The rarest first; what has no room is the commonest. */
static void put(struct list *l, const struct bpr_walk_oddity *o)
{
	size_t at = l->count;

	while (at && l->items[at - 1].share > o->share)
		at--;
	if (at >= BPR_WALK_ODDITY_MAX)
		return;
	if (l->count < BPR_WALK_ODDITY_MAX)
		l->count++;
	memmove(&l->items[at + 1], &l->items[at], (l->count - 1 - at) * sizeof(*l->items));
	l->items[at] = *o;
}

/* The same way taken again is told once. */
static bool is_told(const struct list *l, const struct bpr_walk_event *e)
{
	for (size_t i = 0; i < l->count; i++) {
		const struct bpr_walk_oddity *o = &l->items[i];

		if (o->kind == BPR_WALK_RARE_WAY && o->node == e->node && o->way.kind == e->taken.kind && o->way.arc == e->taken.arc
		    && o->way.node == e->taken.node)
			return true;
	}
	return false;
}

static void find_ways(const struct bpr_walk_told *told, struct list *l)
{
	size_t count;
	const struct bpr_walk_event *story = bpr_walk_story(told->walk, &count);

	for (size_t i = 0; i < count; i++) {
		const struct bpr_walk_event *e = &story[i];
		struct bpr_walk_oddity o = { .kind = BPR_WALK_RARE_WAY, .node = e->node, .way = e->taken, .share = e->taken.share };

		if (e->what == BPR_WALK_CHOICE && e->taken.share > 0 && e->taken.share <= BPR_WALK_ODD && !is_told(l, e))
			put(l, &o);
	}
}

/* P(value <= x), the tail beyond what is listed counting as more. */
static double below(const struct bpr_distribution *d, double x)
{
	double sum = 0;

	for (size_t i = 0; i < d->count && (double)(d->first + i) <= x + 1e-9; i++)
		sum += d->prob[i];
	return sum < 1 ? sum : 1;
}

static bpr_status find_count(const struct bpr_walk_told *told, enum bpr_walk_total total, enum bpr_metric metric, struct list *l)
{
	struct bpr_analysis_options options = BPR_ANALYSIS_OPTIONS_INIT;
	double x = bpr_walk_totals_get(told->walk).at[total], many, few;
	struct bpr_walk_oddity o = { .node = BPR_NONE, .total = total, .value = x };
	struct bpr_distribution d;
	bpr_status status;

	options.samples = 0;
	status = bpr_analyse_distribution(told->flow, metric, &options, &d, NULL);
	if (status) /* not known exactly: nothing is said of it */
		return status == BPR_ENOMEM ? status : BPR_OK;
	few = below(&d, x);
	many = 1 - below(&d, x - 1);
	bpr_distribution_release(&d);
	o.kind = many <= BPR_WALK_ODD ? BPR_WALK_MANY : BPR_WALK_FEW;
	o.share = many <= BPR_WALK_ODD ? many : few;
	if (o.share > 1e-12 && o.share <= BPR_WALK_ODD)
		put(l, &o);
	return BPR_OK;
}

static void find_outcome(const struct bpr_walk_told *told, struct list *l)
{
	const struct bpr_figure *f = bpr_analysis_figure(told->analysis, BPR_METRIC_INCOMPLETE);
	struct bpr_walk_oddity o = { .kind = BPR_WALK_ENDED_SO, .node = BPR_NONE };
	size_t count;
	const struct bpr_walk_event *story = bpr_walk_story(told->walk, &count);

	if (!count || story[count - 1].what != BPR_WALK_END || story[count - 1].outcome == BPR_OUTCOME_DONE)
		return;
	o.outcome = story[count - 1].outcome;
	o.share = o.outcome == BPR_OUTCOME_INCOMPLETE && f->method != BPR_METHOD_NONE ? f->mean : 0;
	put(l, &o);
}

bpr_status bpr_walk_oddities(const struct bpr_walk_told *told, struct bpr_walk_oddity out[BPR_WALK_ODDITY_MAX], size_t *count, struct bpr_error *err)
{
	static const struct { enum bpr_walk_total total; enum bpr_metric metric; } counts[] = {
		{ BPR_WALK_COUNTER_VISITS, BPR_METRIC_COUNTER_VISITS }, { BPR_WALK_TRIPS, BPR_METRIC_TRIPS },
		{ BPR_WALK_FIELDS, BPR_METRIC_FIELDS_WRITTEN }, { BPR_WALK_REVISITS, BPR_METRIC_REVISITS },
	};
	struct list l = { out, 0 };
	bpr_status status = BPR_OK;

	*count = 0;
	find_outcome(told, &l);
	find_ways(told, &l);
	for (size_t i = 0; !status && i < sizeof(counts) / sizeof(counts[0]); i++)
		status = find_count(told, counts[i].total, counts[i].metric, &l);
	if (status) {
		if (err)
			err->status = status;
		return status;
	}
	*count = l.count;
	return BPR_OK;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where it sticks, through each lens: busy pools, steps whose speed matters, steps that nobody gets around. */
#include "config.h"
#include "analyse/analysis_i.h"
#include "base/problem_i.h"
#include <stdlib.h>

/* A lens lists no more than this; shares are of all. */
#define MAX_LISTED 1000

struct list {
	struct bpr_bottleneck *items; size_t count, capacity;
	double total, floor; /* what has no more than the floor will not be listed */
	enum bpr_lens lens;
};

static int greatest_first(const void *x, const void *y)
{
	const struct bpr_bottleneck *a = x, *b = y;

	if (a->value > b->value || a->value < b->value)
		return a->value > b->value ? -1 : 1;
	if (a->node != b->node)
		return a->node < b->node ? -1 : 1;
	return (a->pool > b->pool) - (a->pool < b->pool);
}

/* Sorts and keeps the first ones, so that a million steps need no list of a million. */
static void cut(struct list *l)
{
	if (l->count)
		qsort(l->items, l->count, sizeof(*l->items), greatest_first);
	if (l->count >= MAX_LISTED) {
		l->count = MAX_LISTED;
		l->floor = l->items[MAX_LISTED - 1].value;
	}
}

static bool add(struct list *l, size_t node, size_t pool, double value, bool handed)
{
	l->total += value;
	if (l->count >= MAX_LISTED && value <= l->floor)
		return true; /* nodes come in order: an equal one stands behind those that are kept */
	if (l->count >= (size_t)8 * MAX_LISTED)
		cut(l);
	if (!bpr_i_grow(&l->items, &l->capacity, l->count + 1, sizeof(*l->items)))
		return false;
	l->items[l->count++] = (struct bpr_bottleneck){ 0, l->lens, node, pool, value, 0, handed };
	return true;
}

static bool flush(struct bpr_job *job, struct list *l, struct list *all)
{
	cut(l);
	if (!bpr_i_grow(&all->items, &all->capacity, all->count + l->count, sizeof(*all->items)))
		return false;
	for (size_t i = 0; i < l->count; i++) {
		l->items[i].rank = i + 1;
		l->items[i].share = l->total > 0 ? l->items[i].value / l->total : 0;
		all->items[all->count++] = l->items[i];
	}
	(void)job;
	return true;
}

static bool by_utilisation(struct bpr_job *job, struct list *l)
{
	for (size_t i = 0; i < bpr_flow_pool_count(job->flow); i++)
		if (job->a->pools[i].utilisation_known && !add(l, BPR_NONE, i, job->a->pools[i].utilisation, false))
			return false;
	return true;
}

/* Lead time saved by 10 % less work at the step: all of it where one token is on its way, else what lies on the longest way. */
static bool by_sensitivity(struct bpr_job *job, struct list *l)
{
	if (!job->critical && !job->lead_adds_up)
		return true; /* not known */
	for (size_t i = 0; i < job->plan->n; i++) {
		double work = job->critical ? job->critical[i] : job->a->nodes[i].visits * job->plan->work_mean[i];

		if (work > 0 && !add(l, i, BPR_NONE, 0.1 * work, false))
			return false;
	}
	return true;
}

static bool by_structure(struct bpr_job *job, struct list *l)
{
	for (size_t i = 0; i < job->plan->n; i++) {
		const struct bpr_node_result *r = &job->a->nodes[i];
		double minutes = r->visits * (job->plan->work_mean[i] + job->plan->wait_mean[i]);
		bool handed = job->handed && job->entries[i] > 0 && job->handed[i] >= job->entries[i] * (1 - 1e-9);

		if (!(job->plan->trait[i] & BPR_TRAIT_STEP) || r->reach < 1 - 1e-9 || !(minutes > 0 || handed))
			continue;
		if (!add(l, i, BPR_NONE, minutes, handed))
			return false;
	}
	return true;
}

bpr_status bpr_i_analyse_bottlenecks(struct bpr_job *job)
{
	static bool (*const lens[])(struct bpr_job *, struct list *) = { by_utilisation, by_sensitivity, by_structure };
	static const enum bpr_lens name[] = { BPR_LENS_UTILISATION, BPR_LENS_SENSITIVITY, BPR_LENS_STRUCTURE };
	struct list all = { 0 };
	bool ok = true;

	for (size_t i = 0; ok && i < sizeof(lens) / sizeof(lens[0]); i++) {
		struct list l = { .lens = name[i] };

		ok = lens[i](job, &l) && flush(job, &l, &all);
		bpr_i_free(l.items);
	}
	job->a->bottlenecks = ok ? bpr_i_arena_alloc(&job->a->arena, all.count, sizeof(*all.items)) : NULL;
	ok = job->a->bottlenecks != NULL;
	for (size_t i = 0; ok && i < all.count; i++)
		job->a->bottlenecks[i] = all.items[i];
	job->a->bottleneck_count = ok ? all.count : 0;
	bpr_i_free(all.items);
	return ok ? BPR_OK : bpr_i_nomem(job->err);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Handoffs: pairs of a step and the next whose units differ, in total, by pair of units, and into each step. */
#include "config.h"
#include "analyse/analysis_i.h"
#include "base/problem_i.h"
#include <stdlib.h>

/* Counts by pair of units, in a table of their own: most pairs of many units never meet. */
struct matrix { struct bpr_handoff *slot; size_t slot_count, used; };

static struct bpr_handoff *find_slot(const struct matrix *m, size_t from, size_t to)
{
	size_t at = (size_t)bpr_i_mix(from, to) & (m->slot_count - 1);

	while (m->slot[at].count > 0 && (m->slot[at].from != from || m->slot[at].to != to))
		at = (at + 1) & (m->slot_count - 1);
	return &m->slot[at];
}

static bool add(struct matrix *m, size_t from, size_t to, double count)
{
	struct bpr_handoff *slot;

	if (m->used * 2 >= m->slot_count) {
		struct matrix bigger = { .slot_count = m->slot_count ? m->slot_count * 2 : 64 };

		bigger.slot = bpr_i_calloc(bigger.slot_count, sizeof(*bigger.slot));
		if (!bigger.slot)
			return false;
		for (size_t i = 0; i < m->slot_count; i++)
			if (m->slot[i].count > 0)
				*find_slot(&bigger, m->slot[i].from, m->slot[i].to) = m->slot[i];
		bpr_i_free(m->slot);
		m->slot = bigger.slot;
		m->slot_count = bigger.slot_count;
	}
	slot = find_slot(m, from, to);
	m->used += !(slot->count > 0);
	*slot = (struct bpr_handoff){ from, to, slot->count + count };
	return true;
}

static bool count_pairs(struct bpr_job *job, const struct bpr_solution *s, struct matrix *m)
{
	const struct bpr_chain *chain = &s->walk.chain;

	for (size_t i = 0; i < chain->n; i++)
		for (size_t a = chain->row[i]; a < chain->row[i + 1]; a++) {
			const struct bpr_state *to = &s->walk.state[chain->col[a]];
			struct bpr_unit_members members = { &s->policy, s->walk.before[a] };
			double flow = s->visits[i] * chain->prob[a];
			size_t unit, count, here;

			if (to->phase != BPR_PHASE_ENTER || !(s->plan->trait[to->node] & BPR_TRAIT_UNIT) || !(flow > 0))
				continue;
			here = s->plan->node[to->node]->unit;
			while (bpr_i_policy_next_unit(&members, &unit, &count)) {
				if (unit == here)
					continue;
				job->handed[to->node] += flow * (double)count;
				if (!add(m, unit, here, flow * (double)count))
					return false;
			}
		}
	return true;
}

static int most_first(const void *x, const void *y)
{
	const struct bpr_handoff *a = x, *b = y;

	if (a->count > b->count || a->count < b->count)
		return a->count > b->count ? -1 : 1;
	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return (a->to > b->to) - (a->to < b->to);
}

static bool list_pairs(struct bpr_job *job, const struct matrix *m)
{
	struct bpr_analysis *a = job->a;

	a->handoffs = bpr_i_arena_alloc(&a->arena, m->used, sizeof(*a->handoffs));
	if (!a->handoffs)
		return false;
	for (size_t i = 0; i < m->slot_count; i++)
		if (m->slot[i].count > 0)
			a->handoffs[a->handoff_count++] = m->slot[i];
	if (a->handoff_count)
		qsort(a->handoffs, a->handoff_count, sizeof(*a->handoffs), most_first);
	return true;
}

bpr_status bpr_i_analyse_handoffs(struct bpr_job *job)
{
	struct bpr_solve_options options = { .kind = BPR_POLICY_UNIT, .max_states = job->options.max_states,
		.reverse = job->base.walk.reverse };
	struct bpr_collector collector = { 1, NULL, bpr_i_solution_policy_move, NULL };
	double mean[BPR_COLLECT_MAX] = { 0 }, var[BPR_COLLECT_MAX] = { 0 };
	struct bpr_solution own = { 0 }, *s = &job->base;
	struct matrix m = { 0 };
	bpr_status status = BPR_OK;
	bool failed = false, any = bpr_flow_unit_count(job->flow) > 1;

	if (!bpr_i_wanted(job, BPR_METRIC_HANDOFFS))
		return BPR_OK;
	job->handed = bpr_i_calloc(job->plan->n, sizeof(*job->handed));
	if (!job->handed)
		return bpr_i_nomem(job->err);
	if (any && !bpr_i_solution_overlay(&job->base, BPR_POLICY_UNIT, &failed)) {
		s = &own;
		status = failed ? bpr_i_nomem(job->err) : bpr_i_solution_new(job->plan, &options, &own, job->err);
	}
	if (any && status == BPR_OK)
		status = bpr_i_solution_moments(s, &collector, mean, job->options.means_only ? NULL : var, job->err);
	if (any && status == BPR_OK && (!count_pairs(job, s, &m) || !list_pairs(job, &m)))
		status = bpr_i_nomem(job->err);
	bpr_i_solution_release(&own);
	bpr_i_solution_bare(&job->base);
	bpr_i_free(m.slot);
	if (status == BPR_ELIMIT)
		return BPR_OK; /* stays without a method: sampled */
	if (status == BPR_OK)
		bpr_i_figure_exact(job, BPR_METRIC_HANDOFFS, mean[0], var[0]);
	return status;
}

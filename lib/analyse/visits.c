/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often a case gets to each node and over each arc, and whether it does at all. */
#include "config.h"
#include "analyse/analysis_i.h"
#include "base/problem_i.h"
#include <math.h>
#include <string.h>

/* Nodes with several states are followed side by side; past this many states times nodes they are sampled. */
#define MAX_FOLLOWED 2000000000u

struct several { size_t *node; size_t count; uint32_t *states; };

/* Number of states of each node, and entries: a node's states are one place. */
static bool count_states(struct bpr_job *job, struct several *s)
{
	const struct bpr_walk *walk = &job->base.walk;

	s->states = bpr_i_calloc(job->plan->n, sizeof(*s->states));
	s->node = bpr_i_calloc(job->plan->n, sizeof(*s->node));
	if (!s->states || !s->node)
		return false;
	for (size_t i = 0; i < walk->state_count; i++)
		if (walk->state[i].phase == BPR_PHASE_ENTER) {
			job->entries[walk->state[i].node] += job->base.visits[i];
			s->states[walk->state[i].node]++;
		}
	for (size_t i = 0; i < job->plan->n; i++)
		if (s->states[i] > 1)
			s->node[s->count++] = i;
	return true;
}

/*
 * One state: the case comes back to it with probability 1 - 1/d each time, d its entry on the diagonal of the
 * fundamental matrix. reach = v/d; Var = reach d (d - 1) + reach (1 - reach) d^2 (Kemeny & Snell, ch. III).
 */
static bpr_status single_states(struct bpr_job *job, const struct several *s)
{
	const struct bpr_solution *base = &job->base;
	double *d = bpr_i_calloc(base->walk.state_count, sizeof(*d));
	bpr_status status = d ? bpr_i_factor_diagonal(base->factor, d, job->err) : bpr_i_nomem(job->err);

	for (size_t i = 0; status == BPR_OK && i < base->walk.state_count; i++) {
		size_t node = base->walk.state[i].node;
		struct bpr_node_result *r = &job->a->nodes[node];
		double reach, more;

		if (base->walk.state[i].phase != BPR_PHASE_ENTER || s->states[node] != 1)
			continue;
		reach = bpr_i_clean_prob(base->visits[i] / d[i]);
		more = d[i] - 1 > 1e-13 ? d[i] - 1 : 0;
		r->reach = reach;
		r->visits_sd = sqrt(reach * d[i] * more + reach * (1 - reach) * d[i] * d[i]);
	}
	bpr_i_free(d);
	return status;
}

/* m = expected entries of the node, for up to BPR_COLLECT_MAX nodes, starting from each state. */
static bpr_status solve_entries(struct bpr_job *job, const size_t *node, size_t k, double *m)
{
	const struct bpr_walk *walk = &job->base.walk;

	memset(m, 0, walk->state_count * k * sizeof(*m));
	for (size_t i = 0; i < walk->state_count; i++)
		for (size_t j = 0; j < k; j++)
			if (walk->state[i].phase == BPR_PHASE_ENTER && walk->state[i].node == node[j])
				m[i * k + j] = 1;
	return bpr_i_factor_backward(job->base.factor, m, k, job->err);
}

/* Several states: E[N(N - 1)] = 2 sum of v_i (m_i - 1), m_i the entries seen from state i, itself included. */
static bpr_status several_sd(struct bpr_job *job, const struct several *s)
{
	const struct bpr_walk *walk = &job->base.walk;
	double *m = bpr_i_calloc(walk->state_count, BPR_COLLECT_MAX * sizeof(*m));
	size_t node[BPR_COLLECT_MAX], k = 0;
	bpr_status status = m ? BPR_OK : bpr_i_nomem(job->err);

	for (size_t i = 0; status == BPR_OK && i <= s->count; i++) {
		if (i < s->count) {
			struct bpr_node_result *r = &job->a->nodes[s->node[i]];
			double v = job->entries[s->node[i]];

			if (v <= r->reach * (1 + 1e-12))
				r->visits_sd = sqrt(r->reach * (1 - r->reach));
			else
				node[k++] = s->node[i];
		}
		if (k < BPR_COLLECT_MAX && !(i == s->count && k))
			continue;
		status = solve_entries(job, node, k, m);
		for (size_t j = 0; status == BPR_OK && j < k; j++) {
			double v = job->entries[node[j]], more = 0;

			for (size_t st = 0; st < walk->state_count; st++)
				if (walk->state[st].phase == BPR_PHASE_ENTER && walk->state[st].node == node[j])
					more += 2 * job->base.visits[st] * (m[st * k + j] - 1);
			job->a->nodes[node[j]].visits_sd = bpr_i_clean_sd(v, more + v - v * v);
		}
		k = 0;
	}
	bpr_i_free(m);
	return status;
}

static bpr_status several_states(struct bpr_job *job, const struct several *s)
{
	size_t *row = bpr_i_calloc(s->count + 1, sizeof(*row));
	uint32_t *node = bpr_i_calloc(s->count, sizeof(*node));
	double *prob = bpr_i_calloc(s->count, sizeof(*prob));
	bpr_status status = row && node && prob ? BPR_OK : bpr_i_nomem(job->err);

	for (size_t i = 0; status == BPR_OK && i < s->count; i++) {
		row[i + 1] = i + 1;
		node[i] = (uint32_t)s->node[i];
	}
	if (status == BPR_OK)
		status = bpr_i_solution_reach(&job->base, s->count, row, node, prob, job->err);
	for (size_t i = 0; status == BPR_OK && i < s->count; i++)
		job->a->nodes[s->node[i]].reach = prob[i];
	bpr_i_free(row);
	bpr_i_free(node);
	bpr_i_free(prob);
	return status == BPR_OK && !job->options.means_only ? several_sd(job, s) : status;
}

/* Passages: what leaves a node by its own ways out, divided as its split says. */
static bool count_arcs(struct bpr_job *job)
{
	const struct bpr_plan *plan = job->plan;
	double *out = bpr_i_calloc(plan->n, sizeof(*out));

	if (!out)
		return false;
	for (size_t i = 0; i < job->base.walk.state_count; i++) {
		const struct bpr_state *s = &job->base.walk.state[i];

		if (s->phase == BPR_PHASE_ENTER && bpr_i_walk_leaves(&job->base.walk, i))
			out[s->node] += job->base.visits[i];
	}
	for (size_t i = 0; i < plan->n; i++) {
		const struct bpr_node *node = plan->node[i];
		double leave = out[i] * (1 - node->loop_prob) * plan->normal[i];

		for (size_t arc = node->first_out; arc < node->first_out + node->out_count; arc++) {
			double share = node->out_count > 1 ? plan->arc_prob[arc] : 1;

			if (plan->trait[i] & BPR_TRAIT_SPLIT_OR)
				share = plan->any[node->first_out] > 0 ? share / plan->any[node->first_out] : 1;
			job->a->arcs[arc] = leave * share;
		}
	}
	bpr_i_free(out);
	return true;
}

bpr_status bpr_i_analyse_visits(struct bpr_job *job)
{
	struct several s = { 0 };
	bpr_status status = BPR_OK;

	job->entries = bpr_i_calloc(job->plan->n, sizeof(*job->entries));
	if (!job->entries || !count_states(job, &s) || !count_arcs(job))
		status = bpr_i_nomem(job->err);
	if (status == BPR_OK)
		status = single_states(job, &s);
	if (status == BPR_OK && s.count) {
		if (s.count > MAX_FOLLOWED / job->base.walk.state_count)
			job->reach_missing = true;
		else
			status = several_states(job, &s);
	}
	for (size_t i = 0; status == BPR_OK && i < job->plan->n; i++) {
		double repeat = bpr_i_plan_repeat(job->plan, i);

		job->a->nodes[i].visits = job->entries[i] * repeat;
		job->a->nodes[i].visits_sd *= repeat;
		if (fabs(job->a->nodes[i].visits - 1) < 1e-12)
			job->a->nodes[i].visits = 1;
	}
	bpr_i_free(s.node);
	bpr_i_free(s.states);
	return status;
}

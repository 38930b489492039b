/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the analysis has to say about the process itself: what never happens, never ends, or is not known. */
#include "config.h"
#include "analyse/analysis_i.h"
#include "base/buf_i.h"
#include "base/problem_i.h"
#include "base/utf8_i.h"
#include "base/text_i.h"
#include <stdio.h>
#include <string.h>

static struct bpr_place place_of(const struct bpr_job *job, size_t node)
{
	return (struct bpr_place){ bpr_flow_source(job->flow), job->plan->node[node]->line, 0, job->plan->node[node]->id };
}

static const char *label(const struct bpr_job *job, size_t node)
{
	const struct bpr_node *n = job->plan->node[node];

	return n->name && *n->name ? n->name : n->id;
}

/* ---- never reached ---- */

/* Everything that arrows and boundary events lead to, whatever their shares. */
static bool mark_linked(const struct bpr_job *job, uint8_t *seen)
{
	const struct bpr_plan *plan = job->plan;
	uint32_t *queue = bpr_i_calloc(plan->n, sizeof(*queue));
	size_t count = 0;

	if (!queue)
		return false;
	for (size_t i = 0; i < plan->n; i++)
		if (plan->node[i]->kind == BPR_NODE_START && plan->node[i]->scope == BPR_NONE) {
			seen[i] = 1;
			queue[count++] = (uint32_t)i;
		}
	for (size_t at = 0; at < count; at++) {
		const struct bpr_node *node = plan->node[queue[at]];
		size_t events, extra = BPR_NONE;
		const size_t *event = bpr_flow_boundary(job->flow, queue[at], &events);

		if (node->kind == BPR_NODE_END && node->scope != BPR_NONE)
			extra = bpr_flow_scope(job->flow, node->scope)->exit;
		for (size_t i = 0; i < node->out_count + events + 1; i++) {
			size_t to = i < node->out_count ? plan->arc_to[node->first_out + i]
				: i < node->out_count + events ? event[i - node->out_count] : extra;

			if (to < plan->n && !seen[to]) {
				seen[to] = 1;
				queue[count++] = (uint32_t)to;
			}
		}
	}
	bpr_i_free(queue);
	return true;
}

bool bpr_i_find_unreachable(struct bpr_job *job)
{
	uint8_t *seen;
	size_t first = 0;
	bool ok;

	while (job->entries && first < job->plan->n && (job->entries[first] > 0 || job->plan->node[first]->silent))
		first++;
	if (first == job->plan->n)
		return true;
	seen = bpr_i_calloc(job->plan->n, 1);
	ok = seen && mark_linked(job, seen);
	for (size_t i = 0; ok && i < job->plan->n; i++) {
		const struct bpr_node *node = job->plan->node[i];
		struct bpr_place place = place_of(job, i);

		if (node->silent || (seen[i] && (!job->entries || job->entries[i] > 0 || node->host != BPR_NONE)))
			continue;
		if (seen[i] && node->kind == BPR_NODE_START)
			continue;
		ok = bpr_i_problem(job->problems, seen[i] ? BPR_I_A011 : BPR_I_A001, &place, true, label(job, i), NULL, NULL, NULL);
	}
	bpr_i_free(seen);
	return ok;
}

/* ---- never over ---- */

/* "A / B / C / …": at most five names. */
static void add_name(struct bpr_buf *buf, size_t *count, const char *name)
{
	if (*count < 5) {
		size_t length = strlen(name);
		size_t shown = bpr_i_utf8_cut(name, length, 60, BPR_LANG_JA);

		bpr_i_buf_puts(buf, *count ? " / " : "");
		bpr_i_buf_add(buf, name, shown);
		bpr_i_buf_puts(buf, shown < length ? "…" : "");
	} else if (*count == 5) {
		bpr_i_buf_puts(buf, " / …");
	}
	++*count;
}

/* Ways into the join that bring nothing in the state where everything has stopped. */
static void empty_ways(const struct bpr_job *job, const struct bpr_walk *walk, struct bpr_buf *buf)
{
	size_t count, listed = 0;
	const size_t *in = bpr_flow_arcs_in(job->flow, walk->fault_node, &count);
	uint32_t cell = bpr_i_waits_find(&walk->cells, walk->fault_waits, (uint32_t)walk->fault_node);

	for (size_t i = 0; i < count; i++) {
		uint32_t token = cell ? walk->cells.items[cell].x : 0;

		while (token && walk->cells.items[token].key != in[i])
			token = walk->cells.items[token].next;
		if (!token)
			add_name(buf, &listed, label(job, job->plan->arc_from[in[i]]));
	}
}

/* Steps of the loop that is never left. */
static bool loop_names(const struct bpr_job *job, const struct bpr_solution *s, struct bpr_buf *buf)
{
	size_t n = s->walk.chain.n, listed = 0;
	size_t *component = bpr_i_calloc(n, sizeof(*component));
	uint8_t *seen = bpr_i_calloc(job->plan->n, 1);
	bool ok = component && seen && bpr_i_scc(n, s->walk.chain.row, s->walk.chain.col, component) != BPR_NONE;

	for (size_t i = 0; ok && i < n; i++) {
		size_t node = s->walk.state[i].node;

		if (component[i] != component[s->stuck] || seen[node] || job->plan->node[node]->silent)
			continue;
		seen[node] = 1;
		add_name(buf, &listed, label(job, node));
	}
	bpr_i_free(component);
	bpr_i_free(seen);
	return ok;
}

/* A step to name for the loop: one that a person has written. */
static size_t loop_node(const struct bpr_job *job, const struct bpr_solution *s)
{
	size_t node = s->walk.state[s->stuck].node;

	if (!job->plan->node[node]->silent)
		return node;
	for (size_t a = s->walk.chain.row[s->stuck]; a < s->walk.chain.row[s->stuck + 1]; a++)
		if (!job->plan->node[s->walk.state[s->walk.chain.col[a]].node]->silent)
			return s->walk.state[s->walk.chain.col[a]].node;
	return node;
}

static bpr_status report(struct bpr_job *job, bpr_status status, enum bpr_code_id id, size_t node, const char *a1, const char *a2)
{
	struct bpr_place place = place_of(job, node);

	if (!bpr_i_problem(job->problems, id, &place, false, a1, a2, NULL, NULL))
		return bpr_i_nomem(job->err);
	return bpr_i_fail(job->err, status, id, job->plan->node[node]->id, job->plan->node[node]->line, a1, a2);
}

bpr_status bpr_i_find_fault(struct bpr_job *job, const struct bpr_solution *s, bpr_status status)
{
	struct bpr_buf names = BPR_BUF_INIT;
	const struct bpr_walk *walk = &s->walk;
	char limit[32];
	size_t node;

	if (walk->fault == BPR_FAULT_DEADLOCK) {
		empty_ways(job, walk, &names);
		status = names.failed ? bpr_i_nomem(job->err)
			: report(job, BPR_ENOEXIT, BPR_I_A003, walk->fault_node, label(job, walk->fault_node), names.data ? names.data : "''");
	} else if (walk->fault == BPR_FAULT_TOKENS) {
		status = report(job, BPR_ELIMIT, BPR_I_A004, walk->fault_node, label(job, walk->fault_node), NULL);
	} else if (walk->fault == BPR_FAULT_STATES) {
		(void)snprintf(limit, sizeof(limit), "%zu", walk->max_states);
		status = report(job, BPR_ELIMIT, BPR_I_A005, walk->fault_node, limit, label(job, walk->fault_node));
	} else if (status == BPR_ENOEXIT && s->stuck < walk->chain.n) {
		node = loop_node(job, s);
		if (!loop_names(job, s, &names) || names.failed)
			status = bpr_i_nomem(job->err);
		else
			status = report(job, status, BPR_I_A002, node, label(job, node), names.data ? names.data : "");
	}
	bpr_i_buf_release(&names);
	return status;
}

/* ---- what weakens a figure ---- */

static bool find_durations(struct bpr_job *job)
{
	char missing[32], steps[32];
	size_t count = 0, all = 0, first = BPR_NONE;
	struct bpr_place place;

	for (size_t i = 0; i < job->plan->n; i++) {
		const struct bpr_node *node = job->plan->node[i];

		if (!(job->plan->trait[i] & BPR_TRAIT_STEP) || node->host != BPR_NONE)
			continue;
		all++;
		if (!node->work && !node->wait) {
			count++;
			first = first == BPR_NONE ? i : first;
		}
	}
	if (!count || count == all)
		return true;
	(void)snprintf(missing, sizeof(missing), "%zu", count);
	(void)snprintf(steps, sizeof(steps), "%zu", all);
	place = place_of(job, first);
	return bpr_i_problem(job->problems, BPR_I_A006, &place, false, missing, steps, NULL, NULL);
}

static bool find_rates(struct bpr_job *job)
{
	bool any = false, ok = true;

	for (size_t i = 0; i < bpr_flow_pool_count(job->flow); i++)
		any |= bpr_flow_pool(job->flow, i)->rate_given;
	for (size_t i = 0; ok && any && i < bpr_flow_pool_count(job->flow); i++) {
		const struct bpr_pool *pool = bpr_flow_pool(job->flow, i);
		struct bpr_place place = { bpr_flow_source(job->flow), 0, 0, pool->name };

		if (!pool->rate_given && job->a->pools[i].minutes > 0)
			ok = bpr_i_problem(job->problems, BPR_I_A007, &place, true, pool->name, NULL, NULL, NULL);
	}
	return ok;
}

static bool find_methods(struct bpr_job *job)
{
	struct bpr_place place = { .file = bpr_flow_source(job->flow) };
	char samples[32];
	bool ok = true;

	(void)snprintf(samples, sizeof(samples), "%zu", job->sampled);
	for (size_t i = 0; ok && i < BPR_METRIC_COUNT; i++) {
		const struct bpr_figure *f = &job->a->figure[i];

		place.where = bpr_metric_get((enum bpr_metric)i)->key;
		if (f->method == BPR_METHOD_SIMULATED)
			ok = bpr_i_problem(job->problems, BPR_I_A009, &place, false, place.where, samples, NULL, NULL);
		else if (f->method == BPR_METHOD_NONE)
			ok = bpr_i_problem(job->problems, BPR_I_A012, &place, false, place.where, NULL, NULL, NULL);
	}
	return ok;
}

static bool find_rules(struct bpr_job *job)
{
	static const char *const names[BPR_RULE_COUNT] = { BPR_I_ARG N_("visual inspection"), BPR_I_ARG N_("paper required"),
		BPR_I_ARG N_("face to face"), BPR_I_ARG N_("resident staff"), BPR_I_ARG N_("seal") };
	size_t steps[BPR_RULE_COUNT] = { 0 }, first[BPR_RULE_COUNT] = { 0 };
	bool ok = true;

	for (size_t i = 0; i < job->plan->n; i++)
		for (size_t r = 0; job->plan->node[i]->rules && r < BPR_RULE_COUNT; r++)
			if (job->plan->node[i]->rules & 1u << r && !steps[r]++)
				first[r] = i;
	for (size_t r = 0; ok && r < BPR_RULE_COUNT; r++) {
		struct bpr_place place;
		char count[32];

		if (!steps[r])
			continue;
		place = place_of(job, first[r]);
		(void)snprintf(count, sizeof(count), "%zu", steps[r]);
		ok = bpr_i_problem(job->problems, BPR_I_A019, &place, false, names[r], count, label(job, first[r]), NULL);
	}
	return ok;
}

bool bpr_i_find_weak(struct bpr_job *job)
{
	struct bpr_place place = { .file = bpr_flow_source(job->flow) };
	bool ok = find_durations(job) && find_rates(job) && find_methods(job) && find_rules(job);

	if (ok && !(bpr_flow_cases_per_year(job->flow) > 0))
		ok = bpr_i_problem(job->problems, BPR_I_A008, &place, false, NULL, NULL, NULL, NULL);
	for (size_t i = 0; ok && job->timed_counts && i < job->plan->n; i++)
		if (job->plan->trait[i] & BPR_TRAIT_TERMINATE) {
			place = place_of(job, i);
			ok = bpr_i_problem(job->problems, BPR_I_A010, &place, true, label(job, i), NULL, NULL, NULL);
		}
	return ok;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where no cut was found, what keeps every trace and says most comes first: an activity that is done once in each trace, one
 * beside the rest (which then can be cut), loops around everything; in the end the flower, which allows everything.
 */
#include "config.h"
#include "mine/tree_mine_i.h"
#include <string.h>

/* Steps after which no more activities are tried beside the rest: some seconds. Counted, so that the same log gives the same tree. */
#define MAX_WORK 2e9

static struct bpr_tree *made(struct bpr_tree_miner *m, struct bpr_tree *tree)
{
	if (!tree && m->failed == BPR_OK)
		m->failed = BPR_ENOMEM;
	return tree;
}

/* Traces with one activity alone (only), or without it. */
static bool project(struct bpr_tree_miner *m, const struct bpr_traces *traces, uint32_t activity, bool only, struct bpr_traces *out)
{
	for (size_t i = 0; i < traces->count; i++) {
		const struct bpr_trace *trace = &traces->items[i];
		const uint32_t *events = traces->events + trace->first;
		size_t n = 0;

		if (!bpr_i_mine_room(m, trace->length))
			return false;
		for (size_t k = 0; k < trace->length; k++)
			if ((events[k] == activity) == only)
				m->piece[n++] = events[k];
		if (!bpr_i_mine_add(m, out, m->piece, n, trace->count))
			return false;
	}
	return true;
}

/* The activity beside the rest. */
static struct bpr_tree *beside(struct bpr_tree_miner *m, struct bpr_traces *traces, uint32_t activity)
{
	struct bpr_traces one = { 0 }, rest = { 0 };
	uint64_t total = bpr_i_traces_total(traces);
	struct bpr_tree *children[2] = { NULL, NULL };

	if (project(m, traces, activity, true, &one) && project(m, traces, activity, false, &rest)) {
		bpr_i_traces_release(traces);
		children[0] = bpr_i_mine(m, &one);
		children[1] = children[0] ? bpr_i_mine(m, &rest) : NULL;
	}
	bpr_i_traces_release(&one);
	bpr_i_traces_release(&rest);
	return children[0] && children[1] ? made(m, bpr_i_tree_node(m->arena, BPR_TREE_AND, total, children, 2)) : NULL;
}

/* An activity that every trace has exactly once: its number, or n. */
static uint32_t once(struct bpr_tree_miner *m, const struct bpr_traces *traces, const struct bpr_dfg *dfg)
{
	size_t *seen = bpr_i_calloc(dfg->n, sizeof(*seen)); /* in the first trace, the second …; 0: not once in one of them */
	uint32_t found = 0;

	if (!seen) {
		m->failed = BPR_ENOMEM;
		return dfg->n;
	}
	for (size_t i = 0; i < traces->count; i++) {
		const uint32_t *events = traces->events + traces->items[i].first;

		for (size_t k = 0; k < traces->items[i].length; k++) {
			size_t *of = &seen[m->local[events[k]]];

			*of = *of == i ? i + 1 : SIZE_MAX; /* a trace without it leaves it behind for good */
		}
	}
	while (found < dfg->n && seen[found] != traces->count)
		found++;
	bpr_i_free(seen);
	return found;
}

/* An activity without which the rest can be cut: its number, or n. */
static uint32_t concurrent(struct bpr_tree_miner *m, const struct bpr_traces *traces, const struct bpr_dfg *dfg)
{
	uint32_t found = dfg->n;

	for (uint32_t a = 0; a < dfg->n && found == dfg->n && m->failed == BPR_OK; a++) {
		struct bpr_traces rest = { 0 };
		struct bpr_dfg without = { 0 };
		struct bpr_cut cut = { 0 };

		if (m->work > MAX_WORK) {
			m->told->limited = true;
			break;
		}
		m->work += (double)traces->event_count * 2 + (double)dfg->n * dfg->n * (8 + (double)dfg->n / 64);
		if (project(m, traces, dfg->activities[a], false, &rest)) {
			m->failed = bpr_i_dfg_new(&rest, m->activity_count, m->local, &without);
			if (m->failed == BPR_OK && without.n > 1 && bpr_i_mine_cut(m, &without, &cut) && cut.parts > 1)
				found = a;
		}
		bpr_i_free(cut.part);
		bpr_i_dfg_release(&without);
		bpr_i_traces_release(&rest);
	}
	return found;
}

/* Cuts traces before starts: strict, only where an end stands before. *count: pieces. */
static bool cut_at_starts(struct bpr_tree_miner *m, const struct bpr_traces *traces, const struct bpr_dfg *dfg, bool strict,
			  struct bpr_traces *out)
{
	for (size_t i = 0; i < traces->count; i++) {
		const struct bpr_trace *trace = &traces->items[i];
		const uint32_t *events = traces->events + trace->first;
		size_t from = 0;

		for (size_t k = 1; k < trace->length; k++) {
			if (!dfg->starts[m->local[events[k]]] || (strict && !dfg->ends[m->local[events[k - 1]]]))
				continue;
			if (!bpr_i_mine_add(m, out, events + from, k - from, trace->count))
				return false;
			from = k;
		}
		if (!bpr_i_mine_add(m, out, events + from, trace->length - from, trace->count))
			return false;
	}
	return true;
}

/* Again and again, where that makes more traces of what is there; NULL: it does not, or failed. */
static struct bpr_tree *again(struct bpr_tree_miner *m, struct bpr_traces *traces, const struct bpr_dfg *dfg, bool strict)
{
	struct bpr_traces pieces = { 0 };
	uint64_t total = bpr_i_traces_total(traces), rounds;
	struct bpr_tree *children[2] = { NULL, NULL };

	if (!cut_at_starts(m, traces, dfg, strict, &pieces) || (rounds = bpr_i_traces_total(&pieces)) == total) {
		bpr_i_traces_release(&pieces);
		return NULL;
	}
	bpr_i_traces_release(traces);
	children[0] = bpr_i_mine(m, &pieces);
	children[1] = children[0] ? made(m, bpr_i_tree_tau(m->arena, rounds - total)) : NULL;
	return children[1] ? made(m, bpr_i_tree_node(m->arena, BPR_TREE_LOOP, total, children, 2)) : NULL;
}

/* Any activity, any number of times. */
static struct bpr_tree *flower(struct bpr_tree_miner *m, const struct bpr_traces *traces, const struct bpr_dfg *dfg)
{
	uint64_t *counts = bpr_i_calloc(dfg->n, sizeof(*counts));
	struct bpr_tree **leaves = bpr_i_calloc(dfg->n, sizeof(struct bpr_tree *));
	uint64_t total = bpr_i_traces_total(traces), events = 0;
	struct bpr_tree *children[2], *tree = NULL;
	bool whole = counts && leaves;

	for (size_t i = 0; whole && i < traces->count; i++)
		for (size_t k = 0; k < traces->items[i].length; k++) {
			counts[m->local[traces->events[traces->items[i].first + k]]] += traces->items[i].count;
			events += traces->items[i].count;
		}
	for (uint32_t a = 0; whole && a < dfg->n; a++) {
		leaves[a] = bpr_i_tree_leaf(m->arena, dfg->activities[a], counts[a]);
		whole = leaves[a] != NULL;
	}
	children[0] = whole ? bpr_i_tree_node(m->arena, BPR_TREE_XOR, events, leaves, dfg->n) : NULL;
	children[1] = bpr_i_tree_tau(m->arena, events - total);
	if (children[0] && children[1])
		tree = bpr_i_tree_node(m->arena, BPR_TREE_LOOP, total, children, 2);
	if (tree) {
		tree->flower = true;
		m->told->flowers++;
		m->told->flower_activities += dfg->n;
	}
	bpr_i_free(counts);
	bpr_i_free(leaves);
	return made(m, tree);
}

struct bpr_tree *bpr_i_mine_fall(struct bpr_tree_miner *m, struct bpr_traces *traces, struct bpr_dfg *dfg)
{
	uint32_t activity;
	struct bpr_tree *tree;

	/* Filtering has left out arcs and edges of it: looked at again in full. */
	bpr_i_dfg_release(dfg);
	m->failed = bpr_i_dfg_new(traces, m->activity_count, m->local, dfg);
	if (m->failed != BPR_OK)
		return NULL;
	activity = once(m, traces, dfg);
	if (activity == dfg->n && m->failed == BPR_OK)
		activity = concurrent(m, traces, dfg);
	if (m->failed != BPR_OK)
		return NULL;
	if (activity < dfg->n) {
		activity = dfg->activities[activity];
		bpr_i_dfg_release(dfg);
		return beside(m, traces, activity);
	}
	memset(m->local, 0, m->activity_count * sizeof(*m->local));
	for (uint32_t a = 0; a < dfg->n; a++)
		m->local[dfg->activities[a]] = a;
	for (int strict = 1; strict >= 0; strict--) {
		tree = again(m, traces, dfg, strict);
		if (tree || m->failed != BPR_OK || !traces->count)
			return tree;
	}
	return flower(m, traces, dfg);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inductive miner: what is one activity is a leaf, what can be cut is cut and its parts are mined, what cannot falls back. */
#include "config.h"
#include "mine/tree_mine_i.h"
#include <string.h>

/*
 * A skip or a repetition changes nothing around it and costs one arc: it is left out only where it is much rarer than what noise
 * means for what follows what, so that the flow goes on to say how often steps are done.
 */
#define SMALL_SHARE 0.05

uint64_t bpr_i_traces_total(const struct bpr_traces *traces)
{
	uint64_t total = 0;

	for (size_t i = 0; i < traces->count; i++)
		total += traces->items[i].count;
	return total;
}

bool bpr_i_mine_room(struct bpr_tree_miner *m, size_t length)
{
	if (bpr_i_grow(&m->piece, &m->piece_capacity, length + 1, sizeof(*m->piece)))
		return true;
	m->failed = BPR_ENOMEM;
	return false;
}

bool bpr_i_mine_add(struct bpr_tree_miner *m, struct bpr_traces *traces, const uint32_t *events, size_t length, uint64_t times)
{
	if (bpr_i_traces_add(traces, events, length, times))
		return true;
	m->failed = BPR_ENOMEM;
	return false;
}

static struct bpr_tree *made(struct bpr_tree_miner *m, struct bpr_tree *tree)
{
	if (!tree)
		m->failed = BPR_ENOMEM;
	return tree;
}

static bool rare(const struct bpr_tree_miner *m, uint64_t some, uint64_t all)
{
	return (double)some < m->noise * SMALL_SHARE * (double)all;
}

/* Executions that do nothing here: a choice between that and all others, or too rare to tell. */
static struct bpr_tree *mine_skips(struct bpr_tree_miner *m, struct bpr_traces *traces, uint64_t skips, uint64_t total)
{
	struct bpr_traces rest = { 0 };
	struct bpr_tree *children[2] = { NULL, NULL };

	for (size_t i = 0; i < traces->count; i++) {
		const struct bpr_trace *trace = &traces->items[i];

		if (trace->length && !bpr_i_mine_add(m, &rest, traces->events + trace->first, trace->length, trace->count)) {
			bpr_i_traces_release(&rest);
			bpr_i_traces_release(traces);
			return NULL;
		}
	}
	bpr_i_traces_release(traces);
	children[0] = bpr_i_mine(m, &rest);
	if (!children[0])
		return NULL;
	if (rare(m, skips, total)) {
		m->told->skips += skips;
		return children[0];
	}
	children[1] = made(m, bpr_i_tree_tau(m->arena, skips));
	return children[1] ? made(m, bpr_i_tree_node(m->arena, BPR_TREE_XOR, total, children, 2)) : NULL;
}

/* One activity, at least once in each trace: itself, or again and again. */
static struct bpr_tree *mine_single(struct bpr_tree_miner *m, const struct bpr_traces *traces, uint64_t total)
{
	uint64_t events = 0, again = 0;
	struct bpr_tree *children[2];

	for (size_t i = 0; i < traces->count; i++) {
		events += traces->items[i].count * traces->items[i].length;
		again += traces->items[i].length > 1 ? traces->items[i].count : 0;
	}
	if (!again || rare(m, again, total)) {
		m->told->repeats += again;
		m->told->events += events - total;
		return made(m, bpr_i_tree_leaf(m->arena, traces->events[0], total));
	}
	children[0] = made(m, bpr_i_tree_leaf(m->arena, traces->events[0], events));
	children[1] = made(m, bpr_i_tree_tau(m->arena, events - total));
	return children[0] && children[1] ? made(m, bpr_i_tree_node(m->arena, BPR_TREE_LOOP, total, children, 2)) : NULL;
}

bool bpr_i_mine_cut(struct bpr_tree_miner *m, struct bpr_dfg *dfg, struct bpr_cut *cut)
{
	bool found = bpr_i_cut_find(dfg, cut);

	if (found && cut->parts < 2 && m->noise > 0) {
		bpr_i_dfg_filter(dfg, m->noise);
		found = bpr_i_cut_find(dfg, cut);
	}
	if (!found)
		m->failed = BPR_ENOMEM;
	return found;
}

/* Trees of the parts, in their order; those of which nothing was left are none. */
static struct bpr_tree *mine_parts(struct bpr_tree_miner *m, struct bpr_traces *traces, const struct bpr_cut *cut)
{
	struct bpr_traces *parts = bpr_i_calloc(cut->parts, sizeof(*parts));
	struct bpr_tree **children = bpr_i_calloc(cut->parts, sizeof(struct bpr_tree *));
	uint64_t total = bpr_i_traces_total(traces);
	struct bpr_tree *tree = NULL;
	size_t count = 0;

	if (!parts || !children || !bpr_i_cut_split(cut, traces, m->local, parts, &m->told->events))
		m->failed = BPR_ENOMEM;
	bpr_i_traces_release(traces);
	for (uint32_t p = 0; m->failed == BPR_OK && p < cut->parts; p++) {
		children[count] = bpr_i_mine(m, &parts[p]);
		count += children[count] != NULL;
	}
	if (m->failed == BPR_OK && count)
		tree = made(m, bpr_i_tree_node(m->arena, cut->kind, total, children, count));
	for (uint32_t p = 0; parts && p < cut->parts; p++)
		bpr_i_traces_release(&parts[p]);
	bpr_i_free(parts);
	bpr_i_free(children);
	return tree;
}

static struct bpr_tree *mine_many(struct bpr_tree_miner *m, struct bpr_traces *traces)
{
	struct bpr_dfg dfg;
	struct bpr_cut cut = { 0 };
	struct bpr_tree *tree = NULL;

	m->failed = bpr_i_dfg_new(traces, m->activity_count, m->local, &dfg);
	if (m->failed != BPR_OK)
		return NULL;
	if (dfg.n == 1) {
		tree = mine_single(m, traces, bpr_i_traces_total(traces));
	} else if (bpr_i_mine_cut(m, &dfg, &cut)) {
		if (cut.parts > 1) {
			bpr_i_dfg_release(&dfg); /* before the recursion: it is a square of the activities */
			tree = mine_parts(m, traces, &cut);
		} else {
			tree = bpr_i_mine_fall(m, traces, &dfg);
		}
	}
	bpr_i_free(cut.part);
	bpr_i_dfg_release(&dfg);
	return tree;
}

struct bpr_tree *bpr_i_mine(struct bpr_tree_miner *m, struct bpr_traces *traces)
{
	uint64_t total = bpr_i_traces_total(traces);
	size_t empty = bpr_i_traces_find(traces, NULL, 0);
	uint64_t skips = empty == SIZE_MAX ? 0 : traces->items[empty].count;
	struct bpr_tree *tree = NULL;

	if (total && skips == total)
		tree = made(m, bpr_i_tree_tau(m->arena, total));
	else if (skips)
		tree = mine_skips(m, traces, skips, total);
	else if (total)
		tree = mine_many(m, traces);
	bpr_i_traces_release(traces);
	return tree;
}

bpr_status bpr_i_tree_mine(struct bpr_traces *traces, uint32_t activity_count, double noise, struct bpr_arena *arena,
			   struct bpr_tree **out, struct bpr_tree_told *told)
{
	struct bpr_tree_miner m = { .arena = arena, .noise = noise, .activity_count = activity_count, .told = told };

	*out = NULL;
	*told = (struct bpr_tree_told){ 0 };
	m.local = bpr_i_calloc(activity_count, sizeof(*m.local));
	if (!m.local) {
		m.failed = BPR_ENOMEM;
	} else if (!traces->event_count) {
		m.failed = BPR_EINVAL;
	} else {
		*out = bpr_i_mine(&m, traces);
	}
	bpr_i_traces_release(traces);
	bpr_i_free(m.local);
	bpr_i_free(m.piece);
	return m.failed;
}

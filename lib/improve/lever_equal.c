/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether two steps are done equally often in every run, and in which parallel branch a step is. On the flow as it is now. */
#include "config.h"
#include "improve/lever_shape_i.h"
#include <string.h>

struct ways {
	struct lever_work *work;
	size_t count;
	size_t above, node;     /* of the question */
	bool *avoids;           /* [count]: a run from here may end, or come to `above` again, without passing `node` */
};

/* The node that an event sits on goes on another way. */
static bool is_event_of(struct ways *w, size_t event, size_t host)
{
	const struct bpr_node *n = bpr_i_edit_node(w->work->edit, event);

	return n && n->host == host && n->interrupting && n->prob > 0;
}

/* What comes next may be without the node. Of parallel branches, and of inclusive ones that are always taken, all are taken. */
static bool avoids_behind(struct ways *w, size_t at)
{
	const struct bpr_node *n = bpr_i_edit_node(w->work->edit, at);
	size_t out_count;
	const size_t *out = bpr_i_edit_out(w->work->edit, at, &out_count);
	bool any = false, all = true, seen = false;

	for (size_t i = 0; i < out_count; i++) {
		const struct bpr_edit_arc *arc = bpr_i_edit_arc(w->work->edit, out[i]);
		bool avoids = arc->to == w->above || w->avoids[arc->to];
		bool sure = n->split == BPR_SPLIT_AND || (n->split == BPR_SPLIT_OR && out_count > 1 && arc->prob >= 1);

		if (n->split != BPR_SPLIT_AND && !(arc->prob > 0))
			continue;
		seen = true;
		any |= avoids;
		all &= avoids || !sure;
	}
	return seen && any && all;
}

static bool avoids_at(struct ways *w, size_t at)
{
	const struct bpr_node *n = bpr_i_edit_node(w->work->edit, at);

	if (at == w->node)
		return false;
	if (n->kind == BPR_NODE_END || avoids_behind(w, at))
		return true;
	for (size_t i = 0; i < w->count; i++)
		if (is_event_of(w, i, at) && w->avoids[i])
			return true;
	return false;
}

/* From `above`, a run may miss the node. */
static void find_avoids(struct ways *w)
{
	bool changed = true;

	memset(w->avoids, 0, w->count * sizeof(*w->avoids));
	while (changed) {
		changed = false;
		for (size_t i = w->count; i-- > 0;)
			if (bpr_i_edit_node(w->work->edit, i) && i != w->above && !w->avoids[i] && avoids_at(w, i))
				changed = w->avoids[i] = true;
	}
}

/* The node is passed a second time before `above` is. */
static bool may_repeat(struct ways *w, bool *yes)
{
	size_t count;
	const size_t *out = bpr_i_edit_out(w->work->edit, w->node, &count);

	*yes = false;
	for (size_t i = 0; i < count; i++) {
		const size_t to = bpr_i_edit_arc(w->work->edit, out[i])->to;
		const bool *reached;

		if (to == w->above)
			continue;
		reached = bpr_i_lever_reach(w->work, to, &w->above, 1);
		if (!reached)
			return false;
		*yes |= reached[w->node];
	}
	return true;
}

/* Each time that `above` is passed, the node is passed once. */
static bool once_behind(struct lever_work *work, size_t above, size_t node, bool *yes)
{
	struct ways w = { work, bpr_i_edit_node_count(work->edit), above, node, NULL };
	bool repeats = false, misses = false;

	*yes = above == node;
	if (*yes)
		return true;
	w.avoids = bpr_i_arena_alloc(&work->scratch, w.count + 1, sizeof(*w.avoids));
	if (!w.avoids)
		return bpr_i_lever_nomem(work);
	find_avoids(&w);
	misses = avoids_behind(&w, above);
	for (size_t i = 0; i < w.count; i++)
		misses |= is_event_of(&w, i, above) && w.avoids[i];
	if (!may_repeat(&w, &repeats))
		return false;
	*yes = !misses && !repeats;
	return true;
}

/* The sub-process around it that is done several times, or BPR_NONE. */
static size_t rounds(struct lever_work *work, const struct bpr_node *n)
{
	size_t scope = n->scope;

	while (scope != BPR_NONE && bpr_flow_scope(work->flow, scope)->repeat == 1)
		scope = bpr_flow_scope(work->flow, scope)->parent;
	return scope;
}

bool bpr_i_lever_same_runs(struct lever_work *work, size_t a, size_t b, bool *same)
{
	const struct bpr_node *x = bpr_i_edit_node(work->edit, a), *y = bpr_i_edit_node(work->edit, b);
	const size_t root = bpr_i_edit_node_count(work->edit);
	const size_t *idom = bpr_i_lever_dominators(work);
	size_t above;
	bool second = false;

	*same = false;
	if (!idom)
		return false;
	if (idom[a] == BPR_NONE || idom[b] == BPR_NONE || rounds(work, x) != rounds(work, y))
		return true;
	above = bpr_i_lever_common(idom, root, a, b);
	if (above == root)
		return true;
	if (!once_behind(work, above, a, same) || !once_behind(work, above, b, &second))
		return false;
	*same &= second;
	return true;
}

/* ---- parallel branches ---- */

enum { NOT_YET = 1 }; /* above BPR_NONE's way: numbers of branches are 2 and up */

struct inside {
	struct lever_work *work;
	size_t *at;      /* [nodes]: branch + 2, 0 none, NOT_YET, BPR_NONE */
	size_t *stack; size_t depth;
	size_t arcs;
	bool fails;
};

/* The branch in which an arc leads on: one of its own behind a split that takes several. */
static size_t along(const struct inside *s, size_t arc)
{
	const size_t from = bpr_i_edit_arc(s->work->edit, arc)->from;
	const struct bpr_node *n = bpr_i_edit_node(s->work->edit, from);
	size_t count;

	(void)bpr_i_edit_out(s->work->edit, from, &count);
	return n->split != BPR_SPLIT_XOR && count > 1 ? arc + 2 : s->at[from];
}

/* The branch around the split that a branch comes from. */
static size_t around(const struct inside *s, size_t branch)
{
	if (branch < 2 || branch == BPR_NONE)
		return BPR_NONE;
	if (branch - 2 >= s->arcs) /* begun by a boundary event */
		return s->at[bpr_i_edit_node(s->work->edit, branch - 2 - s->arcs)->host];
	return s->at[bpr_i_edit_arc(s->work->edit, branch - 2)->from];
}

static void come(struct inside *s, size_t node, size_t branch)
{
	const struct bpr_node *n = bpr_i_edit_node(s->work->edit, node);
	size_t count;

	(void)bpr_i_edit_in(s->work->edit, node, &count);
	if (n->join != BPR_JOIN_XOR && count > 1)
		branch = around(s, branch);
	if (s->at[node] == NOT_YET) {
		s->at[node] = branch;
		s->stack[s->depth++] = node;
	} else if (s->at[node] != branch) {
		/* Ends take what comes from anywhere, but a case may not come there twice. */
		s->fails |= n->kind != BPR_NODE_END;
		s->at[node] = BPR_NONE;
	}
	s->fails |= branch == BPR_NONE;
}

static void go_on(struct inside *s, size_t node, size_t nodes)
{
	size_t count;
	const size_t *out = bpr_i_edit_out(s->work->edit, node, &count);

	for (size_t i = 0; i < count && !s->fails; i++)
		come(s, bpr_i_edit_arc(s->work->edit, out[i])->to, along(s, out[i]));
	for (size_t i = 0; i < nodes && !s->fails; i++) {
		const struct bpr_node *n = bpr_i_edit_node(s->work->edit, i);

		if (n && n->host == node)
			come(s, i, n->interrupting ? s->at[node] : s->arcs + i + 2);
	}
}

const size_t *bpr_i_lever_inside(struct lever_work *work)
{
	const size_t count = bpr_i_edit_node_count(work->edit);
	struct inside s = { .work = work, .arcs = bpr_i_edit_arc_count(work->edit) };

	s.at = bpr_i_arena_raw(&work->scratch, count + 1, sizeof(*s.at));
	s.stack = bpr_i_arena_raw(&work->scratch, count + 1, sizeof(*s.stack));
	if (!s.at || !s.stack) {
		(void)bpr_i_lever_nomem(work);
		return NULL;
	}
	for (size_t i = 0; i < count; i++)
		s.at[i] = NOT_YET;
	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *n = bpr_i_edit_node(work->edit, i);

		if (n && n->kind == BPR_NODE_START && s.at[i] == NOT_YET) {
			s.at[i] = 0;
			s.stack[s.depth++] = i;
		}
	}
	while (s.depth && !s.fails)
		go_on(&s, s.stack[--s.depth], count);
	for (size_t i = 0; i < count; i++)
		if (s.fails || s.at[i] == NOT_YET)
			s.at[i] = BPR_NONE;
	return s.at;
}

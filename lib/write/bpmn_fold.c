/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sub-processes that a reader put in place become sub-processes again: what it added (entry, exit, what stands behind) is
 * not written, since reading the file adds it again. Only what looks exactly like that is folded; the rest is written as it is.
 */
#include "config.h"
#include "write/model_i.h"
#include <string.h>

enum { DEEPEST = 60 }; /* sub-processes inside each other; elements nest no deeper than 250 in a file that can be read */

static const struct bpr_node *node_at(const struct model_flow *f, size_t i)
{
	return bpr_flow_node(f->flow, i);
}

/* Node with the id STEM and SUFFIX that is silent and in that scope, or BPR_NONE. */
static size_t helper(struct model *m, const struct model_flow *f, const char *stem, const char *suffix, size_t scope)
{
	struct bpr_buf id = BPR_BUF_INIT;
	size_t at = BPR_NONE;

	bpr_i_buf_puts(&id, stem);
	bpr_i_buf_puts(&id, suffix);
	if (!id.failed)
		at = bpr_flow_find(f->flow, id.data);
	m->nomem |= id.failed != BPR_OK;
	bpr_i_buf_release(&id);
	if (at == BPR_NONE || !node_at(f, at)->silent || node_at(f, at)->scope != scope)
		return BPR_NONE;
	return at;
}

/* Looks exactly like what the reader makes of a sub-process. */
static bool looks_so(struct model *m, const struct model_flow *f, size_t scope)
{
	const struct bpr_scope *s = bpr_flow_scope(f->flow, scope);
	const struct bpr_node *entry = node_at(f, s->entry);
	size_t depth = 0;

	for (size_t up = scope; up != BPR_NONE && depth <= DEEPEST; up = bpr_flow_scope(f->flow, up)->parent)
		depth++;
	return depth <= DEEPEST && entry->silent && entry->scope == scope && !strcmp(entry->id, s->id) && helper(m, f, s->id, "/exit", scope) == s->exit;
}

static bool fold_scope(struct model *m, struct model_flow *f, size_t scope)
{
	const struct bpr_scope *s = bpr_flow_scope(f->flow, scope);
	size_t loop, after;

	if (f->fold[scope] != MODEL_FOLD_UNKNOWN)
		return f->fold[scope] == MODEL_FOLD_YES;
	f->fold[scope] = MODEL_FOLD_NO;
	if (!looks_so(m, f, scope) || (s->parent != BPR_NONE && !fold_scope(m, f, s->parent)))
		return false;
	f->fold[scope] = MODEL_FOLD_YES;
	loop = helper(m, f, s->id, "/loop", s->parent);
	after = helper(m, f, s->id, "/after", s->parent);
	f->element[s->exit] = s->entry;
	f->helper[s->exit] = MODEL_HELPER;
	if (after != BPR_NONE) {
		f->element[after] = s->entry;
		f->helper[after] = MODEL_HELPER;
	}
	if (loop != BPR_NONE && after != BPR_NONE) {
		f->element[loop] = s->entry;
		f->helper[loop] = MODEL_LOOP;
	}
	return true;
}

bool bpr_i_model_is_entry(const struct model_flow *f, size_t node)
{
	size_t scope = node_at(f, node)->scope;

	return scope != BPR_NONE && f->fold[scope] == MODEL_FOLD_YES && bpr_flow_scope(f->flow, scope)->entry == node;
}

/* A reader puts the splits of a called process behind its exit, those of a sub-process elsewhere: such a call stays as it is. */
static void keep_calls(struct model_flow *f)
{
	static const char suffix[] = "/split";

	for (size_t i = 0; i < bpr_flow_node_count(f->flow); i++) {
		const struct bpr_node *n = node_at(f, i);
		size_t length = strlen(n->id);

		if (!n->silent || length < sizeof(suffix) || strcmp(n->id + length - (sizeof(suffix) - 1), suffix) != 0)
			continue;
		for (size_t scope = n->scope; scope != BPR_NONE; scope = bpr_flow_scope(f->flow, scope)->parent)
			if (bpr_flow_scope(f->flow, scope)->type && !strcmp(bpr_flow_scope(f->flow, scope)->type, "callActivity"))
				f->fold[scope] = MODEL_FOLD_NO;
	}
}

/* The innermost sub-process around a node that is written as one. */
static size_t folded_around(const struct model_flow *f, size_t scope)
{
	while (scope != BPR_NONE && f->fold[scope] != MODEL_FOLD_YES)
		scope = bpr_flow_scope(f->flow, scope)->parent;
	return scope;
}

/* The last node of a folded element: its ways out are the element's. */
static size_t leave_of(struct model *m, const struct model_flow *f, size_t node)
{
	const struct bpr_node *n = node_at(f, node);
	size_t after;

	if (!bpr_i_model_is_entry(f, node))
		return node;
	after = helper(m, f, n->id, "/after", bpr_flow_scope(f->flow, n->scope)->parent);
	return after == BPR_NONE ? bpr_flow_scope(f->flow, n->scope)->exit : after;
}

/* An inclusive split behind a task, some of whose ways are conditional. */
static void fold_splits(struct model *m, struct model_flow *f)
{
	for (size_t i = 0; i < bpr_flow_node_count(f->flow); i++) {
		const struct bpr_node *n = node_at(f, i);
		bool stays = n->scope != BPR_NONE && f->fold[n->scope] != MODEL_FOLD_YES;
		bool plain = f->element[i] == i && n->kind != BPR_NODE_AND && n->kind != BPR_NODE_OR && !stays;
		size_t leave = plain ? leave_of(m, f, i) : BPR_NONE;
		size_t split, count;

		if (leave == BPR_NONE || node_at(f, leave)->out_count != 1)
			continue;
		split = helper(m, f, n->id, "/split", node_at(f, leave)->scope);
		if (split == BPR_NONE || node_at(f, split)->kind != BPR_NODE_OR || node_at(f, split)->out_count < 2 ||
		    bpr_flow_arc(f->flow, node_at(f, leave)->first_out)->to != split)
			continue;
		(void)bpr_flow_arcs_in(f->flow, split, &count);
		if (count != 1)
			continue;
		f->element[split] = i;
		f->helper[split] = MODEL_HELPER;
		f->split[i] = split;
	}
}

/* Ends that throw to a boundary event outside, and link events: their arcs are not drawn. */
static void find_catches(struct model_flow *f)
{
	for (size_t i = 0; i < bpr_flow_node_count(f->flow); i++) {
		const struct bpr_node *n = node_at(f, i);
		size_t to = n->out_count == 1 ? bpr_flow_arc(f->flow, n->first_out)->to : BPR_NONE;
		const struct bpr_node *target = to == BPR_NONE ? NULL : node_at(f, to);
		bool link;

		if (!target || !n->silent || !n->trigger || !target->trigger || strcmp(n->trigger, target->trigger) != 0)
			continue;
		link = !strcmp(n->trigger, "link");
		if (link ? target->silent && target->scope == n->scope : n->terminate && target->host != BPR_NONE && target->scope != n->scope)
			f->catches[i] = to;
	}
}

/* Lists of nodes by element and by sub-process, in their order: filled from the end. */
static void link(struct model_flow *f)
{
	size_t nodes = bpr_flow_node_count(f->flow);
	size_t *first = f->part_next; /* of each element, while the lists are made */

	for (size_t i = 0; i < bpr_flow_scope_count(f->flow); i++)
		f->first_in[i] = BPR_NONE;
	for (size_t i = 0; i < nodes; i++)
		f->part_next[i] = BPR_NONE;
	for (size_t i = nodes; i-- > 0;) {
		size_t scope = f->within[f->element[i]];

		if (scope != BPR_NONE) {
			f->next_in[i] = f->first_in[scope];
			f->first_in[scope] = i;
		}
		if (f->element[i] != i) {
			f->part_next[i] = first[f->element[i]];
			first[f->element[i]] = i;
		}
	}
}

bpr_status bpr_i_model_fold(struct model *m, struct model_flow *f)
{
	size_t nodes = bpr_flow_node_count(f->flow);

	for (size_t i = 0; i < nodes; i++) {
		f->element[i] = i;
		f->within[i] = f->split[i] = f->catches[i] = BPR_NONE;
	}
	if (!m->flat)
		keep_calls(f);
	for (size_t i = 0; !m->flat && i < bpr_flow_scope_count(f->flow); i++)
		(void)fold_scope(m, f, i);
	for (size_t i = 0; i < nodes; i++) {
		size_t scope = node_at(f, i)->scope;

		f->within[i] = bpr_i_model_is_entry(f, i) ? bpr_flow_scope(f->flow, scope)->parent : folded_around(f, scope);
	}
	if (!m->flat) {
		fold_splits(m, f);
		find_catches(f);
	}
	link(f);
	return m->nomem ? BPR_ENOMEM : BPR_OK;
}

bool bpr_i_model_arc(const struct model_flow *f, size_t arc, size_t *from, size_t *to)
{
	const struct bpr_arc *a = bpr_flow_arc(f->flow, arc);

	*from = f->element[a->from];
	*to = f->element[a->to];
	return f->helper[a->to] == MODEL_NODE && f->helper[a->from] != MODEL_LOOP && !bpr_i_model_is_entry(f, a->from) &&
	       f->catches[a->from] == BPR_NONE;
}

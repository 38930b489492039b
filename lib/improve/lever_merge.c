/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several forms become one, which each case writes once. */
#include "config.h"
#include "improve/lever_i.h"
#include <string.h>

/* A merge: the forms, what they become, and where that is written. */
struct merge {
	struct lever_work *work;
	size_t *forms, form_count;
	bool *among;               /* [form count] */
	size_t into;
	size_t *nodes, node_count; /* that write, the first ones in the end */
	bool *keeps;               /* [node_count] */
};

/* ---- the form ---- */

/* The form asks for it as often as the one that asks most often; printed only where all print it. */
static void add_field(struct bpr_form_field *fields, size_t *count, const struct bpr_form_field *field)
{
	for (size_t i = 0; i < *count; i++) {
		if (fields[i].field != field->field)
			continue;
		fields[i].times = fields[i].times > field->times ? fields[i].times : field->times;
		fields[i].prefilled &= field->prefilled;
		return;
	}
	fields[(*count)++] = *field;
}

static bool unite_fields(struct merge *m)
{
	struct bpr_form_field *fields;
	size_t most = 0, count = 0;

	for (size_t i = 0; i < m->form_count; i++)
		most += bpr_i_edit_form_at(m->work->edit, m->forms[i])->field_count;
	fields = bpr_i_arena_raw(&m->work->scratch, most + 1, sizeof(*fields));
	if (!fields)
		return bpr_i_lever_nomem(m->work);
	for (size_t i = 0; i < m->form_count; i++) {
		const struct bpr_form *form = bpr_i_edit_form_at(m->work->edit, m->forms[i]);

		for (size_t k = 0; k < form->field_count; k++)
			add_field(fields, &count, &form->fields[k]);
	}
	return bpr_i_edit_form_fields(m->work->edit, m->into, fields, count) || bpr_i_lever_nomem(m->work);
}

/* What they become: one of them, or a new one. */
static bool name_form(struct merge *m, const char *id, const char *name)
{
	const char *first = bpr_i_edit_form_at(m->work->edit, m->forms[0])->id;
	const size_t taken = bpr_i_edit_form_find(m->work->edit, id ? id : first);

	if (taken != BPR_NONE && !m->among[taken])
		return bpr_i_lever_refuse(m->work, BPR_I_K065, id, NULL, NULL);
	m->into = taken != BPR_NONE ? taken : bpr_i_edit_form(m->work->edit, id, name ? name : id);
	return m->into != BPR_NONE || bpr_i_lever_nomem(m->work);
}

/* ---- where it is written ---- */

static bool writes_one(struct merge *m, size_t node)
{
	for (size_t i = 0; i < m->form_count; i++)
		if (bpr_i_edit_list_has(m->work->edit, node, BPR_EDIT_WRITES, m->forms[i]))
			return true;
	return false;
}

static bool find_writers(struct merge *m)
{
	const size_t count = bpr_i_edit_node_count(m->work->edit);

	m->nodes = bpr_i_arena_raw(&m->work->scratch, count + 1, sizeof(*m->nodes));
	if (!m->nodes)
		return bpr_i_lever_nomem(m->work);
	for (size_t i = 0; i < count; i++)
		if (bpr_i_edit_node(m->work->edit, i) && writes_one(m, i))
			m->nodes[m->node_count++] = i;
	return m->node_count > 0 || bpr_i_lever_refuse(m->work, BPR_I_K066, m->work->action->target, NULL, NULL);
}

/* Nodes that keep, but for one; kept by the scratch arena. */
static size_t *keepers(struct merge *m, size_t except, size_t *count)
{
	size_t *list = bpr_i_arena_raw(&m->work->scratch, m->node_count + 1, sizeof(*list));

	*count = 0;
	for (size_t i = 0; list && i < m->node_count; i++)
		if (m->keeps[i] && m->nodes[i] != except)
			list[(*count)++] = m->nodes[i];
	if (!list)
		(void)bpr_i_lever_nomem(m->work);
	return list;
}

/* Whether a case may come from the node to an end without passing another one that keeps. */
static bool may_escape(struct merge *m, size_t from, bool *yes)
{
	size_t count;
	const size_t *stops = keepers(m, from, &count);
	const bool *reached = stops ? bpr_i_lever_reach(m->work, from, stops, count) : NULL;

	if (!reached)
		return false;
	*yes = bpr_i_lever_ends(m->work, reached);
	return true;
}

static bool refuse_pair(struct merge *m, size_t a, size_t b)
{
	return bpr_i_lever_refuse(m->work, BPR_I_K067, bpr_i_lever_step_text(m->work, m->nodes[a]), bpr_i_lever_step_text(m->work, m->nodes[b]), NULL);
}

/*
 * One behind the other, where the later one is also reached without the earlier one: the earlier one stops writing if every case from
 * there comes to one that keeps. Else it cannot be said where to write once.
 */
static bool settle_behind(struct merge *m, size_t earlier, size_t later)
{
	bool escapes = true;

	if (!may_escape(m, m->nodes[earlier], &escapes))
		return false;
	m->keeps[earlier] = escapes;
	return !escapes || refuse_pair(m, earlier, later);
}

/* Both are passed, at the same time, behind a split `above`: the one that its branch cannot miss keeps. */
static bool settle_parallel(struct merge *m, size_t above, size_t a, size_t b)
{
	const size_t pair[2] = { a, b };
	size_t count;
	const size_t *out = bpr_i_edit_out(m->work->edit, above, &count);

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < count; i++) {
			const size_t to = bpr_i_edit_arc(m->work->edit, out[i])->to, node = m->nodes[pair[k]];
			const bool *reached = bpr_i_lever_reach(m->work, to, &node, 1);

			if (!reached)
				return false;
			if (to != node && bpr_i_lever_ends(m->work, reached))
				continue;
			m->keeps[pair[1 - k]] = false;
			return true;
		}
	return refuse_pair(m, a, b);
}

/* Whether one case may pass both, and what to do about it. */
static bool settle(struct merge *m, const size_t *idom, size_t a, size_t b)
{
	const size_t root = bpr_i_edit_node_count(m->work->edit);
	const size_t above = bpr_i_lever_common(idom, root, m->nodes[a], m->nodes[b]);
	const struct bpr_node *split = above == root ? NULL : bpr_i_edit_node(m->work->edit, above);
	const size_t pair[2] = { a, b };

	/* A way back to what both lie behind begins anew: it is no second time on the same way. */
	for (size_t k = 0; k < 2; k++) {
		const bool *reached = bpr_i_lever_reach(m->work, m->nodes[pair[k]], &above, above != root);

		if (!reached)
			return false;
		if (reached[m->nodes[pair[1 - k]]])
			return settle_behind(m, pair[k], pair[1 - k]);
	}
	if (!split || split->split == BPR_SPLIT_XOR)
		return true;
	return split->split == BPR_SPLIT_AND ? settle_parallel(m, above, a, b) : refuse_pair(m, a, b);
}

/* The first one on every way keeps. */
static bool choose_writers(struct merge *m)
{
	const size_t *idom;

	m->keeps = bpr_i_arena_alloc(&m->work->scratch, m->node_count + 1, sizeof(*m->keeps));
	if (!m->keeps)
		return bpr_i_lever_nomem(m->work);
	if (!bpr_i_lever_first(m->work, m->nodes, m->node_count, m->keeps))
		return false;
	idom = bpr_i_lever_dominators(m->work);
	if (!idom)
		return false;
	for (size_t a = 0; a < m->node_count; a++)
		for (size_t b = a + 1; b < m->node_count && m->keeps[a]; b++)
			if (m->keeps[b] && !settle(m, idom, a, b))
				return false;
	return true;
}

/* Whether a case may get to the node without having passed one of the others. */
static bool may_miss(struct merge *m, const struct merge *named, size_t node, bool *yes)
{
	size_t *list = bpr_i_arena_raw(&m->work->scratch, named->node_count + 1, sizeof(*list)), count = 0;
	bool *first = bpr_i_arena_alloc(&m->work->scratch, named->node_count + 1, sizeof(*first));

	if (!list || !first)
		return bpr_i_lever_nomem(m->work);
	list[count++] = node;
	for (size_t i = 0; i < named->node_count; i++)
		if (named->keeps[i])
			list[count++] = named->nodes[i];
	if (!bpr_i_lever_first(m->work, list, count, first))
		return false;
	*yes = first[0];
	return true;
}

/* at=: these write. Each case that wrote one of the forms must still come to one of them, or have passed it. */
static bool choose_named(struct merge *m, const char *at)
{
	struct merge named = *m;

	if (!bpr_i_lever_steps(m->work, at, &named.nodes, &named.node_count) || !choose_writers(&named))
		return false;
	for (size_t i = 0; i < m->node_count; i++) {
		bool is_one = false, escapes = true, misses = true;

		for (size_t k = 0; k < named.node_count; k++)
			is_one |= named.keeps[k] && named.nodes[k] == m->nodes[i];
		if (is_one)
			continue;
		if (!may_escape(&named, m->nodes[i], &escapes) || !may_miss(m, &named, m->nodes[i], &misses))
			return false;
		if (escapes && misses)
			return bpr_i_lever_refuse(m->work, BPR_I_K068, bpr_i_lever_step_text(m->work, m->nodes[i]), at, NULL);
	}
	*m = named;
	return true;
}

/* ---- what the steps carry ---- */

/* In the place of the first of the forms that it replaces; `add`: at the end where there is none. */
static bool replace(struct merge *m, size_t node, enum bpr_edit_list which, const size_t *forms, size_t count, bool keep, bool add)
{
	size_t *list = bpr_i_arena_raw(&m->work->scratch, count + 1, sizeof(*list)), n = 0;
	bool put = false, changed = false;

	if (!list)
		return bpr_i_lever_nomem(m->work);
	for (size_t i = 0; i < count; i++) {
		if (!m->among[forms[i]]) {
			list[n++] = forms[i];
			continue;
		}
		changed = true;
		if (keep && !put)
			list[n++] = m->into;
		put = true;
	}
	if (add && !put)
		list[n++] = m->into;
	return (!changed && !(add && !put)) || bpr_i_edit_list_set(m->work->edit, node, which, list, n) || bpr_i_lever_nomem(m->work);
}

static bool rewrite(struct merge *m)
{
	const size_t count = bpr_i_edit_node_count(m->work->edit);

	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *node = bpr_i_edit_node(m->work->edit, i);
		bool writes = false;

		if (!node)
			continue;
		for (size_t k = 0; k < m->node_count; k++)
			writes |= m->keeps[k] && m->nodes[k] == i;
		if (!replace(m, i, BPR_EDIT_WRITES, node->writes, node->write_count, writes, writes))
			return false;
		node = bpr_i_edit_node(m->work->edit, i);
		if (!replace(m, i, BPR_EDIT_READS, node->reads, node->read_count, true, false))
			return false;
		node = bpr_i_edit_node(m->work->edit, i);
		if (!replace(m, i, BPR_EDIT_ISSUES, node->issues, node->issue_count, true, false))
			return false;
	}
	return true;
}

bool bpr_i_lever_merge_forms(struct lever_work *work)
{
	static const char *const keys[] = { "at|位置|記入|記入工程", "name|様式名|名称" };
	struct merge m = { .work = work };
	const char *values[2], *bare;

	if (!bpr_i_lever_forms(work, work->action->target, &m.forms, &m.form_count) ||
	    !bpr_i_lever_values(work, work->action->value, keys, 2, values, &bare))
		return false;
	if (m.form_count < 2 && !bare)
		return bpr_i_lever_refuse(work, BPR_I_K069, work->action->target, NULL, NULL);
	m.among = bpr_i_arena_alloc(&work->scratch, bpr_i_edit_form_count(work->edit) + 1, sizeof(*m.among));
	if (!m.among)
		return bpr_i_lever_nomem(work);
	for (size_t i = 0; i < m.form_count; i++)
		m.among[m.forms[i]] = true;
	return find_writers(&m) && (values[0] ? choose_named(&m, values[0]) : choose_writers(&m)) && name_form(&m, bare, values[1]) &&
	       unite_fields(&m) && rewrite(&m);
}

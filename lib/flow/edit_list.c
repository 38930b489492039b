/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a step carries: forms, people, durations. Lists are never changed in place: others may share them. */
#include "config.h"
#include "flow/edit_inside_i.h"
#include <string.h>

static const size_t **list_of(struct bpr_node *n, enum bpr_edit_list list, size_t **count)
{
	switch (list) {
	case BPR_EDIT_READS: *count = &n->read_count; return &n->reads;
	case BPR_EDIT_ISSUES: *count = &n->issue_count; return &n->issues;
	case BPR_EDIT_WRITES: break;
	}
	*count = &n->write_count;
	return &n->writes;
}

static void *kept(struct bpr_edit *e, const void *items, size_t count, size_t more, size_t size)
{
	void *copy = bpr_i_arena_alloc(&e->shared->arena, count + more, size);

	if (copy && count)
		memcpy(copy, items, count * size);
	return copy;
}

bool bpr_i_edit_list_set(bpr_edit *e, size_t node, enum bpr_edit_list list, const size_t *forms, size_t count)
{
	size_t *old_count, n = 0;
	const size_t **old = list_of(&edit_nodes(e)[node], list, &old_count);
	size_t *items = bpr_i_arena_raw(&e->shared->arena, count, sizeof(*items));

	if (!items)
		return false;
	for (size_t i = 0; i < count; i++) { /* each once */
		size_t k = 0;

		while (k < n && items[k] != forms[i])
			k++;
		if (k == n)
			items[n++] = forms[i];
	}
	*old = items;
	*old_count = n;
	return true;
}

bool bpr_i_edit_list_has(const bpr_edit *e, size_t node, enum bpr_edit_list list, size_t form)
{
	size_t *count;
	const size_t *items = *list_of(&edit_nodes(e)[node], list, &count);

	for (size_t i = 0; i < *count; i++)
		if (items[i] == form)
			return true;
	return false;
}

bool bpr_i_edit_list_add(bpr_edit *e, size_t node, enum bpr_edit_list list, size_t form)
{
	size_t *count;
	const size_t **items = list_of(&edit_nodes(e)[node], list, &count);
	size_t *copy;

	if (bpr_i_edit_list_has(e, node, list, form))
		return true;
	copy = kept(e, *items, *count, 1, sizeof(*copy));
	if (!copy)
		return false;
	copy[(*count)++] = form;
	*items = copy;
	return true;
}

void bpr_i_edit_list_drop(bpr_edit *e, size_t node, enum bpr_edit_list list, size_t form)
{
	size_t *count, n = 0;
	const size_t **items = list_of(&edit_nodes(e)[node], list, &count);
	size_t *copy;

	if (!bpr_i_edit_list_has(e, node, list, form))
		return;
	copy = bpr_i_arena_raw(&e->shared->arena, *count, sizeof(*copy));
	if (!copy) {
		e->nomem = true; /* freezing will tell */
		return;
	}
	for (size_t i = 0; i < *count; i++)
		if ((*items)[i] != form)
			copy[n++] = (*items)[i];
	*items = copy;
	*count = n;
}

bool bpr_i_edit_needs_set(bpr_edit *e, size_t node, const struct bpr_need *needs, size_t count)
{
	struct bpr_need *items = kept(e, needs, count, 0, sizeof(*items));

	if (!items)
		return false;
	edit_nodes(e)[node].needs = items;
	edit_nodes(e)[node].need_count = count;
	return true;
}

static const struct bpr_dist **duration(struct bpr_edit *e, size_t node, bool work)
{
	return work ? &edit_nodes(e)[node].work : &edit_nodes(e)[node].wait;
}

bool bpr_i_edit_duration(bpr_edit *e, size_t node, bool work, const struct bpr_dist *dist)
{
	struct bpr_dist *copy;

	if (!dist) {
		*duration(e, node, work) = NULL;
		return true;
	}
	copy = kept(e, dist, 1, 0, sizeof(*copy));
	if (copy && dist->value_count)
		copy->values = kept(e, dist->values, dist->value_count, 0, sizeof(*dist->values));
	if (copy && dist->source)
		copy->source = bpr_i_arena_strdup(&e->shared->arena, dist->source);
	if (!copy || (dist->value_count && !copy->values) || (dist->source && !copy->source))
		return false;
	*duration(e, node, work) = copy;
	return true;
}

bool bpr_i_edit_duration_scale(bpr_edit *e, size_t node, bool work, double factor)
{
	const struct bpr_dist **at = duration(e, node, work);
	struct bpr_dist *copy;
	double *values;

	if (!*at)
		return true;
	copy = kept(e, *at, 1, 0, sizeof(*copy));
	if (!copy)
		return false;
	if (!(factor > 0)) {
		*copy = (struct bpr_dist){ .kind = BPR_DIST_CONSTANT };
	} else if (copy->kind == BPR_DIST_EMP) {
		values = kept(e, copy->values, copy->value_count, 0, sizeof(*values));
		if (!values)
			return false;
		for (size_t i = 0; i < copy->value_count; i++)
			values[i] *= factor;
		copy->values = values;
		copy->source = NULL; /* the file has the values as they were */
	} else {
		/* The first one of these is a shape, without a unit. */
		if (copy->kind != BPR_DIST_ERLANG && copy->kind != BPR_DIST_WEIBULL)
			copy->a *= factor;
		copy->b *= factor;
		copy->c *= factor;
	}
	*at = copy;
	return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "property/edit_any.h"
#include <assert.h>
#include <math.h>
#include <stddef.h>

static uint64_t next(uint64_t *rng)
{
	uint64_t z = *rng += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static size_t below(uint64_t *rng, size_t n)
{
	return (size_t)(next(rng) % n);
}

/* A step of the edit, or BPR_NONE. */
static size_t some_step(bpr_edit *edit, uint64_t *rng)
{
	for (size_t tries = 0; tries < 20; tries++) {
		size_t i = below(rng, bpr_i_edit_node_count(edit));
		const struct bpr_node *n = bpr_i_edit_node(edit, i);

		if (n && bpr_node_is_step(n))
			return i;
	}
	return BPR_NONE;
}

static bool put_in(bpr_edit *edit, uint64_t *rng, size_t at)
{
	static const char *const ids[] = { "new", "T1", "a;b", "新しい工程" };
	bool event = bpr_i_edit_node(edit, at)->host != BPR_NONE;
	size_t node = below(rng, 3) ? bpr_i_edit_node_add(edit, BPR_NODE_TASK, ids[below(rng, 4)], "put in") : bpr_i_edit_node_copy(edit, at, "'");
	struct bpr_node *n = node == BPR_NONE ? NULL : bpr_i_edit_node(edit, node);
	struct bpr_dist dist = { .kind = BPR_DIST_TRI, .a = 1, .b = 2, .c = 4 };
	size_t form = bpr_i_edit_form(edit, "new form", "a form"), field = bpr_i_edit_field(edit, "new field", "g");
	struct bpr_form_field fields[] = { { field, 2, false } };

	if (!n || form == BPR_NONE || field == BPR_NONE)
		return false;
	n->unit = bpr_i_edit_unit(edit, below(rng, 2) ? "new unit" : "U");
	n->counter = bpr_i_edit_counter(edit, below(rng, 2) ? "new counter" : "P");
	n->system = bpr_i_edit_system(edit, "new system");
	if (n->unit == BPR_NONE || n->counter == BPR_NONE || n->system == BPR_NONE)
		return false;
	if (!bpr_i_edit_duration(edit, node, true, &dist) || !bpr_i_edit_list_add(edit, node, BPR_EDIT_WRITES, form) ||
	    !bpr_i_edit_form_fields(edit, form, fields, 1))
		return false;
	return !event && below(rng, 2) ? bpr_i_edit_before(edit, at, node) : bpr_i_edit_behind(edit, at, node);
}

/* A choice behind a step that leads back to it, or to any other. */
static bool choose(bpr_edit *edit, uint64_t *rng, size_t at)
{
	size_t to = below(rng, 2) ? at : some_step(edit, rng);
	size_t xor = bpr_i_edit_node_add(edit, BPR_NODE_XOR, "again?", "");

	if (xor == BPR_NONE || !bpr_i_edit_behind(edit, at, xor))
		return false;
	if (to == BPR_NONE || bpr_i_edit_node(edit, to)->host != BPR_NONE || bpr_i_edit_node(edit, to)->join != BPR_JOIN_XOR)
		return true;
	return bpr_i_edit_arc_add(edit, xor, to, 0.25) != BPR_NONE;
}

static bool change(bpr_edit *edit, uint64_t *rng)
{
	size_t at = some_step(edit, rng), count;
	const size_t *out;
	struct bpr_need need = { 0, 2 };
	bool fits;

	if (at == BPR_NONE)
		return true;
	switch (below(rng, 7)) {
	case 0: return put_in(edit, rng, at);
	case 1: return choose(edit, rng, at);
	case 2: return bpr_i_edit_node_remove(edit, at, &fits);
	case 3:
		out = bpr_i_edit_out(edit, at, &count);
		if (count > 1)
			bpr_i_edit_arc_drop(edit, out[below(rng, count)]);
		return true;
	case 4:
		need.pool = bpr_i_edit_pool(edit, "new pool");
		return need.pool != BPR_NONE && bpr_i_edit_needs_set(edit, at, &need, 1);
	case 5: return bpr_i_edit_duration_scale(edit, at, below(rng, 2), 0.5);
	default: {
		struct bpr_node *n = bpr_i_edit_node(edit, at);

		n->counter = n->system = BPR_NONE;
		n->unit = bpr_i_edit_unit_find(edit, "U");
		if (n->write_count)
			bpr_i_edit_list_drop(edit, at, BPR_EDIT_WRITES, n->writes[0]);
		return true;
	}
	}
}

bool edit_some(bpr_edit *edit, uint64_t seed, size_t changes)
{
	uint64_t rng = seed * 77 + 1;

	for (size_t i = 0; i < changes; i++)
		if (!change(edit, &rng))
			return false;
	return true;
}

bpr_flow *edit_nothing(const bpr_flow *flow, uint64_t seed)
{
	bpr_edit *edit = NULL;
	bpr_flow *out = NULL;
	bpr_status status = bpr_i_edit_begin(flow, &edit, NULL);
	bool ok = !status;

	if (ok && seed % 2)
		ok = bpr_i_edit_mark(edit) && edit_some(edit, seed, 6) && bpr_i_edit_rollback(edit) && edit_some(edit, seed + 1, 3) &&
		     bpr_i_edit_rollback(edit);
	if (ok)
		status = bpr_i_edit_freeze(edit, &out, NULL);
	(void)status;
	bpr_i_edit_free(edit);
	return out;
}

bpr_flow *edit_any(const bpr_flow *flow, uint64_t seed)
{
	bpr_edit *edit = NULL;
	bpr_flow *out = NULL;
	bpr_status status = bpr_i_edit_begin(flow, &edit, NULL);

	if (!status && edit_some(edit, seed, 1 + seed % 5))
		status = bpr_i_edit_freeze(edit, &out, NULL);
	(void)status;
	bpr_i_edit_free(edit);
	return out;
}

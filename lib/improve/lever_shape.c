/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levers on the shape of a flow: 並行化, 廃止, 順序変更. */
#include "config.h"
#include "improve/lever_shape_i.h"
#include <string.h>

/* ---- 廃止 ---- */

bool bpr_i_lever_remove(struct lever_work *work)
{
	size_t *steps, count;
	bool fits = true;

	if (!bpr_i_lever_no_value(work) || !bpr_i_lever_steps(work, work->action->target, &steps, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *n = bpr_i_edit_node(work->edit, steps[i]);

		if (!n) /* an event of a step that has just been taken out */
			continue;
		if (!bpr_node_is_step(n))
			return bpr_i_lever_refuse(work, BPR_I_K120, bpr_i_lever_step_text(work, steps[i]), NULL, NULL);
		if (!bpr_i_edit_node_remove(work->edit, steps[i], &fits))
			return bpr_i_lever_nomem(work);
		if (!fits)
			return bpr_i_lever_refuse(work, BPR_I_K121, bpr_i_lever_step_text(work, steps[i]), NULL, NULL);
	}
	return bpr_i_lever_tidy(work);
}

/* ---- 並行化 ---- */

static size_t next_of(struct lever_work *work, size_t node)
{
	size_t count;
	const size_t *out = bpr_i_edit_out(work->edit, node, &count);

	return count == 1 ? bpr_i_edit_arc(work->edit, out[0])->to : BPR_NONE;
}

static bool is_one_of(const size_t *list, size_t count, size_t item)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == item)
			return true;
	return false;
}

/* Puts the steps in the order in which they follow each other; refuses those that do not follow each other directly. */
static bool chain(struct lever_work *work, size_t *steps, size_t count)
{
	size_t head = BPR_NONE, in_count;

	for (size_t i = 0; i < count; i++) {
		const size_t *in = bpr_i_edit_in(work->edit, steps[i], &in_count);
		bool follows = false;

		for (size_t k = 0; k < in_count; k++)
			follows |= is_one_of(steps, count, bpr_i_edit_arc(work->edit, in[k])->from);
		if (!follows)
			head = steps[i];
	}
	for (size_t i = 0, at = head; i < count; i++) {
		size_t k = i;

		while (k < count && steps[k] != at)
			k++;
		if (at == BPR_NONE || k == count)
			return bpr_i_lever_refuse(work, BPR_I_K123, bpr_i_lever_step_text(work, i ? steps[i - 1] : steps[0]),
						  bpr_i_lever_step_text(work, steps[i]), NULL);
		steps[k] = steps[i];
		steps[i] = at;
		(void)bpr_i_edit_in(work->edit, at, &in_count);
		if (i && in_count > 1)
			return bpr_i_lever_refuse(work, BPR_I_K124, bpr_i_lever_step_text(work, at), NULL, NULL);
		at = next_of(work, at);
	}
	return true;
}

static bool needs_citizen(const struct bpr_node *n)
{
	return n->actor == BPR_ACTOR_CITIZEN || (n->counter != BPR_NONE && !n->away);
}

/* One needs what another makes, or both need the citizen. */
static bool independent(struct lever_work *work, const size_t *steps, size_t count)
{
	size_t citizen = BPR_NONE;

	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < i; k++) {
			const size_t form = bpr_i_lever_needs_form(work, steps[k], steps[i]);

			if (form != BPR_NONE)
				return bpr_i_lever_refuse(work, BPR_I_K125, bpr_i_lever_step_text(work, steps[i]),
							  bpr_i_edit_form_at(work->edit, form)->id, bpr_i_lever_step_text(work, steps[k]));
		}
		if (!needs_citizen(bpr_i_edit_node(work->edit, steps[i])))
			continue;
		if (citizen != BPR_NONE)
			return bpr_i_lever_refuse(work, BPR_I_K126, bpr_i_lever_step_text(work, citizen), bpr_i_lever_step_text(work, steps[i]),
						  NULL);
		citizen = steps[i];
	}
	return true;
}

/* A parallel gateway in the sub-process and the unit of the step. */
static size_t parallel_gateway(struct lever_work *work, size_t step, const char *suffix)
{
	const struct bpr_node *n = bpr_i_edit_node(work->edit, step);
	const size_t unit = n->unit;
	struct bpr_buf id = BPR_BUF_INIT;
	size_t node = BPR_NONE;

	bpr_i_buf_puts(&id, n->id);
	bpr_i_buf_puts(&id, suffix);
	if (!id.failed)
		node = bpr_i_edit_node_add(work->edit, BPR_NODE_AND, id.data, "");
	bpr_i_buf_release(&id);
	if (node == BPR_NONE)
		(void)bpr_i_lever_nomem(work);
	else
		bpr_i_edit_node(work->edit, node)->unit = unit;
	return node;
}

bool bpr_i_lever_parallel(struct lever_work *work)
{
	size_t *steps, count, split, join, out_count;

	if (!bpr_i_lever_no_value(work) || !bpr_i_lever_steps(work, work->action->target, &steps, &count))
		return false;
	if (count < 2)
		return bpr_i_lever_refuse(work, BPR_I_K127, work->action->target, NULL, NULL);
	for (size_t i = 0; i < count; i++)
		if (!bpr_i_lever_movable(work, steps[i]))
			return false;
	if (!chain(work, steps, count) || !independent(work, steps, count))
		return false;
	split = parallel_gateway(work, steps[0], "/and");
	join = split == BPR_NONE ? BPR_NONE : parallel_gateway(work, steps[0], "/join");
	if (join == BPR_NONE)
		return false;
	if (!bpr_i_edit_before(work->edit, steps[0], split) || !bpr_i_edit_behind(work->edit, steps[count - 1], join))
		return bpr_i_lever_nomem(work);
	for (size_t i = 0; i + 1 < count; i++) {
		const size_t *out = bpr_i_edit_out(work->edit, steps[i], &out_count);

		if (!bpr_i_edit_arc_to(work->edit, out[0], join) || bpr_i_edit_arc_add(work->edit, split, steps[i + 1], 1) == BPR_NONE)
			return bpr_i_lever_nomem(work);
	}
	return bpr_i_lever_tidy(work);
}

/* ---- 順序変更 ---- */

struct moving { struct lever_work *work; size_t step, at; bool before; };

/* Marks what comes before `to` without passing `stop`; kept by the scratch arena. */
static bool *coming(struct lever_work *work, size_t to, size_t stop)
{
	const size_t count = bpr_i_edit_node_count(work->edit);
	bool *seen = bpr_i_arena_alloc(&work->scratch, count + 1, sizeof(*seen));
	size_t *stack = bpr_i_arena_raw(&work->scratch, count + 1, sizeof(*stack)), depth = 0;

	if (!seen || !stack) {
		(void)bpr_i_lever_nomem(work);
		return NULL;
	}
	stack[depth++] = to;
	while (depth) {
		const size_t at = stack[--depth];
		size_t in_count;
		const size_t *in = bpr_i_edit_in(work->edit, at, &in_count);

		for (size_t i = 0; i < in_count + 1; i++) {
			const size_t from = i < in_count ? bpr_i_edit_arc(work->edit, in[i])->from : bpr_i_edit_node(work->edit, at)->host;

			if (from == BPR_NONE || seen[from])
				continue;
			seen[from] = true;
			if (from != stop)
				stack[depth++] = from;
		}
	}
	return seen;
}

/* What lies between `from` and `to`, both left out: nothing of it may make what the step needs, or need what it makes. */
static bool crosses_nothing(struct moving *m, size_t from, size_t to, bool earlier)
{
	const size_t count = bpr_i_edit_node_count(m->work->edit);
	const bool *ahead = bpr_i_lever_reach(m->work, from, &to, 1), *behind = coming(m->work, to, from);

	if (!ahead || !behind)
		return false;
	for (size_t i = 0; i < count; i++) {
		const bool crossed = i != m->step && ((ahead[i] && behind[i] && i != from && i != to) || (i == m->at && m->before == earlier));
		size_t form;

		if (!crossed || !bpr_i_edit_node(m->work->edit, i))
			continue;
		form = earlier ? bpr_i_lever_needs_form(m->work, i, m->step) : bpr_i_lever_needs_form(m->work, m->step, i);
		if (form != BPR_NONE)
			return bpr_i_lever_refuse(m->work, BPR_I_K131, bpr_i_lever_step_text(m->work, earlier ? m->step : i),
						  bpr_i_edit_form_at(m->work->edit, form)->id,
						  bpr_i_lever_step_text(m->work, earlier ? i : m->step));
	}
	return true;
}

static bool may_cross(struct moving *m)
{
	const size_t root = bpr_i_edit_node_count(m->work->edit);
	const size_t *idom = bpr_i_lever_dominators(m->work);

	if (!idom)
		return false;
	if (bpr_i_lever_dominates(idom, root, m->at, m->step))
		return crosses_nothing(m, m->at, m->step, true);
	if (bpr_i_lever_dominates(idom, root, m->step, m->at))
		return crosses_nothing(m, m->step, m->at, false);
	return true;
}

/* Takes the step out of its place, without ways; where ways came together there, they do so in a gateway. */
static bool detach(struct moving *m)
{
	struct bpr_edit *edit = m->work->edit;
	size_t in_count, out_count, to;
	const size_t *in, *out = bpr_i_edit_out(edit, m->step, &out_count);
	const struct bpr_node *n = bpr_i_edit_node(edit, m->step);

	to = bpr_i_edit_arc(edit, out[0])->to;
	(void)bpr_i_edit_in(edit, m->step, &in_count);
	if (in_count > 1 && (n->join != BPR_JOIN_XOR || bpr_i_edit_node(edit, to)->join != BPR_JOIN_XOR)) {
		const enum bpr_node_kind kind = n->join == BPR_JOIN_AND ? BPR_NODE_AND : n->join == BPR_JOIN_OR ? BPR_NODE_OR : BPR_NODE_XOR;
		const char *id = bpr_i_lever_make_name(m->work, "", n, "/join");
		const size_t gateway = id ? bpr_i_edit_node_add(edit, kind, id, "") : BPR_NONE;

		if (gateway == BPR_NONE || !bpr_i_edit_before(edit, m->step, gateway))
			return bpr_i_lever_nomem(m->work);
		bpr_i_edit_node(edit, m->step)->join = BPR_JOIN_XOR;
	}
	for (in = bpr_i_edit_in(edit, m->step, &in_count); in_count; in = bpr_i_edit_in(edit, m->step, &in_count))
		if (!bpr_i_edit_arc_to(edit, in[0], to))
			return bpr_i_lever_nomem(m->work);
	out = bpr_i_edit_out(edit, m->step, &out_count);
	bpr_i_edit_arc_drop(edit, out[0]);
	return true;
}

/* Whether the step stands there already. */
static bool is_there(const struct moving *m)
{
	size_t count;

	if (m->before)
		return next_of(m->work, m->step) == m->at && (bpr_i_edit_in(m->work->edit, m->at, &count), count == 1);
	return next_of(m->work, m->at) == m->step && (bpr_i_edit_in(m->work->edit, m->step, &count), count == 1);
}

static bool move_step(struct moving *m)
{
	bool same = false;

	if (m->step == m->at || is_there(m))
		return bpr_i_lever_refuse(m->work, BPR_I_K132, bpr_i_lever_step_text(m->work, m->step), bpr_i_lever_step_text(m->work, m->at), NULL);
	if (!m->before && bpr_i_lever_has_events(m->work, m->at)) /* some cases would not come there any more */
		return bpr_i_lever_refuse(m->work, BPR_I_K122, bpr_i_lever_step_text(m->work, m->at), NULL, NULL);
	if (!bpr_i_lever_movable(m->work, m->step) || !bpr_i_lever_same_runs(m->work, m->step, m->at, &same))
		return false;
	if (!same)
		return bpr_i_lever_refuse(m->work, BPR_I_K130, bpr_i_lever_step_text(m->work, m->step), bpr_i_lever_step_text(m->work, m->at), NULL);
	if (!may_cross(m) || !detach(m))
		return false;
	if (!(m->before ? bpr_i_edit_before(m->work->edit, m->at, m->step) : bpr_i_edit_behind(m->work->edit, m->at, m->step)))
		return bpr_i_lever_nomem(m->work);
	return true;
}

bool bpr_i_lever_reorder(struct lever_work *work)
{
	static const char *const keys[] = { "before|前|の前", "after|後|後ろ|の後" };
	struct moving m = { .work = work };
	const char *values[2], *bare;
	size_t *steps, *at, count, at_count;

	if (!bpr_i_lever_steps(work, work->action->target, &steps, &count) ||
	    !bpr_i_lever_values(work, work->action->value, keys, 2, values, &bare))
		return false;
	if (bare || !values[0] == !values[1])
		return bpr_i_lever_refuse(work, BPR_I_K133, work->action->value, NULL, NULL);
	m.before = values[0] != NULL;
	if (!bpr_i_lever_steps(work, m.before ? values[0] : values[1], &at, &at_count))
		return false;
	if (at_count != 1)
		return bpr_i_lever_refuse(work, BPR_I_K133, work->action->value, NULL, NULL);
	m.at = at[0];
	for (size_t i = 0; i < count; i++) {
		m.step = steps[i];
		if (!move_step(&m))
			return false;
		if (!m.before)
			m.at = m.step; /* the next one behind it */
	}
	return bpr_i_lever_tidy(work);
}

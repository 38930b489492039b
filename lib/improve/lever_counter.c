/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 窓口統合: the citizen stays at one counter, staff or data move. */
#include "config.h"
#include "improve/lever_shape_i.h"
#include <string.h>

struct joining {
	struct lever_work *work;
	size_t *counters, count;
	size_t into;
	bool *moves;          /* [nodes]: at one of the counters, but for `into` */
	size_t *was;          /* [nodes]: counter */
};

static bool is_among(const struct joining *j, size_t counter)
{
	for (size_t i = 0; i < j->count; i++)
		if (j->counters[i] == counter)
			return true;
	return false;
}

/* The counter that they become: by its name, else the first one. A new one stands where the first one stood. */
static bool find_into(struct joining *j, const char *name)
{
	struct bpr_edit *edit = j->work->edit;
	struct bpr_counter first = *bpr_i_edit_counter_at(edit, j->counters[0]);
	const size_t before = bpr_i_edit_counter_count(edit);

	j->into = name ? bpr_i_edit_counter(edit, name) : j->counters[0];
	if (j->into == BPR_NONE)
		return bpr_i_lever_nomem(j->work);
	if (j->into >= before) {
		first.name = bpr_i_edit_counter_at(edit, j->into)->name;
		*bpr_i_edit_counter_at(edit, j->into) = first;
	}
	if (j->count == 1 && j->into == j->counters[0])
		return bpr_i_lever_refuse(j->work, BPR_I_K100, first.name, NULL, NULL);
	return true;
}

static bool find_steps(struct joining *j)
{
	const size_t count = bpr_i_edit_node_count(j->work->edit);
	size_t moved = 0;

	j->moves = bpr_i_arena_alloc(&j->work->scratch, count + 1, sizeof(*j->moves));
	j->was = bpr_i_arena_raw(&j->work->scratch, count + 1, sizeof(*j->was));
	if (!j->moves || !j->was)
		return bpr_i_lever_nomem(j->work);
	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *n = bpr_i_edit_node(j->work->edit, i);

		j->was[i] = n ? n->counter : BPR_NONE;
		j->moves[i] = n && n->counter != j->into && is_among(j, n->counter);
		moved += j->moves[i];
	}
	return moved > 0 || bpr_i_lever_refuse(j->work, BPR_I_K101, j->work->action->target, NULL, NULL);
}

/*
 * Whether a case may come to the step from elsewhere than its own counter: then whoever works there comes over, or the data do. What is
 * passed without a counter is passed over. False: out of memory.
 */
static bool comes_anew(struct joining *j, size_t step, bool *anew)
{
	const size_t count = bpr_i_edit_node_count(j->work->edit);
	bool *seen = bpr_i_arena_alloc(&j->work->scratch, count + 1, sizeof(*seen));
	size_t *stack = bpr_i_arena_raw(&j->work->scratch, count + 1, sizeof(*stack)), depth = 0;

	if (!seen || !stack)
		return bpr_i_lever_nomem(j->work);
	*anew = false;
	stack[depth++] = step;
	while (depth && !*anew) {
		const size_t at = stack[--depth];
		const struct bpr_node *n = bpr_i_edit_node(j->work->edit, at);
		size_t in_count;
		const size_t *in = bpr_i_edit_in(j->work->edit, at, &in_count);

		*anew = n->kind == BPR_NODE_START;
		for (size_t i = 0; i < in_count + 1 && !*anew; i++) {
			const size_t from = i < in_count ? bpr_i_edit_arc(j->work->edit, in[i])->from : n->host;

			if (from == BPR_NONE || seen[from])
				continue;
			seen[from] = true;
			if (j->was[from] == BPR_NONE && !bpr_i_edit_node(j->work->edit, from)->away)
				stack[depth++] = from;
			else
				*anew = j->was[from] != j->was[step];
		}
	}
	return true;
}

static bool move_step(struct joining *j, size_t step, const char *unit_name)
{
	struct bpr_node *n = bpr_i_edit_node(j->work->edit, step);
	const size_t unit = unit_name ? bpr_i_edit_unit(j->work->edit, unit_name) : n->unit;

	if (unit_name && unit == BPR_NONE)
		return bpr_i_lever_nomem(j->work);
	n->counter = j->into;
	n->unit = unit;
	return bpr_i_lever_origin(j->work, BPR_ORIGIN_STEP, n->id, "counter", bpr_i_edit_counter_at(j->work->edit, j->into)->name) &&
	       (!unit_name || bpr_i_lever_origin(j->work, BPR_ORIGIN_STEP, n->id, "unit", unit_name));
}

enum { KEY_COUNTER = 0, KEY_UNIT, KEY_MOVE, KEY_DATA, KEYS };

bool bpr_i_lever_merge_counters(struct lever_work *work)
{
	static const char *const keys[KEYS] = { "counter|窓口|窓口名|name|名称", "unit|担当|担当課|部署", "move|移動|職員移動|職員の移動", "data|連携|データ連携|データ" };
	struct joining j = { .work = work };
	const char *values[KEYS], *bare;
	struct bpr_dist by[2];

	if (!bpr_i_lever_counters(work, work->action->target, &j.counters, &j.count) ||
	    !bpr_i_lever_values(work, work->action->value, keys, KEYS, values, &bare))
		return false;
	for (size_t k = 0; k < 2; k++)
		if (values[KEY_MOVE + k] && !bpr_i_lever_duration(work, values[KEY_MOVE + k], &by[k]))
			return false;
	if (!find_into(&j, values[KEY_COUNTER] ? values[KEY_COUNTER] : bare) || !find_steps(&j))
		return false;
	for (size_t i = 0; i < bpr_i_edit_node_count(work->edit); i++) {
		bool anew = false;

		if (!j.moves[i] && (j.was[i] != j.into || !is_among(&j, j.into)))
			continue;
		if (!move_step(&j, i, values[KEY_UNIT]))
			return false;
		if (!j.moves[i] || (!values[KEY_MOVE] && !values[KEY_DATA]))
			continue;
		if (!comes_anew(&j, i, &anew))
			return false;
		for (size_t k = 0; k < 2 && anew; k++)
			if (values[KEY_MOVE + k] && !bpr_i_lever_lengthen(work, i, !k, &by[k]))
				return false;
	}
	return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 工程統合: several steps are done in one go, where the first of them is. */
#include "config.h"
#include "improve/lever_shape_i.h"
#include <string.h>

enum { KEY_NAME = 0, KEY_WORK, KEY_WAIT, KEYS };

static double greater(double a, double b)
{
	return a > b ? a : b;
}

static bool unite_list(struct lever_work *work, size_t first, enum bpr_edit_list list, const size_t *forms, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!bpr_i_edit_list_add(work->edit, first, list, forms[i]))
			return bpr_i_lever_nomem(work);
	return true;
}

/* The longer of the two, by its mean. */
static const struct bpr_dist *longer(const struct bpr_dist *a, const struct bpr_dist *b)
{
	return bpr_dist_mean(b) > bpr_dist_mean(a) ? b : a;
}

/* What the step had, the first one has. */
static bool take_over(struct lever_work *work, size_t first, size_t step)
{
	struct bpr_node *a = bpr_i_edit_node(work->edit, first);
	const struct bpr_node b = *bpr_i_edit_node(work->edit, step);

	a->work = longer(a->work, b.work);
	a->wait = longer(a->wait, b.wait);
	a->rules |= b.rules;
	a->seals = greater(a->seals, b.seals);
	a->id_checks = greater(a->id_checks, b.id_checks);
	a->copies = greater(a->copies, b.copies);
	a->cost = greater(a->cost, b.cost);
	a->away |= b.away;
	if (!a->need_count && a->actor == BPR_ACTOR_STAFF) {
		a->needs = b.needs;
		a->need_count = b.need_count;
	}
	if (a->counter == BPR_NONE)
		a->counter = b.counter;
	if (a->system == BPR_NONE)
		a->system = b.system;
	if (a->unit == BPR_NONE)
		a->unit = b.unit;
	return unite_list(work, first, BPR_EDIT_WRITES, b.writes, b.write_count) &&
	       unite_list(work, first, BPR_EDIT_READS, b.reads, b.read_count) &&
	       unite_list(work, first, BPR_EDIT_ISSUES, b.issues, b.issue_count);
}

/* Both are done in the same runs, equally often, by the same kind of people. */
static bool fits(struct lever_work *work, size_t first, size_t step)
{
	const struct bpr_node *a = bpr_i_edit_node(work->edit, first), *b = bpr_i_edit_node(work->edit, step);
	const char *texts[2] = { bpr_i_lever_step_text(work, first), bpr_i_lever_step_text(work, step) };
	bool same = false;

	if (!bpr_i_lever_movable(work, step))
		return false;
	if (a->actor != b->actor)
		return bpr_i_lever_refuse(work, BPR_I_K135, texts[0], texts[1], NULL);
	if (!bpr_i_lever_same_runs(work, first, step, &same))
		return false;
	same &= a->repeat == b->repeat && !(a->loop_prob < b->loop_prob) && !(a->loop_prob > b->loop_prob);
	return same || bpr_i_lever_refuse(work, BPR_I_K136, texts[0], texts[1], NULL);
}

bool bpr_i_lever_merge_steps(struct lever_work *work)
{
	static const char *const keys[KEYS] = { "name|名称|工程名|作業名", "work|作業|処理時間|作業時間|所要時間", "wait|待ち|待ち時間" };
	const char *values[KEYS], *bare, *name;
	size_t *steps, count;
	bool done = true;

	if (!bpr_i_lever_steps(work, work->action->target, &steps, &count) ||
	    !bpr_i_lever_values(work, work->action->value, keys, KEYS, values, &bare))
		return false;
	name = values[KEY_NAME] ? values[KEY_NAME] : bare;
	if (count < 2)
		return bpr_i_lever_refuse(work, BPR_I_K137, work->action->target, NULL, NULL);
	if (!bpr_node_is_step(bpr_i_edit_node(work->edit, steps[0])) || bpr_i_edit_node(work->edit, steps[0])->host != BPR_NONE)
		return bpr_i_lever_refuse(work, BPR_I_K120, bpr_i_lever_step_text(work, steps[0]), NULL, NULL);
	for (size_t i = 1; i < count; i++) {
		if (!fits(work, steps[0], steps[i]) || !take_over(work, steps[0], steps[i]))
			return false;
		if (!bpr_i_edit_node_remove(work->edit, steps[i], &done) || !done)
			return done ? bpr_i_lever_nomem(work) : bpr_i_lever_refuse(work, BPR_I_K121, bpr_i_lever_step_text(work, steps[i]), NULL, NULL);
	}
	for (size_t k = KEY_WORK; k <= KEY_WAIT; k++)
		if (values[k] && !bpr_i_lever_put_duration(work, steps[0], k == KEY_WORK, values[k]))
			return false;
	if (name) {
		name = bpr_i_arena_strdup(bpr_i_edit_arena(work->edit), name);
		if (!name)
			return bpr_i_lever_nomem(work);
		bpr_i_edit_node(work->edit, steps[0])->name = name;
	}
	return bpr_i_lever_tidy(work);
}

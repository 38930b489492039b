/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 自動化: a system does the work; what it gets wrong, those who did the work put right. */
#include "config.h"
#include "improve/lever_shape_i.h"

enum { KEY_WORK = 0, KEY_ERROR, KEY_REWORK, KEY_SYSTEM, KEYS };

static bool is_gateway(const struct bpr_node *n)
{
	return n->kind == BPR_NODE_XOR || n->kind == BPR_NODE_AND || n->kind == BPR_NODE_OR;
}

/* A node beside the step, in its sub-process. */
static size_t beside(struct lever_work *work, size_t step, enum bpr_node_kind kind, const char *suffix)
{
	const struct bpr_node *n = bpr_i_edit_node(work->edit, step);
	const size_t unit = n->unit, scope = n->scope;
	struct bpr_buf id = BPR_BUF_INIT;
	size_t node = BPR_NONE;

	bpr_i_buf_puts(&id, n->id);
	bpr_i_buf_puts(&id, suffix);
	if (!id.failed)
		node = bpr_i_edit_node_add(work->edit, kind, id.data, "");
	bpr_i_buf_release(&id);
	if (node == BPR_NONE) {
		(void)bpr_i_lever_nomem(work);
		return BPR_NONE;
	}
	bpr_i_edit_node(work->edit, node)->unit = unit;
	bpr_i_edit_node(work->edit, node)->scope = scope;
	return node;
}

/* One way out of the step, to where several may come together. */
static bool one_way_out(struct lever_work *work, size_t step)
{
	size_t count, node;
	const size_t *out = bpr_i_edit_out(work->edit, step, &count);
	const enum bpr_split split = bpr_i_edit_node(work->edit, step)->split;

	if (count > 1) { /* what it chose is chosen behind it */
		node = beside(work, step, split == BPR_SPLIT_XOR ? BPR_NODE_XOR : split == BPR_SPLIT_AND ? BPR_NODE_AND : BPR_NODE_OR, "/choice");
		if (node == BPR_NONE || !bpr_i_edit_behind(work->edit, step, node))
			return node == BPR_NONE ? false : bpr_i_lever_nomem(work);
		out = bpr_i_edit_out(work->edit, step, &count);
	}
	if (bpr_i_edit_node(work->edit, bpr_i_edit_arc(work->edit, out[0])->to)->join == BPR_JOIN_XOR)
		return true;
	node = beside(work, step, BPR_NODE_XOR, "/merge");
	return node != BPR_NONE && (bpr_i_edit_behind(work->edit, step, node) || bpr_i_lever_nomem(work));
}

/* The step in which what went wrong is put right: by those who did the work, as it was where no time is said. */
static size_t rework_step(struct lever_work *work, size_t step, const struct bpr_node *was, const char *minutes)
{
	const size_t node = beside(work, step, BPR_NODE_TASK, "/rework");
	const bool japanese = bpr_i_lever_is_japanese(was);
	const char *name = node == BPR_NONE ? NULL : bpr_i_lever_make_name(work, japanese ? "" : "correct: ", was, japanese ? "の手直し" : "");
	struct bpr_node *n;

	if (!name)
		return BPR_NONE;
	n = bpr_i_edit_node(work->edit, node);
	n->name = bpr_i_arena_strdup(bpr_i_edit_arena(work->edit), name);
	n->actor = was->actor;
	n->needs = was->needs;
	n->need_count = was->need_count;
	n->work = was->work;
	n->priority = was->priority;
	if (!n->name) {
		(void)bpr_i_lever_nomem(work);
		return BPR_NONE;
	}
	return minutes && !bpr_i_lever_put_duration(work, node, true, minutes) ? BPR_NONE : node;
}

static bool add_rework(struct lever_work *work, size_t step, const struct bpr_node *was, double error, const char *minutes)
{
	size_t check, rework, next, count;
	const size_t *out;

	if (!one_way_out(work, step))
		return false;
	check = beside(work, step, BPR_NODE_XOR, "/check");
	if (check == BPR_NONE || !bpr_i_edit_behind(work->edit, step, check))
		return check == BPR_NONE ? false : bpr_i_lever_nomem(work);
	rework = rework_step(work, step, was, minutes);
	if (rework == BPR_NONE)
		return false;
	out = bpr_i_edit_out(work->edit, check, &count);
	next = bpr_i_edit_arc(work->edit, out[0])->to;
	bpr_i_edit_arc(work->edit, out[0])->prob = 1 - error;
	bpr_i_edit_arc(work->edit, out[0])->given = true;
	if (bpr_i_edit_arc_add(work->edit, check, rework, error) == BPR_NONE ||
	    bpr_i_edit_arc_add(work->edit, rework, next, 1) == BPR_NONE)
		return bpr_i_lever_nomem(work);
	bpr_i_edit_stand(work->edit, rework, check);
	return true;
}

static bool automate(struct lever_work *work, size_t step, const char *const *values, double error)
{
	struct bpr_node *n = bpr_i_edit_node(work->edit, step);
	const struct bpr_node was = *n;
	const size_t system = values[KEY_SYSTEM] ? bpr_i_edit_system(work->edit, values[KEY_SYSTEM]) : n->system;

	if (values[KEY_SYSTEM] && system == BPR_NONE)
		return bpr_i_lever_nomem(work);
	n->actor = BPR_ACTOR_SYSTEM;
	n->needs = NULL;
	n->need_count = 0;
	n->copies = 0;
	n->rules &= ~(unsigned)BPR_RULE_VISUAL;
	n->system = system;
	if (!bpr_i_lever_origin(work, BPR_ORIGIN_STEP, n->id, "actor", "system"))
		return false;
	if (values[KEY_WORK] && !bpr_i_lever_put_duration(work, step, true, values[KEY_WORK]))
		return false;
	return !(error > 0) || add_rework(work, step, &was, error, values[KEY_REWORK]);
}

bool bpr_i_lever_automate(struct lever_work *work)
{
	static const char *const keys[KEYS] = { "work|作業|処理時間|所要時間", "error|誤り|誤り率|エラー|エラー率", "rework|手直し|修正", "system|システム|使用システム" };
	const char *values[KEYS], *bare;
	size_t *steps, count, done = 0;
	double error = 0;

	if (!bpr_i_lever_steps(work, work->action->target, &steps, &count) ||
	    !bpr_i_lever_values(work, work->action->value, keys, KEYS, values, &bare))
		return false;
	values[KEY_WORK] = values[KEY_WORK] ? values[KEY_WORK] : bare;
	if (values[KEY_ERROR] && !bpr_i_lever_share(work, values[KEY_ERROR], &error))
		return false;
	if (values[KEY_REWORK] && !(error > 0))
		return bpr_i_lever_refuse(work, BPR_I_K117, values[KEY_REWORK], NULL, NULL);
	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *n = bpr_i_edit_node(work->edit, steps[i]);
		const bool fits = bpr_node_is_step(n) && !is_gateway(n) && n->host == BPR_NONE && n->actor == BPR_ACTOR_STAFF;

		if (n->actor == BPR_ACTOR_CITIZEN && count == 1)
			return bpr_i_lever_refuse(work, BPR_I_K115, bpr_i_lever_step_text(work, steps[i]), NULL, NULL);
		if (fits && !automate(work, steps[i], values, error))
			return false;
		done += fits;
	}
	return done > 0 || bpr_i_lever_refuse(work, BPR_I_K116, work->action->target, NULL, NULL);
}

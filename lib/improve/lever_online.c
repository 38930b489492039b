/* SPDX-License-Identifier: GPL-3.0-or-later */
/* オンライン化: steps for which nobody comes to a counter any more. */
#include "config.h"
#include "improve/lever_shape_i.h"

enum { KEY_WORK = 0, KEY_WAIT, KEY_SYSTEM, KEYS };

static bool fits(const struct bpr_node *n)
{
	return n->counter != BPR_NONE || n->rules & BPR_RULE_FACE_TO_FACE;
}

static bool put_online(struct lever_work *work, size_t step, const char *const *values)
{
	struct bpr_node *n = bpr_i_edit_node(work->edit, step);
	const bool own = n->actor == BPR_ACTOR_CITIZEN;
	const size_t system = values[KEY_SYSTEM] ? bpr_i_edit_system(work->edit, values[KEY_SYSTEM]) : n->system;

	if (values[KEY_SYSTEM] && system == BPR_NONE)
		return bpr_i_lever_nomem(work);
	n->counter = BPR_NONE;
	n->rules &= ~(unsigned)BPR_RULE_FACE_TO_FACE;
	n->system = system;
	return bpr_i_lever_origin(work, BPR_ORIGIN_STEP, n->id, "counter", "-") &&
	       (!values[KEY_WORK] || !own || bpr_i_lever_put_duration(work, step, true, values[KEY_WORK])) &&
	       (!values[KEY_WAIT] || bpr_i_lever_put_duration(work, step, false, values[KEY_WAIT]));
}

bool bpr_i_lever_online(struct lever_work *work)
{
	static const char *const keys[KEYS] = { "work|作業|処理時間|入力|住民の作業|所要時間", "wait|待ち|待ち時間", "system|システム|使用システム" };
	const char *values[KEYS], *bare;
	size_t *steps, count, done = 0, own = 0;

	if (!bpr_i_lever_steps(work, work->action->target, &steps, &count) ||
	    !bpr_i_lever_values(work, work->action->value, keys, KEYS, values, &bare))
		return false;
	if (bare)
		return bpr_i_lever_refuse(work, BPR_I_K110, bare, NULL, NULL);
	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *n = bpr_i_edit_node(work->edit, steps[i]);

		if (fits(n) && (n->seals > 0 || n->rules & BPR_RULE_SEAL))
			return bpr_i_lever_refuse(work, BPR_I_K111, bpr_i_lever_step_text(work, steps[i]), NULL, NULL);
		done += fits(n);
		own += fits(n) && n->actor == BPR_ACTOR_CITIZEN;
	}
	if (!done)
		return bpr_i_lever_refuse(work, BPR_I_K112, work->action->target, NULL, NULL);
	if (values[KEY_WORK] && !own)
		return bpr_i_lever_refuse(work, BPR_I_K113, work->action->target, NULL, NULL);
	for (size_t i = 0; i < count; i++)
		if (fits(bpr_i_edit_node(work->edit, steps[i])) && !put_online(work, steps[i], values))
			return false;
	return true;
}

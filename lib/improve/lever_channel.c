/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 窓口以外へ: a share of citizens takes another way, by one step of its own. */
#include "config.h"
#include "improve/lever_shape_i.h"
#include "table/table_i.h"
#include <string.h>

enum { KEY_SHARE = 0, KEY_NAME, KEY_WORK, KEY_WAIT, KEY_COST, KEY_ACTOR, KEY_SYSTEM, KEY_UNIT, KEY_TO, KEYS };

struct channel {
	struct lever_work *work;
	const char *values[KEYS];
	double share, cost;
	enum bpr_actor actor;
	size_t *from, count;   /* starts, behind which the way begins, or steps, in front of which it does */
	size_t to;
	const size_t *inside;  /* bpr_i_lever_inside() */
};

/* ---- what is said ---- */

static bool read_values(struct channel *c)
{
	static const char *const keys[KEYS] = {
		"share|割合|利用率|移行率", "name|名称|工程名|手段", "work|作業|処理時間|作業時間|所要時間", "wait|待ち|待ち時間", "cost|費用|単価|手数料",
		"actor|実施者|行為者|主体|誰が", "system|システム|使用システム", "unit|担当|担当課|部署", "to|行先|行き先|次|合流先",
	};
	static const char *const actors[] = { "staff|職員", "citizen|住民|市民", "system|システム|使用システム" };
	const char *bare;
	size_t actor = BPR_ACTOR_CITIZEN;

	if (!bpr_i_lever_values(c->work, c->work->action->value, keys, KEYS, c->values, &bare))
		return false;
	if (!c->values[KEY_SHARE] && !bare)
		return bpr_i_lever_refuse(c->work, BPR_I_K145, c->work->action->value, NULL, NULL);
	if (!bpr_i_lever_share(c->work, c->values[KEY_SHARE] ? c->values[KEY_SHARE] : bare, &c->share))
		return false;
	if (!(c->share > 0))
		return bpr_i_lever_refuse(c->work, BPR_I_K145, c->work->action->value, NULL, NULL);
	if (c->values[KEY_COST] && (!bpr_i_table_number(c->values[KEY_COST], &c->cost) || !(c->cost >= 0)))
		return bpr_i_lever_refuse(c->work, BPR_I_K146, c->values[KEY_COST], NULL, NULL);
	if (c->values[KEY_ACTOR])
		actor = bpr_i_table_word(actors, sizeof(actors) / sizeof(actors[0]), c->values[KEY_ACTOR]);
	if (actor == BPR_NONE || actor == BPR_ACTOR_STAFF)
		return bpr_i_lever_refuse(c->work, BPR_I_K147, c->values[KEY_ACTOR], NULL, NULL);
	c->actor = (enum bpr_actor)actor;
	return true;
}

/* Where the way begins: the starts, unless steps are named. */
static bool find_from(struct channel *c)
{
	const char *target = c->work->action->target;
	const size_t nodes = bpr_i_edit_node_count(c->work->edit);

	if (*target && strcmp(target, "*") != 0 && strcmp(target, "＊") != 0)
		return bpr_i_lever_steps(c->work, target, &c->from, &c->count);
	c->from = bpr_i_arena_raw(&c->work->scratch, nodes + 1, sizeof(*c->from));
	if (!c->from)
		return bpr_i_lever_nomem(c->work);
	for (size_t i = 0; i < nodes; i++) {
		const struct bpr_node *n = bpr_i_edit_node(c->work->edit, i);

		if (n && n->kind == BPR_NODE_START)
			c->from[c->count++] = i;
	}
	return true;
}

/* Where it leads: as said, else to the end of the case, or of the sub-process in which it begins. */
static bool find_to(struct channel *c)
{
	const size_t nodes = bpr_i_edit_node_count(c->work->edit);
	const size_t scope = bpr_i_edit_node(c->work->edit, c->from[0])->scope;
	size_t *to, count;

	c->inside = bpr_i_lever_inside(c->work);
	if (!c->inside)
		return false;

	c->to = BPR_NONE;
	if (c->values[KEY_TO]) {
		if (!bpr_i_lever_steps(c->work, c->values[KEY_TO], &to, &count))
			return false;
		if (count != 1 || bpr_i_edit_node(c->work->edit, to[0])->kind == BPR_NODE_START || bpr_i_edit_node(c->work->edit, to[0])->host != BPR_NONE)
			return bpr_i_lever_refuse(c->work, BPR_I_K148, c->values[KEY_TO], NULL, NULL);
		c->to = to[0];
		return true;
	}
	for (size_t i = 0; i < nodes && c->to == BPR_NONE && scope == BPR_NONE; i++) {
		const struct bpr_node *n = bpr_i_edit_node(c->work->edit, i);

		if (n && n->kind == BPR_NODE_END && n->scope == BPR_NONE && n->outcome == BPR_OUTCOME_DONE && !n->terminate &&
		    c->inside[i] == c->inside[c->from[0]])
			c->to = i;
	}
	if (scope != BPR_NONE)
		c->to = bpr_i_edit_find(c->work->edit, bpr_flow_node(c->work->flow, bpr_flow_scope(c->work->flow, scope)->exit)->id);
	return c->to != BPR_NONE || bpr_i_lever_refuse(c->work, BPR_I_K149, NULL, NULL, NULL);
}

/* The way must not lead out of a parallel branch, into one, or across the border of a sub-process: others would wait for it in vain. */
static bool may_lead(struct channel *c)
{
	const struct bpr_node *to = bpr_i_edit_node(c->work->edit, c->to);
	const bool *behind = bpr_i_lever_reach(c->work, c->to, NULL, 0);

	if (!behind)
		return false;
	for (size_t i = 0; i < c->count; i++) {
		const struct bpr_node *from = bpr_i_edit_node(c->work->edit, c->from[i]);
		const size_t in = c->inside[c->from[i]];

		if (from->kind != BPR_NODE_START && (!bpr_node_is_step(from) || from->host != BPR_NONE))
			return bpr_i_lever_refuse(c->work, BPR_I_K120, bpr_i_lever_step_text(c->work, c->from[i]), NULL, NULL);
		if (from->scope != to->scope || in == BPR_NONE || in != c->inside[c->to] || to->join != BPR_JOIN_XOR)
			return bpr_i_lever_refuse(c->work, BPR_I_K144, bpr_i_lever_step_text(c->work, c->from[i]), bpr_i_lever_step_text(c->work, c->to),
						  NULL);
		if (behind[c->from[i]])
			return bpr_i_lever_refuse(c->work, BPR_I_K148, bpr_i_lever_step_text(c->work, c->to), NULL, NULL);
	}
	return true;
}

/* ---- what is made ---- */

static size_t add(struct channel *c, enum bpr_node_kind kind, const char *id, const char *name, size_t beside)
{
	const size_t scope = bpr_i_edit_node(c->work->edit, beside)->scope;
	const size_t node = bpr_i_edit_node_add(c->work->edit, kind, id, name);

	if (node == BPR_NONE)
		(void)bpr_i_lever_nomem(c->work);
	else
		bpr_i_edit_node(c->work->edit, node)->scope = scope;
	return node;
}

/* Its id: that of the first place where the way begins, with an ending. */
static const char *channel_id(struct channel *c, const char *ending)
{
	struct bpr_node of = *bpr_i_edit_node(c->work->edit, c->from[0]);

	of.name = "";
	return bpr_i_lever_make_name(c->work, "", &of, ending);
}

/* The step of the way. */
static size_t channel_step(struct channel *c)
{
	const struct bpr_node *first = bpr_i_edit_node(c->work->edit, c->from[0]);
	const char *made = bpr_i_lever_is_japanese(first) ? "窓口以外" : "another channel";
	const char *id = channel_id(c, "/channel");
	const size_t step = id ? add(c, BPR_NODE_TASK, id, c->values[KEY_NAME] ? c->values[KEY_NAME] : made, c->from[0]) : BPR_NONE;
	struct bpr_node *n;

	if (step == BPR_NONE)
		return BPR_NONE;
	n = bpr_i_edit_node(c->work->edit, step);
	n->actor = c->actor;
	n->cost = c->cost;
	if (c->values[KEY_SYSTEM] && (n->system = bpr_i_edit_system(c->work->edit, c->values[KEY_SYSTEM])) == BPR_NONE)
		return bpr_i_lever_nomem(c->work) ? step : BPR_NONE;
	if (c->values[KEY_UNIT] && (n->unit = bpr_i_edit_unit(c->work->edit, c->values[KEY_UNIT])) == BPR_NONE)
		return bpr_i_lever_nomem(c->work) ? step : BPR_NONE;
	if ((c->values[KEY_WORK] && !bpr_i_lever_put_duration(c->work, step, true, c->values[KEY_WORK])) ||
	    (c->values[KEY_WAIT] && !bpr_i_lever_put_duration(c->work, step, false, c->values[KEY_WAIT])))
		return BPR_NONE;
	return step;
}

/* The choice between the ways: behind a start, in front of a step. */
static bool branch_off(struct channel *c, size_t from, size_t step)
{
	struct bpr_edit *edit = c->work->edit;
	const bool start = bpr_i_edit_node(edit, from)->kind == BPR_NODE_START;
	struct bpr_node of = *bpr_i_edit_node(edit, from);
	const char *id;
	size_t choice, count;
	const size_t *out;

	of.name = "";
	id = bpr_i_lever_make_name(c->work, "", &of, "/choice");
	choice = id ? add(c, BPR_NODE_XOR, id, "", from) : BPR_NONE;
	if (choice == BPR_NONE)
		return false;
	if (!(start ? bpr_i_edit_behind(edit, from, choice) : bpr_i_edit_before(edit, from, choice)))
		return bpr_i_lever_nomem(c->work);
	out = bpr_i_edit_out(edit, choice, &count);
	if (count != 1) /* several ways out of the start were its own choice */
		return bpr_i_lever_refuse(c->work, BPR_I_K121, bpr_i_lever_step_text(c->work, from), NULL, NULL);
	if (c->share < 1) {
		bpr_i_edit_arc(edit, out[0])->prob = 1 - c->share;
		bpr_i_edit_arc(edit, out[0])->given = true;
	} else {
		bpr_i_edit_arc_drop(edit, out[0]);
	}
	if (bpr_i_edit_arc_add(edit, choice, step, c->share) == BPR_NONE)
		return bpr_i_lever_nomem(c->work);
	bpr_i_edit_stand(edit, step, choice);
	return true;
}

bool bpr_i_lever_channel(struct lever_work *work)
{
	struct channel c = { .work = work };
	size_t step;

	if (!read_values(&c) || !find_from(&c))
		return false;
	if (!c.count)
		return bpr_i_lever_refuse(work, BPR_I_K140, work->flow ? bpr_flow_source(work->flow) : "", NULL, NULL);
	if (!find_to(&c) || !may_lead(&c))
		return false;
	step = channel_step(&c);
	if (step == BPR_NONE)
		return false;
	for (size_t i = 0; i < c.count; i++)
		if (!branch_off(&c, c.from[i], step))
			return false;
	if (bpr_i_edit_arc_add(work->edit, step, c.to, 1) == BPR_NONE)
		return bpr_i_lever_nomem(work);
	return bpr_i_lever_tidy(work);
}

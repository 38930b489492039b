/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check sheet: ways back and ways to an incomplete end are taken less often. */
#include "config.h"
#include "improve/lever_i.h"
#include <string.h>

struct sheet {
	struct lever_work *work;
	const size_t *idom;
	bool *meant;   /* [nodes]: choices and places that the lever is about; NULL: all */
	double share;
	size_t changed;
};

/* Whether all ends that a case at `node` may come to are incomplete. */
static bool leads_to_omission(struct sheet *s, size_t node, bool *yes)
{
	const size_t count = bpr_i_edit_node_count(s->work->edit);
	const bool *reached = bpr_i_lever_reach(s->work, node, NULL, 0);
	bool incomplete = false, other = false;

	if (!reached)
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *n = reached[i] ? bpr_i_edit_node(s->work->edit, i) : NULL;

		if (!n || n->kind != BPR_NODE_END)
			continue;
		incomplete |= n->outcome == BPR_OUTCOME_INCOMPLETE;
		other |= n->outcome != BPR_OUTCOME_INCOMPLETE;
	}
	*yes = incomplete && !other;
	return true;
}

/* A way from `from` to `to` that leads back to a step passed already, from which every case comes to `from` again, or to an omission. */
static bool is_return(struct sheet *s, size_t from, size_t to, bool *yes)
{
	const size_t root = bpr_i_edit_node_count(s->work->edit);
	const bool *reached;

	*yes = bpr_i_lever_dominates(s->idom, root, to, from);
	if (*yes)
		return true;
	reached = bpr_i_lever_reach(s->work, to, &from, 1);
	if (!reached)
		return false;
	*yes = !bpr_i_lever_ends(s->work, reached);
	return *yes || leads_to_omission(s, to, yes);
}

static bool is_meant(const struct sheet *s, size_t from, size_t to)
{
	return !s->meant || s->meant[from] || s->meant[to];
}

static bool change_choice(struct sheet *s, size_t choice)
{
	bpr_edit *edit = s->work->edit;
	size_t count;
	const size_t *out = bpr_i_edit_out(edit, choice, &count);
	bool *falls = bpr_i_arena_alloc(&s->work->scratch, count + 1, sizeof(*falls));
	double bad = 0, good = 0;

	if (!falls)
		return bpr_i_lever_nomem(s->work);
	for (size_t i = 0; i < count; i++) {
		const struct bpr_edit_arc *arc = bpr_i_edit_arc(edit, out[i]);

		if (arc->prob > 0 && is_meant(s, choice, arc->to) && !is_return(s, choice, arc->to, &falls[i]))
			return false;
		*(falls[i] ? &bad : &good) += arc->prob;
	}
	if (!(bad > 0 && good > 0))
		return true;
	for (size_t i = 0; i < count; i++) {
		struct bpr_edit_arc *arc = bpr_i_edit_arc(edit, out[i]);

		arc->prob *= falls[i] ? 1 - s->share : 1 + bad * s->share / good;
		arc->given = true;
	}
	s->changed++;
	return true;
}

/* An event on the border of a task that leads back, or to an omission. */
static bool change_event(struct sheet *s, size_t event)
{
	struct bpr_node *node = bpr_i_edit_node(s->work->edit, event);
	bool falls = false;
	size_t count;
	const size_t *out = bpr_i_edit_out(s->work->edit, event, &count);

	if (!(node->prob > 0) || !node->interrupting || count != 1)
		return true;
	if (is_meant(s, node->host, event) && !is_return(s, node->host, bpr_i_edit_arc(s->work->edit, out[0])->to, &falls))
		return false;
	if (falls)
		node->prob *= 1 - s->share;
	s->changed += falls;
	return true;
}

/* The citizen fills the sheet in, behind each start. */
static bool add_filling(struct lever_work *work, const struct bpr_dist *minutes, const char *name)
{
	const size_t count = bpr_i_edit_node_count(work->edit);

	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *start = bpr_i_edit_node(work->edit, i);
		struct bpr_node *step;
		size_t node, ways, unit;
		const size_t *out;

		if (!start || start->kind != BPR_NODE_START)
			continue;
		out = bpr_i_edit_out(work->edit, i, &ways);
		unit = start->unit == BPR_NONE && ways ? bpr_i_edit_node(work->edit, bpr_i_edit_arc(work->edit, out[0])->to)->unit : start->unit;
		node = bpr_i_edit_node_add(work->edit, BPR_NODE_TASK, "check_sheet", name);
		if (node == BPR_NONE || !bpr_i_edit_behind(work->edit, i, node) || !bpr_i_edit_duration(work->edit, node, true, minutes))
			return bpr_i_lever_nomem(work);
		step = bpr_i_edit_node(work->edit, node);
		step->actor = BPR_ACTOR_CITIZEN;
		step->unit = unit;
		if (!bpr_i_lever_duration_origin(work, node, true))
			return false;
	}
	return true;
}

static bool choose_meant(struct sheet *s)
{
	const char *target = s->work->action->target;
	size_t *nodes, count;

	if (!*target || !strcmp(target, "*") || !strcmp(target, "＊"))
		return true;
	if (!bpr_i_lever_steps(s->work, target, &nodes, &count))
		return false;
	s->meant = bpr_i_arena_alloc(&s->work->scratch, bpr_i_edit_node_count(s->work->edit) + 1, sizeof(*s->meant));
	if (!s->meant)
		return bpr_i_lever_nomem(s->work);
	for (size_t i = 0; i < count; i++)
		s->meant[nodes[i]] = true;
	return true;
}

bool bpr_i_lever_check_sheet(struct lever_work *work)
{
	static const char *const keys[] = { "fill|記入|記入時間", "name|作業名|名称" };
	struct sheet s = { .work = work };
	const char *values[2], *bare;
	struct bpr_dist minutes = { 0 };
	const size_t count = bpr_i_edit_node_count(work->edit);

	if (!bpr_i_lever_values(work, work->action->value, keys, 2, values, &bare) || !bpr_i_lever_share(work, bare, &s.share) ||
	    (values[0] && !bpr_i_lever_duration(work, values[0], &minutes)) || !choose_meant(&s))
		return false;
	s.idom = bpr_i_lever_dominators(work);
	if (!s.idom)
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *node = bpr_i_edit_node(work->edit, i);
		size_t ways;

		if (!node || s.idom[i] == BPR_NONE)
			continue;
		(void)bpr_i_edit_out(work->edit, i, &ways);
		if (node->host != BPR_NONE && !change_event(&s, i))
			return false;
		if (node->split == BPR_SPLIT_XOR && ways > 1 && !change_choice(&s, i))
			return false;
	}
	if (!s.changed)
		return bpr_i_lever_refuse(work, BPR_I_K074, *work->action->target ? work->action->target : "*", NULL, NULL);
	return !values[0] || add_filling(work, &minutes, values[1] && *values[1] ? values[1] : "チェックシートの記入");
}

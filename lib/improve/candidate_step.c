/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Candidates about single steps: seals, copying, looking, handing forth and back, steps for nothing. */
#include "config.h"
#include "improve/candidate_i.h"
#include "base/num_i.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static double minutes_of(const struct bpr_dist *dist)
{
	return dist ? bpr_dist_mean(dist) : 0;
}

/* ---- seals ---- */

static size_t drop_by_habit(struct maker *m)
{
	struct bpr_buf list = BPR_BUF_INIT;
	size_t first = bpr_i_candidate_find(m, "P009", 0), made = BPR_NONE;

	for (size_t at = first; at != BPR_NONE; at = bpr_i_candidate_find(m, "P009", at + 1))
		(void)bpr_i_candidate_join(&list, bpr_problems_get(m->findings, at).where);
	m->nomem |= list.failed != BPR_OK;
	if (first != BPR_NONE && !m->nomem) {
		struct candidate *c = bpr_i_candidate_add(m, "P009", bpr_problems_get(m->findings, first).where, N_("drop the seals that no rule asks for"), "");

		made = c ? m->count - 1 : BPR_NONE;
		bpr_i_candidate_act(m, c, BPR_LEVER_DROP_SEALS, list.data, "");
	}
	bpr_i_buf_release(&list);
	return made;
}

/* Seals of citizens on what they write: a signature does, whatever the rule is called. */
static void sign_instead(struct maker *m, size_t dropped)
{
	static const char *const codes[] = { "P010", "P009", "A019", NULL };
	struct bpr_buf list = BPR_BUF_INIT;
	const char *code;
	size_t finding = bpr_i_candidate_any(m, codes, &code), first = BPR_NONE;
	bool both = false;

	for (size_t i = 0; i < m->n && finding != BPR_NONE; i++) {
		const struct bpr_node *node = bpr_flow_node(m->flow, i);

		if (!node->write_count || !bpr_i_candidate_happens(m, i) || !(node->seals > 0 || (node->rules & BPR_RULE_SEAL)))
			continue;
		first = first == BPR_NONE ? i : first;
		both |= !(node->rules & BPR_RULE_SEAL);
		(void)bpr_i_candidate_join(&list, node->id);
	}
	m->nomem |= list.failed != BPR_OK;
	if (first != BPR_NONE && !m->nomem) {
		struct candidate *c = bpr_i_candidate_add(m, code, bpr_flow_node(m->flow, first)->id, N_("a signature instead of the citizen's seal"), "");

		bpr_i_candidate_act(m, c, BPR_LEVER_SIGN, list.data, "");
		/* What is dropped cannot be replaced, where both mean the same step. */
		if (both)
			bpr_i_candidate_exclude(c, dropped);
	}
	bpr_i_buf_release(&list);
}

/* Nothing but a seal. */
static bool only_seals(const struct maker *m, size_t i)
{
	const struct bpr_node *n = bpr_flow_node(m->flow, i);

	return n->kind == BPR_NODE_TASK && n->seals > 0 && !(n->rules & BPR_RULE_SEAL) && !n->write_count && !n->read_count && !n->issue_count &&
		!(n->copies > 0) && !(n->id_checks > 0) && n->out_count == 1 && n->counter == BPR_NONE && bpr_i_candidate_happens(m, i);
}

/* Those in a row of seals that no rule asks for are told afterwards; the one with the rule, or the last one, decides. */
static void decide_once(struct maker *m)
{
	size_t finding = bpr_i_candidate_find(m, "P027", 0), last = BPR_NONE;
	struct bpr_buf list = BPR_BUF_INIT;
	bool ruled = false;

	for (size_t i = 0; i < m->n && finding != BPR_NONE; i++) {
		const struct bpr_node *n = bpr_flow_node(m->flow, i);

		if (!(n->seals > 0) || n->counter != BPR_NONE || n->actor == BPR_ACTOR_CITIZEN)
			continue;
		ruled |= (n->rules & BPR_RULE_SEAL) != 0;
		last = last == BPR_NONE || m->order[i] > m->order[last] ? i : last;
	}
	for (size_t i = 0; i < m->n && finding != BPR_NONE; i++)
		if (only_seals(m, i) && (ruled || i != last))
			(void)bpr_i_candidate_join(&list, bpr_flow_node(m->flow, i)->id);
	m->nomem |= list.failed != BPR_OK;
	if (list.length && !m->nomem) {
		struct candidate *c = bpr_i_candidate_add(m, "P027", bpr_problems_get(m->findings, finding).where,
							  N_("one decides, the others are told afterwards"), "");

		bpr_i_candidate_act(m, c, BPR_LEVER_REMOVE, list.data, "");
	}
	bpr_i_buf_release(&list);
}

void bpr_i_candidates_seals(struct maker *m)
{
	sign_instead(m, drop_by_habit(m));
	decide_once(m);
}

/* ---- copying and looking ---- */

/* Back office, nothing to decide, nobody to look at. */
static bool is_machine_work(const struct maker *m, size_t i)
{
	const struct bpr_node *n = bpr_flow_node(m->flow, i);
	size_t boundary;

	(void)bpr_flow_boundary(m->flow, i, &boundary);
	return n->kind == BPR_NODE_TASK && n->actor == BPR_ACTOR_STAFF && n->counter == BPR_NONE && n->out_count == 1 && !boundary &&
		!(n->id_checks > 0) && !(n->rules & BPR_RULE_FACE_TO_FACE) && minutes_of(n->work) > 0 && bpr_i_candidate_happens(m, i);
}

static void automate(struct maker *m, size_t i, const char *code)
{
	const struct bpr_node *n = bpr_flow_node(m->flow, i);
	char minutes[40], value[120];
	struct candidate *c;

	for (size_t k = 0; k < m->count; k++)
		if (m->items[k].actions[0].kind == BPR_LEVER_AUTOMATE && !strcmp(m->items[k].actions[0].target, n->id))
			return;
	c = bpr_i_candidate_add(m, code, n->id, n->copies > 0 ? N_("automate the copying: {1}") : N_("automate the check by eye: {1}"), bpr_i_candidate_step(m, i));
	(void)bpr_i_num_fixed(minutes, sizeof(minutes), minutes_of(n->work) / 2, 2, false);
	(void)snprintf(value, sizeof(value), "%s%s; %s%s", bpr_i_candidate_word(m, "work=", "作業="), minutes,
		       bpr_i_candidate_word(m, "error=", "誤り率="), BPR_ASSUMED_ERRORS);
	bpr_i_candidate_act(m, c, BPR_LEVER_AUTOMATE, n->id, value);
	bpr_i_candidate_note(m, c, N_("Assumed: it runs in half of the time, and 5% of the cases are put right by hand."));
}

static void automate_all(struct maker *m)
{
	for (size_t at = bpr_i_candidate_find(m, "P011", 0); at != BPR_NONE && !m->nomem; at = bpr_i_candidate_find(m, "P011", at + 1)) {
		size_t node = bpr_i_candidate_node(m, at);

		if (node != BPR_NONE && is_machine_work(m, node))
			automate(m, node, "P011");
	}
	if (bpr_i_candidate_find(m, "A019", 0) == BPR_NONE)
		return;
	for (size_t i = 0; i < m->n && !m->nomem; i++)
		if ((bpr_flow_node(m->flow, i)->rules & BPR_RULE_VISUAL) && is_machine_work(m, i))
			automate(m, i, "A019");
}

/* Steps that copy what stands on the same form, one of which is enough. */
static void copy_once(struct maker *m, size_t finding)
{
	size_t second = bpr_i_candidate_node(m, finding), first = BPR_NONE;
	struct bpr_buf list = BPR_BUF_INIT;
	struct candidate *c;

	for (size_t i = 0; second != BPR_NONE && i < m->n; i++) {
		const struct bpr_node *n = bpr_flow_node(m->flow, i);

		if (i != second && n->copies > 0 && m->order[i] < m->order[second] && bpr_i_candidate_happens(m, i) &&
		    (first == BPR_NONE || m->order[i] > m->order[first]))
			first = i;
	}
	if (first == BPR_NONE)
		return;
	(void)bpr_i_candidate_join(bpr_i_candidate_join(&list, bpr_flow_node(m->flow, first)->id), bpr_flow_node(m->flow, second)->id);
	m->nomem |= list.failed != BPR_OK;
	if (!m->nomem) {
		c = bpr_i_candidate_add(m, "P012", bpr_flow_node(m->flow, second)->id, N_("enter the data once: {1}"), bpr_i_candidate_step(m, second));
		bpr_i_candidate_act(m, c, BPR_LEVER_MERGE_STEPS, list.data, "");
	}
	bpr_i_buf_release(&list);
}

/* ---- forth and back ---- */

/* The step of another unit that stands directly in front of node, but for gateways and events without work. */
static size_t step_before(const struct maker *m, size_t node)
{
	for (size_t hops = 0; hops < 8; hops++) {
		size_t count, next = BPR_NONE;
		const size_t *in = bpr_flow_arcs_in(m->flow, node, &count);

		for (size_t i = 0; i < count; i++) {
			size_t from = bpr_flow_arc(m->flow, in[i])->from;

			if (m->order[from] < m->order[node] && (next == BPR_NONE || m->order[from] > m->order[next]))
				next = from;
		}
		if (next == BPR_NONE || (bpr_node_is_step(bpr_flow_node(m->flow, next)) && bpr_flow_node(m->flow, next)->actor != BPR_ACTOR_CITIZEN))
			return next;
		node = next;
	}
	return BPR_NONE;
}

/* Pool names of a step as a value of reassign has them. */
static void put_staff(const struct maker *m, const struct bpr_node *node, struct bpr_buf *value)
{
	for (size_t i = 0; i < node->need_count; i++) {
		bpr_i_buf_puts(value, i ? "+" : "; staff=");
		bpr_i_buf_puts(value, bpr_flow_pool(m->flow, node->needs[i].pool)->name);
		if (node->needs[i].count > 1)
			bpr_i_buf_printf(value, ":%zu", node->needs[i].count);
	}
}

static void give_to_first(struct maker *m, size_t finding, const char *code)
{
	size_t back = bpr_i_candidate_node(m, finding), middle = back == BPR_NONE ? BPR_NONE : step_before(m, back);
	const struct bpr_node *b = back == BPR_NONE ? NULL : bpr_flow_node(m->flow, back), *n = middle == BPR_NONE ? NULL : bpr_flow_node(m->flow, middle);
	struct bpr_buf value = BPR_BUF_INIT;
	struct candidate *c;

	if (!n || n->actor != BPR_ACTOR_STAFF || n->unit == b->unit || n->unit == BPR_NONE || b->unit == BPR_NONE)
		return;
	bpr_i_buf_printf(&value, "unit=%s", bpr_flow_unit(m->flow, b->unit)->name);
	put_staff(m, b, &value);
	m->nomem |= value.failed != BPR_OK;
	if (!m->nomem) {
		c = bpr_i_candidate_add(m, code, n->id, N_("the unit that has the case does it: {1}"), bpr_i_candidate_step(m, middle));
		bpr_i_candidate_act(m, c, BPR_LEVER_REASSIGN, n->id, value.data);
	}
	bpr_i_buf_release(&value);
}

static void give_up(struct maker *m, size_t finding)
{
	size_t node = bpr_i_candidate_node(m, finding);
	struct candidate *c;

	if (node == BPR_NONE)
		return;
	c = bpr_i_candidate_add(m, "P020", bpr_flow_node(m->flow, node)->id, N_("give up the step where nothing is done: {1}"), bpr_i_candidate_step(m, node));
	bpr_i_candidate_act(m, c, BPR_LEVER_REMOVE, bpr_flow_node(m->flow, node)->id, "");
}

void bpr_i_candidates_steps(struct maker *m)
{
	static const char *const back[] = { "P006", "P007" };

	automate_all(m);
	for (size_t at = bpr_i_candidate_find(m, "P012", 0); at != BPR_NONE && !m->nomem; at = bpr_i_candidate_find(m, "P012", at + 1))
		copy_once(m, at);
	for (size_t k = 0; k < 2; k++)
		for (size_t at = bpr_i_candidate_find(m, back[k], 0); at != BPR_NONE && !m->nomem; at = bpr_i_candidate_find(m, back[k], at + 1))
			give_to_first(m, at, back[k]);
	for (size_t at = bpr_i_candidate_find(m, "P020", 0); at != BPR_NONE && !m->nomem; at = bpr_i_candidate_find(m, "P020", at + 1))
		give_up(m, at);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Candidates about counters: fewer of them, identity checked once, coming again for nothing, citizens who need not come. */
#include "config.h"
#include "improve/candidate_i.h"
#include "improve/suggest_i.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST_UNITS = 12 /* that get a sheet of their own */ };

/* ---- one counter ---- */

/* A step that is only the way to another place. */
static bool is_way(const struct maker *m, size_t i)
{
	const struct bpr_node *node = bpr_flow_node(m->flow, i);

	return bpr_i_step_is_way(node) && !node->read_count && !node->issue_count && node->out_count == 1 && bpr_i_candidate_happens(m, i);
}

/* Ways between counters; the first one, to the first counter, stays. */
static void list_ways(const struct maker *m, struct bpr_buf *list)
{
	size_t first = BPR_NONE;

	for (size_t i = 0; i < m->n; i++)
		if (bpr_flow_node(m->flow, i)->counter != BPR_NONE && bpr_i_candidate_happens(m, i) && (first == BPR_NONE || m->order[i] < m->order[first]))
			first = i;
	for (size_t i = 0; i < m->n; i++)
		if (is_way(m, i) && first != BPR_NONE && m->order[i] > m->order[first])
			(void)bpr_i_candidate_join(list, bpr_flow_node(m->flow, i)->id);
}

static void merge_all(struct maker *m)
{
	static const char *const codes[] = { "P008", "P017", "P026", "P005", NULL };
	const char *code;
	size_t finding = bpr_i_candidate_any(m, codes, &code), count = 0;
	struct bpr_buf names = BPR_BUF_INIT, ways = BPR_BUF_INIT;
	struct candidate *c;

	for (size_t i = 0; i < bpr_flow_counter_count(m->flow); i++)
		if (bpr_analysis_counters(m->analysis)[i].visits > 1e-9) {
			(void)bpr_i_candidate_join(&names, bpr_flow_counter(m->flow, i)->name);
			count++;
		}
	list_ways(m, &ways);
	m->nomem |= names.failed || ways.failed;
	if (finding != BPR_NONE && count > 1 && !m->nomem) {
		c = bpr_i_candidate_add(m, code, bpr_problems_get(m->findings, finding).where, N_("one-stop counter: the citizen stays, staff or data come"), "");
		bpr_i_candidate_act(m, c, BPR_LEVER_MERGE_COUNTERS, names.data, bpr_i_candidate_word(m, "One-stop counter", "総合窓口"));
		if (ways.length)
			bpr_i_candidate_act(m, c, BPR_LEVER_REMOVE, ways.data, "");
	}
	bpr_i_buf_release(&ways);
	bpr_i_buf_release(&names);
}

/* The counter of a finding with the one that most citizens come to, where there are more of them. */
static void merge_pair(struct maker *m, size_t finding, const char *code)
{
	const struct bpr_counter_result *r = bpr_analysis_counters(m->analysis);
	size_t node = bpr_i_candidate_node(m, finding), count = 0, main = BPR_NONE, own;
	struct bpr_buf names = BPR_BUF_INIT;
	struct candidate *c;

	if (node == BPR_NONE || (own = bpr_flow_node(m->flow, node)->counter) == BPR_NONE)
		return;
	for (size_t i = 0; i < bpr_flow_counter_count(m->flow); i++) {
		count += r[i].visits > 1e-9;
		if (i != own && (main == BPR_NONE || r[i].visits > r[main].visits))
			main = i;
	}
	if (count < 3 || main == BPR_NONE)
		return;
	(void)bpr_i_candidate_join(bpr_i_candidate_join(&names, bpr_flow_counter(m->flow, main)->name), bpr_flow_counter(m->flow, own)->name);
	m->nomem |= names.failed != BPR_OK;
	if (!m->nomem) {
		c = bpr_i_candidate_add(m, code, bpr_flow_node(m->flow, node)->id, N_("do what is done at '{1}' at the main counter"), bpr_flow_counter(m->flow, own)->name);
		bpr_i_candidate_act(m, c, BPR_LEVER_MERGE_COUNTERS, names.data, bpr_flow_counter(m->flow, main)->name);
		for (size_t i = 0; i + 1 < m->count; i++)
			if (m->items[i].actions[0].kind == BPR_LEVER_MERGE_COUNTERS)
				bpr_i_candidate_exclude(c, i);
	}
	bpr_i_buf_release(&names);
}

/* ---- identity ---- */

/* Checks that are gone take their minute with them, at most half of the step. */
static void follow_checks(struct maker *m, size_t index)
{
	bpr_flow *after = bpr_i_candidate_apply(m, &m->items[index]);
	struct candidate *c = &m->items[index];
	bool timed = false;

	if (!after)
		c->keep = false;
	for (size_t i = 0; after && i < m->n; i++) {
		const struct bpr_node *node = bpr_flow_node(m->flow, i);
		size_t at = bpr_flow_find(after, node->id);
		double gone = at == BPR_NONE ? 0 : node->id_checks - bpr_flow_node(after, at)->id_checks;
		double minutes = node->work ? bpr_dist_mean(node->work) : 0;

		if (!(gone > 0) || !(minutes > 0))
			continue;
		bpr_i_candidate_scale(m, c, node->id, 1 - fmin(gone * BPR_ASSUMED_ID_MINUTES / minutes, 0.5));
		timed = true;
	}
	if (timed)
		bpr_i_candidate_note(m, c, N_("Assumed: a check of identity takes 1 minute, at most half of the step."));
	bpr_flow_free(after);
}

static void check_once(struct maker *m)
{
	static const char *const codes[] = { "P004", "P005", NULL };
	const char *code;
	size_t finding = bpr_i_candidate_any(m, codes, &code);
	struct bpr_buf list = BPR_BUF_INIT;
	struct candidate *c;

	for (size_t i = 0; finding != BPR_NONE && i < m->n; i++)
		if (bpr_flow_node(m->flow, i)->id_checks > 0 && bpr_i_candidate_happens(m, i))
			(void)bpr_i_candidate_join(&list, bpr_flow_node(m->flow, i)->id);
	m->nomem |= list.failed != BPR_OK;
	if (finding != BPR_NONE && !m->nomem) {
		c = bpr_i_candidate_add(m, code, bpr_problems_get(m->findings, finding).where, N_("check identity once and pass the result on"), "");
		bpr_i_candidate_act(m, c, BPR_LEVER_UNIFY_ID_CHECKS, list.data, "");
		if (c)
			follow_checks(m, m->count - 1);
	}
	bpr_i_buf_release(&list);
}

void bpr_i_candidates_counters(struct maker *m)
{
	static const char *const codes[] = { "P017", "P026" };

	merge_all(m);
	for (size_t k = 0; k < 2; k++)
		for (size_t at = bpr_i_candidate_find(m, codes[k], 0); at != BPR_NONE && !m->nomem; at = bpr_i_candidate_find(m, codes[k], at + 1))
			merge_pair(m, at, codes[k]);
	check_once(m);
}

/* ---- citizens who need not come, or not again ---- */

static void send_result(struct maker *m, size_t finding)
{
	size_t node = bpr_i_candidate_node(m, finding);
	const struct bpr_node *n = node == BPR_NONE ? NULL : bpr_flow_node(m->flow, node);
	struct candidate *c;

	if (!n || !n->issue_count || n->write_count)
		return;
	c = bpr_i_candidate_add(m, "P018", n->id, N_("send the result instead of having it fetched: {1}"), bpr_i_candidate_step(m, node));
	bpr_i_candidate_act(m, c, BPR_LEVER_ONLINE, n->id, "");
}

static bool has_word(const char *text, const char *const *words)
{
	for (size_t i = 0; text && words[i]; i++)
		if (strstr(text, words[i]))
			return true;
	return false;
}

/* A certificate that is handed out over a counter: the step that does so, or BPR_NONE. */
static size_t find_certificate(const struct maker *m)
{
	static const char *const words[] = { "証明", "住民票", "謄本", "抄本", "写し", "ertificate", NULL };

	for (size_t i = 0; i < m->n; i++) {
		const struct bpr_node *node = bpr_flow_node(m->flow, i);

		if (node->counter == BPR_NONE || !bpr_i_candidate_happens(m, i))
			continue;
		for (size_t k = 0; k < node->issue_count; k++) {
			const struct bpr_form *form = bpr_flow_form(m->flow, node->issues[k]);

			if (has_word(form->id, words) || has_word(form->name, words))
				return i;
		}
	}
	return BPR_NONE;
}

/* Only where certificates are all that happens: nothing is decided, no notification is taken. */
static bool is_simple(const struct maker *m)
{
	static const char *const words[] = { "届", "異動", "転入", "転出", "転居", "手当", "審査", NULL };

	for (size_t f = 0; f < bpr_flow_form_count(m->flow); f++)
		if (has_word(bpr_flow_form(m->flow, f)->id, words) || has_word(bpr_flow_form(m->flow, f)->name, words))
			return false;
	for (size_t i = 0; i < m->n; i++)
		if (has_word(bpr_flow_node(m->flow, i)->name, (const char *const[]){ "審査", "決裁", NULL }))
			return false;
	return true;
}

static void fetch_elsewhere(struct maker *m)
{
	static const char *const codes[] = { "A019", "P018", "P016", NULL };
	size_t node = find_certificate(m), finding;
	const char *code;
	struct candidate *c;

	if (node == BPR_NONE || !is_simple(m))
		return;
	finding = bpr_i_candidate_any(m, codes, &code);
	if (finding == BPR_NONE)
		return;
	c = bpr_i_candidate_add(m, code, bpr_flow_node(m->flow, node)->id, N_("certificates from convenience stores or online"), "");
	bpr_i_candidate_act(m, c, BPR_LEVER_CHANNEL, "",
			    bpr_i_candidate_word(m, BPR_ASSUMED_CHANNEL "; name=convenience store; work=5", BPR_ASSUMED_CHANNEL "; name=コンビニ交付; work=5分"));
	bpr_i_candidate_note(m, c, N_("Assumed: 30% of the citizens go there, in 5 minutes of their own."));
}

/* Choices of findings that belong to one unit, BPR_NONE: any. */
static size_t list_choices(const struct maker *m, size_t unit, struct bpr_buf *list)
{
	static const char *const codes[] = { "P016", "P019" };
	size_t count = 0;

	for (size_t k = 0; k < 2; k++)
		for (size_t at = bpr_i_candidate_find(m, codes[k], 0); at != BPR_NONE; at = bpr_i_candidate_find(m, codes[k], at + 1)) {
			size_t node = bpr_i_candidate_node(m, at);

			if (node == BPR_NONE || bpr_flow_node(m->flow, node)->kind != BPR_NODE_XOR || bpr_flow_node(m->flow, node)->unit != unit)
				continue;
			(void)bpr_i_candidate_join(list, bpr_flow_node(m->flow, node)->id);
			count++;
		}
	return count;
}

/* One unit can begin with its own. */
static void give_sheet_of_unit(struct maker *m, size_t unit, size_t whole)
{
	struct bpr_buf list = BPR_BUF_INIT, other = BPR_BUF_INIT;
	char where[200];
	size_t count = list_choices(m, unit, &list), others = 0;

	for (size_t i = 0; i < bpr_flow_unit_count(m->flow); i++)
		others += i != unit ? list_choices(m, i, &other) : 0;
	m->nomem |= list.failed || other.failed;
	(void)snprintf(where, sizeof(where), "%.*s", (int)strcspn(list.data ? list.data : "", ";"), list.data ? list.data : "");
	if (count && others && !m->nomem) {
		struct candidate *c = bpr_i_candidate_add(m, "P016", where, N_("check sheet of one unit: {1}"), bpr_flow_unit(m->flow, unit)->name);

		bpr_i_candidate_act(m, c, BPR_LEVER_CHECK_SHEET, list.data, BPR_ASSUMED_SHEET);
		bpr_i_candidate_note(m, c, N_("Assumed: it prevents half of the returns and omissions."));
		bpr_i_candidate_exclude(c, whole);
	}
	bpr_i_buf_release(&other);
	bpr_i_buf_release(&list);
}

/* Returns and omissions: one sheet for all of them. */
static void give_sheet(struct maker *m)
{
	static const char *const codes[] = { "P016", "P019", NULL };
	const char *code;
	size_t finding = bpr_i_candidate_any(m, codes, &code), whole;
	struct candidate *c;

	if (finding == BPR_NONE)
		return;
	c = bpr_i_candidate_add(m, code, bpr_problems_get(m->findings, finding).where, N_("check sheet: what to bring and to fill in, before coming"), "");
	bpr_i_candidate_act(m, c, BPR_LEVER_CHECK_SHEET, "*", BPR_ASSUMED_SHEET);
	bpr_i_candidate_note(m, c, N_("Assumed: it prevents half of the returns and omissions."));
	whole = m->count - 1;
	for (size_t unit = 0; c && unit < bpr_flow_unit_count(m->flow) && unit < MOST_UNITS && !m->nomem; unit++)
		give_sheet_of_unit(m, unit, whole);
}

void bpr_i_candidates_citizens(struct maker *m)
{
	give_sheet(m);
	for (size_t at = bpr_i_candidate_find(m, "P018", 0); at != BPR_NONE && !m->nomem; at = bpr_i_candidate_find(m, "P018", at + 1))
		send_result(m, at);
	fetch_elsewhere(m);
}

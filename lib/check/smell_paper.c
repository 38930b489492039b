/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seals, copying by hand, and forms that nobody needs. */
#include "config.h"
#include "check/smell_i.h"
#include "check/words_i.h"
#include <string.h>

/* ---- seals and rules ---- */

/* Words that name the basis of a rule. */
static bool names_law(const char *note)
{
	static const char *const words[] = { "法", "条例", "規則", "規程", "要綱", "要領", "政令", "省令", "府令", "告示", "通達", "通知",
		"act ", "law", "ordinance", "regulation", "article", "section" };

	for (size_t i = 0; note && i < sizeof(words) / sizeof(words[0]); i++)
		if (bpr_i_words_contain(note, words[i]))
			return true;
	return false;
}

static void find_seals(struct bpr_smell *s)
{
	struct bpr_smell_list list = { .count = 0 };
	size_t first = BPR_NONE;
	struct bpr_smell_text count;

	for (size_t i = 0; i < s->n; i++) {
		const struct bpr_node *node = bpr_flow_node(s->flow, i);
		struct bpr_smell_text effect;

		if (node->rules && !names_law(node->note) && bpr_i_smell_happens(s, i)) {
			first = first == BPR_NONE ? i : first;
			bpr_i_smell_list_add(&list, bpr_i_smell_name(s->flow, i));
		}
		if (!(node->seals > 0) || node->rules & BPR_RULE_SEAL || !bpr_i_smell_happens(s, i))
			continue;
		count = bpr_i_smell_number(node->seals);
		effect = bpr_i_smell_effect(s, N_(": {1} seals a case"), N_(": {1} seals a case, {2} a year"),
					    node->seals * bpr_i_smell_visits(s, i));
		bpr_i_smell_note(s, BPR_I_P009, i, (const char *[]){ bpr_i_smell_name(s->flow, i), count.text, effect.text, NULL });
	}
	if (first == BPR_NONE)
		return;
	count = bpr_i_smell_number((double)list.count);
	bpr_i_smell_note(s, BPR_I_P010, first, (const char *[]){ count.text, list.text, NULL, NULL });
}

/* A step that seals, in a row of such steps with nothing but gateways and events between. */
struct row { size_t length, last; };

static void say_row(struct bpr_smell *s, const struct row *rows, size_t last)
{
	size_t steps[8], count = 0, first = last;
	struct bpr_smell_list list = { .count = 0 };
	struct bpr_smell_text length = bpr_i_smell_number((double)rows[last].length), effect = { "" };
	double minutes = 0;

	for (size_t i = last; i != BPR_NONE; i = rows[i].last) {
		const struct bpr_node *node = bpr_flow_node(s->flow, i);

		minutes += bpr_i_smell_visits(s, i) * ((node->work ? bpr_dist_mean(node->work) : 0)
						       + (node->wait ? bpr_dist_mean(node->wait) : 0));
		memmove(steps + 1, steps, sizeof(steps) - sizeof(steps[0]));
		steps[0] = first = i;
		count += count < 8;
	}
	for (size_t i = 0; i < count; i++)
		bpr_i_smell_list_add(&list, bpr_i_smell_name(s->flow, steps[i]));
	if (minutes > 0)
		effect = bpr_i_smell_with(N_(": {1} minutes of work and waiting a case"), bpr_i_smell_number(minutes).text);
	bpr_i_smell_note(s, BPR_I_P027, first, (const char *[]){ length.text, list.text, effect.text, NULL });
}

static bool find_rows(struct bpr_smell *s)
{
	struct row *rows = bpr_i_calloc(s->n, sizeof(*rows)); /* up to and with the node */
	struct row *in = bpr_i_calloc(s->n, sizeof(*in));     /* coming to the node */
	unsigned char *goes_on = bpr_i_calloc(s->n, 1);
	bool ok = rows && in && goes_on;

	for (size_t i = 0; ok && i < s->n; i++)
		rows[i] = in[i] = (struct row){ 0, BPR_NONE };
	for (size_t at = 0; ok && at < s->order_count; at++) {
		size_t i = s->order[at];
		const struct bpr_node *node = bpr_flow_node(s->flow, i);
		struct row out = { 0, BPR_NONE };

		if (node->seals > 0) {
			rows[i] = (struct row){ in[i].length + 1, in[i].last };
			if (in[i].last != BPR_NONE)
				goes_on[in[i].last] = 1;
			out = (struct row){ rows[i].length, i };
		} else if (node->kind != BPR_NODE_TASK || node->silent) {
			out = in[i];
		}
		for (size_t a = s->row[i]; a < s->row[i + 1]; a++)
			if (!bpr_i_smell_back(s, i, s->col[a]) && in[s->col[a]].length < out.length)
				in[s->col[a]] = out;
	}
	for (size_t at = 0; ok && at < s->order_count; at++)
		if (rows[s->order[at]].length >= BPR_SMELL_SEALS && !goes_on[s->order[at]])
			say_row(s, rows, s->order[at]);
	bpr_i_free(goes_on);
	bpr_i_free(in);
	bpr_i_free(rows);
	return ok;
}

/* ---- copying by hand ---- */

struct keyed { size_t steps, first, second; double reach; };

static void add_keyed(const struct bpr_smell *s, struct keyed *k, size_t node)
{
	if (k->steps && (k->first == node || k->second == node))
		return;
	if (!k->steps)
		k->first = node;
	else if (k->steps == 1)
		k->second = node;
	k->steps++;
	k->reach += s->nodes ? s->nodes[node].reach : 1;
}

static void find_copies(struct bpr_smell *s, struct keyed *forms, struct keyed *systems)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct bpr_node *node = bpr_flow_node(s->flow, i);
		struct bpr_smell_text count, effect, into = { "" };

		if (!(node->copies > 0) || !bpr_i_smell_happens(s, i))
			continue;
		count = bpr_i_smell_number(node->copies);
		effect = bpr_i_smell_effect(s, N_(": {1} items a case"), N_(": {1} items a case, {2} a year"),
					    node->copies * bpr_i_smell_visits(s, i));
		if (node->system != BPR_NONE) {
			into = bpr_i_smell_with(N_(" into '{1}'"), bpr_flow_system(s->flow, node->system)->name);
			add_keyed(s, &systems[node->system], i);
		}
		bpr_i_smell_note(s, BPR_I_P011, i, (const char *[]){ bpr_i_smell_name(s->flow, i), count.text, into.text, effect.text });
		for (size_t k = 0; k < node->write_count; k++)
			add_keyed(s, &forms[node->writes[k]], i);
		for (size_t k = 0; k < node->read_count; k++)
			add_keyed(s, &forms[node->reads[k]], i);
	}
}

/* Steps that exclude each other are reached with 1 in all at most: only what is more is certain to happen in one case. */
static void find_keyed(struct bpr_smell *s, const struct keyed *forms, const struct keyed *systems)
{
	struct bpr_smell_list list = { .count = 0 };
	size_t at = BPR_NONE;
	double reach = 0;

	for (size_t f = 0; f < bpr_flow_form_count(s->flow); f++) {
		struct bpr_smell_text count = bpr_i_smell_number((double)forms[f].steps);
		struct bpr_smell_list steps = { .count = 0 };

		if (forms[f].steps < 2 || forms[f].reach <= 1 + BPR_SMELL_EPSILON)
			continue;
		bpr_i_smell_list_add(&steps, bpr_i_smell_name(s->flow, forms[f].first));
		bpr_i_smell_list_add(&steps, bpr_i_smell_name(s->flow, forms[f].second));
		if (forms[f].steps > 2)
			bpr_i_smell_list_add(&steps, "…");
		bpr_i_smell_note(s, BPR_I_P012, forms[f].second,
				 (const char *[]){ bpr_i_smell_form_name(s->flow, f), count.text, steps.text, NULL });
	}
	for (size_t i = 0; i < bpr_flow_system_count(s->flow); i++) {
		if (!systems[i].steps)
			continue;
		reach += s->nodes ? s->nodes[systems[i].first].reach : 1;
		at = list.count == 1 ? systems[i].first : at;
		bpr_i_smell_list_add(&list, bpr_flow_system(s->flow, i)->name);
	}
	if (at != BPR_NONE && reach > 1 + BPR_SMELL_EPSILON) {
		struct bpr_smell_text count = bpr_i_smell_number((double)list.count);

		bpr_i_smell_note(s, BPR_I_P013, at, (const char *[]){ count.text, list.text, NULL, NULL });
	}
}

static bool find_copying(struct bpr_smell *s)
{
	struct keyed *forms = bpr_i_calloc(bpr_flow_form_count(s->flow), sizeof(*forms));
	struct keyed *systems = bpr_i_calloc(bpr_flow_system_count(s->flow), sizeof(*systems));
	bool ok = forms && systems;

	if (ok) {
		find_copies(s, forms, systems);
		find_keyed(s, forms, systems);
	}
	bpr_i_free(systems);
	bpr_i_free(forms);
	return ok;
}

/* ---- forms ---- */

/* First steps, + 1, that have to do with a form. */
struct life { size_t written, read, issued, carried; };

static void note_lives(const struct bpr_smell *s, struct life *lives)
{
	for (size_t at = 0; at < s->order_count; at++) {
		size_t i = s->order[at];
		const struct bpr_node *node = bpr_flow_node(s->flow, i);

		for (size_t k = 0; k < node->read_count; k++) {
			struct life *l = &lives[node->reads[k]];

			l->read = l->read ? l->read : i + 1;
			/* Citizens carry it if both steps are at counters, and not at the same one. */
			if (l->issued && !l->carried && node->counter != BPR_NONE && bpr_flow_node(s->flow, l->issued - 1)->counter != BPR_NONE
			    && bpr_flow_node(s->flow, l->issued - 1)->counter != node->counter)
				l->carried = i + 1;
		}
		for (size_t k = 0; k < node->write_count; k++)
			lives[node->writes[k]].written = lives[node->writes[k]].written ? lives[node->writes[k]].written : i + 1;
		for (size_t k = 0; k < node->issue_count; k++)
			lives[node->issues[k]].issued = lives[node->issues[k]].issued ? lives[node->issues[k]].issued : i + 1;
	}
}

static bool find_forms(struct bpr_smell *s)
{
	size_t count = bpr_flow_form_count(s->flow);
	struct life *lives = bpr_i_calloc(count, sizeof(*lives));
	bool kept = false; /* the flow says of some form who writes and who reads it, so it means to say so of all */

	if (!lives)
		return false;
	note_lives(s, lives);
	for (size_t f = 0; f < count; f++)
		kept |= lives[f].written && lives[f].read;
	for (size_t f = 0; f < count; f++) {
		const struct life *l = &lives[f];
		const char *name = bpr_i_smell_form_name(s->flow, f);
		struct bpr_smell_text effect;

		if (kept && l->written && !l->read && !l->issued) {
			effect = bpr_i_smell_effect(s, N_(": filled in {1} times a case"), N_(": filled in {1} times a case, {2} a year"),
						    s->nodes ? bpr_analysis_forms(s->check->analysis)[f].written : 0);
			bpr_i_smell_note(s, BPR_I_P024, l->written - 1,
					 (const char *[]){ name, bpr_i_smell_name(s->flow, l->written - 1), effect.text, NULL });
		}
		if (kept && l->read && !l->written && !l->issued)
			bpr_i_smell_note(s, BPR_I_P025, l->read - 1,
					 (const char *[]){ name, bpr_i_smell_name(s->flow, l->read - 1), NULL, NULL });
		if (l->carried) {
			effect = bpr_i_smell_effect(s, N_(": {1} times a case"), N_(": {1} times a case, {2} a year"),
						    bpr_i_smell_visits(s, l->carried - 1));
			bpr_i_smell_note(s, BPR_I_P026, l->carried - 1,
					 (const char *[]){ name, bpr_i_smell_name(s->flow, l->issued - 1),
							   bpr_i_smell_name(s->flow, l->carried - 1), effect.text });
		}
	}
	bpr_i_free(lives);
	return true;
}

bool bpr_i_smell_paper(struct bpr_smell *s)
{
	find_seals(s);
	return find_rows(s) && find_copying(s) && find_forms(s);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Smells of writing: the same item or form filled in again, forms that are long. */
#include "config.h"
#include "check/smell_i.h"
#include <stdint.h>

enum { NAMED = 8, MOST_PASSES = 64 };

/* Where an item, or a form, is written. */
struct use {
	size_t steps;            /* different ones */
	size_t last;             /* the step looked at last, + 1 */
	size_t form;             /* the first one, + 1 */
	bool other_form;         /* it stands on another one too */
	bool again;              /* a case can come to one of the steps behind another */
	size_t at;               /* the first such step */
	size_t candidate;        /* number among those asked about, + 1 */
	double reach;            /* sum over steps and forms */
	size_t named[NAMED];     /* the first steps */
};

struct writing {
	struct bpr_smell *s;
	struct use *fields, *forms;
	size_t field_count, form_count;
	uint64_t *before;        /* [n] items written before, of one pass */
};

static void add_step(struct use *use, size_t node)
{
	if (use->last == node + 1)
		return;
	use->last = node + 1;
	if (use->steps < NAMED)
		use->named[use->steps] = node;
	use->steps++;
}

static void collect(struct writing *w)
{
	for (size_t i = 0; i < w->s->n; i++) {
		const struct bpr_node *node = bpr_flow_node(w->s->flow, i);

		for (size_t k = 0; k < node->write_count && bpr_i_smell_happens(w->s, i); k++) {
			const struct bpr_form *form = bpr_flow_form(w->s->flow, node->writes[k]);

			add_step(&w->forms[node->writes[k]], i);
			for (size_t f = 0; f < form->field_count && !form->assumed; f++) {
				struct use *use = &w->fields[form->fields[f].field];

				if (form->fields[f].prefilled)
					continue;
				add_step(use, i);
				use->other_form |= use->form && use->form != node->writes[k] + 1;
				use->form = node->writes[k] + 1;
				use->reach += w->s->nodes ? w->s->nodes[i].reach : 0;
			}
		}
	}
}

/* ---- whether one of the steps comes behind another ---- */

static uint64_t bit_of(const struct use *use, size_t pass)
{
	size_t c = use->candidate;

	return c && (c - 1) / 64 == pass ? (uint64_t)1 << (c - 1) % 64 : 0;
}

/* Marks what was written before already, and returns what the step writes of this pass. */
static uint64_t write_here(struct writing *w, struct use *uses, size_t node, size_t pass)
{
	const struct bpr_node *n = bpr_flow_node(w->s->flow, node);
	uint64_t written = 0;

	for (size_t k = 0; k < n->write_count; k++) {
		const struct bpr_form *form = bpr_flow_form(w->s->flow, n->writes[k]);
		size_t items = uses == w->forms ? 1 : form->field_count;

		for (size_t f = 0; f < items; f++) {
			struct use *use = uses == w->forms ? &uses[n->writes[k]] : &uses[form->fields[f].field];
			uint64_t bit = uses == w->forms || !form->fields[f].prefilled ? bit_of(use, pass) : 0;

			if (bit & w->before[node] && !use->again) {
				use->again = true;
				use->at = node;
			}
			written |= bit;
		}
	}
	return written;
}

/* Asks of every use with several steps, 64 of them each time along the flow. */
static void ask_order(struct writing *w, struct use *uses, size_t count)
{
	const struct bpr_smell *s = w->s;
	size_t candidates = 0;

	for (size_t i = 0; i < count; i++)
		if (uses[i].steps > 1)
			uses[i].candidate = ++candidates;
	for (size_t pass = 0; pass * 64 < candidates && pass < MOST_PASSES; pass++) {
		for (size_t i = 0; i < s->n; i++)
			w->before[i] = 0;
		for (size_t at = 0; at < s->order_count; at++) {
			size_t node = s->order[at];
			uint64_t out = w->before[node] | write_here(w, uses, node, pass);

			for (size_t a = s->row[node]; a < s->row[node + 1]; a++)
				if (!bpr_i_smell_back(s, node, s->col[a]))
					w->before[s->col[a]] |= out;
		}
	}
}

/* ---- findings ---- */

static struct bpr_smell_list steps_of(const struct bpr_flow *flow, const struct use *use)
{
	struct bpr_smell_list list = { .count = 0 };

	for (size_t i = 0; i < use->steps && i < NAMED; i++)
		bpr_i_smell_list_add(&list, bpr_i_smell_name(flow, use->named[i]));
	if (use->steps > NAMED && !list.full)
		bpr_i_smell_list_add(&list, "…");
	return list;
}

/* Exact: sum of reach - P(at least one) is how many more of the steps a case passes than one. */
static bool repeats(const struct bpr_smell *s, size_t field, const struct use *use)
{
	const struct bpr_field_result *r = s->nodes ? &bpr_analysis_fields(s->check->analysis)[field] : NULL;

	if (use->steps < 2 || !use->other_form)
		return false;
	return r ? use->reach - (r->written - r->repeated) > 1e-6 : use->again;
}

static void find_items(struct writing *w)
{
	struct bpr_smell *s = w->s;

	for (size_t f = 0; f < w->field_count; f++) {
		const struct use *use = &w->fields[f];
		struct bpr_smell_list steps;
		struct bpr_smell_text count, effect;
		double repeated;

		if (!repeats(s, f, use))
			continue;
		repeated = s->nodes ? bpr_analysis_fields(s->check->analysis)[f].repeated : 0;
		steps = steps_of(s->flow, use);
		count = bpr_i_smell_number((double)use->steps);
		effect = bpr_i_smell_effect(s, N_(": {1} repeated entries a case"),
					    N_(": {1} repeated entries a case, {2} a year"), repeated);
		bpr_i_smell_note(s, BPR_I_P001, use->named[1],
				 (const char *[]){ bpr_flow_field(s->flow, f)->name, count.text, steps.text, effect.text });
	}
}

static void find_forms(struct writing *w)
{
	struct bpr_smell *s = w->s;

	for (size_t f = 0; f < w->form_count; f++) {
		const struct use *use = &w->forms[f];
		const struct bpr_form *form = bpr_flow_form(s->flow, f);
		double entries = 0;
		struct bpr_smell_text count, effect;

		if (use->again) {
			struct bpr_smell_list steps = steps_of(s->flow, use);

			count = bpr_i_smell_number((double)use->steps);
			effect = bpr_i_smell_effect(s, N_(": {1} times a case"), N_(": {1} times a case, {2} a year"),
						    s->nodes ? bpr_analysis_forms(s->check->analysis)[f].written : 0);
			bpr_i_smell_note(s, BPR_I_P003, use->at,
					 (const char *[]){ bpr_i_smell_form_name(s->flow, f), count.text, steps.text, effect.text });
		}
		for (size_t k = 0; k < form->field_count && !form->assumed; k++)
			entries += form->fields[k].prefilled ? 0 : form->fields[k].times;
		if (!use->steps || entries < BPR_SMELL_ENTRIES)
			continue;
		count = bpr_i_smell_number(entries);
		effect = bpr_i_smell_effect(s, N_(": filled in {1} times a case"), N_(": filled in {1} times a case, {2} a year"),
					    s->nodes ? bpr_analysis_forms(s->check->analysis)[f].written : 0);
		bpr_i_smell_note(s, BPR_I_P028, use->named[0],
				 (const char *[]){ bpr_i_smell_form_name(s->flow, f), count.text, effect.text, NULL });
	}
}

/* Items that several forms of one step ask for; what is over the form that asks for it most often is repeated. */
struct asked { size_t node; size_t forms; double total, most; };

static void find_at_step(struct writing *w, struct asked *asked, size_t i)
{
	struct bpr_smell *s = w->s;
	const struct bpr_node *node = bpr_flow_node(s->flow, i);
	struct bpr_smell_list items = { .count = 0 };
	struct bpr_smell_text count, effect;
	double repeated = 0;

	for (size_t k = 0; k < node->write_count; k++) {
		const struct bpr_form *form = bpr_flow_form(s->flow, node->writes[k]);

		for (size_t f = 0; f < form->field_count && !form->assumed; f++) {
			struct asked *a = &asked[form->fields[f].field];
			double times = form->fields[f].times;

			if (form->fields[f].prefilled)
				continue;
			if (a->node != i + 1)
				*a = (struct asked){ .node = i + 1 };
			if (a->forms++ == 1)
				bpr_i_smell_list_add(&items, bpr_flow_field(s->flow, form->fields[f].field)->name);
			repeated += a->forms > 1 ? (times < a->most ? times : a->most) : 0;
			a->most = times > a->most ? times : a->most;
		}
	}
	if (!items.count)
		return;
	count = bpr_i_smell_number((double)node->write_count);
	effect = bpr_i_smell_effect(s, N_(": {1} repeated entries a case"), N_(": {1} repeated entries a case, {2} a year"),
				    repeated * bpr_i_smell_visits(s, i));
	bpr_i_smell_note(s, BPR_I_P002, i, (const char *[]){ bpr_i_smell_name(s->flow, i), count.text, items.text, effect.text });
}

bool bpr_i_smell_writing(struct bpr_smell *s)
{
	struct writing w = { .s = s, .field_count = bpr_flow_field_count(s->flow), .form_count = bpr_flow_form_count(s->flow) };
	struct asked *asked = bpr_i_calloc(w.field_count, sizeof(*asked));
	bool ok;

	w.fields = bpr_i_calloc(w.field_count, sizeof(*w.fields));
	w.forms = bpr_i_calloc(w.form_count, sizeof(*w.forms));
	w.before = bpr_i_calloc(s->n, sizeof(*w.before));
	ok = asked && w.fields && w.forms && w.before;
	if (ok && w.form_count) {
		collect(&w);
		if (!s->nodes)
			ask_order(&w, w.fields, w.field_count);
		ask_order(&w, w.forms, w.form_count);
		find_items(&w);
		for (size_t i = 0; i < s->n; i++)
			if (bpr_flow_node(s->flow, i)->write_count > 1 && bpr_i_smell_happens(s, i))
				find_at_step(&w, asked, i);
		find_forms(&w);
	}
	bpr_i_free(w.before);
	bpr_i_free(w.forms);
	bpr_i_free(w.fields);
	bpr_i_free(asked);
	return ok;
}

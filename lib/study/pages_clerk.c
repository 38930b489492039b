/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page for the staff: the steps as they will be, what changes, what to ask, when stuck, cases to practise with. */
#include "config.h"
#include "study/clerk_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

enum { CARDS = 6 };

bool bpr_i_clerk_sees(const struct bpr_clerk *c, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(c->flow, node);

	if (!bpr_node_is_step(n) || n->kind != BPR_NODE_TASK)
		return false;
	if (!c->counters)
		return n->actor == BPR_ACTOR_STAFF;
	return n->counter != BPR_NONE || (n->actor != BPR_ACTOR_CITIZEN && n->unit != BPR_NONE && c->fronts[n->unit]);
}

/* Names of forms, at most two of them. */
static const char *form_names(const struct bpr_clerk *c, const size_t *forms, size_t count)
{
	const char *names[2];

	for (size_t i = 0; i < count && i < 2; i++)
		names[i] = bpr_i_form_name(c->flow, forms[i]);
	return bpr_i_say_names(c->doc, names, count, 2);
}

/* What one should know of the step, shortest first: how many cases have it, who does it, what is checked, written, handed out. */
static const char *note_of(const struct bpr_clerk *c, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(c->flow, node);
	double reach = bpr_analysis_nodes(c->analysis)[node].reach;

	if (reach < 0.995)
		return bpr_i_doc_fill(c->doc, N_("{1} of cases"), bpr_i_say_share(c->doc, reach), NULL, NULL, NULL);
	if (n->write_count)
		return bpr_i_doc_fill(c->doc, N_("filled in: {1}"), form_names(c, n->writes, n->write_count), NULL, NULL, NULL);
	if (n->issue_count)
		return bpr_i_doc_fill(c->doc, N_("handed out: {1}"), form_names(c, n->issues, n->issue_count), NULL, NULL, NULL);
	if (n->id_checks > 0)
		return bpr_i_doc_text(c->doc, N_("identity is checked here"));
	if (n->actor == BPR_ACTOR_CITIZEN)
		return bpr_i_doc_text(c->doc, N_("done by the citizen"));
	if (n->actor == BPR_ACTOR_SYSTEM)
		return bpr_i_doc_text(c->doc, N_("done by the system"));
	if (n->counter == BPR_NONE && n->unit != BPR_NONE)
		return bpr_i_name_unit(c->flow, n->unit);
	if (n->counter != BPR_NONE && bpr_flow_counter_count(c->flow) > 1)
		return bpr_flow_counter(c->flow, n->counter)->name;
	return "";
}

static struct bpr_step_card card_of(const struct bpr_clerk *c, size_t node)
{
	const struct bpr_node *n = bpr_flow_node(c->flow, node);

	return (struct bpr_step_card){
		.title = bpr_i_name_node(c->flow, node),
		.said = n->work ? bpr_i_say_minutes(c->doc, bpr_dist_mean(n->work)) : "",
		.note = note_of(c, node),
	};
}

/* Where there are more than fit, those that most cases have, and of these those that take longest. */
static bool belongs(const struct bpr_clerk *c, const size_t *steps, size_t count, size_t at)
{
	const struct bpr_node_result *results = bpr_analysis_nodes(c->analysis);
	size_t before = 0;

	for (size_t i = 0; i < count && before < CARDS; i++) {
		const struct bpr_dist *mine = bpr_flow_node(c->flow, steps[at])->work, *other = bpr_flow_node(c->flow, steps[i])->work;
		double a = results[steps[at]].reach, b = results[steps[i]].reach;
		double x = mine ? bpr_dist_mean(mine) : 0, y = other ? bpr_dist_mean(other) : 0;

		before += b > a || (!(b < a) && (y > x || (!(y < x) && i < at)));
	}
	return before < CARDS;
}

static const char *described(const struct bpr_clerk *c, const struct bpr_step_card *cards, size_t count)
{
	const char *texts[CARDS];

	for (size_t i = 0; i < count; i++)
		texts[i] = *cards[i].said ? bpr_i_doc_fill(c->doc, N_("{1} ({2})"), cards[i].title, cards[i].said, NULL, NULL) : cards[i].title;
	return bpr_i_doc_fill(c->doc, N_("In this order: {1}."), bpr_i_say_list(c->doc, texts, count), NULL, NULL, NULL);
}

/* Minutes of staff at these steps, of one case. */
static double minutes_of(const struct bpr_clerk *c, const size_t *steps, size_t count)
{
	double sum = 0;

	for (size_t i = 0; i < count; i++) {
		const struct bpr_node *n = bpr_flow_node(c->flow, steps[i]);

		if (n->work && n->actor == BPR_ACTOR_STAFF)
			sum += bpr_dist_mean(n->work) * bpr_analysis_nodes(c->analysis)[steps[i]].visits;
	}
	return sum;
}

static void add_steps(struct bpr_clerk *c, const size_t *steps, size_t count)
{
	struct bpr_doc_figure figure = { .kind = BPR_FIGURE_STEPS, .id = "steps" };
	struct bpr_step_card *cards = c->doc->failed ? NULL : bpr_i_arena_alloc(&c->doc->arena, CARDS, sizeof(*cards));
	double minutes = minutes_of(c, steps, count);

	if (!cards) {
		c->doc->failed = true;
		return;
	}
	for (size_t i = 0; i < count && figure.card_count < CARDS; i++)
		if (belongs(c, steps, count, i))
			cards[figure.card_count++] = card_of(c, steps[i]);
	figure.cards = cards;
	figure.title = bpr_i_doc_text(c->doc, N_("The new way of working"));
	figure.description = described(c, cards, figure.card_count);
	bpr_i_doc_heading_aside(c->doc, figure.title, minutes > 0 ? bpr_i_doc_fill(c->doc, N_("{1} of staff time for one case, in these steps"),
										  bpr_i_say_minutes(c->doc, minutes), NULL, NULL, NULL) : NULL);
	bpr_i_doc_figure(c->doc, &figure);
	if (count > figure.card_count)
		bpr_i_doc_note(c->doc, bpr_i_say_plural(c->doc, (double)(count - figure.card_count), N_("One more step, which fewer cases have or which is shorter, stands on the page of the flow."),
							N_("{1} more steps, which fewer cases have or which are shorter, stand on the page of the flow.")));
}

static void steps(struct bpr_clerk *c)
{
	size_t *list = c->doc->failed ? NULL : bpr_i_arena_alloc(&c->doc->arena, c->order.count + 1, sizeof(*list));
	size_t count = 0;

	if (!list) {
		c->doc->failed = true;
		return;
	}
	for (size_t i = 0; i < c->order.count; i++)
		if (bpr_i_clerk_sees(c, c->order.nodes[i]))
			list[count++] = c->order.nodes[i];
	if (count)
		add_steps(c, list, count);
	else
		bpr_i_doc_paragraph(c->doc, bpr_i_doc_text(c->doc, N_("In the after no step is done by staff at a counter.")));
}

void bpr_i_page_clerk(struct bpr_pages *pages)
{
	struct bpr_clerk c = { .doc = pages->doc, .flow = pages->subject->after_flow, .analysis = pages->subject->after_analysis };

	bpr_i_handout_begin(&c.h, pages);
	for (size_t i = 0; i < bpr_flow_counter_count(c.flow); i++)
		c.counters = c.counters || bpr_analysis_counters(c.analysis)[i].reach > 0;
	c.fronts = c.doc->failed ? NULL : bpr_i_arena_alloc(&c.doc->arena, bpr_flow_unit_count(c.flow) + 1, sizeof(*c.fronts));
	if (!c.fronts || !bpr_i_order(&c.doc->arena, c.flow, c.analysis, &c.order)) {
		c.doc->failed = true;
		return;
	}
	for (size_t i = 0; i < bpr_flow_node_count(c.flow); i++)
		if (bpr_flow_node(c.flow, i)->counter != BPR_NONE && bpr_flow_node(c.flow, i)->unit != BPR_NONE)
			c.fronts[bpr_flow_node(c.flow, i)->unit] = true;
	bpr_i_doc_page(c.doc, "clerk", bpr_i_doc_text(c.doc, c.counters ? N_("To the staff at the counters") : N_("To the staff")));
	bpr_i_doc_paragraph(c.doc, bpr_i_doc_text(c.doc, N_("This is how your work changes (please keep this page at your desk).")));
	steps(&c);
	bpr_i_clerk_asks(&c);
	bpr_i_clerk_changes(&c);
	bpr_i_clerk_practice(&c);
}

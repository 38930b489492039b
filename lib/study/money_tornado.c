/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the staff time that comes free moves with each assumption. */
#include "config.h"
#include "study/money_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

enum { MOST = 6 };

/* Where the turn stands: the flow to name it by, and its index there. */
static const bpr_flow *place(const struct bpr_money *m, const struct bpr_turn *t, size_t *at)
{
	*at = t->before != BPR_NONE ? t->before : t->after;
	return t->before != BPR_NONE ? m->subject->flow : m->subject->after_flow;
}

/* The first thing with a name that a way leads to. */
static const char *leads_to(const bpr_flow *flow, size_t node)
{
	for (size_t steps = 0; steps < 8; steps++) {
		const struct bpr_node *n = bpr_flow_node(flow, node);

		if (*n->name || n->out_count != 1)
			break;
		node = bpr_flow_arc(flow, n->first_out)->to;
	}
	return bpr_i_name_node(flow, node);
}

/* "4 to 6 min": the unit is said once where both ends have the same. */
static const char *minutes_range(const struct bpr_money *m, double low, double high)
{
	struct bpr_document *doc = m->doc;

	if (low >= 1 && high < 120)
		return bpr_i_doc_fill(doc, N_("{1} to {2} min"), bpr_i_say_count(doc, nearbyint(10 * low) / 10),
				      bpr_i_say_count(doc, nearbyint(10 * high) / 10), NULL, NULL);
	return bpr_i_doc_fill(doc, N_("{1} to {2}"), bpr_i_say_minutes(doc, low), bpr_i_say_minutes(doc, high), NULL, NULL);
}

static const char *share_range(const struct bpr_money *m, const struct bpr_turn *t)
{
	return bpr_i_doc_fill(m->doc, N_("{1} to {2}"), bpr_i_say_prob(m->doc, t->low), bpr_i_say_prob(m->doc, t->high), NULL, NULL);
}

static const char *say_share(const struct bpr_money *m, const struct bpr_turn *t, const bpr_flow *flow, size_t at)
{
	const struct bpr_arc *arc = bpr_flow_arc(flow, at);
	const char *choice = bpr_flow_node(flow, arc->from)->name;
	const char *way = arc->name && *arc->name ? arc->name : leads_to(flow, arc->to);

	if (t->back)
		return bpr_i_doc_fill(m->doc, N_("sent back to '{1}', {2}"), leads_to(flow, arc->to), share_range(m, t), NULL, NULL);
	if (*choice)
		return bpr_i_doc_fill(m->doc, N_("'{1}': '{2}', {3}"), choice, way, share_range(m, t), NULL);
	return bpr_i_doc_fill(m->doc, N_("cases that go to '{1}', {2}"), way, share_range(m, t), NULL, NULL);
}

static const char *say_turn(const struct bpr_money *m, const struct bpr_turn *t)
{
	size_t at;
	const bpr_flow *flow = place(m, t, &at);

	switch (t->of) {
	case BPR_TURN_CASES:
		return bpr_i_doc_fill(m->doc, N_("cases a year, {1} to {2}"), bpr_i_say_count(m->doc, nearbyint(t->low)),
				      bpr_i_say_count(m->doc, nearbyint(t->high)), NULL, NULL);
	case BPR_TURN_WORK:
		return bpr_i_doc_fill(m->doc, N_("'{1}', {2}"), bpr_i_say_step(m->doc, flow, at), minutes_range(m, t->low, t->high), NULL, NULL);
	case BPR_TURN_LOOP:
		return bpr_i_doc_fill(m->doc, N_("'{1}' done again, {2}"), bpr_i_say_step(m->doc, flow, at), share_range(m, t), NULL, NULL);
	case BPR_TURN_EVENT:
		return bpr_i_doc_fill(m->doc, N_("'{1}' happens, {2}"), bpr_i_name_node(flow, at), share_range(m, t), NULL, NULL);
	case BPR_TURN_RATE:
		return bpr_i_doc_fill(m->doc, N_("yen an hour of '{1}', {2} to {3}"), bpr_flow_pool(flow, at)->name, bpr_i_say_count(m->doc, t->low),
				      bpr_i_say_count(m->doc, t->high), NULL);
	case BPR_TURN_SHARE:
		break;
	}
	return say_share(m, t, flow, at);
}

/* Which side it is about, where it moves on one only. */
static const char *say_side(const struct bpr_money *m, const struct bpr_turn *t, const char *text)
{
	if (t->of == BPR_TURN_CASES || (t->before != BPR_NONE && t->after != BPR_NONE))
		return text;
	return bpr_i_doc_fill(m->doc, t->before != BPR_NONE ? N_("before: {1}") : N_("after: {1}"), text, NULL, NULL, NULL);
}

/* Whether it saves or costs hangs on an assumption: that has to be said. */
static void sentence(const struct bpr_money *m, const struct bpr_tornado *t)
{
	bool turns = false;

	for (size_t i = 0; i < t->count; i++)
		turns = turns || (t->turns[i].at_low > 0) != (t->centre > 0) || (t->turns[i].at_high > 0) != (t->centre > 0);
	if (turns)
		bpr_i_doc_paragraph(m->doc, bpr_i_doc_text(m->doc, N_("Within these ends the result can turn from a saving into additional work, or the other way round: measure what stands on top before deciding.")));
}

static void draw(const struct bpr_money *m, const struct bpr_tornado *t)
{
	struct bpr_tornado_row *rows = bpr_i_arena_alloc(&m->doc->arena, t->count, sizeof(*rows));
	struct bpr_doc_figure figure = { .kind = BPR_FIGURE_TORNADO, .id = "tornado", .turns = rows, .turn_count = t->count };
	double unit = m->cases > 0 ? 60 : 1;

	if (!rows) {
		m->doc->failed = true;
		return;
	}
	for (size_t i = 0; i < t->count; i++) {
		rows[i].label = say_side(m, &t->turns[i], say_turn(m, &t->turns[i]));
		rows[i].low = t->turns[i].at_low / unit;
		rows[i].high = t->turns[i].at_high / unit;
		rows[i].said_low = bpr_i_money_said(m, rows[i].low, false);
		rows[i].said_high = bpr_i_money_said(m, rows[i].high, false);
	}
	figure.centre = t->centre / unit;
	figure.said_centre = bpr_i_money_said(m, figure.centre, false);
	figure.unit = bpr_i_doc_text(m->doc, bpr_i_money_unit(m));
	figure.title = bpr_i_doc_text(m->doc, N_("How far the staff time that comes free moves when one assumption changes"));
	figure.description = bpr_i_doc_fill(m->doc, N_("As computed: {1} ({2}). Widest: {3}, from {4}."), figure.said_centre, figure.unit, rows[0].label,
					    bpr_i_doc_fill(m->doc, N_("{1} to {2}"), rows[0].low < rows[0].high ? rows[0].said_low : rows[0].said_high,
							   rows[0].low < rows[0].high ? rows[0].said_high : rows[0].said_low, NULL, NULL));
	bpr_i_doc_figure(m->doc, &figure);
	bpr_i_doc_reading(m->doc, bpr_i_doc_text(m->doc, N_("How to read: one assumption at a time is moved between the ends behind its name. The longer the bar, the more it matters to know it well.")));
	sentence(m, t);
}

void bpr_i_money_tornado(const struct bpr_money *m)
{
	struct bpr_tornado_options options = BPR_TORNADO_OPTIONS_INIT;
	struct bpr_tornado tornado;
	bpr_status status;

	if (m->doc->failed)
		return;
	options.cases = m->cases;
	options.most = MOST;
	status = bpr_improve_tornado(m->subject->flow, m->subject->analysis, m->subject->after_flow, m->subject->after_analysis, &options,
				     &tornado, NULL);
	if (status) {
		m->doc->failed |= status == BPR_ENOMEM;
		return;
	}
	if (tornado.count) {
		bpr_i_doc_heading_aside(m->doc, bpr_i_doc_text(m->doc, N_("If the assumptions change")),
					bpr_i_doc_text(m->doc, tornado.centre < 0 ? N_("range of the staff time that comes free; below 0 it is needed in addition")
									  : N_("range of the staff time that comes free")));
		draw(m, &tornado);
		if (tornado.shares_left_out)
			bpr_i_doc_note(m->doc, bpr_i_doc_text(m->doc, N_("The shares of choices were not all moved: the flow is too large for that, or its counts depend on time.")));
	}
	bpr_tornado_release(&tornado);
}

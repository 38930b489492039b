/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hand-overs between units: forth and back, and too many. */
#include "config.h"
#include "check/smell_i.h"

/* The unit that has the case, and the one that had it before. */
struct held {
	size_t by, before;       /* units, or BPR_NONE */
	size_t taken;            /* first step of the unit that has it */
	size_t given;            /* last step of the unit that had it before */
	size_t last;             /* last step so far */
};

static bool uses_form(const struct bpr_node *node, size_t form)
{
	const size_t *lists[] = { node->writes, node->reads, node->issues };
	const size_t counts[] = { node->write_count, node->read_count, node->issue_count };

	for (size_t l = 0; l < 3; l++)
		for (size_t k = 0; k < counts[l]; k++)
			if (lists[l][k] == form)
				return true;
	return false;
}

/* A form that all three steps have to do with, or BPR_NONE. */
static size_t common_form(const bpr_flow *flow, size_t a, size_t b, size_t c)
{
	const struct bpr_node *node = bpr_flow_node(flow, a);
	const size_t *lists[] = { node->writes, node->reads, node->issues };
	const size_t counts[] = { node->write_count, node->read_count, node->issue_count };

	for (size_t l = 0; l < 3; l++)
		for (size_t k = 0; k < counts[l]; k++)
			if (uses_form(bpr_flow_node(flow, b), lists[l][k]) && uses_form(bpr_flow_node(flow, c), lists[l][k]))
				return lists[l][k];
	return BPR_NONE;
}

/* Hand-overs a case from one unit to another; 0 without an analysis. */
static double handed(const struct bpr_smell *s, size_t from, size_t to)
{
	size_t count = 0;
	const struct bpr_handoff *h = s->nodes ? bpr_analysis_handoffs(s->check->analysis, &count) : NULL;

	for (size_t i = 0; i < count; i++)
		if (h[i].from == from && h[i].to == to)
			return h[i].count;
	return 0;
}

static void find_return(struct bpr_smell *s, size_t i, const struct held *h)
{
	const struct bpr_node *node = bpr_flow_node(s->flow, i);
	size_t form = common_form(s->flow, i, h->given, h->taken);
	enum bpr_code_id id = form == BPR_NONE ? BPR_I_P007 : BPR_I_P006;
	const char *unit = bpr_flow_unit(s->flow, node->unit)->name;
	const char *other = bpr_flow_unit(s->flow, h->by)->name;
	struct bpr_smell_text effect = { "" };

	/* A citizen who is sent back is said already. */
	if (node->counter != BPR_NONE && s->returned[node->counter])
		return;
	if (s->listed[id] < BPR_SMELL_LISTED) {
		double count = handed(s, h->by, node->unit);

		if (s->nodes && count < BPR_SMELL_RETURNS)
			return;
		effect = bpr_i_smell_effect(s, N_(": handed back {1} times a case"), N_(": handed back {1} times a case, {2} a year"), count);
	}
	if (form == BPR_NONE)
		bpr_i_smell_note(s, id, i, (const char *[]){ bpr_i_smell_name(s->flow, i), unit, other, effect.text });
	else
		bpr_i_smell_note(s, id, i, (const char *[]){ bpr_i_smell_form_name(s->flow, form), unit, other, effect.text });
}

static void pass(struct bpr_smell *s, struct held *held, size_t i)
{
	const struct bpr_node *node = bpr_flow_node(s->flow, i);
	struct held h = held[i];

	/* What citizens and systems do themselves is in no unit's hands. */
	if (bpr_node_is_step(node) && node->unit != BPR_NONE && node->actor == BPR_ACTOR_STAFF && bpr_i_smell_happens(s, i)) {
		if (h.by != node->unit) {
			if (h.before == node->unit)
				find_return(s, i, &h);
			h = (struct held){ node->unit, h.by, i, h.last, i };
		}
		h.last = i;
	}
	for (size_t a = s->row[i]; a < s->row[i + 1]; a++)
		if (!bpr_i_smell_back(s, i, s->col[a]) && held[s->col[a]].by == BPR_NONE)
			held[s->col[a]] = h;
}

bool bpr_i_smell_units(struct bpr_smell *s)
{
	struct held *held = bpr_i_calloc(s->n, sizeof(*held));
	double count = s->nodes ? bpr_analysis_figure(s->check->analysis, BPR_METRIC_HANDOFFS)->mean : 0;

	if (!held)
		return false;
	for (size_t i = 0; i < s->n; i++)
		held[i] = (struct held){ BPR_NONE, BPR_NONE, BPR_NONE, BPR_NONE, BPR_NONE };
	for (size_t at = 0; at < s->order_count; at++)
		pass(s, held, s->order[at]);
	bpr_i_free(held);
	if (count >= BPR_SMELL_HANDOFFS) {
		struct bpr_smell_text number = bpr_i_smell_number(count);
		struct bpr_smell_text year = { "" };

		if (s->cases > 0)
			year = bpr_i_smell_with(N_(", {1} times a year"), bpr_i_smell_number(count * s->cases).text);
		bpr_i_smell_note(s, BPR_I_P021, BPR_NONE, (const char *[]){ number.text, year.text, NULL, NULL });
	}
	return true;
}

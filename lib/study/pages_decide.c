/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions asked for: what differs between the flows and does not come about by itself. */
#include "config.h"
#include "study/handout_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

enum { DECISIONS = 6, NAMES = 64, FEW = 2 };

struct names { const char *items[NAMES]; size_t count; };

static void add(struct names *names, const char *name)
{
	if (*name && names->count < NAMES)
		names->items[names->count++] = name;
}

static const char *list(struct bpr_handout *h, const struct names *names)
{
	return bpr_i_say_names(h->doc, names->items, names->count, 4);
}

/* A few by name, more of them by their number: the figures above name them. */
static const char *few(struct bpr_handout *h, const struct names *names, const char *many)
{
	if (names->count > FEW)
		return bpr_i_doc_fill(h->doc, many, bpr_i_say_count(h->doc, (double)names->count), NULL, NULL, NULL);
	return list(h, names);
}

/* Forms of one side that the other does not fill in. */
static void forms_only(struct bpr_handout *h, enum bpr_side side, struct names *out)
{
	const bpr_flow *flow = side == BPR_SIDE_BEFORE ? h->s->flow : h->s->after_flow;
	const bpr_flow *other = side == BPR_SIDE_BEFORE ? h->s->after_flow : h->s->flow;
	enum bpr_side opposite = side == BPR_SIDE_BEFORE ? BPR_SIDE_AFTER : BPR_SIDE_BEFORE;

	for (size_t i = 0; i < bpr_flow_form_count(flow); i++) {
		size_t at = bpr_i_form_on(other, bpr_i_form_name(flow, i));

		if (bpr_i_form_written(h->s, side, i) > 0 && (at == BPR_NONE || !(bpr_i_form_written(h->s, opposite, at) > 0)))
			add(out, bpr_i_form_name(flow, i));
	}
}

/* Forms that stay, with fewer items to write on them. */
static void forms_lighter(struct bpr_handout *h, struct names *out)
{
	for (size_t i = 0; i < bpr_flow_form_count(h->s->flow); i++) {
		size_t at = bpr_i_form_on(h->s->after_flow, bpr_i_form_name(h->s->flow, i));
		const struct bpr_form_result *b = &bpr_analysis_forms(h->s->analysis)[i];
		const struct bpr_form_result *a = at == BPR_NONE ? NULL : &bpr_analysis_forms(h->s->after_analysis)[at];

		if (a && a->written > 0 && b->written > 0 && a->fields / a->written < b->fields / b->written * (1 - 1e-9))
			add(out, bpr_i_form_name(h->s->flow, i));
	}
}

static void forms(struct bpr_handout *h, struct bpr_lines *lines)
{
	struct names gone = { .count = 0 }, fresh = { .count = 0 }, lighter = { .count = 0 };

	forms_only(h, BPR_SIDE_BEFORE, &gone);
	forms_only(h, BPR_SIDE_AFTER, &fresh);
	forms_lighter(h, &lighter);
	if (gone.count && fresh.count)
		bpr_i_line(lines, bpr_i_doc_fill(h->doc, gone.count == 1 && fresh.count == 1 ? N_("To replace {1} by {2} (revision of the forms)")
												  : gone.count > fresh.count ? N_("To merge {1} into {2} (revision of the forms)")
															     : N_("To replace {1} by {2} (revision of the forms)"),
						 few(h, &gone, N_("{1} kinds of forms")), few(h, &fresh, N_("{1} kinds of forms")), NULL, NULL));
	else if (gone.count)
		bpr_i_line(lines, bpr_i_doc_fill(h->doc, N_("To give up what citizens fill in: {1}"), few(h, &gone, N_("{1} kinds of forms")), NULL, NULL, NULL));
	else if (fresh.count)
		bpr_i_line(lines, bpr_i_doc_fill(h->doc, N_("To introduce {1}"), few(h, &fresh, N_("{1} kinds of forms")), NULL, NULL, NULL));
	if (lighter.count)
		bpr_i_line(lines, bpr_i_doc_fill(h->doc, N_("To ask for less, or to print it beforehand, on {1}"), few(h, &lighter, N_("{1} kinds of forms")), NULL, NULL, NULL));
}

static void counters(struct bpr_handout *h, struct bpr_lines *lines)
{
	struct names gone = { .count = 0 }, fresh = { .count = 0 };
	struct bpr_pairs pairs;

	if (h->doc->failed || !bpr_i_pairs(&h->doc->arena, h->s, BPR_PAIRS_COUNTERS, &pairs)) {
		h->doc->failed = true;
		return;
	}
	for (size_t i = 0; i < pairs.count; i++) {
		const struct bpr_pair *p = &pairs.items[i];

		if (p->before > 0 && !(p->after > 0))
			add(&gone, p->name);
		if (p->after > 0 && !(p->before > 0))
			add(&fresh, p->name);
	}
	if (gone.count && fresh.count)
		bpr_i_line(lines, bpr_i_doc_fill(h->doc, N_("To receive at {2} what {1} receive now"), few(h, &gone, N_("{1} counters")), few(h, &fresh, N_("{1} counters")), NULL, NULL));
	else if (gone.count)
		bpr_i_line(lines, bpr_i_doc_fill(h->doc, N_("To send nobody to {1} any more in this procedure"), few(h, &gone, N_("{1} counters")), NULL, NULL, NULL));
	else if (fresh.count)
		bpr_i_line(lines, bpr_i_doc_fill(h->doc, N_("To open {1} for this procedure"), few(h, &fresh, N_("{1} counters")), NULL, NULL, NULL));
}

static void units(struct bpr_handout *h, struct bpr_lines *lines)
{
	struct names busier = { .count = 0 };
	struct bpr_pairs pairs;

	if (h->untimed)
		return;
	if (h->doc->failed || !bpr_i_pairs(&h->doc->arena, h->s, BPR_PAIRS_UNITS, &pairs)) {
		h->doc->failed = true;
		return;
	}
	for (size_t i = 0; i < pairs.count; i++) {
		const struct bpr_pair *p = &pairs.items[i];

		if (p->after > p->before * (1 + 1e-9) && p->after - p->before >= 0.05)
			add(&busier, p->before > 0 ? bpr_i_doc_fill(h->doc, N_("{1} ({2} a case more)"), p->name, bpr_i_say_minutes(h->doc, p->after - p->before), NULL, NULL)
						   : bpr_i_doc_fill(h->doc, N_("{1} ({2} a case)"), p->name, bpr_i_say_minutes(h->doc, p->after), NULL, NULL));
	}
	if (busier.count)
		bpr_i_line(lines, bpr_i_doc_fill(h->doc, N_("To give work to {1}, with the staff for it"), list(h, &busier), NULL, NULL, NULL));
}

/* People of a pool, by name; 0 where there is none. */
static size_t people(const bpr_flow *flow, const char *name, bool *there)
{
	*there = false;
	for (size_t i = 0; i < bpr_flow_pool_count(flow); i++)
		if (!strcmp(bpr_flow_pool(flow, i)->name, name)) {
			*there = true;
			return bpr_flow_pool(flow, i)->count;
		}
	return 0;
}

static const char *say_people(struct bpr_handout *h, size_t count)
{
	return bpr_i_say_plural(h->doc, (double)count, N_("one person"), N_("{1} people"));
}

static void add_staff(struct bpr_handout *h, struct names *out, const char *name)
{
	bool before, after;
	size_t b = people(h->s->flow, name, &before), a = people(h->s->after_flow, name, &after);

	if (b == a || (before && !b) || (after && !a)) /* not said how many */
		return;
	if (!a)
		add(out, bpr_i_doc_fill(h->doc, N_("{1} ({2}) no longer take part"), name, say_people(h, b), NULL, NULL));
	else if (!b)
		add(out, bpr_i_doc_fill(h->doc, N_("{1} ({2}) take part anew"), name, say_people(h, a), NULL, NULL));
	else
		add(out, bpr_i_doc_fill(h->doc, N_("{1} from {2} to {3}"), name, say_people(h, b), say_people(h, a), NULL));
}

static void staff(struct bpr_handout *h, struct bpr_lines *lines)
{
	struct names moved = { .count = 0 };
	bool there;

	for (size_t i = 0; i < bpr_flow_pool_count(h->s->flow); i++)
		add_staff(h, &moved, bpr_flow_pool(h->s->flow, i)->name);
	for (size_t i = 0; i < bpr_flow_pool_count(h->s->after_flow); i++) {
		(void)people(h->s->flow, bpr_flow_pool(h->s->after_flow, i)->name, &there);
		if (!there)
			add_staff(h, &moved, bpr_flow_pool(h->s->after_flow, i)->name);
	}
	if (moved.count)
		bpr_i_line(lines, bpr_i_doc_fill(h->doc, N_("To change who takes part in this procedure: {1}"), list(h, &moved), NULL, NULL, NULL));
}

/* Rules that hold no step any more, seals among them. */
static void rules(struct bpr_handout *h, struct bpr_lines *lines)
{
	const struct bpr_measure *seals = bpr_i_handout_find(h, BPR_MEASURE_SEALS);
	bool fewer = seals && seals->better > 0 && seals->after > 0;
	struct names dropped = { .count = 0 };

	for (size_t i = 0; i < BPR_RULE_COUNT; i++) {
		bool gone = bpr_analysis_rules(h->s->analysis)[i].steps > 0 && !(bpr_analysis_rules(h->s->after_analysis)[i].steps > 0);

		if (1u << i == BPR_RULE_SEAL)
			gone = seals ? seals->better > 0 && !(seals->after > 0) : gone;
		if (gone)
			add(&dropped, bpr_i_name_rule(h->doc, i));
	}
	if (dropped.count)
		bpr_i_line(lines, bpr_i_doc_fill(h->doc, N_("To give up {1}, and to revise the rules that ask for it"), list(h, &dropped), NULL, NULL, NULL));
	if (fewer)
		bpr_i_line(lines, bpr_i_doc_fill(h->doc, N_("To ask for fewer seals ({1} to {2} a case), and to revise the rules that ask for them"),
						 bpr_i_measure_said(h->doc, seals, false), bpr_i_measure_said(h->doc, seals, true), NULL, NULL));
}

/* Worth measuring again: what changes most. */
static void trial(struct bpr_handout *h, struct bpr_lines *lines)
{
	struct names measured = { .count = 0 };

	for (size_t i = 0; i < h->count && measured.count < 3; i++)
		if (h->measures[i].better && h->measures[i].score > 0 && h->measures[i].kind != BPR_MEASURE_COST && h->measures[i].kind != BPR_MEASURE_ANALOGUE)
			add(&measured, h->measures[i].in_sentence);
	if (measured.count)
		bpr_i_line(lines, bpr_i_doc_fill(h->doc, N_("To try it for two weeks and measure again: {1}"), list(h, &measured), NULL, NULL, NULL));
}

static bool steps_differ(const struct bpr_handout *h)
{
	size_t count;
	const struct bpr_step_pair *pairs = bpr_comparison_steps(h->comparison, &count);

	for (size_t i = 0; i < count; i++)
		if (pairs[i].change != BPR_STEP_SAME)
			return true;
	return false;
}

void bpr_i_handout_decide(struct bpr_handout *h)
{
	struct bpr_lines lines = { .count = 0 };

	forms(h, &lines);
	counters(h, &lines);
	units(h, &lines);
	rules(h, &lines);
	staff(h, &lines);
	if (lines.count >= DECISIONS)
		lines.count = DECISIONS - 1;
	if (!h->s->evidence) /* it was tried and measured */
		trial(h, &lines);
	if (lines.count)
		bpr_i_doc_box(h->doc, bpr_i_doc_text(h->doc, N_("Decisions asked for")), lines.items, lines.count);
	else
		bpr_i_doc_note(h->doc, bpr_i_doc_text(h->doc, steps_differ(h) ? N_("Between these flows no form, counter, unit, rule or staff differs that would have to be decided. Which steps go, come or change stands under 'All figures'.")
									   : N_("Between these flows nothing differs that would have to be decided.")));
}

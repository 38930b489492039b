/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levers as tables and lists: all of them by effect, alone and together, those that do not fit, steps for RPA, what it all rests on. */
#include "config.h"
#include "study/suggestion_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

/* ---- all that fit ---- */

enum { C_RANK, C_LEVER, C_GAIN, C_COST, C_DAYS, C_EASE, C_START, C_COLUMNS };

static void lever_row(const struct bpr_suggestion_study *st, struct bpr_doc_table *table, size_t lever)
{
	const struct bpr_suggested *l = &st->s->items[lever];
	struct bpr_doc_cell *cells = bpr_i_doc_row(st->doc, table);
	enum bpr_doc_tone tone = bpr_i_suggestion_chosen(st, lever) ? BPR_DOC_STRONG : BPR_DOC_PLAIN;

	if (!cells)
		return;
	cells[C_RANK] = bpr_i_cell_text(bpr_i_say_count(st->doc, (double)l->rank));
	cells[C_LEVER] = bpr_i_cell_text(bpr_i_say_lever(st, lever));
	cells[C_GAIN] = bpr_i_cell_text(bpr_i_say_gain_bare(st, l->alone.gain));
	cells[C_COST] = bpr_i_cell_text(bpr_i_say_cost(st, l->cost, l->cost_assumed));
	if (l->yearly_cost > 0)
		cells[C_COST].text = bpr_i_doc_fill(st->doc, N_("{1}, then {2} a year"), cells[C_COST].text, bpr_i_say_cost(st, l->yearly_cost, l->yearly_assumed), NULL, NULL);
	cells[C_DAYS] = bpr_i_cell_text(bpr_i_say_days(st, l->effort_days, l->effort_assumed));
	cells[C_EASE] = bpr_i_cell_text(bpr_i_doc_fill(st->doc, l->ease_assumed ? "{1}*" : "{1}", bpr_i_doc_text(st->doc, bpr_i_ease_word(l->ease)), NULL, NULL, NULL));
	cells[C_START] = bpr_i_cell_text(bpr_i_say_start(st, lever));
	cells[C_LEVER].tone = cells[C_START].tone = tone;
	if (l->alone.gain < 0)
		cells[C_GAIN].tone = BPR_DOC_WORSE;
}

void bpr_i_suggestion_levers(const struct bpr_suggestion_study *st, size_t most)
{
	struct bpr_doc_table *table;
	size_t shown = st->fitting < most ? st->fitting : most;

	if (!st->fitting)
		return;
	table = bpr_i_doc_table(st->doc);
	bpr_i_doc_column(st->doc, table, N_("No."), true, 0);
	bpr_i_doc_column(st->doc, table, N_("Lever"), false, 24);
	bpr_i_doc_column(st->doc, table, bpr_i_say_gain_title(st), true, 0);
	bpr_i_doc_column(st->doc, table, N_("Cost"), true, 0);
	bpr_i_doc_column(st->doc, table, N_("Effort"), true, 0);
	bpr_i_doc_column(st->doc, table, N_("Ease"), true, 0);
	bpr_i_doc_column(st->doc, table, N_("Begins"), true, 0);
	for (size_t i = 0; i < shown; i++)
		lever_row(st, table, st->order[i]);
	bpr_i_study_more(st->doc, st->fitting - shown);
	if (bpr_i_suggestion_assumed(st))
		bpr_i_doc_note(st->doc, bpr_i_doc_text(st->doc, N_("* nobody said it: an assumption for changes of this kind, to be replaced by the town's own figure.")));
}

/* ---- alone and together ---- */

static void together_row(const struct bpr_suggestion_study *st, struct bpr_doc_table *table, size_t lever)
{
	const struct bpr_suggested *l = &st->s->items[lever];
	struct bpr_doc_cell *cells = bpr_i_doc_row(st->doc, table);
	size_t item = bpr_i_plan_item_of(st, lever);

	if (!cells)
		return;
	cells[0] = bpr_i_cell_text(bpr_i_say_lever(st, lever));
	cells[1] = bpr_i_cell_text(bpr_i_say_gain_bare(st, l->alone.gain));
	if (item != BPR_NONE)
		cells[2] = bpr_i_cell_text(bpr_i_say_gain_bare(st, st->plan->items[item].gain));
	else if (isfinite(l->marginal))
		cells[2] = bpr_i_cell_text(bpr_i_say_gain_bare(st, l->marginal));
}

/* Gain of what is chosen, together and as the sum of each alone. */
static double together(const struct bpr_suggestion_study *st, double *sum)
{
	double gain = st->s->best.value.gain;

	*sum = st->s->sum;
	if (!st->plan)
		return gain;
	*sum = gain = 0;
	for (size_t i = 0; i < st->plan->count; i++) {
		gain += st->plan->items[i].gain;
		*sum += st->s->items[st->plan->items[i].lever].alone.gain;
	}
	return gain;
}

static void say_interaction(const struct bpr_suggestion_study *st, double gain, double sum)
{
	struct bpr_document *doc = st->doc;
	double apart = sum - gain, least = 0.005 * fmax(fabs(sum), fabs(gain));

	if (apart > least)
		bpr_i_doc_paragraph(doc, bpr_i_doc_fill(doc, N_("One by one they would add up to {1}; together it is {2}. They overlap: {3} would be counted twice."), bpr_i_say_gain(st, sum),
							bpr_i_say_gain(st, gain), bpr_i_say_gain_bare(st, apart), NULL));
	else if (apart < -least)
		bpr_i_doc_paragraph(doc, bpr_i_doc_fill(doc, N_("One by one they would add up to {1}; together it is {2}. They help each other: {3} come on top."), bpr_i_say_gain(st, sum),
							bpr_i_say_gain(st, gain), bpr_i_say_gain_bare(st, -apart), NULL));
	else
		bpr_i_doc_paragraph(doc, bpr_i_doc_text(doc, N_("They do not get in each other's way: together they bring what they bring one by one.")));
}

void bpr_i_suggestion_together(const struct bpr_suggestion_study *st)
{
	struct bpr_doc_table *table;
	double sum, gain = together(st, &sum);

	if (st->chosen < 2)
		return;
	bpr_i_doc_heading(st->doc, 2, bpr_i_doc_text(st->doc, N_("What is chosen, alone and together")));
	say_interaction(st, gain, sum);
	table = bpr_i_doc_table(st->doc);
	bpr_i_doc_column(st->doc, table, N_("Lever"), false, 24);
	bpr_i_doc_column(st->doc, table, N_("Alone"), true, 0);
	bpr_i_doc_column(st->doc, table, st->plan ? N_("Beside those before it") : N_("Lost without it"), true, 0);
	for (size_t i = 0; st->plan && i < st->plan->count; i++)
		together_row(st, table, st->plan->items[i].lever);
	for (size_t i = 0; !st->plan && i < st->fitting; i++)
		if (st->s->items[st->order[i]].chosen)
			together_row(st, table, st->order[i]);
}

/* ---- those that do not fit ---- */

void bpr_i_suggestion_refused(const struct bpr_suggestion_study *st)
{
	size_t told = 0, most = st->full ? st->s->count : BPR_STUDY_ROWS, left = 0;

	for (size_t i = 0; i < st->s->count; i++) {
		const char *why;

		if (st->s->items[i].alone.fits)
			continue;
		if (told >= most) {
			left++;
			continue;
		}
		if (!told++)
			bpr_i_doc_heading(st->doc, 2, bpr_i_doc_text(st->doc, N_("What does not fit this flow")));
		why = bpr_i_say_refusal(st, i);
		bpr_i_doc_item(st->doc, 1, BPR_DOC_PLAIN, *why ? bpr_i_doc_fill(st->doc, N_("{1}: {2}"), bpr_i_say_lever(st, i), why, NULL, NULL) : bpr_i_say_lever(st, i));
	}
	bpr_i_study_more(st->doc, left);
}

/* ---- RPA ---- */

static void rpa_row(const struct bpr_suggestion_study *st, struct bpr_doc_table *table, const struct bpr_rpa *r)
{
	struct bpr_doc_cell *cells = bpr_i_doc_row(st->doc, table);

	if (!cells)
		return;
	cells[0] = bpr_i_cell_text(bpr_i_say_step(st->doc, st->subject->flow, r->node));
	for (size_t i = 0; i < BPR_RPA_COUNT; i++)
		cells[1 + i] = bpr_i_cell_text(r->is[i] ? "✓" : "–");
	cells[1 + BPR_RPA_COUNT] = bpr_i_cell_number(BPR_DOC_MINUTES, 60 * r->hours);
	cells[1 + BPR_RPA_COUNT].year = st->cases > 0;
}

void bpr_i_suggestion_rpa(const struct bpr_suggestion_study *st)
{
	size_t shown = st->full || st->s->rpa_count < BPR_STUDY_ROWS ? st->s->rpa_count : BPR_STUDY_ROWS;
	struct bpr_doc_table *table;

	if (!st->s->rpa_count)
		return;
	bpr_i_doc_heading(st->doc, 2, bpr_i_doc_text(st->doc, N_("Steps that a machine could do (RPA)")));
	bpr_i_doc_paragraph(st->doc, bpr_i_doc_text(st->doc, N_("A step with three or four of the first four ticks is worth a trial. Where paper lies in between, reading it by machine (AI-OCR) comes first.")));
	table = bpr_i_doc_table(st->doc);
	bpr_i_doc_column(st->doc, table, N_("Step"), false, 20);
	for (size_t i = 0; i < BPR_RPA_COUNT; i++)
		bpr_i_doc_column(st->doc, table, bpr_rpa_criterion_get((enum bpr_rpa_criterion)i)->label, false, 0);
	bpr_i_doc_column(st->doc, table, st->cases > 0 ? N_("Staff time a year") : N_("Staff time of a case"), true, 0);
	for (size_t i = 0; i < shown; i++)
		rpa_row(st, table, &st->s->rpa[i]);
	bpr_i_study_more(st->doc, st->s->rpa_count - shown);
	for (size_t i = 0; st->full && i < BPR_RPA_COUNT; i++)
		bpr_i_doc_item(st->doc, 1, BPR_DOC_PLAIN,
			       bpr_i_doc_fill(st->doc, N_("{1}: {2}"), bpr_i_doc_text(st->doc, bpr_rpa_criterion_get((enum bpr_rpa_criterion)i)->label),
					      bpr_i_doc_text(st->doc, bpr_rpa_criterion_get((enum bpr_rpa_criterion)i)->explain), NULL, NULL));
}

/* ---- what it rests on ---- */

static void item(const struct bpr_suggestion_study *st, const char *text)
{
	bpr_i_doc_item(st->doc, 1, BPR_DOC_PLAIN, text);
}

static void say_limits(const struct bpr_suggestion_study *st)
{
	struct bpr_document *doc = st->doc;

	if (isfinite(st->how.budget))
		item(st, bpr_i_doc_fill(doc, N_("Budget: {1} in all."), bpr_i_say_year_yen(doc, st->how.budget), NULL, NULL, NULL));
	if (isfinite(st->how.max_days))
		item(st, bpr_i_doc_fill(doc, N_("Work: at most {1} in all."), bpr_i_say_days(st, st->how.max_days, false), NULL, NULL, NULL));
	if (st->plan && isfinite(st->limits.budget_per_year))
		item(st, bpr_i_doc_fill(doc, N_("Budget: {1} in each year, for what begins and what runs."), bpr_i_say_year_yen(doc, st->limits.budget_per_year), NULL, NULL, NULL));
	if (st->plan && isfinite(st->limits.days_per_year))
		item(st, bpr_i_doc_fill(doc, N_("Work: at most {1} in each year."), bpr_i_say_days(st, st->limits.days_per_year, false), NULL, NULL, NULL));
	if (st->plan)
		item(st, bpr_i_doc_fill(doc, N_("In the year in which a lever begins it brings {1} of a year's effect."), bpr_i_say_prob(doc, st->limits.first_year_share), NULL, NULL, NULL));
	if (st->plan && st->limits.discount > 0)
		item(st, bpr_i_doc_fill(doc, N_("Later yen count less: {1} a year (net only)."), bpr_i_say_prob(doc, st->limits.discount), NULL, NULL, NULL));
}

static const char *gap(const struct bpr_suggestion_study *st, double bound, double gain)
{
	return gain > 0 ? bpr_i_say_prob(st->doc, fmax(0, bound - gain) / gain) : bpr_i_doc_text(st->doc, N_("not known"));
}

static void say_sure(const struct bpr_suggestion_study *st)
{
	struct bpr_document *doc = st->doc;
	bool proven = st->plan ? st->plan->proven : st->s->proven, late = st->plan ? st->plan->timed_out : st->s->timed_out;
	double bound = st->plan ? st->plan->bound : st->s->bound, gain = st->plan ? st->plan->objective : st->s->best.value.gain;
	const char *sets = bpr_i_say_count(doc, (double)(st->plan ? st->plan->sets : st->s->sets));

	if (proven)
		item(st, bpr_i_doc_fill(doc, st->plan ? N_("No other plan within these limits brings more: all {1} sets of levers that keep them were computed.")
						      : N_("No other choice within these limits brings more: all {1} sets of levers that keep them were computed."), sets, NULL, NULL, NULL));
	else if (bound - gain > 1e-6 * fabs(gain))
		item(st, bpr_i_doc_fill(doc, N_("Chosen by a mixed-integer programme and checked by computing {1} sets of levers; by what is known of them another choice could bring {2} more at most."), sets,
					gap(st, bound, gain), NULL, NULL));
	else
		item(st, bpr_i_doc_fill(doc, N_("Chosen by a mixed-integer programme and checked by computing {1} sets of levers: by what is known of them nothing brings more. Not every set was computed."), sets, NULL, NULL, NULL));
	if (late)
		item(st, bpr_i_doc_text(doc, N_("The time for choosing was up (--time-limit): with more of it a better choice may be found.")));
}

void bpr_i_suggestion_basis(const struct bpr_suggestion_study *st)
{
	struct bpr_document *doc = st->doc;

	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("What this rests on, and how sure it is")));
	if (st->cases > 0)
		item(st, bpr_i_doc_fill(doc, N_("Figures of a year are those of a case times {1}."), bpr_i_say_metric(doc, BPR_METRIC_INCOMPLETE, st->cases, true), NULL, NULL, NULL));
	else
		item(st, bpr_i_doc_text(doc, N_("The number of cases a year is not given: all figures are of one case. With it (--set demand.per_year=N) they are those of a year, and can be held against costs.")));
	item(st, bpr_i_doc_text(doc, st->s->best.value.simulated ? N_("Each effect is that of the flow with the lever against the flow without it, with its queues simulated.")
							      : N_("Each effect is that of the flow with the lever against the flow without it, exactly; queues are not in it (--simulate).")));
	if (st->plan && st->s->best.value.simulated)
		item(st, bpr_i_doc_text(doc, N_("The years of the roadmap are computed without queues.")));
	if (bpr_i_suggestion_assumed(st))
		item(st, bpr_i_doc_text(doc, N_("Costs, work and ease marked * are assumptions for changes of their kind, the same for every town (bpr-levers(5)). Write the town's own figures into the lever table, and choose again.")));
	say_limits(st);
	say_sure(st);
	item(st, bpr_i_doc_text(doc, N_("Hours that come free are there for other work: they are no cut in staff.")));
}

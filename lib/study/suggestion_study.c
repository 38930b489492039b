/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which levers first: the study that text and Markdown have, and the sentences that stand first everywhere. */
#include "config.h"
#include "study/suggestion_i.h"
#include "base/text_i.h"
#include <math.h>

/* ---- the lead ---- */

static void say(const struct bpr_suggestion_study *st, const char *id, const char *a1, const char *a2, const char *a3, const char *a4)
{
	const char *texts[4] = { a1, a2, a3, a4 };
	struct bpr_doc_rich args[4] = { { NULL, 0 } };

	for (size_t i = 0; i < 4; i++)
		if (texts[i])
			args[i] = bpr_i_rich(st->doc, texts[i], true);
	bpr_i_doc_say(st->doc, BPR_DOC_LEAD, bpr_i_rich_fill(st->doc, id, args));
}

static const char *levers_of(const struct bpr_suggestion_study *st, size_t count)
{
	return bpr_i_say_plural(st->doc, (double)count, N_("1 lever"), N_("{1} levers"));
}

static void lead_plan(const struct bpr_suggestion_study *st)
{
	const struct bpr_plan *p = st->plan;
	const struct bpr_plan_year *last = &p->years[p->year_count - 1];
	double cost = 0, gain = 0;

	for (size_t i = 0; i < p->year_count; i++)
		cost += p->years[i].cost + p->years[i].yearly_cost;
	for (size_t i = 0; i < p->count; i++)
		gain += p->items[i].gain;
	say(st, N_("{1} begin between {2} and {3}. Once all of them run they save {4}."), levers_of(st, p->count), bpr_i_say_fiscal_year(st, p->years[0].year),
	    bpr_i_say_fiscal_year(st, last->year), bpr_i_say_gain_what(st, gain));
	say(st, N_("In these years they free {1} of staff time, worth {2}, and cost {3}: net {4}."), bpr_i_say_year_minutes(st->doc, 60 * last->cumulated_hours),
	    bpr_i_say_year_yen(st->doc, last->cumulated_yen), bpr_i_say_year_yen(st->doc, cost), bpr_i_say_year_yen(st->doc, last->cumulated_net));
	bpr_i_doc_lead(st->doc, bpr_i_say_payback(st));
}

static void lead_choice(const struct bpr_suggestion_study *st)
{
	const struct bpr_lever_set *best = &st->s->best;

	say(st, N_("Of {1} that fit, {2} are chosen: together they save {3}."), levers_of(st, st->fits), bpr_i_say_count(st->doc, (double)st->chosen),
	    bpr_i_say_gain_what(st, best->value.gain), NULL);
	if (best->yearly_cost > 0)
		say(st, N_("They cost {1} once and {2} a year, and take {3} of work."), bpr_i_say_year_yen(st->doc, best->cost), bpr_i_say_year_yen(st->doc, best->yearly_cost),
		    bpr_i_say_days(st, best->effort_days, false), NULL);
	else if (best->cost > 0)
		say(st, N_("They cost {1} once, and take {2} of work."), bpr_i_say_year_yen(st->doc, best->cost), bpr_i_say_days(st, best->effort_days, false), NULL, NULL);
	else
		say(st, N_("They cost no money, and take {1} of work."), bpr_i_say_days(st, best->effort_days, false), NULL, NULL, NULL);
}

static size_t tomorrow_count(const struct bpr_suggestion_study *st)
{
	size_t n = 0;

	for (size_t i = 0; i < st->fitting; i++)
		n += st->s->items[st->order[i]].tomorrow;
	return n;
}

void bpr_i_suggestion_lead(const struct bpr_suggestion_study *st)
{
	size_t tomorrow = tomorrow_count(st);

	if (!st->fitting) {
		bpr_i_doc_lead(st->doc, bpr_i_doc_text(st->doc, st->s->count ? N_("None of the levers fits this flow.") : N_("Nothing was found in this flow that a lever would make easier.")));
		return;
	}
	if (!st->chosen)
		bpr_i_doc_lead(st->doc, bpr_i_doc_text(st->doc, N_("Nothing is chosen: within these limits no lever gains anything.")));
	else if (st->plan)
		lead_plan(st);
	else
		lead_choice(st);
	if (tomorrow)
		say(st, tomorrow == 1 ? N_("{1} lever of those that fit can begin tomorrow: by one unit alone, without money.") : N_("{1} levers of those that fit can begin tomorrow: each by one unit alone, without money."),
		    bpr_i_say_count(st->doc, (double)tomorrow), NULL, NULL, NULL);
}

/* ---- sections ---- */

static void tomorrow(const struct bpr_suggestion_study *st)
{
	if (!tomorrow_count(st))
		return;
	bpr_i_doc_heading(st->doc, 2, bpr_i_doc_text(st->doc, N_("What can begin tomorrow")));
	for (size_t i = 0; i < st->fitting; i++) {
		const struct bpr_suggested *l = &st->s->items[st->order[i]];
		const char *unit = l->unit == BPR_NONE ? "" : bpr_i_name_unit(st->subject->flow, l->unit);
		const char *said;

		if (!l->tomorrow)
			continue;
		said = bpr_i_doc_fill(st->doc, N_("{1}: saves {2} with {3} of work"), bpr_i_say_lever(st, st->order[i]), bpr_i_say_gain(st, l->alone.gain),
				      bpr_i_say_days(st, l->effort_days, l->effort_assumed), NULL);
		bpr_i_doc_item(st->doc, 1, BPR_DOC_PLAIN, *unit ? bpr_i_doc_fill(st->doc, N_("{1} ({2})"), said, unit, NULL, NULL) : said);
	}
}

static void front(const struct bpr_suggestion_study *st)
{
	struct bpr_doc_table *table = NULL;

	for (size_t i = 0; i < st->fitting; i++) {
		const struct bpr_suggested *l = &st->s->items[st->order[i]];
		struct bpr_doc_cell *cells;

		if (!l->front)
			continue;
		if (!table) {
			bpr_i_doc_heading(st->doc, 2, bpr_i_doc_text(st->doc, N_("Effect, cost and ease: the best trade-offs")));
			bpr_i_doc_paragraph(st->doc, bpr_i_doc_text(st->doc, N_("Nothing else brings as much for as little and as easily as each of these.")));
			table = bpr_i_doc_table(st->doc);
			bpr_i_doc_column(st->doc, table, N_("Lever"), false, 24);
			bpr_i_doc_column(st->doc, table, bpr_i_say_gain_title(st), true, 0);
			bpr_i_doc_column(st->doc, table, N_("Cost"), true, 0);
			bpr_i_doc_column(st->doc, table, N_("Ease"), false, 0);
		}
		cells = bpr_i_doc_row(st->doc, table);
		if (!cells)
			return;
		cells[0] = bpr_i_cell_text(bpr_i_say_lever(st, st->order[i]));
		cells[1] = bpr_i_cell_text(bpr_i_say_gain_bare(st, l->alone.gain));
		cells[2] = bpr_i_cell_text(bpr_i_say_cost(st, l->cost, l->cost_assumed));
		cells[3] = bpr_i_cell_text(bpr_i_doc_text(st->doc, bpr_i_ease_word(l->ease)));
	}
}

static void roadmap(const struct bpr_suggestion_study *st)
{
	if (!st->plan)
		return;
	bpr_i_doc_heading(st->doc, 2, bpr_i_doc_text(st->doc, N_("Roadmap")));
	bpr_i_roadmap_years(st);
	bpr_i_roadmap_turns(st);
	bpr_i_roadmap_rest(st);
}

void bpr_i_study_suggestion(struct bpr_document *doc, const struct bpr_subject *subject, const struct bpr_study_options *options)
{
	struct bpr_suggestion_study st = bpr_i_suggestion_study(doc, subject, options);

	if (!st.order)
		return;
	bpr_i_doc_heading(doc, 1, bpr_i_doc_fill(doc, N_("Which changes first: {1}"), bpr_i_say_flow(doc, subject->flow), NULL, NULL, NULL));
	bpr_i_suggestion_lead(&st);
	if (st.fitting)
		bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("Levers, the most effect for a day of work first")));
	bpr_i_suggestion_levers(&st, st.full ? st.fitting : BPR_STUDY_STEP_ROWS);
	tomorrow(&st);
	bpr_i_suggestion_together(&st);
	front(&st);
	roadmap(&st);
	bpr_i_suggestion_refused(&st);
	bpr_i_suggestion_rpa(&st);
	bpr_i_suggestion_basis(&st);
	bpr_i_study_warnings(doc, subject->problems, st.full);
	bpr_i_doc_heading(doc, 2, bpr_i_doc_text(doc, N_("What was read")));
	bpr_i_study_source(doc, N_("{1} (content {2}), cases a year: {3}"), subject->flow);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages about levers: what to decide in a minute, effect against cost, the years. */
#include "config.h"
#include "study/front_i.h"
#include "study/suggestion_i.h"
#include "base/text_i.h"
#include <math.h>

static struct bpr_suggestion_study study_of(const struct bpr_pages *pages)
{
	return bpr_i_suggestion_study(pages->doc, pages->subject, pages->options);
}

/* ---- the front ---- */

enum { CARD_LINES = 6, FIRST_ROWS = 10 };

struct lines { const char *items[CARD_LINES + 1]; size_t count, more; };

static void add(struct lines *l, const char *text)
{
	if (l->count < CARD_LINES)
		l->items[l->count++] = text;
	else
		l->more++;
}

static struct bpr_doc_card card(const struct bpr_suggestion_study *st, const char *title, struct lines *l, const char *none)
{
	if (l->more)
		l->items[l->count++] = bpr_i_say_plural(st->doc, (double)l->more, N_("1 other"), N_("{1} others"));
	if (!l->count)
		l->items[l->count++] = bpr_i_doc_text(st->doc, none);
	return (struct bpr_doc_card){ bpr_i_doc_text(st->doc, title), l->items, l->count };
}

/* What can begin tomorrow, what is chosen and needs more, what waits. */
static void cards(const struct bpr_suggestion_study *st)
{
	struct lines tomorrow = { .count = 0 }, chosen = { .count = 0 }, later = { .count = 0 };
	struct bpr_doc_card all[3];

	for (size_t i = 0; i < st->fitting; i++) {
		size_t lever = st->order[i];
		const struct bpr_suggested *l = &st->s->items[lever];
		const char *name = bpr_i_say_lever(st, lever);

		if (l->tomorrow)
			add(&tomorrow, bpr_i_doc_fill(st->doc, N_("{1} ({2})"), name, bpr_i_say_gain(st, l->alone.gain), NULL, NULL));
		else if (bpr_i_suggestion_chosen(st, lever))
			add(&chosen, bpr_i_doc_fill(st->doc, N_("{1} ({2})"), name, st->plan ? bpr_i_say_start(st, lever) : bpr_i_say_gain(st, l->alone.gain), NULL, NULL));
		else
			add(&later, name);
	}
	all[0] = card(st, N_("Begin tomorrow: one unit alone, no money"), &tomorrow, N_("nothing of that kind was found"));
	all[1] = card(st, N_("Decide and prepare: money, work or several units"), &chosen, N_("nothing is chosen"));
	all[2] = card(st, N_("Not chosen for this aim"), &later, N_("nothing is left over"));
	bpr_i_doc_heading(st->doc, 2, bpr_i_doc_text(st->doc, N_("From what can be done")));
	bpr_i_doc_cards(st->doc, all, 3);
}

static void tiles_of_plan(const struct bpr_suggestion_study *st, struct bpr_front_tiles *tiles)
{
	const struct bpr_plan_year *last = &st->plan->years[st->plan->year_count - 1];
	struct bpr_document *doc = st->doc;
	double cost = 0, days = 0;

	for (size_t i = 0; i < st->plan->year_count; i++) {
		cost += st->plan->years[i].cost + st->plan->years[i].yearly_cost;
		days += st->plan->years[i].effort_days;
	}
	bpr_i_front_tile(tiles, bpr_i_doc_text(doc, N_("Staff time saved in these years")), bpr_i_say_year_minutes(doc, 60 * last->cumulated_hours), "",
			 bpr_i_doc_fill(doc, N_("worth {1}"), bpr_i_say_year_yen(doc, last->cumulated_yen), NULL, NULL, NULL));
	bpr_i_front_tile(tiles, bpr_i_doc_text(doc, N_("Cost in these years")), bpr_i_say_year_yen(doc, cost), "", bpr_i_say_days(st, days, false));
	bpr_i_front_tile(tiles, bpr_i_doc_text(doc, N_("Net in these years")), bpr_i_say_year_yen(doc, last->cumulated_net), "",
			 st->plan->payback ? bpr_i_doc_fill(doc, N_("paid back in {1}"), bpr_i_say_fiscal_year(st, st->plan->payback), NULL, NULL, NULL) : NULL);
}

static void tiles(const struct bpr_suggestion_study *st)
{
	struct bpr_document *doc = st->doc;
	struct bpr_front_tiles out = { .count = 0 };

	bpr_i_front_tile(&out, bpr_i_doc_text(doc, N_("Levers chosen")), bpr_i_say_count(doc, (double)st->chosen), "",
			 bpr_i_doc_fill(doc, N_("of {1} that fit"), bpr_i_say_count(doc, (double)st->fits), NULL, NULL, NULL));
	if (st->plan) {
		tiles_of_plan(st, &out);
	} else {
		bpr_i_front_tile(&out, bpr_i_say_gain_title(st), bpr_i_say_gain_bare(st, st->s->best.value.gain), "", NULL);
		bpr_i_front_tile(&out, bpr_i_doc_text(doc, N_("Cost once")), bpr_i_say_year_yen(doc, st->s->best.cost), "",
				 st->s->best.yearly_cost > 0 ? bpr_i_say_gain_of(st, BPR_GAIN_YEN, st->s->best.yearly_cost) : NULL);
		bpr_i_front_tile(&out, bpr_i_doc_text(doc, N_("Work to do it")), bpr_i_say_days(st, st->s->best.effort_days, false), "", NULL);
	}
	bpr_i_doc_tiles(doc, out.items, out.count);
}

static void decisions(const struct bpr_suggestion_study *st)
{
	struct bpr_document *doc = st->doc;
	const char *lines[4];
	size_t count = 0, tomorrow = 0;
	double cost = st->plan ? st->plan->years[0].cost + st->plan->years[0].yearly_cost : st->s->best.cost;
	double days = st->plan ? st->plan->years[0].effort_days : st->s->best.effort_days;

	for (size_t i = 0; i < st->fitting; i++)
		tomorrow += st->s->items[st->order[i]].tomorrow;
	if (tomorrow)
		lines[count++] = bpr_i_doc_text(doc, N_("To begin now what one unit can do alone, without money"));
	if (cost > 0)
		lines[count++] = st->plan ? bpr_i_doc_fill(doc, N_("To put {1} into the budget of {2}"), bpr_i_say_year_yen(doc, cost), bpr_i_say_fiscal_year(st, st->plan->years[0].year), NULL, NULL)
					  : bpr_i_doc_fill(doc, N_("To put {1} into the budget"), bpr_i_say_year_yen(doc, cost), NULL, NULL, NULL);
	if (days > 0)
		lines[count++] = bpr_i_doc_fill(doc, N_("To set {1} of work aside, and to name who answers for each lever"), bpr_i_say_days(st, days, false), NULL, NULL, NULL);
	if (bpr_i_suggestion_assumed(st))
		lines[count++] = bpr_i_doc_text(doc, N_("To replace the assumptions marked * by estimates of the town's own before money is spent"));
	if (count && st->chosen)
		bpr_i_doc_box(doc, bpr_i_doc_text(doc, N_("Decisions asked for")), lines, count);
}

void bpr_i_front_suggestion(struct bpr_front *f)
{
	struct bpr_suggestion_study st = study_of(f->pages);

	if (!st.order)
		return;
	bpr_i_suggestion_lead(&st);
	if (!st.fitting)
		return;
	if (st.chosen)
		tiles(&st);
	cards(&st);
	bpr_i_doc_heading_aside(st.doc, bpr_i_doc_text(st.doc, N_("Levers")), bpr_i_doc_text(st.doc, N_("the most effect for a day of work first")));
	bpr_i_suggestion_levers(&st, FIRST_ROWS);
	decisions(&st);
	if (!(st.cases > 0))
		bpr_i_doc_note(st.doc, bpr_i_doc_text(st.doc, N_("The number of cases is not given, so these figures are of one case. With it (--set demand.per_year=N) they are those of a year.")));
}

/* ---- all levers ---- */

void bpr_i_page_levers(struct bpr_pages *pages)
{
	struct bpr_suggestion_study st = study_of(pages);
	struct bpr_doc_figure figure;

	if (!st.order || !st.s->count)
		return;
	bpr_i_doc_page(st.doc, "levers", bpr_i_doc_text(st.doc, N_("Effect, cost and ease")));
	if (bpr_i_suggestion_front_figure(&st, &figure)) {
		bpr_i_doc_heading(st.doc, 2, figure.title);
		bpr_i_doc_figure(st.doc, &figure);
		bpr_i_doc_reading(st.doc, bpr_i_doc_text(st.doc, N_("How to read: the higher, the more it saves; the farther left, the less it costs. Nothing beats what stands on the dashed line for its money.")));
	}
	if (st.fitting > FIRST_ROWS) {
		bpr_i_doc_heading_aside(st.doc, bpr_i_doc_text(st.doc, N_("All levers")), bpr_i_doc_text(st.doc, N_("the most effect for a day of work first")));
		bpr_i_suggestion_levers(&st, st.full ? st.fitting : BPR_STUDY_STEP_ROWS);
	}
	bpr_i_suggestion_together(&st);
	bpr_i_suggestion_rpa(&st);
	bpr_i_suggestion_refused(&st);
}

/* ---- the years ---- */

void bpr_i_page_roadmap(struct bpr_pages *pages)
{
	struct bpr_suggestion_study st = study_of(pages);
	struct bpr_doc_figure figure;

	if (!st.order || !st.plan)
		return;
	bpr_i_doc_page(st.doc, "roadmap", bpr_i_doc_text(st.doc, N_("Roadmap")));
	bpr_i_doc_lead(st.doc, bpr_i_say_payback(&st));
	if (bpr_i_roadmap_gantt(&st, &figure)) {
		bpr_i_doc_heading_aside(st.doc, bpr_i_doc_text(st.doc, N_("What begins when, and what the years cost and bring")), bpr_i_doc_text(st.doc, N_("fiscal years from April")));
		bpr_i_doc_figure(st.doc, &figure);
		bpr_i_doc_reading(st.doc, bpr_i_doc_text(st.doc, N_("How to read: a lever is prepared where its bar is hollow, and works where it is filled; in it stands what it saves beside those above it. Below, the columns of a year stand under its name.")));
	}
	if (bpr_i_roadmap_tornado(&st, &figure)) {
		bpr_i_doc_heading_aside(st.doc, bpr_i_doc_text(st.doc, N_("If the assumptions change")), bpr_i_doc_text(st.doc, N_("range of the net of all years")));
		bpr_i_doc_figure(st.doc, &figure);
		bpr_i_doc_reading(st.doc, bpr_i_doc_text(st.doc, N_("How to read: one assumption at a time is moved between the ends behind its name. The longer the bar, the more it matters to know it well.")));
	}
	bpr_i_roadmap_rest(&st);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of levers: effect against cost, the years, how far their net moves. */
#include "config.h"
#include "study/suggestion_i.h"
#include "base/text_i.h"
#include <math.h>
#include <stdio.h>

static void *memory(const struct bpr_suggestion_study *st, size_t count, size_t size)
{
	void *p = st->doc->failed ? NULL : bpr_i_arena_alloc(&st->doc->arena, count ? count : 1, size);

	if (!p)
		st->doc->failed = true;
	return p;
}

/* ---- effect against cost ---- */

enum { MOST_POINTS = 40 };

bool bpr_i_suggestion_front_figure(const struct bpr_suggestion_study *st, struct bpr_doc_figure *out)
{
	size_t count = st->fitting < MOST_POINTS ? st->fitting : MOST_POINTS;
	struct bpr_scatter_point *points = memory(st, count, sizeof(*points));
	struct bpr_document *doc = st->doc;

	*out = (struct bpr_doc_figure){ .kind = BPR_FIGURE_SCATTER, .id = "front", .points = points, .point_count = count };
	if (count < 2 || !points)
		return false;
	for (size_t i = 0; i < count; i++) {
		size_t lever = st->order[i];
		const struct bpr_suggested *l = &st->s->items[lever];

		points[i] = (struct bpr_scatter_point){
			.number = bpr_i_say_count(doc, (double)l->rank), .x = l->cost / 1e4, .y = bpr_i_gain_scaled(st, l->alone.gain), .class = bpr_i_ease_class(l->ease),
			.chosen = bpr_i_suggestion_chosen(st, lever), .front = l->front,
			.told = bpr_i_doc_fill(doc, N_("{1}: saves {2} for {3}, {4}"), bpr_i_say_lever(st, lever), bpr_i_say_gain(st, l->alone.gain),
					       bpr_i_say_cost(st, l->cost, l->cost_assumed), bpr_i_doc_text(doc, bpr_i_ease_word(l->ease))),
		};
	}
	out->title = bpr_i_doc_text(doc, N_("Effect of each lever against its cost"));
	out->description = bpr_i_doc_fill(doc, N_("{1} levers by what they cost and what they save; the table beside it lists the figures."), bpr_i_say_count(doc, (double)count), NULL, NULL, NULL);
	out->across = bpr_i_doc_text(doc, N_("cost once (10,000 yen)"));
	out->upward = bpr_i_doc_fill(doc, N_("{1} ({2})"), bpr_i_say_gain_title(st), bpr_i_say_gain_unit(st), NULL, NULL);
	for (size_t i = 0; i < BPR_POINT_CLASSES; i++)
		out->classes[i] = bpr_i_doc_text(doc, bpr_i_ease_word(5 - 2 * (double)i));
	out->captions[0] = bpr_i_doc_text(doc, N_("filled: chosen"));
	out->captions[1] = bpr_i_doc_text(doc, N_("hollow: not chosen"));
	out->front = bpr_i_doc_text(doc, N_("most effect for the money"));
	out->note = bpr_i_doc_text(doc, N_("The numbers are those of the table. Marks of the same place stand beside each other."));
	return true;
}

/* ---- the years ---- */

static void fill_years(const struct bpr_suggestion_study *st, struct bpr_doc_figure *out)
{
	const char **names = memory(st, st->plan->year_count, sizeof(*names)), **brief = memory(st, st->plan->year_count, sizeof(*brief));

	for (size_t i = 0; names && brief && i < st->plan->year_count; i++) {
		int year = st->plan->years[i].year;
		char text[16];

		names[i] = bpr_i_say_fiscal_year(st, year);
		if (st->doc->lang == BPR_LANG_JA && year >= 2019)
			(void)snprintf(text, sizeof(text), "R%d", (year - 2018) % 1000);
		else
			(void)snprintf(text, sizeof(text), "'%02d", year % 100);
		brief[i] = bpr_i_doc_fill(st->doc, "{1}", text, NULL, NULL, NULL);
	}
	out->years = names;
	out->short_years = brief;
	out->year_count = st->plan->year_count;
}

static void fill_rows(const struct bpr_suggestion_study *st, struct bpr_doc_figure *out)
{
	struct bpr_gantt_row *rows = memory(st, st->plan->count, sizeof(*rows));

	for (size_t i = 0; rows && i < st->plan->count; i++) {
		const struct bpr_plan_item *item = &st->plan->items[i];

		rows[i] = (struct bpr_gantt_row){ bpr_i_say_lever(st, item->lever), bpr_i_say_gain(st, item->gain), (size_t)(item->year - st->plan->years[0].year),
						  1 - st->limits.first_year_share };
	}
	out->rows_of_years = rows;
	out->rows_of_years_count = st->plan->count;
}

enum what { SPENT = 0, DAYS, HOURS, YEN, NET, PANELS };

static double value_of(const struct bpr_plan_year *y, enum what what)
{
	switch (what) {
	case SPENT: return (y->cost + y->yearly_cost) / 1e4;
	case DAYS: return y->effort_days;
	case HOURS: return y->cumulated_hours;
	case YEN: return y->cumulated_yen / 1e4;
	case NET: return y->cumulated_net / 1e4;
	case PANELS: break;
	}
	return 0;
}

static const char *said(const struct bpr_suggestion_study *st, double x)
{
	return bpr_i_say_count(st->doc, fabs(x) >= 10 ? nearbyint(x) : nearbyint(10 * x) / 10);
}

static void fill_panel(const struct bpr_suggestion_study *st, enum what what, struct bpr_gantt_panel *panel)
{
	double *values = memory(st, st->plan->year_count, sizeof(*values));
	const char **texts = memory(st, st->plan->year_count, sizeof(*texts));

	for (size_t i = 0; values && texts && i < st->plan->year_count; i++) {
		values[i] = value_of(&st->plan->years[i], what);
		texts[i] = said(st, values[i]);
	}
	panel->values = values;
	panel->said = texts;
}

static void fill_panels(const struct bpr_suggestion_study *st, struct bpr_doc_figure *out)
{
	static const struct { const char *label, *unit; bool line; } kinds[PANELS] = {
		[SPENT] = { N_("cost of the year"), N_("10,000 yen"), false }, [DAYS] = { N_("work of the year"), N_("person-days"), false },
		[HOURS] = { N_("staff time saved so far"), N_("hours"), true }, [YEN] = { N_("yen saved so far"), N_("10,000 yen, before costs"), true },
		[NET] = { N_("net so far"), N_("10,000 yen"), false },
	};
	struct bpr_gantt_panel *panels = memory(st, PANELS, sizeof(*panels));
	struct bpr_document *doc = st->doc;

	for (size_t i = 0; panels && i < PANELS; i++) {
		panels[i] = (struct bpr_gantt_panel){ .label = bpr_i_doc_text(doc, kinds[i].label), .unit = bpr_i_doc_text(doc, kinds[i].unit), .line = kinds[i].line,
						      .limit = (double)NAN, .marked = BPR_NONE };
		fill_panel(st, (enum what)i, &panels[i]);
	}
	if (!panels)
		return;
	if (isfinite(st->limits.budget_per_year)) {
		panels[SPENT].limit = st->limits.budget_per_year / 1e4;
		panels[SPENT].said_limit = bpr_i_doc_fill(doc, N_("limit {1}"), said(st, panels[SPENT].limit), NULL, NULL, NULL);
	}
	if (isfinite(st->limits.days_per_year)) {
		panels[DAYS].limit = st->limits.days_per_year;
		panels[DAYS].said_limit = bpr_i_doc_fill(doc, N_("limit {1}"), said(st, panels[DAYS].limit), NULL, NULL, NULL);
	}
	if (st->plan->payback) {
		panels[NET].marked = (size_t)(st->plan->payback - st->plan->years[0].year);
		panels[NET].mark = bpr_i_doc_text(doc, N_("paid back"));
	}
	out->panels = panels;
	out->panel_count = PANELS;
}

bool bpr_i_roadmap_gantt(const struct bpr_suggestion_study *st, struct bpr_doc_figure *out)
{
	*out = (struct bpr_doc_figure){ .kind = BPR_FIGURE_GANTT, .id = "roadmap" };
	if (!st->plan)
		return false;
	fill_years(st, out);
	fill_rows(st, out);
	fill_panels(st, out);
	out->title = bpr_i_doc_fill(st->doc, N_("Roadmap from {1} to {2}"), bpr_i_say_fiscal_year(st, st->plan->years[0].year),
				    bpr_i_say_fiscal_year(st, st->plan->years[st->plan->year_count - 1].year), NULL, NULL);
	out->description = bpr_i_doc_fill(st->doc, N_("{1} levers and the year in which each begins; below, what each year costs and brings. {2}"),
					  bpr_i_say_count(st->doc, (double)st->plan->count), bpr_i_say_payback(st), NULL, NULL);
	return !st->doc->failed;
}

/* ---- how far the net moves ---- */

bool bpr_i_roadmap_tornado(const struct bpr_suggestion_study *st, struct bpr_doc_figure *out)
{
	struct bpr_tornado_row *rows;

	*out = (struct bpr_doc_figure){ .kind = BPR_FIGURE_TORNADO, .id = "turns" };
	if (!st->plan || !st->plan->turn_count)
		return false;
	rows = memory(st, st->plan->turn_count, sizeof(*rows));
	for (size_t i = 0; rows && i < st->plan->turn_count; i++) {
		const struct bpr_turn_range *t = &st->plan->turns[i];

		rows[i] = (struct bpr_tornado_row){ bpr_i_say_turn_range(st, t), t->at_low / 1e4, t->at_high / 1e4, said(st, t->at_low / 1e4), said(st, t->at_high / 1e4) };
	}
	out->turns = rows;
	out->turn_count = st->plan->turn_count;
	out->centre = st->plan->years[st->plan->year_count - 1].cumulated_net / 1e4;
	out->said_centre = said(st, out->centre);
	out->unit = bpr_i_doc_text(st->doc, N_("10,000 yen"));
	out->title = bpr_i_doc_text(st->doc, N_("How far the net of all years moves when one assumption changes"));
	out->description = bpr_i_doc_fill(st->doc, N_("As computed: {1} ({2}). Widest: {3}."), out->said_centre, out->unit, rows ? rows[0].label : "", NULL);
	return !st->doc->failed;
}

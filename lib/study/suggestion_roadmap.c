/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The roadmap in tables: years, assumptions, what has no place. */
#include "config.h"
#include "study/suggestion_i.h"
#include "base/text_i.h"
#include <math.h>
#include <string.h>

/* ---- years ---- */

enum { Y_YEAR, Y_BEGINS, Y_COST, Y_DAYS, Y_HOURS, Y_YEN, Y_NET, Y_COLUMNS };

static const char *begins(const struct bpr_suggestion_study *st, int year)
{
	enum { MOST = 6 };
	const char *names[MOST];
	size_t count = 0, all = 0;

	for (size_t i = 0; i < st->plan->count; i++)
		if (st->plan->items[i].year == year) {
			if (count < MOST)
				names[count++] = bpr_i_say_lever(st, st->plan->items[i].lever);
			all++;
		}
	return all ? bpr_i_say_names(st->doc, names, all, count) : "–";
}

static struct bpr_doc_cell yen(double x)
{
	struct bpr_doc_cell cell = bpr_i_cell_number(BPR_DOC_YEN, x);

	cell.year = true;
	return cell;
}

static void year_row(const struct bpr_suggestion_study *st, struct bpr_doc_table *table, const struct bpr_plan_year *y)
{
	struct bpr_doc_cell *cells = bpr_i_doc_row(st->doc, table);

	if (!cells)
		return;
	cells[Y_YEAR] = bpr_i_cell_text(bpr_i_say_fiscal_year(st, y->year));
	cells[Y_BEGINS] = bpr_i_cell_text(begins(st, y->year));
	cells[Y_COST] = yen(y->cost + y->yearly_cost);
	cells[Y_DAYS] = bpr_i_cell_text(bpr_i_say_days(st, y->effort_days, false));
	cells[Y_HOURS] = bpr_i_cell_number(BPR_DOC_MINUTES, 60 * y->hours);
	cells[Y_HOURS].year = true;
	cells[Y_YEN] = yen(y->yen);
	cells[Y_NET] = yen(y->cumulated_net);
	cells[Y_NET].tone = y->cumulated_net < 0 ? BPR_DOC_WORSE : BPR_DOC_PLAIN;
}

void bpr_i_roadmap_years(const struct bpr_suggestion_study *st)
{
	struct bpr_doc_table *table = bpr_i_doc_table(st->doc);

	bpr_i_doc_column(st->doc, table, N_("Fiscal year"), false, 12);
	bpr_i_doc_column(st->doc, table, N_("Begins in it"), false, 24);
	bpr_i_doc_column(st->doc, table, N_("Cost"), true, 0);
	bpr_i_doc_column(st->doc, table, N_("Effort"), true, 0);
	bpr_i_doc_column(st->doc, table, N_("Staff time saved"), true, 0);
	bpr_i_doc_column(st->doc, table, N_("Yen saved"), true, 0);
	bpr_i_doc_column(st->doc, table, N_("Net so far"), true, 0);
	for (size_t i = 0; i < st->plan->year_count; i++)
		year_row(st, table, &st->plan->years[i]);
}

static const char *say_years(const struct bpr_suggestion_study *st, double years)
{
	double rounded = nearbyint(10 * years) / 10;

	return bpr_i_say_plural(st->doc, rounded, N_("about 1 year"), N_("about {1} years"));
}

const char *bpr_i_say_payback(const struct bpr_suggestion_study *st)
{
	const struct bpr_plan *p = st->plan;
	struct bpr_document *doc = st->doc;

	if (isnan(p->payback_years))
		return bpr_i_doc_text(doc, N_("No money is spent, so there is nothing to pay back."));
	if (p->payback && !(p->payback_years > 0.05))
		return bpr_i_doc_text(doc, N_("What is saved is more than what it costs from the first year on."));
	if (p->payback)
		return bpr_i_doc_fill(doc, N_("What it costs has come back in {1}, {2} after the beginning of {3}."), bpr_i_say_fiscal_year(st, p->payback), say_years(st, p->payback_years),
				      bpr_i_say_fiscal_year(st, p->years[0].year), NULL);
	if (isfinite(p->payback_years))
		return bpr_i_doc_fill(doc, N_("Within these years it has not paid back what it costs; going on as in the last one it takes {1} in all."), say_years(st, p->payback_years), NULL, NULL, NULL);
	return bpr_i_doc_text(doc, N_("In yen alone it does not pay back what it costs; the time that people save stands beside it."));
}

/* ---- assumptions ---- */

static const char *span(const struct bpr_suggestion_study *st, const char *low, const char *high)
{
	return bpr_i_doc_fill(st->doc, N_("{1} to {2}"), low, high, NULL, NULL);
}

static const char *percent(const struct bpr_suggestion_study *st, double factor)
{
	struct bpr_buf buf = BPR_BUF_INIT;

	bpr_i_words_percent(&buf, (struct bpr_words){ .lang = st->doc->lang, .change = true }, nearbyint(1000 * (factor - 1)) / 10);
	return bpr_i_doc_keep(st->doc, &buf);
}

const char *bpr_i_say_turn_range(const struct bpr_suggestion_study *st, const struct bpr_turn_range *t)
{
	struct bpr_document *doc = st->doc;

	if (!strcmp(t->of, "cases"))
		return bpr_i_doc_fill(doc, N_("cases a year, {1} to {2}"), bpr_i_say_count(doc, nearbyint(t->low)), bpr_i_say_count(doc, nearbyint(t->high)), NULL, NULL);
	if (!strcmp(t->of, "rates"))
		return bpr_i_doc_fill(doc, N_("hourly rates of the staff, {1}"), span(st, percent(st, t->low), percent(st, t->high)), NULL, NULL, NULL);
	if (!strcmp(t->of, "delay"))
		return bpr_i_doc_text(doc, N_("everything begins a year later"));
	if (!strcmp(t->of, "effect"))
		return bpr_i_doc_fill(doc, N_("effect of '{1}', {2}"), bpr_i_say_lever(st, t->lever),
				      span(st, percent(st, t->low / t->value), percent(st, t->high / t->value)), NULL, NULL);
	if (t->value > 0)
		return bpr_i_doc_fill(doc, N_("cost of '{1}', {2}"), bpr_i_say_lever(st, t->lever),
				      span(st, percent(st, t->low / t->value), percent(st, t->high / t->value)), NULL, NULL);
	return bpr_i_doc_fill(doc, N_("yearly cost of '{1}'"), bpr_i_say_lever(st, t->lever), NULL, NULL, NULL);
}

void bpr_i_roadmap_turns(const struct bpr_suggestion_study *st)
{
	struct bpr_doc_table *table;

	if (!st->plan->turn_count)
		return;
	bpr_i_doc_heading(st->doc, 2, bpr_i_doc_text(st->doc, N_("If the assumptions change: net at the end of the years")));
	table = bpr_i_doc_table(st->doc);
	bpr_i_doc_column(st->doc, table, N_("Assumption"), false, 24);
	bpr_i_doc_column(st->doc, table, N_("Net at its lower end"), true, 0);
	bpr_i_doc_column(st->doc, table, N_("Net at its upper end"), true, 0);
	for (size_t i = 0; i < st->plan->turn_count; i++) {
		struct bpr_doc_cell *cells = bpr_i_doc_row(st->doc, table);

		if (!cells)
			return;
		cells[0] = bpr_i_cell_text(bpr_i_say_turn_range(st, &st->plan->turns[i]));
		cells[1] = yen(st->plan->turns[i].at_low);
		cells[2] = yen(st->plan->turns[i].at_high);
		cells[1].tone = cells[1].number < 0 ? BPR_DOC_WORSE : BPR_DOC_PLAIN;
		cells[2].tone = cells[2].number < 0 ? BPR_DOC_WORSE : BPR_DOC_PLAIN;
	}
}

/* Why a lever has no place, as far as it is plain. */
static const char *why_left_out(const struct bpr_suggestion_study *st, size_t lever)
{
	const struct bpr_lever *l = bpr_levers_get(st->levers, lever);
	const struct bpr_suggested *s = &st->s->items[lever];
	struct bpr_document *doc = st->doc;

	if (l->year > st->limits.last)
		return bpr_i_doc_fill(doc, N_("it cannot begin before {1}"), bpr_i_say_fiscal_year(st, l->year), NULL, NULL, NULL);
	for (size_t i = 0; i < l->need_count; i++)
		if (bpr_i_plan_item_of(st, l->needs[i]) == BPR_NONE)
			return bpr_i_doc_fill(doc, N_("it needs '{1}'"), bpr_i_say_lever(st, l->needs[i]), NULL, NULL, NULL);
	for (size_t i = 0; i < st->plan->count; i++) {
		const struct bpr_lever *other = bpr_levers_get(st->levers, st->plan->items[i].lever);

		for (size_t k = 0; k < l->exclude_count; k++)
			if (l->excludes[k] == st->plan->items[i].lever)
				return bpr_i_doc_fill(doc, N_("'{1}' is done instead"), bpr_i_say_lever(st, st->plan->items[i].lever), NULL, NULL, NULL);
		for (size_t k = 0; k < other->exclude_count; k++)
			if (other->excludes[k] == lever)
				return bpr_i_doc_fill(doc, N_("'{1}' is done instead"), bpr_i_say_lever(st, st->plan->items[i].lever), NULL, NULL, NULL);
	}
	if (s->cost > st->limits.budget_per_year || s->cost > st->how.budget)
		return bpr_i_doc_text(doc, N_("it costs more than there is"));
	if (s->effort_days > st->limits.days_per_year || s->effort_days > st->how.max_days)
		return bpr_i_doc_text(doc, N_("it takes more work than there are days"));
	if (!(s->alone.gain > 0))
		return bpr_i_doc_text(doc, N_("it gains nothing"));
	return bpr_i_doc_text(doc, N_("beside the others it would not bring more within these limits"));
}

void bpr_i_roadmap_rest(const struct bpr_suggestion_study *st)
{
	size_t shown = st->full || st->plan->left_count < BPR_STUDY_ROWS ? st->plan->left_count : BPR_STUDY_ROWS;

	if (!st->plan->left_count)
		return;
	bpr_i_doc_heading(st->doc, 2, bpr_i_doc_text(st->doc, N_("What has no place in these years")));
	for (size_t i = 0; i < shown; i++) {
		size_t lever = st->plan->left_out[i];

		bpr_i_doc_item(st->doc, 1, BPR_DOC_PLAIN, bpr_i_doc_fill(st->doc, N_("{1}: {2}"), bpr_i_say_lever(st, lever), why_left_out(st, lever), NULL, NULL));
	}
	bpr_i_study_more(st->doc, st->plan->left_count - shown);
}

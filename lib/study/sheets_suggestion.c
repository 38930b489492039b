/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levers, roadmap and assumptions as sheets: numbers that can be computed with, and charts of them. */
#include "config.h"
#include "study/sheets_i.h"
#include "study/suggestion_i.h"
#include "base/text_i.h"
#include <math.h>

static struct bpr_doc_cell *cells_for(struct bpr_sheets *s, struct bpr_sheet_rows *rows, size_t columns, size_t count)
{
	struct bpr_sheet_cells *context = bpr_i_sheet_memory(s, 1, sizeof(*context));
	struct bpr_doc_cell *cells = bpr_i_sheet_memory(s, columns * count + 1, sizeof(*cells));

	if (!context || !cells)
		return NULL;
	*context = (struct bpr_sheet_cells){ cells, columns };
	*rows = (struct bpr_sheet_rows){ .column_count = columns, .row_count = count, .fill = bpr_i_sheet_fill_cells, .context = context, .freeze = 2, .main = true };
	return cells;
}

static struct bpr_doc_cell number(double x)
{
	return isfinite(x) ? bpr_i_cell_number(BPR_DOC_COUNT, x) : (struct bpr_doc_cell){ .value = BPR_DOC_EMPTY };
}

static struct bpr_doc_cell yen(double x)
{
	return bpr_i_cell_number(BPR_DOC_YEN, x);
}

static const char *yes(struct bpr_sheets *s, bool is)
{
	return is ? bpr_i_doc_text(&s->doc, N_("yes")) : "";
}

static void title(struct bpr_sheets *s, struct bpr_sheet_column *column, const char *id, enum bpr_doc_value value, double width)
{
	*column = (struct bpr_sheet_column){ .title = bpr_i_doc_text(&s->doc, id), .value = value, .width = width };
}

/* ---- levers ---- */

enum { L_RANK, L_NAME, L_GAIN, L_TOGETHER, L_COST, L_YEARLY, L_DAYS, L_EASE, L_CHOSEN, L_YEAR, L_TOMORROW, L_FRONT, L_ASSUMED, L_FINDING, L_COLUMNS };

static void lever_columns(struct bpr_sheets *s, const struct bpr_suggestion_study *st, struct bpr_sheet_column columns[L_COLUMNS])
{
	title(s, &columns[L_RANK], N_("No."), BPR_DOC_COUNT, 6);
	title(s, &columns[L_NAME], N_("Lever"), BPR_DOC_TEXT, 0);
	columns[L_GAIN] = (struct bpr_sheet_column){ .title = bpr_i_doc_fill(&s->doc, N_("{1} ({2})"), bpr_i_say_gain_title(st), bpr_i_say_gain_unit(st), NULL, NULL),
						     .value = BPR_DOC_COUNT, .width = 18 };
	title(s, &columns[L_TOGETHER], N_("Beside the others (same unit)"), BPR_DOC_COUNT, 16);
	title(s, &columns[L_COST], N_("Cost once (yen)"), BPR_DOC_YEN, 14);
	title(s, &columns[L_YEARLY], N_("Cost of every year (yen)"), BPR_DOC_YEN, 14);
	title(s, &columns[L_DAYS], N_("Work (person-days)"), BPR_DOC_COUNT, 12);
	title(s, &columns[L_EASE], N_("Ease (1 hard to 5 easy)"), BPR_DOC_COUNT, 12);
	title(s, &columns[L_CHOSEN], N_("Chosen"), BPR_DOC_TEXT, 9);
	title(s, &columns[L_YEAR], N_("Fiscal year"), BPR_DOC_TEXT, 12);
	title(s, &columns[L_TOMORROW], N_("Can begin tomorrow"), BPR_DOC_TEXT, 12);
	title(s, &columns[L_FRONT], N_("Best trade-off"), BPR_DOC_TEXT, 10);
	title(s, &columns[L_ASSUMED], N_("Assumed"), BPR_DOC_TEXT, 16);
	title(s, &columns[L_FINDING], N_("Finding that led to it"), BPR_DOC_TEXT, 14);
	columns[L_RANK].whole = columns[L_EASE].whole = true;
}

static const char *assumed(struct bpr_sheets *s, const struct bpr_suggested *l)
{
	const char *words[3];
	size_t count = 0;

	if (l->cost_assumed || l->yearly_assumed)
		words[count++] = bpr_i_doc_text(&s->doc, N_("cost"));
	if (l->effort_assumed)
		words[count++] = bpr_i_doc_text(&s->doc, N_("effort"));
	if (l->ease_assumed)
		words[count++] = bpr_i_doc_text(&s->doc, N_("ease"));
	return bpr_i_say_list(&s->doc, words, count);
}

static void fill_lever(struct bpr_sheets *s, const struct bpr_suggestion_study *st, size_t lever, struct bpr_doc_cell *row)
{
	const struct bpr_suggested *l = &st->s->items[lever];
	size_t item = bpr_i_plan_item_of(st, lever);

	row[L_RANK] = number((double)l->rank);
	row[L_NAME] = bpr_i_cell_text(bpr_i_say_lever(st, lever));
	row[L_GAIN] = number(bpr_i_gain_scaled(st, l->alone.gain));
	row[L_TOGETHER] = number(bpr_i_gain_scaled(st, item != BPR_NONE ? st->plan->items[item].gain : l->marginal));
	row[L_COST] = yen(l->cost);
	row[L_YEARLY] = yen(l->yearly_cost);
	row[L_DAYS] = number(l->effort_days);
	row[L_EASE] = number(l->ease);
	row[L_CHOSEN] = bpr_i_cell_text(yes(s, bpr_i_suggestion_chosen(st, lever)));
	row[L_YEAR] = bpr_i_cell_text(item != BPR_NONE ? bpr_i_say_fiscal_year(st, st->plan->items[item].year) : "");
	row[L_TOMORROW] = bpr_i_cell_text(yes(s, l->tomorrow));
	row[L_FRONT] = bpr_i_cell_text(yes(s, l->front));
	row[L_ASSUMED] = bpr_i_cell_text(assumed(s, l));
	row[L_FINDING] = bpr_i_cell_text(bpr_levers_get(st->levers, lever)->finding);
	if (bpr_i_suggestion_chosen(st, lever))
		row[L_NAME].tone = BPR_DOC_STRONG;
}

static void chart_of_levers(struct bpr_sheets *s, const struct bpr_suggestion_study *st)
{
	enum { MOST = 15 };
	struct bpr_sheet_chart chart = { .kind = BPR_CHART_BAR, .low = (double)NAN, .high = (double)NAN, .value = BPR_DOC_COUNT, .series_count = 1 };
	size_t count = st->fitting < MOST ? st->fitting : MOST;
	struct bpr_sheet_column columns[2];
	struct bpr_sheet_rows rows;
	struct bpr_doc_cell *cells = cells_for(s, &rows, 2, count);

	if (!cells || !count)
		return;
	rows.main = false;
	title(s, &columns[0], N_("Lever"), BPR_DOC_TEXT, 0);
	columns[1] = (struct bpr_sheet_column){ .title = bpr_i_say_gain_unit(st), .value = BPR_DOC_COUNT };
	rows.columns = columns;
	for (size_t i = 0; i < count; i++) {
		cells[2 * i] = bpr_i_cell_text(bpr_i_say_lever(st, st->order[i]));
		cells[2 * i + 1] = number(bpr_i_gain_scaled(st, st->s->items[st->order[i]].alone.gain));
	}
	chart.title = bpr_i_say_gain_title(st);
	chart.description = bpr_i_doc_text(&s->doc, N_("What each lever saves alone."));
	chart.axis = bpr_i_say_gain_unit(st);
	chart.series[0].column = 1;
	chart.series[0].name = columns[1].title;
	chart.series[0].color = BPR_SHEET_AFTER;
	bpr_i_sheet_list(s, BPR_SHEET_LEVERS, &rows, &chart);
}

static void levers(struct bpr_sheets *s, const struct bpr_suggestion_study *st)
{
	struct bpr_sheet_column columns[L_COLUMNS];
	struct bpr_sheet_rows rows;
	struct bpr_doc_cell *cells;

	if (!st->fitting || !(cells = cells_for(s, &rows, L_COLUMNS, st->fitting)))
		return;
	lever_columns(s, st, columns);
	rows.columns = columns;
	for (size_t i = 0; i < st->fitting; i++)
		fill_lever(s, st, st->order[i], cells + i * L_COLUMNS);
	bpr_i_sheet_list(s, BPR_SHEET_LEVERS, &rows, NULL);
	chart_of_levers(s, st);
}

/* ---- years ---- */

enum { Y_YEAR, Y_COST, Y_YEARLY, Y_DAYS, Y_GAIN, Y_HOURS, Y_YEN, Y_NET, Y_ALL_HOURS, Y_ALL_YEN, Y_ALL_NET, Y_COLUMNS };

static void fill_year(const struct bpr_suggestion_study *st, const struct bpr_plan_year *y, struct bpr_doc_cell *row)
{
	row[Y_YEAR] = bpr_i_cell_text(bpr_i_say_fiscal_year(st, y->year));
	row[Y_COST] = yen(y->cost);
	row[Y_YEARLY] = yen(y->yearly_cost);
	row[Y_DAYS] = number(y->effort_days);
	row[Y_GAIN] = number(bpr_i_gain_scaled(st, y->gain));
	row[Y_HOURS] = number(y->hours);
	row[Y_YEN] = yen(y->yen);
	row[Y_NET] = yen(y->net);
	row[Y_ALL_HOURS] = number(y->cumulated_hours);
	row[Y_ALL_YEN] = yen(y->cumulated_yen);
	row[Y_ALL_NET] = yen(y->cumulated_net);
	row[Y_NET].tone = y->net < 0 ? BPR_DOC_WORSE : BPR_DOC_PLAIN;
	row[Y_ALL_NET].tone = y->cumulated_net < 0 ? BPR_DOC_WORSE : BPR_DOC_PLAIN;
}

static void chart_of_years(struct bpr_sheets *s, struct bpr_sheet_rows rows, const struct bpr_sheet_column *columns, const char *heading, const size_t *series,
			   const enum bpr_sheet_color *colors, size_t count)
{
	struct bpr_sheet_chart chart = { .kind = BPR_CHART_COLUMN, .label = Y_YEAR, .low = (double)NAN, .high = (double)NAN, .value = columns[series[0]].value };

	chart.title = bpr_i_doc_text(&s->doc, heading);
	chart.description = bpr_i_doc_text(&s->doc, N_("Fiscal years from left to right."));
	for (size_t i = 0; i < count; i++) {
		chart.series[i].column = series[i];
		chart.series[i].name = columns[series[i]].title;
		chart.series[i].color = colors[i];
	}
	chart.series_count = count;
	rows.main = false;
	bpr_i_sheet_list(s, BPR_SHEET_ROADMAP, &rows, &chart);
}

static void years(struct bpr_sheets *s, const struct bpr_suggestion_study *st)
{
	static const struct { const char *title; enum bpr_doc_value value; } kinds[Y_COLUMNS] = {
		[Y_YEAR] = { N_("Fiscal year"), BPR_DOC_TEXT }, [Y_COST] = { N_("Cost once (yen)"), BPR_DOC_YEN }, [Y_YEARLY] = { N_("Cost of what runs (yen)"), BPR_DOC_YEN },
		[Y_DAYS] = { N_("Work (person-days)"), BPR_DOC_COUNT }, [Y_GAIN] = { NULL, BPR_DOC_COUNT }, [Y_HOURS] = { N_("Staff time saved (hours)"), BPR_DOC_COUNT },
		[Y_YEN] = { N_("Yen saved, before costs"), BPR_DOC_YEN }, [Y_NET] = { N_("Net (yen)"), BPR_DOC_YEN }, [Y_ALL_HOURS] = { N_("Hours so far"), BPR_DOC_COUNT },
		[Y_ALL_YEN] = { N_("Yen saved so far"), BPR_DOC_YEN }, [Y_ALL_NET] = { N_("Net so far (yen)"), BPR_DOC_YEN },
	};
	static const size_t money[] = { Y_COST, Y_YEARLY, Y_YEN }, net[] = { Y_ALL_NET }, hours[] = { Y_ALL_HOURS };
	static const enum bpr_sheet_color money_colors[] = { BPR_SHEET_WORSE, BPR_SHEET_WAIT, BPR_SHEET_AFTER }, one[] = { BPR_SHEET_AFTER };
	struct bpr_sheet_column columns[Y_COLUMNS];
	struct bpr_sheet_rows rows;
	struct bpr_doc_cell *cells = cells_for(s, &rows, Y_COLUMNS, st->plan->year_count);

	if (!cells)
		return;
	for (size_t i = 0; i < Y_COLUMNS; i++)
		columns[i] = (struct bpr_sheet_column){ .title = kinds[i].title ? bpr_i_doc_text(&s->doc, kinds[i].title)
										 : bpr_i_doc_fill(&s->doc, N_("Effect ({1})"), bpr_i_say_gain_unit(st), NULL, NULL, NULL),
							.value = kinds[i].value, .width = 14 };
	rows.columns = columns;
	for (size_t i = 0; i < st->plan->year_count; i++)
		fill_year(st, &st->plan->years[i], cells + i * Y_COLUMNS);
	bpr_i_sheet_heading(s, BPR_SHEET_ROADMAP, N_("The years"));
	bpr_i_sheet_list(s, BPR_SHEET_ROADMAP, &rows, NULL);
	chart_of_years(s, rows, columns, N_("Cost and saving of each year"), money, money_colors, 3);
	chart_of_years(s, rows, columns, N_("Net so far"), net, one, 1);
	chart_of_years(s, rows, columns, N_("Staff time saved so far"), hours, one, 1);
}

/* ---- what starts when: a matrix of levers and years ---- */

enum { B_NAME, B_START, B_COST, B_YEARLY, B_DAYS, B_HOURS, B_YEN, B_FIRST };

static void begins(struct bpr_sheets *s, const struct bpr_suggestion_study *st)
{
	size_t width = B_FIRST + st->plan->year_count;
	struct bpr_sheet_column *columns = bpr_i_sheet_memory(s, width, sizeof(*columns));
	struct bpr_sheet_rows rows;
	struct bpr_doc_cell *cells = st->plan->count ? cells_for(s, &rows, width, st->plan->count) : NULL;

	if (!columns || !cells)
		return;
	title(s, &columns[B_NAME], N_("Lever"), BPR_DOC_TEXT, 0);
	title(s, &columns[B_START], N_("Begins"), BPR_DOC_TEXT, 12);
	title(s, &columns[B_COST], N_("Cost once (yen)"), BPR_DOC_YEN, 13);
	title(s, &columns[B_YEARLY], N_("Cost of every year (yen)"), BPR_DOC_YEN, 13);
	title(s, &columns[B_DAYS], N_("Work (person-days)"), BPR_DOC_COUNT, 11);
	title(s, &columns[B_HOURS], N_("Staff time saved a year (hours)"), BPR_DOC_COUNT, 13);
	title(s, &columns[B_YEN], N_("Yen saved a year"), BPR_DOC_YEN, 13);
	for (size_t t = 0; t < st->plan->year_count; t++)
		columns[B_FIRST + t] = (struct bpr_sheet_column){ .title = bpr_i_say_fiscal_year(st, st->plan->years[t].year), .value = BPR_DOC_TEXT, .width = 9 };
	rows.columns = columns;
	for (size_t i = 0; i < st->plan->count; i++) {
		const struct bpr_plan_item *item = &st->plan->items[i];
		struct bpr_doc_cell *row = cells + i * width;

		row[B_NAME] = bpr_i_cell_text(bpr_i_say_lever(st, item->lever));
		row[B_START] = bpr_i_cell_text(bpr_i_say_fiscal_year(st, item->year));
		row[B_COST] = yen(item->cost);
		row[B_YEARLY] = yen(item->yearly_cost);
		row[B_DAYS] = number(item->effort_days);
		row[B_HOURS] = number(item->hours);
		row[B_YEN] = yen(item->yen);
		for (size_t t = 0; t < st->plan->year_count; t++) {
			int year = st->plan->years[t].year;

			row[B_FIRST + t] = bpr_i_cell_text(item->year == year ? "◎" : item->year < year ? "●" : "");
		}
	}
	bpr_i_sheet_list(s, BPR_SHEET_ROADMAP, &rows, NULL);
	bpr_i_sheet_note(s, BPR_SHEET_ROADMAP, N_("◎ begins in this year, ● runs. Savings are beside the levers above."));
}

/* ---- assumptions ---- */

static void turns(struct bpr_sheets *s, const struct bpr_suggestion_study *st)
{
	struct bpr_doc_figure figure;

	if (!bpr_i_roadmap_tornado(st, &figure))
		return;
	bpr_i_sheet_heading(s, BPR_SHEET_SOURCE, N_("If the assumptions change: net of all years (10,000 yen)"));
	bpr_i_sheets_figure(s, BPR_SHEET_SOURCE, &figure);
}

void bpr_i_sheets_suggestion(struct bpr_sheets *s)
{
	struct bpr_suggestion_study st;

	if (s->kind != BPR_REPORT_SUGGESTION)
		return;
	st = bpr_i_suggestion_study(&s->doc, s->subject, s->options);
	if (!st.order)
		return;
	levers(s, &st);
	if (st.plan) {
		begins(s, &st);
		years(s, &st);
		turns(s, &st);
	}
}

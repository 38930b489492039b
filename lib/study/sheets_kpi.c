/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The measures of a case in numbers: before and after with their change, and what was simulated with its 95 % intervals. */
#include "config.h"
#include "study/comparison_i.h"
#include "study/sheets_i.h"
#include "study/simulation_i.h"
#include "study/trial_i.h"
#include "base/text_i.h"
#include <string.h>

/* "%" stands in the cell already. */
static const char *unit_of(struct bpr_sheets *s, const struct bpr_metric_info *info)
{
	return info->quantity == BPR_QUANTITY_PROB ? "%" : bpr_i_doc_text(&s->doc, info->unit);
}

static struct bpr_doc_cell number(const struct bpr_metric_info *info, double x)
{
	return bpr_i_cell_number(bpr_i_cell_value(info->quantity), x);
}

static struct bpr_doc_cell change(const struct bpr_metric_info *info, double x)
{
	struct bpr_doc_cell cell = number(info, x);

	cell.change = true;
	return cell;
}

static enum bpr_doc_tone tone_of(int better)
{
	return better > 0 ? BPR_DOC_BETTER : better < 0 ? BPR_DOC_WORSE : BPR_DOC_PLAIN;
}

static struct bpr_doc_cell *cells_for(struct bpr_sheets *s, struct bpr_sheet_rows *rows, size_t columns, size_t most)
{
	struct bpr_sheet_cells *cells = bpr_i_sheet_memory(s, 1, sizeof(*cells));

	*rows = (struct bpr_sheet_rows){ .column_count = columns, .fill = bpr_i_sheet_fill_cells, .context = cells };
	if (!cells)
		return NULL;
	cells->columns = columns;
	cells->cells = bpr_i_sheet_memory(s, most * columns, sizeof(*cells->cells));
	return cells->cells;
}

/* ---- before and after ---- */

enum { MEASURE, UNIT, BEFORE, AFTER, CHANGE, PERCENT, YEAR, RESULT, METHOD, LOW, HIGH, KPI_COLUMNS };

static void kpi_cells(struct bpr_sheets *s, const struct bpr_kpi *k, struct bpr_doc_cell *row)
{
	const struct bpr_metric_info *info = bpr_metric_get(k->metric);
	enum bpr_doc_tone tone = tone_of(k->better);

	row[MEASURE] = bpr_i_cell_text(bpr_i_doc_text(&s->doc, info->label));
	row[UNIT] = bpr_i_cell_text(unit_of(s, info));
	if (k->before_known)
		row[BEFORE] = number(info, k->before);
	if (k->after_known)
		row[AFTER] = number(info, k->after);
	if (k->method == BPR_METHOD_NONE)
		return;
	row[CHANGE] = change(info, k->change);
	row[CHANGE].tone = tone;
	if (k->change_pct_known && info->quantity != BPR_QUANTITY_PROB) {
		row[PERCENT] = bpr_i_cell_number(BPR_DOC_PERCENT, k->change_pct);
		row[PERCENT].change = true;
	}
	if (k->per_year_known && k->metric != BPR_METRIC_LEAD_MINUTES) {
		row[YEAR] = bpr_i_cell_metric(&s->doc, k->metric, k->per_year);
		row[YEAR].change = row[YEAR].year = true;
	}
	row[RESULT] = bpr_i_cell_text(k->better > 0 ? bpr_i_doc_text(&s->doc, N_("better")) :
				      k->better < 0 ? bpr_i_doc_text(&s->doc, N_("worse")) : "");
	row[RESULT].tone = tone;
	row[METHOD] = bpr_i_cell_method(k->method);
	if (k->ci95_known) {
		row[LOW] = change(info, k->ci95_low);
		row[HIGH] = change(info, k->ci95_high);
	}
}

static void kpi_columns(struct bpr_sheets *s, struct bpr_sheet_column columns[KPI_COLUMNS])
{
	static const struct { const char *title; enum bpr_doc_value value; double width; } all[KPI_COLUMNS] = {
		[MEASURE] = { N_("Measure"), BPR_DOC_TEXT, 24 }, [UNIT] = { N_("Unit of measure"), BPR_DOC_TEXT, 8 }, [BEFORE] = { N_("Before"), BPR_DOC_EMPTY, 11 },
		[AFTER] = { N_("After"), BPR_DOC_EMPTY, 11 }, [CHANGE] = { N_("Change"), BPR_DOC_EMPTY, 11 },
		[PERCENT] = { N_("Percent"), BPR_DOC_PERCENT, 10 }, [YEAR] = { N_("Per year"), BPR_DOC_EMPTY, 16 },
		[RESULT] = { N_("Result"), BPR_DOC_TEXT, 8 }, [METHOD] = { N_("Found by"), BPR_DOC_TEXT, 12 },
		[LOW] = { N_("Change: 95% from"), BPR_DOC_EMPTY, 12 }, [HIGH] = { N_("95% up to"), BPR_DOC_EMPTY, 12 },
	};

	for (size_t i = 0; i < KPI_COLUMNS; i++)
		columns[i] = (struct bpr_sheet_column){ .title = bpr_i_doc_text(&s->doc, all[i].title), .value = all[i].value,
							.width = all[i].width, .units = i == YEAR };
}

/* Measures of the short table only, or all of them; columns up to `columns`. */
static void kpi_table(struct bpr_sheets *s, enum bpr_sheet_key key, bool headline, size_t columns)
{
	const struct bpr_subject *subject = s->subject;
	bool untimed = bpr_i_untimed(subject->flow) || bpr_i_untimed(subject->after_flow);
	struct bpr_sheet_column titles[KPI_COLUMNS];
	struct bpr_sheet_rows rows;
	struct bpr_doc_cell *cells = cells_for(s, &rows, columns, BPR_METRIC_COUNT);

	if (!cells)
		return;
	kpi_columns(s, titles);
	rows.columns = titles;
	rows.freeze = 1;
	rows.main = !headline;
	for (size_t i = 0; i < BPR_METRIC_COUNT; i++) {
		const struct bpr_kpi *k = bpr_comparison_kpi(subject->comparison, (enum bpr_metric)i);
		struct bpr_doc_cell row[KPI_COLUMNS] = { { .value = BPR_DOC_EMPTY } };

		if ((!k->before_known && !k->after_known && untimed) ||
		    (headline && (!bpr_metric_get((enum bpr_metric)i)->headline || !(k->before > 0 || k->after > 0))))
			continue;
		kpi_cells(s, k, row);
		memcpy(&cells[rows.row_count++ * columns], row, columns * sizeof(*row));
	}
	bpr_i_sheet_list(s, key, &rows, NULL);
}

static bool is_sampled(const struct bpr_sheets *s)
{
	for (size_t i = 0; i < BPR_METRIC_COUNT; i++)
		if (bpr_comparison_kpi(s->subject->comparison, (enum bpr_metric)i)->ci95_known)
			return true;
	return false;
}

/* ---- before and after, simulated ---- */

enum { D_MEASURE, D_UNIT, D_BEFORE, D_AFTER, D_CHANGE, D_LOW, D_HIGH, D_RESULT, D_COLUMNS };

static void difference_cells(struct bpr_sheets *s, size_t key, const struct bpr_sim_difference *d, struct bpr_doc_cell *row)
{
	const struct bpr_metric_info *info = bpr_sim_key_get(key);

	row[D_MEASURE] = bpr_i_cell_text(bpr_i_doc_text(&s->doc, info->label));
	row[D_UNIT] = bpr_i_cell_text(unit_of(s, info));
	row[D_BEFORE] = number(info, d->before);
	row[D_AFTER] = number(info, d->after);
	row[D_CHANGE] = change(info, d->change);
	row[D_CHANGE].tone = tone_of(d->better);
	if (d->ci_known) {
		row[D_LOW] = change(info, d->ci95_low);
		row[D_HIGH] = change(info, d->ci95_high);
	}
	row[D_RESULT] = bpr_i_cell_text(d->better > 0 ? bpr_i_doc_text(&s->doc, N_("better")) :
					d->better < 0 ? bpr_i_doc_text(&s->doc, N_("worse")) :
					d->ci_known && !d->shown ? bpr_i_doc_text(&s->doc, N_("no difference shown")) : "");
	row[D_RESULT].tone = tone_of(d->better);
}

static void differences(struct bpr_sheets *s)
{
	static const struct { const char *title; enum bpr_doc_value value; } all[D_COLUMNS] = {
		{ N_("Measure"), BPR_DOC_TEXT }, { N_("Unit of measure"), BPR_DOC_TEXT }, { N_("Before"), BPR_DOC_EMPTY }, { N_("After"), BPR_DOC_EMPTY },
		{ N_("Change"), BPR_DOC_EMPTY }, { N_("Change: 95% from"), BPR_DOC_EMPTY }, { N_("95% up to"), BPR_DOC_EMPTY }, { N_("Result"), BPR_DOC_TEXT },
	};
	struct bpr_sheet_column columns[D_COLUMNS];
	struct bpr_sheet_rows rows;
	struct bpr_doc_cell *cells;

	if (!bpr_i_trial_known(s->subject) || !(cells = cells_for(s, &rows, D_COLUMNS, BPR_SIM_KEY_COUNT)))
		return;
	for (size_t i = 0; i < D_COLUMNS; i++)
		columns[i] = (struct bpr_sheet_column){ .title = bpr_i_doc_text(&s->doc, all[i].title), .value = all[i].value };
	rows.columns = columns;
	for (size_t key = 0; key < BPR_SIM_KEY_COUNT; key++) {
		const struct bpr_sim_difference *d = bpr_comparison_difference(s->subject->comparison, key);

		if (d && d->known)
			difference_cells(s, key, d, &cells[rows.row_count++ * D_COLUMNS]);
	}
	bpr_i_sheet_heading(s, BPR_SHEET_KPI, N_("With queues, simulated: before and after"));
	bpr_i_sheet_list(s, BPR_SHEET_KPI, &rows, NULL);
}

/* ---- one simulation ---- */

enum { F_MEASURE, F_UNIT, F_MEAN, F_LOW, F_HIGH, F_P50, F_P90, F_P95, F_P99, F_MAX, F_SD, F_COLUMNS };

static void figure_cells(struct bpr_sheets *s, size_t key, const struct bpr_sim_figure *f, struct bpr_doc_cell *row)
{
	const struct bpr_metric_info *info = bpr_sim_key_get(key);
	const double spread[] = { f->p50, f->p90, f->p95, f->p99, f->max, f->sd };

	row[F_MEASURE] = bpr_i_cell_text(bpr_i_doc_text(&s->doc, info->label));
	row[F_UNIT] = bpr_i_cell_text(unit_of(s, info));
	row[F_MEAN] = number(info, f->mean);
	if (f->ci_known) {
		row[F_LOW] = number(info, f->ci95_low);
		row[F_HIGH] = number(info, f->ci95_high);
	}
	/* Of a case that did or did not, quantiles say nothing. */
	for (size_t i = 0; info->quantity != BPR_QUANTITY_PROB && i < sizeof(spread) / sizeof(spread[0]); i++)
		row[F_P50 + i] = number(info, spread[i]);
}

static void simulated(struct bpr_sheets *s, const bpr_simulation *simulation, const char *heading)
{
	static const struct { const char *title; enum bpr_doc_value value; } all[F_COLUMNS] = {
		{ N_("Measure"), BPR_DOC_TEXT }, { N_("Unit of measure"), BPR_DOC_TEXT }, { N_("Mean"), BPR_DOC_EMPTY }, { N_("Mean: 95% from"), BPR_DOC_EMPTY },
		{ N_("95% up to"), BPR_DOC_EMPTY }, { N_("Median"), BPR_DOC_EMPTY }, { N_("9 in 10 at most"), BPR_DOC_EMPTY },
		{ N_("95% at most"), BPR_DOC_EMPTY }, { N_("99% at most"), BPR_DOC_EMPTY }, { N_("Largest"), BPR_DOC_EMPTY },
		{ N_("Standard deviation"), BPR_DOC_EMPTY },
	};
	struct bpr_sheet_column columns[F_COLUMNS];
	struct bpr_sheet_rows rows;
	struct bpr_doc_cell *cells;

	if (!simulation || !(cells = cells_for(s, &rows, F_COLUMNS, BPR_SIM_KEY_COUNT)))
		return;
	for (size_t i = 0; i < F_COLUMNS; i++)
		columns[i] = (struct bpr_sheet_column){ .title = bpr_i_doc_text(&s->doc, all[i].title), .value = all[i].value };
	rows.columns = columns;
	rows.freeze = 1;
	rows.main = s->kind == BPR_REPORT_SIMULATION;
	for (size_t key = 0; key < BPR_SIM_KEY_COUNT; key++) {
		const struct bpr_sim_figure *f = bpr_simulation_figure(simulation, key);

		if (f->known)
			figure_cells(s, key, f, &cells[rows.row_count++ * F_COLUMNS]);
	}
	bpr_i_sheet_heading(s, BPR_SHEET_KPI, heading);
	bpr_i_sheet_list(s, BPR_SHEET_KPI, &rows, NULL);
}

void bpr_i_sheets_kpi(struct bpr_sheets *s)
{
	if (s->kind == BPR_REPORT_COMPARISON) {
		bpr_i_sheet_heading(s, BPR_SHEET_KPI, N_("Figures of a case, before and after"));
		kpi_table(s, BPR_SHEET_KPI, false, is_sampled(s) ? KPI_COLUMNS : LOW);
		differences(s);
		simulated(s, s->subject->simulation, N_("Simulated: before"));
		simulated(s, s->subject->after_simulation, N_("Simulated: after"));
	} else if (s->kind == BPR_REPORT_SIMULATION) {
		simulated(s, s->subject->simulation, N_("Figures of a case"));
	}
}

/* ---- the summary ---- */

enum { H_MEASURE, H_UNIT, H_CASE, H_YEAR, H_COLUMNS };

/* One flow: its short table. */
static void one_flow(struct bpr_sheets *s)
{
	static const struct { const char *title; enum bpr_doc_value value; double width; bool units; } all[H_COLUMNS] = {
		{ N_("Measure"), BPR_DOC_TEXT, 30, false }, { N_("Unit of measure"), BPR_DOC_TEXT, 9, false }, { N_("Per case"), BPR_DOC_EMPTY, 12, false },
		{ N_("Per year"), BPR_DOC_EMPTY, 16, true },
	};
	const bpr_analysis *analysis = s->subject->analysis;
	struct bpr_sheet_column columns[H_COLUMNS];
	struct bpr_sheet_rows rows;
	struct bpr_doc_cell *cells = cells_for(s, &rows, H_COLUMNS, BPR_METRIC_COUNT);

	if (!cells)
		return;
	for (size_t i = 0; i < H_COLUMNS; i++)
		columns[i] = (struct bpr_sheet_column){ .title = bpr_i_doc_text(&s->doc, all[i].title), .value = all[i].value, .width = all[i].width,
							.units = all[i].units };
	rows.columns = columns;
	for (size_t i = 0; i < BPR_METRIC_COUNT; i++) {
		const struct bpr_figure *f = bpr_analysis_figure(analysis, (enum bpr_metric)i);
		const struct bpr_metric_info *info = bpr_metric_get((enum bpr_metric)i);
		struct bpr_doc_cell *row = &cells[rows.row_count * H_COLUMNS];

		if (f->method == BPR_METHOD_NONE || !(f->mean > 0) || (!info->headline && i != BPR_METRIC_COST_YEN))
			continue;
		rows.row_count++;
		row[H_MEASURE] = bpr_i_cell_text(bpr_i_doc_text(&s->doc, info->label));
		row[H_UNIT] = bpr_i_cell_text(unit_of(s, info));
		row[H_CASE] = number(info, f->mean);
		if (s->cases > 0 && i != BPR_METRIC_LEAD_MINUTES) {
			row[H_YEAR] = bpr_i_cell_metric(&s->doc, (enum bpr_metric)i, f->mean * s->cases);
			row[H_YEAR].year = true;
		}
	}
	bpr_i_sheet_list(s, BPR_SHEET_SUMMARY, &rows, NULL);
}

void bpr_i_sheets_headline(struct bpr_sheets *s)
{
	if (s->kind == BPR_REPORT_COMPARISON)
		kpi_table(s, BPR_SHEET_SUMMARY, true, METHOD);
	else if (s->kind == BPR_REPORT_ANALYSIS)
		one_flow(s);
}

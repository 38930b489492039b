/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A forecast is to be checked: what is measured once it has begun, with the figures to hold it against and how to measure. */
#include "config.h"
#include "study/evidence_i.h"
#include "study/measure_i.h"
#include "study/money_i.h"
#include "base/text_i.h"
#include <string.h>

enum { MOST = 7 };

static const char *how_to(enum bpr_measure_kind kind)
{
	static const char *const how[BPR_MEASURE_COUNT] = {
		[BPR_MEASURE_VISITS] = N_("staff go the citizen's way and count (5 cases)"),
		[BPR_MEASURE_TRIPS] = N_("register of receipts: how often the same person came"),
		[BPR_MEASURE_FORMS] = N_("staff fill in the forms as a citizen would and count (5 cases)"),
		[BPR_MEASURE_WRITTEN] = N_("staff fill in the forms as a citizen would and count (5 cases)"),
		[BPR_MEASURE_WAIT] = N_("records of the ticket dispenser: drawn and called"),
		[BPR_MEASURE_STAY] = N_("time of arrival and of leaving, noted on a slip (30 visitors)"),
		[BPR_MEASURE_LEAD] = N_("time of receipt and time of completion, from the register"),
		[BPR_MEASURE_WORK] = N_("workload survey: minutes of each step, noted for three days"),
		[BPR_MEASURE_REWORK] = N_("register of receipts: returns for one month"),
		[BPR_MEASURE_INCOMPLETE] = N_("register of receipts: returns for one month"),
		[BPR_MEASURE_HANDOFFS] = N_("route slip that goes with the papers"),
		[BPR_MEASURE_ID_CHECKS] = N_("staff go the citizen's way and count (5 cases)"),
		[BPR_MEASURE_COPIES] = N_("staff at the desk count for three days"),
		[BPR_MEASURE_SEALS] = N_("staff go the citizen's way and count (5 cases)"),
		[BPR_MEASURE_COST] = NULL, /* comes of the others */
		[BPR_MEASURE_ANALOGUE] = NULL,
	};

	return how[kind];
}

/* What a log of the after says, or room for a number. */
static const char *measured(const struct bpr_money *m, enum bpr_measure_kind kind)
{
	static const enum bpr_metric metrics[BPR_MEASURE_COUNT] = {
		[BPR_MEASURE_VISITS] = BPR_METRIC_COUNTER_VISITS, [BPR_MEASURE_TRIPS] = BPR_METRIC_COUNT, [BPR_MEASURE_FORMS] = BPR_METRIC_FORMS_WRITTEN,
		[BPR_MEASURE_WRITTEN] = BPR_METRIC_FIELDS_WRITTEN, [BPR_MEASURE_WAIT] = BPR_METRIC_COUNT, [BPR_MEASURE_STAY] = BPR_METRIC_COUNT,
		[BPR_MEASURE_LEAD] = BPR_METRIC_LEAD_MINUTES, [BPR_MEASURE_WORK] = BPR_METRIC_WORK_MINUTES, [BPR_MEASURE_REWORK] = BPR_METRIC_REVISITS,
		[BPR_MEASURE_INCOMPLETE] = BPR_METRIC_COUNT, [BPR_MEASURE_HANDOFFS] = BPR_METRIC_HANDOFFS, [BPR_MEASURE_ID_CHECKS] = BPR_METRIC_ID_CHECKS,
		[BPR_MEASURE_COPIES] = BPR_METRIC_COPIES, [BPR_MEASURE_SEALS] = BPR_METRIC_SEALS, [BPR_MEASURE_COST] = BPR_METRIC_COUNT,
		[BPR_MEASURE_ANALOGUE] = BPR_METRIC_COUNT,
	};
	const char *said = metrics[kind] == BPR_METRIC_COUNT ? NULL : bpr_i_forecast_measured(m->doc, m->subject, metrics[kind]);

	return said ? said : "______";
}

static void row(const struct bpr_money *m, struct bpr_doc_table *table, const struct bpr_measure *measure)
{
	struct bpr_doc_cell *cells = bpr_i_doc_row(m->doc, table);

	if (!cells)
		return;
	cells[0] = bpr_i_cell_text(measure->label);
	cells[1] = bpr_i_cell_text(bpr_i_measure_said(m->doc, measure, false));
	cells[2] = bpr_i_cell_text(bpr_i_measure_said(m->doc, measure, true));
	cells[3] = bpr_i_cell_text(measured(m, measure->kind));
	cells[4] = bpr_i_cell_text(bpr_i_doc_text(m->doc, how_to(measure->kind)));
}

/* What stays as it is needs no forecast. */
static bool is_forecast(const struct bpr_measure *measure)
{
	return how_to(measure->kind) && strcmp(measure->said_before, measure->said_after);
}

void bpr_i_money_measures(const struct bpr_money *m)
{
	struct bpr_measure measures[BPR_MEASURE_COUNT];
	size_t count = bpr_i_measures(m->pages, measures), rows = 0;
	struct bpr_doc_table *table;

	for (size_t i = 0; i < count; i++)
		rows += is_forecast(&measures[i]);
	if (!rows)
		return;
	rows = 0;
	bpr_i_doc_heading(m->doc, 2, bpr_i_doc_text(m->doc, N_("What to measure once it has begun")));
	table = bpr_i_doc_table(m->doc);
	bpr_i_doc_column(m->doc, table, N_("Measure"), false, 12);
	bpr_i_doc_column(m->doc, table, N_("Before"), true, 0);
	bpr_i_doc_column(m->doc, table, N_("Forecast"), true, 0);
	bpr_i_doc_column(m->doc, table, m->subject->evidence ? N_("Measured") : N_("Measured in the trial"), true, 0);
	bpr_i_doc_column(m->doc, table, N_("How to measure"), false, 12);
	for (size_t i = 0; i < count && rows < MOST; i++) {
		if (!is_forecast(&measures[i]))
			continue;
		row(m, table, &measures[i]);
		rows++;
	}
	if (!m->subject->evidence)
		bpr_i_doc_note(m->doc, bpr_i_doc_text(m->doc, N_("A forecast is not a result: measure the same figures in a trial, put them in, and make this report again.")));
}

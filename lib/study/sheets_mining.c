/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a log says by hour and day, in rows with charts of them: what a workbook has room for. */
#include "config.h"
#include "study/mining_i.h"
#include "study/sheets_i.h"
#include "study/simulation_i.h"
#include "base/text_i.h"
#include <math.h>

enum { HOURS = 24, WEEKDAYS = 7, DAYS_MOST = 4000 };
enum { D_DATE, D_CAME, D_FINISHED, D_EVENTS, D_LEFT, D_COLUMNS };
enum { H_HOUR, H_ALL, H_FIRST, H_COLUMNS = H_FIRST + WEEKDAYS };

static struct bpr_doc_cell *cells_for(struct bpr_sheets *s, struct bpr_sheet_rows *rows, size_t columns, size_t count)
{
	struct bpr_sheet_cells *context = bpr_i_sheet_memory(s, 1, sizeof(*context));
	struct bpr_doc_cell *cells = bpr_i_sheet_memory(s, columns * count + 1, sizeof(*cells));

	if (!context || !cells)
		return NULL;
	*context = (struct bpr_sheet_cells){ cells, columns };
	*rows = (struct bpr_sheet_rows){ .column_count = columns, .row_count = count, .fill = bpr_i_sheet_fill_cells, .context = context, .freeze = 1 };
	return cells;
}

/* Of more days than a chart can show, the last ones. */
static void days(struct bpr_sheets *s)
{
	size_t count, from;
	const struct bpr_mine_day *list = bpr_mining_days(s->subject->mining, &count);
	struct bpr_sheet_column columns[D_COLUMNS];
	static const char *const titles[D_COLUMNS] = { N_("Day"), N_("Came"), N_("Finished"), N_("Events"), N_("Under way at its end") };
	struct bpr_sheet_chart chart = { .kind = BPR_CHART_LINE, .label = D_DATE, .low = 0, .high = (double)NAN, .value = BPR_DOC_COUNT, .series_count = 1 };
	struct bpr_sheet_rows rows;
	struct bpr_doc_cell *cells;

	from = count > DAYS_MOST ? count - DAYS_MOST : 0;
	if (count < 2 || !(cells = cells_for(s, &rows, D_COLUMNS, count - from)))
		return;
	for (size_t i = 0; i < D_COLUMNS; i++)
		columns[i] = (struct bpr_sheet_column){ .title = bpr_i_doc_text(&s->doc, titles[i]), .value = i == D_DATE ? BPR_DOC_TEXT : BPR_DOC_COUNT, .whole = true,
							.width = i == D_DATE ? 26 : 12 };
	rows.columns = columns;
	for (size_t i = from; i < count; i++) {
		struct bpr_doc_cell *row = &cells[(i - from) * D_COLUMNS];

		row[D_DATE] = bpr_i_cell_text(bpr_i_say_date(&s->doc, list[i].date));
		row[D_CAME] = bpr_i_cell_number(BPR_DOC_COUNT, (double)list[i].arrived);
		row[D_FINISHED] = bpr_i_cell_number(BPR_DOC_COUNT, (double)list[i].finished);
		row[D_EVENTS] = bpr_i_cell_number(BPR_DOC_COUNT, (double)list[i].events);
		row[D_LEFT] = bpr_i_cell_number(BPR_DOC_COUNT, (double)list[i].in_process);
	}
	chart.title = bpr_i_doc_text(&s->doc, N_("Cases under way, day by day"));
	chart.description = bpr_i_doc_text(&s->doc, N_("cases under way at the end of each day"));
	chart.series[0].column = D_LEFT;
	chart.series[0].name = columns[D_LEFT].title;
	chart.series[0].color = BPR_SHEET_AFTER;
	bpr_i_sheet_heading(s, BPR_SHEET_WHEN, N_("Cases under way, day by day"));
	bpr_i_sheet_list(s, BPR_SHEET_WHEN, &rows, &chart);
}

static void hours(struct bpr_sheets *s)
{
	const struct bpr_mine_hour *week = bpr_mining_week(s->subject->mining);
	struct bpr_sheet_column columns[H_COLUMNS];
	struct bpr_sheet_chart chart = { .kind = BPR_CHART_COLUMN, .label = H_HOUR, .low = 0, .high = (double)NAN, .value = BPR_DOC_COUNT, .series_count = 1 };
	struct bpr_sheet_rows rows;
	struct bpr_doc_cell *cells;

	if (bpr_log_info(s->subject->log).dates_only || !bpr_mining_totals(s->subject->mining)->cases || !(cells = cells_for(s, &rows, H_COLUMNS, HOURS)))
		return;
	columns[H_HOUR] = (struct bpr_sheet_column){ .title = bpr_i_doc_text(&s->doc, N_("Hour")), .value = BPR_DOC_TEXT, .width = 16 };
	columns[H_ALL] = (struct bpr_sheet_column){ .title = bpr_i_doc_text(&s->doc, N_("Cases that come, a week")), .value = BPR_DOC_COUNT };
	for (size_t w = 0; w < WEEKDAYS; w++)
		columns[H_FIRST + w] = (struct bpr_sheet_column){ .title = bpr_i_doc_text(&s->doc, bpr_i_weekday_name(w)), .value = BPR_DOC_COUNT };
	rows.columns = columns;
	for (size_t h = 0; h < HOURS; h++) {
		struct bpr_doc_cell *row = &cells[h * H_COLUMNS];
		double all = 0;

		row[H_HOUR] = bpr_i_cell_text(bpr_i_doc_fill(&s->doc, N_("{1} to {2}"), bpr_i_say_clock(&s->doc, 60 * (double)h), bpr_i_say_clock(&s->doc, 60 * (double)h + 60), NULL, NULL));
		for (size_t w = 0; w < WEEKDAYS; w++) {
			all += week[w * HOURS + h].arrivals;
			row[H_FIRST + w] = bpr_i_cell_number(BPR_DOC_COUNT, week[w * HOURS + h].arrivals);
		}
		row[H_ALL] = bpr_i_cell_number(BPR_DOC_COUNT, all);
	}
	chart.title = bpr_i_doc_text(&s->doc, N_("At which hour cases come"));
	chart.description = bpr_i_doc_text(&s->doc, N_("Cases that come in an hour of the week, on average."));
	chart.series[0].column = H_ALL;
	chart.series[0].name = columns[H_ALL].title;
	chart.series[0].color = BPR_SHEET_AFTER;
	bpr_i_sheet_heading(s, BPR_SHEET_WHEN, N_("At which hour cases come"));
	bpr_i_sheet_list(s, BPR_SHEET_WHEN, &rows, &chart);
}

void bpr_i_sheets_mining(struct bpr_sheets *s)
{
	if (s->kind != BPR_REPORT_MINING)
		return;
	hours(s);
	days(s);
}
